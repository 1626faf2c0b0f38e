/* How many postings a rule wants: the count of one row is changed on the index, with all that follows from it
 * (share, interval, weight, the ranks of its kind), looked at, and changed back. */
#include "rules/nearest.h"

#include "evidence/facts.h"
#include "rules/match.h"

enum { TRIES = 2048 };

typedef struct {
	const nearest_input *in;
	const facts *facts;
	const course *settings;
	fact_kind kind;
	uint32_t fact, rule; /* of its kind; of its stratum */
	match_view *view;
	arena scratch; /* of one number of postings */
} inquiry;

/* The fields of a row under supposed evidence; what rules did to its weight stays. */
static void supposed_slots(value *out, const fact *f, const fact_row *derived, arena *a)
{
	fact_row row = *derived;
	size_t count = fact_type(f->kind)->field_count;
	row.emphasis = f->row->emphasis;
	row.weight = row.row->share * row.factor * row.emphasis;
	fact supposed = { .kind = f->kind, .row = &row, .slots = out };
	fact_fill(&supposed, a);
	for (size_t i = 0; i < count; i++)
		if (out[i].kind == V_LIST)
			out[i] = f->slots[i];
}

static void note(const inquiry *q, const vec_flip *flips, bool *holds)
{
	EACH (const match_flip, flip, *flips)
		if (flip->rule == q->rule && flip->fact == q->fact)
			*holds = flip->now;
}

static bool holds_with(double count, void *payload)
{
	inquiry *q = payload;
	workbook w;
	facts supposed;
	arena *a = &q->scratch;
	size_t slots = fact_type(q->kind)->field_count;
	bool holds = false;
	facts_suppose(&supposed, &w, a, q->facts, (row_kind)(q->kind - FACT_SKILL), q->fact, count, q->settings);
	size_t rows = supposed.rows[q->kind - FACT_SKILL].len;
	value *former = NEWN(a, value, rows * slots);
	value *fresh = NEWN(a, value, slots);
	for (uint32_t i = 0; former && fresh && i < rows; i++) {
		vec_flip flips = { 0 };
		const fact *f = q->in->selection->facts.of[q->kind].ptr[i];
		supposed_slots(fresh, f, &supposed.rows[q->kind - FACT_SKILL].ptr[i], a);
		fact_change change = { .kind = q->kind, .fact = i, .slots = fresh };
		match_change(&flips, q->view, &change, former + i * slots, a, a);
		note(q, &flips, &holds);
	}
	for (uint32_t i = 0; former && fresh && i < rows; i++) {
		vec_flip flips = { 0 };
		fact_change back = { .kind = q->kind, .fact = i, .slots = former + i * slots };
		match_change(&flips, q->view, &back, fresh, a, a);
	}
	holds &= !a->failed;
	arena_free(a);
	return holds;
}

static const rule_stratum *stratum_of(const ruleset *rules, uint32_t number)
{
	EACH (const rule_stratum, s, rules->strata)
		if (number >= s->from && number < s->to)
			return s;
	return NULL;
}

supposition nearest_count(const nearest_input *in, const facts *f, const course *settings,
	uint32_t rule_number, const fact *subject)
{
	arena a = { 0 };
	value lists[FACT_KINDS];
	const rule_stratum *s = stratum_of(in->rules, rule_number);
	supposition out = { 0 };
	if (!s || !subject->row)
		return out;
	factset_lists(&in->selection->facts, lists, &a);
	inquiry q = { .in = in,
		.facts = f,
		.settings = settings,
		.kind = subject->kind,
		.rule = rule_number - s->from,
		.view = match_open(&a, s->index, &in->selection->facts, lists) };
	while (q.fact < in->selection->facts.of[q.kind].len &&
		   in->selection->facts.of[q.kind].ptr[q.fact] != subject)
		q.fact++;
	if (q.view)
		out = suppose_counts(&(suppose_question){ .now = subject->row->row->count,
			.sample = f->workbook->sample_size,
			.first = SUPPOSE_MORE,
			.tries = TRIES,
			.holds = holds_with,
			.payload = &q });
	arena_free(&a);
	return out;
}
