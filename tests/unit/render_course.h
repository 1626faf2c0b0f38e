/* A course in which every field of every item that is rendered has something in it, and names are as hostile
 * as the readers let them be. Words that participants must not see contain SECRET. */
#ifndef UNIT_RENDER_COURSE_H
#define UNIT_RENDER_COURSE_H

#include "check.h"

#include "base/value.h"
#include "model/curriculum.h"
#include "model/update.h"

#include <math.h>
#include <stdlib.h>

#define EVIL "<script>alert(1)</script> | ` * & \" ' [x](javascript:y) # _z_"
#define MARKED "Text with `code | pipe`, **strong** words & a [link](https://example.org/)."

#define LISTED(type, ...) \
	{ \
		.ptr = (type[]){ __VA_ARGS__ }, .len = sizeof((type[]){ __VA_ARGS__ }) / sizeof(type) \
	}
#define WORDS(...) LISTED(str, __VA_ARGS__)
#define PAIR(k, v) \
	{ \
		.key = { k, sizeof k - 1 }, .value = { v, sizeof v - 1 } \
	}

typedef struct {
	curriculum c;
	course course;
	workbook workbook;
	facts facts;
	catalog catalog;
	plan plan;
	trace trace;
	const char *folder; /* that has the starter and evidence files */
} sample;

static workbook_row sample_rows[] = {
	{ .kind = ROW_SKILL,
		.id = { "evil", 4 },
		.name = { EVIL, sizeof EVIL - 1 },
		.category = { "Core", 4 },
		.notes = { EVIL, sizeof EVIL - 1 },
		.count = 24,
		.share = 24.0 / 26 },
	{ .kind = ROW_SKILL,
		.id = { "untaught", 8 },
		.name = { "=1+1", 4 },
		.category = { "Nice", 4 },
		.count = 3,
		.share = 3.0 / 26 },
	{ .kind = ROW_TECHNOLOGY,
		.id = { "iac", 3 },
		.name = { "IaC: Terraform", 14 },
		.category = { "IaC", 3 },
		.tools = { "Terraform", 9 },
		.count = 19,
		.share = 19.0 / 26 },
	{ .kind = ROW_THEME,
		.id = { "theme", 5 },
		.name = { "Reliability", 11 },
		.text = { "Lead", 4 },
		.count = 17,
		.share = 17.0 / 26 },
};

static fact_row sample_facts[] = {
	{ .row = &sample_rows[0],
		.low80 = 0.83,
		.high80 = 0.97,
		.rank = 1,
		.factor = 1,
		.emphasis = 1,
		.weight = 0.92 },
	{ .row = &sample_rows[1],
		.low80 = 0.06,
		.high80 = 0.2,
		.rank = 2,
		.factor = 0.4,
		.emphasis = 1,
		.weight = 0.05 },
	{ .row = &sample_rows[2],
		.low80 = 0.6,
		.high80 = 0.8,
		.rank = 1,
		.factor = 0.4,
		.emphasis = 1,
		.weight = 0.29 },
	{ .row = &sample_rows[3],
		.low80 = 0.5,
		.high80 = 0.7,
		.rank = 1,
		.factor = 0.4,
		.emphasis = 1,
		.weight = 0.26 },
};

static workbook_item sample_items[] = {
	{ .id = { "insight-1", 9 }, .text = { EVIL, sizeof EVIL - 1 } },
	{ .id = { "insight-2", 9 }, .text = { "Nobody answers this.", 20 } },
};

static concept sample_concept = { .id = { "iac", 3 }, .name = { "infrastructure as code", 22 } };
static source_ref sample_source = {
	.id = { "paper", 5 }, .title = { "A paper", 7 }, .publisher = { "A journal", 9 }, .year = 2024
};

