/* Weights, trends, rows: every figure against one worked out by hand or by a plainer way. */
#include "postings_world.h"

#include "base/io.h"
#include "evidence/interval.h"
#include "evidence/rollup.h"
#include "evidence/trend.h"
#include "evidence/weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool near(double x, double y)
{
	return fabs(x - y) < 1e-9;
}

/* ---- trends */

static double log_choose(double n, double k)
{
	return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1);
}

static double naive_fisher(int k1, int n1, int k2, int n2)
{
	double sum = 0, all = log_choose(n1 + n2, k1 + k2);
	double seen = exp(log_choose(n1, k1) + log_choose(n2, k2) - all);
	for (int x = 0; x <= k1 + k2; x++) {
		if (x > n1 || k1 + k2 - x > n2)
			continue;
		double one = exp(log_choose(n1, x) + log_choose(n2, k1 + k2 - x) - all);
		sum += one <= seen * 1.0000001 ? one : 0;
	}
	return sum > 1 ? 1 : sum;
}

Test(trend, fisher_is_exact)
{
	for (int n1 = 1; n1 <= 14; n1++)
		for (int n2 = 1; n2 <= 14; n2++)
			for (int k1 = 0; k1 <= n1; k1++)
				for (int k2 = 0; k2 <= n2; k2++) {
					double p = fisher_exact(k1, n1, k2, n2), plain = naive_fisher(k1, n1, k2, n2);
					require_that(
						fabs(p - plain) < 1e-9, "%d/%d, %d/%d: %g, not %g", k1, n1, k2, n2, p, plain);
				}
}

Test(trend, fisher_of_known_tables)
{
	/* the lady tasting tea: (1 + 16 + 16 + 1) / 70 */
	require(near(fisher_exact(3, 4, 1, 4), 34.0 / 70));
	/* of 26 against 8 of 26, 17 is the first significant rise */
	require(fisher_exact(17, 26, 8, 26) < 0.05);
	for (int k = 8; k < 17; k++)
		require(fisher_exact(k, 26, 8, 26) >= 0.05);
	require(fisher_exact(0, 0, 0, 0) == 1 && fisher_exact(5, 5, 7, 7) == 1 && fisher_exact(0, 9, 0, 4) == 1);
}

Test(trend, fisher_of_large_tables)
{
	require(fisher_exact(500000, 1000000, 500000, 1000000) == 1);
	require(fisher_exact(400000, 1000000, 600000, 1000000) < 1e-15);
	require(fisher_exact(1000000, 1000000, 0, 1000000) >= 0);
	/* near the normal approximation: z = 1000 / sqrt(2e6 x 0.25 x 0.5 x ...) = 1.4142 -> 0.157 */
	double p = fisher_exact(500500, 1000000, 499500, 1000000);
	require_that(fabs(p - 0.1573) < 0.002, "%g", p);
	require(near(fisher_exact(300, 1000, 350, 1100), fisher_exact(350, 1100, 300, 1000)));
}

