/* What happens in which order, and why it may stop anywhere:
 *
 * 1. The journal is written beside its place, under a name of its own: a draft. It is on the disk before
 *    anything else is, so that whatever was staged by a process that stopped can be found and removed.
 * 2. The new files are written beside their targets. Up to here all files are as they were.
 * 3. The draft is renamed to the journal. From here on all files are as they are to be, once a reader has
 *    recovered.
 * 4. The files are renamed over their targets, or removed.
 * 5. The journal is removed.
 *
 * Between any two steps files and folders are forced to the disk. Memory is taken before step 1; after it
 * there are only system calls. */
#define _XOPEN_SOURCE 700
#include "base/io_set.h"

#include "base/hash.h"
#include "base/io_parts.h"
#include "base/io_set_journal.h"
#include "base/map.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file on its way. */
typedef struct {
	journal_entry entry;
	str bytes;
	const char *target, *staged; /* whole paths */
} step;

typedef struct {
	const char *folder, *journal, *draft; /* whole paths */
	const char *journal_folder;
	arena *arena;
	diags *diags;
	int lock;
	VEC(step) steps;
	VEC(const char *) folders; /* that hold any of the files, each after the one that holds it */
	VEC(const char *) made;    /* of these, the ones that are not there before writing */
	map known;                 /* folders */
} set;

static const char *below(set *s, str path)
{
	return io_join(s->arena, str_from(s->folder), path).ptr;
}

static bool set_open(set *s, const char *folder, str journal, arena *scratch, diags *d)
{
	*s = (set){ .folder = folder, .arena = scratch, .diags = d, .lock = -1, .known.arena = scratch };
	s->journal = below(s, journal);
	s->journal_folder = arena_cstr(scratch, io_parent(str_from(s->journal)));
	s->draft = arena_printf(scratch, "%s" IO_SET_SUFFIX, s->journal).ptr;
	return !scratch->failed;
}

/* One process at a time: the draft of one that is at work is not left-overs of one that stopped. File systems
 * without locks do without. */
static bool set_lock(set *s)
{
	s->lock = open(s->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->lock < 0)
		return io_cannot_write(s->folder, errno, s->diags);
	while (flock(s->lock, LOCK_EX) != 0 && errno == EINTR)
		continue;
	return true;
}

static void set_close(set *s)
{
	if (s->lock >= 0)
		close(s->lock);
}

/* ---- folders */

/* `path` is relative, or ".". */
static void add_folder(set *s, str path)
{
	bool top = str_eq(path, STR("."));
	const char *folder = top ? s->folder : below(s, path);
	if (map_has(&s->known, str_from(folder)))
		return;
	if (!top)
		add_folder(s, io_parent(path));
	map_put(&s->known, str_from(folder), s);
	vec_push(s->arena, &s->folders, folder);
	if (io_stat(folder) == IO_NONE)
		vec_push(s->arena, &s->made, folder);
}

/* Names in a folder are on the disk once the folder is. Some file systems need and know no such thing. */
static bool sync_folder(set *s, const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || io_cannot_write(folder, errno, s->diags);
	bool ok = fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP;
	int error = errno;
	close(fd);
	return ok || io_cannot_write(folder, error, s->diags);
}

static bool sync_folders(set *s)
{
	bool ok = true;
	EACH (const char *, folder, s->folders)
		ok = ok && sync_folder(s, *folder);
	return ok;
}

/* ---- before anything is touched */

static void add_step(set *s, journal_entry entry, str bytes)
{
	step one = { .entry = entry, .bytes = bytes, .target = below(s, entry.path) };
	if (!entry.remove)
		one.staged = below(s, entry.staged);
	add_folder(s, io_parent(entry.path));
	vec_push(s->arena, &s->steps, one);
}

static bool in_the_way(set *s, const step *one)
{
	io_kind kind = io_stat(one->target);
	if (kind != IO_FOLDER && kind != IO_OTHER)
		return false;
	diag_file(s->diags, E_FILE_WRITE, str_from(one->target), "cannot %s: it is %s",
		one->entry.remove ? "remove" : "write", kind == IO_FOLDER ? "a folder" : "not a file");
	s->diags->system = true;
	return true;
}

/* A removal must not leave the folder by way of a link. What is staged stands beside its target anyway. */
static bool leaves_folder(set *s, str path)
{
	struct stat st;
	for (str parent = io_parent(path); !str_eq(parent, STR(".")); parent = io_parent(parent))
		if (lstat(below(s, parent), &st) == 0 && S_ISLNK(st.st_mode))
			return true;
	return false;
}

