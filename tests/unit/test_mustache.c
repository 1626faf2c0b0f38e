/* Templates beyond the specification's examples: errors and their places, strict and lenient names, limits,
 * memory. */
#include "check.h"

#include "read/json.h"
#include "render/mustache.h"

#include <stdio.h>
#include <string.h>

typedef struct {
	arena a;
	sources s;
	diags d;
	buf out;
	mustache_options o;
	const char *const *partials; /* name, text, name, text ... NULL */
} bench;

/* Keeps pointers into itself: not to be copied. */
static void set_up(bench *b)
{
	b->s.arena = b->d.arena = b->out.arena = &b->a;
	b->d.sources = &b->s;
}

static located whole(bench *b, const char *path, const char *text)
{
	text_run *run = NEW(&b->a, text_run);
	str t = str_from(text);
	return (located){
		.text = t, .source = sources_add(&b->s, str_from(path), t), .runs = { .ptr = run, .len = run != NULL }
	};
}

static bool find(const mustache **out, str name, loc at, bool optional, diags *d, void *payload)
{
	bench *b = payload;
	*out = NULL;
	for (const char *const *p = b->partials; p && *p; p += 2)
		if (str_eq(name, str_from(p[0]))) {
			located l = whole(b, p[0], p[1]);
			*out = mustache_parse(&b->a, &l, d);
			return *out != NULL;
		}
	if (!optional)
		diag_add(d, E_TEMPLATE_MISSING, at, "no '%.*s'", STRF(name));
	return optional;
}

static bool render(bench *b, const char *text, const char *json)
{
	value data;
	located t = whole(b, "t", text), j = whole(b, "data", json);
	if (!json_read(&data, &b->a, &j, &b->d))
		return false;
	b->o.partials.find = find;
	b->o.partials.payload = b;
	const mustache *m = mustache_parse(&b->a, &t, &b->d);
	return m && mustache_render(&b->out, m, data, &b->o, &b->d);
}

static str all_text(bench *b)
{
	buf text = { .arena = &b->a };
	for (size_t i = 0; i < b->d.list.len; i++) {
		const diag *one = &b->d.list.ptr[i];
		position at = sources_position(&b->s, one->at);
		buf_printf(&text, "%s%s:%u:%u+%u: %.*s", i ? "\n" : "", diag_slug(one->code), at.line, at.column,
			one->length, STRF(one->text));
	}
	return buf_done(&text);
}

static void expect_output(
	const char *text, const char *json, bool lenient, const char *const *partials, const char *expected)
{
	bench b = { .o = { .lenient = lenient }, .partials = partials };
	set_up(&b);
	bool ok = render(&b, text, json);
	str errors = all_text(&b);
	cr_assert(ok, "'%s' failed: %.*s", text, STRF(errors));
	assert_str(buf_done(&b.out), expected);
	arena_free(&b.a);
	NO_LEAKS();
}

/* "slug:line:column+length: text" for each diagnostic, one a line. */
static void expect_errors(
	const char *text, const char *json, const char *const *partials, const char *expected)
{
	bench b = { .partials = partials };
	set_up(&b);
	bool ok = render(&b, text, json);
	cr_assert(ok == false, "'%s' did not fail", text);
	assert_str(all_text(&b), expected);
	arena_free(&b.a);
	NO_LEAKS();
}

#define RENDERS(text, json, expected) expect_output((text), (json), false, NULL, (expected))
#define LENIENT(text, json, expected) expect_output((text), (json), true, NULL, (expected))
#define FAILS(text, json, expected) expect_errors((text), (json), NULL, (expected))

Test(mustache, values)
{
	RENDERS("", "{}", "");
	RENDERS("{{a}} {{b}} {{c}} {{d}}", "{\"a\":1,\"b\":-2.5,\"c\":true,\"d\":null}", "1 -2.5 true ");
	RENDERS("{{a}} {{{a}}} {{&a}}", "{\"a\":\"<'&\"}", "&lt;&#39;&amp; <'& <'&");
	RENDERS("{{big}}", "{\"big\":9223372036854775807}", "9223372036854775807");
}

