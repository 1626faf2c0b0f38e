/* The whole way from a selection to a plan, step by step; each step is a file of its own. */
#include "plan/compose.h"

#include "plan/allocate.h"
#include "plan/budget.h"
#include "plan/capstone.h"
#include "plan/choose.h"
#include "plan/sequence.h"
#include "plan/stack.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	choice choice;
	capstone_choice capstone;
	budget budget;
	claim *claims; /* of the modules, in their order */
	slot *slots;
	size_t slot_count;
	/* What rules said about targets and settings, so that the cost does not grow with labs x targets. */
	map target_of_lab, target_of_tag, target_of_concept; /* -> const target_choice *, the last one */
	map mentions;                                        /* concept or "scenario:ID" -> vec_mention * */
} composer;

typedef VEC(const setting_choice *) vec_mention;

/* In whole units, and never less than the least. */
static int most_minutes(const module *m)
{
	int least = choose_round_up(m->minutes.min), most = m->minutes.max / UNIT_MINUTES * UNIT_MINUTES;
	return most > least ? most : least;
}

/* What cannot be done without, and the most that everything taken could use. */
static void gather_needs(composer *k, vec_need *needs, int *most)
{
	choice *c = &k->choice;
	*most = 0;
	for (size_t i = 0; i < c->module_count; i++) {
		const demanded *m = &c->demands[i];
		vec_push(c->arena, needs,
			(need){ .address = c->modules[i]->address,
				.minutes = choose_round_up(m->module->minutes.min),
				.weight = m->weight,
				.why = "at least" });
		*most += most_minutes(m->module);
	}
	EACH (const task, t, c->tasks)
		if (t->taken) {
			vec_push(c->arena, needs,
				(need){ .address = t->address, .minutes = t->minutes, .weight = t->weight, .why = "fixed" });
			*most += t->minutes;
		}
	if (k->capstone.item)
		vec_push(c->arena, needs,
			(need){ .address = arena_printf(c->arena, "capstone:%.*s", STRF(k->capstone.item->id)),
				.minutes = k->capstone.minutes,
				.why = "fixed" });
	*most += k->capstone.minutes;
}

static int lab_and_scenario_minutes(const choice *c)
{
	int sum = 0;
	EACH (const task, t, c->tasks)
		sum += t->taken ? t->minutes : 0;
	return sum;
}

static int task_minutes(const composer *k)
{
	return lab_and_scenario_minutes(&k->choice) + k->capstone.minutes;
}

static int least_module_minutes(const choice *c)
{
	int sum = 0;
	for (size_t i = 0; i < c->module_count; i++)
		sum += choose_round_up(c->demands[i].module->minutes.min);
	return sum;
}

static void take_electives(composer *k)
{
	choice *c = &k->choice;
	double share = c->in->selection->settings.lab_share;
	int most = 0;
	for (size_t i = 0; i < c->module_count; i++)
		most += most_minutes(c->demands[i].module);
	int left = k->budget.minutes - k->capstone.minutes;
	int cap = (int)(k->budget.minutes * share), room = left - least_module_minutes(c);
	if (cap < left - most) /* the modules cannot use that much */
		cap = left - most;
	if (cap > room)
		cap = room;
	int taken = lab_and_scenario_minutes(c);
	choose_elective_tasks(c, cap > taken ? cap - taken : 0);
}

