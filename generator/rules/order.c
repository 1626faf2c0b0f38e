/* A graph of rules and attributes: a rule points at what it writes, an attribute at the rules that read it.
 * Levels by Kahn's algorithm, so the cost is linear in reads and writes. */
#include "rules/order.h"

#include <stdlib.h>

typedef VEC(uint32_t) vec_index;

typedef struct {
	vec_index readers, writers;
	uint32_t unwritten; /* writers that have no stratum yet */
	unsigned stratum;   /* of the last writer, plus one */
} attribute;

typedef struct {
	vec_index reads, writes;
	uint32_t waiting; /* attributes read that are not complete */
} node;

typedef struct {
	arena *arena;
	ruleset *set;
	attribute *attributes; /* by attribute_number */
	node *nodes;
	uint32_t *queue;
	size_t queue_len;
	unsigned strata;
} graph;

/* Of each kind of fact, first which facts there are, and then its fields. */
static uint32_t first_attribute(fact_kind kind)
{
	uint32_t n = 0;
	for (int k = 0; k < (int)kind; k++)
		n += 1 + (uint32_t)fact_type((fact_kind)k)->field_count;
	return n;
}

static fact_kind kind_of_attribute(uint32_t number)
{
	int kind = 0;
	while (kind + 1 < FACT_KINDS && first_attribute((fact_kind)(kind + 1)) <= number)
		kind++;
	return (fact_kind)kind;
}

/* "skill.weight"; "module" for which modules there are */
static str attribute_name(arena *a, uint32_t number)
{
	fact_kind kind = kind_of_attribute(number);
	uint32_t member = number - first_attribute(kind);
	const record_type *t = fact_type(kind);
	return member ? arena_printf(a, "%.*s.%.*s", STRF(t->name), STRF(t->fields[member - 1].name)) : t->name;
}

static void add_edge(graph *g, uint32_t r, fact_kind kind, str member, bool write)
{
	const record_type *t = fact_type(kind);
	uint32_t at = first_attribute(kind);
	for (uint32_t i = 0; member.len && i < t->field_count; i++)
		if (str_eq(t->fields[i].name, member))
			at += i + 1;
	vec_index *mine = write ? &g->nodes[r].writes : &g->nodes[r].reads;
	EACH (uint32_t, known, *mine)
		if (*known == at)
			return;
	vec_push(g->arena, mine, at);
	attribute *a = &g->attributes[at];
	if (write)
		vec_push(g->arena, &a->writers, r);
	else
		vec_push(g->arena, &a->readers, r);
}

static fact_kind kind_named(str name)
{
	int kind = 0;
	while (kind + 1 < FACT_KINDS && !str_eq(name, fact_type((fact_kind)kind)->name))
		kind++;
	return (fact_kind)kind;
}

static void add_program(graph *g, uint32_t r, const cel_program *p)
{
	if (!p)
		return;
	list_cel_read reads = cel_reads(p, g->arena);
	EACH (cel_read, one, reads)
		add_edge(g, r, kind_named(one->type), one->field, false);
}

static bool has_argument(const rule_action *action, str name)
{
	EACH (const rule_argument, arg, action->arguments)
		if (str_eq(arg->name, name))
			return true;
	return false;
}

static void add_writes(graph *g, uint32_t r, const rule_action *action)
{
	static const fact_kind tasks[] = { [DO_LAB] = FACT_LAB, [DO_SCENARIO] = FACT_SCENARIO };
	switch (action->kind) {
	case DO_MODULE:
		/* A skill that no module teaches gets one from a blueprint, and a lab and a scenario with it. */
		if (g->set->rules.ptr[r].subject == FACT_SKILL && !has_argument(action, STR("id"))) {
			add_edge(g, r, FACT_LAB, STR(""), true);
			add_edge(g, r, FACT_SCENARIO, STR(""), true);
		}
		add_edge(g, r, FACT_MODULE, STR(""), true);
		return;
	case DO_LAB:
	case DO_SCENARIO:
		add_edge(g, r, tasks[action->kind], STR(""), true);
		return;
	case DO_EMPHASISE:
		for (int kind = FACT_SKILL; has_argument(action, STR("concept")) && kind <= FACT_THEME; kind++)
			add_edge(g, r, (fact_kind)kind, STR("weight"), true);
		if (has_argument(action, STR("tag")))
			add_edge(g, r, FACT_MODULE, STR("emphasis"), true);
		return;
	case DO_SET:
		EACH (rule_argument, arg, action->arguments)
			add_edge(g, r, FACT_COURSE, arg->name, true);
		return;
	case DO_REQUIRE: /* what these write no condition can read */
	case DO_TARGET:
	case DO_SETTING:
	case DO_NOTE:
	case DO_KINDS:
		return;
	}
}

static void build(graph *g)
{
	for (uint32_t r = 0; r < g->set->rules.len; r++) {
		const compiled_rule *rule_ = &g->set->rules.ptr[r];
		if (fact_is_list(rule_->subject))
			add_edge(g, r, rule_->subject, STR(""), false);
		add_program(g, r, rule_->when);
		EACH (const reason_part, p, rule_->because)
			add_program(g, r, p->program);
		EACH (const rule_action, action, rule_->actions) {
			EACH (const rule_argument, arg, action->arguments)
				add_program(g, r, arg->program);
			add_writes(g, r, action);
		}
	}
}

