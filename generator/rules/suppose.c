#include "rules/suppose.h"

#include <math.h>

typedef struct {
	bool (*holds)(double count, void *payload);
	void *payload;
	supposition out;
} trial;

static bool try_count(trial *t, double count)
{
	t->out.tries++;
	return t->holds(count, t->payload);
}

static void try_all(trial *t, double now, double sample, bool more)
{
	for (double step = 1; step <= sample && !t->out.found; step++)
		for (int side = 0; side < 2 && !t->out.found; side++) {
			double count = now + ((side == 0) == more ? step : -step);
			t->out.found = count >= 0 && count <= sample && try_count(t, count);
			t->out.count = count;
		}
}

static void halve(trial *t, double now, double last)
{
	double near = now, far = last;
	t->out.found = try_count(t, far);
	while (t->out.found && fabs(far - near) > 1) {
		double middle = floor((far + near) / 2);
		if (middle == near || middle == far)
			break;
		if (try_count(t, middle))
			far = middle;
		else
			near = middle;
	}
	t->out.count = far;
}

supposition suppose_counts(
	double now, double sample, bool more, bool (*holds)(double count, void *payload), void *payload)
{
	trial t = { .holds = holds, .payload = payload };
	if (sample <= SUPPOSE_ALL)
		try_all(&t, now, sample, more);
	else
		halve(&t, now, more ? floor(sample) : 0);
	return t.out;
}
