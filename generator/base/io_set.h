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
	bool fresh;  /* there must be no such file yet: two processes that both want to be the next one */
} io_set_file;
typedef LIST(io_set_file) list_io_set_file;
typedef VEC(io_set_file) vec_io_set_file;

/* Writes the files below `folder`; `journal` is a path relative to it. Files that are so already are left
 * alone, and if all are, there is no journal. No path may stand twice. Waits while another process writes or
 * recovers below the folder. False after a diagnostic, or if memory ran out: then nothing has changed, or,
 * once the journal is on the disk, io_set_recover will finish it. */
bool io_set_write(const char *folder, str journal, list_io_set_file files, arena *scratch, diags *d);
/* Finishes what a journal says, if there is one, and removes what was staged without one. True if there is
 * none or it is done. Looks for two files and does nothing else where neither is there. A journal that cannot
 * be trusted, or whose staged files are not what it says, is a diagnostic; then nothing has changed. */
bool io_set_recover(const char *folder, str journal, arena *scratch, diags *d);

#endif
