/* What the parts of understanding share: the posting at hand, its tokens, and what was found so far. */
#ifndef EVIDENCE_UNDERSTAND_PARTS_H
#define EVIDENCE_UNDERSTAND_PARTS_H

#include "evidence/understand.h"
#include "evidence/wording.h"

#define DEGREES (KIND(WORDING_BACHELOR) | KIND(WORDING_MASTER) | KIND(WORDING_DOCTORATE))

typedef VEC(posting_section) vec_section;
typedef VEC(mention) vec_mention;
typedef VEC(years_mention) vec_years;

typedef struct {
	const wordings *words;
	const posting *posting;
	str text;
	vec_token tokens;     /* of the whole text */
	vec_section sections; /* without gaps, from the first block to the last */
	vec_mention mentions; /* by place */
	vec_years years;
	bool degrees[3];         /* bachelor, master, doctorate */
	vec_sentence *sentences; /* NULL: nobody asks for them */
	uint32_t choices;
	arena *arena; /* for results */
	arena *scratch;
} study;

/* A part of a block that ends with a full stop, or with the block. */
typedef struct {
	size_t from, to;      /* tokens */
	uint32_t at, end;     /* bytes */
	size_t mention, last; /* mentions that begin in it */
	const posting_block *block;
	section_kind section; /* in which it stands */
} sentence;

/* The first token that begins at or after byte `at`. */
size_t token_at(const study *r, uint32_t at);
bool token_is(const study *r, size_t at, size_t end, uint64_t kinds);
/* The sign at byte i, which ends before `end`: a byte that is no sign is given as it is. */
char sign_at(str text, uint32_t i, uint32_t end);
/* Whether one of the characters stands between two neighbouring tokens. */
bool gap_has(const study *r, size_t left, const char *characters);

/* From the blocks to sections. */
void sections_find(study *r);
/* Strength, negation and alternatives of the mentions of one sentence. */
void clauses_judge(study *r, const sentence *s);
/* Years of experience and degrees that one sentence asks for. */
void years_mentioned(study *r, const sentence *s);

#endif
