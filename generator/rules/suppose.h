/* "How many postings would change it?": the search for a number of postings with which something holds. */
#ifndef RULES_SUPPOSE_H
#define RULES_SUPPOSE_H

#include <stdbool.h>

#define SUPPOSE_ALL 128 /* in a sample of up to so many postings every number is tried */

typedef struct {
	bool found;
	double count;   /* postings */
	unsigned tries; /* numbers of postings that were evaluated */
} supposition;

/* The number from 0 to `sample`, in whole steps from `now` and nearest to it, for which `holds` is true; of
 * two equally near the larger if `more`, else the smaller. In larger samples only numbers above `now` are
 * looked at if `more`, else below, and the border is found by halving; `found` is then false if it does not
 * hold for the last number. What is returned has always been tried. */
supposition suppose_counts(
	double now, double sample, bool more, bool (*holds)(double count, void *payload), void *payload);

#endif
