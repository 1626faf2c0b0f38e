/* Strength, negation and alternatives within one sentence. Words such as "is a plus" or "must have" act on
 * the mentions of their clause before or after them; how far they reach is decided here, which words they are
 * is data. Every step walks the sentence once. */
#include "evidence/understand_parts.h"

enum {
	SPAN_WORDS = 60,   /* bytes: a longer hit is a pattern over a sentence, and the words in it still act */
	UNKNOWN_WORDS = 4, /* of an item in a list that the lexicon does not know */
	SIGNS_MOST = 8,    /* between two words; more say nothing */
	ASK_WORDS = 4,     /* at the beginning of a duty: "2+ years of experience with" */
	DEGREE_WORDS = 6,  /* between a degree and the "in" before its fields */
	FIELD_WORDS = 40   /* of the fields of a degree */
};

#define CUES \
	(KIND(WORDING_REQUIRED_BEFORE) | KIND(WORDING_REQUIRED_AFTER) | KIND(WORDING_PREFERRED_BEFORE) | \
		KIND(WORDING_PREFERRED_AFTER) | KIND(WORDING_NEGATED_BEFORE) | KIND(WORDING_NEGATED_AFTER) | \
		KIND(WORDING_HARMLESS) | KIND(WORDING_CLAUSE))
#define LINKS (KIND(WORDING_OR) | KIND(WORDING_AND))
#define FILLERS (KIND(WORDING_FILLER) | KIND(WORDING_NOUN))
#define NONE SIZE_MAX

typedef enum { EVENT_MENTION, EVENT_CUE, EVENT_STOP, EVENT_COMMA, EVENT_OPEN, EVENT_CLOSE } event_kind;

typedef struct {
	event_kind kind;
	size_t mention;  /* of EVENT_MENTION */
	int cue;         /* wording_kind of EVENT_CUE */
	size_t from, to; /* tokens */
	bool first;      /* no word of the clause stands before it */
	bool last;       /* nor after it */
	bool colon;      /* a colon follows */
	bool noun;       /* "preferred skills" */
	bool word;       /* EVENT_STOP: a word such as "but", not a sign */
} event;

typedef VEC(event) vec_event;

typedef struct {
	study *r;
	const sentence *s;
	vec_event events;
	size_t mention; /* the next one to place */
	bool *decided;  /* by mention of the sentence: a word has given its strength */
} judge;

/* ---- events */

static void push(judge *j, event e)
{
	vec_push(j->r->scratch, &j->events, e);
}

static bool dash(str text, uint32_t i, uint32_t end)
{
	if (i + 2 < end && memcmp(text.ptr + i, "\xE2\x80", 2) == 0)
		return text.ptr[i + 2] == '\x93' || text.ptr[i + 2] == '\x94';
	return i && i + 1 < end && text.ptr[i] == '-' && text.ptr[i - 1] == ' ' && text.ptr[i + 1] == ' ';
}

/* The signs between two bytes of the text. */
static void push_signs(judge *j, uint32_t from, uint32_t to, size_t at)
{
	str text = j->r->text;
	size_t signs = 0;
	for (uint32_t i = from; i < to; i++) {
		event e = { .kind = EVENT_STOP, .from = at, .to = at };
		char c = sign_at(text, i, to);
		if (c == ',')
			e.kind = EVENT_COMMA;
		else if (c == '(' || c == '[')
			e.kind = EVENT_OPEN;
		else if (c == ')' || c == ']')
			e.kind = EVENT_CLOSE;
		else if (c != ';' && !dash(text, i, to))
			continue;
		if (signs++ == SIGNS_MOST)
			return;
		push(j, e);
	}
}

static bool clause_begins(const judge *j)
{
	const vec_event *v = &j->events;
	if (v->len == 0)
		return true;
	event_kind k = v->ptr[v->len - 1].kind;
	return k == EVENT_STOP || k == EVENT_OPEN;
}

