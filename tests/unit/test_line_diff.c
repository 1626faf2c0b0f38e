/* Differences line by line: known ones, that applying one gives the other text, and that there are as few
 * edits as there can be. */
#include "fixture.h"

#include "base/line_diff.h"
#include "random.h"

static void expect(const char *before, const char *after, const char *diff)
{
	arena a = { 0 };
	assert_str(line_diff(&a, str_from(before), str_from(after), 1), diff);
	arena_free(&a);
}

Test(line_diff, known_ones)
{
	expect("", "", "");
	expect("a\nb\n", "a\nb\n", "");
	expect("", "a\n", "@@ -0,0 +1 @@\n+a\n");
	expect("a\nb\n", "", "@@ -1,2 +0,0 @@\n-a\n-b\n");
	expect("a\nb\nc\nd\n", "a\nb\nx\nd\n", "@@ -2,3 +2,3 @@\n b\n-c\n+x\n d\n");
	expect("a\nb\nc\n", "a\nb\nc\nd\n", "@@ -3 +3,2 @@\n c\n+d\n");
	expect("a\n", "x\na\n", "@@ -1 +1,2 @@\n+x\n a\n");
}

Test(line_diff, near_edits_share_a_hunk)
{
	expect("1\n2\n3\n4\n", "x\n2\n3\ny\n", "@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n-4\n+y\n");
	expect(
		"1\n2\n3\n4\n5\n", "x\n2\n3\n4\ny\n", "@@ -1,2 +1,2 @@\n-1\n+x\n 2\n@@ -4,2 +4,2 @@\n 4\n-5\n+y\n");
}

Test(line_diff, last_lines_without_an_end)
{
	expect("a", "a\n", "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
	expect("a\nb", "a\nc",
		"@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n");
	expect("x\nb", "y\nb", "@@ -1,2 +1,2 @@\n-x\n+y\n b\n\\ No newline at end of file\n");
}

/* ---- properties */

/* What the diff makes of `before`. Believes the diff, but not what it says of `before`. */
static str apply(arena *a, str before, str diff, size_t *edits)
{
	buf out = { .arena = a };
	size_t line = 0;
	*edits = 0;
	while (diff.len) {
		str_cut cut = str_split(diff, '\n');
		diff = cut.tail;
		char mark = cut.head.ptr[0];
		str text = str_skip(cut.head, 1);
		if (mark == '@') {
			size_t first = 0, at = 4;
			while (is_digit(cut.head.ptr[at]))
				first = 10 * first + (size_t)(cut.head.ptr[at++] - '0');
			bool none = str_starts(str_skip(cut.head, at), STR(",0"));
			for (; line + 1 < first + none; line++) {
				str_cut old = str_split(before, '\n');
				buf_printf(&out, "%.*s\n", STRF(old.head));
				before = old.tail;
			}
			continue;
		}
		*edits += mark != ' ';
		if (mark != '+') {
			str_cut old = str_split(before, '\n');
			require(str_eq(old.head, text));
			before = old.tail;
			line++;
		}
		if (mark != '-')
			buf_printf(&out, "%.*s\n", STRF(text));
	}
	buf_str(&out, before);
	return buf_done(&out);
}

enum { LINES_MAX = 40 };

static str random_lines(arena *a, random_source *r, unsigned words)
{
	buf out = { .arena = a };
	for (size_t n = draw(r, LINES_MAX + 1); n > 0; n--)
		buf_printf(&out, "%c\n", (char)('a' + draw(r, words)));
	return buf_done(&out);
}

/* Length of the longest common subsequence of texts whose lines are one letter each. */
static size_t common(str x, str y)
{
	size_t best[LINES_MAX + 1][LINES_MAX + 1] = { 0 };
	size_t n = x.len / 2, m = y.len / 2;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++) {
			size_t skip = best[i][j + 1] > best[i + 1][j] ? best[i][j + 1] : best[i + 1][j];
			bool same = x.ptr[2 * i] == y.ptr[2 * j];
			best[i + 1][j + 1] = same ? best[i][j] + 1 : skip;
		}
	return best[n][m];
}

Test(line_diff, applied_it_gives_the_other_text_with_the_fewest_edits)
{
	random_source r = seeded(7);
	for (size_t i = 0; i < 3000; i++) {
		arena a = { 0 };
		unsigned words = 1 + (unsigned)(i % 8);
		str before = random_lines(&a, &r, words), after = random_lines(&a, &r, words);
		size_t edits, fewest = before.len / 2 + after.len / 2 - 2 * common(before, after);
		str diff = line_diff(&a, before, after, i % 4);
		str made = apply(&a, before, diff, &edits);
		require_that(str_eq(made, after), "%zu: %.*s", i, STRF(diff));
		require_that(edits == fewest, "%zu: %zu edits, not %zu", i, edits, fewest);
		arena_free(&a);
	}
	NO_LEAKS();
}

static str numbers(arena *a, size_t count, size_t from, size_t step)
{
	buf out = { .arena = a };
	for (size_t i = 0; i < count; i++)
		buf_printf(&out, "%zu\n", from + i * step);
	return buf_done(&out);
}

Test(line_diff, too_much_to_look_for_is_replaced)
{
	arena a = { 0 };
	size_t edits;
	str before = numbers(&a, 20000, 0, 1), after = numbers(&a, 20000, 1, 2);
	str diff = line_diff(&a, before, after, LINE_DIFF_CONTEXT);
	require(str_eq(apply(&a, before, diff, &edits), after));
	require(edits >= 20000 && edits <= 40000);
	/* Few edits in long texts are still found exactly. */
	after = arena_printf(&a, "x\n%.*sy\n", STRF(before));
	require(str_eq(apply(&a, before, line_diff(&a, before, after, 0), &edits), after) && edits == 2);
	arena_free(&a);
	NO_LEAKS();
}

Test(line_diff, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		str diff = line_diff(&a, STR("a\nb\nc\nd\n"), STR("b\nx\nd\ne"), LINE_DIFF_CONTEXT);
		bool failed = a.failed;
		require(failed || diff.len > 0);
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
