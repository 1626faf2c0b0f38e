/* Each rule about the syllabus, and how the reading ease is counted. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "check_rows.h"

#include "check/page.h"
#include "check/reading_ease.h"

#include <math.h>

#define BODY(text) k->docs[DOC_INDEX].bytes = PAGE("Course", text)
#define SYLLABUS(text) k->docs[DOC_SYLLABUS].bytes = PAGE("Syllabus", text)

static void no_late_policy(small *k)
{
	k->docs[DOC_SYLLABUS].bytes = small_syllabus(k, "late", "");
}
static void empty_schedule(small *k)
{
	k->docs[DOC_SYLLABUS].bytes = small_syllabus(k, "", "schedule");
}
/* What follows on the page is not of the last part. */
static void empty_licence(small *k)
{
	k->docs[DOC_SYLLABUS].bytes = small_syllabus(k, "", "licence");
}
static void other_title(small *k)
{
	k->plan.course.title = STR("Another course");
}
static void other_code(small *k)
{
	k->course.id = STR("another");
}
static void other_version(small *k)
{
	k->plan.course.version = STR("2.0.0");
}
static void other_date(small *k)
{
	k->course.start_date = STR("2027-01-01");
}

static void grades_off(small *k)
{
	k->grades[0].percent = k->set_lab.percent = 50;
}
static void grades_differ(small *k)
{
	k->set_lab.percent = 50;
	k->set_scenario.percent = 50;
}
static void tag_left(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\nHours: {{hours}}\n");
}
static void todo_left(small *k)
{
	k->docs[DOC_TABLE].bytes = STR("Criterion,Weight\nSpeed,TBD\n");
}
static void nan_left(small *k)
{
	BODY("<h1>One</h1><p>takes NaN hours</p>");
}
static void null_left(small *k)
{
	BODY("<h1>One</h1><p>Hours: <b>null</b></p>");
}
static void undefined_left(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\n| Hours | undefined |\n");
}
static void unclosed_code(small *k)
{
	k->docs[DOC_NOTES].bytes = STR("# A\n\nA ` and ``a\n\nTODO ` b\n");
}

static void unmarked_slot(small *k)
{
	k->institution[0].value = STR(" ");
}
static void open_slots(small *k)
{
	static const char mark[] = "<p class=\"slot\">To be filled in: <code>institution: privacy</code></p>";
	str all = small_syllabus(k, "", "");
	k->institution[4].key = STR("other");
	size_t end = str_find(all, STR("</main>"), 0);
	k->docs[DOC_SYLLABUS].bytes =
		arena_printf(&k->a, "%.*s%s%.*s", STRF(str_sub(all, 0, end)), mark, STRF(str_skip(all, end)));
}

static void no_start(small *k)
{
	k->docs[DOC_SYLLABUS].bytes = small_syllabus(k, "start", "");
}
static void no_week_one(small *k)
{
	k->docs[DOC_SYLLABUS].bytes = small_syllabus(k, "", "start");
}

#define FIVE(text) text text text text text
static void hard_prose(small *k)
{
	k->modules[0].summary =
		STR(FIVE(FIVE("Organisational interdependencies necessitate comprehensive documentation. ")));
}
static void easy_prose(small *k)
{
	k->lab.context = STR(FIVE(FIVE("You run it. It is red. You stop it. ")));
}

static const row rows[] = {
	{ "Y-01", "no part with id 'late'", no_late_policy },
	{ "Y-01", "the part 'schedule' is empty", empty_schedule },
	{ "Y-01", "the part 'licence' is empty", empty_licence },
	{ "Y-01", "title of the course, 'Another course'", other_title },
	{ "Y-01", "code of the course, 'another'", other_code },
	{ "Y-01", "version of the course, '2.0.0'", other_version },
	{ "Y-01", "date of the course, '2027-01-01'", other_date },
	{ "Y-02", "sum to 90 %", grades_off },
	{ "Y-02", "counts 50 %, and `grading` of the plan says 60 %", grades_differ },
	{ "Y-03", "'{{'", tag_left },
	{ "Y-03", "'TBD'", todo_left },
	{ "Y-03", "'NaN'", nan_left },
	{ "Y-03", "'null'", null_left },
	{ "Y-03", "'undefined'", undefined_left },
	{ "Y-03", "'TODO'", unclosed_code },
	{ "Y-04", "no mark at their place: late-policy", unmarked_slot },
	{ "Y-04", "left to the institution: privacy (", open_slots, .level = CHECK_INFO },
	{ "Y-05", "the first section is not 'start'", no_start },
	{ "Y-05", "what to do in week 1", no_week_one },
	{ "Y-06", "outside 30 to 80", hard_prose },
	{ "Y-06", "outside 30 to 80", easy_prose },
};

