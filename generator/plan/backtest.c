#include "plan/backtest.h"

#include "evidence/posterior.h"
#include "plan/policy_naive.h"
#include "read/course.h"

#include <math.h>
#include <stdlib.h>

const char *const backtest_policy_names[] = { "wilson", "beta", "naive", NULL };

typedef struct {
	policy_function step;
	update_settings settings;
} player;

static player player_of(const update_settings *p, backtest_policy which)
{
	player out = { .step = which == BACKTEST_NAIVE ? naive_step : policy_step, .settings = *p };
	int preset = which == BACKTEST_BETA ? PRESET_BETA : PRESET_WILSON;
	if (p->preset != preset)
		out.settings.retire = course_retire_default(p, preset);
	out.settings.preset = preset;
	return out;
}

/* ---- one item */

static bool is_in(const backtest_track *t, int which, size_t window)
{
	return item_is_in(t->states[which][window]);
}

/* With what all windows up to each one say. */
static const int *replay(const player *who, arena *a, const backtest_input *in, const backtest_item *item)
{
	int *states = NEWN(a, int, in->windows.len);
	cycle_share *past = NEWN(a, cycle_share, in->windows.len);
	policy_memory memory = { .state = ITEM_ABSENT, .entered = NAN };
	for (size_t w = 0; states && past && w < in->windows.len; w++) {
		const update_settings *p = &who->settings;
		policy_input now = { .now = item->windows[w], .sample_employers = in->windows.ptr[w].employers };
		past[w] = (cycle_share){ .effective = now.now.effective, .share = now.now.share };
		if (p->preset == PRESET_BETA) {
			now.now.above_add = posterior_above(past, w + 1, p->discount, p->add);
			now.now.above_retire = posterior_above(past, w + 1, p->discount, p->retire);
		}
		memory = who->step(p, memory, &now).memory;
		states[w] = memory.state;
	}
	return past ? states : NULL;
}

static void compare(backtest_track *t, size_t windows)
{
	for (int which = 0; which < BACKTEST_POLICIES; which++)
		for (size_t w = 1; w < windows; w++)
			t->flips[which] += is_in(t, which, w) != is_in(t, which, w - 1);
	for (int which = 0; which < BACKTEST_POLICIES; which++) {
		t->changes |= t->flips[which] > 0;
		for (size_t w = 0; w < windows; w++)
			t->differs |= is_in(t, which, w) != is_in(t, 0, w);
	}
}

/* ---- figures */

/* The first window from which the share stays on its side; 0: it was always there. */
static size_t last_change(const backtest_input *in, const backtest_item *item)
{
	size_t w = in->windows.len - 1;
	bool side = item->windows[w].share >= in->policy->add;
	while (w > 0 && (item->windows[w - 1].share >= in->policy->add) == side)
		w--;
	return w;
}

static void add_lag(backtest_figures *f, const backtest_input *in, const backtest_track *t, int which)
{
	size_t windows = in->windows.len, from = last_change(in, t->item), agrees = windows;
	bool side = t->item->windows[windows - 1].share >= in->policy->add;
	if (!from)
		return;
	while (agrees > from && is_in(t, which, agrees - 1) == side)
		agrees--;
	if (agrees == windows) {
		f->open++;
		return;
	}
	f->late++;
	f->lag += (double)(agrees - from);
}

/* Parts of one window, added to the sums so far. */
typedef struct {
	double novelty, removal;
	size_t with_course, with_former; /* windows that have something in the denominator */
} turnover;

static void add_turnover(turnover *sum, const backtest *b, int which, size_t w)
{
	double came = 0, went = 0, before = 0, after = 0;
	EACH (const backtest_track, t, b->tracks) {
		bool was = is_in(t, which, w - 1), is = is_in(t, which, w);
		before += was;
		after += is;
		came += !was && is;
		went += was && !is;
	}
	if (after > 0) {
		sum->novelty += came / after;
		sum->with_course++;
	}
	if (before > 0) {
		sum->removal += went / before;
		sum->with_former++;
	}
}

static double mean(double sum, size_t count)
{
	return count ? sum / (double)count : NAN;
}

static backtest_figures figures_of(const backtest *b, const backtest_input *in, int which)
{
	backtest_figures f = { 0 };
	turnover sum = { 0 };
	size_t windows = in->windows.len;
	EACH (const backtest_track, t, b->tracks) {
		f.flips += t->flips[which];
		f.in += is_in(t, which, windows - 1);
		add_lag(&f, in, t, which);
	}
	for (size_t w = 1; w < windows; w++)
		add_turnover(&sum, b, which, w);
	f.flip_rate = mean((double)f.flips, b->tracks.len * (windows - 1));
	f.lag = mean(f.lag, f.late);
	f.novelty = mean(sum.novelty, sum.with_course);
	f.removal = mean(sum.removal, sum.with_former);
	return f;
}

static bool make_tracks(backtest *out, arena *a, const backtest_input *in)
{
	backtest_track *tracks = NEWN(a, backtest_track, in->items.len);
	for (size_t i = 0; tracks && i < in->items.len; i++) {
		tracks[i].item = &in->items.ptr[i];
		for (int which = 0; which < BACKTEST_POLICIES; which++) {
			player who = player_of(in->policy, (backtest_policy)which);
			tracks[i].states[which] = replay(&who, a, in, tracks[i].item);
		}
		if (a->failed)
			return false;
		compare(&tracks[i], in->windows.len);
	}
	out->tracks.ptr = tracks;
	out->tracks.len = tracks ? in->items.len : 0;
	return !a->failed;
}

bool backtest_run(backtest *out, arena *a, const backtest_input *in)
{
	static const backtest_figures nothing = { .flip_rate = NAN, .lag = NAN, .novelty = NAN, .removal = NAN };
	*out = (backtest){ 0 };
	if (in->windows.len && !make_tracks(out, a, in))
		return false;
	for (int which = 0; which < BACKTEST_POLICIES; which++)
		out->figures[which] = in->windows.len ? figures_of(out, in, which) : nothing;
	return true;
}

static int by_flips(const void *a, const void *b)
{
	const backtest_track *x = *(const backtest_track *const *)a, *y = *(const backtest_track *const *)b;
	size_t first = x->flips[BACKTEST_NAIVE], second = y->flips[BACKTEST_NAIVE];
	return first != second ? (first < second) - (first > second) : str_cmp(x->item->id, y->item->id);
}

list_backtest_track backtest_worth_showing(arena *a, const backtest *b)
{
	list_backtest_track out = { .ptr = NEWN(a, const backtest_track *, b->tracks.len) };
	if (!out.ptr)
		return out;
	EACH (const backtest_track, t, b->tracks)
		if (t->changes || t->differs)
			out.ptr[out.len++] = t;
	if (out.len)
		qsort(out.ptr, out.len, sizeof *out.ptr, by_flips);
	return out;
}
