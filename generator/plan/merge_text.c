#include "plan/merge_text.h"

#include "base/buf.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* As libyaml has them: CR LF, CR, LF, and three of Unicode's. */
size_t merge_break(str text, size_t at)
{
	char c = at < text.len ? text.ptr[at] : 0;
	if (c == '\r')
		return at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
	if (c == '\n')
		return 1;
	str rest = str_sub(text, at, 3);
	return str_starts(rest, STR("\xC2\x85"))                                                ? 2
		   : str_starts(rest, STR("\xE2\x80\xA8")) || str_starts(rest, STR("\xE2\x80\xA9")) ? 3
																							: 0;
}

static bool is_blank(str text, size_t at)
{
	return at < text.len && (text.ptr[at] == ' ' || text.ptr[at] == '\t');
}

static size_t pass_blanks(str text, size_t at)
{
	while (is_blank(text, at))
		at++;
	return at;
}

/* The line break at or after `at`, or the end of the text. */
static size_t line_end(str text, size_t at)
{
	while (at < text.len && !merge_break(text, at))
		at++;
	return at;
}

static size_t next_line(str text, size_t at)
{
	at = line_end(text, at);
	return at + merge_break(text, at);
}

static bool begins_line(str text, size_t at)
{
	if (at == 0 || (at == 3 && str_starts(text, STR(BYTE_ORDER_MARK))))
		return true;
	for (size_t n = 1; n <= 3 && n <= at; n++)
		if (merge_break(text, at - n) == n)
			return true;
	return false;
}

static size_t back_over_spaces(str text, size_t at)
{
	while (at && text.ptr[at - 1] == ' ')
		at--;
	return at;
}

/* Over blanks, line ends and comments, outside of scalars. */
static size_t pass_nothing(str text, size_t at)
{
	for (;;) {
		at = pass_blanks(text, at);
		if (at < text.len && text.ptr[at] == '#')
			at = line_end(text, at);
		size_t n = merge_break(text, at);
		if (!n)
			return at;
		at += n;
	}
}

str merge_newline(str text)
{
	size_t at = 0;
	while (at < text.len && text.ptr[at] != '\n' && text.ptr[at] != '\r')
		at++;
	return at < text.len ? str_sub(text, at, merge_break(text, at)) : STR("\n");
}

size_t merge_colon(str text, const yaml_pair *p)
{
	size_t at = pass_nothing(text, p->written.to);
	return at < text.len && text.ptr[at] == ':' ? at : SIZE_MAX;
}

/* ---- ends of values */

static const yaml_node *last_in(const yaml_node *n)
{
	while (!n->alias && !n->flow && n->kind != YAML_SCALAR)
		n = n->kind == YAML_LIST ? n->items.ptr[n->items.len - 1] : n->pairs.ptr[n->pairs.len - 1].value;
	return n;
}

/* The line with the indicator of a block scalar says whether it keeps the empty lines behind it. */
static bool keeps_lines(str text, const yaml_node *n)
{
	size_t at = n->written.from;
	while (at < n->written.to && text.ptr[at] != '|' && text.ptr[at] != '>')
		at++;
	return str_find(str_sub(text, at + 1, 2), STR("+"), 0) != SIZE_MAX;
}

static size_t without_break(str text, size_t from, size_t to)
{
	for (size_t n = 3; n >= 1; n--)
		if (to - from >= n && merge_break(text, to - n) == n)
			return to - n;
	return to;
}

size_t merge_end(str text, const yaml_node *n)
{
	n = last_in(n);
	size_t from = n->written.from, to = n->written.to;
	if (n->alias || !n->block)
		return to;
	if (keeps_lines(text, n))
		return without_break(text, from, to);
	for (;;) {
		size_t line = to;
		while (line > from && is_blank(text, line - 1))
			line--;
		size_t before = without_break(text, from, line);
		if (before == line)
			return to;
		to = before;
	}
}

/* ---- lines */

/* Where the next line begins if nothing but a comment follows in this one; SIZE_MAX otherwise. */
static size_t rest_of_line(str text, size_t at)
{
	at = pass_blanks(text, at);
	if (at < text.len && text.ptr[at] == '#')
		at = line_end(text, at);
	size_t n = merge_break(text, at);
	return n || at == text.len ? at + n : SIZE_MAX;
}

/* Behind the comment lines from `at` on that are indented by more than `column`; empty lines may stand among
 * them. */
static size_t behind_comments_below(str text, size_t at, size_t column)
{
	size_t end = at;
	while (at < text.len) {
		size_t first = pass_blanks(text, at), next = next_line(text, first);
		bool comment = first < text.len && text.ptr[first] == '#';
		if (comment ? first - at <= column : first < text.len && !merge_break(text, first))
			break;
		if (comment)
			end = next;
		at = next;
	}
	return end;
}

