/* The latest vacancies without a walk over all: the cells of the latest month first, each hands out its own
 * in order, and one that is not among the latest so far ends its cell. */
#include "evidence/analyze.h"
#include "evidence/ledger_db.h"
#include "evidence/weights.h"

#include <stdlib.h>

typedef struct {
	ledger *l;
	arena *a;
	size_t most;
	VEC(posting_line) lines; /* the latest so far, and up to as many that came since they were sorted */
	bool full;               /* there are `most`; `last` is the last of them */
	posting_line last;
} latest;

static void sort(latest *t)
{
	if (t->lines.len)
		qsort(t->lines.ptr, t->lines.len, sizeof *t->lines.ptr, posting_line_order);
	t->full = t->most && t->lines.len >= t->most;
	t->lines.len = t->full ? t->most : t->lines.len;
	if (t->full)
		t->last = t->lines.ptr[t->most - 1];
}

/* False once the rest of the cell is too old. */
static bool take(latest *t, str employer)
{
	ledger *l = t->l;
	posting_line line = { .date = db_str(l, Q_GROUP_LATEST, 0, &l->scratch),
		.title = db_str(l, Q_GROUP_LATEST, 1, &l->scratch),
		.employer = employer,
		.location = db_str(l, Q_GROUP_LATEST, 2, &l->scratch),
		.url = db_str(l, Q_GROUP_LATEST, 3, &l->scratch) };
	if (t->full && posting_line_order(&line, &t->last) >= 0)
		return false;
	line.date = arena_str(t->a, line.date);
	line.title = arena_str(t->a, line.title);
	line.employer = arena_str(t->a, line.employer);
	line.location = arena_str(t->a, line.location);
	line.url = arena_str(t->a, line.url);
	vec_push(t->a, &t->lines, line);
	if (t->lines.len >= 2 * t->most)
		sort(t);
	return !t->a->failed;
}

/* Of a whole month. */
static bool is_too_old(const latest *t, str month)
{
	return t->full && str_cmp(month, str_sub(t->last.date, 0, month.len)) < 0;
}

static void take_cell(latest *t, int64_t cell, str employer)
{
	db_bind(t->l, Q_GROUP_LATEST, "i", cell);
	while (t->most && db_row(t->l, Q_GROUP_LATEST))
		if (!take(t, employer)) {
			db_done(t->l, Q_GROUP_LATEST);
			break;
		}
}

bool ledger_latest(
	ledger *l, arena *a, const analysis_filter *f, size_t most, list_posting_line *out, double *total)
{
	latest t = { .l = l, .a = a, .most = most };
	*out = (list_posting_line){ 0 };
	*total = 0;
	db_bind(l, Q_CELLS_LATEST, "");
	while (db_row(l, Q_CELLS_LATEST)) {
		arena *scratch = &l->scratch;
		str month = db_str(l, Q_CELLS_LATEST, 1, scratch), employer = db_str(l, Q_CELLS_LATEST, 2, scratch),
			region = db_str(l, Q_CELLS_LATEST, 3, scratch);
		if (filter_keeps(f, month, region, employer)) {
			*total += (double)db_int(l, Q_CELLS_LATEST, 4);
			if (!is_too_old(&t, month))
				take_cell(&t, db_int(l, Q_CELLS_LATEST, 0), employer);
		}
		if (!ledger_alive(l))
			return false;
		arena_free(scratch);
	}
	sort(&t);
	*out = (list_posting_line){ .ptr = t.lines.ptr, .len = t.lines.len };
	return ledger_alive(l) && !a->failed;
}
