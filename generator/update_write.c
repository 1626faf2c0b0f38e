/* Everything that an update changes, at once: the plan, what it was generated from, the workbook, the states,
 * and the record with the versions of these files. */
#include "update.h"

#include "base/io.h"
#include "read/update.h"

static void put(snapshot *s, int file, str bytes)
{
	s->there[file] = true;
	s->bytes[file] = bytes;
}

static str made_text(updating *u)
{
	return sources_get(&u->context->sources, u->made_source)->text;
}

static str edited_text(updating *u)
{
	return sources_get(&u->context->sources, u->edited_source)->text;
}

/* Somebody may have saved the plan while it was being worked on. */
static bool is_unchanged(updating *u, const snapshot *now)
{
	cw_context *c = u->context;
	if (str_eq(now->bytes[TRACKED_PLAN], edited_text(u)))
		return true;
	diag_file(&c->diags, E_UPDATE_CONFLICT, plan_path(c),
		"was changed while the update was worked out: run it again");
	return false;
}

static void set_after(updating *u, snapshot *after)
{
	cw_context *c = u->context;
	put(after, TRACKED_PLAN, u->merged.text);
	put(after, TRACKED_BASE, made_text(u));
	put(after, TRACKED_ITEMS, course_state_text(&u->context->arena, &u->state));
	put(after, TRACKED_WORKBOOK, u->workbook);
	if (!u->from_ledger)
		return;
	workbook_origin origin = { .hash = u->evidence, .filter = u->filter };
	put(after, TRACKED_HASH, workbook_origin_text(&c->arena, &origin));
}

/* A mark of a workbook that is not written then does no harm, so it comes first. */
static bool mark(updating *u)
{
	return !u->ledger || (ledger_begin(u->ledger) && ledger_mark(u->ledger, u->evidence, u->ledger_last) &&
							 ledger_commit(u->ledger));
}

bool update_write(updating *u)
{
	cw_context *c = u->context;
	vec_io_set_file files = { 0 };
	snapshot before, after;
	if (!snapshot_now(&before, c) || !is_unchanged(u, &before))
		return false;
	after = before;
	set_after(u, &after);
	history_keep(&files, c, u->replanned.base_text);
	EACH (const replan_edit, e, u->replanned.edits)
		history_keep(&files, c, e->made);
	history_add(&files, c, &u->revision, &before, &after);
	return mark(u) && history_write(c, &files);
}
