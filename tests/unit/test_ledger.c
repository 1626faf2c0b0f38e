#define _DEFAULT_SOURCE /* mkdtemp */
/* The ledger: what goes in comes out, groups and counts do not depend on the order, and decisions by hand. */
#include "vacancies.h"

#include "base/io.h"

#include <sqlite3.h>

/* ---- what goes in comes out */

Test(ledger, a_posting_comes_back_as_it_was)
{
	ledger_room r;
	ledger_room_open(&r);
	arena *a = &r.f.a;
	made_posting m = made_vacancy(a, 1, 0, r.concepts);
	posting_block blocks[] = { { .kind = BLOCK_HEADING, .strong = true, .from = 0, .to = 5 },
		{ .kind = BLOCK_ITEM, .from = 6, .to = 300 } };
	m.p.blocks.ptr = blocks;
	m.p.blocks.len = COUNT(blocks);
	m.p.url = STR("https://jobs.example/1?a='b'");
	m.p.date_from = STR("datePosted");
	m.p.employment = STR("full-time");
	m.p.title = STR("O'Brien; DROP TABLE postings --\"");
	years_mention years[] = { { .min = 5, .max = -1, .from = 3, .to = 11 },
		{ .min = -1, .max = 2.5, .degree = STR("master"), .from = 12, .to = 20 } };
	str educated[] = { STR("master"), STR("bachelor") };
	m.u.years.ptr = years;
	m.u.education.ptr = educated;
	m.u.years.len = m.u.education.len = 2;
	ledger *l = ledger_room_ledger(&r);
	require(ledger_begin(l) && ledger_use_lexicon(l, STR("v1")));
	require(ledger_room_add(l, &m));
	require(ledger_commit(l));
	ledger_posting got;
	require(ledger_get(l, a, m.p.id, &got));
	posting *p = &got.posting;
	require(str_eq(p->id, m.p.id) && str_eq(p->title, m.p.title) && str_eq(p->employer, m.p.employer));
	require(str_eq(p->location, m.p.location) && str_eq(p->region, m.p.region) && str_eq(p->url, m.p.url));
	require(str_eq(p->date, m.p.date) && str_eq(p->date_from, m.p.date_from) && str_eq(p->text, m.p.text));
	require(str_eq(p->seniority, m.p.seniority) && str_eq(p->employment, m.p.employment));
	require(str_eq(p->path, m.p.path) && str_eq(p->locator, m.p.locator) && strcmp(p->form, "made") == 0);
	require(p->blocks.len == 2 && p->blocks.ptr[0].strong && !p->blocks.ptr[1].strong);
	require(p->blocks.ptr[1].kind == BLOCK_ITEM && p->blocks.ptr[1].to == 300);
	assert_str(got.lexicon, "v1");
	require(str_eq(got.group, m.p.id));
	list_ledger_mention mentions;
	require(ledger_mentions(l, a, m.p.id, &mentions));
	require(mentions.len == m.u.mentions.len && mentions.len > 0);
	for (size_t i = 0; i < mentions.len; i++) {
		const mention *want = &m.u.mentions.ptr[i];
		const ledger_mention *have = &mentions.ptr[i];
		require(str_eq(have->concept, want->concept->id) && str_eq(have->entry, want->entry));
		require(have->from == want->from && have->to == want->to && have->choice == want->choice);
		require(have->section == want->section && have->strength == want->strength && have->counted);
	}
	list_years_mention asked;
	list_str degrees;
	require(ledger_years(l, a, m.p.id, &asked) && ledger_degrees(l, a, m.p.id, &degrees));
	require(asked.len == 2 && asked.ptr[0].min == 5 && asked.ptr[0].max == -1 && !asked.ptr[0].degree.len);
	require(asked.ptr[0].from == 3 && asked.ptr[0].to == 11 && asked.ptr[1].max == 2.5);
	assert_str(asked.ptr[1].degree, "master");
	require(degrees.len == 2);
	assert_str(degrees.ptr[0], "bachelor");
	require(ledger_years(l, a, STR("none"), &asked) && asked.len == 0);
	require(ledger_verify(l));
	ledger_close(l);
	fixture_expect(&r.f, "");
	ledger_room_close(&r);
}

