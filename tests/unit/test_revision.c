/* Change records as documents: a record made by hand in both formats, what was taken back, the reviewer's
 * questions, and what learners are told. Hostile names are in test_render.c. CW_UPDATE=1 writes the golden
 * files. */
#define _POSIX_C_SOURCE 200809L
#include "base/io.h"
#include "read/record.h"
#include "render/policy_words.h"
#include "render/revision.h"
#include "small_course.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>

typedef struct {
	arena a;
	sources sources;
	diags d;
	template_set templates;
	str folders[2];
	revision r;
} desk;

static str data_path(arena *a, const char *name)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	return arena_printf(a, "%s/%s", root ? root : ".", name);
}

/* A short stylesheet of the course's own stands before the shipped one. */
static void desk_init(desk *k)
{
	*k = (desk){ 0 };
	k->sources.arena = k->d.arena = k->templates.arena = &k->a;
	k->d.sources = &k->sources;
	k->folders[0] = data_path(&k->a, "tests/data/revision/templates");
	k->folders[1] = data_path(&k->a, "templates");
	k->templates.folders = (list_str){ k->folders, 2 };
}

static void desk_free(desk *k)
{
	arena_free(&k->a);
	NO_LEAKS();
}

static void read_text(desk *k, str text)
{
	uint32_t number = sources_add(&k->sources, STR("revision.yaml"), text);
	const yaml_node *root = yaml_read(&k->a, number, &k->d);
	bool ok = root && record_read(&revision_record, &k->r, root, &k->a, &k->d);
	cr_assert(ok, "%.*s", STRF(k->d.list.len ? k->d.list.ptr[0].text : STR("empty")));
}

static void read_record_file(desk *k)
{
	str text;
	cr_assert(io_read(&text, &k->a, data_path(&k->a, "tests/data/revision/revision.yaml").ptr, &k->d));
	read_text(k, text);
}

static str render(desk *k, const char *format)
{
	buf out = { .arena = &k->a };
	bool ok = render_revision(&out, &k->a, &k->r, &k->templates, format, &k->d);
	cr_assert(ok, "%.*s", STRF(k->d.list.len ? k->d.list.ptr[0].text : STR("no memory")));
	return buf_done(&out);
}

static void compare_golden(desk *k, str made, str file)
{
	str path = data_path(&k->a, arena_printf(&k->a, "tests/data/revision/%.*s", STRF(file)).ptr), golden;
	if (getenv("CW_UPDATE") && !getenv("CI"))
		cr_assert(io_write(path.ptr, made, &k->a, &k->d) != IO_FAILED);
	cr_assert(io_read(&golden, &k->a, path.ptr, &k->d));
	cr_expect(str_eq(made, golden), "%s is not what is printed: run with CW_UPDATE=1 and look", path.ptr);
}

Test(revision, golden)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	compare_golden(&k, render(&k, "md"), STR("revision.md"));
	compare_golden(&k, render(&k, "html"), STR("revision.html"));
	desk_free(&k);
}

Test(revision, page_is_well_formed_and_says_the_same_every_time)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	str page = render(&k, "html"), again = render(&k, "html");
	xmlDocPtr doc = xmlReadMemory(page.ptr, (int)page.len, "page", NULL, XML_PARSE_NONET);
	cr_expect(doc != NULL && str_eq(page, again));
	cr_expect(str_find(page, STR("the style of the course"), 0) != SIZE_MAX); /* inside */
	cr_expect(str_find(page, STR("<link"), 0) == SIZE_MAX && str_find(page, STR("<nav"), 0) == SIZE_MAX);
	for (size_t at = 0; (at = str_find(page, STR("href=\""), at)) != SIZE_MAX; at++)
		cr_expect(page.ptr[at + strlen("href=\"")] == '#', "a page of its own has a link to elsewhere");
	xmlFreeDoc(doc);
	xmlCleanupParser();
	desk_free(&k);
}

