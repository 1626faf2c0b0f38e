/* The rules: what is wrong with a rule file and where, in which order rules run, what each action does, and
 * what the trace keeps. Facts are built in memory. */
#include "world.h"

#include <math.h>

/* ---- mistakes in rule files */

/* The one diagnostic that a rule file gives: its code, what stands at its place, and a part of its text. */
typedef struct {
	const char *name, *rules;
	diag_code code;
	const char *at, *says;
} mistake;

#define HEAD "rules:\n  - id: r\n    for: skill\n"
#define NOTE "    then: [{note: {text: x}}]\n"
#define WHY "    because: why\n"

static const mistake mistakes[] = {
	{ "plain condition", HEAD "    when: skill.lov > 0.5\n" NOTE WHY, E_CEL_TYPE, "lov > 0.5",
		"did you mean 'low'" },
	{ "single quotes", HEAD "    when: 'skill.name == ''a'' && skil.low > 1'\n" NOTE WHY, E_CEL_TYPE,
		"skil.low", "did you mean 'skill'" },
	{ "double quotes", HEAD "    when: \"skill.name == \\\"\\u00e4\\\" && skil.low > 1\"\n" NOTE WHY,
		E_CEL_TYPE, "skil.low", "skill" },
	{ "folded", HEAD "    when: >-\n      skill.low > 0.5\n      && skill.count > 'x'\n" NOTE WHY, E_CEL_TYPE,
		"> 'x'", NULL },
	{ "literal", HEAD "    when: |\n      skill.low > 0.5 &&\n        skill.nothing\n" NOTE WHY, E_CEL_TYPE,
		"nothing\n", NULL },
	{ "not a condition", HEAD "    when: skill.low\n" NOTE WHY, E_CEL_TYPE, "skill.low\n",
		"a condition is true or false" },
	{ "empty condition", HEAD "    when: ''\n" NOTE WHY, E_CEL_SYNTAX, "'", NULL },
	{ "syntax", HEAD "    when: skill.low >\n" NOTE WHY, E_CEL_SYNTAX, NULL, NULL },
	{ "argument", HEAD "    then:\n      - module: {teaches: =skill.concept}\n" WHY, E_CEL_TYPE, "concept}",
		"did you mean 'concepts'" },
	{ "argument, quoted", HEAD "    then:\n      - module: {teaches: \"=skill.id + 1\"}\n" WHY, E_CEL_TYPE,
		"+ 1", NULL },
	{ "argument, folded",
		HEAD "    then:\n      - module:\n          teaches: >-\n            =skill.concepts.filter(c,\n     "
			 "       c == 1)\n" WHY,
		E_CEL_TYPE, "== 1", NULL },
	{ "argument, literal",
		HEAD "    then:\n      - emphasise:\n          tag: x\n          factor: |-\n            =1.0 +\n    "
			 "        nothing\n" WHY,
		E_CEL_TYPE, "nothing\n", NULL },
	{ "argument of the wrong type", HEAD "    then:\n      - module: {teaches: =skill.low}\n" WHY, E_CEL_TYPE,
		"skill.low}", "'teaches' takes a list of strings, and this is double" },
	{ "list of numbers", HEAD "    then: [{module: {teaches: '=[1, 2]'}}]\n" WHY, E_CEL_TYPE, "[1, 2]",
		"list(int)" },
	{ "number wanted", HEAD "    then: [{emphasise: {tag: x, factor: =skill.name}}]\n" WHY, E_CEL_TYPE,
		"skill.name}", "a number" },
	{ "literal number wanted", HEAD "    then: [{emphasise: {tag: x, factor: much}}]\n" WHY, E_RULE_ACTION,
		"much}", "a number" },
	{ "infinite", HEAD "    then: [{emphasise: {tag: x, factor: 1e999}}]\n" WHY, E_RULE_ACTION, "1e999}",
		"a number" },
	{ "quoted number", HEAD "    then: [{emphasise: {tag: x, factor: '2'}}]\n" WHY, E_RULE_ACTION, "'2'",
		"a number" },
	{ "bool wanted", HEAD "    then: [{lab: {tag: x, all: yes}}]\n" WHY, E_RULE_ACTION, "yes}",
		"true or false" },
	{ "string wanted", HEAD "    then: [{module: {id: [a]}}]\n" WHY, E_RULE_ACTION, "[a]", "a string" },
	{ "null", HEAD "    then: [{module: {id: ~}}]\n" WHY, E_RULE_ACTION, "~}", "a string" },
	{ "null in a list", HEAD "    then: [{module: {teaches: [a, ~]}}]\n" WHY, E_RULE_ACTION, "[a, ~]",
		"a list" },
	{ "map in a list", HEAD "    then: [{module: {teaches: [a, {b: c}]}}]\n" WHY, E_RULE_ACTION, "[a, {",
		"a list" },
	{ "expression in a list", HEAD "    then: [{module: {teaches: [a, =skill.id]}}]\n" WHY, E_RULE_ACTION,
		"=skill.id]", "one expression" },
	{ "choice", HEAD "    then: [{lab: {tag: x, as: electiv}}]\n" WHY, E_RULE_ACTION, "electiv}",
		"did you mean 'elective'" },
	{ "choice of level", HEAD "    then: [{module: {teaches: [a], at_least: workin}}]\n" WHY, E_RULE_ACTION,
		"workin}", "'working'" },
	{ "choice of kind", HEAD "    then: [{scenario: {kind: katta}}]\n" WHY, E_RULE_ACTION, "katta}",
		"'kata'" },
	{ "action", HEAD "    then: [{modul: {id: x}}]\n" WHY, E_RULE_ACTION, "modul:", "did you mean 'module'" },
	{ "far from any action", HEAD "    then: [{qqqqqqqq: {id: x}}]\n" WHY, E_RULE_ACTION,
		"qqqqqqqq:", "there are: module, lab" },
	{ "argument name", HEAD "    then: [{module: {idd: x}}]\n" WHY, E_RULE_ACTION,
		"idd:", "did you mean 'id'" },
	{ "two keys", HEAD "    then: [{module: {id: x}, lab: {id: y}}]\n" WHY, E_RULE_ACTION, "{module",
		"one key" },
	{ "no arguments", HEAD "    then: [{module: x}]\n" WHY, E_RULE_ACTION, "x}", "a map of arguments" },
	{ "empty arguments", HEAD "    then: [{module: {}}]\n" WHY, E_RULE_ACTION, "{}}", "a map of arguments" },
	{ "not a list", HEAD "    then: {module: {id: x}}\n" WHY, E_RULE_ACTION, "{module", "a list of actions" },
	{ "empty list", HEAD "    then: []\n" WHY, E_RULE_ACTION, "[]", "a list of actions" },
	{ "module without what", HEAD "    then: [{module: {as: elective}}]\n" WHY, E_RULE_ACTION,
		"module:", "id, teaches" },
	{ "lab without what", HEAD "    then: [{lab: {as: elective}}]\n" WHY, E_RULE_ACTION,
		"lab:", "id, for, tag, integrates" },
	{ "scenario without what", HEAD "    then: [{scenario: {as: required}}]\n" WHY, E_RULE_ACTION,
		"scenario:", "id, for, kind, integrates" },
	{ "emphasise without factor", HEAD "    then: [{emphasise: {tag: x}}]\n" WHY, E_RULE_ACTION,
		"emphasise:", "factor" },
	{ "emphasise without what", HEAD "    then: [{emphasise: {factor: 2}}]\n" WHY, E_RULE_ACTION,
		"emphasise:", "tag, concept" },
	{ "require without has", HEAD "    then: [{require: {of: lab}}]\n" WHY, E_RULE_ACTION,
		"require:", "has" },
	{ "target without use", HEAD "    then: [{target: {tag: x}}]\n" WHY, E_RULE_ACTION, "target:", "use" },
	{ "setting without what", HEAD "    then: [{setting: {technologies: [x]}}]\n" WHY, E_RULE_ACTION,
		"setting:", "for, scenario" },
	{ "because", HEAD NOTE "    because: it is {{skill.nam}} here\n", E_CEL_TYPE, "nam}}",
		"did you mean 'name'" },
	{ "because, quoted", HEAD NOTE "    because: \"{{skill.name}} \\t {{ skill.cuont }}\"\n", E_CEL_TYPE,
		"cuont", "count" },
	{ "because, single", HEAD NOTE "    because: 'it''s {{skill.cuont}}'\n", E_CEL_TYPE, "cuont", "count" },
	{ "because, folded",
		HEAD NOTE "    because: >\n      one\n      {{skill.name}} two\n      {{skill.name +\n      1}}\n",
		E_CEL_TYPE, "+\n", NULL },
	{ "because, literal", HEAD NOTE "    because: |\n      one {{skill.name}}\n        {{skil.name}}\n",
		E_CEL_TYPE, "skil.name", "skill" },
	{ "because, open", HEAD NOTE "    because: a {{skill.name}} b {{skill\n", E_CEL_SYNTAX, "{{skill\n",
		"without" },
	{ "because, empty", HEAD NOTE "    because: 'a {{}}'\n", E_CEL_SYNTAX, NULL, NULL },
	{ "subject", "rules:\n  - id: r\n    for: skil\n" NOTE WHY, E_UNKNOWN_NAME, "id: r",
		"did you mean 'skill'" },
	{ "no subject to speak of", "rules:\n  - id: r\n    for: sample\n    when: skill.low > 1.0\n" NOTE WHY,
		E_CEL_TYPE, "skill.low", "skills" },
};

