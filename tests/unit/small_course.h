/* The smallest course that has everything and no finding: two modules, a lab, a scenario and a few documents,
 * made by hand. Tests change one thing and look at what follows. */
#ifndef UNIT_SMALL_COURSE_H
#define UNIT_SMALL_COURSE_H

#include "base/hash.h"
#include "base/io.h"
#include "check.h"
#include "check/check.h"
#include "model/address.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	DOC_INDEX,
	DOC_PAGE,
	DOC_NOTES,
	DOC_TASK,
	DOC_TABLE,
	DOC_COPY,
	DOC_QUIZ,
	DOC_SYLLABUS,
	DOC_MANIFEST,
	DOC_COUNT
};
enum { SMALL_ITEMS = 4, SMALL_OPTIONS = 3, SMALL_SLOTS = 7 };
enum { SMALL_OUTCOMES = 6, SMALL_PROGRAM = 4 };

typedef struct {
	arena a;
	sources s;
	diags d;
	course course;
	workbook book;
	workbook_row rows[2];
	workbook_item insight;
	fact_row facts_rows[2];
	facts facts;
	concept concepts[2], *concept_list[2];
	source_ref source, *source_list[1];
	catalog catalog;
	module modules[2], *module_list[3], spare;
	outcome outcomes[SMALL_OUTCOMES]; /* three of each module */
	activity activities[3];
	teach teaches[1];
	quiz quiz;
	quiz_item quiz_items[SMALL_ITEMS];
	quiz_option quiz_options[SMALL_ITEMS][SMALL_OPTIONS];
	taught_module taught[2];
	demand demands[1];
	lab lab;
	metric metrics[1];
	citation citation;
	double expect[2];
	guardrail guardrails[1];
	lab_tier tiers[1];
	tool_version versions[1];
	lab_step steps[1];
	artifact evidence[1], starter[1];
	governance governance[1];
	rubric rubric, scenario_rubric;
	scale_level scale[4], numbers[3];
	criterion criteria[3], scored[3];
	pair_text levels[3][4], anchors[3][3], best_first[3][3];
	set_lab set_lab;
	scenario scenario;
	scenario_role roles[2];
	evidence_item items[2];
	scenario_inject injects[2];
	scenario_prompt prompts[1];
	scenario_action actions[3];
	score_criterion score_criteria[3];
	double score_scale[3];
	pair_number must[1];
	facilitator_hint hints[1];
	solution_path paths[2];
	sample_performance samples[1];
	gold gold[1];
	pair_number gold_scores[3];
	set_scenario set_scenario;
	plan plan;
	plan_module plan_modules[2];
	plan_lab plan_lab;
	plan_scenario plan_scenario;
	plan_grade grades[2];
	waiver waivers[2];
	pair_text policy_checks[2];
	pair_text institution[SMALL_SLOTS];
	document docs[DOC_COUNT];
	documents documents;
	bool manifest_kept; /* the test changes it itself */
	curriculum c;
	findings out;
	char folder[32];
	str ids[12][2]; /* short lists of ids */
	str probe;
	str outcome_ids[SMALL_OUTCOMES], program_ids[SMALL_PROGRAM];
	outcome program[SMALL_PROGRAM], *program_of_catalog[SMALL_PROGRAM];
	const outcome *program_of_course[SMALL_PROGRAM];
} small;

#define PUT(list, array) ((list).ptr = (array), (list).len = COUNT(array))

static inline list_str one_id(str *slot, const char *id)
{
	*slot = str_from(id);
	return (list_str){ .ptr = slot, .len = 1 };
}

