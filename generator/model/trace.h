/* What the rules did and why: one effect for each action that a rule carried out on a fact. */
#ifndef MODEL_TRACE_H
#define MODEL_TRACE_H

#include "model/observation.h"
#include "model/rule.h"

typedef enum {
	DO_MODULE,
	DO_LAB,
	DO_SCENARIO,
	DO_EMPHASISE,
	DO_REQUIRE,
	DO_TARGET,
	DO_SETTING,
	DO_NOTE,
	DO_SET,
	DO_KINDS
} action_kind;

extern const char *const action_kind_names[];

typedef struct {
	const rule *rule;
	str fact; /* address of the fact: skill:ID, insight:ID, sample ... */
	action_kind kind;
	value arguments; /* a map, evaluated */
	list_str items;  /* addresses of what it acted on: module:ID, lab:ID, tag:ID, concept:ID, course:FIELD */
	str because;     /* filled in */
	list_observation saw;
	unsigned order; /* in which it ran */
	double factor;  /* of emphasise */
	bool required;  /* of module, lab and scenario */
} effect;

/* What the planner decided on its own about an item that rules proposed, and why. */
typedef struct {
	str item; /* address */
	bool taken;
	str reason;
} remark;

typedef struct {
	VEC(effect) effects;
	VEC(remark) remarks;
} trace;

#endif
