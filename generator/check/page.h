/* An HTML document as a flat list of its elements and pieces of text, in document order. HTML that is
 * produced here must be well-formed XML, so that it can be read as XML; the XML library stays behind this
 * header. */
#ifndef CHECK_PAGE_H
#define CHECK_PAGE_H

#include "base/map.h"
#include "model/document.h"

typedef struct {
	str name, value;
} page_attribute;

typedef struct {
	str name; /* of an element; empty for a piece of text */
	str text; /* of a piece of text */
	LIST(page_attribute) attributes;
	uint32_t parent; /* index; of the root element its own */
	uint32_t end;    /* index after the last node inside */
	unsigned line;
	bool quoted; /* inside code, pre, kbd, samp, script or style: not prose */
} page_node;

typedef struct {
	const document *document;
	str fault; /* why it is not well-formed; then there are no nodes */
	unsigned fault_line;
	VEC(page_node) nodes;
	map ids;         /* values of id attributes -> their nodes */
	str repeated_id; /* one that occurs twice; empty if none does */
} page;

enum { PAGE_BYTES_MAX = 16 << 20 };

void page_read(page *out, arena *a, const document *d);
const str *page_get(const page_node *n, const char *attribute); /* NULL if absent */
bool page_is(const page_node *n, const char *element);
int page_heading_level(const page_node *n);          /* 1 to 6; 0 for anything else */
str page_text(arena *a, const page *p, size_t node); /* all text inside, on one line */
/* Index of the nearest element of that name around the node; SIZE_MAX if there is none. */
size_t page_around(const page *p, size_t node, const char *element);
/* Index of the next element of that name inside `node`, from index `from` on; SIZE_MAX if there is none. */
size_t page_inside(const page *p, size_t node, size_t from, const char *element);

/* The text of the part that the element with that id begins, on one line: of a heading, what follows up to
 * the next one of its level or above; of any other element, what is inside. Headings themselves are left out.
 * Empty if there is no such element, or nothing in it. */
str page_part(arena *a, const page *p, const char *id);

#endif
