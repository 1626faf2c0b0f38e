/* Resolves names to bindings and works out types, bottom up. Whatever is not known is dyn, which fits
 * everything. The same walk serves unchecked programs: then nothing is reported, and evaluation will find
 * out. */
#include "base/text.h"
#include "rules/cel_run.h"

typedef struct {
	arena *arena;
	const located *text;
	const cel_env *env;
	diags *diags;
	bool check, failed;
	size_t local_count;
	struct {
		str name;
		cel_type type;
	} locals[CEL_DEPTH_MAX];
} checker;

static cel_type visit(checker *c, cel_node *n);

static const cel_type dyn = { .kind = CEL_DYN };

static cel_type complain_as(checker *c, const cel_node *n, diag_code code, str message)
{
	if (c->check) {
		c->failed = true;
		diag_span(c->diags, code, located_at(c->text, n->at), cel_span(c->text, n->at, n->at_end), "%.*s",
			STRF(message));
	}
	return dyn;
}

static cel_type complain(checker *c, const cel_node *n, str message)
{
	return complain_as(c, n, E_CEL_TYPE, message);
}

static str with_suggestion(checker *c, str message, str given, vec_str names)
{
	str near = text_suggest(given, names.ptr, names.len);
	return near.len ? arena_printf(c->arena, "%.*s; did you mean '%.*s'?", STRF(message), STRF(near))
					: message;
}

/* "(int, string)"; for a member "int.(string)" */
static str types_text(checker *c, const cel_node *n)
{
	buf b = { .arena = c->arena };
	bool member = n->kind == NODE_CALL && n->member;
	if (!member)
		buf_char(&b, '(');
	for (size_t i = 0; i < n->args.len; i++) {
		if (i > member)
			BUF_LIT(&b, ", ");
		buf_str(&b, cel_type_text(c->arena, n->args.ptr[i]->type));
		if (i == 0 && member)
			BUF_LIT(&b, ".(");
	}
	buf_char(&b, ')');
	return buf_done(&b);
}

static cel_type no_overload(checker *c, const cel_node *n, str name, str hint)
{
	return complain(c, n,
		arena_printf(c->arena, "no matching overload for '%.*s' applied to %.*s%s%.*s", STRF(name),
			STRF(types_text(c, n)), hint.len ? "; " : "", STRF(hint)));
}

/* The chain of selects is written like the qualified name: "a.b.c". */
static bool chain_is(const cel_node *n, str name)
{
	while (n->kind == NODE_SELECT) {
		if (name.len <= n->name.len || !str_ends(name, n->name) ||
			name.ptr[name.len - n->name.len - 1] != '.')
			return false;
		name.len -= n->name.len + 1;
		n = n->target;
	}
	return n->kind == NODE_IDENT && str_eq(n->name, name);
}

/* Whether the chain may be that name: it begins with the chain's first word, and is longer only if there is
 * more to come. Tells most names apart without walking the chain. */
static bool may_be(const cel_node *n, const cel_node *root, str name)
{
	bool whole = name.len == root->name.len;
	return name.len >= root->name.len && (whole ? n == root : n != root && name.ptr[root->name.len] == '.') &&
		   name.ptr[0] == root->name.ptr[0];
}

static const cel_node *chain_root(const cel_node *n)
{
	while (n->kind == NODE_SELECT)
		n = n->target;
	return n;
}

static bool find_local(checker *c, cel_node *n)
{
	for (size_t i = c->local_count; i > 0; i--) {
		if (str_eq(c->locals[i - 1].name, n->name)) {
			n->kind = NODE_LOCAL;
			n->slot = (uint32_t)i - 1;
			n->type = c->locals[i - 1].type;
			return true;
		}
	}
	return false;
}

static bool is_local(const checker *c, const cel_node *root)
{
	for (size_t i = 0; i < c->local_count && !root->absolute; i++)
		if (str_eq(c->locals[i].name, root->name))
			return true;
	return false;
}

