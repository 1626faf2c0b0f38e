/* One fact changes: which conditions can notice, what they said before, and what they say after. */
#include "rules/match_index.h"

#include <stdlib.h>
#include <string.h>

/* A condition on a fact that may notice. Where the fact is beyond the threshold, it is known not to hold. */
typedef struct {
	uint32_t rule, fact;
	bool before, never_before, never_after;
} suspect;

typedef struct {
	match_view *view;
	const fact_change *change;
	fact *subject;    /* that changes */
	uint64_t changed; /* its slots; the last bit stands for all beyond 63 */
	arena *scratch;
	VEC(suspect) suspects;
	bool mixed; /* a suspect may be there twice */
} review;

static bool same(const value *a, const value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case V_DOUBLE:
		return a->number == b->number;
	case V_STRING:
		return str_eq(a->string, b->string);
	case V_BOOL:
		return a->boolean == b->boolean;
	default:
		return a->list.ptr == b->list.ptr && a->list.len == b->list.len;
	}
}

static size_t slot_count(const review *r)
{
	return fact_type(r->change->kind)->field_count;
}

static void find_changed(review *r)
{
	for (size_t i = 0; i < slot_count(r); i++)
		if (!same(&r->subject->slots[i], &r->change->slots[i]))
			r->changed |= match_slot_bit((uint32_t)i);
}

static bool has_changed(const review *r, uint16_t slot)
{
	return r->changed & match_slot_bit(slot);
}

/* The first condition whose threshold not both numbers pass. */
static uint32_t end_of_both(const review *r, const match_run *run, double a, double b)
{
	const match_condition *all = r->view->index->conditions.ptr;
	uint32_t low = run->from, high = run->to;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (match_compare(run->op, a, all[middle].threshold) &&
			match_compare(run->op, b, all[middle].threshold))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* `all`: the bucket itself is new or old for the fact, so that whatever stands in it may notice. */
static void review_run(review *r, const match_run *run, bool all)
{
	const match_index *x = r->view->index;
	bool moved = !run->open && has_changed(r, run->slot);
	bool watched = all || run->watches & r->changed;
	if (!moved && !watched)
		return;
	double a = run->open ? 0 : r->subject->slots[run->slot].number;
	double b = run->open ? 0 : r->change->slots[run->slot].number;
	uint32_t both = run->open ? run->to : end_of_both(r, run, a, b);
	for (uint32_t i = watched ? run->from : both; i < run->to; i++) {
		const match_condition *c = &x->conditions.ptr[i];
		suspect s = { .rule = c->rule, .fact = r->change->fact };
		s.never_before = i >= both && !match_compare(run->op, a, c->threshold);
		s.never_after = i >= both && !match_compare(run->op, b, c->threshold);
		if (s.never_before && s.never_after)
			break;
		if (all || i >= both || c->watches & r->changed)
			vec_push(r->scratch, &r->suspects, s);
	}
}

static void review_bucket(review *r, const match_bucket *b, bool all)
{
	for (uint32_t i = b ? b->from : 0; b && i < b->to; i++)
		review_run(r, &r->view->index->runs.ptr[i], all);
}

static void review_subject(review *r)
{
	const match_kind *k = &r->view->index->of[r->change->kind];
	EACH (const match_key, key, k->keys) {
		bool moved = has_changed(r, key->slot);
		r->mixed |= moved;
		review_bucket(r, map_get(&key->buckets, r->subject->slots[key->slot].string), moved);
		if (moved)
			review_bucket(r, map_get(&key->buckets, r->change->slots[key->slot].string), true);
	}
	review_bucket(r, &k->open, false);
}

static void suspect_everywhere(review *r, uint32_t number)
{
	size_t count = r->view->set->of[r->view->index->subjects[number]].len;
	for (uint32_t i = 0; i < count; i++)
		vec_push(r->scratch, &r->suspects, (suspect){ .rule = number, .fact = i });
	r->mixed = true;
}

static const match_condition *condition_of(const match_index *x, uint32_t rule_number)
{
	return &x->conditions.ptr[x->condition_of[rule_number]];
}

static bool names_changed(const review *r, const match_condition *c, size_t name)
{
	const match_test *t = c->count ? &r->view->index->tests.ptr[c->tests] : NULL;
	for (uint32_t i = 0; i < c->count; i++)
		if (t[i].owner == name && has_changed(r, t[i].slot))
			return true;
	return false;
}

/* Conditions that pick this record by its id, and those that read all of its kind. */
static void review_others(review *r)
{
	const match_index *x = r->view->index;
	const match_kind *k = &x->of[r->change->kind];
	size_t name = (size_t)(uintptr_t)map_get(&k->names, r->subject->id);
	if (name)
		EACH (const uint32_t, number, x->names.ptr[name - 1].rules)
			if (names_changed(r, condition_of(x, *number), name))
				suspect_everywhere(r, *number);
	EACH (const uint32_t, number, k->readers)
		suspect_everywhere(r, *number);
}

static int by_place(uint32_t rule_a, uint32_t fact_a, uint32_t rule_b, uint32_t fact_b)
{
	if (rule_a != rule_b)
		return rule_a < rule_b ? -1 : 1;
	return fact_a < fact_b ? -1 : fact_a > fact_b;
}

static int by_suspect(const void *x, const void *y)
{
	const suspect *a = x, *b = y;
	return by_place(a->rule, a->fact, b->rule, b->fact);
}

static int by_flip(const void *x, const void *y)
{
	const match_flip *a = x, *b = y;
	return by_place(a->rule, a->fact, b->rule, b->fact);
}

/* What is known of one of two equal suspects is true of both. */
static void unique(review *r)
{
	size_t kept = 0;
	if (r->suspects.len)
		qsort(r->suspects.ptr, r->suspects.len, sizeof *r->suspects.ptr, by_suspect);
	for (size_t i = 0; i < r->suspects.len; i++)
		if (!kept || by_suspect(&r->suspects.ptr[kept - 1], &r->suspects.ptr[i]))
			r->suspects.ptr[kept++] = r->suspects.ptr[i];
	r->suspects.len = kept;
}

static bool holds(review *r, const suspect *s)
{
	const match_index *x = r->view->index;
	const fact *subject = r->view->set->of[x->subjects[s->rule]].ptr[s->fact];
	return match_holds(r->view, condition_of(x, s->rule), 0, subject, r->scratch) == HOLDS;
}

static void exchange(review *r, value *former)
{
	size_t bytes = slot_count(r) * sizeof *former;
	memcpy(former, r->subject->slots, bytes);
	memcpy(r->subject->slots, r->change->slots, bytes);
}

void match_change(
	vec_flip *out, match_view *v, const fact_change *change, value *former, arena *a, arena *scratch)
{
	review r = {
		.view = v, .change = change, .subject = v->set->of[change->kind].ptr[change->fact], .scratch = scratch
	};
	find_changed(&r);
	review_subject(&r);
	review_others(&r);
	if (r.mixed)
		unique(&r);
	EACH (suspect, s, r.suspects)
		s->before = !s->never_before && holds(&r, s);
	exchange(&r, former);
	size_t first = out->len;
	EACH (const suspect, s, r.suspects) {
		bool now = !s->never_after && holds(&r, s);
		if (now != s->before)
			vec_push(a, out, (match_flip){ .rule = s->rule, .fact = s->fact, .now = now });
	}
	if (out->len > first + 1)
		qsort(out->ptr + first, out->len - first, sizeof *out->ptr, by_flip);
	a->failed |= scratch->failed;
}
