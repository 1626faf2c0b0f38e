/* course.yaml with its defaults. */
#ifndef READ_COURSE_H
#define READ_COURSE_H

#include "model/course.h"
#include "model/workbook.h"

/* Reads source `number`; 0: everything is default. */
bool course_read(course *out, arena *a, uint32_t number, diags *d);
/* The share below which an item goes, where course.yaml does not say it. */
double course_retire_default(const update_settings *s, int preset);
/* What is still open once the workbook is known: id, role and title. */
void course_complete(course *c, arena *a, const workbook *w);

#endif
