/* Reading the catalogue: the shipped folders, and then those of a course, whose items replace shipped ones of
 * the same id. */
#ifndef READ_CATALOG_H
#define READ_CATALOG_H

#include "model/catalog.h"
#include "model/rule.h"

typedef VEC(const rule *) vec_rule;

typedef struct {
	catalog *catalog;
	vec_rule *rules;
} catalog_input;

/* Reads catalog/, rules/ (also catalog/rules/) and rubrics/ below `root`. `course` says that items may
 * replace earlier ones. */
bool catalog_read(catalog_input *in, arena *a, str root, bool course, diags *d);
/* Once everything is read: makes the indexes and checks that every reference inside the catalogue leads
 * somewhere. */
bool catalog_check(catalog *c, arena *a, diags *d);

#endif
