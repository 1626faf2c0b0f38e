#include "history_text.h"

#include "model/record_value.h"
#include "render/escape.h"
#include "render/revision.h"

/* ---- log */

static void put_words(buf *out, const char *before, str words)
{
	if (words.len)
		buf_printf(out, "%s%.*s", before, STRF(words));
}

static void put_reverted(buf *out, const revision *by)
{
	if (by)
		buf_printf(out, "; taken back by revision %d", by->number);
}

static void put_change(buf *out, const change *one, const revision *by)
{
	buf_printf(out, "  %.*s  %s", STRF(one->id), edit_step_names[one->kind]);
	put_words(out, "  ", one->target);
	buf_printf(out, "  %.*s (", STRF(one->summary));
	put_words(out, "", one->why.rule);
	put_words(out, "; approved by ", one->approved_by);
	if (one->needs_approval.len && !one->approved_by.len)
		BUF_LIT(out, "; not approved");
	put_reverted(out, by);
	BUF_LIT(out, ")\n");
}

static void put_head(buf *out, const revision *r)
{
	buf_printf(out, "revision %d", r->number);
	put_words(out, "  ", r->version_before);
	put_words(out, " -> ", r->version_after);
	if (r->bump >= 0)
		buf_printf(out, " (%s)", bump_names[r->bump]);
	put_words(out, "  ", r->kind);
	put_words(out, " of ", r->reverts);
	put_words(out, "  cycle ", r->cycle);
	put_words(out, "  as of ", r->as_of);
}

static const revision *back_of_change(const revision_book *book, const revision *r, const change *one)
{
	const revision *by = change_taken_back(book, one);
	return by ? by : revision_taken_back(book, r);
}

void put_log(buf *out, const revision_book *book)
{
	for (size_t i = book->list.len; i > 0; i--) {
		const revision *r = &book->list.ptr[i - 1];
		put_head(out, r);
		put_reverted(out, revision_taken_back(book, r));
		buf_char(out, '\n');
		EACH (const change, one, r->changes)
			put_change(out, one, back_of_change(book, r, one));
	}
	if (!book->list.len)
		BUF_LIT(out, "nothing was updated yet\n");
}

static void set_reverted(arena *a, value v, const revision *by)
{
	if (by)
		value_set(a, v, "reverted_by", value_int(by->number));
}

value log_json(arena *a, const revision_book *book)
{
	vec_value out = { 0 };
	for (size_t i = book->list.len; i > 0; i--) {
		const revision *r = &book->list.ptr[i - 1];
		value one = record_value(a, &revision_record, r);
		set_reverted(a, one, revision_taken_back(book, r));
		const value *changes = value_get(one, STR("changes"));
		for (size_t k = 0; changes && k < changes->list.len; k++)
			set_reverted(a, changes->list.ptr[k], back_of_change(book, r, &r->changes.ptr[k]));
		vec_push(a, &out, one);
	}
	return value_of(out);
}

/* ---- diff */

static bool is_known_part(str part)
{
	for (const difference_part *p = difference_parts; p->name; p++)
		if (str_eq(part, str_from(p->name)))
			return true;
	return false;
}

/* The part without a name has what belongs to no other: a record may be of a later program. */
static bool belongs(const course_difference *d, const difference_part *p)
{
	return p->name ? str_eq(d->part, str_from(p->name)) : !is_known_part(d->part);
}

/* "Bread (module:bread), " */
static void put_item(buf *out, const revision *r, str item)
{
	if (!item.len)
		return;
	EACH (const pair_text, name, r->names)
		if (str_eq(name->key, item)) {
			escape_markdown(out, name->value, ' ');
			BUF_LIT(out, " (");
			escape_markdown(out, item, ')');
			BUF_LIT(out, "), ");
			return;
		}
	escape_markdown(out, item, ',');
	BUF_LIT(out, ", ");
}

static void put_line(buf *out, const revision *r, const course_difference *d)
{
	BUF_LIT(out, "- ");
	put_item(out, r, d->item);
	escape_markdown(out, d->what, ':');
	BUF_LIT(out, ": ");
	if (d->before.len && d->after.len) {
		escape_markdown(out, d->before, ' ');
		BUF_LIT(out, " → ");
		escape_markdown(out, d->after, '\n');
	} else if (d->after.len) {
		BUF_LIT(out, "new: ");
		escape_markdown(out, d->after, '\n');
	} else {
		BUF_LIT(out, "gone: ");
		escape_markdown(out, d->before, '\n');
	}
	buf_char(out, '\n');
}

static void put_part(buf *out, const revision *r, const difference_part *part)
{
	bool headed = false;
	EACH (const course_difference, d, r->differences) {
		if (!belongs(d, part))
			continue;
		if (!headed)
			buf_printf(out, "\n## %s\n\n", part->name ? part->heading : "Other parts");
		headed = true;
		put_line(out, r, d);
	}
}

static void put_notes(buf *out, const revision *r)
{
	EACH (const str, note, r->notes) {
		buf_char(out, '\n');
		escape_markdown(out, *note, '\n');
		buf_char(out, '\n');
	}
}

static void put_changes(buf *out, const revision *r)
{
	if (r->changes.len)
		BUF_LIT(out, "\n## Changes\n\n");
	EACH (const change, one, r->changes) {
		buf_printf(out, "- %.*s, %s", STRF(one->id), edit_step_names[one->kind]);
		if (one->target.len) {
			BUF_LIT(out, ", ");
			escape_markdown(out, one->target, ':');
		}
		BUF_LIT(out, ": ");
		escape_markdown(out, one->summary, '\n');
		buf_char(out, '\n');
	}
}

