/* Finds the beginnings of words, 64 bytes at a time, and lets through those whose first bytes some entry
 * begins with. Nothing here depends on the size of the lexicon. */
#include "evidence/lexicon_parts.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/* For functions that go into each of those that are made for one kind of processor. */
#define ALWAYS __attribute__((always_inline))

enum { FLATTEN_STEP = 8 };

byte_classes scan_classes_scalar(const char *bytes)
{
	byte_classes c = { 0 };
	for (int i = 0; i < SCAN_BLOCK; i++) {
		c.word |= (uint64_t)is_alnum(bytes[i]) << i;
		c.lead |= (uint64_t)((unsigned char)bytes[i] >= 0xC0) << i;
	}
	return c;
}

#if defined(__SSE2__)
ALWAYS static inline __m128i below(__m128i v, char first, char count)
{
	__m128i distance = _mm_sub_epi8(v, _mm_set1_epi8(first));
	return _mm_cmpeq_epi8(_mm_min_epu8(distance, _mm_set1_epi8((char)(count - 1))), distance);
}

ALWAYS static inline byte_classes scan_classes_inline(const char *bytes)
{
	byte_classes c = { 0 };
	for (int i = 0; i < SCAN_BLOCK; i += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i word = _mm_or_si128(below(_mm_or_si128(v, _mm_set1_epi8(0x20)), 'a', 26), below(v, '0', 10));
		__m128i lead = below(v, (char)0xC0, 0x40);
		c.word |= (uint64_t)(uint32_t)_mm_movemask_epi8(word) << i;
		c.lead |= (uint64_t)(uint32_t)_mm_movemask_epi8(lead) << i;
	}
	return c;
}
#else
ALWAYS static inline byte_classes scan_classes_inline(const char *bytes)
{
	return scan_classes_scalar(bytes);
}
#endif

byte_classes scan_classes(const char *bytes)
{
	return scan_classes_inline(bytes);
}

ALWAYS static inline size_t character_bytes(unsigned char lead)
{
	return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

size_t scan_key_bytes(str word)
{
	size_t n = 0;
	if (word.len && (unsigned char)word.ptr[0] >= 0x80)
		n = character_bytes((unsigned char)word.ptr[0]);
	else
		while (n < word.len && n < KEY_BYTES && is_alnum(word.ptr[n]))
			n++;
	return n < word.len ? n : word.len;
}

/* One chunk on its way through three loops without branches that depend on the text: a mispredicted one costs
 * as much as looking at three words. */
typedef struct {
	const char *bytes;
	uint64_t word[SCAN_CHUNK / SCAN_BLOCK + 2], lead[SCAN_CHUNK / SCAN_BLOCK + 1]; /* classes */
	uint16_t starts[SCAN_CHUNK + FLATTEN_STEP];
	size_t count; /* of starts */
} chunk;

ALWAYS static inline void flatten(chunk *c, uint64_t starts, size_t base)
{
	uint16_t *out = c->starts + c->count;
	c->count += (size_t)__builtin_popcountll(starts);
	while (starts) {
		for (int i = 0; i < FLATTEN_STEP; i++) {
			/* once there are none, something that is overwritten */
			out[i] = (uint16_t)(base + (size_t)__builtin_ctzll(starts | (uint64_t)1 << 63));
			starts &= starts - 1;
		}
		out += FLATTEN_STEP;
	}
}

/* How many letters and digits stand from `at` on, up to KEY_BYTES. */
ALWAYS static inline size_t run_length(const chunk *c, size_t at)
{
	const uint64_t *word = c->word + at / SCAN_BLOCK;
	size_t shift = at % SCAN_BLOCK;
	uint64_t bits = word[0] >> shift | (word[1] << 1) << (SCAN_BLOCK - 1 - shift);
	return (size_t)__builtin_ctzll(~bits | 1u << KEY_BYTES);
}

ALWAYS static inline bool has_bit(const uint64_t *bits, uint64_t bit)
{
	return bits[bit >> 6] >> (bit & 63) & 1;
}

/* Writes the word in any case and counts it if it passes. */
ALWAYS static inline size_t offer(
	const key_filter *f, scan_word *out, size_t count, uint64_t key, size_t at, size_t len)
{
	out[count] = (scan_word){ .key = key, .at = (uint32_t)at, .len = (uint32_t)len };
	return count + has_bit(f->bits, scan_hash(key) >> f->shift);
}

ALWAYS static inline size_t filter_words(const key_filter *f, const chunk *c, size_t base, scan_word *out)
{
	const key_filter local = *f;
	size_t count = 0;
	for (size_t i = 0; i < c->count; i++) {
		size_t at = c->starts[i], run = run_length(c, at);
		uint64_t key = scan_load(c->bytes + at) & (UINT64_MAX >> (64 - 8 * run));
		count = offer(&local, out, count, key, base + at, run);
	}
	return count;
}

/* Words whose end a pattern leaves open, of which there are few. */
ALWAYS static inline size_t filter_open(
	const key_filter *f, const chunk *c, size_t base, scan_word *out, size_t count)
{
	for (size_t len = OPEN_BYTES - 1; len <= OPEN_BYTES; len++)
		for (size_t i = 0; f->open[len] && i < c->count; i++) {
			size_t at = c->starts[i];
			if (run_length(c, at) >= len)
				count = offer(f, out, count, scan_open_key(scan_load(c->bytes + at), len), base + at, len);
		}
	return count;
}

ALWAYS static inline size_t filter_leads(
	const key_filter *f, const chunk *c, size_t base, scan_word *out, size_t count)
{
	for (size_t block = 0; f->beyond_ascii && block < SCAN_CHUNK / SCAN_BLOCK; block++)
		for (uint64_t leads = c->lead[block]; leads; leads &= leads - 1) {
			size_t at = block * SCAN_BLOCK + (size_t)__builtin_ctzll(leads);
			size_t len = character_bytes((unsigned char)c->bytes[at]);
			count = offer(f, out, count, scan_key(scan_load(c->bytes + at), len), base + at, len);
		}
	return count;
}

/* Of the words that some name begins with, most go on in another way. */
ALWAYS static inline size_t filter_following(
	const key_filter *f, const chunk *c, size_t base, scan_word *words, size_t count)
{
	const key_filter local = *f;
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		scan_word w = words[i];
		uint64_t next = scan_following(scan_load(c->bytes + (w.at - base) + w.len));
		words[kept] = w;
		/* Both are asked, without a branch that would be guessed wrong every other time. */
		unsigned alone = has_bit(local.alone, scan_hash(w.key) >> local.shift);
		unsigned followed = has_bit(local.following, scan_hash(w.key ^ next) >> local.shift);
		kept += alone | followed;
	}
	return kept;
}

