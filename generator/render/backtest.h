/* A backtest for readers: as text, as JSON, as a picture. Pure functions. */
#ifndef RENDER_BACKTEST_H
#define RENDER_BACKTEST_H

#include "base/buf.h"
#include "base/value.h"
#include "plan/backtest.h"

typedef struct {
	const backtest *result;
	const backtest_input *input;
	size_t merged;  /* windows that were too small and count with the next one */
	double waiting; /* vacancies at the end that were too few for a window */
	double undated; /* vacancies without a date */
	double later;   /* vacancies after the last window that was asked for */
} backtest_report;

/* Items in the table of the text and in the picture. */
enum { BACKTEST_SHOWN = 40 };

void backtest_text(buf *out, const backtest_report *r);
value backtest_json(arena *a, const backtest_report *r); /* with all items */
/* A whole SVG file, for a screen and for print: a row for each item that changes under some policy, with its
 * share over the windows and in which of them each policy has it in the course. */
str backtest_picture(arena *a, const backtest_report *r);

#endif
