/* The counts of a cycle and its estimates: small cases worked out by hand, and the same figures by other
 * ways. */
#include "postings_world.h"

#include "base/io.h"
#include "evidence/cycle.h"
#include "evidence/facts.h"
#include "evidence/interval.h"
#include "evidence/weights.h"
#include "read/workbook.h"

#include <stdlib.h>

static bool near(double x, double y)
{
	return fabs(x - y) < 1e-12;
}

/* ---- vacancies from lines: "POSTING EMPLOYER LEVEL DATE CONCEPT/STRENGTH ..."; "-" is not known */

static str known(str word)
{
	return str_eq(word, STR("-")) ? STR("") : word;
}

static str next_word(str_cut *cut)
{
	*cut = str_split(cut->tail, ' ');
	return known(cut->head);
}

static counted_vacancy read_vacancy(arena *a, str line)
{
	VEC(vacancy_item) items = { 0 };
	str_cut cut = { .tail = line };
	counted_vacancy v = { .posting = next_word(&cut) };
	v.employer = next_word(&cut);
	v.seniority = next_word(&cut);
	v.date = next_word(&cut);
	while (cut.tail.len) {
		str_cut item = str_split(next_word(&cut), '/');
		vec_push(a, &items,
			(vacancy_item){ .item = item.head, .strength = item.tail.len ? item.tail.ptr[0] - '0' : 2 });
	}
	v.items.ptr = items.ptr;
	v.items.len = items.len;
	return v;
}

static list_vacancy read_vacancies(arena *a, const char *lines)
{
	VEC(counted_vacancy) list = { 0 };
	for (str_cut cut = { .tail = str_from(lines), .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '\n');
		if (cut.head.len)
			vec_push(a, &list, read_vacancy(a, cut.head));
	}
	return (list_vacancy){ .ptr = list.ptr, .len = list.len };
}

static cycle_counts count(world *w, list_vacancy vacancies)
{
	cycle_counts out;
	cycle_input in = { .vacancies = vacancies,
		.catalog = &w->c,
		.analysis = &w->course.analysis,
		.policy = &w->course.policy.update };
	require(cycle_count(&out, w->a, &in));
	return out;
}

static cycle_counts count_lines(world *w, const char *lines)
{
	return count(w, read_vacancies(w->a, lines));
}

static const cycle_item *item_of(const cycle_counts *c, const char *id)
{
	const cycle_item *item = cycle_find(c, str_from(id));
	require_that(item != NULL, "there is no %s", id);
	return item;
}

/* Every figure to the last bit. */
static str dump(arena *a, const cycle_counts *c)
{
	buf b = { .arena = a };
	buf_printf(&b, "%.*s %.*s %.*s %a %a %a %a %a %d\n", STRF(c->source), STRF(c->from), STRF(c->until),
		c->vacancies, c->sum, c->squares, c->left, c->effective, c->capped);
	EACH (const cycle_employer, e, c->employers)
		buf_printf(&b, "%.*s %a %a %a %a\n", STRF(e->name), e->vacancies, e->weight, e->squares, e->left);
	EACH (const cycle_item, i, c->items) {
		buf_printf(&b, "%.*s %.*s %a %a:", STRF(i->id), STRF(i->name), i->named, i->value);
		EACH (const employer_part, p, i->parts)
			buf_printf(&b, " %zu=%a/%a", p->employer, p->value, p->named);
		EACH (const str, id, i->evidence)
			buf_printf(&b, " %.*s", STRF(*id));
		buf_char(&b, '\n');
	}
	return buf_done(&b);
}

/* ---- what is counted */

