/* Fields of `analysis:` in course.yaml and of the insights of the catalogue.
 * The texts become the descriptions in docs/schemas. */
#include "model/analysis.h"
#include "model/fields.h"

const char *const insight_about_names[] = { "skill", "technology", "theme", "certification", NULL };

static const field strength_fields[] = {
	{ .key = "required",
		.kind = F_NUMBER,
		AT(strength_factors, required),
		BOUNDS(0, 1),
		.doc = "of a posting that requires it; default 1" },
	{ .key = "preferred",
		.kind = F_NUMBER,
		AT(strength_factors, preferred),
		BOUNDS(0, 1),
		.doc = "of a posting that prefers it; default 1" },
	{ .key = "mentioned",
		.kind = F_NUMBER,
		AT(strength_factors, mentioned),
		BOUNDS(0, 1),
		.doc = "of a posting that only mentions it; default 1" },
};
static const record strength_record = {
	.name = "strength", FIELDS(strength_fields), .size = sizeof(strength_factors)
};

static const field shares_fields[] = {
	{ .key = "Core",
		.kind = F_NUMBER,
		AT(category_shares, core),
		BOUNDS(0, 1),
		.doc = "least share of a Core skill; default 0.7" },
	{ .key = "Important",
		.kind = F_NUMBER,
		AT(category_shares, important),
		BOUNDS(0, 1),
		.doc = "least share of an Important skill; default 0.4" },
};
static const record shares_record = {
	.name = "category shares", FIELDS(shares_fields), .size = sizeof(category_shares)
};

static const field trend_fields[] = {
	{ .key = "months",
		.kind = F_INT,
		AT(trend_settings, months),
		BOUNDS(1, 120),
		.doc = "length of the latest window; default 3" },
	{ .key = "windows",
		.kind = F_INT,
		AT(trend_settings, windows),
		BOUNDS(1, 40),
		.doc = "earlier windows of that length that it is compared with; default 3" },
	{ .key = "least_postings",
		.kind = F_INT,
		AT(trend_settings, least_postings),
		BOUNDS(1, 1000000),
		.doc = "effective sample that both sides must have; default 12" },
	{ .key = "fdr",
		.kind = F_NUMBER,
		AT(trend_settings, fdr),
		BOUNDS(0, 1),
		.doc = "expected part of false trends among those named; default 0.1" },
};
static const record trend_record = { .name = "trend", FIELDS(trend_fields), .size = sizeof(trend_settings) };

static const field analysis_fields[] = {
	{ .key = "half_life",
		.kind = F_NUMBER,
		AT(analysis_settings, half_life),
		BOUNDS(0.1, 1200),
		.doc = "months after which a posting counts half; default: age does not matter" },
	{ .key = "employer_cap",
		.kind = F_NUMBER,
		AT(analysis_settings, employer_cap),
		BOUNDS(0.1, 1000000),
		.doc = "postings that one employer may count for; default: no cap" },
	{ .key = "seniority",
		CHOICE(analysis_settings, seniority, level_names),
		.doc = "level whose postings count in full; default: all do" },
	{ .key = "other_seniority",
		.kind = F_NUMBER,
		AT(analysis_settings, other_seniority),
		BOUNDS(0, 1),
		.doc = "weight of postings of another level; default 0.5" },
	{ .key = "strength",
		INSIDE(analysis_settings, strength, strength_record),
		.doc = "how much a posting counts for what it names" },
	{ .key = "categories",
		INSIDE(analysis_settings, categories, shares_record),
		.doc = "shares from which a skill is Core or Important" },
	{ .key = "least_share",
		.kind = F_NUMBER,
		AT(analysis_settings, least_share),
		BOUNDS(0, 1),
		.doc = "rows with a smaller share are left out; default 0.1" },
	{ .key = "tools",
		.kind = F_INT,
		AT(analysis_settings, tools),
		BOUNDS(1, 50),
		.doc = "technologies named in a row of the technology table; default 6" },
	{ .key = "inventory",
		.kind = F_INT,
		AT(analysis_settings, inventory),
		BOUNDS(0, 10000),
		.doc = "postings listed in the inventory; default 200" },
	{ .key = "trend", INSIDE(analysis_settings, trend, trend_record), .doc = "what counts as a trend" },
};
const record analysis_settings_record = {
	.name = "analysis", FIELDS(analysis_fields), .size = sizeof(analysis_settings)
};

static const field range_fields[] = {
	{ .key = "least", .kind = F_NUMBER, AT(measure_range, least), .doc = "lower bound, included" },
	{ .key = "most", .kind = F_NUMBER, AT(measure_range, most), .doc = "upper bound, included" },
};
static const record range_record = {
	.name = "range of a measure", FIELDS(range_fields), .size = sizeof(measure_range)
};

static const field when_fields[] = {
	{ .key = "share", INSIDE(insight_when, share, range_record), .doc = "of the sample, 0 to 1" },
	{ .key = "low", INSIDE(insight_when, low, range_record), .doc = "lower end of the 95 % interval" },
	{ .key = "high", INSIDE(insight_when, high, range_record), .doc = "upper end of the 95 % interval" },
	{ .key = "change",
		INSIDE(insight_when, change, range_record),
		.doc = "share in the latest window less that in the earlier ones" },
	{ .key = "q",
		INSIDE(insight_when, q, range_record),
		.doc = "of the trend, after Benjamini and Hochberg" },
	{ .key = "required",
		INSIDE(insight_when, required, range_record),
		.doc = "part of the naming postings that require it" },
	{ .key = "preferred",
		INSIDE(insight_when, preferred, range_record),
		.doc = "part of the naming postings that only prefer it" },
	{ .key = "modules",
		INSIDE(insight_when, modules, range_record),
		.doc = "modules that teach it, something wider or something narrower" },
};
static const record when_record = {
	.name = "insight condition", FIELDS(when_fields), .size = sizeof(insight_when)
};

static const field insight_fields[] = {
	{ .key = "id", .kind = F_ID, AT(insight_rule, id), NEED, .doc = "permanent id" },
	{ .key = "about", CHOICE(insight_rule, about, insight_about_names), NEED, .doc = "kind of rows" },
	{ .key = "label", .kind = F_PLAIN, AT(insight_rule, label), NEED, .doc = "first word of the sentence" },
	{ .key = "when",
		INSIDE(insight_rule, when, when_record),
		NEED,
		.doc = "what must hold of a row; a measure that is not known holds nothing" },
	{ .key = "most",
		.kind = F_INT,
		AT(insight_rule, most),
		BOUNDS(1, 100),
		.doc = "rows it is written about, the most frequent first; default 3" },
	{ .key = "text",
		.kind = F_PLAIN,
		AT(insight_rule, text),
		NEED,
		.doc = "sentence with {{name}} and so on" },
};
const record insight_rule_record = {
	.name = "insight", FIELDS(insight_fields), .size = sizeof(insight_rule)
};
