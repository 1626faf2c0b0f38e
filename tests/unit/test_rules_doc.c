/* docs/rules.md against the program: every example is compiled and run, those marked `error` must fail, and
 * every fact, field, action, argument and choice is described. */
#define _POSIX_C_SOURCE 200809L
#include "world.h"

#include "base/io.h"

#include <stdlib.h>

static str read_doc(arena *a, diags *d)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	str text, path = io_join(a, str_from(root ? root : "."), STR("docs/rules.md"));
	require_that(io_read(&text, a, path.ptr, d), "%.*s", STRF(path));
	return text;
}

/* What the examples speak of. */
static void doc_world(world *w)
{
	world_init(w);
	add_module(w, "k8s", LEVEL_SENIOR, "kubernetes=2 operators=2", "o-deploy:kubernetes o-operator:operators",
		300, 900);
	add_module(w, "k8s-basics", LEVEL_MID, "kubernetes=1", "o-pods:kubernetes", 300, 600);
	add_module(w, "slo", LEVEL_SENIOR, "slo=2", "o-slo:slo", 300, 900);
	w->c.modules.ptr[0]->tags = words(&w->a, "operator-development");
	add_lab(w, "lab-a", LEVEL_SENIOR, "k8s", "o-deploy", 120)->tags = words(&w->a, "latency");
	add_scenario(w, "scn-kata", 0, "k8s slo", "o-deploy o-slo", 120);
	add_row(w, ROW_SKILL, "operators", "Core", 18, "kubernetes operators");
	add_row(w, ROW_TECHNOLOGY, "argocd flux", "Delivery", 12, "kubernetes");
	add_row(w, ROW_THEME, "reliability", "", 9, "slo");
	add_insight(w, "insight-1", "Labs: operators with lower latency");
	w->insights.ptr[0].label = STR("Labs");
	static const workbook_item experience = { .id = { .ptr = "e", .len = 1 },
		.text = { .ptr = "CKA preferred", .len = 13 } };
	w->w.experience.ptr = (workbook_item *)&experience;
	w->w.experience.len = 1;
}

typedef struct {
	str text;
	bool wrong; /* it must not compile */
	unsigned line;
} example;

typedef VEC(example) vec_example;

static vec_example examples_of(arena *a, str doc)
{
	vec_example out = { 0 };
	unsigned line = 1;
	size_t counted = 0;
	for (size_t at = 0; (at = str_find(doc, STR("\n```yaml"), at)) != SIZE_MAX;) {
		size_t from = str_find(doc, STR("\n"), at + 1) + 1, end = str_find(doc, STR("\n```\n"), from - 1);
		require_that(end != SIZE_MAX, "a block does not end");
		for (; counted < from; counted++)
			line += doc.ptr[counted] == '\n';
		str info = str_trim(str_sub(doc, at + 8, from - at - 9));
		require_that(
			info.len == 0 || str_eq(info, STR("error")), "line %u: ```yaml %.*s", line - 1, STRF(info));
		vec_push(a, &out,
			(example){ .text = str_sub(doc, from, end + 1 - from), .wrong = info.len > 0, .line = line });
		at = end;
	}
	return out;
}

/* Every rule of an example does something in the small course, or the example shows nothing. */
static void check_rules_act(world *w, const example *e)
{
	EACH (const rule *, r, w->rules) {
		bool acted = false;
		EACH (const effect, one, w->t.effects)
			acted |= one->rule == *r;
		require_that(acted, "docs/rules.md:%u: rule '%.*s' does nothing", e->line, STRF((*r)->id));
	}
}

static void check_example(const example *e, unsigned used[DO_KINDS])
{
	world w;
	doc_world(&w);
	bool ok = world_rules(&w, e->text);
	if (e->wrong) {
		require_that(!ok && w.d.errors, "docs/rules.md:%u: an example of a mistake compiles", e->line);
	} else {
		require_that(
			ok && world_run(&w) && !w.d.list.len, "docs/rules.md:%u\n%s", e->line, world_listing(&w));
		check_rules_act(&w, e);
		EACH (const effect, one, w.t.effects) {
			used[one->kind]++;
			require_that(one->because.len && str_find(one->because, STR("{{"), 0) == SIZE_MAX,
				"docs/rules.md:%u: %.*s", e->line, STRF(one->because));
		}
	}
	world_finish(&w);
}

