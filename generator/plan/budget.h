/* How much time there is, and whether it is enough. */
#ifndef PLAN_BUDGET_H
#define PLAN_BUDGET_H

#include "plan/compose.h"

/* Something that needs time whatever else happens. */
typedef struct {
	str address;
	int minutes;
	double weight;
	const char *why; /* "at least", "fixed" */
} need;
typedef VEC(need) vec_need;

typedef struct {
	int minutes, weeks, minutes_per_week;
} budget;

/* The minutes that the course states, or that are usual for its level. */
int budget_wanted(const compose_input *in);

/* Settles the budget between `least` (all needs) and `most`. What the course states is kept or refused; what
 * it leaves open is made to fit, and a note says so. */
bool budget_settle(budget *out, const compose_input *in, const vec_need *needs, int most, arena *a, diags *d);

#endif
