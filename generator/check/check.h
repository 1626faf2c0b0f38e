/* The quality checks: one table of rules, decided by the program alone, the same way every time. Findings are
 * about the course; they are not diagnostics about files. */
#ifndef CHECK_CHECK_H
#define CHECK_CHECK_H

#include "base/diag.h"
#include "base/value.h"
#include "model/curriculum.h"
#include "model/document.h"

typedef enum { CHECK_OFF, CHECK_INFO, CHECK_WARNING, CHECK_ERROR } check_level;
extern const char *const check_level_names[]; /* off, info, warning, error */

typedef struct checker checker; /* check/checker.h */

typedef struct {
	const char *id;     /* permanent */
	const char *brief;  /* one line: what holds if there is no finding */
	const char *source; /* standard or study */
	const char *fix;    /* one line */
	check_level level;  /* unless the course says otherwise */
	void (*run)(checker *k);
} check_rule;

extern const check_rule check_rules[]; /* sorted by id */
extern const size_t check_rule_count;

typedef struct {
	const check_rule *rule;
	check_level level;
	str item;      /* an address, such as "outcome:k8s-operators-o1", or "file:PATH" */
	loc at;        /* in the input */
	unsigned line; /* in the document, for "file:PATH"; 0: as a whole */
	double rank;   /* of one rule, the findings with a higher one come first; usually 0 */
	str text;
	const waiver *waived; /* by the course, with a date that has not passed */
} finding;

typedef VEC(finding) findings;

/* Adds the findings on `c`, sorted by rule, rank, place and item. `docs` is what was rendered; without it
 * (NULL) the rules about documents are passed over. Unknown ids and levels in the course's policy are
 * diagnostics.
 */
void check_run(findings *out, arena *a, const curriculum *c, const documents *docs, diags *d);
/* Findings of at least that level that are not waived. */
size_t check_count(const findings *f, check_level at_least);

/* `all` gives the lines and columns of places. */
void check_print_text(buf *out, const findings *f, sources *all);
void check_print_json(buf *out, const findings *f, sources *all);
/* SARIF 2.1.0 (OASIS). */
void check_print_sarif(buf *out, const findings *f, sources *all);
/* The rules as a list of maps: id, level, brief, source, fix. */
value check_list(arena *a);

#endif
