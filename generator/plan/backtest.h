/* What a policy would have done with past evidence: every item through the state machine, window by window,
 * under each policy. Pure functions: estimates in, states and figures out. */
#ifndef PLAN_BACKTEST_H
#define PLAN_BACKTEST_H

#include "plan/policy.h"

typedef struct {
	str from, until; /* months */
	double vacancies, effective, employers;
} backtest_window;

typedef struct {
	str id, name;
	const estimate *windows; /* one for each; posteriors are worked out here */
} backtest_item;

typedef struct {
	LIST(backtest_window) windows;
	LIST(backtest_item) items; /* by id */
	const update_settings *policy;
} backtest_input;

typedef enum { BACKTEST_WILSON, BACKTEST_BETA, BACKTEST_NAIVE, BACKTEST_POLICIES } backtest_policy;
extern const char *const backtest_policy_names[];

/* One item. In the first window nothing was in the course, so whatever comes in then is no flip. */
typedef struct {
	const backtest_item *item;
	const int *states[BACKTEST_POLICIES]; /* item_state, one for each window */
	size_t flips[BACKTEST_POLICIES];      /* changes in or out after the first window */
	bool changes;                         /* there are flips under some policy */
	bool differs;                         /* in some window one policy has it in and another one out */
} backtest_track;

typedef struct {
	size_t flips;
	double flip_rate; /* per item and window after the first */
	/* Of items whose share changed sides of the threshold, and then stayed on its side to the end: windows
	 * from then until the policy agrees for good. `late` ones do so by the end, `open` ones do not. */
	double lag; /* mean of the late ones; NAN: there are none */
	size_t late, open;
	/* Mean over the windows after the first: items that come in, as a part of those then in the course, and
	 * items that go, as a part of those that were in it. NAN: there never was a course. */
	double novelty, removal;
	size_t in; /* at the end */
} backtest_figures;

typedef struct {
	LIST(backtest_track) tracks; /* as the items */
	backtest_figures figures[BACKTEST_POLICIES];
} backtest;

/* `retire` of the policy holds for its own preset; for the other one, what is its default. Borrows the items.
 * False if memory ran out. */
bool backtest_run(backtest *out, arena *a, const backtest_input *in);

/* Those that change or differ, the most flips under the naive policy first, then by id. */
typedef LIST(const backtest_track *) list_backtest_track;
list_backtest_track backtest_worth_showing(arena *a, const backtest *b);

#endif
