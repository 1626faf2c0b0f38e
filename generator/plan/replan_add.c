/* What is added for items that the course has to cover and does not, and time for those whose weight changed.
 */
#include "plan/replan_parts.h"

#include "plan/cheapest.h"
#include "plan/decisions.h"

#include <stdlib.h>

typedef struct {
	replanner *r;
	VEC(ladder_need) needs;
	VEC(size_t) items; /* of each need: index into in->items */
	vec_edit edits;
} adder;

/* Whether the course as people have it, or as it is to be, covers the item. */
static bool holds(const replanner *r, size_t i, int state)
{
	return cover_holds(&r->draft, &r->covers[i], state) || cover_holds(&r->people, &r->covers[i], state);
}

/* Of what was in the course from the first cycle on, the course's rules said how: only what nothing teaches
 * is asked. */
static bool is_asked(const replanner *r, size_t i)
{
	const moved_item *m = &r->in->items.ptr[i];
	if (!item_is_in(m->item->state))
		return false;
	return m->item->since > 1 ||
		   !(cover_taught(&r->draft, &r->covers[i]) || cover_taught(&r->people, &r->covers[i]));
}

/* `say`: of items that come in and are covered already. */
static void find_needs(adder *s, bool say)
{
	replanner *r = s->r;
	for (size_t i = 0; i < r->in->items.len; i++) {
		const moved_item *m = &r->in->items.ptr[i];
		int state = m->item->state == ITEM_CORE ? ITEM_CORE : ITEM_PLANNED;
		if (!is_asked(r, i) || decision_of(r->in->edited, DECISION_WAIVE, m->item->id, r->draft.in->as_of))
			continue;
		if (holds(r, i, state)) {
			if (say && !item_is_in(m->from))
				vec_push(r->arena, &r->covered, m->item->name);
			continue;
		}
		vec_push(
			r->arena, &s->needs, (ladder_need){ .item = r->covers[i], .state = state, .share = m->share });
		vec_push(r->arena, &s->items, i);
	}
}

/* Two needs may be met by the same edit. */
static void drop_twins(vec_edit *edits, size_t from)
{
	size_t kept = from;
	for (size_t i = from; i < edits->len; i++) {
		bool twin = false;
		for (size_t k = 0; k < kept; k++)
			twin |= str_eq(edits->ptr[k].id, edits->ptr[i].id);
		if (!twin)
			edits->ptr[kept++] = edits->ptr[i];
	}
	edits->len = kept;
}

/* A module is asked only whether it teaches: whether it names a technology or practises what is core is a
 * need of its own once it is there. */
static bool meets(const ladder_edit *e, const plan_draft *after, const ladder_need *n)
{
	return e->step == EDIT_MODULE ? cover_taught(after, &n->item) : cover_holds(after, &n->item, n->state);
}

static cheap_edit weigh(adder *s, const ladder_edit *e)
{
	replanner *r = s->r;
	cheap_edit out = { .cost = edit_costs[e->step], .minutes = e->minutes, .id = e->id };
	plan_draft after;
	draft_copy(&after, &r->draft);
	ladder_apply(&after, e);
	out.meets.ptr = NEWN(r->arena, size_t, s->needs.len + 1);
	for (size_t n = 0; out.meets.ptr && n < s->needs.len; n++)
		if (meets(e, &after, &s->needs.ptr[n]))
			out.meets.ptr[out.meets.len++] = n;
	for (size_t i = 0; i < r->in->items.len; i++) {
		const moved_item *m = &r->in->items.ptr[i];
		if (item_is_in(m->item->state) && !holds(r, i, m->item->state) &&
			cover_holds(&after, &r->covers[i], m->item->state))
			out.weight += m->share;
	}
	return out;
}

static int minutes_available(replanner *r)
{
	enum { ALL = 600000 };
	vec_moved unheard = { 0 };
	return r->pool + r->extra + ALL - draft_take(&r->draft, ALL, &unheard, true);
}

/* ---- keeping what was chosen */

static size_t heaviest(const adder *s, const cheap_edit *e)
{
	size_t best = e->meets.ptr[0];
	EACH (const size_t, n, e->meets)
		if (s->needs.ptr[*n].share > s->needs.ptr[best].share)
			best = *n;
	return best;
}

