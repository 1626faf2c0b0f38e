/* What a course was: what is kept can be had again, and taking the latest revision back gives the same bytes,
 * whatever they are. tests/cases/history has the rest. */
#define _POSIX_C_SOURCE 200809L
#include "room.h"

#include "history.h"
#include "random.h"

#include <stdio.h>

static cw_context *open_context(void)
{
	cw_context *c;
	require(cw_open(&c, NULL) == CW_OK);
	return c;
}

static cw_context *open_course(room *r)
{
	cw_context *c = open_context();
	require(course_folder(c, r->folder, "a test belongs"));
	return c;
}

static void expect_clean(cw_context *c)
{
	cw_text said = cw_diagnostics(c, 0);
	cr_expect(c->diags.errors == 0, "%.*s", (int)said.len, said.ptr);
}

static str random_bytes(arena *a, random_source *r)
{
	size_t len = draw(r, 2) ? draw(r, 40) : draw(r, 3000);
	char *out = NEWN(a, char, len + 1);
	for (size_t i = 0; i < len; i++)
		out[i] = draw(r, 3) ? "abc: \n"[draw(r, 6)] : (char)draw(r, 256);
	return (str){ .ptr = out, .len = len };
}

/* Some files change, come or go. */
static snapshot random_step(arena *a, random_source *r, snapshot s)
{
	for (int i = 0; i < TRACKED_FILES; i++) {
		if (draw(r, 3) == 0)
			continue;
		s.there[i] = draw(r, 4) > 0;
		s.bytes[i] = s.there[i] ? random_bytes(a, r) : STR("");
	}
	return s;
}

static bool write_revision(cw_context *c, const snapshot *before, const snapshot *after)
{
	revision made;
	vec_io_set_file files = { 0 };
	record_clear(&revision_record, &made);
	made.kind = STR("update");
	made.version_before = STR("1.0.0");
	made.version_after = STR("1.0.1");
	history_add(&files, c, &made, before, after);
	return history_write(c, &files);
}

static bool is_now(room *r, const snapshot *expected)
{
	snapshot now;
	cw_context *c = open_course(r);
	require(snapshot_now(&now, c));
	bool same = snapshot_same(&now, expected);
	cw_close(c);
	return same;
}

static void apply(room *r, const snapshot *before, const snapshot *after)
{
	cw_context *c = open_course(r);
	bool ok = write_revision(c, before, after);
	expect_clean(c);
	require(ok);
	cw_close(c);
	require(is_now(r, after));
}

static void take_back(room *r, int number)
{
	cw_context *c = open_context();
	cw_text said;
	char name_[16];
	snprintf(name_, sizeof name_, "%d", number);
	cw_status status = cw_revert(c, r->folder, name_, 0, &said);
	expect_clean(c);
	require(status == CW_OK && said.len > 0);
	cw_close(c);
}

enum { STEPS = 5, ROUNDS = 6 };

Test(history, applied_and_reverted_is_byte_for_byte_the_same)
{
	random_source random = seeded(3);
	for (int round = 0; round < ROUNDS; round++) {
		room r;
		snapshot was[STEPS + 1] = { 0 };
		open_room(&r);
		for (int i = 0; i < STEPS; i++) {
			was[i + 1] = random_step(&r.f.a, &random, was[i]);
			apply(&r, &was[i], &was[i + 1]);
		}
		for (int i = STEPS; i > 0; i--) { /* the latest that is not taken back */
			take_back(&r, i);
			require(is_now(&r, &was[i - 1]));
		}
		take_back(&r, 2 * STEPS); /* a revert is a revision like any other */
		require(is_now(&r, &was[1]));
		close_room(&r);
	}
}

