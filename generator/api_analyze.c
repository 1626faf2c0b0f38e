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

/* As it is kept, so that it can be asked again: on one line. */
static str text_of_option(cw_context *c, const char *text)
{
	return text_one_line(&c->arena, str_from(text));
}

static bool read_options(cw_context *c, const cw_analysis *o)
{
	c->counted_last = -1;
	c->counted = (analysis_filter){ .since = arena_str(&c->arena, str_from(o->since)),
		.until = arena_str(&c->arena, str_from(o->until)),
		.region = text_of_option(c, o->region),
		.employer = text_of_option(c, o->employer) };
	return evidence_date(c, STR(""), "since", c->counted.since) &&
		   evidence_date(c, STR(""), "until", c->counted.until);
}

static bool make(cw_context *c, ledger *l, const reader *r, str *out)
{
	analysis_input in = { .catalog = &c->catalog, .settings = &c->course.analysis, .filter = c->counted };
	analysis made;
	in.filter.as_of = c->as_of;
	c->counted_last = ledger_last(l);
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
	bool ready = read_options(c, options) && evidence_prepare(c, path) && reader_open(&r, c);
	ledger *l = ready ? evidence_ledger(c, LEDGER_WRITE) : NULL;
	bool ok = l && rematch(c, l, &r) && make(c, l, &r, &text);
	ledger_close(l);
	reader_close(&r);
	*out = text_of(text);
	return status_of(c, ok);
}

/* Another one than `analyze` wrote last was edited. */
static bool is_ours(cw_context *c, str path)
{
	workbook_origin origin;
	str bytes, text;
	if (io_stat(path.ptr) == IO_NONE)
		return true;
	if (io_stat(origin_path(c).ptr) != IO_FILE || !io_read(&bytes, &c->arena, path.ptr, &c->diags) ||
		!io_read(&text, &c->arena, origin_path(c).ptr, &c->diags))
		return false;
	workbook_origin_parse(&origin, text);
	return str_eq(origin.hash, hash_sha256(&c->arena, bytes));
}

/* Before the workbook is written, since a mark of one that never was does no harm. */
static bool mark(cw_context *c, str hash)
{
	if (c->counted_last < 0)
		return true; /* its postings are not known */
	ledger *l = evidence_ledger(c, LEDGER_WRITE);
	bool ok = l && ledger_begin(l) && ledger_mark(l, hash, c->counted_last) && ledger_commit(l);
	ledger_close(l);
	return ok;
}

static bool write_own(cw_context *c, str path, str bytes)
{
	workbook_origin origin = { .hash = hash_sha256(&c->arena, bytes), .filter = c->counted };
	str text = workbook_origin_text(&c->arena, &origin);
	return mark(c, origin.hash) && io_write(path.ptr, bytes, &c->arena, &c->diags) != IO_FAILED &&
		   io_write(origin_path(c).ptr, text, &c->arena, &c->diags) != IO_FAILED;
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
	return status_of(
		c, file ? io_write(path.ptr, bytes, &c->arena, &c->diags) != IO_FAILED : write_own(c, path, bytes));
}
