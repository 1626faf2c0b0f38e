/* The texts that were read, and places in them. A place is a source number and a byte offset; line and column
 * are worked out when a message needs them. */
#ifndef BASE_SOURCE_H
#define BASE_SOURCE_H

#include "base/vec.h"

/* A place in an input; source 0 is "nowhere". */
typedef struct {
	uint32_t source;
	uint32_t offset; /* bytes */
} loc;

typedef struct {
	str path; /* as it is shown to people */
	str text;
	VEC(uint32_t) lines; /* offsets of line starts, made when first asked for */
} source;

typedef struct {
	arena *arena;
	VEC(source) list;
} sources;

typedef struct {
	uint32_t line, column; /* counted from 1; columns count code points, as editors do */
} position;

/* Text whose bytes may lie scattered in a source, such as a folded YAML scalar: from byte `text` on, they
 * stand at byte `offset` of the source, up to the next run. */
typedef struct {
	uint32_t text, offset;
} text_run;

typedef struct {
	str text;
	uint32_t source;
	LIST(text_run) runs; /* sorted by `text`; the first is at 0; none: nowhere */
} located;

loc located_at(const located *t, size_t offset); /* where that byte of the text stands */

/* Path and text are borrowed and must live as long as the table. Returns the source's number; 0 once out of
 * memory. */
uint32_t sources_add(sources *s, str path, str text);
const source *sources_get(const sources *s, uint32_t number); /* NULL for 0 or an unknown number */
position sources_position(sources *s, loc at);                /* 0:0 for nowhere */
str sources_line(sources *s, loc at);                         /* the line's text without its end */

#endif
