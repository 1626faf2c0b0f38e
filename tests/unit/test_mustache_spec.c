/* The Mustache specification's own examples, except those of lambdas, which are not offered: rendered by the
 * library, and by the command as files. They are looked for in $CW_SHARED, or beside the sources; without
 * them these tests are skipped. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include "base/io.h"
#include "base/json.h"
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

static void check_library(str file, value test)
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

static void put(arena *a, diags *d, str path, str text)
{
	cr_assert(io_write(path.ptr, text, a, d) != IO_FAILED, "%.*s is not written", STRF(path));
}

/* The example as files in a new folder: its template, its data, and each partial in a folder `parts`. */
static str write_example(arena *a, diags *d, value test)
{
	char name[] = "/tmp/cw-spec-XXXXXX";
	cr_assert(mkdtemp(name) != NULL);
	str root = arena_str(a, str_from(name));
	const value *partials = value_get(test, STR("partials")), *data = value_get(test, STR("data"));
	buf json = { .arena = a };
	json_value(&json, data ? *data : V_NONE, -1);
	put(a, d, io_join(a, root, STR("main.html.mustache")), field(test, "template"));
	put(a, d, io_join(a, root, STR("data.json")), buf_done(&json));
	put(a, d, io_join(a, root, STR("parts/unused.mustache")), STR(""));
	if (partials && partials->kind == V_MAP)
		EACH (const value_pair, p, partials->map->pairs)
			put(a, d, arena_printf(a, "%.*s/parts/%.*s.html.mustache", STRF(root), STRF(p->key.string)),
				p->value.string);
	return root;
}

static void remove_example(arena *a, str root)
{
	list_str paths = io_walk(a, root.ptr, STR(""));
	EACH (const str, path, paths)
		io_remove(io_join(a, root, *path).ptr);
	io_remove_folder(io_join(a, root, STR("parts")).ptr);
	cr_expect(io_remove_folder(root.ptr));
}

static void check_command(str file, value test)
{
	const char *program = getenv("CW_BIN");
	cr_assert(program != NULL, "CW_BIN is not set");
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str root = write_example(&a, &d, test), printed = STR("");
	str name = field(test, "name"), expected = field(test, "expected");
	int status = system(arena_printf(&a,
		"'%s' template --lenient '%s/main.html.mustache' --data '%s/data.json' --partials '%s/parts' "
		">'%s/out'",
		program, root.ptr, root.ptr, root.ptr, root.ptr)
							.ptr);
	bool read = io_read(&printed, &a, io_join(&a, root, STR("out")).ptr, &d);
	cr_expect(status == 0 && read && str_eq(printed, expected),
		"%.*s: %.*s, by the command:\ngot      '%.*s'\nexpected '%.*s'", STRF(file), STRF(name),
		STRF(printed), STRF(expected));
	remove_example(&a, root);
	arena_free(&a);
}

static void check_file(const char *name, size_t count, void (*check)(str file, value test))
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
	cr_assert(tests && tests->kind == V_LIST);
	cr_expect(tests->list.len == count, "%s has %zu examples; docs/templates.md says %zu", name,
		tests->list.len, count);
	for (size_t i = 0; i < tests->list.len; i++)
		check(str_from(name), tests->list.ptr[i]);
	arena_free(&a);
	NO_LEAKS();
}

#define SPEC(name, file, count) \
	Test(mustache_spec, name) \
	{ \
		check_file(file, count, check_library); \
	} \
	Test(mustache_spec_command, name) \
	{ \
		check_file(file, count, check_command); \
	}

SPEC(comments, "comments.json", 12)
SPEC(delimiters, "delimiters.json", 14)
SPEC(interpolation, "interpolation.json", 42)
SPEC(inverted, "inverted.json", 22)
SPEC(partials, "partials.json", 12)
SPEC(sections, "sections.json", 34)
SPEC(dynamic_names, "~dynamic-names.json", 21)
SPEC(inheritance, "~inheritance.json", 27)
