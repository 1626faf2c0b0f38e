/* The capstone of a plan: which one, with which modules, what its rubric then scores, and its part of the
 * grade; and the technologies of a scenario's stack. */
#include "world.h"

#include "plan/capstone.h"
#include "plan/resolve.h"

static const str criteria_ids[] = { { .ptr = "decision", .len = 8 }, { .ptr = "result", .len = 6 } };

static capstone *add_capstone(world *w, const char *id, int level, int take, int minutes)
{
	capstone *c = NEW(&w->a, capstone);
	criterion *criteria = NEWN(&w->a, criterion, COUNT(criteria_ids));
	if (!c || !criteria)
		return NULL;
	record_clear(&capstone_record, c);
	for (size_t i = 0; i < COUNT(criteria_ids); i++)
		criteria[i] = (criterion){ .id = criteria_ids[i], .name = criteria_ids[i], .weight = 50 };
	c->id = c->title = str_from(id);
	c->level = level;
	c->take = take;
	c->minutes = minutes;
	c->rubric.criteria.ptr = criteria;
	c->rubric.criteria.len = COUNT(criteria_ids);
	vec_push(&w->a, &w->c.capstones, c);
	world_register(w, "capstone", c->id, c);
	return c;
}

/* `outcomes` are scored by both criteria. */
static void add_part(world *w, capstone *c, const char *module_id, const char *outcomes)
{
	capstone_part *parts = NEWN(&w->a, capstone_part, c->parts.len + 1);
	capstone_score *scores = NEWN(&w->a, capstone_score, COUNT(criteria_ids));
	if (!parts || !scores)
		return;
	for (size_t i = 0; i < COUNT(criteria_ids); i++)
		scores[i] = (capstone_score){ .key = criteria_ids[i], .outcomes = words(&w->a, outcomes) };
	for (size_t i = 0; i < c->parts.len; i++)
		parts[i] = c->parts.ptr[i];
	parts[c->parts.len] = (capstone_part){
		.module = str_from(module_id), .task = STR("Use {{module}}."), .accept = STR("Seen.")
	};
	parts[c->parts.len].scores.ptr = scores;
	parts[c->parts.len].scores.len = COUNT(criteria_ids);
	c->parts.ptr = parts;
	c->parts.len++;
}

/* Three modules of 20 h, for rows of different weight: b is the heaviest, then c, then a. */
static void open(world *w)
{
	static const struct {
		const char *id, *concept, *outcomes;
		double count;
	} all[] = { { "a", "ca=2", "a1:ca a2:ca", 5 }, { "b", "cb=2", "b1:cb b2:cb", 18 },
		{ "c", "cc=2", "c1:cc c2:cc", 10 } };
	world_init(w);
	for (size_t i = 0; i < COUNT(all); i++) {
		module *m = add_module(w, all[i].id, LEVEL_SENIOR, all[i].concept, all[i].outcomes, 20 * 60, 60 * 60);
		activity *act = NEW(&w->a, activity);
		if (!m || !act)
			return;
		*act = (activity){ .id = STR("act"), .kind = ACT_EXERCISE, .minutes = 20 * 60 };
		m->activities.ptr = act;
		m->activities.len = 1;
		m->outcomes.ptr[1].bloom = BLOOM_CREATE;
		str concept_id = str_split(str_from(all[i].concept), '=').head;
		add_row(
			w, ROW_SKILL, arena_cstr(&w->a, concept_id), "Core", all[i].count, arena_cstr(&w->a, concept_id));
	}
	w->settings.hours = 100;
	require(
		world_rules(w, STR("rules:\n  - {id: all, for: sample, then: [{module: {id: a}}, {module: {id: b}}, "
						   "{module: {id: c}}], because: x}\n")));
}

static bool make(world *w, plan *out, const plan *former)
{
	return world_run(w) && world_plan(w, out, former);
}

static str last_remark(const world *w, const char *item)
{
	str found = STR("");
	EACH (const remark, r, w->t.remarks)
		if (str_eq(r->item, str_from(item)))
			found = r->reason;
	return found;
}

static bool says(const world *w, const char *item, const char *text)
{
	return str_find(last_remark(w, item), str_from(text), 0) != SIZE_MAX;
}

