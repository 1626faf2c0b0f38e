/* A vacancy as it is counted: what its posting says of itself, and which concepts it names. */
#ifndef EVIDENCE_VACANCY_H
#define EVIDENCE_VACANCY_H

#include "base/vec.h"

/* A concept that a vacancy names, as rollup_items has it: "concept:ID". */
typedef struct {
	str item; /* id of the concept */
	int strength;
} vacancy_item;

typedef struct {
	str posting;                           /* id of the posting that stands for it */
	str employer, region, seniority, date; /* empty: not known */
	LIST(vacancy_item) items;              /* each concept once */
} counted_vacancy;
typedef LIST(counted_vacancy) list_vacancy;

#endif
