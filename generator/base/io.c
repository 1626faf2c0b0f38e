#define _XOPEN_SOURCE 700
#include "base/io_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FOLDER_DEPTH = 32 };

io_kind io_stat(const char *path)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return IO_NONE;
	return S_ISREG(st.st_mode) ? IO_FILE : S_ISDIR(st.st_mode) ? IO_FOLDER : IO_OTHER;
}

static bool read_fd(str *out, arena *a, int fd, str name, diags *d)
{
	buf b = { .arena = a };
	char block[1 << 16];
	for (;;) {
		ssize_t n = read(fd, block, sizeof block);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			diag_file(d, E_FILE_READ, name, "cannot read: %s", strerror(errno));
			return false;
		}
		if (n == 0)
			break;
		if (b.len + (size_t)n > IO_FILE_MAX) {
			diag_file(
				d, E_FILE_SIZE, name, "larger than the %zu MB that are read at most", IO_FILE_MAX >> 20);
			return false;
		}
		buf_str(&b, (str){ .ptr = block, .len = (size_t)n });
	}
	*out = buf_done(&b);
	return !a->failed;
}

bool io_read(str *out, arena *a, const char *path, diags *d)
{
	*out = STR("");
	str name = str_from(path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		diag_file(d, E_FILE_READ, name, "cannot open: %s", strerror(errno));
		return false;
	}
	struct stat st;
	bool ok = false;
	if (fstat(fd, &st) != 0)
		diag_file(d, E_FILE_READ, name, "cannot read: %s", strerror(errno));
	else if (S_ISDIR(st.st_mode))
		diag_file(d, E_FILE_READ, name, "is a folder, not a file");
	else if (S_ISREG(st.st_mode) && (uintmax_t)st.st_size > IO_FILE_MAX)
		diag_file(d, E_FILE_SIZE, name, "larger than the %zu MB that are read at most", IO_FILE_MAX >> 20);
	else
		ok = read_fd(out, a, fd, name, d);
	close(fd);
	return ok;
}

bool io_read_stdin(str *out, arena *a, diags *d)
{
	*out = STR("");
	return read_fd(out, a, STDIN_FILENO, STR("<stdin>"), d);
}

bool io_same(const char *path, str bytes)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return false;
	bool same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (size_t)st.st_size == bytes.len;
	char block[1 << 15];
	for (size_t at = 0; same && at < bytes.len;) {
		ssize_t n = read(fd, block, sizeof block);
		if (n <= 0 || (size_t)n > bytes.len - at || memcmp(block, bytes.ptr + at, (size_t)n) != 0)
			same = false;
		else
			at += (size_t)n;
	}
	close(fd);
	return same;
}

static bool make_one(const char *path)
{
	return mkdir(path, 0777) == 0 || (errno == EEXIST && io_stat(path) == IO_FOLDER);
}

bool io_make_folders(const char *path, diags *d)
{
	char part[4096];
	size_t len = strlen(path);
	if (len >= sizeof part) {
		diag_file(d, E_FILE_WRITE, str_from(path), "path is too long");
		return false;
	}
	for (size_t i = 1; i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (!make_one(part)) {
			diag_file(d, E_FILE_WRITE, str_from(part), "cannot make the folder: %s", strerror(errno));
			d->system = true;
			return false;
		}
	}
	return true;
}

bool io_write_all(int fd, str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_skip(bytes, (size_t)n);
	}
	return true;
}

static const char *beside(const char *path, arena *scratch)
{
	/* Of this process only, so that two builds at once do not write into each other's files. */
	return arena_printf(scratch, "%s.cw-%ld", path, (long)getpid()).ptr;
}

bool io_cannot_write(const char *path, int error, diags *d)
{
	diag_file(d, E_FILE_WRITE, str_from(path), "cannot write: %s", strerror(error));
	d->system = true;
	return false;
}

int io_open_new(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
}

/* Opens the file beside, making missing folders; what a process with this number left behind is removed. */
static int open_staged(const char *staged, const char *folder, diags *d, bool *said)
{
	int fd = io_open_new(staged);
	if (fd < 0 && errno == ENOENT) {
		*said = !io_make_folders(folder, d);
		if (!*said)
			fd = io_open_new(staged);
	} else if (fd < 0 && errno == EEXIST && unlink(staged) == 0) {
		fd = io_open_new(staged);
	}
	return fd;
}

io_written io_stage(const char *path, str bytes, arena *scratch, diags *d)
{
	io_kind kind = io_stat(path);
	if (kind == IO_FOLDER || kind == IO_OTHER) {
		diag_file(d, E_FILE_WRITE, str_from(path), "cannot write: it is %s",
			kind == IO_FOLDER ? "a folder" : "not a file");
		d->system = true;
		return IO_FAILED;
	}
	if (io_same(path, bytes))
		return IO_UNCHANGED;
	const char *staged = beside(path, scratch);
	const char *folder = arena_cstr(scratch, io_parent(str_from(path)));
	if (scratch->failed)
		return IO_FAILED;
	bool said = false;
	int fd = open_staged(staged, folder, d, &said);
	bool ok = fd >= 0 && io_write_all(fd, bytes);
	int error = errno;
	if (fd >= 0 && close(fd) != 0 && ok) {
		ok = false;
		error = errno;
	}
	if (ok)
		return IO_WRITTEN;
	if (fd >= 0)
		unlink(staged);
	if (!said)
		io_cannot_write(path, error, d);
	return IO_FAILED;
}

