/* Reading JSON: what comes out, and where errors are. */
#include "check.h"

#include "base/io.h"
#include "base/json.h"
#include "read/json.h"

#include <string.h>

static bool read_text(value *out, arena *a, sources *s, diags *d, str text)
{
	text_run run = { 0 };
	located l = {
		.text = text, .source = sources_add(s, STR("f.json"), text), .runs = { .ptr = &run, .len = 1 }
	};
	return json_read(out, a, &l, d);
}

/* Written again by base/json.h, on one line. */
static void expect_value(const char *text, const char *expected)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	value v;
	cr_assert(read_text(&v, &a, &s, &d, str_from(text)), "'%s'", text);
	buf out = { .arena = &a };
	json_value(&out, v, -1);
	assert_str(buf_done(&out), expected);
	arena_free(&a);
	NO_LEAKS();
}

/* "slug line:column" */
static void expect_error_in(str text, const char *expected)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	value v;
	bool ok = read_text(&v, &a, &s, &d, text);
	cr_assert(ok == false && v.kind == V_NULL, "'%.*s' was read", STRF(text));
	cr_assert(d.list.len == 1);
	position at = sources_position(&s, d.list.ptr[0].at);
	str got = arena_printf(&a, "%s %u:%u", diag_slug(d.list.ptr[0].code), at.line, at.column);
	cr_expect(str_eq(got, str_from(expected)), "'%.*s': got %.*s (%.*s), expected %s", STRF(text), STRF(got),
		STRF(d.list.ptr[0].text), expected);
	arena_free(&a);
	NO_LEAKS();
}

static void expect_error(const char *text, const char *expected)
{
	expect_error_in(str_from(text), expected);
}

Test(json, values)
{
	expect_value("{\"b\":[1,-2,true,false,null],\"a\":{\"x\":\"y\"}}",
		"{\"b\": [1, -2, true, false, null], \"a\": {\"x\": \"y\"}}");
	expect_value(" \"a\\u00e9\\n\\ud83d\\ude00\" ", "\"a\xC3\xA9\\n\xF0\x9F\x98\x80\"");
	expect_value("[]", "[]");
	expect_value("{}", "{}");
	expect_value("1.5e3", "1500");
	expect_value("\"\\u0000\"", "\"\\u0000\"");
}

Test(json, kinds_of_numbers)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	value v;
	cr_assert(
		read_text(&v, &a, &s, &d, STR("[1, 1.0, 1e0, -0, 9223372036854775807, -9223372036854775808, 0.1]")));
	const value_kind kinds[] = { V_INT, V_DOUBLE, V_DOUBLE, V_INT, V_INT, V_INT, V_DOUBLE };
	cr_assert(v.kind == V_LIST && v.list.len == COUNT(kinds));
	for (size_t i = 0; i < COUNT(kinds); i++)
		cr_expect(v.list.ptr[i].kind == kinds[i], "number %zu", i);
	cr_assert(v.list.ptr[4].integer == INT64_MAX && v.list.ptr[5].integer == INT64_MIN);
	cr_assert(v.list.ptr[6].number == 0.1);
	arena_free(&a);
	NO_LEAKS();
}

Test(json, many_keys_are_found)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	buf text = { .arena = &a };
	buf_char(&text, '{');
	for (int i = 0; i < 300; i++)
		buf_printf(&text, "%s\"k%d\":%d", i ? "," : "", i, i);
	buf_char(&text, '}');
	value v;
	cr_assert(read_text(&v, &a, &s, &d, buf_done(&text)));
	cr_assert(v.kind == V_MAP && v.map->pairs.len == 300);
	cr_assert(value_get(v, STR("k0"))->integer == 0 && value_get(v, STR("k299"))->integer == 299);
	assert_str(v.map->pairs.ptr[17].key.string, "k17");
	arena_free(&a);
	NO_LEAKS();
}

Test(json, syntax_errors_have_places)
{
	expect_error("", "json-syntax 1:1");
	expect_error("{\n  \"a\": 1,\n  }\n", "json-syntax 3:3");
	expect_error("{\n  \"\xC3\xA9\" 1\n}", "json-syntax 2:7");
	expect_error("[1, 2", "json-syntax 1:6");
	expect_error("[1 2]", "json-syntax 1:4");
	expect_error("[nul]", "json-syntax 1:2");
	expect_error("1 1", "json-syntax 1:3");
	expect_error("[01]", "json-syntax 1:2");
	expect_error("'a'", "json-syntax 1:1");
	expect_error("[\"a\n\"]", "json-syntax 1:2");
	expect_error("[\"\\q\"]", "json-syntax 1:2");
	expect_error("[\"\\ud800\"]", "json-syntax 1:2");
	expect_error("{\"\\u0000\": 1}", "json-syntax 1:2");
	expect_error("[NaN]", "json-syntax 1:2");
}

Test(json, other_errors)
{
	expect_error("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2}}", "duplicate-key 2:16");
	expect_error("[9223372036854775808]", "json-syntax 1:2");
	expect_error("[\n-9223372036854775809]", "json-syntax 2:1");
	expect_error("1e999", "json-syntax 1:1");
	expect_error("[\"\xFF\"]", "bad-utf8 1:2");
	expect_error_in((str){ .ptr = "[1\0]", .len = 4 }, "json-syntax 1:3");
}

Test(json, depth)
{
	char text[2 * JSON_DEPTH_MAX + 3];
	memset(text, '[', sizeof text);
	memset(text + JSON_DEPTH_MAX, ']', JSON_DEPTH_MAX);
	text[(size_t)2 * JSON_DEPTH_MAX] = '\0';
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	value v;
	cr_assert(read_text(&v, &a, &s, &d, str_from(text)));
	arena_free(&a);
	memset(text, '[', JSON_DEPTH_MAX + 1);
	memset(text + JSON_DEPTH_MAX + 1, ']', JSON_DEPTH_MAX + 1);
	text[sizeof text - 1] = '\0';
	expect_error(text, "json-depth 1:65");
	expect_value("\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\"",
		"\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\"");
}

Test(json, size)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	char *text = NEWN(&a, char, IO_FILE_MAX + 1);
	value v;
	cr_assert(text != NULL);
	bool ok = read_text(&v, &a, &s, &d, (str){ .ptr = text, .len = IO_FILE_MAX + 1 });
	cr_assert(ok == false && d.list.ptr[0].code == E_FILE_SIZE);
	arena_free(&a);
	NO_LEAKS();
}

Test(json, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		value v;
		bool ok = read_text(&v, &a, &s, &d,
			STR("{\"a\":[1,{\"b\":\"c\"},[]],\"d\":{\"1\":1,\"2\":2,\"3\":3,\"4\":4,\"5\":5,\"6\":6,\"7\":7,"
				"\"8\":8,\"9\":9,\"10\":10,\"11\":11}}"));
		bool failed = a.failed;
		arena_free(&a);
		cr_assert(ok == (failed == false));
		if (!failed)
			break;
	}
	NO_LEAKS();
}
