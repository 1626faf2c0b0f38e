#include "revert.h"
#include "revert_follow.h"

#include "base/hash.h"
#include "base/text.h"
#include "plan/merge.h"
#include "read/plan.h"
#include "read/update.h"
#include "render/revision.h"

#include <math.h>

enum { SHOWN_MAX = 100, HINTS_MAX = 5 };

/* Whether this is all that the revision did. */
static bool is_whole(const history_target *t)
{
	return !t->change || t->revision->changes.len == 1;
}

static uint32_t add_source(cw_context *c, str path, str text)
{
	return sources_add(&c->sources, path, text);
}

static str tracked_path(cw_context *c, int file)
{
	return io_join(&c->arena, c->root, str_from(tracked_paths[file]));
}

/* ---- byte for byte */

static str version_in(const file_version *list, size_t count, int file)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(list[i].key, str_from(tracked_paths[file])))
			return list[i].value;
	return STR("");
}

static bool is_as_left(cw_context *c, const snapshot *now, const revision *r)
{
	for (int i = 0; i < TRACKED_FILES; i++) {
		str left = version_in(r->after.ptr, r->after.len, i);
		str hash = now->there[i] ? hash_sha256(&c->arena, now->bytes[i]) : STR("");
		if (!str_eq(left, hash))
			return false;
	}
	return true;
}

static bool restore(reversal *v, cw_context *c)
{
	const revision *r = v->target.revision;
	v->made.version_before = r->version_after;
	v->made.version_after = r->version_before;
	v->made.bump = r->bump;
	v->made.differences.ptr = NEWN(&c->arena, course_difference, r->differences.len);
	for (size_t i = 0; v->made.differences.ptr && i < r->differences.len; i++) {
		course_difference one = r->differences.ptr[i];
		str before = one.before;
		one.before = one.after;
		one.after = before;
		v->made.differences.ptr[v->made.differences.len++] = one;
	}
	v->made.names.ptr = r->names.ptr;
	v->made.names.len = r->names.len;
	return snapshot_before(&v->then, c, r);
}

/* ---- merging the plan */

/* What was generated with the change, and without it. Both empty: it did not touch the plan. */
typedef struct {
	str with, without; /* hashes */
} generated;

static generated generated_plans(const history_target *t)
{
	const revision *r = t->revision;
	generated g = { version_in(r->after.ptr, r->after.len, TRACKED_BASE),
		version_in(r->before.ptr, r->before.len, TRACKED_BASE) };
	if (t->change)
		g = (generated){ t->change->made, t->change->base };
	else if (r->changes.len)
		g = (generated){ r->changes.ptr[r->changes.len - 1].made, r->changes.ptr[0].base };
	return str_eq(g.with, g.without) ? (generated){ 0 } : g;
}

static bool read_generated(plan *out, cw_context *c, str hash)
{
	str text, path = arena_printf(&c->arena, "state/objects/%.*s", STRF(hash));
	return history_object(&text, c, hash) && plan_read(out, &c->arena, add_source(c, path, text), &c->diags);
}

/* A generated plan as a source, with the header of another: evidence stays what it is, and the version only
 * goes forward. */
static bool add_generated(cw_context *c, uint32_t *number, plan *p, str evidence, str version)
{
	p->course.evidence = evidence;
	p->course.version = version;
	*number = add_source(c, STR("state/plan.base.yaml"), plan_text(&c->arena, p));
	return *number != 0;
}

/* The plan that is generated now; without a record of it, the plan itself. */
static bool read_base(plan *out, reversal *v, cw_context *c, const plan *otherwise)
{
	*out = *otherwise;
	if (!v->now.there[TRACKED_BASE])
		return true;
	uint32_t number = add_source(c, tracked_path(c, TRACKED_BASE), v->now.bytes[TRACKED_BASE]);
	return plan_read(out, &c->arena, number, &c->diags);
}

static str shown(cw_context *c, str yaml)
{
	str line = text_one_line(&c->arena, yaml);
	if (!line.len)
		return STR("(nothing)");
	size_t len = SHOWN_MAX;
	while (len < line.len && len && ((unsigned char)line.ptr[len] & 0xC0) == 0x80)
		len--;
	return line.len <= len ? line : arena_printf(&c->arena, "%.*s ...", (int)len, line.ptr);
}

static void report_conflicts(cw_context *c, const merge_result *m)
{
	EACH (const merge_conflict, one, m->conflicts) {
		str edited = shown(c, one->edited), made = shown(c, one->made), base = shown(c, one->base);
		diag_add(&c->diags, E_REVERT_CONFLICT, one->at,
			"%.*s%s%.*s cannot be taken back (%.*s); here: %.*s; without the change: %.*s; with it: %.*s",
			STRF(one->item), one->field.len ? "." : "", STRF(one->field), STRF(one->why), STRF(edited),
			STRF(made), STRF(base));
	}
}

