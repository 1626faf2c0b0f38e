#include "plan/draft.h"

#include "plan/choose.h"

#define COPY_LIST(a, list, T) \
	do { \
		T *copy_ = NEWN((a), T, (list).len ? (list).len : 1); \
		if (copy_ && (list).len) \
			memcpy(copy_, (list).ptr, (list).len * sizeof *copy_); \
		(list).ptr = copy_; \
		(list).len = copy_ ? (list).len : 0; \
	} while (0)

static void copy_plan(plan_draft *d, const plan *from)
{
	d->plan = *from;
	COPY_LIST(d->arena, d->plan.modules, plan_module);
	COPY_LIST(d->arena, d->plan.labs, plan_lab);
	COPY_LIST(d->arena, d->plan.scenarios, plan_scenario);
	COPY_LIST(d->arena, d->plan.capstone, plan_capstone);
	COPY_LIST(d->arena, d->plan.grading, plan_grade);
	COPY_LIST(d->arena, d->plan.links, plan_link);
}

void draft_init(plan_draft *out, arena *a, const draft_context *in, const plan *from)
{
	*out = (plan_draft){ .arena = a, .in = in, .edits = { .arena = a }, .leaving = { .arena = a } };
	copy_plan(out, from);
	EACH (const str, e, in->edits)
		map_put(&out->edits, *e, (void *)e);
}

void draft_copy(plan_draft *out, const plan_draft *from)
{
	*out = *from;
	copy_plan(out, &from->plan);
}

bool draft_is_edited(const plan_draft *d, str key)
{
	return map_has(&d->edits, key);
}

bool draft_touched(const plan_draft *d, str address)
{
	EACH (const map_entry, e, d->edits.entries) {
		str key = str_starts(e->key, STR("grading:")) ? str_skip(e->key, 8) : e->key;
		if (str_starts(key, address) && (key.len == address.len || key.ptr[address.len] == '.'))
			return true;
	}
	return false;
}

bool draft_is_guarded(const plan_draft *d)
{
	str until = d->in->course->policy.update.protect_until;
	return until.len && d->in->as_of.len && str_cmp(d->in->as_of, until) <= 0;
}

plan_module *draft_module(const plan_draft *d, str id)
{
	EACH (plan_module, m, d->plan.modules)
		if (str_eq(m->id, id))
			return m;
	return NULL;
}

plan_lab *draft_lab(const plan_draft *d, str id)
{
	EACH (plan_lab, l, d->plan.labs)
		if (str_eq(l->id, id))
			return l;
	return NULL;
}

plan_scenario *draft_scenario(const plan_draft *d, str id)
{
	EACH (plan_scenario, s, d->plan.scenarios)
		if (str_eq(s->id, id))
			return s;
	return NULL;
}

const module *draft_module_item(const plan_draft *d, const plan_module *m)
{
	const blueprint *b = m->blueprint.len ? catalog_find(d->in->catalog, "blueprint", m->blueprint) : NULL;
	return b ? &b->module : catalog_find(d->in->catalog, "module", m->id);
}

const lab *draft_lab_item(const plan_draft *d, const plan_lab *l)
{
	const blueprint *b = l->blueprint.len ? catalog_find(d->in->catalog, "blueprint", l->blueprint) : NULL;
	return b ? &b->lab : catalog_find(d->in->catalog, "lab", l->id);
}

const scenario *draft_scenario_item(const plan_draft *d, const plan_scenario *s)
{
	const blueprint *b = s->blueprint.len ? catalog_find(d->in->catalog, "blueprint", s->blueprint) : NULL;
	return s->blueprint.len ? b ? b->scenario : NULL : catalog_find(d->in->catalog, "scenario", s->id);
}

/* A list with one more element, at `at`. The lists are short: each addition copies. */
#define INSERT_AT(a, list, T, at_, ...) \
	do { \
		T *grown_ = NEWN((a), T, (list).len + 1); \
		size_t before_ = (at_); \
		if (grown_) { \
			memcpy(grown_, (list).ptr, before_ * sizeof *grown_); \
			grown_[before_] = (__VA_ARGS__); \
			memcpy(grown_ + before_ + 1, (list).ptr + before_, ((list).len - before_) * sizeof *grown_); \
			(list).ptr = grown_; \
			(list).len++; \
		} \
	} while (0)

#define REMOVE_AT(list, at_) \
	do { \
		size_t gone_ = (at_); \
		memmove((list).ptr + gone_, (list).ptr + gone_ + 1, ((list).len - gone_ - 1) * sizeof *(list).ptr); \
		(list).len--; \
	} while (0)

void draft_add_module(plan_draft *d, const chosen *c, const module *m, int minutes)
{
	size_t at = 0;
	for (; at < d->plan.modules.len; at++) {
		const module *later = draft_module_item(d, &d->plan.modules.ptr[at]);
		if (later && list_has(later->prerequisites, m->id))
			break;
	}
	const chosen *asked =
		c ? c : map_get(&d->in->selection->by_address, arena_printf(d->arena, "module:%.*s", STRF(m->id)));
	plan_module fresh = { .id = m->id,
		.minutes = minutes,
		.week_from = 1,
		.week_to = 1,
		.emphasis = asked ? asked->emphasis : 1, /* as a fresh plan would have it */
		.needs_author = c && c->blueprint,
		.blueprint = c && c->blueprint ? c->blueprint->id : STR(""),
		.skill = c && c->blueprint ? c->row->row->id : STR("") };
	INSERT_AT(d->arena, d->plan.modules, plan_module, at, fresh);
}

