/* Where a name ends and another word begins. No \b: it takes C++ for C, Node.js for JS and R&D for R. */
#include "base/utf8.h"
#include "evidence/lexicon_parts.h"

enum { UTF8_MOST = 4 };

typedef struct {
	uint32_t first, last;
} code_points;

/* Beyond ASCII everything is a letter except punctuation, symbols, spaces, what word processors put before
 * list items, and the scripts that are written without spaces, in which a name begins and ends anywhere.
 * Sorted. */
static const code_points signs[] = { { 0x80, 0xA9 }, { 0xAB, 0xB4 }, { 0xB6, 0xB9 }, { 0xBB, 0xBF },
	{ 0xD7, 0xD7 }, { 0xF7, 0xF7 }, { 0x0E00, 0x0E7F }, { 0x2000, 0x2BFF }, { 0x2E80, 0xA4CF },
	{ 0xAC00, 0xD7FF }, { 0xE000, 0xFAFF }, { 0xFE00, 0xFE6F }, { 0xFEFF, 0xFF0F }, { 0xFF1A, 0xFF20 },
	{ 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFFFF }, { 0x1F000, 0x1FAFF }, { 0x20000, 0x3FFFF } };

static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return is_alnum((char)c);
	for (size_t i = 0; i < COUNT(signs); i++)
		if (c <= signs[i].last)
			return c < signs[i].first;
	return c != UTF8_BAD;
}

/* The character that ends at `at`, and where it begins; 0 at the beginning. */
static uint32_t before(str text, size_t at, size_t *begin)
{
	*begin = at;
	if (at == 0)
		return 0;
	size_t from = at - 1;
	while (from && at - from < UTF8_MOST && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from--;
	*begin = from;
	return utf8_next(text, &from);
}

/* The character at `at`, and where it ends; 0 at the end. */
static uint32_t after(str text, size_t at, size_t *end)
{
	*end = at;
	return at < text.len ? utf8_next(text, end) : 0;
}

static bool is_hyphen(uint32_t c)
{
	return c == '-' || c == 0x2010 || c == 0x2011;
}

static bool is_apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019;
}

static bool letter_at(str text, size_t at)
{
	size_t end;
	return is_letter(after(text, at, &end));
}

static bool letter_before(str text, size_t at)
{
	size_t begin;
	return is_letter(before(text, at, &begin));
}

/* The end of the part that a hyphen or an apostrophe joins to what ends at `at`; `at` if there is none. */
static size_t joined_part(str text, size_t at)
{
	size_t end, next;
	uint32_t c = after(text, at, &end);
	if ((!is_hyphen(c) && !is_apostrophe(c)) || !letter_at(text, end))
		return at;
	while (is_letter(after(text, end, &next)))
		end = next;
	return end;
}

static bool is_lower(str text, size_t at)
{
	return at < text.len && text.ptr[at] >= 'a' && text.ptr[at] <= 'z';
}

/* The parts of a compound after the first are not words of their own: an X-ray is no ray, node.js no JS. */
static bool left_holds(str text, size_t from, bool one_letter)
{
	size_t begin;
	uint32_t c = before(text, from, &begin);
	if (is_letter(c))
		return false;
	if (c < '&' || !letter_at(text, from) || !letter_before(text, begin))
		return true;
	if (is_hyphen(c))
		return false;
	if (c == '.')
		return !one_letter && !is_lower(text, from);
	return !one_letter || (c != '&' && !is_apostrophe(c));
}

/* One part may follow, as in "GitOps-heavy"; but "Go-to-market" is not about Go, nor are C++ and C# about C,
 * and a single letter stands alone. */
static bool right_holds(str text, size_t to, bool one_letter)
{
	size_t end;
	uint32_t c = after(text, to, &end);
	if (is_letter(c))
		return !letter_before(text, to);
	if (c == '#' || (c == '+' && end < text.len && text.ptr[end] == '+'))
		return false;
	if (c == '.')
		return one_letter ? !letter_at(text, end) : !is_lower(text, end);
	if (one_letter && (c == '&' || is_hyphen(c)) && letter_at(text, end))
		return false;
	size_t part = joined_part(text, to);
	return part == to || joined_part(text, part) == part;
}

bool border_holds(str text, size_t from, size_t to)
{
	bool one_letter = to - from == 1;
	return left_holds(text, from, one_letter) && right_holds(text, to, one_letter);
}

bool border_inside(str text, size_t at)
{
	return at && at < text.len && is_alnum(text.ptr[at - 1]) && is_alnum(text.ptr[at]);
}
