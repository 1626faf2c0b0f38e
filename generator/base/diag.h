/* What is wrong with the user's files: a list of diagnostics, collected and never printed here. Severity
 * belongs to the code; codes are permanent and documented in docs/diagnostics.md. */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/buf.h"
#include "base/source.h"

typedef enum { DIAG_NOTE, DIAG_WARNING, DIAG_ERROR } diag_severity;

/* name, number (never reused), severity, slug */
#define DIAG_CODES(X) \
	X(FILE_READ, 101, ERROR, "file-read") \
	X(FILE_WRITE, 102, ERROR, "file-write") \
	X(FILE_SIZE, 103, ERROR, "file-size") \
	X(BAD_UTF8, 104, ERROR, "bad-utf8") \
	X(NO_MEMORY, 105, ERROR, "no-memory") \
	X(UNSAFE_PATH, 106, ERROR, "unsafe-path") \
	X(DATA_MISSING, 107, ERROR, "data-missing") \
	X(YAML_SYNTAX, 201, ERROR, "yaml-syntax") \
	X(YAML_DEPTH, 202, ERROR, "yaml-depth") \
	X(YAML_SIZE, 203, ERROR, "yaml-size") \
	X(DUPLICATE_KEY, 204, ERROR, "duplicate-key") \
	X(UNKNOWN_KEY, 205, ERROR, "unknown-key") \
	X(MISSING_KEY, 206, ERROR, "missing-key") \
	X(WRONG_TYPE, 207, ERROR, "wrong-type") \
	X(BAD_VALUE, 208, ERROR, "bad-value") \
	X(DUPLICATE_ID, 209, ERROR, "duplicate-id") \
	X(BAD_ID, 210, ERROR, "bad-id") \
	X(UNKNOWN_REFERENCE, 211, ERROR, "unknown-reference") \
	X(RAW_HTML, 212, ERROR, "raw-html") \
	X(JSON_SYNTAX, 213, ERROR, "json-syntax") \
	X(BAD_PATTERN, 214, ERROR, "bad-pattern") \
	X(PREREQUISITE_CYCLE, 215, ERROR, "prerequisite-cycle") \
	X(JSON_DEPTH, 216, ERROR, "json-depth") \
	X(PATTERN_LITERAL, 217, WARNING, "pattern-without-literal") \
	X(PATTERN_GAVE_UP, 218, WARNING, "pattern-gave-up") \
	X(NO_SAMPLE_SIZE, 301, ERROR, "no-sample-size") \
	X(NO_SKILLS, 302, ERROR, "no-skills") \
	X(BAD_NUMBER, 303, ERROR, "bad-number") \
	X(SHARE_MISMATCH, 304, ERROR, "share-mismatch") \
	X(COUNT_ABOVE_SAMPLE, 305, ERROR, "count-above-sample") \
	X(REPEATED_ROW, 306, ERROR, "repeated-row") \
	X(UNKNOWN_CATEGORY, 307, ERROR, "unknown-category") \
	X(TOO_MANY_COLUMNS, 308, ERROR, "too-many-columns") \
	X(MISSING_COLUMN, 309, ERROR, "missing-column") \
	X(UNKNOWN_SECTION, 310, NOTE, "unknown-section") \
	X(SAMPLE_CONFLICT, 311, ERROR, "sample-conflict") \
	X(EMPTY_CELL, 312, ERROR, "empty-cell") \
	X(MARKDOWN_DEPTH, 313, ERROR, "markdown-depth") \
	X(MARKDOWN_SIZE, 314, ERROR, "markdown-size") \
	X(CEL_SYNTAX, 401, ERROR, "cel-syntax") \
	X(CEL_TYPE, 402, ERROR, "cel-type") \
	X(CEL_EVAL, 403, ERROR, "cel-eval") \
	X(RULE_CYCLE, 404, ERROR, "rule-cycle") \
	X(RULE_CONFLICT, 405, ERROR, "rule-conflict") \
	X(RULE_ACTION, 406, ERROR, "rule-action") \
	X(CEL_LIMIT, 407, ERROR, "cel-limit") \
	X(RULE_NEVER, 408, WARNING, "rule-never-fires") \
	X(RULE_CONSTANT, 409, WARNING, "rule-constant") \
	X(RULE_SHADOWED, 410, WARNING, "rule-shadowed") \
	X(RULE_UNKNOWN_NAME, 411, WARNING, "rule-unknown-name") \
	X(PLAN_INFEASIBLE, 501, ERROR, "plan-infeasible") \
	X(PLAN_EDITED, 502, ERROR, "plan-edited") \
	X(PLAN_STALE, 503, WARNING, "plan-stale") \
	X(BUDGET_ADJUSTED, 504, NOTE, "budget-adjusted") \
	X(NEEDS_AUTHOR, 505, WARNING, "needs-author") \
	X(INSIGHT_UNANSWERED, 506, WARNING, "insight-unanswered") \
	X(ROW_UNTAUGHT, 507, WARNING, "row-untaught") \
	X(PLAN_REPLACED, 508, NOTE, "plan-replaced") \
	X(DECISION_OPEN, 509, WARNING, "decision-open") \
	X(DECISION_CONFLICT, 510, ERROR, "decision-conflict") \
	X(ITEM_UNREACHABLE, 511, WARNING, "item-unreachable") \
	X(ITEM_UNUSED, 512, WARNING, "item-unused") \
	X(SKILL_UNREACHED, 513, WARNING, "skill-unreached") \
	X(ROW_GONE, 514, WARNING, "row-gone") \
	X(DECISION_KIND, 515, ERROR, "decision-kind") \
	X(UPDATE_CONFLICT, 516, ERROR, "update-conflict") \
	X(UPDATE_APPROVAL, 517, ERROR, "update-approval") \
	X(UPDATE_WAITING, 518, NOTE, "update-waiting") \
	X(UPDATE_EVIDENCE, 519, ERROR, "update-evidence") \
	X(DECISION_EXPIRED, 520, WARNING, "decision-expired") \
	X(BAD_STATE, 521, ERROR, "bad-state") \
	X(UPDATE_NOTE, 522, WARNING, "update-note") \
	X(TEMPLATE_SYNTAX, 601, ERROR, "template-syntax") \
	X(TEMPLATE_MISSING, 602, ERROR, "template-missing") \
	X(TEMPLATE_DEPTH, 603, ERROR, "template-depth") \
	X(TEMPLATE_NAME, 604, ERROR, "template-name") \
	X(TEMPLATE_SIZE, 605, ERROR, "template-size") \
	X(OUTPUT_EDITED, 701, WARNING, "output-edited") \
	X(COURSE_EXISTS, 702, ERROR, "course-exists") \
	X(UNKNOWN_ADDRESS, 703, ERROR, "unknown-address") \
	X(UNKNOWN_NAME, 704, ERROR, "unknown-name") \
	X(FINDINGS, 705, ERROR, "findings") \
	X(OUTPUT_FOREIGN, 706, ERROR, "output-foreign") \
	X(POSTING_FORM, 801, ERROR, "posting-form") \
	X(POSTING_SHAPE, 802, ERROR, "posting-shape") \
	X(POSTING_EMPTY, 803, WARNING, "posting-empty") \
	X(POSTING_DATE, 804, NOTE, "posting-date") \
	X(POSTING_ENCODING, 805, WARNING, "posting-encoding") \
	X(POSTING_CSV, 806, ERROR, "posting-csv") \
	X(POSTING_LINE, 807, ERROR, "posting-line") \
	X(POSTING_MARKUP, 808, WARNING, "posting-markup") \
	X(POSTING_OWN, 809, NOTE, "posting-own-files") \
	X(BAD_LEDGER, 820, ERROR, "bad-ledger") \
	X(LEDGER_EMPTY, 821, ERROR, "ledger-empty") \
	X(LEDGER_REMATCHED, 822, NOTE, "ledger-rematched") \
	X(WORKBOOK_EDITED, 823, ERROR, "workbook-edited") \
	X(BAD_JOURNAL, 830, ERROR, "bad-journal") \
	X(BAD_HISTORY, 831, ERROR, "bad-history") \
	X(BAD_OBJECT, 832, ERROR, "bad-object") \
	X(NO_HISTORY, 833, ERROR, "no-history") \
	X(UNKNOWN_REVISION, 834, ERROR, "unknown-revision") \
	X(REVERTED_ALREADY, 835, ERROR, "reverted-already") \
	X(REVERT_CONFLICT, 836, ERROR, "revert-conflict") \
	X(REVERT_HINT, 837, NOTE, "revert-hint")

