/* What values the fields of facts can take, for finding conditions that cannot hold. */
#ifndef RULES_LINT_DOMAIN_H
#define RULES_LINT_DOMAIN_H

#include "rules/cel_ast.h"

enum { DOMAIN_WORDS = 8 };

typedef struct {
	double low, high;        /* of a number; infinite where there is no bound */
	bool above;              /* `low` itself is impossible */
	bool whole;              /* whole numbers only */
	str words[DOMAIN_WORDS]; /* of a string: all that there are */
	size_t word_count;       /* 0: any string */
	const char *hint;        /* what an author should know; NULL: nothing */
} domain;

/* Of a field of a record, or of size(x); without bounds for anything else. */
domain domain_of(const cel_node *n);

#endif
