/* Text fields, figures, the stylesheet's contrast, and whether docs/templates.md names every field. */
#include "render_course.h"

#include "base/io.h"
#include "base/utf8.h"
#include "render/charts.h"
#include "render/participant.h"
#include "render/revision.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	arena a;
	sources sources;
	diags d;
} desk;

static void desk_init(desk *k)
{
	*k = (desk){ 0 };
	k->sources.arena = k->d.arena = &k->a;
	k->d.sources = &k->sources;
}

static str html(desk *k, const char *text, text_place place)
{
	return text_show(&k->a, str_from(text), TEXT_HTML, place, 2, &k->d);
}

static str markdown(desk *k, const char *text, text_place place)
{
	return text_show(&k->a, str_from(text), TEXT_MARKDOWN, place, 2, &k->d);
}

Test(render_text, html)
{
	desk k;
	desk_init(&k);
	assert_str(html(&k, "Plain & simple", TEXT_LINE), "Plain &amp; simple");
	assert_str(html(&k, " Plain words. ", TEXT_BLOCK), "<p>Plain words.</p>");
	assert_str(html(&k, "It's \"quoted\": 5 < 6", TEXT_LINE), "It's &quot;quoted&quot;: 5 &lt; 6");
	assert_str(html(&k, "a `b` c", TEXT_LINE), "a <code>b</code> c");
	assert_str(html(&k, "a\n\nb", TEXT_LINE), "<p>a</p>\n<p>b</p>");
	assert_str(html(&k, "1.5 s is fast", TEXT_LINE), "1.5 s is fast");
	assert_str(html(&k, "- a", TEXT_LINE), "<ul>\n<li>a</li>\n</ul>");
	assert_str(html(&k, "1. a", TEXT_BLOCK), "<ol>\n<li>a</li>\n</ol>");
	assert_str(html(&k, "", TEXT_BLOCK), "");
	assert_str(html(&k, " \n ", TEXT_LINE), "");
	assert_str(html(&k, "x <b>y</b>", TEXT_LINE), "x <!-- raw HTML omitted -->y<!-- raw HTML omitted -->");
	assert_str(html(&k, "[x](javascript:alert(1))", TEXT_LINE), "<a href=\"\">x</a>");
	assert_str(html(&k, "a &#1; &#xFFFE; b", TEXT_LINE), "a \xEF\xBF\xBD \xEF\xBF\xBD b");
	assert_str(html(&k, "# A\n\n#### B\n\n## C\n\n# D", TEXT_BLOCK),
		"<h3>A</h3>\n<h4>B</h4>\n<h4>C</h4>\n<h3>D</h3>");
	str table = html(&k, "| a | b |\n| --- | ---: |\n| 1 | `<table>` |", TEXT_BLOCK);
	cr_expect(str_find(table, STR("<caption>"), 0) != SIZE_MAX &&
			  str_find(table, STR("<th scope=\"col\" align"), 0) != SIZE_MAX &&
			  str_ends(table, STR("</table></div>")) && str_find(table, STR("&lt;table&gt;"), 0) != SIZE_MAX);
	cr_expect(k.d.list.len == 0);
	arena_free(&k.a);
	NO_LEAKS();
}

Test(render_text, markdown)
{
	desk k;
	desk_init(&k);
	assert_str(markdown(&k, "a\nb  c", TEXT_LINE), "a b c");
	assert_str(markdown(&k, "|a `b|c` d\\|e", TEXT_CELL), "\\|a `b\\|c` d\\|e");
	assert_str(markdown(&k, "a `b|c`", TEXT_LINE), "a `b|c`");
	assert_str(markdown(&k, "a\n\n```\n# b\n```\n", TEXT_BLOCK), "a\n\n```\n# b\n```");
	assert_str(markdown(&k, "# A\n\n### B", TEXT_BLOCK), "### A\n\n#### B");
	assert_str(markdown(&k, "A\n=\n\ntext", TEXT_BLOCK), "### A\n\ntext");
	assert_str(text_show(&k.a, STR("=1+1\nb"), TEXT_CSV, TEXT_CELL, 0, &k.d), "'=1+1 b");
	assert_str(text_csv(&k.a, STR("@x")), "'@x");
	assert_str(text_csv(&k.a, STR("a=b")), "a=b");
	arena_free(&k.a);
	NO_LEAKS();
}

/* A text on which the parser would spend unbounded time is said and shown as plain text. */
Test(render_text, text_that_cannot_be_parsed_is_plain)
{
	desk k;
	desk_init(&k);
	buf b = { .arena = &k.a };
	for (int i = 0; i < 20000; i++)
		BUF_LIT(&b, "![");
	for (int i = 0; i < 20000; i++)
		BUF_LIT(&b, "](");
	str out = text_show(&k.a, buf_done(&b), TEXT_HTML, TEXT_BLOCK, 2, &k.d);
	cr_expect(str_starts(out, STR("<p>![![")) && k.d.errors == 1);
	arena_free(&k.a);
	NO_LEAKS();
}

