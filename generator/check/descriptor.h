/* Descriptors of rubrics as words and numbers. */
#ifndef CHECK_DESCRIPTOR_H
#define CHECK_DESCRIPTOR_H

#include "base/map.h"
#include "model/curriculum.h"

/* How two descriptors differ. */
typedef struct {
	double alike; /* words in both / words in either (Jaccard) */
	bool numbers; /* they name different numbers */
	bool more;    /* they differ in a word that is not a degree word */
} contrast;

contrast descriptor_contrast(arena *a, str one, str other);
bool descriptor_has_number(str text);     /* in digits or in letters */
bool descriptor_has_observable(str text); /* a number, an artifact or a behaviour */
/* The criterion's text for a level; empty if it has none. */
str descriptor_of(const criterion *c, str level);

/* The numbers of a metric that stand in a descriptor, in the terms of its target. */
typedef VEC(double) vec_double;
vec_double descriptor_numbers(arena *a, const metric *m, str text);
bool descriptor_same_number(double a, double b);

#endif
