/* YAML into structs by tables, and back. */
#include "fixture.h"

#include "model/catalog.h"
#include "model/fields.h"
#include "model/plan.h"
#include "model/rule.h"
#include "read/plan.h"
#include "read/raw_html.h"
#include "read/record.h"
#include "read/record_write.h"

#include <math.h>

/* One field of every kind. */
typedef struct {
	loc at;
	double low;
	int whole;
} inner;

typedef struct {
	loc at;
	str plain, text, id, path, date;
	int clock, count, pick;
	double number;
	bool flag;
	located cel;
	inner inside;
	inner *maybe;
	list_str ids, plains, texts;
	LIST(double) numbers;
	LIST(inner) many;
	LIST(pair_number) entries;
	const yaml_node *any;
} outer;

static const char *const pick_names[] = { "red", "green", "blue", NULL };
static const field inner_fields[] = {
	{ .key = "low", .kind = F_NUMBER, AT(inner, low), NEED, .doc = "lowest" },
	{ .key = "whole", .kind = F_INT, AT(inner, whole), .doc = "whole" },
};
static const record inner_record = {
	.name = "inner thing", FIELDS(inner_fields), .size = sizeof(inner), .shorthand = "low"
};
static const record strict_record = { .name = "strict thing", FIELDS(inner_fields), .size = sizeof(inner) };
static const field also_fields[] = {
	{ .key = "summary", .kind = F_TEXT, .doc = "elsewhere" },
};
static const record also_record = { .name = "other", FIELDS(also_fields), .size = sizeof(inner) };
static const field outer_fields[] = {
	{ .key = "plain", .kind = F_PLAIN, AT(outer, plain), .doc = "d" },
	{ .key = "text", .kind = F_TEXT, AT(outer, text), .doc = "d" },
	{ .key = "id", .kind = F_ID, AT(outer, id), .doc = "d" },
	{ .key = "path", .kind = F_PATH, AT(outer, path), .doc = "d" },
	{ .key = "date", .kind = F_DATE, AT(outer, date), .doc = "d" },
	{ .key = "clock", .kind = F_CLOCK, AT(outer, clock), .doc = "d" },
	{ .key = "count", .kind = F_INT, AT(outer, count), BOUNDS(1, 1000), .doc = "d" },
	{ .key = "pick", CHOICE(outer, pick, pick_names), .doc = "d" },
	{ .key = "number", .kind = F_NUMBER, AT(outer, number), BOUNDS(-1, 2.5), .doc = "d" },
	{ .key = "flag", .kind = F_BOOL, AT(outer, flag), .doc = "d" },
	{ .key = "cel", .kind = F_LOCATED, AT(outer, cel), .doc = "d" },
	{ .key = "inside", INSIDE(outer, inside, inner_record), .doc = "d" },
	{ .key = "maybe", .kind = F_MAYBE, AT(outer, maybe), .record = &strict_record, .doc = "d" },
	{ .key = "ids", IDS(outer, ids), .doc = "d" },
	{ .key = "plains", PLAINS(outer, plains), .doc = "d" },
	{ .key = "texts", TEXTS(outer, texts), .doc = "d" },
	{ .key = "numbers", NUMBERS(outer, numbers), .doc = "d" },
	{ .key = "many", RECORDS(outer, many, inner_record), .doc = "d" },
	{ .key = "entries", ENTRIES(outer, entries, pair_number_record), .doc = "d" },
	{ .key = "any", .kind = F_ANY, AT(outer, any), .doc = "d" },
};
static const record outer_record = {
	.name = "outer thing", FIELDS(outer_fields), .size = sizeof(outer), .also = &also_record
};

static bool read_text(fixture *f, outer *o, const char *text)
{
	fixture_open(f, STR("t.yaml"), str_from(text));
	const yaml_node *root = yaml_read(&f->a, f->source, &f->d);
	require_that(root != NULL, "%s", text);
	return record_read(&outer_record, o, root, &f->a, &f->d);
}

static void expect_said(const char *text, const char *expected)
{
	fixture f;
	outer o;
	bool ok = read_text(&f, &o, text);
	require_that(ok == (expected[0] == '\0'), "%s", text);
	fixture_expect(&f, expected);
	fixture_close(&f);
}

