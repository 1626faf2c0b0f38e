/* Titles for a record of changes, so that it can be read when the catalogue has long moved on. */
#include "base/text.h"
#include "plan/delta.h"

typedef struct {
	arena *arena;
	const curriculum *sides[2]; /* the later one first */
	map rubrics;                /* "rubric:ID" -> title of its task, a const str * */
	map seen;
	VEC(pair_text) names;
} namer;

static str course_title(const curriculum *c)
{
	return c->plan->course.title;
}

static str title_in(const curriculum *c, str kind, str id)
{
	if (str_eq(kind, STR("module"))) {
		const taught_module *m = curriculum_module(c, id);
		return m ? m->module->title : STR("");
	}
	if (str_eq(kind, STR("lab"))) {
		const set_lab *l = curriculum_lab(c, id);
		return l ? l->lab->title : STR("");
	}
	if (str_eq(kind, STR("scenario"))) {
		const set_scenario *s = curriculum_scenario(c, id);
		return s ? s->scenario->title : STR("");
	}
	if (str_eq(kind, STR("capstone"))) {
		const set_capstone *one = curriculum_capstone(c, id);
		return one ? one->capstone->title : STR("");
	}
	const outcome *o = str_eq(kind, STR("outcome")) ? map_get(&c->outcomes, id) : NULL;
	return o ? o->text : STR("");
}

static str title_of_address(const namer *n, str address)
{
	const str *task = map_get(&n->rubrics, address);
	if (task)
		return *task;
	str_cut cut = str_split(address, ':');
	str title = STR("");
	for (size_t i = 0; i < COUNT(n->sides) && !title.len; i++)
		title = cut.ok                           ? title_in(n->sides[i], cut.head, cut.tail)
				: str_eq(address, STR("course")) ? course_title(n->sides[i])
												 : STR("");
	return title;
}

static void name(namer *n, str address)
{
	if (!address.len || map_put(&n->seen, address, n))
		return;
	str title = text_one_line(n->arena, title_of_address(n, address));
	if (title.len)
		vec_push(n->arena, &n->names, (pair_text){ .key = address, .value = title });
}

static void name_all(namer *n, const char *kind, list_str ids)
{
	EACH (const str, id, ids)
		name(n, arena_printf(n->arena, "%s:%.*s", kind, STRF(*id)));
}

static void name_change(namer *n, const change *c)
{
	name(n, c->target);
	EACH (const change_minutes, m, c->effect.minutes)
		name(n, m->key);
	EACH (const str, one, c->effect.shrinks)
		name(n, *one);
	name_all(n, "outcome", c->effect.outcomes_added);
	name_all(n, "outcome", c->effect.outcomes_removed);
	name_all(n, "rubric", c->effect.rubrics_touched);
}

static void index_rubric(namer *n, str id, const str *title)
{
	str address = arena_printf(n->arena, "rubric:%.*s", STRF(id));
	if (!map_has(&n->rubrics, address))
		map_put(&n->rubrics, address, (void *)title);
}

/* A rubric may be called by the id of its task, too. */
static void index_task(namer *n, const rubric *r, str id, const str *title)
{
	if (r)
		index_rubric(n, r->id, title);
	index_rubric(n, id, title);
}

static void index_rubrics(namer *n)
{
	for (size_t i = 0; i < COUNT(n->sides); i++) {
		EACH (const set_lab, l, n->sides[i]->labs)
			index_task(n, l->rubric, l->lab->id, &l->lab->title);
		EACH (const set_scenario, s, n->sides[i]->scenarios)
			index_task(n, s->rubric, s->scenario->id, &s->scenario->title);
	}
}

bool revision_name_items(revision *r, arena *a, const curriculum *before, const curriculum *after)
{
	namer n = { .arena = a, .sides = { after, before }, .rubrics = { .arena = a }, .seen = { .arena = a } };
	index_rubrics(&n);
	name(&n, STR("course"));
	EACH (const change, c, r->changes)
		name_change(&n, c);
	EACH (const course_difference, one, r->differences)
		name(&n, one->item);
	r->names.ptr = n.names.ptr;
	r->names.len = n.names.len;
	return !a->failed;
}
