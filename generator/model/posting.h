/* A job posting as it was read: its facts and its text, nothing understood yet. */
#ifndef MODEL_POSTING_H
#define MODEL_POSTING_H

#include "base/source.h"

typedef enum { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_ITEM } block_kind;

/* A heading, a paragraph or an item of a list. Blocks stand in the order of the text, do not overlap, and are
 * separated by one line feed. A paragraph that is bold as a whole, in capitals or ends with a colon is still
 * a paragraph, with `strong` set if it was bold. */
typedef struct {
	block_kind kind;
	bool strong;
	uint32_t from, to; /* bytes of the posting's text */
} posting_block;

/* Text is UTF-8 with entities decoded and white space made single. Empty: not known. */
typedef struct {
	str id; /* SHA-256, in hex, of title, employer, location and text */
	str title, employer, location, region /* country or "remote", as far as it is said */, url;
	str date;      /* YYYY-MM-DD on which it was posted */
	str date_from; /* what said so: the name of the field, "file name", "given" */
	str seniority; /* junior, mid, senior, staff or principal, from a field or the title's words */
	str employment;
	str text;
	LIST(posting_block) blocks;
	const char *form;  /* in which it was found: "json-ld", "greenhouse", "csv" ... */
	str path, locator; /* file, and where in it: "jobs[3]", "line 12"; the file as a whole: empty */
} posting;

#endif
