/* Items that come, go and move, as replacements of lines of the edited plan. */
#include "plan/merge_parts.h"

#include "plan/merge_text.h"

/* A list whose items change places. */
typedef struct {
	merger *m;
	merge_list *list;
	str text;             /* of the edited plan */
	merge_place *places;  /* of its items; NULL if it has none */
	merge_place *made;    /* of those of the new plan; NULL if they stand between brackets */
	size_t front;         /* where the first item goes */
	size_t column;        /* of dashes */
	const char *obstacle; /* nothing can come or go */
} list_lines;

static void report(list_lines *l, const merge_item *item, const char *why)
{
	if (why)
		merge_item_conflict(l->m, l->list, item, why);
}

/* ---- indentation */

static const yaml_pair *first_pair(const merger *m, merge_side side)
{
	return &m->sides[side].root->pairs.ptr[0];
}

static bool is_block_list(const yaml_node *n)
{
	return n->kind == YAML_LIST && n->items.len && !merge_obstacle(n);
}

/* Columns by which the dashes of lists are indented in one of the plans; false if it has no list like that.
 */
static bool dash_offset(size_t *out, merger *m, merge_side side)
{
	const merge_text *t = &m->sides[side];
	size_t root = merge_pair_place(t->text, first_pair(m, side)).column;
	EACH (yaml_pair, p, t->root->pairs) {
		if (!is_block_list(p->value))
			continue;
		size_t from = p->value->written.from;
		merge_place place = merge_place_of(t->text, from, from + 1);
		*out = place.column - root;
		return place.column >= root;
	}
	return false;
}

static size_t dash_column(merger *m)
{
	size_t offset = 0;
	if (!dash_offset(&offset, m, SIDE_EDITED) && !dash_offset(&offset, m, SIDE_MADE))
		offset = 0;
	return merge_pair_place(m->sides[SIDE_EDITED].text, first_pair(m, SIDE_EDITED)).column + offset;
}

/* ---- what goes where */

static const merge_place *place_in_made(const list_lines *l, const merge_item *item)
{
	return l->made ? &l->made[item->rank[SIDE_MADE]] : NULL;
}

/* Adds the lines of an item of the new plan. Returns why it cannot be done, or NULL. */
static const char *write_made(list_lines *l, buf *b, const merge_item *item)
{
	merger *m = l->m;
	str text = m->sides[SIDE_MADE].text;
	const yaml_node *n = item->nodes[SIDE_MADE];
	const merge_place *place = place_in_made(l, item);
	if (merge_has_mark(text, n))
		return WHY_MARK;
	if (place && place->odd)
		return WHY_ODD;
	size_t from = place ? place->at : n->written.from;
	ptrdiff_t columns = place ? (ptrdiff_t)l->column - (ptrdiff_t)place->column : 0;
	buf_printf(b, "%*s%s", (int)l->column, "", place ? "" : "- ");
	buf_str(b, merge_shift(m->arena, str_sub(text, from, merge_end(text, n) - from), columns, m->newline));
	buf_str(b, m->newline);
	return NULL;
}

static const char *bring(list_lines *l, const merge_item *item, size_t at)
{
	buf b = { .arena = l->m->arena };
	const char *why = write_made(l, &b, item);
	if (!why)
		splice_add(l->m->arena, &l->m->splices, at, at, buf_done(&b));
	return why;
}

static const char *move(list_lines *l, merge_item *item, size_t to)
{
	arena *a = l->m->arena;
	const merge_place *place = &l->places[item->rank[SIDE_EDITED]];
	str lines;
	if (merge_has_mark(l->text, item->nodes[SIDE_EDITED]))
		return WHY_MARK;
	splice_sort(a, &item->inside);
	if (!splice_apply(&lines, a, l->text, place->above, place->end, &item->inside))
		return WHY_ODD;
	splice_add(a, &l->m->splices, place->above, place->end, STR(""));
	splice_add(a, &l->m->splices, to, to, lines);
	return NULL;
}

static const char *cut(list_lines *l, const merge_item *item)
{
	const merge_place *place = &l->places[item->rank[SIDE_EDITED]];
	const yaml_node *n = item->nodes[SIDE_EDITED];
	if (merge_has_mark(l->text, n))
		return WHY_MARK;
	if (merge_has_comment(l->text, place->at, n, place->end))
		return WHY_COMMENT;
	splice_add(l->m->arena, &l->m->splices, place->start, place->end, STR(""));
	return NULL;
}

/* In the order of the new plan, each behind the one before. */
static void write_arrivals(list_lines *l)
{
	size_t at = l->front;
	EACH (merge_item *, one, l->list->order[SIDE_MADE]) {
		merge_item *item = *one;
		if (item->fate == FATE_STAYS)
			at = l->places ? l->places[item->rank[SIDE_EDITED]].end : at;
		else if (item->fate == FATE_COMES)
			report(l, item, l->obstacle ? l->obstacle : bring(l, item, at));
		else if (item->fate == FATE_MOVES)
			report(l, item, l->obstacle ? l->obstacle : move(l, item, at));
	}
}

static void write_removals(list_lines *l)
{
	EACH (merge_item *, one, l->list->order[SIDE_EDITED])
		if ((*one)->fate == FATE_GOES)
			report(l, *one, l->obstacle ? l->obstacle : cut(l, *one));
}

/* ---- a list that the edited plan has */

static bool any_odd(const merge_place *places, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (places[i].odd)
			return true;
	return false;
}

/* The list of the new plan, from which items come. */
static void open_made(list_lines *l)
{
	const yaml_pair *made = l->list->pairs[SIDE_MADE];
	if (!made)
		return;
	if (made->value->alias || made->value->marked)
		l->obstacle = WHY_MARK;
	else if (!made->value->flow)
		l->made = merge_item_places(l->m->arena, l->m->sides[SIDE_MADE].text, made);
}