static void add_all(ledger *l, const made_posting *list, size_t count, size_t batch)
{
	for (size_t i = 0; i < count; i++) {
		if (i % batch == 0)
			require(ledger_begin(l) && (i || ledger_use_lexicon(l, STR("v1"))));
		ledger_room_add(l, &list[i]);
		if (i % batch == batch - 1 || i + 1 == count)
			require(ledger_commit(l));
	}
}

enum { VACANCIES = 60, VERSIONS = 3, MADE = VACANCIES * VERSIONS };

static made_posting *made_list(ledger_room *r)
{
	made_posting *list = NEWN(&r->f.a, made_posting, MADE);
	require(list != NULL);
	for (uint32_t i = 0; i < MADE; i++)
		list[i] = made_vacancy(&r->f.a, i / VERSIONS + 1, i % VERSIONS, r->concepts);
	return list;
}

Test(ledger, the_same_again_changes_nothing)
{
	ledger_room r;
	ledger_room_open(&r);
	made_posting *list = made_list(&r);
	ledger *l = ledger_room_ledger(&r);
	add_all(l, list, MADE, 50);
	ledger_totals before, after;
	require(ledger_count(l, &before));
	require(before.postings == MADE && before.vacancies == VACANCIES && before.sources == MADE);
	str dump = ledger_room_dump(l, &r.f.a);
	ledger_close(l);
	str bytes, again;
	require(io_read(&bytes, &r.f.a, r.path, &r.f.d));
	l = ledger_room_ledger(&r);
	require(ledger_begin(l) && ledger_use_lexicon(l, STR("v1")));
	for (size_t i = 0; i < MADE; i++) {
		bool fresh = true;
		require(ledger_add(l, &list[i].p, i % 2 ? NULL : &list[i].u, list[i].items, &fresh) && !fresh);
	}
	require(ledger_commit(l) && ledger_count(l, &after));
	require(memcmp(&before, &after, sizeof before) == 0);
	require(str_eq(dump, ledger_room_dump(l, &r.f.a)));
	ledger_close(l);
	require(io_read(&again, &r.f.a, r.path, &r.f.d));
	require_that(str_eq(bytes, again), "the file changed");
	ledger_room_close(&r);
}

Test(ledger, the_order_makes_no_difference)
{
	ledger_room r;
	ledger_room_open(&r);
	made_posting *list = made_list(&r);
	str first = STR("");
	for (uint32_t round = 0; round < 6; round++) {
		random_source rs = seeded(round + 1);
		if (round)
			SHUFFLE(&rs, list, (size_t)MADE);
		ledger *l = ledger_room_ledger(&r);
		add_all(l, list, MADE, round == 1 ? 1 : 1 + draw(&rs, 70));
		require(ledger_verify(l));
		ledger_totals t;
		require(ledger_count(l, &t));
		cr_expect(t.vacancies == VACANCIES, "round %u: %g vacancies", round, t.vacancies);
		str dump = ledger_room_dump(l, &r.f.a);
		ledger_close(l);
		ledger_room_wipe(&r);
		if (!round)
			first = dump;
		require_that(str_eq(first, dump), "round %u:\n%.*s\n%.*s", round, STRF(first), STRF(dump));
	}
	ledger_room_close(&r);
}

/* ---- duplicates */

typedef struct {
	ledger_room room;
	ledger *l;
	vec_str ids;
} groups;

static void groups_open(groups *g)
{
	*g = (groups){ 0 };
	ledger_room_open(&g->room);
	g->l = ledger_room_ledger(&g->room);
	require(ledger_begin(g->l) && ledger_use_lexicon(g->l, STR("v1")));
}

static str put(
	groups *g, const char *title, const char *employer, const char *city, str text, const char *date)
{
	arena *a = &g->room.f.a;
	made_posting m = { .p = { .title = str_from(title),
						   .employer = str_from(employer),
						   .location = str_from(city),
						   .text = text,
						   .date = str_from(date),
						   .form = "made",
						   .path = STR("x") } };
	random_source r = seeded(1);
	made_identify(a, &m.p);
	made_understanding(&m, a, &r, g->room.concepts);
	ledger_room_add(g->l, &m);
	return m.p.id;
}

static double vacancies(groups *g)
{
	ledger_totals t;
	require(ledger_commit(g->l) && ledger_count(g->l, &t) && ledger_verify(g->l));
	require(ledger_begin(g->l));
	return t.vacancies;
}

