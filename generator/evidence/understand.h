/* What a posting says: its sections, and for each concept that it mentions where, how strongly, whether it is
 * denied and what the alternatives are; years of experience and education. docs/postings.md, "What counts",
 * is the description. */
#ifndef EVIDENCE_UNDERSTAND_H
#define EVIDENCE_UNDERSTAND_H

#include "evidence/lexicon.h"
#include "model/mention.h"

typedef struct understander understander;

/* Indexes the wording of the catalogue (`wording:`). NULL once memory ran out. It lives in `a`, is not
 * changed by use, and several threads may use it. */
understander *understander_new(arena *a, const catalog *c);
/* `hits` are those of the posting's text, as lexicon_find gives them. The result lives in `a` and refers to
 * the posting and the lexicon. If memory runs out, a->failed is latched and the result is empty. The cost
 * grows with the text. */
void understand(understanding *out, const understander *u, const posting *p, const vec_hit *hits, arena *a);

/* A part of one block of a posting, as it is judged; without the signs that stand between sentences. */
typedef struct {
	uint32_t from, to; /* bytes of the text */
	section_kind section;
} posting_sentence;

typedef VEC(posting_sentence) vec_sentence;

/* The sentences of a posting, by place. Failures and cost as above. */
void understand_sentences(vec_sentence *out, const understander *u, const posting *p, arena *a);

#endif
