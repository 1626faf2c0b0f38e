/* Postings, and groups of them that count as one vacancy, as text and as JSON. */
#ifndef POSTING_TEXT_H
#define POSTING_TEXT_H

#include "base/value.h"
#include "evidence/ledger.h"

/* What says which posting it is. */
typedef struct {
	str id, title, employer, location, date;
} posting_name;

posting_name posting_name_of(const posting *p);
/* "3fa81c9a0b12  Senior Baker | Mill & Sons | Graz | 2026-03-04": the beginning of the id, which is enough to
 * name it by, and what is known. */
void put_posting_name(buf *out, const posting_name *p);
value posting_name_json(arena *a, const posting_name *p);

/* A line: of the first member how many it stands for, of the others, indented, why they are in the group. */
void put_group_member(buf *out, const ledger_group *g, const ledger_member *m);
value group_json(arena *a, const ledger_group *g);

#endif
