/* The page of a module. */
#include "render/view.h"

/* "1, 3": which of the module's outcomes these are. */
static str outcome_numbers(const view *v, const module *m, list_str ids)
{
	buf b = { .arena = v->arena };
	for (size_t i = 0; i < m->outcomes.len; i++)
		if (list_has(ids, m->outcomes.ptr[i].id))
			buf_printf(&b, "%s%zu", b.len ? ", " : "", i + 1);
	return buf_done(&b);
}

static str activity_numbers(const view *v, const module *m, str outcome_id)
{
	buf b = { .arena = v->arena };
	for (size_t i = 0; i < m->activities.len; i++)
		if (list_has(m->activities.ptr[i].outcomes, outcome_id))
			buf_printf(&b, "%s%zu", b.len ? ", " : "", i + 1);
	return buf_done(&b);
}

static value module_outcomes(const view *v, const module *m)
{
	vec_value out = { 0 };
	EACH (const outcome, o, m->outcomes) {
		value one = view_map(v);
		put_plain(v, one, "id", o->id);
		put_text(v, one, "text", o->text, TEXT_LINE);
		put_word(v, one, "bloom", o->bloom < 0 ? "" : bloom_names[o->bloom]);
		put_plain(v, one, "activities", activity_numbers(v, m, o->id));
		put(v, one, "assessed", view_task_links(v, view_use(&v->index->assessed, o->id)));
		add(v, &out, one);
	}
	return value_of(out);
}

static value module_topics(const view *v, const module *m)
{
	vec_value out = { 0 };
	EACH (const module_topic, t, m->topics) {
		value one = view_map(v);
		put_plain(v, one, "heading", t->title);
		put(v, one, "points", view_text_list(v, t->points, TEXT_LINE));
		add(v, &out, one);
	}
	return value_of(out);
}

static value module_activities(const view *v, const taught_module *t)
{
	const module *m = t->module;
	vec_value out = { 0 };
	for (size_t i = 0; i < m->activities.len; i++) {
		const activity *act = &m->activities.ptr[i];
		value one = view_map(v);
		put(v, one, "number", value_int((int64_t)i + 1));
		put_word(v, one, "kind", act->kind < 0 ? "" : activity_names[act->kind]);
		put(v, one, "minutes", view_minutes(v, act->minutes, why_at(v, "activity", act->id, "minutes")));
		put_flag(v, one, "contact", act->contact);
		put_plain(v, one, "outcomes", outcome_numbers(v, m, act->outcomes));
		put_block(v, one, "text", act->text, 3);
		put_text(v, one, "feedback", act->feedback, TEXT_LINE);
		put(v, one, "quiz", t->quiz && act->kind == ACT_QUIZ ? view_quiz_link(v, t->quiz) : V_NONE);
		add(v, &out, one);
	}
	return value_of(out);
}

static void put_lists(const view *v, value page, const module *m)
{
	vec_value teaches = { 0 }, mistakes = { 0 }, readings = { 0 }, tools = { 0 };
	EACH (const teach, t, m->teaches) {
		const concept *named = catalog_find(v->c->catalog, "concept", t->key);
		value one = view_map(v);
		put_plain(v, one, "name", named ? named->name : t->key);
		put_word(v, one, "depth", t->level < 0 ? "" : teaching_names[t->level]);
		add(v, &teaches, one);
	}
	EACH (const misconception, x, m->misconceptions) {
		value one = view_map(v);
		put_text(v, one, "text", x->text, TEXT_LINE);
		put_text(v, one, "notice", x->notice, TEXT_LINE);
		add(v, &mistakes, one);
	}
	EACH (const reading, r, m->readings) {
		value one = view_map(v);
		put_plain(v, one, "name", r->title);
		put_plain(v, one, "publisher", r->publisher);
		put_plain(v, one, "section", r->section);
		add(v, &readings, one);
	}
	EACH (const tool_version, t, m->tools) {
		value one = view_map(v);
		put_plain(v, one, "name", t->name);
		put_plain(v, one, "version", t->version);
		add(v, &tools, one);
	}
	put_flag(v, page, "has_teaches", teaches.len > 0);
	put_flag(v, page, "has_misconceptions", mistakes.len > 0);
	put_flag(v, page, "has_materials", readings.len + tools.len > 0);
	put(v, page, "teaches", value_of(teaches));
	put(v, page, "misconceptions", value_of(mistakes));
	put(v, page, "readings", value_of(readings));
	put(v, page, "tools", value_of(tools));
}

