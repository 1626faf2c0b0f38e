/* What is taken away for items that were retired: names in settings, links, exercises, and modules that are
 * there for nothing else. */
#include "plan/replan_parts.h"

#include "plan/compose.h"
#include "plan/decisions.h"
#include "plan/resolve.h"

static bool just_retired(const moved_item *m)
{
	return m->item->state == ITEM_RETIRED && item_is_in(m->from);
}

static list_str without(arena *a, list_str list, str name, bool *found)
{
	str *kept = NEWN(a, str, list.len + 1);
	size_t count = 0;
	*found = false;
	for (size_t i = 0; kept && i < list.len; i++) {
		bool same = str_eq_nocase(list.ptr[i], name);
		*found |= same;
		if (!same)
			kept[count++] = list.ptr[i];
	}
	return (list_str){ kept, count };
}

/* ---- names and links */

static void drop_names(replanner *r, const moved_item *m, vec_str *where)
{
	plan_draft *d = &r->draft;
	EACH (plan_scenario, s, d->plan.scenarios) {
		bool found;
		list_str left = without(r->arena, s->setting, m->item->name, &found);
		str key = arena_printf(r->arena, "scenario:%.*s", STRF(s->id));
		if (!found || draft_is_edited(d, arena_printf(r->arena, "%.*s.setting", STRF(key))))
			continue;
		s->setting = left;
		vec_push(r->arena, where, key);
	}
	size_t kept = 0;
	for (size_t i = 0; i < d->plan.links.len; i++) {
		const plan_link *l = &d->plan.links.ptr[i];
		if (!str_eq(l->item, m->item->id))
			d->plan.links.ptr[kept++] = *l;
		else
			vec_push(r->arena, where, l->to.len ? l->to : STR("links"));
	}
	d->plan.links.len = kept;
}

static int drop_exercises(replanner *r, const moved_item *m, vec_str *where, vec_moved *moved)
{
	int freed = 0;
	EACH (plan_module, p, r->draft.plan.modules) {
		str key = arena_printf(r->arena, "module:%.*s", STRF(p->id));
		if (draft_is_edited(&r->draft, arena_printf(r->arena, "%.*s.extends", STRF(key))) ||
			draft_is_edited(&r->draft, arena_printf(r->arena, "%.*s.minutes", STRF(key))))
			continue;
		plan_extension *left = NEWN(r->arena, plan_extension, p->extends.len + 1);
		size_t count = 0;
		for (size_t i = 0; left && i < p->extends.len; i++)
			if (!str_eq(p->extends.ptr[i].item, m->item->id)) {
				left[count++] = p->extends.ptr[i];
			} else {
				int minutes = p->extends.ptr[i].minutes;
				freed += minutes;
				p->minutes -= minutes;
				vec_push(r->arena, where, key);
				vec_push(r->arena, moved, (moved_minutes){ .address = key, .minutes = -minutes });
			}
		if (left && count < p->extends.len)
			p->extends.ptr = left, p->extends.len = count;
	}
	return freed;
}

/* ---- modules */

static bool teaches(replanner *r, const plan_module *m, const cover_item *i)
{
	const module *item = draft_module_item(&r->draft, m);
	return cover_is_made_for(m, i) || (item && cover_teaches(item, i->wide));
}

/* Why the module has to stay; empty: nothing needs it. */
static str needed(replanner *r, const plan_module *m)
{
	arena *a = r->arena;
	const plan_draft *d = &r->draft;
	str address = arena_printf(a, "module:%.*s", STRF(m->id));
	for (size_t i = 0; i < r->in->items.len; i++)
		if (item_is_in(r->in->items.ptr[i].item->state) && teaches(r, m, &r->covers[i]))
			return arena_printf(a, "%.*s is taught in it", STRF(r->in->items.ptr[i].item->name));
	const decision *pin = decision_of(r->in->edited, DECISION_PIN, address, d->in->as_of);
	if (pin)
		return arena_printf(a, "it is pinned: %.*s", STRF(pin->reason));
	EACH (const plan_module, other, d->plan.modules) {
		const module *item = other == m ? NULL : draft_module_item(d, other);
		if (item && list_has(item->prerequisites, m->id))
			return arena_printf(a, "module:%.*s builds on it", STRF(other->id));
	}
	if (draft_touched(d, address))
		return STR("it was edited by hand");
	return STR("");
}

/* Labs and scenarios that cannot be without the module. */
static void find_tasks(replanner *r, const plan_module *m, vec_str *out)
{
	const plan_draft *d = &r->draft;
	EACH (const plan_lab, l, d->plan.labs) {
		const lab *item = draft_lab_item(d, l);
		bool made = m->blueprint.len && l->blueprint.len && str_eq(l->skill, m->skill);
		if (made || (item && !l->blueprint.len && list_has(item->integrates, m->id)))
			vec_push(r->arena, out, arena_printf(r->arena, "lab:%.*s", STRF(l->id)));
	}
	EACH (const plan_scenario, s, d->plan.scenarios) {
		const scenario *item = draft_scenario_item(d, s);
		bool made = m->blueprint.len && s->blueprint.len && str_eq(s->skill, m->skill);
		if (made || (item && !s->blueprint.len && list_has(item->integrates, m->id)))
			vec_push(r->arena, out, arena_printf(r->arena, "scenario:%.*s", STRF(s->id)));
	}
}

