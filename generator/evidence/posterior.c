#include "evidence/posterior.h"

#include <math.h>
#include <stdbool.h>

/* Lentz replaces what would be a division by zero by this. */
#define LEAST 1e-300
#define CLOSE_ENOUGH 1e-15
/* The fraction needs about as many steps as the square root of the larger parameter. */
enum { STEPS_MOST = 100000 };

/* Coefficient d(step) of the fraction, step from 1. */
static double coefficient(double x, double a, double b, int step)
{
	double m = step / 2;
	if (step % 2)
		return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
	return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
}

static double not_zero(double x)
{
	return fabs(x) < LEAST ? LEAST : x;
}

/* 1 / (1 + d1 / (1 + d2 / (1 + ...))), from the front: numerators and denominators of successive fractions
 * as ratios, which neither overflow nor vanish. */
static double continued_fraction(double x, double a, double b)
{
	double above = 1, below = 1 / not_zero(1 + coefficient(x, a, b, 1)), value = below;
	for (int step = 2; step <= STEPS_MOST; step++) {
		double d = coefficient(x, a, b, step);
		below = 1 / not_zero(1 + d * below);
		above = not_zero(1 + d / above);
		double change = above * below;
		value *= change;
		if (fabs(change - 1) < CLOSE_ENOUGH)
			break;
	}
	return value;
}

/* x^a (1 - x)^b / (a B(a, b)) */
static double leading_factor(double x, double a, double b)
{
	return exp(a * log(x) + b * log1p(-x) + lgamma(a + b) - lgamma(a) - lgamma(b)) / a;
}

double beta_distribution(double x, double a, double b)
{
	if (!(x >= 0 && x <= 1 && a > 0 && b > 0) || isinf(a) || isinf(b))
		return NAN;
	if (x == 0 || x == 1)
		return x;
	/* The fraction converges quickly on the side of the mean where less lies; the other is what is left. */
	bool left = x < (a + 1) / (a + b + 2);
	double part = left ? leading_factor(x, a, b) * continued_fraction(x, a, b)
					   : leading_factor(1 - x, b, a) * continued_fraction(1 - x, b, a);
	part = fmin(part, 1);
	return left ? part : 1 - part;
}

double posterior_above(const cycle_share *cycles, size_t count, double discount, double above)
{
	double a = 0.5, b = 0.5;
	for (size_t i = 0; i < count; i++) {
		if (!(cycles[i].effective > 0))
			continue;
		double weight = pow(discount, (double)(count - 1 - i)) * cycles[i].effective;
		a += weight * cycles[i].share;
		b += weight * (1 - cycles[i].share);
	}
	/* Asked from the other side, so that a small probability is not the difference of two large ones. */
	return beta_distribution(1 - above, b, a);
}
