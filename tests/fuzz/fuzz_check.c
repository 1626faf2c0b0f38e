/* The checks over anything: the first byte chooses whether the text is a page, Markdown, a table, a manifest,
 * a descriptor or the text of an outcome. Whatever it is, findings come out and can be printed. */
#include "check/check.h"
#include "model/address.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const paths[] = { "index.html", "a/b.md", "a/b.csv", "manifest.json",
	"assessments/s/index.html", "assessments/s/index.md" };

typedef struct {
	plan plan;
	plan_module plan_module;
	plan_lab plan_lab;
	plan_scenario plan_scenario;
	course course;
	module module;
	outcome outcome;
	taught_module taught;
	lab lab;
	metric metric;
	rubric rubric;
	criterion criterion;
	scale_level scale[2];
	pair_text levels[2];
	set_lab set_lab;
	scenario scenario;
	scenario_role part;
	scenario_action action;
	set_scenario set_scenario;
	curriculum c;
} tiny;

static void make_task(tiny *t, str text)
{
	record_clear(&lab_record, &t->lab);
	record_clear(&metric_record, &t->metric);
	t->metric.id = STR("m");
	t->metric.unit = STR("ms");
	t->metric.direction = LOWER_IS_BETTER;
	t->metric.baseline.value = 10;
	t->metric.target.value = 5;
	t->lab.metrics.ptr = &t->metric;
	t->lab.metrics.len = 1;
	for (size_t i = 0; i < 2; i++) {
		t->scale[i] = (scale_level){ .level = i ? STR("proficient") : STR("exemplary"), .points = i ? 1 : 2 };
		t->levels[i] =
			(pair_text){ .key = t->scale[i].level, .value = str_sub(text, i * text.len / 2, text.len / 2) };
	}
	t->criterion = (criterion){ .id = STR("c"), .metric = text.len % 2 ? STR("m") : STR("") };
	t->criterion.levels.ptr = t->levels;
	t->criterion.levels.len = 2;
	t->rubric = (rubric){ .id = STR("r") };
	t->rubric.scale.ptr = t->scale;
	t->rubric.scale.len = 2;
	t->rubric.criteria.ptr = &t->criterion;
	t->rubric.criteria.len = 1;
	t->set_lab = (set_lab){ .plan = &t->plan_lab, .lab = &t->lab, .rubric = &t->rubric };
	record_clear(&scenario_record, &t->scenario);
	t->scenario.id = STR("s");
	t->part.private_brief = STR("known to this role alone and to nobody else");
	t->scenario.roles.ptr = &t->part;
	t->scenario.roles.len = 1;
	t->action.id = STR("a-stop");
	t->scenario.actions.ptr = &t->action;
	t->scenario.actions.len = 1;
	t->set_scenario = (set_scenario){ .plan = &t->plan_scenario, .scenario = &t->scenario };
}

static void make(tiny *t, arena *a, str text)
{
	*t = (tiny){ .plan = { .course = { .weeks = 2, .minutes_per_week = 60 } } };
	record_clear(&course_record, &t->course);
	record_clear(&module_record, &t->module);
	t->outcome = (outcome){ .id = STR("o"), .text = text };
	t->module.id = STR("m");
	t->module.outcomes.ptr = &t->outcome;
	t->module.outcomes.len = 1;
	t->taught = (taught_module){ .plan = &t->plan_module, .module = &t->module };
	make_task(t, text);
	t->c = (curriculum){ .course = &t->course, .plan = &t->plan, .by_address = { .arena = a } };
	t->c.modules.ptr = &t->taught;
	t->c.modules.len = 1;
	t->c.labs.ptr = &t->set_lab;
	t->c.labs.len = 1;
	t->c.scenarios.ptr = &t->set_scenario;
	t->c.scenarios.len = 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	arena a = { .limit = (size_t)256 << 20 };
	sources src = { .arena = &a };
	diags d = { .arena = &a, .sources = &src };
	str text = { .ptr = size > 1 ? (const char *)data + 1 : "", .len = size > 1 ? size - 1 : 0 };
	tiny t;
	make(&t, &a, text);
	document docs[2] = { { .path = str_from(paths[size ? data[0] % COUNT(paths) : 0]), .bytes = text },
		{ .path = STR("a/c.html"), .bytes = STR("<html><a href=\"../index.html#x\">x</a></html>") } };
	documents all = { .list = { .ptr = docs, .len = 2 } };
	findings out = { 0 };
	check_run(&out, &a, &t.c, &all, &d);
	buf b = { .arena = &a };
	check_print_text(&b, &out, &src);
	check_print_sarif(&b, &out, &src);
	if (address_known(&t.c, text) && !address_parse(text).ok)
		abort();
	EACH (const finding, f, out)
		if (!f->rule || !f->text.len)
			abort();
	arena_free(&a);
	return 0;
}
