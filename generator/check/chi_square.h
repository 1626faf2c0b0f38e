/* How likely chance alone is to spread counts as unevenly as they are. */
#ifndef CHECK_CHI_SQUARE_H
#define CHECK_CHI_SQUARE_H

#include <stddef.h>

/* The probability that chi-square with that many degrees of freedom (1 or more) reaches `x`. */
double chi_square_tail(double x, size_t freedom);

#endif
