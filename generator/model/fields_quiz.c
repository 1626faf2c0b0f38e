/* Fields of quizzes.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

static const field option_fields[] = {
	{ .key = "text", .kind = F_TEXT, AT(quiz_option, text), NEED, .doc = "what can be chosen" },
	{ .key = "correct", .kind = F_BOOL, AT(quiz_option, correct), .doc = "whether it is a key" },
	{ .key = "why",
		.kind = F_TEXT,
		AT(quiz_option, why),
		.doc = "what whoever chose it is told: the mistake behind it" },
};
static const record option_record = {
	.name = "option",
	FIELDS(option_fields),
	.size = sizeof(quiz_option),
};

static const field item_fields[] = {
	{ .key = "id", .kind = F_ID, AT(quiz_item, id), NEED, .doc = "permanent id" },
	{ .key = "outcome", .kind = F_ID, AT(quiz_item, outcome), NEED, .doc = "outcome it prepares for" },
	{ .key = "stem", .kind = F_TEXT, AT(quiz_item, stem), NEED, .doc = "the question" },
	{ .key = "multi", .kind = F_BOOL, AT(quiz_item, multi), .doc = "more than one option is correct" },
	{ .key = "options",
		RECORDS(quiz_item, options, option_record),
		NEED,
		.doc = "in the order in which they are printed" },
	{ .key = "rationale", .kind = F_TEXT, AT(quiz_item, rationale), NEED, .doc = "why the key is the key" },
};
static const record item_record = {
	.name = "quiz item",
	FIELDS(item_fields),
	.size = sizeof(quiz_item),
};

static const field quiz_fields[] = {
	{ .key = "id", .kind = F_ID, AT(quiz, id), NEED, .doc = "permanent id" },
	{ .key = "title", .kind = F_PLAIN, AT(quiz, title), NEED, .doc = "title" },
	{ .key = "module", .kind = F_ID, AT(quiz, module), NEED, .doc = "module it belongs to" },
	{ .key = "blueprint",
		ENTRIES(quiz, blueprint, pair_number_record),
		.doc = "outcome -> per cent of the items; none: equal parts for the outcomes that have items" },
	{ .key = "items", RECORDS(quiz, items, item_record), NEED, .doc = "the item bank" },
};
const record quiz_record = {
	.name = "quiz",
	FIELDS(quiz_fields),
	.size = sizeof(quiz),
};
