/* What was rendered: headings, tables, images, links, addresses. Contrast, focus and layout need a person, so
 * that no finding here means "no known failure" and never "accessible". */
#include "base/text.h"
#include "check/checker.h"
#include "check/words.h"
#include "model/address.h"

static place place_node(const page *p, const page_node *n)
{
	return place_document(p->document, n->line);
}

static void each_node(checker *k, void (*look)(checker *k, const page *p, size_t index))
{
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < pages[i].nodes.len; n++)
			if (pages[i].nodes.ptr[n].name.len)
				look(k, &pages[i], n);
}

static void each_page(checker *k, void (*look)(checker *k, const page *p))
{
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++)
		look(k, &pages[i]);
}

static bool is_hidden(const page_node *n)
{
	const str *hidden = page_get(n, "aria-hidden");
	return hidden && str_eq(*hidden, STR("true"));
}

/* What assistive technology calls the element: its label, or else its text and that of images inside it. */
static str name_of(checker *k, const page *p, size_t index)
{
	const str *label = page_get(&p->nodes.ptr[index], "aria-label");
	if (label && label->len)
		return text_one_line(k->arena, *label);
	buf b = { .arena = k->arena };
	for (size_t i = index; i < p->nodes.ptr[index].end; i++) {
		const str *alt = page_is(&p->nodes.ptr[i], "img") ? page_get(&p->nodes.ptr[i], "alt") : NULL;
		buf_str(&b, alt ? *alt : p->nodes.ptr[i].text);
	}
	return text_one_line(k->arena, buf_done(&b));
}

static void check_headings(checker *k, const page *p)
{
	int last = 0;
	size_t first_level = 0;
	for (size_t i = 0; i < p->nodes.len; i++) {
		const page_node *n = &p->nodes.ptr[i];
		int h = page_heading_level(n);
		if (!h)
			continue;
		first_level += h == 1;
		if (h > last + 1)
			found(k, place_node(p, n), "a heading of level %d follows one of level %d", h, last);
		if (h == 1 && first_level == 2)
			found(k, place_node(p, n), "there is a second heading of level 1");
		if (!name_of(k, p, i).len)
			found(k, place_node(p, n), "a heading is empty");
		last = h;
	}
	if (p->nodes.len && !first_level)
		found(k, place_document(p->document, 0), "there is no heading of level 1");
}

void rule_x_01(checker *k)
{
	each_page(k, check_headings);
}

static bool merges(const page_node *n, const char *attribute)
{
	const str *span = page_get(n, attribute);
	return span && !str_eq(*span, STR("1"));
}

/* Cells of a table inside this one are not its own. */
static bool is_own(const page *p, size_t table, size_t index)
{
	return page_around(p, index, "table") == table;
}

static void check_table(checker *k, const page *p, size_t table)
{
	const page_node *t = &p->nodes.ptr[table];
	bool headers = false, scopes = true, merged = false, caption = false;
	if (!page_is(t, "table"))
		return;
	for (size_t i = table + 1; i < t->end; i++) {
		const page_node *n = &p->nodes.ptr[i];
		bool th = page_is(n, "th"), cell = th || page_is(n, "td");
		if ((!cell && !page_is(n, "caption")) || !is_own(p, table, i))
			continue;
		headers |= th;
		scopes &= !th || page_get(n, "scope");
		merged |= cell && (merges(n, "colspan") || merges(n, "rowspan"));
		caption |= !cell && page_text(k->arena, p, i).len;
	}
	const struct {
		bool bad;
		const char *text;
	} faults[] = { { !headers, "a table has no header cells" },
		{ !scopes, "a header cell of a table has no scope" }, { merged, "a table has merged cells" },
		{ !caption, "a table has no caption" } };
	for (size_t i = 0; i < COUNT(faults); i++)
		if (faults[i].bad)
			found(k, place_node(p, t), "%s", faults[i].text);
}

void rule_x_02(checker *k)
{
	each_node(k, check_table);
}

static bool has_text(const page_node *n, const char *attribute)
{
	const str *s = page_get(n, attribute);
	return s && str_trim(*s).len;
}

static bool has_child_text(checker *k, const page *p, size_t index, const char *element)
{
	size_t child = page_inside(p, index, 0, element);
	return child != SIZE_MAX && page_text(k->arena, p, child).len;
}

/* A drawing has a name, and for its content a description or a table in the same figure. */
static void check_drawing(checker *k, const page *p, size_t index)
{
	const page_node *n = &p->nodes.ptr[index];
	if (!has_text(n, "aria-label") && !has_text(n, "aria-labelledby") &&
		!has_child_text(k, p, index, "title"))
		found(k, place_node(p, n), "a drawing has no name: aria-label, aria-labelledby or title");
	size_t figure = page_around(p, index, "figure");
	bool described =
		has_child_text(k, p, index, "desc") || has_text(n, "aria-describedby") || has_text(n, "aria-details");
	if (figure != SIZE_MAX && !described && page_inside(p, figure, 0, "table") == SIZE_MAX)
		found(
			k, place_node(p, n), "the figure of a drawing has no table and no description of what it shows");
}

