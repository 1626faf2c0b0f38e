/* A chain of chunks, each twice the size of the one before it up to a cap. Small ones come from calloc; large
 * ones are mapped, so that the system may back them with large pages: touching memory for the first time page
 * by page takes longer than most of what is done with it. */
#define _DEFAULT_SOURCE
#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* The address sanitizer watches what comes from calloc, so there everything does. */
#if defined(__SANITIZE_ADDRESS__)
#define MAPPED_MIN SIZE_MAX
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MAPPED_MIN SIZE_MAX
#endif
#endif
#ifndef MAPPED_MIN
#define MAPPED_MIN ((size_t)2 << 20)
#endif
#define LARGE_PAGE ((size_t)2 << 20)

struct arena_chunk {
	arena_chunk *next;
	size_t size, used;
	size_t mapped; /* bytes of the mapping that it is; 0: from calloc */
	_Alignas(max_align_t) char bytes[];
};

/* Of whole chunks, their heads included. */
enum { CHUNK_MIN = 1 << 12, CHUNK_MAX = 1 << 22 };

static void *latch(arena *a)
{
	a->failed = true;
	return NULL;
}

/* Zeroed, and at a border of large pages; what is cut off at both ends goes back. */
static arena_chunk *map_chunk(size_t bytes)
{
	size_t whole = (bytes + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
	char *at = mmap(NULL, whole + LARGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (at == MAP_FAILED)
		return NULL;
	size_t lead = (LARGE_PAGE - ((uintptr_t)at & (LARGE_PAGE - 1))) & (LARGE_PAGE - 1);
	if (lead)
		munmap(at, lead);
	if (lead < LARGE_PAGE)
		munmap(at + lead + whole, LARGE_PAGE - lead);
#ifdef MADV_HUGEPAGE
	madvise(at + lead, whole, MADV_HUGEPAGE); /* a wish: nothing depends on it */
#endif
	arena_chunk *c = (arena_chunk *)(void *)(at + lead);
	c->mapped = whole;
	return c;
}

static arena_chunk *new_chunk(size_t bytes)
{
	return bytes >= MAPPED_MIN ? map_chunk(bytes) : calloc(1, bytes);
}

static void free_chunk(arena_chunk *c)
{
	if (c->mapped)
		munmap(c, c->mapped);
	else
		free(c);
}

static bool add_chunk(arena *a, size_t need)
{
	size_t whole = a->head ? (a->head->size + sizeof *a->head) * 2 : CHUNK_MIN;
	if (whole > CHUNK_MAX)
		whole = CHUNK_MAX;
	size_t size = whole - sizeof *a->head;
	if (size < need)
		size = need;
	size_t limit = a->limit ? a->limit : ARENA_LIMIT;
	if (size > limit || a->total > limit - size)
		return false;
	arena_chunk *c = new_chunk(sizeof *c + size);
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
		free_chunk(a->head);
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

str arena_vprintf(arena *a, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *text = n >= 0 ? NEWN(a, char, (size_t)n + 1) : NULL;
	if (text)
		vsnprintf(text, (size_t)n + 1, format, again);
	va_end(again);
	return text ? (str){ .ptr = text, .len = (size_t)n } : STR("");
}

str arena_printf(arena *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str text = arena_vprintf(a, format, args);
	va_end(args);
	return text;
}
