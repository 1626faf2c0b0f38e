#include "evidence/weights.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	weighing *out;
	arena *a;
	const analysis_settings *settings;
	int since, end, as_of; /* months; since -1: open */
	int now_from, before_from;
	bool dated;             /* only dated postings are asked for */
	map employers[WINDOWS]; /* -> double *: postings */
} weigher;

bool month_parse(int *out, str date)
{
	int64_t year, month;
	if (!text_is_month(date) && !text_is_date(date))
		return false;
	if (!integer_parse(&year, str_sub(date, 0, 4)) || !integer_parse(&month, str_sub(date, 5, 2)))
		return false;
	*out = (int)year * 12 + (int)month - 1;
	return true;
}

str month_text(arena *a, int month)
{
	return month < 0 ? STR("") : arena_printf(a, "%04d-%02d", month / 12, month % 12 + 1);
}

double effective_size(double sum, double squares)
{
	return squares > 0 ? sum * sum / squares : 0;
}

double capped_size(double sum, double squares, double left)
{
	return fmin(effective_size(sum, squares), left);
}

double employer_factor(double cap, double count)
{
	return count > cap ? cap / count : 1;
}

double seniority_factor(const analysis_settings *s, str seniority)
{
	bool counts_in_full =
		s->seniority < 0 || !seniority.len || str_eq_nocase(seniority, str_from(level_names[s->seniority]));
	return counts_in_full ? 1 : s->other_seniority;
}

double strength_factor(const analysis_settings *s, int strength)
{
	return strength == 2   ? s->strength.required
		   : strength == 1 ? s->strength.preferred
						   : s->strength.mentioned;
}

static int month_or(str date, int otherwise)
{
	int month;
	return month_parse(&month, date) ? month : otherwise;
}

static int by_place(const void *a, const void *b)
{
	const weighed_cell *x = a, *y = b;
	if (x->month != y->month)
		return x->month < y->month ? -1 : 1;
	int order = str_cmp(x->cell->employer, y->cell->employer);
	order = order ? order : str_cmp(x->cell->region, y->cell->region);
	order = order ? order : str_cmp(x->cell->seniority, y->cell->seniority);
	order = order ? order : (x->cell->postings > y->cell->postings) - (x->cell->postings < y->cell->postings);
	return order ? order
				 : (x->cell->items.len > y->cell->items.len) - (x->cell->items.len < y->cell->items.len);
}

static bool says(str value, str words)
{
	return words.len == 0 || text_find_word(value, words, 0, false) != SIZE_MAX;
}

static bool is_named(const analysis_filter *f, str region, str employer)
{
	return says(region, f->region) && says(employer, f->employer);
}

/* Months; -1: open. */
typedef struct {
	int since, end;
	bool dated; /* only dated postings are asked for */
} span;

static span span_of(const analysis_filter *f)
{
	int until = month_or(f->until, -1), as_of = month_or(f->as_of, -1);
	span out = { .since = month_or(f->since, -1),
		.end = until < 0 || (as_of >= 0 && as_of < until) ? as_of : until };
	out.dated = out.since >= 0 || out.end >= 0;
	return out;
}

bool filter_keeps(const analysis_filter *f, str date, str region, str employer)
{
	span s = span_of(f);
	int month = month_or(date, -1);
	bool in_time = month < 0 ? !s.dated : month >= s.since && (s.end < 0 || month <= s.end);
	return in_time && is_named(f, region, employer);
}

/* Of a cell that the words of the filter leave out. */
static void count_silent(weighing *out, const rollup_cell *c, const analysis_filter *f)
{
	analysis_filter rest = *f;
	rest.region = c->region.len ? f->region : STR("");
	rest.employer = c->employer.len ? f->employer : STR("");
	if (filter_keeps(&rest, c->month, c->region, c->employer))
		*(f->region.len && !c->region.len ? &out->no_region : &out->no_employer) += c->postings;
}

/* Copies the cells that no filter but time leaves out. */
static void take_cells(weigher *w, list_cell cells, const analysis_filter *f)
{
	weighed_cell *kept = NEWN(w->a, weighed_cell, cells.len);
	w->out->cells.ptr = kept;
	for (size_t i = 0; kept && i < cells.len; i++) {
		const rollup_cell *c = &cells.ptr[i];
		if (!(c->postings > 0))
			continue;
		if (is_named(f, c->region, c->employer)) {
			kept[w->out->cells.len++] = (weighed_cell){ .cell = c, .month = month_or(c->month, -1) };
			continue;
		}
		w->out->filtered += c->postings;
		count_silent(w->out, c, f);
	}
	if (w->out->cells.len)
		qsort(kept, w->out->cells.len, sizeof *kept, by_place);
}

