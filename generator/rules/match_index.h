/* How the index is laid out, inside the match files only. */
#ifndef RULES_MATCH_INDEX_H
#define RULES_MATCH_INDEX_H

#include "rules/match.h"

/* `slot op constant` on the fact at hand or, with `owner` n > 0, on named record n - 1. */
typedef struct {
	uint32_t owner;
	uint16_t slot;
	uint8_t op;   /* term_op */
	uint8_t kind; /* value_kind of the constant */
	union {
		double number;
		str text;
		bool flag;
	};
} match_test;

/* A rule's condition. Conditions of one run stand together, those that most numbers pass first. */
typedef struct {
	double threshold; /* of the run's comparison */
	uint32_t rule;
	uint32_t tests, count;   /* from the index's tests */
	uint32_t settled;        /* so many of them have been decided by bucket and run */
	uint64_t watches;        /* slots of the fact at hand that the other tests and the rest look at */
	const cel_program *rest; /* NULL: none */
} match_condition;

/* Conditions with the same field and comparison. Without a threshold (`open`), all that the bucket settles.
 */
typedef struct {
	bool open;
	uint8_t op;
	uint16_t slot;
	uint32_t from, to; /* conditions */
	uint64_t watches;  /* of any of them */
} match_run;

typedef struct {
	uint32_t from, to; /* runs */
	uint32_t number;   /* among all buckets, from 1 */
	uint32_t size;     /* conditions that could stand in it */
} match_bucket;

/* Conditions that need `slot` to be equal to a text. */
typedef struct {
	uint16_t slot;
	map buckets; /* by that text: match_bucket * */
} match_key;

/* A record that conditions pick by its id; of a kind of which there is one, the id is empty. */
typedef struct {
	fact_kind kind;
	str id;
	VEC(uint32_t) rules; /* that pick it */
} match_name;

typedef struct {
	VEC(match_key) keys;
	match_bucket open;     /* conditions without an equality */
	map names;             /* of this kind, by id: number + 1 in `names`, as a pointer */
	VEC(uint32_t) readers; /* rules whose rest reads facts of this kind beside the one at hand */
} match_kind;

struct match_index {
	LIST(match_condition) conditions;
	LIST(match_test) tests;
	VEC(match_run) runs;
	VEC(match_name) names;
	match_kind of[FACT_KINDS];
	uint32_t *condition_of; /* by rule */
	fact_kind *subjects;    /* by rule */
	bool needs_lists;       /* some condition has a rest */
};

struct match_view {
	const match_index *index;
	const factset *set;
	const value *lists;
	const fact **named; /* by number of name; NULL: there is no such record */
	size_t looked_at;
};

typedef enum { HOLDS_NOT, HOLDS, HOLDS_ERROR } match_truth;
/* The tests from number `from` on, and the rest. */
match_truth match_holds(
	match_view *v, const match_condition *c, uint32_t from, const fact *subject, arena *scratch);
/* The bit of a slot among those that are watched or have changed; slots beyond share the last one. */
static inline uint64_t match_slot_bit(uint32_t slot)
{
	return (uint64_t)1 << (slot < 63 ? slot : 63);
}

bool match_passes(const match_test *t, const value *slots);
/* Whether a number is on the right side. */
bool match_compare(uint8_t op, double number, double threshold);

#endif
