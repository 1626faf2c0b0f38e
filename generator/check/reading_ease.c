#include "check/reading_ease.h"

#include "base/text.h"

static const double base_ease = 206.835, by_words = 1.015, by_syllables = 84.6;

static bool is_vowel(char c)
{
	return c && strchr("aeiouyAEIOUY", c);
}

static bool is_one_of(char c, const char *letters)
{
	return c && strchr(letters, to_lower(c));
}

/* "bake", "baked" and "bakes", but not "table", "wanted" and "boxes". */
static bool ends_silent(str word)
{
	str stem = word;
	if (str_ends(word, STR("ed")) || str_ends(word, STR("es")))
		stem.len--;
	if (stem.len < 3 || to_lower(stem.ptr[stem.len - 1]) != 'e')
		return false;
	char before = stem.ptr[stem.len - 2];
	if (is_vowel(before))
		return false;
	if (stem.len == word.len)
		return !(is_one_of(before, "l") && !is_vowel(stem.ptr[stem.len - 3]));
	return is_one_of(word.ptr[word.len - 1], "d") ? !is_one_of(before, "dt") : !is_one_of(before, "cghsxz");
}

size_t reading_syllables(str word)
{
	size_t groups = 0;
	for (size_t i = 0; i < word.len; i++)
		groups += is_vowel(word.ptr[i]) && (i == 0 || !is_vowel(word.ptr[i - 1]));
	groups -= groups > 1 && ends_silent(word);
	return groups ? groups : 1;
}

/* Whether the line break there is followed by an empty line or by the mark of a list. */
static bool ends_paragraph(str between, size_t line_break)
{
	size_t at = line_break + 1;
	while (at < between.len && (between.ptr[at] == ' ' || between.ptr[at] == '\t'))
		at++;
	str rest = str_skip(between, at);
	return str_starts(rest, STR("\n")) || str_starts(rest, STR("- ")) || str_starts(rest, STR("* "));
}

/* Whether a sentence ends between two words. One letter and a full stop is an abbreviation. */
static bool ends_sentence(str word, str between)
{
	for (size_t i = 0; i < between.len; i++) {
		char c = between.ptr[i], after = i + 1 < between.len ? between.ptr[i + 1] : ' ';
		if ((c == '!' || c == '?' || (c == '.' && word.len > 1)) && !is_alnum(after))
			return true;
		if (c == '\n' && ends_paragraph(between, i))
			return true;
	}
	return false;
}

void reading_count(reading_counts *n, str text)
{
	size_t at = 0, before = n->words;
	str word = text_next_word(text, &at);
	while (word.len) {
		size_t end = (size_t)(word.ptr - text.ptr) + word.len;
		n->words++;
		n->syllables += reading_syllables(word);
		str next = text_next_word(text, &at);
		size_t begin = next.len ? (size_t)(next.ptr - text.ptr) : end;
		n->sentences += next.len && ends_sentence(word, str_sub(text, end, begin - end));
		word = next;
	}
	n->sentences += n->words > before;
}

double reading_ease(const reading_counts *n)
{
	if (!n->words)
		return 0;
	return base_ease - by_words * ((double)n->words / (double)n->sentences) -
		   by_syllables * ((double)n->syllables / (double)n->words);
}
