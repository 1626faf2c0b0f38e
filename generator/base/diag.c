#include "base/diag.h"

#include "base/json.h"
#include "base/map.h"

#include <stdarg.h>
#include <stdio.h>

static const struct {
	const char *slug;
	unsigned number;
	diag_severity severity;
} codes[] = {
#define X(name, number, severity, slug) { slug, number, DIAG_##severity },
	DIAG_CODES(X)
#undef X
};

enum { LINE_SHOWN = 160 }; /* bytes of a source line that are printed at most */

unsigned diag_number(diag_code code)
{
	return codes[code].number;
}

diag_severity diag_code_severity(diag_code code)
{
	return codes[code].severity;
}

const char *diag_slug(diag_code code)
{
	return codes[code].slug;
}

const char *diag_severity_name(diag_severity severity)
{
	return severity == DIAG_ERROR ? "error" : severity == DIAG_WARNING ? "warning" : "note";
}

__attribute__((format(printf, 3, 0))) static void add(diags *d, diag one, const char *format, va_list args)
{
	if (codes[one.code].severity == DIAG_ERROR)
		d->errors++;
	if (d->list.len >= DIAG_MAX) {
		d->dropped++;
		return;
	}
	va_list again;
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *text = n >= 0 ? NEWN(d->arena, char, (size_t)n + 1) : NULL;
	if (text) {
		vsnprintf(text, (size_t)n + 1, format, again);
		one.text = (str){ .ptr = text, .len = (size_t)n };
	}
	va_end(again);
	vec_push(d->arena, &d->list, one);
}

void diag_add(diags *d, diag_code code, loc at, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(d, (diag){ .code = code, .at = at }, format, args);
	va_end(args);
}

void diag_span(diags *d, diag_code code, loc at, uint32_t length, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(d, (diag){ .code = code, .at = at, .length = length }, format, args);
	va_end(args);
}

static diag of_file(diags *d, diag_code code, str path, uint32_t line)
{
	bool kept = d->list.len < DIAG_MAX; /* a million faults must not cost memory */
	return (diag){ .code = code, .path = kept ? arena_str(d->arena, path) : STR(""), .line = line };
}

void diag_file(diags *d, diag_code code, str path, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(d, of_file(d, code, path, 0), format, args);
	va_end(args);
}

void diag_line(diags *d, diag_code code, str path, uint32_t line, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	add(d, of_file(d, code, path, line), format, args);
	va_end(args);
}

void diags_take(diags *d, const diags *from)
{
	EACH (const diag, one, from->list) {
		diag copy = *one;
		if (d->list.len >= DIAG_MAX) {
			d->dropped++;
			continue;
		}
		copy.path = arena_str(d->arena, one->path);
		copy.text = arena_str(d->arena, one->text);
		vec_push(d->arena, &d->list, copy);
	}
	d->errors += from->errors;
	d->dropped += from->dropped;
	d->system |= from->system;
}

static str path_of(diags *d, const diag *one)
{
	const source *src = sources_get(d->sources, one->at.source);
	return src ? src->path : one->path;
}

/* The source line, shortened around the place if it is long, and carets under the place. Tabs keep their
 * width, because the caret line repeats them. */
