/* What writing one file (io.c) and writing several (io_set.c) share. */
#ifndef BASE_IO_PARTS_H
#define BASE_IO_PARTS_H

#include "base/io.h"

/* For writing; the file must not be there, not even as a link. -1 and errno if that fails. */
int io_open_new(const char *path);
/* All of it, whatever interrupts. False and errno if that fails. */
bool io_write_all(int fd, str bytes);
/* A diagnostic about a failure of the system; always false. */
bool io_cannot_write(const char *path, int error, diags *d);

#endif
