/* Hours and sequence: exact sums, weeks that hold the work, and order. */
#include "base/number.h"
#include "check/checker.h"
#include "model/load.h"

#include <math.h>

static const double contact_band = 0.1; /* H-03: of the whole time, to either side of what is declared */
enum { US_CREDIT_HOURS = 45, ECTS_HOURS_MIN = 25, ECTS_HOURS_MAX = 30, UK_CREDIT_HOURS = 10 };

void rule_h_01(checker *k)
{
	EACH (const taught_module, t, k->c->modules) {
		int64_t sum = 0;
		EACH (const activity, one, t->module->activities)
			sum += one->minutes;
		if (sum != t->plan->minutes)
			found(k, place_module(t), "its activities take %lld minutes, the plan gives it %d",
				(long long)sum, t->plan->minutes);
	}
	int64_t total = load_total(k->c->plan);
	if (total != k->c->plan->course.minutes)
		found(k, place_course(k), "modules, labs and scenarios take %lld minutes, the budget is %d",
			(long long)total, k->c->plan->course.minutes);
}

static void print_hours(buf *out, double minutes)
{
	buf_rounded(out, minutes / 60, 1);
}

static str credits(checker *k, double minutes)
{
	buf out = { .arena = k->arena };
	double hours = minutes / 60;
	buf_rounded(&out, hours / US_CREDIT_HOURS, 1);
	BUF_LIT(&out, " US credits, ");
	buf_rounded(&out, hours / ECTS_HOURS_MAX, 1);
	BUF_LIT(&out, " to ");
	buf_rounded(&out, hours / ECTS_HOURS_MIN, 1);
	BUF_LIT(&out, " ECTS credits or ");
	buf_rounded(&out, hours / UK_CREDIT_HOURS, 1);
	BUF_LIT(&out, " UK credits");
	return buf_done(&out);
}

void rule_h_02(checker *k)
{
	double declared = k->c->course->hours * 60;
	int planned = k->c->plan->course.minutes;
	if (isnan(declared) || fabs(declared - planned) < 0.5)
		return;
	buf hours = { .arena = k->arena }, wanted = { .arena = k->arena };
	print_hours(&hours, planned);
	print_hours(&wanted, declared);
	found(k, place_course(k), "the plan has %.*s h (%.*s), course.yaml declares %.*s h (%.*s)",
		STRF(buf_done(&hours)), STRF(credits(k, planned)), STRF(buf_done(&wanted)),
		STRF(credits(k, declared)));
}

static double part_of_course(const checker *k, int64_t minutes)
{
	int all = k->c->plan->course.minutes;
	return all > 0 ? (double)minutes / all : NAN;
}

static int64_t scenario_minutes(const checker *k)
{
	int64_t sum = 0;
	EACH (const set_scenario, s, k->c->scenarios)
		sum += s->plan->minutes;
	return sum;
}

/* As the syllabus counts it. */
static int64_t contact_minutes(const checker *k)
{
	int64_t sum = scenario_minutes(k);
	EACH (const taught_module, t, k->c->modules)
		EACH (const activity, one, t->module->activities)
			sum += one->contact ? one->minutes : 0;
	return sum;
}

void rule_h_03(checker *k)
{
	double declared = k->c->course->contact_ratio, part = part_of_course(k, contact_minutes(k));
	if (fabs(part - declared) > contact_band) /* never true of NAN: not declared */
		found(k, place_course(k), "%.1f %% of the time is with an instructor, course.yaml declares %.1f %%",
			part * 100, declared * 100);
}

static int64_t hands_on_minutes(const checker *k)
{
	int64_t sum = scenario_minutes(k);
	EACH (const set_lab, l, k->c->labs)
		sum += l->plan->minutes;
	EACH (const set_capstone, c, k->c->capstone)
		sum += c->plan->minutes;
	EACH (const taught_module, t, k->c->modules)
		EACH (const activity, one, t->module->activities)
			sum += one->kind == ACT_EXERCISE || one->kind == ACT_DISCUSSION ? one->minutes : 0;
	return sum;
}

void rule_h_04(checker *k)
{
	double promised = k->c->course->hands_on, part = part_of_course(k, hands_on_minutes(k));
	if (part < promised)
		found(k, place_course(k),
			"in %.1f %% of the time learners work themselves, course.yaml promises %.1f %%", part * 100,
			promised * 100);
}

static void check_stretch(checker *k, const activity *one)
{
	place where = { .kind = "activity", .id = one->id, .at = one->at };
	if (one->minutes > STRETCH_MINUTES)
		found(k, where, "takes %.*s without a milestone", STRF(minutes_text(k->arena, one->minutes)));
	else if (one->contact && one->minutes > SESSION_MINUTES)
		found(k, where, "is one session of %.*s", STRF(minutes_text(k->arena, one->minutes)));
}

