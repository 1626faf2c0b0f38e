/* What one posting adds to the counts: each concept it names, each wider concept, each group of technologies,
 * years and degrees, once. Unions such as "names any tool of this group" cannot be made from counts, so they
 * are made here, while the posting is at hand. */
#ifndef EVIDENCE_ROLLUP_H
#define EVIDENCE_ROLLUP_H

#include "model/analysis.h"
#include "model/mention.h"

enum { PARENTS_MAX = 16 }; /* wider concepts above one; a circle ends here */

typedef VEC(rollup_item) vec_rollup_item;

/* Appends the items of one posting, in a defined order: `postings` 1, the strongest strength, and how many
 * mentions there are. Only mentions that count are taken. Years: of those not bound to a degree the ones that
 * ask for most, since the others are for a part of the work; else the ones that ask for least. Keys live in
 * `a`, or in the catalogue. */
void rollup_items(vec_rollup_item *out, arena *a, const understanding *u, const catalog *c);

/* The one of a posting's years that is counted; NULL: none is. */
const years_mention *rollup_years(const years_mention *all, size_t count);

/* The row of the technology table that counts the concept: its own group, else that of the nearest wider
 * concept that has one, else "Other" for a technology and nothing for anything else. */
str rollup_group(const concept *one, const catalog *c);

/* Whether `one` is `other` or something narrower: what names `one` counts for `other`. */
bool rollup_is_within(const concept *one, const concept *other, const catalog *c);
const concept *rollup_parent(const concept *one, const catalog *c); /* NULL if there is none */

#endif
