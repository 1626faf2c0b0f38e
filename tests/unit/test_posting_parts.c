/* The parts of the posting reader: dates, levels, places, encodings, HTML to text. */
#include "check.h"

#include "read/posting_parts.h"

Test(posting_parts, dates)
{
	static const struct {
		const char *text, *date;
		date_found found;
		int order;
	} table[] = {
		{ "2026-05-01", "2026-05-01", DATE_OK, -1 },
		{ "2026-05-01T23:59:59-04:00", "2026-05-01", DATE_OK, -1 },
		{ "2026-06-06T00:00:00.0000", "2026-06-06", DATE_OK, -1 },
		{ "2026-02-30", "", DATE_UNCLEAR, -1 },
		{ "Sun, 07 Jun 2026 10:00:00 GMT", "2026-06-07", DATE_OK, -1 },
		{ "June 7, 2026", "2026-06-07", DATE_OK, -1 },
		{ "7th June 2026", "2026-06-07", DATE_OK, -1 },
		{ "7 Jun 2026", "2026-06-07", DATE_OK, -1 },
		{ "13/04/2026", "2026-04-13", DATE_OK, -1 },
		{ "04/13/2026", "2026-04-13", DATE_OK, -1 },
		{ "03/04/2026", "", DATE_UNCLEAR, -1 },
		{ "03/04/2026", "2026-04-03", DATE_OK, DATES_DAY_FIRST },
		{ "03/04/2026", "2026-03-04", DATE_OK, DATES_MONTH_FIRST },
		{ "01.05.2026", "2026-05-01", DATE_OK, DATES_DAY_FIRST },
		{ "2026/5/1", "2026-05-01", DATE_OK, -1 },
		{ "1782821535482", "2026-06-30", DATE_OK, -1 },
		{ "1782821535", "2026-06-30", DATE_OK, -1 },
		{ "Posted 8 Days Ago", "2026-06-22", DATE_OK, -1 },
		{ "2 weeks ago", "2026-06-16", DATE_OK, -1 },
		{ "3 hours ago", "2026-06-30", DATE_OK, -1 },
		{ "Posted Yesterday", "2026-06-29", DATE_OK, -1 },
		{ "Posted Today", "2026-06-30", DATE_OK, -1 },
		{ "Posted 30+ Days Ago", "", DATE_RELATIVE, -1 },
		{ "2 months ago", "", DATE_RELATIVE, -1 },
		{ "1970-01-01", "", DATE_OLD, -1 },
		{ "0", "", DATE_UNCLEAR, -1 },
		{ "2026-07-01", "", DATE_FUTURE, -1 },
		{ "soon", "", DATE_UNCLEAR, -1 },
		{ "", "", DATE_NONE, -1 },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(table); i++) {
		str date;
		value v = value_literal(table[i].text);
		date_found f = fact_date(&date, &a, &v, table[i].order, STR("2026-06-30"));
		cr_expect(f == table[i].found && str_eq(date, str_from(table[i].date)), "'%s': %d '%.*s'",
			table[i].text, (int)f, STRF(date));
	}
	str date;
	value v = value_literal("Posted 8 Days Ago");
	cr_expect(fact_date(&date, &a, &v, -1, STR("")) == DATE_RELATIVE && !date.len);
	v = value_int(0);
	cr_expect(fact_date(&date, &a, &v, -1, STR("")) == DATE_OLD && !date.len);
	arena_free(&a);
	NO_LEAKS();
}

Test(posting_parts, levels)
{
	static const char *const table[][2] = { { "Senior Data Engineer", "senior" },
		{ "Sr. Scientist", "senior" }, { "Lead Analytics Engineer", "senior" },
		{ "Country Lead, Security", "" }, { "Tech Lead", "senior" }, { "Staff Engineer (Senior)", "staff" },
		{ "Chief of Staff", "" }, { "Member of Technical Staff", "" }, { "Principal Engineer", "principal" },
		{ "Engineer II", "mid" }, { "Engineer III", "senior" }, { "Engineer I - Platform", "junior" },
		{ "I like data", "" }, { "Internal Tools Engineer", "" }, { "Intern", "junior" },
		{ "Consultant, Mid-Market", "" }, { "Mid-level Engineer", "mid" }, { "Entry level", "junior" },
		{ "", "" } };
	for (size_t i = 0; i < COUNT(table); i++) {
		str level = fact_seniority(str_from(table[i][0]));
		cr_expect(str_eq(level, str_from(table[i][1])), "'%s': '%.*s'", table[i][0], STRF(level));
	}
}

