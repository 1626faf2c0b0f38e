/* Findings about rules: which conditions are known never or always to hold, which rule makes another one
 * superfluous, which names and items lead nowhere, and how much work that takes. */
#include "rules/lint.h"
#include "rules/lint_parts.h"
#include "world.h"

/* ---- conditions */

typedef enum { MAY, NEVER, ALWAYS } verdict;

typedef struct {
	const char *subject, *condition;
	verdict expected;
	const char *part, *says; /* what is underlined, and a part of the message */
} judgement;

static const judgement judgements[] = {
	/* domains of numbers */
	{ "skill", "skill.share >= 50", NEVER, "skill.share >= 50", "goes from 0 to 1 (50 % is 0.5)" },
	{ "skill", "skill.share > 1.0", NEVER, "skill.share > 1.0", "never holds" },
	{ "skill", "skill.share >= 1", MAY, NULL, NULL },
	{ "skill", "skill.share <= 1.0", ALWAYS, "skill.share <= 1.0", "always holds" },
	{ "skill", "skill.share < 1.0", MAY, NULL, NULL },
	{ "skill", "skill.share == 1.5", NEVER, "skill.share == 1.5", NULL },
	{ "skill", "skill.share != 1.5", ALWAYS, "skill.share != 1.5", NULL },
	{ "skill", "skill.share != 0.5", MAY, NULL, NULL },
	{ "skill", "skill.low < 0.0", NEVER, NULL, NULL },
	{ "skill", "skill.low <= 0.0", MAY, NULL, NULL },
	{ "skill", "skill.high95 >= 0.0", ALWAYS, NULL, NULL },
	{ "skill", "skill.count >= 50", MAY, NULL, NULL },
	{ "skill", "skill.count < 0.0", NEVER, NULL, "skill.count is at least 0" },
	{ "skill", "skill.rank < 1", NEVER, NULL, "rank 1 is the most frequent" },
	{ "skill", "skill.rank <= 1", MAY, NULL, NULL },
	{ "skill", "skill.weight < -1.0", NEVER, NULL, NULL },
	{ "skill", "skill.weight > 50.0", MAY, NULL, NULL },
	{ "theme", "theme.high > 80", NEVER, NULL, NULL },
	{ "technology", "technology.low95 == 30", NEVER, NULL, NULL },
	{ "sample", "sample.size < 1.0", NEVER, NULL, "at least 1" },
	{ "sample", "experience.years_min < -1.0", NEVER, NULL, "'not said'" },
	{ "sample", "experience.years_max == -1.0", MAY, NULL, NULL },
	{ "course", "course.lab_share > 45.0", NEVER, NULL, "goes from 0 to 1" },
	{ "course", "course.hours == 0.0", MAY, NULL, NULL },
	{ "course", "course.hours > 10000.0", NEVER, NULL, NULL },
	{ "course", "course.weeks < 0.0", NEVER, NULL, NULL },
	{ "course", "course.hours_per_week > 200.0", NEVER, NULL, NULL },
	{ "module", "module.minutes <= 0.0", NEVER, NULL, "is above 0" },
	{ "module", "module.emphasis <= 0.0", NEVER, NULL, NULL },
	{ "module", "module.emphasis > 1.2", MAY, NULL, NULL },
	{ "lab", "lab.emphasis > 1.2", NEVER, NULL, "is always 1" },
	{ "lab", "lab.emphasis == 1.0", ALWAYS, NULL, NULL },
	/* strings */
	{ "skill", "skill.category == 'core'", NEVER, NULL, "did you mean 'Core'?" },
	{ "skill", "skill.category == 'CORE'", NEVER, NULL, "did you mean 'Core'?" },
	{ "skill", "skill.category != 'Must'", ALWAYS, NULL, "Core, Important, Emerging or Nice" },
	{ "skill", "skill.category == 'Core'", MAY, NULL, NULL },
	{ "technology", "technology.category == 'core'", MAY, NULL, NULL },
	{ "skill", "skill.name == 'core'", MAY, NULL, NULL },
	{ "skill", "skill.category in ['Core', 'Important', 'Emerging', 'Nice']", ALWAYS, NULL, NULL },
	{ "skill", "skill.category in ['Core', 'Important', 'Emerging']", MAY, NULL, NULL },
	{ "skill", "!(skill.category in ['Core', 'Important', 'Emerging', 'Nice'])", NEVER, NULL, NULL },
	{ "skill",
		"skill.category != 'Core' && skill.category != 'Nice' && !(skill.category in ['Important', "
		"'Emerging'])",
		NEVER, NULL, "the parts never hold together" },
	{ "skill", "skill.id in []", NEVER, NULL, "the list is empty" },
	{ "skill", "skill.id == 'a' && skill.id == 'b'", NEVER, "skill.id == 'b'",
		"\"skill.id == 'a'\" and \"skill.id == 'b'\" never hold together" },
	{ "skill", "skill.id == 'a' && skill.id in ['b', 'a']", MAY, NULL, NULL },
	{ "skill", "skill.id in ['a', 'b'] && skill.id != 'a' && skill.id != 'b'", NEVER, NULL, NULL },
	{ "skill", "'a' == skill.id && 'b' == skill.id", NEVER, NULL, NULL },
	{ "skill", "skill.id == 'a' && skill.name == 'b'", MAY, NULL, NULL },
	{ "skill", "skill.id < 'a' && skill.id > 'b'", MAY, NULL, NULL },
	{ "course", "course.level == 'Senior'", NEVER, NULL, "did you mean 'senior'?" },
	{ "course", "course.level in ['senior', 'expert']", MAY, NULL, NULL },
	{ "module", "module.level == 'expert'", NEVER, NULL, NULL },
	{ "scenario", "scenario.kind == 'katta'", NEVER, NULL, "did you mean 'kata'?" },
	/* intervals, open and closed */
	{ "skill", "skill.low >= 0.5 && skill.low < 0.5", NEVER, "skill.low < 0.5", NULL },
	{ "skill", "skill.low >= 0.5 && skill.low <= 0.5", MAY, NULL, NULL },
	{ "skill", "skill.low > 0.5 && skill.low <= 0.5", NEVER, NULL, NULL },
	{ "skill", "skill.low >= 0.5 && skill.low <= 0.5 && skill.low != 0.5", NEVER, NULL, NULL },
	{ "skill", "skill.low > 0.4 && skill.low < 0.5 && skill.low != 0.45", MAY, NULL, NULL },
	{ "skill", "skill.low > 0.5 && skill.high < 0.3", MAY, NULL, NULL },
	{ "skill", "skill.low == 0.5 && skill.low > 0.6", NEVER, NULL, NULL },
	{ "skill", "skill.low in [0.1, 0.2] && skill.low > 0.2", NEVER, NULL, NULL },
	{ "skill", "skill.low in [0.1, 0.2] && skill.low > 0.1", MAY, NULL, NULL },
	{ "skill", "skill.low in [10, 20.0]", NEVER, NULL, NULL },
	{ "skill", "skill.count == 5 && skill.count == 5.0", MAY, NULL, NULL },
	{ "skill", "skill.count == 5 && skill.count == 6u", NEVER, NULL, NULL },
	{ "skill", "0.5 < skill.low && 0.4 > skill.low", NEVER, NULL, NULL },
	{ "skill", "0.5 < skill.low && 0.6 > skill.low", MAY, NULL, NULL },
	{ "skill", "skill.low >= 0.25 + 0.25 && skill.low < 1.0 / 2.0", NEVER, NULL, NULL },
	/* beyond exact doubles, nothing is said */
	{ "skill", "skill.count == 9007199254740993 && skill.count != 9007199254740992", MAY, NULL, NULL },
	/* NaN */
	{ "skill", "skill.low < 0.0 / 0.0", NEVER, NULL, "NaN is not comparable" },
	{ "skill", "skill.low == 0.0 / 0.0", NEVER, NULL, NULL },
	{ "skill", "skill.low != 0.0 / 0.0", ALWAYS, NULL, NULL },
	{ "skill", "!(skill.low >= 0.0 / 0.0)", ALWAYS, NULL, NULL },
	{ "skill", "skill.count * 0.5 < 1.0 || skill.count * 0.5 >= 1.0", MAY, NULL, NULL },
	{ "skill", "skill.count < 1.0 / 0.0", MAY, NULL, NULL },
	/* whole numbers */
	{ "skill", "size(skill.concepts) < 0", NEVER, NULL, NULL },
	{ "skill", "size(skill.concepts) > 0", MAY, NULL, NULL },
	{ "skill", "skill.concepts.size() > 0 && size(skill.concepts) < 1", NEVER, NULL, NULL },
	{ "skill", "size(skill.concepts) >= 0", ALWAYS, NULL, NULL },
	/* truth values */
	{ "module", "module.required && !module.required", NEVER, "!module.required", NULL },
	{ "module", "module.required || !module.required", ALWAYS, NULL, "one of" },
	{ "module", "module.required == true && module.required != true", NEVER, NULL, NULL },
	{ "module", "module.required == false && false != module.required", NEVER, NULL, NULL },
	{ "module", "module.required == true && module.required", MAY, NULL, NULL },
	{ "lab", "lab.required && !modules[0].required", MAY, NULL, NULL },
	/* opaque conditions */
	{ "insight", "insight.text.matches('a') && !insight.text.matches('a')", NEVER, NULL, NULL },
	{ "insight", "insight.text.matches('a') && !insight.text.matches('b')", MAY, NULL, NULL },
	{ "insight", "insight.text . matches ( 'a' ) && !(insight.text.matches(\"a\"))", NEVER, NULL, NULL },
	{ "skill", "'baking' in skill.concepts && !('baking' in skill.concepts)", NEVER, NULL, NULL },
	{ "skill", "'baking' in skill.concepts && 'kneading' in skill.concepts", MAY, NULL, NULL },
	{ "skill", "skill.low > skill.high && !(skill.high < skill.low)", NEVER, NULL, NULL },
	{ "skill", "skill.low == skill.high && skill.low != skill.high", NEVER, NULL, NULL },
	{ "skill", "(skill.low > 2.0 ? true : false) && skill.count > 1.0", MAY, NULL, NULL },
	{ "skill", "skill.low > 0.5 ? skill.low < 0.1 : false", MAY, NULL, NULL },
	{ "skill", "dyn(skill.low) > 5.0", MAY, NULL, NULL },
	{ "skill", "1 / 0 > 1", MAY, NULL, NULL },
	{ "skill", "1 / 0 > 1 && skill.share > 2.0", NEVER, "skill.share > 2.0", NULL },
	/* constants */
	{ "skill", "true", MAY, NULL, NULL },
	{ "skill", "false", NEVER, "false", NULL },
	{ "skill", "1 < 2", ALWAYS, "1 < 2", NULL },
	{ "skill", "'a' == 'b'", NEVER, NULL, NULL },
	{ "skill", "skill.count > 1.0 && 2 < 1", NEVER, "2 < 1", NULL },
	/* nesting */
	{ "skill", "(skill.low > 0.9 || skill.low < 0.1) && skill.low == 0.5", NEVER, NULL, NULL },
	{ "skill", "(skill.low > 0.9 || skill.low < 0.1) && skill.low <= 0.05", MAY, NULL, NULL },
	{ "skill", "!(skill.low < 0.5 || skill.count > 3.0) && skill.low < 0.5", NEVER, NULL, NULL },
	{ "skill", "!(skill.low < 0.5 && skill.count > 3.0) && skill.low < 0.5", MAY, NULL, NULL },
	{ "skill", "!(skill.low < 0.5 && skill.count > 3.0) && skill.low < 0.5 && skill.count > 4.0", NEVER, NULL,
		NULL },
	{ "skill", "!!(skill.low > 1.0)", NEVER, "skill.low > 1.0", NULL },
	{ "skill", "(skill.share > 2.0 || skill.low > 3.0)", NEVER, "skill.share > 2.0", NULL },
	{ "skill", "skill.id == 'a' ? true : true", MAY, NULL, NULL },
	/* has */
	{ "skill", "has(skill.low)", ALWAYS, "has(skill.low)", "every skill has all its fields" },
	{ "skill", "!has(skill.low)", NEVER, "has(skill.low)", NULL },
	/* macros */
	{ "course", "skills.exists(s, s.share > 5.0)", NEVER, "s.share > 5.0", "s.share goes from 0 to 1" },
	{ "course", "skills.exists_one(s, s.share > 5.0)", NEVER, NULL, NULL },
	{ "course", "skills.all(s, s.share > 5.0)", MAY, NULL, NULL },
	{ "course", "skills.all(s, s.share <= 1.0)", ALWAYS, "s.share <= 1.0", NULL },
	{ "course", "!skills.exists(s, s.share > 5.0)", ALWAYS, NULL, NULL },
	{ "course", "skills.exists(s, s.id == 'a' && s.id == 'b')", NEVER, "s.id == 'b'", NULL },
	{ "course", "skills.exists(s, s.id == 'a') && skills.exists(s, s.id == 'b')", MAY, NULL, NULL },
	{ "course", "skills.exists(s, s.low > 0.5) && !skills.exists(t, t.low > 0.5)", NEVER, NULL, NULL },
	{ "course", "skills.exists(s, true)", MAY, NULL, NULL },
	{ "course", "skills.exists(s, themes.exists(t, s.low > t.low) && !themes.exists(t, t.low > t.low))", MAY,
		NULL, NULL },
	{ "skill", "skills.exists(skill, skill.low < 0.1) && skill.low > 0.5", MAY, NULL, NULL },
};

