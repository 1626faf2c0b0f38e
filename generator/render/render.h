/* From a curriculum to the files of a course, in memory: documents in Markdown and HTML, rubrics also as CSV,
 * starter and evidence files, and the plan and the trace as JSON. Nothing is written here. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "model/curriculum.h"
#include "model/document.h"
#include "model/update.h"
#include "render/templates.h"

typedef struct {
	template_set *templates;
	list_str formats; /* of "md" and "html"; empty: both. CSV and JSON always come along */
	str only; /* what to render: a path below the output folder without its ending, or a folder of them, such
				 as "syllabus", "modules", "labs/ID"; empty: everything */
	const revision *revisions; /* of the course, the oldest first; borrowed */
	size_t revision_count;     /* 0: it was never changed, and has no documents about changes */
} render_options;

/* False after an error in a template, an unknown name in the options, a file that cannot be read or the end
 * of memory; the diagnostics say which. What could be rendered is in `out`, in an order that depends on the
 * curriculum only. */
bool render_course(documents *out, arena *a, const curriculum *c, const render_options *o, diags *d);

/* The plan with the demand behind each item, and what the rules did, for machines. */
value view_plan_json(arena *a, const curriculum *c);
value view_trace_json(arena *a, const curriculum *c);

#endif