static bool type_chain(value *out, const cel_node *n, const cel_node *root)
{
	static const cel_kind kinds[] = { CEL_BOOL, CEL_BYTES, CEL_DOUBLE, CEL_DURATION, CEL_INT, CEL_LIST,
		CEL_MAP, CEL_NULL, CEL_STRING, CEL_TIMESTAMP, CEL_TYPE, CEL_UINT };
	for (size_t i = 0; i < COUNT(kinds); i++) {
		str name = str_from(cel_kind_name(kinds[i]));
		if (may_be(n, root, name) && chain_is(n, name)) {
			*out = (value){ .kind = V_TYPE, .string = name };
			return true;
		}
	}
	return false;
}

/* The whole chain as one variable or the name of a type. The longest chain is asked for first. */
static bool resolve_chain(checker *c, cel_node *n)
{
	const cel_node *root = chain_root(n);
	if (root->kind != NODE_IDENT || is_local(c, root))
		return false;
	for (size_t i = 0; i < c->env->len; i++) {
		if (may_be(n, root, c->env->ptr[i].name) && chain_is(n, c->env->ptr[i].name)) {
			n->kind = NODE_VARIABLE;
			n->name = c->env->ptr[i].name;
			n->slot = (uint32_t)i;
			n->type = c->env->ptr[i].type;
			return true;
		}
	}
	if (!type_chain(&n->constant, n, root))
		return false;
	n->kind = NODE_CONST;
	n->type = CEL_TYPE_OF(CEL_TYPE);
	return true;
}

static cel_type visit_ident(checker *c, cel_node *n)
{
	if (resolve_chain(c, n) || (!n->absolute && find_local(c, n)))
		return n->type;
	vec_str names = { 0 };
	for (size_t i = c->local_count; c->check && i > 0; i--)
		vec_push(c->arena, &names, c->locals[i - 1].name);
	for (size_t i = 0; c->check && i < c->env->len; i++)
		vec_push(c->arena, &names, c->env->ptr[i].name);
	str message = arena_printf(c->arena, "undeclared reference to '%.*s'", STRF(n->name));
	return complain(c, n, with_suggestion(c, message, n->name, names));
}

static cel_type select_field(checker *c, cel_node *n, cel_type target)
{
	vec_str names = { 0 };
	for (size_t i = 0; target.record && i < target.record->field_count; i++) {
		const cel_field *field = &target.record->fields[i];
		if (str_eq(field->name, n->name)) {
			n->slot = (uint32_t)i + 1;
			return field->type;
		}
		vec_push(c->arena, &names, field->name);
	}
	str message = arena_printf(
		c->arena, "no such field '%.*s' on %.*s", STRF(n->name), STRF(cel_type_text(c->arena, target)));
	return complain(c, n, with_suggestion(c, message, n->name, names));
}

static cel_type visit_select(checker *c, cel_node *n)
{
	if (n->kind == NODE_SELECT && resolve_chain(c, n))
		return n->type;
	cel_type target = visit(c, n->target);
	switch (target.kind) {
	case CEL_DYN:
		return dyn;
	case CEL_RECORD:
		return select_field(c, n, target);
	case CEL_MAP:
		if (cel_is_kind(cel_key(target), CEL_STRING))
			return cel_element(target);
		break;
	default:
		break;
	}
	str hint =
		target.kind == CEL_LIST
			? arena_printf(c->arena, "; to look at its elements, write exists(x, x.%.*s ...) or all(x, ...)",
				  STRF(n->name))
			: STR("");
	return complain(c, n,
		arena_printf(c->arena, "%.*s has no fields, so no '%.*s'%.*s", STRF(cel_type_text(c->arena, target)),
			STRF(n->name), STRF(hint)));
}

