/* The counts, kept up to date by differences: a batch collects them, sorted and summed they go into the
 * tables once, at its end. */
#include "evidence/ledger_db.h"

#include <stdlib.h>

enum { MONTH = 7 /* "2026-05" */ };

int64_t ledger_cell(ledger *l, int64_t number)
{
	str month = STR(""), region = STR(""), seniority = STR(""), employer = STR("");
	db_bind(l, Q_SOURCE_BEST, "i", number);
	if (db_row(l, Q_SOURCE_BEST)) {
		month = str_sub(db_str(l, Q_SOURCE_BEST, 1, &l->scratch), 0, MONTH);
		region = db_str(l, Q_SOURCE_BEST, 2, &l->scratch);
		seniority = db_str(l, Q_SOURCE_BEST, 3, &l->scratch);
		db_done(l, Q_SOURCE_BEST);
	}
	db_bind(l, Q_POSTING_ID, "i", number);
	if (db_row(l, Q_POSTING_ID)) {
		employer = db_str(l, Q_POSTING_ID, 1, &l->scratch);
		db_done(l, Q_POSTING_ID);
	}
	int64_t cell;
	if (!db_one(&cell, l, Q_CELL_FIND, "ssss", month, employer, region, seniority) &&
		db_run(l, Q_CELL_ADD, "ssss", month, employer, region, seniority))
		cell = sqlite3_last_insert_rowid(l->db);
	return cell;
}

void ledger_tally_items(ledger *l, int64_t number, int64_t lexicon, int64_t cell, int by)
{
	db_bind(l, Q_ITEMS_OF, "ii", number, lexicon);
	while (db_row(l, Q_ITEMS_OF))
		vec_push(&l->batch, &l->changes,
			(count_change){ .cell = cell,
				.item = db_int(l, Q_ITEMS_OF, 0),
				.strength = (int)db_int(l, Q_ITEMS_OF, 1),
				.vacancies = by,
				.mentions = by * db_int(l, Q_ITEMS_OF, 2) });
}

void ledger_tally(ledger *l, int64_t number, int64_t cell, int by)
{
	int64_t lexicon = 0;
	db_bind(l, Q_FOUND_GET, "i", number);
	if (db_row(l, Q_FOUND_GET)) {
		lexicon = db_int(l, Q_FOUND_GET, 1);
		db_done(l, Q_FOUND_GET);
	}
	vec_push(&l->batch, &l->changes, (count_change){ .cell = cell, .vacancies = by });
	ledger_tally_items(l, number, lexicon, cell, by);
}

static int by_place(const void *a, const void *b)
{
	const count_change *x = a, *y = b;
	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	if (x->item != y->item)
		return x->item < y->item ? -1 : 1;
	return x->strength - y->strength;
}

static void apply(ledger *l, const count_change *c)
{
	if (c->vacancies == 0 && c->mentions == 0)
		return;
	int64_t strength = c->strength;
	if (c->item == 0)
		db_run(l, Q_CELL_COUNT, "ii", c->cell, c->vacancies);
	else
		db_run(l, Q_CELL_ITEM, "iiiii", c->cell, c->item, strength, c->vacancies, c->mentions);
	if (c->item && c->vacancies < 0)
		db_run(l, Q_CELL_ITEM_DROP, "iii", c->cell, c->item, strength);
}

void ledger_flush(ledger *l)
{
	if (!ledger_alive(l) || !l->changes.len)
		return;
	qsort(l->changes.ptr, l->changes.len, sizeof *l->changes.ptr, by_place);
	count_change sum = l->changes.ptr[0];
	for (size_t i = 1; i < l->changes.len; i++) {
		const count_change *c = &l->changes.ptr[i];
		if (by_place(&sum, c) == 0) {
			sum.vacancies += c->vacancies;
			sum.mentions += c->mentions;
		} else {
			apply(l, &sum);
			sum = *c;
		}
	}
	apply(l, &sum);
	l->changes.len = 0;
}

/* ---- reading */

static list_rollup_item read_items(ledger *l, arena *a, int64_t cell)
{
	VEC(rollup_item) items = { 0 };
	db_bind(l, Q_CELL_ITEMS, "i", cell);
	while (db_row(l, Q_CELL_ITEMS))
		vec_push(a, &items,
			(rollup_item){ .key = db_str(l, Q_CELL_ITEMS, 0, a),
				.strength = (int)db_int(l, Q_CELL_ITEMS, 1),
				.postings = (double)db_int(l, Q_CELL_ITEMS, 2),
				.mentions = (double)db_int(l, Q_CELL_ITEMS, 3) });
	return (list_rollup_item){ .ptr = items.ptr, .len = items.len };
}

bool ledger_rollup(ledger *l, arena *a, list_cell *out)
{
	VEC(rollup_cell) cells = { 0 };
	*out = (list_cell){ 0 };
	db_bind(l, Q_CELLS, "");
	while (db_row(l, Q_CELLS)) {
		list_rollup_item items = read_items(l, a, db_int(l, Q_CELLS, 0));
		vec_push(a, &cells,
			(rollup_cell){ .month = db_str(l, Q_CELLS, 1, a),
				.employer = db_str(l, Q_CELLS, 2, a),
				.region = db_str(l, Q_CELLS, 3, a),
				.seniority = db_str(l, Q_CELLS, 4, a),
				.postings = (double)db_int(l, Q_CELLS, 5),
				.items = items });
	}
	*out = (list_cell){ .ptr = cells.ptr, .len = cells.len };
	return ledger_alive(l) && !a->failed;
}

static bool is_zero(ledger *l, query q)
{
	int64_t wrong = 0;
	return db_one(&wrong, l, q, "") && wrong == 0;
}

bool ledger_verify(ledger *l)
{
	bool sound = false;
	db_bind(l, Q_VERIFY_PAGES, "");
	if (db_row(l, Q_VERIFY_PAGES)) {
		sound = str_eq(db_str(l, Q_VERIFY_PAGES, 0, &l->scratch), STR("ok"));
		db_done(l, Q_VERIFY_PAGES);
	}
	sound = sound && is_zero(l, Q_VERIFY_CELLS) && is_zero(l, Q_VERIFY_ITEMS) &&
			is_zero(l, Q_VERIFY_GROUPS) && is_zero(l, Q_VERIFY_LATEST) && is_zero(l, Q_VERIFY_FOUND);
	if (!sound && !l->failed)
		ledger_fail(l, SQLITE_CORRUPT);
	return sound && ledger_alive(l);
}
