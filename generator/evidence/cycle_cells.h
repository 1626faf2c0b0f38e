/* From the counts of a ledger to those of a cycle, without its postings: what was counted for a month, an
 * employer, a region and a level of seniority is so many vacancies that all weigh the same. Pure functions:
 * the order of the cells decides nothing. */
#ifndef EVIDENCE_CYCLE_CELLS_H
#define EVIDENCE_CYCLE_CELLS_H

#include "model/analysis.h"
#include "model/update.h"

typedef struct {
	list_cell cells;
	int from, until; /* months, as month_parse counts them; both belong to it */
	const catalog *catalog;
	const analysis_settings *analysis; /* factors of strengths and levels of seniority */
	const update_settings *policy;
} cell_cycle;

/* The vacancies of some months, counted by the rules of evidence/cycle.h; which postings they are is not
 * known. What has no month is in no cycle. Names are borrowed from the input. False if memory ran out. */
bool cycle_of_cells(cycle_counts *out, arena *a, const cell_cycle *in);

/* Months from the first to the last one, both included. */
typedef struct {
	int from, until;
} month_span;
typedef LIST(month_span) list_month_span;

enum { SPANS_MAX = 120 };

/* Cuts the months of a ledger into spans. `how` is their number, 2 to SPANS_MAX: each has equally many of the
 * months in which there are vacancies, and the first one also those that are left over; or the months with
 * which they end, "2025-09,2025-11": each span has the months after the one before, and the first one
 * everything up to its end. False: `wrong` says why, empty once memory ran out. */
bool month_spans(list_month_span *out, arena *a, list_cell cells, str how, str *wrong);

#endif
