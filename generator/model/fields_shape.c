/* Fields of shapes of postings.
 * The texts become the descriptions in docs/schemas. */
#include "model/fields.h"
#include "model/shape.h"

const char *const prose_kind_names[] = { "auto", "plain", "markdown", "html", "escaped-html", NULL };
const char *const date_order_names[] = { "iso", "day-first", "month-first", NULL };

static const field fact_fields[] = {
	{ .key = "title", PLAINS(shape_fields, title), .doc = "title of the job" },
	{ .key = "employer", PLAINS(shape_fields, employer), .doc = "who employs" },
	{ .key = "location", PLAINS(shape_fields, location), .doc = "places" },
	{ .key = "region", PLAINS(shape_fields, region), .doc = "country" },
	{ .key = "url", PLAINS(shape_fields, url), .doc = "address of the posting" },
	{ .key = "date", PLAINS(shape_fields, date), .doc = "when it was posted" },
	{ .key = "seniority", PLAINS(shape_fields, seniority), .doc = "level" },
	{ .key = "employment", PLAINS(shape_fields, employment), .doc = "full time, contract and so on" },
	{ .key = "remote", PLAINS(shape_fields, remote), .doc = "true, or words that say remote" },
};
static const record shape_fields_record = {
	.name = "facts of a posting",
	FIELDS(fact_fields),
	.size = sizeof(shape_fields),
};

static const field text_fields[] = {
	{ .key = "path", PLAINS(shape_text, path), NEED, .doc = "paths; the first that holds text is taken" },
	{ .key = "each", .kind = F_PLAIN, AT(shape_text, each), .doc = "path of a list; path begins there" },
	{ .key = "heading", .kind = F_PLAIN, AT(shape_text, heading), .doc = "path of the part's heading" },
	{ .key = "title", .kind = F_PLAIN, AT(shape_text, title), .doc = "heading that is put above it" },
	{ .key = "format", CHOICE(shape_text, format, prose_kind_names), .doc = "default: as it looks" },
};
static const record shape_text_record = {
	.name = "part of a posting",
	FIELDS(text_fields),
	.size = sizeof(shape_text),
};

static const field shape_record_fields[] = {
	{ .key = "id", .kind = F_ID, AT(posting_shape, id), NEED, .doc = "permanent id; a name for --as" },
	{ .key = "name", .kind = F_PLAIN, AT(posting_shape, name), NEED, .doc = "whose form it is" },
	{ .key = "has",
		PLAINS(posting_shape, has),
		.doc = "paths, or path=value, that every posting of this shape has" },
	{ .key = "list", PLAINS(posting_shape, list), .doc = "paths to the postings; default: the whole" },
	{ .key = "employer_after",
		PLAINS(posting_shape, employer_after),
		.doc = "part of an address before the employer's name" },
	{ .key = "stop",
		PLAINS(posting_shape, stop),
		.doc = "beginnings of headings from which on a Markdown file is no posting any more" },
	{ .key = "dates",
		CHOICE(posting_shape, dates, date_order_names),
		.doc = "order of day and month in dates such as 03/04/2026" },
	{ .key = "fields",
		INSIDE(posting_shape, fields, shape_fields_record),
		NEED,
		.doc = "where each fact is" },
	{ .key = "text", RECORDS(posting_shape, text, shape_text_record), NEED, .doc = "parts of the text" },
};
const record posting_shape_record = {
	.name = "shape of postings",
	FIELDS(shape_record_fields),
	.size = sizeof(posting_shape),
};
