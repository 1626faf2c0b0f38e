/* Small multiples: all rows have the same scales, so that they can be compared by looking down the page. What
 * is told apart by colour is told apart by shape or place as well, for print without colours. */
#include "render/backtest.h"

#include "base/number.h"
#include "render/svg.h"

#include <math.h>

enum {
	WIDTH = 760,
	LABEL = 200, /* what the names may take */
	LEFT = 262,  /* of the plots */
	RIGHT = 744,
	TOP = 118,
	PLOT = 50,
	STRIP = 7,
	STRIP_STEP = 11,
	ROW = PLOT + 6 + BACKTEST_POLICIES * STRIP_STEP + 14,
	BOTTOM = 44,
	MONTH_WIDTH = 50, /* "2025-12" with some air */
	FONT = 13,        /* 12, and bold letters are wider */
	FONT_SMALL = 10
};

static const char style[] =
	"<style>\n"
	"svg { background: #fff; }\n"
	"text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; font-size: 10px; fill: #444; }\n"
	".head { font-size: 17px; font-weight: bold; fill: #111; }\n"
	".small { font-size: 9px; }\n"
	".name { font-size: 12px; font-weight: bold; fill: #111; }\n"
	".mid { text-anchor: middle; }\n"
	".end { text-anchor: end; }\n"
	".strong { fill: #111; }\n"
	".mark { fill: #a11616; }\n"
	".warm { fill: #f1f1f1; }\n"
	".grid { stroke: #d5d5d5; stroke-width: 0.7; }\n"
	".rule { stroke: #b5b5b5; stroke-width: 0.7; }\n"
	".threshold { stroke: #a11616; stroke-width: 1; stroke-dasharray: 4 3; }\n"
	".band { fill: #9ec4e6; fill-opacity: 0.6; }\n"
	".share { fill: none; stroke: #0b4a8f; stroke-width: 1.6; stroke-linejoin: round; }\n"
	".dot { fill: #0b4a8f; }\n"
	".out { fill: #fff; stroke: #bbb; stroke-width: 0.7; }\n"
	".in { fill: #3d3d3d; }\n"
	"</style>\n";

typedef struct {
	buf *b;
	const backtest_report *report;
	list_backtest_track rows;
	size_t more; /* that change as well and are not shown */
	size_t windows;
	double most; /* share at the upper edge of the plots */
} sheet;

static double column_width(const sheet *s)
{
	return (double)(RIGHT - LEFT) / (double)s->windows;
}

static double middle(const sheet *s, size_t window)
{
	return LEFT + column_width(s) * ((double)window + 0.5);
}

static double height_of(const sheet *s, double top, double share)
{
	double part = share / s->most;
	return top + PLOT * (1 - (part > 1 ? 1 : part < 0 ? 0 : part));
}

static str percent(arena *a, double share)
{
	buf b = { .arena = a };
	buf_rounded(&b, share * 100, 0);
	BUF_LIT(&b, " %");
	return buf_done(&b);
}

/* ---- what is shown */

/* The lowest quarter that holds all intervals. */
static double find_most(const sheet *s)
{
	double most = s->report->input->policy->add;
	EACH (const backtest_track *const, t, s->rows)
		for (size_t i = 0; i < s->windows; i++)
			most = fmax(most, (*t)->item->windows[i].high80);
	return fmin(ceil(most * 4) / 4, 1);
}

static void find_rows(sheet *s)
{
	list_backtest_track worth = backtest_worth_showing(s->b->arena, s->report->result);
	size_t kept = 0;
	for (size_t i = 0; i < worth.len; i++) {
		if (!worth.ptr[i]->changes)
			continue;
		if (kept < BACKTEST_SHOWN)
			worth.ptr[kept++] = worth.ptr[i];
		else
			s->more++;
	}
	s->rows = (list_backtest_track){ .ptr = worth.ptr, .len = kept };
}

