#include "render/backtest.h"

#include <math.h>

/* To four digits: more are noise, and would differ from machine to machine. */
static value rounded(double d)
{
	return isnan(d) ? V_NONE : value_double(floor(d * 1e4 + 0.5) / 1e4);
}

static value windows_json(arena *a, const backtest_report *r)
{
	vec_value out = { 0 };
	EACH (const backtest_window, w, r->input->windows) {
		value v = value_new_map(a);
		value_set(a, v, "from", value_string(w->from));
		value_set(a, v, "until", value_string(w->until));
		value_set(a, v, "vacancies", rounded(w->vacancies));
		value_set(a, v, "effective", rounded(w->effective));
		value_set(a, v, "employers", rounded(w->employers));
		vec_push(a, &out, v);
	}
	return value_of(out);
}

static value policies_json(arena *a, const backtest_report *r)
{
	vec_value out = { 0 };
	for (int i = 0; i < BACKTEST_POLICIES; i++) {
		const backtest_figures *f = &r->result->figures[i];
		value v = value_new_map(a);
		value_set(a, v, "policy", value_literal(backtest_policy_names[i]));
		value_set(a, v, "flips", value_double((double)f->flips));
		value_set(a, v, "flip_rate", rounded(f->flip_rate));
		value_set(a, v, "mean_lag", rounded(f->lag));
		value_set(a, v, "followed", value_double((double)f->late));
		value_set(a, v, "not_yet", value_double((double)f->open));
		value_set(a, v, "novelty", rounded(f->novelty));
		value_set(a, v, "removal", rounded(f->removal));
		value_set(a, v, "in", value_double((double)f->in));
		vec_push(a, &out, v);
	}
	return value_of(out);
}

/* A number of each window. */
static value series(arena *a, const backtest_item *item, size_t windows, size_t member)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < windows; i++)
		vec_push(a, &out, rounded(*(const double *)(const void *)((const char *)&item->windows[i] + member)));
	return value_of(out);
}

static value states_json(arena *a, const backtest_track *t, size_t windows)
{
	value out = value_new_map(a);
	for (int which = 0; which < BACKTEST_POLICIES; which++) {
		vec_value states = { 0 };
		for (size_t i = 0; i < windows; i++)
			vec_push(a, &states, value_literal(item_state_names[t->states[which][i]]));
		value_set(a, out, backtest_policy_names[which], value_of(states));
	}
	return out;
}

static value flips_json(arena *a, const backtest_track *t)
{
	value out = value_new_map(a);
	for (int which = 0; which < BACKTEST_POLICIES; which++)
		value_set(a, out, backtest_policy_names[which], value_double((double)t->flips[which]));
	return out;
}

static value items_json(arena *a, const backtest_report *r)
{
	vec_value out = { 0 };
	size_t windows = r->input->windows.len;
	EACH (const backtest_track, t, r->result->tracks) {
		value v = value_new_map(a);
		value_set(a, v, "item", value_string(t->item->id));
		value_set(a, v, "name", value_string(t->item->name));
		value_set(a, v, "named", series(a, t->item, windows, offsetof(estimate, named)));
		value_set(a, v, "share", series(a, t->item, windows, offsetof(estimate, share)));
		value_set(a, v, "low80", series(a, t->item, windows, offsetof(estimate, low80)));
		value_set(a, v, "high80", series(a, t->item, windows, offsetof(estimate, high80)));
		value_set(a, v, "states", states_json(a, t, windows));
		value_set(a, v, "flips", flips_json(a, t));
		value_set(a, v, "differs", value_bool(t->differs));
		vec_push(a, &out, v);
	}
	return value_of(out);
}

value backtest_json(arena *a, const backtest_report *r)
{
	value v = value_new_map(a);
	value_set(a, v, "threshold", rounded(r->input->policy->add));
	value_set(a, v, "merged", value_double((double)r->merged));
	value_set(a, v, "windows", windows_json(a, r));
	value_set(a, v, "waiting", rounded(r->waiting));
	value_set(a, v, "later", rounded(r->later));
	value_set(a, v, "undated", rounded(r->undated));
	value_set(a, v, "policies", policies_json(a, r));
	value_set(a, v, "items", items_json(a, r));
	return v;
}
