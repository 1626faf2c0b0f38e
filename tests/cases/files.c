/* Files and folders for the golden cases: copy, remove, compare. */
#define _POSIX_C_SOURCE 200809L
#include "case.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* All names, also those that begin with a dot. */
static list_str names_in(arena *a, str folder)
{
	vec_str names = { 0 };
	DIR *dir = opendir(folder.ptr);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			vec_push(a, &names, arena_str(a, str_from(entry->d_name)));
	if (dir)
		closedir(dir);
	return (list_str){ .ptr = names.ptr, .len = names.len };
}

str files_read(arena *a, str path)
{
	buf b = { .arena = a };
	char block[1 << 14];
	FILE *f = fopen(path.ptr, "rb");
	for (size_t n; f && (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_str(&b, (str){ .ptr = block, .len = n });
	if (f)
		fclose(f);
	return buf_done(&b);
}

void files_write(arena *a, str path, str bytes)
{
	FILE *f = fopen(arena_cstr(a, path), "wb");
	if (!f)
		return;
	fwrite(bytes.ptr, 1, bytes.len, f);
	fclose(f);
}

bool files_copy(arena *a, str from, str to)
{
	struct stat st;
	if (lstat(from.ptr, &st) != 0)
		return false;
	if (!S_ISDIR(st.st_mode)) {
		files_write(a, to, files_read(a, from));
		return chmod(to.ptr, st.st_mode & 0777) == 0;
	}
	bool ok = mkdir(to.ptr, 0777) == 0 || io_stat(to.ptr) == IO_FOLDER;
	list_str names = names_in(a, from);
	EACH (const str, name, names)
		ok &= files_copy(a, io_join(a, from, *name), io_join(a, to, *name));
	return ok;
}

bool files_remove(arena *a, str path)
{
	struct stat st;
	if (lstat(path.ptr, &st) != 0)
		return true;
	if (!S_ISDIR(st.st_mode))
		return unlink(path.ptr) == 0;
	chmod(path.ptr, 0777);
	list_str names = names_in(a, path);
	EACH (const str, name, names)
		files_remove(a, io_join(a, path, *name));
	return rmdir(path.ptr) == 0;
}

str files_diff(arena *a, str expected, str actual)
{
	buf b = { .arena = a };
	char block[1 << 12];
	/* A file that is not there is as good as an empty one, but not inside a tree. */
	const char *absent = io_stat(expected.ptr) == IO_FOLDER && io_stat(actual.ptr) == IO_FOLDER ? "" : "N";
	str command =
		arena_printf(a, "diff -ru%s --text '%.*s' '%.*s' 2>&1", absent, STRF(expected), STRF(actual));
	FILE *f = popen(command.ptr, "r");
	for (size_t n; f && (n = fread(block, 1, sizeof block, f)) > 0;)
		buf_str(&b, (str){ .ptr = block, .len = n });
	int status = f ? pclose(f) : -1;
	str said = buf_done(&b);
	return said.len ? said : status == 0 ? STR("") : STR("diff could not be run\n");
}
