/* Labs: how a measurement is set up, so that its number means something, and what it may cost. */
#include "base/text.h"
#include "check/checker.h"
#include "model/units.h"

#include <math.h>

static void each_lab(checker *k, void (*look)(checker *k, place where, const lab *l))
{
	EACH (const set_lab, l, k->c->labs)
		look(k, place_lab(l), l->lab);
}

/* In the name of a metric they say that somebody waits for an answer. */
static const char *const waiting[] = { "latency", "response time", "time to first token" };

static bool is_latency(const metric *m)
{
	const metric_unit *u = unit_find(m->unit);
	for (size_t i = 0; u && u->quantity == QUANTITY_TIME && i < COUNT(waiting); i++)
		if (text_find_word(m->name, str_from(waiting[i]), 0, false) != SIZE_MAX)
			return true;
	return false;
}

/* Inside a run, or over all of them: p95 and p99 are the only statistics that begin so. */
static bool has_percentile(const metric *m)
{
	return !isnan(m->percentile) || (m->aggregate.stat >= 0 && stat_names[m->aggregate.stat][0] == 'p');
}

static void check_percentile(checker *k, place where, const metric *m)
{
	if (is_latency(m) && !has_percentile(m))
		found(k, where, "is a latency without a percentile, so nobody knows how long the slowest wait");
}

/* Who waits for a batch is not known: its parts begin at once. */
static void check_load_model(checker *k, place where, const lab *l)
{
	enum { ARRIVAL_BATCH = 2 }; /* in arrival_names */
	EACH (const metric, m, l->metrics)
		if (is_latency(m) && l->workload.arrival == ARRIVAL_BATCH)
			found(k, where,
				"measures the latency '%.*s' of a batch: whether load is open or closed decides what it "
				"means",
				STRF(m->id));
}

void rule_l_07(checker *k)
{
	each_metric(k, check_percentile);
	each_lab(k, check_load_model);
}

static void check_means(checker *k, place where, const lab *l)
{
	const struct {
		bool missing;
		const char *what;
	} parts[] = { { isnan(l->cost.ceiling) || !l->cost.currency.len, "cost ceiling with its currency" },
		{ !l->teardown.len, "teardown step" }, { !l->tiers.len, "hardware tier" },
		{ !l->fallback.len, "fallback tier" } };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].missing)
			found(k, where, "has no %s", parts[i].what);
}

void rule_l_09(checker *k)
{
	each_lab(k, check_means);
}

static void check_guardrails(checker *k, place where, const lab *l)
{
	if (!l->guardrails.len)
		found(k, where,
			"has no guardrail: the target can be reached at the cost of anything that is not measured");
	EACH (const guardrail, g, l->guardrails) {
		place at = where;
		at.at = g->at;
		if (isnan(g->limit.value) && isnan(g->limit.ratio))
			found(k, at, "guardrail '%.*s' has no limit", STRF(g->id));
	}
}

void rule_l_10(checker *k)
{
	each_lab(k, check_guardrails);
}

static bool is_pinned(const tool_version *t)
{
	for (size_t i = 0; i < t->version.len; i++)
		if (is_digit(t->version.ptr[i]))
			return true;
	return false;
}

/* A lab that is done with a pencil needs no tool. */
static bool uses_tools(const lab *l)
{
	EACH (const lab_step, step, l->procedure)
		if (str_find(step->text, STR("```"), 0) != SIZE_MAX)
			return true;
	return l->starter.len > 0;
}

static void check_versions(checker *k, place where, const lab *l)
{
	if (!l->versions.len && uses_tools(l))
		found(k, where, "names no tool with its version");
	EACH (const tool_version, t, l->versions) {
		place at = where;
		at.at = t->at;
		if (!is_pinned(t))
			found(k, at, "the version of %.*s has no number", STRF(t->name));
	}
}

/* A ratio of the learner's own baseline can be compared on any hardware. */
static void check_comparable(checker *k, place where, const metric *m)
{
	if (m->source && !metric_is_ratio(m) && !isnan(m->target.value) && !m->note.len)
		found(k, where, "takes its target from a source and has no `note` on what it may be compared with");
}

void rule_l_11(checker *k)
{
	each_lab(k, check_versions);
	each_metric(k, check_comparable);
}
