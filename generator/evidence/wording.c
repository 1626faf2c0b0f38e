/* Phrases are chained under their first word, the longest first; words are numbered, so that comparing is
 * comparing numbers. The cost for a text grows with its words, not with the number of phrases. */
#include "evidence/wording.h"

#include <stdlib.h>

enum { WORD_MAX = 40 };

struct wordings {
	map numbers;          /* word -> its number, as a pointer */
	const phrase **first; /* by number of the first word */
	size_t count;         /* numbers in use, 0 included */
};

/* Bytes of the separator at `at`; 0 if a letter or digit stands there. Of what is not ASCII, the Latin-1
 * signs, general punctuation and the wide forms of East Asian punctuation are separators. */
static uint32_t separator(str text, uint32_t at, uint32_t end)
{
	unsigned char c = (unsigned char)text.ptr[at];
	if (c < 0x80)
		return !is_alnum((char)c);
	unsigned char next = at + 1 < end ? (unsigned char)text.ptr[at + 1] : 0;
	if (c == 0xC2)
		return next ? 2 : 1;
	bool sign = (c == 0xE2 && next < 0xB0) || (c == 0xE3 && next == 0x80) || (c == 0xEF && next >= 0xBC);
	if (!sign)
		return 0;
	return at + 3 <= end ? 3 : end - at;
}

/* Bytes of a Chinese character or of Japanese kana at `at`, which are words by themselves because nothing
 * stands between words there; 0 if there is none. */
static uint32_t ideograph(str text, uint32_t at, uint32_t end)
{
	unsigned char c = (unsigned char)text.ptr[at];
	bool wide = c >= 0xE3 && c <= 0xE9 && at + 3 <= end;
	return wide && (c > 0xE3 || (unsigned char)text.ptr[at + 1] > 0x80) ? 3 : 0;
}

static uint32_t word_end(str text, uint32_t at, uint32_t end)
{
	uint32_t from = at, wide = ideograph(text, at, end);
	if (wide)
		return at + wide;
	while (at < end && is_digit(text.ptr[at]))
		at++;
	if (at > from)
		return at;
	while (at < end && separator(text, at, end) == 0 && ideograph(text, at, end) == 0)
		at++;
	return at;
}

/* Small letters: ASCII, and the Latin-1 letters behind the byte C3. */
static size_t fold(char *out, str word)
{
	for (size_t i = 0; i < word.len; i++) {
		unsigned char c = (unsigned char)word.ptr[i];
		bool latin = i && (unsigned char)word.ptr[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97;
		out[i] = latin ? (char)(c + 0x20) : to_lower((char)c);
	}
	return word.len;
}

static uint32_t number_of(const wordings *w, str word)
{
	char folded[WORD_MAX];
	if (word.len > WORD_MAX)
		return 0;
	str key = { .ptr = folded, .len = fold(folded, word) };
	return (uint32_t)(uintptr_t)map_get(&w->numbers, key);
}

void wordings_tokens(vec_token *out, const wordings *w, str text, uint32_t from, uint32_t to, arena *a)
{
	while (from < to) {
		uint32_t skip = separator(text, from, to);
		if (skip) {
			from += skip;
			continue;
		}
		uint32_t end = word_end(text, from, to);
		str word = str_sub(text, from, end - from);
		vec_push(a, out, (token){ .from = from, .to = end, .word = number_of(w, word) });
		from = end;
	}
}

static uint32_t intern(wordings *w, str word)
{
	char folded[WORD_MAX];
	if (word.len > WORD_MAX)
		return 0;
	str key = { .ptr = folded, .len = fold(folded, word) };
	uint32_t known = (uint32_t)(uintptr_t)map_get(&w->numbers, key);
	if (known)
		return known;
	uintptr_t fresh = w->numbers.entries.len + 1;
	map_put(&w->numbers, arena_str(w->numbers.arena, key), (void *)fresh);
	return (uint32_t)fresh;
}

static bool in_capitals(str s)
{
	bool any = false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
			return false;
		any |= is_alpha(s.ptr[i]);
	}
	return any;
}

typedef VEC(phrase) vec_phrase;

static void add_phrase(wordings *w, vec_phrase *all, str text, int kind, uint32_t place, arena *a)
{
	uint32_t words[WORDING_PHRASE_WORDS], len = 0, end = (uint32_t)text.len;
	for (uint32_t at = 0; at < end && len < WORDING_PHRASE_WORDS;) {
		uint32_t skip = separator(text, at, end);
		if (skip) {
			at += skip;
			continue;
		}
		uint32_t to = word_end(text, at, end);
		words[len++] = intern(w, str_sub(text, at, to - at));
		at = to;
	}
	uint32_t *copy = len && words[0] ? NEWN(a, uint32_t, len) : NULL;
	if (!copy)
		return;
	memcpy(copy, words, len * sizeof *copy);
	vec_push(a, all,
		(phrase){ .words = copy,
			.len = len,
			.kind = kind,
			.place = place,
			.order = (uint32_t)all->len,
			.capitals = in_capitals(text) });
}

static int shorter_first(const void *a, const void *b)
{
	const phrase *x = a, *y = b;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	return x->order < y->order ? 1 : -1; /* what was given first wins */
}

wordings *wordings_new(arena *a, const catalog *c)
{
	wordings *w = NEW(a, wordings);
	if (!w)
		return NULL;
	w->numbers.arena = a;
	vec_phrase all = { 0 };
	EACH (wording *, one, c->wordings) {
		uint32_t place = 0;
		EACH (str, text, (*one)->words)
			add_phrase(w, &all, *text, (*one)->kind, ++place, a);
	}
	w->count = w->numbers.entries.len + 1;
	w->first = NEWN(a, const phrase *, w->count);
	if (a->failed || !w->first)
		return NULL;
	if (all.len)
		qsort(all.ptr, all.len, sizeof *all.ptr, shorter_first);
	EACH (phrase, p, all) {
		p->next = w->first[p->words[0]];
		w->first[p->words[0]] = p;
	}
	return w;
}

static bool fits(const phrase *p, str text, const token *tokens, size_t left)
{
	if (p->len > left)
		return false;
	for (uint32_t i = 1; i < p->len; i++)
		if (tokens[i].word != p->words[i])
			return false;
	for (uint32_t i = 0; p->capitals && i < p->len; i++)
		if (!in_capitals(str_sub(text, tokens[i].from, tokens[i].to - tokens[i].from)))
			return false;
	return true;
}

const phrase *wordings_at(
	const wordings *w, str text, const token *tokens, size_t at, size_t count, uint64_t kinds)
{
	const phrase *p = w->first[tokens[at].word];
	for (; p; p = p->next)
		if ((kinds & KIND(p->kind)) && fits(p, text, tokens + at, count - at))
			return p;
	return NULL;
}
