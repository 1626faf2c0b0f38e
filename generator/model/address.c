/* What stands at an address: numbers that the plan or the evidence made come first, then any field of the
 * item's record by its key; "a.b" is field b of the record a. */
#include "model/address.h"

#include "base/number.h"
#include "model/fields.h"
#include "model/load.h"

#include <math.h>

static bool is_name(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_alnum(s.ptr[i]) && s.ptr[i] != '-' && s.ptr[i] != '_' && s.ptr[i] != '/' && s.ptr[i] != ':')
			return false;
	return s.len > 0;
}

static bool is_path(str s)
{
	str_cut cut = { .tail = s, .ok = true };
	while (cut.ok) {
		cut = str_split(cut.tail, '.');
		if (!is_name(cut.head))
			return false;
	}
	return true;
}

address address_parse(str text)
{
	str_cut kind = str_split(text, ':');
	str_cut rest = str_split(kind.ok ? kind.tail : text, '.');
	address out = {
		.kind = kind.ok ? kind.head : rest.head, .id = kind.ok ? rest.head : STR(""), .field = rest.tail
	};
	out.ok = is_name(out.kind) && (!kind.ok || is_name(out.id)) && (!rest.ok || is_path(out.field));
	return out;
}

static value number(double d)
{
	return isnan(d) ? V_NONE : value_double(d);
}

static value text_or_none(str s)
{
	return s.len ? value_string(s) : V_NONE;
}

static value strings(arena *a, list_str list)
{
	value v = value_new_list(a, list.len);
	for (size_t i = 0; i < v.list.len; i++)
		v.list.ptr[i] = value_string(list.ptr[i]);
	return v;
}

static value choice(const field *f, int index)
{
	for (int i = 0; i <= index; i++)
		if (!f->choices[i])
			return V_NONE;
	return index < 0 ? V_NONE : value_literal(f->choices[index]);
}

static value read_path(arena *a, const record *r, const void *base, str path);

/* Of a list of records the first field of each, which is its id, key or title. */
static value read_records(arena *a, const field *f, const list_any *list)
{
	value v = value_new_list(a, list->len);
	for (size_t i = 0; i < v.list.len; i++) {
		const char *item = (const char *)list->ptr + i * f->record->size;
		if (f->kind == F_MAP)
			v.list.ptr[i] = value_string(*(const str *)(item + sizeof(loc)));
		else
			v.list.ptr[i] = read_path(a, f->record, item, str_from(f->record->fields[0].key));
	}
	return v;
}

static value read_list(arena *a, const field *f, const void *at)
{
	const list_any *list = at;
	if (f->kind == F_MAP || f->element == F_RECORD)
		return read_records(a, f, list);
	if (f->element != F_NUMBER && f->element != F_INT)
		return strings(a, *(const list_str *)at);
	value v = value_new_list(a, list->len);
	for (size_t i = 0; i < v.list.len; i++)
		v.list.ptr[i] = f->element == F_INT ? value_int(((const int *)list->ptr)[i])
											: value_double(((const double *)list->ptr)[i]);
	return v;
}

/* The entry of a map, whose second member is its key. */
static value read_entry(arena *a, const field *f, const list_any *list, str path)
{
	str_cut cut = str_split(path, '.');
	for (size_t i = 0; i < list->len; i++) {
		const char *item = (const char *)list->ptr + i * f->record->size;
		if (!str_eq(*(const str *)(item + sizeof(loc)), cut.head))
			continue;
		return read_path(a, f->record, item, cut.ok ? cut.tail : str_from(f->record->shorthand));
	}
	return V_NONE;
}

static value read_scalar(const field *f, const void *at)
{
	switch (f->kind) {
	case F_PLAIN:
	case F_TEXT:
	case F_ID:
	case F_PATH:
	case F_DATE:
		return text_or_none(*(const str *)at);
	case F_NUMBER:
		return number(*(const double *)at);
	case F_INT:
	case F_CLOCK:
		return *(const int *)at == SCHEMA_UNSET ? V_NONE : value_int(*(const int *)at);
	case F_BOOL:
		return value_bool(*(const bool *)at);
	case F_CHOICE:
		return choice(f, *(const int *)at);
	default:
		return V_NONE;
	}
}

