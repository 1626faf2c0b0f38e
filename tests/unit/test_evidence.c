/* Intervals, the lexicon, and facts. */
#include "fixture.h"

#include "base/io.h"
#include "evidence/facts.h"
#include "evidence/interval.h"
#include "evidence/lexicon.h"
#include "read/catalog.h"
#include "read/course.h"
#include "read/record.h"
#include "read/workbook.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- intervals */

static int cents(double d)
{
	return (int)floor(d * 100 + 0.5);
}

Test(interval, known_values)
{
	static const struct {
		int count, sample, low95, high95, low80, high80;
	} table[] = {
		{ 3, 26, 4, 29, 6, 22 },
		{ 6, 26, 11, 42, 14, 35 },
		{ 7, 22, 16, 53, 21, 45 },
		{ 8, 26, 17, 50, 21, 43 },
		{ 8, 22, 20, 57, 25, 50 },
		{ 10, 26, 22, 57, 27, 51 },
		{ 12, 26, 29, 65, 34, 59 },
		{ 13, 26, 32, 68, 38, 62 },
		{ 18, 22, 61, 93, 69, 90 },
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		interval wide = wilson(table[i].count, table[i].sample, Z95),
				 narrow = wilson(table[i].count, table[i].sample, Z80);
		cr_expect(cents(wide.low) == table[i].low95 && cents(wide.high) == table[i].high95, "%d/%d: %g to %g",
			table[i].count, table[i].sample, wide.low, wide.high);
		cr_expect(cents(narrow.low) == table[i].low80 && cents(narrow.high) == table[i].high80,
			"%d/%d: %g to %g", table[i].count, table[i].sample, narrow.low, narrow.high);
	}
}

Test(interval, edges_are_exact)
{
	for (int n = 1; n <= 3000; n++) {
		for (int k = 0; k < 2; k++) {
			double z = k ? Z80 : Z95;
			interval none = wilson(0, n, z), all = wilson(n, n, z);
			require_that(none.low == 0 && all.high == 1, "n = %d: %a, %a", n, none.low, all.high);
			/* closed forms: z^2 / (n + z^2) and n / (n + z^2) */
			require_that(
				fabs(none.high - z * z / (n + z * z)) < 1e-12 && fabs(all.low - n / (n + z * z)) < 1e-12,
				"n = %d", n);
		}
	}
	interval empty = wilson(0, 0, Z95);
	require(empty.low == 0 && empty.high == 1);
	interval over = wilson(30, 26, Z95), under = wilson(-1, 26, Z95);
	require(over.high == 1 && over.low > 0.8 && under.low == 0 && under.high < 0.2);
}

Test(interval, shape)
{
	for (int n = 1; n <= 60; n++)
		for (int k = 0; k <= n; k++) {
			interval narrow = wilson(k, n, Z80), wide = wilson(k, n, Z95), mirror = wilson(n - k, n, Z80);
			double p = (double)k / n;
			require(narrow.low <= p + 1e-15 && p <= narrow.high + 1e-15 && wide.low <= narrow.low &&
					narrow.high <= wide.high);
			require(fabs(mirror.low - (1 - narrow.high)) < 1e-12);
			require(k == 0 || wilson(k - 1, n, Z80).low < narrow.low);
		}
}

/* ---- lexicon */

typedef struct {
	fixture f;
	catalog c;
	lexicon *l;
} words;

static void words_open(words *w, const char *concepts)
{
	*w = (words){ 0 };
	fixture_open(&w->f, STR("lexicon.yaml"), str_from(concepts));
	static catalog_file file;
	const yaml_node *root = yaml_read(&w->f.a, w->f.source, &w->f.d);
	require_that(root && record_read(&catalog_file_record, &file, root, &w->f.a, &w->f.d), "%.*s",
		STRF(fixture_said(&w->f)));
	EACH (concept, one, file.concepts)
		vec_push(&w->f.a, &w->c.concepts, one);
	w->l = lexicon_new(&w->f.a, &w->c, &w->f.d);
	require(w->l != NULL);
}

static void words_close(words *w)
{
	lexicon_free(w->l);
	lexicon_free(NULL);
	fixture_close(&w->f);
}

