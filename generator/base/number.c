#include "base/number.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS_MAX = 20, MANTISSA_BITS = 53, DIGITS = 17 };

__extension__ typedef unsigned __int128 wide;

/* The last `least` digits at least. */
static void put_digits(buf *b, uint64_t n, int least)
{
	char digits[DIGITS_MAX];
	size_t at = sizeof digits;
	for (; n || least > 0; n /= 10, least--)
		digits[--at] = (char)('0' + n % 10);
	buf_str(b, (str){ .ptr = digits + at, .len = sizeof digits - at });
}

void buf_integer(buf *b, int64_t i)
{
	if (i < 0)
		buf_char(b, '-');
	put_digits(b, i < 0 ? 0 - (uint64_t)i : (uint64_t)i, 1);
}

/* A number times the power of ten that leaves 17 digits before the point; exact. */
typedef struct {
	uint64_t mantissa, digits;
	wide rest; /* after the digits, times 2 to the power of `shift` */
	wide ulp;  /* of the mantissa, in the same unit */
	int shift, decimals;
} scaled;

static scaled scale(double size, int decimals)
{
	int exponent;
	uint64_t mantissa = (uint64_t)ldexp(frexp(size, &exponent), MANTISSA_BITS);
	scaled s = { .mantissa = mantissa, .shift = MANTISSA_BITS - exponent, .ulp = 1, .decimals = decimals };
	for (int i = 0; i < decimals; i++)
		s.ulp *= 10;
	wide product = mantissa * s.ulp;
	s.digits = (uint64_t)(product >> s.shift);
	s.rest = product - ((wide)s.digits << s.shift);
	return s;
}

/* Rounded to so many digits, half to even, as printf does; whether it reads back as the same double. */
static bool round_to(uint64_t *out, const scaled *s, uint64_t unit)
{
	wide whole = (wide)unit << s->shift, rest = ((wide)(s->digits % unit) << s->shift) + s->rest;
	uint64_t down = s->digits / unit;
	bool up = rest * 2 > whole || (rest * 2 == whole && down % 2);
	/* Below a power of two doubles lie twice as close. */
	unsigned parts = !up && s->mantissa == 1ull << (MANTISSA_BITS - 1) ? 4 : 2;
	wide off = (up ? whole - rest : rest) * parts;
	*out = down + up;
	return off < s->ulp || (off == s->ulp && s->mantissa % 2 == 0);
}

/* Printing by libc is slow. In this range, which most numbers are in, the arithmetic fits 128 bits: at most
 * 2^53 times 10^21. The text is the same. */
static bool put_common(buf *b, double d)
{
	double size = fabs(d), power = 1e-3;
	int decimals = DIGITS + 3;
	if (!(size >= 1e-4 && size < 1e9))
		return false;
	for (; size >= power; power *= 10)
		decimals--;
	scaled s = scale(size, decimals);
	if (s.digits < 10000000000000000u)
		s = scale(size, decimals + 1);
	else if (s.digits >= 100000000000000000u)
		s = scale(size, decimals - 1);
	uint64_t digits, power_of_ten = 1;
	decimals = s.decimals;
	if (round_to(&digits, &s, 100))
		decimals -= 2;
	else if (round_to(&digits, &s, 10))
		decimals -= 1;
	else
		round_to(&digits, &s, 1);
	for (; digits % 10 == 0; digits /= 10)
		decimals--;
	for (int i = 0; i < decimals && i < DIGITS_MAX - 1; i++)
		power_of_ten *= 10;
	if (d < 0)
		buf_char(b, '-');
	bool small = decimals >= DIGITS_MAX; /* the power does not fit, and nothing is before the point */
	put_digits(b, small ? 0 : digits / power_of_ten, 1);
	buf_char(b, '.');
	put_digits(b, small ? digits : digits % power_of_ten, decimals);
	return true;
}

void buf_double(buf *b, double d)
{
	if (isfinite(d) && fabs(d) < 1e15 && d == trunc(d)) {
		if (d == 0 && signbit(d))
			buf_char(b, '-');
		buf_integer(b, (int64_t)d);
		return;
	}
	if (put_common(b, d))
		return;
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