Test(record, every_kind_of_field)
{
	fixture f;
	outer o;
	bool ok = read_text(&f, &o,
		"plain: '  one line '\ntext: |\n  a `<b>` c\n\n  <https://x.y>\nid: a-1_b\npath: a/b.c\ndate: "
		"2024-02-29\n"
		"clock: \"+05:07\"\ncount: 1e3\npick: blue\nnumber: -0.5\nflag: true\ncel: >\n  a\n  == b\n"
		"inside: 3\nmaybe: {low: 1, whole: -4}\nids: [x, y-z]\nplains: [7, true]\ntexts: ['*a*']\n"
		"numbers: [1, 2.5]\nmany: [1, {low: 2, whole: 3}]\nentries: {e f: 1, g: 2}\nany: [1]\nsummary: {x: "
		"y}\n");
	fixture_expect(&f, "");
	require(ok && o.at.offset == 0 && o.at.source == f.source);
	assert_str(o.plain, "one line");
	assert_str(o.text, "a `<b>` c\n\n<https://x.y>\n");
	assert_str(o.id, "a-1_b");
	assert_str(o.path, "a/b.c");
	assert_str(o.date, "2024-02-29");
	require(o.clock == 307 && o.count == 1000 && o.pick == 2 && o.number == -0.5 && o.flag);
	assert_str(o.cel.text, "a == b\n");
	position p = sources_position(&f.s, located_at(&o.cel, 2));
	require(p.line == 16 && p.column == 3);
	require(o.inside.low == 3 && o.inside.whole == SCHEMA_UNSET);
	require(o.maybe && o.maybe->low == 1 && o.maybe->whole == -4);
	require(o.ids.len == 2 && o.plains.len == 2 && o.texts.len == 1 && o.numbers.len == 2 && o.many.len == 2);
	assert_str(o.ids.ptr[1], "y-z");
	assert_str(o.plains.ptr[0], "7");
	require(o.numbers.ptr[1] == 2.5 && o.many.ptr[0].low == 1 && o.many.ptr[1].whole == 3);
	require(o.entries.len == 2 && o.entries.ptr[1].value == 2);
	assert_str(o.entries.ptr[0].key, "e f");
	p = sources_position(&f.s, o.entries.ptr[1].at);
	require_that(p.line == 24 && p.column == 19, "%u:%u", p.line, p.column);
	require(o.any && o.any->kind == YAML_LIST);
	fixture_close(&f);
}

Test(record, nothing_given)
{
	fixture f;
	outer o;
	require(read_text(&f, &o, "{}"));
	require(o.plain.len == 0 && o.clock == SCHEMA_UNSET && o.count == SCHEMA_UNSET && o.pick == -1 &&
			isnan(o.number));
	require(o.flag == false && o.maybe == NULL && isnan(o.inside.low) && o.inside.whole == SCHEMA_UNSET &&
			o.many.len == 0);
	fixture_close(&f);
}

Test(record, bad_numbers)
{
	expect_said("number: x", "1:9 wrong-type: 'number' takes a number, not 'x'\n");
	expect_said("number: '1'", "1:9 wrong-type: 'number' takes a number, not '1'\n");
	expect_said("number: [1]", "1:9 wrong-type: 'number' takes a number, not a list\n");
	expect_said("number: {a: 1}", "1:9 wrong-type: 'number' takes a number, not a map\n");
	expect_said("number:", "1:8 wrong-type: 'number' takes a number, not nothing\n");
	expect_said("number: ~", "1:9 wrong-type: 'number' takes a number, not nothing\n");
	expect_said("number: .inf", "1:9 wrong-type: 'number' takes a number, not '.inf'\n");
	expect_said("number: 2.51", "1:9 bad-value: 'number' is -1 to 2.5, not 2.51\n");
	expect_said("number: 2.5", "");
	expect_said("count: 1.5", "1:8 bad-value: 'count' takes a whole number, not 1.5\n");
	expect_said("count: 0", "1:8 bad-value: 'count' is 1 to 1000, not 0\n");
	expect_said("inside: {low: 1, whole: 1e10}", "1:25 bad-value: 'whole' takes a whole number, not 1e10\n");
	expect_said("numbers: [1, b, 2, c]", "1:14 wrong-type: 'numbers' takes a number, not 'b'\n1:20 "
										 "wrong-type: 'numbers' takes a number, not 'c'\n");
}

