/* What is new since a workbook was made: by marks, by dates where there are none, in ledgers of every age,
 * and at a cost that does not depend on what was there before. */
#define _POSIX_C_SOURCE 200809L
#include "vacancies.h"

#include "base/io.h"
#include "evidence/ledger_db.h"

#include <fcntl.h>

#define HASH STR("5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02")
#define OTHER_HASH STR("b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184")

static void begin(ledger *l)
{
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, STR("v1")));
}

/* Vacancies `from` to `to` in that version, with a date for each unless it is NULL. */
static void add(ledger_room *r, ledger *l, uint32_t from, uint32_t to, uint32_t version, const char *date)
{
	begin(l);
	for (uint32_t i = from; i < to; i++) {
		made_posting m = made_vacancy(&r->f.a, i, version, r->concepts);
		if (date)
			m.p.date = str_from(date);
		ledger_room_add(l, &m);
	}
	require(ledger_commit(l));
}

static void mark(ledger *l, str hash, int64_t last)
{
	require(ledger_begin(l));
	require(ledger_mark(l, hash, last));
	require(ledger_commit(l));
}

static str made_id(ledger_room *r, uint32_t vacancy, uint32_t version)
{
	return made_vacancy(&r->f.a, vacancy, version, r->concepts).p.id;
}

static bool holds(const ledger_news *news, str id)
{
	EACH (const counted_vacancy, v, news->vacancies)
		if (str_eq(v->posting, id))
			return true;
	return false;
}

static ledger_news fresh(ledger_room *r, ledger *l, str hash, const char *since)
{
	ledger_news out;
	require(ledger_fresh(l, &r->f.a, hash, str_from(since), &out));
	return out;
}

static ledger_news settled(ledger_room *r, ledger *l, str hash, const char *since)
{
	ledger_news out;
	require(ledger_settled(l, &r->f.a, hash, str_from(since), &out));
	return out;
}

/* How many are new and how many are not; that those are all there are is asked for wherever it is so. */
static void expect(ledger_room *r, ledger *l, str hash, const char *since, size_t new, size_t old)
{
	ledger_news came = fresh(r, l, hash, since), was = settled(r, l, hash, since);
	ledger_totals t;
	require(ledger_count(l, &t));
	cr_expect(came.vacancies.len == new &&was.vacancies.len == old, "%zu new, %zu not; not %zu and %zu",
		came.vacancies.len, was.vacancies.len, new, old);
	EACH (const counted_vacancy, v, came.vacancies) {
		require(holds(&was, v->posting) == false);
		cr_expect(v == came.vacancies.ptr || str_cmp(v[-1].posting, v->posting) < 0, "not in order");
	}
	if (!came.undated)
		cr_expect(came.vacancies.len + was.vacancies.len == (size_t)t.vacancies);
}

/* ---- marks */

Test(ledger_fresh, what_came_after_a_mark)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	require(ledger_last(l) == 0);
	mark(l, OTHER_HASH, ledger_last(l));
	add(&r, l, 1, 21, 0, NULL);
	require(ledger_last(l) == 20);
	mark(l, HASH, ledger_last(l));
	expect(&r, l, HASH, "", 0, 20);
	add(&r, l, 21, 28, 0, NULL);
	expect(&r, l, HASH, "2026-03", 7, 20);
	expect(&r, l, OTHER_HASH, "2026-03", 27, 0);
	ledger_news news = fresh(&r, l, HASH, "");
	require(news.marked && !news.undated);
	for (uint32_t i = 1; i < 28; i++)
		cr_expect(holds(&news, made_id(&r, i, 0)) == (i > 20), "%u", i);
	ledger_close(l);
	l = ledger_room_ledger(&r);
	expect(&r, l, HASH, "", 7, 20);
	require(ledger_verify(l));
	ledger_close(l);
	fixture_expect(&r.f, "");
	ledger_room_close(&r);
}