Test(trend, false_discovery_rate)
{
	arena a = { 0 };
	/* the example of Benjamini and Hochberg (1995), section 3.2: the first four of fifteen at 0.05 */
	double p[] = { 0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
		0.5719, 0.6528, 0.7590, 1.0000 };
	double q[COUNT(p)];
	false_discovery(q, p, COUNT(p), &a);
	for (size_t i = 0; i < COUNT(p); i++)
		require_that((q[i] <= 0.05) == (i < 4), "%zu: %g", i, q[i]);
	require(near(q[0], 0.0015) && near(q[3], 0.0095 * 15 / 4) && q[14] == 1);

	double same[] = { 0.04, NAN, 0.01, 0.03, 0.02 };
	false_discovery(same, same, COUNT(same), &a);
	require(isnan(same[1]));
	for (size_t i = 0; i < COUNT(same); i++)
		require(i == 1 || near(same[i], 0.04));
	false_discovery(same, same, 0, &a);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- weights */

Test(weights, effective_size)
{
	for (int half_life = 30; half_life <= 90; half_life += 60) {
		double sum = 0, squares = 0;
		for (int i = 0; i < 26; i++) {
			double w = exp2(-(90.0 * i / 25) / half_life);
			sum += w;
			squares += w * w;
		}
		double size = effective_size(sum, squares), expected = half_life == 30 ? 19.1 : 24.9;
		require_that(fabs(size - expected) < 0.1, "%d days: %g", half_life, size);
	}
	require(effective_size(26, 26) == 26 && effective_size(13, 6.5) == 26 && effective_size(0, 0) == 0);
}

Test(weights, months)
{
	static const char *const bad[] = { "", "2026", "2026-5", "2026-13", "2026-00", "2026/05", "202a-05",
		"2026-05-", "2026-05-32", "2026-02-30", "2026-051", " 2026-0", "2026-+5", "+026-05", "2026-5 " };
	int month = 0;
	for (size_t i = 0; i < COUNT(bad); i++)
		require_that(month_parse(&month, str_from(bad[i])) == false, "'%s'", bad[i]);
	require(month_parse(&month, STR("2026-05")) && month == 2026 * 12 + 4);
	require(month_parse(&month, STR("2026-12-31")) && month == 2026 * 12 + 11);
	arena a = { 0 };
	assert_str(month_text(&a, month), "2026-12");
	assert_str(month_text(&a, -1), "");
	arena_free(&a);
	NO_LEAKS();
}

static weighing weigh_world(world *w, const char *since, const char *until, const char *as_of)
{
	weighing out;
	analysis_filter f = { .since = str_from(since), .until = str_from(until), .as_of = str_from(as_of) };
	bool ok = weights_make(&out, w->a, (list_cell){ w->cells.ptr, w->cells.len }, &w->course.analysis, &f);
	require(ok);
	return out;
}

Test(weights, age)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_cell(&w, "2026-05", "", "", 4);
	world_cell(&w, "2026-03", "", "", 2);
	world_cell(&w, "", "", "", 1);
	weighing plain = weigh_world(&w, "", "", "");
	require(plain.weighted == false && plain.effective[WINDOW_ALL] == 7 && plain.sum[WINDOW_ALL] == 7);
	w.course.analysis.half_life = 2;
	weighing aged = weigh_world(&w, "", "", "");
	/* 4 of weight 1, 3 of weight 1/2, since the undated one is as old as the oldest: 5.5^2 / 4.75 */
	require(aged.weighted && near(aged.sum[WINDOW_ALL], 5.5));
	require(near(aged.effective[WINDOW_ALL], 5.5 * 5.5 / 4.75));
	require(aged.effective[WINDOW_NOW] == 6); /* age does not count inside a trend */
	weighing later = weigh_world(&w, "", "", "2026-07");
	/* 4 of 1/2, 2 of 1/4; an undated posting may be from later */
	require(near(later.sum[WINDOW_ALL], 2.5) && later.undated == 1);
	require(near(later.effective[WINDOW_ALL], 2.5 * 2.5 / (4 * 0.25 + 2 * 0.0625)));
	world_close(&w);
}

Test(weights, cap_and_seniority)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_cell(&w, "2026-05", "Loud", "senior", 60);
	world_cell(&w, "2026-04", "Loud", "junior", 40);
	world_cell(&w, "2026-05", "Quiet", "", 2);
	world_cell(&w, "2026-05", "", "Senior", 18);
	w.course.analysis.employer_cap = 2;
	weighing capped = weigh_world(&w, "", "", "");
	require(near(capped.sum[WINDOW_ALL], 22));
	/* Kish says 22^2 / 20.04 = 24.2, but one employer's postings are no more than the two they may be */
	require(near(capped.effective[WINDOW_ALL], 22));
	w.course.analysis.employer_cap = 1000;
	require(weigh_world(&w, "", "", "").weighted == false);
	w.course.analysis.employer_cap = NAN;
	w.course.analysis.seniority = LEVEL_SENIOR;
	weighing senior = weigh_world(&w, "", "", "");
	require(near(senior.sum[WINDOW_ALL], 80 + 20) && near(senior.effective[WINDOW_ALL], 100.0 * 100 / 90));
	w.course.analysis.other_seniority = 0;
	weighing only = weigh_world(&w, "", "", "");
	require(only.postings[WINDOW_ALL] == 80 && only.filtered == 40 && only.effective[WINDOW_ALL] == 80);
	world_close(&w);
}

