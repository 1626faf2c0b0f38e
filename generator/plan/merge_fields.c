/* One item in three plans, field by field. A field's value is one thing, however much it holds. */
#include "plan/merge_parts.h"

#include "plan/merge_text.h"

typedef enum { FIELD_STAYS, FIELD_CHANGES, FIELD_COMES, FIELD_GOES } field_fate;

typedef struct {
	merger *m;
	merge_name name;
	yaml_node *const *maps;
	const char *why; /* nothing in the item can be replaced */
	vec_splice *out;
	bool *gone; /* of each pair of the edited map: it is removed */
	VEC(yaml_pair) result;
	bool changed;
} item_merge;

const char *merge_obstacle(const yaml_node *n)
{
	return n->alias || n->marked ? WHY_MARK : n->flow ? WHY_FLOW : NULL;
}

static void conflict(item_merge *f, str key, const char *why)
{
	const yaml_pair *here = merge_find(f->maps[SIDE_EDITED], key);
	yaml_node *values[SIDES];
	for (int i = 0; i < SIDES; i++)
		values[i] = merge_value(merge_find(f->maps[i], key));
	merge_add_conflict(
		f->m, f->name, key, values, here ? here->written.from : f->maps[SIDE_EDITED]->written.from, why);
}

/* ---- what becomes of a field */

static field_fate decide(item_merge *f, str key)
{
	const yaml_node *base = yaml_get(f->maps[SIDE_BASE], key), *edited = yaml_get(f->maps[SIDE_EDITED], key),
					*made = yaml_get(f->maps[SIDE_MADE], key);
	bool edited_here = !merge_same(f->m->arena, base, edited);
	if (merge_same(f->m->arena, base, made)) {
		f->m->kept += edited_here;
		return FIELD_STAYS;
	}
	if (merge_same(f->m->arena, edited, made))
		return FIELD_STAYS;
	if (edited_here) {
		conflict(f, key, WHY_BOTH);
		return FIELD_STAYS;
	}
	f->m->taken++;
	return !made ? FIELD_GOES : edited ? FIELD_CHANGES : FIELD_COMES;
}

/* ---- changing a value */

/* From behind the colon, or from the value itself if it begins in the line of its key. */
typedef struct {
	size_t colon, from, to; /* `from`: the value */
	bool in_line;
} value_place;

static bool find_value(value_place *v, str text, const yaml_pair *p)
{
	*v = (value_place){ .colon = merge_colon(text, p), .from = p->value->written.from };
	if (v->colon >= v->from)
		return false;
	v->to = merge_end(text, p->value);
	v->in_line = true;
	for (size_t at = v->colon; at < v->from; at++)
		v->in_line &= !merge_break(text, at);
	return true;
}

static ptrdiff_t columns_between(merger *m, const yaml_pair *edited, const yaml_pair *made)
{
	merge_place e = merge_pair_place(m->sides[SIDE_EDITED].text, edited),
				n = merge_pair_place(m->sides[SIDE_MADE].text, made);
	return e.odd || n.odd ? 0 : (ptrdiff_t)e.column - (ptrdiff_t)n.column;
}

/* What stands in the new plan behind the colon. */
static str text_behind_colon(merger *m, const value_place *v, ptrdiff_t columns)
{
	size_t from = v->in_line ? v->from : v->colon + 1;
	str text =
		merge_shift(m->arena, str_sub(m->sides[SIDE_MADE].text, from, v->to - from), columns, m->newline);
	return v->in_line ? arena_printf(m->arena, " %.*s", STRF(text)) : text;
}

void merge_keep_comment(merger *m, vec_splice *out, size_t at)
{
	str text = m->sides[SIDE_EDITED].text;
	if (at < text.len && text.ptr[at] == '#')
		splice_add(m->arena, out, at, at, STR(" "));
}

/* Returns why it cannot be done, or NULL. */
static const char *change(item_merge *f, const yaml_pair *edited, const yaml_pair *made)
{
	merger *m = f->m;
	str text = m->sides[SIDE_EDITED].text;
	value_place e, n;
	if (merge_pair_has_mark(text, edited) || merge_pair_has_mark(m->sides[SIDE_MADE].text, made))
		return WHY_MARK;
	if (!find_value(&e, text, edited) || !find_value(&n, m->sides[SIDE_MADE].text, made))
		return WHY_ODD;
	bool keep_blanks = e.in_line && n.in_line && e.from > e.colon + 1;
	size_t from = keep_blanks ? e.from : e.colon + 1;
	if (merge_has_comment(text, from, edited->value, e.to))
		return WHY_COMMENT;
	str with = text_behind_colon(m, &n, columns_between(m, edited, made));
	splice_add(m->arena, f->out, from, e.to, keep_blanks ? str_skip(with, 1) : with);
	merge_keep_comment(m, f->out, e.to);
	return NULL;
}

/* ---- a new field */

