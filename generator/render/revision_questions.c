/* The reviewer's questions. Each asker looks for what it asks about and stays silent where there is nothing
 * of it; they are asked in the order of the table until there are enough. The last ones always have something
 * to ask. */
#include "base/number.h"
#include "render/policy_words.h"
#include "render/revision.h"

#include <math.h>
#include <stdlib.h>

enum { QUESTIONS_MOST = 7, CLOSE_CALL = 3, NOTE_MOST = 160, GRADE_LEAST = 5 };

typedef revision_reader reader;

/* An empty answer is no question. */
typedef str asker(const reader *x);

static arena *arena_of(const reader *x)
{
	return x->v->arena;
}

static str name_of(const reader *x, const change *c)
{
	return c->name.len ? c->name : c->target.len ? revision_title(x, c->target) : c->id;
}

static str number_text(const reader *x, double n)
{
	buf b = { .arena = arena_of(x) };
	buf_rounded(&b, n, 1);
	return buf_done(&b);
}

/* ---- what was decided */

static str ask_approval(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (c->needs_approval.len && !c->approved_by.len)
			return arena_printf(arena_of(x), "The change for %.*s waits for approval (%.*s). Do you give it?",
				STRF(name_of(x, c)), STRF(c->needs_approval));
	return STR("");
}

static str ask_revert(const reader *x)
{
	str what = revision_reverts(x);
	if (!what.len)
		return STR("");
	return arena_printf(arena_of(x),
		"Has anybody already worked with what is taken back (%.*s)? Who tells them, and what do they do "
		"instead?",
		STRF(what));
}

/* ---- what gives the time */

/* The item that loses most over all changes and stays; empty if none does. */
static str largest_loss(const reader *x, int *minutes)
{
	str item = STR("");
	*minutes = 0;
	EACH (const change, c, x->r->changes)
		EACH (const change_minutes, m, c->effect.minutes) {
			int sum = revision_fate(x->r, m->key) == FATE_LEFT ? 0 : revision_minutes(x->r, m->key);
			if (sum < *minutes) {
				*minutes = sum;
				item = m->key;
			}
		}
	return item;
}

static str ask_loss(const reader *x)
{
	int minutes;
	str item = largest_loss(x, &minutes);
	if (!item.len)
		return STR("");
	return arena_printf(arena_of(x),
		"Can %.*s spare %.*s? Name the activity that gets shorter, and the outcome "
		"that could suffer.",
		STRF(revision_title(x, item)), STRF(revision_time(arena_of(x), abs(minutes))));
}

static str ask_removed(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (c->kind == EDIT_RETIRE)
			return arena_printf(arena_of(x),
				"%.*s leaves. Does a later module, a lab, a scenario or a group that is under way still rely "
				"on it?",
				STRF(name_of(x, c)));
	return STR("");
}

/* ---- the evidence */

static str ask_employers(const reader *x)
{
	EACH (const change, c, x->r->changes) {
		str said = c->robust.leave_one_employer_out;
		if (str_starts(said, STR("fragile")))
			return arena_printf(arena_of(x),
				"The case for the change to %.*s hangs on one employer (%.*s). Is it the role that changes, "
				"or "
				"that company?",
				STRF(name_of(x, c)), STRF(revision_detail(said)));
		if (str_starts(said, STR("unknown")) && c->why.evidence.len)
			return arena_printf(arena_of(x),
				"Little is known of the employers behind %.*s. Look at posting %.*s and the others: are they "
				"of "
				"one employer?",
				STRF(name_of(x, c)), STRF(c->why.evidence.ptr[0]));
	}
	return STR("");
}

