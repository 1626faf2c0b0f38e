/* Stratum by stratum, rule by rule, fact by fact. Rules of one stratum see the same facts, because none of
 * them writes what another one of them reads; so all conditions of a stratum are asked at once, before any of
 * its rules acts. */
#include "rules/engine.h"

#include "rules/apply.h"

/* Why a condition could not be evaluated. */
static void report(engine *e, const rule_run *run)
{
	const cel_program *when = run->rule->when;
	arena scratch = { 0 };
	size_t at = 0;
	value v = cel_eval(when, run->bindings, &scratch, &at);
	if (v.kind == V_ERROR)
		ruleset_complain(run, E_CEL_EVAL, located_at(cel_text(when), at), v.string, e->diags);
	else
		ruleset_complain(run, E_CEL_TYPE, located_at(cel_text(when), 0),
			STR("the condition is neither true nor false"), e->diags);
	arena_free(&scratch);
}

static bool run_actions(engine *e, const rule_run *run)
{
	effect base = { .rule = run->rule->rule, .fact = run->subject->address };
	if (!ruleset_because(&base.because, run, e->arena, e->diags))
		return false;
	if (run->rule->when)
		base.saw = cel_observe(run->rule->when, run->bindings, e->arena);
	EACH (const rule_action, action, run->rule->actions) {
		effect one = base;
		one.kind = action->kind;
		one.order = (unsigned)e->trace->effects.len;
		if (!ruleset_arguments(&one.arguments, run, action, e->arena, e->diags) ||
			!apply_action(e, run->rule, action, run->subject, &one))
			return false;
		vec_push(e->arena, &e->trace->effects, one);
	}
	return true;
}

/* A rule that failed on one fact is not tried on the next one; other rules go on, so that all is reported. */
static bool act(engine *e, const ruleset *rules, const rule_stratum *s, const vec_match *found, value *lists)
{
	value bindings[FACT_VARIABLES];
	uint32_t failed = UINT32_MAX;
	EACH (const rule_match, m, *found) {
		const compiled_rule *r = &rules->rules.ptr[s->from + m->rule];
		rule_run run = { .rule = r, .subject = e->set.of[r->subject].ptr[m->fact], .bindings = bindings };
		if (m->rule == failed)
			continue;
		factset_bind(run.subject, lists, bindings);
		if (m->failed)
			report(e, &run);
		if (m->failed || !run_actions(e, &run))
			failed = m->rule;
	}
	return failed == UINT32_MAX;
}

static bool run_stratum(engine *e, const ruleset *rules, const rule_stratum *s)
{
	arena scratch = { 0 };
	vec_match found;
	value lists[FACT_KINDS];
	factset_lists(&e->set, lists, e->arena);
	match_view *v = match_open(&scratch, s->index, &e->set, lists);
	match_all(&found, v, e->arena, &scratch);
	bool ok = !e->arena->failed && act(e, rules, s, &found, lists);
	arena_free(&scratch);
	return ok;
}

bool engine_run(selection *out, trace *t, arena *a, const ruleset *rules, facts *f, const catalog *c,
	const course *settings, diags *d)
{
	engine e = { .arena = a,
		.diags = d,
		.catalog = c,
		.facts = f,
		.emphasis = { .arena = a },
		.set_by = { .arena = a },
		.out = out,
		.trace = t };
	*out = (selection){ .by_address = { .arena = a }, .settings = *settings };
	factset_init(&e.set, a, f, settings);
	bool ok = !a->failed;
	EACH (const rule_stratum, s, rules->strata)
		ok = !a->failed && run_stratum(&e, rules, s) && ok;
	out->facts = e.set;
	return ok && !a->failed;
}
