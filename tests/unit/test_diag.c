/* Places in sources, and how diagnostics are printed. */
#include "fixture.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

Test(source, positions)
{
	static const struct {
		const char *text;
		uint32_t offset, line, column;
		const char *line_text;
	} cases[] = {
		{ "ab\ncd", 0, 1, 1, "ab" },
		{ "ab\ncd", 2, 1, 3, "ab" },
		{ "ab\ncd", 3, 2, 1, "cd" },
		{ "ab\ncd", 5, 2, 3, "cd" },
		{ "ab\ncd", 99, 2, 3, "cd" },
		{ "ab\n", 3, 2, 1, "" },
		{ "", 0, 1, 1, "" },
		{ "a\r\nb\r\n", 3, 2, 1, "b" },
		{ "a\r\nb\r\n", 1, 1, 2, "a" },
		{ "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x", 9, 1, 4, "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80x" },
		{ "\xEF\xBB\xBF"
		  "ab\nc",
			3, 1, 1, "ab" },
		{ "\xEF\xBB\xBF"
		  "ab\nc",
			5, 1, 3, "ab" },
		{ "\xEF\xBB\xBF"
		  "ab\nc",
			0, 1, 1, "ab" },
		{ "\xEF\xBB\xBF"
		  "ab\nc",
			6, 2, 1, "c" },
		{ "\n\n\n", 2, 3, 1, "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		fixture_open(&f, STR("t"), str_from(cases[i].text));
		loc at = { .source = f.source, .offset = cases[i].offset };
		position p = sources_position(&f.s, at);
		cr_expect(
			p.line == cases[i].line && p.column == cases[i].column, "case %zu: %u:%u", i, p.line, p.column);
		assert_str(sources_line(&f.s, at), cases[i].line_text);
		fixture_close(&f);
	}
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	require(sources_position(&f.s, (loc){ 0 }).line == 0 &&
			sources_position(&f.s, (loc){ .source = 2 }).line == 0);
	require(sources_line(&f.s, (loc){ 0 }).len == 0 && sources_get(&f.s, 2) == NULL);
	fixture_close(&f);
}

Test(source, located_runs)
{
	text_run runs[] = { { 0, 10 }, { 3, 20 }, { 4, 50 } };
	located l = { .text = STR("abcdef"), .source = 7, .runs = { .ptr = runs, .len = 3 } };
	static const uint32_t offsets[] = { 10, 11, 12, 20, 50, 51, 52 };
	for (size_t i = 0; i < COUNT(offsets); i++) {
		loc at = located_at(&l, i);
		require(at.source == 7 && at.offset == offsets[i]);
	}
	l.runs.len = 0;
	require(located_at(&l, 0).source == 0);
}

static void expect_print(const char *text, uint32_t offset, uint32_t length, const char *expected)
{
	fixture f;
	fixture_open(&f, STR("d/t.yaml"), str_from(text));
	diag_span(&f.d, E_BAD_VALUE, (loc){ .source = f.source, .offset = offset }, length, "it is %s", "so");
	buf out = { .arena = &f.a };
	diag_print(&out, &f.d, &f.d.list.ptr[0]);
	assert_str(buf_done(&out), expected);
	fixture_close(&f);
}

Test(diag, caret)
{
	expect_print(
		"a\nbad: x\n", 7, 1, "d/t.yaml:2:6: error: it is so [CW208]\n    2 | bad: x\n      |      ^\n");
	expect_print(
		"bad: xyz\n", 5, 3, "d/t.yaml:1:6: error: it is so [CW208]\n    1 | bad: xyz\n      |      ^^^\n");
	expect_print(
		"bad: xyz\nq", 5, 99, "d/t.yaml:1:6: error: it is so [CW208]\n    1 | bad: xyz\n      |      ^^^\n");
	expect_print("\ta\tb\n", 3, 0, "d/t.yaml:1:4: error: it is so [CW208]\n    1 | \ta\tb\n      | \t \t^\n");
	expect_print("\xC3\xA9\xE2\x82\xAC: \xC3\xA9\xC3\xA9 z\r\n", 7, 4,
		"d/t.yaml:1:5: error: it is so [CW208]\n    1 | \xC3\xA9\xE2\x82\xAC: \xC3\xA9\xC3\xA9 z\n      |    "
		" ^^\n");
	expect_print(
		"a\x1B[31mb", 6, 1, "d/t.yaml:1:7: error: it is so [CW208]\n    1 | a?[31mb\n      |       ^\n");
	expect_print("ab\r\n", 3, 1, "d/t.yaml:1:4: error: it is so [CW208]\n    1 | ab\n      |   ^\n");
	expect_print("", 0, 1, "d/t.yaml:1:1: error: it is so [CW208]\n    1 | \n      | ^\n");
	expect_print("ab", 900, 1, "d/t.yaml:1:3: error: it is so [CW208]\n    1 | ab\n      |   ^\n");
	expect_print("\xEF\xBB\xBF"
				 "ab",
		4, 1, "d/t.yaml:1:2: error: it is so [CW208]\n    1 | ab\n      |  ^\n");
	expect_print("\xEF\xBB\xBF"
				 "ab",
		0, 1, "d/t.yaml:1:1: error: it is so [CW208]\n    1 | ab\n      | ^\n");
}

/* Lines of 1 to 4 byte characters: what is printed is a part of the line, valid, and the caret stands under
 * the character. */
Test(diag, long_lines)
{
	static const char *const letters[] = { "x", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80" };
	for (size_t l = 0; l < COUNT(letters); l++) {
		fixture f;
		fixture_open(&f, STR("none"), STR(""));
		buf text = { .arena = &f.a };
		for (int i = 0; i < 300; i++)
			buf_str(&text, str_from(letters[l]));
		uint32_t number = sources_add(&f.s, STR("t"), buf_done(&text));
		size_t width = strlen(letters[l]);
		for (size_t i = 0; i < 300; i++) {
			diag one = { .code = E_BAD_VALUE, .at = { .source = number, .offset = (uint32_t)(i * width) } };
			buf out = { .arena = &f.a };
			diag_print(&out, &f.d, &one);
			str s = str_split(buf_done(&out), '\n').tail, shown = str_skip(str_split(s, '\n').head, 8);
			str carets = str_skip(str_split(s, '\n').tail, 8);
			require_that(
				utf8_bad_offset(shown) == SIZE_MAX && shown.len <= 164 && shown.len >= 80, "%zu/%zu", l, i);
			size_t column = str_find(carets, STR("^"), 0);
			require_that(
				str_eq(str_skip(carets, column), STR("^\n")) && column < utf8_count(shown), "%zu/%zu", l, i);
		}
		fixture_close(&f);
	}
}

Test(diag, files_and_nowhere)
{
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	diag_file(&f.d, E_FILE_READ, STR("x/y.md"), "cannot open: %s", "no");
	diag_add(&f.d, E_PLAN_STALE, (loc){ 0 }, "old");
	diag_add(&f.d, E_UNKNOWN_SECTION, (loc){ .source = f.source }, "\"q\"");
	require(f.d.errors == 1 && f.d.list.len == 3);
	buf out = { .arena = &f.a };
	EACH (const diag, one, f.d.list)
		diag_print(&out, &f.d, one);
	assert_str(buf_done(&out), "x/y.md: error: cannot open: no [CW101]\nwarning: old [CW503]\n"
							   "t:1:1: note: \"q\" [CW310]\n    1 | a\n      | ^\n");
	buf json = { .arena = &f.a };
	diag_print_json(&json, &f.d);
	assert_str(buf_done(&json), "[\n  {\"code\": \"CW101\", \"slug\": \"file-read\", \"severity\": "
								"\"error\", \"file\": \"x/y.md\", \"line\": 0, "
								"\"column\": 0, \"text\": \"cannot open: no\"},\n"
								"  {\"code\": \"CW503\", \"slug\": \"plan-stale\", \"severity\": "
								"\"warning\", \"file\": \"\", \"line\": 0, "
								"\"column\": 0, \"text\": \"old\"},\n"
								"  {\"code\": \"CW310\", \"slug\": \"unknown-section\", \"severity\": "
								"\"note\", \"file\": \"t\", \"line\": 1, "
								"\"column\": 1, \"text\": \"\\\"q\\\"\"}\n]\n");
	fixture_close(&f);
	fixture_open(&f, STR("t"), STR("a"));
	buf none = { .arena = &f.a };
	diag_print_json(&none, &f.d);
	assert_str(buf_done(&none), "[]\n");
	fixture_close(&f);
}

/* Of files and lines that are not among the sources. */
Test(diag, lines_of_files)
{
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	diag_line(&f.d, E_POSTING_CSV, STR("own/c.csv"), 3, "%d cells", 2);
	buf out = { .arena = &f.a }, json = { .arena = &f.a };
	diag_print(&out, &f.d, f.d.list.ptr);
	assert_str(buf_done(&out), "own/c.csv:3: error: 2 cells [CW806]\n");
	diag_print_json(&json, &f.d);
	assert_str(buf_done(&json), "[\n  {\"code\": \"CW806\", \"slug\": \"posting-csv\", \"severity\": "
								"\"error\", \"file\": \"own/c.csv\", \"line\": 3, "
								"\"column\": 0, \"text\": \"2 cells\"}\n]\n");
	fixture_close(&f);
}

Test(diag, same_words)
{
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	for (int i = 0; i < 5; i++) {
		diag_file(&f.d, E_POSTING_SHAPE, arena_printf(&f.a, "f%d", i), "none");
		diag_file(&f.d, E_POSTING_EMPTY, arena_printf(&f.a, "f%d", i), "none%d", i % 2);
		if (i < 4)
			diag_line(&f.d, E_POSTING_CSV, STR("t.csv"), (uint32_t)i + 1, "cells");
		diag_add(&f.d, E_BAD_VALUE, (loc){ 0 }, "bad");
	}
	buf out = { .arena = &f.a };
	diag_print_all(&out, &f.d);
	assert_str(buf_done(&out), "f0: error: none [CW802]\nf0: warning: none0 [CW803]\nt.csv:1: error: cells "
							   "[CW806]\nerror: bad [CW208]\n"
							   "f1: error: none [CW802]\nf1: warning: none1 [CW803]\nt.csv:2: error: cells "
							   "[CW806]\nerror: bad [CW208]\n"
							   "f2: error: none [CW802]\nthe same holds for 2 more files [CW802]\n"
							   "f2: warning: none0 [CW803]\nt.csv:3: error: cells [CW806]\n"
							   "the same holds for 1 more place [CW806]\nerror: bad [CW208]\n"
							   "f3: warning: none1 [CW803]\nerror: bad [CW208]\n"
							   "f4: warning: none0 [CW803]\nerror: bad [CW208]\n");
	fixture_close(&f);
}

Test(diag, many)
{
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	for (int i = 0; i < DIAG_MAX + 5; i++)
		diag_add(&f.d, E_BAD_VALUE, (loc){ 0 }, "%d", i);
	require(f.d.list.len == DIAG_MAX && f.d.dropped == 5 && f.d.errors == DIAG_MAX + 5);
	fixture_close(&f);
}

Test(diag, codes_are_told_apart)
{
	for (int i = 0; i < DIAG_CODE_COUNT; i++) {
		require(diag_number((diag_code)i) > 100 && diag_slug((diag_code)i)[0]);
		require(str_is_id(str_from(diag_slug((diag_code)i))));
		for (int k = 0; k < i; k++) {
			require_that(diag_number((diag_code)i) != diag_number((diag_code)k), "number %u",
				diag_number((diag_code)k));
			require(str_eq(str_from(diag_slug((diag_code)i)), str_from(diag_slug((diag_code)k))) == false);
		}
	}
}

Test(diag, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		uint32_t number = sources_add(&s, STR("t"), STR("a\nb\nc"));
		diag_add(&d, E_BAD_VALUE, (loc){ .source = number, .offset = 3 }, "%d", 1);
		diag_file(&d, E_FILE_READ, STR("p"), "x");
		require(d.errors == 2);
		buf out = { .arena = &a };
		EACH (const diag, one, d.list)
			diag_print(&out, &d, one);
		diag_print_all(&out, &d);
		diag_print_json(&out, &d);
		bool failed = a.failed;
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
