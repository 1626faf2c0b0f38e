/* The difference between two courses: the parts in their order, and what modules, labs and scenarios have in
 * common. What is inside an item is compared in delta_items.c. */
#include "plan/delta.h"

#include "base/text.h"

void delta_say(delta *d, str item, str what, str before, str after)
{
	if (str_eq(before, after))
		return;
	vec_push(d->arena, d->out,
		(course_difference){
			.part = str_from(d->part), .item = item, .what = what, .before = before, .after = after });
}

static str address_of(delta *d, const char *kind, str id)
{
	return arena_printf(d->arena, "%s:%.*s", kind, STRF(id));
}

static void modules_of(delta *d, vec_delta_item *out, const curriculum *c)
{
	EACH (const taught_module, m, c->modules)
		vec_push(d->arena, out,
			(delta_item){ .address = address_of(d, "module", m->module->id),
				.id = m->module->id,
				.title = text_one_line(d->arena, m->module->title),
				.minutes = m->plan->minutes,
				.from = m->plan->week_from,
				.to = m->plan->week_to,
				.entry = m });
}

static void labs_of(delta *d, vec_delta_item *out, const curriculum *c)
{
	EACH (const set_lab, l, c->labs)
		vec_push(d->arena, out,
			(delta_item){ .address = address_of(d, "lab", l->lab->id),
				.id = l->lab->id,
				.title = text_one_line(d->arena, l->lab->title),
				.minutes = l->plan->minutes,
				.from = l->plan->week,
				.to = l->plan->due,
				.entry = l });
}

static void scenarios_of(delta *d, vec_delta_item *out, const curriculum *c)
{
	EACH (const set_scenario, s, c->scenarios)
		vec_push(d->arena, out,
			(delta_item){ .address = address_of(d, "scenario", s->scenario->id),
				.id = s->scenario->id,
				.title = text_one_line(d->arena, s->scenario->title),
				.minutes = s->plan->minutes,
				.from = s->plan->week,
				.to = s->plan->due,
				.entry = s });
}

static void capstones_of(delta *d, vec_delta_item *out, const curriculum *c)
{
	EACH (const set_capstone, s, c->capstone)
		vec_push(d->arena, out,
			(delta_item){ .address = address_of(d, "capstone", s->capstone->id),
				.id = s->capstone->id,
				.title = text_one_line(d->arena, s->capstone->title),
				.minutes = s->plan->minutes,
				.from = s->plan->week,
				.to = s->plan->due,
				.entry = s });
}

/* Both sides of one kind of item, and where an item of the one stands in the other. */
typedef struct {
	const char *kind, *plural;
	vec_delta_item before, after;
	map old, new; /* id -> delta_item * */
} pairing;

static void pair_items(delta *d, pairing *p, void (*list)(delta *d, vec_delta_item *out, const curriculum *c))
{
	list(d, &p->before, d->before);
	list(d, &p->after, d->after);
	p->old.arena = p->new.arena = d->arena;
	EACH (delta_item, one, p->before)
		map_put(&p->old, one->id, one);
	EACH (delta_item, one, p->after)
		map_put(&p->new, one->id, one);
}

static str weeks_text(delta *d, const delta_item *one)
{
	return one->to > one->from ? arena_printf(d->arena, "weeks %d to %d", one->from, one->to)
							   : arena_printf(d->arena, "week %d", one->from);
}

static bool is_near(int a, int b)
{
	return a - b <= 1 && b - a <= 1;
}

/* Its weeks differ, and only by what the items before it push along. */
static bool is_shifted(const delta_item *before, const delta_item *after)
{
	return (before->from != after->from || before->to != after->to) && is_near(before->from, after->from) &&
		   is_near(before->to, after->to);
}

static bool is_elsewhere(const delta_item *before, const delta_item *after)
{
	return before->from != after->from || before->to != after->to;
}

typedef bool compare_weeks(const delta_item *before, const delta_item *after);

