#include "theme_examples.h"

#include "evidence/weights.h"

enum {
	LOOKED_AT = 2000 /* postings */,
	TRIES_MOST = 64 /* sentences of each */,
	EACH_MAX = 2,
	SHORTEST = 30,
	LONGEST = 140 /* bytes */
};

/* What was found for one theme. */
typedef struct {
	const concept *theme;
	str text, employer; /* joined; of the first sentence */
	size_t count;
} found_words;

typedef struct {
	cw_context *context;
	const reader *reader;
	VEC(found_words) themes;
	size_t missing; /* sentences, of all themes */
} finder;

static bool names_only(const finder *f, str text, const concept *theme, arena *a)
{
	vec_hit hits = { 0 };
	lexicon_find(&hits, f->reader->lexicon, text, a);
	bool only = hits.len > 0;
	EACH (const lexicon_hit, h, hits)
	only &= h->concept == theme;
	return only;
}

/* Plain words of one line that could stand in any posting: no label, list or number. */
static bool is_fit(str s, str employer)
{
	if (s.len < SHORTEST || s.len > LONGEST || !(s.ptr[0] >= 'A' && s.ptr[0] <= 'Z'))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (strchr("\n|;:%0123456789", s.ptr[i]))
			return false;
	return !employer.len || str_find_nocase(s, employer, 0) == SIZE_MAX;
}

static void take(finder *f, found_words *w, str sentence, str employer, arena *a)
{
	while (sentence.len && strchr(".,!", sentence.ptr[sentence.len - 1]))
		sentence.len--;
	if (!is_fit(sentence, employer) || (w->count && str_eq(w->employer, employer)))
		return;
	str joined = w->count ? arena_printf(a, "%.*s; %.*s", STRF(w->text), STRF(sentence)) : sentence;
	if (!names_only(f, joined, w->theme, a))
		return;
	w->text = arena_str(&f->context->arena, joined);
	if (!w->count++)
		w->employer = arena_str(&f->context->arena, employer);
	f->missing--;
}

static found_words *wanted(finder *f, const ledger_mention *m)
{
	if (!m->counted || m->section != SECTION_RESPONSIBILITIES)
		return NULL;
	EACH (found_words, w, f->themes)
		if (str_eq(w->theme->id, m->concept))
			return w->count < EACH_MAX ? w : NULL;
	return NULL;
}

static bool look_at(finder *f, ledger *l, const posting *p, arena *a)
{
	list_ledger_mention mentions;
	vec_sentence sentences = { 0 };
	if (!ledger_mentions(l, a, p->id, &mentions))
		return false;
	size_t at = 0, tries = 0; /* mentions and sentences both stand by place */
	EACH (const ledger_mention, m, mentions) {
		found_words *w = wanted(f, m);
		if (!w)
			continue;
		if (!sentences.len)
			understand_sentences(&sentences, f->reader->understander, p, a);
		while (at < sentences.len && sentences.ptr[at].to <= m->from)
			at++;
		if (at == sentences.len || tries++ == TRIES_MOST)
			break;
		posting_sentence s = sentences.ptr[at];
		if (m->from >= s.from && m->to <= s.to && s.section == SECTION_RESPONSIBILITIES)
			take(f, w, str_sub(p->text, s.from, s.to - s.from), p->employer, a);
	}
	return !a->failed;
}

static bool look(finder *f, ledger *l, const analysis_filter *filter)
{
	ledger_cursor cursor = { 0 };
	arena a = { 0 };
	ledger_posting p;
	bool ok = true;
	for (int i = 0; ok && i < LOOKED_AT && f->missing && ledger_next(l, &cursor, &a, &p); i++) {
		const posting *one = &p.posting;
		if (str_eq(one->id, p.group) && filter_keeps(filter, one->date, one->region, one->employer))
			ok = look_at(f, l, one, &a);
		f->context->arena.failed |= a.failed;
		arena_free(&a);
	}
	arena_free(&a);
	return ok && ledger_ok(l) && !f->context->arena.failed;
}

bool theme_examples(cw_context *c, ledger *l, const reader *r, analysis_input *in)
{
	finder f = { .context = c, .reader = r };
	VEC(analysis_example) examples = { 0 };
	EACH (concept *const, one, c->catalog.concepts)
		if ((*one)->kind == CONCEPT_THEME)
			vec_push(&c->arena, &f.themes, (found_words){ .theme = *one });
	f.missing = f.themes.len * EACH_MAX;
	if (!look(&f, l, &in->filter))
		return false;
	EACH (const found_words, w, f.themes)
		if (w->count)
			vec_push(&c->arena, &examples, (analysis_example){ .concept = w->theme->id, .text = w->text });
	in->examples.ptr = examples.ptr;
	in->examples.len = examples.len;
	return !c->arena.failed;
}