/* "id(words) id(words)" */
static void expect_in(words *w, const char *text, const char *where, const char *expected)
{
	vec_link links = { 0 };
	lexicon_match(w->l, &links, str_from(text), where);
	buf out = { .arena = &w->f.a };
	EACH (const concept_link, link, links) {
		buf_printf(&out, "%s%.*s(%.*s)", out.len ? " " : "", STRF(link->concept->id), STRF(link->by));
		require(str_eq(link->where, str_from(where)));
	}
	str got = buf_done(&out);
	cr_expect(str_eq(got, str_from(expected)), "'%s': got %.*s, expected %s", text, STRF(got), expected);
}

static void expect_match(words *w, const char *text, const char *expected)
{
	expect_in(w, text, "name", expected);
}

static const char lexicon_text[] =
	"concepts:\n"
	"  - {id: kubernetes, kind: skill, name: Kubernetes, aliases: [K8s]}\n"
	"  - {id: ray, kind: technology, name: Ray, aliases: [Ray Train], requires: {case: true}}\n"
	"  - {id: x-ray, kind: technology, name: AWS X-Ray, aliases: [X-Ray], requires: {case: true}}\n"
	"  - {id: golang, kind: skill, name: Go, aliases: [golang], requires: {case: true}}\n"
	"  - {id: gitops, kind: skill, name: GitOps, aliases: [Argo CD]}\n"
	"  - {id: policy-as-code, kind: skill, name: policy as code, aliases: [policy-as-code]}\n"
	"  - {id: ci-cd, kind: skill, name: CI/CD}\n"
	"  - {id: cpp, kind: skill, name: C++}\n"
	"  - {id: c, kind: skill, name: C, requires: {case: true}}\n"
	"  - {id: csharp, kind: skill, name: 'C#'}\n"
	"  - {id: dotnet, kind: skill, name: .NET}\n"
	"  - {id: aws, kind: technology, name: Amazon Web Services (AWS), aliases: [AWS]}\n"
	"  - {id: elan, kind: skill, name: \"\xC3\x89lan\"}\n"
	"  - {id: symbols, kind: skill, name: '++'}\n";

Test(lexicon, whole_words)
{
	words w;
	words_open(&w, lexicon_text);
	expect_match(&w, "Kubernetes, K8S", "kubernetes(Kubernetes)");
	expect_match(&w, "on kubernetes.", "kubernetes(kubernetes)");
	expect_match(&w, "Kubernetesque MyKubernetes kubernetes2 k8", "");
	expect_match(&w, "(Argo CD)", "gitops(Argo CD)");
	expect_match(&w, "Argo CDs, Argo  CD, ArgoCD", "");
	expect_match(&w, "Argo Argo CD", "gitops(Argo CD)");
	expect_match(&w, "", "");
	expect_match(&w, "\xC3\xA9lan \xC3\x89lan \xC3\x89lans", "elan(\xC3\x89lan)");
	expect_match(&w, "x\xC3\x89lan kubernetes\xC3\xA9", "");
	words_close(&w);
}

Test(lexicon, case_rule)
{
	words w;
	words_open(&w, lexicon_text);
	expect_match(&w, "Ray", "ray(Ray)");
	expect_match(&w, "a ray of light, RAY, X-rays, array", "");
	expect_match(&w, "ray train with Ray Train", "ray(Ray Train)");
	expect_match(&w, "go and GO but Golang", "");
	expect_match(&w, "Go, golang", "golang(Go)");
	words_close(&w);
}

Test(lexicon, hyphens)
{
	words w;
	words_open(&w, lexicon_text);
	expect_match(&w, "Kubernetes-native and GitOps-heavy", "kubernetes(Kubernetes) gitops(GitOps)");
	expect_match(&w,
		"Kubernetes's, Kubernetes\xE2\x80\x93"
		"based",
		"kubernetes(Kubernetes)");
	expect_match(&w, "Go-to-market, X-ray, Blu-Ray, non-Kubernetes, cargo-Go", "");
	expect_match(&w, "X-Ray", "x-ray(X-Ray)");
	expect_match(&w, "AWS X-Ray-based", "x-ray(AWS X-Ray) aws(AWS)");
	expect_match(&w, "policy-as-code", "policy-as-code(policy-as-code)");
	expect_match(&w, "policy-as-code-driven", "policy-as-code(policy-as-code)");
	expect_match(&w, "policy as code", "policy-as-code(policy as code)");
	expect_match(&w, "Kubernetes - Go - end-", "kubernetes(Kubernetes) golang(Go)");
	expect_match(&w, "Kubernetes--native", "kubernetes(Kubernetes)");
	words_close(&w);
}