static bool share_time(composer *k, diags *d)
{
	choice *c = &k->choice;
	k->claims = NEWN(c->arena, claim, c->module_count);
	if (!k->claims)
		return c->module_count == 0;
	for (size_t i = 0; i < c->module_count; i++) {
		const demanded *m = &c->demands[i];
		k->claims[i] = (claim){ .weight = m->weight,
			.id = m->module->id,
			.min = choose_round_up(m->module->minutes.min) / UNIT_MINUTES,
			.max = most_minutes(m->module) / UNIT_MINUTES };
	}
	int left = (k->budget.minutes - task_minutes(k)) / UNIT_MINUTES;
	if (allocate(k->claims, c->module_count, left, c->arena))
		return true;
	int sum = 0;
	for (size_t i = 0; i < c->module_count; i++)
		sum += k->claims[i].units;
	if (!isnan(c->in->selection->settings.hours)) {
		diag_add(d, E_PLAN_INFEASIBLE, c->in->course->at,
			"hours: %g cannot be filled: modules at their longest and the labs and scenarios that fit take "
			"%g h",
			k->budget.minutes / 60.0, (sum * UNIT_MINUTES + task_minutes(k)) / 60.0);
		return false;
	}
	k->budget.minutes = sum * UNIT_MINUTES + task_minutes(k);
	if (c->in->selection->settings.weeks == SCHEMA_UNSET)
		k->budget.weeks = (k->budget.minutes + k->budget.minutes_per_week - 1) / k->budget.minutes_per_week;
	return true;
}

static bool is_summative(const task *t)
{
	return t->kind == FACT_SCENARIO && ((const scenario *)t->from->item)->stakes == STAKES_SUMMATIVE;
}

static bool put_in_order(composer *k, diags *d)
{
	choice *c = &k->choice;
	k->slots = NEWN(c->arena, slot, c->module_count + c->tasks.len + 1);
	if (!k->slots)
		return !c->arena->failed;
	for (size_t i = 0; i < c->module_count; i++)
		k->slots[k->slot_count++] = (slot){ .id = c->demands[i].module->id,
			.weight = c->demands[i].weight,
			.units = k->claims[i].units,
			.after = c->demands[i].module->prerequisites };
	EACH (const task, t, c->tasks)
		if (t->taken)
			k->slots[k->slot_count++] = (slot){ .id = t->address,
				.weight = t->weight,
				.task = true,
				.summative = is_summative(t),
				.units = (t->minutes + UNIT_MINUTES - 1) / UNIT_MINUTES,
				.after = t->integrates };
	if (!sequence_order(k->slots, k->slot_count, c->in->course->at, c->arena, d))
		return false;
	sequence_spread(k->slots, k->slot_count, k->budget.weeks, k->capstone.minutes / UNIT_MINUTES, c->arena);
	if (k->capstone.item) /* after everything else */
		k->slots[k->slot_count++] = (slot){ .id = k->capstone.item->id,
			.task = true,
			.summative = true,
			.units = k->capstone.minutes / UNIT_MINUTES };
	sequence_weeks(k->slots, k->slot_count, k->budget.weeks);
	return true;
}

static void write_module(composer *k, plan *out, const slot *s)
{
	choice *c = &k->choice;
	size_t i = (size_t)(uintptr_t)map_get(&c->module_index, s->id) - 1;
	const chosen *from = c->modules[i];
	out->modules.ptr[out->modules.len++] = (plan_module){ .id = s->id,
		.minutes = s->units * UNIT_MINUTES,
		.week_from = s->week_from,
		.week_to = s->week_to,
		.emphasis = round(from->emphasis * 1e4) / 1e4,
		.needs_author = from->blueprint != NULL,
		.blueprint = from->blueprint ? from->blueprint->id : STR(""),
		.skill = from->row ? from->row->row->id : STR("") };
}

static void add_mention(composer *k, str key, const setting_choice *s)
{
	vec_mention *list = map_get(&k->mentions, key);
	if (!list) {
		list = NEW(k->choice.arena, vec_mention);
		if (!list)
			return;
		map_put(&k->mentions, key, list);
	}
	vec_push(k->choice.arena, list, s);
}

static void index_details(composer *k)
{
	const selection *s = k->choice.in->selection;
	map *maps[] = { &k->target_of_lab, &k->target_of_tag, &k->target_of_concept, &k->mentions };
	for (size_t i = 0; i < COUNT(maps); i++)
		*maps[i] = (map){ .arena = k->choice.arena };
	EACH (const target_choice, t, s->targets) {
		if (t->lab.len)
			map_put(&k->target_of_lab, t->lab, (void *)t);
		if (t->tag.len)
			map_put(&k->target_of_tag, t->tag, (void *)t);
		EACH (const str, id, t->concepts)
			map_put(&k->target_of_concept, *id, (void *)t);
	}
	EACH (const setting_choice, one, s->mentions) {
		if (one->scenario.len)
			add_mention(k, arena_printf(k->choice.arena, "scenario:%.*s", STRF(one->scenario)), one);
		EACH (const str, id, one->concepts)
			add_mention(k, *id, one);
	}
}

