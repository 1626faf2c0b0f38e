/* The course and what is new about it: vacancies in the ledger, or another workbook. */
#include "update.h"

#include "analysis_session.h"

#include "base/hash.h"
#include "base/io.h"
#include "evidence/facts.h"
#include "read/plan.h"
#include "read/workbook.h"

/* ---- the course */

/* The plan as it was generated last. Without a record of it, nothing counts as edited. */
static bool read_base(updating *u)
{
	cw_context *c = u->context;
	str text, path = base_path(c);
	u->edited_source = u->base_source = (uint32_t)c->sources.list.len; /* plan.yaml was read last */
	u->base = c->plan;
	if (io_stat(path.ptr) == IO_NONE)
		return true;
	if (!io_read(&text, &c->arena, path.ptr, &c->diags))
		return false;
	u->base_source = sources_add(&c->sources, path, text);
	return u->base_source && plan_read(&u->base, &c->arena, u->base_source, &c->diags);
}

static bool read_plans(updating *u)
{
	cw_context *c = u->context;
	if (io_stat(plan_path(c).ptr) == IO_NONE) {
		diag_file(&c->diags, E_UPDATE_EVIDENCE, plan_path(c),
			"there is no plan to update yet: 'coursewright build' makes one");
		return false;
	}
	return pipeline_read_plan(c) && read_base(u);
}

static bool is_course(cw_context *c, const char *path)
{
	str folder = str_from(path);
	return io_stat(path) == IO_FOLDER &&
		   (io_stat(io_join(&c->arena, folder, STR("plan.yaml")).ptr) != IO_NONE ||
			   io_stat(io_join(&c->arena, folder, STR("course.yaml")).ptr) != IO_NONE ||
			   io_stat(io_join(&c->arena, folder, STR("workbook.md")).ptr) != IO_NONE);
}

/* ---- workbooks */

static str workbook_name(const updating *u)
{
	return u->options->to ? str_from(u->options->to)
						  : io_join(&u->context->arena, u->context->root, STR("workbook.md"));
}

static bool read_text(updating *u, const char *path, str *out)
{
	cw_context *c = u->context;
	return io_read(out, &c->arena, arena_cstr(&c->arena, str_from(path)), &c->diags);
}

static bool count_workbook(updating *u, str path, str text, cycle_counts *out)
{
	cw_context *c = u->context;
	workbook *w = NEW(&c->arena, workbook);
	facts *f = NEW(&c->arena, facts);
	uint32_t number = sources_add(&c->sources, path, text);
	return w && f && number && read_workbook(w, &c->arena, number, &c->diags) &&
		   facts_make(f, &c->arena, w, &c->catalog, &c->course, &c->diags) &&
		   cycle_of_workbook(out, &c->arena, f);
}

/* A workbook says as much as its numbers do. */
static bool says_the_same(const updating *u)
{
	const cycle *last = u->state.cycles.len ? &u->state.cycles.ptr[u->state.cycles.len - 1] : NULL;
	if (!last || last->vacancies != u->counts.vacancies)
		return false;
	EACH (const tracked_item, t, u->state.items) {
		const cycle_item *now = cycle_find(&u->counts, t->id);
		double before = t->named.len ? t->named.ptr[t->named.len - 1] : 0;
		if ((now ? now->named : 0) != before)
			return false;
	}
	double watch = u->context->course.policy.update.watch;
	EACH (const cycle_item, i, u->counts.items) {
		bool tracked = false;
		EACH (const tracked_item, t, u->state.items)
			tracked |= str_eq(t->id, i->id);
		if (!tracked && cycle_estimate(&u->counts, i).share >= watch)
			return false;
	}
	return true;
}

/* Whether a cycle has been made of it: the same evidence is no news. */
static bool is_known(const updating *u, str hash)
{
	EACH (const cycle, c, u->state.cycles)
		if (str_eq(c->evidence, hash))
			return true;
	return false;
}

