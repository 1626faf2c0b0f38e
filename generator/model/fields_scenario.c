/* Fields of scenarios.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

static const char *const stakes_names[] = { "summative", "formative", NULL };

static const field timebox_fields[] = {
	{ .key = "brief_min", .kind = F_INT, AT(timebox, brief_min), BOUNDS(0, 600), NEED, .doc = "briefing" },
	{ .key = "play_min", .kind = F_INT, AT(timebox, play_min), BOUNDS(1, 600), NEED, .doc = "play" },
	{ .key = "debrief_min", .kind = F_INT, AT(timebox, debrief_min), BOUNDS(0, 600), NEED, .doc = "debrief" },
};
static const record timebox_record = {
	.name = "time box",
	FIELDS(timebox_fields),
	.size = sizeof(timebox),
};

static const field stack_fields[] = {
	{ .key = "id", .kind = F_ID, AT(stack_part, id), NEED, .doc = "id inside the scenario" },
	{ .key = "any", IDS(stack_part, any), NEED, .doc = "technologies of the lexicon, of which one is named" },
	{ .key = "text", .kind = F_TEXT, AT(stack_part, text), NEED, .doc = "a sentence with {{technology}}" },
};
static const record stack_record = {
	.name = "part of the stack",
	FIELDS(stack_fields),
	.size = sizeof(stack_part),
};

static const field setting_fields[] = {
	{ .key = "system", .kind = F_TEXT, AT(scenario_setting, system), NEED, .doc = "the system" },
	{ .key = "scale", .kind = F_TEXT, AT(scenario_setting, scale), NEED, .doc = "how large" },
	{ .key = "stack",
		RECORDS(scenario_setting, stack, stack_record),
		.doc = "what the plan chooses technologies for" },
	{ .key = "slo", ENTRIES(scenario_setting, slo, pair_plain_record), .doc = "objectives" },
	{ .key = "constraints", TEXTS(scenario_setting, constraints), .doc = "what binds" },
	{ .key = "stakeholders", TEXTS(scenario_setting, stakeholders), .doc = "who wants what" },
	{ .key = "budget", .kind = F_TEXT, AT(scenario_setting, budget), .doc = "money" },
};
static const record setting_record = {
	.name = "setting",
	FIELDS(setting_fields),
	.size = sizeof(scenario_setting),
};

static const field role_fields[] = {
	{ .key = "id", .kind = F_ID, AT(scenario_role, id), NEED, .doc = "id inside the scenario" },
	{ .key = "title", .kind = F_PLAIN, AT(scenario_role, title), NEED, .doc = "title" },
	{ .key = "assessed",
		.kind = F_BOOL,
		AT(scenario_role, assessed),
		NEED,
		.doc = "whether this role is scored" },
	{ .key = "brief", .kind = F_TEXT, AT(scenario_role, brief), NEED, .doc = "what everybody may know" },
	{ .key = "private",
		.kind = F_TEXT,
		AT(scenario_role, private_brief),
		NEED,
		.doc = "for the holder of the role only" },
};
static const record role_record = {
	.name = "role",
	FIELDS(role_fields),
	.size = sizeof(scenario_role),
};

static const field evidence_fields[] = {
	{ .key = "id", .kind = F_ID, AT(evidence_item, id), NEED, .doc = "id inside the scenario" },
	{ .key = "kind", .kind = F_PLAIN, AT(evidence_item, kind), NEED, .doc = "dashboard, log, ticket ..." },
	{ .key = "title", .kind = F_PLAIN, AT(evidence_item, title), NEED, .doc = "title" },
	{ .key = "file", .kind = F_PATH, AT(evidence_item, file), NEED, .doc = "file" },
	{ .key = "alt", .kind = F_TEXT, AT(evidence_item, alt), NEED, .doc = "text equivalent" },
	{ .key = "relevance",
		CHOICE(evidence_item, relevance, relevance_names),
		NEED,
		.doc = "never shown to participants" },
	{ .key = "released",
		CHOICE(evidence_item, released, release_names),
		.doc = "preparation (default): in the participants' packet; play: handed out by the facilitator" },
};
static const record evidence_record = {
	.name = "evidence item",
	FIELDS(evidence_fields),
	.size = sizeof(evidence_item),
};

static const field inject_fields[] = {
	{ .key = "id", .kind = F_ID, AT(scenario_inject, id), NEED, .doc = "id inside the scenario" },
	{ .key = "at",
		.kind = F_CLOCK,
		AT(scenario_inject, seconds),
		NEED,
		.doc = "+MM:SS from the start of play" },
	{ .key = "when", .kind = F_PLAIN, AT(scenario_inject, when), .doc = "the branch it belongs to" },
	{ .key = "channel", .kind = F_PLAIN, AT(scenario_inject, channel), NEED, .doc = "how it arrives" },
	{ .key = "from", .kind = F_PLAIN, AT(scenario_inject, from), .doc = "who sends it" },
	{ .key = "text", .kind = F_TEXT, AT(scenario_inject, text), NEED, .doc = "what is said" },
	{ .key = "purpose", .kind = F_TEXT, AT(scenario_inject, purpose), NEED, .doc = "why it is there" },
	{ .key = "tests", IDS(scenario_inject, tests), NEED, .doc = "constructs" },
	{ .key = "outcomes", IDS(scenario_inject, outcomes), NEED, .doc = "outcomes observed" },
	{ .key = "evidence", IDS(scenario_inject, evidence), .doc = "evidence it refers to" },
	{ .key = "expect", IDS(scenario_inject, expect), NEED, .doc = "expected actions" },
};
static const record inject_record = {
	.name = "inject",
	FIELDS(inject_fields),
	.size = sizeof(scenario_inject),
};

static const field prompt_fields[] = {
	{ .key = "id", .kind = F_ID, AT(scenario_prompt, id), NEED, .doc = "id inside the scenario" },
	{ .key = "at", .kind = F_CLOCK, AT(scenario_prompt, seconds), NEED, .doc = "+MM:SS or end" },
	{ .key = "ask", .kind = F_TEXT, AT(scenario_prompt, ask), NEED, .doc = "the question" },
	{ .key = "probes", TEXTS(scenario_prompt, probes), .doc = "follow-up questions, fixed" },
	{ .key = "outcomes", IDS(scenario_prompt, outcomes), NEED, .doc = "outcomes observed" },
	{ .key = "evidence", IDS(scenario_prompt, evidence), .doc = "evidence it refers to" },
};
static const record prompt_record = {
	.name = "prompt",
	FIELDS(prompt_fields),
	.size = sizeof(scenario_prompt),
};

static const field action_fields[] = {
	{ .key = "id", .kind = F_ID, AT(scenario_action, id), NEED, .doc = "id inside the scenario" },
	{ .key = "text", .kind = F_TEXT, AT(scenario_action, text), NEED, .doc = "what is done" },
	{ .key = "class", CHOICE(scenario_action, class, class_names), NEED, .doc = "critical, good or harmful" },
	{ .key = "criterion",
		.kind = F_ID,
		AT(scenario_action, criterion),
		NEED,
		.doc = "criterion it counts for" },
};
static const record action_record = {
	.name = "action",
	FIELDS(action_fields),
	.size = sizeof(scenario_action),
};

static const field path_fields[] = {
	{ .key = "id", .kind = F_ID, AT(solution_path, id), NEED, .doc = "id inside the scenario" },
	{ .key = "text", .kind = F_TEXT, AT(solution_path, text), NEED, .doc = "the way through" },
	{ .key = "acceptable",
		.kind = F_BOOL,
		AT(solution_path, acceptable),
		NEED,
		.doc = "whether it can be defended" },
	{ .key = "if", .kind = F_TEXT, AT(solution_path, condition), .doc = "on what condition" },
	{ .key = "would_change",
		.kind = F_TEXT,
		AT(solution_path, would_change),
		.doc = "what would change the judgement" },
};
static const record path_record = {
	.name = "path",
	FIELDS(path_fields),
	.size = sizeof(solution_path),
};

static const field score_criterion_fields[] = {
	{ .key = "id", .kind = F_ID, AT(score_criterion, id), NEED, .doc = "id inside the scenario" },
	{ .key = "name", .kind = F_PLAIN, AT(score_criterion, name), NEED, .doc = "name" },
	{ .key = "weight",
		.kind = F_INT,
		AT(score_criterion, weight),
		BOUNDS(0, 100),
		NEED,
		.doc = "out of 100" },
	{ .key = "weight_reason",
		.kind = F_TEXT,
		AT(score_criterion, weight_reason),
		.doc = "why it weighs far more or less than the others" },
	{ .key = "outcomes", IDS(score_criterion, outcomes), NEED, .doc = "outcomes it scores" },
	{ .key = "anchors",
		ENTRIES(score_criterion, anchors, pair_text_record),
		NEED,
		.doc = "behaviour at each number of the scale" },
};
static const record score_criterion_record = {
	.name = "scoring criterion",
	FIELDS(score_criterion_fields),
	.size = sizeof(score_criterion),
};

static const field score_pass_fields[] = {
	{ .key = "total", .kind = F_NUMBER, AT(score_pass, total), BOUNDS(0, 100), NEED, .doc = "out of 100" },
	{ .key = "must",
		ENTRIES(score_pass, must, pair_number_record),
		.doc = "criterion -> lowest number that passes" },
};
static const record score_pass_record = {
	.name = "scoring pass rule",
	FIELDS(score_pass_fields),
	.size = sizeof(score_pass),
};

static const field scoring_fields[] = {
	{ .key = "scale", NUMBERS(scoring, scale), NEED, .doc = "numbers, lowest first" },
	{ .key = "combine", .kind = F_PLAIN, AT(scoring, combine), NEED, .doc = "how ratings become one" },
	{ .key = "raters", .kind = F_INT, AT(scoring, raters), BOUNDS(1, 20), NEED, .doc = "how many" },
	{ .key = "criteria", RECORDS(scoring, criteria, score_criterion_record), NEED, .doc = "what is scored" },
	{ .key = "critical_fail", IDS(scoring, critical_fail), .doc = "harmful actions that end the assessment" },
	{ .key = "pass", INSIDE(scoring, pass, score_pass_record), NEED, .doc = "what passes" },
};
static const record scoring_record = {
	.name = "scoring",
	FIELDS(scoring_fields),
	.size = sizeof(scoring),
};

static const field hint_fields[] = {
	{ .key = "level",
		.kind = F_INT,
		AT(facilitator_hint, level),
		BOUNDS(1, 9),
		NEED,
		.doc = "step of the ladder" },
	{ .key = "text", .kind = F_TEXT, AT(facilitator_hint, text), NEED, .doc = "what the facilitator says" },
	{ .key = "cost",
		.kind = F_INT,
		AT(facilitator_hint, cost),
		BOUNDS(0, 100),
		NEED,
		.doc = "points it costs" },
};
static const record hint_record = {
	.name = "hint",
	FIELDS(hint_fields),
	.size = sizeof(facilitator_hint),
};

static const field facilitator_fields[] = {
	{ .key = "setup", .kind = F_TEXT, AT(facilitator, setup), NEED, .doc = "before the session" },
	{ .key = "script", .kind = F_TEXT, AT(facilitator, script), NEED, .doc = "opening words" },
	{ .key = "hints", RECORDS(facilitator, hints, hint_record), .doc = "ladder of hints" },
	{ .key = "common_paths", TEXTS(facilitator, common_paths), .doc = "what groups usually do" },
	{ .key = "debrief", TEXTS(facilitator, debrief), NEED, .doc = "questions" },
	{ .key = "safety",
		.kind = F_TEXT,
		AT(facilitator, safety),
		NEED,
		.doc = "pause rule and psychological safety" },
};
static const record facilitator_record = {
	.name = "facilitator guide",
	FIELDS(facilitator_fields),
	.size = sizeof(facilitator),
};

static const field sample_fields[] = {
	{ .key = "id", .kind = F_ID, AT(sample_performance, id), NEED, .doc = "id" },
	{ .key = "text", .kind = F_TEXT, AT(sample_performance, text), NEED, .doc = "what was done" },
};
static const record sample_record = {
	.name = "sample performance",
	FIELDS(sample_fields),
	.size = sizeof(sample_performance),
};

static const field gold_fields[] = {
	{ .key = "scores", ENTRIES(gold, scores, pair_number_record), NEED, .doc = "criterion -> score" },
};
static const record gold_record = {
	.name = "gold scores",
	FIELDS(gold_fields),
	.size = sizeof(gold),
	.shorthand = "scores",
	.whole = true,
};

static const field release_fields[] = {
	{ .key = "qwk", .kind = F_NUMBER, AT(release_rule, qwk), NEED, .doc = "quadratic weighted kappa" },
	{ .key = "icc2k", .kind = F_NUMBER, AT(release_rule, icc2k), NEED, .doc = "ICC(2,k) of the total" },
	{ .key = "n", .kind = F_INT, AT(release_rule, n), NEED, .doc = "double-scored performances" },
};
static const record release_record = {
	.name = "release thresholds",
	FIELDS(release_fields),
	.size = sizeof(release_rule),
};

static const field rater_pack_fields[] = {
	{ .key = "training_min",
		.kind = F_INT,
		AT(rater_pack, training_min),
		NEED,
		.doc = "minutes of training" },
	{ .key = "samples", RECORDS(rater_pack, samples, sample_record), NEED, .doc = "sample performances" },
	{ .key = "gold", ENTRIES(rater_pack, gold, gold_record), NEED, .doc = "agreed scores" },
	{ .key = "release",
		INSIDE(rater_pack, release, release_record),
		NEED,
		.doc = "agreement needed for summative use" },
};
static const record rater_pack_record = {
	.name = "rater pack",
	FIELDS(rater_pack_fields),
	.size = sizeof(rater_pack),
};

static const field accommodation_fields[] = {
	{ .key = "extra_time_pct",
		.kind = F_NUMBER,
		AT(accommodation, extra_time_pct),
		BOUNDS(0, 200),
		NEED,
		.doc = "extra time" },
	{ .key = "text", .kind = F_TEXT, AT(accommodation, text), NEED, .doc = "what is offered" },
	{ .key = "written_variant",
		.kind = F_PLAIN,
		AT(accommodation, written_variant),
		.doc = "id of the written form" },
};
const record accommodation_record = {
	.name = "accommodation",
	FIELDS(accommodation_fields),
	.size = sizeof(accommodation),
};

static const field scenario_fields[] = {
	{ .key = "id", .kind = F_ID, AT(scenario, id), NEED, .doc = "permanent id" },
	{ .key = "version", .kind = F_PLAIN, AT(scenario, version), NEED, .doc = "version" },
	{ .key = "title", .kind = F_PLAIN, AT(scenario, title), NEED, .doc = "title" },
	{ .key = "level", CHOICE(scenario, level, level_names), NEED, .doc = "level it is written for" },
	{ .key = "summary", .kind = F_TEXT, AT(scenario, summary), NEED, .doc = "what it is about" },
	{ .key = "kind", CHOICE(scenario, kind, scenario_kind_names), NEED, .doc = "method" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(scenario, minutes),
		BOUNDS(30, 60000),
		NEED,
		.doc = "preparation and time box; a multiple of 30" },
	{ .key = "constructs", IDS(scenario, constructs), NEED, .doc = "what is judged" },
	{ .key = "integrates", IDS(scenario, integrates), NEED, .doc = "modules it is run after" },
	{ .key = "outcomes", IDS(scenario, outcomes), NEED, .doc = "outcomes it assesses" },
	{ .key = "stakes", CHOICE(scenario, stakes, stakes_names), NEED, .doc = "summative or formative" },
	{ .key = "timebox", INSIDE(scenario, timebox, timebox_record), NEED, .doc = "time in the room" },
	{ .key = "setting", INSIDE(scenario, setting, setting_record), NEED, .doc = "the situation" },
	{ .key = "roles", RECORDS(scenario, roles, role_record), NEED, .doc = "who takes part" },
	{ .key = "evidence", RECORDS(scenario, evidence, evidence_record), NEED, .doc = "evidence packet" },
	{ .key = "injects", RECORDS(scenario, injects, inject_record), NEED, .doc = "what happens, in order" },
	{ .key = "prompts", RECORDS(scenario, prompts, prompt_record), .doc = "what everybody is asked" },
	{ .key = "deliverables", TEXTS(scenario, deliverables), .doc = "what is handed in" },
	{ .key = "actions",
		RECORDS(scenario, actions, action_record),
		NEED,
		.doc = "expected and harmful actions" },
	{ .key = "paths", RECORDS(scenario, paths, path_record), NEED, .doc = "ways through" },
	{ .key = "scoring", INSIDE(scenario, scoring, scoring_record), NEED, .doc = "how it is scored" },
	{ .key = "facilitator",
		INSIDE(scenario, facilitator, facilitator_record),
		NEED,
		.doc = "for the facilitator" },
	{ .key = "rater_pack", INSIDE(scenario, rater_pack, rater_pack_record), NEED, .doc = "for raters" },
	{ .key = "accommodation",
		INSIDE(scenario, accommodation, accommodation_record),
		NEED,
		.doc = "equivalent forms" },
};
const record scenario_record = {
	.name = "scenario",
	FIELDS(scenario_fields),
	.size = sizeof(scenario),
};
