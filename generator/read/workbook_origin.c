#include "read/workbook_origin.h"

#include "base/text.h"

static const struct {
	const char *key;
	size_t member;
} filters[] = {
	{ "since", offsetof(analysis_filter, since) },
	{ "until", offsetof(analysis_filter, until) },
	{ "region", offsetof(analysis_filter, region) },
	{ "employer", offsetof(analysis_filter, employer) },
};

static void read_line(analysis_filter *out, str line)
{
	str_cut pair = str_split(line, ':');
	for (size_t i = 0; pair.ok && i < COUNT(filters); i++)
		if (str_eq(str_trim(pair.head), str_from(filters[i].key)))
			*(str *)(void *)((char *)out + filters[i].member) = str_trim(pair.tail);
}

void workbook_origin_parse(workbook_origin *out, str text)
{
	str_cut line = str_split(text, '\n');
	*out = (workbook_origin){ .hash = str_trim(line.head) };
	while (line.ok) {
		line = str_split(line.tail, '\n');
		read_line(&out->filter, line.head);
	}
}

str workbook_origin_text(arena *a, const workbook_origin *origin)
{
	buf b = { .arena = a };
	buf_str(&b, origin->hash);
	buf_char(&b, '\n');
	for (size_t i = 0; i < COUNT(filters); i++) {
		const char *member = (const char *)&origin->filter + filters[i].member;
		str value = text_one_line(a, *(const str *)(const void *)member);
		if (!value.len)
			continue;
		buf_printf(&b, "%s: ", filters[i].key);
		buf_str(&b, value); /* which may have any bytes in it */
		buf_char(&b, '\n');
	}
	return buf_done(&b);
}