Test(weights, windows)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	for (int m = 1; m <= 12; m++)
		world_cell(&w, arena_printf(w.a, "2026-%02d", m).ptr, "", "", m == 1 ? 100 : m);
	weighing all = weigh_world(&w, "", "", "");
	require(all.postings[WINDOW_NOW] == 10 + 11 + 12);
	require(all.postings[WINDOW_BEFORE] == 100 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9);
	weighing part = weigh_world(&w, "2026-07-15", "2026-08-02", "");
	/* two months, and three times two before them; of a day its month counts */
	require(part.postings[WINDOW_ALL] == 7 + 8 && part.postings[WINDOW_NOW] == 7 + 8);
	require(part.postings[WINDOW_BEFORE] == 100 + 2 + 3 + 4 + 5 + 6);
	require(part.first == 2026 * 12 + 6 && part.last == 2026 * 12 + 7);
	require(weigh_world(&w, "", "2026-03", "2026-09").postings[WINDOW_ALL] == 105);
	require(weigh_world(&w, "", "2026-09", "2026-03").postings[WINDOW_ALL] == 105);
	weighing none = weigh_world(&w, "2027-01", "", "");
	require(none.postings[WINDOW_ALL] == 0 && none.effective[WINDOW_ALL] == 0 && none.first == -1);
	world_close(&w);
}

Test(weights, a_posting_is_kept_where_its_cell_is)
{
	static const char *const months[] = { "", "2025-03", "2025-12", "2026-01", "2026-06-17", "nonsense" };
	for (uint64_t seed = 1; seed <= 300; seed++) {
		random_source r = seeded(seed);
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		world_random(&w, &r, 20);
		analysis_filter f = { .since = str_from(months[draw(&r, COUNT(months))]),
			.until = str_from(months[draw(&r, COUNT(months))]),
			.as_of = str_from(months[draw(&r, COUNT(months))]),
			.region = draw(&r, 3) ? STR("") : STR("us"),
			.employer = draw(&r, 3) ? STR("") : STR("EMPLOYER 1") };
		weighing out;
		bool ok = weights_make(&out, w.a, (list_cell){ w.cells.ptr, w.cells.len }, &w.course.analysis, &f);
		require(ok);
		double kept = 0, all = 0;
		EACH (const rollup_cell, c, w.cells) {
			all += c->postings;
			kept += filter_keeps(&f, c->month, c->region, c->employer) ? c->postings : 0;
		}
		require_that(kept == out.postings[WINDOW_ALL], "%g, not %g", kept, out.postings[WINDOW_ALL]);
		require(kept + out.filtered + out.undated == all);
		world_close(&w);
	}
}

/* ---- what one posting adds */

static const concept *find(world *w, const char *id)
{
	return catalog_find(&w->c, "concept", str_from(id));
}

static const rollup_item *item(const vec_rollup_item *items, const char *key)
{
	EACH (const rollup_item, one, *items)
		if (str_eq(one->key, str_from(key)))
			return one;
	return NULL;
}

Test(rollup, each_key_once)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON "  - {id: loop, kind: technology, name: Loop, parent: pool}\n"
									 "  - {id: pool, kind: technology, name: Pool, parent: loop}\n"));
	mention all[] = {
		{ .concept = find(&w, "ray"), .strength = STRENGTH_PREFERRED, .counted = true },
		{ .concept = find(&w, "horovod"), .strength = STRENGTH_REQUIRED, .counted = true },
		{ .concept = find(&w, "ray"), .strength = STRENGTH_MENTIONED, .counted = true },
		{ .concept = find(&w, "excel"), .counted = true },
		{ .concept = find(&w, "helm"), .counted = true },
		{ .concept = find(&w, "cka"), .counted = true },
		{ .concept = find(&w, "mentoring"), .counted = false, .passed = PASSED_DENIED },
		{ .concept = find(&w, "loop"), .counted = true },
	};
	str degrees[] = { STR("bachelor"), STR("master") };
	understanding u = { .mentions = { all, COUNT(all) }, .education = { degrees, COUNT(degrees) } };
	vec_rollup_item items = { 0 };
	rollup_items(&items, w.a, &u, &w.c);
	EACH (const rollup_item, one, items) {
		require(one->postings == 1);
		EACH (const rollup_item, other, items)
			require(one == other || str_eq(one->key, other->key) == false);
	}
	const rollup_item *ray = item(&items, "concept:ray"), *training = item(&items, "concept:training"),
					  *compute = item(&items, "group:Distributed Compute"),
					  *other = item(&items, "group:Other"), *kubernetes = item(&items, "concept:kubernetes");
	require(ray && ray->strength == STRENGTH_PREFERRED && ray->mentions == 2);
	require(training && training->strength == STRENGTH_REQUIRED && training->mentions == 3);
	require(compute && compute->strength == STRENGTH_REQUIRED && compute->mentions == 3);
	require(other && other->mentions == 2); /* Excel and the circle, which ends */
	require(kubernetes && kubernetes->mentions == 2 && item(&items, "concept:pool")->mentions == 1);
	require(
		item(&items, "group:Orchestration")->mentions == 1); /* Helm by its parent; a certificate is none */
	require(item(&items, "concept:mentoring") == NULL && item(&items, "degree:master"));
	world_close(&w);
}

