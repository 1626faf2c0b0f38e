/* Years of experience and education: "5+ years", "three to five years", "5 years with a master's degree or 3
 * with a PhD". Numbers of years that are not asked for (of a firm's history, of a contract) are passed over.
 */
#include "evidence/understand_parts.h"

enum {
	YEARS_MOST = 40,  /* more is not experience */
	NEAR_WORDS = 4,   /* between the parts of one expression */
	AFTER_WORDS = 14, /* "years ... experience" */
	BEFORE_WORDS = 8, /* "experience ... years" */
	DEGREE_WORDS = 5, /* "years ... with a ... degree" */
	FOUND_MAX = 16    /* in one sentence */
};

#define DENIED (KIND(WORDING_NEGATED_BEFORE) | KIND(WORDING_NEGATED_AFTER))

typedef struct {
	bool is_degree;
	wording_kind degree;
	years_mention years;
	size_t from, to; /* tokens */
} found;

typedef struct {
	study *r;
	const sentence *s;
	found list[FOUND_MAX];
	size_t count, years;
} finder;

static const phrase *at(const finder *f, size_t i, uint64_t kinds)
{
	const study *r = f->r;
	return i < f->s->to ? wordings_at(r->words, r->text, r->tokens.ptr, i, f->s->to, kinds) : NULL;
}

/* The number that token i is, in digits or as a word; -1: none. */
static int number_at(const finder *f, size_t i)
{
	const token *t = &f->r->tokens.ptr[i];
	if (is_digit(f->r->text.ptr[t->from])) {
		int n = 0;
		for (uint32_t k = t->from; k < t->to && n <= YEARS_MOST; k++)
			n = n * 10 + (f->r->text.ptr[k] - '0');
		return n <= YEARS_MOST ? n : -1;
	}
	const phrase *p = at(f, i, KIND(WORDING_NUMBER));
	return p && p->len == 1 && p->place <= YEARS_MOST ? (int)p->place : -1;
}

/* Whether a phrase of the kinds ends within `most` words before token i. */
static bool before(const finder *f, size_t i, size_t most, uint64_t kinds)
{
	for (size_t n = 1; n <= most && i >= f->s->from + n; n++)
		if (at(f, i - n, kinds))
			return true;
	return false;
}

static bool after(const finder *f, size_t i, size_t most, uint64_t kinds)
{
	for (size_t n = 0; n < most && i + n < f->s->to; n++)
		if (at(f, i + n, kinds))
			return true;
	return false;
}

static bool sentence_has(const finder *f, uint64_t kinds)
{
	return after(f, f->s->from, SIZE_MAX, kinds);
}

/* Whether two numbers are the ends of a range: a hyphen, a dash or "to" between them. */
static bool ranged(const finder *f, size_t low, size_t high)
{
	if (high == low + 1)
		return gap_has(f->r, low, "-~") || gap_has(f->r, low, "\x93\x94");
	return high == low + 2 && at(f, low + 1, KIND(WORDING_RANGE));
}

/* The number that stands before the word "years" at token i, past "or more", "(5)" and "full"; SIZE_MAX:
 * none. */
static size_t number_before(const finder *f, size_t i)
{
	for (size_t n = 1; n <= NEAR_WORDS && i >= f->s->from + n; n++) {
		size_t k = i - n;
		if (number_at(f, k) >= 0)
			return k;
		if (!at(f, k, KIND(WORDING_MORE) | KIND(WORDING_FILLER) | KIND(WORDING_OR)))
			return SIZE_MAX;
	}
	return SIZE_MAX;
}

/* The last number of "Years of work experience: 0-3", of which token i is the first after "years"; SIZE_MAX:
 * none. */
static size_t number_after(const finder *f, size_t i)
{
	bool experience = false;
	for (size_t n = 0; n < NEAR_WORDS && i + n + 1 < f->s->to; n++) {
		experience |= at(f, i + n, KIND(WORDING_EXPERIENCE)) != NULL;
		size_t k = i + n + 1;
		if (!gap_has(f->r, k - 1, ":") || !experience || number_at(f, k) < 0)
			continue;
		size_t last = k + 1 < f->s->to && number_at(f, k + 1) >= 0 && ranged(f, k, k + 1) ? k + 1 : k;
		return at(f, last + 1, KIND(WORDING_YEARS)) ? SIZE_MAX : last;
	}
	return SIZE_MAX;
}

/* "five (5) years" says it twice. */
static size_t said_twice(const finder *f, size_t high)
{
	if (high > f->s->from && number_at(f, high - 1) == number_at(f, high) && gap_has(f->r, high - 1, "("))
		return high - 1;
	return high;
}

static size_t range_begin(const finder *f, size_t high)
{
	for (size_t n = 1; n <= 2 && high >= f->s->from + n; n++)
		if (number_at(f, high - n) >= 0 && number_at(f, high - n) < number_at(f, high) &&
			ranged(f, high - n, high))
			return high - n;
	return high;
}

