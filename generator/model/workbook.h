/* A job posting analysis workbook as it was read: rows with their numbers and places, nothing derived. */
#ifndef MODEL_WORKBOOK_H
#define MODEL_WORKBOOK_H

#include "base/source.h"

typedef enum { ROW_SKILL, ROW_TECHNOLOGY, ROW_THEME, ROW_KINDS } row_kind;

/* One row of a frequency table. All text is plain: emphasis and links are gone, escaped pipes are pipes. */
typedef struct {
	row_kind kind;
	str id;        /* slug of the name; of category and tools for a technology; unique within its kind */
	str name;      /* the skill; the theme; "CATEGORY: TOOLS" for a technology */
	str category;  /* Core, Important, Emerging or Nice for a skill; the category cell for a technology; else
					  empty */
	str tools;     /* technology: the tools cell */
	list_str tool; /* the tools one by one: split at commas and slashes outside parentheses */
	str text;      /* theme: representative responsibilities */
	str notes;
	double count; /* postings */
	double share; /* 0..1, count / sample size, never the rounded percentage of the cell */
	loc at;       /* the name cell */
	loc at_count; /* the count cell; the share cell if the workbook gives only a percentage */
} workbook_row;

typedef struct {
	str id;    /* insight-1, insight-2 ...; of an item in a nested list insight-2-1 */
	str label; /* bold words before a colon, such as "Gaps"; may be empty */
	str text;  /* plain, with the label */
	loc at;
} workbook_item;

typedef LIST(workbook_row) list_row;
typedef LIST(workbook_item) list_item;

typedef struct {
	str path;
	str title;          /* the first heading */
	str role;           /* what follows the dash of the title; empty if there is none */
	str quote;          /* the quoted line above the summary */
	double sample_size; /* postings; at least 1 once reading succeeded */
	loc at_sample;
	list_row rows[ROW_KINDS]; /* in the order of the file */
	list_item summary;        /* regions, industries ...: label and text */
	list_item experience;     /* years, education, certifications, or one band per item */
	double
		years_min; /* fewest years asked for, from the experience section or else the signals; -1: not said */
	double years_max; /* -1: open or not said */
	list_item insights;
	list_item signals;    /* "Hiring Signals & Requirements" */
	list_item references; /* "Source References" and the like */
	list_item inventory;  /* posting inventory, one item per row or bullet */
	uint32_t source;
} workbook;

#endif
