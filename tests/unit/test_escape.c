/* Escaping. Markdown is checked by reading it back: whatever the text, the document has the same shape as
 * with a harmless word in its place, and its words are those of the text. */
#include "check.h"

#include "render/escape.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

static void expect(
	escape_format format, const char *before, const char *text, char after, const char *expected)
{
	arena a = { 0 };
	buf out = { .arena = &a };
	buf_str(&out, str_from(before));
	escape_text(&out, format, str_from(text), after);
	str got = str_skip(buf_done(&out), strlen(before));
	cr_expect(str_eq(got, str_from(expected)), "'%s' after '%s': got '%.*s', expected '%s'", text, before,
		STRF(got), expected);
	arena_free(&a);
}

Test(escape, formats_by_name)
{
	cr_assert(escape_for(STR("html")) == ESCAPE_HTML && escape_for(STR("xml")) == ESCAPE_HTML);
	cr_assert(escape_for(STR("md")) == ESCAPE_MARKDOWN && escape_for(STR("csv")) == ESCAPE_CSV);
	cr_assert(escape_for(STR("ics")) == ESCAPE_ICS);
	cr_assert(escape_for(STR("json")) == ESCAPE_JSON && escape_for(STR("txt")) == ESCAPE_NONE);
	cr_assert(escape_for(STR("")) == ESCAPE_HTML && escape_for(STR("MD")) == ESCAPE_HTML);
}

Test(escape, html)
{
	expect(ESCAPE_HTML, "", "a<b>&\"'\tz\n", 0, "a&lt;b&gt;&amp;&quot;&#39;\tz\n");
	expect(ESCAPE_HTML, "", "", 0, "");
	expect(ESCAPE_HTML, "", "\x01\x7F\xC3\xA9", 0, "\xEF\xBF\xBD\x7F\xC3\xA9");
	expect(ESCAPE_HTML, "",
		"a\xEF\xBF\xBF"
		"b\xEF\xBF\xBE\xEF\xBC\x9D\xEF",
		0,
		"a\xEF\xBF\xBD"
		"b\xEF\xBF\xBD\xEF\xBC\x9D\xEF");
	expect(ESCAPE_NONE, "", "<&\x01", 0, "<&\x01");
}

Test(escape, csv)
{
	expect(ESCAPE_CSV, "", "plain text; it's", ',', "plain text; it's");
	expect(ESCAPE_CSV, "", "a,b", ',', "\"a,b\"");
	expect(ESCAPE_CSV, "", "a \"b\"", ',', "\"a \"\"b\"\"\"");
	expect(ESCAPE_CSV, "", "a\nb", ',', "\"a\nb\"");
	expect(ESCAPE_CSV, "", "a\rb", ',', "\"a\rb\"");
	expect(ESCAPE_CSV, "", " a", ',', "\" a\"");
	expect(ESCAPE_CSV, "", "", ',', "");
	expect(ESCAPE_CSV, "x,\"", "a,\"b\"", '"', "a,\"\"b\"\"");
}

Test(escape, csv_formulas)
{
	expect(ESCAPE_CSV, "x,", "=1+1", ',', "'=1+1");
	expect(ESCAPE_CSV, "", "@a", ',', "'@a");
	expect(ESCAPE_CSV, "x\n", "-a", '\n', "'-a");
	expect(ESCAPE_CSV, "x,", "+a,b", ',', "\"'+a,b\"");
	expect(ESCAPE_CSV, "x,", " =a", ',', "\"' =a\"");
	expect(ESCAPE_CSV, "x,\"", "=a", '"', "'=a");
	expect(ESCAPE_CSV, "x;", "=a", ';', "'=a");
	expect(ESCAPE_CSV, "x,", "-12.5", ',', "-12.5");
	expect(ESCAPE_CSV, "x", "-a", ',', "-a");
	expect(ESCAPE_CSV, "x,", "a=b", ',', "a=b");
}