static module sample_module = { .id = { "mod-a", 5 },
	.title = { EVIL, sizeof EVIL - 1 },
	.level = LEVEL_SENIOR,
	.summary = { MARKED, sizeof MARKED - 1 },
	.teaches =
		LISTED(teach, { .key = { "iac", 3 }, .level = TEACH_EXPERT }, { .key = { "other", 5 }, .level = 0 }),
	.minutes = { .min = 300, .max = 600 },
	.prerequisites = WORDS({ "mod-b", 5 }, { "prior", 5 }),
	.tags = WORDS({ "cost", 4 }),
	.outcomes = LISTED(outcome,
		{ .id = { "mod-a-o1", 8 }, .text = { MARKED, sizeof MARKED - 1 }, .bloom = BLOOM_CREATE },
		{ .id = { "mod-a-o2", 8 }, .text = { "Compare plans for a | b.", 24 }, .bloom = BLOOM_ANALYSE }),
	.topics = LISTED(
		module_topic, { .title = { EVIL, sizeof EVIL - 1 }, .points = WORDS({ MARKED, sizeof MARKED - 1 }) }),
	.activities = LISTED(activity,
		{ .id = { "mod-a-a1", 8 },
			.kind = ACT_LECTURE,
			.minutes = 65,
			.contact = true,
			.outcomes = WORDS({ "mod-a-o1", 8 }),
			.text = { "# Part\n\n### Deep\n\nText.\n\n| a | b |\n| - | - |\n| 1 | 2 |", 54 } },
		{ .id = { "mod-a-a2", 8 }, .kind = ACT_EXERCISE, .minutes = 235, .text = { "Do it.", 6 } }),
	.misconceptions =
		LISTED(misconception, { .text = { MARKED, sizeof MARKED - 1 }, .notice = { "It shows.", 9 } }),
	.readings = LISTED(
		reading, { .title = { EVIL, sizeof EVIL - 1 }, .publisher = { "P", 1 }, .section = { "S", 1 } }),
	.tools = LISTED(tool_version, { .name = { "Terraform", 9 }, .version = { "1.x", 3 } }) };

static quiz sample_quiz = { .id = { "quiz-a", 6 },
	.title = { EVIL " quiz", sizeof EVIL + 4 },
	.module = { "mod-a", 5 },
	.items = LISTED(quiz_item,
		{ .id = { "quiz-a-1", 8 },
			.outcome = { "mod-a-o2", 8 },
			.stem = { MARKED, sizeof MARKED - 1 },
			.options =
				LISTED(quiz_option, { .text = { "Plan *a* | b.", 13 }, .why = { "WHY NOT *it*.", 13 } },
					{ .text = { "Plan `b`.", 9 }, .correct = true, .why = { "WHY SO.", 7 } },
					{ .text = { "No plan.", 8 } }),
			.rationale = { "BECAUSE OF " MARKED, sizeof "BECAUSE OF " MARKED - 1 } },
		{ .id = { "quiz-a-2", 8 },
			.outcome = { "gone-o1", 7 },
			.stem = { "Two of these?", 13 },
			.multi = true,
			.options = LISTED(quiz_option, { .text = { "One.", 4 }, .correct = true },
				{ .text = { "Two.", 4 } }, { .text = { "Three.", 6 }, .correct = true }),
			.rationale = { "BECAUSE OF BOTH.", 16 } }) };

static module sample_other = { .id = { "mod-b", 5 },
	.title = { "Basics", 6 },
	.summary = { "Short.", 6 },
	.outcomes = LISTED(
		outcome, { .id = { "mod-b-o1", 8 }, .text = { "Explain it.", 11 }, .bloom = BLOOM_UNDERSTAND }),
	.needs_author = true };

#define NO_GOAL \
	{ \
		.value = NAN, .ratio = NAN \
	}

static citation sample_citation = {
	.key = { "paper", 5 }, .mark = 0, .locator = { "table 2", 7 }, .accessed = { "2026-01-02", 10 }
};

static metric sample_metrics[] = {
	{ .id = { "latency", 7 },
		.name = { EVIL, sizeof EVIL - 1 },
		.definition = { MARKED, sizeof MARKED - 1 },
		.unit = { "s", 1 },
		.direction = LOWER_IS_BETTER,
		.aggregate = { .over = { "runs", 4 } },
		.percentile = 99,
		.baseline = { .value = NAN,
			.measured = true,
			.expect = LISTED(double, 100, 1800),
			.obtain = { "Run | it.", 9 } },
		.target = { .value = 1, .ratio = NAN },
		.stretch = { .value = 0.3, .ratio = NAN },
		.tolerance = { .value = 0.2, .pct = NAN, .why = { "Noise.", 6 } },
		.noise_pct = 10,
		.repeats = 4,
		.source = &sample_citation,
		.basis = -1,
		.note = { "Careful.", 8 },
		.use_stretch = true },
	{ .id = { "cost", 4 },
		.name = { "Cost", 4 },
		.definition = { "Money.", 6 },
		.unit = { "USD", 3 },
		.direction = HIGHER_IS_BETTER,
		.aggregate = { .over = { "runs", 4 } },
		.percentile = NAN,
		.baseline = { .value = NAN, .measured = true, .obtain = { "Look.", 5 } },
		.target = { .value = NAN, .ratio = 1.2 },
		.stretch = NO_GOAL,
		.tolerance = { .value = NAN, .pct = 5, .why = { "Ours.", 5 } },
		.noise_pct = NAN,
		.repeats = 3,
		.basis = 0 },
};

