/* The page of a lab: what is measured, against which numbers, and how. */
#include "base/number.h"
#include "plan/resolve.h"
#include "render/view.h"

#include <math.h>

static str metric_why(const view *v, const lab *l, const metric *m, const char *field_name)
{
	return arena_printf(v->arena, "metric:%.*s/%.*s.%s", STRF(l->id), STRF(m->id), field_name);
}

/* A number that may be unknown: then there is nothing to print. */
static void put_goal(const view *v, value out, const char *key, const lab *l, const metric *m, double n)
{
	put(v, out, key,
		isnan(n) ? V_NONE : view_number(v, n, metric_text(v->arena, m, n), "", metric_why(v, l, m, key)));
}

static str span_text(const view *v, const double *ends, str unit)
{
	buf b = { .arena = v->arena };
	buf_rounded(&b, ends[0], 4);
	BUF_LIT(&b, " to ");
	buf_rounded(&b, ends[1], 4);
	if (unit.len && !str_eq(unit, STR("count")) && !str_eq(unit, STR("ratio")))
		buf_printf(&b, " %.*s", STRF(unit));
	return buf_done(&b);
}

/* "2.5 s", "100 to 1800 s", "measured by you; expect 100 to 1800 s". */
static str baseline_text(const view *v, const metric *m)
{
	const baseline *b = &m->baseline;
	buf out = { .arena = v->arena };
	if (b->measured)
		BUF_LIT(&out, "measured by you");
	if (b->expect.len == 2)
		buf_printf(&out, "%sexpect %.*s", out.len ? "; " : "", STRF(span_text(v, b->expect.ptr, m->unit)));
	if (b->range.len == 2)
		buf_str(&out, span_text(v, b->range.ptr, m->unit));
	else if (!isnan(b->value)) {
		buf_rounded(&out, b->value, 4);
		if (m->unit.len && !str_eq(m->unit, STR("count")) && !str_eq(m->unit, STR("ratio")))
			buf_printf(&out, " %.*s", STRF(m->unit));
	}
	return buf_done(&out);
}

/* The best figure of the source, in the terms of the target, so that it can be set beside target and stretch.
 */
static void put_best(const view *v, value cited, const lab *l, const metric *m)
{
	bool ratio = metric_is_ratio(m);
	double best = ratio ? m->source->best.ratio : m->source->best.value;
	str why = metric_why(v, l, m, ratio ? "source.best.ratio" : "source.best.value");
	put(v, cited, "best",
		isnan(best) ? V_NONE : view_number(v, best, metric_text(v->arena, m, best), "", why));
}

static void put_source(const view *v, value out, const lab *l, const metric *m)
{
	value cited = V_NONE;
	if (m->source) {
		const source_ref *ref = catalog_find(v->c->catalog, "source", m->source->key);
		cited = view_map(v);
		put_plain(v, cited, "name", ref ? ref->title : m->source->key);
		put_plain(v, cited, "publisher", ref ? ref->publisher : STR(""));
		put_plain(v, cited, "year",
			ref && ref->year != SCHEMA_UNSET && ref->year ? arena_printf(v->arena, "%d", ref->year)
														  : STR(""));
		put_plain(v, cited, "locator", m->source->locator);
		put_plain(v, cited, "accessed", m->source->accessed);
		put_word(v, cited, "mark", m->source->mark < 0 ? "" : mark_names[m->source->mark]);
		put_flag(v, cited, "primary", m->source->mark == 0);
		put_flag(v, cited, "secondary", m->source->mark == 1);
		put_flag(v, cited, "computed", m->source->mark == 2);
		put_best(v, cited, l, m);
	}
	put(v, out, "source", cited);
	put_flag(v, out, "by_author", !m->source);
}

