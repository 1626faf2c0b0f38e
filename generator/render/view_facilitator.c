/* The facilitator's guide and the role cards: everything that participants must not see. */
#include "render/view.h"

#include <math.h>

static const evidence_item *find_evidence(const scenario *s, str id)
{
	EACH (const evidence_item, e, s->evidence)
		if (str_eq(e->id, id))
			return e;
	return NULL;
}

/* Files as links: from the start they stand beside the participants' document, later ones among the
 * hand-outs. */
static value evidence_links(const view *v, const scenario *s, list_str ids)
{
	vec_value out = { 0 };
	EACH (const str, id, ids) {
		const evidence_item *e = find_evidence(s, *id);
		if (!e)
			continue;
		bool start = evidence_at_start(s, *id);
		value one = view_map(v);
		put_plain(v, one, "title", e->title);
		put_plain(v, one, "href",
			arena_printf(v->arena,
				start ? "assessments/%.*s/%.*s" : "instructor/assessments/%.*s/handouts/%.*s", STRF(s->id),
				STRF(e->file)));
		put_flag(v, one, "at_start", start);
		put_plain(v, one, "kind", e->kind);
		put_word(v, one, "relevance", e->relevance < 0 ? "" : relevance_names[e->relevance]);
		put_text(v, one, "alt", e->alt, TEXT_CELL);
		add(v, &out, one);
	}
	return view_links(v, out);
}

static str clock_text(const view *v, int seconds)
{
	if (seconds == INT_MAX)
		return STR("at the end");
	return arena_printf(v->arena, "+%02d:%02d", seconds / 60, seconds % 60);
}

static value action_texts(const view *v, const scenario *s, list_str ids)
{
	vec_value out = { 0 };
	EACH (const scenario_action, act, s->actions)
		if (list_has(ids, act->id))
			add(v, &out, value_string(text_show(v->arena, act->text, v->format, TEXT_LINE, 3, v->diags)));
	return value_of(out);
}

static value view_inject(const view *v, const scenario *s, const scenario_inject *i)
{
	value one = view_map(v);
	put_plain(v, one, "id", i->id);
	put_plain(v, one, "at", clock_text(v, i->seconds));
	put_plain(v, one, "branch", i->when);
	put_plain(v, one, "channel", i->channel);
	put_plain(v, one, "from", i->from);
	put_block(v, one, "text", i->text, 3);
	put_text(v, one, "purpose", i->purpose, TEXT_LINE);
	put_plain(v, one, "tests", view_joined(v, i->tests));
	put(v, one, "handouts", evidence_links(v, s, i->evidence));
	put_flag(v, one, "has_handouts", i->evidence.len > 0);
	put(v, one, "expected", action_texts(v, s, i->expect));
	put_flag(v, one, "has_expected", i->expect.len > 0);
	return one;
}

static value view_prompt(const view *v, const scenario *s, const scenario_prompt *p)
{
	value one = view_map(v);
	put_plain(v, one, "id", p->id);
	put_plain(v, one, "at", clock_text(v, p->seconds));
	put_flag(v, one, "timed", p->seconds != INT_MAX);
	put_text(v, one, "ask", p->ask, TEXT_LINE);
	put(v, one, "probes", view_text_list(v, p->probes, TEXT_LINE));
	put_flag(v, one, "has_probes", p->probes.len > 0);
	put(v, one, "handouts", evidence_links(v, s, p->evidence));
	put_flag(v, one, "has_handouts", p->evidence.len > 0);
	return one;
}

static value view_prompts(const view *v, const scenario *s)
{
	vec_value out = { 0 };
	EACH (const scenario_prompt, p, s->prompts)
		add(v, &out, view_prompt(v, s, p));
	return value_of(out);
}

static void add_moment(const view *v, vec_value *to, const char *kind, value x)
{
	value one = view_map(v);
	put(v, one, "inject", V_NONE);
	put(v, one, "prompt", V_NONE);
	put(v, one, kind, x);
	add(v, to, one);
}

/* Injects, and between them the prompts that have a time. Both lists are in the order of time. */
static value view_timeline(const view *v, const scenario *s)
{
	vec_value out = { 0 };
	size_t next = 0;
	for (size_t i = 0; i <= s->injects.len; i++) {
		int until = i < s->injects.len ? s->injects.ptr[i].seconds : INT_MAX;
		for (; next < s->prompts.len && s->prompts.ptr[next].seconds < until; next++)
			add_moment(v, &out, "prompt", view_prompt(v, s, &s->prompts.ptr[next]));
		if (i < s->injects.len)
			add_moment(v, &out, "inject", view_inject(v, s, &s->injects.ptr[i]));
	}
	return value_of(out);
}

static str criterion_name(const scenario *s, str id)
{
	EACH (const score_criterion, c, s->scoring.criteria)
		if (str_eq(c->id, id))
			return c->name;
	return id;
}

