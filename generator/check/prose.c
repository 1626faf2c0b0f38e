#include "check/prose.h"

#include "base/text.h"

#include <string.h>

enum { FENCE_MIN = 3, ENTITY_MAX = 12 };

static size_t run_of(str s, size_t at, char c)
{
	size_t n = 0;
	while (at + n < s.len && s.ptr[at + n] == c)
		n++;
	return n;
}

static size_t line_end(str s, size_t at)
{
	const char *hit = at < s.len ? memchr(s.ptr + at, '\n', s.len - at) : NULL;
	return hit ? (size_t)(hit - s.ptr) : s.len;
}

static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

/* Where the marks of a line begin: after white space, quote marks and list markers. */
static size_t line_mark(str s, size_t at)
{
	for (;;) {
		while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t' || s.ptr[at] == '>'))
			at++;
		bool marker = at + 1 < s.len && (s.ptr[at] == '-' || s.ptr[at] == '*' || s.ptr[at] == '+') &&
					  s.ptr[at + 1] == ' ';
		if (!marker)
			return at;
		at += 2;
	}
}

static size_t fence_at(str s, size_t at)
{
	size_t mark = line_mark(s, at);
	if (mark >= s.len || (s.ptr[mark] != '`' && s.ptr[mark] != '~'))
		return 0;
	size_t n = run_of(s, mark, s.ptr[mark]);
	bool again = s.ptr[mark] == '`' && memchr(s.ptr + mark + n, '`', line_end(s, mark) - mark - n);
	return n >= FENCE_MIN && !again ? n : 0;
}

/* The end of the fenced block that opens at the line `at`. */
static size_t fence_end(str s, size_t at)
{
	size_t mark = line_mark(s, at);
	char c = s.ptr[mark];
	size_t opened = run_of(s, mark, c);
	for (size_t line = line_end(s, at); line < s.len; line = line_end(s, line + 1)) {
		size_t closing = line_mark(s, line + 1);
		size_t n = closing < s.len ? run_of(s, closing, c) : 0;
		if (n >= opened && !str_trim(str_sub(s, closing + n, line_end(s, closing) - closing - n)).len)
			return line_end(s, line + 1);
	}
	return s.len;
}

/* The end of the code span whose opening run of `n` backticks is at `at`; `at + n` if nothing closes it
 * before the end of its paragraph. */
static size_t span_end(str s, size_t at, size_t n, size_t paragraph)
{
	for (size_t i = at + n; i < paragraph; i++) {
		size_t closing = s.ptr[i] == '`' ? run_of(s, i, '`') : 0;
		if (closing == n)
			return i + n;
		i += closing ? closing - 1 : 0;
	}
	return at + n;
}

static size_t paragraph_end(str s, size_t at)
{
	for (size_t line = line_end(s, at); line < s.len; line = line_end(s, line + 1))
		if (!str_trim(str_sub(s, line + 1, line_end(s, line + 1) - line - 1)).len || fence_at(s, line + 1))
			return line;
	return s.len;
}

/* Spans of one paragraph. A run that found no partner is remembered by its length, so that the work stays
 * linear. */
static void blank_spans(char *text, str s, size_t from, size_t to)
{
	enum { RUNS = 32 };
	bool hopeless[RUNS] = { false };
	for (size_t i = from; i < to;) {
		if (s.ptr[i] == '\\') {
			i += 2;
			continue;
		}
		size_t n = s.ptr[i] == '`' ? run_of(s, i, '`') : 0;
		if (n == 0 || n >= RUNS || hopeless[n]) {
			i += n ? n : 1;
			continue;
		}
		size_t end = span_end(s, i, n, to);
		hopeless[n] = end == i + n;
		if (!hopeless[n])
			blank(text, i, end);
		i = end;
	}
}

str prose_without_code(arena *a, str markdown)
{
	char *text = NEWN(a, char, markdown.len);
	if (!text)
		return STR("");
	memcpy(text, markdown.ptr, markdown.len);
	for (size_t at = 0; at < markdown.len;) {
		size_t end;
		if (fence_at(markdown, at)) {
			end = fence_end(markdown, at);
			blank(text, at, end);
		} else {
			end = paragraph_end(markdown, at);
			blank_spans(text, markdown, at, end);
		}
		at = end + 1;
	}
	return (str){ .ptr = text, .len = markdown.len };
}

static bool is_word_char(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Length of the tag or entity at `at`; 0 if there is none. */
static size_t markup_length(str s, size_t at)
{
	char c = s.ptr[at];
	if (c != '<' && c != '&')
		return 0;
	str rest = str_skip(s, at);
	const char *end =
		memchr(rest.ptr, c == '<' ? '>' : ';', c == '<' || rest.len < ENTITY_MAX ? rest.len : ENTITY_MAX);
	return end ? (size_t)(end - rest.ptr) + 1 : 0;
}

str prose_words(arena *a, str text, bool html)
{
	char *out = NEWN(a, char, text.len * 2 + 2);
	size_t len = 0;
	if (!out)
		return STR("");
	out[len++] = ' ';
	for (size_t i = 0; i < text.len; i++) {
		size_t markup = html ? markup_length(text, i) : 0;
		if (markup)
			i += markup - 1;
		if (!markup && is_word_char(text.ptr[i]))
			out[len++] = to_lower(text.ptr[i]);
		else if (out[len - 1] != ' ')
			out[len++] = ' ';
	}
	if (out[len - 1] != ' ')
		out[len++] = ' ';
	return (str){ .ptr = out, .len = len };
}

static char near_char(str s, size_t at, int step)
{
	while (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t'))
		at += (size_t)step;
	return at < s.len ? s.ptr[at] : '\n';
}

/* "null" and "undefined" are English words too; standing alone, they are values that were not there. */
static bool stands_alone(str s, size_t at, size_t len)
{
	char before = near_char(s, at - 1, -1), after = near_char(s, at + len, 1);
	return !is_word_char(before) && before != '-' && before != '/' && !is_word_char(after) && after != '-' &&
		   after != '/';
}

static bool in_word(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* One pass over the beginnings of words: these texts are whole pages. */
str prose_placeholder(str text)
{
	static const struct {
		const char *mark;
		bool alone; /* only where it stands alone */
	} marks[] = { { "TODO", false }, { "TBD", false }, { "NaN", false }, { "lorem ipsum", false },
		{ "Lorem ipsum", false }, { "undefined", true }, { "null", true } };
	size_t at = str_find(text, STR("{{"), 0);
	if (at != SIZE_MAX)
		return str_sub(text, at, 2);
	for (at = 0; at < text.len; at++) {
		char c = text.ptr[at];
		if ((c != 'T' && c != 'N' && c != 'l' && c != 'L' && c != 'u' && c != 'n') ||
			(at > 0 && in_word(text.ptr[at - 1])))
			continue;
		for (size_t i = 0; i < COUNT(marks); i++) {
			str mark = str_from(marks[i].mark);
			if (mark.ptr[0] != c || !str_starts(str_skip(text, at), mark) ||
				(at + mark.len < text.len && in_word(text.ptr[at + mark.len])))
				continue;
			if (!marks[i].alone || stands_alone(text, at, mark.len))
				return str_sub(text, at, mark.len);
		}
	}
	return STR("");
}

unsigned prose_line(str text, const char *at)
{
	unsigned line = 1;
	for (const char *c = text.ptr; c < at; c++)
		line += *c == '\n';
	return line;
}