/* A record without a field is what its shorthand says. */
static value read_path(arena *a, const record *r, const void *base, str path)
{
	str_cut cut = str_split(path, '.');
	const field *f = cut.head.len ? record_field(r, cut.head) : NULL;
	if (!f)
		return V_NONE;
	const void *at = (const char *)base + f->offset;
	if (f->kind == F_MAYBE)
		at = *(void *const *)at;
	if (!at)
		return V_NONE;
	if (f->kind == F_RECORD || f->kind == F_MAYBE)
		return read_path(a, f->record, at, cut.ok ? cut.tail : str_from(f->record->shorthand));
	if (f->kind == F_MAP && cut.ok)
		return read_entry(a, f, at, cut.tail);
	if (cut.ok)
		return V_NONE;
	return f->kind == F_LIST || f->kind == F_MAP ? read_list(a, f, at) : read_scalar(f, at);
}

/* A number that is worked out, under the name it has in an address. */
typedef struct {
	const char *key;
	double number;
} made;

static value find_made(const made *all, size_t count, str path)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(path, str_from(all[i].key)))
			return number(all[i].number);
	return V_NONE;
}

#define FIND_MADE(all, path) find_made((all), COUNT(all), (path))

static str or_else(str path, const char *otherwise)
{
	return path.len ? path : str_from(otherwise);
}

#define NUM(T, name) \
	{ \
		.key = #name, .kind = F_NUMBER, AT(T, name) \
	}
#define PLAIN(T, name) \
	{ \
		.key = #name, .kind = F_PLAIN, AT(T, name) \
	}
static const field row_fields[] = { PLAIN(workbook_row, id), PLAIN(workbook_row, name),
	PLAIN(workbook_row, category), PLAIN(workbook_row, text), PLAIN(workbook_row, notes),
	NUM(workbook_row, count), NUM(workbook_row, share), { .key = "tools", PLAINS(workbook_row, tool) } };
static const record row_record = { .name = "row", FIELDS(row_fields), .size = sizeof(workbook_row) };
static const field fact_fields[] = { NUM(fact_row, low95), NUM(fact_row, high95), NUM(fact_row, factor),
	NUM(fact_row, emphasis), NUM(fact_row, weight), { .key = "low", .kind = F_NUMBER, AT(fact_row, low80) },
	{ .key = "high", .kind = F_NUMBER, AT(fact_row, high80) },
	{ .key = "rank", .kind = F_INT, AT(fact_row, rank) }, { .key = "concepts", PLAINS(fact_row, concepts) } };
static const record fact_record = { .name = "fact", FIELDS(fact_fields), .size = sizeof(fact_row) };
static const field item_fields[] = { PLAIN(workbook_item, id), PLAIN(workbook_item, label),
	PLAIN(workbook_item, text) };
static const record item_record = { .name = "item", FIELDS(item_fields), .size = sizeof(workbook_item) };
static const field workbook_fields[] = { { .key = "size", .kind = F_NUMBER, AT(workbook, sample_size) },
	PLAIN(workbook, role), PLAIN(workbook, title) };
static const record workbook_record = {
	.name = "workbook", FIELDS(workbook_fields), .size = sizeof(workbook)
};

static value read_row(const curriculum *c, row_kind kind, const address *at, arena *a)
{
	const fact_row *r = c->facts ? facts_find(c->facts, kind, at->id) : NULL;
	if (!r)
		return V_NONE;
	str path = or_else(at->field, "name");
	value v = read_path(a, &fact_record, r, path);
	return v.kind != V_NULL ? v : read_path(a, &row_record, r->row, path);
}

static value read_skill(const curriculum *c, const address *at, arena *a)
{
	return read_row(c, ROW_SKILL, at, a);
}

static value read_technology(const curriculum *c, const address *at, arena *a)
{
	return read_row(c, ROW_TECHNOLOGY, at, a);
}

static value read_theme(const curriculum *c, const address *at, arena *a)
{
	return read_row(c, ROW_THEME, at, a);
}

