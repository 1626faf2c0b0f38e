/* Taking back what a revision did, which is a revision of its own. */
#ifndef REVERT_H
#define REVERT_H

#include "history.h"

/* An item that goes back to another state. */
typedef struct {
	str id;
	int from, to; /* item_state */
} reverted_item;

typedef struct {
	history_target target;
	snapshot now, then; /* the tracked files, and what they are to be */
	bool exact;         /* they become byte for byte what they were before the revision */
	size_t taken, kept; /* of plan.yaml, where it was merged: fields taken back, and edits kept */
	VEC(reverted_item) items;
	revision made;         /* the new revision */
	vec_io_set_file files; /* for history_write */
} reversal;

/* Works out the reversal and writes nothing. Files that are as the revision left them become what they were
 * before, if all of the revision is meant. Otherwise the plan and what was generated last are merged with
 * what was generated before the change, items go back to their former states, and the workbook stays.
 * Conflicts, and a change that is taken back already, are diagnostics and false. */
bool revert_plan(reversal *out, cw_context *c, list_revision all, history_target t);

/* revert_compare.c: what differs for readers once the plan is merged, as far as the course can be read. False
 * after a diagnostic: the merged plan refers to something that does not exist. */
bool revert_compare(reversal *v, cw_context *c);

#endif
