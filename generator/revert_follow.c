#include "revert_follow.h"

enum { LEAST = 30 }; /* minutes, as plan.yaml asks for */

static plan_module *module_of(const plan *p, str id)
{
	EACH (plan_module, m, p->modules)
		if (str_eq(m->id, id))
			return m;
	return NULL;
}

static plan_lab *lab_of(const plan *p, str id)
{
	EACH (plan_lab, l, p->labs)
		if (str_eq(l->id, id))
			return l;
	return NULL;
}

static plan_scenario *scenario_of(const plan *p, str id)
{
	EACH (plan_scenario, s, p->scenarios)
		if (str_eq(s->id, id))
			return s;
	return NULL;
}

static plan_capstone *capstone_of(const plan *p, str id)
{
	EACH (plan_capstone, c, p->capstone)
		if (str_eq(c->id, id))
			return c;
	return NULL;
}

static plan_grade *grade_of(const plan *p, str item)
{
	EACH (plan_grade, g, p->grading)
		if (str_eq(g->item, item))
			return g;
	return NULL;
}

static void follow_minutes(
	plan_module *with, plan_module *without, const plan_module *now, const plan_module *generated)
{
	if (!generated || generated->minutes != now->minutes)
		return;
	int more = with && without ? without->minutes - with->minutes : 0, sum = now->minutes + more;
	if (with)
		with->minutes = now->minutes;
	if (without)
		without->minutes = sum > LEAST ? sum : LEAST;
}

static void follow_modules(plan *with, plan *without, const plan *now, const plan *generated)
{
	EACH (const plan_module, m, now->modules) {
		plan_module *both[] = { module_of(with, m->id), module_of(without, m->id) };
		for (size_t i = 0; i < COUNT(both); i++)
			if (both[i]) {
				both[i]->week_from = m->week_from;
				both[i]->week_to = m->week_to;
			}
		follow_minutes(both[0], both[1], m, module_of(generated, m->id));
	}
}

static void follow_tasks(plan *to, const plan *now)
{
	EACH (const plan_lab, l, now->labs) {
		plan_lab *mine = lab_of(to, l->id);
		if (mine)
			mine->week = l->week, mine->due = l->due;
	}
	EACH (const plan_scenario, s, now->scenarios) {
		plan_scenario *mine = scenario_of(to, s->id);
		if (mine)
			mine->week = s->week, mine->due = s->due;
	}
	EACH (const plan_capstone, c, now->capstone) {
		plan_capstone *mine = capstone_of(to, c->id);
		if (mine)
			mine->week = c->week, mine->due = c->due;
	}
	EACH (const plan_grade, g, now->grading) {
		plan_grade *mine = grade_of(to, g->item);
		if (mine)
			mine->percent = g->percent;
	}
}

/* What has gone since is gone: both say the same of it. */
static void follow_gone(const plan *with, plan *without, const plan *now)
{
	EACH (plan_module, m, without->modules) {
		const plan_module *other = module_of(with, m->id);
		if (other && !module_of(now, m->id))
			*m = *other;
	}
	EACH (plan_lab, l, without->labs) {
		const plan_lab *other = lab_of(with, l->id);
		if (other && !lab_of(now, l->id))
			*l = *other;
	}
	EACH (plan_scenario, one, without->scenarios) {
		const plan_scenario *other = scenario_of(with, one->id);
		if (other && !scenario_of(now, one->id))
			*one = *other;
	}
	EACH (plan_grade, g, without->grading) {
		const plan_grade *other = grade_of(with, g->item);
		if (other && !grade_of(now, g->item))
			*g = *other;
	}
}

void revert_follow(plan *with, plan *without, const plan *now, const plan *generated)
{
	follow_modules(with, without, now, generated);
	follow_tasks(with, now);
	follow_tasks(without, now);
	follow_gone(with, without, now);
}