static void check_mistake(const mistake *m)
{
	world w;
	world_init(&w);
	bool ok = world_rules(&w, str_from(m->rules));
	require_that(
		!ok && w.d.list.len == 1, "%s: %zu diagnostics\n%s", m->name, w.d.list.len, world_listing(&w));
	const diag *one = &w.d.list.ptr[0];
	require_that(one->code == m->code, "%s: %s", m->name, world_listing(&w));
	str there = str_skip(str_from(m->rules), one->at.offset);
	require_that(one->at.source && (!m->at || str_starts(there, str_from(m->at))), "%s: at '%.*s'\n%s",
		m->name, STRF(str_sub(there, 0, 20)), world_listing(&w));
	require_that(!m->says || str_find(one->text, str_from(m->says), 0) != SIZE_MAX, "%s: %s", m->name,
		world_listing(&w));
	world_finish(&w);
}

Test(rules, mistakes)
{
	for (size_t i = 0; i < COUNT(mistakes); i++)
		check_mistake(&mistakes[i]);
}

Test(rules, all_mistakes_are_reported)
{
	world w;
	world_init(&w);
	world_rules(&w,
		STR("rules:\n"
			"  - id: a\n    for: skill\n    when: skill.x\n    then: [{modul: {id: x}}, {lab: {idd: y}}]\n"
			"    because: '{{nothing}}'\n"
			"  - id: a\n    for: them\n    then: [{note: {text: x}}]\n    because: x\n"));
	require_that(w.d.list.len == 6 && !w.ok, "%s", world_listing(&w));
	require(w.d.list.ptr[0].code == E_DUPLICATE_ID);
	require(str_find(w.d.list.ptr[0].text, STR("r.yaml:2:5"), 0) != SIZE_MAX);
	world_finish(&w);
}

