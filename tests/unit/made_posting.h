/* A posting from lines: "# " a heading, "** " a bold paragraph, "- " an item, anything else a paragraph.
 * Empty lines are left out. */
#ifndef UNIT_MADE_POSTING_H
#define UNIT_MADE_POSTING_H

#include "model/posting.h"

#include "base/buf.h"

__attribute__((unused)) static void make_posting(posting *out, arena *a, str lines)
{
	VEC(posting_block) blocks = { 0 };
	buf text = { .arena = a };
	*out = (posting){ .form = "test" };
	for (str_cut cut = { .tail = lines, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		str line = str_trim(cut.head);
		posting_block b = { .kind = BLOCK_PARAGRAPH };
		size_t mark = 0;
		if (str_starts(line, STR("# ")))
			b.kind = BLOCK_HEADING, mark = 2;
		else if (str_starts(line, STR("** ")))
			b.strong = true, mark = 3;
		else if (str_starts(line, STR("- ")))
			b.kind = BLOCK_ITEM, mark = 2;
		line = str_skip(line, mark);
		if (line.len == 0)
			continue;
		if (text.len)
			buf_char(&text, '\n');
		b.from = (uint32_t)text.len;
		buf_str(&text, line);
		b.to = (uint32_t)text.len;
		vec_push(a, &blocks, b);
	}
	out->text = buf_done(&text);
	out->blocks.ptr = blocks.ptr;
	out->blocks.len = blocks.len;
}

#endif
