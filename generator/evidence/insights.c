/* Sentences about rows, by the rules of the catalogue. A rule is a range for each measure that it speaks of;
 * the words come from the rule, the figures from the row: where the analysis is weighted, those of the
 * tables. */
#include "base/number.h"
#include "evidence/analyze_parts.h"

#include <math.h>

enum { MOST = 3, MEASURES = 8 };

typedef struct {
	double value;
	const measure_range *range;
} measured;

static double part(double of, double all)
{
	return all > 0 ? of / all : NAN;
}

static double change_of(const analysis_trend *t)
{
	return isnan(t->p) ? NAN : part(t->now, t->now_sample) - part(t->before, t->before_sample);
}

static bool within(const measured *m)
{
	bool low = isnan(m->range->least), high = isnan(m->range->most);
	return (low || m->value >= m->range->least) && (high || m->value <= m->range->most);
}

static bool holds(const insight_when *when, const analysis_row *row)
{
	const measured all[MEASURES] = {
		{ row->share, &when->share },
		{ row->low95, &when->low },
		{ row->high95, &when->high },
		{ change_of(&row->trend), &when->change },
		{ row->trend.q, &when->q },
		{ part(row->strengths[2], row->postings), &when->required },
		{ part(row->strengths[1], row->postings), &when->preferred },
		{ row->modules, &when->modules },
	};
	for (int i = 0; i < MEASURES; i++)
		if (!within(&all[i]))
			return false;
	return true;
}

static str whole(arena *a, double value)
{
	return isnan(value) ? STR("?") : arena_printf(a, "%.0f", value);
}

static str percent(arena *a, double share)
{
	return isnan(share) ? STR("?") : arena_printf(a, "%.0f %%", share * 100);
}

static str small(arena *a, double value)
{
	buf b = { .arena = a };
	if (!isnan(value) && value < 0.001)
		return STR("below 0.001");
	buf_rounded(&b, isnan(value) ? 1 : value, 3);
	return buf_done(&b);
}

static void add_sentence(analyzer *z, const insight_rule *rule, const analysis_row *row, insight_rule *filled)
{
	arena *a = z->a;
	const analysis_trend *t = &row->trend;
	double scale = part(row->count, row->postings); /* 1 without weights */
	fill_word words[] = {
		{ STR("name"), row->name },
		{ STR("postings"), whole(a, row->count) },
		{ STR("sample"), whole(a, z->out->sample) },
		{ STR("share"), percent(a, part(row->count, z->out->sample)) },
		{ STR("low"), percent(a, row->low95) },
		{ STR("high"), percent(a, row->high95) },
		{ STR("required"), whole(a, row->strengths[2] * scale) },
		{ STR("preferred"), whole(a, row->strengths[1] * scale) },
		{ STR("mentioned"), whole(a, row->strengths[0] * scale) },
		{ STR("now"), whole(a, t->now) },
		{ STR("now_sample"), whole(a, t->now_sample) },
		{ STR("now_share"), percent(a, part(t->now, t->now_sample)) },
		{ STR("before"), whole(a, t->before) },
		{ STR("before_sample"), whole(a, t->before_sample) },
		{ STR("before_share"), percent(a, part(t->before, t->before_sample)) },
		{ STR("q"), small(a, t->q) },
		{ STR("modules"), whole(a, row->modules) },
	};
	record_copy(a, &insight_rule_record, filled, rule, (list_fill_word){ .ptr = words, .len = COUNT(words) });
}

void insights_make(analyzer *z)
{
	VEC(analysis_insight) all = { 0 };
	EACH (insight_rule *, rule, z->in->catalog->insights) {
		int left = (*rule)->most == SCHEMA_UNSET ? MOST : (*rule)->most;
		if ((*rule)->about < 0 || (*rule)->about > ANALYSIS_CERTIFICATION)
			continue;
		EACH (const analysis_row, row, z->out->rows[(*rule)->about]) {
			if (left <= 0 || !holds(&(*rule)->when, row))
				continue;
			insight_rule filled;
			add_sentence(z, *rule, row, &filled);
			vec_push(z->a, &all, (analysis_insight){ .label = filled.label, .text = filled.text });
			left--;
		}
	}
	z->out->insights.ptr = all.ptr;
	z->out->insights.len = all.len;
}