Test(rules, good_forms)
{
	world w;
	world_init(&w);
	bool ok = world_rules(&w,
		STR("rules:\n"
			"  - id: a\n    for: experience\n    when: experience.years_min >= 5\n    priority: -3\n"
			"    then: [{set: {hours: 100, lab_share: '=0.1 + 0.2'}}]\n    because: '{{ experience.years_min "
			"}}'\n"
			"  - id: b\n    for: course\n    then: [{module: {teaches: one}}, {module: {teaches: "
			"'=\"two\"'}}]\n    because: ''\n"
			"  - id: c\n    for: skill\n    when: skills.exists(s, s.low > skill.low) || themes.size() > 2\n"
			"    then: [{lab: {for: '=dyn([skill.id])', all: '=skill.low > 0.5'}}]\n    because: x\n"));
	require_that(ok && w.set.rules.len == 3, "%s", world_listing(&w));
	world_finish(&w);
}

/* ---- order */

#define ONE(id, subject, more, then) "  - {id: " id ", for: " subject more ", then: [" then "], because: x}\n"

static str order_of(world *w)
{
	buf b = { .arena = &w->a };
	EACH (const compiled_rule, r, w->set.rules)
		buf_printf(&b, "%s%u:%.*s", b.len ? " " : "", r->stratum, STRF(r->rule->id));
	return buf_done(&b);
}

static void check_order(const char *rules, const char *expected)
{
	world w;
	world_init(&w);
	bool ok = world_rules(&w, str_from(rules));
	require_that(ok, "%s", world_listing(&w));
	assert_str(order_of(&w), expected);
	world_finish(&w);
}

Test(rules, order_is_total)
{
	check_order("rules:\n" ONE("d", "skill", "", "{note: {text: x}}") ONE("c", "skill", ", priority: 5",
					"{note: {text: x}}") ONE("b", "theme", ", priority: -5", "{note: {text: x}}")
					ONE("a", "skill", ", priority: 0", "{note: {text: x}}"),
		"0:c 0:a 0:d 0:b");
}

Test(rules, readers_run_after_writers)
{
	/* a chain of four, written backwards and with priorities that pull the other way */
	check_order("rules:\n" ONE("a-notes", "scenario", ", priority: 9", "{note: {text: x}}")
					ONE("b-scenarios", "lab", ", priority: 8", "{scenario: {kind: kata}}")
						ONE("c-labs", "module", ", priority: 7", "{lab: {for: =module.concepts}}")
							ONE("d-modules", "skill", "", "{module: {id: m}}"),
		"0:d-modules 1:c-labs 2:b-scenarios 3:a-notes");
	/* through a condition, an argument and a reason */
	check_order(
		"rules:\n" ONE("when", "sample", ", when: 'course.hours > 1.0'", "{note: {text: x}}") ONE("argument",
			"sample", "",
			"{note: {text: '=string(course.hours)'}}") "  - {id: reason, for: sample, then: [{note: {text: "
													   "x}}], because: '{{course.hours}}'}\n" ONE("set",
														   "sample", ", priority: -9", "{set: {hours: 10}}"),
		"0:set 1:argument 1:reason 1:when");
	/* another field of the same fact is another matter */
	check_order("rules:\n" ONE("a", "sample", ", when: 'course.weeks > 1.0'", "{set: {hours: 10}}")
					ONE("b", "sample", ", when: 'course.hours > 1.0'", "{note: {text: x}}"),
		"0:a 1:b");
	/* a list as a whole: how many modules there are */
	check_order("rules:\n" ONE("a", "sample", ", when: 'size(modules) > 3'", "{note: {text: x}}")
					ONE("z", "sample", "", "{module: {id: m}}"),
		"0:z 1:a");
}

Test(rules, what_emphasise_writes)
{
	check_order("rules:\n" ONE("a", "skill", ", when: 'skill.weight > 0.5'", "{note: {text: x}}")
					ONE("z", "sample", "", "{emphasise: {concept: c, factor: 2}}"),
		"0:z 1:a");
	check_order("rules:\n" ONE("a", "module", ", when: 'module.emphasis > 1.0'", "{note: {text: x}}")
					ONE("z", "sample", "", "{emphasise: {tag: t, factor: 2}}"),
		"0:z 1:a");
	/* a concept changes rows, not modules: this is no circle */
	check_order("rules:\n" ONE(
					"a", "module", ", when: 'module.emphasis > 1.0'", "{emphasise: {concept: c, factor: 2}}"),
		"0:a");
	/* and a tag changes modules, not rows */
	check_order(
		"rules:\n" ONE("a", "skill", ", when: 'skill.weight > 1.0'", "{emphasise: {tag: c, factor: 2}}"),
		"0:a");
}

/* A blueprint brings a lab, so rules about labs run after rules that teach skills. */
Test(rules, blueprints_write_labs)
{
	check_order("rules:\n" ONE("a", "lab", "", "{note: {text: x}}")
					ONE("b", "skill", "", "{module: {teaches: =skill.concepts}}"),
		"0:b 1:a");
	check_order("rules:\n" ONE("a", "lab", "", "{note: {text: x}}")
					ONE("b", "theme", "", "{module: {teaches: =theme.concepts}}"),
		"0:a 0:b");
}

