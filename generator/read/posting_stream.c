/* Which form a file has, and its postings one after the other. */
#include "read/posting_parts.h"

#include "base/io.h"
#include "base/text.h"

#include <stdio.h>

typedef enum { FORM_HTML, FORM_JSON, FORM_LINES, FORM_CSV, FORM_MARKDOWN, FORM_TEXT, FORM_NONE } form_kind;

const posting_form posting_forms[] = {
#define X(name, brief) { #name, brief },
	POSTING_FORMS(X)
#undef X
		{ NULL, NULL },
};

enum {
	SNIFF = 1 << 16,   /* bytes that are looked at to recognise the form, beyond a first line */
	SUMMARY_MAX = 400, /* bytes; a shorter description may be the summary of what the page shows */
	VISIBLE_WORDS_MIN = 20
};

typedef struct {
	const posting_shape *shape;
	const value *root;
	value item;
	str where;
} queued;

struct posting_stream {
	posting_input in;
	form_kind form;
	bool guessed; /* nobody said which form it is */
	const catalog *catalog;
	const posting_shape *only;
	str as_of, path;
	arena own;  /* as long as the stream: the document, the header */
	arena line; /* of the line that is being read */
	arena item; /* scratch of one posting */
	VEC(queued) queue;
	size_t next;
	csv_header header;
	posting_page page;
	str text;     /* of Markdown, plain text and pages */
	bool pending; /* that text waits */
	bool said_encoding;
};

static void say_encoding(posting_stream *s, const encoding_report *r, diags *d)
{
	if (r->said.len && !s->said_encoding)
		diag_file(d, E_POSTING_ENCODING, s->path, "%.*s", STRF(r->said));
	s->said_encoding |= r->said.len > 0;
}

/* --- which form --- */

static const char *foreign(str s)
{
	static const struct {
		const char *begin, *what;
	} known[] = { { "%PDF", "a PDF" }, { "PK\x03\x04", "a zip archive or an office document" },
		{ "\xD0\xCF\x11\xE0", "an office document" }, { "\x89PNG", "a picture" },
		{ "\xFF\xD8\xFF", "a picture" }, { "\x1F\x8B", "compressed" }, { "{\\rtf", "rich text (RTF)" },
		{ "SQLite format 3", "a database" },
		{ "\x7F"
		  "ELF",
			"a program" },
		{ "From ", "a mailbox" } };
	for (size_t i = 0; i < COUNT(known); i++)
		if (str_starts(s, str_from(known[i].begin)))
			return known[i].what;
	if (str_starts(s, STR("<?xml")) && str_find_nocase(s, STR("<html"), 0) == SIZE_MAX)
		return "XML that is no page";
	return NULL;
}

static str first_line(str s)
{
	str line = str_split(s, '\n').head;
	return str_ends(line, STR("\r")) ? str_sub(line, 0, line.len - 1) : line;
}

static bool is_json(str s)
{
	if (!s.len || (s.ptr[0] != '{' && s.ptr[0] != '['))
		return false;
	str rest = str_trim(str_sub(s, 1, SNIFF));
	return !rest.len || rest.ptr[0] == '"' || rest.ptr[0] == (s.ptr[0] == '{' ? '}' : ']') ||
		   (s.ptr[0] == '[' && (rest.ptr[0] == '{' || rest.ptr[0] == '['));
}

static bool is_whole_value(str line)
{
	return line.len && (line.ptr[0] == '{' || line.ptr[0] == '[') && posting_json_end(line) == line.len;
}

/* Lines are whole objects, but for some that are broken. In a single value over several lines fewer lines are
 * whole than not, since something stands before the first, between any two and after the last; and never do
 * two follow each other. `whole`: nothing comes after `s`. */
