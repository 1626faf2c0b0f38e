/* Whole plans by their properties, on many random courses, and from the plan to what is taught. */
#include "random.h"
#include "world.h"

#include "base/number.h"
#include "plan/resolve.h"
#include "read/plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- whole plans on random courses */

static void add_activities(arena *a, module *m)
{
	activity *acts = NEWN(a, activity, 3);
	if (!acts)
		return;
	int third = m->minutes.min / 3 / 5 * 5;
	acts[0] = (activity){ .id = STR("lecture"), .kind = ACT_LECTURE, .minutes = third };
	acts[1] =
		(activity){ .id = STR("exercise"), .kind = ACT_EXERCISE, .minutes = m->minutes.min - 2 * third };
	acts[2] = (activity){ .id = STR("reading"), .kind = ACT_READING, .minutes = third };
	m->activities.ptr = acts;
	m->activities.len = 3;
}

/* Outcomes of one of the modules, or of two. */
static const char *random_outcomes(random_source *r, arena *a, uint32_t m, uint32_t n)
{
	buf b = { .arena = a };
	buf_printf(&b, "o%u-%u ", m, draw(r, 2));
	if (m != n)
		buf_printf(&b, "o%u-%u ", n, draw(r, 2));
	buf_char(&b, '\0');
	return buf_done(&b).ptr;
}

typedef struct {
	uint32_t modules, tasks;
	bool all_required;
} size_of_world;

/* Module i teaches concept ci, which skill row ci asks for, and may need modules before it. Rules propose a
 * part of it all. */
static void random_world(world *w, random_source *r, size_of_world *size)
{
	arena *a = &w->a;
	world_init(w);
	buf rules = { .arena = a };
	BUF_LIT(&rules,
		"rules:\n  - {id: none, for: sample, when: 'false', then: [{note: {text: x}}], because: x}\n");
	size->modules = 2 + draw(r, 12);
	size->tasks = 1 + draw(r, 20);
	for (uint32_t i = 0; i < size->modules; i++) {
		int min = 60 + 30 * (int)draw(r, 10);
		module *m = add_module(w, name(a, "m", i), LEVEL_SENIOR, arena_printf(a, "c%u=2", i).ptr,
			arena_printf(a, "o%u-0:c%u o%u-1:c%u", i, i, i, i).ptr, min, min + 30 * (int)draw(r, 20));
		vec_str before = { 0 };
		for (uint32_t k = 0; k < i; k++)
			if (draw(r, 4) == 0)
				vec_push(a, &before, str_from(name(a, "m", k)));
		m->prerequisites.ptr = before.ptr;
		m->prerequisites.len = before.len;
		add_activities(a, m);
		add_row(
			w, draw(r, 3) ? ROW_SKILL : ROW_THEME, name(a, "c", i), "Core", 1 + draw(r, 20), name(a, "c", i));
		if (draw(r, 6))
			buf_printf(&rules, "  - {id: m%u, for: sample, then: [{module: {id: m%u}}], because: x}\n", i, i);
	}
	for (uint32_t i = 0; i < size->tasks; i++) {
		uint32_t m = draw(r, size->modules), n = draw(r, size->modules);
		const char *integrates = arena_printf(a, m == n ? "m%u" : "m%u m%u", m, n).ptr;
		bool is_lab = draw(r, 3) > 0;
		if (is_lab)
			add_lab(w, name(a, "t", i), LEVEL_SENIOR, integrates, random_outcomes(r, a, m, n),
				30 + 30 * (int)draw(r, 6));
		else
			add_scenario(
				w, name(a, "t", i), 0, integrates, random_outcomes(r, a, m, n), 30 + 30 * (int)draw(r, 6));
		if (draw(r, 5))
			buf_printf(&rules, "  - {id: t%u, for: sample, then: [{%s: {id: t%u, as: %s}}], because: x}\n", i,
				is_lab ? "lab" : "scenario", i, size->all_required || !draw(r, 3) ? "required" : "elective");
	}
	require_that(world_rules(w, buf_done(&rules)) && world_run(w), "%s", world_listing(w));
}

typedef struct {
	str id, address;
	int minutes, week, due;
	list_str integrates, outcomes;
	bool is_lab;
} planned_task;
typedef VEC(planned_task) vec_planned;

static vec_planned tasks_of(world *w, const plan *p)
{
	vec_planned out = { 0 };
	EACH (const plan_lab, l, p->labs) {
		const lab *from = catalog_find(&w->c, "lab", l->id);
		vec_push(&w->a, &out,
			(planned_task){ l->id, arena_printf(&w->a, "lab:%.*s", STRF(l->id)), l->minutes, l->week, l->due,
				from->integrates, from->outcomes, true });
	}
	EACH (const plan_scenario, s, p->scenarios) {
		const scenario *from = catalog_find(&w->c, "scenario", s->id);
		vec_push(&w->a, &out,
			(planned_task){ s->id, arena_printf(&w->a, "scenario:%.*s", STRF(s->id)), s->minutes, s->week,
				s->due, from->integrates, from->outcomes, false });
	}
	return out;
}

static const plan_module *planned(const plan *p, str id)
{
	EACH (const plan_module, m, p->modules)
		if (str_eq(m->id, id))
			return m;
	return NULL;
}