typedef enum {
#define X(name, number, severity, slug) E_##name,
	DIAG_CODES(X)
#undef X
		DIAG_CODE_COUNT
} diag_code;

typedef struct {
	diag_code code;
	loc at;
	uint32_t length; /* bytes to underline; 0 and 1 are one caret */
	str path;        /* of the file, where the place is not inside a source that was read */
	uint32_t line;   /* of that file, counted from 1; 0: the file as a whole */
	str text;
} diag;

typedef struct {
	arena *arena;
	sources *sources;
	VEC(diag) list;
	size_t errors;
	size_t dropped; /* beyond DIAG_MAX */
	bool system;    /* an error of the machine, not of the input: exit status 3 */
} diags;

#define DIAG_MAX 1000
#define DIAG_SAME 3

void diag_add(diags *d, diag_code code, loc at, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same, with `length` bytes underlined. */
void diag_span(diags *d, diag_code code, loc at, uint32_t length, const char *format, ...)
	__attribute__((format(printf, 5, 6)));
/* About a file as a whole. `path` is copied. */
void diag_file(diags *d, diag_code code, str path, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* About a line of a file that is not among the sources. */
void diag_line(diags *d, diag_code code, str path, uint32_t line, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Adds those of another list, with copies of their texts; one list then is as if all had been added to it.
 * Their places must be in the sources of this one, or nowhere. */
void diags_take(diags *d, const diags *from);

unsigned diag_number(diag_code code);
diag_severity diag_code_severity(diag_code code);
const char *diag_slug(diag_code code);
const char *diag_severity_name(diag_severity severity);

/* "path:line:column: error: text [CW214]", the source line and a caret under the place. */
void diag_print(buf *out, diags *d, const diag *one);
/* All of them in order. What is said of more than DIAG_SAME files or lines in the same words is printed that
 * often, and then how many more it is said of. */
void diag_print_all(buf *out, diags *d);
/* A JSON array of {code, slug, severity, file, line, column, text}. */
void diag_print_json(buf *out, diags *d);

#endif
