/* From the cells of a ledger to the counts of a cycle, and cutting months into windows. */
#include "postings_world.h"

#include "evidence/cycle.h"
#include "evidence/cycle_cells.h"
#include "evidence/weights.h"

#include <limits.h>

/* ---- counting */

static cycle_counts count_between(world *w, const char *from, const char *until)
{
	cycle_counts out;
	cell_cycle in = { .cells = { .ptr = w->cells.ptr, .len = w->cells.len },
		.catalog = &w->c,
		.analysis = &w->course.analysis,
		.policy = &w->course.policy.update };
	require(month_parse(&in.from, str_from(from)) && month_parse(&in.until, str_from(until)));
	bool counted = cycle_of_cells(&out, w->a, &in);
	require(counted || w->a->failed);
	return out;
}

static cycle_counts count_all(world *w)
{
	return count_between(w, "2025-01", "2025-12");
}

static const cycle_item *item_of(const cycle_counts *c, const char *id)
{
	const cycle_item *found = cycle_find(c, str_from(id));
	require_that(found != NULL, "%s is not there", id);
	return found;
}

static bool is_near(double x, double y)
{
	return fabs(x - y) < 1e-9;
}

Test(cycle_cells, counts_items_by_kind)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	rollup_cell *cell = world_cell(&w, "2025-03", "", "", 10);
	world_items(&w, cell,
		"concept:ray required 4 9, concept:ray mentioned 2 2, concept:training required 5 9, "
		"concept:mentoring "
		"required 1 1, concept:cka required 3 3, concept:gone required 3 3, years:5- required 2 2");
	cycle_counts c = count_all(&w);
	require(c.vacancies == 10 && c.sum == 10 && c.squares == 10 && c.effective == 10 && !c.capped);
	require(c.items.len == 3 && c.employers.len == 0);
	assert_str(c.source, "ledger");
	assert_str(c.from, "2025-03");
	assert_str(c.until, "2025-03");
	assert_str(c.items.ptr[0].id, "skill:training");
	assert_str(c.items.ptr[1].id, "technology:ray");
	assert_str(c.items.ptr[2].id, "theme:mentoring");
	assert_str(c.items.ptr[1].name, "Ray");
	assert_str(c.items.ptr[1].concepts.ptr[0], "ray");
	require(c.items.ptr[1].named == 6 && c.items.ptr[1].value == 6 && c.items.ptr[1].parts.len == 0);
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, takes_the_months_asked_for)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	static const char *const months[] = { "2024-12", "2025-01", "2025-03", "2025-04", "", "nonsense" };
	for (size_t i = 0; i < COUNT(months); i++)
		world_items(&w, world_cell(&w, months[i], "", "", 3), "concept:ray required 2 2");
	cycle_counts c = count_between(&w, "2025-01", "2025-03"), none = count_between(&w, "2026-01", "2026-02");
	require(c.vacancies == 6 && item_of(&c, "technology:ray")->named == 4);
	assert_str(c.from, "2025-01");
	assert_str(c.until, "2025-03");
	require(none.vacancies == 0 && none.effective == 0 && none.items.len == 0 && none.from.len == 0);
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, strengths_and_levels_weigh)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	w.course.analysis.strength.preferred = 0.5;
	w.course.analysis.strength.mentioned = 0.25;
	w.course.analysis.seniority = 2; /* senior */
	w.course.analysis.other_seniority = 0.5;
	world_items(&w, world_cell(&w, "2025-03", "", "senior", 4),
		"concept:ray required 1 1, concept:ray preferred 1 1, concept:ray mentioned 1 1");
	world_items(&w, world_cell(&w, "2025-03", "", "junior", 2), "concept:ray required 2 2");
	world_items(&w, world_cell(&w, "2025-03", "", "", 1), "concept:ray required 1 1");
	cycle_counts c = count_all(&w);
	require(c.vacancies == 7 && is_near(c.sum, 6) && is_near(c.squares, 5.5));
	require(is_near(c.effective, 36 / 5.5));
	require(item_of(&c, "technology:ray")->named == 6);
	require(is_near(item_of(&c, "technology:ray")->value, 1.75 + 1 + 1));
	/* What weighs nothing is not in the sample. */
	w.course.analysis.other_seniority = 0;
	c = count_all(&w);
	require(c.vacancies == 5 && item_of(&c, "technology:ray")->named == 4);
	world_close(&w);
	NO_LEAKS();
}

static void add_employers(world *w)
{
	world_items(w, world_cell(w, "2025-03", "Mill", "", 8), "concept:ray required 8 8");
	world_items(w, world_cell(w, "2025-05", "Mill", "", 2), "concept:ray required 1 1");
	world_items(w, world_cell(w, "2025-04", "Bakery", "", 1), "concept:ray required 1 1");
	world_items(w, world_cell(w, "2025-04", "", "", 5), "concept:ray required 1 1");
}

