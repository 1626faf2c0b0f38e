#include "plan/replan_parts.h"

#include "base/number.h"
#include "read/plan.h"

#include <math.h>
#include <stdlib.h>

void replan_note(replanner *r, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vec_push(r->arena, &r->out->notes, arena_vprintf(r->arena, format, args));
	va_end(args);
}

void replan_note_names(replanner *r, const char *before, const vec_str *names)
{
	enum { NAMED = 15 };
	buf b = { .arena = r->arena };
	buf_str(&b, str_from(before));
	for (size_t i = 0; i < names->len && i < NAMED; i++)
		buf_printf(&b, "%s%.*s", i ? ", " : "", STRF(names->ptr[i]));
	if (names->len > NAMED)
		buf_printf(&b, " and %zu more", names->len - NAMED);
	buf_char(&b, '.');
	if (names->len)
		vec_push(r->arena, &r->out->notes, buf_done(&b));
}

str replan_hours(arena *a, int minutes)
{
	buf b = { .arena = a };
	buf_rounded(&b, minutes / 60.0, 2);
	BUF_LIT(&b, " h");
	return buf_done(&b);
}

static int by_address(const void *x, const void *y)
{
	return str_cmp(((const moved_minutes *)x)->address, ((const moved_minutes *)y)->address);
}

/* Without what cancelled out, by address; and what gave time. */
static void sort_minutes(replanner *r, replan_edit *e)
{
	size_t kept = 0;
	vec_str shrinks = { 0 };
	vec_moved *all = &e->moved;
	if (all->len)
		qsort(all->ptr, all->len, sizeof *all->ptr, by_address);
	for (size_t i = 0; i < all->len; i++) /* what gives time may be what gets some */
		if (kept && str_eq(all->ptr[kept - 1].address, all->ptr[i].address))
			all->ptr[kept - 1].minutes += all->ptr[i].minutes;
		else
			all->ptr[kept++] = all->ptr[i];
	all->len = kept;
	kept = 0;
	for (size_t i = 0; i < all->len; i++)
		if (all->ptr[i].minutes)
			all->ptr[kept++] = all->ptr[i];
	all->len = kept;
	EACH (const moved_minutes, m, e->moved)
		if (m->minutes < 0)
			vec_push(r->arena, &shrinks, m->address);
	e->shrinks = (list_str){ shrinks.ptr, shrinks.len };
}

void replan_keep(replanner *r, replan_edit e)
{
	draft_settle(&r->draft);
	sort_minutes(r, &e);
	e.made = plan_text(r->arena, &r->draft.plan);
	vec_push(r->arena, &r->out->edits, e);
}

str replan_title(replanner *r, str address)
{
	str_cut cut = str_split(address, ':');
	const chosen *made = map_get(&r->draft.in->selection->by_address, address);
	const module *m = !str_eq(cut.head, STR("module")) ? NULL
					  : made                           ? made->item
							 : catalog_find(r->draft.in->catalog, "module", cut.tail);
	const scenario *s = !str_eq(cut.head, STR("scenario")) ? NULL
						: made                             ? made->item
							   : catalog_find(r->draft.in->catalog, "scenario", cut.tail);
	return m ? m->title : s ? s->title : cut.tail;
}

void replan_empty_pool(replanner *r)
{
	if (!r->pool || !r->out->edits.len)
		return;
	replan_edit last = r->out->edits.ptr[--r->out->edits.len];
	int left = draft_give(&r->draft, r->pool, &last.moved);
	if (left) {
		r->draft.plan.course.minutes -= left;
		replan_note(r, "%.*s are free: no module can use them, and the course is so much shorter.",
			STRF(replan_hours(r->arena, left)));
	}
	r->pool = 0;
	replan_keep(r, last);
}

static void begin(replanner *r, arena *a, const replan_input *in, replan_result *out)
{
	*r = (replanner){ .arena = a, .in = in, .out = out, .covers = NEWN(a, cover_item, in->items.len + 1) };
	draft_init(&r->draft, a, in->context, in->base);
	draft_init(&r->people, a, in->context, in->edited);
	r->draft.plan.course.evidence = in->evidence;
	const plan *fresh = in->context->fresh;
	if (fresh && fresh->course.minutes > in->base->course.minutes && !isnan(in->context->course->hours))
		r->extra = fresh->course.minutes - in->base->course.minutes;
	for (size_t i = 0; r->covers && i < in->items.len; i++) {
		const tracked_item *item = in->items.ptr[i].item;
		cover_item_init(&r->covers[i], a, in->context->catalog, item->id, item->name, item->concepts);
	}
}

void replan_raise(replanner *r, int minutes)
{
	plan_header *h = &r->draft.plan.course;
	if (minutes <= 0)
		return;
	r->extra -= minutes;
	h->minutes += minutes;
	if (h->weeks * h->minutes_per_week < h->minutes) {
		h->weeks = r->in->context->fresh->course.weeks;
		h->minutes_per_week = r->in->context->fresh->course.minutes_per_week;
	}
}

/* What is taken away frees time; how much of it additions will need, only adding says. */
static int minutes_wanted(arena *a, const replan_input *in)
{
	replan_result unheard = { 0 };
	replanner r;
	begin(&r, a, in, &unheard);
	r.trial = true;
	if (a->failed)
		return 0;
	replan_retire(&r);
	replan_add(&r);
	return r.wanted;
}

bool replan(replan_result *out, arena *a, const replan_input *in)
{
	*out = (replan_result){ .base_text = plan_text(a, in->base) };
	replanner r;
	begin(&r, a, in, out);
	if (a->failed)
		return false;
	r.wanted = minutes_wanted(a, in);
	replan_retire(&r);
	replan_add(&r);
	replan_empty_pool(&r);
	replan_reweigh(&r);
	replan_note_names(&r, "Belong into the course now, and are covered already: ", &r.covered);
	replan_note_names(
		&r, "Have another weight now, and the hours that follow from it already: ", &r.reweighed);
	out->made = r.draft.plan;
	return !a->failed;
}
