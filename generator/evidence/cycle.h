/* From vacancies to the counts of a cycle, and from those to estimates. Pure functions: the order of the
 * vacancies decides nothing. */
#ifndef EVIDENCE_CYCLE_H
#define EVIDENCE_CYCLE_H

#include "evidence/vacancy.h"
#include "model/facts.h"
#include "model/update.h"

typedef struct {
	list_vacancy vacancies;
	const catalog *catalog;
	const analysis_settings *analysis; /* factors of strengths and levels of seniority */
	const update_settings *policy;
} cycle_input;

/* Counts vacancies by concept: skills, technologies and themes that the catalogue has. A vacancy weighs what
 * its level of seniority weighs in an analysis, and one that weighs nothing is not in the sample; if the
 * sample has at least `least_employers` known employers, one with m vacancies more than `employer_cap` has
 * each of them weighed cap / m. The effective size is Kish's, at most the number that the cap leaves
 * (evidence/weights.h). What a vacancy counts for an item is its weight times the factor of the strength; it
 * names the item whatever the factor is. Borrows from the input. False if memory ran out. */
bool cycle_count(cycle_counts *out, arena *a, const cycle_input *in);

/* The counts of a workbook: its rows by kind, each posting of weight 1; a technology row is called after its
 * category, by the slug of it, where that is unique in the workbook, else by its own id and name. Nothing is
 * known of employers, and dates and postings are not either. `facts` links rows to concepts. */
bool cycle_of_workbook(cycle_counts *out, arena *a, const facts *f);

/* The share of an item with Wilson's intervals at the effective size; `item` NULL: nothing names it.
 * Posteriors are left NAN, and so is the number of employers of a workbook. */
estimate cycle_estimate(const cycle_counts *c, const cycle_item *item);
/* The same without the vacancies of one employer; the others keep their weights. */
estimate cycle_estimate_without(const cycle_counts *c, const cycle_item *item, size_t employer);
/* The same after `further` more vacancies of weight 1 and of unknown employers, all of which name the item
 * and count for it in full, or none of which does. */
estimate cycle_estimate_after(const cycle_counts *c, const cycle_item *item, double further, bool naming);
const cycle_item *cycle_find(const cycle_counts *c, str id); /* NULL if nothing names it */

#endif
