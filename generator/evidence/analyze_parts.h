/* What the files of the analysis share; nothing else includes this. */
#ifndef EVIDENCE_ANALYZE_PARTS_H
#define EVIDENCE_ANALYZE_PARTS_H

#include "evidence/analyze.h"
#include "evidence/weights.h"

/* Everything counted under one key. */
typedef struct {
	str key;
	double postings, mentions, strengths[STRENGTHS]; /* of WINDOW_ALL, unweighted */
	double weighted[WINDOWS];
} tally;

typedef struct {
	arena *a;
	const analysis_input *in;
	analysis *out;
	weighing w;
	LIST(tally) tallies; /* by key */
} analyzer;

/* What follows the prefix of the key, such as "concept:"; false if it is another. */
bool tally_is(str *rest, const tally *t, str prefix);

/* For qsort of analysis_count: the most frequent first, then by name. */
int count_order(const void *a, const void *b);

/* analyze_rows.c: fills out->rows and out->below. */
void rows_make(analyzer *z);
/* insights.c: from the finished rows, by the rules of the catalogue. */
void insights_make(analyzer *z);

#endif
