/* Where the demand for the planned modules comes from. */
#ifndef PLAN_DEMAND_H
#define PLAN_DEMAND_H

#include "model/curriculum.h"

typedef VEC(demand) vec_demand;

typedef struct {
	const module *module;
	const fact_row *row;        /* of a blueprint: the skill it was made for; else NULL */
	const blueprint *blueprint; /* NULL: none */
	double emphasis;
	vec_demand demands; /* the result: largest first */
	double weight;      /* their sum times the emphasis */
} demanded;

/* Shares out each row's weight: equally among its concepts that some module teaches, and each concept's part
 * among those modules by how far they teach it (awareness 1, working 2, proficient 3, expert 4). A module
 * made for a skill answers that skill. A technology or theme that nothing answers goes to the modules whose
 * skill names the same words; else to those whose skill is about one of its concepts, or the nearest wider
 * one; a theme else to the modules of the blueprints whose pattern fits its name. Rows that no module answers
 * are put into `untaught`. */
typedef VEC(const fact_row *) vec_row;
void demand_share(
	demanded *modules, size_t count, const facts *f, const catalog *c, vec_row *untaught, arena *a);

/* For qsort: the largest weight first, then kind and id of the row. */
int demand_by_weight(const void *x, const void *y);

#endif
