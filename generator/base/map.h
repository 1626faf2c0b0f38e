/* From strings to pointers. Open addressing; entries keep the order in which they were added, and that is the
 * only order in which they can be walked. Keys are borrowed: they must live as long as the map. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/vec.h"

typedef struct {
	str key;
	void *value;
} map_entry;

typedef struct {
	arena *arena;
	VEC(map_entry) entries; /* in the order of insertion */
	uint32_t *slots;        /* index + 1 into entries; 0 is free */
	size_t slot_count;      /* a power of two */
} map;

void *map_get(const map *m, str key); /* NULL if absent */
bool map_has(const map *m, str key);
/* Adds or replaces; returns the former value or NULL. Does nothing once the arena has failed. */
void *map_put(map *m, str key, void *value);

#endif