static inline void small_outcomes(small *k)
{
	static const struct {
		const char *id, *text, *concept;
		int level;
	} made[SMALL_OUTCOMES] = {
		{ "ops-o1", "Design a controller that converges within a stated time.", "operators", BLOOM_CREATE },
		{ "ops-o2", "Measure convergence of a controller under a seeded burst.", "operators", BLOOM_ANALYSE },
		{ "ops-o3", "Justify the number of workers for a given load.", "operators", BLOOM_EVALUATE },
		{ "lead-o1", "Justify a rollout plan for a given budget.", "leading", BLOOM_EVALUATE },
		{ "lead-o2", "Lead a call so that each order has one owner.", "leading", BLOOM_APPLY },
		{ "lead-o3", "Compose updates that separate fact from guess.", "leading", BLOOM_CREATE },
	};
	static const char *const program[SMALL_PROGRAM] = { "po-design", "po-measure", "po-size", "po-lead" };
	for (size_t i = 0; i < SMALL_PROGRAM; i++) {
		k->program_ids[i] = str_from(program[i]);
		k->program[i] = (outcome){ .id = k->program_ids[i], .text = STR("Operate what is designed.") };
		k->program_of_catalog[i] = &k->program[i];
		k->program_of_course[i] = &k->program[i];
	}
	for (size_t i = 0; i < SMALL_OUTCOMES; i++) {
		k->outcome_ids[i] = str_from(made[i].id);
		k->outcomes[i] =
			(outcome){ .id = k->outcome_ids[i], .text = str_from(made[i].text), .bloom = made[i].level };
		k->outcomes[i].concepts = one_id(&k->ids[i / 3][0], made[i].concept);
		k->outcomes[i].supports = (list_str){ .ptr = k->program_ids, .len = SMALL_PROGRAM };
	}
}

/* Outcomes from the one at `first` on. */
static inline list_str some_outcomes(small *k, size_t first, size_t count)
{
	return (list_str){ .ptr = &k->outcome_ids[first], .len = count };
}

static inline void small_activities(small *k)
{
	static const char *const ids[] = { "ops-a1", "ops-a2", "lead-a1" };
	for (size_t i = 0; i < COUNT(ids); i++)
		k->activities[i] = (activity){ .id = str_from(ids[i]),
			.kind = ACT_EXERCISE,
			.minutes = i == 1 ? 60 : 120,
			.text = STR("Learners do it."),
			.feedback = STR("A script prints what is still wrong.") };
	k->activities[0].outcomes = one_id(&k->ids[0][1], "ops-o1");
	k->activities[1].outcomes = some_outcomes(k, 1, 2);
	k->activities[2].outcomes = some_outcomes(k, 3, 3);
}

static inline void small_modules(small *k)
{
	small_outcomes(k);
	small_activities(k);
	for (size_t i = 0; i < 2; i++) {
		module *m = &k->modules[i];
		record_clear(&module_record, m);
		m->id = i ? STR("lead") : STR("ops");
		m->title = i ? STR("Leading") : STR("Operators");
		m->level = LEVEL_SENIOR;
		m->minutes = (minutes_range){ .min = i ? 120 : 180, .max = 600 };
		m->outcomes.ptr = &k->outcomes[i ? 3 : 0];
		m->outcomes.len = 3;
		m->activities.ptr = &k->activities[i ? 2 : 0];
		m->activities.len = i ? 1 : 2;
		k->plan_modules[i] = (plan_module){
			.id = m->id, .minutes = i ? 120 : 180, .week_from = 1, .week_to = i ? 2 : 1, .emphasis = 1
		};
		k->taught[i] = (taught_module){ .plan = &k->plan_modules[i], .module = m, .weight = 0.5 };
		k->module_list[i] = m;
	}
	k->teaches[0] = (teach){ .key = STR("operators"), .level = TEACH_EXPERT };
	PUT(k->modules[0].teaches, k->teaches);
	k->modules[1].prerequisites = one_id(&k->ids[3][0], "ops");
	record_clear(&module_record, &k->spare);
	k->spare.id = STR("spare");
	k->spare.title = STR("Not planned");
	k->module_list[2] = &k->spare;
}

