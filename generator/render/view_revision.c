/* The record of one revision, and the list of all. Figures are words here and no numbers with addresses:
 * they are those of a time that is over, and `explain` knows only the present. */
#include "base/number.h"
#include "render/policy_words.h"
#include "render/revision.h"

#include <math.h>
#include <stdlib.h>

typedef revision_reader reader;

#define MINUS "\xE2\x88\x92"
#define ARROW "\xE2\x86\x92"

static str rounded(const reader *x, double n, int decimals, const char *after)
{
	buf b = { .arena = x->v->arena };
	if (isnan(n))
		return STR("");
	buf_rounded(&b, n, decimals);
	buf_str(&b, str_from(after));
	return buf_done(&b);
}

static str count_text(const reader *x, double n)
{
	return rounded(x, n, 1, "");
}

static str share_text(const reader *x, double share)
{
	return rounded(x, share * 100, 0, " %");
}

/* Nothing that is estimated is certain. */
static str probability_text(const reader *x, double p)
{
	return p > 0.99 ? STR("more than 99 %") : p < 0.01 ? STR("less than 1 %") : share_text(x, p);
}

/* Of the items in the course. */
static str rate_text(const reader *x, double part)
{
	return x->r->items_in > 0 ? share_text(x, part / x->r->items_in) : STR("");
}

/* "+1.5 h". */
static str signed_minutes(const reader *x, int minutes)
{
	const char *sign = minutes > 0 ? "+" : minutes < 0 ? MINUS : "";
	return arena_printf(x->v->arena, "%s%.*s", sign, STRF(revision_time(x->v->arena, abs(minutes))));
}

/* {title, href}: what an address means; no address: several items. `href` is empty where there is no page of
 * it. */
static value view_place(const reader *x, str address)
{
	const view *v = x->v;
	str_cut cut = str_split(address, ':');
	value link = V_NONE;
	if (v->c && str_eq(cut.head, STR("module")) && curriculum_module(v->c, cut.tail))
		link = view_link(v, STR(""), "modules/", cut.tail);
	else if (v->c && str_eq(cut.head, STR("lab")) && curriculum_lab(v->c, cut.tail))
		link = view_link(v, STR(""), "labs/", cut.tail);
	else if (v->c && str_eq(cut.head, STR("scenario")) && curriculum_scenario(v->c, cut.tail))
		link =
			view_link(v, STR(""), "assessments/", arena_printf(v->arena, "%.*s/participant", STRF(cut.tail)));
	else if (v->c && str_eq(cut.head, STR("capstone")) && curriculum_capstone(v->c, cut.tail))
		link = view_link(v, STR(""), "capstone/", cut.tail);
	const value *href = value_get(link, STR("href"));
	value out = view_map(v);
	bool whole = str_eq(address, STR("course"));
	put_plain(v, out, "title",
		whole         ? STR("The course")
		: address.len ? revision_title(x, address)
					  : STR("Several"));
	put(v, out, "href", href ? *href : value_string(STR("")));
	return out;
}

/* ---- one change: why */

typedef struct {
	const char *label;
	str now, was;
} figure;

static str of_text(const reader *x, double k, double n)
{
	if (isnan(k) || isnan(n))
		return STR("");
	return arena_printf(x->v->arena, "%.*s of %.*s", STRF(count_text(x, k)), STRF(count_text(x, n)));
}

static str interval_text(const reader *x, const double *ends, size_t count)
{
	if (count != 2)
		return STR("");
	return arena_printf(
		x->v->arena, "%.*s to %.*s", STRF(share_text(x, ends[0])), STRF(share_text(x, ends[1])));
}

static void put_figures(const reader *x, value out, const change_why *why)
{
	const change_numbers *now = &why->now;
	const change_before *was = &why->was;
	const figure figures[] = {
		{ "Vacancies", isnan(now->k) ? count_text(x, now->n) : STR(""), STR("") },
		{ "Vacancies that name it", of_text(x, now->k, now->n), of_text(x, was->k, was->n) },
		{ "Share", share_text(x, now->share), share_text(x, was->share) },
		{ "80 % interval of the share", interval_text(x, now->i80.ptr, now->i80.len), STR("") },
		{ "95 % interval of the share", interval_text(x, now->i95.ptr, now->i95.len), STR("") },
		{ "Effective sample size", count_text(x, now->n_eff), STR("") },
		{ "Employers that name it", count_text(x, now->employers), STR("") },
		{ "Probability, by all cycles together, that the share is above the threshold",
			str_eq(x->r->preset, STR("beta")) ? probability_text(x, now->p_above) : STR(""), STR("") },
	};
	vec_value rows = { 0 };
	for (size_t i = 0; i < COUNT(figures); i++) {
		if (!figures[i].now.len && !figures[i].was.len)
			continue;
		value one = view_map(x->v);
		put_word(x->v, one, "label", figures[i].label);
		put_plain(x->v, one, "now", figures[i].now);
		put_plain(x->v, one, "was", figures[i].was);
		add(x->v, &rows, one);
	}
	put_flag(x->v, out, "has_figures", rows.len > 0);
	put_flag(x->v, out, "has_before", !isnan(was->n));
	put(x->v, out, "figures", value_of(rows));
}

