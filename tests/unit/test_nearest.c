/* What did not happen: which rules came nearest to an item, what kept them, and how many postings would have
 * changed it, against trying every number by the formula. */
#include "world.h"

#include "evidence/facts.h"
#include "evidence/interval.h"
#include "rules/nearest.h"

#define RULES \
	"rules:\n" \
	"  - id: often\n    for: skill\n    when: skill.low >= 0.5\n    then: [{module: {teaches: " \
	"=skill.concepts}}]\n" \
	"    because: why\n" \
	"  - id: core-and-often\n    for: skill\n    when: skill.category == 'Core' && skill.low >= 0.4\n" \
	"    then: [{module: {id: bread}}]\n    because: why\n" \
	"  - id: first\n    for: skill\n    when: skill.rank <= 1\n    then: [{note: {text: x}}]\n    because: " \
	"why\n"

static nearest_input input_of(const world *w)
{
	return (nearest_input){ .rules = &w->set, .selection = &w->s, .catalog = &w->c, .level = LEVEL_SENIOR };
}

static void start(world *w, double sample)
{
	world_init(w);
	w->w.sample_size = sample;
	add_module(w, "bread", LEVEL_SENIOR, "baking=2", "o:baking", 60, 120);
	add_module(w, "cakes", LEVEL_SENIOR, "cakes=2", "p:cakes", 60, 120);
	add_row(w, ROW_SKILL, "baking", "Core", 4, "baking");
	add_row(w, ROW_SKILL, "cakes", "Nice", 5, "cakes");
	add_row(w, ROW_SKILL, "sweeping", "Nice", 9, "");
	require_that(world_rules(w, STR(RULES)) && world_run(w), "%s", world_listing(w));
}

static uint32_t rule_number(const world *w, const char *id)
{
	for (uint32_t i = 0; i < w->set.rules.len; i++)
		if (str_eq(w->set.rules.ptr[i].rule->id, str_from(id)))
			return i;
	return UINT32_MAX;
}

Test(nearest, rules_that_ask_for_an_item_and_what_kept_them)
{
	world w;
	start(&w, 20);
	nearest_input in = input_of(&w);
	list_near_miss found = nearest_for_item(&in, FACT_MODULE, STR("bread"), &w.a);
	/* By its concepts only on baking; by id on every skill. */
	require(found.len == 4);
	assert_str(found.ptr[0].fact->address, "skill:baking");
	require(found.ptr[0].rule == rule_number(&w, "core-and-often"));
	EACH (const near_miss, n, found) {
		require(n->missed.len >= 1);
		require(n == found.ptr || n[-1].missed.len <= n->missed.len);
	}
	const near_miss *last = &found.ptr[3];
	require(last->missed.len == 2);
	assert_str(last->missed.ptr[0].text, "skill.category == 'Core'");
	assert_str(last->missed.ptr[1].text, "skill.low >= 0.4");
	assert_str(last->missed.ptr[1].saw.ptr[0].text, "skill.low");
	require(nearest_for_item(&in, FACT_LAB, STR("bread"), &w.a).len == 0);
	world_finish(&w);
}

Test(nearest, rules_that_do_not_hold_on_a_fact)
{
	world w;
	start(&w, 20);
	nearest_input in = input_of(&w);
	list_near_miss found = nearest_for_fact(&in, w.s.facts.of[FACT_SKILL].ptr[0], &w.a);
	require_that(found.len == 2, "%zu", found.len); /* the first row has rank 1 in this world */
	list_near_miss of_rule = nearest_of_rule(&in, rule_number(&w, "often"), &w.a);
	require(of_rule.len == 3);
	world_finish(&w);
}

/* The nearest number by the formula, upwards first. */
static double expected_count(double now, double sample, double low)
{
	for (double count = now + 1; count <= sample; count++)
		if (wilson(count, sample, Z80).low >= low)
			return count;
	return -1;
}

Test(nearest, number_of_postings_is_that_of_the_formula)
{
	static const double samples[] = { 12, 20, 128, 129, 1000 };
	for (size_t i = 0; i < COUNT(samples); i++) {
		world w;
		start(&w, samples[i]);
		nearest_input in = input_of(&w);
		const fact *f = w.s.facts.of[FACT_SKILL].ptr[0];
		double before = f->row->low80;
		size_t missed = nearest_of_rule(&in, rule_number(&w, "often"), &w.a).len;
		supposition s = nearest_count(&in, &w.f, &w.settings, rule_number(&w, "often"), f);
		require_that(
			s.found && s.count == expected_count(4, samples[i], 0.5), "%g of %g", s.count, samples[i]);
		require(s.complete && s.tries <= 2 * samples[i]);
		/* Nothing stays changed. */
		list_near_miss again = nearest_of_rule(&in, rule_number(&w, "often"), &w.a);
		require(again.len == missed && f->row->low80 == before);
		/* No number of postings makes a skill Core. */
		s = nearest_count(
			&in, &w.f, &w.settings, rule_number(&w, "core-and-often"), w.s.facts.of[FACT_SKILL].ptr[1]);
		require(!s.found);
		world_finish(&w);
	}
}

