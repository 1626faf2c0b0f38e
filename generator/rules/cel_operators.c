/* Arithmetic, equality, order and membership. Integers never wrap: what does not fit is an error. */
#include "rules/cel_run.h"

#include <math.h>
#include <string.h>

#define TWO_63 9223372036854775808.0
#define TWO_64 18446744073709551616.0

static cel_order order_of(bool less, bool greater)
{
	return less ? ORDER_LESS : greater ? ORDER_GREATER : ORDER_EQUAL;
}

static cel_order compare_doubles(double a, double b)
{
	if (isnan(a) || isnan(b))
		return ORDER_NONE;
	return order_of(a<b, a> b);
}

/* As CEL has it: beyond the range of the integer the double decides; inside, the integer counts as a double.
 */
static cel_order compare_with_double(value a, double b)
{
	if (isnan(b))
		return ORDER_NONE;
	if (a.kind == V_INT)
		return b < -TWO_63 ? ORDER_GREATER : b > TWO_63 ? ORDER_LESS : compare_doubles((double)a.integer, b);
	return b < 0 ? ORDER_GREATER : b > TWO_64 ? ORDER_LESS : compare_doubles((double)a.uinteger, b);
}

static cel_order turned(cel_order o)
{
	return o == ORDER_LESS ? ORDER_GREATER : o == ORDER_GREATER ? ORDER_LESS : o;
}

static bool is_numeric(value v)
{
	return v.kind == V_INT || v.kind == V_UINT || v.kind == V_DOUBLE;
}

static cel_order compare_numbers(value a, value b)
{
	if (a.kind == V_DOUBLE)
		return b.kind == V_DOUBLE ? compare_doubles(a.number, b.number)
								  : turned(compare_with_double(b, a.number));
	if (b.kind == V_DOUBLE)
		return compare_with_double(a, b.number);
	if (a.kind == V_INT && b.kind == V_INT)
		return order_of(a.integer<b.integer, a.integer> b.integer);
	if (a.kind == V_INT && a.integer < 0)
		return ORDER_LESS;
	if (b.kind == V_INT && b.integer < 0)
		return ORDER_GREATER;
	uint64_t x = a.kind == V_INT ? (uint64_t)a.integer : a.uinteger;
	uint64_t y = b.kind == V_INT ? (uint64_t)b.integer : b.uinteger;
	return order_of(x<y, x> y);
}

cel_order cel_compare(value a, value b)
{
	if (is_numeric(a) && is_numeric(b))
		return compare_numbers(a, b);
	if (a.kind != b.kind)
		return ORDER_MISMATCH;
	switch (a.kind) {
	case V_BOOL:
		return order_of(a.boolean<b.boolean, a.boolean> b.boolean);
	case V_STRING:
	case V_BYTES: {
		int order = str_cmp(a.string, b.string);
		return order_of(order<0, order> 0);
	}
	case V_TIMESTAMP:
	case V_DURATION:
		if (a.time.seconds != b.time.seconds)
			return order_of(a.time.seconds < b.time.seconds, true);
		return order_of(a.time.nanos<b.time.nanos, a.time.nanos> b.time.nanos);
	default:
		return ORDER_MISMATCH;
	}
}

const value *cel_find_key(cel_run *r, value map, value key)
{
	if (key.kind == V_STRING)
		return cel_charge(r, key.string.len / 64) ? value_get(map, key.string) : NULL;
	if (map.kind != V_MAP || !map.map || !cel_charge(r, map.map->pairs.len))
		return NULL;
	EACH (value_pair, pair, map.map->pairs)
		if (pair->key.kind != V_STRING && cel_compare(pair->key, key) == ORDER_EQUAL)
			return &pair->value;
	return NULL;
}

static bool equal_lists(cel_run *r, value_list a, value_list b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (!cel_equal(r, a.ptr[i], b.ptr[i]))
			return false;
	return true;
}

static bool equal_maps(cel_run *r, value a, value b)
{
	if (!a.map || !b.map)
		return a.map == b.map;
	if (a.map->pairs.len != b.map->pairs.len)
		return false;
	EACH (value_pair, pair, a.map->pairs) {
		const value *other = cel_find_key(r, b, pair->key);
		if (!other || !cel_equal(r, pair->value, *other))
			return false;
	}
	return true;
}

