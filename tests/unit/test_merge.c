/* Merging plans: folders of cases, small texts, what is no plan, memory and cost. */
#include "merging.h"

#include "base/io.h"
#include "plan/merge_parts.h"
#include "plan/splice.h"

#include <stdlib.h>
#include <string.h>

static str data_file(arena *a, str folder, const char *name)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	str path = io_join(a, str_from(root ? root : "."), STR("tests/data/merge"));
	return io_join(a, folder.len ? io_join(a, path, folder) : path, str_from(name));
}

/* ---- splices */

static str spliced(arena *a, const char *text, vec_splice *list)
{
	str out = STR("refused");
	splice_sort(a, list);
	return splice_apply(&out, a, str_from(text), 0, strlen(text), list) ? out : STR("refused");
}

Test(splice, in_one_pass)
{
	arena a = { 0 };
	vec_splice list = { 0 };
	assert_str(spliced(&a, "abc", &list), "abc");
	splice_add(&a, &list, 2, 3, STR("C"));
	splice_add(&a, &list, 1, 1, STR("1"));
	splice_add(&a, &list, 0, 1, STR(""));
	splice_add(&a, &list, 1, 1, STR("2"));
	splice_add(&a, &list, 3, 3, STR("end"));
	assert_str(spliced(&a, "abc", &list), "12bCend");
	static const size_t origins[] = { 1, 1, 1, 2, 3, 3, 3, 3 };
	for (size_t i = 0; i < COUNT(origins); i++)
		require_that(splice_origin(&list, i) == origins[i], "%zu comes from %zu", i, splice_origin(&list, i));
	arena_free(&a);
	NO_LEAKS();
}

Test(splice, insertions_come_before_a_replacement_at_the_same_place)
{
	arena a = { 0 };
	vec_splice list = { 0 };
	splice_add(&a, &list, 1, 2, STR("B"));
	splice_add(&a, &list, 1, 1, STR("x"));
	splice_add(&a, &list, 2, 2, STR("y"));
	assert_str(spliced(&a, "abc", &list), "axByc");
	arena_free(&a);
	NO_LEAKS();
}

Test(splice, what_overlaps_or_lies_outside_is_refused)
{
	static const splice pairs[][2] = { { { 0, 2, { "x", 1 } }, { 1, 3, { "y", 1 } } },
		{ { 0, 2, { "x", 1 } }, { 1, 1, { "y", 1 } } }, { { 0, 1, { "x", 1 } }, { 3, 4, { "y", 1 } } },
		{ { 0, 1, { "x", 1 } }, { 2, 1, { "y", 1 } } } };
	for (size_t i = 0; i < COUNT(pairs); i++) {
		arena a = { 0 };
		vec_splice list = { 0 };
		vec_push(&a, &list, pairs[i][0]);
		vec_push(&a, &list, pairs[i][1]);
		assert_str(spliced(&a, "abc", &list), "refused");
		arena_free(&a);
	}
	NO_LEAKS();
}

/* ---- folders: base.yaml, edited.yaml and made.yaml give want.yaml or conflicts.txt */

static str read_file(arena *a, str folder, const char *name)
{
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	str text, path = data_file(a, folder, name);
	return io_stat(path.ptr) == IO_FILE && io_read(&text, a, path.ptr, &d) ? text : (str){ 0 };
}

static void expect_file(merging *m, str folder, const char *name, str got)
{
	if (getenv("CW_UPDATE") && !getenv("CI") && got.len)
		io_write(data_file(&m->f.a, folder, name).ptr, got, &m->f.a, &m->f.d);
	str want = read_file(&m->f.a, folder, name);
	cr_expect(str_eq(want, got), "%.*s/%s: got\n%.*s---- expected\n%.*s----", STRF(folder), name, STRF(got),
		STRF(want));
}

static void run_folder(str folder)
{
	merging m;
	arena files = { 0 };
	str base = read_file(&files, folder, "base.yaml");
	merging_run(&m, base, read_file(&files, folder, "edited.yaml"), read_file(&files, folder, "made.yaml"));
	fixture_expect(&m.f, "");
	cr_expect(m.ok, "%.*s", STRF(folder));
	expect_file(&m, folder, "want.yaml", m.result.text);
	expect_file(&m, folder, "conflicts.txt", merging_conflicts(&m));
	arena_free(&files);
	merging_close(&m);
}

