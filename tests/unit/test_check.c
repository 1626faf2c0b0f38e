/* The machinery of the checks: levels, waivers, order, printing, memory. The rules are test_check_rules.c. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "small_course.h"

#include "base/text.h"
#include "check/words.h"
#include "read/json.h"

#include <stdio.h>
#include <string.h>

static void show(const small *k)
{
	EACH (const finding, f, k->out)
		fprintf(stderr, "%s %.*s: %.*s\n", f->rule->id, STRF(f->item), STRF(f->text));
}

Test(check, the_small_course_has_no_finding)
{
	small k;
	small_init(&k, 0);
	small_run(&k);
	show(&k);
	cr_expect(k.out.len == 0, "%zu findings", k.out.len);
	cr_expect(k.d.list.len == 0);
	cr_expect(check_count(&k.out, CHECK_INFO) == 0);
	small_free(&k);
	NO_LEAKS();
}

Test(check, tables_are_sorted_and_complete)
{
	for (size_t i = 0; i < check_rule_count; i++) {
		const check_rule *r = &check_rules[i];
		cr_expect(i == 0 || strcmp(check_rules[i - 1].id, r->id) < 0, "%s is out of order", r->id);
		cr_expect(r->run && *r->brief && *r->source && *r->fix && r->level > CHECK_OFF, "%s", r->id);
	}
	cr_expect(check_rule_count == 95);
	cr_expect(words_unsorted() == NULL, "'%s' is out of order", words_unsorted());
}

Test(check, words)
{
	unsigned levels = words_verb_levels(STR("Diagnose")) & 1u << BLOOM_ANALYSE;
	cr_expect(levels != 0);
	cr_expect(words_verb_levels(STR("design")) == 1u << BLOOM_CREATE);
	cr_expect(words_verb_levels(STR("understand")) == 0);
	cr_expect(words_verb_levels(STR("")) == 0);
	cr_expect(words_verb_levels(STR("averylongwordthatisinnotableofanykindatall")) == 0);
	cr_expect(words_denied(STR("Leverage")) && !words_denied(STR("design")));
	assert_str(words_suggest_verb(STR("designn")), "design");
	cr_expect(words_observable(STR("planned")) && words_observable(STR("Retries")) &&
			  words_observable(STR("commits")));
	cr_expect(words_observable(STR("understanding")) == false && words_observable(STR("excellent")) == false);
	cr_expect(words_degree(STR("Mostly")) && !words_degree(STR("table")));
	cr_expect(words_number(STR("3")) && words_number(STR("three")) && !words_number(STR("tree")));
	assert_str(words_vague(STR("The code is robust.")), "robust");
	assert_str(words_vague(STR("names good events and starts from a clean checkout")), "");
	assert_str(words_vague(STR("a good event, then a good one")), "good");
	cr_expect(words_function(STR("Without")) == (WORD_LINK | WORD_NEGATIVE | WORD_JOIN));
	cr_expect(words_function(STR("those")) == WORD_ARTICLE && words_function(STR("controller")) == 0);
	cr_expect(words_empty_link(STR("Click here")) && !words_empty_link(STR("lab of week two")));
}

static void break_two(small *k)
{
	k->outcomes[0].text = STR("Understand controllers under load.");
	k->outcomes[1].text = STR("Know controllers under load.");
}

Test(check, levels_of_the_course)
{
	small k;
	small_init(&k, 0);
	break_two(&k);
	k.policy_checks[0] = (pair_text){ .key = STR("O-01"), .value = STR("info") };
	PUT(k.course.policy.checks, k.policy_checks);
	k.policy_checks[1] = (pair_text){ .key = STR("A-01"), .value = STR("off") };
	small_run(&k);
	cr_expect(k.out.len == 2 && k.out.ptr[0].level == CHECK_INFO);
	cr_expect(check_count(&k.out, CHECK_INFO) == 2 && check_count(&k.out, CHECK_WARNING) == 0);
	k.policy_checks[0].value = STR("off");
	k.out.len = 0;
	small_run(&k);
	cr_expect(k.out.len == 0);
	small_free(&k);
	NO_LEAKS();
}

Test(check, unknown_names_of_the_policy_are_diagnostics)
{
	small k;
	small_init(&k, 0);
	k.policy_checks[0] = (pair_text){ .key = STR("O-19"), .value = STR("error") };
	k.policy_checks[1] = (pair_text){ .key = STR("O-01"), .value = STR("eror") };
	PUT(k.course.policy.checks, k.policy_checks);
	k.waivers[0] = (waiver){
		.check = STR("Z-99"), .reason = STR("x"), .author = STR("y"), .expires = STR("2030-01-01")
	};
	k.course.policy.waivers.ptr = k.waivers;
	k.course.policy.waivers.len = 1;
	small_run(&k);
	cr_assert(k.d.list.len == 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(k.d.list.ptr[i].code == E_UNKNOWN_NAME);
	cr_expect(str_find(k.d.list.ptr[0].text, STR("did you mean 'O-09'"), 0) != SIZE_MAX, "%.*s",
		STRF(k.d.list.ptr[0].text));
	cr_expect(str_find(k.d.list.ptr[1].text, STR("did you mean 'error'"), 0) != SIZE_MAX);
	cr_expect(str_find(k.d.list.ptr[2].text, STR("Z-99"), 0) != SIZE_MAX);
	small_free(&k);
	NO_LEAKS();
}

static void add_waiver(small *k, const char *item, const char *expires)
{
	k->waivers[0] = (waiver){ .check = STR("O-01"),
		.item = str_from(item),
		.reason = STR("old text"),
		.author = STR("Ada"),
		.expires = str_from(expires) };
	k->course.policy.waivers.ptr = k->waivers;
	k->course.policy.waivers.len = 1;
}

Test(check, waivers)
{
	static const struct {
		const char *item, *expires, *as_of;
		size_t counted;
	} rows[] = {
		{ "outcome:ops-o1", "2026-06-30", "2026-06-30", 1 },
		{ "outcome:ops-o1", "2026-06-30", "", 1 },
		{ "outcome:ops-o9", "2026-06-30", "2026-01-01", 2 },
		{ "", "2026-06-30", "2026-06-01", 0 },
		{ "outcome:ops-o1", "2026-06-30", "2026-07-01", 2 },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		small k;
		small_init(&k, 0);
		break_two(&k);
		add_waiver(&k, rows[i].item, rows[i].expires);
		k.c.as_of = str_from(rows[i].as_of);
		small_run(&k);
		cr_assert(k.out.len == 2, "row %zu", i);
		cr_expect(check_count(&k.out, CHECK_ERROR) == rows[i].counted, "row %zu", i);
		bool expired = str_find(k.out.ptr[0].text, STR("by Ada has expired on 2026-06-30"), 0) != SIZE_MAX;
		cr_expect(expired == (i == 4), "row %zu", i);
		small_free(&k);
	}
	NO_LEAKS();
}

Test(check, the_waiver_that_holds_longest_counts)
{
	small k;
	small_init(&k, 0);
	break_two(&k);
	add_waiver(&k, "outcome:ops-o1", "2026-01-01");
	k.waivers[1] = k.waivers[0];
	k.waivers[1].expires = STR("2027-01-01");
	k.course.policy.waivers.len = 2;
	k.c.as_of = STR("2026-05-05");
	small_run(&k);
	cr_expect(check_count(&k.out, CHECK_ERROR) == 1);
	small_free(&k);
	NO_LEAKS();
}

Test(check, drafts_give_warnings_at_most)
{
	small k;
	small_init(&k, 0);
	break_two(&k);
	k.modules[0].needs_author = true;
	k.lab.needs_author = true;
	k.lab.metrics.ptr[0].target.value = 20;
	k.rubric.criteria.ptr[1].weight = 31;
	k.criteria[0].levels.len = 3;
	small_run(&k);
	cr_expect(check_count(&k.out, CHECK_WARNING) >= 5);
	show(&k);
	cr_expect(check_count(&k.out, CHECK_ERROR) == 0);
	k.activities[0].outcomes.len = 0; /* A-02 is not about content */
	k.out.len = 0;
	small_run(&k);
	cr_expect(check_count(&k.out, CHECK_ERROR) == 1);
	small_free(&k);
	NO_LEAKS();
}

