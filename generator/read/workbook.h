/* Reads a job posting analysis workbook (Markdown). Every number in it is checked against the sample size;
 * what is wrong is said at the cell where it stands, and reading goes on. */
#ifndef READ_WORKBOOK_H
#define READ_WORKBOOK_H

#include "base/diag.h"
#include "model/workbook.h"

/* `source` is a text in d->sources, which must live as long as the workbook. True if the workbook has no
 * errors; otherwise `out` holds what could be read. */
bool read_workbook(workbook *out, arena *a, uint32_t source, diags *d);

#define WB_COUNT_MAX 1000000000.0 /* postings */
#define WB_YEARS_MAX 60.0         /* of experience; more is a calendar year or an accident */

#endif