static void check_times(world *w, const plan *p, const vec_planned *tasks, uint64_t seed)
{
	int sum = 0;
	EACH (const plan_module, m, p->modules) {
		const module *from = catalog_find(&w->c, "module", m->id);
		sum += m->minutes;
		require_that(m->minutes >= from->minutes.min && m->minutes <= from->minutes.max &&
						 m->minutes % UNIT_MINUTES == 0,
			"seed %zu: module:%.*s has %d", (size_t)seed, STRF(m->id), m->minutes);
		require(m->week_from >= 1 && m->week_to >= m->week_from && m->week_to <= p->course.weeks);
		EACH (const str, id, from->prerequisites) {
			const plan_module *before = planned(p, *id);
			require_that(!before || (before < m && before->week_to <= m->week_from), "seed %zu: %.*s",
				(size_t)seed, STRF(m->id));
		}
	}
	EACH (const planned_task, t, *tasks) {
		sum += t->minutes;
		EACH (const str, id, t->integrates) {
			const plan_module *m = planned(p, *id);
			require_that(m && m->week_to <= t->week, "seed %zu: %.*s starts before its modules end",
				(size_t)seed, STRF(t->address));
		}
		require(t->due >= t->week && t->due <= p->course.weeks);
	}
	require_that(
		sum == p->course.minutes, "seed %zu: %d of %d minutes", (size_t)seed, sum, p->course.minutes);
	require(p->course.weeks * p->course.minutes_per_week >= p->course.minutes);
}

static void check_grading(const plan *p, const vec_planned *tasks, uint64_t seed)
{
	int sum = 0;
	require(p->grading.len == tasks->len);
	EACH (const plan_grade, g, p->grading) {
		sum += g->percent;
		bool known = false;
		EACH (const planned_task, t, *tasks)
			known |= str_eq(t->address, g->item);
		require(known && (g->percent >= 1 || tasks->len > 100));
	}
	require_that(tasks->len == 0 || sum == 100, "seed %zu: %d per cent", (size_t)seed, sum);
}

/* An outcome of a planned module that some proposed task could assess is assessed. */
static void check_assessed(world *w, const plan *p, const vec_planned *tasks, uint64_t seed)
{
	EACH (const plan_module, m, p->modules)
		EACH (const outcome, o, ((const module *)catalog_find(&w->c, "module", m->id))->outcomes) {
			bool assessed = false, could = false;
			EACH (const planned_task, t, *tasks)
				assessed |= list_has(t->outcomes, o->id);
			EACH (const map_entry, e, w->s.by_address.entries) {
				const chosen *c = e->value;
				if (c->kind == FACT_MODULE)
					continue;
				bool is_lab = c->kind == FACT_LAB, can = true;
				list_str integrates =
					is_lab ? ((const lab *)c->item)->integrates : ((const scenario *)c->item)->integrates;
				EACH (const str, id, integrates)
					can &= planned(p, *id) != NULL;
				could |= can && list_has(is_lab ? ((const lab *)c->item)->outcomes
												: ((const scenario *)c->item)->outcomes,
									o->id);
			}
			require_that(assessed || !could, "seed %zu: outcome %.*s", (size_t)seed, STRF(o->id));
		}
}

static void check_selection(world *w, const plan *p, const vec_planned *tasks, uint64_t seed)
{
	EACH (chosen *const, c, w->s.modules)
		require_that(planned(p, (*c)->id) != NULL, "seed %zu: %.*s", (size_t)seed, STRF((*c)->address));
	require(p->modules.len == w->s.modules.len);
	EACH (const planned_task, t, *tasks)
		require(map_has(&w->s.by_address, t->address));
	/* everything that was not taken has a remark that says why */
	EACH (const map_entry, e, w->s.by_address.entries) {
		bool taken = ((const chosen *)e->value)->kind == FACT_MODULE, remarked = false;
		EACH (const planned_task, t, *tasks)
			taken |= str_eq(t->address, e->key);
		EACH (const remark, m, w->t.remarks)
			remarked |= str_eq(m->item, e->key) && !m->taken;
		require_that(taken != remarked, "seed %zu: %.*s", (size_t)seed, STRF(e->key));
	}
}

Test(plan, compose, .timeout = 120)
{
	size_t made = 0, with_electives = 0;
	for (uint64_t seed = 1; seed <= 600; seed++) {
		random_source r = seeded(seed);
		world w;
		size_of_world size = { 0 };
		random_world(&w, &r, &size);
		if (w.s.modules.len == 0) {
			arena_free(&w.a);
			continue;
		}
		if (draw(&r, 2))
			w.s.settings.weeks = 1 + (int)draw(&r, 30);
		plan p;
		bool ok = world_plan(&w, &p, NULL);
		require_that(ok, "seed %zu\n%s", (size_t)seed, world_listing(&w));
		vec_planned tasks = tasks_of(&w, &p);
		check_times(&w, &p, &tasks, seed);
		check_grading(&p, &tasks, seed);
		check_assessed(&w, &p, &tasks, seed);
		check_selection(&w, &p, &tasks, seed);
		made++;
		EACH (const plan_lab, l, p.labs)
			with_electives += !l->required;
		arena_free(&w.a);
	}
	require_that(made > 500 && with_electives > 100, "%zu plans, %zu electives", made, with_electives);
	NO_LEAKS();
}

/* The budget that a course states is held exactly, whatever it is, between what is needed and what can be
 * used. */
Test(plan, stated_hours, .timeout = 120)
{
	size_t held = 0, refused = 0;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		random_source r = seeded(seed);
		world w;
		size_of_world size = { .all_required = seed % 2 };
		random_world(&w, &r, &size);
		plan p;
		if (w.s.modules.len && world_plan(&w, &p, NULL)) {
			w.s.settings.hours = fmax(0.5, p.course.minutes / 60.0 + ((int)draw(&r, 40) - 20) * 0.5);
			plan q;
			if (world_plan(&w, &q, NULL)) {
				require_that(q.course.minutes == (int)(w.s.settings.hours * 60), "seed %zu", (size_t)seed);
				vec_planned tasks = tasks_of(&w, &q);
				check_times(&w, &q, &tasks, seed);
				held++;
			} else {
				require(w.d.errors > 0 && w.d.list.ptr[w.d.list.len - 1].code == E_PLAN_INFEASIBLE);
				refused++;
			}
		}
		arena_free(&w.a);
	}
	require_that(held > 40 && refused > 40, "%zu held, %zu refused", held, refused);
	NO_LEAKS();
}