static inline void small_quiz(small *k)
{
	static const char *const stems[SMALL_ITEMS] = {
		"A controller lists all objects on each event. What grows first?",
		"Two replicas of a controller run at once. Which setting lets one of them work?",
		"Readiness is set in the first pass. What do clients see?",
		"Which figure shows that a queue is too slow?"
	};
	static const char *const ids[SMALL_ITEMS] = { "quiz-ops-1", "quiz-ops-2", "quiz-ops-3", "quiz-ops-4" };
	static const char *const options[SMALL_ITEMS][SMALL_OPTIONS] = {
		{ "Load of the API server.", "Size of its container image.", "Length of the work log." },
		{ "A second namespace.", "Leader election.", "A longer resync." },
		{ "A slower rollout of pods.", "An error of admission.", "A name that resolves too early." },
		{ "Depth over an hour.", "Number of workers.", "Age of the image." },
	};
	for (size_t i = 0; i < SMALL_ITEMS; i++) {
		for (size_t j = 0; j < SMALL_OPTIONS; j++)
			k->quiz_options[i][j] = (quiz_option){ .text = str_from(options[i][j]),
				.correct = j == i % SMALL_OPTIONS,
				.why = STR("This is what the exercise of the module shows.") };
		k->quiz_items[i] = (quiz_item){ .id = str_from(ids[i]),
			.outcome = k->outcomes[i % 2].id,
			.stem = str_from(stems[i]),
			.rationale = STR("Measured in the exercise, and told in its report.") };
		PUT(k->quiz_items[i].options, k->quiz_options[i]);
	}
	k->quiz = (quiz){ .id = STR("quiz-ops"), .title = STR("Operators"), .module = STR("ops") };
	PUT(k->quiz.items, k->quiz_items);
	k->taught[0].quiz = &k->quiz;
}

static inline void small_metric(small *k)
{
	metric *m = &k->metrics[0];
	record_clear(&metric_record, m);
	k->citation = (citation){ .key = STR("paper"),
		.locator = STR("table 2"),
		.accessed = STR("2026-01-02"),
		.best = { .value = 1.5, .ratio = NAN } };
	k->expect[0] = 10;
	k->expect[1] = 14;
	m->id = STR("converge");
	m->name = STR("Convergence time, p99");
	m->definition = STR("From create to Ready.");
	m->unit = STR("s");
	m->direction = LOWER_IS_BETTER;
	m->baseline.measured = true;
	PUT(m->baseline.expect, k->expect);
	m->baseline.obtain = STR("run the script");
	m->target.value = 5;
	m->stretch.value = 2;
	m->tolerance.value = 1;
	m->noise_pct = 5;
	m->repeats = 3;
	m->source = &k->citation;
	m->note = STR("Only with runs on the same machine.");
}

static inline void small_rubric(small *k)
{
	static const char *const names[] = { "exemplary", "proficient", "developing", "beginning" };
	static const char *const cells[3][4] = {
		{ "Median of 3 runs is at most 2 s.", "Median of 3 runs is at most 5 s.",
			"Median of 3 runs is above 5 s and below 9 s.", "Median of 3 runs stays at 9 s." },
		{ "Record names two rejected designs with their numbers and what reopens each.",
			"Record names one rejected design with its number.",
			"Record lists designs and patterns without numbers or a choice.",
			"Record repeats the slides of the vendor in other words." },
		{ "Report states decision and risk on page one.", "Report states the decision in its summary table.",
			"Report tells the history of work before its conclusion.",
			"Report is a folder of screenshots in order of date." },
	};
	for (size_t i = 0; i < 4; i++)
		k->scale[i] = (scale_level){ .level = str_from(names[i]), .points = 4 - (double)i };
	for (size_t i = 0; i < 3; i++) {
		for (size_t j = 0; j < 4; j++)
			k->levels[i][j] = (pair_text){ .key = str_from(names[j]), .value = str_from(cells[i][j]) };
		k->criteria[i] = (criterion){ .id = str_from(i == 0   ? "speed"
													 : i == 1 ? "design"
															  : "report"),
			.name = str_from(i == 0   ? "Speed"
							 : i == 1 ? "Design"
									  : "Report"),
			.weight = i == 0 ? 40 : 30,
			.must_points = 3 };
		k->criteria[i].outcomes = some_outcomes(k, i == 0 ? 1 : i == 1 ? 0 : 2, 1);
		PUT(k->criteria[i].levels, k->levels[i]);
	}
	k->criteria[0].metric = STR("converge");
	k->criteria[0].must_pass = true;
	k->rubric =
		(rubric){ .id = STR("rub-lab"), .title = STR("Lab"), .pass = { .percent = 70, .compensatory = 1 } };
	PUT(k->rubric.scale, k->scale);
	PUT(k->rubric.criteria, k->criteria);
}

