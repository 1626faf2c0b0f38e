/* Change records as documents: one revision for a dean, a reviewer and the owner of a course, all of them as
 * a list, and what learners are told. docs/templates.md lists the fields of the templates `revision`,
 * `revisions` and `changes`. */
#ifndef RENDER_REVISION_H
#define RENDER_REVISION_H

#include "model/update.h"
#include "render/templates.h"
#include "render/view.h"

/* Appends one revision in the format "md" or "html", as a document of its own: without links, and in HTML
 * with the stylesheet inside. What is known of the course is what the record says (`names`). False after a
 * diagnostic or once an arena has failed. */
bool render_revision(buf *out, arena *a, const revision *r, template_set *t, const char *format, diags *d);

/* What a revert names: a revision as a whole, or one change of it. */
typedef struct {
	const revision *revision; /* NULL: there is no such thing */
	const change *change;     /* NULL: all of it */
} revision_target;

typedef struct {
	revision_target what;
	const revision *by;
} taken_back;

/* All revisions of a course, the oldest first, and what was taken back of them. A revert that was itself
 * taken back counts for nothing. */
typedef struct revision_book {
	LIST(const revision) list;
	VEC(taken_back) gone; /* the last revert first */
} revision_book;

/* `list` is borrowed. */
void revision_book_make(revision_book *out, arena *a, const revision *list, size_t count);
/* What a revert of the book takes back. An id that was given twice means the latest change before it. */
revision_target revision_named(const revision_book *b, const revision *by);
/* The later revision that took it back, as a whole or each of its changes; NULL: it holds. No book: nothing
 * is known to be taken back. Revisions and changes are those of the book itself. */
const revision *revision_taken_back(const revision_book *b, const revision *r);
/* The same for one change, taken back by itself. */
const revision *change_taken_back(const revision_book *b, const change *c);

/* A revision as its documents see it. */
typedef struct {
	const view *v; /* `c` and `index` may be NULL: then there are no links */
	const revision *r;
	map names; /* address -> const pair_text * */
} revision_reader;

revision_reader revision_reader_of(const view *v, const revision *r);

/* What an address is called: by the record, the course, the catalogue, or else by itself. */
str revision_title(const revision_reader *x, str address);
/* The same for an id, such as that of an outcome. */
str revision_title_of(const revision_reader *x, const char *kind, str id);

/* What it takes back: "change record 2" or "change chg-2025-q4-01"; empty if it is no revert. */
str revision_reverts(const revision_reader *x);

/* Five to seven questions for whoever reviews it, each about something in it. */
list_str revision_questions(const revision_reader *x);

value view_revision(const view *v, const revision *r);
value view_revisions(const view *v);
/* What learners are told. Made from a type that has no field for evidence, employers or figures. */
value view_changes(const view *v);

/* "2026-q1-01", or "02" of "cycle-02", so that the word "cycle" may stand before it. */
str revision_cycle(const revision *r);
/* How an item stands in the difference: it came, it left, or neither. */
typedef enum { FATE_STAYED, FATE_CAME, FATE_LEFT } item_fate;
item_fate revision_fate(const revision *r, str address);
/* Whether the change took its target out of the course, and not only something in it. */
bool revision_removes(const revision *r, const change *c);

/* "0003": the name of its files. */
str revision_name(arena *a, const revision *r);
/* "without Acme 5 of 20" of "fragile: without Acme 5 of 20". */
str revision_detail(str said);
str revision_time(arena *a, int minutes); /* as minutes_text; less than an hour in minutes */
/* Minutes of an item that all changes of it amount to. */
int revision_minutes(const revision *r, str address);

#endif
