/* Templates as files: which folder wins, formats, partials, and names that must not be. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include "base/io.h"
#include "render/templates.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct {
	arena a;
	sources s;
	diags d;
	buf out;
	template_set set;
	str own, shipped;
	str folders[2];
} bench;

static void put(bench *b, str folder, const char *name, const char *text)
{
	cr_assert(
		io_write(io_join(&b->a, folder, str_from(name)).ptr, str_from(text), &b->a, &b->d) == IO_WRITTEN);
}

static void set_up(bench *b)
{
	char folder[] = "/tmp/cw-templates-XXXXXX";
	cr_assert(mkdtemp(folder) != NULL);
	b->s.arena = b->d.arena = b->out.arena = b->set.arena = &b->a;
	b->d.sources = &b->s;
	b->folders[0] = b->own = io_join(&b->a, str_from(folder), STR("own"));
	b->folders[1] = b->shipped = io_join(&b->a, str_from(folder), STR("shipped"));
	b->set.folders = (list_str){ .ptr = b->folders, .len = 2 };
	put(b, b->own, "page.html.mustache", "own {{>row}}{{>common}}");
	put(b, b->shipped, "page.html.mustache", "shipped");
	put(b, b->shipped, "page.md.mustache", "md {{x}} {{>sub/row}}");
	put(b, b->shipped, "row.html.mustache", "<{{x}}>");
	put(b, b->shipped, "sub/row.md.mustache", "*{{x}}*");
	put(b, b->shipped, "common.mustache", "common {{x}}");
	put(b, b->shipped, "bad.html.mustache", "{{#a}}");
	put(b, b->shipped, "uses-bad.html.mustache", "{{>bad}}");
	put(b, b->shipped, "typo.html.mustache", "a\n {{>rwo}} {{>rwo}} {{>*n}}");
	put(b, b->shipped, "latin.html.mustache", "caf\xE9");
	put(b, b->shipped, "loop.html.mustache", "{{>loop}}");
}

static void tear_down(bench *b)
{
	str root = io_parent(b->own);
	list_str paths = io_walk(&b->a, arena_cstr(&b->a, root), STR(""));
	EACH (str, path, paths)
		io_remove(io_join(&b->a, root, *path).ptr);
	const char *const folders[] = { "shipped/sub", "shipped", "own" };
	for (size_t i = 0; i < COUNT(folders); i++)
		io_remove_folder(io_join(&b->a, root, str_from(folders[i])).ptr);
	cr_expect(io_remove_folder(arena_cstr(&b->a, root)));
	arena_free(&b->a);
	NO_LEAKS();
}

static bool render(bench *b, const char *name, const char *format)
{
	value data = value_new_map(&b->a);
	value_set(&b->a, data, "x", value_literal("<*>"));
	value_set(&b->a, data, "n", value_literal("../secret"));
	b->out = (buf){ .arena = &b->a };
	return templates_render(&b->set, &b->out, str_from(name), str_from(format), data, &b->d);
}

/* Texts of the diagnostics with line and column, the scratch folder's name left out. */
static str all_text(bench *b)
{
	buf text = { .arena = &b->a };
	for (size_t i = 0; i < b->d.list.len; i++) {
		position at = sources_position(&b->s, b->d.list.ptr[i].at);
		buf_printf(&text, "%s%u:%u ", i ? "\n" : "", at.line, at.column);
		str rest = b->d.list.ptr[i].text, root = io_parent(b->own);
		for (size_t hit; (hit = str_find(rest, root, 0)) != SIZE_MAX; rest = str_skip(rest, hit + root.len))
			buf_str(&text, str_sub(rest, 0, hit));
		buf_str(&text, rest);
	}
	return buf_done(&text);
}

Test(templates, folders_and_formats)
{
	bench b = { 0 };
	set_up(&b);
	cr_assert(render(&b, "page", "html"));
	assert_str(buf_done(&b.out), "own <&lt;*&gt;>common &lt;*&gt;");
	cr_assert(render(&b, "page", "md"));
	assert_str(buf_done(&b.out), "md <\\*> *<\\*>*");
	cr_assert(render(&b, "common", "txt"));
	assert_str(buf_done(&b.out), "common <*>");
	cr_assert(render(&b, "page", ""));
	assert_str(buf_done(&b.out), "own <&lt;*&gt;>common &lt;*&gt;");
	cr_assert(b.d.list.len == 0);
	tear_down(&b);
}

Test(templates, parsed_once)
{
	bench b = { 0 };
	set_up(&b);
	cr_assert(render(&b, "page", "html"));
	size_t texts = b.s.list.len;
	const mustache *t = templates_get(&b.set, STR("page"), STR("html"), (loc){ 0 }, &b.d);
	io_remove(io_join(&b.a, b.own, STR("page.html.mustache")).ptr);
	cr_assert(render(&b, "page", "html"));
	cr_assert(t != NULL && t == templates_get(&b.set, STR("page"), STR("html"), (loc){ 0 }, &b.d));
	cr_assert(b.s.list.len == texts);
	tear_down(&b);
}

