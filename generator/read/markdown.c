/* Walks the tree of cmark-gfm once and copies what the readers need. The tree is made and released in
 * markdown_read. The library's line numbers are right, its columns only within the line on which a block
 * begins; cells are therefore found again in the source line, by the same rule by which the library splits
 * rows. */
#include "read/markdown.h"

#include "base/text.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <string.h>

typedef struct {
	size_t block;
	buf text; /* kept for the next item of the same depth */
} open_item;

typedef struct {
	arena *a;
	str text;
	uint32_t number;
	VEC(uint32_t) lines; /* offsets */
	VEC(md_block) blocks;
	VEC(open_item) items; /* by depth; `depth` of them are open */
	size_t depth;
	size_t quotes; /* open block quotes */
	buf scratch;
} walker;

static void find_lines(walker *w)
{
	str rest = w->text;
	while (rest.len) {
		vec_push(w->a, &w->lines, (uint32_t)(rest.ptr - w->text.ptr));
		markdown_line(&rest);
	}
}

static str line_at(const walker *w, int line)
{
	if (line < 1 || (size_t)line > w->lines.len)
		return str_skip(w->text, w->text.len);
	str rest = str_skip(w->text, w->lines.ptr[line - 1]);
	return markdown_line(&rest);
}

static loc loc_of(const walker *w, const char *p)
{
	return (loc){ .source = w->number, .offset = (uint32_t)(p - w->text.ptr) };
}

/* A paragraph above a table in the same lines has lost its place; it stands where the table says it begins.
 */
static loc place(const walker *w, cmark_node *node)
{
	cmark_node *next = cmark_node_next(node);
	if (cmark_node_get_start_line(node) < 1 && next)
		node = next;
	str line = line_at(w, cmark_node_get_start_line(node));
	int column = cmark_node_get_start_column(node);
	return loc_of(w, str_skip(line, column > 0 ? (size_t)column - 1 : 0).ptr);
}

/* No-break, thin and narrow no-break spaces are used between numbers and units; here they are spaces. */
static void put_text(buf *out, const char *literal)
{
	str s = str_from(literal);
	static const char *const spaces[] = { "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF" };
	size_t from = 0;
	for (size_t i = 0; i < s.len;) {
		size_t n = 0;
		if ((unsigned char)s.ptr[i] >= 0xC2)
			for (size_t k = 0; k < COUNT(spaces) && !n; k++)
				n = str_starts(str_skip(s, i), str_from(spaces[k])) ? strlen(spaces[k]) : 0;
		if (n) {
			buf_str(out, str_sub(s, from, i - from));
			buf_char(out, ' ');
			from = i + n;
		}
		i += n ? n : 1;
	}
	buf_str(out, str_skip(s, from));
}

/* Tags that only format, and comments, leave nothing behind; anything else in angle brackets is text
 * ("Map<String>"). */
static void put_tag(buf *out, const char *literal)
{
	static const char *const formatting[] = { "a", "abbr", "b", "br", "code", "em", "i", "kbd", "mark", "p",
		"small", "span", "strong", "sub", "sup", "u" };
	str tag = str_from(literal);
	size_t from = str_starts(tag, STR("</")) ? 2 : 1, to = from;
	while (to < tag.len && is_alnum(tag.ptr[to]))
		to++;
	str name = str_sub(tag, from, to - from);
	if (str_eq_nocase(name, STR("br")))
		buf_char(out, ' ');
	if (str_starts(tag, STR("<!--")))
		return;
	for (size_t i = 0; i < COUNT(formatting); i++)
		if (str_eq_nocase(name, str_from(formatting[i])))
			return;
	buf_str(out, tag);
}

static cmark_node *next_within(cmark_node *n, cmark_node *root)
{
	if (cmark_node_first_child(n))
		return cmark_node_first_child(n);
	for (; n && n != root; n = cmark_node_parent(n))
		if (cmark_node_next(n))
			return cmark_node_next(n);
	return NULL;
}

static void put_plain(buf *out, cmark_node *root)
{
	for (cmark_node *n = next_within(root, root); n; n = next_within(n, root)) {
		cmark_node_type type = cmark_node_get_type(n);
		if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE)
			put_text(out, cmark_node_get_literal(n));
		else if (type == CMARK_NODE_HTML_INLINE)
			put_tag(out, cmark_node_get_literal(n));
		else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK)
			buf_char(out, ' ');
	}
}

static str plain(walker *w, cmark_node *root)
{
	w->scratch.len = 0;
	put_plain(&w->scratch, root);
	return text_one_line(w->a, buf_done(&w->scratch));
}

static str strong_of(walker *w, cmark_node *paragraph)
{
	cmark_node *first = cmark_node_first_child(paragraph);
	return first && cmark_node_get_type(first) == CMARK_NODE_STRONG ? plain(w, first) : STR("");
}

static void enter_item(walker *w, cmark_node *node)
{
	vec_push(w->a, &w->blocks,
		(md_block){ .kind = MD_ITEM,
			.level = (unsigned)w->depth + 1,
			.quoted = w->quotes > 0,
			.at = place(w, node) });
	if (w->items.len == w->depth)
		vec_push(w->a, &w->items, (open_item){ .text = { .arena = w->a } });
	w->depth++;
	if (w->depth > w->items.len || !w->blocks.len)
		return; /* out of memory */
	w->items.ptr[w->depth - 1].block = w->blocks.len - 1;
	w->items.ptr[w->depth - 1].text.len = 0;
}

static void leave_item(walker *w)
{
	w->depth--;
	if (w->depth >= w->items.len)
		return;
	const open_item *item = &w->items.ptr[w->depth];
	if (item->block < w->blocks.len)
		w->blocks.ptr[item->block].text = text_one_line(w->a, buf_done(&item->text));
}