static void check_cycle(const char *rules, const char *says)
{
	world w;
	world_init(&w);
	bool ok = world_rules(&w, str_from(rules));
	require_that(!ok && w.d.list.len == 1 && w.d.list.ptr[0].code == E_RULE_CYCLE, "%s", world_listing(&w));
	require_that(str_find(w.d.list.ptr[0].text, str_from(says), 0) != SIZE_MAX, "%s", world_listing(&w));
	require(w.d.list.ptr[0].at.source == 1);
	world_finish(&w);
}

Test(rules, cycles)
{
	check_cycle("rules:\n" ONE("me", "module", "", "{module: {id: m}}"), "me reads module of me");
	check_cycle(
		"rules:\n" ONE("a", "skill", ", when: 'skill.weight > 0.5'", "{emphasise: {concept: c, factor: 2}}"),
		"a reads skill.weight of a");
	check_cycle("rules:\n" ONE("a", "module", "", "{lab: {id: l}}") ONE("b", "lab", "", "{module: {id: m}}"),
		"a reads module of b reads lab of a");
	/* what hangs on the circle is not in it */
	check_cycle("rules:\n" ONE("after", "scenario", "", "{note: {text: x}}") ONE("one", "module", "",
					"{lab: {id: l}}") ONE("two", "lab", "", "{scenario: {kind: kata}}") ONE("three",
					"scenario", "", "{module: {id: m}}") ONE("before", "sample", "", "{module: {id: m}}"),
		" reads lab of one reads module of three reads scenario of two");
	check_cycle("rules:\n" ONE("x", "sample", ", when: 'course.hours < 9.0'", "{set: {weeks: 3}}")
					ONE("y", "sample", ", when: 'course.weeks < 9.0'", "{set: {hours: 3}}"),
		"course.");
}

/* ---- what actions do */

static void small_world(world *w)
{
	world_init(w);
	add_module(w, "k8s", LEVEL_SENIOR, "kubernetes=2 operators=3", "o-deploy:kubernetes o-operator:operators",
		300, 900);
	add_module(w, "k8s-basics", LEVEL_MID, "kubernetes=1", "o-pods:kubernetes", 300, 600);
	add_module(w, "k8s-junior", LEVEL_JUNIOR, "kubernetes=3 linux=3", "o-start:linux", 300, 600);
	add_module(w, "slo", LEVEL_SENIOR, "slo=2", "o-slo:slo", 300, 900);
	w->c.modules.ptr[0]->tags = words(&w->a, "operator-development platform");
	w->c.modules.ptr[3]->tags = words(&w->a, "platform");
	add_lab(w, "lab-a", LEVEL_SENIOR, "k8s", "o-deploy", 120)->tags = words(&w->a, "latency");
	add_lab(w, "lab-b", LEVEL_SENIOR, "k8s", "o-deploy o-operator", 180);
	add_lab(w, "lab-c", LEVEL_SENIOR, "slo", "o-slo", 180)->tags = words(&w->a, "latency");
	add_lab(w, "lab-junior", LEVEL_JUNIOR, "k8s-junior", "o-start", 60);
	add_scenario(w, "scn-kata", 0, "k8s slo", "o-deploy o-slo", 120);
	add_scenario(w, "scn-incident", 2, "slo", "o-slo", 120);
	add_row(w, ROW_SKILL, "operators", "Core", 18, "kubernetes operators");
	add_row(w, ROW_SKILL, "slos", "Important", 10, "slo");
	add_row(w, ROW_TECHNOLOGY, "argo flux", "Delivery", 12, "kubernetes");
	add_row(w, ROW_THEME, "reliability", "", 9, "slo");
	add_insight(w, "insight-1", "More operators please");
}

static void run_rules(world *w, const char *rules)
{
	small_world(w);
	bool ok = world_rules(w, str_from(rules)) && world_run(w);
	require_that(ok, "%s", world_listing(w));
}

#define RULE(subject, when, then) \
	"rules:\n  - id: r\n    for: " subject "\n    when: " when "\n    then: " then "\n    because: why\n"

/* Ids of what was chosen; an asterisk marks what is required. */
static str chosen_text(world *w)
{
	buf b = { .arena = &w->a };
	EACH (const map_entry, e, w->s.by_address.entries) {
		const chosen *c = e->value;
		buf_printf(&b, "%s%.*s%s", b.len ? " " : "", STRF(e->key), c->required ? "*" : "");
	}
	return buf_done(&b);
}

#define assert_rule(subject, when, then, expected) \
	do { \
		world w_; \
		run_rules(&w_, RULE(subject, when, then)); \
		assert_str(chosen_text(&w_), expected); \
		world_finish(&w_); \
	} while (0)

Test(rules, modules)
{
	assert_rule("skill", "skill.category == 'Core'", "[{module: {teaches: =skill.concepts}}]", "module:k8s*");
	assert_rule("skill", "skill.category == 'Nice'", "[{module: {teaches: =skill.concepts}}]", "");
	assert_rule("skill", "skill.id == 'slos'", "[{module: {teaches: [slo], as: elective}}]", "module:slo");
	assert_rule("sample", "true", "[{module: {id: k8s-basics}}]", "module:k8s-basics*");
	/* the junior module teaches it furthest, but does not suit; the basics do not reach far enough */
	assert_rule("sample", "true", "[{module: {teaches: [linux]}}]", "");
	assert_rule("sample", "true", "[{module: {teaches: kubernetes, at_least: expert}}]", "");
	assert_rule("sample", "true", "[{module: {teaches: [kubernetes, slo, unheard-of], at_least: awareness}}]",
		"module:k8s* module:slo*");
}

