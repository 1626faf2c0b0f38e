/* What was updated: listed, shown and taken back. */
#include "history_text.h"

#include "base/json.h"
#include "base/line_diff.h"
#include "base/text.h"
#include "render/revision.h"

static bool open_history(cw_context *c, const char *path, list_revision *all)
{
	return course_folder(c, path, "a history belongs") && history_read(all, c);
}

static cw_status answer(cw_context *c, bool ok, buf *b, const value *json, cw_text *out)
{
	if (ok && json) {
		json_value(b, *json, 0);
		buf_char(b, '\n');
	}
	str said = ok ? buf_done(b) : STR("");
	*out = text_of(json ? said : text_printable(&c->arena, said));
	return status_of(c, ok);
}

cw_status cw_log(cw_context *c, const char *path, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	list_revision all;
	revision_book book;
	value v = V_NONE;
	bool ok = open_history(c, path, &all);
	if (ok)
		revision_book_make(&book, &c->arena, all.ptr, all.len);
	ok = ok && !c->arena.failed;
	if (ok && flags & CW_JSON)
		v = log_json(&c->arena, &book);
	else if (ok)
		put_log(&b, &book);
	return answer(c, ok, &b, flags & CW_JSON ? &v : NULL, out);
}

/* What was asked for; its revision is NULL after a diagnostic. */
static history_target open_target(cw_context *c, const char *path, const char *what, list_revision *all)
{
	if (!open_history(c, path, all))
		return (history_target){ 0 };
	if (all->len)
		return history_find(c, *all, str_from(what));
	diag_file(
		&c->diags, E_NO_HISTORY, c->root, "nothing was updated yet: 'coursewright update' begins a history");
	return (history_target){ 0 };
}

static bool diff_plans(cw_context *c, const revision *r, str *out)
{
	snapshot before, after;
	if (!snapshot_before(&before, c, r) || !snapshot_after(&after, c, r))
		return false;
	str hunks =
		line_diff(&c->arena, before.bytes[TRACKED_PLAN], after.bytes[TRACKED_PLAN], LINE_DIFF_CONTEXT);
	*out = hunks.len ? arena_printf(&c->arena, "--- %s\n+++ %s\n%.*s",
						   before.there[TRACKED_PLAN] ? "a/plan.yaml" : "/dev/null",
						   after.there[TRACKED_PLAN] ? "b/plan.yaml" : "/dev/null", STRF(hunks))
					 : STR("");
	return !c->arena.failed;
}

cw_status cw_diff(cw_context *c, const char *path, const char *what, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	list_revision all;
	value v = V_NONE;
	str plan_diff;
	history_target t = open_target(c, path, what, &all);
	bool ok = t.revision && diff_plans(c, t.revision, &plan_diff);
	if (ok && flags & CW_JSON)
		v = difference_json(&c->arena, t.revision, plan_diff);
	else if (ok)
		put_difference(&b, &c->arena, t.revision, plan_diff);
	return answer(c, ok, &b, flags & CW_JSON ? &v : NULL, out);
}

cw_status cw_revert(cw_context *c, const char *path, const char *what, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	list_revision all;
	value v = V_NONE;
	reversal made;
	bool done = !(flags & CW_DRY);
	history_target t = open_target(c, path, what, &all);
	bool ok = t.revision && revert_plan(&made, c, all, t) && (!done || history_write(c, &made.files));
	if (ok && flags & CW_JSON)
		v = reversal_json(&c->arena, &made, done);
	else if (ok)
		put_reversal(&b, &made, done);
	return answer(c, ok, &b, flags & CW_JSON ? &v : NULL, out);
}
