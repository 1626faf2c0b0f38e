/* Postings into the ledger, a batch at a time: a batch is kept as a whole or not at all. */
#include "evidence_session.h"

#include "base/io.h"

enum { BATCH_POSTINGS = 2000, BATCH_BYTES = 16 << 20 };

cw_status cw_ingest_begin(cw_context *c, const char *path, const char *form)
{
	ingestion *i = NEW(&c->arena, ingestion);
	c->ingestion = i;
	if (!i || !evidence_prepare(c, path) || !reader_open(&i->reader, c))
		return status_of(c, false);
	i->options = (posting_options){
		.catalog = &c->catalog, .as = arena_str(&c->arena, str_from(form)), .as_of = c->as_of
	};
	i->ledger = ledger_open(&c->arena, ledger_path(c).ptr, LEDGER_WRITE, &c->diags);
	return status_of(c, i->ledger != NULL);
}

cw_status cw_ingest_add(cw_context *c, const char *path)
{
	ingestion *i = c->ingestion;
	list_str files = postings_files(&c->arena, path);
	if (!files.len)
		diag_file(&c->diags, E_FILE_READ, str_from(path), "no such file or folder, or nothing in it");
	EACH (const str, file, files) {
		vec_push(&c->arena, &i->files, *file);
		i->bytes += io_size(file->ptr);
	}
	return c->arena.failed ? CW_ENOMEM : CW_OK;
}

/* The stream of the next file that can be opened; false once there is none. */
static bool open_next(cw_context *c, ingestion *i)
{
	while (!i->stream && i->next < i->files.len) {
		const char *path = i->files.ptr[i->next].ptr;
		if (postings_open(&i->stream, &i->file, path, &i->options, &c->diags))
			return true;
		i->next++;
		i->bytes_before += io_size(path);
		arena_free(&i->file);
	}
	return i->stream != NULL;
}

static void end_file(ingestion *i)
{
	postings_close(i->stream);
	i->stream = NULL;
	arena_free(&i->file);
	i->bytes_before += io_size(i->files.ptr[i->next++].ptr);
}

static bool keep(ingestion *i, const posting *p, arena *a)
{
	understanding u = { 0 };
	vec_rollup_item items = { 0 };
	bool known = ledger_has(i->ledger, p->id), fresh = false;
	if (!known)
		reader_read(&i->reader, &u, &items, p, a);
	list_rollup_item list = { items.ptr, items.len };
	if (!ledger_add(i->ledger, p, known ? NULL : &u, list, &fresh))
		return false;
	i->postings++;
	i->fresh += fresh;
	return true;
}

/* Up to a batch of postings; false if the ledger or memory failed. */
static bool read_batch(cw_context *c, ingestion *i, arena *a)
{
	size_t count = 0, bytes = 0;
	while (count < BATCH_POSTINGS && bytes < BATCH_BYTES && open_next(c, i)) {
		posting p;
		if (!postings_next(&p, i->stream, a, &c->diags)) {
			if (a->failed)
				return false;
			end_file(i);
			continue;
		}
		if (!keep(i, &p, a))
			return false;
		count++;
		bytes += p.text.len;
	}
	return !a->failed;
}

static void report(const cw_context *c, const ingestion *i, cw_ingestion *out)
{
	ledger_totals totals = { 0 };
	out->files = i->files.len;
	out->files_done = i->next;
	out->bytes = i->bytes;
	out->bytes_done = i->bytes_before + (i->stream ? postings_bytes(i->stream) : 0);
	out->postings = i->postings;
	out->fresh = i->fresh;
	out->problems = c->diags.errors;
	out->done = i->next >= i->files.len;
	if (out->done && ledger_count(i->ledger, &totals)) {
		out->kept = totals.postings;
		out->vacancies = totals.vacancies;
	}
}

cw_status cw_ingest_step(cw_context *c, cw_ingestion *out)
{
	ingestion *i = c->ingestion;
	arena batch = { 0 };
	bool ok = ledger_begin(i->ledger) && ledger_use_lexicon(i->ledger, i->reader.version) &&
			  read_batch(c, i, &batch) && ledger_commit(i->ledger);
	c->arena.failed |= batch.failed;
	arena_free(&batch);
	if (!ok)
		return c->arena.failed ? CW_ENOMEM : status_of(c, false);
	report(c, i, out);
	if (out->done)
		lexicon_report(i->reader.lexicon, &c->diags); /* patterns that took too long on these texts */
	return CW_OK;
}
