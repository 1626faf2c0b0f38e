/* Where errors in conditions, arguments and reasons of a rule file point: the line, the column in code points
 * and the carets, whatever way of writing YAML has for the text. The word that is wrong stands once in each
 * file, so the place can be worked out without knowing YAML. */
#include "world.h"

#include <string.h>

#define WRONG "nmae" /* for `name` */
#define HEAD "rules:\n  - id: r\n    for: skill\n"
#define TAIL "    then:\n      - note: {text: x}\n    because: y\n"

/* Line, column and the two lines under the message, as an editor would count: CR LF, CR and LF end lines. */
static str expected_place(arena *a, str text)
{
	size_t at = str_find(text, STR(WRONG), 0), start = 0;
	unsigned line = 1, column = 1;
	require_that(at != SIZE_MAX && str_find(text, STR(WRONG), at + 1) == SIZE_MAX, "%.*s", STRF(text));
	for (size_t i = 0; i < at; i++) {
		bool crlf = text.ptr[i] == '\r' && text.ptr[i + 1] == '\n';
		if (text.ptr[i] == '\n' || (text.ptr[i] == '\r' && !crlf)) {
			line++;
			start = i + 1;
		}
	}
	size_t end = start;
	while (end < text.len && text.ptr[end] != '\n' && text.ptr[end] != '\r')
		end++;
	buf indent = { .arena = a };
	for (size_t i = start; i < at; i++) {
		if (((unsigned char)text.ptr[i] & 0xC0) == 0x80 || str_starts(str_skip(text, i), STR("\xEF\xBB\xBF")))
			continue;
		buf_char(&indent, text.ptr[i] == '\t' ? '\t' : ' ');
		column++;
	}
	return arena_printf(a,
		"r.yaml:%u:%u: error: no such field 'nmae' on skill; did you mean 'name'? [CW402]\n%5u | %.*s\n      "
		"| "
		"%.*s^^^^\n",
		line, column, line, (int)(end - start), text.ptr + start, STRF(buf_done(&indent)));
}

static void expect_place(const char *yaml)
{
	world w;
	world_init(&w);
	add_row(&w, ROW_SKILL, "a", "Core", 18, "x");
	world_complete(&w);
	str text = str_from(yaml), expected = expected_place(&w.a, text);
	require_that(world_rules(&w, text) == false && w.d.list.len > 0, "compiles:\n%s", yaml);
	const char *said = world_listing(&w);
	cr_expect(str_eq(str_from(said), expected), "%s\nsaid:\n%s\nexpected:\n%.*s", yaml, said, STRF(expected));
	world_finish(&w);
}

static void expect_places(const char *const *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_place(all[i]);
}

