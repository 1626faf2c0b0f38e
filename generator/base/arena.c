/* A chain of chunks, each twice the size of the one before it up to a cap. */
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
	arena_chunk *next;
	size_t size, used;
	_Alignas(max_align_t) char bytes[];
};

enum { CHUNK_MIN = 1 << 12, CHUNK_MAX = 1 << 22 };

static void *latch(arena *a)
{
	a->failed = true;
	return NULL;
}

static bool add_chunk(arena *a, size_t need)
{
	size_t size = a->head ? a->head->size * 2 : CHUNK_MIN;
	if (size > CHUNK_MAX)
		size = CHUNK_MAX;
	if (size < need)
		size = need;
	size_t limit = a->limit ? a->limit : ARENA_LIMIT;
	if (size > limit || a->total > limit - size)
		return false;
	arena_chunk *c = calloc(1, sizeof *c + size);
	if (!c)
		return false;
	c->next = a->head;
	c->size = size;
	a->head = c;
	a->total += size;
	return true;
}

void *arena_alloc(arena *a, size_t size, size_t count, size_t align)
{
	assert(align && (align & (align - 1)) == 0 && align <= _Alignof(max_align_t));
	if (a->failed || size == 0 || count == 0)
		return NULL;
	a->count++;
	if (a->fail_at && a->count >= a->fail_at)
		return latch(a);
	if (count > (SIZE_MAX / 4) / size)
		return latch(a);
	size_t bytes = size * count;
	arena_chunk *c = a->head;
	size_t start = c ? (c->used + align - 1) & ~(align - 1) : 0;
	if (!c || start > c->size || c->size - start < bytes) {
		if (!add_chunk(a, bytes))
			return latch(a);
		c = a->head;
		start = 0;
	}
	c->used = start + bytes;
	return c->bytes + start;
}

void *arena_grow(arena *a, void *old, size_t old_size, size_t new_size, size_t align)
{
	assert(new_size >= old_size);
	arena_chunk *c = a->head;
	if (old && !a->failed && c && (char *)old + old_size == c->bytes + c->used &&
		c->size - c->used >= new_size - old_size) {
		c->used += new_size - old_size;
		return old;
	}
	void *fresh = arena_alloc(a, 1, new_size, align);
	if (fresh && old_size)
		memcpy(fresh, old, old_size);
	return fresh;
}

void arena_free(arena *a)
{
	while (a->head) {
		arena_chunk *next = a->head->next;
		free(a->head);
		a->head = next;
	}
	*a = (arena){ .limit = a->limit, .fail_at = a->fail_at };
}

str arena_str(arena *a, str s)
{
	char *copy = NEWN(a, char, s.len + 1);
	if (!copy)
		return STR("");
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	return (str){ .ptr = copy, .len = s.len };
}

const char *arena_cstr(arena *a, str s)
{
	return arena_str(a, s).ptr;
}

str arena_printf(arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = n >= 0 ? NEWN(a, char, (size_t)n + 1) : NULL;
	if (text)
		vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text ? (str){ .ptr = text, .len = (size_t)n } : STR("");
}
