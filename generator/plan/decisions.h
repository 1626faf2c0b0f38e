/* What people decided about a plan: pins and bans. */
#ifndef PLAN_DECISIONS_H
#define PLAN_DECISIONS_H

#include "base/diag.h"
#include "model/plan.h"

/* Each item must be a module, lab or scenario of the catalogue or the plan, and be decided once. Problems are
 * reported at the decision; false if there was one. */
bool check_decisions(const plan *p, const catalog *c, diags *d);
/* Warns of decisions that the plan does not follow yet. */
void report_open_decisions(const plan *p, diags *d);

#endif
