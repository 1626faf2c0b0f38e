/* What a policy does with a share that somebody knows: worked out exactly from a table of its transitions,
 * and tried out with made-up samples. Each cycle has SAMPLE vacancies, of which a binomial number names the
 * item. */
#ifndef UNIT_POLICY_MODEL_H
#define UNIT_POLICY_MODEL_H

#include "policy_world.h"
#include "random.h"

enum { SAMPLE = 26, MEMORIES_MAX = 256 };

/* P(Binomial(SAMPLE, share) = k) for each k. */
typedef struct {
	double p[SAMPLE + 1];
} counts_of_share;

POLICY_USE counts_of_share binomial(double share)
{
	counts_of_share out;
	for (int k = 0; k <= SAMPLE; k++)
		out.p[k] = exp(lgamma(SAMPLE + 1) - lgamma(k + 1) - lgamma(SAMPLE - k + 1) + k * log(share) +
					   (SAMPLE - k) * log1p(-share));
	return out;
}

/* ---- exactly */

/* Every memory that the policy comes to from nothing, and where each count leads from there. */
typedef struct {
	policy_memory memories[MEMORIES_MAX];
	size_t count;
	size_t next[MEMORIES_MAX][SAMPLE + 1];
} chain;

static size_t find_memory(chain *c, policy_memory m)
{
	for (size_t i = 0; i < c->count; i++) {
		const policy_memory *one = &c->memories[i];
		bool entered = one->entered == m.entered || (isnan(one->entered) && isnan(m.entered));
		if (one->state == m.state && one->running == m.running && entered)
			return i;
	}
	require(c->count < MEMORIES_MAX);
	c->memories[c->count] = m;
	return c->count++;
}

POLICY_USE void make_chain(chain *c, policy_function step, const update_settings *p)
{
	policy_input inputs[SAMPLE + 1];
	for (int k = 0; k <= SAMPLE; k++)
		inputs[k] = counted(k, SAMPLE);
	c->count = 0;
	find_memory(c, (policy_memory){ ITEM_ABSENT, 0, NAN });
	for (size_t i = 0; i < c->count; i++)
		for (int k = 0; k <= SAMPLE; k++)
			c->next[i][k] = find_memory(c, step(p, c->memories[i], &inputs[k]).memory);
}

static bool is_memory_in(const chain *c, size_t i)
{
	return item_is_in(c->memories[i].state);
}

/* Where it is after one cycle more. */
static void advance(const chain *c, const counts_of_share *b, double *at)
{
	double after[MEMORIES_MAX] = { 0 };
	for (size_t i = 0; i < c->count; i++)
		for (int k = 0; k <= SAMPLE && at[i] > 0; k++)
			after[c->next[i][k]] += at[i] * b->p[k];
	memcpy(at, after, sizeof after);
}

/* What an item does whose share stays what it is, after so many cycles that the beginning does not matter any
 * more. */
typedef struct {
	double flips; /* changes in or out per cycle */
	double in;    /* part of the cycles in which it is in */
} steadiness;

POLICY_USE steadiness exact_steadiness(const chain *c, double share)
{
	enum { CYCLES = 2000 };
	counts_of_share b = binomial(share);
	double at[MEMORIES_MAX] = { 1 };
	steadiness out = { 0 };
	for (int i = 0; i < CYCLES; i++)
		advance(c, &b, at);
	for (size_t i = 0; i < c->count; i++) {
		out.in += is_memory_in(c, i) ? at[i] : 0;
		for (int k = 0; k <= SAMPLE; k++)
			if (is_memory_in(c, i) != is_memory_in(c, c->next[i][k]))
				out.flips += at[i] * b.p[k];
	}
	return out;
}

/* Cycles until it has changed sides, at a share that stays the same: the sum over all cycles of the
 * probability that it has not yet. */
POLICY_USE double exact_delay(chain *c, policy_memory from, double share)
{
	counts_of_share b = binomial(share);
	size_t known = c->count, start = find_memory(c, from);
	double at[MEMORIES_MAX] = { 0 }, cycles = 0, left = 1;
	require(c->count == known);
	at[start] = 1;
	while (left > 1e-12) {
		cycles += left;
		advance(c, &b, at);
		left = 0;
		for (size_t i = 0; i < c->count; i++) {
			at[i] = is_memory_in(c, i) == is_memory_in(c, start) ? at[i] : 0;
			left += at[i];
		}
	}
	return cycles;
}

/* ---- tried out */

enum { DRAWS = 1 << 30 };

/* How many draws out of DRAWS give at most k. */
typedef struct {
	uint32_t most[SAMPLE + 1];
} sampler;

static sampler sampler_of(double share)
{
	counts_of_share b = binomial(share);
	sampler out;
	double sum = 0;
	for (int k = 0; k <= SAMPLE; k++) {
		sum += b.p[k];
		out.most[k] = (uint32_t)(sum * DRAWS);
	}
	out.most[SAMPLE] = DRAWS;
	return out;
}

static int draw_count(const sampler *s, random_source *r)
{
	uint32_t drawn = draw(r, DRAWS);
	int k = 0;
	while (drawn >= s->most[k])
		k++;
	return k;
}

enum { HISTORY = 48 }; /* cycles after which the discounted number of vacancies does not change any more */

