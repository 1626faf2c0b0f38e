/* From a count to the words behind it: the vacancies of the ledger that count for a row or a concept, and the
 * mentions of a concept that do not count. */
#include "explain_quote.h"

#include "base/number.h"
#include "base/text.h"

#include <stdlib.h>

enum { SHOWN = 10, EXAMPLES = 3, NARROWER = 5 };

/* ---- what a row counts */

/* "evidence: 61 mentions in 42 postings", which `analyze` writes into the notes of a row: how many vacancies
 * there were. */
static bool noted_count(double *out, str notes)
{
	size_t at = str_find(notes, STR("evidence: "), 0), in = str_find(notes, STR(" in "), at);
	if (at == SIZE_MAX || in == SIZE_MAX || str_find(notes, STR(" mention"), at) > in)
		return false;
	return number_parse(out, str_split(str_skip(notes, in + 4), ' ').head);
}

static str item_of_group(explainer *x, str category)
{
	const catalog *k = &x->context->catalog;
	EACH (concept *const, one, k->concepts) {
		str group = rollup_group(*one, k);
		if (group.len && str_eq(text_one_line(x->arena, group), category))
			return arena_printf(x->arena, "group:%.*s", STRF(group));
	}
	return STR("");
}

/* Rows whose concepts share a name have the id behind it, all but one. */
static str item_of_name(explainer *x, const workbook_row *row)
{
	int kind = row->kind == ROW_SKILL ? CONCEPT_SKILL : CONCEPT_THEME;
	EACH (concept *const, one, x->context->catalog.concepts) {
		if ((*one)->kind != kind)
			continue;
		str name = text_one_line(x->arena, (*one)->name), id = (*one)->id;
		if (str_eq(name, row->name) ||
			str_eq(arena_printf(x->arena, "%.*s (%.*s)", STRF(name), STRF(id)), row->name))
			return arena_printf(x->arena, "concept:%.*s", STRF(id));
	}
	return STR("");
}

/* A row that `analyze` wrote counts one item of the ledger; one that a person wrote is taken for the concepts
 * that it links to. */
static list_str items_of_row(explainer *x, const workbook_row *row, list_str concepts, bool counted)
{
	vec_str items = { 0 };
	str item = !counted                      ? STR("")
			   : row->kind == ROW_TECHNOLOGY ? item_of_group(x, row->category)
											 : item_of_name(x, row);
	if (item.len)
		vec_push(x->arena, &items, item);
	for (size_t i = 0; !item.len && i < concepts.len; i++)
		vec_push(x->arena, &items, arena_printf(x->arena, "concept:%.*s", STRF(concepts.ptr[i])));
	return (list_str){ .ptr = items.ptr, .len = items.len };
}

/* ---- vacancies */

/* Whether what names the concept counts for the item, by today's lexicon. */
static bool counts_for(const catalog *k, str concept_id, str item)
{
	str_cut cut = str_split(item, ':');
	const concept *one = catalog_find(k, "concept", concept_id);
	if (str_eq(cut.head, STR("group")))
		return one && str_eq(rollup_group(one, k), cut.tail);
	return str_eq(concept_id, cut.tail) ||
		   (one && rollup_is_within(one, catalog_find(k, "concept", cut.tail), k));
}

static list_ledger_mention counted_mentions(quoter *q, const quoted *p, list_str items, arena *a)
{
	VEC(ledger_mention) list = { 0 };
	EACH (const ledger_mention, m, p->mentions) {
		bool counts = false;
		for (size_t i = 0; m->counted && i < items.len; i++)
			counts |= counts_for(&q->x->context->catalog, m->concept, items.ptr[i]);
		if (counts)
			vec_push(a, &list, *m);
	}
	return (list_ledger_mention){ .ptr = list.ptr, .len = list.len };
}

/* The sentence of the strongest mention, the first of these. */
static void say_best(quoter *q, const quoted *p, list_ledger_mention mentions)
{
	buf *out = q->x->out;
	const ledger_mention *best = strongest_mention(mentions, NULL);
	if (!best) {
		BUF_LIT(out, "    the words are not known to today's lexicon\n");
		return;
	}
	posting_sentence s = sentence_of(p, best);
	BUF_LIT(out, "    ");
	say_sentence(q, p, &s, mentions);
	size_t others = 0;
	EACH (const ledger_mention, m, mentions)
		others += m->from < s.from || m->to > s.to;
	if (others)
		buf_printf(out, " and %zu more place%s", others, others == 1 ? "" : "s");
	buf_char(out, '\n');
}

