/* Which items of a list move, and the order of the merged list. The order of the new plan is followed where
 * people left that of the base alone. As few items move as can be; an item that comes or moves stands behind
 * the one that precedes it in the new plan. */
#include "plan/merge_parts.h"

/* The longest rising subsequence of `ranks`, by the ends of the best ones of each length (Fredman, "On
 * computing the length of longest increasing subsequences", 1975): `chosen` is set for what is in it. */
static void longest_rising(arena *a, const size_t *ranks, size_t count, bool *chosen)
{
	size_t *ends = NEWN(a, size_t, count), *before = NEWN(a, size_t, count), length = 0;
	if (!ends || !before)
		return;
	for (size_t i = 0; i < count; i++) {
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = low + (high - low) / 2;
			if (ranks[ends[middle]] < ranks[i])
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? ends[low - 1] : SIZE_MAX;
		ends[low] = i;
		length = low == length ? length + 1 : length;
	}
	for (size_t i = length ? ends[length - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i])
		chosen[i] = true;
}

static bool in_all(const merge_item *item)
{
	return item->nodes[SIDE_BASE] && item->nodes[SIDE_EDITED] && item->nodes[SIDE_MADE];
}

static bool has_order_of_base(const merge_list *list)
{
	size_t last = 0;
	bool first = true;
	EACH (merge_item *, one, list->order[SIDE_EDITED]) {
		if (!in_all(*one))
			continue;
		if (!first && (*one)->rank[SIDE_BASE] < last)
			return false;
		last = (*one)->rank[SIDE_BASE];
		first = false;
	}
	return true;
}

static void find_moves(merger *m, merge_list *list)
{
	size_t most = list->order[SIDE_EDITED].len, count = 0;
	size_t *ranks = NEWN(m->arena, size_t, most);
	merge_item **items = NEWN(m->arena, merge_item *, most);
	bool *stays = NEWN(m->arena, bool, most);
	if (!ranks || !items || !stays)
		return;
	EACH (merge_item *, one, list->order[SIDE_EDITED]) {
		if (in_all(*one)) {
			items[count] = *one;
			ranks[count++] = (*one)->rank[SIDE_MADE];
		}
	}
	longest_rising(m->arena, ranks, count, stays);
	for (size_t i = 0; i < count; i++) {
		items[i]->fate = stays[i] ? FATE_STAYS : FATE_MOVES;
		m->taken += !stays[i];
	}
}

static void link_list(merge_list *list)
{
	merge_item **end = &list->first, *before = NULL;
	EACH (merge_item *, one, list->order[SIDE_EDITED]) {
		if ((*one)->fate == FATE_STAYS) {
			*end = *one;
			end = &(*one)->next;
			list->count++;
		}
	}
	EACH (merge_item *, one, list->order[SIDE_MADE]) {
		merge_item *item = *one;
		if (item->fate == FATE_COMES || item->fate == FATE_MOVES) {
			merge_item **at = before ? &before->next : &list->first;
			item->next = *at;
			*at = item;
			list->count++;
		}
		if (item->result)
			before = item;
	}
}

void merge_arrange(merger *m, merge_list *list)
{
	if (has_order_of_base(list))
		find_moves(m, list);
	if (!m->arena->failed)
		link_list(list);
}
