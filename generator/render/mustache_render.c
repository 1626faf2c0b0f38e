/* From a tree and a value to text. Everything that changes on the way down (contexts, indentation, overridden
 * blocks, partials being rendered) is a chain of small structs on the C stack, so that rendering allocates
 * nothing but output. */
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "render/mustache_tree.h"

#include <inttypes.h>

typedef struct scope scope;
struct scope {
	const scope *outer;
	value v;
};

typedef struct indent indent;
struct indent {
	const indent *outer;
	str text;
};

/* A parent being rendered, whose blocks replace those of what it includes. */
typedef struct overrides overrides;
struct overrides {
	const overrides *outer;
	const node *parent;
};

typedef struct call call;
struct call {
	const call *outer;
	str name;
};

typedef struct {
	buf *out;
	const mustache_options *o;
	diags *d;
	uint32_t source; /* of the first template */
	const scope *scopes;
	const indent *indents;
	const overrides *overrides;
	const call *calls;
	size_t call_count, depth, steps;
	bool pending; /* at the beginning of a line of the template: the next thing printed is indented */
	bool failed, stop;
	const node *reported[MUSTACHE_ERRORS_MAX];
	size_t reported_count;
} renderer;

static void render_nodes(renderer *r, const vec_node *nodes);

static bool is_reported(const renderer *r, const node *n)
{
	for (size_t i = 0; i < r->reported_count; i++)
		if (r->reported[i] == n)
			return true;
	return false;
}

/* Whether to report: once per tag. The last report that is allowed ends the rendering. */
static bool first_report(renderer *r, const node *n)
{
	if (is_reported(r, n) || r->reported_count == MUSTACHE_ERRORS_MAX)
		return false;
	r->failed = true;
	r->reported[r->reported_count++] = n;
	r->stop = r->stop || r->reported_count == MUSTACHE_ERRORS_MAX;
	return true;
}

static void print_indent(renderer *r, const indent *i)
{
	if (!i)
		return;
	print_indent(r, i->outer);
	buf_str(r->out, i->text);
}

static void begin_line(renderer *r)
{
	if (r->pending)
		print_indent(r, r->indents);
	r->pending = false;
}

/* Empty lines are not indented. */
static void print_text(renderer *r, str s)
{
	if (!s.len)
		return;
	if (!r->indents) {
		buf_str(r->out, s);
		r->pending = s.ptr[s.len - 1] == '\n';
		return;
	}
	while (s.len) {
		str_cut line = str_split(s, '\n');
		if (line.head.len && !str_eq(line.head, STR("\r")))
			begin_line(r);
		buf_str(r->out, str_sub(s, 0, line.head.len + line.ok));
		r->pending = line.ok;
		s = line.tail;
	}
}

/* What the name stands for; NULL if there is no such thing. *depth is how many parts of the name were found,
 * and *last the value of the last of them. */
static const value *look_up(const renderer *r, const node *n, size_t *depth, const value **last)
{
	*depth = 0;
	*last = NULL;
	if (!n->path.len)
		return &r->scopes->v;
	const value *v = NULL;
	for (const scope *s = r->scopes; s && !v; s = s->outer)
		v = value_get(s->v, n->path.ptr[0]);
	while (v && ++*depth < n->path.len) {
		*last = v;
		v = value_get(*v, n->path.ptr[*depth]);
	}
	return v;
}

static void add_keys(arena *a, vec_str *names, value v)
{
	if (v.kind == V_MAP && v.map)
		EACH (const value_pair, pair, v.map->pairs)
			if (pair->key.kind == V_STRING)
				vec_push(a, names, pair->key.string);
}

static const char *kind_name(const value *v)
{
	switch (v->kind) {
	case V_NULL:
		return "null";
	case V_BOOL:
		return "a boolean";
	case V_INT:
	case V_UINT:
	case V_DOUBLE:
		return "a number";
	case V_LIST:
		return "a list";
	case V_MAP:
		return "a map";
	case V_STRING:
		return "a string";
	default:
		return "a value that cannot be printed";
	}
}

static void report_missing(renderer *r, const node *n, size_t depth, const value *last)
{
	if (r->o->lenient || !first_report(r, n))
		return;
	str part = n->path.ptr[depth];
	size_t holder_len = depth ? (size_t)(part.ptr - n->text.ptr) - 1 : 0;
	str holder = str_sub(n->text, 0, holder_len);
	if (depth && last->kind != V_MAP) {
		diag_span(r->d, E_TEMPLATE_NAME, n->at, n->length, "'%.*s': '%.*s' is %s and has no '%.*s'",
			STRF(n->text), STRF(holder), kind_name(last), STRF(part));
		return;
	}
	vec_str names = { 0 };
	if (depth)
		add_keys(r->d->arena, &names, *last);
	for (const scope *s = depth ? NULL : r->scopes; s; s = s->outer)
		add_keys(r->d->arena, &names, s->v);
	str meant = text_suggest(part, names.ptr, names.len);
	const char *hint = meant.len ? "; did you mean '" : "", *end = meant.len ? "'?" : "";
	if (depth)
		diag_span(r->d, E_TEMPLATE_NAME, n->at, n->length, "'%.*s': '%.*s' has no '%.*s'%s%.*s%s",
			STRF(n->text), STRF(holder), STRF(part), hint, STRF(meant), end);
	else
		diag_span(r->d, E_TEMPLATE_NAME, n->at, n->length, "there is no '%.*s' in the data%s%.*s%s",
			STRF(part), hint, STRF(meant), end);
}