/* Merges one of the two plans; `version` is what it is to have afterwards. */
static bool merge_file(reversal *v, cw_context *c, int file, const generated *g, str version)
{
	plan edited, base, p_with, p_without;
	merge_result m = { 0 };
	uint32_t now = add_source(c, tracked_path(c, file), v->now.bytes[file]), with, without;
	if (!plan_read(&edited, &c->arena, now, &c->diags) || !read_base(&base, v, c, &edited) ||
		!read_generated(&p_with, c, g->with) || !read_generated(&p_without, c, g->without))
		return false;
	revert_follow(&p_with, &p_without, &edited, &base);
	if (!add_generated(c, &with, &p_with, edited.course.evidence, edited.course.version) ||
		!add_generated(c, &without, &p_without, edited.course.evidence, version) ||
		!merge_plan(&m, &c->arena, with, now, without, &c->diags))
		return false;
	report_conflicts(c, &m);
	if (m.conflicts.len)
		return false;
	v->then.bytes[file] = m.text;
	if (file == TRACKED_PLAN) {
		v->taken = m.taken - (m.taken && !str_eq(version, edited.course.version)); /* not the version */
		v->kept = m.kept;
	}
	return true;
}

static int bump_of(const history_target *t)
{
	int most = BUMP_PATCH;
	const revision *r = t->revision;
	EACH (const change, one, r->changes) {
		if (t->change && t->change != one)
			continue;
		int step = one->effect.outcomes_added.len ? BUMP_MAJOR : one->bump; /* they go again */
		most = step > most ? step : most;
	}
	return r->changes.len ? most : r->bump;
}

static bool merge_plans(reversal *v, cw_context *c)
{
	plan p;
	generated g = generated_plans(&v->target);
	if (!v->now.there[TRACKED_PLAN]) {
		diag_file(&c->diags, E_FILE_READ, tracked_path(c, TRACKED_PLAN), "there is no plan to change");
		return false;
	}
	uint32_t now = add_source(c, tracked_path(c, TRACKED_PLAN), v->now.bytes[TRACKED_PLAN]);
	if (!plan_read(&p, &c->arena, now, &c->diags))
		return false;
	v->made.version_before = v->made.version_after = p.course.version;
	if (!g.with.len || !g.without.len)
		return true;
	v->made.bump = bump_of(&v->target);
	v->made.version_after = version_after(&c->arena, p.course.version, v->made.bump);
	bool ok = merge_file(v, c, TRACKED_PLAN, &g, v->made.version_after);
	if (v->now.there[TRACKED_BASE])
		ok &= merge_file(v, c, TRACKED_BASE, &g, v->made.version_after);
	return ok;
}

/* ---- states of items */

static bool read_state(course_state *out, cw_context *c, const snapshot *s)
{
	record_clear(&course_state_record, out);
	return !s->there[TRACKED_ITEMS] ||
		   course_state_read(out, &c->arena,
			   add_source(c, tracked_path(c, TRACKED_ITEMS), s->bytes[TRACKED_ITEMS]), &c->diags);
}

static tracked_item *find_item(const course_state *s, str id)
{
	EACH (tracked_item, one, s->items)
		if (str_eq(one->id, id))
			return one;
	return NULL;
}

static int state_named(str name)
{
	for (int i = 0; i < ITEM_STATES; i++)
		if (str_eq(name, str_from(item_state_names[i])))
			return i;
	return -1;
}

/* Back to a state; with the memory of it, if that is known. */
static void move_item(reversal *v, cw_context *c, tracked_item *item, int state, const tracked_item *former)
{
	if (state < 0 || item->state == state)
		return;
	vec_push(&c->arena, &v->items, (reverted_item){ .id = item->id, .from = item->state, .to = state });
	item->state = state;
	item->running = 0;
	if (former && former->state == state) {
		item->since = former->since;
		item->running = former->running;
		item->entered = former->entered;
	} else if (!item_is_in(state)) {
		item->entered = NAN;
	}
}

/* Of a revision that has no changes, such as a revert: whatever it moved. */
static void move_differing(
	reversal *v, cw_context *c, course_state *state, const course_state *former, const course_state *left)
{
	EACH (const tracked_item, one, left->items) {
		const tracked_item *was = find_item(former, one->id);
		tracked_item *now = find_item(state, one->id);
		if (was && now && was->state != one->state)
			move_item(v, c, now, was->state, was);
	}
}

