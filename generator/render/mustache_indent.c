/* The indentation of blocks: what stands in a block is moved to the left margin when the template is parsed,
 * and moved to where the block is printed when it is rendered. So it fits wherever an inheriting template
 * puts it. */
#include "render/mustache_program.h"

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
static void measure_text(margin *m, const instruction *n)
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

/* What is inside of blocks and parents has been moved already. */
static size_t step(const instruction *n)
{
	return n->op == OP_BLOCK || n->op == OP_PARENT ? 1 + n->body : 1;
}

static void measure(margin *m, const instruction *code, size_t len)
{
	for (size_t i = 0; i < len; i += step(&code[i])) {
		const instruction *n = &code[i];
		bool has_indent = n->alone && (n->op == OP_PARTIAL || n->op == OP_PARENT);
		if (n->op == OP_TEXT)
			measure_text(m, n);
		else if (has_indent || (n->op == OP_BLOCK && (n->line_start || n->has_lines)))
			meet(m, n->indent);
		else if (n->line_start && !n->alone)
			meet(m, STR(""));
	}
}

static str shift_text(arena *a, const instruction *n, size_t by)
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

static void shift(arena *a, instruction *code, size_t len, size_t by)
{
	for (size_t i = 0; i < len; i += step(&code[i])) {
		instruction *n = &code[i];
		if (n->op == OP_TEXT)
			n->text = shift_text(a, n, by);
		else
			n->indent = str_skip(n->indent, by);
	}
}

bool mustache_dedent(str *out, arena *a, instruction *code, size_t len)
{
	margin m = { .common = STR("") };
	measure(&m, code, len);
	*out = m.common;
	if (m.common.len)
		shift(a, code, len, m.common.len);
	return m.known;
}