static void expect_failure(const char *name, const char *format, diag_code code, const char *text)
{
	bench b = { 0 };
	set_up(&b);
	bool ok = render(&b, name, format);
	cr_assert(ok == false, "%s was rendered", name);
	cr_assert(b.d.list.len > 0 && b.d.list.ptr[0].code == code);
	assert_str(all_text(&b), text);
	tear_down(&b);
}

Test(templates, missing)
{
	expect_failure("pgae", "html", E_TEMPLATE_MISSING,
		"0:0 there is no template 'pgae.html.mustache' in '/own', '/shipped'; did you mean 'page'?");
	expect_failure("commn", "md", E_TEMPLATE_MISSING,
		"0:0 there is no template 'commn.md.mustache' in '/own', '/shipped'; did you mean 'common'?");
	expect_failure("typo", "html", E_TEMPLATE_MISSING,
		"2:2 there is no template 'rwo.html.mustache' in '/own', '/shipped'; did you mean 'row'?\n"
		"2:11 there is no template 'rwo.html.mustache' in '/own', '/shipped'; did you mean 'row'?\n"
		"2:20 '../secret' is not the name of a template: it leads out of the folder");
}

Test(templates, unsafe_names)
{
	const char *text = "it leads out of the folder";
	const char *const unsafe[] = { "..", "../page", "/etc/passwd", "a//b", "", "a\\b", "./page", "a/.." };
	for (size_t i = 0; i < COUNT(unsafe); i++) {
		char expected[200];
		snprintf(expected, sizeof expected, "0:0 '%s' is not the name of a template: %s", unsafe[i], text);
		expect_failure(unsafe[i], "html", E_UNSAFE_PATH, expected);
	}
	expect_failure("a/b/c", "html", E_BAD_ID,
		"0:0 'a/b/c' is not the name of a template: letters, digits, '_', '-' and one '/' are allowed");
	expect_failure("a.b", "html", E_BAD_ID,
		"0:0 'a.b' is not the name of a template: letters, digits, '_', '-' and one '/' are allowed");
}

Test(templates, wrong_texts)
{
	expect_failure("bad", "html", E_TEMPLATE_SYNTAX, "1:1 '#a' is never closed: '{{/a}}' is missing");
	expect_failure("latin", "html", E_BAD_UTF8, "1:4 the template is not UTF-8");
	bench b = { 0 };
	set_up(&b);
	bool first = render(&b, "uses-bad", "html"), second = render(&b, "uses-bad", "html");
	cr_assert(first == false && second == false && b.d.list.len == 1, "reported once, and never rendered");
	bool loop = render(&b, "loop", "html");
	cr_assert(loop == false && b.d.list.len == 2 && b.d.list.ptr[1].code == E_TEMPLATE_DEPTH);
	tear_down(&b);
}

Test(templates, lenient)
{
	bench b = { 0 };
	set_up(&b);
	b.set.lenient = true;
	put(&b, b.own, "soft.html.mustache", "[{{nope}}{{>nope}}{{>a.b}}]");
	cr_assert(render(&b, "soft", "html"));
	assert_str(buf_done(&b.out), "[]");
	bool ok = render(&b, "typo", "html");
	cr_assert(ok == false && b.d.list.len == 1 && b.d.list.ptr[0].code == E_UNSAFE_PATH);
	tear_down(&b);
}

Test(templates, a_file_anywhere)
{
	bench b = { 0 };
	set_up(&b);
	put(&b, io_parent(b.own), "own/x.md.mustache", "{{x}} {{>sub/row}}");
	value data = value_new_map(&b.a);
	value_set(&b.a, data, "x", value_literal("*"));
	cr_assert(templates_render_file(&b.set, &b.out, io_join(&b.a, b.own, STR("x.md.mustache")), data, &b.d));
	assert_str(buf_done(&b.out), "\\* *\\**");
	bool ok = templates_render_file(&b.set, &b.out, STR("/nonexistent/x.md.mustache"), data, &b.d);
	cr_assert(ok == false && b.d.list.ptr[0].code == E_FILE_READ);
	tear_down(&b);
}

Test(templates, format_of_a_path)
{
	assert_str(templates_format(STR("a/syllabus.md.mustache")), "md");
	assert_str(templates_format(STR("a.b/syllabus.mustache")), "");
	assert_str(templates_format(STR("x.y.csv.mustache")), "csv");
	assert_str(templates_format(STR("x.html")), "");
	assert_str(templates_format(STR("")), "");
}

Test(templates, out_of_memory)
{
	bench files = { 0 };
	set_up(&files);
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		template_set set = { .arena = &a, .folders = files.set.folders };
		buf out = { .arena = &a };
		value data = value_new_map(&a);
		value_set(&a, data, "x", value_int(1));
		bool page = templates_render(&set, &out, STR("page"), STR("html"), data, &d);
		bool typo = templates_render(&set, &out, STR("typo"), STR("html"), data, &d);
		bool failed = a.failed;
		arena_free(&a);
		cr_assert(typo == false && (page || failed));
		if (!failed)
			break;
	}
	tear_down(&files);
}
