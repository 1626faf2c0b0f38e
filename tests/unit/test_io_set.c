/* Files that change together, and what becomes of them when something fails. test_io_set_stops.c stops. */
#define _DEFAULT_SOURCE /* seteuid */
#include "room.h"

#include "base/hash.h"
#include "base/io_set.h"
#include "base/io_set_journal.h"

#include <sys/stat.h>

#define JOURNAL "state/set.journal"

static void put(room *r, const char *name, const char *text)
{
	require(io_write(in(r, name), str_from(text), &r->f.a, &r->f.d) != IO_FAILED);
}

static str get(room *r, const char *name)
{
	str text;
	if (io_stat(in(r, name)) == IO_NONE)
		return STR("(none)");
	require(io_read(&text, &r->f.a, in(r, name), &r->f.d));
	return text;
}

/* "name text|name text" for every file there is, staged ones too. */
static str all(room *r)
{
	buf out = { .arena = &r->f.a };
	list_str paths = io_walk(&r->f.a, r->folder, STR(""));
	EACH (const str, path, paths)
		buf_printf(
			&out, "%s%.*s %.*s", out.len ? "|" : "", STRF(*path), STRF(get(r, arena_cstr(&r->f.a, *path))));
	return buf_done(&out);
}

#define FILES(...) \
	((list_io_set_file){ .ptr = (io_set_file[]){ __VA_ARGS__ }, \
		.len = sizeof((io_set_file[]){ __VA_ARGS__ }) / sizeof(io_set_file) })
#define TO(name, text) \
	{ \
		.path = STR(name), .bytes = STR(text) \
	}
#define GONE(name) \
	{ \
		.path = STR(name), .remove = true \
	}

static bool write_set(room *r, list_io_set_file files)
{
	return io_set_write(r->folder, STR(JOURNAL), files, &r->f.a, &r->f.d);
}

static bool recover(room *r)
{
	return io_set_recover(r->folder, STR(JOURNAL), &r->f.a, &r->f.d);
}

Test(io_set, write_replace_and_remove)
{
	room r;
	open_room(&r);
	put(&r, "old", "1");
	put(&r, "gone", "2");
	require(write_set(&r, FILES(TO("a/b/new", "x"), TO("old", "3"), GONE("gone"), TO("with space", ""))));
	assert_str(all(&r), "a/b/new x|old 3|with space ");
	require(io_stat(in(&r, "state")) == IO_FOLDER && recover(&r));
	require(write_set(&r, FILES(TO("a/b/new", "y"), GONE("never"))));
	assert_str(all(&r), "a/b/new y|old 3|with space ");
	assert_str(said(&r), "");
	close_room(&r);
}

Test(io_set, what_is_so_already_is_left_alone)
{
	room r;
	open_room(&r);
	struct stat before, after;
	put(&r, "f", "1");
	require(stat(in(&r, "f"), &before) == 0);
	require(write_set(&r, FILES(TO("f", "1"), GONE("g"))));
	require(io_stat(in(&r, "state")) == IO_NONE); /* no journal was needed */
	require(write_set(&r, FILES(TO("f", "1"), TO("g", "2"))));
	require(stat(in(&r, "f"), &after) == 0 && before.st_ino == after.st_ino);
	require(write_set(&r, (list_io_set_file){ 0 }));
	assert_str(all(&r), "f 1|g 2");
	close_room(&r);
}