Test(rollup, years)
{
	static const struct {
		years_mention all[3];
		size_t count;
		const char *key;
	} table[] = {
		{ { { .min = 5, .max = 8 } }, 1, "years:5-8" },
		{ { { .min = 3, .max = -1 }, { .min = 8, .max = -1 }, { .min = 2, .max = 4 } }, 3, "years:8-" },
		{ { { .min = 8, .max = -1, .degree = { "bachelor", 8 } },
			  { .min = 5, .max = -1, .degree = { "master", 6 } } },
			2, "years:5-" },
		{ { { .min = 8, .max = -1, .degree = { "bachelor", 8 } }, { .min = 3, .max = -1 } }, 2, "years:3-" },
		{ { { .min = 1.5, .max = 3 } }, 1, "years:1.5-3" },
		{ { { .min = -1, .max = 3 } }, 1, NULL },
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		years_mention copy[3];
		memcpy(copy, table[i].all, sizeof copy);
		understanding u = { .years = { copy, table[i].count } };
		vec_rollup_item items = { 0 };
		rollup_items(&items, w.a, &u, &w.c);
		if (table[i].key)
			require_that(items.len == 1 && str_eq(items.ptr[0].key, str_from(table[i].key)), "%zu: %.*s", i,
				STRF(items.ptr[0].key));
		else
			require(items.len == 0);
		world_close(&w);
	}
}

Test(rollup, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		mention all[] = { { .concept = find(&w, "ray"), .counted = true } };
		understanding u = { .mentions = { all, 1 } };
		arena a = { .fail_at = n };
		vec_rollup_item items = { 0 };
		rollup_items(&items, &a, &u, &w.c);
		bool failed = a.failed;
		arena_free(&a);
		world_close(&w);
		if (!failed)
			break;
	}
}

/* ---- the analysis */

Test(analyze, figures_without_weights)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-05", "A", "", 20),
		"concept:training required 5 9, concept:training preferred 1 1, concept:ray required 4 5, "
		"group:Distributed_Compute required 4 5, concept:kubernetes mentioned 10 11, degree:bachelor "
		"required 13 13");
	world_items(&w, world_cell(&w, "2026-04", "B", "", 6),
		"concept:training mentioned 2 2, concept:cka preferred 1 1, concept:gone required 6 6");
	w.course.analysis.least_share = 0.2;
	require(world_analyze(&w));
	const analysis *a = &w.out;
	require(a->sample == 26 && a->postings == 26 && a->effective == 26 && a->weighted == false);
	const analysis_row *training = world_row(&w, ANALYSIS_SKILL, "Distributed training");
	/* 8 of 26: 95 % from 0.17 to 0.50, 80 % from 0.21 to 0.43 */
	require(training && training->count == 8 && training->postings == 8 && training->mentions == 12);
	require(training->strengths[0] == 2 && training->strengths[1] == 1 && training->strengths[2] == 5);
	require(fabs(training->low95 - 0.17) < 0.005 && fabs(training->high95 - 0.50) < 0.005);
	require(fabs(training->low80 - 0.21) < 0.005 && fabs(training->high80 - 0.43) < 0.005);
	assert_str(training->category, "Nice");
	assert_str(a->rows[ANALYSIS_SKILL].ptr[0].name, "Kubernetes");
	assert_str(world_row(&w, ANALYSIS_SKILL, "Kubernetes")->category, "Nice"); /* 10 of 26 */
	/* 4 of 26 is below a fifth: Ray and its group; certifications are always kept */
	require(a->rows[ANALYSIS_TECHNOLOGY].len == 0 && a->rows[ANALYSIS_GROUP].len == 0 && a->below == 2);
	require(a->rows[ANALYSIS_CERTIFICATION].len == 1 && a->degrees.len == 1 && a->years_asked == 0);
	assert_str(a->first, "2026-04");
	assert_str(a->last, "2026-05");
	require(a->employers.len == 2 && a->employers.ptr[0].postings == 20);
	world_close(&w);
}

