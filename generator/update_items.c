/* The items of a course through one cycle: read, moved, and written again. */
#include "update.h"

#include "base/io.h"
#include "evidence/posterior.h"
#include "evidence/trend.h"
#include "evidence/weights.h"
#include "plan/cover.h"
#include "plan/decisions.h"
#include "read/update.h"

#include <math.h>
#include <stdlib.h>

/* ---- reading */

static str state_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("state/items.yaml"));
}

bool update_read_state(updating *u)
{
	cw_context *c = u->context;
	str text, path = state_path(c);
	record_clear(&course_state_record, &u->state);
	if (u->bare || io_stat(path.ptr) == IO_NONE)
		return true;
	if (!io_read(&text, &c->arena, path.ptr, &c->diags))
		return false;
	uint32_t number = sources_add(&c->sources, path, text);
	u->has_state = true;
	return number && course_state_read(&u->state, &c->arena, number, &c->diags);
}

/* ---- estimates */

/* The share of the item in a cycle that was closed, 0 for the first; 0 if it was not kept then. */
static double share_at(const updating *u, const tracked_item *i, size_t cycle_index)
{
	size_t missing = u->state.cycles.len - i->share.len;
	return cycle_index < missing ? 0 : i->share.ptr[cycle_index - missing];
}

estimate update_estimate(updating *u, const item_step *i, estimate now)
{
	const update_settings *p = &u->context->course.policy.update;
	size_t count = u->state.cycles.len;
	cycle_share *all = NEWN(&u->context->arena, cycle_share, count + 1);
	if (!all)
		return now;
	for (size_t k = 0; k < count; k++)
		all[k] =
			(cycle_share){ .effective = u->state.cycles.ptr[k].effective, .share = share_at(u, &i->now, k) };
	all[count] = (cycle_share){ .effective = now.effective, .share = now.share };
	now.above_add = posterior_above(all, count + 1, p->discount, p->add);
	now.above_retire = posterior_above(all, count + 1, p->discount, p->retire);
	return now;
}

/* ---- the first cycle */

static int by_id(const void *x, const void *y)
{
	return str_cmp(((const tracked_item *)x)->id, ((const tracked_item *)y)->id);
}

/* What the plan covers is in, and so is what surely belongs into the course, whether anything covers it or
 * not. */
static tracked_item first_item(updating *u, const plan_draft *people, const cycle_item *counted)
{
	cw_context *c = u->context;
	const update_settings *p = &c->course.policy.update;
	estimate now = cycle_estimate(&u->settled, counted);
	double employers = u->from_ledger ? (double)u->settled.employers.len : NAN;
	bool enough = policy_employers(p, now.employers, employers);
	cover_item cover;
	tracked_item out = {
		.id = counted->id, .name = counted->name, .concepts = counted->concepts, .since = 1, .entered = NAN
	};
	cover_item_init(&cover, &c->arena, &c->catalog, counted->id, counted->name, counted->concepts);
	if (cover_taught(people, &cover) || (now.low80 >= p->add && enough)) {
		out.state = now.low80 >= p->core ? ITEM_CORE : ITEM_PLANNED;
		out.entered = now.low80;
	} else {
		bool reached = now.share >= p->add && enough;
		out.state = reached ? ITEM_CANDIDATE : ITEM_WATCH;
		out.running = reached;
	}
	double *numbers = NEWN(&c->arena, double, 2);
	if (!numbers)
		return out;
	numbers[0] = counted->named;
	numbers[1] = now.share;
	out.named.ptr = numbers, out.share.ptr = numbers + 1;
	out.named.len = out.share.len = 1;
	return out;
}

static str cycle_id(updating *u, str until);

static cycle cycle_of(updating *u, const cycle_counts *counts, str evidence)
{
	str last = counts->until, given = u->context->as_of; /* a date in the future would outlast all others */
	if (given.len && last.len && str_cmp(last, given) > 0)
		last = given;
	return (cycle){ .id = cycle_id(u, last),
		.source = counts->source,
		.from = counts->from,
		.until = last,
		.evidence = evidence,
		.lexicon = u->from_ledger ? u->reader.version : STR(""),
		.vacancies = counts->vacancies,
		.effective = counts->effective,
		.employers = u->from_ledger ? (double)counts->employers.len : NAN };
}

static void append_cycle(updating *u, cycle one)
{
	cycle *grown = NEWN(&u->context->arena, cycle, u->state.cycles.len + 1);
	if (!grown)
		return;
	if (u->state.cycles.len)
		memcpy(grown, u->state.cycles.ptr, u->state.cycles.len * sizeof *grown);
	grown[u->state.cycles.len] = one;
	u->state.cycles.ptr = grown;
	u->state.cycles.len++;
}

bool update_first_cycle(updating *u)
{
	cw_context *c = u->context;
	plan_draft people;
	draft_init(&people, &c->arena, &u->draft, &c->plan);
	VEC(tracked_item) items = { 0 };
	EACH (const cycle_item, i, u->settled.items)
		if (cycle_estimate(&u->settled, i).share >= c->course.policy.update.watch)
			vec_push(&c->arena, &items, first_item(u, &people, i));
	append_cycle(u, cycle_of(u, &u->settled, c->plan.course.evidence));
	if (items.len)
		qsort(items.ptr, items.len, sizeof *items.ptr, by_id);
	u->state.items.ptr = items.ptr;
	u->state.items.len = items.len;
	return !c->arena.failed;
}

/* ---- one step */

static item_step begin_step(const tracked_item *from)
{
	return (item_step){ .now = *from,
		.before = { .state = from->state,
			.running = from->running == SCHEMA_UNSET ? 0 : from->running,
			.entered = from->entered } };
}