Test(capstone, heaviest_modules_first_and_all_of_it_at_the_end)
{
	world w;
	plan p;
	open(&w);
	capstone *c = add_capstone(&w, "cap", LEVEL_SENIOR, 2, 600);
	add_part(&w, c, "a", "a1");
	add_part(&w, c, "b", "b1");
	add_part(&w, c, "c", "c1");
	require_that(make(&w, &p, NULL), "%s", world_listing(&w));
	require(p.capstone.len == 1 && p.capstone.ptr[0].minutes == 600 && p.course.minutes == 6000);
	list_str taken = p.capstone.ptr[0].modules;
	require(taken.len == 2 && str_eq(taken.ptr[0], STR("b")) && str_eq(taken.ptr[1], STR("c")));
	int minutes = 600;
	EACH (const plan_module, m, p.modules) {
		require(m->week_to <= p.capstone.ptr[0].week);
		minutes += m->minutes;
	}
	require(minutes == p.course.minutes && p.capstone.ptr[0].due == p.course.weeks);
	require(p.grading.len == 1 && p.grading.ptr[0].percent == 100 &&
			str_eq(p.grading.ptr[0].item, STR("capstone:cap")));
	require_that(
		says(&w, "capstone:cap", "module:b, module:c"), "%.*s", STRF(last_remark(&w, "capstone:cap")));
	world_finish(&w);
}

