/* From counts to what the workbook says. A pure function: the same cells, in any order, the same analysis. */
#ifndef EVIDENCE_ANALYZE_H
#define EVIDENCE_ANALYZE_H

#include "model/analysis.h"

typedef struct {
	list_cell cells;
	const catalog *catalog;
	const analysis_settings *settings;
	analysis_filter filter;
	list_posting_line inventory;     /* what the filter leaves, or the latest of it; any order */
	double inventory_total;          /* what it leaves */
	LIST(analysis_example) examples; /* of themes; optional */
} analysis_input;

/* `out` borrows from the input. A share is the weighted mean of what the postings count for what they name:
 * sum(weight x strength factor) / sum(weight), with the weights of evidence/weights.h; its intervals are
 * Wilson's at the effective sample size, which is right for factors of 0 and 1 and wide enough for factors
 * between, since a variable within 0 and 1 varies most at its ends. Trends compare the two windows by
 * Fisher's exact test at their effective sizes, rounded; all rows of all kinds that stay are one family for
 * Benjamini and Hochberg. Rows below `least_share` are counted, not kept; they are left out by their total,
 * of which the test, which holds the total fixed, is independent. A sample of 0 says that the filters left
 * nothing. False if memory ran out. */
bool analyze(analysis *out, arena *a, const analysis_input *in);

/* The order of the inventory, the latest first; for qsort. */
int posting_line_order(const void *a, const void *b);

#endif
