/* Where there is no C++ compiler there are no other matchers. */
#include "bench_lexicon.h"

other_matcher *other_new(other_kind kind, const char *const *names, size_t count)
{
	(void)kind;
	(void)names;
	(void)count;
	return NULL;
}

void other_free(other_matcher *m)
{
	(void)m;
}

const char *other_name(const other_matcher *m)
{
	(void)m;
	return "none";
}

size_t other_scan(other_matcher *m, const char *text, size_t len)
{
	(void)m;
	(void)text;
	(void)len;
	return 0;
}

const unsigned *other_ids(other_matcher *m, const char *text, size_t len, size_t *count)
{
	(void)m;
	(void)text;
	(void)len;
	*count = 0;
	return NULL;
}
