/* The record of an update: each edit with its reasons, what would take it back, and what a person must agree
 * to. */
#include "update.h"

#include "base/hash.h"
#include "base/number.h"
#include "model/load.h"

#include <math.h>

/* ---- numbers */

static item_step *step_of(updating *u, const moved_item *about)
{
	EACH (item_step, i, u->items)
		if (about && &i->now == about->item)
			return i;
	return NULL;
}

static double rounded(double x, double digits)
{
	return round(x * digits) / digits;
}

static void set_pair(updating *u, double **ptr, size_t *len, double low, double high)
{
	double *pair = NEWN(&u->context->arena, double, 2);
	if (!pair)
		return;
	pair[0] = rounded(low, 100);
	pair[1] = rounded(high, 100);
	*ptr = pair;
	*len = 2;
}

static change_numbers numbers_now(updating *u, const item_step *i)
{
	const estimate *e = &i->input.now;
	change_numbers out = { .k = e->named,
		.n = e->vacancies,
		.n_eff = rounded(e->effective, 10),
		.share = rounded(e->share, 1000),
		.employers = e->employers,
		.p_above = rounded(e->above_add, 100) };
	set_pair(u, &out.i80.ptr, &out.i80.len, e->low80, e->high80);
	set_pair(u, &out.i95.ptr, &out.i95.len, e->low95, e->high95);
	return out;
}

/* The cycle before this one, which is closed already. */
static change_before numbers_before(const updating *u, const item_step *i)
{
	const tracked_item *t = &i->now;
	size_t cycles = u->state.cycles.len;
	change_before out = { .k = NAN, .n = NAN, .share = NAN };
	if (cycles < 2)
		return out;
	out.n = u->state.cycles.ptr[cycles - 2].vacancies;
	out.k = t->named.len > 1 ? t->named.ptr[t->named.len - 2] : 0;
	out.share = t->share.len > 1 ? rounded(t->share.ptr[t->share.len - 2], 1000) : 0;
	return out;
}

/* Of two versions of the form 1.2.3 the later one; the first if one of them is none. */
static str later_version(str a, str b)
{
	str one = a, other = b;
	for (int i = 0; i < 3; i++) {
		str_cut x = str_split(one, '.'), y = str_split(other, '.');
		int64_t left, right;
		if (!integer_parse(&left, x.head) || !integer_parse(&right, y.head))
			return a;
		if (left != right)
			return left > right ? a : b;
		one = x.tail, other = y.tail;
	}
	return a;
}

/* ---- changes */

static str quarter_of(const updating *u)
{
	str id = u->state.cycles.ptr[u->state.cycles.len - 1].id;
	return str_starts(id, STR("cycle-")) ? id : str_sub(id, 0, 7); /* "2025-q4" */
}

/* Changes of one quarter are numbered on, whatever the cycle. */
static str change_id(updating *u, size_t number)
{
	return arena_printf(
		&u->context->arena, "chg-%.*s-%02zu", STRF(quarter_of(u)), u->former_changes + number);
}

static void set_minutes(updating *u, change_effect *out, const replan_edit *e)
{
	out->minutes.ptr = NEWN(&u->context->arena, change_minutes, e->moved.len + 1);
	for (size_t i = 0; out->minutes.ptr && i < e->moved.len; i++)
		out->minutes.ptr[out->minutes.len++] =
			(change_minutes){ .key = e->moved.ptr[i].address, .value = e->moved.ptr[i].minutes };
}

/* What came in with less than the threshold goes only below that. */
static double threshold_of(const updating *u, const item_step *i)
{
	const update_settings *p = &u->context->course.policy.update;
	int now = i->result.memory.state;
	if (now == ITEM_CORE || i->before.state == ITEM_CORE)
		return now == ITEM_CORE || now == ITEM_PLANNED ? p->core : fmin(p->retire, i->before.entered);
	if (!item_is_in(i->before.state))
		return p->add;
	return isnan(i->before.entered) ? p->retire : rounded(fmin(p->retire, i->before.entered), 1000);
}

