/* A condition taken apart: the comparisons of a field with a constant that must all hold, and what is left.
 * Only for checked programs over records, whose fields are never missing and never of another type. */
#ifndef RULES_CEL_TERMS_H
#define RULES_CEL_TERMS_H

#include "rules/cel.h"

typedef enum {
	TERM_EQUAL,
	TERM_UNEQUAL,
	TERM_LESS,
	TERM_LESS_EQUAL,
	TERM_GREATER,
	TERM_GREATER_EQUAL
} term_op;

/* `field op constant`. The field belongs to the record that variable `variable` holds or, with `picks`, to
 * the records of that list whose string field `key` is `id`: the term holds if it does for one of them. */
typedef struct {
	uint32_t variable; /* number in the environment */
	bool picks;
	uint32_t key; /* index of a field */
	str id;
	uint32_t field; /* index in the record's type */
	term_op op;
	value constant;    /* a finite double, a string or a bool */
	uint32_t from, to; /* its bytes in the program's text */
} cel_term;

typedef struct {
	LIST(cel_term) terms;
	const cel_program *rest; /* NULL: nothing is left, the terms are the condition */
	uint64_t rest_variables; /* bit n: the rest reads variable n */
} cel_split;

/* The condition holds exactly if all terms hold and the rest is true. Where a term does not hold, it is
 * false even if the rest fails, because && absorbs errors. A comparison picked by exists() is a term only if
 * nothing else stands in its body besides the key, or several comparisons, which then give several terms that
 * must hold for the same record; so `id` must be unique among the records. Everything lives in the arena or
 * is borrowed from the program. */
void cel_split_terms(cel_split *out, const cel_program *p, arena *a);

/* The parts of a condition that && joins, as programs of their own on the same text; the condition itself if
 * there is no &&. */
typedef LIST(const cel_program *) list_cel_program;
list_cel_program cel_conjuncts(const cel_program *p, arena *a);
/* Where the program stands in its text; for a part, less than all of it. */
str cel_part_text(const cel_program *p);

#endif
