/* The ledger, evidence.db: every posting that was read, where it was found, what it was understood to say,
 * and which postings are the same vacancy. What is evidence is only ever appended to; what is worked out from
 * it (groups, counts) is kept up to date as postings come. Neither the groups nor the counts depend on the
 * order in which postings came.
 *
 * A failure is a diagnostic, and latched: everything after it does nothing and gives false, and nothing of
 * the open batch is kept. What ledger_commit returned true for is on the disk. A ledger is used by one
 * thread. */
#ifndef EVIDENCE_LEDGER_H
#define EVIDENCE_LEDGER_H

#include "base/diag.h"
#include "evidence/vacancy.h"
#include "model/analysis.h"
#include "model/mention.h"

typedef struct ledger ledger;
typedef enum { LEDGER_READ, LEDGER_WRITE } ledger_mode;

/* Makes the file for LEDGER_WRITE; for LEDGER_READ it must be there. `a` and `d` must live as long as the
 * ledger; `path` is copied. NULL: see `d`. Release with ledger_close, also after a failure; NULL is fine. */
ledger *ledger_open(arena *a, const char *path, ledger_mode mode, diags *d);
void ledger_close(ledger *l); /* what was not committed is dropped */
bool ledger_ok(const ledger *l);

/* ---- writing: everything below stands between begin and commit. Memory is taken by the batch: a few hundred
 * to a few thousand postings each. Another process that writes is waited for, LEDGER_WAIT_MS at most. */
#define LEDGER_WAIT_MS 5000

bool ledger_begin(ledger *l);
bool ledger_commit(ledger *l);
void ledger_rollback(ledger *l); /* the batch is forgotten; not a failure */

/* Says what the understandings that follow were made with: any text that changes when the lexicon, the words
 * of sections or the way of counting change, such as a hash. Without it, it is what the ledger had last. */
bool ledger_use_lexicon(ledger *l, str version);

/* Keeps a posting, its understanding and its items (rollup_items). If its id is there already, only where it
 * was found is noted, if that is new; `u` may then be NULL. `fresh` says whether it was not there. */
bool ledger_add(ledger *l, const posting *p, const understanding *u, list_rollup_item items, bool *fresh);
/* The same in two steps: what can be worked out from the posting alone lives in `a` then, and another thread
 * may do it. NULL once memory ran out. */
typedef struct ledger_digest ledger_digest;
const ledger_digest *ledger_digest_of(const ledger *l, arena *a, const posting *p);
bool ledger_add_digested(ledger *l, const posting *p, const ledger_digest *digest, const understanding *u,
	list_rollup_item items, bool *fresh);
/* A new understanding for a posting that was understood with another lexicon; the former stays in the ledger
 * and is no longer counted. Does nothing if the posting was understood with this one. */
bool ledger_rematch(ledger *l, str id, const understanding *u, list_rollup_item items);

/* Decisions by hand, kept in order. Joined: the two count as one vacancy. Split: this one is compared with
 * nothing any more, and joins that it was in are undone; it can be joined again. Ids as ledger_find takes. */
bool ledger_join(ledger *l, str one, str other);
bool ledger_split(ledger *l, str one);

/* ---- reading. Everything handed out lives in the arena passed in. */

/* The whole id for an id or its beginning. An unknown or ambiguous one is a diagnostic and false, but no
 * failure. */
enum { LEDGER_PREFIX = 6 }; /* digits, at least */
bool ledger_find(ledger *l, arena *a, str id, str *out);
bool ledger_has(ledger *l, str id);      /* the whole id; no diagnostic */
str ledger_lexicon(ledger *l, arena *a); /* the version used last; empty: none yet */

typedef struct {
	double postings, vacancies, sources;
	double stale; /* postings understood with another lexicon than the last one used */
	double exact; /* postings with the very same words as another, beyond the first */
} ledger_totals;
bool ledger_count(ledger *l, ledger_totals *out);

/* Whether there are stale ones. Its cost does not depend on the number of postings, as that of ledger_count.
 */
bool ledger_stale(ledger *l);

/* Walks in the order of ids. Begin with an empty cursor; false at the end or after a failure. */
typedef struct {
	char after[65];
} ledger_cursor;

typedef struct {
	posting posting; /* path and locator are those of the earliest source */
	str group;       /* id of the posting that stands for the vacancy: the earliest */
	str lexicon;     /* version with which it was understood */
} ledger_posting;

bool ledger_next(ledger *l, ledger_cursor *c, arena *a, ledger_posting *out);
/* Only those that are to be understood again. */
bool ledger_next_stale(ledger *l, ledger_cursor *c, arena *a, ledger_posting *out);
bool ledger_get(ledger *l, arena *a, str id, ledger_posting *out); /* false if it is not there */

typedef struct {
	str id, title, employer, location, date;
	double alike; /* Jaccard similarity to the posting that stands for the group, boilerplate removed */
	bool same;    /* the very same words */
	bool by_hand; /* a decision names it */
} ledger_member;

/* A vacancy; the first member stands for it, the others follow by date and id. */
typedef struct {
	LIST(ledger_member) members;
} ledger_group;

bool ledger_next_group(ledger *l, ledger_cursor *c, arena *a, ledger_group *out); /* of two and more */
bool ledger_group_of(ledger *l, arena *a, str id, ledger_group *out);

typedef struct {
	str concept, entry;
	uint32_t from, to;
	section_kind section;
	mention_strength strength;
	mention_passed passed;
	bool counted;
	uint32_t choice;
} ledger_mention;
typedef LIST(ledger_mention) list_ledger_mention;

