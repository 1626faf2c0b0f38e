/* From the text of a template to its program. Errors do not stop it unless nothing sensible can follow. White
 * space around tags that have a line for themselves is settled here, so that the renderer only copies. */
#include "render/mustache_program.h"

#include <string.h>

/* A tag as it stands in the text. */
typedef struct {
	size_t start, end;
	char sigil;  /* one of # ^ / > < $ ! = & {, or NUL for a plain name */
	str content; /* between sigil and closing delimiter, trimmed */
	str blank;   /* white space in front of it, if nothing else is in front of it on its line */
	bool first;  /* so it is */
	bool last;   /* nothing but white space follows on its line */
	size_t next; /* where the next line begins, if `last` */
} tag;

/* A section, block or parent that is open. */
typedef struct {
	size_t at; /* of its instruction */
	char sigil;
	bool first;
	str blank;
} level;

typedef struct {
	arena *a;
	diags *d;
	const located *source;
	str text;
	str open, close;
	size_t at;       /* what is before it is done */
	bool line_start; /* `at` begins a line */
	vec_instruction code;
	instruction lost; /* instead of one for which there was no memory */
	level levels[MUSTACHE_NESTING_MAX];
	size_t depth;
} parser;

static instruction *opened(parser *p, const level *l)
{
	return l->at < p->code.len ? &p->code.ptr[l->at] : &p->lost;
}

static instruction *innermost(parser *p)
{
	return opened(p, &p->levels[p->depth - 1]);
}

/* Directly inside a parent, where only blocks count. */
static bool in_parent(parser *p)
{
	return p->depth && innermost(p)->op == OP_PARENT;
}

static void emit(parser *p, instruction n)
{
	vec_push(p->a, &p->code, n);
}

static instruction make_text(const parser *p, size_t from, size_t to, bool line_start)
{
	return (instruction){ .op = OP_TEXT,
		.text = str_sub(p->text, from, to - from),
		.line_start = line_start,
		.at = located_at(p->source, from) };
}

/* The text between the last tag and `end`. */
static void take_text(parser *p, size_t end)
{
	if (end > p->at && !in_parent(p))
		emit(p, make_text(p, p->at, end, p->line_start));
	if (end > p->at)
		p->line_start = p->text.ptr[end - 1] == '\n';
	p->at = end;
}

static void complain(parser *p, const tag *t, const char *what)
{
	diag_span(
		p->d, E_TEMPLATE_SYNTAX, located_at(p->source, t->start), (uint32_t)(t->end - t->start), "%s", what);
}

