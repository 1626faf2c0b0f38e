/* How long a condition takes to compile and to evaluate, in nanoseconds: the best of several rounds. Fifty
 * skills stand in the list. docs/performance.md has what it printed. */
#define _POSIX_C_SOURCE 200809L
#include "base/diag.h"
#include "rules/cel.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SKILLS = 50, ROUNDS = 15, COMPILES = 200 };

static const cel_type string_type = { .kind = CEL_STRING };
static const cel_field fields[] = {
	{ { "id", 2 }, { .kind = CEL_STRING } },
	{ { "category", 8 }, { .kind = CEL_STRING } },
	{ { "low", 3 }, { .kind = CEL_DOUBLE } },
	{ { "share", 5 }, { .kind = CEL_DOUBLE } },
	{ { "concepts", 8 }, { .kind = CEL_LIST, .element = &string_type } },
	{ { "text", 4 }, { .kind = CEL_STRING } },
};
static const record_type skill_record = { { "skill", 5 }, fields, COUNT(fields) };
static const cel_type skill_type = { .kind = CEL_RECORD, .record = &skill_record };
static const cel_variable variables[] = {
	{ { "skill", 5 }, { .kind = CEL_RECORD, .record = &skill_record } },
	{ { "skills", 6 }, { .kind = CEL_LIST, .element = &skill_type } },
};

/* Evaluations per round are many for what is fast and few for what is not. */
static const struct {
	const char *expression;
	unsigned evaluations;
} conditions[] = {
	{ "skill.category == 'Core'", 200000 },
	{ "skill.category == 'Core' && skill.low >= 0.5", 200000 },
	{ "skill.category in ['Core', 'Important', 'Emerging']", 200000 },
	{ "skill.text.contains('operator') || skill.text.startsWith('Senior')", 100000 },
	{ "skill.text.matches('(?i)\\\\boperators?\\\\b')", 50000 },
	{ "skill.text.matches('(?i)strateg|roadmap|executive|board')", 50000 },
	{ "skill.share * 100.0 >= 12.5 + 2.0 * 5.0", 200000 },
	{ "timestamp('2026-01-31T00:00:00Z') < timestamp('2026-02-28T00:00:00Z')", 200000 },
	{ "skills.exists(s, s.id == 'skill-49' && s.low > 0.1)", 10000 },
	{ "skills.all(s, s.concepts.exists(c, c == 'gitops'))", 5000 },
	{ "size(skills.filter(s, s.low > 0.25)) > 10", 10000 },
	{ "skills.map(s, s.low * 2.0).exists(x, x > 1.9)", 5000 },
};

typedef struct {
	arena a;
	value slots[SKILLS][COUNT(fields)];
	value records[SKILLS];
	value bindings[COUNT(variables)];
} bench;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static void fill(bench *b)
{
	value concepts = value_new_list(&b->a, 3);
	for (size_t i = 0; i < concepts.list.len; i++)
		concepts.list.ptr[i] = value_literal(i == 2 ? "gitops" : "kubernetes");
	for (int i = 0; i < SKILLS; i++) {
		value *slots = b->slots[i];
		slots[0] = value_string(arena_printf(&b->a, "skill-%d", i));
		slots[1] = value_literal(i % 3 ? "Important" : "Core");
		slots[2] = value_double(i / 60.0);
		slots[3] = value_double(i / 50.0);
		slots[4] = concepts;
		slots[5] = value_literal(
			"Write Kubernetes controllers and operators in Go for multi-region platforms, with tests "
			"and runbooks");
		b->records[i] = (value){ .kind = V_RECORD, .record = { .ptr = slots, .type = &skill_record } };
	}
	b->bindings[0] = b->records[SKILLS / 2];
	b->bindings[1] = (value){ .kind = V_LIST, .list = { .ptr = b->records, .len = SKILLS } };
}

static cel_program *compile(arena *a, str expression)
{
	sources s = { .arena = a };
	diags d = { .arena = a, .sources = &s };
	text_run *run = NEW(a, text_run);
	located text = {
		.text = expression, .source = sources_add(&s, STR("x"), expression), .runs = { run, 1 }
	};
	static const cel_env env = { .ptr = variables, .len = COUNT(variables) };
	return run ? cel_compile(a, &text, &env, true, &d) : NULL;
}

static double time_compiling(const char *expression)
{
	double best = 1e18;
	for (int round = 0; round < ROUNDS; round++) {
		double start = now();
		for (int i = 0; i < COMPILES; i++) {
			arena a = { 0 };
			compile(&a, str_from(expression));
			arena_free(&a);
		}
		double each = (now() - start) / COMPILES;
		best = each < best ? each : best;
	}
	return best;
}

static double time_evaluating(const bench *b, const cel_program *p, unsigned count, unsigned *allocations)
{
	double best = 1e18;
	for (int round = 0; round < ROUNDS; round++) {
		arena scratch = { 0 };
		double start = now();
		for (unsigned i = 0; i < count; i++)
			cel_eval(p, b->bindings, &scratch, NULL);
		double each = (now() - start) / count;
		best = each < best ? each : best;
		*allocations = (scratch.count + count - 1) / count;
		arena_free(&scratch);
	}
	return best;
}

int main(void)
{
	bench *b = calloc(1, sizeof *b);
	if (!b)
		return EXIT_FAILURE;
	fill(b);
	printf("%10s %12s %12s  condition\n", "ns each", "allocations", "ns compile");
	for (size_t i = 0; i < COUNT(conditions); i++) {
		const cel_program *p = compile(&b->a, str_from(conditions[i].expression));
		unsigned allocations = 0;
		if (!p) {
			fprintf(stderr, "%s does not compile\n", conditions[i].expression);
			return EXIT_FAILURE;
		}
		double each = time_evaluating(b, p, conditions[i].evaluations, &allocations);
		printf("%10.0f %12u %12.0f  %s\n", each, allocations, time_compiling(conditions[i].expression),
			conditions[i].expression);
	}
	arena_free(&b->a);
	free(b);
	return EXIT_SUCCESS;
}
