/* What is read, and what of it is kept: files by where they stand, postings by their titles. */
#include "ingestion.h"

#include "base/io.h"

/* ---- titles */

list_str title_alternatives(arena *a, str words)
{
	vec_str out = { 0 };
	for (str_cut cut = { .tail = words, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		str one = str_trim(cut.head);
		if (one.len)
			vec_push(a, &out, arena_str(a, one));
	}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

static bool is_inside(char c)
{
	return is_alnum(c) || (unsigned char)c >= 0x80;
}

/* Offset after the first place from `from` on at which a word begins so; SIZE_MAX if there is none. */
static size_t after_beginning(str s, str word, size_t from)
{
	for (; (from = str_find_nocase(s, word, from)) != SIZE_MAX; from++)
		if (from == 0 || !is_inside(s.ptr[from - 1]))
			return from + word.len;
	return SIZE_MAX;
}

static str next_word(str *s)
{
	size_t len = 0;
	*s = str_trim(*s);
	while (len < s->len && !is_space(s->ptr[len]))
		len++;
	str word = str_sub(*s, 0, len);
	*s = str_skip(*s, len);
	return word;
}

static bool has_words(str title, str words)
{
	size_t at = 0;
	for (str word = next_word(&words); word.len && at != SIZE_MAX; word = next_word(&words))
		at = after_beginning(title, word, at);
	return at != SIZE_MAX;
}

bool title_fits(str title, list_str alternatives)
{
	EACH (const str, one, alternatives)
		if (has_words(title, *one))
			return true;
	return alternatives.len == 0;
}

/* ---- files */

/* `path` is relative to the course folder. */
static bool is_own(str path)
{
	static const char *const files[] = { "course.yaml", "workbook.md", "plan.yaml" };
	static const char *const folders[] = { "state/", "out/", "catalog/", "rules/", "rubrics/", "templates/" };
	for (size_t i = 0; i < COUNT(files); i++)
		if (str_eq(path, str_from(files[i])))
			return true;
	for (size_t i = 0; i < COUNT(folders); i++)
		if (str_starts(path, str_from(folders[i])))
			return true;
	return str_starts(path, STR("evidence.db"));
}

static bool is_own_of(str root, str path)
{
	return root.len && str_starts(path, root) && is_own(str_skip(path, root.len));
}

/* The true path with a slash at its end; empty if there is none. */
static str true_folder(arena *a, const char *path)
{
	str real = io_real(a, *path ? path : ".");
	return real.len && !str_ends(real, STR("/")) ? arena_printf(a, "%.*s/", STRF(real)) : real;
}

list_str ingest_files(cw_context *c, const char *path)
{
	arena *a = &c->arena;
	list_str all = postings_files(a, path);
	if (str_eq(str_from(path), STR("-")) || io_stat(path) != IO_FOLDER)
		return all;
	str root = true_folder(a, arena_cstr(a, c->root)), folder = true_folder(a, path);
	size_t kept = 0, before = io_join(a, str_from(path), STR("x")).len - 1;
	for (size_t i = 0; i < all.len && !a->failed; i++) {
		str real = arena_printf(a, "%.*s%.*s", STRF(folder), STRF(str_skip(all.ptr[i], before)));
		if (!is_own_of(root, real))
			all.ptr[kept++] = all.ptr[i];
	}
	size_t own = a->failed ? 0 : all.len - kept;
	if (own)
		diag_file(&c->diags, E_POSTING_OWN, str_from(path), "%zu file%s of the course itself %s left out",
			own, own == 1 ? "" : "s", own == 1 ? "is" : "are");
	all.len = kept;
	return all;
}