static inline void small_lab(small *k)
{
	lab *l = &k->lab;
	record_clear(&lab_record, l);
	small_metric(k);
	small_rubric(k);
	l->id = STR("lab-burst");
	l->title = STR("Burst");
	l->level = LEVEL_SENIOR;
	l->minutes = 300;
	l->integrates = one_id(&k->ids[7][0], "ops");
	l->outcomes = some_outcomes(k, 0, 3);
	k->tiers[0] = (lab_tier){ .tier = STR("T0"), .hardware = STR("laptop") };
	PUT(l->tiers, k->tiers);
	l->fallback = STR("T0");
	k->versions[0] = (tool_version){ .name = STR("Go"), .version = STR(">= 1.24") };
	PUT(l->versions, k->versions);
	l->workload.description = STR("1,000 objects.");
	l->workload.arrival = 0;
	PUT(l->metrics, k->metrics);
	record_clear(record_field(&lab_record, STR("guardrails"))->record, &k->guardrails[0]);
	k->guardrails[0].id = STR("errors");
	k->guardrails[0].name = STR("Failed creates");
	k->guardrails[0].unit = STR("%");
	k->guardrails[0].direction = LOWER_IS_BETTER;
	k->guardrails[0].limit.value = 1;
	PUT(l->guardrails, k->guardrails);
	k->steps[0] = (lab_step){ .title = STR("Run"), .text = STR("Run it.") };
	PUT(l->procedure, k->steps);
	k->evidence[0] = (artifact){ .path = STR("results.csv"), .text = STR("Raw results.") };
	PUT(l->evidence, k->evidence);
	k->governance[0] = (governance){ .kind = 0,
		.path = STR("docs/adr.md"),
		.owner = STR("operator owner"),
		.check = STR("Two alternatives.") };
	PUT(l->governance, k->governance);
	l->cost = (lab_cost){ .ceiling = 4, .currency = STR("USD") };
	l->teardown = STR("Delete the cluster; the list of clusters is empty.");
	k->starter[0] = (artifact){ .path = STR("data.csv"), .text = STR("Trace.") };
	PUT(l->starter, k->starter);
	k->plan_lab = (plan_lab){ .id = l->id, .minutes = 300, .week = 2, .due = 3, .required = true };
	k->set_lab =
		(set_lab){ .plan = &k->plan_lab, .lab = l, .rubric = &k->rubric, .folder = k->folder, .percent = 60 };
}

