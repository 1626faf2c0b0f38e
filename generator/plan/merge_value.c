/* Values of plans: whether they are the same, and how they are shown in a conflict. */
#include "plan/merge_parts.h"

#include "base/map.h"
#include "plan/merge_text.h"

enum { SMALL_MAP = 16 };

static bool same_pairs(arena *a, const yaml_node *left, const yaml_node *right)
{
	map index = { .arena = a };
	size_t count = left->pairs.len;
	bool small = count <= SMALL_MAP;
	if (count != right->pairs.len)
		return false;
	for (size_t i = 0; i < count; i++) {
		const yaml_pair *l = &left->pairs.ptr[i], *r = &right->pairs.ptr[i];
		if (!str_eq(l->key, r->key)) {
			if (!small && !index.entries.len)
				EACH (yaml_pair, p, right->pairs)
					map_put(&index, p->key, p);
			r = small ? merge_find(right, l->key) : map_get(&index, l->key);
		}
		if (!r || !merge_same(a, l->value, r->value))
			return false;
	}
	return true;
}

bool merge_same(arena *a, const yaml_node *left, const yaml_node *right)
{
	if (!left || !right)
		return left == right;
	if (left->kind != right->kind || left->items.len != right->items.len)
		return false;
	if (left->kind == YAML_SCALAR) {
		bool nothing = yaml_is_null(left);
		return nothing == yaml_is_null(right) && (nothing || str_eq(left->text, right->text));
	}
	for (size_t i = 0; i < left->items.len; i++)
		if (!merge_same(a, left->items.ptr[i], right->items.ptr[i]))
			return false;
	return same_pairs(a, left, right);
}

/* Columns that the lines behind the first can be moved to the left: the column of a block list or map; of
 * anything else what they all have. */
static size_t indentation(str text, const yaml_node *n, str written)
{
	size_t column = 0, from = n->at.offset;
	if (n->kind != YAML_SCALAR && !n->flow && !n->marked) {
		while (column < from && str_find(STR(" -?:"), str_sub(text, from - column - 1, 1), 0) != SIZE_MAX)
			column++;
		return column;
	}
	column = SIZE_MAX;
	for (size_t at = str_find(written, STR("\n"), 0); at != SIZE_MAX; at = str_find(written, STR("\n"), at)) {
		size_t first = ++at;
		while (at < written.len && written.ptr[at] == ' ')
			at++;
		if (at < written.len && !merge_break(written, at) && at - first < column)
			column = at - first;
	}
	return column == SIZE_MAX ? 0 : column;
}

str merge_written(arena *a, str text, const yaml_node *n)
{
	if (!n)
		return STR("");
	str written = str_trim(str_sub(text, n->at.offset, n->end - n->at.offset));
	if (!written.len)
		return STR("null");
	return merge_shift(a, written, -(ptrdiff_t)indentation(text, n, written), STR("\n"));
}

void merge_add_conflict(
	merger *m, merge_name item, str field, yaml_node *const values[SIDES], size_t at, const char *why)
{
	str shown[SIDES];
	for (int i = 0; i < SIDES; i++)
		shown[i] = merge_written(m->arena, m->sides[i].text, values[i]);
	vec_push(m->arena, &m->conflicts,
		(merge_conflict){ .item = merge_full_name(m->arena, item),
			.field = field,
			.base = shown[SIDE_BASE],
			.edited = shown[SIDE_EDITED],
			.made = shown[SIDE_MADE],
			.why = str_from(why),
			.at = { .source = m->sides[SIDE_EDITED].source, .offset = (uint32_t)at } });
}