static lab sample_lab = { .id = { "lab-a", 5 },
	.title = { EVIL " lab", sizeof EVIL + 3 },
	.summary = { MARKED, sizeof MARKED - 1 },
	.context = { MARKED, sizeof MARKED - 1 },
	.integrates = WORDS({ "mod-a", 5 }),
	.outcomes = WORDS({ "mod-a-o1", 8 }, { "mod-a-o2", 8 }),
	.tags = WORDS({ "cost", 4 }),
	.tiers = LISTED(lab_tier,
		{ .tier = { "T0", 2 }, .hardware = { "Laptop | any", 12 }, .note = { MARKED, sizeof MARKED - 1 } }),
	.fallback = { "T0", 2 },
	.versions = LISTED(tool_version, { .name = { "Terraform", 9 }, .version = { "2.x", 3 } }),
	.workload = { .description = { MARKED, sizeof MARKED - 1 },
		.dataset = { "D", 1 },
		.size = { "S", 1 },
		.warmup = { "W", 1 },
		.duration = { "D", 1 },
		.seed = { "7", 1 } },
	.metrics = { .ptr = sample_metrics, .len = 2 },
	.guardrails = LISTED(guardrail,
		{ .id = { "errors", 6 },
			.name = { EVIL, sizeof EVIL - 1 },
			.unit = { "%", 1 },
			.limit = { .value = 1, .ratio = NAN },
			.why = { "Why | not.", 10 } },
		{ .id = { "price", 5 },
			.name = { "Price", 5 },
			.unit = { "USD", 3 },
			.limit = { .value = NAN, .ratio = 1.1 } }),
	.procedure = LISTED(lab_step,
		{ .title = { EVIL, sizeof EVIL - 1 }, .text = { "Do:\n\n```sh\n# not a heading\nls\n```", 33 } }),
	.decision = { "It passes.", 10 },
	.evidence = LISTED(artifact, { .path = { "a|b.csv", 7 }, .text = { "Data.", 5 } }),
	.governance = LISTED(
		governance, { .kind = 0, .path = { "adr.md", 6 }, .owner = { "Lead", 4 }, .check = { "Read.", 5 } }),
	.failure_modes =
		LISTED(failure_mode, { .symptom = { "S|1", 3 }, .cause = { "C", 1 }, .remedy = { "R", 1 } }),
	.cost = { .ceiling = 4.5, .currency = { "USD", 3 }, .note = { "Cheap.", 6 } },
	.teardown = { "Remove it.", 10 },
	.starter = LISTED(artifact, { .path = { "link.md.mustache", 16 }, .text = { "A file.", 7 } }) };

static rubric sample_rubric = { .id = { "rub-a", 5 },
	.title = { "Rubric", 6 },
	.scale = LISTED(
		scale_level, { .level = { "high, very", 10 }, .points = 2 }, { .level = { "low", 3 }, .points = 1 }),
	.pass = { .percent = 70, .compensatory = 1 },
	.criteria = LISTED(criterion,
		{ .id = { "c1", 2 },
			.name = { "=cmd|' /C calc'!A0", 18 },
			.weight = 60,
			.outcomes = WORDS({ "mod-a-o1", 8 }),
			.levels =
				LISTED(pair_text, { .key = { "high, very", 10 }, .value = { "Has, \"all\" | of it.", 19 } },
					{ .key = { "low", 3 }, .value = { "-1 of it.", 9 } }),
			.metric = { "latency", 7 },
			.must_pass = true,
			.must_points = 2,
			.grader_notes = { "GRADER SECRET note", 18 } },
		{ .id = { "c2", 2 },
			.name = { EVIL, sizeof EVIL - 1 },
			.weight = 40,
			.must_points = NAN,
			.levels = LISTED(pair_text, { .key = { "high, very", 10 }, .value = { "One.", 4 } },
				{ .key = { "low", 3 }, .value = { "Two.", 4 } }) }) };

