/* Rows of the workbook from tallies: shares, intervals, trends, categories, names. */
#include "base/text.h"
#include "evidence/analyze_parts.h"
#include "evidence/interval.h"
#include "evidence/rollup.h"
#include "evidence/trend.h"

#include <math.h>
#include <stdlib.h>

typedef VEC(analysis_row) vec_row;

static double clamp(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

static double share_in(const analyzer *z, const tally *t, window which)
{
	return z->w.sum[which] > 0 ? clamp(t->weighted[which] / z->w.sum[which]) : 0;
}

static void set_numbers(const analyzer *z, analysis_row *row, const tally *t)
{
	row->postings = t->postings;
	row->mentions = t->mentions;
	memcpy(row->strengths, t->strengths, sizeof row->strengths);
	row->share = share_in(z, t, WINDOW_ALL);
	row->count = z->out->weighted ? round(row->share * z->out->sample) : row->postings;
	double size = z->out->effective;
	interval i80 = wilson(row->share * size, size, Z80), i95 = wilson(row->share * size, size, Z95);
	row->low80 = i80.low, row->high80 = i80.high;
	row->low95 = i95.low, row->high95 = i95.high;
}

static void compare_windows(const analyzer *z, analysis_row *row, const tally *t)
{
	analysis_trend *trend = &row->trend;
	*trend = (analysis_trend){ .p = NAN, .q = NAN };
	trend->now_sample = round(z->w.effective[WINDOW_NOW]);
	trend->before_sample = round(z->w.effective[WINDOW_BEFORE]);
	trend->now = round(share_in(z, t, WINDOW_NOW) * trend->now_sample);
	trend->before = round(share_in(z, t, WINDOW_BEFORE) * trend->before_sample);
	double least = z->in->settings->trend.least_postings;
	if (trend->now_sample >= least && trend->before_sample >= least)
		trend->p = fisher_exact(trend->now, trend->now_sample, trend->before, trend->before_sample);
}

static double count_modules(const concept *one, const catalog *c)
{
	double count = 0;
	EACH (module *, m, c->modules) {
		bool found = false;
		EACH (const teach, t, (*m)->teaches) {
			const concept *taught = catalog_find(c, "concept", t->key);
			found |= taught && (rollup_is_within(taught, one, c) || rollup_is_within(one, taught, c));
		}
		count += found;
	}
	return count;
}

static int kind_of(const concept *one)
{
	switch (one->kind) {
	case CONCEPT_TECHNOLOGY:
		return ANALYSIS_TECHNOLOGY;
	case CONCEPT_THEME:
		return ANALYSIS_THEME;
	case CONCEPT_CERTIFICATION:
		return ANALYSIS_CERTIFICATION;
	default:
		return ANALYSIS_SKILL;
	}
}

/* False if the key is no row, or of a concept that the catalogue has no more. */
static bool identify(const analyzer *z, analysis_row *row, const tally *t)
{
	str rest;
	if (tally_is(&rest, t, STR("group:"))) {
		*row = (analysis_row){ .kind = ANALYSIS_GROUP, .name = rest, .modules = NAN };
		return true;
	}
	const concept *one =
		tally_is(&rest, t, STR("concept:")) ? catalog_find(z->in->catalog, "concept", rest) : NULL;
	if (!one)
		return false;
	*row = (analysis_row){ .kind = (analysis_kind)kind_of(one),
		.concept = one,
		.name = one->name,
		.modules = count_modules(one, z->in->catalog) };
	return true;
}

static void collect(analyzer *z, vec_row rows[ANALYSIS_KINDS])
{
	double least = z->in->settings->least_share;
	EACH (const tally, t, z->tallies) {
		analysis_row row;
		if (!(t->postings > 0) || !identify(z, &row, t))
			continue;
		set_numbers(z, &row, t);
		if (!(row.share > 0) || (row.share < least && row.kind != ANALYSIS_CERTIFICATION)) {
			z->out->below++;
			continue;
		}
		compare_windows(z, &row, t);
		vec_push(z->a, &rows[row.kind], row);
	}
}

/* ---- what needs all rows */

static void find_trends(analyzer *z, vec_row rows[ANALYSIS_KINDS])
{
	size_t count = 0;
	for (int k = 0; k < ANALYSIS_KINDS; k++)
		count += rows[k].len;
	double *q = NEWN(z->a, double, count), fdr = z->in->settings->trend.fdr;
	if (!q)
		return;
	size_t at = 0;
	for (int k = 0; k < ANALYSIS_KINDS; k++)
		EACH (const analysis_row, row, rows[k])
			q[at++] = row->trend.p;
	false_discovery(q, q, count, z->a);
	at = 0;
	for (int k = 0; k < ANALYSIS_KINDS; k++)
		EACH (analysis_row, row, rows[k]) {
			analysis_trend *t = &row->trend;
			t->q = q[at++];
			double change = t->now * t->before_sample - t->before * t->now_sample;
			t->direction = !(t->q <= fdr) ? 0 : (change > 0) - (change < 0);
		}
}

static str category_of(const analyzer *z, const analysis_row *row)
{
	const category_shares *s = &z->in->settings->categories;
	return row->share >= s->core        ? STR("Core")
		   : row->trend.direction > 0   ? STR("Emerging")
		   : row->share >= s->important ? STR("Important")
										: STR("Nice");
}

static int by_count(const void *a, const void *b)
{
	const analysis_row *x = a, *y = b;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	if (x->share != y->share) /* which weighted counts round to the same */
		return x->share > y->share ? -1 : 1;
	int order = str_cmp(x->name, y->name);
	return order || !x->concept || !y->concept ? order : str_cmp(x->concept->id, y->concept->id);
}

/* Concepts may share a name, but rows of a table may not. */
static void name_rows(analyzer *z, vec_row *rows)
{
	map seen = { .arena = z->a };
	EACH (analysis_row, row, *rows) {
		str id = row->concept ? row->concept->id : STR("group"), plain = text_one_line(z->a, row->name);
		plain = plain.len ? plain : id;
		str unique = plain;
		if (map_has(&seen, text_lower(z->a, unique)))
			unique = arena_printf(z->a, "%.*s (%.*s)", STRF(plain), STRF(id));
		for (int n = 2; map_has(&seen, text_lower(z->a, unique)) && !z->a->failed; n++)
			unique = arena_printf(z->a, "%.*s (%d)", STRF(plain), n);
		map_put(&seen, text_lower(z->a, unique), row);
		row->name = unique;
	}
}

/* The technologies of each group, however rare, so that a row that is there says what it stands for. */
static list_str find_tools(analyzer *z, str group)
{
	VEC(analysis_count) all = { 0 };
	str id;
	EACH (const tally, t, z->tallies) {
		const concept *one =
			tally_is(&id, t, STR("concept:")) ? catalog_find(z->in->catalog, "concept", id) : NULL;
		if (one && t->postings > 0 && str_eq(rollup_group(one, z->in->catalog), group))
			vec_push(z->a, &all,
				(analysis_count){ .name = text_one_line(z->a, one->name), .postings = t->postings });
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, count_order);
	size_t count = all.len < (size_t)z->in->settings->tools ? all.len : (size_t)z->in->settings->tools;
	list_str out = { .ptr = NEWN(z->a, str, count) };
	for (size_t i = 0; out.ptr && i < count; i++)
		out.ptr[out.len++] = all.ptr[i].name;
	return out;
}

/* Words of a posting if there are any, else the names of narrower concepts, the most frequent first. */
static str describe_theme(analyzer *z, const analysis_row *theme)
{
	EACH (const analysis_example, e, z->in->examples)
		if (str_eq(e->concept, theme->concept->id) && e->text.len)
			return text_one_line(z->a, e->text);
	VEC(analysis_count) all = { 0 };
	str id;
	EACH (const tally, t, z->tallies) {
		const concept *one =
			tally_is(&id, t, STR("concept:")) ? catalog_find(z->in->catalog, "concept", id) : NULL;
		if (one && one != theme->concept && t->postings > 0 &&
			rollup_is_within(one, theme->concept, z->in->catalog))
			vec_push(z->a, &all, (analysis_count){ .name = one->name, .postings = t->postings });
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, count_order);
	buf text = { .arena = z->a };
	for (size_t i = 0; i < all.len && i < (size_t)z->in->settings->tools; i++)
		buf_printf(&text, "%s%.*s", i ? ", " : "", STRF(all.ptr[i].name));
	return text_one_line(z->a, buf_done(&text));
}

void rows_make(analyzer *z)
{
	vec_row rows[ANALYSIS_KINDS] = { 0 };
	collect(z, rows);
	find_trends(z, rows);
	EACH (analysis_row, row, rows[ANALYSIS_SKILL])
		row->category = category_of(z, row);
	EACH (analysis_row, row, rows[ANALYSIS_GROUP])
		row->tools = find_tools(z, row->name);
	EACH (analysis_row, row, rows[ANALYSIS_THEME])
		row->text = describe_theme(z, row);
	for (int k = 0; k < ANALYSIS_KINDS; k++) {
		if (rows[k].len)
			qsort(rows[k].ptr, rows[k].len, sizeof *rows[k].ptr, by_count);
		name_rows(z, &rows[k]);
		z->out->rows[k] = (list_analysis_row){ .ptr = rows[k].ptr, .len = rows[k].len };
	}
}
