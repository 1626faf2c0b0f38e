/* Files: reading with a cap, writing beside the target, walking, and which paths are safe. */
#define _POSIX_C_SOURCE 200809L
#include "room.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static io_written put(room *r, const char *name, const char *text)
{
	return io_write(in(r, name), str_from(text), &r->f.a, &r->f.d);
}

Test(io, write_and_read)
{
	room r;
	open_room(&r);
	require(put(&r, "a/b/c.txt", "hello\n") == IO_WRITTEN);
	require(io_stat(in(&r, "a/b")) == IO_FOLDER && io_stat(in(&r, "a/b/c.txt")) == IO_FILE &&
			io_stat(in(&r, "a/x")) == IO_NONE);
	str text;
	require(io_read(&text, &r.f.a, in(&r, "a/b/c.txt"), &r.f.d));
	assert_str(text, "hello\n");
	require(put(&r, "a/b/c.txt", "") == IO_WRITTEN && io_read(&text, &r.f.a, in(&r, "a/b/c.txt"), &r.f.d));
	assert_str(text, "");
	require(put(&r, "a/b/c.txt", "") == IO_UNCHANGED && put(&r, "new", "") == IO_WRITTEN);
	require(io_list(&r.f.a, in(&r, "a/b")).len == 1); /* nothing is left beside it */
	assert_str(said(&r), "");
	close_room(&r);
}

Test(io, read_errors)
{
	room r;
	open_room(&r);
	str text = STR("x");
	require(io_read(&text, &r.f.a, in(&r, "none"), &r.f.d) == false && text.len == 0);
	require(io_read(&text, &r.f.a, r.folder, &r.f.d) == false);
	assert_str(
		said(&r), "file-read: cannot open: No such file or directory\nfile-read: is a folder, not a file\n");
	assert_str(r.f.d.list.ptr[0].path, in(&r, "none"));
	require(r.f.d.system == false);
	close_room(&r);
}

Test(io, reading_is_capped)
{
	room r;
	open_room(&r);
	str text;
	int fd = open(in(&r, "big"), O_WRONLY | O_CREAT, 0666);
	require(fd >= 0 && ftruncate(fd, (off_t)IO_FILE_MAX) == 0);
	require(io_read(&text, &r.f.a, in(&r, "big"), &r.f.d) && text.len == IO_FILE_MAX);
	require(ftruncate(fd, (off_t)IO_FILE_MAX + 1) == 0);
	close(fd);
	require(io_read(&text, &r.f.a, in(&r, "big"), &r.f.d) == false && text.len == 0);
	/* a device has no size to look at first */
	require(io_read(&text, &r.f.a, "/dev/zero", &r.f.d) == false && text.len == 0);
	assert_str(said(&r), "file-size: larger than the 16 MB that are read at most\n"
						 "file-size: larger than the 16 MB that are read at most\n");
	close_room(&r);
}

Test(io, unchanged_files_keep_their_time)
{
	room r;
	open_room(&r);
	struct stat before, after;
	struct timespec old[2] = { { .tv_sec = 1000000000 }, { .tv_sec = 1000000000 } };
	require(put(&r, "f", "same") == IO_WRITTEN && utimensat(AT_FDCWD, in(&r, "f"), old, 0) == 0);
	require(stat(in(&r, "f"), &before) == 0);
	require(put(&r, "f", "same") == IO_UNCHANGED && stat(in(&r, "f"), &after) == 0);
	require(after.st_mtime == 1000000000 && after.st_ino == before.st_ino);
	require(
		put(&r, "f", "sama") == IO_WRITTEN && stat(in(&r, "f"), &after) == 0 && after.st_mtime != 1000000000);
	require(put(&r, "f", "samabc") == IO_WRITTEN && put(&r, "f", "sam") == IO_WRITTEN);
	close_room(&r);
}

Test(io, two_steps)
{
	room r;
	open_room(&r);
	arena *a = &r.f.a;
	diags *d = &r.f.d;
	require(put(&r, "f", "old") == IO_WRITTEN);
	const char *f = in(&r, "f"), *g = in(&r, "sub/g");
	require(io_stage(f, STR("new"), a, d) == IO_WRITTEN && io_stage(g, STR("g"), a, d) == IO_WRITTEN);
	str text;
	require(io_read(&text, a, f, d) && str_eq(text, STR("old")) && io_stat(g) == IO_NONE);
	require(io_commit(f, a, d) && io_read(&text, a, f, d) && str_eq(text, STR("new")));
	io_discard(g, a);
	require(io_stat(g) == IO_NONE && io_list(a, in(&r, "sub")).len == 0);
	require(io_stage(f, STR("new"), a, d) == IO_UNCHANGED);
	assert_str(said(&r), "");
	require(io_commit(g, a, d) == false && d->system);
	assert_str(said(&r), "file-write: cannot write: No such file or directory\n");
	close_room(&r);
}