Test(cycle_cells, two_known_employers_are_too_few_for_a_cap)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	add_employers(&w);
	cycle_counts c = count_all(&w);
	require(!c.capped && c.sum == 16 && c.effective == 16 && c.employers.len == 2);
	require(c.employers.ptr[1].vacancies == 10 && c.employers.ptr[1].weight == 10);
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, three_known_employers_are_capped)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	add_employers(&w);
	world_items(&w, world_cell(&w, "2025-06", "Corner Shop", "", 2), "concept:helm required 2 2");
	cycle_counts c = count_all(&w);
	require(c.capped && c.employers.len == 3);
	assert_str(c.employers.ptr[0].name, "Bakery");
	assert_str(c.employers.ptr[1].name, "Corner Shop");
	assert_str(c.employers.ptr[2].name, "Mill");
	/* Mill's ten count for two; the others are not many, or not known. */
	require(is_near(c.employers.ptr[2].weight, 2) && is_near(c.employers.ptr[2].squares, 10 * 0.04));
	require(c.vacancies == 18 && is_near(c.sum, 2 + 1 + 2 + 5));
	require(is_near(c.effective, 10)); /* what the cap leaves; Kish alone would say 100 / 8.4 */
	const cycle_item *ray = item_of(&c, "technology:ray");
	require(ray->named == 11 && is_near(ray->value, 9 * 0.2 + 1 + 1) && ray->parts.len == 2);
	require(ray->parts.ptr[0].employer == 0 && is_near(ray->parts.ptr[0].value, 1));
	require(ray->parts.ptr[1].employer == 2 && is_near(ray->parts.ptr[1].value, 1.8));
	world_close(&w);
	NO_LEAKS();
}

/* The cap is on a window, and so is the number of known employers. */
Test(cycle_cells, a_cap_is_on_one_cycle)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	add_employers(&w);
	world_items(&w, world_cell(&w, "2025-06", "Corner Shop", "", 2), "concept:helm required 2 2");
	cycle_counts c = count_between(&w, "2025-03", "2025-05");
	require(!c.capped && c.vacancies == 16);
	world_close(&w);
	NO_LEAKS();
}

static void add_random_cells(world *w, random_source *r, size_t count)
{
	static const char *const employers[] = { "", "Mill", "Bakery", "Corner Shop", "Forge" };
	static const char *const levels[] = { "", "junior", "senior" };
	static const char *const items[] = { "concept:ray required 2 2, concept:helm mentioned 1 1",
		"concept:ray preferred 1 1", "concept:coaching required 3 3, concept:mentoring required 3 3" };
	for (size_t i = 0; i < count; i++) {
		str month = arena_printf(w->a, "2025-%02u", 1 + draw(r, 12));
		rollup_cell *cell =
			world_cell(w, month.ptr, employers[draw(r, 5)], levels[draw(r, 3)], 3 + draw(r, 4));
		cell->region = arena_printf(w->a, "region %zu", i);
		world_items(w, cell, items[draw(r, 3)]);
	}
}

static bool same_counts(const cycle_counts *a, const cycle_counts *b)
{
	bool same = a->sum == b->sum && a->squares == b->squares && a->effective == b->effective &&
				a->items.len == b->items.len && a->employers.len == b->employers.len;
	for (size_t i = 0; same && i < a->items.len; i++)
		same = str_eq(a->items.ptr[i].id, b->items.ptr[i].id) &&
			   a->items.ptr[i].value == b->items.ptr[i].value &&
			   a->items.ptr[i].parts.len == b->items.ptr[i].parts.len;
	return same;
}

Test(cycle_cells, the_order_of_cells_decides_nothing)
{
	for (uint64_t seed = 1; seed <= 30; seed++) {
		world w;
		random_source r = seeded(seed);
		world_open(&w, STR(WORLD_LEXICON));
		w.course.analysis.seniority = 2;
		w.course.analysis.other_seniority = 0.7;
		w.course.analysis.strength.mentioned = 0.3;
		add_random_cells(&w, &r, 40);
		cycle_counts before = count_all(&w);
		SHUFFLE(&r, w.cells.ptr, w.cells.len);
		cycle_counts after = count_all(&w);
		require_that(same_counts(&before, &after), "seed %zu", (size_t)seed);
		world_close(&w);
	}
	NO_LEAKS();
}

/* ---- the same vacancies, one by one */

