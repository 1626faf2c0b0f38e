/* What differs between two courses: lines that readers see, and what holds of any two courses. */
#define _POSIX_C_SOURCE 200809L
#include "plan/delta.h"
#include "random.h"
#include "session.h"
#include "small_course.h"

/* Two small courses, equal until a test changes one. */
typedef struct {
	small old, new;
	arena a;
	vec_difference lines;
} pair;

static void pair_init(pair *p)
{
	small_init(&p->old, 0);
	small_init(&p->new, 0);
	p->a = (arena){ 0 };
}

static void compare(pair *p)
{
	p->lines = (vec_difference){ 0 };
	cr_assert(course_delta(&p->lines, &p->a, &p->old.c, &p->new.c));
}

static void pair_free(pair *p)
{
	small_free(&p->old);
	small_free(&p->new);
	arena_free(&p->a);
	NO_LEAKS();
}

/* "part item, what: before -> after", a line each. */
static str listing(arena *a, const vec_difference *lines)
{
	buf b = { .arena = a };
	EACH (const course_difference, d, *lines)
		buf_printf(&b, "%.*s %.*s, %.*s: %.*s -> %.*s\n", STRF(d->part), STRF(d->item), STRF(d->what),
			STRF(d->before), STRF(d->after));
	return buf_done(&b);
}

static void expect(pair *p, const char *text)
{
	compare(p);
	assert_str(listing(&p->a, &p->lines), text);
	pair_free(p);
}

/* Takes an item out of a course, from its list and from where it is looked up. */
static void drop_module(small *k, size_t at)
{
	map_put(
		&k->c.by_address, arena_printf(&k->a, "module:%.*s", STRF(k->c.modules.ptr[at].module->id)), NULL);
	for (size_t i = at; i + 1 < k->c.modules.len; i++)
		k->c.modules.ptr[i] = k->c.modules.ptr[i + 1];
	k->c.modules.len--;
}

Test(delta, nothing_differs)
{
	pair p;
	pair_init(&p);
	expect(&p, "");
}

Test(delta, header)
{
	pair p;
	pair_init(&p);
	p.new.plan.course.title = STR("Another course");
	p.new.plan.course.level = LEVEL_STAFF;
	p.new.plan.course.minutes = 750;
	p.new.plan.course.weeks = 4;
	p.new.plan.course.minutes_per_week = 210;
	expect(&p, "syllabus course, title: Course -> Another course\n"
			   "syllabus course, level: senior -> staff\n"
			   "syllabus course, hours in all: 12 h -> 12.5 h\n"
			   "syllabus course, length: 3 weeks -> 4 weeks\n"
			   "syllabus course, hours in a week, at most: 4 h -> 3.5 h\n");
}

Test(delta, module_that_left)
{
	pair p;
	pair_init(&p);
	drop_module(&p.new, 1);
	expect(&p, "syllabus module:lead, module: Leading, 2 h, weeks 1 to 2 -> \n"
			   "module module:lead, outcome lead-o1: Justify a rollout plan for a given budget. -> \n"
			   "module module:lead, outcome lead-o2: Lead a call so that each order has one owner. -> \n"
			   "module module:lead, outcome lead-o3: Compose updates that separate fact from guess. -> \n"
			   "module module:lead, activities: exercise lead-a1 120 min -> \n");
}

Test(delta, module_that_came)
{
	pair p;
	pair_init(&p);
	drop_module(&p.old, 0);
	expect(&p,
		"syllabus module:ops, module:  -> Operators, 3 h, week 1\n"
		"module module:ops, outcome ops-o1:  -> Design a controller that converges within a stated time.\n"
		"module module:ops, outcome ops-o2:  -> Measure convergence of a controller under a seeded burst.\n"
		"module module:ops, outcome ops-o3:  -> Justify the number of workers for a given load.\n"
		"module module:ops, activities:  -> exercise ops-a1 120 min; exercise ops-a2 60 min\n");
}

Test(delta, modules_that_changed)
{
	pair p;
	pair_init(&p);
	p.new.modules[0].title = STR("Operators in\nproduction");
	p.new.plan_modules[0].minutes = 210;
	p.new.plan_modules[1].week_from = 3;
	p.new.plan_modules[1].week_to = 4;
	p.new.activities[1].minutes = 90;
	p.new.outcomes[0].text = STR("Design a controller\nthat converges.");
	p.new.outcomes[1].bloom = BLOOM_EVALUATE;
	expect(&p,
		"syllabus module:ops, title: Operators -> Operators in production\n"
		"syllabus module:ops, hours: 3 h -> 3.5 h\n"
		"syllabus module:lead, weeks: weeks 1 to 2 -> weeks 3 to 4\n"
		"module module:ops, outcome ops-o1: Design a controller that converges within a stated time. -> "
		"Design a controller that converges.\n"
		"module module:ops, outcome ops-o2, level of thinking: analyse -> evaluate\n"
		"module module:ops, exercise ops-a2: 60 min -> 90 min\n");
}

