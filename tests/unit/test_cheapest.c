#include "check.h"
#include "random.h"

#include "plan/cheapest.h"

#include <stdio.h>

enum { NEEDS = 6, EDITS = 9 };

typedef struct {
	cheap_edit edits[EDITS];
	size_t meets[EDITS][NEEDS];
	char ids[EDITS][4];
} made_problem;

static void make(made_problem *m, random_source *r)
{
	static const double costs[] = { 1, 2, 4, 8, 16 };
	for (size_t e = 0; e < EDITS; e++) {
		m->ids[e][0] = (char)('a' + e);
		m->ids[e][1] = '\0';
		m->edits[e] = (cheap_edit){ .cost = costs[draw(r, COUNT(costs))],
			.minutes = (int)draw(r, 5) * 30,
			.weight = (double)draw(r, 3) / 4,
			.id = str_from(m->ids[e]) };
		m->edits[e].meets.ptr = m->meets[e];
		for (size_t n = 0; n < NEEDS; n++)
			if (draw(r, 3) == 0)
				m->meets[e][m->edits[e].meets.len++] = n;
	}
}

/* Every subset: what the search must find. */
static void brute(const cheap_problem *p, double *cost, int *minutes)
{
	*cost = 1e18;
	*minutes = 0;
	for (unsigned set = 0; set < 1u << p->edit_count; set++) {
		double sum = 0;
		int time = 0;
		unsigned met = 0;
		for (size_t e = 0; e < p->edit_count; e++)
			if (set >> e & 1) {
				sum += p->edits[e].cost;
				time += p->edits[e].minutes;
				EACH (const size_t, n, p->edits[e].meets)
					met |= 1u << *n;
			}
		for (size_t n = 0; n < p->need_count; n++)
			sum += met >> n & 1 ? 0 : CHEAPEST_OPEN;
		if (time <= p->minutes && (sum < *cost || (sum == *cost && time < *minutes))) {
			*cost = sum;
			*minutes = time;
		}
	}
}

Test(cheapest, finds_what_trying_every_subset_finds)
{
	random_source r = seeded(20261129);
	for (int round = 0; round < 300; round++) {
		arena a = { 0 };
		made_problem m = { 0 };
		cheap_answer answer;
		double cost;
		int minutes;
		make(&m, &r);
		cheap_problem p = {
			.edits = m.edits, .edit_count = EDITS, .need_count = NEEDS, .minutes = (int)draw(&r, 12) * 30
		};
		brute(&p, &cost, &minutes);
		cr_assert(cheapest(&answer, &a, &p));
		cr_assert_eq(answer.cost, cost, "round %d: %g, not %g", round, answer.cost, cost);
		cr_assert_eq(answer.minutes, minutes, "round %d: %d minutes, not %d", round, answer.minutes, minutes);
		cr_assert_not(answer.cut_off);
		arena_free(&a);
	}
	NO_LEAKS();
}

Test(cheapest, does_not_depend_on_the_order_of_the_edits)
{
	random_source r = seeded(7);
	for (int round = 0; round < 100; round++) {
		arena a = { 0 };
		made_problem m = { 0 };
		cheap_edit turned[EDITS];
		cheap_answer one, other;
		make(&m, &r);
		for (size_t e = 0; e < EDITS; e++)
			turned[e] = m.edits[EDITS - 1 - e];
		cheap_problem p = { .edits = m.edits, .edit_count = EDITS, .need_count = NEEDS, .minutes = 300 };
		cheap_problem q = p;
		q.edits = turned;
		cr_assert(cheapest(&one, &a, &p) && cheapest(&other, &a, &q));
		cr_assert_eq(one.edits.len, other.edits.len);
		for (size_t i = 0; i < one.edits.len; i++) {
			size_t mirrored = EDITS - 1 - other.edits.ptr[other.edits.len - 1 - i];
			cr_assert_eq(one.edits.ptr[i], mirrored, "round %d", round);
		}
		arena_free(&a);
	}
}

Test(cheapest, leaves_open_what_nothing_meets_or_there_is_no_time_for)
{
	arena a = { 0 };
	cheap_answer answer;
	size_t first[] = { 0 }, second[] = { 1 };
	cheap_edit edits[] = {
		{ .cost = 64, .minutes = 600, .id = STR("module"), .meets = { first, 1 } },
		{ .cost = 2, .minutes = 0, .id = STR("link"), .meets = { second, 1 } },
	};
	cheap_problem p = { .edits = edits, .edit_count = 2, .need_count = 3, .minutes = 300 };
	cr_assert(cheapest(&answer, &a, &p));
	cr_assert_eq(answer.edits.len, 1u);
	cr_assert_eq(answer.edits.ptr[0], 1u);
	cr_assert_eq(answer.open.len, 2u);
	cr_assert_eq(answer.open.ptr[0], 0u);
	cr_assert_eq(answer.open.ptr[1], 2u);
	arena_free(&a);
}

Test(cheapest, takes_one_edit_for_two_needs_where_that_is_cheaper)
{
	arena a = { 0 };
	cheap_answer answer;
	size_t both[] = { 0, 1 }, first[] = { 0 }, second[] = { 1 };
	cheap_edit edits[] = {
		{ .cost = 16, .id = STR("a"), .meets = { first, 1 } },
		{ .cost = 16, .id = STR("b"), .meets = { second, 1 } },
		{ .cost = 31, .id = STR("c"), .meets = { both, 2 } },
	};
	cheap_problem p = { .edits = edits, .edit_count = 3, .need_count = 2, .minutes = 0 };
	cr_assert(cheapest(&answer, &a, &p));
	cr_assert_eq(answer.edits.len, 1u);
	cr_assert_eq(answer.edits.ptr[0], 2u);
	arena_free(&a);
}

Test(cheapest, says_that_it_was_cut_off)
{
	enum { MANY = 40 };
	arena a = { 0 };
	cheap_answer answer;
	static cheap_edit edits[MANY * 3];
	static size_t meets[MANY * 3];
	static char ids[MANY * 3][8];
	for (size_t e = 0; e < COUNT(edits); e++) { /* three equal edits for each need: nothing can be pruned */
		meets[e] = e / 3;
		snprintf(ids[e], sizeof ids[e], "%03zu", e);
		edits[e] = (cheap_edit){ .cost = 1, .id = str_from(ids[e]), .meets = { &meets[e], 1 } };
	}
	cheap_problem p = { .edits = edits, .edit_count = COUNT(edits), .need_count = MANY, .minutes = 0 };
	cr_assert(cheapest(&answer, &a, &p));
	cr_assert(answer.cut_off);
	cr_assert_eq(answer.edits.len, (size_t)MANY);
	cr_assert_eq(answer.open.len, 0u);
	arena_free(&a);
}

Test(cheapest, runs_out_of_memory_cleanly)
{
	size_t first[] = { 0 };
	cheap_edit edits[] = { { .cost = 1, .id = STR("a"), .meets = { first, 1 } } };
	cheap_problem p = { .edits = edits, .edit_count = 1, .need_count = 1, .minutes = 0 };
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		cheap_answer answer;
		bool ok = cheapest(&answer, &a, &p);
		bool failed = a.failed;
		arena_free(&a);
		cr_assert_eq(ok, !failed);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