Test(mustache, falsy)
{
	RENDERS("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":0}", "x");
	RENDERS("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":\"\"}", "y");
	RENDERS("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":{}}", "x");
	RENDERS("{{#a}}x{{/a}}{{^a}}y{{/a}}", "{\"a\":[null,false]}", "xx");
}

Test(mustache, missing_names)
{
	FAILS("one\n  {{titel}} {{title}}", "{\"title\":1}",
		"template-name:2:3+9: there is no 'titel' in the data; did you mean 'title'?");
	FAILS("{{zzz}}", "{\"title\":1}", "template-name:1:1+7: there is no 'zzz' in the data");
	FAILS("{{#m}}{{idd}}{{/m}}", "{\"m\":{\"id\":1}}",
		"template-name:1:7+7: there is no 'idd' in the data; did you mean 'id'?");
	FAILS("{{#m}}{{nmae}}{{/m}}", "{\"name\":1,\"m\":{\"id\":1}}",
		"template-name:1:7+8: there is no 'nmae' in the data; did you mean 'name'?");
	FAILS("{{m.titel}}", "{\"titel\":1,\"m\":{\"title\":1}}",
		"template-name:1:1+11: 'm.titel': 'm' has no 'titel'; did you mean 'title'?");
	FAILS("{{m.a.b}}", "{\"m\":{\"a\":\"s\"}}",
		"template-name:1:1+9: 'm.a.b': 'm.a' is a string and has no 'b'");
	FAILS("{{m.a}}", "{\"m\":null}", "template-name:1:1+7: 'm.a': 'm' is null and has no 'a'");
	LENIENT("[{{titel}}{{m.a.b}}]", "{\"m\":{\"a\":1}}", "[]");
	RENDERS("{{#a}}x{{/a}}{{^a}}y{{/a}}{{#m.q}}z{{/m.q}}", "{\"m\":{}}", "y");
}

Test(mustache, each_tag_is_reported_once)
{
	FAILS("{{#list}}{{x}}{{/list}}{{x}}", "{\"list\":[1,2,3]}",
		"template-name:1:10+5: there is no 'x' in the data\n"
		"template-name:1:24+5: there is no 'x' in the data");
	bench b = { 0 };
	set_up(&b);
	bool ok = render(&b,
		"{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}{{a}}"
		"{{a}}{{a}}{{a}}{{a}}",
		"{}");
	cr_assert(ok == false);
	cr_assert(b.d.errors == MUSTACHE_ERRORS_MAX);
	arena_free(&b.a);
	NO_LEAKS();
}

Test(mustache, lists_and_maps_have_no_text)
{
	FAILS("{{l}}", "{\"l\":[1]}",
		"wrong-type:1:1+5: 'l' is a list, which has no text of its own: use a section, {{#l}}");
	FAILS("{{{m}}}", "{\"m\":{}}",
		"wrong-type:1:1+7: 'm' is a map, which has no text of its own: use a section, {{#m}}");
	LENIENT("{{{l}}} {{l}}", "{\"l\":[1,\"a\"]}", "[1, \"a\"] [1, &quot;a&quot;]");
	FAILS("{{>*l}}", "{\"l\":[1]}", "wrong-type:1:1+7: 'l' is a list, not the name of a template");
	FAILS("{{>*nme}}", "{\"name\":1}",
		"template-name:1:1+9: there is no 'nme' in the data; did you mean 'name'?");
	RENDERS("[{{>*n}}]", "{\"n\":null}", "[]");
}

