/* Fields of plan.yaml and of rule files. */
#include "model/fields.h"
#include "model/plan.h"
#include "model/rule.h"

static const field header_fields[] = {
	{ .key = "title", .kind = F_PLAIN, AT(plan_header, title), NEED, .doc = "title of the course" },
	{ .key = "role", .kind = F_PLAIN, AT(plan_header, role), NEED, .doc = "role it is for" },
	{ .key = "level", CHOICE(plan_header, level, level_names), NEED, .doc = "level of the course" },
	{ .key = "language", .kind = F_PLAIN, AT(plan_header, language), NEED, .doc = "BCP 47 tag" },
	{ .key = "version", .kind = F_PLAIN, AT(plan_header, version), NEED, .doc = "semantic version" },
	{ .key = "minutes", .kind = F_INT, AT(plan_header, minutes), NEED, BOUNDS(30, 600000), .doc = "budget" },
	{ .key = "weeks", .kind = F_INT, AT(plan_header, weeks), NEED, BOUNDS(1, 520), .doc = "weeks" },
	{ .key = "minutes_per_week",
		.kind = F_INT,
		AT(plan_header, minutes_per_week),
		NEED,
		BOUNDS(30, 10080),
		.doc = "capacity of a week" },
	{ .key = "evidence",
		.kind = F_PLAIN,
		AT(plan_header, evidence),
		NEED,
		.doc = "hash of the workbook that the plan was made from" },
};
const record plan_header_record = {
	.name = "course header", FIELDS(header_fields), .size = sizeof(plan_header)
};

static const field extension_fields[] = {
	{ .key = "item",
		.kind = F_PLAIN,
		AT(plan_extension, item),
		NEED,
		.doc = "skill:ID, technology:ID or theme:ID" },
	{ .key = "name", .kind = F_PLAIN, AT(plan_extension, name), NEED, .doc = "as it is printed" },
	{ .key = "concept", .kind = F_ID, AT(plan_extension, concept), .doc = "concept of the lexicon" },
	{ .key = "extension",
		.kind = F_ID,
		AT(plan_extension, extension),
		NEED,
		.doc = "extension of the catalogue" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(plan_extension, minutes),
		NEED,
		BOUNDS(30, 6000),
		.doc = "of the exercise" },
};
static const record plan_extension_record = {
	.name = "extension of a module", FIELDS(extension_fields), .size = sizeof(plan_extension)
};

static const field plan_module_fields[] = {
	{ .key = "id", .kind = F_ID, AT(plan_module, id), NEED, .doc = "module of the catalogue" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(plan_module, minutes),
		NEED,
		BOUNDS(30, 60000),
		.doc = "planned time" },
	{ .key = "week_from",
		.kind = F_INT,
		AT(plan_module, week_from),
		NEED,
		BOUNDS(1, 520),
		.doc = "first week" },
	{ .key = "week_to", .kind = F_INT, AT(plan_module, week_to), NEED, BOUNDS(1, 520), .doc = "last week" },
	{ .key = "emphasis",
		.kind = F_NUMBER,
		AT(plan_module, emphasis),
		BOUNDS(0, 10),
		.doc = "factor from rules" },
	{ .key = "needs_author", .kind = F_BOOL, AT(plan_module, needs_author), .doc = "made from a blueprint" },
	{ .key = "blueprint", .kind = F_ID, AT(plan_module, blueprint), .doc = "blueprint it was made from" },
	{ .key = "skill", .kind = F_ID, AT(plan_module, skill), .doc = "skill row it was made for" },
	{ .key = "extends",
		RECORDS(plan_module, extends, plan_extension_record),
		.doc = "further exercises, for what the module does not name" },
};
const record plan_module_record = {
	.name = "planned module",
	FIELDS(plan_module_fields),
	.size = sizeof(plan_module),
	.also = &module_record,
};

