/* From a count back to the postings: which count for an item, and which mentions do not count. */
#include "evidence/ledger_db.h"

#include "base/json.h"

/* As JSON, in the scratch arena. */
static str names_array(ledger *l, list_str names)
{
	buf b = { .arena = &l->scratch };
	buf_char(&b, '[');
	EACH (const str, name, names) {
		buf_str(&b, name == names.ptr ? STR("") : STR(","));
		json_string(&b, *name);
	}
	buf_char(&b, ']');
	return buf_done(&b);
}

/* Outside of a batch nobody else lets go of the scratch arena. */
static bool end(ledger *l, const arena *a)
{
	bool ok = ledger_alive(l) && (!a || !a->failed);
	if (ok && !l->open)
		arena_free(&l->scratch);
	return ok;
}

bool ledger_strongest(ledger *l, arena *a, list_str items, size_t most, list_ledger_vacancy *out)
{
	VEC(ledger_vacancy) list = { 0 };
	db_bind(l, Q_STRONGEST, "si", names_array(l, items), most ? (int64_t)most : (int64_t)-1);
	while (db_row(l, Q_STRONGEST))
		vec_push(a, &list,
			(ledger_vacancy){ .id = db_str(l, Q_STRONGEST, 0, a),
				.strength = (mention_strength)db_index(l, Q_STRONGEST, 1, STRENGTHS),
				.members = (double)db_int(l, Q_STRONGEST, 2) });
	*out = (list_ledger_vacancy){ .ptr = list.ptr, .len = list.len };
	return end(l, a);
}

bool ledger_counted(ledger *l, list_str items, double *vacancies)
{
	int64_t count;
	db_one(&count, l, Q_COUNTED_TOTAL, "s", names_array(l, items));
	*vacancies = (double)count;
	return end(l, NULL);
}

bool ledger_named_itself(ledger *l, str concept_id, double *vacancies)
{
	int64_t count;
	db_one(&count, l, Q_NAMED_ITSELF, "s", concept_id);
	*vacancies = (double)count;
	return end(l, NULL);
}

bool ledger_items(ledger *l, arena *a, str prefix, list_ledger_item *out)
{
	VEC(ledger_item) list = { 0 };
	db_bind(l, Q_ITEMS_NAMED, "s", prefix);
	while (db_row(l, Q_ITEMS_NAMED))
		vec_push(a, &list,
			(ledger_item){
				.item = db_str(l, Q_ITEMS_NAMED, 0, a), .vacancies = (double)db_int(l, Q_ITEMS_NAMED, 1) });
	*out = (list_ledger_item){ .ptr = list.ptr, .len = list.len };
	return end(l, a);
}

/* Reasons below zero are those for which a mention is passed over. A damaged file may hold any number. */
static mention_passed passed_of(int64_t reason)
{
	return reason < 0 && -reason <= PASSED_EMPLOYER ? (mention_passed)-reason : PASSED_NOT;
}

bool ledger_not_counted(ledger *l, arena *a, list_str concepts, list_ledger_uncounted *out)
{
	VEC(ledger_uncounted) list = { 0 };
	db_bind(l, Q_UNCOUNTED, "s", names_array(l, concepts));
	while (db_row(l, Q_UNCOUNTED))
		vec_push(a, &list,
			(ledger_uncounted){ .passed = passed_of(db_int(l, Q_UNCOUNTED, 0)),
				.section = (section_kind)db_index(l, Q_UNCOUNTED, 0, SECTION_KINDS),
				.mentions = (double)db_int(l, Q_UNCOUNTED, 1),
				.vacancies = (double)db_int(l, Q_UNCOUNTED, 2) });
	*out = (list_ledger_uncounted){ .ptr = list.ptr, .len = list.len };
	return end(l, a);
}

bool ledger_not_counted_some(ledger *l, arena *a, list_str concepts, size_t most, list_ledger_place *out)
{
	VEC(ledger_place) list = { 0 };
	db_bind(l, Q_UNCOUNTED_SOME, "si", names_array(l, concepts), (int64_t)most);
	while (db_row(l, Q_UNCOUNTED_SOME))
		vec_push(a, &list,
			(ledger_place){
				.id = db_str(l, Q_UNCOUNTED_SOME, 0, a), .place = (size_t)db_int(l, Q_UNCOUNTED_SOME, 1) });
	*out = (list_ledger_place){ .ptr = list.ptr, .len = list.len };
	return end(l, a);
}
