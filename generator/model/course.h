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

/* When the course follows new evidence; docs/formats.md describes each. */
typedef enum { PRESET_WILSON, PRESET_BETA } update_preset;
extern const char *const preset_names[];

typedef struct {
	loc at;
	int preset;
	double add;    /* share from which an item belongs into the course */
	double retire; /* share below which it does not any more; NAN: by preset */
	double core, watch;
	int cycles;                            /* in a row, that confirm what one cycle cannot */
	double discount, p_add, p_retire;      /* of the beta preset */
	double least_sample;                   /* effective vacancies that a cycle needs */
	double least_employers, employer_part; /* that must name an item: so many, and this part of them */
	double employer_cap;                   /* vacancies that one employer may count for */
	double breaker;                        /* part of the items that may move the same way */
	double approve_adds, approve_removals; /* part of the course's items, above which a person must say yes */
	double approve_share;                  /* and for the removal of an item with at least this share */
	double hours_step;                     /* part of a module's time that one update may move */
	str protect_until;                     /* a running cohort: until then nothing is taken away */
} update_settings;

typedef struct {
	loc at;
	LIST(pair_text) checks; /* rule id -> error, warning, info or off */
	LIST(waiver) waivers;
	update_settings update;
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
	double contact_ratio; /* planned part of time with an instructor; NAN: not declared */
	double hands_on;      /* the least part of time in which learners work themselves; NAN: not declared */
	double lab_share;     /* the part of the budget that elective labs may fill up to */
	weights weights;
	grading_shares grading;
	analysis_settings analysis;
	policy policy;
	LIST(pair_text) institution; /* slots that the institution fills in */
} course;

extern const record course_record, analysis_settings_record;

/* A text that only the institution can give, and that has a place in the syllabus. */
typedef struct {
	const char *key;   /* in course.yaml */
	const char *field; /* in templates */
	const char *title;
} institution_slot;

extern const institution_slot institution_slots[];
extern const size_t institution_slot_count;
/* What the institution says there; NULL if it says nothing. */
const pair_text *course_institution(const course *c, const char *key);

#endif
