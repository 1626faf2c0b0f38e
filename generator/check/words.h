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
/* What a word is for that is about nothing by itself; 0 for all others. */
enum {
	WORD_PLAIN = 1,     /* none of the following */
	WORD_ARTICLE = 2,   /* opens a noun phrase: the, its */
	WORD_ADVERB = 4,    /* may stand before a verb: never, only */
	WORD_VERB = 8,      /* cannot, is, lacks */
	WORD_LINK = 16,     /* opens a phrase or clause that needs another: with, when */
	WORD_NEGATIVE = 32, /* says that something is not there */
	WORD_JOIN = 64      /* a new clause begins: and, without */
};
unsigned words_function(str word);
bool words_empty_link(str text);  /* link text that says nothing about its target */
str words_of_the_above(str text); /* "all of the above" and the like; empty if it says nothing of the kind */
/* Words by which a question asks for what is not so; empty if it does not. */
str words_negative_stem(str text);
bool words_common(str word);      /* grammar, or a word of asking: no clue to an answer */
const char *words_unsorted(void); /* for a test: a word out of order in a table, or NULL */

#endif
