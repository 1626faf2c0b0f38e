/* Parts that the documents about the whole course share. */
#ifndef RENDER_VIEW_COURSE_H
#define RENDER_VIEW_COURSE_H

#include "render/charts.h"
#include "render/view.h"

typedef enum { PART_MODULES, PART_LABS, PART_SCENARIOS, PART_CAPSTONE } course_part;

int course_minutes(const view *v, course_part part);
void put_course_times(const view *v, value page);
value view_week(const view *v, int week);
value view_weeks(const view *v);
value view_grades(const view *v);
str course_calendar(const view *v); /* a figure; empty in Markdown */

/* Title of what an address names, or the address. */
str title_of(const view *v, str address_text);
/* What an effect did, in a sentence without its end. */
str effect_text(const view *v, const effect *e);

#endif
