/* How much work falls into each week of a plan. A plan says only from which week to which an item lies; here
 * its minutes are poured into those weeks. */
#ifndef MODEL_LOAD_H
#define MODEL_LOAD_H

#include "model/plan.h"

typedef struct {
	int64_t capacity, minutes; /* more minutes than capacity: they fit nowhere else */
} week_load;
typedef LIST(week_load) list_week_load; /* week 1 first */

enum { LOAD_WEEKS_MAX = 520 };

/* With an equal part of the whole as every week's capacity, as the planner pours. */
list_week_load load_even(arena *a, const plan *p);
/* With the hours per week as capacity: a week is over it only if no way of working could avoid that. */
list_week_load load_capped(arena *a, const plan *p);
int64_t load_total(const plan *p); /* minutes of all items */

#endif