Test(merge, folders)
{
	arena a = { 0 };
	list_str names = io_list(&a, data_file(&a, STR(""), "").ptr);
	require_that(names.len >= 40, "%zu cases", names.len);
	EACH (str, name, names)
		run_folder(*name);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- values */

Test(merge, values_are_the_same_however_they_are_written)
{
	static const struct {
		const char *left, *right;
		bool same;
	} rows[] = { { "a", "'a'", true }, { "a", "b", false }, { "1", "\"1\"", true }, { "1", "1.0", false },
		{ "a: ~", "a: null", true }, { "a: ~", "a:", true }, { "a: ~", "a: 'null'", false },
		{ "a: ''", "a:", false }, { "a: ''", "{a: \"\"}", true }, { "[a, b]", "- a\n- b", true },
		{ "[a, b]", "[b, a]", false }, { "[a]", "[a, a]", false }, { "[]", "{}", false },
		{ "[a]", "a", false }, { "{a: 1, b: 2}", "b: 2\na: 1", true }, { "{a: 1}", "{a: 1, b: 2}", false },
		{ "{a: 1, b: 2}", "{a: 1, c: 2}", false }, { "a: |\n  x\n", "a: \"x\\n\"", true },
		{ "a: >-\n  x\n  y", "a: x y", true }, { "a: &x [1]\nb: *x", "a: [1]\nb: [1]", true },
		{ "{a: 1, b: 1, c: 1, d: 1, e: 1, f: 1, g: 1, h: 1, i: 1, j: 1, k: 1, l: 1, m: 1, n: 1, o: 1, p: 1, "
		  "q: 2}",
			"{q: 2, p: 1, o: 1, n: 1, m: 1, l: 1, k: 1, j: 1, i: 1, h: 1, g: 1, f: 1, e: 1, d: 1, c: 1, b: "
			"1, a: 1}",
			true } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		fixture f;
		fixture_open(&f, STR("left"), str_from(rows[i].left));
		const yaml_node *left = yaml_read(&f.a, f.source, &f.d),
						*right =
							yaml_read(&f.a, sources_add(&f.s, STR("right"), str_from(rows[i].right)), &f.d);
		require_that(merge_same(&f.a, left, right) == rows[i].same, "%s and %s", rows[i].left, rows[i].right);
		require(merge_same(&f.a, right, left) == rows[i].same);
		fixture_close(&f);
	}
}

static void expect_written(const char *text, const char *expected)
{
	fixture f;
	fixture_open(&f, STR("t"), str_from(text));
	const yaml_node *root = yaml_read(&f.a, f.source, &f.d);
	assert_str(merge_written(&f.a, str_from(text), root->pairs.ptr[root->pairs.len - 1].value), expected);
	fixture_close(&f);
}

Test(merge, values_are_shown_at_the_left)
{
	arena a = { 0 };
	assert_str(merge_written(&a, STR("a"), NULL), "");
	expect_written("a: b # c\n", "b");
	expect_written("a:\n", "null");
	expect_written("a:\r\n  - x\r\n  - y:\r\n      z: 1\r\n\r\n# c\r\n", "- x\n- y:\n    z: 1");
	expect_written("a: {b: c,\n      d: e}\n", "{b: c,\nd: e}");
	expect_written("a: |\n    x\n\n      y\n", "|\nx\n\n  y");
	expect_written("a: &x\n  b: c\nd: *x\n", "&x\nb: c");
	arena_free(&a);
	NO_LEAKS();
}

/* ---- counts and edits */

#define ITEM(id, minutes) "- {id: " id ", minutes: " minutes ", week_from: 1, week_to: 1}\n"
#define BLOCK(id, minutes) "- id: " id "\n  minutes: " minutes "\n  week_from: 1\n  week_to: 1\n"

Test(merge, taken_and_kept_are_counted)
{
	static const struct {
		const char *edited, *made;
		size_t taken, kept;
	} rows[] = {
		{ ITEM("a", "60") ITEM("b", "60"), ITEM("a", "60") ITEM("b", "60"), 0, 0 },
		{ BLOCK("a", "60") BLOCK("b", "60"), ITEM("a", "90") ITEM("b", "90"), 2, 0 },
		{ BLOCK("a", "90") BLOCK("b", "60"), ITEM("a", "90") ITEM("b", "90"), 1, 0 },
		{ BLOCK("a", "90") BLOCK("b", "60"), ITEM("a", "60") ITEM("b", "90"), 1, 1 },
		{ BLOCK("a", "60") BLOCK("b", "60"), ITEM("a", "60"), 1, 0 },
		{ BLOCK("a", "60"), ITEM("a", "60") ITEM("b", "60"), 0, 1 },
		{ BLOCK("a", "60") BLOCK("b", "60") BLOCK("c", "60"), ITEM("a", "60") ITEM("b", "60") ITEM("d", "60"),
			1, 1 },
		{ BLOCK("a", "60") BLOCK("b", "60"), ITEM("b", "60") ITEM("a", "60"), 1, 0 },
		{ BLOCK("b", "60") BLOCK("a", "60"), ITEM("a", "60") ITEM("b", "60"), 0, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		merging m;
		arena a = { 0 };
		merging_run(&m, STR(HEADER "modules:\n" ITEM("a", "60") ITEM("b", "60")),
			arena_printf(&a, HEADER "modules:\n%s", rows[i].edited),
			arena_printf(&a, HEADER "modules:\n%s", rows[i].made));
		require_that(m.ok && m.result.conflicts.len == 0, "row %zu", i);
		cr_expect(m.result.taken == rows[i].taken && m.result.kept == rows[i].kept, "row %zu: %zu and %zu", i,
			m.result.taken, m.result.kept);
		arena_free(&a);
		merging_close(&m);
	}
}

Test(merge, edits_have_names)
{
	static const char base[] = HEADER "modules:\n" ITEM("a", "60") ITEM("b", "60")
		ITEM("c", "60") "labs:\n"
						"- {id: a, minutes: 60, week: 1, due: 2, skill: s}\n"
						"grading: [{item: 'lab:a', percent: 100}]\n";
	static const char edited[] = "labs:\n"
								 "- {id: a, title: T, minutes: 60, week: 2, due: 2}\n"
								 "grading: [{item: 'lab:a', percent: 90}, {item: 'lab:b', percent: 10}]\n"
								 "links: [{item: 'skill:x', name: X, reason: Why.}]\n"
								 "decisions: [{kind: ban, item: 'lab:b', reason: No, author: Me}]\n"
								 "modules:\n" ITEM("d", "60") ITEM("c", "60")
									 ITEM("a", "90") "course: {title: U, role: R, level: senior, language: "
													 "en, version: 1.0.0, minutes: 600, weeks: 10, "
													 "minutes_per_week: 60, evidence: e1}\n";
	merging m;
	list_str edits;
	merging_run(&m, str_from(base), str_from(edited), str_from(base));
	require(merge_edits(&edits, &m.f.a, m.base, m.edited, &m.f.d));
	buf out = { .arena = &m.f.a };
	EACH (const str, one, edits)
		buf_printf(&out, "%.*s\n", STRF(*one));
	assert_str(buf_done(&out),
		"course.title\nmodule:a.minutes\nmodule:b\nmodule:d\nlab:a.week\nlab:a.skill\nlab:a.title\n"
		"grading:lab:a.percent\ngrading:lab:b\nlink:skill:x\n");
	require(merge_edits(&edits, &m.f.a, m.base, m.base, &m.f.d) && edits.len == 0);
	merging_close(&m);
}

/* ---- what is no plan */

#define GOOD STR(HEADER "modules:\n" ITEM("a", "60"))

Test(merge, what_is_no_plan_is_refused)
{
	static const struct {
		const char *text, *said;
	} rows[] = {
		{ "", "1:1 missing-key: the plan is empty\n" },
		{ "a: [\n", "2:1 yaml-syntax: did not find expected node content while parsing a flow node\n" },
		{ HEADER, "1:1 missing-key: this plan has no 'modules' (in teaching order)\n" },
		{ HEADER "modules: []\nmodules: []\n",
			"3:1 duplicate-key: key 'modules' is already given at line 2, column 1\n" },
		{ HEADER "modules:\n- {id: a, minutes: 60, week_from: 1, week_to: 1, minutes: 60}\n",
			"3:50 duplicate-key: key 'minutes' is already given at line 3, column 11\n" },
		{ HEADER "modules:\n" ITEM("a", "60") ITEM("b", "60") BLOCK("a", "60"),
			"5:3 duplicate-id: 'a' is already in this list at line 3, column 3\n" },
		{ HEADER "modules: []\ngrading: [{item: 'lab:x', percent: 50}, {item: ' lab:x', percent: 50}]\n",
			"3:41 duplicate-id: 'lab:x' is already in this list at line 3, column 11\n" },
	};
	for (size_t i = 0; i < COUNT(rows) * 3; i++) {
		merging m;
		list_str edits;
		str texts[3] = { GOOD, GOOD, GOOD };
		texts[i % 3] = str_from(rows[i / 3].text);
		merging_run(&m, texts[0], texts[1], texts[2]);
		require_that(!m.ok && !m.result.text.len && !m.result.conflicts.len, "row %zu", i / 3);
		fixture_expect(&m.f, rows[i / 3].said);
		require_that(merge_edits(&edits, &m.f.a, m.base, m.edited, &m.f.d) == (i % 3 == 2), "row %zu", i / 3);
		merging_close(&m);
	}
	merging m;
	merging_run(&m, GOOD, GOOD, GOOD);
	require(m.ok);
	require(!merge_plan(&m.result, &m.f.a, m.base, 17, m.made, &m.f.d));
	merging_close(&m);
}

/* ---- memory and cost */

Test(merge, out_of_memory)
{
	static const char base
		[] = HEADER "modules:\n" BLOCK("a", "60") BLOCK("b", "60") BLOCK("c", "60"),
	edited[] =
		HEADER "modules:\n" BLOCK("a", "60") "# b\n" BLOCK("b", "60 # mine") BLOCK("c", "60") "labs: []",
	made[] = HEADER "modules:\n" BLOCK("c", "60") BLOCK("a", "90") "  title: T\n" BLOCK("d", "60") BLOCK("b",
		"60") "labs:\n- {id: l, minutes: 60, week: 1, due: 1}\ngrading:\n- {item: 'lab:l', percent: 100}\n",
	other[] = HEADER "modules:\n" BLOCK("a", "90");
	static const char *const texts[][3] = { { base, edited, made }, { base, edited, other },
		{ base, other, made }, { base, base, "modules: 1" } };
	for (size_t i = 0; i < COUNT(texts); i++) {
		for (unsigned n = 1;; n++) {
			arena a = { .fail_at = n };
			sources s = { .arena = &a };
			diags d = { .arena = &a, .sources = &s };
			merge_result result;
			list_str edits;
			uint32_t numbers[3];
			for (size_t k = 0; k < 3; k++)
				numbers[k] = sources_add(&s, STR("t"), str_from(texts[i][k]));
			bool ok = merge_plan(&result, &a, numbers[0], numbers[1], numbers[2], &d);
			require_that(!ok || !a.failed, "allocation %u", n);
			ok = merge_edits(&edits, &a, numbers[0], numbers[1], &d);
			require_that(ok == !a.failed, "allocation %u", n);
			bool failed = a.failed;
			arena_free(&a);
			if (!failed)
				break;
		}
	}
	NO_LEAKS();
}

/* A plan of so many modules; every second one is changed, every seventh is another one, and each pair of them
 * has changed places. */
static str many_modules(arena *a, unsigned count, bool changed)
{
	buf b = { .arena = a };
	BUF_LIT(&b, HEADER "modules:\n");
	for (unsigned i = 0; i < count; i++) {
		unsigned id = changed ? i ^ 1 : i;
		buf_printf(&b, "- id: %c%u\n  minutes: %u\n  week_from: 1\n  week_to: 1\n",
			changed && id % 7 == 0 ? 'x' : 'm', id, changed && id % 2 ? 90u : 60u);
	}
	return buf_done(&b);
}

static void measure(unsigned count, unsigned *allocations, size_t *bytes)
{
	arena texts = { 0 };
	merging m;
	str base = many_modules(&texts, count, false);
	merging_run(&m, base, base, many_modules(&texts, count, true));
	require(m.ok && m.result.conflicts.len == 0 && m.result.taken > count / 2);
	*allocations = m.f.a.count;
	*bytes = m.f.a.total;
	arena_free(&texts);
	merging_close(&m);
}

Test(merge, cost_grows_with_the_plan)
{
	unsigned few, many;
	size_t small, large;
	measure(1000, &few, &small);
	measure(4000, &many, &large);
	cr_expect(many < few * 5 && large < small * 5, "%u and %u allocations, %zu and %zu bytes", few, many,
		small, large);
}
