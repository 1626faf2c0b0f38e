#include "evidence/trend.h"

#include <math.h>
#include <stdlib.h>

/* Terms below this part of the largest add nothing to a double; R's fisher.test has the same tolerance for
 * tables that are as probable as the one seen. */
#define TERM_LEAST 1e-20
#define TERM_EQUAL 1.0000001

typedef struct {
	double first, second, named; /* sizes of both samples; how many name it in both together */
	double low, high;            /* what the first may be */
} margins;

/* How much more probable x + 1 is than x. */
static double ratio(const margins *m, double x)
{
	return (m->first - x) * (m->named - x) / ((x + 1) * (m->second - m->named + x + 1));
}

/* Walks from the mode, whose term is 1, in one direction; adds the terms up to `most` to `tail` and all to
 * `all`. */
static void walk(const margins *m, double mode, int step, double most, double *tail, double *all)
{
	double term = 1;
	for (double x = mode + step; x >= m->low && x <= m->high; x += step) {
		term *= step > 0 ? ratio(m, x - 1) : 1 / ratio(m, x);
		if (term < TERM_LEAST)
			break;
		*all += term;
		if (term <= most)
			*tail += term;
	}
}

static double term_at(const margins *m, double mode, double at)
{
	double term = 1;
	for (double x = mode; x < at && term > 0; x++)
		term *= ratio(m, x);
	for (double x = mode; x > at && term > 0; x--)
		term /= ratio(m, x - 1);
	return term;
}

double fisher_exact(double k1, double n1, double k2, double n2)
{
	margins m = { .first = n1, .second = n2, .named = k1 + k2 };
	m.low = fmax(0, m.named - n2);
	m.high = fmin(m.named, n1);
	if (!(m.high > m.low) || k1 < m.low || k1 > m.high)
		return 1;
	double mode = floor((n1 + 1) * (m.named + 1) / (n1 + n2 + 2));
	mode = fmin(fmax(mode, m.low), m.high);
	double most = term_at(&m, mode, k1) * TERM_EQUAL;
	double all = 1, tail = most >= 1 ? 1 : 0;
	walk(&m, mode, 1, most, &tail, &all);
	walk(&m, mode, -1, most, &tail, &all);
	return fmin(1, tail / all);
}

typedef struct {
	double p;
	size_t index;
} ranked;

static int by_p(const void *a, const void *b)
{
	const ranked *x = a, *y = b;
	if (x->p != y->p)
		return x->p < y->p ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

void false_discovery(double *q, const double *p, size_t count, arena *a)
{
	ranked *sorted = NEWN(a, ranked, count);
	size_t tested = 0;
	for (size_t i = 0; sorted && i < count; i++)
		if (!isnan(p[i]))
			sorted[tested++] = (ranked){ .p = p[i], .index = i };
	for (size_t i = 0; i < count; i++)
		q[i] = NAN;
	if (!tested)
		return;
	qsort(sorted, tested, sizeof *sorted, by_p);
	double least = 1;
	for (size_t i = tested; i-- > 0;) {
		least = fmin(least, sorted[i].p * (double)tested / (double)(i + 1));
		q[sorted[i].index] = least;
	}
}
