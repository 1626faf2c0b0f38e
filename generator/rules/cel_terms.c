#include "rules/cel_terms.h"

#include "rules/cel_ast.h"

#include <math.h>

typedef VEC(cel_term) vec_term;

typedef struct {
	arena *arena;
	vec_term terms;
	VEC(cel_node *) rest;
} splitter;

static bool term_of(term_op *out, cel_op op)
{
	static const term_op ops[] = { [OP_EQUAL] = TERM_EQUAL,
		[OP_UNEQUAL] = TERM_UNEQUAL,
		[OP_LESS] = TERM_LESS,
		[OP_LESS_EQUAL] = TERM_LESS_EQUAL,
		[OP_GREATER] = TERM_GREATER,
		[OP_GREATER_EQUAL] = TERM_GREATER_EQUAL };
	if (op > OP_GREATER_EQUAL)
		return false;
	*out = ops[op];
	return true;
}

/* constant op field, read from the other side */
static term_op turned(term_op op)
{
	static const term_op ops[] = { [TERM_EQUAL] = TERM_EQUAL,
		[TERM_UNEQUAL] = TERM_UNEQUAL,
		[TERM_LESS] = TERM_GREATER,
		[TERM_LESS_EQUAL] = TERM_GREATER_EQUAL,
		[TERM_GREATER] = TERM_LESS,
		[TERM_GREATER_EQUAL] = TERM_LESS_EQUAL };
	return ops[op];
}

/* A field of the record that `owner` stands for. */
static bool is_field(const cel_node *n, cel_node_kind owner, uint32_t slot)
{
	return n->kind == NODE_SELECT && n->slot && n->target->kind == owner &&
		   (owner != NODE_LOCAL || n->target->slot == slot) && n->target->type.kind == CEL_RECORD;
}

/* The constant as one that a field of that type is compared with. Numbers are doubles, as in CEL. */
static bool constant_for(value *out, cel_kind field, const cel_node *n)
{
	value v = n->constant;
	if (n->kind != NODE_CONST)
		return false;
	if (field == CEL_DOUBLE && (v.kind == V_INT || v.kind == V_UINT))
		v = value_double(v.kind == V_INT ? (double)v.integer : (double)v.uinteger);
	*out = v;
	return (field == CEL_DOUBLE && v.kind == V_DOUBLE && isfinite(v.number)) ||
		   (field == CEL_STRING && v.kind == V_STRING) || (field == CEL_BOOL && v.kind == V_BOOL);
}

static void place(cel_term *t, const cel_node *field, const cel_node *whole)
{
	t->variable = field->target->slot;
	t->field = field->slot - 1;
	t->from = whole->from;
	t->to = whole->to;
}

/* `field op constant`, the other way round, `flag` or `!flag`. */
static bool comparison(cel_term *out, const cel_node *n, cel_node_kind owner, uint32_t slot)
{
	*out = (cel_term){ .op = TERM_EQUAL };
	const cel_node *flag = n->kind == NODE_NOT ? n->target : n;
	if (is_field(flag, owner, slot) && flag->type.kind == CEL_BOOL) {
		out->constant = value_bool(n->kind != NODE_NOT);
		place(out, flag, n);
		return true;
	}
	if (n->kind != NODE_BINARY || !term_of(&out->op, n->op))
		return false;
	bool swapped = !is_field(n->args.ptr[0], owner, slot);
	const cel_node *field = n->args.ptr[swapped], *constant = n->args.ptr[!swapped];
	if (!is_field(field, owner, slot) || !constant_for(&out->constant, field->type.kind, constant))
		return false;
	if (out->constant.kind != V_DOUBLE && out->op > TERM_UNEQUAL)
		return false;
	if (swapped)
		out->op = turned(out->op);
	place(out, field, n);
	return true;
}

static bool is_key(const cel_term *t, const record_type *type)
{
	return t->op == TERM_EQUAL && t->constant.kind == V_STRING &&
		   str_eq(type->fields[t->field].name, STR("id"));
}

