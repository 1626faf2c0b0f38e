/* The headings and column names of workbooks in the forms that people write. A new form is a new line here.
 */
#include "base/text.h"
#include "base/utf8.h"
#include "read/workbook_parts.h"

/* In the normal form of name_words. */
static const struct {
	const char *words;
	section section;
} headings[] = {
	{ "summary", SECTION_SUMMARY },
	{ "overview", SECTION_SUMMARY },
	{ "executive summary", SECTION_SUMMARY },
	{ "sample", SECTION_SUMMARY },
	{ "sample summary", SECTION_SUMMARY },
	{ "sample overview", SECTION_SUMMARY },
	{ "dataset summary", SECTION_SUMMARY },
	{ "methodology", SECTION_SUMMARY },
	{ "aggregate skill frequency", SECTION_SKILLS },
	{ "aggregate skills frequency", SECTION_SKILLS },
	{ "aggregated skill frequency", SECTION_SKILLS },
	{ "aggregate skills", SECTION_SKILLS },
	{ "skill frequency", SECTION_SKILLS },
	{ "skills frequency", SECTION_SKILLS },
	{ "skill frequencies", SECTION_SKILLS },
	{ "skill competency frequency", SECTION_SKILLS },
	{ "skill mentions", SECTION_SKILLS },
	{ "skill summary", SECTION_SKILLS },
	{ "skills", SECTION_SKILLS },
	{ "skills competencies", SECTION_SKILLS },
	{ "competencies", SECTION_SKILLS },
	{ "key skills", SECTION_SKILLS },
	{ "core skills", SECTION_SKILLS },
	{ "required skills", SECTION_SKILLS },
	{ "technical skills", SECTION_SKILLS },
	{ "technology mentions", SECTION_TECHNOLOGY },
	{ "technology tool mentions", SECTION_TECHNOLOGY },
	{ "technologies tools mentions", SECTION_TECHNOLOGY },
	{ "tool technology mentions", SECTION_TECHNOLOGY },
	{ "tool mentions", SECTION_TECHNOLOGY },
	{ "tool platform mentions", SECTION_TECHNOLOGY },
	{ "technology frequency", SECTION_TECHNOLOGY },
	{ "tool frequency", SECTION_TECHNOLOGY },
	{ "technologies", SECTION_TECHNOLOGY },
	{ "technology", SECTION_TECHNOLOGY },
	{ "technologies tools", SECTION_TECHNOLOGY },
	{ "tools technologies", SECTION_TECHNOLOGY },
	{ "tools platforms", SECTION_TECHNOLOGY },
	{ "tools", SECTION_TECHNOLOGY },
	{ "technology stack", SECTION_TECHNOLOGY },
	{ "tech stack", SECTION_TECHNOLOGY },
	{ "responsibility themes", SECTION_THEMES },
	{ "responsibilities themes", SECTION_THEMES },
	{ "responsibilities outcomes", SECTION_THEMES },
	{ "responsibility outcomes", SECTION_THEMES },
	{ "responsibility frequency", SECTION_THEMES },
	{ "responsibilities", SECTION_THEMES },
	{ "key responsibilities", SECTION_THEMES },
	{ "themes", SECTION_THEMES },
	{ "experience expectations", SECTION_EXPERIENCE },
	{ "experience", SECTION_EXPERIENCE },
	{ "experience requirements", SECTION_EXPERIENCE },
	{ "experience bands", SECTION_EXPERIENCE },
	{ "experience levels", SECTION_EXPERIENCE },
	{ "experience level expectations", SECTION_EXPERIENCE },
	{ "experience education", SECTION_EXPERIENCE },
	{ "years experience", SECTION_EXPERIENCE },
	{ "insights actions", SECTION_INSIGHTS },
	{ "insights", SECTION_INSIGHTS },
	{ "key insights", SECTION_INSIGHTS },
	{ "insights recommendations", SECTION_INSIGHTS },
	{ "insights implications", SECTION_INSIGHTS },
	{ "insights next steps", SECTION_INSIGHTS },
	{ "actions", SECTION_INSIGHTS },
	{ "recommendations", SECTION_INSIGHTS },
	{ "takeaways", SECTION_INSIGHTS },
	{ "key takeaways", SECTION_INSIGHTS },
	{ "next steps", SECTION_INSIGHTS },
	{ "curriculum implications", SECTION_INSIGHTS },
	{ "hiring signals requirements", SECTION_SIGNALS },
	{ "hiring signals", SECTION_SIGNALS },
	{ "hiring requirements", SECTION_SIGNALS },
	{ "signals requirements", SECTION_SIGNALS },
	{ "signals", SECTION_SIGNALS },
	{ "requirements", SECTION_SIGNALS },
	{ "source references", SECTION_REFERENCES },
	{ "sources references", SECTION_REFERENCES },
	{ "references", SECTION_REFERENCES },
	{ "sources", SECTION_REFERENCES },
	{ "posting inventory", SECTION_INVENTORY },
	{ "postings inventory", SECTION_INVENTORY },
	{ "job posting inventory", SECTION_INVENTORY },
	{ "inventory", SECTION_INVENTORY },
	{ "inventory postings", SECTION_INVENTORY },
	{ "postings", SECTION_INVENTORY },
	{ "job postings", SECTION_INVENTORY },
	{ "postings reviewed", SECTION_INVENTORY },
	{ "posting list", SECTION_INVENTORY },
};

