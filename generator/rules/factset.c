#include "rules/factset.h"

#include "base/text.h"

#include <math.h>

const char *const fact_names[] = { "sample", "experience", "course", "skill", "technology", "theme",
	"insight", "module", "lab", "scenario", NULL };
static const char *const plural_names[] = { "sample", "experience", "course", "skills", "technologies",
	"themes", "insights", "modules", "labs", "scenarios" };

#define T_STRING \
	{ \
		.kind = CEL_STRING \
	}
#define T_DOUBLE \
	{ \
		.kind = CEL_DOUBLE \
	}
#define T_BOOL \
	{ \
		.kind = CEL_BOOL \
	}
#define T_STRINGS \
	{ \
		.kind = CEL_LIST, .element = &string_type \
	}
#define F(field_name, field_type) \
	{ \
		{ .ptr = field_name, .len = sizeof field_name - 1 }, field_type \
	}
/* Of skills, technologies and themes, in this order. */
#define ROW_FIELDS(X) \
	X(ID, "id", T_STRING) \
	X(NAME, "name", T_STRING) \
	X(COUNT, "count", T_DOUBLE) \
	X(SHARE, "share", T_DOUBLE) \
	X(LOW, "low", T_DOUBLE) \
	X(HIGH, "high", T_DOUBLE) \
	X(LOW95, "low95", T_DOUBLE) \
	X(HIGH95, "high95", T_DOUBLE) \
	X(RANK, "rank", T_DOUBLE) \
	X(WEIGHT, "weight", T_DOUBLE) \
	X(CATEGORY, "category", T_STRING) \
	X(CONCEPTS, "concepts", T_STRINGS) \
	X(NOTES, "notes", T_STRING)
#define ROW_FIELD(name, text, ...) { { .ptr = text, .len = sizeof text - 1 }, __VA_ARGS__ },
enum {
#define X(name, text, ...) SLOT_##name,
	ROW_FIELDS(X)
#undef X
		SLOT_MORE /* the tools of a technology, the text of a theme */
};

static const cel_type string_type = T_STRING;
static const cel_field sample_fields[] = { F("size", T_DOUBLE), F("role", T_STRING), F("title", T_STRING) };
static const cel_field experience_fields[] = { F("years_min", T_DOUBLE), F("years_max", T_DOUBLE),
	F("text", T_STRING) };
static const cel_field course_fields[] = { F("level", T_STRING), F("hours", T_DOUBLE), F("weeks", T_DOUBLE),
	F("hours_per_week", T_DOUBLE), F("lab_share", T_DOUBLE) };
static const cel_field skill_fields[] = { ROW_FIELDS(ROW_FIELD) };
static const cel_field technology_fields[] = { ROW_FIELDS(ROW_FIELD) F("tools", T_STRINGS) };
static const cel_field theme_fields[] = { ROW_FIELDS(ROW_FIELD) F("text", T_STRING) };
static const cel_field insight_fields[] = { F("id", T_STRING), F("text", T_STRING), F("label", T_STRING) };
#define ITEM_FIELDS \
	F("id", T_STRING), F("title", T_STRING), F("level", T_STRING), F("tags", T_STRINGS), \
		F("concepts", T_STRINGS), F("minutes", T_DOUBLE), F("required", T_BOOL), F("emphasis", T_DOUBLE)
static const cel_field module_fields[] = { ITEM_FIELDS };
static const cel_field lab_fields[] = { ITEM_FIELDS };
static const cel_field scenario_fields[] = { ITEM_FIELDS, F("kind", T_STRING) };