static value view_metric(const view *v, const lab *l, const metric *m, bool primary)
{
	value out = view_map(v);
	put_plain(v, out, "id", m->id);
	put_plain(v, out, "name", m->name);
	put_flag(v, out, "primary", primary);
	put_block(v, out, "definition", m->definition, 3);
	put_plain(v, out, "unit", m->unit);
	put_word(v, out, "better", m->direction < 0 ? "" : m->direction == HIGHER_IS_BETTER ? "higher" : "lower");
	put_word(v, out, "statistic", m->aggregate.stat < 0 ? "" : stat_names[m->aggregate.stat]);
	put_plain(v, out, "over", m->aggregate.over);
	put(v, out, "percentile",
		isnan(m->percentile) ? V_NONE : view_count(v, m->percentile, metric_why(v, l, m, "percentile")));
	double start = metric_baseline(m);
	str start_text = baseline_text(v, m);
	put(v, out, "baseline",
		isnan(start) ? V_NONE : view_number(v, start, start_text, "", metric_why(v, l, m, "baseline")));
	put_plain(v, out, "baseline_text", start_text);
	put_text(v, out, "obtain", m->baseline.obtain, TEXT_CELL);
	put_goal(v, out, "target", l, m, metric_is_ratio(m) ? m->target.ratio : m->target.value);
	put_goal(v, out, "stretch", l, m, metric_stretch(m));
	put_goal(v, out, "tolerance", l, m, metric_tolerance(m));
	put(v, out, "tolerance_percent",
		isnan(m->tolerance.pct) ? V_NONE
								: view_percent(v, m->tolerance.pct, metric_why(v, l, m, "tolerance.pct")));
	put_text(v, out, "tolerance_why", m->tolerance.why, TEXT_CELL);
	put(v, out, "repeats",
		m->repeats == SCHEMA_UNSET ? V_NONE : view_count(v, m->repeats, metric_why(v, l, m, "repeats")));
	put(v, out, "noise",
		isnan(m->noise_pct) ? V_NONE : view_percent(v, m->noise_pct, metric_why(v, l, m, "noise_pct")));
	put_flag(v, out, "asks_stretch", m->use_stretch);
	put_goal(v, out, "asked", l, m, metric_target(m));
	put_text(v, out, "note", m->note, TEXT_CELL);
	put_source(v, out, l, m);
	return out;
}

static value view_guardrail(const view *v, const lab *l, const guardrail *g)
{
	value out = view_map(v);
	put_plain(v, out, "name", g->name);
	put_text(v, out, "why_kept", g->why, TEXT_CELL);
	put_word(v, out, "bound", g->direction == HIGHER_IS_BETTER ? "at least" : "at most");
	metric like = { .unit = g->unit, .target = g->limit };
	bool ratio = isnan(g->limit.value);
	double n = ratio ? g->limit.ratio : g->limit.value;
	str why = arena_printf(
		v->arena, "guardrail:%.*s/%.*s.limit%s", STRF(l->id), STRF(g->id), ratio ? ".ratio" : "");
	put(v, out, "limit", isnan(n) ? V_NONE : view_number(v, n, metric_text(v->arena, &like, n), "", why));
	return out;
}

value view_artifacts(const view *v, const artifact *list, size_t count)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < count; i++) {
		value one = view_map(v);
		put_plain(v, one, "path", list[i].path);
		put_text(v, one, "text", list[i].text, TEXT_CELL);
		add(v, &out, one);
	}
	return value_of(out);
}

value view_governance(const view *v, const governance *list, size_t count)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < count; i++) {
		value one = view_map(v);
		put_word(v, one, "kind", list[i].kind < 0 ? "" : governance_names[list[i].kind]);
		put_plain(v, one, "path", list[i].path);
		put_plain(v, one, "owner", list[i].owner);
		put_text(v, one, "check", list[i].check, TEXT_CELL);
		add(v, &out, one);
	}
	return value_of(out);
}

static void put_work(const view *v, value page, const lab *l)
{
	vec_value steps = { 0 }, failures = { 0 };
	EACH (const lab_step, step, l->procedure) {
		value one = view_map(v);
		put(v, one, "number", value_int((int64_t)steps.len + 1));
		put_plain(v, one, "heading", step->title);
		put_block(v, one, "text", step->text, 3);
		add(v, &steps, one);
	}
	EACH (const failure_mode, f, l->failure_modes) {
		value one = view_map(v);
		put_text(v, one, "symptom", f->symptom, TEXT_CELL);
		put_text(v, one, "cause", f->cause, TEXT_CELL);
		put_text(v, one, "remedy", f->remedy, TEXT_CELL);
		add(v, &failures, one);
	}
	put(v, page, "procedure", value_of(steps));
	put(v, page, "governance", view_governance(v, l->governance.ptr, l->governance.len));
	put(v, page, "failure_modes", value_of(failures));
	put_block(v, page, "decision", l->decision, 2);
	put_block(v, page, "teardown", l->teardown, 2);
	put(v, page, "evidence", view_artifacts(v, l->evidence.ptr, l->evidence.len));
	vec_value files = { 0 };
	EACH (const artifact, s, l->starter) {
		value one = view_map(v);
		put_plain(v, one, "path", s->path);
		put_plain(v, one, "href", arena_printf(v->arena, "%.*s/%.*s", STRF(l->id), STRF(s->path)));
		put_text(v, one, "text", s->text, TEXT_CELL);
		add(v, &files, one);
	}
	put_flag(v, page, "has_starter", files.len > 0);
	put(v, page, "starter", value_of(files));
}

