#define _DEFAULT_SOURCE /* mkdtemp */
/* From counts back to postings: which are listed, in which order, and what does not count. */
#include "vacancies.h"

#include <sqlite3.h>
#include <stdlib.h>

enum { VACANCIES = 60, VERSIONS = 3, MADE = VACANCIES * VERSIONS };

typedef struct {
	ledger_room room;
	ledger *l;
	made_posting *list;
} counted;

/* Of concept 0, every mention counts; of concept 1, for each reason some do not. */
static void spoil(made_posting *m, uint32_t i)
{
	EACH (mention, one, m->u.mentions)
		if (str_eq(one->concept->id, STR("c-1")) && i % 5) {
			one->counted = false;
			one->passed = i % 5 == 1 ? PASSED_DENIED : i % 5 == 2 ? PASSED_FIELD : PASSED_NOT;
			one->section = i % 5 == 3   ? SECTION_COMPANY
						   : i % 5 == 4 ? SECTION_BENEFITS
						   : i % 2      ? SECTION_REQUIRED
										: SECTION_OTHER;
		}
}

static void counted_open(counted *t)
{
	*t = (counted){ 0 };
	ledger_room_open(&t->room);
	t->l = ledger_room_ledger(&t->room);
	t->list = NEWN(&t->room.f.a, made_posting, MADE);
	require(t->list && ledger_begin(t->l) && ledger_use_lexicon(t->l, STR("v1")));
	for (uint32_t i = 0; i < MADE; i++) {
		t->list[i] = made_vacancy(&t->room.f.a, i / VERSIONS + 1, i % VERSIONS, t->room.concepts);
		spoil(&t->list[i], i);
		ledger_room_add(t->l, &t->list[i]);
	}
	require(ledger_commit(t->l));
}

static void counted_close(counted *t)
{
	ledger_close(t->l);
	ledger_room_close(&t->room);
}

/* ---- the order */

typedef struct {
	str id, date;
	int strength; /* -1: names none of the items */
} candidate;

static int strongest_of(const made_posting *m, list_str items)
{
	int best = -1;
	EACH (const rollup_item, i, m->items)
		for (size_t k = 0; k < items.len; k++)
			if (str_eq(i->key, items.ptr[k]) && i->strength > best)
				best = i->strength;
	return best;
}

static int by_order(const void *a, const void *b)
{
	const candidate *x = a, *y = b;
	if (x->strength != y->strength)
		return y->strength - x->strength;
	int order = str_cmp(y->date, x->date);
	return order ? order : str_cmp(x->id, y->id);
}

/* By looking at every posting that stands for a vacancy. */
static size_t expected(counted *t, candidate *out, list_str items)
{
	size_t count = 0;
	for (size_t i = 0; i < MADE; i++) {
		ledger_posting p;
		require(ledger_get(t->l, &t->room.f.a, t->list[i].p.id, &p));
		int strength = strongest_of(&t->list[i], items);
		if (strength >= 0 && str_eq(p.group, p.posting.id))
			out[count++] = (candidate){ .id = p.posting.id, .date = p.posting.date, .strength = strength };
	}
	qsort(out, count, sizeof *out, by_order);
	return count;
}

static void expect_listed(counted *t, list_str items)
{
	static const size_t limits[] = { 0, 1, 7, 1000 };
	candidate all[MADE];
	size_t count = expected(t, all, items);
	double total;
	require(ledger_counted(t->l, items, &total) && total == (double)count);
	for (size_t i = 0; i < COUNT(limits); i++) {
		list_ledger_vacancy found;
		require(ledger_strongest(t->l, &t->room.f.a, items, limits[i], &found));
		require(found.len == (limits[i] && limits[i] < count ? limits[i] : count));
		for (size_t k = 0; k < found.len; k++) {
			const ledger_vacancy *v = &found.ptr[k];
			require_that(str_eq(v->id, all[k].id), "%zu: %.8s, not %.8s", k, v->id.ptr, all[k].id.ptr);
			require((int)v->strength == all[k].strength);
			require(v->members == VERSIONS);
		}
	}
}

Test(ledger_counted, the_strongest_first_then_the_latest)
{
	counted t;
	counted_open(&t);
	str names[] = { STR("concept:c-0"), STR("concept:c-2"), STR("concept:c-5"), STR("concept:\"),(\\ quoted"),
		STR("") };
	for (size_t count = 0; count <= COUNT(names); count++)
		expect_listed(&t, (list_str){ .ptr = names, .len = count });
	fixture_expect(&t.room.f, "");
	counted_close(&t);
}

/* ---- items by name, and what names a concept itself */

