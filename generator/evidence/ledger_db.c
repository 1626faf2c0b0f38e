/* The ledger's file: opening, tables, statements, and what SQLite's failures are called here. */
#include "evidence/ledger_db.h"

#include "base/io.h"

#include <stdarg.h>
#include <stdio.h>

enum { APPLICATION_ID = 0x63776c67 /* "cwlg" */, SCHEMA_VERSION = 2, CACHE_KB = 64 << 10 };

static const char *const sql[Q_COUNT] = {
#define X(name, text) text,
	LEDGER_QUERIES(X)
#undef X
};

/* Evidence. Every table of it gets triggers that refuse changes. */
#define APPEND_ONLY(table) \
	"CREATE TRIGGER " table "_no_update BEFORE UPDATE ON " table \
	" BEGIN SELECT raise(ABORT, 'append-only'); END;" \
	"CREATE TRIGGER " table "_no_delete BEFORE DELETE ON " table \
	" BEGIN SELECT raise(ABORT, 'append-only'); END;"

static const char schema[] =
	"CREATE TABLE postings(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL,"
	" employer TEXT NOT NULL, location TEXT NOT NULL, text TEXT NOT NULL, blocks BLOB, words INTEGER);"
	"CREATE INDEX postings_words ON postings(words) WHERE words IS NOT NULL;"
	"CREATE TABLE sources(number INTEGER PRIMARY KEY, posting INTEGER NOT NULL, path TEXT NOT NULL,"
	" locator TEXT NOT NULL, form TEXT NOT NULL, date TEXT NOT NULL, date_from TEXT NOT NULL,"
	" region TEXT NOT NULL, url TEXT NOT NULL, seniority TEXT NOT NULL, employment TEXT NOT NULL,"
	" UNIQUE(posting, path, locator, date));"
	"CREATE TABLE lexicons(number INTEGER PRIMARY KEY, version TEXT NOT NULL);"
	"CREATE TABLE names(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);"
	"CREATE TABLE mentions(posting INTEGER, lexicon INTEGER, place INTEGER, concept INTEGER, from_byte "
	"INTEGER,"
	" to_byte INTEGER, entry INTEGER, section INTEGER, strength INTEGER, passed INTEGER, counted INTEGER,"
	" choice INTEGER, PRIMARY KEY(posting, lexicon, place)) WITHOUT ROWID;"
	"CREATE TABLE years(posting INTEGER, lexicon INTEGER, place INTEGER, low REAL, high REAL, degree TEXT,"
	" from_byte INTEGER, to_byte INTEGER, PRIMARY KEY(posting, lexicon, place)) WITHOUT ROWID;"
	"CREATE TABLE education(posting INTEGER, lexicon INTEGER, degree TEXT,"
	" PRIMARY KEY(posting, lexicon, degree)) WITHOUT ROWID;"
	"CREATE TABLE items(posting INTEGER, lexicon INTEGER, item INTEGER, strength INTEGER, mentions INTEGER,"
	" PRIMARY KEY(posting, lexicon, item)) WITHOUT ROWID;"
	"CREATE INDEX items_item ON items(item);"
	"CREATE TABLE decisions(number INTEGER PRIMARY KEY, kind TEXT NOT NULL, one INTEGER NOT NULL, other "
	"INTEGER);"
	"CREATE INDEX decisions_one ON decisions(one);"
	"CREATE INDEX decisions_other ON decisions(other);"
	"CREATE TABLE moves(number INTEGER PRIMARY KEY, posting INTEGER NOT NULL, before INTEGER, after "
	"INTEGER);" APPEND_ONLY("postings") APPEND_ONLY("sources") APPEND_ONLY("lexicons") APPEND_ONLY("names")
		APPEND_ONLY("mentions") APPEND_ONLY("years") APPEND_ONLY("education") APPEND_ONLY("items")
			APPEND_ONLY("decisions") APPEND_ONLY("moves");

