/* What did not happen: the rules that came nearest, the value that failed, and the number of postings that
 * would change it, found by evaluating again with that number. */
#include "explain.h"

#include "base/text.h"
#include "rules/select.h"
#include "what_if.h"

enum { SHOWN = 5, ROWS_ASKED = 3 }; /* near misses shown; rows whose numbers are varied */

static nearest_input input_of(const explainer *x)
{
	return (nearest_input){ .rules = &x->context->ruleset,
		.selection = &x->context->selection,
		.catalog = &x->context->catalog,
		.level = x->context->facts.level };
}

static value missed_json(explainer *x, const missed_part *p)
{
	value v = value_new_map(x->arena), saw = value_new_map(x->arena);
	value_set(x->arena, v, "condition", value_string(p->text));
	if (p->error.len)
		value_set(x->arena, v, "error", value_string(p->error));
	EACH (const observation, o, p->saw)
		value_set_str(x->arena, saw, o->text, fact_plain(o->value, x->arena));
	value_set(x->arena, v, "saw", saw);
	return v;
}

/* "  rule R on F (place)" and a line for each part that failed */
static value say_near_miss(explainer *x, const near_miss *n)
{
	const rule *r = x->context->ruleset.rules.ptr[n->rule].rule;
	value v = value_new_map(x->arena);
	vec_value parts = { 0 };
	buf_printf(x->out, "  rule %.*s on %.*s", STRF(r->id), STRF(n->fact->address));
	say_place(x, r->at);
	buf_char(x->out, '\n');
	EACH (const missed_part, p, n->missed) {
		buf_printf(x->out, "    `%.*s` %s%.*s", STRF(text_one_line(x->arena, p->text)),
			p->error.len ? "cannot be evaluated: " : "is false", STRF(p->error));
		if (p->saw.len)
			BUF_LIT(x->out, "; ");
		say_observed(x, &p->saw);
		buf_char(x->out, '\n');
		vec_push(x->arena, &parts, missed_json(x, p));
	}
	value_set(x->arena, v, "rule", value_string(r->id));
	value_set(x->arena, v, "fact", value_string(n->fact->address));
	value_set(x->arena, v, "missed", value_of(parts));
	return v;
}

/* "now 9 of 26 postings; with 12 of them ..." */
static void say_supposed(explainer *x, value json, const fact_row *row, const supposition *s, str then)
{
	double sample = x->context->facts.workbook->sample_size;
	say_number(x, "    now ", row->row->count, 1);
	say_number(x, " of ", sample, 1);
	if (s->found) {
		say_number(x, " postings; with ", s->count, 1);
		buf_printf(x->out, " %.*s\n", STRF(then));
	} else {
		buf_printf(x->out,
			s->complete ? " postings; no other number changes this by itself\n"
						: " postings; none of the %u numbers that were tried changes this\n",
			s->tries);
	}
	value v = value_new_map(x->arena);
	value_set(x->arena, v, "now", value_double(row->row->count));
	value_set(x->arena, v, "of", value_double(sample));
	if (s->found)
		value_set(x->arena, v, "needed", value_double(s->count));
	value_set(x->arena, json, "postings", v);
}

/* Rows whose numbers have been varied already. */
typedef struct {
	const fact_row *rows[ROWS_ASKED];
	size_t len;
} asked_rows;

static bool ask_first_time(asked_rows *a, const fact_row *row)
{
	for (size_t i = 0; i < a->len; i++)
		if (a->rows[i] == row)
			return false;
	if (!row || a->len == ROWS_ASKED)
		return false;
	a->rows[a->len++] = row;
	return true;
}

static const fact_row *row_at(const explainer *x, str where)
{
	str_cut cut = str_split(where, ':');
	for (int kind = 0; kind < ROW_KINDS; kind++)
		if (str_eq(cut.head, str_from(row_kind_names[kind])))
			return facts_find(&x->context->facts, (row_kind)kind, cut.tail);
	return NULL;
}

void say_arrival(explainer *x, str item)
{
	asked_rows asked = { 0 };
	vec_value items = { 0 };
	EACH (const effect, e, x->context->trace.effects) {
		const fact_row *row = list_has(e->items, item) ? row_at(x, e->fact) : NULL;
		if (!ask_first_time(&asked, row))
			continue;
		if (!items.len)
			buf_printf(x->out, "  what would bring it into %s:\n",
				x->context->plan_exists ? "a plan made anew" : "the course");
		supposition s = what_if_search(x->context, row, item, true);
		value v = value_new_map(x->arena);
		buf_printf(x->out, "  %.*s\n", STRF(e->fact));
		value_set(x->arena, v, "row", value_string(e->fact));
		say_supposed(x, v, row, &s, STR("it would be in"));
		vec_push(x->arena, &items, v);
	}
	value_set(x->arena, x->json, "arrival", value_of(items));
}

