/* Random numbers that are the same on every machine, for property tests. */
#ifndef UNIT_RANDOM_H
#define UNIT_RANDOM_H

#include "base/arena.h"

#define RANDOM_USE __attribute__((unused)) static

/* xorshift64* (Vigna, "An experimental exploration of Marsaglia's xorshift generators, scrambled", 2016). */
typedef struct {
	uint64_t state;
} random_source;

RANDOM_USE random_source seeded(uint64_t seed)
{
	return (random_source){ .state = seed * 0x9E3779B97F4A7C15u + 1 };
}

RANDOM_USE uint32_t draw(random_source *r, uint32_t below)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return below ? (uint32_t)((r->state * 0x2545F4914F6CDD1Du) >> 33) % below : 0;
}

RANDOM_USE const char *name(arena *a, const char *prefix, uint32_t i)
{
	return arena_printf(a, "%s%u", prefix, i).ptr;
}

#define SHUFFLE(r, list, count) \
	do { \
		for (size_t i_ = (count); i_ > 1; i_--) { \
			size_t k_ = draw((r), (uint32_t)i_); \
			__typeof__(*(list)) kept_ = (list)[i_ - 1]; \
			(list)[i_ - 1] = (list)[k_]; \
			(list)[k_] = kept_; \
		} \
	} while (0)

#endif
