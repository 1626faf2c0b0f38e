#include "plan/resolve.h"

#include "base/text.h"
#include "evidence/rollup.h"
#include "model/blueprint.h"
#include "plan/allocate.h"
#include "plan/capstone.h"
#include "plan/demand.h"
#include "read/record.h"

#include <math.h>
#include <stdlib.h>

typedef struct {
	arena *arena;
	diags *diags;
	const resolve_input *in;
	curriculum *out;
	demanded *demands; /* at the index of the plan's modules */
	map gone;          /* skills of rows that are missing, and said to be */
	map grades;        /* address -> const plan_grade * */
} resolver;

enum { ACTIVITY_STEP = 5 };

static bool is_practice(const activity *act)
{
	return act->kind == ACT_EXERCISE || act->kind == ACT_READING || act->kind == ACT_DISCUSSION;
}

/* Practice grows; where there is none, everything does. */
static bool may_grow(const module *m, const activity *act)
{
	EACH (const activity, one, m->activities)
		if (is_practice(one))
			return is_practice(act);
	return true;
}

static int longest(const activity *act)
{
	return act->contact ? SESSION_MINUTES : STRETCH_MINUTES;
}

static int steps_to_longest(const activity *act, int steps)
{
	int room = (longest(act) - act->minutes) / ACTIVITY_STEP;
	return room < 0 ? 0 : room < steps ? room : steps;
}

/* Beyond its longest an activity grows only if all have reached theirs. */
static void share_steps(module *m, claim *claims, int steps, arena *a)
{
	size_t count = m->activities.len;
	for (size_t i = 0; i < count; i++) {
		const activity *act = &m->activities.ptr[i];
		claims[i] = (claim){ .weight = act->minutes, .id = act->id };
		claims[i].max = may_grow(m, act) ? steps_to_longest(act, steps) : 0;
	}
	if (!allocate(claims, count, steps, a)) {
		for (size_t i = 0; i < count; i++) {
			claims[i].min = claims[i].units;
			claims[i].max = may_grow(m, &m->activities.ptr[i]) ? steps : 0;
		}
		allocate(claims, count, steps, a);
	}
	for (size_t i = 0; i < count; i++)
		m->activities.ptr[i].minutes += claims[i].units * ACTIVITY_STEP;
}

/* Less than a step: to the last activity that may grow, if possible to one that does not become too long. */
static void add_rest(module *m, int rest)
{
	activity *to = NULL;
	bool fits = false;
	EACH (activity, act, m->activities) {
		bool fits_here = act->minutes + rest <= longest(act);
		if (!may_grow(m, act) || (fits && !fits_here))
			continue;
		to = act;
		fits = fits_here;
	}
	if (to)
		to->minutes += rest;
}

void resolve_minutes(module *m, int minutes, arena *a)
{
	size_t count = m->activities.len;
	claim *claims = NEWN(a, claim, count);
	activity *copies = NEWN(a, activity, count);
	int sum = 0;
	if (!claims || !copies)
		return;
	for (size_t i = 0; i < count; i++) {
		copies[i] = m->activities.ptr[i];
		sum += copies[i].minutes;
	}
	m->activities.ptr = copies;
	if (minutes <= sum)
		return;
	share_steps(m, claims, (minutes - sum) / ACTIVITY_STEP, a);
	add_rest(m, (minutes - sum) % ACTIVITY_STEP);
}

static const blueprint *find_blueprint(const resolver *r, str id)
{
	return catalog_find(r->in->catalog, "blueprint", id);
}