/* The number of postings that brings the item in or, where none does, the one with which the rule would hold
 * and only the planner is in the way. */
static void say_way_in(explainer *x, value json, const near_miss *n, str item)
{
	nearest_input in = input_of(x);
	supposition s = what_if_search(x->context, n->fact->row, item, true);
	str then = arena_printf(x->arena, "%.*s would be in %s", STRF(item),
		x->context->plan_exists ? "a plan made anew" : "the course");
	if (!s.found) {
		s = nearest_count(&in, &x->context->facts, &x->context->course, n->rule, n->fact);
		then = STR("the rule would hold, but no plan with the item could be made");
		value_set(x->arena, json, "planned", value_bool(false));
	}
	say_supposed(x, json, n->fact->row, &s, then);
}

size_t say_nearest_for_item(explainer *x, fact_kind kind, str id, str item)
{
	nearest_input in = input_of(x);
	list_near_miss found = nearest_for_item(&in, kind, id, x->arena);
	asked_rows asked = { 0 };
	vec_value items = { 0 };
	if (found.len)
		buf_printf(x->out, "nearest rules that would have added it, and what kept them:\n");
	for (size_t i = 0; i < found.len && i < SHOWN; i++) {
		const near_miss *n = &found.ptr[i];
		value v = say_near_miss(x, n);
		if (ask_first_time(&asked, n->fact->row)) {
			say_way_in(x, v, n, item);
		}
		vec_push(x->arena, &items, v);
	}
	if (found.len > SHOWN)
		buf_printf(x->out, "  and %zu more\n", found.len - SHOWN);
	value_set(x->arena, x->json, "nearest", value_of(items));
	return found.len;
}

static const fact *find_fact(const explainer *x, fact_kind kind, str id)
{
	EACH (fact *, f, x->context->selection.facts.of[kind])
		if (str_eq((*f)->id, id))
			return *f;
	return NULL;
}

static void say_near_misses(explainer *x, const list_near_miss *found)
{
	nearest_input in = input_of(x);
	vec_value items = { 0 };
	for (size_t i = 0; i < found->len && i < SHOWN; i++) {
		const near_miss *n = &found->ptr[i];
		value v = say_near_miss(x, n);
		if (n->fact->row) {
			supposition s = nearest_count(&in, &x->context->facts, &x->context->course, n->rule, n->fact);
			say_supposed(x, v, n->fact->row, &s, STR("the rule would hold"));
		}
		vec_push(x->arena, &items, v);
	}
	if (found->len > SHOWN)
		buf_printf(x->out, "  and %zu more\n", found->len - SHOWN);
	value_set(x->arena, x->json, "nearest", value_of(items));
}

void say_nearest_for_fact(explainer *x, fact_kind kind, str id)
{
	nearest_input in = input_of(x);
	const fact *f = find_fact(x, kind, id);
	if (!f)
		return;
	list_near_miss found = nearest_for_fact(&in, f, x->arena);
	if (!found.len)
		return;
	BUF_LIT(x->out, "rules that do not hold on it, nearest first:\n");
	say_near_misses(x, &found);
}

size_t say_new_rows(explainer *x, const module *m, str item)
{
	const cw_context *c = x->context;
	vec_value items = { 0 };
	for (size_t i = 0; i < m->teaches.len && items.len < ROWS_ASKED; i++) {
		str id = m->teaches.ptr[i].key;
		const concept *named = catalog_find(&c->catalog, "concept", id);
		if (!named || select_module(&c->catalog, id, TEACH_WORKING, c->facts.level) != m)
			continue;
		supposition s = what_if_named(x->context, named, item);
		if (!s.found)
			continue;
		static const char *const kinds[] = { "skill (category Nice)", "technology", "theme",
			"skill (category Nice)" };
		buf_printf(x->out, "  one more %s that names concept:%.*s alone would bring it in",
			kinds[named->kind], STRF(id));
		say_number(x, " with ", s.count, 0);
		say_number(x, " of ", c->facts.workbook->sample_size, 1);
		BUF_LIT(x->out, " postings\n");
		value v = value_new_map(x->arena);
		value_set(x->arena, v, "concept", value_string(id));
		value_set(x->arena, v, "needed", value_double(s.count));
		vec_push(x->arena, &items, v);
	}
	value_set(x->arena, x->json, "new_rows", value_of(items));
	return items.len;
}

void say_reversal(explainer *x, const demand *demands, size_t count, str item)
{
	asked_rows asked = { 0 };
	vec_value items = { 0 };
	for (size_t i = 0; i < count; i++) {
		const fact_row *row = demands[i].row;
		if (!ask_first_time(&asked, row))
			continue;
		if (!items.len)
			buf_printf(x->out, "what would take it out of %s:\n",
				x->context->plan_exists ? "a plan made anew" : "the course");
		supposition s = what_if_search(x->context, row, item, false);
		str where = arena_printf(x->arena, "%s:%.*s", row_kind_names[row->row->kind], STRF(row->row->id));
		value v = value_new_map(x->arena);
		buf_printf(x->out, "  %.*s\n", STRF(where));
		value_set(x->arena, v, "row", value_string(where));
		say_supposed(x, v, row, &s, STR("it would be out"));
		vec_push(x->arena, &items, v);
	}
	value_set(x->arena, x->json, "reversal", value_of(items));
}

