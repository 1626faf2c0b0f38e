/* Sections of a posting, from headings with or without markup and from labels such as "Requirements: ...".
 * Which words name a section is data. */
#include "evidence/understand_parts.h"

enum {
	HEADING_WORDS = 14, /* longer ones are sentences */
	HEADING_BYTES = 120,
	LABEL_WORDS = 8,
	SINGLE_WORDS = 4 /* a phrase of one word names a heading of at most so many */
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
} walk;

static section_kind section_of(const phrase *p)
{
	return (section_kind)(p->kind - WORDING_HEADING_OTHER);
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

/* How the block looks, apart from its words. */
static head_form form_of(const posting_block *b, str s, size_t words)
{
	if (b->kind == BLOCK_HEADING)
		return HEAD_REAL;
	if (words == 0 || words > HEADING_WORDS || s.len > HEADING_BYTES)
		return HEAD_NONE;
	bool marked = str_ends(s, STR(":")) || shouts(s) || (str_starts(s, STR("--")) && str_ends(s, STR("--")));
	if (b->kind == BLOCK_ITEM)
		return marked ? HEAD_PLAIN : HEAD_NONE;
	return marked || b->strong ? HEAD_WEAK : HEAD_PLAIN;
}

/* The phrase that says what the heading is about: the longest. NULL: none. `whole`: it must be all of it. */
static const phrase *heading_phrase(const study *r, size_t from, size_t to, bool whole)
{
	const phrase *best = NULL;
	while (from < to && is_digit(r->text.ptr[r->tokens.ptr[from].from]))
		from++;
	for (size_t i = from; i < to; i++) {
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, to, HEADINGS);
		if (whole)
			return p && p->len == to - from ? p : NULL;
		if (!p || (p->len == 1 && to - from > SINGLE_WORDS))
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
}

/* What an unknown heading makes of the section before it: beneath duties and requirements it divides them;
 * company text ends at whatever looks like a heading, benefits at a real one. */
static section_kind unknown_heading(section_kind before, head_form form, bool colon)
{
	if (before == SECTION_RESPONSIBILITIES || before == SECTION_REQUIRED || before == SECTION_PREFERRED)
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
	bool colon = str_ends(s, STR(":"));
	bool whole = form == HEAD_PLAIN || to - from > HEADING_WORDS;
	const phrase *p = heading_phrase(w->r, from, to, whole);
	if (!p && form == HEAD_PLAIN)
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
		char c = r->text.ptr[i];
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
	while (at > b->from && (r->text.ptr[at - 1] == ' ' || r->text.ptr[at - 1] == '*' ||
							   r->text.ptr[at - 1] == '-' || r->text.ptr[at - 1] == '('))
		at--;
	return at == b->from || strchr(".!?;\n", r->text.ptr[at - 1]) != NULL;
}

/* An item of a list changes its section only for the better known: "Nice to have: Go". */
static bool label_counts(const walk *w, const posting_block *b, section_kind kind)
{
	bool inside =
		w->kind == SECTION_RESPONSIBILITIES || w->kind == SECTION_REQUIRED || w->kind == SECTION_PREFERRED;
	if (kind == w->kind || kind == SECTION_PREFERRED)
		return kind != w->kind;
	return b->kind == BLOCK_ITEM ? !inside : kind != SECTION_OTHER;
}

static void take_labels(walk *w, const posting_block *b, size_t from, size_t to)
{
	study *r = w->r;
	for (size_t i = from; i < to; i++) {
		if (!starts_sentence(r, i, b))
			continue;
		size_t most = to - i < LABEL_WORDS ? to : i + LABEL_WORDS;
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, most, HEADINGS);
		if (!p || !colon_after(r, i + p->len - 1, b->to) || !label_counts(w, b, section_of(p)))
			continue;
		if (!w->labelled)
			w->resume = w->kind;
		w->labelled = true;
		open_section(w, section_of(p), r->tokens.ptr[i].from, r->tokens.ptr[i + p->len - 1].to);
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
		take_labels(&w, b, from, to);
		if (!before && w.labelled)
			item_label = b->kind == BLOCK_ITEM;
	}
}
