/* docs/schemas: what json_schema makes of each record table stands there, byte for byte. CW_UPDATE=1 writes
 * the files anew; not where CI is set. */
#include "fixture.h"

#include "base/io.h"
#include "base/json.h"
#include "model/catalog.h"
#include "model/course.h"
#include "model/fields.h"
#include "model/plan.h"
#include "model/rule.h"
#include "read/json.h"
#include "read/json_schema.h"

#include <stdlib.h>

static const struct {
	const char *name, *title;
	const record *record;
} schemas[] = {
	{ "course", "course.yaml of a coursewright course", &course_record },
	{ "catalog", "Catalogue file of coursewright", &catalog_file_record },
	{ "rules", "Rules file of coursewright", &rules_file_record },
	{ "rubrics", "Rubrics file of coursewright", &rubrics_file_record },
	{ "plan", "plan.yaml of a coursewright course", &plan_record },
};

static str schema_text(arena *a, const record *r, const char *title)
{
	buf out = { .arena = a };
	json_value(&out, json_schema(r, title, a), 0);
	buf_char(&out, '\n');
	return buf_done(&out);
}

static bool is_set(const char *name)
{
	const char *v = getenv(name);
	return v && *v && !str_eq(str_from(v), STR("0"));
}

Test(schemas, files_are_what_the_tables_say)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	const char *root = getenv("CW_SOURCE_ROOT");
	bool update = is_set("CW_UPDATE");
	require_that(update == false || is_set("CI") == false, "CW_UPDATE is refused where CI is set");
	for (size_t i = 0; i < COUNT(schemas); i++) {
		str path = arena_printf(&a, "%s/docs/schemas/%s.schema.json", root ? root : ".", schemas[i].name);
		str made = schema_text(&a, schemas[i].record, schemas[i].title);
		if (update)
			cr_assert(io_write(path.ptr, made, &a, &d) != IO_FAILED, "%s", path.ptr);
		str file;
		cr_assert(io_read(&file, &a, path.ptr, &d), "%s is missing: run with CW_UPDATE=1", path.ptr);
		cr_expect(str_eq(file, made), "%s is not what the tables say: run with CW_UPDATE=1", path.ptr);
	}
	arena_free(&a);
	NO_LEAKS();
}

static const value *at(const value *v, const char *path)
{
	for (str_cut cut = { .tail = str_from(path), .ok = true }; v && cut.ok;) {
		cut = str_split(cut.tail, '.');
		v = value_get(*v, cut.head);
	}
	return v;
}

/* Every "$ref" leads to a definition, and every definition is led to. */
static void collect_refs(const value *v, map *out, arena *a)
{
	if (v->kind == V_LIST)
		for (size_t i = 0; i < v->list.len; i++)
			collect_refs(&v->list.ptr[i], out, a);
	if (v->kind != V_MAP)
		return;
	EACH (value_pair, p, v->map->pairs) {
		if (str_eq(p->key.string, STR("$ref")) && p->value.kind == V_STRING)
			map_put(out, p->value.string, a);
		collect_refs(&p->value, out, a);
	}
}

Test(schemas, references_lead_somewhere)
{
	for (size_t i = 0; i < COUNT(schemas); i++) {
		arena a = { 0 };
		map refs = { .arena = &a };
		value v = json_schema(schemas[i].record, schemas[i].title, &a);
		const value *definitions = value_get(v, STR("$defs"));
		cr_assert(definitions && definitions->kind == V_MAP);
		collect_refs(&v, &refs, &a);
		EACH (map_entry, e, refs.entries) {
			cr_assert(str_starts(e->key, STR("#/$defs/")));
			const value *to = value_get(*definitions, str_skip(e->key, 8));
			cr_expect(to && to->kind == V_MAP, "%s: %.*s", schemas[i].name, STRF(e->key));
		}
		cr_expect(
			refs.entries.len == definitions->map->pairs.len, "%s: an unused definition", schemas[i].name);
		arena_free(&a);
		NO_LEAKS();
	}
}

