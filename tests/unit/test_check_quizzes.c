/* Each rule about quizzes, and the chances behind them. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

#include "check/chi_square.h"
#include "check/words.h"

#include <math.h>

enum { MANY_ITEMS = 120, MANY_OPTIONS = 4 };

/* Item banks that are larger than the small course's; one at a time. */
static quiz_item many[MANY_ITEMS];
static quiz_option many_options[MANY_ITEMS][MANY_OPTIONS];

/* Items that differ in where their key is: `keys[i]` of them have it at position i. All options are equally
 * long. */
static void make_many(small *k, const size_t keys[MANY_OPTIONS])
{
	static const char *const texts[MANY_OPTIONS] = { "north", "south", "wests", "easts" };
	size_t n = 0;
	for (size_t at = 0; at < MANY_OPTIONS; at++)
		for (size_t i = 0; i < keys[at]; i++, n++) {
			for (size_t j = 0; j < MANY_OPTIONS; j++)
				many_options[n][j] = (quiz_option){ .text = str_from(texts[j]), .correct = j == at };
			many[n] = (quiz_item){ .id = STR("one"),
				.outcome = k->outcomes[n % 2].id,
				.stem = STR("Which?"),
				.rationale = STR("It is so.") };
			PUT(many[n].options, many_options[n]);
		}
	k->quiz.items.ptr = many;
	k->quiz.items.len = n;
}

#define MANY(...) make_many(k, (const size_t[MANY_OPTIONS]){ __VA_ARGS__ })

static void no_items(small *k)
{
	k->quiz.items.len = 0;
}
static void no_stem(small *k)
{
	k->quiz_items[0].stem = STR(" ");
}
static void two_options(small *k)
{
	k->quiz_items[0].options.len = 2;
}
static void no_key(small *k)
{
	k->quiz_options[0][0].correct = false;
}
static void two_keys(small *k)
{
	k->quiz_options[0][1].correct = true;
}
static void multi_with_one_key(small *k)
{
	k->quiz_items[0].multi = true;
}
static void multi_all_keys(small *k)
{
	k->quiz_items[0].multi = true;
	k->quiz_options[0][1].correct = k->quiz_options[0][2].correct = true;
}
static void no_rationale(small *k)
{
	k->quiz_items[0].rationale = STR("");
}
static void outcome_of_another_module(small *k)
{
	k->quiz_items[0].outcome = STR("lead-o1");
}
static void option_twice(small *k)
{
	k->quiz_options[0][2].text = STR("load of\n the api server");
}
static void all_of_the_above(small *k)
{
	k->quiz_options[0][2].text = STR("All of the above.");
}
static void not_in_capitals(small *k)
{
	k->quiz_items[0].stem = STR("Which of them does NOT grow?");
}
static void key_in_one_place(small *k)
{
	MANY(3, 73, 18, 11);
}
static void uneven_keys(small *k)
{
	MANY(4, 40, 40, 20);
}
static void longest_keys(small *k)
{
	MANY(18, 19, 19, 19);
	for (size_t i = 0; i < 63; i++)
		for (size_t j = 0; j < MANY_OPTIONS; j++)
			if (many_options[i][j].correct)
				many_options[i][j].text = STR("the longest of them");
}
static void clang(small *k)
{
	k->quiz_items[2].stem = STR("A name resolves before its pod answers. What do clients see?");
}
static void numbers_in_disorder(small *k)
{
	k->quiz_options[0][0].text = STR("1,500 ms");
	k->quiz_options[0][1].text = STR("200 ms.");
	k->quiz_options[0][2].text = STR("300 ms");
}
static void share_off(small *k)
{
	static pair_number plan_of[2];
	for (size_t i = 0; i < 2; i++)
		plan_of[i] = (pair_number){ .key = k->outcomes[i].id, .value = i ? 20 : 80 };
	PUT(k->quiz.blueprint, plan_of);
}
static void share_sum(small *k)
{
	static pair_number plan_of[1];
	plan_of[0] = (pair_number){ .key = k->outcomes[0].id, .value = 90 };
	PUT(k->quiz.blueprint, plan_of);
}
static void not_in_the_blueprint(small *k)
{
	share_sum(k);
	*(pair_number *)k->quiz.blueprint.ptr = (pair_number){ .key = k->outcomes[0].id, .value = 100 };
}
static void leak_rationale(small *k)
{
	k->docs[DOC_QUIZ].bytes = STR("# Operators\n\nMeasured in the *exercise*, and told in its report.\n");
}
static void leak_feedback(small *k)
{
	k->docs[DOC_QUIZ].path = STR("quizzes/quiz-ops.html");
	k->docs[DOC_QUIZ].bytes =
		PAGE("Quiz", "<h1>Quiz</h1><p>This is what the exercise of the module <b>shows</b>.</p>");
}

