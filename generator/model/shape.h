/* How postings look in JSON, in pages and in tables: one shape for each source, as catalogue files describe
 * it. docs/postings.md describes paths. */
#ifndef MODEL_SHAPE_H
#define MODEL_SHAPE_H

#include "model/schema.h"

typedef enum { PROSE_AUTO, PROSE_PLAIN, PROSE_MARKDOWN, PROSE_HTML, PROSE_ESCAPED_HTML } prose_kind;
typedef enum { DATES_ISO, DATES_DAY_FIRST, DATES_MONTH_FIRST } date_order;
extern const char *const prose_kind_names[];
extern const char *const date_order_names[];

/* Paths; the first that leads to something is taken. */
typedef struct {
	loc at;
	list_str title, employer, location, region, url, date, seniority, employment, remote;
} shape_fields;

/* A part of the text. With `each`, the other paths begin at every element found there. */
typedef struct {
	loc at;
	str title; /* a heading that is put above it */
	str each, heading;
	list_str path;
	int format; /* -1: as it looks */
} shape_text;

typedef struct {
	loc at;
	str id, name;
	list_str has, list, employer_after, stop;
	int dates; /* -1: only what is not ambiguous */
	shape_fields fields;
	LIST(shape_text) text;
} posting_shape;

extern const record posting_shape_record;

#endif
