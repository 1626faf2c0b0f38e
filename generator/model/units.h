/* The units that metrics may have, and what each measures. docs/formats.md lists the same ones. */
#ifndef MODEL_UNITS_H
#define MODEL_UNITS_H

#include "base/str.h"

typedef enum { QUANTITY_TIME, QUANTITY_PURE, QUANTITY_RATE, QUANTITY_DATA, QUANTITY_MONEY } unit_quantity;

typedef struct {
	const char *name;
	unit_quantity quantity;
} metric_unit;

extern const metric_unit units[]; /* in the order of docs/formats.md */
extern const size_t unit_count;
extern const char *const quantity_names[];

const metric_unit *unit_find(str name); /* NULL if there is none; case counts, since Mbit and mbit differ */
str unit_suggest(str name);             /* what was probably meant; empty if nothing is near */

#endif
