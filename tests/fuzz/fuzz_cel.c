/* CEL: compile, evaluate and inspect any text. The first byte chooses whether it is checked. */
#include "base/json.h"
#include "rules/cel.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const cel_type string_type = { .kind = CEL_STRING };
static const cel_field fields[] = {
	{ { "name", 4 }, { .kind = CEL_STRING } },
	{ { "low", 3 }, { .kind = CEL_DOUBLE } },
	{ { "concepts", 8 }, { .kind = CEL_LIST, .element = &string_type } },
};
static const record_type record = { { "skill", 5 }, fields, COUNT(fields) };
static const cel_type skill_type = { .kind = CEL_RECORD, .record = &record };
static const cel_variable variables[] = {
	{ { "skill", 5 }, { .kind = CEL_RECORD, .record = &record } },
	{ { "skills", 6 }, { .kind = CEL_LIST, .element = &skill_type } },
	{ { "any", 3 }, { .kind = CEL_DYN } },
	{ { "n", 1 }, { .kind = CEL_INT } },
};
static const cel_env env = { variables, COUNT(variables), .zones = true };

static void evaluate(const cel_program *p, arena *a)
{
	value concept = value_literal("gitops");
	value slots[] = { value_literal("Kubernetes"), value_double(0.5),
		{ .kind = V_LIST, .list = { .ptr = &concept, .len = 1 } } };
	value skill = { .kind = V_RECORD, .record = { .ptr = slots, .type = &record } };
	value map = value_new_map(a);
	value_set(a, map, "k", value_int(1));
	value bindings[] = { skill, { .kind = V_LIST, .list = { .ptr = &skill, .len = 1 } }, map, value_int(3) };
	size_t at;
	value v = cel_eval(p, bindings, a, &at);
	buf out = { .arena = a };
	if (v.kind != V_ERROR)
		json_value(&out, v, -1);
	else if (at > cel_text(p)->text.len)
		abort();
	cel_reads(p, a);
	cel_observe(p, bindings, a);
	cel_type_text(a, cel_result_type(p));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	arena a = { .limit = (size_t)256 << 20 };
	sources src = { .arena = &a };
	diags d = { .arena = &a, .sources = &src };
	str text = { .ptr = size > 1 ? (const char *)data + 1 : "", .len = size > 1 ? size - 1 : 0 };
	text_run run = { 0 };
	located where = {
		.text = text, .source = sources_add(&src, STR("fuzz"), text), .runs = { .ptr = &run, .len = 1 }
	};
	cel_program *p = cel_compile(&a, &where, &env, size && data[0] % 2, &d);
	if (!p && !d.errors && !a.failed)
		abort();
	buf out = { .arena = &a };
	EACH (diag, one, d.list)
		diag_print(&out, &d, one);
	if (p)
		evaluate(p, &a);
	arena_free(&a);
	return 0;
}