static cel_type visit_index(checker *c, cel_node *n)
{
	cel_type target = visit(c, n->target), index = visit(c, n->args.ptr[0]);
	bool ok = target.kind == CEL_DYN ||
			  (target.kind == CEL_LIST && (cel_is_number(index.kind) || index.kind == CEL_DYN)) ||
			  (target.kind == CEL_MAP && cel_type_comparable(cel_key(target), index));
	if (!ok)
		return complain(c, n,
			arena_printf(c->arena, "no matching overload for '_[_]' applied to (%.*s, %.*s)",
				STRF(cel_type_text(c->arena, target)), STRF(cel_type_text(c->arena, index))));
	return cel_element(target);
}

static cel_type visit_logic(checker *c, cel_node *n)
{
	for (size_t i = 0; i < n->args.len; i++) {
		cel_node *arg = n->args.ptr[i];
		cel_type t = visit(c, arg);
		if (!cel_is_kind(t, CEL_BOOL)) {
			cel_node whole = *arg;
			whole.at = arg->from;
			whole.at_end = arg->to;
			complain(c, &whole,
				arena_printf(c->arena, "'%s' needs true or false on both sides; this is %.*s",
					n->kind == NODE_AND ? "&&" : "||", STRF(cel_type_text(c->arena, t))));
		}
	}
	return CEL_TYPE_OF(CEL_BOOL);
}

static cel_type visit_unary(checker *c, cel_node *n)
{
	cel_type t = visit(c, n->target);
	bool ok = n->kind == NODE_NOT ? cel_is_kind(t, CEL_BOOL)
								  : t.kind == CEL_DYN || t.kind == CEL_INT || t.kind == CEL_DOUBLE;
	if (ok)
		return n->kind == NODE_NOT ? CEL_TYPE_OF(CEL_BOOL) : t;
	return complain(c, n,
		arena_printf(c->arena, "no matching overload for '%s_' applied to (%.*s)",
			n->kind == NODE_NOT ? "!" : "-", STRF(cel_type_text(c->arena, t))));
}

static const struct {
	cel_op op;
	cel_kind left, right, result;
} arithmetic[] = {
	{ OP_ADD, CEL_INT, CEL_INT, CEL_INT },
	{ OP_ADD, CEL_UINT, CEL_UINT, CEL_UINT },
	{ OP_ADD, CEL_DOUBLE, CEL_DOUBLE, CEL_DOUBLE },
	{ OP_ADD, CEL_STRING, CEL_STRING, CEL_STRING },
	{ OP_ADD, CEL_BYTES, CEL_BYTES, CEL_BYTES },
	{ OP_ADD, CEL_LIST, CEL_LIST, CEL_LIST },
	{ OP_ADD, CEL_TIMESTAMP, CEL_DURATION, CEL_TIMESTAMP },
	{ OP_ADD, CEL_DURATION, CEL_TIMESTAMP, CEL_TIMESTAMP },
	{ OP_ADD, CEL_DURATION, CEL_DURATION, CEL_DURATION },
	{ OP_SUBTRACT, CEL_INT, CEL_INT, CEL_INT },
	{ OP_SUBTRACT, CEL_UINT, CEL_UINT, CEL_UINT },
	{ OP_SUBTRACT, CEL_DOUBLE, CEL_DOUBLE, CEL_DOUBLE },
	{ OP_SUBTRACT, CEL_TIMESTAMP, CEL_TIMESTAMP, CEL_DURATION },
	{ OP_SUBTRACT, CEL_TIMESTAMP, CEL_DURATION, CEL_TIMESTAMP },
	{ OP_SUBTRACT, CEL_DURATION, CEL_DURATION, CEL_DURATION },
	{ OP_MULTIPLY, CEL_INT, CEL_INT, CEL_INT },
	{ OP_MULTIPLY, CEL_UINT, CEL_UINT, CEL_UINT },
	{ OP_MULTIPLY, CEL_DOUBLE, CEL_DOUBLE, CEL_DOUBLE },
	{ OP_DIVIDE, CEL_INT, CEL_INT, CEL_INT },
	{ OP_DIVIDE, CEL_UINT, CEL_UINT, CEL_UINT },
	{ OP_DIVIDE, CEL_DOUBLE, CEL_DOUBLE, CEL_DOUBLE },
	{ OP_MODULO, CEL_INT, CEL_INT, CEL_INT },
	{ OP_MODULO, CEL_UINT, CEL_UINT, CEL_UINT },
};

