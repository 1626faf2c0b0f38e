/* What the checks know about words. Case is ignored everywhere. */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include "base/str.h"

/* One bit, 1 << bloom, for each level at which lists of measurable verbs have this base form; 0: none has it.
 */
unsigned words_verb_levels(str word);
bool words_denied(
	str word); /* opens an outcome that nobody could see: understand, know, be (familiar with) */
bool words_condition(str word); /* opens a phrase that says when or how well: given, within, so that */
/* The beginning of an outcome that says what is taught and not what is learned; empty if it does not. */
str words_teacher_side(str text);
str words_suggest_verb(str word); /* a measurable verb that was perhaps meant; empty if none is near */
bool words_degree(str word);      /* says only how much or how well: mostly, very, good */
bool words_number(str word);      /* digits, or a number in letters */
bool words_observable(str word);  /* an artifact, a quantity or a behaviour, in any of its forms */
str words_vague(str text);        /* the first vague word or phrase in it; empty if there is none */
bool words_empty_link(str text);  /* link text that says nothing about its target */
const char *words_unsorted(void); /* for a test: a word out of order in a table, or NULL */

#endif
