/* Each rule of references and pages; the others are test_check_course.c (alignment, hours, outcomes),
 * test_check_tasks.c, test_check_quizzes.c and test_check_syllabus.c. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

static void why_unknown(small *k)
{
	k->docs[DOC_INDEX].bytes =
		PAGE("Course", "<h1>Course</h1><p><data data-why=\"module:gone.hours\">3</data></p>");
}
static void why_missing(small *k)
{
	k->docs[DOC_INDEX].bytes =
		PAGE("Course", "<h1>Course</h1><p><data value=\"3\">3 h</data> <data>none</data></p>");
}
static void dead_link(small *k)
{
	k->docs[DOC_PAGE].bytes =
		PAGE("Operators", "<h1 id=\"load\">Operators</h1><a href=\"../labs/gone.html\">Lab</a>");
}
static void dead_fragment(small *k)
{
	k->docs[DOC_PAGE].bytes = PAGE("Operators", "<h1>Operators</h1>");
}
static void outside_link(small *k)
{
	k->docs[DOC_PAGE].bytes =
		PAGE("Operators", "<h1 id=\"load\">Operators</h1><a href=\"../../index.html\">Up</a>");
}
static void unknown_concept(small *k)
{
	k->teaches[0].key = STR("nothing");
}
static void unknown_outcome(small *k)
{
	k->ids[0][1] = STR("ops-o9");
}
static void unknown_source(small *k)
{
	k->citation.key = STR("rumour");
}
static void unknown_metric(small *k)
{
	k->criteria[0].metric = STR("speed");
}
static void no_starter(small *k)
{
	k->starter[0].path = STR("gone.csv");
}
static void no_fallback(small *k)
{
	k->lab.fallback = STR("T3");
}
static void unknown_module(small *k)
{
	k->ids[7][0] = STR("nowhere");
}
static void unknown_grade(small *k)
{
	k->grades[1].item = STR("lab:gone");
}
static void unknown_gold(small *k)
{
	k->gold[0].key = STR("perf-z");
}
static void unknown_construct(small *k)
{
	k->injects[0].tests = k->injects[0].outcomes;
}
static void stale_hash(small *k)
{
	small_manifest(k);
	k->docs[DOC_NOTES].bytes = STR("# Changed\n");
	k->manifest_kept = true;
}
static void unlisted(small *k)
{
	k->docs[DOC_MANIFEST].bytes = STR("{}");
	k->manifest_kept = true;
}
static void manifest_broken(small *k)
{
	k->docs[DOC_MANIFEST].bytes = STR("{\"a\":");
	k->manifest_kept = true;
}

#define BODY(text) k->docs[DOC_INDEX].bytes = PAGE("Course", text)

static void two_headings(small *k)
{
	BODY("<h1>One</h1><h1>Two</h1>");
}
static void skipped_heading(small *k)
{
	BODY("<h1>One</h1><h3>Two</h3>");
}
static void empty_heading(small *k)
{
	BODY("<h1>One</h1><h2> <b> </b></h2>");
}
static void no_heading(small *k)
{
	BODY("<p>Text</p>");
}
static void bare_table(small *k)
{
	BODY("<h1>One</h1><table><tr><td>1</td></tr></table>");
}
static void no_scope(small *k)
{
	BODY("<h1>One</h1><table><caption>C</caption><tr><th>A</th></tr></table>");
}
static void merged_cells(small *k)
{
	BODY("<h1>One</h1><table><caption>C</caption><tr><th scope=\"col\" colspan=\"2\">A</th></tr></table>");
}
static void no_alt(small *k)
{
	BODY("<h1>One</h1><img src=\"modules/ops.html\"/>");
}
static void no_name(small *k)
{
	BODY("<h1>One</h1><svg><title> </title></svg>");
}
static void no_description(small *k)
{
	BODY("<h1>One</h1><figure><svg aria-label=\"Shares\"/></figure>");
}
static void not_well_formed(small *k)
{
	BODY("<h1>One</h1><br>");
}
static void no_language(small *k)
{
	k->docs[DOC_INDEX].bytes = STR("<html><head><title>A</title></head><body><h1>A</h1></body></html>");
}
static void no_title(small *k)
{
	k->docs[DOC_INDEX].bytes = STR("<html lang=\"en\"><head/><body><h1>A</h1><title>B</title></body></html>");
}
static void id_twice(small *k)
{
	BODY("<h1 id=\"a\">One</h1><p id=\"a\">Two</p>");
}
static void click_here(small *k)
{
	BODY("<h1>One</h1><a href=\"modules/ops.md\">Click  here</a>");
}
static void empty_link(small *k)
{
	BODY(
		"<h1>One</h1><a href=\"modules/ops.md\"><img src=\"modules/ops.html\" alt=\" \" role=\"none\"/></a>");
}
static void bare_link(small *k)
{
	BODY("<h1>One</h1><a href=\"https://example.org\">https://example.org</a>");
}
static void bare_address(small *k)
{
	BODY("<h1>One</h1><p>See https://example.org for more.</p>");
}
static void two_targets(small *k)
{
	BODY("<h1>One</h1><a href=\"modules/ops.md\">Operators</a> <a href=\"modules/ops.html\">operators</a>");
}

static const row rows[] = {
	{ "T-01", "'module:gone.hours', which is no known address", why_unknown },
	{ "T-01", "the number '3 h' has no data-why", why_missing },
	{ "T-07", "links to '../labs/gone.html'", dead_link },
	{ "T-07", "no such id", dead_fragment },
	{ "T-07", "links to '../../index.html'", outside_link },
	{ "T-07", "concept 'nothing'", unknown_concept },
	{ "T-07", "outcome 'ops-o9'", unknown_outcome, "A-02" },
	{ "T-07", "source 'rumour'", unknown_source },
	{ "T-07", "metric 'speed'", unknown_metric },
	{ "T-07", "starter file 'gone.csv'", no_starter },
	{ "T-07", "fallback 'T3'", no_fallback },
	{ "T-07", "module 'nowhere'", unknown_module },
	{ "T-07", "grades 'lab:gone'", unknown_grade },
	{ "T-07", "sample 'perf-z'", unknown_gold },
	{ "T-07", "construct 'lead-o1'", unknown_construct },
	{ "T-08", "not the document whose hash", stale_hash },
	{ "T-08", "not listed", unlisted },
	{ "T-08", "not JSON", manifest_broken },
	{ "X-01", "second heading of level 1", two_headings },
	{ "X-01", "level 3 follows one of level 1", skipped_heading },
	{ "X-01", "heading is empty", empty_heading },
	{ "X-01", "no heading of level 1", no_heading },
	{ "X-02", "no header cells", bare_table },
	{ "X-02", "has no scope", no_scope },
	{ "X-02", "merged cells", merged_cells },
	{ "X-03", "no alt text", no_alt },
	{ "X-03", "no name", no_name },
	{ "X-03", "no table and no description", no_description },
	{ "X-04", "not well-formed", not_well_formed },
	{ "X-04", "no language", no_language },
	{ "X-04", "no title", no_title },
	{ "X-04", "'a' is used twice", id_twice },
	{ "X-05", "'click here' does not say", click_here },
	{ "X-05", "has no text", empty_link },
	{ "X-05", "is a bare address", bare_link },
	{ "X-05", "address stands in the text", bare_address },
	{ "X-05", "leads to 'modules/ops.md' and to 'modules/ops.html'", two_targets },
};

Test(check_rules, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_rules, each_rule_has_a_change)
{
	expect_row_for_each_rule("TX", rows, COUNT(rows));
}