static scenario sample_scenario = { .id = { "scn-a", 5 },
	.version = { "1.2.0", 5 },
	.title = { EVIL " scenario", sizeof EVIL + 8 },
	.summary = { MARKED, sizeof MARKED - 1 },
	.kind = 2,
	.constructs = WORDS({ "calm", 4 }),
	.integrates = WORDS({ "mod-a", 5 }),
	.outcomes = WORDS({ "mod-a-o2", 8 }),
	.timebox = { .brief_min = 15, .play_min = 60, .debrief_min = 30 },
	.setting = { .system = { MARKED, sizeof MARKED - 1 },
		.scale = { "Large.", 6 },
		.slo = LISTED(pair_text, { .key = { "availability_pct", 16 }, .value = { "99.9", 4 } }),
		.constraints = WORDS({ "One | two.", 10 }),
		.stakeholders = WORDS({ "Sales.", 6 }),
		.budget = { "None.", 5 } },
	.roles = LISTED(scenario_role, { .id = { "lead", 4 },
									   .title = { EVIL, sizeof EVIL - 1 },
									   .assessed = true,
									   .brief = { "You lead.", 9 },
									   .private_brief = { "PRIVATE SECRET of the lead", 26 } }),
	.evidence = LISTED(evidence_item,
		{ .id = { "ev-1", 4 },
			.kind = { "log", 3 },
			.title = { EVIL, sizeof EVIL - 1 },
			.file = { "link.html.mustache", 18 },
			.alt = { "Lines.", 6 } },
		{ .id = { "ev-2", 4 },
			.kind = { "cost", 4 },
			.title = { "LATER SECRET page", 17 },
			.file = { "number.md.mustache", 18 },
			.alt = { "Costs SECRET.", 13 },
			.relevance = RELEVANCE_DISTRACTOR,
			.released = RELEASE_PLAY }),
	.injects = LISTED(scenario_inject, { .id = { "i1-secret", 9 },
										   .seconds = 605,
										   .when = { "branch SECRET", 13 },
										   .channel = { "chat", 4 },
										   .from = { EVIL, sizeof EVIL - 1 },
										   .text = { "INJECT SECRET text", 18 },
										   .purpose = { "PURPOSE SECRET", 14 },
										   .tests = WORDS({ "calm-secret", 11 }),
										   .evidence = WORDS({ "ev-2", 4 }),
										   .expect = WORDS({ "a-secret-act", 12 }) }),
	.prompts = LISTED(scenario_prompt, { .id = { "q1", 2 },
										   .seconds = INT_MAX,
										   .ask = { "ASK SECRET?", 11 },
										   .probes = WORDS({ "PROBE SECRET?", 13 }),
										   .evidence = WORDS({ "ev-1", 4 }) }),
	.deliverables = WORDS({ "A report | short.", 17 }),
	.actions = LISTED(scenario_action, { .id = { "a-secret-act", 12 },
										   .text = { "ACTION SECRET | done", 20 },
										   .class = ACTION_HARMFUL,
										   .criterion = { "s1", 2 } }),
	.paths = LISTED(solution_path, { .id = { "p1", 2 },
									   .text = { "PATH SECRET", 11 },
									   .acceptable = true,
									   .condition = { "If.", 3 },
									   .would_change = { "That.", 5 } }),
	.scoring = { .scale = LISTED(double, 1, 2),
		.combine = { "mean-of-raters", 14 },
		.raters = 2,
		.criteria = LISTED(score_criterion,
			{ .id = { "s1", 2 },
				.name = { "Calm", 4 },
				.weight = 100,
				.anchors = LISTED(pair_text, { .key = { "1", 1 }, .value = { "ANCHOR SECRET one", 17 } },
					{ .key = { "2", 1 }, .value = { "ANCHOR SECRET two", 17 } }) }),
		.critical_fail = WORDS({ "a-secret-act", 12 }),
		.pass = { .total = 60 } },
	.facilitator = { .setup = { "SETUP SECRET", 12 },
		.script = { "SCRIPT SECRET", 13 },
		.hints = LISTED(facilitator_hint, { .level = 1, .text = { "HINT SECRET", 11 }, .cost = 4 }),
		.common_paths = WORDS({ "COMMON SECRET", 13 }),
		.debrief = WORDS({ "Why? SECRET", 11 }),
		.safety = { "SAFETY SECRET", 13 } },
	.rater_pack = { .training_min = 75,
		.samples = LISTED(sample_performance, { .id = { "perf", 4 }, .text = { "PERF SECRET", 11 } }),
		.gold = LISTED(gold,
			{ .key = { "perf", 4 }, .scores = LISTED(pair_number, { .key = { "s1", 2 }, .value = 2 }) }),
		.release = { .qwk = 0.6, .icc2k = 0.75, .n = 10 } },
	.accommodation = {
		.extra_time_pct = 25, .text = { "More time.", 10 }, .written_variant = { "In writing.", 11 } } };

