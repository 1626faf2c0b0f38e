/* From a program and a value to text. Everything that changes on the way down (contexts, indentation,
 * overridden blocks, partials being rendered) is a chain of small structs on the C stack, so that rendering
 * allocates nothing but output. */
#include "base/json.h"
#include "base/number.h"
#include "base/text.h"
#include "render/mustache_program.h"

#include <inttypes.h>

typedef struct scope scope;
struct scope {
	const scope *outer;
	const value *v;
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
	const instruction *parent;
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
	size_t call_count, depth;
	size_t steps, most_steps;
	size_t most_len; /* of what is in `out` */
	bool pending;    /* at the beginning of a line of the template: the next thing printed is indented */
	bool failed, stop;
	const instruction *reported[MUSTACHE_ERRORS_MAX];
	size_t reported_count;
} renderer;

static void run(renderer *r, const instruction *n, size_t len);

static bool is_reported(const renderer *r, const instruction *n)
{
	for (size_t i = 0; i < r->reported_count; i++)
		if (r->reported[i] == n)
			return true;
	return false;
}

/* Whether to report: once per tag. The last report that is allowed ends the rendering. */
static bool first_report(renderer *r, const instruction *n)
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
	while (s.len && r->out->len <= r->most_len) {
		str_cut line = str_split(s, '\n');
		if (line.head.len && !str_eq(line.head, STR("\r")))
			begin_line(r);
		buf_str(r->out, str_sub(s, 0, line.head.len + line.ok));
		r->pending = line.ok;
		s = line.tail;
	}
}

/* What the name stands for; NULL if there is no such thing. The first part is looked for in what surrounds
 * it, the others where the part before them led. */
static const value *look_up(const renderer *r, const instruction *n)
{
	if (!n->parts)
		return r->scopes->v;
	const value *v = NULL;
	for (const scope *s = r->scopes; s && !v; s = s->outer)
		v = value_look_up(s->v, &n->path[0]);
	for (uint32_t i = 1; v && i < n->parts; i++)
		v = value_look_up(v, &n->path[i]);
	return v;
}

/* How many parts of the name there are; *last is the value of the last of them. */
static uint32_t parts_found(const renderer *r, const instruction *n, const value **last)
{
	instruction shorter = *n;
	for (shorter.parts = n->parts - 1; shorter.parts; shorter.parts--) {
		*last = look_up(r, &shorter);
		if (*last)
			break;
	}
	return shorter.parts;
}

