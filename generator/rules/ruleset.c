/* From rule files to compiled rules. The order of running is order.c. */
#include "rules/ruleset.h"

#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "rules/order.h"

#include <math.h>

enum { NAMES_MAX = 16 };

typedef struct {
	arena *arena;
	diags *diags;
	cel_variable store[FACT_VARIABLES];
	cel_env env; /* of the rule at hand */
} compiler;

static size_t names_of(const char *const *list, str out[NAMES_MAX])
{
	size_t n = 0;
	for (; list[n] && n < NAMES_MAX; n++)
		out[n] = str_from(list[n]);
	return n;
}

static int find_name(const char *const *list, str name)
{
	for (int i = 0; list[i]; i++)
		if (str_eq(name, str_from(list[i])))
			return i;
	return -1;
}

/* "no X 'y'; did you mean 'z'?" */
static void unknown(
	compiler *c, diag_code code, loc at, const char *what, str given, const str *names, size_t count)
{
	str near = text_suggest(given, names, count);
	buf all = { .arena = c->arena };
	for (size_t i = 0; i < count; i++)
		buf_printf(&all, "%s%.*s", i ? ", " : "", STRF(names[i]));
	diag_span(c->diags, code, at, (uint32_t)given.len, "no %s '%.*s'%s%.*s%s (there are: %.*s)", what,
		STRF(str_sub(given, 0, 60)), near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "",
		STRF(buf_done(&all)));
}

/* The part of a located text from `from` on. */
static located tail(arena *a, const located *t, size_t from, size_t len)
{
	VEC(text_run) runs = { 0 };
	loc first = located_at(t, from);
	if (t->runs.len)
		vec_push(a, &runs, (text_run){ .text = 0, .offset = first.offset });
	EACH (const text_run, r, t->runs)
		if (r->text > from && r->text < from + len)
			vec_push(a, &runs, (text_run){ .text = r->text - (uint32_t)from, .offset = r->offset });
	return (
		located){ .text = str_sub(t->text, from, len), .source = t->source, .runs = { runs.ptr, runs.len } };
}

static bool type_fits(param_kind kind, cel_type t)
{
	if (t.kind == CEL_DYN || kind == P_ANY)
		return true;
	bool number = t.kind == CEL_DOUBLE || t.kind == CEL_INT || t.kind == CEL_UINT;
	bool strings =
		t.kind == CEL_LIST && (!t.element || t.element->kind == CEL_STRING || t.element->kind == CEL_DYN);
	switch (kind) {
	case P_STRINGS:
		return strings || t.kind == CEL_STRING;
	case P_STRING:
		return t.kind == CEL_STRING;
	case P_NUMBER:
		return number;
	case P_BOOL:
		return t.kind == CEL_BOOL;
	case P_ANY:
		break;
	}
	return true;
}

static const char *kind_text(param_kind kind)
{
	static const char *const names[] = { "a list of strings", "a string", "a number", "true or false",
		"a value" };
	return names[kind];
}

/* An expression stands for the whole list: '=' before one of its elements is a mistake. */
static bool check_elements(compiler *c, const yaml_node *n)
{
	for (size_t i = 0; n->kind == YAML_LIST && i < n->items.len; i++) {
		const yaml_node *one = n->items.ptr[i];
		if (one->kind != YAML_SCALAR || !str_starts(one->text, STR("=")))
			continue;
		diag_add(c->diags, E_RULE_ACTION, one->at,
			"an element of a list is literal; write the list as one expression, such as '=[skill.id]'");
		return false;
	}
	return true;
}

static bool literal_argument(compiler *c, const action_param *p, const yaml_node *n, value *out)
{
	double number;
	if (p->kind == P_NUMBER && n->kind == YAML_SCALAR && !n->quoted && number_parse(&number, n->text) &&
		isfinite(number)) {
		*out = value_double(number);
		return true;
	}
	if (p->kind == P_BOOL && n->kind == YAML_SCALAR && !n->quoted &&
		(str_eq(n->text, STR("true")) || str_eq(n->text, STR("false")))) {
		*out = value_bool(n->text.len == 4);
		return true;
	}
	if ((p->kind == P_STRING || p->kind == P_STRINGS) && n->kind == YAML_SCALAR && !yaml_is_null(n)) {
		*out = value_string(n->text);
		if (p->kind == P_STRINGS) {
			value list = value_new_list(c->arena, 1);
			if (list.list.len)
				list.list.ptr[0] = *out;
			*out = list;
		}
		return true;
	}
	if (p->kind != P_STRINGS || n->kind != YAML_LIST)
		return false;
	*out = value_new_list(c->arena, n->items.len);
	for (size_t i = 0; i < out->list.len; i++) {
		if (n->items.ptr[i]->kind != YAML_SCALAR || yaml_is_null(n->items.ptr[i]))
			return false;
		out->list.ptr[i] = value_string(n->items.ptr[i]->text);
	}
	return true;
}

