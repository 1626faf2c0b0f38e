#include "plan/policy.h"

#include <math.h>

/* As far as state/items.yaml counts. */
enum { RUNNING_MOST = 1000000 };
/* A part of a whole number of employers, such as .12 of 25, must not miss it by rounding. */
#define PART_TOLERANCE 1e-9

bool policy_employers(const update_settings *p, double naming, double in_sample)
{
	if (isnan(naming) || isnan(in_sample))
		return true;
	double needed = fmax(p->least_employers, p->employer_part * in_sample);
	return naming + PART_TOLERANCE >= fmin(needed, in_sample);
}

static policy_result unmoved(policy_memory before, const char *rule)
{
	return (policy_result){ .memory = before, .rule = rule };
}

static policy_result move(item_state state, int running, double entered, const char *rule)
{
	return (
		policy_result){ .memory = { .state = state, .running = running, .entered = entered }, .rule = rule };
}

/* Cycles in a row, this one included, that an item has been in the state in which it waits to move on. */
static int count_cycle(policy_memory before, item_state waiting)
{
	if (before.state != (int)waiting || before.running < 0)
		return 1;
	return before.running < RUNNING_MOST ? before.running + 1 : RUNNING_MOST;
}

/* ---- items that are out */

/* What the machine itself lets in came in at `add` at least, whatever the lower bound of that one cycle was:
 * what made up for it were other cycles. */
static policy_result enter(const update_settings *p, const estimate *e, const char *rule)
{
	return move(ITEM_PLANNED, 0, fmax(e->low80, p->add), rule);
}

/* Nothing brings it in: it stays out and is watched or not. That it was once in stays to be seen. */
static policy_result rest(const update_settings *p, policy_memory before, const estimate *e)
{
	bool watched = e->share >= p->watch;
	item_state state = before.state == ITEM_RETIRED ? ITEM_RETIRED : watched ? ITEM_WATCH : ITEM_ABSENT;
	return move(state, 0, NAN, before.state == (int)state ? "stay" : watched ? "watch.share" : "watch.left");
}

static policy_result step_out(const update_settings *p, policy_memory before, const policy_input *in)
{
	const estimate *e = &in->now;
	bool beta = p->preset == PRESET_BETA;
	bool sure = beta ? e->above_add >= p->p_add : e->low80 >= p->add;
	if (!sure && !(e->share >= p->add))
		return rest(p, before, e);
	if (!policy_employers(p, e->employers, in->sample_employers))
		return move(ITEM_CANDIDATE, 0, NAN, "employers.few");
	if (sure)
		return enter(p, e, beta ? "add.posterior" : "add.lower-bound");
	int running = beta ? 0 : count_cycle(before, ITEM_CANDIDATE);
	if (!beta && running >= p->cycles)
		return enter(p, e, "add.share.running");
	return move(ITEM_CANDIDATE, running, NAN, "candidate.share");
}

/* ---- items that are in */

static policy_result leave(const char *rule)
{
	return move(ITEM_RETIRED, 0, NAN, rule);
}

/* Nothing takes it away: core or not. */
static policy_result settle(const update_settings *p, policy_memory before, const estimate *e)
{
	bool was_core = before.state == ITEM_CORE;
	if (e->low80 >= p->core || (was_core && e->high80 >= p->core))
		return move(ITEM_CORE, 0, before.entered, was_core ? "stay" : "core.lower-bound");
	return move(ITEM_PLANNED, 0, before.entered,
		was_core                         ? "core.left"
		: before.state == ITEM_DECLINING ? "recover"
										 : "stay");
}

/* Why an item must not go, although its share says so; NULL: it may. */
static const char *kept_by(const policy_input *in)
{
	return in->pinned ? "pinned" : in->guarded ? "cohort" : NULL;
}

/* Its upper bound is below the one that counts. */
static policy_result decline(const update_settings *p, policy_memory before, const policy_input *in)
{
	int running = count_cycle(before, ITEM_DECLINING);
	bool goes = running >= p->cycles;
	if (goes && !kept_by(in))
		return leave("retire.upper-bound.running");
	return move(ITEM_DECLINING, running, before.entered, goes ? kept_by(in) : "decline.upper-bound");
}

/* By the posterior, which has the cycles before in it, at once. */
static policy_result step_in_by_posterior(
	const update_settings *p, policy_memory before, const policy_input *in)
{
	if (!(in->now.above_retire < p->p_retire))
		return settle(p, before, &in->now);
	if (!kept_by(in))
		return leave("retire.posterior");
	policy_result out = settle(p, before, &in->now);
	out.rule = kept_by(in);
	return out;
}

static policy_result step_in(const update_settings *p, policy_memory before, const policy_input *in)
{
	if (p->preset == PRESET_BETA && !(before.entered < p->retire))
		return step_in_by_posterior(p, before, in);
	double bound = fmin(p->retire, before.entered); /* NAN is passed over */
	return in->now.high80 < bound ? decline(p, before, in) : settle(p, before, &in->now);
}

/* ---- the machine */

static policy_result step_owned(const update_settings *p, policy_memory before, const policy_input *in)
{
	policy_result out = rest(p, before, &in->now);
	out.rule = "owned";
	return out;
}

policy_result policy_step(const update_settings *p, policy_memory before, const policy_input *in)
{
	bool is_in = item_is_in(before.state);
	if (in->owned && is_in)
		return leave("owned");
	if (!(in->now.effective >= p->least_sample))
		return unmoved(before, "sample.small");
	if (isnan(in->now.share))
		return unmoved(before, "not.asked");
	if (in->owned)
		return step_owned(p, before, in);
	return is_in ? step_in(p, before, in) : step_out(p, before, in);
}
