#include "explain_quote.h"

#include "base/io.h"

enum { LONG = 320, BEFORE = 120, AFTER = 160 }; /* bytes of a sentence, and around what is marked in it */

bool quoter_open(quoter *q, explainer *x)
{
	cw_context *c = x->context;
	*q = (quoter){ .x = x, .errors = c->diags.errors };
	if (!c->folder || io_stat(ledger_path(c).ptr) == IO_NONE)
		return false;
	q->ledger = evidence_ledger(c, LEDGER_READ);
	if (!q->ledger)
		return false;
	q->version = evidence_version(c);
	q->understander = understander_new(x->arena, &c->catalog);
	q->stale = !str_eq(ledger_lexicon(q->ledger, x->arena), q->version);
	return q->understander != NULL;
}

bool quoter_close(quoter *q)
{
	ledger_close(q->ledger);
	q->ledger = NULL;
	return q->x->context->diags.errors == q->errors && !q->x->arena->failed;
}

bool quoter_read(quoter *q, quoted *out, arena *a, str id)
{
	*out = (quoted){ 0 };
	if (!ledger_get(q->ledger, a, id, &out->at) || !ledger_mentions(q->ledger, a, id, &out->mentions))
		return false;
	understand_sentences(&out->sentences, q->understander, &out->at.posting, a);
	q->stale |= !str_eq(out->at.lexicon, q->version);
	q->x->arena->failed |= a->failed;
	return !a->failed;
}

void say_stale(quoter *q)
{
	value_set(q->x->arena, q->x->json, "other_lexicon", value_bool(q->stale));
	if (q->stale)
		BUF_LIT(q->x->out,
			"the postings were understood with another lexicon than today's: 'coursewright analyze' "
			"understands them again\n");
}

static str keep(quoter *q, str s)
{
	return arena_str(q->x->arena, s);
}

void say_posting(quoter *q, const quoted *p)
{
	posting_name name = posting_name_of(&p->at.posting);
	put_posting_name(q->x->out, &name);
}

value quoted_json(quoter *q, const quoted *p)
{
	arena *a = q->x->arena;
	posting_name name = posting_name_of(&p->at.posting);
	str *const parts[] = { &name.id, &name.title, &name.employer, &name.location, &name.date };
	for (size_t i = 0; i < COUNT(parts); i++)
		*parts[i] = keep(q, *parts[i]);
	value v = posting_name_json(a, &name);
	value_set(a, v, "url", value_string(keep(q, p->at.posting.url)));
	value_set(a, v, "path", value_string(keep(q, p->at.posting.path)));
	value_set(a, v, "locator", value_string(keep(q, p->at.posting.locator)));
	return v;
}

static bool stands_in(const ledger_mention *m, const posting_sentence *s)
{
	return m->from >= s->from && m->to <= s->to && m->from < m->to;
}

posting_sentence sentence_of(const quoted *p, const ledger_mention *m)
{
	size_t low = 0, high = p->sentences.len; /* they stand by place and do not overlap */
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (p->sentences.ptr[middle].to <= m->from)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < p->sentences.len && stands_in(m, &p->sentences.ptr[low]))
		return p->sentences.ptr[low];
	/* Of a damaged ledger, or of one that another version understood. */
	uint32_t end = (uint32_t)p->at.posting.text.len, to = m->to < end ? m->to : end;
	return (posting_sentence){ .from = m->from < to ? m->from : to, .to = to, .section = m->section };
}

const ledger_mention *strongest_mention(list_ledger_mention mentions, const posting_sentence *within)
{
	const ledger_mention *best = NULL;
	EACH (const ledger_mention, m, mentions)
		if ((!within || stands_in(m, within)) && (!best || m->strength > best->strength))
			best = m;
	return best;
}

