/* Two hash tables, one behind the other: by the first bytes of a word, and by those that follow them. Both
 * are built once from sorted keys. */
#include "evidence/lexicon_parts.h"

#include <stdlib.h>

enum { FILTER_BITS_MIN = 10, FILTER_BITS_MAX = 17, FILTER_SPARSE = 5 };

/* What a literal is found by, while the index is built. */
typedef struct {
	uint64_t first, second;
	uint32_t skip, len; /* bytes of the keys */
	literal one;
	size_t order;
} keyed;

static uint64_t load_padded(str s)
{
	char bytes[KEY_BYTES] = { 0 };
	if (s.len)
		memcpy(bytes, s.ptr, s.len < KEY_BYTES ? s.len : KEY_BYTES);
	return scan_load(bytes);
}

static keyed key_of(key_filter *f, literal one, size_t order)
{
	str word = str_skip(one.text, one.lead), rest;
	keyed k = { .one = one, .order = order, .skip = (uint32_t)scan_key_bytes(word) };
	if (one.open && k.skip == word.len && k.skip < KEY_BYTES) {
		k.skip = k.skip < OPEN_BYTES ? k.skip : OPEN_BYTES;
		k.first = scan_open_key(load_padded(word), k.skip);
		f->open[k.skip] = true;
	} else {
		k.first = scan_key(load_padded(word), k.skip);
		f->beyond_ascii |= (unsigned char)word.ptr[0] >= 0x80;
	}
	rest = str_skip(word, k.skip);
	k.len = (uint32_t)(rest.len < KEY_BYTES ? rest.len : KEY_BYTES);
	k.second = scan_key(load_padded(rest), k.len);
	return k;
}

static int by_key(const void *a, const void *b)
{
	const keyed *x = a, *y = b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	if (x->second != y->second)
		return x->second < y->second ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

void index_add(literal_index *x, arena *a, literal one)
{
	while (one.lead < one.text.len && !is_alnum(one.text.ptr[one.lead]) &&
		   (unsigned char)one.text.ptr[one.lead] < 0xC0)
		one.lead++;
	if (one.lead < one.text.len)
		vec_push(a, &x->literals, one);
}

/* Bits of a table that is at most half full. */
static int bits_for(size_t count, int least)
{
	int bits = least;
	while (((size_t)1 << bits) < 2 * count)
		bits++;
	return bits;
}

static size_t key_place(const literal_index *x, uint64_t key)
{
	size_t at = (scan_hash(key) >> 32) & x->mask;
	while (x->keys[at].skip && x->keys[at].key != key)
		at = (at + 1) & x->mask;
	return at;
}

static uint32_t place_of(const literal_index *x, const key_slot *k, unsigned len)
{
	return (uint32_t)(k - x->keys) << 4 | len;
}

static size_t tail_place(const literal_index *x, uint64_t key, uint32_t place)
{
	size_t at = (scan_hash(key ^ place * 0xD6E8FEB86659FD93u) >> 32) & x->mask;
	while (x->tails[at].first && (x->tails[at].key != key || x->tails[at].place != place))
		at = (at + 1) & x->mask;
	return at;
}

static void set_bit(uint64_t *bits, uint64_t bit)
{
	bits[bit >> 6] |= (uint64_t)1 << (bit & 63);
}

static void let_through(key_filter *f, const keyed *k)
{
	uint64_t next = scan_following(k->second);
	set_bit(f->bits, scan_hash(k->first) >> f->shift);
	if (k->len < FOLLOWING_BYTES)
		set_bit(f->alone, scan_hash(k->first) >> f->shift);
	else
		set_bit(f->following, scan_hash(k->first ^ next) >> f->shift);
}

static void put_literals(literal_index *x, const keyed *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const keyed *k = &keys[i], *next = i + 1 < count ? k + 1 : NULL;
		key_slot *slot = &x->keys[key_place(x, k->first)];
		slot->key = k->first;
		slot->skip = (uint8_t)k->skip;
		uint32_t place = place_of(x, slot, k->len);
		tail_slot *tail = &x->tails[tail_place(x, k->second, place)];
		if (k->len == 0 && !slot->alone)
			slot->alone = (uint32_t)i + 1;
		if (k->len && !tail->first)
			*tail = (tail_slot){ .key = k->second, .place = place, .first = (uint32_t)i + 1 };
		slot->lengths |= (uint16_t)(k->len ? 1u << k->len : 0);
		x->literals.ptr[i] = k->one;
		x->literals.ptr[i].last =
			!next || next->first != k->first || next->len != k->len || next->second != k->second;
		let_through(&x->filter, k);
	}
}

void index_build(literal_index *x, arena *a)
{
	size_t count = x->literals.len;
	size_t slots = (size_t)1 << bits_for(count, 4);
	int filter = bits_for(count << FILTER_SPARSE, FILTER_BITS_MIN);
	filter = filter < FILTER_BITS_MAX ? filter : FILTER_BITS_MAX;
	size_t filter_words = (size_t)1 << (filter - 6);
	arena scratch = { 0 };
	keyed *keys = NEWN(&scratch, keyed, count + 1);
	x->filter.shift = 64 - filter;
	x->filter.bits = NEWN(a, uint64_t, filter_words);
	x->filter.alone = NEWN(a, uint64_t, filter_words);
	x->filter.following = NEWN(a, uint64_t, filter_words);
	x->keys = NEWN(a, key_slot, slots);
	x->tails = NEWN(a, tail_slot, slots);
	x->mask = slots - 1;
	a->failed |= scratch.failed;
	if (!a->failed) {
		for (size_t i = 0; i < count; i++)
			keys[i] = key_of(&x->filter, x->literals.ptr[i], i);
		qsort(keys, count, sizeof *keys, by_key);
		put_literals(x, keys, count);
	}
	arena_free(&scratch);
}

const key_slot *index_key(const literal_index *x, uint64_t key)
{
	const key_slot *k = &x->keys[key_place(x, key)];
	return k->skip ? k : NULL;
}

const literal *index_next(const literal_index *x, const key_slot *k, uint64_t after, unsigned *len)
{
	if (*len == 0) {
		*len = 1;
		if (k->alone)
			return &x->literals.ptr[k->alone - 1];
	}
	for (unsigned left; (left = (unsigned)k->lengths >> *len);) {
		unsigned n = *len + (unsigned)__builtin_ctz(left);
		*len = n + 1;
		const tail_slot *t = &x->tails[tail_place(x, scan_key(after, n), place_of(x, k, n))];
		if (t->first)
			return &x->literals.ptr[t->first - 1];
	}
	return NULL;
}
