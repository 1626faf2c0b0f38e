/* Words of postings that stand for a theme in the workbook. */
#ifndef THEME_EXAMPLES_H
#define THEME_EXAMPLES_H

#include "evidence_session.h"

#include "evidence/analyze.h"

/* For each theme up to two short sentences about duties, of different employers, that count for it and name
 * nothing else that the lexicon knows: so a row links to the same concepts with them as without. They come
 * from the first postings by id that the filter leaves, of a bounded number, so that neither the order in
 * which postings came nor how many there are makes a difference. False if the ledger or memory failed. */
bool theme_examples(cw_context *c, ledger *l, const reader *r, analysis_input *in);

#endif