Test(rules, labs_and_scenarios)
{
	assert_rule("sample", "true", "[{lab: {for: [kubernetes]}}]", "lab:lab-a*");
	assert_rule("sample", "true", "[{lab: {for: [kubernetes, operators]}}]", "lab:lab-b*");
	assert_rule("sample", "true", "[{lab: {for: [kubernetes, operators], all: true, as: elective}}]",
		"lab:lab-b lab:lab-a");
	assert_rule("sample", "true", "[{lab: {tag: latency}}]", "lab:lab-a*");
	assert_rule("sample", "true", "[{lab: {tag: latency, for: [slo]}}]", "lab:lab-c*");
	assert_rule("sample", "true", "[{lab: {integrates: k8s, all: true}}]", "lab:lab-a* lab:lab-b*");
	assert_rule("sample", "true", "[{lab: {integrates: slo, for: [kubernetes]}}]", "");
	assert_rule("sample", "true", "[{scenario: {integrates: k8s, for: [slo]}}]", "scenario:scn-kata*");
	assert_rule("sample", "true", "[{scenario: {integrates: nothing}}]", "");
	assert_rule(
		"sample", "true", "[{lab: {tag: latency, all: '=sample.size > 10.0'}}]", "lab:lab-a* lab:lab-c*");
	assert_rule("sample", "true", "[{lab: {id: lab-junior}}]", "lab:lab-junior*");
	assert_rule("sample", "true", "[{lab: {for: [linux]}}]", "");
	assert_rule("insight", "insight.text.matches('(?i)OPERATOR')", "[{scenario: {kind: kata}}]",
		"scenario:scn-kata*");
	assert_rule("insight", "insight.text.matches('nothing')", "[{scenario: {kind: kata}}]", "");
	assert_rule("theme", "theme.low > 0.1", "[{scenario: {for: =theme.concepts}}]", "scenario:scn-incident*");
	assert_rule("theme", "true", "[{scenario: {for: =theme.concepts, all: true}}]",
		"scenario:scn-incident* scenario:scn-kata*");
	assert_rule("theme", "true", "[{scenario: {for: '=theme.concepts.filter(c, c == \"x\")'}}]", "");
}

Test(rules, additions_unite_and_required_wins)
{
	static const char *const texts[] = {
		"rules:\n" ONE("a", "sample", "", "{module: {id: k8s, as: elective}}")
			ONE("b", "sample", "", "{module: {id: k8s}}"),
		"rules:\n" ONE("a", "sample", "", "{module: {id: k8s}}")
			ONE("b", "sample", "", "{module: {id: k8s, as: elective}}"),
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		world w;
		run_rules(&w, texts[i]);
		assert_str(chosen_text(&w), "module:k8s*");
		require(w.s.modules.len == 1 && w.t.effects.len == 2);
		world_finish(&w);
	}
}

/* A later rule sees the modules that an earlier one added, and what they are. */
Test(rules, chained)
{
	world w;
	run_rules(&w,
		"rules:\n" ONE("a", "skill", "",
			"{module: {teaches: =skill.concepts, as: elective}}") "  - {id: b, for: module, when: "
																  "\"module.id == 'k8s' && !module.required "
																  "&& module.minutes == 300.0 && 'platform' "
																  "in "
																  "module.tags && module.level == "
																  "'senior'\", then: [{lab: {for: "
																  "=module.concepts}}], because: x}\n"
																  "  - {id: c, for: lab, when: "
																  "\"labs.exists(l, l.required) && "
																  "size(modules) == 2 && lab.minutes == "
																  "180.0\", then: "
																  "[{note: {text: '=lab.title'}}], because: "
																  "x}\n");
	assert_str(chosen_text(&w), "module:k8s module:slo lab:lab-b*");
	require(w.s.notes.len == 1);
	assert_str(w.s.notes.ptr[0], "lab-b");
	world_finish(&w);
}

Test(rules, emphasise_by_tag)
{
	world w;
	run_rules(&w, "rules:\n" ONE("a", "sample", "", "{module: {id: k8s}}, {module: {id: slo}}")
					  ONE("b", "sample", "", "{emphasise: {tag: operator-development, factor: 1.2}}")
						  ONE("c", "sample", "", "{emphasise: {tag: platform, factor: 1.1}}"));
	require_that(
		fabs(picked(&w, "module:k8s")->emphasis - 1.32) < 1e-12, "%g", picked(&w, "module:k8s")->emphasis);
	require(fabs(picked(&w, "module:slo")->emphasis - 1.1) < 1e-12);
	require(w.t.effects.len == 4 && w.t.effects.ptr[2].factor == 1.2);
	assert_str(w.t.effects.ptr[2].items.ptr[0], "tag:operator-development");
	world_finish(&w);
	/* emphasis that comes first counts for modules that come later, and is capped */
	run_rules(&w, "rules:\n" ONE("a", "sample", ", priority: 9", "{emphasise: {tag: platform, factor: 1.4}}")
					  ONE("b", "sample", ", priority: 8", "{emphasise: {tag: platform, factor: 1.4}}")
						  ONE("c", "sample", "", "{module: {id: k8s}}"));
	require(picked(&w, "module:k8s")->emphasis == 1.5);
	world_finish(&w);
}

