/* The order of teaching, and the weeks. */
#ifndef PLAN_SEQUENCE_H
#define PLAN_SEQUENCE_H

#include "base/diag.h"
#include "model/catalog.h"

/* One stretch of time: a module, or a task that starts after some modules. */
typedef struct {
	str id;
	double weight;
	int units;      /* of 30 minutes */
	list_str after; /* prerequisites of a module; modules that a task integrates */
	bool task;
	int week_from, week_to; /* the result, counted from 1 */
} slot;

/* Sorts the slots into teaching order: modules after their prerequisites, the heaviest first; each task as
 * soon as the last of its modules is done. Prerequisites that are not among the slots are prior knowledge and
 * are passed over. A circle of prerequisites is E_PREREQUISITE_CYCLE at `at` and false. */
bool sequence_order(slot *slots, size_t count, loc at, arena *scratch, diags *d);
/* Pours the slots into `weeks` of equal load, in their order. */
void sequence_weeks(slot *slots, size_t count, int weeks);

#endif
