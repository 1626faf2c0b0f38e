/* Inside `explain`: postings of the ledger, and the sentences that name something, quoted. */
#ifndef EXPLAIN_QUOTE_H
#define EXPLAIN_QUOTE_H

#include "evidence_session.h"
#include "explain.h"
#include "posting_text.h"

typedef struct {
	explainer *x;
	ledger *ledger;
	const understander *understander;
	str version;   /* of today's lexicon */
	bool stale;    /* something was understood with another one */
	size_t errors; /* there were before */
} quoter;

/* What is said of one posting; lives in an arena of its own, since texts are long. */
typedef struct {
	ledger_posting at;
	list_ledger_mention mentions;
	vec_sentence sentences;
} quoted;

/* False after a diagnostic, and if the course has no ledger, which is none. */
bool quoter_open(quoter *q, explainer *x);
bool quoter_close(quoter *q); /* false if there was a diagnostic since */
/* The posting with that id (a whole one). */
bool quoter_read(quoter *q, quoted *out, arena *a, str id);
/* That something was understood with another lexicon, if so. */
void say_stale(quoter *q);

/* "3fa81c9a0b12  Senior Baker | Mill & Sons | Graz | 2026-03-04" */
void say_posting(quoter *q, const quoted *p);
/* The same and where it was found, for the JSON form. */
value quoted_json(quoter *q, const quoted *p);
/* The first of the strongest that stand in the sentence; anywhere, if it is NULL. NULL: there is none. */
const ledger_mention *strongest_mention(list_ledger_mention mentions, const posting_sentence *within);
/* The sentence that the mention stands in; one without a sentence is its own. */
posting_sentence sentence_of(const quoted *p, const ledger_mention *m);
/* The sentence on a line of its own, between quotation marks; `marked` are put between guillemets where they
 * stand in it. One that is long is cut around the strongest of them. */
void say_sentence(quoter *q, const quoted *p, const posting_sentence *s, list_ledger_mention marked);
/* Its bytes in the text, the sentence, and its bytes in that. */
void put_place_json(quoter *q, const quoted *p, const ledger_mention *m, value v);
value mention_json(quoter *q, const quoted *p, const ledger_mention *m);
/* explain_years.c: the years and degrees that a posting asks for; false after a diagnostic. */
bool say_years(quoter *q, value json, const quoted *p);
/* Why a mention does not count, in a word for machines or in words. */
const char *uncounted_word(mention_passed passed, section_kind section);
const char *uncounted_because(mention_passed passed, section_kind section);

#endif