/* The field behind which a new one stands: the nearest of those before it in the new plan, else the last. */
static const yaml_pair *field_before(const item_merge *f, const yaml_pair *made)
{
	const yaml_node *edited = f->maps[SIDE_EDITED];
	for (size_t i = (size_t)(made - f->maps[SIDE_MADE]->pairs.ptr); i-- > 0;) {
		const yaml_pair *here = merge_find(edited, f->maps[SIDE_MADE]->pairs.ptr[i].key);
		if (here && !f->gone[here - edited->pairs.ptr])
			return here;
	}
	for (size_t i = edited->pairs.len; i-- > 0;)
		if (!f->gone[i])
			return &edited->pairs.ptr[i];
	return NULL;
}

static const char *add(item_merge *f, const yaml_pair *made)
{
	merger *m = f->m;
	str text = m->sides[SIDE_MADE].text;
	const yaml_pair *before = field_before(f, made);
	value_place n;
	if (merge_pair_has_mark(text, made))
		return WHY_MARK;
	if (!before || !find_value(&n, text, made))
		return WHY_ODD;
	merge_place place = merge_pair_place(m->sides[SIDE_EDITED].text, before);
	if (place.odd)
		return WHY_ODD;
	str key = str_sub(text, made->written.from, made->written.to - made->written.from);
	str value = text_behind_colon(m, &n, columns_between(m, before, made));
	str line = arena_printf(
		m->arena, "%*s%.*s:%.*s%.*s", (int)place.column, "", STRF(key), STRF(value), STRF(m->newline));
	splice_add(m->arena, f->out, place.end, place.end, line);
	return NULL;
}

/* ---- removing a field */

static const char *cut(item_merge *f, const yaml_pair *p, size_t from, size_t to)
{
	str text = f->m->sides[SIDE_EDITED].text;
	if (merge_pair_has_mark(text, p))
		return WHY_MARK;
	if (merge_has_comment(text, p->written.to, p->value, to))
		return WHY_COMMENT;
	splice_add(f->m->arena, f->out, from, to, STR(""));
	return NULL;
}

/* In the line of the dash, the next field takes its place. */
static const char *take_out(item_merge *f, size_t index, bool dash_line)
{
	const yaml_node *edited = f->maps[SIDE_EDITED];
	const yaml_pair *p = &edited->pairs.ptr[index];
	str text = f->m->sides[SIDE_EDITED].text;
	merge_place place = merge_pair_place(text, p);
	if (place.odd)
		return WHY_ODD;
	if (!dash_line)
		return cut(f, p, place.start, place.end);
	if (index + 1 == edited->pairs.len || merge_pair_place(text, p + 1).odd)
		return WHY_ODD;
	return cut(f, p, p->written.from, p[1].written.from);
}

/* ---- the item */

static void push(item_merge *f, str key, yaml_node *value)
{
	vec_push(f->m->arena, &f->result, (yaml_pair){ .key = key, .value = value });
}

static void report(item_merge *f, str key, const char *why)
{
	if (why)
		conflict(f, key, why);
}

static void merge_edited_pairs(item_merge *f)
{
	yaml_node *edited = f->maps[SIDE_EDITED];
	bool dash_line =
		edited->pairs.len && merge_pair_place(f->m->sides[SIDE_EDITED].text, edited->pairs.ptr).after_dash;
	for (size_t i = 0; i < edited->pairs.len; i++) {
		const yaml_pair *p = &edited->pairs.ptr[i], *made = merge_find(f->maps[SIDE_MADE], p->key);
		field_fate fate = decide(f, p->key);
		if (fate == FIELD_CHANGES)
			report(f, p->key, f->why ? f->why : change(f, p, made));
		if (fate == FIELD_GOES)
			report(f, p->key, f->why ? f->why : take_out(f, i, dash_line));
		else
			push(f, p->key, fate == FIELD_CHANGES ? made->value : p->value);
		f->gone[i] = fate == FIELD_GOES;
		f->changed |= fate != FIELD_STAYS;
		dash_line &= f->gone[i];
	}
}

static void merge_new_pairs(item_merge *f)
{
	EACH (yaml_pair, p, f->maps[SIDE_MADE]->pairs) {
		if (merge_find(f->maps[SIDE_EDITED], p->key) || decide(f, p->key) != FIELD_COMES)
			continue;
		report(f, p->key, f->why ? f->why : add(f, p));
		push(f, p->key, p->value);
		f->changed = true;
	}
}

yaml_node *merge_fields(
	merger *m, merge_name name, yaml_node *const maps[SIDES], const char *why, vec_splice *out)
{
	yaml_node *edited = maps[SIDE_EDITED];
	item_merge f = { .m = m,
		.name = name,
		.maps = maps,
		.why = why ? why : merge_obstacle(edited),
		.out = out,
		.gone = NEWN(m->arena, bool, edited->pairs.len) };
	if (!f.gone)
		return edited;
	merge_edited_pairs(&f);
	merge_new_pairs(&f);
	yaml_node *result = f.changed ? NEW(m->arena, yaml_node) : NULL;
	if (!result)
		return edited;
	*result = (yaml_node){ .kind = YAML_MAP };
	result->pairs.ptr = f.result.ptr;
	result->pairs.len = f.result.len;
	return result;
}