/* Modules that come before: those of this course as links, the rest as prior knowledge. */
static void put_prerequisites(const view *v, value page, const module *m)
{
	vec_value links = { 0 };
	vec_str prior = { 0 };
	EACH (const str, id, m->prerequisites) {
		const taught_module *taught = curriculum_module(v->c, *id);
		const module *other = catalog_find(v->c->catalog, "module", *id);
		if (taught)
			add(v, &links, view_module_link(v, taught));
		else
			vec_push(v->arena, &prior, other ? other->title : *id);
	}
	put(v, page, "prerequisites", view_links(v, links));
	put_plain(v, page, "prior_knowledge", view_joined(v, (list_str){ .ptr = prior.ptr, .len = prior.len }));
}

/* What it covers that has no entry of its own. */
static void put_also(const view *v, value page, const module *m)
{
	vec_str names = { 0 };
	str address = why_at(v, "module", m->id, "");
	EACH (const plan_link, l, v->c->plan->links)
		if (str_eq(l->to, address))
			vec_push(v->arena, &names, l->name);
	put_plain(v, page, "also", view_joined(v, (list_str){ .ptr = names.ptr, .len = names.len }));
}

static void put_time(const view *v, value page, const taught_module *m)
{
	const plan_module *p = m->plan;
	int contact = 0;
	EACH (const activity, act, m->module->activities)
		contact += act->contact ? act->minutes : 0;
	str why = why_at(v, "module", p->id, "hours");
	put(v, page, "hours", view_hours(v, p->minutes, why));
	put(v, page, "contact_hours", view_hours(v, contact, why));
	put(v, page, "own_hours", view_hours(v, p->minutes - contact, why));
	put(v, page, "weeks", view_week_span(v, (week_span){ "module", p->id, p->week_from, p->week_to }));
}

/* The summary of a blueprint ends with a note of the workbook, which often lacks its full stop. */
static str closed(const view *v, str s)
{
	s = str_trim(s);
	char last = s.len ? s.ptr[s.len - 1] : '.';
	bool open = last != '.' && last != '!' && last != '?' && last != '"' && last != '\n' && last != '`';
	return open ? arena_printf(v->arena, "%.*s.", STRF(s)) : s;
}

value view_module(const view *v, const taught_module *t)
{
	const module *m = t->module;
	value page = view_page(v, m->title, "../");
	vec_value crumbs = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_plain(v, page, "id", m->id);
	if (m->level >= 0)
		put_word(v, page, "level", level_names[m->level]);
	put_block(v, page, "summary", closed(v, m->summary), 1);
	put_flag(v, page, "needs_author", m->needs_author || t->plan->needs_author);
	put(v, page, "weight", view_weight(v, t->weight, why_at(v, "module", m->id, "weight")));
	put_time(v, page, t);
	put_prerequisites(v, page, m);
	put_also(v, page, m);
	put(v, page, "outcomes", module_outcomes(v, m));
	put(v, page, "topics", module_topics(v, m));
	put(v, page, "activities", module_activities(v, t));
	put_lists(v, page, m);
	put(v, page, "tasks", view_task_links(v, view_use(&v->index->builds_on, m->id)));
	vec_str concepts = { 0 };
	EACH (const teach, one, m->teaches)
		vec_push(v->arena, &concepts, one->key);
	why_item item = { .demands = t->demands.ptr,
		.demand_count = t->demands.len,
		.address = why_at(v, "module", m->id, ""),
		.tags = m->tags,
		.concepts = { .ptr = concepts.ptr, .len = concepts.len } };
	put(v, page, "why_here", view_why(v, &item));
	return page;
}

value view_outcomes(const view *v, list_str ids)
{
	vec_value out = { 0 };
	EACH (const str, id, ids) {
		const outcome *o = map_get(&v->c->outcomes, *id);
		if (!o)
			o = map_get(&v->c->catalog->outcomes, *id);
		const taught_module *m = map_get(&v->c->outcome_module, *id);
		value one = view_map(v);
		put_plain(v, one, "id", *id);
		put_text(v, one, "text", o ? o->text : *id, TEXT_LINE);
		put_word(v, one, "bloom", o && o->bloom >= 0 ? bloom_names[o->bloom] : "");
		put(v, one, "module", m ? view_module_link(v, m) : V_NONE);
		add(v, &out, one);
	}
	return value_of(out);
}