/* The next so many of a cell's vacancies name the concept: one that has it already is passed over. */
static void name_concept(arena *a, counted_vacancy *list, size_t count, const rollup_item *item)
{
	str concept_id = str_skip(item->key, strlen("concept:"));
	double left = item->postings;
	for (size_t i = 0; i < count && left > 0; i++) {
		vacancy_item *items = list[i].items.ptr;
		size_t len = list[i].items.len;
		if (len && str_eq(items[len - 1].item, concept_id))
			continue;
		vacancy_item *more = NEWN(a, vacancy_item, len + 1);
		if (len)
			memcpy(more, items, len * sizeof *more);
		more[len] = (vacancy_item){ .item = concept_id, .strength = item->strength };
		list[i].items.ptr = more;
		list[i].items.len = len + 1;
		left--;
	}
	require(left == 0);
}

static list_vacancy expand(world *w)
{
	VEC(counted_vacancy) out = { 0 };
	EACH (const rollup_cell, c, w->cells) {
		size_t from = out.len;
		for (size_t i = 0; i < (size_t)c->postings; i++)
			vec_push(w->a, &out,
				(counted_vacancy){ .posting = arena_printf(w->a, "%08zu", out.len),
					.employer = c->employer,
					.seniority = c->seniority,
					.date = arena_printf(w->a, "%.*s-01", STRF(c->month)) });
		EACH (const rollup_item, item, c->items)
			name_concept(w->a, out.ptr + from, out.len - from, item);
	}
	return (list_vacancy){ .ptr = out.ptr, .len = out.len };
}

static void compare_items(const cycle_item *one, const cycle_item *other)
{
	require(str_eq(one->id, other->id) && str_eq(one->name, other->name));
	require(one->named == other->named && is_near(one->value, other->value));
	require(one->parts.len == other->parts.len);
	for (size_t i = 0; i < one->parts.len; i++) {
		const employer_part *x = &one->parts.ptr[i], *y = &other->parts.ptr[i];
		require(x->employer == y->employer && x->named == y->named && is_near(x->value, y->value));
	}
}

Test(cycle_cells, counts_as_if_vacancies_were_counted_one_by_one)
{
	for (uint64_t seed = 1; seed <= 30; seed++) {
		world w;
		random_source r = seeded(seed);
		world_open(&w, STR(WORLD_LEXICON));
		w.course.analysis.seniority = (int)draw(&r, 4) - 1;
		w.course.analysis.other_seniority = draw(&r, 4) / 4.0;
		w.course.analysis.strength.mentioned = draw(&r, 3) / 2.0;
		w.course.policy.update.least_employers = draw(&r, 7);
		add_random_cells(&w, &r, 1 + draw(&r, 40));
		cycle_counts cells = count_all(&w), one_by_one;
		cycle_input in = { .vacancies = expand(&w),
			.catalog = &w.c,
			.analysis = &w.course.analysis,
			.policy = &w.course.policy.update };
		require(cycle_count(&one_by_one, w.a, &in));
		require(cells.vacancies == one_by_one.vacancies && cells.capped == one_by_one.capped);
		require(is_near(cells.sum, one_by_one.sum) && is_near(cells.squares, one_by_one.squares));
		require(is_near(cells.left, one_by_one.left) && is_near(cells.effective, one_by_one.effective));
		require(str_eq(cells.from, str_sub(one_by_one.from, 0, 7)));
		require(str_eq(cells.until, str_sub(one_by_one.until, 0, 7)));
		require(cells.employers.len == one_by_one.employers.len && cells.items.len == one_by_one.items.len);
		for (size_t i = 0; i < cells.employers.len; i++) {
			const cycle_employer *x = &cells.employers.ptr[i], *y = &one_by_one.employers.ptr[i];
			require(str_eq(x->name, y->name) && x->vacancies == y->vacancies && is_near(x->left, y->left));
			require(is_near(x->weight, y->weight) && is_near(x->squares, y->squares));
		}
		for (size_t i = 0; i < cells.items.len; i++)
			compare_items(&cells.items.ptr[i], &one_by_one.items.ptr[i]);
		world_close(&w);
	}
	NO_LEAKS();
}

Test(cycle_cells, parts_and_employers_add_up)
{
	world w;
	random_source r = seeded(5);
	world_open(&w, STR(WORLD_LEXICON));
	add_random_cells(&w, &r, 60);
	cycle_counts c = count_all(&w);
	double known = 0;
	require(c.capped);
	EACH (const cycle_employer, e, c.employers) {
		known += e->weight;
		require(e->weight <= w.course.policy.update.employer_cap + 1e-9);
	}
	require(known <= c.sum + 1e-9);
	EACH (const cycle_item, item, c.items) {
		double parts = 0;
		EACH (const employer_part, p, item->parts)
			parts += p->value;
		require(parts <= item->value + 1e-9 && item->value <= item->named + 1e-9);
	}
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, out_of_memory)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	add_employers(&w);
	cell_cycle in = { .cells = { .ptr = w.cells.ptr, .len = w.cells.len },
		.until = INT_MAX,
		.catalog = &w.c,
		.analysis = &w.course.analysis,
		.policy = &w.course.policy.update };
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		cycle_counts c;
		list_month_span spans;
		str wrong;
		bool counted = cycle_of_cells(&c, &a, &in) && month_spans(&spans, &a, in.cells, STR("2"), &wrong);
		bool failed = a.failed;
		arena_free(&a);
		require(counted != failed);
		if (!failed)
			break;
	}
	world_close(&w);
	NO_LEAKS();
}

