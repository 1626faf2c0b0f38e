/* What policies would have done with the evidence of the ledger. */
#include "analysis_session.h"

#include "base/io.h"
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "evidence/cycle.h"
#include "evidence/cycle_cells.h"
#include "evidence/weights.h"
#include "render/backtest.h"

#include <stdlib.h>

typedef struct {
	cw_context *context;
	list_cell cells;
	list_month_span spans;
	VEC(cycle_counts) cycles; /* of the windows that are large enough */
	VEC(backtest_window) windows;
	VEC(backtest_item) items;
	backtest_input input;
	backtest result;
	backtest_report report;
} replaying;

/* ---- windows */

static bool has_dates(replaying *r)
{
	double dated = 0;
	EACH (const rollup_cell, cell, r->cells)
		*(cell->month.len ? &dated : &r->report.undated) += cell->postings;
	if (!(dated > 0))
		diag_file(&r->context->diags, E_LEDGER_EMPTY, ledger_path(r->context),
			r->report.undated > 0 ? "no posting in the ledger has a date, and a backtest needs them"
								  : "the ledger holds no posting: 'coursewright ingest' adds some");
	return dated > 0;
}

static bool cut_windows(replaying *r, const char *how)
{
	str wrong;
	if (!month_spans(&r->spans, &r->context->arena, r->cells, str_from(how), &wrong)) {
		if (wrong.len)
			diag_file(&r->context->diags, E_BAD_VALUE, STR(""), "'windows': %.*s", STRF(wrong));
		return false;
	}
	str end = month_text(&r->context->arena, r->spans.ptr[r->spans.len - 1].until);
	EACH (const rollup_cell, cell, r->cells)
		r->report.later += cell->month.len && str_cmp(cell->month, end) > 0 ? cell->postings : 0;
	return true;
}

static void add_window(replaying *r, const cycle_counts *counts)
{
	arena *a = &r->context->arena;
	vec_push(a, &r->cycles, *counts);
	vec_push(a, &r->windows,
		(backtest_window){ .from = counts->from,
			.until = counts->until,
			.vacancies = counts->vacancies,
			.effective = counts->effective,
			.employers = (double)counts->employers.len });
}

static bool are_enough(replaying *r)
{
	buf least = { .arena = &r->context->arena };
	if (r->windows.len >= 2)
		return true;
	buf_rounded(&least, r->context->course.policy.update.least_sample, 2);
	diag_file(&r->context->diags, E_LEDGER_EMPTY, ledger_path(r->context),
		"%s of the windows has %.*s effective vacancies, and a backtest needs two such windows: ask for "
		"fewer "
		"and "
		"longer ones, or ingest more postings",
		r->windows.len ? "only one" : "none", STRF(buf_done(&least)));
	return false;
}

/* As an update waits for more where a cycle is too small, what is too small here counts with the next window.
 */
static bool make_windows(replaying *r)
{
	cw_context *c = r->context;
	cell_cycle in = { .cells = r->cells,
		.catalog = &c->catalog,
		.analysis = &c->course.analysis,
		.policy = &c->course.policy.update,
		.from = r->spans.ptr[0].from };
	size_t small = 0;
	EACH (const month_span, span, r->spans) {
		cycle_counts counts;
		in.until = span->until;
		if (!cycle_of_cells(&counts, &c->arena, &in))
			return false;
		if (counts.effective < in.policy->least_sample) {
			small++;
			r->report.waiting = counts.vacancies;
			continue;
		}
		r->report.merged += small;
		r->report.waiting = 0;
		small = 0;
		in.from = span->until + 1;
		add_window(r, &counts);
	}
	return !c->arena.failed && are_enough(r);
}

/* ---- items */

static void find_names(replaying *r)
{
	map seen = { .arena = &r->context->arena };
	EACH (const cycle_counts, counts, r->cycles)
		EACH (const cycle_item, one, counts->items)
			if (!map_put(&seen, one->id, (void *)one))
				vec_push(&r->context->arena, &r->items, (backtest_item){ .id = one->id, .name = one->name });
}

static int by_id(const void *a, const void *b)
{
	const backtest_item *x = a, *y = b;
	return str_cmp(x->id, y->id);
}

static bool make_items(replaying *r)
{
	arena *a = &r->context->arena;
	find_names(r);
	if (r->items.len)
		qsort(r->items.ptr, r->items.len, sizeof *r->items.ptr, by_id);
	EACH (backtest_item, one, r->items) {
		estimate *windows = NEWN(a, estimate, r->cycles.len);
		for (size_t i = 0; windows && i < r->cycles.len; i++)
			windows[i] = cycle_estimate(&r->cycles.ptr[i], cycle_find(&r->cycles.ptr[i], one->id));
		one->windows = windows;
	}
	return !a->failed;
}

static bool replay(replaying *r, const char *how)
{
	if (!has_dates(r) || !cut_windows(r, how) || !make_windows(r) || !make_items(r))
		return false;
	r->input = (backtest_input){ .windows = { r->windows.ptr, r->windows.len },
		.items = { r->items.ptr, r->items.len },
		.policy = &r->context->course.policy.update };
	r->report.input = &r->input;
	r->report.result = &r->result;
	return backtest_run(&r->result, &r->context->arena, &r->input);
}

/* ---- what comes of it */

static bool is_picture(cw_context *c, const char *file)
{
	if (!file || str_ends(str_from(file), STR(".svg")))
		return true;
	diag_file(
		&c->diags, E_BAD_VALUE, STR(""), "the picture is an SVG file, and this is no name for one: %s", file);
	return false;
}

static bool write_picture(replaying *r, const char *file)
{
	arena *a = &r->context->arena;
	str picture = file ? backtest_picture(a, &r->report) : STR("");
	return !file || (picture.len && io_write(file, picture, a, &r->context->diags) != IO_FAILED);
}

static str say(replaying *r, bool json)
{
	arena *a = &r->context->arena;
	buf b = { .arena = a };
	if (!json) {
		backtest_text(&b, &r->report);
		return text_printable(a, buf_done(&b));
	}
	json_value(&b, backtest_json(a, &r->report), 0);
	buf_char(&b, '\n');
	return buf_done(&b);
}

cw_status cw_backtest(
	cw_context *c, const char *path, const char *windows, const char *picture, unsigned flags, cw_text *out)
{
	replaying r = { .context = c };
	reader understood = { 0 };
	*out = text_of(STR(""));
	bool ready = is_picture(c, picture) && evidence_prepare(c, path) && reader_open(&understood, c);
	ledger *l = ready ? evidence_ledger(c, LEDGER_WRITE) : NULL;
	bool ok = l && analysis_rematch(c, l, &understood) && ledger_rollup(l, &c->arena, &r.cells);
	ledger_close(l);
	reader_close(&understood);
	ok = ok && replay(&r, windows) && write_picture(&r, picture);
	if (ok)
		*out = text_of(say(&r, flags & CW_JSON));
	return status_of(c, ok);
}