static bool refuse(set *s, diag_code code, str path, const char *why)
{
	diag_file(s->diags, code, io_join(s->arena, str_from(s->folder), path), "%s; nothing was changed", why);
	return false;
}

static bool is_planned(const set *s, str path)
{
	EACH (const step, one, s->steps)
		if (str_eq(one->entry.path, path))
			return true;
	return false;
}

static bool plan_file(set *s, const io_set_file *f)
{
	const char *target = below(s, f->path);
	if (!journal_takes(f->path) || (f->remove && leaves_folder(s, f->path)))
		return refuse(s, E_UNSAFE_PATH, f->path, "is not a path below the folder");
	if (is_planned(s, f->path) || strcmp(target, s->journal) == 0)
		return refuse(s, E_UNSAFE_PATH, f->path, "is written twice, or is the journal");
	if (f->bytes.len > IO_FILE_MAX)
		return refuse(s, E_FILE_SIZE, f->path, "is larger than what could be read again");
	if (f->fresh && io_stat(target) != IO_NONE) {
		s->diags->system = true;
		return refuse(s, E_FILE_WRITE, f->path, "is there already: another process has written it meanwhile");
	}
	if (f->remove ? io_stat(target) == IO_NONE : io_same(target, f->bytes))
		return true;
	journal_entry entry = { .path = f->path, .remove = f->remove };
	if (!f->remove) {
		entry.staged = arena_printf(s->arena, "%.*s" IO_SET_SUFFIX, STRF(f->path));
		entry.sha256 = hash_sha256(s->arena, f->bytes);
	}
	add_step(s, entry, f->bytes);
	return !s->steps.len || !in_the_way(s, &s->steps.ptr[s->steps.len - 1]);
}

static str text_of_steps(set *s)
{
	vec_journal_entry entries = { 0 };
	EACH (const step, one, s->steps)
		vec_push(s->arena, &entries, one->entry);
	return journal_text(s->arena, &entries);
}

/* ---- writing */

/* A new file that is on the disk when this returns. What a process that stopped left there goes. */
static bool put(set *s, const char *path, str bytes)
{
	int fd = io_open_new(path);
	if (fd < 0 && errno == EEXIST && unlink(path) == 0)
		fd = io_open_new(path);
	bool ok = fd >= 0 && io_write_all(fd, bytes) && fsync(fd) == 0;
	int error = errno;
	if (fd >= 0 && close(fd) != 0 && ok) {
		ok = false;
		error = errno;
	}
	return ok || io_cannot_write(path, error, s->diags);
}

static bool make_folders(set *s)
{
	bool ok = true;
	EACH (const char *, folder, s->made)
		ok = ok && io_make_folders(*folder, s->diags);
	return ok;
}

static bool stage(set *s, str journal)
{
	bool ok = make_folders(s) && put(s, s->draft, journal) && sync_folders(s);
	EACH (const step, one, s->steps)
		ok = ok && (one->entry.remove || put(s, one->staged, one->bytes));
	/* A target of one may have become a folder of another. */
	EACH (const step, one, s->steps)
		ok = ok && !in_the_way(s, one);
	return ok && sync_folders(s);
}

static void remove_staged(const set *s)
{
	EACH (const step, one, s->steps)
		if (!one->entry.remove)
			unlink(one->staged);
	unlink(s->draft);
}

static void undo(set *s)
{
	remove_staged(s);
	for (size_t i = s->made.len; i > 0; i--)
		io_remove_folder(s->made.ptr[i - 1]);
}

static bool carry_out(set *s, const step *one)
{
	if (one->entry.remove)
		return unlink(one->target) == 0 || errno == ENOENT || io_cannot_write(one->target, errno, s->diags);
	return rename(one->staged, one->target) == 0 || (errno == ENOENT && io_stat(one->target) == IO_FILE) ||
		   io_cannot_write(one->target, errno, s->diags);
}

static bool roll_forward(set *s)
{
	bool ok = true;
	EACH (const step, one, s->steps)
		ok = ok && carry_out(s, one);
	ok = ok && sync_folders(s);
	if (ok && unlink(s->journal) != 0)
		ok = io_cannot_write(s->journal, errno, s->diags);
	return ok && sync_folder(s, s->journal_folder);
}

