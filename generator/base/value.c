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

static size_t slot_of(const value_map *m, str key)
{
	size_t at = str_hash(key) & (m->slot_count - 1);
	while (m->slots[at] && !str_eq(m->pairs.ptr[m->slots[at] - 1].key.string, key))
		at = (at + 1) & (m->slot_count - 1);
	return at;
}

static void index_pair(value_map *m, size_t i)
{
	value key = m->pairs.ptr[i].key;
	if (key.kind == V_STRING) {
		size_t slot = slot_of(m, key.string);
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

static value *find(value map, str key)
{
	if (map.kind != V_MAP || !map.map)
		return NULL;
	value_map *m = map.map;
	if (m->slot_count) {
		uint32_t slot = m->slots[slot_of(m, key)];
		return slot ? &m->pairs.ptr[slot - 1].value : NULL;
	}
	for (size_t i = 0; i < m->pairs.len; i++)
		if (m->pairs.ptr[i].key.kind == V_STRING && str_eq(m->pairs.ptr[i].key.string, key))
			return &m->pairs.ptr[i].value;
	return NULL;
}

const value *value_get(value map, str key)
{
	return find(map, key);
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
