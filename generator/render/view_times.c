/* The page of times that other documents show: weeks, hours, grades. */
#include "render/view_course.h"

#include "model/load.h"

int course_minutes(const view *v, course_part part)
{
	int sum = 0;
	if (part == PART_MODULES)
		EACH (const taught_module, m, v->c->modules)
			sum += m->plan->minutes;
	if (part == PART_LABS)
		EACH (const set_lab, l, v->c->labs)
			sum += l->plan->minutes;
	if (part == PART_SCENARIOS)
		EACH (const set_scenario, s, v->c->scenarios)
			sum += s->plan->minutes;
	if (part == PART_CAPSTONE)
		EACH (const set_capstone, c, v->c->capstone)
			sum += c->plan->minutes;
	return sum;
}

static void week_modules(const view *v, value out, int week)
{
	vec_value links = { 0 };
	EACH (const taught_module, m, v->c->modules)
		if (m->plan->week_from <= week && week <= m->plan->week_to)
			add(v, &links, view_module_link(v, m));
	put(v, out, "modules", view_links(v, links));
}

static bool is_open(int from, int due, int week)
{
	return from <= week && week <= (due == SCHEMA_UNSET || due < from ? from : due);
}

static void week_tasks(const view *v, value out, int week)
{
	vec_value work = { 0 }, due = { 0 };
	EACH (const set_lab, l, v->c->labs) {
		if (is_open(l->plan->week, l->plan->due, week))
			add(v, &work, view_lab_link(v, l));
		if (l->plan->due == week)
			add(v, &due, view_lab_link(v, l));
	}
	EACH (const set_scenario, s, v->c->scenarios) {
		if (is_open(s->plan->week, s->plan->due, week))
			add(v, &work, view_scenario_link(v, s));
		if (s->plan->due == week)
			add(v, &due, view_scenario_link(v, s));
	}
	EACH (const set_capstone, c, v->c->capstone) {
		if (is_open(c->plan->week, c->plan->due, week))
			add(v, &work, view_capstone_link(v, c));
		if (c->plan->due == week)
			add(v, &due, view_capstone_link(v, c));
	}
	put_flag(v, out, "has_tasks", work.len > 0);
	put(v, out, "tasks", view_links(v, work));
	put(v, out, "due", view_links(v, due));
}

value view_week(const view *v, int week)
{
	value out = view_map(v);
	str why = arena_printf(v->arena, "week:%d", week);
	put(v, out, "number", view_count(v, week, why));
	put_plain(v, out, "begins", view_date(v->arena, v->c->course->start_date, 7 * (week - 1)));
	week_modules(v, out, week);
	week_tasks(v, out, week);
	return out;
}

value view_weeks(const view *v)
{
	vec_value out = { 0 };
	list_week_load loads = load_even(v->arena, v->c->plan);
	int weeks = v->c->plan->course.weeks;
	for (int week = 1; week <= weeks && week <= LOAD_WEEKS_MAX; week++) {
		value one = view_week(v, week);
		double minutes = (size_t)week <= loads.len ? (double)loads.ptr[week - 1].minutes : 0;
		put(v, one, "hours", view_hours(v, minutes, arena_printf(v->arena, "week:%d", week)));
		add(v, &out, one);
	}
	return value_of(out);
}

/* Bars in the order in which they begin: each module, then the tasks that start with or after it. */
static void sort_bars(chart_bar *bars, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = i; k && bars[k].from < bars[k - 1].from; k--) {
			chart_bar earlier = bars[k];
			bars[k] = bars[k - 1];
			bars[k - 1] = earlier;
		}
}

static int last_week(int from, int due)
{
	return due == SCHEMA_UNSET || due < from ? from : due;
}

