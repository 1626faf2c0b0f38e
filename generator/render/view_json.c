/* The plan and the trace as values. Field names are those of plan.yaml where it has them. */
#include "render/render.h"

#include <math.h>

typedef struct {
	arena *arena;
	const curriculum *c;
} job;

static void set(const job *j, value to, const char *key, value x)
{
	value_set(j->arena, to, key, x);
}

static void set_str(const job *j, value to, const char *key, str s)
{
	if (s.len)
		set(j, to, key, value_string(s));
}

static void set_int(const job *j, value to, const char *key, int n)
{
	if (n != SCHEMA_UNSET)
		set(j, to, key, value_int(n));
}

static void push(const job *j, vec_value *to, value x)
{
	vec_push(j->arena, to, x);
}

static value strings(const job *j, list_str list)
{
	vec_value out = { 0 };
	EACH (const str, s, list)
		push(j, &out, value_string(*s));
	return value_of(out);
}

static value demands(const job *j, const demand *list, size_t count)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < count; i++) {
		const workbook_row *row = list[i].row->row;
		value one = value_new_map(j->arena);
		str address_text = arena_printf(j->arena, "%s:%.*s", row_kind_names[row->kind], STRF(row->id));
		set(j, one, "row", value_string(address_text));
		set(j, one, "weight", value_double(list[i].weight));
		push(j, &out, one);
	}
	return value_of(out);
}

static value header(const job *j)
{
	const plan_header *h = &j->c->plan->course;
	value out = value_new_map(j->arena);
	set(j, out, "id", value_string(j->c->course->id));
	set_str(j, out, "title", h->title);
	set_str(j, out, "role", h->role);
	set(j, out, "level", value_literal(level_names[j->c->facts->level]));
	set_str(j, out, "language", h->language);
	set_str(j, out, "version", h->version);
	set_int(j, out, "minutes", h->minutes);
	set_int(j, out, "weeks", h->weeks);
	set_int(j, out, "minutes_per_week", h->minutes_per_week);
	set_str(j, out, "evidence", h->evidence);
	set_str(j, out, "as_of", j->c->as_of);
	return out;
}

static value modules(const job *j)
{
	vec_value out = { 0 };
	EACH (const taught_module, m, j->c->modules) {
		value one = value_new_map(j->arena);
		const plan_module *p = m->plan;
		set(j, one, "id", value_string(p->id));
		set_str(j, one, "title", m->module->title);
		set_int(j, one, "minutes", p->minutes);
		set_int(j, one, "week_from", p->week_from);
		set_int(j, one, "week_to", p->week_to);
		set(j, one, "emphasis", value_double(isnan(p->emphasis) ? 1 : p->emphasis));
		set(j, one, "weight", value_double(m->weight));
		set(j, one, "needs_author", value_bool(p->needs_author));
		set_str(j, one, "blueprint", p->blueprint);
		set_str(j, one, "skill", p->skill);
		set(j, one, "demand", demands(j, m->demands.ptr, m->demands.len));
		push(j, &out, one);
	}
	return value_of(out);
}

static value lab_list(const job *j)
{
	vec_value out = { 0 };
	EACH (const set_lab, l, j->c->labs) {
		value one = value_new_map(j->arena), targets = value_new_map(j->arena);
		const plan_lab *p = l->plan;
		set(j, one, "id", value_string(p->id));
		set_str(j, one, "title", l->lab->title);
		set_int(j, one, "minutes", p->minutes);
		set_int(j, one, "week", p->week);
		set_int(j, one, "due", p->due);
		set(j, one, "required", value_bool(p->required));
		set(j, one, "needs_author", value_bool(p->needs_author));
		set_str(j, one, "blueprint", p->blueprint);
		set_str(j, one, "skill", p->skill);
		set_int(j, one, "percent", l->percent);
		EACH (const metric, m, l->lab->metrics)
			value_set_str(j->arena, targets, m->id, value_literal(m->use_stretch ? "stretch" : "target"));
		set(j, one, "targets", targets);
		set(j, one, "demand", demands(j, l->demands.ptr, l->demands.len));
		push(j, &out, one);
	}
	return value_of(out);
}