static size_t count_weeks(const pairing *p, compare_weeks *differ)
{
	size_t count = 0;
	EACH (const delta_item, one, p->after) {
		const delta_item *former = map_get(&p->old, one->id);
		count += former && differ(former, one);
	}
	return count;
}

enum { WEEKS_MANY = 8 };

/* Which weeks are said in one line of all: those that are only pushed along; all of them where so many move
 * that only the syllabus can say it. NULL: none. */
static compare_weeks *summed_up(const pairing *p)
{
	if (count_weeks(p, is_elsewhere) > WEEKS_MANY)
		return is_elsewhere;
	return count_weeks(p, is_shifted) > 1 ? is_shifted : NULL;
}

static void say_shifts(delta *d, const pairing *p, compare_weeks *summed)
{
	if (!summed)
		return;
	size_t count = count_weeks(p, summed);
	str what = arena_printf(d->arena, "weeks of %zu %s", count, p->plural);
	if (summed == is_elsewhere) {
		delta_say(d, STR(""), what, STR("as before"), STR("others: the syllabus has them"));
		return;
	}
	buf list = { .arena = d->arena };
	EACH (const delta_item, one, p->after) {
		const delta_item *former = map_get(&p->old, one->id);
		if (former && is_shifted(former, one))
			buf_printf(&list, "%s%.*s: %.*s instead of %.*s", list.len ? "; " : "", STRF(one->title),
				STRF(weeks_text(d, one)), STRF(weeks_text(d, former)));
	}
	delta_say(d, STR(""), what, STR("a week earlier or later"), buf_done(&list));
}

/* "Title, 12 h, weeks 3 to 4". */
static str whole_item(delta *d, const delta_item *one)
{
	return arena_printf(d->arena, "%.*s, %.*s, %.*s", STRF(one->title),
		STRF(minutes_text(d->arena, one->minutes)), STRF(weeks_text(d, one)));
}

static void say_changes(delta *d, const delta_item *before, const delta_item *after, bool weeks)
{
	delta_say(d, after->address, STR("title"), before->title, after->title);
	if (before->minutes != after->minutes)
		delta_say(d, after->address, STR("hours"), minutes_text(d->arena, before->minutes),
			minutes_text(d->arena, after->minutes));
	if (weeks)
		delta_say(d, after->address, STR("weeks"), weeks_text(d, before), weeks_text(d, after));
}

/* Lines about the items themselves. `moved` (NULL: order means nothing) has the ids of those that changed
 * places, with what to say. */
static void say_items(delta *d, const pairing *p, const map *moved)
{
	compare_weeks *summed = summed_up(p);
	EACH (const delta_item, one, p->after) {
		const delta_item *former = map_get(&p->old, one->id);
		if (!former) {
			delta_say(d, one->address, str_from(p->kind), STR(""), whole_item(d, one));
			continue;
		}
		const course_difference *place = moved ? map_get(moved, one->id) : NULL;
		say_changes(d, former, one, !summed || !summed(former, one));
		if (place)
			delta_say(d, one->address, place->what, place->before, place->after);
	}
	say_shifts(d, p, summed);
	EACH (const delta_item, one, p->before)
		if (!map_has(&p->new, one->id))
			delta_say(d, one->address, str_from(p->kind), whole_item(d, one), STR(""));
}

static void say_details(delta *d, const pairing *p, delta_details *details)
{
	EACH (const delta_item, one, p->after) {
		const delta_item *former = map_get(&p->old, one->id);
		details(d, one->address, former ? former->entry : NULL, one->entry);
	}
	EACH (const delta_item, one, p->before)
		if (!map_has(&p->new, one->id))
			details(d, one->address, one->entry, NULL);
}

/* ---- order: of the modules that both courses have, the largest set that keeps its order stays; the others
 * moved. The longest increasing subsequence by patience sorting (C. Schensted, "Longest Increasing and
 * Decreasing Subsequences", Canad. J. Math. 13, 1961). */

typedef struct {
	const delta_item *old, *new;
	size_t previous; /* index + 1 of the one before it in its sequence; 0: none */
	bool stays;
} step;

