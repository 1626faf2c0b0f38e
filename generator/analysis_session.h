/* Making a workbook from the ledger: what `analyze` and `update` share. */
#ifndef ANALYSIS_SESSION_H
#define ANALYSIS_SESSION_H

#include "evidence_session.h"

#include "evidence/vacancy.h"

/* Postings that were understood with another lexicon are understood again; a note says how many. */
bool analysis_rematch(cw_context *c, ledger *l, const reader *r);
/* The text of the workbook. A ledger, or a filter, that leaves nothing is a diagnostic and false. */
bool analysis_workbook(cw_context *c, ledger *l, const reader *r, const analysis_filter *filter, str *out);
/* Whether the file is what `analyze` or `update` wrote last, or is not there; another one was edited. */
bool analysis_is_ours(cw_context *c, str path);
/* The vacancies that the filter leaves, as the workbook counts them. */
list_vacancy analysis_filtered(arena *a, list_vacancy all, const analysis_filter *filter);

#endif
