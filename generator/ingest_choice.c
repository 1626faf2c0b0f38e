/* Which postings are kept: those with a title that was asked for. */
#include "ingestion.h"

list_str title_alternatives(arena *a, str words)
{
	vec_str out = { 0 };
	for (str_cut cut = { .tail = words, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		str one = str_trim(cut.head);
		if (one.len)
			vec_push(a, &out, arena_str(a, one));
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

static bool is_inside(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Offset after the first place from `from` on at which a word begins so; SIZE_MAX if there is none. */
static size_t after_beginning(str s, str word, size_t from)
{
	for (; (from = str_find_nocase(s, word, from)) != SIZE_MAX; from++)
		if (from == 0 || !is_inside(s.ptr[from - 1]))
			return from + word.len;
	return SIZE_MAX;
}

static str next_word(str *s)
{
	size_t len = 0;
	*s = str_trim(*s);
	while (len < s->len && !is_space(s->ptr[len]))
		len++;
	str word = str_sub(*s, 0, len);
	*s = str_skip(*s, len);
	return word;
}

static bool has_words(str title, str words)
{
	size_t at = 0;
	for (str word = next_word(&words); word.len && at != SIZE_MAX; word = next_word(&words))
		at = after_beginning(title, word, at);
	return at != SIZE_MAX;
}

bool title_fits(str title, list_str alternatives)
{
	EACH (const str, one, alternatives)
		if (has_words(title, *one))
			return true;
	return alternatives.len == 0;
}
