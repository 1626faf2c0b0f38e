/* The index of rules against trying every rule on every fact: the same matches, the same changes, less work.
 */
#include "check.h"
#include "random.h"

#include "rules/match.h"

#include <math.h>

enum { MOST_RULES = 10000, MOST_FACTS = 60 };

typedef struct {
	arena a;
	sources sources;
	diags d;
	workbook w;
	facts f;
	course settings;
	factset set;
	value lists[FACT_KINDS];
	VEC(match_rule) rules;
	match_index *index;
} fixture;

static const char *const categories[] = { "Core", "Important", "Emerging", "Nice" };

static void add_rows(fixture *x, row_kind kind, uint32_t count, random_source *r)
{
	workbook_row *rows = NEWN(&x->a, workbook_row, count);
	fact_row *derived = NEWN(&x->a, fact_row, count);
	for (uint32_t i = 0; rows && derived && i < count; i++) {
		rows[i] = (workbook_row){ .id = str_from(name(&x->a, "f", i)),
			.name = str_from(name(&x->a, "Name ", i)),
			.category = str_from(categories[draw(r, 4)]),
			.count = draw(r, 30),
			.share = (double)draw(r, 11) / 10 };
		derived[i] = (fact_row){ .row = &rows[i],
			.low80 = (double)draw(r, 11) / 10,
			.high80 = 1,
			.rank = (int)draw(r, 20),
			.weight = (double)draw(r, 11) / 10 };
	}
	x->f.rows[kind].ptr = derived;
	x->f.rows[kind].len = derived ? count : 0;
}

static void start(fixture *x, uint32_t count, random_source *r)
{
	*x = (fixture){ .w = { .sample_size = 30 } };
	x->sources.arena = x->d.arena = &x->a;
	x->d.sources = &x->sources;
	x->f.workbook = &x->w;
	add_rows(x, ROW_SKILL, count, r);
	add_rows(x, ROW_THEME, count / 2, r);
	factset_init(&x->set, &x->a, &x->f, &x->settings);
	factset_lists(&x->set, x->lists, &x->a);
}

static void add_rule(fixture *x, fact_kind subject, const char *condition)
{
	cel_variable *store = NEWN(&x->a, cel_variable, FACT_VARIABLES);
	cel_env *env = NEW(&x->a, cel_env);
	located text = { .text = arena_str(&x->a, str_from(condition)) };
	match_rule one = { .subject = subject };
	if (!store || !env)
		return;
	*env = factset_env(subject, store);
	one.when = condition ? cel_compile(&x->a, &text, env, true, &x->d) : NULL;
	cr_assert(one.when || !condition || x->a.failed, "%s", condition);
	vec_push(&x->a, &x->rules, one);
}

/* A comparison, often false and often true. */
static const char *random_term(fixture *x, const char *at, random_source *r)
{
	static const char *const fields[] = { "low", "weight", "rank", "share", "count" };
	static const char *const ops[] = { "<", "<=", ">", ">=", "==", "!=" };
	const char *op = ops[draw(r, 6)];
	switch (draw(r, 9)) {
	case 0:
		return arena_printf(&x->a, "%s.category == '%s'", at, categories[draw(r, 4)]).ptr;
	case 1:
		return arena_printf(&x->a, "%s.id == 'f%u'", at, draw(r, MOST_FACTS)).ptr;
	case 2:
		return arena_printf(&x->a, "%s.category != '%s'", at, categories[draw(r, 4)]).ptr;
	case 3:
		return arena_printf(&x->a, "0.%u %s %s.low", draw(r, 10), op, at).ptr;
	case 4:
		return arena_printf(&x->a, "%s.rank %s %u", at, op, draw(r, 20)).ptr;
	case 5:
		return arena_printf(&x->a, "(%s.low > 0.5 || %s.name == 'Name 3')", at, at).ptr;
	case 6:
		return arena_printf(&x->a, "!(%s.weight < 0.%u)", at, draw(r, 10)).ptr;
	default:
		return arena_printf(&x->a, "%s.%s %s 0.%u", at, fields[draw(r, 5)], op, draw(r, 10)).ptr;
	}
}

