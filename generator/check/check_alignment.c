/* Alignment: outcomes, activities, tasks, rubrics and evidence speak of the same things. */
#include "check/checker.h"

void rule_a_01(checker *k)
{
	map assessed = { .arena = k->arena };
	EACH (const graded, g, k->tasks)
		checker_add(&assessed, g->outcomes);
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			if (!map_has(&assessed, o->id))
				found(k, place_outcome(t, o), "no lab, scenario or capstone of the plan assesses it");
}

void rule_a_02(checker *k)
{
	map practised = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		EACH (const activity, one, t->module->activities)
			checker_add(&practised, one->outcomes);
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			if (!map_has(&practised, o->id))
				found(k, place_outcome(t, o), "no activity practises it");
}

static map taught_outcomes(checker *k)
{
	map taught = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			map_put(&taught, o->id, k);
	return taught;
}

void rule_a_03(checker *k)
{
	map taught = taught_outcomes(k);
	EACH (const graded, g, k->tasks) {
		bool any = false;
		EACH (const str, id, g->outcomes)
			any |= map_has(&taught, *id);
		if (!any)
			found(k, place_task(g), "assesses no outcome of a module that is taught");
	}
}

/* That a number was reached shows that something works, and with it that it was made or put to use: up to
 * create. It does not show a judgement. */
void rule_a_04(checker *k)
{
	map measured = { .arena = k->arena }, judged = { .arena = k->arena };
	EACH (const graded, g, k->tasks)
		if (g->rubric)
			EACH (const criterion, c, g->rubric->criteria)
				checker_add(c->metric.len ? &measured : &judged, c->outcomes);
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			if (o->bloom == BLOOM_EVALUATE && map_has(&measured, o->id) && !map_has(&judged, o->id))
				found(k, place_outcome(t, o), "is at evaluate, and only the number of a metric assesses it");
}

static void check_criteria(checker *k, const graded *g)
{
	map task = { .arena = k->arena }, scored = { .arena = k->arena };
	checker_add(&task, g->outcomes);
	EACH (const criterion, c, g->rubric->criteria) {
		if (!c->outcomes.len)
			found(k, place_criterion(g, c), "names no outcome that it scores");
		EACH (const str, id, c->outcomes)
			if (!map_has(&task, *id))
				found(k, place_criterion(g, c), "scores '%.*s', which is no outcome of %s:%.*s", STRF(*id),
					g->kind, STRF(g->id));
		checker_add(&scored, c->outcomes);
	}
	EACH (const str, id, g->outcomes)
		if (!map_has(&scored, *id))
			found(k, place_task(g), "no criterion scores its outcome '%.*s'", STRF(*id));
}

void rule_a_05(checker *k)
{
	EACH (const graded, g, k->tasks)
		if (g->rubric && g->rubric->criteria.len)
			check_criteria(k, g);
}

static bool any_in(const map *set, list_str ids)
{
	EACH (const str, id, ids)
		if (map_has(set, *id))
			return true;
	return false;
}

/* Core skills: a concept of the row is one of a taught outcome, or a module was made or weighted for the row.
 */
static void check_skills(checker *k)
{
	map concepts = { .arena = k->arena }, demanded = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules) {
		EACH (const outcome, o, t->module->outcomes)
			checker_add(&concepts, o->concepts);
		EACH (const demand, one, t->demands)
			if (t->module->outcomes.len && one->row->row->kind == ROW_SKILL)
				map_put(&demanded, one->row->row->id, k);
	}
	EACH (const fact_row, r, k->c->facts->rows[ROW_SKILL]) {
		bool core = str_eq(r->row->category, STR("Core"));
		if (core && !any_in(&concepts, r->concepts) && !map_has(&demanded, r->row->id))
			found(k, (place){ .kind = "skill", .id = r->row->id, .at = r->row->at },
				"is a core skill, and no outcome of the plan teaches it");
	}
}

static void check_traces(checker *k)
{
	map asked = { .arena = k->arena };
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, r, k->c->facts->rows[kind])
			checker_add(&asked, r->concepts);
	EACH (const taught_module, t, k->c->modules) {
		/* Made for a row that is too rare by now to stand in the workbook: loading says so, once. */
		if (t->plan->skill.len && !facts_find(k->c->facts, ROW_SKILL, t->plan->skill))
			continue;
		EACH (const outcome, o, t->module->outcomes)
			if (!t->demands.len && !any_in(&asked, o->concepts))
				found(k, place_outcome(t, o), "traces to no row of the workbook");
	}
}

void rule_a_07(checker *k)
{
	if (!k->c->facts)
		return;
	check_skills(k);
	check_traces(k);
}

/* Work that learners do, or watch and predict, so that there is something to tell them. */
static bool is_formative(const activity *one)
{
	return one->kind == ACT_EXERCISE || one->kind == ACT_DISCUSSION || one->kind == ACT_QUIZ ||
		   one->kind == ACT_DEMO;
}

/* An item bank says of each option why it is right or wrong. */
static bool gives_feedback(const taught_module *t)
{
	EACH (const activity, one, t->module->activities)
		if (is_formative(one) && one->feedback.len)
			return true;
	return t->quiz != NULL;
}

/* That the module's activities come before the task is H-08's. */
void rule_a_09(checker *k)
{
	map first_task = { .arena = k->arena };
	EACH (const graded, g, k->tasks)
		EACH (const str, id, g->integrates)
			if (!map_has(&first_task, *id))
				map_put(&first_task, *id, (void *)(uintptr_t)g);
	EACH (const taught_module, t, k->c->modules) {
		const graded *g = map_get(&first_task, t->module->id);
		if (g && !gives_feedback(t))
			found(k, place_module(t), "no activity has feedback that learners get before %s:%.*s", g->kind,
				STRF(g->id));
	}
}

static bool has_reading_activity(const module *m)
{
	EACH (const activity, one, m->activities)
		if (one->kind == ACT_READING && one->outcomes.len)
			return true;
	return false;
}

void rule_a_10(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		if (t->module->readings.len && !has_reading_activity(t->module))
			found(k, place_module(t), "lists readings, and no reading activity says for which outcome");
}