static const field plan_lab_fields[] = {
	{ .key = "id", .kind = F_ID, AT(plan_lab, id), NEED, .doc = "lab of the catalogue" },
	{ .key = "minutes", .kind = F_INT, AT(plan_lab, minutes), NEED, BOUNDS(30, 60000), .doc = "time" },
	{ .key = "week", .kind = F_INT, AT(plan_lab, week), NEED, BOUNDS(1, 520), .doc = "week it starts" },
	{ .key = "due", .kind = F_INT, AT(plan_lab, due), NEED, BOUNDS(1, 520), .doc = "week it is handed in" },
	{ .key = "required", .kind = F_BOOL, AT(plan_lab, required), .doc = "required by a rule, or elective" },
	{ .key = "needs_author", .kind = F_BOOL, AT(plan_lab, needs_author), .doc = "made from a blueprint" },
	{ .key = "blueprint", .kind = F_ID, AT(plan_lab, blueprint), .doc = "blueprint it was made from" },
	{ .key = "skill", .kind = F_ID, AT(plan_lab, skill), .doc = "skill row it was made for" },
	{ .key = "targets",
		ENTRIES(plan_lab, targets, pair_plain_record),
		.doc = "metric -> target or stretch: what proficient means here" },
};
const record plan_lab_record = {
	.name = "planned lab",
	FIELDS(plan_lab_fields),
	.size = sizeof(plan_lab),
	.also = &lab_record,
};

static const field plan_scenario_fields[] = {
	{ .key = "id", .kind = F_ID, AT(plan_scenario, id), NEED, .doc = "scenario of the catalogue" },
	{ .key = "minutes", .kind = F_INT, AT(plan_scenario, minutes), NEED, BOUNDS(30, 60000), .doc = "time" },
	{ .key = "week", .kind = F_INT, AT(plan_scenario, week), NEED, BOUNDS(1, 520), .doc = "week it starts" },
	{ .key = "due", .kind = F_INT, AT(plan_scenario, due), NEED, BOUNDS(1, 520), .doc = "week it is run" },
	{ .key = "required",
		.kind = F_BOOL,
		AT(plan_scenario, required),
		.doc = "required by a rule, or elective" },
	{ .key = "needs_author",
		.kind = F_BOOL,
		AT(plan_scenario, needs_author),
		.doc = "made from a blueprint" },
	{ .key = "blueprint", .kind = F_ID, AT(plan_scenario, blueprint), .doc = "blueprint it was made from" },
	{ .key = "skill", .kind = F_ID, AT(plan_scenario, skill), .doc = "skill row it was made for" },
	{ .key = "setting", PLAINS(plan_scenario, setting), .doc = "technologies named in it" },
	{ .key = "stack",
		ENTRIES(plan_scenario, stack, pair_plain_record),
		.doc = "part of its stack -> technology of the lexicon" },
};
const record plan_scenario_record = {
	.name = "planned scenario",
	FIELDS(plan_scenario_fields),
	.size = sizeof(plan_scenario),
	.also = &scenario_record,
};

static const field plan_capstone_fields[] = {
	{ .key = "id", .kind = F_ID, AT(plan_capstone, id), NEED, .doc = "capstone of the catalogue" },
	{ .key = "minutes", .kind = F_INT, AT(plan_capstone, minutes), NEED, BOUNDS(30, 60000), .doc = "time" },
	{ .key = "week", .kind = F_INT, AT(plan_capstone, week), NEED, BOUNDS(1, 520), .doc = "week it starts" },
	{ .key = "due",
		.kind = F_INT,
		AT(plan_capstone, due),
		NEED,
		BOUNDS(1, 520),
		.doc = "week of the defence" },
	{ .key = "modules", IDS(plan_capstone, modules), NEED, .doc = "modules that it integrates" },
};
const record plan_capstone_record = {
	.name = "planned capstone",
	FIELDS(plan_capstone_fields),
	.size = sizeof(plan_capstone),
	.also = &capstone_record,
};

static const field grade_fields[] = {
	{ .key = "item",
		.kind = F_PLAIN,
		AT(plan_grade, item),
		NEED,
		.doc = "lab:ID, scenario:ID or capstone:ID" },
	{ .key = "percent", .kind = F_INT, AT(plan_grade, percent), NEED, BOUNDS(0, 100), .doc = "of the grade" },
};
const record plan_grade_record = { .name = "grade", FIELDS(grade_fields), .size = sizeof(plan_grade) };