/* What is worked out from it, and a view for people who look with the sqlite3 shell. */
static const char derived[] =
	"CREATE TABLE found(posting INTEGER PRIMARY KEY, grp INTEGER, lexicon INTEGER, source INTEGER, bands "
	"BLOB);"
	"CREATE INDEX found_group ON found(grp);"
	"CREATE INDEX found_lexicon ON found(lexicon);"
	"CREATE TABLE groups(number INTEGER PRIMARY KEY, posting INTEGER, members INTEGER, cell INTEGER,"
	" date TEXT, title TEXT, location TEXT, url TEXT);"
	"CREATE INDEX groups_latest ON groups(cell, date DESC, title, location, url);"
	"CREATE TABLE carriers(block INTEGER, title INTEGER, posting INTEGER,"
	" PRIMARY KEY(block, title, posting)) WITHOUT ROWID;"
	"CREATE TABLE boilerplate(block INTEGER PRIMARY KEY);"
	"CREATE TABLE bands(band INTEGER, posting INTEGER, PRIMARY KEY(band, posting)) WITHOUT ROWID;"
	"CREATE TABLE cells(number INTEGER PRIMARY KEY, month TEXT, employer TEXT, region TEXT, seniority TEXT,"
	" vacancies INTEGER, UNIQUE(month, employer, region, seniority));"
	"CREATE TABLE cell_items(cell INTEGER, item INTEGER, strength INTEGER, vacancies INTEGER, mentions "
	"INTEGER,"
	" PRIMARY KEY(cell, item, strength)) WITHOUT ROWID;"
	"CREATE VIEW evidence AS SELECT p.id AS posting, c.name AS concept,"
	" CAST(substr(CAST(p.text AS BLOB), m.from_byte + 1, m.to_byte - m.from_byte) AS TEXT) AS words,"
	" e.name AS entry, m.strength, m.counted, m.from_byte, m.to_byte FROM mentions m"
	" JOIN found f ON f.posting = m.posting AND f.lexicon = m.lexicon JOIN postings p ON p.number = m.posting"
	" JOIN names c ON c.number = m.concept JOIN names e ON e.number = m.entry;";

/* What ledgers of this version were made without too: indexes for which mentions of a concept do not count
 * and for which vacancies are dated after a day, and what the ledger held when a workbook was counted. */
static const char added[] =
	"CREATE INDEX IF NOT EXISTS mentions_uncounted ON mentions(concept) WHERE counted = 0;"
	"CREATE INDEX IF NOT EXISTS groups_date ON groups(date);"
	"CREATE TABLE IF NOT EXISTS marks(workbook TEXT PRIMARY KEY, posting INTEGER NOT NULL) WITHOUT ROWID;";

/* ---- failures */

static void say(ledger *l, diag_code code, bool system, const char *what)
{
	if (code == E_NO_MEMORY)
		diag_add(l->d, code, (loc){ 0 }, "%s", what);
	else
		diag_file(l->d, code, str_from(l->path), "%s", what);
	l->d->system = l->d->system || system;
}

static void say_other(ledger *l, int rc)
{
	const char *text = l->db ? sqlite3_errmsg(l->db) : sqlite3_errstr(rc);
	diag_file(l->d, E_FILE_WRITE, str_from(l->path), "the ledger failed: %s", text);
	l->d->system = true;
}

void ledger_fail(ledger *l, int rc)
{
	if (l->failed)
		return;
	l->failed = true;
	switch (rc == LEDGER_NO_MEMORY ? SQLITE_NOMEM : rc & 0xFF) {
	case SQLITE_NOMEM:
		say(l, E_NO_MEMORY, true, "not enough memory for the ledger");
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		say(l, E_FILE_WRITE, true, "another process is writing to the ledger; try again when it is done");
		break;
	case SQLITE_NOTADB:
		say(l, E_BAD_LEDGER, false, "is not a ledger of evidence");
		break;
	case SQLITE_CORRUPT:
	case SQLITE_FORMAT:
		say(l, E_BAD_LEDGER, false, "the ledger is damaged; move it away and ingest the postings again");
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		say(l, E_FILE_WRITE, true, "cannot write: the ledger or its folder is read-only");
		break;
	case SQLITE_CANTOPEN:
		say(l, E_FILE_READ, true, "cannot open the ledger, or the files beside it");
		break;
	case SQLITE_FULL:
		say(l, E_FILE_WRITE, true, "cannot write: the disk is full; what was committed is kept");
		break;
	case SQLITE_IOERR:
		say(l, E_FILE_WRITE, true,
			"cannot read or write the ledger, or its folder is full; what was committed is kept");
		break;
	default:
		say_other(l, rc);
	}
}

bool ledger_alive(ledger *l)
{
	if (!l->failed && (l->batch.failed || l->scratch.failed || l->names.arena->failed))
		ledger_fail(l, LEDGER_NO_MEMORY);
	return !l->failed;
}

bool ledger_ok(const ledger *l)
{
	return l && !l->failed;
}