ALWAYS static inline size_t scan_chunk(
	const key_filter *f, chunk *c, size_t len, uint64_t before, size_t base, scan_word *out)
{
	size_t blocks = (len + SCAN_BLOCK - 1) / SCAN_BLOCK;
	for (size_t i = 0; i <= blocks; i++) {
		byte_classes found = scan_classes_inline(c->bytes + i * SCAN_BLOCK);
		c->word[i] = found.word;
		c->lead[i] = i < blocks ? found.lead : 0;
	}
	for (size_t i = blocks + 1; i <= SCAN_CHUNK / SCAN_BLOCK; i++)
		c->lead[i] = 0;
	c->word[blocks + 1] = 0;
	for (size_t i = 0; i < blocks; i++) {
		flatten(c, c->word[i] & ~(c->word[i] << 1 | before), i * SCAN_BLOCK);
		before = c->word[i] >> 63;
	}
	size_t count = filter_words(f, c, base, out);
	count = filter_open(f, c, base, out, count);
	count = filter_leads(f, c, base, out, count);
	return filter_following(f, c, base, out, count);
}

typedef size_t scan_function(
	const key_filter *f, chunk *c, size_t len, uint64_t before, size_t base, scan_word *out);

static size_t scan_chunk_plain(
	const key_filter *f, chunk *c, size_t len, uint64_t before, size_t base, scan_word *out)
{
	return scan_chunk(f, c, len, before, base, out);
}

#if defined(__x86_64__)
/* The same with the instructions that count and shift bits. */
__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))) static size_t scan_chunk_avx2(
	const key_filter *f, chunk *c, size_t len, uint64_t before, size_t base, scan_word *out)
{
	return scan_chunk(f, c, len, before, base, out);
}
#endif

static size_t scan_with(scan_function *scan, const key_filter *f, str text, size_t *at, scan_word *out)
{
	char padded[SCAN_CHUNK + SCAN_AFTER];
	chunk c;
	size_t rest = text.len - *at, base = *at;
	c.bytes = text.ptr + base;
	c.count = 0;
	size_t len = rest < SCAN_CHUNK ? rest : SCAN_CHUNK;
	if (rest < sizeof padded) {
		memcpy(padded, c.bytes, rest);
		memset(padded + rest, 0, sizeof padded - rest);
		c.bytes = padded;
	}
	*at += len;
	return scan(f, &c, len, base && is_alnum(text.ptr[base - 1]), base, out);
}

size_t scan_words_plain(const key_filter *f, str text, size_t *at, scan_word *out)
{
	return scan_with(scan_chunk_plain, f, text, at, out);
}

size_t scan_words(const key_filter *f, str text, size_t *at, scan_word *out)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"))
		return scan_with(scan_chunk_avx2, f, text, at, out);
#endif
	return scan_with(scan_chunk_plain, f, text, at, out);
}