Test(ledger_fresh, a_mark_keeps_its_earliest_place)
{
	static const struct {
		int64_t last;
		size_t new;
	} marks[] = { { 8, 2 }, { 10, 2 }, { 8, 2 }, { 6, 4 }, { 9, 4 } };
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 11, 0, NULL);
	for (size_t i = 0; i < COUNT(marks); i++) {
		mark(l, HASH, marks[i].last);
		expect(&r, l, HASH, "", marks[i].new, 10 - marks[i].new);
	}
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, the_same_mark_again_writes_nothing)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 11, 0, NULL);
	mark(l, HASH, ledger_last(l));
	ledger_close(l);
	str bytes, again;
	require(io_read(&bytes, &r.f.a, r.path, &r.f.d));
	l = ledger_room_ledger(&r);
	mark(l, HASH, ledger_last(l));
	ledger_close(l);
	require(io_read(&again, &r.f.a, r.path, &r.f.d));
	require_that(str_eq(bytes, again), "the file changed");
	ledger_room_close(&r);
}

Test(ledger_fresh, a_mark_needs_a_batch_that_is_kept)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 5, 0, NULL);
	require(ledger_mark(l, HASH, 4) == false);
	require(ledger_ok(l));
	require(ledger_begin(l));
	require(ledger_mark(l, HASH, 4));
	ledger_rollback(l);
	require(fresh(&r, l, HASH, "").marked == false);
	ledger_close(l);
	ledger_room_close(&r);
}

/* ---- what is one vacancy */

Test(ledger_fresh, duplicates_of_what_was_there)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 6, 0, "2026-03-01");
	mark(l, HASH, ledger_last(l));
	/* three in another version, then three that are new, twice */
	add(&r, l, 3, 6, 1, "2026-04-01");
	add(&r, l, 6, 9, 0, "2026-04-01");
	add(&r, l, 6, 9, 1, "2026-04-02");
	expect(&r, l, HASH, "", 3, 5);
	/* one that is earlier than what was there stands for it now, and makes it no newer */
	add(&r, l, 1, 2, 1, "2026-01-01");
	expect(&r, l, HASH, "", 3, 5);
	ledger_news was = settled(&r, l, HASH, "");
	require(holds(&was, made_id(&r, 1, 1)));
	require(holds(&was, made_id(&r, 1, 0)) == false);
	/* and of two that are new the earlier one */
	ledger_news came = fresh(&r, l, HASH, "");
	require(holds(&came, made_id(&r, 6, 0)));
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, a_repost)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 6, 0, "2026-03-01");
	mark(l, HASH, ledger_last(l));
	begin(l);
	made_posting again = made_vacancy(&r.f.a, 2, 0, r.concepts);
	again.p.path = STR("elsewhere.txt");
	again.p.date = STR("2026-06-01");
	require(ledger_room_add(l, &again) == false);
	require(ledger_commit(l));
	expect(&r, l, HASH, "", 0, 5);
	/* by dates it is as old as when it was seen first */
	expect(&r, l, OTHER_HASH, "2026-04", 0, 5);
	/* one that is found with an earlier date later on */
	begin(l);
	again.p.path = STR("archive.txt");
	again.p.date = STR("2025-06-01");
	ledger_room_add(l, &again);
	require(ledger_commit(l));
	expect(&r, l, HASH, "", 0, 5);
	ledger_news was = settled(&r, l, HASH, "");
	size_t dated = 0;
	EACH (const counted_vacancy, v, was.vacancies)
		dated += str_eq(v->date, STR("2025-06-01"));
	require(dated == 1);
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, decisions_by_hand)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 4, 0, "2026-03-01");
	add(&r, l, 1, 2, 1, "2026-03-02");
	mark(l, HASH, ledger_last(l));
	add(&r, l, 10, 14, 0, "2026-04-01");
	expect(&r, l, HASH, "", 4, 3);
	require(ledger_begin(l));
	require(ledger_split(l, made_id(&r, 1, 1)));                     /* both halves were there */
	require(ledger_join(l, made_id(&r, 10, 0), made_id(&r, 11, 0))); /* two new ones */
	require(ledger_join(l, made_id(&r, 2, 0), made_id(&r, 12, 0)));  /* a new one to what was there */
	require(ledger_commit(l));
	expect(&r, l, HASH, "", 2, 4);
	ledger_close(l);
	ledger_room_close(&r);
}

/* ---- dates */

