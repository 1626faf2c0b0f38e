#include "rules/suppose.h"

#include <math.h>

typedef struct {
	const suppose_question *q;
	supposition out;
} trial;

static bool in_sample(const suppose_question *q, double count)
{
	return count >= 0 && count <= q->sample;
}

static bool try_count(trial *t, double count)
{
	t->out.tries++;
	return t->q->holds(count, t->q->payload);
}

/* Both numbers at that distance, if they are in the sample. */
static bool try_step(trial *t, double step)
{
	double sign = t->q->first == SUPPOSE_MORE ? 1 : -1;
	for (int side = 0; side < 2; side++, sign = -sign) {
		double count = t->q->now + sign * step;
		if (!in_sample(t->q, count) || !try_count(t, count))
			continue;
		t->out.found = true;
		t->out.count = count;
		return true;
	}
	return false;
}

/* It holds for `far` and not for `near`: the border between them, if there is one only. */
static double halve(trial *t, double near, double far)
{
	while (fabs(far - near) > 1) {
		double middle = near + trunc((far - near) / 2);
		if (middle == near || middle == far)
			break;
		if (try_count(t, middle))
			far = middle;
		else
			near = middle;
	}
	return far;
}

/* Beyond what was tried one by one: the last number of each side, and steps that double on the way there. */
static void leap(trial *t, double from)
{
	double before = from;
	for (double step = from * 2; before < t->q->sample && !t->out.found; step *= 2) {
		if (step > t->q->sample)
			step = t->q->sample;
		if (try_step(t, step)) {
			double sign = t->out.count > t->q->now ? 1 : -1;
			t->out.count = halve(t, t->q->now + sign * before, t->out.count);
		}
		before = step;
	}
}

static void try_ends(trial *t)
{
	double whole = floor(t->q->sample);
	double ends[2] = { t->q->first == SUPPOSE_MORE ? whole : 0, t->q->first == SUPPOSE_MORE ? 0 : whole };
	for (int i = 0; i < 2 && !t->out.found; i++)
		if (ends[i] != t->q->now && try_count(t, ends[i])) {
			t->out.found = true;
			t->out.count = halve(t, t->q->now, ends[i]);
		}
}

supposition suppose_counts(const suppose_question *q)
{
	trial t = { .q = q };
	double farthest = fmax(q->now, q->sample - q->now);
	double one_by_one = 2 * farthest <= q->tries ? farthest : floor(q->tries / 4.0);
	t.out.complete = true;
	for (double step = 1; step <= one_by_one && !t.out.found; step++)
		try_step(&t, step);
	if (!t.out.found && one_by_one < farthest) {
		t.out.complete = false;
		leap(&t, one_by_one);
	}
	if (!t.out.found &&
		(!t.out.complete || q->now != floor(q->now))) /* steps from a fraction miss the ends */
		try_ends(&t);
	return t.out;
}
