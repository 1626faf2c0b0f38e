/* Items that nothing leads to: no rule names them, and no concept, outcome or prerequisite does. */
#include "model/curriculum.h"
#include "rules/lint_parts.h"

typedef struct {
	lint *lint;
	map named;                      /* "module:ID", "concept:ID": in an action or condition */
	map needed;                     /* modules that are prerequisites, concepts that others use */
	bool any_id[FACT_KINDS];        /* an action names such an item by an expression */
	VEC(const rule_action *) tasks; /* actions that pick labs or scenarios */
} reach;

static void name_it(reach *r, const char *kind, str id)
{
	map_put(&r->named, arena_printf(r->lint->arena, "%s:%.*s", kind, STRF(id)), r);
}

static void take_literal(reach *r, const char *kind, const rule_argument *arg)
{
	value v = arg->literal;
	if (v.kind == V_STRING)
		name_it(r, kind, v.string);
	for (size_t i = 0; v.kind == V_LIST && i < v.list.len; i++)
		if (v.list.ptr[i].kind == V_STRING)
			name_it(r, kind, v.list.ptr[i].string);
}

static bool holds_concepts(const rule_argument *arg)
{
	return str_eq(arg->name, STR("teaches")) || str_eq(arg->name, STR("for")) ||
		   str_eq(arg->name, STR("concept"));
}

/* Any text in an expression may be the name of a concept. */
static void take_texts(reach *r, const cel_node *n)
{
	value v = n->constant;
	if (n->kind == NODE_CONST && v.kind == V_STRING)
		name_it(r, "concept", v.string);
	for (size_t i = 0; n->kind == NODE_CONST && v.kind == V_LIST && i < v.list.len; i++)
		if (v.list.ptr[i].kind == V_STRING)
			name_it(r, "concept", v.list.ptr[i].string);
	if (n->target)
		take_texts(r, n->target);
	for (size_t i = 0; i < n->args.len; i++)
		take_texts(r, n->args.ptr[i]);
}

static void read_action(reach *r, const rule_action *action)
{
	static const fact_kind added[DO_KINDS] = {
		[DO_MODULE] = FACT_MODULE, [DO_LAB] = FACT_LAB, [DO_SCENARIO] = FACT_SCENARIO
	};
	EACH (const rule_argument, arg, action->arguments) {
		bool id = str_eq(arg->name, STR("id"));
		if (arg->program)
			take_texts(r, arg->program->root);
		if (id && arg->program)
			r->any_id[added[action->kind]] = true;
		else if (id)
			take_literal(r, fact_names[added[action->kind]], arg);
		else if (holds_concepts(arg) && !arg->program)
			take_literal(r, "concept", arg);
	}
	if (action->kind == DO_LAB || action->kind == DO_SCENARIO)
		vec_push(r->lint->arena, &r->tasks, action);
}

static void read_rules(reach *r)
{
	for (size_t i = 0; i < r->lint->in->rules->rules.len; i++) {
		const compiled_rule *c = &r->lint->in->rules->rules.ptr[i];
		if (r->lint->never[i])
			continue;
		if (c->when)
			take_texts(r, c->when->root);
		EACH (const rule_action, action, c->actions)
			read_action(r, action);
	}
}

static void need(reach *r, const char *kind, list_str ids)
{
	EACH (const str, id, ids)
		map_put(&r->needed, arena_printf(r->lint->arena, "%s:%.*s", kind, STRF(*id)), r);
}

static void read_catalog(reach *r)
{
	const catalog *c = r->lint->in->catalog;
	EACH (module *const, m, c->modules) {
		need(r, "module", (*m)->prerequisites);
		EACH (const teach, t, (*m)->teaches)
			need(r, "concept", (list_str){ .ptr = (str *)&t->key, .len = 1 });
		EACH (const outcome, o, (*m)->outcomes)
			need(r, "concept", o->concepts);
	}
	EACH (concept *const, one, c->concepts)
		need(r, "concept", (list_str){ .ptr = &(*one)->parent, .len = 1 });
}

static bool is_named(reach *r, const char *kind, str id)
{
	str key = arena_printf(r->lint->arena, "%s:%.*s", kind, STRF(id));
	return map_has(&r->named, key) || map_has(&r->needed, key);
}

