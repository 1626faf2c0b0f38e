/* Counted strings. Nothing here allocates. */
#include "base/str.h"

#include <string.h>

enum { ID_MAX = 80 };

str str_from(const char *c)
{
	return (str){ .ptr = c ? c : "", .len = c ? strlen(c) : 0 };
}

bool str_eq(str a, str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_alnum(char c)
{
	return is_digit(c) || is_alpha(c);
}

char to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool str_eq_nocase(str a, str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (to_lower(a.ptr[i]) != to_lower(b.ptr[i]))
			return false;
	return true;
}

int str_cmp(str a, str b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str s, str prefix)
{
	return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}

bool str_ends(str s, str suffix)
{
	return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

size_t str_find(str s, str part, size_t from)
{
	if (part.len == 0)
		return from <= s.len ? from : SIZE_MAX;
	while (from + part.len <= s.len) {
		const char *hit = memchr(s.ptr + from, part.ptr[0], s.len - from - part.len + 1);
		if (!hit)
			return SIZE_MAX;
		from = (size_t)(hit - s.ptr);
		if (memcmp(hit, part.ptr, part.len) == 0)
			return from;
		from++;
	}
	return SIZE_MAX;
}

size_t str_find_nocase(str s, str part, size_t from)
{
	for (; from + part.len <= s.len; from++)
		if (str_eq_nocase(str_sub(s, from, part.len), part))
			return from;
	return SIZE_MAX;
}

str str_sub(str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (str){ .ptr = s.ptr ? s.ptr + from : "", .len = len };
}

str str_skip(str s, size_t n)
{
	return str_sub(s, n, SIZE_MAX);
}

str str_trim(str s)
{
	while (s.len && is_space(s.ptr[0]))
		s = str_skip(s, 1);
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

str_cut str_split(str s, char at)
{
	const char *hit = s.len ? memchr(s.ptr, at, s.len) : NULL;
	if (!hit)
		return (str_cut){ .head = s, .tail = str_skip(s, s.len), .ok = false };
	size_t n = (size_t)(hit - s.ptr);
	return (str_cut){ .head = str_sub(s, 0, n), .tail = str_skip(s, n + 1), .ok = true };
}

uint64_t str_hash(str s)
{
	uint64_t h = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.len; i++)
		h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3u;
	return h ^ h >> 29;
}

bool str_is_id(str s)
{
	if (s.len == 0 || s.len > ID_MAX || s.ptr[0] == '-' || s.ptr[0] == '_')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]) && s.ptr[i] != '-' && s.ptr[i] != '_' &&
			!(s.ptr[i] >= 'a' && s.ptr[i] <= 'z'))
			return false;
	return true;
}
