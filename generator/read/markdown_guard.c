/* Limits on Markdown text, checked in one pass over its bytes before the parser sees it. Each keeps away from
 * a case in which the parser's time or memory grows faster than the text: see the constants in markdown.h. */
#include "base/io.h"
#include "base/utf8.h"
#include "read/markdown.h"

#include <string.h>

/* A run of lines without a blank one holds every paragraph and every table whole. */
typedef struct {
	size_t bytes, lines, columns, images;
} run;

typedef struct {
	diags *d;
	loc at; /* the current line */
	run run;
	size_t cells;  /* in the runs before this one */
	size_t rescan; /* bytes */
	size_t pairs, lines, marks;
} guard;

static bool refuse(guard *g, diag_code code, size_t column, const char *what, size_t most)
{
	loc at = { .source = g->at.source, .offset = g->at.offset + (uint32_t)column };
	diag_add(g->d, code, at, "%s; at most %zu can be read", what, most);
	return false;
}

static bool is_blank(str line)
{
	return str_trim(line).len == 0;
}

/* Pipes that separate cells; a pipe after a backslash is text. */
static bool check_columns(guard *g, str line)
{
	str row = str_trim(line);
	size_t pipes = 0;
	for (size_t i = 0; i < row.len; i++) {
		if (row.ptr[i] != '|' || (i && row.ptr[i - 1] == '\\'))
			continue;
		bool outer = i == 0 || i + 1 == row.len;
		pipes += !outer;
		if (pipes >= MD_COLUMNS_MAX)
			return refuse(g, E_TOO_MANY_COLUMNS, (size_t)(row.ptr - line.ptr) + i,
				"more columns in one table row than a workbook can need", MD_COLUMNS_MAX);
	}
	if (pipes + 1 > g->run.columns)
		g->run.columns = pipes + 1;
	g->run.lines++;
	if (g->run.columns > 1 && g->cells + g->run.lines * g->run.columns > MD_CELLS_MAX)
		return refuse(g, E_MARKDOWN_SIZE, 0, "too many table cells", MD_CELLS_MAX);
	return true;
}

/* Bytes of a list marker at the beginning of `s`, with the space after it; 0 if there is none. */
static size_t marker(str s)
{
	size_t i = 0;
	while (i < s.len && is_digit(s.ptr[i]))
		i++;
	const char *kinds = i ? ".)" : "-+*";
	if (i >= s.len || !strchr(kinds, s.ptr[i]))
		return 0;
	i++;
	return i == s.len || is_space(s.ptr[i]) ? i : 0;
}

/* Each open list or quote costs time on every later line. Indentation continues at most one list per two
 * columns. */
static bool check_levels(guard *g, str line)
{
	size_t levels = 0, columns = 0;
	for (size_t i = 0; i < line.len;) {
		size_t n = marker(str_skip(line, i));
		if (line.ptr[i] == ' ' || line.ptr[i] == '\t') {
			columns += line.ptr[i] == '\t' ? 4 : 1;
			i++;
			continue;
		}
		if (line.ptr[i] == '>')
			n = 1;
		if (n == 0)
			break;
		i += n;
		levels++;
		columns -= columns ? 1 : 0; /* the space that belongs to the marker */
		if (levels + columns / 2 > MD_LEVELS_MAX)
			return refuse(g, E_MARKDOWN_DEPTH, i - n, "lists and quotes nested too deeply", MD_LEVELS_MAX);
	}
	return true;
}

static bool check_delimiters(guard *g, str line)
{
	bool mark = false, dash = false;
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		mark |= c == '|' || c == ':';
		dash |= c == '-';
		if (c != '|' && c != '-' && c != ':' && c != '>' && !is_space(c))
			return true;
	}
	g->rescan += dash && mark ? g->run.bytes : 0;
	return g->rescan <= MD_RESCAN_MAX ||
		   refuse(g, E_MARKDOWN_SIZE, 0, "too many table delimiter rows in one paragraph; bytes before them",
			   MD_RESCAN_MAX);
}

static bool check_images(guard *g, str line)
{
	for (size_t i = 0; i < line.len; i++) {
		g->run.images += line.ptr[i] == '!' && i + 1 < line.len && line.ptr[i + 1] == '[';
		g->pairs += line.ptr[i] == ']' ? g->run.images : 0;
	}
	return g->pairs <= MD_IMAGES_MAX ||
		   refuse(g, E_MARKDOWN_SIZE, 0, "too many images in one paragraph; bracket pairs", MD_IMAGES_MAX);
}

/* The tree takes hundreds of bytes for each paragraph and each piece of emphasis, however short. */
static bool check_size(guard *g, str line)
{
	for (size_t i = 0; i < line.len; i++)
		g->marks += line.ptr[i] && strchr("*_[]<&`\\!~", line.ptr[i]);
	if (++g->lines > MD_LINES_MAX)
		return refuse(g, E_MARKDOWN_SIZE, 0, "too many lines", MD_LINES_MAX);
	return g->marks <= MD_MARKS_MAX ||
		   refuse(g, E_MARKDOWN_SIZE, 0, "too many characters that may be markup", MD_MARKS_MAX);
}

static bool check_line(guard *g, str line)
{
	if (!check_size(g, line))
		return false;
	if (is_blank(line)) {
		g->cells += g->run.columns > 1 ? g->run.lines * g->run.columns : 0;
		g->run = (run){ 0 };
		return true;
	}
	bool ok =
		check_columns(g, line) && check_levels(g, line) && check_delimiters(g, line) && check_images(g, line);
	g->run.bytes += line.len;
	return ok;
}

static bool check_bytes(str text, uint32_t number, diags *d)
{
	loc start = { .source = number };
	if (text.len > IO_FILE_MAX) {
		diag_add(d, E_FILE_SIZE, start, "larger than the %zu MB that are read at most", IO_FILE_MAX >> 20);
		return false;
	}
	size_t bad = utf8_bad_offset(text), nul = str_find(text, (str){ .ptr = "", .len = 1 }, 0);
	if (bad == SIZE_MAX && nul == SIZE_MAX)
		return true;
	if (nul < bad)
		diag_add(
			d, E_BAD_UTF8, (loc){ .source = number, .offset = (uint32_t)nul }, "a NUL byte in a text file");
	else
		diag_add(d, E_BAD_UTF8, (loc){ .source = number, .offset = (uint32_t)bad },
			"byte 0x%02X is not UTF-8 here; save the file as UTF-8", (unsigned)(unsigned char)text.ptr[bad]);
	return false;
}

str markdown_line(str *rest)
{
	size_t i = 0;
	while (i < rest->len && rest->ptr[i] != '\n' && rest->ptr[i] != '\r')
		i++;
	str line = str_sub(*rest, 0, i);
	bool two = i + 1 < rest->len && rest->ptr[i] == '\r' && rest->ptr[i + 1] == '\n';
	*rest = str_skip(*rest, i + 1 + two);
	return line;
}

bool markdown_fits(uint32_t number, diags *d)
{
	const source *src = sources_get(d->sources, number);
	if (!src || !check_bytes(src->text, number, d))
		return false;
	guard g = { .d = d, .at = { .source = number } };
	bool ok = true;
	for (str rest = src->text; rest.len && ok;) {
		str line = markdown_line(&rest);
		g.at.offset = (uint32_t)(line.ptr - src->text.ptr);
		ok = check_line(&g, line);
	}
	return ok;
}
