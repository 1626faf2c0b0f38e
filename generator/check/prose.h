/* Looking into what was rendered: prose without its code, and text without its markup. */
#ifndef CHECK_PROSE_H
#define CHECK_PROSE_H

#include "base/arena.h"

/* A copy of the Markdown in which code spans and fenced code are blanks; lines stay where they are. */
str prose_without_code(arena *a, str markdown);
/* Only its words, in lower case, with one blank before and after each: what stays the same when the
 * same text is rendered as Markdown and as HTML. */
str prose_words(arena *a, str text, bool html);
/* The first placeholder that was never filled in; empty if there is none. */
str prose_placeholder(str text);
unsigned prose_line(str text, const char *at); /* of a byte inside the text, counted from 1 */

#endif
