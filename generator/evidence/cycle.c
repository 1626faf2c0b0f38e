/* Counting the vacancies of a cycle, employer by employer. Sums of fractions depend on their order, so it is
 * fixed before anything is added. */
#include "evidence/cycle.h"

#include "evidence/cycle_parts.h"
#include "evidence/weights.h"

#include <math.h>
#include <stdlib.h>

enum { ID_SHOWN = 12 }; /* digits of the id of a posting */

/* A vacancy of the sample. */
typedef struct {
	const counted_vacancy *vacancy;
	double level; /* what its level of seniority weighs */
} standing;

typedef struct {
	const cycle_input *in;
	arena *a;
	LIST(standing) sample; /* by employer, those of no known one first */
	cycle_sums sums;
} counter;

/* ---- the sample */

static int by_place(const void *a, const void *b)
{
	const counted_vacancy *x = ((const standing *)a)->vacancy, *y = ((const standing *)b)->vacancy;
	int order = str_cmp(x->employer, y->employer);
	order = order ? order : str_cmp(x->posting, y->posting);
	order = order ? order : str_cmp(x->seniority, y->seniority);
	return order ? order : str_cmp(x->date, y->date);
}

static void take_sample(counter *k)
{
	standing *kept = NEWN(k->a, standing, k->in->vacancies.len);
	size_t count = 0;
	for (size_t i = 0; kept && i < k->in->vacancies.len; i++) {
		const counted_vacancy *v = &k->in->vacancies.ptr[i];
		double level = seniority_factor(k->in->analysis, v->seniority);
		if (level > 0)
			kept[count++] = (standing){ .vacancy = v, .level = level };
	}
	if (count)
		qsort(kept, count, sizeof *kept, by_place);
	k->sample.ptr = kept;
	k->sample.len = count;
}

/* Vacancies of the same employer from that place on. */
static size_t run_length(const counter *k, size_t from)
{
	size_t to = from;
	while (to < k->sample.len &&
		   str_eq(k->sample.ptr[to].vacancy->employer, k->sample.ptr[from].vacancy->employer))
		to++;
	return to - from;
}

static void see_whether_capped(counter *k)
{
	double known = 0;
	for (size_t at = 0; at < k->sample.len; at += run_length(k, at))
		known += k->sample.ptr[at].vacancy->employer.len > 0;
	k->sums.out->capped = known >= k->in->policy->least_employers;
}

static void see_date(cycle_counts *out, str date)
{
	if (!date.len)
		return;
	if (!out->from.len || str_cmp(date, out->from) < 0)
		out->from = date;
	if (str_cmp(date, out->until) > 0)
		out->until = date;
}

/* ---- items */

/* Keeps the first ones by id, in order. */
static void add_evidence(arena *a, list_str *kept, str posting_id)
{
	kept->ptr = kept->ptr ? kept->ptr : NEWN(a, str, EVIDENCE_MAX);
	if (!kept->ptr)
		return;
	str id = str_sub(posting_id, 0, ID_SHOWN);
	size_t at = kept->len;
	while (at && str_cmp(id, kept->ptr[at - 1]) < 0)
		at--;
	if (at == EVIDENCE_MAX)
		return;
	size_t after = kept->len - at - (kept->len == EVIDENCE_MAX);
	memmove(&kept->ptr[at + 1], &kept->ptr[at], after * sizeof *kept->ptr);
	kept->ptr[at] = id;
	kept->len += kept->len < EVIDENCE_MAX;
}

/* `employer`: SIZE_MAX if it is not known. */
static void count_items(counter *k, const counted_vacancy *v, double weight, size_t employer)
{
	EACH (const vacancy_item, one, v->items) {
		growing_item *g = cycle_sums_item(&k->sums, one->item);
		if (!g)
			continue;
		cycle_sums_add(&k->sums, g, employer, 1, weight * strength_factor(k->in->analysis, one->strength));
		add_evidence(k->a, &g->item.evidence, v->posting);
	}
}

/* ---- employers */

/* All vacancies of one employer, or all those of no known one. */
static void count_run(counter *k, const standing *run, size_t count)
{
	cycle_employer sums = {
		.name = run->vacancy->employer, .vacancies = (double)count, .left = (double)count
	};
	size_t employer = cycle_sums_next(&k->sums, sums.name);
	double factor = 1;
	if (sums.name.len && k->sums.out->capped) {
		factor = employer_factor(k->in->policy->employer_cap, sums.vacancies);
		sums.left = fmin(sums.vacancies, k->in->policy->employer_cap);
	}
	for (size_t i = 0; i < count; i++) {
		double weight = factor * run[i].level;
		sums.weight += weight;
		sums.squares += weight * weight;
		see_date(k->sums.out, run[i].vacancy->date);
		count_items(k, run[i].vacancy, weight, employer);
	}
	cycle_sums_close(&k->sums, sums);
}

bool cycle_count(cycle_counts *out, arena *a, const cycle_input *in)
{
	*out = (cycle_counts){ .source = STR("ledger") };
	counter k = {
		.in = in, .a = a, .sums = { .a = a, .catalog = in->catalog, .out = out, .places = { .arena = a } }
	};
	take_sample(&k);
	see_whether_capped(&k);
	for (size_t at = 0, count; at < k.sample.len; at += count) {
		count = run_length(&k, at);
		count_run(&k, &k.sample.ptr[at], count);
	}
	cycle_sums_finish(&k.sums);
	return !a->failed;
}

const cycle_item *cycle_find(const cycle_counts *c, str id)
{
	cycle_item key = { .id = id };
	return c->items.len ? bsearch(&key, c->items.ptr, c->items.len, sizeof key, cycle_item_order) : NULL;
}