static rubric sample_scoring = { .id = { "rub-scn-a", 9 },
	.title = { "Scoring", 7 },
	.scale = LISTED(scale_level, { .level = { "2", 1 }, .points = 2 }, { .level = { "1", 1 }, .points = 1 }),
	.pass = { .percent = 60, .compensatory = 0 },
	.criteria = LISTED(criterion,
		{ .id = { "s1", 2 },
			.name = { "Calm", 4 },
			.weight = 100,
			.levels = LISTED(pair_text, { .key = { "2", 1 }, .value = { "ANCHOR SECRET two", 17 } },
				{ .key = { "1", 1 }, .value = { "ANCHOR SECRET one", 17 } }),
			.must_pass = true,
			.must_points = 1 }) };

static rule sample_rule = { .id = { "rule-a", 6 } };

static void sample_trace(sample *s, arena *a)
{
	static str module_item = { "module:mod-a", 12 }, tag = { "tag:cost", 8 }, lab_item = { "lab:lab-a", 9 };
	value arguments = value_new_map(a);
	value_set(a, arguments, "text", value_string(STR(MARKED)));
	effect effects[] = {
		{ .fact = STR("skill:evil"),
			.kind = DO_MODULE,
			.items = { &module_item, 1 },
			.because = STR(EVIL),
			.required = true },
		{ .fact = STR("insight:insight-1"),
			.kind = DO_EMPHASISE,
			.items = { &tag, 1 },
			.because = STR("it says so"),
			.factor = 1.25 },
		{ .fact = STR("insight:insight-1"),
			.kind = DO_LAB,
			.items = { &lab_item, 1 },
			.because = STR("it says so") },
		{ .fact = STR("insight:insight-1"),
			.kind = DO_TARGET,
			.items = { &tag, 1 },
			.because = STR("it is common") },
		{ .fact = STR("insight:insight-1"),
			.kind = DO_NOTE,
			.because = STR("it is new"),
			.arguments = arguments },
		{ .fact = STR("insight:insight-1"), .kind = DO_SCENARIO, .because = STR("none fits") },
	};
	for (size_t i = 0; i < COUNT(effects); i++) {
		effects[i].rule = &sample_rule;
		effects[i].order = (unsigned)i;
		vec_push(a, &s->trace.effects, effects[i]);
	}
	vec_push(a, &s->trace.remarks,
		(remark){ .item = STR("lab:lab-a"), .taken = true, .reason = STR("assesses an outcome") });
	vec_push(a, &s->trace.remarks, (remark){ .item = STR("scenario:gone"), .reason = STR(EVIL) });
}

static plan_scenario sample_plan_scenario = {
	.id = { "scn-a", 5 }, .minutes = 180, .week = 3, .due = 3, .setting = WORDS({ EVIL, sizeof EVIL - 1 })
};

static void sample_plan(sample *s)
{
	static plan_module modules[] = { { .id = { "mod-b", 5 },
										 .minutes = 300,
										 .week_from = 1,
										 .week_to = 1,
										 .emphasis = 1,
										 .needs_author = true },
		{ .id = { "mod-a", 5 }, .minutes = 300, .week_from = 1, .week_to = 2, .emphasis = 1.25 } };
	static plan_lab labs[] = {
		{ .id = { "lab-a", 5 }, .minutes = 600, .week = 2, .due = 3, .required = true }
	};
	static plan_grade grades[] = { { .item = { "lab:lab-a", 9 }, .percent = 60 },
		{ .item = { "scenario:scn-a", 14 }, .percent = 40 } };
	static plan_link links[] = { { .item = { "technology:a", 12 },
									 .name = { EVIL, sizeof EVIL - 1 },
									 .to = { "module:mod-a", 12 },
									 .reason = { EVIL ".", sizeof EVIL } },
		{ .item = { "technology:b", 12 },
			.name = { "Beta", 4 },
			.course = { EVIL, sizeof EVIL - 1 },
			.reason = { "it is deeper there", 18 } },
		{ .item = { "technology:c", 12 },
			.name = { "Gamma", 5 },
			.to = { "module:gone", 11 },
			.reason = { "it was there", 12 } } };
	static decision decisions[] = { { .kind = DECISION_PIN,
		.item = { "lab:lab-a", 9 },
		.reason = { EVIL, sizeof EVIL - 1 },
		.author = { "A", 1 },
		.expires = { "2027-01-01", 10 } } };
	s->plan = (plan){ .course = { .title = STR(EVIL),
						  .role = STR(EVIL),
						  .level = LEVEL_SENIOR,
						  .language = STR("en"),
						  .version = STR("1.0.0"),
						  .minutes = 1380,
						  .weeks = 3,
						  .minutes_per_week = 600,
						  .evidence = STR("abc") },
		.modules = { .ptr = modules, .len = 2 },
		.labs = { .ptr = labs, .len = 1 },
		.scenarios = { .ptr = &sample_plan_scenario, .len = 1 },
		.grading = { .ptr = grades, .len = 2 },
		.links = { .ptr = links, .len = 3 },
		.decisions = { .ptr = decisions, .len = 1 } };
}

