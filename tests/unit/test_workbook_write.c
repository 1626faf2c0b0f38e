/* The written workbook: its exact form once, and that the reader finds in it what the analysis says, whatever
 * names consist of. */
#include "postings_world.h"

#include "evidence/facts.h"
#include "evidence/lexicon.h"
#include "read/workbook.h"
#include "render/workbook_write.h"

#include <stdlib.h>

static workbook read_back(world *w, str text)
{
	workbook out;
	uint32_t number = sources_add(&w->f.s, STR("workbook.md"), text);
	bool ok = read_workbook(&out, w->a, number, &w->f.d);
	require_that(ok && w->f.d.list.len == 0, "%.*s\n%.*s", STRF(fixture_said(&w->f)), STRF(text));
	return out;
}

static const char *const expected_text =
	"# Job Posting Analysis Workbook \xE2\x80\x94 Platform Engineer\n"
	"\n"
	"> Counted by coursewright; every number can be traced to the words that it counts.\n"
	"\n"
	"## Summary\n"
	"\n"
	"- **Sample Size**: 52 postings\n"
	"- **Months**: 2026-02 to 2026-06\n"
	"- **Employers**: Acme (26), Zeta (26)\n"
	"- **Seniority**: senior (52)\n"
	"\n"
	"## Aggregate Skill Frequency\n"
	"\n"
	"| Skill | Frequency | % of Postings | Category | Notes |\n"
	"|-------|-----------|---------------|----------|-------|\n"
	"| Kubernetes | 42 | 81% | Core | 95%: 68-89%, 80%: 73-87%; required 40, preferred 2, mentioned 0; "
	"evidence: "
	"61 mentions in 42 postings |\n"
	"| Distributed training | 25 | 48% | Emerging | 95%: 35-61%, 80%: 39-57%; required 25, preferred 0, "
	"mentioned "
	"0; evidence: 30 mentions in 25 postings; rising from 31% to 65%, q 0.038 |\n"
	"\n"
	"## Technology Mentions\n"
	"\n"
	"| Category | Tool / Platform | Frequency | % of Postings | Notes |\n"
	"|----------|-----------------|-----------|---------------|-------|\n"
	"| Distributed Compute | Ray, Horovod | 12 | 23% | 95%: 14-36%, 80%: 16-31%; required 12, preferred 0, "
	"mentioned 0; evidence: 15 mentions in 12 postings; falling from 46% to 0%, q below 0.001 |\n"
	"\n"
	"## Responsibility Themes\n"
	"\n"
	"| Theme | Representative Responsibilities | Frequency | % of Postings | Notes |\n"
	"|-------|---------------------------------|-----------|---------------|-------|\n"
	"| Mentorship | coach engineers | 6 | 12% | 95%: 5-23%, 80%: 7-18%; required 0, preferred 0, mentioned "
	"6; "
	"evidence: 6 mentions in 6 postings; falling from 23% to 0%, q 0.038 |\n"
	"\n"
	"## Experience Expectations\n"
	"\n"
	"- **Years of Experience**: 5-8+ years; half of the postings that say so ask for at least 6, and 40 of "
	"52 say "
	"so\n"
	"- **Education**: bachelor in 26 (50%), master in 13 (25%)\n"
	"- **Certifications**: CKA in 1 (required in 0, preferred in 1)\n"
	"\n"
	"## Insights & Actions\n"
	"\n"
	"- **Gap**: Kubernetes is named by 42 of 52.\n"
	"\n"
	"## Posting Inventory\n"
	"\n"
	"| Title | Employer | Date | Location | URL |\n"
	"|-------|----------|------|----------|-----|\n"
	"| Engineer \\| Platform | Acme | 2026-06-03 | Berlin | https://example.org/a_b?c=d&e=f |\n"
	"| (no title) |  |  |  |  |\n";

