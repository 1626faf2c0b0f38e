/* Shares: what part of the grade outcomes carry, and what part of the time skills get. */
#include "check/checker.h"

#include <math.h>

/* With fewer program outcomes than this an even share comes near the most, and O-07 speaks of them. */
enum { AMONG_MIN = 4 };
static const double percent_most = 40, percent_least = 2;
/* time by weight, 1 if a skill gets what its weight asks for. */
static const double ratio_most = 2, ratio_least = 0.5;
enum { STEP = 30 }; /* minutes that a plan can move */

/* Percent of the grade, by program outcome. */
typedef struct {
	map index; /* id -> index + 1, as a pointer */
	double *percent;
} carried;

static void carry(carried *to, const outcome *o, double percent)
{
	EACH (const str, id, o->supports) {
		uintptr_t at = (uintptr_t)map_get(&to->index, *id);
		if (at)
			to->percent[at - 1] += percent / (double)o->supports.len;
	}
}

static double weight_of(const criterion *c)
{
	return c->weight > 0 ? c->weight : 0;
}

/* A task's percent goes to its criteria by weight, from each to its outcomes in equal parts, and from each of
 * these to the program outcomes that it supports in equal parts. */
static void carry_task(const checker *k, carried *to, const graded *g)
{
	double sum = 0;
	EACH (const criterion, c, g->rubric->criteria)
		sum += weight_of(c);
	EACH (const criterion, c, g->rubric->criteria)
		EACH (const str, id, c->outcomes) {
			const outcome *o = map_get(&k->c->outcomes, *id);
			if (o && sum > 0)
				carry(to, o, g->percent * weight_of(c) / sum / (double)c->outcomes.len);
		}
}

void rule_a_06(checker *k)
{
	size_t count = k->c->program.len;
	bool drafts = checker_has_drafts(k);
	carried all = { .index = { .arena = k->arena }, .percent = NEWN(k->arena, double, count) };
	if (count < AMONG_MIN || !all.percent)
		return;
	for (size_t i = 0; i < count; i++)
		map_put(&all.index, k->c->program.ptr[i]->id, (void *)(uintptr_t)(i + 1));
	EACH (const graded, g, k->tasks)
		if (g->rubric)
			carry_task(k, &all, g);
	for (size_t i = 0; i < count; i++) {
		const outcome *o = k->c->program.ptr[i];
		if (all.percent[i] > percent_most || all.percent[i] < percent_least)
			found(k, (place){ .kind = "program-outcome", .id = o->id, .at = o->at, .note = drafts },
				"carries %.1f %% of the grade, %s than %.0f %%", all.percent[i],
				all.percent[i] > percent_most ? "more" : "less",
				all.percent[i] > percent_most ? percent_most : percent_least);
	}
}

/* Demand and time, of one skill or of the course, and where time could go to or come from. */
typedef struct {
	const workbook_row *row;
	double weight, minutes;
	bool can_grow, can_shrink; /* a module that teaches it is below its most, above its least */
} share;

static double sum_of_demands(const taught_module *t)
{
	double sum = 0;
	EACH (const demand, one, t->demands)
		sum += one->weight;
	return sum;
}

static bool can_grow(const taught_module *t)
{
	return t->plan->minutes + STEP <= t->module->minutes.max;
}

static bool can_shrink(const taught_module *t)
{
	return t->plan->minutes - STEP >= t->module->minutes.min;
}

static share *share_of(checker *k, map *shares, const workbook_row *row)
{
	share *s = map_get(shares, row->id);
	if (s)
		return s;
	s = NEW(k->arena, share);
	if (s) {
		s->row = row;
		map_put(shares, row->id, s);
	}
	return s;
}

/* The weight and the time of a module belong to the rows behind it, by their parts of its demand. */
static void share_module(checker *k, map *shares, const taught_module *t, double demanded)
{
	EACH (const demand, one, t->demands) {
		share *s = one->row->row->kind == ROW_SKILL ? share_of(k, shares, one->row->row) : NULL;
		if (!s)
			continue;
		s->weight += t->weight * one->weight / demanded;
		s->minutes += t->plan->minutes * one->weight / demanded;
		s->can_grow |= can_grow(t);
		s->can_shrink |= can_shrink(t);
	}
}

static double ratio(const share *s, const share *all)
{
	return s->minutes / all->minutes / (s->weight / all->weight);
}

/* Whether modules with too much time could give some, and those with too little take some: otherwise their
 * limits are the cause, and no other plan would be nearer to the weights. */
static void find_room(checker *k, share *all)
{
	EACH (const taught_module, t, k->c->modules) {
		share one = { .weight = t->weight, .minutes = t->plan->minutes };
		if (!(one.weight > 0) || !t->demands.len)
			continue;
		all->can_grow |= ratio(&one, all) < 1 && can_grow(t);
		all->can_shrink |= ratio(&one, all) > 1 && can_shrink(t);
	}
}

static void check_share(checker *k, const share *s, const share *all)
{
	double r = ratio(s, all);
	bool little = r < ratio_least && s->can_grow && all->can_shrink;
	bool much = r > ratio_most && s->can_shrink && all->can_grow;
	if (little || much)
		found(k, (place){ .kind = "skill", .id = s->row->id, .at = s->row->at },
			"gets %.1f %% of the modules' time for %.1f %% of the weight", 100 * s->minutes / all->minutes,
			100 * s->weight / all->weight);
}

void rule_a_08(checker *k)
{
	map shares = { .arena = k->arena };
	share all = { 0 };
	EACH (const taught_module, t, k->c->modules) {
		double demanded = sum_of_demands(t);
		if (!(demanded > 0) || !(t->weight > 0))
			continue;
		all.weight += t->weight;
		all.minutes += t->plan->minutes;
		share_module(k, &shares, t, demanded);
	}
	if (!(all.minutes > 0))
		return;
	find_room(k, &all);
	EACH (const map_entry, e, shares.entries)
		check_share(k, e->value, &all);
}