/* The same as the counts of cells, added up. */
Test(ledger_counted, items_by_name)
{
	counted t;
	counted_open(&t);
	list_ledger_item found;
	require(ledger_items(t.l, &t.room.f.a, STR("concept:c-1"), &found));
	require(found.len == 3); /* c-1, c-10, c-11 */
	assert_str(found.ptr[1].item, "concept:c-10");
	EACH (ledger_item, one, found) {
		double total;
		require(ledger_counted(t.l, (list_str){ .ptr = &one->item, .len = 1 }, &total));
		require(total == one->vacancies && total > 0);
	}
	require(ledger_items(t.l, &t.room.f.a, STR("years:"), &found) && found.len == 0);
	require(ledger_items(t.l, &t.room.f.a, STR("%\"'"), &found) && found.len == 0);
	fixture_expect(&t.room.f, "");
	counted_close(&t);
}

static double named_itself(counted *t, str id)
{
	double count = 0;
	for (size_t i = 0; i < MADE; i++) {
		ledger_posting p;
		bool names = false;
		require(ledger_get(t->l, &t->room.f.a, t->list[i].p.id, &p));
		EACH (const mention, m, t->list[i].u.mentions)
			names |= m->counted && str_eq(m->concept->id, id);
		count += names && str_eq(p.group, p.posting.id);
	}
	return count;
}

Test(ledger_counted, named_itself)
{
	counted t;
	counted_open(&t);
	static const char *const ids[] = { "c-0", "c-1", "c-7", "none" };
	for (size_t i = 0; i < COUNT(ids); i++) {
		double count;
		require(ledger_named_itself(t.l, str_from(ids[i]), &count));
		require_that(count == named_itself(&t, str_from(ids[i])), "%s: %g", ids[i], count);
	}
	fixture_expect(&t.room.f, "");
	counted_close(&t);
}

/* ---- what does not count */

/* By reason: of what is passed over the section does not matter. */
static bool is_for(const ledger_uncounted *why, mention_passed passed, section_kind section)
{
	return why->passed == passed && (passed || section == why->section);
}

static size_t uncounted_of(counted *t, const ledger_uncounted *why)
{
	size_t count = 0;
	for (size_t i = 0; i < MADE; i++) {
		ledger_posting p;
		require(ledger_get(t->l, &t->room.f.a, t->list[i].p.id, &p));
		EACH (const mention, m, t->list[i].u.mentions)
			count += str_eq(p.group, p.posting.id) && !m->counted && is_for(why, m->passed, m->section);
	}
	return count;
}

Test(ledger_counted, what_does_not_count_by_reason)
{
	counted t;
	counted_open(&t);
	arena *a = &t.room.f.a;
	str one = STR("c-1"), none = STR("c-0");
	list_ledger_uncounted why;
	list_ledger_place places;
	require(ledger_not_counted(t.l, a, (list_str){ .ptr = &none, .len = 1 }, &why) && why.len == 0);
	require(ledger_not_counted(t.l, a, (list_str){ .ptr = &one, .len = 1 }, &why));
	require_that(why.len == 4, "%zu", why.len);
	require(why.ptr[0].passed == PASSED_FIELD && why.ptr[1].passed == PASSED_DENIED && !why.ptr[2].passed);
	EACH (const ledger_uncounted, w, why)
		require(w->mentions > 0 && w->mentions == (double)uncounted_of(&t, w) && w->vacancies == w->mentions);
	/* An example of each reason before a second one of any. */
	require(ledger_not_counted_some(t.l, a, (list_str){ .ptr = &one, .len = 1 }, 4, &places));
	require(places.len == 4);
	for (size_t i = 0; i < places.len; i++) {
		list_ledger_mention mentions;
		require(ledger_mentions(t.l, a, places.ptr[i].id, &mentions));
		require(places.ptr[i].place < mentions.len);
		const ledger_mention *m = &mentions.ptr[places.ptr[i].place];
		require(str_eq(m->concept, one) && !m->counted);
		require(is_for(&why.ptr[i], m->passed, m->section));
	}
	fixture_expect(&t.room.f, "");
	counted_close(&t);
}

/* A reader of a ledger that was made before there was an index for it. */
Test(ledger_counted, without_the_index)
{
	counted t;
	counted_open(&t);
	ledger_close(t.l);
	t.l = NULL;
	sqlite3 *db;
	require(sqlite3_open(t.room.path, &db) == SQLITE_OK);
	require(sqlite3_exec(db, "DROP INDEX mentions_uncounted", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	str one = STR("c-1");
	list_ledger_uncounted why;
	t.l = ledger_open(&t.room.f.a, t.room.path, LEDGER_READ, &t.room.f.d);
	require(t.l && ledger_not_counted(t.l, &t.room.f.a, (list_str){ .ptr = &one, .len = 1 }, &why));
	require(why.len == 4);
	ledger_close(t.l);
	t.l = ledger_room_ledger(&t.room);
	require(ledger_verify(t.l));
	counted_close(&t);
}
