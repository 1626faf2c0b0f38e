/* Walks the tree. Errors are values of kind V_ERROR that pass through everything but && || ?: and the macros
 * all and exists, which may do without them. */
#include "rules/cel_run.h"

#include <math.h>
#include <stdio.h>

enum { ERROR_COST = 20, ITEM_COST = 4 }; /* steps: for the memory of messages, of elements */

const char *cel_op_name(cel_op op)
{
	static const char *const names[] = { "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_", "@in", "_+_", "_-_",
		"_*_", "_/_", "_%_" };
	return names[op];
}

bool cel_charge(cel_run *r, uint64_t steps)
{
	r->steps += steps;
	return r->steps <= CEL_STEPS_MAX && !r->scratch->failed;
}

value cel_error(cel_run *r, const cel_node *n, str message)
{
	cel_charge(r, ERROR_COST);
	r->error_at = n->at;
	return (value){ .kind = V_ERROR, .string = message };
}

value cel_no_overload(cel_run *r, const cel_node *n, const char *name, const value *args, size_t count)
{
	buf b = { .arena = r->scratch };
	buf_printf(&b, "no matching overload for '%s' applied to (", name);
	for (size_t i = 0; i < count; i++) {
		if (i)
			BUF_LIT(&b, ", ");
		buf_str(&b, cel_type_name_of(args[i]));
	}
	buf_char(&b, ')');
	return cel_error(r, n, buf_done(&b));
}

static value select_record(cel_run *r, const cel_node *n, value target)
{
	const record_type *type = target.record.type;
	const value *slots = target.record.ptr;
	if (n->slot && n->target->type.record == type)
		return slots[n->slot - 1];
	for (size_t i = 0; type && i < type->field_count; i++)
		if (str_eq(type->fields[i].name, n->name))
			return slots[i];
	return cel_error(r, n, arena_printf(r->scratch, "no such field '%.*s'", STRF(n->name)));
}

static value run_select(cel_run *r, const cel_node *n)
{
	value target = cel_run_node(r, n->target);
	if (target.kind == V_ERROR)
		return target;
	if (target.kind == V_RECORD)
		return select_record(r, n, target);
	if (target.kind != V_MAP)
		return cel_error(r, n,
			arena_printf(
				r->scratch, "type '%.*s' does not support field selection", STRF(cel_type_name_of(target))));
	const value *found = value_get(target, n->name);
	return found ? *found : cel_error(r, n, arena_printf(r->scratch, "no such key: '%.*s'", STRF(n->name)));
}

/* A record has a field that is not null; a map has a key. */
static value run_has(cel_run *r, const cel_node *n)
{
	value target = cel_run_node(r, n->target);
	if (target.kind == V_ERROR)
		return target;
	if (target.kind == V_MAP)
		return value_bool(value_get(target, n->name) != NULL);
	if (target.kind != V_RECORD)
		return cel_error(r, n,
			arena_printf(
				r->scratch, "type '%.*s' does not support field selection", STRF(cel_type_name_of(target))));
	value field = select_record(r, n, target);
	return field.kind == V_ERROR ? field : value_bool(field.kind != V_NULL);
}

static value index_list(cel_run *r, const cel_node *n, value_list list, value index)
{
	int64_t i = index.integer;
	if (index.kind == V_UINT)
		i = index.uinteger <= INT64_MAX ? index.integer : -1;
	else if (index.kind == V_DOUBLE)
		i = index.number >= 0 && index.number < 9e15 && (double)(int64_t)index.number == index.number
				? (int64_t)index.number
				: -1;
	else if (index.kind != V_INT)
		return cel_error(r, n,
			arena_printf(r->scratch, "a list has no index of type '%.*s'", STRF(cel_type_name_of(index))));
	if (index.kind == V_DOUBLE && index.number != floor(index.number))
		return cel_error(r, n, STR("the index of a list is a whole number"));
	if (i < 0 || (uint64_t)i >= list.len)
		return cel_error(
			r, n, arena_printf(r->scratch, "index out of range; the list has %zu elements", list.len));
	return list.ptr[i];
}

static value run_index(cel_run *r, const cel_node *n)
{
	value args[2] = { cel_run_node(r, n->target) };
	if (args[0].kind == V_ERROR)
		return args[0];
	args[1] = cel_run_node(r, n->args.ptr[0]);
	if (args[1].kind == V_ERROR)
		return args[1];
	if (args[0].kind == V_LIST)
		return index_list(r, n, args[0].list, args[1]);
	if (args[0].kind != V_MAP)
		return cel_no_overload(r, n, "_[_]", args, 2);
	const value *found = cel_find_key(r, args[0], args[1]);
	if (found)
		return *found;
	str key = args[1].kind == V_STRING ? args[1].string : STR("");
	return cel_error(
		r, n, key.len ? arena_printf(r->scratch, "no such key: '%.*s'", STRF(key)) : STR("no such key"));
}

/* `decides` is the operand that settles the matter whatever the others are, errors included. */
static value run_logic(cel_run *r, const cel_node *n, bool decides)
{
	value error = V_NONE;
	size_t error_at = 0;
	for (size_t i = 0; i < n->args.len; i++) {
		value v = cel_run_node(r, n->args.ptr[i]);
		if (v.kind == V_BOOL && v.boolean == decides)
			return v;
		if (v.kind == V_BOOL || error.kind == V_ERROR)
			continue;
		error = v.kind == V_ERROR ? v : cel_no_overload(r, n->args.ptr[i], decides ? "_||_" : "_&&_", &v, 1);
		error_at = r->error_at;
	}
	if (error.kind != V_ERROR)
		return value_bool(!decides);
	r->error_at = error_at;
	return error;
}

