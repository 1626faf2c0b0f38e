/* Looks templates up by name, reads and parses each once, and answers the renderer's calls for partials. A
 * format has its own map, so that a partial is found without putting a file name together. */
#include "render/templates.h"

#include "base/io.h"
#include "base/map.h"
#include "base/text.h"
#include "base/utf8.h"

typedef struct {
	bool missing;
	const mustache *program; /* NULL if missing or wrong */
} entry;

struct template_format {
	template_set *set;
	str name; /* "md" */
	map parsed;
};

enum { NAME_MAX_BYTES = 120 };

static template_format *find_format(template_set *s, str name)
{
	EACH (template_format *, f, s->formats)
		if (str_eq((*f)->name, name))
			return *f;
	template_format *fresh = NEW(s->arena, template_format);
	if (!fresh)
		return NULL;
	*fresh =
		(template_format){ .set = s, .name = arena_str(s->arena, name), .parsed = { .arena = s->arena } };
	vec_push(s->arena, &s->formats, fresh);
	return s->arena->failed ? NULL : fresh;
}

static bool is_name(str name)
{
	size_t slashes = 0;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		slashes += c == '/';
		if (!is_alnum(c) && c != '_' && c != '-' && c != '/')
			return false;
	}
	return name.len && name.len <= NAME_MAX_BYTES && slashes <= 1;
}

/* The first or second file name under which a template is looked for; the format may be empty. */
static str file_name(const template_format *f, str name, int attempt)
{
	arena *a = f->set->arena;
	if (f->name.len && attempt == 0)
		return arena_printf(a, "%.*s.%.*s.mustache", STRF(name), STRF(f->name));
	if (!f->name.len && attempt == 1)
		return arena_printf(a, "%.*s.html.mustache", STRF(name));
	return arena_printf(a, "%.*s.mustache", STRF(name));
}

static const mustache *read_template(template_set *s, str path, diags *d)
{
	str text;
	if (!io_read(&text, s->arena, path.ptr, d))
		return NULL;
	size_t bad = utf8_bad_offset(text);
	uint32_t number = sources_add(d->sources, path, text);
	if (bad != SIZE_MAX) {
		diag_add(
			d, E_BAD_UTF8, (loc){ .source = number, .offset = (uint32_t)bad }, "the template is not UTF-8");
		return NULL;
	}
	text_run run = { 0 };
	located whole = { .text = text, .source = number, .runs = { .ptr = &run, .len = 1 } };
	return mustache_parse(s->arena, &whole, d);
}

static entry *read_entry(template_format *f, str name, diags *d)
{
	template_set *s = f->set;
	entry *e = NEW(s->arena, entry);
	if (!e)
		return NULL;
	EACH (str, folder, s->folders)
		for (int attempt = 0; attempt < 2; attempt++) {
			str path = io_join(s->arena, *folder, file_name(f, name, attempt));
			if (s->arena->failed)
				return NULL;
			if (io_stat(path.ptr) == IO_FILE) {
				e->program = read_template(s, path, d);
				return e;
			}
		}
	e->missing = true;
	return e;
}

/* Names that the folders have for this format. */
static vec_str known_names(const template_format *f)
{
	vec_str names = { 0 };
	arena *a = f->set->arena;
	for (int attempt = 0; attempt < 2; attempt++) {
		str suffix = file_name(f, STR(""), attempt);
		EACH (str, folder, f->set->folders) {
			list_str paths = io_walk(a, arena_cstr(a, *folder), suffix);
			EACH (str, path, paths) {
				str name = str_sub(*path, 0, path->len - suffix.len);
				if (is_name(name))
					vec_push(a, &names, name);
			}
		}
	}
	return names;
}

static void report_missing(const template_format *f, str name, loc at, diags *d)
{
	vec_str names = known_names(f);
	str meant = text_suggest(name, names.ptr, names.len);
	buf searched = { .arena = d->arena };
	EACH (str, folder, f->set->folders)
		buf_printf(&searched, "%s'%.*s'", searched.len ? ", " : "", STRF(*folder));
	diag_add(d, E_TEMPLATE_MISSING, at, "there is no template '%.*s' in %.*s%s%.*s%s",
		STRF(file_name(f, name, 0)), STRF(searched.len ? buf_done(&searched) : STR("any folder")),
		meant.len ? "; did you mean '" : "", STRF(meant), meant.len ? "'?" : "");
}

static bool check_name(str name, loc at, bool optional, diags *d)
{
	if (is_name(name) && io_is_safe(name))
		return true;
	if (!io_is_safe(name))
		diag_add(d, E_UNSAFE_PATH, at, "'%.*s' is not the name of a template: it leads out of the folder",
			STRF(name));
	else if (!optional)
		diag_add(d, E_BAD_ID, at,
			"'%.*s' is not the name of a template: letters, digits, '_', '-' and one '/' are allowed",
			STRF(name));
	return false;
}

/* The renderer's question. */
static bool find(const mustache **out, str name, loc at, bool optional, diags *d, void *payload)
{
	template_format *f = payload;
	*out = NULL;
	entry *e = map_get(&f->parsed, name);
	if (!e) {
		if (!check_name(name, at, optional, d))
			return optional && io_is_safe(name);
		e = read_entry(f, name, d);
		map_put(&f->parsed, arena_str(f->set->arena, name), e);
		if (!e)
			return false;
	}
	*out = e->program;
	if (e->missing && !optional)
		report_missing(f, name, at, d);
	return e->program || (e->missing && optional);
}

const mustache *templates_get(template_set *s, str name, str format, loc at, diags *d)
{
	const mustache *t = NULL;
	template_format *f = find_format(s, format);
	return f && find(&t, name, at, false, d, f) ? t : NULL;
}

static bool render(template_set *s, buf *out, const mustache *t, str format, value data, diags *d)
{
	template_format *f = find_format(s, format);
	if (!t || !f)
		return false;
	mustache_options o = {
		.escape = escape_for(format), .lenient = s->lenient, .partials = { .find = find, .payload = f }
	};
	return mustache_render(out, t, data, &o, d);
}

bool templates_render(template_set *s, buf *out, str name, str format, value data, diags *d)
{
	return render(s, out, templates_get(s, name, format, (loc){ 0 }, d), format, data, d);
}

bool templates_render_file(template_set *s, buf *out, str path, value data, diags *d)
{
	return render(s, out, read_template(s, arena_str(s->arena, path), d), templates_format(path), data, d);
}

str templates_format(str path)
{
	str name = io_base(path);
	if (!str_ends(name, STR(".mustache")))
		return STR("");
	str stem = str_sub(name, 0, name.len - STR(".mustache").len);
	size_t dot = stem.len;
	while (dot && stem.ptr[dot - 1] != '.')
		dot--;
	return str_skip(stem, dot ? dot : stem.len);
}
