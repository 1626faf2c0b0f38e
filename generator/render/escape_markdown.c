/* Plain text inside Markdown (CommonMark with tables and strikethrough). Which characters need a backslash
 * depends on what is already on the line and on the next byte, so both are looked at; in doubt there is a
 * backslash. */
#include "render/escape.h"

#include <string.h>

/* How far back the beginning of the line is looked for: a bound on the work if there are no line breaks. */
enum { LINE_MAX_SEEN = 512 };

typedef struct {
	buf *out;
	str s;
	char before, after; /* around the text; NUL before: nothing; NUL after: not known */
	bool block_start;   /* a block could begin here */
	bool bare_line;     /* so far the line could be the second one of a table */
	bool rule_like;     /* the text could be a line under a heading or the second line of a table */
	bool ends_white;    /* it ended in white space, which `s` has no more */
	bool address;       /* inside the parentheses of a link */
} place;

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') ||
		   (c >= '{' && c <= '~');
}

/* The byte at `i` of the text, or around it. */
static char at(const place *p, size_t i)
{
	return i < p->s.len ? p->s.ptr[i] : i == p->s.len ? p->after : '\0';
}

static char before(const place *p, size_t i)
{
	return i ? p->s.ptr[i - 1] : p->before;
}

/* White space, or something that may turn out to be white space. */
static bool may_be_white(char c)
{
	return c == '\0' || is_white(c);
}

static size_t skip_run(str s, size_t i, const char *set)
{
	while (i < s.len && s.ptr[i] && strchr(set, s.ptr[i]))
		i++;
	return i;
}

/* After a marker: is it one? At least one blank has to follow. */
static bool marker_ends(str line, size_t i)
{
	return i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t');
}

/* Whether the line consists of quote marks, bullets and numbers of list items only. */
static bool only_containers(str line)
{
	for (size_t i = skip_run(line, 0, " \t"); i < line.len; i = skip_run(line, i, " \t")) {
		size_t digits = skip_run(line, i, "0123456789");
		if (line.ptr[i] == '>')
			i++;
		else if (str_find(STR("-+*"), str_sub(line, i, 1), 0) != SIZE_MAX && marker_ends(line, i + 1))
			i++;
		else if (digits > i && skip_run(line, digits, ".)") == digits + 1 && marker_ends(line, digits + 1))
			i = digits + 1;
		else if ((str_starts(str_skip(line, i), STR("[ ]")) || str_starts(str_skip(line, i), STR("[x]"))) &&
				 marker_ends(line, i + 3))
			i += 3;
		else
			return false;
	}
	return true;
}

/* The line so far, or its last part. */
static str line_so_far(const buf *out)
{
	size_t start = out->len, least = out->len > LINE_MAX_SEEN ? out->len - LINE_MAX_SEEN : 0;
	while (start > least && out->ptr[start - 1] != '\n')
		start--;
	return (str){ .ptr = out->ptr ? out->ptr + start : "", .len = out->len - start };
}

static bool in_address(const buf *out)
{
	size_t least = out->len > LINE_MAX_SEEN ? out->len - LINE_MAX_SEEN : 0;
	for (size_t i = out->len; i > least && !is_white(out->ptr[i - 1]) && out->ptr[i - 1] != ')'; i--)
		if (out->ptr[i - 1] == '(')
			return i > 1 && out->ptr[i - 2] == ']';
	return false;
}

static place look_around(buf *out, str s, char after)
{
	str line = line_so_far(out);
	bool block_start = only_containers(line);
	if (block_start) /* four spaces would make a code block */
		s = str_skip(s, skip_run(s, 0, " \t\r\n"));
	size_t len = s.len;
	while (s.len && is_white(s.ptr[s.len - 1])) /* two spaces at the end of a line would break it */
		s.len--;
	return (place){ .out = out,
		.s = s,
		.after = s.len < len ? ' ' : after,
		.ends_white = s.len < len,
		.before = out->len ? out->ptr[out->len - 1] : '\0',
		.block_start = block_start,
		.bare_line = skip_run(line, 0, "|:-> \t") == line.len,
		.rule_like = skip_run(s, 0, "-:= \t\r\n") == s.len,
		.address = in_address(out) };
}

/* A run of '_' between letters or digits opens and closes nothing. */
static bool underscore_matters(const place *p, size_t i)
{
	size_t from = i, to = i;
	while (from && p->s.ptr[from - 1] == '_')
		from--;
	while (to < p->s.len && p->s.ptr[to] == '_')
		to++;
	return !(is_alnum(before(p, from)) && is_alnum(at(p, to)));
}