static str text_of_plan(world *w)
{
	plan p;
	require_that(world_plan(w, &p, NULL), "%s", world_listing(w));
	str text = plan_text(&w->a, &p);
	require(text.len > 100);
	return text;
}

Test(plan, order_of_the_input_does_not_matter, .timeout = 120)
{
	for (uint64_t seed = 1; seed <= 300; seed++) {
		random_source r = seeded(seed), again = seeded(seed), mix = seeded(seed + 1000);
		world one, other;
		size_of_world size = { 0 };
		random_world(&one, &r, &size);
		random_world(&other, &again, &size);
		SHUFFLE(&mix, other.c.modules.ptr, other.c.modules.len);
		SHUFFLE(&mix, other.c.labs.ptr, other.c.labs.len);
		SHUFFLE(&mix, other.c.scenarios.ptr, other.c.scenarios.len);
		SHUFFLE(&mix, other.rules.ptr, other.rules.len);
		for (int kind = 0; kind < ROW_KINDS; kind++) {
			random_source same = mix; /* a row and its fact stay together */
			SHUFFLE(&mix, other.rows[kind].ptr, other.rows[kind].len);
			SHUFFLE(&same, other.facts[kind].ptr, other.facts[kind].len);
		}
		require(ruleset_compile(&other.set, &other.a, other.rules.ptr, other.rules.len, &other.d) &&
				world_run(&other));
		/* and the order of what the rules chose */
		SHUFFLE(&mix, other.s.modules.ptr, other.s.modules.len);
		SHUFFLE(&mix, other.s.labs.ptr, other.s.labs.len);
		if (one.s.modules.len) {
			str x = text_of_plan(&one), y = text_of_plan(&other);
			require_that(str_eq(x, y), "seed %zu\n%.*s\n%.*s", (size_t)seed, STRF(x), STRF(y));
		}
		arena_free(&one.a);
		arena_free(&other.a);
	}
	NO_LEAKS();
}

/* ---- what cannot be */

typedef struct {
	str address;
	double hours;
} need_named;

/* "module:x (at least 5 h) + lab:y (fixed 2 h) together" */
static size_t parse_needs(str text, need_named *out, size_t max)
{
	size_t from = str_find(text, STR("cannot hold "), 0), end = str_find(text, STR(" together"), 0),
		   count = 0;
	require_that(from != SIZE_MAX && end != SIZE_MAX, "%.*s", STRF(text));
	str rest = str_sub(text, from + 12, end - from - 12);
	while (rest.len && count < max) {
		size_t open = str_find(rest, STR(" ("), 0), close = str_find(rest, STR(" h)"), 0), space = close;
		require_that(open != SIZE_MAX && close != SIZE_MAX, "%.*s", STRF(rest));
		while (rest.ptr[space - 1] != ' ')
			space--;
		out[count].address = str_sub(rest, 0, open);
		require(number_parse(&out[count].hours, str_sub(rest, space, close - space)));
		count++;
		rest = str_skip(rest, close + 3);
		rest = str_starts(rest, STR(" + ")) ? str_skip(rest, 3) : rest;
	}
	return count;
}

static double number_after(str text, const char *mark)
{
	size_t from = str_find(text, str_from(mark), 0);
	require_that(from != SIZE_MAX, "%s: %.*s", mark, STRF(text));
	from += strlen(mark);
	size_t end = from;
	while (end < text.len && (is_digit(text.ptr[end]) ||
								 (text.ptr[end] == '.' && end + 1 < text.len && is_digit(text.ptr[end + 1]))))
		end++;
	double out;
	require_that(number_parse(&out, str_sub(text, from, end - from)), "%.*s", STRF(text));
	return out;
}

static str last_text(const world *w)
{
	return w->d.list.ptr[w->d.list.len - 1].text;
}