Test(mustache, syntax_errors)
{
	FAILS("a\n{{#s}}\nx", "{}", "template-syntax:2:1+6: '#s' is never closed: '{{/s}}' is missing");
	FAILS("{{<s}}", "{}", "template-syntax:1:1+6: '<s' is never closed: '{{/s}}' is missing");
	FAILS("x{{/s}}", "{}", "template-syntax:1:2+6: '/s' closes nothing: no section or block is open");
	FAILS("{{#a}}\n{{/b}}{{/a}}", "{}",
		"template-syntax:2:1+6: '/b' does not close '#a', which was opened at line 1");
	FAILS("{{#a}}{{#b}}{{^c}}{{/a}}", "{}",
		"template-syntax:1:13+6: '^c' is never closed: '{{/c}}' is missing\n"
		"template-syntax:1:7+6: '#b' is never closed: '{{/b}}' is missing");
	FAILS("\xC3\xA9 {{a", "{}", "template-syntax:1:3+2: this tag never ends: there is no '}}' after it");
	FAILS("{{{a}}", "{}", "template-syntax:1:1+2: this tag never ends: there is no '}}}' after it");
	FAILS("{{=<% %>}}", "{}", "template-syntax:1:1+2: this tag never ends: there is no '=}}' after it");
	FAILS("{{", "{}", "template-syntax:1:1+2: this tag never ends: there is no '}}' after it");
	FAILS("{{}} {{#}}{{/}}", "{}",
		"template-syntax:1:1+4: this tag has no name\n"
		"template-syntax:1:6+5: this tag has no name");
	FAILS("{{a\n{{b}}", "{}", "template-syntax:1:1+9: white space inside the name 'a ...': is '}}' missing?");
	FAILS("{{a..b}}{{.a}}{{a.}}", "{}",
		"template-syntax:1:1+8: a part of the name is empty: dots stand between names\n"
		"template-syntax:1:9+6: a part of the name is empty: dots stand between names\n"
		"template-syntax:1:15+6: a part of the name is empty: dots stand between names");
}

Test(mustache, bad_delimiters)
{
	const char *text = "bad delimiters: two are expected, separated by a space and without '='";
	const char *bad[] = { "{{= =}}", "{{=<%=}}", "{{=a b c=}}", "{{== ==}}", "{{=a= b=}}" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		char expected[200];
		snprintf(expected, sizeof expected, "template-syntax:1:1+%zu: %s", strlen(bad[i]), text);
		FAILS(bad[i], "{}", expected);
	}
	RENDERS("{{=<< >>=}}<<a>><<{a}>><<={{ }}=>>{{a}}", "{\"a\":\"&\"}", "&amp;&&amp;");
	RENDERS("{{=| |=}}|a|", "{\"a\":1}", "1");
	FAILS("{{=| |=}}|#a|", "{}", "template-syntax:1:10+4: '#a' is never closed: '|/a|' is missing");
}

Test(mustache, inside_a_parent_only_blocks)
{
	const char *const partials[] = { "p", "<{{$b}}d{{/b}}>", NULL };
	expect_output("{{<p}} text {{! comment }}{{$b}}x{{/b}}{{/p}}", "{}", false, partials, "<x>");
	expect_errors("{{<p}}{{a}}{{/p}}", "{}", partials,
		"template-syntax:1:7+5: directly inside the parent 'p' only blocks have a meaning");
	expect_errors("{{<p}}{{#a}}{{/a}}{{/p}}", "{}", partials,
		"template-syntax:1:7+6: directly inside the parent 'p' only blocks have a meaning");
	expect_errors("{{<p}}{{>a}}{{/p}}", "{}", partials,
		"template-syntax:1:7+6: directly inside the parent 'p' only blocks have a meaning");
}

