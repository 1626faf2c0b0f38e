/* What the policies do when the true share is known: flips of an item whose share stays what it is, and how
 * many cycles it takes until a change of the share is followed. */
#include "policy_model.h"

#include "base/io.h"

#include <limits.h>
#include <stdlib.h>

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
enum {
	SHARES = COUNT(steady_shares),
	CHANGES = COUNT(changes),
	CYCLES = 200000,
	BATCHES = 200,
	RUNS = 20000
};

/* As an item is in the first cycle of a change. */
static policy_memory before_change(const contestant *who, double share, const update_settings *p)
{
	bool in = share >= p->add;
	return (policy_memory){ in ? ITEM_PLANNED : ITEM_ABSENT, 0,
		in && who->step == policy_step ? counted(11, SAMPLE).now.low80 : NAN };
}

static double exact_shift(const contestant *who, chain *c, const double *shift, const update_settings *p)
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
		double is = exact_steadiness(&c, steady_shares[i]).flips;
		cr_expect(fabs(is - flips[i]) <= .00005, "flips at %g: %.5f", steady_shares[i], is);
	}
	for (int i = 0; i < CHANGES; i++) {
		double is = exact_shift(&contestants[WILSON], &c, changes[i], &p);
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
		steadiness s = exact_steadiness(&naive, share);
		require(fabs(s.flips - 2 * enough * (1 - enough)) < 1e-9 && fabs(s.in - enough) < 1e-9);
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
			tried_steadiness m = try_share(&t, steady_shares[k], BATCHES, CYCLES / BATCHES, true, &r);
			steadiness is = exact_steadiness(&c, steady_shares[k]);
			/* What is so rare that it was not seen has no error that could be estimated. */
			cr_expect(agree(m.flips, is.flips, 4.0 / CYCLES), "%s at %g: %g (error %g), exactly %g",
				who->name, steady_shares[k], m.flips.mean, m.flips.error, is.flips);
			cr_expect(agree(m.in, is.in, 4.0 / BATCHES), "%s at %g: in %g (error %g), exactly %g", who->name,
				steady_shares[k], m.in.mean, m.in.error, is.in);
		}
		for (int k = 0; k < CHANGES; k++) {
			share_shift shift = { changes[k][0], changes[k][1], 0, INT_MAX };
			measured m = try_shift(&t, shift, RUNS, &r);
			double is = exact_shift(who, &c, changes[k], &p);
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
			measured m = try_share(&t, steady_shares[k], CYCLES / 40, 40, false, &r).flips;
			cr_expect(agree(m, published[i].flips[k], .0005), "%s at %g: %g (error %g)", who->name,
				steady_shares[k], m.mean, m.error);
		}
		for (int k = 0; k < CHANGES; k++) {
			share_shift shift = { changes[k][0], changes[k][1], 6, 60 };
			measured m = try_shift(&t, shift, RUNS, &r);
			cr_expect(agree(m, published[i].delays[k], .05), "%s, %g to %g: %g (error %g)", who->name,
				changes[k][0], changes[k][1], m.mean, m.error);
		}
	}
}

/* ---- what docs/update.md says */

static void put_row_name(buf *out, const char *what, double from, double to)
{
	buf_printf(out, "| %s ", what);
	if (to)
		buf_printf(out, "%.2f to %.2f ", from, to);
	else
		buf_printf(out, "%.2f ", from);
}

typedef struct {
	update_settings settings[POLICIES];
	trial trials[POLICIES];
	chain chains[POLICIES];
	random_source random;
} contest;

static void prepare(contest *c)
{
	c->random = seeded(2026);
	for (int i = 0; i < POLICIES; i++) {
		c->settings[i] = shipped(contestants[i].preset);
		c->trials[i] = trial_of(contestants[i].step, &c->settings[i]);
		if (contestants[i].finite)
			make_chain(&c->chains[i], contestants[i].step, &c->settings[i]);
	}
}

