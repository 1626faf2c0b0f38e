/* The public functions that open, load, build and close. Texts are api_text.c, explain.c. */
#define _DEFAULT_SOURCE
#include "ingestion.h"

#include "base/io.h"
#include "base/text.h"
#include "read/plan.h"
#include "read/record.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef CW_VERSION
#define CW_VERSION "0.1.0"
#endif

cw_text text_of(str s)
{
	return (cw_text){ .ptr = s.len ? s.ptr : "", .len = s.len };
}

cw_status status_of(const cw_context *c, bool ok)
{
	if (c->arena.failed)
		return CW_ENOMEM;
	if (c->diags.system)
		return CW_EIO;
	return ok && !c->diags.errors ? CW_OK : CW_EINPUT;
}

const char *cw_version(void)
{
	return CW_VERSION;
}

cw_status cw_open(cw_context **out, const cw_options *opts)
{
	cw_context *c = calloc(1, sizeof *c);
	*out = c;
	if (!c)
		return CW_ENOMEM;
	c->counted_last = -1;
	c->sources.arena = c->diags.arena = &c->arena;
	c->diags.sources = &c->sources;
	if (opts && opts->data_dir)
		c->data_dir = arena_cstr(&c->arena, str_from(opts->data_dir));
	if (opts && opts->as_of)
		c->as_of = arena_str(&c->arena, str_from(opts->as_of));
	if (!c->arena.failed)
		return CW_OK;
	cw_close(c);
	*out = NULL;
	return CW_ENOMEM;
}

void cw_close(cw_context *c)
{
	if (!c)
		return;
	ingestion_close(c->ingestion);
	arena_free(&c->arena);
	free(c);
}

static bool holds_data(cw_context *c, const char *dir)
{
	return dir && *dir && io_stat(io_join(&c->arena, str_from(dir), STR("catalog")).ptr) == IO_FOLDER;
}

/* A program that runs inside its build tree uses the data of the source tree, so that nothing has to be
 * installed to try it. */
static bool runs_in_build_tree(void)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	size_t root = strlen(CW_BUILD_ROOT);
	return n > (ssize_t)root && strncmp(path, CW_BUILD_ROOT, root) == 0 && path[root] == '/';
}

bool find_data_dir(cw_context *c)
{
	if (!c->data_dir) {
		const char *stated = getenv("COURSEWRIGHT_DATA");
		c->data_dir = stated && *stated ? arena_cstr(&c->arena, str_from(stated))
					  : runs_in_build_tree() && holds_data(c, CW_DATA_BUILD) ? CW_DATA_BUILD
																			 : CW_DATA_INSTALLED;
	}
	if (holds_data(c, c->data_dir))
		return true;
	diag_file(&c->diags, E_DATA_MISSING, str_from(c->data_dir),
		"the shipped catalogue is not here; set COURSEWRIGHT_DATA to the folder that holds catalog/, "
		"rubrics/ and templates/");
	return false;
}

const char *cw_data_dir(cw_context *c)
{
	find_data_dir(c);
	return c->data_dir;
}

cw_status cw_load(cw_context *c, const char *path)
{
	bool ok = pipeline_load(c, path);
	c->said_loading = c->diags.list.len;
	return status_of(c, ok);
}

str plan_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("plan.yaml"));
}

str base_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("state/plan.base.yaml"));
}

/* Whether plan.yaml differs from what was generated last. */
static bool is_edited(cw_context *c)
{
	str now, base;
	if (io_stat(plan_path(c).ptr) == IO_NONE)
		return false;
	if (io_stat(base_path(c).ptr) == IO_NONE)
		return true;
	return !io_read(&now, &c->arena, plan_path(c).ptr, &c->diags) ||
		   !io_read(&base, &c->arena, base_path(c).ptr, &c->diags) || !str_eq(now, base);
}

bool plan_stage(cw_context *c, const plan *p)
{
	str text = plan_text(&c->arena, p);
	return !c->arena.failed && io_stage(base_path(c).ptr, text, &c->arena, &c->diags) != IO_FAILED &&
		   io_stage(plan_path(c).ptr, text, &c->arena, &c->diags) != IO_FAILED;
}

bool plan_commit(cw_context *c)
{
	return io_commit(base_path(c).ptr, &c->arena, &c->diags) &&
		   io_commit(plan_path(c).ptr, &c->arena, &c->diags);
}

void plan_discard(cw_context *c)
{
	io_discard(base_path(c).ptr, &c->arena);
	io_discard(plan_path(c).ptr, &c->arena);
}

static bool save_plan(cw_context *c, const plan *p)
{
	if (plan_stage(c, p) && plan_commit(c))
		return true;
	plan_discard(c);
	return false;
}

