/* Reading the catalogue: folders, repetitions, replacements, references. The shipped files must be clean. */
#define _POSIX_C_SOURCE 200809L
#include "fixture.h"

#include "base/io.h"
#include "read/catalog.h"
#include "read/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
	fixture f;
	catalog c;
	vec_rule rules;
	catalog_input in;
	char folder[64];
} world;

static void world_open(world *w)
{
	*w = (world){ .folder = "/tmp/cw-test-catalog-XXXXXX" };
	fixture_open(&w->f, STR("none"), STR(""));
	w->in = (catalog_input){ .catalog = &w->c, .rules = &w->rules };
	require(mkdtemp(w->folder) != NULL);
}

static void put(world *w, const char *name, const char *text)
{
	str path = io_join(&w->f.a, str_from(w->folder), str_from(name));
	require(io_write(path.ptr, str_from(text), &w->f.a, &w->f.d) == IO_WRITTEN);
}

static bool read_root(world *w, const char *name, bool replaces)
{
	return catalog_read(
		&w->in, &w->f.a, io_join(&w->f.a, str_from(w->folder), str_from(name)), replaces, &w->f.d);
}

/* As fixture_said, with the path below the scratch folder, which messages may hold too. */
static void expect_said(world *w, const char *expected)
{
	buf out = { .arena = &w->f.a };
	EACH (const diag, one, w->f.d.list) {
		const source *s = sources_get(&w->f.s, one->at.source);
		position p = sources_position(&w->f.s, one->at);
		if (s)
			buf_printf(&out, "%.*s:%u:%u ", STRF(str_skip(s->path, strlen(w->folder) + 1)), p.line, p.column);
		size_t at = str_find(one->text, str_from(w->folder), 0);
		buf_printf(&out, "%s: %.*s", diag_slug(one->code), STRF(str_sub(one->text, 0, at)));
		if (at != SIZE_MAX)
			buf_str(&out, str_skip(one->text, at + strlen(w->folder) + 1));
		buf_char(&out, '\n');
	}
	str said = buf_done(&out);
	cr_expect(str_eq(said, str_from(expected)), "said:\n%.*sexpected:\n%s", STRF(said), expected);
}

static void remove_all(const char *path)
{
	arena a = { 0 };
	list_str names = io_list(&a, path);
	EACH (const str, name, names) {
		str below = io_join(&a, str_from(path), *name);
		if (io_stat(below.ptr) == IO_FOLDER)
			remove_all(below.ptr);
		else
			io_remove(below.ptr);
	}
	io_remove_folder(path);
	arena_free(&a);
}

static void world_close(world *w)
{
	remove_all(w->folder);
	fixture_close(&w->f);
}

#define MODULE(id, title, more) \
	"  - {id: " id ", title: " title ", level: mid, summary: s, minutes: {min: 60, max: 90},\n" \
	"     teaches: {c: working}, outcomes: [{id: " id "-o, text: Do, bloom: apply, concepts: [c]}],\n" \
	"     topics: [{title: t, points: [p]}],\n" \
	"     activities: [{id: " id "-a, kind: quiz, minutes: 60, contact: true, outcomes: [" id \
	"-o], text: x}]" more "}\n"
#define CONCEPT "concepts:\n  - {id: c, kind: skill, name: C}\n"

Test(catalog, folders_and_order)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/b.yaml", "modules:\n" MODULE("m2", "B", ""));
	put(&w, "r/catalog/a/x.yaml", CONCEPT "modules:\n" MODULE("m1", "A", ""));
	put(&w, "r/catalog/a/m1/starter.yaml", "this: [is, not, ours");
	put(&w, "r/catalog/note.txt", "nor this");
	put(&w, "r/catalog/empty.yaml", "# nothing\n");
	put(&w, "r/catalog/rules/x.yaml", "rules: [{id: r1, for: skill, then: [], because: b}]\n");
	put(&w, "r/rules/y.yaml", "rules: [{id: r2, for: skill, then: [], because: b}]\n");
	put(&w, "r/rubrics/z.yaml", "scale: [{level: ok, points: 1}]\nbands: {ok: text}\n");
	require_that(read_root(&w, "r", false), "%.*s", STRF(fixture_said(&w.f)));
	require(catalog_check(&w.c, &w.f.a, &w.f.d));
	expect_said(&w, "");
	require(w.c.modules.len == 2 && w.rules.len == 2 && w.c.scale.len == 1 && w.c.bands.len == 1);
	assert_str(w.c.modules.ptr[0]->id, "m1"); /* files in the order of their paths */
	assert_str(w.rules.ptr[0]->id, "r1");
	require(catalog_find(&w.c, "module", STR("m2")) == w.c.modules.ptr[1] &&
			catalog_find(&w.c, "lab", STR("m2")) == NULL);
	char longest[300];
	memset(longest, 'x', sizeof longest);
	require(catalog_find(&w.c, "module", (str){ longest, sizeof longest }) == NULL);
	require(map_get(&w.c.outcomes, STR("m1-o")) &&
			map_get(&w.c.outcome_modules, STR("m2-o")) == w.c.modules.ptr[1]);
	vec_item *teachers = map_get(&w.c.modules_by_concept, STR("c"));
	require(teachers && teachers->len == 2);
	world_close(&w);
}