/* ---- what was changed: an update, one more that is taken back, and what takes it back. Lines and headings
 * in what people wrote must not become lines and headings. */

#define LINES "one\n\n# two | three\n\n- four `five` <b>six</b>"
#define NO_FIGURES \
	{ \
		.k = NAN, .n = NAN, .n_eff = NAN, .share = NAN, .employers = NAN, .p_above = NAN \
	}
#define NOT_BEFORE \
	{ \
		.k = NAN, .n = NAN, .share = NAN \
	}

static change sample_changes[] = {
	{ .id = { "chg-1", 5 },
		.kind = EDIT_EXERCISE,
		.target = { "module:mod-a", 12 },
		.item = { "technology:evil", 15 },
		.name = { EVIL, sizeof EVIL - 1 },
		.summary = { "SUMMARY SECRET " LINES, sizeof "SUMMARY SECRET " LINES - 1 },
		.why = { .rule = { "RULE SECRET <i>", 15 },
			.from = { "watch", 5 },
			.to = { "STATE SECRET", 12 },
			.now = { .k = 11,
				.n = 26,
				.n_eff = 24.9,
				.share = 0.42,
				.i80 = LISTED(double, 0.31, 0.55),
				.i95 = LISTED(double, 0.2),
				.employers = 4,
				.p_above = 0.004 },
			.was = { .k = 8, .n = 22, .share = 0.36 },
			.trend = { "TREND SECRET", 12 },
			.evidence = WORDS({ "SECRET0a1b2c", 12 }, { EVIL, sizeof EVIL - 1 }),
			.considered = LISTED(considered_step,
				{ .step = EDIT_LINK, .why_not = { LINES, sizeof LINES - 1 } }, { .step = -1 }) },
		.robust = { .leave_one_employer_out = { "fragile: without EMPLOYER SECRET 5 of 20", 40 },
			.reverse_after = 1,
			.reverse_by = { "without it", 10 } },
		.effect = { .minutes = LISTED(change_minutes, { .key = { "module:mod-a", 12 }, .value = 30 },
						{ .key = { "module:gone", 11 }, .value = -90 }),
			.outcomes_added = WORDS({ "mod-a-o1", 8 }),
			.outcomes_removed = WORDS({ "gone-o1", 7 }),
			.rubrics_touched = WORDS({ "rub-a", 5 }),
			.shrinks = WORDS({ "module:gone", 11 }) },
		.learner_note = { "If you finished it: " EVIL, sizeof "If you finished it: " EVIL - 1 },
		.bump = BUMP_MINOR,
		.needs_approval = { LINES, sizeof LINES - 1 } },
	{ .id = { "chg-2", 5 },
		.kind = EDIT_RETIRE,
		.target = { "lab:gone", 8 },
		.summary = { "Gone.", 5 },
		.why = { .rule = { "retire.upper-bound.running", 26 }, .now = NO_FIGURES, .was = NOT_BEFORE },
		.robust = { .leave_one_employer_out = { "unknown: " LINES, sizeof "unknown: " LINES - 1 },
			.reverse_after = SCHEMA_UNSET,
			.reverse_by = { "with it", 7 } },
		.bump = BUMP_MAJOR,
		.needs_approval = { "a lab goes", 10 },
		.approved_by = { EVIL, sizeof EVIL - 1 } },
	{ .id = { "chg-3", 5 },
		.kind = EDIT_EVIDENCE,
		.name = { "Figures", 7 },
		.summary = { "New figures.", 12 },
		.why = { .now = NO_FIGURES, .was = NOT_BEFORE },
		.robust = { .reverse_after = SCHEMA_UNSET },
		.bump = BUMP_PATCH },
};

