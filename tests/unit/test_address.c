/* Addresses: their parts, and what stands there. */
#define _POSIX_C_SOURCE 200809L /* mkdtemp */
#include "small_course.h"

#include "base/json.h"
#include "model/load.h"
#include "model/units.h"

#include <math.h>

Test(address, parts)
{
	static const struct {
		const char *text, *kind, *id, *rest;
		bool ok;
	} rows[] = {
		{ "skill:gpu-cuda.share", "skill", "gpu-cuda", "share", true },
		{ "skill:gpu-cuda", "skill", "gpu-cuda", "", true },
		{ "sample.size", "sample", "", "size", true },
		{ "sample", "sample", "", "", true },
		{ "metric:lab/p99.target.ratio", "metric", "lab/p99", "target.ratio", true },
		{ "grade:lab:burst.percent", "grade", "lab:burst", "percent", true },
		{ "", "", "", "", false },
		{ ":", "", "", "", false },
		{ ":x", "", "x", "", false },
		{ "skill:", "skill", "", "", false },
		{ "skill:x.", "skill", "x", "", false },
		{ "skill:x..y", "skill", "x", ".y", false },
		{ "skill:x y", "skill", "x y", "", false },
		{ "skill x", "skill x", "", "", false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		address at = address_parse(str_from(rows[i].text));
		cr_expect(at.ok == rows[i].ok, "'%s'", rows[i].text);
		assert_str(at.kind, rows[i].kind);
		assert_str(at.id, rows[i].id);
		assert_str(at.field, rows[i].rest);
	}
}

/* address, value as JSON on one line; null: not known */
static const char *const values[][2] = {
	{ "quiz:quiz-ops", "\"Operators\"" },
	{ "quiz:quiz-ops.items", "4" },
	{ "quiz:quiz-ops.module", "\"ops\"" },
	{ "quiz:gone", "null" },
	{ "sample.size", "26" },
	{ "sample", "26" },
	{ "sample.skills", "2" },
	{ "sample.role", "\"Engineer\"" },
	{ "sample:x", "null" },
	{ "sample.nothing", "null" },
	{ "experience.years_min", "5" },
	{ "experience.years_max", "null" },
	{ "course", "\"Course\"" },
	{ "course.hours", "12" },
	{ "course.hours_per_week", "4" },
	{ "course.minutes", "720" },
	{ "course.level", "\"senior\"" },
	{ "course.language", "\"en\"" },
	{ "course.lab_share", "0.4" },
	{ "course.weights.category.Core", "1" },
	{ "course.weights", "null" },
	{ "course.labs", "1" },
	{ "skill:k8s-operators", "\"K8s operators\"" },
	{ "skill:k8s-operators.share", "0.5" },
	{ "skill:k8s-operators.low", "0.4" },
	{ "skill:k8s-operators.rank", "1" },
	{ "skill:k8s-operators.concepts", "[\"operators\"]" },
	{ "skill:k8s-operators.text", "null" },
	{ "skill:gone.share", "null" },
	{ "technology:k8s-operators", "null" },
	{ "theme:x", "null" },
	{ "insight:insight-1", "\"Gaps: operators.\"" },
	{ "insight:insight-1.label", "\"Gaps\"" },
	{ "insight:insight-2", "null" },
	{ "module:ops", "\"Operators\"" },
	{ "module:ops.hours", "3" },
	{ "module:ops.minutes", "180" },
	{ "module:ops.minutes.max", "600" },
	{ "module:ops.minutes.most", "null" },
	{ "module:ops.title.x", "null" },
	{ "module:ops.weight", "0.5" },
	{ "module:lead.week_to", "2" },
	{ "module:ops.teaches", "[\"operators\"]" },
	{ "module:ops.teaches.operators", "\"expert\"" },
	{ "module:ops.teaches.cooking", "null" },
	{ "module:ops.outcomes", "[\"ops-o1\", \"ops-o2\", \"ops-o3\"]" },
	{ "module:lead.prerequisites", "[\"ops\"]" },
	{ "module:spare", "\"Not planned\"" },
	{ "module:spare.hours", "null" },
	{ "module:gone", "null" },
	{ "lab:lab-burst.hours", "5" },
	{ "lab:lab-burst.percent", "60" },
	{ "lab:lab-burst.due", "3" },
	{ "lab:lab-burst.required", "true" },
	{ "lab:lab-burst.cost.ceiling", "4" },
	{ "lab:lab-burst.workload.arrival", "\"open\"" },
	{ "lab:lab-burst.metrics", "[\"converge\"]" },
	{ "lab:gone", "null" },
	{ "scenario:scn-call", "\"The call\"" },
	{ "scenario:scn-call.timebox.play_min", "60" },
	{ "scenario:scn-call.scoring.scale", "[1, 2, 3]" },
	{ "scenario:scn-call.scoring.pass.must.command", "2" },
	{ "scenario:gone.hours", "null" },
	{ "outcome:ops-o1.bloom", "\"create\"" },
	{ "outcome:gone", "null" },
	{ "activity:ops-a2", "60" },
	{ "activity:ops/ops-a2.minutes", "60" },
	{ "activity:ops-a2.kind", "\"exercise\"" },
	{ "activity:lead/ops-a2", "null" },
	{ "activity:zzz", "null" },
	{ "activity:odd", "7" },
	{ "metric:lab-burst/converge", "\"Convergence time, p99\"" },
	{ "metric:lab-burst/converge.target", "5" },
	{ "metric:lab-burst/converge.asked", "5" },
	{ "metric:lab-burst/converge.baseline", "10" },
	{ "metric:lab-burst/converge.baseline.expect", "[10, 14]" },
	{ "metric:lab-burst/converge.stretch", "2" },
	{ "metric:lab-burst/converge.tolerance", "1" },
	{ "metric:lab-burst/converge.tolerance.pct", "null" },
	{ "metric:lab-burst/converge.source.locator", "\"table 2\"" },
	{ "metric:lab-burst/converge.target.value", "5" },
	{ "metric:lab-burst/gone.target", "null" },
	{ "metric:lab-burst.target", "null" },
	{ "guardrail:lab-burst/errors.limit", "1" },
	{ "guardrail:lab-burst/gone.limit", "null" },
	{ "criterion:rub-lab/speed.weight", "40" },
	{ "criterion:rub-lab/speed.levels.proficient", "\"Median of 3 runs is at most 5 s.\"" },
	{ "criterion:rub-scn/command", "\"command\"" },
	{ "criterion:rub-lab/gone", "null" },
	{ "grade:lab-burst", "60" },
	{ "grade:scenario:scn-call.percent", "40" },
	{ "grade:gone", "null" },
	{ "week:1", "240" },
	{ "week:3.hours", "4" },
	{ "week:0", "null" },
	{ "week:4", "null" },
	{ "week:x", "null" },
	{ "nonsense:x", "null" },
	{ "module:ops .hours", "null" },
	{ "", "null" },
};

static void make(small *k, unsigned fail_at)
{
	small_init(k, fail_at);
	k->course.lab_share = 0.4;
	k->course.weights.category.core = 1;
	k->activities[2].id = STR("odd");
	k->activities[2].minutes = 7;
	k->metrics[0].baseline.range.len = 0;
}

Test(address, what_stands_there)
{
	small k;
	make(&k, 0);
	for (size_t i = 0; i < COUNT(values); i++) {
		buf out = { .arena = &k.a };
		str text = str_from(values[i][0]);
		json_value(&out, address_value(&k.c, text, &k.a), -1);
		str got = buf_done(&out);
		cr_expect(str_eq(got, str_from(values[i][1])), "%s: got %.*s, expected %s", values[i][0], STRF(got),
			values[i][1]);
		bool known = !str_eq(got, STR("null"));
		cr_expect(address_known(&k.c, text) == known, "%s", values[i][0]);
	}
	small_free(&k);
	NO_LEAKS();
}

Test(address, what_the_plan_asks_for)
{
	small k;
	small_init(&k, 0);
	k.metrics[0].use_stretch = true;
	cr_expect(address_value(&k.c, STR("metric:lab-burst/converge.asked"), &k.a).number == 2);
	cr_expect(address_value(&k.c, STR("metric:lab-burst/converge.target"), &k.a).number == 5);
	k.metrics[0].target = (goal){ .value = NAN, .ratio = 0.5 };
	k.metrics[0].use_stretch = false;
	cr_expect(address_value(&k.c, STR("metric:lab-burst/converge.target"), &k.a).number == 0.5);
	small_free(&k);
	NO_LEAKS();
}

Test(address, survives_without_memory)
{
	for (unsigned n = 1;; n++) {
		small k;
		make(&k, n);
		for (size_t i = 0; i < COUNT(values); i++)
			address_value(&k.c, str_from(values[i][0]), &k.a);
		bool failed = k.a.failed;
		small_free(&k);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

Test(address, a_course_without_evidence_or_catalogue)
{
	small k;
	make(&k, 0);
	k.c.facts = NULL;
	k.c.catalog = NULL;
	k.c.course = NULL;
	for (size_t i = 0; i < COUNT(values); i++)
		address_value(&k.c, str_from(values[i][0]), &k.a);
	cr_expect(address_known(&k.c, STR("skill:k8s-operators")) == false);
	cr_expect(address_known(&k.c, STR("module:spare")) == false);
	cr_expect(address_known(&k.c, STR("module:ops.hours")));
	small_free(&k);
	NO_LEAKS();
}

Test(units, table)
{
	for (size_t i = 0; i < unit_count; i++)
		cr_expect(unit_find(str_from(units[i].name)) == &units[i], "%s", units[i].name);
	cr_expect(unit_find(STR("mbit/s")) == NULL);
	assert_str(unit_suggest(STR("mbit/s")), "Mbit/s");
	assert_str(unit_suggest(STR("request/s")), "");
	assert_str(unit_suggest(STR("tokens/sec")), "tokens/s");
}

/* Minutes per week as planned items are poured. */
static void expect_load(plan *p, bool capped, int weeks, const int *expected)
{
	arena a = { 0 };
	p->course.weeks = weeks;
	list_week_load got = capped ? load_capped(&a, p) : load_even(&a, p);
	cr_assert(got.len == (size_t)weeks);
	int64_t sum = 0;
	for (size_t i = 0; i < got.len; i++) {
		cr_expect(got.ptr[i].minutes == expected[i], "week %zu: %lld", i + 1, (long long)got.ptr[i].minutes);
		sum += got.ptr[i].minutes;
	}
	cr_expect(sum == load_total(p));
	arena_free(&a);
}

Test(load, pouring)
{
	plan_module items[] = { { .minutes = 300, .week_from = 1, .week_to = 2 },
		{ .minutes = 300, .week_from = 2, .week_to = 3 } };
	plan_lab lab_item = { .minutes = 60, .week = 3, .due = 3 };
	plan p = { .course = { .minutes_per_week = 240 } };
	PUT(p.modules, items);
	p.labs.ptr = &lab_item;
	p.labs.len = 1;
	expect_load(&p, false, 3, (const int[]){ 210, 210, 240 });
	expect_load(&p, true, 3, (const int[]){ 240, 240, 180 });
	lab_item.minutes = 600; /* cannot be spread */
	expect_load(&p, true, 3, (const int[]){ 240, 240, 720 });
	lab_item.minutes = -5;
	items[1].week_to = 99; /* clipped */
	items[1].week_from = -4;
	expect_load(&p, true, 3, (const int[]){ 240, 240, 120 });
	items[0].week_to = 0; /* upside down: in its first week */
	expect_load(&p, true, 2, (const int[]){ 300, 300 });
	NO_LEAKS();
}

Test(load, any_number_of_weeks)
{
	arena a = { 0 };
	plan_module item = { .minutes = 100, .week_from = 1, .week_to = 2 };
	plan p = { .modules = { .ptr = &item, .len = 1 } };
	static const int weeks[] = { INT_MIN, 0, 1, LOAD_WEEKS_MAX + 1, INT_MAX };
	for (size_t i = 0; i < COUNT(weeks); i++) {
		p.course.weeks = weeks[i];
		list_week_load got = load_even(&a, &p);
		cr_expect(got.len <= LOAD_WEEKS_MAX && (got.len > 0) == (weeks[i] > 0));
	}
	arena_free(&a);
	NO_LEAKS();
}