Test(revision, unknown_format)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	buf out = { .arena = &k.a };
	cr_expect(render_revision(&out, &k.a, &k.r, &k.templates, "pdf", &k.d) == false);
	cr_expect(out.len == 0 && k.d.errors == 1 && k.d.list.ptr[0].code == E_UNKNOWN_NAME);
	k.templates.folders.len = 1; /* that has no templates but for the stylesheet */
	cr_expect(render_revision(&out, &k.a, &k.r, &k.templates, "md", &k.d) == false);
	cr_expect(k.d.errors == 2 && k.d.list.ptr[1].code == E_TEMPLATE_MISSING);
	desk_free(&k);
}

/* The least that can be read. */
Test(revision, almost_empty)
{
	desk k;
	desk_init(&k);
	read_text(
		&k, STR("{number: 12, kind: update, changes: [{id: c, kind: nothing, summary: s, bump: patch}]}"));
	str page = render(&k, "md");
	cr_expect(str_find(page, STR("NaN"), 0) == SIZE_MAX && str_find(page, STR("nan"), 0) == SIZE_MAX);
	cr_expect(str_find(page, STR("-2147483648"), 0) == SIZE_MAX);
	cr_expect(str_find(page, STR("## 1. c: nothing to change"), 0) != SIZE_MAX);
	desk_free(&k);
}

Test(revision, out_of_memory)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	static const char *const formats[] = { "md", "html" };
	for (size_t i = 0; i < COUNT(formats); i++) {
		render(&k, formats[i]); /* parses the templates */
		bool failed = true;
		for (unsigned n = 1; failed; n += 1 + n / 30) {
			arena a = { .fail_at = n };
			buf out = { .arena = &a };
			bool ok = render_revision(&out, &a, &k.r, &k.templates, formats[i], &k.d);
			failed = a.failed;
			cr_expect(ok == !failed);
			arena_free(&a);
		}
	}
	desk_free(&k);
}

/* ---- what learners are told */

static const char *const later[] = {
	"number: 4\nkind: update\nas_of: 2026-06-30\nversion_before: 2.0.0\nversion_after: 2.1.0\nchanges:\n"
	" - {id: chg-a, kind: link, target: 'module:ops', name: Trivy, summary: SECRET, bump: minor}\n"
	" - {id: chg-b, kind: link, name: Payroll, summary: SECRET, bump: minor}\n"
	" - {id: chg-c, kind: hours, target: 'module:ops', item: 'skill:x', summary: SECRET, bump: minor,\n"
	"    effect: {minutes: {'module:ops': 90, 'module:lead': -90}}}\n"
	" - {id: chg-d, kind: technology, target: 'scenario:scn-call', name: Falco, summary: SECRET, bump: "
	"minor,\n"
	"    learner_note: 'If you have not taken The call yet: read up on Falco.'}\n"
	" - {id: chg-e, kind: task, target: 'scenario:scn-call', name: Calls, summary: SECRET, bump: minor}\n"
	" - {id: chg-f, kind: module, target: 'module:lead', name: Leading, summary: SECRET, bump: major}\n"
	" - {id: chg-g, kind: retire, name: Perl, item: 'skill:perl', summary: SECRET, bump: minor}\n",
	("number: 5\nkind: update\nversion_before: 2.1.0\nversion_after: 2.1.1\nchanges:\n"
	 " - {id: chg-h, kind: evidence, name: Kubernetes, summary: SECRET, bump: patch}\n"),
	"number: 6\nkind: revert\nreverts: chg-d\nversion_before: 2.1.1\nversion_after: 2.2.0\n",
	"number: 7\nkind: revert\nreverts: '5'\nversion_before: 2.2.0\nversion_after: 2.1.0\n",
	"number: 8\nkind: revert\nreverts: chg-unknown\n",
};

