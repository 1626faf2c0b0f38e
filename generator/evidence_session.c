#include "evidence_session.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/text.h"

/* Changes with the way of understanding, so that ledgers are read anew. */
#define UNDERSTANDING "3"

str ledger_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("evidence.db"));
}

str origin_path(cw_context *c)
{
	return io_join(&c->arena, c->root, STR("state/workbook.hash"));
}

bool evidence_folder(cw_context *c, const char *path)
{
	return course_folder(c, path, "postings belong");
}

bool evidence_prepare(cw_context *c, const char *path)
{
	return evidence_folder(c, path) && pipeline_settings(c);
}

ledger *evidence_ledger(cw_context *c, ledger_mode mode)
{
	if (io_stat(ledger_path(c).ptr) != IO_NONE)
		return ledger_open(&c->arena, ledger_path(c).ptr, mode, &c->diags);
	diag_file(
		&c->diags, E_LEDGER_EMPTY, ledger_path(c), "there is no ledger: 'coursewright ingest' makes one");
	return NULL;
}

static void add_list(buf *b, list_str list)
{
	EACH (const str, one, list) {
		buf_str(b, *one);
		buf_char(b, '\n');
	}
	buf_char(b, '\f');
}

str evidence_version(cw_context *c)
{
	buf b = { .arena = &c->arena };
	BUF_LIT(&b, UNDERSTANDING "\f");
	EACH (concept *const, one, c->catalog.concepts) {
		const concept *k = *one;
		buf_printf(&b, "%.*s\f%d\f%.*s\f%.*s\f%.*s\f%d\f%.*s\f%.*s\f", STRF(k->id), k->kind, STRF(k->name),
			STRF(k->parent), STRF(k->group), k->requires.match_case, STRF(k->requires.near_pattern),
			STRF(k->requires.unless));
		add_list(&b, k->aliases);
		add_list(&b, k->patterns);
		add_list(&b, k->requires.section);
	}
	EACH (wording *const, one, c->catalog.wordings) {
		buf_printf(&b, "%d\f", (*one)->kind);
		add_list(&b, (*one)->words);
	}
	return hash_sha256(&c->arena, buf_done(&b));
}

bool reader_open(reader *out, cw_context *c)
{
	*out = (reader){ .catalog = &c->catalog, .version = evidence_version(c) };
	out->lexicon = lexicon_new(&c->arena, &c->catalog, &c->diags);
	out->understander = understander_new(&c->arena, &c->catalog);
	return out->lexicon && out->understander && !c->diags.errors && !c->arena.failed;
}

void reader_close(reader *r)
{
	lexicon_free(r->lexicon);
	r->lexicon = NULL;
}

static bool is_named_thing(const concept *c)
{
	return c->kind == CONCEPT_TECHNOLOGY || c->kind == CONCEPT_CERTIFICATION;
}

/* How far one sort of hits reaches. */
typedef struct {
	uint32_t from, end;
} extent;

static bool lies_inside(const lexicon_hit *h, extent e)
{
	return h->to <= e.end && !(h->from == e.from && h->to == e.end);
}

/* A name inside a longer name is no mention of its own: "Veeva Vault" is not about Vault. What the longer one
 * belongs to is counted by its parents. Inside the words of a skill, such as "SQL tuning", a technology is
 * still named. Hits stand by place, the longer first. */
static void keep_longest(vec_hit *hits)
{
	size_t kept = 0;
	extent all = { 0 }, named = { 0 };
	for (size_t i = 0; i < hits->len; i++) {
		lexicon_hit h = hits->ptr[i];
		bool thing = is_named_thing(h.concept);
		if (lies_inside(&h, thing ? named : all))
			continue;
		hits->ptr[kept++] = h;
		if (h.to > all.end)
			all = (extent){ h.from, h.to };
		if (thing && h.to > named.end)
			named = (extent){ h.from, h.to };
	}
	hits->len = kept;
}

void reader_read(const reader *r, understanding *out, vec_rollup_item *items, const posting *p, arena *a)
{
	vec_hit hits = { 0 };
	lexicon_find(&hits, r->lexicon, p->text, a);
	keep_longest(&hits);
	understand(out, r->understander, p, &hits, a);
	rollup_items(items, a, out, r->catalog);
}

bool evidence_date(cw_context *c, str file, const char *name, str date)
{
	if (!date.len || text_is_month(date) || text_is_date(date))
		return true;
	diag_file(&c->diags, E_BAD_VALUE, file, "'%s' is neither YYYY-MM nor YYYY-MM-DD: %.*s", name, STRF(date));
	return false;
}

bool evidence_origin(workbook_origin *out, cw_context *c)
{
	str path = origin_path(c), text;
	*out = (workbook_origin){ 0 };
	if (io_stat(path.ptr) == IO_NONE)
		return true;
	if (!io_read(&text, &c->arena, path.ptr, &c->diags))
		return false;
	workbook_origin_parse(out, text);
	bool since = evidence_date(c, path, "since", out->filter.since);
	return evidence_date(c, path, "until", out->filter.until) && since;
}
