#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool room(buf *b, size_t more)
{
	if (b->arena->failed)
		return false;
	if (more <= b->cap - b->len)
		return true;
	if (more > BUF_MAX || b->len > BUF_MAX - more) {
		b->arena->failed = true;
		return false;
	}
	size_t cap = b->cap ? b->cap * 2 : 256;
	while (cap < b->len + more)
		cap *= 2;
	char *fresh = arena_grow(b->arena, b->ptr, b->cap, cap, 1);
	if (!fresh)
		return false;
	b->ptr = fresh;
	b->cap = cap;
	return true;
}

void buf_str(buf *b, str s)
{
	if (s.len == 0 || !room(b, s.len))
		return;
	memcpy(b->ptr + b->len, s.ptr, s.len);
	b->len += s.len;
}

void buf_char(buf *b, char c)
{
	if (room(b, 1))
		b->ptr[b->len++] = c;
}

void buf_code_point(buf *b, uint32_t c)
{
	if (c < 0x80) {
		buf_char(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_char(b, (char)(0xC0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_char(b, (char)(0xE0 | c >> 12));
		} else {
			buf_char(b, (char)(0xF0 | c >> 18));
			buf_char(b, (char)(0x80 | (c >> 12 & 0x3F)));
		}
		buf_char(b, (char)(0x80 | (c >> 6 & 0x3F)));
	}
	buf_char(b, (char)(0x80 | (c & 0x3F)));
}

void buf_printf(buf *b, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n > 0 && room(b, (size_t)n + 1)) {
		vsnprintf(b->ptr + b->len, (size_t)n + 1, format, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

str buf_done(const buf *b)
{
	return b->arena->failed || !b->ptr ? STR("") : (str){ .ptr = b->ptr, .len = b->len };
}