/* Steps that were not taken, with reasons; those after the one that was taken are dearer. */
static void list_considered(adder *s, replan_edit *out, const ladder_need *n, edit_step taken)
{
	considered_step *list = NEWN(s->r->arena, considered_step, EDIT_STEPS);
	size_t count = 0;
	for (int step = 0; list && step < EDIT_STEPS; step++) {
		if (step == (int)taken || step == EDIT_RETIRE)
			continue;
		str why = n->why_not[step];
		if (!why.len)
			why = step > (int)taken
					  ? STR("it would do, and costs more")
					  : STR("it would do for this item, but not for all that the chosen edit covers");
		list[count++] = (considered_step){ .step = step, .why_not = why };
	}
	out->considered.ptr = list;
	out->considered.len = list ? count : 0;
}

static void describe_module(replanner *r, replan_edit *out, const ladder_edit *e)
{
	vec_str outcomes = { 0 }, rubrics = { 0 };
	EACH (const outcome, o, e->module->outcomes)
		vec_push(r->arena, &outcomes, o->id);
	EACH (const lab *const, l, e->labs)
		vec_push(r->arena, &rubrics, (*l)->rubric.id.len ? (*l)->rubric.id : (*l)->rubric.ref);
	EACH (const scenario *const, one, e->scenarios)
		vec_push(r->arena, &rubrics, (*one)->id);
	if (e->made_lab)
		vec_push(r->arena, &rubrics, ((const lab *)e->made_lab->item)->rubric.id);
	out->outcomes_added = (list_str){ outcomes.ptr, outcomes.len };
	out->rubrics_touched = (list_str){ rubrics.ptr, rubrics.len };
	size_t tasks = e->labs.len + e->scenarios.len + (e->made_lab != NULL);
	out->summary = arena_printf(r->arena, "A new module \"%.*s\" (%.*s)%s.", STRF(e->module->title),
		STRF(replan_hours(r->arena, e->minutes)),
		!tasks       ? ""
		: tasks == 1 ? ", with a task that assesses it"
					 : ", with the tasks that assess it");
	out->learner_note = arena_printf(r->arena,
		"There is a new module, \"%.*s\": %.*s of your time, at the place that the syllabus shows.",
		STRF(e->module->title), STRF(replan_hours(r->arena, e->minutes)));
	out->bump = BUMP_MAJOR;
}

static void describe_task(replanner *r, replan_edit *out, const ladder_edit *e)
{
	str title = e->lab ? e->lab->title : e->scenario->title;
	str *rubric_ = NEW(r->arena, str);
	if (!rubric_)
		return;
	*rubric_ = !e->lab ? e->scenario->id : e->lab->rubric.id.len ? e->lab->rubric.id : e->lab->rubric.ref;
	out->rubrics_touched = (list_str){ rubric_, 1 };
	out->summary = arena_printf(r->arena, "A new %s \"%.*s\" (%.*s).", e->lab ? "lab" : "scenario",
		STRF(title), STRF(replan_hours(r->arena, e->minutes)));
	out->learner_note = arena_printf(r->arena,
		"There is a new graded %s, \"%.*s\" (%.*s). If you finished the modules that it builds on, do it "
		"next.",
		e->lab ? "lab" : "scenario", STRF(title), STRF(replan_hours(r->arena, e->minutes)));
	out->bump = BUMP_MINOR;
}

static void describe_small(replanner *r, replan_edit *out, const ladder_edit *e)
{
	str title = replan_title(r, e->target), name = e->about->name;
	if (e->step == EDIT_LINK) {
		out->summary = arena_printf(r->arena, "The syllabus says where %.*s belongs: to the module \"%.*s\".",
			STRF(name), STRF(title));
		out->bump = BUMP_PATCH;
	} else if (e->step == EDIT_TECHNOLOGY) {
		out->summary =
			e->swapped.len
				? arena_printf(r->arena, "The setting of the scenario \"%.*s\" names %.*s in place of %.*s.",
					  STRF(title), STRF(name), STRF(e->swapped))
				: arena_printf(
					  r->arena, "The setting of the scenario \"%.*s\" names %.*s.", STRF(title), STRF(name));
		out->learner_note = arena_printf(
			r->arena, "The scenario \"%.*s\" now plays in a setting with %.*s.", STRF(title), STRF(name));
		out->bump = BUMP_MINOR;
	} else {
		out->summary = arena_printf(r->arena, "The module \"%.*s\" has one more exercise (%.*s), on %.*s.",
			STRF(title), STRF(replan_hours(r->arena, e->minutes)), STRF(name));
		out->learner_note =
			arena_printf(r->arena, "If you finished the module \"%.*s\": do its new exercise on %.*s (%.*s).",
				STRF(title), STRF(name), STRF(replan_hours(r->arena, e->minutes)));
		out->bump = BUMP_MINOR;
	}
}

