/* The conformance tests of CEL through the program itself: the expression is an argument, the bindings are a
 * JSON file, and what is printed must be the JSON of the value that the library computes. Cases whose
 * bindings JSON cannot say are passed over. */
#define _POSIX_C_SOURCE 200809L
#include "cel_suite.h"

#include "base/json.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

typedef struct {
	char data[64]; /* the JSON file; empty before the first case */
	size_t passed, failed, passed_over;
} run;

/* As JSON that is read back as the same value; false if there is none. */
static bool write_data(buf *out, value v)
{
	switch (v.kind) {
	case V_NULL:
	case V_BOOL:
		json_value(out, v, -1);
		return true;
	case V_INT:
		buf_printf(out, "%lld", (long long)v.integer);
		return true;
	case V_DOUBLE:
		buf_printf(out, "%.17e", v.number);
		return isfinite(v.number);
	case V_STRING:
		json_string(out, v.string);
		return true;
	case V_LIST:
		for (size_t i = 0; i < v.list.len; i++) {
			buf_char(out, i ? ',' : '[');
			if (!write_data(out, v.list.ptr[i]))
				return false;
		}
		buf_str(out, v.list.len ? STR("]") : STR("[]"));
		return true;
	case V_MAP:
		for (size_t i = 0; i < v.map->pairs.len; i++) {
			buf_char(out, i ? ',' : '{');
			if (v.map->pairs.ptr[i].key.kind != V_STRING)
				return false;
			json_string(out, v.map->pairs.ptr[i].key.string);
			buf_char(out, ':');
			if (!write_data(out, v.map->pairs.ptr[i].value))
				return false;
		}
		buf_str(out, v.map->pairs.len ? STR("}") : STR("{}"));
		return true;
	default:
		return false;
	}
}

/* The bindings in the file; false if JSON cannot say them. A variable without a value is left out. */
static bool write_bindings(arena *a, const setting *s, const char *path)
{
	buf out = { .arena = a };
	size_t count = 0;
	buf_char(&out, '{');
	for (size_t i = 0; i < s->bindings.len; i++) {
		if (s->bindings.ptr[i].kind == V_ERROR)
			continue;
		buf_str(&out, count++ ? STR(",") : STR(""));
		json_string(&out, s->variables.ptr[i].name);
		buf_char(&out, ':');
		if (!write_data(&out, s->bindings.ptr[i]))
			return false;
	}
	buf_char(&out, '}');
	str text = buf_done(&out);
	int file = open(path, O_WRONLY | O_TRUNC);
	bool ok = file >= 0 && write(file, text.ptr, text.len) == (ssize_t)text.len;
	return close(file) == 0 && ok;
}

/* All that the program prints, to stdout and to stderr; its exit status is returned. */
static int run_program(buf *out, char *const argv[])
{
	int ends[2], status = -1;
	pid_t child = -1;
	char bytes[4096];
	posix_spawn_file_actions_t actions;
	cr_assert(pipe(ends) == 0 && posix_spawn_file_actions_init(&actions) == 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
	posix_spawn_file_actions_addclose(&actions, ends[0]);
	posix_spawn_file_actions_addclose(&actions, ends[1]);
	int failed = posix_spawn(&child, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	cr_assert(failed == 0, "%s cannot be run", argv[0]);
	for (ssize_t n; (n = read(ends[0], bytes, sizeof bytes)) > 0;)
		buf_str(out, (str){ .ptr = bytes, .len = (size_t)n });
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* What the library makes of it, as the program would print it; empty: an error. */
static str computed(arena *a, const setting *s, str expr)
{
	sources src = { .arena = a };
	diags d = { .arena = a, .sources = &src };
	text_run at = { 0 };
	located text = {
		.text = expr, .source = sources_add(&src, STR("x"), expr), .runs = { .ptr = &at, .len = 1 }
	};
	cel_env env = { .ptr = s->variables.ptr, .len = s->variables.len, .zones = true };
	cel_program *p = cel_compile(a, &text, &env, false, &d);
	value v = p ? cel_eval(p, s->bindings.ptr, a, NULL) : (value){ .kind = V_ERROR };
	buf out = { .arena = a };
	if (v.kind == V_ERROR)
		return STR("");
	json_value(&out, v, 0);
	buf_char(&out, '\n');
	return buf_done(&out);
}

static void run_once(
	arena *a, run *r, const char *where, str name, const char *expr, str expected, bool check)
{
	char *argv[] = { getenv("CW_BIN"), (char *)"eval", (char *)"--data", r->data,
		(char *)(check ? "--check" : "--quiet"), (char *)expr, NULL };
	buf out = { .arena = a };
	int status = run_program(&out, argv);
	str said = buf_done(&out);
	bool complains = str_starts(said, STR("<expression>:")) && str_find(said, STR(" error: "), 0) != SIZE_MAX;
	bool ok = expected.len ? status == 0 && str_eq(said, expected) : status == 1 && complains;
	r->passed += ok;
	r->failed += !ok;
	if (!ok)
		cr_log_error("%s/%.*s: %s%s: exit %d, printed:\n%.*sexpected:\n%.*s", where, STRF(name), expr,
			check ? " (checked)" : "", status, STRF(said), STRF(expected));
}

static void run_case(arena *a, const char *where, message test, void *data)
{
	run *r = data;
	str name = scalar(test, "name"), expr = scalar(test, "expr");
	value expected;
	setting s = make_setting(a, test);
	bool known = !get(test, "value") || convert(&expected, a, inner(test, "value"));
	if (needs_messages(test) || !s.ok || !known)
		return;
	if (!r->data[0]) {
		snprintf(r->data, sizeof r->data, "%s", "/tmp/cw-test-cel-XXXXXX");
		int file = mkstemp(r->data);
		cr_assert(file >= 0 && close(file) == 0);
	}
	if (str_find(expr, (str){ .ptr = "", .len = 1 }, 0) != SIZE_MAX || !write_bindings(a, &s, r->data)) {
		r->passed_over++;
		return;
	}
	const char *text = arena_cstr(a, expr);
	str want = computed(a, &s, expr);
	run_once(a, r, where, name, text, want, false);
	if (!str_eq(scalar(test, "disable_check"), STR("true")))
		run_once(a, r, where, name, text, want, true);
}

static void run_file(const char *name)
{
	run r = { 0 };
	cr_assert(getenv("CW_BIN") != NULL, "CW_BIN is not set");
	suite_each(name, run_case, &r);
	unlink(r.data);
	cr_log_info("%s: %zu runs, %zu cases passed over", name, r.passed, r.passed_over);
	cr_assert(
		r.passed > 0 && r.failed == 0, "%s: %zu of %zu runs failed", name, r.failed, r.failed + r.passed);
	NO_LEAKS();
}

#define X(name) \
	Test(cel_binary, name, .timeout = 240) \
	{ \
		run_file(#name); \
	}
FILES(X)
#undef X
