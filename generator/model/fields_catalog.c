/* Fields of sources, concepts and modules.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

static const field pair_text_fields[] = {
	{ .key = "value", .kind = F_TEXT, AT(pair_text, value), NEED, .doc = "text" },
};
const record pair_text_record = {
	.name = "pair",
	FIELDS(pair_text_fields),
	.size = sizeof(pair_text),
	.shorthand = "value",
	.whole = true,
};

static const field pair_plain_fields[] = {
	{ .key = "value", .kind = F_PLAIN, AT(pair_text, value), NEED, .doc = "plain text" },
};
const record pair_plain_record = {
	.name = "plain pair",
	FIELDS(pair_plain_fields),
	.size = sizeof(pair_text),
	.shorthand = "value",
	.whole = true,
};

static const field pair_number_fields[] = {
	{ .key = "value", .kind = F_NUMBER, AT(pair_number, value), NEED, .doc = "number" },
};
const record pair_number_record = {
	.name = "number pair",
	FIELDS(pair_number_fields),
	.size = sizeof(pair_number),
	.shorthand = "value",
	.whole = true,
};

static const field source_fields[] = {
	{ .key = "key", .kind = F_ID, AT(source_ref, id), NEED, .doc = "what metrics refer to" },
	{ .key = "title", .kind = F_PLAIN, AT(source_ref, title), NEED, .doc = "title of the work" },
	{ .key = "publisher",
		.kind = F_PLAIN,
		AT(source_ref, publisher),
		NEED,
		.doc = "project, standards body, journal or vendor" },
	{ .key = "year", .kind = F_INT, AT(source_ref, year), BOUNDS(1900, 2100), .doc = "year of publication" },
};
const record source_record = {
	.name = "source",
	FIELDS(source_fields),
	.size = sizeof(source_ref),
};

static const field requires_fields[] = {
	{ .key = "case",
		.kind = F_BOOL,
		AT(concept_requires, match_case),
		.doc = "match the name and aliases only as written" },
	{ .key = "near",
		.kind = F_PLAIN,
		AT(concept_requires, near_pattern),
		.doc = "a pattern that must match in the same text" },
	{ .key = "unless",
		.kind = F_PLAIN,
		AT(concept_requires, unless),
		.doc = "a pattern; words inside what it matches do not count" },
	{ .key = "section", PLAINS(concept_requires, section), .doc = "name, notes: where the words must stand" },
};
static const record requires_record = {
	.name = "requires",
	FIELDS(requires_fields),
	.size = sizeof(concept_requires),
};

static const field concept_fields[] = {
	{ .key = "id", .kind = F_ID, AT(concept, id), NEED, .doc = "permanent id" },
	{ .key = "kind", CHOICE(concept, kind, concept_kind_names), NEED, .doc = "what it is" },
	{ .key = "name", .kind = F_PLAIN, AT(concept, name), NEED, .doc = "as it is printed" },
	{ .key = "aliases", PLAINS(concept, aliases), .doc = "other names, matched as whole words" },
	{ .key = "patterns", PLAINS(concept, patterns), .doc = "PCRE2 regular expressions" },
	{ .key = "requires", INSIDE(concept, requires, requires_record), .doc = "conditions on a match" },
	{ .key = "parent", .kind = F_ID, AT(concept, parent), .doc = "the wider concept" },
	{ .key = "group",
		.kind = F_PLAIN,
		AT(concept, group),
		.doc = "row of the technology table that counts it, such as Observability" },
	{ .key = "sources", IDS(concept, sources), .doc = "keys of sources" },
};
const record concept_record = {
	.name = "concept",
	FIELDS(concept_fields),
	.size = sizeof(concept),
};

static const field teach_fields[] = {
	{ .key = "level", CHOICE(teach, level, teaching_names), NEED, .doc = "how far" },
};
static const record teach_record = {
	.name = "teaches",
	FIELDS(teach_fields),
	.size = sizeof(teach),
	.shorthand = "level",
	.whole = true,
};

static const field outcome_fields[] = {
	{ .key = "id", .kind = F_ID, AT(outcome, id), NEED, .doc = "permanent id" },
	{ .key = "text",
		.kind = F_TEXT,
		AT(outcome, text),
		NEED,
		.doc = "one measurable verb, object, and condition or criterion" },
	{ .key = "bloom", CHOICE(outcome, bloom, bloom_names), NEED, .doc = "level in the revised taxonomy" },
	{ .key = "concepts", IDS(outcome, concepts), NEED, .doc = "concepts it belongs to" },
	{ .key = "supports", IDS(outcome, supports), .doc = "program outcomes it supports" },
};
const record outcome_record = {
	.name = "outcome",
	FIELDS(outcome_fields),
	.size = sizeof(outcome),
};

static const field topic_fields[] = {
	{ .key = "title", .kind = F_PLAIN, AT(module_topic, title), NEED, .doc = "heading" },
	{ .key = "points", TEXTS(module_topic, points), NEED, .doc = "what is said under it, in teaching order" },
};
static const record topic_record = {
	.name = "topic",
	FIELDS(topic_fields),
	.size = sizeof(module_topic),
};

static const field activity_fields[] = {
	{ .key = "id", .kind = F_ID, AT(activity, id), NEED, .doc = "permanent id" },
	{ .key = "kind", CHOICE(activity, kind, activity_names), NEED, .doc = "what learners do" },
	{ .key = "minutes", .kind = F_INT, AT(activity, minutes), BOUNDS(5, 480), NEED, .doc = "length" },
	{ .key = "contact",
		.kind = F_BOOL,
		AT(activity, contact),
		NEED,
		.doc = "whether an instructor is present" },
	{ .key = "outcomes", IDS(activity, outcomes), NEED, .doc = "outcomes it prepares for" },
	{ .key = "text", .kind = F_TEXT, AT(activity, text), NEED, .doc = "what is done, and with what" },
	{ .key = "feedback",
		.kind = F_TEXT,
		AT(activity, feedback),
		.doc = "what learners are told about their work, and by whom or what" },
};
static const record activity_record = {
	.name = "activity",
	FIELDS(activity_fields),
	.size = sizeof(activity),
};

static const field misconception_fields[] = {
	{ .key = "text", .kind = F_TEXT, AT(misconception, text), NEED, .doc = "what learners get wrong" },
	{ .key = "notice", .kind = F_TEXT, AT(misconception, notice), .doc = "how an instructor notices" },
};
static const record misconception_record = {
	.name = "misconception",
	FIELDS(misconception_fields),
	.size = sizeof(misconception),
	.shorthand = "text",
};

static const field reading_fields[] = {
	{ .key = "title", .kind = F_PLAIN, AT(reading, title), NEED, .doc = "title" },
	{ .key = "publisher", .kind = F_PLAIN, AT(reading, publisher), NEED, .doc = "publisher" },
	{ .key = "section", .kind = F_PLAIN, AT(reading, section), .doc = "which part" },
};
static const record reading_record = {
	.name = "reading",
	FIELDS(reading_fields),
	.size = sizeof(reading),
};

static const field tool_fields[] = {
	{ .key = "name", .kind = F_PLAIN, AT(tool_version, name), NEED, .doc = "name" },
	{ .key = "version", .kind = F_PLAIN, AT(tool_version, version), NEED, .doc = "version or range" },
};
const record tool_record = {
	.name = "tool",
	FIELDS(tool_fields),
	.size = sizeof(tool_version),
};

static const field minutes_fields[] = {
	{ .key = "min",
		.kind = F_INT,
		AT(minutes_range, min),
		BOUNDS(30, 60000),
		NEED,
		.doc = "sum of the activities" },
	{ .key = "max",
		.kind = F_INT,
		AT(minutes_range, max),
		BOUNDS(30, 60000),
		NEED,
		.doc = "most the plan may give" },
};
static const record minutes_record = {
	.name = "minutes",
	FIELDS(minutes_fields),
	.size = sizeof(minutes_range),
};

static const field module_fields[] = {
	{ .key = "id", .kind = F_ID, AT(module, id), NEED, .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(module, title), NEED, .doc = "title" },
	{ .key = "level", CHOICE(module, level, level_names), NEED, .doc = "level it is written for" },
	{ .key = "summary",
		.kind = F_TEXT,
		AT(module, summary),
		NEED,
		.doc = "what the learner can do afterwards, and why employers pay for it" },
	{ .key = "teaches", ENTRIES(module, teaches, teach_record), NEED, .doc = "concepts and how far" },
	{ .key = "minutes", INSIDE(module, minutes, minutes_record), NEED, .doc = "least and most time" },
	{ .key = "prerequisites", IDS(module, prerequisites), .doc = "modules that come before" },
	{ .key = "tags", IDS(module, tags), .doc = "words that rules speak of" },
	{ .key = "outcomes", RECORDS(module, outcomes, outcome_record), NEED, .doc = "learning outcomes" },
	{ .key = "topics", RECORDS(module, topics, topic_record), NEED, .doc = "content in teaching order" },
	{ .key = "activities", RECORDS(module, activities, activity_record), NEED, .doc = "what learners do" },
	{ .key = "misconceptions",
		RECORDS(module, misconceptions, misconception_record),
		.doc = "what learners get wrong and how to notice" },
	{ .key = "readings",
		RECORDS(module, readings, reading_record),
		.doc = "readings by title, publisher and section" },
	{ .key = "tools", RECORDS(module, tools, tool_record), .doc = "tools and versions" },
};
const record module_record = {
	.name = "module",
	FIELDS(module_fields),
	.size = sizeof(module),
};
