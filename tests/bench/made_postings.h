/* Synthetic postings, the same for the same seed: a line of JSON each, of the shape `plain`. Their texts are
 * plain words with the names of the lexicon among them about as often as in real ones, and with blocks that
 * an employer puts into all of its postings. One in five is an earlier one again: in another city, by an
 * agency, or with a few words changed. */
#ifndef BENCH_MADE_POSTINGS_H
#define BENCH_MADE_POSTINGS_H

#include "base/buf.h"
#include "model/catalog.h"

typedef struct {
	const catalog *catalog;
	size_t bytes; /* of a text, about */
} made_options;

/* Appends posting number `n`. */
void made_posting_add(buf *out, const made_options *o, uint32_t n);
/* A file of `count`; the size of it, or 0 if it cannot be written. */
size_t made_postings_write(int fd, const made_options *o, uint32_t count);

#endif