Test(escape, calendar)
{
	expect(ESCAPE_ICS, "X:", "a,b;c:d\\e\n\r\nf\rg\"", '\r', "a\\,b\\;c:d\\\\e\\n\\nf\\ng\"");
	expect(ESCAPE_ICS, "X:", "\x01\t\x7F", '\r', "\xEF\xBF\xBD\t\xEF\xBF\xBD");
	expect(ESCAPE_ICS, "123456789 123456789 123456789 123456789 123456789 123456789 123456789 1234",
		"\xC3\xA9", '\r', "\r\n \xC3\xA9");
	expect(ESCAPE_ICS, "123456789 123456789 123456789 123456789 123456789 123456789 123456789 1234", ";",
		'\r', "\r\n \\;");
	expect(ESCAPE_ICS,
		"123456789 123456789 123456789 123456789 123456789 123456789 123456789 12345\r\nX:", "a", '\r', "a");
}

Test(escape, json)
{
	expect(ESCAPE_JSON, "\"", "a\"b\\\n\x01\xC3\xA9", '"', "a\\\"b\\\\\\n\\u0001\xC3\xA9");
	expect(ESCAPE_JSON, "", "", 0, "");
	expect(ESCAPE_JSON, "", "\xFF", 0, "\xEF\xBF\xBD");
}

Test(escape, markdown_stays_readable)
{
	const char *const same[] = { "Kubernetes operators (Go), 2.5 GB/s", "snake_case_name", "a - b + c = d",
		"R&D", "p < 0.05", "C:\\Users", "C# and F#", "x > y", "{braces}", "5 * 3", "Hello! World", "--flag",
		"3.14", "~ about" };
	for (size_t i = 0; i < COUNT(same); i++)
		expect(ESCAPE_MARKDOWN, "Text: ", same[i], ' ', same[i]);
	expect(ESCAPE_MARKDOWN, "", "1.5 hours", '\n', "1.5 hours");
	expect(ESCAPE_MARKDOWN, "", "-5", '\n', "-5");
	expect(ESCAPE_MARKDOWN, "", "#hash", '\n', "#hash");
	expect(ESCAPE_MARKDOWN, "", "Hello!", '\n', "Hello!");
	expect(ESCAPE_MARKDOWN, "| Name | ", "-", ' ', "-");
}

Test(escape, markdown_by_place)
{
	expect(
		ESCAPE_MARKDOWN, "x ", "*a* _b_ `c` [d](e) ~f~", ' ', "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\~f\\~");
	expect(ESCAPE_MARKDOWN, "x ", "<b> &amp; &#65; &#x4a;", ' ', "\\<b> \\&amp; \\&#65; \\&#x4a;");
	expect(ESCAPE_MARKDOWN, "x ", "a|b\\*", ' ', "a\\|b\\\\\\*");
	expect(ESCAPE_MARKDOWN, "", "# a", '\n', "\\# a");
	expect(ESCAPE_MARKDOWN, "- ", "- a", '\n', "\\- a");
	expect(ESCAPE_MARKDOWN, "x\n> 1) ", "+ a", '\n', "\\+ a");
	expect(ESCAPE_MARKDOWN, "", "12. a", '\n', "12\\. a");
	expect(ESCAPE_MARKDOWN, "", "> a", '\n', "\\> a");
	expect(ESCAPE_MARKDOWN, "a\n", "---", '\n', "\\---");
	expect(ESCAPE_MARKDOWN, "a\n", "===", '\n', "\\===");
	expect(ESCAPE_MARKDOWN, "| ", "---", ' ', "\\---");
	expect(ESCAPE_MARKDOWN, "## ", "F #", '\n', "F \\#");
	expect(ESCAPE_MARKDOWN, "x ", "wow!", '[', "wow\\!");
	expect(ESCAPE_MARKDOWN, "x ", "wow!", 0, "wow\\!");
	expect(ESCAPE_MARKDOWN, "x", "_y", ' ', "_y");
	expect(ESCAPE_MARKDOWN, "x ", "y\\", '\n', "y\\\\");
}

