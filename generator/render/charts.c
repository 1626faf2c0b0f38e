#include "render/charts.h"

#include "render/svg.h"

enum {
	SHARE_ROW = 34,
	SHARE_TOP = 26,
	BAR_ROW = 17,
	BAR_TOP = 22,
	CELL = 20,
	MATRIX_LABEL = 230,
	FONT_LARGE = 12,
	FONT_SMALL = 10
};

static double within(double n, double low, double high)
{
	return n < low ? low : n > high ? high : n;
}

static double share_x(double share)
{
	const double left = 6, right = CHART_WIDTH - 12;
	return left + within(share, 0, 1) * (right - left);
}

static void share_axis(buf *b, double bottom)
{
	static const char *const marks[] = { "0", "25 %", "50 %", "75 %", "100 %" };
	for (size_t i = 0; i < COUNT(marks); i++) {
		double x = share_x((double)i / 4);
		svg_line(b, "grid", x, SHARE_TOP - 8, x, bottom);
		svg_text(b,
			i == 0                  ? "tick"
			: i + 1 == COUNT(marks) ? "tick end"
									: "tick mid",
			i == 0                  ? 0
			: i + 1 == COUNT(marks) ? CHART_WIDTH
									: x,
			12, str_from(marks[i]));
	}
}

str chart_shares(arena *a, const char *id, str title, str about, const chart_share *list, size_t count)
{
	buf b = { .arena = a };
	if (!list || count > CHART_ROWS_MAX)
		return STR("");
	double height = SHARE_TOP + SHARE_ROW * (double)count;
	svg_begin(&b, id, title, about, CHART_WIDTH, height, "shares", STR(""));
	share_axis(&b, height - 4);
	for (size_t i = 0; i < count; i++) {
		double top = SHARE_TOP + SHARE_ROW * (double)i, y = top + 21;
		svg_label(&b, "label halo", 0, top + 10, list[i].label, CHART_WIDTH - 42, FONT_LARGE);
		svg_text(&b, "label strong end halo", CHART_WIDTH, top + 10, list[i].text);
		svg_line(&b, "whisker", share_x(list[i].low), y, share_x(list[i].high), y);
		svg_line(&b, "whisker", share_x(list[i].low), y - 4, share_x(list[i].low), y + 4);
		svg_line(&b, "whisker", share_x(list[i].high), y - 4, share_x(list[i].high), y + 4);
		svg_circle(&b, "dot", share_x(list[i].share), y, 4.5);
	}
	BUF_LIT(&b, "</svg>");
	return buf_done(&b);
}

static double week_x(int week, int weeks)
{
	return (double)CHART_WIDTH * (week - 1) / weeks;
}

/* Every week while there is room for its number, else every fifth or so. */
static void week_axis(buf *b, int weeks, double bottom)
{
	int step = weeks <= 20 ? 1 : weeks <= 60 ? 5 : weeks <= 120 ? 10 : 50;
	for (int w = 1; w <= weeks; w++) {
		bool marked = w == 1 || w % step == 0;
		if (!marked)
			continue;
		svg_line(b, "grid", week_x(w, weeks), BAR_TOP - 6, week_x(w, weeks), bottom);
		buf number = { .arena = b->arena };
		buf_printf(&number, "%d", w);
		svg_text(b, "tick", week_x(w, weeks) + 1, 11, buf_done(&number));
	}
}

static void week_bar(buf *b, const chart_bar *bar, double y, int weeks)
{
	int from = bar->from < 1 ? 1 : bar->from > weeks ? weeks : bar->from;
	int to = bar->to < from ? from : bar->to > weeks ? weeks : bar->to;
	double left = week_x(from, weeks), right = week_x(to + 1, weeks);
	svg_rect(b, bar->class, left, y + 3, right - left - 1, BAR_ROW - 6);
	bool after = CHART_WIDTH - right >= left;
	double room = after ? CHART_WIDTH - right : left;
	svg_label(b, after ? "small halo" : "small end halo", after ? right + 4 : left - 4, y + BAR_ROW - 5,
		bar->label, room - 6, FONT_SMALL);
}

str chart_weeks(
	arena *a, const char *id, str title, str about, const chart_bar *list, size_t count, int weeks)
{
	buf b = { .arena = a };
	if (!list || count > CHART_ROWS_MAX || weeks < 1)
		return STR("");
	double height = BAR_TOP + BAR_ROW * (double)count + 2;
	svg_begin(&b, id, title, about, CHART_WIDTH, height, "weeks", STR(""));
	week_axis(&b, weeks, height);
	for (size_t i = 0; i < count; i++)
		week_bar(&b, &list[i], BAR_TOP + BAR_ROW * (double)i, weeks);
	BUF_LIT(&b, "</svg>");
	return buf_done(&b);
}

static void matrix_row(buf *b, const chart_row *row, double y, size_t columns)
{
	svg_label(b, "small", 0, y + 14, row->label, MATRIX_LABEL - 6, FONT_SMALL);
	for (size_t i = 0; i < columns; i++) {
		double x = MATRIX_LABEL + CELL * (double)i;
		svg_rect(b, row->counts[i] ? "cell full" : "cell", x + 1, y + 1, CELL - 2, CELL - 2);
		if (!row->counts[i])
			continue;
		buf number = { .arena = b->arena };
		buf_printf(&number, "%d", row->counts[i]);
		svg_text(b, "small mid on", x + CELL / 2.0, y + 14, buf_done(&number));
	}
}

str chart_matrix(
	arena *a, const char *id, str title, str about, const chart_row *rows, size_t count, size_t columns)
{
	buf b = { .arena = a };
	if (!rows || count > CHART_ROWS_MAX || columns > CHART_COLUMNS_MAX)
		return STR("");
	svg_begin(&b, id, title, about, MATRIX_LABEL + CELL * (double)columns, BAR_TOP + CELL * (double)count,
		"matrix", STR(""));
	for (size_t i = 0; i < columns; i++) {
		buf number = { .arena = a };
		buf_printf(&number, "%zu", i + 1);
		svg_text(&b, "tick mid", MATRIX_LABEL + CELL * ((double)i + 0.5), 14, buf_done(&number));
	}
	for (size_t i = 0; i < count; i++)
		matrix_row(&b, &rows[i], BAR_TOP + CELL * (double)i, columns);
	BUF_LIT(&b, "</svg>");
	return buf_done(&b);
}