/* Emphasis and strikethrough begin or end at a character only if it has text on one side. */
static bool stands_apart(const place *p, size_t i)
{
	return is_white(before(p, i)) && is_white(at(p, i + 1)) && !(p->block_start && i == 0);
}

static bool is_entity(const place *p, size_t i)
{
	char c = at(p, i + 1);
	size_t k = i + 1 + (c == '#');
	if (c != '#' && c != '\0' && !is_alpha(c))
		return false;
	while (k < p->s.len && is_alnum(p->s.ptr[k]))
		k++;
	return k < p->s.len ? p->s.ptr[k] == ';' : p->after == '\0' || p->after == ';' || is_alnum(p->after);
}

static bool hash_matters(const place *p, size_t i)
{
	size_t end = skip_run(p->s, i, "#");
	bool closes = end == p->s.len && may_be_white(p->after) && is_white(before(p, i));
	bool opens = i == 0 && p->block_start && end - i <= 6 && may_be_white(at(p, end));
	return opens || closes;
}

static bool dash_matters(const place *p, size_t i)
{
	bool first = skip_run(p->s, 0, ":= \t\r\n") == i;
	if (p->rule_like && first && (p->block_start || p->bare_line))
		return true;
	return i == 0 && p->block_start && may_be_white(at(p, 1));
}

static bool number_ends(const place *p, size_t i)
{
	return p->block_start && i && skip_run(p->s, 0, "0123456789") == i && may_be_white(at(p, i + 1));
}

static bool matters(const place *p, size_t i)
{
	char c = p->s.ptr[i], next = at(p, i + 1);
	switch (c) {
	case '`':
	case '[':
	case ']':
	case '|':
		return true;
	case '\\':
		return next == '\0' || is_punct(next) || next == '\n' || next == '\r';
	case '*':
	case '~':
		return !stands_apart(p, i);
	case '_':
		return underscore_matters(p, i) && !stands_apart(p, i);
	case '<':
		return p->address || next == '\0' || is_alpha(next) || next == '/' || next == '!' || next == '?';
	case '>':
		return p->address || (i == 0 && p->block_start);
	case '!':
		return next == '[' ? i + 1 == p->s.len : next == '\0';
	case '&':
		return is_entity(p, i);
	case '#':
		return hash_matters(p, i);
	case '-':
		return dash_matters(p, i);
	case '=':
		return p->rule_like && i == 0 && p->block_start;
	case '+':
		return i == 0 && p->block_start && may_be_white(next);
	case '.':
		return number_ends(p, i);
	case ')':
		return p->address || number_ends(p, i);
	case '(':
		return p->address;
	default:
		return false;
	}
}

/* Between backticks a backslash is a backslash: only what would end the span or the table cell is replaced.
 */
static void print_code(buf *out, str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (c == '|')
			BUF_LIT(out, "\\|");
		else
			buf_char(out, c == '`' ? '\'' : is_white(c) ? ' ' : c);
	}
}

/* A run of white space that has a line break in it is one space. Returns where the run ends. */
static size_t print_white(const place *p, size_t i)
{
	size_t end = skip_run(p->s, i, " \t\r\n");
	bool breaks = skip_run(p->s, i, " \t") < end;
	if (p->address)
		BUF_LIT(p->out, "%20");
	else if (breaks)
		buf_char(p->out, ' ');
	else
		buf_str(p->out, str_sub(p->s, i, end - i));
	return end;
}

static bool is_plain(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80 || c == ',' || c == '/' || c == '\'' || c == '"' ||
		   c == '%' || c == ';' || c == '?' || c == '@' || c == '$';
}

void escape_markdown(buf *out, str s, char after)
{
	size_t plain = 0;
	while (plain < s.len && (is_plain(s.ptr[plain]) || (s.ptr[plain] == ' ' && plain && plain + 1 < s.len)))
		plain++;
	if (plain == s.len && !in_address(out)) { /* most texts */
		buf_str(out, s);
		return;
	}
	if (after == '`' && out->len && out->ptr[out->len - 1] == '`') {
		print_code(out, s);
		return;
	}
	place p = look_around(out, s, after);
	size_t done = 0;
	for (size_t i = 0; i < p.s.len;) {
		bool white = is_white(p.s.ptr[i]);
		if (!white && !matters(&p, i)) {
			i++;
			continue;
		}
		buf_str(out, str_sub(p.s, done, i - done));
		if (!white)
			buf_char(out, '\\');
		done = white ? print_white(&p, i) : i;
		i = white ? done : i + 1;
	}
	buf_str(out, str_skip(p.s, done));
	if (p.ends_white)
		buf_str(out, p.address ? STR("%20") : STR(" "));
}
