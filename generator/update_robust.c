/* What would take a decision back: the same step of the state machine, on other evidence. */
#include "update.h"

#include <math.h>

enum { FURTHER_MOST = 1000 };

/* Whether the item would be in the course as it is now decided, had the estimate been this one. */
static bool stays_decided(updating *u, const item_step *i, estimate now)
{
	policy_input in = i->input;
	in.now = update_estimate(u, i, now);
	policy_result other = policy_step(&u->context->course.policy.update, i->before, &in);
	return item_is_in(other.memory.state) == item_is_in(i->result.memory.state) &&
		   (other.memory.state == ITEM_CORE) == (i->result.memory.state == ITEM_CORE);
}

static bool stays_after(updating *u, const item_step *i, int further, bool naming)
{
	static const cycle_item nothing = { 0 };
	const cycle_item *counted = i->counted ? i->counted : &nothing;
	return stays_decided(u, i, cycle_estimate_after(&u->counts, counted, further, naming));
}

/* The fewest, by doubling and then halving: more of the same evidence does not bring a decision back. */
static int reverse_after(updating *u, const item_step *i, bool naming)
{
	int most = 1, least = 0; /* with so many it stays */
	while (stays_after(u, i, most, naming)) {
		if (most == FURTHER_MOST)
			return SCHEMA_UNSET;
		least = most;
		most = 2 * most < FURTHER_MOST ? 2 * most : FURTHER_MOST;
	}
	while (most - least > 1) {
		int middle = least + (most - least) / 2;
		if (stays_after(u, i, middle, naming))
			least = middle;
		else
			most = middle;
	}
	return most;
}

static str leave_out(updating *u, const item_step *i)
{
	enum { NAMED = 5 };
	buf b = { .arena = &u->context->arena };
	size_t fragile = 0, count = u->counts.employers.len;
	if (!u->from_ledger)
		return STR("unknown: a workbook does not say which employer asks for what");
	if (count < 2)
		return count ? arena_printf(b.arena,
						   "fragile: it hangs on %.*s alone, of which all vacancies are whose employer is "
						   "known",
						   STRF(u->counts.employers.ptr[0].name))
					 : STR("unknown: no employer is known");
	for (size_t e = 0; e < count; e++) {
		if (stays_decided(u, i, cycle_estimate_without(&u->counts, i->counted, e)))
			continue;
		if (fragile < NAMED)
			buf_printf(&b, "%s%.*s", fragile ? ", " : "fragile: not without ",
				STRF(u->counts.employers.ptr[e].name));
		fragile++;
	}
	if (fragile > NAMED)
		buf_printf(&b, " and %zu more of %zu employers", fragile - NAMED, count);
	return fragile ? buf_done(&b) : STR("stable");
}

change_robust update_robustness(updating *u, const item_step *i)
{
	bool came = item_is_in(i->result.memory.state) &&
				(!item_is_in(i->before.state) || i->result.memory.state == ITEM_CORE);
	if (i->against) /* no posting changes what people decided */
		return (change_robust){ .reverse_after = SCHEMA_UNSET };
	return (change_robust){ .leave_one_employer_out = leave_out(u, i),
		.reverse_after = reverse_after(u, i, !came),
		.reverse_by = came ? STR("without it") : STR("with it") };
}