Test(io_set, nothing_changes_if_one_cannot_be_written)
{
	room r;
	open_room(&r);
	put(&r, "f", "1");
	put(&r, "folder/x", "2");
	struct {
		list_io_set_file files;
		const char *said;
	} cases[] = {
		{ FILES(TO("f", "3"), TO("new/a/b", "4"), TO("folder", "5")),
			"file-write: cannot write: it is a folder\n" },
		{ FILES(TO("f", "3"), GONE("folder")), "file-write: cannot remove: it is a folder\n" },
		{ FILES(TO("new/a/b", "4"), TO("f/below", "5")), "file-write: cannot write: Not a directory\n" },
		{ FILES(TO("f", "3"), TO("new", "4"), TO("new/below", "5")),
			"file-write: cannot write: it is a folder\n" },
		{ FILES(TO("f", "3"), TO("../x", "5")),
			"unsafe-path: is not a path below the folder; nothing was changed\n" },
		{ FILES(TO("f", "3"), TO("a\nb", "5")),
			"unsafe-path: is not a path below the folder; nothing was changed\n" },
		{ FILES(TO("f", "3"), TO("a" IO_SET_SUFFIX, "5")),
			"unsafe-path: is not a path below the folder; nothing was changed\n" },
		{ FILES(TO("g", "3"), TO("g", "5")),
			"unsafe-path: is written twice, or is the journal; nothing was changed\n" },
		{ FILES(TO(JOURNAL, "3")),
			"unsafe-path: is written twice, or is the journal; nothing was changed\n" },
		{ FILES(TO("g", "3"), { .path = STR("f"), .bytes = STR("4"), .fresh = true }),
			"file-write: is there already: another process has written it meanwhile; nothing was changed\n" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		r.f.d.list.len = 0;
		require_that(write_set(&r, cases[i].files) == false, "case %zu", i);
		str what = said(&r);
		cr_expect(str_eq(what, str_from(cases[i].said)), "case %zu said %.*s", i, STRF(what));
		assert_str(all(&r), "f 1|folder/x 2");
		require(io_stat(in(&r, "new")) == IO_NONE && io_stat(in(&r, "state")) == IO_NONE);
	}
	require(r.f.d.system);
	close_room(&r);
}

Test(io_set, no_folder_to_write_into)
{
	room r;
	open_room(&r);
	require(io_set_write(in(&r, "none"), STR(JOURNAL), FILES(TO("f", "1")), &r.f.a, &r.f.d) == false);
	require(io_set_recover(in(&r, "none"), STR(JOURNAL), &r.f.a, &r.f.d));
	assert_str(said(&r), "file-write: cannot write: No such file or directory\n");
	close_room(&r);
}

Test(io_set, read_only_folder)
{
	room r;
	open_room(&r);
	put(&r, "state/f", "1");
	require(chmod(in(&r, "state"), 0555) == 0 && chmod(r.folder, 0755) == 0);
	uid_t me = geteuid();
	if (me == 0)
		require(seteuid(65534) == 0);
	bool wrote = write_set(&r, FILES(TO("state/f", "2"), GONE("g"))), fine = recover(&r);
	if (me == 0)
		require(seteuid(0) == 0);
	require(wrote == false && fine && r.f.d.system);
	assert_str(all(&r), "state/f 1");
	assert_str(said(&r), "file-write: cannot write: Permission denied\n");
	close_room(&r);
}

/* ---- journals that somebody else left */

static str entry_of(room *r, const char *path, const char *text)
{
	return arena_printf(&r->f.a, "file %s\nstaged %s" IO_SET_SUFFIX "\nsha256 %.*s\n", path, path,
		STRF(hash_sha256(&r->f.a, str_from(text))));
}

static str journal_of(room *r, str entries)
{
	str lines = arena_printf(&r->f.a, "coursewright journal 1\n%.*s", STRF(entries));
	return arena_printf(&r->f.a, "%.*s%.*s", STRF(lines), STRF(journal_end(&r->f.a, lines)));
}

static void leave_journal(room *r, str entries)
{
	put(r, JOURNAL, journal_of(r, entries).ptr);
}

Test(io_set, recovery_rolls_forward)
{
	room r;
	open_room(&r);
	str entries = arena_printf(&r.f.a, "%.*s%.*sfile gone\nremoved\nfile never\nremoved\n",
		STRF(entry_of(&r, "a/f", "new")), STRF(entry_of(&r, "done", "already")));
	put(&r, "a/f" IO_SET_SUFFIX, "new");
	put(&r, "a/f", "old");
	put(&r, "done", "already");
	put(&r, "gone", "x");
	leave_journal(&r, entries);
	require(recover(&r));
	assert_str(all(&r), "a/f new|done already");
	require(recover(&r));
	assert_str(said(&r), "");
	close_room(&r);
}

Test(io_set, writing_finishes_what_was_begun)
{
	room r;
	open_room(&r);
	put(&r, "f" IO_SET_SUFFIX, "begun");
	leave_journal(&r, entry_of(&r, "f", "begun"));
	require(write_set(&r, FILES(TO("g", "next"))));
	assert_str(all(&r), "f begun|g next");
	close_room(&r);
}

Test(io_set, a_draft_takes_its_files_with_it)
{
	room r;
	open_room(&r);
	put(&r, "f" IO_SET_SUFFIX, "half");
	put(&r, "f", "old");
	put(&r, "others" IO_SET_SUFFIX, "not named, so not ours");
	put(&r, "f.cw-1", "of io_stage");
	put(&r, JOURNAL IO_SET_SUFFIX, journal_of(&r, entry_of(&r, "f", "half a file")).ptr);
	require(recover(&r));
	assert_str(all(&r), "f old|f.cw-1 of io_stage|others.cw-set not named, so not ours");
	put(&r, JOURNAL IO_SET_SUFFIX, "coursewright journ");
	require(recover(&r));
	assert_str(all(&r), "f old|f.cw-1 of io_stage|others.cw-set not named, so not ours");
	assert_str(said(&r), "");
	close_room(&r);
}

static void expect_refused(room *r, const char *what)
{
	str before = all(r);
	r->f.d.list.len = 0;
	require(recover(r) == false);
	str heard = said(r);
	cr_expect(
		str_eq(heard, arena_printf(&r->f.a, "bad-journal: %s\n", what)), "%s: said %.*s", what, STRF(heard));
	str after = all(r);
	cr_expect(str_eq(before, after), "%s: now %.*s", what, STRF(after));
	r->f.d.list.len = 0;
	require(write_set(r, FILES(TO("unrelated", "x"))) == false && str_eq(before, all(r)));
}

Test(io_set, damaged_journals)
{
	room r;
	open_room(&r);
	put(&r, "f" IO_SET_SUFFIX, "new");
	put(&r, "f", "old");
	str good = journal_of(&r, entry_of(&r, "f", "new"));
	for (size_t len = 0; len < good.len; len++) {
		put(&r, JOURNAL, arena_cstr(&r.f.a, str_sub(good, 0, len)));
		expect_refused(&r, "is not a journal, or is damaged; nothing was touched");
	}
	for (size_t at = 0; at < good.len; at += 7) {
		char *other = (char *)(uintptr_t)arena_cstr(&r.f.a, good);
		other[at] ^= 1;
		put(&r, JOURNAL, other);
		expect_refused(&r, "is not a journal, or is damaged; nothing was touched");
	}
	put(&r, JOURNAL, good.ptr);
	require(recover(&r));
	assert_str(all(&r), "f new");
	close_room(&r);
}

Test(io_set, journals_that_say_what_must_not_be)
{
	static const struct {
		const char *entries, *said;
	} cases[] = {
		{ "", "names no file; nothing was touched" },
		{ "tile f\n", "does not name a file where it should; nothing was touched" },
		{ "file ../f\nremoved\n", "names a file that is not safely below the folder; nothing was touched" },
		{ "file /etc/f\nremoved\n", "names a file that is not safely below the folder; nothing was touched" },
		{ "file f.cw-set\nremoved\n",
			"names a file that is not safely below the folder; nothing was touched" },
		{ "file f\tg\nremoved\n", "names a file that is not safely below the folder; nothing was touched" },
		{ "file f\nremoved\nfile f\nremoved\n", "names a file twice; nothing was touched" },
		{ "file f\nremoved now\n", "says more than that a file is removed; nothing was touched" },
		{ "file f\n", "does not say where the file is staged; nothing was touched" },
		{ "file f\nstaged g.cw-set\n", "does not say where the file is staged; nothing was touched" },
		{ "file f\nstaged f\n", "does not say where the file is staged; nothing was touched" },
		{ "file f\nstaged f.cw-set\n", "does not say what the file is to be; nothing was touched" },
		{ "file f\nstaged f.cw-set\nsha256 0\n", "does not say what the file is to be; nothing was touched" },
		{ "file folder\nremoved\n", "folder is not a file; nothing was touched" },
		{ "file link/x\nremoved\n", "link/x is not below the folder; nothing was touched" },
		{ "file " JOURNAL "\nremoved\n", JOURNAL " is the journal itself; nothing was touched" },
	};
	room r;
	open_room(&r);
	put(&r, "f", "old");
	put(&r, "g" IO_SET_SUFFIX, "new");
	put(&r, "folder/x", "kept");
	require(symlink("folder", in(&r, "link")) == 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		leave_journal(&r, str_from(cases[i].entries));
		expect_refused(&r, cases[i].said);
		leave_journal(&r, /* the good one first changes nothing either */
			arena_printf(&r.f.a, "%.*s%s", STRF(entry_of(&r, "g", "new")), cases[i].entries));
		if (i > 0)
			expect_refused(&r, cases[i].said);
	}
	close_room(&r);
}

Test(io_set, staged_files_that_are_not_what_the_journal_says)
{
	room r;
	open_room(&r);
	put(&r, "f", "old");
	leave_journal(&r, entry_of(&r, "f", "new"));
	expect_refused(&r, "f is not what it was to become; nothing was touched");
	put(&r, "f" IO_SET_SUFFIX, "nex");
	expect_refused(&r, "f is not staged as the journal says; nothing was touched");
	io_remove(in(&r, "f"));
	io_remove(in(&r, "f" IO_SET_SUFFIX));
	expect_refused(&r, "f is not what it was to become; nothing was touched");
	require(mkfifo(in(&r, "f" IO_SET_SUFFIX), 0666) == 0);
	require(recover(&r) == false);
	io_remove(in(&r, JOURNAL));
	require(mkdir(in(&r, JOURNAL), 0777) == 0);
	r.f.d.list.len = 0;
	require(recover(&r) == false);
	assert_str(said(&r), "bad-journal: is not a file\n");
	close_room(&r);
}

/* ---- without memory */

Test(io_set, out_of_memory)
{
	room r;
	open_room(&r);
	for (unsigned n = 1;; n++) {
		put(&r, "f", "old");
		put(&r, "gone", "old");
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		bool ok = io_set_write(
			r.folder, STR(JOURNAL), FILES(TO("f", "new"), TO("sub/g", "new"), GONE("gone")), &a, &d);
		bool failed = a.failed;
		arena_free(&a);
		require(failed || ok);
		assert_str(all(&r), ok ? "f new|sub/g new" : "f old|gone old");
		if (!failed)
			break;
	}
	for (unsigned n = 1;; n++) {
		put(&r, "f", "old");
		put(&r, "f" IO_SET_SUFFIX, "newer");
		leave_journal(&r, entry_of(&r, "f", "newer"));
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		bool ok = io_set_recover(r.folder, STR(JOURNAL), &a, &d);
		bool failed = a.failed;
		size_t errors = d.errors;
		arena_free(&a);
		require(ok ? failed == false : failed && errors == 0);
		assert_str(get(&r, "f"), ok ? "newer" : "old");
		if (!failed)
			break;
	}
	assert_str(all(&r), "f newer|sub/g new");
	close_room(&r);
}
