/* Names in rules that the catalogue does not have. An item named by an action must exist; a concept or tag
 * that nothing has makes an action or a condition idle, which is a warning. */
#include "base/text.h"
#include "model/curriculum.h"
#include "rules/lint_parts.h"

enum { SUGGEST_MAX = 2048, NAME_SHOWN = 80 };

typedef enum {
	NAME_MODULE,
	NAME_LAB,
	NAME_SCENARIO,
	NAME_CONCEPT,
	NAME_MODULE_TAG,
	NAME_LAB_TAG,
	NAME_SCENARIO_ID, /* in a condition */
	NAME_NONE
} name_kind;

static const struct {
	diag_code code;
	const char *before, *after; /* what is said around the name */
	const char *prefix;         /* of the key in the catalogue; NULL: a tag */
} kinds[] = {
	[NAME_MODULE] = { E_UNKNOWN_REFERENCE, "no module", "in the catalogue", "module:" },
	[NAME_LAB] = { E_UNKNOWN_REFERENCE, "no lab", "in the catalogue", "lab:" },
	[NAME_SCENARIO] = { E_UNKNOWN_REFERENCE, "no scenario", "in the catalogue", "scenario:" },
	[NAME_CONCEPT] = { E_RULE_UNKNOWN_NAME, "no concept", "in the catalogue", "concept:" },
	[NAME_MODULE_TAG] = { E_RULE_UNKNOWN_NAME, "no module has the tag", "in the catalogue", NULL },
	[NAME_LAB_TAG] = { E_RULE_UNKNOWN_NAME, "no lab has the tag", "in the catalogue", NULL },
	[NAME_SCENARIO_ID] = { E_RULE_UNKNOWN_NAME, "no scenario", "in the catalogue", "scenario:" },
};

static const struct {
	action_kind action;
	const char *argument;
	name_kind kind;
} arguments[] = {
	{ DO_MODULE, "id", NAME_MODULE },
	{ DO_MODULE, "teaches", NAME_CONCEPT },
	{ DO_LAB, "id", NAME_LAB },
	{ DO_LAB, "for", NAME_CONCEPT },
	{ DO_LAB, "integrates", NAME_MODULE },
	{ DO_LAB, "tag", NAME_LAB_TAG },
	{ DO_SCENARIO, "id", NAME_SCENARIO },
	{ DO_SCENARIO, "for", NAME_CONCEPT },
	{ DO_SCENARIO, "integrates", NAME_MODULE },
	{ DO_EMPHASISE, "tag", NAME_MODULE_TAG },
	{ DO_EMPHASISE, "concept", NAME_CONCEPT },
	{ DO_TARGET, "lab", NAME_LAB },
	{ DO_TARGET, "for", NAME_CONCEPT },
	{ DO_TARGET, "tag", NAME_LAB_TAG },
	{ DO_SETTING, "scenario", NAME_SCENARIO },
	{ DO_SETTING, "for", NAME_CONCEPT },
};

typedef struct {
	lint *lint;
	map module_tags, lab_tags;
	const located *text;                   /* of the program at hand */
	const cel_node *ranges[CEL_DEPTH_MAX]; /* what each macro variable runs over */
	bool ok;
} namer;

static void collect_tags(namer *n)
{
	const catalog *c = n->lint->in->catalog;
	EACH (module *const, m, c->modules)
		EACH (str, tag, (*m)->tags)
			map_put(&n->module_tags, *tag, *m);
	EACH (lab *const, l, c->labs)
		EACH (str, tag, (*l)->tags)
			map_put(&n->lab_tags, *tag, *l);
}

static const map *tags_of(const namer *n, name_kind kind)
{
	return kind == NAME_MODULE_TAG ? &n->module_tags : &n->lab_tags;
}

