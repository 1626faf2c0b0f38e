/* Inside `explain`: what its parts share. Each part writes text and, beside it, the same as JSON. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include "session.h"

#include "model/address.h"
#include "rules/nearest.h"

typedef struct {
	cw_context *context;
	arena *arena;
	buf *out;
	value json;      /* filled beside the text */
	vec_value rules; /* of the JSON form */
	unsigned flags;  /* CW_JSON, CW_ALL */
} explainer;

/* The label and the number with at most so many decimals. */
void say_number(explainer *x, const char *label, double number, int decimals);
/* skill:gpu-cuda "GPU & CUDA": 21 of 26 postings, share 0.808, 80 % interval 0.692 to 0.887
 * (workbook.md:17:3) */
void say_row(explainer *x, const fact_row *r);
/* " (file:line:column)" */
void say_place(explainer *x, loc at);
/* "name = value, name = value" */
void say_observed(explainer *x, const list_observation *saw);

/* explain_near.c: what did not happen, and how many postings would change it. */

/* The rules that would have added the item and came nearest, the values that failed, and the number of
 * postings with which the item would be in the course. Returns how many there are. */
size_t say_nearest_for_item(explainer *x, fact_kind kind, str id, str item);
/* The rules that do not hold on a row, an insight or another fact, and the number of postings with which they
 * would. */
void say_nearest_for_fact(explainer *x, fact_kind kind, str id);
/* For an item that rules proposed and the planner did not take: which number of postings of the rows behind
 * those rules would bring it in. */
void say_arrival(explainer *x, str item);
/* For an item of the course: how far each of its rows would have to fall for the item to leave. */
void say_reversal(explainer *x, const demand *demands, size_t count, str item);
/* For a module that no row asks for: with how many postings a row that names one of its concepts would bring
 * it in. Returns how many concepts could. */
size_t say_new_rows(explainer *x, const module *m, str item);
/* A rule: on what it holds, on what not, and why. */
bool explain_rule(explainer *x, str id);
/* A concept: rows that name it, modules that teach it, labs and scenarios that assess it. */
bool explain_concept(explainer *x, str id);

/* explain_vacancies.c: the vacancies of the ledger behind a count, with the sentences that counted. Nothing
 * is said where there is no ledger. False after a diagnostic. */
bool say_vacancies_of_row(explainer *x, const fact_row *r);
/* For a concept also which mentions did not count, and why. */
bool say_vacancies_of_concept(explainer *x, const concept *one);
/* explain_posting.c: a posting, by its id or the beginning of it: where it was found, what it is the same
 * vacancy as, and all that it mentions. */
bool explain_posting(explainer *x, str id);
/* explain_years.c: how many vacancies of the ledger ask for how many years and which degrees, and the
 * sentences of some. Nothing is said where there is no ledger. False after a diagnostic. */
bool say_experience(explainer *x);

/* explain_unknown.c: reports that nothing is at an address, with what may have been meant. False. */
bool explain_unknown(cw_context *c, const address *at, str text);

#endif
