/* Labs: metrics that can be repeated, and governance. */
#include "base/text.h"
#include "check/checker.h"
#include "model/units.h"

#include <math.h>

enum { REPEATS_MIN = 3, REPEATS_MAX = 1000000 };
/* The relative change that repeats must be able to show: from baseline to target; this if the baseline is not
 * known or 0. */
static const double change_min = 0.05, change_unknown = 0.20;
static const double z_two_sided_5 = 1.96, z_power_80 = 0.8416;

place place_metric(const set_lab *l, str id, loc at)
{
	return (
		place){ .kind = "metric", .parent = l->lab->id, .id = id, .at = at, .draft = l->lab->needs_author };
}

place place_lab(const set_lab *l)
{
	return (place){ .kind = "lab", .id = l->lab->id, .at = l->lab->at, .draft = l->lab->needs_author };
}

void each_metric(checker *k, void (*look)(checker *k, place where, const metric *m))
{
	EACH (const set_lab, l, k->c->labs)
		EACH (const metric, m, l->lab->metrics)
			look(k, place_metric(l, m->id, m->at), m);
}

static bool has_goal(const goal *g)
{
	return !isnan(g->value) || !isnan(g->ratio);
}

/* A range is two numbers, the lower one first. */
static bool bad_range(const double *ends, size_t len)
{
	return len != 0 && (len != 2 || !(ends[0] <= ends[1]));
}

static void check_baseline(checker *k, place where, const metric *m)
{
	const baseline *b = &m->baseline;
	if (isnan(b->value) && !b->range.len && !b->measured)
		found(k, where, "has no baseline");
	if (!b->obtain.len)
		found(k, where, "does not say how its baseline is obtained");
	if (bad_range(b->range.ptr, b->range.len) || bad_range(b->expect.ptr, b->expect.len))
		found(k, where, "the range of its baseline is not two numbers, the lower one first");
}

static void check_metric(checker *k, place where, const metric *m)
{
	check_baseline(k, where, m);
	if (!m->name.len || !m->definition.len)
		found(k, where, "has no name or no definition");
	if (m->direction < 0)
		found(k, where, "does not say which direction is better");
	if (!has_goal(&m->target))
		found(k, where, "has no target");
	else if (has_goal(&m->stretch) && isnan(m->target.value) != isnan(m->stretch.value))
		found(k, where, "its target and its stretch are not of the same form");
	if (isnan(m->tolerance.value) && isnan(m->tolerance.pct))
		found(k, where, "has no tolerance");
	if (m->repeats < 1)
		found(k, where, "does not say how often it is measured");
}

void rule_l_01(checker *k)
{
	EACH (const set_lab, l, k->c->labs) {
		if (!l->lab->metrics.len)
			found(k, place_lab(l), "has no metric");
		if (!l->lab->workload.description.len || l->lab->workload.arrival < 0)
			found(k, place_lab(l), "does not describe its workload and how it arrives");
		if (!l->lab->procedure.len)
			found(k, place_lab(l), "has no procedure");
		if (!l->lab->evidence.len)
			found(k, place_lab(l), "does not say what is handed in");
	}
	each_metric(k, check_metric);
}

/* The target as the catalogue has it, whatever the plan asks for. */
static double own_target(const metric *m)
{
	return metric_is_ratio(m) ? m->target.ratio : m->target.value;
}

static void check_goals(checker *k, place where, const metric *m)
{
	double base = metric_baseline(m), target = own_target(m), most = metric_stretch(m);
	if (m->direction < 0 || isnan(target))
		return;
	if (!isnan(base) && !metric_better(m, target, base))
		found(k, where, "the target %g is not better than the baseline %g", target, base);
	if (!isnan(most) && !metric_better(m, most, target))
		found(k, where, "the stretch %g is not better than the target %g", most, target);
}

void rule_l_02(checker *k)
{
	each_metric(k, check_goals);
}

static void check_tolerance(checker *k, place where, const metric *m)
{
	double change = fabs(own_target(m) - metric_baseline(m)), noise = 2 * metric_tolerance(m);
	if (change < noise - 1e-9 * fabs(noise)) /* never true of NAN: what is not known cannot be judged */
		found(k, where, "target and baseline differ by %g, less than twice the tolerance of %g", change,
			noise / 2);
}

