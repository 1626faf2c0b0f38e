/* Sections of a posting, from headings with or without markup and from labels such as "Requirements: ...".
 * Which words name a section is data. */
#include "evidence/understand_parts.h"

enum {
	HEADING_WORDS = 14, /* longer ones are sentences */
	HEADING_BYTES = 120,
	LABEL_WORDS = 16,
	ITEM_HEADING_WORDS = 2, /* an item may be a heading too, if it has so many */
	RUN_IN_WORDS = 2,       /* of a heading that stands before its text without a sign between them */
	PROSE_BLOCKS = 2,       /* so many paragraphs make a section one without lists */
	DUTIES_LEAST = 3,       /* items that begin like duties, */
	DUTIES_PERCENT = 70, /* and their part of all, make a section one of duties whatever its heading says */
	SINGLE_WORDS = 4     /* a phrase of one word names a heading of at most so many */
};

#define HEADINGS \
	(KIND(WORDING_HEADING_OTHER) | KIND(WORDING_HEADING_RESPONSIBILITIES) | KIND(WORDING_HEADING_REQUIRED) | \
		KIND(WORDING_HEADING_PREFERRED) | KIND(WORDING_HEADING_COMPANY) | KIND(WORDING_HEADING_BENEFITS) | \
		KIND(WORDING_HEADING_EQUAL_OPPORTUNITY))

typedef enum { HEAD_NONE, HEAD_PLAIN, HEAD_WEAK, HEAD_REAL } head_form;

/* Where the walk over the blocks stands. */
typedef struct {
	study *r;
	section_kind kind;   /* of the section at hand */
	section_kind resume; /* to which a label returns */
	bool labelled;
	size_t paragraphs, items; /* of the section at hand */
} walk;

static section_kind section_of(const phrase *p)
{
	return (section_kind)(p->kind - WORDING_HEADING_OTHER);
}

/* Whether mentions in such a section count. A single word such as "privacy" or "fraud" in a heading says too
 * little to take them away. */
static bool counts(section_kind kind)
{
	return kind < SECTION_COMPANY;
}

static bool is_duties_or_wishes(section_kind kind)
{
	return kind == SECTION_RESPONSIBILITIES || kind == SECTION_REQUIRED || kind == SECTION_PREFERRED;
}

/* Letters in capitals only, at least four of them. */
static bool shouts(str s)
{
	size_t letters = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
			return false;
		letters += is_alpha(s.ptr[i]);
	}
	return letters >= 4;
}

static bool ends_with_colon(str s)
{
	return str_ends(s, STR(":")) || str_ends(s, STR("\xEF\xBC\x9A"));
}

/* How the block looks, apart from its words. */
static head_form form_of(const posting_block *b, str s, size_t words)
{
	if (b->kind == BLOCK_HEADING)
		return HEAD_REAL;
	if (words == 0 || words > HEADING_WORDS || s.len > HEADING_BYTES)
		return HEAD_NONE;
	bool marked = ends_with_colon(s) || shouts(s) || (str_starts(s, STR("--")) && str_ends(s, STR("--")));
	if (b->kind == BLOCK_ITEM)
		return marked || words >= ITEM_HEADING_WORDS ? HEAD_PLAIN
													 : HEAD_NONE; /* all of it is then a heading */
	return marked || b->strong ? HEAD_WEAK : HEAD_PLAIN;
}

/* The last of the phrases of which the heading consists, such as "Experience: what we're looking for"; NULL
 * if something else stands in it. */
static const phrase *heading_chain(const study *r, size_t from, size_t to)
{
	const phrase *p = NULL;
	for (size_t i = from; i < to; i += p->len) {
		p = wordings_at(r->words, r->text, r->tokens.ptr, i, to, HEADINGS);
		if (!p)
			return NULL;
	}
	return p;
}

/* Whether one word, token i, says what a heading is about. Of those that take mentions away only "About" does
 * by itself, and such as have nothing but their like beside them: "Perks & benefits". */
static bool single_says(const study *r, const phrase *p, size_t i, size_t from, size_t to)
{
	if (counts(section_of(p)))
		return to - from <= SINGLE_WORDS;
	return to - from == 1 || heading_chain(r, from, to) ||
		   (section_of(p) == SECTION_COMPANY && i == from && to - from <= SINGLE_WORDS);
}

