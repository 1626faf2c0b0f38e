/* Markdown and plain text that are one posting each: the facts stand above the text, one to a line. */
#include "read/markdown.h"
#include "read/posting_parts.h"

#include "base/text.h"

enum { TITLE_MAX = 120 };
#define HEADLINE "#" /* no fact has such a name */

/* A line without the marks of a heading or of bold type. */
static str bare(str line)
{
	line = str_trim(line);
	while (line.len && strchr("#*_>", line.ptr[0]))
		line = str_trim(str_skip(line, 1));
	while (line.len && strchr("#*_", line.ptr[line.len - 1]))
		line = str_trim(str_sub(line, 0, line.len - 1));
	return line;
}

static bool is_named(list_str paths, str key)
{
	EACH (const str, path, paths)
		if (str_eq(*path, key))
			return true;
	return false;
}

static bool is_fact(const shape_fields *f, str key)
{
	return is_named(f->title, key) || is_named(f->employer, key) || is_named(f->location, key) ||
		   is_named(f->region, key) || is_named(f->url, key) || is_named(f->date, key) ||
		   is_named(f->seniority, key) || is_named(f->employment, key) || is_named(f->remote, key);
}

/* "**Location:** Berlin", "Date posted: 2026-05-01". False if the line is something else. */
static bool take_fact(value facts, str line, const posting_shape *plain, arena *a)
{
	str_cut cut = str_split(bare(line), ':');
	str key = csv_key(a, bare(cut.head)), words = bare(cut.tail);
	if (!cut.ok || !is_fact(&plain->fields, key))
		return false;
	if (words.len > 1 && words.ptr[0] == '"' && words.ptr[words.len - 1] == '"')
		words = str_sub(words, 1, words.len - 2);
	value_set_str(a, facts, key, value_string(words));
	return true;
}

static bool has_any(value facts, list_str names)
{
	EACH (const str, name, names)
		if (value_get(facts, *name))
			return true;
	return false;
}

/* "Data Engineer — Acme" and "Data Engineer at Acme" are the title and the employer. A line that says which
 * is the job's title goes first ("Job Title: Data Engineer"), wherever it stands above the text. */
static void take_title(value facts, str line, arena *a)
{
	const str marks[] = { STR(" \xE2\x80\x94 "), STR(" at ") };
	size_t at = SIZE_MAX, k = 0;
	for (; k < COUNT(marks); k++)
		if ((at = str_find(line, marks[k], 0)) != SIZE_MAX)
			break;
	value_set(a, facts, HEADLINE, value_string(str_sub(line, 0, at)));
	if (at != SIZE_MAX && !value_get(facts, STR("employer")))
		value_set(a, facts, "employer", value_string(str_skip(line, at + marks[k].len)));
}

static bool is_rule(str line)
{
	return line.len >= 3 && (str_starts(line, STR("---")) || str_starts(line, STR("***"))) && !bare(line).len;
}

/* In Markdown too people write the title as a plain line. */
static bool is_title(str line, bool markdown)
{
	if (markdown && str_starts(line, STR("# ")))
		return true;
	bool marked = markdown && (strchr("#*-+>|[`<", line.ptr[0]) || text_number(line));
	return !marked && line.len <= TITLE_MAX && !str_ends(line, STR(".")) && !str_ends(line, STR(":")) &&
		   !text_bullet(line);
}

/* Takes facts off the top; what is left is the text. */
static str take_front(value facts, str text, bool markdown, const posting_shape *plain, arena *a)
{
	bool matter = str_starts(text, STR("---\n")) || str_starts(text, STR("---\r\n"));
	bool first = true;
	for (str rest = text; rest.len;) {
		str line = str_trim(markdown_line(&rest));
		bool rule = is_rule(line) || (matter && str_starts(line, STR("---")));
		if (rule && matter && !first)
			matter = false;
		first = false;
		if (!line.len || rule || take_fact(facts, line, plain, a) || matter) {
			text = rest;
		} else if (!value_get(facts, STR(HEADLINE)) && is_title(line, markdown) &&
				   (str_starts(line, STR("#")) || !has_any(facts, plain->fields.title))) {
			take_title(facts, bare(line), a);
			text = rest;
		} else {
			break;
		}
	}
	return text;
}

bool front_read(posting *out, str text, bool markdown, const posting_shape *plain, arena *a, shape_context *c)
{
	static const posting_shape none;
	plain = plain ? plain : &none;
	value facts = value_new_map(c->scratch);
	str rest = take_front(facts, text, markdown, plain, c->scratch);
	const value *headline = value_get(facts, STR(HEADLINE));
	if (headline && !has_any(facts, plain->fields.title))
		value_set(c->scratch, facts, "title", *headline);
	shape_read(out, plain, &facts, &facts, a, c);
	text_builder b = text_start(a);
	if (markdown)
		prose_markdown(&b, c->scratch, rest, plain->stop);
	else
		prose_plain(&b, rest);
	posting_set_text(out, &b);
	out->form = markdown ? "markdown" : "text";
	return out->text.len > 0;
}
