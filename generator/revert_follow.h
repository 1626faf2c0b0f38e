/* A change on the ground of today: what updates after it moved along is not what it changed. */
#ifndef REVERT_FOLLOW_H
#define REVERT_FOLLOW_H

#include "model/plan.h"

/* `with` and `without` are the generated plans with a change and without it, `generated` is the one that is
 * generated now, and `now` the plan that the change is to be taken out of. Weeks and grades, which follow
 * from all of a plan, become those of `now` in both, so that taking the change back does not speak of them.
 * Minutes become those of `now`, and without the change as many more or less as it took or gave; where people
 * set them, both stay as they were, and merging says that it cannot. Of what
 * `now` has no more, both say the same. */
void revert_follow(plan *with, plan *without, const plan *now, const plan *generated);

#endif
