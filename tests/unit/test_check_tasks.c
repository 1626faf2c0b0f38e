/* Each rule of labs, rubrics and scenarios. */
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

static void latency_as_mean(small *k)
{
	k->metrics[0].name = STR("Admission latency");
}
static void latency_of_a_batch(small *k)
{
	k->metrics[0].name = STR("Response time, p99");
	k->metrics[0].percentile = 99;
	k->lab.workload.arrival = 2;
}
static void no_ceiling(small *k)
{
	k->lab.cost.ceiling = NAN;
}
static void no_teardown(small *k)
{
	k->lab.teardown = STR("");
}
static void no_tier(small *k)
{
	k->lab.tiers.len = 0;
}
static void no_guardrail(small *k)
{
	k->lab.guardrails.len = 0;
}
static void no_limit(small *k)
{
	k->guardrails[0].limit.value = NAN;
}
static void latest_version(small *k)
{
	k->versions[0].version = STR("latest");
}
static void no_version(small *k)
{
	k->lab.versions.len = 0;
}
static void incomparable(small *k)
{
	k->metrics[0].note = STR("");
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
	k->levels[1][0].value = STR("Record fully names the designs that were put aside.");
	k->levels[1][1].value = STR("Record mostly names the designs that were put aside.");
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
	k->levels[2][3].value = STR("Presentation shows poor understanding of the topic and its depth.");
}
static void vague_word(small *k)
{
	k->levels[2][3].value = STR("Report is robust in every part that a grader opens.");
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

static void same_words(small *k)
{
	for (size_t i = 0; i < 4; i++)
		k->levels[2][i].value = k->levels[1][i].value;
}
static void outcome_twice(small *k)
{
	static str twice[2];
	twice[0] = twice[1] = k->criteria[2].outcomes.ptr[0];
	k->criteria[2].outcomes = (list_str){ .ptr = twice, .len = COUNT(twice) };
}
static void metric_twice(small *k)
{
	k->criteria[1].metric = STR("converge");
	k->criteria[1].levels = k->criteria[0].levels;
}
static void beyond_best(small *k)
{
	k->citation.best.value = 2.5;
}
static void target_beyond_best(small *k)
{
	k->citation.best.value = 5.5;
	k->metrics[0].stretch.value = NAN;
	k->criteria[0].metric = STR("");
}
static void best_of_another_form(small *k)
{
	k->citation.best = (goal){ .value = NAN, .ratio = 0.2 };
}
static void absent_at_the_end(small *k)
{
	k->levels[2][3].value = STR("Report does not state a decision, and the risk is missing.");
}
static void absent_twice(small *k)
{
	k->levels[2][1].value = STR("Report states no risk, and no page is without gaps.");
	k->levels[2][2].value = STR("The decision is not in the report, nor is a risk.");
}
static void mixed_openings(small *k)
{
	k->levels[2][3].value = STR("Without a summary, pages of screenshots stand in order of date.");
}
static void verb_beside_noun(small *k)
{
	k->levels[2][1].value = STR("Clearly states the decision in a table of the summary.");
	k->levels[2][2].value = STR("The history of the work comes before its decision.");
}
static void heavy_weight(small *k)
{
	k->criteria[0].weight = 42;
	k->criteria[1].weight = 28;
}
static void light_weight(small *k)
{
	k->criteria[1].weight = 4;
	k->criteria[2].weight = 56;
	k->criteria[2].weight_reason = STR("The report is all that the board reads.");
}
static void one_name_two_meanings(small *k)
{
	k->scored[1].id = k->criteria[1].id;
	k->scored[1].name = STR("design");
}
static void no_middle_sample(small *k)
{
	k->gold_scores[1].value = 3;
}
static void leak_notes(small *k)
{
	k->criteria[1].grader_notes = STR("Ask what would reopen the *decision*; stop after 15 minutes.");
	k->docs[DOC_TABLE].bytes =
		STR("Criterion,Weight\n\"ask what would reopen the decision, stop\nafter 15 minutes\",40\n");
}
static void short_cell(small *k)
{
	k->levels[1][3].value = STR("Record repeats the vendor.");
}
static void long_cell(small *k)
{
	k->levels[1][0].value = STR(
		"Record a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j k l m n o p q r s "
		"t u v w x y z a b c d e f g h i j.");
}
static void uneven_cells(small *k)
{
	k->levels[1][0].value =
		STR("Record names two rejected designs with their numbers, what reopens each, who decided, on "
			"what day, and which table of the report holds the raw figures.");
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
					 "<p>Corrects a statement <em>aloud</em> &#38; names the source that refuted it.</p>");
	k->anchors[2][2].value = STR("Corrects a statement aloud & names the source that refuted it.");
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

static void one_path(small *k)
{
	k->paths[1].acceptable = false;
}
static void unconditional_path(small *k)
{
	k->paths[0].would_change = STR("");
}
static void overfull_timebox(small *k)
{
	k->scenario.timebox.brief_min = 40;
}
static void short_debrief(small *k)
{
	k->scenario.timebox.debrief_min = 15;
}
static void late_prompt(small *k)
{
	k->prompts[0].seconds = 3700;
}
static void no_probes(small *k)
{
	k->prompts[0].probes.len = 0;
}
static void no_prompt(small *k)
{
	k->scenario.prompts.len = 0;
}
static void one_rater(small *k)
{
	k->scenario.scoring.raters = 1;
}
static void by_consensus(small *k)
{
	k->scenario.scoring.combine = STR("discussion until agreement");
}
static void no_safety(small *k)
{
	k->scenario.facilitator.safety = STR("");
}
static void no_accommodation(small *k)
{
	k->scenario.accommodation.text = STR("");
}

static const row rows[] = {
	{ "L-01", "has no baseline", no_baseline },
	{ "L-01", "how often", no_repeats },
	{ "L-01", "no tolerance", no_tolerance },
	{ "L-01", "no target", no_target },
	{ "L-01", "not of the same form", mixed_goals, "R-11" },
	{ "L-01", "not two numbers", range_upside_down },
	{ "L-01", "no metric", no_metric },
	{ "L-01", "no procedure", no_procedure },
	{ "L-01", "handed in", no_evidence },
	{ "L-01", "workload", no_workload },
	{ "L-02", "target 5 is not better than the baseline 14", target_worse, "R-11" },
	{ "L-02", "stretch 5 is not better", stretch_equal },
	{ "L-03", "differ by 5, less than twice the tolerance of 2.6", within_noise },
	{ "L-03", "less than twice", within_noise_pct },
	{ "L-04", "did you mean 'GiB'", unit_unknown },
	{ "L-04", "measures money", unit_unfit },
	{ "L-05", "3 repeats are too few: a noise of 40 % and a change of", too_few_repeats },
	{ "L-06", "has no source", no_source },
	{ "L-06", "lacks key, locator", no_locator },
	{ "L-07", "without a percentile", latency_as_mean },
	{ "L-07", "latency 'converge' of a batch", latency_of_a_batch },
	{ "L-08", "no governance", no_governance },
	{ "L-08", "lacks kind, path, owner", no_owner },
	{ "L-09", "has no cost ceiling", no_ceiling },
	{ "L-09", "has no teardown step", no_teardown },
	{ "L-09", "has no hardware tier", no_tier, "T-07" },
	{ "L-10", "has no guardrail", no_guardrail },
	{ "L-10", "guardrail 'errors' has no limit", no_limit },
	{ "L-11", "version of Go has no number", latest_version },
	{ "L-11", "names no tool", no_version },
	{ "L-11", "no `note`", incomparable },
	{ "R-01", "has no rubric", no_rubric },
	{ "R-02", "sum to 101", weights_off },
	{ "R-02", "has no weight", no_weight, "R-15" },
	{ "R-03", "no descriptor for 'developing'", empty_cell },
	{ "R-04", "only in degree", degree_only },
	{ "R-04", "% of their words", nearly_alike },
	{ "R-05", "'beginning' names nothing", nothing_seen },
	{ "R-06", "'robust' without a measure", vague_word },
	{ "R-07", "shares 100 % of its key terms with 'design'", same_words },
	{ "R-07", "a second time", outcome_twice },
	{ "R-07", "scores metric 'converge' a second time", metric_twice },
	{ "R-08", "has 2 criteria", two_criteria, "R-15 A-05" },
	{ "R-08", "not those of the scale", other_order },
	{ "R-09", "numbers of 'developing' are better", bands_not_monotonic },
	{ "R-09", "'exemplary' and 'proficient' there is a gap", bands_gap },
	{ "R-09", "'proficient' and 'developing' there is an overlap", bands_overlap },
	{ "R-10", "'proficient' does not state the target", target_not_stated },
	{ "R-10", "'exemplary' does not state the stretch", stretch_not_stated },
	{ "R-11", "best level asks for 2, and the best figure that its source states is 2.5", beyond_best },
	{ "R-11", "best level asks for 5", target_beyond_best },
	{ "R-11", "not of the same form", best_of_another_form },
	{ "R-12", "'beginning' says only what is missing", absent_at_the_end },
	{ "R-12", "2 levels say only what is missing", absent_twice },
	{ "R-13", "'beginning' opens with 'Without'", mixed_openings },
	{ "R-13", "'developing' opens with 'The' and a level above it with 'Report'", verb_beside_noun },
	{ "R-14", "'developing' has no fewer points", points_equal },
	{ "R-14", "75 % are reached, and 80 % pass", pass_too_high },
	{ "R-14", "makes up for", compensatory_unsaid },
	{ "R-15", "weighs 42 %", heavy_weight },
	{ "R-15", "weighs 4 %", light_weight },
	{ "R-16", "of a criterion of lab:lab-burst", one_name_two_meanings },
	{ "R-17", "no sample performance has a gold score of 2", no_middle_sample },
	{ "R-18", "graders' notes of criterion design of rubric rub-lab", leak_notes },
	{ "R-19", "'beginning' has 4 words", short_cell },
	{ "R-19", "'exemplary' has 63 words", long_cell },
	{ "R-19", "have 8 to 26 words", uneven_cells },
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
	{ "S-07", "has 1 acceptable path with", one_path },
	{ "S-07", "has 1 acceptable path with", unconditional_path },
	{ "S-08", "take 130 minutes of 120", overfull_timebox },
	{ "S-08", "debrief takes 15 of 85 minutes", short_debrief },
	{ "S-08", "prompt 'q1' is outside the 60 minutes", late_prompt },
	{ "S-09", "prompt 'q1' has no probes", no_probes },
	{ "S-09", "has no prompt", no_prompt },
	{ "S-10", "fewer than 2 raters", one_rater },
	{ "S-10", "is 'discussion until agreement'", by_consensus },
	{ "S-11", "`safety`", no_safety },
	{ "S-11", "`accommodation`", no_accommodation },
};

Test(check_tasks, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_tasks, each_rule_has_a_change)
{
	expect_row_for_each_rule("LRS", rows, COUNT(rows));
}

static void expect_harmless(const char *text, bool of_scenario)
{
	small k;
	small_init(&k, 0);
	pair_text *level = of_scenario ? &k.best_first[0][2] : &k.levels[2][3];
	level->value = str_from(text);
	small_run(&k);
	EACH (const finding, f, k.out)
		cr_expect(false, "'%s': %s %.*s", text, f->rule->id, STRF(f->text));
	small_free(&k);
}

/* Descriptors that look like what are about, and are not. Those of the lab begin with a
 * noun, those of the scenario with a verb. */
Test(check_tasks, harmless_wording)
{
	static const char *const of_lab[] = {
		"Screenshots stand in a folder, and nothing says in which order.",
		"Report lists numbers without units, so nobody can compare them.",
		"Report contradicts its table, but no reader is told of it.",
		"Records were copied from the slides of the vendor, unchanged.",
		"Clearly states the slides of the vendor as its own result.",
	};
	static const char *const of_scenario[] = {
		"Does not hold a role, and debugs alone for ten minutes.",
		"Lacks a role for ten minutes, and reads graphs aloud instead.",
		"Never names a role; reads graphs aloud for ten minutes.",
		"Reads graphs aloud for ten minutes while nobody holds a role.",
	};
	for (size_t i = 0; i < COUNT(of_lab); i++)
		expect_harmless(of_lab[i], false);
	for (size_t i = 0; i < COUNT(of_scenario); i++)
		expect_harmless(of_scenario[i], true);
	NO_LEAKS();
}
