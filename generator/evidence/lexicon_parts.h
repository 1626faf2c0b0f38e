/* What the files of the lexicon share. A text is scanned for words; a word that some entry may begin with is
 * looked up by its first bytes and by those that follow; borders or a pattern decide. */
#ifndef EVIDENCE_LEXICON_PARTS_H
#define EVIDENCE_LEXICON_PARTS_H

#include "evidence/lexicon.h"

#include <stdatomic.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	KEY_BYTES = 8,       /* of a word's beginning */
	OPEN_BYTES = 3,      /* of a word whose end a pattern leaves open */
	FOLLOWING_BYTES = 2, /* behind a key that must go on */
	SCAN_BLOCK = 64,     /* bytes that are classified at once */
	SCAN_CHUNK = 512,    /* bytes that are scanned at once */
	SCAN_AFTER = 72,     /* bytes behind a chunk that are read with it */
	WORD_KINDS = 3,      /* a word can be looked up whole, by OPEN_BYTES and by one less */
	LITERALS_MAX = 32,   /* alternatives with which a pattern can begin */
	LITERAL_BYTES = 24,  /* of each */
};

/* ---- lexicon_scan.c */

/* Of 64 bytes: which are ASCII letters or digits, and which begin a character beyond ASCII. */
typedef struct {
	uint64_t word, lead;
} byte_classes;

byte_classes scan_classes(const char *bytes);        /* by SIMD where there is any */
byte_classes scan_classes_scalar(const char *bytes); /* its twin */

/* A set of keys that may say yes to others. */
typedef struct {
	uint64_t *bits;
	uint64_t *alone;                         /* keys behind which anything may stand */
	uint64_t *following;                     /* keys with what stands behind them */
	int shift;                               /* of the hash, to an index of a bit */
	bool beyond_ascii, open[OPEN_BYTES + 1]; /* which kinds of keys it has */
} key_filter;

typedef struct {
	uint64_t key;
	uint32_t at, len; /* of the key, in bytes */
} scan_word;

/* Eight bytes, folded: letters lose their case, and a few signs become others. */
static inline uint64_t scan_load(const char *bytes)
{
	uint64_t v;
	memcpy(&v, bytes, sizeof v);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	v = __builtin_bswap64(v);
#endif
	return v | 0x2020202020202020u;
}

/* Of the first `len` bytes, at most eight. */
static inline uint64_t scan_key(uint64_t loaded, size_t len)
{
	return len == 0 ? 0 : loaded & (UINT64_MAX >> (64 - 8 * len));
}

/* Differs from all keys of the other kind: no text has such a byte. */
static inline uint64_t scan_open_key(uint64_t loaded, size_t len)
{
	return scan_key(loaded, len) | (uint64_t)0xFF << 56;
}

/* To be mixed into a key: the FOLLOWING_BYTES behind it. */
static inline uint64_t scan_following(uint64_t loaded)
{
	return (scan_key(loaded, FOLLOWING_BYTES) + 1) << 24;
}

static inline uint64_t scan_hash(uint64_t key)
{
	return key * 0x9E3779B97F4A7C15u;
}

/* Bytes of the key of a word: its first letters and digits, or its first character if that is beyond ASCII.
 */
size_t scan_key_bytes(str word);
/* Puts the words that begin in the next SCAN_CHUNK bytes of `text` and that the filter lets through into
 * `out` (room for SCAN_CHUNK * WORD_KINDS) and moves `at`. */
size_t scan_words(const key_filter *f, str text, size_t *at, scan_word *out);
/* The same without the instructions that not every processor has. */
size_t scan_words_plain(const key_filter *f, str text, size_t *at, scan_word *out);

/* ---- lexicon_index.c */

/* Something that must stand in the text as written, except for case. */
typedef struct {
	str text;
	uint32_t owner;   /* its concept */
	uint32_t pattern; /* number from 1 of the pattern that decides; 0: a name, whose borders decide */
	uint32_t lead;    /* bytes before its first word */
	bool match_case;
	bool open; /* its last word may go on */
	bool last; /* of those with the same keys */
} literal;