/* A note does nothing that depends on the condition. Quoted, so that any condition can be written. */
static str rule_text(arena *a, const judgement *j)
{
	return arena_printf(a,
		"rules:\n  - id: r\n    for: %s\n    when: |\n      %s\n    then: [{note: {text: x}}]\n    because: "
		"why\n"
		"  - id: adds\n    for: theme\n    when: theme.low > 0.5\n    then: [{module: {id: m}}, {lab: {tag: "
		"t}}, {scenario: {kind: kata}}]\n    because: why\n",
		j->subject, j->condition);
}

static void lint_world(world *w)
{
	world_init(w);
	add_module(w, "m", LEVEL_SENIOR, "baking=2 kneading=1", "o1:baking", 300, 600)->tags =
		words(&w->a, "safety");
	add_lab(w, "l", LEVEL_SENIOR, "m", "o1", 60)->tags = words(&w->a, "t");
	add_scenario(w, "s", 0, "m", "o1", 60);
	static concept known[] = { { .id = { .ptr = "baking", .len = 6 } },
		{ .id = { .ptr = "kneading", .len = 8 } } };
	for (size_t i = 0; i < COUNT(known); i++) {
		vec_push(&w->a, &w->c.concepts, &known[i]);
		world_register(w, "concept", known[i].id, &known[i]);
	}
	world_complete(w);
}

