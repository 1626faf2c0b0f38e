/* Hours, weeks and grades of a plan that is being changed, by the same methods by which a fresh plan has
 * them. */
#include "plan/allocate.h"
#include "plan/choose.h"
#include "plan/demand.h"
#include "plan/draft.h"
#include "plan/sequence.h"

#include <stdlib.h>

static int extended_minutes(const plan_module *m)
{
	int sum = 0;
	EACH (const plan_extension, e, m->extends)
		sum += e->minutes;
	return sum;
}

/* ---- who wants time */

typedef struct {
	claim *claims; /* of the modules whose minutes nobody edited */
	size_t count;
	int units; /* that they have now, together */
} claims_of;

/* Weights as the plan stands, from the new evidence. */
static demanded *weigh(const plan_draft *d)
{
	size_t count = d->plan.modules.len;
	demanded *all = NEWN(d->arena, demanded, count ? count : 1);
	static const module nothing = { 0 };
	vec_row untaught = { 0 };
	for (size_t i = 0; all && i < count; i++) {
		const plan_module *m = &d->plan.modules.ptr[i];
		const module *item = draft_module_item(d, m);
		all[i] = (demanded){ .module = item ? item : &nothing,
			.row = m->blueprint.len ? facts_find(d->in->facts, ROW_SKILL, m->skill) : NULL,
			.blueprint = m->blueprint.len ? catalog_find(d->in->catalog, "blueprint", m->blueprint) : NULL,
			.emphasis = m->emphasis > 0 ? m->emphasis : 1 };
	}
	if (all)
		demand_share(all, count, d->in->facts, d->in->catalog, &untaught, d->arena);
	return all;
}

static claims_of claim_all(const plan_draft *d)
{
	claims_of out = { .claims = NEWN(d->arena, claim, d->plan.modules.len + 1) };
	const demanded *shared = weigh(d);
	for (size_t i = 0; out.claims && shared && i < d->plan.modules.len; i++) {
		const plan_module *m = &d->plan.modules.ptr[i];
		if (draft_is_edited(d, arena_printf(d->arena, "module:%.*s.minutes", STRF(m->id))) ||
			draft_is_edited(d, arena_printf(d->arena, "module:%.*s", STRF(m->id))) ||
			map_has(&d->leaving, m->id))
			continue;
		int more = extended_minutes(m), units = m->minutes / UNIT_MINUTES;
		int least = (choose_round_up(shared[i].module->minutes.min) + more) / UNIT_MINUTES;
		int most = (shared[i].module->minutes.max + more) / UNIT_MINUTES;
		out.claims[out.count++] = (claim){ .id = m->id,
			.weight = shared[i].weight,
			.min = least < units ? least : units,
			.max = most > units ? most : units,
			.units = units };
		out.units += units;
	}
	return out;
}

static void note(plan_draft *d, vec_moved *moved, const char *kind, str id, int minutes)
{
	str address = arena_printf(d->arena, "%s:%.*s", kind, STRF(id));
	EACH (moved_minutes, m, *moved)
		if (str_eq(m->address, address)) {
			m->minutes += minutes;
			return;
		}
	vec_push(d->arena, moved, (moved_minutes){ .address = address, .minutes = minutes });
}

static void set_units(plan_draft *d, const claims_of *c, vec_moved *moved)
{
	for (size_t i = 0; i < c->count; i++) {
		plan_module *m = draft_module(d, c->claims[i].id);
		int minutes = c->claims[i].units * UNIT_MINUTES + m->minutes % UNIT_MINUTES;
		if (minutes != m->minutes)
			note(d, moved, "module", m->id, minutes - m->minutes);
		m->minutes = minutes;
	}
}

/* ---- taking */

static bool assesses_alone(const plan_draft *d, const plan_lab *one, str outcome_id)
{
	EACH (const plan_lab, l, d->plan.labs) {
		const lab *item = l == one ? NULL : draft_lab_item(d, l);
		if (item && list_has(item->outcomes, outcome_id))
			return false;
	}
	EACH (const plan_scenario, s, d->plan.scenarios) {
		const scenario *item = draft_scenario_item(d, s);
		if (item && list_has(item->outcomes, outcome_id))
			return false;
	}
	return true;
}

static bool is_spare(const plan_draft *d, const plan_lab *l)
{
	const lab *item = draft_lab_item(d, l);
	if (!item || l->required || l->needs_author || draft_is_guarded(d) ||
		draft_touched(d, arena_printf(d->arena, "lab:%.*s", STRF(l->id))))
		return false;
	EACH (const str, o, item->outcomes)
		if (assesses_alone(d, l, *o))
			return false;
	return true;
}

