/* Fields of view models, and the links between items that every document follows. */
#include "render/view.h"

/* The vector under the key; a new one the first time. */
static void *slot(arena *a, map *m, str key, size_t size)
{
	void *known = map_get(m, key);
	if (!known) {
		known = arena_alloc(a, size, 1, _Alignof(max_align_t));
		if (known)
			map_put(m, key, known);
	}
	return known;
}

static row_use *use_of(render_index *x, const facts *f, const fact_row *row)
{
	for (size_t kind = 0; kind < ROW_KINDS; kind++)
		if (x->rows[kind] && row >= f->rows[kind].ptr && row < f->rows[kind].ptr + f->rows[kind].len)
			return &x->rows[kind][row - f->rows[kind].ptr];
	return NULL;
}

/* Behind those with a larger part; of equal ones, the module that is taught first stays first. Each module
 * has a row among its demands at most once. */
static void add_module(row_use *use, arena *a, const taught_module *m, double part)
{
	vec_push(a, &use->modules, m);
	vec_push(a, &use->parts, part);
	if (a->failed)
		return;
	for (size_t i = use->parts.len - 1; i > 0 && use->parts.ptr[i - 1] < part; i--) {
		use->modules.ptr[i] = use->modules.ptr[i - 1];
		use->parts.ptr[i] = use->parts.ptr[i - 1];
		use->modules.ptr[i - 1] = m;
		use->parts.ptr[i - 1] = part;
	}
}

static void index_rows(render_index *x, arena *a, const curriculum *c)
{
	for (size_t kind = 0; kind < ROW_KINDS; kind++)
		x->rows[kind] = NEWN(a, row_use, c->facts->rows[kind].len);
	EACH (const taught_module, m, c->modules)
		EACH (const demand, d, m->demands) {
			row_use *use = use_of(x, c->facts, d->row);
			if (use)
				add_module(use, a, m, d->weight);
		}
	EACH (const set_lab, l, c->labs)
		EACH (const demand, d, l->demands) {
			row_use *use = use_of(x, c->facts, d->row);
			if (use && d->weight > 0 && !(use->labs.len && use->labs.ptr[use->labs.len - 1] == l))
				vec_push(a, &use->labs, l);
		}
	EACH (const set_scenario, s, c->scenarios)
		EACH (const demand, d, s->demands) {
			row_use *use = use_of(x, c->facts, d->row);
			if (use && d->weight > 0 &&
				!(use->scenarios.len && use->scenarios.ptr[use->scenarios.len - 1] == s))
				vec_push(a, &use->scenarios, s);
		}
}

/* One of the three; the others are NULL. */
typedef struct {
	const set_lab *lab;
	const set_scenario *scenario;
	const set_capstone *capstone;
} any_task;

static void index_tasks(map *m, arena *a, list_str keys, any_task t)
{
	EACH (const str, key, keys) {
		task_use *use = slot(a, m, *key, sizeof *use);
		if (use && t.lab)
			vec_push(a, &use->labs, t.lab);
		if (use && t.scenario)
			vec_push(a, &use->scenarios, t.scenario);
		if (use && t.capstone)
			vec_push(a, &use->capstone, t.capstone);
	}
}

static void index_trace(render_index *x, arena *a, const trace *t)
{
	EACH (const effect, e, t->effects) {
		EACH (const str, item, e->items) {
			vec_effect *to = slot(a, &x->effects, *item, sizeof *to);
			if (to)
				vec_push(a, to, e);
		}
		vec_effect *by = slot(a, &x->answers, e->fact, sizeof *by);
		if (by)
			vec_push(a, by, e);
	}
	EACH (const remark, r, t->remarks) {
		vec_remark *to = slot(a, &x->remarks, r->item, sizeof *to);
		if (to)
			vec_push(a, to, r);
	}
}

/* A rubric that two labs share has other numbers in each, so the second file is named after its lab too. */
static void name_rubric(render_index *x, arena *a, map *taken, const char *kind, str id, str rubric_id)
{
	str *name = NEW(a, str);
	if (!name)
		return;
	*name = map_has(taken, rubric_id) ? arena_printf(a, "%.*s-%.*s", STRF(rubric_id), STRF(id)) : rubric_id;
	map_put(taken, *name, name);
	map_put(&x->rubric_names, arena_printf(a, "%s:%.*s", kind, STRF(id)), name);
}

void render_index_make(render_index *out, arena *a, const curriculum *c)
{
	*out = (render_index){ .assessed = { .arena = a },
		.builds_on = { .arena = a },
		.effects = { .arena = a },
		.answers = { .arena = a },
		.remarks = { .arena = a },
		.rubric_names = { .arena = a } };
	map taken = { .arena = a };
	index_rows(out, a, c);
	EACH (const set_lab, l, c->labs) {
		index_tasks(&out->assessed, a, l->lab->outcomes, (any_task){ .lab = l });
		index_tasks(&out->builds_on, a, l->lab->integrates, (any_task){ .lab = l });
		name_rubric(out, a, &taken, "lab", l->lab->id, l->rubric->id);
	}
	EACH (const set_scenario, s, c->scenarios) {
		index_tasks(&out->assessed, a, s->scenario->outcomes, (any_task){ .scenario = s });
		index_tasks(&out->builds_on, a, s->scenario->integrates, (any_task){ .scenario = s });
		name_rubric(out, a, &taken, "scenario", s->scenario->id, s->rubric->id);
	}
	EACH (const set_capstone, one, c->capstone) {
		index_tasks(&out->assessed, a, one->outcomes, (any_task){ .capstone = one });
		index_tasks(&out->builds_on, a, one->plan->modules, (any_task){ .capstone = one });
		name_rubric(out, a, &taken, "capstone", one->capstone->id, one->rubric->id);
	}
	if (c->trace)
		index_trace(out, a, c->trace);
}

