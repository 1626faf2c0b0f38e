/* One function for each action. Arguments have been evaluated and are in `record->arguments`. */
#include "rules/apply.h"

#include "evidence/lexicon.h"
#include "model/blueprint.h"
#include "model/curriculum.h"
#include "rules/select.h"

#include <math.h>

typedef struct {
	engine *engine;
	const compiled_rule *rule;
	const rule_action *action;
	const fact *subject;
	effect *record;
	vec_str items;
} job;

static list_str strings_of(job *j, const char *name)
{
	return argument_strings(j->record->arguments, name, j->engine->arena);
}

static str string_of(job *j, const char *name)
{
	return argument_string(j->record->arguments, name);
}

static double number_of(job *j, const char *name)
{
	const value *v = value_get(j->record->arguments, str_from(name));
	return !v                    ? NAN
		   : v->kind == V_DOUBLE ? v->number
		   : v->kind == V_INT    ? (double)v->integer
		   : v->kind == V_UINT   ? (double)v->uinteger
								 : NAN;
}

static void touched(job *j, const char *kind, str id)
{
	arena *a = j->engine->arena;
	vec_push(a, &j->items, arena_printf(a, "%s:%.*s", kind, STRF(id)));
}

static bool fail(job *j, diag_code code, const char *what, str id)
{
	diag_add(j->engine->diags, code, j->action->at, "rule '%.*s': no %s '%.*s' in the catalogue",
		STRF(j->rule->rule->id), what, STRF(id));
	return false;
}

/* Product of the factors of the module's tags, capped. */
static double module_emphasis(const engine *e, const module *m)
{
	double product = 1, cap = e->out->settings.weights.emphasis_cap;
	EACH (const str, tag, m->tags) {
		str key = arena_printf(e->arena, "tag:%.*s", STRF(*tag));
		const double *factor = map_get(&e->emphasis, key);
		product *= factor ? *factor : 1;
	}
	return product > cap ? cap : product;
}

/* Adds the item or, if it is there, makes it required when asked to. */
static chosen *choose(job *j, fact_kind kind, const void *item, str id, list_str concepts, bool required)
{
	engine *e = j->engine;
	str address = arena_printf(e->arena, "%s:%.*s", fact_names[kind], STRF(id));
	touched(j, fact_names[kind], id);
	chosen *c = map_get(&e->out->by_address, address);
	if (c) {
		if (required && !c->required) {
			c->required = true;
			fact_set(c->fact, "required", value_bool(true));
		}
		return c;
	}
	c = NEW(e->arena, chosen);
	double emphasis = kind == FACT_MODULE ? module_emphasis(e, item) : 1;
	fact *f = factset_add(&e->set, kind, item, concepts, required, emphasis);
	if (!c || !f)
		return NULL;
	*c = (chosen){ .kind = kind,
		.id = id,
		.address = address,
		.item = item,
		.concepts = concepts,
		.required = required,
		.emphasis = emphasis,
		.fact = f };
	map_put(&e->out->by_address, address, c);
	if (kind == FACT_MODULE)
		vec_push(e->arena, &e->out->modules, c);
	else if (kind == FACT_LAB)
		vec_push(e->arena, &e->out->labs, c);
	else
		vec_push(e->arena, &e->out->scenarios, c);
	return c;
}

static void choose_module(job *j, const module *m, bool required)
{
	arena *a = j->engine->arena;
	vec_str concepts = { 0 };
	EACH (const teach, t, m->teaches)
		vec_push(a, &concepts, t->key);
	choose(j, FACT_MODULE, m, m->id, (list_str){ .ptr = concepts.ptr, .len = concepts.len }, required);
}

static void choose_task(job *j, fact_kind kind, const void *item, bool required)
{
	const lab *l = item;
	const scenario *s = item;
	list_str outcomes = kind == FACT_LAB ? l->outcomes : s->outcomes;
	choose(j, kind, item, kind == FACT_LAB ? l->id : s->id,
		catalog_concepts(j->engine->catalog, j->engine->arena, outcomes), required);
}