static str ask_close_call(const reader *x)
{
	EACH (const change, c, x->r->changes) {
		int after = c->robust.reverse_after;
		if (after != SCHEMA_UNSET && after >= 0 && after <= CLOSE_CALL && c->robust.reverse_by.len)
			return arena_printf(arena_of(x),
				"%d further %s %.*s would take the decision on %.*s back. Is it wiser to wait for the next "
				"cycle?",
				after, after == 1 ? "vacancy" : "vacancies", STRF(c->robust.reverse_by), STRF(name_of(x, c)));
	}
	return STR("");
}

static str ask_postings(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (c->why.evidence.len)
			return arena_printf(arena_of(x),
				"Read posting %.*s%s%.*s: is %.*s work that people do there, or only a word in a list?",
				STRF(c->why.evidence.ptr[0]), c->why.evidence.len > 1 ? " and posting " : "",
				STRF(c->why.evidence.len > 1 ? c->why.evidence.ptr[1] : STR("")), STRF(name_of(x, c)));
	return STR("");
}

/* ---- what comes */

static str ask_outcome(const reader *x)
{
	EACH (const change, c, x->r->changes) {
		size_t count = c->effect.outcomes_added.len;
		str what = count > 1 ? arena_printf(arena_of(x), "One of the %zu new outcomes", count)
							 : STR("The new outcome");
		if (count)
			return arena_printf(arena_of(x),
				"%.*s is: \xE2\x80\x9C%.*s\xE2\x80\x9D Which task and which criterion show that somebody has "
				"reached it?",
				STRF(what), STRF(revision_title_of(x, "outcome", c->effect.outcomes_added.ptr[0])));
	}
	return STR("");
}

static str ask_new_task(const reader *x)
{
	EACH (const change, c, x->r->changes) {
		str target = c->target.len ? revision_title(x, c->target) : STR("");
		int minutes = revision_minutes(x->r, c->target);
		str time = minutes > 0
					   ? arena_printf(arena_of(x), " in %.*s", STRF(revision_time(arena_of(x), minutes)))
					   : STR("");
		if (c->kind == EDIT_EXERCISE && target.len)
			return arena_printf(arena_of(x),
				"Can learners do the new exercise on %.*s%.*s, with what they know when %.*s is taught?",
				STRF(name_of(x, c)), STRF(time), STRF(target));
		if ((c->kind == EDIT_TASK || c->kind == EDIT_MODULE) && target.len)
			return arena_printf(arena_of(x),
				"Who has worked through %.*s from end to end%.*s, and what did they trip over?", STRF(target),
				STRF(time));
		if (c->kind == EDIT_LINK && target.len)
			return arena_printf(arena_of(x), "Does %.*s really teach what postings mean by %.*s?",
				STRF(target), STRF(name_of(x, c)));
		if (c->kind == EDIT_TECHNOLOGY && target.len)
			return arena_printf(arena_of(x),
				"Does %.*s fit into %.*s, or would facilitators have to explain it away?",
				STRF(name_of(x, c)), STRF(target));
	}
	return STR("");
}

/* Long notes are quoted up to a word. */
static str quoted(const reader *x, str s)
{
	size_t end = s.len;
	if (s.len > NOTE_MOST)
		for (end = NOTE_MOST; end && s.ptr[end] != ' ';)
			end--;
	return end < s.len ? arena_printf(arena_of(x), "%.*s ...", STRF(str_sub(s, 0, end))) : s;
}

static str ask_note(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (c->learner_note.len)
			return arena_printf(arena_of(x),
				"The note for learners says: \xE2\x80\x9C%.*s\xE2\x80\x9D Is it right for somebody who is "
				"half "
				"through, and for somebody who has finished?",
				STRF(quoted(x, c->learner_note)));
	return STR("");
}

static str ask_rubric(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (c->effect.rubrics_touched.len)
			return arena_printf(arena_of(x),
				"Let two graders score the same piece of work by the rubric of %.*s: do they agree?",
				STRF(revision_title_of(x, "rubric", c->effect.rubrics_touched.ptr[0])));
	return STR("");
}

