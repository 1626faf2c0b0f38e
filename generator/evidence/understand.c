/* Tokens, sections, mentions, then sentence by sentence: strength and years. What the parts share is a
 * `study`; docs/postings.md says what they decide. */
#include "evidence/understand.h"

#include "evidence/understand_parts.h"
#include "model/curriculum.h"

enum {
	SENTENCE_WORDS = 400, /* longer ones are cut, which bounds what a sentence can cost */
	OVERLAPS = 8          /* mentions before that may reach into one */
};

struct understander {
	const wordings *words;
};

understander *understander_new(arena *a, const catalog *c)
{
	understander *u = NEW(a, understander);
	if (!u)
		return NULL;
	u->words = wordings_new(a, c);
	return u->words ? u : NULL;
}

/* ---- tokens */

size_t token_at(const study *r, uint32_t at)
{
	size_t low = 0, high = r->tokens.len;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->tokens.ptr[middle].from < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool token_is(const study *r, size_t at, size_t end, uint64_t kinds)
{
	return at < end && wordings_at(r->words, r->text, r->tokens.ptr, at, end, kinds) != NULL;
}

/* The wide forms of East Asian texts stand for the narrow ones. */
char sign_at(str text, uint32_t i, uint32_t end)
{
	static const struct {
		const char *wide;
		char narrow;
	} forms[] = { { "\xEF\xBC\x8C", ',' }, { "\xE3\x80\x81", ',' }, { "\xEF\xBC\x9B", ';' },
		{ "\xEF\xBC\x9A", ':' }, { "\xEF\xBC\x88", '(' }, { "\xEF\xBC\x89", ')' }, { "\xEF\xBC\x8F", '/' } };
	char c = text.ptr[i];
	if (c != '\xEF' && c != '\xE3')
		return c;
	for (size_t k = 0; k < COUNT(forms) && i + 3 <= end; k++)
		if (memcmp(text.ptr + i, forms[k].wide, 3) == 0)
			return forms[k].narrow;
	return c;
}

bool gap_has(const study *r, size_t left, const char *characters)
{
	uint32_t from = r->tokens.ptr[left].to;
	uint32_t to = left + 1 < r->tokens.len ? r->tokens.ptr[left + 1].from : (uint32_t)r->text.len;
	for (uint32_t i = from; i < to; i++) {
		char c = sign_at(r->text, i, to);
		if (c && strchr(characters, c))
			return true;
	}
	return false;
}

/* ---- mentions */

/* Sections of a workbook, which conditions may name too, say nothing about a posting. */
static bool section_allows(const concept *c, section_kind kind)
{
	bool named = false;
	EACH (str, one, c->requires.section)
		for (size_t i = 0; i < SECTION_KINDS; i++)
			named |= str_eq(*one, str_from(section_names[i]));
	return !named || list_has(c->requires.section, str_from(section_names[kind]));
}

/* Whether a mention of the same concept already covers the place. */
static bool repeated(const study *r, const lexicon_hit *h)
{
	size_t most = r->mentions.len < OVERLAPS ? r->mentions.len : OVERLAPS;
	for (size_t i = 0; i < most; i++) {
		const mention *m = &r->mentions.ptr[r->mentions.len - 1 - i];
		if (m->concept == h->concept && m->to > h->from)
			return true;
	}
	return false;
}

static mention_strength strength_in(section_kind kind)
{
	return kind == SECTION_REQUIRED    ? STRENGTH_REQUIRED
		   : kind == SECTION_PREFERRED ? STRENGTH_PREFERRED
									   : STRENGTH_MENTIONED;
}

static void place_hits(study *r, const vec_hit *hits)
{
	size_t section = 0;
	EACH (const lexicon_hit, h, *hits) {
		while (section + 1 < r->sections.len && r->sections.ptr[section].to <= h->from)
			section++;
		section_kind kind = r->sections.len ? r->sections.ptr[section].kind : SECTION_OTHER;
		if (h->to > r->text.len || h->from >= h->to || repeated(r, h) || !section_allows(h->concept, kind))
			continue;
		vec_push(r->arena, &r->mentions,
			(mention){ .concept = h->concept,
				.from = h->from,
				.to = h->to,
				.entry = h->entry,
				.section = kind,
				.strength = strength_in(kind) });
	}
}

/* ---- sentences */

static bool lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* "e.g. Go", "min. 5 years": the full stop after token i ends no sentence. */
static bool abbreviated(const study *r, size_t i)
{
	const token *t = &r->tokens.ptr[i], *next = t + 1;
	uint32_t len = t->to - t->from;
	if (lower(r->text.ptr[next->from]))
		return true;
	if (len == 1 && t->from && r->text.ptr[t->from - 1] == '.')
		return true;
	return len <= 3 && lower(r->text.ptr[t->from]) && is_digit(r->text.ptr[next->from]);
}

static bool ends_sentence(const study *r, size_t i)
{
	uint32_t to = r->tokens.ptr[i + 1].from;
	for (uint32_t at = r->tokens.ptr[i].to; at < to; at++) {
		str rest = str_sub(r->text, at, to - at);
		char c = rest.ptr[0];
		if (c == '\n' || str_starts(rest, STR("\xE2\x80\xA2")) || str_starts(rest, STR("\xE3\x80\x82")))
			return true;
		bool stop = (c == '.' || c == '!' || c == '?') && at + 1 < to &&
					strchr(" )\"*", r->text.ptr[at + 1]) && r->text.ptr[at + 1];
		if (stop && !(c == '.' && abbreviated(r, i)))
			return true;
	}
	return false;
}

/* Which section the byte stands in; `*section` only moves on. */
static const posting_section *section_at(const study *r, size_t *section, uint32_t at)
{
	while (*section + 1 < r->sections.len && r->sections.ptr[*section].to <= at)
		++*section;
	return r->sections.len ? &r->sections.ptr[*section] : NULL;
}

static bool says(const study *r, size_t from, size_t to, wording_kind kind)
{
	for (size_t i = from; i < to; i++)
		if (token_is(r, i, to, KIND(kind)))
			return true;
	return false;
}

static void set_section(study *r, sentence *s, section_kind kind)
{
	s->section = kind;
	for (size_t m = s->mention; m < s->last; m++)
		r->mentions.ptr[m].section = kind;
}

/* Text about the employer counts for nothing, even where no heading says what it is. Lists of duties and
 * requirements are taken at their word. */
static void judge_section(study *r, sentence *s, bool equal)
{
	bool listed = s->block->kind == BLOCK_ITEM &&
				  (s->section == SECTION_RESPONSIBILITIES || s->section == SECTION_REQUIRED ||
					  s->section == SECTION_PREFERRED);
	if (equal)
		set_section(r, s, SECTION_EQUAL_OPPORTUNITY);
	else if (!listed && says(r, s->from, s->to, WORDING_SAYS_COMPANY))
		set_section(r, s, SECTION_COMPANY);
	else if (!listed && says(r, s->from, s->to, WORDING_SAYS_BENEFITS))
		set_section(r, s, SECTION_BENEFITS);
}

/* Whether nothing or only a legal form follows: "Acme", "Acme Inc." */
static bool is_whole_name(str rest)
{
	static const char *const forms[] = { "inc", "llc", "ltd", "gmbh", "ag", "se", "sa", "ab", "bv", "corp",
		"plc", "limited" };
	rest = str_trim(rest);
	while (rest.len && strchr(".,", rest.ptr[rest.len - 1]))
		rest.len--;
	if (!rest.len)
		return true;
	if (strchr(",.", rest.ptr[0]))
		rest = str_trim(str_skip(rest, 1));
	for (size_t i = 0; i < COUNT(forms); i++)
		if (str_eq_nocase(rest, str_from(forms[i])))
			return true;
	return false;
}

/* A technology that bears the employer's own name is asked for only where duties or requirements stand. */
static bool is_employer(const study *r, const sentence *s, const mention *m)
{
	str name = r->posting->employer, words = str_sub(r->text, m->from, m->to - m->from);
	bool other = s->section != SECTION_RESPONSIBILITIES && s->section != SECTION_REQUIRED &&
				 s->section != SECTION_PREFERRED;
	return other && m->concept->kind == CONCEPT_TECHNOLOGY && name.len >= words.len &&
		   str_eq_nocase(str_sub(name, 0, words.len), words) && is_whole_name(str_skip(name, words.len));
}

static void take_sentence(study *r, sentence *s, bool equal)
{
	while (s->last < r->mentions.len && r->mentions.ptr[s->last].from < s->end)
		s->last++;
	judge_section(r, s, equal);
	if (s->section < SECTION_COMPANY) {
		clauses_judge(r, s);
		years_mentioned(r, s);
	}
	for (size_t i = s->mention; i < s->last; i++) {
		mention *m = &r->mentions.ptr[i];
		if (!m->passed && is_employer(r, s, m))
			m->passed = PASSED_EMPLOYER;
		m->counted = !m->passed && s->section < SECTION_COMPANY;
	}
	s->mention = s->last;
}

/* A sentence reaches to the next one's first word: signs of lists and opening signs before that are not its
 * own. */
static str trim_between(str s)
{
	static const str signs[] = { { "\xE2\x80\xA2", 3 }, { "\xE2\x80\x93", 3 }, { "\xC2\xB7", 2 } };
	for (bool more = true; more;) {
		size_t before = s.len;
		s = str_trim(s);
		if (s.len > 1 && strchr("(*-\"", s.ptr[s.len - 1]) && is_space(s.ptr[s.len - 2]))
			s.len--;
		for (size_t i = 0; i < COUNT(signs); i++)
			if (str_ends(s, signs[i]))
				s.len -= signs[i].len;
		more = s.len < before;
	}
	return s;
}

static void give_sentence(study *r, const sentence *s)
{
	str trimmed = trim_between(str_sub(r->text, s->at, s->end - s->at));
	uint32_t from = (uint32_t)(trimmed.ptr - r->text.ptr);
	if (trimmed.len)
		vec_push(r->arena, r->sentences,
			(posting_sentence){ .from = from, .to = from + (uint32_t)trimmed.len, .section = s->section });
}

/* The sentences of one block; none crosses the border of a section. */
static void take_block(study *r, sentence *s, size_t *section, const posting_block *b)
{
	size_t from = token_at(r, b->from), to = token_at(r, b->to);
	bool equal = says(r, from, to, WORDING_SAYS_EQUAL_OPPORTUNITY);
	s->block = b;
	s->at = b->from;
	for (size_t i = from; i < to; i = s->to) {
		const posting_section *in = section_at(r, section, r->tokens.ptr[i].from);
		s->section = in ? in->kind : SECTION_OTHER;
		s->from = i;
		s->to = i + 1;
		while (s->to < to && s->to - i < SENTENCE_WORDS && !ends_sentence(r, s->to - 1) &&
			   (!in || r->tokens.ptr[s->to].from < in->to))
			s->to++;
		s->end = s->to < to ? r->tokens.ptr[s->to].from : b->to;
		take_sentence(r, s, equal);
		if (r->sentences)
			give_sentence(r, s);
		s->at = s->end;
	}
}

/* ---- the result */

static void give(understanding *out, const study *r)
{
	static const char *const degrees[] = { "bachelor", "master", "doctorate" };
	vec_str education = { 0 };
	for (size_t i = 0; i < COUNT(degrees); i++)
		if (r->degrees[i])
			vec_push(r->arena, &education, str_from(degrees[i]));
	if (r->arena->failed)
		return;
	out->sections.ptr = r->sections.ptr;
	out->sections.len = r->sections.len;
	out->mentions.ptr = r->mentions.ptr;
	out->mentions.len = r->mentions.len;
	out->years.ptr = r->years.ptr;
	out->years.len = r->years.len;
	out->education.ptr = education.ptr;
	out->education.len = education.len;
}

/* Everything but the result. */
static void study_posting(study *r, const vec_hit *hits)
{
	arena scratch = { .fail_at =
						  r->arena->fail_at > r->arena->count ? r->arena->fail_at - r->arena->count : 0 };
	sentence s = { 0 };
	size_t section = 0;
	if (r->text.len > UINT32_MAX || r->arena->failed)
		return;
	r->scratch = &scratch;
	wordings_tokens(&r->tokens, r->words, r->text, 0, (uint32_t)r->text.len, &scratch);
	if (!scratch.failed)
		sections_find(r);
	place_hits(r, hits);
	EACH (const posting_block, b, r->posting->blocks)
		if (!scratch.failed && !r->arena->failed)
			take_block(r, &s, &section, b);
	r->arena->failed |= scratch.failed;
	arena_free(&scratch);
}

void understand(understanding *out, const understander *u, const posting *p, const vec_hit *hits, arena *a)
{
	study r = { .words = u->words, .posting = p, .text = p->text, .arena = a };
	*out = (understanding){ 0 };
	study_posting(&r, hits);
	if (!a->failed)
		give(out, &r);
}

void understand_sentences(vec_sentence *out, const understander *u, const posting *p, arena *a)
{
	vec_hit none = { 0 };
	study r = { .words = u->words, .posting = p, .text = p->text, .arena = a, .sentences = out };
	study_posting(&r, &none);
	if (a->failed)
		out->len = 0;
}
