#include "base/utf8.h"

uint32_t utf8_next(str s, size_t *at)
{
	const unsigned char *p = (const unsigned char *)s.ptr + *at;
	size_t left = s.len - *at;
	uint32_t c = *p;
	size_t n = c < 0x80                ? 1
			   : c >= 0xC2 && c < 0xE0 ? 2
			   : c >= 0xE0 && c < 0xF0 ? 3
			   : c >= 0xF0 && c < 0xF5 ? 4
									   : 0;
	if (n == 0 || n > left) {
		*at += 1;
		return UTF8_BAD;
	}
	if (n > 1)
		c &= 0x7Fu >> n;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80) {
			*at += 1;
			return UTF8_BAD;
		}
		c = c << 6 | (p[i] & 0x3F);
	}
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
		*at += 1;
		return UTF8_BAD;
	}
	*at += n;
	return c;
}

size_t utf8_bad_offset(str s)
{
	for (size_t at = 0; at < s.len;) {
		size_t here = at;
		if ((unsigned char)s.ptr[at] < 0x80)
			at++;
		else if (utf8_next(s, &at) == UTF8_BAD)
			return here;
	}
	return SIZE_MAX;
}

size_t utf8_count(str s)
{
	size_t count = 0;
	for (size_t at = 0; at < s.len; count++)
		utf8_next(s, &at);
	return count;
}