static bool is_tried_for(const blueprint *b, int level)
{
	EACH (const level_item, one, b->levels)
		if (one->level == level)
			return true;
	return b->levels.len == 0;
}

static const blueprint *blueprint_for(const engine *e, str skill)
{
	EACH (blueprint *const, b, e->catalog->blueprints)
		if (is_tried_for(*b, e->facts->level) && ((*b)->match.len == 0 || pattern_found((*b)->match, skill)))
			return *b;
	return NULL;
}

/* At most one of those that a blueprint makes is taken, which the planner decides: none is required. */
static void choose_made_scenario(job *j, const blueprint *b, list_fill_word words)
{
	engine *e = j->engine;
	scenario *s = b->scenario ? NEW(e->arena, scenario) : NULL;
	if (!s)
		return;
	record_copy(e->arena, &scenario_record, s, b->scenario, words);
	s->level = e->facts->level;
	s->needs_author = true;
	chosen *c = catalog_find(e->catalog, "scenario", s->id)
					? NULL
					: choose(j, FACT_SCENARIO, s, s->id, (list_str){ 0 }, false);
	if (c)
		c->blueprint = b, c->row = j->subject->row;
}

static void choose_blueprint(job *j, bool required)
{
	engine *e = j->engine;
	const fact_row *row = j->subject->row;
	const blueprint *found = blueprint_for(e, row->row->name);
	if (!found)
		return;
	str id = row->row->id;
	if (catalog_find(e->catalog, "module", id) || catalog_find(e->catalog, "lab", id))
		id = arena_printf(e->arena, "skill-%.*s", STRF(id));
	list_fill_word words = blueprint_words(e->arena, id, row->row->name, row->row->notes, e->facts->level);
	module *m = NEW(e->arena, module);
	lab *l = NEW(e->arena, lab);
	if (!m || !l)
		return;
	record_copy(e->arena, &module_record, m, &found->module, words);
	record_copy(e->arena, &lab_record, l, &found->lab, words);
	m->level = l->level = e->facts->level;
	m->needs_author = l->needs_author = true;
	chosen *cm = choose(j, FACT_MODULE, m, m->id, (list_str){ 0 }, required);
	chosen *cl = choose(j, FACT_LAB, l, l->id, (list_str){ 0 }, required);
	if (cm && cl) {
		cm->blueprint = cl->blueprint = found;
		cm->row = cl->row = row;
	}
	choose_made_scenario(j, found, words);
}

/* What a blueprint made may do for it, once it is known which modules there are. */
static void wish_scenario(job *j)
{
	engine *e = j->engine;
	value arguments = j->record->arguments;
	scenario_wish w = { .kind = argument_choice(arguments, "kind", scenario_kind_names, -1),
		.concepts = strings_of(j, "for"),
		.integrates = string_of(j, "integrates"),
		.rule = j->rule->rule };
	bool asks = !value_get(arguments, STR("for")) || w.concepts.len;
	if (j->record->required && w.kind >= 0 && asks && !string_of(j, "id").len)
		vec_push(e->arena, &e->out->wishes, w);
}

static bool is_known(job *j, fact_kind kind)
{
	str id = string_of(j, "id");
	return id.len == 0 || catalog_find(j->engine->catalog, fact_names[kind], id) ||
		   fail(j, E_UNKNOWN_REFERENCE, fact_names[kind], id);
}

static bool apply_items(job *j, fact_kind kind)
{
	engine *e = j->engine;
	if (!is_known(j, kind))
		return false;
	vec_item asked = select_asked(e->catalog, kind, j->record->arguments, e->facts->level, e->arena);
	EACH (void *, item, asked)
		if (kind == FACT_MODULE)
			choose_module(j, *item, j->record->required);
		else
			choose_task(j, kind, *item, j->record->required);
	if (kind == FACT_MODULE && !asked.len && j->subject->kind == FACT_SKILL)
		choose_blueprint(j, j->record->required);
	if (kind == FACT_SCENARIO && !asked.len)
		wish_scenario(j);
	return true;
}

