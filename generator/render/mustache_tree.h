/* The tree of a parsed template, shared by the parser and the renderer and by nobody else. */
#ifndef RENDER_MUSTACHE_TREE_H
#define RENDER_MUSTACHE_TREE_H

#include "render/mustache.h"

typedef enum {
	NODE_TEXT,
	NODE_VARIABLE,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL,
	NODE_PARENT,
	NODE_BLOCK
} node_kind;

typedef struct node node;
typedef VEC(node) vec_node;

struct node {
	node_kind kind;
	bool raw;        /* variable: printed without escaping */
	bool dynamic;    /* partial, parent: the name names a value that holds the template's name */
	bool line_start; /* it begins a line of the template */
	bool alone; /* the tag has its line for itself: the line is gone, and `indent` is for each line printed
				   instead */
	bool end_alone; /* block: the same for its end tag */
	bool has_lines; /* block: `indent` is known from lines of its content */
	char after; /* variable: the byte that follows the tag in the template; NUL: another tag, or the end */
	loc at;
	uint32_t length;   /* of the tag, to underline it */
	str text;          /* of a text; otherwise the name as it is written */
	list_str path;     /* the name split at its dots; empty for "." */
	vec_node children; /* of a parent: its blocks only */
	str indent; /* partial, parent: white space in front of the tag; block: in front of every line of its
				   content */
};

struct mustache {
	vec_node nodes;
	uint32_t source;
};

/* Takes the white space that all lines of the content begin with away from them. False, with *out empty, if
 * the content has no lines that say how far they are indented. */
bool mustache_dedent(str *out, arena *a, vec_node *content);

#endif
