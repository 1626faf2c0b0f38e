#include "model/load.h"

#include <stdlib.h>

enum { UNIT = 30 };

typedef struct {
	int from, to;
	int64_t left;
	size_t index;
} stretch;

typedef VEC(stretch) vec_stretch;

static int64_t positive(int minutes)
{
	return minutes > 0 ? minutes : 0;
}

int64_t load_total(const plan *p)
{
	int64_t total = 0;
	EACH (const plan_module, m, p->modules)
		total += positive(m->minutes);
	EACH (const plan_lab, l, p->labs)
		total += positive(l->minutes);
	EACH (const plan_scenario, s, p->scenarios)
		total += positive(s->minutes);
	EACH (const plan_capstone, c, p->capstone)
		total += positive(c->minutes);
	return total;
}

static void add(vec_stretch *out, arena *a, int weeks, int from, int to, int minutes)
{
	from = from < 1 ? 1 : from > weeks ? weeks : from;
	to = to < from ? from : to > weeks ? weeks : to;
	vec_push(a, out, (stretch){ .from = from, .to = to, .left = positive(minutes), .index = out->len });
}

/* What must be done first comes first. */
static int by_end(const void *a, const void *b)
{
	const stretch *x = a, *y = b;
	if (x->to != y->to)
		return x->to < y->to ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

static vec_stretch collect(arena *a, const plan *p, int weeks)
{
	vec_stretch all = { 0 };
	EACH (const plan_module, m, p->modules)
		add(&all, a, weeks, m->week_from, m->week_to, m->minutes);
	EACH (const plan_lab, l, p->labs)
		add(&all, a, weeks, l->week, l->due, l->minutes);
	EACH (const plan_scenario, s, p->scenarios)
		add(&all, a, weeks, s->week, s->due, s->minutes);
	EACH (const plan_capstone, c, p->capstone)
		add(&all, a, weeks, c->week, c->due, c->minutes);
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_end);
	return all;
}

/* Earliest end first: if any way of pouring keeps within the capacities, this one does. */
static void pour(list_week_load weeks, vec_stretch all)
{
	size_t first = 0;
	for (int w = 1; (size_t)w <= weeks.len; w++) {
		week_load *week = &weeks.ptr[w - 1];
		while (first < all.len && all.ptr[first].left == 0)
			first++;
		for (size_t i = first; i < all.len; i++) {
			stretch *s = &all.ptr[i];
			int64_t room = week->capacity - week->minutes;
			if (s->from > w || s->left == 0 || (room <= 0 && s->to > w))
				continue;
			int64_t taken = s->left <= room || s->to == w ? s->left : room;
			week->minutes += taken;
			s->left -= taken;
		}
	}
}

static list_week_load make(arena *a, const plan *p)
{
	int weeks = p->course.weeks < 0 ? 0 : p->course.weeks > LOAD_WEEKS_MAX ? LOAD_WEEKS_MAX : p->course.weeks;
	week_load *ptr = NEWN(a, week_load, (size_t)weeks);
	return (list_week_load){ .ptr = ptr, .len = ptr ? (size_t)weeks : 0 };
}

list_week_load load_even(arena *a, const plan *p)
{
	list_week_load weeks = make(a, p);
	int64_t units = (load_total(p) + UNIT - 1) / UNIT, count = (int64_t)weeks.len;
	for (int64_t i = 0; i < count; i++)
		weeks.ptr[i].capacity = ((i + 1) * units / count - i * units / count) * UNIT;
	if (weeks.len)
		pour(weeks, collect(a, p, (int)weeks.len));
	return weeks;
}

list_week_load load_capped(arena *a, const plan *p)
{
	list_week_load weeks = make(a, p);
	EACH (week_load, w, weeks)
		w->capacity = positive(p->course.minutes_per_week);
	if (weeks.len)
		pour(weeks, collect(a, p, (int)weeks.len));
	return weeks;
}