/* The steps of a lab's procedure are its milestones: there is one for each day of work that was begun. */
void rule_h_05(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		EACH (const activity, one, t->module->activities)
			check_stretch(k, one);
	EACH (const set_lab, l, k->c->labs) {
		int days = (l->plan->minutes + STRETCH_MINUTES - 1) / STRETCH_MINUTES;
		if (days > 1 && l->lab->procedure.len < (size_t)days)
			found(k, (place){ .kind = "lab", .id = l->lab->id, .at = l->lab->at },
				"takes %.*s, and its procedure has %zu %s", STRF(minutes_text(k->arena, l->plan->minutes)),
				l->lab->procedure.len, l->lab->procedure.len == 1 ? "step" : "steps");
	}
	EACH (const set_capstone, c, k->c->capstone)
		if (c->plan->minutes > STRETCH_MINUTES && c->capstone->milestones.len < 2)
			found(k, (place){ .kind = "capstone", .id = c->capstone->id, .at = c->capstone->at },
				"takes %.*s without a milestone on the way", STRF(minutes_text(k->arena, c->plan->minutes)));
}

static void check_window(checker *k, const char *kind, str id, loc at, int from, int to)
{
	int weeks = k->c->plan->course.weeks;
	place where = { .kind = kind, .id = id, .at = at };
	if (from > to)
		found(k, where, "begins in week %d and ends in week %d", from, to);
	else if (to > weeks)
		found(k, where, "ends in week %d of %d", to, weeks);
}

static void check_weeks(checker *k)
{
	list_week_load weeks = load_capped(k->arena, k->c->plan);
	for (size_t i = 0; i < weeks.len; i++) {
		const week_load *w = &weeks.ptr[i];
		if (w->minutes <= w->capacity)
			continue;
		buf needed = { .arena = k->arena }, given = { .arena = k->arena };
		print_hours(&needed, (double)w->minutes);
		print_hours(&given, (double)w->capacity);
		found(k, (place){ .kind = "week", .id = arena_printf(k->arena, "%zu", i + 1), .at = k->c->plan->at },
			"needs at least %.*s h, and a week has %.*s h", STRF(buf_done(&needed)), STRF(buf_done(&given)));
	}
}

void rule_h_06(checker *k)
{
	const plan *p = k->c->plan;
	int64_t capacity = (int64_t)p->course.weeks * p->course.minutes_per_week;
	if (capacity < p->course.minutes) {
		buf has = { .arena = k->arena }, needs = { .arena = k->arena };
		print_hours(&has, (double)capacity);
		print_hours(&needs, p->course.minutes);
		found(k, place_course(k), "%d weeks of work hold %.*s h, the budget is %.*s h", p->course.weeks,
			STRF(buf_done(&has)), STRF(buf_done(&needs)));
	}
	EACH (const plan_module, m, p->modules)
		check_window(k, "module", m->id, m->at, m->week_from, m->week_to);
	EACH (const plan_lab, l, p->labs)
		check_window(k, "lab", l->id, l->at, l->week, l->due);
	EACH (const plan_scenario, s, p->scenarios)
		check_window(k, "scenario", s->id, s->at, s->week, s->due);
	EACH (const plan_capstone, c, p->capstone)
		check_window(k, "capstone", c->id, c->at, c->week, c->due);
	check_weeks(k);
}

void rule_h_07(checker *k)
{
	map taught = { .arena = k->arena }, done = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		map_put(&taught, t->module->id, k);
	EACH (const taught_module, t, k->c->modules) {
		EACH (const str, id, t->module->prerequisites)
			if (!checker_knows(k, "module", *id))
				found(k, place_module(t), "its prerequisite '%.*s' is not in the catalogue", STRF(*id));
			else if (map_has(&taught, *id) && !map_has(&done, *id))
				found(k, place_module(t), "is taught before its prerequisite module:%.*s", STRF(*id));
		map_put(&done, t->module->id, k);
	}
}

void rule_h_08(checker *k)
{
	map ends = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		map_put(&ends, t->module->id, (void *)(uintptr_t)t->plan);
	EACH (const graded, g, k->tasks)
		EACH (const str, id, g->integrates) {
			const plan_module *m = map_get(&ends, *id);
			if (m && g->week < m->week_to)
				found(k, place_task(g), "starts in week %d, and module:%.*s lasts until week %d", g->week,
					STRF(*id), m->week_to);
		}
}
