/* What is read from the ledger. Every walk goes by id, so that it can be interrupted and its order does not
 * depend on how the postings came. */
#include "evidence/ledger_db.h"

#include "base/text.h"

enum {
	SUGGESTED_FROM = 4096, /* ids that may be meant by one that is not there */
	TOLD_APART = 12        /* digits that are enough to tell ids apart */
};

/* ---- ids and totals */

bool ledger_has(ledger *l, str id)
{
	return ledger_number(l, id) != 0;
}

static bool not_found(ledger *l, str id, str why)
{
	diag_file(l->d, E_UNKNOWN_ADDRESS, str_from(l->path), "posting '%.*s': %.*s", STRF(id), STRF(why));
	return false;
}

static void add_ids(ledger *l, vec_str *out, query q, size_t len, arena *a)
{
	while (db_row(l, q))
		vec_push(a, out, str_sub(db_str(l, q, 0, a), 0, len));
}

/* Of its neighbours and of a bounded number of others, the one that is nearest, as far as it was given. */
static str nearest_id(ledger *l, arena *a, str id)
{
	vec_str ids = { 0 };
	db_bind(l, Q_FIND_ID, "s", id);
	add_ids(l, &ids, Q_FIND_ID, id.len, a);
	db_bind(l, Q_FIND_BEFORE, "s", id);
	add_ids(l, &ids, Q_FIND_BEFORE, id.len, a);
	db_bind(l, Q_FIND_SOME, "i", (int64_t)SUGGESTED_FROM);
	add_ids(l, &ids, Q_FIND_SOME, id.len, a);
	return text_suggest(id, ids.ptr, ids.len);
}

/* Why there is not exactly one posting whose id begins so. */
static str why_not_one(ledger *l, arena *a, str id, const str found[2])
{
	if (found[1].len)
		return arena_printf(a, "more than one begins so, such as %.*s and %.*s",
			STRF(str_sub(found[0], 0, TOLD_APART)), STRF(str_sub(found[1], 0, TOLD_APART)));
	str near = nearest_id(l, a, id);
	return arena_printf(a, "there is none in the ledger%s%.*s%s", near.len ? "; did you mean '" : "",
		STRF(near), near.len ? "'?" : "");
}

bool ledger_find(ledger *l, arena *a, str id, str *out)
{
	str found[2] = { 0 }, lower = text_lower(a, id);
	size_t hits = 0;
	*out = STR("");
	if (!ledger_alive(l))
		return false;
	if (id.len < LEDGER_PREFIX)
		return not_found(l, id, STR("give at least six digits of its id"));
	db_bind(l, Q_FIND_ID, "s", lower);
	while (db_row(l, Q_FIND_ID)) {
		str one = db_str(l, Q_FIND_ID, 0, a);
		if (str_starts(one, lower) && hits < COUNT(found))
			found[hits++] = one;
	}
	if (l->failed || a->failed)
		return false;
	if (hits != 1)
		return not_found(l, id, why_not_one(l, a, lower, found));
	*out = found[0];
	return true;
}

str ledger_lexicon(ledger *l, arena *a)
{
	if (!db_row(l, Q_LEXICON_LAST))
		return STR("");
	str version = db_str(l, Q_LEXICON_LAST, 1, a);
	db_done(l, Q_LEXICON_LAST);
	return version;
}

bool ledger_count(ledger *l, ledger_totals *out)
{
	*out = (ledger_totals){ 0 };
	db_one(&l->lexicon, l, Q_LEXICON_LAST, "");
	db_bind(l, Q_TOTALS, "i", l->lexicon);
	if (!db_row(l, Q_TOTALS))
		return false;
	*out = (ledger_totals){ .postings = (double)db_int(l, Q_TOTALS, 0),
		.vacancies = (double)db_int(l, Q_TOTALS, 1),
		.sources = (double)db_int(l, Q_TOTALS, 2),
		.stale = (double)db_int(l, Q_TOTALS, 3),
		.exact = (double)db_int(l, Q_TOTALS, 4) };
	db_done(l, Q_TOTALS);
	return ledger_alive(l);
}

bool ledger_stale(ledger *l)
{
	int64_t any = 0;
	db_one(&l->lexicon, l, Q_LEXICON_LAST, "");
	db_one(&any, l, Q_STALE_ANY, "i", l->lexicon);
	return any != 0;
}

/* ---- postings */

