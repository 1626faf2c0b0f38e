/* Whether a share has changed, and how far that can be believed when many shares are looked at together. */
#ifndef EVIDENCE_TREND_H
#define EVIDENCE_TREND_H

#include "base/arena.h"

/* Two-sided p of the hypothesis that k1 of n1 and k2 of n2 come from one share: Fisher's exact test, the sum
 * of all tables with the same margins that are not more probable than the one seen. R. A. Fisher,
 * "Statistical Methods for Research Workers", 5th ed. (1934), section 21.02. Whole numbers, 0 <= k <= n. The
 * time grows with the square root of the counts. */
double fisher_exact(double k1, double n1, double k2, double n2);

/* From p to q: the smallest false discovery rate at which each is still called a discovery. Y. Benjamini and
 * Y. Hochberg, "Controlling the False Discovery Rate", J. R. Statist. Soc. B 57 (1995), 289-300, in the form
 * of adjusted values: q(i) = min over j >= i of p(j) m / j, p in ascending order. NAN stays NAN and is not
 * counted among the m. `q` may be `p`. */
void false_discovery(double *q, const double *p, size_t count, arena *a);

#endif
