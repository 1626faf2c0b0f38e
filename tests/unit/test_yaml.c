/* YAML as a tree: values, the place of everything, and what is refused. */
#include "fixture.h"

#include "read/yaml.h"

#include <string.h>

static yaml_node *read_as(fixture *f, str text)
{
	fixture_open(f, STR("t.yaml"), text);
	return yaml_read(&f->a, f->source, &f->d);
}

static void expect_said(const char *text, const char *expected)
{
	fixture f;
	yaml_node *root = read_as(&f, str_from(text));
	require_that(root == NULL || f.d.errors > 0, "'%s' was read", text);
	fixture_expect(&f, expected);
	fixture_close(&f);
}

/* The tree as JSON-like text with the place of each node. */
static void show(fixture *f, buf *out, const yaml_node *n)
{
	position p = sources_position(&f->s, n->at);
	buf_printf(out, "%u:%u", p.line, p.column);
	if (n->kind == YAML_SCALAR) {
		buf_printf(out, n->block ? "|%.*s|" : n->quoted ? "'%.*s'" : "=%.*s", STRF(n->text));
		return;
	}
	buf_char(out, n->kind == YAML_LIST ? '[' : '{');
	EACH (yaml_node *, item, n->items) {
		show(f, out, *item);
		buf_char(out, ' ');
	}
	EACH (yaml_pair, pair, n->pairs) {
		position key = sources_position(&f->s, pair->at);
		buf_printf(out, "%u:%u %.*s: ", key.line, key.column, STRF(pair->key));
		show(f, out, pair->value);
		buf_char(out, ' ');
	}
	buf_char(out, n->kind == YAML_LIST ? ']' : '}');
}

static void expect_tree(const char *text, const char *expected)
{
	fixture f;
	yaml_node *root = read_as(&f, str_from(text));
	fixture_expect(&f, "");
	require_that(root != NULL, "'%s' was not read", text);
	buf out = { .arena = &f.a };
	show(&f, &out, root);
	assert_str(buf_done(&out), expected);
	fixture_close(&f);
}

Test(yaml, places)
{
	expect_tree("a: 1\nb: [x, 'y']\nc:\n  - \"z\"\n  - |\n    t\n",
		"1:1{1:1 a: 1:4=1 2:1 b: 2:4[2:5=x 2:8'y' ] 3:1 c: 4:3[4:5'z' 5:5|t\n| ] }");
	expect_tree("{}", "1:1{}");
	expect_tree("# c\n\n- ~\n-\n", "3:1[3:3=~ 4:2= ]");
}

Test(yaml, places_count_code_points)
{
	/* two-, three- and four-byte characters, before, in and after keys */
	expect_tree("\xC3\xA9\xC3\xA9: {\xE2\x82\xAC: \xF0\x9F\x98\x80, b: c}\nd: e\n",
		"1:1{1:1 \xC3\xA9\xC3\xA9: 1:5{1:6 \xE2\x82\xAC: 1:9=\xF0\x9F\x98\x80 1:12 b: 1:15=c } 2:1 d: 2:4=e "
		"}");
}

Test(yaml, places_after_a_byte_order_mark_and_crlf)
{
	expect_tree("\xEF\xBB\xBF"
				"a: b\r\nc:\r\n- \xC3\xA9: d\r\n- e\r\n",
		"1:1{1:1 a: 1:4=b 2:1 c: 3:1[3:3{3:3 \xC3\xA9: 3:6=d } 4:3=e ] }");
	expect_said("\xEF\xBB\xBF"
				"a: b\r\na: c\r\n",
		"2:1 duplicate-key: key 'a' is already given at line 1, column 1\n");
	expect_said("\xEF\xBB\xBF"
				"a: {b: \x01}",
		"1:8 yaml-syntax: control characters are not allowed\n");
}

Test(yaml, quotes_are_told_apart)
{
	fixture f;
	yaml_node *n = read_as(&f, STR("[1, '1', \"1\", null, 'null', ~, ]"));
	require(n && n->items.len == 6);
	const bool quoted[] = { false, true, true, false, true, false },
			   null[] = { false, false, false, true, false, true };
	for (size_t i = 0; i < 6; i++)
		require_that(
			n->items.ptr[i]->quoted == quoted[i] && yaml_is_null(n->items.ptr[i]) == null[i], "%zu", i);
	fixture_close(&f);
}

