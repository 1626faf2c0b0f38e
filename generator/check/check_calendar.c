/* The weeks: how even they are, when grades fall due, and whether the printed calendar is the plan's. */
#include "base/number.h"
#include "check/checker.h"
#include "model/load.h"

#include <math.h>

static const double variation_max = 0.35; /* H-09: standard deviation of the weeks' loads by their mean */
/* H-10: the last fifth of the weeks does not hold more than half of the grade. */
enum { LAST_PART = 5, LAST_PERCENT_MAX = 50 };

void rule_h_09(checker *k)
{
	list_week_load weeks = load_even(k->arena, k->c->plan);
	double sum = 0, squares = 0, count = (double)weeks.len;
	EACH (const week_load, w, weeks) {
		sum += (double)w->minutes;
		squares += (double)w->minutes * (double)w->minutes;
	}
	double mean = sum / count, variation = sqrt(squares / count - mean * mean) / mean;
	if (variation > variation_max)
		found(k, place_course(k), "the load of the weeks varies by %.2f of its mean; at most %.2f is even",
			variation, variation_max);
}

/* Two decisive tasks in one week: a bad week then counts twice. */
static void check_same_week(checker *k)
{
	const graded *in_week[LOAD_WEEKS_MAX + 1] = { NULL };
	EACH (const graded, g, k->tasks) {
		if (!g->summative || g->due < 0 || g->due > LOAD_WEEKS_MAX)
			continue;
		const graded *other = in_week[g->due];
		if (other)
			found(k, place_task(g), "is due in week %d, and so is %s:%.*s", g->due, other->kind,
				STRF(other->id));
		in_week[g->due] = g;
	}
}

void rule_h_10(checker *k)
{
	int weeks = k->c->plan->course.weeks, last = weeks / LAST_PART, percent = 0;
	check_same_week(k);
	EACH (const graded, g, k->tasks)
		percent += g->due > weeks - last ? g->percent : 0;
	if (last > 0 && percent > LAST_PERCENT_MAX)
		found(k, place_course(k), "%d %% of the grade falls due in the last %d of %d weeks", percent, last,
			weeks);
}

/* An item of the plan, and where the printed calendar names it. */
typedef struct {
	place where;
	int from, to;
	size_t cell; /* the last one that names it; SIZE_MAX: none does */
} entry;

typedef struct {
	checker *k;
	const page *page;
	map entries; /* the path of its page without what follows the id -> entry * */
} calendar;

static void expect(calendar *c, const char *folder, place where, int from, int to)
{
	entry *e = NEW(c->k->arena, entry);
	if (!e)
		return;
	*e = (entry){ .where = where, .from = from, .to = to, .cell = SIZE_MAX };
	map_put(&c->entries, arena_printf(c->k->arena, "%s/%.*s", folder, STRF(where.id)), e);
}

static void expect_all(calendar *c)
{
	EACH (const taught_module, t, c->k->c->modules)
		expect(c, "modules", place_module(t), t->plan->week_from, t->plan->week_to);
	EACH (const graded, g, c->k->tasks)
		expect(c, g->lab ? "labs" : g->scenario ? "assessments" : "capstone", place_task(g), g->week, g->due);
}

/* "labs/ID" of "labs/ID.html" and of "labs/ID/index.html". */
static str item_of(str href)
{
	size_t end = str_find(href, STR("/"), 0);
	if (end == SIZE_MAX)
		return STR("");
	for (end++; end < href.len && href.ptr[end] != '.' && href.ptr[end] != '/';)
		end++;
	return str_sub(href, 0, end);
}

/* A row is of the week that the number in it explains itself by; -1 if there is none. */
static int64_t week_of(const page *p, size_t row)
{
	int64_t week = -1;
	for (size_t i = row; row != SIZE_MAX && i < p->nodes.ptr[row].end; i++) {
		const str *why = page_get(&p->nodes.ptr[i], "data-why");
		if (why && str_starts(*why, STR("week:")) && integer_parse(&week, str_skip(*why, 5)))
			return week;
	}
	return -1;
}

static void check_entry(calendar *c, entry *e, size_t link)
{
	size_t cell = page_around(c->page, link, "td");
	int64_t week = week_of(c->page, page_around(c->page, link, "tr"));
	if (cell != SIZE_MAX && cell == e->cell)
		found(c->k, e->where, "stands twice in one cell of the calendar");
	else if (week >= 0 && (week < e->from || week > e->to))
		found(c->k, e->where, "stands in week %lld of the calendar, and in weeks %d to %d of the plan",
			(long long)week, e->from, e->to);
	e->cell = cell;
}

static void check_calendar(calendar *c, size_t table)
{
	for (size_t i = table; i < c->page->nodes.ptr[table].end; i++) {
		const str *href = page_get(&c->page->nodes.ptr[i], "href");
		entry *e = href ? map_get(&c->entries, item_of(*href)) : NULL;
		if (e)
			check_entry(c, e, i);
	}
	EACH (const map_entry, one, c->entries.entries) {
		const entry *e = one->value;
		if (e->cell == SIZE_MAX)
			found(c->k, e->where, "does not stand in the calendar of the syllabus");
	}
}

/* The first table of the section; SIZE_MAX if there is none. */
static size_t find_table(const page *p, str section)
{
	size_t heading = (size_t)(uintptr_t)map_get(&p->ids, section);
	for (size_t i = heading; heading && i < p->nodes.len; i++)
		if (page_is(&p->nodes.ptr[i], "table"))
			return i;
	return SIZE_MAX;
}

void rule_h_11(checker *k)
{
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++) {
		calendar c = { .k = k, .page = &pages[i], .entries = { .arena = k->arena } };
		size_t table = find_table(c.page, STR("schedule"));
		if (!str_eq(c.page->document->path, STR("syllabus.html")) || table == SIZE_MAX)
			continue;
		expect_all(&c);
		check_calendar(&c, table);
	}
}
