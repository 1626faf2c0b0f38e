/* The state machine with hysteresis: from the estimates of a cycle to the state of an item. Pure functions.
 *
 * wilson (default): an item comes in when the lower 80 % bound of its share reaches `add` once, or the share
 * itself in `cycles` cycles running; it goes when the upper bound is below `retire` in as many running. beta:
 * it comes in when P(share > add) >= p_add, and goes when P(share > retire) < p_retire. An item that came in
 * with a lower bound below the threshold (because a rule or a person wanted it) goes only when its share is
 * surely below that bound, in `cycles` cycles running under either preset: it is retired for having declined,
 * not for never having been popular. */
#ifndef PLAN_POLICY_H
#define PLAN_POLICY_H

#include "model/update.h"

/* What of an item the machine remembers. */
typedef struct {
	int state;   /* item_state */
	int running; /* cycles in a row in which the condition for moving on was met, up to the last one */
	/* Lower 80 % bound with which it came in; NAN: it is not in. What the machine itself let in has `add` at
	 * least: where one cycle's bound was below it, other cycles made up for that. */
	double entered;
} policy_memory;

/* What it is told of this cycle. */
typedef struct {
	estimate now;
	double sample_employers; /* known in the whole sample; NAN: nothing is known of employers */
	bool owned;   /* banned, or another course's: never comes in, and goes at once, pinned or not */
	bool pinned;  /* never goes: declines as long as its share says so */
	bool guarded; /* a running cohort: does not go now, the same way */
} policy_input;

typedef struct {
	policy_memory memory;
	/* Static; which rule decided. Into the course: add.lower-bound, add.share.running, add.posterior; out of
	 * it: retire.upper-bound.running, retire.posterior, owned. Inside: core.lower-bound, core.left,
	 * decline.upper-bound, recover, and for what would have gone pinned and cohort. Outside:
	 * candidate.share, employers.few, watch.share, watch.left, owned. Nothing: stay, sample.small,
	 * not.asked. */
	const char *rule;
} policy_result;

/* One cycle with at least `least_sample` effective vacancies; with fewer nothing moves but what is owned
 * goes. Nothing moves either where the share was not asked. Compared exactly: at the threshold is enough to
 * come in, and not too little to stay. */
policy_result policy_step(const update_settings *p, policy_memory before, const policy_input *in);
/* Whether enough employers name it: least_employers, and employer_part of those in the sample; all of them
 * where the sample has fewer. True where nothing is known of employers. */
bool policy_employers(const update_settings *p, double naming, double in_sample);

#endif
