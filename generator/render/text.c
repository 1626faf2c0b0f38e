#include "render/text.h"

#include "base/text.h"
#include "read/markdown.h"
#include "render/escape.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <stdlib.h>
#include <string.h>

enum { HEADING_MAX = 6 };

typedef struct {
	arena *arena;
	text_place place;
	unsigned level;
	diags *diags;
} job;

/* Bytes that may mean something to Markdown wherever they stand, and EF, with which U+FFFE and U+FFFF begin.
 */
static const bool has_meaning[256] = { ['*'] = true,
	['_'] = true,
	['['] = true,
	[']'] = true,
	['<'] = true,
	['>'] = true,
	['&'] = true,
	['\\'] = true,
	['!'] = true,
	['`'] = true,
	['#'] = true,
	['~'] = true,
	['|'] = true,
	['\n'] = true,
	['\r'] = true,
	[0xEF] = true,
	['\t'] = true };

/* Whether the text has nothing in it that Markdown gives a meaning to. Most texts have not. */
static bool is_bare(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (has_meaning[(unsigned char)s.ptr[i]])
			return false;
	if (!s.len || s.ptr[0] == '-' || s.ptr[0] == '+' || s.ptr[0] == '=' || s.ptr[0] == ' ')
		return false;
	size_t digits = 0;
	while (digits < s.len && is_digit(s.ptr[digits]))
		digits++;
	return !digits || digits == s.len || (s.ptr[digits] != '.' && s.ptr[digits] != ')');
}

/* The limits are those of the workbook's reader, which speaks of a source. */
static bool fits(const job *j, str s)
{
	if (s.len <= TEXT_UNCHECKED_MAX)
		return true;
	sources alone = { .arena = j->arena };
	diags found = { .arena = j->arena, .sources = &alone };
	uint32_t number = sources_add(&alone, STR("text"), s);
	if (!number || markdown_fits(number, &found))
		return number != 0;
	if (found.list.len)
		diag_add(
			j->diags, found.list.ptr[0].code, (loc){ 0 }, "a text field: %.*s", STRF(found.list.ptr[0].text));
	return false;
}

static cmark_parser *new_parser(void)
{
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	return parser;
}

/* The headings of a text count from the one above it. Levels that are left out in the text close up. */
static bool shift_headings(cmark_node *root, unsigned base)
{
	int open[HEADING_MAX];
	size_t depth = 0;
	bool found = false;
	cmark_iter *iter = cmark_iter_new(root);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(iter);
		if (cmark_node_get_type(n) != CMARK_NODE_HEADING ||
			cmark_iter_get_event_type(iter) != CMARK_EVENT_ENTER)
			continue;
		int level = cmark_node_get_heading_level(n);
		while (depth && open[depth - 1] >= level)
			depth--;
		open[depth++] = level;
		unsigned shifted = base + (unsigned)depth;
		cmark_node_set_heading_level(n, shifted > HEADING_MAX ? HEADING_MAX : (int)shifted);
		found = true;
	}
	cmark_iter_free(iter);
	return found;
}

/* Bytes of a character that no HTML or XML document may hold, such as those of numeric entities; U+FFFD
 * instead. The library writes U+FFFE and U+FFFF as the bytes FE and FF. */
static size_t forbidden(const char *at)
{
	unsigned char c = (unsigned char)*at;
	if (c < ' ')
		return c != '\n' && c != '\t' && c != '\r';
	return c >= 0xFE ? 1 : strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0 ? 3 : 0;
}

/* Tables get what readers with assistive technology and small screens need. Nothing but a table can bring
 * these tags in, because raw HTML is off. */
static size_t put_tag(buf *out, const char *at)
{
	static const struct {
		const char *tag, *instead;
	} tags[] = {
		{ "<table>",
			"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table in the text\"><table>"
			"<caption>Table in the text</caption>" },
		{ "</table>", "</table></div>" },
		{ "<th>", "<th scope=\"col\">" },
		{ "<th ", "<th scope=\"col\" " },
	};
	for (size_t i = 0; i < COUNT(tags); i++) {
		str tag = str_from(tags[i].tag);
		if (strncmp(at, tag.ptr, tag.len) == 0) {
			buf_str(out, str_from(tags[i].instead));
			return tag.len;
		}
	}
	return 0;
}

