/* Outcomes: how they are worded, how many there are, and what they lead to. */
#include "base/text.h"
#include "check/checker.h"
#include "check/prose.h"
#include "check/words.h"

enum {
	OUTCOME_WORDS_MAX = 25,
	MODULE_OUTCOMES_MIN = 3, /* O-07, as in published guides to writing outcomes */
	MODULE_OUTCOMES_MAX = 8,
	PROGRAM_OUTCOMES_MIN = 4,
	PROGRAM_OUTCOMES_MAX = 12
};
static const double higher_order_min = 0.5; /* O-08: part at analyse, evaluate or create; OSCQR 30 */

static str first_word(str text)
{
	size_t at = 0;
	return text_next_word(text, &at);
}

static void each_outcome(checker *k, void (*look)(checker *k, const taught_module *t, const outcome *o))
{
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			look(k, t, o);
}

static void check_verb(checker *k, const taught_module *t, const outcome *o)
{
	str verb = first_word(o->text);
	bool denied = words_denied(verb);
	if (words_verb_levels(verb))
		return;
	str near = denied ? STR("") : words_suggest_verb(verb);
	found(k, place_outcome(t, o), "begins with '%.*s', %s%s%.*s%s", STRF(verb),
		denied ? "which nobody can see a learner do" : "which is not in the list of measurable verbs",
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
}

void rule_o_01(checker *k)
{
	if (checker_english(k))
		each_outcome(k, check_verb);
}

static bool joins(str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text.ptr[i] == ',' || text.ptr[i] == '&' || text.ptr[i] == '/')
			return true;
	return false;
}

/* Verbs that are joined at the beginning: "design, build and test an operator" has three. */
static size_t leading_verbs(str text)
{
	size_t at = 0, count = 0;
	bool joined = true;
	for (str w = text_next_word(text, &at); joined && words_verb_levels(w); count++) {
		size_t end = at;
		w = text_next_word(text, &at);
		joined = joins(text, end, at - w.len);
		while (str_eq_nocase(w, STR("and")) || str_eq_nocase(w, STR("or")) || str_eq_nocase(w, STR("then"))) {
			joined = true;
			w = text_next_word(text, &at);
		}
	}
	return count;
}

static void check_leading_verbs(checker *k, const taught_module *t, const outcome *o)
{
	size_t count = leading_verbs(o->text);
	place where = place_outcome(t, o);
	where.mild |= count == 2;
	if (count > 1)
		found(k, where, "begins with %zu verbs, so that it is %zu outcomes", count, count);
}

void rule_o_02(checker *k)
{
	if (checker_english(k))
		each_outcome(k, check_leading_verbs);
}

static void print_levels(buf *out, unsigned levels)
{
	for (unsigned i = 0; bloom_names[i]; i++)
		if (levels & 1u << i)
			buf_printf(out, "%s%s", out->len ? ", " : "", bloom_names[i]);
}

static void check_level_of_verb(checker *k, const taught_module *t, const outcome *o)
{
	str verb = first_word(o->text);
	unsigned levels = words_verb_levels(verb);
	if (!levels || o->bloom < 0 || o->bloom > BLOOM_CREATE || levels & 1u << o->bloom)
		return;
	buf names = { .arena = k->arena };
	print_levels(&names, levels);
	found(k, place_outcome(t, o), "is declared as %s, but '%.*s' stands for %.*s", bloom_names[o->bloom],
		STRF(verb), STRF(buf_done(&names)));
}

void rule_o_03(checker *k)
{
	if (checker_english(k))
		each_outcome(k, check_level_of_verb);
}

static void check_length(checker *k, const taught_module *t, const outcome *o)
{
	size_t count = text_words(o->text);
	if (count > OUTCOME_WORDS_MAX)
		found(k, place_outcome(t, o), "has %zu words; at most %d are read as one thought", count,
			OUTCOME_WORDS_MAX);
}

void rule_o_04(checker *k)
{
	each_outcome(k, check_length);
}