Test(cel_places, plain)
{
	static const char *const all[] = {
		HEAD "    when: skill.nmae == 'a'\n" TAIL,
		HEAD "    when:    true && skill.nmae == 'a'   # why\n" TAIL,
		HEAD "    when: true &&\n      skill.low > 0.1 &&\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: true &&\n\n\n        skill.nmae == 'a'\n" TAIL,
		HEAD "    when: true &&  \n      'gr\xC3\xBC\xC3\x9F\xF0\x9F\x98\x80' != skill.nmae\n" TAIL,
		HEAD "    when: true\t&&\tskill.nmae == 'a'\n" TAIL,
		HEAD "    when:\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: &anchor skill.nmae == 'a'\n" TAIL,
		HEAD "    when: !!str skill.nmae == 'a'\n" TAIL,
		"\xEF\xBB\xBF" HEAD "    when: skill.nmae == 'a'\n" TAIL,
		"rules: [{id: r, for: skill, when: skill.nmae == 'a', then: [{note: {text: x}}], because: y}]\n",
		"rules: [{id: r, for: skill, \"when\": \"skill.low > 0.1 && \\\n   skill.nmae == 'a'\",\n then: "
		"[{note: "
		"{text: x}}], because: y}]\n",
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, single_quoted)
{
	static const char *const all[] = {
		HEAD "    when: 'skill.nmae == \"a\"'\n" TAIL,
		HEAD "    when: 'skill.id == ''it'' && skill.nmae == ''a'''\n" TAIL,
		HEAD "    when: 'skill.id == ''\xC3\xA9''\n\n      && skill.nmae == ''a'''\n" TAIL,
		HEAD "    when: '  skill.nmae == ''a''  '\n" TAIL,
		HEAD "    when: '\n      skill.nmae == ''a''\n      '\n" TAIL,
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, double_quoted)
{
	static const char *const all[] = {
		HEAD "    when: \"skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"skill.id != '\\u00e9' && skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"skill.id != '\\x41\\\\n\\U0001F600\\t' && skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"skill.id != \\\"q\\\" && skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"true && \\\n      skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"true && \\\n      \\  skill.nmae == 'a'\"\n" TAIL,
		HEAD "    when: \"true &&\n\n      skill.nmae == 'a'\"\n" TAIL,
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, literal_block)
{
	static const char *const all[] = {
		HEAD "    when: |\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |\n      true &&\n        skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |-\n      true\n\n      &&\n\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |+\n      true && // c\n      skill.nmae == 'a'\n\n\n" TAIL,
		HEAD "    when: |2\n        true &&\n       skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |2-  # why\n        true &&\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |\n\n\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: |\n      true &&\n      \tskill.nmae == 'a'\n" TAIL,
		HEAD "    when: |\n      '\xF0\x9F\x98\x80' != skill.id && skill.nmae == 'a'\n" TAIL,
		HEAD "    when: &x !!str |\n      true\n      && skill.nmae == 'a'\n" TAIL,
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, folded_block)
{
	static const char *const all[] = {
		HEAD "    when: >\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >\n      true &&\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >-\n      true\n\n\n      && skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >+\n      true &&\n        skill.low > 0.1 &&\n      skill.nmae == 'a'\n\n" TAIL,
		HEAD "    when: >\n      true &&\n        skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >1\n      true &&\n     skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >2-\n\n        true &&\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >\n      true &&\n      \t true &&\n      skill.nmae == 'a'\n" TAIL,
		HEAD "    when: >\n      '\xC3\xA9' != 'x' &&   \n      '\xC3\xA9' != skill.nmae\n" TAIL,
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, other_line_ends)
{
	static const char *const all[] = {
		"rules:\r\n  - id: r\r\n    for: skill\r\n    when: >\r\n      true &&\r\n      skill.nmae == "
		"'a'\r\n    "
		"then:\r\n      - note: {text: x}\r\n    because: y\r\n",
		"rules:\r\n  - id: r\r\n    for: skill\r\n    when: |\r\n      true &&\r\n\r\n      skill.nmae == "
		"'a'\r\n    "
		"then:\r\n      - note: {text: x}\r\n    because: y\r\n",
		"rules:\r\n  - id: r\r\n    for: skill\r\n    when: true &&\r\n\r\n      skill.nmae == 'a'\r\n    "
		"then:\r\n      - note: {text: x}\r\n    because: y\r\n",
		"rules:\r\n  - id: r\r\n    for: skill\r\n    when: \"true && \\\r\n      skill.nmae == 'a'\"\r\n    "
		"then:\r\n      - note: {text: x}\r\n    because: y\r\n",
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, arguments)
{
	static const char *const all[] = {
		HEAD "    then:\n      - note: {text: =skill.nmae}\n    because: y\n",
		HEAD "    then:\n      - note: {text: \"=skill.nmae + '\\u00e9'\"}\n    because: y\n",
		HEAD "    then:\n      - note: {text: \"=\\\"\\u00e9, \\\" + skill.nmae\"}\n    because: y\n",
		HEAD "    then:\n      - note: {text: '=''a'' + skill.nmae'}\n    because: y\n",
		HEAD "    then:\n      - note:\n          text: >\n            =skill.id +\n            skill.nmae\n "
			 "   because: y\n",
		HEAD "    then:\n      - note:\n          text: |-\n            =skill.id\n              + "
			 "skill.nmae\n    because: y\n",
		HEAD "    then:\n      - emphasise: {tag: =skill.id, factor: '=skill.low > 0.1 ? skill.nmae : 2'}\n  "
			 "  because: y\n",
		HEAD "    then:\n      - module: {teaches: '=[skill.id, skill.nmae]'}\n    because: y\n",
	};
	expect_places(all, COUNT(all));
}

Test(cel_places, reasons)
{
	static const char *const all[] = {
		HEAD "    then:\n      - note: {text: x}\n    because: \"{{skill.nmae}}\"\n",
		HEAD
		"    then:\n      - note: {text: x}\n    because: \"\\u00e9 {{skill.id}} \\x41 {{ skill.nmae }}\"\n",
		HEAD "    then:\n      - note: {text: x}\n    because: it''s {{skill.id}} and {{skill.nmae}}\n",
		HEAD "    then:\n      - note: {text: x}\n    because: 'it''s {{skill.id}} and {{skill.nmae}}'\n",
		HEAD "    then:\n      - note: {text: x}\n    because: >\n      \xC3\xA9t\xC3\xA9 {{skill.id}}\n\n   "
			 "   and {{ skill.low >\n      "
			 "0.1 ? skill.nmae : 'x' }}\n",
		HEAD "    then:\n      - note: {text: x}\n    because: |\n      a\n        {{skill.id}} and "
			 "{{skill.nmae}}\n",
		HEAD "    then:\n      - note: {text: x}\n    because: two lines of\n      {{skill.id + ' ' +\n      "
			 "skill.nmae}}\n",
	};
	expect_places(all, COUNT(all));
}

/* Errors of other kinds, with what is underlined. */
static void expect_listing(const char *yaml, const char *expected)
{
	world w;
	world_init(&w);
	add_row(&w, ROW_SKILL, "a", "Core", 18, "x");
	world_complete(&w);
	bool ok = world_rules(&w, str_from(yaml)) && world_run(&w);
	cr_expect(
		ok == false && strcmp(world_listing(&w), expected) == 0, "%s\nsaid:\n%s", yaml, world_listing(&w));
	world_finish(&w);
}

Test(cel_places, other_errors)
{
	expect_listing(HEAD "    when: >-\n      true &&\n      skill.low >>\n      1.0\n" TAIL,
		"r.yaml:6:18: error: expected a value but found '>' [CW401]\n    6 |       skill.low >>\n      |     "
		"             ^\n");
	expect_listing(HEAD "    when: \"skill.low > 0.1 && \\u0040 1\"\n" TAIL,
		"r.yaml:4:31: error: unexpected character '@' [CW401]\n    4 |     when: \"skill.low > 0.1 && "
		"\\u0040 1\"\n"
		"      |                               ^\n");
	expect_listing(HEAD "    when: 'skill.id.matches(''a('')'\n" TAIL,
		"r.yaml:4:29: error: not a regular expression: missing closing parenthesis (at character 3 of the "
		"pattern) "
		"[CW214]\n    4 |     when: 'skill.id.matches(''a('')'\n      |                             ^^^^^\n");
	expect_listing(HEAD "    when: >\n      skill.low > 0.1 &&\n      1 / int(skill.low - 0.5) > 0\n" TAIL,
		"r.yaml:6:9: error: rule 'r' on skill:a: division by zero [CW403]\n    6 |       1 / int(skill.low - "
		"0.5) > 0\n      |   "
		"      ^\n");
	expect_listing(HEAD "    when: \"skill.sh\\u0061res > 0.5\"\n" TAIL,
		"r.yaml:4:18: error: no such field 'shares' on skill; did you mean 'share'? [CW402]\n"
		"    4 |     when: \"skill.sh\\u0061res > 0.5\"\n      |                  ^^^^^^^^^^^\n");
}
