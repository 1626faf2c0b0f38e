/* What is believed about a share after some cycles, older ones counting less. */
#ifndef EVIDENCE_POSTERIOR_H
#define EVIDENCE_POSTERIOR_H

#include <stddef.h>

/* The regularized incomplete beta function I_x(a, b), a and b above 0, x within 0..1: the probability that a
 * Beta(a, b) variable is at most x. By its continued fraction (DLMF 8.17.22, https://dlmf.nist.gov/8.17),
 * evaluated as W. J. Lentz does, "Generating Bessel functions in Mie scattering calculations using continued
 * fractions", Applied Optics 15 (1976), 668-671. Good to ten digits while a + b is below 10,000, to seven
 * below 10,000,000. NAN for other arguments. */
double beta_distribution(double x, double a, double b);

/* One cycle: effective vacancies, and the part of them that names the item. Without vacancies it says
 * nothing. */
typedef struct {
	double effective, share;
} cycle_share;

/* P(share > `above`) after these cycles, the oldest first, with Jeffreys' prior Beta(1/2, 1/2) and each cycle
 * weighted by `discount` to the power of its age in cycles: a = 1/2 + sum discount^age x effective x share, b
 * likewise of the rest. H. Jeffreys, "Theory of Probability", 3rd ed. (1961), section 3.1. The discount is
 * the power prior of J. G. Ibrahim and M.-H. Chen, "Power Prior Distributions for Regression Models",
 * Statistical Science 15 (2000), 46-60. */
double posterior_above(const cycle_share *cycles, size_t count, double discount, double above);

#endif