Test(record, bad_words)
{
	expect_said("flag: yes", "1:7 wrong-type: 'flag' takes true or false, not 'yes'\n");
	expect_said("flag: 'true'", "1:7 wrong-type: 'flag' takes true or false, not 'true'\n");
	expect_said("flag: []", "1:7 wrong-type: 'flag' takes true or false, not a list\n");
	expect_said("pick: grene",
		"1:7 bad-value: 'grene' is not a value of 'pick' (red, green, blue); did you mean 'green'?\n");
	expect_said("pick: [red]", "1:7 wrong-type: 'pick' takes one word, not a list\n");
	expect_said("pick: mauve", "1:7 bad-value: 'mauve' is not a value of 'pick' (red, green, blue)\n");
	expect_said("id: A b",
		"1:5 bad-id: 'A b' is not an id: lower-case letters, digits, hyphens and underscores, beginning "
		"with a letter or digit, at most 80\n");
	expect_said("id: \"{{id}}-lab\"\nids: [\"rub-{{ id }}\", \"{{a}}{{b-c}}\"]", "");
}

Test(record, ids_with_words_are_still_ids)
{
	static const char *const bad[] = { "{{id}}/..", "{{id", "{{id}} x", "{{<b>}}", "-{{id}}", "{{}}",
		"{{a b}}", "X{{id}}" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		fixture f;
		outer o;
		arena a = { 0 };
		require_that(read_text(&f, &o, arena_printf(&a, "id: '%s'", bad[i]).ptr) == false, "%s", bad[i]);
		require(f.d.list.len == 1 && f.d.list.ptr[0].code == E_BAD_ID);
		arena_free(&a);
		fixture_close(&f);
	}
}

Test(record, bad_texts)
{
	expect_said("plain: ''", "1:8 bad-value: 'plain' is empty\n");
	expect_said("plain: \" \\n\"", "1:8 bad-value: 'plain' is empty\n");
	expect_said("plain: \"a\\nb\"", "1:8 bad-value: 'plain' takes one line\n");
	expect_said("plain: \"a\\rb\"", "1:8 bad-value: 'plain' takes one line\n");
	expect_said("plain: >-\n  a\n  b", "");
	expect_said("plain: |\n  a\n", "");
	expect_said("plain: [a]", "1:8 wrong-type: 'plain' takes text, not a list\n");
	expect_said("cel: {a: b}", "1:6 wrong-type: 'cel' takes text, not a map\n");
	expect_said("plain: \"a\\0b\"", "1:8 bad-value: 'plain' holds a control character\n");
	expect_said("text: \"a\\eb\"", "1:7 bad-value: 'text' holds a control character\n");
	expect_said("text: \"a\\tb\\r\\n\"", "");
	expect_said(
		"text: a <b>c</b>", "1:7 raw-html: raw HTML in 'text', near '<b>c</b>'; put code in backquotes\n");
	expect_said("text: |\n  `<i>` is fine\n\n  <div>\n  x\n",
		"1:7 raw-html: raw HTML in 'text', near '<div>'; put code in backquotes\n");
	expect_said("texts: [ok, 'a <!-- x -->']",
		"1:13 raw-html: raw HTML in 'texts', near '<!-- x -->'; put code in backquotes\n");
	expect_said("text: a < b and c > d, 1 <2", "");
}