Test(catalog, no_folder_is_an_empty_catalogue)
{
	world w;
	world_open(&w);
	require(read_root(&w, "none", false) && catalog_check(&w.c, &w.f.a, &w.f.d));
	world_close(&w);
}

Test(catalog, repeated_ids)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml", CONCEPT "modules:\n" MODULE("m", "A", ""));
	put(&w, "r/catalog/b.yaml",
		"concepts:\n  - {id: m, kind: skill, name: M}\nmodules:\n" MODULE("m", "B", ""));
	put(&w, "r/rubrics/a.yaml", "bands: {ok: a}\n");
	put(&w, "r/rubrics/b.yaml", "bands: {ok: b}\n");
	require(read_root(&w, "r", false) == false);
	expect_said(&w,
		"r/catalog/b.yaml:4:5 duplicate-id: module 'm' is already given at r/catalog/a.yaml:4:5\n"
		"r/rubrics/b.yaml:1:9 duplicate-id: band 'ok' is already given at r/rubrics/a.yaml:1:9\n");
	require(w.c.modules.len == 1 && w.c.concepts.len == 2);
	assert_str(w.c.modules.ptr[0]->title, "A");
	world_close(&w);
}

Test(catalog, a_course_replaces)
{
	world w;
	world_open(&w);
	put(&w, "s/catalog/a.yaml", CONCEPT "modules:\n" MODULE("m1", "A", "") MODULE("m2", "B", ""));
	put(&w, "s/rules/r.yaml",
		"rules:\n  - {id: r, for: skill, then: [], because: old}\n  - {id: q, for: skill, then: [], because: "
		"b}\n");
	put(&w, "c/catalog/mine.yaml", "modules:\n" MODULE("m1", "Mine", "") MODULE("m3", "New", ""));
	put(&w, "c/rules/r.yaml", "rules: [{id: r, for: skill, then: [], because: new}]\n");
	require(read_root(&w, "s", false) && read_root(&w, "c", true) && catalog_check(&w.c, &w.f.a, &w.f.d));
	expect_said(&w, "");
	require(w.c.modules.len == 3 && w.rules.len == 2);
	assert_str(w.c.modules.ptr[0]->title, "Mine"); /* in the place of the one it replaces */
	assert_str(((module *)catalog_find(&w.c, "module", STR("m1")))->title, "Mine");
	assert_str(w.c.modules.ptr[2]->id, "m3");
	assert_str(w.rules.ptr[0]->because.text, "new");
	/* but it cannot repeat itself */
	put(&w, "c/catalog/more.yaml", "modules:\n" MODULE("m1", "Again", ""));
	require(read_root(&w, "c", true) == false);
	expect_said(&w,
		"c/catalog/more.yaml:2:5 duplicate-id: module 'm1' is already given at c/catalog/mine.yaml:2:5\n");
	world_close(&w);
}