static value run_not(cel_run *r, const cel_node *n)
{
	value v = cel_run_node(r, n->target);
	if (v.kind == V_ERROR)
		return v;
	return v.kind == V_BOOL ? value_bool(!v.boolean) : cel_no_overload(r, n, "!_", &v, 1);
}

static value run_negate(cel_run *r, const cel_node *n)
{
	value v = cel_run_node(r, n->target);
	return v.kind == V_ERROR ? v : cel_run_negate(r, n, v);
}

static value run_binary(cel_run *r, const cel_node *n)
{
	value a = cel_run_node(r, n->args.ptr[0]);
	if (a.kind == V_ERROR)
		return a;
	value b = cel_run_node(r, n->args.ptr[1]);
	return b.kind == V_ERROR ? b : cel_run_binary(r, n, a, b);
}

static value run_condition(cel_run *r, const cel_node *n)
{
	value test = cel_run_node(r, n->args.ptr[0]);
	if (test.kind == V_ERROR)
		return test;
	if (test.kind != V_BOOL)
		return cel_no_overload(r, n, "_?_:_", &test, 1);
	return cel_run_node(r, n->args.ptr[test.boolean ? 1 : 2]);
}

static value run_list(cel_run *r, const cel_node *n)
{
	value list = cel_charge(r, n->args.len) ? value_new_list(r->scratch, n->args.len) : V_NONE;
	for (size_t i = 0; list.kind == V_LIST && i < list.list.len; i++) {
		value v = cel_run_node(r, n->args.ptr[i]);
		if (v.kind == V_ERROR)
			return v;
		list.list.ptr[i] = v;
	}
	return list;
}

static value run_map(cel_run *r, const cel_node *n)
{
	value map = value_new_map(r->scratch);
	for (size_t i = 0; map.kind == V_MAP && cel_charge(r, ITEM_COST) && i + 1 < n->args.len; i += 2) {
		value key = cel_run_node(r, n->args.ptr[i]);
		if (key.kind == V_ERROR)
			return key;
		if (key.kind != V_BOOL && key.kind != V_INT && key.kind != V_UINT && key.kind != V_STRING)
			return cel_error(r, n->args.ptr[i],
				arena_printf(r->scratch, "unsupported key type: %.*s", STRF(cel_type_name_of(key))));
		if (cel_find_key(r, map, key))
			return cel_error(r, n->args.ptr[i], STR("the key is there already"));
		value v = cel_run_node(r, n->args.ptr[i + 1]);
		if (v.kind == V_ERROR)
			return v;
		value_append(r->scratch, map.map, key, v);
	}
	return map;
}

static value unknown_name(cel_run *r, const cel_node *n)
{
	return cel_error(r, n, arena_printf(r->scratch, "undeclared reference to '%.*s'", STRF(n->name)));
}

static value run_variable(cel_run *r, const cel_node *n)
{
	value v = r->bindings[n->slot];
	return v.kind == V_ERROR ? cel_error(r, n, v.string) : v;
}

value cel_run_node(cel_run *r, const cel_node *n)
{
	if (!cel_charge(r, 1))
		return cel_error(r, n, STR("the evaluation takes too long"));
	switch (n->kind) {
	case NODE_CONST:
		return n->constant;
	case NODE_IDENT:
		return unknown_name(r, n);
	case NODE_VARIABLE:
		return run_variable(r, n);
	case NODE_LOCAL:
		return r->locals[n->slot];
	case NODE_SELECT:
		return run_select(r, n);
	case NODE_HAS:
		return run_has(r, n);
	case NODE_INDEX:
		return run_index(r, n);
	case NODE_AND:
		return run_logic(r, n, false);
	case NODE_OR:
		return run_logic(r, n, true);
	case NODE_NOT:
		return run_not(r, n);
	case NODE_NEGATE:
		return run_negate(r, n);
	case NODE_BINARY:
		return run_binary(r, n);
	case NODE_CONDITION:
		return run_condition(r, n);
	case NODE_CALL:
		return cel_run_call(r, n);
	case NODE_LIST:
		return run_list(r, n);
	case NODE_MAP:
		return run_map(r, n);
	case NODE_MACRO:
		return cel_run_macro(r, n);
	}
	return V_NONE;
}

void cel_run_begin(cel_run *r, const cel_program *p, const value *bindings, arena *scratch)
{
	r->scratch = scratch;
	r->bindings = bindings;
	r->steps = 0;
	r->error_at = 0;
	r->matcher = p->matcher;
	r->zones = p->zones;
}

value cel_eval(const cel_program *p, const value *bindings, arena *scratch, size_t *error_at)
{
	cel_run r;
	cel_run_begin(&r, p, bindings, scratch);
	value v = cel_run_node(&r, p->root);
	if (scratch->failed)
		v = (value){ .kind = V_ERROR, .string = STR("out of memory") };
	else if (r.steps > CEL_STEPS_MAX)
		v = (value){ .kind = V_ERROR, .string = STR("the evaluation takes too long") };
	if (error_at)
		*error_at = v.kind == V_ERROR ? r.error_at : 0;
	return v;
}
