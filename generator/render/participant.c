/* Copies what participants may see out of a scenario. */
#include "render/participant.h"

bool evidence_at_start(const scenario *s, str id)
{
	EACH (const evidence_item, e, s->evidence)
		if (str_eq(e->id, id))
			return e->released != RELEASE_PLAY;
	return false;
}

static void take_pages(participant_scenario *out, const view *v, const scenario *s)
{
	out->pages.ptr = NEWN(v->arena, participant_page, s->evidence.len);
	EACH (const evidence_item, e, s->evidence) {
		if (!out->pages.ptr || !evidence_at_start(s, e->id)) {
			out->more_pages = true;
			continue;
		}
		out->pages.ptr[out->pages.len++] =
			(participant_page){ .title = e->title, .kind = e->kind, .file = e->file, .alt = e->alt };
	}
}

/* The technology that the plan has for a part, or else its first. */
static str technology_of(const view *v, const plan_scenario *p, const stack_part *part)
{
	str id = part->any.len ? part->any.ptr[0] : STR("");
	EACH (const pair_text, one, p->stack)
		if (str_eq(one->key, part->id))
			id = one->value;
	const concept *named = catalog_find(v->c->catalog, "concept", id);
	return named ? named->name : id;
}

list_str participant_stack(const view *v, const set_scenario *s)
{
	str *texts = NEWN(v->arena, str, s->scenario->setting.stack.len);
	list_str out = { .ptr = texts };
	EACH (const stack_part, part, s->scenario->setting.stack) {
		fill_word words[] = { { STR("technology"), technology_of(v, s->plan, part) } };
		if (texts)
			texts[out.len++] = words_fill(v->arena, part->text, (list_fill_word){ words, COUNT(words) });
	}
	return out;
}

static void take_setting(participant_scenario *out, const view *v, const set_scenario *s)
{
	const scenario_setting *from = &s->scenario->setting;
	out->system = from->system;
	out->scale = from->scale;
	out->budget = from->budget;
	out->slo.ptr = from->slo.ptr;
	out->slo.len = from->slo.len;
	out->constraints = from->constraints;
	out->stakeholders = from->stakeholders;
	out->technologies = s->plan->setting;
	out->stack = participant_stack(v, s);
}

static void take_people(participant_scenario *out, const view *v, const set_scenario *s)
{
	out->roles.ptr = NEWN(v->arena, participant_role, s->scenario->roles.len);
	if (out->roles.ptr)
		EACH (const scenario_role, r, s->scenario->roles)
			out->roles.ptr[out->roles.len++] = (participant_role){
				.id = r->id, .title = r->title, .brief = r->brief, .assessed = r->assessed
			};
	out->criteria.ptr = NEWN(v->arena, participant_criterion, s->rubric->criteria.len);
	if (out->criteria.ptr)
		EACH (const criterion, c, s->rubric->criteria)
			out->criteria.ptr[out->criteria.len++] =
				(participant_criterion){ .id = c->id, .name = c->name, .weight = c->weight };
}

void participant_make(participant_scenario *out, const view *v, const set_scenario *s)
{
	const scenario *from = s->scenario;
	*out = (participant_scenario){
		.id = from->id,
		.version = from->version,
		.title = from->title,
		.summary = from->summary,
		.kind = from->kind,
		.stakes = from->stakes,
		.rubric_id = s->rubric->id,
		.rubric_name = view_rubric_name(v, "scenario", from->id),
		.minutes = s->plan->minutes,
		.week = s->plan->week,
		.due = s->plan->due,
		.percent = s->percent,
		.brief_min = from->timebox.brief_min,
		.play_min = from->timebox.play_min,
		.debrief_min = from->timebox.debrief_min,
		.modules = from->integrates,
		.outcomes = from->outcomes,
		.deliverables = from->deliverables,
		.needs_author = from->needs_author || s->plan->needs_author,
		.pass_total = from->scoring.pass.total,
		.extra_time_pct = from->accommodation.extra_time_pct,
		.accommodation = from->accommodation.text,
		.written_variant = from->accommodation.written_variant,
	};
	out->why = (why_item){ .demands = s->demands.ptr,
		.demand_count = s->demands.len,
		.address = why_at(v, "scenario", from->id, ""),
		.concepts = catalog_concepts(v->c->catalog, v->arena, from->outcomes),
		.scenario = true };
	take_setting(out, v, s);
	take_pages(out, v, from);
	take_people(out, v, s);
}