static const target_choice *later(const target_choice *a, const target_choice *b)
{
	return !b || (a && a > b) ? a : b;
}

/* Only the primary metric may be asked for its stretch: the others keep their targets. */
static void write_targets(const composer *k, plan_lab *out, const lab *l, const chosen *from)
{
	const choice *c = &k->choice;
	const target_choice *last = map_get(&k->target_of_lab, l->id);
	EACH (const str, tag, l->tags)
		last = later(last, map_get(&k->target_of_tag, *tag));
	EACH (const str, id, from->concepts)
		last = later(last, map_get(&k->target_of_concept, *id));
	bool stretch = last && last->stretch;
	out->targets.ptr = NEWN(c->arena, pair_text, l->metrics.len);
	for (size_t i = 0; out->targets.ptr && i < l->metrics.len; i++) {
		const metric *m = &l->metrics.ptr[i];
		bool has = !isnan(m->stretch.value) || !isnan(m->stretch.ratio);
		out->targets.ptr[out->targets.len++] =
			(pair_text){ .key = m->id, .value = i == 0 && stretch && has ? STR("stretch") : STR("target") };
	}
}

static void write_lab(composer *k, plan *out, const slot *s, const task *t)
{
	plan_lab *l = &out->labs.ptr[out->labs.len++];
	*l = (plan_lab){ .id = t->id,
		.minutes = t->minutes,
		.week = s->week_from,
		.due = s->week_to,
		.required = t->required,
		.needs_author = t->from->blueprint != NULL,
		.blueprint = t->from->blueprint ? t->from->blueprint->id : STR(""),
		.skill = t->from->row ? t->from->row->row->id : STR("") };
	write_targets(k, l, t->from->item, t->from);
}

static void add_taught(map *out, const module *m)
{
	EACH (const teach, t, m->teaches)
		map_put(out, t->key, (void *)m);
}

/* A scenario touches a concept that it assesses, or that is taught by a module it integrates or by one such a
 * module builds on. */
static map touched(const choice *c, const chosen *from)
{
	map out = { .arena = c->arena };
	EACH (const str, id, from->concepts)
		map_put(&out, *id, (void *)from);
	EACH (const str, id, ((const scenario *)from->item)->integrates) {
		const module *m = catalog_find(c->in->catalog, "module", *id);
		if (!m)
			continue;
		add_taught(&out, m);
		EACH (const str, before_id, m->prerequisites) {
			const module *before = catalog_find(c->in->catalog, "module", *before_id);
			if (before)
				add_taught(&out, before);
		}
	}
	return out;
}

/* Heaviest row first; then by the row, so that the order of the workbook decides nothing; then by rule. */
static int by_row(const void *x, const void *y)
{
	const setting_choice *a = *(const setting_choice *const *)x, *b = *(const setting_choice *const *)y;
	double left = a->row ? a->row->weight : 0, right = b->row ? b->row->weight : 0;
	if (left != right)
		return left > right ? -1 : 1;
	int order = str_cmp(a->row ? a->row->row->id : STR(""), b->row ? b->row->row->id : STR(""));
	return order ? order : (a > b) - (a < b);
}

