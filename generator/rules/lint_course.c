/* What rules and catalogue left undone for the course at hand. */
#include "model/curriculum.h"
#include "rules/lint.h"

typedef struct {
	const lint_course_input *in;
	arena *arena;
	diags *diags;
	map spoken_to; /* addresses of facts that a rule has acted on */
	map planned;   /* addresses of items, and "concept:ID" of what they teach or rows link to */
} view;

static void put(view *v, map *to, const char *kind, str id)
{
	map_put(to, arena_printf(v->arena, "%s:%.*s", kind, STRF(id)), v);
}

static bool has(view *v, const map *in, const char *kind, str id)
{
	return map_has(in, arena_printf(v->arena, "%s:%.*s", kind, STRF(id)));
}

static void report_insights(view *v)
{
	EACH (const workbook_item, i, v->in->facts->workbook->insights)
		if (!has(v, &v->spoken_to, "insight", i->id))
			diag_add(v->diags, E_INSIGHT_UNANSWERED, i->at, "no rule answers this insight");
}

/* A module that another rule added may teach the skill all the same. */
static bool is_taught(view *v, const fact_row *row)
{
	EACH (chosen *const, m, v->in->selection->modules)
		EACH (const str, concept_id, row->concepts)
			if (list_has((*m)->concepts, *concept_id))
				return true;
	return false;
}

static void report_skills(view *v)
{
	EACH (const fact_row, row, v->in->facts->rows[ROW_SKILL])
		if (!has(v, &v->spoken_to, "skill", row->row->id) && !is_taught(v, row))
			diag_add(v->diags, E_SKILL_UNREACHED, row->row->at,
				"no rule fires for the skill '%.*s', and no module that another rule added teaches it",
				STRF(row->row->name));
}

static void collect_plan(view *v)
{
	const plan *p = v->in->plan;
	const catalog *c = v->in->static_part.catalog;
	EACH (const plan_module, m, p->modules) {
		const module *item = catalog_find(c, "module", m->id);
		put(v, &v->planned, "module", m->id);
		for (size_t i = 0; item && i < item->teaches.len; i++)
			put(v, &v->planned, "concept", item->teaches.ptr[i].key);
		for (size_t i = 0; item && i < item->outcomes.len; i++)
			EACH (const str, concept_id, item->outcomes.ptr[i].concepts)
				put(v, &v->planned, "concept", *concept_id);
	}
	EACH (const plan_lab, l, p->labs)
		put(v, &v->planned, "lab", l->id);
	EACH (const plan_scenario, s, p->scenarios)
		put(v, &v->planned, "scenario", s->id);
	EACH (const decision, d, p->decisions) /* what a person has banned is not missed */
		map_put(&v->planned, d->item, v);
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, row, v->in->facts->rows[kind])
			EACH (const str, concept_id, row->concepts)
				put(v, &v->planned, "concept", *concept_id);
	EACH (concept *const, one, c->concepts) /* a parent is there to hold its children together */
		put(v, &v->planned, "concept", (*one)->parent);
}

static bool is_reported(const view *v, loc at)
{
	EACH (const diag, d, v->diags->list)
		if (d->code == E_ITEM_UNREACHABLE && d->at.source == at.source && d->at.offset == at.offset)
			return true;
	return false;
}

/* `level` is the item's, or that of the course where it has none. */
static void report_unused(view *v, const char *kind, str id, loc at, int level)
{
	int course_level_ = v->in->facts->level;
	if (at.source < v->in->static_part.own_from || has(v, &v->planned, kind, id) || is_reported(v, at))
		return;
	if (level < 0 || level_suits(level, course_level_))
		diag_add(v->diags, E_ITEM_UNUSED, at, "this course has the %s '%.*s' of its own, and does not use it",
			kind, STRF(id));
	else
		diag_add(v->diags, E_ITEM_UNUSED, at,
			"this course has the %s '%.*s' of its own, and does not use it: it is of level %s, and the "
			"course of level %s",
			kind, STRF(id), level_names[level], level_names[course_level_]);
}

static void report_items(view *v)
{
	const catalog *c = v->in->static_part.catalog;
	int level = v->in->facts->level;
	EACH (module *const, m, c->modules)
		report_unused(v, "module", (*m)->id, (*m)->at, (*m)->level);
	EACH (lab *const, l, c->labs)
		report_unused(v, "lab", (*l)->id, (*l)->at, (*l)->level);
	EACH (scenario *const, s, c->scenarios)
		report_unused(v, "scenario", (*s)->id, (*s)->at, (*s)->level);
	EACH (concept *const, one, c->concepts)
		report_unused(v, "concept", (*one)->id, (*one)->at, level);
}

void lint_course(const lint_course_input *in, arena *scratch, diags *d)
{
	view v = { .in = in,
		.arena = scratch,
		.diags = d,
		.spoken_to = { .arena = scratch },
		.planned = { .arena = scratch } };
	EACH (const effect, e, in->trace->effects)
		map_put(&v.spoken_to, e->fact, &v);
	if (in->static_part.own_from != UINT32_MAX)
		collect_plan(&v);
	if (scratch->failed)
		return;
	report_insights(&v);
	report_skills(&v);
	report_items(&v);
}
