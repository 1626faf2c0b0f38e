#include "evidence/interval.h"

#include <math.h>

static double clamp(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

interval wilson(double count, double sample, double z)
{
	if (!(sample > 0))
		return (interval){ 0, 1 };
	double p = clamp(count / sample), zz = z * z;
	double centre = (p + zz / (2 * sample)) / (1 + zz / sample);
	double half = z / (1 + zz / sample) * sqrt(p * (1 - p) / sample + zz / (4 * sample * sample));
	/* The ends are exact where rounding would leave 1e-17 of them. */
	return (interval){ p > 0 ? clamp(centre - half) : 0, p < 1 ? clamp(centre + half) : 1 };
}
