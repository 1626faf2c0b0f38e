/* References inside the catalogue: each must lead to an item. */
#include "base/text.h"
#include "model/curriculum.h"
#include "read/catalog.h"

enum { SUGGEST_MAX = 512 };

typedef struct {
	catalog *catalog;
	arena *arena;
	diags *diags;
	bool ok;
} checker;

static void unknown(checker *k, loc at, const char *kind, str id, const str *names, size_t count, str owner)
{
	str near = text_suggest(id, names, count);
	diag_add(k->diags, E_UNKNOWN_REFERENCE, at,
		"'%.*s' refers to the %s '%.*s', which does not exist%s%.*s%s", STRF(owner), kind, STRF(id),
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	k->ok = false;
}

static void want(checker *k, const char *kind, list_str ids, loc at, str owner)
{
	EACH (const str, id, ids) {
		bool is_outcome = str_eq(str_from(kind), STR("outcome"));
		if (is_outcome ? map_has(&k->catalog->outcomes, *id) : catalog_find(k->catalog, kind, *id) != NULL)
			continue;
		str names[SUGGEST_MAX];
		size_t count = 0;
		const map *from = is_outcome ? &k->catalog->outcomes : &k->catalog->by_id;
		str prefix = arena_printf(k->arena, "%s:", kind);
		EACH (const map_entry, e, from->entries)
			if (count < SUGGEST_MAX && (is_outcome || str_starts(e->key, prefix)))
				names[count++] = is_outcome ? e->key : str_skip(e->key, prefix.len);
		unknown(k, at, kind, *id, names, count, owner);
	}
}

static void want_one(checker *k, const char *kind, str id, loc at, str owner)
{
	if (id.len)
		want(k, kind, (list_str){ .ptr = &id, .len = 1 }, at, owner);
}

static void check_module(checker *k, const module *m)
{
	want(k, "module", m->prerequisites, m->at, m->id);
	EACH (const teach, t, m->teaches)
		want_one(k, "concept", t->key, t->at, m->id);
	EACH (const outcome, o, m->outcomes) {
		want(k, "concept", o->concepts, o->at, o->id);
		want(k, "program-outcome", o->supports, o->at, o->id);
		if (map_get(&k->catalog->outcomes, o->id) != o) {
			diag_add(k->diags, E_DUPLICATE_ID, o->at, "outcome '%.*s' is given twice", STRF(o->id));
			k->ok = false;
		}
	}
	EACH (const activity, act, m->activities)
		want(k, "outcome", act->outcomes, act->at, act->id);
	if (m->minutes.max < m->minutes.min) {
		diag_add(k->diags, E_BAD_VALUE, m->minutes.at, "max is %d, less than min, which is %d",
			m->minutes.max, m->minutes.min);
		k->ok = false;
	}
}

static void check_lab(checker *k, const lab *l)
{
	want(k, "module", l->integrates, l->at, l->id);
	want(k, "outcome", l->outcomes, l->at, l->id);
	EACH (const metric, m, l->metrics)
		if (m->source)
			want_one(k, "source", m->source->key, m->source->at, m->id);
	if (l->rubric.ref.len)
		want_one(k, "rubric", l->rubric.ref, l->rubric.at, l->id);
	EACH (const criterion, c, l->rubric.criteria) {
		want_one(k, "criterion", c->use, c->at, c->id);
		want(k, "outcome", c->outcomes, c->at, c->id);
	}
}

/* Ids that exist only inside one scenario. */
typedef struct {
	map known;
	str names[SUGGEST_MAX]; /* the first of them, for suggestions */
	size_t count;
} local_ids;

static void add_local(local_ids *ids, str id, const void *item)
{
	map_put(&ids->known, id, (void *)item);
	if (ids->count < SUGGEST_MAX)
		ids->names[ids->count++] = id;
}

static void want_local(checker *k, const local_ids *ids, const char *kind, list_str wanted, loc at, str owner)
{
	EACH (const str, id, wanted)
		if (!map_has(&ids->known, *id))
			unknown(k, at, kind, *id, ids->names, ids->count, owner);
}

/* What a scenario says of its own evidence, actions and criteria. */
static void check_inside(checker *k, const scenario *s)
{
	local_ids evidence = { .known = { .arena = k->arena } }, actions = { .known = { .arena = k->arena } },
			  criteria = { .known = { .arena = k->arena } };
	EACH (const stack_part, p, s->setting.stack) {
		want(k, "concept", p->any, p->at, s->id);
		if (p->any.len)
			continue;
		diag_add(k->diags, E_MISSING_KEY, p->at, "part '%.*s' of the stack names no technology in 'any'",
			STRF(p->id));
		k->ok = false;
	}
	EACH (const evidence_item, e, s->evidence)
		add_local(&evidence, e->id, e);
	EACH (const scenario_action, one, s->actions)
		add_local(&actions, one->id, one);
	EACH (const score_criterion, c, s->scoring.criteria)
		add_local(&criteria, c->id, c);
	EACH (const scenario_inject, i, s->injects) {
		want_local(k, &evidence, "evidence item", i->evidence, i->at, i->id);
		want_local(k, &actions, "action", i->expect, i->at, i->id);
	}
	EACH (const scenario_prompt, p, s->prompts)
		want_local(k, &evidence, "evidence item", p->evidence, p->at, p->id);
	EACH (const scenario_action, one, s->actions)
		want_local(k, &criteria, "criterion", (list_str){ .ptr = (str *)&one->criterion, .len = 1 }, one->at,
			one->id);
	want_local(k, &actions, "action", s->scoring.critical_fail, s->scoring.at, s->id);
}

static void check_scenario(checker *k, const scenario *s)
{
	want(k, "module", s->integrates, s->at, s->id);
	want(k, "outcome", s->outcomes, s->at, s->id);
	EACH (const score_criterion, c, s->scoring.criteria)
		want(k, "outcome", c->outcomes, c->at, c->id);
	EACH (const scenario_inject, i, s->injects)
		want(k, "outcome", i->outcomes, i->at, i->id);
	EACH (const scenario_prompt, p, s->prompts)
		want(k, "outcome", p->outcomes, p->at, p->id);
	check_inside(k, s);
}

static void want_of_module(checker *k, const module *m, list_str ids, loc at, str owner)
{
	local_ids outcomes = { .known = { .arena = k->arena } };
	EACH (const outcome, o, m->outcomes)
		add_local(&outcomes, o->id, o);
	want_local(k, &outcomes, "outcome", ids, at, owner);
}

/* Before the words are filled in, ids of outcomes are those of the blueprint's own module. */
static void check_blueprint(checker *k, const blueprint *b)
{
	const scenario *s = b->scenario;
	if (!s)
		return;
	if (str_find(s->id, STR("{{id}}"), 0) == SIZE_MAX) {
		diag_add(k->diags, E_BAD_VALUE, s->at,
			"the id of a blueprint's scenario holds {{id}}, such as scn-incident-{{id}}, not '%.*s'",
			STRF(s->id));
		k->ok = false;
	}
	if (s->evidence.len && !b->folder.len) {
		diag_add(k->diags, E_MISSING_KEY, s->at,
			"the scenario of blueprint '%.*s' has evidence, and the blueprint no 'folder' that holds it",
			STRF(b->id));
		k->ok = false;
	}
	want_of_module(k, &b->module, s->outcomes, s->at, s->id);
	EACH (const score_criterion, c, s->scoring.criteria)
		want_of_module(k, &b->module, c->outcomes, c->at, c->id);
	EACH (const scenario_inject, i, s->injects)
		want_of_module(k, &b->module, i->outcomes, i->at, i->id);
	EACH (const scenario_prompt, p, s->prompts)
		want_of_module(k, &b->module, p->outcomes, p->at, p->id);
	check_inside(k, s);
}

static void check_quiz(checker *k, const quiz *q)
{
	want_one(k, "module", q->module, q->at, q->id);
	EACH (const pair_number, part, q->blueprint)
		want_one(k, "outcome", part->key, part->at, q->id);
	map ids = { .arena = k->arena };
	EACH (const quiz_item, i, q->items) {
		want_one(k, "outcome", i->outcome, i->at, i->id);
		if (map_put(&ids, i->id, (void *)(uintptr_t)i)) {
			diag_add(k->diags, E_DUPLICATE_ID, i->at, "item '%.*s' of quiz '%.*s' is given twice",
				STRF(i->id), STRF(q->id));
			k->ok = false;
		}
	}
}

static void check_part(checker *k, const capstone_part *p, const local_ids *criteria)
{
	bool any = str_eq(p->module, STR("*"));
	if (!any)
		want_one(k, "module", p->module, p->at, p->module);
	EACH (const capstone_score, s, p->scores) {
		want_local(k, criteria, "criterion", (list_str){ .ptr = (str *)&s->key, .len = 1 }, s->at, p->module);
		want(k, "outcome", s->outcomes, s->at, p->module);
	}
}

static void check_capstone(checker *k, const capstone *c)
{
	local_ids criteria = { .known = { .arena = k->arena } };
	if (c->rubric.ref.len) {
		diag_add(k->diags, E_BAD_VALUE, c->rubric.at,
			"the rubric of a capstone stands in its place, because its criteria score the parts: it has no "
			"'ref'");
		k->ok = false;
	}
	EACH (const criterion, one, c->rubric.criteria) {
		add_local(&criteria, one->id, one);
		want(k, "outcome", one->outcomes, one->at, one->id);
	}
	EACH (const capstone_part, p, c->parts)
		check_part(k, p, &criteria);
}

static void check_concept(checker *k, const concept *c)
{
	want_one(k, "concept", c->parent, c->at, c->id);
	want(k, "source", c->sources, c->at, c->id);
}

bool catalog_check(catalog *c, arena *a, diags *d)
{
	checker k = { .catalog = c, .arena = a, .diags = d, .ok = true };
	catalog_index(c, a);
	EACH (concept *, one, c->concepts)
		check_concept(&k, *one);
	EACH (outcome *, o, c->program_outcomes)
		want(&k, "concept", (*o)->concepts, (*o)->at, (*o)->id);
	EACH (module *, m, c->modules)
		check_module(&k, *m);
	EACH (lab *, l, c->labs)
		check_lab(&k, *l);
	EACH (scenario *, s, c->scenarios)
		check_scenario(&k, *s);
	EACH (blueprint *, b, c->blueprints)
		check_blueprint(&k, *b);
	EACH (capstone *, one, c->capstones)
		check_capstone(&k, *one);
	EACH (quiz *, q, c->quizzes)
		check_quiz(&k, *q);
	return k.ok && !a->failed;
}