const row_use *view_row_use(const view *v, const fact_row *row)
{
	return use_of((render_index *)v->index, v->c->facts, row);
}

const task_use *view_use(const map *m, str key)
{
	static const task_use none = { 0 };
	const task_use *found = map_get(m, key);
	return found ? found : &none;
}

str view_rubric_name(const view *v, const char *kind, str id)
{
	const str *name = map_get(&v->index->rubric_names, arena_printf(v->arena, "%s:%.*s", kind, STRF(id)));
	return name ? *name : STR("");
}

void put(const view *v, value to, const char *key, value x)
{
	value_set(v->arena, to, key, x);
}

void put_plain(const view *v, value to, const char *key, str s)
{
	put(v, to, key, value_string(v->format == TEXT_CSV ? text_csv(v->arena, s) : s));
}

void put_word(const view *v, value to, const char *key, const char *word)
{
	put(v, to, key, value_literal(word));
}

void put_flag(const view *v, value to, const char *key, bool flag)
{
	put(v, to, key, value_bool(flag));
}

void put_text(const view *v, value to, const char *key, str s, text_place place)
{
	put(v, to, key, value_string(text_show(v->arena, s, v->format, place, 2, v->diags)));
}

void put_block(const view *v, value to, const char *key, str s, unsigned level)
{
	put(v, to, key, value_string(text_show(v->arena, s, v->format, TEXT_BLOCK, level, v->diags)));
}

void add(const view *v, vec_value *to, value x)
{
	vec_push(v->arena, to, x);
}

value view_map(const view *v)
{
	return value_new_map(v->arena);
}

value view_text_list(const view *v, list_str texts, text_place place)
{
	vec_value out = { 0 };
	EACH (const str, text, texts)
		add(v, &out, value_string(text_show(v->arena, *text, v->format, place, 2, v->diags)));
	return value_of(out);
}

value view_module_link(const view *v, const taught_module *m)
{
	return view_link(v, m->module->title, "modules/", m->module->id);
}

value view_lab_link(const view *v, const set_lab *l)
{
	return view_link(v, l->lab->title, "labs/", l->lab->id);
}

value view_scenario_link(const view *v, const set_scenario *s)
{
	return view_link(v, s->scenario->title, "assessments/",
		arena_printf(v->arena, "%.*s/participant", STRF(s->scenario->id)));
}

value view_links(const view *v, vec_value links)
{
	for (size_t i = 0; i < links.len; i++)
		put_flag(v, links.ptr[i], "rest", i > 0);
	return value_of(links);
}

str view_joined(const view *v, list_str words)
{
	buf b = { .arena = v->arena };
	for (size_t i = 0; i < words.len; i++) {
		if (i)
			buf_str(&b, i + 1 == words.len ? STR(" and ") : STR(", "));
		buf_str(&b, words.ptr[i]);
	}
	return buf_done(&b);
}

value view_task_links(const view *v, const task_use *use)
{
	vec_value out = { 0 };
	EACH (const set_lab *const, l, use->labs)
		add(v, &out, view_lab_link(v, *l));
	EACH (const set_scenario *const, s, use->scenarios)
		add(v, &out, view_scenario_link(v, *s));
	EACH (const set_capstone *const, c, use->capstone)
		add(v, &out, view_capstone_link(v, *c));
	return view_links(v, out);
}

value view_page(const view *v, str title, const char *root)
{
	value page = view_map(v);
	const plan_header *h = &v->c->plan->course;
	put_plain(v, page, "title", title);
	put_plain(v, page, "course_title", h->title.len ? h->title : v->c->course->title);
	put_plain(v, page, "role", h->role.len ? h->role : v->c->course->role);
	put_plain(v, page, "version", h->version.len ? h->version : v->c->course->version);
	put_plain(v, page, "language", h->language.len ? h->language : v->c->course->language);
	put_word(v, page, "level", level_names[v->c->facts->level]);
	put_plain(v, page, "as_of", v->c->as_of);
	put_word(v, page, "root", root);
	put(v, page, "crumbs", value_new_list(v->arena, 0));
	put_flag(v, page, "instructor", false);
	return page;
}

void page_crumb(const view *v, vec_value *crumbs, str title, const char *href)
{
	value crumb = view_map(v);
	put_plain(v, crumb, "title", title);
	put(v, crumb, "href", value_literal(href));
	put_flag(v, crumb, "rest", true);
	add(v, crumbs, crumb);
}