/* One backtick more than any run in the text, three at least. */
static size_t fence_of(str text)
{
	size_t longest = 2, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void put_fence(buf *out, size_t length, const char *word)
{
	for (size_t i = 0; i < length; i++)
		buf_char(out, '`');
	buf_printf(out, "%s\n", word);
}

static void put_title(buf *out, arena *a, const revision *r)
{
	buf about = { .arena = a };
	buf_printf(&about, "Revision %d", r->number);
	put_words(&about, ": version ", r->version_before);
	put_words(&about, " → ", r->version_after);
	BUF_LIT(out, "# ");
	escape_markdown(out, buf_done(&about), '\n');
	about = (buf){ .arena = a };
	put_words(&about, "Kind: ", r->kind);
	put_words(&about, " of ", r->reverts);
	put_words(&about, ". Cycle: ", r->cycle);
	put_words(&about, ". As of ", r->as_of);
	if (r->bump >= 0)
		buf_printf(&about, ". Change of version: %s", bump_names[r->bump]);
	BUF_LIT(out, "\n\n");
	escape_markdown(out, buf_done(&about), '.');
	BUF_LIT(out, ".\n");
}

void put_difference(buf *out, arena *a, const revision *r, str plan_diff)
{
	put_title(out, a, r);
	put_notes(out, r);
	put_changes(out, r);
	const difference_part *p = difference_parts;
	for (; p->name; p++)
		put_part(out, r, p);
	put_part(out, r, p);
	if (!plan_diff.len) {
		BUF_LIT(out, "\nplan.yaml is the same before and after.\n");
		return;
	}
	size_t fence = fence_of(plan_diff);
	BUF_LIT(out, "\n## plan.yaml\n\n");
	put_fence(out, fence, "diff");
	buf_str(out, plan_diff);
	put_fence(out, fence, "");
}

value difference_json(arena *a, const revision *r, str plan_diff)
{
	static const char *const keys[] = { "number", "kind", "reverts", "version_before", "version_after",
		"notes", "changes", "differences", "names" };
	value all = record_value(a, &revision_record, r), out = value_new_map(a);
	for (size_t i = 0; i < COUNT(keys); i++) {
		const value *one = value_get(all, str_from(keys[i]));
		if (one)
			value_set(a, out, keys[i], *one);
	}
	value_set(a, out, "plan", value_string(plan_diff));
	return out;
}

/* ---- revert */

static void put_files(buf *out, const reversal *v)
{
	size_t count = 0;
	for (int i = 0; i < TRACKED_FILES; i++) {
		bool differs = v->now.there[i] != v->then.there[i] || !str_eq(v->now.bytes[i], v->then.bytes[i]);
		if (!differs)
			continue;
		buf_printf(out, "%s%s%s", count ? ", " : "  ", tracked_paths[i],
			v->then.there[i] ? "" : " (which is removed)");
		count++;
	}
	if (!count)
		BUF_LIT(out, "  no file differs, but that it is taken back is noted\n");
	else if (v->exact)
		buf_printf(out, ": byte for byte as before revision %d\n", v->target.revision->number);
	else
		buf_printf(out, ": %zu field%s of plan.yaml taken back, %zu later change%s or edit%s kept\n",
			v->taken, v->taken == 1 ? "" : "s", v->kept, v->kept == 1 ? "" : "s", v->kept == 1 ? "" : "s");
}

void put_reversal(buf *out, const reversal *v, bool done)
{
	const history_target *t = &v->target;
	buf_printf(out, "%srevision %d %s ", done ? "" : "nothing is written: ", v->made.number,
		done ? "takes back" : "would take back");
	if (t->change)
		buf_printf(out, "%.*s of ", STRF(t->change->id));
	buf_printf(out, "revision %d", t->revision->number);
	put_words(out, " (", v->made.version_before);
	put_words(out, " -> ", v->made.version_after);
	buf_printf(out, "%s\n", v->made.version_before.len ? ")" : "");
	put_files(out, v);
	EACH (const reverted_item, one, v->items)
		buf_printf(
			out, "  %.*s: %s -> %s\n", STRF(one->id), item_state_names[one->from], item_state_names[one->to]);
}

value reversal_json(arena *a, const reversal *v, bool done)
{
	value out = value_new_map(a);
	vec_value written = { 0 }, removed = { 0 }, items = { 0 };
	for (int i = 0; i < TRACKED_FILES; i++)
		if (v->now.there[i] != v->then.there[i] || !str_eq(v->now.bytes[i], v->then.bytes[i]))
			vec_push(a, v->then.there[i] ? &written : &removed, value_literal(tracked_paths[i]));
	EACH (const reverted_item, one, v->items) {
		value item = value_new_map(a);
		value_set(a, item, "item", value_string(one->id));
		value_set(a, item, "from", value_literal(item_state_names[one->from]));
		value_set(a, item, "to", value_literal(item_state_names[one->to]));
		vec_push(a, &items, item);
	}
	value_set(a, out, "done", value_bool(done));
	value_set(a, out, "revision", value_int(v->made.number));
	value_set(a, out, "reverts", value_string(v->made.reverts));
	value_set(a, out, "exact", value_bool(v->exact));
	value_set(a, out, "version_before", value_string(v->made.version_before));
	value_set(a, out, "version_after", value_string(v->made.version_after));
	value_set(a, out, "written", value_of(written));
	value_set(a, out, "removed", value_of(removed));
	value_set(a, out, "items", value_of(items));
	value_set(a, out, "taken", value_int((int64_t)v->taken));
	value_set(a, out, "kept", value_int((int64_t)v->kept));
	return out;
}
