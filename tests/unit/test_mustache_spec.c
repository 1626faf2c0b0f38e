/* The Mustache specification's own examples, except those of lambdas, which are not offered. They are looked
 * for in $CW_SHARED, or beside the sources; without them these tests are skipped. */
#include "check.h"

#include "base/io.h"
#include "read/json.h"
#include "render/mustache.h"

#include <stdlib.h>

typedef struct {
	arena *a;
	value partials;
} example;

static located whole(sources *s, str name, str text)
{
	text_run *run = NEW(s->arena, text_run);
	return (located){ .text = text, .source = sources_add(s, name, text), .runs = { .ptr = run, .len = 1 } };
}

static str field(value map, const char *key)
{
	const value *v = value_get(map, str_from(key));
	return v && v->kind == V_STRING ? v->string : STR("");
}

static bool find(const mustache **out, str name, loc at, bool optional, diags *d, void *payload)
{
	example *e = payload;
	const value *text = value_get(e->partials, name);
	*out = NULL;
	(void)at;
	if (!text)
		return optional;
	located l = whole(d->sources, name, text->string);
	*out = mustache_parse(e->a, &l, d);
	return *out != NULL;
}

static str folder(arena *a)
{
	const char *shared = getenv("CW_SHARED"), *root = getenv("CW_SOURCE_ROOT");
	str base = shared ? str_from(shared)
			   : root ? io_join(a, str_from(root), STR("../shared"))
					  : STR("../shared");
	return io_join(a, base, STR("conformance/mustache"));
}

static void check_example(str file, value test)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	const value *partials = value_get(test, STR("partials")), *data = value_get(test, STR("data"));
	example e = { .a = &a, .partials = partials ? *partials : V_NONE };
	located l = whole(&s, STR("template"), field(test, "template"));
	const mustache *t = mustache_parse(&a, &l, &d);
	buf out = { .arena = &a };
	mustache_options o = {
		.escape = ESCAPE_HTML, .lenient = true, .partials = { .find = find, .payload = &e }
	};
	str name = field(test, "name"), expected = field(test, "expected");
	bool ok = t && mustache_render(&out, t, data ? *data : V_NONE, &o, &d);
	for (size_t i = 0; i < d.list.len; i++)
		cr_log_error("%.*s", STRF(d.list.ptr[i].text));
	cr_expect(ok, "%.*s: %.*s: not rendered", STRF(file), STRF(name));
	cr_expect(str_eq(buf_done(&out), expected), "%.*s: %.*s:\ngot      '%.*s'\nexpected '%.*s'", STRF(file),
		STRF(name), STRF(buf_done(&out)), STRF(expected));
	arena_free(&a);
}

static void check_file(const char *name, size_t at_least)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str path = io_join(&a, folder(&a), str_from(name)), text;
	if (io_stat(path.ptr) != IO_FILE) {
		arena_free(&a);
		cr_skip_test("no %s: set CW_SHARED", name);
	}
	value v;
	cr_assert(io_read(&text, &a, path.ptr, &d));
	located l = whole(&s, path, text);
	cr_assert(json_read(&v, &a, &l, &d));
	const value *tests = value_get(v, STR("tests"));
	cr_assert(tests && tests->kind == V_LIST && tests->list.len >= at_least);
	for (size_t i = 0; i < tests->list.len; i++)
		check_example(str_from(name), tests->list.ptr[i]);
	arena_free(&a);
	NO_LEAKS();
}

Test(mustache_spec, comments)
{
	check_file("comments.json", 12);
}

Test(mustache_spec, delimiters)
{
	check_file("delimiters.json", 14);
}

Test(mustache_spec, interpolation)
{
	check_file("interpolation.json", 40);
}

Test(mustache_spec, inverted)
{
	check_file("inverted.json", 20);
}

Test(mustache_spec, partials)
{
	check_file("partials.json", 12);
}

Test(mustache_spec, sections)
{
	check_file("sections.json", 30);
}

Test(mustache_spec, dynamic_names)
{
	check_file("~dynamic-names.json", 20);
}

Test(mustache_spec, inheritance)
{
	check_file("~inheritance.json", 25);
}