/* The plan with the named items banned, as the message proposes. */
static bool plan_with_bans(world *w, plan *out, str text)
{
	size_t from = str_find(text, STR("or ban "), 0), end = str_find(text, STR(" (least"), 0);
	VEC(decision) bans = { 0 };
	str list = str_sub(text, from + 7, end - from - 7);
	for (str_cut cut = { .tail = list, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		vec_push(&w->a, &bans,
			(decision){ .kind = DECISION_BAN, .item = str_trim(cut.head), .reason = STR("too much") });
	}
	plan former = { .decisions = { bans.ptr, bans.len } };
	return world_plan(w, out, &former);
}

Test(plan, too_few_hours, .timeout = 120)
{
	size_t seen = 0, banned = 0;
	for (uint64_t seed = 1; seed <= 400; seed++) {
		random_source r = seeded(seed);
		world w;
		size_of_world size = { .all_required = true };
		random_world(&w, &r, &size);
		w.s.settings.hours = 0.5 + draw(&r, 40) * 0.5;
		plan p;
		if (w.s.modules.len == 0 || world_plan(&w, &p, NULL) ||
			str_find(last_text(&w), STR("cannot hold"), 0) == SIZE_MAX) {
			arena_free(&w.a);
			continue;
		}
		seen++;
		str text = last_text(&w);
		require(w.d.list.ptr[w.d.list.len - 1].code == E_PLAN_INFEASIBLE);
		need_named needs[64];
		size_t count = parse_needs(text, needs, COUNT(needs));
		double sum = 0, hours = w.s.settings.hours;
		for (size_t i = 0; i < count; i++)
			sum += needs[i].hours;
		require_that(sum > hours, "seed %zu: %.*s", (size_t)seed, STRF(text));
		for (size_t i = 0; i < count; i++)
			require_that(sum - needs[i].hours <= hours, "seed %zu: it goes without %.*s", (size_t)seed,
				STRF(needs[i].address));
		/* what it proposes works, and half an hour less does not */
		double enough = number_after(text, "ways out: hours: ");
		if (plan_with_bans(&w, &p, text)) {
			require(p.course.minutes == (int)(hours * 60));
			banned++;
		}
		w.s.settings.hours = enough;
		require_that(world_plan(&w, &p, NULL), "seed %zu\n%s", (size_t)seed, world_listing(&w));
		w.s.settings.hours = enough - 0.5;
		require(!world_plan(&w, &p, NULL));
		arena_free(&w.a);
	}
	require_that(seen > 100 && banned > 20, "%zu infeasible, %zu helped by bans", seen, banned);
	NO_LEAKS();
}

/* Nothing is proposed to be banned that could stay. */
Test(plan, bans_are_as_few_as_can_be)
{
	world w;
	world_init(&w);
	add_module(&w, "small", LEVEL_SENIOR, "a=2", "o-a:a", 60, 900);
	add_module(&w, "large", LEVEL_SENIOR, "b=2", "o-b:b", 600, 900);
	add_module(&w, "dear", LEVEL_SENIOR, "c=2", "o-c:c", 300, 900);
	add_row(&w, ROW_SKILL, "a", "Core", 1, "a");
	add_row(&w, ROW_SKILL, "b", "Core", 5, "b");
	add_row(&w, ROW_SKILL, "c", "Core", 20, "c");
	require(world_rules(&w, STR("rules:\n  - {id: r, for: skill, then: [{module: {teaches: "
								"=skill.concepts}}], because: x}\n")) &&
			world_run(&w));
	w.s.settings.hours = 6;
	plan p;
	require(!world_plan(&w, &p, NULL));
	assert_str(last_text(&w), "hours: 6 cannot hold module:large (at least 10 h) together; all that is "
							  "required needs 16 h. Cheapest "
							  "ways out: hours: 16, or ban module:large (least demand first)");
	require(plan_with_bans(&w, &p, last_text(&w)) && p.modules.len == 2 && p.course.minutes == 360);
	world_finish(&w);
}

static void one_module(world *w, int min, int max)
{
	world_init(w);
	add_module(w, "m", LEVEL_SENIOR, "a=2", "o-a:a", min, max);
	add_row(w, ROW_SKILL, "a", "Core", 9, "a");
	require(world_rules(w, STR("rules:\n  - {id: r, for: skill, then: [{module: {teaches: "
							   "=skill.concepts}}], because: x}\n")) &&
			world_run(w));
}

Test(plan, too_little_capacity)
{
	world w;
	plan p;
	one_module(&w, 600, 6000);
	course *s = &w.s.settings;
	for (int hours = 20; hours < 60; hours++) {
		s->hours = hours;
		s->weeks = 3;
		s->hours_per_week = 5;
		require(!world_plan(&w, &p, NULL) && w.d.list.ptr[w.d.list.len - 1].code == E_PLAN_INFEASIBLE);
		str text = last_text(&w);
		double weeks = number_after(text, "out: weeks: "),
			   pace = number_after(text, "h. Cheapest ways out: weeks: ");
		require(weeks == pace);
		size_t out = str_find(text, STR("ways out"), 0);
		str rest = str_skip(text, out);
		pace = number_after(rest, "hours_per_week: ");
		double less = number_after(rest, "or hours: ");
		s->weeks = (int)weeks;
		require_that(world_plan(&w, &p, NULL), "%.*s", STRF(text));
		s->weeks = (int)weeks - 1;
		require(!world_plan(&w, &p, NULL));
		s->weeks = 3;
		s->hours_per_week = pace;
		require_that(world_plan(&w, &p, NULL), "%.*s", STRF(text));
		s->hours_per_week = pace - 0.5;
		require_that(!world_plan(&w, &p, NULL), "%g is not the cheapest: %.*s", pace, STRF(text));
		s->hours_per_week = 5;
		s->hours = less;
		require_that(world_plan(&w, &p, NULL), "%.*s", STRF(text));
	}
	world_finish(&w);
}

Test(plan, too_many_hours)
{
	world w;
	plan p;
	one_module(&w, 600, 1200);
	w.s.settings.hours = 30;
	require(!world_plan(&w, &p, NULL));
	require(number_after(last_text(&w), "way out: hours: ") == 20);
	w.s.settings.hours = 20;
	require(world_plan(&w, &p, NULL) && p.modules.ptr[0].minutes == 1200);
	world_finish(&w);
}

Test(plan, defaults_are_made_to_fit)
{
	world w;
	plan p;
	one_module(&w, 600, 1200);
	require(world_plan(&w, &p, NULL) && p.course.minutes == 1200 && p.course.minutes_per_week == 720 &&
			p.course.weeks == 2);
	require(w.d.list.len == 1 && w.d.list.ptr[0].code == E_BUDGET_ADJUSTED);
	w.s.settings.weeks = 7;
	require(world_plan(&w, &p, NULL) && p.course.weeks == 7 && p.course.minutes_per_week == 180);
	w.s.settings.hours_per_week = 2;
	require(world_plan(&w, &p, NULL) && p.course.minutes == 840);
	world_finish(&w);
}

/* Odd bounds of a catalogue are rounded into whole units, and the sum is still exact. */
Test(plan, odd_minutes)
{
	world w;
	plan p;
	one_module(&w, 50, 100);
	add_lab(&w, "l", LEVEL_SENIOR, "m", "o-a", 45);
	require(world_rules(&w, STR("rules:\n  - {id: r, for: skill, then: [{module: {teaches: "
								"=skill.concepts}}, {lab: {id: l}}], because: x}\n")) &&
			world_run(&w));
	require(world_plan(&w, &p, NULL) && p.modules.ptr[0].minutes == 90 && p.labs.ptr[0].minutes == 60 &&
			p.course.minutes == 150);
	w.s.settings.hours = 2;
	require(world_plan(&w, &p, NULL) && p.modules.ptr[0].minutes == 60);
	world_finish(&w);
}

/* ---- what people decided, and what rules demand */

static void two_labs(world *w)
{
	world_init(w);
	add_module(w, "m", LEVEL_SENIOR, "a=2", "o-1:a o-2:a", 600, 6000);
	add_module(w, "n", LEVEL_SENIOR, "b=2", "o-3:b", 600, 6000);
	add_lab(w, "l1", LEVEL_SENIOR, "m", "o-1", 60)->tags = words(&w->a, "latency");
	add_lab(w, "l2", LEVEL_SENIOR, "m", "o-1 o-2", 120)->context = STR("given");
	add_scenario(w, "s1", 0, "n", "o-3", 90);
	add_row(w, ROW_SKILL, "a", "Core", 9, "a");
	add_row(w, ROW_TECHNOLOGY, "argo", "X", 9, "a");
	add_row(w, ROW_TECHNOLOGY, "flux", "X", 9, "b");
	add_row(w, ROW_TECHNOLOGY, "vault", "X", 12, "b");
}

static const char two_rules[] = "rules:\n  - {id: r, for: skill, then: [{module: {teaches: "
								"=skill.concepts}}, {lab: {for: =skill.concepts, all: "
								"true, as: elective}}], because: x}\n";

static bool has_task(const plan *p, const char *id)
{
	EACH (const plan_lab, l, p->labs)
		if (str_eq(l->id, str_from(id)))
			return true;
	EACH (const plan_scenario, s, p->scenarios)
		if (str_eq(s->id, str_from(id)))
			return true;
	return false;
}

static bool remarked(const world *w, const char *item, const char *says)
{
	EACH (const remark, m, w->t.remarks)
		if (str_eq(m->item, str_from(item)) && str_find(m->reason, str_from(says), 0) != SIZE_MAX)
			return true;
	return false;
}

Test(plan, decisions)
{
	world w;
	plan p;
	two_labs(&w);
	require(world_rules(&w, str_from(two_rules)) && world_run(&w));
	decision made[] = { { .kind = DECISION_BAN, .item = STR("lab:l2"), .reason = STR("no hardware") },
		{ .kind = DECISION_PIN, .item = STR("module:n"), .reason = STR("we want it") },
		{ .kind = DECISION_PIN, .item = STR("scenario:s1"), .reason = STR("and this") },
		{ .kind = DECISION_PIN, .item = STR("lab:nowhere"), .reason = STR("typing") },
		{ .kind = DECISION_WAIVE, .item = STR("lab:l1"), .reason = STR("x") } };
	plan former = { .decisions = { made, COUNT(made) } };
	require_that(world_plan(&w, &p, &former), "%s", world_listing(&w));
	require(!has_task(&p, "l2") && has_task(&p, "l1") && has_task(&p, "s1") && planned(&p, STR("n")));
	require(p.decisions.len == COUNT(made) && p.scenarios.ptr[0].required);
	require(remarked(&w, "lab:l2", "no hardware") && remarked(&w, "lab:nowhere", "not in the catalogue") &&
			remarked(&w, "module:n", "we want it"));
	/* a ban of the module takes what stands on it with it */
	made[0] = (decision){ .kind = DECISION_BAN, .item = STR("module:m"), .reason = STR("gone") };
	require(world_plan(&w, &p, &former) && !has_task(&p, "l1") && !planned(&p, STR("m")));
	require(remarked(&w, "lab:l1", "module:m, which is not in the plan"));
	world_finish(&w);
}

Test(plan, requirements)
{
	world w;
	plan p;
	two_labs(&w);
	require(world_rules(&w, STR("rules:\n  - {id: r, for: skill, then: [{module: {teaches: "
								"=skill.concepts}}, {lab: {for: =skill.concepts, all: "
								"true}}, {require: {of: lab, has: [context]}}], because: x}\n")) &&
			world_run(&w));
	require(world_plan(&w, &p, NULL) && has_task(&p, "l2") && !has_task(&p, "l1"));
	require(remarked(&w, "lab:l1", "no context, which rule r requires"));
	world_finish(&w);
}

static metric number_metric(const char *id, int way, double base, double target, double stretch)
{
	metric m;
	record_clear(&metric_record, &m);
	m.id = m.name = str_from(id);
	m.unit = STR("ms");
	m.direction = way;
	m.baseline.value = base;
	m.target.value = target;
	m.stretch.value = stretch;
	m.aggregate.stat = 0;
	m.repeats = 5;
	return m;
}

Test(plan, targets_and_settings)
{
	world w;
	plan p;
	two_labs(&w);
	metric metrics[] = { number_metric("p99", LOWER_IS_BETTER, 100, 50, 30),
		number_metric("rate", HIGHER_IS_BETTER, 1, 2, NAN) };
	lab *l = catalog_find(&w.c, "lab", STR("l1"));
	l->metrics.ptr = metrics;
	l->metrics.len = COUNT(metrics);
	require(world_rules(&w, STR("rules:\n  - {id: r, for: skill, then: [{module: {id: m}}, {module: {id: "
								"n}}, {lab: {id: l1}}, {scenario: {id: "
								"s1}}, {target: {tag: latency, use: stretch}}], because: x}\n"
								"  - {id: t, for: technology, then: [{setting: {for: =technology.concepts, "
								"technologies: =technology.tools}}], "
								"because: x}\n")) &&
			world_run(&w));
	require(world_plan(&w, &p, NULL) && p.labs.len == 1 && p.labs.ptr[0].targets.len == 2);
	assert_str(p.labs.ptr[0].targets.ptr[0].key, "p99");
	assert_str(p.labs.ptr[0].targets.ptr[0].value, "stretch");
	assert_str(p.labs.ptr[0].targets.ptr[1].value, "target");
	require(p.scenarios.len == 1 && p.scenarios.ptr[0].setting.len == 2);
	assert_str(p.scenarios.ptr[0].setting.ptr[0], "vault"); /* the heavier row first */
	assert_str(p.scenarios.ptr[0].setting.ptr[1], "flux");
	world_finish(&w);
}

/* ---- from the plan to what is taught */

Test(plan, minutes_of_activities)
{
	arena a = { 0 };
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		random_source r = seeded(seed);
		activity acts[12], kept[12];
		size_t count = 1 + draw(&r, 11);
		int sum = 0;
		bool practice = false;
		for (uint32_t i = 0; i < count; i++) {
			acts[i] = kept[i] = (activity){
				.id = str_from(name(&a, "a", i)), .kind = (int)draw(&r, 6), .minutes = 5 + (int)draw(&r, 60)
			};
			sum += acts[i].minutes;
			practice |=
				acts[i].kind == ACT_EXERCISE || acts[i].kind == ACT_READING || acts[i].kind == ACT_DISCUSSION;
		}
		module m = { .activities = { acts, count } };
		int wanted = sum + (int)draw(&r, 300), given = 0;
		resolve_minutes(&m, wanted, &a);
		require(m.activities.len == count && memcmp(acts, kept, count * sizeof *acts) == 0);
		for (size_t i = 0; i < count; i++) {
			const activity *one = &m.activities.ptr[i];
			bool grows = one->kind == ACT_EXERCISE || one->kind == ACT_READING || one->kind == ACT_DISCUSSION;
			given += one->minutes;
			require_that(one->minutes >= kept[i].minutes, "seed %zu: shrunk", (size_t)seed);
			require_that(grows || !practice || one->minutes == kept[i].minutes, "seed %zu: a lecture grew",
				(size_t)seed);
		}
		require_that(given == wanted, "seed %zu: %d of %d", (size_t)seed, given, wanted);
		/* less than the activities need: nothing is taken from them */
		m.activities.ptr = acts;
		resolve_minutes(&m, sum - 10, &a);
		for (size_t i = 0; i < count; i++)
			require(m.activities.ptr[i].minutes == kept[i].minutes);
	}
	module none = { 0 };
	resolve_minutes(&none, 60, &a);
	require(none.activities.len == 0);
	arena_free(&a);
	NO_LEAKS();
}

