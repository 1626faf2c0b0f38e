/* In which order rules run: after every rule that writes what they read. */
#ifndef RULES_ORDER_H
#define RULES_ORDER_H

#include "rules/ruleset.h"

/* Gives every rule its stratum and sorts them. A circle is E_RULE_CYCLE and names the rules and attributes in
 * it. */
bool order_rules(ruleset *set, arena *a, diags *d);

#endif
