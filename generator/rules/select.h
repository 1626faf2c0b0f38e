/* The best fit: which module teaches a concept, which labs and scenarios assess some concepts. */
#ifndef RULES_SELECT_H
#define RULES_SELECT_H

#include "rules/engine.h"

/* The suitable module that teaches the concept furthest, at least that far; ties: nearest level, then id.
 * NULL: none. */
const module *select_module(const catalog *c, str concept_id, int at_least, int level);

typedef struct {
	fact_kind kind; /* FACT_LAB or FACT_SCENARIO */
	list_str concepts;
	str integrates;    /* a module; empty: any */
	str tag;           /* empty: any */
	int scenario_kind; /* -1: any */
	int level;
} wanted;
/* All that suit, best first: most of the concepts, then id. Without concepts: all that have the tag or kind.
 */
vec_item select_tasks(const catalog *c, const wanted *w, arena *a);

#endif
