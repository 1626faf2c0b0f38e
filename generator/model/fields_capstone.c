/* Fields of capstones.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

static const field score_fields[] = {
	{ .key = "outcomes",
		IDS(capstone_score, outcomes),
		NEED,
		.doc = "outcomes of the module; empty in a part for any module" },
};
static const record score_record = {
	.name = "score",
	FIELDS(score_fields),
	.size = sizeof(capstone_score),
	.shorthand = "outcomes",
	.whole = true,
};

static const field part_fields[] = {
	{ .key = "module",
		.kind = F_PLAIN,
		AT(capstone_part, module),
		NEED,
		.doc = "id of a module; '*' for any module without a part of its own" },
	{ .key = "task", .kind = F_TEXT, AT(capstone_part, task), NEED, .doc = "what is asked for" },
	{ .key = "accept", .kind = F_TEXT, AT(capstone_part, accept), NEED, .doc = "how it is accepted" },
	{ .key = "scores",
		ENTRIES(capstone_part, scores, score_record),
		NEED,
		.doc = "criterion of the rubric -> outcomes of the module that it scores" },
};
const record capstone_part_record = { .name = "part", FIELDS(part_fields), .size = sizeof(capstone_part) };

static const field milestone_fields[] = {
	{ .key = "id", .kind = F_ID, AT(milestone, id), NEED, .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(milestone, title), NEED, .doc = "title" },
	{ .key = "percent",
		.kind = F_INT,
		AT(milestone, percent),
		NEED,
		BOUNDS(1, 100),
		.doc = "part of the capstone's time after which it is due" },
	{ .key = "text", .kind = F_TEXT, AT(milestone, text), NEED, .doc = "what is shown" },
	{ .key = "feedback", .kind = F_TEXT, AT(milestone, feedback), NEED, .doc = "who says what about it" },
};
static const record milestone_record = {
	.name = "milestone", FIELDS(milestone_fields), .size = sizeof(milestone)
};

static const field question_fields[] = {
	{ .key = "ask", .kind = F_TEXT, AT(defence_question, ask), NEED, .doc = "question" },
	{ .key = "probes", TEXTS(defence_question, probes), .doc = "what is asked next, of everybody" },
};
static const record question_record = {
	.name = "question", FIELDS(question_fields), .size = sizeof(defence_question)
};

static const field defence_fields[] = {
	{ .key = "minutes", .kind = F_INT, AT(defence, minutes), NEED, BOUNDS(10, 240), .doc = "length" },
	{ .key = "panel", .kind = F_TEXT, AT(defence, panel), NEED, .doc = "who asks" },
	{ .key = "format", .kind = F_TEXT, AT(defence, format), NEED, .doc = "how the time is used" },
	{ .key = "questions",
		RECORDS(defence, questions, question_record),
		NEED,
		.doc = "for the panel only, in this order" },
};
static const record defence_record = { .name = "defence", FIELDS(defence_fields), .size = sizeof(defence) };

static const field capstone_fields[] = {
	{ .key = "id", .kind = F_ID, AT(capstone, id), NEED, .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(capstone, title), NEED, .doc = "title" },
	{ .key = "level", CHOICE(capstone, level, level_names), NEED, .doc = "level it is written for" },
	{ .key = "summary", .kind = F_TEXT, AT(capstone, summary), NEED, .doc = "what is done and why" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(capstone, minutes),
		NEED,
		BOUNDS(60, 60000),
		.doc = "time, a multiple of 30" },
	{ .key = "take",
		.kind = F_INT,
		AT(capstone, take),
		NEED,
		BOUNDS(2, 12),
		.doc = "how many modules it integrates: the heaviest that it has a part for" },
	{ .key = "brief", .kind = F_TEXT, AT(capstone, brief), NEED, .doc = "the situation" },
	{ .key = "parts", RECORDS(capstone, parts, capstone_part_record), NEED, .doc = "what each module adds" },
	{ .key = "milestones", RECORDS(capstone, milestones, milestone_record), NEED, .doc = "in order" },
	{ .key = "evidence", RECORDS(capstone, evidence, artifact_record), NEED, .doc = "what is handed in" },
	{ .key = "governance",
		RECORDS(capstone, governance, governance_record),
		NEED,
		.doc = "governance artifacts" },
	{ .key = "defence", INSIDE(capstone, defence, defence_record), NEED, .doc = "the defence" },
	{ .key = "rubric", INSIDE(capstone, rubric, rubric_record), NEED, .doc = "its own rubric" },
	{ .key = "accommodation",
		INSIDE(capstone, accommodation, accommodation_record),
		NEED,
		.doc = "for those who need it" },
};
const record capstone_record = {
	.name = "capstone",
	FIELDS(capstone_fields),
	.size = sizeof(capstone),
};
