/* Bytes of any encoding to UTF-8. What is valid UTF-8 is taken as such, whatever it declares, because other
 * encodings hardly ever look like it. */
#include "read/posting_parts.h"

#include "base/utf8.h"

#include <errno.h>
#include <iconv.h>

enum { DECLARATION_MAX = 2048, NAME_MAX = 40 };

static bool is_wide(str s, const char **name, size_t *mark)
{
	*mark = 2;
	if (str_starts(s, STR("\xFF\xFE")))
		*name = "UTF-16LE";
	else if (str_starts(s, STR("\xFE\xFF")))
		*name = "UTF-16BE";
	else
		return false;
	if (s.len >= 4 && s.ptr[0] == '\xFF' && !s.ptr[2] && !s.ptr[3]) {
		*name = "UTF-32LE";
		*mark = 4;
	}
	return true;
}

bool encoding_is_wide(str bytes)
{
	const char *name;
	size_t mark;
	return is_wide(bytes, &name, &mark);
}

/* charset=NAME or encoding="NAME" near the beginning; empty if there is none. */
static str declared(str s)
{
	static const char *const before[] = { "charset=", "encoding=" };
	s = str_sub(s, 0, DECLARATION_MAX);
	for (size_t i = 0; i < COUNT(before); i++) {
		size_t at = str_find_nocase(s, str_from(before[i]), 0);
		if (at == SIZE_MAX)
			continue;
		str rest = str_skip(s, at + strlen(before[i]));
		if (rest.len && (rest.ptr[0] == '"' || rest.ptr[0] == '\''))
			rest = str_skip(rest, 1);
		size_t n = 0;
		while (n < rest.len && (is_alnum(rest.ptr[n]) || strchr("-_.:", rest.ptr[n])) && rest.ptr[n])
			n++;
		return str_sub(rest, 0, n);
	}
	return STR("");
}

/* False if the encoding is not known. Bytes that it does not have become U+FFFD. */
static bool convert(str *out, arena *a, str s, const char *name, size_t *bad)
{
	iconv_t way = iconv_open("UTF-8", name);
	if (way == (iconv_t)-1) /* NOLINT: POSIX says so */
		return false;
	buf b = { .arena = a };
	char *in = (char *)s.ptr;
	size_t left = s.len;
	char block[4096];
	while (left && !a->failed) {
		char *to = block;
		size_t room = sizeof block;
		size_t n = iconv(way, &in, &left, &to, &room);
		buf_str(&b, (str){ .ptr = block, .len = (size_t)(to - block) });
		if (n != (size_t)-1 || errno == E2BIG)
			continue;
		buf_code_point(&b, 0xFFFD);
		++*bad;
		in++;
		left--;
	}
	iconv_close(way);
	*out = buf_done(&b);
	return true;
}

static str repair(arena *a, str s)
{
	buf b = { .arena = a };
	for (size_t at = 0; at < s.len;) {
		size_t bad = utf8_bad_offset(str_skip(s, at));
		buf_str(&b, str_sub(s, at, bad));
		if (bad == SIZE_MAX)
			break;
		buf_code_point(&b, 0xFFFD);
		for (at += bad + 1; at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80; at++) {
		}
	}
	return buf_done(&b);
}

/* Whether it is UTF-8 in which some bytes are broken, rather than no UTF-8 at all. */
static bool is_mostly_utf8(str s)
{
	size_t good = 0, bad = 0;
	for (size_t at = 0; at < s.len;) {
		bool ascii = (unsigned char)s.ptr[at] < 0x80;
		uint32_t c = utf8_next(s, &at);
		good += !ascii && c != UTF8_BAD;
		bad += c == UTF8_BAD;
	}
	return good > bad;
}

static str without_nul(arena *a, str s, encoding_report *report)
{
	if (!s.len || !memchr(s.ptr, 0, s.len))
		return s;
	buf b = { .arena = a };
	for (str_cut cut = { .tail = s, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\0');
		buf_str(&b, cut.head);
	}
	report->said = STR("NUL bytes were left out");
	return buf_done(&b);
}

static str from_other(arena *a, str s, str name, encoding_report *report)
{
	/* What calls itself Latin-1 on the web is the superset of it by which browsers read it. */
	bool latin1 = str_eq_nocase(name, STR("iso-8859-1")) || str_eq_nocase(name, STR("us-ascii")) ||
				  str_eq_nocase(name, STR("latin1"));
	bool wide = name.len > 4 && (str_eq_nocase(str_sub(name, 0, 4), STR("utf-")) ||
									str_eq_nocase(str_sub(name, 0, 3), STR("utf")));
	str out;
	size_t bad = 0;
	if (name.len && name.len < NAME_MAX && !latin1 && !wide &&
		convert(&out, a, s, arena_cstr(a, name), &bad)) {
		if (bad)
			report->said =
				arena_printf(a, "%zu bytes that are not %.*s were replaced by U+FFFD", bad, STRF(name));
		return out;
	}
	if (!latin1 && is_mostly_utf8(s)) {
		report->said = STR("bytes that are not UTF-8 were replaced by U+FFFD");
		return repair(a, s);
	}
	if (!convert(&out, a, s, "WINDOWS-1252", &bad))
		return repair(a, s);
	if (!latin1)
		report->said = STR("not UTF-8, and nothing says what else: read as windows-1252");
	return out;
}

str encoding_fix(arena *a, str s, bool html, encoding_report *report)
{
	*report = (encoding_report){ 0 };
	const char *name;
	size_t mark, bad = 0;
	str out;
	if (is_wide(s, &name, &mark) && convert(&out, a, str_skip(s, mark), name, &bad)) {
		if (bad)
			report->said = arena_printf(a, "%zu places that are not %s were replaced by U+FFFD", bad, name);
		return without_nul(a, out, report);
	}
	if (str_starts(s, STR("\xEF\xBB\xBF")))
		s = str_skip(s, 3);
	str says = html ? declared(s) : STR("");
	bool escapes = says.len > 8 && str_eq_nocase(str_sub(says, 0, 8), STR("iso-2022"));
	if (utf8_bad_offset(s) != SIZE_MAX || escapes)
		s = from_other(a, s, says, report);
	return without_nul(a, s, report);
}

bool encoding_is_text(str s)
{
	enum { SPARED = 3, ONE_IN = 30 };
	size_t all = 0, odd = 0;
	for (size_t at = 0; at < s.len; all++) {
		uint32_t c = utf8_next(s, &at);
		bool control = (c < ' ' && !is_space((char)c)) || (c >= 0x7F && c < 0xA0 && c != 0x85);
		odd += control || c == 0xFFFD || c == UTF8_BAD;
	}
	return odd <= SPARED || odd * ONE_IN <= all;
}
