/* libyaml's events to a tree. libyaml is quadratic in nesting, so the depth is counted over events and
 * parsing stops. */
#include "read/yaml.h"

#include "base/map.h"
#include "base/utf8.h"

#include <yaml.h>

typedef struct {
	arena *arena;
	diags *diags;
	uint32_t source;
	str text;          /* without a byte order mark */
	uint32_t skipped;  /* bytes of the mark */
	size_t characters; /* cursor: libyaml counts characters, we count bytes */
	size_t bytes;
	map anchors;
	size_t nodes;
	yaml_parser_t parser;
} reader;

enum { SMALL_MAP = 16 };

/* Marks come almost in order, so the cursor seldom goes back; it does at most to the start of the token
 * before. */
static uint32_t byte_offset(reader *r, size_t characters)
{
	while (r->characters > characters) {
		r->bytes--;
		while (r->bytes && ((unsigned char)r->text.ptr[r->bytes] & 0xC0) == 0x80)
			r->bytes--;
		r->characters--;
	}
	while (r->characters < characters && r->bytes < r->text.len) {
		r->bytes++;
		while (r->bytes < r->text.len && ((unsigned char)r->text.ptr[r->bytes] & 0xC0) == 0x80)
			r->bytes++;
		r->characters++;
	}
	return (uint32_t)r->bytes + r->skipped;
}

static loc place(reader *r, yaml_mark_t mark)
{
	return (loc){ .source = r->source, .offset = byte_offset(r, mark.index) };
}

static bool has_properties(const yaml_event_t *e)
{
	if (e->type == YAML_SCALAR_EVENT)
		return e->data.scalar.anchor || e->data.scalar.tag;
	if (e->type == YAML_SEQUENCE_START_EVENT)
		return e->data.sequence_start.anchor || e->data.sequence_start.tag;
	return e->data.mapping_start.anchor || e->data.mapping_start.tag;
}

static yaml_span written(reader *r, const yaml_event_t *e)
{
	uint32_t from = byte_offset(r, e->start_mark.index);
	return (yaml_span){ .from = from, .to = byte_offset(r, e->end_mark.index) };
}

static yaml_node *new_node(reader *r, yaml_kind kind, const yaml_event_t *e)
{
	yaml_node *n = NEW(r->arena, yaml_node);
	if (!n)
		return NULL;
	n->kind = kind;
	n->size = 1;
	n->height = kind == YAML_SCALAR ? 0 : 1;
	n->marked = has_properties(e);
	n->written = written(r, e);
	n->at = (loc){ .source = r->source, .offset = n->written.from };
	n->end = n->written.to;
	if (++r->nodes > YAML_NODES) {
		diag_add(r->diags, E_YAML_SIZE, n->at, "more than %d values in one file", YAML_NODES);
		return NULL;
	}
	return n;
}

static bool next(reader *r, yaml_event_t *e)
{
	if (yaml_parser_parse(&r->parser, e))
		return true;
	const char *hint = r->parser.problem && str_find(str_from(r->parser.problem),
												STR("mapping values are not allowed"), 0) != SIZE_MAX
						   ? "; a value that contains ': ' needs quotes"
						   : "";
	loc at = place(r, r->parser.problem_mark);
	if (r->parser.error == YAML_READER_ERROR) /* a character that YAML has not: no mark, but a byte offset */
		at.offset = r->skipped + (uint32_t)r->parser.problem_offset;
	diag_add(r->diags, E_YAML_SYNTAX, at, "%s%s%s%s", r->parser.problem ? r->parser.problem : "not YAML",
		r->parser.context ? " " : "", r->parser.context ? r->parser.context : "", hint);
	return false;
}

static yaml_node *read_node(reader *r, const yaml_event_t *e, unsigned depth);

static void anchor(reader *r, const yaml_char_t *name, yaml_node *n)
{
	if (name && n)
		map_put(&r->anchors, arena_str(r->arena, str_from((const char *)name)), n);
}

