/* What happens to a chunk of postings. */
#include "ingestion.h"

#include "base/io.h"

void chunk_begin(chunk *k, const ingestion *i)
{
	*k = (chunk){ .arena = { .fail_at = i->limits.fail_at } };
	k->sources.arena = &k->arena;
	k->diags = (diags){ .arena = &k->arena, .sources = &k->sources };
}

void chunk_end(chunk *k)
{
	arena_free(&k->arena);
}

/* ---- reading */

/* The stream of the next file that can be opened; false once there is none. */
static bool open_next(chunk *k, ingestion *i)
{
	while (!i->stream && i->next < i->files.len && !k->arena.failed) {
		const char *path = i->files.ptr[i->next].ptr;
		if (postings_open(&i->stream, &i->file, path, &i->options, &k->diags))
			return true;
		k->arena.failed |= i->file.failed;
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

void chunk_read(chunk *k, ingestion *i)
{
	const ingest_limits *most = &i->limits;
	while (k->list.len < most->chunk_postings && k->bytes < most->chunk_bytes && open_next(k, i)) {
		read_posting one = { 0 };
		if (postings_next(&one.posting, i->stream, &k->arena, &k->diags)) {
			if (title_fits(one.posting.title, i->titles))
				vec_push(&k->arena, &k->list, one);
			else
				k->left_out++;
			k->bytes += one.posting.text.len;
		} else if (!k->arena.failed) {
			end_file(i);
		}
		if (k->arena.failed)
			break;
	}
	k->files_done = i->next;
	k->bytes_done = i->bytes_before + (i->stream ? postings_bytes(i->stream) : 0);
	k->last = i->next >= i->files.len || k->arena.failed;
}

/* ---- understanding */

void chunk_check(chunk *k, ledger *l)
{
	EACH (read_posting, p, k->list)
		p->known = ledger_has(l, p->posting.id);
}

void chunk_understand(chunk *k, const reader *r, const ledger *l)
{
	EACH (read_posting, p, k->list) {
		vec_rollup_item items = { 0 };
		if (p->known || k->arena.failed)
			continue;
		reader_read(r, &p->said, &items, &p->posting, &k->arena);
		p->digest = ledger_digest_of(l, &k->arena, &p->posting);
		p->items = (list_rollup_item){ .ptr = items.ptr, .len = items.len };
	}
}

/* ---- writing */

bool chunk_write(const chunk *k, ingestion *i, diags *d)
{
	diags_take(d, &k->diags);
	EACH (const read_posting, p, k->list) {
		bool fresh = false;
		if (k->arena.failed || !ledger_add_digested(i->ledger, &p->posting, p->digest,
								   p->known ? NULL : &p->said, p->items, &fresh))
			return false;
		i->postings++;
		i->fresh += fresh;
	}
	i->left_out += k->left_out;
	i->files_done = k->files_done;
	i->bytes_done = k->bytes_done;
	i->done = k->last;
	return !k->arena.failed && !d->arena->failed;
}
