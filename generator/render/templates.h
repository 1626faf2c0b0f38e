/* Templates as files: NAME.FORMAT.mustache in a list of folders, of which the first that has it wins. Each is
 * read and parsed once. A name is made of letters, digits, '_' and '-', with at most one '/'. */
#ifndef RENDER_TEMPLATES_H
#define RENDER_TEMPLATES_H

#include "render/mustache.h"

typedef struct template_format template_format;

typedef struct {
	arena *arena;     /* for texts and programs */
	list_str folders; /* a course's own before the shipped ones; borrowed */
	bool lenient;     /* as in mustache_options */
	VEC(template_format *) formats;
} template_set;

/* Texts are added to the sources of `d`, which must not outlive the arena of the set.
 * NULL after an error, reported at `at` (nowhere is fine) the first time. NAME.mustache serves every format;
 * for the empty format it comes first, then NAME.html.mustache. */
const mustache *templates_get(template_set *s, str name, str format, loc at, diags *d);

/* Appends the rendered template; partials come from the set, in the same format. */
bool templates_render(template_set *s, buf *out, str name, str format, value data, diags *d);

/* The same for a template file that need not be in the set's folders; its format is that of its name. */
bool templates_render_file(template_set *s, buf *out, str path, value data, diags *d);

str templates_format(str path); /* "md" of "a/b.md.mustache"; empty if there is none */

#endif
