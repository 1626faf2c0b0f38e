/* The incomplete beta function against closed forms, and what is believed of a share after some cycles. */
#include "fixture.h"
#include "random.h"

#include "evidence/posterior.h"

#include <float.h>
#include <math.h>

static bool is_near(double x, double y, double part)
{
	return fabs(x - y) <= part * fmax(fabs(x), fabs(y)) + 1e-300;
}

/* ---- the function */

Test(posterior, one_parameter_is_one)
{
	for (double x = 0.01; x < 1; x += 0.01)
		for (double a = 0.25; a < 300; a *= 1.7) {
			double first = beta_distribution(x, a, 1), second = beta_distribution(x, 1, a);
			require_that(is_near(first, pow(x, a), 1e-12), "I_%g(%g, 1) = %g", x, a, first);
			require_that(is_near(second, -expm1(a * log1p(-x)), 1e-12), "I_%g(1, %g) = %g", x, a, second);
		}
}

/* The arcsine law. */
Test(posterior, both_parameters_are_a_half)
{
	for (double x = 0.01; x < 1; x += 0.01)
		require(is_near(beta_distribution(x, 0.5, 0.5), asin(sqrt(x)) / acos(0), 1e-12));
}

Test(posterior, is_symmetric)
{
	for (double a = 0.1; a < 1e6; a *= 3) {
		require_that(is_near(beta_distribution(0.5, a, a), 0.5, 1e-9), "a = %g", a);
		for (double b = 0.1; b < 1e4; b *= 3)
			for (double x = 0.05; x < 1; x += 0.1)
				require_that(fabs(beta_distribution(x, a, b) + beta_distribution(1 - x, b, a) - 1) < 1e-9,
					"x = %g, a = %g, b = %g", x, a, b);
	}
}

/* P(Binomial(n, p) >= k), summed from the most probable term on. */
static double binomial_tail(int k, int n, double p)
{
	double sum = 0;
	for (int i = k; i <= n; i++)
		sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) + (n - i) * log1p(-p));
	return sum;
}

Test(posterior, is_the_tail_of_a_binomial)
{
	static const int sizes[] = { 1, 2, 5, 26, 104, 500 };
	for (size_t i = 0; i < COUNT(sizes); i++)
		for (int k = 1; k <= sizes[i]; k++)
			for (double p = 0.05; p < 1; p += 0.15) {
				double is = beta_distribution(p, k, sizes[i] - k + 1), want = binomial_tail(k, sizes[i], p);
				require_that(
					is_near(is, want, 1e-10), "P(B(%d, %g) >= %d) = %g, not %g", sizes[i], p, k, is, want);
			}
}

/* I_x(a + 1, b) = I_x(a, b) - x^a (1 - x)^b / (a B(a, b)), DLMF 8.17.20. */
Test(posterior, recurrence_in_a)
{
	random_source r = seeded(1);
	for (int i = 0; i < 2000; i++) {
		double x = (1 + draw(&r, 998)) / 1000.0, a = (1 + draw(&r, 9000)) / 100.0,
			   b = (1 + draw(&r, 9000)) / 100.0;
		double step = exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a + 1) - lgamma(b));
		require_that(fabs(beta_distribution(x, a, b) - beta_distribution(x, a + 1, b) - step) < 1e-12,
			"x = %g, a = %g, b = %g", x, a, b);
	}
}

Test(posterior, grows_with_x)
{
	static const double sides[] = { 0.5, 1, 3.5, 26, 87.2, 1000, 1e6 };
	for (size_t i = 0; i < COUNT(sides); i++)
		for (size_t k = 0; k < COUNT(sides); k++) {
			double before = 0;
			for (int x = 0; x <= 1000; x++) {
				double now = beta_distribution(x / 1000.0, sides[i], sides[k]);
				require_that(now >= before - 1e-14 && now >= 0 && now <= 1,
					"I_%g(%g, %g) = %.17g after %.17g", x / 1000.0, sides[i], sides[k], now, before);
				before = now;
			}
			require(before == 1);
		}
}

Test(posterior, extremes)
{
	require(beta_distribution(0, 3, 4) == 0 && beta_distribution(1, 3, 4) == 1);
	require(beta_distribution(0, 1e-3, 1e9) == 0 && beta_distribution(1, 1e9, 1e-3) == 1);
	require(beta_distribution(DBL_MIN, 2, 2) >= 0 && beta_distribution(DBL_MIN, 2, 2) < 1e-300);
	require(is_near(beta_distribution(1e-300, 0.5, 0.5), 2e-150 / acos(-1), 1e-9));
	require(beta_distribution(1 - DBL_EPSILON, 2, 2) <= 1);
	require(fabs(beta_distribution(0.5, 1e9, 1e9) - 0.5) < 1e-3);
	require(beta_distribution(0.4, 1e9, 1e9) < 1e-12 && beta_distribution(0.6, 1e9, 1e9) > 1 - 1e-12);
	require(is_near(beta_distribution(0.5, 1e-9, 1e-9), 0.5, 1e-6));
}