static bool equal_records(cel_run *r, value a, value b)
{
	const value *x = a.record.ptr, *y = b.record.ptr;
	if (a.record.type != b.record.type)
		return false;
	for (size_t i = 0; x != y && a.record.type && i < a.record.type->field_count; i++)
		if (!cel_equal(r, x[i], y[i]))
			return false;
	return true;
}

/* Comparing texts is worth a step for every 64 bytes of the shorter one. */
static bool charge_comparison(cel_run *r, value a, value b)
{
	bool texts = a.kind == b.kind && (a.kind == V_STRING || a.kind == V_BYTES);
	size_t shorter = !texts ? 0 : a.string.len < b.string.len ? a.string.len : b.string.len;
	return cel_charge(r, 1 + shorter / 64);
}

bool cel_equal(cel_run *r, value a, value b)
{
	if (!charge_comparison(r, a, b))
		return false;
	if (is_numeric(a) && is_numeric(b))
		return compare_numbers(a, b) == ORDER_EQUAL;
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case V_NULL:
		return true;
	case V_TYPE:
		return str_eq(a.string, b.string);
	case V_LIST:
		return equal_lists(r, a.list, b.list);
	case V_MAP:
		return equal_maps(r, a, b);
	case V_RECORD:
		return equal_records(r, a, b);
	default:
		return cel_compare(a, b) == ORDER_EQUAL;
	}
}

static value overflow(cel_run *r, const cel_node *n)
{
	return cel_error(r, n, STR("integer overflow: the result does not fit in 64 bits"));
}

static value by_zero(cel_run *r, const cel_node *n)
{
	return cel_error(r, n, n->op == OP_MODULO ? STR("modulus by zero") : STR("division by zero"));
}

static value run_ints(cel_run *r, const cel_node *n, int64_t a, int64_t b)
{
	int64_t out = 0;
	bool bad = false;
	switch (n->op) {
	case OP_ADD:
		bad = __builtin_add_overflow(a, b, &out);
		break;
	case OP_SUBTRACT:
		bad = __builtin_sub_overflow(a, b, &out);
		break;
	case OP_MULTIPLY:
		bad = __builtin_mul_overflow(a, b, &out);
		break;
	default:
		if (b == 0)
			return by_zero(r, n);
		bad = a == INT64_MIN && b == -1;
		if (!bad)
			out = n->op == OP_DIVIDE ? a / b : a % b;
	}
	return bad ? overflow(r, n) : value_int(out);
}

static value run_uints(cel_run *r, const cel_node *n, uint64_t a, uint64_t b)
{
	uint64_t out = 0;
	bool bad = false;
	switch (n->op) {
	case OP_ADD:
		bad = __builtin_add_overflow(a, b, &out);
		break;
	case OP_SUBTRACT:
		bad = __builtin_sub_overflow(a, b, &out);
		break;
	case OP_MULTIPLY:
		bad = __builtin_mul_overflow(a, b, &out);
		break;
	default:
		if (b == 0)
			return by_zero(r, n);
		out = n->op == OP_DIVIDE ? a / b : a % b;
	}
	return bad ? overflow(r, n) : (value){ .kind = V_UINT, .uinteger = out };
}

/* Division by zero is an infinity or not a number, as IEEE 754 has it; spelled out because C leaves it
 * undefined. */
static double divide(double a, double b)
{
	if (b != 0 || isnan(b))
		return a / b;
	if (a == 0 || isnan(a))
		return NAN;
	return !signbit(a) == !signbit(b) ? INFINITY : -INFINITY;
}

static value run_doubles(cel_run *r, const cel_node *n, value a, value b)
{
	switch (n->op) {
	case OP_ADD:
		return value_double(a.number + b.number);
	case OP_SUBTRACT:
		return value_double(a.number - b.number);
	case OP_MULTIPLY:
		return value_double(a.number * b.number);
	case OP_DIVIDE:
		return value_double(divide(a.number, b.number));
	default:
		return cel_no_overload(r, n, cel_op_name(n->op), (value[]){ a, b }, 2);
	}
}

static value join_text(cel_run *r, value a, value b)
{
	size_t len = a.string.len + b.string.len;
	char *joined = cel_charge(r, len / 16) ? NEWN(r->scratch, char, len) : NULL;
	if (joined && a.string.len)
		memcpy(joined, a.string.ptr, a.string.len);
	if (joined && b.string.len)
		memcpy(joined + a.string.len, b.string.ptr, b.string.len);
	return (value){ .kind = a.kind, .string = joined ? (str){ .ptr = joined, .len = len } : STR("") };
}

