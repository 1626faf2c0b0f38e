/* Counted strings. Nothing here allocates. */
#include "base/str.h"

enum { ID_MAX = 80 };

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

size_t str_find(str s, str part, size_t from)
{
	if (part.len == 0)
		return from <= s.len ? from : SIZE_MAX;
	while (from <= s.len && part.len <= s.len - from) {
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
