/* What covers what: rows of the workbook against modules and tasks; outcomes against activities and tasks. */
#include "render/view_course.h"

typedef struct {
	list_str outcomes; /* that it assesses */
	value link;
} column;

typedef struct {
	const view *v;
	column *columns;
	size_t count;
} grid;

static grid make_grid(const view *v)
{
	const curriculum *c = v->c;
	grid g = { .v = v, .columns = NEWN(v->arena, column, c->labs.len + c->scenarios.len + c->capstone.len) };
	if (!g.columns)
		return g;
	EACH (const set_lab, l, c->labs)
		g.columns[g.count++] = (column){ l->lab->outcomes, view_lab_link(v, l) };
	EACH (const set_scenario, s, c->scenarios)
		g.columns[g.count++] = (column){ s->scenario->outcomes, view_scenario_link(v, s) };
	EACH (const set_capstone, one, c->capstone)
		g.columns[g.count++] = (column){ one->outcomes, view_capstone_link(v, one) };
	return g;
}

static int assessed_in(const module *m, const column *c)
{
	int n = 0;
	EACH (const outcome, o, m->outcomes)
		n += list_has(c->outcomes, o->id);
	return n;
}

static str matrix(const grid *g)
{
	const curriculum *c = g->v->c;
	chart_row *rows = g->v->format == TEXT_HTML ? NEWN(g->v->arena, chart_row, c->modules.len) : NULL;
	if (!rows || !g->count)
		return STR("");
	for (size_t i = 0; i < c->modules.len; i++) {
		int *counts = NEWN(g->v->arena, int, g->count);
		for (size_t k = 0; counts && k < g->count; k++)
			counts[k] = assessed_in(c->modules.ptr[i].module, &g->columns[k]);
		rows[i] = (chart_row){ c->modules.ptr[i].module->title, counts };
	}
	if (g->v->arena->failed)
		return STR("");
	return chart_matrix(g->v->arena, "matrix", STR("Outcomes against assessments"),
		STR("How many outcomes of each module each lab and scenario assesses. The tables below say the "
			"same."),
		rows, c->modules.len, g->count);
}

static value assessments(const grid *g)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < g->count; i++) {
		value one = view_map(g->v);
		put(g->v, one, "number", value_int((int64_t)i + 1));
		put(g->v, one, "task", g->columns[i].link);
		add(g->v, &out, one);
	}
	return value_of(out);
}

/* "2 (exercise), 5 (reading)" */
static str practised(const view *v, const module *m, str outcome_id)
{
	buf b = { .arena = v->arena };
	for (size_t i = 0; i < m->activities.len; i++) {
		const activity *act = &m->activities.ptr[i];
		if (list_has(act->outcomes, outcome_id))
			buf_printf(&b, "%s%zu (%s)", b.len ? ", " : "", i + 1,
				act->kind < 0 ? "activity" : activity_names[act->kind]);
	}
	return buf_done(&b);
}

static value module_coverage(const view *v, const taught_module *m)
{
	value out = view_module_link(v, m);
	vec_value outcomes = { 0 };
	EACH (const outcome, o, m->module->outcomes) {
		value one = view_map(v);
		put_text(v, one, "text", o->text, TEXT_CELL);
		put_word(v, one, "bloom", o->bloom < 0 ? "" : bloom_names[o->bloom]);
		put_plain(v, one, "activities", practised(v, m->module, o->id));
		put(v, one, "assessed", view_task_links(v, view_use(&v->index->assessed, o->id)));
		add(v, &outcomes, one);
	}
	put(v, out, "outcomes", value_of(outcomes));
	return out;
}

value view_coverage(const view *v)
{
	value page = view_page(v, STR("Coverage"), "");
	vec_value crumbs = { 0 }, modules = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put(v, page, "sample", view_count(v, v->c->facts->workbook->sample_size, STR("sample.size")));
	put_rows(v, page);
	grid g = make_grid(v);
	put(v, page, "matrix", value_string(matrix(&g)));
	put(v, page, "assessments", assessments(&g));
	EACH (const taught_module, m, v->c->modules)
		add(v, &modules, module_coverage(v, m));
	put(v, page, "modules", value_of(modules));
	return page;
}
