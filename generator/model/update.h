/* A course that follows its evidence: what a cycle counted, in which state each item is, and what was changed
 * for it. Pure data; evidence/cycle.h counts, plan/policy.h moves states, plan/ladder.h finds edits. */
#ifndef MODEL_UPDATE_H
#define MODEL_UPDATE_H

#include "model/course.h"

/* ---- what a cycle counted. A cycle is the evidence between two looks at the course; every vacancy belongs
 * to one. */

typedef struct {
	size_t employer; /* index into cycle_counts.employers */
	double value;    /* weighted */
	double named;    /* its vacancies that name the item */
} employer_part;

/* A skill, technology or theme as one cycle saw it. */
typedef struct {
	str id;                    /* "skill:kubernetes"; of postings the concept, of a workbook the row */
	str name;                  /* plain */
	list_str concepts;         /* ids */
	double named;              /* vacancies that name it */
	double value;              /* the same, weighted */
	LIST(employer_part) parts; /* of known employers, by index; values sum to at most `value` */
	list_str evidence;         /* ids of postings, the first twelve digits, sorted; at most EVIDENCE_MAX */
} cycle_item;
enum { EVIDENCE_MAX = 12 };

typedef struct {
	str name;
	double vacancies, weight; /* weight: of all its vacancies, after the cap */
	double squares;           /* of the weights of its vacancies */
	double left;              /* of its vacancies, by the cap */
} cycle_employer;

typedef struct {
	str source;                     /* "ledger" or "workbook" */
	str from, until;                /* earliest and latest date of its vacancies; empty: not known */
	double vacancies;               /* unweighted */
	double sum, squares, effective; /* of the weights; effective as in evidence/weights.h */
	double left;                    /* vacancies that the cap leaves; without one, all */
	bool capped;                    /* whether the cap on employers was applied: there are enough of them */
	LIST(cycle_employer) employers; /* known ones, by name */
	LIST(cycle_item) items;         /* by id */
} cycle_counts;

/* Share of an item in one cycle. NAN: not asked. */
typedef struct {
	double named, vacancies; /* unweighted: k of n */
	double effective;        /* effective sample size */
	double share, low80, high80, low95, high95;
	double employers; /* known ones that name it; of a workbook NAN */
	/* Discounted Beta posterior over all cycles so far: P(share > policy.add), P(share > policy.retire) */
	double above_add, above_retire;
} estimate;

/* ---- states, kept in state/items.yaml */

typedef enum {
	ITEM_ABSENT,
	ITEM_WATCH,     /* seen, and nothing follows from it */
	ITEM_CANDIDATE, /* its share reached the threshold once */
	ITEM_PLANNED,   /* belongs into the course */
	ITEM_CORE,      /* the course would not be one for this role without it */
	ITEM_DECLINING, /* its share was surely below the threshold once */
	ITEM_RETIRED,
	ITEM_STATES
} item_state;
extern const char *const item_state_names[];

/* Whether the course has to cover an item in this state. */
static inline bool item_is_in(int state)
{
	return state == ITEM_PLANNED || state == ITEM_CORE || state == ITEM_DECLINING;
}

typedef struct {
	loc at;
	str id; /* "skill:kubernetes" */
	str name;
	list_str concepts;
	int state;
	int since;          /* number of the cycle in which it came to the state, from 1 */
	int running;        /* cycles in a row, this one included, in which the condition for moving on was met */
	double entered;     /* lower 80 % bound with which it came in; NAN: it is not in */
	LIST(double) named; /* vacancies that named it, by cycle, the last one at the end; earlier ones: 0 */
	LIST(double) share; /* the same for weighted shares */
} tracked_item;

typedef struct {
	loc at;
	str id;          /* "2025-q4-01": quarter of `until` and a number in it; without dates "cycle-02" */
	str source;      /* ledger or workbook */
	str from, until; /* dates; may be empty */
	str evidence;    /* hash of the workbook that was written with it */
	str lexicon;     /* version of the lexicon that counted; of a workbook empty */
	double vacancies, effective, employers;
} cycle;

typedef struct {
	loc at;
	LIST(cycle) cycles;
	LIST(tracked_item) items; /* by id */
} course_state;

/* ---- what was changed, kept in state/changes/NNNN.yaml */