static inline void small_scoring(small *k)
{
	static const char *const cells[3][3] = { { "Debugs alone while nobody holds a role in the room.",
												 "Names roles and severity within five minutes of the page.",
												 "Gives each order one owner and one check time, aloud." },
		{ "Sends everybody after the cause while requests still fail.",
			"Orders one mitigation before the cause is known to anybody.",
			"Prepares the next mitigation with its trigger before it is needed." },
		{ "Writes one text to all readers after half an hour.",
			"Writes a text to each reader with the hour of its successor.",
			"Corrects an earlier statement in writing, with the source that refuted it." } };
	scenario *s = &k->scenario;
	for (size_t i = 0; i < 3; i++) {
		k->score_scale[i] = (double)i + 1;
		k->numbers[i] = (scale_level){ .level = str_from(i == 0   ? "3"
														 : i == 1 ? "2"
																  : "1"),
			.points = 3 - (double)i };
	}
	for (size_t i = 0; i < 3; i++) {
		str id = str_from(i == 0 ? "command" : i == 1 ? "priority" : "updates");
		for (size_t j = 0; j < 3; j++) {
			k->anchors[i][j] = (pair_text){ .key = str_from(j == 0   ? "1"
															: j == 1 ? "2"
																	 : "3"),
				.value = str_from(cells[i][j]) };
			k->best_first[i][2 - j] = k->anchors[i][j];
		}
		k->score_criteria[i] = (score_criterion){ .id = id, .name = id, .weight = i == 0 ? 40 : 30 };
		k->score_criteria[i].outcomes = some_outcomes(k, 3 + i, 1);
		PUT(k->score_criteria[i].anchors, k->anchors[i]);
		k->scored[i] = (criterion){
			.id = id, .name = id, .weight = i == 0 ? 40 : 30, .outcomes = k->score_criteria[i].outcomes
		};
		PUT(k->scored[i].levels, k->best_first[i]);
	}
	PUT(s->scoring.scale, k->score_scale);
	s->scoring.raters = 2;
	s->scoring.combine = STR("mean-of-raters");
	PUT(s->scoring.criteria, k->score_criteria);
	k->must[0] = (pair_number){ .key = STR("command"), .value = 2 };
	PUT(s->scoring.pass.must, k->must);
	s->scoring.pass.total = 60;
	k->scenario_rubric = (rubric){ .id = STR("rub-scn"), .pass = { .percent = 60, .compensatory = -1 } };
	PUT(k->scenario_rubric.scale, k->numbers);
	PUT(k->scenario_rubric.criteria, k->scored);
}

static inline void small_play(small *k)
{
	scenario *s = &k->scenario;
	for (size_t i = 0; i < 2; i++) {
		k->roles[i] = (scenario_role){ .id = i ? STR("ops") : STR("ic"),
			.title = STR("Role"),
			.brief = STR("You take part in the call."),
			.private_brief = i ? STR("Tell the others only if they ask about the freeze.")
							   : STR("You know the owner of the freeze from last year.") };
		k->items[i] = (evidence_item){ .id = i ? STR("ev-bill") : STR("ev-graph"),
			.kind = STR("dashboard"),
			.title = STR("Item"),
			.file = STR("data.csv"),
			.relevance = i ? RELEVANCE_DISTRACTOR : RELEVANCE_KEY };
		k->injects[i] = (scenario_inject){ .id = i ? STR("i2") : STR("i1"),
			.seconds = i ? 600 : 0,
			.channel = STR("chat"),
			.text = STR("Something happens."),
			.purpose = STR("Shows whether severity and roles are stated at once.") };
		k->injects[i].outcomes = some_outcomes(k, 3, 3);
		k->injects[i].evidence = (list_str){ .ptr = &k->items[i].id, .len = 1 };
		k->injects[i].expect = (list_str){ .ptr = &k->actions[i].id, .len = 1 };
		k->injects[i].tests = one_id(&k->ids[10][0], "incident-leadership");
	}
	k->actions[0] =
		(scenario_action){ .id = STR("a-declare"), .text = STR("Declares a severity aloud by 14:09 UTC.") };
	k->actions[1] =
		(scenario_action){ .id = STR("a-assign"), .text = STR("Names operations and communications leads.") };
	k->actions[2] = (scenario_action){
		.id = STR("a-blame"), .text = STR("Blames a colleague in the channel."), .class = ACTION_HARMFUL
	};
	for (size_t i = 0; i < 3; i++)
		k->actions[i].criterion = STR("command");
	k->prompts[0] =
		(scenario_prompt){ .id = STR("q1"), .seconds = INT_MAX, .ask = STR("What did you know?") };
	k->prompts[0].outcomes = some_outcomes(k, 3, 3);
	k->prompts[0].probes = one_id(&k->probe, "What did you rule out?");
	for (size_t i = 0; i < 2; i++)
		k->paths[i] = (solution_path){ .id = i ? STR("p-drain") : STR("p-roll-back"),
			.text = STR("Something that works."),
			.acceptable = true,
			.would_change = STR("If the other region had been full.") };
	k->hints[0] = (facilitator_hint){ .level = 1, .text = STR("What can wait until tonight?"), .cost = 2 };
	k->samples[0] = (sample_performance){ .id = STR("perf-a"), .text = STR("She declares.") };
	k->gold[0] = (gold){ .key = STR("perf-a") };
	for (size_t i = 0; i < 3; i++)
		k->gold_scores[i] = (pair_number){ .key = STR("command"), .value = (double)i + 1 };
	PUT(k->gold[0].scores, k->gold_scores);
	PUT(s->roles, k->roles);
	PUT(s->evidence, k->items);
	PUT(s->injects, k->injects);
	PUT(s->prompts, k->prompts);
	PUT(s->actions, k->actions);
	PUT(s->paths, k->paths);
	s->facilitator.safety = STR("Anybody may say pause.");
	s->accommodation.text = STR("Extra time lengthens play.");
	PUT(s->facilitator.hints, k->hints);
	PUT(s->rater_pack.samples, k->samples);
	PUT(s->rater_pack.gold, k->gold);
	s->scoring.critical_fail = (list_str){ .ptr = &k->actions[2].id, .len = 1 };
}