Test(escape, markdown_white_space)
{
	expect(ESCAPE_MARKDOWN, "x ", "a  \n\n  b", ' ', "a b");
	expect(ESCAPE_MARKDOWN, "", "     code", ' ', "code");
	expect(ESCAPE_MARKDOWN, "x ", "a  ", '\n', "a ");
	expect(ESCAPE_MARKDOWN, "x ", "a\r\n# b", '\n', "a # b");
}

Test(escape, markdown_in_links_and_code)
{
	expect(ESCAPE_MARKDOWN, "[x](", "a b", ')', "a%20b");
	expect(ESCAPE_MARKDOWN, "[x](", "a (b).md", ')', "a%20\\(b\\).md");
	expect(ESCAPE_MARKDOWN, "[x](../labs/", "a)", ')', "a\\)");
	expect(ESCAPE_MARKDOWN, "run `", "a_*b* | `c`", '`', "a_*b* \\| 'c'");
}

/* The shape of the document: its nodes without the texts, and the texts. */
static void shape_of(buf *shape, buf *words, str markdown)
{
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("strikethrough"));
	cmark_parser_feed(parser, markdown.ptr, markdown.len);
	cmark_node *document = cmark_parser_finish(parser);
	cmark_iter *i = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(i)) != CMARK_EVENT_DONE;) {
		cmark_node *n = cmark_iter_get_node(i);
		const char *literal = cmark_node_get_literal(n);
		if (cmark_node_get_type(n) != CMARK_NODE_TEXT)
			buf_printf(shape, "%s%s ", event == CMARK_EVENT_EXIT ? "/" : "", cmark_node_get_type_string(n));
		else if (literal)
			buf_str(words, str_from(literal));
		if (cmark_node_get_type(n) == CMARK_NODE_SOFTBREAK)
			buf_char(words, ' ');
	}
	cmark_iter_free(i);
	cmark_node_free(document);
	cmark_parser_free(parser);
}

/* White space at the edges of a text does not always survive, so it is not compared here. */
static str without_space(arena *a, str s)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < s.len; i++)
		if (!is_space(s.ptr[i]))
			buf_char(&b, s.ptr[i]);
	return buf_done(&b);
}

/* What stands around the text. */
static const char *const places[][2] = {
	{ "", "\n" },
	{ "", "" },
	{ "para\n", "\n" },
	{ "para\n", "\nmore\n" },
	{ "x ", " y\n" },
	{ "x", "y\n" },
	{ "(", ")\n" },
	{ "- ", "\n" },
	{ "- a\n  - [ ] ", "\n" },
	{ "12. ", "\n" },
	{ "> ", "\n" },
	{ "para\n> > - ", "\n" },
	{ "## ", "\n" },
	{ "a ", "[b](c)\n" },
	{ "a [", "](c) d\n" },
	{ "| h | i |\n| - | - |\n| x | ", " |\n" },
	{ "| h | i |\n| - | - |\n| ", " | x |\n" },
	{ "[b](", ") c\n" },
	{ "[b](x/", ".md) c\n" },
	{ "| ", " | b |\n| - | - |\n| x | y |\n" },
	{ "| h |\n| ", " |\n" },
	{ "a *b* `c` ", ", *d* ~~e~~\n" },
};

