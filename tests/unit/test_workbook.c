#define _POSIX_C_SOURCE 200809L
#include "base/io.h"
#include "check.h"
#include "read/markdown.h"
#include "read/workbook.h"

#include <stdio.h>
#include <stdlib.h>

/* Criterion's assertion takes no expression that begins with a sign or a parenthesis. */
#define require_that(condition, ...) \
	do { \
		bool holds_ = (condition); \
		cr_assert(holds_, __VA_ARGS__); \
	} while (0)
#define require(condition) require_that(condition, "%s", #condition)

typedef struct {
	arena a;
	sources sources;
	diags d;
	workbook w;
	bool ok;
} fixture;

static void read_str(fixture *f, str text)
{
	*f = (fixture){ 0 };
	f->sources.arena = f->d.arena = &f->a;
	f->d.sources = &f->sources;
	uint32_t number = sources_add(&f->sources, STR("w.md"), arena_str(&f->a, text));
	f->ok = read_workbook(&f->w, &f->a, number, &f->d);
}

/* Texts one after the other, without a format: workbooks are full of per cent signs. */
static str join(arena *a, const char *first, const char *second, const char *third)
{
	buf b = { .arena = a };
	buf_str(&b, str_from(first));
	buf_str(&b, str_from(second));
	buf_str(&b, str_from(third));
	return buf_done(&b);
}

static void read_text(fixture *f, const char *text)
{
	read_str(f, str_from(text));
}

static void finish(fixture *f)
{
	arena_free(&f->a);
	NO_LEAKS();
}

static const char *listing(fixture *f)
{
	buf b = { .arena = &f->a };
	EACH (diag, one, f->d.list)
		diag_print(&b, &f->d, one);
	return arena_cstr(&f->a, buf_done(&b));
}

/* Exactly these diagnostics, one a line: "E 5:3 CODE" by slug. */
#define assert_diags(f, expected) \
	do { \
		buf b_ = { .arena = &(f)->a }; \
		EACH (diag, one_, (f)->d.list) { \
			position at_ = sources_position(&(f)->sources, one_->at); \
			buf_printf(&b_, "%u:%u %s\n", at_.line, at_.column, diag_slug(one_->code)); \
		} \
		str got_ = buf_done(&b_); \
		require_that( \
			str_eq(got_, str_from(expected)), "got\n%.*sexpected\n%s%s", STRF(got_), expected, listing(f)); \
	} while (0)

#define assert_clean(f) require_that((f)->ok && !(f)->d.list.len, "%s", listing(f))

static bool says(const fixture *f, size_t i, const char *part)
{
	return i < f->d.list.len && str_find(f->d.list.ptr[i].text, str_from(part), 0) != SIZE_MAX;
}

/* The source text that a place begins with. */
static bool stands_at(const fixture *f, loc at, const char *text)
{
	return str_starts(str_skip(f->sources.list.ptr[0].text, at.offset), str_from(text));
}

static const workbook_row *skill(const fixture *f, size_t i)
{
	require(i < f->w.rows[ROW_SKILL].len);
	return &f->w.rows[ROW_SKILL].ptr[i];
}

#define FRONT "# Job Posting Analysis\n\n## Summary\n\n- **Sample Size**: 26 postings\n\n"
#define SKILLS \
	"## Aggregate Skill Frequency\n\n| Skill | Frequency | % of Postings | Category | Notes " \
	"|\n|--|--|--|--|--|\n"
#define GIT "| Git | 13 | 50% | Core | x |\n"
/* A row after FRONT and SKILLS is in line 11. */

/* ---- the workbooks that people wrote */

typedef struct {
	const char *name;
	double sample, years_min, years_max;
	size_t skills, technologies, themes, experience, insights, signals, references;
} expectation;

static const expectation real[] = {
	{ "ai-infrastructure-architect", 20, 8, -1, 9, 6, 7, 3, 3, 0, 0 },
	{ "ai-infrastructure-engineer", 30, 2, 5, 8, 6, 5, 3, 3, 0, 0 },
	{ "ai-infrastructure-ml-platform-engineer", 21, -1, -1, 8, 6, 7, 0, 0, 5, 1 },
	{ "ai-infrastructure-principal-architect", 16, 15, -1, 8, 5, 5, 0, 0, 5, 1 },
	{ "ai-infrastructure-principal-engineer", 20, -1, -1, 8, 5, 6, 0, 0, 5, 1 },
	{ "ai-infrastructure-senior-architect", 18, 12, -1, 9, 5, 6, 3, 3, 0, 0 },
	{ "junior-ai-infrastructure-engineer", 25, 0, 2, 8, 6, 5, 3, 3, 0, 0 },
	{ "senior-ai-infrastructure-engineer", 26, 5, -1, 8, 7, 5, 3, 3, 0, 0 },
};

static str shared_folder(arena *a)
{
	const char *shared = getenv("CW_SHARED"), *root = getenv("CW_SOURCE_ROOT");
	str base = shared ? str_from(shared) : io_join(a, str_from(root ? root : "."), STR("../shared"));
	return io_join(a, base, STR("inputs/workbooks"));
}