Test(capstone, reasons_not_to_take_one)
{
	static const struct {
		const char *text;
		int level, take, minutes, share;
	} rows[] = {
		{ "written for junior", LEVEL_JUNIOR, 2, 600, 15 },
		{ "integrates 4 modules, and the course has 2", LEVEL_SENIOR, 4, 600, 15 },
		{ "takes 20 h, more than 12.5 %", LEVEL_SENIOR, 2, 1200, 15 },
		{ "", LEVEL_SENIOR, 2, 600, 0 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		world w;
		plan p;
		open(&w);
		w.settings.grading.capstone = rows[i].share;
		capstone *c = add_capstone(&w, "cap", rows[i].level, rows[i].take, rows[i].minutes);
		add_part(&w, c, "a", "a1");
		add_part(&w, c, "b", "b1");
		require_that(make(&w, &p, NULL), "%s", world_listing(&w));
		require_that(p.capstone.len == 0, "%s", rows[i].text);
		require_that(
			says(&w, "capstone:cap", rows[i].text), "%zu: %.*s", i, STRF(last_remark(&w, "capstone:cap")));
		world_finish(&w);
	}
}

Test(capstone, a_banned_one_makes_room_for_the_next)
{
	world w;
	plan p, former = { 0 };
	open(&w);
	decision ban = {
		.kind = DECISION_BAN, .item = STR("capstone:first"), .reason = STR("No panel."), .author = STR("Me")
	};
	former.decisions.ptr = &ban;
	former.decisions.len = 1;
	for (int i = 0; i < 2; i++) {
		capstone *c = add_capstone(&w, i ? "second" : "first", i ? LEVEL_JUNIOR : LEVEL_SENIOR, 2, 600);
		add_part(&w, c, "*", "");
	}
	require_that(make(&w, &p, &former), "%s", world_listing(&w));
	require(p.capstone.len == 1 && str_eq(p.capstone.ptr[0].id, STR("second"))); /* "*" suits every level */
	require(says(&w, "capstone:first", "banned: No panel."));
	world_finish(&w);
}

static bool resolve(world *w, curriculum *out, const plan *p)
{
	resolve_input in = {
		.plan = p, .facts = &w->f, .catalog = &w->c, .course = &w->settings, .trace = &w->t
	};
	return resolve_plan(out, &w->a, &in, &w->d);
}

Test(capstone, its_rubric_scores_the_outcomes_of_its_parts)
{
	world w;
	plan p;
	curriculum k;
	open(&w);
	capstone *c = add_capstone(&w, "cap", LEVEL_SENIOR, 3, 600);
	add_part(&w, c, "b", "b1");
	add_part(&w, c, "*", "");
	require_that(make(&w, &p, NULL) && resolve(&w, &k, &p), "%s", world_listing(&w));
	const set_capstone *s = &k.capstone.ptr[0];
	require(s->capstone->parts.len == 3 && s->rubric->criteria.len == 2 && s->percent == 100);
	require(str_eq(s->capstone->parts.ptr[1].task, STR("Use c.")));
	/* Of c and a the highest outcome first, one criterion after the other. */
	list_str first = s->rubric->criteria.ptr[0].outcomes, second = s->rubric->criteria.ptr[1].outcomes;
	require(first.len == 3 && list_has(first, STR("b1")) && list_has(first, STR("c2")) &&
			list_has(first, STR("a2")));
	require(second.len == 3 && list_has(second, STR("b1")) && list_has(second, STR("c1")));
	require(s->outcomes.len == 5 &&
			str_eq(*(const str *)map_get(&k.assessed_by, STR("c1")), STR("capstone:cap")));
	require(s->demands.len > 0);
	require(c->parts.len == 2); /* the catalogue's stays as it was */
	world_finish(&w);
}

Test(capstone, plans_that_people_edited)
{
	static const struct {
		const char *modules, *said;
	} rows[] = { { "b gone", "integrates the module 'gone', which is not in the plan" },
		{ "b c", "has no part for the module 'c'" }, { "b b", "integrates the module 'b' twice" },
		{ "", "integrates no module" } };
	for (size_t i = 0; i < COUNT(rows); i++) {
		world w;
		plan p;
		curriculum k;
		open(&w);
		capstone *c = add_capstone(&w, "cap", LEVEL_SENIOR, 2, 600);
		add_part(&w, c, "b", "b1");
		add_part(&w, c, "a", "a1");
		require(make(&w, &p, NULL) && p.capstone.len == 1);
		p.capstone.ptr[0].modules = words(&w.a, rows[i].modules);
		bool resolved = resolve(&w, &k, &p);
		require_that(resolved == false && w.d.list.len, "%s", rows[i].modules);
		str text = w.d.list.ptr[w.d.list.len - 1].text;
		require_that(str_find(text, str_from(rows[i].said), 0) != SIZE_MAX, "%.*s", STRF(text));
		p.capstone.ptr[0].id = STR("unknown");
		resolved = resolve(&w, &k, &p);
		require(resolved == false);
		world_finish(&w);
	}
}

Test(capstone, parts_of_the_grade_sum_to_100)
{
	static const struct {
		grading_shares shares;
		size_t counts[GRADE_KINDS];
		int parts[GRADE_KINDS];
	} rows[] = {
		{ { .labs = 55, .scenarios = 30, .capstone = 15 }, { 22, 9, 1 }, { 55, 30, 15 } },
		{ { .labs = 55, .scenarios = 30, .capstone = 15 }, { 2, 1, 0 }, { 65, 35, 0 } },
		{ { .labs = 55, .scenarios = 30, .capstone = 15 }, { 0, 0, 1 }, { 0, 0, 100 } },
		{ { .labs = 0, .scenarios = 0, .capstone = 0 }, { 3, 3, 0 }, { 50, 50, 0 } },
		{ { .labs = 1, .scenarios = 1, .capstone = 1 }, { 1, 1, 1 }, { 33, 34, 33 } },
		{ { .labs = 10, .scenarios = 0, .capstone = 0 }, { 0, 4, 0 }, { 0, 100, 0 } },
		{ { .labs = 10, .scenarios = 0, .capstone = 0 }, { 0, 0, 0 }, { 0, 0, 0 } },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int parts[GRADE_KINDS];
		grade_parts(parts, &rows[i].shares, rows[i].counts);
		for (size_t k = 0; k < GRADE_KINDS; k++)
			require_that(parts[k] == rows[i].parts[k], "row %zu, kind %zu: %d", i, k, parts[k]);
	}
}

Test(capstone, a_pin_goes_before_level_and_size)
{
	world w;
	plan p, former = { 0 };
	open(&w);
	decision pin = {
		.kind = DECISION_PIN, .item = STR("capstone:wanted"), .reason = STR("Ours."), .author = STR("Me")
	};
	former.decisions.ptr = &pin;
	former.decisions.len = 1;
	for (int i = 0; i < 2; i++) {
		capstone *c =
			add_capstone(&w, i ? "wanted" : "usual", i ? LEVEL_JUNIOR : LEVEL_SENIOR, 2, i ? 20 * 60 : 600);
		add_part(&w, c, "a", "a1");
		add_part(&w, c, "b", "b1");
	}
	require_that(make(&w, &p, &former), "%s", world_listing(&w));
	require(p.capstone.len == 1 && str_eq(p.capstone.ptr[0].id, STR("wanted")));
	require(
		says(&w, "capstone:usual", "another capstone was taken") && says(&w, "capstone:wanted", "pinned"));
	world_finish(&w);
}

Test(capstone, gives_way_to_what_is_required)
{
	world w;
	plan p;
	open(&w);
	w.settings.hours = 62; /* modules need 60 */
	capstone *c = add_capstone(&w, "cap", LEVEL_SENIOR, 2, 240);
	add_part(&w, c, "a", "a1");
	add_part(&w, c, "b", "b1");
	require_that(make(&w, &p, NULL), "%s", world_listing(&w));
	require(p.capstone.len == 0 && p.course.minutes == 62 * 60);
	require(says(&w, "capstone:cap", "left out after all"));
	world_finish(&w);
}

Test(capstone, no_allocation_that_fails_is_missed)
{
	for (unsigned n = 1;; n += 7) {
		world w;
		plan p;
		open(&w);
		capstone *c = add_capstone(&w, "cap", LEVEL_SENIOR, 2, 600);
		add_part(&w, c, "a", "a1");
		add_part(&w, c, "*", "");
		require(world_run(&w));
		w.a.fail_at = w.a.count + n;
		bool planned = world_plan(&w, &p, NULL), failed = w.a.failed;
		require_that(planned == !failed, "at %u", n);
		world_finish(&w);
		if (!failed)
			break;
	}
}

/* ---- the stack of a scenario */

static void add_concept(world *w, const char *id)
{
	concept *c = NEW(&w->a, concept);
	if (!c)
		return;
	*c = (concept){ .id = str_from(id), .name = arena_printf(&w->a, "The %s", id) };
	vec_push(&w->a, &w->c.concepts, c);
	world_register(w, "concept", c->id, c);
}

/* A technology row that names these, in this order. */
static void add_tools(world *w, const char *id, double count, const char *tools)
{
	add_row(w, ROW_TECHNOLOGY, id, "Tools", count, tools);
	fact_row *r = &w->facts[ROW_TECHNOLOGY].ptr[w->facts[ROW_TECHNOLOGY].len - 1];
	list_str ids = words(&w->a, tools);
	r->links.ptr = NEWN(&w->a, concept_link, ids.len);
	for (size_t i = 0; r->links.ptr && i < ids.len; i++)
		r->links.ptr[r->links.len++] =
			(concept_link){ .concept = catalog_find(&w->c, "concept", ids.ptr[i]) };
}

Test(stack, follows_the_shares)
{
	static const struct {
		const char *any, *taken, *why;
	} rows[] = {
		{ "low high", "high", "named in 12 of 20 postings (technology:second)" },
		{ "later sooner", "sooner", "named in 12 of 20 postings" },
		{ "low sooner", "sooner", "named in 12" },
		{ "nobody unknown", "nobody", "no posting names" },
		{ "nobody low", "low", "named in 6 of 20" },
	};
	static const char *const all[] = { "low", "high", "sooner", "later", "nobody" };
	for (size_t i = 0; i < COUNT(rows); i++) {
		world w;
		plan p;
		open(&w);
		for (size_t k = 0; k < COUNT(all); k++)
			add_concept(&w, all[k]);
		add_tools(&w, "first", 6, "low");
		add_tools(&w, "second", 12, "high sooner later");
		scenario *s = add_scenario(&w, "scn", 0, "b", "b1", 120);
		stack_part part = { .id = STR("part"), .any = words(&w.a, rows[i].any), .text = STR("x") };
		s->setting.stack.ptr = &part;
		s->setting.stack.len = 1;
		require(world_rules(
			&w, STR("rules:\n  - {id: all, for: sample, then: [{module: {id: b}}, {module: {id: a}}, "
					"{scenario: {id: scn}}], because: x}\n")));
		require_that(make(&w, &p, NULL), "%s", world_listing(&w));
		require(p.scenarios.len == 1 && p.scenarios.ptr[0].stack.len == 1);
		str taken = p.scenarios.ptr[0].stack.ptr[0].value;
		require_that(str_eq(taken, str_from(rows[i].taken)), "%s: %.*s", rows[i].any, STRF(taken));
		require_that(says(&w, "scenario:scn", rows[i].why), "%.*s", STRF(last_remark(&w, "scenario:scn")));
		curriculum k;
		p.scenarios.ptr[0].stack.ptr[0].key = STR("other");
		bool resolved = resolve(&w, &k, &p);
		require(resolved == false);
		world_finish(&w);
	}
}
