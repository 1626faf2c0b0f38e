/* What checks see of a document: pages, prose without code, words, placeholders; and the numbers of
 * descriptors. */
#include "check.h"

#include "check/descriptor.h"
#include "check/page.h"
#include "check/prose.h"

#include <math.h>
#include <string.h>

static page read_page(arena *a, document *d, str bytes)
{
	page p;
	*d = (document){ .path = STR("a.html"), .bytes = bytes };
	page_read(&p, a, d);
	return p;
}

Test(page, tree)
{
	arena a = { 0 };
	document d;
	page p = read_page(&a, &d,
		STR("<!DOCTYPE html>\n<html lang=\"en\"><!-- x --><p id=\"a\">One <b>two</b>\n three &amp; &#x34;</p>"
			"<pre xml:space=\"preserve\"><i>x</i></pre></html>"));
	cr_assert(p.nodes.len == 9, "%zu", p.nodes.len);
	cr_expect(p.nodes.ptr[0].end == 9 && p.nodes.ptr[1].end == 6 && p.nodes.ptr[3].parent == 1);
	assert_str(page_text(&a, &p, 1), "One two three & 4");
	assert_str(*page_get(&p.nodes.ptr[0], "lang"), "en");
	assert_str(*page_get(&p.nodes.ptr[6], "xml:space"), "preserve");
	cr_expect(page_get(&p.nodes.ptr[0], "id") == NULL && map_has(&p.ids, STR("a")));
	cr_expect(p.nodes.ptr[8].quoted && p.nodes.ptr[3].quoted == false);
	cr_expect(p.nodes.ptr[1].line == 2);
	cr_expect(page_around(&p, 4, "p") == 1 && page_around(&p, 4, "table") == SIZE_MAX);
	cr_expect(page_inside(&p, 0, 0, "b") == 3 && page_inside(&p, 1, 0, "i") == SIZE_MAX);
	arena_free(&a);
	NO_LEAKS();
}

Test(page, not_well_formed)
{
	static const char *const texts[] = { "", " ", "text", "<p>", "<p></b>", "<p>&nbsp;</p>", "<p a=1/>",
		"<a/><b/>", "<?xml version=\"1.0\"?>", "<p>\xFF</p>",
		"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		arena a = { 0 };
		document d;
		page p = read_page(&a, &d, str_from(texts[i]));
		cr_expect(p.fault.len > 0 && p.nodes.len == 0, "'%s'", texts[i]);
		arena_free(&a);
	}
	NO_LEAKS();
}

Test(page, entities_are_not_followed)
{
	arena a = { 0 };
	document d;
	page p = read_page(&a, &d,
		STR("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\"><!ENTITY c \"c\">]><a x=\"&c;\">&b;</a>"));
	if (p.nodes.len)
		assert_str(page_text(&a, &p, 0), "");
	arena_free(&a);
	NO_LEAKS();
}

