/* Making the index: conditions are taken apart, each gets the bucket with the fewest rules and the first
 * threshold in it, and then everything is sorted into runs. */
#include "rules/match_index.h"

#include <stdlib.h>

/* A condition on its way to its place; its tests are still the builder's. */
typedef struct {
	fact_kind kind;
	uint32_t bucket; /* number; 0: of the conditions without an equality */
	match_run run;   /* its field and comparison */
	match_condition condition;
} draft;

typedef struct {
	arena *arena;
	match_index *index;
	draft *drafts;               /* by rule, and then by place */
	VEC(match_test) tests;       /* by rule */
	VEC(match_bucket *) buckets; /* by number */
} builder;

static uint32_t name_number(builder *b, fact_kind kind, str id)
{
	match_kind *k = &b->index->of[kind];
	size_t known = (size_t)(uintptr_t)map_get(&k->names, id);
	if (known)
		return (uint32_t)known - 1;
	vec_push(b->arena, &b->index->names, (match_name){ .kind = kind, .id = id });
	map_put(&k->names, id, (void *)(uintptr_t)b->index->names.len);
	return b->arena->failed ? 0 : (uint32_t)b->index->names.len - 1;
}

/* The kind of fact that a variable of the environment holds or lists; FACT_KINDS: the fact at hand. */
static fact_kind kind_of(fact_kind subject, uint32_t variable)
{
	if (!fact_is_list(subject))
		return (fact_kind)variable;
	return variable == 0 ? FACT_KINDS : (fact_kind)(variable - 1);
}

static match_test flat(builder *b, fact_kind subject, const cel_term *t)
{
	match_test out = { .slot = (uint16_t)t->field, .op = (uint8_t)t->op, .kind = (uint8_t)t->constant.kind };
	fact_kind kind = kind_of(subject, t->variable);
	if (kind != FACT_KINDS)
		out.owner = 1 + name_number(b, kind, t->id);
	if (t->constant.kind == V_DOUBLE)
		out.number = t->constant.number;
	else if (t->constant.kind == V_STRING)
		out.text = t->constant.string;
	else
		out.flag = t->constant.boolean;
	return out;
}

static bool is_equality(const match_test *t)
{
	return t->owner == 0 && t->op == TERM_EQUAL && t->kind == V_STRING;
}

static bool is_threshold(const match_test *t)
{
	return t->owner == 0 && t->op >= TERM_LESS;
}

static match_key *key_for(builder *b, match_kind *k, uint16_t slot)
{
	EACH (match_key, one, k->keys)
		if (one->slot == slot)
			return one;
	vec_push(b->arena, &k->keys, (match_key){ .slot = slot, .buckets = { .arena = b->arena } });
	return b->arena->failed ? NULL : &k->keys.ptr[k->keys.len - 1];
}

static void count_bucket(builder *b, match_kind *k, const match_test *t)
{
	match_key *key = key_for(b, k, t->slot);
	match_bucket *bucket = key ? map_get(&key->buckets, t->text) : NULL;
	if (key && !bucket) {
		bucket = NEW(b->arena, match_bucket);
		vec_push(b->arena, &b->buckets, bucket);
		if (!bucket || b->arena->failed)
			return;
		bucket->number = (uint32_t)b->buckets.len - 1;
		map_put(&key->buckets, t->text, bucket);
	}
	if (bucket)
		bucket->size++;
}

static void note_rest(builder *b, const match_rule *r, const cel_split *s, uint32_t number)
{
	for (uint32_t variable = 0; variable < FACT_VARIABLES; variable++) {
		fact_kind kind = kind_of(r->subject, variable);
		if (!(s->rest_variables >> variable & 1))
			continue;
		if (kind == FACT_KINDS)
			b->drafts[number].condition.watches = UINT64_MAX;
		else
			vec_push(b->arena, &b->index->of[kind].readers, number);
	}
	b->index->needs_lists = true;
}

static void note_names(builder *b, const match_condition *c, uint32_t number)
{
	for (uint32_t i = 0; i < c->count; i++) {
		uint32_t owner = b->tests.ptr[c->tests + i].owner;
		match_name *name = owner ? &b->index->names.ptr[owner - 1] : NULL;
		if (name && (!name->rules.len || name->rules.ptr[name->rules.len - 1] != number))
			vec_push(b->arena, &name->rules, number);
	}
}

static void add_condition(builder *b, const match_rule *r, uint32_t number)
{
	cel_split s = { 0 };
	match_condition *c = &b->drafts[number].condition;
	if (r->when)
		cel_split_terms(&s, r->when, b->arena);
	*c = (match_condition){ .rule = number, .tests = (uint32_t)b->tests.len, .rest = s.rest };
	EACH (const cel_term, t, s.terms) {
		match_test one = flat(b, r->subject, t);
		vec_push(b->arena, &b->tests, one);
		if (is_equality(&one))
			count_bucket(b, &b->index->of[r->subject], &one);
	}
	if (b->arena->failed)
		return;
	c->count = (uint32_t)s.terms.len;
	if (s.rest)
		note_rest(b, r, &s, number);
	note_names(b, c, number);
}

static void move_to(match_test *tests, uint32_t from, uint32_t to)
{
	match_test one = tests[from];
	for (; from > to; from--)
		tests[from] = tests[from - 1];
	tests[to] = one;
}

static const match_bucket *bucket_of(const match_kind *k, const match_test *t)
{
	EACH (const match_key, key, k->keys)
		if (key->slot == t->slot)
			return map_get(&key->buckets, t->text);
	return NULL;
}

