/* The whole way from input to output, in the order in which it happens. Each step is a call into one layer; a
 * step that reported errors ends the way. */
#include "history.h"
#include "session.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/io_set.h"
#include "evidence/facts.h"
#include "plan/compose.h"
#include "plan/decisions.h"
#include "plan/resolve.h"
#include "read/course.h"
#include "read/plan.h"
#include "read/workbook.h"
#include "render/render.h"
#include "rules/lint.h"

static bool read_source(cw_context *c, str path, uint32_t *number)
{
	str text;
	if (!io_read(&text, &c->arena, path.ptr, &c->diags))
		return false;
	*number = sources_add(&c->sources, path, text);
	return *number != 0;
}

bool finish_update(cw_context *c)
{
	return io_set_recover(c->root.ptr, STR(UPDATE_JOURNAL), &c->arena, &c->diags);
}

bool course_folder(cw_context *c, const char *path, const char *what)
{
	c->folder = io_stat(path) == IO_FOLDER;
	c->root = arena_str(&c->arena, str_from(path));
	if (!c->folder)
		diag_file(&c->diags, E_FILE_READ, c->root, "%s to a course folder, and this is none", what);
	return c->folder && finish_update(c);
}

static bool locate(cw_context *c, const char *path)
{
	str given = arena_str(&c->arena, str_from(path));
	c->folder = io_stat(path) == IO_FOLDER;
	c->root = c->folder ? given : arena_str(&c->arena, io_parent(given));
	/* The workbook of a course folder stands for the folder. */
	if (!c->folder && str_eq(io_base(given), STR("workbook.md")))
		c->folder = io_stat(io_join(&c->arena, c->root, STR("course.yaml")).ptr) == IO_FILE ||
					io_stat(plan_path(c).ptr) == IO_FILE;
	if (c->folder && !finish_update(c))
		return false;
	c->workbook_path = c->folder ? io_join(&c->arena, c->root, STR("workbook.md")) : given;
	if (io_stat(c->workbook_path.ptr) != IO_NONE)
		return true;
	diag_file(&c->diags, E_FILE_READ, c->workbook_path,
		c->folder ? "a course folder needs a workbook.md; 'coursewright init DIR' makes one"
				  : "no such file");
	return false;
}

static bool read_course_file(cw_context *c)
{
	str path = io_join(&c->arena, c->root, STR("course.yaml"));
	uint32_t number = 0;
	if (c->folder && io_stat(path.ptr) != IO_NONE && !read_source(c, path, &number))
		return false;
	return course_read(&c->course, &c->arena, number, &c->diags);
}

static bool read_workbook_source(cw_context *c, uint32_t number)
{
	if (!read_workbook(&c->workbook, &c->arena, number, &c->diags))
		return false;
	course_complete(&c->course, &c->arena, &c->workbook);
	return true;
}

static bool read_workbook_file(cw_context *c)
{
	uint32_t number;
	return read_source(c, c->workbook_path, &number) && read_workbook_source(c, number);
}

static bool read_catalog_files(cw_context *c)
{
	catalog_input in = { .catalog = &c->catalog, .rules = &c->rules };
	if (!find_data_dir(c))
		return false;
	bool ok = catalog_read(&in, &c->arena, str_from(c->data_dir), false, &c->diags);
	c->own_from = c->folder ? (uint32_t)c->sources.list.len + 1 : UINT32_MAX;
	if (c->folder)
		ok &= catalog_read(&in, &c->arena, c->root, true, &c->diags);
	return ok && catalog_check(&c->catalog, &c->arena, &c->diags);
}

static lint_input lint_input_of(const cw_context *c)
{
	return (lint_input){ .rules = &c->ruleset, .catalog = &c->catalog, .own_from = c->own_from };
}

static bool judge_rules(cw_context *c)
{
	arena scratch = { 0 };
	lint_input in = lint_input_of(c);
	bool ok = lint_rules(&in, &scratch, &c->diags);
	c->arena.failed |= scratch.failed;
	arena_free(&scratch);
	return ok;
}

static bool compile_rules(cw_context *c)
{
	return ruleset_compile(&c->ruleset, &c->arena, c->rules.ptr, c->rules.len, &c->diags) && judge_rules(c);
}

static bool run_rules(cw_context *c)
{
	c->trace = (trace){ 0 };
	return engine_run(
		&c->selection, &c->trace, &c->arena, &c->ruleset, &c->facts, &c->catalog, &c->course, &c->diags);
}

static str evidence_hash(cw_context *c)
{
	const source *s = sources_get(&c->sources, c->workbook.source);
	return hash_sha256(&c->arena, s ? s->text : STR(""));
}

bool pipeline_compose(cw_context *c, plan *out)
{
	compose_input in = { .selection = &c->selection,
		.facts = &c->facts,
		.catalog = &c->catalog,
		.course = &c->course,
		.former = c->plan_exists ? &c->plan : NULL,
		.as_of = c->as_of.len ? c->as_of : c->course.start_date,
		.evidence = evidence_hash(c) };
	return compose_plan(out, &c->trace, &c->arena, &in, &c->diags);
}

/* A folder that has no plan yet gets the composed one, and the manifest names it as an input from the start.
 */
static bool take_composed(cw_context *c, const plan *composed)
{
	c->plan = *composed;
	if (!c->folder)
		return true;
	str path = plan_path(c);
	sources_add(&c->sources, path, plan_text(&c->arena, composed));
	return !c->arena.failed;
}

