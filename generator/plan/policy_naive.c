#include "plan/policy_naive.h"

#include <math.h>

static policy_result move(item_state state, int running, const char *rule)
{
	return (policy_result){ .memory = { .state = state, .running = running, .entered = NAN }, .rule = rule };
}

policy_result naive_step(const update_settings *p, policy_memory before, const policy_input *in)
{
	if (isnan(in->now.share))
		return (policy_result){ .memory = before, .rule = "not.asked" };
	return in->now.share >= p->add ? move(ITEM_PLANNED, 0, "naive.above")
								   : move(ITEM_ABSENT, 0, "naive.below");
}

policy_result count_step(const update_settings *p, policy_memory before, const policy_input *in)
{
	const estimate *e = &in->now;
	if (isnan(e->share))
		return (policy_result){ .memory = before, .rule = "not.asked" };
	if (!item_is_in(before.state)) {
		bool enough = e->named >= COUNT_LEAST && e->share >= p->add;
		return enough ? move(ITEM_PLANNED, 0, "count.add") : move(ITEM_ABSENT, 0, "stay");
	}
	if (e->named >= COUNT_LEAST)
		return move(ITEM_PLANNED, 0, "stay");
	int running = before.state == ITEM_DECLINING ? before.running + 1 : 1;
	return running >= p->cycles ? move(ITEM_ABSENT, 0, "count.retire")
								: move(ITEM_DECLINING, running, "count.few");
}