static void note_added(replanner *r, replan_edit *out, const ladder_edit *e)
{
	plan_draft *d = &r->draft;
	if (e->module)
		vec_push(
			r->arena, &out->moved, (moved_minutes){ e->target, draft_module(d, e->module->id)->minutes });
	if (e->step == EDIT_EXERCISE || e->step == EDIT_TASK)
		vec_push(r->arena, &out->moved, (moved_minutes){ e->target, e->minutes });
	if (e->made_lab)
		vec_push(r->arena, &out->moved,
			(moved_minutes){ e->made_lab->address, draft_lab(d, e->made_lab->id)->minutes });
	EACH (const lab *const, l, e->labs)
		vec_push(r->arena, &out->moved,
			(moved_minutes){
				arena_printf(r->arena, "lab:%.*s", STRF((*l)->id)), draft_lab(d, (*l)->id)->minutes });
	EACH (const scenario *const, s, e->scenarios)
		vec_push(r->arena, &out->moved,
			(moved_minutes){ arena_printf(r->arena, "scenario:%.*s", STRF((*s)->id)),
				draft_scenario(d, (*s)->id)->minutes });
}

static void carry_out(adder *s, const ladder_edit *e, const cheap_edit *cheap)
{
	replanner *r = s->r;
	size_t main_need = heaviest(s, cheap);
	replan_edit out = {
		.step = e->step, .target = e->target, .about = &r->in->items.ptr[s->items.ptr[main_need]]
	};
	int pooled = r->pool < e->minutes ? r->pool : e->minutes;
	r->pool -= pooled;
	r->wanted += r->trial ? e->minutes : -e->minutes;
	int raised = r->extra < e->minutes - pooled ? r->extra : e->minutes - pooled;
	replan_raise(r, raised);
	draft_take(&r->draft, e->minutes - pooled - raised, &out.moved,
		false); /* the search knows that there is so much */
	ladder_apply(&r->draft, e);
	if (r->arena->failed)
		return;
	note_added(r, &out, e);
	list_considered(s, &out, &s->needs.ptr[main_need], e->step);
	if (e->module)
		describe_module(r, &out, e);
	else if (e->step == EDIT_TASK)
		describe_task(r, &out, e);
	else
		describe_small(r, &out, e);
	EACH (const size_t, n, cheap->meets)
		if (*n != main_need)
			out.summary = arena_printf(r->arena, "%.*s It covers %.*s as well.", STRF(out.summary),
				STRF(s->needs.ptr[*n].item.name));
	replan_keep(r, out);
}

/* ---- */

static bool can_be_met(const adder *s, const cheap_edit *weighed, size_t need)
{
	for (size_t i = 0; i < s->edits.len; i++)
		EACH (const size_t, met, weighed[i].meets)
			if (*met == need)
				return true;
	return false;
}

static void note_open(adder *s, const cheap_answer *answer, const cheap_edit *weighed)
{
	replanner *r = s->r;
	vec_str late = { 0 }, unwritten = { 0 };
	EACH (const size_t, n, answer->open) {
		const ladder_need *need = &s->needs.ptr[*n];
		if (need->barred)
			replan_note(r, "%.*s belongs into the course, and is not added: %.*s.", STRF(need->item.name),
				STRF(need->why_not[EDIT_MODULE]));
		else
			vec_push(r->arena, can_be_met(s, weighed, *n) ? &late : &unwritten, need->item.name);
	}
	replan_note_names(r,
		"There is no time left for what belongs into the course; raise the hours, or take something out: ",
		&late);
	replan_note_names(r,
		"Nothing in the catalogue would cover what belongs into the course; an author must write it: ",
		&unwritten);
	if (answer->cut_off)
		replan_note(r, "There were too many combinations to look at all of them; the changes are the "
					   "cheapest of those that were looked at.");
}