static void say_firings(explainer *x, const rule *r, size_t facts_tried)
{
	vec_str facts_ = { 0 };
	EACH (const effect, e, x->context->trace.effects)
		if (e->rule == r && !list_has((list_str){ facts_.ptr, facts_.len }, e->fact))
			vec_push(x->arena, &facts_, e->fact);
	buf_printf(x->out, "holds on %zu of %zu facts%s", facts_.len, facts_tried, facts_.len ? ": " : "\n");
	vec_value items = { 0 };
	for (size_t i = 0; i < facts_.len; i++) {
		buf_printf(x->out, "%s%.*s", i ? ", " : "", STRF(facts_.ptr[i]));
		vec_push(x->arena, &items, value_string(facts_.ptr[i]));
	}
	if (facts_.len)
		buf_char(x->out, '\n');
	value_set(x->arena, x->json, "holds_on", value_of(items));
}

bool explain_rule(explainer *x, str id)
{
	nearest_input in = input_of(x);
	for (uint32_t i = 0; i < in.rules->rules.len; i++) {
		const compiled_rule *r = &in.rules->rules.ptr[i];
		if (!str_eq(r->rule->id, id))
			continue;
		buf_printf(x->out, "rule:%.*s", STRF(id));
		say_place(x, r->rule->at);
		buf_printf(x->out, "\nfor each %.*s, stratum %u, priority %d\n", STRF(r->rule->subject), r->stratum,
			r->rule->priority == SCHEMA_UNSET ? 0 : r->rule->priority);
		if (r->when)
			buf_printf(x->out, "when %.*s\n", STRF(text_one_line(x->arena, cel_text(r->when)->text)));
		say_firings(x, r->rule, in.selection->facts.of[r->subject].len);
		list_near_miss missed = nearest_of_rule(&in, i, x->arena);
		if (missed.len)
			BUF_LIT(x->out, "does not hold, nearest first:\n");
		say_near_misses(x, &missed);
		return true;
	}
	return false;
}

static void say_teachers(explainer *x, str id)
{
	const vec_item *items = map_get(&x->context->catalog.modules_by_concept, id);
	BUF_LIT(x->out, "taught by:\n");
	if (!items || !items->len)
		BUF_LIT(x->out, "  no module\n");
	for (size_t i = 0; items && i < items->len; i++) {
		const module *m = items->ptr[i];
		EACH (const teach, t, m->teaches)
			if (str_eq(t->key, id))
				buf_printf(x->out, "  module:%.*s to level %s, for %s%s\n", STRF(m->id),
					teaching_names[t->level], level_names[m->level],
					curriculum_module(&x->context->curriculum, m->id) ? ", in this course" : "");
	}
}

static void say_assessors(explainer *x, str id)
{
	const curriculum *k = &x->context->curriculum;
	const vec_item *labs = map_get(&x->context->catalog.labs_by_concept, id);
	const vec_item *scenarios = map_get(&x->context->catalog.scenarios_by_concept, id);
	BUF_LIT(x->out, "assessed by:\n");
	if ((!labs || !labs->len) && (!scenarios || !scenarios->len))
		BUF_LIT(x->out, "  no lab and no scenario\n");
	for (size_t i = 0; labs && i < labs->len; i++) {
		const lab *l = labs->ptr[i];
		buf_printf(x->out, "  lab:%.*s%s\n", STRF(l->id), curriculum_lab(k, l->id) ? ", in this course" : "");
	}
	for (size_t i = 0; scenarios && i < scenarios->len; i++) {
		const scenario *s = scenarios->ptr[i];
		buf_printf(x->out, "  scenario:%.*s%s\n", STRF(s->id),
			curriculum_scenario(k, s->id) ? ", in this course" : "");
	}
}

bool explain_concept(explainer *x, str id)
{
	const concept *one = catalog_find(&x->context->catalog, "concept", id);
	size_t rows = 0;
	if (!one)
		return false;
	buf_printf(x->out, "concept:%.*s, a %s: %.*s", STRF(id), concept_kind_names[one->kind], STRF(one->name));
	say_place(x, one->at);
	BUF_LIT(x->out, "\nnamed by:\n");
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, r, x->context->facts.rows[kind])
			if (list_has(r->concepts, id)) {
				rows++;
				BUF_LIT(x->out, "  ");
				say_row(x, r);
			}
	if (!rows)
		BUF_LIT(x->out, "  no row\n");
	say_teachers(x, id);
	say_assessors(x, id);
	return say_vacancies_of_concept(x, one);
}
