/* Each kind of field has its schema; a record becomes an object, and a shorthand an alternative to it. */
#include "read/json_schema.h"

#include "base/text.h"

/* A record and its name under "$defs". */
typedef struct {
	const record *record;
	str name;
} definition;

typedef struct {
	arena *arena;
	VEC(definition) seen;
	value definitions;
} maker;

#define WORD "\\{\\{\\s*[a-z0-9][a-z0-9_-]*\\s*\\}\\}" /* "{{id}}" in a blueprint */
#define ID_PATTERN "^([a-z0-9]|" WORD ")([a-z0-9_-]|" WORD ")*$"
#define ONE_LINE_PATTERN "^\\s*\\S[^\\r\\n]*\\s*$"
#define NOT_EMPTY_PATTERN "\\S"
#define PATH_PART "(?!\\.{1,2}(/|$))[^/\\\\]+"
#define PATH_PATTERN "^" PATH_PART "(/" PATH_PART ")*/?$"
#define DATE_PATTERN "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
#define CLOCK_PATTERN "^(end|\\+?[0-9]{1,4}:[0-5][0-9])$"

static value record_schema(maker *m, const record *r);

static value strings(arena *a, const char *const *words)
{
	vec_value items = { 0 };
	for (; *words; words++)
		vec_push(a, &items, value_literal(*words));
	return value_of(items);
}

/* Text that YAML reads as a number or a bool without its quotes is text to us. */
static void set_text(arena *a, value out, const char *pattern)
{
	static const char *const types[] = { "string", "number", "boolean", NULL };
	value_set(a, out, "type", strings(a, types));
	if (pattern)
		value_set(a, out, "pattern", value_literal(pattern));
}

static void set_pattern(arena *a, value out, const char *pattern)
{
	value_set(a, out, "type", value_literal("string"));
	value_set(a, out, "pattern", value_literal(pattern));
}

static void set_number(arena *a, value out, const field *f, const char *type)
{
	value_set(a, out, "type", value_literal(type));
	if (f->min != 0 || f->max != 0) {
		value_set(a, out, "minimum", value_double(f->min));
		value_set(a, out, "maximum", value_double(f->max));
	}
}

static void set_choice(arena *a, value out, const field *f)
{
	vec_value items = { 0 };
	for (const char *const *c = f->choices; *c; c++) {
		str word = str_from(*c);
		vec_push(a, &items, value_string(word));
		if (str_eq(word, STR("true")) || str_eq(word, STR("false")))
			vec_push(a, &items, value_bool(str_eq(word, STR("true"))));
	}
	value_set(a, out, "enum", value_of(items));
}

/* The name under "$defs", made when the record is first met. Two records with one name get a number. */
static str definition_name(maker *m, const record *r)
{
	EACH (definition, d, m->seen)
		if (d->record == r)
			return d->name;
	str slug = text_slug(m->arena, str_from(r->name)), name = slug;
	for (int n = 2; value_get(m->definitions, name); n++)
		name = arena_printf(m->arena, "%.*s-%d", STRF(slug), n);
	vec_push(m->arena, &m->seen, (definition){ .record = r, .name = name });
	value_set_str(m->arena, m->definitions, name, V_NONE); /* its place; it may be met inside itself */
	value_set_str(m->arena, m->definitions, name, record_schema(m, r));
	return name;
}

static void set_record(maker *m, value out, const record *r)
{
	str name = m->arena->failed ? STR("") : definition_name(m, r);
	value_set(m->arena, out, "$ref", value_string(arena_printf(m->arena, "#/$defs/%.*s", STRF(name))));
}

static void set_kind(maker *m, value out, const field *f, field_kind kind)
{
	arena *a = m->arena;
	switch (kind) {
	case F_PLAIN:
		set_text(a, out, ONE_LINE_PATTERN);
		return;
	case F_TEXT:
		set_text(a, out, NOT_EMPTY_PATTERN);
		return;
	case F_LOCATED:
		set_text(a, out, NULL);
		return;
	case F_ID:
		set_pattern(a, out, ID_PATTERN);
		return;
	case F_PATH:
		set_pattern(a, out, PATH_PATTERN);
		return;
	case F_DATE:
		set_pattern(a, out, DATE_PATTERN);
		return;
	case F_CLOCK:
		set_pattern(a, out, CLOCK_PATTERN);
		return;
	case F_NUMBER:
		set_number(a, out, f, "number");
		return;
	case F_INT:
		set_number(a, out, f, "integer");
		return;
	case F_BOOL:
		value_set(a, out, "type", value_literal("boolean"));
		return;
	case F_CHOICE:
		set_choice(a, out, f);
		return;
	case F_RECORD:
	case F_MAYBE:
		set_record(m, out, f->record);
		return;
	case F_LIST:
	case F_MAP: {
		value inner = value_new_map(a);
		set_kind(m, inner, f, kind == F_MAP ? F_RECORD : f->element);
		value_set(a, out, "type", value_literal(kind == F_MAP ? "object" : "array"));
		value_set(a, out, kind == F_MAP ? "additionalProperties" : "items", inner);
		return;
	}
	case F_ANY:
		return; /* read by code of its own */
	}
}

static value field_schema(maker *m, const field *f)
{
	value out = value_new_map(m->arena);
	if (f->doc)
		value_set(m->arena, out, "description", value_literal(f->doc));
	set_kind(m, out, f, f->kind);
	return out;
}

static void set_object(maker *m, value out, const record *r)
{
	arena *a = m->arena;
	value properties = value_new_map(a);
	vec_value required = { 0 };
	for (size_t i = 0; i < r->field_count; i++) {
		const field *f = &r->fields[i];
		value_set(a, properties, f->key, field_schema(m, f));
		if (f->required)
			vec_push(a, &required, value_literal(f->key));
	}
	for (size_t i = 0; r->also && i < r->also->field_count; i++)
		if (!record_field(r, str_from(r->also->fields[i].key)))
			value_set(a, properties, r->also->fields[i].key, field_schema(m, &r->also->fields[i]));
	value_set(a, out, "type", value_literal("object"));
	value_set(a, out, "properties", properties);
	if (required.len)
		value_set(a, out, "required", value_of(required));
	value_set(a, out, "additionalProperties", value_bool(false));
}

static value record_schema(maker *m, const record *r)
{
	const field *only = r->shorthand ? record_field(r, str_from(r->shorthand)) : NULL;
	if (only && r->whole)
		return field_schema(m, only);
	value object = value_new_map(m->arena);
	set_object(m, object, r);
	if (!only)
		return object;
	vec_value either = { 0 };
	vec_push(m->arena, &either, field_schema(m, only));
	vec_push(m->arena, &either, object);
	value out = value_new_map(m->arena);
	value_set(m->arena, out, "anyOf", value_of(either));
	return out;
}

value json_schema(const record *r, const char *title, arena *a)
{
	maker m = { .arena = a, .definitions = value_new_map(a) };
	value out = value_new_map(a);
	value_set(a, out, "$schema", value_literal("https://json-schema.org/draft/2020-12/schema"));
	value_set(a, out, "title", value_literal(title));
	set_object(&m, out, r);
	if (m.seen.len)
		value_set(a, out, "$defs", m.definitions);
	return a->failed ? V_NONE : out;
}