/* Values that have no plain text of their own print as their JSON, without quotes around it. */
static void print_json(renderer *r, const node *n, const value *v)
{
	buf json = { .arena = r->d->arena };
	json_value(&json, *v, -1);
	str s = buf_done(&json);
	if (s.len >= 2 && s.ptr[0] == '"')
		s = str_sub(s, 1, s.len - 2);
	if (n->raw)
		buf_str(r->out, s);
	else
		escape_text(r->out, r->o->escape, s, n->after);
}

static void print_structure(renderer *r, const node *n, const value *v)
{
	if (r->o->lenient) {
		print_json(r, n, v);
		return;
	}
	if (first_report(r, n))
		diag_span(r->d, E_WRONG_TYPE, n->at, n->length,
			"'%.*s' is %s, which has no text of its own: use a section, {{#%.*s}}", STRF(n->text),
			kind_name(v), STRF(n->text));
}

static void print_value(renderer *r, const node *n, const value *v)
{
	switch (v->kind) {
	case V_NULL:
		break;
	case V_BOOL:
		buf_str(r->out, v->boolean ? STR("true") : STR("false"));
		break;
	case V_INT:
		buf_printf(r->out, "%" PRId64, v->integer);
		break;
	case V_UINT:
		buf_printf(r->out, "%" PRIu64, v->uinteger);
		break;
	case V_DOUBLE:
		buf_double(r->out, v->number);
		break;
	case V_STRING:
	case V_TYPE:
	case V_BYTES:
		if (n->raw)
			buf_str(r->out, v->string);
		else
			escape_text(r->out, r->o->escape, v->string, n->after);
		break;
	case V_TIMESTAMP:
	case V_DURATION:
		print_json(r, n, v);
		break;
	case V_LIST:
	case V_MAP:
	case V_RECORD:
	case V_ERROR:
		print_structure(r, n, v);
		break;
	}
}

static void render_variable(renderer *r, const node *n)
{
	size_t depth;
	const value *last, *v = look_up(r, n, &depth, &last);
	begin_line(r);
	if (v)
		print_value(r, n, v);
	else
		report_missing(r, n, depth, last);
}

static bool is_truthy(const value *v)
{
	if (!v || v->kind == V_NULL)
		return false;
	return v->kind == V_BOOL   ? v->boolean
		   : v->kind == V_LIST ? v->list.len > 0
							   : v->kind != V_STRING || v->string.len > 0;
}

static void render_with(renderer *r, const node *n, value v)
{
	scope here = { .outer = r->scopes, .v = v };
	r->scopes = &here;
	render_nodes(r, &n->children);
	r->scopes = here.outer;
}

static void render_section(renderer *r, const node *n)
{
	size_t depth;
	const value *last, *v = look_up(r, n, &depth, &last);
	if (n->kind == NODE_INVERTED) {
		if (!is_truthy(v))
			render_nodes(r, &n->children);
		return;
	}
	if (!is_truthy(v))
		return;
	if (v->kind != V_LIST) {
		render_with(r, n, *v);
		return;
	}
	value_list list = v->list;
	for (size_t i = 0; i < list.len && !r->stop; i++)
		render_with(r, n, list.ptr[i]);
}

static str template_name(renderer *r, const node *n)
{
	if (!n->dynamic)
		return n->text;
	size_t depth;
	const value *last, *v = look_up(r, n, &depth, &last);
	if (!v)
		report_missing(r, n, depth, last);
	else if (v->kind == V_STRING)
		return v->string;
	else if (v->kind != V_NULL && !r->o->lenient && first_report(r, n))
		diag_span(r->d, E_WRONG_TYPE, n->at, n->length, "'%.*s' is %s, not the name of a template",
			STRF(n->text), kind_name(v));
	return STR("");
}

static const mustache *find_template(renderer *r, const node *n, str name)
{
	const mustache *t = NULL;
	if (!name.len || is_reported(r, n))
		return NULL;
	if (!r->o->partials.find) {
		if (!r->o->lenient && first_report(r, n))
			diag_span(r->d, E_TEMPLATE_MISSING, n->at, n->length, "there is no template '%.*s'", STRF(name));
		return NULL;
	}
	if (!r->o->partials.find(&t, name, n->at, r->o->lenient, r->d, r->o->partials.payload))
		first_report(r, n);
	return t;
}

