#include "base/io_set_journal.h"

#include "base/hash.h"
#include "base/io.h"
#include "base/map.h"

#define FIRST_LINE "coursewright journal 1\n"

bool journal_takes(str path)
{
	for (size_t i = 0; i < path.len; i++)
		if ((unsigned char)path.ptr[i] < ' ' || path.ptr[i] == 0x7F)
			return false;
	return io_is_safe(path) && !str_ends(path, STR(IO_SET_SUFFIX));
}

str journal_end(arena *a, str lines)
{
	return arena_printf(a, "end %.*s\n", STRF(hash_sha256(a, lines)));
}

str journal_text(arena *a, const vec_journal_entry *entries)
{
	buf b = { .arena = a };
	BUF_LIT(&b, FIRST_LINE);
	EACH (const journal_entry, e, *entries) {
		buf_printf(&b, "file %.*s\n", STRF(e->path));
		if (e->remove)
			BUF_LIT(&b, "removed\n");
		else
			buf_printf(&b, "staged %.*s\nsha256 %.*s\n", STRF(e->staged), STRF(e->sha256));
	}
	buf_str(&b, journal_end(a, buf_done(&b)));
	return buf_done(&b);
}

typedef struct {
	str rest;
	uint32_t line; /* of what was taken last */
	str path;
	diags *diags;
	map seen;
} parser;

static bool wrong(parser *p, const char *text)
{
	diag_line(p->diags, E_BAD_JOURNAL, p->path, p->line, "%s; nothing was touched", text);
	return false;
}

/* What follows `word` in the next line, if it begins with it. */
static bool take(parser *p, str word, str *out)
{
	str_cut cut = str_split(p->rest, '\n');
	if (!str_starts(cut.head, word))
		return false;
	*out = str_skip(cut.head, word.len);
	p->rest = cut.tail;
	p->line++;
	return true;
}

static bool is_staged(const journal_entry *e)
{
	return e->staged.len == e->path.len + sizeof IO_SET_SUFFIX - 1 && str_starts(e->staged, e->path) &&
		   str_ends(e->staged, STR(IO_SET_SUFFIX));
}

static bool read_entry(parser *p, journal_entry *e)
{
	str nothing;
	if (!journal_takes(e->path))
		return wrong(p, "names a file that is not safely below the folder");
	if (map_has(&p->seen, e->path))
		return wrong(p, "names a file twice");
	map_put(&p->seen, e->path, e);
	e->remove = take(p, STR("removed"), &nothing);
	if (e->remove)
		return nothing.len == 0 || wrong(p, "says more than that a file is removed");
	if (!take(p, STR("staged "), &e->staged) || !is_staged(e))
		return wrong(p, "does not say where the file is staged");
	return (take(p, STR("sha256 "), &e->sha256) && hash_is_sha256(e->sha256)) ||
		   wrong(p, "does not say what the file is to be");
}

/* The lines before the last one, if that is their digest; empty otherwise. */
static str checked_lines(arena *a, str text)
{
	size_t len = text.len ? text.len - 1 : 0;
	while (len && text.ptr[len - 1] != '\n')
		len--;
	str lines = str_sub(text, 0, len);
	return str_eq(str_skip(text, len), journal_end(a, lines)) ? lines : STR("");
}

bool journal_read(vec_journal_entry *out, arena *a, str text, str path, diags *d)
{
	parser p = { .rest = checked_lines(a, text), .path = path, .diags = d, .seen.arena = a };
	*out = (vec_journal_entry){ 0 };
	if (a->failed)
		return false;
	if (!str_starts(p.rest, STR(FIRST_LINE)))
		return wrong(&p, "is not a journal, or is damaged");
	p.rest = str_skip(p.rest, sizeof FIRST_LINE - 1);
	p.line = 1;
	while (p.rest.len && !a->failed) {
		journal_entry e = { 0 };
		if (!take(&p, STR("file "), &e.path))
			return wrong(&p, "does not name a file where it should");
		if (!read_entry(&p, &e))
			return false;
		vec_push(a, out, e);
	}
	return !a->failed && (out->len || wrong(&p, "names no file"));
}
