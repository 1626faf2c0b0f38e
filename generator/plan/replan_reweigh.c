/* Time for items that the course has, and whose place in it changed. */
#include "plan/replan_parts.h"

/* 1: up, -1: down, 0: it stays, or it came or went, which is an edit of another kind. */
static int direction_of(const moved_item *m)
{
	static const int rank[ITEM_STATES] = { [ITEM_DECLINING] = 1, [ITEM_PLANNED] = 2, [ITEM_CORE] = 3 };
	int before = rank[m->from], now = rank[m->item->state];
	return before && now ? (now > before) - (now < before) : 0;
}

static bool has_edit(const replanner *r, const moved_item *m)
{
	EACH (const replan_edit, e, r->out->edits)
		if (e->about == m)
			return true;
	return false;
}

static void reweigh(replanner *r, const moved_item *m, const cover_item *i, bool up)
{
	const plan_module *home = ladder_home(&r->draft, i);
	replan_edit e = { .step = EDIT_HOURS, .about = m, .bump = BUMP_MINOR };
	if (!home || !draft_reweigh(&r->draft, home->id, up, &e.moved)) {
		if (m->item->state != ITEM_DECLINING)
			vec_push(r->arena, &r->reweighed, m->item->name);
		return;
	}
	e.target = arena_printf(r->arena, "module:%.*s", STRF(home->id));
	int moved = 0;
	EACH (const moved_minutes, one, e.moved)
		if (str_eq(one->address, e.target))
			moved = one->minutes;
	e.summary = arena_printf(r->arena, "The module \"%.*s\" has %.*s %s.", STRF(replan_title(r, e.target)),
		STRF(replan_hours(r->arena, moved < 0 ? -moved : moved)), up ? "more" : "less");
	if (up)
		e.learner_note = arena_printf(r->arena, "The module \"%.*s\" has more time for practice than before.",
			STRF(replan_title(r, e.target)));
	considered_step *list = NEWN(r->arena, considered_step, 2);
	if (list) {
		list[0] = (considered_step){ .step = EDIT_EVIDENCE,
			.why_not = arena_printf(r->arena,
				"its place in the course changed from %s to %s, and its module has not the hours that follow",
				item_state_names[m->from], item_state_names[m->item->state]) };
		list[1] = (considered_step){ .step = EDIT_EXERCISE, .why_not = STR("the course covers it already") };
		e.considered.ptr = list;
		e.considered.len = 2;
	}
	replan_keep(r, e);
}

void replan_reweigh(replanner *r)
{
	for (size_t i = 0; i < r->in->items.len; i++) {
		const moved_item *m = &r->in->items.ptr[i];
		int way = direction_of(m);
		if (way && !has_edit(r, m))
			reweigh(r, m, &r->covers[i], way > 0);
	}
}