static bool is_known(namer *n, name_kind kind, str name)
{
	if (!kinds[kind].prefix)
		return map_has(tags_of(n, kind), name);
	str key = arena_printf(n->lint->arena, "%s%.*s", kinds[kind].prefix, STRF(name));
	return map_has(&n->lint->in->catalog->by_id, key);
}

static void check_name(namer *n, name_kind kind, str name, loc at, size_t length)
{
	if (kind == NAME_NONE || is_known(n, kind, name) || n->lint->arena->failed)
		return;
	str prefix = str_from(kinds[kind].prefix);
	const map *from = prefix.len ? &n->lint->in->catalog->by_id : tags_of(n, kind);
	VEC(str) names = { 0 };
	EACH (const map_entry, e, from->entries)
		if (names.len < SUGGEST_MAX && str_starts(e->key, prefix))
			vec_push(n->lint->arena, &names, str_skip(e->key, prefix.len));
	str near = text_suggest(name, names.ptr, names.len);
	diag_span(n->lint->diags, kinds[kind].code, at, (uint32_t)length, "%s '%.*s' %s%s%.*s%s",
		kinds[kind].before, STRF(str_sub(name, 0, NAME_SHOWN)), kinds[kind].after,
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	n->ok &= diag_code_severity(kinds[kind].code) != DIAG_ERROR;
}

/* ---- literal arguments */

/* The node of a literal, so that an element of a list is reported at its own place. */
static const yaml_node *argument_node(const compiled_rule *c, size_t action, const char *name)
{
	const yaml_node *then = c->rule->then;
	const yaml_node *one = action < then->items.len ? then->items.ptr[action] : NULL;
	return one && one->pairs.len ? yaml_get(one->pairs.ptr[0].value, str_from(name)) : NULL;
}

static loc element_at(const yaml_node *node, size_t i, loc otherwise)
{
	if (node && node->kind == YAML_LIST && i < node->items.len)
		node = node->items.ptr[i];
	return node ? node->at : otherwise;
}

static void check_literal(
	namer *n, const compiled_rule *c, size_t action, const rule_argument *arg, name_kind kind)
{
	const yaml_node *node = argument_node(c, action, arg->param->name);
	value v = arg->literal;
	size_t count = v.kind == V_LIST ? v.list.len : 1;
	for (size_t i = 0; i < count; i++) {
		const value *one = v.kind == V_LIST ? &v.list.ptr[i] : &v;
		if (one->kind == V_STRING)
			check_name(n, kind, one->string, element_at(node, i, arg->at), one->string.len);
	}
}

static void check_field(namer *n, const record *r, str name, loc at)
{
	enum { FIELDS_MAX = 64 };
	str names[FIELDS_MAX];
	if (record_field(r, name))
		return;
	size_t count = 0;
	for (; count < r->field_count && count < FIELDS_MAX; count++)
		names[count] = str_from(r->fields[count].key);
	str near = text_suggest(name, names, count);
	diag_span(n->lint->diags, E_UNKNOWN_NAME, at, (uint32_t)name.len, "a %s has no field '%.*s'%s%.*s%s",
		r->name, STRF(str_sub(name, 0, NAME_SHOWN)), near.len ? "; did you mean '" : "", STRF(near),
		near.len ? "'?" : "");
	n->ok = false;
}

static void check_fields(namer *n, const compiled_rule *c, size_t action)
{
	const rule_argument *of = lint_argument(&c->actions.ptr[action], "of"),
						*names = lint_argument(&c->actions.ptr[action], "has");
	const yaml_node *node = argument_node(c, action, "has");
	if (!of || !names || of->program || names->program)
		return;
	const record *r = str_eq(of->literal.string, STR("scenario")) ? &scenario_record : &lab_record;
	for (size_t i = 0; i < names->literal.list.len; i++)
		check_field(n, r, names->literal.list.ptr[i].string, element_at(node, i, names->at));
}

/* ---- conditions and other expressions */

/* What the strings in this list are names of, or this string, if it runs over such a list. */
static name_kind names_in(const namer *n, const cel_node *node)
{
	if (node->kind == NODE_LOCAL && node->slot < CEL_DEPTH_MAX && n->ranges[node->slot])
		node = n->ranges[node->slot];
	if (node->kind != NODE_SELECT || node->target->type.kind != CEL_RECORD)
		return NAME_NONE;
	const record_type *t = node->target->type.record;
	if (str_eq(node->name, STR("concepts")))
		return NAME_CONCEPT;
	if (str_eq(node->name, STR("tags")))
		return t == fact_type(FACT_MODULE) ? NAME_MODULE_TAG
			   : t == fact_type(FACT_LAB)  ? NAME_LAB_TAG
										   : NAME_NONE;
	/* Modules and labs may be made for a skill, so their ids cannot be known. */
	return t == fact_type(FACT_SCENARIO) && str_eq(node->name, STR("id")) ? NAME_SCENARIO_ID : NAME_NONE;
}

static void check_constant(namer *n, const cel_node *node, name_kind kind)
{
	value v = node->constant;
	loc at = located_at(n->text, node->from);
	if (v.kind == V_STRING)
		check_name(n, kind, v.string, at, node->to - node->from);
	for (size_t i = 0; v.kind == V_LIST && i < v.list.len; i++)
		if (v.list.ptr[i].kind == V_STRING)
			check_name(n, kind, v.list.ptr[i].string, at, node->to - node->from);
}

static void check_binary(namer *n, const cel_node *node)
{
	const cel_node *left = node->args.ptr[0], *right = node->args.ptr[1];
	bool equality = node->op == OP_EQUAL || node->op == OP_UNEQUAL;
	bool single_left = left->kind == NODE_LOCAL || left->type.kind == CEL_STRING;
	if (node->op == OP_IN && left->kind == NODE_CONST && right->type.kind == CEL_LIST)
		check_constant(n, left, names_in(n, right));
	else if ((node->op == OP_IN || equality) && right->kind == NODE_CONST && single_left)
		check_constant(n, right, names_in(n, left));
	else if (equality && left->kind == NODE_CONST && right->type.kind == CEL_STRING)
		check_constant(n, left, names_in(n, right));
}

static void visit(namer *n, const cel_node *node)
{
	if (node->kind == NODE_BINARY && node->args.len == 2)
		check_binary(n, node);
	if (node->target)
		visit(n, node->target);
	if (node->kind == NODE_MACRO && node->slot < CEL_DEPTH_MAX)
		n->ranges[node->slot] = node->target;
	for (size_t i = 0; i < node->args.len; i++)
		visit(n, node->args.ptr[i]);
}

static void visit_program(namer *n, const cel_program *p)
{
	if (!p)
		return;
	n->text = &p->text;
	visit(n, p->root);
}

static void check_rule(namer *n, const compiled_rule *c)
{
	visit_program(n, c->when);
	for (size_t i = 0; i < c->actions.len; i++) {
		const rule_action *action = &c->actions.ptr[i];
		EACH (const rule_argument, arg, action->arguments) {
			visit_program(n, arg->program);
			for (size_t k = 0; k < COUNT(arguments) && !arg->program; k++)
				if (arguments[k].action == action->kind && str_eq(arg->name, str_from(arguments[k].argument)))
					check_literal(n, c, i, arg, arguments[k].kind);
		}
		if (action->kind == DO_REQUIRE)
			check_fields(n, c, i);
	}
	EACH (const reason_part, part, c->because)
		visit_program(n, part->program);
}

bool lint_names(lint *k)
{
	namer *n = NEW(k->arena, namer);
	if (!n)
		return false;
	n->lint = k;
	n->ok = true;
	n->module_tags.arena = n->lab_tags.arena = k->arena;
	collect_tags(n);
	for (size_t i = 0; i < k->in->rules->rules.len; i++)
		check_rule(n, &k->in->rules->rules.ptr[k->order[i]]);
	return n->ok;
}