Test(lexicon, names_with_other_signs)
{
	words w;
	words_open(&w, lexicon_text);
	expect_match(&w, "CI/CD", "ci-cd(CI/CD)");
	expect_match(&w, "ci/cd-first, CI / CD, CI/CDs", "ci-cd(ci/cd)");
	expect_match(&w, "C++", "cpp(C++)");
	expect_match(&w, "modern C++17.", "cpp(C++)");
	expect_match(&w, "C# and C", "csharp(C#) c(C)");
	expect_match(&w, "C, c++, c", "c(C) cpp(c++)");
	expect_match(&w, "C/C++", "c(C) cpp(C++)");
	expect_match(&w, "C+ Vitamin-C", "c(C)");
	expect_match(&w, ".NET", "dotnet(.NET)");
	expect_match(&w, "use .net, NET", "dotnet(.net)");
	expect_match(&w, ".NETs internet NET", "");
	expect_match(&w, "Amazon Web Services (AWS)", "aws(Amazon Web Services (AWS))");
	expect_match(&w, "Cloud (AWS, Kubernetes)", "aws(AWS) kubernetes(Kubernetes)");
	expect_match(&w, "++ a", "");
	words_close(&w);
}

static const char conditions_text[] =
	"concepts:\n"
	"  - {id: ops, kind: skill, name: operators, patterns: ['(?i)\\bk8s\\b.*\\boperator', '\\Kx*', 'z|'],\n"
	"     requires: {near: '(?i)kubernetes|k8s'}}\n"
	"  - {id: lead, kind: skill, name: lead, requires: {section: [notes, text]}}\n"
	"  - {id: greek, kind: skill, name: Greek, patterns: ['\\p{Greek}+', '^.$']}\n"
	"  - {id: slow, kind: skill, name: Slow, patterns: ['(a+)+$']}\n";

