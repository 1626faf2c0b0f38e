/* Tables of RFC 4180, and what is close to it: comma, semicolon or tab, with or without carriage returns. A
 * row is read from the window, which grows while a quoted field goes on. */
#include "read/posting_parts.h"

#include "base/text.h"

#include <stdio.h>

/* Marks inside of quotation marks do not count, unless those never close. */
char csv_separator(str line)
{
	static const char marks[] = { ',', ';', '\t' };
	size_t best = 0, quotes = 0;
	char found = 0;
	for (size_t i = 0; i < line.len; i++)
		quotes += line.ptr[i] == '"';
	for (size_t k = 0; k < COUNT(marks); k++) {
		size_t count = 0;
		bool quoted = false;
		for (size_t i = 0; i < line.len; i++) {
			quoted ^= line.ptr[i] == '"' && quotes % 2 == 0;
			count += !quoted && line.ptr[i] == marks[k];
		}
		if (count > best) {
			best = count;
			found = marks[k];
		}
	}
	return found;
}

str csv_key(arena *a, str name)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < name.len; i++) {
		char c = to_lower(name.ptr[i]);
		if (is_alnum(c) || (unsigned char)c >= 0x80)
			buf_char(&b, c);
		else if (b.len && b.ptr[b.len - 1] != '_')
			buf_char(&b, '_');
	}
	str key = buf_done(&b);
	while (key.len && key.ptr[key.len - 1] == '_')
		key.len--;
	return key;
}

typedef enum { ROW_OK, ROW_MORE, ROW_FAULT, ROW_LONG, ROW_END } row_state;

typedef struct {
	str bytes;
	bool last; /* nothing comes after these bytes */
	char separator;
	arena *a;
	vec_str *cells;
	size_t used; /* bytes of the row with its end */
} row_reader;

/* Takes a field in quotation marks, of which the first is at `at`. */
static row_state quoted_field(row_reader *r, size_t *at)
{
	str s = r->bytes;
	buf b = { .arena = r->a };
	size_t from = *at + 1, i = from;
	for (;;) {
		const char *mark = i < s.len ? memchr(s.ptr + i, '"', s.len - i) : NULL;
		if (!mark)
			return r->last ? ROW_FAULT : ROW_MORE;
		i = (size_t)(mark - s.ptr);
		if (i + 1 == s.len && !r->last)
			return ROW_MORE;
		buf_str(&b, str_sub(s, from, i - from));
		if (i + 1 >= s.len || s.ptr[i + 1] != '"')
			break;
		buf_char(&b, '"');
		from = i += 2;
	}
	while (++i < s.len && s.ptr[i] == ' ') {
	}
	if (i < s.len && s.ptr[i] != r->separator && s.ptr[i] != '\n' && s.ptr[i] != '\r')
		return ROW_FAULT;
	if (r->cells->len <= POSTING_COLUMNS_MAX) /* one more tells that there are too many */
		vec_push(r->a, r->cells, buf_done(&b));
	*at = i;
	return ROW_OK;
}

static void plain_field(row_reader *r, size_t *at)
{
	size_t from = *at, i = from;
	while (i < r->bytes.len && r->bytes.ptr[i] != r->separator && r->bytes.ptr[i] != '\n')
		i++;
	if (r->cells->len <= POSTING_COLUMNS_MAX) /* one more tells that there are too many */
		vec_push(r->a, r->cells, str_trim(str_sub(r->bytes, from, i - from)));
	*at = i;
}

static row_state read_row(row_reader *r)
{
	str s = r->bytes;
	for (size_t at = 0;; at++) {
		if (at < s.len && s.ptr[at] == '"') {
			row_state state = quoted_field(r, &at);
			if (state != ROW_OK)
				return state;
		} else {
			plain_field(r, &at);
		}
		at += at + 1 < s.len && s.ptr[at] == '\r' && s.ptr[at + 1] == '\n';
		if (at >= s.len && !r->last)
			return ROW_MORE;
		r->used = at < s.len ? at + 1 : s.len;
		if (at >= s.len || s.ptr[at] != r->separator)
			return ROW_OK;
	}
}

static void say_long(const posting_input *in, unsigned line, diags *d)
{
	diag_line(d, E_POSTING_LINE, in->path, line,
		"a row of more than %zu MB, or a quotation mark that is not closed; the line is left out",
		POSTING_LINE_MAX >> 20);
}

/* After a fault everything up to the end of the row's first line is passed over. */
static void pass_over(posting_input *in, row_state state, diags *d)
{
	str line;
	unsigned number;
	bool too_long;
	if (!input_line(in, &line, &number, &too_long, d))
		return;
	if (state == ROW_LONG || too_long)
		say_long(in, number, d);
	else
		diag_line(d, E_POSTING_CSV, in->path, number,
			"quotation marks do not match in this row; the line is left out");
}

/* The cells of the next row, borrowed from the window or in `a`. After a fault nothing is taken. */
static row_state try_row(
	vec_str *cells, char separator, posting_input *in, arena *a, unsigned *line, diags *d)
{
	bool more = true;
	size_t tried = 0;
	while (!a->failed) {
		str here = input_here(in);
		if (here.len < 2 * tried && more) { /* a row is looked at again only once it may be twice as long */
			more = input_more(in, d);
			continue;
		}
		if (!here.len && !(more = more && input_more(in, d)))
			return ROW_END;
		here = input_here(in);
		*cells = (vec_str){ 0 };
		row_reader r = { .bytes = here, .last = !more, .separator = separator, .a = a, .cells = cells };
		row_state state = read_row(&r);
		*line = in->line;
		if (state == ROW_OK)
			input_take(in, r.used);
		if (state == ROW_OK && r.used > POSTING_LINE_MAX) {
			say_long(in, *line, d);
			tried = 0;
			continue;
		}
		if (state != ROW_MORE || here.len > POSTING_LINE_MAX)
			return state == ROW_MORE ? ROW_LONG : state;
		tried = here.len;
		more = input_more(in, d);
	}
	return ROW_END;
}

