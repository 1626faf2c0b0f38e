/* Words that lead from the stem to the key: who does not know the answer picks the option that sounds like
 * the question. */
#include "check/check_quizzes.h"
#include "check/prose.h"
#include "check/words.h"

/* A word in more options than this is a word of the subject and no clue; shorter words are mostly grammar. */
enum { CLUE_OPTIONS_MAX = 2, CLUE_LETTERS_MIN = 5 };

/* An item as prose_words makes it. Code in a stem is what has to be read to find the key, so it may lead
 * there. */
typedef struct {
	str stem;
	vec_str options;
} item_words;

typedef struct {
	arena *arena;
	VEC(item_words) items;
	map uses; /* word -> word_use *, over the options of all items */
} quiz_words;

typedef struct {
	size_t options; /* that have the word */
	str latest;     /* the one in which it was counted last */
} word_use;

/* The next word of what prose_words made; empty at the end. */
static str next_word(str words, size_t *at)
{
	str word = str_split(str_skip(words, *at + 1), ' ').head;
	*at += word.len + 1;
	return word;
}

static bool has_word(str words, str word)
{
	size_t at = 0;
	for (str one = next_word(words, &at); one.len; one = next_word(words, &at))
		if (str_eq(one, word))
			return true;
	return false;
}

static void count_option(quiz_words *q, str option)
{
	size_t at = 0;
	for (str word = next_word(option, &at); word.len; word = next_word(option, &at)) {
		word_use *use = map_get(&q->uses, word);
		if (!use) {
			use = NEW(q->arena, word_use);
			if (!use)
				return;
			map_put(&q->uses, word, use);
		}
		use->options += use->latest.ptr != option.ptr;
		use->latest = option;
	}
}

static quiz_words read_words(arena *a, const quiz *from)
{
	quiz_words q = { .arena = a, .uses = { .arena = a } };
	EACH (const quiz_item, item, from->items) {
		item_words words = { .stem = prose_words(a, prose_without_code(a, item->stem), false) };
		EACH (const quiz_option, o, item->options) {
			str option = prose_words(a, o->text, false);
			vec_push(a, &words.options, option);
			count_option(&q, option);
		}
		vec_push(a, &q.items, words);
	}
	return q;
}

static bool can_be_clue(const quiz_words *q, str word)
{
	const word_use *use = word.len >= CLUE_LETTERS_MIN ? map_get(&q->uses, word) : NULL;
	return use && use->options <= CLUE_OPTIONS_MAX && !words_common(word);
}

/* A word of the stem that stands in this option and in no other one; empty if there is none. */
static str clue_in(const quiz_words *q, const item_words *item, size_t option)
{
	size_t at = 0;
	for (str word = next_word(item->stem, &at); word.len; word = next_word(item->stem, &at)) {
		bool only = can_be_clue(q, word);
		for (size_t i = 0; only && i < item->options.len; i++)
			only = has_word(item->options.ptr[i], word) == (i == option);
		if (only)
			return word;
	}
	return STR("");
}

/* The word that the key repeats. Where a wrong option has one of its own as well, the words lead nowhere. */
static str clue_to_key(const quiz_words *q, const item_words *words, const quiz_item *item)
{
	str clue = STR("");
	for (size_t i = 0; i < words->options.len; i++) {
		str word = clue_in(q, words, i);
		if (item->options.ptr[i].correct)
			clue = word;
		else if (word.len)
			return STR("");
	}
	return clue;
}

static void check_quiz(checker *k, const quiz *from)
{
	quiz_words q = read_words(k->arena, from);
	for (size_t i = 0; i < q.items.len; i++) {
		const quiz_item *item = &from->items.ptr[i];
		str clue = item->multi ? STR("") : clue_to_key(&q, &q.items.ptr[i], item);
		if (clue.len)
			found(k, place_quiz_item(from, item), "only the key repeats '%.*s' of the stem", STRF(clue));
	}
}

void rule_q_06(checker *k)
{
	if (!checker_english(k))
		return;
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz)
			check_quiz(k, t->quiz);
}
