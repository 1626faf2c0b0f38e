/* The state machine: every transition, its edges, and what must hold whatever it is told. */
#include "policy_world.h"
#include "random.h"

/* ---- transitions */

#define NONE NAN
#define OWNED 1
#define PINNED 2
#define GUARDED 4
#define BETA 8

typedef struct {
	int state, running;
	double entered;
} memory_row;

typedef struct {
	int line;
	unsigned flags;
	memory_row before;
	double share, low, high; /* with beta: share, P(above add), P(above retire) */
	memory_row after;
	const char *rule;
} transition;

#define ROW(...) \
	{ \
		__LINE__, __VA_ARGS__ \
	}
/* The shipped thresholds: add .3, retire .3 (wilson) or .2 (beta), core .5, watch .1, 2 cycles, .8 and .2 */
static const transition transitions[] = {
	/* out, by the lower bound */
	ROW(0, { ITEM_ABSENT, 0, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	ROW(0, { ITEM_WATCH, 0, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	ROW(0, { ITEM_RETIRED, 0, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	ROW(0, { ITEM_ABSENT, 0, NONE }, .42, .3, .6, { ITEM_PLANNED, 0, .3 }, "add.lower-bound"),
	ROW(0, { ITEM_ABSENT, 0, NONE }, .95, .9, .99, { ITEM_PLANNED, 0, .9 }, "add.lower-bound"),
	/* out, by the share itself */
	ROW(0, { ITEM_ABSENT, 0, NONE }, .3, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	ROW(0, { ITEM_WATCH, 0, NONE }, .31, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	ROW(0, { ITEM_RETIRED, 0, NONE }, .31, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	ROW(0, { ITEM_CANDIDATE, 0, NONE }, .31, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, .3, .2, .4, { ITEM_PLANNED, 0, .3 }, "add.share.running"),
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, .4, .299, .6, { ITEM_PLANNED, 0, .3 }, "add.share.running"),
	ROW(0, { ITEM_CANDIDATE, 7, NONE }, .31, .2, .4, { ITEM_PLANNED, 0, .3 }, "add.share.running"),
	/* what other states remember of cycles in a row is nothing that waits */
	ROW(0, { ITEM_WATCH, 5, NONE }, .31, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	ROW(0, { ITEM_CANDIDATE, -3, NONE }, .31, .2, .4, { ITEM_CANDIDATE, 1, NONE }, "candidate.share"),
	/* out, nothing follows */
	ROW(0, { ITEM_ABSENT, 0, NONE }, .05, .02, .1, { ITEM_ABSENT, 0, NONE }, "stay"),
	ROW(0, { ITEM_ABSENT, 0, NONE }, .1, .05, .2, { ITEM_WATCH, 0, NONE }, "watch.share"),
	ROW(0, { ITEM_ABSENT, 0, NONE }, .299, .2, .4, { ITEM_WATCH, 0, NONE }, "watch.share"),
	ROW(0, { ITEM_WATCH, 0, NONE }, .2, .1, .3, { ITEM_WATCH, 0, NONE }, "stay"),
	ROW(0, { ITEM_WATCH, 0, NONE }, .099, .05, .2, { ITEM_ABSENT, 0, NONE }, "watch.left"),
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, .299, .2, .4, { ITEM_WATCH, 0, NONE }, "watch.share"),
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, .05, .02, .1, { ITEM_ABSENT, 0, NONE }, "watch.left"),
	ROW(0, { ITEM_RETIRED, 0, NONE }, .05, .02, .1, { ITEM_RETIRED, 0, NONE }, "stay"),
	ROW(0, { ITEM_RETIRED, 0, NONE }, .2, .1, .3, { ITEM_RETIRED, 0, NONE }, "stay"),
	/* in, declining */
	ROW(0, { ITEM_PLANNED, 0, .34 }, .15, .1, .299, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(0, { ITEM_CORE, 0, .34 }, .15, .1, .299, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(0, { ITEM_PLANNED, 0, NONE }, .15, .1, .299, { ITEM_DECLINING, 1, NONE }, "decline.upper-bound"),
	ROW(0, { ITEM_PLANNED, 4, .34 }, .15, .1, .299, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(0, { ITEM_DECLINING, 0, .34 }, .15, .1, .299, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(0, { ITEM_DECLINING, 1, .34 }, .15, .1, .299, { ITEM_RETIRED, 0, NONE },
		"retire.upper-bound.running"),
	ROW(0, { ITEM_DECLINING, 9, .34 }, .15, .1, .299, { ITEM_RETIRED, 0, NONE },
		"retire.upper-bound.running"),
	/* at the threshold is not below it */
	ROW(0, { ITEM_PLANNED, 0, .34 }, .2, .1, .3, { ITEM_PLANNED, 0, .34 }, "stay"),
	ROW(0, { ITEM_DECLINING, 1, .34 }, .2, .1, .3, { ITEM_PLANNED, 0, .34 }, "recover"),
	ROW(0, { ITEM_DECLINING, 1, .34 }, .6, .5, .7, { ITEM_CORE, 0, .34 }, "core.lower-bound"),
	/* an item that came in below the threshold goes below what it came in with */
	ROW(0, { ITEM_PLANNED, 0, .12 }, .1, .05, .2, { ITEM_PLANNED, 0, .12 }, "stay"),
	ROW(0, { ITEM_PLANNED, 0, .12 }, .05, .02, .12, { ITEM_PLANNED, 0, .12 }, "stay"),
	ROW(0, { ITEM_PLANNED, 0, .12 }, .05, .02, .119, { ITEM_DECLINING, 1, .12 }, "decline.upper-bound"),
	ROW(0, { ITEM_DECLINING, 1, .12 }, .05, .02, .119, { ITEM_RETIRED, 0, NONE },
		"retire.upper-bound.running"),
	ROW(0, { ITEM_DECLINING, 1, .12 }, .1, .05, .2, { ITEM_PLANNED, 0, .12 }, "recover"),
	ROW(0, { ITEM_DECLINING, 1, 0 }, 0, 0, .06, { ITEM_PLANNED, 0, 0 }, "recover"),
	/* core */
	ROW(0, { ITEM_PLANNED, 0, .34 }, .6, .5, .7, { ITEM_CORE, 0, .34 }, "core.lower-bound"),
	ROW(0, { ITEM_PLANNED, 0, .34 }, .6, .499, .7, { ITEM_PLANNED, 0, .34 }, "stay"),
	ROW(0, { ITEM_CORE, 0, .34 }, .6, .5, .7, { ITEM_CORE, 0, .34 }, "stay"),
	ROW(0, { ITEM_CORE, 0, .34 }, .4, .3, .5, { ITEM_CORE, 0, .34 }, "stay"),
	ROW(0, { ITEM_CORE, 0, .34 }, .4, .3, .499, { ITEM_PLANNED, 0, .34 }, "core.left"),
	/* owned by others */
	ROW(OWNED, { ITEM_PLANNED, 0, .34 }, .6, .5, .7, { ITEM_RETIRED, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_CORE, 0, .34 }, .6, .5, .7, { ITEM_RETIRED, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_DECLINING, 1, .34 }, .6, .5, .7, { ITEM_RETIRED, 0, NONE }, "owned"),
	ROW(OWNED | PINNED | GUARDED, { ITEM_CORE, 0, .34 }, .6, .5, .7, { ITEM_RETIRED, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_ABSENT, 0, NONE }, .6, .5, .7, { ITEM_WATCH, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_CANDIDATE, 1, NONE }, .6, .5, .7, { ITEM_WATCH, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_CANDIDATE, 1, NONE }, .05, .02, .1, { ITEM_ABSENT, 0, NONE }, "owned"),
	ROW(OWNED, { ITEM_RETIRED, 0, NONE }, .6, .5, .7, { ITEM_RETIRED, 0, NONE }, "owned"),
	/* pinned, and a running cohort */
	ROW(PINNED, { ITEM_CORE, 0, .34 }, .1, .05, .2, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(PINNED, { ITEM_DECLINING, 1, .34 }, .1, .05, .2, { ITEM_DECLINING, 2, .34 }, "pinned"),
	ROW(PINNED, { ITEM_DECLINING, 1000000, .34 }, .1, .05, .2, { ITEM_DECLINING, 1000000, .34 }, "pinned"),
	ROW(PINNED, { ITEM_DECLINING, 5, .34 }, .2, .1, .3, { ITEM_PLANNED, 0, .34 }, "recover"),
	ROW(GUARDED, { ITEM_PLANNED, 0, .34 }, .1, .05, .2, { ITEM_DECLINING, 1, .34 }, "decline.upper-bound"),
	ROW(GUARDED, { ITEM_DECLINING, 1, .34 }, .1, .05, .2, { ITEM_DECLINING, 2, .34 }, "cohort"),
	ROW(GUARDED, { ITEM_DECLINING, 2, .34 }, .1, .05, .2, { ITEM_DECLINING, 3, .34 }, "cohort"),
	ROW(0, { ITEM_DECLINING, 3, .34 }, .1, .05, .2, { ITEM_RETIRED, 0, NONE }, "retire.upper-bound.running"),
	ROW(PINNED | GUARDED, { ITEM_DECLINING, 1, .34 }, .1, .05, .2, { ITEM_DECLINING, 2, .34 }, "pinned"),
	ROW(PINNED, { ITEM_ABSENT, 0, NONE }, .05, .02, .1, { ITEM_ABSENT, 0, NONE }, "stay"),
	ROW(GUARDED, { ITEM_ABSENT, 0, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	/* not asked */
	ROW(0, { ITEM_CANDIDATE, 1, NONE }, NAN, NAN, NAN, { ITEM_CANDIDATE, 1, NONE }, "not.asked"),
	ROW(0, { ITEM_DECLINING, 1, .34 }, NAN, NAN, NAN, { ITEM_DECLINING, 1, .34 }, "not.asked"),
	ROW(OWNED, { ITEM_DECLINING, 1, .34 }, NAN, NAN, NAN, { ITEM_RETIRED, 0, NONE }, "owned"),
	/* no such states: as if it were out */
	ROW(0, { -1, 0, NONE }, .05, .02, .1, { ITEM_ABSENT, 0, NONE }, "watch.left"),
	ROW(0, { ITEM_STATES, 0, NONE }, .46, .34, .59, { ITEM_PLANNED, 0, .34 }, "add.lower-bound"),
	/* beta: in by the posterior, at once */
	ROW(BETA, { ITEM_ABSENT, 0, NONE }, .28, .8, .9, { ITEM_PLANNED, 0, .3 }, "add.posterior"),
	ROW(BETA, { ITEM_RETIRED, 0, NONE }, .5, .99, 1, { ITEM_PLANNED, 0, .388 }, "add.posterior"),
	ROW(BETA, { ITEM_ABSENT, 0, NONE }, .5, .799, 1, { ITEM_CANDIDATE, 0, NONE }, "candidate.share"),
	ROW(BETA, { ITEM_CANDIDATE, 0, NONE }, .5, .799, 1, { ITEM_CANDIDATE, 0, NONE }, "candidate.share"),
	ROW(BETA, { ITEM_CANDIDATE, 3, NONE }, .28, .5, 1, { ITEM_WATCH, 0, NONE }, "watch.share"),
	/* and out */
	ROW(BETA, { ITEM_PLANNED, 0, .3 }, .1, 0, .2, { ITEM_PLANNED, 0, .3 }, "stay"),
	ROW(BETA, { ITEM_PLANNED, 0, .3 }, .1, 0, .199, { ITEM_RETIRED, 0, NONE }, "retire.posterior"),
	ROW(BETA, { ITEM_CORE, 0, .2 }, .1, 0, .199, { ITEM_RETIRED, 0, NONE }, "retire.posterior"),
	ROW(BETA, { ITEM_PLANNED, 0, NONE }, .1, 0, .199, { ITEM_RETIRED, 0, NONE }, "retire.posterior"),
	ROW(BETA, { ITEM_DECLINING, 1, .3 }, .1, 0, .199, { ITEM_RETIRED, 0, NONE }, "retire.posterior"),
	ROW(BETA, { ITEM_DECLINING, 1, .3 }, .3, .4, .9, { ITEM_PLANNED, 0, .3 }, "recover"),
	ROW(BETA | PINNED, { ITEM_PLANNED, 0, .3 }, .1, 0, .1, { ITEM_PLANNED, 0, .3 }, "pinned"),
	ROW(BETA | GUARDED, { ITEM_CORE, 0, .3 }, .1, 0, .1, { ITEM_PLANNED, 0, .3 }, "cohort"),
	ROW(BETA | OWNED, { ITEM_CORE, 0, .3 }, .9, 1, 1, { ITEM_RETIRED, 0, NONE }, "owned"),
	ROW(BETA, { ITEM_PLANNED, 0, .3 }, .9, 1, 1, { ITEM_CORE, 0, .3 }, "core.lower-bound"),
	/* what came in below its threshold: as with wilson */
	ROW(BETA, { ITEM_PLANNED, 0, .199 }, .1, 0, .01, { ITEM_DECLINING, 1, .199 }, "decline.upper-bound"),
	ROW(BETA, { ITEM_DECLINING, 1, .199 }, .1, 0, .01, { ITEM_RETIRED, 0, NONE },
		"retire.upper-bound.running"),
	ROW(BETA, { ITEM_PLANNED, 0, .1 }, .1, 0, .01, { ITEM_PLANNED, 0, .1 }, "stay"),
};

static policy_input input_of(const transition *t)
{
	policy_input in = { .sample_employers = NAN,
		.owned = t->flags & OWNED,
		.pinned = t->flags & PINNED,
		.guarded = t->flags & GUARDED };
	if (t->flags & BETA) {
		in.now = counted(t->share * 100, 100).now;
		/* Rounded, so that the table can say it. */
		in.now.low80 = fabs(in.now.low80 - 0.4) < 0.05 ? 0.388 : in.now.low80;
		in.now.above_add = t->low;
		in.now.above_retire = t->high;
	} else {
		in.now = (estimate){
			.effective = 26, .share = t->share, .low80 = t->low, .high80 = t->high, .employers = NAN
		};
	}
	return in;
}

static bool same(double x, double y)
{
	return (isnan(x) && isnan(y)) || x == y;
}

Test(policy, transitions)
{
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	for (size_t i = 0; i < COUNT(transitions); i++) {
		const transition *t = &transitions[i];
		policy_input in = input_of(t);
		policy_memory before = { t->before.state, t->before.running, t->before.entered };
		policy_result r = policy_step(&presets[(t->flags & BETA) != 0], before, &in);
		cr_expect(r.memory.state == t->after.state && r.memory.running == t->after.running &&
					  same(r.memory.entered, t->after.entered) && strcmp(r.rule, t->rule) == 0,
			"line %d: %s, %d, %g by %s", t->line, item_state_names[r.memory.state], r.memory.running,
			r.memory.entered, r.rule);
	}
}

/* Every rule of the header decides somewhere in the table, or in one of the tests below. */
Test(policy, every_rule_is_in_the_table)
{
	static const char *const rules[] = { "add.lower-bound", "add.share.running", "add.posterior",
		"retire.upper-bound.running", "retire.posterior", "owned", "core.lower-bound", "core.left",
		"decline.upper-bound", "recover", "pinned", "cohort", "candidate.share", "watch.share", "watch.left",
		"stay", "not.asked" };
	for (size_t i = 0; i < COUNT(rules); i++) {
		bool found = false;
		for (size_t k = 0; k < COUNT(transitions) && !found; k++)
			found = strcmp(transitions[k].rule, rules[i]) == 0;
		cr_expect(found, "%s", rules[i]);
	}
}

/* ---- other settings */

static policy_result step(const update_settings *p, item_state state, int running, double k)
{
	policy_input in = counted(k, 26);
	return policy_step(p, (policy_memory){ state, running, item_is_in(state) ? 0.34 : NAN }, &in);
}

Test(policy, one_cycle_confirms_itself)
{
	update_settings p = shipped(PRESET_WILSON);
	p.cycles = 1;
	policy_result in = step(&p, ITEM_ABSENT, 0, 8), out = step(&p, ITEM_CORE, 0, 4);
	require(in.memory.state == ITEM_PLANNED && strcmp(in.rule, "add.share.running") == 0);
	require(out.memory.state == ITEM_RETIRED && strcmp(out.rule, "retire.upper-bound.running") == 0);
}

Test(policy, four_cycles_in_a_row)
{
	update_settings p = shipped(PRESET_WILSON);
	policy_memory m = { ITEM_ABSENT, 0, NAN };
	policy_input fair = counted(8, 26), poor = counted(3, 26);
	p.cycles = 4;
	for (int turn = 1; turn <= 4; turn++) {
		m = policy_step(&p, m, &fair).memory;
		require(m.state == (turn < 4 ? ITEM_CANDIDATE : ITEM_PLANNED));
		require(m.running == (turn < 4 ? turn : 0));
	}
	for (int turn = 1; turn <= 4; turn++) {
		m = policy_step(&p, m, &poor).memory;
		require(m.state == (turn < 4 ? ITEM_DECLINING : ITEM_RETIRED));
		require(m.running == (turn < 4 ? turn : 0));
	}
}

/* ---- hysteresis: with 26 vacancies, what comes in at once (11), in two cycles (8 to 10), never (7), and
 * what keeps what is in (5) */
Test(policy, hysteresis_of_26_vacancies)
{
	update_settings p = shipped(PRESET_WILSON);
	for (int k = 0; k <= 26; k++) {
		bool at_once = item_is_in(step(&p, ITEM_WATCH, 0, k).memory.state);
		bool at_last = item_is_in(step(&p, ITEM_CANDIDATE, 1, k).memory.state);
		bool kept = item_is_in(step(&p, ITEM_DECLINING, 1, k).memory.state);
		require_that(at_once == (k >= 11) && at_last == (k >= 8) && kept == (k >= 5), "k = %d", k);
		require(item_is_in(step(&p, ITEM_PLANNED, 0, k).memory.state));
	}
}

/* What the machine let in goes by the threshold, also if the bound of the cycle in which it came in was
 * lower. */
Test(policy, an_item_let_in_by_its_share_goes_by_the_threshold)
{
	update_settings p = shipped(PRESET_WILSON);
	policy_memory m = step(&p, ITEM_CANDIDATE, 1, 8).memory;
	policy_input poor = counted(4, 26);
	require(poor.now.high80 > counted(8, 26).now.low80 && poor.now.high80 < p.retire);
	m = policy_step(&p, m, &poor).memory;
	require(m.state == ITEM_DECLINING);
	require(policy_step(&p, m, &poor).memory.state == ITEM_RETIRED);
}

/* A retire threshold above add does not take away at once what was just let in. */
Test(policy, thresholds_the_wrong_way_round)
{
	update_settings p = shipped(PRESET_WILSON);
	p.retire = 0.6;
	policy_input in = counted(13, 26);
	policy_memory m = { ITEM_ABSENT, 0, NAN };
	for (int turn = 0; turn < 10; turn++) {
		m = policy_step(&p, m, &in).memory;
		require(m.state == ITEM_PLANNED);
	}
}

/* ---- employers */

Test(policy, enough_employers)
{
	static const struct {
		double naming, in_sample;
		bool enough;
	} table[] = { { 0, 10, false }, { 2, 10, false }, { 3, 10, true }, { 3, 25, true }, { 3, 26, false },
		{ 4, 26, true }, { 11, 100, false }, { 12, 100, true }, { 2, 2, true }, { 1, 2, false },
		{ 1, 1, true }, { 0, 1, false }, { 0, 0, true }, { NAN, 10, true }, { 0, NAN, true },
		{ NAN, NAN, true } };
	update_settings p = shipped(PRESET_WILSON);
	for (size_t i = 0; i < COUNT(table); i++)
		cr_expect(policy_employers(&p, table[i].naming, table[i].in_sample) == table[i].enough, "%g of %g",
			table[i].naming, table[i].in_sample);
	/* A part of a whole number that no double hits exactly. */
	p.least_employers = 0;
	for (int part = 1; part <= 100; part++) {
		p.employer_part = part / 100.0;
		require(policy_employers(&p, part * 3, 300) && !policy_employers(&p, part * 3 - 1, 300));
	}
}

Test(policy, few_employers_make_a_candidate_that_waits)
{
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	for (size_t i = 0; i < COUNT(presets); i++)
		for (int k = 8; k <= 26; k++)
			for (int running = 0; running < 4; running++) {
				policy_input in = counted(k, 26);
				in.now.employers = 2;
				in.sample_employers = 10;
				in.now.above_add = 1;
				policy_result r =
					policy_step(&presets[i], (policy_memory){ ITEM_CANDIDATE, running, NAN }, &in);
				require(r.memory.state == ITEM_CANDIDATE && r.memory.running == 0);
				require(strcmp(r.rule, "employers.few") == 0);
			}
}

Test(policy, employers_are_not_asked_of_what_is_in_or_is_rare)
{
	update_settings p = shipped(PRESET_WILSON);
	for (int state = 0; state < ITEM_STATES; state++)
		for (int k = 0; k <= 26; k++) {
			policy_input in = counted(k, 26);
			policy_memory m = { state, 1, item_is_in(state) ? 0.34 : NAN };
			policy_result known = policy_step(&p, m, &in);
			in.now.employers = 1;
			in.sample_employers = 10;
			policy_result few = policy_step(&p, m, &in);
			bool asked = !item_is_in(state) && k >= 8;
			require((strcmp(few.rule, "employers.few") == 0) == asked);
			require(asked || known.memory.state == few.memory.state);
		}
}

/* ---- small samples */

Test(policy, nothing_moves_in_a_small_sample)
{
	static const double sizes[] = { 0, 1, 11.99, NAN };
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	for (size_t i = 0; i < COUNT(sizes) * 2; i++)
		for (int state = 0; state < ITEM_STATES; state++)
			for (int k = 0; k <= 26; k++) {
				policy_input in = counted(k, 26);
				in.now.above_add = in.now.above_retire = k / 26.0;
				in.now.effective = sizes[i / 2];
				policy_memory m = { state, 1, item_is_in(state) ? 0.34 : NAN };
				policy_result r = policy_step(&presets[i % 2], m, &in);
				require(r.memory.state == state && r.memory.running == 1);
				require(same(r.memory.entered, m.entered) && strcmp(r.rule, "sample.small") == 0);
				/* What is not this course's goes whatever was counted. */
				in.owned = true;
				require(item_is_in(policy_step(&presets[i % 2], m, &in).memory.state) == false);
			}
}

Test(policy, twelve_vacancies_are_enough)
{
	update_settings p = shipped(PRESET_WILSON);
	policy_input in = counted(12, 12);
	require(policy_step(&p, (policy_memory){ ITEM_ABSENT, 0, NAN }, &in).memory.state == ITEM_PLANNED);
}

/* ---- properties */

static double any_number(random_source *r)
{
	static const double odd[] = { NAN, 0, 1, -1, 2, INFINITY, -INFINITY, 0.3, 0.5, 0.1, 0.2, 12 };
	return draw(r, 4) ? draw(r, 1001) / 1000.0 : odd[draw(r, COUNT(odd))];
}

static policy_input any_input(random_source *r)
{
	policy_input in = { .now = { .named = any_number(r),
							.effective = draw(r, 8) ? 26 : any_number(r),
							.share = any_number(r),
							.low80 = any_number(r),
							.high80 = any_number(r),
							.employers = draw(r, 2) ? NAN : draw(r, 10),
							.above_add = any_number(r),
							.above_retire = any_number(r) },
		.sample_employers = draw(r, 2) ? NAN : draw(r, 30),
		.owned = draw(r, 10) == 0,
		.pinned = draw(r, 10) == 0,
		.guarded = draw(r, 10) == 0 };
	return in;
}

/* Whatever it is told, and in whatever order: a state that exists, a count that can be written, and a bound
 * exactly if it is in (what came in by hand may have none). */
Test(policy, never_leaves_its_states)
{
	static const policy_function all[] = { policy_step, naive_step, count_step };
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	random_source r = seeded(7);
	for (size_t i = 0; i < COUNT(all) * 2; i++) {
		policy_memory m = { ITEM_ABSENT, 0, NAN };
		for (int n = 0; n < 20000; n++) {
			policy_input in = any_input(&r);
			policy_result next = all[i / 2](&presets[i % 2], m, &in);
			m = next.memory;
			require(m.state >= 0 && m.state < ITEM_STATES);
			require(m.running >= 0 && m.running <= 1000000 && next.rule);
			require(m.running == 0 || m.state == ITEM_CANDIDATE || m.state == ITEM_DECLINING);
			require(item_is_in(m.state) || isnan(m.entered));
			require(i / 2 > 0 || item_is_in(m.state) != isnan(m.entered));
		}
	}
}

static policy_input counted_with_posterior(double k, double n)
{
	policy_input in = counted(k, n);
	cycle_share one = { .effective = n, .share = k / n };
	in.now.above_add = posterior_above(&one, 1, 0.7, 0.3);
	in.now.above_retire = posterior_above(&one, 1, 0.7, 0.2);
	return in;
}

/* Of one cycle: a larger count never takes away, or keeps out, what a smaller one does not. */
Test(policy, a_larger_count_never_takes_away)
{
	static const policy_function all[] = { policy_step, naive_step, count_step };
	static const double bounds[] = { NAN, 0, 0.05, 0.12, 0.3, 0.34, 0.9 };
	static const int sizes[] = { 12, 26, 104 };
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	for (size_t which = 0; which < COUNT(all) * 2; which++)
		for (size_t i = 0; i < COUNT(bounds) * COUNT(sizes); i++)
			for (int state = 0; state < ITEM_STATES; state++)
				for (int running = 0; running < 3; running++) {
					double entered = item_is_in(state) ? bounds[i / COUNT(sizes)] : NAN;
					int n = sizes[i % COUNT(sizes)];
					bool was_in = false;
					for (int k = 0; k <= n; k++) {
						policy_input in = counted_with_posterior(k, n);
						policy_result next = all[which / 2](
							&presets[which % 2], (policy_memory){ state, running, entered }, &in);
						bool is_in = item_is_in(next.memory.state);
						require_that(is_in || !was_in, "policy %zu, %s: %d of %d", which,
							item_state_names[state], k, n);
						was_in = is_in;
					}
				}
}

/* Of a whole history: with at least as many in each cycle, it is in whenever the other is. */
Test(policy, a_better_history_never_takes_away)
{
	enum { CYCLES = 40, N = 26 };
	update_settings presets[] = { shipped(PRESET_WILSON), shipped(PRESET_BETA) };
	random_source r = seeded(11);
	for (int run = 0; run < 400; run++) {
		const update_settings *p = &presets[run % 2];
		policy_memory low = { ITEM_ABSENT, 0, NAN }, high = low;
		cycle_share low_shares[CYCLES], high_shares[CYCLES];
		uint32_t around = 2 + draw(&r, 16);
		for (size_t t = 0; t < CYCLES; t++) {
			uint32_t k = draw(&r, around), more = draw(&r, 4);
			policy_input one = counted(k, N), other = counted(k + more, N);
			low_shares[t] = (cycle_share){ N, one.now.share };
			high_shares[t] = (cycle_share){ N, other.now.share };
			if (p->preset == PRESET_BETA) {
				one.now.above_add = posterior_above(low_shares, t + 1, p->discount, p->add);
				one.now.above_retire = posterior_above(low_shares, t + 1, p->discount, p->retire);
				other.now.above_add = posterior_above(high_shares, t + 1, p->discount, p->add);
				other.now.above_retire = posterior_above(high_shares, t + 1, p->discount, p->retire);
			}
			low = policy_step(p, low, &one).memory;
			high = policy_step(p, high, &other).memory;
			require_that(!item_is_in(low.state) || item_is_in(high.state), "run %d, cycle %zu", run, t);
		}
	}
}

/* ---- the others */

Test(policy, naive_follows_the_share)
{
	update_settings p = shipped(PRESET_WILSON);
	for (int state = 0; state < ITEM_STATES; state++)
		for (int k = 0; k <= 26; k++) {
			policy_input in = counted(k, 26);
			policy_result r = naive_step(&p, (policy_memory){ state, 0, NAN }, &in);
			require(item_is_in(r.memory.state) == (k >= 8));
		}
	policy_input nothing = counted(0, 0);
	require(isnan(nothing.now.share));
	require(naive_step(&p, (policy_memory){ ITEM_PLANNED, 0, NAN }, &nothing).memory.state == ITEM_PLANNED);
}

Test(policy, count_needs_three_and_the_share)
{
	update_settings p = shipped(PRESET_WILSON);
	policy_input two = counted(2, 5), three = counted(3, 10), few = counted(2, 26), rare = counted(3, 26);
	policy_memory out = { ITEM_ABSENT, 0, NAN }, in = { ITEM_PLANNED, 0, NAN };
	require(count_step(&p, out, &two).memory.state == ITEM_ABSENT);
	require(count_step(&p, out, &rare).memory.state == ITEM_ABSENT);
	require(count_step(&p, out, &three).memory.state == ITEM_PLANNED);
	require(count_step(&p, in, &rare).memory.state == ITEM_PLANNED);
	policy_memory declining = count_step(&p, in, &few).memory;
	require(declining.state == ITEM_DECLINING && declining.running == 1);
	require(count_step(&p, declining, &rare).memory.state == ITEM_PLANNED);
	require(count_step(&p, declining, &few).memory.state == ITEM_ABSENT);
}