static update_news news_of_workbook(updating *u)
{
	if (is_known(u, hash_sha256(&u->context->arena, u->workbook)) || says_the_same(u))
		return NEWS_NONE;
	u->few = u->counts.effective < u->context->course.policy.update.least_sample;
	return u->few ? NEWS_FEW : NEWS_CYCLE;
}

static bool check_from(updating *u, str from)
{
	cw_context *c = u->context;
	if (str_eq(hash_sha256(&c->arena, from), c->plan.course.evidence))
		return true;
	diag_file(&c->diags, E_UPDATE_EVIDENCE, str_from(u->options->from),
		"the plan was not made from this workbook: --from is the one that it was made from, or last updated "
		"to");
	return false;
}

/* Both are given: the plan was made from the first. */
static bool read_pair(updating *u, update_news *news)
{
	str from;
	if (!read_text(u, u->options->from, &from) || !read_text(u, u->options->to, &u->workbook) ||
		(!u->bare && !check_from(u, from)))
		return false;
	if (!u->has_state && !count_workbook(u, str_from(u->options->from), from, &u->settled))
		return false;
	bool ok = count_workbook(u, str_from(u->options->to), u->workbook, &u->counts);
	*news = ok ? news_of_workbook(u) : NEWS_NONE;
	return ok;
}

/* Without a ledger, the workbook that people edit is the evidence. */
static bool read_own_workbook(updating *u, update_news *news)
{
	cw_context *c = u->context;
	str path = io_join(&c->arena, c->root, STR("workbook.md"));
	if (!io_read(&u->workbook, &c->arena, path.ptr, &c->diags))
		return false;
	bool same = str_eq(hash_sha256(&c->arena, u->workbook), c->plan.course.evidence);
	if (!same && !u->has_state) {
		diag_file(&c->diags, E_UPDATE_EVIDENCE, path,
			"the workbook has changed, and nothing says what was in the one that the plan was made from: "
			"name both with "
			"--from OLD --to NEW");
		return false;
	}
	if (!count_workbook(u, path, u->workbook, same ? &u->settled : &u->counts))
		return false;
	*news = !same ? news_of_workbook(u) : u->has_state ? NEWS_NONE : NEWS_BASELINE;
	return true;
}

/* ---- the ledger */

static bool count_vacancies(updating *u, const ledger_news *news, cycle_counts *out)
{
	cw_context *c = u->context;
	cycle_input in = { .vacancies = analysis_filtered(&c->arena, news->vacancies, &u->filter),
		.catalog = &c->catalog,
		.analysis = &c->course.analysis,
		.policy = &c->course.policy.update };
	return cycle_count(out, &c->arena, &in);
}

static str last_date(const updating *u)
{
	return u->state.cycles.len ? u->state.cycles.ptr[u->state.cycles.len - 1].until : STR("");
}

static bool needs_a_date(updating *u, const ledger_news *news)
{
	if (news->marked || last_date(u).len)
		return true;
	diag_file(&u->context->diags, E_UPDATE_EVIDENCE, ledger_path(u->context),
		"the ledger does not know which postings the plan was made from (it was made anew, or the workbook "
		"was not "
		"written by 'coursewright analyze'): run analyze, plan and build, and update from then on");
	return false;
}

static bool read_ledger(updating *u, update_news *news)
{
	cw_context *c = u->context;
	ledger_news fresh = { 0 }, settled = { 0 };
	str evidence = c->plan.course.evidence;
	u->ledger_last = ledger_last(u->ledger);
	if (!analysis_rematch(c, u->ledger, &u->reader) ||
		!ledger_fresh(u->ledger, &c->arena, evidence, last_date(u), &fresh) || !needs_a_date(u, &fresh) ||
		!count_vacancies(u, &fresh, &u->counts))
		return false;
	u->undated = fresh.undated;
	*news = !(u->counts.vacancies > 0)                                   ? NEWS_NONE
			: u->counts.effective < c->course.policy.update.least_sample ? NEWS_FEW
																		 : NEWS_CYCLE;
	if (!u->has_state && (!ledger_settled(u->ledger, &c->arena, evidence, last_date(u), &settled) ||
							 !count_vacancies(u, &settled, &u->settled)))
		return false;
	if (*news == NEWS_CYCLE)
		return analysis_workbook(c, u->ledger, &u->reader, &u->filter, &u->workbook);
	u->few = *news == NEWS_FEW;
	if (u->has_state)
		return true;
	*news = NEWS_BASELINE;
	return io_read(&u->workbook, &c->arena, workbook_name(u).ptr, &c->diags);
}