static value read_insight(const curriculum *c, const address *at, arena *a)
{
	if (c->facts)
		EACH (const workbook_item, i, c->facts->workbook->insights)
			if (str_eq(i->id, at->id))
				return read_path(a, &item_record, i, or_else(at->field, "text"));
	return V_NONE;
}

static value read_sample(const curriculum *c, const address *at, arena *a)
{
	if (!c->facts || at->id.len)
		return V_NONE;
	const workbook *w = c->facts->workbook;
	const made counts[] = { { "skills", (double)w->rows[ROW_SKILL].len },
		{ "technologies", (double)w->rows[ROW_TECHNOLOGY].len }, { "themes", (double)w->rows[ROW_THEME].len },
		{ "insights", (double)w->insights.len } };
	value v = FIND_MADE(counts, at->field);
	return v.kind != V_NULL ? v : read_path(a, &workbook_record, w, or_else(at->field, "size"));
}

static value read_experience(const curriculum *c, const address *at, arena *a)
{
	(void)a;
	if (!c->facts || at->id.len)
		return V_NONE;
	const workbook *w = c->facts->workbook;
	const made years[] = { { "years_min", w->years_min < 0 ? NAN : w->years_min },
		{ "years_max", w->years_max < 0 ? NAN : w->years_max } };
	return FIND_MADE(years, or_else(at->field, "years_min"));
}

static value read_course(const curriculum *c, const address *at, arena *a)
{
	const plan_header *h = &c->plan->course;
	if (at->id.len)
		return V_NONE;
	const made hours[] = { { "hours", h->minutes / 60.0 }, { "hours_per_week", h->minutes_per_week / 60.0 },
		{ "modules", (double)c->modules.len }, { "labs", (double)c->labs.len },
		{ "scenarios", (double)c->scenarios.len }, { "capstones", (double)c->capstone.len } };
	value v = FIND_MADE(hours, at->field);
	str path = or_else(at->field, "title");
	if (v.kind == V_NULL)
		v = read_path(a, record_field(&plan_record, STR("course"))->record, h, path);
	return v.kind == V_NULL && c->course ? read_path(a, &course_record, c->course, path) : v;
}

/* What the plan says about an item, then what the catalogue says; a field of the plan hides one of the item.
 */
static value read_planned(
	arena *a, const record *planned, const void *p, const record *r, const void *item, str path)
{
	value v = p ? read_path(a, planned, p, path) : V_NONE;
	return v.kind == V_NULL && item ? read_path(a, r, item, path) : v;
}

static value read_module(const curriculum *c, const address *at, arena *a)
{
	const taught_module *t = curriculum_module(c, at->id);
	if (!t)
		return read_planned(a, NULL, NULL, &module_record,
			c->catalog ? catalog_find(c->catalog, "module", at->id) : NULL, or_else(at->field, "title"));
	const made numbers[] = { { "hours", t->plan->minutes / 60.0 }, { "weight", t->weight } };
	value v = FIND_MADE(numbers, at->field);
	return v.kind != V_NULL ? v
							: read_planned(a, &plan_module_record, t->plan, &module_record, t->module,
								  or_else(at->field, "title"));
}

static value read_lab(const curriculum *c, const address *at, arena *a)
{
	const set_lab *l = curriculum_lab(c, at->id);
	if (!l)
		return read_planned(a, NULL, NULL, &lab_record,
			c->catalog ? catalog_find(c->catalog, "lab", at->id) : NULL, or_else(at->field, "title"));
	const made numbers[] = { { "hours", l->plan->minutes / 60.0 }, { "percent", l->percent } };
	value v = FIND_MADE(numbers, at->field);
	return v.kind != V_NULL
			   ? v
			   : read_planned(a, &plan_lab_record, l->plan, &lab_record, l->lab, or_else(at->field, "title"));
}

