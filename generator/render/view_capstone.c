/* The capstone: what learners read, and what the panel of its defence reads. */
#include "render/view.h"

value view_capstone_link(const view *v, const set_capstone *c)
{
	return view_link(v, c->capstone->title, "capstone/", c->capstone->id);
}

static value modules_of(const view *v, const set_capstone *c)
{
	vec_value links = { 0 };
	EACH (const str, id, c->plan->modules) {
		const taught_module *m = curriculum_module(v->c, *id);
		if (m)
			add(v, &links, view_module_link(v, m));
	}
	return view_links(v, links);
}

/* Outcomes of one part, over all criteria. */
static list_str part_outcomes(const view *v, const capstone_part *p)
{
	vec_str ids = { 0 };
	EACH (const capstone_score, s, p->scores)
		EACH (const str, id, s->outcomes)
			if (!list_has((list_str){ .ptr = ids.ptr, .len = ids.len }, *id))
				vec_push(v->arena, &ids, *id);
	return (list_str){ .ptr = ids.ptr, .len = ids.len };
}

static value parts(const view *v, const capstone *c)
{
	vec_value out = { 0 };
	EACH (const capstone_part, p, c->parts) {
		const taught_module *m = curriculum_module(v->c, p->module);
		value one = m ? view_module_link(v, m) : view_map(v);
		put_block(v, one, "task", p->task, 3);
		put_block(v, one, "accept", p->accept, 3);
		put(v, one, "outcomes", view_outcomes(v, part_outcomes(v, p)));
		add(v, &out, one);
	}
	return value_of(out);
}

static value milestones(const view *v, const capstone *c)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < c->milestones.len; i++) {
		const milestone *m = &c->milestones.ptr[i];
		value one = view_map(v);
		put(v, one, "number", value_int((int64_t)i + 1));
		put_plain(v, one, "name", m->title);
		str why = why_at(v, "capstone", c->id, "milestones");
		put(v, one, "after", view_hours(v, c->minutes * m->percent / 100, why));
		put_text(v, one, "text", m->text, TEXT_CELL);
		put_text(v, one, "feedback", m->feedback, TEXT_CELL);
		add(v, &out, one);
	}
	return value_of(out);
}

static void put_defence(const view *v, value page, const defence *d, str id)
{
	put(v, page, "defence_time", view_minutes(v, d->minutes, why_at(v, "capstone", id, "defence.minutes")));
	put_block(v, page, "panel", d->panel, 2);
	put_block(v, page, "format", d->format, 2);
}

static value make_page(const view *v, const set_capstone *t, str title, const char *root)
{
	const capstone *c = t->capstone;
	value page = view_page(v, title, root);
	vec_value crumbs = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_plain(v, page, "id", c->id);
	put(v, page, "capstone", view_capstone_link(v, t));
	put(v, page, "hours", view_hours(v, t->plan->minutes, why_at(v, "capstone", c->id, "hours")));
	put(v, page, "percent", view_percent(v, t->percent, why_at(v, "grade", c->id, "")));
	put(v, page, "weeks", view_week_span(v, (week_span){ "capstone", c->id, t->plan->week, t->plan->due }));
	put(v, page, "modules", modules_of(v, t));
	put(v, page, "parts", parts(v, c));
	put_defence(v, page, &c->defence, c->id);
	put(v, page, "rubric",
		view_link(v, arena_printf(v->arena, "Rubric: %.*s", STRF(c->title)), "rubrics/",
			view_rubric_name(v, "capstone", c->id)));
	return page;
}

value view_capstone(const view *v, const set_capstone *t)
{
	const capstone *c = t->capstone;
	value page = make_page(v, t, c->title, "../");
	put_block(v, page, "summary", c->summary, 1);
	put_block(v, page, "brief", c->brief, 2);
	put(v, page, "milestones", milestones(v, c));
	put(v, page, "evidence", view_artifacts(v, c->evidence.ptr, c->evidence.len));
	put(v, page, "governance", view_governance(v, c->governance.ptr, c->governance.len));
	put_block(v, page, "accommodation", c->accommodation.text, 2);
	why_item item = { .demands = t->demands.ptr,
		.demand_count = t->demands.len,
		.address = why_at(v, "capstone", c->id, ""),
		.concepts = catalog_concepts(v->c->catalog, v->arena, t->outcomes) };
	put(v, page, "why_here", view_why(v, &item));
	return page;
}

value view_panel(const view *v, const set_capstone *t)
{
	const capstone *c = t->capstone;
	value page = make_page(v, t, arena_printf(v->arena, "Panel's guide: %.*s", STRF(c->title)), "../../");
	vec_value questions = { 0 };
	put_flag(v, page, "instructor", true);
	EACH (const defence_question, q, c->defence.questions) {
		value one = view_map(v);
		put_text(v, one, "ask", q->ask, TEXT_LINE);
		put(v, one, "probes", view_text_list(v, q->probes, TEXT_LINE));
		add(v, &questions, one);
	}
	put(v, page, "questions", value_of(questions));
	return page;
}