static void add_keys(arena *a, vec_str *names, const value *v)
{
	if (v->kind == V_MAP && v->map)
		EACH (const value_pair, pair, v->map->pairs)
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

static void report_missing(renderer *r, const instruction *n)
{
	if (r->o->lenient || !first_report(r, n))
		return;
	const value *last = NULL;
	uint32_t depth = parts_found(r, n, &last);
	str part = n->path[depth].name;
	size_t holder_len = depth ? (size_t)(part.ptr - n->text.ptr) - 1 : 0;
	str holder = str_sub(n->text, 0, holder_len);
	if (depth && last->kind != V_MAP) {
		diag_span(r->d, E_TEMPLATE_NAME, n->at, n->length, "'%.*s': '%.*s' is %s and has no '%.*s'",
			STRF(n->text), STRF(holder), kind_name(last), STRF(part));
		return;
	}
	vec_str names = { 0 };
	if (depth)
		add_keys(r->d->arena, &names, last);
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
static void print_json(renderer *r, const instruction *n, const value *v)
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

static void print_structure(renderer *r, const instruction *n, const value *v)
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

static void print_value(renderer *r, const instruction *n, const value *v)
{
	switch (v->kind) {
	case V_NULL:
		break;
	case V_BOOL:
		buf_str(r->out, v->boolean ? STR("true") : STR("false"));
		break;
	case V_INT:
		buf_integer(r->out, v->integer);
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

static void render_variable(renderer *r, const instruction *n)
{
	const value *v = look_up(r, n);
	begin_line(r);
	if (v)
		print_value(r, n, v);
	else
		report_missing(r, n);
}

static bool is_truthy(const value *v)
{
	if (!v || v->kind == V_NULL)
		return false;
	return v->kind == V_BOOL   ? v->boolean
		   : v->kind == V_LIST ? v->list.len > 0
							   : v->kind != V_STRING || v->string.len > 0;
}

static bool within_limits(renderer *r, const instruction *n)
{
	if (r->depth > MUSTACHE_DEPTH_MAX)
		diag_span(r->d, E_TEMPLATE_DEPTH, n->at, n->length,
			"more than %d sections, blocks and templates inside each other", MUSTACHE_DEPTH_MAX);
	else if (++r->steps > r->most_steps)
		diag_span(r->d, E_TEMPLATE_DEPTH, n->at, n->length, "the output takes more than %zu steps to make",
			r->most_steps);
	else
		return true;
	r->stop = true;
	return false;
}

static void render_with(renderer *r, const instruction *n, const value *v)
{
	scope here = { .outer = r->scopes, .v = v };
	r->scopes = &here;
	run(r, n + 1, n->body);
	r->scopes = here.outer;
}

static void render_section(renderer *r, const instruction *n)
{
	const value *v = look_up(r, n);
	if (!is_truthy(v))
		return;
	if (v->kind != V_LIST) {
		render_with(r, n, v);
		return;
	}
	value_list list = v->list;
	for (size_t i = 0; i < list.len && !r->stop && within_limits(r, n); i++) /* an empty body costs too */
		render_with(r, n, &list.ptr[i]);
}

static void render_inverted(renderer *r, const instruction *n)
{
	if (!is_truthy(look_up(r, n)))
		run(r, n + 1, n->body);
}

static str template_name(renderer *r, const instruction *n)
{
	if (!n->dynamic)
		return n->text;
	const value *v = look_up(r, n);
	if (!v)
		report_missing(r, n);
	else if (v->kind == V_STRING)
		return v->string;
	else if (v->kind != V_NULL && !r->o->lenient && first_report(r, n))
		diag_span(r->d, E_WRONG_TYPE, n->at, n->length, "'%.*s' is %s, not the name of a template",
			STRF(n->text), kind_name(v));
	return STR("");
}

static const mustache *find_template(renderer *r, const instruction *n, str name)
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
static void report_chain(renderer *r, const instruction *n)
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
static void render_template(renderer *r, const instruction *n)
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
	run(r, t->code.ptr, t->code.len);
	r->call_count--;
	r->calls = me.outer;
	r->indents = before;
	r->pending = n->alone;
}

static void render_parent(renderer *r, const instruction *n)
{
	overrides mine = { .outer = r->overrides, .parent = n };
	r->overrides = &mine;
	render_template(r, n);
	r->overrides = mine.outer;
}

/* The outermost parent that replaces the block wins. */
static const instruction *find_override(renderer *r, str name, const overrides **from)
{
	const instruction *found = NULL;
	for (const overrides *o = r->overrides; o; o = o->outer) {
		const instruction *block = o->parent + 1, *end = block + o->parent->body;
		for (; block < end; block += 1 + block->body, r->steps++)
			if (str_eq(block->text, name)) {
				found = block;
				*from = o;
			}
	}
	return found;
}

static void render_block(renderer *r, const instruction *n)
{
	const overrides *before = r->overrides, *from = NULL;
	const instruction *instead = find_override(r, n->text, &from);
	indent more = { .outer = r->indents, .text = n->indent };
	if (n->indent.len)
		r->indents = &more;
	if (instead)
		r->overrides = from->outer; /* its text belongs to the template that wrote it, outside that parent */
	size_t len = r->out->len;
	const instruction *used = instead ? instead : n;
	run(r, used + 1, used->body);
	r->overrides = before;
	if (n->line_start && !n->alone && r->out->len == len)
		begin_line(r);
	r->indents = more.outer;
	if (n->end_alone)
		r->pending = true;
}

static void execute(renderer *r, const instruction *n)
{
	switch (n->op) {
	case OP_TEXT:
		print_text(r, n->text);
		break;
	case OP_VARIABLE:
		render_variable(r, n);
		break;
	case OP_SECTION:
		render_section(r, n);
		break;
	case OP_INVERTED:
		render_inverted(r, n);
		break;
	case OP_PARTIAL:
		render_template(r, n);
		break;
	case OP_PARENT:
		render_parent(r, n);
		break;
	case OP_BLOCK:
		render_block(r, n);
		break;
	}
}

/* Whether the output is still in bounds, after the instruction. */
static bool has_room(renderer *r, const instruction *n)
{
	if (r->out->arena->failed) {
		r->stop = true;
	} else if (r->out->len > r->most_len && !r->stop) {
		diag_span(r->d, E_TEMPLATE_SIZE, n->at, n->length, "the output is longer than %d MB",
			MUSTACHE_OUTPUT_MAX >> 20);
		r->stop = true;
	}
	return !r->stop;
}

static void run(renderer *r, const instruction *n, size_t len)
{
	r->depth++;
	for (size_t i = 0; i < len && within_limits(r, &n[i]); i += 1 + n[i].body) {
		execute(r, &n[i]);
		if (!has_room(r, &n[i]))
			break;
	}
	r->depth--;
}

bool mustache_render(buf *out, const mustache *t, value data, const mustache_options *o, diags *d)
{
	scope root = { .v = &data };
	renderer r = { .out = out,
		.o = o,
		.d = d,
		.source = t->source,
		.scopes = &root,
		.most_steps = o->steps ? o->steps : MUSTACHE_STEPS_MAX,
		.most_len = out->len + MUSTACHE_OUTPUT_MAX,
		.pending = true };
	run(&r, t->code.ptr, t->code.len);
	return !r.failed && !r.stop && !out->arena->failed && !d->arena->failed;
}
