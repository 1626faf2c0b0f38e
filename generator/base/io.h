/* Files. Reading has a cap; writing goes to a file beside the target that is renamed over it, and a target
 * that already has the same bytes is left alone, so that its time does not change. Everything reports to the
 * diagnostics. */
#ifndef BASE_IO_H
#define BASE_IO_H

#include "base/diag.h"

#define IO_FILE_MAX ((size_t)16 << 20)

typedef enum { IO_NONE, IO_FILE, IO_FOLDER, IO_OTHER } io_kind;

io_kind io_stat(const char *path);
uint64_t io_size(const char *path); /* in bytes; 0 for what is no file */
/* The whole file into `a`. A missing file, one over IO_FILE_MAX or a folder is a diagnostic and false. */
bool io_read(str *out, arena *a, const char *path, diags *d);
/* Standard input, with the same cap. */
bool io_read_stdin(str *out, arena *a, diags *d);

typedef enum { IO_FAILED, IO_WRITTEN, IO_UNCHANGED } io_written;
io_written io_write(const char *path, str bytes, arena *scratch, diags *d); /* makes missing folders */
/* The same in two steps, so that a set of files appears only once all of it could be written. Staging leaves
 * a file beside the target (none for IO_UNCHANGED), and committing renames it; discarding removes it. */
/* Whether the file is there and has these bytes. */
bool io_same(const char *path, str bytes);
io_written io_stage(const char *path, str bytes, arena *scratch, diags *d);
bool io_commit(const char *path, arena *scratch, diags *d);
void io_discard(const char *path, arena *scratch);
bool io_remove(const char *path);        /* true if it is gone */
bool io_remove_folder(const char *path); /* only an empty one */
bool io_make_folders(const char *path, diags *d);

/* Names in a folder, sorted by bytes, without those that begin with a dot. Empty if there is no such folder.
 */
list_str io_list(arena *a, const char *path);
/* Paths below `folder`, relative to it, of all files whose names end in `suffix`; sorted, folders followed,
 * links not. */
list_str io_walk(arena *a, const char *folder, str suffix);

/* The path from the root, without links and dots; empty if there is no such path. */
str io_real(arena *a, const char *path);
str io_join(
	arena *a, str folder, str name); /* "folder/name"; NUL-terminated; an absolute name stands alone */
str io_parent(str path);             /* "." if there is none */
str io_base(str path);               /* after the last slash */
str io_stem(str path);               /* base without its last suffix */
/* A relative path that stays below where it starts: no "..", no empty part, no leading slash, no backslash,
 * no NUL. */
bool io_is_safe(str path);

#endif