static void groups_close(groups *g)
{
	ledger_close(g->l);
	ledger_room_close(&g->room);
}

Test(ledger, ten_cities_and_two_agencies_are_one_vacancy)
{
	static const char *const cities[] = { "Oslo", "Turin", "Ghent", "Porto", "Leeds", "Lyon", "Graz", "Bonn",
		"Nice", "York" };
	groups g;
	groups_open(&g);
	str text = made_sentence(&g.room.f.a, 5, 200);
	for (size_t i = 0; i < COUNT(cities); i++)
		put(&g, arena_printf(&g.room.f.a, "Engineer, %s", cities[i]).ptr, "Acme", cities[i], text,
			"2026-05-02");
	str agency = put(&g, "Great job for an engineer", "Agency A", "Oslo",
		arena_printf(&g.room.f.a, "Our client asks:\n%.*s", STRF(text)), "2026-04-30");
	put(&g, "Engineer wanted", "Agency B", "Oslo", text, "");
	require(vacancies(&g) == 1);
	ledger_group group;
	require(ledger_group_of(g.l, &g.room.f.a, agency, &group) && group.members.len == 12);
	require(str_eq(group.members.ptr[0].id, agency) && !group.members.ptr[0].by_hand);
	require(group.members.ptr[1].alike > 0.9 && group.members.ptr[1].alike < 1);
	require(group.members.ptr[11].date.len == 0);
	groups_close(&g);
}

Test(ledger, boilerplate_does_not_make_duplicates)
{
	groups g;
	groups_open(&g);
	arena *a = &g.room.f.a;
	str about = made_sentence(a, 77, 400);
	/* Each is alike by 0.83 until the block is known to be boilerplate. */
	for (uint32_t i = 0; i < 7; i++)
		put(&g, name(a, "Role ", i), "Acme", "Oslo",
			arena_printf(a, "%.*s\n%.*s", STRF(made_sentence(a, 1000 + i, 40)), STRF(about)), "2026-05-02");
	require(vacancies(&g) == 1);
	for (uint32_t i = 7; i < 9; i++)
		put(&g, name(a, "Role ", i), "Acme", "Oslo",
			arena_printf(a, "%.*s\n%.*s", STRF(made_sentence(a, 1000 + i, 40)), STRF(about)), "2026-05-02");
	require(vacancies(&g) == 9);
	/* The history has the way there and back. */
	list_ledger_event events;
	require(ledger_history(g.l, a, &events));
	require_that(events.len == 12, "%zu", events.len);
	groups_close(&g);
}

Test(ledger, postings_that_say_nothing_are_never_duplicates)
{
	groups g;
	groups_open(&g);
	for (int i = 0; i < 4; i++) {
		put(&g, "Engineer", "Acme", name(&g.room.f.a, "City ", (uint32_t)i), STR(""), "2026-05-02");
		put(&g, "Nurse", "Acme", name(&g.room.f.a, "Town ", (uint32_t)i), STR("Apply on our site."), "");
	}
	put(&g, "Cook", "Acme", "Oslo", STR("Apply on our site."), "");
	put(&g, "Nurse", "Other", "Oslo", STR("Apply on our site."), "");
	require(vacancies(&g) == 4 + 1 + 1 + 1);
	groups_close(&g);
}

Test(ledger, an_earlier_date_of_the_same_posting_moves_the_vacancy)
{
	groups g;
	groups_open(&g);
	arena *a = &g.room.f.a;
	str text = made_sentence(a, 5, 100), other = STR("");
	str id = put(&g, "Engineer", "Acme", "Oslo", text, "2026-05-02");
	other = put(&g, "Engineer", "Acme", "Turin", text, "2026-04-02");
	require(vacancies(&g) == 1);
	ledger_posting p;
	require(ledger_get(g.l, a, id, &p) && str_eq(p.group, other));
	require(str_eq(put(&g, "Engineer", "Acme", "Oslo", text, "2026-01-09"), id));
	require(vacancies(&g) == 1);
	require(ledger_get(g.l, a, id, &p) && str_eq(p.group, id));
	assert_str(p.posting.date, "2026-01-09");
	list_cell cells;
	require(ledger_rollup(g.l, a, &cells) && cells.len == 1 && cells.ptr[0].postings == 1);
	assert_str(cells.ptr[0].month, "2026-01");
	list_ledger_source places;
	require(ledger_sources(g.l, a, id, &places) && places.len == 2);
	groups_close(&g);
}