/* Exercises without an instructor take what would make a session too long; when all are at their longest, all
 * grow again. */
Test(plan, sessions_stay_short)
{
	static const struct {
		int wanted, session, alone;
	} rows[] = { { 240, 120, 120 }, { 400, 180, 220 }, { 660, 180, 480 }, { 760, 280, 480 },
		{ 663, 180, 483 } };
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(rows); i++) {
		activity acts[] = { { .id = STR("a"), .kind = ACT_EXERCISE, .contact = true, .minutes = 60 },
			{ .id = STR("b"), .kind = ACT_EXERCISE, .minutes = 60 } };
		module m = { .activities = { acts, COUNT(acts) } };
		resolve_minutes(&m, rows[i].wanted, &a);
		int session = m.activities.ptr[0].minutes, alone = m.activities.ptr[1].minutes;
		require_that(session == rows[i].session && alone == rows[i].alone, "%d: %d and %d", rows[i].wanted,
			session, alone);
	}
	arena_free(&a);
	NO_LEAKS();
}

static const char *const band_keys[] = { "exemplary", "exemplary-no-stretch", "exemplary-stretch-asked",
	"proficient", "developing", "beginning" };
static const char *const band_texts[] = { "{{stretch}}", "beyond {{target}}", "past {{stretch}}",
	"{{target}}", "{{floor}}", "{{short}}" };

