/* plan.yaml, in and out. */
#ifndef READ_PLAN_H
#define READ_PLAN_H

#include "model/plan.h"

/* Reads source `number`. Each item keeps its node, so that overrides can be applied to the catalogue's item.
 */
bool plan_read(plan *out, arena *a, uint32_t number, diags *d);
/* The text of plan.yaml. */
str plan_text(arena *a, const plan *p);

#endif