static void keep_longest(step *steps, size_t count, arena *a)
{
	size_t *ends = NEWN(a, size_t, count); /* the step that ends a sequence of length i + 1 best */
	size_t longest = 0;
	for (size_t i = 0; ends && i < count; i++) {
		size_t low = 0, high = longest;
		while (low < high) {
			size_t mid = (low + high) / 2;
			if (steps[ends[mid]].old < steps[i].old)
				low = mid + 1;
			else
				high = mid;
		}
		steps[i].previous = low ? ends[low - 1] + 1 : 0;
		ends[low] = i;
		longest = low == longest ? longest + 1 : longest;
	}
	for (size_t at = longest && ends ? ends[longest - 1] + 1 : 0; at; at = steps[at - 1].previous)
		steps[at - 1].stays = true;
}

/* "after TITLE" or "first", in a list of which `one` is an element. */
static str place_text(delta *d, const vec_delta_item *list, const delta_item *one)
{
	return one == list->ptr ? STR("first") : arena_printf(d->arena, "after %.*s", STRF(one[-1].title));
}

static void find_moved(delta *d, map *out, const pairing *p)
{
	step *steps = NEWN(d->arena, step, p->after.len);
	course_difference *lines = NEWN(d->arena, course_difference, p->after.len);
	size_t count = 0;
	if (!steps || !lines)
		return;
	EACH (const delta_item, one, p->after) {
		const delta_item *former = map_get(&p->old, one->id);
		if (former)
			steps[count++] = (step){ .old = former, .new = one };
	}
	keep_longest(steps, count, d->arena);
	for (size_t i = 0; i < count; i++) {
		if (steps[i].stays)
			continue;
		lines[i] = (course_difference){ .what = STR("place in the order"),
			.before = place_text(d, &p->before, steps[i].old),
			.after = place_text(d, &p->after, steps[i].new) };
		map_put(out, steps[i].new->id, &lines[i]);
	}
}

/* ---- the parts */

static str level_text(const curriculum *c)
{
	int level = c->plan->course.level;
	return str_from(level < 0 ? "" : level_names[level]);
}

/* What another course teaches; what this one does stands with its modules. */
static void index_elsewhere(map *out, const plan *p)
{
	EACH (const plan_link, l, p->links)
		if (!l->to.len)
			map_put(out, l->item, (void *)l);
}

static str elsewhere_text(delta *d, const plan_link *l)
{
	return l ? arena_printf(d->arena, "%.*s: %.*s", STRF(l->name), STRF(l->course)) : STR("");
}

static void say_elsewhere(delta *d)
{
	map old = { .arena = d->arena }, new = { .arena = d->arena };
	index_elsewhere(&old, d->before->plan);
	index_elsewhere(&new, d->after->plan);
	str what = STR("taught in another course");
	EACH (const map_entry, e, new.entries)
		delta_say(
			d, STR("course"), what, elsewhere_text(d, map_get(&old, e->key)), elsewhere_text(d, e->value));
	EACH (const map_entry, e, old.entries)
		if (!map_has(&new, e->key))
			delta_say(d, STR("course"), what, elsewhere_text(d, e->value), STR(""));
}

static void say_course(delta *d)
{
	const plan_header *old = &d->before->plan->course, *new = &d->after->plan->course;
	str item = STR("course");
	delta_say(d, item, STR("title"), old->title, new->title);
	delta_say(d, item, STR("role"), old->role, new->role);
	delta_say(d, item, STR("level"), level_text(d->before), level_text(d->after));
	delta_say(d, item, STR("language"), old->language, new->language);
	if (old->minutes != new->minutes)
		delta_say(d, item, STR("hours in all"), minutes_text(d->arena, old->minutes),
			minutes_text(d->arena, new->minutes));
	if (old->weeks != new->weeks)
		delta_say(d, item, STR("length"), arena_printf(d->arena, "%d weeks", old->weeks),
			arena_printf(d->arena, "%d weeks", new->weeks));
	if (old->minutes_per_week != new->minutes_per_week)
		delta_say(d, item, STR("hours in a week, at most"), minutes_text(d->arena, old->minutes_per_week),
			minutes_text(d->arena, new->minutes_per_week));
}

