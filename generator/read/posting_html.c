/* HTML to a flat list of events by libxml2's parser, and from events to text. The parser's time grows with
 * the square of two things that no page needs much of: how deep elements nest and how many attributes one of
 * them has. Both are looked at. */
#include "read/posting_parts.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <string.h>

typedef struct {
	arena *a;
	html_events *out;
	htmlParserCtxtPtr parser;
	uint32_t open[POSTING_NESTING_MAX];
	size_t depth;
	str problem;
} reader;

static bool is_one_of(str s, const char *const *names)
{
	for (; *names; names++)
		if (str_eq(s, str_from(*names)))
			return true;
	return false;
}

static void stop(reader *r, str why)
{
	if (!r->problem.len)
		r->problem = why;
	xmlStopParser(r->parser);
}

static void read_attributes(reader *r, html_event *e, const xmlChar **atts)
{
	static const char *const wanted[] = { "itemprop", "itemscope", "itemtype", "content", "href", "src",
		"datetime", "hidden", "type", "style", "name", "property", "aria-hidden", NULL };
	html_attribute found[16];
	size_t n = 0;
	for (; atts && *atts && n < COUNT(found); atts += 2) {
		str name = str_from((const char *)atts[0]);
		if (is_one_of(name, wanted))
			found[n++] =
				(html_attribute){ arena_str(r->a, name), arena_str(r->a, str_from((const char *)atts[1])) };
	}
	if (!n)
		return;
	e->attributes.ptr = NEWN(r->a, html_attribute, n);
	if (e->attributes.ptr) {
		memcpy(e->attributes.ptr, found, n * sizeof *found);
		e->attributes.len = n;
	}
}

static void add(reader *r, html_event e)
{
	if (r->a->failed)
		stop(r, STR("there is not enough memory"));
	else if (r->out->len >= POSTING_TAGS_MAX)
		stop(r, STR("it has more tags than are read at most"));
	else
		vec_push(r->a, r->out, e);
}

static void on_open(void *data, const xmlChar *name, const xmlChar **atts)
{
	reader *r = data;
	html_event e = { .kind = HTML_OPEN, .text = arena_str(r->a, str_from((const char *)name)) };
	if (r->depth == POSTING_NESTING_MAX) {
		stop(r, STR("its elements are nested too deep"));
		return;
	}
	read_attributes(r, &e, atts);
	r->open[r->depth++] = (uint32_t)r->out->len;
	add(r, e);
}

static void on_close(void *data, const xmlChar *name)
{
	reader *r = data;
	if (!r->depth)
		return;
	uint32_t which = r->open[--r->depth];
	add(r, (html_event){ .kind = HTML_CLOSE, .text = arena_str(r->a, str_from((const char *)name)) });
	if (which < r->out->len)
		r->out->ptr[which].end = (uint32_t)r->out->len;
}

static void on_text(void *data, const xmlChar *text, int len)
{
	reader *r = data;
	if (len > 0)
		add(r, (html_event){ .kind = HTML_TEXT,
				   .text = arena_str(r->a, (str){ .ptr = (const char *)text, .len = (size_t)len }) });
}

/* Whether some tag has too many attributes. A quotation mark counts only after an equals sign. */
static bool has_too_many_attributes(str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] != '<' || i + 1 >= s.len || !is_alpha(s.ptr[i + 1]))
			continue;
		size_t count = 0;
		for (; i < s.len && s.ptr[i] != '>'; i++) {
			char c = s.ptr[i];
			if ((c == '"' || c == '\'') && s.ptr[i - 1] == '=') {
				const char *end = memchr(s.ptr + i + 1, c, s.len - i - 1);
				i = end ? (size_t)(end - s.ptr) : s.len - 1;
			}
			count += is_space(s.ptr[i]) || s.ptr[i] == '/' || s.ptr[i] == '"' || s.ptr[i] == '\'';
			if (count > 2 * POSTING_ATTRIBUTES_MAX)
				return true;
		}
	}
	return false;
}

