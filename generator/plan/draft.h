/* A plan that is being changed: a copy of its own, whose hours, weeks and grades are kept consistent. What
 * people edited is left as the generated plan has it, so that merging never meets two hands on one field. */
#ifndef PLAN_DRAFT_H
#define PLAN_DRAFT_H

#include "base/diag.h"
#include "model/curriculum.h"
#include "rules/engine.h"

typedef struct {
	const catalog *catalog;
	const facts *facts;         /* of the new evidence: weights */
	const selection *selection; /* of the rules on it */
	const course *course;
	const plan *fresh;   /* as it would be made anew, for what an added task says; NULL: it cannot be made */
	const plan *decided; /* as people have it: their decisions */
	list_str edits;      /* as merge_edits lists them */
	str as_of;
} draft_context;

typedef struct {
	arena *arena;
	const draft_context *in;
	plan plan;   /* lists are its own */
	map edits;   /* the list, as a set */
	map leaving; /* ids of modules that will be taken out: nobody gives them time any more */
} plan_draft;

/* A copy of `from`. */
void draft_init(plan_draft *out, arena *a, const draft_context *in, const plan *from);
/* Another one of the same state, which changes by itself. */
void draft_copy(plan_draft *out, const plan_draft *from);
bool draft_is_edited(const plan_draft *d, str key); /* "module:ID.minutes", or "module:ID" for as a whole */

/* Whether people edited anything of an item, or its part of the grade. */
bool draft_touched(const plan_draft *d, str address);
/* Whether a running cohort is protected: nothing is taken away. */
bool draft_is_guarded(const plan_draft *d);

plan_module *draft_module(const plan_draft *d, str id); /* NULL if it is not planned */
plan_lab *draft_lab(const plan_draft *d, str id);
plan_scenario *draft_scenario(const plan_draft *d, str id);
/* The catalogue's item behind an entry; of a blueprint its pattern. NULL: the catalogue has it no more. */
const module *draft_module_item(const plan_draft *d, const plan_module *m);
const lab *draft_lab_item(const plan_draft *d, const plan_lab *l);
const scenario *draft_scenario_item(const plan_draft *d, const plan_scenario *s);

/* A module goes before the first that builds on it, else to the end; tasks after what they integrate. */
void draft_add_module(plan_draft *d, const chosen *c, const module *m, int minutes);
void draft_add_lab(plan_draft *d, const chosen *c, const lab *l);
void draft_add_scenario(plan_draft *d, const scenario *s);
/* "module:ID", "lab:ID", "scenario:ID" */
void draft_remove(plan_draft *d, str address);

/* ---- hours (draft_hours.c) */

typedef struct {
	str address;
	int minutes; /* signed */
} moved_minutes;
typedef VEC(moved_minutes) vec_moved;

/* Takes time from modules, unit after unit from the one that can spare it most by its weight; then drops
 * elective labs that nothing needs. Returns what it could not find; what it took goes to `moved`. With `dry`
 * nothing is changed. */
int draft_take(plan_draft *d, int minutes, vec_moved *moved, bool dry);
/* Gives time to modules by their weights, as a fresh plan would. Returns what they cannot use. */
int draft_give(plan_draft *d, int minutes, vec_moved *moved);
/* Moves time to (up) or from (down) one module, at most `hours_step` of it, as far as a fresh division of the
 * same hours would. False if it has what it should have. */
bool draft_reweigh(plan_draft *d, str module_id, bool up, vec_moved *moved);
/* Weeks and grades from what is there now; fields that people edited stay. */
void draft_settle(plan_draft *d);

#endif