/* The phrase that says what the heading is about: the longest. NULL: none. `whole`: it must be all of it. */
static const phrase *heading_phrase(const study *r, size_t from, size_t to, bool whole)
{
	const phrase *best = NULL;
	while (from < to && is_digit(r->text.ptr[r->tokens.ptr[from].from]))
		from++;
	if (whole)
		return heading_chain(r, from, to);
	for (size_t i = from; i < to; i++) {
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, to, HEADINGS);
		if (!p || (p->len == 1 && !single_says(r, p, i, from, to)))
			continue;
		if (!best || p->len > best->len)
			best = p;
	}
	return best;
}

static void open_section(walk *w, section_kind kind, uint32_t from, uint32_t body)
{
	study *r = w->r;
	posting_section *last = r->sections.len ? &r->sections.ptr[r->sections.len - 1] : NULL;
	if (last)
		last->to = from;
	if (last && last->from == from)
		r->sections.len--;
	vec_push(r->arena, &r->sections,
		(posting_section){ .kind = kind, .from = from, .to = (uint32_t)r->text.len, .body_from = body });
	w->kind = kind;
	w->paragraphs = w->items = 0;
}

/* What an unknown heading makes of the section before it: beneath duties and requirements it divides them;
 * company text ends at whatever looks like a heading, benefits at a real one. */
static section_kind unknown_heading(section_kind before, head_form form, bool colon)
{
	if (is_duties_or_wishes(before))
		return before;
	if (form == HEAD_REAL || (before == SECTION_COMPANY && !colon))
		return SECTION_OTHER;
	return before;
}

static bool take_heading(walk *w, const posting_block *b, size_t from, size_t to)
{
	str s = str_trim(str_sub(w->r->text, b->from, b->to - b->from));
	head_form form = form_of(b, s, to - from);
	if (form == HEAD_NONE)
		return false;
	bool colon = ends_with_colon(s);
	bool whole = form == HEAD_PLAIN || to - from > HEADING_WORDS;
	const phrase *p = heading_phrase(w->r, from, to, whole);
	bool item = b->kind == BLOCK_ITEM && !colon;
	if ((!p && form == HEAD_PLAIN) || (item && p && is_duties_or_wishes(w->kind) && !counts(section_of(p))))
		return false;
	section_kind before = w->labelled ? w->resume : w->kind;
	w->labelled = false;
	open_section(w, p ? section_of(p) : unknown_heading(before, form, colon), b->from, b->to);
	return true;
}

/* Whether what follows token `last` is a colon, perhaps after marks of bold type. */
static bool colon_after(const study *r, size_t last, uint32_t end)
{
	for (uint32_t i = r->tokens.ptr[last].to; i < end; i++) {
		char c = sign_at(r->text, i, end);
		if (c == ':')
			return true;
		if (c != ' ' && c != '*' && c != ')')
			return false;
	}
	return false;
}

static bool starts_sentence(const study *r, size_t i, const posting_block *b)
{
	uint32_t at = r->tokens.ptr[i].from;
	while (at > b->from && r->text.ptr[at - 1] && strchr(" *-(#", r->text.ptr[at - 1]))
		at--;
	return at == b->from || strchr(".!?;\n", r->text.ptr[at - 1]) != NULL;
}

/* "## Requirements" in the middle of a text that has lost its line breaks. */
static bool hashes_before(const study *r, size_t i, const posting_block *b)
{
	uint32_t at = r->tokens.ptr[i].from;
	while (at > b->from && r->text.ptr[at - 1] && strchr(" *:", r->text.ptr[at - 1]))
		at--;
	return at >= b->from + 2 && r->text.ptr[at - 1] == '#' && r->text.ptr[at - 2] == '#';
}

/* An item of a list changes its section only for the better known: "Nice to have: Go". */
static bool label_counts(const walk *w, const posting_block *b, section_kind kind)
{
	if (kind == w->kind || kind == SECTION_PREFERRED)
		return kind != w->kind;
	return b->kind == BLOCK_ITEM ? !is_duties_or_wishes(w->kind) : kind != SECTION_OTHER;
}

