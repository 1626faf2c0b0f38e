/* What people decided about a plan: pins and bans. */
#ifndef PLAN_DECISIONS_H
#define PLAN_DECISIONS_H

#include "base/diag.h"
#include "model/curriculum.h"

/* The decision of that kind about the item, if it still holds on that day (empty: it does); NULL: there is
 * none. `p` may be NULL. */
const decision *decision_of(const plan *p, decision_kind kind, str item, str as_of);
bool decision_holds(const decision *one, str as_of);

/* The decision that a row (address of its fact, such as skill:ID) is banned or another course's: about the
 * row itself, or about a concept that it names; NULL: there is none that holds. */
const decision *decision_against(const plan *p, const facts *f, str fact, str as_of);

/* Each item must be a module, lab or scenario of the catalogue or the plan, or say what kind of row it is
 * about, and be decided once. Problems are reported at the decision; false if there was one. */
bool check_decisions(const plan *p, const catalog *c, diags *d);
/* Warns of decisions that the plan does not follow yet. */
void report_open_decisions(const plan *p, diags *d);

#endif
