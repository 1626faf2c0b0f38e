/* Which concepts a text names. Names and aliases match as whole words with ASCII case ignored; patterns are
 * PCRE2. */
#ifndef EVIDENCE_LEXICON_H
#define EVIDENCE_LEXICON_H

#include "model/facts.h"

typedef struct lexicon lexicon;

/* Indexes the names, aliases and patterns of the catalogue's concepts. Bad patterns are errors; patterns that
 * have to be tried everywhere are warnings. NULL once memory ran out. Release with lexicon_free: compiled
 * patterns do not live in the arena. */
lexicon *lexicon_new(arena *a, const catalog *c, diags *d);
void lexicon_free(lexicon *l);
/* A warning for each pattern that took too many steps on some text. */
void lexicon_report(const lexicon *l, diags *d);

/* Adds to `links` the concepts that `text` names and that are not in it yet, by place in the text. `where`
 * says what the text is. */
typedef VEC(concept_link) vec_link;
void lexicon_match(lexicon *l, vec_link *links, str text, const char *where);
bool links_have(const vec_link *links, const concept *c);

/* One place in a text that names a concept. */
typedef struct {
	const concept *concept;
	uint32_t from, to; /* bytes of the text */
	str entry;         /* the name, alias or pattern that matched: borrowed from the catalogue */
} lexicon_hit;

typedef VEC(lexicon_hit) vec_hit;

/* Adds to `out`, in `scratch`, every place of `text` that names a concept: by place, the longer first, then
 * by id. Hits may overlap. The conditions of a concept hold for them, except its sections: those are the
 * caller's to ask. Several threads may use one lexicon, each with an arena of its own. If memory runs out,
 * scratch->failed is latched. */
void lexicon_find(vec_hit *out, const lexicon *l, str text, arena *scratch);

/* Whether a pattern is found in a text; false for a pattern that does not compile. */
bool pattern_found(str pattern, str text);

#endif