str course_calendar(const view *v)
{
	const curriculum *c = v->c;
	size_t count = c->modules.len + c->labs.len + c->scenarios.len + c->capstone.len, n = 0;
	if (v->format != TEXT_HTML || !count || count > CHART_ROWS_MAX)
		return STR("");
	chart_bar *bars = NEWN(v->arena, chart_bar, count);
	if (!bars)
		return STR("");
	EACH (const taught_module, m, c->modules)
		bars[n++] = (chart_bar){ m->module->title, m->plan->week_from, m->plan->week_to, "bar-module" };
	EACH (const set_lab, l, c->labs)
		bars[n++] =
			(chart_bar){ l->lab->title, l->plan->week, last_week(l->plan->week, l->plan->due), "bar-lab" };
	EACH (const set_scenario, s, c->scenarios)
		bars[n++] = (chart_bar){ s->scenario->title, s->plan->week, last_week(s->plan->week, s->plan->due),
			"bar-scenario" };
	EACH (const set_capstone, s, c->capstone)
		bars[n++] = (chart_bar){ s->capstone->title, s->plan->week, last_week(s->plan->week, s->plan->due),
			"bar-capstone" };
	sort_bars(bars, count);
	return chart_weeks(v->arena, "calendar", STR("Calendar"),
		STR("Bars show in which weeks each module, lab, scenario and the capstone lies. The table of weeks "
			"says the same."),
		bars, count, c->plan->course.weeks);
}

static value view_grade(const view *v, value task, const char *kind, str id, int percent, int due)
{
	value out = view_map(v);
	put(v, out, "task", task);
	put_word(v, out, "kind", kind);
	put(v, out, "percent", view_percent(v, percent, why_at(v, "grade", id, "")));
	put(v, out, "due", due > 0 ? view_count(v, due, why_at(v, kind, id, "due")) : V_NONE);
	return out;
}

value view_grades(const view *v)
{
	vec_value out = { 0 };
	EACH (const set_lab, l, v->c->labs) {
		value one = view_grade(v, view_lab_link(v, l), "lab", l->lab->id, l->percent, l->plan->due);
		put(v, one, "hours", view_hours(v, l->plan->minutes, why_at(v, "lab", l->lab->id, "hours")));
		put_flag(v, one, "required", l->plan->required);
		add(v, &out, one);
	}
	EACH (const set_scenario, s, v->c->scenarios) {
		const scenario *of = s->scenario;
		value one = view_grade(v, view_scenario_link(v, s), "scenario", of->id, s->percent, s->plan->due);
		put(v, one, "hours", view_hours(v, s->plan->minutes, why_at(v, "scenario", of->id, "hours")));
		put_flag(v, one, "required", s->plan->required);
		add(v, &out, one);
	}
	EACH (const set_capstone, c, v->c->capstone) {
		str id = c->capstone->id;
		value one = view_grade(v, view_capstone_link(v, c), "capstone", id, c->percent, c->plan->due);
		put(v, one, "hours", view_hours(v, c->plan->minutes, why_at(v, "capstone", id, "hours")));
		put_flag(v, one, "required", true);
		add(v, &out, one);
	}
	return value_of(out);
}

void put_course_times(const view *v, value page)
{
	const plan_header *h = &v->c->plan->course;
	str why = STR("course.hours");
	put(v, page, "hours", view_hours(v, h->minutes, why));
	put(v, page, "weeks", view_count(v, h->weeks, STR("course.weeks")));
	put(v, page, "hours_per_week", view_hours(v, h->minutes_per_week, STR("course.hours_per_week")));
	put(v, page, "module_count", view_count(v, (double)v->c->modules.len, STR("course.modules")));
	put(v, page, "lab_count", view_count(v, (double)v->c->labs.len, STR("course.labs")));
	put(v, page, "scenario_count", view_count(v, (double)v->c->scenarios.len, STR("course.scenarios")));
	put(v, page, "module_hours", view_hours(v, course_minutes(v, PART_MODULES), why));
	put(v, page, "lab_hours", view_hours(v, course_minutes(v, PART_LABS), why));
	put(v, page, "scenario_hours", view_hours(v, course_minutes(v, PART_SCENARIOS), why));
	put_flag(v, page, "has_capstone", v->c->capstone.len > 0);
	put(v, page, "capstone_hours", view_hours(v, course_minutes(v, PART_CAPSTONE), why));
	put(v, page, "sample", view_count(v, v->c->facts->workbook->sample_size, STR("sample.size")));
}