static void small_world(world *w)
{
	world_open(
		w, STR(WORLD_LEXICON "insights:\n  - {id: a, about: skill, label: Gap, when: {share: {least: 0.5}}, "
							 "text: '{{name}} is named by {{postings}} of {{sample}}.'}\n"));
	world_items(w, world_cell(w, "2026-06", "Zeta", "senior", 26),
		"concept:training required 17 20, concept:kubernetes required 20 40, concept:kubernetes preferred 2 "
		"2, "
		"years:5- required 10 10, years:6-9 required 10 10");
	world_items(w, world_cell(w, "2026-02", "Acme", "senior", 26),
		"concept:training required 8 10, concept:kubernetes required 20 19, concept:ray required 9 9, "
		"concept:horovod required 4 4, group:Distributed_Compute required 12 15, concept:mentoring mentioned "
		"6 6, "
		"years:8- required 15 15, years:12- required 5 5, degree:bachelor required 26 26, degree:master "
		"required 13 "
		"13, concept:cka preferred 1 1");
	static analysis_example words[] = { { .concept = { "mentoring", 9 },
		.text = { "coach engineers", 15 } } };
	static posting_line lines[] = { { { 0 } }, { .title = { "Engineer | Platform", 19 },
												   .employer = { "Acme", 4 },
												   .date = { "2026-06-03", 10 },
												   .location = { "Berlin", 6 },
												   .url = { "https://example.org/a_b?c=d&e=f", 31 } } };
	w->in.examples.ptr = words;
	w->in.examples.len = COUNT(words);
	w->in.inventory.ptr = lines;
	w->in.inventory.len = COUNT(lines);
	w->in.inventory_total = COUNT(lines);
}

Test(workbook_write, exact_form)
{
	world w;
	small_world(&w);
	require(world_analyze(&w));
	str text = workbook_text(w.a, &w.out, STR("Platform Engineer"));
	require_that(str_eq(text, str_from(expected_text)), "got:\n%.*s", STRF(text));
	workbook back = read_back(&w, text);
	assert_str(back.role, "Platform Engineer");
	require(back.years_min == 5 && back.years_max == -1 && back.sample_size == 52);
	require(back.insights.len == 1 && back.inventory.len == 2 && back.experience.len == 3 &&
			back.summary.len == 4);
	assert_str(back.insights.ptr[0].label, "Gap");
	world_close(&w);
}

/* ---- what was asked for */

static void expect_front(world *w, const char *expected)
{
	require(world_analyze(w));
	str text = workbook_text(w->a, &w->out, STR(""));
	str said = str_skip(text, str_find(text, STR("counts."), 0) + 7);
	assert_str(str_sub(said, 0, str_find(said, STR("\n"), 0)), expected);
	require(read_back(w, text).sample_size == w->out.sample);
}

static rollup_cell *place(world *w, const char *month, const char *region, const char *employer, double n)
{
	rollup_cell *c = world_cell(w, month, employer, "", n);
	c->region = str_from(region);
	world_items(w, c, "concept:kubernetes required 5 5");
	return c;
}

Test(workbook_write, filters_are_named)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	place(&w, "2026-05", "Germany", "Acme", 10);
	place(&w, "2026-05", "", "Acme", 20);
	place(&w, "2026-05", "Germany", "", 30);
	place(&w, "2026-05", "", "", 40);
	place(&w, "2026-05", "Austria", "Zeta", 50);
	place(&w, "", "Germany", "Acme", 5);
	place(&w, "", "", "Acme", 6);
	analysis_filter *f = &w.in.filter;
	expect_front(&w, "");
	*f = (analysis_filter){ .region = STR("Germany") };
	expect_front(&w, " Only postings whose region has 'Germany'; left out because they name no region: 66.");
	f->since = STR("2025-06-17");
	expect_front(&w,
		" Left out for want of a date: 5. Only postings whose region has 'Germany', from 2025-06 on; "
		"left out because they name no region: 60.");
	f->employer = STR("acme");
	f->until = STR("2026-12");
	f->as_of = STR("2026-06-30");
	expect_front(&w,
		" Left out for want of a date: 5. Only postings whose region has 'Germany' and whose "
		"employer has 'acme', from 2025-06 to 2026-06; left out because they name no region: 60; "
		"left out because they name no employer: 30.");
	*f = (analysis_filter){ .as_of = STR("2026-06-30") };
	expect_front(&w, " Left out for want of a date: 11. Only postings up to 2026-06.");
	w.cells.ptr[0].region = w.in.filter.region = STR("26 Postings");
	expect_front(&w,
		" Only postings whose region has the words asked for, up to 2026-06; left out because they "
		"name no region: 60.");
	world_close(&w);
}

/* ---- round trip */

