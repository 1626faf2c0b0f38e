/* Mustache templates, the whole specification (mustache.github.io/mustache.5.html) with inheritance and
 * dynamic names; lambdas are not offered. A template is parsed once into a flat program and rendered any
 * number of times. It knows values and text only: where partials come from is the caller's business. */
#ifndef RENDER_MUSTACHE_H
#define RENDER_MUSTACHE_H

#include "base/diag.h"
#include "base/value.h"
#include "render/escape.h"

#define MUSTACHE_NESTING_MAX 100       /* sections and blocks inside each other in one template */
#define MUSTACHE_PARTIALS_MAX 100      /* partials and parents inside each other while rendering */
#define MUSTACHE_DEPTH_MAX 1000        /* everything inside each other while rendering */
#define MUSTACHE_STEPS_MAX 20000000    /* tags and pieces of text in one rendering */
#define MUSTACHE_OUTPUT_MAX (64 << 20) /* bytes of one rendering */
#define MUSTACHE_ERRORS_MAX 20         /* tags reported in one rendering; then it stops */

typedef struct mustache mustache;

/* NULL if there are errors (they are in `d`) or memory ran out. The program borrows the text. */
mustache *mustache_parse(arena *a, const located *text, diags *d);

/* Where partials and parents come from. `find` returns false after an error, which it has reported at some
 * time; *out is NULL if there is no such template, which is an error, to be reported at `at`, unless
 * `optional`. */
typedef struct {
	bool (*find)(const mustache **out, str name, loc at, bool optional, diags *d, void *payload);
	void *payload;
} mustache_partials;

typedef struct {
	escape_format escape; /* of {{name}}; {{{name}}} and {{&name}} are printed as they are */
	bool lenient; /* as the specification has it: what is missing prints nothing, lists and maps print as JSON
				   */
	mustache_partials partials; /* no `find`: there are none */
	size_t steps;               /* instead of MUSTACHE_STEPS_MAX; 0: that */
} mustache_options;

/* Appends to `out`. False after an error (in `d`, once per tag) or once an arena has failed; `out` then holds
 * an unfinished text. Unless lenient, printing a name that is not in the data is an error; a section over one
 * is not, because optional fields are normal. Falsy are null, false, the empty list and the empty string, but
 * not 0. */
bool mustache_render(buf *out, const mustache *t, value data, const mustache_options *o, diags *d);

#endif
