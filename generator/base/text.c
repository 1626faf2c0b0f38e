#include "base/text.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <string.h>

enum { SLUG_MAX = 60, NAME_MAX_COMPARED = 64 };

/* Latin-1 and Latin Extended-A letters by their plain letters: enough for names in European languages. */
static char plain_letter(uint32_t c)
{
	static const char latin1[] = "aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty";
	static const char extended[] = "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
								   "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
	if (c >= 0xC0 && c < 0x100)
		return latin1[c - 0xC0];
	if (c >= 0x100 && c < 0x180)
		return extended[c - 0x100];
	return '-';
}

static void slug_char(buf *b, char c)
{
	if (!is_alnum(c)) {
		if (b->len && b->ptr[b->len - 1] != '-')
			buf_char(b, '-');
		return;
	}
	buf_char(b, to_lower(c));
}

str text_slug(arena *a, str name)
{
	buf b = { .arena = a };
	for (size_t at = 0; at < name.len && b.len < SLUG_MAX;) {
		uint32_t c = utf8_next(name, &at);
		if (c == '+') {
			slug_char(&b, '-');
			buf_str(&b, STR("plus"));
		} else if (c == '#') {
			slug_char(&b, '-');
			buf_str(&b, STR("sharp"));
		} else {
			slug_char(&b, c < 0x80 ? (char)c : plain_letter(c));
		}
	}
	str s = buf_done(&b);
	while (s.len && (s.len > SLUG_MAX || s.ptr[s.len - 1] == '-'))
		s.len--;
	return s.len ? s : STR("item");
}

size_t text_distance(str a, str b, size_t most)
{
	size_t rows[3][NAME_MAX_COMPARED + 1];
	if (a.len > NAME_MAX_COMPARED || b.len > NAME_MAX_COMPARED)
		return most + 1;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = to_lower(a.ptr[i - 1]) == to_lower(b.ptr[j - 1]);
			size_t least = above[j - 1] + !same;
			if (above[j] + 1 < least)
				least = above[j] + 1;
			if (row[j - 1] + 1 < least)
				least = row[j - 1] + 1;
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
				above2[j - 2] + 1 < least)
				least = above2[j - 2] + 1;
			row[j] = least;
		}
	}
	return rows[a.len % 3][b.len];
}

str text_suggest(str given, const str *names, size_t count)
{
	size_t most = given.len <= 1 ? 0 : given.len <= 3 ? 1 : given.len <= 7 ? 2 : 3;
	str best = STR("");
	for (size_t i = 0; i < count; i++) {
		size_t distance = text_distance(given, names[i], most);
		if (distance <= most) {
			if (distance == 0)
				return names[i];
			most = distance - 1;
			best = names[i];
		}
	}
	return best;
}

size_t text_words(str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.len; i++)
		count += !is_space(s.ptr[i]) && (i == 0 || is_space(s.ptr[i - 1]));
	return count;
}

static bool is_word(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

str text_next_word(str s, size_t *at)
{
	size_t i = *at;
	while (i < s.len && !is_word(s.ptr[i]))
		i++;
	size_t from = i;
	while (i < s.len && (is_word(s.ptr[i]) || ((s.ptr[i] == '-' || s.ptr[i] == '\'') && i + 1 < s.len &&
												  is_word(s.ptr[i + 1]))))
		i++;
	*at = i;
	return str_sub(s, from, i - from);
}

str text_lower(arena *a, str s)
{
	char *copy = NEWN(a, char, s.len);
	for (size_t i = 0; copy && i < s.len; i++)
		copy[i] = to_lower(s.ptr[i]);
	return copy ? (str){ .ptr = copy, .len = s.len } : STR("");
}

str text_one_line(arena *a, str s)
{
	s = str_trim(s);
	char *copy = NEWN(a, char, s.len);
	size_t len = 0;
	for (size_t i = 0; copy && i < s.len; i++)
		if (!is_space(s.ptr[i]))
			copy[len++] = s.ptr[i];
		else if (copy[len - 1] != ' ')
			copy[len++] = ' ';
	return copy ? (str){ .ptr = copy, .len = len } : STR("");
}

size_t text_find_word(str s, str word, size_t from, bool match_case)
{
	for (; word.len; from++) {
		from = match_case ? str_find(s, word, from) : str_find_nocase(s, word, from);
		if (from == SIZE_MAX)
			return from;
		size_t end = from + word.len;
		bool left = from == 0 || !is_word(s.ptr[from - 1]) || !is_word(word.ptr[0]);
		bool right = end >= s.len || !is_word(s.ptr[end]) || !is_word(word.ptr[word.len - 1]);
		if (left && right)
			return from;
	}
	return SIZE_MAX; /* no word is nowhere */
}

bool text_is_date(str s)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	static const char pattern[] = "0000-00-00";
	int part[3] = { 0 };
	size_t which = 0;
	if (s.len != sizeof pattern - 1)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (pattern[i] == '-' ? s.ptr[i] != '-' : !is_digit(s.ptr[i]))
			return false;
		if (pattern[i] == '-')
			which++;
		else
			part[which] = part[which] * 10 + (s.ptr[i] - '0');
	}
	bool leap = (part[0] % 4 == 0 && part[0] % 100 != 0) || part[0] % 400 == 0;
	return part[1] >= 1 && part[1] <= 12 && part[2] >= 1 && part[2] <= days[part[1] - 1] &&
		   (part[1] != 2 || part[2] < 29 || leap);
}

bool text_is_month(str s)
{
	char day[] = "0000-00-01";
	if (s.len != sizeof "0000-00" - 1)
		return false;
	memcpy(day, s.ptr, s.len);
	return text_is_date(str_from(day));
}

/* C0 and C1 controls, and the marks and overrides of directions. */
static bool is_commanding(uint32_t c)
{
	if (c < 0x20)
		return c != '\n' && c != '\t';
	return (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
		   (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

str text_printable(arena *a, str s)
{
	buf b = { .arena = a };
	size_t kept = 0;
	for (size_t at = 0, next = 0; at < s.len; at = next) {
		if (!is_commanding(utf8_next(s, &next)))
			continue;
		buf_str(&b, str_sub(s, kept, at - kept));
		buf_char(&b, '?');
		kept = next;
	}
	if (kept == 0)
		return s;
	buf_str(&b, str_skip(s, kept));
	return buf_done(&b);
}