static course_difference sample_differences[] = {
	{ .part = { "syllabus", 8 },
		.item = { "course", 6 },
		.what = { "title", 5 },
		.after = { LINES, sizeof LINES - 1 } },
	{ .part = { "syllabus", 8 },
		.what = { "2 modules begin or end a week earlier", 37 },
		.before = { "a", 1 } },
	{ .part = { "rubric", 6 },
		.item = { "lab:lab-a", 9 },
		.what = { EVIL, sizeof EVIL - 1 },
		.before = { "ANCHOR SECRET", 13 },
		.after = { EVIL, sizeof EVIL - 1 } },
	{ .part = { "grading", 7 },
		.item = { "scenario:scn-a", 14 },
		.what = { "part", 4 },
		.before = { "5 %", 3 } },
	{ .part = { "rumour", 6 }, .item = { "lab:lab-a", 9 }, .what = { "nothing", 7 }, .before = { "x", 1 } },
};

static revision sample_revisions[] = {
	{ .number = 1,
		.kind = { "update", 6 },
		.cycle = { "2026-q1-01 SECRET", 17 },
		.preset = { "beta", 4 },
		.as_of = { "2026-03-31", 10 },
		.version_before = { EVIL, sizeof EVIL - 1 },
		.version_after = { "1.1.0", 5 },
		.bump = BUMP_MAJOR,
		.items_in = 40,
		.items_added = 2,
		.items_removed = 1,
		.policy_basis = 4,
		.notes = WORDS({ "NOTE SECRET " LINES, sizeof "NOTE SECRET " LINES - 1 }),
		.changes = { .ptr = sample_changes, .len = 2 },
		.differences = { .ptr = sample_differences, .len = 5 },
		.names = LISTED(pair_text, { .key = { "module:gone", 11 }, .value = { LINES, sizeof LINES - 1 } }) },
	{ .number = 2,
		.kind = { "update", 6 },
		.preset = { "PRESET SECRET", 13 },
		.version_before = { "1.1.0", 5 },
		.version_after = { "1.1.1", 5 },
		.bump = BUMP_PATCH,
		.items_in = NAN,
		.items_added = NAN,
		.items_removed = NAN,
		.policy_basis = NAN,
		.changes = { .ptr = sample_changes + 2, .len = 1 } },
	{ .number = 3,
		.kind = { "revert", 6 },
		.reverts = { "2", 1 },
		.version_before = { "1.1.1", 5 },
		.version_after = { "1.1.2", 5 },
		.bump = -1,
		.items_in = 0,
		.items_added = 1,
		.items_removed = NAN,
		.policy_basis = 0 },
};

static void sample_facts_init(sample *s)
{
	s->workbook = (workbook){ .title = STR(EVIL), .quote = STR(EVIL), .sample_size = 26 };
	s->workbook.rows[ROW_SKILL] = (list_row){ sample_rows, 2 };
	s->workbook.rows[ROW_TECHNOLOGY] = (list_row){ sample_rows + 2, 1 };
	s->workbook.rows[ROW_THEME] = (list_row){ sample_rows + 3, 1 };
	s->workbook.insights = (list_item){ sample_items, 2 };
	s->workbook.summary = s->workbook.experience = s->workbook.signals = (list_item){ sample_items, 1 };
	s->facts = (facts){ .workbook = &s->workbook, .level = LEVEL_SENIOR };
	s->facts.rows[ROW_SKILL].ptr = sample_facts;
	s->facts.rows[ROW_SKILL].len = 2;
	s->facts.rows[ROW_TECHNOLOGY].ptr = sample_facts + 2;
	s->facts.rows[ROW_TECHNOLOGY].len = 1;
	s->facts.rows[ROW_THEME].ptr = sample_facts + 3;
	s->facts.rows[ROW_THEME].len = 1;
}

