/* Saved pages: what they declare by JSON-LD, else by microdata; and what can be seen of them. */
#include "read/posting_parts.h"

#include "base/text.h"

enum { ITEMS_NESTING_MAX = 16 };

static bool is_element(const html_event *e, const char *name)
{
	return e->kind == HTML_OPEN && str_eq(e->text, str_from(name));
}

static str text_inside(arena *a, const html_events *all, size_t i)
{
	buf b = { .arena = a };
	for (size_t k = i + 1; k + 1 < all->ptr[i].end; k++)
		if (all->ptr[k].kind == HTML_TEXT)
			buf_str(&b, all->ptr[k].text);
	return buf_done(&b);
}

/* --- JSON-LD --- */

static void read_script(posting_page *p, arena *a, str text, shape_context *c)
{
	value v;
	str fault;
	unsigned line;
	text = str_trim(text);
	if (str_find_nocase(text, STR("JobPosting"), 0) == SIZE_MAX)
		return; /* about something else: its faults are nobody's business here */
	bool ok = posting_json(&v, a, text, &fault, &line);
	if (!ok)
		ok = posting_json(&v, a, posting_json_repair(a, text), &fault, &line);
	if (!ok && str_find(text, STR("&quot;"), 0) != SIZE_MAX)
		ok = posting_json(&v, a, posting_json_repair(a, html_unescape(a, text)), &fault, &line);
	if (ok)
		vec_push(a, &p->items, v);
	else
		say(c, E_POSTING_MARKUP, "a JSON-LD block that speaks of a JobPosting cannot be read: %.*s",
			STRF(fault));
}

static void find_scripts(posting_page *p, arena *a, shape_context *c)
{
	for (size_t i = 0; i < p->events.len; i++) {
		const html_event *e = &p->events.ptr[i];
		const str *type = is_element(e, "script") ? html_get(e, "type") : NULL;
		if (type && str_find_nocase(*type, STR("ld+json"), 0) != SIZE_MAX)
			read_script(p, a, text_inside(a, &p->events, i), c);
	}
}

/* --- microdata --- */

static void escape(buf *b, str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '<')
			BUF_LIT(b, "&lt;");
		else if (s.ptr[i] == '&')
			BUF_LIT(b, "&amp;");
		else
			buf_char(b, s.ptr[i]);
}

/* What is inside an element, as HTML again, so that a description keeps its paragraphs. */
static str html_inside(arena *a, const html_events *all, size_t i)
{
	buf b = { .arena = a };
	for (size_t k = i + 1; k + 1 < all->ptr[i].end; k++) {
		const html_event *e = &all->ptr[k];
		if (e->kind == HTML_TEXT)
			escape(&b, e->text);
		else if (!str_eq(e->text, STR("script")) && !str_eq(e->text, STR("style")))
			buf_printf(&b, "<%s%.*s>", e->kind == HTML_CLOSE ? "/" : "", STRF(e->text));
		else if (e->kind == HTML_OPEN && e->end > k)
			k = e->end - 1;
	}
	return str_trim(buf_done(&b));
}

static value read_item(const html_events *all, size_t i, arena *a, size_t depth);

static value read_property(const html_events *all, size_t i, arena *a, size_t depth)
{
	static const char *const attributes[] = { "content", "datetime", "href", "src" };
	const html_event *e = &all->ptr[i];
	if (html_get(e, "itemscope") && depth < ITEMS_NESTING_MAX)
		return read_item(all, i, a, depth + 1);
	for (size_t k = 0; k < COUNT(attributes); k++) {
		const str *v = html_get(e, attributes[k]);
		if (v)
			return value_string(*v);
	}
	return value_string(html_inside(a, all, i));
}

