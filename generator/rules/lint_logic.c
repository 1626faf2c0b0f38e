#include "rules/lint_logic.h"

#include <math.h>

#define EXACT_MAX \
	9007199254740992.0 /* 2^53: whole numbers below are doubles, and no other becomes one of them */

typedef VEC(conjunction) vec_ways;
typedef VEC(value) vec_constant;

static formula unknown(void)
{
	return (formula){ .known = false };
}

static formula constant(arena *a, bool holds)
{
	formula out = { .known = true };
	out.ways.ptr = holds ? NEW(a, conjunction) : NULL;
	out.ways.len = out.ways.ptr ? 1 : 0;
	out.known = !a->failed;
	return out;
}

static formula of_atom(arena *a, atom one)
{
	formula out = constant(a, true);
	atom *copy = NEW(a, atom);
	if (!out.known || !copy)
		return unknown();
	*copy = one;
	out.ways.ptr[0] = (conjunction){ .ptr = copy, .len = 1 };
	return out;
}

/* ---- whether atoms can hold together */

static bool same_constant(value x, value y)
{
	return x.kind == y.kind && (x.kind == V_STRING ? str_eq(x.string, y.string) : x.number == y.number);
}

static bool accepts(const atom *one, value v)
{
	bool listed = false;
	for (size_t i = 0; i < one->values.len && !listed; i++)
		listed = same_constant(one->values.ptr[i], v);
	switch (one->op) {
	case ATOM_IN:
		return listed;
	case ATOM_NOT_IN:
		return !listed;
	case ATOM_LESS:
		return v.kind != V_DOUBLE || v.number < one->number;
	case ATOM_LESS_EQUAL:
		return v.kind != V_DOUBLE || v.number <= one->number;
	case ATOM_GREATER:
		return v.kind != V_DOUBLE || v.number > one->number;
	case ATOM_GREATER_EQUAL:
		return v.kind != V_DOUBLE || v.number >= one->number;
	case ATOM_TRUE:
	case ATOM_FALSE:
		break;
	}
	return true;
}

static bool in_domain(const domain *d, value v)
{
	if (v.kind == V_DOUBLE)
		return v.number >= d->low && v.number <= d->high && !(d->above && v.number == d->low) &&
			   !(d->whole && v.number != floor(v.number));
	for (size_t i = 0; i < d->word_count; i++)
		if (str_eq(d->words[i], v.string))
			return true;
	return d->word_count == 0;
}

/* All atoms of the group, from `first` on, take the value. */
static bool group_accepts(const conjunction *c, size_t first, value v)
{
	for (size_t i = first; i < c->len; i++)
		if (str_eq(c->ptr[i].key, c->ptr[first].key) && !accepts(&c->ptr[i], v))
			return false;
	return true;
}

typedef struct {
	double low, high;
	bool above, below; /* the bound itself is out */
} interval;

static void narrow(interval *i, const atom *one)
{
	bool from_below = one->op == ATOM_GREATER || one->op == ATOM_GREATER_EQUAL;
	bool from_above = one->op == ATOM_LESS || one->op == ATOM_LESS_EQUAL;
	bool open = one->op == ATOM_GREATER || one->op == ATOM_LESS;
	if (from_below && (one->number > i->low || (one->number == i->low && open))) {
		i->low = one->number;
		i->above = open;
	}
	if (from_above && (one->number < i->high || (one->number == i->high && open))) {
		i->high = one->number;
		i->below = open;
	}
}

static bool interval_possible(const conjunction *c, size_t first, const domain *d)
{
	interval in = { .low = d->low, .high = d->high, .above = d->above };
	for (size_t i = first; i < c->len; i++)
		if (str_eq(c->ptr[i].key, c->ptr[first].key))
			narrow(&in, &c->ptr[i]);
	if (d->whole) {
		in.low = in.above ? floor(in.low) + 1 : ceil(in.low);
		in.high = in.below ? ceil(in.high) - 1 : floor(in.high);
		in.above = in.below = false;
	}
	if (in.low == in.high && !in.above && !in.below)
		return group_accepts(c, first, value_double(in.low));
	return in.low < in.high;
}

