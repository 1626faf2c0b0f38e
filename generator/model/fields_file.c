/* Fields of blueprints and of whole files.
 * The texts become the descriptions in docs/schemas. */
#include "model/analysis.h"
#include "model/catalog.h"
#include "model/fields.h"

static const field level_item_fields[] = {
	{ .key = "level", CHOICE(level_item, level, level_names), NEED, .doc = "level of a course" },
};
static const record level_item_record = {
	.name = "level",
	FIELDS(level_item_fields),
	.size = sizeof(level_item),
	.shorthand = "level",
	.whole = true,
};

static const field blueprint_fields[] = {
	{ .key = "id", .kind = F_ID, AT(blueprint, id), NEED, .doc = "permanent id" },
	{ .key = "match",
		.kind = F_PLAIN,
		AT(blueprint, match),
		.doc = "pattern that the name of the skill must match" },
	{ .key = "levels",
		RECORDS(blueprint, levels, level_item_record),
		.doc = "levels of courses that it is tried for; absent: all" },
	{ .key = "module", INSIDE(blueprint, module, module_record), NEED, .doc = "the module" },
	{ .key = "lab", INSIDE(blueprint, lab, lab_record), NEED, .doc = "its lab" },
	{ .key = "scenario",
		.kind = F_MAYBE,
		AT(blueprint, scenario),
		.record = &scenario_record,
		.doc = "a scenario for the heaviest module made from it" },
	{ .key = "folder",
		.kind = F_PATH,
		AT(blueprint, folder),
		.doc = "evidence of the scenario, below the folder of this file" },
	{ .key = "author",
		PLAINS(blueprint, author),
		.doc = "what must be added before a draft is more than a draft" },
};
const record blueprint_record = {
	.name = "blueprint",
	FIELDS(blueprint_fields),
	.size = sizeof(blueprint),
};

static const field extension_fields[] = {
	{ .key = "id", .kind = F_ID, AT(extension, id), NEED, .doc = "permanent id" },
	{ .key = "about", CHOICE(extension, about, insight_about_names), NEED, .doc = "kind of item it is for" },
	{ .key = "kind", CHOICE(extension, kind, activity_names), NEED, .doc = "what is done" },
	{ .key = "minutes",
		.kind = F_INT,
		AT(extension, minutes),
		NEED,
		BOUNDS(30, 600),
		.doc = "a multiple of 30" },
	{ .key = "contact", .kind = F_BOOL, AT(extension, contact), .doc = "whether an instructor is present" },
	{ .key = "text", .kind = F_TEXT, AT(extension, text), NEED, .doc = "with {{name}} and {{module}}" },
};
const record extension_record = {
	.name = "extension",
	FIELDS(extension_fields),
	.size = sizeof(extension),
};

static const field catalog_file_fields[] = {
	{ .key = "sources",
		RECORDS(catalog_file, sources, source_record),
		.doc = "works that numbers come from" },
	{ .key = "concepts", RECORDS(catalog_file, concepts, concept_record), .doc = "the lexicon" },
	{ .key = "program_outcomes",
		RECORDS(catalog_file, program_outcomes, outcome_record),
		.doc = "what a whole course leads to; outcomes of modules support them" },
	{ .key = "modules", RECORDS(catalog_file, modules, module_record), .doc = "modules" },
	{ .key = "labs", RECORDS(catalog_file, labs, lab_record), .doc = "labs" },
	{ .key = "scenarios", RECORDS(catalog_file, scenarios, scenario_record), .doc = "scenarios" },
	{ .key = "quizzes", RECORDS(catalog_file, quizzes, quiz_record), .doc = "formative quizzes" },
	{ .key = "capstones", RECORDS(catalog_file, capstones, capstone_record), .doc = "capstones" },
	{ .key = "blueprints",
		RECORDS(catalog_file, blueprints, blueprint_record),
		.doc = "for skills that the catalogue does not know" },
	{ .key = "extensions",
		RECORDS(catalog_file, extensions, extension_record),
		.doc = "exercises for what a module does not name" },
	{ .key = "insights",
		RECORDS(catalog_file, insights, insight_rule_record),
		.doc = "sentences that analyze writes about rows" },
	{ .key = "postings",
		RECORDS(catalog_file, postings, posting_shape_record),
		.doc = "how postings look in JSON, pages and tables" },
	{ .key = "wording",
		RECORDS(catalog_file, wording, wording_record),
		.doc = "words by which postings are understood" },
};
const record catalog_file_record = {
	.name = "catalogue file",
	FIELDS(catalog_file_fields),
	.size = sizeof(catalog_file),
};

static const field rubrics_file_fields[] = {
	{ .key = "scale",
		RECORDS(rubrics_file, scale, scale_level_record),
		.doc = "default scale, best level first" },
	{ .key = "criteria",
		RECORDS(rubrics_file, criteria, criterion_record),
		.doc = "criteria that rubrics use by id" },
	{ .key = "bands",
		ENTRIES(rubrics_file, bands, pair_text_record),
		.doc = "descriptors of metric criteria, by level" },
	{ .key = "rubrics",
		RECORDS(rubrics_file, rubrics, rubric_record),
		.doc = "rubrics that labs name by id" },
};
const record rubrics_file_record = {
	.name = "rubrics file",
	FIELDS(rubrics_file_fields),
	.size = sizeof(rubrics_file),
};
