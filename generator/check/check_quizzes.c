/* Quizzes, item by item: what is asked, what can be chosen, and what gives the key away without knowledge.
 * How the keys of all items lie is check_quiz_keys.c; words that the key shares with the stem are
 * check_quiz_clues.c. */
#include "check/check_quizzes.h"

#include "base/number.h"
#include "base/text.h"
#include "check/prose.h"
#include "check/words.h"

#include <math.h>

enum { OPTIONS_MIN = 3, BLUEPRINT_SUM = 100 };

/* A quiz measures what it was planned to measure if each outcome has its share of the items within a fifth.
 * Less than one whole item is rounding. */
static const double share_tolerance = 0.20, rounding = 1;

size_t quiz_item_keys(const quiz_item *item)
{
	size_t keys = 0;
	EACH (const quiz_option, o, item->options)
		keys += o->correct;
	return keys;
}

static place place_quiz(const quiz *q)
{
	return (place){ .kind = "quiz", .id = q->id, .at = q->at };
}

place place_quiz_item(const quiz *q, const quiz_item *item)
{
	return (place){ .kind = "quiz-item", .parent = q->id, .id = item->id, .at = item->at };
}

static void each_item(checker *k, void (*look)(checker *k, const taught_module *t, const quiz_item *item))
{
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz)
			EACH (const quiz_item, item, t->quiz->items)
				look(k, t, item);
}

static bool teaches(const module *m, str id)
{
	EACH (const outcome, o, m->outcomes)
		if (str_eq(o->id, id))
			return true;
	return false;
}

static void check_keys(checker *k, place where, const quiz_item *item)
{
	size_t keys = quiz_item_keys(item);
	if (!item->multi && keys != 1)
		found(k, where, "has %zu keys instead of one", keys);
	else if (item->multi && keys < 2)
		found(k, where, "says that more than one option is correct, and has %zu key%s", keys,
			keys == 1 ? "" : "s");
	else if (item->multi && keys == item->options.len)
		found(k, where, "every option is a key");
}

static void check_parts(checker *k, const taught_module *t, const quiz_item *item)
{
	place where = place_quiz_item(t->quiz, item);
	if (!str_trim(item->stem).len)
		found(k, where, "has no stem");
	if (item->options.len < OPTIONS_MIN)
		found(k, where, "has %zu options; below %d guessing is too easy", item->options.len, OPTIONS_MIN);
	else
		check_keys(k, where, item);
	if (!str_trim(item->rationale).len)
		found(k, where, "has no rationale");
	if (!teaches(t->module, item->outcome))
		found(k, where, "prepares for '%.*s', which is no outcome of module:%.*s", STRF(item->outcome),
			STRF(t->module->id));
}

void rule_q_01(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz && !t->quiz->items.len)
			found(k, place_quiz(t->quiz), "has no items");
	each_item(k, check_parts);
}

/* What a reader takes for the same: white space and the full stop do not count, nor does case outside code.
 * Signs do, since options may differ in nothing else. */
static str plain_option(arena *a, str text)
{
	text = text_one_line(a, text);
	if (str_ends(text, STR(".")))
		text.len--;
	return str_find(text, STR("`"), 0) == SIZE_MAX ? text_lower(a, text) : text;
}

static void check_options(checker *k, const taught_module *t, const quiz_item *item)
{
	place where = place_quiz_item(t->quiz, item);
	map seen = { .arena = k->arena };
	EACH (const quiz_option, o, item->options) {
		str text = plain_option(k->arena, o->text);
		if (map_put(&seen, text, (void *)(uintptr_t)o))
			found(k, where, "the option '%.*s' is there twice", STRF(text));
		str phrase = checker_english(k) ? words_of_the_above(text) : STR("");
		if (phrase.len)
			found(k, where, "an option says '%.*s'", STRF(phrase));
	}
}

void rule_q_02(checker *k)
{
	each_item(k, check_options);
}

