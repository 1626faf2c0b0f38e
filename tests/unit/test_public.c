/* The public header alone, against the shared library: what it promises can be used, and nothing else is
 * needed. */
#define _POSIX_C_SOURCE 200809L
#include <coursewright/coursewright.h>
#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static cw_context *open_with(const char *data_dir)
{
	cw_options options = CW_OPTIONS_INIT;
	options.data_dir = data_dir;
	cw_context *c;
	cr_assert_eq(cw_open(&c, &options), CW_OK);
	return c;
}

Test(public, defaults)
{
	cw_context *c;
	cr_assert_eq(cw_open(&c, NULL), CW_OK);
	cr_expect_eq(cw_error_count(c), 0);
	cr_expect_eq(cw_diagnostics(c, 0).len, 0);
	cr_expect(strlen(cw_version()) >= 5);
	cw_close(c);
	cw_close(NULL);
}

Test(public, kinds_can_be_listed)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	for (const char *const *kind = cw_list_kinds(); *kind; kind++) {
		if (cw_list_needs_course(*kind))
			continue;
		cw_context *c = open_with(root);
		cw_text text;
		cr_expect_eq(cw_list(c, *kind, 0, &text), CW_OK, "%s", *kind);
		cr_expect(text.len > 0, "%s", *kind);
		cr_expect_eq(cw_list(c, *kind, CW_JSON, &text), CW_OK, "%s", *kind);
		cr_expect(text.len > 1 && text.ptr[0] == '[', "%s", *kind);
		cw_close(c);
	}
}

Test(public, without_a_course)
{
	cw_context *c = open_with(getenv("CW_SOURCE_ROOT"));
	cw_text text;
	cw_result result = CW_RESULT_INIT;
	cr_expect_eq(cw_build(c, "nowhere", NULL, NULL, 0, &result), CW_EINPUT);
	cr_expect_eq(cw_check(c, "text", &text, &result), CW_EINPUT);
	cr_expect_eq(cw_plan(c, "no such file", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_explain(c, "skill:x", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_eval(c, "1 + 1", NULL, 0, &text), CW_EINPUT);
	cr_expect_eq(cw_list(c, "skills", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_duplicates(c, "no such folder", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_duplicates_join(c, "no such folder", "111111", "222222", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_duplicates_split(c, "no such folder", "111111", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_duplicates_history(c, "no such folder", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_log(c, "no such folder", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_diff(c, "no such folder", "1", 0, &text), CW_EINPUT);
	cr_expect_eq(cw_revert(c, "no such folder", "1", CW_DRY, &text), CW_EINPUT);
	cr_expect_eq(cw_backtest(c, "no such folder", "6", NULL, 0, &text), CW_EINPUT);
	cr_expect_eq(text.len, 0);
	cw_close(c);
}

Test(public, a_course_that_is_not_there)
{
	cw_context *c = open_with(getenv("CW_SOURCE_ROOT"));
	cr_expect_eq(cw_load(c, "no/such/course"), CW_EINPUT);
	cr_expect_eq(cw_error_count(c), 1);
	cw_text text = cw_diagnostics(c, 0);
	cr_expect(text.len > 0 && memchr(text.ptr, '\n', text.len));
	text = cw_diagnostics(c, CW_JSON);
	cr_expect(text.len > 0 && text.ptr[0] == '[');
	cw_close(c);
}
