/* The courses before and after, side by side. */
#include "update.h"

#include "plan/delta.h"
#include "plan/resolve.h"

static bool resolve_quietly(updating *u, const plan *p, curriculum *out, diags *said)
{
	cw_context *c = u->context;
	resolve_input in = { .plan = p,
		.facts = &c->facts,
		.catalog = &c->catalog,
		.course = &c->selection.settings,
		.trace = &c->trace };
	diags kept = c->diags;
	c->diags.list.ptr = NULL;
	c->diags.list.len = c->diags.list.cap = 0;
	bool ok = resolve_plan(out, &c->arena, &in, &c->diags);
	*said = c->diags;
	c->diags = kept;
	return ok;
}

/* A plan that cannot be taught is an error, whichever hand made it so; about the one before nothing is said.
 */
bool update_compare(updating *u)
{
	cw_context *c = u->context;
	curriculum before, after;
	diags said;
	vec_difference differences = { 0 };
	bool known = resolve_quietly(u, &c->plan, &before, &said);
	if (!resolve_quietly(u, &u->merged_plan, &after, &said)) {
		diags_take(&c->diags, &said);
		return false;
	}
	if (known && !course_delta(&differences, &c->arena, &before, &after))
		return false;
	u->revision.differences.ptr = differences.ptr;
	u->revision.differences.len = differences.len;
	return revision_name_items(&u->revision, &c->arena, known ? &before : &after, &after);
}
