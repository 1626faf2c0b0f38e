/* Rules ready to run: conditions and arguments compiled and type-checked, in the order in which they run. */
#ifndef RULES_RULESET_H
#define RULES_RULESET_H

#include "model/trace.h"
#include "read/yaml.h"
#include "rules/match.h"

/* Parameters of each action, for docs, schemas and messages. */
typedef enum { P_STRINGS, P_STRING, P_NUMBER, P_BOOL, P_ANY } param_kind;
typedef struct {
	const char *name;
	param_kind kind;
	const char *const *choices; /* of a string */
	const char *doc;
} action_param;
typedef struct {
	const action_param *params;
	size_t param_count;
	const char *doc;
	/* What must be given, besides: one of the names between bars, in each of the strings that is not NULL. */
	const char *needs[2];
} action_spec;
extern const action_spec action_specs[DO_KINDS];

/* An argument of an action: a literal, or an expression after '='. */
typedef struct {
	const action_param *param;
	str name;
	loc at;
	value literal;
	const cel_program *program; /* NULL: literal */
} rule_argument;

typedef struct {
	action_kind kind;
	loc at;
	LIST(rule_argument) arguments;
} rule_action;

/* A piece of `because`: text, and then an expression or nothing. */
typedef struct {
	str text;
	const cel_program *program;
} reason_part;

typedef struct {
	const rule *rule;
	fact_kind subject;
	const cel_program *when; /* NULL: always */
	LIST(rule_action) actions;
	LIST(reason_part) because;
	unsigned stratum;
} compiled_rule;

/* Rules that run on the same facts, because none of them writes what another one reads. */
typedef struct {
	uint32_t from, to;        /* numbers of rules */
	const match_index *index; /* its rule 0 is number `from` */
} rule_stratum;

typedef struct {
	LIST(compiled_rule) rules; /* by stratum, priority (highest first) and id */
	LIST(rule_stratum) strata;
} ruleset;

/* Everything wrong is reported: unknown subjects, actions and arguments, conditions that do not parse or
 * type-check, and rules that read what they write, directly or in a circle. False if there was anything. */
bool ruleset_compile(ruleset *out, arena *a, const rule *const *rules, size_t count, diags *d);

/* What a rule runs on. */
typedef struct {
	const compiled_rule *rule;
	const fact *subject;
	const value *bindings;
} rule_run;

/* The reason with its expressions filled in; numbers with at most three decimals. False, with a diagnostic,
 * if one of them cannot be evaluated. */
bool ruleset_because(str *out, const rule_run *run, arena *a, diags *d);
/* The arguments of an action as a map. False, with a diagnostic, if an expression cannot be evaluated or
 * gives what the argument does not take. `d` may be NULL: then nothing is said. */
bool ruleset_arguments(value *out, const rule_run *run, const rule_action *action, arena *a, diags *d);
/* Reports what is wrong with an expression of the rule, and on which fact it was evaluated. */
void ruleset_complain(const rule_run *run, diag_code code, loc at, str message, diags *d);
/* Whether a value that an expression gave is one that the parameter takes. */
bool param_takes(const action_param *p, value v);
/* "a number", "required or elective": what it takes, for messages. */
str param_text(const action_param *p, arena *a);

#endif
