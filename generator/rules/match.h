/* Which rules hold on which facts: an index made once from conditions, asked as often as wanted.
 *
 * A condition is taken apart into flat tests and a rest in CEL (cel_terms.h). Rules stand in buckets by one
 * equality of the fact at hand with a constant, and inside a bucket in runs by one threshold, sorted, so that
 * those which hold for a number are the first ones. A fact therefore meets only rules that pass these two;
 * what else they test is looked at one by one. Records picked by id in exists() are found once, not searched
 * for each rule. No memory is taken for a condition that is flat. */
#ifndef RULES_MATCH_H
#define RULES_MATCH_H

#include "base/map.h"
#include "rules/cel_terms.h"
#include "rules/factset.h"

/* A condition to be indexed. */
typedef struct {
	fact_kind subject;
	const cel_program *when; /* NULL: always holds */
} match_rule;

typedef struct {
	uint32_t rule; /* number among those that the index was made of */
	uint32_t fact; /* number among the facts of the subject's kind */
	bool failed;   /* the condition cannot be evaluated; evaluating it again gives the error */
} rule_match;
typedef VEC(rule_match) vec_match;

typedef struct match_index match_index;

/* NULL once the arena has failed. Programs are borrowed. */
match_index *match_index_new(arena *a, const match_rule *rules, size_t count);

/* The index together with the facts it is asked about. It looks up the records that conditions name, so it
 * is stale once facts are added. `lists` are those of factset_lists. Everything is borrowed. NULL once the
 * arena has failed. */
typedef struct match_view match_view;
match_view *match_open(arena *a, const match_index *x, const factset *set, const value lists[FACT_KINDS]);

/* All matches, by rule and then by fact, in arena `a`. `scratch` is for what conditions compute. */
void match_all(vec_match *out, match_view *v, arena *a, arena *scratch);

/* A fact that is to have other values. */
typedef struct {
	fact_kind kind;
	uint32_t fact;      /* number among the facts of its kind */
	const value *slots; /* all of them, in the order of the record's fields */
} fact_change;

/* A match that appears or disappears. */
typedef struct {
	uint32_t rule, fact;
	bool now; /* it holds after the change */
} match_flip;
typedef VEC(match_flip) vec_flip;

/* Gives the fact its new values, in place, and appends which matches this makes and ends, by rule and fact.
 * Only what the changed fields can reach is evaluated. What cannot be evaluated does not hold. The former
 * values are left in `former`, which has room for all slots, so that the change can be taken back. */
void match_change(
	vec_flip *out, match_view *v, const fact_change *change, value *former, arena *a, arena *scratch);

/* How many conditions were evaluated on a fact so far, for tests that count work. */
size_t match_looked_at(const match_view *v);

#endif
