/* What is appended to the ledger: postings, where they were found, what they say, decisions by hand. */
#include "evidence/ledger_db.h"

#include "base/hash.h"

/* ---- the batch */

static void forget(ledger *l)
{
	l->open = false;
	l->touched.ptr = NULL;
	l->touched.len = l->touched.cap = 0;
	l->changes.ptr = NULL;
	l->changes.len = l->changes.cap = 0;
	l->shingles = l->digests = (map){ .arena = &l->batch };
	arena_free(&l->batch);
	arena_free(&l->scratch);
}

bool ledger_begin(ledger *l)
{
	if (!ledger_alive(l) || l->open)
		return false;
	/* Which BEGIN alone does not mind. */
	if (sqlite3_db_readonly(l->db, "main") == 1)
		ledger_fail(l, SQLITE_READONLY);
	forget(l);
	l->open = db_run(l, Q_BEGIN, "");
	int64_t any = 0;
	l->decided = db_one(&any, l, Q_DECISION_ANY, "");
	/* Another process may have brought a lexicon since. */
	db_one(&l->lexicon, l, Q_LEXICON_LAST, "");
	return !l->failed;
}

void ledger_rollback(ledger *l)
{
	if (!l || !l->db)
		return;
	ledger_alive(l); /* what the arenas have to say is forgotten with them */
	for (size_t i = 0; i < Q_COUNT; i++)
		db_done(l, (query)i);
	if (!sqlite3_get_autocommit(l->db))
		sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
	forget(l);
	/* Numbers that the batch gave to names are not there any more. */
	l->names = (map){ .arena = l->names.arena };
}

bool ledger_commit(ledger *l)
{
	if (!l->open)
		return false;
	duplicates_settle(l);
	ledger_flush(l);
	if (ledger_alive(l))
		db_run(l, Q_COMMIT, "");
	bool kept = ledger_alive(l);
	if (kept)
		forget(l);
	else
		ledger_rollback(l);
	return kept;
}

/* True inside a batch. */
static bool writable(ledger *l)
{
	return ledger_alive(l) && l->open;
}

void ledger_touch(ledger *l, touched t)
{
	vec_push(&l->batch, &l->touched, t);
}

int64_t ledger_number(ledger *l, str id)
{
	int64_t number;
	db_one(&number, l, Q_POSTING_NUMBER, "s", id);
	return number;
}

int64_t ledger_name(ledger *l, str name)
{
	const int64_t *known = map_get(&l->names, name);
	if (known)
		return *known;
	int64_t number;
	if (!db_one(&number, l, Q_NAME_FIND, "s", name) && db_run(l, Q_NAME_ADD, "s", name))
		number = sqlite3_last_insert_rowid(l->db);
	int64_t *kept = NEW(l->names.arena, int64_t);
	if (!kept || l->failed)
		return 0;
	*kept = number;
	map_put(&l->names, arena_str(l->names.arena, name), kept);
	return number;
}

bool ledger_use_lexicon(ledger *l, str version)
{
	if (!writable(l))
		return false;
	if (db_row(l, Q_LEXICON_LAST)) {
		bool same = str_eq(db_str(l, Q_LEXICON_LAST, 1, &l->scratch), version);
		db_done(l, Q_LEXICON_LAST);
		if (same)
			return ledger_alive(l);
	}
	if (db_run(l, Q_LEXICON_ADD, "s", version))
		l->lexicon = sqlite3_last_insert_rowid(l->db);
	return ledger_alive(l);
}

/* ---- what a posting says */

static void add_mentions(ledger *l, int64_t number, const understanding *u)
{
	int64_t place = 0;
	EACH (const mention, m, u->mentions) {
		if (!m->concept)
			continue;
		int64_t concept_name = ledger_name(l, m->concept->id), entry = ledger_name(l, m->entry);
		db_run(l, Q_MENTION_ADD, "iiiiiiiiiiii", number, l->lexicon, place++, concept_name, (int64_t)m->from,
			(int64_t)m->to, entry, (int64_t)m->section, (int64_t)m->strength, (int64_t)m->passed,
			(int64_t)m->counted, (int64_t)m->choice);
	}
}

