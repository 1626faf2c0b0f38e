/* JSON without a place in a source, and JSON that pages hold although it is none. */
#include "read/json.h"
#include "read/posting_parts.h"

bool posting_json(value *out, arena *a, str text, str *fault, unsigned *line)
{
	sources all = { .arena = a };
	diags d = { .arena = a, .sources = &all };
	text_run run = { 0 };
	located l = {
		.text = text, .source = sources_add(&all, STR(""), text), .runs = { .ptr = &run, .len = 1 }
	};
	*fault = STR("");
	*line = 0;
	if (json_read(out, a, &l, &d))
		return true;
	*fault = STR("there is not enough memory");
	if (d.list.len && !a->failed) {
		position p = sources_position(&all, d.list.ptr[0].at);
		*line = p.line;
		*fault = arena_printf(a, "%.*s (column %u)", STRF(d.list.ptr[0].text), p.column);
	}
	return false;
}

size_t posting_json_end(str s)
{
	size_t depth = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (quoted) {
			i += c == '\\';
			quoted = c != '"';
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			depth++;
		} else if ((c == '}' || c == ']') && depth && --depth == 0) {
			return i + 1;
		}
	}
	return SIZE_MAX;
}

/* Bytes of the comment or mark that stands here outside of quotation marks; 0 if none does. */
static size_t skip_noise(str s)
{
	static const char *const marks[] = { "<!--", "-->", "<![CDATA[", "]]>", "//<![CDATA[", "//]]>" };
	for (size_t i = COUNT(marks); i-- > 0;)
		if (str_starts(s, str_from(marks[i])))
			return strlen(marks[i]);
	size_t end = 0;
	if (str_starts(s, STR("//"))) {
		end = str_find(s, STR("\n"), 0);
		return end == SIZE_MAX ? s.len : end;
	}
	if (!str_starts(s, STR("/*")))
		return 0;
	end = str_find(s, STR("*/"), 2);
	return end == SIZE_MAX ? s.len : end + 2;
}

/* Whether nothing but white space and comments comes before a closing bracket. */
static bool closes_next(str s)
{
	for (size_t n = 1; s.len && (is_space(s.ptr[0]) || (n = skip_noise(s))); n = 1)
		s = str_skip(s, n);
	return s.len && (s.ptr[0] == '}' || s.ptr[0] == ']');
}

str posting_json_repair(arena *a, str s)
{
	enum { COMMA_LOOK = 4096 }; /* bytes that are looked at for what a comma is followed by */
	buf out = { .arena = a };
	bool quoted = false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (quoted) {
			if (c == '\\' && i + 1 < s.len) {
				buf_char(&out, '\\');
				c = (unsigned char)s.ptr[++i];
			} else {
				quoted = c != '"';
			}
			if (c < ' ')
				buf_str(&out, c == '\n' ? STR("\\n") : STR(" "));
			else
				buf_char(&out, (char)c);
			continue;
		}
		size_t n = c == '/' || c == '<' || c == '-' || c == ']' ? skip_noise(str_skip(s, i)) : 0;
		if (n) {
			i += n - 1;
			continue;
		}
		quoted = c == '"';
		if (c == ',' && closes_next(str_sub(s, i + 1, COMMA_LOOK)))
			continue;
		buf_char(&out, c < ' ' ? ' ' : (char)c);
	}
	str text = str_trim(buf_done(&out));
	while (text.len && text.ptr[text.len - 1] == ';')
		text = str_trim(str_sub(text, 0, text.len - 1));
	return text;
}
