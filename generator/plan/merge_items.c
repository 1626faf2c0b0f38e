/* A list of items in three plans: which of them stay, come and go. */
#include "plan/merge_parts.h"

void merge_item_conflict(merger *m, const merge_list *list, const merge_item *item, const char *why)
{
	const yaml_node *edited = item->nodes[SIDE_EDITED];
	const yaml_pair *pair = list->pairs[SIDE_EDITED];
	size_t at = edited ? edited->written.from : pair ? pair->written.from : 0;
	merge_add_conflict(m, merge_item_name(list, item), STR(""), item->nodes, at, why);
}

static bool same(merger *m, const merge_item *item, merge_side left, merge_side right)
{
	return merge_same(m->arena, item->nodes[left], item->nodes[right]);
}

/* The edited plan has it. */
static void keep(merger *m, const merge_list *list, merge_item *item)
{
	const char *why = merge_obstacle(list->pairs[SIDE_EDITED]->value);
	bool base = item->nodes[SIDE_BASE], made = item->nodes[SIDE_MADE];
	item->fate = FATE_STAYS;
	item->result = item->nodes[SIDE_EDITED];
	if (base && made)
		item->result = merge_fields(m, merge_item_name(list, item), item->nodes, why, &item->inside);
	else if (made && !same(m, item, SIDE_EDITED, SIDE_MADE))
		merge_item_conflict(m, list, item, WHY_ADDED);
	else if (base && !same(m, item, SIDE_BASE, SIDE_EDITED))
		merge_item_conflict(m, list, item, WHY_GONE_THERE);
	else if (base) {
		item->fate = FATE_GOES;
		item->result = NULL;
		m->taken++;
	} else if (!made)
		m->kept++;
}

/* The edited plan does not have it, and the new one has. */
static void take(merger *m, const merge_list *list, merge_item *item)
{
	if (!item->nodes[SIDE_BASE]) {
		item->fate = FATE_COMES;
		item->result = item->nodes[SIDE_MADE];
		m->taken++;
	} else if (same(m, item, SIDE_BASE, SIDE_MADE)) {
		m->kept++;
	} else {
		merge_item_conflict(m, list, item, WHY_GONE_HERE);
	}
}

/* The merged list as a value. */
static yaml_node *value_of_list(merger *m, const merge_list *list)
{
	yaml_node *value = NEW(m->arena, yaml_node);
	if (!value)
		return NULL;
	*value = (yaml_node){ .kind = YAML_LIST };
	for (const merge_item *item = list->first; item; item = item->next)
		vec_push(m->arena, &value->items, item->result);
	return value;
}

void merge_items(merger *m, merge_list *list)
{
	EACH (merge_item *, one, list->items) {
		if ((*one)->nodes[SIDE_EDITED])
			keep(m, list, *one);
		else if ((*one)->nodes[SIDE_MADE])
			take(m, list, *one);
	}
	merge_arrange(m, list);
	merge_write_items(m, list);
	if ((list->pairs[SIDE_EDITED] && !list->dropped) || list->first)
		vec_push(m->arena, &m->wanted,
			(yaml_pair){ .key = str_from(list->kind->key), .value = value_of_list(m, list) });
}
