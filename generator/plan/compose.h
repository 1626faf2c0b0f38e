/* From a selection to a plan: which modules, labs and scenarios, how long, in which weeks, with which targets
 * and grades. */
#ifndef PLAN_COMPOSE_H
#define PLAN_COMPOSE_H

#include "base/diag.h"
#include "model/curriculum.h"
#include "rules/engine.h"

typedef struct {
	const selection *selection;
	const facts *facts;
	const catalog *catalog;
	const course *course; /* as written; the selection has what rules set */
	const plan *former;   /* whose decisions are kept; NULL if there is none */
	str as_of;            /* decisions that expired before it do not hold; empty: all hold */
	str evidence;         /* hash of the workbook */
} compose_input;

/* `t` gets a remark for everything that was proposed and not taken, or taken for another reason than a rule.
 * An infeasible input is E_PLAN_INFEASIBLE with an irreducible set of requirements and the cheapest
 * relaxation, and false. */
bool compose_plan(plan *out, trace *t, arena *a, const compose_input *in, diags *d);

/* Per cent of the grade for each kind of task, by how many of it there are: the parts that the course gives
 * them, scaled to 100 over the kinds that there are. They count alike where the course gives none of them
 * anything. */
typedef enum { GRADE_LABS, GRADE_SCENARIOS, GRADE_CAPSTONE, GRADE_KINDS } grade_kind;
void grade_parts(int out[GRADE_KINDS], const grading_shares *g, const size_t counts[GRADE_KINDS]);

/* What a bare workbook gets, by level: hours, and hours a week. */
typedef struct {
	double hours, hours_per_week;
} level_defaults;
extern const level_defaults course_defaults[];
enum { UNIT_MINUTES = 30 };

#endif