static yaml_node *read_scalar(reader *r, const yaml_event_t *e)
{
	yaml_node *n = new_node(r, YAML_SCALAR, e);
	if (!n)
		return NULL;
	n->quoted = e->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
	n->block =
		e->data.scalar.style == YAML_LITERAL_SCALAR_STYLE || e->data.scalar.style == YAML_FOLDED_SCALAR_STYLE;
	str text = { .ptr = (const char *)e->data.scalar.value, .len = e->data.scalar.length };
	str verbatim = str_sub(r->text, n->at.offset - r->skipped, n->end - n->at.offset);
	n->text = str_eq(text, verbatim) ? verbatim : arena_str(r->arena, text);
	anchor(r, e->data.scalar.anchor, n);
	return n;
}

static yaml_node *too_deep(reader *r, const yaml_event_t *e)
{
	diag_add(r->diags, E_YAML_DEPTH, place(r, e->start_mark), "nested deeper than %d levels", YAML_DEPTH);
	return NULL;
}

static yaml_node *read_alias(reader *r, const yaml_event_t *e, unsigned depth)
{
	str name = str_from((const char *)e->data.alias.anchor);
	yaml_node *n = map_get(&r->anchors, name);
	if (!n) {
		diag_add(r->diags, E_YAML_SYNTAX, place(r, e->start_mark), "no anchor '&%.*s' before this alias",
			STRF(name));
		return NULL;
	}
	if (depth + n->height > YAML_DEPTH)
		return too_deep(r, e);
	r->nodes += n->size;
	if (r->nodes > YAML_NODES) {
		diag_add(r->diags, E_YAML_SIZE, place(r, e->start_mark),
			"aliases expand to more than %d values in one file", YAML_NODES);
		return NULL;
	}
	yaml_node *here = NEW(r->arena, yaml_node);
	if (!here)
		return NULL;
	*here = *n;
	here->alias = true;
	here->written = written(r, e);
	return here;
}

static void contain(yaml_node *n, const yaml_node *inner)
{
	n->size += inner->size;
	n->end = n->written.to = inner->written.to;
	if (n->height <= inner->height)
		n->height = inner->height + 1;
}

/* A list or map between brackets ends with its bracket, any other with the last node in it: libyaml ends
 * those where the next token begins. */
static void close_node(reader *r, yaml_node *n, const yaml_event_t *e)
{
	if (n->flow)
		n->end = n->written.to = byte_offset(r, e->end_mark.index);
}

static bool read_list(reader *r, yaml_node *n, unsigned depth)
{
	for (;;) {
		yaml_event_t e;
		if (!next(r, &e))
			return false;
		bool end = e.type == YAML_SEQUENCE_END_EVENT;
		yaml_node *item = end ? NULL : read_node(r, &e, depth);
		if (end)
			close_node(r, n, &e);
		yaml_event_delete(&e);
		if (end)
			return true;
		if (!item)
			return false;
		contain(n, item);
		vec_push(r->arena, &n->items, item);
	}
}

/* Where that key stands already, or NULL; small maps are searched, larger ones have an index. */
static const loc *find_key(const yaml_node *n, map *keys, str key)
{
	if (n->pairs.len < SMALL_MAP) {
		EACH (yaml_pair, p, n->pairs)
			if (str_eq(p->key, key))
				return &p->at;
		return NULL;
	}
	if (keys->entries.len == 0)
		EACH (yaml_pair, p, n->pairs)
			map_put(keys, p->key, &p->at);
	return map_get(keys, key);
}

static bool read_pair(reader *r, yaml_node *n, map *keys, const yaml_event_t *e, unsigned depth)
{
	yaml_node *key = read_node(r, e, depth);
	if (!key)
		return false;
	if (key->kind != YAML_SCALAR) {
		diag_add(r->diags, E_YAML_SYNTAX, key->at, "a key must be a single word, not a list or map");
		return false;
	}
	const loc *before = find_key(n, keys, key->text);
	if (before) {
		position first = sources_position(r->diags->sources, *before);
		diag_span(r->diags, E_DUPLICATE_KEY, key->at, (uint32_t)key->text.len,
			"key '%.*s' is already given at line %u, column %u", STRF(key->text), first.line, first.column);
	}
	yaml_event_t v;
	if (!next(r, &v))
		return false;
	yaml_node *value = read_node(r, &v, depth);
	yaml_event_delete(&v);
	if (!value)
		return false;
	contain(n, key);
	contain(n, value);
	if (before)
		return true;
	vec_push(r->arena, &n->pairs,
		(yaml_pair){ .key = key->text, .at = key->at, .written = key->written, .value = value });
	if (keys->entries.len)
		map_put(keys, key->text, &key->at);
	return true;
}