static value read_scenario(const curriculum *c, const address *at, arena *a)
{
	const set_scenario *s = curriculum_scenario(c, at->id);
	if (!s)
		return read_planned(a, NULL, NULL, &scenario_record,
			c->catalog ? catalog_find(c->catalog, "scenario", at->id) : NULL, or_else(at->field, "title"));
	const made numbers[] = { { "hours", s->plan->minutes / 60.0 }, { "percent", s->percent } };
	value v = FIND_MADE(numbers, at->field);
	return v.kind != V_NULL ? v
							: read_planned(a, &plan_scenario_record, s->plan, &scenario_record, s->scenario,
								  or_else(at->field, "title"));
}

static value read_capstone(const curriculum *c, const address *at, arena *a)
{
	const set_capstone *s = curriculum_capstone(c, at->id);
	if (!s)
		return read_planned(a, NULL, NULL, &capstone_record,
			c->catalog ? catalog_find(c->catalog, "capstone", at->id) : NULL, or_else(at->field, "title"));
	const made numbers[] = { { "hours", s->plan->minutes / 60.0 }, { "percent", s->percent } };
	value v = FIND_MADE(numbers, at->field);
	return v.kind != V_NULL ? v
							: read_planned(a, &plan_capstone_record, s->plan, &capstone_record, s->capstone,
								  or_else(at->field, "title"));
}

static value read_outcome(const curriculum *c, const address *at, arena *a)
{
	const outcome *o = map_get(&c->outcomes, at->id);
	if (!o && c->catalog)
		o = map_get(&c->catalog->outcomes, at->id);
	const record *r = record_field(&module_record, STR("outcomes"))->record;
	return o ? read_path(a, r, o, or_else(at->field, "text")) : V_NONE;
}

static value read_activity_of(const taught_module *t, const address *at, str id, arena *a)
{
	const record *r = record_field(&module_record, STR("activities"))->record;
	if (t)
		EACH (const activity, one, t->module->activities)
			if (str_eq(one->id, id))
				return read_path(a, r, one, or_else(at->field, "minutes"));
	return V_NONE;
}

/* "MODULE/ACTIVITY", or the activity's own id, which most often begins with that of its module. */
static value read_activity(const curriculum *c, const address *at, arena *a)
{
	str_cut parts = str_split(at->id, '/');
	if (parts.ok)
		return read_activity_of(curriculum_module(c, parts.head), at, parts.tail, a);
	size_t hyphen = at->id.len;
	while (hyphen > 0 && at->id.ptr[hyphen - 1] != '-')
		hyphen--;
	str prefix = str_sub(at->id, 0, hyphen ? hyphen - 1 : 0);
	value v = read_activity_of(curriculum_module(c, prefix), at, at->id, a);
	for (size_t i = 0; v.kind == V_NULL && i < c->modules.len; i++)
		v = read_activity_of(&c->modules.ptr[i], at, at->id, a);
	return v;
}

static const lab *find_lab(const curriculum *c, str id)
{
	const set_lab *l = curriculum_lab(c, id);
	return l ? l->lab : c->catalog ? catalog_find(c->catalog, "lab", id) : NULL;
}

/* `target` is the catalogue's; `asked` is what the plan asks for, which may be the stretch. */
static value read_metric(const curriculum *c, const address *at, arena *a)
{
	str_cut parts = str_split(at->id, '/');
	const lab *l = find_lab(c, parts.head);
	if (l)
		EACH (const metric, m, l->metrics) {
			if (!str_eq(m->id, parts.tail))
				continue;
			double own = metric_is_ratio(m) ? m->target.ratio : m->target.value;
			const made numbers[] = { { "asked", metric_target(m) }, { "baseline", metric_baseline(m) },
				{ "stretch", metric_stretch(m) }, { "target", own }, { "tolerance", metric_tolerance(m) } };
			value v = FIND_MADE(numbers, at->field);
			return v.kind != V_NULL ? v : read_path(a, &metric_record, m, or_else(at->field, "name"));
		}
	return V_NONE;
}

static value read_guardrail(const curriculum *c, const address *at, arena *a)
{
	str_cut parts = str_split(at->id, '/');
	const lab *l = find_lab(c, parts.head);
	const record *r = record_field(&lab_record, STR("guardrails"))->record;
	if (l)
		EACH (const guardrail, g, l->guardrails)
			if (str_eq(g->id, parts.tail))
				return read_path(a, r, g, or_else(at->field, "name"));
	return V_NONE;
}