/* In text without lists the paragraphs after a label belong to it as well. */
static bool is_prose(const walk *w, const posting_block *b)
{
	return b->kind == BLOCK_PARAGRAPH && is_duties_or_wishes(w->kind) && w->items == 0 &&
		   w->paragraphs >= PROSE_BLOCKS;
}

static bool begins_large(const study *r, size_t i)
{
	unsigned char c = (unsigned char)r->text.ptr[r->tokens.ptr[i].from];
	return is_digit((char)c) || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

static void take_labels(walk *w, const posting_block *b, size_t from, size_t to)
{
	study *r = w->r;
	for (size_t i = from; i < to; i++) {
		bool heading = hashes_before(r, i, b);
		if (!heading && !starts_sentence(r, i, b))
			continue;
		size_t most = to - i < LABEL_WORDS ? to : i + LABEL_WORDS;
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, most, HEADINGS);
		if (!p ||
			(!heading && (!colon_after(r, i + p->len - 1, b->to) || !label_counts(w, b, section_of(p)))))
			continue;
		bool lasts = i == from && is_prose(w, b);
		if (!w->labelled && !lasts)
			w->resume = w->kind;
		w->labelled = !lasts;
		open_section(w, section_of(p), r->tokens.ptr[i].from, r->tokens.ptr[i + p->len - 1].to);
	}
}

/* Where line breaks were lost, a heading runs into its text: "Technical Skills SQL and Python". It is one if
 * its own words and the next one begin like the beginning of something. */
static bool take_run_in(walk *w, const posting_block *b, size_t from, size_t to)
{
	study *r = w->r;
	const phrase *p = from < to ? wordings_at(r->words, r->text, r->tokens.ptr, from, to, HEADINGS) : NULL;
	if (!p || p->len < RUN_IN_WORDS || p->len == to - from || r->tokens.ptr[from].from != b->from ||
		!begins_large(r, from) || !begins_large(r, from + p->len) ||
		gap_has(r, from + p->len - 1, ",;:.!/&-()"))
		return false;
	if (b->kind == BLOCK_ITEM && !label_counts(w, b, section_of(p)))
		return false;
	if (b->kind == BLOCK_ITEM && !w->labelled)
		w->resume = w->kind;
	w->labelled = b->kind == BLOCK_ITEM;
	open_section(w, section_of(p), b->from, r->tokens.ptr[from + p->len - 1].to);
	return true;
}

/* A list of requirements of which most items begin with a verb such as "build" is one of duties under a wrong
 * heading, such as "What the candidate will need". */
static void judge_duties(study *r)
{
	size_t b = 0;
	EACH (posting_section, s, r->sections) {
		size_t items = 0, duties = 0;
		for (; b < r->posting->blocks.len && r->posting->blocks.ptr[b].from < s->to; b++) {
			const posting_block *one = &r->posting->blocks.ptr[b];
			size_t first = token_at(r, one->from), end = token_at(r, one->to);
			if (one->kind != BLOCK_ITEM || first >= end)
				continue;
			items++;
			duties += token_is(r, first, end, KIND(WORDING_DUTY));
		}
		if (s->kind == SECTION_REQUIRED && duties >= DUTIES_LEAST && duties * 100 >= items * DUTIES_PERCENT)
			s->kind = SECTION_RESPONSIBILITIES;
	}
}

void sections_find(study *r)
{
	walk w = { .r = r };
	bool item_label = false;
	if (r->posting->blocks.len)
		open_section(&w, SECTION_OTHER, r->posting->blocks.ptr[0].from, r->posting->blocks.ptr[0].from);
	EACH (const posting_block, b, r->posting->blocks) {
		size_t from = token_at(r, b->from), to = token_at(r, b->to);
		if (take_heading(&w, b, from, to))
			continue;
		if (w.labelled && (b->kind != BLOCK_ITEM || item_label)) {
			w.labelled = false;
			open_section(&w, w.resume, b->from, b->from);
		}
		bool before = w.labelled;
		if (!take_run_in(&w, b, from, to))
			take_labels(&w, b, from, to);
		if (!before && w.labelled)
			item_label = b->kind == BLOCK_ITEM;
		w.items += b->kind == BLOCK_ITEM;
		w.paragraphs += b->kind == BLOCK_PARAGRAPH;
	}
	judge_duties(r);
}