/* Minutes of the smallest elective lab that nothing needs and that covers what is missing, else the largest.
 */
static const plan_lab *spare_lab(const plan_draft *d, int missing)
{
	const plan_lab *best = NULL;
	EACH (const plan_lab, l, d->plan.labs) {
		if (!is_spare(d, l))
			continue;
		bool fits = l->minutes >= missing, best_fits = best && best->minutes >= missing;
		if (!best || (fits && !best_fits) || (fits && best_fits && l->minutes < best->minutes) ||
			(!fits && !best_fits && l->minutes > best->minutes))
			best = l;
	}
	return best;
}

/* How far a module may go in one round: a part of its time, and at least a unit. */
static int reach(const plan_draft *d, int units, int round)
{
	int most = (int)(units * d->in->course->policy.update.hours_step);
	return (most > 1 ? most : 1) * round;
}

enum { ROUNDS = 1000 };

/* Takes (-1) or gives (1) units. Nobody's time changes by more than a step as long as that is enough, then by
 * two, and so on; within that, weights decide. Returns what could not be moved. */
static int spread(plan_draft *d, int units, int sign, vec_moved *moved)
{
	claims_of c = claim_all(d);
	int *least = NEWN(d->arena, int, c.count + 1), *most = NEWN(d->arena, int, c.count + 1), room = 0;
	if (!c.claims || !least || !most || units <= 0)
		return units;
	for (size_t i = 0; i < c.count; i++) {
		least[i] = sign < 0 ? c.claims[i].min : c.claims[i].units;
		most[i] = sign < 0 ? c.claims[i].units : c.claims[i].max;
		room += most[i] - least[i];
	}
	int change = room < units ? room : units;
	for (int round = 1; change && round <= ROUNDS; round++) {
		for (size_t i = 0; i < c.count; i++) {
			int now = sign < 0 ? most[i] : least[i], step = reach(d, now, round);
			c.claims[i].min = sign < 0 && now - step > least[i] ? now - step : least[i];
			c.claims[i].max = sign > 0 && now + step < most[i] ? now + step : most[i];
		}
		if (allocate(c.claims, c.count, c.units + sign * change, d->arena))
			break;
	}
	if (change)
		set_units(d, &c, moved);
	return units - change;
}

static int take_from_modules(plan_draft *d, int minutes, vec_moved *moved)
{
	int units = (minutes + UNIT_MINUTES - 1) / UNIT_MINUTES;
	return minutes - (units - spread(d, units, -1, moved)) * UNIT_MINUTES;
}

int draft_take(plan_draft *d, int minutes, vec_moved *moved, bool dry)
{
	plan_draft copy;
	vec_moved unheard = { 0 };
	if (dry) {
		draft_copy(&copy, d);
		return draft_take(&copy, minutes, &unheard, false);
	}
	int missing = take_from_modules(d, minutes, moved);
	while (missing > 0) {
		const plan_lab *lab_ = spare_lab(d, missing);
		if (!lab_)
			break;
		str address = arena_printf(d->arena, "lab:%.*s", STRF(lab_->id));
		missing -= lab_->minutes;
		note(d, moved, "lab", lab_->id, -lab_->minutes);
		draft_remove(d, address);
	}
	if (missing < 0) { /* the lab was longer than what was asked for */
		d->plan.course.minutes -= draft_give(d, -missing, moved);
		missing = 0;
	}
	return missing;
}

int draft_give(plan_draft *d, int minutes, vec_moved *moved)
{
	int units = minutes / UNIT_MINUTES;
	return minutes - (units - spread(d, units, 1, moved)) * UNIT_MINUTES;
}

/* ---- moving */

static claim *claim_of(claims_of *c, str id)
{
	for (size_t i = 0; i < c->count; i++)
		if (str_eq(c->claims[i].id, id))
			return &c->claims[i];
	return NULL;
}

bool draft_reweigh(plan_draft *d, str module_id, bool up, vec_moved *moved)
{
	claims_of ideal = claim_all(d), now = claim_all(d);
	claim *wanted = claim_of(&ideal, module_id), *has = claim_of(&now, module_id);
	if (!wanted || !has)
		return false;
	int before = has->units, most = (int)(before * d->in->course->policy.update.hours_step);
	allocate(ideal.claims, ideal.count, ideal.units, d->arena);
	int change = up ? wanted->units - before : before - wanted->units;
	change = change < most ? change : most;
	if (change <= 0)
		return false;
	/* The others give or take: each no further than to what a fresh division would leave it. */
	for (size_t i = 0; i < now.count; i++) {
		claim *c = &now.claims[i];
		int aim = ideal.claims[i].units;
		c->min = up && aim < c->units ? aim : c->units;
		c->max = !up && aim > c->units ? aim : c->units;
	}
	has->min = has->max = up ? before + change : before - change;
	if (!allocate(now.claims, now.count, now.units, d->arena))
		return false;
	set_units(d, &now, moved);
	return true;
}

