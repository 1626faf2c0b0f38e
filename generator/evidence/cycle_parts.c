#include "evidence/cycle_parts.h"

#include "evidence/weights.h"

#include <stdlib.h>

static growing_item *new_item(cycle_sums *s, const concept *one)
{
	growing_item *g = NEW(s->a, growing_item);
	str *id = NEW(s->a, str);
	if (!g || !id)
		return NULL;
	*id = one->id;
	g->item = (cycle_item){ .id = arena_printf(s->a, "%s:%.*s", concept_kind_names[one->kind], STRF(one->id)),
		.name = one->name,
		.concepts = { .ptr = id, .len = 1 } };
	map_put(&s->places, one->id, g);
	vec_push(s->a, &s->items, g);
	return g;
}

growing_item *cycle_sums_item(cycle_sums *s, str concept_id)
{
	growing_item *known = map_get(&s->places, concept_id);
	const concept *one = known ? NULL : catalog_find(s->catalog, "concept", concept_id);
	return one && one->kind != CONCEPT_CERTIFICATION ? new_item(s, one) : known;
}

void cycle_sums_add(cycle_sums *s, growing_item *g, size_t employer, double named, double value)
{
	g->item.named += named;
	g->item.value += value;
	if (employer == SIZE_MAX)
		return;
	if (!g->parts.len || g->parts.ptr[g->parts.len - 1].employer != employer)
		vec_push(s->a, &g->parts, (employer_part){ .employer = employer });
	if (s->a->failed)
		return;
	g->parts.ptr[g->parts.len - 1].named += named;
	g->parts.ptr[g->parts.len - 1].value += value;
}

size_t cycle_sums_next(const cycle_sums *s, str employer)
{
	return employer.len ? s->employers.len : SIZE_MAX;
}

void cycle_sums_close(cycle_sums *s, cycle_employer sums)
{
	cycle_counts *out = s->out;
	if (sums.name.len)
		vec_push(s->a, &s->employers, sums);
	out->vacancies += sums.vacancies;
	out->sum += sums.weight;
	out->squares += sums.squares;
	out->left += sums.left;
}

int cycle_item_order(const void *a, const void *b)
{
	return str_cmp(((const cycle_item *)a)->id, ((const cycle_item *)b)->id);
}

void cycle_sums_finish(cycle_sums *s)
{
	cycle_counts *out = s->out;
	cycle_item *items = NEWN(s->a, cycle_item, s->items.len);
	for (size_t i = 0; items && i < s->items.len; i++) {
		items[i] = s->items.ptr[i]->item;
		items[i].parts.ptr = s->items.ptr[i]->parts.ptr;
		items[i].parts.len = s->items.ptr[i]->parts.len;
	}
	if (items)
		qsort(items, s->items.len, sizeof *items, cycle_item_order);
	out->items.ptr = items;
	out->items.len = items ? s->items.len : 0;
	out->employers.ptr = s->employers.ptr;
	out->employers.len = s->employers.len;
	out->effective = capped_size(out->sum, out->squares, out->left);
}