static bool lint_it(world *w, uint32_t own_from)
{
	arena scratch = { 0 };
	lint_input in = { .rules = &w->set, .catalog = &w->c, .own_from = own_from };
	bool ok = lint_rules(&in, &scratch, &w->d);
	require(!scratch.failed);
	arena_free(&scratch);
	return ok;
}

static void judge(const judgement *j)
{
	world w;
	lint_world(&w);
	str text = rule_text(&w.a, j);
	require_that(world_rules(&w, text), "%s\n%s", j->condition, world_listing(&w));
	require_that(lint_it(&w, UINT32_MAX), "%s", j->condition);
	const diag *one = w.d.list.ptr;
	bool whole = w.d.list.len == 1 &&
				 (one->code == E_RULE_NEVER || str_find(one->text, STR("excludes nothing"), 0) != SIZE_MAX);
	verdict got = !whole ? MAY : one->code == E_RULE_NEVER ? NEVER : ALWAYS;
	require_that(
		got == j->expected, "%s: %d and not %d\n%s", j->condition, got, j->expected, world_listing(&w));
	if (j->part) {
		str there = str_sub(text, one->at.offset, one->length);
		require_that(str_eq(there, str_from(j->part)), "%s: at '%.*s'", j->condition, STRF(there));
	}
	if (j->says)
		require_that(
			str_find(one->text, str_from(j->says), 0) != SIZE_MAX, "%s: %.*s", j->condition, STRF(one->text));
	world_finish(&w);
}

