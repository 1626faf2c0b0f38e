/* Numbers to text and back, the same on every machine and in every locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include "base/buf.h"

void buf_integer(buf *b, int64_t i);
/* The shortest decimal that reads back as the same double; integers up to 1e15 without exponent or fraction.
 */
void buf_double(buf *b, double d);
/* With at most `decimals` (0 to 9) digits after the point, rounded half away from zero, trailing zeros
 * dropped. */
void buf_rounded(buf *b, double d, int decimals);
/* The whole of `s` as a decimal number; false if it is anything else (no white space, no hex, no infinity).
 */
bool number_parse(double *out, str s);
bool integer_parse(int64_t *out, str s); /* optional sign and digits; false on overflow */

#endif
