#include "evidence/shingles.h"

#include <stdlib.h>

static uint64_t mix(uint64_t x)
{
	/* The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
	x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
	x = (x ^ x >> 27) * 0x94D049BB133111EBu;
	return x ^ x >> 31;
}

static uint64_t join(uint64_t a, uint64_t b)
{
	return mix(a * 0x9E3779B97F4A7C15u + b);
}

/* ---- words */

/* How many bytes of a separator stand here; 0 inside a word. General punctuation is E2 80 and E2 81, the
 * signs of Latin-1 are C2: typographic quotes and dashes must separate as plain ones do. */
static size_t separator(str s, size_t at)
{
	unsigned char c = (unsigned char)s.ptr[at];
	if (c < 0x80)
		return !is_alnum((char)c);
	if (c == 0xC2 && at + 1 < s.len)
		return 2;
	if (c == 0xE2 && at + 2 < s.len && ((unsigned char)s.ptr[at + 1] & 0xFE) == 0x80)
		return 3;
	return 0;
}

/* The next word's hash; 0 at the end of the text. */
static uint64_t next_word(str s, size_t *at)
{
	size_t skip;
	while (*at < s.len && (skip = separator(s, *at)) > 0)
		*at += skip;
	if (*at >= s.len)
		return 0;
	uint64_t h = 0xCBF29CE484222325u;
	for (; *at < s.len && separator(s, *at) == 0; ++*at)
		h = (h ^ (unsigned char)to_lower(s.ptr[*at])) * 0x100000001B3u;
	h = mix(h);
	return h ? h : 1;
}

uint64_t words_hash(list_hash words)
{
	uint64_t h = words.len;
	EACH (const uint64_t, w, words)
		h = join(h, *w);
	return h;
}

static bool is_notice(list_hash words, const hash_family *f)
{
	if (words.len > NOTICE_WORDS)
		return false;
	for (size_t i = 1; i < words.len; i++) {
		uint64_t pair = join(words.ptr[i - 1], words.ptr[i]);
		for (size_t k = 0; k < NOTICES; k++)
			if (f->notices[k] == pair)
				return true;
	}
	return false;
}

void hashed_words_read(hashed_words *out, arena *a, str text, const hash_family *f)
{
	*out = (hashed_words){ 0 };
	for (str_cut cut = { .tail = text, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		size_t from = out->words.len, at = 0;
		for (uint64_t w; (w = next_word(cut.head, &at)) != 0;)
			vec_push(a, &out->words, w);
		if (a->failed)
			return;
		size_t len = out->words.len - from;
		if (len == 0)
			continue;
		list_hash words = { .ptr = out->words.ptr + from, .len = len };
		bool notice = is_notice(words, f);
		vec_push(a, &out->blocks,
			(text_block){
				.hash = words_hash(words), .from = from, .len = len, .notice = notice, .skipped = notice });
	}
}

uint64_t title_hash(arena *scratch, str title, str location)
{
	vec_hash kept = { 0 };
	size_t at = 0;
	for (uint64_t w; (w = next_word(title, &at)) != 0;) {
		bool place = false;
		size_t there = 0;
		for (uint64_t other; !place && (other = next_word(location, &there)) != 0;)
			place = other == w;
		if (!place)
			vec_push(scratch, &kept, w);
	}
	return words_hash((list_hash){ .ptr = kept.ptr, .len = kept.len });
}

/* ---- shingles */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

void hashes_sort(list_hash *list)
{
	if (list->len < 2)
		return;
	qsort(list->ptr, list->len, sizeof *list->ptr, by_value);
	size_t kept = 1;
	for (size_t i = 1; i < list->len; i++)
		if (list->ptr[i] != list->ptr[kept - 1])
			list->ptr[kept++] = list->ptr[i];
	list->len = kept;
}

static list_hash one_hash(arena *a, uint64_t h)
{
	uint64_t *room = NEW(a, uint64_t);
	if (!room)
		return (list_hash){ 0 };
	*room = h;
	return (list_hash){ .ptr = room, .len = 1 };
}

/* The words outside of skipped blocks, in room for all. */
static list_hash kept_words(arena *a, const hashed_words *t)
{
	list_hash kept = { .ptr = NEWN(a, uint64_t, t->words.len) };
	if (!kept.ptr)
		return kept;
	EACH (const text_block, b, t->blocks) {
		if (b->skipped)
			continue;
		memcpy(kept.ptr + kept.len, t->words.ptr + b->from, b->len * sizeof *kept.ptr);
		kept.len += b->len;
	}
	return kept;
}

list_hash shingles_make(arena *a, const hashed_words *t, uint64_t title, uint64_t employer)
{
	list_hash all = { .ptr = t->words.ptr, .len = t->words.len };
	if (all.len == 0)
		return (list_hash){ 0 };
	if (all.len < SHORT_WORDS)
		return one_hash(a, join(words_hash(all), join(title, employer)));
	list_hash words = kept_words(a, t);
	uint64_t salt = 0;
	if (words.len < SHORT_WORDS) {
		words = all;
		salt = title;
	}
	list_hash out = { .ptr = NEWN(a, uint64_t, words.len) };
	if (!out.ptr)
		return out;
	for (size_t i = 0; i + SHINGLE_WORDS <= words.len; i++) {
		uint64_t h = salt;
		for (size_t k = 0; k < SHINGLE_WORDS; k++)
			h = join(h, words.ptr[i + k]);
		out.ptr[out.len++] = h;
	}
	hashes_sort(&out);
	return out;
}

double shingles_jaccard(list_hash a, list_hash b)
{
	size_t i = 0, k = 0, both = 0;
	while (i < a.len && k < b.len) {
		if (a.ptr[i] == b.ptr[k]) {
			both++;
			i++;
			k++;
		} else if (a.ptr[i] < b.ptr[k])
			i++;
		else
			k++;
	}
	size_t either = a.len + b.len - both;
	return either ? (double)both / (double)either : 0;
}

/* ---- bands */

static uint64_t word_of(const char *c)
{
	size_t at = 0;
	return next_word(str_from(c), &at);
}

void hash_family_init(hash_family *f)
{
	static const char *const notices[NOTICES][2] = {
		{ "equal", "opportunity" },
		{ "equal", "opportunities" },
		{ "equal", "employment" },
		{ "without", "regard" },
		{ "reasonable", "accommodation" },
		{ "reasonable", "accommodations" },
		{ "protected", "veteran" },
		{ "affirmative", "action" },
		{ "gender", "identity" },
		{ "sexual", "orientation" },
		{ "sexuelle", "orientierung" },
		{ "sexueller", "orientierung" },
		{ "orientation", "sexuelle" },
		{ "seksuele", "geaardheid" },
	};
	uint64_t seed = 0;
	for (size_t i = 0; i < BANDS * BAND_ROWS; i++) {
		f->times[i] = mix(seed += 0x9E3779B97F4A7C15u) | 1;
		f->plus[i] = mix(seed += 0x9E3779B97F4A7C15u);
	}
	for (size_t i = 0; i < NOTICES; i++)
		f->notices[i] = join(word_of(notices[i][0]), word_of(notices[i][1]));
}

void shingles_bands(uint64_t out[BANDS], list_hash shingles, const hash_family *f)
{
	uint32_t least[BANDS * BAND_ROWS];
	memset(least, 0xFF, sizeof least);
	EACH (const uint64_t, s, shingles)
		for (size_t i = 0; i < BANDS * BAND_ROWS; i++) {
			uint32_t h = (uint32_t)((*s * f->times[i] + f->plus[i]) >> 32);
			least[i] = h < least[i] ? h : least[i];
		}
	for (size_t band = 0; band < BANDS; band++) {
		out[band] = band;
		for (size_t row = 0; row < BAND_ROWS; row++)
			out[band] = join(out[band], least[band * BAND_ROWS + row]);
	}
}