Test(lint, conditions)
{
	for (size_t i = 0; i < COUNT(judgements); i++)
		judge(&judgements[i]);
}

/* What is too large is not judged, and takes no exponential time. */
Test(lint, bounds)
{
	world w;
	lint_world(&w);
	buf b = { .arena = &w.a };
	for (int i = 0; i < 40; i++)
		buf_printf(&b, "%s(skill.low > 0.%02d || skill.name == 'n%d')", i ? " && " : "", i + 10, i);
	buf_printf(&b, " && skill.count < 1.0");
	judgement j = { .subject = "skill", .condition = arena_cstr(&w.a, buf_done(&b)) };
	require(world_rules(&w, rule_text(&w.a, &j)) && lint_it(&w, UINT32_MAX));
	require_that(w.d.list.len == 0, "%s", world_listing(&w));
	buf_printf(&b, " && skill.count > 2.0 && skill.low < 0.0");
	j.condition = arena_cstr(&w.a, buf_done(&b));
	require(world_rules(&w, rule_text(&w.a, &j)) && lint_it(&w, UINT32_MAX));
	require_that(w.d.list.len == 1 && w.d.list.ptr->code == E_RULE_NEVER, "%s", world_listing(&w));
	world_finish(&w);
}

/* Alternatives in each other, as deep as an expression may be: the work ends before all is multiplied out. */
Test(lint, deep)
{
	world w;
	lint_world(&w);
	buf b = { .arena = &w.a };
	enum { LEVELS = 110 };
	for (int i = 0; i < LEVELS; i++)
		buf_printf(&b, "(");
	buf_printf(&b, "skill.count > 1.0");
	for (int i = 0; i < LEVELS; i++)
		buf_printf(&b, " && skill.count != %d.0 || skill.name.contains('%d'))", i + 2, i);
	judgement j = { .subject = "skill", .condition = arena_cstr(&w.a, buf_done(&b)) };
	require_that(world_rules(&w, rule_text(&w.a, &j)), "%s", world_listing(&w));
	require(lint_it(&w, UINT32_MAX));
	require_that(w.d.list.len == 0, "%s", world_listing(&w));
	world_finish(&w);
}

/* ---- findings, as a list */

/* "line slug", one for each diagnostic. */
static void expect_findings(world *w, const char *name, const char *expected)
{
	buf out = { .arena = &w->a };
	EACH (const diag, one, w->d.list)
		buf_printf(&out, "%s%u %s", out.len ? ", " : "", sources_position(&w->sources, one->at).line,
			diag_slug(one->code));
	str said = buf_done(&out);
	require_that(str_eq(said, str_from(expected)), "%s: said '%.*s', expected '%s'\n%s", name, STRF(said),
		expected, world_listing(w));
}

/* Two rules, at lines 2 and 7. */
typedef struct {
	const char *first, *second; /* for, when, priority and then in flow style, without id */
	const char *expected;
} pair;