static void check_real(const expectation *e, str text)
{
	fixture f;
	read_str(&f, text);
	const workbook *w = &f.w;
	require_that(f.ok && !f.d.list.len, "%s: %s", e->name, listing(&f));
	require_that(w->sample_size == e->sample, "%s: sample %g", e->name, w->sample_size);
	require_that(w->years_min == e->years_min && w->years_max == e->years_max, "%s: %g to %g years", e->name,
		w->years_min, w->years_max);
	require_that(w->rows[ROW_SKILL].len == e->skills && w->rows[ROW_TECHNOLOGY].len == e->technologies &&
					 w->rows[ROW_THEME].len == e->themes,
		"%s: rows", e->name);
	require_that(w->experience.len == e->experience && w->insights.len == e->insights &&
					 w->signals.len == e->signals && w->references.len == e->references &&
					 w->summary.len >= 3,
		"%s: items", e->name);
	require_that(w->title.len && w->quote.len, "%s: front", e->name);
	char digits[16];
	snprintf(digits, sizeof digits, "%.0f", e->sample);
	require_that(stands_at(&f, w->at_sample, digits), "%s: place of the sample size", e->name);
	for (int k = 0; k < ROW_KINDS; k++)
		EACH (const workbook_row, row, w->rows[k]) {
			str cell = k == ROW_TECHNOLOGY ? row->category : row->name;
			require_that(
				stands_at(&f, row->at, arena_cstr(&f.a, cell)), "%s: place of '%.*s'", e->name, STRF(cell));
			snprintf(digits, sizeof digits, "%.0f |", row->count);
			require_that(stands_at(&f, row->at_count, digits), "%s: count of '%.*s'", e->name, STRF(cell));
			require(row->share == row->count / e->sample && str_is_id(row->id));
			require(k == ROW_TECHNOLOGY || (k == ROW_SKILL ? row->category.len : row->text.len));
		}
	finish(&f);
}

Test(workbook, real_workbooks)
{
	arena a = { 0 };
	str folder = shared_folder(&a);
	if (io_stat(folder.ptr) != IO_FOLDER) {
		arena_free(&a);
		cr_skip_test("real_workbooks: there is no folder of shared inputs");
	}
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	for (size_t i = 0; i < COUNT(real); i++) {
		str text, path = io_join(&a, folder, arena_printf(&a, "%s.md", real[i].name));
		require_that(io_read(&text, &a, path.ptr, &d), "%.*s", STRF(path));
		check_real(&real[i], text);
	}
	arena_free(&a);
	NO_LEAKS();
}

/* ---- a whole workbook of our own */

static const char whole[] =
	"# Posting Analysis \xE2\x80\x94 Platform Engineer\n\n> Postings of *one* region.\n\n"
	"## Summary\n\n- **Number of Postings Reviewed:** 40\n- Regions: EU\n\n"
	"## Aggregate Skill Frequency\n\n"
	"| # | Category | Skill / Competency | % of Postings | Notes | Count | Source IDs |\n"
	"|---|:--|:-:|--:|---|---|---|\n"
	"| 1 | core | **Kubernetes** [operators](https://example.org) | 92.5 % | a \\| b | 37 | P1 |\n"
	"| 2 | NICE TO HAVE | `C++` | 24/40 | | 24 of 40 | P2 |\n"
	"| 3 | Nice-to-have | Caf\xC3\xA9 au lait | 30% | | 12 (30%) | |\n"
	"| 4 | *Emerging* | C plus plus | 50% | | 20 postings | |\n\n"
	"## Technology & Tool Mentions\n\n"
	"| Category | Tools / Platforms | Mentions | Version Specific? |\n|---|---|---|---|\n"
	"| Cloud | AWS, Azure/GCP, other (a, b/c) | 30 | yes |\n| Cloud | Hetzner | 2 | no |\n\n"
	"## Responsibilities & Outcomes\n\n| Theme | Representative Responsibilities | Frequency "
	"|\n|---|---|---|\n"
	"| Operations | Run it | 12 |\n\n"
	"## Experience Expectations\n\n| Band | Years | Education |\n|---|---|---|\n"
	"| Junior | 0\xE2\x80\x93"
	"2 | none |\n| Senior | 5\xE2\x80\x93"
	"8 | BS |\n\n"
	"## Hiring Signals & Requirements\n\n- Most ask for **15+ years**.\n\n"
	"## Insights & Actions\n\nWhat we learned:\n\n1. **Gaps**: first\n   - below\n     - deeper\n   - below "
	"too\n"
	"2. **Next steps:** second\n\nThird.\n\n"
	"## Source References\n\n- A board\n\n"
	"## Posting Inventory\n\n| ID | Title | Company |\n|---|---|---|\n| 1 | SRE | Example Ltd |\n\n- "
	"Another\n";

Test(workbook, whole)
{
	fixture f;
	read_text(&f, whole);
	assert_clean(&f);
	assert_str(f.w.path, "w.md");
	assert_str(f.w.role, "Platform Engineer");
	assert_str(f.w.quote, "Postings of one region.");
	require(f.w.sample_size == 40 && stands_at(&f, f.w.at_sample, "40\n"));
	require(f.w.rows[ROW_SKILL].len == 4);
	const workbook_row *k8s = skill(&f, 0), *cpp = skill(&f, 1), *cafe = skill(&f, 2), *plus = skill(&f, 3);
	assert_str(k8s->name, "Kubernetes operators");
	assert_str(k8s->id, "kubernetes-operators");
	assert_str(k8s->category, "Core");
	assert_str(k8s->notes, "a | b");
	require(
		k8s->count == 37 && stands_at(&f, k8s->at, "**Kubernetes") && stands_at(&f, k8s->at_count, "37 |"));
	assert_str(cpp->category, "Nice");
	assert_str(cpp->id, "c-plus-plus");
	assert_str(plus->id, "c-plus-plus-2");
	assert_str(cafe->id, "cafe-au-lait");
	assert_str(cafe->category, "Nice");
	require(cafe->count == 12 && stands_at(&f, cafe->at_count, "12 (30%)"));
	require(plus->count == 20 && plus->share == 0.5);
	finish(&f);
}