static double multiply(engine *e, str key, double factor)
{
	double *known = map_get(&e->emphasis, key);
	if (!known) {
		known = NEW(e->arena, double);
		if (!known)
			return factor;
		*known = 1;
		map_put(&e->emphasis, key, known);
	}
	*known *= factor;
	return *known;
}

static void emphasise_rows(engine *e, list_str concepts, double factor)
{
	double cap = e->out->settings.weights.emphasis_cap;
	for (int kind = FACT_SKILL; kind <= FACT_THEME; kind++)
		EACH (fact *, f, e->set.of[kind]) {
			fact_row *row = (*f)->row;
			bool hit = false;
			EACH (const str, concept_id, concepts)
				hit |= list_has(row->concepts, *concept_id);
			if (!hit)
				continue;
			/* The product is kept uncapped, so that a factor below 1 counts in full wherever it comes. */
			double product = multiply(e, (*f)->address, factor);
			row->emphasis = product > cap ? cap : product;
			row->weight = row->row->share * row->factor * row->emphasis;
			fact_set(*f, "weight", value_double(row->weight));
		}
}

static bool apply_emphasise(job *j)
{
	engine *e = j->engine;
	double factor = number_of(j, "factor");
	str tag = string_of(j, "tag");
	list_str concepts = strings_of(j, "concept");
	if (!(factor > 0) || (tag.len == 0 && concepts.len == 0)) {
		diag_add(e->diags, E_RULE_ACTION, j->action->at,
			"'emphasise' takes a factor above 0, and a tag or a concept");
		return false;
	}
	j->record->factor = factor;
	emphasise_rows(e, concepts, factor);
	EACH (const str, concept_id, concepts)
		touched(j, "concept", *concept_id);
	if (tag.len) {
		touched(j, "tag", tag);
		multiply(e, j->items.ptr ? j->items.ptr[j->items.len - 1] : STR(""), factor);
		EACH (chosen *, c, e->out->modules) {
			(*c)->emphasis = module_emphasis(e, (*c)->item);
			fact_set((*c)->fact, "emphasis", value_double((*c)->emphasis));
		}
	}
	return true;
}

static bool apply_require(job *j)
{
	engine *e = j->engine;
	bool scenarios = str_eq(string_of(j, "of"), STR("scenario"));
	list_str names = strings_of(j, "has");
	EACH (const str, name, names) {
		if (!record_field(scenarios ? &scenario_record : &lab_record, *name)) {
			diag_add(e->diags, E_UNKNOWN_NAME, j->action->at, "a %s has no field '%.*s'",
				scenarios ? "scenario" : "lab", STRF(*name));
			return false;
		}
		vec_push(e->arena, &e->out->requirements,
			(requirement){ .of_scenarios = scenarios, .has = *name, .rule = j->rule->rule });
		touched(j, "require", *name);
	}
	return true;
}

static bool apply_target(job *j)
{
	engine *e = j->engine;
	target_choice t = { .lab = string_of(j, "lab"),
		.tag = string_of(j, "tag"),
		.concepts = strings_of(j, "for"),
		.stretch = !str_eq(string_of(j, "use"), STR("target")) };
	if (t.lab.len == 0 && t.tag.len == 0 && t.concepts.len == 0)
		return true;
	if (t.lab.len && !catalog_find(e->catalog, "lab", t.lab))
		return fail(j, E_UNKNOWN_REFERENCE, "lab", t.lab);
	vec_push(e->arena, &e->out->targets, t);
	if (t.lab.len)
		touched(j, "lab", t.lab);
	if (t.tag.len)
		touched(j, "tag", t.tag);
	EACH (const str, concept_id, t.concepts)
		touched(j, "concept", *concept_id);
	return true;
}

