/* What the evidence says: each row of the workbook with its interval, its rank, its weight and the concepts
 * it links to. */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include "model/catalog.h"
#include "model/workbook.h"

/* A concept that a row names, and where it names it. */
typedef struct {
	const concept *concept;
	str by;    /* the words that matched, as they stand in the row */
	str where; /* name, category, tools, text or notes */
} concept_link;

typedef struct {
	const workbook_row *row;
	double low80, high80, low95, high95; /* Wilson bounds of the share */
	int rank;                            /* 1 for the largest count of its kind; equal counts share a rank */
	double factor;                       /* of its category or kind */
	double emphasis;                     /* product of what rules say, capped; 1 if none does */
	double weight;                       /* share x factor x emphasis */
	LIST(concept_link) links;            /* by place in the row; each concept once */
	list_str concepts;
} fact_row;

typedef struct {
	const workbook *workbook;
	int level; /* of the course */
	LIST(fact_row) rows[ROW_KINDS];
} facts;

extern const char *const row_kind_names[]; /* skill, technology, theme */

const fact_row *facts_find(const facts *f, row_kind kind, str id); /* NULL if there is none */

#endif