Test(ledger_fresh, late_arrivals)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 6, 0, "2026-03-01");
	mark(l, HASH, ledger_last(l));
	add(&r, l, 6, 8, 0, "2024-11-30");
	add(&r, l, 8, 9, 0, "");
	expect(&r, l, HASH, "2026-03", 3, 5);
	require(fresh(&r, l, HASH, "2026-03").undated == false);
	/* which dates alone cannot see */
	expect(&r, l, OTHER_HASH, "2026-03", 0, 7);
	require(fresh(&r, l, OTHER_HASH, "2026-03").undated);
	require(settled(&r, l, OTHER_HASH, "2026-03").undated);
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, days_and_months)
{
	static const char *const dates[] = { "2025-12-31", "2026-01", "2026-01-01", "2026-01-15", "2026-01-31",
		"2026-02", "2026-02-01", "2026-10-01" };
	static const struct {
		const char *since;
		size_t new;
	} cases[] = { { "2025-11", 8 }, { "2025-12", 7 }, { "2025-12-30", 8 }, { "2025-12-31", 7 },
		{ "2026-01", 3 }, { "2026-01-01", 5 }, { "2026-01-14", 5 }, { "2026-01-15", 4 }, { "2026-01-31", 3 },
		{ "2026-02", 1 }, { "2026-02-01", 1 }, { "2026-09", 1 }, { "2026-10", 0 }, { "2027", 0 }, { "", 8 } };
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	for (uint32_t i = 0; i < COUNT(dates); i++)
		add(&r, l, i + 1, i + 2, 0, dates[i]);
	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_log_info("since '%s'", cases[i].since);
		expect(&r, l, HASH, cases[i].since, cases[i].new, COUNT(dates) - cases[i].new);
		require(fresh(&r, l, HASH, cases[i].since).marked == false);
	}
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, undated)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 4, 0, "2026-03-01");
	require(fresh(&r, l, HASH, "2026-01").undated == false);
	add(&r, l, 4, 6, 0, "");
	expect(&r, l, HASH, "2026-01", 3, 0);
	expect(&r, l, HASH, "2026-03", 0, 3);
	require(fresh(&r, l, HASH, "2026-01").undated);
	/* nothing was counted before: all are new, the undated ones too */
	expect(&r, l, HASH, "", 5, 0);
	require(fresh(&r, l, HASH, "").undated == false);
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, an_empty_ledger)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	expect(&r, l, HASH, "", 0, 0);
	expect(&r, l, HASH, "2026-01", 0, 0);
	mark(l, HASH, ledger_last(l));
	expect(&r, l, HASH, "", 0, 0);
	ledger_close(l);
	fixture_expect(&r.f, "");
	ledger_room_close(&r);
}

/* ---- ledgers of every age */

Test(ledger_fresh, a_ledger_made_anew_has_no_marks)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 6, 0, "2026-03-01");
	mark(l, HASH, ledger_last(l));
	add(&r, l, 6, 8, 0, "2026-05-01");
	expect(&r, l, HASH, "2026-03", 2, 5);
	ledger_close(l);
	ledger_room_wipe(&r);
	l = ledger_room_ledger(&r);
	add(&r, l, 6, 8, 0, "2026-05-01");
	add(&r, l, 1, 6, 0, "2026-03-01");
	require(fresh(&r, l, HASH, "2026-03").marked == false);
	expect(&r, l, HASH, "2026-03", 2, 5);
	ledger_close(l);
	ledger_room_close(&r);
}

static void edit(ledger_room *r, const char *text)
{
	sqlite3 *db = NULL;
	require(sqlite3_open(r->path, &db) == SQLITE_OK);
	require_that(sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(db));
	sqlite3_close(db);
}

/* As a program made it that knew of no marks. */
Test(ledger_fresh, an_older_ledger)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 6, 0, "2026-03-01");
	add(&r, l, 6, 8, 0, "2026-05-01");
	ledger_close(l);
	edit(&r, "DROP TABLE marks; DROP INDEX groups_date");
	l = ledger_open(&r.f.a, r.path, LEDGER_READ, &r.f.d);
	require(l != NULL);
	require(fresh(&r, l, HASH, "").marked == false);
	expect(&r, l, HASH, "2026-03", 2, 5);
	ledger_close(l);
	l = ledger_room_ledger(&r);
	mark(l, HASH, 5);
	expect(&r, l, HASH, "2026-01", 2, 5);
	ledger_close(l);
	l = ledger_open(&r.f.a, r.path, LEDGER_READ, &r.f.d);
	require(l != NULL);
	require(fresh(&r, l, HASH, "2026-01").marked);
	ledger_close(l);
	fixture_expect(&r.f, "");
	ledger_room_close(&r);
}