static const field link_fields[] = {
	{ .key = "item",
		.kind = F_PLAIN,
		AT(plan_link, item),
		NEED,
		.doc = "skill:ID, technology:ID or theme:ID" },
	{ .key = "name", .kind = F_PLAIN, AT(plan_link, name), NEED, .doc = "as it is printed" },
	{ .key = "to", .kind = F_PLAIN, AT(plan_link, to), .doc = "module:ID of this course" },
	{ .key = "course", .kind = F_PLAIN, AT(plan_link, course), .doc = "or the course that teaches it" },
	{ .key = "reason",
		.kind = F_PLAIN,
		AT(plan_link, reason),
		NEED,
		.doc = "why it has no entry of its own" },
};
const record plan_link_record = { .name = "link", FIELDS(link_fields), .size = sizeof(plan_link) };

static const field decision_fields[] = {
	{ .key = "kind", CHOICE(decision, kind, decision_names), NEED, .doc = "what was decided" },
	{ .key = "item",
		.kind = F_PLAIN,
		AT(decision, item),
		NEED,
		.doc = "module:ID, lab:ID, scenario:ID; skill:ID, technology:ID, theme:ID" },
	{ .key = "course", .kind = F_PLAIN, AT(decision, course), .doc = "of own: the course that teaches it" },
	{ .key = "reason", .kind = F_PLAIN, AT(decision, reason), NEED, .doc = "why" },
	{ .key = "author", .kind = F_PLAIN, AT(decision, author), NEED, .doc = "who" },
	{ .key = "expires", .kind = F_DATE, AT(decision, expires), .doc = "last day it holds" },
};
const record decision_record = { .name = "decision", FIELDS(decision_fields), .size = sizeof(decision) };

static const field plan_fields[] = {
	{ .key = "course", INSIDE(plan, course, plan_header_record), NEED, .doc = "header" },
	{ .key = "modules", RECORDS(plan, modules, plan_module_record), NEED, .doc = "in teaching order" },
	{ .key = "labs", RECORDS(plan, labs, plan_lab_record), .doc = "in the order they start" },
	{ .key = "scenarios", RECORDS(plan, scenarios, plan_scenario_record), .doc = "in the order they start" },
	{ .key = "capstone", RECORDS(plan, capstone, plan_capstone_record), .doc = "a list of one, or none" },
	{ .key = "grading", RECORDS(plan, grading, plan_grade_record), .doc = "percentages that sum to 100" },
	{ .key = "links",
		RECORDS(plan, links, plan_link_record),
		.doc = "where it is taught what has no entry of its own" },
	{ .key = "decisions", RECORDS(plan, decisions, decision_record), .doc = "what people decided" },
};
const record plan_record = { .name = "plan", FIELDS(plan_fields), .size = sizeof(plan) };

static const field rule_fields[] = {
	{ .key = "id", .kind = F_ID, AT(rule, id), NEED, .doc = "permanent id" },
	{ .key = "for",
		.kind = F_ID,
		AT(rule, subject),
		NEED,
		.doc = "kind of fact: once for each; sample and experience: once" },
	{ .key = "when", .kind = F_LOCATED, AT(rule, when), .doc = "CEL condition; absent: always" },
	{ .key = "priority",
		.kind = F_INT,
		AT(rule, priority),
		BOUNDS(-1000, 1000),
		.doc = "higher wins; default 0" },
	{ .key = "then", .kind = F_ANY, AT(rule, then), NEED, .doc = "list of actions" },
	{ .key = "because", .kind = F_LOCATED, AT(rule, because), NEED, .doc = "plain reason, with {{ }}" },
};
const record rule_record = { .name = "rule", FIELDS(rule_fields), .size = sizeof(rule) };

static const field rules_file_fields[] = {
	{ .key = "rules", RECORDS(rules_file, rules, rule_record), NEED, .doc = "rules" },
};
const record rules_file_record = {
	.name = "rules file", FIELDS(rules_file_fields), .size = sizeof(rules_file)
};
