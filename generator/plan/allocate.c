/* A binary heap of claims by their next quotient, so that a unit costs log(claims). */
#include "plan/allocate.h"

#include <math.h>
#include <stdlib.h>

static double quotient(const claim *c)
{
	return c->weight / (2.0 * c->units + 1);
}

static bool before(const claim *a, const claim *b)
{
	double x = quotient(a), y = quotient(b);
	return x != y ? x > y : str_cmp(a->id, b->id) < 0;
}

static void sink(claim **heap, size_t count, size_t at)
{
	for (;;) {
		size_t best = at;
		for (size_t child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++)
			if (before(heap[child], heap[best]))
				best = child;
		if (best == at)
			return;
		claim *moved = heap[at];
		heap[at] = heap[best];
		heap[best] = moved;
		at = best;
	}
}

bool allocate(claim *claims, size_t count, int total, arena *scratch)
{
	claim **heap = NEWN(scratch, claim *, count);
	size_t open = 0;
	int left = total;
	for (size_t i = 0; i < count; i++) {
		claims[i].units = claims[i].min;
		left -= claims[i].min;
		if (heap && claims[i].min < claims[i].max)
			heap[open++] = &claims[i];
	}
	if (!heap)
		return left == 0;
	for (size_t i = open / 2; i-- > 0;)
		sink(heap, open, i);
	for (; left > 0 && open; left--) {
		if (++heap[0]->units == heap[0]->max)
			heap[0] = heap[--open];
		sink(heap, open, 0);
	}
	return left == 0;
}

typedef struct {
	double rest;
	size_t at;
} remainder_of;

static int by_remainder(const void *x, const void *y)
{
	const remainder_of *a = x, *b = y;
	if (a->rest != b->rest)
		return a->rest > b->rest ? -1 : 1;
	return a->at < b->at ? -1 : 1;
}

void allocate_percent(const double *weights, int *out, size_t count, int total, arena *scratch)
{
	double sum = 0;
	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	remainder_of *rest = NEWN(scratch, remainder_of, count);
	if (!rest)
		return;
	int least = (size_t)total >= count ? 1 : 0, given = 0, share = total - least * (int)count;
	for (size_t i = 0; i < count; i++) {
		double exact = sum > 0 ? share * weights[i] / sum : (double)share / (double)count;
		out[i] = least + (int)floor(exact);
		given += out[i];
		rest[i] = (remainder_of){ .rest = exact - floor(exact), .at = i };
	}
	qsort(rest, count, sizeof *rest, by_remainder);
	for (size_t i = 0; given < total; i = (i + 1) % count, given++)
		out[rest[i].at]++;
}
