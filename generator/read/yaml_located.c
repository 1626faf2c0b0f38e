/* Where each byte of a scalar's value stands in its file. The value and the written form are walked side by
 * side, by the rules by which libyaml makes the one from the other: what folding, indentation and escapes
 * added is passed over. Should the two disagree, the walk ends early and the last run goes on; it never reads
 * beyond either. */
#include "read/yaml.h"

typedef struct {
	arena *arena;
	str value, written;
	size_t v, w;    /* how far each has been walked */
	uint32_t start; /* offset of the written form */
	VEC(text_run) runs;
} walk;

/* The next `count` bytes of the value stand together from the cursor of the written form on. */
static void take(walk *s, size_t count)
{
	uint32_t text = (uint32_t)s->v, offset = s->start + (uint32_t)s->w;
	const text_run *last = s->runs.len ? &s->runs.ptr[s->runs.len - 1] : NULL;
	if (!last || offset - last->offset != text - last->text)
		vec_push(s->arena, &s->runs, (text_run){ .text = text, .offset = offset });
	s->v += count;
}

static bool more(const walk *s)
{
	return s->v < s->value.len && s->w < s->written.len;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Bytes of the line break at `at`; 0 if there is none. */
static size_t break_length(str s, size_t at)
{
	char c = at < s.len ? s.ptr[at] : 0;
	if (c == '\r')
		return at + 1 < s.len && s.ptr[at + 1] == '\n' ? 2 : 1;
	str rest = str_skip(s, at);
	return c == '\n'                                                                        ? 1
		   : str_starts(rest, STR("\xC2\x85"))                                              ? 2
		   : str_starts(rest, STR("\xE2\x80\xA8")) || str_starts(rest, STR("\xE2\x80\xA9")) ? 3
																							: 0;
}

/* Passes over white space and line breaks up to `to`. Each break is one in the value, but folding makes a
 * single one a space and drops the first of several. (The separators of three bytes are kept as they are.) */
static void breaks(walk *s, size_t to, bool fold)
{
	size_t first = s->w, count = 0;
	for (size_t at = s->w, n; at < to; at += n ? n : 1) {
		n = break_length(s->written, at);
		if (n && count++ == 0)
			first = at;
	}
	while (s->w < to) {
		size_t n = break_length(s->written, s->w);
		bool dropped = fold && s->w == first && n < 3 && count > 1;
		if (n && !dropped && s->v < s->value.len)
			take(s, n == 3 ? 3 : 1);
		s->w += n ? n : 1;
	}
}

/* Where the white space and line breaks that begin at the cursor end, and whether a break is among them. */
static size_t gap_end(const walk *s, bool *broken)
{
	size_t at = s->w;
	*broken = false;
	for (;;) {
		size_t n = break_length(s->written, at);
		*broken |= n > 0;
		if (n == 0 && (at >= s->written.len || !is_blank(s->written.ptr[at])))
			return at;
		at += n ? n : 1;
	}
}

static size_t character_length(str s, size_t at)
{
	size_t n = 1;
	while (at + n < s.len && ((unsigned char)s.ptr[at + n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* An escape in double quotes: a character, or a line end that is not there. Every byte of the character
 * stands at the backslash. */
static void escape(walk *s)
{
	if (break_length(s->written, s->w + 1)) {
		bool broken;
		s->w++;
		s->w += break_length(s->written, s->w);
		breaks(s, gap_end(s, &broken), false);
		return;
	}
	char c = s->w + 1 < s->written.len ? s->written.ptr[s->w + 1] : 0;
	for (size_t n = character_length(s->value, s->v); n > 0; n--)
		take(s, 1);
	s->w += c == 'x' ? 4 : c == 'u' ? 6 : c == 'U' ? 10 : 2;
}

/* Plain and quoted scalars. */
static void walk_flow(walk *s, char quote)
{
	while (more(s)) {
		bool broken;
		size_t gap = gap_end(s, &broken);
		char w = s->written.ptr[s->w];
		if (broken) {
			breaks(s, gap, true);
		} else if (quote == '"' && w == '\\') {
			escape(s);
		} else if (w == s->value.ptr[s->v]) {
			take(s, 1);
			s->w += quote == '\'' && w == '\'' ? 2 : 1;
		} else {
			return;
		}
	}
}

static size_t spaces(str s, size_t at)
{
	size_t n = 0;
	while (at + n < s.len && s.ptr[at + n] == ' ')
		n++;
	return n;
}

/* Columns that each line of a block scalar is indented by: what the first line with content has more than its
 * value. */
static size_t indentation(const walk *s)
{
	size_t v = 0, w = s->w;
	for (size_t n; (n = break_length(s->value, v)) > 0; v += n) {
		w += spaces(s->written, w);
		w += break_length(s->written, w);
	}
	if (v >= s->value.len)
		return SIZE_MAX; /* no content: white space is all indentation */
	size_t outer = spaces(s->written, w), inner = spaces(s->value, v);
	return outer > inner ? outer - inner : 0;
}

/* Where the next line with content begins, its indentation passed over; `at` is the start of a line. */
static size_t content_start(const walk *s, size_t at, size_t indent)
{
	for (;;) {
		size_t n = spaces(s->written, at);
		size_t text = at + (n < indent ? n : indent), end = break_length(s->written, text);
		if (!end)
			return text;
		at = text + end;
	}
}

/* Literal and folded scalars, line by line. A line that begins with white space is not folded. */
static void walk_block(walk *s, bool folded)
{
	size_t indent = indentation(s);
	breaks(s, content_start(s, s->w, indent), false);
	while (more(s)) {
		bool blank = is_blank(s->written.ptr[s->w]);
		while (more(s) && !break_length(s->written, s->w)) {
			take(s, 1);
			s->w++;
		}
		size_t next = content_start(s, s->w + break_length(s->written, s->w), indent);
		bool last = next >= s->written.len;
		breaks(s, next, folded && !last && !blank && !is_blank(s->written.ptr[next]));
	}
}

/* What libyaml takes for a part of an anchor's name. */
static bool is_name(char c)
{
	return is_alnum(c) || c == '_' || c == '-';
}

/* Bytes of the anchor and the tag that stand before a scalar, with what separates them. */
static size_t properties_length(str written)
{
	size_t at = 0, n;
	while (at < written.len && (written.ptr[at] == '&' || written.ptr[at] == '!')) {
		bool anchor = written.ptr[at++] == '&'; /* it may end without white space, before a ':' */
		while (at < written.len &&
			   (anchor ? is_name(written.ptr[at]) : !is_blank(written.ptr[at]) && !break_length(written, at)))
			at++;
		while (at < written.len) {
			if (written.ptr[at] == '#')
				while (at < written.len && !break_length(written, at))
					at++;
			n = break_length(written, at);
			if (n == 0 && (at >= written.len || !is_blank(written.ptr[at])))
				break;
			at += n ? n : 1;
		}
	}
	return at;
}

located yaml_located(arena *a, const yaml_node *n, const sources *all)
{
	const source *src = sources_get(all, n->at.source);
	if (!src || n->kind != YAML_SCALAR)
		return (located){ .text = n->text };
	str written = str_sub(src->text, n->at.offset, n->end - n->at.offset);
	size_t skipped = properties_length(written);
	walk s = { .arena = a,
		.value = n->text,
		.written = str_skip(written, skipped),
		.start = n->at.offset + (uint32_t)skipped };
	char mark = s.written.len ? s.written.ptr[0] : 0;
	if (n->block) { /* the text begins after the line that holds the indicator */
		while (s.w < s.written.len && !break_length(s.written, s.w))
			s.w++;
		s.w += break_length(s.written, s.w);
		walk_block(&s, mark == '>');
	} else {
		s.w = n->quoted ? 1 : 0;
		walk_flow(&s, n->quoted ? mark : 0);
	}
	if (!s.runs.len) /* an empty text still stands somewhere */
		vec_push(a, &s.runs, (text_run){ .offset = s.start });
	return (
		located){ .text = n->text, .source = n->at.source, .runs = { .ptr = s.runs.ptr, .len = s.runs.len } };
}
