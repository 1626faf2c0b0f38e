/* Which concepts a text names. Names and aliases match as whole words with ASCII case ignored; patterns are
 * PCRE2. */
#ifndef EVIDENCE_LEXICON_H
#define EVIDENCE_LEXICON_H

#include "model/facts.h"

typedef struct lexicon lexicon;

/* Indexes the concepts of the catalogue by the first word of each name and alias, and compiles the patterns.
 * Bad patterns are diagnostics. NULL once memory ran out. Release with lexicon_free: compiled patterns do not
 * live in the arena. */
lexicon *lexicon_new(arena *a, const catalog *c, diags *d);
void lexicon_free(lexicon *l);

/* Adds to `links` the concepts that `text` names and that are not in it yet, by place in the text. `where`
 * says what the text is. */
typedef VEC(concept_link) vec_link;
void lexicon_match(lexicon *l, vec_link *links, str text, const char *where);

/* Whether a pattern is found in a text; false for a pattern that does not compile. */
bool pattern_found(str pattern, str text);

#endif
