/* Made-up postings for the ledger's tests: the same for the same seed. */
#ifndef UNIT_VACANCIES_H
#define UNIT_VACANCIES_H

#include "fixture.h"
#include "random.h"

#include "base/hash.h"
#include "evidence/ledger.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define VACANCY_USE __attribute__((unused)) static

enum { MADE_CONCEPTS = 12, MADE_BLOCKS = 8 };

typedef struct {
	posting p;
	understanding u;
	list_rollup_item items;
} made_posting;

/* A sentence that is the same for the same seed, and unlike any other. */
VACANCY_USE str made_sentence(arena *a, uint64_t seed, size_t words)
{
	random_source r = seeded(seed);
	buf b = { .arena = a };
	for (size_t i = 0; i < words; i++)
		buf_printf(&b, "%sw%u", i ? " " : "", draw(&r, 5000));
	buf_char(&b, '.');
	return buf_done(&b);
}

VACANCY_USE void made_identify(arena *a, posting *p)
{
	p->id = hash_sha256(a, arena_printf(a, "%.*s\n%.*s\n%.*s\n%.*s", STRF(p->title), STRF(p->employer),
							   STRF(p->location), STRF(p->text)));
}

/* Concepts by the draw of `r`, at places in the text. */
VACANCY_USE void made_understanding(made_posting *m, arena *a, random_source *r, const concept *concepts)
{
	VEC(mention) mentions = { 0 };
	VEC(rollup_item) items = { 0 };
	for (uint32_t c = 0; c < MADE_CONCEPTS; c++) {
		if (draw(r, 3))
			continue;
		int strength = (int)draw(r, 3);
		vec_push(a, &mentions,
			(mention){ .concept = &concepts[c],
				.from = c,
				.to = c + 2,
				.entry = concepts[c].name,
				.section = SECTION_REQUIRED,
				.strength = (mention_strength)strength,
				.counted = true,
				.choice = c });
		vec_push(a, &items,
			(rollup_item){ .key = arena_printf(a, "concept:%.*s", STRF(concepts[c].id)),
				.strength = strength,
				.postings = 1,
				.mentions = 1 });
	}
	m->u = (understanding){ 0 };
	m->u.mentions.ptr = mentions.ptr;
	m->u.mentions.len = mentions.len;
	m->items = (list_rollup_item){ .ptr = items.ptr, .len = items.len };
}

VACANCY_USE concept *made_concepts(arena *a)
{
	concept *list = NEWN(a, concept, MADE_CONCEPTS);
	for (uint32_t i = 0; list && i < MADE_CONCEPTS; i++) {
		list[i].id = str_from(name(a, "c-", i));
		list[i].name = str_from(name(a, "Concept ", i));
	}
	return list;
}

/* A vacancy of an employer, in a version: version 0 is the vacancy itself, others change a few words, the
 * city, the date. Every employer has three blocks that stand in all its postings. */
VACANCY_USE made_posting made_vacancy(arena *a, uint32_t vacancy, uint32_t version, const concept *concepts)
{
	static const char *const cities[] = { "Oslo", "Turin", "Ghent", "Porto", "Leeds", "Lyon", "Graz" };
	uint32_t employer = vacancy % 7;
	random_source r = seeded(vacancy * 1000 + version);
	buf b = { .arena = a };
	for (uint32_t i = 0; i < MADE_BLOCKS; i++) {
		str s = made_sentence(a, vacancy * 100 + i + 1, 30);
		if (version && i == version % MADE_BLOCKS)
			buf_printf(&b, "changed %u ", version);
		buf_str(&b, s);
		buf_char(&b, '\n');
	}
	for (uint32_t i = 0; i < 3; i++) {
		buf_str(&b, made_sentence(a, 900000 + employer * 10 + i, 40));
		buf_char(&b, '\n');
	}
	made_posting m = { 0 };
	const char *city = cities[(vacancy + version) % COUNT(cities)];
	m.p.title = arena_printf(a, "Engineer %u, %s", vacancy, city);
	m.p.employer = arena_printf(a, "Employer %u", employer);
	m.p.location = str_from(city);
	m.p.region = vacancy % 2 ? STR("Europe") : STR("");
	m.p.date = draw(&r, 9) ? arena_printf(a, "2026-%02u-%02u", 1 + draw(&r, 6), 1 + draw(&r, 28)) : STR("");
	m.p.seniority = vacancy % 3 ? STR("senior") : STR("mid");
	m.p.text = buf_done(&b);
	m.p.form = "made";
	m.p.path = arena_printf(a, "made/%u.txt", vacancy);
	m.p.locator = arena_printf(a, "%u", version);
	made_identify(a, &m.p);
	made_understanding(&m, a, &r, concepts);
	return m;
}

/* ---- a folder with a ledger in it */

#define VACANCY_FOLDER "/tmp/cw-test-ledger-XXXXXX"

typedef struct {
	fixture f;
	char folder[sizeof VACANCY_FOLDER];
	const char *path;
	concept *concepts;
} ledger_room;

VACANCY_USE void ledger_room_open(ledger_room *r)
{
	fixture_open(&r->f, STR("none"), STR(""));
	memcpy(r->folder, VACANCY_FOLDER, sizeof VACANCY_FOLDER);
	require(mkdtemp(r->folder) != NULL);
	r->path = arena_printf(&r->f.a, "%s/evidence.db", r->folder).ptr;
	r->concepts = made_concepts(&r->f.a);
}

VACANCY_USE void ledger_room_wipe(ledger_room *r)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(ends); i++)
		unlink(arena_printf(&a, "%s%s", r->path, ends[i]).ptr);
	arena_free(&a);
}

VACANCY_USE void ledger_room_close(ledger_room *r)
{
	ledger_room_wipe(r);
	rmdir(r->folder);
	fixture_close(&r->f);
}

VACANCY_USE ledger *ledger_room_ledger(ledger_room *r)
{
	ledger *l = ledger_open(&r->f.a, r->path, LEDGER_WRITE, &r->f.d);
	require_that(l != NULL, "%.*s", STRF(fixture_said(&r->f)));
	return l;
}

VACANCY_USE bool ledger_room_add(ledger *l, const made_posting *m)
{
	bool fresh = false;
	require(ledger_add(l, &m->p, &m->u, m->items, &fresh));
	return fresh;
}

/* Everything that is worked out, as text. */
VACANCY_USE str ledger_room_dump(ledger *l, arena *a)
{
	buf b = { .arena = a };
	ledger_cursor c = { 0 };
	ledger_group g;
	ledger_posting p;
	while (ledger_next_group(l, &c, a, &g)) {
		EACH (const ledger_member, m, g.members)
			buf_printf(&b, "%.8s%s", m->id.ptr, m + 1 == m_end ? "\n" : " ");
	}
	for (c = (ledger_cursor){ 0 }; ledger_next(l, &c, a, &p);)
		buf_printf(&b, "%.8s in %.8s %.*s\n", p.posting.id.ptr, p.group.ptr, STRF(p.posting.date));
	list_cell cells;
	require(ledger_rollup(l, a, &cells));
	EACH (const rollup_cell, one, cells) {
		buf_printf(&b, "%.*s/%.*s/%.*s/%.*s %g:", STRF(one->month), STRF(one->employer), STRF(one->region),
			STRF(one->seniority), one->postings);
		EACH (const rollup_item, i, one->items)
			buf_printf(&b, " %.*s/%d=%g", STRF(i->key), i->strength, i->postings);
		buf_char(&b, '\n');
	}
	return buf_done(&b);
}

#endif
