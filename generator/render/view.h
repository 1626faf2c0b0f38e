/* What the builders of view models share: the curriculum seen from the side of its documents, and small
 * functions that put fields into a value. A view model is made once for each format, because text fields are
 * given in the words of the format. docs/templates.md lists every field. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "base/value.h"
#include "model/curriculum.h"
#include "render/text.h"

typedef VEC(const effect *) vec_effect;
typedef VEC(const remark *) vec_remark;
typedef VEC(const taught_module *) vec_taught;
typedef VEC(const set_lab *) vec_set_lab;
typedef VEC(const set_scenario *) vec_set_scenario;
typedef VEC(const set_capstone *) vec_set_capstone;

/* What answers one row of the workbook. */
typedef struct {
	vec_taught modules; /* the one that takes most of the row's weight first */
	VEC(double) parts;  /* of the row's weight, one for each module */
	vec_set_lab labs;
	vec_set_scenario scenarios;
} row_use;

/* What assesses one outcome, or builds on one module. */
typedef struct {
	vec_set_lab labs;
	vec_set_scenario scenarios;
	vec_set_capstone capstone;
} task_use;

/* Looked up once, used by every document. */
typedef struct {
	row_use *rows[ROW_KINDS];         /* at the index of the facts' rows */
	map assessed;                     /* outcome id -> task_use * */
	map builds_on;                    /* module id -> task_use * */
	map effects;                      /* address -> vec_effect *, in the order in which the rules ran */
	map answers;                      /* address of a fact -> vec_effect * */
	map remarks;                      /* address -> vec_remark * */
	map rubric_names;                 /* "lab:ID" and so on -> str *: the name of its rubric's file */
	const struct revision_book *book; /* NULL: the course has not been changed yet */
} render_index;

typedef struct {
	arena *arena;
	const curriculum *c;
	const render_index *index;
	diags *diags;
	text_format format;
} view;

void render_index_make(render_index *out, arena *a, const curriculum *c);
const row_use *view_row_use(const view *v, const fact_row *row); /* NULL if the row is not of the facts */
const task_use *view_use(const map *m, str key);                 /* empty if there is none */
str view_rubric_name(const view *v, const char *kind, str id);

/* Fields. Once memory has run out all of them do nothing. */
void put(const view *v, value to, const char *key, value x);
void put_plain(const view *v, value to, const char *key, str s);
void put_word(const view *v, value to, const char *key, const char *word);
void put_flag(const view *v, value to, const char *key, bool flag);
void put_text(const view *v, value to, const char *key, str s, text_place place);
void put_block(const view *v, value to, const char *key, str s, unsigned level);
void add(const view *v, vec_value *to, value x);
value view_map(const view *v);
value view_text_list(const view *v, list_str texts, text_place place);

/* Numbers: {value, text, unit, why}; `why` is an address. */
str why_at(
	const view *v, const char *kind, str id, const char *field); /* "kind:id.field"; no field: "kind:id" */
value view_number(const view *v, double n, str text, const char *unit, str why);
value view_count(const view *v, double n, str why);
value view_hours(const view *v, double minutes, str why);
value view_minutes(const view *v, int minutes, str why);
value view_percent(const view *v, double percent, str why);
value view_share(const view *v, double share, str why); /* of 1; shown as whole per cent */
value view_weight(const view *v, double weight, str why);
str view_date(arena *a, str date, int days); /* so many days after an ISO date; empty if it is none */

/* A link: {title, href}; `href` counts from the output folder. */
value view_link(const view *v, str title, const char *folder, str name);
value view_module_link(const view *v, const taught_module *m);
value view_lab_link(const view *v, const set_lab *l);
value view_scenario_link(const view *v, const set_scenario *s);
value view_capstone_link(const view *v, const set_capstone *c);
value view_quiz_link(const view *v, const quiz *q);
value view_task_links(const view *v, const task_use *use);
/* A list of links: each gets `rest`, which is false for the first, so that templates can put commas between.
 */
value view_links(const view *v, vec_value links);
str view_joined(const view *v, list_str words); /* "A, B and C" */
/* {from, to, known, several}; the address of the first week is ITEM.START, of the last ITEM.END. */
typedef struct {
	const char *kind;
	str id;
	int from, to;
} week_span;
value view_week_span(const view *v, week_span span);

/* What every page has; `root` leads from the page to the output folder. */
value view_page(const view *v, str title, const char *root);
void page_crumb(const view *v, vec_value *crumbs, str title, const char *href);

/* Every row of the workbook with its numbers and what answers it: skills, technologies, themes. */
void put_rows(const view *v, value page);
/* Why an item is in the course. */
typedef struct {
	const demand *demands;
	size_t demand_count;
	str address;
	list_str tags, concepts;
	bool lab, scenario;
} why_item;
value view_why(const view *v, const why_item *item);

value view_outcomes(const view *v, list_str ids);
/* What is handed in: `path` and `text`; governance artifacts: `kind`, `path`, `owner`, `check`. */
value view_artifacts(const view *v, const artifact *list, size_t count);
value view_governance(const view *v, const governance *list, size_t count);

/* One function for each kind of document. */
value view_index(const view *v);
value view_syllabus(const view *v);
value view_overview(const view *v);
value view_coverage(const view *v);
value view_module(const view *v, const taught_module *m);
value view_lab(const view *v, const set_lab *l);
/* What learners get first (`answers` false), and the same items with their keys and the feedback on each
 * option. */
value view_quiz(const view *v, const taught_module *t, bool answers);
/* For learners, and for the panel of its defence. */
value view_capstone(const view *v, const set_capstone *c);
value view_panel(const view *v, const set_capstone *c);
value view_facilitator(const view *v, const set_scenario *s);
value view_roles(const view *v, const set_scenario *s);

typedef struct {
	const rubric *rubric;
	const char *kind; /* lab, scenario or capstone */
	const lab *lab;
	const scenario *scenario;
	str task_id, task_title, name;
} rubric_source;
value view_rubric(const view *v, const rubric_source *from, bool grader);

/* Whether an evidence item is in the participants' hands from the start: no inject brings it. */
bool evidence_at_start(const scenario *s, str id);

#endif
