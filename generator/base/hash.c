#include "base/hash.h"

#include <sha2.h>

str hash_sha256(arena *a, str bytes)
{
	char *hex = NEWN(a, char, SHA256_DIGEST_STRING_LENGTH);
	if (!hex)
		return STR("");
	SHA256Data((const uint8_t *)bytes.ptr, bytes.len, hex);
	return (str){ .ptr = hex, .len = SHA256_DIGEST_STRING_LENGTH - 1 };
}