#define SKILL "for: skill, "
#define LAB "then: [{lab: {for: =skill.concepts}}]"
static const pair pairs[] = {
	/* the later of two that are equal */
	{ SKILL LAB, SKILL LAB, "7 rule-shadowed" },
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL "when: 0.5 < skill.low, " LAB, "7 rule-shadowed" },
	/* the narrower one, wherever it stands */
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL LAB, "2 rule-shadowed" },
	{ SKILL "when: skill.low > 0.2, " LAB, SKILL "when: skill.low > 0.5, " LAB, "7 rule-shadowed" },
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL "when: skill.low > 0.2, " LAB, "2 rule-shadowed" },
	{ SKILL "when: skill.low < 0.5, " LAB, SKILL "when: skill.low <= 0.5, " LAB, "2 rule-shadowed" },
	{ SKILL "when: \"skill.id in ['a', 'b']\", " LAB, SKILL "when: skill.id == 'b', " LAB,
		"7 rule-shadowed" },
	{ SKILL "when: skill.low >= 0.5, " LAB, SKILL "when: skill.low > 0.5, " LAB, "7 rule-shadowed" },
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL "when: skill.low == 0.6, " LAB, "7 rule-shadowed" },
	{ SKILL "when: skill.low != 0.1, " LAB, SKILL "when: skill.low > 0.5, " LAB, "7 rule-shadowed" },
	{ SKILL "when: \"skill.id in ['a', 'b']\", " LAB, SKILL "when: skill.id == 'a', " LAB,
		"7 rule-shadowed" },
	{ SKILL "when: skill.id == 'a', " LAB, SKILL "when: skill.id == 'a' && skill.low > 0.1, " LAB,
		"7 rule-shadowed" },
	{ SKILL "when: skill.low > 0.5 || skill.count > 3.0, " LAB, SKILL "when: skill.count > 4.0, " LAB,
		"7 rule-shadowed" },
	{ SKILL "when: skill.id == 'a' || skill.id == 'b', " LAB, SKILL "when: skill.id == 'b', " LAB,
		"7 rule-shadowed" },
	{ SKILL "when: skill.name.matches('x'), " LAB,
		SKILL "when: skill.name.matches('x') && skill.low > 0.1, " LAB, "7 rule-shadowed" },
	{ SKILL LAB, SKILL "then: [{lab: {for: =skill.concepts, as: elective}}]", "7 rule-shadowed" },
	{ SKILL LAB, SKILL "then: [{lab: {all: false, as: required, for: =skill.concepts}}]", "7 rule-shadowed" },
	{ SKILL "then: [{module: {id: m}}, {lab: {id: l}}]", SKILL "then: [{lab: {id: l}}]", "7 rule-shadowed" },
	{ SKILL "then: [{module: {teaches: [baking]}}]",
		SKILL "then: [{module: {teaches: baking, at_least: working}}]", "7 rule-shadowed" },
	{ SKILL "then: [{require: {of: lab, has: metrics}}]", SKILL "then: [{require: {of: lab, has: metrics}}]",
		"7 rule-shadowed" },
	{ SKILL "then: [{target: {lab: l, use: stretch}}]", SKILL "then: [{target: {lab: l, use: stretch}}]",
		"7 rule-shadowed" },
	{ SKILL "priority: 5, then: [{set: {hours: 9}}]", SKILL "then: [{set: {hours: 8}}]", "7 rule-shadowed" },
	{ SKILL "then: [{set: {hours: 9}}]", SKILL "then: [{set: {hours: 9.0}}]", "7 rule-shadowed" },
	{ SKILL "then: [{set: {hours: 9}}]", SKILL "priority: 5, then: [{set: {hours: 8}}]", "2 rule-shadowed" },
	/* not: another subject, another way round, other things done */
	{ SKILL "then: [{lab: {id: l}}]", "for: theme, then: [{lab: {id: l}}]", "" },
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL "when: skill.low < 0.6, " LAB, "" },
	{ SKILL "when: skill.low > 0.5, " LAB, SKILL "when: skill.high > 0.6, " LAB, "" },
	{ SKILL "when: skill.id == 'a', " LAB, SKILL "when: skill.id == 'b', " LAB, "" },
	{ SKILL "when: skill.id == 'a', " LAB, SKILL "when: \"skill.id in ['a', 'b']\", " LAB,
		"2 rule-shadowed" },
	{ SKILL "when: skill.name.matches('x'), " LAB, SKILL "when: skill.name.matches('y'), " LAB, "" },
	{ SKILL "then: [{lab: {for: =skill.concepts, as: elective}}]", SKILL "when: skill.low > 0.5, " LAB, "" },
	{ SKILL LAB, SKILL "then: [{lab: {for: =skill.concepts, all: true}}]", "" },
	{ SKILL LAB, SKILL "then: [{scenario: {for: =skill.concepts}}]", "" },
	{ SKILL LAB, SKILL "then: [{lab: {for: =skill.concepts}}, {lab: {id: l}}]", "2 rule-shadowed" },
	{ SKILL "then: [{lab: {id: l}}]",
		SKILL "when: skill.low > 0.3, then: [{lab: {id: l}}, {module: {id: m}}]", "" },
	{ SKILL "then: [{module: {teaches: baking, at_least: expert}}]",
		SKILL "then: [{module: {teaches: baking}}]", "" },
	{ SKILL "then: [{emphasise: {tag: safety, factor: 1.5}}]",
		SKILL "then: [{emphasise: {tag: safety, factor: 1.5}}]", "" },
	{ SKILL "then: [{note: {text: a}}]", SKILL "then: [{note: {text: b}}]", "" },
	{ SKILL "then: [{set: {hours: 9}}]", SKILL "then: [{set: {hours: 8}}]", "" },
	{ SKILL "when: skill.low > 0.5, priority: 5, then: [{set: {hours: 9}}]",
		SKILL "then: [{set: {hours: 8}}]", "" },
	{ SKILL "priority: 5, then: [{set: {hours: 9}}]", SKILL "then: [{set: {hours: 8, weeks: 2}}]", "" },
	{ SKILL "then: [{target: {lab: l, use: stretch}}]", SKILL "then: [{target: {lab: l, use: target}}]", "" },
	/* a rule that never fires is reported for that, and makes nothing superfluous */
	{ SKILL "when: skill.low > 2.0, " LAB, SKILL LAB, "2 rule-never-fires" },
	{ SKILL LAB, SKILL "when: skill.low > 2.0, " LAB, "7 rule-never-fires" },
};

Test(lint, pairs)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		world w;
		lint_world(&w);
		str text =
			arena_printf(&w.a, "rules:\n  - {id: a, because: x, %s}\n\n\n\n\n  - {id: b, because: x, %s}\n",
				pairs[i].first, pairs[i].second);
		w.c.scenarios.len = 0; /* nothing picks it here, which is another finding */
		require_that(world_rules(&w, text), "%s\n%s\n%s", pairs[i].first, pairs[i].second, world_listing(&w));
		lint_it(&w, UINT32_MAX);
		expect_findings(&w, arena_cstr(&w.a, text), pairs[i].expected);
		world_finish(&w);
	}
}

Test(lint, three_that_are_equal)
{
	world w;
	lint_world(&w);
	w.c.scenarios.len = 0;
	require(world_rules(&w, STR("rules:\n"
								"  - {id: c, for: course, because: x, then: [{note: {text: n}}]}\n"
								"  - {id: b, for: course, because: x, then: [{note: {text: n}}]}\n"
								"  - {id: a, for: course, because: x, then: [{note: {text: n}}]}\n")));
	lint_it(&w, UINT32_MAX);
	expect_findings(&w, "three", "3 rule-shadowed, 4 rule-shadowed");
	require(str_find(w.d.list.ptr[0].text, STR("rule 'c' (r.yaml:2:5) does the same"), 0) != SIZE_MAX);
	world_finish(&w);
}

