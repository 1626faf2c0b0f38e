/* Conversions between types. What does not fit is an error, never a nearby value. */
#include "base/number.h"
#include "base/utf8.h"
#include "rules/cel_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { DOUBLE_COST = 50 }; /* steps of the evaluation to write a double */

static value range_error(cel_run *r, const cel_node *n, const char *type)
{
	return cel_error(r, n, arena_printf(r->scratch, "range error: the value does not fit %s", type));
}

static value not_a(cel_run *r, const cel_node *n, str text, const char *type)
{
	return cel_error(r, n,
		arena_printf(
			r->scratch, "type conversion error: '%.*s' is not %s", STRF(str_sub(text, 0, 80)), type));
}

value cel_to_dyn(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return args[0];
}

value cel_to_type(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return (value){ .kind = V_TYPE, .string = cel_type_name_of(args[0]) };
}

value cel_to_bool(cel_run *r, const cel_node *n, const value *args)
{
	static const char *const yes[] = { "true", "TRUE", "True", "t", "T", "1" };
	static const char *const no[] = { "false", "FALSE", "False", "f", "F", "0" };
	if (args[0].kind == V_BOOL)
		return args[0];
	for (size_t i = 0; i < COUNT(yes); i++) {
		if (str_eq(args[0].string, str_from(yes[i])))
			return value_bool(true);
		if (str_eq(args[0].string, str_from(no[i])))
			return value_bool(false);
	}
	return not_a(r, n, args[0].string, "a bool");
}

value cel_to_bytes(cel_run *r, const cel_node *n, const value *args)
{
	(void)r;
	(void)n;
	return (value){ .kind = V_BYTES, .string = args[0].string };
}

value cel_to_int(cel_run *r, const cel_node *n, const value *args)
{
	value v = args[0];
	int64_t i;
	switch (v.kind) {
	case V_UINT:
		return v.uinteger <= INT64_MAX ? value_int((int64_t)v.uinteger) : range_error(r, n, "an int");
	case V_DOUBLE:
		if (!(v.number > -0x1p63 && v.number < 0x1p63))
			return range_error(r, n, "an int");
		return value_int((int64_t)v.number);
	case V_STRING:
		return integer_parse(&i, v.string) ? value_int(i) : not_a(r, n, v.string, "an int");
	case V_TIMESTAMP:
		return value_int(v.time.seconds);
	default:
		return v;
	}
}

static bool parse_uint(uint64_t *out, str s)
{
	uint64_t n = 0;
	for (size_t i = 0; i < s.len; i++) {
		unsigned digit = (unsigned)(s.ptr[i] - '0');
		if (!is_digit(s.ptr[i]) || n > (UINT64_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return s.len > 0;
}

value cel_to_uint(cel_run *r, const cel_node *n, const value *args)
{
	value v = args[0], out = { .kind = V_UINT };
	switch (v.kind) {
	case V_INT:
		if (v.integer < 0)
			return range_error(r, n, "a uint");
		out.uinteger = (uint64_t)v.integer;
		return out;
	case V_DOUBLE:
		if (!(v.number >= 0 && v.number < 0x1p64))
			return range_error(r, n, "a uint");
		out.uinteger = (uint64_t)v.number;
		return out;
	case V_STRING:
		return parse_uint(&out.uinteger, v.string) ? out : not_a(r, n, v.string, "a uint");
	default:
		return v;
	}
}

/* Decimal, or a name of what decimals cannot say. */
static bool parse_double(double *out, arena *scratch, str s)
{
	bool minus = s.len && s.ptr[0] == '-';
	str rest = str_skip(s, s.len && (minus || s.ptr[0] == '+'));
	if (str_eq_nocase(rest, STR("nan"))) {
		*out = NAN;
		return true;
	}
	if (str_eq_nocase(rest, STR("inf")) || str_eq_nocase(rest, STR("infinity"))) {
		*out = minus ? -INFINITY : INFINITY;
		return true;
	}
	if (number_parse(out, s))
		return true;
	/* Longer than number_parse takes: plain digits around one point, which strtod reads. */
	size_t points = 0, digits = 0;
	for (size_t i = 0; i < rest.len; i++) {
		points += rest.ptr[i] == '.';
		digits += is_digit(rest.ptr[i]);
	}
	if (!digits || points > 1 || points + digits != rest.len)
		return false;
	*out = strtod(arena_cstr(scratch, s), NULL);
	return isfinite(*out);
}

value cel_to_double(cel_run *r, const cel_node *n, const value *args)
{
	value v = args[0];
	double d;
	switch (v.kind) {
	case V_INT:
		return value_double((double)v.integer);
	case V_UINT:
		return value_double((double)v.uinteger);
	case V_STRING:
		return parse_double(&d, r->scratch, v.string) ? value_double(d) : not_a(r, n, v.string, "a double");
	default:
		return v;
	}
}

static value bytes_to_string(cel_run *r, const cel_node *n, str bytes)
{
	if (utf8_bad_offset(bytes) != SIZE_MAX)
		return cel_error(r, n, STR("invalid UTF-8 in bytes, cannot convert to string"));
	return value_string(bytes);
}

value cel_to_string(cel_run *r, const cel_node *n, const value *args)
{
	value v = args[0];
	buf b = { .arena = r->scratch };
	switch (v.kind) {
	case V_BOOL:
		return value_literal(v.boolean ? "true" : "false");
	case V_INT:
		buf_printf(&b, "%" PRId64, v.integer);
		break;
	case V_UINT:
		buf_printf(&b, "%" PRIu64, v.uinteger);
		break;
	case V_DOUBLE:
		cel_charge(r, DOUBLE_COST);
		buf_double(&b, v.number);
		break;
	case V_BYTES:
		return bytes_to_string(r, n, v.string);
	case V_TIMESTAMP:
		return value_string(cel_timestamp_text(r->scratch, v));
	case V_DURATION:
		return value_string(cel_duration_text(r->scratch, v));
	default:
		return v;
	}
	return value_string(buf_done(&b));
}