Test(mustache, inheritance)
{
	const char *const partials[] = { "page",
		"<title>{{$title}}none{{/title}}</title>\n<main>\n  {{$main}}\n  "
		"<p>empty</p>\n  {{/main}}\n</main>\n",
		"self", "{{$b}}d{{/b}}", "dyn", "[{{$b}}{{/b}}]", NULL };
	expect_output("{{<page}}\n{{$title}}T{{/title}}\n{{$main}}\n<p>\n  {{x}}\n</p>\n{{/main}}\n{{/page}}\n",
		"{\"x\":1}", false, partials, "<title>T</title>\n<main>\n  <p>\n    1\n  </p>\n</main>\n");
	expect_output("{{<page}}{{/page}}", "{}", false, partials,
		"<title>none</title>\n<main>\n  <p>empty</p>\n</main>\n");
	expect_output("{{<self}}{{$b}}a{{$b}}c{{/b}}{{/b}}{{/self}}", "{}", false, partials, "ac");
	expect_output("{{<*name}}{{$b}}x{{/b}}{{/*name}}", "{\"name\":\"dyn\"}", false, partials, "[x]");
	expect_output("a {{<dyn}}{{/dyn}}\n  {{<dyn}}{{/dyn}} b\n", "{}", false, partials, "a []\n  [] b\n");
}

/* A parent that something follows on its line, inside of others: the white space in front of it is text. */
Test(mustache, parents_inside_of_lines)
{
	const char *const partials[] = { "p", "<{{$b}}d{{/b}}|{{$c}}e{{/c}}>", NULL };
	expect_output("{{#s}}\n  {{<p}}{{$b}}x{{/b}}{{/p}} y\n {{<p}}{{/p}} z{{a}}\n{{/s}}end",
		"{\"s\":[1,2],\"a\":1}", false, partials, "  <x|e> y\n <d|e> z1\n  <x|e> y\n <d|e> z1\nend");
	expect_output("{{<p}}{{$b}}\n  {{<p}}{{$c}}in{{/c}}{{/p}} y{{/b}}{{$c}}{{#s}}q{{/s}}{{/c}}{{/p}}!",
		"{\"s\":[1,2]}", false, partials, "<<d|in> y|qq>!");
	expect_output("{{^s}}\n  {{<p}}{{/p}} y\n{{/s}}{{#s}}\n {{#s}}\n\t{{<p}}{{/p}} w\n{{/s}}\n{{/s}}",
		"{\"s\":1}", false, partials, "\n\t<d|e> w\n");
}

/* One rendering may print so much; what the buffer had before does not count. */
Test(mustache, output_size)
{
	bench b = { 0 };
	set_up(&b);
	bool ok = render(&b,
		"{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}0123456789{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}",
		"{\"l\":[1,2,3,4,5,6,7,8,9,0]}");
	cr_assert(ok == false && b.a.failed == false);
	assert_str(all_text(&b), "template-size:1:43+0: the output is longer than 64 MB");
	cr_assert(b.out.len > MUSTACHE_OUTPUT_MAX && b.out.len <= MUSTACHE_OUTPUT_MAX + 10);
	ok = render(&b, "{{x}}", "{\"x\":1}");
	cr_assert(ok, "there is room for the next rendering");
	arena_free(&b.a);
	NO_LEAKS();
}

/* Indentation that is printed before each line counts too. */
Test(mustache, output_size_of_indented_lines)
{
	bench b = { 0 };
	set_up(&b);
	enum { WIDE = 10000, LINES = 10000 };
	buf text = { .arena = &b.a }, lines = { .arena = &b.a };
	for (int i = 0; i < WIDE; i++)
		buf_char(&text, ' ');
	buf_str(&text, STR("{{>p}}\n"));
	buf_char(&text, '\0');
	for (int i = 0; i < LINES; i++)
		buf_str(&lines, STR("x\n"));
	buf_char(&lines, '\0');
	b.partials = (const char *const[]){ "p", lines.ptr, NULL };
	bool ok = render(&b, text.ptr, "{}");
	cr_assert(ok == false && b.a.failed == false);
	cr_assert(b.d.list.len == 1 && b.d.list.ptr[0].code == E_TEMPLATE_SIZE);
	cr_assert(b.out.len <= MUSTACHE_OUTPUT_MAX + WIDE + 2);
	arena_free(&b.a);
	NO_LEAKS();
}