/* ---- weeks */

static bool is_done(const map *done, list_str integrates, const plan_draft *d)
{
	EACH (const str, id, integrates)
		if (draft_module(d, *id) && !map_has(done, *id))
			return false;
	return true;
}

typedef struct {
	slot slot;
	int *from, *to; /* where the weeks go */
} settled;
typedef VEC(settled) vec_settled;

static void add_slot(plan_draft *d, vec_settled *out, slot one, int minutes, int *from, int *to)
{
	one.units = (minutes + UNIT_MINUTES - 1) / UNIT_MINUTES;
	vec_push(d->arena, out, (settled){ .slot = one, .from = from, .to = to });
}

/* Tasks that may start once these modules are done, in the order of the plan. */
static void add_tasks(plan_draft *d, vec_settled *out, const map *done, map *placed)
{
	EACH (plan_lab, l, d->plan.labs) {
		const lab *item = draft_lab_item(d, l);
		str key = arena_printf(d->arena, "lab:%.*s", STRF(l->id));
		bool made = l->blueprint.len > 0; /* of a pattern: what it integrates is not written out */
		if (map_has(placed, key) || !item ||
			(made ? !map_has(done, key) : !is_done(done, item->integrates, d)))
			continue;
		map_put(placed, key, l);
		add_slot(d, out, (slot){ .task = true }, l->minutes, &l->week, &l->due);
	}
	EACH (plan_scenario, s, d->plan.scenarios) {
		const scenario *item = draft_scenario_item(d, s);
		str key = arena_printf(d->arena, "scenario:%.*s", STRF(s->id));
		bool made = s->blueprint.len > 0;
		if (map_has(placed, key) || !item ||
			(made ? !map_has(done, key) : !is_done(done, item->integrates, d)))
			continue;
		map_put(placed, key, s);
		add_slot(d, out, (slot){ .task = true, .summative = item->stakes == STAKES_SUMMATIVE }, s->minutes,
			&s->week, &s->due);
	}
}

/* What a blueprint made to assess a skill comes after the blueprint's module for it. */
static void mark_made_tasks(plan_draft *d, const plan_module *m, map *done)
{
	EACH (const plan_scenario, s, d->plan.scenarios)
		if (m->skill.len && s->blueprint.len && str_eq(s->skill, m->skill))
			map_put(done, arena_printf(d->arena, "scenario:%.*s", STRF(s->id)), (void *)s);
	EACH (const plan_lab, l, d->plan.labs)
		if (m->skill.len && l->blueprint.len && str_eq(l->skill, m->skill))
			map_put(done, arena_printf(d->arena, "lab:%.*s", STRF(l->id)), (void *)l);
}

static bool keeps_weeks(const plan_draft *d, const char *kind, str id, const char *first, const char *second)
{
	return draft_is_edited(d, arena_printf(d->arena, "%s:%.*s", kind, STRF(id))) ||
		   draft_is_edited(d, arena_printf(d->arena, "%s:%.*s.%s", kind, STRF(id), first)) ||
		   draft_is_edited(d, arena_printf(d->arena, "%s:%.*s.%s", kind, STRF(id), second));
}