Test(delta, minutes_of_several_activities)
{
	pair p;
	pair_init(&p);
	p.new.activities[0].minutes = 125;
	p.new.activities[1].minutes = 55;
	p.new.activities[1].kind = -1;
	expect(&p, "module module:ops, minutes of 2 activities: exercise a1 120 min; exercise a2 60 min -> "
			   "exercise a1 125 min; activity a2 55 min\n");
}

Test(delta, further_exercise)
{
	static char long_text[400];
	pair p;
	pair_init(&p);
	memset(long_text, 'x', sizeof long_text);
	activity list[3] = { p.new.activities[0], p.new.activities[1] };
	list[2] = (activity){ .id = STR("ops-falco"),
		.kind = ACT_EXERCISE,
		.minutes = 30,
		.text = STR(
			"Write a rule for Falco that reports a shell in a container, load it into a cluster, start a "
			"shell, and hand in the event. Then write down, in five lines at most, which of the alarms of "
			"the last week the rule would have raised and which of them a person should have been woken "
			"for.") };
	PUT(p.new.modules[0].activities, list);
	compare(&p);
	assert_str(listing(&p.a, &p.lines),
		"module module:ops, exercise ops-falco:  -> 30 min: Write a rule for Falco that reports a shell in a "
		"container, load it into a cluster, start a shell, and hand in the event. Then write down, in five "
		"lines "
		"at most, which of the alarms of the last week the rule would have raised and which of ...\n");
	list[2].text = (str){ long_text, sizeof long_text };
	compare(&p);
	cr_assert(p.lines.len == 1 && p.lines.ptr[0].after.len == 240 + strlen("30 min:  ..."));
	pair_free(&p);
}

Test(delta, links)
{
	static plan_link before[] = { { .item = { "technology:trivy", 16 },
									  .name = { "Trivy", 5 },
									  .to = { "module:ops", 10 },
									  .reason = { "it scans images", 15 } },
		{ .item = { "skill:payroll", 13 }, .name = { "Payroll", 7 }, .course = { "Course B", 8 } } };
	static plan_link after[] = { { .item = { "technology:falco", 16 },
									 .name = { "Falco", 5 },
									 .to = { "module:ops", 10 },
									 .reason = { "it watches containers", 21 } },
		{ .item = { "skill:payroll", 13 }, .name = { "Payroll", 7 }, .course = { "Course C", 8 } },
		{ .item = { "skill:tax", 9 }, .name = { "Tax", 3 }, .course = { "Course C", 8 } } };
	pair p;
	pair_init(&p);
	PUT(p.old.plan.links, before);
	PUT(p.new.plan.links, after);
	expect(&p, "syllabus course, taught in another course: Payroll: Course B -> Payroll: Course C\n"
			   "syllabus course, taught in another course:  -> Tax: Course C\n"
			   "module module:ops, also covers:  -> Falco: it watches containers\n"
			   "module module:ops, also covers: Trivy: it scans images -> \n");
}

Test(delta, weeks_that_were_pushed_along)
{
	pair p;
	pair_init(&p);
	p.new.plan_modules[0].week_to = 2;
	p.new.plan_modules[1].week_from = 2;
	p.new.plan_modules[1].week_to = 3;
	p.new.plan_lab.due = 4;
	expect(&p, "syllabus , weeks of 2 modules: a week earlier or later -> Operators: weeks 1 to 2 instead of "
			   "week 1; "
			   "Leading: weeks 2 to 3 instead of weeks 1 to 2\n"
			   "lab lab:lab-burst, weeks: weeks 2 to 3 -> weeks 2 to 4\n");
}

Test(delta, order)
{
	pair p;
	pair_init(&p);
	taught_module kept = p.new.taught[0];
	p.new.taught[0] = p.new.taught[1];
	p.new.taught[1] = kept;
	expect(&p, "syllabus module:lead, place in the order: after Operators -> first\n");
}