/* ---- what is said of a vacancy */

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const rollup_item *)a)->key, ((const rollup_item *)b)->key);
}

Test(ledger_fresh, facts_and_concepts)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	begin(l);
	made_posting m = made_vacancy(&r.f.a, 3, 0, r.concepts);
	m.p.date = STR("2026-04-02");
	rollup_item items[] = { { .key = STR("years:5-"), .strength = 2, .postings = 1, .mentions = 1 },
		{ .key = STR("concept:zig"), .strength = 0, .postings = 1, .mentions = 4 },
		{ .key = STR("group:Languages"), .strength = 2, .postings = 1, .mentions = 1 },
		{ .key = STR("concept:c-2"), .strength = 2, .postings = 1, .mentions = 1 },
		{ .key = STR("degree:master"), .strength = 2, .postings = 1, .mentions = 1 },
		{ .key = STR("concept:c-11"), .strength = 1, .postings = 1, .mentions = 1 },
		{ .key = STR("concept"), .strength = 1, .postings = 1, .mentions = 1 } };
	m.items = (list_rollup_item){ .ptr = items, .len = COUNT(items) };
	ledger_room_add(l, &m);
	require(ledger_commit(l));
	ledger_news news = fresh(&r, l, HASH, "");
	require(news.vacancies.len == 1);
	const counted_vacancy *v = news.vacancies.ptr;
	require(str_eq(v->posting, m.p.id) && str_eq(v->employer, m.p.employer));
	require(str_eq(v->region, m.p.region) && str_eq(v->seniority, m.p.seniority));
	assert_str(v->date, "2026-04-02");
	require(v->items.len == 3);
	assert_str(v->items.ptr[0].item, "c-11");
	assert_str(v->items.ptr[1].item, "c-2");
	assert_str(v->items.ptr[2].item, "zig");
	require(v->items.ptr[0].strength == 1 && v->items.ptr[1].strength == 2 && v->items.ptr[2].strength == 0);
	ledger_close(l);
	ledger_room_close(&r);
}

/* Vacancies in every cell, counted one by one, are what the cells say. */
Test(ledger_fresh, the_halves_are_what_the_cells_count)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	arena *a = &r.f.a;
	add(&r, l, 1, 60, 0, NULL);
	mark(l, HASH, 40);
	add(&r, l, 20, 70, 1, NULL);
	add(&r, l, 50, 80, 2, NULL);
	ledger_news halves[] = { fresh(&r, l, HASH, ""), settled(&r, l, HASH, "") };
	require(halves[0].vacancies.len > 20 && halves[1].vacancies.len == 40);
	list_cell cells;
	require(ledger_rollup(l, a, &cells));
	EACH (rollup_cell, cell, cells) {
		double vacancies = 0, named = 0, expected = 0;
		for (size_t i = 0; i < COUNT(halves); i++)
			EACH (const counted_vacancy, v, halves[i].vacancies) {
				if (!str_eq(str_sub(v->date, 0, 7), cell->month) || !str_eq(v->employer, cell->employer) ||
					!str_eq(v->region, cell->region) || !str_eq(v->seniority, cell->seniority))
					continue;
				vacancies++;
				EACH (const vacancy_item, item, v->items) {
					str key = arena_printf(a, "concept:%.*s", STRF(item->item));
					bool there = false;
					EACH (const rollup_item, counted, cell->items)
						there |= str_eq(counted->key, key) && counted->strength == item->strength;
					require(there);
					named++;
				}
			}
		if (cell->items.len)
			qsort(cell->items.ptr, cell->items.len, sizeof *cell->items.ptr, by_key);
		EACH (const rollup_item, item, cell->items)
			expected += item->postings;
		require(vacancies == cell->postings);
		require(named == expected);
	}
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, another_lexicon)
{
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	add(&r, l, 1, 4, 0, NULL);
	mark(l, HASH, 1);
	rollup_item item = { .key = STR("concept:later"), .strength = 1, .postings = 1, .mentions = 1 };
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, STR("v2")));
	made_posting m = made_vacancy(&r.f.a, 2, 0, r.concepts);
	require(ledger_rematch(l, m.p.id, &m.u, (list_rollup_item){ &item, 1 }));
	require(ledger_commit(l));
	ledger_news news = fresh(&r, l, HASH, "");
	require(news.vacancies.len == 2);
	EACH (const counted_vacancy, v, news.vacancies) {
		bool again = str_eq(v->posting, m.p.id);
		if (again) {
			require(v->items.len == 1);
			assert_str(v->items.ptr[0].item, "later");
		}
		EACH (const vacancy_item, one, v->items)
			cr_expect(str_eq(one->item, STR("later")) == again);
	}
	ledger_close(l);
	ledger_room_close(&r);
}

