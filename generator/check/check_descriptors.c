/* How the descriptors of a criterion are worded: by what is seen, in parallel, at a length that can be
 * judged. */
#include "base/text.h"
#include "check/checker.h"
#include "check/descriptor.h"
#include "check/words.h"

/* A shorter text cannot name what is seen, a longer one cannot be kept in mind while judging. */
enum { WORDS_MIN = 8, WORDS_MAX = 60, ABSENT_CELLS_MAX = 1 };
static const double longest_to_shortest_max = 2.5;

/* The descriptors of metrics are numbers, and come from the metric. */
static void each_worded(checker *k, void (*look)(checker *k, const graded *g, const criterion *c))
{
	if (!checker_english(k))
		return;
	EACH (const graded, g, k->tasks)
		if (rubric_has_levels(g))
			EACH (const criterion, c, g->rubric->criteria)
				if (!c->metric.len)
					look(k, g, c);
}

static bool ends_clause(str between)
{
	static const char *const signs[] = { ",", ";", ":", "." };
	for (size_t i = 0; i < COUNT(signs); i++)
		if (str_find(between, str_from(signs[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* True if each clause of the text denies something: "no sources, and the date is missing". */
static bool only_absence(str text)
{
	bool open = false, denies = false, any = false;
	size_t at = 0, end = 0;
	for (str word = text_next_word(text, &at); word.len; word = text_next_word(text, &at)) {
		unsigned kinds = words_function(word);
		size_t begin = at - word.len;
		if ((kinds & WORD_JOIN) || ends_clause(str_sub(text, end, begin - end))) {
			if (open && !denies)
				return false;
			open = denies = false;
		}
		open |= !(kinds & WORD_JOIN);
		denies |= (kinds & WORD_NEGATIVE) != 0;
		any = true;
		end = at;
	}
	return any && (!open || denies);
}

static void check_absence(checker *k, const graded *g, const criterion *c)
{
	const rubric *r = g->rubric;
	size_t count = 0;
	bool absent = false; /* at the level that was looked at last */
	EACH (const scale_level, one, r->scale) {
		absent = only_absence(descriptor_of(c, one->level));
		count += absent;
	}
	if (absent)
		found(k, place_criterion(g, c), "'%.*s' says only what is missing, not what is seen instead",
			STRF(r->scale.ptr[r->scale.len - 1].level));
	else if (count > ABSENT_CELLS_MAX)
		found(
			k, place_criterion(g, c), "%zu levels say only what is missing, not what is seen instead", count);
}

void rule_r_12(checker *k)
{
	each_worded(k, check_absence);
}

/* What a text may open with; a word that may be either, such as "Records", is both. */
enum { OPENS_NOUN = 1, OPENS_VERB = 2, OPENS_LINK = 4, OPENS_ANY = 7 };

typedef struct {
	str word; /* without adverbs before it */
	str next;
} opening;

static bool is_adverb(str word)
{
	return (words_function(word) & WORD_ADVERB) != 0 || (word.len > 3 && str_ends(word, STR("ly")));
}

static opening opening_of(str text)
{
	size_t at = 0;
	opening out = { .word = text_next_word(text, &at) };
	while (is_adverb(out.word))
		out.word = text_next_word(text, &at);
	out.next = text_next_word(text, &at);
	return out;
}

static bool may_be_verb(str word)
{
	bool possessive = str_ends(word, STR("'s")),
		 inflected = str_ends(word, STR("s")) && !str_ends(word, STR("ss"));
	return !possessive &&
		   (inflected || str_ends(word, STR("ed")) || words_verb_levels(word) != 0 || words_observable(word));
}

/* After a verb an article is certain to begin its object: "Names the risk" has no other reading. */
static unsigned opens_with(opening o)
{
	unsigned kinds = words_function(o.word);
	if (!o.word.len)
		return OPENS_ANY;
	if (kinds & WORD_LINK)
		return OPENS_LINK;
	if (kinds & WORD_VERB)
		return OPENS_VERB;
	if (kinds || words_degree(o.word) || words_number(o.word) || !may_be_verb(o.word))
		return OPENS_NOUN;
	return words_function(o.next) & WORD_ARTICLE ? OPENS_VERB : OPENS_NOUN | OPENS_VERB;
}

static void check_parallel(checker *k, const graded *g, const criterion *c)
{
	unsigned common = OPENS_ANY;
	str first = STR("");
	EACH (const scale_level, one, g->rubric->scale) {
		opening o = opening_of(descriptor_of(c, one->level));
		common &= opens_with(o);
		if (!first.len)
			first = o.word;
		if (common)
			continue;
		found(k, place_criterion(g, c),
			"'%.*s' opens with '%.*s' and a level above it with '%.*s'; the same part of speech lets them be "
			"compared",
			STRF(one->level), STRF(o.word), STRF(first));
		return;
	}
}

void rule_r_13(checker *k)
{
	each_worded(k, check_parallel);
}

static void check_length(checker *k, const graded *g, const criterion *c)
{
	size_t least = SIZE_MAX, most = 0;
	bool fits = true;
	EACH (const scale_level, one, g->rubric->scale) {
		size_t words = text_words(descriptor_of(c, one->level));
		if (words == 0)
			continue; /* */
		if (words < WORDS_MIN || words > WORDS_MAX) {
			found(k, place_criterion(g, c), "'%.*s' has %zu words; %d to %d can be judged", STRF(one->level),
				words, WORDS_MIN, WORDS_MAX);
			fits = false;
		}
		least = words < least ? words : least;
		most = words > most ? words : most;
	}
	if (fits && most && (double)most > longest_to_shortest_max * (double)least)
		found(k, place_criterion(g, c),
			"its descriptors have %zu to %zu words; at most %g times as many keep them level", least, most,
			longest_to_shortest_max);
}

void rule_r_19(checker *k)
{
	each_worded(k, check_length);
}
