#include "plan/capstone.h"

#include "plan/decisions.h"
#include "rules/select.h"

#include <stdlib.h>

enum { MODULES_LEAST = 2, OUTCOMES_ANY = 2 };

static bool is_any(const capstone_part *p)
{
	return str_eq(p->module, STR("*"));
}

const capstone_part *capstone_part_for(const capstone *c, str module_id)
{
	const capstone_part *any = NULL;
	EACH (const capstone_part, p, c->parts) {
		if (str_eq(p->module, module_id))
			return p;
		any = is_any(p) ? p : any;
	}
	return any;
}

/* ---- choosing */

static int by_weight(const void *x, const void *y)
{
	const demanded *a = *(const demanded *const *)x, *b = *(const demanded *const *)y;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return str_cmp(a->module->id, b->module->id);
}

/* The heaviest modules that it has a part for, at most as many as it takes. */
static list_str heaviest(const choice *c, const capstone *item)
{
	const demanded **sorted = NEWN(c->arena, const demanded *, c->module_count);
	str *ids = NEWN(c->arena, str, c->module_count);
	list_str out = { .ptr = ids };
	if (!sorted || !ids)
		return out;
	for (size_t i = 0; i < c->module_count; i++)
		sorted[i] = &c->demands[i];
	if (c->module_count)
		qsort(sorted, c->module_count, sizeof *sorted, by_weight);
	for (size_t i = 0; i < c->module_count && out.len < (size_t)item->take; i++)
		if (capstone_part_for(item, sorted[i]->module->id))
			ids[out.len++] = sorted[i]->module->id;
	return out;
}

static bool has_any(const capstone *item)
{
	EACH (const capstone_part, p, item->parts)
		if (is_any(p))
			return true;
	return false;
}

static bool is_pinned(const choice *c, const capstone *item)
{
	str address = arena_printf(c->arena, "capstone:%.*s", STRF(item->id));
	return decision_of(c->in->former, DECISION_PIN, address, c->in->as_of) != NULL;
}

/* Why the course does not get it; empty: it does. */
static str obstacle(const choice *c, const capstone *item, list_str modules, int budget)
{
	size_t least = has_any(item) ? MODULES_LEAST : (size_t)item->take;
	int level = c->in->facts->level;
	const decision *ban = decision_of(
		c->in->former, DECISION_BAN, arena_printf(c->arena, "capstone:%.*s", STRF(item->id)), c->in->as_of);
	if (ban)
		return arena_printf(c->arena, "banned: %.*s", STRF(ban->reason));
	bool pinned = is_pinned(c, item);
	if (!pinned && !has_any(item) && !level_suits(item->level, level))
		return arena_printf(c->arena, "written for %s; a %s course takes that level or the one below",
			level_names[item->level], level_names[level]);
	if (modules.len < least)
		return arena_printf(
			c->arena, "integrates %zu modules, and the course has %zu that it knows", least, modules.len);
	if (!pinned && item->minutes > budget * CAPSTONE_PART_MOST)
		return arena_printf(c->arena, "takes %g h, more than %g %% of the course", item->minutes / 60.0,
			CAPSTONE_PART_MOST * 100);
	return STR("");
}

static str joined(arena *a, list_str words)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < words.len; i++)
		buf_printf(&b, "%smodule:%.*s", i ? ", " : "", STRF(words.ptr[i]));
	return buf_done(&b);
}

static void try_one(capstone_choice *out, choice *c, const capstone *item, int budget)
{
	str address = arena_printf(c->arena, "capstone:%.*s", STRF(item->id));
	list_str modules = heaviest(c, item);
	str why = out->item ? STR("another capstone was taken") : obstacle(c, item, modules, budget);
	if (why.len) {
		choose_remark(c, address, false, "%.*s", STRF(why));
		return;
	}
	*out = (capstone_choice){ .item = item,
		.minutes = choose_round_up(item->minutes),
		.modules = modules,
		.pinned = is_pinned(c, item) };
	choose_remark(c, address, true, "%sintegrates the heaviest modules that it has a part for: %.*s",
		out->pinned ? "pinned; " : "", STRF(joined(c->arena, modules)));
}

/* Pinned ones first. */
void capstone_choose(capstone_choice *out, choice *c, int budget)
{
	*out = (capstone_choice){ 0 };
	if (c->in->course->grading.capstone == 0)
		return;
	for (int pinned = 1; pinned >= 0; pinned--)
		EACH (capstone *const, item, c->in->catalog->capstones)
			if (is_pinned(c, *item) == (bool)pinned)
				try_one(out, c, *item, budget);
}

void capstone_drop(capstone_choice *out, choice *c)
{
	choose_remark(c, arena_printf(c->arena, "capstone:%.*s", STRF(out->item->id)), false,
		"left out after all: what is required fills the hours that course.yaml states");
	*out = (capstone_choice){ 0 };
}

/* ---- what it asks for */

/* For a module that the capstone has no part of its own for: its highest outcomes, one criterion after the
 * other, going on where the part before it (`at`: its number) stopped. */
static void give_highest(capstone_part *p, size_t at, arena *a, const module *m)
{
	list_str *lists = NEWN(a, list_str, p->scores.len);
	const outcome *taken[OUTCOMES_ANY] = { NULL };
	if (!lists || !p->scores.len)
		return;
	for (size_t n = 0; n < OUTCOMES_ANY; n++) {
		EACH (const outcome, o, m->outcomes) {
			bool used = false;
			for (size_t i = 0; i < n; i++)
				used |= taken[i] == o;
			if (!used && (!taken[n] || o->bloom > taken[n]->bloom))
				taken[n] = o;
		}
		if (!taken[n])
			break;
		list_str *to = &lists[(at * OUTCOMES_ANY + n) % p->scores.len];
		if (!to->ptr)
			to->ptr = NEWN(a, str, OUTCOMES_ANY);
		if (to->ptr)
			to->ptr[to->len++] = taken[n]->id;
	}
	for (size_t i = 0; i < p->scores.len; i++)
		p->scores.ptr[i].outcomes = lists[i];
}

bool capstone_fill(capstone *c, arena *a, const curriculum *in, list_str modules, loc at, diags *d)
{
	capstone_part *parts = NEWN(a, capstone_part, modules.len);
	bool ok = parts && modules.len;
	map seen = { .arena = a };
	if (!modules.len)
		diag_add(d, E_BAD_VALUE, at, "capstone '%.*s' integrates no module", STRF(c->id));
	for (size_t i = 0; parts && i < modules.len; i++) {
		str id = modules.ptr[i];
		if (map_put(&seen, id, c)) {
			diag_add(d, E_DUPLICATE_ID, at, "capstone '%.*s' integrates the module '%.*s' twice", STRF(c->id),
				STRF(id));
			ok = false;
		}
		const taught_module *m = curriculum_module(in, id);
		const capstone_part *from = m ? capstone_part_for(c, id) : NULL;
		if (!from) {
			diag_add(d, E_UNKNOWN_REFERENCE, at,
				m ? "capstone '%.*s' has no part for the module '%.*s'"
				  : "capstone '%.*s' integrates the module '%.*s', which is not in the plan",
				STRF(c->id), STRF(id));
			ok = false;
			continue;
		}
		fill_word words[] = { { STR("module"), m->module->title } };
		record_copy(a, &capstone_part_record, &parts[i], from, (list_fill_word){ words, COUNT(words) });
		parts[i].module = id;
		if (is_any(from))
			give_highest(&parts[i], i, a, m->module);
	}
	c->parts.ptr = parts;
	c->parts.len = parts ? modules.len : 0;
	return ok;
}
