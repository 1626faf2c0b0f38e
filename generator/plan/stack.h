/* Which technologies a scenario's system is built from, by what postings ask for. */
#ifndef PLAN_STACK_H
#define PLAN_STACK_H

#include "plan/choose.h"

/* For each part of the scenario's stack the one of its technologies with the largest share; of one row of the
 * workbook the one that stands first in it; if no row names any, the first of the part. A remark says why. */
void stack_choose(plan_scenario *out, choice *c, const scenario *s);

#endif