Test(cycle, items_of_the_catalogue)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	cycle_counts c = count_lines(&w, "p1 - - 2026-05-03 kubernetes/2 ray/1 cka/2 mentoring/0 unknown/2\n"
									 "p2 - - 2026-04 kubernetes/0\n"
									 "p3 - - -\n");
	assert_str(c.source, "ledger");
	assert_str(c.from, "2026-04");
	assert_str(c.until, "2026-05-03");
	require(c.vacancies == 3 && c.sum == 3 && c.squares == 3 && c.left == 3 && c.effective == 3);
	require(c.items.len == 3 && c.employers.len == 0 && !c.capped);
	assert_str(c.items.ptr[0].id, "skill:kubernetes");
	assert_str(c.items.ptr[1].id, "technology:ray");
	assert_str(c.items.ptr[2].id, "theme:mentoring");
	assert_str(c.items.ptr[2].name, "Mentorship");
	require(c.items.ptr[0].concepts.len == 1);
	assert_str(c.items.ptr[0].concepts.ptr[0], "kubernetes");
	require(c.items.ptr[0].named == 2 && c.items.ptr[0].value == 2 && c.items.ptr[0].parts.len == 0);
	require(c.items.ptr[0].evidence.len == 2);
	assert_str(c.items.ptr[0].evidence.ptr[1], "p2");
	require(cycle_find(&c, STR("skill:kubernetes")) == c.items.ptr);
	require(cycle_find(&c, STR("skill:cka")) == NULL && cycle_find(&c, STR("")) == NULL);
	estimate e = cycle_estimate(&c, item_of(&c, "skill:kubernetes"));
	interval i80 = wilson(2, 3, Z80), i95 = wilson(2, 3, Z95);
	require(
		e.named == 2 && e.vacancies == 3 && e.effective == 3 && near(e.share, 2.0 / 3) && e.employers == 0);
	require(near(e.low80, i80.low) && near(e.high80, i80.high));
	require(near(e.low95, i95.low) && near(e.high95, i95.high));
	require(isnan(e.above_add) && isnan(e.above_retire));
	world_close(&w);
}

Test(cycle, nothing)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	cycle_counts c = count_lines(&w, "");
	require(c.vacancies == 0 && c.effective == 0 && c.items.len == 0 && !c.from.len && !c.until.len);
	require(cycle_find(&c, STR("skill:kubernetes")) == NULL);
	estimate e = cycle_estimate(&c, NULL);
	require(e.named == 0 && e.share == 0 && e.low80 == 0 && e.high80 == 1 && e.employers == 0);
	e = cycle_estimate_after(&c, NULL, 4, true);
	require(e.named == 4 && e.vacancies == 4 && e.effective == 4 && e.share == 1 && e.high80 == 1);
	require(near(e.low80, wilson(4, 4, Z80).low));
	e = cycle_estimate_without(&c, NULL, 0);
	require(e.share == 0 && e.vacancies == 0);
	world_close(&w);
}

Test(cycle, the_first_twelve_are_the_evidence)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	buf b = { .arena = w.a };
	/* backwards, and by two employers in turn */
	for (int i = 30; i > 0; i--)
		buf_printf(
			&b, "%04d567890123456 %s - - ray/2%s\n", i, i % 2 ? "One" : "Other", i > 20 ? " excel/2" : "");
	cycle_counts c = count_lines(&w, arena_cstr(w.a, buf_done(&b)));
	const cycle_item *ray = item_of(&c, "technology:ray"), *excel = item_of(&c, "technology:excel");
	require(ray->named == 30 && ray->evidence.len == EVIDENCE_MAX);
	for (int i = 0; i < EVIDENCE_MAX; i++)
		assert_str(ray->evidence.ptr[i], arena_printf(w.a, "%04d56789012", i + 1).ptr);
	require(excel->evidence.len == 10);
	assert_str(excel->evidence.ptr[0], "002156789012");
	assert_str(excel->evidence.ptr[9], "003056789012");
	world_close(&w);
}

/* ---- weights */

