/* How alike two texts are: words, blocks, shingles of five words, and the MinHash of them in bands. Pure
 * functions of the text; what counts as boilerplate is told from outside.
 * A. Broder, "On the resemblance and containment of documents", Compression and Complexity of Sequences
 * (1997), 21-29; banding as in Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3. */
#ifndef EVIDENCE_SHINGLES_H
#define EVIDENCE_SHINGLES_H

#include "base/vec.h"

enum {
	SHINGLE_WORDS = 5,
	BANDS = 25,
	BAND_ROWS = 5,      /* 125 hashes: a pair at 0.8 is missed once in 20,000, one at 0.3 found once in 17 */
	BLOCK_WORDS = 12,   /* shorter blocks are never boilerplate: they are the items that differ */
	SHORT_WORDS = 20,   /* a text of fewer words is a duplicate only of the same words */
	NOTICE_WORDS = 200, /* a longer block is not only a notice */
	NOTICES = 14
};
#define DUPLICATE_JACCARD 0.8

typedef LIST(uint64_t) list_hash;
typedef VEC(uint64_t) vec_hash;

/* A line of the text. */
typedef struct {
	uint64_t hash;    /* of its words, case ignored */
	size_t from, len; /* words */
	bool notice;      /* says something of equal opportunity, as the law has it */
	bool skipped;     /* boilerplate: set by the caller, and for notices */
} text_block;

typedef struct {
	vec_hash words;
	VEC(text_block) blocks;
} hashed_words;

/* The constants of the hash functions. They must never change: ledgers hold what came out of them. */
typedef struct {
	uint64_t times[BANDS * BAND_ROWS], plus[BANDS * BAND_ROWS];
	uint64_t notices[NOTICES];
} hash_family;

void hash_family_init(hash_family *f);
/* A word is letters and digits; other ASCII and the punctuation of other scripts separate. */
void hashed_words_read(hashed_words *out, arena *a, str text, const hash_family *f);
uint64_t words_hash(list_hash words);
/* Of the title's words without those of the location: "Engineer, Berlin" and "Engineer, Paris" are one. */
uint64_t title_hash(arena *scratch, str title, str location);

/* Sorted, each once, in `a`. Of what is left without the skipped blocks; if that is less than SHORT_WORDS, of
 * everything, and then only texts under the same title (`title`) can be alike, since most of it is
 * boilerplate. A text of fewer than SHORT_WORDS gives one shingle (`employer` must then be the same too); one
 * without words gives none. */
list_hash shingles_make(arena *a, const hashed_words *t, uint64_t title, uint64_t employer);
double shingles_jaccard(list_hash a, list_hash b); /* 0 if either is empty */
/* One number for each band; two texts are candidates if they share one. `shingles` is not empty. */
void shingles_bands(uint64_t out[BANDS], list_hash shingles, const hash_family *f);

void hashes_sort(list_hash *list); /* in place, and each only once */

#endif
