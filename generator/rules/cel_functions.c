/* The table of functions, and those about texts and sizes. */
#include "base/utf8.h"
#include "rules/cel_run.h"

enum { ARGS_MAX = 4, CALL_COST = 10 };

static value size_text(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_int((int64_t)utf8_count(args[0].string));
}

static value size_bytes(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_int((int64_t)args[0].string.len);
}

static value size_list(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_int((int64_t)args[0].list.len);
}

static value size_map(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_int(args[0].map ? (int64_t)args[0].map->pairs.len : 0);
}

static value contains(cel_run *r, const cel_node *n, const value *args)
{
	(void)n;
	if (!cel_charge(r, (args[0].string.len / 64 + 1) * (args[1].string.len / 64 + 1)))
		return value_bool(false);
	return value_bool(str_find(args[0].string, args[1].string, 0) != SIZE_MAX);
}

static value starts_with(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_bool(str_starts(args[0].string, args[1].string));
}

static value ends_with(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return value_bool(str_ends(args[0].string, args[1].string));
}

#define TIME_GETTER(name, run) \
	{ name, "t", 'i', true, false, run }, \
	{ \
		name, "ts", 'i', true, false, run \
	}

static const cel_function functions[] = {
	{ "bool", "b", 'b', false, true, cel_to_bool },
	{ "bool", "s", 'b', false, true, cel_to_bool },
	{ "bytes", "y", 'y', false, true, cel_to_bytes },
	{ "bytes", "s", 'y', false, true, cel_to_bytes },
	{ "contains", "ss", 'b', true, false, contains },
	{ "double", "d", 'd', false, true, cel_to_double },
	{ "double", "i", 'd', false, true, cel_to_double },
	{ "double", "u", 'd', false, true, cel_to_double },
	{ "double", "s", 'd', false, true, cel_to_double },
	{ "duration", "r", 'r', false, true, cel_to_duration },
	{ "duration", "s", 'r', false, true, cel_to_duration },
	{ "dyn", "*", '*', false, true, cel_to_dyn },
	{ "endsWith", "ss", 'b', true, false, ends_with },
	TIME_GETTER("getDate", cel_get_date),
	TIME_GETTER("getDayOfMonth", cel_get_day_of_month),
	TIME_GETTER("getDayOfWeek", cel_get_day_of_week),
	TIME_GETTER("getDayOfYear", cel_get_day_of_year),
	TIME_GETTER("getFullYear", cel_get_full_year),
	TIME_GETTER("getHours", cel_get_hours),
	{ "getHours", "r", 'i', true, false, cel_get_hours },
	TIME_GETTER("getMilliseconds", cel_get_milliseconds),
	{ "getMilliseconds", "r", 'i', true, false, cel_get_milliseconds },
	TIME_GETTER("getMinutes", cel_get_minutes),
	{ "getMinutes", "r", 'i', true, false, cel_get_minutes },
	TIME_GETTER("getMonth", cel_get_month),
	TIME_GETTER("getSeconds", cel_get_seconds),
	{ "getSeconds", "r", 'i', true, false, cel_get_seconds },
	{ "int", "i", 'i', false, true, cel_to_int },
	{ "int", "u", 'i', false, true, cel_to_int },
	{ "int", "d", 'i', false, true, cel_to_int },
	{ "int", "s", 'i', false, true, cel_to_int },
	{ "int", "t", 'i', false, true, cel_to_int },
	{ "matches", "ss", 'b', true, true, cel_matches },
	{ "size", "s", 'i', true, true, size_text },
	{ "size", "y", 'i', true, true, size_bytes },
	{ "size", "l", 'i', true, true, size_list },
	{ "size", "m", 'i', true, true, size_map },
	{ "startsWith", "ss", 'b', true, false, starts_with },
	{ "string", "s", 's', false, true, cel_to_string },
	{ "string", "b", 's', false, true, cel_to_string },
	{ "string", "i", 's', false, true, cel_to_string },
	{ "string", "u", 's', false, true, cel_to_string },
	{ "string", "d", 's', false, true, cel_to_string },
	{ "string", "y", 's', false, true, cel_to_string },
	{ "string", "t", 's', false, true, cel_to_string },
	{ "string", "r", 's', false, true, cel_to_string },
	{ "timestamp", "t", 't', false, true, cel_to_timestamp },
	{ "timestamp", "s", 't', false, true, cel_to_timestamp },
	{ "timestamp", "i", 't', false, true, cel_to_timestamp },
	{ "type", "*", 'T', false, true, cel_to_type },
	{ "uint", "u", 'u', false, true, cel_to_uint },
	{ "uint", "i", 'u', false, true, cel_to_uint },
	{ "uint", "d", 'u', false, true, cel_to_uint },
	{ "uint", "s", 'u', false, true, cel_to_uint },
};

const cel_function *cel_functions(size_t *count)
{
	*count = COUNT(functions);
	return functions;
}

const cel_function *cel_find_functions(str name, size_t *count)
{
	const cel_function *first = NULL;
	*count = 0;
	for (size_t i = 0; i < COUNT(functions); i++) {
		if (!str_eq(name, str_from(functions[i].name)))
			continue;
		first = first ? first : &functions[i];
		++*count;
	}
	return first;
}

cel_kind cel_letter_kind(char letter)
{
	switch (letter) {
	case 'b':
		return CEL_BOOL;
	case 'i':
		return CEL_INT;
	case 'u':
		return CEL_UINT;
	case 'd':
		return CEL_DOUBLE;
	case 's':
		return CEL_STRING;
	case 'y':
		return CEL_BYTES;
	case 'l':
		return CEL_LIST;
	case 'm':
		return CEL_MAP;
	case 't':
		return CEL_TIMESTAMP;
	case 'r':
		return CEL_DURATION;
	case 'T':
		return CEL_TYPE;
	default:
		return CEL_DYN;
	}
}

bool cel_letter_fits(char letter, cel_kind kind)
{
	return letter == '*' || kind == CEL_DYN || cel_letter_kind(letter) == kind;
}

static bool fits(const cel_function *f, const cel_node *n, const value *args)
{
	if (!(n->member ? f->member : f->global))
		return false;
	size_t i = 0;
	for (; i < n->args.len && f->args[i]; i++)
		if (!cel_letter_fits(f->args[i], cel_kind_of(args[i])))
			return false;
	return i == n->args.len && !f->args[i];
}

value cel_run_call(cel_run *r, const cel_node *n)
{
	if (!n->function_count)
		return cel_error(r, n, arena_printf(r->scratch, "unbound function '%.*s'", STRF(n->name)));
	value args[ARGS_MAX] = { { 0 } };
	size_t count = n->args.len < ARGS_MAX ? n->args.len : ARGS_MAX;
	for (size_t i = 0; i < count; i++) {
		args[i] = cel_run_node(r, n->args.ptr[i]);
		if (args[i].kind == V_ERROR)
			return args[i];
		if (args[i].kind == V_STRING || args[i].kind == V_BYTES)
			cel_charge(r, args[i].string.len / 64);
	}
	if (!cel_charge(r, CALL_COST))
		return V_NONE;
	for (size_t i = 0; n->args.len <= ARGS_MAX && i < n->function_count; i++)
		if (fits(&n->functions[i], n, args))
			return n->functions[i].run(r, n, args);
	return cel_no_overload(r, n, n->functions[0].name, args, count);
}
