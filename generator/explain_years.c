/* Years of experience and degrees: what a posting asks for, and from the numbers of the workbook to the words
 * of postings. */
#include "explain_quote.h"

#include "base/number.h"

#include <stdlib.h>

enum { SHOWN = 10 };

/* So that years are quoted as mentions are. */
static ledger_mention mark_of(const years_mention *y)
{
	return (ledger_mention){ .from = y->from, .to = y->to };
}

/* "5 to 8", "3 or more", "up to 2" */
static void put_range(buf *out, double low, double high)
{
	if (low < 0 && high >= 0)
		BUF_LIT(out, "up to ");
	if (low >= 0)
		buf_rounded(out, low, 1);
	if (low >= 0 && high >= 0 && high != low)
		BUF_LIT(out, " to ");
	if (high >= 0 && high != low)
		buf_rounded(out, high, 1);
	if (high < 0)
		BUF_LIT(out, " or more");
}

static void put_degree(buf *out, str degree)
{
	bool doctorate = str_eq(degree, STR("doctorate"));
	if (degree.len)
		buf_printf(out, ", with a %.*s%s", STRF(degree), doctorate ? "" : "'s degree");
}

static void set_range(arena *a, value v, double low, double high)
{
	if (low >= 0)
		value_set(a, v, "low", value_double(low));
	if (high >= 0)
		value_set(a, v, "high", value_double(high));
}

/* ---- of one posting */

static value years_json(quoter *q, const quoted *p, const years_mention *y)
{
	arena *a = q->x->arena;
	ledger_mention mark = mark_of(y);
	value v = value_new_map(a);
	set_range(a, v, y->min, y->max);
	if (y->degree.len)
		value_set(a, v, "degree", value_string(arena_str(a, y->degree)));
	put_place_json(q, p, &mark, v);
	return v;
}

static void say_quoted(quoter *q, const quoted *p, const years_mention *y)
{
	ledger_mention mark = mark_of(y);
	posting_sentence s = sentence_of(p, &mark);
	say_sentence(q, p, &s, (list_ledger_mention){ .ptr = &mark, .len = 1 });
	buf_char(q->x->out, '\n');
}

bool say_years(quoter *q, value json, const quoted *p)
{
	explainer *x = q->x;
	list_years_mention years;
	list_str degrees;
	vec_value list = { 0 };
	if (!ledger_years(q->ledger, x->arena, p->at.posting.id, &years) ||
		!ledger_degrees(q->ledger, x->arena, p->at.posting.id, &degrees))
		return false;
	if (years.len)
		BUF_LIT(x->out, "years it asks for:\n");
	EACH (const years_mention, y, years) {
		BUF_LIT(x->out, "  ");
		put_range(x->out, y->min, y->max);
		put_degree(x->out, y->degree);
		BUF_LIT(x->out, ": ");
		say_quoted(q, p, y);
		vec_push(x->arena, &list, years_json(q, p, y));
	}
	value names = value_new_list(x->arena, degrees.len);
	for (size_t i = 0; i < names.list.len; i++) {
		buf_printf(x->out, "%s%.*s", i ? ", " : "degrees it asks for: ", STRF(degrees.ptr[i]));
		names.list.ptr[i] = value_string(degrees.ptr[i]);
	}
	if (names.list.len)
		buf_char(x->out, '\n');
	value_set(x->arena, json, "years", value_of(list));
	value_set(x->arena, json, "degrees", names);
	return !x->arena->failed;
}

/* ---- of all */

typedef struct {
	double low, high, vacancies;
} range_count;
typedef LIST(range_count) list_range_count;

static int by_range(const void *a, const void *b)
{
	const range_count *x = a, *y = b;
	if (x->low != y->low)
		return x->low > y->low ? 1 : -1;
	return (x->high > y->high) - (x->high < y->high);
}

/* "years:5-8", "years:3-" */
static list_range_count ranges_of(arena *a, list_ledger_item items)
{
	VEC(range_count) all = { 0 };
	EACH (const ledger_item, item, items) {
		str_cut cut = str_split(str_split(item->item, ':').tail, '-');
		range_count one = { .high = -1, .vacancies = item->vacancies };
		if (number_parse(&one.low, cut.head) && (!cut.tail.len || number_parse(&one.high, cut.tail)))
			vec_push(a, &all, one);
	}
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_range);
	return (list_range_count){ .ptr = all.ptr, .len = all.len };
}

