/* Following new evidence, in the order in which it happens: what is new, what moved, which edits follow, what
 * they meet of people's own, what a reader must know, and then all files at once. */
#include "update.h"

#include "base/hash.h"
#include "plan/compose.h"
#include "plan/resolve.h"
#include "read/plan.h"
#include "read/update.h"

void update_note(updating *u, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vec_push(&u->context->arena, &u->notes, arena_vprintf(&u->context->arena, format, args));
	va_end(args);
}

/* What composing has to say is about a plan that is only looked at. */
static void compose_fresh(updating *u)
{
	cw_context *c = u->context;
	diags spoken = c->diags;
	c->diags.list.ptr = NULL;
	c->diags.list.len = c->diags.list.cap = 0;
	u->has_fresh = pipeline_compose(c, &u->fresh);
	c->diags = spoken;
}

static bool prepare(updating *u)
{
	cw_context *c = u->context;
	u->evidence = hash_sha256(&c->arena, u->workbook);
	u->as_of = c->as_of.len ? c->as_of : u->counts.until.len ? u->counts.until : c->course.start_date;
	compose_fresh(u);
	u->draft = (draft_context){ .catalog = &c->catalog,
		.facts = &c->facts,
		.selection = &c->selection,
		.course = &c->course,
		.fresh = u->has_fresh ? &u->fresh : NULL,
		.decided = &c->plan,
		.as_of = u->as_of };
	return merge_edits(&u->draft.edits, &c->arena, u->base_source, u->edited_source, &c->diags);
}

/* A skill, technology or theme that neither the lexicon nor the evidence knows: probably a slip of the pen.
 */
static bool is_unheard_of(updating *u, str item)
{
	str_cut cut = str_split(item, ':');
	row_kind kind = ROW_KINDS;
	for (int k = 0; k < ROW_KINDS; k++)
		if (str_eq(cut.head, str_from(row_kind_names[k])))
			kind = (row_kind)k;
	if (kind == ROW_KINDS || catalog_find(&u->context->catalog, "concept", cut.tail) ||
		facts_find(&u->context->facts, kind, cut.tail))
		return false;
	EACH (const item_step, i, u->items)
		if (str_eq(i->now.id, item))
			return false;
	return true;
}

/* Decisions that have expired hold no more, and somebody should know. */
static void report_decisions(updating *u)
{
	cw_context *c = u->context;
	EACH (const decision, one, c->plan.decisions)
		if (is_unheard_of(u, one->item))
			diag_add(&c->diags, E_UPDATE_NOTE, one->at,
				"neither the lexicon nor the evidence knows '%.*s': this decision has no effect",
				STRF(one->item));
	EACH (const decision, one, c->plan.decisions)
		if (one->expires.len && u->as_of.len && str_cmp(one->expires, u->as_of) < 0)
			diag_add(&c->diags, E_DECISION_EXPIRED, one->at,
				"the decision about '%.*s' expired on %.*s and holds no more: justify it anew, or take it "
				"out",
				STRF(one->item), STRF(one->expires));
}

static void find_edits(updating *u, replan_input *in)
{
	cw_context *c = u->context;
	moved_item *moved = NEWN(&c->arena, moved_item, u->items.len + 1);
	size_t count = 0;
	EACH (const item_step, i, u->items)
		if (moved)
			moved[count++] = (moved_item){
				.item = &i->now, .from = i->before.state, .share = i->input.now.share, .against = i->against
			};
	*in = (replan_input){ .context = &u->draft,
		.base = &u->base,
		.edited = &c->plan,
		.items = { moved, moved ? count : 0 },
		.evidence = u->evidence };
}

/* The plan that is generated now, with its version. */
static bool write_made(updating *u)
{
	cw_context *c = u->context;
	plan made = u->replanned.made;
	made.course.version = u->made_version;
	str text = plan_text(&c->arena, &made);
	u->made_source = sources_add(&c->sources, STR("state/plan.base.yaml"), text);
	return u->made_source != 0;
}

static void report_conflicts(updating *u)
{
	cw_context *c = u->context;
	EACH (const merge_conflict, m, u->merged.conflicts) {
		str base = m->base.len ? m->base : STR("(nothing)"),
			edited = m->edited.len ? m->edited : STR("(nothing)"),
			made = m->made.len ? m->made : STR("(nothing)");
		diag_add(&c->diags, E_UPDATE_CONFLICT, m->at,
			"%.*s%s%.*s: %.*s\n  generated before: %.*s\n  edited by hand:   %.*s\n  generated now:    %.*s",
			STRF(m->item), m->field.len ? "." : "", STRF(m->field), STRF(m->why), STRF(base), STRF(edited),
			STRF(made));
	}
}