static const char *const titles[SECTION_COUNT] = {
	[SECTION_SUMMARY] = "Summary",
	[SECTION_SKILLS] = "Aggregate Skill Frequency",
	[SECTION_TECHNOLOGY] = "Technology Mentions",
	[SECTION_THEMES] = "Responsibility Themes",
	[SECTION_EXPERIENCE] = "Experience Expectations",
	[SECTION_INSIGHTS] = "Insights & Actions",
	[SECTION_SIGNALS] = "Hiring Signals & Requirements",
	[SECTION_REFERENCES] = "Source References",
	[SECTION_INVENTORY] = "Posting Inventory",
};

enum { ANY = -1 }; /* in tables of every kind */

static const struct {
	const char *words;
	int kind;
	column column;
	unsigned char fit;
} columns[] = {
	{ "skill", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skills", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skill name", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skill area", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skill set", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skill competency", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skills competencies", ROW_SKILL, COLUMN_NAME, 2 },
	{ "skill capability", ROW_SKILL, COLUMN_NAME, 2 },
	{ "competency", ROW_SKILL, COLUMN_NAME, 2 },
	{ "competency skill", ROW_SKILL, COLUMN_NAME, 2 },
	{ "category", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "priority", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "skill category", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "priority category", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "category priority", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "importance", ROW_SKILL, COLUMN_CATEGORY, 2 },
	{ "tool", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "tools", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "tool platform", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "tools platforms", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "platform tool", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "tool technology", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "tools technologies", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "technology tool", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "technologies tools", ROW_TECHNOLOGY, COLUMN_TOOLS, 2 },
	{ "platform", ROW_TECHNOLOGY, COLUMN_TOOLS, 1 },
	{ "platforms", ROW_TECHNOLOGY, COLUMN_TOOLS, 1 },
	{ "technology", ROW_TECHNOLOGY, COLUMN_TOOLS, 1 },
	{ "technologies", ROW_TECHNOLOGY, COLUMN_TOOLS, 1 },
	{ "category", ROW_TECHNOLOGY, COLUMN_CATEGORY, 2 },
	{ "technology category", ROW_TECHNOLOGY, COLUMN_CATEGORY, 2 },
	{ "technology area", ROW_TECHNOLOGY, COLUMN_CATEGORY, 2 },
	{ "area", ROW_TECHNOLOGY, COLUMN_CATEGORY, 2 },
	{ "domain", ROW_TECHNOLOGY, COLUMN_CATEGORY, 2 },
	{ "technology", ROW_TECHNOLOGY, COLUMN_CATEGORY, 1 },
	{ "theme", ROW_THEME, COLUMN_NAME, 2 },
	{ "themes", ROW_THEME, COLUMN_NAME, 2 },
	{ "responsibility theme", ROW_THEME, COLUMN_NAME, 2 },
	{ "responsibilities theme", ROW_THEME, COLUMN_NAME, 2 },
	{ "responsibility area", ROW_THEME, COLUMN_NAME, 2 },
	{ "responsibility", ROW_THEME, COLUMN_NAME, 1 },
	{ "responsibilities", ROW_THEME, COLUMN_NAME, 1 },
	{ "representative responsibilities", ROW_THEME, COLUMN_TEXT, 2 },
	{ "representative responsibility", ROW_THEME, COLUMN_TEXT, 2 },
	{ "example responsibilities", ROW_THEME, COLUMN_TEXT, 2 },
	{ "typical responsibilities", ROW_THEME, COLUMN_TEXT, 2 },
	{ "responsibilities outcomes", ROW_THEME, COLUMN_TEXT, 2 },
	{ "representative outcomes", ROW_THEME, COLUMN_TEXT, 2 },
	{ "responsibilities", ROW_THEME, COLUMN_TEXT, 1 },
	{ "outcomes", ROW_THEME, COLUMN_TEXT, 1 },
	{ "description", ROW_THEME, COLUMN_TEXT, 1 },
	{ "examples", ROW_THEME, COLUMN_TEXT, 1 },
	{ "frequency", ANY, COLUMN_FREQUENCY, 2 },
	{ "count", ANY, COLUMN_FREQUENCY, 2 },
	{ "mentions", ANY, COLUMN_FREQUENCY, 2 },
	{ "frequency count", ANY, COLUMN_FREQUENCY, 2 },
	{ "mention count", ANY, COLUMN_FREQUENCY, 2 },
	{ "posting count", ANY, COLUMN_FREQUENCY, 2 },
	{ "number postings", ANY, COLUMN_FREQUENCY, 2 },
	{ "postings", ANY, COLUMN_FREQUENCY, 1 },
	{ "freq", ANY, COLUMN_FREQUENCY, 1 },
	{ "n", ANY, COLUMN_FREQUENCY, 1 },
	{ "percent postings", ANY, COLUMN_SHARE, 2 },
	{ "percent", ANY, COLUMN_SHARE, 2 },
	{ "percentage", ANY, COLUMN_SHARE, 2 },
	{ "percentage postings", ANY, COLUMN_SHARE, 2 },
	{ "percent sample", ANY, COLUMN_SHARE, 2 },
	{ "share", ANY, COLUMN_SHARE, 2 },
	{ "share percent", ANY, COLUMN_SHARE, 2 },
	{ "share postings", ANY, COLUMN_SHARE, 2 },
	{ "frequency percent", ANY, COLUMN_SHARE, 2 },
	{ "pct", ANY, COLUMN_SHARE, 2 },
	{ "notes", ANY, COLUMN_NOTES, 2 },
	{ "note", ANY, COLUMN_NOTES, 2 },
	{ "comments", ANY, COLUMN_NOTES, 2 },
	{ "comment", ANY, COLUMN_NOTES, 2 },
	{ "remarks", ANY, COLUMN_NOTES, 2 },
	{ "details", ANY, COLUMN_NOTES, 1 },
	{ "context", ANY, COLUMN_NOTES, 1 },
};

