#include "plan/budget.h"

#include <math.h>
#include <stdlib.h>

/* Set by the author: a part-time course next to a job. Docs: README. */
const level_defaults course_defaults[] = {
	[LEVEL_JUNIOR] = { 120, 10 },
	[LEVEL_MID] = { 180, 10 },
	[LEVEL_SENIOR] = { 360, 12 },
	[LEVEL_STAFF] = { 240, 10 },
	[LEVEL_PRINCIPAL] = { 200, 10 },
};

static int to_units(double hours)
{
	return (int)lround(hours * 60 / UNIT_MINUTES) * UNIT_MINUTES;
}

static int by_size(const void *x, const void *y)
{
	const need *a = x, *b = y;
	if (a->minutes != b->minutes)
		return a->minutes > b->minutes ? -1 : 1;
	return str_cmp(a->address, b->address);
}

static int by_worth(const void *x, const void *y)
{
	const need *a = x, *b = y;
	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	return str_cmp(a->address, b->address);
}

static void hours_text(buf *b, int minutes)
{
	buf_printf(b, "%g h", minutes / 60.0);
}

/* The largest needs whose sum passes the budget are irreducible: without any one of them, each at least as
 * large as the last, the rest would fit. And there is no such set with fewer members. */
static void report_too_small(
	const compose_input *in, const vec_need *needs, int minutes, int least, arena *a, diags *d)
{
	need *sorted = NEWN(a, need, needs->len);
	if (!sorted)
		return;
	for (size_t i = 0; i < needs->len; i++)
		sorted[i] = needs->ptr[i];
	qsort(sorted, needs->len, sizeof *sorted, by_size);
	buf b = { .arena = a };
	buf_printf(&b, "hours: %g cannot hold ", minutes / 60.0);
	int sum = 0;
	for (size_t i = 0; i < needs->len && sum <= minutes; i++) {
		sum += sorted[i].minutes;
		buf_printf(&b, "%s%.*s (%s ", i ? " + " : "", STRF(sorted[i].address), sorted[i].why);
		hours_text(&b, sorted[i].minutes);
		buf_char(&b, ')');
	}
	BUF_LIT(&b, " together; all that is required needs ");
	hours_text(&b, least);
	qsort(sorted, needs->len, sizeof *sorted, by_worth);
	BUF_LIT(&b, ". Cheapest ways out: hours: ");
	buf_printf(&b, "%g, or ban ", least / 60.0);
	size_t banned = 0;
	int freed = 0;
	while (banned < needs->len && least - freed > minutes)
		freed += sorted[banned++].minutes;
	for (size_t i = banned; i-- > 0;) /* what need not go after all, the dearest first */
		if (least - (freed - sorted[i].minutes) <= minutes) {
			freed -= sorted[i].minutes;
			sorted[i].minutes = 0;
		}
	const char *comma = "";
	for (size_t i = 0; i < banned; i++)
		if (sorted[i].minutes) {
			buf_printf(&b, "%s%.*s", comma, STRF(sorted[i].address));
			comma = ", ";
		}
	BUF_LIT(&b, " (least demand first)");
	diag_add(d, E_PLAN_INFEASIBLE, in->course->at, "%.*s", STRF(buf_done(&b)));
}

/* Minutes a week that hold the budget, in whole units. */
static int even_minutes(const budget *b)
{
	int even = (b->minutes + b->weeks - 1) / b->weeks;
	return (even + UNIT_MINUTES - 1) / UNIT_MINUTES * UNIT_MINUTES;
}

static bool check_capacity(const compose_input *in, const budget *b, diags *d)
{
	if ((int64_t)b->weeks * b->minutes_per_week >= b->minutes)
		return true;
	diag_add(d, E_PLAN_INFEASIBLE, in->course->at,
		"hours: %g do not fit into weeks: %d x hours_per_week: %g = %g h. Cheapest ways out: weeks: %d, "
		"hours_per_week: %g, or "
		"hours: %g",
		b->minutes / 60.0, b->weeks, b->minutes_per_week / 60.0, b->weeks * b->minutes_per_week / 60.0,
		(b->minutes + b->minutes_per_week - 1) / b->minutes_per_week, even_minutes(b) / 60.0,
		b->weeks * b->minutes_per_week / 60.0);
	return false;
}

static double wanted_hours(const compose_input *in)
{
	const course *s = &in->selection->settings;
	bool by_weeks = s->weeks != SCHEMA_UNSET && !isnan(s->hours_per_week);
	return !isnan(s->hours) ? s->hours
		   : by_weeks       ? s->weeks * s->hours_per_week
							: course_defaults[in->facts->level].hours;
}

int budget_wanted(const compose_input *in)
{
	return to_units(wanted_hours(in));
}

static bool settle_minutes(
	budget *out, const compose_input *in, const vec_need *needs, int most, arena *a, diags *d)
{
	const course *s = &in->selection->settings;
	bool stated = !isnan(s->hours);
	bool by_weeks = !stated && s->weeks != SCHEMA_UNSET && !isnan(s->hours_per_week);
	double wanted = wanted_hours(in);
	int least = 0;
	EACH (const need, n, *needs)
		least += n->minutes;
	out->minutes = to_units(wanted);
	if ((stated || by_weeks) && out->minutes < least) {
		report_too_small(in, needs, out->minutes, least, a, d);
		return false;
	}
	if (stated && out->minutes > most) {
		diag_add(d, E_PLAN_INFEASIBLE, in->course->at,
			"hours: %g cannot be filled: the chosen modules, labs and scenarios take at most %g h. Cheapest "
			"way out: hours: %g",
			wanted, most / 60.0, most / 60.0);
		return false;
	}
	int fitted = out->minutes < least ? least : out->minutes > most ? most : out->minutes;
	if (fitted != out->minutes)
		diag_file(d, E_BUDGET_ADJUSTED, in->facts->workbook->path,
			"the usual %g h for a %s course %s; the budget is %g h (state 'hours' in course.yaml to choose)",
			wanted, level_names[in->facts->level],
			fitted > out->minutes ? "are too few for what is required" : "cannot be filled", fitted / 60.0);
	out->minutes = fitted;
	return true;
}

bool budget_settle(budget *out, const compose_input *in, const vec_need *needs, int most, arena *a, diags *d)
{
	const course *s = &in->selection->settings;
	*out = (budget){ 0 };
	if (!settle_minutes(out, in, needs, most, a, d))
		return false;
	bool weeks = s->weeks != SCHEMA_UNSET, pace = !isnan(s->hours_per_week);
	out->minutes_per_week =
		to_units(pace ? s->hours_per_week : course_defaults[in->facts->level].hours_per_week);
	if (out->minutes_per_week < UNIT_MINUTES)
		out->minutes_per_week = UNIT_MINUTES;
	if (weeks && !pace) {
		out->weeks = s->weeks;
		out->minutes_per_week = even_minutes(out);
	} else {
		out->weeks = weeks ? s->weeks : (out->minutes + out->minutes_per_week - 1) / out->minutes_per_week;
	}
	return check_capacity(in, out, d);
}