/* The edit ladder, cheapest first. */
typedef enum {
	EDIT_NOTHING,
	EDIT_EVIDENCE,   /* counts and words only */
	EDIT_LINK,       /* a pointer to where it is taught */
	EDIT_HOURS,      /* time moved between modules */
	EDIT_TECHNOLOGY, /* named in, or swapped inside, a scenario's setting */
	EDIT_EXERCISE,   /* one more exercise in a module */
	EDIT_TASK,       /* a lab or scenario */
	EDIT_MODULE,
	EDIT_RETIRE,
	EDIT_STEPS
} edit_step;
extern const char
	*const edit_step_names[]; /* nothing evidence link hours technology exercise task module retire */
extern const char *const bump_names[]; /* patch minor major */
typedef enum { BUMP_PATCH, BUMP_MINOR, BUMP_MAJOR } bump;

typedef struct {
	loc at;
	double k, n, n_eff, share; /* k and n unweighted */
	LIST(double) i80, i95;
	double employers, p_above; /* NAN: not known */
} change_numbers;

typedef struct {
	loc at;
	double k, n, share;
} change_before;

typedef struct {
	loc at;
	int step; /* edit_step */
	str why_not;
} considered_step;

typedef struct {
	loc at;
	str rule;         /* "add.lower-bound", "add.candidate.twice", "retire.upper-bound.twice" ... */
	str from, to;     /* states */
	double threshold; /* share that it was judged by; NAN: none */
	change_numbers now;
	change_before was;
	str trend;         /* rising, falling, steady, untested */
	list_str evidence; /* ids of postings */
	LIST(considered_step) considered;
} change_why;

typedef struct {
	loc at;
	str leave_one_employer_out; /* "stable", "unknown: ...", "fragile: without NAME 5 of 20" */
	int reverse_after; /* further vacancies that would take the decision back; SCHEMA_UNSET: more than looked
						  for */
	str reverse_by;    /* "without it" or "with it" */
} change_robust;

typedef struct {
	loc at;
	str key;   /* address: module:ID, lab:ID, scenario:ID */
	int value; /* minutes, signed */
} change_minutes;

typedef struct {
	loc at;
	LIST(change_minutes) minutes;
	list_str outcomes_added, outcomes_removed; /* ids */
	list_str rubrics_touched;
	list_str shrinks; /* addresses of what gave the time */
} change_effect;

typedef struct {
	loc at;
	str id;      /* "chg-2025-q4-01" */
	int kind;    /* edit_step */
	str target;  /* address of what was edited: module:ID ...; empty for evidence */
	str item;    /* skill:ID ... */
	str name;    /* of the item, plain */
	str summary; /* one plain sentence */
	change_why why;
	change_robust robust;
	change_effect effect;
	str learner_note; /* plain; empty: nothing for learners */
	int bump;
	str approved_by, needs_approval; /* needs_approval: why a person has to say yes; empty: none has to */
	str base;                        /* hash of the generated plan before this change */
	str made;                        /* and after it */
} change;

/* One line of the difference between two courses, for readers. */
typedef struct {
	loc at;
	str part;          /* syllabus, module, lab, scenario, rubric, grading */
	str item;          /* address */
	str what;          /* plain: "hours", "outcome", "title" ... */
	str before, after; /* plain; empty: not there */
} course_difference;

/* Parts of a course in the order in which differences are read; ended by one without a name. */
typedef struct {
	const char *name, *heading;
} difference_part;
extern const difference_part difference_parts[];

typedef struct {
	loc at;
	str key, value; /* a file of the course folder, and the hash of its bytes; empty value: there was none */
} file_version;

/* One run of update or revert: what `log` lists. */
typedef struct {
	loc at;
	int number;  /* from 1 */
	str kind;    /* update or revert */
	str reverts; /* what was reverted: a change id, or a number; else empty */
	str cycle;   /* id */
	str preset;  /* wilson or beta */
	str as_of;
	str version_before, version_after; /* of the course */
	int bump;
	double items_in, items_added, items_removed,
		policy_basis; /* in the course; policy_basis: pinned by people */
	list_str notes;   /* plain */
	LIST(change) changes;
	LIST(course_difference) differences;
	LIST(pair_text) names; /* address -> title of what the changes and differences speak of: "course",
							  "module:ID", "rubric:ID"; "outcome:ID" -> its text */
	LIST(file_version) before, after;
} revision;

extern const record course_state_record, revision_record, update_settings_record, change_record;

#endif