static bool apply_setting(job *j)
{
	engine *e = j->engine;
	setting_choice s = { .scenario = string_of(j, "scenario"),
		.concepts = strings_of(j, "for"),
		.technologies = strings_of(j, "technologies"),
		.row = j->subject->row };
	if (s.scenario.len && !catalog_find(e->catalog, "scenario", s.scenario))
		return fail(j, E_UNKNOWN_REFERENCE, "scenario", s.scenario);
	if (s.technologies.len)
		vec_push(e->arena, &e->out->mentions, s);
	if (s.scenario.len)
		touched(j, "scenario", s.scenario);
	EACH (const str, concept_id, s.concepts)
		touched(j, "concept", *concept_id);
	return true;
}

/* The bounds that course.yaml has for the same field. */
static bool in_bounds(job *j, const char *name, double number)
{
	const field *f = record_field(&course_record, str_from(name));
	bool whole = f->kind != F_INT || number == floor(number);
	if (number >= f->min && number <= f->max && whole)
		return true;
	diag_add(j->engine->diags, E_RULE_ACTION, j->action->at,
		"rule '%.*s': %s takes %s between %g and %g, not %g", STRF(j->rule->rule->id), name,
		f->kind == F_INT ? "a whole number" : "a number", f->min, f->max, number);
	return false;
}

/* A higher priority stays, whichever ran first; an equal one must agree. */
static bool set_number(job *j, const char *name, double *at)
{
	engine *e = j->engine;
	double wanted_value = number_of(j, name);
	if (isnan(wanted_value))
		return true;
	if (!in_bounds(j, name, wanted_value))
		return false;
	const compiled_rule *before = map_get(&e->set_by, str_from(name));
	int mine = j->rule->rule->priority == SCHEMA_UNSET ? 0 : j->rule->rule->priority;
	int theirs = !before ? 0 : before->rule->priority == SCHEMA_UNSET ? 0 : before->rule->priority;
	if (before && theirs > mine)
		return true;
	if (before && theirs == mine && *at != wanted_value) {
		diag_add(e->diags, E_RULE_CONFLICT, j->action->at,
			"rules '%.*s' and '%.*s' set %s to different numbers (%g and %g); give one of them a higher "
			"priority",
			STRF(before->rule->id), STRF(j->rule->rule->id), name, *at, wanted_value);
		return false;
	}
	*at = wanted_value;
	map_put(&e->set_by, str_from(name), (void *)j->rule);
	EACH (fact *, f, e->set.of[FACT_COURSE])
		fact_set(*f, name, value_double(wanted_value));
	touched(j, "course", str_from(name));
	return true;
}

static bool apply_set(job *j)
{
	course *s = &j->engine->out->settings;
	double weeks = s->weeks;
	bool ok = set_number(j, "hours", &s->hours) && set_number(j, "weeks", &weeks) &&
			  set_number(j, "hours_per_week", &s->hours_per_week) &&
			  set_number(j, "lab_share", &s->lab_share);
	s->weeks = (int)weeks;
	return ok;
}

bool apply_action(
	engine *e, const compiled_rule *r, const rule_action *action, const fact *subject, effect *out)
{
	job j = { .engine = e, .rule = r, .action = action, .subject = subject, .record = out };
	out->factor = 1;
	out->required = !str_eq(string_of(&j, "as"), STR("elective"));
	bool ok = true;
	switch (action->kind) {
	case DO_MODULE:
		ok = apply_items(&j, FACT_MODULE);
		break;
	case DO_LAB:
		ok = apply_items(&j, FACT_LAB);
		break;
	case DO_SCENARIO:
		ok = apply_items(&j, FACT_SCENARIO);
		break;
	case DO_EMPHASISE:
		ok = apply_emphasise(&j);
		break;
	case DO_REQUIRE:
		ok = apply_require(&j);
		break;
	case DO_TARGET:
		ok = apply_target(&j);
		break;
	case DO_SETTING:
		ok = apply_setting(&j);
		break;
	case DO_NOTE:
		vec_push(e->arena, &e->out->notes, string_of(&j, "text"));
		break;
	case DO_SET:
		ok = apply_set(&j);
		break;
	case DO_KINDS:
		break;
	}
	out->items = (list_str){ .ptr = j.items.ptr, .len = j.items.len };
	return ok;
}