merge_place merge_place_of(str text, size_t at, size_t to)
{
	merge_place p = { .at = at };
	size_t line = back_over_spaces(text, at);
	if (line && line < at && text.ptr[line - 1] == '-') {
		p.after_dash = true;
		line = back_over_spaces(text, line - 1);
	}
	size_t next = rest_of_line(text, to);
	p.column = at - line;
	p.above = p.start = p.after_dash ? at : line;
	p.odd = !begins_line(text, line) || next == SIZE_MAX;
	p.end = p.odd ? to : behind_comments_below(text, next, p.column);
	return p;
}

merge_place merge_pair_place(str text, const yaml_pair *p)
{
	return merge_place_of(text, p->written.from, merge_end(text, p->value));
}

/* The first of the comment lines that lead from somewhere behind `from` to `start` without a break. */
static size_t comments_above(str text, size_t from, size_t start, size_t column)
{
	size_t first = start;
	for (size_t line = from; line < start; line = next_line(text, line)) {
		size_t at = pass_blanks(text, line);
		bool own = at < start && text.ptr[at] == '#' && at - line == column;
		if (!own)
			first = start;
		else if (first == start)
			first = line;
	}
	return first;
}

merge_place *merge_item_places(arena *a, str text, const yaml_pair *list)
{
	const yaml_node *n = list->value;
	merge_place *places = NEWN(a, merge_place, n->items.len);
	size_t from = merge_colon(text, list);
	if (!places)
		return NULL;
	from = from == SIZE_MAX ? n->written.from : from + 1;
	for (size_t i = 0; i < n->items.len; i++) {
		size_t dash = pass_nothing(text, from);
		merge_place *p = &places[i];
		*p = merge_place_of(text, dash, merge_end(text, n->items.ptr[i]));
		p->odd |= p->after_dash || dash >= text.len || text.ptr[dash] != '-';
		if (!p->odd)
			p->above = comments_above(text, i ? from : next_line(text, from), p->start, p->column);
		from = p->end;
	}
	return places;
}

/* ---- comments and marks */

/* Comments can only stand between scalars and keys, where no other '#' can be, and in the first line of a
 * block scalar. */
static bool gap_has_comment(str text, size_t from, size_t to)
{
	return from < to && str_find(str_sub(text, from, to - from), STR("#"), 0) != SIZE_MAX;
}

static bool walk(str text, const yaml_node *n, size_t *at)
{
	if (n->alias || n->kind == YAML_SCALAR) {
		size_t inside = n->block && !n->alias ? line_end(text, n->written.from) : n->written.from;
		bool found = gap_has_comment(text, *at, inside);
		*at = n->written.to;
		return found;
	}
	EACH (yaml_node *, item, n->items)
		if (walk(text, *item, at))
			return true;
	EACH (yaml_pair, p, n->pairs) {
		if (gap_has_comment(text, *at, p->written.from))
			return true;
		*at = p->written.to;
		if (walk(text, p->value, at))
			return true;
	}
	return false;
}

bool merge_has_comment(str text, size_t from, const yaml_node *n, size_t to)
{
	size_t at = from;
	return walk(text, n, &at) || gap_has_comment(text, at, to);
}

bool merge_has_mark(str text, const yaml_node *n)
{
	if (n->alias || n->marked)
		return true;
	EACH (yaml_node *, item, n->items)
		if (merge_has_mark(text, *item))
			return true;
	EACH (yaml_pair, p, n->pairs)
		if (merge_pair_has_mark(text, p))
			return true;
	return false;
}

bool merge_pair_has_mark(str text, const yaml_pair *p)
{
	char first = p->written.from < text.len ? text.ptr[p->written.from] : 0;
	return first == '&' || first == '*' || first == '!' || merge_has_mark(text, p->value);
}

/* ---- text that is put elsewhere */

static void shift_line(buf *b, str line, ptrdiff_t columns)
{
	for (ptrdiff_t i = 0; line.len && i < columns; i++)
		buf_char(b, ' ');
	size_t n = 0;
	while (columns < 0 && n < line.len && n < (size_t)-columns && line.ptr[n] == ' ')
		n++;
	buf_str(b, str_skip(line, n));
}

str merge_shift(arena *a, str lines, ptrdiff_t columns, str newline)
{
	buf b = { .arena = a };
	for (size_t at = 0;;) {
		size_t end = line_end(lines, at), n = merge_break(lines, end);
		shift_line(&b, str_sub(lines, at, end - at), at ? columns : 0);
		if (!n)
			return buf_done(&b);
		bool plain = lines.ptr[end] == '\n' || lines.ptr[end] == '\r';
		buf_str(&b, plain ? newline : str_sub(lines, end, n));
		at = end + n;
	}
}
