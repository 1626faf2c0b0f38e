/* What an update keeps, in and out: state/items.yaml and state/changes/NNNN.yaml. */
#ifndef READ_UPDATE_H
#define READ_UPDATE_H

#include "model/update.h"

/* Read source `number`; every problem is reported, and then false. */
bool course_state_read(course_state *out, arena *a, uint32_t number, diags *d);
bool revision_read(revision *out, arena *a, uint32_t number, diags *d);
/* The texts of the files; empty once memory ran out, and for text that is not UTF-8. */
str course_state_text(arena *a, const course_state *s);
str revision_text(arena *a, const revision *r);

#endif