Test(rules_doc, examples_run)
{
	arena a = { 0 };
	diags d = { .arena = &a };
	unsigned used[DO_KINDS] = { 0 };
	vec_example all = examples_of(&a, read_doc(&a, &d));
	require_that(all.len >= DO_KINDS + 3, "%zu examples", all.len);
	EACH (const example, e, all)
		check_example(e, used);
	for (int kind = 0; kind < DO_KINDS; kind++)
		require_that(used[kind] > 0, "no example of '%s'", action_kind_names[kind]);
	arena_free(&a);
	NO_LEAKS();
}

/* The part of the page below a heading. */
static str section(str doc, str heading)
{
	size_t from = str_find(doc, heading, 0);
	require_that(from != SIZE_MAX, "there is no heading '%.*s'", STRF(heading));
	size_t end = str_find(doc, STR("\n#"), from + heading.len - 1);
	return str_sub(doc, from, (end == SIZE_MAX ? doc.len : end) - from);
}

static bool mentions(arena *a, str text, str word)
{
	return str_find(text, arena_printf(a, "`%.*s`", STRF(word)), 0) != SIZE_MAX;
}

Test(rules_doc, actions_are_described)
{
	arena a = { 0 };
	diags d = { .arena = &a };
	str doc = read_doc(&a, &d), labs = section(doc, STR("### lab\n"));
	for (int kind = 0; kind < DO_KINDS; kind++) {
		str here = section(doc, arena_printf(&a, "### %s\n", action_kind_names[kind]));
		const action_spec *spec = &action_specs[kind];
		for (size_t i = 0; i < spec->param_count; i++) {
			const action_param *p = &spec->params[i];
			require_that(mentions(&a, here, str_from(p->name)), "'%s' of '%s' is not described", p->name,
				action_kind_names[kind]);
			for (size_t k = 0; p->choices && p->choices[k]; k++) {
				str choice = str_from(p->choices[k]); /* what labs say of `as` holds for scenarios too */
				require_that(
					mentions(&a, here, choice) || (kind == DO_SCENARIO && mentions(&a, labs, choice)),
					"'%s' of '%s'", p->choices[k], action_kind_names[kind]);
			}
		}
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(rules_doc, facts_are_described)
{
	arena a = { 0 };
	diags d = { .arena = &a };
	str facts_text = section(read_doc(&a, &d), STR("## Facts\n"));
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		const record_type *t = fact_type((fact_kind)kind);
		size_t row = str_find(facts_text, arena_printf(&a, "\n| `%s` |", fact_names[kind]), 0);
		require_that(row != SIZE_MAX, "no row for '%s'", fact_names[kind]);
		/* technology and theme, lab and scenario are told by what they differ in */
		fact_kind like = kind == FACT_TECHNOLOGY || kind == FACT_THEME ? FACT_SKILL
						 : kind == FACT_LAB || kind == FACT_SCENARIO   ? FACT_MODULE
																	   : (fact_kind)kind;
		size_t other = str_find(facts_text, arena_printf(&a, "\n| `%s` |", fact_names[like]), 0);
		str mine = str_sub(facts_text, row + 1, str_find(facts_text, STR("\n"), row + 1) - row - 1);
		str theirs = str_sub(facts_text, other + 1, str_find(facts_text, STR("\n"), other + 1) - other - 1);
		for (size_t i = 0; i < t->field_count; i++)
			require_that(mentions(&a, mine, t->fields[i].name) || mentions(&a, theirs, t->fields[i].name),
				"%s.%.*s is not described", fact_names[kind], STRF(t->fields[i].name));
	}
	arena_free(&a);
	NO_LEAKS();
}