typedef struct {
	loc at;
	double low;
	int whole;
} inner;

typedef struct {
	loc at;
	str id, name, text, path, date;
	int clock, count, pick, yes;
	bool flag;
	located cel;
	inner inside;
	inner *maybe;
	list_str ids;
	LIST(double) numbers;
	LIST(inner) many;
	LIST(pair_text) entries;
	const void *any;
} outer;

static const char *const pick_names[] = { "red", "blue", NULL };
static const char *const yes_names[] = { "false", "true", NULL };
static const field inner_fields[] = {
	{ .key = "low", .kind = F_NUMBER, AT(inner, low), BOUNDS(-1, 2.5), .doc = "lowest" },
	{ .key = "whole", .kind = F_INT, AT(inner, whole), NEED, .doc = "whole" },
};
static const record inner_record = {
	.name = "inner one", FIELDS(inner_fields), .size = sizeof(inner), .shorthand = "low"
};
static const record other_record = { .name = "inner one", FIELDS(inner_fields), .size = sizeof(inner) };
static const field more_fields[] = {
	{ .key = "id", .kind = F_INT, .doc = "hidden by the record's own" },
	{ .key = "extra", .kind = F_BOOL, NEED, .doc = "extra" },
};
static const record more_record = { .name = "more", FIELDS(more_fields), .size = sizeof(inner) };
static const field outer_fields[] = {
	{ .key = "id", .kind = F_ID, AT(outer, id), NEED, .doc = "the id" },
	{ .key = "name", .kind = F_PLAIN, AT(outer, name), NEED, .doc = "d" },
	{ .key = "text", .kind = F_TEXT, AT(outer, text), .doc = "d" },
	{ .key = "path", .kind = F_PATH, AT(outer, path), .doc = "d" },
	{ .key = "date", .kind = F_DATE, AT(outer, date), .doc = "d" },
	{ .key = "clock", .kind = F_CLOCK, AT(outer, clock), .doc = "d" },
	{ .key = "count", .kind = F_INT, AT(outer, count), BOUNDS(1, 9), .doc = "d" },
	{ .key = "pick", CHOICE(outer, pick, pick_names), .doc = "d" },
	{ .key = "yes", CHOICE(outer, yes, yes_names), .doc = "d" },
	{ .key = "flag", .kind = F_BOOL, AT(outer, flag), .doc = "d" },
	{ .key = "cel", .kind = F_LOCATED, AT(outer, cel), .doc = "d" },
	{ .key = "inside", INSIDE(outer, inside, inner_record), .doc = "d" },
	{ .key = "maybe", .kind = F_MAYBE, AT(outer, maybe), .record = &other_record, .doc = "d" },
	{ .key = "ids", IDS(outer, ids), .doc = "d" },
	{ .key = "numbers", NUMBERS(outer, numbers), BOUNDS(0, 5), .doc = "d" },
	{ .key = "many", RECORDS(outer, many, inner_record), .doc = "d" },
	{ .key = "entries", ENTRIES(outer, entries, pair_text_record), .doc = "d" },
	{ .key = "any", .kind = F_ANY, AT(outer, any), .doc = "d" },
};
static const record outer_record = {
	.name = "outer", FIELDS(outer_fields), .size = sizeof(outer), .also = &more_record
};

static void expect_at(const value *v, const char *path, const char *json)
{
	arena a = { 0 };
	buf out = { .arena = &a };
	const value *found = at(v, path);
	require_that(found != NULL, "nothing at %s", path);
	json_value(&out, *found, -1);
	str got = buf_done(&out);
	cr_expect(str_eq(got, str_from(json)), "%s: got %.*s, expected %s", path, STRF(got), json);
	arena_free(&a);
}

