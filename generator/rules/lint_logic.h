/* Conditions as logic: a disjunction of conjunctions of comparisons with constants. What is no such
 * comparison is opaque: it is only known to be equal to itself. Knows nothing of rules or diagnostics. */
#ifndef RULES_LINT_LOGIC_H
#define RULES_LINT_LOGIC_H

#include "rules/lint_domain.h"

/* Beyond these, a condition is not judged. */
enum { LOGIC_WAYS_MAX = 256, LOGIC_SET_MAX = 256, LOGIC_ATOMS_MAX = 64 };

/* Where formulas live, and how much work may be done on them. Once it is used up, nothing is known. */
typedef struct {
	arena *arena;
	size_t work, most; /* pairs of ways and of atoms that were looked at; at most so many */
} logic;

typedef enum {
	ATOM_IN,     /* one of `values` */
	ATOM_NOT_IN, /* none of them */
	ATOM_LESS,   /* than `number`, and so on */
	ATOM_LESS_EQUAL,
	ATOM_GREATER,
	ATOM_GREATER_EQUAL,
	ATOM_TRUE, /* an opaque condition holds */
	ATOM_FALSE
} atom_op;

typedef struct {
	const cel_node *subject; /* what is compared */
	str key;                 /* the subject's text, as node_key writes it */
	atom_op op;
	double number;
	value_list values; /* strings, or doubles that are numbers */
} atom;

typedef struct {
	atom *ptr;
	size_t len;
} conjunction;

/* The ways in which a condition can hold, each of them possible. None: it never holds; a way without atoms:
 * it always does. */
typedef struct {
	bool known;
	LIST(conjunction) ways;
} formula;

/* Of the condition, or of its opposite. Not `known` once the arena has failed or the work is used up. */
formula logic_formula(logic *l, const cel_node *n, bool negated);
formula logic_always(logic *l);
/* Both at once. */
formula logic_both(logic *l, const formula *x, const formula *y);

bool logic_never(logic *l, const cel_node *n, bool negated); /* it certainly cannot hold */
/* Whether `b` certainly holds wherever `a` does. */
bool logic_implies(logic *l, const formula *a, const formula *b);

/* An expression written the same way whatever its blanks and parentheses: equal texts mean equal values. */
str node_key(arena *a, const cel_node *n);
/* `subject op constant`, with the constant on either side; NULL if the node is none. */
const cel_node *comparison_subject(const cel_node *n, const cel_node **constant);

#endif
