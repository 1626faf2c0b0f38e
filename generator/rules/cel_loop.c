/* Macros at work: all, exists, exists_one, map and filter over a list or the keys of a map. */
#include "rules/cel_run.h"

/* What a loop goes over. */
typedef struct {
	const value *items;
	const value_pair *pairs;
	size_t len;
} range;

static bool open_range(range *out, value v)
{
	*out = (range){ 0 };
	if (v.kind == V_LIST) {
		out->items = v.list.ptr;
		out->len = v.list.len;
	} else if (v.kind == V_MAP && v.map) {
		out->pairs = v.map->pairs.ptr;
		out->len = v.map->pairs.len;
	} else {
		return false;
	}
	return true;
}

static value evaluate(cel_run *r, const cel_node *n, const range *over, size_t i, const cel_node *body)
{
	r->locals[n->slot] = over->items ? over->items[i] : over->pairs[i].key;
	return cel_run_node(r, body);
}

/* The condition for element i: a bool or an error. */
static value test(cel_run *r, const cel_node *n, const range *over, size_t i)
{
	value v = evaluate(r, n, over, i, n->args.ptr[0]);
	if (v.kind == V_BOOL || v.kind == V_ERROR)
		return v;
	return cel_error(r, n->args.ptr[0],
		arena_printf(r->scratch, "no matching overload: the condition of a macro is a bool, not %.*s",
			STRF(cel_type_name_of(v))));
}

/* exists if `decides` is true, all if it is false; like || and && over the elements. */
static value run_quantifier(cel_run *r, const cel_node *n, const range *over, bool decides)
{
	value error = V_NONE;
	size_t error_at = 0;
	for (size_t i = 0; i < over->len && cel_charge(r, 0); i++) {
		value v = test(r, n, over, i);
		if (v.kind == V_BOOL && v.boolean == decides)
			return v;
		if (v.kind == V_ERROR && error.kind != V_ERROR) {
			error = v;
			error_at = r->error_at;
		}
	}
	if (error.kind != V_ERROR)
		return value_bool(!decides);
	r->error_at = error_at;
	return error;
}

static value run_count(cel_run *r, const cel_node *n, const range *over)
{
	int64_t count = 0;
	for (size_t i = 0; i < over->len && cel_charge(r, 0); i++) {
		value v = test(r, n, over, i);
		if (v.kind == V_ERROR)
			return v;
		count += v.boolean;
	}
	return value_int(count);
}

static value run_collect(cel_run *r, const cel_node *n, const range *over)
{
	vec_value out = { 0 };
	const cel_node *transform = n->macro == MACRO_FILTER ? NULL : n->args.ptr[n->args.len - 1];
	for (size_t i = 0; i < over->len && cel_charge(r, 0); i++) {
		value keep = n->macro == MACRO_MAP ? value_bool(true) : test(r, n, over, i);
		if (keep.kind == V_ERROR)
			return keep;
		if (!keep.boolean)
			continue;
		value v = transform ? evaluate(r, n, over, i, transform) : r->locals[n->slot];
		if (v.kind == V_ERROR)
			return v;
		cel_charge(r, 1);
		vec_push(r->scratch, &out, v);
	}
	return value_of(out);
}

value cel_run_macro(cel_run *r, const cel_node *n)
{
	value target = cel_run_node(r, n->target);
	range over;
	if (target.kind == V_ERROR)
		return target;
	if (!open_range(&over, target))
		return cel_error(r, n,
			arena_printf(r->scratch, "no matching overload: macros run over a list or a map, not %.*s",
				STRF(cel_type_name_of(target))));
	switch (n->macro) {
	case MACRO_ALL:
		return run_quantifier(r, n, &over, false);
	case MACRO_EXISTS:
		return run_quantifier(r, n, &over, true);
	case MACRO_EXISTS_ONE:
	case MACRO_COUNT: {
		value count = run_count(r, n, &over);
		bool one = n->macro == MACRO_EXISTS_ONE && count.kind == V_INT;
		return one ? value_bool(count.integer == 1) : count;
	}
	default:
		return run_collect(r, n, &over);
	}
}
