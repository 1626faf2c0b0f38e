/* Nothing in a workbook is without effect: whichever row or insight is deleted, the plan changes. Runs the
 * whole way from the workbook's text to the plan, with the shipped catalogue. */
#define _POSIX_C_SOURCE 200809L
#include "check.h"

#include "base/io.h"
#include "evidence/facts.h"
#include "plan/compose.h"
#include "read/catalog.h"
#include "read/course.h"
#include "read/plan.h"
#include "read/workbook.h"
#include "rules/engine.h"

#include <stdlib.h>

#define require_that(condition, ...) \
	do { \
		bool holds_ = (condition); \
		cr_assert(holds_, __VA_ARGS__); \
	} while (0)

typedef struct {
	arena a;
	sources sources;
	diags d;
	workbook w;
	str text; /* of the plan, with an evidence hash that is always the same */
} run;

static const char *listing(run *r)
{
	buf b = { .arena = &r->a };
	EACH (diag, one, r->d.list)
		diag_print(&b, &r->d, one);
	return arena_cstr(&r->a, buf_done(&b));
}

static str source_root(arena *a)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	return arena_str(a, str_from(root ? root : "."));
}

/* From the workbook to the plan's text; false after a diagnostic. */
static bool make_plan(run *r, str root, str text)
{
	*r = (run){ 0 };
	arena *a = &r->a;
	r->sources.arena = r->d.arena = a;
	r->d.sources = &r->sources;
	course settings;
	catalog c = { .by_id = { .arena = a } };
	vec_rule rules = { 0 };
	catalog_input in = { .catalog = &c, .rules = &rules };
	facts f;
	ruleset set;
	selection s;
	trace t = { 0 };
	plan p;
	uint32_t number = sources_add(&r->sources, STR("workbook.md"), text);
	if (!course_read(&settings, a, 0, &r->d) || !read_workbook(&r->w, a, number, &r->d))
		return false;
	course_complete(&settings, a, &r->w);
	if (!catalog_read(&in, a, root, false, &r->d) || !catalog_check(&c, a, &r->d) ||
		!facts_make(&f, a, &r->w, &c, &settings, &r->d) ||
		!ruleset_compile(&set, a, rules.ptr, rules.len, &r->d) ||
		!engine_run(&s, &t, a, &set, &f, &c, &settings, &r->d))
		return false;
	compose_input compose = {
		.selection = &s, .facts = &f, .catalog = &c, .course = &settings, .evidence = STR("hash")
	};
	if (!compose_plan(&p, &t, a, &compose, &r->d))
		return false;
	r->text = plan_text(a, &p);
	return r->text.len > 0;
}

/* The text without the lines from `from` to before the next one that begins a row, an item or a section. */
static str without(arena *a, str text, uint32_t at)
{
	size_t from = at, end;
	while (from && text.ptr[from - 1] != '\n')
		from--;
	for (end = from;;) {
		end = str_find(text, STR("\n"), end);
		end = end == SIZE_MAX ? text.len : end + 1;
		char next = end < text.len ? text.ptr[end] : '\n';
		if (next != ' ' && next != '\t')
			break;
	}
	return arena_printf(a, "%.*s%.*s", (int)from, text.ptr, STRF(str_skip(text, end)));
}

/* Adds to `same` what can be deleted without changing the plan. */
static void check_deleted(run *whole, str root, str text, loc at, str what, buf *same)
{
	run r;
	bool ok = make_plan(&r, root, without(&whole->a, text, at.offset));
	require_that(ok, "without '%.*s'\n%s", STRF(what), listing(&r));
	size_t rows = r.w.insights.len, before = whole->w.insights.len;
	for (int k = 0; k < ROW_KINDS; k++) {
		rows += r.w.rows[k].len;
		before += whole->w.rows[k].len;
	}
	require_that(rows == before - 1, "deleting '%.*s' left %zu of %zu rows", STRF(what), rows, before);
	if (str_eq(r.text, whole->text))
		buf_printf(same, "\n  %.*s", STRF(what));
	arena_free(&r.a);
}

static void check_workbook(str root, str path, const size_t expected[ROW_KINDS], size_t insights)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str text;
	buf same = { .arena = &a };
	require_that(io_read(&text, &a, path.ptr, &d), "%.*s", STRF(path));
	run whole, again;
	require_that(make_plan(&whole, root, text), "%.*s\n%s", STRF(path), listing(&whole));
	require_that(make_plan(&again, root, text) && str_eq(whole.text, again.text),
		"the same workbook gives another plan");
	arena_free(&again.a);
	for (int k = 0; k < ROW_KINDS; k++) {
		require_that(whole.w.rows[k].len == expected[k], "%.*s: %zu rows of kind %d", STRF(path),
			whole.w.rows[k].len, k);
		EACH (const workbook_row, r, whole.w.rows[k])
			check_deleted(&whole, root, text, r->at, r->name, &same);
	}
	require_that(whole.w.insights.len == insights, "%.*s: %zu insights", STRF(path), whole.w.insights.len);
	EACH (const workbook_item, i, whole.w.insights)
		check_deleted(&whole, root, text, i->at, i->text, &same);
	require_that(same.len == 0, "%.*s: deleting these changes nothing in the plan:%.*s", STRF(path),
		STRF(buf_done(&same)));
	arena_free(&whole.a);
	arena_free(&a);
}

Test(deletions, shared_workbook, .timeout = 300)
{
	arena a = { 0 };
	const char *shared = getenv("CW_SHARED");
	str root = source_root(&a);
	str base = shared ? str_from(shared) : io_join(&a, root, STR("../shared"));
	str path = io_join(&a, base, STR("inputs/workbooks/senior-ai-infrastructure-engineer.md"));
	if (io_stat(path.ptr) == IO_NONE) {
		arena_free(&a);
		cr_skip_test("shared_workbook: there is no folder of shared inputs");
	}
	check_workbook(root, path, (const size_t[]){ 8, 7, 5 }, 3);
	arena_free(&a);
	NO_LEAKS();
}

Test(deletions, example, .timeout = 300)
{
	arena a = { 0 };
	str root = source_root(&a);
	check_workbook(root, io_join(&a, root, STR("examples/senior-ai-infrastructure/workbook.md")),
		(const size_t[]){ 8, 7, 5 }, 3);
	arena_free(&a);
	NO_LEAKS();
}