/* One employer with four, two with one, and one vacancy of nobody. */
#define FOUR_OF_A \
	"p1 A - - ray/2\n" \
	"p2 A - - ray/2\n" \
	"p3 A - - ray/2\n" \
	"p4 A - - ray/2\n" \
	"p5 B - - ray/2 excel/2\n" \
	"p6 - - - excel/2\n"

Test(cycle, the_cap_needs_three_employers)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	cycle_counts c = count_lines(&w, FOUR_OF_A "p7 C - - -\n");
	require(c.capped && c.vacancies == 7);
	/* 4 of weight 1/2, 3 of weight 1: 5^2 / 4 = 6.25, and the cap leaves 5 */
	require(c.sum == 5 && c.squares == 4 && c.left == 5 && c.effective == 5);
	require(c.employers.len == 3);
	const cycle_employer *one = &c.employers.ptr[0];
	assert_str(one->name, "A");
	require(one->vacancies == 4 && one->weight == 2 && one->squares == 1 && one->left == 2);
	const cycle_item *ray = item_of(&c, "technology:ray");
	require(ray->named == 5 && ray->value == 3 && ray->parts.len == 2);
	require(ray->parts.ptr[0].employer == 0 && ray->parts.ptr[0].value == 2 && ray->parts.ptr[0].named == 4);
	require(ray->parts.ptr[1].employer == 1 && ray->parts.ptr[1].value == 1 && ray->parts.ptr[1].named == 1);
	estimate e = cycle_estimate(&c, ray);
	require(near(e.share, 0.6) && e.effective == 5 && e.employers == 2 && e.named == 5 && e.vacancies == 7);
	require(near(e.low80, wilson(3, 5, Z80).low) && near(e.high95, wilson(3, 5, Z95).high));
	/* with two known employers everybody counts in full */
	c = count_lines(&w, FOUR_OF_A "p7 - - - -\n");
	require(!c.capped && c.sum == 7 && c.left == 7 && c.effective == 7 && c.employers.len == 2);
	require(c.employers.ptr[0].weight == 4 && c.employers.ptr[0].left == 4);
	require(item_of(&c, "technology:ray")->value == 5);
	w.course.policy.update.least_employers = 2;
	require(count_lines(&w, FOUR_OF_A).capped);
	world_close(&w);
}

Test(cycle, at_the_cap_and_without_one)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.course.policy.update.employer_cap = 4;
	cycle_counts c = count_lines(&w, FOUR_OF_A "p7 C - - -\n");
	require(c.capped && c.sum == 7 && c.effective == 7);
	w.course.policy.update.employer_cap = 0.5;
	c = count_lines(&w, FOUR_OF_A "p7 C - - -\n");
	require(near(c.sum, 2.5) && c.left == 2.5 && c.employers.ptr[1].weight == 0.5);
	w.course.policy.update.employer_cap = NAN;
	c = count_lines(&w, FOUR_OF_A "p7 C - - -\n");
	require(c.sum == 7 && c.left == 7 && c.effective == 7);
	world_close(&w);
}

Test(cycle, levels_of_seniority)
{
	static const char lines[] = "p1 A senior 2026-01 ray/2\n"
								"p2 A - 2026-02 ray/2\n"
								"p3 B mid 2026-03 ray/2 excel/2\n";
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	require(count_lines(&w, lines).sum == 3);
	w.course.analysis.seniority = LEVEL_SENIOR;
	cycle_counts c = count_lines(&w, lines);
	/* 1, 1 and 1/2: 2.5^2 / 2.25 */
	require(c.vacancies == 3 && c.sum == 2.5 && c.squares == 2.25 && c.left == 3);
	require(near(c.effective, 6.25 / 2.25));
	require(item_of(&c, "technology:excel")->value == 0.5 && item_of(&c, "technology:excel")->named == 1);
	require(near(cycle_estimate(&c, item_of(&c, "technology:excel")).share, 0.2));
	w.course.analysis.other_seniority = 0;
	c = count_lines(&w, lines);
	require(c.vacancies == 2 && c.sum == 2 && c.employers.len == 1 && c.items.len == 1);
	assert_str(c.until, "2026-02");
	require(cycle_find(&c, STR("technology:excel")) == NULL);
	world_close(&w);
}

