/* Counting: cells become tallies by key, tallies become rows (analyze_rows.c), years, degrees and lists. */
#include "evidence/analyze.h"

#include "base/number.h"
#include "evidence/analyze_parts.h"

#include <math.h>
#include <stdlib.h>

bool tally_is(str *rest, const tally *t, str prefix)
{
	*rest = str_skip(t->key, prefix.len);
	return str_starts(t->key, prefix);
}

static void add_item(analyzer *z, tally *t, const weighed_cell *c, const rollup_item *item)
{
	double factor = strength_factor(z->in->settings, item->strength);
	for (int i = 0; i < WINDOWS; i++)
		t->weighted[i] += c->weight[i] * factor * item->postings;
	if (!(c->weight[WINDOW_ALL] > 0))
		return;
	t->postings += item->postings;
	t->mentions += item->mentions;
	t->strengths[item->strength] += item->postings;
}

static int by_key(const void *a, const void *b)
{
	return str_cmp(((const tally *)a)->key, ((const tally *)b)->key);
}

static void count_items(analyzer *z)
{
	map places = { .arena = z->a };
	VEC(tally) all = { 0 };
	EACH (const weighed_cell, c, z->w.cells)
		EACH (const rollup_item, item, c->cell->items) {
			if (item->strength < 0 || item->strength >= STRENGTHS)
				continue;
			size_t *at = map_get(&places, item->key);
			if (!at) {
				at = NEW(z->a, size_t);
				vec_push(z->a, &all, (tally){ .key = item->key });
				if (!at || z->a->failed)
					return;
				*at = all.len - 1;
				map_put(&places, item->key, at);
			}
			add_item(z, &all.ptr[*at], c, item);
		}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_key);
	z->tallies.ptr = all.ptr;
	z->tallies.len = all.len;
}

static void measure_sample(analyzer *z)
{
	const strength_factors *f = &z->in->settings->strength;
	analysis *out = z->out;
	out->postings = z->w.postings[WINDOW_ALL];
	out->effective = z->w.effective[WINDOW_ALL];
	out->weighted = z->w.weighted || f->required != 1 || f->preferred != 1 || f->mentioned != 1;
	out->sample = z->w.weighted ? fmax(round(out->effective), 1) : out->postings;
	if (!(out->postings > 0))
		out->sample = 0;
	out->filtered = z->w.filtered;
	out->undated = z->w.undated;
	out->no_region = z->w.no_region;
	out->no_employer = z->w.no_employer;
	out->filter = z->in->filter;
	out->filter.since = month_text(z->a, z->w.since);
	out->filter.until = month_text(z->a, z->w.until);
	out->first = month_text(z->a, z->w.first);
	out->last = month_text(z->a, z->w.last);
	out->now_sample = z->w.effective[WINDOW_NOW];
	out->before_sample = z->w.effective[WINDOW_BEFORE];
}

/* ---- lists of names */

int count_order(const void *a, const void *b)
{
	const analysis_count *x = a, *y = b;
	if (x->postings != y->postings)
		return x->postings > y->postings ? -1 : 1;
	return str_cmp(x->name, y->name);
}

static list_analysis_count count_names(analyzer *z, size_t member)
{
	map places = { .arena = z->a };
	VEC(analysis_count) all = { 0 };
	EACH (const weighed_cell, c, z->w.cells) {
		str name = *(const str *)(const void *)((const char *)c->cell + member);
		if (!name.len || !(c->weight[WINDOW_ALL] > 0))
			continue;
		size_t *at = map_get(&places, name);
		if (!at) {
			at = NEW(z->a, size_t);
			vec_push(z->a, &all, (analysis_count){ .name = name });
			if (!at || z->a->failed)
				break;
			*at = all.len - 1;
			map_put(&places, name, at);
		}
		all.ptr[*at].postings += c->cell->postings;
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, count_order);
	return (list_analysis_count){ .ptr = all.ptr, .len = all.len };
}

static list_analysis_count count_degrees(analyzer *z)
{
	VEC(analysis_count) all = { 0 };
	str name;
	EACH (const tally, t, z->tallies)
		if (tally_is(&name, t, STR("degree:")) && t->postings > 0)
			vec_push(z->a, &all, (analysis_count){ .name = name, .postings = t->postings });
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, count_order);
	return (list_analysis_count){ .ptr = all.ptr, .len = all.len };
}

/* ---- years */

typedef struct {
	double years, weight;
} asked;

static int by_years(const void *a, const void *b)
{
	const asked *x = a, *y = b;
	return (x->years > y->years) - (x->years < y->years);
}

/* The smallest value that at least that part of the weight does not exceed. */
static double quantile(const asked *sorted, size_t count, double part)
{
	double all = 0, so_far = 0;
	for (size_t i = 0; i < count; i++)
		all += sorted[i].weight;
	for (size_t i = 0; i < count; i++) {
		so_far += sorted[i].weight;
		if (so_far >= part * all)
			return sorted[i].years;
	}
	return count ? sorted[count - 1].years : -1;
}

static void count_years(analyzer *z)
{
	VEC(asked) all = { 0 };
	analysis *out = z->out;
	str range;
	EACH (const tally, t, z->tallies) {
		double years;
		if (!tally_is(&range, t, STR("years:")) || !number_parse(&years, str_split(range, '-').head) ||
			!(t->postings > 0))
			continue;
		out->years_asked += t->postings;
		vec_push(z->a, &all, (asked){ .years = years, .weight = t->weighted[WINDOW_ALL] });
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_years);
	out->years_low = quantile(all.ptr, all.len, 0.25);
	out->years_mid = quantile(all.ptr, all.len, 0.5);
	out->years_high = quantile(all.ptr, all.len, 0.75);
}

/* ---- inventory */

int posting_line_order(const void *a, const void *b)
{
	const posting_line *x = a, *y = b;
	int order = str_cmp(y->date, x->date);
	order = order ? order : str_cmp(x->employer, y->employer);
	order = order ? order : str_cmp(x->title, y->title);
	order = order ? order : str_cmp(x->location, y->location);
	return order ? order : str_cmp(x->url, y->url);
}

static void list_postings(analyzer *z)
{
	size_t count = z->in->inventory.len, most = (size_t)z->in->settings->inventory;
	posting_line *sorted = NEWN(z->a, posting_line, count);
	z->out->inventory_total = z->in->inventory_total;
	if (!sorted)
		return;
	memcpy(sorted, z->in->inventory.ptr, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, posting_line_order);
	z->out->inventory.ptr = sorted;
	z->out->inventory.len = count < most ? count : most;
}

bool analyze(analysis *out, arena *a, const analysis_input *in)
{
	*out = (analysis){ 0 };
	analyzer z = { .a = a, .in = in, .out = out };
	if (!weights_make(&z.w, a, in->cells, in->settings, &in->filter))
		return false;
	count_items(&z);
	measure_sample(&z);
	out->regions = count_names(&z, offsetof(rollup_cell, region));
	out->employers = count_names(&z, offsetof(rollup_cell, employer));
	out->levels = count_names(&z, offsetof(rollup_cell, seniority));
	out->degrees = count_degrees(&z);
	count_years(&z);
	list_postings(&z);
	if (out->sample > 0) {
		rows_make(&z);
		insights_make(&z);
	}
	return !a->failed;
}
