/* The words that a blueprint's texts are filled in with. */
#ifndef MODEL_BLUEPRINT_H
#define MODEL_BLUEPRINT_H

#include "model/catalog.h"

/* id, skill, subject, notes and level. Borrowed: everything given. */
list_fill_word blueprint_words(arena *a, str id, str skill, str notes, int level);
/* The name of a skill as a sentence can go on with it: without what stands in parentheses at its end, and
 * without a last word that only says how far it is known ("Docker fundamentals", "CI/CD exposure"). */
str blueprint_subject(str skill);

#endif
