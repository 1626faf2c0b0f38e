#include "plan/stack.h"

typedef struct {
	const fact_row *row; /* NULL: no row names it */
	size_t place;        /* among the names of the row */
} named;

/* By share; of equal ones by id, so that the order of the workbook decides nothing. */
static bool stands_before(const fact_row *a, const fact_row *b)
{
	if (a->row->share != b->row->share)
		return a->row->share > b->row->share;
	return str_cmp(a->row->id, b->row->id) < 0;
}

static named find_named(const facts *f, str concept_id)
{
	named best = { 0 };
	EACH (const fact_row, r, f->rows[ROW_TECHNOLOGY])
		for (size_t i = 0; i < r->links.len; i++)
			if (str_eq(r->links.ptr[i].concept->id, concept_id) && (!best.row || stands_before(r, best.row)))
				best = (named){ .row = r, .place = i };
	return best;
}

static bool comes_before(named a, named b)
{
	if (!a.row || !b.row)
		return a.row != NULL;
	return a.row == b.row ? a.place < b.place : stands_before(a.row, b.row);
}

static str name_of(const choice *c, str concept_id)
{
	const concept *one = catalog_find(c->in->catalog, "concept", concept_id);
	return one ? one->name : concept_id;
}

static void say_why(choice *c, const scenario *s, const stack_part *p, str taken, named best)
{
	str item = arena_printf(c->arena, "scenario:%.*s", STRF(s->id)), name = name_of(c, taken);
	if (!best.row) {
		choose_remark(c, item, true, "%.*s: %.*s, because no posting names another of its technologies",
			STRF(p->id), STRF(name));
		return;
	}
	const workbook_row *row = best.row->row;
	choose_remark(c, item, true, "%.*s: %.*s, named in %g of %g postings (technology:%.*s)", STRF(p->id),
		STRF(name), row->count, c->in->facts->workbook->sample_size, STRF(row->id));
}

void stack_choose(plan_scenario *out, choice *c, const scenario *s)
{
	out->stack.ptr = NEWN(c->arena, pair_text, s->setting.stack.len);
	EACH (const stack_part, p, s->setting.stack) {
		if (!out->stack.ptr || !p->any.len)
			continue;
		str taken = p->any.ptr[0];
		named best = find_named(c->in->facts, taken);
		for (size_t i = 1; i < p->any.len; i++) {
			named other = find_named(c->in->facts, p->any.ptr[i]);
			if (!comes_before(other, best))
				continue;
			taken = p->any.ptr[i];
			best = other;
		}
		out->stack.ptr[out->stack.len++] = (pair_text){ .key = p->id, .value = taken };
		say_why(c, s, p, taken, best);
	}
}