/* The rank of a row depends on the counts of the others. */
Test(nearest, ranks_follow_the_supposed_count)
{
	world w;
	start(&w, 20);
	nearest_input in = input_of(&w);
	supposition s =
		nearest_count(&in, &w.f, &w.settings, rule_number(&w, "first"), w.s.facts.of[FACT_SKILL].ptr[1]);
	require_that(s.found && s.count == 9, "%g", s.count); /* as many as the most frequent one */
	world_finish(&w);
}

static bool at_least(double count, void *payload)
{
	return count >= *(double *)payload;
}

static bool at_most(double count, void *payload)
{
	return count <= *(double *)payload;
}

static bool never(double count, void *payload)
{
	(void)count;
	(void)payload;
	return false;
}

static bool between(double count, void *payload)
{
	const double *band = payload;
	return count >= band[0] && count <= band[1];
}

static supposition ask(
	double now, double sample, unsigned tries, bool (*holds)(double, void *), void *payload)
{
	return suppose_counts(&(suppose_question){ .now = now,
		.sample = sample,
		.first = SUPPOSE_MORE,
		.tries = tries,
		.holds = holds,
		.payload = payload });
}

/* Both directions, from all and from some of the numbers: the border is found where there is one only. */
Test(nearest, search_finds_the_border)
{
	static const double samples[] = { 10, 128, 129, 5000 };
	static const unsigned tries[] = { 64, 256, 20000 };
	for (size_t i = 0; i < COUNT(samples) * COUNT(tries); i++) {
		double sample = samples[i / COUNT(tries)], now = sample / 2;
		unsigned most = tries[i % COUNT(tries)];
		for (double border = 0; border <= sample; border += sample / 10) {
			double low = border < now ? border : now - 1, high = border > now ? border : now + 1;
			supposition s = ask(now, sample, most, at_most, &low);
			/* From 64.5 the steps lead to 63.5, 62.5 ... */
			require_that(
				s.found && s.count <= low && s.count > low - 1, "%g of %g: %g", low, sample, s.count);
			s = ask(now, sample, most, at_least, &high);
			require_that(
				s.found && s.count >= high && s.count < high + 1, "%g of %g: %g", high, sample, s.count);
			require(s.tries <= most + 32);
		}
		supposition s = ask(now, sample, most, never, NULL);
		require(!s.found && s.tries <= most + 32 && s.complete == (sample <= most));
	}
}

/* A band in which alone it holds: found if every number is tried, or if it is near. */
Test(nearest, search_finds_a_band)
{
	double band[] = { 23, 25 }, far[] = { 900, 902 };
	supposition s = ask(15, 200, 2048, between, band);
	require(s.found && s.count == 23 && s.complete);
	s = ask(15, 1000, 2048, between, far);
	require(s.found && s.count == 900);
	s = ask(15, 1000, 64, between, band);
	require(s.found && s.count == 23);
	s = ask(15, 1000, 64, between, far);
	require(!s.found && !s.complete);
	double zero[] = { 0, 0 }, all[] = { 1000, 1000 };
	require(ask(500, 1000, 64, between, zero).found && ask(500, 1000, 64, between, all).found);
}

/* Downwards too, in a sample that is too large to try the whole way in it. */
Test(nearest, fewer_postings_in_a_large_sample)
{
	world w;
	start(&w, 200);
	require(world_rules(&w, STR("rules:\n  - id: rare\n    for: skill\n    when: skill.count < 3\n"
								"    then: [{note: {text: x}}]\n    because: why\n")) &&
			world_run(&w));
	nearest_input in = input_of(&w);
	supposition s = nearest_count(&in, &w.f, &w.settings, 0, w.s.facts.of[FACT_SKILL].ptr[2]);
	require_that(s.found && s.count == 2, "%g", s.count);
	world_finish(&w);
}

Test(nearest, supposed_rows)
{
	world w;
	start(&w, 20);
	facts f;
	workbook book;
	facts_suppose(&f, &book, &w.a, &w.f, ROW_SKILL, 1, 20, &w.settings);
	require(f.rows[ROW_SKILL].len == 3 && f.rows[ROW_SKILL].ptr[1].row->count == 20);
	require(f.rows[ROW_SKILL].ptr[1].rank == 1 && f.rows[ROW_SKILL].ptr[2].rank == 2);
	require(w.f.rows[ROW_SKILL].ptr[1].row->count == 5);
	concept named = { .id = STR("baking"), .kind = CONCEPT_THEME, .name = STR("Baking") };
	facts_suppose_row(&f, &book, &w.a, &w.f, &named, 7, &w.settings);
	require(f.rows[ROW_THEME].len == 1 && book.rows[ROW_THEME].len == 1);
	require(f.rows[ROW_THEME].ptr[0].row->share == 7.0 / 20);
	assert_str(f.rows[ROW_THEME].ptr[0].concepts.ptr[0], "baking");
	require(w.f.rows[ROW_THEME].len == 0);
	world_finish(&w);
}

Test(nearest, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		world w;
		start(&w, 20);
		nearest_input in = input_of(&w);
		w.a.fail_at = w.a.count + n;
		nearest_for_item(&in, FACT_MODULE, STR("bread"), &w.a);
		bool failed = w.a.failed;
		arena_free(&w.a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
