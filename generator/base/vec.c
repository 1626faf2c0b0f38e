#include "base/vec.h"

void *vec_room(arena *a, void *ptr, size_t len, size_t *cap, size_t size, size_t align)
{
	if (a->failed)
		return NULL;
	if (len < *cap)
		return ptr;
	size_t first = size <= 16 ? 8 : size <= 64 ? 4 : 2; /* most vectors stay small */
	size_t wanted = *cap ? *cap * 2 : first;
	if (wanted > (SIZE_MAX / 4) / size) {
		a->failed = true;
		return NULL;
	}
	void *fresh = arena_grow(a, ptr, *cap * size, wanted * size, align);
	if (fresh)
		*cap = wanted;
	return fresh;
}