static const char *vacancies_word(double count)
{
	return count == 1 ? "vacancy" : "vacancies";
}

static value say_ranges(explainer *x, list_ledger_item items)
{
	list_range_count all = ranges_of(x->arena, items);
	vec_value list = { 0 };
	double total = 0;
	EACH (const range_count, one, all)
		total += one->vacancies;
	buf_printf(x->out, "in the ledger, %.0f %s for years of experience%s\n", total,
		total == 1 ? "vacancy asks" : "vacancies ask", total > 0 ? ", at least:" : "");
	EACH (const range_count, one, all) {
		BUF_LIT(x->out, "  ");
		put_range(x->out, one->low, one->high);
		buf_printf(x->out, ": %.0f %s\n", one->vacancies, vacancies_word(one->vacancies));
		value v = value_new_map(x->arena);
		set_range(x->arena, v, one->low, one->high);
		value_set(x->arena, v, "vacancies", value_double(one->vacancies));
		vec_push(x->arena, &list, v);
	}
	return value_of(list);
}

static value say_degrees(explainer *x, list_ledger_item items)
{
	vec_value list = { 0 };
	EACH (const ledger_item, item, items) {
		str name = str_split(item->item, ':').tail;
		buf_printf(x->out, "%s%.*s in %.0f %s", item == items.ptr ? "degrees: " : ", ", STRF(name),
			item->vacancies, vacancies_word(item->vacancies));
		value v = value_new_map(x->arena);
		value_set(x->arena, v, "degree", value_string(name));
		value_set(x->arena, v, "vacancies", value_double(item->vacancies));
		vec_push(x->arena, &list, v);
	}
	if (items.len)
		buf_char(x->out, '\n');
	return value_of(list);
}

static bool say_example(quoter *q, vec_value *list, const ledger_vacancy *v, arena *a)
{
	quoted p;
	list_years_mention years;
	if (!quoter_read(q, &p, a, v->id) || !ledger_years(q->ledger, a, v->id, &years))
		return false;
	const years_mention *counted = rollup_years(years.ptr, years.len);
	BUF_LIT(q->x->out, "  ");
	say_posting(q, &p);
	buf_str(q->x->out, counted ? STR("\n    ") : STR("\n"));
	value one = quoted_json(q, &p);
	if (counted) {
		say_quoted(q, &p, counted);
		value_set(q->x->arena, one, "years", years_json(q, &p, counted));
	}
	vec_push(q->x->arena, list, one);
	return !q->x->arena->failed;
}

static bool say_examples(quoter *q, list_ledger_item items, value json)
{
	explainer *x = q->x;
	vec_str names = { 0 };
	vec_value list = { 0 };
	list_ledger_vacancy found;
	double total;
	EACH (const ledger_item, item, items)
		vec_push(x->arena, &names, item->item);
	list_str all = { .ptr = names.ptr, .len = names.len };
	if (!ledger_counted(q->ledger, all, &total) ||
		!ledger_strongest(q->ledger, x->arena, all, x->flags & CW_ALL ? 0 : SHOWN, &found))
		return false;
	if (found.len)
		BUF_LIT(x->out, "the latest first:\n");
	EACH (const ledger_vacancy, v, found) {
		arena a = { 0 };
		bool ok = say_example(q, &list, v, &a);
		arena_free(&a);
		if (!ok)
			return false;
	}
	if ((double)found.len < total)
		buf_printf(x->out, "  and %.0f more: --all lists them\n", total - (double)found.len);
	value_set(x->arena, json, "total", value_double(total));
	value_set(x->arena, json, "list", value_of(list));
	return true;
}

static bool say_all(quoter *q)
{
	explainer *x = q->x;
	list_ledger_item years, degrees;
	value json = value_new_map(x->arena);
	if (!ledger_items(q->ledger, x->arena, STR("years:"), &years) ||
		!ledger_items(q->ledger, x->arena, STR("degree:"), &degrees))
		return false;
	value_set(x->arena, json, "ranges", say_ranges(x, years));
	value_set(x->arena, json, "degrees", say_degrees(x, degrees));
	if (!say_examples(q, years, json))
		return false;
	value_set(x->arena, x->json, "years", json);
	say_stale(q);
	return true;
}

bool say_experience(explainer *x)
{
	quoter q;
	if (quoter_open(&q, x))
		say_all(&q);
	return quoter_close(&q);
}
