/* Files that change together. All of them are written beside their targets first; then a journal names them
 * and what they replace; then they are renamed; then the journal goes. Whoever finds a journal finishes what
 * it says, so that whenever the process is stopped, the next reader finds either all files as they were or
 * all as they are to be. */
#ifndef BASE_IO_SET_H
#define BASE_IO_SET_H

#include "base/io.h"

typedef struct {
	str path; /* relative to the folder, io_is_safe */
	str bytes;
	bool remove; /* the file is to be gone */
} io_set_file;
typedef LIST(io_set_file) list_io_set_file;

/* Writes the files below `folder`; `journal` is a path relative to it. False after a diagnostic: then nothing
 * has changed, or, once the journal is on the disk, io_set_recover will finish it. */
bool io_set_write(const char *folder, str journal, list_io_set_file files, arena *scratch, diags *d);
/* Finishes what a journal says, if there is one, and removes what was staged without one. True if there is
 * none or it is done. */
bool io_set_recover(const char *folder, str journal, arena *scratch, diags *d);

#endif