void draft_add_lab(plan_draft *d, const chosen *c, const lab *l)
{
	pair_text *targets = NEWN(d->arena, pair_text, l->metrics.len ? l->metrics.len : 1);
	if (!targets)
		return;
	size_t count = 0;
	EACH (const metric, m, l->metrics)
		targets[count++] = (pair_text){ .key = m->id, .value = STR("target") };
	plan_lab fresh = { .id = l->id,
		.minutes = choose_round_up(l->minutes),
		.week = 1,
		.due = 1,
		.required = true,
		.needs_author = c && c->blueprint,
		.blueprint = c && c->blueprint ? c->blueprint->id : STR(""),
		.skill = c && c->blueprint ? c->row->row->id : STR(""),
		.targets = { targets, count } };
	INSERT_AT(d->arena, d->plan.labs, plan_lab, d->plan.labs.len, fresh);
	plan_grade grade = { .item = arena_printf(d->arena, "lab:%.*s", STRF(l->id)) };
	size_t at = 0;
	while (at < d->plan.grading.len && str_starts(d->plan.grading.ptr[at].item, STR("lab:")))
		at++;
	INSERT_AT(d->arena, d->plan.grading, plan_grade, at, grade);
}

/* As a fresh plan has it; NULL: that one has it not. */
static const plan_scenario *fresh_scenario(const plan_draft *d, str id)
{
	if (d->in->fresh)
		EACH (const plan_scenario, s, d->in->fresh->scenarios)
			if (str_eq(s->id, id))
				return s;
	return NULL;
}

void draft_add_scenario(plan_draft *d, const scenario *s)
{
	const plan_scenario *made = fresh_scenario(d, s->id);
	plan_scenario fresh = {
		.id = s->id, .minutes = choose_round_up(s->minutes), .week = 1, .due = 1, .required = true
	};
	if (made) {
		fresh.setting = made->setting;
		fresh.stack.ptr = made->stack.ptr, fresh.stack.len = made->stack.len;
	}
	INSERT_AT(d->arena, d->plan.scenarios, plan_scenario, d->plan.scenarios.len, fresh);
	plan_grade grade = { .item = arena_printf(d->arena, "scenario:%.*s", STRF(s->id)) };
	size_t at = d->plan.grading.len;
	while (at > 0 && str_starts(d->plan.grading.ptr[at - 1].item, STR("capstone:")))
		at--;
	INSERT_AT(d->arena, d->plan.grading, plan_grade, at, grade);
}

static void remove_grade(plan_draft *d, str address)
{
	for (size_t i = 0; i < d->plan.grading.len; i++)
		if (str_eq(d->plan.grading.ptr[i].item, address)) {
			REMOVE_AT(d->plan.grading, i);
			return;
		}
}

/* A capstone goes on without a module that is not taught any more; with none left it goes too. */
static void leave_capstone(plan_draft *d, str module_id)
{
	for (size_t n = d->plan.capstone.len; n-- > 0;) {
		plan_capstone *c = &d->plan.capstone.ptr[n];
		str *left = NEWN(d->arena, str, c->modules.len);
		size_t count = 0;
		for (size_t i = 0; left && i < c->modules.len; i++)
			if (!str_eq(c->modules.ptr[i], module_id))
				left[count++] = c->modules.ptr[i];
		c->modules = (list_str){ .ptr = left, .len = count };
		if (count)
			continue;
		remove_grade(d, arena_printf(d->arena, "capstone:%.*s", STRF(c->id)));
		REMOVE_AT(d->plan.capstone, n);
	}
}

void draft_remove(plan_draft *d, str address)
{
	str id = str_split(address, ':').tail;
	if (str_starts(address, STR("module:"))) {
		leave_capstone(d, id);
		for (size_t i = 0; i < d->plan.modules.len; i++)
			if (str_eq(d->plan.modules.ptr[i].id, id)) {
				REMOVE_AT(d->plan.modules, i);
				return;
			}
	} else if (str_starts(address, STR("lab:"))) {
		for (size_t i = 0; i < d->plan.labs.len; i++)
			if (str_eq(d->plan.labs.ptr[i].id, id)) {
				REMOVE_AT(d->plan.labs, i);
				remove_grade(d, address);
				return;
			}
	} else if (str_starts(address, STR("capstone:"))) {
		for (size_t i = 0; i < d->plan.capstone.len; i++)
			if (str_eq(d->plan.capstone.ptr[i].id, id)) {
				REMOVE_AT(d->plan.capstone, i);
				remove_grade(d, address);
				return;
			}
	} else {
		for (size_t i = 0; i < d->plan.scenarios.len; i++)
			if (str_eq(d->plan.scenarios.ptr[i].id, id)) {
				REMOVE_AT(d->plan.scenarios, i);
				remove_grade(d, address);
				return;
			}
	}
}