Test(schemas, each_kind_of_field)
{
	arena a = { 0 };
	value v = json_schema(&outer_record, "a title", &a);
	expect_at(&v, "$schema", "\"https://json-schema.org/draft/2020-12/schema\"");
	expect_at(&v, "title", "\"a title\"");
	expect_at(&v, "type", "\"object\"");
	expect_at(&v, "required", "[\"id\", \"name\"]");
	expect_at(&v, "additionalProperties", "false");
	const value *p = at(&v, "properties");
	cr_assert(p && p->map->pairs.len == COUNT(outer_fields) + 1);
	expect_at(p, "id.description", "\"the id\"");
	expect_at(p, "id.type", "\"string\"");
	expect_at(p, "name.type", "[\"string\", \"number\", \"boolean\"]");
	expect_at(p, "text.pattern", "\"\\\\S\"");
	expect_at(p, "path.type", "\"string\"");
	expect_at(p, "date.pattern", "\"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$\"");
	expect_at(p, "clock.pattern", "\"^(end|\\\\+?[0-9]{1,4}:[0-5][0-9])$\"");
	expect_at(p, "count", "{\"description\": \"d\", \"type\": \"integer\", \"minimum\": 1, \"maximum\": 9}");
	expect_at(p, "pick", "{\"description\": \"d\", \"enum\": [\"red\", \"blue\"]}");
	expect_at(p, "yes.enum", "[\"false\", false, \"true\", true]");
	expect_at(p, "flag.type", "\"boolean\"");
	expect_at(p, "cel", "{\"description\": \"d\", \"type\": [\"string\", \"number\", \"boolean\"]}");
	expect_at(p, "inside", "{\"description\": \"d\", \"$ref\": \"#/$defs/inner-one\"}");
	expect_at(p, "maybe", "{\"description\": \"d\", \"$ref\": \"#/$defs/inner-one-2\"}");
	expect_at(p, "ids.items.type", "\"string\"");
	expect_at(p, "numbers",
		"{\"description\": \"d\", \"type\": \"array\", "
		"\"items\": {\"type\": \"number\", \"minimum\": 0, \"maximum\": 5}}");
	expect_at(p, "many",
		"{\"description\": \"d\", \"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/inner-one\"}}");
	expect_at(p, "entries",
		"{\"description\": \"d\", \"type\": \"object\", "
		"\"additionalProperties\": {\"$ref\": \"#/$defs/pair\"}}");
	expect_at(p, "any", "{\"description\": \"d\"}");
	expect_at(p, "extra.type", "\"boolean\"");
	arena_free(&a);
	NO_LEAKS();
}

Test(schemas, shorthands_are_alternatives)
{
	arena a = { 0 };
	value v = json_schema(&outer_record, "t", &a);
	expect_at(&v, "$defs.inner-one",
		"{\"anyOf\": [{\"description\": \"lowest\", \"type\": \"number\", \"minimum\": -1, \"maximum\": "
		"2.5}, "
		"{\"type\": \"object\", \"properties\": {\"low\": {\"description\": \"lowest\", \"type\": "
		"\"number\", "
		"\"minimum\": -1, \"maximum\": 2.5}, \"whole\": {\"description\": \"whole\", \"type\": "
		"\"integer\"}}, "
		"\"required\": [\"whole\"], \"additionalProperties\": false}]}");
	expect_at(&v, "$defs.inner-one-2.type", "\"object\"");
	expect_at(&v, "$defs.pair.pattern", "\"\\\\S\"");
	cr_assert(value_get(*at(&v, "$defs"), STR("more")) == NULL);
	arena_free(&a);
	NO_LEAKS();
}

Test(schemas, text_is_json)
{
	for (size_t i = 0; i < COUNT(schemas); i++) {
		arena a = { 0 };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		str text = schema_text(&a, schemas[i].record, schemas[i].title);
		text_run run = { 0 };
		located l = {
			.text = text, .source = sources_add(&s, STR("s.json"), text), .runs = { .ptr = &run, .len = 1 }
		};
		value v;
		cr_expect(json_read(&v, &a, &l, &d), "%s", schemas[i].name);
		arena_free(&a);
		NO_LEAKS();
	}
}

Test(schemas, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		value v = json_schema(&outer_record, "t", &a);
		bool failed = a.failed;
		arena_free(&a);
		require_that((v.kind == V_NULL) == failed, "at allocation %u", n);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