/* An argument that is not given, or computed, admits whatever has anything of the kind. */
static bool admits(const rule_argument *arg, list_str has)
{
	if (!arg)
		return true;
	if (arg->program)
		return has.len > 0;
	if (arg->literal.kind == V_STRING)
		return list_has(has, arg->literal.string);
	for (size_t i = 0; arg->literal.kind == V_LIST && i < arg->literal.list.len; i++)
		if (list_has(has, arg->literal.list.ptr[i].string))
			return true;
	return false;
}

static bool picks_scenario(reach *r, const rule_action *action, const scenario *s)
{
	const rule_argument *kind = lint_argument(action, "kind");
	list_str concepts = catalog_concepts(r->lint->in->catalog, r->lint->arena, s->outcomes);
	return action->kind == DO_SCENARIO && !lint_argument(action, "id") &&
		   (!kind || kind->program ||
			   (s->kind >= 0 && str_eq(kind->literal.string, str_from(scenario_kind_names[s->kind])))) &&
		   admits(lint_argument(action, "for"), concepts) &&
		   admits(lint_argument(action, "integrates"), s->integrates);
}

static bool picks_lab(reach *r, const rule_action *action, const lab *l)
{
	list_str concepts = catalog_concepts(r->lint->in->catalog, r->lint->arena, l->outcomes);
	return action->kind == DO_LAB && !lint_argument(action, "id") &&
		   admits(lint_argument(action, "tag"), l->tags) && admits(lint_argument(action, "for"), concepts) &&
		   admits(lint_argument(action, "integrates"), l->integrates);
}

static void say(reach *r, loc at, const char *kind, str id, const char *why)
{
	if (lint_concerns(r->lint, at))
		diag_add(r->lint->diags, E_ITEM_UNREACHABLE, at, "nothing leads to the %s '%.*s': %s", kind, STRF(id),
			why);
}

static void check_modules(reach *r)
{
	EACH (module *const, m, r->lint->in->catalog->modules)
		if (!r->any_id[FACT_MODULE] && (*m)->teaches.len == 0 && !is_named(r, "module", (*m)->id))
			say(r, (*m)->at, "module", (*m)->id,
				"it teaches no concept, no rule names it, and no module builds on it");
}

/* The planner takes labs for the outcomes of planned modules by itself, so a lab with outcomes is reached. */
static void check_tasks(reach *r)
{
	const catalog *c = r->lint->in->catalog;
	EACH (lab *const, l, c->labs) {
		bool found = r->any_id[FACT_LAB] || (*l)->outcomes.len || is_named(r, "lab", (*l)->id);
		for (size_t i = 0; i < r->tasks.len && !found; i++)
			found = picks_lab(r, r->tasks.ptr[i], *l);
		if (!found)
			say(r, (*l)->at, "lab", (*l)->id, "it assesses no outcome, and no rule picks it");
	}
	EACH (scenario *const, s, c->scenarios) {
		bool found = r->any_id[FACT_SCENARIO] || is_named(r, "scenario", (*s)->id);
		for (size_t i = 0; i < r->tasks.len && !found; i++)
			found = picks_scenario(r, r->tasks.ptr[i], *s);
		if (!found)
			say(r, (*s)->at, "scenario", (*s)->id, "no rule names or picks it");
	}
}

/* The shipped lexicon knows more words than the shipped modules teach, so that rows can be linked and shown
 * as open; a concept that an author has added is meant to be taught. */
static void check_concepts(reach *r)
{
	EACH (concept *const, one, r->lint->in->catalog->concepts)
		if (lint_is_own(r->lint, (*one)->at) && (*one)->kind != CONCEPT_CERTIFICATION &&
			!is_named(r, "concept", (*one)->id))
			say(r, (*one)->at, "concept", (*one)->id,
				"no module teaches it, and no outcome, concept or rule names it");
}

void lint_reach(lint *k)
{
	reach r = { .lint = k, .named = { .arena = k->arena }, .needed = { .arena = k->arena } };
	read_rules(&r);
	read_catalog(&r);
	if (k->arena->failed)
		return;
	check_modules(&r);
	check_tasks(&r);
	check_concepts(&r);
}
