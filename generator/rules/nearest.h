/* What would have added an item, had its condition held: the rules that came nearest, and what kept them. */
#ifndef RULES_NEAREST_H
#define RULES_NEAREST_H

#include "rules/cel_terms.h"
#include "rules/engine.h"
#include "rules/suppose.h"

/* A part of a condition that is not true, and what it looked at. */
typedef struct {
	str text;  /* as written */
	str error; /* why it cannot be evaluated; empty: it is false */
	list_observation saw;
	double distance; /* how far the number that it compares is from the one it is compared with, as a part of
						the larger of the two; 1 where that cannot be said */
} missed_part;

typedef struct {
	uint32_t rule; /* number in the ruleset */
	const fact *fact;
	LIST(missed_part) missed; /* never empty */
} near_miss;
typedef LIST(near_miss) list_near_miss;

typedef struct {
	const ruleset *rules;
	const selection *selection; /* of the finished run */
	const catalog *catalog;
	int level; /* of the course */
} nearest_input;

/* The rules that ask for the item (kind module, lab or scenario), on each fact on which they would and their
 * condition does not hold: fewest missed parts first, then least distance, then in the order of running.
 * Everything in the arena. Cost: the rules with actions of that kind times their facts. */
list_near_miss nearest_for_item(const nearest_input *in, fact_kind kind, str id, arena *a);
/* The rules for this fact's kind whose condition does not hold on it. */
list_near_miss nearest_for_fact(const nearest_input *in, const fact *f, arena *a);
/* The facts on which this rule does not hold. */
list_near_miss nearest_of_rule(const nearest_input *in, uint32_t rule_number, arena *a);

/* The number of postings nearest to today's for the row behind `subject` with which the rule would hold on
 * it, the effects of other rules staying as they are. Only rules that a changed count can reach are
 * evaluated. Not found for a fact without a row. */
supposition nearest_count(const nearest_input *in, const facts *f, const course *settings,
	uint32_t rule_number, const fact *subject);

#endif