bool pipeline_read_plan(cw_context *c)
{
	uint32_t number;
	if (!read_source(c, plan_path(c), &number) || !plan_read(&c->plan, &c->arena, number, &c->diags))
		return false;
	c->plan_exists = true;
	return check_decisions(&c->plan, &c->catalog, &c->diags);
}

/* The plan is always composed, so that the trace has the planner's remarks; one that exists is what counts.
 * That it cannot be composed any more is then no error: it may have been edited to hold. */
static bool read_or_compose_plan(cw_context *c)
{
	plan composed;
	if (!c->folder || io_stat(plan_path(c).ptr) == IO_NONE)
		return pipeline_compose(c, &composed) && take_composed(c, &composed);
	if (!pipeline_read_plan(c))
		return false;
	diags spoken = c->diags;
	c->diags.list.cap = 0; /* what composing says is about a plan that is not used */
	c->diags.list.ptr = NULL;
	c->diags.list.len = 0;
	pipeline_compose(c, &composed);
	c->diags = spoken;
	if (!str_eq(c->plan.course.evidence, evidence_hash(c)))
		diag_file(&c->diags, E_PLAN_STALE, plan_path(c),
			"the workbook has changed since this plan was made: run 'coursewright update' to follow it, or "
			"'coursewright plan' to plan anew ('plan --force' if the plan was edited)");
	report_open_decisions(&c->plan, &c->diags);
	return !c->arena.failed;
}

static bool resolve(cw_context *c)
{
	resolve_input in = { .plan = &c->plan,
		.facts = &c->facts,
		.catalog = &c->catalog,
		.course = &c->selection.settings, /* with what rules set */
		.trace = &c->trace };
	if (!resolve_plan(&c->curriculum, &c->arena, &in, &c->diags))
		return false;
	if (c->as_of.len)
		c->curriculum.as_of = c->as_of;
	return true;
}

static void judge_course(cw_context *c)
{
	arena scratch = { 0 };
	lint_course_input in = { .static_part = lint_input_of(c),
		.facts = &c->facts,
		.trace = &c->trace,
		.selection = &c->selection,
		.plan = &c->plan };
	lint_course(&in, &scratch, &c->diags);
	c->arena.failed |= scratch.failed;
	arena_free(&scratch);
}

bool pipeline_settings(cw_context *c)
{
	return read_course_file(c) && read_catalog_files(c);
}

bool pipeline_prepare(cw_context *c, const char *path)
{
	bool ok = locate(c, path);
	ok = ok && read_course_file(c);
	ok = ok && read_workbook_file(c);
	ok = ok && read_catalog_files(c);
	ok = ok && facts_make(&c->facts, &c->arena, &c->workbook, &c->catalog, &c->course, &c->diags);
	return ok && compile_rules(c) && run_rules(c);
}

bool pipeline_evidence(cw_context *c, str path, str text)
{
	bool first = c->workbook.source == 0;
	uint32_t number = sources_add(&c->sources, path, text);
	c->workbook = (workbook){ 0 };
	bool ok = number && read_workbook_source(c, number);
	ok = ok && facts_make(&c->facts, &c->arena, &c->workbook, &c->catalog, &c->course, &c->diags);
	return ok && (!first || compile_rules(c)) && run_rules(c);
}

bool pipeline_load(cw_context *c, const char *path)
{
	bool ok = pipeline_prepare(c, path);
	ok = ok && read_or_compose_plan(c);
	ok = ok && resolve(c);
	if (ok) {
		judge_course(c);
		report_drafts(c);
	}
	c->loaded = ok && !c->arena.failed;
	return c->loaded;
}

template_set *pipeline_templates(cw_context *c)
{
	VEC(str) folders = { 0 };
	if (c->folder)
		vec_push(&c->arena, &folders, io_join(&c->arena, c->root, STR("templates")));
	vec_push(&c->arena, &folders, io_join(&c->arena, str_from(c->data_dir), STR("templates")));
	c->templates =
		(template_set){ .arena = &c->arena, .folders = { .ptr = folders.ptr, .len = folders.len } };
	return &c->templates;
}

/* What was changed since the course was made. A bare workbook has no history. */
static bool read_revisions(cw_context *c, list_revision *out)
{
	return !c->folder || history_read(out, c);
}

bool pipeline_render(cw_context *c, const char *only, const char *formats)
{
	list_revision revisions = { 0 };
	if (!read_revisions(c, &revisions))
		return false;
	VEC(str) wanted = { 0 };
	for (str_cut cut = { .tail = str_from(formats), .ok = formats != NULL }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		if (str_trim(cut.head).len)
			vec_push(&c->arena, &wanted, str_trim(cut.head));
	}
	render_options o = { .templates = pipeline_templates(c),
		.formats = { .ptr = wanted.ptr, .len = wanted.len },
		.only = str_from(only),
		.revisions = revisions.ptr,
		.revision_count = revisions.len };
	if (!render_course(&c->documents, &c->arena, &c->curriculum, &o, &c->diags))
		return false;
	bool whole = !only && !formats;
	if (whole)
		add_manifest(c);
	check_run(&c->findings, &c->arena, &c->curriculum, whole ? &c->documents : NULL, &c->diags);
	if (whole && !c->arena.failed) {
		c->documents.list.len--; /* the manifest lists the findings too */
		add_findings(c);
		add_manifest(c);
	}
	return !c->arena.failed && !c->diags.errors;
}
