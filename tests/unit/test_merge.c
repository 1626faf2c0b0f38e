/* Merging plans: folders of cases, small texts, what is no plan, memory and cost. */
#include "merging.h"

#include "base/io.h"
#include "plan/splice.h"

#include <stdlib.h>
#include <string.h>

static str data_file(arena *a, str folder, const char *name)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	str path = io_join(a, str_from(root ? root : "."), STR("tests/data/merge"));
	return io_join(a, folder.len ? io_join(a, path, folder) : path, str_from(name));
}

/* ---- splices */

static str spliced(arena *a, const char *text, vec_splice *list)
{
	str out = STR("refused");
	splice_sort(a, list);
	return splice_apply(&out, a, str_from(text), 0, strlen(text), list) ? out : STR("refused");
}

Test(splice, in_one_pass)
{
	arena a = { 0 };
	vec_splice list = { 0 };
	assert_str(spliced(&a, "abc", &list), "abc");
	splice_add(&a, &list, 2, 3, STR("C"));
	splice_add(&a, &list, 1, 1, STR("1"));
	splice_add(&a, &list, 0, 1, STR(""));
	splice_add(&a, &list, 1, 1, STR("2"));
	splice_add(&a, &list, 3, 3, STR("end"));
	assert_str(spliced(&a, "abc", &list), "12bCend");
	static const size_t origins[] = { 1, 1, 1, 2, 3, 3, 3, 3 };
	for (size_t i = 0; i < COUNT(origins); i++)
		require_that(splice_origin(&list, i) == origins[i], "%zu comes from %zu", i, splice_origin(&list, i));
	arena_free(&a);
	NO_LEAKS();
}

Test(splice, insertions_come_before_a_replacement_at_the_same_place)
{
	arena a = { 0 };
	vec_splice list = { 0 };
	splice_add(&a, &list, 1, 2, STR("B"));
	splice_add(&a, &list, 1, 1, STR("x"));
	splice_add(&a, &list, 2, 2, STR("y"));
	assert_str(spliced(&a, "abc", &list), "axByc");
	arena_free(&a);
	NO_LEAKS();
}

Test(splice, what_overlaps_or_lies_outside_is_refused)
{
	static const splice pairs[][2] = { { { 0, 2, { "x", 1 } }, { 1, 3, { "y", 1 } } },
		{ { 0, 2, { "x", 1 } }, { 1, 1, { "y", 1 } } }, { { 0, 1, { "x", 1 } }, { 3, 4, { "y", 1 } } },
		{ { 0, 1, { "x", 1 } }, { 2, 1, { "y", 1 } } } };
	for (size_t i = 0; i < COUNT(pairs); i++) {
		arena a = { 0 };
		vec_splice list = { 0 };
		vec_push(&a, &list, pairs[i][0]);
		vec_push(&a, &list, pairs[i][1]);
		assert_str(spliced(&a, "abc", &list), "refused");
		arena_free(&a);
	}
	NO_LEAKS();
}

/* ---- folders: base.yaml, edited.yaml and made.yaml give want.yaml or conflicts.txt */

static str read_file(arena *a, str folder, const char *name)
{
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	str text, path = data_file(a, folder, name);
	return io_stat(path.ptr) == IO_FILE && io_read(&text, a, path.ptr, &d) ? text : (str){ 0 };
}

static void expect_file(merging *m, str folder, const char *name, str got)
{
	if (getenv("CW_UPDATE") && !getenv("CI") && got.len)
		io_write(data_file(&m->f.a, folder, name).ptr, got, &m->f.a, &m->f.d);
	str want = read_file(&m->f.a, folder, name);
	cr_expect(str_eq(want, got), "%.*s/%s: got\n%.*s---- expected\n%.*s----", STRF(folder), name, STRF(got),
		STRF(want));
}

static void run_folder(str folder)
{
	merging m;
	arena files = { 0 };
	str base = read_file(&files, folder, "base.yaml");
	merging_run(&m, base, read_file(&files, folder, "edited.yaml"), read_file(&files, folder, "made.yaml"));
	fixture_expect(&m.f, "");
	cr_expect(m.ok, "%.*s", STRF(folder));
	expect_file(&m, folder, "want.yaml", m.result.text);
	expect_file(&m, folder, "conflicts.txt", merging_conflicts(&m));
	arena_free(&files);
	merging_close(&m);
}

Test(merge, folders)
{
	arena a = { 0 };
	list_str names = io_list(&a, data_file(&a, STR(""), "").ptr);
	require_that(names.len >= 40, "%zu cases", names.len);
	EACH (str, name, names)
		run_folder(*name);
	arena_free(&a);
	NO_LEAKS();
}
