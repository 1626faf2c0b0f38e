#include "base/value.h"

enum { INDEX_FROM = 9 }; /* maps with fewer pairs are searched one by one */

value value_bool(bool b)
{
	return (value){ .kind = V_BOOL, .boolean = b };
}

value value_int(int64_t i)
{
	return (value){ .kind = V_INT, .integer = i };
}

value value_double(double d)
{
	return (value){ .kind = V_DOUBLE, .number = d };
}

value value_string(str s)
{
	return (value){ .kind = V_STRING, .string = s };
}

value value_literal(const char *c)
{
	return value_string(str_from(c));
}

value value_new_map(arena *a)
{
	value_map *map = NEW(a, value_map);
	return map ? (value){ .kind = V_MAP, .map = map } : V_NONE;
}

value value_new_list(arena *a, size_t len)
{
	value *items = NEWN(a, value, len);
	return (value){ .kind = V_LIST, .list = { .ptr = items, .len = items ? len : 0 } };
}

value value_of(vec_value items)
{
	return (value){ .kind = V_LIST, .list = { .ptr = items.ptr, .len = items.len } };
}

static size_t slot_of(const value_map *m, str key, uint64_t hash)
{
	size_t at = hash & (m->slot_count - 1);
	while (m->slots[at] && !str_eq(m->pairs.ptr[m->slots[at] - 1].key.string, key))
		at = (at + 1) & (m->slot_count - 1);
	return at;
}

static void index_pair(value_map *m, size_t i)
{
	value key = m->pairs.ptr[i].key;
	if (key.kind == V_STRING) {
		size_t slot = slot_of(m, key.string, str_hash(key.string));
		if (!m->slots[slot])
			m->slots[slot] = (uint32_t)i + 1;
	}
}

static void make_index(arena *a, value_map *m)
{
	size_t count = m->slot_count ? m->slot_count * 2 : 32;
	uint32_t *slots = NEWN(a, uint32_t, count);
	if (!slots)
		return;
	m->slots = slots;
	m->slot_count = count;
	for (size_t i = 0; i < m->pairs.len; i++)
		index_pair(m, i);
}

void value_append(arena *a, value_map *m, value key, value v)
{
	size_t before = m->pairs.len;
	vec_push(a, &m->pairs, (value_pair){ .key = key, .value = v });
	if (m->pairs.len == before)
		return;
	if (m->pairs.len >= INDEX_FROM && m->pairs.len * 2 > m->slot_count)
		make_index(a, m);
	else if (m->slot_count)
		index_pair(m, before);
}

/* Most keys differ in their length or first byte. */
static value *find_pair(const value_map *m, str key)
{
	char first = key.len ? key.ptr[0] : '\0';
	for (size_t i = 0; i < m->pairs.len; i++) {
		const value *k = &m->pairs.ptr[i].key;
		if (k->kind == V_STRING && k->string.len == key.len && (!key.len || k->string.ptr[0] == first) &&
			str_eq(k->string, key))
			return &m->pairs.ptr[i].value;
	}
	return NULL;
}

static value *find_slot(const value_map *m, str key, uint64_t hash)
{
	uint32_t slot = m->slots[slot_of(m, key, hash)];
	return slot ? &m->pairs.ptr[slot - 1].value : NULL;
}

static value *find(value map, str key)
{
	if (map.kind != V_MAP || !map.map)
		return NULL;
	return map.map->slot_count ? find_slot(map.map, key, str_hash(key)) : find_pair(map.map, key);
}

const value *value_get(value map, str key)
{
	return find(map, key);
}

value_key value_key_of(str name)
{
	return (value_key){ .name = name, .hash = str_hash(name) };
}

const value *value_look_up(const value *map, const value_key *key)
{
	if (map->kind != V_MAP || !map->map)
		return NULL;
	return map->map->slot_count ? find_slot(map->map, key->name, key->hash) : find_pair(map->map, key->name);
}

void value_set_str(arena *a, value map, str key, value v)
{
	if (map.kind != V_MAP || !map.map)
		return;
	value *old = find(map, key);
	if (old)
		*old = v;
	else
		value_append(a, map.map, value_string(key), v);
}

void value_set(arena *a, value map, const char *key, value v)
{
	value_set_str(a, map, str_from(key), v);
}