/* Columns: naive, count and wilson exactly, then wilson and beta tried out. */
static void put_steadiness(buf *out, contest *c)
{
	buf in = { .arena = out->arena };
	for (int k = 0; k < SHARES; k++) {
		double share = steady_shares[k];
		put_row_name(out, "Changes per cycle, share", share, 0);
		put_row_name(&in, "Part of the time in the course, share", share, 0);
		for (int i = 0; i <= WILSON; i++) {
			steadiness s = exact_steadiness(&c->chains[i], share);
			buf_printf(out, "| %.4f ", s.flips);
			buf_printf(&in, "| %.2f ", s.in);
		}
		for (int i = WILSON; i < POLICIES; i++) {
			tried_steadiness s = try_share(&c->trials[i], share, BATCHES, CYCLES / BATCHES, true, &c->random);
			buf_printf(out, "| %.4f ", s.flips.mean);
			buf_printf(&in, "| %.2f ", s.in.mean);
		}
		BUF_LIT(out, "|\n");
		BUF_LIT(&in, "|\n");
	}
	buf_str(out, buf_done(&in));
}

static void put_shifts(buf *out, contest *c)
{
	static const char *const names[CHANGES] = { "Cycles until it comes in, share",
		"Cycles until it goes, share", "Cycles until it goes, share" };
	for (int k = 0; k < CHANGES; k++) {
		share_shift shift = { changes[k][0], changes[k][1], HISTORY, INT_MAX };
		put_row_name(out, names[k], shift.before, shift.after);
		for (int i = 0; i <= WILSON; i++)
			buf_printf(
				out, "| %.2f ", exact_shift(&contestants[i], &c->chains[i], changes[k], &c->settings[i]));
		for (int i = WILSON; i < POLICIES; i++)
			buf_printf(out, "| %.2f ", try_shift(&c->trials[i], shift, RUNS, &c->random).mean);
		BUF_LIT(out, "|\n");
	}
}

/* The fewest of `size` vacancies that name an item for it to be in afterwards. */
static int fewest(const update_settings *p, item_state before, int running, int size)
{
	for (int k = 0; k <= size; k++) {
		policy_input in = counted(k, size);
		policy_memory m = { before, running, item_is_in(before) ? p->add : NAN };
		if (item_is_in(policy_step(p, m, &in).memory.state))
			return k;
	}
	return size + 1;
}

static void put_counts(buf *out, const update_settings *p)
{
	static const int sizes[] = { 12, 26, 52, 104 };
	for (size_t i = 0; i < COUNT(sizes); i++)
		buf_printf(out, "| %d | %d | %d | %d |\n", sizes[i], fewest(p, ITEM_WATCH, 0, sizes[i]),
			fewest(p, ITEM_CANDIDATE, p->cycles - 1, sizes[i]),
			fewest(p, ITEM_DECLINING, p->cycles - 1, sizes[i]) - 1);
}

/* The share at which an item changes most often. */
static str worst_share(arena *a, const chain *c)
{
	double worst = 0, most = 0;
	for (int cents = 20; cents <= 26; cents++) {
		double flips = exact_steadiness(c, cents / 100.0).flips;
		worst = flips > most ? cents / 100.0 : worst;
		most = fmax(flips, most);
	}
	return arena_printf(
		a, "At\n  the worst share, %.2f, it is %.4f, once in %.0f cycles.", worst, most, 1 / most);
}

Test(policy_simulation, the_documentation_has_these_figures)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	arena a = { 0 };
	sources all = { .arena = &a };
	diags d = { .arena = &a, .sources = &all };
	str page = STR("");
	buf figures = { .arena = &a }, counts = { .arena = &a };
	static contest c;
	prepare(&c);
	io_read(&page, &a, arena_printf(&a, "%s/docs/update.md", root ? root : ".").ptr, &d);
	put_steadiness(&figures, &c);
	put_shifts(&figures, &c);
	put_counts(&counts, &c.settings[WILSON]);
	cr_expect(str_find(page, buf_done(&figures), 0) != SIZE_MAX, "docs/update.md has not this table:\n%.*s",
		STRF(buf_done(&figures)));
	cr_expect(str_find(page, buf_done(&counts), 0) != SIZE_MAX, "docs/update.md has not this table:\n%.*s",
		STRF(buf_done(&counts)));
	str worst = worst_share(&a, &c.chains[WILSON]);
	cr_expect(str_find(page, worst, 0) != SIZE_MAX, "docs/update.md does not say: %.*s", STRF(worst));
	arena_free(&a);
	NO_LEAKS();
}