static void give_level(graph *g, uint32_t r)
{
	unsigned level = 0;
	EACH (uint32_t, at, g->nodes[r].reads)
		if (g->attributes[*at].stratum > level)
			level = g->attributes[*at].stratum;
	g->set->rules.ptr[r].stratum = level;
	if (level + 1 > g->strata)
		g->strata = level + 1;
	EACH (uint32_t, at, g->nodes[r].writes) {
		attribute *a = &g->attributes[*at];
		if (level + 1 > a->stratum)
			a->stratum = level + 1;
		if (--a->unwritten > 0)
			continue;
		EACH (uint32_t, reader, a->readers)
			if (--g->nodes[*reader].waiting == 0)
				g->queue[g->queue_len++] = *reader;
	}
}

/* Follows reads back to their writers among the rules that are left; the way must come back to itself. */
static void report_cycle(graph *g, uint32_t start, diags *d)
{
	size_t count = g->set->rules.len, steps = 0;
	uint32_t at = start;
	uint32_t *seen = NEWN(g->arena, uint32_t, count);
	uint32_t *through =
		NEWN(g->arena, uint32_t, count); /* the attribute by which a rule waits for the next */
	vec_index way = { 0 };
	buf text = { .arena = g->arena };
	while (seen && through && !seen[at] && steps <= count) {
		seen[at] = (uint32_t)++steps;
		vec_push(g->arena, &way, at);
		uint32_t next = at;
		EACH (uint32_t, read, g->nodes[at].reads) {
			const attribute *a = &g->attributes[*read];
			EACH (const uint32_t, w, a->writers)
				if (g->nodes[*w].waiting && a->unwritten) {
					next = *w;
					through[at] = *read;
					break;
				}
		}
		at = next;
	}
	if (g->arena->failed)
		return;
	for (size_t i = seen[at] - 1; i < way.len; i++)
		buf_printf(&text, "%.*s reads %.*s of ", STRF(g->set->rules.ptr[way.ptr[i]].rule->id),
			STRF(attribute_name(g->arena, through[way.ptr[i]])));
	buf_str(&text, g->set->rules.ptr[at].rule->id);
	diag_add(d, E_RULE_CYCLE, g->set->rules.ptr[at].rule->at, "rules read what they write, in a circle: %.*s",
		STRF(buf_done(&text)));
}

static int by_order(const void *x, const void *y)
{
	const compiled_rule *a = x, *b = y;
	if (a->stratum != b->stratum)
		return a->stratum < b->stratum ? -1 : 1;
	int pa = a->rule->priority == SCHEMA_UNSET ? 0 : a->rule->priority;
	int pb = b->rule->priority == SCHEMA_UNSET ? 0 : b->rule->priority;
	if (pa != pb)
		return pa > pb ? -1 : 1;
	return str_cmp(a->rule->id, b->rule->id);
}

/* The rules are sorted; no stratum is empty. */
static void cut_strata(graph *g)
{
	ruleset *set = g->set;
	rule_stratum *strata = NEWN(g->arena, rule_stratum, g->strata);
	for (uint32_t r = 0; strata && r < set->rules.len; r++) {
		rule_stratum *s = &strata[set->rules.ptr[r].stratum];
		if (s->to == 0)
			s->from = r;
		s->to = r + 1;
	}
	set->strata.ptr = strata;
	set->strata.len = strata ? g->strata : 0;
}

bool order_rules(ruleset *set, arena *a, diags *d)
{
	size_t count = set->rules.len;
	graph g = { .arena = a, .set = set };
	uint32_t attributes = first_attribute(FACT_KINDS);
	g.attributes = NEWN(a, attribute, attributes);
	g.nodes = NEWN(a, node, count);
	g.queue = NEWN(a, uint32_t, count);
	if (count == 0 || !g.nodes || !g.queue || !g.attributes)
		return !a->failed;
	build(&g);
	if (a->failed)
		return false;
	for (uint32_t i = 0; i < attributes; i++)
		g.attributes[i].unwritten = (uint32_t)g.attributes[i].writers.len;
	for (uint32_t r = 0; r < count; r++) {
		EACH (uint32_t, at, g.nodes[r].reads)
			g.nodes[r].waiting += g.attributes[*at].unwritten > 0;
		if (g.nodes[r].waiting == 0)
			g.queue[g.queue_len++] = r;
	}
	for (size_t done = 0; done < g.queue_len; done++)
		give_level(&g, g.queue[done]);
	if (g.queue_len < count) {
		for (uint32_t r = 0; r < count; r++)
			if (g.nodes[r].waiting) {
				report_cycle(&g, r, d);
				break;
			}
		return false;
	}
	qsort(set->rules.ptr, count, sizeof *set->rules.ptr, by_order);
	cut_strata(&g);
	return !a->failed;
}