/* ---- statements */

static sqlite3_stmt *statement(ledger *l, query q)
{
	if (!ledger_alive(l))
		return NULL;
	if (!l->statements[q]) {
		int rc = sqlite3_prepare_v3(l->db, sql[q], -1, SQLITE_PREPARE_PERSISTENT, &l->statements[q], NULL);
		if (rc != SQLITE_OK)
			ledger_fail(l, rc);
	}
	return l->statements[q];
}

static int bind_one(sqlite3_stmt *st, int at, char type, va_list *args)
{
	if (type == 'i')
		return sqlite3_bind_int64(st, at, va_arg(*args, int64_t));
	if (type == 'd')
		return sqlite3_bind_double(st, at, va_arg(*args, double));
	if (type == 'n')
		return sqlite3_bind_null(st, at);
	str s = va_arg(*args, str);
	const char *ptr = s.ptr ? s.ptr : "";
	return type == 'b' ? sqlite3_bind_blob64(st, at, ptr, s.len, SQLITE_STATIC)
					   : sqlite3_bind_text64(st, at, ptr, s.len, SQLITE_STATIC, SQLITE_UTF8);
}

static void bind_all(ledger *l, query q, const char *types, va_list *args)
{
	sqlite3_stmt *st = statement(l, q);
	for (int i = 0; st && types[i]; i++) {
		int rc = bind_one(st, i + 1, types[i], args);
		if (rc != SQLITE_OK) {
			ledger_fail(l, rc);
			return;
		}
	}
}

void db_bind(ledger *l, query q, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	bind_all(l, q, types, &args);
	va_end(args);
}

void db_done(ledger *l, query q)
{
	if (l->statements[q])
		sqlite3_reset(l->statements[q]);
}

bool db_row(ledger *l, query q)
{
	sqlite3_stmt *st = statement(l, q);
	if (!st) {
		db_done(l, q);
		return false;
	}
	int rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		ledger_fail(l, rc);
	sqlite3_reset(st);
	return false;
}

bool db_run(ledger *l, query q, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	bind_all(l, q, types, &args);
	va_end(args);
	while (db_row(l, q))
		continue;
	return !l->failed;
}

bool db_one(int64_t *out, ledger *l, query q, const char *types, ...)
{
	va_list args;
	va_start(args, types);
	bind_all(l, q, types, &args);
	va_end(args);
	*out = 0;
	if (!db_row(l, q))
		return false;
	*out = db_int(l, q, 0);
	db_done(l, q);
	return true;
}

int64_t db_int(ledger *l, query q, int column)
{
	return sqlite3_column_int64(l->statements[q], column);
}

double db_double(ledger *l, query q, int column)
{
	return sqlite3_column_double(l->statements[q], column);
}

str db_str(ledger *l, query q, int column, arena *a)
{
	const void *ptr = sqlite3_column_blob(l->statements[q], column);
	int len = sqlite3_column_bytes(l->statements[q], column);
	return ptr && len > 0 ? arena_str(a, (str){ .ptr = ptr, .len = (size_t)len }) : STR("");
}

int db_index(ledger *l, query q, int column, int count)
{
	int64_t i = db_int(l, q, column);
	return i >= 0 && i < count ? (int)i : 0;
}

/* ---- opening */