static const row rows[] = {
	{ "Q-01", "has no items", no_items },
	{ "Q-01", "has no stem", no_stem },
	{ "Q-01", "has 2 options", two_options },
	{ "Q-01", "has 0 keys instead of one", no_key },
	{ "Q-01", "has 2 keys instead of one", two_keys },
	{ "Q-01", "more than one option is correct, and has 1 key", multi_with_one_key },
	{ "Q-01", "every option is a key", multi_all_keys },
	{ "Q-01", "has no rationale", no_rationale },
	{ "Q-01", "'lead-o1', which is no outcome of module:ops", outcome_of_another_module },
	{ "Q-02", "the option 'load of the api server' is there twice", option_twice },
	{ "Q-02", "says 'all of the above'", all_of_the_above },
	{ "Q-03", "'NOT'", not_in_capitals },
	{ "Q-04", "B is the key of 70 % of 105 items, more than 40 % (A 3, B 73, C 18, D 11)", key_in_one_place,
		"Q-02" },
	{ "Q-04", "less than 1 of 100 courses (A 4, B 40, C 40, D 20)", uneven_keys },
	{ "Q-05", "the longest option of 63 of 75 items (84 %), more than 45 %", longest_keys },
	{ "Q-06", "only the key repeats 'resolves' of the stem", clang },
	{ "Q-07", "neither rising nor falling", numbers_in_disorder },
	{ "Q-08", "has 2 of 4 items for ops-o1; the blueprint gives it 3.2", share_off },
	{ "Q-08", "sums to 90 %", share_sum },
	{ "Q-08", "has 2 of 4 items for ops-o2; the blueprint gives it 0.0", not_in_the_blueprint },
	{ "S-06", "the rationale of item quiz-ops-1 before they answer", leak_rationale },
	{ "S-06", "the feedback on an option of item quiz-ops-1", leak_feedback },
};

Test(check_quizzes, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_quizzes, each_rule_has_a_change)
{
	expect_row_for_each_rule("Q", rows, COUNT(rows));
}

static void even_keys(small *k)
{
	MANY(27, 26, 26, 26);
}
static void too_few_to_tell(small *k)
{
	MANY(0, 19, 0, 0);
}
/* Two of five options, each the key of half: what is not chosen from may not be counted. */
static void several_keys(small *k)
{
	MANY(0, 30, 0, 0);
	for (size_t i = 0; i < k->quiz.items.len; i++)
		many[i].multi = many_options[i][2].correct = true;
}
/* 3 items of 4 options say nothing of their positions, and the others are even. */
static void few_of_one_kind(small *k)
{
	MANY(8, 8, 8, 3);
	for (size_t i = 0; i < 24; i++)
		many[i].options.len = 3;
}
static void several_options_correct(small *k)
{
	k->quiz_items[0].multi = true;
	k->quiz_options[0][1].correct = true;
}
static void signs_differ(small *k)
{
	k->quiz_options[0][0].text = STR("`a && b`");
	k->quiz_options[0][1].text = STR("`a || b`");
	k->quiz_options[0][2].text = STR("`A || b`");
}
static void not_of_something_else(small *k)
{
	k->quiz_items[0].stem = STR("Which change explains why the pod is not scheduled, with `NOT NULL` set?");
}
/* A wrong option repeats a word as well. */
static void misleading_clue(small *k)
{
	clang(k);
	k->quiz_options[2][0].text = STR("A slower rollout that answers.");
}
static void clue_in_code(small *k)
{
	k->quiz_items[2].stem = STR("What do clients see?\n\n```\nresolves: true\n```\n");
}
static void word_of_the_subject(small *k)
{
	clang(k);
	for (size_t i = 0; i < 2; i++)
		k->quiz_options[i][2].text = STR("Nobody resolves it.");
}
static void numbers_falling(small *k)
{
	k->quiz_options[0][0].text = STR("$4.50");
	k->quiz_options[0][1].text = STR("$3");
	k->quiz_options[0][2].text = STR("$-1");
}
static void other_units(small *k)
{
	k->quiz_options[0][0].text = STR("3 s");
	k->quiz_options[0][1].text = STR("200 ms");
	k->quiz_options[0][2].text = STR("4 s");
}
static void share_rounded(small *k)
{
	static pair_number plan_of[2];
	for (size_t i = 0; i < 2; i++)
		plan_of[i] = (pair_number){ .key = k->outcomes[i].id, .value = i ? 30 : 70 };
	PUT(k->quiz.blueprint, plan_of);
}
static void rationale_in_words_of_the_question(small *k)
{
	k->quiz_items[2].rationale = STR("Readiness is set in the first pass.");
}
static void answers_on_their_page(small *k)
{
	leak_rationale(k);
	k->docs[DOC_QUIZ].path = STR("quizzes/quiz-ops-answers.md");
}
static void no_quiz(small *k)
{
	k->taught[0].quiz = NULL;
}
static void other_language(small *k)
{
	clang(k);
	k->plan.course.language = STR("de");
	k->quiz_options[1][2].text = STR("All of the above.");
}