static str number_hint(checker *c, const cel_node *n, cel_type a, cel_type b)
{
	if (!cel_is_number(a.kind) || !cel_is_number(b.kind) || a.kind == b.kind)
		return STR("");
	for (size_t i = 0; i < n->args.len; i++) {
		value v = n->args.ptr[i]->constant;
		if (n->args.ptr[i]->kind == NODE_CONST && v.kind == V_INT && (i ? a : b).kind == CEL_DOUBLE)
			return arena_printf(c->arena, "write %lld.0", (long long)v.integer);
	}
	return STR("arithmetic does not mix types of numbers, convert one with double() or int()");
}

static cel_type visit_arithmetic(checker *c, cel_node *n, cel_type a, cel_type b)
{
	cel_type result = dyn;
	size_t found = 0;
	for (size_t i = 0; i < COUNT(arithmetic); i++) {
		if (arithmetic[i].op != n->op || !cel_is_kind(a, arithmetic[i].left) ||
			!cel_is_kind(b, arithmetic[i].right))
			continue;
		result = found++ && arithmetic[i].result != result.kind ? dyn : CEL_TYPE_OF(arithmetic[i].result);
		if (found > 1 && result.kind == CEL_DYN)
			return dyn;
	}
	if (!found)
		return no_overload(c, n, str_from(cel_op_name(n->op)), number_hint(c, n, a, b));
	if (result.kind == CEL_LIST)
		return cel_list_of(c->arena, cel_type_join(cel_element(a), cel_element(b)));
	return result;
}

static bool has_order(cel_type t)
{
	switch (t.kind) {
	case CEL_DYN:
	case CEL_BOOL:
	case CEL_INT:
	case CEL_UINT:
	case CEL_DOUBLE:
	case CEL_STRING:
	case CEL_BYTES:
	case CEL_TIMESTAMP:
	case CEL_DURATION:
		return true;
	default:
		return false;
	}
}

static cel_type visit_binary(checker *c, cel_node *n)
{
	cel_type a = visit(c, n->args.ptr[0]), b = visit(c, n->args.ptr[1]);
	bool ok;
	switch (n->op) {
	case OP_EQUAL:
	case OP_UNEQUAL:
		ok = cel_type_comparable(a, b);
		break;
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_GREATER:
	case OP_GREATER_EQUAL:
		ok = has_order(a) && has_order(b) && cel_type_comparable(a, b);
		break;
	case OP_IN:
		ok = b.kind == CEL_DYN || (b.kind == CEL_LIST && cel_type_comparable(a, cel_element(b))) ||
			 (b.kind == CEL_MAP && cel_type_comparable(a, cel_key(b)));
		break;
	default:
		return visit_arithmetic(c, n, a, b);
	}
	if (!ok)
		no_overload(c, n, n->op == OP_IN ? STR("in") : str_from(cel_op_name(n->op)), STR(""));
	return CEL_TYPE_OF(CEL_BOOL);
}

static cel_type visit_condition(checker *c, cel_node *n)
{
	cel_type test = visit(c, n->args.ptr[0]);
	cel_type a = visit(c, n->args.ptr[1]), b = visit(c, n->args.ptr[2]);
	if (!cel_is_kind(test, CEL_BOOL) || !cel_type_comparable(a, b))
		return no_overload(c, n, STR("_?_:_"), STR(""));
	return cel_type_join(a, b);
}

