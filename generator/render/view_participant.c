/* The participants' document of a scenario. Everything comes from a participant_scenario. */
#include "render/participant.h"

#include <math.h>

/* Ids such as "incident-tabletop" as words. */
static str words_of(const view *v, const char *id)
{
	str s = arena_str(v->arena, str_from(id));
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '-' || s.ptr[i] == '_')
			((char *)s.ptr)[i] = ' ';
	return s;
}

static void put_setting(const view *v, value page, const participant_scenario *p)
{
	vec_value slo = { 0 };
	EACH (const pair_text, pair, p->slo) {
		value one = view_map(v);
		put_plain(v, one, "name", words_of(v, arena_cstr(v->arena, pair->key)));
		put_plain(v, one, "objective", pair->value);
		add(v, &slo, one);
	}
	put_block(v, page, "system", p->system, 2);
	put_block(v, page, "scale", p->scale, 2);
	put_text(v, page, "budget", p->budget, TEXT_LINE);
	put_flag(v, page, "has_slo", slo.len > 0);
	put(v, page, "slo", value_of(slo));
	put(v, page, "constraints", view_text_list(v, p->constraints, TEXT_LINE));
	put(v, page, "stakeholders", view_text_list(v, p->stakeholders, TEXT_LINE));
	put_flag(v, page, "has_stack", p->stack.len > 0);
	put(v, page, "stack", view_text_list(v, p->stack, TEXT_LINE));
	put_plain(v, page, "technologies", view_joined(v, p->technologies));
}

static void put_people(const view *v, value page, const participant_scenario *p)
{
	vec_value roles = { 0 }, pages = { 0 }, criteria = { 0 };
	EACH (const participant_role, r, p->roles) {
		value one = view_map(v);
		put_plain(v, one, "name", r->title);
		put_flag(v, one, "assessed", r->assessed);
		put_block(v, one, "brief", r->brief, 3);
		add(v, &roles, one);
	}
	EACH (const participant_page, e, p->pages) {
		value one = view_map(v);
		put_plain(v, one, "name", e->title);
		put_plain(v, one, "kind", e->kind);
		put_plain(v, one, "href", e->file);
		put_text(v, one, "alt", e->alt, TEXT_CELL);
		add(v, &pages, one);
	}
	EACH (const participant_criterion, c, p->criteria) {
		value one = view_map(v);
		str id = arena_printf(v->arena, "%.*s/%.*s", STRF(p->rubric_id), STRF(c->id));
		put_plain(v, one, "name", c->name);
		put(v, one, "weight", view_percent(v, c->weight, why_at(v, "criterion", id, "weight")));
		add(v, &criteria, one);
	}
	put(v, page, "roles", value_of(roles));
	put(v, page, "has_evidence", value_bool(pages.len > 0));
	put(v, page, "evidence", value_of(pages));
	put_flag(v, page, "more_evidence", p->more_pages);
	put(v, page, "criteria", value_of(criteria));
}

static void put_time(const view *v, value page, const participant_scenario *p)
{
	str why = why_at(v, "scenario", p->id, "");
	int prepare = p->minutes - p->brief_min - p->play_min - p->debrief_min;
	put(v, page, "hours", view_hours(v, p->minutes, why_at(v, "scenario", p->id, "hours")));
	put(v, page, "prepare", prepare > 0 ? view_minutes(v, prepare, why) : V_NONE);
	put(v, page, "brief", view_minutes(v, p->brief_min, why_at(v, "scenario", p->id, "timebox.brief_min")));
	put(v, page, "play", view_minutes(v, p->play_min, why_at(v, "scenario", p->id, "timebox.play_min")));
	put(v, page, "debrief",
		view_minutes(v, p->debrief_min, why_at(v, "scenario", p->id, "timebox.debrief_min")));
	put(v, page, "weeks", view_week_span(v, (week_span){ "scenario", p->id, p->week, p->due }));
	put(v, page, "percent", view_percent(v, p->percent, why_at(v, "grade", p->id, "")));
	put(v, page, "pass",
		isnan(p->pass_total)
			? V_NONE
			: view_count(v, p->pass_total, why_at(v, "scenario", p->id, "scoring.pass.total")));
	put(v, page, "extra_time",
		isnan(p->extra_time_pct) ? V_NONE
								 : view_percent(v, p->extra_time_pct,
									   why_at(v, "scenario", p->id, "accommodation.extra_time_pct")));
}

value view_participant(const view *v, const participant_scenario *p)
{
	value page = view_page(v, p->title, "../../");
	vec_value crumbs = { 0 }, modules = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	EACH (const str, id, p->modules) {
		const taught_module *m = curriculum_module(v->c, *id);
		if (m)
			add(v, &modules, view_module_link(v, m));
	}
	put_plain(v, page, "id", p->id);
	put_plain(v, page, "scenario_version", p->version);
	put_plain(v, page, "kind", p->kind < 0 ? STR("") : words_of(v, scenario_kind_names[p->kind]));
	put_flag(v, page, "formative", p->stakes == STAKES_FORMATIVE);
	put_flag(v, page, "needs_author", p->needs_author);
	put_block(v, page, "summary", p->summary, 1);
	put(v, page, "modules", view_links(v, modules));
	put(v, page, "outcomes", view_outcomes(v, p->outcomes));
	put(v, page, "deliverables", view_text_list(v, p->deliverables, TEXT_LINE));
	put_setting(v, page, p);
	put_people(v, page, p);
	put_time(v, page, p);
	put_block(v, page, "accommodation", p->accommodation, 2);
	put_text(v, page, "written_variant", p->written_variant, TEXT_LINE);
	put(v, page, "rubric",
		view_link(v, arena_printf(v->arena, "Rubric: %.*s", STRF(p->title)), "rubrics/", p->rubric_name));
	put(v, page, "why_here", view_why(v, &p->why));
	return page;
}
