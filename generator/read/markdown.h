/* Markdown (CommonMark with GitHub's tables) as a flat list of blocks with plain text, each with its exact
 * place in the source. Nothing of the Markdown library is seen outside markdown.c. */
#ifndef READ_MARKDOWN_H
#define READ_MARKDOWN_H

#include "base/diag.h"

/* Emphasis, links and code marks are gone from all text, escaped pipes are pipes, white space is single
 * spaces. */
typedef struct {
	str text;
	loc at;          /* the first byte of the text; of an empty cell, where text would begin */
	uint32_t length; /* bytes in the source */
} md_cell;

typedef LIST(md_cell) md_row;
typedef LIST(md_row) list_md_row;

typedef enum { MD_HEADING, MD_PARAGRAPH, MD_ITEM, MD_TABLE } md_kind;

typedef struct {
	md_kind kind;
	unsigned level; /* of a heading, 1 to 6; of a list item, 1 in the outermost list */
	bool quoted;    /* inside a block quote */
	str text;       /* heading, paragraph; of an item all its paragraphs, but not the items below it */
	str strong;     /* the bold words with which the text begins; empty if there are none */
	loc at;
	md_row header;    /* table; every row has as many cells as the header */
	list_md_row rows; /* table */
} md_block;

typedef LIST(md_block) list_md_block;

/* The blocks in the order of the file; an item comes before the items below it. False if the text is not fit
 * to be parsed (said in `d`) or the arena failed. */
bool markdown_read(list_md_block *out, arena *a, uint32_t source, diags *d);

/* Whether the text can be parsed in time and memory proportional to its size; if not, the reason is in `d`.
 * The limits are far beyond anything that people write; the library has none of its own. */
bool markdown_fits(uint32_t source, diags *d);

/* Takes the next line, without its end, off `rest`. Lines end as CommonMark says: with LF, CR or CR LF. */
str markdown_line(str *rest);

#define MD_LINES_MAX 1000000
#define MD_MARKS_MAX 2000000 /* characters that may be markup inside text */
#define MD_COLUMNS_MAX 100   /* in a table row */
#define MD_CELLS_MAX 1000000 /* in all tables, counting the empty cells that complete short rows */
#define MD_LEVELS_MAX 64     /* of lists and quotes inside each other */
#define MD_RESCAN_MAX \
	16777216                   /* bytes looked at again because of table delimiter rows that fit no header \
								*/
#define MD_IMAGES_MAX 50000000 /* pairs of an image's opening bracket and a closing bracket after it */

#endif