Test(history, versions_are_kept_once)
{
	room r;
	open_room(&r);
	snapshot none = { 0 }, some = { 0 }, others = { 0 };
	for (int i = 0; i < TRACKED_FILES; i++) {
		some.there[i] = others.there[i] = true;
		some.bytes[i] = STR("the same");
		others.bytes[i] = STR("other");
	}
	apply(&r, &none, &some);
	apply(&r, &some, &others);
	apply(&r, &others, &some);
	require(io_list(&r.f.a, in(&r, "state/objects")).len == 2);
	list_str names = io_list(&r.f.a, in(&r, "state/changes"));
	require(names.len == 3);
	assert_str(names.ptr[0], "0001.yaml");
	assert_str(names.ptr[2], "0003.yaml");
	cw_context *c = open_course(&r);
	list_revision all;
	snapshot before, after;
	require(history_read(&all, c) && all.len == 3 && all.ptr[1].number == 2);
	require(snapshot_before(&before, c, &all.ptr[0]) && snapshot_same(&before, &none));
	require(snapshot_after(&after, c, &all.ptr[1]) && snapshot_same(&after, &others));
	cw_close(c);
	close_room(&r);
}

Test(history, who_comes_second_writes_nothing)
{
	room r;
	open_room(&r);
	cw_context *one = open_course(&r), *other = open_course(&r);
	snapshot none = { 0 }, mine = { 0 }, theirs = { 0 };
	vec_io_set_file files = { 0 };
	revision made;
	mine.there[TRACKED_PLAN] = theirs.there[TRACKED_PLAN] = true;
	mine.bytes[TRACKED_PLAN] = STR("mine");
	theirs.bytes[TRACKED_PLAN] = STR("theirs");
	record_clear(&revision_record, &made);
	made.kind = STR("update");
	history_add(&files, one, &made, &none, &mine); /* both are to be number 1 */
	require(write_revision(other, &none, &theirs));
	require(history_write(one, &files) == false && one->diags.system);
	require(is_now(&r, &theirs));
	cw_close(one);
	cw_close(other);
	close_room(&r);
}

Test(history, what_could_not_be_read_is_not_kept)
{
	room r;
	open_room(&r);
	cw_context *c = open_course(&r);
	snapshot none = { 0 }, some = { .there = { true }, .bytes = { STR("x") } };
	vec_io_set_file files = { 0 };
	revision made;
	change one;
	record_clear(&change_record, &one);
	one.id = STR("chg-1"); /* and nothing of what a change needs */
	record_clear(&revision_record, &made);
	made.kind = STR("update");
	made.changes.ptr = &one;
	made.changes.len = 1;
	history_add(&files, c, &made, &none, &some);
	require(history_write(c, &files) == false && c->diags.errors > 0);
	require(is_now(&r, &none) && io_stat(in(&r, "state")) == IO_NONE);
	cw_close(c);
	close_room(&r);
}