static value join_lists(cel_run *r, value_list a, value_list b)
{
	if (!cel_charge(r, a.len + b.len))
		return V_NONE;
	value out = value_new_list(r->scratch, a.len + b.len);
	for (size_t i = 0; i < out.list.len; i++)
		out.list.ptr[i] = i < a.len ? a.ptr[i] : b.ptr[i - a.len];
	return out;
}

static value run_times(cel_run *r, const cel_node *n, value a, value b)
{
	value out = { .kind = V_DURATION };
	bool one_stamp = (a.kind == V_TIMESTAMP) != (b.kind == V_TIMESTAMP);
	bool two_stamps = a.kind == V_TIMESTAMP && b.kind == V_TIMESTAMP;
	bool ok = n->op == OP_ADD ? !two_stamps : n->op == OP_SUBTRACT && !(one_stamp && b.kind == V_TIMESTAMP);
	if (!ok)
		return cel_no_overload(r, n, cel_op_name(n->op), (value[]){ a, b }, 2);
	if (one_stamp)
		out.kind = V_TIMESTAMP;
	if (!cel_time_add(&out, a, b, n->op == OP_ADD ? 1 : -1))
		return cel_error(r, n, STR("range error: the time is out of range"));
	return out;
}

static value run_arithmetic(cel_run *r, const cel_node *n, value a, value b)
{
	bool times =
		(a.kind == V_TIMESTAMP || a.kind == V_DURATION) && (b.kind == V_TIMESTAMP || b.kind == V_DURATION);
	if (times)
		return run_times(r, n, a, b);
	if (a.kind == b.kind) {
		switch (a.kind) {
		case V_INT:
			return run_ints(r, n, a.integer, b.integer);
		case V_UINT:
			return run_uints(r, n, a.uinteger, b.uinteger);
		case V_DOUBLE:
			return run_doubles(r, n, a, b);
		case V_STRING:
		case V_BYTES:
			if (n->op == OP_ADD)
				return join_text(r, a, b);
			break;
		case V_LIST:
			if (n->op == OP_ADD)
				return join_lists(r, a.list, b.list);
			break;
		default:
			break;
		}
	}
	return cel_no_overload(r, n, cel_op_name(n->op), (value[]){ a, b }, 2);
}

static value run_in(cel_run *r, const cel_node *n, value a, value b)
{
	if (b.kind == V_MAP)
		return value_bool(cel_find_key(r, b, a) != NULL);
	if (b.kind != V_LIST)
		return cel_no_overload(r, n, "@in", (value[]){ a, b }, 2);
	for (size_t i = 0; i < b.list.len; i++)
		if (cel_equal(r, a, b.list.ptr[i]))
			return value_bool(true);
	return value_bool(false);
}

value cel_run_binary(cel_run *r, const cel_node *n, value a, value b)
{
	if (n->op == OP_EQUAL || n->op == OP_UNEQUAL)
		return value_bool(cel_equal(r, a, b) == (n->op == OP_EQUAL));
	if (n->op == OP_IN)
		return run_in(r, n, a, b);
	if (n->op >= OP_ADD)
		return run_arithmetic(r, n, a, b);
	cel_order order = charge_comparison(r, a, b) ? cel_compare(a, b) : ORDER_NONE;
	if (order == ORDER_MISMATCH)
		return cel_no_overload(r, n, cel_op_name(n->op), (value[]){ a, b }, 2);
	switch (n->op) {
	case OP_LESS:
		return value_bool(order == ORDER_LESS);
	case OP_LESS_EQUAL:
		return value_bool(order == ORDER_LESS || order == ORDER_EQUAL);
	case OP_GREATER:
		return value_bool(order == ORDER_GREATER);
	default:
		return value_bool(order == ORDER_GREATER || order == ORDER_EQUAL);
	}
}

value cel_run_negate(cel_run *r, const cel_node *n, value v)
{
	if (v.kind == V_DOUBLE)
		return value_double(-v.number);
	if (v.kind != V_INT)
		return cel_no_overload(r, n, "-_", &v, 1);
	return v.integer == INT64_MIN ? overflow(r, n) : value_int(-v.integer);
}
