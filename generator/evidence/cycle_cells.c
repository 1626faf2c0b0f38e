#include "evidence/cycle_cells.h"

#include "base/number.h"
#include "base/text.h"
#include "evidence/cycle_parts.h"
#include "evidence/weights.h"

#include <math.h>
#include <stdlib.h>

/* ---- counting */

typedef struct {
	const rollup_cell *cell;
	int month;
	double level; /* what its level of seniority weighs */
} dated_cell;

typedef struct {
	const cell_cycle *in;
	arena *a;
	LIST(dated_cell) cells; /* by employer */
	cycle_sums sums;
} counter;

/* Sums of fractions depend on their order, so it is fixed. */
static int by_employer(const void *a, const void *b)
{
	const dated_cell *x = a, *y = b;
	int order = str_cmp(x->cell->employer, y->cell->employer);
	order = order ? order : (x->month > y->month) - (x->month < y->month);
	order = order ? order : str_cmp(x->cell->region, y->cell->region);
	order = order ? order : str_cmp(x->cell->seniority, y->cell->seniority);
	return order ? order : (x->cell->postings > y->cell->postings) - (x->cell->postings < y->cell->postings);
}

static void take_cells(counter *k)
{
	dated_cell *kept = NEWN(k->a, dated_cell, k->in->cells.len);
	size_t count = 0;
	for (size_t i = 0; kept && i < k->in->cells.len; i++) {
		dated_cell c = { .cell = &k->in->cells.ptr[i] };
		c.level = seniority_factor(k->in->analysis, c.cell->seniority);
		bool dated = month_parse(&c.month, c.cell->month);
		if (dated && c.month >= k->in->from && c.month <= k->in->until && c.cell->postings > 0 && c.level > 0)
			kept[count++] = c;
	}
	if (count)
		qsort(kept, count, sizeof *kept, by_employer);
	k->cells.ptr = kept;
	k->cells.len = count;
}

/* Cells of the same employer from that place on. */
static size_t run_length(const counter *k, size_t from)
{
	size_t to = from;
	while (to < k->cells.len && str_eq(k->cells.ptr[to].cell->employer, k->cells.ptr[from].cell->employer))
		to++;
	return to - from;
}

static void see_whether_capped(counter *k)
{
	double known = 0;
	for (size_t at = 0; at < k->cells.len; at += run_length(k, at))
		known += k->cells.ptr[at].cell->employer.len > 0;
	k->sums.out->capped = known >= k->in->policy->least_employers;
}

/* ---- items */

/* `employer`: SIZE_MAX if it is not known. */
static void count_items(counter *k, const rollup_cell *c, double weight, size_t employer)
{
	EACH (const rollup_item, one, c->items) {
		str_cut cut = str_split(one->key, ':');
		growing_item *g = str_eq(cut.head, STR("concept")) ? cycle_sums_item(&k->sums, cut.tail) : NULL;
		double value = one->postings * weight * strength_factor(k->in->analysis, one->strength);
		if (g)
			cycle_sums_add(&k->sums, g, employer, one->postings, value);
	}
}

/* ---- employers */

/* All cells of one employer, or all those of no known one. */
static void count_run(counter *k, const dated_cell *run, size_t count)
{
	cycle_employer sums = { .name = run->cell->employer };
	size_t employer = cycle_sums_next(&k->sums, sums.name);
	for (size_t i = 0; i < count; i++)
		sums.vacancies += run[i].cell->postings;
	double cap = sums.name.len && k->sums.out->capped ? k->in->policy->employer_cap : NAN;
	double factor = employer_factor(cap, sums.vacancies);
	sums.left = fmin(sums.vacancies, cap); /* NAN is passed over */
	for (size_t i = 0; i < count; i++) {
		double n = run[i].cell->postings, weight = factor * run[i].level;
		sums.weight += n * weight;
		sums.squares += n * weight * weight;
		count_items(k, run[i].cell, weight, employer);
	}
	cycle_sums_close(&k->sums, sums);
}

/* ---- */