/* True if it is a macro called wrongly, whose variable would only be one more error. */
static bool no_function(checker *c, const cel_node *n)
{
	static const char *const macros[] = { CEL_MACRO_NAMES };
	vec_str names = { 0 };
	size_t count;
	const cel_function *all = cel_functions(&count);
	for (size_t i = 0; i < count; i++)
		if (n->member ? all[i].member : all[i].global)
			vec_push(c->arena, &names, str_from(all[i].name));
	for (size_t i = 0; i < COUNT(macros); i++) {
		if (str_eq(n->name, str_from(macros[i]))) {
			complain(c, n,
				i == 0 ? STR("has() takes one field, as in has(skill.low)")
					   : arena_printf(c->arena,
							 "%s() takes a variable and an expression, as in list.%s(x, x > 0)", macros[i],
							 macros[i]));
			return c->check;
		}
		vec_push(c->arena, &names, str_from(macros[i]));
	}
	str message = arena_printf(c->arena, "there is no function '%.*s'", STRF(n->name));
	complain(c, n, with_suggestion(c, message, n->name, names));
	return false;
}

static bool overload_fits(const cel_function *f, const cel_node *n)
{
	if (!(n->member ? f->member : f->global))
		return false;
	size_t i = 0;
	for (; i < n->args.len && f->args[i]; i++)
		if (!cel_letter_fits(f->args[i], n->args.ptr[i]->type.kind))
			return false;
	return i == n->args.len && !f->args[i];
}

/* The pattern of matches(), if it is written out, is compiled once and for all. */
static void prepare_pattern(checker *c, cel_node *n)
{
	const cel_node *pattern = n->args.len == 2 ? n->args.ptr[1] : NULL;
	if (!str_eq(n->name, STR("matches")) || !pattern || pattern->kind != NODE_CONST ||
		pattern->constant.kind != V_STRING)
		return;
	str message = STR("");
	n->pattern = cel_pattern_compile(c->arena, pattern->constant.string, &message);
	if (message.len)
		complain_as(c, pattern, E_BAD_PATTERN, message);
}

/* A zone that is written out and depends on the machine, where none may. */
static void check_zone(checker *c, const cel_node *n)
{
	const cel_node *zone = n->args.len == 2 ? n->args.ptr[1] : NULL;
	if (c->env->zones || !zone || zone->kind != NODE_CONST || zone->constant.kind != V_STRING ||
		n->functions[0].args[0] != 't' || cel_zone_is_fixed(zone->constant.string))
		return;
	complain(c, zone, cel_zone_refusal(c->arena, zone->constant.string));
}

static cel_type visit_call(checker *c, cel_node *n)
{
	n->functions = cel_find_functions(n->name, &n->function_count);
	if (!n->function_count && no_function(c, n))
		return dyn;
	for (size_t i = 0; i < n->args.len; i++)
		visit(c, n->args.ptr[i]);
	if (!n->function_count)
		return dyn;
	cel_type result = dyn;
	size_t found = 0;
	bool other_form = false;
	for (size_t i = 0; i < n->function_count; i++) {
		other_form |= !(n->member ? n->functions[i].member : n->functions[i].global);
		if (!overload_fits(&n->functions[i], n))
			continue;
		cel_kind kind = cel_letter_kind(n->functions[i].result);
		result = found++ && kind != result.kind ? dyn : CEL_TYPE_OF(kind);
	}
	if (!found)
		return no_overload(c, n, n->name,
			!other_form ? STR("")
			: n->member ? arena_printf(c->arena, "it is called as %.*s(x)", STRF(n->name))
						: arena_printf(c->arena, "it is called as x.%.*s(...)", STRF(n->name)));
	prepare_pattern(c, n);
	check_zone(c, n);
	return result;
}

static cel_type visit_list(checker *c, cel_node *n)
{
	cel_type element = dyn;
	for (size_t i = 0; i < n->args.len; i++) {
		cel_type t = visit(c, n->args.ptr[i]);
		element = i ? cel_type_join(element, t) : t;
	}
	return cel_list_of(c->arena, element);
}

