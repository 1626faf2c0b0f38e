/* Running the rules: from facts to a selection of modules, labs and scenarios, and the trace that says why.
 */
#ifndef RULES_ENGINE_H
#define RULES_ENGINE_H

#include "model/course.h"
#include "rules/ruleset.h"

/* A module, lab or scenario that rules chose. */
typedef struct {
	fact_kind kind;
	str id, address;
	const void *item;           /* module, lab or scenario */
	const blueprint *blueprint; /* NULL: from the catalogue */
	const fact_row *row;        /* of a blueprint: the skill it was made for */
	list_str concepts;
	bool required;
	double emphasis; /* of a module */
	fact *fact;
} chosen;

typedef struct {
	bool of_scenarios;
	str has; /* name of a field */
	const rule *rule;
} requirement;

/* A scenario of a kind that a rule requires and the catalogue has none of. */
typedef struct {
	int kind;          /* scenario_kind_names */
	list_str concepts; /* of the skill; empty: any */
	str integrates;    /* a module; empty: any */
	const rule *rule;
} scenario_wish;

typedef struct {
	str lab, tag; /* empty: any */
	list_str concepts;
	bool stretch;
} target_choice;

typedef struct {
	str scenario;
	list_str concepts, technologies;
	const fact_row *row; /* that the rule ran on; NULL: none. The heaviest row is named first. */
} setting_choice;

typedef struct {
	VEC(chosen *) modules, labs, scenarios;
	map by_address;
	VEC(requirement) requirements;
	VEC(scenario_wish) wishes;
	VEC(target_choice) targets;
	VEC(setting_choice) mentions; /* of technologies in scenarios */
	vec_str notes;
	course settings; /* with what rules set */
	factset facts;   /* as the last rule saw them */
} selection;

/* `f` gets the emphasis of its rows. False if a rule could not be evaluated or rules contradict each other;
 * the diagnostics say where. Borrowed: everything given. */
bool engine_run(selection *out, trace *t, arena *a, const ruleset *rules, facts *f, const catalog *c,
	const course *settings, diags *d);

/* Whether an item of that level suits a course of that level: the same, or one below. */
bool level_suits(int item, int course);

#endif