static inline void small_scenario(small *k)
{
	scenario *s = &k->scenario;
	record_clear(&scenario_record, s);
	s->id = STR("scn-call");
	s->title = STR("The call");
	s->minutes = 120;
	s->stakes = STAKES_SUMMATIVE;
	s->timebox = (timebox){ .brief_min = 10, .play_min = 60, .debrief_min = 30 };
	s->integrates = one_id(&k->ids[11][0], "lead");
	s->outcomes = some_outcomes(k, 3, 3);
	s->constructs = one_id(&k->ids[10][0], "incident-leadership");
	small_play(k);
	small_scoring(k);
	k->plan_scenario = (plan_scenario){ .id = s->id, .minutes = 120, .week = 3, .due = 3 };
	k->set_scenario = (set_scenario){ .plan = &k->plan_scenario,
		.scenario = s,
		.rubric = &k->scenario_rubric,
		.folder = k->folder,
		.percent = 40 };
}

static inline void small_facts(small *k)
{
	for (size_t i = 0; i < 2; i++) {
		k->concepts[i] = (concept){ .id = i ? STR("leading") : STR("operators"), .name = STR("Concept") };
		k->concept_list[i] = &k->concepts[i];
		k->rows[i] = (workbook_row){ .kind = ROW_SKILL,
			.id = i ? STR("leading-people") : STR("k8s-operators"),
			.name = i ? STR("Leading people") : STR("K8s operators"),
			.category = STR("Core"),
			.count = 13,
			.share = 0.5 };
		k->facts_rows[i] =
			(fact_row){ .row = &k->rows[i], .low80 = 0.4, .high80 = 0.6, .weight = 0.5, .rank = 1 };
		k->facts_rows[i].concepts = (list_str){ .ptr = &k->concepts[i].id, .len = 1 };
	}
	k->insight =
		(workbook_item){ .id = STR("insight-1"), .label = STR("Gaps"), .text = STR("Gaps: operators.") };
	k->book = (workbook){
		.sample_size = 26, .title = STR("Analysis"), .role = STR("Engineer"), .years_min = 5, .years_max = -1
	};
	PUT(k->book.rows[ROW_SKILL], k->rows);
	k->book.insights.ptr = &k->insight;
	k->book.insights.len = 1;
	k->facts = (facts){ .workbook = &k->book };
	PUT(k->facts.rows[ROW_SKILL], k->facts_rows);
	k->source = (source_ref){ .id = STR("paper"), .title = STR("Paper") };
	k->source_list[0] = &k->source;
	k->catalog.concepts.ptr = k->concept_list;
	k->catalog.concepts.len = 2;
	k->catalog.sources.ptr = k->source_list;
	k->catalog.sources.len = 1;
	k->catalog.modules.ptr = k->module_list;
	k->catalog.modules.len = 3;
	k->catalog.program_outcomes.ptr = k->program_of_catalog;
	k->catalog.program_outcomes.len = SMALL_PROGRAM;
	k->catalog.by_id = (map){ .arena = &k->a };
	map_put(&k->catalog.by_id, STR("module:spare"), &k->spare);
	map_put(&k->catalog.by_id, STR("quiz:quiz-ops"), &k->quiz);
}