/* The atoms that speak of the same as number `first`, which is the first of them. */
static bool group_possible(const conjunction *c, size_t first)
{
	const atom *set = NULL;
	bool yes = false, no = false;
	for (size_t i = first; i < c->len; i++) {
		const atom *one = &c->ptr[i];
		if (!str_eq(one->key, c->ptr[first].key))
			continue;
		yes |= one->op == ATOM_TRUE;
		no |= one->op == ATOM_FALSE;
		if (one->op == ATOM_IN && (!set || one->values.len < set->values.len))
			set = one;
	}
	if (yes || no)
		return !(yes && no);
	domain d = domain_of(c->ptr[first].subject);
	if (set) {
		for (size_t i = 0; i < set->values.len; i++)
			if (in_domain(&d, set->values.ptr[i]) && group_accepts(c, first, set->values.ptr[i]))
				return true;
		return false;
	}
	for (size_t i = 0; i < d.word_count; i++)
		if (group_accepts(c, first, value_string(d.words[i])))
			return true;
	if (d.word_count)
		return false;
	return c->ptr[first].subject->type.kind == CEL_STRING || interval_possible(c, first, &d);
}

static bool possible(logic *b, const conjunction *c)
{
	for (size_t i = 0; i < c->len; i++) {
		bool leads = true;
		for (size_t k = 0; k < i && leads; k++)
			leads = !str_eq(c->ptr[k].key, c->ptr[i].key);
		b->work += i + 1;
		if (leads && !group_possible(c, i))
			return false;
	}
	return true;
}

/* ---- and, or */

static bool same_atom(const atom *x, const atom *y)
{
	if (x->op != y->op || x->number != y->number || x->values.len != y->values.len || !str_eq(x->key, y->key))
		return false;
	for (size_t i = 0; i < x->values.len; i++)
		if (!same_constant(x->values.ptr[i], y->values.ptr[i]))
			return false;
	return true;
}

/* Both ways at once, without repeating atoms. */
static conjunction join(logic *b, const conjunction *x, const conjunction *y)
{
	conjunction out = { .ptr = NEWN(b->arena, atom, x->len + y->len) };
	for (size_t i = 0; out.ptr && i < x->len + y->len; i++) {
		const atom *one = i < x->len ? &x->ptr[i] : &y->ptr[i - x->len];
		bool there = false;
		for (size_t k = 0; k < out.len && !there; k++)
			there = same_atom(&out.ptr[k], one);
		if (!there)
			out.ptr[out.len++] = *one;
	}
	return out;
}

static formula all_of(logic *b, const formula *x, const formula *y)
{
	/* What cannot hold decides, even beside what is not known. */
	if ((x->known && x->ways.len == 0) || (y->known && y->ways.len == 0))
		return constant(b->arena, false);
	if (!x->known || !y->known)
		return unknown();
	vec_ways ways = { 0 };
	EACH (conjunction, one, x->ways)
		EACH (conjunction, two, y->ways) {
			if (b->work > b->most || one->len + two->len > LOGIC_ATOMS_MAX)
				return unknown();
			b->work++;
			conjunction both = join(b, one, two);
			if (possible(b, &both))
				vec_push(b->arena, &ways, both);
			if (ways.len > LOGIC_WAYS_MAX)
				return unknown();
		}
	return (formula){ .known = !b->arena->failed, .ways = { .ptr = ways.ptr, .len = ways.len } };
}

static formula build(logic *b, const cel_node *n, bool negated);

static bool is_simple(const cel_node *n)
{
	return n->kind != NODE_AND && n->kind != NODE_OR && n->kind != NODE_NOT;
}

/* Simple parts come first: they cost least, and what they exclude need not be multiplied out. */
static formula build_all(logic *b, const cel_node *n, bool negated)
{
	formula out = constant(b->arena, true);
	for (int simple = 1; simple >= 0; simple--)
		for (size_t i = 0; i < n->args.len && !(out.known && out.ways.len == 0); i++) {
			if (is_simple(n->args.ptr[i]) != simple)
				continue;
			formula next = build(b, n->args.ptr[i], negated);
			out = all_of(b, &out, &next);
		}
	return out;
}

static formula build_any(logic *b, const cel_node *n, bool negated)
{
	vec_ways ways = { 0 };
	bool known = true;
	for (size_t i = 0; i < n->args.len; i++) {
		formula one = build(b, n->args.ptr[i], negated);
		EACH (conjunction, way, one.ways) {
			if (one.known && way->len == 0)
				return one; /* holds always */
			if (ways.len <= LOGIC_WAYS_MAX)
				vec_push(b->arena, &ways, *way);
		}
		known &= one.known;
	}
	if (!known || ways.len > LOGIC_WAYS_MAX || b->arena->failed)
		return unknown();
	return (formula){ .known = true, .ways = { .ptr = ways.ptr, .len = ways.len } };
}

/* ---- comparisons */