static str percent_text(delta *d, const map *grades, str address)
{
	const plan_grade *g = map_get(grades, address);
	return g ? arena_printf(d->arena, "%d %%", g->percent) : STR("");
}

static void index_grades(map *out, const plan *p)
{
	EACH (const plan_grade, g, p->grading)
		if (!map_has(out, g->item))
			map_put(out, g->item, (void *)g);
}

enum { GRADES_MANY = 5 };

/* Of an item that both have: a point more or less, because there are others. */
static bool is_a_point(const map *old, const map *new, str address)
{
	const plan_grade *a = map_get(old, address), *b = map_get(new, address);
	return a && b && a->percent != b->percent && is_near(a->percent, b->percent);
}

typedef struct {
	delta *d;
	map old, new;
	bool summed; /* points are said in one line */
	size_t points;
} grades;

static void say_grade(grades *g, str address)
{
	bool point = is_a_point(&g->old, &g->new, address);
	g->points += point;
	if (!point || !g->summed)
		delta_say(g->d, address, STR("part of the grade"), percent_text(g->d, &g->old, address),
			percent_text(g->d, &g->new, address));
}

static size_t count_points(const grades *g, const pairing *const *kinds, size_t count)
{
	size_t points = 0;
	for (size_t i = 0; i < count; i++)
		EACH (const delta_item, one, kinds[i]->after)
			points += is_a_point(&g->old, &g->new, one->address);
	return points;
}

static void say_grades(delta *d, const pairing *const *kinds, size_t count)
{
	grades g = { .d = d, .old = { .arena = d->arena }, .new = { .arena = d->arena } };
	index_grades(&g.old, d->before->plan);
	index_grades(&g.new, d->after->plan);
	g.summed = count_points(&g, kinds, count) > GRADES_MANY;
	for (size_t i = 0; i < count; i++)
		EACH (const delta_item, one, kinds[i]->after)
			say_grade(&g, one->address);
	if (g.summed)
		delta_say(d, STR(""), arena_printf(d->arena, "part of the grade of %zu labs and scenarios", g.points),
			STR("as before"), STR("a point more or less each"));
	for (size_t i = 0; i < count; i++)
		EACH (const delta_item, one, kinds[i]->before)
			if (!map_has(&kinds[i]->new, one->id))
				say_grade(&g, one->address);
}

bool course_delta(vec_difference *out, arena *a, const curriculum *before, const curriculum *after)
{
	delta d = { .arena = a, .out = out, .before = before, .after = after };
	pairing modules = { .kind = "module", .plural = "modules" }, labs = { .kind = "lab", .plural = "labs" },
			scenarios = { .kind = "scenario", .plural = "scenarios" },
			last = { .kind = "capstone", .plural = "capstones" };
	map moved = { .arena = a };
	pair_items(&d, &modules, modules_of);
	pair_items(&d, &labs, labs_of);
	pair_items(&d, &scenarios, scenarios_of);
	pair_items(&d, &last, capstones_of);
	find_moved(&d, &moved, &modules);
	d.part = "syllabus";
	say_course(&d);
	say_items(&d, &modules, &moved);
	say_elsewhere(&d);
	d.part = "module";
	say_details(&d, &modules, delta_module);
	d.part = "lab";
	say_items(&d, &labs, NULL);
	say_details(&d, &labs, delta_lab);
	d.part = "scenario";
	say_items(&d, &scenarios, NULL);
	say_details(&d, &scenarios, delta_scenario);
	d.part = "capstone";
	say_items(&d, &last, NULL);
	say_details(&d, &last, delta_capstone);
	d.part = "rubric";
	say_details(&d, &labs, delta_lab_rubric);
	say_details(&d, &scenarios, delta_scenario_rubric);
	d.part = "grading";
	say_grades(&d, (const pairing *const[]){ &labs, &scenarios, &last }, 3);
	return !a->failed;
}
