/* Inside the lint files only: what they share, and the parts that lint_rules is made of. */
#ifndef RULES_LINT_PARTS_H
#define RULES_LINT_PARTS_H

#include "rules/lint.h"
#include "rules/lint_logic.h"

/* How many pairs of rules are compared at most in search of superfluous ones; later rules are not judged. */
enum { LINT_PAIRS_MAX = 200000 };

typedef struct {
	const lint_input *in;
	arena *arena;
	diags *diags;
	uint32_t *order; /* numbers of the rules, as they stand in the files */
	bool *never;     /* by number: the rule cannot fire */
	bool own_rules;  /* the course's folder has some */
	size_t pairs;    /* of rules that were compared */
} lint;

bool lint_begin(lint *out, const lint_input *in, arena *scratch, diags *d);
bool lint_is_own(const lint *k, loc at);
/* Whether the author of the course, or of the catalogue if no course changes the rules, can mend this. */
bool lint_concerns(const lint *k, loc at);

/* lint_when.c: conditions, and expressions inside arguments and reasons. */
void lint_conditions(lint *k);
/* lint_names.c: names of items, concepts, tags and fields. False after an error. */
bool lint_names(lint *k);
/* lint_shadow.c: rules that another rule makes superfluous. */
void lint_shadowed(lint *k);
/* lint_reach.c: items that nothing leads to. */
void lint_reach(lint *k);

/* The argument of that name; NULL if it is not given. */
const rule_argument *lint_argument(const rule_action *action, const char *name);

#endif
