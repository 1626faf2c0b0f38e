/* UTF-8 (RFC 3629). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/str.h"

/* Reads one code point at `*at` and moves on. An invalid byte gives UTF8_BAD and moves on by one. */
uint32_t utf8_next(str s, size_t *at);
size_t utf8_bad_offset(str s); /* of the first invalid byte; SIZE_MAX if all is well */
size_t utf8_count(str s);      /* code points */

#define UTF8_BAD UINT32_MAX

#endif