/* The equality that the fewest conditions share comes first, then the first threshold. */
static void settle(builder *b, draft *d)
{
	match_condition *c = &d->condition;
	match_test *tests = c->count ? &b->tests.ptr[c->tests] : NULL;
	const match_bucket *best = NULL;
	uint32_t at = 0;
	for (uint32_t i = 0; i < c->count; i++) {
		const match_bucket *one =
			is_equality(&tests[i]) ? bucket_of(&b->index->of[d->kind], &tests[i]) : NULL;
		if (one && (!best || one->size < best->size)) {
			best = one;
			at = i;
		}
	}
	d->run.open = true;
	if (best) {
		move_to(tests, at, c->settled++);
		d->bucket = best->number;
	}
	for (uint32_t i = c->settled; i < c->count; i++)
		if (is_threshold(&tests[i])) {
			d->run = (match_run){ .op = tests[i].op, .slot = tests[i].slot };
			c->threshold = tests[i].number;
			move_to(tests, i, c->settled++);
			break;
		}
	for (uint32_t i = c->settled; i < c->count; i++)
		if (tests[i].owner == 0)
			c->watches |= match_slot_bit(tests[i].slot);
}

static int by_number(double a, double b)
{
	return a < b ? -1 : a > b;
}

static bool same_run(const draft *a, const draft *b)
{
	return a->kind == b->kind && a->bucket == b->bucket && a->run.open == b->run.open &&
		   a->run.op == b->run.op && a->run.slot == b->run.slot;
}

static int by_place(const void *x, const void *y)
{
	const draft *a = x, *b = y;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->bucket != b->bucket)
		return a->bucket < b->bucket ? -1 : 1;
	if (a->run.open != b->run.open)
		return a->run.open ? -1 : 1;
	if (a->run.op != b->run.op)
		return a->run.op < b->run.op ? -1 : 1;
	if (a->run.slot != b->run.slot)
		return a->run.slot < b->run.slot ? -1 : 1;
	bool falling = a->run.op == TERM_LESS || a->run.op == TERM_LESS_EQUAL;
	int order = falling ? by_number(b->condition.threshold, a->condition.threshold)
						: by_number(a->condition.threshold, b->condition.threshold);
	return order ? order : a->condition.rule < b->condition.rule ? -1 : 1;
}

static match_bucket *bucket_at(builder *b, const draft *d)
{
	return d->bucket ? b->buckets.ptr[d->bucket] : &b->index->of[d->kind].open;
}

/* The condition and its tests get their final place, next to those that are looked at with them. */
static void place(builder *b, const draft *d, uint32_t number, uint32_t first_test)
{
	match_index *x = b->index;
	for (uint32_t i = 0; i < d->condition.count; i++)
		x->tests.ptr[first_test + i] = b->tests.ptr[d->condition.tests + i];
	x->conditions.ptr[number] = d->condition;
	x->conditions.ptr[number].tests = first_test;
	x->condition_of[d->condition.rule] = number;
}

static void lay_out(builder *b, size_t count)
{
	match_index *x = b->index;
	const draft *before = NULL;
	uint32_t first_test = 0;
	for (uint32_t i = 0; i < count; before = &b->drafts[i++]) {
		const draft *d = &b->drafts[i];
		match_bucket *bucket = bucket_at(b, d);
		if (!before || !same_run(before, d)) {
			if (!before || before->kind != d->kind || before->bucket != d->bucket)
				bucket->from = (uint32_t)x->runs.len;
			match_run fresh = d->run;
			fresh.from = i;
			vec_push(b->arena, &x->runs, fresh);
			bucket->to = (uint32_t)x->runs.len;
		}
		if (b->arena->failed)
			return;
		place(b, d, i, first_test);
		first_test += d->condition.count;
		match_run *run = &x->runs.ptr[x->runs.len - 1];
		run->to = i + 1;
		run->watches |= d->condition.watches;
	}
}

static bool prepare(builder *b, size_t count)
{
	match_index *x = b->index;
	x->conditions.ptr = NEWN(b->arena, match_condition, count);
	x->conditions.len = count;
	x->condition_of = NEWN(b->arena, uint32_t, count);
	x->subjects = NEWN(b->arena, fact_kind, count);
	b->drafts = NEWN(b->arena, draft, count);
	vec_push(b->arena, &b->buckets, NULL); /* number 0 */
	for (size_t k = 0; k < FACT_KINDS; k++)
		x->of[k].names.arena = b->arena;
	return !b->arena->failed;
}

match_index *match_index_new(arena *a, const match_rule *rules, size_t count)
{
	match_index *x = NEW(a, match_index);
	builder b = { .arena = a, .index = x };
	if (!x || !prepare(&b, count))
		return NULL;
	for (uint32_t i = 0; i < count && !a->failed; i++) {
		x->subjects[i] = b.drafts[i].kind = rules[i].subject;
		add_condition(&b, &rules[i], i);
	}
	for (uint32_t i = 0; i < count && !a->failed; i++)
		settle(&b, &b.drafts[i]);
	x->tests.ptr = NEWN(a, match_test, b.tests.len);
	x->tests.len = b.tests.len;
	if (a->failed)
		return NULL;
	if (count)
		qsort(b.drafts, count, sizeof *b.drafts, by_place);
	lay_out(&b, count);
	return a->failed ? NULL : x;
}
