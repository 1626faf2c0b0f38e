/* Three plans side by side: which items of their lists are the same. */
#include "plan/merge_parts.h"

#include "base/map.h"
#include "plan/merge_text.h"
#include "read/plan.h"

/* In the order of plan.yaml. Decisions are people's and not among them. */
const merge_kind merge_kinds[MERGE_KINDS] = {
	{ .key = "modules", .id = "id", .prefix = "module:" },
	{ .key = "labs", .id = "id", .prefix = "lab:" },
	{ .key = "scenarios", .id = "id", .prefix = "scenario:" },
	{ .key = "capstone", .id = "id", .prefix = "capstone:" },
	{ .key = "grading", .id = "item", .prefix = "grading:" },
	{ .key = "links", .id = "item", .prefix = "link:" },
};
const char *const merge_course = "course";

yaml_pair *merge_find(const yaml_node *n, str key)
{
	if (n && n->kind == YAML_MAP)
		EACH (yaml_pair, p, n->pairs)
			if (str_eq(p->key, key))
				return p;
	return NULL;
}

yaml_node *merge_value(const yaml_pair *p)
{
	return p ? p->value : NULL;
}

str merge_full_name(arena *a, merge_name name)
{
	return arena_printf(a, "%s%.*s", name.prefix, STRF(name.id));
}

merge_name merge_item_name(const merge_list *list, const merge_item *item)
{
	return (merge_name){ .prefix = list->kind->prefix, .id = item->id };
}

/* The text with a line end behind its last line, so that every line has one. */
static str whole_lines(arena *a, str text, str newline)
{
	for (size_t n = 1; n <= 3 && n <= text.len; n++)
		if (merge_break(text, text.len - n) == n)
			return text;
	buf b = { .arena = a };
	buf_str(&b, text);
	buf_str(&b, newline);
	return buf_done(&b);
}

bool merge_read(merger *m, merge_side side, uint32_t number)
{
	plan unused;
	size_t errors = m->diags->errors; /* a key that is given twice is one, and no reason not to read on */
	const source *src = sources_get(m->diags->sources, number);
	if (!src || !plan_read(&unused, m->arena, number, m->diags) || m->diags->errors > errors)
		return false;
	str text = src->text;
	merge_text *t = &m->sides[side];
	t->source = number;
	t->root = yaml_read(m->arena, number, m->diags);
	t->text = text;
	if (side == SIDE_EDITED) {
		m->newline = merge_newline(text);
		t->text = whole_lines(m->arena, text, m->newline);
	}
	return t->root && !m->arena->failed;
}

static bool add_item(merger *m, merge_list *list, map *by_id, merge_side side, yaml_node *n, size_t rank)
{
	str id = str_trim(yaml_get(n, str_from(list->kind->id))->text);
	merge_item *item = map_get(by_id, id);
	if (!item) {
		item = NEW(m->arena, merge_item);
		if (!item)
			return false;
		item->id = id;
		map_put(by_id, id, item);
		vec_push(m->arena, &list->items, item);
	} else if (item->nodes[side]) {
		position first = sources_position(m->diags->sources, item->nodes[side]->at);
		diag_add(m->diags, E_DUPLICATE_ID, n->at, "'%.*s' is already in this list at line %u, column %u",
			STRF(id), first.line, first.column);
		return false;
	}
	item->nodes[side] = n;
	item->rank[side] = rank;
	list->order[side].ptr[rank] = item;
	return true;
}

static bool add_items(merger *m, merge_list *list, map *by_id, merge_side side)
{
	yaml_pair *p = merge_find(m->sides[side].root, str_from(list->kind->key));
	size_t count = p ? p->value->items.len : 0;
	bool ok = true;
	list->pairs[side] = p;
	list->order[side].ptr = NEWN(m->arena, merge_item *, count);
	list->order[side].len = list->order[side].ptr ? count : 0;
	for (size_t i = 0; i < list->order[side].len; i++)
		ok &= add_item(m, list, by_id, side, p->value->items.ptr[i], i);
	return ok;
}

bool merge_match(merger *m)
{
	static const merge_side sides[] = { SIDE_EDITED, SIDE_MADE, SIDE_BASE };
	bool ok = true;
	for (size_t k = 0; k < MERGE_KINDS; k++) {
		merge_list *list = &m->lists[k];
		map by_id = { .arena = m->arena };
		list->kind = &merge_kinds[k];
		for (size_t i = 0; i < COUNT(sides); i++)
			ok &= add_items(m, list, &by_id, sides[i]);
	}
	return ok && !m->arena->failed;
}

/* ---- what people edited */

typedef struct {
	merger *m;
	vec_str *out;
} edit_list;

static void add_field(edit_list *e, merge_name name, str key)
{
	vec_push(
		e->m->arena, e->out, arena_printf(e->m->arena, "%s%.*s.%.*s", name.prefix, STRF(name.id), STRF(key)));
}

/* Fields in the order of the base, then those that were added. */
static void add_fields(edit_list *e, merge_name name, const yaml_node *base, const yaml_node *edited)
{
	EACH (yaml_pair, p, base->pairs)
		if (!merge_same(e->m->arena, p->value, yaml_get(edited, p->key)))
			add_field(e, name, p->key);
	EACH (yaml_pair, p, edited->pairs)
		if (!merge_find(base, p->key))
			add_field(e, name, p->key);
}

static void add_edits(edit_list *e, const merge_list *list)
{
	EACH (merge_item *, one, list->order[SIDE_BASE]) {
		const merge_item *item = *one;
		if (item->nodes[SIDE_EDITED])
			add_fields(e, merge_item_name(list, item), item->nodes[SIDE_BASE], item->nodes[SIDE_EDITED]);
		else
			vec_push(e->m->arena, e->out, merge_full_name(e->m->arena, merge_item_name(list, item)));
	}
	EACH (merge_item *, one, list->order[SIDE_EDITED])
		if (!(*one)->nodes[SIDE_BASE])
			vec_push(e->m->arena, e->out, merge_full_name(e->m->arena, merge_item_name(list, *one)));
}

bool merge_edits(list_str *out, arena *a, uint32_t base, uint32_t edited, diags *d)
{
	merger m = { .arena = a, .diags = d };
	vec_str found = { 0 };
	edit_list e = { .m = &m, .out = &found };
	*out = (list_str){ 0 };
	if (!merge_read(&m, SIDE_BASE, base) || !merge_read(&m, SIDE_EDITED, edited) || !merge_match(&m))
		return false;
	str course = str_from(merge_course);
	add_fields(&e, (merge_name){ .prefix = merge_course }, yaml_get(m.sides[SIDE_BASE].root, course),
		yaml_get(m.sides[SIDE_EDITED].root, course));
	for (size_t k = 0; k < MERGE_KINDS; k++)
		add_edits(&e, &m.lists[k]);
	*out = (list_str){ .ptr = found.ptr, .len = found.len };
	return !a->failed;
}