Test(history, versions_of_a_course)
{
	static const struct {
		const char *before;
		int step;
		const char *after;
	} cases[] = {
		{ "1.2.3", BUMP_PATCH, "1.2.4" },
		{ "1.2.3", BUMP_MINOR, "1.3.0" },
		{ "1.2.3", BUMP_MAJOR, "2.0.0" },
		{ "0.0.9", BUMP_PATCH, "0.0.10" },
		{ "1.2", BUMP_PATCH, "1.2" },
		{ "1.2.3.4", BUMP_PATCH, "1.2.3.4" },
		{ "1.2.x", BUMP_PATCH, "1.2.x" },
		{ "1.2.3-rc", BUMP_PATCH, "1.2.3-rc" },
		{ "1..3", BUMP_MAJOR, "1..3" },
		{ "1.-2.3", BUMP_MAJOR, "1.-2.3" },
		{ "99999999999999999999.0.0", BUMP_MAJOR, "99999999999999999999.0.0" },
		{ "", BUMP_MAJOR, "" },
		{ "1.2.3", -1, "1.2.3" },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_str(version_after(&a, str_from(cases[i].before), cases[i].step), cases[i].after);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- the course of tests/data/history, whose plan is merged */

static void copy(room *r, const char *from, const char *to)
{
	str text;
	const char *root = getenv("CW_SOURCE_ROOT");
	const char *path = arena_printf(&r->f.a, "%s/tests/data/%s", root ? root : ".", from).ptr;
	require(io_read(&text, &r->f.a, path, &r->f.d));
	require(io_write(in(r, to), text, &r->f.a, &r->f.d) != IO_FAILED);
}

/* Its last update, with the hashes filled in. */
static void copy_history(room *r)
{
	static const char *const files[] = { "plan.2.yaml", "plan.3a.yaml", "plan.3.yaml", "items.2.yaml",
		"items.3.yaml", "workbook.2.md", "workbook.3.md" };
	cw_context *c = open_course(r);
	snapshot before = { 0 }, after = { 0 };
	vec_io_set_file kept = { 0 };
	revision made;
	change one;
	str text[COUNT(files)];
	for (size_t i = 0; i < COUNT(files); i++) {
		copy(r, arena_printf(&r->f.a, "history/%s", files[i]).ptr, "copied");
		require(io_read(&text[i], &c->arena, in(r, "copied"), &c->diags));
	}
	for (int i = 0; i <= TRACKED_WORKBOOK; i++)
		before.there[i] = after.there[i] = true;
	before.bytes[TRACKED_PLAN] = before.bytes[TRACKED_BASE] = text[0];
	after.bytes[TRACKED_PLAN] = after.bytes[TRACKED_BASE] = text[2];
	before.bytes[TRACKED_ITEMS] = text[3];
	after.bytes[TRACKED_ITEMS] = text[4];
	before.bytes[TRACKED_WORKBOOK] = text[5];
	after.bytes[TRACKED_WORKBOOK] = text[6];
	record_clear(&revision_record, &made);
	record_clear(&change_record, &one);
	one.id = STR("chg-2026-q2-02");
	one.kind = EDIT_EXERCISE;
	one.item = STR("skill:rye");
	one.summary = STR("One more exercise.");
	one.why.rule = STR("add.share.running");
	one.why.from = STR("candidate");
	one.bump = BUMP_MINOR;
	one.base = history_keep(&kept, c, text[1]);
	one.made = history_keep(&kept, c, text[2]);
	made.kind = STR("update");
	made.changes.ptr = &one;
	made.changes.len = 1;
	history_add(&kept, c, &made, &before, &after);
	require(history_write(c, &kept));
	cw_close(c);
	io_remove(in(r, "copied"));
}

/* Runs one of the three commands with the n-th allocation failing; the status. */
static cw_status run_starved(room *r, int command, unsigned n)
{
	cw_context *c = open_context();
	cw_text text;
	c->arena.count = 0;
	c->arena.fail_at = n;
	cw_status status = command == 0   ? cw_log(c, r->folder, 0, &text)
					   : command == 1 ? cw_diff(c, r->folder, "1", CW_JSON, &text)
									  : cw_revert(c, r->folder, "1", CW_DRY, &text);
	require(status == CW_OK || status == CW_ENOMEM);
	cw_close(c);
	return status;
}

Test(history, out_of_memory)
{
	room r;
	open_room(&r);
	copy_history(&r);
	for (int command = 0; command < 3; command++)
		for (unsigned n = 1; run_starved(&r, command, n) == CW_ENOMEM; n += 1 + n / 16)
			continue;
	/* Edited, so that it is merged. */
	str text;
	require(io_read(&text, &r.f.a, in(&r, "plan.yaml"), &r.f.d));
	text = arena_printf(&r.f.a, "%.*s# a note\n", STRF(text));
	require(io_write(in(&r, "plan.yaml"), text, &r.f.a, &r.f.d) == IO_WRITTEN);
	for (unsigned n = 1; run_starved(&r, 2, n) == CW_ENOMEM; n += 1 + n / 8)
		continue;
	require(io_same(in(&r, "plan.yaml"), text));
	close_room(&r);
}

Test(history, out_of_memory_while_writing)
{
	room r;
	open_room(&r);
	copy_history(&r);
	snapshot left;
	cw_context *c = open_course(&r);
	require(snapshot_now(&left, c));
	for (unsigned n = 1;; n += 1 + n / 16) {
		cw_context *starved = open_context();
		cw_text text;
		starved->arena.count = 0;
		starved->arena.fail_at = n;
		cw_status status = cw_revert(starved, r.folder, "1", 0, &text);
		cw_close(starved);
		bool old = is_now(&r, &left);
		require(status == CW_OK ? old == false : status == CW_ENOMEM);
		require(io_walk(&r.f.a, r.folder, STR(".cw-set")).len == 0);
		if (old == false)
			break;
	}
	cw_close(c);
	close_room(&r);
}