static void find_windows(weigher *w, const analysis_filter *f)
{
	int latest = -1;
	EACH (const weighed_cell, c, w->out->cells)
		latest = c->month > latest ? c->month : latest;
	span s = span_of(f);
	w->out->since = w->since = s.since;
	w->out->until = s.end;
	w->end = s.end >= 0 ? s.end : latest;
	w->as_of = month_or(f->as_of, w->end);
	w->dated = s.dated;
	int length = w->since >= 0 && w->since <= w->end ? w->end - w->since + 1 : w->settings->trend.months;
	w->now_from = w->end - length + 1;
	w->before_from = w->now_from - length * w->settings->trend.windows;
}

static bool in_window(const weigher *w, int month, window which)
{
	switch (which) {
	case WINDOW_ALL:
		return month < 0 ? !w->dated : month >= w->since && month <= w->end;
	case WINDOW_NOW:
		return month >= 0 && month >= w->now_from && month <= w->end;
	default:
		return month >= 0 && month >= w->before_from && month < w->now_from;
	}
}

static void count_employers(weigher *w)
{
	for (int i = 0; i < WINDOWS; i++) {
		w->employers[i].arena = w->a;
		EACH (const weighed_cell, c, w->out->cells) {
			if (!in_window(w, c->month, (window)i))
				continue;
			double *count = map_get(&w->employers[i], c->cell->employer);
			double *fresh = count ? NULL : NEW(w->a, double);
			if (fresh)
				map_put(&w->employers[i], c->cell->employer, fresh);
			if (count || fresh)
				*(count ? count : fresh) += c->cell->postings;
		}
	}
}

static double cap_factor(const weigher *w, const rollup_cell *c, int which)
{
	const double *count = c->employer.len ? map_get(&w->employers[which], c->employer) : NULL;
	return count ? employer_factor(w->settings->employer_cap, *count) : 1;
}

static double age_factor(const weigher *w, int month, int oldest)
{
	if (isnan(w->settings->half_life))
		return 1;
	int age = w->as_of - (month < 0 ? oldest : month);
	return exp2(-(age > 0 ? age : 0) / w->settings->half_life);
}

static void weigh(weigher *w, int which, int oldest)
{
	double squares = 0, capped = 0;
	weighing *out = w->out;
	EACH (weighed_cell, c, out->cells) {
		if (!in_window(w, c->month, (window)which))
			continue;
		double cap = cap_factor(w, c->cell, which),
			   one = cap * seniority_factor(w->settings, c->cell->seniority);
		if (which == WINDOW_ALL)
			one *= age_factor(w, c->month, oldest);
		if (!(one > 0)) {
			out->filtered += which == WINDOW_ALL ? c->cell->postings : 0;
			continue;
		}
		c->weight[which] = one;
		out->postings[which] += c->cell->postings;
		out->sum[which] += c->cell->postings * one;
		squares += c->cell->postings * one * one;
		capped += c->cell->postings * cap;
		out->weighted |= which == WINDOW_ALL && one != 1;
	}
	out->effective[which] = capped_size(out->sum[which], squares, capped);
}

/* Postings that the time left out, and the months that are left. */
static int find_months(weigher *w)
{
	w->out->first = w->out->last = -1;
	EACH (const weighed_cell, c, w->out->cells) {
		if (!in_window(w, c->month, WINDOW_ALL)) {
			*(c->month < 0 ? &w->out->undated : &w->out->filtered) += c->cell->postings;
		} else if (c->month >= 0) {
			w->out->first = w->out->first < 0 ? c->month : w->out->first; /* they are sorted */
			w->out->last = c->month;
		}
	}
	return w->out->first < 0 ? w->as_of : w->out->first;
}

bool weights_make(
	weighing *out, arena *a, list_cell cells, const analysis_settings *s, const analysis_filter *f)
{
	*out = (weighing){ 0 };
	weigher w = { .out = out, .a = a, .settings = s };
	take_cells(&w, cells, f);
	find_windows(&w, f);
	count_employers(&w);
	int oldest = find_months(&w);
	for (int i = 0; i < WINDOWS; i++)
		weigh(&w, i, oldest);
	return !a->failed;
}