static void put_considered(const reader *x, value out, const change_why *why)
{
	vec_value steps = { 0 };
	EACH (const considered_step, s, why->considered) {
		if (!*edit_step_text(s->step))
			continue;
		value one = view_map(x->v);
		put_word(x->v, one, "step", edit_step_text(s->step));
		put_plain(x->v, one, "why_not", s->why_not);
		add(x->v, &steps, one);
	}
	put_flag(x->v, out, "has_considered", steps.len > 0);
	put(x->v, out, "considered", value_of(steps));
}

static value plain_list(const reader *x, list_str texts)
{
	vec_value out = { 0 };
	EACH (const str, s, texts)
		add(x->v, &out, value_string(*s));
	return value_of(out);
}

static void put_why(const reader *x, value out, const change *c)
{
	const change_why *why = &c->why;
	str sentence = policy_rule_text(x->v->arena, c);
	put_plain(x->v, out, "rule", why->rule);
	put_plain(x->v, out, "rule_text", sentence);
	put_flag(x->v, out, "rule_known", why->rule.len && !str_eq(sentence, why->rule));
	bool moved = why->from.len && why->to.len && !str_eq(why->from, why->to);
	put_flag(x->v, out, "moved", moved);
	put_plain(x->v, out, "from", policy_state_text(why->from));
	put_plain(x->v, out, "to", policy_state_text(why->to));
	put_figures(x, out, why);
	put_plain(x->v, out, "trend", why->trend);
	put_plain(x->v, out, "trend_text", policy_trend_text(why->trend));
	put_flag(x->v, out, "has_evidence", why->evidence.len > 0);
	vec_value postings = { 0 };
	EACH (const str, id, why->evidence) {
		value one = view_map(x->v);
		put_plain(x->v, one, "posting", *id);
		add(x->v, &postings, one);
	}
	put(x->v, out, "evidence", view_links(x->v, postings));
	put_considered(x, out, why);
}

/* ---- one change: how sure, and what it does */

static str stability_text(const reader *x, str said)
{
	str rest = revision_detail(said);
	if (str_eq(said, STR("stable")))
		return STR("Leaving out any single employer changes nothing.");
	if (str_starts(said, STR("fragile")))
		return arena_printf(
			x->v->arena, "It hangs on a single employer%s%.*s.", rest.len ? ": " : "", STRF(rest));
	if (str_starts(said, STR("unknown")))
		return arena_printf(x->v->arena, "Whether it hangs on a single employer is not known%s%.*s.",
			rest.len ? ": " : "", STRF(rest));
	return said;
}

static str reversal_text(const reader *x, const change_robust *robust)
{
	if (!robust->reverse_by.len)
		return STR("");
	if (robust->reverse_after == SCHEMA_UNSET)
		return arena_printf(x->v->arena,
			"No number of further vacancies %.*s that was tried would take the decision back.",
			STRF(robust->reverse_by));
	return arena_printf(x->v->arena, "%d further %s %.*s would take the decision back.",
		robust->reverse_after, robust->reverse_after == 1 ? "vacancy" : "vacancies",
		STRF(robust->reverse_by));
}

static void put_minutes(const reader *x, value out, const change_effect *done)
{
	vec_value rows = { 0 };
	int sum = 0;
	EACH (const change_minutes, m, done->minutes) {
		if (m->value == SCHEMA_UNSET)
			continue;
		value one = view_place(x, m->key);
		put_plain(x->v, one, "change", signed_minutes(x, m->value));
		put_flag(x->v, one, "gives", list_has(done->shrinks, m->key) || m->value < 0);
		add(x->v, &rows, one);
		sum += m->value;
	}
	put_flag(x->v, out, "has_minutes", rows.len > 0);
	put(x->v, out, "minutes", value_of(rows));
	put_plain(x->v, out, "sum", signed_minutes(x, sum));
}

static str joined(const reader *x, const vec_str *titles)
{
	return view_joined(x->v, (list_str){ .ptr = titles->ptr, .len = titles->len });
}

static str rubrics_text(const reader *x, list_str ids)
{
	vec_str titles = { 0 };
	EACH (const str, id, ids)
		vec_push(x->v->arena, &titles, revision_title_of(x, "rubric", *id));
	return joined(x, &titles);
}

static bool has_minutes(const change_effect *done, str address)
{
	EACH (const change_minutes, m, done->minutes)
		if (str_eq(m->key, address))
			return true;
	return false;
}

