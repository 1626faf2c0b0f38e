/* Dividing time: whole units, by weight, between bounds. */
#ifndef PLAN_ALLOCATE_H
#define PLAN_ALLOCATE_H

#include "base/vec.h"

typedef struct {
	double weight; /* 0 or more */
	int min, max;  /* units */
	str id;        /* ties go to the smaller id */
	int units;     /* the result */
} claim;

/* Starts every claim at its minimum and gives unit after unit to the claim with the largest weight / (2 x
 * units + 1) that is below its maximum: the Webster/Sainte-Lague method with bounds. Balinski and Young,
 * "Fair Representation" (2nd ed. 2001), prove for divisor methods that the result is house-monotone (one more
 * unit takes none from anybody) and monotone in weight. True if the units sum to `total`; false, with
 * everything at a bound, if they cannot. */
bool allocate(claim *claims, size_t count, int total, arena *scratch);

/* Whole percentages that sum to 100 (largest remainder, ties by position), at least 1 each while there are at
 * most 100. */
void allocate_percent(const double *weights, int *out, size_t count, int total, arena *scratch);

#endif
