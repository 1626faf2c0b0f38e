/* Descriptions in plain text, Markdown or HTML to blocks of text. */
#include "read/markdown.h"
#include "read/posting_parts.h"

#include "base/text.h"

enum { HEADING_MAX = 80, WRAPPED_MIN = 60 };

/* In capitals, or ending in a colon: what people write for a heading without markup. */
static bool is_like_heading(str line)
{
	size_t letters = 0, small = 0;
	if (line.len > HEADING_MAX)
		return false;
	for (size_t i = 0; i < line.len; i++) {
		letters += is_alpha(line.ptr[i]);
		small += line.ptr[i] >= 'a' && line.ptr[i] <= 'z';
	}
	return letters > 2 && (small == 0 || str_ends(line, STR(":")));
}

void prose_plain(text_builder *b, str s)
{
	size_t before = 0; /* length of the line above, if this one may go on with it */
	while (s.len) {
		str line = str_trim(markdown_line(&s));
		size_t mark = text_bullet(line), number = mark ? 0 : text_number(line);
		bool heading = !mark && !number && is_like_heading(line);
		if (!line.len || mark || number || heading || before < WRAPPED_MIN)
			text_begin(b, mark || number ? BLOCK_ITEM : BLOCK_PARAGRAPH);
		text_add(b, STR(" "), heading);
		text_add(b, str_skip(line, mark + number), heading);
		before = heading ? 0 : line.len;
	}
	text_end(b);
}

/* --- Markdown --- */

static bool is_bold_line(str line)
{
	return line.len > 4 && str_starts(line, STR("**")) &&
		   (str_ends(line, STR("**")) || str_ends(line, STR("**:"))) &&
		   str_find(line, STR("**"), 2) >= line.len - 3;
}

/* Postings indent for looks: without the indentation nothing turns into code, and lists lose only their
 * nesting. Bullets that Markdown does not know become ones that it knows; fences and comments go. */
static str tidy(arena *a, str s)
{
	buf out = { .arena = a };
	while (s.len) {
		str line = str_trim(markdown_line(&s));
		size_t mark = text_bullet(line);
		bool rule = line.len > 2 && (line.ptr[0] == '-' || line.ptr[0] == '=') && text_words(line) == 1;
		if (str_starts(line, STR("```")) || (str_starts(line, STR("<!--")) && str_ends(line, STR("-->"))))
			line = STR("");
		if (mark && (unsigned char)line.ptr[0] >= 0x80) {
			BUF_LIT(&out, "- ");
			line = str_skip(line, mark);
		} else if (is_bold_line(line) || rule) {
			/* a paragraph of its own; and a ruler does not make the line above it a heading */
			BUF_LIT(&out, "\n");
		} else if (str_starts(line, STR("<"))) {
			buf_char(&out, '\\');
		}
		buf_str(&out, line);
		buf_char(&out, '\n');
		if (is_bold_line(line))
			buf_char(&out, '\n');
	}
	return buf_done(&out);
}

static void put_table(text_builder *b, const md_block *table)
{
	EACH (const md_row, row, table->rows) {
		text_begin(b, BLOCK_PARAGRAPH);
		EACH (const md_cell, cell, *row) {
			text_add(b, cell->text, false);
			text_add(b, cell + 1 < row->ptr + row->len ? STR(" | ") : STR(""), false);
		}
	}
	text_end(b);
}

static bool begins_any(str text, list_str words)
{
	EACH (const str, w, words)
		if (text.len >= w->len && str_eq_nocase(str_sub(text, 0, w->len), *w))
			return true;
	return false;
}

static void put_markdown(text_builder *b, const md_block *block)
{
	if (block->kind == MD_TABLE)
		put_table(b, block);
	else if (block->kind == MD_HEADING)
		text_block(b, BLOCK_HEADING, block->text, true);
	else
		text_block(b, block->kind == MD_ITEM ? BLOCK_ITEM : BLOCK_PARAGRAPH, block->text,
			block->strong.len && block->strong.len + 1 >= block->text.len);
}

void prose_markdown(text_builder *b, arena *scratch, str s, list_str stop)
{
	sources all = { .arena = scratch };
	diags d = { .arena = scratch, .sources = &all };
	list_md_block blocks;
	uint32_t number = sources_add(&all, STR(""), tidy(scratch, s));
	if (!number || !markdown_read(&blocks, scratch, number, &d)) {
		prose_plain(b, s); /* too much markup to be Markdown that somebody wrote */
		return;
	}
	EACH (const md_block, block, blocks) {
		if (block->kind == MD_HEADING && begins_any(block->text, stop))
			break;
		put_markdown(b, block);
	}
}

/* --- HTML --- */

/* Each part begins with a character that has no case. */
static bool has_any(str s, const char *const *parts)
{
	for (; *parts; parts++) {
		str part = str_from(*parts);
		const char *end = s.ptr + s.len;
		for (const char *at = s.ptr; s.len && (at = memchr(at, part.ptr[0], (size_t)(end - at))); at++)
			if ((size_t)(end - at) >= part.len && str_eq_nocase((str){ .ptr = at, .len = part.len }, part))
				return true;
	}
	return false;
}

static bool has_blocks(str s)
{
	static const char *const tags[] = { "<p>", "<p ", "<br", "<li", "<div", "<ul", "</h", NULL };
	return has_any(s, tags);
}

void prose_html(text_builder *b, arena *scratch, str s, str *problem)
{
	html_events events;
	html_read(&events, scratch, s, problem);
	html_blocks(b, &events, 0, events.len, false, !has_blocks(s));
}

prose_kind prose_looks(str s)
{
	static const char *const escaped[] = { "&lt;p", "&lt;div", "&lt;ul", "&lt;li", "&lt;br", "&lt;h", NULL };
	static const char *const tags[] = { "</", "<br", "<li", "<p>", "&nbsp;", "&amp;", "&#", NULL };
	static const char *const marks[] = { "\n#", "\n- ", "\n* ", "**", "](", "\n1. ", NULL };
	if (str_find(s, STR("</"), 0) == SIZE_MAX && has_any(s, escaped))
		return PROSE_ESCAPED_HTML;
	if (has_any(s, tags))
		return PROSE_HTML;
	return has_any(s, marks) || str_starts(s, STR("#")) ? PROSE_MARKDOWN : PROSE_PLAIN;
}

void prose_add(text_builder *b, arena *scratch, str s, prose_kind format, str *problem)
{
	*problem = STR("");
	if (format == PROSE_AUTO)
		format = prose_looks(s);
	if (format == PROSE_ESCAPED_HTML)
		s = html_unescape(scratch, s);
	if (format == PROSE_HTML || format == PROSE_ESCAPED_HTML)
		prose_html(b, scratch, s, problem);
	else if (format == PROSE_MARKDOWN)
		prose_markdown(b, scratch, s, (list_str){ 0 });
	else
		prose_plain(b, s);
}

str prose_fact(arena *a, str s)
{
	text_builder b = text_start(a);
	b.items_by_mark = false;
	size_t entity = str_find(s, STR("&"), 0);
	bool marked = str_find(s, STR("</"), 0) != SIZE_MAX ||
				  (entity != SIZE_MAX && str_find(s, STR(";"), entity) != SIZE_MAX);
	str problem;
	if (marked)
		prose_html(&b, a, s, &problem);
	else
		text_block(&b, BLOCK_PARAGRAPH, s, false);
	return text_one_line(a, buf_done(&b.text));
}