static str finish_html(const job *j, const char *html)
{
	buf out = { .arena = j->arena };
	const char *done = html, *at = html;
	while (*at) {
		size_t bad = forbidden(at), used = bad;
		if (bad || strncmp(at, "<t", 2) == 0 || strncmp(at, "</t", 3) == 0) {
			buf_str(&out, (str){ .ptr = done, .len = (size_t)(at - done) });
			done = at;
			used = bad ? bad : put_tag(&out, at);
			if (bad)
				BUF_LIT(&out, "\xEF\xBF\xBD");
			done += used;
		}
		at += used ? used : 1;
	}
	buf_str(&out, (str){ .ptr = done, .len = (size_t)(at - done) });
	return str_trim(buf_done(&out));
}

/* "<p>words</p>" becomes "words"; anything longer stays as it is. */
static str without_paragraph(str html)
{
	if (!str_starts(html, STR("<p>")) || !str_ends(html, STR("</p>")) ||
		str_find(html, STR("<p>"), 1) != SIZE_MAX)
		return html;
	str inner = str_sub(html, 3, html.len - 7);
	return str_find(inner, STR("</p>"), 0) == SIZE_MAX ? inner : html;
}

static str escaped(const job *j, str s)
{
	buf out = { .arena = j->arena };
	if (j->place == TEXT_BLOCK)
		BUF_LIT(&out, "<p>");
	escape_text(&out, ESCAPE_HTML, s, '\0');
	if (j->place == TEXT_BLOCK)
		BUF_LIT(&out, "</p>");
	return buf_done(&out);
}

/* Every parse and its tree are made and released here. */
static str convert(const job *j, str s, bool html)
{
	cmark_parser *parser = new_parser();
	cmark_parser_feed(parser, s.ptr, s.len);
	cmark_node *root = cmark_parser_finish(parser);
	bool shifted = shift_headings(root, j->level);
	str out = s;
	if (html) {
		char *text = cmark_render_html(root, CMARK_OPT_DEFAULT, cmark_parser_get_syntax_extensions(parser));
		out = finish_html(j, text);
		free(text);
	} else if (shifted) {
		char *text = cmark_render_commonmark(root, CMARK_OPT_DEFAULT, 0);
		out = arena_str(j->arena, str_trim(str_from(text)));
		free(text);
	}
	cmark_node_free(root);
	cmark_parser_free(parser);
	return out;
}

static str show_html(const job *j, str s)
{
	if (is_bare(s))
		return escaped(j, s);
	if (!fits(j, s))
		return finish_html(j, arena_cstr(j->arena, escaped(j, s)));
	str html = convert(j, s, true);
	return j->place == TEXT_BLOCK ? html : without_paragraph(html);
}

static bool may_have_heading(str s)
{
	for (str_cut line = { .tail = s, .ok = true }; line.ok;) {
		line = str_split(line.tail, '\n');
		str head = str_trim(line.head);
		if (head.len &&
			(head.ptr[0] == '#' || head.ptr[0] == '=' || head.ptr[0] == '-' || head.ptr[0] == '>'))
			return true;
	}
	return false;
}

static str escape_pipes(arena *a, str s)
{
	buf out = { .arena = a };
	size_t done = 0;
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '|' && (i == 0 || s.ptr[i - 1] != '\\')) {
			buf_str(&out, str_sub(s, done, i - done));
			BUF_LIT(&out, "\\|");
			done = i + 1;
		}
	buf_str(&out, str_skip(s, done));
	return buf_done(&out);
}

static str show_markdown(const job *j, str s)
{
	if (is_bare(s))
		return s;
	if (j->place == TEXT_BLOCK)
		return may_have_heading(s) && fits(j, s) ? convert(j, s, false) : s;
	str line = text_one_line(j->arena, s);
	return j->place == TEXT_CELL ? escape_pipes(j->arena, line) : line;
}

str text_csv(arena *a, str plain)
{
	str line = text_one_line(a, plain);
	bool formula = line.len && memchr("=+-@", line.ptr[0], 4);
	return formula ? arena_printf(a, "'%.*s", STRF(line)) : line;
}

str text_show(arena *a, str text, text_format format, text_place place, unsigned level, diags *d)
{
	job j = { .arena = a, .place = place, .level = level, .diags = d };
	str s = str_trim(text);
	if (!s.len || a->failed)
		return STR("");
	return format == TEXT_HTML  ? show_html(&j, s)
		   : format == TEXT_CSV ? text_csv(a, s)
								: show_markdown(&j, s);
}