static bool read_map(reader *r, yaml_node *n, unsigned depth)
{
	map keys = { .arena = r->arena };
	for (;;) {
		yaml_event_t e;
		if (!next(r, &e))
			return false;
		bool end = e.type == YAML_MAPPING_END_EVENT;
		bool ok = end || read_pair(r, n, &keys, &e, depth);
		if (end)
			close_node(r, n, &e);
		yaml_event_delete(&e);
		if (end || !ok)
			return ok;
	}
}

static yaml_node *read_node(reader *r, const yaml_event_t *e, unsigned depth)
{
	if (r->arena->failed)
		return NULL;
	if (e->type == YAML_SCALAR_EVENT)
		return read_scalar(r, e);
	if (e->type == YAML_ALIAS_EVENT)
		return read_alias(r, e, depth);
	if (depth >= YAML_DEPTH)
		return too_deep(r, e);
	bool list = e->type == YAML_SEQUENCE_START_EVENT;
	yaml_node *n = new_node(r, list ? YAML_LIST : YAML_MAP, e);
	if (!n)
		return NULL;
	n->flow = list ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
				   : e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	if (!(list ? read_list(r, n, depth + 1) : read_map(r, n, depth + 1)))
		return NULL;
	anchor(r, list ? e->data.sequence_start.anchor : e->data.mapping_start.anchor, n);
	return n;
}

/* Stream start, document start, the node, document end, and then nothing more. */
static yaml_node *read_document(reader *r)
{
	yaml_node *root = NULL;
	for (;;) {
		yaml_event_t e;
		if (!next(r, &e))
			return NULL;
		yaml_event_type_t type = e.type;
		bool ok = true;
		if (type == YAML_DOCUMENT_START_EVENT && root) {
			diag_add(r->diags, E_YAML_SYNTAX, place(r, e.start_mark),
				"a second document; one file holds one document");
			ok = false;
		} else if (type == YAML_SCALAR_EVENT || type == YAML_SEQUENCE_START_EVENT ||
				   type == YAML_MAPPING_START_EVENT || type == YAML_ALIAS_EVENT) {
			root = read_node(r, &e, 0);
			ok = root != NULL;
		}
		yaml_event_delete(&e);
		if (!ok)
			return NULL;
		if (type == YAML_STREAM_END_EVENT || type == YAML_NO_EVENT)
			return root;
	}
}

yaml_node *yaml_read(arena *a, uint32_t source_number, diags *d)
{
	const source *src = sources_get(d->sources, source_number);
	if (!src)
		return NULL;
	reader r = {
		.arena = a, .diags = d, .source = source_number, .text = src->text, .anchors = { .arena = a }
	};
	size_t bad = utf8_bad_offset(src->text);
	if (bad != SIZE_MAX) {
		diag_add(d, E_BAD_UTF8, (loc){ .source = source_number, .offset = (uint32_t)bad }, "not UTF-8");
		return NULL;
	}
	if (str_starts(r.text, STR("\xEF\xBB\xBF"))) {
		r.skipped = 3;
		r.text = str_skip(r.text, 3);
	}
	if (!yaml_parser_initialize(&r.parser)) {
		a->failed = true;
		return NULL;
	}
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)r.text.ptr, r.text.len);
	yaml_node *root = read_document(&r);
	yaml_parser_delete(&r.parser);
	return a->failed || (root && root->kind == YAML_SCALAR && yaml_is_null(root)) ? NULL : root;
}

yaml_node *yaml_get(const yaml_node *n, str key)
{
	if (n && n->kind == YAML_MAP)
		EACH (yaml_pair, p, n->pairs)
			if (str_eq(p->key, key))
				return p->value;
	return NULL;
}

bool yaml_is_null(const yaml_node *n)
{
	return n->kind == YAML_SCALAR && !n->quoted &&
		   (n->text.len == 0 || str_eq(n->text, STR("~")) || str_eq(n->text, STR("null")));
}
