/* What counting vacancies one by one and counting cells have in common; nothing else includes this. */
#ifndef EVIDENCE_CYCLE_PARTS_H
#define EVIDENCE_CYCLE_PARTS_H

#include "model/update.h"

/* An item that is being counted. */
typedef struct {
	cycle_item item;
	VEC(employer_part) parts;
} growing_item;

typedef struct {
	arena *a;
	const catalog *catalog;
	cycle_counts *out;
	VEC(cycle_employer) employers;
	VEC(growing_item *) items;
	map places; /* id of a concept -> its growing_item */
} cycle_sums;

/* NULL for what is no item: an unknown concept, or a certification. */
growing_item *cycle_sums_item(cycle_sums *s, str concept_id);
/* Vacancies that name the item; `employer` SIZE_MAX: not known. One employer's stand together. */
void cycle_sums_add(cycle_sums *s, growing_item *g, size_t employer, double named, double value);
/* The employer that comes next, as an index; SIZE_MAX if it has no name. */
size_t cycle_sums_next(const cycle_sums *s, str employer);
/* All vacancies of one employer, or all those of no known one. */
void cycle_sums_close(cycle_sums *s, cycle_employer sums);
/* Lists and the effective size. */
void cycle_sums_finish(cycle_sums *s);

/* For qsort and bsearch of cycle_item. */
int cycle_item_order(const void *a, const void *b);

#endif