Test(render_text, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources all = { .arena = &a };
		diags d = { .arena = &a, .sources = &all };
		text_show(&a, STR("# A `b|c`\n\n| a |\n| - |\n| b |"), TEXT_HTML, TEXT_BLOCK, 2, &d);
		text_show(&a, STR("# A `b|c`"), TEXT_MARKDOWN, TEXT_BLOCK, 2, &d);
		text_show(&a, STR("A `b|c`"), TEXT_MARKDOWN, TEXT_CELL, 2, &d);
		text_csv(&a, STR("=1"));
		bool failed = a.failed;
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

Test(render_charts, are_drawings_with_a_name)
{
	desk k;
	desk_init(&k);
	chart_share shares[] = { { STR("<A & B>"), STR("92 %"), 0.92, 0.8, 0.97 },
		{ STR("A name that is much too long to stand in one line of the figure, whatever the font"),
			STR("0 %"), 0, -1, 2 } };
	chart_bar bars[] = { { STR("first"), 1, 2, "bar-module" }, { STR("last"), 30, 99, "bar-lab" },
		{ STR("none"), SCHEMA_UNSET, 0, "bar-lab" } };
	int counts[] = { 0, 3 };
	chart_row rows[] = { { STR("module"), counts } };
	str all[] = { chart_shares(&k.a, "a", STR("T"), STR("D"), shares, 2),
		chart_weeks(&k.a, "b", STR("T"), STR("D"), bars, 3, 30),
		chart_matrix(&k.a, "c", STR("T"), STR("D"), rows, 1, 2) };
	for (size_t i = 0; i < COUNT(all); i++) {
		xmlDocPtr doc = xmlReadMemory(all[i].ptr, (int)all[i].len, "svg", NULL, XML_PARSE_NONET);
		cr_expect(doc != NULL && str_find(all[i], STR("viewBox"), 0) != SIZE_MAX &&
				  str_find(all[i], STR("nan"), 0) == SIZE_MAX &&
				  str_find(all[i], STR("=\"-"), 0) == SIZE_MAX);
		xmlFreeDoc(doc);
	}
	cr_expect(str_find(all[0], STR("much too long"), 0) != SIZE_MAX &&
			  str_find(all[0], STR("\xE2\x80\xA6"), 0) != SIZE_MAX &&
			  str_find(all[0], STR("whatever"), 0) == SIZE_MAX);
	cr_expect(chart_shares(&k.a, "a", STR("T"), STR("D"), shares, CHART_ROWS_MAX + 1).len == 0);
	cr_expect(chart_weeks(&k.a, "a", STR("T"), STR("D"), bars, 1, 0).len == 0);
	cr_expect(chart_matrix(&k.a, "a", STR("T"), STR("D"), rows, 1, CHART_COLUMNS_MAX + 1).len == 0);
	arena_free(&k.a);
	xmlCleanupParser();
	NO_LEAKS();
}

/* The value of a token "--name: #rrggbb" in a part of the stylesheet. */
static unsigned color(str part, const char *name)
{
	char key[40];
	snprintf(key, sizeof key, "--%s: #", name);
	size_t at = str_find(part, str_from(key), 0);
	cr_assert(at != SIZE_MAX, "no %s", key);
	char digits[7] = { 0 };
	memcpy(digits, part.ptr + at + strlen(key), 6);
	return (unsigned)strtoul(digits, NULL, 16);
}

/* Relative luminance and contrast as WCAG 2.2 defines them. */
static double luminance(unsigned rgb)
{
	static const double parts[] = { 0.2126, 0.7152, 0.0722 };
	double sum = 0;
	for (int i = 0; i < 3; i++) {
		double c = (rgb >> (16 - 8 * i) & 0xFF) / 255.0;
		sum += parts[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(unsigned a, unsigned b)
{
	double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
	return x > y ? x / y : y / x;
}

Test(render_style, contrast)
{
	static const struct {
		const char *front, *back;
		double least;
	} pairs[] = {
		{ "ink", "paper", 7 },
		{ "ink", "panel", 7 },
		{ "muted", "paper", 4.5 },
		{ "muted", "panel", 4.5 },
		{ "accent", "paper", 4.5 },
		{ "accent", "panel", 4.5 },
		{ "notice", "notice-panel", 4.5 },
		{ "on", "accent", 4.5 },
		{ "edge", "paper", 3 },
		{ "module", "paper", 3 },
		{ "lab", "paper", 3 },
		{ "scenario", "paper", 3 },
	};
	desk k;
	desk_init(&k);
	const char *root = getenv("CW_SOURCE_ROOT");
	str css;
	cr_assert(io_read(
		&css, &k.a, arena_printf(&k.a, "%s/templates/style.css.mustache", root ? root : ".").ptr, &k.d));
	size_t dark = str_find(css, STR("prefers-color-scheme: dark"), 0),
		   print = str_find(css, STR("@media print"), 0);
	cr_assert(dark != SIZE_MAX && print != SIZE_MAX && dark < print);
	str themes[] = { str_sub(css, 0, dark), str_sub(css, dark, print - dark), str_skip(css, print) };
	for (size_t t = 0; t < COUNT(themes); t++)
		for (size_t i = 0; i < COUNT(pairs); i++) {
			double c = contrast(color(themes[t], pairs[i].front), color(themes[t], pairs[i].back));
			cr_expect(
				c >= pairs[i].least, "theme %zu: %s on %s is %.2f", t, pairs[i].front, pairs[i].back, c);
		}
	cr_expect(str_find(css, STR("{{"), 0) == SIZE_MAX && str_find(css, STR("url("), 0) == SIZE_MAX);
	arena_free(&k.a);
	NO_LEAKS();
}

static void collect(desk *k, map *keys, value v)
{
	if (v.kind == V_LIST)
		for (size_t i = 0; i < v.list.len; i++)
			collect(k, keys, v.list.ptr[i]);
	if (v.kind != V_MAP)
		return;
	EACH (const value_pair, pair, v.map->pairs) {
		map_put(keys, pair->key.string, k);
		collect(k, keys, pair->value);
	}
}

/* docs/templates.md has a section for each template, and names every field in backticks in it. */
static void check_section(desk *k, str manual, const char *name, value v)
{
	str head = arena_printf(&k->a, "\n### `%s`", name);
	size_t at = str_find(manual, head, 0);
	cr_assert(at != SIZE_MAX, "docs/templates.md has no section on %s", name);
	size_t end = str_find(manual, STR("\n### "), at + 1);
	str section = str_sub(manual, at, (end == SIZE_MAX ? manual.len : end) - at);
	map keys = { .arena = &k->a };
	collect(k, &keys, v);
	EACH (const map_entry, e, keys.entries) {
		str quoted = arena_printf(&k->a, "`%.*s`", STRF(e->key));
		bool shared =
			str_find(str_sub(manual, 0, str_find(manual, STR("\n## Templates"), 0)), quoted, 0) != SIZE_MAX;
		cr_expect(shared || str_find(section, quoted, 0) != SIZE_MAX, "%s: %.*s is not documented", name,
			STRF(quoted));
	}
}

Test(render_docs, every_field_is_documented)
{
	desk k;
	desk_init(&k);
	sample s;
	sample_init(&s, &k.a);
	const char *root = getenv("CW_SOURCE_ROOT");
	str manual;
	cr_assert(
		io_read(&manual, &k.a, arena_printf(&k.a, "%s/docs/templates.md", root ? root : ".").ptr, &k.d));
	render_index index;
	render_index_make(&index, &k.a, &s.c);
	revision_book book;
	revision_book_make(&book, &k.a, sample_revisions, COUNT(sample_revisions));
	index.book = &book;
	view v = { .arena = &k.a, .c = &s.c, .index = &index, .diags = &k.d, .format = TEXT_HTML };
	participant_scenario seen;
	participant_make(&seen, &v, s.c.scenarios.ptr);
	rubric_source of_lab = { .rubric = s.c.labs.ptr->rubric, .kind = "lab", .lab = s.c.labs.ptr->lab };
	rubric_source of_scenario = {
		.rubric = s.c.scenarios.ptr->rubric, .kind = "scenario", .scenario = s.c.scenarios.ptr->scenario
	};
	check_section(&k, manual, "index", view_index(&v));
	check_section(&k, manual, "syllabus", view_syllabus(&v));
	check_section(&k, manual, "overview", view_overview(&v));
	check_section(&k, manual, "coverage", view_coverage(&v));
	check_section(&k, manual, "module", view_module(&v, &s.c.modules.ptr[1]));
	check_section(&k, manual, "quiz", view_quiz(&v, &s.c.modules.ptr[1], false));
	check_section(
		&k, manual, "quiz", view_quiz(&v, &s.c.modules.ptr[1], true)); /* the section of `answers` as well */
	check_section(&k, manual, "lab", view_lab(&v, s.c.labs.ptr));
	check_section(&k, manual, "participant", view_participant(&v, &seen));
	check_section(&k, manual, "facilitator", view_facilitator(&v, s.c.scenarios.ptr));
	check_section(&k, manual, "roles", view_roles(&v, s.c.scenarios.ptr));
	check_section(&k, manual, "rubric", view_rubric(&v, &of_lab, false));
	check_section(&k, manual, "rubric-grader", view_rubric(&v, &of_lab, true));
	check_section(&k, manual, "rubric-grader", view_rubric(&v, &of_scenario, true));
	check_section(&k, manual, "changes", view_changes(&v));
	check_section(&k, manual, "revision", view_revision(&v, sample_revisions));
	check_section(&k, manual, "revisions", view_revisions(&v));
	arena_free(&k.a);
	NO_LEAKS();
}
