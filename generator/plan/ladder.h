/* The edit ladder: for an item that the course has to cover and does not, every edit that would do, and for
 * each step of the ladder that has none, why not. */
#ifndef PLAN_LADDER_H
#define PLAN_LADDER_H

#include "plan/cover.h"

/* What an edit costs by its step: each more than all cheaper steps together, so that one dear edit is never
 * taken where a cheap one of each kind would do. */
extern const double edit_costs[EDIT_STEPS];

typedef struct {
	cover_item item;
	int state;               /* planned or core */
	double share;            /* of this cycle */
	str why_not[EDIT_STEPS]; /* empty: there are edits of this step */
	bool barred;             /* a module would do, and people are against it */
} ladder_need;
typedef LIST(ladder_need) list_need;

typedef struct {
	edit_step step;
	str target;              /* module:ID, lab:ID, scenario:ID */
	const cover_item *about; /* link, technology, exercise: what it is for */
	const chosen *chosen;    /* of a rule; NULL: straight from the catalogue */
	const module *module;
	const lab *lab;
	const scenario *scenario;
	const extension *extension;
	VEC(const lab *) labs; /* that assess a new module's outcomes */
	VEC(const scenario *) scenarios;
	const chosen *made_lab; /* of a blueprint */
	str swapped;            /* technology that leaves the setting; empty: none */
	int minutes;            /* that it needs */
	str id;                 /* for ties: step and target */
} ladder_edit;
typedef VEC(ladder_edit) vec_edit;

/* Appends the edits for one need. `d` is the plan as it is. */
void ladder_options(vec_edit *out, ladder_need *n, const plan_draft *d);
/* Where an item is at home: the planned module that teaches it furthest, or else the nearest thing wider;
 * NULL: none. */
const plan_module *ladder_home(const plan_draft *d, const cover_item *i);
/* Carries an edit out, but for the hours. */
void ladder_apply(plan_draft *d, const ladder_edit *e);

#endif