static list_str outcomes_of(const plan_draft *d, str address)
{
	str id = str_split(address, ':').tail;
	if (str_starts(address, STR("lab:"))) {
		const plan_lab *l = draft_lab(d, id);
		const lab *item = l ? draft_lab_item(d, l) : NULL;
		return item ? item->outcomes : (list_str){ 0 };
	}
	const plan_scenario *s = draft_scenario(d, id);
	const scenario *item = s ? draft_scenario_item(d, s) : NULL;
	return item ? item->outcomes : (list_str){ 0 };
}

static bool is_gone(const vec_str *tasks, str address)
{
	return list_has((list_str){ tasks->ptr, tasks->len }, address);
}

static bool assessed_elsewhere(const plan_draft *d, const vec_str *tasks, arena *a, str outcome_id)
{
	EACH (const plan_lab, l, d->plan.labs) {
		str address = arena_printf(a, "lab:%.*s", STRF(l->id));
		if (!is_gone(tasks, address) && list_has(outcomes_of(d, address), outcome_id))
			return true;
	}
	EACH (const plan_scenario, s, d->plan.scenarios) {
		str address = arena_printf(a, "scenario:%.*s", STRF(s->id));
		if (!is_gone(tasks, address) && list_has(outcomes_of(d, address), outcome_id))
			return true;
	}
	return false;
}

/* Why the tasks have to stay: they assess what another planned module teaches, or people want them. */
static str tasks_needed(replanner *r, const plan_module *m, const vec_str *tasks)
{
	const plan_draft *d = &r->draft;
	EACH (const str, address, *tasks) {
		const decision *pin = decision_of(r->in->edited, DECISION_PIN, *address, d->in->as_of);
		if (pin)
			return arena_printf(r->arena, "%.*s is pinned: %.*s", STRF(*address), STRF(pin->reason));
		if (draft_touched(d, *address))
			return arena_printf(r->arena, "%.*s was edited by hand", STRF(*address));
		list_str outcomes = outcomes_of(d, *address);
		EACH (const str, o, outcomes) {
			const module *taught = map_get(&d->in->catalog->outcome_modules, *o);
			bool other = taught && !str_eq(taught->id, m->id) && draft_module(d, taught->id);
			if (other && !assessed_elsewhere(d, tasks, r->arena, *o))
				return arena_printf(r->arena, "%.*s alone assesses %.*s of module:%.*s", STRF(*address),
					STRF(*o), STRF(taught->id));
		}
	}
	return STR("");
}

static int minutes_of(const plan_draft *d, str address)
{
	str id = str_split(address, ':').tail;
	if (str_starts(address, STR("lab:")))
		return draft_lab(d, id)->minutes;
	return draft_scenario(d, id)->minutes;
}

/* A scenario's goes by the scenario's id. */
static str rubric_of(replanner *r, str address)
{
	str id = str_split(address, ':').tail;
	const plan_lab *l = str_starts(address, STR("lab:")) ? draft_lab(&r->draft, id) : NULL;
	const lab *item = l ? draft_lab_item(&r->draft, l) : NULL;
	str name = !item ? id : item->rubric.id.len ? item->rubric.id : item->rubric.ref;
	if (!l || !l->blueprint.len)
		return name;
	str_cut cut = { .head = name };
	size_t at = str_find(name, STR("{{id}}"), 0);
	if (at == SIZE_MAX)
		return name;
	cut.head = str_sub(name, 0, at);
	cut.tail = str_skip(name, at + 6);
	str base = resolve_blueprint_base(l->id, item->id);
	return arena_printf(r->arena, "%.*s%.*s%.*s", STRF(cut.head), STRF(base), STRF(cut.tail));
}

/* What additions do not need goes to the modules that stay. */
static void give_back(replanner *r, int freed, vec_moved *moved)
{
	r->pool += freed;
	int spare = r->trial || r->pool < r->wanted ? 0 : (r->pool - r->wanted) / UNIT_MINUTES * UNIT_MINUTES;
	r->pool -= spare - draft_give(&r->draft, spare, moved);
}

static str why_it_goes(replanner *r, const moved_item *m)
{
	const decision *one = m->against;
	if (!one)
		return STR("nothing that employers still ask for is taught in it");
	return one->kind == DECISION_OWN
			   ? arena_printf(r->arena, "the course %.*s teaches it, as %.*s decided (%.*s)",
					 STRF(one->course), STRF(one->author), STRF(one->reason))
			   : arena_printf(r->arena, "%.*s decided so (%.*s)", STRF(one->author), STRF(one->reason));
}

