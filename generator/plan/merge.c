#include "plan/merge_parts.h"

#include "plan/merge_text.h"
#include "read/plan.h"

#include <stdlib.h>

/* ---- the course header */

static void merge_header(merger *m)
{
	yaml_node *maps[SIDES];
	str key = str_from(merge_course);
	for (int i = 0; i < SIDES; i++)
		maps[i] = yaml_get(m->sides[i].root, key);
	merge_name name = { .prefix = merge_course };
	vec_push(m->arena, &m->wanted,
		(yaml_pair){ .key = key, .value = merge_fields(m, name, maps, NULL, &m->splices) });
}

static void keep_decisions(merger *m)
{
	const yaml_pair *p = merge_find(m->sides[SIDE_EDITED].root, STR("decisions"));
	if (p)
		vec_push(m->arena, &m->wanted, *p);
}

/* ---- the merged text, read again */

/* The last item of the edited plan that begins at or before this byte. */
static const merge_item *item_at(const merger *m, size_t at, const merge_list **list)
{
	const merge_item *found = NULL;
	size_t from = 0;
	for (size_t k = 0; k < MERGE_KINDS; k++)
		EACH (merge_item *, one, m->lists[k].order[SIDE_EDITED]) {
			size_t begins = (*one)->nodes[SIDE_EDITED]->written.from;
			if (begins <= at && begins >= from) {
				found = *one;
				from = begins;
				*list = &m->lists[k];
			}
		}
	return found;
}

/* Reports that the change at this byte of the merged text cannot be made. */
static void doubt(merger *m, size_t at)
{
	const merge_list *list = NULL;
	size_t origin = splice_origin(&m->splices, at);
	const merge_item *item = item_at(m, origin, &list);
	yaml_node *nothing[SIDES] = { NULL };
	if (item)
		merge_item_conflict(m, list, item, WHY_ODD);
	else
		merge_add_conflict(m, (merge_name){ .prefix = merge_course }, STR(""), nothing, origin, WHY_ODD);
}

/* The first thing in the merged plan that is not as it should be; NULL: all is. */
static const yaml_node *first_difference(merger *m, const yaml_node *wanted, const yaml_node *got)
{
	if (merge_same(m->arena, wanted, got))
		return NULL;
	EACH (yaml_pair, p, got->pairs) {
		const yaml_node *list = yaml_get(wanted, p->key);
		if (merge_same(m->arena, list, p->value))
			continue;
		size_t count = list && list->items.len < p->value->items.len ? list->items.len : p->value->items.len;
		for (size_t i = 0; list && i < count; i++)
			if (!merge_same(m->arena, list->items.ptr[i], p->value->items.ptr[i]))
				return p->value->items.ptr[i];
		return p->value;
	}
	return got;
}

/* Nothing is handed out that does not read back as what it should be. */
static void check(merger *m, str text)
{
	sources s = { .arena = m->arena };
	diags d = { .arena = m->arena, .sources = &s };
	plan unused;
	uint32_t number = sources_add(&s, STR("merged plan"), text);
	bool is_plan = plan_read(&unused, m->arena, number, &d) && !d.errors;
	const yaml_node *root = is_plan ? yaml_read(m->arena, number, &d) : NULL;
	yaml_node wanted = { .kind = YAML_MAP };
	wanted.pairs.ptr = m->wanted.ptr;
	wanted.pairs.len = m->wanted.len;
	const yaml_node *wrong = root ? first_difference(m, &wanted, root) : NULL;
	if (!root)
		doubt(m, d.list.len ? d.list.ptr[0].at.offset : 0);
	else if (wrong)
		doubt(m, wrong->written.from);
}

/* The edited text with all that is taken. */
static str write_text(merger *m)
{
	const merge_text *edited = &m->sides[SIDE_EDITED];
	str original = sources_get(m->diags->sources, edited->source)->text, text = original;
	if (m->splices.len) {
		splice_sort(m->arena, &m->splices);
		if (!splice_apply(&text, m->arena, edited->text, 0, edited->text.len, &m->splices)) {
			doubt(m, 0);
			return STR("");
		}
		if (edited->text.len > original.len && str_ends(text, m->newline))
			text = str_sub(text, 0, text.len - m->newline.len);
	}
	check(m, text);
	return text;
}

/* ---- conflicts by place */

typedef struct {
	merge_conflict conflict;
	size_t number;
} numbered;

static int compare(const void *left, const void *right)
{
	const numbered *a = left, *b = right;
	if (a->conflict.at.offset != b->conflict.at.offset)
		return a->conflict.at.offset < b->conflict.at.offset ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

static list_merge_conflict sorted_conflicts(merger *m)
{
	size_t count = m->conflicts.len;
	numbered *sorted = NEWN(m->arena, numbered, count);
	if (!sorted)
		return (list_merge_conflict){ 0 };
	for (size_t i = 0; i < count; i++)
		sorted[i] = (numbered){ .conflict = m->conflicts.ptr[i], .number = i };
	qsort(sorted, count, sizeof *sorted, compare);
	for (size_t i = 0; i < count; i++)
		m->conflicts.ptr[i] = sorted[i].conflict;
	return (list_merge_conflict){ .ptr = m->conflicts.ptr, .len = count };
}

bool merge_plan(merge_result *out, arena *a, uint32_t base, uint32_t edited, uint32_t made, diags *d)
{
	merger m = { .arena = a, .diags = d };
	*out = (merge_result){ 0 };
	if (!merge_read(&m, SIDE_BASE, base) || !merge_read(&m, SIDE_EDITED, edited) ||
		!merge_read(&m, SIDE_MADE, made) || !merge_match(&m))
		return false;
	merge_header(&m);
	for (size_t k = 0; k < MERGE_KINDS; k++)
		merge_items(&m, &m.lists[k]);
	merge_write_lists(&m);
	keep_decisions(&m);
	str text = m.conflicts.len || a->failed ? STR("") : write_text(&m);
	out->text = m.conflicts.len ? STR("") : text;
	out->conflicts = sorted_conflicts(&m);
	out->taken = m.taken;
	out->kept = m.kept;
	return !a->failed;
}