Test(record, bad_paths_dates_and_clocks)
{
	static const char *const paths[] = { "../a", "/a", "a//b", "a/../b", "./a", "'a\\b'", "..", "a//" };
	for (size_t i = 0; i < COUNT(paths); i++) {
		fixture f;
		outer o;
		arena a = { 0 };
		require_that(read_text(&f, &o, arena_printf(&a, "path: %s", paths[i]).ptr) == false, "%s", paths[i]);
		require(f.d.list.ptr[0].code == E_UNSAFE_PATH);
		arena_free(&a);
		fixture_close(&f);
	}
	expect_said("path: results/", ""); /* a folder */
	expect_said("path: ../x", "1:7 unsafe-path: '../x' is not a path below its folder\n");
	expect_said(
		"date: 2023-02-29", "1:7 bad-value: 'date' takes a date such as 2026-11-23, not '2023-02-29'\n");
	static const char *const dates[] = { "2024-13-01", "2024-00-10", "2024-04-31", "2024-1-01", "1900-02-29",
		"+202-01-01", "2024-+1-01", "2024-01--1", "tomorrow", "2024-01-011" };
	for (size_t i = 0; i < COUNT(dates); i++) {
		arena a = { 0 };
		expect_said(arena_printf(&a, "date: '%s'", dates[i]).ptr,
			arena_printf(&a, "1:7 bad-value: 'date' takes a date such as 2026-11-23, not '%s'\n", dates[i])
				.ptr);
		arena_free(&a);
	}
	expect_said("date: 2000-02-29", "");
	static const char *const clocks[] = { "5", "+5:7", "+5:60", "++5:00", "+-5:00", "-5:00", "+05:+5",
		"+6001:00", ":00", "soon" };
	for (size_t i = 0; i < COUNT(clocks); i++) {
		arena a = { 0 };
		expect_said(arena_printf(&a, "clock: '%s'", clocks[i]).ptr,
			arena_printf(
				&a, "1:8 bad-value: 'clock' takes a time such as \"+05:00\" or end, not '%s'\n", clocks[i])
				.ptr);
		arena_free(&a);
	}
	fixture f;
	outer o;
	require(read_text(&f, &o, "clock: end") && o.clock == INT_MAX);
	fixture_close(&f);
}

Test(record, bad_shapes)
{
	expect_said("ids: a", "1:6 wrong-type: 'ids' takes a list, not text\n");
	expect_said("ids:", "1:5 wrong-type: 'ids' takes a list, not nothing\n");
	expect_said("entries: [a]", "1:10 wrong-type: 'entries' takes a map, not a list\n");
	expect_said("many: [[1]]", "1:8 wrong-type: 'many' takes a map (an inner thing), not a list\n");
	expect_said("inside: [1]", "1:9 wrong-type: 'inside' takes a map (an inner thing), not a list\n");
	expect_said("maybe: 1", "1:8 wrong-type: 'maybe' takes a map (a strict thing), not text\n");
	expect_said("[a]", "1:1 wrong-type: 'outer thing' takes a map (an outer thing), not a list\n");
	expect_said("entries: {a: x}", "1:14 wrong-type: 'value' takes a number, not 'x'\n");
}

Test(record, unknown_and_missing_keys)
{
	expect_said("plane: x\nzzz: 1\n",
		"1:1 unknown-key: an outer thing has no key 'plane'; did you mean 'plain'?\n"
		"2:1 unknown-key: an outer thing has no key 'zzz'\n");
	expect_said(
		"sumary: x", "1:1 unknown-key: an outer thing has no key 'sumary'; did you mean 'summary'?\n");
	expect_said("maybe: {whole: 1, hole: 2}",
		"1:19 unknown-key: a strict thing has no key 'hole'; did you mean 'whole'?\n"
		"1:8 missing-key: this strict thing has no 'low' (lowest)\n");
	expect_said("many: [{}, {low: 1}, {}]", "1:8 missing-key: this inner thing has no 'low' (lowest)\n"
											"1:22 missing-key: this inner thing has no 'low' (lowest)\n");
}

Test(record, long_values_are_shown_in_part)
{
	fixture f;
	outer o;
	/* the sixtieth byte is inside a character */
	require(read_text(&f, &o,
				"flag: "
				"a\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2"
				"\x82\xAC"
				"\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82"
				"\xAC\xE2"
				"\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\xE2\x82\xAC\n") == false);
	require(f.d.list.ptr[0].length == 64);
	buf out = { .arena = &f.a };
	diag_print_json(&out, &f.d);
	require(str_find(buf_done(&out), STR("\xEF\xBF\xBD"), 0) == SIZE_MAX);
	fixture_close(&f);
}

/* ---- overriding, copying */