/* ---- cutting */

static const char *const dated[] = { "2024-11", "2025-03", "2025-04", "", "2025-05", "2025-06", "2025-06",
	"2025-07", "2025-09" };

/* The windows as text, or what is wrong. */
static str cut(world *w, const char *how)
{
	list_month_span spans;
	str wrong;
	buf b = { .arena = w->a };
	list_cell cells = { .ptr = w->cells.ptr, .len = w->cells.len };
	if (!month_spans(&spans, w->a, cells, str_from(how), &wrong))
		return wrong;
	EACH (const month_span, s, spans)
		buf_printf(&b, "%.*s..%.*s ", STRF(month_text(w->a, s->from)), STRF(month_text(w->a, s->until)));
	return str_trim(buf_done(&b));
}

Test(cycle_cells, windows)
{
	static const struct {
		const char *how, *windows;
	} table[] = {
		/* seven months have vacancies */
		{ "7", "2024-11..2024-11 2024-12..2025-03 2025-04..2025-04 2025-05..2025-05 2025-06..2025-06 "
			   "2025-07..2025-07 2025-08..2025-09" },
		{ "3", "2024-11..2025-04 2025-05..2025-06 2025-07..2025-09" },
		{ " 2 ", "2024-11..2025-05 2025-06..2025-09" },
		{ "2025-04,2025-06", "2024-11..2025-04 2025-05..2025-06" },
		{ "2025-04, 2026-01, 2026-02", "2024-11..2025-04 2025-05..2026-01 2026-02..2026-02" },
		{ "2020-01,2025-06", "2020-01..2020-01 2020-02..2025-06" },
		{ "8", "the vacancies are of 7 months, too few for 8 windows" },
		{ "1", "the number of windows is from 2 to 120" },
		{ "0", "the number of windows is from 2 to 120" },
		{ "-3", "the number of windows is from 2 to 120" },
		{ "121", "the number of windows is from 2 to 120" },
		{ "99999999999999999999",
			"'99999999999999999999' is neither a number of windows nor a month (YYYY-MM)" },
		{ "2025-06", "it takes 2 to 120 months with which windows end" },
		{ "2025-06,2025-04", "2025-04 does not come after the month before it" },
		{ "2025-06,2025-06", "2025-06 does not come after the month before it" },
		{ "2025-06,,2025-07", "'' is neither a number of windows nor a month (YYYY-MM)" },
		{ "2025-06,2025-13", "'2025-13' is neither a number of windows nor a month (YYYY-MM)" },
		{ "2025-06,2025-07-01", "'2025-07-01' is neither a number of windows nor a month (YYYY-MM)" },
		{ "", "'' is neither a number of windows nor a month (YYYY-MM)" },
		{ "six", "'six' is neither a number of windows nor a month (YYYY-MM)" },
	};
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	for (size_t i = 0; i < COUNT(dated); i++)
		world_cell(&w, dated[i], "", "", 1 + (double)i);
	SHUFFLE(&(random_source){ 9 }, w.cells.ptr, w.cells.len);
	for (size_t i = 0; i < COUNT(table); i++) {
		str is = cut(&w, table[i].how);
		cr_expect(str_eq(is, str_from(table[i].windows)), "%s: '%.*s'", table[i].how, STRF(is));
	}
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, too_many_months)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	world_cell(&w, "2025-01", "", "", 1);
	buf b = { .arena = w.a };
	for (int i = 0; i <= SPANS_MAX; i++)
		buf_printf(&b, "%s%04d-01", i ? "," : "", 1900 + i);
	assert_str(cut(&w, arena_cstr(w.a, buf_done(&b))), "it takes 2 to 120 months with which windows end");
	world_close(&w);
	NO_LEAKS();
}

Test(cycle_cells, no_dates_no_windows)
{
	world w;
	world_open(&w, STR(WORLD_LEXICON));
	assert_str(cut(&w, "2"), "no vacancy has a date");
	world_cell(&w, "", "", "", 5);
	world_cell(&w, "2025-03", "", "", 0);
	assert_str(cut(&w, "2"), "no vacancy has a date");
	assert_str(cut(&w, "2025-01,2025-02"), "no vacancy has a date");
	world_close(&w);
	NO_LEAKS();
}