static void check_stem(checker *k, const taught_module *t, const quiz_item *item)
{
	str negation = words_negative_stem(prose_without_code(k->arena, item->stem));
	if (negation.len)
		found(k, place_quiz_item(t->quiz, item), "asks for what is not so: '%.*s'", STRF(negation));
}

void rule_q_03(checker *k)
{
	if (checker_english(k))
		each_item(k, check_stem);
}

typedef struct {
	double number;
	str unit;
} quantity;

/* "1,500 ms", "$4", "-3 %"; false for anything else. */
static bool read_quantity(quantity *out, arena *a, str text)
{
	buf digits = { .arena = a };
	str currency = str_sub(text, 0, str_starts(text, STR("$")));
	size_t at = currency.len;
	for (; at < text.len; at++) {
		char c = text.ptr[at];
		if (is_digit(c) || c == '.' || (c == '-' && !digits.len))
			buf_char(&digits, c);
		else if (c != ',')
			break;
	}
	str rest = str_trim(str_skip(text, at));
	out->unit = rest.len ? rest : currency;
	return number_parse(&out->number, buf_done(&digits));
}

/* Whether all options are numbers of one unit, in neither order. */
static bool is_disordered(checker *k, const quiz_item *item)
{
	quantity last, one;
	bool rises = true, falls = true;
	for (size_t i = 0; i < item->options.len; i++, last = one) {
		str text = plain_option(k->arena, item->options.ptr[i].text);
		if (!read_quantity(&one, k->arena, text) || (i > 0 && !str_eq(one.unit, last.unit)))
			return false;
		rises &= i == 0 || one.number >= last.number;
		falls &= i == 0 || one.number <= last.number;
	}
	return !rises && !falls;
}

static void check_order(checker *k, const taught_module *t, const quiz_item *item)
{
	if (is_disordered(k, item))
		found(k, place_quiz_item(t->quiz, item), "its options are numbers, neither rising nor falling");
}

void rule_q_07(checker *k)
{
	each_item(k, check_order);
}

/* What the quiz planned for an outcome, and what it has. */
typedef struct {
	str outcome;
	double share;
	size_t items;
} part;

typedef VEC(part) vec_part;

static part *find_part(const vec_part *parts, str id)
{
	EACH (part, one, *parts)
		if (str_eq(one->outcome, id))
			return one;
	return NULL;
}

/* In equal parts, if there is no blueprint. */
static vec_part count_parts(checker *k, const quiz *q)
{
	vec_part out = { 0 };
	EACH (const pair_number, one, q->blueprint)
		vec_push(k->arena, &out, (part){ .outcome = one->key, .share = one->value / BLUEPRINT_SUM });
	EACH (const quiz_item, item, q->items) {
		if (!find_part(&out, item->outcome))
			vec_push(k->arena, &out, (part){ .outcome = item->outcome });
		part *one = find_part(&out, item->outcome);
		if (one)
			one->items++;
	}
	if (!q->blueprint.len)
		EACH (part, one, out)
			one->share = 1 / (double)out.len;
	return out;
}

static void check_blueprint(checker *k, const quiz *q)
{
	place where = place_quiz(q);
	double sum = 0;
	EACH (const pair_number, one, q->blueprint)
		sum += one->value;
	if (q->blueprint.len && fabs(sum - BLUEPRINT_SUM) >= rounding) {
		found(k, where, "its blueprint sums to %g %%", sum);
		return;
	}
	vec_part parts = count_parts(k, q);
	EACH (const part, one, parts) {
		double planned = one->share * (double)q->items.len, off = fabs((double)one->items - planned);
		if (off >= rounding && off > share_tolerance * planned)
			found(k, where, "has %zu of %zu items for %.*s; the blueprint gives it %.1f", one->items,
				q->items.len, STRF(one->outcome), planned);
	}
}

void rule_q_08(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		if (t->quiz)
			check_blueprint(k, t->quiz);
}