/* The sample course has hostile names; this one is read by people. */
static void check_changes(desk *k, const small *taught, const revision_book *book, const char *format)
{
	render_index index = { .book = book };
	view v = { .arena = &k->a, .c = &taught->c, .index = &index, .diags = &k->d };
	v.format = str_eq(str_from(format), STR("html")) ? TEXT_HTML : TEXT_MARKDOWN;
	buf out = { .arena = &k->a };
	cr_assert(
		templates_render(&k->templates, &out, STR("changes"), str_from(format), view_changes(&v), &k->d));
	str made = buf_done(&out);
	static const char *const hidden[] = { "SECRET", "0a1b2c3d4e5f", "Acme", "24.9", "42 %", "of 26", "Wilson",
		"share", "interval", "rising" };
	for (size_t i = 0; i < COUNT(hidden); i++)
		cr_expect(str_find(made, str_from(hidden[i]), 0) == SIZE_MAX, "learners can read '%s'", hidden[i]);
	compare_golden(k, made, arena_printf(&k->a, "changes.%s", format));
}

Test(revision, changes_for_learners)
{
	desk k;
	small taught;
	desk_init(&k);
	small_init(&taught, 0);
	revision list[1 + COUNT(later)];
	read_record_file(&k);
	list[0] = k.r;
	for (size_t i = 0; i < COUNT(later); i++) {
		read_text(&k, str_from(later[i]));
		list[i + 1] = k.r;
	}
	revision_book book;
	revision_book_make(&book, &k.a, list, COUNT(list));
	check_changes(&k, &taught, &book, "md");
	check_changes(&k, &taught, &book, "html");
	small_free(&taught);
	desk_free(&k);
}

/* ---- words */

Test(revision_words, every_rule_has_a_sentence)
{
	arena a = { 0 };
	size_t count = 0;
	for (const char *rule_id; (rule_id = policy_rule_at(count)) != NULL; count++) {
		change c = { .name = STR("Falco"),
			.why = { .rule = str_from(rule_id), .now = { .k = 8, .n = 26, .share = 0.308 } } };
		str text = policy_rule_text(&a, &c);
		bool named = str_starts(text, STR("Falco ")) || str_find(text, STR(" Falco"), 0) != SIZE_MAX;
		cr_expect(named || str_starts(c.why.rule, STR("counts")), "%s", rule_id); /* about no item */
		cr_expect(str_find(text, STR("{{"), 0) == SIZE_MAX && str_ends(text, STR(".")), "%s", rule_id);
	}
	cr_expect(count >= 20);
	arena_free(&a);
	NO_LEAKS();
}

Test(revision_words, figures_are_filled_in)
{
	arena a = { 0 };
	change c = { .item = STR("skill:x"), .why = { .now = { .k = 8, .n = 26, .share = 0.308 } } };
	c.why.rule = STR("candidate.share");
	c.why.threshold = 0.3;
	assert_str(policy_rule_text(&a, &c), "skill:x is a candidate: with 8 of 26 vacancies its share has "
										 "reached the threshold of 30 %, but not yet "
										 "surely or often enough.");
	c.why.rule = STR("recover");
	c.why.threshold = NAN;
	assert_str(policy_rule_text(&a, &c),
		"skill:x was declining and is so no longer: its share may well be above the threshold.");
	c.why.rule = STR("stay");
	c.why.now.share = NAN;
	assert_str(policy_rule_text(&a, &c),
		"Nothing moves skill:x: its share of an unknown number calls for no other state.");
	arena_free(&a);
	NO_LEAKS();
}