Test(delta, lab)
{
	pair p;
	pair_init(&p);
	p.new.plan_lab.minutes = 330;
	p.new.plan_lab.required = false;
	p.new.metrics[0].use_stretch = true;
	p.new.metrics[0].tolerance.value = NAN;
	p.new.metrics[0].tolerance.pct = 7.5;
	expect(&p, "lab lab:lab-burst, hours: 5 h -> 5.5 h\n"
			   "lab lab:lab-burst, required or elective: required -> elective\n"
			   "lab lab:lab-burst, target of Convergence time, p99: 5 s -> 2 s\n"
			   "lab lab:lab-burst, tolerance of Convergence time, p99: 1 s -> 7.5 % of the baseline\n");
}

Test(delta, metrics_that_came_and_left)
{
	pair p;
	pair_init(&p);
	p.new.metrics[0].id = STR("steady");
	p.new.metrics[0].stretch.value = NAN;
	expect(&p,
		"lab lab:lab-burst, metric steady:  -> Convergence time, p99: target 5 s, tolerance 1 s\n"
		"lab lab:lab-burst, metric converge: Convergence time, p99: target 5 s, stretch 2 s, tolerance 1 s "
		"-> \n");
}

Test(delta, scenario)
{
	static str before[] = { { "Falco", 5 }, { "Helm", 4 } }, after[] = { { "Helm", 4 }, { "Trivy", 5 } };
	pair p;
	pair_init(&p);
	PUT(p.old.plan_scenario.setting, before);
	PUT(p.new.plan_scenario.setting, after);
	p.new.plan_scenario.minutes = 150;
	expect(&p, "scenario scenario:scn-call, hours: 2 h -> 2.5 h\n"
			   "scenario scenario:scn-call, names the technology:  -> Trivy\n"
			   "scenario scenario:scn-call, names the technology: Falco -> \n");
}

Test(delta, rubrics_and_grades)
{
	pair p;
	pair_init(&p);
	p.new.criteria[0].weight = 30;
	p.new.criteria[1].weight = 40;
	p.new.levels[2][1].value = STR("Report states the decision\non page one.");
	p.new.criteria[2].id = STR("memo");
	p.new.rubric.pass.percent = 75;
	p.new.scored[0].weight = 50;
	p.new.grades[0].percent = 55;
	p.new.grades[1].percent = 45;
	expect(&p, "rubric lab:lab-burst, needed to pass: 70 % -> 75 %\n"
			   "rubric lab:lab-burst, weight of Speed: 40 % -> 30 %\n"
			   "rubric lab:lab-burst, weight of Design: 30 % -> 40 %\n"
			   "rubric lab:lab-burst, criterion memo:  -> Report, 30 %\n"
			   "rubric lab:lab-burst, criterion report: Report, 30 % -> \n"
			   "rubric scenario:scn-call, weight of command: 40 % -> 50 %\n"
			   "grading lab:lab-burst, part of the grade: 60 % -> 55 %\n"
			   "grading scenario:scn-call, part of the grade: 40 % -> 45 %\n");
}

Test(delta, descriptors)
{
	pair p;
	pair_init(&p);
	p.new.levels[2][1].value = STR("Report states the decision\non page one.");
	p.new.levels[2][3].key = STR("none");
	expect(&p,
		"rubric lab:lab-burst, Report, level proficient: Report states the decision in its summary table. "
		"-> Report states the decision on page one.\n"
		"rubric lab:lab-burst, Report, level none:  -> Report is a folder of screenshots in order of date.\n"
		"rubric lab:lab-burst, Report, level beginning: Report is a folder of screenshots in order of date. "
		"-> \n");
}

Test(delta, tasks_that_left)
{
	pair p;
	pair_init(&p);
	p.new.c.scenarios.len = 0;
	p.new.plan.grading.len = 1;
	p.new.grades[0].percent = 100;
	expect(&p, "scenario scenario:scn-call, scenario: The call, 2 h, week 3 -> \n"
			   "rubric scenario:scn-call, criteria: command, 40 %; priority, 30 %; updates, 30 % -> \n"
			   "grading lab:lab-burst, part of the grade: 60 % -> 100 %\n"
			   "grading scenario:scn-call, part of the grade: 40 % -> \n");
}

/* ---- names */