Test(analyze, figures_with_weights)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-05", "A", "", 8), "concept:training required 4 4");
	world_items(&w, world_cell(&w, "2026-04", "B", "", 8), "concept:training preferred 8 9");
	w.course.analysis.half_life = 1;
	w.course.analysis.strength.preferred = 0.5;
	require(world_analyze(&w));
	/* weights 1 and 1/2: (4 + 8 x 1/2 x 1/2) / 12 = 1/2; size 12^2 / (8 + 2) = 14.4 */
	const analysis_row *row = world_row(&w, ANALYSIS_SKILL, "Distributed training");
	require(row && near(row->share, 0.5) && near(w.out.effective, 14.4) && w.out.sample == 14);
	require(row->count == 7 && row->postings == 12 && w.out.postings == 16 && w.out.weighted);
	interval i = wilson(7.2, 14.4, Z95);
	require(near(row->low95, i.low) && near(row->high95, i.high));
	assert_str(row->category, "Important");
	world_close(&w);
}

/* As in the tables: 7 of 14, and not 12 of 16. */
Test(insights, weighted_figures_are_those_of_the_tables)
{
	world w;
	world_open(
		&w, STR(WORLD_LEXICON
				"insights:\n"
				"  - {id: a, about: skill, label: Often, when: {}, most: 1, text: '{{name}}: {{share}}, "
				"{{postings}} of {{sample}}; {{required}} {{preferred}}'}\n"));
	world_items(&w, world_cell(&w, "2026-05", "A", "", 8), "concept:training required 4 4");
	world_items(&w, world_cell(&w, "2026-04", "B", "", 8), "concept:training preferred 8 9");
	w.course.analysis.half_life = 1;
	w.course.analysis.strength.preferred = 0.5;
	require(world_analyze(&w));
	require(w.out.insights.len == 1);
	assert_str(w.out.insights.ptr[0].text, "Distributed training: 50 %, 7 of 14; 2 5");
	world_close(&w);
}

Test(analyze, rising_and_falling)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-06", "", "", 100),
		"concept:training required 60 60, concept:kubernetes required 90 90, concept:operators required 20 "
		"20, "
		"concept:coaching required 50 50");
	world_items(&w, world_cell(&w, "2026-02", "", "", 100),
		"concept:training required 20 20, concept:kubernetes required 60 60, concept:operators required 50 "
		"50, "
		"concept:coaching required 49 49");
	require(world_analyze(&w));
	const analysis_row *training = world_row(&w, ANALYSIS_SKILL, "Distributed training"),
					   *kubernetes = world_row(&w, ANALYSIS_SKILL, "Kubernetes"),
					   *operators = world_row(&w, ANALYSIS_SKILL, "Operators"),
					   *coaching = world_row(&w, ANALYSIS_SKILL, "Coaching");
	require(training->trend.direction == 1 && kubernetes->trend.direction == 1 &&
			operators->trend.direction == -1 && coaching->trend.direction == 0);
	require(near(training->trend.p, fisher_exact(60, 100, 20, 100)));
	require(near(coaching->trend.q, coaching->trend.p)); /* the largest of the family */
	assert_str(training->category, "Emerging");          /* rising, below Core */
	assert_str(kubernetes->category, "Core");
	assert_str(operators->category, "Nice");
	assert_str(coaching->category, "Important");
	w.course.analysis.trend.least_postings = 101;
	require(world_analyze(&w));
	training = world_row(&w, ANALYSIS_SKILL, "Distributed training");
	require(isnan(training->trend.p) && isnan(training->trend.q) && training->trend.direction == 0);
	assert_str(training->category, "Important");
	world_close(&w);
}

