/* The journal of io_set.h as text. Pure functions: nothing here touches a file.
 *
 *   coursewright journal 1
 *   file plan.yaml
 *   staged plan.yaml.cw-set
 *   sha256 9f86d081884c7d65...
 *   file state/items.yaml
 *   removed
 *   end 60303ae22b998861...
 *
 * The last line is the SHA-256 of all lines before it, so that a journal of which a part is missing or has
 * changed is never taken for one. */
#ifndef BASE_IO_SET_JOURNAL_H
#define BASE_IO_SET_JOURNAL_H

#include "base/diag.h"

/* What the name of a staged file ends with. Of io_set alone: io_stage has another. */
#define IO_SET_SUFFIX ".cw-set"

typedef struct {
	str path;    /* relative to the folder */
	bool remove; /* the file is to be gone; else: */
	str staged;  /* the path with IO_SET_SUFFIX */
	str sha256;  /* of the new bytes */
} journal_entry;
typedef VEC(journal_entry) vec_journal_entry;

/* Whether a path may stand in a journal: io_is_safe, without control characters, and not itself staged. */
bool journal_takes(str path);
str journal_text(arena *a, const vec_journal_entry *entries);
/* The digest line for the lines before it. */
str journal_end(arena *a, str lines);
/* Entries borrow from `text`. Only what journal_text could have written is read: anything else is a
 * diagnostic at its line of the file `path`, and false. */
bool journal_read(vec_journal_entry *out, arena *a, str text, str path, diags *d);

#endif