/* What stands in a block is printed as it stands if nothing replaces it, wherever it is indented. */
Test(mustache, default_blocks_keep_their_text)
{
	const char *const same[] = { "  {{$b}}one\ntwo{{/b}}\n", "    {{$b}}one\n  two{{/b}} x\n",
		"a {{$b}}one\n   two\n{{/b}}z\n", "  {{$b}}{{/b}} x\n", "  {{$b}}one\n{{/b}}{{x}}\n",
		"{{$b}}{{$c}}  two{{/c}}\n   x{{/b}}",
		"  {{#x}}a{{/x}} {{$b}} q\n      {{$c}}\tr\n  s{{/c}}{{/b}}\n" };
	for (size_t i = 0; i < COUNT(same); i++) {
		char expected[200] = "";
		size_t len = 0;
		for (const char *c = same[i]; *c;) { /* the text without its tags, but for {{x}} */
			const char *tag = strstr(c, "{{"), *end = tag ? strstr(tag, "}}") + 2 : c + strlen(c);
			while (c < (tag ? tag : end))
				expected[len++] = *c++;
			if (tag && strncmp(tag, "{{x}}", 5) == 0)
				expected[len++] = '1';
			c = end;
		}
		RENDERS(same[i], "{\"x\":1}", expected);
	}
}

Test(mustache, partials_are_indented_line_by_line)
{
	const char *const partials[] = { "p", "a\n\n{{v}}\n{{>q}}\n  {{>q}}\nx {{>q}}\n", "q", "1\n2\n", NULL };
	expect_output(
		" {{>p}}\n", "{\"v\":\"l\\nm\"}", false, partials, " a\n\n l\nm\n 1\n 2\n   1\n   2\n x 1\n2\n\n");
	expect_errors("  {{>nope}}\n", "{}", partials, "template-missing:1:3+0: no 'nope'");
	expect_output("[{{>nope}}]", "{}", true, partials, "[]");
	FAILS("{{>nope}}", "{}", "template-missing:1:1+0: no 'nope'");
}

Test(mustache, errors_in_partials_are_placed_there)
{
	const char *const partials[] = { "p", "\n{{#x}}", "q", "\n {{y}}", NULL };
	expect_errors(
		"{{>p}}", "{}", partials, "template-syntax:2:1+6: '#x' is never closed: '{{/x}}' is missing");
	expect_errors("{{>q}}", "{}", partials, "template-name:2:2+5: there is no 'y' in the data");
}

Test(mustache, recursion_ends_with_the_data_or_the_limit)
{
	const char *const partials[] = { "node", "{{n}}{{#kids}}({{>node}}){{/kids}}", "loop", "x{{>loop}}", "a",
		"{{>b}}", "b", "{{>a}}", NULL };
	expect_output("{{>node}}",
		"{\"n\":1,\"kids\":[{\"n\":2,\"kids\":[]},{\"n\":3,\"kids\":[{\"n\":4,\"kids\":[]}]}]}", false,
		partials, "1(2)(3(4))");
	expect_errors("{{>loop}}", "{}", partials,
		"template-depth:1:2+9: templates include each other more than 100 deep: t > loop > loop > loop > "
		"loop > ... > "
		"loop > loop > loop > loop > loop");
	expect_errors("{{>a}}", "{}", partials,
		"template-depth:1:1+6: templates include each other more than 100 deep: t > a > b > a > b > ... > a "
		"> b > a > "
		"b > a");
}

static char *repeat(arena *a, const char *open, const char *middle, const char *close, size_t n)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < n; i++)
		buf_str(&b, str_from(open));
	buf_str(&b, str_from(middle));
	for (size_t i = 0; i < n; i++)
		buf_str(&b, str_from(close));
	buf_char(&b, '\0');
	return b.ptr;
}