static change change_of(updating *u, const replan_edit *e, size_t number, str before)
{
	item_step *i = step_of(u, e->about);
	change out = { .id = change_id(u, number),
		.kind = (int)e->step,
		.target = e->target,
		.summary = e->summary,
		.learner_note = e->learner_note,
		.bump = (int)e->bump,
		.base = hash_sha256(&u->context->arena, before),
		.made = hash_sha256(&u->context->arena, e->made) };
	out.effect.outcomes_added = e->outcomes_added;
	out.effect.outcomes_removed = e->outcomes_removed;
	out.effect.rubrics_touched = e->rubrics_touched;
	out.effect.shrinks = e->shrinks;
	set_minutes(u, &out.effect, e);
	if (!i)
		return out;
	out.item = i->now.id;
	out.name = i->now.name;
	out.why = (change_why){ .threshold = threshold_of(u, i),
		.rule = str_from(i->result.rule),
		.from = str_from(item_state_names[i->before.state]),
		.to = str_from(item_state_names[i->result.memory.state]),
		.now = numbers_now(u, i),
		.was = numbers_before(u, i),
		.trend = i->trend };
	out.why.considered.ptr = e->considered.ptr;
	out.why.considered.len = e->considered.len;
	if (i->counted)
		out.why.evidence = i->counted->evidence;
	out.robust = update_robustness(u, i);
	return out;
}

/* Nothing but counts: the workbook, and through it the shares that readers see. */
static change evidence_change(updating *u)
{
	const revision *r = &u->revision;
	const cycle_counts *n = &u->counts;
	arena *a = &u->context->arena;
	change out = { .id = change_id(u, 1),
		.kind = EDIT_EVIDENCE,
		.summary = arena_printf(a, "%.0f %s are counted; %s, so only counts and intervals change.",
			n->vacancies, u->from_ledger ? "new vacancies" : "postings of the new workbook",
			r->items_added + r->items_removed > 0 ? "what moved asks for no other plan (see the notes)"
												  : "nothing that the course has to follow has moved"),
		.bump = BUMP_PATCH,
		.base = hash_sha256(a, u->replanned.base_text),
		.made = hash_sha256(a, u->replanned.base_text) };
	out.why = (change_why){ .threshold = NAN,
		.rule = r->items_added + r->items_removed > 0 ? STR("counts.moved") : STR("counts"),
		.now = { .k = NAN,
			.n = n->vacancies,
			.n_eff = rounded(n->effective, 10),
			.share = NAN,
			.employers = NAN,
			.p_above = NAN },
		.was = { .k = NAN, .n = NAN, .share = NAN } };
	out.robust.reverse_after = SCHEMA_UNSET;
	return out;
}

static void make_changes(updating *u)
{
	revision *r = &u->revision;
	size_t count = u->replanned.edits.len;
	r->changes.ptr = NEWN(&u->context->arena, change, count + 1);
	str before = u->replanned.base_text;
	for (size_t i = 0; r->changes.ptr && i < count; i++) {
		const replan_edit *e = &u->replanned.edits.ptr[i];
		r->changes.ptr[r->changes.len++] = change_of(u, e, i + 1, before);
		before = e->made;
	}
	if (r->changes.ptr && !count)
		r->changes.ptr[r->changes.len++] = evidence_change(u);
	EACH (const change, one, r->changes)
		r->bump = one->bump > r->bump ? one->bump : r->bump;
}

/* ---- the revision */

static void set_version(updating *u)
{
	revision *r = &u->revision;
	r->version_before = u->context->plan.course.version;
	str from = later_version(u->base.course.version, u->former_version);
	bool edited = list_has(u->draft.edits, STR("course.version"));
	u->made_version = edited ? u->base.course.version : version_after(&u->context->arena, from, r->bump);
	r->version_after = edited ? r->version_before : u->made_version;
	if (!edited && str_eq(r->version_after, from))
		update_note(u, "The version '%.*s' is not MAJOR.MINOR.PATCH and stays.", STRF(r->version_after));
	if (edited)
		update_note(u,
			"The version was set by hand, and stays for you to change: this would be a %s release.",
			bump_names[r->bump]);
}