/* Caps and levels together: the cap counts what is in the sample. */
Test(cycle, caps_and_levels)
{
	static const char lines[] = "p1 A senior - ray/2\n"
								"p2 A senior - ray/2\n"
								"p3 A mid - ray/2\n"
								"p4 A mid - ray/2\n"
								"p5 B mid - ray/2\n"
								"p6 C senior - -\n";
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.course.analysis.seniority = LEVEL_SENIOR;
	cycle_counts c = count_lines(&w, lines);
	/* A: 1/2, 1/2, 1/4, 1/4; B: 1/2; C: 1. Sum 3, squares 0.625 + 0.25 + 1, the cap leaves 4 */
	require(c.capped && near(c.sum, 3) && near(c.squares, 1.875) && c.left == 4);
	require(near(c.effective, fmin(9 / 1.875, 4)));
	require(near(cycle_estimate(&c, item_of(&c, "technology:ray")).share, 2.0 / 3));
	w.course.analysis.other_seniority = 0;
	c = count_lines(&w, lines);
	require(!c.capped && c.employers.len == 2 && c.sum == 3 && c.employers.ptr[0].weight == 2);
	world_close(&w);
}

Test(cycle, strengths)
{
	static const char lines[] = "p1 A - - ray/2\n"
								"p2 B - - ray/1\n"
								"p3 C - - ray/0\n"
								"p4 D - - excel/0\n";
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.course.analysis.strength = (strength_factors){ .required = 1, .preferred = 0.5, .mentioned = 0 };
	cycle_counts c = count_lines(&w, lines);
	const cycle_item *ray = item_of(&c, "technology:ray"), *excel = item_of(&c, "technology:excel");
	require(c.sum == 4 && ray->named == 3 && ray->value == 1.5 && ray->parts.len == 3);
	require(ray->parts.ptr[2].value == 0 && ray->parts.ptr[2].named == 1);
	require(near(cycle_estimate(&c, ray).share, 0.375) && cycle_estimate(&c, ray).employers == 3);
	require(excel->named == 1 && excel->value == 0 && cycle_estimate(&c, excel).low80 == 0);
	world_close(&w);
}

/* ---- made-up samples */

static list_vacancy made_sample(world *w, random_source *r, uint32_t size, uint32_t employers)
{
	static const char *const levels[] = { "", "junior", "mid", "senior", "staff" };
	VEC(counted_vacancy) list = { 0 };
	for (uint32_t i = 0; i < size; i++) {
		VEC(vacancy_item) items = { 0 };
		EACH (concept *const, one, w->c.concepts)
			if (draw(r, 3) == 0)
				vec_push(w->a, &items, (vacancy_item){ .item = (*one)->id, .strength = (int)draw(r, 3) });
		counted_vacancy v = { .posting = arena_printf(w->a, "%08x%08x", draw(r, 1u << 30), i),
			.employer = draw(r, 6)
							? arena_printf(w->a, "E%u", draw(r, employers) * draw(r, employers) / employers)
							: STR(""),
			.seniority = str_from(levels[draw(r, COUNT(levels))]),
			.date = draw(r, 8) ? arena_printf(w->a, "2026-%02u-%02u", 1 + draw(r, 12), 1 + draw(r, 28))
							   : STR("") };
		v.items.ptr = items.ptr;
		v.items.len = items.len;
		vec_push(w->a, &list, v);
	}
	return (list_vacancy){ .ptr = list.ptr, .len = list.len };
}

static void set_weights(world *w)
{
	w->course.analysis.seniority = LEVEL_SENIOR;
	w->course.analysis.other_seniority = 0.3;
	w->course.analysis.strength = (strength_factors){ .required = 1, .preferred = 0.7, .mentioned = 0.1 };
}

