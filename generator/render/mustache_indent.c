/* The indentation of blocks: what stands in a block is moved to the left margin when the template is parsed,
 * and moved to where the block is printed when it is rendered. So it fits wherever an inheriting template
 * puts it. */
#include "render/mustache_tree.h"

#include <string.h>

typedef struct {
	str common;
	bool known;
} margin;

static size_t blanks(str s)
{
	size_t n = 0;
	while (n < s.len && (s.ptr[n] == ' ' || s.ptr[n] == '\t'))
		n++;
	return n;
}

static void meet(margin *m, str blank)
{
	if (!m->known) {
		*m = (margin){ .common = blank, .known = true };
		return;
	}
	size_t n = 0;
	while (n < m->common.len && n < blank.len && m->common.ptr[n] == blank.ptr[n])
		n++;
	m->common.len = n;
}

static bool is_line_end(str s, size_t at)
{
	return at < s.len && (s.ptr[at] == '\n' || s.ptr[at] == '\r');
}

/* Lines that are blank say nothing. A text that ends in the middle of its last line goes on with a tag. */
static void measure_text(margin *m, const node *n)
{
	str rest = n->text;
	bool begins = n->line_start;
	for (bool first = true; first || rest.len; first = false) {
		size_t blank = blanks(rest);
		str_cut cut = str_split(rest, '\n');
		if (begins && !is_line_end(rest, blank))
			meet(m, str_sub(rest, 0, blank));
		begins = cut.ok;
		rest = cut.tail;
	}
}

static void measure(margin *m, const vec_node *nodes)
{
	EACH (const node, n, *nodes) {
		bool has_indent = n->alone && (n->kind == NODE_PARTIAL || n->kind == NODE_PARENT);
		if (n->kind == NODE_TEXT)
			measure_text(m, n);
		else if (has_indent || (n->kind == NODE_BLOCK && (n->line_start || n->has_lines)))
			meet(m, n->indent);
		else if (n->line_start && !n->alone)
			meet(m, STR(""));
		if (n->kind == NODE_SECTION || n->kind == NODE_INVERTED)
			measure(m, &n->children);
	}
}

static str shift_text(arena *a, const node *n, size_t by)
{
	char *copy = NEWN(a, char, n->text.len);
	if (!copy)
		return STR("");
	size_t len = 0;
	str rest = n->text;
	for (bool begins = n->line_start; rest.len; begins = true) {
		size_t blank = blanks(rest);
		str_cut cut = str_split(rest, '\n');
		size_t from = begins ? (blank < by ? blank : by) : 0, to = cut.head.len + cut.ok;
		memcpy(copy + len, rest.ptr + from, to - from);
		len += to - from;
		rest = cut.tail;
	}
	return (str){ .ptr = copy, .len = len };
}

static void shift(arena *a, vec_node *nodes, size_t by)
{
	EACH (node, n, *nodes) {
		if (n->kind == NODE_TEXT)
			n->text = shift_text(a, n, by);
		else
			n->indent = str_skip(n->indent, by);
		if (n->kind == NODE_SECTION || n->kind == NODE_INVERTED)
			shift(a, &n->children, by);
	}
}

bool mustache_dedent(str *out, arena *a, vec_node *content)
{
	margin m = { .common = STR("") };
	measure(&m, content);
	*out = m.common;
	if (m.common.len)
		shift(a, content, m.common.len);
	return m.known;
}