/* The last target counts, so one that stands between two that are equal keeps both. */
Test(lint, targets_that_disagree)
{
	for (int disagree = 0; disagree < 2; disagree++) {
		world w;
		lint_world(&w);
		w.c.scenarios.len = 0;
		str text = arena_printf(&w.a,
			"rules:\n"
			"  - {id: a, for: course, because: x, then: [{target: {tag: t, use: stretch}}]}\n"
			"  - {id: b, for: course, because: x, then: [{target: {lab: l, use: %s}}]}\n"
			"  - {id: c, for: course, because: x, then: [{target: {tag: t, use: stretch}}]}\n",
			disagree ? "target" : "stretch");
		require(world_rules(&w, text));
		lint_it(&w, UINT32_MAX);
		expect_findings(&w, "targets", disagree ? "" : "4 rule-shadowed");
		world_finish(&w);
	}
}

/* ---- names, and items that nothing leads to */

typedef struct {
	const char *rules; /* after "rules:\n", the first one at line 2 */
	const char *expected;
	bool wrong; /* an error */
} listing;

#define R(text) "  - {id: r" text ", because: x}\n"
#define S "  - {id: s, for: course, because: x, then: [{scenario: {kind: kata}}]}\n"
static const listing listings[] = {
	{ R(", for: skill, then: [{module: {id: n}}]") S, "2 unknown-reference", true },
	{ R(", for: skill, then: [{module: {id: m}}]") S, "", false },
	{ R(", for: skill, then: [{module: {id: =skill.id}}]") S, "", false },
	{ R(", for: skill, when: skill.low > 2.0, then: [{lab: {id: n}}]") S,
		"2 unknown-reference, 2 rule-never-fires", true },
	{ R(", for: skill, then: [{lab: {integrates: n}}]") S, "2 unknown-reference", true },
	{ R(", for: skill, then: [{scenario: {id: n}}, {scenario: {integrates: l}}]") S,
		"2 unknown-reference, 2 unknown-reference", true },
	{ R(", for: skill, then: [{target: {lab: m, use: stretch}}, {setting: {scenario: l, technologies: x}}]")
			S,
		"2 unknown-reference, 2 unknown-reference", true },
	{ R(", for: skill, then: [{require: {of: scenario, has: [roles, metrics]}}]") S, "2 unknown-name", true },
	{ R(", for: skill, then: [{module: {teaches: [baking, cooking]}}]") S, "2 rule-unknown-name", false },
	{ R(", for: skill, then: [{lab: {for: cooking}}, {lab: {tag: safety}}, {emphasise: {tag: t, factor: 2}}]")
			S,
		"2 rule-unknown-name, 2 rule-unknown-name, 2 rule-unknown-name", false },
	{ R(", for: skill, then: [{lab: {for: baking}}, {lab: {tag: t}}, {emphasise: {tag: safety, factor: 2}}]")
			S,
		"", false },
	{ R(", for: skill, when: \"'cooking' in skill.concepts\", then: [{note: {text: x}}]") S,
		"2 rule-unknown-name", false },
	{ R(", for: skill, when: \"'baking' in skill.concepts\", then: [{note: {text: x}}]") S, "", false },
	{ R(", for: skill, when: \"skill.concepts.exists(c, c == 'cooking' || 'cookery' == c)\", then: [{note: "
		"{text: x}}]") S,
		"2 rule-unknown-name, 2 rule-unknown-name", false },
	{ R(", for: skill, when: \"skill.name == 'cooking' || skill.id in ['cooking']\", then: [{note: {text: "
		"x}}]") S,
		"", false },
	{ R(", for: skill, then: [{module: {id: m}}]") S
		"  - {id: t, for: module, because: x, when: \"'x' in module.tags || module.id == 'x'\", then: "
		"[{note: {text: x}}]}\n",
		"4 rule-unknown-name", false },
	{ S "  - {id: t, for: scenario, because: x, when: \"scenario.id == 'x' || scenario.id == 's'\", then: "
		"[{note: {text: x}}]}\n",
		"3 rule-unknown-name", false },
	/* kinds of items that nobody adds; a skill's module may bring a lab */
	{ "  - {id: t, for: module, because: x, then: [{note: {text: x}}]}\n" S, "2 rule-never-fires", false },
	{ "  - {id: t, for: lab, because: x, then: [{note: {text: x}}]}\n" S, "2 rule-never-fires", false },
	{ "  - {id: t, for: lab, because: x, then: [{note: {text: x}}]}\n" S
	  "  - {id: u, for: skill, because: x, then: [{module: {teaches: =skill.concepts}}]}\n",
		"", false },
	{ "  - {id: t, for: lab, because: x, then: [{note: {text: x}}]}\n" S
	  "  - {id: u, for: theme, because: x, then: [{module: {teaches: =theme.concepts}}]}\n",
		"2 rule-never-fires", false },
};

Test(lint, names)
{
	for (size_t i = 0; i < COUNT(listings); i++) {
		world w;
		lint_world(&w);
		str text = arena_printf(&w.a, "rules:\n%s", listings[i].rules);
		require_that(world_rules(&w, text), "%s\n%s", listings[i].rules, world_listing(&w));
		bool ok = lint_it(&w, UINT32_MAX);
		expect_findings(&w, listings[i].rules, listings[i].expected);
		require_that(ok == !listings[i].wrong, "%s", listings[i].rules);
		world_finish(&w);
	}
}

static bool says_of(world *w, diag_code code, const char *item)
{
	EACH (const diag, one, w->d.list)
		if (one->code == code && str_find(one->text, arena_printf(&w->a, "'%s'", item), 0) != SIZE_MAX)
			return true;
	return false;
}