/* By place in the text, as last understood. */
bool ledger_mentions(ledger *l, arena *a, str id, list_ledger_mention *out);
/* The years of experience that a posting asks for, by place in the text, and the degrees, as last understood.
 */
typedef LIST(years_mention) list_years_mention;
bool ledger_years(ledger *l, arena *a, str id, list_years_mention *out);
bool ledger_degrees(ledger *l, arena *a, str id, list_str *out);

/* Walks the postings that were counted for an item: "concept:kubernetes", "years:5-". */
bool ledger_next_counted(ledger *l, ledger_cursor *c, arena *a, str item, ledger_posting *out);

/* Vacancies that count for any of the items, by the postings that stand for them. The cost is that of what
 * counts; texts are not read. */
typedef struct {
	str id;
	mention_strength strength; /* of the strongest mention */
	double members;            /* postings that count as this one vacancy */
} ledger_vacancy;
typedef LIST(ledger_vacancy) list_ledger_vacancy;
/* The first `most` of them, the strongest first, then the latest, then by id; 0: all. */
bool ledger_strongest(ledger *l, arena *a, list_str items, size_t most, list_ledger_vacancy *out);
bool ledger_counted(ledger *l, list_str items, double *vacancies); /* how many there are */
/* How many of those that count for the concept (an id) have a counted mention of itself, and not only of what
 * is narrower. */
bool ledger_named_itself(ledger *l, str concept_id, double *vacancies);
/* The items whose names begin so, such as "years:", and how many vacancies count for each; by name. The cost
 * is that of the counts, as for ledger_rollup. */
typedef struct {
	str item;
	double vacancies;
} ledger_item;
typedef LIST(ledger_item) list_ledger_item;
bool ledger_items(ledger *l, arena *a, str prefix, list_ledger_item *out);

/* Why mentions do not count, in the postings that stand for vacancies. */
typedef struct {
	mention_passed passed;
	section_kind section; /* if it is not passed over, one that does not count */
	double mentions, vacancies;
} ledger_uncounted;
typedef LIST(ledger_uncounted) list_ledger_uncounted;
typedef struct {
	str id;
	size_t place; /* of ledger_mentions */
} ledger_place;
typedef LIST(ledger_place) list_ledger_place;
/* Of these concepts (ids), by reason; and at most `most` places, of as many different reasons as there are.
 */
bool ledger_not_counted(ledger *l, arena *a, list_str concepts, list_ledger_uncounted *out);
bool ledger_not_counted_some(ledger *l, arena *a, list_str concepts, size_t most, list_ledger_place *out);

/* ---- what is new since a workbook was made. A mark says what the ledger held when the workbook whose bytes
 * have this hash was counted. A ledger that is made anew from its postings has no marks. */

/* The number of the posting that came last; 0: none did, or a failure. To be asked before the counts of a
 * workbook are read: what another process adds meanwhile is then new to it. */
int64_t ledger_last(ledger *l);
/* Inside a batch. Postings after number `last` are new to that workbook. Marked again, the hash keeps the
 * earlier place: if the ledger grew and the workbook is the same to the byte, nothing that came is in it, and
 * all of that is still new. So a mark of a workbook that was then not written does no harm. */
bool ledger_mark(ledger *l, str workbook_hash, int64_t last);

/* Vacancies that came after a mark: those of which no posting was there, whatever their dates. Without such a
 * mark (`marked` says whether there was one) those dated after `since`, a day, or a month, of which no day
 * is after it; with an empty `since` all, dated or not. By the id of the posting that stands for them, with
 * the facts of its best source, as in the cells, and the concepts that they count for by their last
 * understanding, by id. The cost is that of what came, not of what is in the ledger. `undated`: without a
 * mark and with a `since`, whether there are vacancies without a date, which are then not handed out. */
typedef struct {
	list_vacancy vacancies;
	bool marked, undated;
} ledger_news;
bool ledger_fresh(ledger *l, arena *a, str workbook_hash, str since, ledger_news *out);
/* The other half: vacancies of which some posting was there at the mark; without one, those dated up to
 * `since`. The cost is that of the ledger. */
bool ledger_settled(ledger *l, arena *a, str workbook_hash, str since, ledger_news *out);

/* Where a posting was found, by path and locator. */
typedef struct {
	str path, locator, form, date, date_from, region, url, seniority, employment;
} ledger_source;
typedef LIST(ledger_source) list_ledger_source;
bool ledger_sources(ledger *l, arena *a, str id, list_ledger_source *out);

/* Every decision, then every change of a group, each oldest first. */
typedef struct {
	const char *kind; /* "join", "split", "moved" */
	str one, other;   /* ids; of a move, the posting, and the earliest of the group that it came to */
} ledger_event;
typedef LIST(ledger_event) list_ledger_event;
bool ledger_history(ledger *l, arena *a, list_ledger_event *out);

/* The counts: vacancies, each in the cell of its earliest posting, by month, employer, region and seniority,
 * items by key and strength. Its cost depends on the number of cells, not of postings. */
bool ledger_rollup(ledger *l, arena *a, list_cell *out);

/* The `most` latest vacancies that the filter leaves, and how many it leaves; the latest first. Its
 * cost depends on the number of cells and on `most`. */
bool ledger_latest(
	ledger *l, arena *a, const analysis_filter *f, size_t most, list_posting_line *out, double *total);

/* Reads everything and compares it with itself (SQLite's own check, and the counts counted anew). */
bool ledger_verify(ledger *l);

#endif