static bool is_filler(str word)
{
	static const char *const fillers[] = { "a", "and", "in", "of", "or", "the" };
	bool digits = true;
	for (size_t i = 0; i < word.len; i++)
		digits = digits && is_digit(word.ptr[i]);
	for (size_t i = 0; i < COUNT(fillers); i++)
		digits = digits || str_eq(word, str_from(fillers[i]));
	return digits;
}

/* Letters of any script; not the dashes, quotation marks and signs of Unicode. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return is_alnum((char)c);
	return c >= 0xC0 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3040) &&
		   !(c >= 0xFE00 && c < 0xFE10) && c < 0x1F000;
}

static void put_word(buf *out, str word)
{
	if (!word.len || is_filler(word))
		return;
	if (out->len)
		buf_char(out, ' ');
	buf_str(out, word);
}

str name_words(arena *a, str name)
{
	str s = text_lower(a, name);
	buf out = { .arena = a };
	size_t from = 0, at = 0;
	while (at < s.len) {
		size_t here = at;
		uint32_t c = utf8_next(s, &at);
		if (is_letter(c))
			continue;
		put_word(&out, str_sub(s, from, here - from));
		from = at;
		if (c == '%')
			put_word(&out, STR("percent"));
	}
	put_word(&out, str_skip(s, from));
	return buf_done(&out);
}

static section lookup(arena *a, str heading)
{
	str words = name_words(a, heading);
	for (size_t i = 0; i < COUNT(headings); i++)
		if (str_eq(words, str_from(headings[i].words)))
			return headings[i].section;
	return SECTION_UNKNOWN;
}

section section_find(arena *a, str heading)
{
	section found = lookup(a, heading);
	str_cut cut = str_split(heading, '(');
	return found == SECTION_UNKNOWN && cut.ok ? lookup(a, cut.head) : found;
}

const char *section_suggest(arena *a, str heading)
{
	str names[COUNT(headings)];
	for (size_t i = 0; i < COUNT(headings); i++)
		names[i] = str_from(headings[i].words);
	str near = text_suggest(name_words(a, heading), names, COUNT(names));
	for (size_t i = 0; i < COUNT(headings) && near.len; i++)
		if (str_eq(near, names[i]))
			return titles[headings[i].section];
	return NULL;
}

const char *section_title(section s)
{
	return titles[s] ? titles[s] : "";
}

column_fits columns_fit(str words)
{
	column_fits out = { 0 };
	for (size_t i = 0; i < COUNT(columns); i++)
		for (int k = 0; k < ROW_KINDS && str_eq(words, str_from(columns[i].words)); k++)
			if (columns[i].kind == ANY || columns[i].kind == k)
				out.fit[k][columns[i].column] = columns[i].fit;
	return out;
}

const char *kind_name(row_kind kind)
{
	static const char *const names[ROW_KINDS] = { "skill", "technology", "theme" };
	return names[kind];
}