Test(check_quizzes, what_is_no_finding)
{
	static void (*const changes[])(small * k) = { too_few_to_tell, several_keys, few_of_one_kind, even_keys,
		several_options_correct, signs_differ, not_of_something_else, misleading_clue, clue_in_code,
		word_of_the_subject, numbers_falling, other_units, share_rounded, rationale_in_words_of_the_question,
		answers_on_their_page, no_quiz, other_language };
	for (size_t i = 0; i < COUNT(changes); i++) {
		small k;
		small_init(&k, 0);
		changes[i](&k);
		small_run(&k);
		EACH (const finding, f, k.out)
			cr_expect(false, "change %zu: %s %.*s", i, f->rule->id, STRF(f->text));
		small_free(&k);
	}
	NO_LEAKS();
}

/* Critical values at 1 % and 5 %, as the tables of NIST/SEMATECH (e-Handbook of Statistical
 * Methods, 1.3.6.7.4). */
Test(check_quizzes, chances)
{
	static const struct {
		size_t freedom;
		double x, chance;
	} rows_of_table[] = { { 1, 3.841, 0.05 }, { 1, 6.635, 0.01 }, { 2, 5.991, 0.05 }, { 2, 9.210, 0.01 },
		{ 3, 7.815, 0.05 }, { 3, 11.345, 0.01 }, { 4, 13.277, 0.01 }, { 5, 15.086, 0.01 },
		{ 10, 23.209, 0.01 }, { 25, 44.314, 0.01 }, { 100, 135.807, 0.01 } };
	for (size_t i = 0; i < COUNT(rows_of_table); i++) {
		double chance = chi_square_tail(rows_of_table[i].x, rows_of_table[i].freedom);
		cr_expect(fabs(chance - rows_of_table[i].chance) < 1e-4, "row %zu: %g", i, chance);
	}
	for (size_t freedom = 1; freedom < 6; freedom++)
		cr_expect(fabs(chi_square_tail(0, freedom) - 1) < 1e-12);
}

Test(check_quizzes, words)
{
	assert_str(words_negative_stem(STR("Which of these is not a reason?")), "of these is not");
	assert_str(words_negative_stem(STR("All of these help, except:")), "except");
	assert_str(words_negative_stem(STR("All help EXCEPT one.")), "EXCEPT");
	assert_str(words_negative_stem(STR("What fails except in tests?")), "");
	assert_str(words_negative_stem(STR("The pod is not ready. Why?")), "");
	assert_str(words_of_the_above(STR("Neither of the above")), "Neither of the above");
	assert_str(words_of_the_above(STR("all of them")), "");
	cr_expect(words_common(STR("Which")) && !words_common(STR("controller")));
}
