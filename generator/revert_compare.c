/* The courses before and after a plan was merged, side by side. */
#include "revert.h"

#include "plan/delta.h"
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

bool revert_compare(reversal *v, cw_context *c)
{
	curriculum before, after;
	diags kept = set_apart(c);
	bool known = pipeline_prepare(c, c->root.ptr) && resolve_text(c, v->now.bytes[TRACKED_PLAN], &before);
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