static bool say_vacancy(quoter *q, vec_value *list, const ledger_vacancy *v, list_str items, arena *a)
{
	quoted p;
	if (!quoter_read(q, &p, a, v->id))
		return false;
	list_ledger_mention mentions = counted_mentions(q, &p, items, a);
	BUF_LIT(q->x->out, "  ");
	say_posting(q, &p);
	buf_printf(q->x->out, " | %s", strength_names[v->strength]);
	if (v->members > 1)
		buf_printf(q->x->out, " | stands for %.0f postings", v->members);
	buf_char(q->x->out, '\n');
	say_best(q, &p, mentions);
	if (!(q->x->flags & CW_JSON))
		return true;
	value one = quoted_json(q, &p);
	vec_value quotes = { 0 };
	EACH (const ledger_mention, m, mentions)
		vec_push(q->x->arena, &quotes, mention_json(q, &p, m));
	value_set(q->x->arena, one, "strength", value_literal(strength_names[v->strength]));
	value_set(q->x->arena, one, "postings", value_double(v->members));
	value_set(q->x->arena, one, "mentions", value_of(quotes));
	vec_push(q->x->arena, list, one);
	return !q->x->arena->failed;
}

static void say_items(quoter *q, list_str items, double total)
{
	buf *out = q->x->out;
	BUF_LIT(out, "in the ledger, ");
	for (size_t i = 0; i < items.len; i++)
		buf_printf(out, "%s%.*s", i ? " or " : "", STRF(items.ptr[i]));
	buf_printf(out, " counts in %.0f vacanc%s%s\n", total, total == 1 ? "y" : "ies",
		total > 1   ? ", the strongest first:"
		: total > 0 ? ":"
					: "");
}

/* ---- what is narrower */

/* A narrower concept, and how many of the vacancies name it or what is narrower still. */
typedef struct {
	const concept *concept;
	double vacancies;
} narrower_count;
typedef VEC(narrower_count) vec_narrower;

static int by_vacancies(const void *a, const void *b)
{
	const narrower_count *x = a, *y = b;
	if (x->vacancies != y->vacancies)
		return x->vacancies > y->vacancies ? -1 : 1;
	return str_cmp(x->concept->id, y->concept->id);
}

static bool count_narrower(quoter *q, str concept_id, vec_narrower *out)
{
	arena *a = q->x->arena;
	EACH (concept *const, one, q->x->context->catalog.concepts) {
		if (!str_eq((*one)->parent, concept_id))
			continue;
		str item = arena_printf(a, "concept:%.*s", STRF((*one)->id));
		double count;
		if (!ledger_counted(q->ledger, (list_str){ .ptr = &item, .len = 1 }, &count))
			return false;
		if (count > 0)
			vec_push(a, out, (narrower_count){ .concept = *one, .vacancies = count });
	}
	if (out->len)
		qsort(out->ptr, out->len, sizeof *out->ptr, by_vacancies);
	return true;
}

/* "of 30 vacancies 8 name it itself; 25 name Monitoring, 6 Ray" */
static void say_shares(buf *out, double total, double itself, const vec_narrower *all)
{
	buf_printf(out, "of %.0f vacanc%s %.0f name%s it itself; ", total, total == 1 ? "y" : "ies", itself,
		itself == 1 ? "s" : "");
	for (size_t i = 0; i < all->len && i < NARROWER; i++) {
		const narrower_count *n = &all->ptr[i];
		buf_printf(out, "%s%.0f %s%.*s", i ? ", " : "", n->vacancies,
			i                   ? ""
			: n->vacancies == 1 ? "names "
								: "name ",
			STRF(n->concept->name));
	}
	if (all->len > NARROWER)
		buf_printf(out, ", and others %zu concepts more", all->len - NARROWER);
	buf_char(out, '\n');
}

/* In words only if most of the count comes from what is narrower. */
static bool say_narrower(quoter *q, list_str items, double total, value json)
{
	arena *a = q->x->arena;
	str_cut cut = str_split(items.ptr[0], ':');
	vec_narrower all = { 0 };
	vec_value list = { 0 };
	double itself;
	if (items.len != 1 || !str_eq(cut.head, STR("concept")) || !(total > 0))
		return true;
	if (!count_narrower(q, cut.tail, &all) || !ledger_named_itself(q->ledger, cut.tail, &itself))
		return false;
	if (all.len && itself * 2 < total)
		say_shares(q->x->out, total, itself, &all);
	EACH (const narrower_count, n, all) {
		value v = value_new_map(a);
		value_set(a, v, "concept", value_string(n->concept->id));
		value_set(a, v, "vacancies", value_double(n->vacancies));
		vec_push(a, &list, v);
	}
	value_set(a, json, "itself", value_double(itself));
	value_set(a, json, "narrower", value_of(list));
	return true;
}

/* ---- the list */