static void check_image(checker *k, const page *p, size_t index)
{
	const page_node *n = &p->nodes.ptr[index];
	if (is_hidden(n))
		return;
	const str *as = page_get(n, "role");
	bool decoration = as && (str_eq(*as, STR("presentation")) || str_eq(*as, STR("none")));
	if (page_is(n, "img") && !decoration && !has_text(n, "alt"))
		found(k, place_node(p, n), "an image has no alt text");
	if (page_is(n, "svg") && !decoration && page_around(p, index, "svg") == SIZE_MAX)
		check_drawing(k, p, index);
}

void rule_x_03(checker *k)
{
	each_node(k, check_image);
}

static void check_frame(checker *k, const page *p)
{
	if (p->fault.len) {
		found(k, place_document(p->document, p->fault_line), "is not well-formed: %.*s", STRF(p->fault));
		return;
	}
	if (!p->nodes.len)
		return;
	const page_node *root = &p->nodes.ptr[0];
	size_t head = page_inside(p, 0, 0, "head");
	if (!has_text(root, "lang") && !has_text(root, "xml:lang"))
		found(k, place_node(p, root), "the page has no language");
	if (head == SIZE_MAX || !has_child_text(k, p, head, "title"))
		found(k, place_node(p, root), "the page has no title");
	if (p->repeated_id.len)
		found(k, place_document(p->document, 0), "the id '%.*s' is used twice", STRF(p->repeated_id));
}

void rule_x_04(checker *k)
{
	each_page(k, check_frame);
}

static bool is_address(str text)
{
	return str_starts(text, STR("http://")) || str_starts(text, STR("https://")) ||
		   str_starts(text, STR("www."));
}

static void check_link(checker *k, const page *p, size_t index, map *targets)
{
	const page_node *n = &p->nodes.ptr[index];
	const str *to = page_get(n, "href");
	str text = to ? text_lower(k->arena, name_of(k, p, index)) : STR("");
	if (!to || is_hidden(n))
		return;
	const str *former = map_get(targets, text);
	if (!text.len)
		found(k, place_node(p, n), "a link to '%.*s' has no text", STRF(*to));
	else if (words_empty_link(text))
		found(k, place_node(p, n), "the link text '%.*s' does not say where the link leads", STRF(text));
	else if (is_address(text))
		found(k, place_node(p, n), "the link text '%.*s' is a bare address", STRF(text));
	else if (former && !str_eq(*former, *to))
		found(k, place_node(p, n), "the link text '%.*s' leads to '%.*s' and to '%.*s'", STRF(text),
			STRF(*former), STRF(*to));
	if (!former)
		map_put(targets, text, (void *)(uintptr_t)to);
}

static void check_links(checker *k, const page *p)
{
	map targets = { .arena = k->arena };
	size_t link_end = 0;
	for (size_t i = 0; i < p->nodes.len; i++) {
		const page_node *n = &p->nodes.ptr[i];
		if (page_is(n, "a")) {
			link_end = n->end;
			check_link(k, p, i, &targets);
		}
		bool bare = str_find(n->text, STR("http://"), 0) != SIZE_MAX ||
					str_find(n->text, STR("https://"), 0) != SIZE_MAX;
		if (bare && !n->quoted && i >= link_end)
			found(k, place_node(p, n), "a bare address stands in the text");
	}
}

void rule_x_05(checker *k)
{
	each_page(k, check_links);
}

typedef struct {
	checker *k;
	map known; /* addresses already looked up -> &yes or &no */
} address_book;

static bool is_known(address_book *book, str text)
{
	static const bool answers[] = { false, true };
	const bool *answer = map_get(&book->known, text);
	if (!answer) {
		answer = &answers[address_known(book->k->c, text)];
		map_put(&book->known, text, (void *)(uintptr_t)answer);
	}
	return *answer;
}

static bool has_digit(str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (is_digit(s.ptr[i]))
			return true;
	return false;
}

static void check_why(address_book *book, const page *p, size_t index)
{
	const page_node *n = &p->nodes.ptr[index];
	const str *why = page_get(n, "data-why");
	if (why && !is_known(book, *why))
		found(book->k, place_node(p, n), "data-why says '%.*s', which is no known address", STRF(*why));
	else if (!why && page_is(n, "data") && has_digit(page_text(book->k->arena, p, index)))
		found(book->k, place_node(p, n), "the number '%.*s' has no data-why",
			STRF(page_text(book->k->arena, p, index)));
}

void rule_t_01(checker *k)
{
	address_book book = { .k = k, .known = { .arena = k->arena } };
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < pages[i].nodes.len; n++)
			check_why(&book, &pages[i], n);
}
