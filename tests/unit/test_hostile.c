/* Hostile words in every format: what a template prints is read back by a reader of the format, which must
 * find the words where the template put them, and nothing else. Markdown is read back in test_escape.c. */
#include "check.h"
#include "random.h"

#include "read/json.h"
#include "render/mustache.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

static const char *const words[] = { "<script>alert(1)</script>", "]](x)", "=cmd()", "=cmd|' /C calc'!A0",
	"+1+1", "-2+3", "@SUM(A1)", " =1", "\t=1", "a\"b", "\"", "\"\"", "'", "' onload='x", "\" onload=\"x",
	"\\", "a\\", "\\n", "\\u0041", "a,b", ",", ";", "a;b:c", "a\nb", "a\r\nb", "a\rb", "\n", "\r",
	"\nBEGIN:VALARM", "a\n\"b\n", "]]>", "<!--", "-->", "</title>", "&amp;", "&#60;", "&", "{{x}}", "{{{x}}}",
	"\x01\x02\x1F", "\x7F", "\x1B[31m", "a\tb", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBF\xBE",
	"\xEF\xBF\xBF", "\xEF\xBB\xBF", "\xE2\x80\xAE", "\xF0\x9F\x92\xA9", "\xC3\xA9", "</",
	"javascript:alert(1)", "-", "=", "", " ", "a ", "0", "-5", "1e5", "null", "true" };

static str render(arena *a, escape_format format, const char *text, str x)
{
	sources all = { .arena = a };
	diags d = { .arena = a, .sources = &all };
	text_run run = { 0 };
	str t = str_from(text);
	located l = { .text = t, .source = sources_add(&all, STR("t"), t), .runs = { .ptr = &run, .len = 1 } };
	value data = value_new_map(a);
	value_set(a, data, "x", value_string(x));
	buf out = { .arena = a };
	mustache_options o = { .escape = format };
	const mustache *m = mustache_parse(a, &l, &d);
	cr_assert(m && mustache_render(&out, m, data, &o, &d));
	return buf_done(&out);
}

/* Each of the words, each byte that JSON can hold, long ones, and random ones. */
static void try_all(void (*check)(arena *a, str x))
{
	static const char letters[] = "<>&\"'=+-@,;:\\/\n\r\t |#{}[]()ab1\x01\x7F";
	enum { RANDOM_TEXTS = 4000, LONG = 100000, LONGEST = 12 };
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(words); i++)
		check(&a, str_from(words[i]));
	for (int c = 1; c < 0x80; c++)
		check(&a, (str){ .ptr = &(char){ (char)c }, .len = 1 });
	for (size_t i = 0; i < COUNT(words); i++) {
		buf longer = { .arena = &a };
		while (longer.len < LONG && words[i][0])
			buf_str(&longer, str_from(words[i]));
		check(&a, buf_done(&longer));
		arena_free(&a);
	}
	random_source random = seeded(1);
	for (int i = 0; i < RANDOM_TEXTS; i++) {
		char text[LONGEST];
		size_t len = draw(&random, LONGEST);
		for (size_t k = 0; k < len; k++)
			text[k] = letters[draw(&random, sizeof letters - 1)];
		check(&a, (str){ .ptr = text, .len = len });
	}
	arena_free(&a);
	NO_LEAKS();
}

/* Characters that XML cannot hold became U+FFFD, and line breaks are one byte. */
static str as_xml_has_it(arena *a, str x, bool attribute)
{
	buf b = { .arena = a };
	for (size_t at = 0; at < x.len; at++) {
		unsigned char c = (unsigned char)x.ptr[at];
		bool white = c == '\t' || c == '\n' || c == '\r';
		str rest = str_skip(x, at);
		bool none = str_starts(rest, STR("\xEF\xBF\xBE")) || str_starts(rest, STR("\xEF\xBF\xBF"));
		if (c == '\r' && at + 1 < x.len && x.ptr[at + 1] == '\n')
			continue;
		if (white)
			buf_char(&b, attribute ? ' ' : c == '\r' ? '\n' : (char)c);
		else if (c < ' ' || none)
			BUF_LIT(&b, "\xEF\xBF\xBD");
		else
			buf_char(&b, (char)c);
		at += none ? 2 : 0;
	}
	return buf_done(&b);
}

static void check_xml(arena *a, str x)
{
	str page = render(a, ESCAPE_HTML, "<p title=\"{{x}}\" lang='{{x}}'>{{x}}</p>", x);
	xmlDoc *doc = xmlReadMemory(page.ptr, (int)page.len, NULL, "UTF-8",
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_HUGE);
	cr_assert(doc != NULL, "not XML: %.*s", STRF(str_sub(page, 0, 200)));
	const xmlNode *p = xmlDocGetRootElement(doc);
	xmlChar *title = xmlGetProp(p, BAD_CAST "title"), *lang = xmlGetProp(p, BAD_CAST "lang"),
			*text = xmlNodeGetContent(p);
	cr_expect(xmlChildElementCount((xmlNode *)p) == 0 && p->properties && p->properties->next &&
			  !p->properties->next->next);
	assert_str(as_xml_has_it(a, x, true), (const char *)title);
	assert_str(as_xml_has_it(a, x, true), (const char *)lang);
	assert_str(as_xml_has_it(a, x, false), (const char *)text);
	xmlFree(title);
	xmlFree(lang);
	xmlFree(text);
	xmlFreeDoc(doc);
}

Test(hostile, html_and_xml)
{
	try_all(check_xml);
	xmlCleanupParser();
}