Test(cycle, the_order_of_vacancies_decides_nothing)
{
	enum { ROUNDS = 30 };
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	set_weights(&w);
	random_source r = seeded(3);
	list_vacancy sample = made_sample(&w, &r, 80, 9);
	cycle_counts c = count(&w, sample);
	str first = dump(w.a, &c);
	require(c.capped && c.items.len > 5 && c.left < c.vacancies);
	for (int i = 0; i < ROUNDS; i++) {
		SHUFFLE(&r, sample.ptr, sample.len);
		EACH (counted_vacancy, v, sample)
			if (v->items.len)
				SHUFFLE(&r, v->items.ptr, v->items.len);
		c = count(&w, sample);
		require_that(str_eq(first, dump(w.a, &c)), "round %d", i);
	}
	world_close(&w);
}

/* The same sample as cells with the same settings: an analysis weighs vacancies as a cycle does. */
Test(cycle, an_analysis_counts_the_same)
{
	enum { ROUNDS = 12 };
	for (uint32_t round = 0; round < ROUNDS; round++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		random_source r = seeded(round + 20);
		if (round % 2)
			set_weights(&w);
		w.course.policy.update.employer_cap = w.course.analysis.employer_cap = 1 + round % 4;
		w.course.analysis.least_share = 0;
		list_vacancy sample = made_sample(&w, &r, 10 + 9 * round, 8);
		EACH (const counted_vacancy, v, sample) {
			rollup_cell *cell = world_cell(&w, arena_cstr(w.a, str_sub(v->date, 0, 7)),
				arena_cstr(w.a, v->employer), arena_cstr(w.a, v->seniority), 1);
			rollup_item *items = NEWN(w.a, rollup_item, v->items.len);
			for (size_t i = 0; items && i < v->items.len; i++)
				items[i] =
					(rollup_item){ .key = arena_printf(w.a, "concept:%.*s", STRF(v->items.ptr[i].item)),
						.strength = v->items.ptr[i].strength,
						.postings = 1,
						.mentions = 1 };
			cell->items = (list_rollup_item){ .ptr = items, .len = items ? v->items.len : 0 };
		}
		require(world_analyze(&w));
		cycle_counts c = count(&w, sample);
		require(c.capped && c.vacancies == w.out.postings && near(c.effective, w.out.effective));
		for (int kind = 0; kind <= ANALYSIS_THEME; kind++)
			EACH (const analysis_row, row, w.out.rows[kind]) {
				str id = arena_printf(
					w.a, "%s:%.*s", concept_kind_names[row->concept->kind], STRF(row->concept->id));
				estimate e = cycle_estimate(&c, item_of(&c, id.ptr));
				require(e.named == row->postings && near(e.share, row->share));
				require(near(e.low80, row->low80) && near(e.high95, row->high95));
			}
		world_close(&w);
	}
}

static list_vacancy sample_without(arena *a, list_vacancy sample, str employer)
{
	VEC(counted_vacancy) list = { 0 };
	EACH (const counted_vacancy, v, sample)
		if (!str_eq(v->employer, employer))
			vec_push(a, &list, *v);
	return (list_vacancy){ .ptr = list.ptr, .len = list.len };
}

static void expect_same(const estimate *one, const estimate *other, str item)
{
	cr_expect(near(one->named, other->named) && near(one->vacancies, other->vacancies) &&
				  near(one->share, other->share) && near(one->effective, other->effective) &&
				  near(one->low80, other->low80) && near(one->high80, other->high80) &&
				  near(one->low95, other->low95) && near(one->high95, other->high95) &&
				  one->employers == other->employers,
		"%.*s: %g of %g, %g of %g, %g employers; not %g of %g, %g of %g, %g employers", STRF(item),
		one->named, one->vacancies, one->share, one->effective, one->employers, other->named,
		other->vacancies, other->share, other->effective, other->employers);
}

