/* Memory that is released all at once. Zeroed and aligned; overflow and the limit are checked here and
 * nowhere else. The first allocation that fails is latched: from then on every allocation returns NULL,
 * containers do nothing, and a stage asks `failed` once at its end. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

#include <stdarg.h>

typedef struct arena_chunk arena_chunk;

typedef struct {
	arena_chunk *head;
	size_t total;     /* bytes taken from the system */
	size_t limit;     /* at most so many; 0 is ARENA_LIMIT */
	unsigned fail_at; /* make the n-th allocation fail, counted from 1; 0 never: for tests */
	unsigned count;   /* allocations so far */
	bool failed;      /* latched */
} arena;

#define ARENA_LIMIT ((size_t)2 << 30)

void *arena_alloc(
	arena *a, size_t size, size_t count, size_t align); /* NULL once failed; size 0 gives NULL */
/* Grows the newest block in place if it is `old` and there is room; otherwise copies. */
void *arena_grow(arena *a, void *old, size_t old_size, size_t new_size, size_t align);
void arena_free(arena *a); /* everything; the arena can be used again */

#define NEW(a, T) ((T *)arena_alloc((a), sizeof(T), 1, _Alignof(T)))
#define NEWN(a, T, n) ((T *)arena_alloc((a), sizeof(T), (n), _Alignof(T)))

str arena_str(arena *a, str s); /* a copy, followed by a NUL that is not counted; empty once failed */
const char *arena_cstr(arena *a, str s); /* the same, for libc; "" once failed */
str arena_printf(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
str arena_vprintf(arena *a, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