Test(workbook, whole_tables)
{
	fixture f;
	read_text(&f, whole);
	require(f.w.rows[ROW_TECHNOLOGY].len == 2 && f.w.rows[ROW_THEME].len == 1);
	const workbook_row *cloud = f.w.rows[ROW_TECHNOLOGY].ptr;
	assert_str(cloud->name, "Cloud: AWS, Azure/GCP, other (a, b/c)");
	assert_str(cloud->category, "Cloud");
	assert_str(cloud->tools, "AWS, Azure/GCP, other (a, b/c)");
	require(cloud->tool.len == 4);
	assert_str(cloud->tool.ptr[2], "GCP");
	assert_str(cloud->tool.ptr[3], "other (a, b/c)");
	assert_str(cloud[1].id, "cloud-hetzner");
	require(cloud[1].share == 0.05);
	assert_str(f.w.rows[ROW_THEME].ptr->text, "Run it");
	finish(&f);
}

Test(workbook, whole_lists)
{
	fixture f;
	read_text(&f, whole);
	const workbook_item *insight = f.w.insights.ptr;
	require(f.w.insights.len == 6 && f.w.experience.len == 2 && f.w.inventory.len == 2 &&
			f.w.references.len == 1);
	static const char *const ids[] = { "insight-1", "insight-1-1", "insight-1-1-1", "insight-1-2",
		"insight-2", "insight-3" };
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_str(insight[i].id, ids[i]);
	assert_str(insight[0].label, "Gaps");
	assert_str(insight[0].text, "Gaps: first");
	assert_str(insight[4].label, "Next steps");
	assert_str(insight[5].text, "Third.");
	require(stands_at(&f, insight[2].at, "deeper\n"));
	assert_str(f.w.experience.ptr[1].label, "Senior");
	assert_str(f.w.experience.ptr[1].text, "Senior: Years: 5\xE2\x80\x93"
										   "8; Education: BS");
	require_that(f.w.years_min == 0 && f.w.years_max == 8, "%g to %g", f.w.years_min, f.w.years_max);
	assert_str(f.w.summary.ptr[1].label, "Regions");
	assert_str(f.w.signals.ptr->text, "Most ask for 15+ years.");
	assert_str(f.w.inventory.ptr->label, "SRE");
	assert_str(f.w.inventory.ptr->text, "SRE: Example Ltd");
	assert_str(f.w.inventory.ptr[1].id, "posting-2");
	finish(&f);
}

/* ---- sample size */

static double sample_of(const char *front)
{
	fixture f;
	arena a = { 0 };
	str text = join(&a, front, "\n\n" SKILLS, "| Git | 1 |  | Core | |\n");
	read_str(&f, text);
	double sample = f.ok ? f.w.sample_size : -1;
	finish(&f);
	arena_free(&a);
	return sample;
}