Test(delta, names)
{
	static change_minutes minutes[] = { { .key = { "lab:lab-burst", 13 }, .value = 30 } };
	static str shrinks[] = { { "module:ops", 10 } }, added[] = { { "ops-o2", 6 } },
			   removed[] = { { "gone", 4 } }, rubrics[] = { { "rub-lab", 7 } };
	static course_difference lines[] = { { .item = { "module:lead", 11 } }, { .item = { "", 0 } } };
	pair p;
	pair_init(&p);
	change one = { .target = STR("scenario:scn-call"), .effect = { .minutes = { minutes, 1 } } };
	one.effect.shrinks = (list_str){ shrinks, 1 };
	one.effect.outcomes_added = (list_str){ added, 1 };
	one.effect.outcomes_removed = (list_str){ removed, 1 };
	one.effect.rubrics_touched = (list_str){ rubrics, 1 };
	revision r = { .changes = { &one, 1 }, .differences = { lines, 2 } };
	drop_module(&p.new, 1); /* the earlier course still knows it */
	p.new.lab.title = STR("Burst,\nagain");
	cr_assert(revision_name_items(&r, &p.a, &p.old.c, &p.new.c));
	buf b = { .arena = &p.a };
	EACH (const pair_text, n, r.names)
		buf_printf(&b, "%.*s: %.*s\n", STRF(n->key), STRF(n->value));
	assert_str(buf_done(&b), "course: Course\n"
							 "scenario:scn-call: The call\n"
							 "lab:lab-burst: Burst, again\n"
							 "module:ops: Operators\n"
							 "outcome:ops-o2: Measure convergence of a controller under a seeded burst.\n"
							 "rubric:rub-lab: Burst, again\n"
							 "module:lead: Leading\n");
	pair_free(&p);
}

/* ---- what holds of any two courses */

/* One of the ways in which a course may change, none of which renames what is called by its name. */
static void mutate(small *k, random_source *r)
{
	static str technologies[] = { { "Falco", 5 } };
	switch (draw(r, 12)) {
	case 0:
		k->plan_modules[draw(r, 2)].minutes += 30;
		break;
	case 1:
		k->plan_modules[draw(r, 2)].week_to += (int)draw(r, 4);
		break;
	case 2:
		if (k->c.modules.len)
			drop_module(k, draw(r, (uint32_t)k->c.modules.len));
		break;
	case 3:
		k->outcomes[draw(r, 3)].text = arena_printf(&k->a, "Do the %u.", draw(r, 9));
		break;
	case 4:
		k->activities[draw(r, 3)].minutes += 5;
		break;
	case 5:
		k->c.labs.len = 0;
		break;
	case 6:
		PUT(k->plan_scenario.setting, technologies);
		break;
	case 7:
		k->criteria[draw(r, 3)].weight += 1;
		break;
	case 8:
		k->levels[draw(r, 3)][draw(r, 4)].value = arena_printf(&k->a, "Is the %u.", draw(r, 9));
		break;
	case 9:
		k->grades[draw(r, 2)].percent += 3;
		break;
	case 10:
		k->outcomes[draw(r, 3)].id = arena_printf(&k->a, "new-o%u", draw(r, 1000));
		break;
	default:
		k->metrics[0].target.value += 1;
	}
}

static size_t count_line(const vec_difference *lines, const course_difference *like)
{
	size_t count = 0;
	EACH (const course_difference, d, *lines)
		count += str_eq(d->part, like->part) && str_eq(d->item, like->item) && str_eq(d->what, like->what) &&
				 str_eq(d->before, like->before) && str_eq(d->after, like->after);
	return count;
}

static bool mentioned(const vec_difference *lines, str id)
{
	EACH (const course_difference, d, *lines)
		if (str_find(d->item, id, 0) != SIZE_MAX || str_find(d->what, id, 0) != SIZE_MAX ||
			str_find(d->before, id, 0) != SIZE_MAX || str_find(d->after, id, 0) != SIZE_MAX)
			return true;
	return false;
}

/* What everything is known by. */
static list_str all_ids(arena *a, const curriculum *c)
{
	vec_str out = { 0 };
	EACH (const taught_module, m, c->modules) {
		vec_push(a, &out, m->module->id);
		EACH (const outcome, o, m->module->outcomes)
			vec_push(a, &out, o->id);
		EACH (const activity, one, m->module->activities)
			vec_push(a, &out, one->id);
	}
	EACH (const set_lab, l, c->labs) {
		vec_push(a, &out, l->lab->id);
		EACH (const metric, m, l->lab->metrics) /* of a lab that comes or goes they stand by name */
			vec_push(a, &out, m->name);
		EACH (const criterion, one, l->rubric->criteria)
			vec_push(a, &out, one->name);
	}
	EACH (const set_scenario, s, c->scenarios)
		vec_push(a, &out, s->scenario->id);
	return (list_str){ out.ptr, out.len };
}