static bool survives(const char *const place[2], str text)
{
	arena a = { 0 };
	buf plain = { .arena = &a }, escaped = { .arena = &a };
	buf want_shape = { .arena = &a }, shape = { .arena = &a }, want = { .arena = &a },
		words = { .arena = &a };
	buf_printf(&plain, "%sHERE%s", place[0], place[1]);
	buf_str(&escaped, str_from(place[0]));
	escape_text(&escaped, ESCAPE_MARKDOWN, text, place[1][0]);
	buf_str(&escaped, str_from(place[1]));
	shape_of(&want_shape, &want, buf_done(&plain));
	shape_of(&shape, &words, buf_done(&escaped));
	str w = buf_done(&want);
	size_t at = str_find(w, STR("HERE"), 0);
	buf expected = { .arena = &a };
	buf_str(&expected, str_sub(w, 0, at));
	buf_str(&expected, text);
	buf_str(&expected, str_skip(w, at + 4));
	str got = without_space(&a, buf_done(&words)), wanted = without_space(&a, buf_done(&expected));
	if (at == SIZE_MAX) /* it is a link's address, not one of the words */
		wanted = without_space(&a, w);
	bool ok = str_eq(buf_done(&shape), buf_done(&want_shape)) && str_eq(got, wanted);
	if (!ok)
		cr_log_error("'%.*s' became '%.*s': '%.*s' instead of '%.*s', %.*s instead of %.*s", STRF(text),
			STRF(buf_done(&escaped)), STRF(got), STRF(wanted), STRF(buf_done(&shape)),
			STRF(buf_done(&want_shape)));
	arena_free(&a);
	return ok;
}

static const char letters[] = "\\`*_{}[]<>#+-!|~&;:=.)( \n\t1ab\"'/";

static size_t try_everywhere(str text)
{
	size_t bad = 0;
	if (!str_trim(text).len)
		return 0; /* nothing there is not the same shape as something there */
	for (size_t i = 0; i < COUNT(places); i++)
		bad += !survives(places[i], text);
	return bad;
}

Test(escape, markdown_survives_all_short_texts)
{
	cmark_gfm_core_extensions_ensure_registered();
	size_t n = sizeof letters - 1, bad = 0;
	for (size_t i = 0; i < n * n + n; i++) {
		char text[2] = { letters[i % n], letters[i / n % n] };
		bad += try_everywhere((str){ .ptr = text, .len = i < n ? 1 : 2 });
	}
	cr_assert(bad == 0);
}

Test(escape, markdown_survives_longer_texts)
{
	static const char *const texts[] = { "1. a", "123456789) b", "- - -", "* * *", "***", "_ _ _", "___",
		"~~~", "```", "<a href>", "</b>", "<!-- c -->", "<?p?>", "<http://x>", "&copy;", "&#35;", "&#x23;",
		"[a]: b", "[^1]", "![i](j)", "**b**", "__b__", "~~s~~", "a\n---", "a\n===", "# h #", "## h ##",
		"####### x", ":-:", "|-|", ":-- | --:", "    code", "\tcode", "a\\\nb", "a  \nb", "[x] t", "a|b|c",
		"\\|", "\\\\|", "a_b_c", "_a_b", "*a*b" };
	cmark_gfm_core_extensions_ensure_registered();
	size_t bad = 0;
	for (size_t i = 0; i < COUNT(texts); i++)
		bad += try_everywhere(str_from(texts[i]));
	uint32_t random = 1;
	for (int i = 0; i < 4000; i++) {
		char text[8];
		size_t len = 3 + (random >> 16) % 6;
		for (size_t k = 0; k < len; k++) {
			random = random * 1664525 + 1013904223;
			text[k] = letters[(random >> 16) % (sizeof letters - 1)];
		}
		bad += try_everywhere((str){ .ptr = text, .len = len });
	}
	cr_assert(bad == 0);
}

/* The beginning of a line is not looked for at any distance: work does not grow with the line. */
Test(escape, markdown_on_one_long_line)
{
	arena a = { 0 };
	buf out = { .arena = &a };
	for (int i = 0; i < 200000; i++)
		escape_text(&out, ESCAPE_MARKDOWN, STR("*x*"), ' ');
	cr_assert(out.len == (size_t)200000 * 5);
	arena_free(&a);
	NO_LEAKS();
}

Test(escape, out_of_memory)
{
	for (escape_format f = ESCAPE_HTML; f <= ESCAPE_NONE; f++) {
		arena a = { .fail_at = 1 };
		buf out = { .arena = &a };
		escape_text(&out, f, STR("- a*b\"<,"), 0);
		cr_assert(a.failed && buf_done(&out).len == 0);
		arena_free(&a);
	}
	NO_LEAKS();
}