/* "page > node > node > ... > node": the outermost few and the innermost few. */
static void report_chain(renderer *r, const node *n)
{
	enum { SHOWN = 4 };
	buf chain = { .arena = r->d->arena };
	const source *first = sources_get(r->d->sources, r->source);
	if (first)
		buf_printf(&chain, "%.*s > ", STRF(first->path));
	for (size_t i = 0; i < r->call_count; i++) {
		const call *c = r->calls;
		for (size_t up = r->call_count - 1; up > i; up--)
			c = c->outer;
		if (i < SHOWN || r->call_count - i <= SHOWN)
			buf_printf(&chain, "%.*s > ", STRF(c->name));
		else if (i == SHOWN)
			buf_str(&chain, STR("... > "));
	}
	diag_span(r->d, E_TEMPLATE_DEPTH, n->at, n->length,
		"templates include each other more than %d deep: %.*s%.*s", MUSTACHE_PARTIALS_MAX,
		STRF(buf_done(&chain)), STRF(n->text));
	r->stop = true;
}

/* A template that has its line for itself is indented as its tag is. Inside a line it is printed as it
 * stands. */
static void render_template(renderer *r, const node *n)
{
	str name = template_name(r, n);
	const mustache *t = find_template(r, n, name);
	if (!t)
		return;
	if (r->call_count >= MUSTACHE_PARTIALS_MAX) {
		report_chain(r, n);
		return;
	}
	call me = { .outer = r->calls, .name = name };
	indent more = { .outer = r->indents, .text = n->indent };
	const indent *before = r->indents;
	if (!n->alone) {
		begin_line(r);
		r->indents = NULL;
	} else if (n->indent.len) {
		r->indents = &more;
	}
	r->calls = &me;
	r->call_count++;
	render_nodes(r, &t->nodes);
	r->call_count--;
	r->calls = me.outer;
	r->indents = before;
	r->pending = n->alone;
}

static void render_parent(renderer *r, const node *n)
{
	overrides mine = { .outer = r->overrides, .parent = n };
	r->overrides = &mine;
	render_template(r, n);
	r->overrides = mine.outer;
}

/* The outermost parent that replaces the block wins. */
static const node *find_override(const renderer *r, str name, const overrides **from)
{
	const node *found = NULL;
	for (const overrides *o = r->overrides; o; o = o->outer)
		EACH (const node, block, o->parent->children)
			if (str_eq(block->text, name)) {
				found = block;
				*from = o;
			}
	return found;
}

static void render_block(renderer *r, const node *n)
{
	const overrides *before = r->overrides, *from = NULL;
	const node *instead = find_override(r, n->text, &from);
	indent more = { .outer = r->indents, .text = n->indent };
	if (n->indent.len)
		r->indents = &more;
	if (instead)
		r->overrides = from->outer; /* its text belongs to the template that wrote it, outside that parent */
	size_t len = r->out->len;
	render_nodes(r, instead ? &instead->children : &n->children);
	r->overrides = before;
	if (n->line_start && !n->alone && r->out->len == len)
		begin_line(r);
	r->indents = more.outer;
	if (n->end_alone)
		r->pending = true;
}

static void render_node(renderer *r, const node *n)
{
	switch (n->kind) {
	case NODE_TEXT:
		print_text(r, n->text);
		break;
	case NODE_VARIABLE:
		render_variable(r, n);
		break;
	case NODE_SECTION:
	case NODE_INVERTED:
		render_section(r, n);
		break;
	case NODE_PARTIAL:
		render_template(r, n);
		break;
	case NODE_PARENT:
		render_parent(r, n);
		break;
	case NODE_BLOCK:
		render_block(r, n);
		break;
	}
}

static bool within_limits(renderer *r, const node *n)
{
	size_t most = r->o->steps ? r->o->steps : MUSTACHE_STEPS_MAX;
	if (r->depth > MUSTACHE_DEPTH_MAX)
		diag_span(r->d, E_TEMPLATE_DEPTH, n->at, n->length,
			"more than %d sections, blocks and templates inside each other", MUSTACHE_DEPTH_MAX);
	else if (++r->steps > most)
		diag_span(
			r->d, E_TEMPLATE_DEPTH, n->at, n->length, "the output takes more than %zu steps to make", most);
	else
		return true;
	r->stop = true;
	return false;
}

static void render_nodes(renderer *r, const vec_node *nodes)
{
	r->depth++;
	for (size_t i = 0; i < nodes->len && !r->stop; i++) {
		if (r->out->arena->failed)
			r->stop = true;
		else if (within_limits(r, &nodes->ptr[i]))
			render_node(r, &nodes->ptr[i]);
	}
	r->depth--;
}

bool mustache_render(buf *out, const mustache *t, value data, const mustache_options *o, diags *d)
{
	scope root = { .v = data };
	renderer r = { .out = out, .o = o, .d = d, .source = t->source, .scopes = &root, .pending = true };
	render_nodes(&r, &t->nodes);
	return !r.failed && !r.stop && !out->arena->failed && !d->arena->failed;
}