static bool add_body(splitter *s, const cel_node *body, uint32_t local, vec_term *out)
{
	cel_term t;
	if (body->kind == NODE_AND) {
		for (size_t i = 0; i < body->args.len; i++)
			if (!add_body(s, body->args.ptr[i], local, out))
				return false;
		return true;
	}
	if (!comparison(&t, body, NODE_LOCAL, local))
		return false;
	vec_push(s->arena, out, t);
	return true;
}

/* list.exists(x, x.id == 'a' && x.share >= 0.5) */
static bool add_picked(splitter *s, const cel_node *n)
{
	if (n->kind != NODE_MACRO || n->macro != MACRO_EXISTS || n->target->kind != NODE_VARIABLE)
		return false;
	const record_type *type = cel_element(n->target->type).record;
	vec_term body = { 0 };
	if (!type || !add_body(s, n->args.ptr[0], n->slot, &body))
		return false;
	const cel_term *key = NULL;
	EACH (const cel_term, t, body)
		if (!key && is_key(t, type))
			key = t;
	if (!key)
		return false;
	EACH (cel_term, t, body) {
		if (t == key && body.len > 1)
			continue;
		cel_term one = *t;
		one.variable = n->target->slot;
		one.picks = true;
		one.key = key->field;
		one.id = key->constant.string;
		vec_push(s->arena, &s->terms, one);
	}
	return true;
}

static void take(splitter *s, cel_node *n)
{
	cel_term t;
	if (n->kind == NODE_AND) {
		for (size_t i = 0; i < n->args.len; i++)
			take(s, n->args.ptr[i]);
		return;
	}
	if (n->kind == NODE_CONST && n->constant.kind == V_BOOL && n->constant.boolean)
		return;
	if (comparison(&t, n, NODE_VARIABLE, 0))
		vec_push(s->arena, &s->terms, t);
	else if (!add_picked(s, n))
		vec_push(s->arena, &s->rest, n);
}

static uint64_t variables_of(const cel_node *n)
{
	uint64_t out = n->kind == NODE_VARIABLE && n->slot < 64 ? (uint64_t)1 << n->slot : 0;
	if (n->target)
		out |= variables_of(n->target);
	for (size_t i = 0; i < n->args.len; i++)
		out |= variables_of(n->args.ptr[i]);
	return out;
}

static const cel_program *remaining(splitter *s, const cel_program *p)
{
	cel_program *out = s->rest.len ? NEW(s->arena, cel_program) : NULL;
	cel_node *all = s->rest.len > 1 ? NEW(s->arena, cel_node) : NULL;
	if (!out || (s->rest.len > 1 && !all))
		return NULL;
	*out = *p;
	out->root = s->rest.ptr[0];
	if (all) {
		*all = *p->root; /* a conjunction, since there is more than one */
		all->args.ptr = s->rest.ptr;
		all->args.len = s->rest.len;
		out->root = all;
	}
	return out;
}

void cel_split_terms(cel_split *out, const cel_program *p, arena *a)
{
	splitter s = { .arena = a };
	take(&s, p->root);
	*out = (cel_split){ .terms = { .ptr = s.terms.ptr, .len = s.terms.len }, .rest = remaining(&s, p) };
	EACH (cel_node *, n, s.rest)
		out->rest_variables |= variables_of(*n);
}

typedef VEC(const cel_program *) vec_program;

static void add_conjuncts(vec_program *out, const cel_program *p, cel_node *n, arena *a)
{
	if (n->kind == NODE_AND) {
		for (size_t i = 0; i < n->args.len; i++)
			add_conjuncts(out, p, n->args.ptr[i], a);
		return;
	}
	cel_program *one = NEW(a, cel_program);
	if (!one)
		return;
	*one = *p;
	one->root = n;
	vec_push(a, out, one);
}

list_cel_program cel_conjuncts(const cel_program *p, arena *a)
{
	vec_program out = { 0 };
	add_conjuncts(&out, p, p->root, a);
	return (list_cel_program){ .ptr = out.ptr, .len = out.len };
}

str cel_part_text(const cel_program *p)
{
	return str_sub(p->text.text, p->root->from, p->root->to - p->root->from);
}