static void check_mentions(pair *p, const curriculum *here, const curriculum *there)
{
	list_str ids = all_ids(&p->a, here), others = all_ids(&p->a, there);
	EACH (const str, id, ids)
		cr_assert(list_has(others, *id) || mentioned(&p->lines, *id), "%.*s is not mentioned in\n%.*s",
			STRF(*id), STRF(listing(&p->a, &p->lines)));
}

/* The way back says the same with both sides exchanged; but which modules moved is a choice, and lines about
 * several items name them in the order of the later course. */
static void check_mirror(pair *p)
{
	vec_difference back = { 0 };
	cr_assert(course_delta(&back, &p->a, &p->new.c, &p->old.c));
	EACH (const course_difference, d, p->lines) {
		course_difference swapped = *d;
		swapped.before = d->after;
		swapped.after = d->before;
		if (d->item.len && !str_eq(d->what, STR("place in the order")))
			cr_assert(count_line(&back, &swapped) == 1, "%.*s %.*s", STRF(d->item), STRF(d->what));
	}
}

static void check_no_line_twice(const pair *p)
{
	EACH (const course_difference, d, p->lines) {
		bool once = count_line(&p->lines, d) == 1, differs = !str_eq(d->before, d->after);
		cr_assert(once && differs, "%.*s %.*s", STRF(d->item), STRF(d->what));
	}
}

Test(delta, any_two_courses)
{
	static const char *const parts = " syllabus module lab scenario rubric grading";
	for (uint64_t seed = 0; seed < 150; seed++) {
		random_source r = seeded(seed);
		pair p;
		pair_init(&p);
		for (uint32_t i = draw(&r, 7); i > 0; i--)
			mutate(draw(&r, 2) ? &p.old : &p.new, &r);
		compare(&p);
		size_t part = 0;
		EACH (const course_difference, d, p.lines) {
			size_t at = str_find(str_from(parts), arena_printf(&p.a, " %.*s", STRF(d->part)), 0);
			cr_assert(at != SIZE_MAX && at >= part);
			part = at;
		}
		check_mentions(&p, &p.old.c, &p.new.c);
		check_mentions(&p, &p.new.c, &p.old.c);
		check_mirror(&p);
		check_no_line_twice(&p);
		vec_difference none = { 0 };
		cr_assert(course_delta(&none, &p.a, &p.new.c, &p.new.c) && none.len == 0);
		small_free(&p.old);
		small_free(&p.new);
		arena_free(&p.a);
	}
	NO_LEAKS();
}

Test(delta, out_of_memory)
{
	pair p;
	pair_init(&p);
	drop_module(&p.new, 0);
	p.new.plan_modules[1].minutes += 30;
	p.new.metrics[0].target.value = 4;
	bool failed = true;
	for (unsigned n = 1; failed; n++) {
		arena a = { .fail_at = n };
		vec_difference lines = { 0 };
		revision r = { 0 };
		bool ok = course_delta(&lines, &a, &p.old.c, &p.new.c);
		r.differences.ptr = lines.ptr;
		r.differences.len = lines.len;
		ok = ok && revision_name_items(&r, &a, &p.old.c, &p.new.c);
		failed = a.failed;
		cr_assert(ok == !failed);
		arena_free(&a);
	}
	pair_free(&p);
}

/* ---- a whole course */

static cw_context *load(const char *path)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	arena a = { 0 };
	cw_context *c = NULL;
	cr_assert(cw_open(&c, NULL) == CW_OK);
	cr_assert(cw_load(c, arena_printf(&a, "%s/%s", root ? root : ".", path).ptr) == CW_OK);
	arena_free(&a);
	return c;
}

Test(delta, example)
{
	cw_context *c = load("examples/senior-ai-infrastructure");
	arena a = { 0 };
	vec_difference lines = { 0 };
	cr_assert(course_delta(&lines, &a, &c->curriculum, &c->curriculum));
	cr_assert(lines.len == 0);
	curriculum without = c->curriculum;
	without.modules.len = without.labs.len = without.scenarios.len = 0;
	cr_assert(course_delta(&lines, &a, &without, &c->curriculum));
	EACH (const taught_module, m, c->curriculum.modules)
		cr_assert(mentioned(&lines, m->module->id));
	EACH (const set_lab, l, c->curriculum.labs)
		cr_assert(mentioned(&lines, l->lab->id));
	EACH (const course_difference, d, lines)
		cr_assert(
			str_find(d->before, STR("\n"), 0) == SIZE_MAX && str_find(d->after, STR("\n"), 0) == SIZE_MAX);
	arena_free(&a);
	cw_close(c);
	NO_LEAKS();
}