static void find_months(counter *k)
{
	int first = -1, last = -1;
	EACH (const dated_cell, c, k->cells) {
		first = first < 0 || c->month < first ? c->month : first;
		last = c->month > last ? c->month : last;
	}
	k->sums.out->from = month_text(k->a, first);
	k->sums.out->until = month_text(k->a, last);
}

bool cycle_of_cells(cycle_counts *out, arena *a, const cell_cycle *in)
{
	*out = (cycle_counts){ .source = STR("ledger") };
	counter k = {
		.in = in, .a = a, .sums = { .a = a, .catalog = in->catalog, .out = out, .places = { .arena = a } }
	};
	take_cells(&k);
	see_whether_capped(&k);
	find_months(&k);
	for (size_t at = 0, count; at < k.cells.len; at += count) {
		count = run_length(&k, at);
		count_run(&k, &k.cells.ptr[at], count);
	}
	cycle_sums_finish(&k.sums);
	return !a->failed;
}

/* ---- cutting */

typedef VEC(month_span) vec_month_span;
typedef VEC(int) vec_month;

static int by_number(const void *a, const void *b)
{
	const int *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Each once, in order. */
static vec_month months_of(arena *a, list_cell cells)
{
	vec_month all = { 0 };
	size_t kept = 0;
	int month;
	EACH (const rollup_cell, c, cells)
		if (c->postings > 0 && month_parse(&month, c->month))
			vec_push(a, &all, month);
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_number);
	for (size_t i = 0; i < all.len; i++)
		if (!kept || all.ptr[kept - 1] != all.ptr[i])
			all.ptr[kept++] = all.ptr[i];
	all.len = kept;
	return all;
}

static bool cut_evenly(vec_month_span *out, arena *a, const vec_month *months, int64_t count, str *wrong)
{
	if (count < 2 || count > SPANS_MAX) {
		*wrong = arena_printf(a, "the number of windows is from 2 to %d", SPANS_MAX);
		return false;
	}
	if (months->len < (size_t)count) {
		*wrong = arena_printf(a, "the vacancies are of %zu month%s, too few for %d windows", months->len,
			months->len == 1 ? "" : "s", (int)count);
		return false;
	}
	size_t each = months->len / (size_t)count, end = months->len - each * ((size_t)count - 1);
	for (int from = months->ptr[0]; end <= months->len; end += each) {
		vec_push(a, out, (month_span){ .from = from, .until = months->ptr[end - 1] });
		from = months->ptr[end - 1] + 1;
	}
	return true;
}

static bool cut_at(vec_month_span *out, arena *a, const vec_month *months, str ends, str *wrong)
{
	int from = months->ptr[0], last = -1;
	for (str_cut cut = { .tail = ends, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		str word = str_trim(cut.head);
		int end;
		if (!text_is_month(word) || !month_parse(&end, word)) {
			*wrong =
				arena_printf(a, "'%.*s' is neither a number of windows nor a month (YYYY-MM)", STRF(word));
			return false;
		}
		if (end <= last) {
			*wrong = arena_printf(a, "%.*s does not come after the month before it", STRF(word));
			return false;
		}
		vec_push(a, out, (month_span){ .from = from < end ? from : end, .until = end });
		from = end + 1;
		last = end;
	}
	if (out->len >= 2 && out->len <= SPANS_MAX)
		return true;
	*wrong = arena_printf(a, "it takes 2 to %d months with which windows end", SPANS_MAX);
	return false;
}

bool month_spans(list_month_span *out, arena *a, list_cell cells, str how, str *wrong)
{
	vec_month_span spans = { 0 };
	vec_month months = months_of(a, cells);
	int64_t count;
	*out = (list_month_span){ 0 };
	*wrong = STR("");
	if (!months.len) {
		*wrong = a->failed ? STR("") : STR("no vacancy has a date");
		return false;
	}
	bool cut = integer_parse(&count, str_trim(how)) ? cut_evenly(&spans, a, &months, count, wrong)
													: cut_at(&spans, a, &months, how, wrong);
	*out = (list_month_span){ .ptr = spans.ptr, .len = spans.len };
	return cut && !a->failed;
}