Test(cycle, without_one_employer)
{
	enum { ROUNDS = 8 };
	for (uint32_t round = 0; round < ROUNDS; round++) {
		world w;
		world_open(&w, STR(WORLD_LEXICON));
		random_source r = seeded(round + 50);
		if (round % 2)
			set_weights(&w);
		list_vacancy sample = made_sample(&w, &r, 12 + 10 * round, 9);
		cycle_counts all = count(&w, sample);
		require(all.employers.len > 3);
		for (size_t e = 0; e < all.employers.len; e++) {
			cycle_counts others = count(&w, sample_without(w.a, sample, all.employers.ptr[e].name));
			require(others.employers.len == all.employers.len - 1 && others.capped);
			EACH (const cycle_item, item, all.items) {
				estimate left = cycle_estimate_without(&all, item, e);
				estimate anew = cycle_estimate(&others, cycle_find(&others, item->id));
				expect_same(&left, &anew, item->id);
			}
			estimate none = cycle_estimate_without(&all, NULL, e), anew = cycle_estimate(&others, NULL);
			expect_same(&none, &anew, STR("nothing"));
		}
		world_close(&w);
	}
}

Test(cycle, without_the_only_employer)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.course.analysis.strength.preferred = 0.1;
	cycle_counts c = count_lines(&w, "p1 A - - ray/1\np2 A - - ray/1\np3 A - - ray/1\n");
	estimate e = cycle_estimate_without(&c, item_of(&c, "technology:ray"), 0);
	require(e.named == 0 && e.vacancies == 0 && e.share == 0 && e.effective == 0 && e.employers == 0);
	require(e.low80 == 0 && e.high80 == 1);
	/* of the others nobody names it, exactly */
	c = count_lines(&w, "p1 A - - ray/1\np2 A - - ray/1\np3 A - - ray/1\np4 B - - -\n");
	e = cycle_estimate_without(&c, item_of(&c, "technology:ray"), 0);
	require(e.named == 0 && e.share == 0 && e.low80 == 0 && e.effective == 1);
	/* there is no such employer */
	estimate same = cycle_estimate_without(&c, item_of(&c, "technology:ray"), 7);
	e = cycle_estimate(&c, item_of(&c, "technology:ray"));
	expect_same(&same, &e, STR("technology:ray"));
	world_close(&w);
}

/* Further vacancies are as if they had been in the sample. */
Test(cycle, after_further_ones)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	set_weights(&w);
	random_source r = seeded(77);
	list_vacancy sample = made_sample(&w, &r, 40, 7);
	cycle_counts c = count(&w, sample);
	str ray = STR("technology:ray");
	for (int naming = 0; naming < 2; naming++) {
		VEC(counted_vacancy) list = { 0 };
		EACH (const counted_vacancy, v, sample)
			vec_push(w.a, &list, *v);
		double before = cycle_estimate(&c, cycle_find(&c, ray)).share;
		for (int further = 1; further < 30; further++) {
			vec_push(w.a, &list,
				read_vacancy(w.a, arena_printf(w.a, "x%d - - -%s", further, naming ? " ray/2" : "")));
			cycle_counts more = count(&w, (list_vacancy){ list.ptr, list.len });
			estimate guess = cycle_estimate_after(&c, cycle_find(&c, ray), further, naming);
			estimate anew = cycle_estimate(&more, cycle_find(&more, ray));
			expect_same(&guess, &anew, ray);
			require(naming ? guess.share > before : guess.share < before);
			before = guess.share;
		}
	}
	estimate none = cycle_estimate_after(&c, item_of(&c, ray.ptr), 0, true);
	estimate now = cycle_estimate(&c, item_of(&c, ray.ptr));
	expect_same(&none, &now, ray);
	world_close(&w);
}

/* ---- workbooks */

