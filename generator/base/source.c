#include "base/source.h"

#include <string.h>

loc located_at(const located *t, size_t offset)
{
	if (!t->runs.len)
		return (loc){ 0 };
	size_t i = t->runs.len;
	while (i > 1 && t->runs.ptr[i - 1].text > offset)
		i--;
	const text_run *run = &t->runs.ptr[i - 1];
	return (loc){ .source = t->source, .offset = run->offset + (uint32_t)(offset - run->text) };
}

uint32_t sources_add(sources *s, str path, str text)
{
	size_t before = s->list.len;
	vec_push(s->arena, &s->list, (source){ .path = path, .text = text });
	return s->list.len > before ? (uint32_t)s->list.len : 0;
}

const source *sources_get(const sources *s, uint32_t number)
{
	return number && number <= s->list.len ? &s->list.ptr[number - 1] : NULL;
}

static void make_lines(sources *s, source *src)
{
	/* A byte order mark is no column: editors do not show it. */
	vec_push(s->arena, &src->lines, str_starts(src->text, STR("\xEF\xBB\xBF")) ? 3 : 0);
	for (size_t i = 0; i < src->text.len; i++) {
		const char *hit = memchr(src->text.ptr + i, '\n', src->text.len - i);
		if (!hit)
			break;
		i = (size_t)(hit - src->text.ptr);
		vec_push(s->arena, &src->lines, (uint32_t)i + 1);
	}
}

/* Index of the line that holds the offset: the last line start that is not beyond it. */
static size_t find_line(sources *s, loc at)
{
	source *src = &s->list.ptr[at.source - 1];
	if (!src->lines.len)
		make_lines(s, src);
	size_t low = 0, high = src->lines.len;
	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;
		if (src->lines.ptr[middle] <= at.offset)
			low = middle;
		else
			high = middle;
	}
	return low;
}

position sources_position(sources *s, loc at)
{
	const source *src = sources_get(s, at.source);
	if (!src)
		return (position){ 0 };
	size_t line = find_line(s, at);
	if (line >= src->lines.len)
		return (position){ 0 };
	uint32_t column = 1, start = src->lines.ptr[line];
	str before = str_sub(src->text, start, at.offset > start ? at.offset - start : 0);
	for (size_t i = 0; i < before.len; i++)
		column += ((unsigned char)before.ptr[i] & 0xC0) != 0x80;
	return (position){ .line = (uint32_t)line + 1, .column = column };
}

str sources_line(sources *s, loc at)
{
	const source *src = sources_get(s, at.source);
	if (!src)
		return STR("");
	size_t line = find_line(s, at);
	if (line >= src->lines.len)
		return STR("");
	str text = str_split(str_skip(src->text, src->lines.ptr[line]), '\n').head;
	return str_ends(text, STR("\r")) ? str_sub(text, 0, text.len - 1) : text;
}
