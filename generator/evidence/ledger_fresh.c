/* What came since a workbook was made, vacancy by vacancy. By a mark that is a question of numbers, which
 * postings get in the order in which they come: a vacancy is new if its smallest number is above the mark. */
#include "evidence/ledger_db.h"

#include "model/analysis.h"

int64_t ledger_last(ledger *l)
{
	int64_t last = 0;
	db_one(&last, l, Q_POSTING_LAST, "");
	return last;
}

bool ledger_mark(ledger *l, str workbook_hash, int64_t last)
{
	return l->open && db_run(l, Q_MARK_ADD, "si", workbook_hash, last) && ledger_alive(l);
}

/* A ledger that nobody has written to for long has no table of them. */
static bool find_mark(ledger *l, str workbook_hash, int64_t *last)
{
	int64_t there = 0;
	db_one(&there, l, Q_MARKS_THERE, "");
	return there && db_one(last, l, Q_MARK_GET, "s", workbook_hash);
}

/* ---- vacancies */

typedef struct {
	int64_t number;
	str id;
} known_concept;

typedef struct {
	ledger *l;
	arena *a;
	map concepts;           /* number (8 bytes) -> known_concept *, so that vacancies share ids */
	VEC(vacancy_item) room; /* for the items of one vacancy */
} collector;

static str concept_id(collector *k)
{
	int64_t number = db_int(k->l, Q_CONCEPTS_OF, 0);
	const known_concept *known = map_get(&k->concepts, db_key(&number));
	if (known)
		return known->id;
	known_concept *fresh = NEW(k->a, known_concept);
	if (!fresh)
		return STR("");
	*fresh = (known_concept){ .number = number, .id = db_str(k->l, Q_CONCEPTS_OF, 1, k->a) };
	map_put(&k->concepts, db_key(&fresh->number), fresh);
	return fresh->id;
}

static void take_items(collector *k, counted_vacancy *out, int64_t number, int64_t lexicon)
{
	k->room.len = 0;
	db_bind(k->l, Q_CONCEPTS_OF, "ii", number, lexicon);
	while (db_row(k->l, Q_CONCEPTS_OF)) {
		vacancy_item item = { .item = concept_id(k),
			.strength = db_index(k->l, Q_CONCEPTS_OF, 2, STRENGTHS) };
		vec_push(k->a, &k->room, item);
	}
	out->items.ptr = NEWN(k->a, vacancy_item, k->room.len);
	out->items.len = out->items.ptr ? k->room.len : 0;
	if (out->items.len)
		memcpy(out->items.ptr, k->room.ptr, k->room.len * sizeof *k->room.ptr);
}

/* Of a query that is bound. */
static bool collect(ledger *l, arena *a, query q, list_vacancy *out)
{
	collector k = { .l = l, .a = a, .concepts = { .arena = a } };
	VEC(counted_vacancy) list = { 0 };
	while (db_row(l, q)) {
		counted_vacancy v = { .posting = db_str(l, q, 0, a),
			.employer = db_str(l, q, 1, a),
			.region = db_str(l, q, 2, a),
			.seniority = db_str(l, q, 3, a),
			.date = db_str(l, q, 4, a) };
		take_items(&k, &v, db_int(l, q, 5), db_int(l, q, 6));
		vec_push(a, &list, v);
	}
	*out = (list_vacancy){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}

/* ---- the two halves */

/* The least text that is after every date of that day or month: '~' comes after '-' and the digits. */
static str end_of(arena *a, str since)
{
	return since.len ? arena_printf(a, "%.*s~", STRF(since)) : STR("");
}

static bool read_half(
	ledger *l, arena *a, str workbook_hash, str since, query marked, query dated, ledger_news *out)
{
	int64_t last = 0, undated = 0;
	*out = (ledger_news){ .marked = find_mark(l, workbook_hash, &last) };
	if (out->marked) {
		db_bind(l, marked, "i", last);
		return collect(l, a, marked, &out->vacancies);
	}
	out->undated = since.len && db_one(&undated, l, Q_UNDATED_ANY, "") && undated;
	db_bind(l, dated, "s", end_of(a, since));
	return collect(l, a, dated, &out->vacancies);
}

bool ledger_fresh(ledger *l, arena *a, str workbook_hash, str since, ledger_news *out)
{
	return read_half(l, a, workbook_hash, since, Q_FRESH_MARKED, Q_FRESH_DATED, out);
}

bool ledger_settled(ledger *l, arena *a, str workbook_hash, str since, ledger_news *out)
{
	return read_half(l, a, workbook_hash, since, Q_SETTLED_MARKED, Q_SETTLED_DATED, out);
}
