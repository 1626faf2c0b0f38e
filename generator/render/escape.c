/* Escaping for formats in which it does not matter where on a line a character stands. */
#include "render/escape.h"

#include "base/json.h"
#include "base/number.h"

#include <string.h>

enum { ICS_LINE_MAX = 75 }; /* bytes of a line, its end not counted */

escape_format escape_for(str format)
{
	static const struct {
		str name;
		escape_format format;
	} formats[] = {
		{ { "csv", 3 }, ESCAPE_CSV },
		{ { "html", 4 }, ESCAPE_HTML },
		{ { "ics", 3 }, ESCAPE_ICS },
		{ { "json", 4 }, ESCAPE_JSON },
		{ { "md", 2 }, ESCAPE_MARKDOWN },
		{ { "txt", 3 }, ESCAPE_NONE },
		{ { "xml", 3 }, ESCAPE_HTML },
	};
	for (size_t i = 0; i < COUNT(formats); i++)
		if (str_eq(formats[i].name, format))
			return formats[i].format;
	return ESCAPE_HTML;
}

/* Whether the byte may need another in its place: & < > " ' control characters, and the first byte of U+FFFE
 * and U+FFFF. */
static bool html_special(unsigned char c)
{
	return c < ' ' || (c | 2) == '>' || (c | 1) == '\'' || c == '"' || c == 0xEF;
}

#define EACH_BYTE(c) (0x0101010101010101u * (c))

/* The highest bit of each byte that is below `least`, which is at most 128; others may follow the first. */
static uint64_t bytes_below(uint64_t word, uint64_t least)
{
	return (word - EACH_BYTE(least)) & ~word & EACH_BYTE(0x80);
}

/* The same question for eight bytes at once. */
static bool any_special(const char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	return (bytes_below(word, ' ') | bytes_below((word | EACH_BYTE(2)) ^ EACH_BYTE('>'), 1) |
			   bytes_below((word | EACH_BYTE(1)) ^ EACH_BYTE('\''), 1) |
			   bytes_below(word ^ EACH_BYTE('"'), 1) | bytes_below(word ^ EACH_BYTE(0xEF), 1)) != 0;
}

/* Where the first byte stands that may be special; s.len if there is none. */
static size_t html_plain(str s, size_t at)
{
	enum { WORD = sizeof(uint64_t) };
	while (at + WORD <= s.len && !any_special(s.ptr + at))
		at += WORD;
	if (at < s.len && s.len - at < WORD && s.len >= WORD && !any_special(s.ptr + s.len - WORD))
		return s.len;
	while (at < s.len && !html_special((unsigned char)s.ptr[at]))
		at++;
	return at;
}

/* What is printed instead of the first character; empty: itself. */
static str html_instead(str s)
{
	switch (s.ptr[0]) {
	case '&':
		return STR("&amp;");
	case '<':
		return STR("&lt;");
	case '>':
		return STR("&gt;");
	case '"':
		return STR("&quot;");
	case '\'':
		return STR("&#39;");
	case '\t':
	case '\n':
	case '\r':
		return STR("");
	case '\xEF': /* U+FFFE and U+FFFF are not in XML */
		return str_starts(s, STR("\xEF\xBF\xBE")) || str_starts(s, STR("\xEF\xBF\xBF")) ? STR("\xEF\xBF\xBD")
																						: STR("");
	default:
		return STR("\xEF\xBF\xBD");
	}
}

static void escape_html(buf *out, str s)
{
	size_t done = 0;
	for (size_t i = html_plain(s, 0); i < s.len; i = html_plain(s, i + 1)) {
		str instead = html_instead(str_skip(s, i));
		if (!instead.len)
			continue;
		buf_str(out, str_sub(s, done, i - done));
		buf_str(out, instead);
		done = i + (s.ptr[i] == '\xEF' ? 3 : 1);
	}
	buf_str(out, str_skip(s, done));
}

static void double_quotes(buf *out, str s)
{
	for (str_cut cut = { .tail = s, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '"');
		buf_str(out, cut.head);
		if (cut.ok)
			BUF_LIT(out, "\"\"");
	}
}

/* At the beginning of a field, what a spreadsheet would take for a formula. A number is none. */
static bool is_formula(const buf *out, str s)
{
	char before = out->len ? out->ptr[out->len - 1] : '\0';
	size_t i = 0;
	double number;
	while (i < s.len && is_space(s.ptr[i]))
		i++;
	return i < s.len && memchr("=+-@", s.ptr[i], 4) && !is_alnum(before) && (unsigned char)before < 0x80 &&
		   !number_parse(&number, s);
}

static void escape_csv(buf *out, str s, char after)
{
	bool quoted = after == '"' && out->len && out->ptr[out->len - 1] == '"'; /* by the template */
	bool quote = s.len && (is_space(s.ptr[0]) || is_space(s.ptr[s.len - 1]));
	for (size_t i = 0; i < s.len && !quote; i++)
		quote = s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
	bool formula = is_formula(out, s);
	if (quote && !quoted)
		buf_char(out, '"');
	if (formula)
		buf_char(out, '\'');
	double_quotes(out, s);
	if (quote && !quoted)
		buf_char(out, '"');
}

static size_t line_length(const buf *out)
{
	size_t n = 0;
	while (n < out->len && n < ICS_LINE_MAX && out->ptr[out->len - 1 - n] != '\n')
		n++;
	return n;
}

/* The next character of the text, escaped; *at moves on. */
static str ics_character(str s, size_t *at)
{
	size_t from = (*at)++;
	unsigned char c = (unsigned char)s.ptr[from];
	switch (c) {
	case '\\':
		return STR("\\\\");
	case ';':
		return STR("\\;");
	case ',':
		return STR("\\,");
	case '\r':
		*at += *at < s.len && s.ptr[*at] == '\n';
		return STR("\\n");
	case '\n':
		return STR("\\n");
	case '\t':
		return STR("\t");
	default:
		break;
	}
	if (c < ' ' || c == 0x7F)
		return STR("\xEF\xBF\xBD");
	while (*at < s.len && ((unsigned char)s.ptr[*at] & 0xC0) == 0x80)
		++*at;
	return str_sub(s, from, *at - from);
}

static void escape_ics(buf *out, str s)
{
	size_t column = line_length(out);
	for (size_t at = 0; at < s.len;) {
		str c = ics_character(s, &at);
		if (column + c.len > ICS_LINE_MAX) {
			BUF_LIT(out, "\r\n ");
			column = 1;
		}
		buf_str(out, c);
		column += c.len;
	}
}

static void escape_json(buf *out, str s)
{
	size_t from = out->len;
	json_string(out, s);
	if (out->arena->failed || out->len < from + 2)
		return;
	out->len -= 2; /* without the quotes */
	memmove(out->ptr + from, out->ptr + from + 1, out->len - from);
}

void escape_text(buf *out, escape_format format, str s, char after)
{
	switch (format) {
	case ESCAPE_HTML:
		escape_html(out, s);
		break;
	case ESCAPE_MARKDOWN:
		escape_markdown(out, s, after);
		break;
	case ESCAPE_CSV:
		escape_csv(out, s, after);
		break;
	case ESCAPE_ICS:
		escape_ics(out, s);
		break;
	case ESCAPE_JSON:
		escape_json(out, s);
		break;
	case ESCAPE_NONE:
		buf_str(out, s);
		break;
	}
}