Test(ledger, decisions_by_hand)
{
	groups g;
	groups_open(&g);
	arena *a = &g.room.f.a;
	str text = made_sentence(a, 5, 100);
	str x = put(&g, "Engineer", "Acme", "Oslo", text, "2026-05-01"),
		y = put(&g, "Engineer", "Acme", "Turin", text, "2026-05-02"),
		z = put(&g, "Cook", "Acme", "Turin", made_sentence(a, 6, 100), "2026-05-03");
	require(vacancies(&g) == 2);
	require(ledger_split(g.l, x));
	require(vacancies(&g) == 3);
	/* What comes later is not compared with it either. */
	put(&g, "Engineer", "Acme", "Ghent", text, "2026-05-04");
	require(vacancies(&g) == 3);
	require(ledger_join(g.l, str_sub(z, 0, 12), x));
	require(vacancies(&g) == 2);
	ledger_group group;
	require(ledger_group_of(g.l, a, z, &group) && group.members.len == 2);
	require(str_eq(group.members.ptr[0].id, x) && group.members.ptr[1].by_hand);
	require(ledger_split(g.l, z));
	require(vacancies(&g) == 3);
	require(ledger_join(g.l, x, y) && ledger_join(g.l, z, y));
	require(vacancies(&g) == 1);
	list_ledger_event events;
	require(ledger_history(g.l, a, &events) && events.len > 5);
	require(strcmp(events.ptr[0].kind, "split") == 0 && str_eq(events.ptr[0].one, x));
	require(strcmp(events.ptr[1].kind, "join") == 0 && str_eq(events.ptr[1].one, z));
	groups_close(&g);
}

Test(ledger, decisions_about_what_is_not_there)
{
	groups g;
	groups_open(&g);
	str id = put(&g, "Engineer", "Acme", "Oslo", STR("text"), "");
	require(!ledger_split(g.l, STR("ab")));
	require(!ledger_split(g.l, STR("zzzzzzzz")));
	require(!ledger_join(g.l, id, id));
	require(!ledger_join(g.l, id, STR("'; DROP TABLE postings")));
	require(ledger_ok(g.l) && vacancies(&g) == 1);
	fixture_expect(&g.room.f,
		"unknown-address: posting 'ab': give at least six digits of its id\n"
		"unknown-address: posting 'zzzzzzzz': there is none in the ledger\n"
		"unknown-address: a posting cannot be joined to itself\n"
		"unknown-address: posting ''; DROP TABLE postings': there is none in the ledger\n");
	groups_close(&g);
}

Test(ledger, nothing_but_boilerplate_says_nothing)
{
	groups g;
	groups_open(&g);
	arena *a = &g.room.f.a;
	str about = made_sentence(a, 77, 60);
	for (uint32_t i = 0; i < 9; i++)
		put(&g, name(a, "Role ", i), "Acme", "Oslo",
			arena_printf(a, "%.*s\n%.*s", STRF(made_sentence(a, 1000 + i, 40)), STRF(about)), "2026-05-02");
	put(&g, "Cook", "Acme", "Oslo", about, "");
	put(&g, "Cook", "Acme", "Turin", about, "");
	put(&g, "Nurse", "Acme", "Turin", about, "");
	require(vacancies(&g) == 9 + 2);
	groups_close(&g);
}

/* ---- another lexicon */

static size_t rematch_all(ledger *l, ledger_room *r, const made_posting *list, size_t most)
{
	ledger_cursor c = { 0 };
	ledger_posting p;
	size_t count = 0;
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, STR("v2")));
	while (count < most && ledger_next_stale(l, &c, &r->f.a, &p))
		for (size_t i = 0; i < MADE; i++)
			if (str_eq(list[i].p.id, p.posting.id)) {
				require(ledger_rematch(l, p.posting.id, &list[i].u, list[i].items));
				count++;
			}
	require(ledger_commit(l));
	return count;
}