static const char *random_other(fixture *x, random_source *r)
{
	switch (draw(r, 6)) {
	case 0:
		return arena_printf(
			&x->a, "skills.exists(s, s.id == 'f%u' && %s)", draw(r, MOST_FACTS), random_term(x, "s", r))
			.ptr;
	case 1:
		return arena_printf(&x->a, "themes.exists(t, t.id == 'f%u')", draw(r, MOST_FACTS)).ptr;
	case 2:
		return arena_printf(&x->a, "skills.all(s, s.low >= 0.%u || s.rank < 9)", draw(r, 3)).ptr;
	case 3:
		return arena_printf(&x->a, "size(themes) > %u && sample.size >= 30", draw(r, 4)).ptr;
	case 4:
		return "true";
	default:
		return arena_printf(&x->a, "1 / int(skills[%u].rank) >= 0", draw(r, 6)).ptr; /* may divide by zero */
	}
}

static void random_rules(fixture *x, uint32_t count, random_source *r)
{
	static const fact_kind subjects[] = { FACT_SKILL, FACT_SKILL, FACT_THEME, FACT_SAMPLE };
	for (uint32_t i = 0; i < count; i++) {
		fact_kind subject = subjects[draw(r, 4)];
		uint32_t terms = draw(r, 4);
		buf b = { .arena = &x->a };
		for (uint32_t k = 0; k < terms; k++) {
			bool other = subject == FACT_SAMPLE || draw(r, 4) == 0;
			const char *at = subject == FACT_SKILL ? "skill" : "theme";
			buf_printf(&b, "%s%s", k ? " && " : "", other ? random_other(x, r) : random_term(x, at, r));
		}
		add_rule(x, subject, terms ? arena_cstr(&x->a, buf_done(&b)) : NULL);
	}
	x->index = match_index_new(&x->a, x->rules.ptr, x->rules.len);
}

/* Every rule on every fact, each condition as a whole. */
static vec_match brute_force(fixture *x)
{
	vec_match out = { 0 };
	value bindings[FACT_VARIABLES];
	for (uint32_t i = 0; i < x->rules.len; i++)
		for (uint32_t k = 0; k < x->set.of[x->rules.ptr[i].subject].len; k++) {
			factset_bind(x->set.of[x->rules.ptr[i].subject].ptr[k], x->lists, bindings);
			value v = x->rules.ptr[i].when ? cel_eval(x->rules.ptr[i].when, bindings, &x->a, NULL)
										   : value_bool(true);
			if (v.kind == V_ERROR || v.boolean)
				vec_push(&x->a, &out, (rule_match){ .rule = i, .fact = k, .failed = v.kind == V_ERROR });
		}
	return out;
}

static bool has(const vec_match *all, uint32_t number, uint32_t fact_number)
{
	EACH (const rule_match, m, *all)
		if (m->rule == number && m->fact == fact_number && !m->failed)
			return true;
	return false;
}

static void assert_same(const vec_match *got, const vec_match *expected)
{
	cr_assert(eq(sz, got->len, expected->len));
	for (size_t i = 0; i < got->len; i++) {
		cr_assert(eq(u32, got->ptr[i].rule, expected->ptr[i].rule));
		cr_assert(eq(u32, got->ptr[i].fact, expected->ptr[i].fact));
		cr_assert(got->ptr[i].failed == expected->ptr[i].failed);
	}
}

Test(match, index_finds_what_trying_all_finds)
{
	size_t matches = 0, failures = 0;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		fixture x;
		random_source r = seeded(seed);
		vec_match got;
		start(&x, 1 + draw(&r, MOST_FACTS), &r);
		random_rules(&x, 40, &r);
		match_view *v = match_open(&x.a, x.index, &x.set, x.lists);
		match_all(&got, v, &x.a, &x.a);
		vec_match expected = brute_force(&x);
		assert_same(&got, &expected);
		matches += got.len;
		EACH (const rule_match, m, got)
			failures += m->failed;
		arena_free(&x.a);
	}
	cr_assert(matches > 5000 && failures > 30, "%zu matches, %zu failures", matches, failures);
	NO_LEAKS();
}