static bool say_vacancies(quoter *q, list_str items, double *total)
{
	explainer *x = q->x;
	list_ledger_vacancy found;
	vec_value list = { 0 };
	value v = value_new_map(x->arena);
	if (!ledger_counted(q->ledger, items, total) ||
		!ledger_strongest(q->ledger, x->arena, items, x->flags & CW_ALL ? 0 : SHOWN, &found) ||
		!say_narrower(q, items, *total, v))
		return false;
	say_items(q, items, *total);
	EACH (const ledger_vacancy, one, found) {
		arena a = { 0 };
		bool ok = say_vacancy(q, &list, one, items, &a);
		arena_free(&a);
		if (!ok)
			return false;
	}
	if ((double)found.len < *total)
		buf_printf(x->out, "  and %.0f more: --all lists them\n", *total - (double)found.len);
	value names = value_new_list(x->arena, items.len);
	for (size_t i = 0; i < names.list.len; i++)
		names.list.ptr[i] = value_string(items.ptr[i]);
	value_set(x->arena, v, "items", names);
	value_set(x->arena, v, "total", value_double(*total));
	value_set(x->arena, v, "list", value_of(list));
	value_set(x->arena, x->json, "vacancies", v);
	return true;
}

/* What the row says of itself may be of another time, or of other postings. */
static void compare_with_row(quoter *q, bool counted, double noted, double total)
{
	if (!counted)
		BUF_LIT(q->x->out, "the row itself was not counted in the ledger, but links to these concepts\n");
	else if (total != noted)
		buf_printf(q->x->out,
			"the row counts %.0f: postings came since the workbook was written, or it leaves some out\n",
			noted);
}

bool say_vacancies_of_row(explainer *x, const fact_row *r)
{
	quoter q;
	double noted = 0, total;
	bool ok = quoter_open(&q, x), counted = noted_count(&noted, r->row->notes);
	list_str items = items_of_row(x, r->row, r->concepts, counted);
	if (ok && items.len && say_vacancies(&q, items, &total)) {
		compare_with_row(&q, counted, noted, total);
		say_stale(&q);
	}
	return quoter_close(&q);
}

/* ---- what does not count */

static list_str narrower(explainer *x, const concept *one)
{
	vec_str ids = { 0 };
	EACH (concept *const, other, x->context->catalog.concepts)
		if (rollup_is_within(*other, one, &x->context->catalog))
			vec_push(x->arena, &ids, (*other)->id);
	return (list_str){ .ptr = ids.ptr, .len = ids.len };
}

static value reasons(quoter *q, list_ledger_uncounted why)
{
	explainer *x = q->x;
	vec_value list = { 0 };
	BUF_LIT(x->out, "does not count:\n");
	EACH (const ledger_uncounted, w, why) {
		buf_printf(x->out, "  %.0f mention%s in %.0f vacanc%s: %s\n", w->mentions,
			w->mentions == 1 ? "" : "s", w->vacancies, w->vacancies == 1 ? "y" : "ies",
			uncounted_because(w->passed, w->section));
		value v = value_new_map(x->arena);
		value_set(x->arena, v, "because", value_literal(uncounted_word(w->passed, w->section)));
		value_set(x->arena, v, "mentions", value_double(w->mentions));
		value_set(x->arena, v, "vacancies", value_double(w->vacancies));
		vec_push(x->arena, &list, v);
	}
	return value_of(list);
}

static bool say_example(quoter *q, vec_value *list, const ledger_place *place)
{
	arena a = { 0 };
	quoted p;
	bool ok = quoter_read(q, &p, &a, place->id);
	if (ok && place->place < p.mentions.len) {
		list_ledger_mention one = { .ptr = &p.mentions.ptr[place->place], .len = 1 };
		posting_sentence s = sentence_of(&p, one.ptr);
		BUF_LIT(q->x->out, "  ");
		say_posting(q, &p);
		buf_printf(q->x->out, " | %s\n    ", uncounted_because(one.ptr->passed, one.ptr->section));
		say_sentence(q, &p, &s, one);
		buf_char(q->x->out, '\n');
		value v = quoted_json(q, &p);
		value_set(q->x->arena, v, "mention", mention_json(q, &p, one.ptr));
		vec_push(q->x->arena, list, v);
	}
	arena_free(&a);
	return ok;
}

static bool say_uncounted(quoter *q, list_str concepts)
{
	explainer *x = q->x;
	list_ledger_uncounted why;
	list_ledger_place places;
	vec_value examples = { 0 };
	if (!ledger_not_counted(q->ledger, x->arena, concepts, &why) ||
		!ledger_not_counted_some(q->ledger, x->arena, concepts, EXAMPLES, &places))
		return false;
	if (!why.len)
		return true;
	value v = value_new_map(x->arena);
	value_set(x->arena, v, "reasons", reasons(q, why));
	BUF_LIT(x->out, "for example:\n");
	EACH (const ledger_place, place, places)
		if (!say_example(q, &examples, place))
			return false;
	value_set(x->arena, v, "examples", value_of(examples));
	value_set(x->arena, x->json, "not_counted", v);
	return true;
}

bool say_vacancies_of_concept(explainer *x, const concept *one)
{
	quoter q;
	double total;
	str item = arena_printf(x->arena, "concept:%.*s", STRF(one->id));
	if (quoter_open(&q, x) && say_vacancies(&q, (list_str){ .ptr = &item, .len = 1 }, &total) &&
		say_uncounted(&q, narrower(x, one)))
		say_stale(&q);
	return quoter_close(&q);
}
