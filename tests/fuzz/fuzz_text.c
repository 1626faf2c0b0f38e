/* Text fields. What comes out as HTML is well-formed, whatever goes in; a Markdown cell is one line whose
 * pipes are escaped; CSV is one line. */
#include "base/utf8.h"
#include "render/text.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_html(arena *a, str html)
{
	str page = arena_printf(a, "<r>%.*s</r>", STRF(html));
	xmlDocPtr doc = xmlReadMemory(page.ptr, (int)page.len, "text", NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	if (!doc)
		abort();
	xmlFreeDoc(doc);
}

static void check_line(str s, bool cell)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\n' || (cell && s.ptr[i] == '|' && (i == 0 || s.ptr[i - 1] != '\\')))
			abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	text_format format = (text_format)(data[0] % 3);
	text_place place = (text_place)(data[0] / 3 % 3);
	unsigned level = data[0] / 9 % 6;
	str text = { .ptr = (const char *)data + 1, .len = size - 1 };
	if (utf8_bad_offset(text) != SIZE_MAX || memchr(text.ptr, '\0', text.len))
		return 0;
	arena a = { 0 };
	sources all = { .arena = &a };
	diags d = { .arena = &a, .sources = &all };
	str out = text_show(&a, text, format, place, level, &d);
	if (format == TEXT_HTML && !a.failed)
		check_html(&a, out);
	else if (format == TEXT_CSV || place != TEXT_BLOCK)
		check_line(out, format == TEXT_MARKDOWN && place == TEXT_CELL);
	arena_free(&a);
	return 0;
}
