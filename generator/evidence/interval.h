/* Confidence intervals of a share. */
#ifndef EVIDENCE_INTERVAL_H
#define EVIDENCE_INTERVAL_H

typedef struct {
	double low, high; /* 0..1 */
} interval;

#define Z80 1.2815515655446004 /* two-sided 80 %: the 0.90 quantile of the normal distribution */
#define Z95 1.959963984540054  /* two-sided 95 %: the 0.975 quantile */

/* The Wilson score interval of `count` out of `sample`, both in postings, at the normal quantile `z`.
 * E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927),
 * 209-212; recommended for small samples by Brown, Cai and DasGupta, Statistical Science 16 (2001), 101-133.
 */
interval wilson(double count, double sample, double z);

#endif