Test(yaml, nothing_in_the_file)
{
	static const char *const texts[] = { "", "\n", "# only this\n", "---\n", "---\n...\n", "~", "null\n",
		"\xEF\xBB\xBF" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		fixture f;
		require_that(read_as(&f, str_from(texts[i])) == NULL && f.d.list.len == 0, "'%s'", texts[i]);
		fixture_close(&f);
	}
	fixture f;
	fixture_open(&f, STR("t"), STR("a"));
	require(yaml_read(&f.a, 0, &f.d) == NULL && yaml_read(&f.a, 9, &f.d) == NULL);
	fixture_close(&f);
}

Test(yaml, get)
{
	fixture f;
	yaml_node *n = read_as(&f, STR("{a: 1, b: 2}"));
	require(n && yaml_get(n, STR("b"))->text.ptr[0] == '2');
	require(yaml_get(n, STR("c")) == NULL && yaml_get(NULL, STR("a")) == NULL);
	require(yaml_get(yaml_get(n, STR("a")), STR("a")) == NULL);
	fixture_close(&f);
}

Test(yaml, duplicate_keys)
{
	expect_said("a: 1\nb: {\xC3\xA9: 1, c: 2, \xC3\xA9: 3}\na: 2\n",
		"2:17 duplicate-key: key '\xC3\xA9' is already given at line 2, column 5\n"
		"3:1 duplicate-key: key 'a' is already given at line 1, column 1\n");
	expect_said(
		"'a': 1\n\"\\x61\": 2\n", "2:1 duplicate-key: key 'a' is already given at line 1, column 1\n");
	/* in a map that is large enough for an index */
	fixture f;
	buf text = { .arena = &f.a };
	f = (fixture){ .s = { .arena = &f.a } };
	for (int i = 0; i < 40; i++)
		buf_printf(&text, "k%d: 1\n", i);
	BUF_LIT(&text, "k3: 2\nk38: 2\n");
	f.d = (diags){ .arena = &f.a, .sources = &f.s };
	yaml_node *n = yaml_read(&f.a, sources_add(&f.s, STR("t"), buf_done(&text)), &f.d);
	require(n && n->pairs.len == 40);
	fixture_expect(&f, "41:1 duplicate-key: key 'k3' is already given at line 4, column 1\n"
					   "42:1 duplicate-key: key 'k38' is already given at line 39, column 1\n");
	fixture_close(&f);
}

static str nested(arena *a, const char *open, int count, const char *inside, const char *close)
{
	buf out = { .arena = a };
	for (int i = 0; i < count; i++)
		buf_str(&out, str_from(open));
	buf_str(&out, str_from(inside));
	for (int i = 0; i < count; i++)
		buf_str(&out, str_from(close));
	return buf_done(&out);
}

Test(yaml, depth)
{
	arena a = { 0 };
	fixture f;
	require(read_as(&f, nested(&a, "[", YAML_DEPTH, "", "]")) != NULL);
	fixture_close(&f);
	require(read_as(&f, nested(&a, "[", YAML_DEPTH + 1, "", "]")) == NULL);
	fixture_expect(&f, "1:65 yaml-depth: nested deeper than 64 levels\n");
	fixture_close(&f);
	require(read_as(&f, nested(&a, "{a: ", YAML_DEPTH + 1, "", "}")) == NULL);
	fixture_expect(&f, "1:257 yaml-depth: nested deeper than 64 levels\n");
	fixture_close(&f);
	/* libyaml takes minutes for this one; the reader stops long before */
	require(read_as(&f, nested(&a, "[", 1000000, "", "")) == NULL);
	fixture_expect(&f, "1:65 yaml-depth: nested deeper than 64 levels\n");
	fixture_close(&f);
	arena_free(&a);
	NO_LEAKS();
}

