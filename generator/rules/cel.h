/* CEL, the Common Expression Language, without protocol buffers: what rule conditions are written in.
 * A text is compiled once against the names and types it may use, and evaluated as often as wanted.
 * Everything lives in the arenas given; there is nothing to release. */
#ifndef RULES_CEL_H
#define RULES_CEL_H

#include "base/diag.h"
#include "base/value.h"
#include "model/observation.h"

#define CEL_TEXT_MAX ((size_t)1 << 20) /* bytes of one expression */
#define CEL_DEPTH_MAX 250              /* nesting of an expression, operators in a row included */
#define CEL_STEPS_MAX 20000000u /* work of one evaluation, about a step per operation or 64 bytes of text */

#define CEL_PARTS_MAX 2000000u /* values in what is printed; 64 bytes of text count as one more */

typedef enum {
	CEL_DYN, /* known only while running */
	CEL_NULL,
	CEL_BOOL,
	CEL_INT,
	CEL_UINT,
	CEL_DOUBLE,
	CEL_STRING,
	CEL_BYTES,
	CEL_LIST,
	CEL_MAP,
	CEL_TYPE,
	CEL_TIMESTAMP,
	CEL_DURATION,
	CEL_RECORD
} cel_kind;

typedef struct cel_type cel_type;
typedef struct record_type record_type;

struct cel_type {
	cel_kind kind;
	const cel_type *element;   /* of a list, or the values of a map; NULL is dyn */
	const cel_type *key;       /* of a map; NULL is dyn */
	const record_type *record; /* of a record */
};

typedef struct {
	str name;
	cel_type type;
} cel_field;

/* A value of kind V_RECORD points at an array of values, one for each field, in this order. */
struct record_type {
	str name;
	const cel_field *fields;
	size_t field_count;
};

typedef struct {
	str name; /* may be qualified: "a.b" */
	cel_type type;
} cel_variable;

typedef struct {
	const cel_variable *ptr;
	size_t len;
	bool zones; /* named time zones may be used, from the system's tables; UTC and offsets always may */
} cel_env;

typedef struct cel_program cel_program;

/* Parses, resolves names, evaluates what is constant and, if `check`, type-checks. Unchecked, what is wrong
 * with names and types is found when it is evaluated. NULL if there were errors (they are in `d`) or memory
 * ran out. `text` is copied, but its bytes and runs as well as `env` and its types are borrowed for the life
 * of the program. */
cel_program *cel_compile(arena *a, const located *text, const cel_env *env, bool check, diags *d);

/* `bindings` are the values of the environment's variables, in its order; one of kind V_ERROR is an error
 * where it is used. The result is of kind V_ERROR if evaluation failed, and `*error_at` (may be NULL) is then
 * the offset in the program's text. Results live in `scratch` or are borrowed from bindings and program.
 * Nothing is allocated but for new texts, lists and maps, messages of errors, and patterns that are not
 * constant. A program is evaluated by one thread at a time. */
value cel_eval(const cel_program *p, const value *bindings, arena *scratch, size_t *error_at);

/* Whether the value has at most CEL_PARTS_MAX parts. A list may hold the same list again and again, and be
 * much larger on paper than in memory. */
bool cel_is_printable(value v);
#define CEL_TOO_LARGE "the value is too large to print: it has more than %u parts"

cel_type cel_result_type(const cel_program *p); /* CEL_DYN if unknown */
const located *cel_text(const cel_program *p);
str cel_type_text(arena *a, cel_type type); /* "list(double)"; a record's name */

/* What a program reads of records: a field of a type of record; with an empty field, which records there are.
 */
typedef struct {
	str type, field;
} cel_read;
typedef LIST(cel_read) list_cel_read;

/* Without duplicates, in the order of the text. A record that is used as a whole reads all its fields. */
list_cel_read cel_reads(const cel_program *p, arena *a);

/* The longest chains outside the bodies of macros, without duplicates, in the order of the text. Those whose
 * value is an error, a record or a list of records are left out. */
list_observation cel_observe(const cel_program *p, const value *bindings, arena *a);

#endif