Test(ledger_fresh, the_order_of_arrival_decides_nothing_else)
{
	enum { OLD = 20, ALL = 40, ROUNDS = 4 };
	ledger_room r;
	ledger_room_open(&r);
	arena *a = &r.f.a;
	made_posting list[ALL];
	for (uint32_t i = 0; i < ALL; i++)
		list[i] = made_vacancy(a, i % 30 + 1, i / 30, r.concepts);
	str first = STR("");
	for (uint32_t round = 0; round < ROUNDS; round++) {
		random_source rs = seeded(round + 5);
		if (round) {
			SHUFFLE(&rs, list, (size_t)OLD);
			SHUFFLE(&rs, list + OLD, (size_t)(ALL - OLD));
		}
		ledger *l = ledger_room_ledger(&r);
		for (size_t i = 0; i < ALL; i++) {
			if (i == OLD)
				mark(l, HASH, ledger_last(l));
			begin(l);
			ledger_room_add(l, &list[i]);
			require(ledger_commit(l));
		}
		buf b = { .arena = a };
		ledger_news news = fresh(&r, l, HASH, "");
		EACH (const counted_vacancy, v, news.vacancies) {
			buf_printf(&b, "%.*s %.*s:", STRF(v->posting), STRF(v->date));
			EACH (const vacancy_item, item, v->items)
				buf_printf(&b, " %.*s/%d", STRF(item->item), item->strength);
			buf_char(&b, '\n');
		}
		str said = buf_done(&b);
		first = round ? first : said;
		require(said.len > 0);
		require_that(str_eq(first, said), "round %u", round);
		ledger_close(l);
		ledger_room_wipe(&r);
	}
	ledger_room_close(&r);
}

/* ---- cost */

/* A sound ledger of so many vacancies, each with five concepts, written straight into its tables. */
static void write_rows(ledger *l, arena *a, int count)
{
	static const char *const statements[] = {
		"INSERT INTO lexicons(version) VALUES ('v1')",
		"INSERT INTO names(name) SELECT 'concept:c-' || i FROM n WHERE i <= 5",
		"INSERT INTO cells VALUES (1, '2026-01', 'One', '', '', %d)",
		"INSERT INTO postings SELECT i, printf('%%064x', i), 'T', 'One', '', 'text', NULL, NULL FROM n",
		"INSERT INTO sources SELECT i, i, 'p', i, 'made', '2026-01-02', '', '', '', '', '' FROM n",
		"INSERT INTO found SELECT i, i, 1, i, NULL FROM n",
		"INSERT INTO groups SELECT i, i, 1, 1, '2026-01-02', 'T', '', '' FROM n",
		"INSERT INTO items SELECT n.i, 1, k.i, 2, 1 FROM n JOIN n k ON k.i <= 5",
		"INSERT INTO cell_items SELECT 1, i, 2, %d, %d FROM n WHERE i <= 5",
	};
	buf b = { .arena = a };
	BUF_LIT(&b, "BEGIN; CREATE TEMP TABLE n(i INTEGER PRIMARY KEY); ");
	buf_printf(&b,
		"INSERT INTO n WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %d) "
		"SELECT i FROM c; ",
		count);
	for (size_t i = 0; i < COUNT(statements); i++) {
		char *one = sqlite3_mprintf(statements[i], count, count);
		buf_printf(&b, "%s; ", one);
		sqlite3_free(one);
	}
	BUF_LIT(&b, "DROP TABLE n; COMMIT");
	char *text = (char *)(uintptr_t)arena_cstr(a, buf_done(&b)), *said = NULL;
	require_that(sqlite3_exec(l->db, text, NULL, NULL, &said) == SQLITE_OK, "%s", said);
}

typedef struct {
	int marked, dated;
} steps;

