#include "base/map.h"

static size_t find_slot(const map *m, str key)
{
	size_t at = str_hash(key) & (m->slot_count - 1);
	while (m->slots[at] && !str_eq(m->entries.ptr[m->slots[at] - 1].key, key))
		at = (at + 1) & (m->slot_count - 1);
	return at;
}

static map_entry *find(const map *m, str key)
{
	if (!m->slot_count)
		return NULL;
	uint32_t slot = m->slots[find_slot(m, key)];
	return slot ? &m->entries.ptr[slot - 1] : NULL;
}

static bool grow(map *m)
{
	size_t count = m->slot_count ? m->slot_count * 2 : 16;
	uint32_t *slots = NEWN(m->arena, uint32_t, count);
	if (!slots)
		return false;
	m->slots = slots;
	m->slot_count = count;
	for (size_t i = 0; i < m->entries.len; i++)
		slots[find_slot(m, m->entries.ptr[i].key)] = (uint32_t)i + 1;
	return true;
}

void *map_get(const map *m, str key)
{
	map_entry *e = find(m, key);
	return e ? e->value : NULL;
}

bool map_has(const map *m, str key)
{
	return find(m, key) != NULL;
}

void *map_put(map *m, str key, void *value)
{
	map_entry *e = find(m, key);
	if (e) {
		void *former = e->value;
		e->value = value;
		return former;
	}
	if (m->entries.len * 2 >= m->slot_count && !grow(m))
		return NULL;
	size_t before = m->entries.len;
	vec_push(m->arena, &m->entries, (map_entry){ .key = key, .value = value });
	if (m->entries.len > before)
		m->slots[find_slot(m, key)] = (uint32_t)m->entries.len;
	return NULL;
}
