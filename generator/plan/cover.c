#include "plan/cover.h"

#include "base/text.h"
#include "evidence/rollup.h"

static bool is_covered(const catalog *c, str id)
{
	return map_has(&c->modules_by_concept, id) || map_has(&c->labs_by_concept, id) ||
		   map_has(&c->scenarios_by_concept, id);
}

static void add_once(arena *a, vec_str *list, str id)
{
	if (!list_has((list_str){ list->ptr, list->len }, id))
		vec_push(a, list, id);
}

static row_kind kind_of(str id)
{
	return str_starts(id, STR("technology:")) ? ROW_TECHNOLOGY
		   : str_starts(id, STR("theme:"))    ? ROW_THEME
											  : ROW_SKILL;
}

static bool is_above(const catalog *c, str wider, str narrower)
{
	const concept *one = catalog_find(c, "concept", narrower);
	for (int i = 0; one && i < PARENTS_MAX; i++) {
		one = rollup_parent(one, c);
		if (one && str_eq(one->id, wider))
			return true;
	}
	return false;
}

/* Rows list what is wider beside what they name (evidence/facts.c). A technology is not named by naming what
 * it belongs to. */
static list_str without_wider(arena *a, const catalog *c, list_str concepts)
{
	str *kept = NEWN(a, str, concepts.len + 1);
	size_t count = 0;
	for (size_t i = 0; kept && i < concepts.len; i++) {
		bool wider = false;
		EACH (const str, other, concepts)
			wider |= is_above(c, concepts.ptr[i], *other);
		if (!wider)
			kept[count++] = concepts.ptr[i];
	}
	return (list_str){ kept, count };
}

void cover_item_init(cover_item *out, arena *a, const catalog *c, str id, str name, list_str concepts)
{
	vec_str wide = { 0 }, above = { 0 };
	*out = (cover_item){ .id = id, .name = name, .kind = kind_of(id), .slug = text_slug(a, name) };
	if (out->kind == ROW_TECHNOLOGY)
		concepts = without_wider(a, c, concepts);
	out->own = concepts;
	EACH (const str, own, concepts) {
		const concept *one = catalog_find(c, "concept", *own);
		add_once(a, &wide, *own);
		for (int i = 0; one && i < PARENTS_MAX && !is_covered(c, one->id); i++)
			one = rollup_parent(one, c);
		if (one)
			add_once(a, &wide, one->id);
	}
	out->wide = (list_str){ wide.ptr, wide.len };
	EACH (const str, own, concepts) {
		const concept *one = catalog_find(c, "concept", *own);
		for (int i = 0; one && i < PARENTS_MAX; i++) {
			one = rollup_parent(one, c);
			if (one && !list_has(out->wide, one->id))
				add_once(a, &above, one->id);
		}
	}
	out->above = (list_str){ above.ptr, above.len };
}

bool cover_shares(list_str a, list_str b)
{
	EACH (const str, one, a)
		if (list_has(b, *one))
			return true;
	return false;
}

bool cover_teaches(const module *m, list_str concepts)
{
	EACH (const teach, t, m->teaches)
		if (list_has(concepts, t->key))
			return true;
	return false;
}

bool cover_is_made_for(const plan_module *m, const cover_item *i)
{
	return i->kind == ROW_SKILL && m->blueprint.len &&
		   (str_eq(m->skill, i->slug) || str_eq(m->skill, str_split(i->id, ':').tail));
}

static bool extends(const plan_draft *d, str id)
{
	EACH (const plan_module, m, d->plan.modules)
		EACH (const plan_extension, e, m->extends)
			if (str_eq(e->item, id))
				return true;
	return false;
}

static bool is_linked(const plan_draft *d, str id)
{
	EACH (const plan_link, l, d->plan.links)
		if (str_eq(l->item, id))
			return true;
	return false;
}

static bool modules_teach(const plan_draft *d, const cover_item *i, list_str concepts)
{
	EACH (const plan_module, m, d->plan.modules) {
		const module *item = draft_module_item(d, m);
		if (cover_is_made_for(m, i) || (item && cover_teaches(item, concepts)))
			return true;
	}
	return false;
}

bool cover_taught(const plan_draft *d, const cover_item *i)
{
	return modules_teach(d, i, i->wide) || extends(d, i->id) || is_linked(d, i->id);
}

static bool outcomes_touch(const plan_draft *d, list_str outcomes, list_str concepts)
{
	EACH (const str, id, outcomes) {
		const outcome *o = map_get(&d->in->catalog->outcomes, *id);
		if (o && cover_shares(o->concepts, concepts))
			return true;
	}
	return false;
}

static bool lab_practises(const plan_draft *d, const plan_lab *l, const cover_item *i, list_str concepts)
{
	if (l->blueprint.len)
		return i->kind == ROW_SKILL &&
			   (str_eq(l->skill, i->slug) || str_eq(l->skill, str_split(i->id, ':').tail));
	const lab *item = draft_lab_item(d, l);
	return item && outcomes_touch(d, item->outcomes, concepts);
}

static bool setting_names(const plan_scenario *s, str name)
{
	EACH (const str, one, s->setting)
		if (str_eq_nocase(*one, name))
			return true;
	return false;
}

bool cover_practised(const plan_draft *d, const cover_item *i)
{
	list_str concepts = i->kind == ROW_TECHNOLOGY ? i->own : i->wide;
	EACH (const plan_lab, l, d->plan.labs)
		if (lab_practises(d, l, i, concepts))
			return true;
	EACH (const plan_scenario, s, d->plan.scenarios) {
		const scenario *item = draft_scenario_item(d, s);
		if (setting_names(s, i->name) || (item && outcomes_touch(d, item->outcomes, concepts)))
			return true;
	}
	return extends(d, i->id);
}

bool cover_named(const plan_draft *d, const cover_item *i)
{
	return modules_teach(d, i, i->own) || is_linked(d, i->id) || cover_practised(d, i);
}

bool cover_holds(const plan_draft *d, const cover_item *i, int state)
{
	bool named = i->kind != ROW_TECHNOLOGY || cover_named(d, i);
	return cover_taught(d, i) && named && (state != ITEM_CORE || cover_practised(d, i));
}
