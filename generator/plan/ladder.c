#include "plan/ladder.h"

#include "plan/choose.h"
#include "plan/decisions.h"
#include "rules/select.h"

const double edit_costs[EDIT_STEPS] = { 0, 1, 2, 4, 8, 16, 32, 64, 128 };

enum { NAMED_MAX = 12 }; /* technologies in a setting, as plan/compose.c writes them */

typedef struct {
	const plan_draft *d;
	ladder_need *need;
	vec_edit *out;
} climber;

static void refuse(climber *c, edit_step step, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void refuse(climber *c, edit_step step, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	c->need->why_not[step] = arena_vprintf(c->d->arena, format, args);
	va_end(args);
}

static void offer(climber *c, ladder_edit e)
{
	e.id = arena_printf(
		c->d->arena, "%d %.*s %.*s", (int)e.step, STRF(e.target), STRF(e.about ? e.about->id : STR("")));
	vec_push(c->d->arena, c->out, e);
}

/* So that it can stand inside a sentence. */
static str without_stop(str reason)
{
	return str_ends(reason, STR(".")) ? str_sub(reason, 0, reason.len - 1) : reason;
}

/* Banned by people, or taken out or put in by them. Empty: neither. */
static str barred(const plan_draft *d, str address)
{
	const decision *ban = decision_of(d->in->decided, DECISION_BAN, address, d->in->as_of);
	if (ban)
		return arena_printf(d->arena, "%.*s is banned: %.*s", STRF(address), STRF(without_stop(ban->reason)));
	if (draft_is_edited(d, address))
		return arena_printf(d->arena, "%.*s was added or taken out by hand", STRF(address));
	return STR("");
}

/* The planned module that teaches any of the concepts furthest; ties: the id. */
static const plan_module *teacher(const plan_draft *d, list_str concepts)
{
	const plan_module *best = NULL;
	int far = -1;
	EACH (const plan_module, m, d->plan.modules) {
		const module *item = draft_module_item(d, m);
		for (size_t i = 0; item && i < item->teaches.len; i++) {
			const teach *t = &item->teaches.ptr[i];
			if (list_has(concepts, t->key) &&
				(t->level > far || (t->level == far && str_cmp(m->id, best->id) < 0))) {
				far = t->level;
				best = m;
			}
		}
	}
	return best;
}

const plan_module *ladder_home(const plan_draft *d, const cover_item *i)
{
	const plan_module *m = teacher(d, i->wide);
	for (size_t k = 0; !m && k < i->above.len; k++)
		m = teacher(d, (list_str){ &i->above.ptr[k], 1 });
	return m;
}

/* ---- link */

static void try_link(climber *c)
{
	const cover_item *i = &c->need->item;
	if (i->kind != ROW_TECHNOLOGY) {
		refuse(c, EDIT_LINK, "a link names where a technology belongs; it does not teach a skill or theme");
		return;
	}
	if (c->need->state == ITEM_CORE) {
		refuse(c, EDIT_LINK, "it is core, and a link gives no practice");
		return;
	}
	const plan_module *m = ladder_home(c->d, i);
	if (!m)
		refuse(c, EDIT_LINK, "no planned module teaches anything that it belongs to");
	else
		offer(c, (ladder_edit){ .step = EDIT_LINK,
					 .about = i,
					 .target = arena_printf(c->d->arena, "module:%.*s", STRF(m->id)) });
}

/* ---- technology in a setting */

static bool touches(const catalog *c, const scenario *s, list_str concepts)
{
	EACH (const str, id, s->outcomes) {
		const outcome *o = map_get(&c->outcomes, *id);
		if (o && cover_shares(o->concepts, concepts))
			return true;
	}
	EACH (const str, id, s->integrates) {
		const module *m = catalog_find(c, "module", *id);
		if (m && cover_teaches(m, concepts))
			return true;
	}
	return false;
}

/* What a full setting can spare: the lightest, which stands last. */
static str spare_name(const plan_scenario *s)
{
	return s->setting.len < NAMED_MAX ? STR("") : s->setting.ptr[s->setting.len - 1];
}

static void try_technology(climber *c)
{
	const plan_draft *d = c->d;
	const cover_item *i = &c->need->item;
	const plan_scenario *best = NULL;
	bool edited = false;
	if (i->kind != ROW_TECHNOLOGY) {
		refuse(c, EDIT_TECHNOLOGY, "it is no technology");
		return;
	}
	EACH (const plan_scenario, s, d->plan.scenarios) {
		const scenario *item = draft_scenario_item(d, s);
		if (!item || !touches(d->in->catalog, item, i->wide))
			continue;
		if (draft_is_edited(d, arena_printf(d->arena, "scenario:%.*s.setting", STRF(s->id)))) {
			edited = true;
			continue;
		}
		if (!best || s->setting.len < best->setting.len)
			best = s;
	}
	if (best)
		offer(c, (ladder_edit){ .step = EDIT_TECHNOLOGY,
					 .about = i,
					 .swapped = spare_name(best),
					 .target = arena_printf(d->arena, "scenario:%.*s", STRF(best->id)) });
	else
		refuse(c, EDIT_TECHNOLOGY, "%s",
			edited ? "the settings that it fits were edited by hand"
				   : "no planned scenario touches what it belongs to");
}

/* ---- exercise */

static void try_exercise(climber *c)
{
	const plan_draft *d = c->d;
	const cover_item *i = &c->need->item;
	const plan_module *m = ladder_home(d, i);
	const extension *found = NULL;
	EACH (extension *const, e, d->in->catalog->extensions)
		if (!found && (*e)->about == (int)i->kind)
			found = *e;
	if (!m) {
		refuse(c, EDIT_EXERCISE, "no planned module teaches anything that it belongs to");
		return;
	}
	str address = arena_printf(d->arena, "module:%.*s", STRF(m->id));
	if (!found)
		refuse(c, EDIT_EXERCISE, "the catalogue has no extension about a %s", row_kind_names[i->kind]);
	else if (draft_is_edited(d, arena_printf(d->arena, "%.*s.extends", STRF(address))) ||
			 draft_is_edited(d, arena_printf(d->arena, "%.*s.minutes", STRF(address))))
		refuse(c, EDIT_EXERCISE, "%.*s was edited by hand", STRF(address));
	else
		offer(c, (ladder_edit){ .step = EDIT_EXERCISE,
					 .about = i,
					 .extension = found,
					 .target = address,
					 .minutes = choose_round_up(found->minutes) });
}

/* ---- labs and scenarios */

/* Whether the plan, with `extra` if it is given, has all that a task builds on. */
static bool fits_plan(const plan_draft *d, const module *extra, list_str integrates, list_str outcomes)
{
	EACH (const str, id, integrates)
		if (!draft_module(d, *id) && !(extra && str_eq(extra->id, *id)))
			return false;
	EACH (const str, id, outcomes) {
		const module *m = map_get(&d->in->catalog->outcome_modules, *id);
		if (m && !draft_module(d, m->id) && m != extra)
			return false;
	}
	return true;
}

static bool lab_fits(const plan_draft *d, const module *extra, const lab *l)
{
	return !draft_lab(d, l->id) && level_suits(l->level, d->in->facts->level) &&
		   fits_plan(d, extra, l->integrates, l->outcomes) && !choose_missing(d->in->selection, false, l) &&
		   !barred(d, arena_printf(d->arena, "lab:%.*s", STRF(l->id))).len;
}

static bool scenario_fits(const plan_draft *d, const module *extra, const scenario *s)
{
	return !draft_scenario(d, s->id) && level_suits(s->level, d->in->facts->level) &&
		   fits_plan(d, extra, s->integrates, s->outcomes) && !choose_missing(d->in->selection, true, s) &&
		   !barred(d, arena_printf(d->arena, "scenario:%.*s", STRF(s->id))).len;
}

static bool assesses(const catalog *c, list_str outcomes, list_str concepts)
{
	EACH (const str, id, outcomes) {
		const outcome *o = map_get(&c->outcomes, *id);
		if (o && cover_shares(o->concepts, concepts))
			return true;
	}
	return false;
}

static void try_tasks(climber *c)
{
	const plan_draft *d = c->d;
	const cover_item *i = &c->need->item;
	const catalog *all = d->in->catalog;
	list_str concepts = i->kind == ROW_TECHNOLOGY ? i->own : i->wide;
	size_t before = c->out->len;
	if (!cover_taught(d, i)) {
		refuse(c, EDIT_TASK, "a task assesses what a module teaches, and no planned module teaches it");
		return;
	}
	EACH (lab *const, l, all->labs)
		if (assesses(all, (*l)->outcomes, concepts) && lab_fits(d, NULL, *l))
			offer(c, (ladder_edit){ .step = EDIT_TASK,
						 .lab = *l,
						 .target = arena_printf(d->arena, "lab:%.*s", STRF((*l)->id)),
						 .minutes = choose_round_up((*l)->minutes) });
	EACH (scenario *const, s, all->scenarios)
		if (assesses(all, (*s)->outcomes, concepts) && scenario_fits(d, NULL, *s))
			offer(c, (ladder_edit){ .step = EDIT_TASK,
						 .scenario = *s,
						 .target = arena_printf(d->arena, "scenario:%.*s", STRF((*s)->id)),
						 .minutes = choose_round_up((*s)->minutes) });
	if (c->out->len == before)
		refuse(c, EDIT_TASK,
			"the catalogue has no further lab or scenario for it that fits the planned modules");
}

/* ---- modules */

static size_t still_open(const map *assessed, list_str outcomes)
{
	size_t count = 0;
	EACH (const str, id, outcomes)
		count += !map_has(assessed, *id);
	return count;
}

static void mark(map *assessed, list_str outcomes)
{
	EACH (const str, id, outcomes)
		map_put(assessed, *id, (void *)id);
}

static void mark_planned(const plan_draft *d, map *assessed)
{
	EACH (const plan_lab, l, d->plan.labs)
		if (draft_lab_item(d, l))
			mark(assessed, draft_lab_item(d, l)->outcomes);
	EACH (const plan_scenario, s, d->plan.scenarios)
		if (draft_scenario_item(d, s))
			mark(assessed, draft_scenario_item(d, s)->outcomes);
}

typedef struct {
	const lab *lab;
	const scenario *scenario;
	double rate;
} best_task;

static void consider(best_task *best, const map *assessed, const lab *l, const scenario *s)
{
	int minutes = l ? l->minutes : s->minutes;
	double rate = (double)still_open(assessed, l ? l->outcomes : s->outcomes) / minutes;
	str id = l ? l->id : s->id, best_id = best->lab        ? best->lab->id
										  : best->scenario ? best->scenario->id
														   : STR("");
	if (rate > best->rate || (rate > 0 && rate == best->rate && str_cmp(id, best_id) < 0))
		*best = (best_task){ .lab = l, .scenario = s, .rate = rate };
}

/* Tasks until every outcome of the module that can be assessed is, the most open outcomes an hour first, as a
 * fresh plan chooses them. */
static void add_assessment(const plan_draft *d, ladder_edit *e)
{
	map assessed = { .arena = d->arena };
	mark_planned(d, &assessed);
	EACH (const outcome, o, e->module->outcomes)
		while (!map_has(&assessed, o->id) && !d->arena->failed) {
			best_task best = { 0 };
			EACH (lab *const, l, d->in->catalog->labs)
				if (list_has((*l)->outcomes, o->id) && lab_fits(d, e->module, *l))
					consider(&best, &assessed, *l, NULL);
			EACH (scenario *const, s, d->in->catalog->scenarios)
				if (list_has((*s)->outcomes, o->id) && scenario_fits(d, e->module, *s))
					consider(&best, &assessed, NULL, *s);
			if (best.lab) {
				vec_push(d->arena, &e->labs, best.lab);
				e->minutes += choose_round_up(best.lab->minutes);
				mark(&assessed, best.lab->outcomes);
			} else if (best.scenario) {
				vec_push(d->arena, &e->scenarios, best.scenario);
				e->minutes += choose_round_up(best.scenario->minutes);
				mark(&assessed, best.scenario->outcomes);
			} else {
				break;
			}
		}
}

static void offer_module(climber *c, const module *m, const chosen *from)
{
	str address = arena_printf(c->d->arena, "module:%.*s", STRF(m->id)), why = barred(c->d, address);
	if (draft_module(c->d, m->id))
		return;
	if (why.len) {
		refuse(c, EDIT_MODULE, "%.*s", STRF(why));
		c->need->barred = true;
		return;
	}
	ladder_edit e = { .step = EDIT_MODULE,
		.module = m,
		.chosen = from,
		.target = address,
		.minutes = choose_round_up(m->minutes.min) };
	if (from && from->blueprint) {
		EACH (chosen *const, l, c->d->in->selection->labs)
			if ((*l)->blueprint && (*l)->row == from->row)
				e.made_lab = *l;
		if (e.made_lab)
			e.minutes += choose_round_up(((const lab *)e.made_lab->item)->minutes);
	} else {
		add_assessment(c->d, &e);
	}
	offer(c, e);
}

static bool is_offered(const climber *c, const module *m)
{
	EACH (const ladder_edit, e, *c->out)
		if (e->step == EDIT_MODULE && str_eq(e->module->id, m->id))
			return true;
	return false;
}

/* What the rules made for a skill that the catalogue does not know. */
static const chosen *made_module(const plan_draft *d, const cover_item *i)
{
	EACH (chosen *const, m, d->in->selection->modules)
		if ((*m)->blueprint && i->kind == ROW_SKILL &&
			(str_eq((*m)->row->row->id, i->slug) || str_eq((*m)->row->row->id, str_split(i->id, ':').tail) ||
				cover_shares((*m)->row->concepts, i->own)))
			return *m;
	return NULL;
}

static void try_modules(climber *c)
{
	const plan_draft *d = c->d;
	const cover_item *i = &c->need->item;
	size_t before = c->out->len;
	EACH (const str, id, i->wide) {
		const module *m = select_module(d->in->catalog, *id, TEACH_WORKING, d->in->facts->level);
		if (m && !is_offered(c, m))
			offer_module(c, m, NULL);
	}
	const chosen *made = c->out->len == before ? made_module(d, i) : NULL;
	if (made && !is_offered(c, made->item))
		offer_module(c, made->item, made);
	if (c->out->len == before && !c->need->why_not[EDIT_MODULE].len)
		refuse(c, EDIT_MODULE, "%s",
			i->kind == ROW_SKILL
				? "the catalogue has no module for it that suits the level, and no rule asks for a draft"
				: "the catalogue has no module for it that suits the level");
}

void ladder_options(vec_edit *out, ladder_need *n, const plan_draft *d)
{
	climber c = { .d = d, .need = n, .out = out };
	refuse(&c, EDIT_NOTHING, "%s",
		cover_taught(d, &n->item) ? n->item.kind == ROW_TECHNOLOGY && !cover_named(d, &n->item)
										? "what it belongs to is taught, but it is named nowhere"
										: "it is taught, but nothing practises it"
								  : "nothing in the course teaches it");
	refuse(&c, EDIT_EVIDENCE, "%s", "other counts and words would not teach it");
	refuse(&c, EDIT_HOURS, "%s", "more time for what is there would not teach it");
	try_link(&c);
	try_technology(&c);
	try_exercise(&c);
	try_tasks(&c);
	try_modules(&c);
	refuse(&c, EDIT_RETIRE, "%s", "nothing is in its way");
}

/* ---- carrying out */

static void apply_link(plan_draft *d, const ladder_edit *e)
{
	plan_link *grown = NEWN(d->arena, plan_link, d->plan.links.len + 1);
	if (!grown)
		return;
	if (d->plan.links.len)
		memcpy(grown, d->plan.links.ptr, d->plan.links.len * sizeof *grown);
	grown[d->plan.links.len] = (plan_link){ .item = e->about->id,
		.name = e->about->name,
		.to = e->target,
		.reason = STR("the module teaches what it belongs to") };
	d->plan.links.ptr = grown;
	d->plan.links.len++;
}

static void apply_technology(plan_draft *d, const ladder_edit *e)
{
	plan_scenario *s = draft_scenario(d, str_split(e->target, ':').tail);
	str *names = s ? NEWN(d->arena, str, s->setting.len + 1) : NULL;
	if (!names)
		return;
	size_t count = 0;
	EACH (const str, one, s->setting)
		if (!e->swapped.len || !str_eq(*one, e->swapped))
			names[count++] = *one;
	names[count++] = e->about->name;
	s->setting = (list_str){ names, count };
}

static void apply_exercise(plan_draft *d, const ladder_edit *e)
{
	plan_module *m = draft_module(d, str_split(e->target, ':').tail);
	plan_extension *grown = m ? NEWN(d->arena, plan_extension, m->extends.len + 1) : NULL;
	if (!grown)
		return;
	if (m->extends.len)
		memcpy(grown, m->extends.ptr, m->extends.len * sizeof *grown);
	grown[m->extends.len] = (plan_extension){ .item = e->about->id,
		.name = e->about->name,
		.concept = e->about->own.len ? e->about->own.ptr[0] : STR(""),
		.extension = e->extension->id,
		.minutes = e->minutes };
	m->extends.ptr = grown;
	m->extends.len++;
	m->minutes += e->minutes;
}

void ladder_apply(plan_draft *d, const ladder_edit *e)
{
	if (e->step == EDIT_LINK)
		apply_link(d, e);
	if (e->step == EDIT_TECHNOLOGY)
		apply_technology(d, e);
	if (e->step == EDIT_EXERCISE)
		apply_exercise(d, e);
	if (e->module)
		draft_add_module(d, e->chosen, e->module, choose_round_up(e->module->minutes.min));
	if (e->made_lab)
		draft_add_lab(d, e->made_lab, e->made_lab->item);
	if (e->lab)
		draft_add_lab(d, NULL, e->lab);
	if (e->scenario)
		draft_add_scenario(d, e->scenario);
	EACH (const lab *const, l, e->labs)
		draft_add_lab(d, NULL, *l);
	EACH (const scenario *const, s, e->scenarios)
		draft_add_scenario(d, *s);
}
