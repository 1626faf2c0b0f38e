/* One engine for the cells of workbooks and for postings. The cost of matching grows with the text, not with
 * the lexicon. */
#include "evidence/lexicon_parts.h"
#include "model/curriculum.h"

#include <stdlib.h>

static void add_name(lexicon *l, uint32_t number, str text)
{
	index_add(&l->index, l->arena,
		(literal){ .owner = number,
			.text = text,
			.match_case = l->owners.ptr[number].concept->requires.match_case });
}

static void add_concept(lexicon *l, const concept *c, diags *d)
{
	uint32_t number = (uint32_t)l->owners.len++;
	l->owners.ptr[number].concept = c;
	add_name(l, number, c->name);
	EACH (str, alias, c->aliases)
		add_name(l, number, *alias);
	pattern_add_all(l, number, d);
}

lexicon *lexicon_new(arena *a, const catalog *c, diags *d)
{
	lexicon *l = NEW(a, lexicon);
	if (!l)
		return NULL;
	l->arena = a;
	l->limits = pattern_limits();
	a->failed |= !l->limits;
	l->owners.ptr = NEWN(a, owner, c->concepts.len + 1);
	EACH (concept *, one, c->concepts)
		if (!a->failed)
			add_concept(l, *one, d);
	index_build(&l->index, a);
	if (!a->failed)
		return l;
	lexicon_free(l);
	return NULL;
}

void lexicon_free(lexicon *l)
{
	if (!l)
		return;
	pattern_free_all(l);
	pcre2_match_context_free(l->limits);
	l->limits = NULL;
}

void lexicon_report(const lexicon *l, diags *d)
{
	EACH (pattern, p, l->patterns) {
		const concept *c = l->owners.ptr[p->owner].concept;
		if (atomic_load(&p->gave_up))
			diag_add(d, E_PATTERN_GAVE_UP, c->at,
				"pattern '%.*s' of concept '%.*s' took too many steps and was given up", STRF(p->text),
				STRF(c->id));
	}
}

void finding_add(finding *f, uint32_t number, str entry, size_t from, size_t to)
{
	vec_push(f->scratch, f->out,
		(lexicon_hit){ .concept = f->l->owners.ptr[number].concept,
			.from = (uint32_t)from,
			.to = (uint32_t)to,
			.entry = entry });
}

static void try_literal(finding *f, const literal *one, size_t word)
{
	if (word < one->lead)
		return;
	size_t start = word - one->lead, to = start + one->text.len;
	str there = str_sub(f->text, start, one->text.len);
	if (!(one->match_case ? str_eq(there, one->text) : str_eq_nocase(there, one->text)))
		return;
	if (one->pattern)
		pattern_try(f, one->pattern - 1, start);
	else if (border_holds(f->text, start, to) && pattern_allows(f, one->owner, start, to))
		finding_add(f, one->owner, one->text, start, to);
}

/* The bytes at `at`, and NULs behind the end. */
static uint64_t load_at(str text, size_t at)
{
	char bytes[KEY_BYTES] = { 0 };
	if (at + KEY_BYTES <= text.len)
		return scan_load(text.ptr + at);
	if (at < text.len)
		memcpy(bytes, text.ptr + at, text.len - at);
	return scan_load(bytes);
}

static void look_up(finding *f, scan_word word)
{
	const literal_index *x = &f->l->index;
	const key_slot *k = index_key(x, word.key);
	if (!k)
		return;
	uint64_t after = load_at(f->text, word.at + k->skip);
	const literal *one;
	for (unsigned len = 0; (one = index_next(x, k, after, &len));)
		do
			try_literal(f, one, word.at);
		while (!one++->last);
}

static int by_place(const void *a, const void *b)
{
	const lexicon_hit *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	int order = str_cmp(x->concept->id, y->concept->id);
	return order ? order : str_cmp(x->entry, y->entry);
}

/* Puts the hits from `first` on in order; what two entries of a concept found at one place counts once. */
static void put_in_order(vec_hit *out, size_t first)
{
	lexicon_hit *hits = out->ptr + first;
	size_t count = out->len - first, kept = 0;
	bool sorted = true;
	for (size_t i = 1; i < count && sorted; i++)
		sorted = by_place(&hits[i - 1], &hits[i]) < 0;
	if (!sorted)
		qsort(hits, count, sizeof *hits, by_place);
	for (size_t i = 0; i < count; i++)
		if (kept == 0 || hits[kept - 1].concept != hits[i].concept || hits[kept - 1].from != hits[i].from ||
			hits[kept - 1].to != hits[i].to)
			hits[kept++] = hits[i];
	out->len = first + kept;
}

void lexicon_find(vec_hit *out, const lexicon *l, str text, arena *scratch)
{
	finding f = { .l = l, .text = text, .out = out, .scratch = scratch };
	scan_word words[SCAN_CHUNK * WORD_KINDS];
	size_t first = out->len;
	scratch->failed |= text.len > UINT32_MAX;
	for (size_t at = 0; at < text.len && !scratch->failed;) {
		size_t count = scan_words(&l->index.filter, text, &at, words);
		for (size_t i = 0; i < count; i++)
			look_up(&f, words[i]);
	}
	if (text.len && !scratch->failed)
		EACH (uint32_t, number, l->slow)
			pattern_search(&f, *number);
	pcre2_match_data_free(f.match);
	if (!scratch->failed && out->len > first)
		put_in_order(out, first);
}

bool links_have(const vec_link *links, const concept *c)
{
	EACH (concept_link, one, *links)
		if (one->concept == c)
			return true;
	return false;
}

void lexicon_match(lexicon *l, vec_link *links, str text, const char *where)
{
	arena scratch = { 0 };
	vec_hit hits = { 0 };
	lexicon_find(&hits, l, text, &scratch);
	EACH (lexicon_hit, h, hits) {
		const concept *c = h->concept;
		if (c->requires.section.len && !list_has(c->requires.section, str_from(where)))
			continue;
		if (!links_have(links, c))
			vec_push(l->arena, links,
				(concept_link){
					.concept = c, .by = str_sub(text, h->from, h->to - h->from), .where = str_from(where) });
	}
	l->arena->failed |= scratch.failed;
	arena_free(&scratch);
}