static void add(finder *f, found one)
{
	if (f->count == FOUND_MAX)
		return;
	f->years += !one.is_degree;
	f->list[f->count++] = one;
}

/* Whether years at tokens [from, to) are asked for. */
static bool asked(const finder *f, size_t from, size_t to)
{
	section_kind in = f->s->section;
	if (at(f, to - 1, KIND(WORDING_NOT_YEARS_AFTER)) || after(f, to, 1, KIND(WORDING_NOT_YEARS_AFTER)) ||
		before(f, from, 2, KIND(WORDING_NOT_YEARS_BEFORE)))
		return false;
	bool experience = after(f, to, AFTER_WORDS, KIND(WORDING_EXPERIENCE)) ||
					  before(f, from, BEFORE_WORDS, KIND(WORDING_EXPERIENCE));
	if (in == SECTION_REQUIRED || in == SECTION_PREFERRED)
		return true;
	if (!experience)
		return false;
	return !sentence_has(f, KIND(WORDING_FIRST_PERSON)) ||
		   sentence_has(f, KIND(WORDING_SEEKING) | KIND(WORDING_REQUIRED_BEFORE));
}

/* Years whose number ends at token `high`; the expression ends before token `to`. */
static void add_years(finder *f, size_t high, size_t to)
{
	double most = number_at(f, high);
	high = said_twice(f, high);
	size_t low = range_begin(f, high);
	years_mention y = { .min = number_at(f, low), .max = low == high ? -1 : most };
	if (low == high && before(f, low, 2, KIND(WORDING_UP_TO)))
		y = (years_mention){ .min = -1, .max = most };
	if (!asked(f, low, to))
		return;
	y.from = f->r->tokens.ptr[low].from;
	y.to = f->r->tokens.ptr[to - 1].to;
	add(f, (found){ .years = y, .from = low, .to = to });
}

/* "... or 3 with a PhD": a number alone counts as years after years have been named. */
static void add_bare(finder *f, size_t i)
{
	if (f->years == 0 || number_at(f, i) < 0 || !at(f, i + 1, KIND(WORDING_WITH)) ||
		!after(f, i + 1, DEGREE_WORDS, DEGREES))
		return;
	const token *t = &f->r->tokens.ptr[i];
	years_mention y = { .min = number_at(f, i), .max = -1, .from = t->from, .to = t->to };
	add(f, (found){ .years = y, .from = i, .to = i + 1 });
}

static size_t take_token(finder *f, size_t i)
{
	const phrase *p = at(f, i, KIND(WORDING_YEARS) | KIND(WORDING_HARMLESS) | DEGREES);
	if (!p) {
		add_bare(f, i);
		return i + 1;
	}
	if (p->kind == WORDING_YEARS) {
		size_t high = number_before(f, i);
		if (high == SIZE_MAX) {
			high = number_after(f, i + p->len);
			if (high != SIZE_MAX)
				add_years(f, high, high + 1);
		} else if (f->count == 0 || f->list[f->count - 1].to <= high) {
			add_years(f, high, i + p->len);
		}
	} else if (p->kind != WORDING_HARMLESS) {
		add(f, (found){ .is_degree = true, .degree = p->kind, .from = i, .to = i + p->len });
	}
	return i + p->len;
}

/* ---- which years go with which degree */

static bool linked(const finder *f, const found *a, const found *b)
{
	return b->from - a->to <= DEGREE_WORDS && after(f, a->to, b->from - a->to, KIND(WORDING_WITH)) &&
		   !after(f, a->to, b->from - a->to, KIND(WORDING_OR));
}

static str degree_name(wording_kind kind)
{
	return kind == WORDING_BACHELOR ? STR("bachelor")
		   : kind == WORDING_MASTER ? STR("master")
									: STR("doctorate");
}

/* The degree that years go with is the one they are linked to by "with"; where there are several numbers of
 * years, the last one named before them. */
static str degree_of(const finder *f, size_t i)
{
	const found *one = &f->list[i];
	if (i + 1 < f->count && f->list[i + 1].is_degree && linked(f, one, &f->list[i + 1]))
		return degree_name(f->list[i + 1].degree);
	if (i == 0 || !f->list[i - 1].is_degree)
		return STR("");
	if (f->years > 1 || linked(f, &f->list[i - 1], one))
		return degree_name(f->list[i - 1].degree);
	return STR("");
}

void years_mentioned(study *r, const sentence *s)
{
	finder f = { .r = r, .s = s };
	for (size_t i = s->from; i < s->to;)
		i = take_token(&f, i);
	bool denied = f.count && f.years == 0 && sentence_has(&f, DENIED);
	for (size_t i = 0; i < f.count; i++) {
		found *one = &f.list[i];
		if (one->is_degree) {
			if (!denied)
				r->degrees[one->degree - WORDING_BACHELOR] = true;
			continue;
		}
		one->years.degree = degree_of(&f, i);
		vec_push(r->arena, &r->years, one->years);
	}
}