static bool is_key(cel_type t)
{
	return t.kind == CEL_DYN || t.kind == CEL_BOOL || t.kind == CEL_INT || t.kind == CEL_UINT ||
		   t.kind == CEL_STRING;
}

static cel_type visit_map(checker *c, cel_node *n)
{
	cel_type key = dyn, element = dyn;
	for (size_t i = 0; i + 1 < n->args.len; i += 2) {
		cel_type k = visit(c, n->args.ptr[i]), v = visit(c, n->args.ptr[i + 1]);
		if (!is_key(k))
			complain(c, n->args.ptr[i],
				arena_printf(c->arena, "a key is a string, int, uint or bool, not %.*s",
					STRF(cel_type_text(c->arena, k))));
		key = i ? cel_type_join(key, k) : k;
		element = i ? cel_type_join(element, v) : v;
	}
	return cel_map_of(c->arena, key, element);
}

static cel_type visit_macro(checker *c, cel_node *n)
{
	cel_type range = visit(c, n->target);
	cel_type element = range.kind == CEL_MAP ? cel_key(range) : cel_element(range);
	if (range.kind != CEL_DYN && range.kind != CEL_LIST && range.kind != CEL_MAP)
		complain(c, n,
			arena_printf(c->arena, "macros run over a list or the keys of a map; this is %.*s",
				STRF(cel_type_text(c->arena, range))));
	if (c->local_count == CEL_DEPTH_MAX)
		return dyn;
	n->slot = (uint32_t)c->local_count;
	c->locals[c->local_count].name = n->name;
	c->locals[c->local_count++].type = element;
	cel_type last = dyn;
	for (size_t i = 0; i < n->args.len; i++) {
		last = visit(c, n->args.ptr[i]);
		bool predicate = n->macro != MACRO_MAP && i == 0;
		if (predicate && !cel_is_kind(last, CEL_BOOL))
			complain(c, n->args.ptr[i],
				arena_printf(c->arena, "the condition of a macro is true or false; this is %.*s",
					STRF(cel_type_text(c->arena, last))));
	}
	c->local_count--;
	if (n->macro == MACRO_MAP || n->macro == MACRO_MAP_IF)
		return cel_list_of(c->arena, last);
	return n->macro == MACRO_FILTER ? cel_list_of(c->arena, element) : CEL_TYPE_OF(CEL_BOOL);
}

static cel_type visit_kind(checker *c, cel_node *n)
{
	switch (n->kind) {
	case NODE_CONST:
		return CEL_TYPE_OF(cel_kind_of(n->constant));
	case NODE_IDENT:
		return visit_ident(c, n);
	case NODE_SELECT:
		return visit_select(c, n);
	case NODE_HAS:
		visit_select(c, n);
		return CEL_TYPE_OF(CEL_BOOL);
	case NODE_INDEX:
		return visit_index(c, n);
	case NODE_AND:
	case NODE_OR:
		return visit_logic(c, n);
	case NODE_NOT:
	case NODE_NEGATE:
		return visit_unary(c, n);
	case NODE_BINARY:
		return visit_binary(c, n);
	case NODE_CONDITION:
		return visit_condition(c, n);
	case NODE_CALL:
		return visit_call(c, n);
	case NODE_LIST:
		return visit_list(c, n);
	case NODE_MAP:
		return visit_map(c, n);
	case NODE_MACRO:
		return visit_macro(c, n);
	default:
		return n->type; /* already resolved */
	}
}

static cel_type visit(checker *c, cel_node *n)
{
	n->type = c->arena->failed ? dyn : visit_kind(c, n);
	return n->type;
}

bool cel_check(cel_node *root, arena *a, const located *text, const cel_env *env, bool check, diags *d)
{
	checker c; /* its locals are set before they are read; clearing them would cost more than most checks */
	c.arena = a;
	c.text = text;
	c.env = env;
	c.diags = d;
	c.check = check;
	c.failed = false;
	c.local_count = 0;
	visit(&c, root);
	return !c.failed && !a->failed;
}