static bool move_items(reversal *v, cw_context *c)
{
	const history_target *t = &v->target;
	snapshot before, after;
	course_state state, former, left;
	if (!snapshot_before(&before, c, t->revision) || !snapshot_after(&after, c, t->revision) ||
		!read_state(&state, c, &v->now) || !read_state(&former, c, &before) || !read_state(&left, c, &after))
		return false;
	if (!t->revision->changes.len)
		move_differing(v, c, &state, &former, &left);
	EACH (const change, one, t->revision->changes) {
		tracked_item *item = find_item(&state, one->item);
		if (item && (!t->change || t->change == one))
			move_item(v, c, item, state_named(one->why.from), find_item(&former, one->item));
	}
	if (v->items.len)
		v->then.bytes[TRACKED_ITEMS] = course_state_text(&c->arena, &state);
	return !c->arena.failed;
}

/* ---- the revision */

static double count_in(const course_state *s)
{
	double count = 0;
	EACH (const tracked_item, one, s->items)
		count += item_is_in(one->state);
	return count;
}

/* Items of one that are in, and are not in the other. */
static double count_only(const course_state *s, const course_state *other)
{
	double count = 0;
	EACH (const tracked_item, one, s->items) {
		const tracked_item *same = find_item(other, one->id);
		count += item_is_in(one->state) && !(same && item_is_in(same->state));
	}
	return count;
}

/* For the record only: a state that cannot be read is no reason to keep it. */
static void count_items(reversal *v, cw_context *c)
{
	course_state now, then;
	diags kept = c->diags;
	c->diags = (diags){ .arena = &c->arena, .sources = &c->sources };
	bool known = read_state(&now, c, &v->now) && read_state(&then, c, &v->then);
	c->diags = kept;
	if (!known)
		return;
	v->made.items_in = count_in(&then);
	v->made.items_added = count_only(&then, &now);
	v->made.items_removed = count_only(&now, &then);
}

static str latest_date(cw_context *c, list_revision all)
{
	str latest = c->as_of;
	EACH (const revision, r, all)
		if (!c->as_of.len && str_cmp(r->as_of, latest) > 0)
			latest = r->as_of;
	return latest;
}

static str name_of(cw_context *c, const history_target *t)
{
	return t->change ? t->change->id : arena_printf(&c->arena, "%d", t->revision->number);
}

static bool is_open(cw_context *c, list_revision all, const history_target *t)
{
	revision_book book;
	revision_book_make(&book, &c->arena, all.ptr, all.len);
	const revision *by = t->change ? change_taken_back(&book, t->change) : NULL;
	if (!by)
		by = revision_taken_back(&book, t->revision);
	if (by && !c->arena.failed)
		diag_file(&c->diags, E_REVERTED_ALREADY, c->root, "%s%.*s was taken back already, by revision %d",
			t->change ? "" : "revision ", STRF(name_of(c, t)), by->number);
	return !by && !c->arena.failed;
}

/* What evidence asked for, it asks for again. */
static void give_hint(const reversal *v, cw_context *c)
{
	buf items = { .arena = &c->arena };
	size_t count = 0;
	EACH (const change, one, v->target.revision->changes) {
		if (!one->item.len || (v->target.change && v->target.change != one))
			continue;
		if (count < HINTS_MAX)
			buf_printf(&items, "%s%s of %.*s", count ? ", " : "",
				one->kind == EDIT_RETIRE ? "pin" : "ban or own", STRF(one->item));
		count++;
	}
	if (count > HINTS_MAX)
		buf_printf(&items, " and %zu more", count - HINTS_MAX);
	if (count)
		diag_file(&c->diags, E_REVERT_HINT, tracked_path(c, TRACKED_PLAN),
			"the same evidence would propose this again, unless a decision here says no: %.*s",
			STRF(buf_done(&items)));
}

bool revert_plan(reversal *out, cw_context *c, list_revision all, history_target t)
{
	*out = (reversal){ .target = t };
	revision *made = &out->made;
	record_clear(&revision_record, made);
	if (!is_open(c, all, &t) || !snapshot_now(&out->now, c))
		return false;
	made->kind = STR("revert");
	made->reverts = name_of(c, &t);
	made->as_of = latest_date(c, all);
	made->bump = BUMP_PATCH;
	out->exact = is_whole(&t) && is_as_left(c, &out->now, t.revision);
	out->then = out->now;
	bool ok = out->exact ? restore(out, c) : merge_plans(out, c);
	ok &= out->exact || move_items(out, c); /* what is wrong with either is said */
	if (!ok || (!out->exact && !revert_compare(out, c)))
		return false;
	count_items(out, c);
	history_add(&out->files, c, made, &out->now, &out->then);
	give_hint(out, c);
	return !c->arena.failed;
}
