#include "model/blueprint.h"

/* Words such as "knowledge", "skills" or "awareness" are not among them: "Domain" is no skill. */
static const char *const measures[] = { "basics", "essentials", "exposure", "familiarity", "fluency",
	"fundamentals", "proficiency" };

static bool is_measure(str word)
{
	for (size_t i = 0; i < COUNT(measures); i++)
		if (str_eq_nocase(word, str_from(measures[i])))
			return true;
	return false;
}

static str without_parenthesis(str name)
{
	size_t open = str_find(name, STR("("), 0);
	bool last = str_ends(name, STR(")")) && open != SIZE_MAX && open > 0;
	return last ? str_trim(str_sub(name, 0, open)) : name;
}

static str without_measure(str name)
{
	size_t at = name.len;
	while (at > 0 && name.ptr[at - 1] != ' ')
		at--;
	str rest = str_trim(str_sub(name, 0, at));
	return rest.len && is_measure(str_skip(name, at)) ? rest : name;
}

str blueprint_subject(str skill)
{
	return without_measure(without_parenthesis(str_trim(skill)));
}

list_fill_word blueprint_words(arena *a, str id, str skill, str notes, int level)
{
	const fill_word words[] = { { STR("id"), id }, { STR("skill"), skill },
		{ STR("subject"), blueprint_subject(skill) }, { STR("notes"), notes },
		{ STR("level"), str_from(level_names[level]) } };
	fill_word *out = NEWN(a, fill_word, COUNT(words));
	if (!out)
		return (list_fill_word){ 0 };
	memcpy(out, words, sizeof words);
	return (list_fill_word){ .ptr = out, .len = COUNT(words) };
}
