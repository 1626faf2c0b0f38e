#include "plan/splice.h"

#include "base/buf.h"

#include <stdlib.h>

void splice_add(arena *a, vec_splice *list, size_t from, size_t to, str with)
{
	vec_push(a, list, (splice){ .from = from, .to = to, .with = with });
}

typedef struct {
	splice splice;
	size_t number; /* in the order of adding */
} numbered;

static int compare(const void *left, const void *right)
{
	const numbered *a = left, *b = right;
	if (a->splice.from != b->splice.from)
		return a->splice.from < b->splice.from ? -1 : 1;
	bool a_inserts = a->splice.to == a->splice.from, b_inserts = b->splice.to == b->splice.from;
	if (a_inserts != b_inserts)
		return a_inserts ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

void splice_sort(arena *a, vec_splice *list)
{
	numbered *sorted = NEWN(a, numbered, list->len);
	if (!sorted)
		return;
	for (size_t i = 0; i < list->len; i++)
		sorted[i] = (numbered){ .splice = list->ptr[i], .number = i };
	qsort(sorted, list->len, sizeof *sorted, compare);
	for (size_t i = 0; i < list->len; i++)
		list->ptr[i] = sorted[i].splice;
}

bool splice_apply(str *out, arena *a, str text, size_t from, size_t to, const vec_splice *list)
{
	buf b = { .arena = a };
	size_t at = from;
	EACH (const splice, s, *list) {
		if (s->from < at || s->to < s->from || s->to > to)
			return false;
		buf_str(&b, str_sub(text, at, s->from - at));
		buf_str(&b, s->with);
		at = s->to;
	}
	buf_str(&b, str_sub(text, at, to - at));
	*out = buf_done(&b);
	return !a->failed;
}

size_t splice_origin(const vec_splice *list, size_t at)
{
	size_t made = 0, original = 0; /* both behind what was walked */
	EACH (const splice, s, *list) {
		size_t kept = s->from - original;
		if (at < made + kept)
			break;
		if (at < made + kept + s->with.len)
			return s->from;
		made += kept + s->with.len;
		original = s->to;
	}
	return original + (at - made);
}