static void random_change(fixture *x, value *slots, random_source *r)
{
	const record_type *t = fact_type(FACT_SKILL);
	for (size_t i = 0; i < t->field_count; i++) {
		if (t->fields[i].type.kind == CEL_DOUBLE && draw(r, 3) == 0)
			slots[i] = value_double((double)draw(r, 11) / (draw(r, 2) ? 10 : 1));
		if (str_eq(t->fields[i].name, STR("category")) && draw(r, 3) == 0)
			slots[i] = value_literal(categories[draw(r, 4)]);
	}
	(void)x;
}

Test(match, changes_are_the_difference_of_two_full_matches)
{
	size_t flips = 0;
	size_t fields = fact_type(FACT_SKILL)->field_count;
	for (uint64_t seed = 1; seed <= 60; seed++) {
		fixture x;
		random_source r = seeded(seed);
		start(&x, 1 + draw(&r, MOST_FACTS), &r);
		random_rules(&x, 40, &r);
		match_view *v = match_open(&x.a, x.index, &x.set, x.lists);
		value *fresh = NEWN(&x.a, value, fields), *former = NEWN(&x.a, value, fields);
		for (int step = 0; step < 20; step++) {
			uint32_t which = draw(&r, (uint32_t)x.set.of[FACT_SKILL].len);
			for (size_t i = 0; i < fields; i++)
				fresh[i] = x.set.of[FACT_SKILL].ptr[which]->slots[i];
			random_change(&x, fresh, &r);
			vec_match before = brute_force(&x);
			vec_flip out = { 0 };
			fact_change change = { .kind = FACT_SKILL, .fact = which, .slots = fresh };
			match_change(&out, v, &change, former, &x.a, &x.a);
			vec_match after = brute_force(&x);
			size_t expected = 0;
			EACH (const rule_match, m, before)
				expected += !m->failed && !has(&after, m->rule, m->fact);
			EACH (const rule_match, m, after)
				expected += !m->failed && !has(&before, m->rule, m->fact);
			cr_assert(eq(sz, out.len, expected), "seed %u", (unsigned)seed);
			EACH (const match_flip, f, out) {
				cr_assert(has(&after, f->rule, f->fact) == f->now);
				cr_assert(has(&before, f->rule, f->fact) == !f->now);
				cr_assert(
					f == out.ptr || f[-1].rule < f->rule || (f[-1].rule == f->rule && f[-1].fact < f->fact));
			}
			flips += out.len;
			fact_change back = { .kind = FACT_SKILL, .fact = which, .slots = former };
			vec_flip undone = { 0 };
			match_change(&undone, v, &back, fresh, &x.a, &x.a);
			cr_assert(eq(sz, undone.len, out.len));
		}
		arena_free(&x.a);
	}
	cr_assert(flips > 1000, "%zu flips", flips);
	NO_LEAKS();
}

/* So many conditions are evaluated on a fact when all are matched, and when one fact changes. */
static size_t work(uint32_t rules, size_t *of_change)
{
	fixture x;
	random_source r = seeded(7);
	vec_match got;
	vec_flip flips = { 0 };
	value fresh[32], former[32];
	start(&x, MOST_FACTS, &r);
	for (uint32_t i = 0; i < rules; i++)
		add_rule(&x, FACT_SKILL,
			arena_printf(&x.a, "skill.id == 'f%u' && skill.low >= 0.%u && skill.rank <= %u", i % MOST_FACTS,
				draw(&r, 10), draw(&r, 20))
				.ptr);
	x.index = match_index_new(&x.a, x.rules.ptr, x.rules.len);
	match_view *v = match_open(&x.a, x.index, &x.set, x.lists);
	match_all(&got, v, &x.a, &x.a);
	size_t all = match_looked_at(v);
	for (size_t i = 0; i < fact_type(FACT_SKILL)->field_count; i++)
		fresh[i] = x.set.of[FACT_SKILL].ptr[3]->slots[i];
	for (size_t i = 0; i < fact_type(FACT_SKILL)->field_count; i++)
		if (str_eq(fact_type(FACT_SKILL)->fields[i].name, STR("rank")))
			fresh[i].number += 7;
	match_change(
		&flips, v, &(fact_change){ .kind = FACT_SKILL, .fact = 3, .slots = fresh }, former, &x.a, &x.a);
	*of_change = match_looked_at(v) - all;
	arena_free(&x.a);
	return all;
}