Test(catalog, unknown_references)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml",
		"concepts:\n  - {id: c, kind: skill, name: C}\n  - {id: d, kind: skill, name: D, parent: cc, "
		"sources: [nist]}\n"
		"sources:\n  - {key: nits, title: N, publisher: P}\n"
		"modules:\n" MODULE("mod-a", "A", ", prerequisites: [mod-b, mod-x, other]") MODULE("mod-c", "C", ""));
	require(read_root(&w, "r", false));
	require(catalog_check(&w.c, &w.f.a, &w.f.d) == false);
	expect_said(&w, "r/catalog/a.yaml:3:5 unknown-reference: 'd' refers to the concept 'cc', which does not "
					"exist; did you mean 'c'?\n"
					"r/catalog/a.yaml:3:5 unknown-reference: 'd' refers to the source 'nist', which does not "
					"exist; did you mean 'nits'?\n"
					"r/catalog/a.yaml:7:5 unknown-reference: 'mod-a' refers to the module 'mod-b', which "
					"does not exist; did you mean "
					"'mod-a'?\n"
					"r/catalog/a.yaml:7:5 unknown-reference: 'mod-a' refers to the module 'mod-x', which "
					"does not exist; did you mean "
					"'mod-a'?\n"
					"r/catalog/a.yaml:7:5 unknown-reference: 'mod-a' refers to the module 'other', which "
					"does not exist\n");
	world_close(&w);
}

#define QUIZ(id, module, outcome, more) \
	"  - {id: " id ", title: Q, module: " module more ", items: [{id: " id "-1, outcome: " outcome \
	", stem: s, rationale: r, options: [{text: a, correct: true, why: w}, {text: b}]}]}\n"

Test(catalog, quizzes)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml", CONCEPT "modules:\n" MODULE("m1", "A", "") MODULE("m2", "B", ""));
	put(&w, "r/catalog/q.yaml",
		"quizzes:\n" QUIZ("q1", "m1", "m1-o", ", blueprint: {m1-o: 100}") QUIZ("q2", "m1", "m1-o", ""));
	put(&w, "c/catalog/mine.yaml", "quizzes:\n" QUIZ("q1", "m2", "m2-o", ""));
	require_that(
		read_root(&w, "r", false) && catalog_check(&w.c, &w.f.a, &w.f.d), "%.*s", STRF(fixture_said(&w.f)));
	require(w.c.quizzes.len == 2 && map_get(&w.c.quiz_by_module, STR("m1")) == w.c.quizzes.ptr[1]);
	const quiz *q = catalog_find(&w.c, "quiz", STR("q1"));
	require(q && q->blueprint.len == 1 && q->blueprint.ptr[0].value == 100 && q->items.len == 1);
	const quiz_item *item = &q->items.ptr[0];
	require(!item->multi && item->options.len == 2 && item->options.ptr[0].correct &&
			!item->options.ptr[1].correct);
	assert_str(item->options.ptr[0].why, "w");
	assert_str(item->options.ptr[1].why, "");
	/* a course replaces one of them by id */
	require(read_root(&w, "c", true) && catalog_check(&w.c, &w.f.a, &w.f.d));
	require(w.c.quizzes.len == 2 && map_get(&w.c.quiz_by_module, STR("m2")) == w.c.quizzes.ptr[0]);
	expect_said(&w, "");
	world_close(&w);
}

Test(catalog, quizzes_that_refer_to_nothing)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml", CONCEPT "modules:\n" MODULE("m1", "A", ""));
	put(&w, "r/catalog/q.yaml",
		"quizzes:\n" QUIZ("q1", "m7", "m1-u",
			", blueprint: {m1-x: 100}") "  - {id: q2, title: Q, module: m1, items: [{id: i, outcome: m1-o, "
										"stem: s, rationale: r, options: [{text: a}]},\n"
										"     {id: i, outcome: m1-o, stem: s, rationale: r, options: [{text: "
										"a}]}]}\n");
	require_that(read_root(&w, "r", false), "%.*s", STRF(fixture_said(&w.f)));
	require(catalog_check(&w.c, &w.f.a, &w.f.d) == false);
	expect_said(&w, "r/catalog/q.yaml:2:5 unknown-reference: 'q1' refers to the module 'm7', which does not "
					"exist; did you mean "
					"'m1'?\n"
					"r/catalog/q.yaml:2:48 unknown-reference: 'q1' refers to the outcome 'm1-x', which does "
					"not exist; did you "
					"mean 'm1-o'?\n"
					"r/catalog/q.yaml:2:68 unknown-reference: 'q1-1' refers to the outcome 'm1-u', which "
					"does not exist; did "
					"you mean 'm1-o'?\n"
					"r/catalog/q.yaml:4:6 duplicate-id: item 'i' of quiz 'q2' is given twice\n");
	world_close(&w);
}

