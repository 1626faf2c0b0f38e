/* A workbook as a cycle: what a person counted, or an analysis that is not at hand any more. */
#include "evidence/cycle.h"

#include "base/map.h"
#include "base/text.h"

#include <stdlib.h>

typedef struct {
	arena *a;
	map ids;       /* of technology rows */
	map slugs;     /* of their categories -> size_t *: rows that have it */
	str *category; /* slug of each technology row; empty: it has no category */
} technologies;

static bool read_technologies(technologies *t, arena *a, const facts *f)
{
	size_t count = f->rows[ROW_TECHNOLOGY].len;
	*t = (technologies){ .a = a, .ids = { .arena = a }, .slugs = { .arena = a } };
	t->category = NEWN(a, str, count);
	for (size_t i = 0; t->category && i < count; i++) {
		const workbook_row *row = f->rows[ROW_TECHNOLOGY].ptr[i].row;
		map_put(&t->ids, row->id, (void *)(uintptr_t)(i + 1));
		t->category[i] = row->category.len ? text_slug(a, row->category) : STR("");
		size_t *rows = map_get(&t->slugs, t->category[i]);
		size_t *fresh = rows ? NULL : NEW(a, size_t);
		if (fresh)
			map_put(&t->slugs, t->category[i], fresh);
		if (rows || fresh)
			++*(rows ? rows : fresh);
	}
	return !a->failed;
}

/* Whether nothing else in the table is called so. */
static bool is_unique(const technologies *t, size_t index)
{
	str slug = t->category[index];
	const size_t *rows = map_get(&t->slugs, slug);
	uintptr_t named = (uintptr_t)map_get(&t->ids, slug);
	return slug.len && rows && *rows == 1 && (named == 0 || named == index + 1);
}

static cycle_item make_item(const technologies *t, const fact_row *fact, size_t index)
{
	const workbook_row *row = fact->row;
	bool by_category = row->kind == ROW_TECHNOLOGY && is_unique(t, index);
	str id = by_category ? t->category[index] : row->id;
	return (cycle_item){ .id = arena_printf(t->a, "%s:%.*s", row_kind_names[row->kind], STRF(id)),
		.name = by_category ? row->category : row->name,
		.concepts = fact->concepts,
		.named = row->count,
		.value = row->count };
}

static int by_id(const void *a, const void *b)
{
	return str_cmp(((const cycle_item *)a)->id, ((const cycle_item *)b)->id);
}

bool cycle_of_workbook(cycle_counts *out, arena *a, const facts *f)
{
	technologies t;
	size_t count = 0;
	double sample = f->workbook->sample_size;
	*out = (cycle_counts){ .source = STR("workbook"),
		.vacancies = sample,
		.sum = sample,
		.squares = sample,
		.effective = sample,
		.left = sample };
	for (int kind = 0; kind < ROW_KINDS; kind++)
		count += f->rows[kind].len;
	cycle_item *items = read_technologies(&t, a, f) ? NEWN(a, cycle_item, count) : NULL;
	if (!items)
		return !a->failed;
	out->items.ptr = items;
	for (int kind = 0; kind < ROW_KINDS; kind++)
		for (size_t i = 0; i < f->rows[kind].len; i++)
			items[out->items.len++] = make_item(&t, &f->rows[kind].ptr[i], i);
	qsort(items, count, sizeof *items, by_id);
	return !a->failed;
}