static str about(const sheet *s)
{
	arena *a = s->b->arena;
	return arena_printf(a,
		"A row for each of %zu items that change under some policy. In each row, over %zu windows of time: "
		"the "
		"share of the vacancies that name the item, with its 80 %% interval and the threshold of %.*s; below "
		"it three strips, filled in the windows in which the policies wilson, beta and naive have the item "
		"in "
		"the course.",
		s->rows.len, s->windows, STRF(percent(a, s->report->input->policy->add)));
}

/* ---- head, axis and legend */

static void put_legend(sheet *s, double y)
{
	buf *b = s->b;
	svg_rect(b, "band", 16, y - 8, 22, 9);
	svg_line(b, "share", 16, y - 3.5, 38, y - 3.5);
	svg_circle(b, "dot", 27, y - 3.5, 2.4);
	svg_text(b, "", 43, y, STR("share of vacancies, with its 80 % interval"));
	svg_line(b, "threshold", 268, y - 3.5, 290, y - 3.5);
	svg_text(b, "", 295, y, STR("threshold"));
	svg_rect(b, "in", 362, y - STRIP, 22, STRIP);
	svg_text(b, "", 389, y, STR("in the course"));
	svg_rect(b, "out", 473, y - STRIP, 22, STRIP);
	svg_text(b, "", 500, y, STR("not in it"));
	svg_rect(b, "warm", 562, y - 8, 22, 9);
	svg_text(b, "", 589, y, STR("start, counts as no change"));
}

static void put_head(sheet *s)
{
	arena *a = s->b->arena;
	const backtest_input *in = s->report->input;
	double vacancies = 0;
	EACH (const backtest_window, w, in->windows)
		vacancies += w->vacancies;
	svg_text(s->b, "head", 16, 28, STR("Which items the course would have had"));
	svg_text(s->b, "", 16, 46,
		arena_printf(a,
			"%.*s to %.*s: %.0f vacancies in %zu windows. Items that change under some policy, the most "
			"changes under the naive one first.",
			STRF(in->windows.ptr[0].from), STRF(in->windows.ptr[s->windows - 1].until), vacancies,
			s->windows));
	put_legend(s, 72);
	svg_text(s->b, "end", LEFT - 8, TOP - 12, STR("share of vacancies"));
}

/* As many months as there is room for, the last one always. */
static void put_months(sheet *s, double y)
{
	size_t every = (size_t)ceil(MONTH_WIDTH / column_width(s));
	for (size_t i = 0; i < s->windows; i++)
		if ((s->windows - 1 - i) % every == 0)
			svg_text(s->b, "mid", middle(s, i), y, s->report->input->windows.ptr[i].until);
}

/* ---- a row */

static void put_series(sheet *s, const backtest_item *item, double top)
{
	buf *b = s->b;
	BUF_LIT(b, "<polygon class=\"band\" points=\"");
	for (size_t i = 0; i < 2 * s->windows; i++) {
		size_t w = i < s->windows ? i : 2 * s->windows - 1 - i;
		const estimate *e = &item->windows[w];
		buf_rounded(b, middle(s, w), 1);
		buf_char(b, ',');
		buf_rounded(b, height_of(s, top, i < s->windows ? e->high80 : e->low80), 1);
		buf_char(b, ' ');
	}
	BUF_LIT(b, "\"/>\n");
	double mark = height_of(s, top, s->report->input->policy->add);
	svg_line(b, "threshold", LEFT, mark, RIGHT, mark);
	BUF_LIT(b, "<polyline class=\"share\" points=\"");
	for (size_t w = 0; w < s->windows; w++) {
		buf_rounded(b, middle(s, w), 1);
		buf_char(b, ',');
		buf_rounded(b, height_of(s, top, item->windows[w].share), 1);
		buf_char(b, ' ');
	}
	BUF_LIT(b, "\"/>\n");
	for (size_t w = 0; w < s->windows && s->windows <= 60; w++)
		svg_circle(b, "dot", middle(s, w), height_of(s, top, item->windows[w].share), 2.4);
}

