#include "check/descriptor.h"

#include "base/number.h"
#include "base/text.h"
#include "check/words.h"

#include <math.h>

static const double rounding = 0.001; /* of a printed number, relative; anything nearer is the same number */

static map words_of(arena *a, str text)
{
	map out = { .arena = a };
	size_t at = 0;
	text = text_lower(a, text);
	for (str w = text_next_word(text, &at); w.len; w = text_next_word(text, &at))
		map_put(&out, w, a);
	return out;
}

static size_t look_one_way(contrast *out, const map *from, const map *to)
{
	size_t common = 0;
	EACH (const map_entry, e, from->entries)
		if (map_has(to, e->key))
			common++;
		else if (words_number(e->key))
			out->numbers = true;
		else if (!words_degree(e->key))
			out->more = true;
	return common;
}

contrast descriptor_contrast(arena *a, str one, str other)
{
	contrast out = { 0 };
	map x = words_of(a, one), y = words_of(a, other);
	size_t common = look_one_way(&out, &x, &y);
	look_one_way(&out, &y, &x);
	size_t either = x.entries.len + y.entries.len - common;
	out.alike = either ? (double)common / (double)either : 1;
	return out;
}

bool descriptor_has_number(str text)
{
	size_t at = 0;
	for (str w = text_next_word(text, &at); w.len; w = text_next_word(text, &at))
		if (words_number(w))
			return true;
	return false;
}

/* Of a compound such as "one-hour" or "fault-free" any part counts. */
static bool any_part(str compound)
{
	str_cut cut = { .tail = compound, .ok = true };
	while (cut.ok) {
		cut = str_split(cut.tail, '-');
		if (words_observable(cut.head) || words_number(cut.head))
			return true;
	}
	return false;
}

bool descriptor_has_observable(str text)
{
	size_t at = 0;
	for (str w = text_next_word(text, &at); w.len; w = text_next_word(text, &at))
		if (any_part(w))
			return true;
	return false;
}

str descriptor_of(const criterion *c, str level)
{
	EACH (const pair_text, pair, c->levels)
		if (str_eq(pair->key, level))
			return str_trim(pair->value);
	return STR("");
}

typedef struct {
	double value;
	size_t end; /* after its last digit */
} number;

static bool is_group(str s, size_t at)
{
	return at + 3 < s.len && s.ptr[at] == ',' && is_digit(s.ptr[at + 1]) && is_digit(s.ptr[at + 2]) &&
		   is_digit(s.ptr[at + 3]) && (at + 4 >= s.len || !is_digit(s.ptr[at + 4]));
}

/* Reads digits with thousands commas and a decimal point at `at`. */
static bool read_number(number *out, str s, size_t at)
{
	enum { DIGITS = 40 };
	char digits[DIGITS];
	size_t len = 0;
	bool point = false;
	for (; at < s.len && len < DIGITS; at++) {
		bool dot = s.ptr[at] == '.' && !point && at + 1 < s.len && is_digit(s.ptr[at + 1]);
		if (is_digit(s.ptr[at]) || dot)
			digits[len++] = s.ptr[at];
		else if (point || !is_group(s, at))
			break;
		point |= dot;
	}
	out->end = at;
	return len < DIGITS && number_parse(&out->value, (str){ .ptr = digits, .len = len });
}

/* The next number that stands on its own: not part of a name such as p95, and not a tolerance. */
static bool next_number(number *out, str s, size_t *at)
{
	for (size_t i = *at; i < s.len; i++) {
		char before = i ? s.ptr[i - 1] : ' ';
		if (!is_digit(s.ptr[i]))
			continue;
		bool own = !is_alnum(before) && before != '_' && before != '.' && (unsigned char)before != 0xB1;
		bool read = read_number(out, s, i);
		*at = read ? out->end : i + 1;
		if (own && read)
			return true;
		i = *at - 1;
	}
	return false;
}

static str skip_spaces(str s, size_t at)
{
	static const str spaces[] = { { " ", 1 }, { "\xC2\xA0", 2 }, { "\xE2\x80\xAF", 3 }, { "`", 1 } };
	s = str_skip(s, at);
	for (size_t i = 0; i < COUNT(spaces);)
		if (str_starts(s, spaces[i])) {
			s = str_skip(s, spaces[i].len);
			i = 0;
		} else {
			i++;
		}
	return s;
}

static bool has_unit(str rest, str unit)
{
	if (!unit.len || !str_starts(rest, unit))
		return false;
	char after = rest.len > unit.len ? rest.ptr[unit.len] : ' ';
	return !is_alnum(after) && after != '/';
}

static bool is_percent(str rest)
{
	return str_starts(rest, STR("%")) || str_starts(rest, STR("per cent")) ||
		   str_starts(rest, STR("percent"));
}

bool descriptor_same_number(double a, double b)
{
	return fabs(a - b) <= rounding * fabs(b) + 1e-9;
}

static bool is_threshold(const metric *m, double d)
{
	const double known[] = { metric_baseline(m), metric_target(m), metric_stretch(m) };
	for (size_t i = 0; i < COUNT(known); i++)
		if (!isnan(known[i]) && descriptor_same_number(d, known[i]))
			return true;
	return false;
}

/* What a number that stands before `rest` says about the metric; `sure` if its unit shows that it does. */
static bool means(double *out, bool *sure, const metric *m, double printed, str rest)
{
	double sign = m->direction == HIGHER_IS_BETTER ? 1 : -1;
	bool ratio = metric_is_ratio(m);
	*out = printed;
	*sure = !ratio && has_unit(rest, m->unit);
	if (ratio && is_percent(rest)) { /* of the baseline, or by how much it changes */
		double change = 1 + sign * printed / 100;
		*out = !is_threshold(m, printed / 100) && is_threshold(m, change) ? change : printed / 100;
		*sure = is_threshold(m, *out);
	} else if (ratio && (has_unit(rest, STR("x")) || str_starts(rest, STR("times")) ||
							str_starts(rest, STR("\xC3\x97")))) {
		*sure = true;
	} else if (ratio && has_unit(rest, m->unit) && !str_eq(m->unit, STR("ratio"))) {
		return false; /* an expectation in the unit, not a ratio */
	} else if (!ratio && str_eq(m->unit, STR("%")) && is_percent(rest)) {
		*sure = true;
	}
	return *sure || is_threshold(m, *out);
}

vec_double descriptor_numbers(arena *a, const metric *m, str text)
{
	vec_double all = { 0 }, units = { 0 };
	number n;
	for (size_t at = 0; next_number(&n, text, &at);) {
		double meant;
		bool sure;
		if (!means(&meant, &sure, m, n.value, skip_spaces(text, n.end)))
			continue;
		vec_push(a, &all, meant);
		if (sure)
			vec_push(a, &units, meant);
	}
	return units.len ? units : all;
}
