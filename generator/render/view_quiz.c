/* The pages of a formative quiz: its items, and the answers to them. */
#include "render/view.h"

/* Options are lettered: more than the letters have are not read by anybody. */
static str letter(const view *v, size_t i)
{
	return i < 26 ? arena_printf(v->arena, "%c", (char)('A' + i)) : arena_printf(v->arena, "%zu", i + 1);
}

static str keys(const view *v, const quiz_item *item)
{
	vec_str letters = { 0 };
	for (size_t i = 0; i < item->options.len; i++)
		if (item->options.ptr[i].correct)
			vec_push(v->arena, &letters, letter(v, i));
	return view_joined(v, (list_str){ .ptr = letters.ptr, .len = letters.len });
}

static value options(const view *v, const quiz_item *item, bool answers)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < item->options.len; i++) {
		const quiz_option *o = &item->options.ptr[i];
		value one = view_map(v);
		put_plain(v, one, "letter", letter(v, i));
		put_text(v, one, "text", o->text, TEXT_LINE);
		if (answers) {
			put_flag(v, one, "correct", o->correct);
			put_text(v, one, "why", o->why, TEXT_LINE);
		}
		add(v, &out, one);
	}
	return value_of(out);
}

/* Number of the activity to go back to: the first exercise for the outcome, or else the first activity; 0:
 * none.
 */
static size_t activity_again(const module *m, str outcome_id)
{
	size_t first = 0;
	for (size_t i = 0; i < m->activities.len; i++) {
		const activity *act = &m->activities.ptr[i];
		if (act->kind == ACT_QUIZ || !list_has(act->outcomes, outcome_id))
			continue;
		if (act->kind == ACT_EXERCISE)
			return i + 1;
		first = first ? first : i + 1;
	}
	return first;
}

/* Which of the module's outcomes the item prepares for, and where that is practised; neither, if the module
 * has no such outcome any more. */
static void put_outcome(const view *v, value to, const taught_module *t, str id)
{
	put(v, to, "outcome", V_NONE);
	put(v, to, "again", V_NONE);
	for (size_t i = 0; i < t->module->outcomes.len; i++)
		if (str_eq(t->module->outcomes.ptr[i].id, id))
			put(v, to, "outcome", value_int((int64_t)i + 1));
	size_t again = activity_again(t->module, id);
	if (again)
		put(v, to, "again", value_int((int64_t)again));
}

static value items(const view *v, const taught_module *t, bool answers)
{
	vec_value out = { 0 };
	for (size_t i = 0; i < t->quiz->items.len; i++) {
		const quiz_item *item = &t->quiz->items.ptr[i];
		value one = view_map(v);
		put_plain(v, one, "id", item->id);
		put(v, one, "number", value_int((int64_t)i + 1));
		put_block(v, one, "stem", item->stem, 3);
		put_flag(v, one, "multi", item->multi);
		put(v, one, "options", options(v, item, answers));
		put_outcome(v, one, t, item->outcome);
		if (answers) {
			put_plain(v, one, "keys", keys(v, item));
			put_block(v, one, "rationale", item->rationale, 3);
		}
		add(v, &out, one);
	}
	return value_of(out);
}

value view_quiz_link(const view *v, const quiz *q)
{
	return view_link(v, q->title, "quizzes/", q->id);
}

value view_quiz(const view *v, const taught_module *t, bool answers)
{
	const quiz *q = t->quiz;
	str answers_title = arena_printf(v->arena, "Answers to the quiz of %.*s", STRF(t->module->title));
	value page = view_page(v, answers ? answers_title : q->title, "../");
	vec_value crumbs = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_plain(v, page, "id", q->id);
	put(v, page, "module", view_module_link(v, t));
	put(v, page, "questions", view_link(v, q->title, "quizzes/", q->id));
	put(v, page, "answers",
		view_link(v, answers_title, "quizzes/", arena_printf(v->arena, "%.*s-answers", STRF(q->id))));
	put(v, page, "items", items(v, t, answers));
	return page;
}
