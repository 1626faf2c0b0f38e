/* Other matchers behind one face, as far as they are installed. */
#ifndef BENCH_LEXICON_H
#define BENCH_LEXICON_H

#include <stddef.h>

typedef enum {
	OTHER_VECTORSCAN,       /* literals without case, block mode, every match reported */
	OTHER_VECTORSCAN_WORDS, /* regular expressions with borders, which names a text has */
	OTHER_RE2_SET,          /* the same */
	OTHER_KINDS
} other_kind;

typedef struct other_matcher other_matcher;

#ifdef __cplusplus
extern "C" {
#endif

/* NULL if it is not installed. Names are found by their number. */
other_matcher *other_new(other_kind kind, const char *const *names, size_t count);
void other_free(other_matcher *m);
const char *other_name(const other_matcher *m);
size_t other_scan(other_matcher *m, const char *text, size_t len); /* how many were found */
/* Which; borrowed until the next call. A number may come more than once. */
const unsigned *other_ids(other_matcher *m, const char *text, size_t len, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