static void add_bands(world *w)
{
	static const char *const levels[] = { "exemplary", "proficient", "developing", "beginning" };
	w->c.scale.ptr = NEWN(&w->a, scale_level, COUNT(levels));
	for (size_t i = 0; i < COUNT(levels); i++)
		w->c.scale.ptr[w->c.scale.len++] =
			(scale_level){ .level = str_from(levels[i]), .points = 4 - (double)i };
	for (size_t i = 0; i < COUNT(band_keys); i++) {
		pair_text *band = NEW(&w->a, pair_text);
		*band = (pair_text){ .key = str_from(band_keys[i]), .value = str_from(band_texts[i]) };
		vec_push(&w->a, &w->c.bands, band);
	}
}

static double leading_number(str text)
{
	double out;
	str_cut cut = str_split(text, ' ');
	return number_parse(&out, cut.head) ? out : NAN;
}

static rubric *banded(world *w, lab *l, metric *m, bool must)
{
	criterion *c = NEWN(&w->a, criterion, 1);
	c->id = STR("c");
	c->metric = m->id;
	c->weight = 100;
	c->must_pass = must;
	c->must_points = NAN;
	record_clear(&lab_record, l);
	l->id = STR("l");
	l->metrics.ptr = m;
	l->metrics.len = 1;
	l->rubric.criteria.ptr = c;
	l->rubric.criteria.len = 1;
	return resolve_rubric(&w->a, l, &w->c, &w->d);
}

