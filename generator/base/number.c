#include "base/number.h"

#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buf_double(buf *b, double d)
{
	if (isfinite(d) && fabs(d) < 1e15 && d == trunc(d)) {
		buf_printf(b, "%s%" PRId64, d == 0 && signbit(d) ? "-" : "", (int64_t)d);
		return;
	}
	if (isnan(d) || isinf(d)) {
		buf_str(b, isnan(d) ? STR("NaN") : d > 0 ? STR("Infinity") : STR("-Infinity"));
		return;
	}
	char text[40];
	/* 15 digits always survive, except among the subnormals, which have fewer. */
	for (int digits = fabs(d) < DBL_MIN ? 1 : 15; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, d);
		if (strtod(text, NULL) == d)
			break;
	}
	buf_str(b, str_from(text));
}

void buf_rounded(buf *b, double d, int decimals)
{
	static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	double scale = powers[decimals < 0 ? 0 : decimals > 9 ? 9 : decimals];
	double rounded = fabs(d) < 1e15 / scale ? round(d * scale) / scale : d;
	buf_double(b, rounded == 0 ? 0 : rounded);
}

bool number_parse(double *out, str s)
{
	char text[64];
	size_t i = 0, digits = 0;
	if (s.len == 0 || s.len >= sizeof text)
		return false;
	if (s.ptr[i] == '-' || s.ptr[i] == '+')
		i++;
	for (; i < s.len && is_digit(s.ptr[i]); i++)
		digits++;
	if (i < s.len && s.ptr[i] == '.')
		for (i++; i < s.len && is_digit(s.ptr[i]); i++)
			digits++;
	if (!digits)
		return false;
	if (i < s.len && to_lower(s.ptr[i]) == 'e') {
		i++;
		if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+'))
			i++;
		size_t exponent = i;
		while (i < s.len && is_digit(s.ptr[i]))
			i++;
		if (i == exponent)
			return false;
	}
	if (i != s.len)
		return false;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	*out = strtod(text, NULL);
	return isfinite(*out);
}

bool integer_parse(int64_t *out, str s)
{
	char text[32];
	size_t sign = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+');
	if (s.len == sign || s.len >= sizeof text)
		return false;
	for (size_t i = sign; i < s.len; i++)
		if (!is_digit(s.ptr[i]))
			return false;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	errno = 0;
	*out = strtoll(text, NULL, 10);
	return errno == 0;
}