static void same_row(const analysis *a, const analysis_row *row, const workbook_row *back, str text)
{
	require_that(back->count == row->count, "'%.*s': %g, not %g\n%.*s", STRF(row->name), back->count,
		row->count, STRF(text));
	require(back->share == row->count / a->sample);
	str name = row->kind == ANALYSIS_GROUP ? back->category : back->name;
	require_that(str_eq(name, row->name), "'%.*s', not '%.*s'", STRF(name), STRF(row->name));
	if (row->kind == ANALYSIS_SKILL)
		require(str_eq(back->category, row->category));
	if (row->kind == ANALYSIS_THEME)
		require_that(str_eq(back->text, row->text), "'%.*s', not '%.*s'", STRF(back->text), STRF(row->text));
	require(str_find(back->notes, STR("evidence: "), 0) != SIZE_MAX);
}

static void round_trip(world *w, str role)
{
	static const row_kind kinds[ANALYSIS_KINDS] = {
		[ANALYSIS_SKILL] = ROW_SKILL, [ANALYSIS_THEME] = ROW_THEME, [ANALYSIS_GROUP] = ROW_TECHNOLOGY
	};
	const analysis *a = &w->out;
	str text = workbook_text(w->a, a, role);
	workbook back = read_back(w, text);
	require(back.sample_size == a->sample);
	for (int k = 0; k < ANALYSIS_KINDS; k++) {
		if (k == ANALYSIS_TECHNOLOGY || k == ANALYSIS_CERTIFICATION)
			continue;
		require(back.rows[kinds[k]].len == a->rows[k].len);
		for (size_t i = 0; i < a->rows[k].len; i++)
			same_row(a, &a->rows[k].ptr[i], &back.rows[kinds[k]].ptr[i], text);
	}
	require(back.insights.len == a->insights.len && back.inventory.len == a->inventory.len);
	for (size_t i = 0; i < a->insights.len; i++)
		require_that(str_ends(back.insights.ptr[i].text, a->insights.ptr[i].text), "'%.*s'",
			STRF(back.insights.ptr[i].text));
	require(a->years_asked > 0 ? back.years_min == a->years_low : back.years_min == -1);
}

/* What could mean something where it is printed. */
static str hostile_name(arena *a, random_source *r)
{
	static const char *const parts[] = { "|", "\\", "`", "``", "*", "**", "_", "__", "[", "](", "<b>", "<!--",
		"-->", "&amp;", "&", "#", "# ", "- ", "1. ", "> ", "~~", "$", "!", "![", "word", "C++", "C#", ".NET",
		"R&D", "12", "26 postings", "Sample Size: 9 postings", "5+ years", " ", "\n", "\r\n", "\t", "|---|",
		"\xC3\xA9", "\xE2\x80\x94", "CI/CD", "(", ")", "\"", "'", "%", "{{name}}", "---",
		"===", "https://a.b/c_d_e", "<https://x.y>", "@a", ":" };
	buf out = { .arena = a };
	for (uint32_t i = 0, count = 1 + draw(r, 6); i < count; i++)
		buf_str(&out, str_from(parts[draw(r, COUNT(parts))]));
	return buf_done(&out);
}

static void hostile_world(world *w, random_source *r)
{
	world_open(w, STR(WORLD_LEXICON));
	static insight_rule often;
	record_clear(&insight_rule_record, &often);
	often.label = STR("Often");
	often.text = STR("About {{name}} much is said");
	often.about = ANALYSIS_SKILL;
	vec_push(w->a, &w->c.insights, &often);
	EACH (concept *, one, w->c.concepts) {
		(*one)->name = hostile_name(w->a, r);
		if ((*one)->group.len)
			(*one)->group = hostile_name(w->a, r);
	}
	world_random(w, r, 3 + draw(r, 30));
	EACH (rollup_cell, c, w->cells) {
		c->region = draw(r, 2) ? hostile_name(w->a, r) : c->region;
		c->employer = draw(r, 2) ? hostile_name(w->a, r) : c->employer;
	}
	posting_line *lines = NEWN(w->a, posting_line, 5);
	for (int i = 0; lines && i < 5; i++)
		lines[i] = (posting_line){ .title = hostile_name(w->a, r),
			.employer = hostile_name(w->a, r),
			.location = hostile_name(w->a, r),
			.url = hostile_name(w->a, r) };
	w->in.inventory.ptr = lines;
	w->in.inventory.len = lines ? 5 : 0;
	analysis_example *words = NEW(w->a, analysis_example);
	str first = hostile_name(w->a, r), second = hostile_name(w->a, r);
	if (words && draw(r, 2))
		*words = (analysis_example){ .concept = STR("mentoring"),
			.text = arena_printf(w->a, "%.*s; %.*s", STRF(first), STRF(second)) };
	w->in.examples.ptr = words;
	w->in.examples.len = words ? 1 : 0;
	w->in.filter.since = draw(r, 2) ? STR("2025-03") : STR("");
	w->course.analysis.half_life = draw(r, 2) ? 2 : NAN;
	w->course.analysis.strength.preferred = draw(r, 2) ? 1 : 0.5;
	w->course.analysis.least_share = draw(r, 2) ? 0.1 : 0;
}

