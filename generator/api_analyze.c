/* From the ledger to the workbook. */
#include "analysis_session.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"

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

cw_status cw_analyze(cw_context *c, const char *path, const cw_analysis *options, cw_text *out)
{
	reader r = { 0 };
	str text = STR("");
	*out = text_of(text);
	bool ready = read_options(c, options) && evidence_prepare(c, path) && reader_open(&r, c);
	ledger *l = ready ? evidence_ledger(c, LEDGER_WRITE) : NULL;
	if (l)
		c->counted_last = ledger_last(l);
	bool ok = l && analysis_rematch(c, l, &r) && analysis_workbook(c, l, &r, &c->counted, &text);
	ledger_close(l);
	reader_close(&r);
	*out = text_of(text);
	return status_of(c, ok);
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
	if (!file && !(flags & CW_FORCE) && !analysis_is_ours(c, path)) {
		diag_file(&c->diags, E_WORKBOOK_EDITED, path,
			"a person wrote or edited this workbook; --force replaces it, --output FILE writes another one");
		return status_of(c, false);
	}
	return status_of(
		c, file ? io_write(path.ptr, bytes, &c->arena, &c->diags) != IO_FAILED : write_own(c, path, bytes));
}