void rule_l_03(checker *k)
{
	each_metric(k, check_tolerance);
}

/* Words in the name of a metric that say what it measures. */
static const struct {
	const char *word;
	unit_quantity quantity;
} name_words[] = {
	{ "bandwidth", QUANTITY_DATA },
	{ "cost", QUANTITY_MONEY },
	{ "duration", QUANTITY_TIME },
	{ "latency", QUANTITY_TIME },
	{ "price", QUANTITY_MONEY },
	{ "rate", QUANTITY_RATE },
	{ "throughput", QUANTITY_RATE },
	{ "throughput", QUANTITY_DATA },
	{ "time", QUANTITY_TIME },
};

/* A name such as "time per request at equal cost" speaks of several: any of them may be the one. */
static bool fits_name(const metric_unit *u, str name)
{
	bool speaks = false;
	if (u->quantity == QUANTITY_PURE)
		return true;
	for (size_t i = 0; i < COUNT(name_words); i++)
		if (text_find_word(name, str_from(name_words[i].word), 0, false) != SIZE_MAX) {
			speaks = true;
			if (name_words[i].quantity == u->quantity)
				return true;
		}
	return !speaks;
}

static void check_unit(checker *k, place where, str name, str given)
{
	const metric_unit *u = unit_find(given);
	str near = u ? STR("") : unit_suggest(given);
	if (!u)
		found(k, where, "its unit '%.*s' is not in the unit table%s%.*s%s", STRF(given),
			near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	else if (!fits_name(u, name))
		found(k, where, "its unit '%.*s' measures %s, which is not what '%.*s' says", STRF(given),
			quantity_names[u->quantity], STRF(name));
}

void rule_l_04(checker *k)
{
	EACH (const set_lab, l, k->c->labs) {
		EACH (const metric, m, l->lab->metrics)
			check_unit(k, place_metric(l, m->id, m->at), m->name, m->unit);
		EACH (const guardrail, g, l->lab->guardrails) {
			place where = place_metric(l, g->id, g->at);
			where.kind = "guardrail";
			check_unit(k, where, g->name, g->unit);
		}
	}
}

/* Per arm, so that the change is seen with 80 % power at 5 %: n = 2 (z + z')^2 (cv / change)^2, by the normal
 * approximation; fewer than three runs show no spread. */
static int repeats_needed(double noise, double change)
{
	double z = z_two_sided_5 + z_power_80, n = ceil(2 * z * z * (noise / change) * (noise / change));
	return n < REPEATS_MIN ? REPEATS_MIN : n > REPEATS_MAX ? REPEATS_MAX : (int)n;
}

static void check_repeats(checker *k, place where, const metric *m)
{
	double base = metric_baseline(m), change = fabs(own_target(m) - base) / fabs(base);
	if (isnan(m->noise_pct) || m->repeats < 1)
		return;
	if (!isfinite(change))
		change = change_unknown;
	if (change < change_min)
		change = change_min;
	int needed = repeats_needed(m->noise_pct / 100, change);
	if (m->repeats < needed)
		found(k, where, "%d repeats are too few: a noise of %g %% and a change of %.0f %% need %d",
			m->repeats, m->noise_pct, change * 100, needed);
}

void rule_l_05(checker *k)
{
	each_metric(k, check_repeats);
}

static void check_source(checker *k, place where, const metric *m)
{
	if (m->basis == 0)
		return;
	if (!m->source)
		found(k, where, "its target has no source, and does not say that it is the author's");
	else if (!m->source->key.len || !m->source->locator.len || !m->source->accessed.len)
		found(k, where, "the source of its target lacks key, locator or date of access");
}

void rule_l_06(checker *k)
{
	each_metric(k, check_source);
}

void rule_l_08(checker *k)
{
	EACH (const set_lab, l, k->c->labs) {
		if (!l->lab->governance.len)
			found(k, place_lab(l), "has no governance artifact");
		EACH (const governance, g, l->lab->governance) {
			place where = place_lab(l);
			where.at = g->at;
			if (g->kind < 0 || !g->path.len || !g->owner.len || !g->check.len)
				found(k, where, "governance artifact '%.*s' lacks kind, path, owner or check", STRF(g->path));
		}
	}
}
