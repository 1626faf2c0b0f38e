/* What differs between two courses, in words that a reader needs no explanation for. Pure functions. */
#ifndef PLAN_DELTA_H
#define PLAN_DELTA_H

#include "model/curriculum.h"
#include "model/update.h"

typedef VEC(course_difference) vec_difference;

/* Appends a line for each difference, by part: syllabus (title, budget and weeks of the course; modules that
 * came, left, moved, or got another title, time or weeks), module (outcomes, activities and what they also
 * cover), lab, scenario, rubric, grading. In a part, items come in the order in which `after` teaches them,
 * then those that only `before` has. An item is an address: course, module:ID, lab:ID, scenario:ID; what is
 * about several items has none. Nothing is said where nothing differs.
 *
 * Weeks that only follow from what stands before them are no news: where several modules (labs, scenarios)
 * begin and end at most a week earlier or later, one line says so of all of them. Minutes of activities
 * are one line for each module. Texts of activities are not compared. Texts of the lines live in `a` or
 * belong to the courses, and are one line each. False if memory ran out. */
bool course_delta(vec_difference *out, arena *a, const curriculum *before, const curriculum *after);

/* Sets `r->names`: the title of the course and of every item, and the text of every outcome, that the
 * changes and differences of `r` speak of, as `after` has it, or else `before`; what neither has is left out.
 * A rubric goes by the title of its lab or scenario. False if memory ran out. */
bool revision_name_items(revision *r, arena *a, const curriculum *before, const curriculum *after);

/* What the two files of delta.c share. */
typedef struct {
	arena *arena;
	vec_difference *out;
	const curriculum *before, *after;
	const char *part; /* of the lines that are added now */
} delta;

/* Adds a line unless both sides say the same. */
void delta_say(delta *d, str item, str what, str before, str after);

/* A module, lab or scenario as far as all three are compared alike. */
typedef struct {
	str address, id, title;
	int minutes, from, to; /* weeks */
	const void *entry;     /* taught_module, set_lab, set_scenario or set_capstone */
} delta_item;
typedef VEC(delta_item) vec_delta_item;

/* One side of an item that may be on one side only: NULL is absent. */
typedef void delta_details(delta *d, str item, const void *before, const void *after);

delta_details delta_module, delta_lab, delta_scenario, delta_capstone, delta_lab_rubric,
	delta_scenario_rubric;

#endif
