/* Findings about rules and catalogue: what can never have an effect, or names what is not there. None of
 * them changes the course, so all but unknown ids are warnings. */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "model/plan.h"
#include "rules/engine.h"

typedef struct {
	const ruleset *rules;
	const catalog *catalog;
	uint32_t own_from; /* number of the first source of the course's own folder; UINT32_MAX: it has none */
} lint_input;

/* What can be seen before any rule has run: conditions or parts of them that never or always hold, rules
 * that another one makes superfluous, names that the catalogue does not have, items that no rule can reach.
 * False, with a diagnostic, if an action names an item that does not exist. `scratch` is only worked in; the
 * caller sees in it whether memory ran out. */
bool lint_rules(const lint_input *in, arena *scratch, diags *d);

typedef struct {
	lint_input static_part;
	const facts *facts;
	const trace *trace;
	const selection *selection;
	const plan *plan;
} lint_course_input;

/* What can be seen once a course is planned: insights that no rule answers, skills that none reaches, and
 * items of the course's own folder that the plan does not use. */
void lint_course(const lint_course_input *in, arena *scratch, diags *d);

#endif
