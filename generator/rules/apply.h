/* What each action does to the selection. */
#ifndef RULES_APPLY_H
#define RULES_APPLY_H

#include "rules/engine.h"

typedef struct {
	arena *arena;
	diags *diags;
	const catalog *catalog;
	facts *facts;
	factset set;
	map emphasis; /* "tag:ID" or "concept:ID" -> double *: product of factors */
	map set_by;   /* course field -> const compiled_rule * */
	selection *out;
	trace *trace;
} engine;

/* Carries out one action of `r` on `subject` and records the effect. False after a diagnostic. */
bool apply_action(
	engine *e, const compiled_rule *r, const rule_action *action, const fact *subject, effect *out);

#endif