Test(match, work_grows_with_the_rules_that_name_a_fact)
{
	size_t small_change, large_change;
	size_t small = work(1000, &small_change), large = work(MOST_RULES, &large_change);
	cr_assert(large <= MOST_RULES, "each rule meets one fact at most: %zu", large);
	cr_assert(large <= 11 * small, "%zu and %zu", small, large);
	cr_assert(large_change > 0 && large_change <= 2 * MOST_RULES / MOST_FACTS + 2, "%zu", large_change);
	NO_LEAKS();
}

Test(match, a_false_comparison_absorbs_an_error)
{
	fixture x;
	random_source r = seeded(1);
	vec_match got;
	start(&x, 3, &r);
	add_rule(&x, FACT_SKILL, "1 / int(skill.rank - skill.rank) > 0 && skill.id == 'f1'");
	x.index = match_index_new(&x.a, x.rules.ptr, x.rules.len);
	match_all(&got, match_open(&x.a, x.index, &x.set, x.lists), &x.a, &x.a);
	cr_assert(eq(sz, got.len, 1));
	cr_assert(got.ptr[0].failed);
	cr_assert(eq(u32, got.ptr[0].fact, 1));
	arena_free(&x.a);
	NO_LEAKS();
}

Test(match, nothing_to_match)
{
	fixture x;
	random_source r = seeded(1);
	vec_match got;
	start(&x, 0, &r);
	x.index = match_index_new(&x.a, NULL, 0);
	match_all(&got, match_open(&x.a, x.index, &x.set, x.lists), &x.a, &x.a);
	cr_assert(eq(sz, got.len, 0));
	add_rule(&x, FACT_SKILL, NULL);
	add_rule(&x, FACT_SAMPLE, NULL);
	add_rule(&x, FACT_SAMPLE, "skills.exists(s, s.id == 'f0')");
	x.index = match_index_new(&x.a, x.rules.ptr, x.rules.len);
	match_all(&got, match_open(&x.a, x.index, &x.set, x.lists), &x.a, &x.a);
	cr_assert(eq(sz, got.len, 1));
	cr_assert(eq(u32, got.ptr[0].rule, 1));
	arena_free(&x.a);
	NO_LEAKS();
}

Test(match, not_a_number_passes_no_threshold)
{
	fixture x;
	random_source r = seeded(1);
	vec_match got;
	start(&x, 1, &r);
	add_rule(&x, FACT_SKILL, "skill.low >= 0.0");
	add_rule(&x, FACT_SKILL, "skill.low < 0.5");
	add_rule(&x, FACT_SKILL, "skill.low != 0.5");
	x.index = match_index_new(&x.a, x.rules.ptr, x.rules.len);
	fact_set(x.set.of[FACT_SKILL].ptr[0], "low", value_double(NAN));
	match_all(&got, match_open(&x.a, x.index, &x.set, x.lists), &x.a, &x.a);
	cr_assert(eq(sz, got.len, 1));
	cr_assert(eq(u32, got.ptr[0].rule, 2));
	arena_free(&x.a);
	NO_LEAKS();
}

Test(match, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		fixture x;
		random_source r = seeded(5);
		vec_match got;
		start(&x, 5, &r);
		random_rules(&x, 12, &r);
		cr_assert(not(x.a.failed));
		x.a.fail_at = x.a.count + n;
		match_index *again = match_index_new(&x.a, x.rules.ptr, x.rules.len);
		cr_assert(x.a.failed == (again == NULL));
		match_view *v = match_open(&x.a, again, &x.set, x.lists);
		match_all(&got, v, &x.a, &x.a);
		bool failed = x.a.failed;
		arena_free(&x.a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
