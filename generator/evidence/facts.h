/* From a workbook to facts: intervals, ranks, weights, links. */
#ifndef EVIDENCE_FACTS_H
#define EVIDENCE_FACTS_H

#include "base/diag.h"
#include "model/course.h"
#include "model/facts.h"

/* `out` borrows from the workbook and the catalogue. False if memory ran out or a pattern of the lexicon is
 * wrong. */
bool facts_make(facts *out, arena *a, const workbook *w, const catalog *c, const course *settings, diags *d);
/* The level a workbook asks for: by the fewest years of experience, or else by the words of its title. */
course_level facts_level(const workbook *w);

#endif
