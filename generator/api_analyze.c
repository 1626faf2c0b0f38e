/* From the ledger to the workbook. */
#include "evidence_session.h"
#include "theme_examples.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"
#include "evidence/analyze.h"
#include "evidence/weights.h"
#include "render/workbook_write.h"

enum { BATCH = 500 };

/* Postings that were understood with another lexicon are understood again, a batch at a time. */
static bool rematch_batch(cw_context *c, ledger *l, const reader *r, ledger_cursor *cursor, size_t *done)
{
	arena a = { 0 };
	ledger_posting p;
	size_t before = *done;
	bool ok = ledger_begin(l) && ledger_use_lexicon(l, r->version);
	while (ok && *done - before < BATCH && ledger_next_stale(l, cursor, &a, &p)) {
		understanding u = { 0 };
		vec_rollup_item items = { 0 };
		reader_read(r, &u, &items, &p.posting, &a);
		ok = ledger_rematch(l, p.posting.id, &u, (list_rollup_item){ items.ptr, items.len });
		++*done;
	}
	ok = ok && ledger_ok(l) && ledger_commit(l);
	c->arena.failed |= a.failed;
	arena_free(&a);
	return ok;
}

static bool rematch(cw_context *c, ledger *l, const reader *r)
{
	ledger_cursor cursor = { 0 };
	size_t done = 0, before;
	/* The last ingestion may have used today's lexicon, and one before it another. */
	if (!ledger_stale(l) && str_eq(ledger_lexicon(l, &c->arena), r->version))
		return ledger_ok(l);
	do {
		before = done;
		if (!rematch_batch(c, l, r, &cursor, &done))
			return false;
	} while (done > before);
	if (done)
		diag_file(&c->diags, E_LEDGER_REMATCHED, ledger_path(c),
			"the lexicon has changed: %zu posting%s understood again", done, done == 1 ? " was" : "s were");
	return true;
}

static str text_of_option(cw_context *c, const char *text)
{
	return arena_str(&c->arena, str_from(text));
}

static bool check_month(cw_context *c, const char *name, const char *month)
{
	str text = str_from(month);
	if (!text.len || text_is_month(text) || text_is_date(text))
		return true;
	diag_file(&c->diags, E_BAD_VALUE, STR(""), "'%s' is neither YYYY-MM nor YYYY-MM-DD: %s", name, month);
	return false;
}

static bool make(cw_context *c, ledger *l, const reader *r, const cw_analysis *o, str *out)
{
	analysis_input in = { .catalog = &c->catalog,
		.settings = &c->course.analysis,
		.filter = { .since = text_of_option(c, o->since),
			.until = text_of_option(c, o->until),
			.as_of = c->as_of,
			.region = text_of_option(c, o->region),
			.employer = text_of_option(c, o->employer) } };
	analysis made;
	if (!ledger_rollup(l, &c->arena, &in.cells) ||
		!ledger_latest(
			l, &c->arena, &in.filter, (size_t)in.settings->inventory, &in.inventory, &in.inventory_total) ||
		!theme_examples(c, l, r, &in) || !analyze(&made, &c->arena, &in))
		return false;
	if (made.sample < 1) {
		diag_file(&c->diags, E_LEDGER_EMPTY, ledger_path(c),
			in.cells.len ? "no posting is left by --since, --until, --region and --employer"
						 : "the ledger holds no posting: 'coursewright ingest' adds some");
		return false;
	}
	*out = workbook_text(&c->arena, &made, c->course.role);
	return out->len > 0;
}

cw_status cw_analyze(cw_context *c, const char *path, const cw_analysis *options, cw_text *out)
{
	reader r = { 0 };
	str text = STR("");
	*out = text_of(text);
	bool in_time = check_month(c, "since", options->since) && check_month(c, "until", options->until);
	ledger *l =
		in_time && evidence_prepare(c, path) && reader_open(&r, c) ? evidence_ledger(c, LEDGER_WRITE) : NULL;
	bool ok = l && rematch(c, l, &r) && make(c, l, &r, options, &text);
	ledger_close(l);
	reader_close(&r);
	*out = text_of(text);
	return status_of(c, ok);
}

/* What `analyze` wrote last, as a hash; another one on disk was edited. */
static str record_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("state/workbook.hash"));
}

static bool is_ours(cw_context *c, str path)
{
	str bytes, hash;
	if (io_stat(path.ptr) == IO_NONE)
		return true;
	if (io_stat(record_path(c).ptr) != IO_FILE)
		return false;
	return io_read(&bytes, &c->arena, path.ptr, &c->diags) &&
		   io_read(&hash, &c->arena, record_path(c).ptr, &c->diags) &&
		   str_eq(str_trim(hash), hash_sha256(&c->arena, bytes));
}

cw_status cw_write_workbook(cw_context *c, cw_text text, const char *file, unsigned flags, cw_text *written)
{
	str bytes = { .ptr = text.ptr, .len = text.len };
	str path = file ? arena_str(&c->arena, str_from(file)) : io_join(&c->arena, c->root, STR("workbook.md"));
	*written = text_of(path);
	if (!file && !(flags & CW_FORCE) && !is_ours(c, path)) {
		diag_file(&c->diags, E_WORKBOOK_EDITED, path,
			"a person wrote or edited this workbook; --force replaces it, --output FILE writes another one");
		return status_of(c, false);
	}
	str hash = arena_printf(&c->arena, "%.*s\n", STRF(hash_sha256(&c->arena, bytes)));
	bool ok = io_write(path.ptr, bytes, &c->arena, &c->diags) != IO_FAILED &&
			  (file || io_write(record_path(c).ptr, hash, &c->arena, &c->diags) != IO_FAILED);
	return status_of(c, ok);
}