static bool write_files(set *s, str journal, list_io_set_file files)
{
	bool ok = true;
	EACH (const io_set_file, f, files)
		ok = ok && plan_file(s, f);
	if (!ok || s->steps.len == 0)
		return ok && !s->arena->failed;
	add_folder(s, io_parent(journal));
	str text = text_of_steps(s);
	if (s->arena->failed)
		return false;
	ok = stage(s, text);
	if (ok && rename(s->draft, s->journal) != 0)
		ok = io_cannot_write(s->journal, errno, s->diags);
	if (!ok) {
		undo(s);
		return false;
	}
	return sync_folder(s, s->journal_folder) && roll_forward(s);
}

/* ---- recovering */

static bool has_hash(set *s, const char *path, str sha256)
{
	str bytes;
	sources none = { .arena = s->arena };
	diags quiet = { .arena = s->arena, .sources = &none };
	return io_stat(path) == IO_FILE && io_read(&bytes, s->arena, path, &quiet) &&
		   str_eq(hash_sha256(s->arena, bytes), sha256);
}

static bool distrust(set *s, const step *one, const char *why)
{
	if (s->arena->failed)
		return false;
	diag_file(s->diags, E_BAD_JOURNAL, str_from(s->journal), "%.*s %s; nothing was touched",
		STRF(one->entry.path), why);
	return false;
}

/* Whether the step can be taken, or was taken already. */
static bool can_take(set *s, const step *one)
{
	const journal_entry *e = &one->entry;
	io_kind kind = io_stat(one->target);
	if (kind == IO_FOLDER || kind == IO_OTHER)
		return distrust(s, one, "is not a file");
	if (strcmp(one->target, s->journal) == 0)
		return distrust(s, one, "is the journal itself");
	if (e->remove)
		return !leaves_folder(s, e->path) || distrust(s, one, "is not below the folder");
	if (io_stat(one->staged) == IO_NONE)
		return has_hash(s, one->target, e->sha256) || distrust(s, one, "is not what it was to become");
	return has_hash(s, one->staged, e->sha256) || distrust(s, one, "is not staged as the journal says");
}

static bool read_steps(set *s, const char *path, diags *d)
{
	str text;
	vec_journal_entry entries;
	if (!io_read(&text, s->arena, path, d) || !journal_read(&entries, s->arena, text, str_from(path), d))
		return false;
	s->steps.len = s->folders.len = 0;
	s->known = (map){ .arena = s->arena };
	EACH (const journal_entry, e, entries)
		add_step(s, *e, STR(""));
	return !s->arena->failed;
}

static bool finish(set *s)
{
	bool ok = true;
	if (io_stat(s->journal) != IO_FILE) {
		diag_file(s->diags, E_BAD_JOURNAL, str_from(s->journal), "is not a file");
		return false;
	}
	if (!read_steps(s, s->journal, s->diags))
		return false;
	EACH (const step, one, s->steps)
		ok = ok && can_take(s, one);
	return ok && !s->arena->failed && roll_forward(s);
}

/* A draft that cannot be read was never finished, and nothing was staged after it. That it cannot be removed
 * changes no file of the set. */
static void clean_up(set *s)
{
	sources none = { .arena = s->arena };
	diags quiet = { .arena = s->arena, .sources = &none };
	if (io_stat(s->draft) != IO_FILE)
		return;
	if (read_steps(s, s->draft, &quiet))
		remove_staged(s);
	else if (!s->arena->failed)
		unlink(s->draft);
}

static bool is_clean(const set *s)
{
	return io_stat(s->journal) == IO_NONE && io_stat(s->draft) == IO_NONE;
}

static bool recover(set *s)
{
	if (io_stat(s->journal) != IO_NONE && !finish(s))
		return false;
	clean_up(s);
	return !s->arena->failed;
}

bool io_set_recover(const char *folder, str journal, arena *scratch, diags *d)
{
	set s;
	if (!set_open(&s, folder, journal, scratch, d))
		return false;
	if (is_clean(&s))
		return true;
	bool ok = set_lock(&s) && recover(&s);
	set_close(&s);
	return ok;
}

bool io_set_write(const char *folder, str journal, list_io_set_file files, arena *scratch, diags *d)
{
	set former, s;
	if (!set_open(&former, folder, journal, scratch, d) || !set_open(&s, folder, journal, scratch, d) ||
		!set_lock(&former))
		return false;
	bool ok = recover(&former) && write_files(&s, journal, files);
	set_close(&former);
	return ok;
}
