/* The words by which a posting is understood: headings, "is a plus", "years". They are data of the catalogue
 * (kind -> phrases); here they become an index, and a text becomes tokens that can be compared with them. */
#ifndef EVIDENCE_WORDING_H
#define EVIDENCE_WORDING_H

#include "model/catalog.h"

/* A run of letters and digits. A hyphen or an apostrophe ends it, so that "what you'll do" and "nice-to-have"
 * are written in one way; so does the end of a leading number ("5yrs"). A Chinese character is a token. */
typedef struct {
	uint32_t from, to; /* bytes of the text */
	uint32_t word;     /* 0: in no phrase */
} token;

typedef VEC(token) vec_token;
typedef LIST(token) list_token;

typedef struct phrase phrase;
struct phrase {
	const phrase *next; /* the next one with the same first word, not longer than this */
	const uint32_t *words;
	uint32_t len;
	int kind;       /* wording_kind */
	uint32_t place; /* in its list, from 1: what a number word means */
	uint32_t order; /* among all phrases */
	bool capitals;  /* written without small letters: so it must stand in the text */
};

typedef struct wordings wordings;

#define WORDING_PHRASE_WORDS 16 /* longer phrases are cut */
#define KIND(kind) ((uint64_t)1 << (kind))

/* NULL once memory ran out. Everything lives in `a`. */
wordings *wordings_new(arena *a, const catalog *c);
/* Adds the tokens of text[from, to). */
void wordings_tokens(vec_token *out, const wordings *w, str text, uint32_t from, uint32_t to, arena *a);
/* The longest phrase of one of the `kinds` (KIND() of each) that begins with token `at` of `count`; NULL if
 * there is none. */
const phrase *wordings_at(
	const wordings *w, str text, const token *tokens, size_t at, size_t count, uint64_t kinds);

#endif