Test(catalog, quizzes_that_lack_something)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/q.yaml",
		"quizzes:\n"
		"  - {id: q1, title: Q, items: []}\n"
		"  - {id: q2, title: Q, module: m, items: [{id: i, stem: s, options: [{correct: true}]}]}\n"
		"  - {id: q3, title: Q, module: m, blueprint: {o: most}, items: [{id: i, outcome: o, stem: s, "
		"rationale: r,\n"
		"     options: [{text: a, correct: 1, because: b}]}]}\n");
	require(read_root(&w, "r", false) == false);
	expect_said(&w,
		"r/catalog/q.yaml:2:5 missing-key: this quiz has no 'module' (module it belongs to)\n"
		"r/catalog/q.yaml:3:70 missing-key: this option has no 'text' (what can be chosen)\n"
		"r/catalog/q.yaml:3:43 missing-key: this quiz item has no 'outcome' (outcome it prepares for)\n"
		"r/catalog/q.yaml:3:43 missing-key: this quiz item has no 'rationale' (why the key is the key)\n"
		"r/catalog/q.yaml:4:50 wrong-type: 'value' takes a number, not 'most'\n"
		"r/catalog/q.yaml:5:35 wrong-type: 'correct' takes true or false, not '1'\n"
		"r/catalog/q.yaml:5:38 unknown-key: an option has no key 'because'\n");
	world_close(&w);
}

Test(catalog, other_contradictions)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml",
		CONCEPT "modules:\n  - {id: m, title: T, level: mid, summary: s, minutes: {min: 90, max: 60}, "
				"teaches: {c: working, e: expert},\n"
				"     outcomes: [{id: o, text: Do, bloom: apply, concepts: [c]}, {id: o, text: Do, bloom: "
				"apply, concepts: []}],\n"
				"     topics: [], activities: [{id: a, kind: quiz, minutes: 60, contact: true, outcomes: "
				"[oo], text: x}]}\n");
	require(read_root(&w, "r", false) && catalog_check(&w.c, &w.f.a, &w.f.d) == false);
	expect_said(&w, "r/catalog/a.yaml:4:98 unknown-reference: 'm' refers to the concept 'e', which does not "
					"exist\n"
					"r/catalog/a.yaml:5:17 duplicate-id: outcome 'o' is given twice\n"
					"r/catalog/a.yaml:6:31 unknown-reference: 'a' refers to the outcome 'oo', which does not "
					"exist; did you mean 'o'?\n"
					"r/catalog/a.yaml:4:56 bad-value: max is 60, less than min, which is 90\n");
	world_close(&w);
}

Test(catalog, errors_in_files_do_not_stop_the_others)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml", "modules: [");
	put(&w, "r/catalog/b.yaml", "moduls: []\n");
	put(&w, "r/catalog/c.yaml", CONCEPT);
	require(read_root(&w, "r", false) == false);
	expect_said(&w,
		"r/catalog/a.yaml:1:11 yaml-syntax: did not find expected node content while parsing a flow node\n"
		"r/catalog/b.yaml:1:1 unknown-key: a catalogue file has no key 'moduls'; did you mean 'modules'?\n");
	require(w.c.concepts.len == 1);
	world_close(&w);
}

Test(catalog, shipped_files_are_clean)
{
	world w;
	world_open(&w);
	const char *root = getenv("CW_SOURCE_ROOT");
	bool ok = catalog_read(&w.in, &w.f.a, str_from(root ? root : "."), false, &w.f.d);
	ok &= catalog_check(&w.c, &w.f.a, &w.f.d);
	buf out = { .arena = &w.f.a };
	EACH (const diag, one, w.f.d.list)
		diag_print(&out, &w.f.d, one);
	require_that(ok && w.f.d.list.len == 0, "%.*s", STRF(buf_done(&out)));
	require(w.c.concepts.len > 20 && w.c.modules.len > 5 && w.c.labs.len > 5 && w.c.scenarios.len > 0 &&
			w.rules.len > 0);
	require(w.c.library.len > 0 && w.c.scale.len > 0);
	world_close(&w);
}