static inline void small_plan(small *k)
{
	record_clear(&course_record, &k->course);
	k->course.hours = 12;
	k->course.id = STR("small");
	k->course.start_date = STR("2026-09-01");
	for (size_t i = 0; i < SMALL_SLOTS; i++)
		k->institution[i] =
			(pair_text){ .key = str_from(institution_slots[i].key), .value = STR("See the handbook.") };
	PUT(k->course.institution, k->institution);
	k->grades[0] = (plan_grade){ .item = STR("lab:lab-burst"), .percent = 60 };
	k->grades[1] = (plan_grade){ .item = STR("scenario:scn-call"), .percent = 40 };
	k->plan.course = (plan_header){ .title = STR("Course"),
		.level = LEVEL_SENIOR,
		.language = STR("en"),
		.version = STR("1.0.0"),
		.minutes = 720,
		.weeks = 3,
		.minutes_per_week = 240 };
	PUT(k->plan.modules, k->plan_modules);
	k->plan.labs.ptr = &k->plan_lab;
	k->plan.labs.len = 1;
	k->plan.scenarios.ptr = &k->plan_scenario;
	k->plan.scenarios.len = 1;
	PUT(k->plan.grading, k->grades);
}

#define PAGE(head, body) \
	STR("<!DOCTYPE html>\n<html lang=\"en\">\n<head><title>" head "</title></head>\n<body>\n" body \
		"\n</body></html>\n")
#define TABLE(rows) "<table><caption>Weeks</caption><tr><th scope=\"col\">Week</th></tr>" rows "</table>"

/* A page with every part of a syllabus, but for the one left out and the text of the one emptied. */
static inline str small_syllabus(small *k, const char *left_out, const char *emptied)
{
	static const char *const parts[] = { "start", "description", "audience", "outcomes", "schedule",
		"workload", "assessment", "grading-scale", "late", "integrity", "accommodation", "materials",
		"support", "privacy", "changes", "licence" };
	buf b = { .arena = &k->a };
	BUF_LIT(&b, "<html lang=\"en\"><head><title>Syllabus</title></head><body><main><h1>Course</h1>\n"
				"<p id=\"course\">Course small, version 1.0.0, begins on 2026-09-01.</p>\n");
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(parts[i], left_out) != 0)
			buf_printf(&b, "<h2 id=\"%s\">Part %s</h2><p>%s</p>\n", parts[i], parts[i],
				strcmp(parts[i], emptied) == 0 ? "" : "In week 1: read.");
	BUF_LIT(&b, "</main><footer>Made by a program.</footer></body></html>\n");
	return buf_done(&b);
}

static inline void small_documents(small *k)
{
	k->docs[DOC_INDEX] = (document){ .path = STR("index.html"),
		.bytes = PAGE("Course",
			"<h1>Course</h1><h2>Hours</h2><p><data value=\"12\" data-why=\"course.hours\">12</data> "
			"h</p>\n" TABLE(
				"<tr><td>1</td></tr>") "<p><a href=\"modules/ops.html#load\">Load</a> "
									   "<code>{{ values }} https://example.org</code></p>"
									   "<figure><svg role=\"img\" aria-label=\"Shares\"></svg>" TABLE(
										   "") "</figure>") };
	k->docs[DOC_PAGE] = (document){ .path = STR("modules/ops.html"),
		.bytes = PAGE("Operators", "<h1>Operators</h1><h2 id=\"load\">Load</h2><p>Null hypothesis, undefined "
								   "behaviour.</p><p><a href=\"../index.html\">Course</a> <img alt=\"Graph\" "
								   "src=\"../labs/lab-burst/data.csv\"/></p>") };
	k->docs[DOC_NOTES] = (document){ .path = STR("modules/ops.md"),
		.bytes = STR("# Operators\n\nUse `{{ .Values }}` and ``null``.\n\n```sh\necho TODO {{ x }}\n```\n\nA "
					 "null hypothesis.\n") };
	k->docs[DOC_TASK] = (document){ .path = STR("assessments/scn-call/index.md"),
		.bytes = STR("# The call\n\nYou take part in the call. Something happens.\n") };
	k->docs[DOC_TABLE] =
		(document){ .path = STR("rubrics/rub-lab.csv"), .bytes = STR("Criterion,Weight\nSpeed,40\n") };
	k->docs[DOC_COPY] =
		(document){ .path = STR("labs/lab-burst/data.csv"), .bytes = STR("TODO,{{\n"), .copied = true };
	k->docs[DOC_QUIZ] = (document){ .path = STR("quizzes/quiz-ops.md"),
		.bytes = STR("# Operators\n\nReadiness is set in the first pass. What do clients see?\n") };
	k->docs[DOC_SYLLABUS] = (document){ .path = STR("syllabus.html"), .bytes = small_syllabus(k, "", "") };
	k->docs[DOC_MANIFEST] = (document){ .path = STR("manifest.json") };
	k->documents.list.ptr = k->docs;
	k->documents.list.len = DOC_COUNT;
}