static void put_setup(const view *v, value page, const lab *l)
{
	vec_value tiers = { 0 }, versions = { 0 };
	EACH (const lab_tier, t, l->tiers) {
		value one = view_map(v);
		put_plain(v, one, "tier", t->tier);
		put_plain(v, one, "hardware", t->hardware);
		put_text(v, one, "note", t->note, TEXT_CELL);
		put_flag(v, one, "fallback", str_eq(t->tier, l->fallback));
		add(v, &tiers, one);
	}
	EACH (const tool_version, t, l->versions) {
		value one = view_map(v);
		put_plain(v, one, "name", t->name);
		put_plain(v, one, "version", t->version);
		add(v, &versions, one);
	}
	put(v, page, "tiers", value_of(tiers));
	put_plain(v, page, "fallback", l->fallback);
	put(v, page, "versions", value_of(versions));
	value load = view_map(v);
	put_text(v, load, "description", l->workload.description, TEXT_CELL);
	put_plain(v, load, "dataset", l->workload.dataset);
	put_plain(v, load, "size", l->workload.size);
	put_word(v, load, "arrival", l->workload.arrival < 0 ? "" : arrival_names[l->workload.arrival]);
	put_plain(v, load, "warmup", l->workload.warmup);
	put_plain(v, load, "duration", l->workload.duration);
	put_plain(v, load, "seed", l->workload.seed);
	put(v, page, "workload", load);
	value cost = view_map(v);
	bool known = !isnan(l->cost.ceiling);
	str why = why_at(v, "lab", l->id, "cost.ceiling");
	buf text = { .arena = v->arena };
	if (known)
		buf_rounded(&text, l->cost.ceiling, 2);
	buf_printf(&text, " %.*s", STRF(l->cost.currency));
	put(v, cost, "ceiling",
		known ? view_number(v, l->cost.ceiling, str_trim(buf_done(&text)), "", why) : V_NONE);
	put_text(v, cost, "note", l->cost.note, TEXT_LINE);
	put(v, page, "cost", cost);
}

static void put_measures(const view *v, value page, const lab *l)
{
	vec_value metrics = { 0 }, guards = { 0 };
	EACH (const metric, m, l->metrics)
		add(v, &metrics, view_metric(v, l, m, metrics.len == 0));
	EACH (const guardrail, g, l->guardrails)
		add(v, &guards, view_guardrail(v, l, g));
	put(v, page, "metrics", value_of(metrics));
	put(v, page, "guardrails", value_of(guards));
}

value view_lab(const view *v, const set_lab *t)
{
	const lab *l = t->lab;
	value page = view_page(v, l->title, "../");
	vec_value crumbs = { 0 }, modules = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	EACH (const str, id, l->integrates) {
		const taught_module *m = curriculum_module(v->c, *id);
		if (m)
			add(v, &modules, view_module_link(v, m));
	}
	put_plain(v, page, "id", l->id);
	put_block(v, page, "summary", l->summary, 1);
	put_block(v, page, "context", l->context, 2);
	put_flag(v, page, "needs_author", l->needs_author || t->plan->needs_author);
	put_flag(v, page, "required", t->plan->required);
	put(v, page, "hours", view_hours(v, t->plan->minutes, why_at(v, "lab", l->id, "hours")));
	put(v, page, "percent", view_percent(v, t->percent, why_at(v, "grade", l->id, "")));
	put(v, page, "weeks", view_week_span(v, (week_span){ "lab", l->id, t->plan->week, t->plan->due }));
	put(v, page, "modules", view_links(v, modules));
	put(v, page, "outcomes", view_outcomes(v, l->outcomes));
	put_setup(v, page, l);
	put_measures(v, page, l);
	put_work(v, page, l);
	str name = view_rubric_name(v, "lab", l->id);
	put(v, page, "rubric",
		view_link(v, arena_printf(v->arena, "Rubric: %.*s", STRF(l->title)), "rubrics/", name));
	why_item item = { .demands = t->demands.ptr,
		.demand_count = t->demands.len,
		.address = why_at(v, "lab", l->id, ""),
		.tags = l->tags,
		.concepts = catalog_concepts(v->c->catalog, v->arena, l->outcomes),
		.lab = true };
	put(v, page, "why_here", view_why(v, &item));
	return page;
}