static bool merge(updating *u, cw_update_outcome *result)
{
	cw_context *c = u->context;
	if (!write_made(u) ||
		!merge_plan(&u->merged, &c->arena, u->base_source, u->edited_source, u->made_source, &c->diags))
		return false;
	if (u->merged.conflicts.len) {
		*result = CW_UPDATE_CONFLICT;
		report_conflicts(u);
		return false;
	}
	uint32_t number = sources_add(&c->sources, plan_path(c), u->merged.text);
	return number && plan_read(&u->merged_plan, &c->arena, number, &c->diags);
}

static bool follow(updating *u, cw_update_outcome *result)
{
	cw_context *c = u->context;
	replan_input in;
	if (!prepare(u) || (!u->has_state && !update_first_cycle(u)) || !update_step_items(u))
		return false;
	report_decisions(u);
	update_close_cycle(u);
	find_edits(u, &in);
	if (!replan(&u->replanned, &c->arena, &in) || !update_make_record(u) || !merge(u, result) ||
		!update_compare(u))
		return false;
	*result = CW_UPDATE_CHANGED;
	if (update_ask_approval(u)) {
		*result = CW_UPDATE_APPROVAL;
		return false;
	}
	u->written = !u->dry && !u->bare && update_write(u);
	return u->dry || u->bare || u->written;
}

/* Where the course stands, for later updates: its first cycle, and nothing else. */
static bool note_baseline(updating *u)
{
	cw_context *c = u->context;
	if (!prepare(u) || !update_first_cycle(u))
		return false;
	if (u->dry)
		return true;
	str path = io_join(&c->arena, c->root, STR("state/items.yaml"));
	return io_write(path.ptr, course_state_text(&u->context->arena, &u->state), &c->arena, &c->diags) !=
		   IO_FAILED;
}

static void say_waiting(updating *u)
{
	cw_context *c = u->context;
	const cycle_counts *n = &u->counts;
	if (!u->from_ledger) {
		diag_file(&c->diags, E_UPDATE_WAITING, STR(""),
			"the new workbook has %.0f postings; a cycle needs %g, so nothing moves yet", n->vacancies,
			c->course.policy.update.least_sample);
		return;
	}
	diag_file(&c->diags, E_UPDATE_WAITING, ledger_path(c),
		"%.0f new vacanc%s from %zu known employer%s count%s as %.3g; a cycle needs %g, so nothing moves "
		"yet%s",
		n->vacancies, n->vacancies == 1 ? "y" : "ies", n->employers.len, n->employers.len == 1 ? "" : "s",
		n->vacancies == 1 ? "s" : "", n->effective, c->course.policy.update.least_sample,
		n->capped ? " (an employer counts for at most policy.update.employer_cap)" : "");
}

static bool run(updating *u, const char *path, cw_update_outcome *result)
{
	update_news news;
	*result = CW_UPDATE_SAME;
	bool read = update_read_evidence(u, path, &news);
	u->context->said_loading = u->context->diags.list.len;
	if (!read)
		return false;
	if (u->undated)
		diag_file(&u->context->diags, E_UPDATE_NOTE, ledger_path(u->context),
			"the ledger was made anew, so that postings without a date cannot be told from those that were "
			"there: "
			"they are not counted");
	if (u->few) {
		*result = CW_UPDATE_WAITING;
		say_waiting(u);
	}
	switch (news) {
	case NEWS_NONE:
	case NEWS_FEW:
		return true;
	case NEWS_BASELINE:
		return note_baseline(u);
	case NEWS_CYCLE:
		break;
	}
	return follow(u, result);
}

static bool check_options(cw_context *c, const cw_update_options *o)
{
	if (!o->from != !o->to)
		diag_file(&c->diags, E_UPDATE_EVIDENCE, STR(""), "--from OLD and --to NEW go together");
	return !o->from == !o->to;
}

cw_status cw_update(cw_context *c, const char *path, const cw_update_options *options, unsigned flags,
	cw_text *out, cw_update_outcome *result)
{
	updating *u = NEW(&c->arena, updating);
	*out = text_of(STR(""));
	*result = CW_UPDATE_SAME;
	if (!u || !check_options(c, options))
		return status_of(c, false);
	u->context = c;
	u->options = options;
	u->dry = flags & CW_DRY;
	bool ok = run(u, path, result);
	buf text = { .arena = &c->arena };
	update_print(u, &text, flags, *result, ok);
	*out = text_of(buf_done(&text));
	ledger_close(u->ledger);
	if (u->from_ledger)
		reader_close(&u->reader);
	return status_of(c, ok);
}

const char *cw_update_outcome_name(cw_update_outcome result)
{
	static const char *const names[] = { "unchanged", "waiting", "changed", "needs-approval", "conflict" };
	return names[result];
}
