/* Criteria that score a metric: their descriptors state the metric's own numbers, in order. */
#include "check/checker.h"
#include "check/descriptor.h"

#include <math.h>

enum { LEVELS_MAX = 16 };

static const metric *find_metric(const graded *g, str id)
{
	EACH (const metric, m, g->lab->lab->metrics)
		if (str_eq(m->id, id))
			return m;
	return NULL;
}

typedef void look_at(checker *k, const graded *g, const criterion *c, const metric *m);

static void each_metric_criterion(checker *k, look_at *look)
{
	EACH (const graded, g, k->tasks) {
		if (!g->lab || !g->rubric || g->rubric->scale.len > LEVELS_MAX)
			continue;
		EACH (const criterion, c, g->rubric->criteria) {
			const metric *m = c->metric.len ? find_metric(g, c->metric) : NULL;
			if (m && (m->direction == LOWER_IS_BETTER || m->direction == HIGHER_IS_BETTER))
				look(k, g, c, m);
		}
	}
}

typedef struct {
	bool any, both; /* both: an upper and a lower end */
	double best, worst;
} band;

static band band_of(checker *k, const metric *m, str text)
{
	band out = { 0 };
	vec_double numbers = descriptor_numbers(k->arena, m, text);
	EACH (const double, d, numbers) {
		if (!out.any || metric_better(m, *d, out.best))
			out.best = *d;
		if (!out.any || metric_better(m, out.worst, *d))
			out.worst = *d;
		out.any = true;
	}
	out.both = out.any && !descriptor_same_number(out.best, out.worst);
	return out;
}

/* 90 and 80 to 89 leave no gap where whole numbers are counted. */
static bool adjoins(const metric *m, double above, double below)
{
	bool counted =
		str_eq(m->unit, STR("count")) || str_eq(m->unit, STR("points")) || str_eq(m->unit, STR("%"));
	bool whole = floor(above) == above && floor(below) == below;
	return descriptor_same_number(above, below) || (counted && whole && fabs(above - below) <= 1);
}

/* A single number is the lower end of the best level; of any other level it may be either end. */
static void check_bands(checker *k, const graded *g, const criterion *c, const metric *m)
{
	const rubric *r = g->rubric;
	band above = { 0 };
	str name = STR("");
	for (size_t i = 0; i < r->scale.len; i++) {
		str level = r->scale.ptr[i].level;
		band one = band_of(k, m, descriptor_of(c, level));
		if (!one.any)
			continue;
		if (above.any && (metric_better(m, one.worst, above.worst) || metric_better(m, one.best, above.best)))
			found(k, place_criterion(g, c), "the numbers of '%.*s' are better than those of '%.*s'",
				STRF(level), STRF(name));
		else if ((above.both || (above.any && i == 1)) && one.both && !adjoins(m, above.worst, one.best))
			found(k, place_criterion(g, c), "between '%.*s' and '%.*s' there is %s", STRF(name), STRF(level),
				metric_better(m, above.worst, one.best) ? "a gap" : "an overlap");
		above = one;
		name = level;
	}
}

static void check_thresholds(checker *k, const graded *g, const criterion *c, const metric *m)
{
	double base = metric_baseline(m), target = metric_target(m), most = metric_stretch(m);
	if (!isnan(most) && metric_better(m, target, most))
		found(k, place_criterion(g, c), "the stretch of metric '%.*s' is worse than its target", STRF(m->id));
	if (!isnan(base) && metric_better(m, base, target))
		found(
			k, place_criterion(g, c), "the target of metric '%.*s' is worse than its baseline", STRF(m->id));
	check_bands(k, g, c, m);
}

void rule_r_09(checker *k)
{
	each_metric_criterion(k, check_thresholds);
}

static size_t level_index(const rubric *r, str name, size_t otherwise)
{
	for (size_t i = 0; i < r->scale.len; i++)
		if (str_eq(r->scale.ptr[i].level, name))
			return i;
	return otherwise;
}

static void check_states(checker *k, const graded *g, const criterion *c, const metric *m, size_t index,
	double wanted, const char *what)
{
	if (index >= g->rubric->scale.len || isnan(wanted))
		return;
	str level = g->rubric->scale.ptr[index].level, text = descriptor_of(c, level);
	vec_double numbers = descriptor_numbers(k->arena, m, text);
	EACH (const double, d, numbers)
		if (descriptor_same_number(*d, wanted))
			return;
	if (text.len)
		found(k, place_criterion(g, c), "'%.*s' does not state the %s of metric '%.*s', %g", STRF(level),
			what, STRF(m->id), wanted);
}

static void check_goals(checker *k, const graded *g, const criterion *c, const metric *m)
{
	double target = metric_target(m), most = metric_stretch(m);
	size_t best = level_index(g->rubric, STR("exemplary"), 0);
	check_states(k, g, c, m, best, isnan(most) ? target : most, isnan(most) ? "target" : "stretch");
	check_states(k, g, c, m, level_index(g->rubric, STR("proficient"), best + 1), target, "target");
}

void rule_r_10(checker *k)
{
	each_metric_criterion(k, check_goals);
}

static double in_terms_of_target(const metric *m, const goal *g)
{
	return metric_is_ratio(m) ? g->ratio : g->value;
}

/* The best level asks for the stretch, or else for the target. */
static void check_reachable(checker *k, place where, const metric *m)
{
	if (!m->source || m->direction < 0)
		return;
	const goal *best = &m->source->best;
	bool given = !isnan(best->value) || !isnan(best->ratio);
	double most = in_terms_of_target(m, best), top = metric_stretch(m);
	if (isnan(top))
		top = in_terms_of_target(m, &m->target);
	if (given && isnan(most))
		found(k, where, "the best figure of its source and its target are not of the same form");
	else if (metric_better(m, top, most) && !descriptor_same_number(top, most))
		found(k, where, "the best level asks for %g, and the best figure that its source states is %g", top,
			most);
}

void rule_r_11(checker *k)
{
	each_metric(k, check_reachable);
}
