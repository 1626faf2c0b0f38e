/* Numbers as people write them in tables and sentences: counts, shares, sample sizes, years. */
#include "base/number.h"
#include "read/workbook_parts.h"

#include <math.h>

enum { DIGITS_MAX = 15 }; /* exact in a double */

typedef struct {
	double value;
	int decimals;
	bool too_long;
} decimal;

static str skip_space(str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_skip(s, 1);
	return s;
}

static size_t digits_at(str s, size_t at)
{
	size_t end = at;
	while (end < s.len && is_digit(s.ptr[end]))
		end++;
	return end - at;
}

/* Bytes of an integer, with commas between groups of three digits if it has them; 0 if there is none. */
static size_t integer_at(str s, size_t at)
{
	size_t n = digits_at(s, at);
	if (n == 0 || n > 3)
		return n;
	while (at + n < s.len && s.ptr[at + n] == ',' && digits_at(s, at + n + 1) == 3)
		n += 4;
	return n;
}

static double integer_value(str digits)
{
	double value = 0;
	for (size_t i = 0; i < digits.len; i++)
		value = is_digit(digits.ptr[i]) ? value * 10 + (digits.ptr[i] - '0') : value;
	return value;
}

static bool take_decimal(decimal *out, str *s)
{
	size_t whole = integer_at(*s, 0), fraction = 0;
	if (!whole)
		return false;
	if (whole < s->len && s->ptr[whole] == '.')
		fraction = digits_at(*s, whole + 1);
	*out = (decimal){ .decimals = (int)(fraction < DIGITS_MAX ? fraction : DIGITS_MAX),
		.too_long = whole + fraction > DIGITS_MAX };
	size_t all = fraction ? whole + 1 + fraction : whole;
	if (!out->too_long)
		out->value = integer_value(str_sub(*s, 0, all)) / pow(10, out->decimals);
	*s = str_skip(*s, all);
	return true;
}

/* Takes a word and the white space before it; not the beginning of a longer word. */
static bool take_word(str *s, str word)
{
	str rest = skip_space(*s);
	if (!str_eq_nocase(str_sub(rest, 0, word.len), word))
		return false;
	if (is_alpha(word.ptr[0]) && rest.len > word.len && is_alnum(rest.ptr[word.len]))
		return false;
	*s = str_skip(rest, word.len);
	return true;
}

static bool take_any(str *s, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take_word(s, str_from(words[i])))
			return true;
	return false;
}

static void take_unit(str *s)
{
	static const char *const units[] = { "job postings", "postings", "posting", "mentions", "mention",
		"times" };
	take_any(s, units, COUNT(units));
}

static const char *set_count(quantity *q, decimal n)
{
	if (n.decimals && n.value != trunc(n.value))
		return "is not a whole number";
	if (n.too_long || n.value > WB_COUNT_MAX)
		return "is too large";
	if (q->has_count)
		return "holds two counts";
	q->has_count = true;
	q->count = n.value;
	return NULL;
}

static const char *set_share(quantity *q, decimal n)
{
	if (n.too_long)
		return "has too many digits";
	if (q->has_share)
		return "holds two shares";
	q->has_share = true;
	q->share = n.value;
	q->decimals = n.decimals;
	return NULL;
}

/* A number without a sign or unit in a column of shares: "92", or "0.92" of 1. */
static const char *set_bare_share(quantity *q, decimal n)
{
	if (n.decimals && n.value <= 1) {
		n.value *= 100;
		n.decimals = n.decimals > 2 ? n.decimals - 2 : 0;
	}
	return set_share(q, n);
}

/* One of "92%", "24/26", "24 of 26" and "24". */
static const char *take_term(quantity *q, str *s, bool share_column)
{
	static const char *const of[] = { "/", "of", "out of" };
	str rest = skip_space(*s);
	if (str_starts(rest, STR("-")) || str_starts(rest, STR("\xE2\x88\x92")) ||
		str_starts(rest, STR("\xE2\x80\x93")))
		return digits_at(str_skip(rest, rest.ptr[0] == '-' ? 1 : 3), 0) ? "is negative" : "is not a number";
	decimal first, second;
	if (!take_decimal(&first, &rest))
		return "is not a number";
	const char *problem = NULL;
	if (take_word(&rest, STR("%"))) {
		problem = set_share(q, first);
	} else if (take_any(&rest, of, COUNT(of))) {
		rest = skip_space(rest);
		if (!take_decimal(&second, &rest) || second.decimals || second.too_long)
			return "is not a number";
		problem = set_count(q, first);
		q->has_of = true;
		q->of = second.value;
	} else {
		problem = share_column && !q->has_share ? set_bare_share(q, first) : set_count(q, first);
	}
	take_unit(&rest);
	*s = rest;
	return problem;
}

quantity quantity_parse(str text, bool share_column)
{
	quantity q = { 0 };
	str s = str_trim(text);
	if (!s.len)
		return (quantity){ .problem = "is empty" };
	q.problem = take_term(&q, &s, share_column);
	if (!q.problem && take_word(&s, STR("("))) {
		q.problem = take_term(&q, &s, share_column);
		if (!q.problem && !take_word(&s, STR(")")))
			q.problem = "is not a number";
	}
	if (!q.problem && skip_space(s).len)
		q.problem = "is not a number";
	return q;
}