Test(record, override)
{
	fixture f;
	outer o;
	require(read_text(&f, &o, "plain: old\ncount: 5\nids: [a]\nmaybe: {low: 1}\n"));
	str text = STR("low: 9\nplain: new\nids: [b, c]\nnumber: 2\n");
	const yaml_node *node = yaml_read(&f.a, sources_add(&f.s, STR("o.yaml"), text), &f.d);
	require(record_override(&outer_record, &o, node, &inner_record, &f.a, &f.d));
	assert_str(o.plain, "new");
	require(o.count == 5 && o.ids.len == 2 && o.number == 2 && o.maybe && o.maybe->low == 1);
	text = STR("low: 9\nplain: []\ncuont: 3\n");
	node = yaml_read(&f.a, sources_add(&f.s, STR("o.yaml"), text), &f.d);
	require(record_override(&outer_record, &o, node, &inner_record, &f.a, &f.d) == false);
	fixture_expect(&f, "2:8 wrong-type: 'plain' takes text, not a list\n"
					   "3:1 unknown-key: an outer thing has no key 'cuont'; did you mean 'count'?\n");
	assert_str(o.plain, "new");
	fixture_close(&f);
}

static const char blueprint_text[] =
	"blueprints:\n  - id: b\n    module:\n      id: \"{{id}}\"\n      title: \"{{ skill }} {{other}}\"\n     "
	" level: mid\n"
	"      summary: 'no words {{'\n      teaches: {\"{{id}}\": working}\n      minutes: {min: 60, max: 90}\n"
	"      outcomes: [{id: \"{{id}}-o1\", text: 'Do {{skill}}{{skill}}', bloom: apply, concepts: "
	"[\"{{id}}\"]}]\n"
	"      topics: [{title: t, points: ['{{notes}} x']}]\n      activities: []\n";

Test(record, copy_with_words)
{
	fixture f;
	fixture_open(&f, STR("b.yaml"), str_from(blueprint_text));
	catalog_file file;
	const yaml_node *root = yaml_read(&f.a, f.source, &f.d);
	require(record_read(&catalog_file_record, &file, root, &f.a, &f.d) == false);
	fixture_expect(&f, "2:5 missing-key: this blueprint has no 'lab' (its lab)\n");
	fill_word words[] = { { STR("id"), STR("my-id") }, { STR("skill"), STR("My {{id}}") },
		{ STR("notes"), STR("") } };
	module m;
	record_copy(&f.a, &module_record, &m, &file.blueprints.ptr[0].module,
		(list_fill_word){ .ptr = words, .len = COUNT(words) });
	assert_str(m.id, "my-id");
	assert_str(m.title, "My {{id}} {{other}}"); /* words are not filled in twice, others stay */
	assert_str(m.summary, "no words {{");
	assert_str(m.teaches.ptr[0].key, "my-id");
	require(m.teaches.ptr[0].level == TEACH_WORKING && m.minutes.max == 90);
	assert_str(m.outcomes.ptr[0].id, "my-id-o1");
	assert_str(m.outcomes.ptr[0].text, "Do My {{id}}My {{id}}");
	assert_str(m.outcomes.ptr[0].concepts.ptr[0], "my-id");
	assert_str(m.topics.ptr[0].points.ptr[0], " x");
	assert_str(file.blueprints.ptr[0].module.teaches.ptr[0].key, "{{id}}"); /* the original is as it was */
	assert_str(file.blueprints.ptr[0].module.outcomes.ptr[0].id, "{{id}}-o1");
	fixture_close(&f);
}

Test(record, copy_is_deep)
{
	fixture f;
	outer o, copy;
	require(read_text(&f, &o, "maybe: {low: 1}\nmany: [1, 2]\nnumbers: [3]\nentries: {a: 1}\n"));
	record_copy(&f.a, &outer_record, &copy, &o, (list_fill_word){ 0 });
	require(
		copy.maybe != o.maybe && copy.maybe->low == 1 && copy.many.ptr != o.many.ptr && copy.many.len == 2);
	copy.maybe->low = copy.many.ptr[1].low = copy.entries.ptr[0].value = 9;
	require(o.maybe->low == 1 && o.many.ptr[1].low == 2 && o.entries.ptr[0].value == 1 &&
			copy.numbers.ptr[0] == 3);
	fixture_close(&f);
}

/* ---- raw HTML */

