/* Revisions as people read them, and as JSON. */
#ifndef HISTORY_TEXT_H
#define HISTORY_TEXT_H

#include "revert.h"

#include "base/value.h"

struct revision_book; /* render/revision.h */

/* All revisions, the newest first, a line each and one for each of their changes. */
void put_log(buf *out, const struct revision_book *book);
/* A list of the revisions as they are kept, with `reverted_by` where something was taken back. */
value log_json(arena *a, const struct revision_book *book);

/* What a revision changed, as Markdown: its changes, its differences by part of the course, and the unified
 * diff of plan.yaml, if it has one. */
void put_difference(buf *out, arena *a, const revision *r, str plan_diff);
value difference_json(arena *a, const revision *r, str plan_diff);

/* What a reversal does; `done`: it is written, otherwise what it would do. */
void put_reversal(buf *out, const reversal *v, bool done);
value reversal_json(arena *a, const reversal *v, bool done);

#endif