Test(yaml, depth_through_aliases)
{
	arena a = { 0 };
	fixture f;
	buf text = { .arena = &a };
	BUF_LIT(&text, "a0: &a0 [x]\n");
	for (int i = 1; i < 63; i++)
		buf_printf(&text, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	require(read_as(&f, buf_done(&text)) != NULL);
	fixture_close(&f);
	BUF_LIT(&text, "a63: &a63 [*a62]\n");
	require(read_as(&f, buf_done(&text)) == NULL);
	fixture_expect(&f, "64:12 yaml-depth: nested deeper than 64 levels\n");
	fixture_close(&f);
	arena_free(&a);
	NO_LEAKS();
}

Test(yaml, aliases)
{
	expect_tree("a: &x [1, 2]\nb: *x\nc: &y z\nd: *y\n",
		"1:1{1:1 a: 1:4[1:8=1 1:11=2 ] 2:1 b: 1:4[1:8=1 1:11=2 ] 3:1 c: 3:4=z 4:1 d: 3:4=z }");
	expect_said("a: *x\n", "1:4 yaml-syntax: no anchor '&x' before this alias\n");
	expect_said("a: &x [*x]\n", "1:8 yaml-syntax: no anchor '&x' before this alias\n");
}

Test(yaml, aliases_do_not_explode)
{
	fixture f;
	buf text = { .arena = &f.a };
	f = (fixture){ .s = { .arena = &f.a } };
	f.d = (diags){ .arena = &f.a, .sources = &f.s };
	BUF_LIT(&text, "a: &a [x, x, x, x, x, x, x, x, x, x]\n");
	for (char c = 'b'; c < 'k'; c++) {
		buf_printf(&text, "%c: &%c [", c, c);
		for (int i = 0; i < 10; i++)
			buf_printf(&text, "%s*%c", i ? ", " : "", c - 1);
		BUF_LIT(&text, "]\n");
	}
	require(yaml_read(&f.a, sources_add(&f.s, STR("t"), buf_done(&text)), &f.d) == NULL);
	fixture_expect(&f, "6:36 yaml-size: aliases expand to more than 1000000 values in one file\n");
	require_that(f.a.total < (size_t)4 << 20, "took %zu bytes", f.a.total);
	fixture_close(&f);
}

Test(yaml, too_many_values)
{
	arena a = { 0 };
	fixture f;
	require(read_as(&f, nested(&a, "-\n", YAML_NODES + 5, "", "")) == NULL);
	fixture_expect(&f, "1000000:2 yaml-size: more than 1000000 values in one file\n");
	fixture_close(&f);
	arena_free(&a);
	NO_LEAKS();
}

Test(yaml, other_errors)
{
	expect_said("a: 1\n---\nb: 2\n", "2:1 yaml-syntax: a second document; one file holds one document\n");
	expect_said("[a]: 1\n", "1:1 yaml-syntax: a key must be a single word, not a list or map\n");
	expect_said("a: \xFF\n", "1:4 bad-utf8: not UTF-8\n");
	expect_said("a: b\n\xED\xA0\x80: c\n", "2:1 bad-utf8: not UTF-8\n");
}

Test(yaml, syntax_errors_have_hints)
{
	expect_said("when: skill.share > 0.5 ? a : b\n",
		"1:29 yaml-syntax: mapping values are not allowed in this context; a value that contains ': ' needs "
		"quotes\n");
	expect_said("a: b: c\n",
		"1:5 yaml-syntax: mapping values are not allowed in this context; a value that contains ': ' needs "
		"quotes\n");
	expect_said("a: [1, 2\nb: 3\n",
		"2:2 yaml-syntax: did not find expected ',' or ']' while parsing a flow sequence\n");
	expect_said(
		"a: 'x\n", "2:1 yaml-syntax: found unexpected end of stream while scanning a quoted scalar\n");
	expect_said("a:\n\t- b\n",
		"2:1 yaml-syntax: found character that cannot start any token while scanning for the next token\n");
	expect_said("a: %b\n",
		"1:4 yaml-syntax: found character that cannot start any token while scanning for the next token\n");
	expect_said("\xC3\xA9: 1\n\xC3\xA9\n",
		"3:1 yaml-syntax: could not find expected ':' while scanning a simple key\n");
	expect_said(
		"a: \"\\q\"\n", "1:5 yaml-syntax: found unknown escape character while parsing a quoted scalar\n");
}

/* ---- where each node stands */

static void show_written(buf *out, str text, yaml_span s)
{
	buf_printf(out, "<%.*s>", STRF(str_sub(text, s.from, s.to - s.from)));
}

/* What is written of each key and value, in order. */
static void show_spans(buf *out, str text, const yaml_node *n)
{
	show_written(out, text, n->written);
	buf_printf(out, "%s%s%s", n->alias ? "*" : "", n->marked ? "!" : "", n->flow ? "~" : "");
	if (n->alias)
		return;
	EACH (yaml_node *, item, n->items)
		show_spans(out, text, *item);
	EACH (yaml_pair, pair, n->pairs) {
		show_written(out, text, pair->written);
		BUF_LIT(out, ":");
		show_spans(out, text, pair->value);
	}
}

static void expect_spans(str text, const char *expected)
{
	fixture f;
	yaml_node *root = read_as(&f, text);
	require_that(root != NULL, "'%.*s' was not read", STRF(text));
	buf out = { .arena = &f.a };
	show_spans(&out, text, root);
	assert_str(buf_done(&out), expected);
	fixture_close(&f);
}

Test(yaml, spans_of_block_collections_end_with_what_is_in_them)
{
	expect_spans(STR("a:\n- x # c\n\n# d\n"), "<a:\n- x><a>:<- x><x>");
	expect_spans(STR("a:\n  b:\n    c: 1\n\n  # c\nd: 2\n"),
		"<a:\n  b:\n    c: 1\n\n  # c\nd: 2><a>:<b:\n    c: 1><b>:<c: 1><c>:<1><d>:<2>");
	expect_spans(
		STR("- - a\n  - b\n-\n  c: d\n...\n"), "<- - a\n  - b\n-\n  c: d><- a\n  - b><a><b><c: d><c>:<d>");
	expect_spans(STR("\xEF\xBB\xBF"
					 "\xC3\xA9: x\r\nb: y\r\n"),
		"<\xC3\xA9: x\r\nb: y><\xC3\xA9>:<x><b>:<y>");
}

Test(yaml, spans_of_flow_collections_end_with_the_bracket)
{
	expect_spans(STR("a: [x, {b: c} ] # d\ne: {\n}\n"),
		"<a: [x, {b: c} ] # d\ne: {\n}><a>:<[x, {b: c} ]>~<x><{b: c}>~<b>:<c><e>:<{\n}>~");
	expect_spans(STR("[a: b, c]"), "<[a: b, c]>~<a: b>~<a>:<b><c>");
}

Test(yaml, spans_of_scalars)
{
	expect_spans(STR("a: x  # c\n'b': \"y\n  z\" # d\n\"c\": k\n  l\n"),
		"<a: x  # c\n'b': \"y\n  z\" # d\n\"c\": k\n  l><a>:<x><'b'>:<\"y\n  z\"><\"c\">:<k\n  l>");
	expect_spans(STR("a: |\n  x\n\n# c\nb: >-\n  y\n\n\nc: 1"),
		"<a: |\n  x\n\n# c\nb: >-\n  y\n\n\nc: 1><a>:<|\n  x\n\n><b>:<>-\n  y\n\n\n><c>:<1>");
	expect_spans(STR("a: |+\n  x\n \n"), "<a: |+\n  x\n \n><a>:<|+\n  x\n \n>");
	expect_spans(STR("a: |\n  x"), "<a: |\n  x><a>:<|\n  x>");
	expect_spans(STR("- a:\n  b: # c\n-\n- \n"), "<- a:\n  b: # c\n-\n-><a:\n  b:><a>:<><b>:<><><>");
	expect_spans(STR("? a\n: b\n? c\n"), "<? a\n: b\n? c\n><a>:<b><c>:<>");
}

Test(yaml, spans_of_anchors_tags_and_aliases)
{
	expect_spans(STR("a: &x [1]\nb: *x\nc: &y # c\n  d: *x\ne: *y\n"),
		"<a: &x [1]\nb: *x\nc: &y # c\n  d: *x\ne: *y><a>:<&x [1]>!~<1><b>:<*x>*!~<c>:<&y # c\n  "
		"d: *x>!<d>:<*x>*!~<e>:<*y>*!");
	expect_spans(STR("&k a: 1\nb: {*k : 2}\n!!str c: !!int 3\nd: !x\n"),
		"<&k a: 1\nb: {*k : 2}\n!!str c: !!int 3\nd: !x><&k a>:<1><b>:<{*k : 2}>~<*k>:<2><!!str c>:<!!int "
		"3>!<d>:<!x>!");
}

/* ---- where each byte of a value stands */

/* The places of the value's bytes, as offsets into the text, in base 36 for short tests. */
static void expect_places(str text, const char *value, const char *places)
{
	static const char digits[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	fixture f;
	yaml_node *n = read_as(&f, text);
	require_that(n != NULL, "'%.*s'", STRF(text));
	if (n->kind == YAML_MAP)
		n = n->pairs.ptr[n->pairs.len - 1].value;
	located l = yaml_located(&f.a, n, &f.s);
	assert_str(l.text, value);
	require(l.source == f.source && l.runs.len > 0 && l.runs.ptr[0].text == 0);
	buf out = { .arena = &f.a };
	for (size_t i = 0; i < l.text.len; i++) {
		size_t at = located_at(&l, i).offset;
		require_that(at < COUNT(digits), "'%.*s': byte %zu at %zu", STRF(text), i, at);
		buf_char(&out, digits[at]);
	}
	str got = buf_done(&out);
	cr_expect(str_eq(got, str_from(places)), "'%.*s': got %.*s, expected %s", STRF(text), STRF(got), places);
	fixture_close(&f);
}

Test(located, flow_scalars)
{
	expect_places(STR("a: plain"), "plain", "34567");
	expect_places(STR("a: one  two\n   three\n\n\n b"), "one  two three\n\nb", "3456789abfghijlmo");
	expect_places(STR("a: x   \r\n  y\r\n\r\n  z"), "x y\nz", "37bei");
	expect_places(STR("a: 'it''s'"), "it's", "4568");
	expect_places(STR("a: ' x  \n  y ''\n\n '''"), " x y '\n'", "458bcdgi");
	expect_places(STR("a: \"a\\tb\\u00e9c\\x41\\\\\\U0001F600\""),
		"a\tb\xC3\xA9"
		"cA\\\xF0\x9F\x98\x80",
		"4578"
		"8ef"
		"jllll");
	expect_places(STR("a: \"x \\\n   y\n z\\ \\\n\n w\""), "x y z \nw",
		"45bce"
		"fjl");
	expect_places(STR("a: \"\n b\""), " b", "46");
}

Test(located, block_scalars)
{
	expect_places(STR("a: |\n  one\n    two\n\n  x\n"), "one\n  two\n\nx\n", "789adefghijmn");
}

Test(located, properties_come_first)
{
	expect_places(STR("a: &x 'b'"), "b", "7");
	expect_places(STR("a: &x !!str # c\n  \"b\\nc\""), "b\nc", "jkm");
	expect_places(STR("a: !!str &x |2\n   b\n"), " b\n", "hij");
}

Test(located, empty_texts_stand_somewhere)
{
	fixture f;
	yaml_node *n = read_as(&f, STR("a: ''"));
	located l = yaml_located(&f.a, n->pairs.ptr[0].value, &f.s);
	require(l.text.len == 0 && l.runs.len == 1 && located_at(&l, 0).offset == 3);
	l = yaml_located(&f.a, n, &f.s);
	require(l.text.len == 0 && l.runs.len == 0 && located_at(&l, 0).source == 0);
	fixture_close(&f);
}

/* xorshift64* (Vigna): the same texts in every run. */
static uint64_t state;

static unsigned pick(unsigned below)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (unsigned)((state * 0x2545F4914F6CDD1Du) >> 33) % below;
}

/* A text that is being written as a scalar, with the place that each byte of its value must have. */
typedef struct {
	buf text, value;
	VEC(uint32_t) places;
	const char *end; /* of lines */
} sketch;

static void mean(sketch *s, str value, size_t at, bool same_place)
{
	for (size_t i = 0; i < value.len; i++)
		vec_push(s->text.arena, &s->places, (uint32_t)(same_place ? at : at + i));
	buf_str(&s->value, value);
}

static const char *const letters[] = { "a", "Z", "9", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "_",
	"." };

static void letter(sketch *s)
{
	str c = str_from(letters[pick(COUNT(letters))]);
	mean(s, c, s->text.len, false);
	buf_str(&s->text, c);
}

static void white(sketch *s, unsigned most, bool meant)
{
	for (unsigned n = pick(most + 1); n > 0; n--) {
		if (meant)
			mean(s, STR(" "), s->text.len, false);
		buf_char(&s->text, ' ');
	}
}

static void write_escape(sketch *s)
{
	static const struct {
		const char *written, *value;
	} escapes[] = { { "\\n", "\n" }, { "\\\"", "\"" }, { "\\\\", "\\" }, { "\\t", "\t" }, { "\\x41", "A" },
		{ "\\u00e9", "\xC3\xA9" }, { "\\u20AC", "\xE2\x82\xAC" }, { "\\U0001F600", "\xF0\x9F\x98\x80" },
		{ "\\ ", " " }, { "\\_", "\xC2\xA0" }, { "\\N", "\xC2\x85" }, { "\\L", "\xE2\x80\xA8" } };
	size_t i = pick(COUNT(escapes));
	mean(s, str_from(escapes[i].value), s->text.len, true);
	buf_str(&s->text, str_from(escapes[i].written));
}

/* A fold: white space, one to three line ends, the indentation. */
static void write_fold(sketch *s)
{
	white(s, 2, false);
	unsigned ends = 1 + pick(3);
	for (unsigned i = 0; i < ends; i++) {
		if (ends == 1)
			mean(s, STR(" "), s->text.len, false);
		else if (i)
			mean(s, STR("\n"), s->text.len, false);
		buf_str(&s->text, str_from(s->end));
		white(s, 3, false);
	}
	BUF_LIT(&s->text, "  ");
}

static void write_flow(sketch *s, char quote)
{
	if (quote)
		buf_char(&s->text, quote);
	letter(s);
	for (unsigned n = pick(12); n > 0; n--) {
		unsigned what = pick(8);
		if (what == 0)
			write_fold(s);
		else if (what == 1 && quote == '"')
			write_escape(s);
		else if (what == 2 && quote == '"') { /* a line end that is not there */
			white(s, 2, true);
			buf_printf(&s->text, "\\%s", s->end);
			white(s, 3, false);
		} else if (what == 3 && quote == '\'') {
			mean(s, STR("'"), s->text.len, true);
			BUF_LIT(&s->text, "''");
		} else if (what == 4) {
			white(s, 2, true);
		}
		letter(s);
	}
	if (quote)
		buf_char(&s->text, quote);
	buf_str(&s->text, str_from(s->end));
}

/* Of one line of a block scalar: what it holds, and where its end stands. */
typedef struct {
	bool empty, blank; /* no content; begins with white space */
	size_t end;
} block_line;

/* Lines of content and empty lines; the value is made afterwards, by the rules of YAML 1.1 section 9.2. */
static void write_block(sketch *s, bool folded)
{
	unsigned chomp = pick(3), indent = 1 + pick(4), outer = 0;
	bool explicit_indent = pick(2);
	buf_char(&s->text, folded ? '>' : '|');
	if (explicit_indent)
		buf_printf(&s->text, "%u", indent);
	buf_str(&s->text, chomp == 0 ? STR("") : chomp == 1 ? STR("-") : STR("+"));
	buf_str(&s->text, pick(2) ? STR(" # c") : STR(""));
	buf_str(&s->text, str_from(s->end));
	block_line lines[8];
	unsigned count = 1 + pick(7);
	size_t waiting[8], waits = 0; /* ends of lines that are not in the value yet */
	bool any = false, blank_before = false;
	for (unsigned i = 0; i < count; i++) {
		block_line *l = &lines[i];
		*l = (block_line){ .empty = pick(4) == 0 };
		unsigned extra = !l->empty && (any || explicit_indent) && pick(3) == 0 ? 1 + pick(3) : 0;
		l->blank = extra > 0;
		for (unsigned k = l->empty ? pick(indent + 1) : outer + indent; k > 0; k--)
			buf_char(&s->text, ' ');
		if (!l->empty) {
			bool fold = folded && any && !blank_before && !l->blank;
			for (size_t k = 0; k < waits; k++)
				if (!fold || k > 0)
					mean(s, STR("\n"), waiting[k], false);
			if (fold && waits == 1)
				mean(s, STR(" "), waiting[0], false);
			waits = 0;
			for (; extra > 0; extra--)
				white(s, 0, true), mean(s, STR(" "), s->text.len, false), buf_char(&s->text, ' ');
			for (unsigned k = 1 + pick(4); k > 0; k--)
				letter(s);
			white(s, 2, true);
			any = true;
			blank_before = l->blank;
		}
		waiting[waits++] = s->text.len;
		buf_str(&s->text, str_from(s->end));
	}
	/* clip keeps one line end, and only behind content; keep keeps all */
	for (size_t k = 0; k < waits; k++)
		if (chomp == 2 || (chomp == 0 && k == 0 && any))
			mean(s, STR("\n"), waiting[k], false);
}

static void check_sketch(unsigned seed)
{
	fixture f;
	fixture_open(&f, STR("none"), STR(""));
	sketch s = { .text = { .arena = &f.a }, .value = { .arena = &f.a } };
	state = 0x9E3779B97F4A7C15u * (seed + 1);
	s.end = pick(2) ? "\n" : "\r\n";
	if (pick(4) == 0)
		BUF_LIT(&s.text, "\xEF\xBB\xBF");
	buf_printf(&s.text, "\xC3\xA9: z%sk: ", s.end);
	unsigned style = pick(5);
	if (style < 3)
		write_flow(&s, "\0'\""[style]);
	else
		write_block(&s, style == 4);
	buf_printf(&s.text, "n: 1%s", s.end);
	str text = buf_done(&s.text), value = buf_done(&s.value);
	f.source = sources_add(&f.s, STR("t.yaml"), text);
	yaml_node *root = yaml_read(&f.a, f.source, &f.d);
	require_that(
		root && root->pairs.len == 3, "seed %u: %.*s of\n%.*s", seed, STRF(fixture_said(&f)), STRF(text));
	located l = yaml_located(&f.a, root->pairs.ptr[1].value, &f.s);
	require_that(str_eq(l.text, value), "seed %u: the value is '%.*s', the test thinks '%.*s', of\n%.*s",
		seed, STRF(l.text), STRF(value), STRF(text));
	for (size_t i = 0; i < value.len; i++) {
		loc at = located_at(&l, i);
		require_that(at.source == f.source && at.offset == s.places.ptr[i],
			"seed %u: byte %zu of '%.*s' is at %u, not %u, of\n%.*s", seed, i, STRF(value), at.offset,
			s.places.ptr[i], STRF(text));
	}
	arena_free(&f.a);
}

Test(located, every_byte_of_many_texts)
{
	for (unsigned seed = 0; seed < 20000; seed++)
		check_sketch(seed);
	NO_LEAKS();
}

Test(yaml, out_of_memory)
{
	static const char text[] = "a: &x [1, 'b', \"c\\n\"]\nb: *x\nc: {d: |\n    e\n    f\n, g: 1}\n";
	static const char more[] =
		"k1: 1\nk2: 1\nk3: 1\nk4: 1\nk5: 1\nk6: 1\nk7: 1\nk8: 1\nk9: 1\nk10: 1\nk11: 1\nk12: 1\n"
		"k13: 1\nk14: 1\nk15: 1\nk16: 1\nk17: 1\nk18: 1\nk19: >\n  a\n\n  b\nk1: 2\n";
	static const char *const texts[] = { text, more, "a: [" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		for (unsigned n = 1;; n++) {
			arena a = { .fail_at = n };
			sources s = { .arena = &a };
			diags d = { .arena = &a, .sources = &s };
			yaml_node *root = yaml_read(&a, sources_add(&s, STR("t"), str_from(texts[i])), &d);
			require_that(root == NULL || a.failed == false, "allocation %u", n);
			if (root && root->kind == YAML_MAP)
				EACH (yaml_pair, p, root->pairs)
					yaml_located(&a, p->value, &s);
			bool failed = a.failed;
			arena_free(&a);
			if (!failed)
				break;
		}
	}
	NO_LEAKS();
}