/* The plan that a person edited, before it is replaced. */
static bool keep_former(cw_context *c)
{
	str former, path = io_join(&c->arena, c->root, STR("state/plan.replaced.yaml"));
	if (!io_read(&former, &c->arena, plan_path(c).ptr, &c->diags) ||
		io_write(path.ptr, former, &c->arena, &c->diags) == IO_FAILED)
		return false;
	diag_file(&c->diags, E_PLAN_REPLACED, plan_path(c), "had edits; it is kept as %.*s", STRF(path));
	return true;
}

cw_status cw_plan(cw_context *c, const char *path, unsigned flags, cw_text *written)
{
	plan fresh;
	*written = text_of(STR(""));
	if (!pipeline_prepare(c, path))
		return status_of(c, false);
	bool edited = c->folder && is_edited(c);
	if (edited && !(flags & CW_FORCE)) {
		diag_file(&c->diags, E_PLAN_EDITED, plan_path(c),
			"has been edited by hand; 'plan --force' replaces it (its decisions are kept, and the file as "
			"state/plan.replaced.yaml)");
		return status_of(c, false);
	}
	if (c->folder && io_stat(plan_path(c).ptr) != IO_NONE && !pipeline_read_plan(c))
		return status_of(c, false);
	if (!pipeline_compose(c, &fresh) || (edited && !keep_former(c)))
		return status_of(c, false);
	*written = text_of(c->folder ? plan_path(c) : plan_text(&c->arena, &fresh));
	return status_of(c, !c->folder || save_plan(c, &fresh));
}

static void count_findings(const cw_context *c, cw_result *result)
{
	result->errors = check_count(&c->findings, CHECK_ERROR);
	result->warnings = check_count(&c->findings, CHECK_WARNING) - result->errors;
	result->infos = check_count(&c->findings, CHECK_INFO) - result->errors - result->warnings;
	result->modules = c->curriculum.modules.len;
	result->labs = c->curriculum.labs.len;
	result->scenarios = c->curriculum.scenarios.len;
	result->hours = c->plan.course.minutes / 60.0;
}

cw_status cw_build(cw_context *c, const char *out_dir, const char *only, const char *formats, unsigned flags,
	cw_result *result)
{
	cw_result counted = CW_RESULT_INIT;
	if (!c->loaded || !pipeline_render(c, only, formats))
		return status_of(c, false);
	str dir = out_dir ? arena_str(&c->arena, str_from(out_dir)) : io_join(&c->arena, c->root, STR("out"));
	bool with_plan = c->folder && !c->plan_exists;
	if (c->arena.failed || (with_plan && !plan_stage(c, &c->plan)) ||
		!write_outputs(c, dir.ptr, flags, only || formats, &counted) || (with_plan && !plan_commit(c))) {
		if (with_plan)
			plan_discard(c);
		return status_of(c, false);
	}
	count_findings(c, &counted);
	if (result)
		*result = counted;
	if ((flags & CW_STRICT) && counted.errors)
		diag_file(&c->diags, E_FINDINGS, c->workbook_path, "the course has %zu finding%s of level error",
			counted.errors, counted.errors == 1 ? "" : "s");
	return status_of(c, true);
}

cw_status cw_check(cw_context *c, const char *format, cw_text *out, cw_result *result)
{
	buf b = { .arena = &c->arena };
	*out = text_of(STR(""));
	if (!c->loaded || !pipeline_render(c, NULL, NULL))
		return status_of(c, false);
	if (str_eq(str_from(format), STR("json")))
		check_print_json(&b, &c->findings, &c->sources);
	else if (str_eq(str_from(format), STR("sarif")))
		check_print_sarif(&b, &c->findings, &c->sources);
	else
		check_print_text(&b, &c->findings, &c->sources);
	*out = text_of(buf_done(&b));
	if (result)
		count_findings(c, result);
	return status_of(c, true);
}

/* An answer from a stale plan is one to another question; all other warnings of loading are about the course.
 */
static diags without_course(cw_context *c)
{
	diags kept = c->diags;
	kept.list.ptr = NULL;
	kept.list.len = kept.list.cap = 0;
	kept.dropped = c->diags.errors ? c->diags.dropped : 0;
	for (size_t i = 0; i < c->diags.list.len; i++) {
		diag one = c->diags.list.ptr[i];
		if (i >= c->said_loading || diag_code_severity(one.code) == DIAG_ERROR || one.code == E_PLAN_STALE)
			vec_push(&c->arena, &kept.list, one);
	}
	return kept;
}

cw_text cw_diagnostics(cw_context *c, unsigned flags)
{
	buf b = { .arena = &c->arena };
	diags shown = flags & CW_ANSWER ? without_course(c) : c->diags;
	if (flags & CW_JSON)
		diag_print_json(&b, &shown);
	else
		diag_print_all(&b, &shown);
	return text_of(flags & CW_JSON ? buf_done(&b) : text_printable(&c->arena, buf_done(&b)));
}

size_t cw_error_count(const cw_context *c)
{
	return c->diags.errors;
}
