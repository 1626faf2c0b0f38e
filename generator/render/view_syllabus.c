/* The syllabus. What only the institution can say stands in marked slots. */
#include "base/number.h"
#include "render/view_course.h"

#include <math.h>

/* Hours behind one credit: 34 CFR 600.2 (45 h in a semester of 15 weeks), the ECTS Users' Guide (25 to 30 h),
 * the QAA credit framework for England (10 h). */
static const struct {
	const char *key;
	double hours;
} credit_hours[] = {
	{ "us_credits", 45 },
	{ "ects_low", 30 },
	{ "ects_high", 25 },
	{ "uk_credits", 10 },
};

static void put_slots(const view *v, value page)
{
	for (size_t i = 0; i < institution_slot_count; i++) {
		const institution_slot *s = &institution_slots[i];
		const pair_text *given = course_institution(v->c->course, s->key);
		value one = view_map(v);
		put_word(v, one, "key", s->key);
		put_word(v, one, "heading", s->title);
		put_flag(v, one, "filled", given != NULL);
		put_block(v, one, "text", given ? given->value : STR(""), 2);
		put(v, page, s->field, one);
	}
	vec_value others = { 0 };
	EACH (const pair_text, p, v->c->course->institution) {
		bool known = false;
		for (size_t i = 0; i < institution_slot_count; i++)
			known |= str_eq(p->key, str_from(institution_slots[i].key));
		if (known)
			continue;
		value one = view_map(v);
		put_plain(v, one, "heading", p->key);
		put_block(v, one, "text", p->value, 3);
		add(v, &others, one);
	}
	put_flag(v, page, "has_other_texts", others.len > 0);
	put(v, page, "other_texts", value_of(others));
}

static void put_audience(const view *v, value page)
{
	vec_value experience = { 0 };
	vec_str prior = { 0 };
	EACH (const workbook_item, item, v->c->facts->workbook->experience)
		add(v, &experience, value_string(item->text));
	map seen = { .arena = v->arena };
	EACH (const taught_module, m, v->c->modules)
		EACH (const str, id, m->module->prerequisites) {
			const module *other = catalog_find(v->c->catalog, "module", *id);
			if (curriculum_module(v->c, *id) || map_put(&seen, *id, (void *)id))
				continue;
			vec_push(v->arena, &prior, other ? other->title : *id);
		}
	put_flag(v, page, "has_experience", experience.len > 0);
	put(v, page, "experience", value_of(experience));
	put_plain(v, page, "prior_knowledge", view_joined(v, (list_str){ .ptr = prior.ptr, .len = prior.len }));
}

/* What the course leads to as a whole, and the modules that lead there. */
static void put_program(const view *v, value page)
{
	vec_value out = { 0 };
	EACH (const outcome *const, o, v->c->program) {
		vec_value modules = { 0 };
		EACH (const taught_module, m, v->c->modules) {
			bool supports = false;
			EACH (const outcome, one, m->module->outcomes)
				supports |= list_has(one->supports, (*o)->id);
			if (supports)
				add(v, &modules, view_module_link(v, m));
		}
		value one = view_map(v);
		put_plain(v, one, "id", (*o)->id);
		put_text(v, one, "text", (*o)->text, TEXT_LINE);
		put(v, one, "modules", view_links(v, modules));
		add(v, &out, one);
	}
	put_flag(v, page, "has_program", out.len > 0);
	put(v, page, "program", value_of(out));
}

static void put_modules(const view *v, value page)
{
	vec_value modules = { 0 };
	EACH (const taught_module, m, v->c->modules) {
		value one = view_module_link(v, m);
		put(v, one, "hours", view_hours(v, m->plan->minutes, why_at(v, "module", m->module->id, "hours")));
		put(v, one, "weeks",
			view_week_span(v, (week_span){ "module", m->module->id, m->plan->week_from, m->plan->week_to }));
		put_text(v, one, "summary", m->module->summary, TEXT_CELL);
		vec_str ids = { 0 };
		EACH (const outcome, o, m->module->outcomes)
			vec_push(v->arena, &ids, o->id);
		put(v, one, "outcomes", view_outcomes(v, (list_str){ .ptr = ids.ptr, .len = ids.len }));
		add(v, &modules, one);
	}
	put(v, page, "modules", value_of(modules));
}

typedef struct {
	const view *v;
	map at; /* name -> index + 1 in `tools`, as a pointer into `counts` */
	VEC(tool_version *) tools;
} tool_list;

/* Each tool once; where versions differ they all stand there. */
static void take_tool(tool_list *t, const tool_version *one)
{
	tool_version *known = map_get(&t->at, one->name);
	if (!known) {
		known = NEW(t->v->arena, tool_version);
		if (!known)
			return;
		*known = *one;
		map_put(&t->at, one->name, known);
		vec_push(t->v->arena, &t->tools, known);
	} else if (str_find(known->version, one->version, 0) == SIZE_MAX) {
		known->version = arena_printf(t->v->arena, "%.*s; %.*s", STRF(known->version), STRF(one->version));
	}
}