/* What gives time without standing in the table of times. */
static str shorter_text(const reader *x, const change_effect *done)
{
	vec_str titles = { 0 };
	EACH (const str, address, done->shrinks)
		if (!has_minutes(done, *address))
			vec_push(x->v->arena, &titles, revision_title(x, *address));
	return joined(x, &titles);
}

static value view_outcome_texts(const reader *x, list_str ids)
{
	vec_value out = { 0 };
	EACH (const str, id, ids) {
		value one = view_map(x->v);
		put_plain(x->v, one, "outcome", *id);
		put_plain(x->v, one, "text", revision_title_of(x, "outcome", *id));
		add(x->v, &out, one);
	}
	return value_of(out);
}

static void put_effect(const reader *x, value out, const change *c)
{
	const change_effect *done = &c->effect;
	put_minutes(x, out, done);
	put_plain(x->v, out, "shrinks", shorter_text(x, done));
	put_flag(x->v, out, "has_outcomes_added", done->outcomes_added.len > 0);
	put_flag(x->v, out, "has_outcomes_removed", done->outcomes_removed.len > 0);
	put(x->v, out, "outcomes_added", view_outcome_texts(x, done->outcomes_added));
	put(x->v, out, "outcomes_removed", view_outcome_texts(x, done->outcomes_removed));
	put_plain(x->v, out, "rubrics", rubrics_text(x, done->rubrics_touched));
	put_plain(x->v, out, "learner_note", c->learner_note);
}

static void put_approval(const reader *x, value out, const change *c)
{
	put_plain(x->v, out, "needs_approval", c->needs_approval);
	put_plain(x->v, out, "approved_by", c->approved_by);
	put_flag(x->v, out, "approval_open", c->needs_approval.len && !c->approved_by.len);
}

static const revision_book *book_of(const reader *x)
{
	return x->v->index ? x->v->index->book : NULL;
}

static str record_title(const reader *x, const revision *r)
{
	return arena_printf(x->v->arena, "Change record %d", r->number);
}

/* What undid it, as part of a sentence; empty: it holds. */
static str taken_back_text(const reader *x, const revision *by)
{
	return by ? arena_printf(x->v->arena, "change record %d", by->number) : STR("");
}

static value view_change(const reader *x, const change *c, size_t number)
{
	value out = view_map(x->v);
	const revision *by = change_taken_back(book_of(x), c);
	bool is_lab = str_starts(c->target, STR("lab:")), is_scenario = str_starts(c->target, STR("scenario:"));
	const char *step = c->kind == EDIT_TASK && is_lab        ? "a new lab"
					   : c->kind == EDIT_TASK && is_scenario ? "a new scenario"
															 : edit_step_text(c->kind);
	str subject = c->name.len                ? c->name
				  : c->target.len            ? revision_title(x, c->target)
				  : c->kind == EDIT_EVIDENCE ? STR("Evidence")
											 : c->id;
	put_plain(x->v, out, "id", c->id);
	put_plain(x->v, out, "heading", arena_printf(x->v->arena, "%zu. %.*s: %s", number, STRF(subject), step));
	put_plain(x->v, out, "summary", c->summary);
	put_word(x->v, out, "bump", c->bump < 0 || c->bump > BUMP_MAJOR ? "" : bump_names[c->bump]);
	put(x->v, out, "target", c->target.len ? view_place(x, c->target) : V_NONE);
	put_plain(x->v, out, "taken_back", taken_back_text(x, by));
	put_why(x, out, c);
	put_plain(x->v, out, "stability", stability_text(x, c->robust.leave_one_employer_out));
	put_plain(x->v, out, "reversal", reversal_text(x, &c->robust));
	put_flag(x->v, out, "has_robustness", c->robust.leave_one_employer_out.len || c->robust.reverse_by.len);
	put_effect(x, out, c);
	put_approval(x, out, c);
	return out;
}

/* ---- the difference between the courses */

static value view_difference(const reader *x, const course_difference *d)
{
	value out = view_place(x, d->item);
	put_plain(x->v, out, "what", d->what);
	put_plain(x->v, out, "before", d->before);
	put_plain(x->v, out, "after", d->after);
	put_flag(x->v, out, "came", !d->before.len);
	put_flag(x->v, out, "left", !d->after.len);
	return out;
}

static void add_part(const reader *x, vec_value *to, str part, const char *heading)
{
	vec_value rows = { 0 };
	EACH (const course_difference, d, x->r->differences)
		if (str_eq(d->part, part))
			add(x->v, &rows, view_difference(x, d));
	if (!rows.len)
		return;
	value out = view_map(x->v);
	put_word(x->v, out, "heading", heading);
	put_plain(x->v, out, "part", part);
	put(x->v, out, "rows", value_of(rows));
	add(x->v, to, out);
}