Test(check_syllabus, each_change_is_found, .timeout = 60)
{
	expect_rows(rows, COUNT(rows));
	NO_LEAKS();
}

Test(check_syllabus, each_rule_has_a_change)
{
	expect_row_for_each_rule("Y", rows, COUNT(rows));
}

/* Without a page there is nothing to say of it; a marked place says one thing, once. */
Test(check_syllabus, what_is_no_finding)
{
	small k;
	small_init(&k, 0);
	k.docs[DOC_SYLLABUS].path = STR("syllabus.txt");
	k.institution[0].value = STR("");
	small_run(&k);
	cr_expect(k.out.len == 0);
	small_free(&k);
	small_init(&k, 0);
	open_slots(&k);
	small_run(&k);
	cr_expect(k.out.len == 1 && k.out.ptr[0].level == CHECK_INFO);
	assert_str(k.out.ptr[0].item, "course");
	small_free(&k);
	NO_LEAKS();
}

/* A part may be any element; a heading ends with the next one of its level, not of a lower one. */
Test(check_syllabus, parts_of_a_page)
{
	small k;
	small_init(&k, 0);
	document d = {
		.bytes =
			STR("<html><body><div><h2 id=\"a\">A</h2><p>one <b>two</b></p><h3 id=\"b\">B</h3><p>three"
				"</p><h2 id=\"c\">C</h2></div><section id=\"d\"><h2>D</h2>four</section></body></html>")
	};
	page p;
	page_read(&p, &k.a, &d);
	assert_str(page_part(&k.a, &p, "a"), "one twothree");
	assert_str(page_part(&k.a, &p, "b"), "three");
	assert_str(page_part(&k.a, &p, "c"), "");
	assert_str(page_part(&k.a, &p, "d"), "four");
	assert_str(page_part(&k.a, &p, "e"), "");
	small_free(&k);
	NO_LEAKS();
}

Test(check_syllabus, syllables)
{
	static const struct {
		const char *word;
		size_t syllables;
	} words[] = { { "pod", 1 }, { "baked", 1 }, { "wanted", 2 }, { "bakes", 1 }, { "boxes", 2 },
		{ "table", 2 }, { "the", 1 }, { "controller", 3 }, { "queue", 1 }, { "GPU", 1 }, { "SLO", 1 },
		{ "42", 1 }, { "be", 1 }, { "readiness", 3 }, { "scale", 1 } };
	for (size_t i = 0; i < COUNT(words); i++) {
		size_t counted = reading_syllables(str_from(words[i].word));
		cr_expect(counted == words[i].syllables, "%s: %zu", words[i].word, counted);
	}
}

Test(check_syllabus, sentences)
{
	static const struct {
		const char *text;
		size_t sentences, words;
	} texts[] = { { "", 0, 0 }, { "...", 0, 0 }, { "One two. Three!", 2, 3 }, { "No full stop", 1, 3 },
		{ "Version 1.31, e.g. here", 1, 6 }, { "He said \"stop.\" Then he went", 2, 6 },
		{ "- first\n- second", 2, 2 }, { "one\ntwo", 1, 2 }, { "one\n\ntwo", 2, 2 } };
	for (size_t i = 0; i < COUNT(texts); i++) {
		reading_counts n = { 0 };
		reading_count(&n, str_from(texts[i].text));
		cr_expect(n.sentences == texts[i].sentences, "'%s': %zu sentences", texts[i].text, n.sentences);
		cr_expect(n.words == texts[i].words, "'%s': %zu words", texts[i].text, n.words);
	}
	reading_counts n = { .sentences = 2, .words = 20, .syllables = 30 };
	cr_expect(fabs(reading_ease(&n) - (206.835 - 10.15 - 126.9)) < 1e-9);
	cr_expect(reading_ease(&(reading_counts){ 0 }) == 0);
}
