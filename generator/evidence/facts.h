/* From a workbook to facts: intervals, ranks, weights, links. */
#ifndef EVIDENCE_FACTS_H
#define EVIDENCE_FACTS_H

#include "base/diag.h"
#include "model/course.h"
#include "model/facts.h"

/* `out` borrows from the workbook and the catalogue. False if memory ran out or a pattern of the lexicon is
 * wrong. */
bool facts_make(facts *out, arena *a, const workbook *w, const catalog *c, const course *settings, diags *d);
/* The same evidence, had another number of postings named row number `index` of that kind: its share,
 * interval and weight and the ranks of its kind follow, and what rules did to weights is undone everywhere.
 * `w` becomes the workbook of that evidence. Rows' links are borrowed from `from`. */
void facts_suppose(facts *out, workbook *w, arena *a, const facts *from, row_kind kind, size_t index,
	double count, const course *settings);
/* The same evidence with one more row, which names that concept and nothing else, in `count` postings: a
 * technology or theme if the concept is one, otherwise a skill of the category Nice. */
void facts_suppose_row(facts *out, workbook *w, arena *a, const facts *from, const concept *named,
	double count, const course *settings);
/* The level a workbook asks for: by the fewest years of experience, or else by the words of its title. */
course_level facts_level(const workbook *w);

#endif