static void add_paragraph(walker *w, cmark_node *node)
{
	if (!w->depth) {
		vec_push(w->a, &w->blocks,
			(md_block){ .kind = MD_PARAGRAPH,
				.quoted = w->quotes > 0,
				.text = plain(w, node),
				.strong = strong_of(w, node),
				.at = place(w, node) });
		return;
	}
	if (w->depth > w->items.len || w->a->failed)
		return;
	open_item *item = &w->items.ptr[w->depth - 1];
	if (!item->text.len) {
		w->blocks.ptr[item->block].at = place(w, node);
		w->blocks.ptr[item->block].strong = strong_of(w, node);
	} else {
		buf_char(&item->text, ' ');
	}
	put_plain(&item->text, node);
}

/* In a list or a quote a heading is no more than a line of its text. */
static void add_heading(walker *w, cmark_node *node)
{
	if (w->depth || w->quotes) {
		add_paragraph(w, node);
		return;
	}
	vec_push(w->a, &w->blocks,
		(md_block){ .kind = MD_HEADING,
			.level = (unsigned)cmark_node_get_heading_level(node),
			.text = plain(w, node),
			.at = place(w, node) });
}

/* What comes before a row in a line that is not the first of its containers: white space and quote marks. */
static str skip_containers(str line, size_t quotes)
{
	for (;;) {
		while (line.len && is_space(line.ptr[0]))
			line = str_skip(line, 1);
		if (!quotes || !line.len || line.ptr[0] != '>')
			return line;
		line = str_skip(line, 1);
		quotes--;
	}
}

/* Takes the next cell with its white space off a row. A pipe after a backslash does not end a cell. */
static str take_cell(str *row)
{
	size_t i = 0;
	while (i < row->len && (row->ptr[i] != '|' || (i && row->ptr[i - 1] == '\\')))
		i++;
	str cell = str_sub(*row, 0, i);
	*row = str_skip(*row, i + 1);
	return cell;
}

static md_row read_row(walker *w, cmark_node *node, str row)
{
	size_t count = 0;
	for (cmark_node *cell = cmark_node_first_child(node); cell; cell = cmark_node_next(cell))
		count++;
	md_row out = { .ptr = NEWN(w->a, md_cell, count) };
	if (!out.ptr)
		return out;
	if (str_starts(row, STR("|")))
		row = str_skip(row, 1);
	for (cmark_node *cell = cmark_node_first_child(node); cell; cell = cmark_node_next(cell)) {
		str span = take_cell(&row), text = str_trim(span);
		const char *begin = text.len ? text.ptr : span.ptr + (span.len > 1);
		out.ptr[out.len++] =
			(md_cell){ .text = plain(w, cell), .at = loc_of(w, begin), .length = (uint32_t)text.len };
	}
	return out;
}

/* The header may be the last line of what was a paragraph until the delimiter row came. */
static str header_line(walker *w, cmark_node *table, cmark_node *first_row)
{
	int line = first_row ? cmark_node_get_start_line(first_row) - 2 : cmark_node_get_end_line(table) - 1;
	str text = line_at(w, line);
	if (line != cmark_node_get_start_line(table))
		return skip_containers(text, w->quotes);
	int column = cmark_node_get_start_column(table);
	return str_skip(text, column > 0 ? (size_t)column - 1 : 0);
}

static void add_table(walker *w, cmark_node *table)
{
	cmark_node *header = cmark_node_first_child(table);
	cmark_node *first = header ? cmark_node_next(header) : NULL;
	size_t count = 0;
	for (cmark_node *row = first; row; row = cmark_node_next(row))
		count++;
	if (!header)
		return;
	str line = header_line(w, table, first);
	md_block block = { .kind = MD_TABLE, .quoted = w->quotes > 0, .at = loc_of(w, line.ptr) };
	block.header = read_row(w, header, line);
	block.rows.ptr = NEWN(w->a, md_row, count);
	for (cmark_node *row = first; row && block.rows.ptr; row = cmark_node_next(row))
		block.rows.ptr[block.rows.len++] =
			read_row(w, row, skip_containers(line_at(w, cmark_node_get_start_line(row)), w->quotes));
	vec_push(w->a, &w->blocks, block);
}

static void enter(walker *w, cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_BLOCK_QUOTE)
		w->quotes++;
	else if (type == CMARK_NODE_ITEM)
		enter_item(w, node);
	else if (type == CMARK_NODE_PARAGRAPH)
		add_paragraph(w, node);
	else if (type == CMARK_NODE_HEADING)
		add_heading(w, node);
	else if (strcmp(cmark_node_get_type_string(node), "table") == 0)
		add_table(w, node);
}

static void walk(walker *w, cmark_node *document)
{
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (event == CMARK_EVENT_ENTER)
			enter(w, node);
		else if (cmark_node_get_type(node) == CMARK_NODE_ITEM)
			leave_item(w);
		else if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE)
			w->quotes--;
	}
	cmark_iter_free(iter);
}

bool markdown_read(list_md_block *out, arena *a, uint32_t number, diags *d)
{
	*out = (list_md_block){ 0 };
	if (!markdown_fits(number, d))
		return false;
	walker w = {
		.a = a, .text = sources_get(d->sources, number)->text, .number = number, .scratch = { .arena = a }
	};
	find_lines(&w);
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_SOURCEPOS);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	if (w.text.len)
		cmark_parser_feed(parser, w.text.ptr, w.text.len);
	cmark_node *document = cmark_parser_finish(parser);
	walk(&w, document);
	cmark_node_free(document);
	cmark_parser_free(parser);
	*out = (list_md_block){ .ptr = w.blocks.ptr, .len = w.blocks.len };
	return !a->failed;
}
