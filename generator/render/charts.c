#include "render/charts.h"

#include "base/number.h"
#include "base/utf8.h"
#include "render/escape.h"

enum {
	LABEL_CHAR = 57, /* hundredths of the font size: the mean width of a letter in system fonts, rounded up */
	SHARE_ROW = 34,
	SHARE_TOP = 26,
	BAR_ROW = 17,
	BAR_TOP = 22,
	CELL = 20,
	MATRIX_LABEL = 230,
	FONT_LARGE = 12,
	FONT_SMALL = 10
};

/* What fits into so many units, with a mark where it was cut. */
static void put_label(buf *b, str label, double width, int font)
{
	size_t most = width > 0 ? (size_t)(width * 100 / (LABEL_CHAR * font)) : 0, at = 0, seen = 0;
	if (utf8_count(label) <= most) {
		escape_text(b, ESCAPE_HTML, label, '\0');
		return;
	}
	while (at < label.len && seen + 1 < most) {
		utf8_next(label, &at);
		seen++;
	}
	escape_text(b, ESCAPE_HTML, str_trim(str_sub(label, 0, at)), '\0');
	BUF_LIT(b, "\xE2\x80\xA6");
}

static void put_number(buf *b, const char *name, double n)
{
	buf_printf(b, " %s=\"", name);
	buf_rounded(b, n, 1);
	buf_char(b, '"');
}

static void begin(
	buf *b, const char *id, str title, str about, double width, double height, const char *class)
{
	buf_printf(b, "<svg class=\"chart %s\" viewBox=\"0 0 ", class);
	buf_rounded(b, width, 0);
	buf_char(b, ' ');
	buf_rounded(b, height, 0);
	buf_printf(b,
		"\" role=\"img\" aria-labelledby=\"%s-title %s-about\" xmlns=\"http://www.w3.org/2000/svg\">\n", id,
		id);
	buf_printf(b, "<title id=\"%s-title\">", id);
	escape_text(b, ESCAPE_HTML, title, '\0');
	buf_printf(b, "</title>\n<desc id=\"%s-about\">", id);
	escape_text(b, ESCAPE_HTML, about, '\0');
	BUF_LIT(b, "</desc>\n");
}

static void line(buf *b, const char *class, double x1, double y1, double x2, double y2)
{
	buf_printf(b, "<line class=\"%s\"", class);
	put_number(b, "x1", x1);
	put_number(b, "y1", y1);
	put_number(b, "x2", x2);
	put_number(b, "y2", y2);
	BUF_LIT(b, "/>\n");
}

static void open_text(buf *b, const char *class, double x, double y)
{
	buf_printf(b, "<text class=\"%s\"", class);
	put_number(b, "x", x);
	put_number(b, "y", y);
	buf_char(b, '>');
}

static void text(buf *b, const char *class, double x, double y, str s)
{
	open_text(b, class, x, y);
	escape_text(b, ESCAPE_HTML, s, '\0');
	BUF_LIT(b, "</text>\n");
}

static void rect(buf *b, const char *class, double x, double y, double width, double height)
{
	buf_printf(b, "<rect class=\"%s\"", class);
	put_number(b, "x", x);
	put_number(b, "y", y);
	put_number(b, "width", width);
	put_number(b, "height", height);
	BUF_LIT(b, " rx=\"2\"/>\n");
}

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
		line(b, "grid", x, SHARE_TOP - 8, x, bottom);
		text(b,
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
	begin(&b, id, title, about, CHART_WIDTH, height, "shares");
	share_axis(&b, height - 4);
	for (size_t i = 0; i < count; i++) {
		double top = SHARE_TOP + SHARE_ROW * (double)i, y = top + 21;
		open_text(&b, "label halo", 0, top + 10);
		put_label(&b, list[i].label, CHART_WIDTH - 42, FONT_LARGE);
		BUF_LIT(&b, "</text>\n");
		text(&b, "label strong end halo", CHART_WIDTH, top + 10, list[i].text);
		line(&b, "whisker", share_x(list[i].low), y, share_x(list[i].high), y);
		line(&b, "whisker", share_x(list[i].low), y - 4, share_x(list[i].low), y + 4);
		line(&b, "whisker", share_x(list[i].high), y - 4, share_x(list[i].high), y + 4);
		BUF_LIT(&b, "<circle class=\"dot\"");
		put_number(&b, "cx", share_x(list[i].share));
		put_number(&b, "cy", y);
		BUF_LIT(&b, " r=\"4.5\"/>\n");
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
		line(b, "grid", week_x(w, weeks), BAR_TOP - 6, week_x(w, weeks), bottom);
		buf number = { .arena = b->arena };
		buf_printf(&number, "%d", w);
		text(b, "tick", week_x(w, weeks) + 1, 11, buf_done(&number));
	}
}