static void put_differences(const reader *x, value page)
{
	vec_value list = { 0 };
	for (const difference_part *p = difference_parts; p->name; p++)
		add_part(x, &list, str_from(p->name), p->heading);
	put_flag(x->v, page, "has_differences", list.len > 0);
	put(x->v, page, "parts", value_of(list));
}

/* ---- the page */

/* A page of the course, or one that stands alone. */
static value open_page(const reader *x, str title, const char *root)
{
	const view *v = x->v;
	if (v->c)
		return view_page(v, title, root);
	value page = view_map(v);
	str known = revision_title(x, STR("course"));
	put_plain(v, page, "title", title);
	put_plain(v, page, "course_title", str_eq(known, STR("course")) ? STR("Course") : known);
	put_plain(v, page, "version", x->r->version_after);
	put_word(v, page, "language", "en");
	put_plain(v, page, "as_of", x->r->as_of);
	put_word(v, page, "root", root);
	put(v, page, "crumbs", value_new_list(v->arena, 0));
	return page;
}

static void put_head(const reader *x, value page)
{
	const revision *r = x->r;
	const revision *by = revision_taken_back(book_of(x), r);
	put_plain(x->v, page, "taken_back", taken_back_text(x, by));
	put_plain(x->v, page, "reverts", revision_reverts(x));
	put_plain(x->v, page, "date", r->as_of);
	put_plain(x->v, page, "cycle", revision_cycle(r));
	put_plain(x->v, page, "preset", r->preset);
	put_plain(x->v, page, "preset_text", policy_preset_text(r->preset));
	put_plain(x->v, page, "version_before", r->version_before);
	put_plain(x->v, page, "version_after", r->version_after);
	put_word(x->v, page, "bump", r->bump < 0 || r->bump > BUMP_MAJOR ? "" : bump_names[r->bump]);
	put_word(x->v, page, "bump_text", bump_text(r->bump));
	put_plain(x->v, page, "items_in", count_text(x, r->items_in));
	put_plain(x->v, page, "items_added", count_text(x, r->items_added));
	put_plain(x->v, page, "items_removed", count_text(x, r->items_removed));
	put_plain(x->v, page, "policy_basis", count_text(x, r->policy_basis));
	put_plain(x->v, page, "novelty_rate", rate_text(x, r->items_added));
	put_plain(x->v, page, "removal_rate", rate_text(x, r->items_removed));
	put_plain(x->v, page, "policy_rate", rate_text(x, r->policy_basis));
}

static value record_link(const reader *x, const revision *r)
{
	return view_link(x->v, record_title(x, r), "instructor/changes/", revision_name(x->v->arena, r));
}

/* Its neighbours in the book. */
static void put_neighbours(const reader *x, value page)
{
	const revision_book *b = book_of(x);
	size_t count = b ? b->list.len : 0, at = b ? (size_t)(x->r - b->list.ptr) : 0;
	put(x->v, page, "older", at > 0 && at < count ? record_link(x, x->r - 1) : V_NONE);
	put(x->v, page, "newer", at + 1 < count ? record_link(x, x->r + 1) : V_NONE);
}

value view_revision(const view *v, const revision *r)
{
	revision_reader made = revision_reader_of(v, r);
	const reader *x = &made;
	value page = open_page(x, record_title(x, r), "../../");
	vec_value crumbs = { 0 }, changes = { 0 };
	page_crumb(v, &crumbs, STR("Change records"), "instructor/changes");
	if (v->c)
		put(v, page, "crumbs", value_of(crumbs));
	put_flag(v, page, "instructor", true);
	put_head(x, page);
	put_neighbours(x, page);
	EACH (const change, c, r->changes)
		add(v, &changes, view_change(x, c, changes.len + 1));
	put_flag(v, page, "has_changes", changes.len > 0);
	put(v, page, "changes", value_of(changes));
	put_differences(x, page);
	put(v, page, "questions", plain_list(x, revision_questions(x)));
	put_flag(v, page, "has_notes", r->notes.len > 0);
	put(v, page, "notes", plain_list(x, r->notes));
	return page;
}

value view_revisions(const view *v)
{
	value page = view_page(v, STR("Change records"), "../");
	vec_value crumbs = { 0 }, records = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_flag(v, page, "instructor", true);
	const revision_book *b = v->index->book;
	for (size_t i = b ? b->list.len : 0; i-- > 0;) {
		const revision *r = &b->list.ptr[i];
		revision_reader x = revision_reader_of(v, r);
		value one = view_map(v);
		put(v, one, "record", record_link(&x, r));
		put_head(&x, one);
		put(v, one, "count", value_int((int64_t)r->changes.len));
		add(v, &records, one);
	}
	put(v, page, "records", value_of(records));
	return page;
}
