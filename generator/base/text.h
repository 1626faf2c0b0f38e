/* Small things about words: slugs, suggestions, word counts. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include "base/vec.h"

/* An id from a name: lower case, everything but letters and digits becomes one hyphen, Latin letters lose
 * their accents, at most 60 bytes. "C++" becomes "c-plus-plus"; a name without letters or digits gives
 * "item". */
str text_slug(arena *a, str name);
/* Optimal string alignment distance, giving up beyond `most`. */
size_t text_distance(str a, str b, size_t most);
/* The nearest of `names` if it is near enough to be what was meant; empty otherwise. Ties: the first. */
str text_suggest(str given, const str *names, size_t count);
size_t text_words(str s); /* separated by white space */
/* The next word of letters and digits (hyphens and apostrophes inside) at or after `*at`; empty at the end.
 */
str text_next_word(str s, size_t *at);
str text_lower(arena *a, str s);    /* ASCII letters */
str text_one_line(arena *a, str s); /* runs of white space become one space; trimmed */
/* For a terminal: what would move the cursor, change colours or turn the direction of writing becomes "?".
 * Line feeds and tabs stay. Gives `s` itself if there is nothing of the kind. */
str text_printable(arena *a, str s);
/* ASCII case ignored; the hit is not inside a longer word (letters and digits on either side are part of
 * words). */
size_t text_find_word(str s, str word, size_t from, bool match_case);

/* YYYY-MM-DD, digits only, and a day that the calendar has. */
bool text_is_date(str s);
bool text_is_month(str s); /* YYYY-MM */

#endif
