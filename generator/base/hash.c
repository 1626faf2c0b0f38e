#include "base/hash.h"

#include <nettle/base16.h>
#include <nettle/sha2.h>

str hash_sha256(arena *a, str bytes)
{
	char *hex = NEWN(a, char, BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE));
	if (!hex)
		return STR("");
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct sha256_ctx state;
	sha256_init(&state);
	sha256_update(&state, bytes.len, (const uint8_t *)bytes.ptr);
	sha256_digest(&state, sizeof digest, digest);
	base16_encode_update(hex, sizeof digest, digest);
	return (str){ .ptr = hex, .len = BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE) };
}

bool hash_is_sha256(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!is_digit(s.ptr[i]) && (s.ptr[i] < 'a' || s.ptr[i] > 'f'))
			return false;
	return s.len == BASE16_ENCODE_LENGTH(SHA256_DIGEST_SIZE);
}
