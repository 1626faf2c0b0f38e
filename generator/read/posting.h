/* Job postings from files of any of the known forms, one after the other. The form is recognised from what
 * the file holds, never from its name. What JSON, marked-up pages and tables look like are shapes of the
 * catalogue. What cannot be read is a diagnostic with file and line, and the rest goes on. */
#ifndef READ_POSTING_H
#define READ_POSTING_H

#include "base/diag.h"
#include "model/catalog.h"
#include "model/posting.h"

typedef struct {
	const catalog *catalog; /* its shapes; borrowed */
	str as;                 /* a name of posting_forms or the id of a shape; empty: recognised */
	str as_of;              /* YYYY-MM-DD: later dates are dropped, and "8 days ago" is resolved; or empty */
} posting_options;

/* name, what it is */
#define POSTING_FORMS(X) \
	X(html, "a saved page") \
	X(json, "JSON of any shape that the catalogue knows") \
	X(jsonl, "JSON Lines: one JSON value on each line") \
	X(csv, "a table with a header, separated by commas, semicolons or tabs") \
	X(markdown, "one posting in Markdown") \
	X(text, "one posting in plain text")

typedef struct {
	const char *name, *brief;
} posting_form;

extern const posting_form posting_forms[]; /* names for `as`; ends with a NULL name */

typedef struct posting_stream posting_stream;

/* Opens a file, or standard input for "-". The stream lives in `a` with memory of its own besides, so it must
 * be closed; path and options are copied, the catalogue must stay. False with a diagnostic if nothing of it
 * can be read; then there is no stream. */
bool postings_open(
	posting_stream **out, arena *a, const char *path, const posting_options *options, diags *d);
/* The next posting, copied into `a`, which may be another arena than the stream's, new for each posting.
 * False at the end, and when memory has run out (then a->failed is set). JSON Lines and tables are read line
 * by line, so memory does not grow with their length. */
bool postings_next(posting *out, posting_stream *s, arena *a, diags *d);
void postings_close(posting_stream *s); /* NULL is fine */
/* Bytes of the file taken so far, for showing progress. */
uint64_t postings_bytes(const posting_stream *s);

/* The files that a path names: itself, "-" too, or the files of a folder and those below it in the order of
 * their names, without hidden ones. Empty if there is no such path. */
list_str postings_files(arena *a, const char *path);

#define POSTING_LINE_MAX ((size_t)4 << 20) /* bytes of a line of JSON Lines, or of a row of a table */
#define POSTING_TAGS_MAX 2000000           /* tags and pieces of text in a page */
#define POSTING_NESTING_MAX 512            /* of elements in a page */
#define POSTING_ATTRIBUTES_MAX 500         /* of one element */
#define POSTING_COLUMNS_MAX 1000           /* of a table */
#define POSTING_WAIT_MS 2000               /* for somebody who writes to a pipe */

#endif