/* The next row that can be read; false at the end. */
static bool next_row(vec_str *cells, char separator, posting_input *in, arena *a, unsigned *line, diags *d)
{
	row_state state;
	while ((state = try_row(cells, separator, in, a, line, d)) != ROW_OK) {
		if (state == ROW_END)
			return false;
		pass_over(in, state, d);
	}
	return true;
}

static void set_names(csv_header *out, const vec_str *cells, arena *a)
{
	out->names.ptr = NEWN(a, str, cells->len);
	out->names.len = 0;
	for (size_t i = 0; out->names.ptr && i < cells->len && i < POSTING_COLUMNS_MAX; i++)
		out->names.ptr[out->names.len++] = csv_key(a, cells->ptr[i]);
}

/* A name of a column, not words of a sentence. */
static bool is_name(str cell)
{
	enum { LONGEST = 40, WORDS = 3 };
	if (!cell.len || cell.len > LONGEST || text_words(cell) > WORDS || is_digit(cell.ptr[0]))
		return false;
	for (size_t i = 0; i < cell.len; i++)
		if (!is_alnum(cell.ptr[i]) && (unsigned char)cell.ptr[i] < 0x80 && !strchr(" _-./()#", cell.ptr[i]))
			return false;
	return true;
}

static bool are_names(const vec_str *cells)
{
	EACH (const str, cell, *cells)
		if (!is_name(*cell))
			return false;
	return cells->len > 1;
}

bool csv_is_regular(str s, bool whole, arena *a)
{
	enum { LOOKED_AT = 20, LEAST = 2, FAULTS_ONE_IN = 4 };
	char separator = csv_separator(str_split(s, '\n').head);
	size_t columns = 0, same = 0, rows = 0;
	bool spaced = separator == ',' && str_find(str_split(s, '\n').head, STR(", "), 0) != SIZE_MAX;
	while (separator && !spaced && s.len && rows <= LOOKED_AT && !a->failed) {
		vec_str cells = { 0 };
		row_reader r = { .bytes = s, .last = whole, .separator = separator, .a = a, .cells = &cells };
		row_state state = read_row(&r);
		if (state == ROW_MORE || (rows == 0 && (state == ROW_FAULT || !are_names(&cells))))
			break;
		columns = rows++ ? columns : cells.len;
		same += state == ROW_OK && cells.len == columns;
		s = state == ROW_OK ? str_skip(s, r.used) : str_split(s, '\n').tail;
	}
	return same > LEAST && (rows - same) * FAULTS_ONE_IN <= rows;
}

bool csv_header_names(csv_header *out, str line, arena *a)
{
	vec_str cells = { 0 };
	char mark = csv_separator(line);
	if (mark)
		out->separator = mark;
	if (!out->separator)
		return false;
	for (str_cut cut = { .tail = line, .ok = true }; cut.ok && cells.len < POSTING_COLUMNS_MAX;) {
		cut = str_split(cut.tail, out->separator);
		vec_push(a, &cells, cut.head);
	}
	set_names(out, &cells, a);
	return !a->failed;
}

/* The rest of the file is worth more than the marks of its first line. */
static bool bad_header(csv_header *out, posting_input *in, arena *a, diags *d)
{
	str line;
	unsigned number;
	bool too_long;
	if (!input_line(in, &line, &number, &too_long, d))
		return false;
	diag_line(d, E_POSTING_CSV, in->path, number,
		too_long ? "the header is longer than a row may be"
				 : "quotation marks do not match in the header; they are ignored");
	return !too_long && csv_header_names(out, line, a);
}

bool csv_header_read(csv_header *out, posting_input *in, arena *a, diags *d)
{
	vec_str cells;
	unsigned line;
	if (!out->separator)
		out->separator = ',';
	row_state state = try_row(&cells, out->separator, in, a, &line, d);
	if (state == ROW_END)
		return false;
	if (state != ROW_OK)
		return bad_header(out, in, a, d);
	if (cells.len > POSTING_COLUMNS_MAX)
		diag_line(d, E_POSTING_CSV, in->path, line, "more than %d columns; the rest is not read",
			POSTING_COLUMNS_MAX);
	set_names(out, &cells, a);
	return !a->failed;
}

static bool is_blank(const vec_str *cells)
{
	EACH (const str, cell, *cells)
		if (str_trim(*cell).len)
			return false;
	return true;
}

bool csv_next(value *out, const csv_header *h, posting_input *in, arena *a, unsigned *line,
	encoding_report *report, diags *d)
{
	vec_str cells;
	do
		if (!next_row(&cells, h->separator, in, a, line, d))
			return false;
	while (is_blank(&cells));
	if (cells.len > POSTING_COLUMNS_MAX)
		cells.len = POSTING_COLUMNS_MAX;
	if (cells.len != h->names.len)
		diag_line(d, E_POSTING_CSV, in->path, *line, "this row has %zu cells, the header %zu", cells.len,
			h->names.len);
	*out = value_new_map(a);
	for (size_t i = 0; i < cells.len && i < h->names.len; i++) {
		encoding_report one;
		str cell = encoding_fix(a, arena_str(a, cells.ptr[i]), false, &one);
		value_set_str(a, *out, h->names.ptr[i], value_string(cell));
		if (one.said.len)
			*report = one;
	}
	return !a->failed;
}
