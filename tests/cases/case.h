/* One golden case: a folder that is copied to a scratch folder, the lines of its `cmd`, and what they print.
 */
#ifndef CASES_CASE_H
#define CASES_CASE_H

#include "base/io.h"

/* What a case did. */
typedef struct {
	buf out, err;
	int exit;            /* the highest of its coursewright lines */
	const char *trouble; /* a `$` line failed, or a program was killed; NULL: none */
} case_run;

/* Folders below `root` that have a file `cmd`, relative to it and sorted. */
list_str cases_find(arena *a, str root);
/* Copies the case and runs its lines. */
void case_do(case_run *out, arena *a, str folder, str scratch);
/* Words of a line as a shell would split them: quotes, backslashes and $NAME. NULL at the end. */
char **case_words(arena *a, str line);

bool files_copy(arena *a, str from, str to); /* a file, or a folder with all in it */
bool files_remove(arena *a, str path);       /* likewise */
/* What is different, as `diff` says it; empty if nothing is. */
str files_diff(arena *a, str expected, str actual);
str files_read(arena *a, str path); /* "" if there is no such file */
void files_write(arena *a, str path, str bytes);

#endif
