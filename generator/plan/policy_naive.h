/* Policies without hysteresis, or with a count in the place of an interval: what a backtest and the tests
 * compare the presets of plan/policy.h with. No course is kept by them. Pure functions. */
#ifndef PLAN_POLICY_NAIVE_H
#define PLAN_POLICY_NAIVE_H

#include "plan/policy.h"

/* policy_step is one as well. */
typedef policy_result (*policy_function)(
	const update_settings *p, policy_memory before, const policy_input *in);

/* In as long as the share is `add` or more ("naive.above"), else out ("naive.below"). */
policy_result naive_step(const update_settings *p, policy_memory before, const policy_input *in);

/* Comes in when the share is `add` or more and COUNT_LEAST vacancies name the item ("count.add"); goes when
 * fewer than that do in `cycles` cycles running ("count.retire"). */
enum { COUNT_LEAST = 3 };
policy_result count_step(const update_settings *p, policy_memory before, const policy_input *in);

#endif
