/* The cost of matching grows with the text, not with the lexicon: each word of the text is looked up once.
 * Only patterns are tried one by one. */
#include "evidence/lexicon.h"

#include "base/text.h"
#include "model/curriculum.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

enum { MATCH_LIMIT = 100000, DEPTH_LIMIT = 1000 };

/* A name or alias; `lead` bytes stand before its first word. Names with the same first word are chained. */
typedef struct name name;
struct name {
	name *next;
	const concept *concept;
	str text;
	size_t lead;
};

typedef struct {
	const concept *concept;
	pcre2_code *code;
} pattern;

struct lexicon {
	arena *arena;
	map names; /* lower-case first word -> name */
	VEC(pattern) patterns;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

/* One concept found at one place of a text, before they are put in order. */
typedef struct {
	const concept *concept;
	size_t from, to;
} hit;

typedef VEC(hit) vec_hit;

static pcre2_code *compile(str p, int *error, size_t *offset)
{
	PCRE2_SIZE at = 0;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)p.ptr, p.len, PCRE2_UTF | PCRE2_UCP, error, &at, NULL);
	*offset = at;
	if (code)
		pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

/* NULL if it does not compile, which is a diagnostic. */
static pcre2_code *compile_of(const concept *c, str p, diags *d)
{
	int error;
	size_t offset;
	pcre2_code *code = compile(p, &error, &offset);
	if (!code) {
		unsigned char text[128] = "";
		pcre2_get_error_message(error, text, sizeof text);
		diag_add(d, E_BAD_PATTERN, c->at, "pattern '%.*s' of concept '%.*s': %s at offset %zu", STRF(p),
			STRF(c->id), (const char *)text, offset);
	}
	return code;
}

static void add_pattern(lexicon *l, const concept *c, str p, diags *d)
{
	pcre2_code *code = compile_of(c, p, d);
	if (!code)
		return;
	size_t before = l->patterns.len;
	vec_push(l->arena, &l->patterns, (pattern){ .concept = c, .code = code });
	if (l->patterns.len == before)
		pcre2_code_free(code);
}

static void add_name(lexicon *l, const concept *c, str text)
{
	size_t at = 0;
	str word = text_next_word(text, &at);
	name *n = word.len ? NEW(l->arena, name) : NULL;
	if (!n)
		return;
	str key = text_lower(l->arena, word);
	*n = (name){
		.next = map_get(&l->names, key), .concept = c, .text = text, .lead = (size_t)(word.ptr - text.ptr)
	};
	map_put(&l->names, key, n);
}

static pcre2_match_context *limited(void)
{
	pcre2_match_context *limits = pcre2_match_context_create(NULL);
	if (limits) {
		pcre2_set_match_limit(limits, MATCH_LIMIT);
		pcre2_set_depth_limit(limits, DEPTH_LIMIT);
	}
	return limits;
}

lexicon *lexicon_new(arena *a, const catalog *c, diags *d)
{
	lexicon *l = NEW(a, lexicon);
	if (!l)
		return NULL;
	l->arena = a;
	l->names.arena = a;
	l->match = pcre2_match_data_create(16, NULL);
	l->limits = limited();
	if (!l->match || !l->limits) {
		a->failed = true;
		lexicon_free(l);
		return NULL;
	}
	EACH (concept *, one, c->concepts) {
		add_name(l, *one, (*one)->name);
		EACH (str, alias, (*one)->aliases)
			add_name(l, *one, *alias);
		EACH (str, p, (*one)->patterns)
			add_pattern(l, *one, *p, d);
		if ((*one)->requires.near_pattern.len)
			pcre2_code_free(compile_of(*one, (*one)->requires.near_pattern, d));
	}
	return l;
}

void lexicon_free(lexicon *l)
{
	if (!l)
		return;
	EACH (pattern, p, l->patterns)
		pcre2_code_free(p->code);
	pcre2_match_data_free(l->match);
	pcre2_match_context_free(l->limits);
	l->patterns.len = 0;
	l->match = NULL;
	l->limits = NULL;
}