Test(analyze, no_trend_from_a_small_window)
{
	for (int i = 0; i < 3; i++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		world_items(
			&w, world_cell(&w, "2026-06", "", "", i == 0 ? 11 : 12), "concept:training required 11 11");
		world_items(&w, world_cell(&w, "2026-02", "", "", i == 1 ? 11 : 12), "concept:training required 1 1");
		require(world_analyze(&w));
		require(isnan(world_row(&w, ANALYSIS_SKILL, "Distributed training")->trend.p) == (i < 2));
		world_close(&w);
	}
}

Test(analyze, filters)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	rollup_cell *c = world_cell(&w, "2026-06", "Acme Corp", "", 3);
	c->region = STR("Berlin, Germany");
	world_items(&w, c, "concept:training required 3 3");
	world_items(&w, world_cell(&w, "2026-05", "Acmeist", "", 5), "concept:training required 1 1");
	world_items(&w, world_cell(&w, "", "ACME", "", 7), "concept:training required 7 7");
	w.in.filter.employer = STR("acme");
	require(world_analyze(&w));
	require(w.out.postings == 10 && w.out.filtered == 5 && w.out.undated == 0);
	w.in.filter.since = STR("2026-01");
	require(world_analyze(&w));
	require(w.out.postings == 3 && w.out.filtered == 5 && w.out.undated == 7);
	w.in.filter = (analysis_filter){ .region = STR("germany") };
	require(world_analyze(&w));
	require(w.out.postings == 3 && w.out.filtered == 12);
	w.in.filter = (analysis_filter){ .region = STR("Mars") };
	require(world_analyze(&w));
	require(w.out.postings == 0 && w.out.sample == 0 && w.out.rows[ANALYSIS_SKILL].len == 0);
	world_close(&w);
}

Test(analyze, years_are_quartiles)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-06", "", "", 9),
		"years:5-8 required 3 3, years:8- required 2 2, years:2- required 1 1, years:x- required 1 1, "
		"years:12- required 1 1");
	require(world_analyze(&w));
	/* 2 5 5 5 8 8 12 */
	require(w.out.years_asked == 7 && w.out.years_low == 5 && w.out.years_mid == 5 && w.out.years_high == 8);
	world_close(&w);
}

Test(analyze, groups_name_their_tools)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-06", "", "", 10),
		"concept:ray required 2 2, concept:horovod required 5 5, group:Distributed_Compute required 6 7, "
		"concept:helm required 5 5, concept:kubernetes required 7 7, group:Orchestration required 7 7, "
		"concept:excel mentioned 5 5, group:Other mentioned 5 5, concept:mentoring required 4 4, "
		"concept:coaching "
		"required 3 3");
	w.course.analysis.tools = 1;
	require(world_analyze(&w));
	const list_analysis_row *groups = &w.out.rows[ANALYSIS_GROUP];
	require(groups->len == 3);
	assert_str(groups->ptr[0].name, "Orchestration");
	assert_str(groups->ptr[0].tools.ptr[0], "Kubernetes");
	assert_str(groups->ptr[1].tools.ptr[0], "Horovod");
	assert_str(groups->ptr[2].tools.ptr[0], "Excel");
	require(groups->ptr[1].tools.len == 1);
	assert_str(w.out.rows[ANALYSIS_THEME].ptr[0].text, "Coaching");
	analysis_example words[] = { { .concept = STR("mentoring"), .text = STR("coach\nengineers") } };
	w.in.examples.ptr = words;
	w.in.examples.len = 1;
	require(world_analyze(&w));
	assert_str(w.out.rows[ANALYSIS_THEME].ptr[0].text, "coach engineers");
	world_close(&w);
}

Test(analyze, names_are_unique)
{
	world w;
	world_open(
		&w, STR("concepts:\n  - {id: a, kind: skill, name: Same}\n  - {id: b, kind: skill, name: same}\n"
				"  - {id: c, kind: skill, name: Same (b)}\n"));
	world_items(&w, world_cell(&w, "2026-06", "", "", 10),
		"concept:a required 9 9, concept:c required 8 8, concept:b required 7 7");
	require(world_analyze(&w));
	const list_analysis_row *rows = &w.out.rows[ANALYSIS_SKILL];
	assert_str(rows->ptr[0].name, "Same");
	assert_str(rows->ptr[1].name, "Same (b)");
	assert_str(rows->ptr[2].name, "same (2)");
	world_close(&w);
}

