#include "check/page.h"

#include "base/buf.h"
#include "base/text.h"

#include <libxml/parser.h>
#include <limits.h>
#include <string.h>

static const char *const quoted_elements[] = { "code", "kbd", "pre", "samp", "script", "style" };

static str copy(arena *a, const xmlChar *s)
{
	return s ? arena_str(a, str_from((const char *)s)) : STR("");
}

/* The value's pieces; entities other than the predefined ones cannot occur, since there is no DTD. */
static str attribute_value(arena *a, const xmlAttr *attribute)
{
	buf b = { .arena = a };
	for (const xmlNode *n = attribute->children; n; n = n->next)
		if (n->content)
			buf_str(&b, str_from((const char *)n->content));
	return buf_done(&b);
}

static void read_attributes(page *p, arena *a, page_node *out, const xmlNode *element)
{
	size_t count = 0;
	for (const xmlAttr *at = element->properties; at; at = at->next)
		count++;
	page_attribute *all = NEWN(a, page_attribute, count);
	for (const xmlAttr *at = element->properties; all && at; at = at->next) {
		str name = copy(a, at->name);
		if (at->ns && at->ns->prefix)
			name = arena_printf(a, "%s:%.*s", (const char *)at->ns->prefix, STRF(name));
		all[out->attributes.len++] = (page_attribute){ .name = name, .value = attribute_value(a, at) };
	}
	out->attributes.ptr = all;
	const str *id = page_get(out, "id");
	if (id && map_has(&p->ids, *id))
		p->repeated_id = *id;
	else if (id)
		map_put(&p->ids, *id, (void *)(uintptr_t)(p->nodes.len + 1));
}

static bool is_quoted(const char *name)
{
	for (size_t i = 0; i < COUNT(quoted_elements); i++)
		if (strcmp(name, quoted_elements[i]) == 0)
			return true;
	return false;
}

static void add_node(page *p, arena *a, const xmlNode *n, uint32_t parent)
{
	bool inside = p->nodes.len && p->nodes.ptr[parent].quoted;
	long line = xmlGetLineNo(n);
	page_node fresh = { .parent = parent, .line = line > 0 ? (unsigned)line : 0, .quoted = inside };
	fresh.end = (uint32_t)p->nodes.len + 1;
	if (n->type == XML_ELEMENT_NODE) {
		fresh.name = copy(a, n->name);
		fresh.quoted |= is_quoted((const char *)n->name);
		read_attributes(p, a, &fresh, n);
	} else {
		fresh.text = copy(a, n->content);
	}
	vec_push(a, &p->nodes, fresh);
}

static bool is_wanted(const xmlNode *n)
{
	return n->type == XML_ELEMENT_NODE || n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE;
}

/* In document order, without recursion. `parent` is the index of the element that holds `n`. */
static void walk(page *p, arena *a, const xmlNode *root)
{
	const xmlNode *n = root;
	uint32_t parent = 0;
	while (n && !a->failed) {
		uint32_t index = (uint32_t)p->nodes.len;
		if (is_wanted(n))
			add_node(p, a, n, parent);
		if (n->type == XML_ELEMENT_NODE && n->children) {
			parent = index;
			n = n->children;
			continue;
		}
		while (n != root && !n->next) {
			n = n->parent;
			p->nodes.ptr[parent].end = (uint32_t)p->nodes.len;
			parent = p->nodes.ptr[parent].parent;
		}
		n = n == root ? NULL : n->next;
	}
}

static void set_fault(page *out, arena *a, xmlParserCtxtPtr parser)
{
	const xmlError *e = xmlCtxtGetLastError(parser);
	out->fault = e && e->message ? text_one_line(a, str_from(e->message)) : STR("it has no content");
	out->fault_line = e && e->line > 0 ? (unsigned)e->line : 0;
}

/* A tag begins at most one element and ends at most one piece of text, and half of the tags are closing ones:
 * room for all nodes at once, because pages are large and growing would leave half of the memory behind. */
static void reserve(page *out, arena *a, str bytes)
{
	size_t tags = 0;
	for (size_t at = str_find(bytes, STR("<"), 0); at != SIZE_MAX; at = str_find(bytes, STR("<"), at + 1))
		tags++;
	out->nodes.cap = tags + tags / 2 + 1;
	out->nodes.ptr = NEWN(a, page_node, out->nodes.cap);
	if (!out->nodes.ptr)
		out->nodes.cap = 0;
}

void page_read(page *out, arena *a, const document *d)
{
	*out = (page){ .document = d, .ids = { .arena = a } };
	if (d->bytes.len > PAGE_BYTES_MAX) {
		out->fault = STR("it is larger than what can be checked");
		return;
	}
	xmlParserCtxtPtr parser = xmlNewParserCtxt();
	xmlDocPtr xml = NULL;
	if (!parser) {
		out->fault = STR("there is not enough memory to read it");
		return;
	}
	xml = xmlCtxtReadMemory(parser, d->bytes.len ? d->bytes.ptr : "", (int)d->bytes.len, NULL, NULL,
		XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES);
	const xmlNode *root = xml ? xmlDocGetRootElement(xml) : NULL;
	if (root) {
		reserve(out, a, d->bytes);
		walk(out, a, root);
	} else
		set_fault(out, a, parser);
	if (a->failed)
		out->nodes.len = 0;
	xmlFreeDoc(xml);
	xmlFreeParserCtxt(parser);
}

const str *page_get(const page_node *n, const char *attribute)
{
	EACH (const page_attribute, at, n->attributes)
		if (str_eq(at->name, str_from(attribute)))
			return &at->value;
	return NULL;
}

bool page_is(const page_node *n, const char *element)
{
	return n->name.len && str_eq(n->name, str_from(element));
}

str page_text(arena *a, const page *p, size_t node)
{
	buf b = { .arena = a };
	for (size_t i = node; i < p->nodes.ptr[node].end; i++)
		buf_str(&b, p->nodes.ptr[i].text);
	return text_one_line(a, buf_done(&b));
}

int page_heading_level(const page_node *n)
{
	bool is = n->name.len == 2 && n->name.ptr[0] == 'h' && n->name.ptr[1] >= '1' && n->name.ptr[1] <= '6';
	return is ? n->name.ptr[1] - '0' : 0;
}

str page_part(arena *a, const page *p, const char *id)
{
	size_t index = (size_t)(uintptr_t)map_get(&p->ids, str_from(id));
	if (!index)
		return STR("");
	const page_node *first = &p->nodes.ptr[index - 1];
	int level = page_heading_level(first);
	size_t end = level ? p->nodes.ptr[first->parent].end : first->end;
	buf b = { .arena = a };
	for (size_t i = level ? first->end : index; i < end; i++) {
		const page_node *n = &p->nodes.ptr[i];
		int inner = page_heading_level(n);
		if (level && inner && inner <= level)
			break;
		if (inner)
			i = n->end - 1;
		else
			buf_str(&b, n->text);
	}
	return text_one_line(a, buf_done(&b));
}

size_t page_around(const page *p, size_t node, const char *element)
{
	while (node != p->nodes.ptr[node].parent) {
		node = p->nodes.ptr[node].parent;
		if (page_is(&p->nodes.ptr[node], element))
			return node;
	}
	return SIZE_MAX;
}

size_t page_inside(const page *p, size_t node, size_t from, const char *element)
{
	for (size_t i = from > node ? from : node + 1; i < p->nodes.ptr[node].end; i++)
		if (page_is(&p->nodes.ptr[i], element))
			return i;
	return SIZE_MAX;
}