static bool run_text(ledger *l, const char *text)
{
	int rc = l->failed ? SQLITE_OK : sqlite3_exec(l->db, text, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		ledger_fail(l, rc);
	return !l->failed;
}

static int64_t ask_number(ledger *l, const char *text)
{
	sqlite3_stmt *st = NULL;
	int64_t n = 0;
	int rc = l->failed ? SQLITE_DONE : sqlite3_prepare_v2(l->db, text, -1, &st, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		n = sqlite3_column_int64(st, 0);
	else if (rc != SQLITE_DONE)
		ledger_fail(l, rc);
	sqlite3_finalize(st);
	return n;
}

static bool is_empty(ledger *l)
{
	return ask_number(l, "SELECT count(*) FROM sqlite_schema") == 0;
}

bool ledger_make(ledger *l)
{
	char marks[96];
	snprintf(marks, sizeof marks, "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID,
		SCHEMA_VERSION);
	if (!run_text(l, "BEGIN IMMEDIATE"))
		return false;
	/* Another process may have made them while this one waited. */
	if (is_empty(l) && run_text(l, schema) && run_text(l, derived) && run_text(l, added))
		run_text(l, marks);
	if (!run_text(l, "COMMIT"))
		sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
	return !l->failed;
}

static bool is_ours(ledger *l)
{
	int64_t application = ask_number(l, "PRAGMA application_id"),
			version = ask_number(l, "PRAGMA user_version");
	if (l->failed)
		return false;
	if (application != APPLICATION_ID)
		ledger_fail(l, SQLITE_NOTADB);
	else if (version != SCHEMA_VERSION) {
		l->failed = true;
		diag_file(l->d, E_BAD_LEDGER, str_from(l->path),
			"the ledger is of version %lld, and this program knows version %d", (long long)version,
			SCHEMA_VERSION);
	}
	return !l->failed;
}

static void set_up(ledger *l, ledger_mode mode)
{
	char cache[48];
	snprintf(cache, sizeof cache, "PRAGMA cache_size = -%d", CACHE_KB);
	sqlite3_busy_timeout(l->db, LEDGER_WAIT_MS);
	sqlite3_extended_result_codes(l->db, 1);
	run_text(l, cache);
	run_text(l, "PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;");
	bool fresh = is_empty(l);
	if (mode == LEDGER_WRITE && sqlite3_db_readonly(l->db, "main") == 1)
		ledger_fail(l, SQLITE_READONLY);
	if (mode == LEDGER_WRITE && (fresh || is_ours(l))) {
		run_text(l, "PRAGMA secure_delete = OFF; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
		if (fresh)
			ledger_make(l);
		run_text(l, added);
	}
	is_ours(l);
	if (db_row(l, Q_LEXICON_LAST)) {
		l->lexicon = db_int(l, Q_LEXICON_LAST, 0);
		db_done(l, Q_LEXICON_LAST);
	}
}

/* A ledger in a folder that cannot be written to can be read if nobody left a log beside it. */
static int open_file(ledger *l, arena *a, ledger_mode mode)
{
	int flags = mode == LEDGER_WRITE ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
	int rc = sqlite3_open_v2(l->path, &l->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK || mode == LEDGER_WRITE)
		return rc;
	rc = sqlite3_exec(l->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
	const char *log = arena_printf(a, "%s-wal", l->path).ptr;
	bool log_wanted = (rc & 0xFF) == SQLITE_CANTOPEN || (rc & 0xFF) == SQLITE_READONLY;
	if (!log_wanted || io_stat(log) != IO_NONE)
		return SQLITE_OK; /* what else is wrong is said later */
	sqlite3_close(l->db);
	l->db = NULL;
	buf uri = { .arena = a };
	BUF_LIT(&uri, "file:");
	for (const char *c = l->path; *c; c++)
		if (is_alnum(*c) || strchr("/._-", *c))
			buf_char(&uri, *c);
		else
			buf_printf(&uri, "%%%02X", (unsigned)(unsigned char)*c);
	BUF_LIT(&uri, "?immutable=1");
	const char *name = arena_cstr(a, buf_done(&uri));
	return sqlite3_open_v2(name, &l->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);
}

ledger *ledger_open(arena *a, const char *path, ledger_mode mode, diags *d)
{
	ledger *l = NEW(a, ledger);
	if (!l)
		return NULL;
	*l = (ledger){ .path = arena_cstr(a, str_from(path)), .d = d, .names = { .arena = a } };
	l->batch = (arena){ .limit = a->limit, .fail_at = a->fail_at };
	l->scratch = l->batch;
	hash_family_init(&l->family);
	io_kind kind = io_stat(path);
	if (kind == IO_FOLDER || kind == IO_OTHER || (kind == IO_NONE && mode == LEDGER_READ)) {
		diag_file(d, E_FILE_READ, str_from(path),
			kind == IO_NONE ? "there is no ledger yet: ingest postings first" : "is not a file");
		return NULL;
	}
	if (!ledger_alive(l))
		return NULL;
	int rc = open_file(l, a, mode);
	if (rc != SQLITE_OK)
		ledger_fail(l, rc);
	else
		set_up(l, mode);
	if (ledger_alive(l))
		return l;
	ledger_close(l);
	return NULL;
}

void ledger_close(ledger *l)
{
	if (!l)
		return;
	ledger_rollback(l);
	for (size_t i = 0; i < Q_COUNT; i++)
		sqlite3_finalize(l->statements[i]);
	sqlite3_close(l->db);
	l->db = NULL;
	arena_free(&l->batch);
	arena_free(&l->scratch);
}