Test(analyze, inventory_is_sorted_and_cut)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-06", "", "", 1), "concept:a required 1 1");
	posting_line lines[] = { { .title = STR("old"), .date = STR("2026-01-02") },
		{ .title = STR("b"), .employer = STR("B"), .date = STR("2026-03-02") },
		{ .title = STR("a"), .employer = STR("A"), .date = STR("2026-03-02") }, { .title = STR("undated") } };
	w.in.inventory.ptr = lines;
	w.in.inventory.len = COUNT(lines);
	w.in.inventory_total = COUNT(lines);
	w.course.analysis.inventory = 3;
	require(world_analyze(&w));
	require(w.out.inventory.len == 3 && w.out.inventory_total == 4);
	assert_str(w.out.inventory.ptr[0].title, "a");
	assert_str(w.out.inventory.ptr[2].title, "old");
	world_close(&w);
}

/* ---- insights */

Test(insights, rules_are_ranges)
{
	world w;
	world_open(
		&w, STR(WORLD_LEXICON
				"insights:\n"
				"  - {id: a, about: skill, label: Often, when: {share: {least: 0.5}}, most: 1, text: "
				"'{{name}}: {{postings}} of "
				"{{sample}}, {{share}}, {{low}}-{{high}}'}\n"
				"  - {id: b, about: technology, label: Nice, when: {preferred: {least: 0.6, most: 0.7}}, "
				"text: '{{name}} {{ "
				"preferred }} {{required}} {{mentioned}} {{unknown}}'}\n"
				"  - {id: c, about: skill, label: Never, when: {q: {most: 1}}, text: never}\n"
				"  - {id: d, about: skill, label: Never, when: {change: {least: -1}}, text: never}\n"
				"  - {id: e, about: theme, label: Gap, when: {modules: {most: 0}}, text: '{{modules}}'}\n"));
	world_items(&w, world_cell(&w, "2026-06", "", "", 26),
		"concept:training required 13 13, concept:kubernetes required 20 20, concept:ray preferred 6 6, "
		"concept:ray required 3 3, concept:helm preferred 3 3, concept:mentoring required 5 5");
	require(world_analyze(&w));
	require_that(w.out.insights.len == 3, "%zu", w.out.insights.len);
	assert_str(w.out.insights.ptr[0].label, "Often");
	assert_str(w.out.insights.ptr[0].text, "Kubernetes: 20 of 26, 77 %, 58 %-89 %");
	assert_str(w.out.insights.ptr[1].text, "Ray 6 3 0 {{unknown}}");
	assert_str(w.out.insights.ptr[2].text, "0");
	world_close(&w);
}

static void shipped_insights(world *w)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	str text;
	bool read =
		io_read(&text, w->a, arena_printf(w->a, "%s/catalog/insights.yaml", root ? root : ".").ptr, &w->f.d);
	require(read);
	world_take(w, text);
}

Test(insights, shipped_rules_say_what_the_rows_say)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	shipped_insights(&w);
	world_items(&w, world_cell(&w, "2026-06", "", "", 100),
		"concept:training required 60 60, concept:kubernetes required 90 90, concept:ray required 10 10, "
		"concept:helm preferred 50 50, concept:cka preferred 30 30, concept:operators mentioned 5 5");
	world_items(&w, world_cell(&w, "2026-02", "", "", 100),
		"concept:training required 20 20, concept:kubernetes required 90 90, concept:ray required 50 50, "
		"concept:helm preferred 50 50, concept:operators mentioned 40 40");
	require(world_analyze(&w));
	static const char *const expected[] = {
		"Rising: Distributed training rose from 20 % (20 of 100) to 60 % (60 of 100); q below 0.001.",
		"Falling: Operators fell from 40 % (40 of 100) to 5 % (5 of 100); q below 0.001.",
		"Falling: Ray fell from 50 % (50 of 100) to 10 % (10 of 100); q below 0.001.",
		"Settled: Kubernetes is in 90 % of the postings (95 % interval 85 % to 93 %); 180 of the 180 that "
		"name it "
		"require it.",
		"Preferred: Helm is named by 100 of 200; 100 of them only prefer it, 0 require it.",
	};
	require(w.out.insights.len >= COUNT(expected));
	for (size_t i = 0; i < w.out.insights.len; i++) {
		const analysis_insight *one = &w.out.insights.ptr[i];
		require_that(
			str_find(one->text, STR("{{"), 0) == SIZE_MAX && str_find(one->text, STR("?"), 0) == SIZE_MAX,
			"%.*s", STRF(one->text));
		if (i < COUNT(expected))
			assert_str(arena_printf(w.a, "%.*s: %.*s", STRF(one->label), STRF(one->text)), expected[i]);
	}
	world_close(&w);
}