static void week_bar(buf *b, const chart_bar *bar, double y, int weeks)
{
	int from = bar->from < 1 ? 1 : bar->from > weeks ? weeks : bar->from;
	int to = bar->to < from ? from : bar->to > weeks ? weeks : bar->to;
	double left = week_x(from, weeks), right = week_x(to + 1, weeks);
	rect(b, bar->class, left, y + 3, right - left - 1, BAR_ROW - 6);
	bool after = CHART_WIDTH - right >= left;
	double room = after ? CHART_WIDTH - right : left;
	open_text(b, after ? "small halo" : "small end halo", after ? right + 4 : left - 4, y + BAR_ROW - 5);
	put_label(b, bar->label, room - 6, FONT_SMALL);
	BUF_LIT(b, "</text>\n");
}

str chart_weeks(
	arena *a, const char *id, str title, str about, const chart_bar *list, size_t count, int weeks)
{
	buf b = { .arena = a };
	if (!list || count > CHART_ROWS_MAX || weeks < 1)
		return STR("");
	double height = BAR_TOP + BAR_ROW * (double)count + 2;
	begin(&b, id, title, about, CHART_WIDTH, height, "weeks");
	week_axis(&b, weeks, height);
	for (size_t i = 0; i < count; i++)
		week_bar(&b, &list[i], BAR_TOP + BAR_ROW * (double)i, weeks);
	BUF_LIT(&b, "</svg>");
	return buf_done(&b);
}

static void matrix_row(buf *b, const chart_row *row, double y, size_t columns)
{
	open_text(b, "small", 0, y + 14);
	put_label(b, row->label, MATRIX_LABEL - 6, FONT_SMALL);
	BUF_LIT(b, "</text>\n");
	for (size_t i = 0; i < columns; i++) {
		double x = MATRIX_LABEL + CELL * (double)i;
		rect(b, row->counts[i] ? "cell full" : "cell", x + 1, y + 1, CELL - 2, CELL - 2);
		if (!row->counts[i])
			continue;
		buf number = { .arena = b->arena };
		buf_printf(&number, "%d", row->counts[i]);
		text(b, "small mid on", x + CELL / 2.0, y + 14, buf_done(&number));
	}
}

str chart_matrix(
	arena *a, const char *id, str title, str about, const chart_row *rows, size_t count, size_t columns)
{
	buf b = { .arena = a };
	if (!rows || count > CHART_ROWS_MAX || columns > CHART_COLUMNS_MAX)
		return STR("");
	begin(&b, id, title, about, MATRIX_LABEL + CELL * (double)columns, BAR_TOP + CELL * (double)count,
		"matrix");
	for (size_t i = 0; i < columns; i++) {
		buf number = { .arena = a };
		buf_printf(&number, "%zu", i + 1);
		text(&b, "tick mid", MATRIX_LABEL + CELL * ((double)i + 0.5), 14, buf_done(&number));
	}
	for (size_t i = 0; i < count; i++)
		matrix_row(&b, &rows[i], BAR_TOP + CELL * (double)i, columns);
	BUF_LIT(&b, "</svg>");
	return buf_done(&b);
}