static char letter_of(str slug, size_t i)
{
	char c = slug.ptr[i];
	return c == '-' ? ' ' : i == 0 && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Of a row that is gone: the name of the concept that it was made for, or else the words of its id. */
static str former_name(resolver *r, str skill)
{
	EACH (concept *const, one, r->in->catalog->concepts)
		if (str_eq(text_slug(r->arena, (*one)->name), skill))
			return (*one)->name;
	buf words = { .arena = r->arena };
	for (size_t i = 0; i < skill.len; i++)
		buf_char(&words, letter_of(skill, i));
	return buf_done(&words);
}

/* `row` is NULL if the workbook has it no more: the plan says enough to go on with. */
static list_fill_word words_for(resolver *r, str id, str skill, const fact_row *row)
{
	return blueprint_words(r->arena, id, row ? row->row->name : former_name(r, skill),
		row ? row->row->notes : STR(""), r->in->plan->course.level);
}

str resolve_blueprint_base(str made_id, str pattern)
{
	size_t at = str_find(pattern, STR("{{id}}"), 0);
	if (at == SIZE_MAX || pattern.len - 6 > made_id.len)
		return made_id;
	return str_sub(made_id, at, made_id.len - (pattern.len - 6));
}

static bool missing(resolver *r, loc at, const char *kind, str id)
{
	diag_add(r->diags, E_UNKNOWN_REFERENCE, at, "the plan has the %s '%.*s', which is not in the catalogue",
		kind, STRF(id));
	return false;
}

static bool is_about(const outcome *o, const concept *one, const catalog *c)
{
	for (int i = 0; one && i < PARENTS_MAX; i++, one = rollup_parent(one, c))
		if (list_has(o->concepts, one->id))
			return true;
	return false;
}

/* Outcomes about the concept or something wider; none: the first outcome. */
static list_str practised_outcomes(resolver *r, const module *m, str concept_id)
{
	const concept *one = concept_id.len ? catalog_find(r->in->catalog, "concept", concept_id) : NULL;
	vec_str ids = { 0 };
	EACH (const outcome, o, m->outcomes)
		if (is_about(o, one, r->in->catalog))
			vec_push(r->arena, &ids, o->id);
	if (!ids.len && m->outcomes.len)
		vec_push(r->arena, &ids, m->outcomes.ptr[0].id);
	return (list_str){ ids.ptr, ids.len };
}

/* Appends the exercises that the plan adds for what the module does not name. */
static bool extend_module(resolver *r, const plan_module *p, module *m)
{
	activity *all = p->extends.len ? NEWN(r->arena, activity, m->activities.len + p->extends.len) : NULL;
	if (!all)
		return !r->arena->failed;
	size_t count = m->activities.len;
	if (count)
		memcpy(all, m->activities.ptr, count * sizeof *all);
	EACH (const plan_extension, e, p->extends) {
		const extension *from = catalog_find(r->in->catalog, "extension", e->extension);
		if (!from)
			return missing(r, e->at, "extension", e->extension);
		fill_word words[] = { { STR("name"), e->name }, { STR("module"), m->title } };
		extension made;
		record_copy(r->arena, &extension_record, &made, from, (list_fill_word){ words, COUNT(words) });
		all[count++] = (activity){ .at = e->at,
			.id = arena_printf(r->arena, "%.*s-%.*s", STRF(m->id), STRF(text_slug(r->arena, e->item))),
			.kind = made.kind,
			.minutes = e->minutes,
			.contact = made.contact,
			.outcomes = practised_outcomes(r, m, e->concept),
			.text = made.text };
		m->minutes.min += e->minutes;
		m->minutes.max += e->minutes;
	}
	m->activities.ptr = all;
	m->activities.len = count;
	return true;
}

/* Said once for a module, its lab and its scenario. */
static const fact_row *row_of(resolver *r, str skill, loc at)
{
	const fact_row *row = facts_find(r->in->facts, ROW_SKILL, skill);
	if (!row && !map_put(&r->gone, skill, r))
		diag_add(r->diags, E_ROW_GONE, at,
			"the workbook has no row '%.*s' any more: 'coursewright update' follows if postings say so, "
			"'coursewright plan' plans anew",
			STRF(skill));
	return row;
}

/* What a blueprint makes has an id of its pattern: after a renaming by hand everything that refers to it
 * would look for another one. */
static bool keeps_pattern(resolver *r, loc at, str id, str made, str blueprint_id)
{
	if (str_eq(id, made))
		return true;
	diag_add(r->diags, E_BAD_VALUE, at,
		"what blueprint '%.*s' makes cannot be called '%.*s'; did you mean '%.*s'?", STRF(blueprint_id),
		STRF(id), STRF(made));
	return false;
}

static bool load_module(resolver *r, const plan_module *p, module *out)
{
	if (p->blueprint.len) {
		const blueprint *b = find_blueprint(r, p->blueprint);
		if (!b)
			return missing(r, p->at, "blueprint", p->blueprint);
		record_copy(r->arena, &module_record, out, &b->module,
			words_for(r, resolve_blueprint_base(p->id, b->module.id), p->skill, row_of(r, p->skill, p->at)));
		out->level = r->in->plan->course.level;
		if (!keeps_pattern(r, p->at, p->id, out->id, p->blueprint))
			return false;
		out->needs_author = true;
	} else {
		const module *m = catalog_find(r->in->catalog, "module", p->id);
		if (!m)
			return missing(r, p->at, "module", p->id);
		*out = *m;
	}
	return (
		!p->node || record_override(&module_record, out, p->node, &plan_module_record, r->arena, r->diags));
}

/* Exercises that the plan adds keep their time; the rest is the module's own. */
static bool lay_out_module(resolver *r, const plan_module *p, module *m)
{
	int more = 0;
	EACH (const plan_extension, e, p->extends)
		more += e->minutes;
	resolve_minutes(m, p->minutes - more, r->arena);
	return extend_module(r, p, m);
}

/* What the plan says of targets must be about metrics of the lab. */
static bool check_targets(resolver *r, const plan_lab *p, const lab *l)
{
	bool ok = true;
	EACH (const pair_text, t, p->targets) {
		bool known = false;
		EACH (const metric, m, l->metrics)
			known |= str_eq(m->id, t->key);
		if (!known)
			diag_add(r->diags, E_UNKNOWN_REFERENCE, t->at, "lab '%.*s' has no metric '%.*s'", STRF(l->id),
				STRF(t->key));
		else if (!str_eq(t->value, STR("target")) && !str_eq(t->value, STR("stretch")))
			diag_add(r->diags, E_BAD_VALUE, t->at, "the target of '%.*s' is target or stretch, not '%.*s'",
				STRF(t->key), STRF(t->value));
		else
			continue;
		ok = false;
	}
	return ok;
}

static bool load_lab(resolver *r, const plan_lab *p, lab *out)
{
	if (p->blueprint.len) {
		const blueprint *b = find_blueprint(r, p->blueprint);
		if (!b)
			return missing(r, p->at, "blueprint", p->blueprint);
		record_copy(r->arena, &lab_record, out, &b->lab,
			words_for(r, resolve_blueprint_base(p->id, b->lab.id), p->skill, row_of(r, p->skill, p->at)));
		out->level = r->in->plan->course.level;
		if (!keeps_pattern(r, p->at, p->id, out->id, p->blueprint))
			return false;
		out->needs_author = true;
	} else {
		const lab *l = catalog_find(r->in->catalog, "lab", p->id);
		if (!l)
			return missing(r, p->at, "lab", p->id);
		*out = *l;
	}
	if (p->node && !record_override(&lab_record, out, p->node, &plan_lab_record, r->arena, r->diags))
		return false;
	out->minutes = p->minutes;
	if (!check_targets(r, p, out))
		return false;
	metric *metrics = NEWN(r->arena, metric, out->metrics.len);
	for (size_t i = 0; metrics && i < out->metrics.len; i++) {
		metrics[i] = out->metrics.ptr[i];
		EACH (const pair_text, t, p->targets)
			if (str_eq(t->key, metrics[i].id))
				metrics[i].use_stretch =
					str_eq(t->value, STR("stretch")) && !isnan(metric_stretch(&metrics[i]));
	}
	out->metrics.ptr = metrics;
	return metrics || out->metrics.len == 0;
}

static int percent_of(const resolver *r, const char *kind, str id)
{
	const plan_grade *g = map_get(&r->grades, arena_printf(r->arena, "%s:%.*s", kind, STRF(id)));
	return g ? g->percent : 0;
}

static const char *folder_of(const resolver *r, const char *kind, str id)
{
	return map_get(&r->in->catalog->folders, arena_printf(r->arena, "%s:%.*s", kind, STRF(id)));
}

static bool resolve_modules(resolver *r)
{
	const plan *p = r->in->plan;
	size_t count = p->modules.len;
	module *modules = NEWN(r->arena, module, count);
	taught_module *taught = NEWN(r->arena, taught_module, count);
	r->demands = NEWN(r->arena, demanded, count);
	if (r->arena->failed)
		return false;
	bool ok = true;
	for (size_t i = 0; i < count; i++) {
		const plan_module *one = &p->modules.ptr[i];
		record_clear(&module_record, &modules[i]);
		ok &= load_module(r, one, &modules[i]) && lay_out_module(r, one, &modules[i]);
		taught[i] = (taught_module){ .plan = one,
			.module = &modules[i],
			.quiz = map_get(&r->in->catalog->quiz_by_module, modules[i].id) };
		r->demands[i] = (demanded){ .module = &modules[i],
			.emphasis = isnan(one->emphasis) ? 1 : one->emphasis,
			.row = one->blueprint.len ? facts_find(r->in->facts, ROW_SKILL, one->skill) : NULL,
			.blueprint = one->blueprint.len ? find_blueprint(r, one->blueprint) : NULL };
	}
	vec_row untaught = { 0 };
	if (ok)
		demand_share(r->demands, count, r->in->facts, r->in->catalog, &untaught, r->arena);
	for (size_t i = 0; ok && i < count; i++) {
		taught[i].weight = r->demands[i].weight;
		taught[i].demands.ptr = r->demands[i].demands.ptr;
		taught[i].demands.len = r->demands[i].demands.len;
	}
	r->out->modules.ptr = taught;
	r->out->modules.len = count;
	return ok;
}

static void add_demand(resolver *r, vec_demand *out, const fact_row *row, double weight)
{
	EACH (demand, d, *out)
		if (d->row == row) {
			d->weight += weight;
			return;
		}
	vec_push(r->arena, out, (demand){ .row = row, .weight = weight });
}

/* The demand behind a task: that of the modules it integrates, by the part of their outcomes that it
 * assesses. */
static vec_demand task_demand(resolver *r, list_str integrates, list_str outcomes)
{
	vec_demand out = { 0 };
	EACH (const str, id, integrates) {
		const taught_module *m = curriculum_module(r->out, *id);
		size_t assessed = 0;
		for (size_t i = 0; m && i < m->module->outcomes.len; i++)
			assessed += list_has(outcomes, m->module->outcomes.ptr[i].id);
		for (size_t i = 0; assessed && i < m->demands.len; i++)
			add_demand(r, &out, m->demands.ptr[i].row,
				m->demands.ptr[i].weight * (double)assessed / (double)m->module->outcomes.len);
	}
	if (out.len)
		qsort(out.ptr, out.len, sizeof *out.ptr, demand_by_weight);
	return out;
}

static bool resolve_labs(resolver *r)
{
	const plan *p = r->in->plan;
	lab *labs = NEWN(r->arena, lab, p->labs.len);
	r->out->labs.ptr = NEWN(r->arena, set_lab, p->labs.len);
	bool ok = !r->arena->failed;
	for (size_t i = 0; ok && i < p->labs.len; i++) {
		const plan_lab *one = &p->labs.ptr[i];
		if (!load_lab(r, one, &labs[i]))
			return false;
		set_lab *to = &r->out->labs.ptr[r->out->labs.len++];
		*to = (set_lab){ .plan = one,
			.lab = &labs[i],
			.rubric = resolve_rubric(r->arena, &labs[i], r->in->catalog, r->diags),
			.folder = folder_of(r, "lab", one->id),
			.percent = percent_of(r, "lab", one->id) };
		ok = to->rubric != NULL;
		vec_demand demands = task_demand(r, labs[i].integrates, labs[i].outcomes);
		to->demands.ptr = demands.ptr;
		to->demands.len = demands.len;
	}
	return ok;
}

static bool load_scenario(resolver *r, const plan_scenario *p, scenario *out)
{
	if (p->blueprint.len) {
		const blueprint *b = find_blueprint(r, p->blueprint);
		if (!b)
			return missing(r, p->at, "blueprint", p->blueprint);
		if (!b->scenario)
			return missing(r, p->at, "scenario of the blueprint", p->blueprint);
		record_copy(r->arena, &scenario_record, out, b->scenario,
			words_for(
				r, resolve_blueprint_base(p->id, b->scenario->id), p->skill, row_of(r, p->skill, p->at)));
		out->level = r->in->plan->course.level;
		if (!keeps_pattern(r, p->at, p->id, out->id, p->blueprint))
			return false;
		out->needs_author = true;
	} else {
		const scenario *s = catalog_find(r->in->catalog, "scenario", p->id);
		if (!s)
			return missing(r, p->at, "scenario", p->id);
		*out = *s;
	}
	if (p->node &&
		!record_override(&scenario_record, out, p->node, &plan_scenario_record, r->arena, r->diags))
		return false;
	out->minutes = p->minutes;
	return true;
}

/* What the plan says of the stack must be about its parts, and known to the lexicon. */
static bool check_stack(resolver *r, const plan_scenario *p, const scenario *s)
{
	bool ok = true;
	EACH (const pair_text, one, p->stack) {
		bool known = false;
		EACH (const stack_part, part, s->setting.stack)
			known |= str_eq(part->id, one->key);
		if (!known)
			diag_add(r->diags, E_UNKNOWN_REFERENCE, one->at,
				"scenario '%.*s' has no part '%.*s' in its stack", STRF(s->id), STRF(one->key));
		else if (!catalog_find(r->in->catalog, "concept", one->value))
			diag_add(r->diags, E_UNKNOWN_REFERENCE, one->at, "the lexicon has no concept '%.*s'",
				STRF(one->value));
		else
			continue;
		ok = false;
	}
	return ok;
}

static bool resolve_scenarios(resolver *r)
{
	const plan *p = r->in->plan;
	scenario *scenarios = NEWN(r->arena, scenario, p->scenarios.len);
	r->out->scenarios.ptr = NEWN(r->arena, set_scenario, p->scenarios.len);
	bool ok = !r->arena->failed;
	for (size_t i = 0; ok && i < p->scenarios.len; i++) {
		const plan_scenario *one = &p->scenarios.ptr[i];
		if (!load_scenario(r, one, &scenarios[i]))
			return false;
		if (!check_stack(r, one, &scenarios[i]))
			return false;
		set_scenario *to = &r->out->scenarios.ptr[r->out->scenarios.len++];
		*to = (set_scenario){ .plan = one,
			.scenario = &scenarios[i],
			.rubric = resolve_scoring(r->arena, &scenarios[i]),
			.folder = one->blueprint.len ? folder_of(r, "blueprint", one->blueprint)
										 : folder_of(r, "scenario", one->id),
			.percent = percent_of(r, "scenario", one->id) };
		ok = to->rubric != NULL;
		vec_demand demands = task_demand(r, scenarios[i].integrates, scenarios[i].outcomes);
		to->demands.ptr = demands.ptr;
		to->demands.len = demands.len;
	}
	return ok;
}

/* Of all criteria, each once. */
static list_str scored_outcomes(arena *a, const rubric *r)
{
	vec_str out = { 0 };
	map seen = { .arena = a };
	EACH (const criterion, c, r->criteria)
		EACH (const str, id, c->outcomes)
			if (!map_put(&seen, *id, (void *)c))
				vec_push(a, &out, *id);
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

static bool resolve_capstone(resolver *r, const plan_capstone *p)
{
	const capstone *from = catalog_find(r->in->catalog, "capstone", p->id);
	capstone *item = NEW(r->arena, capstone);
	if (!item)
		return false;
	if (!from)
		return missing(r, p->at, "capstone", p->id);
	*item = *from;
	if (p->node &&
		!record_override(&capstone_record, item, p->node, &plan_capstone_record, r->arena, r->diags))
		return false;
	item->minutes = p->minutes;
	if (!capstone_fill(item, r->arena, r->out, p->modules, p->at, r->diags))
		return false;
	set_capstone *to = &r->out->capstone.ptr[r->out->capstone.len++];
	*to = (set_capstone){ .plan = p,
		.capstone = item,
		.rubric = resolve_capstone_rubric(r->arena, item, r->in->catalog, r->diags),
		.percent = percent_of(r, "capstone", p->id) };
	if (!to->rubric)
		return false;
	to->outcomes = scored_outcomes(r->arena, to->rubric);
	vec_demand demands = task_demand(r, p->modules, to->outcomes);
	to->demands.ptr = demands.ptr;
	to->demands.len = demands.len;
	return true;
}

static bool resolve_capstones(resolver *r)
{
	const plan *p = r->in->plan;
	r->out->capstone.ptr = NEWN(r->arena, set_capstone, p->capstone.len);
	bool ok = !r->arena->failed;
	for (size_t i = 0; ok && i < p->capstone.len; i++)
		ok = resolve_capstone(r, &p->capstone.ptr[i]);
	return ok;
}

static bool add_address(resolver *r, const char *kind, str id, void *entry, loc at)
{
	str key = arena_printf(r->arena, "%s:%.*s", kind, STRF(id));
	if (!map_put(&r->out->by_address, key, entry))
		return true;
	diag_add(r->diags, E_DUPLICATE_ID, at, "the plan has the %s '%.*s' twice", kind, STRF(id));
	return false;
}

static bool index_modules(resolver *r)
{
	bool ok = true;
	EACH (taught_module, m, r->out->modules) {
		ok &= add_address(r, "module", m->module->id, m, m->plan->at);
		EACH (outcome, o, m->module->outcomes) {
			map_put(&r->out->outcomes, o->id, o);
			map_put(&r->out->outcome_module, o->id, m);
		}
		EACH (activity, act, m->module->activities)
			EACH (str, id, act->outcomes)
				if (!map_has(&r->out->practised_by, *id))
					map_put(&r->out->practised_by, *id, act);
	}
	return ok;
}

/* In the order of the catalogue. */
static bool resolve_program(resolver *r)
{
	const catalog *c = r->in->catalog;
	map wanted = { .arena = r->arena };
	EACH (const taught_module, m, r->out->modules)
		EACH (const outcome, o, m->module->outcomes)
			EACH (const str, id, o->supports)
				map_put(&wanted, *id, (void *)m);
	r->out->program.ptr = NEWN(r->arena, const outcome *, c->program_outcomes.len);
	if (!r->out->program.ptr)
		return c->program_outcomes.len == 0;
	EACH (outcome *const, o, c->program_outcomes)
		if (map_has(&wanted, (*o)->id))
			r->out->program.ptr[r->out->program.len++] = *o;
	return true;
}

static void index_assessed(resolver *r, list_str outcomes, const char *kind, str id)
{
	str *text = NEW(r->arena, str);
	if (!text)
		return;
	*text = arena_printf(r->arena, "%s:%.*s", kind, STRF(id));
	EACH (const str, o, outcomes)
		if (!map_has(&r->out->assessed_by, *o))
			map_put(&r->out->assessed_by, *o, text);
}

static bool index_tasks(resolver *r)
{
	bool ok = true;
	EACH (set_lab, l, r->out->labs) {
		ok &= add_address(r, "lab", l->lab->id, l, l->plan->at);
		index_assessed(r, l->lab->outcomes, "lab", l->lab->id);
	}
	EACH (set_scenario, s, r->out->scenarios) {
		ok &= add_address(r, "scenario", s->scenario->id, s, s->plan->at);
		index_assessed(r, s->scenario->outcomes, "scenario", s->scenario->id);
	}
	EACH (set_capstone, c, r->out->capstone) {
		ok &= add_address(r, "capstone", c->capstone->id, c, c->plan->at);
		index_assessed(r, c->outcomes, "capstone", c->capstone->id);
	}
	return ok;
}

/* Dates are given, never read from the clock: the latest one that the input holds. */
static str latest_date(const curriculum *c)
{
	str latest = c->course->start_date;
	EACH (const set_lab, l, c->labs)
		EACH (const metric, m, l->lab->metrics)
			if (m->source && str_cmp(m->source->accessed, latest) > 0)
				latest = m->source->accessed;
	return latest;
}

bool resolve_plan(curriculum *out, arena *a, const resolve_input *in, diags *d)
{
	*out = (curriculum){ .course = in->course,
		.facts = in->facts,
		.catalog = in->catalog,
		.plan = in->plan,
		.trace = in->trace,
		.outcomes = { .arena = a },
		.outcome_module = { .arena = a },
		.by_address = { .arena = a },
		.practised_by = { .arena = a },
		.assessed_by = { .arena = a } };
	resolver r = {
		.arena = a, .diags = d, .in = in, .out = out, .gone = { .arena = a }, .grades = { .arena = a }
	};
	EACH (const plan_grade, g, in->plan->grading)
		if (!map_has(&r.grades, g->item))
			map_put(&r.grades, g->item, (void *)g);
	bool ok = resolve_modules(&r) && index_modules(&r) && resolve_program(&r) && resolve_labs(&r) &&
			  resolve_scenarios(&r) && resolve_capstones(&r) && index_tasks(&r);
	out->as_of = latest_date(out);
	return ok && !a->failed;
}