static void add_understanding(ledger *l, int64_t number, const understanding *u, list_rollup_item items)
{
	add_mentions(l, number, u);
	int64_t place = 0;
	EACH (const years_mention, y, u->years)
		db_run(l, Q_YEARS_ADD, "iiiddsii", number, l->lexicon, place++, y->min, y->max, y->degree,
			(int64_t)y->from, (int64_t)y->to);
	EACH (const str, degree, u->education)
		db_run(l, Q_EDUCATION_ADD, "iis", number, l->lexicon, *degree);
	EACH (const rollup_item, item, items) {
		int64_t key = ledger_name(l, item->key);
		db_run(l, Q_ITEM_ADD, "iiiii", number, l->lexicon, key, (int64_t)item->strength,
			(int64_t)item->mentions);
	}
}

/* ---- postings */

static void put_u32(buf *b, uint32_t n)
{
	for (int shift = 0; shift < 32; shift += 8)
		buf_char(b, (char)(n >> shift & 0xFF));
}

/* Nine bytes a block: from, to, kind and strong. */
static str blocks_bytes(arena *a, const posting *p)
{
	buf b = { .arena = a };
	EACH (const posting_block, one, p->blocks) {
		put_u32(&b, one->from);
		put_u32(&b, one->to);
		buf_char(&b, (char)((int)one->kind | (one->strong ? 0x80 : 0)));
	}
	return buf_done(&b);
}

/* Of the words alone, so that white space and punctuation make no difference. */
static int64_t words_number(arena *a, const hashed_words *t)
{
	if (a->failed || !t->words.len)
		return 0;
	str bytes = { .ptr = (const char *)t->words.ptr, .len = t->words.len * sizeof *t->words.ptr };
	str hex = hash_sha256(a, bytes);
	uint64_t n = 0;
	for (size_t i = 0; i < 16 && i < hex.len; i++)
		n = n << 4 | (uint64_t)(is_digit(hex.ptr[i]) ? hex.ptr[i] - '0' : hex.ptr[i] - 'a' + 10);
	return (int64_t)n;
}

static bool note_source(ledger *l, int64_t number, const posting *p)
{
	return db_run(l, Q_SOURCE_ADD, "isssssssss", number, p->path, p->locator, str_from(p->form), p->date,
			   p->date_from, p->region, p->url, p->seniority, p->employment) &&
		   sqlite3_changes(l->db) > 0;
}

const ledger_digest *ledger_digest_of(const ledger *l, arena *a, const posting *p)
{
	ledger_digest *d = NEW(a, ledger_digest);
	if (!d)
		return NULL;
	hashed_words_read(&d->words, a, p->text, &l->family);
	if (d->words.words.len >= SHORT_WORDS)
		d->same = words_number(a, &d->words);
	d->title = title_hash(a, p->title, p->location);
	d->employer = title_hash(a, p->employer, STR(""));
	d->blocks = blocks_bytes(a, p);
	return a->failed ? NULL : d;
}

static int64_t add_new(ledger *l, const posting *p, const ledger_digest *d)
{
	bool enough = d->words.words.len >= SHORT_WORDS;
	if (!db_run(l, Q_POSTING_ADD, enough ? "sssssbi" : "sssssbn", p->id, p->title, p->employer, p->location,
			p->text, d->blocks, d->same))
		return 0;
	int64_t number = sqlite3_last_insert_rowid(l->db);
	note_source(l, number, p);
	duplicates_note(l, number, d);
	ledger_touch(l, (touched){ .number = number, .fresh = true });
	return number;
}

