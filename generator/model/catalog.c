#include "model/catalog.h"

#include <stdio.h>

enum { KEY_MAX = 160 };

void *catalog_find(const catalog *c, const char *kind, str id)
{
	char key[KEY_MAX];
	int n = snprintf(key, sizeof key, "%s:%.*s", kind, STRF(id));
	return n > 0 && (size_t)n < sizeof key ? map_get(&c->by_id, (str){ .ptr = key, .len = (size_t)n }) : NULL;
}

static void index_item(arena *a, map *by_concept, str concept_id, void *item)
{
	vec_item *items = map_get(by_concept, concept_id);
	if (!items) {
		items = NEW(a, vec_item);
		if (!items)
			return;
		map_put(by_concept, concept_id, items);
	}
	if (items->len == 0 || items->ptr[items->len - 1] != item)
		vec_push(a, items, item);
}

static void index_modules(catalog *c, arena *a)
{
	EACH (module *, m, c->modules) {
		EACH (teach, t, (*m)->teaches)
			index_item(a, &c->modules_by_concept, t->key, *m);
		EACH (outcome, o, (*m)->outcomes) {
			map_put(&c->outcomes, o->id, o);
			map_put(&c->outcome_modules, o->id, *m);
		}
	}
}

list_str catalog_concepts(const catalog *c, arena *a, list_str outcomes)
{
	vec_str out = { 0 };
	EACH (str, id, outcomes) {
		const outcome *o = map_get(&c->outcomes, *id);
		for (size_t i = 0; o && i < o->concepts.len; i++) {
			bool seen = false;
			EACH (str, known, out)
				seen |= str_eq(*known, o->concepts.ptr[i]);
			if (!seen)
				vec_push(a, &out, o->concepts.ptr[i]);
		}
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

void catalog_index(catalog *c, arena *a)
{
	map *maps[] = { &c->outcomes, &c->outcome_modules, &c->modules_by_concept, &c->labs_by_concept,
		&c->scenarios_by_concept, &c->labs_by_module, &c->scenarios_by_module, &c->quiz_by_module };
	for (size_t i = 0; i < COUNT(maps); i++)
		*maps[i] = (map){ .arena = a };
	index_modules(c, a);
	EACH (lab *, l, c->labs) {
		list_str concepts = catalog_concepts(c, a, (*l)->outcomes);
		EACH (str, id, concepts)
			index_item(a, &c->labs_by_concept, *id, *l);
		EACH (const str, id, (*l)->integrates)
			index_item(a, &c->labs_by_module, *id, *l);
	}
	EACH (scenario *, s, c->scenarios) {
		list_str concepts = catalog_concepts(c, a, (*s)->outcomes);
		EACH (str, id, concepts)
			index_item(a, &c->scenarios_by_concept, *id, *s);
		EACH (const str, id, (*s)->integrates)
			index_item(a, &c->scenarios_by_module, *id, *s);
	}
	EACH (quiz *, q, c->quizzes)
		map_put(&c->quiz_by_module, (*q)->module, *q);
}