Test(ledger, another_lexicon_counts_anew)
{
	ledger_room r;
	ledger_room_open(&r);
	made_posting *list = made_list(&r);
	ledger *l = ledger_room_ledger(&r);
	add_all(l, list, MADE, 64);
	random_source rs = seeded(99);
	for (size_t i = 0; i < MADE; i++)
		made_understanding(&list[i], &r.f.a, &rs, r.concepts);
	/* In two steps, with a new connection between them. */
	require(rematch_all(l, &r, list, MADE / 3) == MADE / 3);
	require(ledger_verify(l));
	ledger_totals t;
	require(ledger_count(l, &t) && t.stale == MADE - MADE / 3);
	ledger_close(l);
	l = ledger_room_ledger(&r);
	assert_str(ledger_lexicon(l, &r.f.a), "v2");
	require(rematch_all(l, &r, list, MADE) == MADE - MADE / 3);
	require(rematch_all(l, &r, list, MADE) == 0);
	require(ledger_verify(l) && ledger_count(l, &t) && t.stale == 0);
	str dump = ledger_room_dump(l, &r.f.a);
	ledger_close(l);
	ledger_room_wipe(&r);
	l = ledger_room_ledger(&r);
	add_all(l, list, MADE, 64);
	require_that(str_eq(dump, ledger_room_dump(l, &r.f.a)), "not what it would be from the start");
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger, what_was_counted_can_be_listed)
{
	ledger_room r;
	ledger_room_open(&r);
	made_posting *list = made_list(&r);
	ledger *l = ledger_room_ledger(&r);
	add_all(l, list, MADE, 64);
	list_cell cells;
	require(ledger_rollup(l, &r.f.a, &cells));
	for (uint32_t i = 0; i < MADE_CONCEPTS; i++) {
		str key = arena_printf(&r.f.a, "concept:c-%u", i);
		double counted = 0, listed = 0;
		EACH (const rollup_cell, c, cells)
			EACH (const rollup_item, item, c->items)
				counted += str_eq(item->key, key) ? item->postings : 0;
		ledger_cursor c = { 0 };
		ledger_posting p;
		while (ledger_next_counted(l, &c, &r.f.a, key, &p)) {
			require(str_eq(p.group, p.posting.id));
			listed++;
		}
		require_that(counted == listed && counted > 0, "%.*s: %g, %g", STRF(key), counted, listed);
	}
	ledger_close(l);
	ledger_room_close(&r);
}

/* ---- evidence is only appended to */

Test(ledger, evidence_cannot_be_changed)
{
	static const char *const attempts[] = { "UPDATE postings SET text = 'x'", "DELETE FROM postings",
		"UPDATE sources SET date = ''", "DELETE FROM mentions", "UPDATE mentions SET counted = 0",
		"DELETE FROM items", "UPDATE lexicons SET version = ''", "UPDATE names SET name = 'x' || number" };
	ledger_room r;
	ledger_room_open(&r);
	made_posting m = made_vacancy(&r.f.a, 1, 0, r.concepts);
	ledger *l = ledger_room_ledger(&r);
	add_all(l, &m, 1, 1);
	ledger_close(l);
	sqlite3 *db = NULL;
	require(sqlite3_open(r.path, &db) == SQLITE_OK);
	for (size_t i = 0; i < COUNT(attempts); i++)
		cr_expect(sqlite3_exec(db, attempts[i], NULL, NULL, NULL) == SQLITE_CONSTRAINT_TRIGGER % 256, "%s",
			attempts[i]);
	sqlite3_close(db);
	ledger_room_close(&r);
}

Test(ledger, what_is_rolled_back_is_not_there)
{
	ledger_room r;
	ledger_room_open(&r);
	made_posting *list = made_list(&r);
	ledger *l = ledger_room_ledger(&r);
	require(ledger_begin(l) && ledger_use_lexicon(l, STR("v1")));
	for (size_t i = 0; i < 20; i++)
		ledger_room_add(l, &list[i]);
	ledger_rollback(l);
	ledger_totals t;
	require(ledger_count(l, &t) && t.postings == 0 && t.vacancies == 0 && t.sources == 0);
	bool fresh;
	require(!ledger_add(l, &list[0].p, &list[0].u, list[0].items, &fresh)); /* no batch is open */
	require(!ledger_commit(l));
	add_all(l, list, MADE, 30);
	require(ledger_verify(l) && ledger_count(l, &t) && t.vacancies == VACANCIES);
	ledger_close(l);
	ledger_room_close(&r);
}
