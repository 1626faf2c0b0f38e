/* Postings between the ledger and the workbook: what ingesting and analysing share. */
#ifndef EVIDENCE_SESSION_H
#define EVIDENCE_SESSION_H

#include "session.h"

#include "evidence/ledger.h"
#include "evidence/lexicon.h"
#include "evidence/rollup.h"
#include "evidence/understand.h"
#include "read/posting.h"

/* What postings are understood with. */
typedef struct {
	const catalog *catalog;
	lexicon *lexicon;
	const understander *understander;
	str version; /* changes when any of it does */
} reader;

/* Names a folder as the course folder; anything else is a diagnostic and false. */
bool evidence_folder(cw_context *c, const char *path);
/* The same, with course.yaml if it is there, catalogue and lexicon, but no workbook. */
bool evidence_prepare(cw_context *c, const char *path);
/* The ledger of the course folder; NULL after a diagnostic, also if there is none yet. */
ledger *evidence_ledger(cw_context *c, ledger_mode mode);
/* A hash of everything that decides what a text is understood to say. */
str evidence_version(cw_context *c);
bool reader_open(reader *out, cw_context *c);
void reader_close(reader *r);
/* What the posting says and what it adds to the counts, in `a`. */
void reader_read(const reader *r, understanding *out, vec_rollup_item *items, const posting *p, arena *a);
str ledger_path(cw_context *c);

str origin_path(cw_context *c); /* state/workbook.hash */
/* What it says, in the context's memory; without the file, nothing and true. False after a
 * diagnostic, also if a filter in it has a date that is none. */
bool evidence_origin(workbook_origin *out, cw_context *c);
/* Whether it is a month or a day, or empty. If not, that is said of the file (empty: of no file). */
bool evidence_date(cw_context *c, str file, const char *name, str date);

#endif
