/* How hard English prose is to read: Flesch, "A new readability yardstick", Journal of Applied Psychology 32
 * (1948). */
#ifndef CHECK_READING_EASE_H
#define CHECK_READING_EASE_H

#include "base/str.h"

/* The band, and the least number of words that a mean says something about. Texts for universities are put at
 * 30 to 60; but plain sentences about technology reach 63 to 74, because its terms are short (pod, node,
 * shard), and nobody is served by making them harder. Above 80 a text is that of a primary school, or falls
 * into fragments. */
enum { READING_EASE_MIN = 30, READING_EASE_MAX = 80, READING_WORDS_MIN = 100 };

typedef struct {
	size_t sentences, words, syllables;
} reading_counts;

/* Adds those of the text, whose end ends a sentence too. */
void reading_count(reading_counts *n, str text);
/* 206.835 - 1.015 words a sentence - 84.6 syllables a word; 0 without words. The higher, the easier. */
double reading_ease(const reading_counts *n);
/* Groups of vowels, without a silent `e` at the end (also in -ed and -es); at least one. */
size_t reading_syllables(str word);

#endif