static bool is_json_lines(str s, bool whole)
{
	str head = str_trim(first_line(s));
	str rest = str_trim(str_sub(s, first_line(s).len, SNIFF));
	bool json = is_json(s), in_a_row = false;
	size_t objects = 0, others = 0;
	if (json && is_whole_value(head))
		return rest.len > 0;
	for (str_cut cut = { .tail = s, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		str line = str_trim(cut.head);
		if (!line.len || (!cut.ok && !whole))
			continue;
		bool object = line.ptr[0] == '{' && is_whole_value(line);
		if (object && in_a_row && json)
			return true;
		in_a_row = object;
		objects += object;
		others += !object;
	}
	return objects && (whole ? objects >= others : objects > others);
}

static bool is_html(str s)
{
	static const char *const tags[] = { "<!doctype html", "<html", "<head", "<body", "<script", "<div", "<p>",
		"<p ", "<h1", "<ul", "<article", "<meta" };
	if (!str_starts(s, STR("<")))
		return false;
	for (size_t i = 0; i < COUNT(tags); i++)
		if (str_find_nocase(s, str_from(tags[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* A header that a shape knows. */
static bool is_table(str s, const catalog *c, arena *a)
{
	csv_header header = { 0 };
	if (!csv_header_names(&header, first_line(s), a))
		return false;
	value names = value_new_map(a);
	EACH (const str, name, header.names)
		value_set_str(a, names, *name, value_literal("x"));
	shape_match match;
	return shape_find(&match, a, c, NULL, &names);
}

static bool is_markdown(str s)
{
	static const char *const marks[] = { "\n# ", "\n## ", "\n### ", "\n**", "](", "\n* ", "\n- " };
	if (str_starts(s, STR("#")) || str_starts(s, STR("---\n")) || str_starts(s, STR("**")))
		return true;
	for (size_t i = 0; i < COUNT(marks); i++)
		if (str_find(s, str_from(marks[i]), 0) != SIZE_MAX)
			return true;
	return false;
}

/* `whole`: nothing comes after these bytes. */
static form_kind recognise(str s, bool whole, const catalog *c, arena *a)
{
	if (str_starts(s, STR("\xEF\xBB\xBF")))
		s = str_skip(s, 3);
	while (s.len && is_space(s.ptr[0]))
		s = str_skip(s, 1);
	str begin = str_sub(s, 0, SNIFF);
	if (is_html(begin))
		return FORM_HTML;
	if (is_json_lines(s, whole))
		return FORM_LINES;
	if (is_json(s))
		return FORM_JSON;
	if (is_table(begin, c, a) || csv_is_regular(begin, whole && s.len <= SNIFF, a))
		return FORM_CSV;
	return is_markdown(begin) ? FORM_MARKDOWN : FORM_TEXT;
}

/* Whether the end is within one of the first lines, which looks like JSON. */
static bool breaks_off(str s)
{
	enum { LINES = 3 };
	for (int i = 0; i < LINES; i++) {
		str_cut cut = str_split(s, '\n');
		if (!cut.ok)
			return is_json(str_trim(cut.head));
		s = cut.tail;
	}
	return false;
}

/* Fills the window: some blocks, and the first lines to their ends, so far as a file of JSON may be long. */
static str look(posting_input *in, diags *d)
{
	while (input_here(in).len < 2 * SNIFF && input_more(in, d)) {
	}
	while (input_here(in).len <= IO_FILE_MAX && breaks_off(input_here(in)) && input_more(in, d)) {
	}
	return input_here(in);
}

static bool take_as(posting_stream *s, str as, diags *d)
{
	s->form = FORM_NONE;
	if (!as.len)
		return true;
	for (int i = 0; posting_forms[i].name; i++)
		if (str_eq(as, str_from(posting_forms[i].name)))
			s->form = (form_kind)i;
	if (s->form != FORM_NONE)
		return true;
	s->only = shape_by_id(s->catalog, as);
	if (s->only)
		return true;
	diag_file(d, E_POSTING_FORM, s->path, "'%.*s' is neither a form nor a shape of postings", STRF(as));
	return false;
}

static bool say_no_text(const posting_stream *s, diags *d)
{
	diag_file(d, E_POSTING_FORM, s->path, "cannot be read: it is not text");
	return false;
}

/* A text may have lost a few bytes; other things are full of NULs. */
static bool is_binary(str s)
{
	enum { LOOKED_AT = 512, ONE_IN = 20 };
	s = str_sub(s, 0, LOOKED_AT);
	size_t nuls = 0;
	for (size_t i = 0; i < s.len; i++)
		nuls += s.ptr[i] == '\0';
	return nuls * ONE_IN > s.len;
}

/* Sets the form unless it was given. A shape that was given says nothing of the form. */
static bool find_form(posting_stream *s, diags *d)
{
	str here = look(&s->in, d);
	const char *what = s->form == FORM_NONE ? foreign(here) : NULL;
	if (what) {
		diag_file(d, E_POSTING_FORM, s->path, "cannot be read: it is %s", what);
		return false;
	}
	if (!here.len) {
		diag_file(d, E_POSTING_EMPTY, s->path, "is empty");
		return false;
	}
	s->guessed = s->form == FORM_NONE;
	if (s->guessed && !encoding_is_wide(here) && is_binary(here))
		return say_no_text(s, d);
	if (s->form == FORM_NONE && !encoding_is_wide(here))
		s->form = recognise(here, s->in.end, s->catalog, &s->item);
	return true;
}

/* --- loading --- */

static void enqueue(posting_stream *s, const shape_match *m, const value *root, arena *a, str line, diags *d)
{
	for (size_t i = 0; i < m->items.len; i++) {
		str where = line;
		if (!line.len && (m->items.len > 1 || m->list.len))
			where = arena_printf(a, "%.*s[%u]", STRF(m->list), m->numbers.ptr[i]);
		vec_push(a, &s->queue,
			(queued){ .shape = m->shape, .root = root, .item = m->items.ptr[i], .where = where });
	}
	if (m->others)
		diag_file(d, E_POSTING_SHAPE, s->path, "%.*s%s%zu entries are not postings of the form '%.*s'",
			STRF(line), line.len ? ": " : "", m->others, STRF(m->shape->id));
}

/* The first keys of a value that nobody knows, so that people see what they have. */
static str describe(arena *a, const value *v)
{
	enum { SHOWN = 6 };
	buf b = { .arena = a };
	if (v->kind == V_LIST && v->list.len)
		v = v->list.ptr;
	for (size_t i = 0; v->kind == V_MAP && i < v->map->pairs.len && i < SHOWN; i++)
		buf_printf(&b, "%s%.*s", i ? ", " : "", STRF(str_sub(v->map->pairs.ptr[i].key.string, 0, 40)));
	return b.len ? buf_done(&b) : STR("no keys");
}

static void load_value(posting_stream *s, str text, arena *a, unsigned line, diags *d)
{
	value *root = NEW(a, value);
	str fault, where = line ? arena_printf(a, "line %u", line) : STR("");
	unsigned at;
	if (!root)
		return;
	if (!posting_json(root, a, text, &fault, &at)) {
		if (!a->failed)
			diag_line(d, E_JSON_SYNTAX, s->path, line ? line : at, "%.*s", STRF(fault));
		return;
	}
	shape_match m;
	if (shape_find(&m, a, s->catalog, s->only, root))
		enqueue(s, &m, root, a, where, d);
	else if (!a->failed)
		diag_line(d, E_POSTING_SHAPE, s->path, line, "no shape of the catalogue fits; the keys are %.*s",
			STRF(describe(a, root)));
}

static shape_context context_of(posting_stream *s, str where, diags *d)
{
	return (shape_context){ .as_of = s->as_of, .path = s->path, .where = where, .scratch = &s->item, .d = d };
}

static void load_page(posting_stream *s, diags *d)
{
	shape_context c = context_of(s, STR(""), d);
	page_find(&s->page, &s->own, s->text, &c);
	EACH (const value, v, s->page.items) {
		shape_match m;
		if (shape_find(&m, &s->own, s->catalog, s->only, v)) {
			m.others = 0; /* a graph is about other things too */
			size_t from = s->queue.len;
			enqueue(s, &m, v, &s->own, STR(""), d);
			for (size_t i = from; s->page.items.len == 1 && m.items.len == 1 && i < s->queue.len; i++)
				s->queue.ptr[i].where = STR("");
		}
	}
	s->pending = s->queue.len == 0;
	if (s->pending)
		s->page.form = "page";
}

/* The text of a file that is read as a whole. */
static bool load_text(posting_stream *s, diags *d)
{
	if (!input_all(&s->in, d))
		return false;
	encoding_report report;
	bool html = s->form == FORM_HTML;
	s->text = encoding_fix(&s->own, input_here(&s->in), html, &report);
	say_encoding(s, &report, d);
	return !s->own.failed;
}

/* UTF-16 becomes UTF-8 before anything else is looked at. */
static bool widen(posting_stream *s, diags *d)
{
	if (!encoding_is_wide(input_here(&s->in)))
		return true;
	if (!load_text(s, d))
		return false;
	posting_input *in = &s->in;
	arena_free(&in->own);
	in->ptr = NEWN(&in->own, char, s->text.len + 1);
	if (!in->ptr)
		return false;
	if (s->text.len)
		memcpy(in->ptr, s->text.ptr, s->text.len);
	in->from = 0;
	in->to = s->text.len;
	in->cap = s->text.len + 1;
	in->end = true;
	if (s->form == FORM_NONE)
		s->form = recognise(input_here(in), true, s->catalog, &s->item);
	return true;
}

static bool load_table(posting_stream *s, diags *d)
{
	str here = input_here(&s->in);
	if (str_starts(here, STR("\xEF\xBB\xBF")))
		input_take(&s->in, 3);
	s->header.separator = csv_separator(first_line(input_here(&s->in)));
	return csv_header_read(&s->header, &s->in, &s->own, d);
}

static bool load(posting_stream *s, diags *d)
{
	if (s->form == FORM_LINES)
		return true;
	if (s->form == FORM_CSV)
		return load_table(s, d);
	if (!load_text(s, d))
		return false;
	if (s->form == FORM_JSON)
		load_value(s, s->text, &s->own, 0, d);
	else if (s->form == FORM_HTML)
		load_page(s, d);
	else if (s->guessed && !encoding_is_text(s->text))
		return say_no_text(s, d);
	else
		s->pending = true;
	return !s->own.failed;
}

bool postings_open(posting_stream **out, arena *a, const char *path, const posting_options *o, diags *d)
{
	*out = NULL;
	posting_stream *s = NEW(a, posting_stream);
	if (!s)
		return false;
	bool standard = str_eq(str_from(path), STR("-"));
	s->path = arena_str(a, standard ? STR("<stdin>") : str_from(path));
	s->as_of = arena_str(a, o->as_of);
	s->catalog = o->catalog;
	/* a test that makes an allocation fail reaches these too */
	s->own.fail_at = s->line.fail_at = s->item.fail_at = a->fail_at;
	s->in.fd = -1;
	if (take_as(s, o->as, d) && input_open(&s->in, path, s->path, d)) {
		s->in.own.fail_at = a->fail_at;
		if (find_form(s, d) && widen(s, d) && load(s, d) && !a->failed) {
			*out = s;
			return true;
		}
	}
	a->failed |= s->own.failed || s->item.failed || s->in.own.failed;
	postings_close(s);
	return false;
}

/* --- the next one --- */

/* More to do from the next line or row; false at the end. */
static bool refill(posting_stream *s, diags *d)
{
	str line;
	unsigned number;
	bool too_long;
	encoding_report report = { 0 };
	arena_free(&s->line);
	s->queue.ptr = NULL;
	s->queue.len = s->queue.cap = s->next = 0;
	if (s->form == FORM_CSV) {
		value *row = NEW(&s->line, value);
		if (!row || !csv_next(row, &s->header, &s->in, &s->line, &number, &report, d))
			return false;
		shape_match m;
		if (shape_find(&m, &s->line, s->catalog, s->only, row))
			enqueue(s, &m, row, &s->line, arena_printf(&s->line, "line %u", number), d);
		else if (!s->line.failed)
			diag_line(d, E_POSTING_SHAPE, s->path, number,
				"no shape of the catalogue fits; the columns are %.*s", STRF(describe(&s->line, row)));
	} else {
		if (s->form != FORM_LINES || !input_line(&s->in, &line, &number, &too_long, d))
			return false;
		if (too_long)
			diag_line(d, E_POSTING_LINE, s->path, number, "a line of more than %zu MB is left out",
				POSTING_LINE_MAX >> 20);
		line = str_trim(line);
		bool nul = line.len && memchr(line.ptr, 0, line.len);
		if (!nul)
			line = encoding_fix(&s->line, line, false, &report);
		if (line.len)
			load_value(s, line, &s->line, number, d);
	}
	say_encoding(s, &report, d);
	return true;
}

static void read_visible(posting *out, posting_stream *s, arena *a)
{
	text_builder b = text_start(a);
	page_visible(&b, &s->page);
	posting_set_text(out, &b);
}

/* Pages often declare only the beginning of what they show. */
static void extend_summary(posting *out, posting_stream *s, arena *a)
{
	out->form = s->page.form;
	if (s->queue.len != 1 || out->text.len >= SUMMARY_MAX)
		return;
	posting shown = { 0 };
	read_visible(&shown, s, a);
	if (shown.text.len > 2 * out->text.len) {
		out->text = shown.text;
		out->blocks.ptr = shown.blocks.ptr;
		out->blocks.len = shown.blocks.len;
	}
}

static bool finish(posting *out, arena *a, shape_context *c)
{
	if (c->scratch->failed)
		a->failed = true;
	if (a->failed)
		return false;
	if (!out->text.len) {
		say(c, E_POSTING_EMPTY, "'%.*s' has no text, only facts; it is left out",
			STRF(str_sub(out->title, 0, 80)));
		return false;
	}
	posting_complete(out, a);
	return !a->failed;
}

static bool next_queued(posting *out, posting_stream *s, arena *a, diags *d)
{
	queued q = s->queue.ptr[s->next++];
	shape_context c = context_of(s, q.where, d);
	shape_read(out, q.shape, q.root, &q.item, a, &c);
	if (s->form == FORM_HTML)
		extend_summary(out, s, a);
	else if (s->form == FORM_CSV)
		out->form = "csv";
	return finish(out, a, &c);
}

static bool next_text(posting *out, posting_stream *s, arena *a, diags *d)
{
	s->pending = false;
	shape_context c = context_of(s, STR(""), d);
	if (s->form != FORM_HTML) {
		const posting_shape *plain = s->only ? s->only : shape_by_id(s->catalog, STR("plain"));
		front_read(out, s->text, s->form == FORM_MARKDOWN, plain, a, &c);
		return finish(out, a, &c);
	}
	*out = (posting){ .form = "page", .path = arena_str(a, s->path) };
	read_visible(out, s, a);
	page_facts(out, &s->page, a);
	if (text_words(out->text) < VISIBLE_WORDS_MIN)
		out->text = STR("");
	else
		say(&c, E_POSTING_MARKUP, "the page declares no JobPosting; what can be seen of it is taken");
	return finish(out, a, &c);
}

bool postings_next(posting *out, posting_stream *s, arena *a, diags *d)
{
	for (;;) {
		arena_free(&s->item);
		s->item.failed = false;
		bool found = false;
		if (s->next < s->queue.len)
			found = next_queued(out, s, a, d);
		else if (s->pending)
			found = next_text(out, s, a, d);
		else if (!refill(s, d))
			break;
		a->failed |= s->item.failed || s->line.failed;
		if (found && !a->failed)
			return true;
		if (a->failed)
			break;
	}
	a->failed |= s->line.failed || s->own.failed || s->in.own.failed;
	return false;
}

void postings_close(posting_stream *s)
{
	if (!s)
		return;
	input_close(&s->in);
	arena_free(&s->own);
	arena_free(&s->line);
	arena_free(&s->item);
	s->queue.len = s->next = 0;
	s->pending = false;
}

uint64_t postings_bytes(const posting_stream *s)
{
	return s->in.taken;
}

list_str postings_files(arena *a, const char *path)
{
	vec_str out = { 0 };
	str name = str_from(path);
	if (str_eq(name, STR("-")) || io_stat(path) == IO_FILE || io_stat(path) == IO_OTHER)
		vec_push(a, &out, arena_str(a, name));
	if (io_stat(path) == IO_FOLDER) {
		list_str files = io_walk(a, path, STR(""));
		EACH (const str, file, files)
			vec_push(a, &out, io_join(a, name, *file));
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}