static bool is_comparable(const cel_node *n)
{
	if (n->type.kind == CEL_STRING || n->type.kind == CEL_INT || n->type.kind == CEL_UINT)
		return true;
	/* Only a field is known not to be NaN, of which neither x < 1 nor x >= 1 is true. */
	return n->type.kind == CEL_DOUBLE && n->kind == NODE_SELECT && n->target->type.kind == CEL_RECORD;
}

const cel_node *comparison_subject(const cel_node *n, const cel_node **constant_node)
{
	if (n->kind != NODE_BINARY || n->op > OP_IN || n->args.len != 2)
		return NULL;
	const cel_node *left = n->args.ptr[0], *right = n->args.ptr[1];
	bool swapped = left->kind == NODE_CONST && n->op != OP_IN;
	*constant_node = swapped ? left : right;
	const cel_node *subject = swapped ? right : left;
	return (*constant_node)->kind == NODE_CONST && subject->kind != NODE_CONST ? subject : NULL;
}

/* A constant as it is kept in atoms. False if it is of another type than the subject, or not exact. */
static bool take_constant(value *out, const cel_node *subject, value v)
{
	if (subject->type.kind == CEL_STRING) {
		*out = v;
		return v.kind == V_STRING;
	}
	if (v.kind == V_INT)
		*out = value_double((double)v.integer);
	else if (v.kind == V_UINT)
		*out = value_double((double)v.uinteger);
	else
		*out = v;
	return out->kind == V_DOUBLE && (v.kind == V_DOUBLE || fabs(out->number) < EXACT_MAX);
}

static bool take_set(arena *a, vec_constant *out, const cel_node *subject, value v)
{
	value one;
	size_t count = v.kind == V_LIST ? v.list.len : 1;
	if (count > LOGIC_SET_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!take_constant(&one, subject, v.kind == V_LIST ? v.list.ptr[i] : v))
			return false;
		if (one.kind != V_DOUBLE || !isnan(one.number)) /* nothing is equal to NaN */
			vec_push(a, out, one);
	}
	return true;
}

static formula opaque(logic *b, const cel_node *n, bool negated)
{
	return of_atom(b->arena,
		(atom){ .subject = n, .key = node_key(b->arena, n), .op = negated ? ATOM_FALSE : ATOM_TRUE });
}

static formula build_set(logic *b, const cel_node *n, const cel_node *subject, value v, bool negated)
{
	vec_constant values = { 0 };
	if (!take_set(b->arena, &values, subject, v))
		return opaque(b, n, negated);
	if (values.len == 0)
		return constant(b->arena, negated);
	atom one = { .subject = subject,
		.key = node_key(b->arena, subject),
		.op = negated ? ATOM_NOT_IN : ATOM_IN,
		.values = { .ptr = values.ptr, .len = values.len } };
	conjunction alone = { .ptr = &one, .len = 1 };
	return possible(b, &alone) ? of_atom(b->arena, one) : constant(b->arena, false);
}

static atom_op order_op(cel_op op, bool swapped, bool negated)
{
	bool less = (op == OP_LESS || op == OP_LESS_EQUAL) != swapped;
	bool equal = (op == OP_LESS_EQUAL || op == OP_GREATER_EQUAL) != negated;
	if (less != negated)
		return equal ? ATOM_LESS_EQUAL : ATOM_LESS;
	return equal ? ATOM_GREATER_EQUAL : ATOM_GREATER;
}

static formula build_comparison(logic *b, const cel_node *n, bool negated)
{
	const cel_node *with;
	const cel_node *subject = comparison_subject(n, &with);
	if (!subject)
		return opaque(b, n, negated);
	bool equality = n->op == OP_EQUAL || n->op == OP_UNEQUAL;
	if (equality && with->constant.kind == V_BOOL && subject->type.kind == CEL_BOOL)
		return build(b, subject, negated != (with->constant.boolean == (n->op == OP_UNEQUAL)));
	if (!is_comparable(subject) || (n->op == OP_IN && with->constant.kind != V_LIST))
		return opaque(b, n, negated);
	if (equality || n->op == OP_IN)
		return build_set(b, n, subject, with->constant, negated != (n->op == OP_UNEQUAL));
	value v;
	if (subject->type.kind == CEL_STRING || !take_constant(&v, subject, with->constant))
		return opaque(b, n, negated);
	if (isnan(v.number))
		return constant(b->arena, negated);
	atom one = { .subject = subject,
		.key = node_key(b->arena, subject),
		.op = order_op(n->op, with == n->args.ptr[0], negated),
		.number = v.number };
	conjunction alone = { .ptr = &one, .len = 1 };
	return possible(b, &alone) ? of_atom(b->arena, one) : constant(b->arena, false);
}

