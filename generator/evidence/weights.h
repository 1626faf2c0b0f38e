/* Which postings are counted, and how much each: filters, windows of time, and weights. */
#ifndef EVIDENCE_WEIGHTS_H
#define EVIDENCE_WEIGHTS_H

#include "model/analysis.h"

typedef enum {
	WINDOW_ALL,    /* what the workbook counts */
	WINDOW_NOW,    /* the latest window of the trend */
	WINDOW_BEFORE, /* the windows before it, together */
	WINDOWS
} window;

/* A cell with the weight of each of its postings; 0: it is not in that window. */
typedef struct {
	const rollup_cell *cell;
	int month; /* of the calendar, counted from year 0; -1: not known */
	double weight[WINDOWS];
} weighed_cell;

typedef struct {
	LIST(weighed_cell) cells; /* sorted: results do not depend on the order in which they came */
	double postings[WINDOWS]; /* unweighted */
	double sum[WINDOWS];      /* of the weights of all postings */
	double effective[WINDOWS];
	bool weighted; /* some posting of WINDOW_ALL has another weight than 1 */
	double filtered, undated;
	double no_region, no_employer; /* of those filtered, only because they do not say it */
	int since, until;              /* months that the filter asks for; -1: open */
	int first, last;               /* months of WINDOW_ALL; -1: none is known */
} weighing;

/* "2026-05" or "2026-05-17"; false for anything else. */
bool month_parse(int *out, str date);
str month_text(arena *a, int month); /* "2026-05"; empty for -1 */

/* Whether a posting with this date (empty: not known), region and employer is among those that the filter
 * leaves in WINDOW_ALL. */
bool filter_keeps(const analysis_filter *f, str date, str region, str employer);

/* Kish's effective sample size, sum^2 / squares, where `sum` is of the weights and `squares` of their
 * squares. L. Kish, "Survey Sampling", Wiley (1965), section 11.7. 0 for nothing. */
double effective_size(double sum, double squares);
/* The same, but at most `left`, the number of vacancies that caps on employers leave: those of one employer
 * are not independent, however small their weights. */
double capped_size(double sum, double squares, double left);

/* Factors of a weight. Of each of an employer's `count` vacancies, so that they count for `cap` at most; NAN:
 * no cap. */
double employer_factor(double cap, double count);
/* Of a level of seniority as a vacancy says it; empty: it says none. */
double seniority_factor(const analysis_settings *s, str seniority);
/* What a mention of this mention_strength counts. */
double strength_factor(const analysis_settings *s, int strength);

/* The weight of a posting is the product of
 *   age:       2^(-age / half-life), both in months, age counted back from `as_of`; an undated posting is as
 * old as the oldest dated one; only in WINDOW_ALL, since the windows of a trend are compared by age;
 *   employer:  cap / m if its employer has m > cap postings in the window; no employer, no cap;
 *   seniority: `other_seniority` if another level is said.
 * The effective size is capped_size. WINDOW_ALL ends with `until`, else with `as_of`,
 * else with the latest month. The latest window of the trend is from `since` to that month, or else
 * `trend.months` long; `trend.windows` of the same length are before it. False if memory ran out. */
bool weights_make(
	weighing *out, arena *a, list_cell cells, const analysis_settings *s, const analysis_filter *f);

#endif
