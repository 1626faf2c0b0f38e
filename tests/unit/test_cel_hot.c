/* Conditions are evaluated without allocation: neither an arena nor the heap is touched. And what is constant
 * is worked out when a condition is compiled, without a change to any error. */
#include "world.h"

#include "read/catalog.h"
#include "rules/cel.h"

#include <stdlib.h>

/* Calls of malloc, calloc and realloc so far, those of foreign libraries included. */
static size_t heap_calls;

#ifdef UNIT_LSAN
/* gcc brings no header that declares it */
extern int __sanitizer_install_malloc_and_free_hooks(
	void (*malloc_hook)(const volatile void *block, size_t size),
	void (*free_hook)(const volatile void *block));

static void heard_malloc(const volatile void *block, size_t size)
{
	(void)block;
	(void)size;
	heap_calls++;
}

static void heard_free(const volatile void *block)
{
	(void)block;
}

static bool listen(void)
{
	return __sanitizer_install_malloc_and_free_hooks(heard_malloc, heard_free) > 0;
}
#elif defined(__GLIBC__)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *block, size_t size);

void *malloc(size_t size)
{
	heap_calls++;
	return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	heap_calls++;
	return __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
	heap_calls++;
	return __libc_realloc(block, size);
}

static bool listen(void)
{
	return true;
}
#else
static bool listen(void)
{
	return false;
}
#endif

/* The compiler must not drop a block that nobody uses. */
static void *volatile kept;

static void start_listening(void)
{
	if (!listen())
		cr_skip_test("no way to count calls of malloc here");
	size_t before = heap_calls;
	kept = malloc(10);
	free(kept);
	cr_assert(heap_calls > before, "calls of malloc are not heard");
}

static void facts_world(world *w)
{
	world_init(w);
	add_row(w, ROW_SKILL, "kubernetes", "Core", 18, "kubernetes operators");
	add_row(w, ROW_SKILL, "terraform", "Important", 9, "iac");
	add_row(w, ROW_SKILL, "cuda", "Nice", 2, "gpu");
	add_row(w, ROW_TECHNOLOGY, "argocd flux", "Delivery", 12, "kubernetes");
	add_row(w, ROW_THEME, "reliability", "", 9, "slo");
	add_insight(w, "insight-1", "Labs: operators with lower latency across multi-region GPU fleets");
	add_insight(w, "insight-2", "Senior engineers mentor others and quantify results; audits are automated");
	world_complete(w);
}

typedef struct {
	factset set;
	value lists[FACT_KINDS];
	value bindings[FACT_VARIABLES];
} facts_at_hand;

/* Evaluates twice, and nothing may be allocated either time. */
static value evaluate_cold(const cel_program *p, const value *bindings, arena *compiled, const char *what)
{
	value v = V_NONE;
	for (int i = 0; i < 2; i++) {
		arena scratch = { 0 };
		size_t calls = heap_calls;
		unsigned count = compiled->count;
		v = cel_eval(p, bindings, &scratch, NULL);
		cr_expect(heap_calls == calls, "%s: %zu calls of malloc", what, heap_calls - calls);
		cr_expect(compiled->count == count, "%s: the arena of the program was used", what);
		cr_expect(scratch.count == 0, "%s: %u allocations in the arena", what, scratch.count);
		cr_expect(v.kind != V_ERROR, "%s: %.*s", what, STRF(v.kind == V_ERROR ? v.string : STR("")));
		arena_free(&scratch);
	}
	return v;
}

static const cel_program *compile_for(world *w, fact_kind subject, const char *expression)
{
	str text = str_from(expression);
	text_run *run = NEW(&w->a, text_run);
	cel_variable *store = NEWN(&w->a, cel_variable, FACT_VARIABLES);
	located where = { .text = text, .source = sources_add(&w->sources, STR("x"), text), .runs = { run, 1 } };
	cel_env env = factset_env(subject, store);
	const cel_program *p = cel_compile(&w->a, &where, &env, true, &w->d);
	require_that(p != NULL, "%s\n%s", expression, world_listing(w));
	return p;
}