static void push_cue(judge *j, const phrase *p, size_t at)
{
	const study *r = j->r;
	if (p->kind == WORDING_HARMLESS)
		return;
	event e = { .kind = EVENT_CUE, .cue = p->kind, .from = at, .to = at + p->len };
	if (p->kind == WORDING_CLAUSE) {
		e.kind = EVENT_STOP;
		e.word = true;
	}
	bool ends = e.to >= j->s->to;
	e.first =
		at == j->s->from || (clause_begins(j) && j->events.len && j->events.ptr[j->events.len - 1].to == at);
	e.last = ends || gap_has(r, e.to - 1, ";)");
	e.colon = !ends && gap_has(r, e.to - 1, ":");
	e.noun = !ends && !gap_has(r, e.to - 1, ",;:.()") && token_is(r, e.to, j->s->to, KIND(WORDING_NOUN));
	push(j, e);
}

/* Mentions that begin before byte `at`. Returns the byte up to which their words are taken. */
static uint32_t push_mentions(judge *j, uint32_t at, size_t place)
{
	uint32_t taken = 0;
	for (; j->mention < j->s->last && j->r->mentions.ptr[j->mention].from < at; j->mention++) {
		const mention *m = &j->r->mentions.ptr[j->mention];
		push(j, (event){ .kind = EVENT_MENTION, .mention = j->mention, .from = place, .to = place + 1 });
		if (m->to - m->from <= SPAN_WORDS && m->to > taken)
			taken = m->to;
	}
	return taken;
}

static void push_events(judge *j)
{
	const study *r = j->r;
	const sentence *s = j->s;
	uint32_t before = s->at, taken = 0;
	size_t skip = s->from;
	for (size_t i = s->from; i < s->to; i++) {
		const token *t = &r->tokens.ptr[i];
		push_signs(j, before > taken ? before : taken, t->from, i);
		before = t->to;
		uint32_t more = push_mentions(j, t->to, i);
		if (more > taken)
			taken = more;
		if (t->from < taken || i < skip)
			continue;
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, s->to, CUES);
		if (p) {
			push_cue(j, p, i);
			skip = i + p->len;
		}
	}
	push_signs(j, before > taken ? before : taken, s->end, s->to);
}

/* ---- reach */

static void set_strength(judge *j, size_t m, int cue)
{
	mention *one = &j->r->mentions.ptr[m];
	if (cue == WORDING_NEGATED_BEFORE || cue == WORDING_NEGATED_AFTER) {
		one->passed = PASSED_DENIED;
		return;
	}
	bool required = cue == WORDING_REQUIRED_BEFORE || cue == WORDING_REQUIRED_AFTER;
	one->strength = required ? STRENGTH_REQUIRED : STRENGTH_PREFERRED;
	j->decided[m - j->s->mention] = true;
}

static bool is_cue(const event *e, bool before)
{
	if (e->kind != EVENT_CUE)
		return false;
	bool b = e->cue == WORDING_REQUIRED_BEFORE || e->cue == WORDING_PREFERRED_BEFORE ||
			 e->cue == WORDING_NEGATED_BEFORE;
	return b == before;
}

/* Events [from, to) are in reach of the cue: their mentions take its strength. */
static void reach(judge *j, size_t from, size_t to, int cue)
{
	for (size_t i = from; i < to; i++)
		if (j->events.ptr[i].kind == EVENT_MENTION)
			set_strength(j, j->events.ptr[i].mention, cue);
}

/* To the end of the clause or the next word that acts forward; a label ("Nice to have:") to the end of the
 * sentence. */
static size_t reach_forward(const judge *j, size_t at)
{
	const event *cue = &j->events.ptr[at];
	size_t depth = 0;
	bool any = false;
	for (size_t i = at + 1; i < j->events.len; i++) {
		const event *e = &j->events.ptr[i];
		if (is_cue(e, true) || (e->kind == EVENT_STOP && (any || !e->word) && !cue->colon))
			return i;
		if (e->kind == EVENT_OPEN)
			depth++;
		if (e->kind == EVENT_CLOSE && depth-- == 0)
			return i;
		any |= e->kind == EVENT_MENTION;
	}
	return j->events.len;
}

/* The first event in reach of a cue that acts backward, NONE if there is no mention. `lone`: it stands in
 * parentheses of its own and inside the clause, so it speaks of what stands just before them. */