/* Bytes of a dash at `at`: hyphen, minus, figure dash, en dash, em dash ... */
static size_t dash_at(str s, size_t at)
{
	if (at < s.len && s.ptr[at] == '-')
		return 1;
	str three = str_sub(s, at, 3);
	bool dash = str_starts(three, STR("\xE2\x80")) && three.len == 3 && (unsigned char)three.ptr[2] >= 0x90 &&
				(unsigned char)three.ptr[2] <= 0x95;
	return dash || str_eq(three, STR("\xE2\x88\x92")) ? 3 : 0;
}

static bool dash_before(str s, size_t at)
{
	return (at >= 1 && s.ptr[at - 1] == '-') || (at >= 3 && dash_at(s, at - 3) == 3);
}

bool number_next(number_token *out, str text, size_t from)
{
	size_t at = from;
	while (at < text.len && !is_digit(text.ptr[at]))
		at++;
	size_t n = integer_at(text, at);
	if (!n)
		return false;
	size_t end = at + n;
	char before = at ? text.ptr[at - 1] : ' ', after = end < text.len ? text.ptr[end] : ' ';
	bool fraction = after == '.' && digits_at(text, end + 1);
	bool range = dash_at(text, end) && digits_at(text, end + dash_at(text, end));
	*out = (number_token){ .from = at, .to = end, .value = integer_value(str_sub(text, at, n)) };
	out->plain = n <= DIGITS_MAX && !fraction && !range && !is_alnum(before) && before != '.' &&
				 before != ',' && !is_alnum(after) && after != '%' && !dash_before(text, at) &&
				 (unsigned char)before < 0x80;
	if (fraction)
		out->to = end + 1 + digits_at(text, end + 1);
	out->year = n == 4 && digits_at(text, at) == 4 && out->value >= 1990 && out->value < 2100;
	return true;
}

static bool take_years_word(str *s)
{
	static const char *const words[] = { "years", "year", "yrs", "yr" };
	str rest = *s;
	if (dash_at(rest, 0))
		rest = str_skip(rest, 1); /* "5-year" */
	if (!take_any(&rest, words, COUNT(words)))
		return false;
	*s = rest;
	return true;
}

/* "Years of Experience: 5-8": the key before the number speaks of years. */
static bool years_key(str before)
{
	before = str_trim(before);
	if (!str_ends(before, STR(":")))
		return false;
	size_t from = before.len - 1;
	while (from && before.ptr[from - 1] != ';' && before.ptr[from - 1] != ':')
		from--;
	return str_find_nocase(str_skip(before, from), STR("year"), 0) != SIZE_MAX;
}

static bool upper_bound(str before)
{
	static const char *const words[] = { "up to", "under", "less than", "fewer than", "at most", "maximum" };
	before = str_trim(before);
	for (size_t i = 0; i < COUNT(words); i++) {
		str word = str_from(words[i]);
		if (before.len >= word.len && str_eq_nocase(str_skip(before, before.len - word.len), word))
			return true;
	}
	return false;
}

/* "5", "5-8", "5 to 8", each perhaps open: "+", "or more". */
static bool take_range(str *s, double *low, double *high, bool *open)
{
	static const char *const more[] = { "or more", "or above", "plus", "and above" };
	size_t n = digits_at(*s, 0);
	if (n == 0 || n > 2)
		return false;
	*low = integer_value(str_sub(*s, 0, n));
	*high = -1;
	str rest = str_skip(*s, n);
	*open = take_word(&rest, STR("+"));
	str second = skip_space(rest);
	size_t dash = dash_at(second, 0);
	if (dash)
		second = skip_space(str_skip(second, dash));
	bool to = !dash && take_word(&second, STR("to"));
	second = skip_space(second);
	n = dash || to ? digits_at(second, 0) : 0;
	if (n > 2)
		return false;
	if (n) {
		*high = integer_value(str_sub(second, 0, n));
		rest = str_skip(second, n);
		*open = take_word(&rest, STR("+"));
	}
	*open |= take_any(&rest, more, COUNT(more));
	*s = rest;
	return true;
}

bool years_find(str text, double *fewest, double *most)
{
	for (size_t at = 0; at < text.len; at++) {
		if (!is_digit(text.ptr[at]) || (at && (is_alnum(text.ptr[at - 1]) || text.ptr[at - 1] == '.')))
			continue;
		str rest = str_skip(text, at), before = str_sub(text, 0, at);
		double low, high;
		bool open;
		if (!take_range(&rest, &low, &high, &open) || low > WB_YEARS_MAX || high > WB_YEARS_MAX)
			continue;
		if (!take_years_word(&rest) && !years_key(before))
			continue;
		bool at_most = high < 0 && !open && upper_bound(before);
		bool swapped = high >= 0 && high < low;
		*fewest = at_most ? 0 : swapped ? high : low;
		*most = at_most ? low : open ? -1 : swapped ? low : high;
		return true;
	}
	return false;
}
