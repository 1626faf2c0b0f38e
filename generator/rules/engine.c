/* Stratum by stratum, rule by rule, fact by fact. Rules of one stratum see the same facts, because none of
 * them writes what another one of them reads. */
#include "rules/engine.h"

#include "rules/apply.h"

static bool evaluate_arguments(engine *e, const rule_action *action, const value *bindings, value *out)
{
	*out = value_new_map(e->arena);
	EACH (const rule_argument, arg, action->arguments) {
		value v = arg->literal;
		if (arg->program) {
			size_t at = 0;
			v = cel_eval(arg->program, bindings, e->arena, &at);
			if (v.kind == V_ERROR) {
				diag_add(
					e->diags, E_CEL_EVAL, located_at(cel_text(arg->program), at), "%.*s", STRF(v.string));
				return false;
			}
			if (!param_takes(arg->param, v)) {
				diag_add(e->diags, E_RULE_ACTION, located_at(cel_text(arg->program), 0),
					"'%.*s' takes %.*s, and not what this expression gave", STRF(arg->name),
					STRF(param_text(arg->param, e->arena)));
				return false;
			}
		}
		value_set_str(e->arena, *out, arg->name, v);
	}
	return true;
}

/* 1: the condition holds, 0: it does not, -1: it failed. */
static int holds(engine *e, const compiled_rule *r, const value *bindings, arena *scratch)
{
	if (!r->when)
		return 1;
	size_t at = 0;
	value v = cel_eval(r->when, bindings, scratch, &at);
	if (v.kind == V_BOOL)
		return v.boolean;
	if (v.kind == V_ERROR)
		diag_add(e->diags, E_CEL_EVAL, located_at(cel_text(r->when), at), "%.*s", STRF(v.string));
	else
		diag_add(e->diags, E_CEL_TYPE, located_at(cel_text(r->when), 0),
			"the condition is neither true nor false");
	return -1;
}

static bool run_actions(engine *e, const compiled_rule *r, const fact *subject, const value *bindings)
{
	effect base = { .rule = r->rule, .fact = subject->address };
	if (!ruleset_because(&base.because, r, bindings, e->arena, e->diags))
		return false;
	if (r->when) {
		list_cel_observation saw = cel_observe(r->when, bindings, e->arena);
		observation *copy = NEWN(e->arena, observation, saw.len);
		for (size_t i = 0; copy && i < saw.len; i++)
			copy[i] = (observation){ .text = saw.ptr[i].text, .value = saw.ptr[i].value };
		base.saw.ptr = copy;
		base.saw.len = copy ? saw.len : 0;
	}
	EACH (const rule_action, action, r->actions) {
		effect one = base;
		one.kind = action->kind;
		one.order = (unsigned)e->trace->effects.len;
		if (!evaluate_arguments(e, action, bindings, &one.arguments) ||
			!apply_action(e, r, action, subject, &one))
			return false;
		vec_push(e->arena, &e->trace->effects, one);
	}
	return true;
}

static bool run_rule(engine *e, const compiled_rule *r, value lists[FACT_KINDS])
{
	value bindings[FACT_VARIABLES];
	arena scratch = { 0 };
	bool ok = true;
	size_t count = e->set.of[r->subject].len; /* facts that this rule adds are not its own subjects */
	for (size_t i = 0; ok && i < count; i++) {
		const fact *subject = e->set.of[r->subject].ptr[i];
		factset_bind(&e->set, subject, lists, bindings);
		int yes = holds(e, r, bindings, &scratch);
		ok = yes >= 0 && (!yes || run_actions(e, r, subject, bindings));
	}
	ok &= !scratch.failed;
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
		.trace = t,
		.changed = true };
	*out = (selection){ .by_address = { .arena = a }, .settings = *settings };
	factset_init(&e.set, a, f, settings);
	value lists[FACT_KINDS];
	unsigned stratum = 0;
	bool ok = !a->failed;
	EACH (const compiled_rule, r, rules->rules) {
		if (e.changed && (r == rules->rules.ptr || r->stratum != stratum)) {
			factset_lists(&e.set, lists, a);
			e.changed = false;
		}
		stratum = r->stratum;
		ok = run_rule(&e, r, lists) && ok;
	}
	return ok && !a->failed;
}