/* Technologies of the rows that touch the scenario's concepts, each name once. */
static void write_setting(const composer *k, plan_scenario *out, const chosen *from)
{
	const choice *c = &k->choice;
	enum { NAMED_MAX = 12 };
	vec_str names = { 0 };
	vec_mention hits = { 0 };
	map concepts = touched(c, from);
	map_put(&concepts, from->address, (void *)from);
	EACH (const map_entry, e, concepts.entries) {
		const vec_mention *list = map_get(&k->mentions, e->key);
		for (size_t i = 0; list && i < list->len; i++)
			vec_push(c->arena, &hits, list->ptr[i]);
	}
	if (hits.len)
		qsort(hits.ptr, hits.len, sizeof *hits.ptr, by_row);
	EACH (const setting_choice *, s, hits)
		EACH (const str, name, (*s)->technologies)
			if (names.len < NAMED_MAX && !list_has((list_str){ .ptr = names.ptr, .len = names.len }, *name))
				vec_push(c->arena, &names, *name);
	out->setting = (list_str){ .ptr = names.ptr, .len = names.len };
}

static void write_scenario(composer *k, plan *out, const slot *s, const task *t)
{
	plan_scenario *p = &out->scenarios.ptr[out->scenarios.len++];
	*p = (plan_scenario){ .id = t->id,
		.minutes = t->minutes,
		.week = s->week_from,
		.due = s->week_to,
		.required = t->required,
		.needs_author = t->from->blueprint != NULL,
		.blueprint = t->from->blueprint ? t->from->blueprint->id : STR(""),
		.skill = t->from->row ? t->from->row->row->id : STR("") };
	write_setting(k, p, t->from);
	stack_choose(p, &k->choice, t->from->item);
}

/* The last slot. */
static void write_capstone(composer *k, plan *out)
{
	const slot *s = &k->slots[k->slot_count - 1];
	out->capstone.ptr = NEW(k->choice.arena, plan_capstone);
	if (!out->capstone.ptr)
		return;
	out->capstone.ptr[out->capstone.len++] = (plan_capstone){ .id = k->capstone.item->id,
		.minutes = k->capstone.minutes,
		.week = s->week_from,
		.due = s->week_to,
		.modules = k->capstone.modules };
}

static void write_items(composer *k, plan *out)
{
	choice *c = &k->choice;
	map tasks = { .arena = c->arena };
	EACH (task, t, c->tasks)
		if (t->taken)
			map_put(&tasks, t->address, t);
	out->modules.ptr = NEWN(c->arena, plan_module, c->module_count);
	out->labs.ptr = NEWN(c->arena, plan_lab, tasks.entries.len);
	out->scenarios.ptr = NEWN(c->arena, plan_scenario, tasks.entries.len);
	if (c->arena->failed)
		return;
	if (k->capstone.item)
		write_capstone(k, out);
	if (c->arena->failed)
		return;
	for (size_t i = 0; i < k->slot_count - out->capstone.len; i++) {
		const slot *s = &k->slots[i];
		const task *t = s->task ? map_get(&tasks, s->id) : NULL;
		if (!s->task)
			write_module(k, out, s);
		else if (t->kind == FACT_LAB)
			write_lab(k, out, s, t);
		else
			write_scenario(k, out, s, t);
	}
}

/* Each kind ends where the shares up to it end, rounded: so the parts sum to 100. */
void grade_parts(int out[GRADE_KINDS], const grading_shares *g, const size_t counts[GRADE_KINDS])
{
	int shares[GRADE_KINDS] = { g->labs, g->scenarios, g->capstone }, total = 0, sum = 0, given = 0;
	bool any = false; /* of the kinds that there are has a share */
	for (size_t i = 0; i < GRADE_KINDS; i++)
		any |= counts[i] && shares[i] > 0;
	for (size_t i = 0; i < GRADE_KINDS; i++)
		total += shares[i] = !counts[i] ? 0 : any ? shares[i] : 1;
	for (size_t i = 0; i < GRADE_KINDS; i++) {
		sum += shares[i];
		out[i] = total ? (sum * 100 + total / 2) / total - given : 0;
		given += out[i];
	}
}

/* The grade: labs, scenarios and the capstone have the parts that the course gives them, scaled to what there
 * is; within each, time decides. */