static void settle_weeks(plan_draft *d)
{
	plan_draft before;
	draft_copy(&before, d);
	vec_settled all = { 0 };
	map done = { .arena = d->arena }, placed = { .arena = d->arena };
	add_tasks(d, &all, &done, &placed); /* those that integrate nothing planned */
	EACH (plan_module, m, d->plan.modules) {
		add_slot(d, &all, (slot){ 0 }, m->minutes, &m->week_from, &m->week_to);
		map_put(&done, m->id, m);
		mark_made_tasks(d, m, &done);
		add_tasks(d, &all, &done, &placed);
	}
	EACH (plan_capstone, c, d->plan.capstone)
		add_slot(d, &all, (slot){ .task = true, .summative = true }, c->minutes, &c->week, &c->due);
	slot *slots = NEWN(d->arena, slot, all.len ? all.len : 1);
	if (!slots || d->arena->failed)
		return;
	for (size_t i = 0; i < all.len; i++) {
		slots[i] = all.ptr[i].slot;
		slots[i].of = &all.ptr[i];
	}
	size_t last = all.len - d->plan.capstone.len; /* the capstone stays behind everything */
	int after = 0;
	for (size_t i = last; i < all.len; i++)
		after += slots[i].units;
	sequence_spread(slots, last, d->plan.course.weeks, after, d->arena);
	sequence_weeks(slots, all.len, d->plan.course.weeks);
	for (size_t i = 0; i < all.len; i++) {
		const settled *one = slots[i].of;
		*one->from = slots[i].week_from;
		*one->to = slots[i].week_to;
	}
	for (size_t i = 0; i < d->plan.modules.len; i++) {
		plan_module *m = &d->plan.modules.ptr[i];
		const plan_module *was = draft_module(&before, m->id);
		if (keeps_weeks(d, "module", m->id, "week_from", "week_to"))
			m->week_from = was->week_from, m->week_to = was->week_to;
	}
	EACH (plan_lab, l, d->plan.labs)
		if (keeps_weeks(d, "lab", l->id, "week", "due")) {
			const plan_lab *was = draft_lab(&before, l->id);
			l->week = was->week, l->due = was->due;
		}
	EACH (plan_scenario, s, d->plan.scenarios)
		if (keeps_weeks(d, "scenario", s->id, "week", "due")) {
			const plan_scenario *was = draft_scenario(&before, s->id);
			s->week = was->week, s->due = was->due;
		}
	for (size_t i = 0; i < d->plan.capstone.len; i++) {
		plan_capstone *c = &d->plan.capstone.ptr[i];
		if (keeps_weeks(d, "capstone", c->id, "week", "due"))
			c->week = before.plan.capstone.ptr[i].week, c->due = before.plan.capstone.ptr[i].due;
	}
}

/* ---- order of the tasks, and grades */

/* By the week they start, in the order they had. The lists are short. */
#define SORT_BY_WEEK(list, T) \
	do { \
		for (size_t i_ = 1; i_ < (list).len; i_++) { \
			T one_ = (list).ptr[i_]; \
			size_t at_ = i_; \
			for (; at_ > 0 && (list).ptr[at_ - 1].week > one_.week; at_--) \
				(list).ptr[at_] = (list).ptr[at_ - 1]; \
			(list).ptr[at_] = one_; \
		} \
	} while (0)

static void grade(plan_draft *d, size_t first, size_t count, const double *minutes, int total)
{
	int *percent = NEWN(d->arena, int, count ? count : 1);
	if (!percent || !count)
		return;
	allocate_percent(minutes, percent, count, total, d->arena);
	for (size_t i = 0; i < count; i++)
		d->plan.grading.ptr[first + i].percent = percent[i];
}

static bool grades_are_edited(const plan_draft *d)
{
	EACH (const map_entry, e, d->edits.entries)
		if (str_starts(e->key, STR("grading:")))
			return true;
	return false;
}

static int minutes_of(const plan_draft *d, str address)
{
	str id = str_split(address, ':').tail;
	const plan_lab *l = str_starts(address, STR("lab:")) ? draft_lab(d, id) : NULL;
	const plan_scenario *s = str_starts(address, STR("scenario:")) ? draft_scenario(d, id) : NULL;
	if (l || s)
		return l ? l->minutes : s->minutes;
	EACH (const plan_capstone, c, d->plan.capstone)
		if (str_eq(c->id, id))
			return c->minutes;
	return 0;
}

static grade_kind kind_of(str address)
{
	return str_starts(address, STR("lab:"))        ? GRADE_LABS
		   : str_starts(address, STR("scenario:")) ? GRADE_SCENARIOS
												   : GRADE_CAPSTONE;
}

/* As plan/compose.c shares them: the parts of each kind are the course's, time decides within it. The list
 * has the kinds one after the other. */
static void settle_grades(plan_draft *d)
{
	size_t count = d->plan.grading.len, counts[GRADE_KINDS] = { 0 };
	int parts[GRADE_KINDS];
	double *minutes = NEWN(d->arena, double, count ? count : 1);
	if (!minutes || !count || grades_are_edited(d))
		return;
	for (size_t i = 0; i < count; i++) {
		minutes[i] = minutes_of(d, d->plan.grading.ptr[i].item);
		counts[kind_of(d->plan.grading.ptr[i].item)]++;
	}
	grade_parts(parts, &d->in->course->grading, counts);
	for (size_t i = 0, first = 0; i < GRADE_KINDS; first += counts[i++])
		grade(d, first, counts[i], minutes + first, parts[i]);
}

void draft_settle(plan_draft *d)
{
	settle_weeks(d);
	SORT_BY_WEEK(d->plan.labs, plan_lab);
	SORT_BY_WEEK(d->plan.scenarios, plan_scenario);
	settle_grades(d);
}