Test(rules, emphasise_by_concept)
{
	world w;
	run_rules(&w, RULE("insight", "true", "[{emphasise: {concept: [slo, kubernetes], factor: 1.25}}]"));
	const fact_row *skills = w.f.rows[ROW_SKILL].ptr, *theme = w.f.rows[ROW_THEME].ptr;
	require(skills[0].emphasis == 1.25 && fabs(skills[0].weight - 0.9 * 1.25) < 1e-12);
	require(skills[1].emphasis == 1.25 && theme->emphasis == 1.25 &&
			fabs(theme->weight - 0.45 * 0.4 * 1.25) < 1e-12);
	world_finish(&w);
}

/* The cap is on the product: a factor below 1 counts in full, whichever comes first. */
Test(rules, emphasis_is_a_product)
{
	static const char *const texts[] = {
		"rules:\n" ONE("a", "sample", "", "{emphasise: {concept: slo, factor: 3}}")
			ONE("b", "sample", "", "{emphasise: {concept: slo, factor: 0.25}}"),
		"rules:\n" ONE("b", "sample", "", "{emphasise: {concept: slo, factor: 3}}")
			ONE("a", "sample", "", "{emphasise: {concept: slo, factor: 0.25}}"),
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		world w;
		run_rules(&w, texts[i]);
		require_that(w.f.rows[ROW_SKILL].ptr[1].emphasis == 0.75, "%g", w.f.rows[ROW_SKILL].ptr[1].emphasis);
		require(w.f.rows[ROW_SKILL].ptr[0].emphasis == 1);
		world_finish(&w);
	}
	world w;
	run_rules(&w, RULE("sample", "true", "[{emphasise: {concept: slo, factor: 3}}]"));
	require(w.f.rows[ROW_SKILL].ptr[1].emphasis == 1.5);
	world_finish(&w);
}

/* A condition on a weight sees the emphasised one. */
Test(rules, weight_is_read_after_emphasis)
{
	world w;
	run_rules(&w, "rules:\n" ONE("a", "skill", ", when: 'skill.weight > 0.95'", "{note: {text: '=skill.id'}}")
					  ONE("z", "insight", "", "{emphasise: {concept: kubernetes, factor: 1.25}}"));
	require(w.s.notes.len == 1);
	assert_str(w.s.notes.ptr[0], "operators");
	world_finish(&w);
}

Test(rules, set)
{
	world w;
	run_rules(&w, "rules:\n" ONE("low", "sample", ", priority: -1", "{set: {hours: 50}}")
					  ONE("a", "sample", "", "{set: {hours: 100, weeks: 7}}") ONE(
						  "b", "sample", "", "{set: {hours: '=100.0', lab_share: 0.2, hours_per_week: 8}}")
						  ONE("c", "sample", "", "{note: {text: '=string(course.hours)'}}"));
	require(w.s.settings.hours == 100 && w.s.settings.weeks == 7 && w.s.settings.lab_share == 0.2 &&
			w.s.settings.hours_per_week == 8);
	require(isnan(w.settings.hours));
	assert_str(w.s.notes.ptr[0], "100");
	world_finish(&w);
	/* the higher priority wins although it runs later, because it has to wait for something */
	run_rules(&w,
		"rules:\n" ONE("high", "sample", ", priority: 5, when: 'size(modules) == 1'", "{set: {hours: 70}}")
			ONE("low", "sample", "", "{set: {hours: 50}}") ONE("m", "sample", "", "{module: {id: slo}}"));
	require(w.s.settings.hours == 70);
	world_finish(&w);
}

static void check_failure(const char *rules, diag_code code, const char *at, const char *says)
{
	world w;
	small_world(&w);
	require_that(world_rules(&w, str_from(rules)), "%s", world_listing(&w));
	bool ran = world_run(&w);
	require_that(
		!ran && w.d.list.len >= 1 && w.d.list.ptr[0].code == code, "%s\n%s", rules, world_listing(&w));
	str there = str_skip(str_from(rules), w.d.list.ptr[0].at.offset);
	require_that(
		str_starts(there, str_from(at)), "at '%.*s'\n%s", STRF(str_sub(there, 0, 20)), world_listing(&w));
	require_that(str_find(w.d.list.ptr[0].text, str_from(says), 0) != SIZE_MAX, "%s", world_listing(&w));
	world_finish(&w);
}