static int steps_of(ledger_room *r, str hash, const char *since, size_t expected)
{
	int count = 0;
	ledger *l = ledger_room_ledger(r);
	require(fresh(r, l, hash, since).vacancies.len == expected);
	for (size_t i = 0; i < Q_COUNT; i++)
		if (l->statements[i])
			count += sqlite3_stmt_status(l->statements[i], SQLITE_STMTSTATUS_VM_STEP, 0);
	ledger_close(l);
	return count;
}

/* Of SQLite's machine, for ten postings that came after so many. */
static steps measure(int count)
{
	enum { CAME = 10 };
	ledger_room r;
	ledger_room_open(&r);
	ledger *l = ledger_room_ledger(&r);
	write_rows(l, &r.f.a, count);
	require(ledger_verify(l));
	mark(l, HASH, ledger_last(l));
	add(&r, l, 1, 1 + CAME, 0, "2026-07-01");
	ledger_close(l);
	steps out = { .marked = steps_of(&r, HASH, "", CAME),
		.dated = steps_of(&r, OTHER_HASH, "2026-06", CAME) };
	ledger_room_close(&r);
	return out;
}

Test(ledger_fresh, cost_is_that_of_what_came)
{
	steps few = measure(1000), many = measure(20000);
	cr_log_info("%d steps by mark, %d by date", few.marked, few.dated);
	cr_expect(few.marked == many.marked, "by mark %d steps in 1000, %d in 20000", few.marked, many.marked);
	cr_expect(few.dated == many.dated, "by date %d steps in 1000, %d in 20000", few.dated, many.dated);
	cr_expect(few.marked < 6000 && few.dated < 6000);
}

/* ---- when things go wrong */

static bool use_news(ledger_room *r, ledger_mode mode, arena *a, diags *d)
{
	static const str hashes[] = { { "5f16", 4 }, { "b194", 4 } };
	ledger *l = ledger_open(a, r->path, mode, d);
	ledger_news news;
	bool ok = l != NULL;
	if (ok && mode == LEDGER_WRITE && ledger_begin(l))
		ok = ledger_mark(l, hashes[0], ledger_last(l) - 3) && ledger_commit(l);
	for (size_t i = 0; i < COUNT(hashes); i++)
		ok = ok && ledger_fresh(l, a, hashes[i], STR("2026-03"), &news) &&
			 ledger_settled(l, a, hashes[i], STR("2026-03"), &news);
	ok = ok && ledger_ok(l);
	ledger_close(l);
	return ok;
}

static void open_filled(ledger_room *r)
{
	ledger_room_open(r);
	ledger *l = ledger_room_ledger(r);
	add(r, l, 1, 9, 0, NULL);
	add(r, l, 6, 11, 1, NULL);
	ledger_close(l);
}

Test(ledger_fresh, tables_that_are_missing)
{
	static const char *const tables[] = { "found", "groups", "sources", "postings", "items", "names" };
	for (size_t i = 0; i < COUNT(tables); i++) {
		ledger_room r;
		open_filled(&r);
		edit(&r, arena_printf(&r.f.a, "DROP VIEW evidence; DROP TABLE %s", tables[i]).ptr);
		require_that(!use_news(&r, LEDGER_READ, &r.f.a, &r.f.d), "without %s", tables[i]);
		require_that(r.f.d.errors == 1, "without %s: %zu errors", tables[i], r.f.d.errors);
		ledger_room_close(&r);
	}
}

/* Whatever somebody else wrote in the rows: a result, and no number that is none. */
Test(ledger_fresh, rows_that_are_wrong)
{
	static const char *const changes[] = { "INSERT INTO marks VALUES ('5f16', 'many')",
		"INSERT INTO marks VALUES ('5f16', -9e18)", "INSERT INTO marks VALUES ('5f16', 9223372036854775807)",
		"DROP TRIGGER items_no_update; UPDATE items SET strength = 77", "UPDATE groups SET date = x'00ff'",
		"UPDATE groups SET posting = 999999", "UPDATE found SET grp = NULL",
		"UPDATE found SET source = 12345678",
		"DROP TABLE marks; CREATE VIEW marks AS SELECT '5f16' AS workbook, 3 AS posting",
		"DROP TRIGGER sources_no_update; UPDATE sources SET date = 7, region = 1.5, seniority = x'80'" };
	for (size_t i = 0; i < COUNT(changes); i++) {
		ledger_room r;
		open_filled(&r);
		edit(&r, changes[i]);
		arena a = { 0 };
		ledger *l = ledger_open(&a, r.path, LEDGER_READ, &r.f.d);
		require(l != NULL);
		ledger_news halves[2];
		require(ledger_fresh(l, &a, STR("5f16"), STR(""), &halves[0]));
		require(ledger_settled(l, &a, STR("5f16"), STR(""), &halves[1]));
		for (size_t k = 0; k < COUNT(halves); k++)
			EACH (const counted_vacancy, v, halves[k].vacancies)
				EACH (const vacancy_item, item, v->items)
					require(item->strength >= 0 && item->strength < STRENGTHS);
		ledger_close(l);
		arena_free(&a);
		ledger_room_close(&r);
	}
}

