/* Tables that describe structs field by field. One table serves the YAML reader, the JSON Schemas in
 * docs/schemas, the copying of an item with words filled in, and the fields that a plan may override.
 *
 * Conventions for described structs: the first member is `loc at`; the second is `str key` if the record is
 * an entry of a map. Before reading, numbers are NAN, integers SCHEMA_UNSET, choices -1, and everything else
 * zero. */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/diag.h"

#include <limits.h>

typedef enum {
	F_PLAIN,   /* str: one line, not Markdown */
	F_TEXT,    /* str: Markdown without raw HTML */
	F_ID,      /* str */
	F_PATH,    /* str: relative, stays below its folder */
	F_DATE,    /* str: YYYY-MM-DD */
	F_CLOCK,   /* int: "+MM:SS", or "end", which is INT_MAX; seconds */
	F_NUMBER,  /* double */
	F_INT,     /* int */
	F_BOOL,    /* bool */
	F_CHOICE,  /* int: index into `choices` */
	F_LOCATED, /* located: text whose every byte has a place: conditions, templates */
	F_RECORD,  /* a struct inside the struct */
	F_MAYBE,   /* a pointer to a struct; NULL if absent */
	F_LIST,    /* LIST of `element` (str, double, int or `record`) */
	F_MAP,     /* LIST of `record`, one for each key */
	F_ANY      /* const yaml_node *: read by code of its own */
} field_kind;

#define SCHEMA_UNSET INT_MIN

typedef struct record record;

typedef struct {
	const char *key;
	const char *doc;
	field_kind kind;
	field_kind element; /* of F_LIST */
	size_t offset;
	const record *record;
	const char *const *choices; /* NULL-terminated */
	bool required;
	double min, max; /* of numbers; both 0: no bounds */
} field;

struct record {
	const char *name;
	const field *fields;
	size_t field_count;
	size_t size;
	const char *shorthand; /* a scalar in place of the map sets this field */
	bool whole;            /* the node always sets the field `shorthand`, whatever it is */
	const record *also;    /* keys of this record are allowed too and are left alone: overrides */
};

#define FIELDS(array) .fields = (array), .field_count = COUNT(array)

const field *record_field(const record *r, str key); /* NULL if there is none */
/* Sets everything to "not given". */
void record_clear(const record *r, void *out);

/* Words that stand for others in every text of a copied record: "{{name}}" becomes `value`. */
typedef struct {
	str name, value;
} fill_word;
typedef LIST(fill_word) list_fill_word;
/* A text with the words filled in; other names in braces stay. What is filled in is not looked at again.
 * Gives `text` itself if nothing is in braces. */
str words_fill(arena *a, str text, list_fill_word words);
/* A deep copy with the words filled in; ids and map keys too. */
void record_copy(arena *a, const record *r, void *out, const void *in, list_fill_word words);

#endif
