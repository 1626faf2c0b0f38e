#include "generated.h"

enum { SAMPLE = 400, NEIGHBOURS = 3 };

static unsigned count_of(unsigned i)
{
	return 40 + i * 7919 % 350;
}

str generated_workbook(arena *a, unsigned n)
{
	static const char *const categories[] = { "Core", "Important", "Emerging", "Nice" };
	buf b = { .arena = a };
	buf_printf(
		&b, "# Workbook — Senior Engineer\n\n## Summary\n\n- **Sample Size**: %d postings\n\n", SAMPLE);
	BUF_LIT(
		&b, "## Aggregate Skill Frequency\n\n| Skill | Frequency | Category | Notes |\n|---|---|---|---|\n");
	for (unsigned i = 0; i < n; i++)
		buf_printf(&b, "| concept%u | %u | %s | a note on skill number %u |\n", i, count_of(i),
			categories[i % 4], i);
	BUF_LIT(&b, "\n## Technology Mentions\n\n| Category | Tool / Platform | Frequency | Notes "
				"|\n|---|---|---|---|\n");
	for (unsigned i = 0; i < n; i++)
		buf_printf(&b, "| area%u | concept%u, tool%u | %u | |\n", i, i, i, count_of(i + 3));
	BUF_LIT(&b, "\n## Responsibilities Themes\n\n| Theme | Representative Responsibilities | Frequency "
				"|\n|---|---|---|\n");
	for (unsigned i = 0; i < n; i++)
		buf_printf(&b, "| theme%u | Lead the work on concept%u | %u |\n", i, i, count_of(i + 5));
	BUF_LIT(&b,
		"\n## Experience Expectations\n\n- **Years of Experience**: 5+ years\n\n## Insights & Actions\n\n"
		"- Give weight to operators and to lower latency.\n");
	return buf_done(&b);
}

static void add_module(buf *b, unsigned i)
{
	buf_printf(b,
		"  - id: module%u\n    title: Module %u\n    level: senior\n    summary: What module %u is for.\n", i,
		i, i);
	buf_printf(b,
		"    teaches: {concept%u: proficient}\n    minutes: {min: 300, max: 900}\n    tags: [tag%u]\n", i,
		i % 7);
	if (i % NEIGHBOURS)
		buf_printf(b, "    prerequisites: [module%u]\n", i - 1);
	BUF_LIT(b, "    outcomes:\n");
	for (unsigned k = 0; k < 3; k++)
		buf_printf(
			b, "      - {id: out%u-%u, text: Apply it, bloom: apply, concepts: [concept%u]}\n", i, k, i);
	BUF_LIT(b, "    topics:\n      - {title: Topic, points: [One, Two, Three]}\n    activities:\n");
	for (unsigned k = 0; k < 5; k++)
		buf_printf(b,
			"      - {id: a%u, kind: %s, minutes: 60, contact: true, outcomes: [out%u-%u], text: Do it.}\n",
			k, k % 2 ? "exercise" : "lecture", i, k % 3);
	BUF_LIT(b, "    misconceptions:\n      - {text: It is easy, notice: They say so}\n");
}

static void add_lab(buf *b, unsigned i)
{
	buf_printf(b,
		"  - id: lab%u\n    title: Lab %u\n    level: senior\n    summary: A lab.\n    minutes: 120\n", i, i);
	buf_printf(b,
		"    context: You run it.\n    integrates: [module%u]\n    outcomes: [out%u-0, out%u-1, out%u-2]\n",
		i, i, i, i);
	BUF_LIT(b,
		"    tags: [lab]\n    tiers: [{tier: T0, hardware: laptop, note: x}]\n    fallback: T0\n"
		"    workload: {description: Load, arrival: batch}\n    metrics:\n"
		"      - id: time\n        name: Time\n        definition: How long\n        unit: s\n        "
		"direction: lower\n"
		"        aggregate: {over: runs, stat: median}\n        baseline: {value: 100, obtain: measure}\n    "
		"    target: 50\n"
		"        stretch: 30\n        tolerance: {pct: 5, why: noise}\n        noise_pct: 2\n        "
		"repeats: 5\n"
		"        basis: author\n"
		"    guardrails: []\n    procedure: [{title: Do, text: Do it.}]\n    decision: The target is met.\n"
		"    evidence: [{path: out.csv, text: Results}]\n"
		"    governance: [{kind: adr, path: adr.md, owner: lead, check: Read it.}]\n    failure_modes: []\n"
		"    cost: {ceiling: 0, currency: USD, note: none}\n    teardown: Nothing.\n    rubric:\n"
		"      pass: {percent: 60, compensatory: true}\n      criteria:\n");
	buf_printf(b, "        - {id: c, name: C, weight: 100, outcomes: [out%u-0], metric: time}\n", i);
}

str generated_catalog(arena *a, unsigned n)
{
	buf b = { .arena = a };
	BUF_LIT(&b, "concepts:\n");
	for (unsigned i = 0; i < n; i++)
		buf_printf(&b, "  - {id: concept%u, kind: skill, name: concept%u, aliases: [alias%u]}\n", i, i, i);
	BUF_LIT(&b, "modules:\n");
	for (unsigned i = 0; i < n; i++)
		add_module(&b, i);
	BUF_LIT(&b, "labs:\n");
	for (unsigned i = 0; i < n; i++)
		add_lab(&b, i);
	return buf_done(&b);
}
