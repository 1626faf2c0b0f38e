/* A small course built in memory, without files: rows of a workbook, a catalogue, and rules from a text.
 * For the tests of rules and plans. Lists are words with blanks between them. */
#ifndef UNIT_WORLD_H
#define UNIT_WORLD_H

#include "check.h"
#include "model/curriculum.h"
#include "plan/compose.h"
#include "read/course.h"
#include "read/record.h"
#include "rules/engine.h"

#include <stdio.h>

#define WORLD_USE __attribute__((unused)) static

/* Criterion's assertion takes no expression that begins with a sign or a parenthesis. */
#define require_that(condition, ...) \
	do { \
		bool holds_ = (condition); \
		cr_assert(holds_, __VA_ARGS__); \
	} while (0)
#define require(condition) require_that(condition, "%s", #condition)

typedef struct {
	arena a;
	sources sources;
	diags d;
	workbook w;
	catalog c;
	course settings;
	facts f;
	VEC(workbook_row) rows[ROW_KINDS];
	VEC(fact_row) facts[ROW_KINDS];
	VEC(workbook_item) insights;
	VEC(const rule *) rules;
	ruleset set;
	selection s;
	trace t;
	bool ok;
} world;

WORLD_USE list_str words(arena *a, const char *text)
{
	vec_str out = { 0 };
	for (str_cut cut = { .tail = str_from(text), .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ' ');
		if (cut.head.len)
			vec_push(a, &out, cut.head);
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

WORLD_USE void world_init(world *w)
{
	*w = (world){ 0 };
	w->sources.arena = w->d.arena = w->c.by_id.arena = w->c.folders.arena = &w->a;
	w->d.sources = &w->sources;
	w->w = (workbook){ .path = STR("workbook.md"),
		.title = STR("Workbook"),
		.role = STR("Senior Engineer"),
		.sample_size = 20,
		.years_min = 5,
		.years_max = -1 };
	w->ok = course_read(&w->settings, &w->a, 0, &w->d);
	course_complete(&w->settings, &w->a, &w->w);
}

WORLD_USE void world_finish(world *w)
{
	arena_free(&w->a);
	NO_LEAKS();
}

WORLD_USE const char *world_listing(world *w)
{
	buf b = { .arena = &w->a };
	EACH (diag, one, w->d.list)
		diag_print(&b, &w->d, one);
	return arena_cstr(&w->a, buf_done(&b));
}

static void world_register(world *w, const char *kind, str id, void *item)
{
	map_put(&w->c.by_id, arena_printf(&w->a, "%s:%.*s", kind, STRF(id)), item);
}

/* `teaches` and `outcomes`: "concept=level" with a level of 0 to 3, "outcome:concept". */
WORLD_USE module *add_module(
	world *w, const char *id, int level, const char *teaches, const char *outcomes, int min, int max)
{
	module *m = NEW(&w->a, module);
	if (!m)
		return NULL;
	VEC(teach) t = { 0 };
	VEC(outcome) o = { 0 };
	list_str taught = words(&w->a, teaches), assessed = words(&w->a, outcomes);
	EACH (str, one, taught) {
		str_cut cut = str_split(*one, '=');
		vec_push(&w->a, &t, (teach){ .key = cut.head, .level = cut.tail.len ? cut.tail.ptr[0] - '0' : 2 });
	}
	EACH (str, one, assessed) {
		str_cut cut = str_split(*one, ':');
		str *concept_id = NEW(&w->a, str);
		if (!concept_id)
			return NULL;
		*concept_id = cut.tail;
		vec_push(&w->a, &o, (outcome){ .id = cut.head, .text = cut.head, .concepts = { concept_id, 1 } });
	}
	*m = (module){ .id = str_from(id),
		.title = str_from(id),
		.level = level,
		.minutes = { .min = min, .max = max },
		.teaches = { t.ptr, t.len },
		.outcomes = { o.ptr, o.len } };
	vec_push(&w->a, &w->c.modules, m);
	world_register(w, "module", m->id, m);
	return m;
}

WORLD_USE lab *add_lab(
	world *w, const char *id, int level, const char *integrates, const char *outcomes, int minutes)
{
	lab *l = NEW(&w->a, lab);
	if (!l)
		return NULL;
	record_clear(&lab_record, l);
	l->id = l->title = str_from(id);
	l->level = level;
	l->minutes = minutes;
	l->integrates = words(&w->a, integrates);
	l->outcomes = words(&w->a, outcomes);
	vec_push(&w->a, &w->c.labs, l);
	world_register(w, "lab", l->id, l);
	return l;
}

WORLD_USE scenario *add_scenario(
	world *w, const char *id, int kind, const char *integrates, const char *outcomes, int minutes)
{
	scenario *s = NEW(&w->a, scenario);
	if (!s)
		return NULL;
	record_clear(&scenario_record, s);
	s->id = s->title = str_from(id);
	s->level = LEVEL_SENIOR;
	s->kind = kind;
	s->minutes = minutes;
	s->integrates = words(&w->a, integrates);
	s->outcomes = words(&w->a, outcomes);
	vec_push(&w->a, &w->c.scenarios, s);
	world_register(w, "scenario", s->id, s);
	return s;
}

WORLD_USE blueprint *add_blueprint(world *w, const char *id, const char *match)
{
	static const str all[] = { { .ptr = "o-{{id}}", .len = 8 } },
					 modules[] = { { .ptr = "{{id}}", .len = 6 } };
	blueprint *b = NEW(&w->a, blueprint);
	outcome *o = NEW(&w->a, outcome);
	activity *act = NEW(&w->a, activity);
	if (!b || !o || !act)
		return NULL;
	record_clear(&blueprint_record, b);
	*o = (outcome){ .id = all[0], .text = STR("Apply {{skill}}") };
	b->id = str_from(id);
	b->match = str_from(match);
	b->module.id = modules[0];
	b->module.title = STR("{{skill}} ({{level}})");
	b->module.minutes = (minutes_range){ .min = 300, .max = 600 };
	*act = (activity){ .id = STR("practice"), .kind = ACT_EXERCISE, .minutes = 300 };
	b->module.activities.ptr = act;
	b->module.activities.len = 1;
	b->module.outcomes.ptr = o;
	b->module.outcomes.len = 1;
	b->lab.id = STR("lab-{{id}}");
	b->lab.title = STR("{{skill}}: {{notes}}");
	b->lab.minutes = 120;
	b->lab.integrates = (list_str){ .ptr = (str *)modules, .len = 1 };
	b->lab.outcomes = (list_str){ .ptr = (str *)all, .len = 1 };
	vec_push(&w->a, &w->c.blueprints, b);
	world_register(w, "blueprint", b->id, b);
	return b;
}

/* The name is the id. The weight is what evidence/facts.c would give. */
WORLD_USE void add_row(
	world *w, row_kind kind, const char *id, const char *category, double count, const char *concepts)
{
	double share = count / w->w.sample_size;
	int rank = (int)w->facts[kind].len + 1;
	const category_weights *by = &w->settings.weights.category;
	double factor = kind == ROW_TECHNOLOGY ? w->settings.weights.technology
					: kind == ROW_THEME    ? w->settings.weights.theme
					: category[0] == 'C'   ? by->core
					: category[0] == 'I'   ? by->important
					: category[0] == 'E'   ? by->emerging
										   : by->nice;
	vec_push(&w->a, &w->rows[kind],
		(workbook_row){ .kind = kind,
			.id = str_from(id),
			.name = str_from(id),
			.category = str_from(category),
			.tool = kind == ROW_TECHNOLOGY ? words(&w->a, id) : (list_str){ 0 },
			.count = count,
			.share = share });
	vec_push(&w->a, &w->facts[kind],
		(fact_row){ .low80 = share * 0.8,
			.high80 = share,
			.low95 = share * 0.7,
			.high95 = share,
			.rank = rank,
			.factor = factor,
			.emphasis = 1,
			.weight = share * factor,
			.concepts = words(&w->a, concepts) });
}

WORLD_USE void add_insight(world *w, const char *id, const char *text)
{
	vec_push(&w->a, &w->insights, (workbook_item){ .id = str_from(id), .text = str_from(text) });
}

/* Once all is added. May be called again: what rules multiplied is undone. */
WORLD_USE void world_complete(world *w)
{
	for (int kind = 0; kind < ROW_KINDS; kind++) {
		w->w.rows[kind].ptr = w->rows[kind].ptr;
		w->w.rows[kind].len = w->rows[kind].len;
		w->f.rows[kind].ptr = w->facts[kind].ptr;
		w->f.rows[kind].len = w->facts[kind].len;
		for (size_t i = 0; i < w->facts[kind].len && i < w->rows[kind].len; i++) {
			fact_row *r = &w->facts[kind].ptr[i];
			r->row = &w->rows[kind].ptr[i];
			r->emphasis = 1;
			r->weight = r->row->share * r->factor;
		}
	}
	w->w.insights.ptr = w->insights.ptr;
	w->w.insights.len = w->insights.len;
	w->f.workbook = &w->w;
	w->f.level = LEVEL_SENIOR;
	catalog_index(&w->c, &w->a);
}

/* Reads and compiles rules from the text of a rule file. */
WORLD_USE bool world_rules(world *w, str text)
{
	uint32_t number = sources_add(&w->sources, STR("r.yaml"), text);
	const yaml_node *root = yaml_read(&w->a, number, &w->d);
	rules_file *file = NEW(&w->a, rules_file);
	w->rules.len = 0;
	w->ok = root && file && record_read(&rules_file_record, file, root, &w->a, &w->d);
	if (!w->ok)
		return false;
	EACH (rule, r, file->rules)
		vec_push(&w->a, &w->rules, r);
	w->ok = ruleset_compile(&w->set, &w->a, w->rules.ptr, w->rules.len, &w->d);
	return w->ok;
}

WORLD_USE bool world_run(world *w)
{
	world_complete(w);
	w->t = (trace){ 0 };
	w->ok = engine_run(&w->s, &w->t, &w->a, &w->set, &w->f, &w->c, &w->settings, &w->d);
	return w->ok;
}

WORLD_USE bool world_plan(world *w, plan *out, const plan *former)
{
	compose_input in = { .selection = &w->s,
		.facts = &w->f,
		.catalog = &w->c,
		.course = &w->settings,
		.former = former,
		.evidence = STR("hash") };
	return compose_plan(out, &w->t, &w->a, &in, &w->d);
}

WORLD_USE const chosen *picked(const world *w, const char *address)
{
	return map_get(&w->s.by_address, str_from(address));
}

#endif
