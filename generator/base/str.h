/* Counted strings: a pointer and a length into memory that somebody else owns. Never NUL-terminated by
 * promise. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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

str str_from(const char *c); /* NULL gives the empty string */
bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); /* ASCII letters only */
int str_cmp(str a, str b);        /* by bytes; a prefix comes first */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
/* Offset of the first occurrence of `part` at or after `from`; SIZE_MAX if there is none. */
size_t str_find(str s, str part, size_t from);
size_t str_find_nocase(str s, str part, size_t from);
str str_sub(str s, size_t from, size_t len); /* clipped to s */
str str_skip(str s, size_t n);
str str_trim(str s); /* ASCII white space at both ends */
str_cut str_split(str s, char at);

/* FNV-1a (Fowler, Noll, Vo), 64 bit. For tables only: no output may depend on it. */
uint64_t str_hash(str s);

bool is_space(char c);
bool is_digit(char c);
bool is_alpha(char c);
bool is_alnum(char c);
char to_lower(char c);

/* An id: lower-case letters, digits, hyphens and underscores, beginning with a letter or digit, at most 80
 * bytes. */
bool str_is_id(str s);

#endif
