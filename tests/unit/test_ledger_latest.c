/* The latest vacancies: the same that a walk over everything finds, and at a cost that does not depend on how
 * many there are. */
#define _POSIX_C_SOURCE 200809L
#include "vacancies.h"

#include "evidence/analyze.h"
#include "evidence/ledger_db.h"
#include "evidence/weights.h"

/* Vacancies `from` to `to`, few of which are alike. */
static void add(ledger_room *r, uint32_t from, uint32_t to, bool few_cells)
{
	ledger *l = ledger_room_ledger(r);
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, STR("v1")));
	for (uint32_t i = from; i < to; i++) {
		arena a = { 0 };
		made_posting m = made_vacancy(&a, i / 2, i % 2 ? i % 16 : 0, r->concepts);
		if (few_cells) {
			m.p.region = m.p.seniority = STR("");
			m.p.employer = i % 3 ? STR("One") : STR("Other");
			m.p.date = arena_printf(&a, "2026-0%u-%02u", 1 + i % 2, 1 + i % 28);
		}
		m.p.url = arena_printf(&a, "https://example.org/%u", i);
		ledger_room_add(l, &m);
		arena_free(&a);
	}
	require(ledger_commit(l));
	require(ledger_verify(l));
	ledger_close(l);
}

/* By the way that needs no index. */
static double walk(ledger *l, arena *a, const analysis_filter *f, list_posting_line *out)
{
	VEC(posting_line) lines = { 0 };
	ledger_cursor c = { 0 };
	ledger_posting p;
	while (ledger_next(l, &c, a, &p))
		if (str_eq(p.group, p.posting.id) &&
			filter_keeps(f, p.posting.date, p.posting.region, p.posting.employer))
			vec_push(a, &lines,
				(posting_line){ .title = p.posting.title,
					.employer = p.posting.employer,
					.date = p.posting.date,
					.location = p.posting.location,
					.url = p.posting.url });
	if (lines.len)
		qsort(lines.ptr, lines.len, sizeof *lines.ptr, posting_line_order);
	*out = (list_posting_line){ .ptr = lines.ptr, .len = lines.len };
	return (double)lines.len;
}

static void expect_same(ledger *l, const analysis_filter *f, size_t most)
{
	arena a = { 0 };
	list_posting_line all, some;
	double total, expected = walk(l, &a, f, &all);
	require(ledger_latest(l, &a, f, most, &some, &total));
	cr_expect(total == expected, "%g of %g", total, expected);
	cr_expect(some.len == (all.len < most ? all.len : most));
	for (size_t i = 0; i < some.len && i < all.len; i++)
		require_that(posting_line_order(&some.ptr[i], &all.ptr[i]) == 0,
			"line %zu of %zu: '%.*s', not '%.*s'", i, most, STRF(some.ptr[i].url), STRF(all.ptr[i].url));
	arena_free(&a);
}

Test(ledger_latest, what_a_walk_finds)
{
	static const analysis_filter filters[] = { { .since = { "", 0 } }, { .since = { "2026-03", 7 } },
		{ .until = { "2026-02-11", 10 } }, { .as_of = { "2026-04", 7 } }, { .region = { "europe", 6 } },
		{ .employer = { "Employer 3", 10 } }, { .since = { "2027-01", 7 } } };
	static const size_t mosts[] = { 0, 1, 7, 40, 1000 };
	ledger_room r;
	ledger_room_open(&r);
	add(&r, 0, 150, false);
	add(&r, 100, 260, false); /* some came again, and groups grew */
	ledger *l = ledger_room_ledger(&r);
	for (size_t i = 0; i < COUNT(filters); i++)
		for (size_t k = 0; k < COUNT(mosts); k++)
			expect_same(l, &filters[i], mosts[k]);
	ledger_close(l);
	ledger_room_close(&r);
}

/* Steps of SQLite's machine for all that an analysis reads. */
static int steps(ledger_room *r)
{
	enum { MOST = 10 };
	analysis_filter none = { .since = STR("") };
	list_posting_line lines;
	list_cell cells;
	arena a = { 0 };
	double total;
	int count = 0;
	ledger *l = ledger_room_ledger(r);
	require(ledger_stale(l) == false);
	require(ledger_rollup(l, &a, &cells));
	require(ledger_latest(l, &a, &none, MOST, &lines, &total));
	require(lines.len == MOST);
	for (size_t i = 0; i < Q_COUNT; i++)
		if (l->statements[i])
			count += sqlite3_stmt_status(l->statements[i], SQLITE_STMTSTATUS_VM_STEP, 0);
	ledger_close(l);
	arena_free(&a);
	return count;
}

Test(ledger_latest, cost_does_not_grow)
{
	ledger_room r;
	ledger_room_open(&r);
	add(&r, 0, 120, true);
	int few = steps(&r);
	add(&r, 120, 1200, true);
	int many = steps(&r);
	cr_expect(many < few + few / 4, "%d steps for 120 postings, %d for 1200", few, many);
	ledger_room_close(&r);
}

/* Of a ledger that was understood with two lexicons, whichever came last. */
Test(ledger_latest, stale)
{
	ledger_room r;
	ledger_room_open(&r);
	add(&r, 0, 4, true);
	ledger *l = ledger_room_ledger(&r);
	require(ledger_stale(l) == false);
	require(ledger_begin(l));
	require(ledger_use_lexicon(l, STR("v2")));
	require(ledger_commit(l));
	require(ledger_stale(l));
	ledger_close(l);
	ledger_room_close(&r);
}
