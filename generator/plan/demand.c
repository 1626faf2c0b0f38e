#include "plan/demand.h"

#include "base/text.h"

#include <stdlib.h>

typedef VEC(uint32_t) vec_index;

typedef struct {
	arena *arena;
	demanded *modules;
	size_t count;
	map by_concept; /* concept id -> vec_index * */
	map by_word;    /* lower-case word of a blueprint's skill -> vec_index * */
	map by_skill;   /* skill id -> index + 1 */
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

static void add_index(sharer *s, map *m, str key, uint32_t i)
{
	vec_index *list = map_get(m, key);
	if (!list) {
		list = NEW(s->arena, vec_index);
		if (!list)
			return;
		map_put(m, key, list);
	}
	if (list->len == 0 || list->ptr[list->len - 1] != i)
		vec_push(s->arena, list, i);
}

static void index_words(sharer *s, str text, uint32_t i)
{
	str one;
	for (size_t at = 0; (one = text_next_word(text, &at)).len;)
		if (!is_common(one))
			add_index(s, &s->by_word, text_lower(s->arena, one), i);
}

static void index_modules(sharer *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const demanded *m = &s->modules[i];
		EACH (const teach, t, m->module->teaches)
			add_index(s, &s->by_concept, t->key, i);
		if (m->row) {
			add_index(s, &s->by_skill, m->row->row->id, i);
			index_words(s, m->row->row->name, i);
			index_words(s, m->row->row->notes, i);
		}
	}
}

static void gather(sharer *s, vec_index *out, const vec_index *more, bool *seen)
{
	for (size_t i = 0; more && i < more->len; i++)
		if (!seen[more->ptr[i]]) {
			seen[more->ptr[i]] = true;
			vec_push(s->arena, out, more->ptr[i]);
		}
}

static void gather_by_words(sharer *s, vec_index *out, str text, bool *seen)
{
	str one;
	for (size_t at = 0; (one = text_next_word(text, &at)).len;)
		if (!is_common(one))
			gather(s, out, map_get(&s->by_word, text_lower(s->arena, one)), seen);
}

static vec_index answering(sharer *s, const fact_row *r, bool *seen)
{
	vec_index out = { 0 };
	EACH (const str, id, r->concepts)
		gather(s, &out, map_get(&s->by_concept, *id), seen);
	if (r->row->kind == ROW_SKILL)
		gather(s, &out, map_get(&s->by_skill, r->row->id), seen);
	if (out.len == 0) {
		gather_by_words(s, &out, r->row->name, seen);
		gather_by_words(s, &out, r->row->text, seen);
	}
	EACH (uint32_t, i, out)
		seen[*i] = false;
	return out;
}

static int by_weight(const void *x, const void *y)
{
	const demand *a = x, *b = y;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->row->row->kind != b->row->row->kind)
		return a->row->row->kind < b->row->row->kind ? -1 : 1;
	return str_cmp(a->row->row->id, b->row->row->id);
}

void demand_share(demanded *modules, size_t count, const facts *f, vec_row *untaught, arena *a)
{
	sharer s = { .arena = a,
		.modules = modules,
		.count = count,
		.by_concept = { .arena = a },
		.by_word = { .arena = a },
		.by_skill = { .arena = a } };
	bool *seen = NEWN(a, bool, count ? count : 1);
	if (!seen)
		return;
	index_modules(&s);
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, r, f->rows[kind]) {
			vec_index to = answering(&s, r, seen);
			if (to.len == 0)
				vec_push(a, untaught, r);
			EACH (uint32_t, i, to)
				vec_push(a, &modules[*i].demands, (demand){ .row = r, .weight = r->weight / (double)to.len });
		}
	for (size_t i = 0; i < count; i++) {
		demanded *m = &modules[i];
		if (m->demands.len)
			qsort(m->demands.ptr, m->demands.len, sizeof *m->demands.ptr, by_weight);
		m->weight = 0;
		EACH (demand, d, m->demands)
			m->weight += d->weight;
		m->weight *= m->emphasis;
	}
}
