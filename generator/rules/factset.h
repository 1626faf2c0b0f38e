/* The facts as conditions see them: records with typed fields, and the lists of them. */
#ifndef RULES_FACTSET_H
#define RULES_FACTSET_H

#include "model/course.h"
#include "model/facts.h"
#include "rules/cel.h"

typedef enum {
	FACT_SAMPLE,
	FACT_EXPERIENCE,
	FACT_COURSE,
	FACT_SKILL,
	FACT_TECHNOLOGY,
	FACT_THEME,
	FACT_INSIGHT,
	FACT_MODULE,
	FACT_LAB,
	FACT_SCENARIO,
	FACT_KINDS
} fact_kind;

extern const char *const fact_names[]; /* singular; NULL-terminated */
bool fact_is_list(fact_kind kind);     /* there is a list of them, by the plural name */

typedef struct {
	fact_kind kind;
	str id;           /* empty for the kinds of which there is one */
	str address;      /* "skill:ID", "sample" */
	fact_row *row;    /* skill, technology, theme */
	const void *item; /* module, lab, scenario, or the insight's workbook_item */
	value *slots;     /* the record */
} fact;

typedef struct {
	arena *arena;
	VEC(fact *) of[FACT_KINDS];
} factset;

/* Records of everything in `f` and of the course's settings. `course_hours` and so on may still be unset:
 * they are 0. */
void factset_init(factset *out, arena *a, facts *f, const course *settings);
/* A module, lab or scenario that a rule added. */
fact *factset_add(
	factset *s, fact_kind kind, const void *item, list_str concepts, bool required, double emphasis);
void fact_set(fact *f, const char *name, value v);
/* The fields of a skill, technology or theme, as its row has them now. */
void fact_fill(fact *f, arena *a);

/* One variable for the subject, then one for each single fact and each list. */
enum { FACT_VARIABLES = 1 + FACT_KINDS };
/* `subject` FACT_KINDS: none. Types and names are static. */
cel_env factset_env(fact_kind subject, cel_variable store[FACT_VARIABLES]);
void factset_lists(const factset *s, value lists[FACT_KINDS], arena *a);
/* Values in the order of the environment; `lists` are made by factset_lists; `subject` NULL: none. */
void factset_bind(const fact *subject, const value lists[FACT_KINDS], value out[FACT_VARIABLES]);
const record_type *fact_type(fact_kind kind);
/* The same value with records as maps, so that it can be printed. */
value fact_plain(value v, arena *a);

#endif