static size_t reach_back(const judge *j, size_t at, bool lone)
{
	size_t first = NONE, comma = NONE, depth = 0;
	for (size_t i = at; i-- > 0;) {
		const event *e = &j->events.ptr[i];
		if (is_cue(e, false) && first != NONE)
			break;
		if (is_cue(e, true))
			return comma == NONE ? first : comma;
		if (e->kind == EVENT_STOP && first != NONE)
			break;
		depth += e->kind == EVENT_CLOSE;
		if (e->kind == EVENT_OPEN && depth == 0 && first != NONE)
			break;
		depth -= e->kind == EVENT_OPEN && depth;
		if (e->kind == EVENT_COMMA && first != NONE) {
			if (lone)
				return first;
			if (comma == NONE)
				comma = first;
		}
		if (e->kind == EVENT_MENTION)
			first = i;
	}
	return first;
}

static size_t next_mention(const judge *j, size_t at)
{
	for (size_t i = at + 1; i < j->events.len; i++)
		if (j->events.ptr[i].kind == EVENT_MENTION)
			return i;
	return NONE;
}

/* "(preferred)" with nothing else inside: whether more of the sentence follows. */
static bool is_lone(const judge *j, size_t at)
{
	const vec_event *v = &j->events;
	bool inside =
		at && v->ptr[at - 1].kind == EVENT_OPEN && at + 1 < v->len && v->ptr[at + 1].kind == EVENT_CLOSE;
	return inside && next_mention(j, at) != NONE;
}

static void act_after(judge *j, size_t at)
{
	const event *e = &j->events.ptr[at];
	bool forward = (e->first && !e->last && next_mention(j, at) != NONE) || e->noun;
	size_t from = forward ? NONE : reach_back(j, at, is_lone(j, at));
	if (from != NONE)
		reach(j, from, at, e->cue);
	else if (e->cue != WORDING_NEGATED_AFTER)
		reach(j, at + 1, reach_forward(j, at), e->cue);
}

static void act_before(judge *j, size_t at)
{
	const event *e = &j->events.ptr[at];
	size_t to = reach_forward(j, at), next = next_mention(j, at);
	bool behind = (next == NONE || next >= to) && e->cue == WORDING_PREFERRED_BEFORE;
	size_t from = behind ? reach_back(j, at, false) : NONE;
	if (from != NONE)
		reach(j, from, at, e->cue);
	else
		reach(j, at + 1, to, e->cue);
}

/* ---- negation */

/* The words between a "no" and what it denies can only be such as "prior experience with". */
static bool only_fillers(const study *r, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!token_is(r, i, to, FILLERS))
			return false;
	return true;
}

/* How two neighbouring mentions are joined. */
typedef enum { JOIN_NONE, JOIN_COMMA, JOIN_AND, JOIN_OR, JOIN_SLASH } join_kind;

static join_kind join_words(const study *r, size_t from, size_t to, bool *known)
{
	join_kind join = JOIN_NONE;
	size_t unknown = 0;
	for (size_t i = from; i < to;) {
		const phrase *p =
			wordings_at(r->words, r->text, r->tokens.ptr, i, to, LINKS | FILLERS | KIND(WORDING_CLAUSE));
		if (p && p->kind == WORDING_CLAUSE) {
			*known = false;
			return JOIN_NONE;
		}
		if (p && p->kind == WORDING_OR)
			join = JOIN_OR;
		else if (p && p->kind == WORDING_AND && join == JOIN_NONE)
			join = JOIN_AND;
		unknown += !p;
		i += p ? p->len : 1;
	}
	*known = unknown == 0;
	if (unknown > UNKNOWN_WORDS)
		return JOIN_NONE;
	return join;
}

/* Signs other than commas, slashes and brackets end a list. An item that is not known may stand in the gap if
 * commas stand around it. */
static join_kind join_of(const study *r, const mention *a, const mention *b)
{
	if (b->from < a->to)
		return JOIN_NONE;
	size_t from = token_at(r, a->to), to = token_at(r, b->from);
	size_t commas = 0, slashes = 0;
	for (uint32_t i = a->to; i < b->from; i++) {
		char c = sign_at(r->text, i, b->from);
		commas += c == ',';
		slashes += c == '/' || c == '|';
		if (c && strchr(";:.!?\n", c))
			return JOIN_NONE;
	}
	bool known;
	join_kind join = join_words(r, from, to, &known);
	if (!known)
		return commas + slashes + (join != JOIN_NONE) >= 2 && to - from <= UNKNOWN_WORDS + 1
				   ? (join == JOIN_NONE ? JOIN_COMMA : join)
				   : JOIN_NONE;
	if (join != JOIN_NONE)
		return join;
	return slashes && from == to ? JOIN_SLASH : commas ? JOIN_COMMA : JOIN_NONE;
}