/* Cut between words, around the strongest mention that is marked. */
static posting_sentence shorten(str text, posting_sentence s, list_ledger_mention marked)
{
	const ledger_mention *m = strongest_mention(marked, &s);
	posting_sentence cut = s;
	if (!m || s.to - s.from <= LONG)
		return s;
	if (m->from > s.from + BEFORE)
		cut.from = m->from - BEFORE;
	while (cut.from > s.from && cut.from < m->from && text.ptr[cut.from - 1] != ' ')
		cut.from++;
	if (s.to > m->to + AFTER)
		cut.to = m->to + AFTER;
	while (cut.to < s.to && cut.to > m->to && text.ptr[cut.to] != ' ')
		cut.to--;
	return cut;
}

void say_sentence(quoter *q, const quoted *p, const posting_sentence *s, list_ledger_mention marked)
{
	buf *out = q->x->out;
	str text = p->at.posting.text;
	posting_sentence cut = shorten(text, *s, marked);
	uint32_t at = cut.from;
	buf_str(out, cut.from > s->from ? STR("\"\xE2\x80\xA6 ") : STR("\""));
	EACH (const ledger_mention, m, marked) {
		if (!stands_in(m, &cut) || m->from < at)
			continue;
		buf_printf(out, "%.*s\xC2\xAB%.*s\xC2\xBB", STRF(str_sub(text, at, m->from - at)),
			STRF(str_sub(text, m->from, m->to - m->from)));
		at = m->to;
	}
	buf_str(out, str_sub(text, at, cut.to - at));
	buf_str(out, cut.to < s->to ? STR(" \xE2\x80\xA6\"") : STR("\""));
}

static value span_json(arena *a, uint32_t from, uint32_t to)
{
	value v = value_new_map(a);
	value_set(a, v, "from", value_double(from));
	value_set(a, v, "to", value_double(to));
	return v;
}

void put_place_json(quoter *q, const quoted *p, const ledger_mention *m, value v)
{
	arena *a = q->x->arena;
	posting_sentence s = sentence_of(p, m);
	value_set(a, v, "bytes", span_json(a, m->from, m->to));
	value_set(a, v, "sentence", value_string(keep(q, str_sub(p->at.posting.text, s.from, s.to - s.from))));
	value_set(a, v, "in_sentence", span_json(a, m->from - s.from, m->to - s.from));
}

value mention_json(quoter *q, const quoted *p, const ledger_mention *m)
{
	arena *a = q->x->arena;
	value v = value_new_map(a);
	value_set(a, v, "concept", value_string(keep(q, m->concept)));
	value_set(a, v, "entry", value_string(keep(q, m->entry)));
	value_set(a, v, "section", value_literal(section_names[m->section]));
	value_set(a, v, "strength", value_literal(strength_names[m->strength]));
	value_set(a, v, "counted", value_bool(m->counted));
	if (!m->counted)
		value_set(a, v, "because", value_literal(uncounted_word(m->passed, m->section)));
	if (m->choice)
		value_set(a, v, "choice", value_double(m->choice));
	put_place_json(q, p, m, v);
	return v;
}

const char *uncounted_word(mention_passed passed, section_kind section)
{
	static const char *const words[] = {
		[PASSED_DENIED] = "denied", [PASSED_FIELD] = "degree", [PASSED_EMPLOYER] = "employer"
	};
	return passed ? words[passed] : section_names[section];
}

const char *uncounted_because(mention_passed passed, section_kind section)
{
	static const char *const why[] = { [PASSED_DENIED] = "denied",
		[PASSED_FIELD] = "the field of a degree",
		[PASSED_EMPLOYER] = "the employer's own name" };
	static const char *const about[SECTION_KINDS] = {
		[SECTION_COMPANY] = "text about the employer",
		[SECTION_BENEFITS] = "benefits",
		[SECTION_EQUAL_OPPORTUNITY] = "equal-opportunity text",
	};
	const char *text = passed ? why[passed] : about[section];
	return text ? text : "not counted";
}
