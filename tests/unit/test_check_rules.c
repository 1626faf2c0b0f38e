/* Each rule of labs, rubrics, scenarios, references, pages and syllabus; those of outcomes, alignment and
 * hours are test_check_course.c. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

#include <math.h>

static void no_baseline(small *k)
{
	k->metrics[0].baseline.measured = false;
}
static void no_repeats(small *k)
{
	k->metrics[0].repeats = SCHEMA_UNSET;
}
static void no_tolerance(small *k)
{
	k->metrics[0].tolerance.value = NAN;
}
static void no_target(small *k)
{
	k->metrics[0].target.value = NAN;
	k->criteria[0].metric = STR("");
}
static void mixed_goals(small *k)
{
	k->metrics[0].target = (goal){ .value = NAN, .ratio = 0.5 };
	k->criteria[0].metric = STR("");
}
static void range_upside_down(small *k)
{
	k->expect[0] = 15;
}
static void no_metric(small *k)
{
	k->lab.metrics.len = 0;
	k->criteria[0].metric = STR("");
}
static void no_procedure(small *k)
{
	k->lab.procedure.len = 0;
}
static void no_evidence(small *k)
{
	k->lab.evidence.len = 0;
}
static void no_workload(small *k)
{
	k->lab.workload.arrival = -1;
}
static void target_worse(small *k)
{
	k->metrics[0].direction = HIGHER_IS_BETTER;
	k->metrics[0].stretch.value = 6;
	k->criteria[0].metric = STR("");
}
static void stretch_equal(small *k)
{
	k->metrics[0].stretch.value = 5;
	k->criteria[0].metric = STR("");
}
static void within_noise(small *k)
{
	k->metrics[0].tolerance.value = 2.6;
}
static void within_noise_pct(small *k)
{
	k->metrics[0].tolerance = (tolerance){ .value = NAN, .pct = 26 };
}
static void unit_unknown(small *k)
{
	k->guardrails[0].unit = STR("GIB");
}
static void unit_unfit(small *k)
{
	k->metrics[0].unit = STR("USD");
	k->criteria[0].metric = STR("");
}
static void too_few_repeats(small *k)
{
	k->metrics[0].noise_pct = 40;
}
static void no_source(small *k)
{
	k->metrics[0].source = NULL;
}
static void no_locator(small *k)
{
	k->citation.locator = STR("");
}
static void no_governance(small *k)
{
	k->lab.governance.len = 0;
}
static void no_owner(small *k)
{
	k->governance[0].owner = STR("");
}

static void no_rubric(small *k)
{
	k->set_lab.rubric = NULL;
}
static void weights_off(small *k)
{
	k->criteria[1].weight = 31;
}
static void no_weight(small *k)
{
	k->criteria[1].weight = 0;
	k->criteria[2].weight = 60;
}
static void empty_cell(small *k)
{
	k->levels[1][2].value = STR("  ");
}
static void degree_only(small *k)
{
	k->levels[1][0].value = STR("Record fully names designs.");
	k->levels[1][1].value = STR("Record mostly names designs.");
}
static void nearly_alike(small *k)
{
	k->levels[1][0].value =
		STR("Record names the rejected designs with their numbers and the reason for each of them there.");
	k->levels[1][1].value =
		STR("Record names the rejected designs with their numbers and the reason for each of them here.");
}
static void nothing_seen(small *k)
{
	k->levels[2][3].value = STR("Shows poor understanding of the topic.");
}
static void vague_word(small *k)
{
	k->levels[2][3].value = STR("Report is robust.");
}
static void two_criteria(small *k)
{
	k->rubric.criteria.len = 2;
	k->criteria[1].weight = 60;
}
static void other_order(small *k)
{
	pair_text first = k->levels[1][0];
	k->levels[1][0] = k->levels[1][1];
	k->levels[1][1] = first;
}
static void bands_not_monotonic(small *k)
{
	k->levels[0][2].value = STR("Median of 3 runs is above 1 s and below 9 s.");
}
static void bands_gap(small *k)
{
	k->levels[0][1].value = STR("Median of 3 runs is between 3 s and 5 s.");
}
static void bands_overlap(small *k)
{
	k->levels[0][0].value = STR("Median of 3 runs is at most 2 s.");
	k->levels[0][1].value = STR("Median of 3 runs is between 2 s and 5 s.");
	k->levels[0][2].value = STR("Median of 3 runs is between 4 s and 9 s.");
}
static void target_not_stated(small *k)
{
	k->levels[0][1].value = STR("Median of 3 runs is at most 4.5 s.");
}
static void stretch_not_stated(small *k)
{
	k->levels[0][0].value = STR("Median of all runs is short.");
}
static void points_equal(small *k)
{
	k->scale[2].points = 3;
}
static void pass_too_high(small *k)
{
	k->rubric.pass.percent = 80;
}
static void compensatory_unsaid(small *k)
{
	k->rubric.pass.compensatory = -1;
}

static void one_role(small *k)
{
	k->scenario.roles.len = 1;
}
static void no_private(small *k)
{
	k->roles[1].private_brief = STR("");
}
static void unordered_injects(small *k)
{
	k->injects[0].seconds = 700;
}
static void late_inject(small *k)
{
	k->injects[1].seconds = 3601;
}
static void no_purpose(small *k)
{
	k->injects[1].purpose = STR("");
}
static void seen_once(small *k)
{
	k->injects[0].outcomes.len = 0;
	k->prompts[0].outcomes.len = 0;
}
static void unknown_action(small *k)
{
	k->actions[0].id = STR("a-declare");
	k->ids[3][1] = STR("a-other");
	k->injects[0].expect = (list_str){ .ptr = &k->ids[3][1], .len = 1 };
}
static void unknown_criterion(small *k)
{
	k->actions[0].criterion = STR("charm");
}
static void no_anchor(small *k)
{
	k->anchors[1][2].value = STR(" ");
}
static void fails_by_good_action(small *k)
{
	k->actions[2].class = ACTION_GOOD;
}
static void must_unknown(small *k)
{
	k->must[0].key = STR("charm");
}
static void no_file(small *k)
{
	k->items[0].file = STR("gone.csv");
}
static void escaping_file(small *k)
{
	k->items[0].file = STR("../../etc/passwd");
}
static void unused_item(small *k)
{
	k->injects[1].evidence.len = 0;
}
static void no_distractor(small *k)
{
	k->items[1].relevance = RELEVANCE_BACKGROUND;
}
static void leak_private(small *k)
{
	k->docs[DOC_TASK].bytes = STR("# The call\n\nYou know the *owner* of the\nfreeze from last year.\n");
}
static void leak_html(small *k)
{
	k->docs[DOC_TASK].path = STR("assessments/scn-call/index.html");
	k->docs[DOC_TASK].bytes =
		PAGE("Call", "<h1>Call</h1><p>Names roles &amp; <b>severity</b> within</p>"
					 "<p>Gives each order one <em>owner</em> &#38; one check time, aloud.</p>");
	k->anchors[2][2].value = STR("Gives each order one owner & one check time, aloud.");
	k->best_first[2][0] = k->anchors[2][2];
}
static void leak_id(small *k)
{
	k->docs[DOC_TASK].bytes = STR("# The call\n\n(a-declare) and not-a-assign\n");
}
static void leak_relevance(small *k)
{
	k->docs[DOC_TASK].bytes = STR("# The call\n\nBill: distractor\n");
}

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

static void grades_off(small *k)
{
	k->grades[0].percent = k->set_lab.percent = 50;
}
static void grades_differ(small *k)
{
	k->set_lab.percent = 50;
	k->set_scenario.percent = 50;
}
static void tag_left(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\nHours: {{hours}}\n");
}
static void todo_left(small *k)
{
	k->docs[DOC_TABLE].bytes = STR("Criterion,Weight\nSpeed,TBD\n");
}
static void nan_left(small *k)
{
	BODY("<h1>One</h1><p>takes NaN hours</p>");
}
static void null_left(small *k)
{
	BODY("<h1>One</h1><p>Hours: <b>null</b></p>");
}
static void undefined_left(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\n| Hours | undefined |\n");
}
static void unclosed_code(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\nA ` and ``a\n\nTODO ` b\n");
}

static const row rows[] = {
	{ "L-01", "has no baseline", no_baseline },
	{ "L-01", "how often", no_repeats },
	{ "L-01", "no tolerance", no_tolerance },
	{ "L-01", "no target", no_target },
	{ "L-01", "not of the same form", mixed_goals },
	{ "L-01", "not two numbers", range_upside_down },
	{ "L-01", "no metric", no_metric },
	{ "L-01", "no procedure", no_procedure },
	{ "L-01", "handed in", no_evidence },
	{ "L-01", "workload", no_workload },
	{ "L-02", "target 5 is not better than the baseline 14", target_worse },
	{ "L-02", "stretch 5 is not better", stretch_equal },
	{ "L-03", "differ by 5, less than twice the tolerance of 2.6", within_noise },
	{ "L-03", "less than twice", within_noise_pct },
	{ "L-04", "did you mean 'GiB'", unit_unknown },
	{ "L-04", "measures money", unit_unfit },
	{ "L-05", "3 repeats are too few: a noise of 40 % and a change of", too_few_repeats },
	{ "L-06", "has no source", no_source },
	{ "L-06", "lacks key, locator", no_locator },
	{ "L-08", "no governance", no_governance },
	{ "L-08", "lacks kind, path, owner", no_owner },
	{ "R-01", "has no rubric", no_rubric },
	{ "R-02", "sum to 101", weights_off },
	{ "R-02", "has no weight", no_weight },
	{ "R-03", "no descriptor for 'developing'", empty_cell },
	{ "R-04", "only in degree", degree_only },
	{ "R-04", "% of their words", nearly_alike },
	{ "R-05", "'beginning' names nothing", nothing_seen },
	{ "R-06", "'robust' without a measure", vague_word },
	{ "R-08", "has 2 criteria", two_criteria, "A-05" },
	{ "R-08", "not those of the scale", other_order },
	{ "R-09", "numbers of 'developing' are better", bands_not_monotonic },
	{ "R-09", "'exemplary' and 'proficient' there is a gap", bands_gap },
	{ "R-09", "'proficient' and 'developing' there is an overlap", bands_overlap },
	{ "R-10", "'proficient' does not state the target", target_not_stated },
	{ "R-10", "'exemplary' does not state the stretch", stretch_not_stated },
	{ "R-14", "'developing' has no fewer points", points_equal },
	{ "R-14", "75 % are reached, and 80 % pass", pass_too_high },
	{ "R-14", "makes up for", compensatory_unsaid },
	{ "S-01", "has 1 roles", one_role },
	{ "S-01", "'ops' has no private", no_private },
	{ "S-02", "'i2' comes before", unordered_injects },
	{ "S-02", "outside the 60 minutes", late_inject },
	{ "S-02", "has no purpose", no_purpose },
	{ "S-03", "observed once", seen_once, "S-02" },
	{ "S-04", "expects 'a-other'", unknown_action },
	{ "S-04", "'charm', which is not a criterion", unknown_criterion },
	{ "S-04", "no behaviour for 3", no_anchor },
	{ "S-04", "is not a harmful action", fails_by_good_action },
	{ "S-04", "'charm' must be passed", must_unknown },
	{ "S-05", "'gone.csv' of evidence 'ev-graph' does not exist", no_file },
	{ "S-05", "does not exist", escaping_file },
	{ "S-05", "refers to evidence 'ev-bill'", unused_item },
	{ "S-05", "is a distractor", no_distractor },
	{ "S-06", "private brief of role ic", leak_private },
	{ "S-06", "anchor of criterion updates", leak_html },
	{ "S-06", "id of action a-declare", leak_id },
	{ "S-06", "is a distractor", leak_relevance },
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
	{ "Y-02", "sum to 90 %", grades_off },
	{ "Y-02", "counts 50 %, and `grading` of the plan says 60 %", grades_differ },
	{ "Y-03", "'{{'", tag_left },
	{ "Y-03", "'TBD'", todo_left },
	{ "Y-03", "'NaN'", nan_left },
	{ "Y-03", "'null'", null_left },
	{ "Y-03", "'undefined'", undefined_left },
	{ "Y-03", "'TODO'", unclosed_code },
};

Test(check_rules, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_rules, each_rule_has_a_change)
{
	expect_row_for_each_rule("LRSTXY", rows, COUNT(rows));
}