/* ---- properties */

static bool same_rows(const analysis *x, const analysis *y, double factor)
{
	for (int k = 0; k < ANALYSIS_KINDS; k++) {
		if (x->rows[k].len != y->rows[k].len)
			return false;
		for (size_t i = 0; i < x->rows[k].len; i++) {
			const analysis_row *one = &x->rows[k].ptr[i], *other = &y->rows[k].ptr[i];
			if (!str_eq(one->name, other->name) || !near(one->share, other->share) ||
				one->postings * factor != other->postings)
				return false;
		}
	}
	return true;
}

Test(analyze, order_of_cells_does_not_matter)
{
	for (uint64_t seed = 1; seed <= 40; seed++) {
		random_source r = seeded(seed);
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		shipped_insights(&w);
		world_random(&w, &r, 5 + draw(&r, 40));
		w.course.analysis.half_life = draw(&r, 2) ? 3 : NAN;
		w.course.analysis.employer_cap = draw(&r, 2) ? 4 : NAN;
		w.course.analysis.seniority = draw(&r, 2) ? LEVEL_SENIOR : -1;
		require(world_analyze(&w));
		analysis first = w.out;
		SHUFFLE(&r, w.cells.ptr, w.cells.len);
		require(world_analyze(&w));
		require(same_rows(&first, &w.out, 1) && first.effective == w.out.effective);
		require(first.insights.len == w.out.insights.len);
		for (size_t i = 0; i < first.insights.len; i++)
			require(str_eq(first.insights.ptr[i].text, w.out.insights.ptr[i].text));
		EACH (const analysis_row, row, first.rows[ANALYSIS_SKILL]) {
			const analysis_row *other = &w.out.rows[ANALYSIS_SKILL].ptr[row - first.rows[ANALYSIS_SKILL].ptr];
			require(row->share == other->share && row->low95 == other->low95 &&
					(row->trend.q == other->trend.q || isnan(row->trend.q)));
			require(row->low95 <= row->low80 && row->low80 <= row->share && row->share <= row->high80 &&
					row->high80 <= row->high95 && row->count <= first.sample);
		}
		world_close(&w);
	}
}

Test(analyze, doubling_leaves_shares)
{
	for (uint64_t seed = 1; seed <= 40; seed++) {
		random_source r = seeded(seed);
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		world_random(&w, &r, 5 + draw(&r, 40));
		w.course.analysis.half_life = draw(&r, 2) ? 3 : NAN;
		require(world_analyze(&w));
		analysis once = w.out;
		EACH (rollup_cell, c, w.cells) {
			c->postings *= 2;
			EACH (rollup_item, i, c->items)
				i->postings *= 2;
		}
		require(world_analyze(&w));
		require(same_rows(&once, &w.out, 2) && near(once.effective * 2, w.out.effective));
		world_close(&w);
	}
}

Test(analyze, out_of_memory)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	shipped_insights(&w);
	random_source r = seeded(7);
	world_random(&w, &r, 12);
	w.in.cells = (list_cell){ .ptr = w.cells.ptr, .len = w.cells.len };
	w.in.catalog = &w.c;
	w.in.settings = &w.course.analysis;
	posting_line line = { .title = STR("one") };
	w.in.inventory.ptr = &line;
	w.in.inventory.len = 1;
	w.in.inventory_total = 1;
	unsigned n = 1;
	for (;; n++) {
		arena a = { .fail_at = n };
		analysis out;
		bool ok = analyze(&out, &a, &w.in), failed = a.failed;
		arena_free(&a);
		require(ok == (failed == false));
		if (!failed)
			break;
	}
	require(n > 100);
	world_close(&w);
}
