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
	fact_kind kind; /* FACT_LAB or FACT_SCENARIO */
	list_str concepts;
	str integrates;    /* a module; empty: any */
	str tag;           /* empty: any */
	int scenario_kind; /* -1: any */
	int level;
} wanted;

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

/* All that suit, best first: most of the concepts, then id. Without concepts: all that have the tag or kind.
 */
static vec_item select_tasks(const catalog *c, const wanted *w, arena *a)
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

list_str argument_strings(value arguments, const char *name, arena *a)
{
	const value *v = value_get(arguments, str_from(name));
	vec_str out = { 0 };
	if (v && v->kind == V_STRING && v->string.len)
		vec_push(a, &out, v->string);
	for (size_t i = 0; v && v->kind == V_LIST && i < v->list.len; i++)
		if (v->list.ptr[i].kind == V_STRING)
			vec_push(a, &out, v->list.ptr[i].string);
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

str argument_string(value arguments, const char *name)
{
	const value *v = value_get(arguments, str_from(name));
	return v && v->kind == V_STRING ? v->string : STR("");
}

bool argument_flag(value arguments, const char *name)
{
	const value *v = value_get(arguments, str_from(name));
	return v && v->kind == V_BOOL && v->boolean;
}

int argument_choice(value arguments, const char *name, const char *const *names, int otherwise)
{
	str s = argument_string(arguments, name);
	for (int i = 0; names[i]; i++)
		if (str_eq(s, str_from(names[i])))
			return i;
	return otherwise;
}

static vec_item asked_modules(const catalog *c, value arguments, int level, arena *a)
{
	vec_item out = { 0 };
	int least = argument_choice(arguments, "at_least", teaching_names, TEACH_WORKING);
	list_str concepts = argument_strings(arguments, "teaches", a);
	map seen = { .arena = a }; /* one module may answer several of the concepts */
	EACH (const str, concept_id, concepts) {
		const module *m = select_module(c, *concept_id, least, level);
		if (m && !map_put(&seen, m->id, (void *)m))
			vec_push(a, &out, (void *)m);
	}
	return out;
}

static vec_item asked_tasks(const catalog *c, fact_kind kind, value arguments, int level, arena *a)
{
	wanted w = { .kind = kind,
		.concepts = argument_strings(arguments, "for", a),
		.integrates = argument_string(arguments, "integrates"),
		.tag = argument_string(arguments, "tag"),
		.scenario_kind = argument_choice(arguments, "kind", scenario_kind_names, -1),
		.level = level };
	if (value_get(arguments, STR("for")) && w.concepts.len == 0)
		return (vec_item){ 0 }; /* a fact without concepts asks for nothing */
	vec_item found = select_tasks(c, &w, a);
	if (found.len > 1 && !argument_flag(arguments, "all"))
		found.len = 1;
	return found;
}

vec_item select_asked(const catalog *c, fact_kind kind, value arguments, int level, arena *a)
{
	vec_item out = { 0 };
	str id = argument_string(arguments, "id");
	void *named = id.len ? catalog_find(c, fact_names[kind], id) : NULL;
	if (named)
		vec_push(a, &out, named);
	if (kind != FACT_MODULE)
		return id.len ? out : asked_tasks(c, kind, arguments, level, a);
	vec_item taught_by = asked_modules(c, arguments, level, a);
	EACH (void *, m, taught_by)
		if (*m != named)
			vec_push(a, &out, *m);
	return out;
}