static void sample_catalog(sample *s, arena *a)
{
	s->catalog.by_id.arena = s->catalog.folders.arena = a;
	map_put(&s->catalog.by_id, STR("concept:iac"), &sample_concept);
	map_put(&s->catalog.by_id, STR("source:paper"), &sample_source);
	map_put(&s->catalog.by_id, STR("lab:lab-a"), &sample_lab);
	map_put(&s->catalog.by_id, STR("scenario:scn-a"), &sample_scenario);
	vec_push(a, &s->catalog.modules, &sample_module);
	vec_push(a, &s->catalog.modules, &sample_other);
	vec_push(a, &s->catalog.labs, &sample_lab);
	vec_push(a, &s->catalog.scenarios, &sample_scenario);
	catalog_index(&s->catalog, a);
}

static void sample_index(sample *s, arena *a)
{
	curriculum *c = &s->c;
	map *maps[] = { &c->outcomes, &c->outcome_module, &c->by_address, &c->practised_by, &c->assessed_by };
	for (size_t i = 0; i < COUNT(maps); i++)
		maps[i]->arena = a;
	for (size_t i = 0; i < c->modules.len; i++) {
		taught_module *m = &c->modules.ptr[i];
		map_put(&c->by_address, arena_printf(a, "module:%.*s", STRF(m->module->id)), m);
		for (size_t k = 0; k < m->module->outcomes.len; k++) {
			map_put(&c->outcomes, m->module->outcomes.ptr[k].id, &m->module->outcomes.ptr[k]);
			map_put(&c->outcome_module, m->module->outcomes.ptr[k].id, m);
		}
	}
	map_put(&c->by_address, STR("lab:lab-a"), c->labs.ptr);
	map_put(&c->by_address, STR("scenario:scn-a"), c->scenarios.ptr);
}

/* Everything below lives as long as `s` and `a`. Items are shared by all samples and must not be changed. */
static void sample_init(sample *s, arena *a)
{
	static demand demands[] = { { &sample_facts[0], 0.9 }, { &sample_facts[2], 0.2 },
		{ &sample_facts[3], 0.2 } };
	static demand task_demands[] = { { &sample_facts[2], 0.1 }, { &sample_facts[0], 0.4 },
		{ &sample_facts[2], 0.1 } };
	static pair_text institution[] = { PAIR("late-policy", MARKED), PAIR("house-rules", "Be kind.") };
	const char *root = getenv("CW_SOURCE_ROOT");
	*s = (sample){ .folder = arena_printf(a, "%s/templates", root ? root : ".").ptr };
	s->course = (course){ .id = STR("course"),
		.title = STR(EVIL),
		.role = STR(EVIL),
		.level = LEVEL_SENIOR,
		.language = STR("en"),
		.version = STR("1.0.0"),
		.start_date = STR("2026-12-28"),
		.weights = { .category = { .core = 1, .important = 0.7, .emerging = 0.6, .nice = 0.4 },
			.technology = 0.4,
			.theme = 0.4,
			.emphasis_cap = 1.5 },
		.institution = { .ptr = institution, .len = 2 } };
	sample_facts_init(s);
	sample_plan(s);
	sample_trace(s, a);
	sample_catalog(s, a);
	taught_module *modules = NEWN(a, taught_module, 2);
	set_lab *labs = NEW(a, set_lab);
	set_scenario *scenarios = NEW(a, set_scenario);
	if (!modules || !labs || !scenarios)
		return;
	modules[0] = (taught_module){ .plan = &s->plan.modules.ptr[0], .module = &sample_other };
	modules[1] = (taught_module){ .plan = &s->plan.modules.ptr[1],
		.module = &sample_module,
		.quiz = &sample_quiz,
		.weight = 1.3,
		.demands = { .ptr = demands, .len = 3 } };
	*labs = (set_lab){ .plan = s->plan.labs.ptr,
		.lab = &sample_lab,
		.rubric = &sample_rubric,
		.folder = s->folder,
		.percent = 60,
		.demands = { .ptr = task_demands, .len = 3 } };
	*scenarios = (set_scenario){ .plan = s->plan.scenarios.ptr,
		.scenario = &sample_scenario,
		.rubric = &sample_scoring,
		.folder = s->folder,
		.percent = 40,
		.demands = { .ptr = task_demands, .len = 3 } };
	s->c = (curriculum){ .course = &s->course,
		.facts = &s->facts,
		.catalog = &s->catalog,
		.plan = &s->plan,
		.trace = &s->trace,
		.as_of = STR("2026-11-23"),
		.modules = { .ptr = modules, .len = 2 },
		.labs = { .ptr = labs, .len = 1 },
		.scenarios = { .ptr = scenarios, .len = 1 } };
	sample_index(s, a);
}

#endif