/* The last mention of "no A, B or C" that begins with mention m. Without the "or" only the first is denied.
 */
static size_t denied_to(const judge *j, size_t m)
{
	const mention *all = j->r->mentions.ptr;
	size_t last = m;
	for (; m + 1 < j->s->last; m++) {
		bool overlap = all[m + 1].from < all[m].to;
		join_kind join = overlap ? JOIN_OR : join_of(j->r, &all[m], &all[m + 1]);
		if (join == JOIN_NONE || join == JOIN_AND)
			break;
		if (join != JOIN_COMMA)
			last = m + 1;
	}
	return last;
}

static void act_no(judge *j, size_t at)
{
	study *r = j->r;
	const event *e = &j->events.ptr[at];
	size_t i = next_mention(j, at);
	if (i == NONE || gap_has(r, e->to - 1, ",;:.()") || !only_fillers(r, e->to, j->events.ptr[i].from))
		return;
	size_t m = j->events.ptr[i].mention, to = denied_to(j, m);
	for (; m <= to; m++)
		r->mentions.ptr[m].passed = PASSED_DENIED;
}

/* "a plus but not required" only says that it is a plus. */
static bool softened(const judge *j, size_t at)
{
	for (size_t i = at; i-- > 0 && j->events.ptr[i].kind != EVENT_MENTION;)
		if (j->events.ptr[i].kind == EVENT_CUE && j->events.ptr[i].cue == WORDING_PREFERRED_AFTER)
			return true;
	for (size_t i = at + 1; i < j->events.len && j->events.ptr[i].kind != EVENT_MENTION; i++)
		if (j->events.ptr[i].kind == EVENT_CUE && (j->events.ptr[i].cue == WORDING_PREFERRED_AFTER))
			return true;
	return false;
}

/* ---- alternatives */

static bool one_of_before(const study *r, const sentence *s, const mention *m)
{
	size_t to = token_at(r, m->from);
	for (size_t i = to, n = 0; i-- > s->from && n < 6; n++) {
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, to, KIND(WORDING_ONE_OF));
		if (p)
			return true;
	}
	return false;
}

/* A chain of joined mentions [from, to]: those that an "or" or a slash joins get one number, and so do those
 * that commas join to an "or". */
static void number_chain(study *r, const join_kind *joins, size_t from, size_t to, bool one_of)
{
	for (size_t i = from; i < to;) {
		size_t end = i;
		bool either = one_of;
		while (end < to && (one_of || joins[end - from] != JOIN_AND)) {
			either |= joins[end - from] == JOIN_OR;
			end++;
		}
		for (size_t k = i, open = NONE; k < end; k++) {
			if (!either && joins[k - from] != JOIN_SLASH) {
				open = NONE;
				continue;
			}
			if (open == NONE || !either)
				r->choices += open == NONE;
			open = k;
			r->mentions.ptr[k].choice = r->mentions.ptr[k + 1].choice = r->choices;
		}
		i = end + 1;
	}
}

static void find_choices(judge *j)
{
	study *r = j->r;
	const sentence *s = j->s;
	join_kind *joins = NEWN(r->scratch, join_kind, s->last - s->mention + 1);
	if (!joins)
		return;
	for (size_t from = s->mention; from < s->last;) {
		size_t to = from;
		while (to + 1 < s->last) {
			join_kind join = join_of(r, &r->mentions.ptr[to], &r->mentions.ptr[to + 1]);
			if (join == JOIN_NONE)
				break;
			joins[to - from] = join;
			to++;
		}
		if (to > from)
			number_chain(r, joins, from, to, one_of_before(r, s, &r->mentions.ptr[from]));
		from = to + 1;
	}
}

/* ---- fields of study */

static bool word_is(const study *r, size_t i, const char *word)
{
	return str_eq_nocase(
		str_sub(r->text, r->tokens.ptr[i].from, r->tokens.ptr[i].to - r->tokens.ptr[i].from), str_from(word));
}

/* The token with which the fields of a degree begin, which ends before token i: "degree in", "BS/MS degree in
 * the field of". NONE: nothing is said of them. */
