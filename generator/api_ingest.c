/* Postings into the ledger, a batch at a time: a batch is kept as a whole or not at all. */
#include "ingestion.h"

#include "base/io.h"

enum { TINY = 128 << 10 /* bytes of files for which another thread is not worth it */ };

static const ingest_limits usual = {
	.chunk_postings = 64,
	.chunk_bytes = 512 << 10,
	.batch_postings = 2000,
	.batch_bytes = 16 << 20,
	.ahead_bytes = 4 << 20,
};

const char *const *cw_posting_forms(void)
{
	static const char *const names[] = {
#define X(name, brief) #name,
		POSTING_FORMS(X)
#undef X
			NULL
	};
	return names;
}

cw_status cw_ingest_begin(cw_context *c, const char *path, const char *form)
{
	ingestion *i = NEW(&c->arena, ingestion);
	c->ingestion = i;
	if (!i || !evidence_prepare(c, path) || !reader_open(&i->reader, c))
		return status_of(c, false);
	i->limits = usual;
	i->options = (posting_options){
		.catalog = &c->catalog, .as = arena_str(&c->arena, str_from(form)), .as_of = c->as_of
	};
	i->ledger = ledger_open(&c->arena, ledger_path(c).ptr, LEDGER_WRITE, &c->diags);
	return status_of(c, i->ledger != NULL);
}

cw_status cw_ingest_title(cw_context *c, const char *words)
{
	list_str *titles = &c->ingestion->titles;
	*titles = title_alternatives(&c->arena, str_from(words));
	if (!titles->len)
		diag_file(&c->diags, E_BAD_VALUE, STR(""), "'%.*s' has no words that could stand in a title",
			STRF(str_from(words)));
	return status_of(c, titles->len > 0);
}

cw_status cw_ingest_add(cw_context *c, const char *path)
{
	ingestion *i = c->ingestion;
	size_t said = c->diags.list.len;
	list_str files = ingest_files(c, path);
	if (!files.len && c->diags.list.len == said)
		diag_file(&c->diags, E_FILE_READ, str_from(path), "no such file or folder, or nothing in it");
	EACH (const str, file, files) {
		vec_push(&c->arena, &i->files, *file);
		i->bytes += io_size(file->ptr);
	}
	return c->arena.failed ? CW_ENOMEM : CW_OK;
}

/* Up to a batch of postings; false if the ledger or memory failed. */
static bool write_batch(cw_context *c, ingestion *i)
{
	size_t postings = 0, bytes = 0;
	chunk *k;
	while (postings < i->limits.batch_postings && bytes < i->limits.batch_bytes &&
		   (k = crew_next(i->crew)) != NULL) {
		postings += k->list.len;
		bytes += k->bytes;
		bool kept = chunk_write(k, i, &c->diags);
		c->arena.failed |= k->arena.failed;
		crew_give_back(i->crew);
		if (!kept)
			return false;
	}
	return true;
}

static bool prepare(cw_context *c, ingestion *i)
{
	if (i->crew)
		return true;
	if (!i->limits.threads)
		i->limits.threads = i->bytes && i->bytes < TINY ? 1 : crew_threads();
	i->crew = crew_new(&c->arena, i);
	i->done = i->files.len == 0;
	return i->crew != NULL;
}

static void report(const cw_context *c, const ingestion *i, cw_ingestion *out)
{
	ledger_totals totals = { 0 };
	out->files = i->files.len;
	out->files_done = i->files_done;
	out->bytes = i->bytes;
	out->bytes_done = i->bytes_done;
	out->postings = i->postings;
	out->fresh = i->fresh;
	out->left_out = i->left_out;
	out->problems = c->diags.errors;
	out->done = i->done;
	if (out->done && ledger_count(i->ledger, &totals)) {
		out->kept = totals.postings;
		out->vacancies = totals.vacancies;
	}
}

cw_status cw_ingest_step(cw_context *c, cw_ingestion *out)
{
	ingestion *i = c->ingestion;
	bool ok = prepare(c, i) && ledger_begin(i->ledger) && ledger_use_lexicon(i->ledger, i->reader.version);
	if (ok) {
		crew_start(i->crew);
		ok = write_batch(c, i) && ledger_commit(i->ledger);
		crew_stop(i->crew);
	}
	if (!ok) {
		ledger_rollback(i->ledger);
		return c->arena.failed ? CW_ENOMEM : status_of(c, false);
	}
	report(c, i, out);
	if (out->done)
		lexicon_report(i->reader.lexicon, &c->diags); /* patterns that took too long on these texts */
	return CW_OK;
}

void ingestion_close(ingestion *i)
{
	if (!i)
		return;
	crew_free(i->crew);
	postings_close(i->stream);
	arena_free(&i->file);
	ledger_close(i->ledger);
	reader_close(&i->reader);
}
