/* Golden cases: every folder with a file `cmd` is one test. See CONTRIBUTING.md, "A case". */
#define _POSIX_C_SOURCE 200809L
#include "case.h"

#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_SIZE = 256 };

typedef struct {
	char name[NAME_SIZE];
} param;

static str environment(arena *a, const char *name, const char *otherwise)
{
	const char *found = getenv(name);
	return arena_str(a, str_from(found && *found ? found : otherwise));
}

ParameterizedTestParameters(cases, golden)
{
	arena a = { 0 };
	list_str found = cases_find(&a, environment(&a, "CW_CASES", "tests/cases"));
	const char *only = getenv("CW_ONLY");
	param *params = cr_malloc((found.len + 1) * sizeof *params);
	size_t count = 0;
	for (size_t i = 0; i < found.len; i++) {
		if ((only && *only && !str_eq(found.ptr[i], str_from(only))) || found.ptr[i].len >= NAME_SIZE)
			continue;
		memset(&params[count], 0, sizeof params[count]);
		memcpy(params[count++].name, found.ptr[i].ptr, found.ptr[i].len);
	}
	arena_free(&a);
	return cr_make_param_array(param, params, count);
}

/* Where a case's data outside of the project would be: set for the lines of its `cmd`. */
static bool find_shared(arena *a)
{
	str beside = io_join(a, environment(a, "CW_SOURCE_ROOT", "."), STR("../shared"));
	str shared = environment(a, "CW_SHARED", beside.ptr);
	setenv("CW_SHARED", shared.ptr, 1);
	return io_stat(shared.ptr) == IO_FOLDER;
}

static str exit_text(arena *a, int status)
{
	return status ? arena_printf(a, "%d\n", status) : STR("");
}

/* Reports a difference under the case's name. */
static void compare(arena *a, str name, str folder, str scratch, const char *what, str actual)
{
	str expected_path = io_join(a, folder, str_from(what));
	if (str_eq(files_read(a, expected_path), actual))
		return;
	str actual_path = arena_printf(a, "%.*s.%s", STRF(scratch), what);
	files_write(a, actual_path, actual);
	cr_expect_fail(
		"%.*s: %s differs:\n%.*s", STRF(name), what, STRF(files_diff(a, expected_path, actual_path)));
}

static void update(arena *a, str folder, const char *what, str actual)
{
	str path = io_join(a, folder, str_from(what));
	if (actual.len)
		files_write(a, path, actual);
	else
		files_remove(a, path);
}

static void check_case(arena *a, str name, str folder, str scratch)
{
	case_run run;
	case_do(&run, a, folder, scratch);
	const char *const names[] = { "stdout", "stderr", "exit" };
	str actual[] = { buf_done(&run.out), buf_done(&run.err), exit_text(a, run.exit) };
	str want = io_join(a, folder, STR("want")), out = io_join(a, scratch, STR("out"));
	bool tree = io_stat(want.ptr) == IO_FOLDER;
	bool rewrite = getenv("CW_UPDATE") && !getenv("CI");
	cr_expect(!run.trouble, "%.*s: %s\n%.*s", STRF(name), run.trouble ? run.trouble : "", STRF(actual[1]));
	for (size_t i = 0; i < COUNT(names) && !run.trouble; i++)
		if (rewrite)
			update(a, folder, names[i], actual[i]);
		else
			compare(a, name, folder, scratch, names[i], actual[i]);
	if (tree && rewrite && !run.trouble) {
		files_remove(a, want);
		files_copy(a, out, want);
	} else if (tree) {
		str diff = files_diff(a, want, out);
		cr_expect(!diff.len, "%.*s: the tree differs:\n%.*s", STRF(name), STRF(diff));
	}
}

ParameterizedTest(param *p, cases, golden)
{
	arena a = { 0 };
	str name = arena_str(&a, str_from(p->name));
	str folder = io_join(&a, environment(&a, "CW_CASES", "tests/cases"), name);
	str scratch = io_join(&a, environment(&a, "CW_SCRATCH", "scratch"), name);
	bool shared = find_shared(&a);
	if (!shared && io_stat(io_join(&a, folder, STR("skip-without-shared")).ptr) == IO_FILE)
		cr_skip_test("%s: no shared data: set CW_SHARED", p->name);
	cr_assert(!(getenv("CW_UPDATE") && getenv("CI")), "CW_UPDATE is refused when CI is set");
	check_case(&a, name, folder, scratch);
	arena_free(&a);
}

/* The parts of the runner that a wrong golden could hide. */
Test(runner, words)
{
	arena a = { 0 };
	setenv("CW_TEST_WORD", "a b", 1);
	char **words = case_words(&a, STR("eval  'a \"b' \"c $CW_TEST_WORD\" d\\ e '' $CW_TEST_WORD"));
	const char *const expected[] = { "eval", "a \"b", "c a b", "d e", "", "a b" };
	for (size_t i = 0; i < COUNT(expected); i++)
		cr_assert_str_eq(words[i], expected[i]);
	cr_assert_null(words[COUNT(expected)]);
	arena_free(&a);
}

Test(runner, finds_cases)
{
	arena a = { 0 };
	list_str found = cases_find(&a, environment(&a, "CW_CASES", "tests/cases"));
	cr_assert_gt(found.len, 10, "no cases are found in CW_CASES");
	arena_free(&a);
}

/* Codes that no input can provoke: out of memory is tested by making allocations fail. */
static bool needs_no_case(diag_code code)
{
	return code == E_NO_MEMORY;
}

static bool is_printed(arena *a, str folder, const list_str *goldens, unsigned number)
{
	str code = arena_printf(a, "CW%u", number);
	EACH (const str, path, *goldens)
		if (str_find(files_read(a, io_join(a, folder, *path)), code, 0) != SIZE_MAX)
			return true;
	return false;
}

Test(runner, every_diagnostic_has_a_case)
{
	arena a = { 0 };
	str folder = environment(&a, "CW_CASES", "tests/cases");
	list_str goldens = io_walk(&a, folder.ptr, STR("stderr"));
	for (int code = 0; code < DIAG_CODE_COUNT; code++)
		if (!needs_no_case((diag_code)code))
			cr_expect(is_printed(&a, folder, &goldens, diag_number((diag_code)code)),
				"no case prints CW%u (%s)", diag_number((diag_code)code), diag_slug((diag_code)code));
	arena_free(&a);
}