Test(posterior, other_arguments_have_no_value)
{
	static const double bad[][3] = { { NAN, 1, 1 }, { 0.5, NAN, 1 }, { 0.5, 1, NAN }, { -0.1, 1, 1 },
		{ 1.1, 1, 1 }, { 0.5, 0, 1 }, { 0.5, 1, 0 }, { 0.5, -1, 1 }, { 0.5, 1, -1 }, { 0, 0, 0 }, { 1, 0, 1 },
		{ 0.5, INFINITY, 1 }, { 0.5, 1, INFINITY }, { INFINITY, 1, 1 } };
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect(isnan(beta_distribution(bad[i][0], bad[i][1], bad[i][2])), "row %zu", i);
}

/* ---- cycles */

static double above(double k, double n, double threshold)
{
	cycle_share one = { .effective = n, .share = k / n };
	return posterior_above(&one, 1, 0.7, threshold);
}

Test(posterior, known_values_of_one_cycle)
{
	static const struct {
		int k, n, cents; /* P(share > .30), to two digits */
	} table[] = { { 3, 26, 1 }, { 6, 26, 22 }, { 7, 22, 59 }, { 8, 26, 55 }, { 8, 22, 75 }, { 10, 26, 83 },
		{ 12, 26, 96 }, { 13, 26, 98 }, { 18, 22, 100 } };
	for (size_t i = 0; i < COUNT(table); i++) {
		double p = above(table[i].k, table[i].n, 0.3);
		int cents = (int)floor(p * 100 + 0.5);
		cr_expect(cents == table[i].cents, "%d of %d: %g", table[i].k, table[i].n, p);
	}
}

Test(posterior, grows_with_the_count_and_falls_with_the_threshold)
{
	for (int n = 1; n <= 60; n++)
		for (int k = 0; k < n; k++) {
			double now = above(k, n, 0.3), more = above(k + 1, n, 0.3), lower = above(k, n, 0.2);
			/* Until no double is between it and 1. */
			require(now < more || (now == more && now > 1 - 1e-15));
			require(now < lower || (now == lower && now > 1 - 1e-15));
		}
}

Test(posterior, older_cycles_count_less)
{
	cycle_share c[] = { { 10, 0.9 }, { 20, 0.5 }, { 30, 0.1 } };
	double a = 0.5 + 0.25 * 9 + 0.5 * 10 + 3, b = 0.5 + 0.25 * 1 + 0.5 * 10 + 27;
	require(is_near(posterior_above(c, 3, 0.5, 0.3), 1 - beta_distribution(0.3, a, b), 1e-12));
	/* All count alike, or only the last one. */
	require(is_near(posterior_above(c, 3, 1, 0.3), 1 - beta_distribution(0.3, 0.5 + 22, 0.5 + 38), 1e-12));
	require(posterior_above(c, 3, 0, 0.3) == posterior_above(c + 2, 1, 0.7, 0.3));
	cycle_share turned[] = { c[2], c[1], c[0] };
	require(posterior_above(turned, 3, 0.5, 0.3) > posterior_above(c, 3, 0.5, 0.3));
}

Test(posterior, edges_of_cycles)
{
	cycle_share empty[] = { { 0, NAN }, { 26, 0.5 }, { 0, 0 } }, unknown = { 26, NAN };
	/* Nothing was seen: Jeffreys' prior. */
	require(is_near(posterior_above(NULL, 0, 0.7, 0.3), 1 - asin(sqrt(0.3)) / acos(0), 1e-12));
	/* A cycle without vacancies says nothing, and time goes by. */
	require(is_near(posterior_above(empty, 3, 0.7, 0.3), above(0.7 * 13, 0.7 * 26, 0.3), 1e-12));
	require(isnan(posterior_above(&unknown, 1, 0.7, 0.3)));
	require(isnan(above(5, 26, NAN)) && isnan(above(5, 26, 1.5)) && isnan(above(5, 26, -0.5)));
	require(above(5, 26, 0) == 1 && above(5, 26, 1) == 0);
	require(above(0, 26, 0.3) > 0 && above(0, 26, 0.3) < 1e-4);
	require(above(26, 26, 0.3) > 1 - 1e-9);
	/* A small probability keeps its digits: of none in 1,000, which is about the tail of one binomial. */
	require(above(0, 1000, 0.3) > 0 && above(0, 1000, 0.3) < 1e-150);
}
