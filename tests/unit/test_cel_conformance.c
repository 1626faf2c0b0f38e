/* The conformance tests of CEL through the library. */
#include "cel_suite.h"

typedef enum { RUN_PASSED, RUN_SKIPPED, RUN_FAILED } outcome;

static outcome run_test(arena *a, const char *where, message test)
{
	str name = scalar(test, "name"), expr = scalar(test, "expr");
	value expected = value_bool(true);
	setting s = make_setting(a, test);
	bool known = !get(test, "value") || convert(&expected, a, inner(test, "value"));
	if (needs_messages(test) || !s.ok || !known)
		return RUN_SKIPPED;
	sources src = { .arena = a };
	diags d = { .arena = a, .sources = &src };
	text_run run = { 0 };
	located text = {
		.text = expr, .source = sources_add(&src, name, expr), .runs = { .ptr = &run, .len = 1 }
	};
	cel_env env = { .ptr = s.variables.ptr, .len = s.variables.len, .zones = true };
	bool check = !str_eq(scalar(test, "disable_check"), STR("true"));
	cel_program *p = cel_compile(a, &text, &env, check, &d);
	if (!p) {
		cr_log_error("%s/%.*s: %.*s: does not compile: %.*s", where, STRF(name), STRF(expr),
			STRF(d.list.len ? d.list.ptr[0].text : STR("?")));
		return RUN_FAILED;
	}
	value got = cel_eval(p, s.bindings.ptr, a, NULL);
	if (get(test, "eval_error") ? got.kind == V_ERROR : same(got, expected))
		return RUN_PASSED;
	cr_log_error("%s/%.*s: %.*s: wrong result, kind %d %.*s", where, STRF(name), STRF(expr), (int)got.kind,
		STRF(got.kind == V_ERROR ? got.string : STR("")));
	return RUN_FAILED;
}

static void count_test(arena *a, const char *where, message test, void *data)
{
	size_t *counts = data;
	counts[run_test(a, where, test)]++;
}

static void run_file(const char *name)
{
	size_t counts[3] = { 0 };
	suite_each(name, count_test, counts);
	cr_log_info("%s: %zu passed, %zu skipped, %zu failed", name, counts[RUN_PASSED], counts[RUN_SKIPPED],
		counts[RUN_FAILED]);
	cr_assert(counts[RUN_PASSED] > 0 && counts[RUN_FAILED] == 0, "%s: %zu of %zu failed", name,
		counts[RUN_FAILED], counts[RUN_PASSED] + counts[RUN_FAILED]);
	NO_LEAKS();
}

#define X(name) \
	Test(cel_conformance, name) \
	{ \
		run_file(#name); \
	}
FILES(X)
#undef X

/* Were the specification to gain a file, it would be missed silently. */
Test(cel_conformance, every_file_is_run)
{
#define X(name) #name ".textproto",
	static const char *const files[] = { FILES(X) };
#undef X
	arena a = { 0 };
	list_str found = io_list(&a, folder(&a).ptr);
	if (!found.len) {
		arena_free(&a);
		cr_skip_test("the conformance tests are not at hand");
	}
	EACH (str, name, found) {
		bool known = false;
		for (size_t i = 0; i < COUNT(files); i++)
			known = known || str_eq(*name, str_from(files[i]));
		cr_expect(known, "%.*s is not run", STRF(*name));
	}
	arena_free(&a);
	NO_LEAKS();
}
