/* Counting the vacancies of a cycle, employer by employer. Sums of fractions depend on their order, so it is
 * fixed before anything is added. */
#include "evidence/cycle.h"

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
	cycle_item item;
	VEC(employer_part) parts;
} growing_item;

typedef struct {
	const cycle_input *in;
	cycle_counts *out;
	arena *a;
	LIST(standing) sample; /* by employer, those of no known one first */
	VEC(cycle_employer) employers;
	VEC(growing_item *) items;
	map places; /* id of a concept -> its growing_item */
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
	k->out->capped = known >= k->in->policy->least_employers;
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

static growing_item *new_item(counter *k, const concept *one)
{
	growing_item *g = NEW(k->a, growing_item);
	str *id = NEW(k->a, str), *evidence = NEWN(k->a, str, EVIDENCE_MAX);
	if (!g || !id || !evidence)
		return NULL;
	*id = one->id;
	g->item = (cycle_item){ .id = arena_printf(k->a, "%s:%.*s", concept_kind_names[one->kind], STRF(one->id)),
		.name = one->name,
		.concepts = { .ptr = id, .len = 1 },
		.evidence = { .ptr = evidence } };
	map_put(&k->places, one->id, g);
	vec_push(k->a, &k->items, g);
	return g;
}

/* NULL for what is no item. */
static growing_item *item_of(counter *k, str concept_id)
{
	growing_item *known = map_get(&k->places, concept_id);
	const concept *one = known ? NULL : catalog_find(k->in->catalog, "concept", concept_id);
	return one && one->kind != CONCEPT_CERTIFICATION ? new_item(k, one) : known;
}

/* Keeps the first ones by id, in order. */
static void add_evidence(list_str *kept, str posting_id)
{
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

static void add_part(counter *k, growing_item *g, size_t employer, double value)
{
	if (!g->parts.len || g->parts.ptr[g->parts.len - 1].employer != employer)
		vec_push(k->a, &g->parts, (employer_part){ .employer = employer });
	if (k->a->failed)
		return;
	employer_part *part = &g->parts.ptr[g->parts.len - 1];
	part->value += value;
	part->named++;
}

/* `employer`: SIZE_MAX if it is not known. */
static void count_items(counter *k, const counted_vacancy *v, double weight, size_t employer)
{
	EACH (const vacancy_item, one, v->items) {
		growing_item *g = item_of(k, one->item);
		double value = weight * strength_factor(k->in->analysis, one->strength);
		if (!g)
			continue;
		g->item.named++;
		g->item.value += value;
		add_evidence(&g->item.evidence, v->posting);
		if (employer != SIZE_MAX)
			add_part(k, g, employer, value);
	}
}

/* ---- employers */

/* All vacancies of one employer, or all those of no known one. */
static void count_run(counter *k, const standing *run, size_t count)
{
	cycle_counts *out = k->out;
	cycle_employer sums = {
		.name = run->vacancy->employer, .vacancies = (double)count, .left = (double)count
	};
	bool known = sums.name.len > 0;
	double factor = 1;
	if (known && out->capped) {
		factor = employer_factor(k->in->policy->employer_cap, sums.vacancies);
		sums.left = fmin(sums.vacancies, k->in->policy->employer_cap);
	}
	for (size_t i = 0; i < count; i++) {
		double weight = factor * run[i].level;
		sums.weight += weight;
		sums.squares += weight * weight;
		see_date(out, run[i].vacancy->date);
		count_items(k, run[i].vacancy, weight, known ? k->employers.len : SIZE_MAX);
	}
	if (known)
		vec_push(k->a, &k->employers, sums);
	out->vacancies += sums.vacancies;
	out->sum += sums.weight;
	out->squares += sums.squares;
	out->left += sums.left;
}

/* ---- */

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const cycle_item *)a)->id, ((const cycle_item *)b)->id);
}

static void finish(counter *k)
{
	cycle_item *items = NEWN(k->a, cycle_item, k->items.len);
	for (size_t i = 0; items && i < k->items.len; i++) {
		items[i] = k->items.ptr[i]->item;
		items[i].parts.ptr = k->items.ptr[i]->parts.ptr;
		items[i].parts.len = k->items.ptr[i]->parts.len;
	}
	if (items)
		qsort(items, k->items.len, sizeof *items, by_id);
	k->out->items.ptr = items;
	k->out->items.len = items ? k->items.len : 0;
	k->out->employers.ptr = k->employers.ptr;
	k->out->employers.len = k->employers.len;
	k->out->effective = capped_size(k->out->sum, k->out->squares, k->out->left);
}

bool cycle_count(cycle_counts *out, arena *a, const cycle_input *in)
{
	counter k = { .in = in, .out = out, .a = a, .places = { .arena = a } };
	*out = (cycle_counts){ .source = STR("ledger") };
	take_sample(&k);
	see_whether_capped(&k);
	for (size_t at = 0, count; at < k.sample.len; at += count) {
		count = run_length(&k, at);
		count_run(&k, &k.sample.ptr[at], count);
	}
	finish(&k);
	return !a->failed;
}

const cycle_item *cycle_find(const cycle_counts *c, str id)
{
	cycle_item key = { .id = id };
	return c->items.len ? bsearch(&key, c->items.ptr, c->items.len, sizeof key, by_id) : NULL;
}