static void count_items(updating *u)
{
	revision *r = &u->revision;
	EACH (const item_step, i, u->items) {
		bool was = item_is_in(i->before.state), is = item_is_in(i->result.memory.state);
		r->items_in += is;
		r->items_added += is && !was;
		r->items_removed += was && !is;
		r->policy_basis += is && i->pin;
	}
}

static void note_names(updating *u, int state, const char *before)
{
	enum { NAMED = 12 };
	buf b = { .arena = &u->context->arena };
	size_t count = 0;
	EACH (const item_step, i, u->items) {
		if (i->result.memory.state != state)
			continue;
		if (count < NAMED)
			buf_printf(&b, "%s%.*s (%.0f of %.0f)", count ? ", " : "", STRF(i->now.name), i->input.now.named,
				i->input.now.vacancies);
		count++;
	}
	if (count > NAMED)
		buf_printf(&b, " and %zu more", count - NAMED);
	str names = buf_done(&b);
	if (count)
		update_note(u, "%s%.*s.", before, STRF(names));
}

static void note_lexicon(updating *u)
{
	size_t cycles = u->state.cycles.len;
	if (cycles > 1 && u->from_ledger && u->state.cycles.ptr[cycles - 2].lexicon.len &&
		!str_eq(u->state.cycles.ptr[cycles - 2].lexicon, u->reader.version))
		update_note(
			u, "The lexicon has changed since the cycle before: its shares were counted with other words.");
}

/* Who came and who went, by name. */
static void note_moves(updating *u, bool came, const char *before)
{
	buf b = { .arena = &u->context->arena };
	EACH (const item_step, i, u->items) {
		bool was = item_is_in(i->before.state), is = item_is_in(i->result.memory.state);
		if (was != is && is == came)
			buf_printf(&b, "%s%.*s (%.0f of %.0f)", b.len ? ", " : "", STRF(i->now.name), i->input.now.named,
				i->input.now.vacancies);
	}
	if (b.len)
		update_note(u, "%s%.*s.", before, STRF(buf_done(&b)));
}

/* What people set by hand may not add up any more. */
static void note_hours(updating *u)
{
	const plan *p = &u->context->plan;
	int sum = (int)load_total(p);
	if (sum != p->course.minutes)
		update_note(u,
			"Because of edits by hand, the hours of the plan were %.*s %s than its budget before this "
			"update, and they still are.",
			STRF(minutes_text(&u->context->arena,
				sum > p->course.minutes ? sum - p->course.minutes : p->course.minutes - sum)),
			sum > p->course.minutes ? "more" : "less");
}

static void make_notes(updating *u)
{
	note_moves(u, true, "Belong into the course from now on: ");
	note_moves(u, false, "Do not belong into the course any more: ");
	note_hours(u);
	if (u->from_ledger && u->counts.employers.len == 1)
		update_note(u,
			"All vacancies whose employer is known are of %.*s: this says what %.*s asks for, not what the "
			"market does.",
			STRF(u->counts.employers.ptr[0].name), STRF(u->counts.employers.ptr[0].name));
	note_lexicon(u);
	EACH (const str, n, u->replanned.notes)
		vec_push(&u->context->arena, &u->notes, *n);
	note_names(u, ITEM_CANDIDATE, "Candidates, which come in if the next cycle says the same: ");
	note_names(u, ITEM_DECLINING, "Declining, and retired if the next cycle says the same: ");
	if (u->has_fresh)
		return;
	update_note(u, "A plan made anew from this evidence would not fit the course's settings; the plan that "
				   "there is still does.");
}

/* Numbers go on where the history of the course ends. */
static bool count_former(updating *u)
{
	list_revision all = { 0 };
	if (!u->bare && !history_read(&all, u->context))
		return false;
	str prefix = arena_printf(&u->context->arena, "chg-%.*s-", STRF(quarter_of(u)));
	u->former_revisions = all.len;
	EACH (const revision, r, all)
		u->former_version = later_version(r->version_after, u->former_version);
	EACH (const revision, r, all)
		EACH (const change, one, r->changes)
			u->former_changes += str_eq(r->kind, STR("update")) && str_starts(one->id, prefix);
	return true;
}