Test(catalog, out_of_memory)
{
	world w;
	world_open(&w);
	put(&w, "r/catalog/a.yaml",
		CONCEPT
		"modules:\n" MODULE("m1", "A", ", prerequisites: [m0]") "quizzes:\n" QUIZ("q", "m1", "m1-o", ""));
	put(&w, "r/catalog/rules/x.yaml", "rules: [{id: r1, for: skill, then: [], because: b}]\n");
	str root = io_join(&w.f.a, str_from(w.folder), STR("r"));
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		catalog c = { 0 };
		vec_rule rules = { 0 };
		catalog_input in = { .catalog = &c, .rules = &rules };
		bool ok = catalog_read(&in, &a, root, false, &d);
		bool checked = catalog_check(&c, &a, &d);
		bool failed = a.failed;
		arena_free(&a);
		require_that(checked == false, "allocation %u", n); /* m0 is unknown, or memory ran out */
		require_that(failed || ok, "allocation %u", n);
		if (!failed)
			break;
	}
	world_close(&w);
}

/* ---- course.yaml */

static bool read_course(fixture *f, course *c, const char *text)
{
	fixture_open(f, STR("course.yaml"), str_from(text));
	return course_read(c, &f->a, f->source, &f->d);
}

Test(course, defaults)
{
	static const char *const texts[] = { "", "# nothing\n", "{}\n" };
	for (size_t i = 0; i < COUNT(texts); i++) {
		fixture f;
		course c;
		require_that(read_course(&f, &c, texts[i]), "%s", texts[i]);
		require(c.weights.category.core == 1.0 && c.weights.category.nice == 0.4 &&
				c.weights.emphasis_cap == 1.5);
		require(c.grading.labs == 55 && c.grading.scenarios == 30 && c.grading.capstone == 15 &&
				c.level == -1 && isnan(c.hours) && c.weeks == SCHEMA_UNSET);
		assert_str(c.language, "en");
		fixture_close(&f);
	}
	fixture f;
	course c;
	fixture_open(&f, STR("none"), STR(""));
	require(course_read(&c, &f.a, 0, &f.d) && c.weights.theme == 0.4);
	fixture_close(&f);
}

Test(course, some_given)
{
	fixture f;
	course c;
	require(read_course(&f, &c,
		"title: T\nlevel: staff\nhours: 12.5\nweights: {category: {Core: 2}, theme: 0}\ngrading: {labs: 100, "
		"scenarios: 0}\n"
		"policy: {checks: {O-04: 'off'}}\n"));
	require(c.weights.category.core == 2 && c.weights.category.important == 0.7 && c.weights.theme == 0 &&
			c.grading.scenarios == 0);
	require(c.level == LEVEL_STAFF && c.hours == 12.5 && c.policy.checks.len == 1);
	fixture_close(&f);
	require(
		read_course(&f, &c, "hours: 0\nlevle: mid\nweights: {theme: 11}\nstart_date: 2026-02-30\n") == false);
	fixture_expect(&f, "1:8 bad-value: 'hours' is 0.5 to 10000, not 0\n2:1 unknown-key: a course has no key "
					   "'levle'; did you mean 'level'?\n"
					   "3:18 bad-value: 'theme' is 0 to 10, not 11\n"
					   "4:13 bad-value: 'start_date' takes a date such as 2026-11-23, not '2026-02-30'\n");
	fixture_close(&f);
}

static void expect_complete(
	const char *path, const char *title, const char *role, const char *id, const char *expected)
{
	fixture f;
	course c;
	fixture_open(&f, STR("none"), STR(""));
	require(course_read(&c, &f.a, 0, &f.d));
	workbook w = { .path = str_from(path), .title = str_from(title), .role = str_from(role) };
	course_complete(&c, &f.a, &w);
	assert_str(c.role, expected);
	assert_str(c.title, expected);
	assert_str(c.id, id);
	fixture_close(&f);
}

Test(course, completed_from_the_workbook)
{
	expect_complete("x/workbook.md", "A - B", "B", "b", "B");
	expect_complete("x/senior-ai-sre.md", "Title", "", "senior-ai-sre", "Senior AI SRE");
	expect_complete("x/workbook.md", "Title only", "", "title-only", "Title only");
	expect_complete("<stdin>", "", "", "unnamed-role", "Unnamed role");
	expect_complete("-.md", "", "", "item", "");
}

Test(course, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		course c;
		uint32_t number =
			sources_add(&s, STR("course.yaml"), STR("title: T\npolicy: {checks: {a: b}}\nwekes: 1\n"));
		course_read(&c, &a, number, &d);
		workbook w = { .path = STR("senior-ai.md") };
		course_complete(&c, &a, &w);
		bool failed = a.failed;
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