Test(page, depth_is_bounded)
{
	enum { DEPTH = 100000 };
	arena a = { 0 };
	buf b = { .arena = &a };
	for (int i = 0; i < DEPTH; i++)
		BUF_LIT(&b, "<b>");
	document d;
	page p = read_page(&a, &d, buf_done(&b));
	cr_expect(p.fault.len > 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(page, survives_without_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		document d;
		page p = read_page(&a, &d, STR("<a id=\"x\" b=\"y\"><b>text<c d=\"e\"/></b><f>more</f></a>"));
		bool failed = a.failed;
		cr_expect(failed == false || p.nodes.len == 0);
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

Test(prose, code_is_blank)
{
	static const char *const rows[][2] = {
		{ "a `b` c", "a     c" },
		{ "a ``b ` c`` d", "a           d" },
		{ "a ` b", "a ` b" },
		{ "a \\`b` c", "a \\`b` c" },
		{ "a `b\nc` d", "a   \n   d" },
		{ "a `b\n\nc` d", "a `b\n\nc` d" },
		{ "```sh\nTODO\n```\nx", "     \n    \n   \nx" },
		{ "~~~\na\n```\n~~~\nx", "   \n \n   \n   \nx" },
		{ "- ```\n  a\n  ```\nx", "     \n   \n     \nx" },
		{ "```\nnever closed", "   \n            " },
		{ "text\n```\na\n```\n", "text\n   \n \n   \n" },
		{ "``` a ` b", "``` a ` b" },
		{ "", "" },
		{ "\n\n", "\n\n" },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		str got = prose_without_code(&a, str_from(rows[i][0]));
		cr_expect(str_eq(got, str_from(rows[i][1])), "'%s': '%.*s'", rows[i][0], STRF(got));
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(prose, long_lines_take_linear_time, .timeout = 20)
{
	enum { LENGTH = 2000000 };
	static const char *const patterns[] = { "`", "` ``", "- ", "> ", "```\n", "\n", "{", "<", "&" };
	for (size_t i = 0; i < COUNT(patterns); i++) {
		arena a = { 0 };
		buf b = { .arena = &a };
		while (b.len < LENGTH)
			buf_str(&b, str_from(patterns[i]));
		prose_without_code(&a, buf_done(&b));
		arena_free(&a);
	}
	NO_LEAKS();
}

Test(prose, words)
{
	arena a = { 0 };
	assert_str(prose_words(&a, STR("A *b*,\n\n`c-D` 4."), false), " a b c d 4 ");
	assert_str(prose_words(&a, STR("<p>A <b>b</b>,</p> <code>c-D</code> 4. &amp;"), true), " a b c d 4 ");
	assert_str(prose_words(&a, STR("a < b & c"), true), " a b c ");
	assert_str(prose_words(&a, STR("Z\xC3\xBCrich"), true), " z\xC3\xBCrich ");
	assert_str(prose_words(&a, STR(""), true), " ");
	arena_free(&a);
	NO_LEAKS();
}

Test(prose, placeholders)
{
	static const char *const rows[][2] = {
		{ "all is well", "" },
		{ "{{x}}", "{{" },
		{ "a TODO b", "TODO" },
		{ "todo TODOS", "" },
		{ "TBD", "TBD" },
		{ "NaN h", "NaN" },
		{ "Lorem ipsum", "Lorem ipsum" },
		{ "the null hypothesis, undefined behaviour, null-safe", "" },
		{ "is null", "" },
		{ "null", "null" },
		{ "hours: null, undefined behaviour", "null" },
		{ "(undefined)", "undefined" },
		{ "| undefined |", "undefined" },
		{ "", "" },
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_str(prose_placeholder(str_from(rows[i][0])), rows[i][1]);
	str text = STR("a\nb\nc");
	cr_expect(prose_line(text, text.ptr) == 1 && prose_line(text, text.ptr + 4) == 3);
}

static metric make_metric(const char *unit, int better, double base, double target, double most)
{
	metric m;
	record_clear(&metric_record, &m);
	m.unit = str_from(unit);
	m.direction = better;
	m.baseline.value = base;
	m.target.value = target;
	m.stretch.value = most;
	return m;
}

static void expect_numbers(const metric *m, const char *text, size_t count, double first)
{
	arena a = { 0 };
	vec_double got = descriptor_numbers(&a, m, str_from(text));
	cr_expect(got.len == count, "'%s': %zu numbers", text, got.len);
	if (got.len && count)
		cr_expect(descriptor_same_number(got.ptr[0], first), "'%s': %g", text, got.ptr[0]);
	arena_free(&a);
}

Test(descriptor, numbers_of_a_metric)
{
	metric m = make_metric("ms", LOWER_IS_BETTER, 1200, 450, 0.3);
	expect_numbers(&m, "p99 over 3 runs is at most 450 ms", 1, 450);
	expect_numbers(&m,
		"at most 1,200 ms, give or take \xC2\xB1"
		"5 ms",
		1, 1200);
	expect_numbers(&m, "at most 450", 1, 450);
	expect_numbers(&m, "at most 451 runs", 0, 0);
	expect_numbers(&m, "`0.3`\xC2\xA0ms.", 1, 0.3);
	expect_numbers(&m, "450 ms/s and v450 and p450", 1, 450);
	expect_numbers(&m, "12,34 ms", 1, 34);
	expect_numbers(&m, "5 msec, 7. ms", 0, 0);
	expect_numbers(&m, "99999999999999999999999999999999999999999999999999 ms", 0, 0);
	expect_numbers(&m, "", 0, 0);
	NO_LEAKS();
}

Test(descriptor, ratios_of_a_baseline)
{
	metric m = make_metric("s", LOWER_IS_BETTER, NAN, NAN, NAN);
	m.baseline.measured = true;
	m.target.ratio = 0.1;
	m.stretch.ratio = 0.01;
	expect_numbers(&m, "at most 0.1 times the measured baseline", 1, 0.1);
	expect_numbers(&m, "at most 10 % of the baseline", 1, 0.1);
	expect_numbers(&m, "90 % less than the baseline", 1, 0.1);
	expect_numbers(&m, "0.2x the baseline of 5 s", 1, 0.2);
	expect_numbers(&m, "after 40 % of the runs", 0, 0);
	NO_LEAKS();
}

Test(descriptor, contrasts)
{
	arena a = { 0 };
	contrast c = descriptor_contrast(&a, STR("Names 3 of 8 defects."), STR("Names five of 8 defects."));
	cr_expect(c.numbers && c.more == false);
	c = descriptor_contrast(&a, STR("fully names the defects"), STR("mostly names the defects"));
	cr_expect(c.numbers == false && c.more == false && c.alike == 0.6);
	c = descriptor_contrast(&a, STR("a b"), STR("B a"));
	cr_expect(c.alike == 1 && c.more == false);
	c = descriptor_contrast(&a, STR(""), STR(""));
	cr_expect(c.alike == 1);
	c = descriptor_contrast(&a, STR("names defects"), STR("hides praise"));
	cr_expect(c.more && c.alike == 0);
	cr_expect(descriptor_has_observable(STR("after a two-hour drill")));
	cr_expect(descriptor_has_observable(STR("excellent understanding of it")) == false);
	cr_expect(descriptor_has_number(STR("at five")) && descriptor_has_number(STR("at last")) == false);
	arena_free(&a);
	NO_LEAKS();
}