/* A policy at work. With the beta preset a posterior is above a threshold from some discounted count on,
 * which depends on how many cycles there have been. */
typedef struct {
	policy_function step;
	const update_settings *settings;
	policy_input inputs[SAMPLE + 1];
	double add_from[HISTORY], retire_from[HISTORY]; /* after the first cycle, the second ... */
} trial;

/* The discounted count of `total` from which P(share > threshold) is at least `wanted`. */
static double count_for(double total, double threshold, double wanted)
{
	double low = 0, high = total;
	for (int i = 0; i < 50; i++) {
		double middle = (low + high) / 2;
		cycle_share one = { .effective = total, .share = middle / total };
		*(posterior_above(&one, 1, 1, threshold) >= wanted ? &high : &low) = middle;
	}
	return high;
}

POLICY_USE trial trial_of(policy_function step, const update_settings *p)
{
	trial out = { .step = step, .settings = p };
	double total = 0;
	for (int k = 0; k <= SAMPLE; k++)
		out.inputs[k] = counted(k, SAMPLE);
	for (int i = 0; i < HISTORY && p->preset == PRESET_BETA; i++) {
		total = total * p->discount + SAMPLE;
		out.add_from[i] = count_for(total, p->add, p->p_add);
		out.retire_from[i] = count_for(total, p->retire, p->p_retire);
	}
	return out;
}

typedef struct {
	policy_memory memory;
	int cycles;        /* so far */
	double discounted; /* vacancies that named it */
} walker;

static void walk(const trial *t, walker *w, int k)
{
	policy_input in = t->inputs[k];
	int when = w->cycles < HISTORY ? w->cycles : HISTORY - 1;
	w->cycles++;
	w->discounted = w->discounted * t->settings->discount + k;
	in.now.above_add = w->discounted >= t->add_from[when];
	in.now.above_retire = w->discounted >= t->retire_from[when];
	w->memory = t->step(t->settings, w->memory, &in).memory;
}

/* An item in a state, of which so many cycles are known. */
static walker begin(const trial *t, item_state state, const sampler *s, int history, random_source *r)
{
	walker w = { .memory = { state, 0, item_is_in(state) ? t->settings->add : NAN }, .cycles = history };
	for (int i = 0; i < history; i++)
		w.discounted = w.discounted * t->settings->discount + draw_count(s, r);
	return w;
}

typedef struct {
	double mean, error; /* standard error of the mean */
} measured;

static measured measure(double sum, double squares, double count)
{
	double mean = sum / count;
	return (measured){ .mean = mean, .error = sqrt(fmax(squares / count - mean * mean, 0) / (count - 1)) };
}

static steadiness try_batch(const trial *t, walker *w, const sampler *s, int length, random_source *r)
{
	steadiness out = { 0 };
	for (int i = 0; i < length; i++) {
		bool was_in = item_is_in(w->memory.state);
		walk(t, w, draw_count(s, r));
		bool is_in = item_is_in(w->memory.state);
		out.flips += was_in != is_in;
		out.in += is_in;
	}
	return (steadiness){ .flips = out.flips / length, .in = out.in / length };
}

typedef struct {
	measured flips, in;
} tried_steadiness;

/* In `batches` runs of `length` cycles from the first one on, each of an item that is on its side of the
 * threshold; or, if `steady`, in as many pieces of one long run. */
POLICY_USE tried_steadiness try_share(
	const trial *t, double share, int batches, int length, bool steady, random_source *r)
{
	sampler s = sampler_of(share);
	item_state side = share >= t->settings->add ? ITEM_PLANNED : ITEM_ABSENT;
	walker w = begin(t, side, &s, steady ? HISTORY : 0, r);
	steadiness sum = { 0 }, squares = { 0 };
	if (steady)
		try_batch(t, &w, &s, 200, r);
	for (int i = 0; i < batches; i++) {
		w = steady ? w : begin(t, side, &s, 0, r);
		steadiness one = try_batch(t, &w, &s, length, r);
		sum.flips += one.flips;
		sum.in += one.in;
		squares.flips += one.flips * one.flips;
		squares.in += one.in * one.in;
	}
	return (tried_steadiness){ .flips = measure(sum.flips, squares.flips, batches),
		.in = measure(sum.in, squares.in, batches) };
}

/* A change of the true share. */
typedef struct {
	double before, after;
	int history; /* cycles with the share before it */
	int most;    /* cycles after which nobody looks any more */
} share_shift;

/* Cycles until an item has changed sides, which is on the side of the share before. */
POLICY_USE measured try_shift(const trial *t, share_shift shift, int runs, random_source *r)
{
	sampler past = sampler_of(shift.before), now = sampler_of(shift.after);
	item_state side = shift.before >= t->settings->add ? ITEM_PLANNED : ITEM_ABSENT;
	double sum = 0, squares = 0;
	for (int i = 0; i < runs; i++) {
		walker w = begin(t, side, &past, shift.history, r);
		int cycles = 0;
		for (; item_is_in(w.memory.state) == item_is_in(side) && cycles < shift.most; cycles++)
			walk(t, &w, draw_count(&now, r));
		sum += cycles;
		squares += (double)cycles * cycles;
	}
	return measure(sum, squares, runs);
}

#endif