/* From the best level down, what is asked for gets worse and never better, and begins at the stretch. */
Test(plan, bands_of_metrics)
{
	world w;
	world_init(&w);
	add_bands(&w);
	for (uint64_t seed = 1; seed <= 1000; seed++) {
		random_source r = seeded(seed);
		bool higher = draw(&r, 2), ratio = draw(&r, 3) == 0;
		double start = ratio ? 1 : 1 + draw(&r, 1000) / 7.0, tol = (0.01 + draw(&r, 10) / 100.0) * start;
		double step = 2 * tol + draw(&r, 100) / 300.0 * start, sign = higher ? 1 : -1;
		metric m = number_metric("m", higher ? HIGHER_IS_BETTER : LOWER_IS_BETTER, ratio ? NAN : start,
			start + sign * step, draw(&r, 4) ? start + sign * step * 1.5 : NAN);
		m.tolerance.pct = tol / start * 100;
		if (ratio) {
			m.target.ratio = m.target.value;
			m.stretch.ratio = m.stretch.value;
			m.target.value = m.stretch.value = NAN;
			m.baseline.measured = true;
		}
		m.use_stretch = draw(&r, 3) == 0 && !isnan(metric_stretch(&m));
		lab l;
		rubric *out = banded(&w, &l, &m, true);
		require(out && out->criteria.len == 1 && out->criteria.ptr[0].levels.len == 4 &&
				out->criteria.ptr[0].must_points == 3);
		const pair_text *levels = out->criteria.ptr[0].levels.ptr;
		double best = leading_number(levels[0].value), good = leading_number(levels[1].value),
			   least = leading_number(levels[2].value);
		require_that(
			good == leading_number(metric_text(&w.a, &m, metric_target(&m))), "seed %zu", (size_t)seed);
		require_that(sign * good > sign * least, "seed %zu: target %g, floor %g", (size_t)seed, good, least);
		require_that(sign * least >= sign * start, "seed %zu", (size_t)seed);
		if (m.use_stretch)
			require(str_starts(levels[0].value, STR("past ")));
		else if (isnan(metric_stretch(&m)))
			require(str_starts(levels[0].value, STR("beyond ")));
		else
			require_that(sign * best > sign * good, "seed %zu: %g before %g", (size_t)seed, best, good);
		assert_str(levels[3].value, higher ? "below" : "above");
		assert_str(levels[0].key, "exemplary");
	}
	world_finish(&w);
}

Test(plan, rubrics)
{
	world w;
	world_init(&w);
	add_bands(&w);
	criterion shared = { .id = STR("report"), .name = STR("Report"), .grader_notes = STR("read it") };
	vec_push(&w.a, &w.c.library, &shared);
	criterion uses = { .id = STR("mine"), .use = STR("report"), .must_points = NAN, .weight = 100 };
	lab l;
	metric m = number_metric("m", LOWER_IS_BETTER, 3, 2, 1);
	rubric *out = banded(&w, &l, &m, false);
	require(out && isnan(out->criteria.ptr[0].must_points));
	assert_str(out->id, "rub-l");
	l.rubric.criteria.ptr = &uses;
	out = resolve_rubric(&w.a, &l, &w.c, &w.d);
	require(out != NULL);
	assert_str(out->criteria.ptr[0].name, "Report");
	assert_str(out->criteria.ptr[0].grader_notes, "read it");
	require(uses.name.len == 0); /* the catalogue stays as it is */
	uses.use = STR("nothing");
	require(!resolve_rubric(&w.a, &l, &w.c, &w.d) && w.d.list.len == 1);
	uses = (criterion){ .id = STR("x"), .metric = STR("no") };
	require(!resolve_rubric(&w.a, &l, &w.c, &w.d) && w.d.list.len == 2);
	l.rubric.ref = STR("gone");
	require(!resolve_rubric(&w.a, &l, &w.c, &w.d) && w.d.list.ptr[2].code == E_UNKNOWN_REFERENCE);
	world_finish(&w);
}

static bool resolved(world *w, const plan *p, curriculum *out)
{
	resolve_input in = {
		.plan = p, .facts = &w->f, .catalog = &w->c, .course = &w->settings, .trace = &w->t
	};
	return resolve_plan(out, &w->a, &in, &w->d);
}

static void compare(const curriculum *x, const curriculum *y, uint64_t seed)
{
	require(x->modules.len == y->modules.len && x->labs.len == y->labs.len &&
			x->scenarios.len == y->scenarios.len);
	for (size_t i = 0; i < x->modules.len; i++) {
		const taught_module *m = &x->modules.ptr[i], *n = &y->modules.ptr[i];
		int sum = 0;
		require(str_eq(m->module->id, n->module->id) && m->plan->minutes == n->plan->minutes &&
				m->plan->week_to == n->plan->week_to);
		require_that(fabs(m->weight - n->weight) < 1e-9 && m->demands.len == n->demands.len,
			"seed %zu: %.*s %g %g", (size_t)seed, STRF(m->module->id), m->weight, n->weight);
		EACH (const activity, act, m->module->activities)
			sum += act->minutes;
		require_that(
			sum == m->plan->minutes, "seed %zu: activities of %.*s", (size_t)seed, STRF(m->module->id));
	}
	for (size_t i = 0; i < x->labs.len; i++) {
		const set_lab *l = &x->labs.ptr[i], *k = &y->labs.ptr[i];
		require(str_eq(l->lab->id, k->lab->id) && l->percent == k->percent && l->percent > 0 &&
				l->demands.len == k->demands.len);
		require(l->lab->minutes == l->plan->minutes && l->plan->week == k->plan->week &&
				l->plan->required == k->plan->required);
	}
	for (size_t i = 0; i < x->scenarios.len; i++)
		require(str_eq(x->scenarios.ptr[i].scenario->id, y->scenarios.ptr[i].scenario->id) &&
				x->scenarios.ptr[i].percent == y->scenarios.ptr[i].percent);
	require(x->assessed_by.entries.len == y->assessed_by.entries.len &&
			x->outcomes.entries.len == y->outcomes.entries.len);
}

