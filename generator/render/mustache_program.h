/* The program that a template is parsed into, shared by the parser and the renderer and by nobody else. It is
 * flat: what stands in a section, block or parent follows its instruction, which says how many instructions
 * that are. */
#ifndef RENDER_MUSTACHE_PROGRAM_H
#define RENDER_MUSTACHE_PROGRAM_H

#include "render/mustache.h"

typedef enum {
	OP_TEXT,
	OP_VARIABLE,
	OP_SECTION,
	OP_INVERTED,
	OP_PARTIAL,
	OP_PARENT, /* its body has blocks only */
	OP_BLOCK
} opcode;

typedef struct {
	opcode op;
	uint32_t body;   /* so many instructions after this one belong to it */
	bool raw;        /* variable: printed without escaping */
	bool dynamic;    /* partial, parent: the name names a value that holds the template's name */
	bool line_start; /* it begins a line of the template */
	bool alone; /* the tag has its line for itself: the line is gone, and `indent` is for each line printed
				   instead */
	bool end_alone; /* block: the same for its end tag */
	bool has_lines; /* block: `indent` is known from lines of its content */
	char after; /* variable: the byte that follows the tag in the template; NUL: another tag, or the end */
	str text;   /* of a text; otherwise the name as it is written */
	const value_key *path; /* the name split at its dots */
	uint32_t parts;        /* of the path; 0 for "." */
	uint32_t length;       /* of the tag, to underline it */
	loc at;
	str indent; /* partial, parent: white space in front of the tag; block: in front of every line of its
				   content */
} instruction;

typedef VEC(instruction) vec_instruction;

struct mustache {
	vec_instruction code;
	uint32_t source;
};

/* Takes the white space that all lines of the code's texts begin with away from them. False, with *out empty,
 * if it has no lines that say how far they are indented. */
bool mustache_dedent(str *out, arena *a, instruction *code, size_t len);

#endif
