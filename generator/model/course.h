/* course.yaml: what a person decides about a course, apart from the plan. */
#ifndef MODEL_COURSE_H
#define MODEL_COURSE_H

#include "model/catalog.h"

typedef struct {
	loc at;
	double core, important, emerging, nice;
} category_weights;

typedef struct {
	loc at;
	category_weights category;
	double technology, theme; /* factors of technology and theme rows */
	double emphasis_cap;
} weights;

typedef struct {
	loc at;
	int labs, scenarios, capstone, quizzes; /* per cent */
} grading_shares;

/* How `analyze` makes a workbook from what was counted; docs/formats.md describes each. */
typedef struct {
	loc at;
	double required, preferred, mentioned;
} strength_factors;

typedef struct {
	loc at;
	double core, important;
} category_shares;

typedef struct {
	loc at;
	int months, windows, least_postings;
	double fdr;
} trend_settings;

typedef struct {
	loc at;
	double half_life;    /* months; NAN: age does not matter */
	double employer_cap; /* postings; NAN: none */
	int seniority;       /* level that counts in full; -1: all do */
	double other_seniority;
	strength_factors strength;
	category_shares categories;
	double least_share;
	int tools, inventory;
	trend_settings trend;
} analysis_settings;

typedef struct {
	loc at;
	str check, item, reason, author, expires;
} waiver;

typedef struct {
	loc at;
	LIST(pair_text) checks; /* rule id -> error, warning, info or off */
	LIST(waiver) waivers;
} policy;

typedef struct {
	loc at;
	str id, title, role;
	int level; /* -1: from the workbook */
	str language, version;
	double hours;          /* NAN: by level */
	int weeks;             /* SCHEMA_UNSET: by level */
	double hours_per_week; /* NAN: by level */
	str start_date;
	double contact_ratio;
	double lab_share; /* the part of the budget that elective labs may fill up to */
	weights weights;
	grading_shares grading;
	analysis_settings analysis;
	policy policy;
	LIST(pair_text) institution; /* slots that the institution fills in */
} course;

extern const record course_record, analysis_settings_record;

#endif
