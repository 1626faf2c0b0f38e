/* An analysis as the workbook that people write by hand, in Markdown. */
#ifndef RENDER_WORKBOOK_WRITE_H
#define RENDER_WORKBOOK_WRITE_H

#include "model/analysis.h"

/* What read_workbook reads from it are the rows, counts, shares, years and sentences of the analysis,
 * whatever characters names consist of. `role` stands in the title; it may be empty. The analysis must have a
 * sample. The text lives in `a`; empty once memory ran out. */
str workbook_text(arena *a, const analysis *from, str role);

#endif
