/* What a course was. state/objects/HASH holds the text of a file version, by the SHA-256 of its bytes;
 * state/changes/NNNN.yaml one revision: what a run of update or revert changed, and which versions its files
 * had before and after. Nothing here is ever changed or removed, only added to. */
#ifndef HISTORY_H
#define HISTORY_H

#include "session.h"

#include "base/io_set.h"
#include "model/update.h"

typedef LIST(revision) list_revision;

/* The files of a course folder that a revision is about. */
enum { TRACKED_PLAN, TRACKED_BASE, TRACKED_ITEMS, TRACKED_WORKBOOK, TRACKED_HASH, TRACKED_FILES };
extern const char *const tracked_paths[TRACKED_FILES];

/* All of them at one time. */
typedef struct {
	str bytes[TRACKED_FILES];
	bool there[TRACKED_FILES];
} snapshot;

/* As they are in the course folder. */
bool snapshot_now(snapshot *out, cw_context *c);
/* As they were before and after a revision. */
bool snapshot_before(snapshot *out, cw_context *c, const revision *r);
bool snapshot_after(snapshot *out, cw_context *c, const revision *r);
bool snapshot_same(const snapshot *a, const snapshot *b);

/* All revisions by number. Files that are damaged, whose number is not their name, that name other files than
 * the tracked ones, and gaps in the numbers are diagnostics; false if there was one. */
bool history_read(list_revision *out, cw_context *c);
/* The text with this hash. What is not there, or has another hash, is a diagnostic and false. */
bool history_object(str *out, cw_context *c, str hash);

/* Adds a text to the store, unless it is among `files` already; its hash. */
str history_keep(vec_io_set_file *files, cw_context *c, str text);
/* Adds everything that makes the files what `after` says and remembers it: the tracked files that differ, the
 * revision, which gets the next number and its `before` and `after`, and the objects that these name. What
 * changes name as `base` and `made` is added by history_keep. */
void history_add(
	vec_io_set_file *files, cw_context *c, revision *r, const snapshot *before, const snapshot *after);
/* Writes them, all or none. The files of `after` must be in order: the revision is read back first, so that
 * none is kept that nobody could read. */
bool history_write(cw_context *c, const vec_io_set_file *files);

/* What people name by number, or by the id of a change. */
typedef struct {
	const revision *revision; /* NULL: there is no such thing */
	const change *change;     /* NULL: the revision as a whole */
} history_target;

/* The latest change with the id, or the revision with the number; else a diagnostic that says what was
 * probably meant. */
history_target history_find(cw_context *c, list_revision all, str name);
/* A semantic version after a change of that weight (bump); as it is if it is none. */
str version_after(arena *a, str version, int step);

#endif
