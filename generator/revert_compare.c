/* After a plan was merged: its weeks and grades are laid out again, and the courses before and after are
 * compared. */
#include "revert.h"

#include "plan/delta.h"
#include "plan/draft.h"
#include "plan/merge.h"
#include "plan/resolve.h"
#include "read/plan.h"

/* What is said from here on is kept apart. */
static diags set_apart(cw_context *c)
{
	diags kept = c->diags;
	c->diags = (diags){ .arena = &c->arena, .sources = &c->sources };
	return kept;
}

static bool resolve_text(cw_context *c, str text, curriculum *out)
{
	plan *p = NEW(&c->arena, plan);
	uint32_t number = sources_add(&c->sources, plan_path(c), text);
	resolve_input in = { .plan = p,
		.facts = &c->facts,
		.catalog = &c->catalog,
		.course = &c->selection.settings,
		.trace = &c->trace };
	return p && number && plan_read(p, &c->arena, number, &c->diags) &&
		   resolve_plan(out, &c->arena, &in, &c->diags);
}

static bool name_differences(reversal *v, cw_context *c, const curriculum *before, const curriculum *after)
{
	vec_difference differences = { 0 };
	if (!course_delta(&differences, &c->arena, before, after))
		return false;
	v->made.differences.ptr = differences.ptr;
	v->made.differences.len = differences.len;
	return revision_name_items(&v->made, &c->arena, before, after);
}

static void note_unknown(reversal *v, cw_context *c)
{
	vec_str notes = { 0 };
	vec_push(&c->arena, &notes,
		STR("The course could not be read as it was, so only the difference of plan.yaml says what "
			"changed."));
	v->made.notes = (list_str){ notes.ptr, notes.len };
}

static uint32_t add_text(cw_context *c, str text)
{
	return sources_add(&c->sources, plan_path(c), text);
}

/* What people edited, as far as it is known. */
static bool find_edits(reversal *v, cw_context *c, list_str *out)
{
	uint32_t base = add_text(c, v->now.bytes[TRACKED_BASE]), edited = add_text(c, v->now.bytes[TRACKED_PLAN]);
	return merge_edits(out, &c->arena, base, edited, &c->diags);
}

/* The generated plan with weeks and grades that follow from what is in it now. */
static bool lay_out(reversal *v, cw_context *c, str *out)
{
	plan p, people;
	plan_draft d;
	draft_context in = {
		.catalog = &c->catalog, .facts = &c->facts, .selection = &c->selection, .course = &c->course
	};
	if (!plan_read(&p, &c->arena, add_text(c, v->then.bytes[TRACKED_BASE]), &c->diags) ||
		!plan_read(&people, &c->arena, add_text(c, v->now.bytes[TRACKED_PLAN]), &c->diags) ||
		!find_edits(v, c, &in.edits))
		return false;
	in.decided = &people;
	draft_init(&d, &c->arena, &in, &p);
	if (c->arena.failed)
		return false;
	draft_settle(&d);
	*out = plan_text(&c->arena, &d.plan);
	return out->len > 0;
}

/* Weeks and grades follow from all of a plan, so that taking out a part of it leaves them wrong. Where they
 * cannot be laid out again they stay, and `check` says what is wrong with them. */
static void settle(reversal *v, cw_context *c)
{
	str text;
	merge_result m = { 0 };
	if (!v->then.there[TRACKED_BASE] || str_eq(v->then.bytes[TRACKED_BASE], v->now.bytes[TRACKED_BASE]) ||
		!lay_out(v, c, &text))
		return;
	uint32_t base = add_text(c, v->then.bytes[TRACKED_BASE]),
			 edited = add_text(c, v->then.bytes[TRACKED_PLAN]);
	if (!merge_plan(&m, &c->arena, base, edited, add_text(c, text), &c->diags) || m.conflicts.len)
		return;
	v->then.bytes[TRACKED_BASE] = text;
	v->then.bytes[TRACKED_PLAN] = m.text;
}

bool revert_compare(reversal *v, cw_context *c)
{
	curriculum before, after;
	diags kept = set_apart(c);
	bool known = pipeline_prepare(c, c->root.ptr) && resolve_text(c, v->now.bytes[TRACKED_PLAN], &before);
	if (known)
		settle(v, c);
	c->diags = kept;
	if (!known) {
		note_unknown(v, c);
		return !c->arena.failed;
	}
	kept = set_apart(c);
	bool ok = resolve_text(c, v->then.bytes[TRACKED_PLAN], &after);
	diags said = c->diags;
	c->diags = kept;
	if (!ok)
		diags_take(&c->diags, &said);
	return ok && name_differences(v, c, &before, &after);
}
