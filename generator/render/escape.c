/* Escaping for formats in which it does not matter where on a line a character stands. */
#include "render/escape.h"

#include "base/json.h"

#include <string.h>

escape_format escape_for(str format)
{
	static const struct {
		str name;
		escape_format format;
	} formats[] = {
		{ { "csv", 3 }, ESCAPE_CSV },
		{ { "html", 4 }, ESCAPE_HTML },
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

static str html_entity(char c)
{
	switch (c) {
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
	default: /* XML has no other control characters */
		return (unsigned char)c < ' ' ? STR("\xEF\xBF\xBD") : STR("");
	}
}

static void escape_html(buf *out, str s)
{
	size_t done = 0;
	for (size_t i = 0; i < s.len; i++) {
		str entity = html_entity(s.ptr[i]);
		if (!entity.len)
			continue;
		buf_str(out, str_sub(s, done, i - done));
		buf_str(out, entity);
		done = i + 1;
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

static void escape_csv(buf *out, str s, char after)
{
	if (after == '"' && out->len && out->ptr[out->len - 1] == '"') {
		double_quotes(out, s); /* the template has the quotes */
		return;
	}
	bool quote = s.len && (is_space(s.ptr[0]) || is_space(s.ptr[s.len - 1]));
	for (size_t i = 0; i < s.len && !quote; i++)
		quote = s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
	if (!quote) {
		buf_str(out, s);
		return;
	}
	buf_char(out, '"');
	double_quotes(out, s);
	buf_char(out, '"');
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
	case ESCAPE_JSON:
		escape_json(out, s);
		break;
	case ESCAPE_NONE:
		buf_str(out, s);
		break;
	}
}