static bool check_choice(compiler *c, const action_param *p, const yaml_node *n)
{
	str names[NAMES_MAX];
	if (!p->choices || find_name(p->choices, n->text) >= 0)
		return true;
	unknown(c, E_RULE_ACTION, n->at, p->name, n->text, names, names_of(p->choices, names));
	return false;
}

static bool compile_argument(compiler *c, const action_param *p, const yaml_node *n, rule_argument *out)
{
	*out = (rule_argument){ .param = p, .name = str_from(p->name), .at = n->at };
	if (n->kind == YAML_SCALAR && str_starts(n->text, STR("="))) {
		located whole = yaml_located(c->arena, n, c->diags->sources);
		located text = tail(c->arena, &whole, 1, n->text.len - 1);
		out->program = cel_compile(c->arena, &text, &c->env, true, c->diags);
		if (!out->program)
			return false;
		cel_type t = cel_result_type(out->program);
		if (type_fits(p->kind, t))
			return true;
		diag_add(c->diags, E_CEL_TYPE, located_at(&text, 0), "'%s' takes %s, and this is %.*s", p->name,
			kind_text(p->kind), STRF(cel_type_text(c->arena, t)));
		return false;
	}
	if (!check_elements(c, n))
		return false;
	if (!literal_argument(c, p, n, &out->literal)) {
		diag_add(c->diags, E_RULE_ACTION, n->at, "'%s' takes %s, or an expression after '='", p->name,
			kind_text(p->kind));
		return false;
	}
	return p->kind != P_STRING || check_choice(c, p, n);
}

static const action_param *find_param(const action_spec *spec, str name)
{
	for (size_t i = 0; i < spec->param_count; i++)
		if (str_eq(name, str_from(spec->params[i].name)))
			return &spec->params[i];
	return NULL;
}

static bool has_argument(const yaml_node *given, str one_of)
{
	for (str_cut cut = { .tail = one_of, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '|');
		if (yaml_get(given, cut.head))
			return true;
	}
	return false;
}

static bool check_needs(compiler *c, const action_spec *spec, const yaml_pair *p)
{
	for (size_t i = 0; i < COUNT(spec->needs); i++) {
		str names = str_from(spec->needs[i]);
		if (names.len == 0 || has_argument(p->value, names))
			continue;
		buf list = { .arena = c->arena };
		for (size_t k = 0; k < names.len; k++)
			buf_str(&list, names.ptr[k] == '|' ? STR(", ") : str_sub(names, k, 1));
		diag_span(c->diags, E_RULE_ACTION, p->at, (uint32_t)p->key.len, "'%.*s' needs %s%.*s", STRF(p->key),
			str_find(names, STR("|"), 0) == SIZE_MAX ? "the argument " : "one of the arguments ",
			STRF(buf_done(&list)));
		return false;
	}
	return true;
}

static bool compile_arguments(compiler *c, const action_spec *spec, const yaml_node *given, rule_action *out)
{
	str names[NAMES_MAX];
	out->arguments.ptr = NEWN(c->arena, rule_argument, given->pairs.len);
	bool ok = out->arguments.ptr != NULL;
	for (size_t i = 0; out->arguments.ptr && i < given->pairs.len; i++) {
		const yaml_pair *a = &given->pairs.ptr[i];
		const action_param *param = find_param(spec, a->key);
		if (!param) {
			size_t count = 0;
			for (; count < spec->param_count && count < NAMES_MAX; count++)
				names[count] = str_from(spec->params[count].name);
			unknown(c, E_RULE_ACTION, a->at, "argument", a->key, names, count);
			ok = false;
			continue;
		}
		ok &= compile_argument(c, param, a->value, &out->arguments.ptr[out->arguments.len]);
		out->arguments.len++;
	}
	return ok;
}

