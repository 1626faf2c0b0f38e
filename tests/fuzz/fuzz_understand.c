/* Understanding postings with a small lexicon. The first byte chooses how lines become blocks. Sections cover
 * the text without gaps; mentions and years lie inside it; counted is what the section and negation say. */
#include "base/utf8.h"
#include "evidence/understand.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct {
	int kind;
	const char *words[2];
} all_words[] = {
	{ WORDING_HEADING_REQUIRED, { "requirements", "must have" } },
	{ WORDING_HEADING_PREFERRED, { "nice to have" } },
	{ WORDING_HEADING_BENEFITS, { "benefits" } },
	{ WORDING_PREFERRED_AFTER, { "a plus", "preferred" } },
	{ WORDING_PREFERRED_BEFORE, { "ideally" } },
	{ WORDING_NEGATED_BEFORE, { "no" } },
	{ WORDING_OR, { "or" } },
	{ WORDING_CLAUSE, { "but" } },
	{ WORDING_YEARS, { "years", "yrs" } },
	{ WORDING_WITH, { "with" } },
	{ WORDING_RANGE, { "to" } },
	{ WORDING_DOCTORATE, { "phd" } },
};

static void add_words(catalog *c, arena *a)
{
	for (size_t i = 0; i < COUNT(all_words); i++) {
		vec_str words = { 0 };
		for (size_t k = 0; k < COUNT(all_words[i].words) && all_words[i].words[k]; k++)
			vec_push(a, &words, str_from(all_words[i].words[k]));
		wording *one = NEW(a, wording);
		if (!one)
			return;
		*one = (wording){ .kind = all_words[i].kind, .words = { .ptr = words.ptr, .len = words.len } };
		vec_push(a, &c->wordings, one);
	}
}

static void require_that(bool holds)
{
	if (!holds)
		abort();
}

static void make_blocks(posting *p, arena *a, unsigned options)
{
	VEC(posting_block) blocks = { 0 };
	for (size_t from = 0; from < p->text.len;) {
		size_t end = str_find(p->text, STR("\n"), from);
		end = end == SIZE_MAX ? p->text.len : end;
		char first = p->text.ptr[from];
		posting_block b = { .kind = first == '-'   ? BLOCK_ITEM
									: first == '#' ? BLOCK_HEADING
												   : BLOCK_PARAGRAPH,
			.strong = (options & 1) && first == '*',
			.from = (uint32_t)from,
			.to = (uint32_t)end };
		if (end > from)
			vec_push(a, &blocks, b);
		from = end + 1;
	}
	p->blocks.ptr = blocks.ptr;
	p->blocks.len = blocks.len;
}

/* Every capital letter is a concept; so are overlapping pairs of them if the options say so. */
static void make_hits(vec_hit *hits, const posting *p, arena *a, unsigned options)
{
	static const concept one = { .id = { "one", 3 } }, two = { .id = { "two", 3 } };
	for (size_t i = 0; i < p->text.len; i++) {
		char c = p->text.ptr[i];
		if (c < 'A' || c > 'Z')
			continue;
		size_t len = (options & 2) && i + 3 <= p->text.len ? 3 : 1;
		vec_push(a, hits,
			(lexicon_hit){ .concept = c & 1 ? &one : &two, .from = (uint32_t)i, .to = (uint32_t)(i + len) });
	}
}

static void check(const understanding *u, const posting *p)
{
	uint32_t at = p->blocks.len ? p->blocks.ptr[0].from : 0;
	EACH (posting_section, s, u->sections) {
		require_that(s->from == at && s->from < s->to && s->body_from >= s->from && s->body_from <= s->to);
		at = s->to;
	}
	require_that(u->sections.len == 0 || at == p->text.len);
	at = 0;
	EACH (mention, m, u->mentions) {
		require_that(m->from >= at && m->from < m->to && m->to <= p->text.len);
		require_that(!m->counted || (!m->passed && m->section < SECTION_COMPANY));
		at = m->from;
	}
	EACH (years_mention, y, u->years)
		require_that(y->from < y->to && y->to <= p->text.len && (y->min >= 0 || y->max >= 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	arena a = { 0 };
	catalog c = { 0 };
	add_words(&c, &a);
	posting p = { .text = { .ptr = (const char *)data + 1, .len = size - 1 } };
	vec_hit hits = { 0 };
	understanding u;
	make_blocks(&p, &a, data[0]);
	make_hits(&hits, &p, &a, data[0]);
	const understander *words = understander_new(&a, &c);
	understand(&u, words, &p, &hits, &a);
	require_that(!a.failed);
	check(&u, &p);
	arena_free(&a);
	return 0;
}
