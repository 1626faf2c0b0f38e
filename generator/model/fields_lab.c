/* Fields of labs and rubrics.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

static const char *const basis_names[] = { "author", NULL };
static const char *const yes_names[] = { "false", "true", NULL };

static const field tier_fields[] = {
	{ .key = "tier",
		.kind = F_PLAIN,
		AT(lab_tier, tier),
		NEED,
		.doc = "T0 laptop, T1 one accelerator, T2 one node, T3 several nodes" },
	{ .key = "hardware", .kind = F_PLAIN, AT(lab_tier, hardware), NEED, .doc = "what is needed" },
	{ .key = "note", .kind = F_TEXT, AT(lab_tier, note), .doc = "what differs here" },
};
static const record tier_record = {
	.name = "tier",
	FIELDS(tier_fields),
	.size = sizeof(lab_tier),
};

static const field workload_fields[] = {
	{ .key = "description", .kind = F_TEXT, AT(workload, description), NEED, .doc = "what runs" },
	{ .key = "dataset", .kind = F_PLAIN, AT(workload, dataset), .doc = "data set or trace" },
	{ .key = "size", .kind = F_PLAIN, AT(workload, size), .doc = "how much" },
	{ .key = "arrival", CHOICE(workload, arrival, arrival_names), NEED, .doc = "arrival process" },
	{ .key = "warmup", .kind = F_PLAIN, AT(workload, warmup), .doc = "before measuring" },
	{ .key = "duration", .kind = F_PLAIN, AT(workload, duration), .doc = "of one run" },
	{ .key = "seed", .kind = F_PLAIN, AT(workload, seed), .doc = "how it is fixed" },
};
static const record workload_record = {
	.name = "workload",
	FIELDS(workload_fields),
	.size = sizeof(workload),
};

static const field aggregate_fields[] = {
	{ .key = "over", .kind = F_PLAIN, AT(aggregate, over), NEED, .doc = "over what" },
	{ .key = "stat", CHOICE(aggregate, stat, stat_names), NEED, .doc = "statistic" },
};
static const record aggregate_record = {
	.name = "aggregate",
	FIELDS(aggregate_fields),
	.size = sizeof(aggregate),
};

static const field baseline_fields[] = {
	{ .key = "value", .kind = F_NUMBER, AT(baseline, value), .doc = "known value" },
	{ .key = "range", NUMBERS(baseline, range), .doc = "known range: two numbers" },
	{ .key = "measured", .kind = F_BOOL, AT(baseline, measured), .doc = "the learner measures it" },
	{ .key = "expect", NUMBERS(baseline, expect), .doc = "what the measurement should be: two numbers" },
	{ .key = "obtain", .kind = F_PLAIN, AT(baseline, obtain), NEED, .doc = "how the learner gets it" },
};
static const record baseline_record = {
	.name = "baseline",
	FIELDS(baseline_fields),
	.size = sizeof(baseline),
};

static const field goal_fields[] = {
	{ .key = "value", .kind = F_NUMBER, AT(goal, value), .doc = "number in the metric's unit" },
	{ .key = "ratio", .kind = F_NUMBER, AT(goal, ratio), .doc = "times the measured baseline" },
};
static const record goal_record = {
	.name = "goal",
	FIELDS(goal_fields),
	.size = sizeof(goal),
	.shorthand = "value",
};

static const field tolerance_fields[] = {
	{ .key = "value", .kind = F_NUMBER, AT(tolerance, value), .doc = "in the metric's unit" },
	{ .key = "pct", .kind = F_NUMBER, AT(tolerance, pct), .doc = "per cent of the baseline" },
	{ .key = "why", .kind = F_PLAIN, AT(tolerance, why), .doc = "why that much" },
};
static const record tolerance_record = {
	.name = "tolerance",
	FIELDS(tolerance_fields),
	.size = sizeof(tolerance),
	.shorthand = "value",
};

static const field citation_fields[] = {
	{ .key = "key", .kind = F_ID, AT(citation, key), NEED, .doc = "key of a source" },
	{ .key = "mark",
		CHOICE(citation, mark, mark_names),
		NEED,
		.doc = "V primary, S secondary, D computed, M general knowledge" },
	{ .key = "locator", .kind = F_PLAIN, AT(citation, locator), NEED, .doc = "where in the source" },
	{ .key = "accessed", .kind = F_DATE, AT(citation, accessed), NEED, .doc = "when it was read" },
	{ .key = "best",
		INSIDE(citation, best, goal_record),
		.doc = "best public figure that it states, in the terms of the target" },
};
static const record citation_record = {
	.name = "citation",
	FIELDS(citation_fields),
	.size = sizeof(citation),
};

static const field metric_fields[] = {
	{ .key = "id", .kind = F_ID, AT(metric, id), NEED, .doc = "permanent id" },
	{ .key = "name", .kind = F_PLAIN, AT(metric, name), NEED, .doc = "name" },
	{ .key = "definition", .kind = F_TEXT, AT(metric, definition), NEED, .doc = "how it is computed" },
	{ .key = "unit", .kind = F_PLAIN, AT(metric, unit), NEED, .doc = "see the unit table" },
	{ .key = "direction", CHOICE(metric, direction, direction_names), NEED, .doc = "which way is better" },
	{ .key = "aggregate",
		INSIDE(metric, aggregate, aggregate_record),
		NEED,
		.doc = "how runs become one number" },
	{ .key = "percentile",
		.kind = F_NUMBER,
		AT(metric, percentile),
		BOUNDS(0, 100),
		.doc = "of the samples inside one run" },
	{ .key = "baseline", INSIDE(metric, baseline, baseline_record), NEED, .doc = "where the learner starts" },
	{ .key = "target", INSIDE(metric, target, goal_record), NEED, .doc = "proficient" },
	{ .key = "stretch", INSIDE(metric, stretch, goal_record), .doc = "exemplary" },
	{ .key = "tolerance", INSIDE(metric, tolerance, tolerance_record), NEED, .doc = "what noise may do" },
	{ .key = "noise_pct",
		.kind = F_NUMBER,
		AT(metric, noise_pct),
		BOUNDS(0, 100),
		.doc = "run-to-run coefficient of variation, per cent" },
	{ .key = "repeats", .kind = F_INT, AT(metric, repeats), BOUNDS(1, 1000), NEED, .doc = "runs" },
	{ .key = "source",
		.kind = F_MAYBE,
		AT(metric, source),
		.record = &(citation_record),
		.doc = "where the number comes from" },
	{ .key = "basis", CHOICE(metric, basis, basis_names), .doc = "author: the number is ours" },
	{ .key = "note", .kind = F_TEXT, AT(metric, note), .doc = "what the number may be compared with" },
};
const record metric_record = {
	.name = "metric",
	FIELDS(metric_fields),
	.size = sizeof(metric),
};

static const field guardrail_fields[] = {
	{ .key = "id", .kind = F_ID, AT(guardrail, id), NEED, .doc = "permanent id" },
	{ .key = "name", .kind = F_PLAIN, AT(guardrail, name), NEED, .doc = "name" },
	{ .key = "unit", .kind = F_PLAIN, AT(guardrail, unit), NEED, .doc = "see the unit table" },
	{ .key = "direction", CHOICE(guardrail, direction, direction_names), NEED, .doc = "which way is better" },
	{ .key = "limit", INSIDE(guardrail, limit, goal_record), NEED, .doc = "must not get worse than this" },
	{ .key = "why", .kind = F_TEXT, AT(guardrail, why), NEED, .doc = "what it protects" },
};
static const record guardrail_record = {
	.name = "guardrail",
	FIELDS(guardrail_fields),
	.size = sizeof(guardrail),
};

static const field step_fields[] = {
	{ .key = "title", .kind = F_PLAIN, AT(lab_step, title), NEED, .doc = "what the step is for" },
	{ .key = "text", .kind = F_TEXT, AT(lab_step, text), NEED, .doc = "what to do" },
};
static const record step_record = {
	.name = "step",
	FIELDS(step_fields),
	.size = sizeof(lab_step),
	.shorthand = "text",
};

static const field artifact_fields[] = {
	{ .key = "path", .kind = F_PATH, AT(artifact, path), NEED, .doc = "file" },
	{ .key = "text", .kind = F_TEXT, AT(artifact, text), NEED, .doc = "what it holds" },
};
const record artifact_record = {
	.name = "artifact",
	FIELDS(artifact_fields),
	.size = sizeof(artifact),
};

static const field governance_fields[] = {
	{ .key = "kind", CHOICE(governance, kind, governance_names), NEED, .doc = "kind of artifact" },
	{ .key = "path", .kind = F_PATH, AT(governance, path), NEED, .doc = "file" },
	{ .key = "owner", .kind = F_PLAIN, AT(governance, owner), NEED, .doc = "role that owns it" },
	{ .key = "check", .kind = F_TEXT, AT(governance, check), NEED, .doc = "how it is accepted" },
};
const record governance_record = {
	.name = "governance",
	FIELDS(governance_fields),
	.size = sizeof(governance),
};

static const field failure_mode_fields[] = {
	{ .key = "symptom", .kind = F_TEXT, AT(failure_mode, symptom), NEED, .doc = "what is seen" },
	{ .key = "cause", .kind = F_TEXT, AT(failure_mode, cause), NEED, .doc = "why" },
	{ .key = "remedy", .kind = F_TEXT, AT(failure_mode, remedy), NEED, .doc = "what to do" },
};
static const record failure_mode_record = {
	.name = "failure mode",
	FIELDS(failure_mode_fields),
	.size = sizeof(failure_mode),
};

static const field cost_fields[] = {
	{ .key = "ceiling",
		.kind = F_NUMBER,
		AT(lab_cost, ceiling),
		BOUNDS(0, 1e+06),
		NEED,
		.doc = "most it may cost" },
	{ .key = "currency", .kind = F_PLAIN, AT(lab_cost, currency), NEED, .doc = "ISO 4217 code" },
	{ .key = "note", .kind = F_TEXT, AT(lab_cost, note), .doc = "what it covers" },
};
static const record cost_record = {
	.name = "cost",
	FIELDS(cost_fields),
	.size = sizeof(lab_cost),
};

static const field scale_level_fields[] = {
	{ .key = "level", .kind = F_ID, AT(scale_level, level), NEED, .doc = "name" },
	{ .key = "points", .kind = F_NUMBER, AT(scale_level, points), BOUNDS(0, 100), NEED, .doc = "points" },
};
const record scale_level_record = {
	.name = "scale level",
	FIELDS(scale_level_fields),
	.size = sizeof(scale_level),
};

static const field criterion_fields[] = {
	{ .key = "id", .kind = F_ID, AT(criterion, id), NEED, .doc = "id inside the rubric" },
	{ .key = "name", .kind = F_PLAIN, AT(criterion, name), .doc = "name" },
	{ .key = "weight", .kind = F_INT, AT(criterion, weight), BOUNDS(0, 100), .doc = "out of 100" },
	{ .key = "weight_reason",
		.kind = F_TEXT,
		AT(criterion, weight_reason),
		.doc = "why it weighs far more or less than the others" },
	{ .key = "outcomes", IDS(criterion, outcomes), .doc = "outcomes it scores" },
	{ .key = "levels", ENTRIES(criterion, levels, pair_text_record), .doc = "descriptor of each level" },
	{ .key = "metric",
		.kind = F_ID,
		AT(criterion, metric),
		.doc = "metric from which descriptors are derived" },
	{ .key = "use", .kind = F_ID, AT(criterion, use), .doc = "criterion of the rubric library" },
	{ .key = "must_pass",
		.kind = F_BOOL,
		AT(criterion, must_pass),
		.doc = "cannot be made up for elsewhere" },
	{ .key = "must_points",
		.kind = F_NUMBER,
		AT(criterion, must_points),
		.doc = "least points that pass; default: those of the second best level" },
	{ .key = "grader_notes", .kind = F_TEXT, AT(criterion, grader_notes), .doc = "for graders only" },
};
const record criterion_record = {
	.name = "criterion",
	FIELDS(criterion_fields),
	.size = sizeof(criterion),
};

static const field pass_fields[] = {
	{ .key = "percent",
		.kind = F_NUMBER,
		AT(pass_rule, percent),
		BOUNDS(1, 100),
		NEED,
		.doc = "per cent of all points" },
	{ .key = "compensatory",
		CHOICE(pass_rule, compensatory, yes_names),
		NEED,
		.doc = "whether a high score makes up for a low one" },
};
static const record pass_record = {
	.name = "pass rule",
	FIELDS(pass_fields),
	.size = sizeof(pass_rule),
};

static const field rubric_fields[] = {
	{ .key = "id", .kind = F_ID, AT(rubric, id), .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(rubric, title), .doc = "title" },
	{ .key = "scale", RECORDS(rubric, scale, scale_level_record), .doc = "levels, best first" },
	{ .key = "pass", INSIDE(rubric, pass, pass_record), .doc = "what passes" },
	{ .key = "criteria", RECORDS(rubric, criteria, criterion_record), .doc = "what is scored" },
	{ .key = "ref", .kind = F_ID, AT(rubric, ref), .doc = "id of a rubric in rubrics/" },
};
const record rubric_record = {
	.name = "rubric",
	FIELDS(rubric_fields),
	.size = sizeof(rubric),
	.shorthand = "ref",
};

static const field lab_fields[] = {
	{ .key = "id", .kind = F_ID, AT(lab, id), NEED, .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(lab, title), NEED, .doc = "title" },
	{ .key = "level", CHOICE(lab, level, level_names), NEED, .doc = "level it is written for" },
	{ .key = "summary", .kind = F_TEXT, AT(lab, summary), NEED, .doc = "what is done and why it matters" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(lab, minutes),
		BOUNDS(30, 60000),
		NEED,
		.doc = "fixed; a multiple of 30" },
	{ .key = "context",
		.kind = F_TEXT,
		AT(lab, context),
		NEED,
		.doc = "the situation, in the second person" },
	{ .key = "integrates", IDS(lab, integrates), NEED, .doc = "modules it starts after" },
	{ .key = "outcomes", IDS(lab, outcomes), NEED, .doc = "outcomes it assesses" },
	{ .key = "tags", IDS(lab, tags), .doc = "words that rules speak of" },
	{ .key = "tiers", RECORDS(lab, tiers, tier_record), NEED, .doc = "hardware, cheapest first" },
	{ .key = "fallback", .kind = F_PLAIN, AT(lab, fallback), NEED, .doc = "tier that everybody can run" },
	{ .key = "versions", RECORDS(lab, versions, tool_record), .doc = "pinned tools" },
	{ .key = "workload", INSIDE(lab, workload, workload_record), NEED, .doc = "what runs" },
	{ .key = "metrics",
		RECORDS(lab, metrics, metric_record),
		NEED,
		.doc = "what is measured; the first is the primary one" },
	{ .key = "guardrails", RECORDS(lab, guardrails, guardrail_record), .doc = "what must not get worse" },
	{ .key = "procedure", RECORDS(lab, procedure, step_record), NEED, .doc = "steps" },
	{ .key = "decision", .kind = F_TEXT, AT(lab, decision), NEED, .doc = "when the result passes" },
	{ .key = "evidence", RECORDS(lab, evidence, artifact_record), NEED, .doc = "what is handed in" },
	{ .key = "governance", RECORDS(lab, governance, governance_record), NEED, .doc = "governance artifacts" },
	{ .key = "failure_modes", RECORDS(lab, failure_modes, failure_mode_record), .doc = "what goes wrong" },
	{ .key = "cost", INSIDE(lab, cost, cost_record), NEED, .doc = "cost ceiling" },
	{ .key = "teardown",
		.kind = F_TEXT,
		AT(lab, teardown),
		NEED,
		.doc = "what to remove and how to verify it" },
	{ .key = "starter", RECORDS(lab, starter, artifact_record), .doc = "files copied beside the lab" },
	{ .key = "rubric",
		INSIDE(lab, rubric, rubric_record),
		NEED,
		.doc = "id of a rubric, or a rubric in place" },
};
const record lab_record = {
	.name = "lab",
	FIELDS(lab_fields),
	.size = sizeof(lab),
};