/* A second source may have an earlier date: then the posting may come to stand for its group. */
static void add_again(ledger *l, int64_t number, const posting *p)
{
	if (!note_source(l, number, p))
		return;
	int64_t best, used = 0;
	db_one(&best, l, Q_SOURCE_BEST, "i", number);
	db_bind(l, Q_FOUND_GET, "i", number);
	if (db_row(l, Q_FOUND_GET)) {
		used = db_int(l, Q_FOUND_GET, 2);
		db_done(l, Q_FOUND_GET);
		if (used != best)
			ledger_touch(l, (touched){ .number = number });
	}
}

bool ledger_add_digested(ledger *l, const posting *p, const ledger_digest *digest, const understanding *u,
	list_rollup_item items, bool *fresh)
{
	*fresh = false;
	if (!writable(l))
		return false;
	int64_t number = ledger_number(l, p->id);
	if (number)
		add_again(l, number, p);
	else if (digest && u && !l->failed) {
		number = add_new(l, p, digest);
		if (number)
			add_understanding(l, number, u, items);
		*fresh = number != 0;
	}
	bool ok = ledger_alive(l) && number;
	arena_free(&l->scratch);
	return ok;
}

bool ledger_add(ledger *l, const posting *p, const understanding *u, list_rollup_item items, bool *fresh)
{
	*fresh = false;
	if (!writable(l))
		return false;
	const ledger_digest *digest = u ? ledger_digest_of(l, &l->scratch, p) : NULL;
	return ledger_add_digested(l, p, digest, u, items, fresh);
}

bool ledger_rematch(ledger *l, str id, const understanding *u, list_rollup_item items)
{
	if (!writable(l))
		return false;
	int64_t number = ledger_number(l, id), stands = 0, cell = 0;
	db_bind(l, Q_FOUND_GET, "i", number);
	if (!db_row(l, Q_FOUND_GET))
		return ledger_alive(l); /* added in this batch, with this lexicon */
	int64_t group = db_int(l, Q_FOUND_GET, 0), before = db_int(l, Q_FOUND_GET, 1);
	db_done(l, Q_FOUND_GET);
	if (before == l->lexicon)
		return true;
	db_bind(l, Q_GROUP_GET, "i", group);
	if (db_row(l, Q_GROUP_GET)) {
		stands = db_int(l, Q_GROUP_GET, 0);
		cell = db_int(l, Q_GROUP_GET, 2);
		db_done(l, Q_GROUP_GET);
	}
	add_understanding(l, number, u, items);
	db_run(l, Q_FOUND_LEXICON, "ii", number, l->lexicon);
	if (stands == number) {
		ledger_tally_items(l, number, before, cell, -1);
		ledger_tally_items(l, number, l->lexicon, cell, 1);
	}
	bool ok = ledger_alive(l);
	arena_free(&l->scratch);
	return ok;
}

/* ---- decisions */

static bool decide(ledger *l, const char *kind, str one, str other)
{
	if (!writable(l))
		return false;
	str whole_one = STR(""), whole_other = STR("");
	if (!ledger_find(l, &l->batch, one, &whole_one))
		return false;
	if (other.len && !ledger_find(l, &l->batch, other, &whole_other))
		return false;
	int64_t a = ledger_number(l, whole_one), b = other.len ? ledger_number(l, whole_other) : 0;
	if (a == b) {
		diag_file(l->d, E_UNKNOWN_ADDRESS, str_from(l->path), "a posting cannot be joined to itself");
		return false;
	}
	db_run(l, Q_DECISION_ADD, b ? "sii" : "sin", str_from(kind), a, b);
	l->decided = true;
	/* Those that were added in this batch are there already. */
	int64_t grp;
	if (db_one(&grp, l, Q_FOUND_GET, "i", a))
		ledger_touch(l, (touched){ .number = a });
	if (b && db_one(&grp, l, Q_FOUND_GET, "i", b))
		ledger_touch(l, (touched){ .number = b });
	return ledger_alive(l);
}

bool ledger_join(ledger *l, str one, str other)
{
	return decide(l, "join", one, other);
}

bool ledger_split(ledger *l, str one)
{
	return decide(l, "split", one, STR(""));
}