bool update_make_record(updating *u)
{
	revision *r = &u->revision;
	cw_context *c = u->context;
	if (!count_former(u))
		return false;
	*r = (revision){ .number = (int)u->former_revisions + 1,
		.kind = STR("update"),
		.cycle = u->state.cycles.ptr[u->state.cycles.len - 1].id,
		.preset = str_from(preset_names[c->course.policy.update.preset]),
		.as_of = u->as_of };
	count_items(u);
	make_changes(u);
	make_notes(u);
	set_version(u);
	r->notes = (list_str){ u->notes.ptr, u->notes.len };
	return !c->arena.failed;
}

/* ---- approval */

/* More than one, and more than that part of what there is. */
static bool too_many(double moved, double all, double part)
{
	return moved > 1 && moved > part * all;
}

static double largest_share(const tracked_item *t)
{
	double most = 0;
	EACH (const double, share, t->share)
		most = fmax(most, *share);
	return most;
}

/* Changes that add an exercise, a task or a module, or that take something away: what is only named or linked
 * asks for nobody's consent. */
static double count_changes(const revision *r, bool adding)
{
	double count = 0;
	EACH (const change, one, r->changes)
		count += adding ? one->kind >= EDIT_EXERCISE && one->kind <= EDIT_MODULE : one->kind == EDIT_RETIRE;
	return count;
}

/* About all changes together; empty: nothing. */
static str ask_in_general(updating *u)
{
	const update_settings *p = &u->context->course.policy.update;
	const revision *r = &u->revision;
	arena *a = &u->context->arena;
	enum { FEW = 2 };
	double tracked = (double)u->items.len, before = r->items_in - r->items_added + r->items_removed;
	double most = fmax(r->items_added, r->items_removed), adds = count_changes(r, true),
		   removals = count_changes(r, false);
	if (most > FEW && most > p->breaker * tracked)
		return arena_printf(a,
			"%.0f of %.0f items move the same way at once, more than %g %%: look whether something is wrong "
			"with the evidence",
			most, tracked, p->breaker * 100);
	if (too_many(adds, before, p->approve_adds))
		return arena_printf(a, "%.0f additions to a course with %.0f items are more than %g %%", adds, before,
			p->approve_adds * 100);
	if (too_many(removals, before, p->approve_removals))
		return arena_printf(a, "%.0f removals from a course with %.0f items are more than %g %%", removals,
			before, p->approve_removals * 100);
	return STR("");
}

static str ask_about(updating *u, const change *one)
{
	const update_settings *p = &u->context->course.policy.update;
	EACH (const item_step, i, u->items)
		if (one->kind == EDIT_RETIRE && str_eq(i->now.id, one->item) &&
			largest_share(&i->now) >= p->approve_share)
			return arena_printf(&u->context->arena,
				"%.*s once had a share of %.0f %%: say how learners and teachers move on", STRF(i->now.name),
				largest_share(&i->now) * 100);
	return STR("");
}

bool update_ask_approval(updating *u)
{
	cw_context *c = u->context;
	str general = ask_in_general(u), who = arena_str(&c->arena, str_from(u->options->approved_by)),
		said = STR("");
	bool asked = false;
	EACH (change, one, u->revision.changes) {
		one->needs_approval = general.len ? general : ask_about(u, one);
		if (!one->needs_approval.len)
			continue;
		one->approved_by = who;
		asked = true;
		if (!who.len && !str_eq(said, one->needs_approval))
			diag_file(&c->diags, E_UPDATE_APPROVAL, u->bare ? STR("") : plan_path(c),
				"%.*s; nothing is written: read the record, and give --approve NAME to go on",
				STRF(one->needs_approval));
		said = one->needs_approval;
	}
	return asked && !who.len;
}
