/* From counts to the workbook: what was counted in postings, and what the analysis makes of it. Pure data:
 * nothing here knows where the counts are kept. */
#ifndef MODEL_ANALYSIS_H
#define MODEL_ANALYSIS_H

#include "model/course.h"

enum { STRENGTHS = 3 }; /* mentioned, preferred, required, as in model/mention.h */

/* Something that a posting names, or how many postings name it. */
typedef struct {
	str key;         /* "concept:ID", "group:NAME", "years:5-8", "years:5-" (open), "degree:bachelor" */
	int strength;    /* mention_strength: the strongest in each of the postings */
	double postings; /* that name it with that strength; a duplicate is not counted again */
	double mentions; /* places in their texts that count */
} rollup_item;
typedef LIST(rollup_item) list_rollup_item;

/* What was counted for one month, employer, region and seniority. */
typedef struct {
	str month; /* "2026-05"; empty: not known. The same holds for the next three. */
	str employer, region, seniority;
	double postings;
	list_rollup_item items;
} rollup_cell;
typedef LIST(rollup_cell) list_cell;

/* Empty: everything. Months or days; of a day its month counts. */
typedef struct {
	str since, until, as_of;
	str region, employer; /* the words are found in it, case ignored */
} analysis_filter;

typedef struct {
	str title, employer, date, location, url;
} posting_line;
typedef LIST(posting_line) list_posting_line;

typedef struct {
	str concept; /* id */
	str text;    /* words of a posting that stand for it */
} analysis_example;

typedef enum {
	ANALYSIS_SKILL,
	ANALYSIS_TECHNOLOGY, /* one by one */
	ANALYSIS_THEME,
	ANALYSIS_CERTIFICATION,
	ANALYSIS_GROUP, /* of technologies */
	ANALYSIS_KINDS
} analysis_kind;
extern const char *const insight_about_names[]; /* the first four */

/* The latest window against the earlier ones. Counts are effective postings, whole numbers. */
typedef struct {
	double now, now_sample, before, before_sample;
	double p, q;   /* NAN: not tested */
	int direction; /* 1 rising, -1 falling, 0 neither */
} analysis_trend;

typedef struct {
	analysis_kind kind;
	const concept *concept; /* NULL for a group */
	str name;               /* one line; unique within its kind, case ignored */
	double postings;        /* unweighted */
	double strengths[STRENGTHS];
	double mentions;
	double share; /* weighted, 0..1 */
	double count; /* share of the sample, a whole number; without weights, the postings */
	double low80, high80, low95, high95;
	str category;   /* of a skill */
	list_str tools; /* of a group: names, the most frequent first */
	str text;       /* of a theme */
	analysis_trend trend;
	double modules; /* of the catalogue that teach it, something wider or something narrower */
} analysis_row;
typedef LIST(analysis_row) list_analysis_row;

typedef struct {
	str name;
	double postings;
} analysis_count;
typedef LIST(analysis_count) list_analysis_count;

typedef struct {
	str label, text; /* plain */
} analysis_insight;

typedef struct {
	double postings;  /* after the filters, unweighted */
	double effective; /* as many equally weighted postings would say as much */
	double sample;    /* effective, rounded, at least 1; without weights, the postings; 0: nothing is left */
	bool weighted;
	double filtered, undated;      /* postings left out by a filter, or because a filter needs their date */
	double no_region, no_employer; /* of those filtered, only because they do not say it */
	analysis_filter filter;        /* what was asked for; since and until are months, as_of is in them */
	str first, last;               /* months; empty: none is known */
	double now_sample, before_sample;               /* effective, of the windows of the trend */
	list_analysis_row rows[ANALYSIS_KINDS];         /* by count, then by name */
	double below;                                   /* rows left out because their share is too small */
	list_analysis_count regions, employers, levels; /* the most frequent first */
	list_analysis_count degrees;
	double years_asked;                      /* postings that say how many years */
	double years_low, years_mid, years_high; /* quartiles of the fewest years they ask for; -1: none does */
	LIST(analysis_insight) insights;
	list_posting_line inventory; /* the latest first */
	double inventory_total;
} analysis;

#endif
