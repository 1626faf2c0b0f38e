/* Inside the ledger: the connection, its statements, and the batch. Only ledger*.c and duplicates.c know it.
 */
#ifndef EVIDENCE_LEDGER_DB_H
#define EVIDENCE_LEDGER_DB_H

#include "base/map.h"
#include "evidence/ledger.h"
#include "evidence/shingles.h"

#include <sqlite3.h>

/* Vacancies are counted by the posting that stands for them; ?1 is a JSON array of names. */
#define LEDGER_NAMED "(SELECT n.number FROM json_each(?1) j CROSS JOIN names n ON n.name = j.value)"
#define LEDGER_STANDING(table) \
	"FROM " table " t CROSS JOIN found f ON f.posting = t.posting AND f.lexicon = t.lexicon " \
	"CROSS JOIN groups g ON g.number = f.grp AND g.posting = t.posting "
/* Why a mention t does not count: -1 denied, 0 the field of a degree, else its section. */
#define LEDGER_REASON "CASE WHEN t.passed THEN -t.passed ELSE t.section END"
_Static_assert(SECTION_COMPANY == 4, "sections from this one on do not count");
#define LEDGER_UNCOUNTED "WHERE t.counted = 0 AND t.concept IN " LEDGER_NAMED
/* Vacancies with the facts that the cells have of them. */
#define LEDGER_VACANCY "SELECT p.id, p.employer, s.region, s.seniority, s.date, p.number, f.lexicon "
#define LEDGER_FACTS \
	"CROSS JOIN sources s ON s.number = f.source CROSS JOIN postings p ON p.number = f.posting "
#define LEDGER_VACANCIES "FROM groups g CROSS JOIN found f ON f.posting = g.posting " LEDGER_FACTS
#define LEDGER_WAS_THERE "EXISTS(SELECT 1 FROM found o WHERE o.grp = g.number AND o.posting <= ?1)"

