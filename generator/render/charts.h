/* Figures as inline SVG. Colours come from the classes of the stylesheet, so they follow the reader's theme;
 * all text is in the figure's own units, so it never overlaps at any width. Next to each stands the table
 * that says the same. */
#ifndef RENDER_CHARTS_H
#define RENDER_CHARTS_H

#include "base/vec.h"

typedef struct {
	str label, text; /* `text` stands at the dot: "92 %" */
	double share, low, high;
} chart_share;

typedef struct {
	str label;
	int from, to;      /* weeks, counted from 1 */
	const char *class; /* bar-module, bar-lab or bar-scenario */
} chart_bar;

typedef struct {
	str label;
	const int *counts; /* one for each column */
} chart_row;

/* A dot with its interval for each share. `id` is unique in the page. */
str chart_shares(arena *a, const char *id, str title, str about, const chart_share *list, size_t count);
/* Bars over weeks, the label beside the bar. */
str chart_weeks(
	arena *a, const char *id, str title, str about, const chart_bar *list, size_t count, int weeks);
/* Numbers in a grid; columns are numbered from 1. */
str chart_matrix(
	arena *a, const char *id, str title, str about, const chart_row *rows, size_t count, size_t columns);

enum { CHART_WIDTH = 360, CHART_ROWS_MAX = 400, CHART_COLUMNS_MAX = 100 };

#endif