#define TYPE(fact_name) \
	{ \
		.name = { .ptr = #fact_name, .len = sizeof #fact_name - 1 }, .fields = fact_name##_fields, \
		.field_count = COUNT(fact_name##_fields) \
	}
static const record_type types[] = { TYPE(sample), TYPE(experience), TYPE(course), TYPE(skill),
	TYPE(technology), TYPE(theme), TYPE(insight), TYPE(module), TYPE(lab), TYPE(scenario) };
#define LIST_OF(kind_index) \
	{ \
		.kind = CEL_RECORD, .record = &types[kind_index] \
	}
static const cel_type record_types[] = { LIST_OF(0), LIST_OF(1), LIST_OF(2), LIST_OF(3), LIST_OF(4),
	LIST_OF(5), LIST_OF(6), LIST_OF(7), LIST_OF(8), LIST_OF(9) };

const record_type *fact_type(fact_kind kind)
{
	return &types[kind];
}

bool fact_is_list(fact_kind kind)
{
	return kind >= FACT_SKILL;
}

void fact_set(fact *f, const char *name, value v)
{
	const record_type *t = &types[f->kind];
	for (size_t i = 0; f->slots && i < t->field_count; i++)
		if (str_eq(t->fields[i].name, str_from(name)))
			f->slots[i] = v;
}

static value strings(arena *a, list_str list)
{
	value v = value_new_list(a, list.len);
	for (size_t i = 0; i < v.list.len; i++)
		v.list.ptr[i] = value_string(list.ptr[i]);
	return v;
}

static str address_of(arena *a, str kind, str id)
{
	buf b = { .arena = a };
	if (!id.len)
		return kind;
	buf_str(&b, kind);
	buf_char(&b, ':');
	buf_str(&b, id);
	return buf_done(&b);
}

static fact *add(factset *s, fact_kind kind, str id)
{
	fact *f = NEW(s->arena, fact);
	if (!f)
		return NULL;
	*f = (fact){ .kind = kind, .id = id, .address = address_of(s->arena, types[kind].name, id) };
	f->slots = NEWN(s->arena, value, types[kind].field_count);
	if (!f->slots)
		return NULL;
	for (size_t i = 0; i < types[kind].field_count; i++)
		if (types[kind].fields[i].type.kind == CEL_STRING)
			f->slots[i] = value_string(STR(""));
		else if (types[kind].fields[i].type.kind == CEL_DOUBLE)
			f->slots[i] = value_double(0);
		else if (types[kind].fields[i].type.kind == CEL_BOOL)
			f->slots[i] = value_bool(false);
		else
			f->slots[i] = (value){ .kind = V_LIST };
	vec_push(s->arena, &s->of[kind], f);
	return f;
}

void fact_fill(fact *f, arena *a)
{
	const fact_row *r = f->row;
	value *v = f->slots;
	v[SLOT_ID] = value_string(r->row->id);
	v[SLOT_NAME] = value_string(r->row->name);
	v[SLOT_COUNT] = value_double(r->row->count);
	v[SLOT_SHARE] = value_double(r->row->share);
	v[SLOT_LOW] = value_double(r->low80);
	v[SLOT_HIGH] = value_double(r->high80);
	v[SLOT_LOW95] = value_double(r->low95);
	v[SLOT_HIGH95] = value_double(r->high95);
	v[SLOT_RANK] = value_double(r->rank);
	v[SLOT_WEIGHT] = value_double(r->weight);
	v[SLOT_CATEGORY] = value_string(r->row->category);
	v[SLOT_CONCEPTS] = strings(a, r->concepts);
	v[SLOT_NOTES] = value_string(r->row->notes);
	if (f->kind == FACT_TECHNOLOGY)
		v[SLOT_MORE] = strings(a, r->row->tool);
	if (f->kind == FACT_THEME)
		v[SLOT_MORE] = value_string(r->row->text);
}

static void add_row(factset *s, fact_kind kind, fact_row *r)
{
	fact *f = add(s, kind, r->row->id);
	if (!f)
		return;
	f->row = r;
	fact_fill(f, s->arena);
}

static str all_text(arena *a, list_item items)
{
	buf b = { .arena = a };
	EACH (workbook_item, one, items) {
		buf_str(&b, b.len ? STR("\n") : STR(""));
		buf_str(&b, one->text);
	}
	return buf_done(&b);
}

static double or_zero(double d)
{
	return isnan(d) ? 0 : d;
}

static void add_single(factset *s, const facts *f, const course *settings)
{
	const workbook *w = f->workbook;
	fact *sample = add(s, FACT_SAMPLE, STR("")), *experience = add(s, FACT_EXPERIENCE, STR("")),
		 *about = add(s, FACT_COURSE, STR(""));
	if (!sample || !experience || !about)
		return;
	fact_set(sample, "size", value_double(w->sample_size));
	fact_set(sample, "role", value_string(w->role));
	fact_set(sample, "title", value_string(w->title));
	fact_set(experience, "years_min", value_double(w->years_min));
	fact_set(experience, "years_max", value_double(w->years_max));
	fact_set(experience, "text", value_string(all_text(s->arena, w->experience)));
	fact_set(about, "level", value_literal(level_names[f->level]));
	fact_set(about, "hours", value_double(or_zero(settings->hours)));
	fact_set(about, "weeks", value_double(settings->weeks == SCHEMA_UNSET ? 0 : settings->weeks));
	fact_set(about, "hours_per_week", value_double(or_zero(settings->hours_per_week)));
	fact_set(about, "lab_share", value_double(or_zero(settings->lab_share)));
}

void factset_init(factset *out, arena *a, facts *f, const course *settings)
{
	*out = (factset){ .arena = a };
	add_single(out, f, settings);
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (fact_row, r, f->rows[kind])
			add_row(out, FACT_SKILL + kind, r);
	EACH (workbook_item, one, f->workbook->insights) {
		fact *i = add(out, FACT_INSIGHT, one->id);
		if (!i)
			return;
		i->item = one;
		fact_set(i, "id", value_string(one->id));
		fact_set(i, "text", value_string(one->text));
		fact_set(i, "label", value_string(one->label));
	}
}

fact *factset_add(
	factset *s, fact_kind kind, const void *item, list_str concepts, bool required, double emphasis)
{
	const module *m = item;
	const lab *l = item;
	const scenario *n = item;
	fact *f = add(s, kind, kind == FACT_MODULE ? m->id : kind == FACT_LAB ? l->id : n->id);
	if (!f)
		return NULL;
	f->item = item;
	int level = kind == FACT_MODULE ? m->level : kind == FACT_LAB ? l->level : n->level;
	int minutes = kind == FACT_MODULE ? m->minutes.min : kind == FACT_LAB ? l->minutes : n->minutes;
	fact_set(f, "id", value_string(f->id));
	fact_set(f, "title",
		value_string(kind == FACT_MODULE ? m->title
					 : kind == FACT_LAB  ? l->title
										 : n->title));
	fact_set(f, "level", value_literal(level_names[level]));
	fact_set(f, "tags",
		kind == FACT_MODULE ? strings(s->arena, m->tags)
		: kind == FACT_LAB  ? strings(s->arena, l->tags)
							: (value){ .kind = V_LIST });
	fact_set(f, "concepts", strings(s->arena, concepts));
	fact_set(f, "minutes", value_double(minutes));
	fact_set(f, "required", value_bool(required));
	fact_set(f, "emphasis", value_double(emphasis));
	if (kind == FACT_SCENARIO)
		fact_set(f, "kind", value_literal(scenario_kind_names[n->kind]));
	return f;
}

cel_env factset_env(fact_kind subject, cel_variable store[FACT_VARIABLES])
{
	size_t n = 0;
	if (subject < FACT_KINDS && fact_is_list(subject))
		store[n++] = (cel_variable){ .name = types[subject].name, .type = record_types[subject] };
	for (int kind = 0; kind < FACT_KINDS; kind++)
		store[n++] = (cel_variable){ .name = str_from(plural_names[kind]),
			.type = fact_is_list(kind) ? (cel_type){ .kind = CEL_LIST, .element = &record_types[kind] }
									   : record_types[kind] };
	return (cel_env){ .ptr = store, .len = n };
}

static value record_value(const fact *f)
{
	return (value){ .kind = V_RECORD, .record = { .ptr = f->slots, .type = &types[f->kind] } };
}

void factset_lists(const factset *s, value lists[FACT_KINDS], arena *a)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		if (!fact_is_list(kind)) {
			lists[kind] = s->of[kind].len ? record_value(s->of[kind].ptr[0]) : V_NONE;
			continue;
		}
		lists[kind] = value_new_list(a, s->of[kind].len);
		for (size_t i = 0; i < lists[kind].list.len; i++)
			lists[kind].list.ptr[i] = record_value(s->of[kind].ptr[i]);
	}
}

void factset_bind(const fact *subject, const value lists[FACT_KINDS], value out[FACT_VARIABLES])
{
	size_t n = 0;
	if (subject && fact_is_list(subject->kind))
		out[n++] = record_value(subject);
	for (int kind = 0; kind < FACT_KINDS; kind++)
		out[n++] = lists[kind];
}

value fact_plain(value v, arena *a)
{
	if (v.kind == V_LIST) {
		value out = value_new_list(a, v.list.len);
		for (size_t i = 0; i < out.list.len; i++)
			out.list.ptr[i] = fact_plain(v.list.ptr[i], a);
		return out;
	}
	if (v.kind == V_MAP && v.map) {
		value out = value_new_map(a);
		for (size_t i = 0; out.kind == V_MAP && i < v.map->pairs.len; i++)
			value_append(a, out.map, v.map->pairs.ptr[i].key, fact_plain(v.map->pairs.ptr[i].value, a));
		return out;
	}
	if (v.kind != V_RECORD)
		return v;
	const value *slots = v.record.ptr;
	value out = value_new_map(a);
	for (size_t i = 0; i < v.record.type->field_count; i++)
		value_set_str(a, out, v.record.type->fields[i].name, fact_plain(slots[i], a));
	return out;
}
