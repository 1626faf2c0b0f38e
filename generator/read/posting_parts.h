/* What the files of the posting reader share. Nobody else includes this. */
#ifndef READ_POSTING_PARTS_H
#define READ_POSTING_PARTS_H

#include "base/buf.h"
#include "base/value.h"
#include "read/posting.h"

/* --- posting_text.c: text with blocks, as it is being built --- */
typedef struct {
	buf text;
	VEC(posting_block) blocks;
	block_kind kind;
	size_t from;      /* where the open block begins */
	bool open, space; /* space: white space waits to be written */
	bool any_strong, any_weak;
	bool items_by_mark; /* a paragraph that begins with a bullet is an item; always, unless cleared */
} text_builder;

text_builder text_start(arena *a);
void text_begin(text_builder *b, block_kind kind); /* ends the block that is open */
/* White space becomes single spaces, invisible characters vanish. Begins a paragraph if nothing is open. */
void text_add(text_builder *b, str utf8, bool strong);
void text_end(text_builder *b);
void text_cut(
	text_builder *b, size_t len, size_t blocks); /* back to an earlier state, when nothing was open */
void text_block(text_builder *b, block_kind kind, str text, bool strong);
/* Bytes of the bullet and the space after it with which a line begins; 0 if there is none. */
size_t text_bullet(str line);
size_t text_number(str line); /* the same for "1." and "2)" */

/* --- posting_html.c --- */
typedef enum { HTML_OPEN, HTML_CLOSE, HTML_TEXT } html_kind;
typedef struct {
	str name, value;
} html_attribute;
typedef struct {
	html_kind kind;
	str text;                        /* name of the element, in lower case, or text */
	LIST(html_attribute) attributes; /* only those that somebody asks for */
	uint32_t end;                    /* of an element that is opened: index after what closes it */
} html_event;
typedef VEC(html_event) html_events;

/* Everything the parser made of it. `problem` says what kept it from being read to the end, or is empty. */
void html_read(html_events *out, arena *a, str utf8, str *problem);
const str *html_get(const html_event *e, const char *attribute); /* NULL if absent */
/* Text of the events from..to. `visible` leaves out what a page shows around its content. `lines`: line
 * feeds in the text end a paragraph. */
void html_blocks(text_builder *b, const html_events *all, size_t from, size_t to, bool visible, bool lines);
str html_unescape(arena *a, str s); /* the five entities of XML and numbers, once */

/* --- posting_prose.c --- */
void prose_plain(text_builder *b, str s);
/* `stop`: beginnings of headings at which reading ends. */
void prose_markdown(text_builder *b, arena *scratch, str s, list_str stop);
void prose_html(text_builder *b, arena *scratch, str s, str *problem);
void prose_add(text_builder *b, arena *scratch, str s, prose_kind format, str *problem);
prose_kind prose_looks(str s);   /* what it looks like */
str prose_fact(arena *a, str s); /* on one line, without markup */

/* --- posting_facts.c, posting_place.c --- */
typedef enum { DATE_OK, DATE_NONE, DATE_UNCLEAR, DATE_RELATIVE, DATE_OLD, DATE_FAR, DATE_FUTURE } date_found;
date_found fact_date(str *out, arena *a, const value *v, int order, str as_of);
const char *fact_date_fault(date_found f); /* what is wrong with it, for people */
str fact_seniority(str words);             /* empty: says nothing */
str fact_country(str s);       /* the name of a country from its name or code; empty if it is none */
str fact_region(str location); /* country or "remote", as far as the words say */
bool fact_says_remote(str s);
/* A date at the beginning of the file's or its folder's name. */
bool fact_date_of_path(str *date, str *from, str path);
str fact_employer_of_path(arena *a, str path); /* "DATE_EMPLOYER_TITLE"; empty if the name has another form */

/* --- posting_json.c --- */
/* json_read without a place: `fault` is "line:column: what is wrong". Values are in `a`. */
bool posting_json(value *out, arena *a, str text, str *fault, unsigned *line);
str posting_json_repair(arena *a, str text); /* comments, control characters, CDATA, commas too many */
/* Offset after the first value of the text; SIZE_MAX if it does not end. */
size_t posting_json_end(str text);