Test(check, other_languages_have_no_word_lists)
{
	small k;
	small_init(&k, 0);
	k.outcomes[0].text = STR("Entwirf einen Regler.");
	k.levels[1][0].value = STR("Sehr gut.");
	k.plan.course.language = STR("de-AT");
	small_run(&k);
	show(&k);
	cr_expect(k.out.len == 0);
	small_free(&k);
	NO_LEAKS();
}

Test(check, without_documents_only_their_rules_are_passed_over)
{
	small k;
	small_init(&k, 0);
	break_two(&k);
	k.docs[DOC_INDEX].bytes = STR("<html>");
	check_run(&k.out, &k.a, &k.c, NULL, &k.d);
	cr_expect(k.out.len == 2);
	small_free(&k);
	NO_LEAKS();
}

/* Sorted by rule, place and item, whatever came first. */
Test(check, order)
{
	small k;
	small_init(&k, 0);
	break_two(&k);
	k.outcomes[0].at = (loc){ .source = 1, .offset = 90 };
	k.outcomes[1].at = (loc){ .source = 1, .offset = 20 };
	k.activities[0].minutes = 121;
	small_run(&k);
	cr_assert(k.out.len == 3);
	cr_expect(strcmp(k.out.ptr[0].rule->id, "H-01") == 0);
	assert_str(k.out.ptr[1].item, "outcome:ops-o2");
	assert_str(k.out.ptr[2].item, "outcome:ops-o1");
	small_free(&k);
	NO_LEAKS();
}

