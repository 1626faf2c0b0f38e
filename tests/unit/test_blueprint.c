/* What running text calls a skill, and the words of a blueprint. */
#include "check.h"

#include "model/blueprint.h"

static void expect_subject(const char *skill, const char *subject)
{
	str got = blueprint_subject(str_from(skill));
	cr_expect(str_eq(got, str_from(subject)), "'%s' is '%.*s', not '%s'", skill, STRF(got), subject);
}

Test(blueprint, subject_leaves_out_how_far_it_is_known)
{
	expect_subject("Docker fundamentals", "Docker");
	expect_subject("SQL Basics", "SQL");
	expect_subject("CI/CD exposure", "CI/CD");
	expect_subject("Cloud fundamentals (AWS/GCP/Azure)", "Cloud");
	expect_subject("Monitoring dashboards (Grafana/Prometheus)", "Monitoring dashboards");
	expect_subject("  Git workflows ", "Git workflows");
}

Test(blueprint, subject_keeps_what_would_be_lost)
{
	expect_subject("Soft skills", "Soft skills");
	expect_subject("Domain knowledge", "Domain knowledge");
	expect_subject("Fundamentals", "Fundamentals");
	expect_subject("Basics of accounting", "Basics of accounting");
	expect_subject("C (language) and Go", "C (language) and Go");
}

Test(blueprint, subject_of_odd_names_is_never_empty)
{
	expect_subject("(basics)", "(basics)");
	expect_subject(") (", ") (");
	expect_subject("basics basics", "basics");
	expect_subject("", "");
	expect_subject("\xC3\x9C (x)", "\xC3\x9C");
}

Test(blueprint, words_are_filled_in)
{
	arena a = { 0 };
	list_fill_word words =
		blueprint_words(&a, STR("sql-basics"), STR("SQL basics"), STR("{{skill}}"), LEVEL_MID);
	str text = words_fill(
		&a, STR("{{id}}: {{subject}} of {{skill}} at {{level}} level. {{notes}} {{other}}"), words);
	cr_expect(str_eq(text, STR("sql-basics: SQL of SQL basics at mid level. {{skill}} {{other}}")), "%.*s",
		STRF(text));
	arena_free(&a);
	NO_LEAKS();
}

Test(blueprint, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		list_fill_word words = blueprint_words(&a, STR("a"), STR("A"), STR(""), LEVEL_JUNIOR);
		bool failed = a.failed;
		cr_expect(failed ? words.len == 0 : words.len == 5);
		arena_free(&a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