Test(io, write_errors)
{
	room r;
	open_room(&r);
	require(put(&r, "f", "x") == IO_WRITTEN);
	require(put(&r, "f/below", "x") == IO_FAILED && r.f.d.system);
	require(put(&r, "f/far/below", "x") == IO_FAILED);
	require(io_make_folders(in(&r, "d/e"), &r.f.d) && put(&r, "d", "x") == IO_FAILED);
	require(io_list(&r.f.a, r.folder).len == 2);
	assert_str(said(&r),
		"file-write: cannot write: Not a directory\nfile-write: cannot write: Not a directory\n"
		"file-write: cannot write: it is a folder\n");
	char *deep = NEWN(&r.f.a, char, 5001);
	memset(deep, 'x', 5000);
	require(io_make_folders(deep, &r.f.d) == false);
	close_room(&r);
}

Test(io, removing)
{
	room r;
	open_room(&r);
	require(put(&r, "d/f", "x") == IO_WRITTEN && io_remove_folder(in(&r, "d")) == false);
	require(io_remove(in(&r, "d/f")) && io_remove(in(&r, "d/f")) && io_remove_folder(in(&r, "d")));
	close_room(&r);
}

Test(io, walking)
{
	room r;
	open_room(&r);
	static const char *const files[] = { "b.yaml", "a/z.yaml", "a/b/c.yaml", "a.yaml", "B.yaml", "a/n.md",
		".h.yaml", ".d/x.yaml" };
	for (size_t i = 0; i < COUNT(files); i++)
		require(put(&r, files[i], "x") == IO_WRITTEN);
	require(symlink(in(&r, "a"), in(&r, "loop")) == 0 && symlink(r.folder, in(&r, "a/up")) == 0);
	require(symlink("b.yaml", in(&r, "c.yaml")) == 0);
	list_str paths = io_walk(&r.f.a, r.folder, STR(".yaml"));
	static const char *const expected[] = { "B.yaml", "a.yaml", "a/b/c.yaml", "a/z.yaml", "b.yaml",
		"c.yaml" };
	require(paths.len == COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++)
		assert_str(paths.ptr[i], expected[i]);
	list_str names = io_list(&r.f.a, in(&r, "a"));
	require(names.len == 4 && str_eq(names.ptr[0], STR("b")) && str_eq(names.ptr[3], STR("z.yaml")));
	require(io_walk(&r.f.a, in(&r, "none"), STR("")).len == 0 && io_list(&r.f.a, in(&r, "none")).len == 0);
	close_room(&r);
}

Test(io, walking_without_memory)
{
	room r;
	open_room(&r);
	require(put(&r, "a/b/c", "x") == IO_WRITTEN && put(&r, "d", "x") == IO_WRITTEN);
	str staged = arena_printf(&r.f.a, "e.cw-%ld", (long)getpid());
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		list_str paths = io_walk(&a, r.folder, STR(""));
		str text;
		bool ok = io_read(&text, &a, in(&r, "d"), &d);
		io_written written = io_stage(in(&r, "e"), STR("x"), &a, &d);
		io_discard(in(&r, "e"), &a);
		bool failed = a.failed;
		arena_free(&a);
		require(io_remove(in(&r, staged.ptr))); /* discarding needs a little memory itself */
		require(failed || (paths.len == 2 && ok && written == IO_WRITTEN));
		if (!failed)
			break;
	}
	close_room(&r);
}

Test(io, paths)
{
	arena a = { 0 };
	assert_str(io_join(&a, STR("a/b"), STR("c")), "a/b/c");
	assert_str(io_join(&a, STR("a/"), STR("c")), "a/c");
	assert_str(io_join(&a, STR("."), STR("c")), "c");
	assert_str(io_join(&a, STR(""), STR("c")), "c");
	assert_str(io_join(&a, STR("a"), STR("/c")), "/c");
	require(strcmp(io_join(&a, STR("a"), STR("c")).ptr, "a/c") == 0);
	assert_str(io_parent(STR("a/b/c")), "a/b");
	assert_str(io_parent(STR("a/b/")), "a");
	assert_str(io_parent(STR("/a")), "/");
	assert_str(io_parent(STR("/")), "/");
	assert_str(io_parent(STR("a")), ".");
	assert_str(io_base(STR("a/b.c.md")), "b.c.md");
	assert_str(io_base(STR("a/b/")), "b");
	assert_str(io_stem(STR("a.x/b.c.md")), "b.c");
	assert_str(io_stem(STR(".hidden")), ".hidden");
	assert_str(io_stem(STR("a.x/b")), "b");
	arena_free(&a);
	NO_LEAKS();
}

Test(io, safe_paths)
{
	static const str good[] = { { "a", 1 }, { "a/b.c/d", 7 }, { "...", 3 }, { "..a", 3 }, { "a/..b", 5 },
		{ ".a", 2 } };
	static const str bad[] = { { "", 0 }, { "/a", 2 }, { "a/", 2 }, { "a//b", 4 }, { "..", 2 }, { "../a", 4 },
		{ "a/..", 4 }, { "a/../b", 6 }, { ".", 1 }, { "./a", 3 }, { "a\\b", 3 }, { "a\0b", 3 } };
	for (size_t i = 0; i < COUNT(good); i++)
		cr_expect(io_is_safe(good[i]), "%.*s", STRF(good[i]));
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect(io_is_safe(bad[i]) == false, "%.*s", STRF(bad[i]));
}