Test(revision_words, unknown_words_stay_as_they_are)
{
	arena a = { 0 };
	change c = { .name = STR("Falco"), .why = { .rule = STR("add.{{name}}") } };
	assert_str(policy_rule_text(&a, &c), "add.{{name}}");
	c.why.rule = STR("");
	assert_str(policy_rule_text(&a, &c), "");
	assert_str(policy_state_text(STR("core")), "in the course as core");
	assert_str(policy_state_text(STR("hibernating")), "hibernating");
	assert_str(policy_trend_text(STR("sideways")), "");
	assert_str(policy_preset_text(STR("naive")), "");
	for (int step = 0; step < EDIT_STEPS; step++)
		cr_expect(strlen(edit_step_text(step)) > 0);
	cr_expect(strlen(edit_step_text(-1)) == 0 && strlen(edit_step_text(EDIT_STEPS)) == 0);
	cr_expect(strlen(bump_text(-1)) == 0 && strlen(bump_text(BUMP_MAJOR + 1)) == 0 &&
			  strlen(bump_text(BUMP_MAJOR)) > 0);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- what was taken back */

static const revision *taken_back_by(const revision *list, size_t count, size_t at)
{
	arena a = { 0 };
	revision_book b;
	revision_book_make(&b, &a, list, count);
	const revision *by = revision_taken_back(&b, &list[at]);
	arena_free(&a);
	return by;
}

Test(revision_book, reverts)
{
	revision list[] = { { .number = 1 }, { .number = 2 },
		{ .number = 3, .kind = STR("revert"), .reverts = STR("0002") }, { .number = 4 },
		{ .number = 5, .kind = STR("revert"), .reverts = STR("3") },
		{ .number = 6, .kind = STR("revert"), .reverts = STR("7") }, { .number = 7 },
		{ .number = 8, .kind = STR("update"), .reverts = STR("1") } };
	cr_expect(taken_back_by(list, 3, 1) == &list[2], "a number with zeros before it is the same number");
	cr_expect(taken_back_by(list, 5, 1) == NULL, "what took it back was taken back");
	cr_expect(taken_back_by(list, 5, 2) == &list[4]);
	cr_expect(taken_back_by(list, 7, 6) == NULL, "nothing is taken back before it is done");
	cr_expect(taken_back_by(list, 8, 0) == NULL, "only reverts take back");
	cr_expect(revision_taken_back(NULL, list) == NULL);
	NO_LEAKS();
}

/* An id may be used again after a revert. */
Test(revision_book, reverts_of_changes)
{
	static change first[] = { { .id = { "chg-1", 5 } }, { .id = { "chg-2", 5 } } };
	static change second[] = { { .id = { "chg-1", 5 } }, { .id = { "chg-3", 5 } } };
	revision list[] = { { .number = 1, .changes = { first, 2 } },
		{ .number = 2, .kind = STR("revert"), .reverts = STR("1") },
		{ .number = 3, .changes = { second, 2 } },
		{ .number = 4, .kind = STR("revert"), .reverts = STR("chg-1") },
		{ .number = 5, .kind = STR("revert"), .reverts = STR("chg-3") },
		{ .number = 6, .kind = STR("revert"), .reverts = STR("chg-9") } };
	arena a = { 0 };
	revision_book b;
	revision_book_make(&b, &a, list, 4);
	cr_expect(change_taken_back(&b, &second[0]) == &list[3]);
	cr_expect(change_taken_back(&b, &first[0]) == NULL, "the latest is meant");
	cr_expect(revision_taken_back(&b, &list[2]) == NULL && revision_taken_back(&b, &list[0]) == &list[1]);
	revision_book_make(&b, &a, list, COUNT(list));
	cr_expect(revision_taken_back(&b, &list[2]) == &list[4], "each of its changes was taken back");
	cr_expect(revision_named(&b, &list[5]).revision == NULL);
	cr_expect(change_taken_back(NULL, first) == NULL);
	arena_free(&a);
	NO_LEAKS();
}

/* ---- the reviewer's questions */

static list_str questions(desk *k)
{
	static view v;
	v = (view){ .arena = &k->a, .diags = &k->d, .format = TEXT_MARKDOWN };
	revision_reader x = revision_reader_of(&v, &k->r);
	return revision_questions(&x);
}

static bool asks(list_str all, const char *text)
{
	EACH (const str, one, all)
		if (str_find(*one, str_from(text), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Five to seven, each of them a question, none of them twice. */
static void check_questions(list_str all)
{
	cr_expect(all.len >= 5 && all.len <= 7, "%zu questions", all.len);
	for (size_t i = 0; i < all.len; i++) {
		cr_expect(str_find(all.ptr[i], STR("?"), 0) != SIZE_MAX, "%.*s", STRF(all.ptr[i]));
		for (size_t n = 0; n < i; n++)
			cr_expect(str_eq(all.ptr[i], all.ptr[n]) == false, "%.*s", STRF(all.ptr[i]));
	}
}

Test(revision_questions, full_record)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	list_str all = questions(&k);
	check_questions(all);
	cr_expect(asks(all, "LLM serving waits for approval"));
	cr_expect(
		asks(all, "Can Data pipelines spare 3 h?"), "the module that goes is not asked to spare its time");
	cr_expect(asks(all, "hangs on one employer (without Acme Ltd 6 of 17)"));
	cr_expect(asks(all, "Xen leaves."));
	desk_free(&k);
}

static void check_asked(const char *record_text, const char *text)
{
	desk k;
	desk_init(&k);
	read_text(&k, str_from(record_text));
	list_str all = questions(&k);
	check_questions(all);
	cr_expect(asks(all, text), "nobody asks '%s'", text);
	desk_free(&k);
}

#define HEAD "number: 4\nkind: update\nversion_before: 1.0.0\nversion_after: 1.1.0\n"
#define ONE(kind, rest) \
	HEAD "changes:\n - {id: c, summary: s, bump: minor, name: Falco, kind: " kind ", " rest "}\n"

Test(revision_questions, by_what_is_in_the_record)
{
	check_asked(HEAD, "since version 1.0.0");
	check_asked(HEAD "bump: patch\n", "Is 1.1.0 rightly a patch release, that is: only figures");
	check_asked(HEAD "policy_basis: 3\nitems_in: 40\n", "3 of 40 items are in the course");
	check_asked(HEAD "reverts: '2'\n", "From which day");
	check_asked("number: 5\nkind: revert\nreverts: c\n", "what is taken back (change c)");
	check_asked(HEAD "differences: [{part: grading, item: 'lab:b', what: w, before: 9 %, after: 5 %},\n"
					 " {part: grading, item: 'lab:a', what: w, after: 5 %}]\n",
		"The part of a in the grade goes from nothing to 5 %.");
	check_asked(ONE("link", "target: 'module:m'"), "Does m really teach what postings mean by Falco?");
	check_asked(ONE("technology", "target: 'scenario:s'"), "Does Falco fit into s");
	check_asked(ONE("exercise", "target: 'module:m', effect: {minutes: {'module:m': 45}}"),
		"Can learners do the new exercise on Falco in 45 min, with what they know when m is taught?");
	check_asked(ONE("task", "target: 'lab:l', effect: {minutes: {'lab:l': 240}}"),
		"worked through l from end to end in 4 h");
	check_asked(ONE("hours", "target: 'module:m', effect: {minutes: {'module:m': 60, 'module:n': -60}}"),
		"Can n spare 1 h?");
	check_asked(ONE("hours", "robust: {reverse_after: 2, reverse_by: with it}"),
		"2 further vacancies with it would take the decision on Falco back.");
	check_asked(ONE("hours", "effect: {rubrics_touched: [rub-x]}"), "by the rubric of rub-x: do they agree?");
	check_asked(
		ONE("hours", "effect: {outcomes_added: [x-o1]}"), "The new outcome is: \xE2\x80\x9Cx-o1\xE2\x80\x9D");
	check_asked(ONE("hours", "why: {rule: r, evidence: [aa, bb], now: {k: 1, n: 26, n_eff: 25, share: 0.1}}"),
		"Read posting aa and posting bb: is Falco work");
	check_asked(
		ONE("hours", "robust: {leave_one_employer_out: 'unknown: x'}, why: {rule: r, evidence: [aa]}"),
		"Little is known of the employers behind Falco. Look at posting aa");
	check_asked(ONE("hours", "why: {rule: r, now: {k: 1, n: 26, n_eff: 25, share: 0.1}}"),
		"Do the 26 vacancies of cycle");
}

Test(revision_questions, long_notes_are_quoted_in_part)
{
	desk k;
	desk_init(&k);
	read_record_file(&k);
	char words[400] = { 0 };
	for (size_t i = 0; i + 5 < sizeof words; i += 5)
		memcpy(words + i, "word ", 5);
	k.r.changes.ptr[0].learner_note = str_from(words);
	list_str all = questions(&k);
	EACH (const str, one, all)
		cr_expect(one->len < 320, "%.*s", STRF(*one));
	cr_expect(asks(all, "word ...\xE2\x80\x9D"));
	desk_free(&k);
}