/* Every statement but those that make the tables. */
#define LEDGER_QUERIES(X) \
	X(BEGIN, "BEGIN IMMEDIATE") \
	X(COMMIT, "COMMIT") \
	X(ROLLBACK, "ROLLBACK") \
	X(LEXICON_LAST, "SELECT number, version FROM lexicons ORDER BY number DESC LIMIT 1") \
	X(LEXICON_ADD, "INSERT INTO lexicons(version) VALUES (?1)") \
	X(NAME_FIND, "SELECT number FROM names WHERE name = ?1") \
	X(NAME_ADD, "INSERT INTO names(name) VALUES (?1)") \
	X(POSTING_NUMBER, "SELECT number FROM postings WHERE id = ?1") \
	X(POSTING_ADD, "INSERT INTO postings(id, title, employer, location, text, blocks, words) " \
				   "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)") \
	X(POSTING_TEXT, "SELECT text, title, employer, location FROM postings WHERE number = ?1") \
	X(POSTING_WORDS, "SELECT words FROM postings WHERE number = ?1") \
	X(SOURCE_ADD, \
		"INSERT OR IGNORE INTO sources(posting, path, locator, form, date, date_from, region, url, " \
		"seniority, employment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)") \
	X(SOURCE_BEST, "SELECT number, date, region, seniority FROM sources WHERE posting = ?1 " \
				   "ORDER BY date = '', date, path, locator LIMIT 1") \
	X(SOURCES_OF, \
		"SELECT s.path, s.locator, s.form, s.date, s.date_from, s.region, s.url, s.seniority, s.employment " \
		"FROM sources s JOIN postings p ON p.number = s.posting WHERE p.id = ?1 " \
		"ORDER BY s.path, s.locator, s.date") \
	X(MENTION_ADD, "INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)") \
	X(YEARS_ADD, "INSERT INTO years VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
	X(EDUCATION_ADD, "INSERT OR IGNORE INTO education VALUES (?1, ?2, ?3)") \
	X(ITEM_ADD, "INSERT OR IGNORE INTO items VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(ITEMS_OF, "SELECT item, strength, mentions FROM items WHERE posting = ?1 AND lexicon = ?2") \
	X(DECISION_ADD, "INSERT INTO decisions(kind, one, other) VALUES (?1, ?2, ?3)") \
	X(DECISION_ANY, "SELECT 1 FROM decisions LIMIT 1") \
	X(DECISION_SPLIT, "SELECT coalesce(max(number), 0) FROM decisions WHERE kind = 'split' AND one = ?1") \
	X(DECISION_JOINS, "SELECT number, other FROM decisions WHERE kind = 'join' AND one = ?1 UNION ALL " \
					  "SELECT number, one FROM decisions WHERE kind = 'join' AND other = ?1") \
	X(DECISION_NAMES, "SELECT EXISTS(SELECT 1 FROM decisions WHERE one = ?1) OR " \
					  "EXISTS(SELECT 1 FROM decisions WHERE other = ?1)") \
	X(MOVE_ADD, "INSERT INTO moves(posting, before, after) VALUES (?1, ?2, ?3)") \
	X(MOVE_GROUP, "INSERT INTO moves(posting, before, after) " \
				  "SELECT posting, ?2, ?3 FROM found WHERE grp = ?1 ORDER BY posting") \
	X(FOUND_GET, "SELECT grp, lexicon, source FROM found WHERE posting = ?1") \
	X(FOUND_ADD, "INSERT INTO found VALUES (?1, ?2, ?3, ?4, ?5)") \
	X(FOUND_BANDS, "SELECT bands FROM found WHERE posting = ?1") \
	X(FOUND_SIGN, "UPDATE found SET bands = ?2 WHERE posting = ?1") \
	X(FOUND_MOVE, "UPDATE found SET grp = ?2, source = ?3 WHERE posting = ?1") \
	X(FOUND_LEXICON, "UPDATE found SET lexicon = ?2 WHERE posting = ?1") \
	X(FOUND_MERGE, "UPDATE found SET grp = ?2 WHERE grp = ?1") \
	X(FOUND_MEMBERS, "SELECT posting FROM found WHERE grp = ?1 ORDER BY posting") \
	X(GROUP_GET, \
		"SELECT g.posting, g.members, g.cell, s.date, p.id FROM groups g JOIN found f ON f.posting = " \
		"g.posting " \
		"JOIN sources s ON s.number = f.source JOIN postings p ON p.number = g.posting WHERE g.number = ?1") \
	X(GROUP_LAST, "SELECT coalesce(max(number), 0) FROM groups") \
	X(GROUP_ADD, \
		"INSERT INTO groups SELECT ?1, ?2, ?3, ?4, s.date, p.title, p.location, s.url FROM found f " \
		"JOIN sources s ON s.number = f.source JOIN postings p ON p.number = f.posting WHERE f.posting = " \
		"?2") \
	X(GROUP_LATEST, "SELECT date, title, location, url FROM groups WHERE cell = ?1 " \
					"ORDER BY date DESC, title, location, url") \
	X(GROUP_DROP, "DELETE FROM groups WHERE number = ?1") \
	X(POSTING_ID, "SELECT id, employer FROM postings WHERE number = ?1") \
	X(CARRIER_HAS, "SELECT 1 FROM carriers WHERE block = ?1 AND title = ?2 LIMIT 1") \
	X(CARRIER_ADD, "INSERT OR IGNORE INTO carriers VALUES (?1, ?2, ?3)") \
	X(CARRIER_NEXT, "SELECT title FROM carriers WHERE block = ?1 AND title > ?2 ORDER BY title LIMIT 1") \
	X(CARRIERS_OF, "SELECT posting FROM carriers WHERE block = ?1") \
	X(CARRIERS_DROP, "DELETE FROM carriers WHERE block = ?1") \
	X(BOILERPLATE_HAS, "SELECT 1 FROM boilerplate WHERE block = ?1") \
	X(BOILERPLATE_ADD, "INSERT INTO boilerplate VALUES (?1)") \
	X(BAND_ADD, "INSERT OR IGNORE INTO bands VALUES (?1, ?2)") \
	X(BAND_DROP, "DELETE FROM bands WHERE band = ?1 AND posting = ?2") \
	X(BAND_POSTINGS, "SELECT posting FROM bands WHERE band = ?1 ORDER BY posting LIMIT ?2") \
	X(SAME_WORDS, "SELECT number FROM postings WHERE words = ?1 ORDER BY number LIMIT ?2") \
	X(CELL_FIND, \
		"SELECT number FROM cells WHERE month = ?1 AND employer = ?2 AND region = ?3 AND seniority = ?4") \
	X(CELL_ADD, \
		"INSERT INTO cells(month, employer, region, seniority, vacancies) VALUES (?1, ?2, ?3, ?4, 0)") \
	X(CELL_COUNT, "UPDATE cells SET vacancies = vacancies + ?2 WHERE number = ?1") \
	X(CELL_ITEM, "INSERT INTO cell_items VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET " \
				 "vacancies = vacancies + excluded.vacancies, mentions = mentions + excluded.mentions") \
	X(CELL_ITEM_DROP, \
		"DELETE FROM cell_items WHERE cell = ?1 AND item = ?2 AND strength = ?3 AND vacancies = 0") \
	X(CELLS, "SELECT number, month, employer, region, seniority, vacancies FROM cells WHERE vacancies > 0 " \
			 "ORDER BY month, employer, region, seniority") \
	X(CELLS_LATEST, "SELECT number, month, employer, region, vacancies FROM cells WHERE vacancies > 0 " \
					"ORDER BY month DESC") \
	X(CELL_ITEMS, "SELECT n.name, c.strength, c.vacancies, c.mentions FROM cell_items c JOIN names n ON " \
				  "n.number = c.item " \
				  "WHERE c.cell = ?1 ORDER BY n.name, c.strength") \
	X(STALE_ANY, "SELECT EXISTS(SELECT 1 FROM found WHERE lexicon < ?1) OR " \
				 "EXISTS(SELECT 1 FROM found WHERE lexicon > ?1)") \
	X(FIND_ID, "SELECT id FROM postings WHERE id >= ?1 ORDER BY id LIMIT 2") \
	X(FIND_BEFORE, "SELECT id FROM postings WHERE id < ?1 ORDER BY id DESC LIMIT 1") \
	X(FIND_SOME, "SELECT id FROM postings ORDER BY id LIMIT ?1") \
	X(TOTALS, "SELECT (SELECT count(*) FROM postings), (SELECT count(*) FROM groups), " \
			  "(SELECT count(*) FROM sources), (SELECT count(*) FROM found WHERE lexicon <> ?1), " \
			  "(SELECT count(*) - count(DISTINCT words) FROM postings WHERE words IS NOT NULL)") \
	X(NEXT_POSTING, "SELECT number FROM postings WHERE id > ?1 ORDER BY id LIMIT 1") \
	X(NEXT_STALE, "SELECT p.number FROM postings p JOIN found f ON f.posting = p.number " \
				  "WHERE p.id > ?1 AND f.lexicon <> ?2 ORDER BY p.id LIMIT 1") \
	X(NEXT_COUNTED, "SELECT p.number FROM postings p JOIN found f ON f.posting = p.number " \
					"JOIN groups g ON g.number = f.grp AND g.posting = p.number " \
					"JOIN items i ON i.posting = p.number AND i.lexicon = f.lexicon AND i.item = ?2 " \
					"WHERE p.id > ?1 ORDER BY p.id LIMIT 1") \
	X(STRONGEST, \
		"SELECT p.id, max(t.strength), g.members " LEDGER_STANDING( \
			"items") "CROSS JOIN sources s ON s.number = f.source CROSS JOIN postings p ON p.number = " \
					 "t.posting WHERE t.item IN " LEDGER_NAMED \
					 " GROUP BY t.posting ORDER BY 2 DESC, s.date DESC, p.id LIMIT ?2") \
	X(COUNTED_TOTAL, \
		"SELECT count(DISTINCT t.posting) " LEDGER_STANDING("items") "WHERE t.item IN " LEDGER_NAMED) \
	X(NAMED_ITSELF, \
		"SELECT count(DISTINCT t.posting) " LEDGER_STANDING( \
			"items") "WHERE t.item = (SELECT number FROM names WHERE name = 'concept:' || ?1) AND EXISTS(" \
					 "SELECT 1 FROM mentions m WHERE m.posting = t.posting AND m.lexicon = t.lexicon AND " \
					 "m.counted AND m.concept = (SELECT number FROM names WHERE name = ?1))") \
	X(ITEMS_NAMED, \
		"SELECT n.name, sum(c.vacancies) FROM cell_items c CROSS JOIN names n ON n.number = c.item " \
		"WHERE c.item IN (SELECT number FROM names WHERE substr(name, 1, length(?1)) = ?1) " \
		"GROUP BY n.name HAVING sum(c.vacancies) > 0 ORDER BY n.name") \
	X(UNCOUNTED, "SELECT " LEDGER_REASON ", count(*), count(DISTINCT t.posting) " LEDGER_STANDING( \
					 "mentions") LEDGER_UNCOUNTED " GROUP BY 1 ORDER BY 1") \
	X(UNCOUNTED_SOME, "SELECT p.id, t.place, " LEDGER_REASON " AS reason " LEDGER_STANDING( \
						  "mentions") "CROSS JOIN postings p ON p.number = t.posting " LEDGER_UNCOUNTED \
									  " ORDER BY row_number() OVER (PARTITION BY " LEDGER_REASON \
									  " ORDER BY p.id, t.place), reason LIMIT ?2") \
	X(NEXT_GROUP, "SELECT p.number FROM postings p JOIN found f ON f.posting = p.number JOIN groups g ON " \
				  "g.number = f.grp " \
				  "WHERE g.posting = p.number AND g.members > 1 AND p.id > ?1 ORDER BY p.id LIMIT 1") \
	X(POSTING_GET, \
		"SELECT p.id, p.title, p.employer, p.location, p.text, p.blocks, s.path, s.locator, s.form, " \
		"s.date, " \
		"s.date_from, s.region, s.url, s.seniority, s.employment, r.id, x.version FROM postings p " \
		"JOIN found f ON f.posting = p.number JOIN sources s ON s.number = f.source " \
		"JOIN groups g ON g.number = f.grp JOIN postings r ON r.number = g.posting " \
		"LEFT JOIN lexicons x ON x.number = f.lexicon WHERE p.number = ?1") \
	X(GROUP_MEMBERS, \
		"SELECT p.number, p.id, p.title, p.employer, p.location, s.date, p.words, p.number = g.posting " \
		"FROM found f JOIN postings p ON p.number = f.posting JOIN sources s ON s.number = f.source " \
		"JOIN groups g ON g.number = f.grp WHERE f.grp = ?1 " \
		"ORDER BY p.number <> g.posting, s.date = '', s.date, p.id") \
	X(MENTIONS_OF, "SELECT c.name, e.name, m.from_byte, m.to_byte, m.section, m.strength, m.passed, " \
				   "m.counted, m.choice " \
				   "FROM postings p JOIN found f ON f.posting = p.number " \
				   "JOIN mentions m ON m.posting = p.number AND m.lexicon = f.lexicon " \
				   "JOIN names c ON c.number = m.concept JOIN names e ON e.number = m.entry " \
				   "WHERE p.id = ?1 ORDER BY m.place") \
	X(YEARS_OF, "SELECT y.low, y.high, y.degree, y.from_byte, y.to_byte FROM postings p " \
				"JOIN found f ON f.posting = p.number " \
				"JOIN years y ON y.posting = p.number AND y.lexicon = f.lexicon " \
				"WHERE p.id = ?1 ORDER BY y.place") \
	X(DEGREES_OF, "SELECT e.degree FROM postings p JOIN found f ON f.posting = p.number " \
				  "JOIN education e ON e.posting = p.number AND e.lexicon = f.lexicon " \
				  "WHERE p.id = ?1 ORDER BY e.degree") \
	X(POSTING_LAST, "SELECT coalesce(max(number), 0) FROM postings") \
	X(MARK_ADD, "INSERT INTO marks VALUES (?1, ?2) ON CONFLICT DO UPDATE SET posting = excluded.posting " \
				"WHERE excluded.posting < posting") \
	X(MARK_GET, "SELECT posting FROM marks WHERE workbook = ?1") \
	X(MARKS_THERE, "SELECT EXISTS(SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'marks')") \
	X(FRESH_MARKED, LEDGER_VACANCY \
		"FROM found f CROSS JOIN groups g ON g.number = f.grp AND g.posting = f.posting " LEDGER_FACTS \
		"WHERE f.posting > ?1 AND NOT " LEDGER_WAS_THERE " ORDER BY p.id") \
	X(FRESH_DATED, LEDGER_VACANCY LEDGER_VACANCIES "WHERE g.date >= ?1 ORDER BY p.id") \
	X(SETTLED_MARKED, LEDGER_VACANCY LEDGER_VACANCIES "WHERE " LEDGER_WAS_THERE " ORDER BY p.id") \
	X(SETTLED_DATED, LEDGER_VACANCY LEDGER_VACANCIES "WHERE g.date > '' AND g.date < ?1 ORDER BY p.id") \
	X(UNDATED_ANY, "SELECT EXISTS(SELECT 1 FROM groups WHERE date = '')") \
	X(CONCEPTS_OF, "SELECT i.item, substr(n.name, 1 + length('concept:')), i.strength FROM items i " \
				   "CROSS JOIN names n ON n.number = i.item WHERE i.posting = ?1 AND i.lexicon = ?2 AND " \
				   "substr(n.name, 1, length('concept:')) = 'concept:' ORDER BY n.name") \
	X(HISTORY_DECISIONS, \
		"SELECT d.kind, a.id, coalesce(b.id, '') FROM decisions d JOIN postings a ON a.number = d.one " \
		"LEFT JOIN postings b ON b.number = d.other ORDER BY d.number") \
	X(HISTORY_MOVES, \
		"SELECT 'moved', a.id, coalesce(b.id, '') FROM moves m JOIN postings a ON a.number = m.posting " \
		"LEFT JOIN postings b ON b.number = m.after ORDER BY m.number") \
	X(VERIFY_PAGES, "PRAGMA quick_check(1)") \
	X(VERIFY_CELLS, "SELECT count(*) FROM cells c WHERE vacancies <> (SELECT count(*) FROM groups g WHERE " \
					"g.cell = c.number)") \
	X(VERIFY_ITEMS, \
		"WITH kept AS (SELECT cell, item, strength, vacancies, mentions FROM cell_items), " \
		"anew AS (SELECT g.cell, i.item, i.strength, count(*), sum(i.mentions) FROM groups g " \
		"JOIN found f ON f.posting = g.posting JOIN items i ON i.posting = g.posting AND i.lexicon = " \
		"f.lexicon " \
		"GROUP BY 1, 2, 3) SELECT (SELECT count(*) FROM (SELECT * FROM kept EXCEPT SELECT * FROM anew)) + " \
		"(SELECT count(*) FROM (SELECT * FROM anew EXCEPT SELECT * FROM kept))") \
	X(VERIFY_GROUPS, "SELECT count(*) FROM groups g WHERE members <> (SELECT count(*) FROM found f WHERE " \
					 "f.grp = g.number)") \
	X(VERIFY_LATEST, "SELECT count(*) FROM groups g JOIN found f ON f.posting = g.posting JOIN sources s " \
					 "ON s.number = f.source JOIN postings p ON p.number = g.posting WHERE " \
					 "(g.date, g.title, g.location, g.url) <> (s.date, p.title, p.location, s.url)") \
	X(VERIFY_FOUND, "SELECT (SELECT count(*) FROM postings) - (SELECT count(*) FROM found)")

typedef enum {
#define X(name, sql) Q_##name,
	LEDGER_QUERIES(X)
#undef X
		Q_COUNT
} query;

/* A posting whose group is to be worked out when the batch ends. */
typedef struct {
	int64_t number;
	bool fresh;  /* has no group yet */
	bool resign; /* its boilerplate changed */
} touched;

/* How a count changes; item 0 is the vacancies of the cell. */
typedef struct {
	int64_t cell, item;
	int strength;
	int64_t vacancies, mentions;
} count_change;

/* What follows from the words of a posting. */
struct ledger_digest {
	hashed_words words;
	int64_t same; /* the same for the same words; 0: they are too few */
	uint64_t title, employer;
	str blocks; /* as bytes */
};

struct ledger {
	sqlite3 *db;
	sqlite3_stmt *statements[Q_COUNT];
	const char *path;
	diags *d;
	bool failed, open; /* `open`: a batch is */
	bool decided;      /* there are decisions by hand */
	int64_t lexicon;   /* number of the one used last; 0: none */
	map names;         /* name -> int64_t *; as long as the ledger, for it is as small as a lexicon */
	arena batch, scratch;
	VEC(touched) touched;
	VEC(count_change) changes;
	map shingles; /* of postings of this batch: number (8 bytes) -> list_hash * */
	map digests;  /* of those that are new in it: number (8 bytes) -> ledger_digest * */
	hash_family family;
};

/* Latches a failure and says it, once. `rc` is SQLite's; LEDGER_NO_MEMORY is an arena's. */
enum { LEDGER_NO_MEMORY = -1 };
void ledger_fail(ledger *l, int rc);
bool ledger_alive(ledger *l); /* also asks the arenas */

/* Binds: i int64_t, s str, b str as a blob, d double, n nothing (NULL). */
void db_bind(ledger *l, query q, const char *types, ...);
bool db_row(ledger *l, query q);                         /* a row is there; else the statement is reset */
void db_done(ledger *l, query q);                        /* before the last row */
bool db_run(ledger *l, query q, const char *types, ...); /* gives no rows; false on failure */
bool db_one(int64_t *out, ledger *l, query q, const char *types, ...); /* first column of the only row */
int64_t db_int(ledger *l, query q, int column);
double db_double(ledger *l, query q, int column);
str db_str(ledger *l, query q, int column, arena *a);    /* a copy */
int db_index(ledger *l, query q, int column, int count); /* 0 if it is none below `count` */

/* For maps by number; the number must live as long as the map. */
static inline str db_key(const int64_t *number)
{
	return (str){ .ptr = (const char *)number, .len = sizeof *number };
}

bool ledger_make(ledger *l); /* the tables of a new file */

/* ledger_add.c */
int64_t ledger_name(ledger *l, str name);
int64_t ledger_number(ledger *l, str id); /* 0: not there */
void ledger_touch(ledger *l, touched t);

/* ledger_count.c */
int64_t ledger_cell(ledger *l, int64_t number);                     /* makes it if need be */
void ledger_tally(ledger *l, int64_t number, int64_t cell, int by); /* all items of the posting, and itself */
void ledger_tally_items(ledger *l, int64_t number, int64_t lexicon, int64_t cell, int by);
void ledger_flush(ledger *l);

/* duplicates.c */
/* Notes the blocks of a new posting, and keeps the digest until the batch ends. */
void duplicates_note(ledger *l, int64_t number, const ledger_digest *digest);
list_hash duplicates_shingles(ledger *l, int64_t number); /* in the batch's arena */
void duplicates_settle(ledger *l);

#endif
