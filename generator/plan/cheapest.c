#include "plan/cheapest.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	arena *arena;
	const cheap_problem *p;
	size_t *by_rank;  /* edits, best first */
	LIST(size_t) *of; /* of each need: ranks of the edits that meet it */
	double *least;    /* of each need: a lower bound of its part of the cost */
	unsigned *met;    /* of each need: by how many chosen edits */
	bool *chosen;     /* by rank */
	double cost;
	int minutes;
	bool found;
	bool *best; /* by rank */
	double best_cost, best_weight;
	int best_minutes;
	cheap_answer *out;
} search;

typedef struct {
	const cheap_edit *edit;
	size_t at;
} ranked;

static int by_value(const void *x, const void *y)
{
	const cheap_edit *a = ((const ranked *)x)->edit, *b = ((const ranked *)y)->edit;
	if (a->cost != b->cost)
		return a->cost < b->cost ? -1 : 1;
	if (a->minutes != b->minutes)
		return a->minutes < b->minutes ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return str_cmp(a->id, b->id);
}

static const cheap_edit *edit_at(const search *s, size_t rank)
{
	return &s->p->edits[s->by_rank[rank]];
}

static void rank_edits(search *s)
{
	size_t count = s->p->edit_count;
	ranked *sorted = NEWN(s->arena, ranked, count + 1);
	if (!sorted || !s->by_rank)
		return;
	for (size_t i = 0; i < count; i++)
		sorted[i] = (ranked){ .edit = &s->p->edits[i], .at = i };
	qsort(sorted, count, sizeof *sorted, by_value);
	for (size_t i = 0; i < count; i++)
		s->by_rank[i] = sorted[i].at;
}

static void index_needs(search *s)
{
	size_t needs = s->p->need_count;
	for (size_t n = 0; n < needs; n++) {
		s->of[n].ptr = NEWN(s->arena, size_t, s->p->edit_count + 1);
		s->least[n] = CHEAPEST_OPEN;
	}
	if (s->arena->failed)
		return;
	for (size_t r = 0; r < s->p->edit_count; r++) {
		const cheap_edit *e = edit_at(s, r);
		EACH (const size_t, n, e->meets) {
			s->of[*n].ptr[s->of[*n].len++] = r;
			s->least[*n] = fmin(s->least[*n], e->cost / (double)e->meets.len);
		}
	}
}

static double bound(const search *s, size_t from)
{
	double sum = 0;
	for (size_t n = from; n < s->p->need_count; n++)
		sum += s->met[n] ? 0 : s->least[n];
	return sum;
}

/* In the order of ranks, so that it does not depend on the way of the search. */
static double weigh(const search *s)
{
	double sum = 0;
	for (size_t r = 0; r < s->p->edit_count; r++)
		sum += s->chosen[r] ? edit_at(s, r)->weight : 0;
	return sum;
}

/* Smaller is better; ties end with the first rank in which they differ: the one that has it. */
static bool is_better(const search *s, double weight)
{
	if (!s->found || s->cost != s->best_cost)
		return !s->found || s->cost < s->best_cost;
	if (s->minutes != s->best_minutes)
		return s->minutes < s->best_minutes;
	if (weight != s->best_weight)
		return weight > s->best_weight;
	for (size_t r = 0; r < s->p->edit_count; r++)
		if (s->chosen[r] != s->best[r])
			return s->chosen[r];
	return false;
}

static void keep(search *s)
{
	double weight = weigh(s);
	if (!is_better(s, weight))
		return;
	s->found = true;
	s->best_cost = s->cost;
	s->best_minutes = s->minutes;
	s->best_weight = weight;
	for (size_t r = 0; r < s->p->edit_count; r++)
		s->best[r] = s->chosen[r];
}

static void put(search *s, size_t rank, int sign)
{
	const cheap_edit *e = edit_at(s, rank);
	s->chosen[rank] = sign > 0;
	s->cost += sign * e->cost;
	s->minutes += sign * e->minutes;
	EACH (const size_t, n, e->meets)
		s->met[*n] += (unsigned)sign;
}

/* Needs are few, so recursion is as deep as they are many. */
static void descend(search *s, size_t need)
{
	while (need < s->p->need_count && s->met[need])
		need++;
	if (s->out->nodes++ >= CHEAPEST_NODES) {
		s->out->cut_off = true;
		return;
	}
	if (s->found && s->cost + bound(s, need) > s->best_cost + 1e-9)
		return;
	if (need == s->p->need_count) {
		keep(s);
		return;
	}
	for (size_t i = 0; i < s->of[need].len && !s->out->cut_off; i++) {
		size_t rank = s->of[need].ptr[i];
		if (s->chosen[rank] || s->minutes + edit_at(s, rank)->minutes > s->p->minutes)
			continue;
		put(s, rank, 1);
		descend(s, need + 1);
		put(s, rank, -1);
	}
	s->cost += CHEAPEST_OPEN;
	s->met[need]++; /* given up */
	descend(s, need + 1);
	s->met[need]--;
	s->cost -= CHEAPEST_OPEN;
}

static int ascending(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;
	return (a > b) - (a < b);
}

static void answer(search *s)
{
	cheap_answer *out = s->out;
	out->edits.ptr = NEWN(s->arena, size_t, s->p->edit_count + 1);
	out->open.ptr = NEWN(s->arena, size_t, s->p->need_count + 1);
	bool *met = NEWN(s->arena, bool, s->p->need_count + 1);
	if (!out->edits.ptr || !out->open.ptr || !met)
		return;
	for (size_t r = 0; r < s->p->edit_count; r++)
		if (s->best[r]) {
			out->edits.ptr[out->edits.len++] = s->by_rank[r];
			EACH (const size_t, n, edit_at(s, r)->meets)
				met[*n] = true;
		}
	if (out->edits.len)
		qsort(out->edits.ptr, out->edits.len, sizeof *out->edits.ptr, ascending);
	for (size_t n = 0; n < s->p->need_count; n++)
		if (!met[n])
			out->open.ptr[out->open.len++] = n;
	out->cost = s->best_cost;
	out->minutes = s->best_minutes;
}

bool cheapest(cheap_answer *out, arena *a, const cheap_problem *p)
{
	*out = (cheap_answer){ 0 };
	search s = { .arena = a, .p = p, .out = out };
	s.by_rank = NEWN(a, size_t, p->edit_count + 1);
	s.of = arena_alloc(a, sizeof *s.of, p->need_count + 1, _Alignof(max_align_t));
	s.least = NEWN(a, double, p->need_count + 1);
	s.met = NEWN(a, unsigned, p->need_count + 1);
	s.chosen = NEWN(a, bool, p->edit_count + 1);
	s.best = NEWN(a, bool, p->edit_count + 1);
	if (a->failed)
		return false;
	rank_edits(&s);
	index_needs(&s);
	if (a->failed)
		return false;
	descend(&s, 0);
	answer(&s);
	return !a->failed;
}
