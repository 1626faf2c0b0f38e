/* From what moved to edits of the plan: the least that does, in the order of the edit ladder. A pure
 * function. */
#ifndef PLAN_REPLAN_H
#define PLAN_REPLAN_H

#include "model/update.h"
#include "plan/draft.h"

/* A tracked item, and where it stood before this cycle. */
typedef struct {
	const tracked_item *item;
	int from;                /* item_state */
	double share;            /* of this cycle */
	const decision *against; /* it is banned, or another course teaches it; NULL: neither */
} moved_item;
typedef LIST(moved_item) list_moved;

typedef struct {
	const draft_context *context;
	const plan *base;   /* as generated last */
	const plan *edited; /* as people have it */
	list_moved items;   /* all that are tracked, by id */
	str evidence;       /* hash of the new workbook */
} replan_input;

typedef struct {
	edit_step step;
	str target;
	const moved_item *about; /* the item with the largest share of those it was made for; NULL: all of them */
	str summary, learner_note;
	LIST(considered_step) considered;
	vec_moved moved;
	list_str outcomes_added, outcomes_removed, rubrics_touched, shrinks;
	bump bump;
	str made; /* text of the generated plan after it */
} replan_edit;

typedef struct {
	str base_text;          /* the generated plan before, written as it is now */
	VEC(replan_edit) edits; /* in the order in which they were made; none: the plan is the same */
	plan made;
	vec_str notes; /* plain: what moved without an edit, and what could not be done */
} replan_result;

/* False if memory ran out. */
bool replan(replan_result *out, arena *a, const replan_input *in);

#endif