static void write_grading(composer *k, plan *out)
{
	arena *a = k->choice.arena;
	const size_t counts[GRADE_KINDS] = { out->labs.len, out->scenarios.len, out->capstone.len };
	size_t all = counts[GRADE_LABS] + counts[GRADE_SCENARIOS] + counts[GRADE_CAPSTONE], n = 0;
	double *minutes = NEWN(a, double, all);
	int *percent = NEWN(a, int, all), parts[GRADE_KINDS];
	out->grading.ptr = NEWN(a, plan_grade, all);
	if (all == 0 || a->failed)
		return;
	EACH (const plan_lab, l, out->labs) {
		out->grading.ptr[n].item = arena_printf(a, "lab:%.*s", STRF(l->id));
		minutes[n++] = l->minutes;
	}
	EACH (const plan_scenario, s, out->scenarios) {
		out->grading.ptr[n].item = arena_printf(a, "scenario:%.*s", STRF(s->id));
		minutes[n++] = s->minutes;
	}
	EACH (const plan_capstone, c, out->capstone) {
		out->grading.ptr[n].item = arena_printf(a, "capstone:%.*s", STRF(c->id));
		minutes[n++] = c->minutes;
	}
	grade_parts(parts, &k->choice.in->course->grading, counts);
	for (size_t i = 0, first = 0; i < GRADE_KINDS; first += counts[i++])
		if (counts[i])
			allocate_percent(minutes + first, percent + first, counts[i], parts[i], a);
	for (size_t i = 0; i < all; i++)
		out->grading.ptr[i].percent = percent[i];
	out->grading.len = all;
}

static void write_header(composer *k, plan *out)
{
	const compose_input *in = k->choice.in;
	out->course = (plan_header){ .title = in->course->title,
		.role = in->course->role,
		.level = in->facts->level,
		.language = in->course->language,
		.version = in->course->version,
		.minutes = k->budget.minutes,
		.weeks = k->budget.weeks,
		.minutes_per_week = k->budget.minutes_per_week,
		.evidence = in->evidence };
	if (in->former)
		out->decisions.ptr = in->former->decisions.ptr, out->decisions.len = in->former->decisions.len;
}

/* A course that states its hours would rather have no capstone than no plan. */
static bool is_too_much(const composer *k, const vec_need *needs)
{
	int sum = 0;
	EACH (const need, n, *needs)
		sum += n->minutes;
	return sum > budget_wanted(k->choice.in) && !isnan(k->choice.in->selection->settings.hours);
}

bool compose_plan(plan *out, trace *t, arena *a, const compose_input *in, diags *d)
{
	composer k = { .choice = { .arena = a, .in = in, .trace = t, .module_index = { .arena = a } } };
	*out = (plan){ 0 };
	choose_modules(&k.choice);
	if (!a->failed && k.choice.module_count == 0) {
		diag_add(d, E_PLAN_INFEASIBLE, in->course->at,
			"no module could be chosen: no rule added one, or all are banned");
		return false;
	}
	choose_required_tasks(&k.choice);
	capstone_choose(&k.capstone, &k.choice, budget_wanted(in));
	vec_need needs = { 0 };
	int most;
	gather_needs(&k, &needs, &most);
	if (k.capstone.item && !k.capstone.pinned && is_too_much(&k, &needs)) {
		capstone_drop(&k.capstone, &k.choice);
		needs.len = 0;
		gather_needs(&k, &needs, &most);
	}
	EACH (const task, one, k.choice.tasks)
		most += one->taken ? 0 : one->minutes;
	if (a->failed || !budget_settle(&k.budget, in, &needs, most, a, d))
		return false;
	take_electives(&k);
	if (!share_time(&k, d) || !put_in_order(&k, d))
		return false;
	EACH (const fact_row *const, r, k.choice.untaught)
		diag_add(d, E_ROW_UNTAUGHT, (*r)->row->at,
			"%s '%.*s' reaches no module of the catalogue; it is listed in the coverage matrix",
			row_kind_names[(*r)->row->kind], STRF((*r)->row->name));
	index_details(&k);
	write_items(&k, out);
	write_grading(&k, out);
	write_header(&k, out);
	return !a->failed;
}
