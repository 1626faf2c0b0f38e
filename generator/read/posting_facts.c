/* Dates as people and programs write them, and the level that a title speaks of. */
#include "read/posting_parts.h"

#include "base/io.h"
#include "base/number.h"
#include "base/text.h"

enum { OLDEST_YEAR = 1990, NEWEST_YEAR = 2100, MONTHS = 12 };

/* --- the calendar: days since 1970-01-01 (proleptic Gregorian) --- */

static int64_t days_of(int64_t y, int64_t m, int64_t d)
{
	y -= m <= 2;
	int64_t era = (y >= 0 ? y : y - 399) / 400, yoe = y - era * 400;
	int64_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static str date_of_days(arena *a, int64_t days)
{
	days += 719468;
	int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int64_t d = doy - (153 * mp + 2) / 5 + 1, m = mp < 10 ? mp + 3 : mp - 9;
	return arena_printf(a, "%04d-%02d-%02d", (int)(yoe + era * 400 + (m <= 2)), (int)m, (int)d);
}

static int number_at(str s)
{
	int64_t n;
	return integer_parse(&n, s) && n >= 0 && n < 10000 ? (int)n : -1;
}

static date_found make(str *out, arena *a, int y, int m, int d)
{
	str s = arena_printf(a, "%04d-%02d-%02d", y, m, d);
	if (y < 0 || m < 0 || d < 0 || !text_is_date(s))
		return DATE_UNCLEAR;
	*out = s;
	return DATE_OK;
}

/* --- words --- */

static int month_of(str word)
{
	static const char *const names[] = { "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct",
		"nov", "dec" };
	if (word.len >= 3)
		for (int i = 0; i < MONTHS; i++)
			if (str_eq_nocase(str_sub(word, 0, 3), str_from(names[i])))
				return i + 1;
	return -1;
}

/* "7 Jul 2026", "July 7, 2026", "Tue, 07 Jul 2026 10:00:00 GMT" */
static date_found from_words(str *out, arena *a, str s)
{
	int day = -1, month = -1, year = -1;
	str word;
	for (size_t at = 0; (word = text_next_word(s, &at)).len && year < 0;) {
		int n = number_at(
			is_digit(word.ptr[0]) && word.len > 2 && word.len < 5 && !is_digit(word.ptr[word.len - 1])
				? str_sub(word, 0, word.len - 2)
				: word);
		if (month < 0 && month_of(word) > 0)
			month = month_of(word);
		else if (n > 31 && month > 0)
			year = n;
		else if (n > 0 && day < 0)
			day = n;
	}
	return make(out, a, year, month, day);
}

/* "Posted 8 Days Ago", "yesterday"; "30+ days ago" is no date. */
static date_found from_ago(str *out, arena *a, str s, str as_of)
{
	static const struct {
		const char *word;
		int days;
	} units[] = { { "day", 1 }, { "week", 7 }, { "hour", 0 }, { "minute", 0 } };
	int64_t back = -1;
	if (text_find_word(s, STR("today"), 0, false) != SIZE_MAX ||
		text_find_word(s, STR("just posted"), 0, false) != SIZE_MAX)
		back = 0;
	else if (text_find_word(s, STR("yesterday"), 0, false) != SIZE_MAX)
		back = 1;
	else if (text_find_word(s, STR("ago"), 0, false) == SIZE_MAX)
		return DATE_UNCLEAR;
	size_t at = 0;
	for (str word; back < 0 && (word = text_next_word(s, &at)).len;) {
		int n = number_at(word);
		size_t next = at;
		str unit = text_next_word(s, &next);
		for (size_t i = 0; i < COUNT(units) && n >= 0; i++)
			if (unit.len >= strlen(units[i].word) &&
				str_eq_nocase(str_sub(unit, 0, strlen(units[i].word)), str_from(units[i].word)))
				back = (int64_t)n * units[i].days;
	}
	if (back < 0 || str_find(s, STR("+"), 0) != SIZE_MAX || !text_is_date(as_of))
		return DATE_RELATIVE;
	*out = date_of_days(a, days_of(number_at(str_sub(as_of, 0, 4)), number_at(str_sub(as_of, 5, 2)),
							   number_at(str_sub(as_of, 8, 2))) -
							   back);
	return DATE_OK;
}

/* Three numbers with slashes, dots or hyphens between them. */
static date_found from_numbers(str *out, arena *a, str s, int order)
{
	int part[3] = { -1, -1, -1 };
	size_t which = 0, from = 0;
	for (size_t i = 0; i <= s.len && which < COUNT(part); i++) {
		if (i < s.len && is_digit(s.ptr[i]))
			continue;
		part[which++] = number_at(str_sub(s, from, i - from));
		from = i + 1;
	}
	if (part[0] > 31)
		return make(out, a, part[0], part[1], part[2]);
	if (part[2] < 1000)
		return DATE_UNCLEAR;
	if (order == DATES_DAY_FIRST || part[0] > MONTHS || part[0] == part[1])
		return make(out, a, part[2], part[1], part[0]);
	if (order == DATES_MONTH_FIRST || part[1] > MONTHS)
		return make(out, a, part[2], part[0], part[1]);
	return DATE_UNCLEAR;
}

static date_found from_text(str *out, arena *a, str s, int order, str as_of)
{
	s = str_trim(s);
	if (!s.len)
		return DATE_NONE;
	if (s.len >= 10 && text_is_date(str_sub(s, 0, 10))) {
		*out = arena_str(a, str_sub(s, 0, 10));
		return DATE_OK;
	}
	double seconds;
	if (s.len >= 9 && number_parse(&seconds, s))
		return fact_date(out, a, &(value){ .kind = V_DOUBLE, .number = seconds }, order, as_of);
	date_found found = is_digit(s.ptr[0]) ? from_numbers(out, a, s, order) : DATE_UNCLEAR;
	if (found == DATE_UNCLEAR)
		found = from_words(out, a, s);
	return found == DATE_UNCLEAR ? from_ago(out, a, s, as_of) : found;
}

/* Seconds since 1970, or milliseconds if that would be thousands of years from now. */
static date_found from_epoch(str *out, arena *a, double n)
{
	const double in_year_5000 = 95617584000;
	if (n >= in_year_5000)
		n /= 1000;
	if (!(n >= 0 && n < in_year_5000))
		return DATE_UNCLEAR;
	*out = date_of_days(a, (int64_t)n / 86400);
	return DATE_OK;
}

date_found fact_date(str *out, arena *a, const value *v, int order, str as_of)
{
	*out = STR("");
	date_found found = v->kind == V_STRING   ? from_text(out, a, v->string, order, as_of)
					   : v->kind == V_INT    ? from_epoch(out, a, (double)v->integer)
					   : v->kind == V_DOUBLE ? from_epoch(out, a, v->number)
											 : DATE_NONE;
	if (found != DATE_OK || a->failed)
		return found;
	int year = number_at(str_sub(*out, 0, 4));
	if (year < OLDEST_YEAR)
		found = DATE_OLD;
	else if (year > NEWEST_YEAR)
		found = DATE_FAR;
	else if (as_of.len && str_cmp(*out, as_of) > 0)
		found = DATE_FUTURE;
	if (found != DATE_OK)
		*out = STR("");
	return found;
}

const char *fact_date_fault(date_found f)
{
	return f == DATE_RELATIVE ? "says how long ago, but not from which day on"
		   : f == DATE_OLD    ? "is before 1990"
		   : f == DATE_FAR    ? "is after 2100"
		   : f == DATE_FUTURE ? "is after the day of the analysis"
							  : "is not a date that can be understood";
}

bool fact_date_of_path(str *date, str *from, str path)
{
	str file = io_base(path), folder = io_base(io_parent(path));
	bool of_file = text_is_date(str_sub(file, 0, 10));
	if (!of_file && !text_is_date(str_sub(folder, 0, 10)))
		return false;
	*date = str_sub(of_file ? file : folder, 0, 10);
	*from = of_file ? STR("file name") : STR("folder name");
	return true;
}

/* "Chief of Staff" and "Member of Technical Staff" are no levels, nor is whoever leads a country. */
static bool is_level(str words, str word, size_t at)
{
	str before = str_trim(str_sub(words, 0, at));
	if (str_eq(word, STR("staff")))
		return !str_eq_nocase(str_skip(before, before.len > 3 ? before.len - 3 : 0), STR(" of")) &&
			   (before.len < 9 || !str_eq_nocase(str_skip(before, before.len - 9), STR("technical")));
	if (!str_eq(word, STR("lead")) || at == 0)
		return true;
	return before.len >= 4 && str_eq_nocase(str_skip(before, before.len - 4), STR("tech"));
}

typedef struct {
	const char *word, *level;
} level_word;

static str find_level(str words, const level_word *table, size_t count, size_t from, bool match_case)
{
	for (size_t i = 0; i < count; i++) {
		str word = str_from(table[i].word);
		size_t at = text_find_word(words, word, from, match_case);
		if (at != SIZE_MAX && is_level(words, word, at))
			return str_from(table[i].level);
	}
	return STR("");
}

/* "2026-05-01_acme-corp_cook": the employer of a collection that names its files so. */
str fact_employer_of_path(arena *a, str path)
{
	str file = io_base(path), folder = io_base(io_parent(path));
	str name = text_is_date(str_sub(file, 0, 10)) ? file : folder;
	str_cut cut = str_split(str_skip(name, 11), '_');
	if (!text_is_date(str_sub(name, 0, 10)) || !str_starts(str_skip(name, 10), STR("_")) || !cut.ok)
		return STR("");
	buf b = { .arena = a };
	for (size_t i = 0; i < cut.head.len; i++)
		buf_char(&b, cut.head.ptr[i] == '-' ? ' ' : cut.head.ptr[i]);
	return buf_done(&b);
}

str fact_seniority(str words)
{
	/* The first that is found; "Staff Engineer (Senior)" is staff. */
	static const level_word table[] = { { "principal", "principal" }, { "distinguished", "principal" },
		{ "staff", "staff" }, { "senior", "senior" }, { "sr", "senior" }, { "snr", "senior" },
		{ "lead", "senior" }, { "junior", "junior" }, { "jr", "junior" }, { "intern", "junior" },
		{ "internship", "junior" }, { "trainee", "junior" }, { "apprentice", "junior" },
		{ "graduate", "junior" }, { "entry", "junior" }, { "entry-level", "junior" },
		{ "new grad", "junior" }, { "working student", "junior" }, { "werkstudent", "junior" },
		{ "mid-level", "mid" }, { "mid level", "mid" }, { "mid-senior", "senior" },
		{ "intermediate", "mid" } };
	static const level_word numerals[] = { { "III", "senior" }, { "IV", "staff" }, { "II", "mid" },
		{ "I", "junior" } };
	str level = find_level(words, table, COUNT(table), 0, false);
	return level.len ? level : find_level(words, numerals, COUNT(numerals), 1, true);
}