static size_t fields_from(const study *r, const sentence *s, size_t i)
{
	for (size_t n = 0; n <= DEGREE_WORDS && i + n < s->to; n++) {
		if (n == 0 && i && (word_is(r, i - 1, "in") || word_is(r, i - 1, "en")))
			return i;
		if (word_is(r, i + n, "in") || word_is(r, i + n, "en"))
			return i + n;
		if (wordings_at(r->words, r->text, r->tokens.ptr, i + n, s->to,
				KIND(WORDING_ASKED) | KIND(WORDING_NOUN) | KIND(WORDING_CLAUSE)))
			return NONE;
	}
	return NONE;
}

/* Where the list of fields ends: with the sentence, or where something else is asked for. */
static size_t fields_to(const study *r, const sentence *s, size_t i)
{
	const uint64_t ends = KIND(WORDING_CLAUSE) | KIND(WORDING_ASKED) | KIND(WORDING_SEEKING) |
						  KIND(WORDING_YEARS) | KIND(WORDING_NOUN) | KIND(WORDING_PREFERRED_BEFORE) |
						  KIND(WORDING_REQUIRED_BEFORE) | KIND(WORDING_FIELD_END);
	size_t from = i;
	for (; i < s->to && i - from < FIELD_WORDS; i++) {
		if (wordings_at(r->words, r->text, r->tokens.ptr, i, s->to, ends) ||
			(i > from && gap_has(r, i - 1, ";")))
			break;
	}
	return i;
}

/* "A degree in statistics or machine learning" asks for the degree. */
static void pass_over_fields(judge *j)
{
	study *r = j->r;
	const sentence *s = j->s;
	for (size_t i = s->from; i < s->to; i++) {
		const phrase *p = wordings_at(r->words, r->text, r->tokens.ptr, i, s->to, DEGREES);
		size_t from = p ? fields_from(r, s, i + p->len) : NONE;
		if (from == NONE)
			continue;
		size_t to = fields_to(r, s, from);
		for (size_t m = s->mention; m < s->last; m++) {
			mention *one = &r->mentions.ptr[m];
			size_t at = token_at(r, one->from);
			if (at >= from && at < to &&
				(one->concept->kind == CONCEPT_SKILL || one->concept->kind == CONCEPT_THEME))
				one->passed = PASSED_FIELD;
		}
		i = to > i ? to - 1 : i;
	}
}

/* ---- the whole sentence */

/* Outside the sections that say it, "experience with" asks for what it names. Among duties it must begin the
 * sentence: there it is a requirement that stands in the wrong list. */
static void ask(judge *j)
{
	const sentence *s = j->s;
	study *r = j->r;
	if (s->section != SECTION_OTHER && s->section != SECTION_RESPONSIBILITIES)
		return;
	uint32_t asked = UINT32_MAX; /* the byte from which on things are asked for */
	size_t most = s->section == SECTION_OTHER ? s->to : s->from + ASK_WORDS;
	for (size_t i = s->from; i < s->to && i < most && asked == UINT32_MAX; i++)
		if (wordings_at(
				r->words, r->text, r->tokens.ptr, i, s->to, KIND(WORDING_ASKED) | KIND(WORDING_SEEKING)))
			asked = r->tokens.ptr[i].from;
	for (size_t m = s->mention; m < s->last; m++)
		if (!j->decided[m - s->mention] && r->mentions.ptr[m].from >= asked)
			r->mentions.ptr[m].strength = STRENGTH_REQUIRED;
}

void clauses_judge(study *r, const sentence *s)
{
	if (s->mention == s->last)
		return;
	judge j = { .r = r, .s = s, .mention = s->mention };
	j.decided = NEWN(r->scratch, bool, s->last - s->mention);
	if (!j.decided)
		return;
	push_events(&j);
	for (size_t i = 0; i < j.events.len; i++) {
		const event *e = &j.events.ptr[i];
		if (e->kind != EVENT_CUE)
			continue;
		if (e->cue == WORDING_NEGATED_BEFORE)
			act_no(&j, i);
		else if (e->cue == WORDING_NEGATED_AFTER && softened(&j, i))
			continue;
		else if (is_cue(e, true))
			act_before(&j, i);
		else
			act_after(&j, i);
	}
	ask(&j);
	pass_over_fields(&j);
	find_choices(&j);
}