static value read_criterion_of(const rubric *r, const address *at, arena *a)
{
	str_cut parts = str_split(at->id, '/');
	if (r && str_eq(r->id, parts.head))
		EACH (const criterion, one, r->criteria)
			if (str_eq(one->id, parts.tail))
				return read_path(a, &criterion_record, one, or_else(at->field, "name"));
	return V_NONE;
}

static value read_criterion(const curriculum *c, const address *at, arena *a)
{
	value v = V_NONE;
	for (size_t i = 0; v.kind == V_NULL && i < c->labs.len; i++)
		v = read_criterion_of(c->labs.ptr[i].rubric, at, a);
	for (size_t i = 0; v.kind == V_NULL && i < c->scenarios.len; i++)
		v = read_criterion_of(c->scenarios.ptr[i].rubric, at, a);
	for (size_t i = 0; v.kind == V_NULL && i < c->capstone.len; i++)
		v = read_criterion_of(c->capstone.ptr[i].rubric, at, a);
	return v;
}

static value read_quiz(const curriculum *c, const address *at, arena *a)
{
	const quiz *q = c->catalog ? catalog_find(c->catalog, "quiz", at->id) : NULL;
	if (!q)
		return V_NONE;
	const made numbers[] = { { "items", (double)q->items.len } };
	value v = FIND_MADE(numbers, at->field);
	return v.kind != V_NULL ? v : read_path(a, &quiz_record, q, or_else(at->field, "title"));
}

static value read_grade(const curriculum *c, const address *at, arena *a)
{
	(void)a;
	str_cut parts = str_split(at->id, ':');
	str id = parts.ok ? parts.tail : parts.head;
	const set_lab *l = curriculum_lab(c, id);
	const set_scenario *s = curriculum_scenario(c, id);
	const set_capstone *last = curriculum_capstone(c, id);
	if (!l && !s && !last)
		return V_NONE;
	const made numbers[] = { { "percent", l ? l->percent : s ? s->percent : last->percent } };
	return FIND_MADE(numbers, or_else(at->field, "percent"));
}

static value read_week(const curriculum *c, const address *at, arena *a)
{
	int64_t week;
	if (!integer_parse(&week, at->id))
		return V_NONE;
	list_week_load weeks = load_even(a, c->plan);
	if (week < 1 || (size_t)week > weeks.len)
		return V_NONE;
	double minutes = (double)weeks.ptr[week - 1].minutes;
	const made numbers[] = { { "minutes", minutes }, { "hours", minutes / 60 } };
	return FIND_MADE(numbers, or_else(at->field, "minutes"));
}

/* sorted by kind */
static const struct {
	const char *kind;
	value (*read)(const curriculum *c, const address *at, arena *a);
} kinds[] = {
	{ "activity", read_activity },
	{ "capstone", read_capstone },
	{ "course", read_course },
	{ "criterion", read_criterion },
	{ "experience", read_experience },
	{ "grade", read_grade },
	{ "guardrail", read_guardrail },
	{ "insight", read_insight },
	{ "lab", read_lab },
	{ "metric", read_metric },
	{ "module", read_module },
	{ "outcome", read_outcome },
	{ "quiz", read_quiz },
	{ "sample", read_sample },
	{ "scenario", read_scenario },
	{ "skill", read_skill },
	{ "technology", read_technology },
	{ "theme", read_theme },
	{ "week", read_week },
};

const char *address_kind(size_t i)
{
	return i < COUNT(kinds) ? kinds[i].kind : NULL;
}

value address_value(const curriculum *c, str text, arena *a)
{
	address at = address_parse(text);
	for (size_t i = 0; at.ok && i < COUNT(kinds); i++)
		if (str_eq(at.kind, str_from(kinds[i].kind)))
			return kinds[i].read(c, &at, a);
	return V_NONE;
}

bool address_known(const curriculum *c, str text)
{
	arena scratch = { 0 };
	bool known = address_value(c, text, &scratch).kind != V_NULL;
	arena_free(&scratch);
	return known;
}