static value scenarios(const job *j)
{
	vec_value out = { 0 };
	EACH (const set_scenario, s, j->c->scenarios) {
		value one = value_new_map(j->arena);
		const plan_scenario *p = s->plan;
		set(j, one, "id", value_string(p->id));
		set_str(j, one, "title", s->scenario->title);
		set_int(j, one, "minutes", p->minutes);
		set_int(j, one, "week", p->week);
		set_int(j, one, "due", p->due);
		set(j, one, "required", value_bool(p->required));
		set(j, one, "needs_author", value_bool(p->needs_author));
		set_str(j, one, "blueprint", p->blueprint);
		set_str(j, one, "skill", p->skill);
		set_int(j, one, "percent", s->percent);
		set(j, one, "setting", strings(j, p->setting));
		set(j, one, "demand", demands(j, s->demands.ptr, s->demands.len));
		push(j, &out, one);
	}
	return value_of(out);
}

static value capstone_list(const job *j)
{
	vec_value out = { 0 };
	EACH (const set_capstone, c, j->c->capstone) {
		value one = value_new_map(j->arena);
		const plan_capstone *p = c->plan;
		set(j, one, "id", value_string(p->id));
		set_str(j, one, "title", c->capstone->title);
		set_int(j, one, "minutes", p->minutes);
		set_int(j, one, "week", p->week);
		set_int(j, one, "due", p->due);
		set_int(j, one, "percent", c->percent);
		set(j, one, "modules", strings(j, p->modules));
		set(j, one, "demand", demands(j, c->demands.ptr, c->demands.len));
		push(j, &out, one);
	}
	return value_of(out);
}

static value grading(const job *j)
{
	vec_value out = { 0 };
	EACH (const plan_grade, g, j->c->plan->grading) {
		value one = value_new_map(j->arena);
		set(j, one, "item", value_string(g->item));
		set_int(j, one, "percent", g->percent);
		push(j, &out, one);
	}
	return value_of(out);
}

static value decisions(const job *j)
{
	vec_value out = { 0 };
	EACH (const decision, d, j->c->plan->decisions) {
		value one = value_new_map(j->arena);
		set(j, one, "kind", value_literal(d->kind < 0 ? "" : decision_names[d->kind]));
		set(j, one, "item", value_string(d->item));
		set_str(j, one, "reason", d->reason);
		set_str(j, one, "author", d->author);
		set_str(j, one, "expires", d->expires);
		push(j, &out, one);
	}
	return value_of(out);
}

value view_plan_json(arena *a, const curriculum *c)
{
	job j = { .arena = a, .c = c };
	value out = value_new_map(a);
	set(&j, out, "course", header(&j));
	set(&j, out, "modules", modules(&j));
	set(&j, out, "labs", lab_list(&j));
	set(&j, out, "scenarios", scenarios(&j));
	set(&j, out, "capstone", capstone_list(&j));
	set(&j, out, "grading", grading(&j));
	set(&j, out, "decisions", decisions(&j));
	return out;
}

static value effect_value(const job *j, const effect *e)
{
	value out = value_new_map(j->arena);
	set(j, out, "order", value_int(e->order));
	set(j, out, "rule", value_string(e->rule->id));
	set(j, out, "fact", value_string(e->fact));
	set(j, out, "action", value_literal(action_kind_names[e->kind]));
	set(j, out, "arguments", e->arguments);
	set(j, out, "items", strings(j, e->items));
	set(j, out, "because", value_string(e->because));
	vec_value saw = { 0 };
	EACH (const observation, o, e->saw) {
		value one = value_new_map(j->arena);
		set(j, one, "text", value_string(o->text));
		set(j, one, "value", o->value);
		push(j, &saw, one);
	}
	set(j, out, "saw", value_of(saw));
	if (e->kind == DO_EMPHASISE)
		set(j, out, "factor", value_double(e->factor));
	if (e->kind == DO_MODULE || e->kind == DO_LAB || e->kind == DO_SCENARIO)
		set(j, out, "required", value_bool(e->required));
	return out;
}

value view_trace_json(arena *a, const curriculum *c)
{
	job j = { .arena = a, .c = c };
	value out = value_new_map(a);
	vec_value effects = { 0 }, remarks = { 0 };
	if (c->trace) {
		EACH (const effect, e, c->trace->effects)
			push(&j, &effects, effect_value(&j, e));
		EACH (const remark, r, c->trace->remarks) {
			value one = value_new_map(a);
			set(&j, one, "item", value_string(r->item));
			set(&j, one, "taken", value_bool(r->taken));
			set(&j, one, "reason", value_string(r->reason));
			push(&j, &remarks, one);
		}
	}
	set(&j, out, "effects", value_of(effects));
	set(&j, out, "remarks", value_of(remarks));
	return out;
}