static void drop_module(replanner *r, const moved_item *about, const plan_module *m, const vec_str *tasks)
{
	plan_draft *d = &r->draft;
	const module *item = draft_module_item(d, m);
	replan_edit e = { .step = EDIT_RETIRE,
		.about = about,
		.target = arena_printf(r->arena, "module:%.*s", STRF(m->id)),
		.bump = BUMP_MAJOR };
	vec_str outcomes = { 0 }, rubrics = { 0 };
	for (size_t i = 0; item && i < item->outcomes.len && !m->blueprint.len; i++)
		vec_push(r->arena, &outcomes, item->outcomes.ptr[i].id);
	int freed = m->minutes;
	vec_push(r->arena, &e.moved, (moved_minutes){ .address = e.target, .minutes = -m->minutes });
	EACH (const str, address, *tasks) {
		vec_push(r->arena, &rubrics, rubric_of(r, *address));
		vec_push(
			r->arena, &e.moved, (moved_minutes){ .address = *address, .minutes = -minutes_of(d, *address) });
		freed += minutes_of(d, *address);
	}
	str title = item && !m->blueprint.len ? item->title : about->item->name;
	EACH (const str, address, *tasks)
		draft_remove(d, *address);
	draft_remove(d, e.target);
	give_back(r, freed, &e.moved);
	e.outcomes_removed = (list_str){ outcomes.ptr, outcomes.len };
	e.rubrics_touched = (list_str){ rubrics.ptr, rubrics.len };
	e.summary = arena_printf(r->arena, "The module \"%.*s\" leaves the course%s: %.*s.", STRF(title),
		tasks->len ? ", with what assesses it" : "", STRF(why_it_goes(r, about)));
	e.learner_note = arena_printf(r->arena,
		"The module \"%.*s\" is no longer part of the course; work that you handed in for it still counts.",
		STRF(title));
	replan_keep(r, e);
}

/* The module that is there for the item: made for it, or one that teaches it. */
static bool drop_modules(replanner *r, const moved_item *m, const cover_item *i)
{
	bool any = false;
	for (size_t k = 0; k < r->draft.plan.modules.len && !r->arena->failed; k++) {
		plan_module one = r->draft.plan.modules.ptr[k];
		if (!teaches(r, &one, i))
			continue;
		vec_str tasks = { 0 };
		str why = needed(r, &r->draft.plan.modules.ptr[k]);
		find_tasks(r, &one, &tasks);
		why = why.len ? why : tasks_needed(r, &one, &tasks);
		if (why.len) {
			replan_note(r, "%.*s is retired; module:%.*s stays, because %.*s.", STRF(m->item->name),
				STRF(one.id), STRF(why));
			continue;
		}
		drop_module(r, m, &one, &tasks);
		any = true;
		k--;
	}
	return any;
}

static void drop_parts(replanner *r, const moved_item *m)
{
	replan_edit e = { .step = EDIT_RETIRE, .about = m, .bump = BUMP_MINOR };
	vec_str where = { 0 };
	drop_names(r, m, &where);
	int freed = drop_exercises(r, m, &where, &e.moved);
	if (!where.len)
		return;
	give_back(r, freed, &e.moved);
	e.target = where.ptr[0];
	e.summary = arena_printf(r->arena, "%.*s is no longer named in %zu place%s of the course.",
		STRF(m->item->name), where.len, where.len == 1 ? "" : "s");
	replan_keep(r, e);
}

static void note_added_by_hand(replanner *r, const moved_item *m, const cover_item *i)
{
	EACH (const plan_module, p, r->people.plan.modules)
		if (!draft_module(&r->draft, p->id) &&
			draft_is_edited(&r->draft, arena_printf(r->arena, "module:%.*s", STRF(p->id))) &&
			teaches(r, p, i))
			replan_note(r, "%.*s is retired; module:%.*s stays, because it was added by hand.",
				STRF(m->item->name), STRF(p->id));
}

/* Before the first one goes, so that what it frees is not given to the next. */
static void find_leaving(replanner *r)
{
	for (size_t i = 0; i < r->in->items.len; i++) {
		if (!just_retired(&r->in->items.ptr[i]))
			continue;
		EACH (const plan_module, m, r->draft.plan.modules) {
			vec_str tasks = { 0 };
			find_tasks(r, m, &tasks);
			if (teaches(r, m, &r->covers[i]) && !needed(r, m).len && !tasks_needed(r, m, &tasks).len)
				map_put(&r->draft.leaving, m->id, r);
		}
	}
}

void replan_retire(replanner *r)
{
	find_leaving(r);
	for (size_t i = 0; i < r->in->items.len; i++) {
		const moved_item *m = &r->in->items.ptr[i];
		if (!just_retired(m))
			continue;
		size_t before = r->out->edits.len, said = r->out->notes.len;
		drop_parts(r, m);
		drop_modules(r, m, &r->covers[i]);
		note_added_by_hand(r, m, &r->covers[i]);
		if (r->out->edits.len == before && r->out->notes.len == said)
			replan_note(r, "%.*s is retired; nothing in the course is there for it.", STRF(m->item->name));
	}
}
