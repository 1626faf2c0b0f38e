/* The text of a posting while it is built: white space made single, blocks noted, bullets taken off. */
#include "read/posting_parts.h"

#include "base/utf8.h"

text_builder text_start(arena *a)
{
	return (text_builder){ .text = { .arena = a }, .items_by_mark = true };
}

typedef enum { PLAIN_BYTE, SPACE_BYTE, NO_BYTE } byte_class;

/* What stands at `at`: a piece of text, white space or something invisible; `n` is its length. The many
 * spaces of Unicode are spaces; soft hyphens, marks of direction and width zero are nothing. */
static byte_class classify(str s, size_t at, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.ptr + at;
	size_t left = s.len - at;
	*n = 1;
	if (p[0] <= ' ' || p[0] == 0x7F)
		return SPACE_BYTE;
	if (p[0] == 0xC2 && left > 1) {
		*n = 2;
		if (p[1] == 0xA0)
			return SPACE_BYTE;
		return p[1] == 0xAD || p[1] < 0xA0 ? NO_BYTE : PLAIN_BYTE;
	}
	if (left < 3 || (p[0] != 0xE2 && p[0] != 0xE3 && p[0] != 0xEF))
		return PLAIN_BYTE;
	*n = 3;
	if (p[0] == 0xE2 && p[1] == 0x80) {
		if (p[2] <= 0x8A || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF)
			return SPACE_BYTE;
		return p[2] == 0x8B || p[2] == 0x8E || p[2] == 0x8F || (p[2] >= 0xAA && p[2] <= 0xAE) ? NO_BYTE
																							  : PLAIN_BYTE;
	}
	if (p[0] == 0xE2 && p[1] == 0x81)
		return p[2] == 0x9F ? SPACE_BYTE : p[2] >= 0xA0 && p[2] <= 0xAF ? NO_BYTE : PLAIN_BYTE;
	if (p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80)
		return SPACE_BYTE;
	return p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF ? NO_BYTE : PLAIN_BYTE;
}

size_t text_bullet(str line)
{
	static const char *const marks[] = { "\xE2\x80\xA2", "\xC2\xB7", "\xE2\x80\xA3", "\xE2\x96\xAA",
		"\xE2\x96\xAB", "\xE2\x97\xA6", "\xE2\x97\x8F", "\xE2\x97\x8B", "\xE2\x96\xA0", "\xE2\x9E\xA2",
		"\xE2\x9C\x93", "\xE2\x9C\x94", "\xEF\x82\xB7", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\x90", "*",
		"-", "o" };
	enum { NEED_SPACE = 13 }; /* from here on the mark may also be part of a word */
	for (size_t i = 0; i < COUNT(marks); i++) {
		str mark = str_from(marks[i]);
		if (!str_starts(line, mark))
			continue;
		size_t n = mark.len, m = 1;
		bool space = false;
		while (n < line.len && classify(line, n, &m) != PLAIN_BYTE) {
			n += m;
			space = true;
		}
		if (n < line.len && (space || i < NEED_SPACE))
			return n;
	}
	return 0;
}

size_t text_number(str line)
{
	enum { DIGITS_MAX = 2 };
	size_t n = 0;
	while (n < line.len && is_digit(line.ptr[n]))
		n++;
	if (!n || n > DIGITS_MAX || n + 2 >= line.len || (line.ptr[n] != '.' && line.ptr[n] != ')') ||
		line.ptr[n + 1] != ' ')
		return 0;
	return n + 2;
}

void text_begin(text_builder *b, block_kind kind)
{
	text_end(b);
	b->kind = kind;
	b->open = true;
	b->from = b->text.len;
	b->any_strong = b->any_weak = b->space = false;
}

static void put(text_builder *b, str run, bool strong)
{
	if (!run.len)
		return;
	bool first = b->text.len == b->from;
	if (first && b->blocks.len) {
		buf_char(&b->text, '\n');
		b->from = b->text.len;
	} else if (b->space && !first) {
		buf_char(&b->text, ' ');
	}
	b->space = false;
	b->any_strong |= strong;
	b->any_weak |= !strong;
	buf_str(&b->text, run);
}

void text_add(text_builder *b, str s, bool strong)
{
	if (!b->open)
		text_begin(b, BLOCK_PARAGRAPH);
	size_t from = 0;
	for (size_t i = 0; i < s.len;) {
		unsigned char c = (unsigned char)s.ptr[i];
		if (c > ' ' && c < 0x7F) {
			i++;
			continue;
		}
		size_t n;
		byte_class class = classify(s, i, &n);
		if (class != PLAIN_BYTE) {
			put(b, str_sub(s, from, i - from), strong);
			b->space |= class == SPACE_BYTE;
			from = i + n;
		}
		i += n;
	}
	put(b, str_skip(s, from), strong);
}

/* Takes a bullet off the front of what was written. */
static void take_bullet(text_builder *b)
{
	str line = str_skip(buf_done(&b->text), b->from);
	size_t n = text_bullet(line);
	if (!n || b->kind == BLOCK_HEADING)
		return;
	memmove(b->text.ptr + b->from, b->text.ptr + b->from + n, line.len - n);
	b->text.len -= n;
	b->kind = BLOCK_ITEM;
}

void text_end(text_builder *b)
{
	if (!b->open)
		return;
	b->open = b->space = false;
	if (b->text.len == b->from || b->text.arena->failed)
		return;
	if (b->items_by_mark)
		take_bullet(b);
	vec_push(b->text.arena, &b->blocks,
		(posting_block){ .kind = b->kind,
			.strong = b->any_strong && !b->any_weak,
			.from = (uint32_t)b->from,
			.to = (uint32_t)b->text.len });
}

void text_cut(text_builder *b, size_t len, size_t blocks)
{
	text_end(b);
	if (len <= b->text.len && blocks <= b->blocks.len) {
		b->text.len = len;
		b->blocks.len = blocks;
	}
}

void text_block(text_builder *b, block_kind kind, str text, bool strong)
{
	text_begin(b, kind);
	text_add(b, text, strong);
	text_end(b);
}