Test(workbook_write, reads_back_whatever_names_are)
{
	for (uint64_t seed = 1; seed <= 400; seed++) {
		random_source r = seeded(seed);
		world w;
		hostile_world(&w, &r);
		require(world_analyze(&w));
		w.out.filter.region = draw(&r, 2) ? hostile_name(w.a, &r) : STR("");
		w.out.filter.employer = draw(&r, 2) ? hostile_name(w.a, &r) : STR("");
		w.out.no_region = draw(&r, 2) ? 30 : 0;
		round_trip(&w, draw(&r, 2) ? hostile_name(w.a, &r) : STR(""));
		arena_free(w.a);
	}
	NO_LEAKS(); /* of all worlds at once: a look takes longer than a world */
}

/* Names that would say how many postings there are, were they not in a list of their own. */
Test(workbook_write, names_are_no_sample_size)
{
	static const char *const names[] = { "Sample Size: 9 postings", "26 postings", "n = 7",
		"**Sample Size**: 8", "- Sample Size: 6", "Number of postings: 5",
		". Sample Size: 4 postings analysed", "sample of 3 postings" };
	for (size_t i = 0; i < COUNT(names); i++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		rollup_cell *c = world_cell(&w, "2026-06", names[i], names[i], 30);
		c->region = str_from(names[i]);
		world_items(&w, c, "concept:kubernetes required 20 20");
		require(world_analyze(&w));
		round_trip(&w, str_from(names[i]));
		world_close(&w);
	}
}

Test(workbook_write, large_samples_have_a_decimal)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_items(&w, world_cell(&w, "2026-06", "", "", 1000000), "concept:kubernetes required 333333 400000");
	require(world_analyze(&w));
	round_trip(&w, STR("Engineer"));
	require(str_find(workbook_text(w.a, &w.out, STR("")), STR("| 333333 | 33.3% |"), 0) != SIZE_MAX);
	world_close(&w);
}

/* ---- what the course makes of it */

Test(workbook_write, notes_name_no_concept)
{
	world w;
	small_world(&w);
	require(world_analyze(&w));
	workbook back = read_back(&w, workbook_text(w.a, &w.out, STR("Engineer")));
	const char *root = getenv("CW_SOURCE_ROOT");
	catalog shipped = { .by_id = { .arena = w.a } };
	vec_rule rules = { 0 };
	catalog_input in = { .catalog = &shipped, .rules = &rules };
	facts f;
	bool ok = catalog_read(&in, w.a, str_from(root ? root : "."), false, &w.f.d) &&
			  facts_make(&f, w.a, &back, &shipped, &w.course, &w.f.d);
	require_that(ok, "%.*s", STRF(fixture_said(&w.f)));
	require(shipped.insights.len > 0);
	for (int k = 0; k < ROW_KINDS; k++)
		EACH (const fact_row, row, f.rows[k])
			EACH (const concept_link, l, row->links)
				require_that(str_eq(l->where, STR("notes")) == false, "'%.*s' in the notes", STRF(l->by));
	world_close(&w);
}

Test(workbook_write, out_of_memory)
{
	world w;
	small_world(&w);
	require(world_analyze(&w));
	unsigned n = 1;
	for (;; n++) {
		arena a = { .fail_at = n };
		str text = workbook_text(&a, &w.out, STR("a\\|b"));
		bool failed = a.failed;
		require(failed ? text.len == 0 : text.len > 1000);
		arena_free(&a);
		if (!failed)
			break;
	}
	require(n > 20);
	world_close(&w);
}
