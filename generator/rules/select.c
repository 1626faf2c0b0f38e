#include "rules/select.h"

#include "model/curriculum.h"

#include <stdlib.h>

bool level_suits(int item, int course_level_)
{
	return item <= course_level_ && course_level_ - item <= 1;
}

static int taught(const module *m, str concept_id)
{
	EACH (const teach, t, m->teaches)
		if (str_eq(t->key, concept_id))
			return t->level;
	return -1;
}

const module *select_module(const catalog *c, str concept_id, int at_least, int level)
{
	const vec_item *items = map_get(&c->modules_by_concept, concept_id);
	const module *best = NULL;
	for (size_t i = 0; items && i < items->len; i++) {
		const module *m = items->ptr[i];
		int far = taught(m, concept_id), best_far = best ? taught(best, concept_id) : -1;
		if (!level_suits(m->level, level) || far < at_least)
			continue;
		if (!best || far > best_far || (far == best_far && m->level > best->level) ||
			(far == best_far && m->level == best->level && str_cmp(m->id, best->id) < 0))
			best = m;
	}
	return best;
}

typedef struct {
	void *item;
	str id;
	size_t hits;
} candidate;

static bool fits(const wanted *w, const void *item)
{
	const lab *l = item;
	const scenario *s = item;
	list_str integrates = w->kind == FACT_SCENARIO ? s->integrates : l->integrates;
	if (w->integrates.len && !list_has(integrates, w->integrates))
		return false;
	if (w->kind == FACT_SCENARIO)
		return level_suits(s->level, w->level) && (w->scenario_kind < 0 || s->kind == w->scenario_kind);
	return level_suits(l->level, w->level) && (w->tag.len == 0 || list_has(l->tags, w->tag));
}

static int by_fit(const void *x, const void *y)
{
	const candidate *a = x, *b = y;
	if (a->hits != b->hits)
		return a->hits > b->hits ? -1 : 1;
	return str_cmp(a->id, b->id);
}

vec_item select_tasks(const catalog *c, const wanted *w, arena *a)
{
	VEC(candidate) found = { 0 };
	map seen = { .arena = a };
	bool labs = w->kind == FACT_LAB;
	vec_item all = { .ptr = (void **)(labs ? (void *)c->labs.ptr : (void *)c->scenarios.ptr),
		.len = labs ? c->labs.len : c->scenarios.len };
	const vec_item *some = &all;
	if (w->integrates.len)
		some = map_get(labs ? &c->labs_by_module : &c->scenarios_by_module, w->integrates);
	for (size_t i = 0; i < (w->concepts.len ? w->concepts.len : 1); i++) {
		const vec_item *items = some;
		if (w->concepts.len)
			items = map_get(labs ? &c->labs_by_concept : &c->scenarios_by_concept, w->concepts.ptr[i]);
		for (size_t k = 0; items && k < items->len; k++) {
			void *item = items->ptr[k];
			if (!fits(w, item))
				continue;
			str id = labs ? ((lab *)item)->id : ((scenario *)item)->id;
			size_t *known = map_get(&seen, id);
			if (!known) {
				known = NEW(a, size_t);
				vec_push(a, &found, (candidate){ .item = item, .id = id });
				if (known)
					*known = found.len;
				map_put(&seen, id, known);
			}
			if (known && *known)
				found.ptr[*known - 1].hits++;
		}
	}
	if (found.len)
		qsort(found.ptr, found.len, sizeof *found.ptr, by_fit);
	vec_item out = { 0 };
	EACH (candidate, one, found)
		vec_push(a, &out, one->item);
	return out;
}
