#include "what_if.h"

#include "evidence/facts.h"
#include "plan/compose.h"

static bool plan_has(const plan *p, str item)
{
	str_cut cut = str_split(item, ':');
	if (str_eq(cut.head, STR("module")))
		EACH (const plan_module, m, p->modules)
			if (str_eq(m->id, cut.tail))
				return true;
	if (str_eq(cut.head, STR("lab")))
		EACH (const plan_lab, l, p->labs)
			if (str_eq(l->id, cut.tail))
				return true;
	if (str_eq(cut.head, STR("scenario")))
		EACH (const plan_scenario, s, p->scenarios)
			if (str_eq(s->id, cut.tail))
				return true;
	return false;
}

enum { TRIES = 256 }; /* of the whole way, some milliseconds each */

typedef struct {
	cw_context *context;
	const fact_row *row; /* NULL: one more row, of */
	const concept *named;
	str item;
	bool wanted;
} question;

static void suppose(facts *out, workbook *w, arena *a, const question *q, double count)
{
	cw_context *c = q->context;
	if (!q->row) {
		facts_suppose_row(out, w, a, &c->facts, q->named, count, &c->course);
		return;
	}
	row_kind kind = q->row->row->kind;
	size_t index = (size_t)(q->row - c->facts.rows[kind].ptr);
	facts_suppose(out, w, a, &c->facts, kind, index, count, &c->course);
}

/* Everything from the facts to the plan, in memory that is given back. What it has to say about evidence that
 * is only supposed is nobody's business. */
static bool comes_true(double count, void *payload)
{
	const question *q = payload;
	cw_context *c = q->context;
	arena a = { 0 };
	diags unheard = { .arena = &a, .sources = &c->sources };
	facts f;
	workbook w;
	selection s;
	trace t = { 0 };
	plan p;
	suppose(&f, &w, &a, q, count);
	compose_input in = { .selection = &s,
		.facts = &f,
		.catalog = &c->catalog,
		.course = &c->course,
		.former = c->plan_exists ? &c->plan : NULL,
		.as_of = c->as_of.len ? c->as_of : c->course.start_date,
		.evidence = STR("-") };
	bool yes = engine_run(&s, &t, &a, &c->ruleset, &f, &c->catalog, &c->course, &unheard) &&
			   compose_plan(&p, &t, &a, &in, &unheard) && plan_has(&p, q->item) == q->wanted;
	c->arena.failed |= a.failed;
	arena_free(&a);
	return yes;
}

static supposition search(question *q, double now, suppose_side first)
{
	return suppose_counts(&(suppose_question){ .now = now,
		.sample = q->context->facts.workbook->sample_size,
		.first = first,
		.tries = TRIES,
		.holds = comes_true,
		.payload = q });
}

supposition what_if_search(cw_context *c, const fact_row *row, str item, bool wanted)
{
	question q = { .context = c, .row = row, .item = item, .wanted = wanted };
	return search(&q, row->row->count, wanted ? SUPPOSE_MORE : SUPPOSE_LESS);
}

supposition what_if_named(cw_context *c, const concept *named, str item)
{
	question q = { .context = c, .named = named, .item = item, .wanted = true };
	return search(&q, 0, SUPPOSE_MORE);
}