static void print_line(buf *out, diags *d, const diag *one, position at)
{
	str line = sources_line(d->sources, one->at);
	const source *src = sources_get(d->sources, one->at.source);
	size_t start = (size_t)(line.ptr - src->text.ptr);
	size_t column = one->at.offset > start ? one->at.offset - start : 0;
	if (column > line.len) /* at a line end or the end of the file */
		column = line.len;
	size_t from = column > LINE_SHOWN / 2 && line.len > LINE_SHOWN ? column - LINE_SHOWN / 2 : 0;
	while (from && ((unsigned char)line.ptr[from] & 0xC0) == 0x80)
		from--;
	str shown = str_sub(line, from, LINE_SHOWN);
	while (shown.len && from + shown.len < line.len &&
		   ((unsigned char)line.ptr[from + shown.len] & 0xC0) == 0x80)
		shown.len--;
	buf_printf(out, "%5u | ", at.line);
	for (size_t i = 0; i < shown.len; i++)
		buf_char(out, (unsigned char)shown.ptr[i] < ' ' && shown.ptr[i] != '\t' ? '?' : shown.ptr[i]);
	BUF_LIT(out, "\n      | ");
	for (size_t i = 0; i < column - from && i < shown.len; i++)
		if (((unsigned char)shown.ptr[i] & 0xC0) != 0x80)
			buf_char(out, shown.ptr[i] == '\t' ? '\t' : ' ');
	str under = str_sub(shown, column - from, one->length ? one->length : 1);
	size_t carets = 0;
	for (size_t i = 0; i < under.len; i++)
		carets += ((unsigned char)under.ptr[i] & 0xC0) != 0x80;
	for (size_t i = 0; i < (carets ? carets : 1); i++)
		buf_char(out, '^');
	buf_char(out, '\n');
}

void diag_print(buf *out, diags *d, const diag *one)
{
	str path = path_of(d, one);
	position at = sources_position(d->sources, one->at);
	if (path.len)
		buf_printf(out, "%.*s:", STRF(path));
	if (at.line)
		buf_printf(out, "%u:%u:", at.line, at.column);
	else if (one->line)
		buf_printf(out, "%u:", one->line);
	if (path.len)
		buf_char(out, ' ');
	buf_printf(out, "%s: %.*s [CW%u]\n", diag_severity_name(codes[one->code].severity), STRF(one->text),
		codes[one->code].number);
	if (at.line)
		print_line(out, d, one, at);
}

/* What is said of files in the same words. */
typedef struct {
	size_t count, printed;
	bool lines; /* some of it is said of a line */
} same_words;

static same_words *words_of(map *all, const diag *one)
{
	if (one->at.source || !one->path.len)
		return NULL;
	str key = arena_printf(all->arena, "%u %.*s", codes[one->code].number, STRF(one->text));
	same_words *found = map_get(all, key);
	if (found)
		return found;
	found = NEW(all->arena, same_words);
	map_put(all, key, found);
	return found;
}

static void print_one_of(buf *out, diags *d, const diag *one, same_words *same)
{
	if (!same || same->count <= DIAG_SAME || same->printed < DIAG_SAME)
		diag_print(out, d, one);
	if (!same || ++same->printed != DIAG_SAME || same->count <= DIAG_SAME)
		return;
	size_t more = same->count - DIAG_SAME;
	buf_printf(out, "the same holds for %zu more %s%s [CW%u]\n", more, same->lines ? "place" : "file",
		more == 1 ? "" : "s", codes[one->code].number);
}

void diag_print_all(buf *out, diags *d)
{
	map all = { .arena = out->arena };
	EACH (const diag, one, d->list) {
		same_words *same = words_of(&all, one);
		if (same) {
			same->count++;
			same->lines |= one->line > 0;
		}
	}
	EACH (const diag, one, d->list)
		print_one_of(out, d, one, words_of(&all, one));
	if (d->dropped)
		buf_printf(out, "and %zu more\n", d->dropped);
}

void diag_print_json(buf *out, diags *d)
{
	buf_char(out, '[');
	for (size_t i = 0; i < d->list.len; i++) {
		const diag *one = &d->list.ptr[i];
		position at = sources_position(d->sources, one->at);
		buf_printf(out,
			"%s\n  {\"code\": \"CW%u\", \"slug\": \"%s\", \"severity\": \"%s\", \"file\": ", i ? "," : "",
			codes[one->code].number, codes[one->code].slug, diag_severity_name(codes[one->code].severity));
		json_string(out, path_of(d, one));
		buf_printf(
			out, ", \"line\": %u, \"column\": %u, \"text\": ", at.line ? at.line : one->line, at.column);
		json_string(out, one->text);
		buf_char(out, '}');
	}
	buf_str(out, d->list.len ? STR("\n]\n") : STR("]\n"));
}
