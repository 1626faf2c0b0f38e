/* Rows of the workbook with their numbers, and why an item is in the course: the rows behind it and the rules
 * that acted on it. */
#include "base/number.h"
#include "render/view.h"

static void put_row_numbers(const view *v, value out, const fact_row *row)
{
	const char *kind = row_kind_names[row->row->kind];
	str id = row->row->id;
	put(v, out, "count", view_count(v, row->row->count, why_at(v, kind, id, "count")));
	put(v, out, "sample", view_count(v, v->c->facts->workbook->sample_size, STR("sample.size")));
	put(v, out, "share", view_share(v, row->row->share, why_at(v, kind, id, "share")));
	put(v, out, "low", view_share(v, row->low80, why_at(v, kind, id, "low")));
	put(v, out, "high", view_share(v, row->high80, why_at(v, kind, id, "high")));
	put(v, out, "rank", view_count(v, row->rank, why_at(v, kind, id, "rank")));
	put(v, out, "weight", view_weight(v, row->weight, why_at(v, kind, id, "weight")));
}

static value view_row(const view *v, row_kind kind, const fact_row *row)
{
	value out = view_map(v);
	const workbook_row *w = row->row;
	put_word(v, out, "kind", row_kind_names[kind]);
	put_plain(v, out, "name", w->name);
	put_plain(v, out, "category", kind == ROW_SKILL ? w->category : STR(""));
	put_plain(v, out, "tools", w->tools);
	put_plain(v, out, "responsibilities", w->text);
	put_plain(v, out, "row_notes", w->notes);
	put_row_numbers(v, out, row);
	vec_value modules = { 0 }, tasks = { 0 };
	const row_use *use = view_row_use(v, row);
	static const row_use none = { 0 };
	use = use ? use : &none;
	EACH (const taught_module *const, m, use->modules)
		add(v, &modules, view_module_link(v, *m));
	EACH (const set_lab *const, l, use->labs)
		add(v, &tasks, view_lab_link(v, *l));
	size_t labs = tasks.len;
	vec_value scenarios = { 0 };
	EACH (const set_scenario *const, s, use->scenarios)
		add(v, &scenarios, view_scenario_link(v, *s));
	put(v, out, "modules", view_links(v, modules));
	put(v, out, "labs", view_links(v, tasks));
	put(v, out, "scenarios", view_links(v, scenarios));
	put_flag(v, out, "untaught", modules.len + labs + scenarios.len == 0);
	return out;
}

static value view_rows(const view *v, row_kind kind)
{
	vec_value out = { 0 };
	EACH (const fact_row, row, v->c->facts->rows[kind])
		add(v, &out, view_row(v, kind, row));
	return value_of(out);
}

void put_rows(const view *v, value page)
{
	static const struct {
		row_kind kind;
		const char *rows, *any;
	} kinds[] = {
		{ ROW_SKILL, "skills", "has_skills" },
		{ ROW_TECHNOLOGY, "technologies", "has_technologies" },
		{ ROW_THEME, "themes", "has_themes" },
	};
	for (size_t i = 0; i < COUNT(kinds); i++) {
		put(v, page, kinds[i].rows, view_rows(v, kinds[i].kind));
		put_flag(v, page, kinds[i].any, v->c->facts->rows[kinds[i].kind].len > 0);
	}
}

static value view_demand(const view *v, const demand *d)
{
	value out = view_map(v);
	const char *kind = row_kind_names[d->row->row->kind];
	put_word(v, out, "kind", kind);
	put_plain(v, out, "name", d->row->row->name);
	put_plain(v, out, "category", d->row->row->kind == ROW_SKILL ? d->row->row->category : STR(""));
	put_row_numbers(v, out, d->row);
	put(v, out, "part", view_weight(v, d->weight, why_at(v, kind, d->row->row->id, "weight")));
	return out;
}

static void sort_demands(demand *list, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k && list[k].weight > list[k - 1].weight; k--) {
			demand larger = list[k];
			list[k] = list[k - 1];
			list[k - 1] = larger;
		}
}

/* The same row may stand behind a task through several modules: its parts are added up. Largest first. */
static value view_demands(const view *v, const demand *demands, size_t count)
{
	demand *sums = NEWN(v->arena, demand, count);
	size_t used = 0;
	for (size_t i = 0; sums && i < count; i++) {
		size_t k = 0;
		while (k < used && sums[k].row != demands[i].row)
			k++;
		if (k == used)
			sums[used++] = (demand){ .row = demands[i].row };
		sums[k].weight += demands[i].weight;
	}
	sort_demands(sums, used);
	vec_value out = { 0 };
	for (size_t i = 0; i < used; i++)
		if (sums[i].weight > 0)
			add(v, &out, view_demand(v, &sums[i]));
	return value_of(out);
}

static value view_effect(const view *v, const effect *e)
{
	value out = view_map(v);
	put_plain(v, out, "rule", e->rule->id);
	put_word(v, out, "action", action_kind_names[e->kind]);
	put_plain(v, out, "because", e->because);
	buf factor = { .arena = v->arena };
	if (e->kind == DO_EMPHASISE)
		buf_rounded(&factor, e->factor, 3);
	put_plain(v, out, "factor", buf_done(&factor));
	return out;
}

/* Two actions of one rule on one fact say the same sentence; it is said once. */
static bool is_said(const vec_effect *said, const effect *e)
{
	EACH (const effect *const, one, *said)
		if (*one == e ||
			((*one)->rule == e->rule && (*one)->kind == e->kind && str_eq((*one)->because, e->because)))
			return true;
	return false;
}

typedef struct {
	const view *v;
	vec_value *out;
	vec_effect said;
} reasons;

/* Which actions speak about an item through a tag or concept of it. */
static bool concerns(const why_item *item, action_kind kind)
{
	bool module_item = !item->lab && !item->scenario;
	return kind == DO_EMPHASISE ? module_item
		   : kind == DO_TARGET  ? item->lab
		   : kind == DO_SETTING ? item->scenario
								: false;
}

static void add_effects(reasons *r, str address, const why_item *through)
{
	const vec_effect *effects = map_get(&r->v->index->effects, address);
	for (size_t i = 0; effects && i < effects->len; i++) {
		const effect *e = effects->ptr[i];
		if ((through && !concerns(through, e->kind)) || is_said(&r->said, e))
			continue;
		vec_push(r->v->arena, &r->said, e);
		add(r->v, r->out, view_effect(r->v, e));
	}
}

static void add_through(reasons *r, const char *kind, list_str ids, const why_item *item)
{
	EACH (const str, id, ids)
		add_effects(r, arena_printf(r->v->arena, "%s:%.*s", kind, STRF(*id)), item);
}

value view_why(const view *v, const why_item *item)
{
	value out = view_map(v);
	vec_value rules = { 0 }, remarks = { 0 };
	reasons r = { .v = v, .out = &rules };
	add_effects(&r, item->address, NULL);
	add_through(&r, "tag", item->tags, item);
	add_through(&r, "concept", item->concepts, item);
	const vec_remark *said = map_get(&v->index->remarks, item->address);
	for (size_t i = 0; said && i < said->len; i++)
		if (said->ptr[i]->taken)
			add(v, &remarks, value_string(said->ptr[i]->reason));
	value demands = view_demands(v, item->demands, item->demand_count);
	put_flag(v, out, "has_demands", demands.list.len > 0);
	put_flag(v, out, "has_rules", rules.len > 0);
	put(v, out, "demands", demands);
	put(v, out, "rules", value_of(rules));
	put(v, out, "remarks", value_of(remarks));
	return out;
}
