/* Stopping between any two system calls: a child writes a set of files and ends without a word at its n-th
 * call, for every n until it finishes. Whoever looks afterwards finds all files as they were, or all as they
 * are to be. The code under test is compiled into this file with its calls counted. */
#define _XOPEN_SOURCE 700
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FINISHED = 0, FAILED = 1, STOPPED = 2 };

static long calls_left = -1; /* negative: no end */

static int tick(void)
{
	if (calls_left == 0)
		_exit(STOPPED);
	calls_left -= calls_left > 0;
	return 0;
}

#define open(...) (tick(), open(__VA_ARGS__))
#define write(fd, bytes, len) (tick(), write(fd, bytes, half_of(len)))
#define close(fd) (tick(), close(fd))
#define fsync(fd) ((void)(fd), tick()) /* the disk is asked for nothing: that would take a minute */
#define flock(fd, how) (tick(), flock(fd, how))
#define rename(from, to) (tick(), rename(from, to))
#define unlink(path) (tick(), unlink(path))
#define mkdir(path, mode) (tick(), mkdir(path, mode))
#define rmdir(path) (tick(), rmdir(path))

/* Files are written in two halves, so that it also stops inside one. */
static size_t half_of(size_t len)
{
	return len > 1 ? len / 2 : len;
}

#include "base/io.c"
#include "base/io_set.c"

#undef open
#undef write
#undef close
#undef fsync
#undef flock
#undef rename
#undef unlink
#undef mkdir
#undef rmdir

#include "room.h"

#define JOURNAL "state/set.journal"

static const char *const names[] = { "plan.yaml", "state/items.yaml", "state/objects/1", "gone" };
static const char *const before[] = { "old plan", "old items", NULL, "here" };
static const char *const after[] = { "a new plan", "new items", "an object", NULL };

static void start_over(room *r)
{
	remove_all(in(r, "state"));
	for (size_t i = 0; i < COUNT(names); i++) {
		unlink(in(r, names[i]));
		if (before[i])
			require(io_write(in(r, names[i]), str_from(before[i]), &r->f.a, &r->f.d) != IO_FAILED);
	}
}

static bool are(room *r, const char *const *texts)
{
	bool so = true;
	for (size_t i = 0; i < COUNT(names); i++)
		so = so &&
			 (texts[i] ? io_same(in(r, names[i]), str_from(texts[i])) : io_stat(in(r, names[i])) == IO_NONE);
	return so;
}

static bool write_all_files(const char *folder, arena *a, diags *d)
{
	io_set_file files[COUNT(names)];
	for (size_t i = 0; i < COUNT(names); i++)
		files[i] = (io_set_file){
			.path = str_from(names[i]), .bytes = str_from(after[i]), .remove = after[i] == NULL
		};
	return io_set_write(folder, STR(JOURNAL), (list_io_set_file){ .ptr = files, .len = COUNT(files) }, a, d);
}

static bool recover_files(const char *folder, arena *a, diags *d)
{
	return io_set_recover(folder, STR(JOURNAL), a, d);
}

/* The exit status of a child that does it, with so many calls to go. */
static int in_child(bool (*what)(const char *, arena *, diags *), const char *folder, long calls)
{
	int status;
	fflush(NULL);
	pid_t child = fork();
	require(child >= 0);
	if (child == 0) {
		arena a = { 0 };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		calls_left = calls;
		_exit(what(folder, &a, &d) ? FINISHED : FAILED);
	}
	require(waitpid(child, &status, 0) == child && WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void expect_no_remains(room *r, long at)
{
	list_str staged = io_walk(&r->f.a, r->folder, STR(IO_SET_SUFFIX));
	require_that(staged.len == 0 && io_stat(in(r, JOURNAL)) == IO_NONE, "stopped at %ld: remains", at);
}

Test(io_set_stops, all_old_or_all_new)
{
	room r;
	open_room(&r);
	bool seen[2] = { false, false };
	for (long n = 0;; n++) {
		start_over(&r);
		int status = in_child(write_all_files, r.folder, n);
		require_that(status != FAILED, "failed at %ld", n);
		bool journal = io_stat(in(&r, JOURNAL)) == IO_FILE;
		require_that(journal || are(&r, before) || are(&r, after), "stopped at %ld: neither", n);
		require(in_child(recover_files, r.folder, -1) == FINISHED);
		bool fresh = are(&r, after);
		require_that(fresh || (are(&r, before) && journal == false), "stopped at %ld: mixed", n);
		expect_no_remains(&r, n);
		require(fresh || seen[true] == false); /* there is one moment, and no way back */
		seen[fresh] = true;
		if (status == FINISHED)
			break;
		require(n < 1000);
	}
	require(seen[false] && seen[true]);
	close_room(&r);
}

/* The first call at which there is a journal: nothing is renamed yet. */
static long first_with_journal(room *r)
{
	for (long n = 0; n < 1000; n++) {
		start_over(r);
		require(in_child(write_all_files, r->folder, n) == STOPPED);
		if (io_stat(in(r, JOURNAL)) == IO_FILE)
			return n;
	}
	return -1;
}

Test(io_set_stops, recovery_may_stop_too)
{
	room r;
	open_room(&r);
	long journal = first_with_journal(&r);
	require(journal > 0);
	for (long n = 0;; n++) {
		start_over(&r);
		require(in_child(write_all_files, r.folder, journal) == STOPPED && are(&r, before));
		int status = in_child(recover_files, r.folder, n);
		require_that(status != FAILED, "failed at %ld", n);
		require(in_child(recover_files, r.folder, -1) == FINISHED && are(&r, after));
		expect_no_remains(&r, n);
		if (status == FINISHED)
			break;
	}
	close_room(&r);
}
