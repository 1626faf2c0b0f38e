/* Modules that were made from blueprints, because the catalogue does not know a skill, or not at the level of
 * the course. There may be many: they are said together. */
#include "session.h"

#include <stdlib.h>

enum { NAMED = 10 };

/* A row without a module of the catalogue, and one that teaches it to others. */
typedef struct {
	const fact_row *row;
	const plan_module *made;
	const module *elsewhere; /* NULL: there is none */
	const concept *taught;   /* there */
} draft;
typedef VEC(draft) vec_draft;

static int by_weight(const void *a, const void *b)
{
	const draft *x = a, *y = b;
	if (x->row->weight != y->row->weight)
		return x->row->weight > y->row->weight ? -1 : 1;
	return x->row->row->at.offset < y->row->row->at.offset ? -1
														   : x->row->row->at.offset > y->row->row->at.offset;
}

/* The module of another level that teaches it furthest; ties: the lower level, then the id. */
static void look_elsewhere(cw_context *c, draft *d)
{
	int far = TEACH_WORKING - 1;
	EACH (const concept_link, l, d->row->links) {
		const vec_item *items = map_get(&c->catalog.modules_by_concept, l->concept->id);
		for (size_t i = 0; items && i < items->len; i++) {
			const module *m = items->ptr[i];
			EACH (const teach, t, m->teaches) {
				bool better =
					t->level > far || (t->level == far && d->elsewhere && m->level < d->elsewhere->level);
				if (!str_eq(t->key, l->concept->id) || level_suits(m->level, c->facts.level) || !better)
					continue;
				far = t->level;
				d->elsewhere = m;
				d->taught = l->concept;
			}
		}
	}
}

static vec_draft find_drafts(cw_context *c)
{
	vec_draft all = { 0 };
	EACH (const plan_module, m, c->plan.modules) {
		draft one = { .row = m->needs_author ? facts_find(&c->facts, ROW_SKILL, m->skill) : NULL, .made = m };
		if (!one.row)
			continue;
		look_elsewhere(c, &one);
		vec_push(&c->arena, &all, one);
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_weight);
	return all;
}

static void report_made(cw_context *c, const vec_draft *all)
{
	buf names = { .arena = &c->arena };
	const draft *first = all->ptr; /* in the workbook */
	EACH (const draft, d, *all)
		first = d->row->row->at.offset < first->row->row->at.offset ? d : first;
	for (size_t i = 0; i < all->len && i < NAMED; i++)
		buf_printf(&names, "%s'%.*s'", i ? ", " : "", STRF(all->ptr[i].row->row->name));
	if (all->len > NAMED)
		buf_printf(&names, " and %zu more", all->len - NAMED);
	str list = buf_done(&names);
	if (all->len == 1)
		diag_add(&c->diags, E_NEEDS_AUTHOR, first->row->row->at,
			"the catalogue does not know %.*s at this level: module:%.*s is made from a blueprint and needs "
			"an "
			"author",
			STRF(list), STRF(first->made->id));
	else
		diag_add(&c->diags, E_NEEDS_AUTHOR, first->row->row->at,
			"the catalogue does not know %zu skills at this level, and their modules are made from "
			"blueprints "
			"and need an author: %.*s",
			all->len, STRF(list));
}

/* Several rows may link to one concept, which one module teaches. */
static bool is_said(const vec_draft *all, const draft *one)
{
	for (const draft *d = all->ptr; d < one; d++)
		if (d->elsewhere == one->elsewhere && d->taught == one->taught)
			return true;
	return false;
}

static void report_level(cw_context *c, const vec_draft *all, int level)
{
	buf list = { .arena = &c->arena };
	const draft *first = NULL;
	size_t count = 0;
	EACH (const draft, d, *all) {
		if (!d->elsewhere || (int)d->elsewhere->level != level || is_said(all, d))
			continue;
		first = first ? first : d;
		if (count++ < NAMED)
			buf_printf(&list, "%smodule:%.*s teaches '%.*s'", count > 1 ? ", " : "", STRF(d->elsewhere->id),
				STRF(d->taught->name));
	}
	if (!first)
		return;
	if (count > NAMED)
		buf_printf(&list, " and %zu more", count - NAMED);
	diag_add(&c->diags, E_NEEDS_AUTHOR, first->row->row->at, "%.*s for %s: set 'level: %s' in course.yaml",
		STRF(buf_done(&list)), level_names[level], level_names[level]);
}

void report_drafts(cw_context *c)
{
	vec_draft all = find_drafts(c);
	if (!all.len)
		return;
	report_made(c, &all);
	for (int level = 0; level_names[level]; level++)
		report_level(c, &all, level);
}