static bool compile_action(compiler *c, const yaml_node *n, rule_action *out)
{
	str names[NAMES_MAX];
	if (n->kind != YAML_MAP || n->pairs.len != 1) {
		diag_add(c->diags, E_RULE_ACTION, n->at,
			"an action is one key with its arguments, such as 'module: {id: x}'");
		return false;
	}
	const yaml_pair *p = &n->pairs.ptr[0];
	int kind = find_name(action_kind_names, p->key);
	if (kind < 0) {
		unknown(c, E_RULE_ACTION, p->at, "action", p->key, names, names_of(action_kind_names, names));
		return false;
	}
	if (p->value->kind != YAML_MAP || p->value->pairs.len == 0) {
		diag_add(
			c->diags, E_RULE_ACTION, p->value->at, "'%s' takes a map of arguments", action_kind_names[kind]);
		return false;
	}
	const action_spec *spec = &action_specs[kind];
	*out = (rule_action){ .kind = (action_kind)kind, .at = p->at };
	bool ok = compile_arguments(c, spec, p->value, out);
	return ok && check_needs(c, spec, p); /* a misspelt argument is reported once */
}

static bool compile_actions(compiler *c, const rule *r, compiled_rule *out)
{
	if (r->then->kind != YAML_LIST || r->then->items.len == 0) {
		diag_add(c->diags, E_RULE_ACTION, r->then->at, "'then' takes a list of actions");
		return false;
	}
	out->actions.ptr = NEWN(c->arena, rule_action, r->then->items.len);
	bool ok = out->actions.ptr != NULL;
	for (size_t i = 0; out->actions.ptr && i < r->then->items.len; i++)
		ok &= compile_action(c, r->then->items.ptr[i], &out->actions.ptr[out->actions.len++]);
	return ok;
}

static bool compile_because(compiler *c, const rule *r, compiled_rule *out)
{
	VEC(reason_part) parts = { 0 };
	str text = r->because.text;
	size_t from = 0;
	for (;;) {
		size_t open = str_find(text, STR("{{"), from);
		size_t close = open == SIZE_MAX ? SIZE_MAX : str_find(text, STR("}}"), open);
		if (open != SIZE_MAX && close == SIZE_MAX) {
			diag_add(c->diags, E_CEL_SYNTAX, located_at(&r->because, open), "'{{' without '}}'");
			return false;
		}
		reason_part part = { .text = str_sub(text, from, (open == SIZE_MAX ? text.len : open) - from) };
		if (open != SIZE_MAX) {
			located inner = tail(c->arena, &r->because, open + 2, close - open - 2);
			part.program = cel_compile(c->arena, &inner, &c->env, true, c->diags);
			if (!part.program)
				return false;
		}
		vec_push(c->arena, &parts, part);
		if (open == SIZE_MAX)
			break;
		from = close + 2;
	}
	out->because.ptr = parts.ptr;
	out->because.len = parts.len;
	return true;
}

static bool compile_when(compiler *c, const rule *r, compiled_rule *out)
{
	if (r->when.source == 0) /* not given; an empty one is an error */
		return true;
	out->when = cel_compile(c->arena, &r->when, &c->env, true, c->diags);
	if (!out->when)
		return false;
	cel_type t = cel_result_type(out->when);
	if (t.kind == CEL_BOOL || t.kind == CEL_DYN)
		return true;
	diag_add(c->diags, E_CEL_TYPE, located_at(&r->when, 0), "a condition is true or false, and this is %.*s",
		STRF(cel_type_text(c->arena, t)));
	return false;
}

static bool compile_rule(compiler *c, const rule *r, compiled_rule *out)
{
	str names[NAMES_MAX];
	int subject = find_name(fact_names, r->subject);
	*out = (compiled_rule){ .rule = r };
	if (subject < 0) {
		unknown(c, E_UNKNOWN_NAME, r->at, "kind of fact", r->subject, names, names_of(fact_names, names));
		return false;
	}
	out->subject = (fact_kind)subject;
	c->env = factset_env(out->subject, c->store);
	bool ok = compile_when(c, r, out);
	ok &= compile_actions(c, r, out);
	return compile_because(c, r, out) && ok;
}

static bool check_ids(compiler *c, const rule *const *rules, size_t count)
{
	map seen = { .arena = c->arena };
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		const rule *first = map_put(&seen, rules[i]->id, (void *)rules[i]);
		if (!first)
			continue;
		position p = sources_position(c->diags->sources, first->at);
		const source *s = sources_get(c->diags->sources, first->at.source);
		diag_add(c->diags, E_DUPLICATE_ID, rules[i]->at, "rule id '%.*s' is already used at %.*s:%u:%u",
			STRF(rules[i]->id), STRF(s ? s->path : STR("?")), p.line, p.column);
		ok = false;
	}
	return ok;
}

