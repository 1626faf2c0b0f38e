#include "render/backtest.h"

#include "base/number.h"

#include <math.h>

/* ---- a table of plain text: columns as wide as what stands in them */

enum { COLUMNS_MAX = 10 };

typedef struct {
	arena *a;
	size_t columns;
	uint32_t left; /* bits: these columns are aligned to the left */
	vec_str cells;
} table;

static void put_row(table *t, const str *cells)
{
	for (size_t i = 0; i < t->columns; i++)
		vec_push(t->a, &t->cells, cells[i]);
}

static void pad(buf *b, size_t count)
{
	while (count--)
		buf_char(b, ' ');
}

static void put_cell(buf *out, str cell, size_t width, bool left, bool last)
{
	if (!left)
		pad(out, width - cell.len);
	buf_str(out, cell);
	if (left && !last)
		pad(out, width - cell.len);
	if (!last)
		pad(out, 2);
}

static void put_table(buf *out, const table *t)
{
	size_t widths[COLUMNS_MAX] = { 0 };
	for (size_t i = 0; i < t->cells.len; i++)
		if (t->cells.ptr[i].len > widths[i % t->columns])
			widths[i % t->columns] = t->cells.ptr[i].len;
	for (size_t i = 0; i < t->cells.len; i++) {
		size_t column = i % t->columns;
		bool last = column + 1 == t->columns;
		put_cell(out, t->cells.ptr[i], widths[column], t->left >> column & 1, last);
		if (last)
			buf_char(out, '\n');
	}
}

/* ---- numbers; "-" for what there is not */

static str number(arena *a, double d, int decimals)
{
	buf b = { .arena = a };
	if (isnan(d))
		return STR("-");
	buf_rounded(&b, d, decimals);
	return buf_done(&b);
}

static str percent(arena *a, double part)
{
	return isnan(part) ? STR("-") : arena_printf(a, "%.*s %%", STRF(number(a, part * 100, 0)));
}

static const char *plural(double n)
{
	return n == 1 ? "y" : "ies";
}

/* ---- what was looked at */

static void put_rest(buf *out, double vacancies, const char *which)
{
	if (vacancies > 0)
		buf_printf(out, "%.0f vacanc%s %s %s left out.\n", vacancies, plural(vacancies), which,
			vacancies == 1 ? "is" : "are");
}

static void put_left_out(buf *out, const backtest_report *r)
{
	str least = number(out->arena, r->input->policy->least_sample, 2);
	if (r->merged)
		buf_printf(out,
			"%zu window%s had fewer than %.*s effective vacancies and count%s with the next one.\n",
			r->merged, r->merged == 1 ? "" : "s", STRF(least), r->merged == 1 ? "s" : "");
	put_rest(out, r->waiting, "at the end, too few for a window,");
	put_rest(out, r->later, "after the last window");
	put_rest(out, r->undated, "without a date");
}

static void put_windows(buf *out, const backtest_report *r)
{
	arena *a = out->arena;
	table t = { .a = a, .columns = 5, .left = 2 };
	const str head[] = { STR("window"), STR("months"), STR("vacancies"), STR("effective"), STR("employers") };
	put_row(&t, head);
	for (size_t i = 0; i < r->input->windows.len; i++) {
		const backtest_window *w = &r->input->windows.ptr[i];
		const str row[] = { number(a, (double)i + 1, 0),
			arena_printf(a, "%.*s to %.*s", STRF(w->from), STRF(w->until)), number(a, w->vacancies, 0),
			number(a, w->effective, 1), number(a, w->employers, 0) };
		put_row(&t, row);
	}
	put_table(out, &t);
}

/* ---- what the policies did */

static void put_policies(buf *out, const backtest_report *r)
{
	arena *a = out->arena;
	table t = { .a = a, .columns = 9, .left = 1 };
	const str head[] = { STR("policy"), STR("flips"), STR("flip rate"), STR("mean lag"), STR("followed"),
		STR("not yet"), STR("novelty"), STR("removal"), STR("in at the end") };
	put_row(&t, head);
	for (int i = 0; i < BACKTEST_POLICIES; i++) {
		const backtest_figures *f = &r->result->figures[i];
		const str row[] = { str_from(backtest_policy_names[i]), number(a, (double)f->flips, 0),
			number(a, f->flip_rate, 4), number(a, f->lag, 2), number(a, (double)f->late, 0),
			number(a, (double)f->open, 0), percent(a, f->novelty), percent(a, f->removal),
			number(a, (double)f->in, 0) };
		put_row(&t, row);
	}
	put_table(out, &t);
	buf_printf(out,
		"\n"
		"In the first window nothing was in the course, so what comes in there counts in no figure.\n"
		"flips: items that came in or went; flip rate: per item and window. mean lag: windows until a share\n"
		"that crossed %.*s for good is followed; followed, not yet: by how many items it is.\n"
		"novelty, removal: part of the course that is new, or goes, in a window.\n",
		STRF(percent(a, r->input->policy->add)));
}

/* ---- items */

static const char signs[ITEM_STATES + 1] = ".:?+#-x";

static str states_text(arena *a, const int *states, size_t windows)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < windows; i++)
		buf_char(&b, signs[states[i]]);
	return buf_done(&b);
}

static str shares_text(arena *a, const backtest_item *item, size_t windows)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < windows; i++) {
		str share = number(a, item->windows[i].share * 100, 0);
		pad(&b, (i ? 1u : 0u) + 3 - (share.len < 3 ? share.len : 3));
		buf_str(&b, share);
	}
	return buf_done(&b);
}

static void put_items(buf *out, const backtest_report *r)
{
	arena *a = out->arena;
	list_backtest_track worth = backtest_worth_showing(a, r->result);
	size_t windows = r->input->windows.len, shown = worth.len < BACKTEST_SHOWN ? worth.len : BACKTEST_SHOWN;
	table t = { .a = a, .columns = 2 + BACKTEST_POLICIES, .left = 0x1f };
	const str head[] = { STR("item"), STR("share in % by window"), str_from(backtest_policy_names[0]),
		str_from(backtest_policy_names[1]), str_from(backtest_policy_names[2]) };
	if (!worth.len) {
		BUF_LIT(out, "\nNo item changes under any policy, and none is treated differently by two of them.\n");
		return;
	}
	put_row(&t, head);
	for (size_t i = 0; i < shown; i++) {
		const backtest_track *one = worth.ptr[i];
		str row[2 + BACKTEST_POLICIES] = { one->item->id, shares_text(a, one->item, windows) };
		for (int k = 0; k < BACKTEST_POLICIES; k++)
			row[2 + k] = states_text(a, one->states[k], windows);
		put_row(&t, row);
	}
	buf_char(out, '\n');
	put_table(out, &t);
	if (worth.len > shown)
		buf_printf(out, "... and %zu more\n", worth.len - shown);
	BUF_LIT(out, ". absent  : watch  ? candidate  + planned  # core  - declining  x retired\n");
}

void backtest_text(buf *out, const backtest_report *r)
{
	double vacancies = 0;
	EACH (const backtest_window, w, r->input->windows)
		vacancies += w->vacancies;
	buf_printf(out, "%zu windows with %.0f vacanc%s that name %zu item%s\n", r->input->windows.len, vacancies,
		plural(vacancies), r->input->items.len, r->input->items.len == 1 ? "" : "s");
	put_left_out(out, r);
	buf_char(out, '\n');
	put_windows(out, r);
	buf_char(out, '\n');
	put_policies(out, r);
	put_items(out, r);
}