static bool solve(adder *s, cheap_answer *answer, cheap_edit **weighed)
{
	replanner *r = s->r;
	for (size_t n = 0; n < s->needs.len; n++) {
		size_t from = s->edits.len;
		ladder_options(&s->edits, &s->needs.ptr[n], &r->draft);
		drop_twins(&s->edits, from);
	}
	*weighed = NEWN(r->arena, cheap_edit, s->edits.len + 1);
	for (size_t i = 0; *weighed && i < s->edits.len; i++)
		(*weighed)[i] = weigh(s, &s->edits.ptr[i]);
	cheap_problem p = { .edits = *weighed,
		.edit_count = s->edits.len,
		.need_count = s->needs.len,
		.minutes = minutes_available(r) };
	return !r->arena->failed && cheapest(answer, r->arena, &p);
}

typedef struct {
	const ladder_edit *edit;
	const cheap_edit *cheap;
} chosen_edit;

static int by_step(const void *x, const void *y)
{
	const chosen_edit *a = x, *b = y;
	if (a->edit->step != b->edit->step)
		return a->edit->step < b->edit->step ? -1 : 1;
	return str_cmp(a->edit->id, b->edit->id);
}

/* One round: what is needed now, and the cheapest edits for it. False if nothing was done. */
static bool add_round(replanner *r, bool last)
{
	adder s = { .r = r };
	cheap_answer answer;
	cheap_edit *weighed;
	find_needs(&s, last);
	if (!s.needs.len || !solve(&s, &answer, &weighed))
		return false;
	chosen_edit *chosen_edits = NEWN(r->arena, chosen_edit, answer.edits.len + 1);
	for (size_t i = 0; chosen_edits && i < answer.edits.len; i++) {
		size_t at = answer.edits.ptr[i];
		chosen_edits[i] = (chosen_edit){ &s.edits.ptr[at], &weighed[at] };
	}
	if (!chosen_edits)
		return false;
	qsort(chosen_edits, answer.edits.len, sizeof *chosen_edits, by_step);
	for (size_t i = 0; i < answer.edits.len; i++)
		carry_out(&s, chosen_edits[i].edit, chosen_edits[i].cheap);
	if (last || !answer.edits.len)
		note_open(&s, &answer, weighed);
	return answer.edits.len > 0;
}

/* ---- what other courses teach */

static bool is_linked(const plan_draft *d, str id)
{
	EACH (const plan_link, l, d->plan.links)
		if (str_eq(l->item, id))
			return true;
	return false;
}

static void link_owned(replanner *r, const moved_item *m)
{
	plan_draft *d = &r->draft;
	plan_link *grown = NEWN(r->arena, plan_link, d->plan.links.len + 1);
	if (!grown)
		return;
	if (d->plan.links.len)
		memcpy(grown, d->plan.links.ptr, d->plan.links.len * sizeof *grown);
	grown[d->plan.links.len] = (plan_link){
		.item = m->item->id, .name = m->item->name, .course = m->against->course, .reason = m->against->reason
	};
	d->plan.links.ptr = grown;
	d->plan.links.len++;
	considered_step *considered = NEW(r->arena, considered_step);
	if (considered)
		*considered = (considered_step){ .step = EDIT_MODULE,
			.why_not = arena_printf(r->arena, "the course %.*s teaches it", STRF(m->against->course)) };
	replan_keep(
		r, (replan_edit){ .step = EDIT_LINK,
			   .about = m,
			   .target = arena_printf(r->arena, "course:%.*s", STRF(m->against->course)),
			   .summary = arena_printf(r->arena, "The syllabus says that %.*s is taught in the course %.*s.",
				   STRF(m->item->name), STRF(m->against->course)),
			   .considered = { considered, considered ? 1 : 0 },
			   .bump = BUMP_PATCH });
}

void replan_add(replanner *r)
{
	enum { ROUNDS = 3 }; /* a module, then what it does not name, then practice */
	for (size_t i = 0; i < r->in->items.len; i++) {
		const moved_item *m = &r->in->items.ptr[i];
		if (m->against && m->against->kind == DECISION_OWN && !is_linked(&r->draft, m->item->id) &&
			!is_linked(&r->people, m->item->id))
			link_owned(r, m);
	}
	for (int round = 1; round <= ROUNDS && add_round(r, round == ROUNDS); round++)
		continue;
}
