/* Where items and fields stand in the text of a plan: their lines, the comments that are theirs, and what
 * cannot be replaced without harm. Places are bytes of the text. */
#ifndef PLAN_MERGE_TEXT_H
#define PLAN_MERGE_TEXT_H

#include "read/yaml.h"

/* The lines of an item of a list or of a pair of a map. */
typedef struct {
	bool odd;        /* it does not begin and end lines; nothing but `at` can be relied on */
	bool after_dash; /* a pair in the line of its item's dash: `start` is then `at` */
	size_t above;    /* first of the comment lines directly above an item, indented like it; else `start` */
	size_t start;    /* of its first line */
	size_t at;       /* its dash or key */
	size_t end;      /* behind its last line, and behind comments below that are indented deeper */
	size_t column;   /* of `at`, from 0 */
} merge_place;

/* Bytes of the line break at `at`; 0 if there is none. */
size_t merge_break(str text, size_t at);
/* What the first line ends with; a line feed if there is only one line. */
str merge_newline(str text);
/* Behind the last byte of a value: empty lines behind a block scalar count only if they belong to it. */
size_t merge_end(str text, const yaml_node *n);
/* The colon between a key and its value; SIZE_MAX if there is none. */
size_t merge_colon(str text, const yaml_pair *p);

merge_place merge_place_of(str text, size_t at, size_t to);
merge_place merge_pair_place(str text, const yaml_pair *p);
/* Of each item of a block list, with the comments above it; in `a`, NULL once memory ran out. */
merge_place *merge_item_places(arena *a, str text, const yaml_pair *list);

/* Whether a comment stands from `from` on before, in or after the value, up to `to`. */
bool merge_has_comment(str text, size_t from, const yaml_node *n, size_t to);
/* Whether there is an anchor, an alias or a tag in it. */
bool merge_has_mark(str text, const yaml_node *n);
bool merge_pair_has_mark(str text, const yaml_pair *p); /* or at its key */

/* `lines` with every line but the first moved by so many columns, and with these line ends. Empty lines stay
 * empty; nothing but blanks is taken away. */
str merge_shift(arena *a, str lines, ptrdiff_t columns, str newline);

#endif