static void make_printed(small *k)
{
	small_init(k, 0);
	break_two(k);
	uint32_t number = sources_add(&k->s, STR("my catalog/ops.yaml"), STR("modules:\n  - text: Understand\n"));
	k->outcomes[0].at = (loc){ .source = number, .offset = 13 };
	k->docs[DOC_NOTES].bytes = STR("# A\n\nTODO\n");
	add_waiver(k, "outcome:ops-o2", "2030-01-01");
	small_run(k);
}

Test(check, printed_as_text)
{
	small k;
	make_printed(&k);
	buf b = { .arena = &k.a };
	check_print_text(&b, &k.out, &k.s);
	assert_str(buf_done(&b),
		"waived: outcome:ops-o2: begins with 'Know', which nobody can see a learner do [O-01]\n"
		"    waived by Ada until 2030-01-01: old text\n"
		"my catalog/ops.yaml:2:5: error: outcome:ops-o1: begins with 'Understand', which nobody can see a "
		"learner do "
		"[O-01]\n"
		"    O-01: Every outcome begins with a measurable verb.\n"
		"    fix: Begin with what the learner does, such as design, measure or justify.\n"
		"modules/ops.md:3:1: error: file:modules/ops.md: 'TODO' was never filled in [Y-03]\n"
		"    Y-03: No placeholder is left.\n"
		"    fix: Fill it in, or take it out.\n"
		"2 errors, 0 warnings, 0 infos, 1 waived\n");
	small_free(&k);
	NO_LEAKS();
}

static value reread(small *k, const buf *b)
{
	text_run run = { 0 };
	located text = { .text = buf_done(b), .runs = { .ptr = &run, .len = 1 } };
	text.source = sources_add(&k->s, STR("out.json"), text.text);
	value v;
	cr_assert(json_read(&v, &k->a, &text, &k->d), "%.*s", STRF(buf_done(b)));
	return v;
}

static const value *get(const value *v, const char *key)
{
	const value *inner = value_get(*v, str_from(key));
	cr_assert(inner != NULL, "no %s", key);
	return inner;
}

static const value *at(const value *v, size_t i)
{
	cr_assert(v->kind == V_LIST && i < v->list.len);
	return &v->list.ptr[i];
}

Test(check, printed_as_json)
{
	small k;
	make_printed(&k);
	buf b = { .arena = &k.a };
	check_print_json(&b, &k.out, &k.s);
	value v = reread(&k, &b);
	cr_expect(get(&v, "errors")->integer == 2 && get(&v, "waived")->integer == 1);
	const value *list = get(&v, "findings");
	cr_assert(list->list.len == 3);
	assert_str(get(at(list, 1), "rule")->string, "O-01");
	assert_str(get(at(list, 1), "file")->string, "my catalog/ops.yaml");
	cr_expect(get(at(list, 1), "line")->integer == 2 && get(at(list, 1), "column")->integer == 5);
	assert_str(get(get(at(list, 0), "waived"), "author")->string, "Ada");
	cr_expect(value_get(*at(list, 1), STR("waived")) == NULL);
	assert_str(get(at(list, 2), "item")->string, "file:modules/ops.md");
	small_free(&k);
	NO_LEAKS();
}

Test(check, printed_as_sarif)
{
	small k;
	make_printed(&k);
	buf b = { .arena = &k.a };
	check_print_sarif(&b, &k.out, &k.s);
	value v = reread(&k, &b);
	assert_str(get(&v, "version")->string, "2.1.0");
	const value *run = at(get(&v, "runs"), 0);
	const value *driver = get(get(run, "tool"), "driver"), *rules = get(driver, "rules");
	cr_expect(rules->list.len == check_rule_count);
	const value *one = at(get(run, "results"), 1);
	int64_t index = get(one, "ruleIndex")->integer;
	cr_assert(index >= 0 && (size_t)index < check_rule_count);
	assert_str(get(at(rules, (size_t)index), "id")->string, "O-01");
	const value *place = get(at(get(one, "locations"), 0), "physicalLocation");
	assert_str(get(get(place, "artifactLocation"), "uri")->string, "my%20catalog/ops.yaml");
	cr_expect(get(get(place, "region"), "startLine")->integer == 2);
	assert_str(
		get(at(get(at(get(run, "results"), 0), "suppressions"), 0), "justification")->string, "old text");
	small_free(&k);
	NO_LEAKS();
}

Test(check, rules_as_a_list)
{
	arena a = { 0 };
	value v = check_list(&a);
	cr_assert(v.list.len == check_rule_count);
	assert_str(get(at(&v, 0), "id")->string, "A-01");
	assert_str(get(at(&v, 0), "level")->string, "error");
	arena_free(&a);
	NO_LEAKS();
}

Test(check, survives_without_memory, .timeout = 120)
{
	for (unsigned n = 1;; n++) {
		small k;
		small_init(&k, n);
		break_two(&k);
		add_waiver(&k, "outcome:ops-o1", "2030-01-01");
		small_run(&k);
		buf b = { .arena = &k.a };
		check_print_text(&b, &k.out, &k.s);
		check_print_json(&b, &k.out, &k.s);
		check_print_sarif(&b, &k.out, &k.s);
		bool failed = k.a.failed;
		small_free(&k);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
