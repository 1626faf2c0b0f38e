/* What the policies do when the true share is known: flips of an item whose share stays what it is, and how
 * many cycles it takes until a change of the share is followed. */
#include "policy_model.h"

#include <limits.h>

/* ---- the policies, and the shares that they are tried with */

typedef struct {
	const char *name;
	policy_function step;
	update_preset preset;
	bool finite; /* it remembers a state only, and not all cycles */
} contestant;

static const contestant contestants[] = {
	{ "naive", naive_step, PRESET_WILSON, true },
	{ "count", count_step, PRESET_WILSON, true },
	{ "wilson", policy_step, PRESET_WILSON, true },
	{ "beta", policy_step, PRESET_BETA, false },
};
enum { POLICIES = COUNT(contestants), WILSON = 2 };

static const double steady_shares[] = { .2, .25, .3, .4 };
static const double changes[][2] = { { .15, .45 }, { .45, .05 }, { .45, .15 } };
enum { SHARES = COUNT(steady_shares), CHANGES = COUNT(changes), CYCLES = 200000, RUNS = 20000 };

/* As an item is in the first cycle of a change. */
static policy_memory before_change(const contestant *who, double share, const update_settings *p)
{
	bool in = share >= p->add;
	return (policy_memory){ in ? ITEM_PLANNED : ITEM_ABSENT, 0,
		in && who->step == policy_step ? counted(11, SAMPLE).now.low80 : NAN };
}

static double exact_delay_of(const contestant *who, chain *c, const double *shift, const update_settings *p)
{
	return exact_delay(c, before_change(who, shift[0], p), shift[1]);
}

/* ---- exactly */

Test(policy_simulation, exact_figures_of_the_default)
{
	static const double flips[SHARES] = { .0357, .0445, .0098, .0001 };
	static const double delays[CHANGES] = { 1.354, 2.026, 3.901 };
	update_settings p = shipped(PRESET_WILSON);
	chain c;
	make_chain(&c, policy_step, &p);
	for (int i = 0; i < SHARES; i++) {
		double is = exact_flips(&c, steady_shares[i]);
		cr_expect(fabs(is - flips[i]) <= .00005, "flips at %g: %.5f", steady_shares[i], is);
	}
	for (int i = 0; i < CHANGES; i++) {
		double is = exact_delay_of(&contestants[WILSON], &c, changes[i], &p);
		cr_expect(fabs(is - delays[i]) <= .0005, "%g to %g: %.4f", changes[i][0], changes[i][1], is);
	}
}

/* Closed forms: a naive item flips with 2 q (1 - q), and takes 1 / q to change, where q is the probability of
 * a sample on the other side; two samples in a row with probability q each take (1 + q) / q^2. */
Test(policy_simulation, closed_forms)
{
	update_settings p = shipped(PRESET_WILSON);
	chain naive, count;
	make_chain(&naive, naive_step, &p);
	make_chain(&count, count_step, &p);
	for (double share = .05; share < .5; share += .05) {
		counts_of_share b = binomial(share);
		double enough = 0, few = 0;
		for (int k = 0; k <= SAMPLE; k++) {
			enough += k >= 8 ? b.p[k] : 0;
			few += k < 3 ? b.p[k] : 0;
		}
		policy_memory out = { ITEM_ABSENT, 0, NAN }, in = { ITEM_PLANNED, 0, NAN };
		require(fabs(exact_flips(&naive, share) - 2 * enough * (1 - enough)) < 1e-9);
		require(fabs(exact_delay(&naive, out, share) * enough - 1) < 1e-6);
		if (few > .01)
			require(fabs(exact_delay(&count, in, share) * few * few / (1 + few) - 1) < 1e-6);
	}
}

/* ---- tried out */

static bool agree(measured m, double with, double rounding)
{
	return fabs(m.mean - with) <= 4 * m.error + rounding;
}

Test(policy_simulation, trials_agree_with_what_is_exact)
{
	random_source r = seeded(3);
	for (int i = 0; i < POLICIES; i++) {
		const contestant *who = &contestants[i];
		update_settings p = shipped(who->preset);
		trial t = trial_of(who->step, &p);
		chain c;
		if (!who->finite)
			continue;
		make_chain(&c, who->step, &p);
		for (int k = 0; k < SHARES; k++) {
			measured m = tried_flips(&t, steady_shares[k], CYCLES / 1000, 1000, true, &r);
			double is = exact_flips(&c, steady_shares[k]);
			/* What is so rare that it was not seen has no error that could be estimated. */
			cr_expect(agree(m, is, 4.0 / CYCLES), "%s at %g: %g (error %g), exactly %g", who->name,
				steady_shares[k], m.mean, m.error, is);
		}
		for (int k = 0; k < CHANGES; k++) {
			share_change shift = { changes[k][0], changes[k][1], 0, INT_MAX };
			measured m = tried_delay(&t, shift, RUNS, &r);
			double is = exact_delay_of(who, &c, changes[k], &p);
			cr_expect(agree(m, is, 4.0 / RUNS), "%s, %g to %g: %g (error %g), exactly %g", who->name,
				changes[k][0], changes[k][1], m.mean, m.error, is);
		}
	}
}

/* Figures of an independent program, rounded as it printed them. It looked at the first 40 cycles of items
 * that begin on their side of the threshold, at changes after six cycles, and at none for more than 60
 * cycles. */
static const struct {
	double flips[SHARES], delays[CHANGES];
} published[POLICIES] = {
	{ { .226, .429, .496, .210 }, { 1.0, 1.0, 1.0 } },
	{ { .033, .026, .000, .000 }, { 1.1, 2.5, 21.6 } },
	{ { .032, .054, .009, .000 }, { 1.4, 2.0, 3.9 } },
	{ { .001, .008, .002, .000 }, { 3.3, 3.8, 8.3 } },
};

Test(policy_simulation, trials_agree_with_published_ones)
{
	random_source r = seeded(4);
	for (int i = 0; i < POLICIES; i++) {
		const contestant *who = &contestants[i];
		update_settings p = shipped(who->preset);
		trial t = trial_of(who->step, &p);
		for (int k = 0; k < SHARES; k++) {
			measured m = tried_flips(&t, steady_shares[k], CYCLES / 40, 40, false, &r);
			cr_expect(agree(m, published[i].flips[k], .0005), "%s at %g: %g (error %g)", who->name,
				steady_shares[k], m.mean, m.error);
		}
		for (int k = 0; k < CHANGES; k++) {
			share_change shift = { changes[k][0], changes[k][1], 6, 60 };
			measured m = tried_delay(&t, shift, RUNS, &r);
			cr_expect(agree(m, published[i].delays[k], .05), "%s, %g to %g: %g (error %g)", who->name,
				changes[k][0], changes[k][1], m.mean, m.error);
		}
	}
}