static value view_lab_needs(const view *v, const set_lab *l)
{
	value out = view_lab_link(v, l);
	put_plain(v, out, "fallback", l->lab->fallback);
	str hardware = STR("");
	EACH (const lab_tier, t, l->lab->tiers)
		if (str_eq(t->tier, l->lab->fallback))
			hardware = t->hardware;
	put_plain(v, out, "hardware", hardware);
	bool known = !isnan(l->lab->cost.ceiling);
	buf text = { .arena = v->arena };
	if (known)
		buf_rounded(&text, l->lab->cost.ceiling, 2);
	buf_printf(&text, " %.*s", STRF(l->lab->cost.currency));
	put(v, out, "ceiling",
		known ? view_number(v, l->lab->cost.ceiling, str_trim(buf_done(&text)), "",
					why_at(v, "lab", l->lab->id, "cost.ceiling"))
			  : V_NONE);
	return out;
}

static void put_materials(const view *v, value page)
{
	tool_list t = { .v = v, .at = { .arena = v->arena } };
	vec_value needs = { 0 }, tools = { 0 };
	EACH (const taught_module, m, v->c->modules)
		EACH (const tool_version, one, m->module->tools)
			take_tool(&t, one);
	EACH (const set_lab, l, v->c->labs) {
		EACH (const tool_version, one, l->lab->versions)
			take_tool(&t, one);
		add(v, &needs, view_lab_needs(v, l));
	}
	EACH (tool_version *const, one, t.tools) {
		value tool = view_map(v);
		put_plain(v, tool, "name", (*one)->name);
		put_plain(v, tool, "version", (*one)->version);
		add(v, &tools, tool);
	}
	put(v, page, "lab_needs", value_of(needs));
	put(v, page, "tools", value_of(tools));
}

static void put_notes(const view *v, value page)
{
	vec_value notes = { 0 };
	map seen = { .arena = v->arena }; /* a rule may say the same of several facts */
	if (v->c->trace)
		EACH (const effect, e, v->c->trace->effects) {
			const value *said = value_get(e->arguments, STR("text"));
			if (e->kind != DO_NOTE || !said || said->kind != V_STRING || map_has(&seen, said->string))
				continue;
			map_put(&seen, said->string, (void *)e);
			value one = view_map(v);
			put_text(v, one, "text", said->string, TEXT_LINE);
			put_plain(v, one, "because", e->because);
			put_plain(v, one, "rule", e->rule->id);
			add(v, &notes, one);
		}
	put_flag(v, page, "has_notes", notes.len > 0);
	put(v, page, "notes", value_of(notes));
}

/* "it scans images", so that the sentence can end it. */
static str clause(str s)
{
	s = str_trim(s);
	return str_ends(s, STR(".")) ? str_sub(s, 0, s.len - 1) : s;
}

/* What has no entry of its own, and where it is taught. */
static void put_also(const view *v, value page)
{
	vec_value out = { 0 };
	EACH (const plan_link, l, v->c->plan->links) {
		str_cut to = str_split(l->to, ':');
		const taught_module *m = to.ok ? curriculum_module(v->c, to.tail) : NULL;
		value one = view_map(v);
		put_plain(v, one, "name", l->name);
		put(v, one, "module", m ? view_module_link(v, m) : V_NONE);
		put_plain(v, one, "elsewhere", m || !l->to.len ? l->course : title_of(v, l->to));
		put_plain(v, one, "reason", clause(l->reason));
		add(v, &out, one);
	}
	put_flag(v, page, "has_also", out.len > 0);
	put(v, page, "also", value_of(out));
}

static void put_credits(const view *v, value page)
{
	double hours = v->c->plan->course.minutes / 60.0;
	for (size_t i = 0; i < COUNT(credit_hours); i++) {
		buf text = { .arena = v->arena };
		double credits = hours / credit_hours[i].hours;
		buf_rounded(&text, credits, 1);
		put(v, page, credit_hours[i].key, view_number(v, credits, buf_done(&text), "", STR("course.hours")));
	}
	int contact = 0;
	EACH (const taught_module, m, v->c->modules)
		EACH (const activity, act, m->module->activities)
			contact += act->contact ? act->minutes : 0;
	contact += course_minutes(v, PART_SCENARIOS);
	put(v, page, "contact_hours", view_hours(v, contact, STR("course.hours")));
	put(v, page, "own_hours", view_hours(v, v->c->plan->course.minutes - contact, STR("course.hours")));
}

value view_syllabus(const view *v)
{
	value page = view_page(v, STR("Syllabus"), "");
	put_course_times(v, page);
	put_plain(v, page, "code", v->c->course->id);
	put_plain(v, page, "start_date", v->c->course->start_date);
	put_plain(v, page, "evidence_hash", v->c->plan->course.evidence);
	put(v, page, "week_one", view_week(v, 1));
	put_audience(v, page);
	put_program(v, page);
	put_modules(v, page);
	put(v, page, "calendar", value_string(course_calendar(v)));
	put(v, page, "calendar_weeks", view_weeks(v));
	put(v, page, "grades", view_grades(v));
	put_credits(v, page);
	put_slots(v, page);
	put_materials(v, page);
	put_rows(v, page);
	put_also(v, page);
	put_flag(v, page, "has_changes", v->index->book != NULL);
	put_notes(v, page);
	return page;
}