Test(workbook, sample_sizes)
{
	static const struct {
		const char *front;
		double sample; /* -1: an error */
	} cases[] = {
		{ "> Sample set: 16 postings (2024\xE2\x80\x93"
		  "2025) from banks",
			16 },
		{ "> Sample of 20 enterprise and hyperscaler postings (2024\xE2\x80\x93"
		  "2025)",
			20 },
		{ "> Sample: 26", 26 },
		{ "> Based on 1,250 **curated** postings.", 1250 },
		{ "> Role: Engineer. 12 of 40 postings name it.", 40 },
		{ "> Derived from postings (2025) of 3 boards.", -1 },
		{ "> From 2025 postings, 2024\xE2\x80\x93"
		  "2025.",
			-1 },
		{ "> 12\xE2\x80\x93"
		  "20 postings",
			-1 },
		{ "## Summary\n\n- 26 postings", 26 },
		{ "## Summary\n\n- 25 curated postings (2025)", 25 },
		{ "## Summary\n\n- **Sample size**: 25 curated postings (2025)", 25 },
		{ "## Summary\n\n- **Sample Size:** ~26", 26 },
		{ "## Summary\n\n- Number of Postings Reviewed: 40", 40 },
		{ "## Summary\n\n- Sample size is 26 postings", 26 },
		{ "## Summary\n\nSample size = 31.", 31 },
		{ "## Summary\n\n- **Sample Size** \xE2\x80\x94 26 postings", 26 },
		{ "## Summary\n\n- Total postings: 26\n- **Regions**: 10 EU postings, 16 US postings", 26 },
		{ "## Summary\n\n- Sample size: 26\n- 12 postings from startups", 26 },
		{ "## Summary\n\n- 12 postings from startups", 12 },
		{ "## Summary\n\n| Metric | Value |\n|--|--|\n| Sample Size | 26 postings |", 26 },
		{ "## Summary\n\n- **Sample Size**: US 12\xC2\xA0postings", 12 },
		{ "## Summary\n\n- **Sample Size**: none", -1 },
		{ "## Summary\n\n- **Sample Size**: 0 postings", -1 },
		{ "## Summary\n\n- **Sample Size**: -5 postings", -1 },
		{ "## Summary\n\n- **Sample Size**: 2.5 postings", -1 },
		{ "## Summary\n\n- **Sample Size**: 20\xE2\x80\x93"
		  "25 postings",
			-1 },
		{ "## Summary\n\n- **Sample Size**: 99999999999999999999 postings", -1 },
		{ "## Summary\n\n- **Regions**: 12 EU postings", -1 },
		{ "## Summary\n\n- Postings: mostly remote\n- 26 postings", 26 },
		{ "> Sample of 26 postings\n\n## Summary\n\n- **Sample Size**: 26 postings", 26 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		double got = sample_of(cases[i].front);
		require_that(got == cases[i].sample, "%s: got %g", cases[i].front, got);
	}
	NO_LEAKS();
}

Test(workbook, no_sample_size)
{
	fixture f;
	read_text(&f, "# Title\n\n## Summary\n\n- **Regions**: EU\n\n" SKILLS GIT);
	require(!f.ok);
	assert_diags(&f, "3:1 no-sample-size\n");
	require(says(&f, 0, "neither the summary nor the text above it") &&
			says(&f, 0, "- **Sample Size**: 26 postings"));
	require(f.w.rows[ROW_SKILL].len == 1);
	finish(&f);
	read_text(&f, "# Title\n\n" SKILLS GIT);
	assert_diags(&f, "1:1 no-sample-size\n");
	require(says(&f, 0, "there is no '## Summary'"));
	finish(&f);
	read_text(&f, "# T\n\n## Summary\n\n- Regions: EU\n- **Sample Size**: unknown\n\n" SKILLS GIT);
	assert_diags(&f, "6:3 bad-number\n");
	finish(&f);
}

Test(workbook, sample_conflict)
{
	fixture f;
	read_text(
		&f, "# T\n\n> Sample of 25 postings.\n\n## Summary\n\n- **Sample Size**: 26 postings\n\n" SKILLS GIT);
	assert_diags(&f, "7:20 sample-conflict\n13:14 share-mismatch\n");
	require(says(&f, 0, "26") && says(&f, 0, "25 in line 3, column 13"));
	finish(&f);
}

Test(workbook, messages_follow_the_file)
{
	fixture f;
	read_text(&f,
		"# T\n\n> 25 postings\n\n" SKILLS "| A | x | | Core | |\n\n## Odd\n\n## Summary\n\n- 26 postings\n");
	assert_diags(&f, "9:7 bad-number\n11:1 unknown-section\n15:3 sample-conflict\n");
	finish(&f);
}

/* ---- cells */

static void read_row_after(fixture *f, const char *rows)
{
	arena a = { 0 };
	str text = join(&a, FRONT, SKILLS, rows);
	read_str(f, text);
	arena_free(&a);
}

Test(workbook, numbers)
{
	static const struct {
		const char *row, *diags;
		double count; /* of the row, if it has no diagnostics */
	} cases[] = {
		{ "| A | 24 | 92% | Core | |", "", 24 },
		{ "| A | 24 | 92.3% | Core | |", "", 24 },
		{ "| A | 24 | 92.31 % | Core | |", "", 24 },
		{ "| A | 24 | 92 | Core | |", "", 24 },
		{ "| A | 24 | 0.92 | Core | |", "", 24 },
		{ "| A | 24 | 24/26 | Core | |", "", 24 },
		{ "| A | 24 (92%) | | Core | |", "", 24 },
		{ "| A | 24/26 | | Core | |", "", 24 },
		{ "| A | 24 out of 26 | | Core | |", "", 24 },
		{ "| A | 0 | 0% | Core | |", "", 0 },
		{ "| A | 26 | 100% | Core | |", "", 26 },
		{ "| A | | 92% | Core | |", "", 24 },
		{ "| A | 92% | | Core | |", "", 24 },
		{ "| A | | 92% (24) | Core | |", "", 24 },
		{ "| A | 13.0 | 50% | Core | |", "", 13 },
		{ "| A | 24 | 93% | Core | |", "11:12 share-mismatch\n", 0 },
		{ "| A | 24 | 92.4% | Core | |", "11:12 share-mismatch\n", 0 },
		{ "| A | 7 | 26% | Core | |", "11:11 share-mismatch\n", 0 }, /* 26.92 with its digits cut off */
		{ "| A | 24 | 24/25 | Core | |", "11:12 share-mismatch\n", 0 },
		{ "| A | 24 | 23/26 | Core | |", "11:12 share-mismatch\n", 0 },
		{ "| A | 24 (90%) | 92% | Core | |", "11:7 share-mismatch\n", 0 },
		{ "| A | 27 | 104% | Core | |", "11:7 count-above-sample\n", 0 },
		{ "| A | | 120% | Core | |", "11:9 count-above-sample\n", 0 },
		{ "| A | -3 | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | \xE2\x88\x92"
		  "3 | | Core | |",
			"11:7 bad-number\n", 0 },
		{ "| A | 3.5 | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | many | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | 24+ | 92% | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | 24 | most | Core | |", "11:12 bad-number\n", 0 },
		{ "| A | 24 of x | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | 2,000,000,000 | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | 99999999999999999999 | | Core | |", "11:7 bad-number\n", 0 },
		{ "| A | | | Core | |", "11:6 bad-number\n", 0 },
		{ "| \xC3\xA9\xC3\xA9 | 24 | 95% | Core | |", "11:13 share-mismatch\n", 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		read_row_after(&f, cases[i].row);
		assert_diags(&f, cases[i].diags);
		require_that(f.ok == !*cases[i].diags, "%s", cases[i].row);
		require_that(
			!f.ok || (skill(&f, 0)->count == cases[i].count && skill(&f, 0)->share == cases[i].count / 26),
			"%s: %g", cases[i].row, skill(&f, 0)->count);
		finish(&f);
	}
}

Test(workbook, number_messages)
{
	fixture f;
	read_row_after(&f, "| A | 24 | 95% | Core | |\n| B | -3 | | Core | |\n| C | 27 | | Core | |\n");
	assert_diags(&f, "11:12 share-mismatch\n12:7 bad-number\n13:7 count-above-sample\n");
	require_that(says(&f, 0, "'95%'") && says(&f, 0, "24 of 26 postings is 92%"), "%s", listing(&f));
	require(f.d.list.ptr[0].length == 3);
	require(says(&f, 1, "'-3' is negative") && says(&f, 1, "expected a whole number"));
	require(says(&f, 2, "'27'") && says(&f, 2, "26 postings"));
	finish(&f);
	/* Half a unit may be rounded either way. */
	read_text(
		&f, "> Sample of 40 postings\n\n" SKILLS "| A | 9 | 22% | Core | |\n| B | 9 | 23% | Core | |\n");
	assert_clean(&f);
	finish(&f);
}

Test(workbook, categories)
{
	fixture f;
	read_row_after(&f,
		"| A | 1 | | CORE | |\n| B | 1 | | nice | |\n| C | 1 | | Importent | |\n| D | 1 | | Vital | |\n"
		"| E | 1 | | | |\n| F | 1 | | Nice\xE2\x80\x91to\xE2\x80\x91have | |\n");
	assert_diags(&f, "13:13 unknown-category\n14:13 unknown-category\n15:12 empty-cell\n");
	require(says(&f, 0, "'Importent'") && says(&f, 0, "did you mean 'Important'?"));
	require(!says(&f, 1, "did you mean") && says(&f, 1, "expected Core, Important, Emerging or Nice"));
	assert_str(skill(&f, 0)->category, "Core");
	assert_str(skill(&f, 5)->category, "Nice");
	finish(&f);
	read_text(&f, FRONT "## Skills\n\n| Skills | Share |\n|--|--|\n| Git | 50% |\n");
	assert_clean(&f);
	assert_str(skill(&f, 0)->category, "Important");
	require(skill(&f, 0)->count == 13 && stands_at(&f, skill(&f, 0)->at_count, "50%"));
	finish(&f);
}

Test(workbook, empty_names)
{
	fixture f;
	read_row_after(&f,
		"|  | 1 | | Core | |\n| | | | | |\n\n## Technology Mentions\n\n| Category | Tool | Count "
		"|\n|--|--|--|\n"
		"| | Git | 1 |\n| Cloud | | 1 |\n\n## Themes\n\n| Theme | Count |\n|--|--|\n| <!-- x --> | 1 |\n");
	assert_diags(
		&f, "11:3 empty-cell\n12:2 empty-cell\n18:2 empty-cell\n19:10 empty-cell\n25:3 empty-cell\n");
	finish(&f);
}

Test(workbook, repeated_rows)
{
	fixture f;
	read_row_after(&f,
		"| Git | 13 | 50% | Core | |\n| Go | 1 | | Core | |\n| **GIT** | 12 | | Core | |\n\n"
		"## Technologies\n\n| Tools | Frequency | Category |\n|--|--|--|\n| AWS | 1 | Cloud |\n"
		"| GCP | 1 | Cloud |\n| aws | 2 | cloud |\n\n"
		"## Themes\n\n| Theme | Frequency |\n|--|--|\n| Run | 1 |\n| Run | 1 |\n");
	assert_diags(&f, "13:3 repeated-row\n21:13 repeated-row\n28:3 repeated-row\n");
	require_that(says(&f, 0, "skill 'GIT' is already in line 11"), "%s", listing(&f));
	require_that(says(&f, 1, "technology 'cloud: aws' is already in line 19"), "%s", listing(&f));
	require(
		f.w.rows[ROW_SKILL].len == 2 && f.w.rows[ROW_TECHNOLOGY].len == 2 && f.w.rows[ROW_THEME].len == 1);
	finish(&f);
}

Test(workbook, ids_stay_unique)
{
	fixture f;
	read_row_after(&f,
		"| A-2 | 1 | | Core | |\n| A | 1 | | Core | |\n| A. | 1 | | Core | |\n| A! | 1 | | Core | |\n"
		"| A 2 | 1 | | Core | |\n| \xE2\x98\x83 | 1 | | Core | |\n");
	assert_clean(&f);
	static const char *const ids[] = { "a-2", "a", "a-3", "a-4", "a-2-2", "item" };
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_str(skill(&f, i)->id, ids[i]);
	finish(&f);
}

/* ---- sections and columns */

Test(workbook, missing_columns)
{
	fixture f;
	read_text(&f,
		FRONT "## Aggregate Skill Frequency\n\n| Skil | Frequency |\n|--|--|\n| Git | 1 |\n\n"
			  "## Technology Mentions\n\n| Category | Tool | Notes |\n|--|--|--|\n| Cloud | AWS | |\n\n"
			  "## Responsibility Themes\n\n| Who | What |\n|--|--|\n| a | b |\n");
	assert_diags(&f, "9:1 missing-column\n15:1 missing-column\n21:1 missing-column\n");
	require_that(says(&f, 0, "no 'Skill' column; its columns are 'Skil', 'Frequency'"), "%s", listing(&f));
	require_that(says(&f, 1, "no 'Frequency' or '% of Postings' column"), "%s", listing(&f));
	require_that(says(&f, 2, "no 'Theme' and no 'Frequency'"), "%s", listing(&f));
	finish(&f);
}

Test(workbook, no_skills)
{
	fixture f;
	read_text(&f, FRONT);
	assert_diags(&f, "1:1 no-skills\n");
	finish(&f);
	read_text(&f, FRONT SKILLS);
	assert_diags(&f, "7:1 no-skills\n");
	require(says(&f, 0, "'Skill' and 'Frequency'") && says(&f, 0, "## Aggregate Skill Frequency"));
	finish(&f);
}

Test(workbook, unknown_sections)
{
	fixture f;
	read_text(
		&f, FRONT SKILLS GIT "\n## Salary Bands\n\ntext\n\n### Below\n\n## Insigths & Actions\n\n- x\n");
	require(f.ok && f.w.insights.len == 0);
	assert_diags(&f, "13:1 unknown-section\n19:1 unknown-section\n");
	require(says(&f, 0, "'Salary Bands'") && !says(&f, 0, "did you mean"));
	require_that(says(&f, 1, "did you mean 'Insights & Actions'?"), "%s", listing(&f));
	finish(&f);
	/* A table that can be told by its columns is read wherever it stands. */
	read_text(&f, FRONT "## What they want\n\n| Mentions | Skill |\n|--|--|\n| 13 | Git |\n\n"
						"| Tool / Platform | Category | Count |\n|--|--|--|\n| AWS | Cloud | 3 |\n\n"
						"## Aggregate Skill Frequency\n\n| Theme | Frequency |\n|--|--|\n| Run | 2 |\n");
	assert_clean(&f);
	require(
		f.w.rows[ROW_SKILL].len == 1 && f.w.rows[ROW_TECHNOLOGY].len == 1 && f.w.rows[ROW_THEME].len == 1);
	assert_str(f.w.rows[ROW_TECHNOLOGY].ptr->name, "Cloud: AWS");
	finish(&f);
}

Test(workbook, headings)
{
	static const char *const headings[] = { "## Aggregate Skill Frequency",
		"## 2. Skills Frequency (EU only)", "Skill Frequency\n---",
		"# **SKILLS**:", "### Skills & Competencies", "## \xF0\x9F\x9B\xA0 Key Skills ##" };
	for (size_t i = 0; i < COUNT(headings); i++) {
		fixture f;
		arena a = { 0 };
		str text = join(&a, FRONT, headings[i], "\n\n| Skill | Frequency |\n|--|--|\n| Git | 13 |\n");
		read_str(&f, text);
		assert_clean(&f);
		require_that(f.w.rows[ROW_SKILL].len == 1, "%s", headings[i]);
		finish(&f);
		/* These columns say nothing, so only the heading can. */
		read_str(&f, join(&a, FRONT, headings[i], "\n\n| What | Frequency |\n|--|--|\n| Git | 13 |\n"));
		require_that(f.d.list.len == 1 && f.d.list.ptr[0].code == E_MISSING_COLUMN, "%s", headings[i]);
		finish(&f);
		arena_free(&a);
	}
}

Test(workbook, inventory_is_no_skill_table)
{
	fixture f;
	read_text(&f, FRONT SKILLS GIT
		"\n## Posting Inventory\n\n| # | Company | Skill | Count |\n|--|--|--|--|\n| 1 | X | Git | 99 |\n");
	assert_clean(&f);
	require(f.w.rows[ROW_SKILL].len == 1 && f.w.inventory.len == 1);
	assert_str(f.w.inventory.ptr->text, "X: Skill: Git; Count: 99");
	finish(&f);
}

Test(workbook, roles)
{
	static const struct {
		const char *title, *role;
	} cases[] = {
		{ "Analysis \xE2\x80\x94 SRE", "SRE" },
		{ "Analysis\xE2\x80\x93SRE", "SRE" },
		{ "Analysis - Site-Reliability Engineer", "Site-Reliability Engineer" },
		{ "Job-Posting Analysis", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		arena a = { 0 };
		read_str(&f, join(&a, "# ", cases[i].title, "\n\n> 26 postings\n\n" SKILLS GIT));
		assert_clean(&f);
		assert_str(f.w.title, cases[i].title);
		assert_str(f.w.role, cases[i].role);
		finish(&f);
		arena_free(&a);
	}
	fixture f;
	read_text(&f, "## Summary\n\n- 26 postings\n\n" SKILLS GIT);
	assert_clean(&f);
	require(f.w.title.len == 0);
	finish(&f);
}

Test(workbook, years)
{
	static const struct {
		const char *text;
		double min, max;
	} cases[] = {
		{ "## Experience\n\n- **Years of Experience**: 5-8+ years\n- **Education**: MS or 2 years more", 5,
			-1 },
		{ "## Experience\n\n- 0\xE2\x80\x93"
		  "2 years",
			0, 2 },
		{ "## Experience\n\n- 15+ years", 15, -1 },
		{ "## Experience\n\nAt least 5 years.", 5, -1 },
		{ "## Experience\n\n- 3 to 5 yrs of Go", 3, 5 },
		{ "## Experience\n\n- up to 3 years", 0, 3 },
		{ "## Experience\n\n- 8 or more years", 8, -1 },
		{ "## Experience\n\n- **Years**: 4\xE2\x80\x94"
		  "6",
			4, 6 },
		{ "## Experience\n\n- 8-5 years", 5, 8 },
		{ "## Experience\n\n- **Junior (0-2 years)**: a\n- **Senior (5-8 years)**: b", 0, 8 },
		{ "## Experience\n\n- **Junior**: 1-2 years\n- **Lead**: 10+ years", 1, -1 },
		{ "## Experience\n\n### Junior (1-3 years)\n\n- a\n\n### Senior\n\n- 6-9 years", 1, 9 },
		{ "## Experience\n\n- none\n\n## Hiring Signals\n\n- expect **15+ years**", 15, -1 },
		{ "## Experience\n\n- in the years 2024-2025, 99 years, k8s years, 12 times", -1, -1 },
		{ "## Insights\n\n- 5 years", -1, -1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		arena a = { 0 };
		read_str(&f, join(&a, FRONT SKILLS GIT "\n", cases[i].text, "\n"));
		assert_clean(&f);
		require_that(f.w.years_min == cases[i].min && f.w.years_max == cases[i].max, "%s: %g to %g",
			cases[i].text, f.w.years_min, f.w.years_max);
		finish(&f);
		arena_free(&a);
	}
}

/* ---- places */

Test(workbook, places_in_odd_sources)
{
	static const struct {
		const char *text, *diags;
	} cases[] = {
		{ "\xEF\xBB\xBF> Sample of 26 postings\r\n\r\n| Skill | Frequency |\r\n|--|--|\r\n| \xC3\xA9 | x "
		  "|\r\n",
			"5:7 bad-number\n" },
		{ "\xEF\xBB\xBF| Skill | Frequency |\r\n|--|--|\r\n| \xE2\x82\xAC\xF0\x9F\x98\x80 | 27 |\r\n\r\n## "
		  "Summary\r\n\r\n- 26 postings\r\n",
			"3:8 count-above-sample\n" },
		{ "> 26 postings\n\nsome text\n| Skill | Frequency |\n|--|--|\n| Git | x |\n", "6:9 bad-number\n" },
		{ "> 26 postings\n\n   | Skill | Frequency |\n|--|--|\n  |  Git|   x |\n", "5:13 bad-number\n" },
		{ "> 26 postings\n\nSkill | Frequency\n--|--\nGit \\| \\\\\\| Go | x\n", "5:18 bad-number\n" },
		{ "> 26 postings\n\n> > | Skill | Frequency |\n> > |--|--|\n>> | Git | x |\n", "5:12 bad-number\n" },
		{ "> 26 postings\n\n- a\n  - | Skill | Frequency |\n    |--|--|\n    | Git | x |\n",
			"6:13 bad-number\n" },
		{ "> 26 postings\n\n| Skill | Frequency | Category |\n|--|--|--|\n| Git | 1 |\n",
			"5:12 empty-cell\n" },
		{ "> 26 postings\n\n| Skill | Frequency |\n|--|--|\n| `a\\|b` &amp; <b>c</b><br>d | x |\n",
			"5:32 bad-number\n" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		read_text(&f, cases[i].text);
		assert_diags(&f, cases[i].diags);
		finish(&f);
	}
}

Test(workbook, plain_text)
{
	fixture f;
	read_row_after(
		&f, "| `a\\|b` &amp; <b>c</b><br>d ~~e~~ ![f](g) | 1 | | Core | Map<String>\xC2\xA0x<!-- y --> |\n");
	assert_clean(&f);
	assert_str(skill(&f, 0)->name, "a|b & c d ~~e~~ f");
	assert_str(skill(&f, 0)->notes, "Map<String> x");
	finish(&f);
}

Test(workbook, lone_carriage_returns)
{
	fixture f;
	read_text(&f, "> 26 postings\r\r| Skill | Frequency |\r|--|--|\r| Git | x |\r");
	require(f.d.list.len == 1 && stands_at(&f, f.d.list.ptr[0].at, "x |\r"));
	finish(&f);
}

/* ---- hostile input */

Test(workbook, bad_bytes)
{
	fixture f;
	read_str(&f, STR("# T\n\n| a\xFF | b |\n"));
	assert_diags(&f, "3:4 bad-utf8\n");
	require(says(&f, 0, "0xFF"));
	finish(&f);
	read_str(&f, STR("# T\n\nx\0y\n"));
	assert_diags(&f, "3:2 bad-utf8\n");
	require(says(&f, 0, "NUL"));
	finish(&f);
}

Test(workbook, nothing_there)
{
	fixture f;
	read_text(&f, "");
	assert_diags(&f, "1:1 no-sample-size\n1:1 no-skills\n");
	finish(&f);
	read_text(&f, "Only prose, about 2025 and 7 things.\n");
	assert_diags(&f, "1:1 no-sample-size\n1:1 no-skills\n");
	finish(&f);
	f = (fixture){ 0 };
	f.sources.arena = f.d.arena = &f.a;
	f.d.sources = &f.sources;
	require(!read_workbook(&f.w, &f.a, 7, &f.d));
	finish(&f);
}

/* `count` times a piece, between a beginning and an end. */
static str repeat(arena *a, const char *begin, const char *piece, size_t count, const char *end)
{
	buf b = { .arena = a };
	buf_str(&b, str_from(begin));
	for (size_t i = 0; i < count; i++)
		buf_str(&b, str_from(piece));
	buf_str(&b, str_from(end));
	return buf_done(&b);
}

Test(workbook, columns_are_counted)
{
	arena a = { 0 };
	fixture f;
	read_str(&f, repeat(&a, "x\n\n|", "a\\|b|", 100, "\n"));
	assert_diags(&f, "1:1 no-sample-size\n1:1 no-skills\n");
	finish(&f);
	read_str(&f, repeat(&a, "x\n\n|", "a|", 101, "\n"));
	assert_diags(&f, "3:201 too-many-columns\n");
	require(says(&f, 0, "100"));
	finish(&f);
	read_str(&f, repeat(&a, "", "|", 200000, "\n"));
	require(f.d.list.len == 1 && f.d.list.ptr[0].code == E_TOO_MANY_COLUMNS);
	finish(&f);
	arena_free(&a);
}

Test(workbook, deep_nesting, .timeout = 20)
{
	static const char *const pieces[] = { ">", "[", "- ", "* > ", "1. ", "![", "**a ", "_a *b ", "<", "a`",
		"(", "\\" };
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(pieces); i++) {
		fixture f;
		read_str(&f, repeat(&a, FRONT SKILLS GIT "\n## Insights\n\n", pieces[i], 10000, " x\n"));
		bool refused = f.d.list.len == 1 && !f.ok;
		require_that((f.ok && f.w.insights.len == 1) || refused, "%s: %s", pieces[i], listing(&f));
		require_that(refused == (i == 0 || (i >= 2 && i <= 4)), "%s: %s", pieces[i], listing(&f));
		finish(&f);
	}
	fixture f;
	read_str(&f, repeat(&a, FRONT SKILLS GIT "\n## Insights\n\n", "> ", 60, " x\n"));
	assert_clean(&f);
	finish(&f);
	arena_free(&a);
}

/* What is slow in the parser is refused before it, so these all end at once. */
Test(workbook, slow_input_is_refused, .timeout = 20)
{
	static const struct {
		const char *begin, *piece, *end;
		size_t count;
	} cases[] = {
		{ "", "x|x\n-|-|-\n", "", 100000 },
		{ "", "![[]()", "", 100000 },
		{ "|a|a|a|a|a|a|a|a|a|a|\n|-|-|-|-|-|-|-|-|-|-|\n", "x\n", "", 200000 },
		{ "", "- ", "\n\n\n\n", 100000 },
		{ "", "x\n\n", "", 600000 },
		{ "", "**a** ", "", 600000 },
		{ "x\r", "- ", "\r", 100000 },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		fixture f;
		read_str(&f, repeat(&a, cases[i].begin, cases[i].piece, cases[i].count, cases[i].end));
		require_that(!f.ok && f.d.list.len == 1 && says(&f, 0, "at most"), "%zu: %s", i, listing(&f));
		finish(&f);
	}
	arena_free(&a);
}

static unsigned allocations(size_t rows)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	BUF_LIT(&b, FRONT SKILLS);
	for (size_t i = 0; i < rows; i++)
		buf_printf(&b, "| Skill %zu | 13 | 50%% | Core | n |\n", i);
	fixture f;
	read_str(&f, buf_done(&b));
	assert_clean(&f);
	require(f.w.rows[ROW_SKILL].len == rows);
	unsigned count = f.a.count;
	finish(&f);
	arena_free(&a);
	return count;
}

Test(workbook, long_tables, .timeout = 20)
{
	double small = allocations(1000), large = allocations(10000);
	require_that(large < 11 * small, "%g and %g allocations", small, large);
	/* Many names with one slug. */
	arena a = { 0 };
	buf b = { .arena = &a };
	BUF_LIT(&b, FRONT SKILLS);
	for (size_t i = 0; i < 10000; i++)
		buf_printf(&b, "| %.*s | 1 | | Core | |\n", (int)(i % 100 + 1),
			"!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"
			"!!!!!!!");
	fixture f;
	read_str(&f, buf_done(&b));
	require(f.w.rows[ROW_SKILL].len == 100 && f.d.errors == 9900);
	assert_str(skill(&f, 99)->id, "item-100");
	finish(&f);
	arena_free(&a);
}

Test(workbook, random_bytes, .timeout = 60)
{
	static const char alphabet[] = "| \n\n-#>*_[]()`1259%/abSkill,:\\\r\xC3\xA9";
	uint32_t seed = 12345;
	char text[2000];
	for (int round = 0; round < 2000; round++) {
		size_t len = (size_t)round % sizeof text;
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = round % 4 ? alphabet[(seed >> 16) % (sizeof alphabet - 1)] : (char)(seed >> 16);
		}
		fixture f;
		read_str(&f, (str){ .ptr = text, .len = len });
		EACH (diag, one, f.d.list)
			require(one->at.source == 1 && one->at.offset <= len);
		require(!f.ok || f.w.rows[ROW_SKILL].len);
		arena_free(&f.a);
	}
	NO_LEAKS();
}

Test(workbook, cut_short)
{
	for (size_t len = 0; len < sizeof whole; len++) {
		fixture f;
		read_str(&f, str_sub(((str){ .ptr = whole, .len = sizeof whole - 1 }), 0, len));
		EACH (diag, one, f.d.list)
			require(one->at.offset <= len);
		arena_free(&f.a);
	}
	NO_LEAKS();
}

Test(workbook, out_of_memory, .timeout = 120)
{
	static const char *const texts[] = { whole,
		"# T\n\n> 25 postings\n\n## Summary\n\n- 26 postings\n\n## Odd\n\n## Skills\n\n| Skill | Count | "
		"Category |\n"
		"|--|--|--|\n| A | x | Cor |\n| A | 99 | |\n| | 1 | Core |\n\n| a |\n|--|\n" };
	for (size_t i = 0; i < COUNT(texts); i++)
		for (unsigned n = 1;; n++) {
			arena a = { 0 }, other = { .fail_at = n };
			sources s = { .arena = &a };
			diags d = { .arena = &other, .sources = &s };
			uint32_t number = sources_add(&s, STR("w.md"), str_from(texts[i]));
			workbook w;
			bool ok = read_workbook(&w, &other, number, &d), failed = other.failed;
			require(!failed || !ok);
			arena_free(&other);
			arena_free(&a);
			if (!failed)
				break;
		}
	NO_LEAKS();
}