static inline void small_manifest(small *k)
{
	buf b = { .arena = &k->a };
	BUF_LIT(&b, "{\"outputs\": [");
	for (size_t i = 0; i < DOC_MANIFEST; i++)
		buf_printf(&b, "%s{\"path\": \"%.*s\", \"sha256\": \"%.*s\"}", i ? "," : "", STRF(k->docs[i].path),
			STRF(hash_sha256(&k->a, k->docs[i].bytes)));
	BUF_LIT(&b, "]}");
	k->docs[DOC_MANIFEST].bytes = buf_done(&b);
}

/* `fail_at` as in the arena; 0 never fails. */
static inline void small_init(small *k, unsigned fail_at)
{
	*k = (small){ .folder = "/tmp/cw-check-XXXXXX" };
	k->a.fail_at = fail_at;
	k->s.arena = &k->a;
	k->d = (diags){ .arena = &k->a, .sources = &k->s };
	cr_assert(mkdtemp(k->folder) != NULL);
	arena scratch = { 0 };
	cr_assert(io_write(io_join(&scratch, str_from(k->folder), STR("data.csv")).ptr, STR("1,2\n"), &scratch,
				  &k->d) == IO_WRITTEN);
	arena_free(&scratch);
	small_modules(k);
	small_quiz(k);
	small_lab(k);
	small_scenario(k);
	small_facts(k);
	small_plan(k);
	small_documents(k);
	k->c = (curriculum){ .course = &k->course, .facts = &k->facts, .catalog = &k->catalog, .plan = &k->plan };
	PUT(k->c.modules, k->taught);
	PUT(k->c.program, k->program_of_course);
	k->c.labs.ptr = &k->set_lab;
	k->c.labs.len = 1;
	k->c.scenarios.ptr = &k->set_scenario;
	k->c.scenarios.len = 1;
	k->c.by_address = (map){ .arena = &k->a };
	k->c.outcomes = (map){ .arena = &k->a };
	map_put(&k->c.by_address, STR("module:ops"), &k->taught[0]);
	map_put(&k->c.by_address, STR("module:lead"), &k->taught[1]);
	map_put(&k->c.by_address, STR("lab:lab-burst"), &k->set_lab);
	map_put(&k->c.by_address, STR("scenario:scn-call"), &k->set_scenario);
	for (size_t i = 0; i < COUNT(k->outcomes); i++)
		map_put(&k->c.outcomes, k->outcomes[i].id, &k->outcomes[i]);
}

static inline void small_run(small *k)
{
	if (!k->manifest_kept)
		small_manifest(k);
	check_run(&k->out, &k->a, &k->c, &k->documents, &k->d);
}

static inline void small_free(small *k)
{
	char path[sizeof k->folder + 16];
	snprintf(path, sizeof path, "%s/data.csv", k->folder);
	io_remove(path);
	io_remove_folder(k->folder);
	arena_free(&k->a);
}

#endif