static facts facts_of(world *w, workbook *book, str text)
{
	facts f;
	bool read = read_workbook(book, w->a, sources_add(&w->f.s, STR("workbook.md"), text), &w->f.d);
	require_that(read, "%.*s", STRF(fixture_said(&w->f)));
	require(facts_make(&f, w->a, book, &w->c, &w->course, &w->f.d));
	return f;
}

#define BOOK_HEAD \
	"# Analysis\n\n## Summary\n\n- **Sample Size**: 20 postings\n\n## Aggregate Skill Frequency\n\n" \
	"| Skill | Frequency | Category |\n|---|---|---|\n| Kubernetes | 15 | Core |\n| Coaching | 4 | Nice " \
	"|\n\n" \
	"## Technology Mentions\n\n| Category | Tool / Platform | Frequency |\n|---|---|---|\n"

Test(cycle, a_workbook)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	workbook book;
	facts f = facts_of(&w, &book,
		STR(BOOK_HEAD
			"| Distributed Compute | Ray, Horovod | 12 |\n"
			"\n## Responsibility Themes\n\n| Theme | Frequency |\n|---|---|\n| Mentorship | 9 |\n"));
	cycle_counts c;
	require(cycle_of_workbook(&c, w.a, &f));
	assert_str(c.source, "workbook");
	require(c.vacancies == 20 && c.sum == 20 && c.squares == 20 && c.effective == 20 && c.left == 20);
	require(!c.capped && !c.employers.len && !c.from.len && !c.until.len && c.items.len == 4);
	static const char *const ids[] = { "skill:coaching", "skill:kubernetes", "technology:distributed-compute",
		"theme:mentorship" };
	for (size_t i = 0; i < COUNT(ids); i++)
		assert_str(c.items.ptr[i].id, ids[i]);
	const cycle_item *compute = item_of(&c, "technology:distributed-compute");
	assert_str(compute->name, "Distributed Compute");
	require(compute->named == 12 && compute->value == 12 && !compute->evidence.len && !compute->parts.len);
	require(compute->concepts.len == 2);
	assert_str(compute->concepts.ptr[0], "ray");
	estimate e = cycle_estimate(&c, compute);
	require(near(e.share, 0.6) && isnan(e.employers) && near(e.low80, wilson(12, 20, Z80).low));
	require(isnan(cycle_estimate(&c, NULL).employers));
	e = cycle_estimate_without(&c, compute, 0);
	require(near(e.share, 0.6) && isnan(e.employers));
	e = cycle_estimate_after(&c, compute, 5, false);
	require(near(e.share, 12.0 / 25) && e.vacancies == 25 && e.effective == 25);
	world_close(&w);
}

Test(cycle, names_of_technologies)
{
	/* twice, so by their own ids; its slug is the id of the row above; alone */
	static const char table[] = "| IaC | Terraform | 12 |\n"
								"| IaC | Pulumi | 9 |\n"
								"| IaC Pulumi | Crossplane | 8 |\n"
								"| Orchestration | Kubernetes | 6 |\n";
	static const char *const ids[] = { "technology:iac-terraform", "technology:iac-pulumi",
		"technology:iac-pulumi-crossplane", "technology:orchestration" };
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	workbook book;
	facts f = facts_of(&w, &book, arena_printf(w.a, BOOK_HEAD "%s", table));
	cycle_counts c;
	require(cycle_of_workbook(&c, w.a, &f));
	require(c.items.len == 2 + COUNT(ids));
	for (size_t i = 0; i < COUNT(ids); i++)
		require_that(cycle_find(&c, str_from(ids[i])) != NULL, "%s", ids[i]);
	assert_str(item_of(&c, "technology:iac-pulumi")->name, "IaC: Pulumi");
	assert_str(item_of(&c, "technology:orchestration")->name, "Orchestration");
	world_close(&w);
}