/* Scenarios are reached by rules only, modules also by concepts and by what builds on them. */
Test(lint, reach)
{
	static const struct {
		const char *action;
		bool kata, bare, base;
	} rows[] = {
		{ "note: {text: x}", true, true, false },
		{ "scenario: {kind: kata}", false, true, false },
		{ "scenario: {kind: sjt}", true, true, false },
		{ "scenario: {id: kata}", false, true, false },
		{ "scenario: {id: '=skills[0].id'}", false, true, false },
		{ "scenario: {integrates: top, all: true}", false, true, false },
		{ "scenario: {integrates: bare, all: true}", true, true, false },
		{ "scenario: {for: baking}", false, true, false },
		{ "scenario: {for: kneading}", true, true, false },
		{ "scenario: {for: '=skills[0].concepts'}", false, true, false },
		{ "module: {id: bare}", true, false, false },
		{ "module: {id: '=skills[0].id'}", true, false, false },
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		world w;
		lint_world(&w);
		str base = STR("base");
		add_module(&w, "bare", LEVEL_SENIOR, "", "", 300, 600);
		add_module(&w, "base", LEVEL_SENIOR, "", "", 300, 600);
		add_module(&w, "top", LEVEL_SENIOR, "baking=2", "", 300, 600)->prerequisites =
			(list_str){ .ptr = &base, .len = 1 };
		add_scenario(&w, "kata", 0, "top", "o1", 60);
		world_complete(&w);
		str text = arena_printf(
			&w.a, "rules:\n  - {id: r, for: course, because: x, then: [{%s}]}\n", rows[i].action);
		require_that(world_rules(&w, text), "%s\n%s", rows[i].action, world_listing(&w));
		lint_it(&w, UINT32_MAX);
		require_that(says_of(&w, E_ITEM_UNREACHABLE, "kata") == rows[i].kata, "kata: %s\n%s", rows[i].action,
			world_listing(&w));
		require_that(says_of(&w, E_ITEM_UNREACHABLE, "bare") == rows[i].bare, "bare: %s", rows[i].action);
		require_that(says_of(&w, E_ITEM_UNREACHABLE, "base") == rows[i].base, "base: %s", rows[i].action);
		require(!says_of(&w, E_ITEM_UNREACHABLE, "top") && !says_of(&w, E_ITEM_UNREACHABLE, "l"));
		world_finish(&w);
	}
}

/* What a course's own rules do to shipped items and rules is not the author's to mend. */
Test(lint, own_and_shipped)
{
	static const char rules[] = "rules:\n"
								"  - {id: a, for: course, because: x, then: [{note: {text: n}}]}\n"
								"  - {id: b, for: course, because: x, then: [{note: {text: n}}]}\n";
	for (uint32_t own_from = 1; own_from <= 2; own_from++) {
		world w;
		lint_world(&w);
		require(world_rules(&w, str_from(rules)));
		lint_it(&w, own_from);
		bool own = own_from == 1; /* the rules are source 1, the items stand nowhere */
		require(says_of(&w, E_RULE_SHADOWED, "b"));
		require(says_of(&w, E_ITEM_UNREACHABLE, "s") == !own);
		world_finish(&w);
	}
}

/* ---- after a course */

static void judge_course(world *w, plan *p, uint32_t own_from)
{
	arena scratch = { 0 };
	lint_course_input in = { .static_part = { .rules = &w->set, .catalog = &w->c, .own_from = own_from },
		.facts = &w->f,
		.trace = &w->t,
		.selection = &w->s,
		.plan = p };
	lint_course(&in, &scratch, &w->d);
	arena_free(&scratch);
}

Test(lint, course)
{
	world w;
	plan p;
	lint_world(&w);
	add_row(&w, ROW_SKILL, "bread", "Core", 18, "baking");
	add_row(&w, ROW_SKILL, "dough", "Nice", 4, "kneading");
	add_row(&w, ROW_SKILL, "sugar", "Nice", 4, "");
	add_insight(&w, "insight-1", "Food safety");
	add_insight(&w, "insight-2", "Nothing");
	add_module(&w, "other", LEVEL_SENIOR, "sweets=2", "o9:sweets", 300, 600);
	add_module(&w, "high", LEVEL_PRINCIPAL, "baking=3", "o8:baking", 300, 600);
	for (uint32_t i = 0; i < w.c.modules.len; i++)
		w.c.modules.ptr[i]->at = (loc){ .source = 7, .offset = i };
	require(world_rules(&w, STR("rules:\n"
								"  - {id: a, for: skill, because: x, when: skill.low > 0.5, then: [{module: "
								"{teaches: =skill.concepts}}]}\n"
								"  - {id: b, for: insight, because: x, when: "
								"insight.text.contains('safety'), then: [{note: {text: x}}]}\n")));
	require_that(world_run(&w) && world_plan(&w, &p, NULL), "%s", world_listing(&w));
	w.d.list.len = 0;
	judge_course(&w, &p, 7);
	/* 'dough' has no rule, but module m teaches it */
	require_that(w.d.list.len == 4, "%s", world_listing(&w));
	require(says_of(&w, E_SKILL_UNREACHED, "sugar"));
	require(says_of(&w, E_ITEM_UNUSED, "other") && says_of(&w, E_ITEM_UNUSED, "high"));
	require(str_find(arena_printf(&w.a, "%s", world_listing(&w)),
				STR("of level principal, and the course of level senior"), 0) != SIZE_MAX);
	w.d.list.len = 0;
	judge_course(&w, &p, 8); /* the same items, shipped */
	require_that(w.d.list.len == 2 && !says_of(&w, E_ITEM_UNUSED, "other"), "%s", world_listing(&w));
	/* a banned item is not missed, and one that nothing leads to is reported once */
	decision ban = { .item = STR("module:other") };
	p.decisions.ptr = &ban;
	p.decisions.len = 1;
	w.d.list.len = 0;
	diag_add(&w.d, E_ITEM_UNREACHABLE, (loc){ .source = 7, .offset = 2 }, "there"); /* high */
	judge_course(&w, &p, 7);
	require_that(w.d.list.len == 3, "%s", world_listing(&w));
	world_finish(&w);
}