Test(raw_html, found_or_not)
{
	static const struct {
		const char *text;
		size_t at; /* SIZE_MAX: none */
	} cases[] = {
		{ "", SIZE_MAX },
		{ "a < b", SIZE_MAX },
		{ "<", SIZE_MAX },
		{ "`<b>`", SIZE_MAX },
		{ "```\n<div>\n```\n", SIZE_MAX },
		{ "    <div>\n", SIZE_MAX },
		{ "\\<b>", SIZE_MAX },
		{ "<https://example.org>", SIZE_MAX },
		{ "<3", SIZE_MAX },
		{ "x <b>", 2 },
		{ "x </b>", 2 },
		{ "x <!-- c --> y", 2 },
		{ "<?php ?>", 0 },
		{ "<script>alert(1)</script>", 0 },
		{ "- <div>\n  x\n", 2 },
		{ "<a href='x' onclick=y>", 0 },
		{ "> <b>", 2 },
		{ "[x](y) <img src=x>", 7 },
		{ "| a |\n|--|\n| <b> |", 13 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t at;
		bool found = raw_html_find(str_from(cases[i].text), &at);
		require_that(found == (cases[i].at != SIZE_MAX), "'%s'", cases[i].text);
		require_that(!found || at == cases[i].at, "'%s': at %zu", cases[i].text, at);
	}
	NO_LEAKS();
}

/* ---- writing */

static const char plan_yaml[] =
	"course: {title: 'A: b', role: \"it's\", level: senior, language: en, version: '1.0', minutes: 600, "
	"weeks: 4,\n"
	"  minutes_per_week: 300, evidence: 'null'}\n"
	"modules:\n  - {id: m1, minutes: 60, week_from: 1, week_to: 2, emphasis: 1.25, needs_author: true, "
	"blueprint: b, skill: s}\n"
	"  - {id: m2, minutes: 90, week_from: 2, week_to: 2, title: mine}\n"
	"labs:\n  - {id: l1, minutes: 120, week: 3, due: 4, required: true, targets: {a: stretch, '1': target}}\n"
	"scenarios:\n  - {id: s1, minutes: 60, week: 4, due: 4, setting: [vLLM, 'true', '12', 'a, b', \"\\u00e9: "
	"#x\", '- y']}\n"
	"grading:\n  - {item: 'lab:l1', percent: 65}\n"
	"decisions:\n  - {kind: ban, item: 'module:m3', reason: 'so: \"it\" is', author: me, expires: "
	"2026-12-31}\n";

Test(record_write, plan_round_trip)
{
	fixture f;
	fixture_open(&f, STR("plan.yaml"), str_from(plan_yaml));
	plan first, second;
	require_that(plan_read(&first, &f.a, f.source, &f.d), "%.*s", STRF(fixture_said(&f)));
	require(first.modules.ptr[1].node && yaml_get(first.modules.ptr[1].node, STR("title")));
	str once = plan_text(&f.a, &first);
	require(plan_read(&second, &f.a, sources_add(&f.s, STR("plan.yaml"), once), &f.d));
	fixture_expect(&f, "");
	str twice = plan_text(&f.a, &second);
	require_that(str_eq(once, twice), "%.*s\n---\n%.*s", STRF(once), STRF(twice));
	assert_str(second.course.title, "A: b");
	assert_str(second.course.evidence, "null");
	assert_str(second.course.version, "1.0");
	require(second.modules.len == 2 && second.modules.ptr[0].emphasis == 1.25 &&
			second.modules.ptr[0].needs_author);
	require(isnan(second.modules.ptr[1].emphasis) && second.modules.ptr[1].needs_author == false);
	require(second.labs.ptr[0].required && second.labs.ptr[0].targets.len == 2 &&
			second.scenarios.ptr[0].required == false);
	assert_str(second.labs.ptr[0].targets.ptr[1].key, "1");
	static const char *const setting[] = { "vLLM", "true", "12", "a, b", "\xC3\xA9: #x", "- y" };
	require(second.scenarios.ptr[0].setting.len == COUNT(setting));
	for (size_t i = 0; i < COUNT(setting); i++)
		assert_str(second.scenarios.ptr[0].setting.ptr[i], setting[i]);
	assert_str(second.decisions.ptr[0].reason, "so: \"it\" is");
	require(second.decisions.ptr[0].kind == DECISION_BAN && second.grading.ptr[0].percent == 65);
	fixture_close(&f);
}

Test(record_write, texts_of_all_sorts)
{
	static const char *const texts[] = { "a", "a b  c", "two\nlines", "ends\n", "  starts", "a\n\n\nb\n  c\n",
		"# no comment", "- no list", "x: y", "'q' \"r\"", "\\n", "tab\there",
		"\xF0\x9F\x98\x80 \xC2\x85 \xE2\x80\xA8 x", "a \nb", "~ x", "|", ">", "&a", "*a", "!a", "%a", "@a",
		"`a`", "{a}", "[a]", "a #b", "a:", "---", "...",
		"a very long line that goes on and on and on and on and on and on and on and on and on and on and on "
		"and on and on "
		"and  on\nwith a second line that is long too, long too, long too, long too, long too, long too, "
		"long too, long too" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		fixture f;
		fixture_open(&f, STR("none"), STR(""));
		outer o, back;
		record_clear(&outer_record, &o);
		str word = str_from(texts[i]);
		o.text = word;
		o.texts.ptr = &word;
		o.texts.len = 1;
		o.inside = (inner){ .low = 0.1, .whole = 2 };
		o.clock = i % 2 ? 307 : INT_MAX;
		buf out = { .arena = &f.a };
		require(record_write(&out, &outer_record, &o));
		const yaml_node *root = yaml_read(&f.a, sources_add(&f.s, STR("w"), buf_done(&out)), &f.d);
		require_that(root && record_read(&outer_record, &back, root, &f.a, &f.d), "%s", texts[i]);
		assert_str(back.text, texts[i]);
		assert_str(back.texts.ptr[0], texts[i]);
		require(back.inside.low == 0.1 && back.inside.whole == 2 && back.clock == o.clock && back.pick == -1);
		fixture_close(&f);
	}
}

Test(record_write, what_cannot_be_written)
{
	fixture f;
	fixture_open(&f, STR("none"), STR(""));
	outer o;
	record_clear(&outer_record, &o);
	o.text = STR("\xFF");
	o.inside.low = 1;
	buf out = { .arena = &f.a };
	require(record_write(&out, &outer_record, &o) == false && f.a.failed == false);
	pair_text empty = { .at = { 0 } };
	rubrics_file file;
	record_clear(&rubrics_file_record, &file);
	file.bands.ptr = &empty;
	file.bands.len = 1;
	buf other = { .arena = &f.a };
	require(record_write(&other, &rubrics_file_record, &file));
	fixture_close(&f);
}

/* ---- plan */

Test(plan, empty_or_wrong)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "", "1:1 missing-key: the plan is empty\n" },
		{ "# only\n", "1:1 missing-key: the plan is empty\n" },
		{ "[", "1:2 yaml-syntax: did not find expected node content while parsing a flow node\n" },
		{ "modules: []\n", "1:1 missing-key: this plan has no 'course' (header)\n" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		plan p;
		fixture_open(&f, STR("plan.yaml"), str_from(cases[i].text));
		require(plan_read(&p, &f.a, f.source, &f.d) == false);
		fixture_expect(&f, cases[i].said);
		fixture_close(&f);
	}
}

Test(plan, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		plan p;
		uint32_t number = sources_add(&s, STR("plan.yaml"), str_from(plan_yaml));
		bool ok = number && plan_read(&p, &a, number, &d);
		str text = ok ? plan_text(&a, &p) : STR("");
		bool failed = a.failed;
		require_that(failed == (text.len == 0), "allocation %u", n);
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

Test(record, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		uint32_t number = sources_add(&s, STR("b.yaml"), str_from(blueprint_text));
		const yaml_node *root = yaml_read(&a, number, &d);
		catalog_file file;
		if (root && !record_read(&catalog_file_record, &file, root, &a, &d) && file.blueprints.len) {
			fill_word words[] = { { STR("id"), STR("my-id") }, { STR("skill"), STR("S") } };
			module m;
			record_copy(&a, &module_record, &m, &file.blueprints.ptr[0].module,
				(list_fill_word){ .ptr = words, .len = COUNT(words) });
		}
		bool failed = a.failed;
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