bool io_commit(const char *path, arena *scratch, diags *d)
{
	const char *staged = beside(path, scratch);
	if (scratch->failed)
		return false;
	if (rename(staged, path) == 0 || (errno == ENOENT && io_stat(path) == IO_FILE))
		return true; /* nothing was staged, because nothing had changed */
	int error = errno;
	unlink(staged);
	return io_cannot_write(path, error, d);
}

void io_discard(const char *path, arena *scratch)
{
	const char *staged = beside(path, scratch);
	if (!scratch->failed)
		unlink(staged);
}

io_written io_write(const char *path, str bytes, arena *scratch, diags *d)
{
	io_written staged = io_stage(path, bytes, scratch, d);
	return staged == IO_WRITTEN && !io_commit(path, scratch, d) ? IO_FAILED : staged;
}

bool io_remove(const char *path)
{
	return unlink(path) == 0 || errno == ENOENT;
}

bool io_remove_folder(const char *path)
{
	return rmdir(path) == 0;
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const str *)a, *(const str *)b);
}

list_str io_list(arena *a, const char *path)
{
	vec_str names = { 0 };
	DIR *dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (entry->d_name[0] != '.')
			vec_push(a, &names, arena_str(a, str_from(entry->d_name)));
	if (dir)
		closedir(dir);
	if (names.len)
		qsort(names.ptr, names.len, sizeof *names.ptr, by_bytes);
	return (list_str){ .ptr = names.ptr, .len = names.len };
}

static void walk(arena *a, vec_str *out, str root, str below, str suffix, int depth)
{
	str folder = below.len ? io_join(a, root, below) : arena_str(a, root);
	list_str names = io_list(a, folder.ptr);
	EACH (str, name, names) {
		str relative = below.len ? io_join(a, below, *name) : *name;
		struct stat st;
		if (lstat(io_join(a, folder, *name).ptr, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth < FOLDER_DEPTH)
			walk(a, out, root, relative, suffix, depth + 1);
		else if (str_ends(*name, suffix) &&
				 (S_ISREG(st.st_mode) ||
					 (S_ISLNK(st.st_mode) && io_stat(io_join(a, folder, *name).ptr) == IO_FILE)))
			vec_push(a, out, relative);
	}
}

list_str io_walk(arena *a, const char *folder, str suffix)
{
	vec_str paths = { 0 };
	walk(a, &paths, str_from(folder), STR(""), suffix, 0);
	if (paths.len)
		qsort(paths.ptr, paths.len, sizeof *paths.ptr, by_bytes);
	return (list_str){ .ptr = paths.ptr, .len = paths.len };
}

str io_real(arena *a, const char *path)
{
	char *real = realpath(path, NULL);
	str out = arena_str(a, str_from(real));
	free(real);
	return out;
}

str io_join(arena *a, str folder, str name)
{
	if (str_starts(name, STR("/")) || folder.len == 0 || str_eq(folder, STR(".")))
		return arena_str(a, name);
	bool slash = folder.ptr[folder.len - 1] == '/';
	return arena_printf(a, "%.*s%s%.*s", STRF(folder), slash ? "" : "/", STRF(name));
}

static size_t last_slash(str path)
{
	for (size_t i = path.len; i > 0; i--)
		if (path.ptr[i - 1] == '/')
			return i - 1;
	return SIZE_MAX;
}

str io_parent(str path)
{
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	size_t slash = last_slash(path);
	return slash == SIZE_MAX ? STR(".") : slash == 0 ? STR("/") : str_sub(path, 0, slash);
}

str io_base(str path)
{
	while (path.len > 1 && path.ptr[path.len - 1] == '/')
		path.len--;
	size_t slash = last_slash(path);
	return slash == SIZE_MAX ? path : str_skip(path, slash + 1);
}

str io_stem(str path)
{
	str base = io_base(path);
	for (size_t i = base.len; i > 1; i--)
		if (base.ptr[i - 1] == '.')
			return str_sub(base, 0, i - 1);
	return base;
}

bool io_is_safe(str path)
{
	if (path.len == 0 || str_find(path, STR("\\"), 0) != SIZE_MAX ||
		str_find(path, (str){ "\0", 1 }, 0) != SIZE_MAX)
		return false;
	for (str_cut cut = { .tail = path, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '/');
		if (cut.head.len == 0 || str_eq(cut.head, STR("..")) || str_eq(cut.head, STR(".")))
			return false;
	}
	return true;
}

uint64_t io_size(const char *path)
{
	struct stat info;
	return stat(path, &info) == 0 && S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
}
