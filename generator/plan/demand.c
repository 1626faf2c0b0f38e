#include "plan/demand.h"

#include "base/text.h"
#include "evidence/lexicon.h"
#include "evidence/rollup.h"

#include <stdlib.h>

/* A module that answers a concept, a skill or a word, and how far it teaches it (1 to 4). */
typedef struct {
	uint32_t module;
	int depth;
} answer;
typedef VEC(answer) vec_answer;

typedef struct {
	arena *arena;
	demanded *modules;
	size_t count;
	map by_concept; /* concept id -> vec_answer * */
	map by_word;    /* lower-case word of a blueprint's skill -> vec_answer * */
	map by_skill;   /* skill id -> vec_answer * */
	map by_subject; /* concept of a blueprint's skill -> vec_answer * */
	const catalog *catalog;
	/* of the row at hand */
	VEC(const vec_answer *) lists;
	VEC(uint32_t) touched;
	double *part;     /* by module; zero between rows */
	bool *is_touched; /* by module */
} sharer;

enum { SHORTEST_WORD = 2 };

/* Words of skill names that say nothing about which skill it is. */
static bool is_common(str word)
{
	static const char *const common[] = { "and", "the", "for", "with", "of", "or", "on", "in", "to", "at",
		"as", "ai", "management", "platform", "platforms", "design", "architecture", "engineering", "tools",
		"tooling", "services", "systems", "custom", "advanced", "basics", "leadership", "data", "cloud" };
	for (size_t i = 0; i < COUNT(common); i++)
		if (str_eq_nocase(word, str_from(common[i])))
			return true;
	return word.len < SHORTEST_WORD;
}

static void add_answer(sharer *s, map *m, str key, uint32_t i, int depth)
{
	vec_answer *list = map_get(m, key);
	if (!list) {
		list = NEW(s->arena, vec_answer);
		if (!list)
			return;
		map_put(m, key, list);
	}
	if (list->len == 0 || list->ptr[list->len - 1].module != i)
		vec_push(s->arena, list, (answer){ .module = i, .depth = depth });
}

static void index_words(sharer *s, str text, uint32_t i)
{
	str one;
	for (size_t at = 0; (one = text_next_word(text, &at)).len;)
		if (!is_common(one))
			add_answer(s, &s->by_word, text_lower(s->arena, one), i, 1);
}

static void index_modules(sharer *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const demanded *m = &s->modules[i];
		EACH (const teach, t, m->module->teaches)
			add_answer(s, &s->by_concept, t->key, i, t->level + 1);
		if (m->row) {
			add_answer(s, &s->by_skill, m->row->row->id, i, TEACH_EXPERT + 1);
			index_words(s, m->row->row->name, i);
			EACH (const str, id, m->row->concepts)
				add_answer(s, &s->by_subject, *id, i, 1);
		}
	}
}

/* Adds `weight` to the parts of the modules in the list, by their depth. */
static void share_out(sharer *s, const vec_answer *list, double weight)
{
	int depth = 0;
	EACH (const answer, one, *list)
		depth += one->depth;
	EACH (const answer, one, *list) {
		if (!s->is_touched[one->module])
			vec_push(s->arena, &s->touched, one->module);
		s->is_touched[one->module] = true;
		s->part[one->module] += weight * one->depth / depth;
	}
}

static void add_list(sharer *s, const vec_answer *list)
{
	if (list)
		vec_push(s->arena, &s->lists, list);
}

static void add_words(sharer *s, str text)
{
	str one;
	for (size_t at = 0; (one = text_next_word(text, &at)).len;)
		if (!is_common(one))
			add_list(s, map_get(&s->by_word, text_lower(s->arena, one)));
}

/* The concept's own modules, or those of the nearest wider concept that has any. */
static void add_subject(sharer *s, str concept_id)
{
	const vec_answer *list = map_get(&s->by_subject, concept_id);
	const concept *one = catalog_find(s->catalog, "concept", concept_id);
	for (int i = 0; one && !list && i < PARENTS_MAX; i++) {
		one = rollup_parent(one, s->catalog);
		list = one ? map_get(&s->by_subject, one->id) : NULL;
	}
	add_list(s, list);
}

/* A responsibility is work of the kind that a blueprint's pattern names, so all that was made from it
 * practises it.
 */
static void add_kind(sharer *s, str theme)
{
	vec_answer *list = NEW(s->arena, vec_answer);
	for (uint32_t i = 0; list && i < s->count; i++) {
		const blueprint *b = s->modules[i].blueprint;
		if (b && b->match.len && pattern_found(b->match, theme))
			vec_push(s->arena, list, (answer){ .module = i, .depth = 1 });
	}
	if (list && list->len)
		add_list(s, list);
}

/* Each concept that some module answers carries the same part of the row. */
static void share_row(sharer *s, const fact_row *r)
{
	s->lists.len = s->touched.len = 0;
	EACH (const str, id, r->concepts)
		add_list(s, map_get(&s->by_concept, *id));
	if (r->row->kind == ROW_SKILL)
		add_list(s, map_get(&s->by_skill, r->row->id));
	if (s->lists.len == 0) {
		add_words(s, r->row->name);
		add_words(s, r->row->text);
	}
	if (s->lists.len == 0)
		EACH (const str, id, r->concepts)
			add_subject(s, *id);
	if (s->lists.len == 0 && r->row->kind == ROW_THEME)
		add_kind(s, r->row->name);
	EACH (const vec_answer *, list, s->lists)
		share_out(s, *list, r->weight / (double)s->lists.len);
	EACH (uint32_t, i, s->touched) {
		vec_push(s->arena, &s->modules[*i].demands, (demand){ .row = r, .weight = s->part[*i] });
		s->part[*i] = 0;
		s->is_touched[*i] = false;
	}
}

int demand_by_weight(const void *x, const void *y)
{
	const demand *a = x, *b = y;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->row->row->kind != b->row->row->kind)
		return a->row->row->kind < b->row->row->kind ? -1 : 1;
	return str_cmp(a->row->row->id, b->row->row->id);
}

void demand_share(
	demanded *modules, size_t count, const facts *f, const catalog *c, vec_row *untaught, arena *a)
{
	sharer s = { .arena = a,
		.modules = modules,
		.count = count,
		.by_concept = { .arena = a },
		.by_word = { .arena = a },
		.by_skill = { .arena = a },
		.by_subject = { .arena = a },
		.catalog = c };
	s.part = NEWN(a, double, count ? count : 1);
	s.is_touched = NEWN(a, bool, count ? count : 1);
	if (!s.part || !s.is_touched)
		return;
	index_modules(&s);
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, r, f->rows[kind]) {
			share_row(&s, r);
			if (s.touched.len == 0)
				vec_push(a, untaught, r);
		}
	for (size_t i = 0; i < count; i++) {
		demanded *m = &modules[i];
		if (m->demands.len)
			qsort(m->demands.ptr, m->demands.len, sizeof *m->demands.ptr, demand_by_weight);
		m->weight = 0;
		EACH (demand, d, m->demands)
			m->weight += d->weight;
		m->weight *= m->emphasis;
	}
}
