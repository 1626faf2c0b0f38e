/* "How many postings would change it?": the search for a number of postings with which something holds. */
#ifndef RULES_SUPPOSE_H
#define RULES_SUPPOSE_H

#include <stdbool.h>

typedef enum { SUPPOSE_LESS, SUPPOSE_MORE } suppose_side; /* which of two equally near numbers comes first */

typedef struct {
	double now, sample; /* postings */
	suppose_side first;
	unsigned tries; /* at most about so many numbers are evaluated */
	bool (*holds)(double count, void *payload);
	void *payload;
} suppose_question;

typedef struct {
	bool found;
	bool complete;  /* every number was tried, or every nearer one than what was found */
	double count;   /* postings */
	unsigned tries; /* numbers that were evaluated */
} supposition;

/* The number from 0 to `sample`, in whole steps from `now` and nearest to it, for which `holds` is true. If
 * there are more numbers than tries, the nearer half of the tries goes to the nearest numbers, and then steps
 * double on both sides; from a number that is found so, the border towards `now` is looked for by halving.
 * What is returned has always been tried. */
supposition suppose_counts(const suppose_question *q);

#endif