/* Literals with the same first key. Small, since the tables should stay in a fast cache. */
typedef struct {
	uint64_t key;
	uint32_t alone;   /* number from 1 of the first literal that is over where the key is */
	uint16_t lengths; /* of the second keys of all others, a bit each */
	uint8_t skip;     /* bytes of the first key; 0: the slot is free */
} key_slot;

/* Literals with the same first key and the same bytes after it. */
typedef struct {
	uint64_t key;
	uint32_t place; /* of the first key and the length: see place_of */
	uint32_t first; /* number from 1 of the first literal; 0: the slot is free */
} tail_slot;

typedef struct {
	VEC(literal) literals;
	key_filter filter;
	key_slot *keys;
	tail_slot *tails;
	size_t mask; /* slots in each table, less one */
} literal_index;

/* Adds one. What has no word in it can be found nowhere and is left out. */
void index_add(literal_index *x, arena *a, literal one);
void index_build(literal_index *x, arena *a);                    /* once, after the last index_add */
const key_slot *index_key(const literal_index *x, uint64_t key); /* NULL if there is none */
/* The next literals that fit `after`, the bytes behind the first key, folded: the first of them, and on to
 * the one marked `last`. NULL at the end. `*len` begins with 0. */
const literal *index_next(const literal_index *x, const key_slot *k, uint64_t after, unsigned *len);

/* ---- lexicon_border.c */

/* Whether the name at from..to stands for itself there, and is not a part of a longer word. */
bool border_holds(str text, size_t from, size_t to);
/* Whether `at` is between two ASCII letters or digits, where no match begins. */
bool border_inside(str text, size_t at);

/* ---- lexicon_literal.c */

typedef struct {
	char bytes[LITERAL_BYTES];
	uint8_t len;
	bool done;   /* what follows is not known */
	bool closed; /* at its end a word ends */
} pattern_start;

typedef struct {
	pattern_start ptr[LITERALS_MAX];
	size_t len;
} pattern_starts;

/* The literals one of which every match of the pattern begins with (behind assertions). False if there is
 * none by which a match can be found. */
bool pattern_literals(pattern_starts *out, str p);

/* ---- lexicon_pattern.c */

typedef struct {
	uint32_t owner;
	str text;
	pcre2_code *code;
	atomic_bool gave_up; /* on some text */
} pattern;

/* A concept with its conditions. */
typedef struct {
	const concept *concept;
	pcre2_code *near, *unless;
	bool never; /* a condition does not compile */
} owner;

struct lexicon {
	arena *arena;
	literal_index index;
	LIST(owner) owners;
	VEC(pattern) patterns;
	VEC(uint32_t) slow; /* patterns without a literal */
	pcre2_match_context *limits;
};

/* Of one pattern, while one text is searched. */
typedef struct {
	uint32_t past; /* no match begins before */
	uint32_t failures;
} pattern_state;

/* One search. What most texts do not need is made when it is first asked for. */
typedef struct {
	const lexicon *l;
	str text;
	vec_hit *out;
	arena *scratch;
	pcre2_match_data *match;
	pattern_state *states; /* of each pattern */
	uint8_t *near;         /* of each owner: 0 not asked yet, 1 no, 2 yes */
} finding;

/* Compiles the patterns and conditions of the concept and puts the literals of its patterns into the index.
 * Bad patterns are diagnostics. */
void pattern_add_all(lexicon *l, uint32_t number, diags *d);
void pattern_free_all(lexicon *l);
/* NULL if memory ran out. */
pcre2_match_context *pattern_limits(void);

/* Whether the conditions of a concept hold for what was found at from..to. */
bool pattern_allows(finding *f, uint32_t number, size_t from, size_t to);
/* Tries pattern `number` at `start` only. */
void pattern_try(finding *f, uint32_t number, size_t start);
/* Every match of a pattern that has no literal. */
void pattern_search(finding *f, uint32_t number);
void finding_add(finding *f, uint32_t number, str entry, size_t from, size_t to);

#endif