/* The end of the tag's content, which is followed by `lead`, if there is one, and the closing delimiter. */
static size_t find_close(const parser *p, size_t from, char lead)
{
	if (!lead)
		return str_find(p->text, p->close, from);
	while ((from = str_find(p->text, (str){ &lead, 1 }, from)) != SIZE_MAX) {
		if (str_starts(str_skip(p->text, from + 1), p->close))
			return from;
		from++;
	}
	return SIZE_MAX;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void look_around(const parser *p, tag *t)
{
	str s = p->text;
	size_t left = t->start, right = t->end;
	while (left && is_blank(s.ptr[left - 1]))
		left--;
	t->first = left == 0 || s.ptr[left - 1] == '\n';
	t->blank = t->first ? str_sub(s, left, t->start - left) : STR("");
	while (right < s.len && is_blank(s.ptr[right]))
		right++;
	str rest = str_skip(s, right);
	size_t line_end = str_starts(rest, STR("\r\n")) ? 2 : str_starts(rest, STR("\n")) ? 1 : 0;
	t->last = line_end || rest.len == 0;
	t->next = right + line_end;
}

/* The tag that begins at `start`. False if it does not end. */
static bool scan_tag(parser *p, size_t start, tag *t)
{
	size_t from = start + p->open.len;
	while (from < p->text.len && is_space(p->text.ptr[from]))
		from++;
	char c = from < p->text.len ? p->text.ptr[from] : '\0';
	*t = (tag){ .start = start, .end = start + p->open.len };
	if (c && str_find(STR("#^/><$!=&{"), (str){ &c, 1 }, 0) != SIZE_MAX) {
		t->sigil = c;
		from++;
	}
	char lead = c == '{' ? '}' : c == '=' ? '=' : '\0';
	size_t end = find_close(p, from, lead);
	if (end == SIZE_MAX) {
		diag_span(p->d, E_TEMPLATE_SYNTAX, located_at(p->source, start), (uint32_t)p->open.len,
			"this tag never ends: there is no '%s%.*s' after it",
			lead == '}' ? "}"
			: lead      ? "="
						: "",
			STRF(p->close));
		return false;
	}
	t->content = str_trim(str_sub(p->text, from, end - from));
	t->end = end + (lead != '\0') + p->close.len;
	look_around(p, t);
	return true;
}

/* Takes the text in front of the tag, and the rest of its line too if the tag has the line for itself. */
static bool take_line(parser *p, const tag *t)
{
	bool alone = t->first && t->last;
	take_text(p, alone ? t->start - t->blank.len : t->start);
	p->at = alone ? t->next : t->end;
	if (alone)
		p->line_start = true;
	return alone;
}

static bool check_name(parser *p, const tag *t)
{
	if (!t->content.len) {
		complain(p, t, "this tag has no name");
		return false;
	}
	for (size_t i = 0; i < t->content.len; i++)
		if (is_space(t->content.ptr[i])) {
			diag_span(p->d, E_TEMPLATE_SYNTAX, located_at(p->source, t->start), (uint32_t)(t->end - t->start),
				"white space inside the name '%.*s ...': is '%.*s' missing?", (int)i, t->content.ptr,
				STRF(p->close));
			return false;
		}
	return true;
}

static bool split_path(parser *p, const tag *t, instruction *n)
{
	if (str_eq(n->text, STR(".")))
		return true;
	size_t parts = 1;
	for (size_t i = 0; i < n->text.len; i++)
		parts += n->text.ptr[i] == '.';
	value_key *path = NEWN(p->a, value_key, parts);
	str_cut cut = { .tail = n->text };
	for (size_t i = 0; i < parts; i++) {
		cut = str_split(cut.tail, '.');
		if (!cut.head.len) {
			complain(p, t, "a part of the name is empty: dots stand between names");
			return false;
		}
		if (path)
			path[i] = value_key_of(cut.head);
	}
	n->path = path;
	n->parts = path ? (uint32_t)parts : 0;
	return path != NULL;
}

static instruction make(const parser *p, const tag *t, opcode op)
{
	return (instruction){ .op = op,
		.text = t->content,
		.at = located_at(p->source, t->start),
		.length = (uint32_t)(t->end - t->start) };
}

static bool refuse_in_parent(parser *p, const tag *t)
{
	if (!in_parent(p))
		return false;
	str name = innermost(p)->text;
	diag_span(p->d, E_TEMPLATE_SYNTAX, located_at(p->source, t->start), (uint32_t)(t->end - t->start),
		"directly inside the parent '%.*s' only blocks have a meaning", STRF(name));
	return true;
}

static void add_variable(parser *p, const tag *t)
{
	take_text(p, t->start);
	instruction n = make(p, t, OP_VARIABLE);
	n.raw = t->sigil == '{' || t->sigil == '&';
	n.line_start = p->line_start;
	str rest = str_skip(p->text, t->end);
	n.after = rest.len && !str_starts(rest, p->open) ? rest.ptr[0] : '\0';
	p->at = t->end;
	p->line_start = false;
	if (!refuse_in_parent(p, t) && check_name(p, t) && split_path(p, t, &n))
		emit(p, n);
}

/* "*name" names a value that holds the name of the template. */
static bool check_template_name(parser *p, tag *t, instruction *n)
{
	if (str_starts(n->text, STR("*"))) {
		n->dynamic = true;
		n->text = t->content = str_trim(str_skip(n->text, 1));
	}
	return check_name(p, t) && (!n->dynamic || split_path(p, t, n));
}

static void add_partial(parser *p, tag *t)
{
	bool alone = take_line(p, t);
	instruction n = make(p, t, OP_PARTIAL);
	n.alone = alone;
	n.line_start = alone || p->line_start;
	n.indent = alone ? t->blank : STR("");
	if (!alone)
		p->line_start = false;
	if (!refuse_in_parent(p, t) && check_template_name(p, t, &n))
		emit(p, n);
}

static void push_level(parser *p, const tag *t, instruction n)
{
	if (p->depth < MUSTACHE_NESTING_MAX)
		p->levels[p->depth] =
			(level){ .at = p->code.len, .sigil = t->sigil, .first = t->first, .blank = t->blank };
	p->depth++; /* one too many ends the parse */
	emit(p, n);
}

static void open_section(parser *p, const tag *t)
{
	bool alone = take_line(p, t);
	instruction n = make(p, t, t->sigil == '#' ? OP_SECTION : OP_INVERTED);
	n.alone = alone;
	n.line_start = alone || p->line_start;
	if (!alone)
		p->line_start = false;
	refuse_in_parent(p, t);
	if (check_name(p, t))
		split_path(p, t, &n);
	push_level(p, t, n);
}

/* White space in front of a parent belongs to the text only if something follows the parent on its last line;
 * that is known when it ends. */
static void open_parent(parser *p, tag *t)
{
	take_text(p, t->start - t->blank.len);
	instruction n = make(p, t, OP_PARENT);
	n.line_start = t->first;
	p->at = t->end;
	refuse_in_parent(p, t);
	check_template_name(p, t, &n);
	push_level(p, t, n);
}

/* What replaces a block of the parent. */
static void open_argument(parser *p, const tag *t)
{
	p->at = t->last ? t->next : t->end;
	p->line_start = t->last;
	push_level(p, t, make(p, t, OP_BLOCK));
}

static void open_block(parser *p, const tag *t)
{
	check_name(p, t);
	if (in_parent(p)) {
		open_argument(p, t);
		return;
	}
	take_text(p, t->start - t->blank.len);
	instruction n = make(p, t, OP_BLOCK);
	n.line_start = t->first;
	n.alone = t->first && t->last;
	p->at = n.alone ? t->next : t->end;
	p->line_start = n.alone;
	push_level(p, t, n);
	if (n.line_start && !n.alone)
		emit(p, make_text(p, t->start - t->blank.len, t->start, true));
}

/* What was emitted since it was opened belongs to it. */
static instruction *finish(parser *p, const level *top)
{
	instruction *n = opened(p, top);
	if (n != &p->lost)
		n->body = (uint32_t)(p->code.len - top->at - 1);
	return n;
}

static void close_section(parser *p, const tag *t, const level *top)
{
	if (!take_line(p, t))
		p->line_start = false;
	finish(p, top);
}

static void close_block(parser *p, const tag *t, const level *top)
{
	bool argument = p->depth > 1 && opened(p, top - 1)->op == OP_PARENT;
	bool alone = false;
	if (argument) {
		take_text(p, t->start - t->blank.len);
		p->at = t->end;
	} else {
		alone = take_line(p, t);
	}
	if (!alone)
		p->line_start = false;
	instruction *n = finish(p, top);
	n->end_alone = alone;
	n->has_lines = mustache_dedent(&n->indent, p->a, n + 1, n->body);
	if (!n->has_lines && n->line_start)
		n->indent = top->blank;
}

/* Puts the white space that was in front of the parent there again: something follows on its last line. */
static void restore_blank(parser *p, const level *top)
{
	size_t len = p->code.len;
	size_t from = (size_t)(top->blank.ptr - p->text.ptr);
	emit(p, (instruction){ 0 });
	if (p->code.len == len)
		return;
	instruction *n = &p->code.ptr[top->at];
	memmove(n + 1, n, (len - top->at) * sizeof *n);
	n[0] = make_text(p, from, from + top->blank.len, true);
	n[1].line_start = false;
}

static void close_parent(parser *p, const tag *t, const level *top)
{
	bool alone = top->first && t->last;
	p->at = alone ? t->next : t->end;
	p->line_start = alone;
	instruction *n = finish(p, top);
	n->alone = alone;
	n->indent = alone ? top->blank : STR("");
	if (!alone && top->blank.len)
		restore_blank(p, top);
}

static void never_closed(parser *p, const level *l)
{
	const instruction *n = opened(p, l);
	diag_span(p->d, E_TEMPLATE_SYNTAX, n->at, n->length,
		"'%c%.*s' is never closed: '%.*s/%.*s%.*s' is missing", l->sigil, STRF(n->text), STRF(p->open),
		STRF(n->text), STRF(p->close));
}

static bool closes(parser *p, const tag *t, const level *l)
{
	const instruction *n = opened(p, l);
	if (n->dynamic && str_starts(t->content, STR("*")))
		return str_eq(n->text, str_trim(str_skip(t->content, 1)));
	return str_eq(n->text, t->content);
}

/* An end tag that does not fit what is open: either it ends something further out, and what is inside was
 * forgotten, or it does not belong here. */
static bool repair(parser *p, const tag *t)
{
	size_t depth = p->depth;
	while (depth && !closes(p, t, &p->levels[depth - 1]))
		depth--;
	if (depth) {
		while (p->depth > depth)
			never_closed(p, &p->levels[--p->depth]);
		return true;
	}
	loc at = located_at(p->source, t->start);
	uint32_t length = (uint32_t)(t->end - t->start);
	if (!p->depth) {
		diag_span(p->d, E_TEMPLATE_SYNTAX, at, length, "'/%.*s' closes nothing: no section or block is open",
			STRF(t->content));
		return false;
	}
	const level *top = &p->levels[p->depth - 1];
	const instruction *n = opened(p, top);
	position begin = sources_position(p->d->sources, n->at);
	diag_span(p->d, E_TEMPLATE_SYNTAX, at, length,
		"'/%.*s' does not close '%c%.*s', which was opened at line %u", STRF(t->content), top->sigil,
		STRF(n->text), begin.line);
	return false;
}

static void close_level(parser *p, const tag *t)
{
	bool fits = p->depth && closes(p, t, &p->levels[p->depth - 1]);
	if (!fits && (!check_name(p, t) || !repair(p, t))) {
		take_line(p, t);
		return;
	}
	const level *top = &p->levels[p->depth - 1];
	opcode op = opened(p, top)->op;
	if (op == OP_BLOCK)
		close_block(p, t, top);
	else if (op == OP_PARENT)
		close_parent(p, t, top);
	else
		close_section(p, t, top);
	p->depth--;
}

static void set_delimiters(parser *p, const tag *t)
{
	take_line(p, t);
	size_t n = 0;
	str c = t->content;
	while (n < c.len && !is_space(c.ptr[n]))
		n++;
	str open = str_sub(c, 0, n), close = str_trim(str_skip(c, n));
	bool bad = !open.len || !close.len || str_find(c, STR("="), 0) != SIZE_MAX;
	for (size_t i = 0; i < close.len; i++)
		bad = bad || is_space(close.ptr[i]);
	if (bad) {
		complain(p, t, "bad delimiters: two are expected, separated by a space and without '='");
		return;
	}
	p->open = open;
	p->close = close;
}

static void take_tag(parser *p, tag *t)
{
	switch (t->sigil) {
	case '!':
		take_line(p, t);
		break;
	case '=':
		set_delimiters(p, t);
		break;
	case '#':
	case '^':
		open_section(p, t);
		break;
	case '>':
		add_partial(p, t);
		break;
	case '<':
		open_parent(p, t);
		break;
	case '$':
		open_block(p, t);
		break;
	case '/':
		close_level(p, t);
		break;
	default:
		add_variable(p, t);
	}
}

static void parse(parser *p)
{
	while (!p->a->failed) {
		size_t start = str_find(p->text, p->open, p->at);
		if (start == SIZE_MAX)
			break;
		tag t;
		if (!scan_tag(p, start, &t))
			return;
		take_tag(p, &t);
		if (p->depth > MUSTACHE_NESTING_MAX) {
			diag_span(p->d, E_TEMPLATE_DEPTH, located_at(p->source, t.start), (uint32_t)(t.end - t.start),
				"sections and blocks are nested more than %d deep", MUSTACHE_NESTING_MAX);
			return;
		}
	}
	take_text(p, p->text.len);
	for (size_t i = 0; i < p->depth; i++)
		never_closed(p, &p->levels[i]);
}

mustache *mustache_parse(arena *a, const located *text, diags *d)
{
	size_t errors = d->errors;
	parser p = { .a = a,
		.d = d,
		.source = text,
		.text = text->text,
		.open = STR("{{"),
		.close = STR("}}"),
		.line_start = true };
	parse(&p);
	mustache *t = NEW(a, mustache);
	if (!t || a->failed || d->errors > errors)
		return NULL;
	*t = (mustache){ .code = p.code, .source = text->source };
	return t;
}