static bool index_rules(ruleset *set, arena *a)
{
	match_rule *all = NEWN(a, match_rule, set->rules.len);
	for (size_t i = 0; all && i < set->rules.len; i++)
		all[i] = (match_rule){ .subject = set->rules.ptr[i].subject, .when = set->rules.ptr[i].when };
	EACH (rule_stratum, s, set->strata)
		s->index = all ? match_index_new(a, all + s->from, s->to - s->from) : NULL;
	return !a->failed;
}

bool ruleset_compile(ruleset *out, arena *a, const rule *const *rules, size_t count, diags *d)
{
	compiler c = { .arena = a, .diags = d };
	compiled_rule *compiled = NEWN(a, compiled_rule, count);
	*out = (ruleset){ .rules = { .ptr = compiled, .len = compiled ? count : 0 } };
	bool ok = check_ids(&c, rules, count);
	for (size_t i = 0; compiled && i < count; i++)
		ok &= compile_rule(&c, rules[i], &compiled[i]);
	return ok && !a->failed && order_rules(out, a, d) && index_rules(out, a);
}

void ruleset_complain(const rule_run *run, diag_code code, loc at, str message, diags *d)
{
	diag_add(d, code, at, "rule '%.*s' on %.*s: %.*s", STRF(run->rule->rule->id), STRF(run->subject->address),
		STRF(message));
}

bool ruleset_because(str *out, const rule_run *run, arena *a, diags *d)
{
	buf b = { .arena = a };
	*out = STR("");
	EACH (reason_part, p, run->rule->because) {
		buf_str(&b, p->text);
		if (!p->program)
			continue;
		size_t at = 0;
		value v = cel_eval(p->program, run->bindings, a, &at);
		if (v.kind == V_ERROR) {
			ruleset_complain(run, E_CEL_EVAL, located_at(cel_text(p->program), at), v.string, d);
			return false;
		}
		if (!cel_is_printable(v)) {
			ruleset_complain(run, E_CEL_LIMIT, located_at(cel_text(p->program), 0),
				arena_printf(a, CEL_TOO_LARGE, CEL_PARTS_MAX), d);
			return false;
		}
		if (v.kind == V_STRING)
			buf_str(&b, v.string);
		else if (v.kind == V_DOUBLE)
			buf_rounded(&b, v.number, 3);
		else
			json_value(&b, fact_plain(v, a), -1);
	}
	*out = buf_done(&b);
	return true;
}

bool param_takes(const action_param *p, value v)
{
	switch (p->kind) {
	case P_STRING:
		return v.kind == V_STRING && (!p->choices || find_name(p->choices, v.string) >= 0);
	case P_STRINGS:
		for (size_t i = 0; v.kind == V_LIST && i < v.list.len; i++)
			if (v.list.ptr[i].kind != V_STRING)
				return false;
		return v.kind == V_LIST || v.kind == V_STRING;
	case P_NUMBER:
		return v.kind == V_INT || v.kind == V_UINT || (v.kind == V_DOUBLE && isfinite(v.number));
	case P_BOOL:
		return v.kind == V_BOOL;
	case P_ANY:
		break;
	}
	return true;
}

str param_text(const action_param *p, arena *a)
{
	if (!p->choices)
		return str_from(kind_text(p->kind));
	buf b = { .arena = a };
	for (size_t i = 0; p->choices[i]; i++)
		buf_printf(&b, "%s%s", !i ? "" : p->choices[i + 1] ? ", " : " or ", p->choices[i]);
	return buf_done(&b);
}

static bool argument_value(value *out, const rule_run *run, const rule_argument *arg, arena *a, diags *d)
{
	size_t at = 0;
	*out = arg->program ? cel_eval(arg->program, run->bindings, a, &at) : arg->literal;
	bool fits = !arg->program || param_takes(arg->param, *out);
	if (out->kind == V_ERROR && d)
		ruleset_complain(run, E_CEL_EVAL, located_at(cel_text(arg->program), at), out->string, d);
	else if (!fits && d)
		ruleset_complain(run, E_RULE_ACTION, located_at(cel_text(arg->program), 0),
			arena_printf(a, "'%.*s' takes %.*s, and not what this expression gave", STRF(arg->name),
				STRF(param_text(arg->param, a))),
			d);
	return out->kind != V_ERROR && fits;
}

bool ruleset_arguments(value *out, const rule_run *run, const rule_action *action, arena *a, diags *d)
{
	*out = value_new_map(a);
	EACH (const rule_argument, arg, action->arguments) {
		value v;
		if (!argument_value(&v, run, arg, a, d))
			return false;
		value_set_str(a, *out, arg->name, v);
	}
	return true;
}