static void parse(reader *r, str s)
{
	r->parser = htmlCreateMemoryParserCtxt(s.ptr, (int)s.len);
	if (!r->parser) {
		r->problem = STR("there is not enough memory");
		return;
	}
	xmlSAXHandler sax = { .startElement = on_open,
		.endElement = on_close,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text };
	*r->parser->sax = sax;
	r->parser->userData = r;
	htmlCtxtUseOptions(r->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
									  HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(r->parser, XML_CHAR_ENCODING_UTF8);
	htmlParseDocument(r->parser);
	xmlFreeDoc(r->parser->myDoc);
	r->parser->myDoc = NULL;
	htmlFreeParserCtxt(r->parser);
}

void html_read(html_events *out, arena *a, str s, str *problem)
{
	*out = (html_events){ 0 };
	*problem = STR("");
	if (!s.len)
		return;
	if (has_too_many_attributes(s)) {
		*problem = STR("one of its elements has more attributes than are read at most");
		return;
	}
	reader r = { .a = a, .out = out };
	parse(&r, s);
	while (r.depth)
		if (r.open[--r.depth] < out->len)
			out->ptr[r.open[r.depth]].end = (uint32_t)out->len;
	*problem = r.problem;
}

const str *html_get(const html_event *e, const char *attribute)
{
	EACH (const html_attribute, at, e->attributes)
		if (str_eq(at->name, str_from(attribute)))
			return &at->value;
	return NULL;
}

static bool is_bold(const html_event *e)
{
	static const char *const names[] = { "b", "strong", "th", "dt", NULL };
	if (is_one_of(e->text, names))
		return true;
	const str *style = html_get(e, "style");
	size_t at = style ? str_find_nocase(*style, STR("font-weight"), 0) : SIZE_MAX;
	if (at == SIZE_MAX)
		return false;
	str weight = str_skip(*style, at + STR("font-weight").len);
	while (weight.len && (is_space(weight.ptr[0]) || weight.ptr[0] == ':'))
		weight = str_skip(weight, 1);
	return str_starts(weight, STR("bold")) ||
		   (weight.len > 2 && weight.ptr[0] >= '6' && weight.ptr[0] <= '9' && is_digit(weight.ptr[1]));
}

static bool is_left_out(const html_event *e, bool visible)
{
	static const char *const never[] = { "script", "style", "noscript", "template", "svg", "head", "title",
		"select", "iframe", "object", "textarea", NULL };
	static const char *const around[] = { "nav", "header", "footer", "aside", "form", "button", "dialog",
		NULL };
	if (is_one_of(e->text, never) || (visible && is_one_of(e->text, around)))
		return true;
	const str *aria = html_get(e, "aria-hidden");
	return visible && (html_get(e, "hidden") || (aria && str_eq(*aria, STR("true"))));
}

static bool is_block(str name)
{
	static const char *const names[] = { "p", "div", "br", "li", "ul", "ol", "section", "article", "main",
		"header", "footer", "aside", "nav", "table", "tr", "td", "th", "tbody", "thead", "dl", "dt", "dd",
		"pre", "blockquote", "hr", "figure", "figcaption", "form", "fieldset", "address", "details",
		"summary", "body", "html", "center", "caption", NULL };
	return is_one_of(name, names);
}

static bool is_heading(str name)
{
	return name.len == 2 && name.ptr[0] == 'h' && name.ptr[1] >= '1' && name.ptr[1] <= '6';
}

static bool is_edge(const html_event *e)
{
	return e->kind != HTML_TEXT && (is_block(e->text) || is_heading(e->text));
}

/* The next event from i on, in steps of one forwards or backwards, that is no white space; SIZE_MAX: none. */
static size_t past_space(const html_events *all, size_t i, size_t step)
{
	while (i < all->len && all->ptr[i].kind == HTML_TEXT && !str_trim(all->ptr[i].text).len)
		i += step;
	return i < all->len ? i : SIZE_MAX;
}

/* A link of some words that has a block for itself leads away from the posting: "View the original GitHub
 * issue". */
static bool is_link_away(const html_events *all, size_t i)
{
	enum { WORDS = 3 };
	const html_event *e = &all->ptr[i];
	const str *href = html_get(e, "href");
	if (!str_eq(e->text, STR("a")) || !href || str_starts(*href, STR("#")) || i == 0 || e->end <= i)
		return false;
	size_t before = past_space(all, i - 1, SIZE_MAX), next = past_space(all, e->end, 1), words = 0;
	if ((before != SIZE_MAX && !is_edge(&all->ptr[before])) ||
		(next != SIZE_MAX && !is_edge(&all->ptr[next])))
		return false;
	for (size_t k = i + 1; k < e->end && k < all->len; k++)
		for (str_cut cut = { .tail = all->ptr[k].text, .ok = all->ptr[k].kind == HTML_TEXT }; cut.ok;) {
			cut = str_split(cut.tail, ' ');
			words += str_trim(cut.head).len > 0;
		}
	return words >= WORDS;
}

typedef struct {
	text_builder *b;
	size_t bold, items, headings, pre;
	bool lines;
} state;

static void count(state *s, const html_event *e, bool up)
{
	size_t step = up ? 1 : SIZE_MAX; /* wraps to minus one */
	s->bold += is_bold(e) ? step : 0;
	s->items += str_eq(e->text, STR("li")) ? step : 0;
	s->headings += is_heading(e->text) ? step : 0;
	s->pre += str_eq(e->text, STR("pre")) ? step : 0;
}

static void next_block(state *s)
{
	text_begin(s->b, s->headings ? BLOCK_HEADING : s->items ? BLOCK_ITEM : BLOCK_PARAGRAPH);
}

static void put_text(state *s, str text)
{
	bool strong = s->bold || s->headings;
	str_cut cut = { .tail = text };
	if (!s->lines && !s->pre) {
		text_add(s->b, text, strong);
		return;
	}
	do {
		cut = str_split(cut.tail, '\n');
		text_add(s->b, cut.head, strong);
		if (cut.ok)
			next_block(s);
	} while (cut.ok);
}

void html_blocks(text_builder *b, const html_events *all, size_t from, size_t to, bool visible, bool lines)
{
	state s = { .b = b, .lines = lines };
	const html_event *open[POSTING_NESTING_MAX];
	size_t depth = 0;
	for (size_t i = from; i < to && i < all->len; i++) {
		const html_event *e = &all->ptr[i];
		if (e->kind == HTML_TEXT) {
			put_text(&s, e->text);
			continue;
		}
		bool away = visible && !s.items && !s.headings && e->kind == HTML_OPEN && is_link_away(all, i);
		if (away || (e->kind == HTML_OPEN && is_left_out(e, visible))) {
			i = e->end > i ? e->end - 1 : i;
			continue;
		}
		if (e->kind == HTML_OPEN && depth < POSTING_NESTING_MAX) {
			open[depth++] = e;
			count(&s, e, true);
		} else if (e->kind == HTML_CLOSE && depth) {
			count(&s, open[--depth], false);
		}
		if (is_block(e->text) || is_heading(e->text))
			next_block(&s);
	}
	text_end(b);
}

/* Bytes of the entity at the beginning; 0 if it is none. */
static size_t read_entity(str s, uint32_t *c)
{
	static const struct {
		const char *name;
		uint32_t c;
	} known[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' }, { "&quot;", '"' }, { "&apos;", '\'' } };
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_starts(s, str_from(known[i].name))) {
			*c = known[i].c;
			return strlen(known[i].name);
		}
	if (!str_starts(s, STR("&#")) || s.len < 4)
		return 0;
	bool hex = to_lower(s.ptr[2]) == 'x';
	size_t i = hex ? 3 : 2, from = i;
	for (*c = 0; i < s.len && i < from + 7; i++) {
		char d = to_lower(s.ptr[i]);
		if (is_digit(d))
			*c = *c * (hex ? 16 : 10) + (uint32_t)(d - '0');
		else if (hex && d >= 'a' && d <= 'f')
			*c = *c * 16 + (uint32_t)(d - 'a' + 10);
		else
			break;
	}
	bool ok = i > from && i < s.len && s.ptr[i] == ';' && *c && *c < 0x110000 && (*c < 0xD800 || *c > 0xDFFF);
	return ok ? i + 1 : 0;
}

str html_unescape(arena *a, str s)
{
	buf b = { .arena = a };
	size_t from = 0;
	for (size_t at = str_find(s, STR("&"), 0); at != SIZE_MAX; at = str_find(s, STR("&"), at + 1)) {
		uint32_t c;
		size_t n = read_entity(str_skip(s, at), &c);
		if (!n)
			continue;
		buf_str(&b, str_sub(s, from, at - from));
		buf_code_point(&b, c);
		from = at + n;
		at = from - 1;
	}
	if (!from)
		return s;
	buf_str(&b, str_skip(s, from));
	return buf_done(&b);
}