Test(cel_hot, conditions_allocate_nothing)
{
	static const char *const conditions[] = {
		"skill.category == 'Core' && skill.low >= 0.5",
		"skill.count / sample.size > 0.25 || !(skill.rank <= 3.0)",
		"skill.category in ['Core', 'Important', 'Emerging']",
		"'kubernetes' in skill.concepts",
		"skill.name.startsWith('ku') || skill.name.endsWith('form') || skill.name.contains('uda')",
		"skill.name.matches('(?i)^KUBER') || skill.notes.matches(r'\\bGo\\b')",
		"skill.name.matches('(a|b)+' + '(?i)x*')",
		"skills.exists(s, s.id == 'terraform' && s.share > 0.3)",
		"skills.all(s, s.concepts.exists(c, c.size() > 2))",
		"skills.exists_one(s, s == skill) && skill in skills",
		"size(skills.filter(s, s.low > 0.3)) >= 1 && skills.filter(s, s.low > 0.3).size() < 100",
		"has(skill.low) ? skills[0].low > 0.1 : false",
		"skill.share * 100.0 + -skill.low >= double('12.5') - 3.0 * 2.0",
		"timestamp('2024-02-29T12:00:00Z') < timestamp('2024-03-01T00:00:00Z') && skill.low > 0.0",
		"duration('1h').getMinutes() == 60 && timestamp(0).getHours('+01:00') == 1",
		"{'a': 1, 'b': 2}['a'] == 1 && skill.category in {'Core': true, 'Nice': false}",
		"size(skill.concepts) > 0 && size('gr\\u00fc\\u00df') == 4 && skill.name.size() < 100",
		"int(skill.count) % 2 == 0 || type(skill.count) == double",
		"insights.exists(i, i.text.matches('(?i)\\\\boperators?\\\\b') && !i.text.matches('(x+x+)+y'))",
		"technology.tools.exists(t, t in ['argocd', 'flux', 'tekton']) || technology.low > 0.9",
		"(true || false) && [1, 2].exists(x, x == 2)",
	};
	world w;
	facts_at_hand h;
	facts_world(&w);
	start_listening();
	factset_init(&h.set, &w.a, &w.f, &w.settings);
	factset_lists(&h.set, h.lists, &w.a);
	for (size_t i = 0; i < COUNT(conditions); i++) {
		fact_kind subject = str_starts(str_from(conditions[i]), STR("tech")) ? FACT_TECHNOLOGY : FACT_SKILL;
		const cel_program *p = compile_for(&w, subject, conditions[i]);
		EACH (fact *, f, h.set.of[subject]) {
			factset_bind(*f, h.lists, h.bindings);
			value v = evaluate_cold(p, h.bindings, &w.a, conditions[i]);
			cr_expect(v.kind == V_BOOL, "%s: not a bool", conditions[i]);
		}
	}
	world_finish(&w);
}

/* What the counters see when something is allocated; otherwise the tests here would prove nothing. */
Test(cel_hot, allocations_are_seen)
{
	world w;
	facts_at_hand h;
	facts_world(&w);
	start_listening();
	factset_init(&h.set, &w.a, &w.f, &w.settings);
	factset_lists(&h.set, h.lists, &w.a);
	factset_bind(h.set.of[FACT_SKILL].ptr[0], h.lists, h.bindings);
	arena scratch = { 0 };
	size_t calls = heap_calls;
	cel_eval(compile_for(&w, FACT_SKILL, "skill.name + 'x' == ''"), h.bindings, &scratch, NULL);
	cr_expect(scratch.count == 1, "%u", scratch.count);
	calls = heap_calls;
	cel_eval(compile_for(&w, FACT_SKILL, "'a'.matches(skill.name)"), h.bindings, &scratch, NULL);
	cr_expect(heap_calls > calls);
	arena_free(&scratch);
	world_finish(&w);
}

static size_t run_shipped(world *w, facts_at_hand *h, fact_kind kind)
{
	size_t count = 0;
	EACH (compiled_rule, r, w->set.rules) {
		if (!r->when || r->subject != kind)
			continue;
		count++;
		if (!fact_is_list(kind)) {
			factset_bind(NULL, h->lists, h->bindings);
			evaluate_cold(r->when, h->bindings, &w->a, arena_cstr(&w->a, r->rule->id));
			continue;
		}
		EACH (fact *, f, h->set.of[kind]) {
			const char *id = arena_cstr(&w->a, r->rule->id);
			factset_bind(*f, h->lists, h->bindings);
			evaluate_cold(r->when, h->bindings, &w->a, id);
		}
	}
	return count;
}

Test(cel_hot, shipped_rules_allocate_nothing, .timeout = 60)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	world w;
	facts_at_hand h;
	vec_rule rules = { 0 };
	catalog_input in = { .rules = &rules };
	facts_world(&w);
	in.catalog = &w.c;
	require_that(catalog_read(&in, &w.a, str_from(root ? root : "."), false, &w.d), "%s", world_listing(&w));
	require_that(ruleset_compile(&w.set, &w.a, rules.ptr, rules.len, &w.d), "%s", world_listing(&w));
	start_listening();
	factset_init(&h.set, &w.a, &w.f, &w.settings);
	factset_lists(&h.set, h.lists, &w.a);
	size_t count = 0;
	for (int kind = 0; kind < FACT_KINDS; kind++)
		count += run_shipped(&w, &h, (fact_kind)kind);
	cr_expect(count >= 20, "only %zu rules with a condition", count);
	world_finish(&w);
}
