/* SHA-256 (FIPS 180-4), as text. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/arena.h"

str hash_sha256(arena *a, str bytes); /* 64 hexadecimal digits, lower case */
bool hash_is_sha256(str s);           /* whether it looks like one */

#endif