static void write_file(const char *path, const char *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	require(fd >= 0 && write(fd, bytes, len) == (ssize_t)len && close(fd) == 0);
}

Test(ledger_fresh, damaged)
{
	ledger_room r;
	open_filled(&r);
	str whole;
	require(io_read(&whole, &r.f.a, r.path, &r.f.d));
	random_source rs = seeded(31);
	char *copy = NEWN(&r.f.a, char, whole.len);
	require(copy != NULL);
	int failed = 0;
	for (int round = 0; round < 60; round++) {
		arena a = { 0 }, said = { 0 };
		diags d = { .arena = &said };
		memcpy(copy, whole.ptr, whole.len);
		for (int i = 0; i < 60; i++)
			copy[draw(&rs, (uint32_t)whole.len)] = (char)draw(&rs, 256);
		write_file(r.path, copy, whole.len);
		bool ok = use_news(&r, round % 2 ? LEDGER_READ : LEDGER_WRITE, &a, &d);
		require_that(ok || d.errors, "round %d: no diagnostic", round);
		failed += !ok;
		ledger_room_wipe(&r);
		arena_free(&a);
		arena_free(&said);
	}
	cr_expect(failed > 0, "nothing was noticed");
	ledger_room_close(&r);
}

Test(ledger_fresh, another_process_is_writing)
{
	ledger_room r;
	open_filled(&r);
	ledger *one = ledger_room_ledger(&r), *two = ledger_room_ledger(&r);
	begin(one);
	sqlite3_busy_timeout(two->db, 1);
	expect(&r, two, HASH, "", 10, 0); /* reading goes on */
	require(!ledger_begin(two) && !ledger_mark(two, HASH, 1));
	fixture_expect(&r.f, "file-write: another process is writing to the ledger; try again when it is done\n");
	ledger_news news;
	require(ledger_fresh(two, &r.f.a, HASH, STR(""), &news) == false);
	require(ledger_commit(one));
	ledger_close(two);
	ledger_close(one);
	ledger_room_close(&r);
}

Test(ledger_fresh, out_of_memory)
{
	ledger_room r;
	open_filled(&r);
	unsigned n = 1;
	for (bool failed = true; failed; n++) {
		arena a = { .fail_at = n }, said = { 0 };
		diags d = { .arena = &said };
		bool ok = use_news(&r, LEDGER_WRITE, &a, &d);
		failed = a.failed || d.errors;
		require(ok == !failed);
		EACH (const diag, one, d.list)
			require_that(one->code == E_NO_MEMORY, "%.*s", STRF(one->text));
		arena_free(&a);
		arena_free(&said);
	}
	cr_expect(n > 60, "%u", n);
	ledger_room_close(&r);
}

Test(ledger_fresh, sqlite_out_of_memory)
{
	ledger_room r;
	open_filled(&r);
	int refused = 0;
	for (int kilobytes = 20; kilobytes < 1500; kilobytes += kilobytes / 5) {
		arena a = { 0 }, said = { 0 };
		diags d = { .arena = &said };
		sqlite3_hard_heap_limit64(kilobytes * 1024);
		bool ok = use_news(&r, LEDGER_WRITE, &a, &d);
		sqlite3_hard_heap_limit64(0);
		require(ok == (d.errors == 0));
		EACH (const diag, one, d.list)
			require_that(one->code == E_NO_MEMORY, "%d KB: %.*s", kilobytes, STRF(one->text));
		refused += !ok;
		arena_free(&a);
		arena_free(&said);
	}
	cr_expect(refused > 0, "none was refused");
	ledger_room_close(&r);
}
