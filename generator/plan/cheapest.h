/* The cheapest set of edits that meets every need: weighted set cover, solved exactly. Pure numbers: what an
 * edit is, the caller knows. */
#ifndef PLAN_CHEAPEST_H
#define PLAN_CHEAPEST_H

#include "base/vec.h"

typedef struct {
	double cost;        /* of the step of the edit ladder */
	int minutes;        /* that it needs */
	double weight;      /* of what else it covers */
	str id;             /* for ties */
	LIST(size_t) meets; /* needs, by index, ascending */
} cheap_edit;

typedef struct {
	const cheap_edit *edits;
	size_t edit_count, need_count;
	int minutes; /* that there are */
} cheap_problem;

/* What a need that is left open costs: more than any set of edits, so that one is left open only if there is
 * no time. */
#define CHEAPEST_OPEN 1e6
enum { CHEAPEST_NODES = 200000 };

typedef struct {
	LIST(size_t) edits; /* chosen, ascending */
	LIST(size_t) open;  /* needs that nothing meets, ascending */
	double cost;
	int minutes;
	size_t nodes; /* looked at */
	bool cut_off; /* CHEAPEST_NODES were too few: the best found so far */
} cheap_answer;

/* Depth first over the needs, each with the edits that meet it, cheapest first; a branch is left when its
 * cost and a lower bound of what remains (each open need at its least cost divided by the needs that the edit
 * meets) exceed the best answer. Answers are compared by cost, then minutes, then weight (more is better),
 * then by the ids in order. The order of the edits decides nothing. False if memory ran out. */
bool cheapest(cheap_answer *out, arena *a, const cheap_problem *p);

#endif