/* The word behind the verb belongs to the object, also if it opens phrases elsewhere: "negotiate with". */
static void check_condition(checker *k, const taught_module *t, const outcome *o)
{
	size_t at = 0;
	str verb = text_next_word(o->text, &at), object = text_next_word(o->text, &at);
	if (verb.len && !object.len)
		found(k, place_outcome(t, o), "names nothing that the learner does it to");
	if (!object.len)
		return;
	for (str w = text_next_word(o->text, &at); w.len; w = text_next_word(o->text, &at))
		if (words_condition(w) || words_number(w))
			return;
	found(k, place_outcome(t, o), "says neither under which condition nor how well");
}

void rule_o_05(checker *k)
{
	if (checker_english(k))
		each_outcome(k, check_condition);
}

void rule_o_06(checker *k)
{
	map ids = { .arena = k->arena }, texts = { .arena = k->arena };
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes) {
			str text = prose_words(k->arena, o->text, false);
			const outcome *same = map_get(&texts, text);
			if (map_has(&ids, o->id))
				found(k, place_outcome(t, o), "the id is used for two outcomes");
			else if (same)
				found(k, place_outcome(t, o), "says the same as outcome:%.*s", STRF(same->id));
			map_put(&ids, o->id, k);
			if (!same)
				map_put(&texts, text, (void *)(uintptr_t)o);
		}
}

static void check_number(checker *k, place where, size_t count, size_t least, size_t most)
{
	if (count < least || count > most)
		found(k, where, "has %zu %soutcome%s; %zu to %zu can be taught and assessed as a whole", count,
			where.id.len ? "" : "program ", count == 1 ? "" : "s", least, most);
}

void rule_o_07(checker *k)
{
	EACH (const taught_module, t, k->c->modules)
		check_number(k, place_module(t), t->module->outcomes.len, MODULE_OUTCOMES_MIN, MODULE_OUTCOMES_MAX);
	place whole = place_course(k);
	whole.note = checker_has_drafts(k);
	if (k->c->program.len)
		check_number(k, whole, k->c->program.len, PROGRAM_OUTCOMES_MIN, PROGRAM_OUTCOMES_MAX);
}

static size_t higher_order(const module *m)
{
	size_t count = 0;
	EACH (const outcome, o, m->outcomes)
		count += o->bloom >= BLOOM_ANALYSE;
	return count;
}

static void check_depth(checker *k, place where, size_t deep, size_t all)
{
	if ((double)deep < higher_order_min * (double)all)
		found(k, where, "%zu of its %zu outcomes are at analyse, evaluate or create; %.0f %% should be", deep,
			all, higher_order_min * 100);
}

void rule_o_08(checker *k)
{
	size_t deep = 0, all = 0;
	if (k->c->plan->course.level < LEVEL_SENIOR)
		return;
	EACH (const taught_module, t, k->c->modules) {
		size_t own = higher_order(t->module);
		check_depth(k, place_module(t), own, t->module->outcomes.len);
		deep += own;
		all += t->module->outcomes.len;
	}
	check_depth(k, place_course(k), deep, all);
}

static bool supports_program(const checker *k, const outcome *o)
{
	EACH (const outcome *const, one, k->c->program)
		if (list_has(o->supports, (*one)->id))
			return true;
	return false;
}

void rule_o_09(checker *k)
{
	if (!k->c->catalog || !k->c->catalog->program_outcomes.len)
		return;
	EACH (const taught_module, t, k->c->modules)
		EACH (const outcome, o, t->module->outcomes)
			if (!supports_program(k, o))
				found(k, place_outcome(t, o), "supports no program outcome");
}

static void check_side(checker *k, const taught_module *t, const outcome *o)
{
	str words = words_teacher_side(o->text);
	if (words.len)
		found(k, place_outcome(t, o), "begins with '%.*s': that is what is taught, not what learners can do",
			STRF(words));
}

void rule_o_10(checker *k)
{
	if (checker_english(k))
		each_outcome(k, check_side);
}
