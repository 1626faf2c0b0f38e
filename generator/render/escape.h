/* Escaping by output format: text that comes from data cannot change the structure of what it is printed
 * into. */
#ifndef RENDER_ESCAPE_H
#define RENDER_ESCAPE_H

#include "base/buf.h"

typedef enum {
	ESCAPE_HTML, /* & < > " ' as entities, what XML cannot hold as U+FFFD; the same for XML */
	ESCAPE_MARKDOWN,
	ESCAPE_CSV,  /* RFC 4180: a field is quoted if it has to be; what looks like a formula begins with ' */
	ESCAPE_ICS,  /* RFC 5545: a value of type TEXT; lines are folded */
	ESCAPE_JSON, /* what stands between the quotes of a string */
	ESCAPE_NONE
} escape_format;

/* By the name of the format in NAME.FORMAT.mustache: html, xml, md, csv, ics, json, txt; any other is
 * ESCAPE_HTML.
 */
escape_format escape_for(str format);

/* Appends `s`. What is in `out` already and the byte `after` that will follow (NUL: not known) say what has a
 * meaning where it stands. */
void escape_text(buf *out, escape_format format, str s, char after);

/* So that the text stays plain text in CommonMark with the GitHub extensions, written with as few backslashes
 * as its place allows: inside a line, at the beginning of a block, in a link's address, or in a code span if
 * the tag is directly between backticks. Line breaks become spaces. */
void escape_markdown(buf *out, str s, char after);

#endif
