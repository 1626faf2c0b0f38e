/* Numbers and dates as readers see them, each with the address that says where it comes from. */
#include "base/number.h"
#include "render/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Printing is slow, and there is one address for every number. */
static str concat(arena *a, const str *parts, size_t count)
{
	size_t len = 0, at = 0;
	for (size_t i = 0; i < count; i++)
		len += parts[i].len;
	char *out = len ? NEWN(a, char, len) : NULL;
	if (!out)
		return STR("");
	for (size_t i = 0; i < count; i++) {
		if (parts[i].len)
			memcpy(out + at, parts[i].ptr, parts[i].len);
		at += parts[i].len;
	}
	return (str){ .ptr = out, .len = len };
}

str why_at(const view *v, const char *kind, str id, const char *field_name)
{
	str narrow = str_from(field_name);
	const str parts[] = { str_from(kind), id.len ? STR(":") : STR(""), id, narrow.len ? STR(".") : STR(""),
		narrow };
	return concat(v->arena, parts, COUNT(parts));
}

value view_link(const view *v, str title, const char *folder, str name)
{
	value out = view_map(v);
	const str parts[] = { str_from(folder), name, v->format == TEXT_HTML ? STR(".html") : STR(".md") };
	put_plain(v, out, "title", title);
	put(v, out, "href", value_string(concat(v->arena, parts, COUNT(parts))));
	return out;
}

/* Most of a view model is numbers, so their maps are made in one piece. */
value view_number(const view *v, double n, str text, const char *unit, str why)
{
	enum { FIELDS_OF_NUMBER = 4 };
	value out = view_map(v);
	value_pair *pairs = NEWN(v->arena, value_pair, FIELDS_OF_NUMBER);
	if (!pairs || !out.map)
		return V_NONE;
	pairs[0] = (value_pair){ value_literal("value"), value_double(n) };
	pairs[1] = (value_pair){ value_literal("text"), value_string(text) };
	pairs[2] = (value_pair){ value_literal("unit"), value_literal(unit) };
	pairs[3] = (value_pair){ value_literal("why"), value_string(why) };
	out.map->pairs.ptr = pairs;
	out.map->pairs.len = out.map->pairs.cap = FIELDS_OF_NUMBER;
	return out;
}

static str rounded(const view *v, double n, int decimals, const char *after)
{
	buf b = { .arena = v->arena };
	buf_rounded(&b, n, decimals);
	buf_str(&b, str_from(after));
	return buf_done(&b);
}

value view_count(const view *v, double n, str why)
{
	return view_number(v, n, rounded(v, n, 4, ""), "", why);
}

value view_hours(const view *v, double minutes, str why)
{
	return view_number(v, minutes / 60, minutes_text(v->arena, (int)minutes), "h", why);
}

value view_minutes(const view *v, int minutes, str why)
{
	return view_number(v, minutes, rounded(v, minutes, 0, " min"), "min", why);
}

value view_percent(const view *v, double percent, str why)
{
	return view_number(v, percent, rounded(v, percent, 2, " %"), "%", why);
}

value view_share(const view *v, double share, str why)
{
	return view_number(v, share, rounded(v, share * 100, 0, " %"), "", why);
}

value view_weight(const view *v, double weight, str why)
{
	buf b = { .arena = v->arena };
	double hundredths = round(weight * 100);
	if (fabs(hundredths) < 1e9)
		buf_printf(&b, "%d.%02d", (int)hundredths / 100, abs((int)hundredths % 100));
	else
		buf_rounded(&b, weight, 2);
	return view_number(v, weight, buf_done(&b), "", why);
}

/* Days since 1970-01-01 in the Gregorian calendar, counted from March so that leap days come last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	year -= month <= 2;
	int64_t era = (year >= 0 ? year : year - 399) / 400, of_era = year - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static str date_of(arena *a, int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153, day = of_year - (153 * month + 2) / 5 + 1;
	month += month < 10 ? 3 : -9;
	return arena_printf(a, "%04d-%02d-%02d", (int)(year + era * 400 + (month <= 2)), (int)month, (int)day);
}

str view_date(arena *a, str date, int days)
{
	int64_t year, month, day;
	if (date.len != 10 || !integer_parse(&year, str_sub(date, 0, 4)) ||
		!integer_parse(&month, str_sub(date, 5, 2)) || !integer_parse(&day, str_sub(date, 8, 2)))
		return STR("");
	return date_of(a, days_of(year, month, day) + days);
}

value view_week_span(const view *v, week_span span)
{
	value out = view_map(v);
	bool of_module = str_eq(str_from(span.kind), STR("module"));
	bool known = span.from > 0, several = known && span.to > span.from;
	if (known)
		put(v, out, "from",
			view_count(v, span.from, why_at(v, span.kind, span.id, of_module ? "week_from" : "week")));
	if (several)
		put(v, out, "to",
			view_count(v, span.to, why_at(v, span.kind, span.id, of_module ? "week_to" : "due")));
	put_flag(v, out, "known", known);
	put_flag(v, out, "several", several);
	return out;
}
