/* Fields of course.yaml. */
#include "model/course.h"
#include "model/fields.h"
#include "model/update.h"

static const field category_weights_fields[] = {
	{ .key = "Core", .kind = F_NUMBER, AT(category_weights, core), BOUNDS(0, 10), .doc = "default 1.0" },
	{ .key = "Important",
		.kind = F_NUMBER,
		AT(category_weights, important),
		BOUNDS(0, 10),
		.doc = "default 0.7" },
	{ .key = "Emerging",
		.kind = F_NUMBER,
		AT(category_weights, emerging),
		BOUNDS(0, 10),
		.doc = "default 0.6" },
	{ .key = "Nice", .kind = F_NUMBER, AT(category_weights, nice), BOUNDS(0, 10), .doc = "default 0.4" },
};
static const record category_weights_record = {
	.name = "category weights",
	FIELDS(category_weights_fields),
	.size = sizeof(category_weights),
};

static const field weights_fields[] = {
	{ .key = "category", INSIDE(weights, category, category_weights_record), .doc = "factors of skill rows" },
	{ .key = "technology",
		.kind = F_NUMBER,
		AT(weights, technology),
		BOUNDS(0, 10),
		.doc = "factor of technology rows; default 0.4" },
	{ .key = "theme",
		.kind = F_NUMBER,
		AT(weights, theme),
		BOUNDS(0, 10),
		.doc = "factor of theme rows; default 0.4" },
	{ .key = "emphasis_cap",
		.kind = F_NUMBER,
		AT(weights, emphasis_cap),
		BOUNDS(1, 10),
		.doc = "most that emphasis may multiply; default 1.5" },
};
static const record weights_record = { .name = "weights", FIELDS(weights_fields), .size = sizeof(weights) };

static const field grading_fields[] = {
	{ .key = "labs", .kind = F_INT, AT(grading_shares, labs), BOUNDS(0, 100), .doc = "per cent; default 55" },
	{ .key = "scenarios",
		.kind = F_INT,
		AT(grading_shares, scenarios),
		BOUNDS(0, 100),
		.doc = "per cent; default 30" },
	{ .key = "capstone",
		.kind = F_INT,
		AT(grading_shares, capstone),
		BOUNDS(0, 100),
		.doc = "per cent; default 15; 0: no capstone" },
	{ .key = "quizzes",
		.kind = F_INT,
		AT(grading_shares, quizzes),
		BOUNDS(0, 100),
		.doc = "has no effect: quizzes are formative" },
};
static const record grading_record = {
	.name = "grading", FIELDS(grading_fields), .size = sizeof(grading_shares)
};

static const field waiver_fields[] = {
	{ .key = "check", .kind = F_PLAIN, AT(waiver, check), NEED, .doc = "id of the check, such as O-04" },
	{ .key = "item", .kind = F_PLAIN, AT(waiver, item), .doc = "address of the item; absent: everywhere" },
	{ .key = "reason", .kind = F_PLAIN, AT(waiver, reason), NEED, .doc = "why" },
	{ .key = "author", .kind = F_PLAIN, AT(waiver, author), NEED, .doc = "who decided" },
	{ .key = "expires", .kind = F_DATE, AT(waiver, expires), NEED, .doc = "last day it holds" },
};
static const record waiver_record = { .name = "waiver", FIELDS(waiver_fields), .size = sizeof(waiver) };

static const field policy_fields[] = {
	{ .key = "checks",
		ENTRIES(policy, checks, pair_plain_record),
		.doc = "check id -> error, warning, info or off" },
	{ .key = "waivers",
		RECORDS(policy, waivers, waiver_record),
		.doc = "findings that are accepted, with reason and expiry" },
	{ .key = "update",
		INSIDE(policy, update, update_settings_record),
		.doc = "when the course follows new evidence" },
};
static const record policy_record = { .name = "policy", FIELDS(policy_fields), .size = sizeof(policy) };

static const field course_fields[] = {
	{ .key = "id", .kind = F_ID, AT(course, id), .doc = "permanent id; default: from the file's name" },
	{ .key = "title", .kind = F_PLAIN, AT(course, title), .doc = "title; default: from the role" },
	{ .key = "role", .kind = F_PLAIN, AT(course, role), .doc = "role; default: from the workbook's title" },
	{ .key = "level",
		CHOICE(course, level, level_names),
		.doc = "default: from the years of experience asked for" },
	{ .key = "language", .kind = F_PLAIN, AT(course, language), .doc = "BCP 47 tag; default en" },
	{ .key = "version", .kind = F_PLAIN, AT(course, version), .doc = "semantic version; default 1.0.0" },
	{ .key = "hours",
		.kind = F_NUMBER,
		AT(course, hours),
		BOUNDS(0.5, 10000),
		.doc = "budget; default: by level" },
	{ .key = "weeks", .kind = F_INT, AT(course, weeks), BOUNDS(1, 520), .doc = "default: by level" },
	{ .key = "hours_per_week",
		.kind = F_NUMBER,
		AT(course, hours_per_week),
		BOUNDS(0.5, 168),
		.doc = "default: by level" },
	{ .key = "start_date", .kind = F_DATE, AT(course, start_date), .doc = "first day of week 1" },
	{ .key = "contact_ratio",
		.kind = F_NUMBER,
		AT(course, contact_ratio),
		BOUNDS(0, 1),
		.doc = "planned part of time with an instructor; check H-03 compares" },
	{ .key = "hands_on",
		.kind = F_NUMBER,
		AT(course, hands_on),
		BOUNDS(0, 1),
		.doc = "least part of time in which learners work themselves; check H-04 compares" },
	{ .key = "lab_share",
		.kind = F_NUMBER,
		AT(course, lab_share),
		BOUNDS(0, 1),
		.doc = "part of the budget that elective labs may fill up to; default 0.45" },
	{ .key = "weights", INSIDE(course, weights, weights_record), .doc = "how rows are weighted" },
	{ .key = "grading", INSIDE(course, grading, grading_record), .doc = "parts of the grade" },
	{ .key = "analysis",
		INSIDE(course, analysis, analysis_settings_record),
		.doc = "how postings become a workbook" },
	{ .key = "policy",
		INSIDE(course, policy, policy_record),
		.doc = "levels of checks, waivers, and when the course follows new evidence" },
	{ .key = "institution",
		ENTRIES(course, institution, pair_text_record),
		.doc = "texts that only the institution can give, such as late-policy" },
};
const record course_record = { .name = "course", FIELDS(course_fields), .size = sizeof(course) };