Test(rules, failures_at_run_time)
{
	check_failure("rules:\n" ONE("a", "sample", "", "{set: {hours: 50}}")
					  ONE("b", "sample", "", "{set: {hours: 60}}"),
		E_RULE_CONFLICT, "set: {hours: 60}", "'a' and 'b' set hours");
	/* one rule on two facts contradicts itself */
	check_failure(
		"rules:\n" ONE("a", "skill", "", "{set: {hours: =skill.count}}"), E_RULE_CONFLICT, "set:", "18");
	check_failure("rules:\n" ONE("a", "sample", "", "{set: {weeks: 2.5}}"), E_RULE_ACTION,
		"set:", "a whole number between 1 and 520");
	check_failure("rules:\n" ONE("a", "sample", "", "{set: {weeks: 1e300}}"), E_RULE_ACTION, "set:", "weeks");
	check_failure("rules:\n" ONE("a", "sample", "", "{set: {hours: -1}}"), E_RULE_ACTION, "set:", "hours");
	check_failure("rules:\n" ONE("a", "sample", "", "{set: {hours: '=0.0 / 0.0'}}"), E_RULE_ACTION,
		"0.0 / 0.0", "a number");
	check_failure("rules:\n" ONE("a", "sample", "", "{module: {id: nowhere}}"), E_UNKNOWN_REFERENCE,
		"module:", "no module 'nowhere'");
	check_failure("rules:\n" ONE("a", "sample", "", "{lab: {id: nowhere}}"), E_UNKNOWN_REFERENCE,
		"lab:", "no lab 'nowhere'");
	check_failure("rules:\n" ONE("a", "sample", "", "{scenario: {id: k8s}}"), E_UNKNOWN_REFERENCE,
		"scenario:", "no scenario 'k8s'");
	check_failure("rules:\n" ONE("a", "sample", "", "{target: {lab: nowhere, use: stretch}}"),
		E_UNKNOWN_REFERENCE, "target:", "no lab");
	check_failure("rules:\n" ONE("a", "sample", "", "{setting: {scenario: x, technologies: [y]}}"),
		E_UNKNOWN_REFERENCE, "setting:", "no scenario");
	check_failure("rules:\n" ONE("a", "sample", "", "{require: {of: lab, has: [goverment]}}"), E_UNKNOWN_NAME,
		"require:", "no field 'goverment'");
	check_failure("rules:\n" ONE("a", "sample", "", "{emphasise: {tag: x, factor: 0}}"), E_RULE_ACTION,
		"emphasise:", "above 0");
	check_failure("rules:\n" ONE("a", "sample", "", "{emphasise: {tag: x, factor: '=-sample.size'}}"),
		E_RULE_ACTION, "emphasise:", "above 0");
	check_failure("rules:\n" ONE("a", "sample", "", "{lab: {tag: latency, as: '=\"electiv\"'}}"),
		E_RULE_ACTION, "\"electiv\"", "required or elective");
	check_failure("rules:\n" ONE("a", "sample", "", "{module: {teaches: '=dyn(1)'}}"), E_RULE_ACTION,
		"dyn(1)", "a list of strings");
	check_failure(
		"rules:\n" ONE("a", "sample", ", when: '1 / 0 > 1'", "{note: {text: x}}"), E_CEL_EVAL, "/ 0", "zero");
	check_failure("rules:\n" ONE("a", "sample", ", when: 'dyn(1)'", "{note: {text: x}}"), E_CEL_TYPE,
		"dyn(1)", "neither true nor false");
	check_failure("rules:\n" ONE("a", "sample", "", "{note: {text: '=[\"a\"][3]'}}"), E_CEL_EVAL, "3]", "");
	check_failure(
		"rules:\n  - {id: a, for: sample, then: [{note: {text: x}}], because: 'so {{skills[9].id}}'}\n",
		E_CEL_EVAL, "9]", "");
}

/* A failure in one rule does not hide that of another. */
Test(rules, failures_are_all_reported)
{
	world w;
	small_world(&w);
	world_rules(&w, STR("rules:\n" ONE("a", "sample", ", when: '1 / 0 > 1'", "{note: {text: x}}")
							ONE("b", "sample", "", "{lab: {id: no}}")));
	require(!world_run(&w));
	require_that(w.d.list.len == 2, "%s", world_listing(&w));
	world_finish(&w);
}

Test(rules, requirements_targets_settings_notes)
{
	world w;
	run_rules(&w, RULE("technology", "true",
					  "[{require: {of: lab, has: [governance, metrics]}}, {require: {of: scenario, has: "
					  "roles}}, {target: {for: [slo], use: "
					  "stretch}}, {target: {tag: latency, use: target}}, {setting: {for: "
					  "=technology.concepts, technologies: "
					  "=technology.tools}}, {setting: {scenario: scn-kata, technologies: [x]}}, {note: "
					  "{text: one two}}]"));
	require(w.s.requirements.len == 3 && w.s.requirements.ptr[2].of_scenarios &&
			!w.s.requirements.ptr[0].of_scenarios);
	assert_str(w.s.requirements.ptr[1].has, "metrics");
	require(w.s.targets.len == 2 && w.s.targets.ptr[0].stretch && !w.s.targets.ptr[1].stretch);
	require(w.s.mentions.len == 2 && w.s.mentions.ptr[0].row == w.f.rows[ROW_TECHNOLOGY].ptr &&
			w.s.mentions.ptr[0].technologies.len == 2);
	assert_str(w.s.mentions.ptr[1].scenario, "scn-kata");
	assert_str(w.s.notes.ptr[0], "one two");
	world_finish(&w);
}

Test(rules, trace)
{
	world w;
	run_rules(&w,
		"rules:\n  - id: r\n    for: skill\n    when: skill.count >= 18.0 && sample.size > skill.low && "
		"!(skill.category in ['Nice'])\n"
		"    then:\n      - module: {teaches: =skill.concepts, as: elective}\n      - note: {text: seen}\n"
		"    because: '{{skill.name}}: {{skill.low / 3.0}} of {{size(skills)}} {{skill.concepts}}'\n");
	require(w.t.effects.len == 2);
	const effect *e = w.t.effects.ptr;
	assert_str(e->rule->id, "r");
	assert_str(e->fact, "skill:operators");
	require(e->kind == DO_MODULE && !e->required && e->order == 0 && e[1].order == 1 && e[1].kind == DO_NOTE);
	assert_str(e->because, "operators: 0.24 of 2 [\"kubernetes\", \"operators\"]");
	require(e->items.len == 1);
	assert_str(e->items.ptr[0], "module:k8s");
	const value *teaches = value_get(e->arguments, STR("teaches"));
	require(teaches && teaches->kind == V_LIST && teaches->list.len == 2);
	require_that(e->saw.len == 4, "%zu", e->saw.len);
	assert_str(e->saw.ptr[0].text, "skill.count");
	require(e->saw.ptr[0].value.number == 18);
	assert_str(e->saw.ptr[1].text, "sample.size");
	assert_str(e->saw.ptr[3].text, "skill.category");
	assert_str(e->saw.ptr[3].value.string, "Core");
	world_finish(&w);
}

