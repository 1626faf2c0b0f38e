/* state/workbook.hash: which workbook.md `analyze` wrote last, and what it was asked for. The first line is
 * the hash; each filter that was given has a line after it, such as "since: 2025-01". */
#ifndef READ_WORKBOOK_ORIGIN_H
#define READ_WORKBOOK_ORIGIN_H

#include "model/analysis.h"

typedef struct {
	str hash;               /* SHA-256 of the workbook's bytes, in hexadecimal; empty: none was written */
	analysis_filter filter; /* as_of is never kept */
} workbook_origin;

/* Borrows from the text. Any text can be read: lines of unknown keys are passed over, and of a key that comes
 * again the last line counts. What dates are is for the caller to ask. */
void workbook_origin_parse(workbook_origin *out, str text);
/* What reads back as the same, white space in the words of filters aside: a run of it becomes one space. */
str workbook_origin_text(arena *a, const workbook_origin *origin);

#endif