static double percent_of(str text)
{
	double out;
	return number_parse(&out, str_split(text, ' ').head) ? out : 0;
}

/* Parts of the grade that shift by a point or two are what rounding does. */
static str ask_grading(const reader *x)
{
	const course_difference *most = NULL;
	double largest = 0;
	EACH (const course_difference, d, x->r->differences) {
		double shift = fabs(percent_of(d->after) - percent_of(d->before));
		if (!str_eq(d->part, STR("grading")) || !d->item.len || shift < GRADE_LEAST || shift <= largest)
			continue;
		largest = shift;
		most = d;
	}
	if (!most)
		return STR("");
	return arena_printf(arena_of(x),
		"The part of %.*s in the grade goes from %.*s to %.*s. May that change while a group is under way?",
		STRF(revision_title(x, most->item)), STRF(most->before.len ? most->before : STR("nothing")),
		STRF(most->after.len ? most->after : STR("nothing")));
}

/* ---- what can always be asked */

static str ask_sample(const reader *x)
{
	EACH (const change, c, x->r->changes)
		if (!isnan(c->why.now.n))
			return arena_printf(arena_of(x),
				"Do the %.*s vacancies of cycle %.*s stand for the role, the level and the region that "
				"this "
				"course is for?",
				STRF(number_text(x, c->why.now.n)), STRF(revision_cycle(x->r)));
	return STR("");
}

static str ask_basis(const reader *x)
{
	if (!(x->r->policy_basis > 0))
		return STR("");
	return arena_printf(arena_of(x),
		"%.*s of %.*s items are in the course because people decided so, whatever postings say. Do the "
		"reasons "
		"still hold?",
		STRF(number_text(x, x->r->policy_basis)), STRF(number_text(x, x->r->items_in)));
}

static str ask_version(const reader *x)
{
	const revision *r = x->r;
	if (r->bump < 0 || r->bump > BUMP_MAJOR)
		return STR("");
	return arena_printf(arena_of(x), "Is %.*s rightly a %s release, that is: %s?", STRF(r->version_after),
		bump_names[r->bump], bump_text(r->bump));
}

static str ask_missing(const reader *x)
{
	return arena_printf(arena_of(x),
		"What has become part of the work since version %.*s, although no posting says so?",
		STRF(x->r->version_before));
}

static str ask_edits(const reader *x)
{
	return arena_printf(arena_of(x),
		"Did anybody edit the plan by hand before version %.*s, and does the edit still make sense beside "
		"the "
		"changes?",
		STRF(x->r->version_after));
}

static str ask_page(const reader *x)
{
	return arena_printf(arena_of(x),
		"Read the page of changes as a learner would: does it say what is different in version %.*s, and "
		"what to "
		"do?",
		STRF(x->r->version_after));
}

static str ask_day(const reader *x)
{
	return arena_printf(arena_of(x),
		"From which day does version %.*s hold, and do those who began with version %.*s finish with it?",
		STRF(x->r->version_after), STRF(x->r->version_before));
}

static str ask_owner(const reader *x)
{
	return arena_printf(arena_of(x),
		"Who signs version %.*s, and whom do learners and instructors ask about it?",
		STRF(x->r->version_after));
}

static asker *const askers[] = {
	ask_approval,
	ask_revert,
	ask_loss,
	ask_employers,
	ask_removed,
	ask_note,
	ask_outcome,
	ask_new_task,
	ask_close_call,
	ask_rubric,
	ask_grading,
	ask_postings,
	ask_sample,
	ask_basis,
	ask_version,
	ask_missing,
	ask_edits,
	ask_page,
	ask_day,
	ask_owner,
};

list_str revision_questions(const reader *x)
{
	vec_str out = { 0 };
	for (size_t i = 0; i < COUNT(askers) && out.len < QUESTIONS_MOST; i++) {
		str question = askers[i](x);
		if (question.len)
			vec_push(arena_of(x), &out, question);
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}