Test(lexicon, patterns_and_conditions)
{
	words w;
	words_open(&w, conditions_text);
#define EVERYWHERE " does not begin with a word, so it is tried everywhere\n"
	fixture_expect(&w.f, "2:5 pattern-without-literal: pattern '\\Kx*' of concept 'ops'" EVERYWHERE
						 "2:5 pattern-without-literal: pattern 'z|' of concept 'ops'" EVERYWHERE
						 "5:5 pattern-without-literal: pattern '\\p{Greek}+' of concept 'greek'" EVERYWHERE
						 "5:5 pattern-without-literal: pattern '^.$' of concept 'greek'" EVERYWHERE
						 "6:5 pattern-without-literal: pattern '(a+)+$' of concept 'slow'" EVERYWHERE);
	expect_match(&w, "operators", "");
	expect_match(&w, "operators for Kubernetes", "ops(operators)");
	expect_match(&w, "a K8s operator", "ops(K8s operator)");
	expect_match(&w, "lead", "");
	expect_in(&w, "lead", "notes", "lead(lead)");
	expect_in(&w, "lead", "text", "lead(lead)");
	expect_match(&w, "the \xCE\xB1\xCE\xB2 \xCE\xB3", "greek(\xCE\xB1\xCE\xB2)");
	expect_match(&w, "\xE2\x82\xAC", "greek(\xE2\x82\xAC)"); /* one character, not three */
	/* exponential without limits */
	expect_match(&w,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!",
		"");
	require(pattern_found(STR("(a+)+$"),
				STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")) == false);
	words_close(&w);
}

Test(lexicon, bad_patterns)
{
	words w;
	words_open(&w, "concepts:\n  - {id: a, kind: skill, name: A, patterns: ['(', 'ok', '[z-a]'], requires: "
				   "{near: '*'}}\n");
	fixture_expect(&w.f,
		"2:5 bad-pattern: pattern '(' of concept 'a': missing closing parenthesis at offset 1\n"
		"2:5 bad-pattern: pattern '[z-a]' of concept 'a': range out of order in character class at offset 3\n"
		"2:5 bad-pattern: pattern '*' of concept 'a': quantifier does not follow a repeatable item at offset "
		"0\n");
	expect_match(&w, "ok", ""); /* its condition cannot hold */
	require(pattern_found(STR("("), STR("x")) == false && pattern_found(STR("b"), STR("abc")));
	words_close(&w);
}

Test(lexicon, order_and_repetition)
{
	words w;
	words_open(&w,
		"concepts:\n  - {id: b, kind: skill, name: service}\n  - {id: a, kind: skill, name: service mesh}\n"
		"  - {id: d, kind: skill, name: Mesh}\n  - {id: c, kind: skill, name: mesh}\n");
	/* by place, the longer first, then by id */
	expect_match(&w, "mesh service mesh", "c(mesh) d(mesh) a(service mesh) b(service)");
	vec_link links = { 0 };
	lexicon_match(w.l, &links, STR("mesh"), "name");
	lexicon_match(w.l, &links, STR("service mesh"), "notes");
	require(links.len == 4 && str_eq(links.ptr[0].where, STR("name")) &&
			str_eq(links.ptr[3].where, STR("notes")));
	words_close(&w);
}

Test(lexicon, cost_grows_with_the_text)
{
	words w;
	words_open(&w, lexicon_text);
	buf long_one = { .arena = &w.f.a };
	for (int i = 0; i < 200000; i++)
		BUF_LIT(&long_one, "Go-");
	vec_link links = { 0 };
	lexicon_match(w.l, &links, buf_done(&long_one), "name");
	require(links.len == 0);
	words_close(&w);
}

/* ---- facts */

static workbook_row row_of(const char *name, double count, const char *category)
{
	return (workbook_row){ .id = str_from(name),
		.name = str_from(name),
		.category = str_from(category),
		.count = count,
		.share = count / 20 };
}

Test(facts, ranks_weights_and_links)
{
	words w;
	words_open(&w, lexicon_text);
	workbook_row skills[] = { row_of("Kubernetes", 10, "Core"), row_of("Go", 15, "Important"),
		row_of("CI/CD", 10, "Nice"), row_of("other", 1, "Emerging") };
	workbook_row theme = row_of("theme", 20, "");
	theme.text = STR("use K8s");
	workbook_row technology = row_of("Delivery: Argo CD", 5, "GitOps");
	technology.kind = ROW_TECHNOLOGY;
	technology.tools = STR("Argo CD, AWS");
	technology.notes = STR("with C++");
	theme.kind = ROW_THEME;
	workbook book = { .sample_size = 20, .years_min = -1 };
	book.rows[ROW_SKILL] = (list_row){ .ptr = skills, .len = 4 };
	book.rows[ROW_TECHNOLOGY] = (list_row){ .ptr = &technology, .len = 1 };
	book.rows[ROW_THEME] = (list_row){ .ptr = &theme, .len = 1 };
	course settings;
	facts f;
	require(
		course_read(&settings, &w.f.a, 0, &w.f.d) && facts_make(&f, &w.f.a, &book, &w.c, &settings, &w.f.d));
	const fact_row *r = f.rows[ROW_SKILL].ptr;
	require(
		f.rows[ROW_SKILL].len == 4 && r[0].rank == 2 && r[1].rank == 1 && r[2].rank == 2 && r[3].rank == 4);
	require(r[0].weight == 0.5 && fabs(r[1].weight - 0.75 * 0.7) < 1e-15 && r[2].factor == 0.4 &&
			r[3].factor == 0.6);
	require(r[0].emphasis == 1 && r[0].low80 > r[0].low95 && r[0].high80 < r[0].high95);
	require(r[0].concepts.len == 1 && r[3].concepts.len == 0 && r[3].links.len == 0);
	const fact_row *t = &f.rows[ROW_TECHNOLOGY].ptr[0];
	static const char *const where[] = { "category", "tools", "notes" };
	require(t->links.len == 3);
	for (size_t i = 0; i < 3; i++)
		assert_str(t->links.ptr[i].where, where[i]);
	assert_str(f.rows[ROW_THEME].ptr[0].concepts.ptr[0], "kubernetes");
	assert_str(f.rows[ROW_THEME].ptr[0].links.ptr[0].where, "text");
	require(facts_find(&f, ROW_SKILL, STR("Go")) == &r[1] && facts_find(&f, ROW_THEME, STR("Go")) == NULL);
	require(f.level == LEVEL_MID);
	settings.level = LEVEL_STAFF;
	require(facts_make(&f, &w.f.a, &book, &w.c, &settings, &w.f.d) && f.level == LEVEL_STAFF);
	words_close(&w);
}

Test(facts, levels)
{
	static const struct {
		double years;
		const char *title;
		course_level level;
	} cases[] = { { 0, "Senior", LEVEL_JUNIOR }, { 2, "", LEVEL_MID }, { 5, "", LEVEL_SENIOR },
		{ 7.9, "", LEVEL_SENIOR }, { 8, "", LEVEL_STAFF }, { 12, "", LEVEL_PRINCIPAL },
		{ 50, "", LEVEL_PRINCIPAL }, { -1, "Senior engineer", LEVEL_SENIOR },
		{ -1, "Senior Staff engineer", LEVEL_STAFF }, { -1, "Internal tools", LEVEL_MID },
		{ -1, "Tech Lead", LEVEL_STAFF }, { -1, "Junior dev", LEVEL_JUNIOR },
		{ -1, "Principal Architect", LEVEL_PRINCIPAL }, { -1, "", LEVEL_MID } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		workbook w = { .years_min = cases[i].years, .role = str_from(cases[i].title) };
		require_that(facts_level(&w) == cases[i].level, "%g %s", cases[i].years, cases[i].title);
	}
}

Test(facts, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		str aliases[] = { STR("K8s"), STR("EKS") }, patterns[] = { STR("x+"), STR("(") };
		concept one = {
			.id = STR("k"), .name = STR("Kubernetes"), .aliases = { aliases, 2 }, .patterns = { patterns, 2 }
		};
		concept *all[] = { &one };
		catalog c = { 0 };
		c.concepts.ptr = all;
		c.concepts.len = 1;
		workbook_row row = row_of("K8s-native xx", 10, "Core");
		workbook book = { .sample_size = 20, .years_min = 5, .rows = { { &row, 1 } } };
		course settings;
		course_read(&settings, &a, 0, &d);
		facts f;
		bool ok = facts_make(&f, &a, &book, &c, &settings, &d);
		bool failed = a.failed;
		size_t errors = d.errors;
		arena_free(&a);
		require_that(ok == false, "allocation %u", n); /* one pattern is bad */
		require_that(failed || errors == 1, "allocation %u", n);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

/* ---- the real workbook with the shipped lexicon */

Test(facts, every_row_of_the_real_workbook_has_a_concept)
{
	const char *shared = getenv("CW_SHARED"), *root = getenv("CW_SOURCE_ROOT");
	fixture f;
	fixture_open(&f, STR("none"), STR(""));
	str folder = shared ? str_from(shared) : io_join(&f.a, str_from(root ? root : "."), STR("../shared"));
	str path = io_join(&f.a, folder, STR("inputs/workbooks/senior-ai-infrastructure-engineer.md"));
	if (io_stat(path.ptr) != IO_FILE) {
		arena_free(&f.a);
		cr_skip_test("no shared data: the real workbook is not there (CW_SHARED)");
	}
	str text;
	require(io_read(&text, &f.a, path.ptr, &f.d));
	workbook w;
	require(read_workbook(&w, &f.a, sources_add(&f.s, path, text), &f.d));
	catalog c = { 0 };
	vec_rule rules = { 0 };
	catalog_input in = { .catalog = &c, .rules = &rules };
	catalog_read(
		&in, &f.a, str_from(root ? root : "."), false, &f.d); /* test_catalog says what is wrong with it */
	course settings;
	facts made;
	require(c.concepts.len > 20 && course_read(&settings, &f.a, 0, &f.d));
	require(facts_make(&made, &f.a, &w, &c, &settings, &f.d));
	static const size_t counts[ROW_KINDS] = { 8, 7, 5 };
	for (int kind = 0; kind < ROW_KINDS; kind++) {
		require_that(made.rows[kind].len == counts[kind], "%zu rows", made.rows[kind].len);
		EACH (const fact_row, r, made.rows[kind])
			cr_expect(r->concepts.len > 0, "'%.*s' has no concept", STRF(r->row->name));
	}
	require(made.level == LEVEL_SENIOR);
	fixture_close(&f);
}