static void put_actions(const view *v, value page, const scenario *s)
{
	vec_value actions = { 0 }, paths = { 0 };
	EACH (const scenario_action, act, s->actions) {
		value one = view_map(v);
		put_word(v, one, "class", act->class < 0 ? "" : class_names[act->class]);
		put_text(v, one, "text", act->text, TEXT_CELL);
		put_plain(v, one, "criterion", criterion_name(s, act->criterion));
		put_flag(v, one, "fails", list_has(s->scoring.critical_fail, act->id));
		add(v, &actions, one);
	}
	EACH (const solution_path, p, s->paths) {
		value one = view_map(v);
		put_flag(v, one, "acceptable", p->acceptable);
		put_text(v, one, "text", p->text, TEXT_CELL);
		put_text(v, one, "condition", p->condition, TEXT_CELL);
		put_text(v, one, "would_change", p->would_change, TEXT_CELL);
		add(v, &paths, one);
	}
	put(v, page, "actions", value_of(actions));
	put(v, page, "paths", value_of(paths));
}

static void put_guide(const view *v, value page, const scenario *s)
{
	const facilitator *f = &s->facilitator;
	vec_value hints = { 0 };
	EACH (const facilitator_hint, h, f->hints) {
		value one = view_map(v);
		put(v, one, "level", view_count(v, h->level, why_at(v, "scenario", s->id, "")));
		put_text(v, one, "text", h->text, TEXT_CELL);
		put(v, one, "cost", view_count(v, h->cost, why_at(v, "scenario", s->id, "")));
		add(v, &hints, one);
	}
	put_block(v, page, "setup", f->setup, 2);
	put_block(v, page, "script", f->script, 2);
	put(v, page, "hints", value_of(hints));
	put(v, page, "common_paths", view_text_list(v, f->common_paths, TEXT_LINE));
	put_flag(v, page, "has_common_paths", f->common_paths.len > 0);
	put(v, page, "questions", view_text_list(v, f->debrief, TEXT_LINE));
	put_block(v, page, "safety", f->safety, 2);
}

static value instructor_page(const view *v, const scenario *s, const char *what)
{
	value page = view_page(v, arena_printf(v->arena, "%s: %.*s", what, STRF(s->title)), "../../../");
	vec_value crumbs = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_flag(v, page, "instructor", true);
	put_plain(v, page, "id", s->id);
	put_plain(v, page, "scenario_title", s->title);
	put_plain(v, page, "scenario_version", s->version);
	return page;
}

value view_facilitator(const view *v, const set_scenario *t)
{
	const scenario *s = t->scenario;
	value page = instructor_page(v, s, "Facilitator guide");
	str why = why_at(v, "scenario", s->id, "");
	put(v, page, "hours", view_hours(v, t->plan->minutes, why_at(v, "scenario", s->id, "hours")));
	put(v, page, "brief",
		view_minutes(v, s->timebox.brief_min, why_at(v, "scenario", s->id, "timebox.brief_min")));
	put(v, page, "play",
		view_minutes(v, s->timebox.play_min, why_at(v, "scenario", s->id, "timebox.play_min")));
	put(v, page, "debrief",
		view_minutes(v, s->timebox.debrief_min, why_at(v, "scenario", s->id, "timebox.debrief_min")));
	put(v, page, "weeks", view_week_span(v, (week_span){ "scenario", s->id, t->plan->week, t->plan->due }));
	put_plain(v, page, "constructs", view_joined(v, s->constructs));
	vec_str ids = { 0 };
	EACH (const evidence_item, e, s->evidence)
		vec_push(v->arena, &ids, e->id);
	put(v, page, "evidence", evidence_links(v, s, (list_str){ .ptr = ids.ptr, .len = ids.len }));
	put(v, page, "timeline", view_timeline(v, s));
	put(v, page, "prompts", view_prompts(v, s));
	put_actions(v, page, s);
	put_guide(v, page, s);
	put(v, page, "participant", view_scenario_link(v, t));
	put(v, page, "rubric",
		view_link(v, arena_printf(v->arena, "Graders' rubric: %.*s", STRF(s->title)), "instructor/rubrics/",
			view_rubric_name(v, "scenario", s->id)));
	put(v, page, "cards",
		view_link(v, arena_printf(v->arena, "Role cards: %.*s", STRF(s->title)), "instructor/assessments/",
			arena_printf(v->arena, "%.*s/roles", STRF(s->id))));
	why_item item = { .demands = t->demands.ptr,
		.demand_count = t->demands.len,
		.address = why,
		.concepts = catalog_concepts(v->c->catalog, v->arena, s->outcomes),
		.scenario = true };
	put(v, page, "why_here", view_why(v, &item));
	return page;
}

value view_roles(const view *v, const set_scenario *t)
{
	const scenario *s = t->scenario;
	value page = instructor_page(v, s, "Role cards");
	vec_value cards = { 0 };
	EACH (const scenario_role, r, s->roles) {
		value one = view_map(v);
		put_plain(v, one, "name", r->title);
		put_flag(v, one, "assessed", r->assessed);
		put_block(v, one, "public_brief", r->brief, 3);
		put_block(v, one, "private_brief", r->private_brief, 3);
		add(v, &cards, one);
	}
	put(v, page, "cards", value_of(cards));
	return page;
}
