/* An empty folder of its own for a test, and what was said. The including file asks for POSIX 2008. */
#ifndef UNIT_ROOM_H
#define UNIT_ROOM_H

#include "fixture.h"

#include "base/io.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ROOM_NAME "/tmp/cw-test-room-XXXXXX"

typedef struct {
	fixture f;
	char folder[sizeof ROOM_NAME];
} room;

__attribute__((unused)) static void open_room(room *r)
{
	fixture_open(&r->f, STR("none"), STR(""));
	memcpy(r->folder, ROOM_NAME, sizeof ROOM_NAME);
	require(mkdtemp(r->folder) != NULL);
}

/* Hidden files too, which io_list passes over. */
__attribute__((unused)) static void remove_all(const char *path)
{
	arena a = { 0 };
	DIR *dir = opendir(path);
	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		str name = str_from(entry->d_name);
		if (str_eq(name, STR(".")) || str_eq(name, STR("..")))
			continue;
		str below = io_join(&a, str_from(path), name);
		if (unlink(below.ptr) != 0)
			remove_all(below.ptr);
	}
	if (dir)
		closedir(dir);
	rmdir(path);
	arena_free(&a);
}

__attribute__((unused)) static void close_room(room *r)
{
	remove_all(r->folder);
	fixture_close(&r->f);
}

__attribute__((unused)) static const char *in(room *r, const char *name)
{
	return io_join(&r->f.a, str_from(r->folder), str_from(name)).ptr;
}

__attribute__((unused)) static str said(room *r)
{
	buf out = { .arena = &r->f.a };
	EACH (const diag, one, r->f.d.list)
		buf_printf(&out, "%s: %.*s\n", diag_slug(one->code), STRF(one->text));
	return buf_done(&out);
}

#endif