static void open_lines(list_lines *l, const yaml_pair *pair)
{
	size_t count = pair->value->items.len;
	l->places = merge_item_places(l->m->arena, l->text, pair);
	if (!l->places)
		return;
	l->front = l->places[0].above;
	l->column = l->places[0].column;
	if (any_odd(l->places, count))
		l->obstacle = WHY_ODD;
}

/* Takes the brackets of an empty list away. */
static void open_brackets(list_lines *l, const yaml_pair *pair)
{
	merge_place place = merge_pair_place(l->text, pair);
	size_t colon = merge_colon(l->text, pair), to = merge_end(l->text, pair->value);
	if (l->m->sides[SIDE_EDITED].root->flow)
		l->obstacle = WHY_FLOW;
	else if (place.odd || colon == SIZE_MAX)
		l->obstacle = WHY_ODD;
	else if (merge_has_comment(l->text, colon, pair->value, to))
		l->obstacle = WHY_COMMENT;
	if (l->obstacle)
		return;
	splice_add(l->m->arena, &l->m->splices, colon + 1, to, STR(""));
	merge_keep_comment(l->m, &l->m->splices, to);
	l->front = place.end;
	l->column = dash_column(l->m);
}

/* The last item goes. The list goes with it if the new plan has none and nothing is lost; otherwise it is
 * left empty. */
static void write_end_of_list(list_lines *l, const yaml_pair *pair)
{
	merge_place place = merge_pair_place(l->text, pair);
	size_t colon = merge_colon(l->text, pair);
	if (!l->obstacle && !l->list->pairs[SIDE_MADE] && !place.odd && !merge_pair_has_mark(l->text, pair) &&
		!merge_has_comment(l->text, pair->written.to, pair->value, place.end)) {
		splice_add(l->m->arena, &l->m->splices, place.start, place.end, STR(""));
		l->list->dropped = true;
		return;
	}
	if (colon == SIZE_MAX)
		l->obstacle = WHY_ODD;
	else if (!l->obstacle)
		splice_add(l->m->arena, &l->m->splices, colon + 1, colon + 1, STR(" []"));
	write_removals(l);
}

static bool changes_places(const merge_list *list)
{
	EACH (merge_item *, one, list->items)
		if ((*one)->fate > FATE_STAYS)
			return true;
	return false;
}

void merge_write_items(merger *m, merge_list *list)
{
	const yaml_pair *pair = list->pairs[SIDE_EDITED];
	EACH (merge_item *, one, list->order[SIDE_EDITED])
		if ((*one)->fate == FATE_STAYS)
			EACH (const splice, s, (*one)->inside)
				vec_push(m->arena, &m->splices, *s);
	if (!pair || !changes_places(list))
		return;
	list_lines l = { .m = m, .list = list, .text = m->sides[SIDE_EDITED].text };
	open_made(&l);
	if (is_block_list(pair->value))
		open_lines(&l, pair);
	else if (pair->value->items.len || pair->value->alias || pair->value->marked)
		l.obstacle = merge_obstacle(pair->value);
	else
		open_brackets(&l, pair);
	if (m->arena->failed)
		return;
	if (!list->count && list->order[SIDE_EDITED].len) {
		write_end_of_list(&l, pair);
		return;
	}
	write_removals(&l);
	write_arrivals(&l);
}

/* ---- lists that the edited plan has not */

/* Behind the list or header that precedes it in the new plan, else before the first; SIZE_MAX: nowhere. */
static size_t place_of_list(merger *m, const yaml_pair *made)
{
	str text = m->sides[SIDE_EDITED].text;
	const yaml_node *root = m->sides[SIDE_MADE].root;
	for (size_t i = (size_t)(made - root->pairs.ptr); i-- > 0;) {
		const yaml_pair *before = merge_find(m->sides[SIDE_EDITED].root, root->pairs.ptr[i].key);
		if (!before)
			continue;
		merge_place place = merge_pair_place(text, before);
		return place.odd ? SIZE_MAX : place.end;
	}
	merge_place first = merge_pair_place(text, first_pair(m, SIDE_EDITED));
	return first.odd ? SIZE_MAX : first.start;
}

static void write_list(merger *m, merge_list *list)
{
	const yaml_pair *made = list->pairs[SIDE_MADE];
	list_lines l = { .m = m, .list = list, .text = m->sides[SIDE_EDITED].text };
	buf b = { .arena = m->arena };
	open_made(&l);
	l.front = place_of_list(m, made);
	l.column = dash_column(m);
	if (m->sides[SIDE_EDITED].root->flow)
		l.obstacle = WHY_FLOW;
	else if (l.front == SIZE_MAX)
		l.obstacle = WHY_ODD;
	buf_printf(
		&b, "%*s%s:", (int)merge_pair_place(l.text, first_pair(m, SIDE_EDITED)).column, "", list->kind->key);
	buf_str(&b, m->newline);
	for (const merge_item *item = list->first; item; item = item->next)
		report(&l, item, l.obstacle ? l.obstacle : write_made(&l, &b, item));
	splice_add(m->arena, &m->splices, l.front, l.front, buf_done(&b));
}

void merge_write_lists(merger *m)
{
	EACH (yaml_pair, p, m->sides[SIDE_MADE].root->pairs)
		for (size_t k = 0; k < MERGE_KINDS; k++) {
			merge_list *list = &m->lists[k];
			if (list->pairs[SIDE_MADE] == p && !list->pairs[SIDE_EDITED] && list->first)
				write_list(m, list);
		}
}
