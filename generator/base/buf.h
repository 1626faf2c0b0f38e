/* Text that is being built, in an arena. A buffer has a maximum; passing it latches the arena's failure. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/arena.h"

typedef struct {
	arena *arena;
	char *ptr;
	size_t len, cap;
} buf;

#define BUF_MAX ((size_t)256 << 20)

void buf_str(buf *b, str s);
void buf_char(buf *b, char c);
void buf_code_point(buf *b, uint32_t c); /* as UTF-8 */
void buf_printf(buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
str buf_done(const buf *b); /* borrowed from the buffer's arena; empty if it failed */

#define BUF_LIT(b, literal) buf_str((b), STR(literal))

#endif