Test(plan, written_and_read_again, .timeout = 120)
{
	for (uint64_t seed = 1; seed <= 150; seed++) {
		random_source r = seeded(seed);
		world w;
		size_of_world size = { 0 };
		random_world(&w, &r, &size);
		add_blueprint(&w, "any", "");
		add_row(&w, ROW_SKILL, "unknown: \"skill\"", "Core", 12, "");
		w.rows[ROW_SKILL].ptr[w.rows[ROW_SKILL].len - 1].id = STR("unknown-skill");
		str more = arena_printf(&w.a,
			"%.*s  - {id: all, for: skill, then: [{module: {teaches: =skill.concepts}}], because: x}\n",
			STRF(w.sources.list.ptr[0].text));
		require_that(world_rules(&w, more) && world_run(&w), "%s", world_listing(&w));
		plan p, q;
		require_that(world_plan(&w, &p, NULL), "seed %zu\n%s", (size_t)seed, world_listing(&w));
		str text = plan_text(&w.a, &p);
		uint32_t number = sources_add(&w.sources, STR("plan.yaml"), text);
		require_that(plan_read(&q, &w.a, number, &w.d), "seed %zu\n%s%.*s", (size_t)seed, world_listing(&w),
			STRF(text));
		str again = plan_text(&w.a, &q);
		require_that(str_eq(text, again), "seed %zu\n%.*s", (size_t)seed, STRF(again));
		curriculum x, y;
		require_that(
			resolved(&w, &p, &x) && resolved(&w, &q, &y), "seed %zu\n%s", (size_t)seed, world_listing(&w));
		compare(&x, &y, seed);
		const taught_module *made = curriculum_module(&y, STR("unknown-skill"));
		require(made && made->module->needs_author && made->demands.len == 1);
		assert_str(made->module->title, "unknown: \"skill\" (senior)");
		require(curriculum_lab(&y, STR("lab-unknown-skill")) != NULL);
		arena_free(&w.a);
	}
	NO_LEAKS();
}

Test(plan, resolve_what_is_not_there)
{
	world w;
	curriculum out;
	one_module(&w, 600, 1200);
	plan_module m = { .id = STR("gone"), .minutes = 60 };
	plan p = { .modules = { &m, 1 } };
	require(!resolved(&w, &p, &out) && w.d.list.ptr[0].code == E_UNKNOWN_REFERENCE);
	m = (plan_module){ .id = STR("x"), .minutes = 60, .blueprint = STR("no") };
	require(!resolved(&w, &p, &out) && w.d.list.len == 2);
	plan_module twice[] = { { .id = STR("m"), .minutes = 600, .emphasis = 1 },
		{ .id = STR("m"), .minutes = 600, .emphasis = 1 } };
	p.modules.ptr = twice;
	p.modules.len = 2;
	require(!resolved(&w, &p, &out) && w.d.list.ptr[2].code == E_DUPLICATE_ID);
	world_finish(&w);
}

/* What a blueprint made for it stays as the plan has it; said once for the module and its lab. */
Test(plan, resolve_a_row_that_is_gone)
{
	world w;
	curriculum out;
	one_module(&w, 600, 1200);
	add_blueprint(&w, "any", "");
	plan_module m = {
		.id = STR("no-row"), .minutes = 600, .emphasis = 1, .blueprint = STR("any"), .skill = STR("no-row")
	};
	plan_lab l = {
		.id = STR("lab-no-row"), .minutes = 100, .blueprint = STR("any"), .skill = STR("no-row"), .week = 1
	};
	plan p = { .course = { .level = LEVEL_SENIOR }, .modules = { &m, 1 }, .labs = { &l, 1 } };
	require_that(resolved(&w, &p, &out), "%s", world_listing(&w));
	require(w.d.list.len == 1 && w.d.list.ptr[0].code == E_ROW_GONE && w.d.errors == 0);
	assert_str(last_text(&w),
		"the workbook has no row 'no-row' any more: 'coursewright update' follows if postings say "
		"so, 'coursewright plan' plans anew");
	const taught_module *made = curriculum_module(&out, STR("no-row"));
	require(made && made->demands.len == 0 && made->weight == 0 && curriculum_lab(&out, l.id) != NULL);
	assert_str(made->module->title, "No row (senior)");
	world_finish(&w);
}

/* ---- too little memory */

Test(plan, out_of_memory, .timeout = 120)
{
	for (unsigned n = 1;; n++) {
		random_source r = seeded(5);
		world w;
		size_of_world size = { 0 };
		random_world(&w, &r, &size);
		unsigned before = w.a.count;
		w.a.fail_at = before + n;
		plan p, q;
		curriculum c;
		bool ok = world_plan(&w, &p, NULL);
		if (ok) {
			uint32_t number = sources_add(&w.sources, STR("plan.yaml"), plan_text(&w.a, &p));
			ok = plan_read(&q, &w.a, number, &w.d) && resolved(&w, &q, &c);
		}
		bool failed = w.a.failed;
		require_that(ok != failed, "allocation %u\n%zu", n, w.d.list.len);
		arena_free(&w.a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
