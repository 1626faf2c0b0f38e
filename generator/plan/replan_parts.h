/* What the files of replanning share; nothing else includes this. */
#ifndef PLAN_REPLAN_PARTS_H
#define PLAN_REPLAN_PARTS_H

#include "plan/cover.h"
#include "plan/ladder.h"
#include "plan/replan.h"

typedef struct {
	arena *arena;
	const replan_input *in;
	replan_result *out;
	plan_draft draft;   /* the plan as it is to be generated */
	plan_draft people;  /* as people have it: what it covers is covered */
	cover_item *covers; /* of in->items, at the same index */
	vec_str covered;    /* names of items that came in and are covered already */
	vec_str reweighed;  /* of items whose place changed, and whose hours are right */
	int pool;           /* minutes that retired items gave back and nobody has yet */
	int extra;  /* minutes by which course.yaml raised the hours since the plan was made, as far as nobody has
				   them */
	bool trial; /* only to learn what additions will need */
	int wanted; /* minutes that additions will need; of a trial, what they needed */
} replanner;

/* Settles weeks and grades, writes the plan down and keeps the edit. */
void replan_keep(replanner *r, replan_edit e);
void replan_note(replanner *r, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* One note for all of them, the first ones by name; none for nobody. */
void replan_note_names(replanner *r, const char *before, const vec_str *names);
/* "5 h", "2.5 h" */
str replan_hours(arena *a, int minutes);

str replan_title(replanner *r, str address); /* of a module or scenario, for people */
/* What of the pool nobody needed goes to the modules, as part of the last edit. */
void replan_empty_pool(replanner *r);

/* Makes the course longer, by what course.yaml allows. */
void replan_raise(replanner *r, int minutes);

void replan_retire(replanner *r);
void replan_add(replanner *r);
void replan_reweigh(replanner *r);

#endif
