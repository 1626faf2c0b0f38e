/* A graph of rules and attributes: a rule points at what it writes, an attribute at the rules that read it.
 * Levels by Kahn's algorithm, so the cost is linear in reads and writes. */
#include "rules/order.h"

#include "base/map.h"

#include <stdlib.h>

typedef VEC(uint32_t) vec_index;

typedef struct {
	str name; /* "skill.weight"; "module" for which modules there are */
	vec_index readers, writers;
	uint32_t unwritten; /* writers that have no stratum yet */
	uint32_t index;
	unsigned stratum; /* of the last writer, plus one */
} attribute;

typedef struct {
	vec_index reads, writes;
	uint32_t waiting; /* attributes read that are not complete */
} node;

typedef struct {
	arena *arena;
	ruleset *set;
	map by_name;
	VEC(attribute *) attributes;
	node *nodes;
	uint32_t *queue;
	size_t queue_len;
} graph;

static uint32_t attribute_index(graph *g, str name)
{
	attribute *at = map_get(&g->by_name, name);
	if (!at) {
		at = NEW(g->arena, attribute);
		if (!at)
			return 0;
		at->name = name;
		at->index = (uint32_t)g->attributes.len;
		map_put(&g->by_name, name, at);
		vec_push(g->arena, &g->attributes, at);
	}
	return at->index;
}

static void add_edge(graph *g, uint32_t r, const char *kind, str member, bool write)
{
	str name = member.len ? arena_printf(g->arena, "%s.%.*s", kind, STRF(member)) : str_from(kind);
	uint32_t at = attribute_index(g, name);
	if (g->arena->failed)
		return;
	vec_index *mine = write ? &g->nodes[r].writes : &g->nodes[r].reads;
	EACH (uint32_t, known, *mine)
		if (*known == at)
			return;
	vec_push(g->arena, mine, at);
	attribute *a = g->attributes.ptr[at];
	if (write)
		vec_push(g->arena, &a->writers, r);
	else
		vec_push(g->arena, &a->readers, r);
}

static void add_program(graph *g, uint32_t r, const cel_program *p)
{
	if (!p)
		return;
	list_cel_read reads = cel_reads(p, g->arena);
	EACH (cel_read, one, reads)
		add_edge(g, r, arena_cstr(g->arena, one->type), one->field, false);
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
	static const char *const rows[] = { "skill", "technology", "theme" };
	switch (action->kind) {
	case DO_MODULE:
		/* A skill that no module teaches gets one from a blueprint, and a lab with it. */
		if (g->set->rules.ptr[r].subject == FACT_SKILL && !has_argument(action, STR("id")))
			add_edge(g, r, "lab", STR(""), true);
		add_edge(g, r, "module", STR(""), true);
		return;
	case DO_LAB:
	case DO_SCENARIO:
		add_edge(g, r, action_kind_names[action->kind], STR(""), true);
		return;
	case DO_EMPHASISE:
		for (size_t i = 0; has_argument(action, STR("concept")) && i < COUNT(rows); i++)
			add_edge(g, r, rows[i], STR("weight"), true);
		if (has_argument(action, STR("tag")))
			add_edge(g, r, "module", STR("emphasis"), true);
		return;
	case DO_SET:
		EACH (rule_argument, arg, action->arguments)
			add_edge(g, r, "course", arg->name, true);
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
			add_edge(g, r, fact_names[rule_->subject], STR(""), false);
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
		if (g->attributes.ptr[*at]->stratum > level)
			level = g->attributes.ptr[*at]->stratum;
	g->set->rules.ptr[r].stratum = level;
	if (level + 1 > g->set->strata)
		g->set->strata = level + 1;
	EACH (uint32_t, at, g->nodes[r].writes) {
		attribute *a = g->attributes.ptr[*at];
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
			const attribute *a = g->attributes.ptr[*read];
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
			STRF(g->attributes.ptr[through[way.ptr[i]]]->name));
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

bool order_rules(ruleset *set, arena *a, diags *d)
{
	size_t count = set->rules.len;
	graph g = { .arena = a, .set = set, .by_name = { .arena = a } };
	g.nodes = NEWN(a, node, count);
	g.queue = NEWN(a, uint32_t, count);
	if (count == 0 || !g.nodes || !g.queue)
		return !a->failed;
	build(&g);
	if (a->failed)
		return false;
	EACH (attribute *, at, g.attributes)
		(*at)->unwritten = (uint32_t)(*at)->writers.len;
	for (uint32_t r = 0; r < count; r++) {
		EACH (uint32_t, at, g.nodes[r].reads)
			g.nodes[r].waiting += g.attributes.ptr[*at]->unwritten > 0;
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
	return true;
}