/* x != y and !(x == y) are one atom, x > y and y < x another. */
static formula build_binary(logic *b, const cel_node *n, bool negated)
{
	const cel_node *with;
	if (comparison_subject(n, &with) || n->args.len != 2)
		return build_comparison(b, n, negated);
	cel_node *plain = NEW(b->arena, cel_node);
	cel_node **sides = NEWN(b->arena, cel_node *, 2);
	if (!plain || !sides)
		return unknown();
	*plain = *n;
	bool swap = n->op == OP_GREATER || n->op == OP_GREATER_EQUAL;
	sides[0] = n->args.ptr[swap];
	sides[1] = n->args.ptr[!swap];
	plain->args.ptr = sides;
	plain->op = n->op == OP_UNEQUAL         ? OP_EQUAL
				: n->op == OP_GREATER       ? OP_LESS
				: n->op == OP_GREATER_EQUAL ? OP_LESS_EQUAL
											: n->op;
	return opaque(b, plain, negated != (n->op == OP_UNEQUAL));
}

/* No element can pass a condition that never holds, and all pass one that always does. */
static formula build_macro(logic *b, const cel_node *n, bool negated)
{
	bool some = n->macro == MACRO_EXISTS || n->macro == MACRO_EXISTS_ONE, all = n->macro == MACRO_ALL;
	if ((some || all) && n->args.len == 1) {
		formula body = build(b, n->args.ptr[0], all);
		if (body.known && body.ways.len == 0)
			return constant(b->arena, all != negated);
	}
	return opaque(b, n, negated);
}

static formula build(logic *b, const cel_node *n, bool negated)
{
	if (b->arena->failed || b->work > b->most)
		return unknown();
	b->work++;
	switch (n->kind) {
	case NODE_CONST:
		return n->constant.kind == V_BOOL ? constant(b->arena, n->constant.boolean != negated) : unknown();
	case NODE_NOT:
		return build(b, n->target, !negated);
	case NODE_AND:
		return negated ? build_any(b, n, true) : build_all(b, n, false);
	case NODE_OR:
		return negated ? build_all(b, n, true) : build_any(b, n, false);
	case NODE_BINARY:
		return build_binary(b, n, negated);
	case NODE_HAS: /* a record has all its fields */
		if (n->target->type.kind == CEL_RECORD)
			return constant(b->arena, !negated);
		break;
	case NODE_MACRO:
		return build_macro(b, n, negated);
	default:
		break;
	}
	return opaque(b, n, negated);
}

formula logic_formula(logic *l, const cel_node *n, bool negated)
{
	return build(l, n, negated);
}

formula logic_always(logic *l)
{
	return constant(l->arena, true);
}

formula logic_both(logic *l, const formula *x, const formula *y)
{
	return all_of(l, x, y);
}

bool logic_never(logic *l, const cel_node *n, bool negated)
{
	formula f = build(l, n, negated);
	return f.known && f.ways.len == 0;
}

/* ---- implication */

static atom opposite(atom one)
{
	static const atom_op ops[] = { [ATOM_IN] = ATOM_NOT_IN,
		[ATOM_NOT_IN] = ATOM_IN,
		[ATOM_LESS] = ATOM_GREATER_EQUAL,
		[ATOM_LESS_EQUAL] = ATOM_GREATER,
		[ATOM_GREATER] = ATOM_LESS_EQUAL,
		[ATOM_GREATER_EQUAL] = ATOM_LESS,
		[ATOM_TRUE] = ATOM_FALSE,
		[ATOM_FALSE] = ATOM_TRUE };
	one.op = ops[one.op];
	return one;
}

/* Every atom of `y` follows from `x`: its opposite is impossible beside it. */
static bool way_implies(logic *b, const conjunction *x, const conjunction *y)
{
	atom all[LOGIC_ATOMS_MAX + 1];
	if (x->len > LOGIC_ATOMS_MAX)
		return false;
	for (size_t i = 0; i < x->len; i++)
		all[i] = x->ptr[i];
	for (size_t i = 0; i < y->len; i++) {
		all[x->len] = opposite(y->ptr[i]);
		conjunction both = { .ptr = all, .len = x->len + 1 };
		if (b->work > b->most || possible(b, &both))
			return false;
	}
	return true;
}

bool logic_implies(logic *l, const formula *a, const formula *b)
{
	if (!a->known || !b->known)
		return false;
	EACH (conjunction, way, a->ways) {
		bool found = false;
		for (size_t i = 0; i < b->ways.len && !found; i++)
			found = way_implies(l, way, &b->ways.ptr[i]);
		if (!found)
			return false;
	}
	return true;
}