/* --- posting_encoding.c --- */
typedef struct {
	str said; /* what was done, for people; empty: nothing */
} encoding_report;
/* UTF-8 without byte order mark and NUL. `a` owns the result if it differs. `html`: look for what it
 * declares. */
str encoding_fix(arena *a, str bytes, bool html, encoding_report *report);
/* False if more than a few per cent of the characters are control characters or U+FFFD. */
bool encoding_is_text(str utf8);
bool encoding_is_wide(str bytes); /* begins with a byte order mark of UTF-16 or UTF-32 */

/* --- posting_input.c: bytes that are read as they are needed --- */
typedef struct {
	int fd; /* -1: all is here */
	arena own;
	char *ptr;
	size_t from, to, cap;
	bool end;
	uint64_t taken;
	unsigned line; /* of the byte at `from`, counted from 1 */
	str path;
} posting_input;

bool input_open(posting_input *in, const char *path, str name, diags *d);
bool input_more(posting_input *in, diags *d); /* false at the end or after an error, which is said */
bool input_all(posting_input *in, diags *d);  /* false if it is too long, which is said */
str input_here(const posting_input *in);      /* what is there without reading more */
void input_take(posting_input *in, size_t n); /* counts lines */
/* The next line without its end. `too_long`: its bytes were passed over. False at the end. */
bool input_line(posting_input *in, str *line, unsigned *number, bool *too_long, diags *d);
void input_close(posting_input *in);

/* --- posting_shape.c --- */
typedef struct {
	const posting_shape *shape;
	str list; /* the path at which the postings stand; empty: at the root */
	vec_value items;
	VEC(uint32_t) numbers; /* of each item in its list */
	size_t others;         /* elements of the list that do not have this shape */
} shape_match;

/* The shape that fits and the postings found by it; `only` is tried alone unless NULL. False if none fits. */
bool shape_find(shape_match *out, arena *a, const catalog *c, const posting_shape *only, const value *root);
const posting_shape *shape_by_id(const catalog *c, str id);

typedef struct {
	str as_of;
	str path;
	str where; /* "line 12", "jobs[3]" */
	arena *scratch;
	diags *d;
} shape_context;

/* Facts and text of one item. False if it has no text, which is said. */
bool shape_read(posting *out, const posting_shape *shape, const value *root, const value *item, arena *a,
	shape_context *c);
/* Fills in what follows from the rest: seniority, region, id. */
void posting_complete(posting *p, arena *a);
void posting_set_text(posting *p, text_builder *b);
void say(shape_context *c, diag_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* --- posting_csv.c --- */
typedef struct {
	char separator;
	LIST(str) names; /* of the columns, as keys of a plain posting */
	size_t columns;
} csv_header;

char csv_separator(str line);    /* ',' ';' or tab; 0 if it is not a row */
str csv_key(arena *a, str name); /* "Job Title" -> "job_title" */
/* Separator and columns from a single line, whatever its quotation marks. False if it has no separator. */
bool csv_header_names(csv_header *out, str line, arena *a);
/* Whether text that begins here is built like a table, whatever its columns are called: names, and at least
 * two rows with as many cells. `whole`: nothing comes after it. */
bool csv_is_regular(str s, bool whole, arena *a);
bool csv_header_read(csv_header *out, posting_input *in, arena *a, diags *d);
/* The next row as a map by column; false at the end. What cannot be read is said and passed over. */
bool csv_next(value *out, const csv_header *h, posting_input *in, arena *a, unsigned *line,
	encoding_report *report, diags *d);

/* --- posting_page.c --- */
typedef struct {
	html_events events;
	vec_value items;  /* JobPosting objects */
	const char *form; /* "json-ld", "microdata", or "page" if there are none */
} posting_page;
void page_find(posting_page *out, arena *a, str utf8, shape_context *c);
void page_visible(text_builder *b, const posting_page *p);
void page_facts(posting *out, const posting_page *p, arena *a);

/* --- posting_front.c: Markdown and plain text as a whole --- */
bool front_read(
	posting *out, str text, bool markdown, const posting_shape *plain, arena *a, shape_context *c);

#endif
