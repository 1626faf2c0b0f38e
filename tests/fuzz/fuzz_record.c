/* Files that people write, by the tables: a catalogue file, a rules file, a rubrics file, a course or a plan,
 * by the first byte. What was read without errors is copied, and a plan is written and must be read the same.
 */
#include "model/catalog.h"
#include "model/course.h"
#include "model/rule.h"
#include "read/catalog.h"
#include "read/plan.h"
#include "read/record.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_plan(arena *a, uint32_t number, diags *d)
{
	plan first, second;
	if (!plan_read(&first, a, number, d)) {
		if (!d->errors && !a->failed)
			__builtin_trap();
		return;
	}
	str once = plan_text(a, &first);
	bool ok = plan_read(&second, a, sources_add(d->sources, STR("again"), once), d);
	if (a->failed)
		return;
	if (!ok || !str_eq(once, plan_text(a, &second)))
		__builtin_trap();
	EACH (const plan_module, m, first.modules) {
		module item;
		record_clear(&module_record, &item);
		record_override(&module_record, &item, m->node, &plan_module_record, a, d);
	}
}

static void check_catalog(arena *a, catalog_file *f, diags *d)
{
	fill_word words[] = { { STR("id"), STR("filled") }, { STR("skill"), STR("A skill") } };
	catalog c = { 0 };
	c.by_id.arena = a;
	EACH (module, m, f->modules) {
		module *copy = NEW(a, module);
		if (!copy)
			return;
		record_copy(a, &module_record, copy, m, (list_fill_word){ .ptr = words, .len = COUNT(words) });
		vec_push(a, &c.modules, copy);
	}
	EACH (lab, l, f->labs)
		vec_push(a, &c.labs, l);
	EACH (scenario, s, f->scenarios)
		vec_push(a, &c.scenarios, s);
	EACH (outcome, o, f->program_outcomes)
		vec_push(a, &c.program_outcomes, o);
	EACH (quiz, q, f->quizzes)
		vec_push(a, &c.quizzes, q);
	EACH (capstone, one, f->capstones)
		vec_push(a, &c.capstones, one);
	EACH (concept, one, f->concepts)
		vec_push(a, &c.concepts, one);
	catalog_check(&c, a, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const record *const records[] = { &catalog_file_record, &rules_file_record, &rubrics_file_record,
		&course_record };
	if (!size)
		return 0;
	arena a = { .limit = (size_t)256 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	uint32_t number = sources_add(&s, STR("fuzz"), (str){ .ptr = (const char *)data + 1, .len = size - 1 });
	unsigned kind = data[0] % 5;
	if (kind == 4) {
		check_plan(&a, number, &d);
	} else {
		const yaml_node *root = yaml_read(&a, number, &d);
		void *file = arena_alloc(&a, records[kind]->size, 1, _Alignof(max_align_t));
		bool ok = root && file && record_read(records[kind], file, root, &a, &d);
		if (root && !ok && !d.errors && !a.failed)
			__builtin_trap();
		if (ok && kind == 0)
			check_catalog(&a, file, &d);
	}
	buf out = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&out, &d, one);
	arena_free(&a);
	return 0;
}