bool pattern_found(str p, str text)
{
	int error;
	size_t offset;
	pcre2_code *code = compile(p, &error, &offset);
	pcre2_match_data *match = code ? pcre2_match_data_create(1, NULL) : NULL;
	pcre2_match_context *limits = limited();
	bool found =
		match && limits && pcre2_match(code, (PCRE2_SPTR)text.ptr, text.len, 0, 0, match, limits) >= 0;
	pcre2_match_context_free(limits);
	pcre2_match_data_free(match);
	pcre2_code_free(code);
	return found;
}

static bool allowed(const concept *c, str text, const char *where)
{
	if (c->requires.section.len && !list_has(c->requires.section, str_from(where)))
		return false;
	return c->requires.near_pattern.len == 0 || pattern_found(c->requires.near_pattern, text);
}

/* Whether what ends at `to` is only the beginning of another word. One more part may follow, as in
 * "GitOps-heavy"; but "Go-to-market" is not about Go, nor are C++ and C# about C. */
static bool goes_on(str text, size_t to)
{
	str rest = str_skip(text, to);
	if (!str_starts(rest, STR("-")))
		return str_starts(rest, STR("#")) || str_starts(rest, STR("++"));
	size_t at = 1;
	str part = text_next_word(rest, &at);
	return part.ptr == rest.ptr + 1 && str_find(part, STR("-"), 0) != SIZE_MAX;
}

static void match_key(lexicon *l, vec_hit *hits, str text, str key, arena *scratch)
{
	size_t from = (size_t)(key.ptr - text.ptr);
	const name *n = map_get(&l->names, text_lower(scratch, key));
	for (; n; n = n->next) {
		if (n->lead > from)
			continue;
		size_t start = from - n->lead, to = start + n->text.len;
		str there = str_sub(text, start, n->text.len + 1);
		if (text_find_word(there, n->text, 0, n->concept->requires.match_case) == 0 && !goes_on(text, to))
			vec_push(scratch, hits, (hit){ .concept = n->concept, .from = start, .to = to });
	}
}

/* A word with hyphens is looked up whole and without its last part; the parts after the first are not words
 * of their own: an X-ray is no ray. */
static void match_names(lexicon *l, vec_hit *hits, str text, arena *scratch)
{
	str word;
	for (size_t at = 0; (word = text_next_word(text, &at)).len;) {
		match_key(l, hits, text, word, scratch);
		size_t cut = word.len;
		while (cut && word.ptr[cut - 1] != '-' && word.ptr[cut - 1] != '\'')
			cut--;
		if (cut)
			match_key(l, hits, text, str_sub(word, 0, cut - 1), scratch);
	}
}

static void match_patterns(lexicon *l, vec_hit *hits, str text, arena *scratch)
{
	EACH (pattern, p, l->patterns) {
		if (pcre2_match(p->code, (PCRE2_SPTR)text.ptr, text.len, 0, PCRE2_NO_UTF_CHECK, l->match, l->limits) <
			0)
			continue;
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(l->match);
		if (ends[1] > ends[0])
			vec_push(scratch, hits, (hit){ .concept = p->concept, .from = ends[0], .to = ends[1] });
	}
}

static int by_place(const void *a, const void *b)
{
	const hit *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	return str_cmp(x->concept->id, y->concept->id);
}

static bool has_link(const vec_link *links, const concept *c)
{
	EACH (concept_link, one, *links)
		if (one->concept == c)
			return true;
	return false;
}

void lexicon_match(lexicon *l, vec_link *links, str text, const char *where)
{
	if (text.len == 0)
		return;
	arena scratch = { 0 };
	vec_hit hits = { 0 };
	match_names(l, &hits, text, &scratch);
	match_patterns(l, &hits, text, &scratch);
	if (hits.len)
		qsort(hits.ptr, hits.len, sizeof *hits.ptr, by_place);
	EACH (hit, h, hits)
		if (!has_link(links, h->concept) && allowed(h->concept, text, where))
			vec_push(l->arena, links,
				(concept_link){ .concept = h->concept,
					.by = str_sub(text, h->from, h->to - h->from),
					.where = str_from(where) });
	l->arena->failed |= scratch.failed;
	arena_free(&scratch);
}