Test(posting_parts, places)
{
	static const char *const table[][2] = { { "Berlin, Germany", "Germany" },
		{ "San Francisco, CA", "United States" }, { "Toronto, Ontario, CAN", "Canada" },
		{ "New York, NY (HQ)", "United States" }, { "USA DC Washington", "United States" },
		{ "DEU Wiesbaden - Airfield (APC180)", "Germany" }, { "Remote", "remote" },
		{ "Remote (US)", "United States" }, { "Remote - Germany", "Germany" },
		{ "Berlin, Germany; Paris, France", "Germany" }, { "London, UK", "United Kingdom" },
		{ "Atlantis", "" }, { "", "" }, { "in or out", "" }, { "Paris, france", "France" } };
	for (size_t i = 0; i < COUNT(table); i++) {
		str region = fact_region(str_from(table[i][0]));
		cr_expect(str_eq(region, str_from(table[i][1])), "'%s': '%.*s'", table[i][0], STRF(region));
	}
	assert_str(fact_country(STR("DE")), "Germany");
	assert_str(fact_country(STR("de")), "");
}

static str html_text(arena *a, const char *html)
{
	text_builder b = text_start(a);
	str problem;
	prose_html(&b, a, str_from(html), &problem);
	return buf_done(&b.text);
}

Test(posting_parts, html_to_text)
{
	static const char *const table[][2] = {
		{ "plain", "plain" },
		{ "<p>a</p><p>b</p>", "a\nb" },
		{ "a<br>b<br/><br/>c", "a\nb\nc" },
		{ "<p>a\n  b&nbsp;c\xC2\xAD"
		  "d</p>",
			"a b cd" },
		{ "<p>C&amp;A &lt;3 &#8364;</p>", "C&A <3 \xE2\x82\xAC" },
		{ "<ul><li>one</li><li><p>two</p><p>more</p></li></ul>", "one\ntwo\nmore" },
		{ "<p>\xE2\x80\xA2 one<br>\xE2\x80\xA2two</p>", "one\ntwo" },
		{ "<script>x</script><style>y</style>z", "z" },
		{ "<b>unclosed <p>next", "unclosed\nnext" },
		{ "<table><tr><td>a</td><td>b</td></tr></table>", "a\nb" },
		{ "\xE6\x97\xA5\xE6\x9C\xAC <i>x</i>", "\xE6\x97\xA5\xE6\x9C\xAC x" },
		{ "one\n\n<b>two</b>\nthree", "one\ntwo\nthree" },
		{ "", "" },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(table); i++) {
		str got = html_text(&a, table[i][0]);
		cr_expect(str_eq(got, str_from(table[i][1])), "'%s': '%.*s'", table[i][0], STRF(got));
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(posting_parts, pages_that_cost_too_much)
{
	arena a = { 0 };
	buf deep = { .arena = &a }, wide = { .arena = &a };
	for (int i = 0; i < 100000; i++)
		BUF_LIT(&deep, "<div>");
	BUF_LIT(&wide, "<p ");
	for (int i = 0; i < 100000; i++)
		buf_printf(&wide, "a%d=\"x\" ", i);
	BUF_LIT(&wide, ">x</p>");
	html_events events;
	str problem;
	html_read(&events, &a, buf_done(&deep), &problem);
	cr_expect(problem.len > 0);
	html_read(&events, &a, buf_done(&wide), &problem);
	cr_expect(problem.len > 0 && events.len == 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(posting_parts, encodings)
{
	static const struct {
		const char *bytes, *text;
		bool said;
	} table[] = {
		{ "abc", "abc", false },
		{ "\xEF\xBB\xBF"
		  "abc",
			"abc", false },
		{ "\xC3\xA9", "\xC3\xA9", false },
		{ "caf\xE9", "caf\xC3\xA9", true },
		{ "\x93quoted\x94", "\xE2\x80\x9Cquoted\xE2\x80\x9D", true },
		{ "\xC3\xA9\xC3\xA8 \xC3", "\xC3\xA9\xC3\xA8 \xEF\xBF\xBD", true },
		{ "<meta charset=\"iso-8859-1\">\xE9", "<meta charset=\"iso-8859-1\">\xC3\xA9", false },
		{ "<meta charset=gbk>\xC4\xE3", "<meta charset=gbk>\xE4\xBD\xA0", false },
		{ "<meta charset=nonsense>\xE9", "<meta charset=nonsense>\xC3\xA9", true },
		{ "<meta charset=utf-8>\xE9", "<meta charset=utf-8>\xC3\xA9", true },
		{ "<meta charset=gbk>\xC3\xA9", "<meta charset=gbk>\xC3\xA9", false },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(table); i++) {
		encoding_report said;
		str got = encoding_fix(&a, str_from(table[i].bytes), true, &said);
		cr_expect(str_eq(got, str_from(table[i].text)) && (said.said.len > 0) == table[i].said,
			"%zu: '%.*s' (%.*s)", i, STRF(got), STRF(said.said));
	}
	arena_free(&a);
	NO_LEAKS();
}