/* A reason may print anything, a whole record too. */
Test(rules, reason_prints_records)
{
	world w;
	run_rules(&w, "rules:\n  - {id: r, for: insight, then: [{note: {text: x}}], because: '{{insight}} "
				  "{{sample.size > 3.0}} {{1 + 1}}'}\n");
	assert_str(w.t.effects.ptr[0].because,
		"{\"id\": \"insight-1\", \"text\": \"More operators please\", \"label\": \"\"} true 2");
	world_finish(&w);
}

Test(rules, blueprint)
{
	world w;
	small_world(&w);
	add_blueprint(&w, "networks", "(?i)network");
	add_blueprint(&w, "any", "");
	add_row(&w, ROW_SKILL, "quantum-network", "Nice", 3, "");
	add_row(&w, ROW_SKILL, "slo", "Nice", 3, "unheard-of");
	add_row(&w, ROW_THEME, "unknown-theme", "", 3, "");
	require(world_rules(&w, STR("rules:\n" ONE("a", "skill", "", "{module: {teaches: =skill.concepts}}")
									ONE("b", "theme", "", "{module: {teaches: =theme.concepts}}")
										ONE("c", "lab", "", "{note: {text: '=lab.id'}}"))));
	require_that(world_run(&w), "%s", world_listing(&w));
	const chosen *m = picked(&w, "module:quantum-network"), *l = picked(&w, "lab:lab-quantum-network");
	require(
		m && l && m->required && m->blueprint && m->row == &w.f.rows[ROW_SKILL].ptr[2] && l->row == m->row);
	assert_str(m->blueprint->id, "networks");
	const module *made = m->item;
	assert_str(made->title, "quantum-network (senior)");
	require(made->level == LEVEL_SENIOR && made->needs_author && ((const lab *)l->item)->needs_author);
	assert_str(((const lab *)l->item)->integrates.ptr[0], "quantum-network");
	/* an id that the catalogue has is not taken; the other blueprint answers everything */
	m = picked(&w, "module:skill-slo");
	require(m != NULL);
	assert_str(m->blueprint->id, "any");
	require(!picked(&w, "module:unknown-theme") && w.s.modules.len == 4);
	require_that(w.s.notes.len == 2, "%zu", w.s.notes.len); /* the labs of blueprints are facts too */
	world_finish(&w);
}

/* ---- nothing to do, and too little memory */

Test(rules, nothing)
{
	world w;
	world_init(&w);
	require(world_rules(&w, STR("rules: []\n")));
	require(world_run(&w) && w.s.modules.len == 0 && w.t.effects.len == 0);
	world_finish(&w);
}

static const char everything[] =
	"rules:\n"
	"  - {id: a, for: skill, when: 'skill.low > 0.1', then: [{module: {teaches: =skill.concepts}}], because: "
	"'{{skill.name}} {{skill}}'}\n"
	"  - {id: b, for: module, then: [{lab: {for: =module.concepts, all: true}}], because: x}\n"
	"  - {id: g, for: insight, then: [{emphasise: {concept: [slo], factor: 1.1}}], because: x}\n"
	"  - {id: c, for: theme, then: [{scenario: {for: =theme.concepts}}, {emphasise: {tag: platform, factor: "
	"1.2}}], because: x}\n"
	"  - {id: d, for: technology, then: [{setting: {for: =technology.concepts, technologies: "
	"=technology.tools}}], because: x}\n"
	"  - {id: e, for: sample, then: [{set: {weeks: 9}}, {note: {text: x}}, {require: {of: lab, has: [id]}}], "
	"because: x}\n"
	"  - {id: f, for: course, when: 'course.weeks == 9.0', then: [{target: {tag: latency, use: stretch}}], "
	"because: x}\n";

Test(rules, everything_at_once)
{
	world w;
	small_world(&w);
	require_that(world_rules(&w, str_from(everything)) && world_run(&w), "%s", world_listing(&w));
	require_that(w.t.effects.len == 12, "%zu", w.t.effects.len);
	world_finish(&w);
}

Test(rules, out_of_memory, .timeout = 120)
{
	for (unsigned n = 1;; n++) {
		world w;
		small_world(&w);
		add_blueprint(&w, "any", "");
		add_row(&w, ROW_SKILL, "unknown", "Core", 9, "");
		w.a.fail_at = w.a.count + n;
		bool ok = world_rules(&w, str_from(everything)) && world_run(&w);
		bool failed = w.a.failed;
		require_that(ok != failed, "allocation %u", n);
		arena_free(&w.a);
		if (!failed)
			break;
	}
	/* the same for what is wrong */
	for (unsigned n = 1;; n++) {
		world w;
		world_init(&w);
		w.a.fail_at = w.a.count + n;
		world_rules(&w, STR("rules:\n" ONE("a", "module", "", "{lab: {id: l}}")
								ONE("b", "lab", "", "{module: {id: m}}")));
		bool failed = w.a.failed;
		require(!w.ok);
		arena_free(&w.a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