/* Tracked items, and what was counted and is frequent enough to be watched. */
static void gather(updating *u)
{
	cw_context *c = u->context;
	map known = { .arena = &c->arena };
	VEC(tracked_item) all = { 0 };
	EACH (const tracked_item, i, u->state.items) {
		vec_push(&c->arena, &all, *i);
		map_put(&known, i->id, (void *)i);
	}
	EACH (const cycle_item, i, u->counts.items)
		if (!map_has(&known, i->id) && cycle_estimate(&u->counts, i).share >= c->course.policy.update.watch)
			vec_push(&c->arena, &all,
				(tracked_item){ .id = i->id, .name = i->name, .concepts = i->concepts, .entered = NAN });
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, by_id);
	EACH (const tracked_item, i, all)
		vec_push(&c->arena, &u->items, begin_step(i));
}

static void step(updating *u, item_step *i)
{
	cw_context *c = u->context;
	const update_settings *p = &c->course.policy.update;
	i->counted = cycle_find(&u->counts, i->now.id);
	if (i->counted) {
		i->now.name = i->counted->name;
		i->now.concepts = i->counted->concepts;
	}
	i->pin = decision_of(&c->plan, DECISION_PIN, i->now.id, u->as_of);
	i->against = decision_against(&c->plan, &c->facts, i->now.id, u->as_of);
	i->input = (policy_input){ .now = update_estimate(u, i, cycle_estimate(&u->counts, i->counted)),
		.sample_employers = u->from_ledger ? (double)u->counts.employers.len : NAN,
		.owned = i->against != NULL,
		.pinned = i->pin != NULL,
		.guarded = p->protect_until.len && u->as_of.len && str_cmp(u->as_of, p->protect_until) <= 0 };
	i->result = policy_step(p, i->before, &i->input);
}

/* Labels only: nothing is decided by them. */
static void label_trends(updating *u)
{
	cw_context *c = u->context;
	const trend_settings *t = &c->course.analysis.trend;
	double *q = NEWN(&c->arena, double, u->items.len + 1);
	size_t last = u->state.cycles.len;
	double size = last ? round(u->state.cycles.ptr[last - 1].effective) : 0,
		   now_size = round(u->counts.effective);
	bool testable = size >= t->least_postings && now_size >= t->least_postings;
	for (size_t i = 0; q && i < u->items.len; i++) {
		const item_step *s = &u->items.ptr[i];
		double before = last ? share_at(u, &s->now, last - 1) : 0;
		q[i] = testable
				   ? fisher_exact(round(s->input.now.share * now_size), now_size, round(before * size), size)
				   : NAN;
	}
	if (!q)
		return;
	false_discovery(q, q, u->items.len, &c->arena);
	for (size_t i = 0; i < u->items.len; i++) {
		item_step *s = &u->items.ptr[i];
		double change_ = s->input.now.share - (last ? share_at(u, &s->now, last - 1) : 0);
		s->trend = isnan(q[i])     ? STR("untested")
				   : q[i] > t->fdr ? STR("steady")
				   : change_ > 0   ? STR("rising")
								   : STR("falling");
	}
}

bool update_step_items(updating *u)
{
	gather(u);
	EACH (item_step, i, u->items)
		step(u, i);
	label_trends(u);
	return !u->context->arena.failed;
}

/* ---- after it */

static void append_number(updating *u, double **ptr, size_t *len, double number)
{
	double *grown = NEWN(&u->context->arena, double, *len + 1);
	if (!grown)
		return;
	if (*len)
		memcpy(grown, *ptr, *len * sizeof *grown);
	grown[*len] = number;
	*ptr = grown;
	++*len;
}

static double rounded(double share)
{
	return round(share * 1e6) / 1e6;
}

static void close_item(updating *u, item_step *i)
{
	tracked_item *t = &i->now;
	int number = (int)u->state.cycles.len; /* this cycle is appended already */
	append_number(u, &t->named.ptr, &t->named.len, i->counted ? i->counted->named : 0);
	append_number(u, &t->share.ptr, &t->share.len, rounded(i->input.now.share));
	if (i->result.memory.state != i->before.state)
		t->since = number;
	t->state = i->result.memory.state;
	t->running = i->result.memory.running;
	t->entered = isnan(i->result.memory.entered) ? NAN : rounded(i->result.memory.entered);
	i->dropped = t->state == ITEM_ABSENT;
}

void update_close_cycle(updating *u)
{
	arena *a = &u->context->arena;
	append_cycle(u, cycle_of(u, &u->counts, u->evidence));
	tracked_item *kept = NEWN(a, tracked_item, u->items.len + 1);
	size_t count = 0;
	EACH (item_step, i, u->items) {
		close_item(u, i);
		if (kept && !i->dropped)
			kept[count++] = i->now;
	}
	u->state.items.ptr = kept;
	u->state.items.len = kept ? count : 0;
}

/* "2025-q4-01": the quarter of the last date and a number in it. */
static str cycle_id(updating *u, str until)
{
	arena *a = &u->context->arena;
	int month;
	if (!until.len || !month_parse(&month, until))
		return arena_printf(a, "cycle-%02zu", u->state.cycles.len + 1);
	str quarter = arena_printf(a, "%04d-q%d", month / 12, month % 12 / 3 + 1);
	size_t number = 1;
	EACH (const cycle, one, u->state.cycles)
		number += str_starts(one->id, quarter);
	return arena_printf(a, "%.*s-%02zu", STRF(quarter), number);
}
