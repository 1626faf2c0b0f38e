/* The course that would come out had another number of postings asked for something: for `explain`. */
#ifndef WHAT_IF_H
#define WHAT_IF_H

#include "rules/suppose.h"
#include "session.h"

/* The number of postings nearest to today's for that row with which the item ("module:ID") would be in the
 * plan
 * (`wanted`) or out of it. Facts, rules and planning are done again for every number that is tried; a
 * number with which no plan can be made is no answer. */
supposition what_if_search(cw_context *c, const fact_row *row, str item, bool wanted);

/* The fewest postings with which one more row, naming that concept alone, would bring the item in. */
supposition what_if_named(cw_context *c, const concept *named, str item);

#endif
