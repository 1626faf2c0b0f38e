#include "analysis_session.h"
#include "theme_examples.h"

#include "base/hash.h"
#include "base/io.h"
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

bool analysis_rematch(cw_context *c, ledger *l, const reader *r)
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

bool analysis_workbook(cw_context *c, ledger *l, const reader *r, const analysis_filter *filter, str *out)
{
	analysis_input in = { .catalog = &c->catalog, .settings = &c->course.analysis, .filter = *filter };
	analysis made;
	in.filter.as_of = c->as_of;
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

bool analysis_is_ours(cw_context *c, str path)
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

list_vacancy analysis_filtered(arena *a, list_vacancy all, const analysis_filter *filter)
{
	counted_vacancy *kept = NEWN(a, counted_vacancy, all.len + 1);
	size_t count = 0;
	for (size_t i = 0; kept && i < all.len; i++)
		if (filter_keeps(filter, all.ptr[i].date, all.ptr[i].region, all.ptr[i].employer))
			kept[count++] = all.ptr[i];
	return (list_vacancy){ kept, count };
}