/* A property that occurs again makes a list. */
static void add_property(arena *a, value item, str name, value v)
{
	const value *old = value_get(item, name);
	if (old) {
		size_t n = old->kind == V_LIST ? old->list.len : 1;
		if (n >= 64)
			return;
		value list = value_new_list(a, n + 1);
		for (size_t k = 0; k < n && list.kind == V_LIST && list.list.len; k++)
			list.list.ptr[k] = old->kind == V_LIST ? old->list.ptr[k] : *old;
		if (list.kind == V_LIST && list.list.len)
			list.list.ptr[n] = v;
		v = list;
	}
	value_set_str(a, item, name, v);
}

static value read_item(const html_events *all, size_t i, arena *a, size_t depth)
{
	value item = value_new_map(a);
	const str *type = html_get(&all->ptr[i], "itemtype");
	value_set(a, item, "@type", value_string(type ? *type : STR("")));
	for (size_t k = i + 1; k + 1 < all->ptr[i].end && !a->failed; k++) {
		const html_event *e = &all->ptr[k];
		const str *name = e->kind == HTML_OPEN ? html_get(e, "itemprop") : NULL;
		if (name)
			add_property(a, item, str_split(str_trim(*name), ' ').head, read_property(all, k, a, depth));
		if (e->kind == HTML_OPEN && html_get(e, "itemscope") && e->end > k)
			k = e->end - 1; /* its properties are its own */
	}
	return item;
}

static void find_microdata(posting_page *p, arena *a)
{
	for (size_t i = 0; i < p->events.len; i++) {
		const html_event *e = &p->events.ptr[i];
		const str *type = e->kind == HTML_OPEN ? html_get(e, "itemtype") : NULL;
		if (!type || !str_ends(str_trim(*type), STR("schema.org/JobPosting")))
			continue;
		value item = read_item(&p->events, i, a, 0);
		value_set(a, item, "@type", value_literal("JobPosting"));
		vec_push(a, &p->items, item);
		i = e->end > i ? e->end - 1 : i;
	}
}

/* --- what can be seen --- */

/* The element that holds the content: main, else article if there is only one, else everything. */
static void find_content(const posting_page *p, size_t *from, size_t *to)
{
	size_t articles = 0, article = 0;
	*from = 0;
	*to = p->events.len;
	for (size_t i = 0; i < p->events.len; i++) {
		const html_event *e = &p->events.ptr[i];
		if (is_element(e, "main")) {
			*from = i;
			*to = e->end;
			return;
		}
		if (is_element(e, "article")) {
			articles++;
			article = i;
		}
	}
	if (articles == 1) {
		*from = article;
		*to = p->events.ptr[article].end;
	}
}

void page_visible(text_builder *b, const posting_page *p)
{
	size_t from, to;
	find_content(p, &from, &to);
	html_blocks(b, &p->events, from, to, true, false);
}

void page_facts(posting *out, const posting_page *p, arena *a)
{
	str name = STR(""), heading = STR(""), shared = STR("");
	for (size_t i = 0; i < p->events.len; i++) {
		const html_event *e = &p->events.ptr[i];
		if (!name.len && is_element(e, "title"))
			name = text_inside(a, &p->events, i);
		if (!heading.len && is_element(e, "h1"))
			heading = text_inside(a, &p->events, i);
		const str *property = is_element(e, "meta") ? html_get(e, "property") : NULL;
		const str *content = property ? html_get(e, "content") : NULL;
		if (content && str_eq(*property, STR("og:title")))
			shared = *content;
		if (content && str_eq(*property, STR("og:url")))
			out->url = text_one_line(a, *content);
	}
	str best = heading.len ? heading : shared.len ? shared : name;
	if (!out->title.len)
		out->title = text_one_line(a, best);
}

void page_find(posting_page *out, arena *a, str utf8, shape_context *c)
{
	*out = (posting_page){ .form = "json-ld" };
	str problem;
	html_read(&out->events, a, utf8, &problem);
	if (problem.len)
		say(c, E_POSTING_MARKUP, "the page was read in part: %.*s", STRF(problem));
	find_scripts(out, a, c);
	if (out->items.len)
		return;
	out->form = "microdata";
	find_microdata(out, a);
	if (!out->items.len)
		out->form = "page";
}
