/* Counted strings: a pointer and a length into memory that somebody else owns. Never NUL-terminated by
 * promise. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
	const char *ptr;
	size_t len;
} str;

/* A part and what comes after it; `ok` is false if the separator was not there (then `head` is everything).
 */
typedef struct {
	str head, tail;
	bool ok;
} str_cut;

#define STR(literal) ((str){ .ptr = ("" literal), .len = sizeof(literal) - 1 })
#define STRF(s) (int)(s).len, (s).ptr /* for "%.*s" */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The smallest ones are inline, since parsers call them for every character. */
/* NULL gives the empty string. */
static inline str str_from(const char *c)
{
	return (str){ .ptr = c ? c : "", .len = c ? strlen(c) : 0 };
}

static inline bool str_eq(str a, str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

/* Clipped to s. */
static inline str str_sub(str s, size_t from, size_t len)
{
	if (from > s.len)
		from = s.len;
	if (len > s.len - from)
		len = s.len - from;
	return (str){ .ptr = s.ptr ? s.ptr + from : "", .len = len };
}

static inline str str_skip(str s, size_t n)
{
	return str_sub(s, n, SIZE_MAX);
}

static inline bool str_starts(str s, str prefix)
{
	return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}

static inline bool str_ends(str s, str suffix)
{
	return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, suffix.len), suffix);
}

bool str_eq_nocase(str a, str b); /* ASCII letters only */
int str_cmp(str a, str b);        /* by bytes; a prefix comes first */
/* Offset of the first occurrence of `part` at or after `from`; SIZE_MAX if there is none. */
size_t str_find(str s, str part, size_t from);
size_t str_find_nocase(str s, str part, size_t from);
str str_trim(str s); /* ASCII white space at both ends */
str_cut str_split(str s, char at);

/* FNV-1a (Fowler, Noll, Vo), 64 bit. For tables only: no output may depend on it. */
uint64_t str_hash(str s);

static inline bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_alpha(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_alnum(char c)
{
	return is_digit(c) || is_alpha(c);
}

static inline char to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* An id: lower-case letters, digits, hyphens and underscores, beginning with a letter or digit, at most 80
 * bytes. */
bool str_is_id(str s);

#endif
