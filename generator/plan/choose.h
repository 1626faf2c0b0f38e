/* Which of the proposed items the plan takes. */
#ifndef PLAN_CHOOSE_H
#define PLAN_CHOOSE_H

#include "plan/compose.h"
#include "plan/demand.h"

/* A lab or scenario that the plan may take. */
typedef struct {
	const chosen *from;
	fact_kind kind;
	str id, address;
	int minutes;
	list_str integrates, outcomes;
	double weight; /* of the rows behind its concepts, shared as for modules */
	bool taken, required;
} task;
typedef VEC(task) vec_task;

typedef struct {
	arena *arena;
	const compose_input *in;
	trace *trace;
	const chosen **modules; /* taken, with their demand at the same index */
	demanded *demands;
	size_t module_count;
	map module_index; /* module id -> index + 1 */
	vec_task tasks;
	vec_row untaught;
} choice;

/* Modules: those required or pinned, and those elective ones that rules proposed; never a banned one. Fills
 * the demand. */
void choose_modules(choice *c);
/* Labs and scenarios: candidates, then those required or pinned, then whatever an outcome still needs to be
 * assessed, and the kinds of scenario that rules require and only a blueprint can give. */
void choose_required_tasks(choice *c);
/* Elective tasks by weight per hour while they fit into `minutes`; scenarios made from blueprints come last,
 * and only those of a kind that the catalogue has given the course none of. */
void choose_elective_tasks(choice *c, int minutes);
/* What a rule requires of every lab or scenario and this one has not; NULL: nothing. */
const requirement *choose_missing(const selection *s, bool is_scenario, const void *item);
int choose_round_up(int minutes); /* to whole units */
void choose_remark(choice *c, str item, bool taken, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
