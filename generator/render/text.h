/* Text fields of the catalogue (Markdown without raw HTML) as they stand in a document of one format. This is
 * the only place where Markdown becomes HTML. */
#ifndef RENDER_TEXT_H
#define RENDER_TEXT_H

#include "base/diag.h"

typedef enum { TEXT_MARKDOWN, TEXT_HTML, TEXT_CSV } text_format;

typedef enum {
	TEXT_BLOCK, /* paragraphs of its own */
	TEXT_LINE,  /* in a list item or a sentence; in HTML a single paragraph loses its tags */
	TEXT_CELL   /* in a table */
} text_place;

/* `level` is that of the heading above: headings in the text come below it and none is skipped. Text that
 * Markdown could not be parsed from in bounded time is a diagnostic, and is shown as plain text. */
str text_show(arena *a, str text, text_format format, text_place place, unsigned level, diags *d);
/* Plain text as a field of a table: what a spreadsheet would run as a formula begins with an apostrophe. */
str text_csv(arena *a, str plain);

/* Longer texts are looked at before they are parsed; shorter ones cannot cost much. */
#define TEXT_UNCHECKED_MAX 1024

#endif
