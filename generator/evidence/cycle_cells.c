#include "evidence/cycle_cells.h"

#include "base/number.h"
#include "base/text.h"
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
	cycle_item item;
	VEC(employer_part) parts;
} growing_item;

typedef struct {
	const cell_cycle *in;
	cycle_counts *out;
	arena *a;
	LIST(dated_cell) cells; /* by employer */
	VEC(cycle_employer) employers;
	VEC(growing_item *) items;
	map places; /* key of a rollup_item -> its growing_item */
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
	k->out->capped = known >= k->in->policy->least_employers;
}

/* ---- items */

/* The concept of "concept:ID", if it can be an item. */
static const concept *concept_of(const counter *k, str key)
{
	str_cut cut = str_split(key, ':');
	const concept *one =
		str_eq(cut.head, STR("concept")) ? catalog_find(k->in->catalog, "concept", cut.tail) : NULL;
	return one && one->kind != CONCEPT_CERTIFICATION ? one : NULL;
}

static growing_item *find_item(counter *k, str key)
{
	growing_item *known = map_get(&k->places, key);
	const concept *one = known ? NULL : concept_of(k, key);
	if (!one)
		return known;
	growing_item *fresh = NEW(k->a, growing_item);
	str *id = NEW(k->a, str);
	if (!fresh || !id)
		return NULL;
	*id = one->id;
	fresh->item = (cycle_item){
		.id = arena_printf(k->a, "%s:%.*s", concept_kind_names[one->kind], STRF(one->id)),
		.name = one->name,
		.concepts = { .ptr = id, .len = 1 },
	};
	vec_push(k->a, &k->items, fresh);
	map_put(&k->places, key, fresh);
	return fresh;
}

static void add_part(counter *k, growing_item *g, size_t employer, double named, double value)
{
	if (!g->parts.len || g->parts.ptr[g->parts.len - 1].employer != employer)
		vec_push(k->a, &g->parts, (employer_part){ .employer = employer });
	if (k->a->failed)
		return;
	g->parts.ptr[g->parts.len - 1].named += named;
	g->parts.ptr[g->parts.len - 1].value += value;
}

/* `employer`: SIZE_MAX if it is not known. */
static void count_items(counter *k, const rollup_cell *c, double weight, size_t employer)
{
	EACH (const rollup_item, one, c->items) {
		growing_item *g = find_item(k, one->key);
		double value = one->postings * weight * strength_factor(k->in->analysis, one->strength);
		if (!g)
			continue;
		g->item.named += one->postings;
		g->item.value += value;
		if (employer != SIZE_MAX)
			add_part(k, g, employer, one->postings, value);
	}
}

/* ---- employers */

/* All cells of one employer, or all those of no known one. */
static void count_run(counter *k, const dated_cell *run, size_t count)
{
	cycle_counts *out = k->out;
	cycle_employer sums = { .name = run->cell->employer };
	bool known = sums.name.len > 0;
	for (size_t i = 0; i < count; i++)
		sums.vacancies += run[i].cell->postings;
	double cap = known && out->capped ? k->in->policy->employer_cap : NAN;
	double factor = employer_factor(cap, sums.vacancies);
	sums.left = fmin(sums.vacancies, cap); /* NAN is passed over */
	for (size_t i = 0; i < count; i++) {
		double n = run[i].cell->postings, weight = factor * run[i].level;
		sums.weight += n * weight;
		sums.squares += n * weight * weight;
		count_items(k, run[i].cell, weight, known ? k->employers.len : SIZE_MAX);
	}
	if (known)
		vec_push(k->a, &k->employers, sums);
	out->vacancies += sums.vacancies;
	out->sum += sums.weight;
	out->squares += sums.squares;
	out->left += sums.left;
}

/* ---- */

static void find_months(counter *k)
{
	int first = -1, last = -1;
	EACH (const dated_cell, c, k->cells) {
		first = first < 0 || c->month < first ? c->month : first;
		last = c->month > last ? c->month : last;
	}
	k->out->from = month_text(k->a, first);
	k->out->until = month_text(k->a, last);
}

static int by_id(const void *a, const void *b)
{
	const growing_item *x = *(growing_item *const *)a, *y = *(growing_item *const *)b;
	return str_cmp(x->item.id, y->item.id);
}

static void finish(counter *k)
{
	cycle_item *items = NEWN(k->a, cycle_item, k->items.len);
	if (k->items.len)
		qsort(k->items.ptr, k->items.len, sizeof *k->items.ptr, by_id);
	for (size_t i = 0; items && i < k->items.len; i++) {
		items[i] = k->items.ptr[i]->item;
		items[i].parts.ptr = k->items.ptr[i]->parts.ptr;
		items[i].parts.len = k->items.ptr[i]->parts.len;
	}
	k->out->items.ptr = items;
	k->out->items.len = items ? k->items.len : 0;
	k->out->employers.ptr = k->employers.ptr;
	k->out->employers.len = k->employers.len;
	k->out->effective = capped_size(k->out->sum, k->out->squares, k->out->left);
}

bool cycle_of_cells(cycle_counts *out, arena *a, const cell_cycle *in)
{
	counter k = { .in = in, .out = out, .a = a, .places = { .arena = a } };
	*out = (cycle_counts){ .source = STR("ledger") };
	take_cells(&k);
	see_whether_capped(&k);
	find_months(&k);
	for (size_t at = 0, count; at < k.cells.len; at += count) {
		count = run_length(&k, at);
		count_run(&k, &k.cells.ptr[at], count);
	}
	finish(&k);
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
