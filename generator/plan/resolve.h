/* From a plan to a curriculum: the items it refers to, with overrides and times in them and with complete
 * rubrics. */
#ifndef PLAN_RESOLVE_H
#define PLAN_RESOLVE_H

#include "base/diag.h"
#include "model/curriculum.h"

typedef struct {
	const plan *plan;
	const facts *facts;
	const catalog *catalog;
	const course *course;
	const trace *trace;
} resolve_input;

/* False if the plan refers to something that does not exist or overrides a field wrongly; the diagnostics say
 * where. A row that the workbook no longer has is a warning: what a blueprint made for it stays as it was, as
 * far as the plan says how. */
bool resolve_plan(curriculum *out, arena *a, const resolve_input *in, diags *d);

/* A rubric with everything written out: the scale, the criteria taken from the library, and the bands of
 * metric criteria. */
rubric *resolve_rubric(arena *a, const lab *l, const catalog *c, diags *d);
/* The rubric of a capstone whose parts are those of the plan. */
rubric *resolve_capstone_rubric(arena *a, const capstone *from, const catalog *c, diags *d);
/* The rubric that a scenario's scoring amounts to. */
rubric *resolve_scoring(arena *a, const scenario *s);
/* Gives time above the minimum to exercises, readings and discussions, in steps of 5 minutes and in
 * proportion to theirs; none becomes too long for one session or one piece of work while another may grow. */
void resolve_minutes(module *m, int minutes, arena *a);
/* What {{id}} stands for in a blueprint, from the id of what was made and the pattern of that id. */
str resolve_blueprint_base(str made_id, str pattern);
/* "2.5 s", "20 %", "1.1 x the measured baseline": how a goal is printed. */
str metric_text(arena *a, const metric *m, double number);

#endif
