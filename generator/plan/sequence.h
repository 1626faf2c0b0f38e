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
	bool summative;         /* a task of which no two should be due in one week */
	void *of;               /* the caller's: what the slot stands for */
	int week_from, week_to; /* the result, counted from 1 */
} slot;

/* Sorts the slots into teaching order: modules after their prerequisites, the heaviest first; each task as
 * soon as the last of its modules is done. Prerequisites that are not among the slots are prior knowledge and
 * are passed over. A circle of prerequisites is E_PREREQUISITE_CYCLE at `at` and false. */
bool sequence_order(slot *slots, size_t count, loc at, arena *scratch, diags *d);
/* Where two summative tasks would be due in one week, puts the second one off until they are not; where the
 * course ends too soon for that, puts off other tasks, by a few weeks at most, so that they come between. No
 * slot waits for a task, so that the order stays one of teaching. What cannot be spread stays as it is.
 * `units_after` come behind all of them. */
void sequence_spread(slot *slots, size_t count, int weeks, int units_after, arena *scratch);
/* Pours the slots into `weeks` of equal load, in their order. */
void sequence_weeks(slot *slots, size_t count, int weeks);

#endif
