/* The finite series of Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.4.4 for odd and
 * 26.4.5 for even degrees of freedom. */
#include "check/chi_square.h"

#include <math.h>
#include <stdbool.h>

double chi_square_tail(double x, size_t freedom)
{
	static const double pi = 3.14159265358979323846;
	bool odd = freedom % 2;
	double sum = odd ? erfc(sqrt(x / 2)) : 0;
	double term = exp(-x / 2) * (odd ? sqrt(2 * x / pi) : 1);
	for (size_t n = odd ? 3 : 2; n <= freedom; n += 2) {
		sum += term;
		term *= x / (double)n;
	}
	return sum;
}