Test(mustache, nesting)
{
	arena a = { 0 };
	RENDERS(repeat(&a, "{{#a}}", "x", "{{/a}}", MUSTACHE_NESTING_MAX), "{\"a\":1}", "x");
	FAILS(repeat(&a, "{{#a}}", "x", "{{/a}}", MUSTACHE_NESTING_MAX + 1), "{\"a\":1}",
		"template-depth:1:601+6: sections and blocks are nested more than 100 deep");
	FAILS(repeat(&a, "{{$a}}", "x", "{{/a}}", 100000), "{}",
		"template-depth:1:601+6: sections and blocks are nested more than 100 deep");
	const char *const partials[] = { "p", repeat(&a, "{{#a}}", "{{>p}}", "{{/a}}", 30), NULL };
	expect_errors("{{>p}}", "{\"a\":1}", partials,
		"template-depth:1:43+6: more than 1000 sections, blocks and templates inside each other");
	arena_free(&a);
}

/* Nothing is printed, so only the number of steps can end this. */
Test(mustache, steps)
{
	bench b = { .o = { .steps = 5000 } };
	set_up(&b);
	bool ok = render(&b, "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}",
		"{\"l\":[1,2,3,4,5,6,7,8,9]}");
	cr_assert(ok == false);
	cr_assert(b.d.list.len == 1 && b.d.list.ptr[0].code == E_TEMPLATE_DEPTH);
	arena_free(&b.a);
	NO_LEAKS();
}

Test(mustache, places_in_a_scattered_text)
{
	bench b = { 0 };
	set_up(&b);
	str file = STR("because: >\n    one\n    {{x}}\n");
	uint32_t number = sources_add(&b.s, STR("rules.yaml"), file);
	text_run runs[] = { { 0, 15 }, { 4, 23 } };
	located l = { .text = STR("one {{x}}"), .source = number, .runs = { .ptr = runs, .len = 2 } };
	const mustache *m = mustache_parse(&b.a, &l, &b.d);
	cr_assert(m && !mustache_render(&b.out, m, V_NONE, &b.o, &b.d));
	assert_str(all_text(&b), "template-name:3:5+5: there is no 'x' in the data");
	arena_free(&b.a);
	NO_LEAKS();
}

Test(mustache, a_program_is_rendered_again_and_again)
{
	bench b = { 0 };
	set_up(&b);
	located l = whole(&b, "t", "{{#l}}{{.}},{{/l}}");
	const mustache *m = mustache_parse(&b.a, &l, &b.d);
	for (int n = 0; n < 3; n++) {
		value data = value_new_map(&b.a), list = value_new_list(&b.a, 2);
		list.list.ptr[0] = value_int(n);
		list.list.ptr[1] = value_double(0.5);
		value_set(&b.a, data, "l", list);
		cr_assert(mustache_render(&b.out, m, data, &b.o, &b.d));
	}
	assert_str(buf_done(&b.out), "0,0.5,1,0.5,2,0.5,");
	arena_free(&b.a);
	NO_LEAKS();
}

static void fail_every_allocation(const char *text, bool expected)
{
	const char *const partials[] = { "p", "1\n{{$b}}\n  {{a}}\n{{/b}}\n", NULL };
	for (unsigned n = 1;; n++) {
		bench b = { .a = { .fail_at = n }, .partials = partials };
		set_up(&b);
		bool ok = render(&b, text, "{\"l\":[{\"a\":1},{\"a\":\"<\"}],\"x\":{\"z\":1},\"a\":\"<\"}");
		bool failed = b.a.failed;
		arena_free(&b.a);
		cr_assert(ok == (expected && failed == false), "allocation %u", n);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

Test(mustache, out_of_memory)
{
	fail_every_allocation(
		"{{! c }}{{=<< >>=}}<<={{ }}=>>{{#l}}{{a}}{{{a}}}{{x.z}}{{/l}}{{^q}}{{>p}}\n  {{>p}}\n{{/q}}\n"
		"  {{<p}}\n{{$b}}\n   y\n   {{$c}}\n z{{/c}}\n{{/b}}{{/p}}\n",
		true);
	fail_every_allocation("{{#l}}{{a}}{{/l}}{{nope}}{{x.y}}{{l}}{{>none}}{{>*x}}", false);
	fail_every_allocation("{{#a}}{{#b}}{{/oops}}{{x", false);
}
