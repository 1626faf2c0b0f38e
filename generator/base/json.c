#include "base/json.h"

#include "base/number.h"
#include "base/utf8.h"

#include <inttypes.h>
#include <math.h>

void json_string(buf *out, str s)
{
	buf_char(out, '"');
	for (size_t at = 0; at < s.len;) {
		size_t from = at;
		uint32_t c = utf8_next(s, &at);
		if (c == UTF8_BAD)
			BUF_LIT(out, "\xEF\xBF\xBD");
		else if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (char)c);
		else if (c == '\n')
			BUF_LIT(out, "\\n");
		else if (c == '\t')
			BUF_LIT(out, "\\t");
		else if (c == '\r')
			BUF_LIT(out, "\\r");
		else if (c < 0x20 || c == 0x7F)
			buf_printf(out, "\\u%04" PRIx32, c);
		else
			buf_str(out, str_sub(s, from, at - from));
	}
	buf_char(out, '"');
}

static void write_double(buf *out, double d)
{
	if (isfinite(d)) {
		buf_double(out, d);
		return;
	}
	buf_char(out, '"');
	buf_double(out, d);
	buf_char(out, '"');
}

static void write_base64(buf *out, str bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	buf_char(out, '"');
	for (size_t i = 0; i < bytes.len; i += 3) {
		size_t n = bytes.len - i < 3 ? bytes.len - i : 3;
		uint32_t group = 0;
		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < n ? (unsigned char)bytes.ptr[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_char(out, k <= n ? digits[group >> (18 - 6 * k) & 63] : '=');
	}
	buf_char(out, '"');
}

/* ".5", ".500001", ".000000001": no more digits than it takes. */
static void write_nanos(buf *out, int32_t nanos)
{
	if (nanos < 0)
		nanos = -nanos;
	if (nanos == 0)
		return;
	int digits = 9;
	for (; nanos % 10 == 0; digits--)
		nanos /= 10;
	buf_printf(out, ".%0*" PRId32, digits, nanos);
}

/* Days since 1970-01-01 to a civil date: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static void write_timestamp(buf *out, int64_t seconds, int32_t nanos)
{
	int64_t days = seconds / 86400, rest = seconds % 86400;
	if (rest < 0) {
		rest += 86400;
		days--;
	}
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097;
	int64_t day_of_era = days - era * 146097;
	int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t month = (5 * day_of_year + 2) / 153;
	int64_t day = day_of_year - (153 * month + 2) / 5 + 1;
	month = month < 10 ? month + 3 : month - 9;
	int64_t year = year_of_era + era * 400 + (month <= 2);
	buf_printf(out, "\"%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64 ":%02" PRId64,
		year, month, day, rest / 3600, rest / 60 % 60, rest % 60);
	write_nanos(out, nanos);
	BUF_LIT(out, "Z\"");
}

static void new_line(buf *out, int indent)
{
	if (indent < 0)
		return;
	buf_char(out, '\n');
	for (int i = 0; i < indent; i++)
		BUF_LIT(out, "  ");
}

static void write_key(buf *out, value key)
{
	if (key.kind == V_STRING)
		json_string(out, key.string);
	else if (key.kind == V_BOOL)
		buf_str(out, key.boolean ? STR("\"true\"") : STR("\"false\""));
	else if (key.kind == V_UINT)
		buf_printf(out, "\"%" PRIu64 "\"", key.uinteger);
	else
		buf_printf(out, "\"%" PRId64 "\"", key.integer);
}

static void write_list(buf *out, value_list list, int indent)
{
	int inner = indent < 0 ? indent : indent + 1;
	buf_char(out, '[');
	for (size_t i = 0; i < list.len; i++) {
		if (i)
			buf_str(out, indent < 0 ? STR(", ") : STR(","));
		new_line(out, inner);
		json_value(out, list.ptr[i], inner);
	}
	if (list.len)
		new_line(out, indent);
	buf_char(out, ']');
}

static void write_map(buf *out, const value_map *map, int indent)
{
	int inner = indent < 0 ? indent : indent + 1;
	buf_char(out, '{');
	for (size_t i = 0; map && i < map->pairs.len; i++) {
		if (i)
			buf_str(out, indent < 0 ? STR(", ") : STR(","));
		new_line(out, inner);
		write_key(out, map->pairs.ptr[i].key);
		BUF_LIT(out, ": ");
		json_value(out, map->pairs.ptr[i].value, inner);
	}
	if (map && map->pairs.len)
		new_line(out, indent);
	buf_char(out, '}');
}

void json_value(buf *out, value v, int indent)
{
	const int64_t exact = (int64_t)1 << 53; /* beyond it a JSON reader's double loses digits */
	switch (v.kind) {
	case V_BOOL:
		buf_str(out, v.boolean ? STR("true") : STR("false"));
		return;
	case V_INT:
		buf_printf(out, v.integer > exact || v.integer < -exact ? "\"%" PRId64 "\"" : "%" PRId64, v.integer);
		return;
	case V_UINT:
		buf_printf(out, v.uinteger > (uint64_t)exact ? "\"%" PRIu64 "\"" : "%" PRIu64, v.uinteger);
		return;
	case V_DOUBLE:
		write_double(out, v.number);
		return;
	case V_STRING:
	case V_TYPE:
	case V_ERROR:
		json_string(out, v.string);
		return;
	case V_BYTES:
		write_base64(out, v.string);
		return;
	case V_LIST:
		write_list(out, v.list, indent);
		return;
	case V_MAP:
		write_map(out, v.map, indent);
		return;
	case V_TIMESTAMP:
		write_timestamp(out, v.time.seconds, v.time.nanos);
		return;
	case V_DURATION:
		buf_printf(out, "\"%s%" PRIu64, v.time.seconds < 0 || v.time.nanos < 0 ? "-" : "",
			v.time.seconds < 0 ? (uint64_t)0 - (uint64_t)v.time.seconds : (uint64_t)v.time.seconds);
		write_nanos(out, v.time.nanos);
		BUF_LIT(out, "s\"");
		return;
	case V_NULL:
	case V_RECORD:
		break;
	}
	BUF_LIT(out, "null");
}