/* ---- */

/* A workbook without a course: its plan is made in memory. */
static bool read_bare(updating *u, update_news *news)
{
	cw_context *c = u->context;
	str from;
	u->bare = true;
	c->folder = false;
	c->root = STR(".");
	plan made;
	if (!read_text(u, u->options->from, &from) || !pipeline_settings(c) ||
		!pipeline_evidence(c, str_from(u->options->from), from) || !pipeline_compose(c, &made))
		return false;
	str text = plan_text(&c->arena, &made);
	u->edited_source = u->base_source = sources_add(&c->sources, STR("plan.yaml"), text);
	if (!u->edited_source || !plan_read(&c->plan, &c->arena, u->edited_source, &c->diags))
		return false;
	c->plan_exists = true;
	u->base = c->plan;
	return read_pair(u, news) && pipeline_evidence(c, workbook_name(u), u->workbook);
}

/* Only looking needs no right to write, unless postings have to be understood again. */
static bool open_ledger(updating *u)
{
	cw_context *c = u->context;
	u->ledger = evidence_ledger(c, u->dry ? LEDGER_READ : LEDGER_WRITE);
	if (!u->ledger || !u->dry)
		return u->ledger != NULL;
	if (!ledger_stale(u->ledger) && str_eq(ledger_lexicon(u->ledger, &c->arena), u->reader.version))
		return ledger_ok(u->ledger);
	ledger_close(u->ledger);
	u->ledger = evidence_ledger(c, LEDGER_WRITE);
	return u->ledger != NULL;
}

/* Whether its cycles were workbooks so far. */
static bool follows_workbook(const updating *u)
{
	size_t count = u->state.cycles.len;
	return count && str_eq(u->state.cycles.ptr[count - 1].source, STR("workbook"));
}

static bool check_source(updating *u)
{
	cw_context *c = u->context;
	if (!u->state.cycles.len || follows_workbook(u))
		return true;
	diag_file(&c->diags, E_UPDATE_EVIDENCE, ledger_path(c),
		"this course follows its ledger: ingest postings instead of naming workbooks, so that none is "
		"counted twice");
	return false;
}

static bool read_course(updating *u, const char *path, update_news *news)
{
	cw_context *c = u->context;
	if (!evidence_prepare(c, path) || !read_plans(u) || !update_read_state(u))
		return false;
	if (u->options->from)
		return check_source(u) && read_pair(u, news);
	str own = io_join(&c->arena, c->root, STR("workbook.md"));
	if (io_stat(ledger_path(c).ptr) == IO_NONE || follows_workbook(u))
		return read_own_workbook(u, news);
	u->from_ledger = analysis_is_ours(c, own);
	if (!u->from_ledger) {
		diag_file(&c->diags, E_UPDATE_EVIDENCE, own,
			"the course has a ledger, and this workbook is not what analyze made of it: 'coursewright "
			"analyze --force' "
			"writes it anew");
		return false;
	}
	workbook_origin origin;
	if (!evidence_origin(&origin, c) || !reader_open(&u->reader, c))
		return false;
	u->filter = origin.filter;
	return open_ledger(u) && read_ledger(u, news);
}

bool update_read_evidence(updating *u, const char *path, update_news *news)
{
	cw_context *c = u->context;
	if (u->options->from && !is_course(c, path))
		return read_bare(u, news) && !c->arena.failed;
	if (!read_course(u, path, news))
		return false;
	bool needed = *news == NEWS_CYCLE || *news == NEWS_BASELINE;
	return (!needed || pipeline_evidence(c, workbook_name(u), u->workbook)) && !c->arena.failed;
}
