/* A plan with everything that it refers to: what is rendered, checked and explained. Items are copies of the
 * catalogue's with the plan's overrides and times in them. */
#ifndef MODEL_CURRICULUM_H
#define MODEL_CURRICULUM_H

#include "model/course.h"
#include "model/facts.h"
#include "model/plan.h"
#include "model/trace.h"

/* Minutes: the longest time with an instructor without a break, and the longest piece of work without an
 * intermediate result. By the author: half a day of teaching, and a day of work. */
enum { SESSION_MINUTES = 3 * 60, STRETCH_MINUTES = 8 * 60 };

/* Where the demand for an item comes from: a row, and the part of the row's weight that falls to the item. */
typedef struct {
	const fact_row *row;
	double weight;
} demand;

typedef struct {
	const plan_module *plan;
	module *module;   /* minutes of the activities sum to plan->minutes */
	const quiz *quiz; /* NULL: it has none */
	double weight;
	LIST(demand) demands; /* largest first */
} taught_module;

typedef struct {
	const plan_lab *plan;
	lab *lab;           /* metrics' use_stretch follow the plan */
	rubric *rubric;     /* complete: library criteria and metric bands written out */
	const char *folder; /* of its starter files; NULL if it has none */
	int percent;        /* of the grade */
	LIST(demand) demands;
} set_lab;

typedef struct {
	const plan_scenario *plan;
	scenario *scenario;
	rubric *rubric; /* from its scoring, best level first */
	const char *folder;
	int percent;
	LIST(demand) demands;
} set_scenario;

typedef struct {
	const plan_capstone *plan;
	capstone *capstone; /* only the parts of the plan's modules, in their order; none is for any module */
	rubric *rubric;     /* criteria have the outcomes of those parts */
	list_str outcomes;  /* of the criteria, each once */
	int percent;
	LIST(demand) demands;
} set_capstone;

typedef struct {
	const course *course;
	const facts *facts;
	const catalog *catalog;
	const plan *plan;
	const trace *trace;
	str as_of;                     /* latest date given in the input; empty if none */
	LIST(const outcome *) program; /* program outcomes that outcomes of the modules support */
	LIST(taught_module) modules;   /* in teaching order */
	LIST(set_lab) labs;            /* in the order they start */
	LIST(set_scenario) scenarios;
	LIST(set_capstone) capstone;
	map outcomes;       /* id -> const outcome *, of the taught modules, in teaching order */
	map outcome_module; /* outcome id -> const taught_module * */
	map by_address;     /* "module:ID", "lab:ID", "scenario:ID" -> the entry of the lists above */
	map practised_by;   /* outcome id -> the first const activity * that lists it */
	map assessed_by;    /* outcome id -> address of the first task that assesses it, a const str * */
} curriculum;

/* The number that a goal means: its value, or its ratio times `base` (NAN if it has neither, or the base is
 * unknown). */
double goal_value(const goal *g, double base);
/* True if `a` is better than `b` by the metric's direction. */
bool metric_better(const metric *m, double a, double b);
/* Baseline as one number where that makes sense: value; 1 with measured and ratio goals; the end of range or
 * expect that is nearest to the target; NAN if nothing is known. */
double metric_baseline(const metric *m);
double metric_target(const metric *m); /* what proficient means, in the unit, or as a ratio of the baseline */
double metric_stretch(const metric *m);   /* NAN if there is none */
double metric_tolerance(const metric *m); /* in the same terms as the target; NAN if unknown */
bool metric_is_ratio(const metric *m);    /* target and stretch are ratios of the measured baseline */

/* "13.5 h", "1 h 5 min", "40 min". */
str minutes_text(arena *a, int minutes);

const taught_module *curriculum_module(const curriculum *c, str id); /* NULL if it is not planned */
const set_lab *curriculum_lab(const curriculum *c, str id);
const set_scenario *curriculum_scenario(const curriculum *c, str id);
const set_capstone *curriculum_capstone(const curriculum *c, str id);
bool list_has(list_str list, str s);

#endif