/* ---- work and memory */

/* Pairs of rules that are compared among `count` rules with equal actions: two about each skill, of which one
 * is superfluous, and some that name two skills. */
static size_t pairs_compared(int count, size_t *shadowed)
{
	world w;
	lint k;
	arena scratch = { 0 };
	lint_world(&w);
	buf b = { .arena = &w.a };
	buf_printf(&b, "rules:\n");
	for (int i = 0; i < count; i++) {
		buf_printf(&b, "  - id: r%d\n    for: skill\n    because: x\n    when: ", i);
		if (i % 10 == 9)
			buf_printf(&b, "skill.low > 0.1 && skill.id in ['x%d', 'y%d']\n", i, i);
		else
			buf_printf(&b, "skill.id == 's%d' && skill.low > 0.%d\n", i / 2, i % 2 + 1);
		buf_printf(&b, "    then: [{module: {teaches: =skill.concepts}}]\n");
	}
	require_that(world_rules(&w, buf_done(&b)), "%s", world_listing(&w));
	lint_input in = { .rules = &w.set, .catalog = &w.c, .own_from = UINT32_MAX };
	require(lint_begin(&k, &in, &scratch, &w.d));
	lint_conditions(&k);
	lint_shadowed(&k);
	*shadowed = w.d.list.len + w.d.dropped;
	size_t compared = k.pairs;
	arena_free(&scratch);
	world_finish(&w);
	return compared;
}

Test(lint, work_is_linear)
{
	size_t shadowed = 0;
	size_t few = pairs_compared(1000, &shadowed);
	require_that(shadowed == 400, "%zu", shadowed);
	size_t many = pairs_compared(10000, &shadowed);
	require_that(shadowed == 4000, "%zu", shadowed);
	require_that(many <= 10 * few && few <= 1000, "%zu, %zu", few, many);
}

/* Rules that all do the same on nothing that is pinned: the search ends. */
Test(lint, work_is_bounded)
{
	world w;
	lint_world(&w);
	buf b = { .arena = &w.a };
	buf_printf(&b, "rules:\n");
	for (int i = 0; i < 1500; i++)
		buf_printf(&b,
			"  - {id: r%d, for: skill, because: x, when: skill.name.contains('n%d'), then: [{lab: {id: "
			"l}}]}\n",
			i, i);
	require(world_rules(&w, buf_done(&b)));
	arena scratch = { 0 };
	lint k;
	lint_input in = { .rules = &w.set, .catalog = &w.c, .own_from = UINT32_MAX };
	require(lint_begin(&k, &in, &scratch, &w.d));
	lint_shadowed(&k);
	require_that(k.pairs == LINT_PAIRS_MAX && w.d.list.len == 0, "%zu", k.pairs);
	arena_free(&scratch);
	world_finish(&w);
}

Test(lint, out_of_memory)
{
	world w;
	plan p;
	lint_world(&w);
	add_row(&w, ROW_SKILL, "bread", "Core", 18, "baking");
	require(world_rules(
		&w, STR("rules:\n"
				"  - {id: a, for: skill, because: \"{{skill.name}}\", when: skill.low > 0.5, then: [{module: "
				"{teaches: =skill.concepts}}]}\n"
				"  - {id: b, for: skill, because: x, when: \"skill.low > 0.6 && skill.id in ['a', 'b']\", "
				"then: [{module: {teaches: =skill.concepts, as: =skill.category}}]}\n"
				"  - {id: c, for: skill, because: x, when: \"skills.exists(s, s.low > 2.0) || 'cook' in "
				"skill.concepts\", then: [{lab: {tag: x}}]}\n"
				"  - {id: d, for: theme, because: x, when: theme.low > 0.5 && theme.low < 0.2, then: "
				"[{require: {of: lab, has: x}}]}\n")));
	require(world_run(&w) == false || w.s.modules.len);
	w.d.errors = 0;
	w.d.list.len = 0;
	p = (plan){ 0 };
	lint_input in = { .rules = &w.set, .catalog = &w.c, .own_from = 1 };
	lint_course_input course_in = {
		.static_part = in, .facts = &w.f, .trace = &w.t, .selection = &w.s, .plan = &p
	};
	size_t most = 0;
	for (unsigned n = 1;; n++) {
		arena scratch = { .fail_at = n };
		w.d.list.len = 0;
		bool ok = lint_rules(&in, &scratch, &w.d);
		lint_course(&course_in, &scratch, &w.d);
		bool failed = scratch.failed;
		arena_free(&scratch);
		require(!ok); /* a field that labs do not have */
		most = w.d.list.len > most ? w.d.list.len : most;
		if (!failed)
			break;
		require(n < 100000);
	}
	require_that(w.d.list.len == most && most >= 5, "%zu of %zu\n%s", w.d.list.len, most, world_listing(&w));
	world_finish(&w);
}
