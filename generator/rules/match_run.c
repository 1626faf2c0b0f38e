/* Asking the index: each fact goes through its buckets, and what it meets there is tested. */
#include "rules/match_index.h"

bool match_compare(uint8_t op, double number, double threshold)
{
	switch ((term_op)op) {
	case TERM_EQUAL:
		return number == threshold;
	case TERM_UNEQUAL:
		return number != threshold;
	case TERM_LESS:
		return number < threshold;
	case TERM_LESS_EQUAL:
		return number <= threshold;
	case TERM_GREATER:
		return number > threshold;
	case TERM_GREATER_EQUAL:
		return number >= threshold;
	}
	return false;
}

bool match_passes(const match_test *t, const value *slots)
{
	const value *v = &slots[t->slot];
	if (t->kind == V_DOUBLE)
		return match_compare(t->op, v->number, t->number);
	bool same = t->kind == V_STRING ? str_eq(v->string, t->text) : v->boolean == t->flag;
	return same == (t->op == TERM_EQUAL);
}

/* Which record each name stands for. */
static void find_named(match_view *v)
{
	for (size_t kind = 0; kind < FACT_KINDS; kind++) {
		const match_kind *k = &v->index->of[kind];
		if (!k->names.entries.len)
			continue;
		EACH (fact *, f, v->set->of[kind]) {
			size_t number = (size_t)(uintptr_t)map_get(&k->names, (*f)->id);
			if (number)
				v->named[number - 1] = *f;
		}
	}
}

match_view *match_open(arena *a, const match_index *x, const factset *set, const value lists[FACT_KINDS])
{
	match_view *v = x ? NEW(a, match_view) : NULL;
	if (!v)
		return NULL;
	*v = (match_view){ .index = x, .set = set, .lists = lists };
	v->named = NEWN(a, const fact *, x->names.len);
	if (v->named)
		find_named(v);
	return a->failed ? NULL : v;
}

size_t match_looked_at(const match_view *v)
{
	return v->looked_at;
}

static match_truth rest_holds(
	const match_view *v, const match_condition *c, const fact *subject, arena *scratch)
{
	value bindings[FACT_VARIABLES];
	factset_bind(subject, v->lists, bindings);
	value result = cel_eval(c->rest, bindings, scratch, NULL);
	return result.kind != V_BOOL ? HOLDS_ERROR : result.boolean ? HOLDS : HOLDS_NOT;
}

match_truth match_holds(
	match_view *v, const match_condition *c, uint32_t from, const fact *subject, arena *scratch)
{
	v->looked_at++;
	const match_test *t = c->count ? &v->index->tests.ptr[c->tests] : NULL;
	for (uint32_t i = from; i < c->count; i++) {
		const fact *owner = t[i].owner ? v->named[t[i].owner - 1] : subject;
		if (!owner || !match_passes(&t[i], owner->slots))
			return HOLDS_NOT;
	}
	return c->rest ? rest_holds(v, c, subject, scratch) : HOLDS;
}

typedef struct {
	match_view *view;
	arena *scratch;
	vec_match found;
	uint32_t fact;
	const fact *subject;
} search;

static void look_at(search *s, const match_condition *c)
{
	match_truth truth = match_holds(s->view, c, c->settled, s->subject, s->scratch);
	if (truth != HOLDS_NOT)
		vec_push(s->scratch, &s->found,
			(rule_match){ .rule = c->rule, .fact = s->fact, .failed = truth == HOLDS_ERROR });
}

static void walk_bucket(search *s, const match_bucket *b)
{
	const match_index *x = s->view->index;
	for (uint32_t r = b->from; r < b->to; r++) {
		const match_run *run = &x->runs.ptr[r];
		double number = run->open ? 0 : s->subject->slots[run->slot].number;
		const match_condition *end = x->conditions.ptr + run->to;
		for (const match_condition *c = x->conditions.ptr + run->from; c < end; c++) {
			if (!run->open && !match_compare(run->op, number, c->threshold))
				break;
			look_at(s, c);
		}
	}
}

static void walk_kind(search *s, fact_kind kind)
{
	const match_kind *k = &s->view->index->of[kind];
	if (!k->keys.len && k->open.from == k->open.to)
		return;
	for (s->fact = 0; s->fact < s->view->set->of[kind].len; s->fact++) {
		s->subject = s->view->set->of[kind].ptr[s->fact];
		EACH (const match_key, key, k->keys) {
			const match_bucket *b = map_get(&key->buckets, s->subject->slots[key->slot].string);
			if (b)
				walk_bucket(s, b);
		}
		walk_bucket(s, &k->open);
	}
}

/* By rule; facts of one rule are found in their order already. */
static void sort_into(vec_match *out, const vec_match *found, size_t rules, arena *a, arena *scratch)
{
	uint32_t *start = NEWN(scratch, uint32_t, rules + 1);
	rule_match *sorted = NEWN(a, rule_match, found->len);
	if (!start || !sorted)
		return;
	EACH (const rule_match, m, *found)
		start[m->rule + 1]++;
	for (size_t r = 0; r < rules; r++)
		start[r + 1] += start[r];
	EACH (const rule_match, m, *found)
		sorted[start[m->rule]++] = *m;
	*out = (vec_match){ .ptr = sorted, .len = found->len, .cap = found->len };
}

void match_all(vec_match *out, match_view *v, arena *a, arena *scratch)
{
	search s = { .view = v, .scratch = scratch };
	*out = (vec_match){ 0 };
	for (size_t kind = 0; v && kind < FACT_KINDS; kind++)
		walk_kind(&s, (fact_kind)kind);
	if (s.found.len)
		sort_into(out, &s.found, v->index->conditions.len, a, scratch);
	a->failed |= scratch->failed;
}