Test(cycle, technologies_without_categories)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	workbook book;
	facts f = facts_of(&w, &book,
		STR("# Analysis\n\n20 postings\n\n## Skills\n\n| Skill | Frequency | Category |\n|---|---|---|\n"
			"| Kubernetes | 15 | Core |\n\n## Technologies\n\n| Tool | Frequency |\n|---|---|\n| Ray | 7 "
			"|\n"));
	cycle_counts c;
	require(cycle_of_workbook(&c, w.a, &f));
	require(c.items.len == 2);
	assert_str(item_of(&c, "technology:ray")->name, "Ray");
	world_close(&w);
}

Test(cycle, the_example)
{
	static const struct {
		const char *id, *concept;
		double named;
	} items[] = { { "skill:advanced-kubernetes-operators-crds", "kubernetes", 24 },
		{ "skill:security-compliance-iam-policy-audit", NULL, 16 }, { "technology:gpu-stack", "cuda", 21 },
		{ "technology:orchestration", "argo-cd", 23 }, { "technology:llm-tooling", "vllm", 13 },
		{ "theme:reliability-leadership", NULL, 19 } };
	const char *root = getenv("CW_SOURCE_ROOT");
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.c = (catalog){ 0 };
	vec_rule rules = { 0 };
	catalog_input in = { .catalog = &w.c, .rules = &rules };
	require(catalog_read(&in, w.a, str_from(root ? root : "."), false, &w.f.d));
	str text, folder = str_from(root ? root : ".");
	require(io_read(
		&text, w.a, io_join(w.a, folder, STR("examples/senior-ai-infrastructure/workbook.md")).ptr, &w.f.d));
	workbook book;
	facts f = facts_of(&w, &book, text);
	cycle_counts c;
	require(cycle_of_workbook(&c, w.a, &f));
	require(c.vacancies == 26 && c.items.len == 20);
	EACH (const cycle_item, item, c.items)
		cr_expect(item->concepts.len > 0 && (item == c.items.ptr || str_cmp(item[-1].id, item->id) < 0),
			"%.*s", STRF(item->id));
	for (size_t i = 0; i < COUNT(items); i++) {
		const cycle_item *item = item_of(&c, items[i].id);
		bool linked = items[i].concept == NULL;
		EACH (const str, id, item->concepts)
		linked |= items[i].concept && str_eq(*id, str_from(items[i].concept));
		require_that(linked, "%s does not name %s", items[i].id, items[i].concept);
		require_that(item->named == items[i].named, "%s: %g", items[i].id, item->named);
	}
	/* a share and its bounds are those of the row */
	const fact_row *row = &f.rows[ROW_SKILL].ptr[0];
	estimate e = cycle_estimate(&c, item_of(&c, items[0].id));
	require(near(e.share, 24.0 / 26) && near(e.low80, row->low80) && near(e.high95, row->high95));
	world_close(&w);
}

/* ---- memory */

Test(cycle, out_of_memory)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	random_source r = seeded(9);
	cycle_input in = { .vacancies = made_sample(&w, &r, 12, 5),
		.catalog = &w.c,
		.analysis = &w.course.analysis,
		.policy = &w.course.policy.update };
	workbook book;
	facts f = facts_of(&w, &book, STR(BOOK_HEAD "| IaC | Terraform | 12 |\n| IaC | Pulumi | 9 |\n"));
	unsigned n = 1;
	for (bool done = false; !done; n++) {
		arena a = { .fail_at = n };
		cycle_counts counts, of_book;
		done = cycle_count(&counts, &a, &in);
		done = cycle_of_workbook(&of_book, &a, &f) && done;
		require(done == !a.failed);
		cycle_estimate_without(&counts, cycle_find(&counts, STR("technology:ray")), 0);
		cycle_estimate_after(&of_book, cycle_find(&of_book, STR("skill:kubernetes")), 1, true);
		arena_free(&a);
	}
	cr_expect(n > 20, "%u", n);
	world_close(&w);
}