static void check_json(arena *a, str x)
{
	sources all = { .arena = a };
	diags d = { .arena = a, .sources = &all };
	str text = render(a, ESCAPE_JSON, "{\"a\": \"{{x}}\", \"b\": [\"({{x}})\"]}", x);
	text_run run = { 0 };
	located l = {
		.text = text, .source = sources_add(&all, STR("t"), text), .runs = { .ptr = &run, .len = 1 }
	};
	value v;
	cr_assert(json_read(&v, a, &l, &d), "not JSON: %.*s", STRF(str_sub(text, 0, 200)));
	const value *first = value_get(v, STR("a")), *second = value_get(v, STR("b"));
	cr_assert(v.kind == V_MAP && v.map->pairs.len == 2 && first && str_eq(first->string, x));
	str inner = second->list.ptr[0].string;
	cr_assert(second->list.len == 1 && str_eq(str_sub(inner, 1, inner.len - 2), x));
}

Test(hostile, json)
{
	try_all(check_json);
}

/* RFC 4180: the next field, without its quotes. */
static str csv_field(arena *a, str text, size_t *at)
{
	buf b = { .arena = a };
	bool quoted = *at < text.len && text.ptr[*at] == '"';
	for (*at += quoted; *at < text.len; ++*at) {
		char c = text.ptr[*at];
		if (quoted && c == '"') {
			if (*at + 1 >= text.len || text.ptr[*at + 1] != '"') {
				++*at;
				break;
			}
			++*at;
		} else if (!quoted && (c == ',' || c == '\n' || c == '\r')) {
			break;
		}
		cr_assert(
			quoted || c != '"', "a quote inside of an unquoted field: %.*s", STRF(str_sub(text, 0, 200)));
		buf_char(&b, c);
	}
	return buf_done(&b);
}

static void check_fields(arena *a, str text, str x, size_t count)
{
	size_t at = 0;
	for (size_t i = 0; i < count; i++) {
		str field = csv_field(a, text, &at);
		char end = i + 1 < count ? ',' : '\n';
		cr_assert(at < text.len && text.ptr[at++] == end, "fields: %.*s", STRF(str_sub(text, 0, 200)));
		if (i % 2 == 0)
			continue;
		bool guarded = str_eq(str_skip(field, 1), x) && field.ptr[0] == '\'';
		cr_assert(str_eq(field, x) || guarded, "'%.*s' became '%.*s'", STRF(str_sub(x, 0, 99)),
			STRF(str_sub(field, 0, 99)));
		str bare = str_trim(field);
		bool number = str_eq(bare, STR("-5"));
		cr_assert(number || !bare.len || !memchr("=+-@", bare.ptr[0], 4) ||
					  (bare.len == 2 && is_digit(bare.ptr[1])),
			"a formula: %.*s", STRF(str_sub(field, 0, 99)));
	}
	cr_assert(at == text.len);
}

static void check_csv(arena *a, str x)
{
	check_fields(a, render(a, ESCAPE_CSV, "1,{{x}},2,{{x}}\n", x), x, 4);
	check_fields(a, render(a, ESCAPE_CSV, "1,\"{{x}}\",2\n", x), x, 3);
}

Test(hostile, csv)
{
	try_all(check_csv);
}

/* RFC 5545: lines joined, then the value read as TEXT. */
static str ics_value(arena *a, str text)
{
	buf b = { .arena = a };
	for (size_t at = 0; at < text.len; at++) {
		if (str_starts(str_skip(text, at), STR("\r\n "))) {
			at += 2;
		} else if (text.ptr[at] == '\\') {
			char c = text.ptr[++at];
			cr_assert(strchr("\\;,n", c) != NULL);
			buf_char(&b, c == 'n' ? '\n' : c);
		} else {
			cr_assert(strchr(";,\r\n", text.ptr[at]) == NULL);
			buf_char(&b, text.ptr[at]);
		}
	}
	return buf_done(&b);
}

static str as_ics_has_it(arena *a, str x)
{
	buf b = { .arena = a };
	for (size_t at = 0; at < x.len; at++) {
		char c = x.ptr[at];
		if (c == '\r' && at + 1 < x.len && x.ptr[at + 1] == '\n')
			continue;
		if (((unsigned char)c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
			BUF_LIT(&b, "\xEF\xBF\xBD");
		else
			buf_char(&b, c == '\r' ? '\n' : c);
	}
	return buf_done(&b);
}

static void check_ics(arena *a, str x)
{
	static const char before[] = "BEGIN:VEVENT\r\nSUMMARY:", after[] = "\r\nEND:VEVENT\r\n";
	str text = render(a, ESCAPE_ICS, "BEGIN:VEVENT\r\nSUMMARY:{{x}}\r\nEND:VEVENT\r\n", x);
	cr_assert(str_starts(text, str_from(before)) && str_ends(text, str_from(after)));
	for (str_cut cut = { .tail = text, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		cr_assert(cut.head.len <= 76, "a line of %zu bytes", cut.head.len);
		cr_assert(cut.head.len == 0 || ((unsigned char)cut.head.ptr[0] & 0xC0) != 0x80, "half a character");
	}
	size_t from = sizeof before - 1;
	str inner = ics_value(a, str_sub(text, from, text.len - from - (sizeof after - 1)));
	cr_assert(str_eq(inner, as_ics_has_it(a, x)), "'%.*s' became '%.*s'", STRF(str_sub(x, 0, 99)),
		STRF(str_sub(inner, 0, 99)));
}

Test(hostile, calendar)
{
	try_all(check_ics);
}

static void check_text(arena *a, str x)
{
	str text = render(a, ESCAPE_NONE, "{{x}}", x);
	cr_assert(str_eq(text, x));
}

Test(hostile, plain_text)
{
	try_all(check_text);
}