static void put_strip(sheet *s, const backtest_track *t, int which, double top)
{
	svg_text(s->b, "small end", LEFT - 8, top + STRIP, str_from(backtest_policy_names[which]));
	svg_rect(s->b, "out", LEFT, top, RIGHT - LEFT, STRIP);
	for (size_t from = 0; from < s->windows; from++) {
		size_t end = from;
		while (end < s->windows && item_is_in(t->states[which][end]))
			end++;
		if (end == from)
			continue;
		svg_rect(s->b, "in", LEFT + column_width(s) * (double)from, top,
			column_width(s) * (double)(end - from), STRIP);
		from = end;
	}
}

static void put_scale(sheet *s, double top)
{
	arena *a = s->b->arena;
	double add = s->report->input->policy->add, mark = height_of(s, top, add);
	svg_line(s->b, "grid", LEFT, top, RIGHT, top);
	svg_line(s->b, "grid", LEFT, top + PLOT, RIGHT, top + PLOT);
	svg_text(s->b, "end mark", LEFT - 8, mark + 3.5, percent(a, add));
	/* Beside the threshold only where there is room for both. */
	if (mark - top > FONT_SMALL)
		svg_text(s->b, "end", LEFT - 8, top + 3.5, percent(a, s->most));
	if (top + PLOT - mark > FONT_SMALL)
		svg_text(s->b, "end", LEFT - 8, top + PLOT + 3.5, STR("0"));
}

static void put_title(sheet *s, const backtest_track *t)
{
	buf *b = s->b;
	buf title = { .arena = b->arena };
	buf_printf(&title, "%.*s (%.*s): ", STRF(t->item->name), STRF(t->item->id));
	for (size_t w = 0; w < s->windows; w++)
		buf_printf(&title, "%s%.*s", w ? ", " : "", STRF(percent(b->arena, t->item->windows[w].share)));
	svg_title(b, buf_done(&title));
}

static void put_track(sheet *s, const backtest_track *t, double top)
{
	buf *b = s->b;
	BUF_LIT(b, "<g>\n");
	put_title(s, t);
	svg_label(b, "name", 16, top + 11, t->item->name, LABEL, FONT);
	svg_label(b, "", 16, top + 25, t->item->id, LABEL, FONT_SMALL);
	svg_rect(b, "warm", LEFT, top, column_width(s), PLOT);
	put_scale(s, top);
	put_series(s, t->item, top);
	for (int which = 0; which < BACKTEST_POLICIES; which++)
		put_strip(s, t, which, top + PLOT + 6 + which * STRIP_STEP);
	BUF_LIT(b, "</g>\n");
}

/* ---- the whole */

static void put_rows(sheet *s, double bottom)
{
	put_months(s, TOP - 12);
	for (size_t i = 0; i < s->rows.len; i++) {
		double top = TOP + ROW * (double)i;
		if (i)
			svg_line(s->b, "rule", 16, top - 10, RIGHT, top - 10);
		put_track(s, s->rows.ptr[i], top);
	}
	put_months(s, bottom + 4);
	svg_text(s->b, "mid", (LEFT + RIGHT) / 2.0, bottom + 20, STR("window, by its last month"));
	if (s->more)
		svg_text(s->b, "", 16, bottom + 20, arena_printf(s->b->arena, "... and %zu more", s->more));
}

str backtest_picture(arena *a, const backtest_report *r)
{
	buf b = { .arena = a };
	sheet s = { .b = &b, .report = r, .windows = r->input->windows.len };
	if (!s.windows)
		return STR("");
	find_rows(&s);
	s.most = find_most(&s);
	double bottom = TOP + ROW * (double)(s.rows.len ? s.rows.len : 1);
	svg_begin(&b, "backtest", STR("Which items the course would have had"), about(&s), WIDTH, bottom + BOTTOM,
		"backtest", arena_printf(a, " width=\"%d\" height=\"%.0f\"", WIDTH, bottom + BOTTOM));
	buf_str(&b, str_from(style));
	put_head(&s);
	if (s.rows.len)
		put_rows(&s, bottom);
	else
		svg_text(&b, "strong", 16, TOP + 20, STR("No item changes under any policy."));
	BUF_LIT(&b, "</svg>\n");
	return buf_done(&b);
}
