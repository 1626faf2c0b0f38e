/* Fields of the words by which postings are understood.
 * The texts become the descriptions in docs/schemas. */
#include "model/catalog.h"
#include "model/fields.h"

const char *const wording_kind_names[] = { "heading-other", "heading-responsibilities", "heading-required",
	"heading-preferred", "heading-company", "heading-benefits", "heading-equal-opportunity", "says-company",
	"says-benefits", "says-equal-opportunity", "required-before", "required-after", "preferred-before",
	"preferred-after", "asked", "seeking", "negated-before", "negated-after", "harmless", "clause", "or",
	"and", "one-of", "filler", "noun", "first-person", "number", "range", "more", "up-to", "years",
	"not-years-before", "not-years-after", "experience", "with", "bachelor", "master", "doctorate", "duty",
	"field-end", NULL };

static const field wording_fields[] = {
	{ .key = "id", .kind = F_ID, AT(wording, id), NEED, .doc = "permanent id" },
	{ .key = "kind", CHOICE(wording, kind, wording_kind_names), NEED, .doc = "what the words say" },
	{ .key = "words",
		PLAINS(wording, words),
		NEED,
		.doc = "words and phrases; case ignored unless they have no small letter" },
};
const record wording_record = {
	.name = "wording",
	FIELDS(wording_fields),
	.size = sizeof(wording),
};