static uint32_t get_u32(const unsigned char *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* A damaged file must not lead out of the text. */
static void read_blocks(posting *out, arena *a, str bytes)
{
	enum { BYTES = 9 };
	VEC(posting_block) blocks = { 0 };
	for (size_t at = 0; at + BYTES <= bytes.len; at += BYTES) {
		const unsigned char *p = (const unsigned char *)bytes.ptr + at;
		posting_block b = { .from = get_u32(p), .to = get_u32(p + 4), .strong = (p[8] & 0x80) != 0 };
		int kind = p[8] & 0x7F;
		if (b.from > b.to || b.to > out->text.len || kind > BLOCK_ITEM)
			return;
		b.kind = (block_kind)kind;
		vec_push(a, &blocks, b);
	}
	out->blocks.ptr = blocks.ptr;
	out->blocks.len = blocks.len;
}

/* A posting whose other rows are missing: somebody else wrote in the file. */
static bool damaged(ledger *l)
{
	if (!l->failed)
		ledger_fail(l, SQLITE_CORRUPT);
	return false;
}

static bool read_posting(ledger *l, arena *a, int64_t number, ledger_posting *out)
{
	enum { FACTS = 17 };
	*out = (ledger_posting){ 0 };
	if (!number)
		return false;
	db_bind(l, Q_POSTING_GET, "i", number);
	if (!db_row(l, Q_POSTING_GET))
		return damaged(l);
	str f[FACTS];
	for (int i = 0; i < FACTS; i++)
		f[i] = db_str(l, Q_POSTING_GET, i, a);
	db_done(l, Q_POSTING_GET);
	out->posting = (posting){ .id = f[0],
		.title = f[1],
		.employer = f[2],
		.location = f[3],
		.text = f[4],
		.path = f[6],
		.locator = f[7],
		.form = arena_cstr(a, f[8]),
		.date = f[9],
		.date_from = f[10],
		.region = f[11],
		.url = f[12],
		.seniority = f[13],
		.employment = f[14] };
	out->group = f[15];
	out->lexicon = f[16];
	read_blocks(&out->posting, a, f[5]);
	return ledger_alive(l) && !a->failed;
}

static bool walk(ledger *l, ledger_cursor *c, arena *a, int64_t number, ledger_posting *out)
{
	if (!number || !read_posting(l, a, number, out))
		return false;
	str id = str_sub(out->posting.id, 0, sizeof c->after - 1);
	memcpy(c->after, id.ptr, id.len);
	c->after[id.len] = '\0';
	return true;
}

bool ledger_next(ledger *l, ledger_cursor *c, arena *a, ledger_posting *out)
{
	int64_t number;
	db_one(&number, l, Q_NEXT_POSTING, "s", str_from(c->after));
	return walk(l, c, a, number, out);
}

bool ledger_next_stale(ledger *l, ledger_cursor *c, arena *a, ledger_posting *out)
{
	int64_t number, lexicon = l->lexicon;
	if (!l->open)
		db_one(&lexicon, l, Q_LEXICON_LAST, "");
	db_one(&number, l, Q_NEXT_STALE, "si", str_from(c->after), lexicon);
	return walk(l, c, a, number, out);
}

bool ledger_next_counted(ledger *l, ledger_cursor *c, arena *a, str item, ledger_posting *out)
{
	int64_t number, key;
	if (!db_one(&key, l, Q_NAME_FIND, "s", item))
		return false;
	db_one(&number, l, Q_NEXT_COUNTED, "si", str_from(c->after), key);
	return walk(l, c, a, number, out);
}

bool ledger_get(ledger *l, arena *a, str id, ledger_posting *out)
{
	return read_posting(l, a, ledger_number(l, id), out);
}

/* ---- groups */

static bool read_group(ledger *l, arena *a, int64_t number, ledger_group *out)
{
	VEC(ledger_member) members = { 0 };
	VEC(int64_t) numbers = { 0 };
	int64_t group, words = 0, named;
	*out = (ledger_group){ 0 };
	if (!number)
		return false;
	if (!db_one(&group, l, Q_FOUND_GET, "i", number))
		return damaged(l);
	db_bind(l, Q_GROUP_MEMBERS, "i", group);
	while (db_row(l, Q_GROUP_MEMBERS)) {
		int64_t same = db_int(l, Q_GROUP_MEMBERS, 6);
		words = members.len ? words : same;
		vec_push(a, &numbers, db_int(l, Q_GROUP_MEMBERS, 0));
		vec_push(a, &members,
			(ledger_member){ .id = db_str(l, Q_GROUP_MEMBERS, 1, a),
				.title = db_str(l, Q_GROUP_MEMBERS, 2, a),
				.employer = db_str(l, Q_GROUP_MEMBERS, 3, a),
				.location = db_str(l, Q_GROUP_MEMBERS, 4, a),
				.date = db_str(l, Q_GROUP_MEMBERS, 5, a),
				.same = words && same == words });
	}
	for (size_t i = 0; i < members.len && i < numbers.len && ledger_alive(l); i++) {
		list_hash first = duplicates_shingles(l, numbers.ptr[0]),
				  mine = duplicates_shingles(l, numbers.ptr[i]);
		members.ptr[i].alike = shingles_jaccard(first, mine);
		members.ptr[i].by_hand = db_one(&named, l, Q_DECISION_NAMES, "i", numbers.ptr[i]) && named;
		arena_free(&l->scratch);
	}
	out->members.ptr = members.ptr;
	out->members.len = members.len;
	return ledger_alive(l) && !a->failed && members.len;
}

/* Shingles are kept for a batch; outside of one there is nobody else to let go of them. */
static bool read_group_apart(ledger *l, arena *a, int64_t number, ledger_group *out)
{
	if (!l->open)
		l->shingles = (map){ .arena = &l->batch };
	bool ok = read_group(l, a, number, out);
	if (!l->open && ledger_alive(l)) {
		l->shingles = (map){ .arena = &l->batch };
		arena_free(&l->batch);
	}
	return ok;
}

bool ledger_next_group(ledger *l, ledger_cursor *c, arena *a, ledger_group *out)
{
	int64_t number;
	if (!db_one(&number, l, Q_NEXT_GROUP, "s", str_from(c->after)) || !read_group_apart(l, a, number, out))
		return false;
	str id = str_sub(out->members.ptr[0].id, 0, sizeof c->after - 1);
	memcpy(c->after, id.ptr, id.len);
	c->after[id.len] = '\0';
	return true;
}

bool ledger_group_of(ledger *l, arena *a, str id, ledger_group *out)
{
	return read_group_apart(l, a, ledger_number(l, id), out);
}

/* ---- what a posting says, where it was found, what was decided */

bool ledger_mentions(ledger *l, arena *a, str id, list_ledger_mention *out)
{
	VEC(ledger_mention) list = { 0 };
	db_bind(l, Q_MENTIONS_OF, "s", id);
	while (db_row(l, Q_MENTIONS_OF))
		vec_push(a, &list,
			(ledger_mention){ .concept = db_str(l, Q_MENTIONS_OF, 0, a),
				.entry = db_str(l, Q_MENTIONS_OF, 1, a),
				.from = (uint32_t)db_int(l, Q_MENTIONS_OF, 2),
				.to = (uint32_t)db_int(l, Q_MENTIONS_OF, 3),
				.section = (section_kind)db_index(l, Q_MENTIONS_OF, 4, SECTION_KINDS),
				.strength = (mention_strength)db_index(l, Q_MENTIONS_OF, 5, STRENGTHS),
				.passed = (mention_passed)db_index(l, Q_MENTIONS_OF, 6, PASSED_EMPLOYER + 1),
				.counted = db_int(l, Q_MENTIONS_OF, 7) != 0,
				.choice = (uint32_t)db_int(l, Q_MENTIONS_OF, 8) });
	*out = (list_ledger_mention){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}

/* Numbers of a damaged file become those of no years, and of no place. */
static years_mention read_years(ledger *l, arena *a)
{
	double low = db_double(l, Q_YEARS_OF, 0), high = db_double(l, Q_YEARS_OF, 1);
	return (years_mention){ .min = low >= 0 ? low : -1,
		.max = high >= 0 ? high : -1,
		.degree = db_str(l, Q_YEARS_OF, 2, a),
		.from = (uint32_t)db_int(l, Q_YEARS_OF, 3),
		.to = (uint32_t)db_int(l, Q_YEARS_OF, 4) };
}

bool ledger_years(ledger *l, arena *a, str id, list_years_mention *out)
{
	VEC(years_mention) list = { 0 };
	db_bind(l, Q_YEARS_OF, "s", id);
	while (db_row(l, Q_YEARS_OF))
		vec_push(a, &list, read_years(l, a));
	*out = (list_years_mention){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}

bool ledger_degrees(ledger *l, arena *a, str id, list_str *out)
{
	vec_str list = { 0 };
	db_bind(l, Q_DEGREES_OF, "s", id);
	while (db_row(l, Q_DEGREES_OF))
		vec_push(a, &list, db_str(l, Q_DEGREES_OF, 0, a));
	*out = (list_str){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}

bool ledger_sources(ledger *l, arena *a, str id, list_ledger_source *out)
{
	VEC(ledger_source) list = { 0 };
	db_bind(l, Q_SOURCES_OF, "s", id);
	while (db_row(l, Q_SOURCES_OF))
		vec_push(a, &list,
			(ledger_source){ .path = db_str(l, Q_SOURCES_OF, 0, a),
				.locator = db_str(l, Q_SOURCES_OF, 1, a),
				.form = db_str(l, Q_SOURCES_OF, 2, a),
				.date = db_str(l, Q_SOURCES_OF, 3, a),
				.date_from = db_str(l, Q_SOURCES_OF, 4, a),
				.region = db_str(l, Q_SOURCES_OF, 5, a),
				.url = db_str(l, Q_SOURCES_OF, 6, a),
				.seniority = db_str(l, Q_SOURCES_OF, 7, a),
				.employment = db_str(l, Q_SOURCES_OF, 8, a) });
	*out = (list_ledger_source){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}

bool ledger_history(ledger *l, arena *a, list_ledger_event *out)
{
	static const query parts[] = { Q_HISTORY_DECISIONS, Q_HISTORY_MOVES };
	VEC(ledger_event) list = { 0 };
	for (size_t i = 0; i < COUNT(parts); i++) {
		db_bind(l, parts[i], "");
		while (db_row(l, parts[i]))
			vec_push(a, &list,
				(ledger_event){ .kind = arena_cstr(a, db_str(l, parts[i], 0, a)),
					.one = db_str(l, parts[i], 1, a),
					.other = db_str(l, parts[i], 2, a) });
	}
	*out = (list_ledger_event){ .ptr = list.ptr, .len = list.len };
	return ledger_alive(l) && !a->failed;
}
