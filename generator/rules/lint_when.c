/* Conditions that never hold or always do, whole or in part. */
#include "base/text.h"
#include "rules/lint_parts.h"

#include <math.h>

enum { QUOTE_MAX = 70, PAIRS_MAX = 24, RULE_WORK_MAX = 1 << 20 };

/* Why something cannot be otherwise, and the smallest part of the condition that shows it. */
typedef struct {
	const cel_node *node;
	str why;
} reason;

/* Reading one rule, in an arena of its own. */
typedef struct {
	lint *lint;
	arena *arena;
	logic logic;
	const located *text;
} reader;

/* The part of the source, on one line and not too long. */
static str part_text(reader *r, const cel_node *n)
{
	str s = text_one_line(r->arena, str_sub(r->text->text, n->from, n->to - n->from));
	if (s.len <= QUOTE_MAX)
		return s;
	size_t end = QUOTE_MAX;
	while (end && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
		end--;
	return arena_printf(r->arena, "%.*s...", (int)end, s.ptr);
}

static str quote(reader *r, const cel_node *n)
{
	str s = part_text(r, n);
	const char *mark = str_find(s, STR("'"), 0) == SIZE_MAX ? "'" : "\"";
	return arena_printf(r->arena, "%s%.*s%s", mark, STRF(s), mark);
}

static bool is_bounded(const domain *d)
{
	return d->word_count || isfinite(d->low) || isfinite(d->high);
}

/* "skill.share goes from 0 to 1 (50 % is 0.5)" */
static void write_domain(buf *out, reader *r, const cel_node *subject)
{
	domain d = domain_of(subject);
	if (!is_bounded(&d))
		return;
	buf_printf(out, "; %.*s ", STRF(part_text(r, subject)));
	for (size_t i = 0; i < d.word_count; i++)
		buf_printf(out, "%s%.*s", i == 0 ? "is " : i + 1 < d.word_count ? ", " : " or ", STRF(d.words[i]));
	if (d.word_count == 0 && d.low == d.high)
		buf_printf(out, "is always %g", d.low);
	else if (d.word_count == 0 && isfinite(d.high))
		buf_printf(out, "goes from %g to %g", d.low, d.high);
	else if (d.word_count == 0)
		buf_printf(out, "is %s %g", d.above ? "above" : "at least", d.low);
	if (d.hint)
		buf_printf(out, " (%s)", d.hint);
}

static void write_suggestion(buf *out, const cel_node *subject, value given)
{
	domain d = domain_of(subject);
	if (given.kind != V_STRING || d.word_count == 0)
		return;
	str near = text_suggest(given.string, d.words, d.word_count);
	for (size_t i = 0; i < d.word_count; i++)
		if (str_eq_nocase(d.words[i], given.string))
			near = d.words[i];
	if (near.len)
		buf_printf(out, "; did you mean '%.*s'?", STRF(near));
}

static reason simple_reason(reader *r, const cel_node *n, bool negated)
{
	buf out = { .arena = r->arena };
	const cel_node *with, *subject = comparison_subject(n, &with);
	buf_printf(&out, "%.*s %s", STRF(quote(r, n)), negated ? "always holds" : "never holds");
	if (n->kind == NODE_HAS)
		buf_printf(&out, "; every %.*s has all its fields", STRF(n->target->type.record->name));
	if (subject && with->constant.kind == V_LIST && with->constant.list.len == 0)
		BUF_LIT(&out, "; the list is empty");
	else if (subject && with->constant.kind == V_DOUBLE && isnan(with->constant.number))
		BUF_LIT(&out, "; NaN is not comparable");
	else if (subject) {
		write_domain(&out, r, subject);
		write_suggestion(&out, subject, with->constant);
	}
	return (reason){ .node = n, .why = buf_done(&out) };
}

static bool never(reader *r, const cel_node *n, bool negated)
{
	return logic_never(&r->logic, n, negated);
}

/* Parts that can hold each, but not together. */
static reason clash(reader *r, const cel_node *n, bool negated)
{
	arena *a = r->arena;
	size_t count = n->args.len < PAIRS_MAX ? n->args.len : PAIRS_MAX;
	for (size_t j = 1; j < count; j++)
		for (size_t i = 0; i < j; i++) {
			formula one = logic_formula(&r->logic, n->args.ptr[i], negated);
			formula two = logic_formula(&r->logic, n->args.ptr[j], negated);
			formula both = logic_both(&r->logic, &one, &two);
			if (!both.known || both.ways.len)
				continue;
			str x = quote(r, n->args.ptr[i]), y = quote(r, n->args.ptr[j]);
			return (reason){ .node = n->args.ptr[j],
				.why = negated ? arena_printf(a, "one of %.*s and %.*s always holds", STRF(x), STRF(y))
							   : arena_printf(a, "%.*s and %.*s never hold together", STRF(x), STRF(y)) };
		}
	return (reason){ .node = n,
		.why = negated ? STR("one of the parts always holds") : STR("the parts never hold together") };
}

/* Why the condition, or its opposite, cannot hold. */
static reason why_never(reader *r, const cel_node *n, bool negated)
{
	if (n->kind == NODE_NOT)
		return why_never(r, n->target, !negated);
	if (n->kind == NODE_MACRO && n->args.len && n->args.ptr[0]->kind != NODE_CONST)
		return why_never(r, n->args.ptr[0], negated);
	if (n->kind != NODE_AND && n->kind != NODE_OR)
		return simple_reason(r, n, negated);
	for (size_t i = 0; i < n->args.len; i++)
		if (never(r, n->args.ptr[i], negated))
			return why_never(r, n->args.ptr[i], negated);
	return clash(r, n, negated);
}

static void say(reader *r, diag_code code, reason why, str before)
{
	loc from = located_at(r->text, why.node->from);
	loc last = located_at(r->text, why.node->to > why.node->from ? why.node->to - 1 : why.node->from);
	uint32_t len =
		last.source == from.source && last.offset > from.offset ? last.offset - from.offset + 1 : 1;
	diag_span(r->lint->diags, code, from, len, "%.*s%.*s", STRF(before), STRF(why.why));
}

static bool is_condition(const cel_node *n)
{
	return n->kind == NODE_AND || n->kind == NODE_OR || n->kind == NODE_NOT || n->kind == NODE_HAS ||
		   n->kind == NODE_BINARY || n->kind == NODE_MACRO;
}

static void walk(reader *r, const cel_node *n);

static void walk_parts(reader *r, const cel_node *n)
{
	if (n->target)
		walk(r, n->target);
	bool joins = n->kind == NODE_AND || n->kind == NODE_OR;
	for (size_t i = 0; i < n->args.len; i++) {
		const cel_node *part = n->args.ptr[i];
		if (joins && part->kind == NODE_CONST && part->constant.kind == V_BOOL)
			say(r, E_RULE_CONSTANT, simple_reason(r, part, part->constant.boolean), STR(""));
		else
			walk(r, part);
	}
}

/* Reports the largest parts that cannot be otherwise. */
static void walk(reader *r, const cel_node *n)
{
	if (r->arena->failed)
		return;
	bool condition = is_condition(n) && n->type.kind == CEL_BOOL;
	if (condition && never(r, n, false))
		say(r, E_RULE_CONSTANT, why_never(r, n, false), STR(""));
	else if (condition && never(r, n, true))
		say(r, E_RULE_CONSTANT, why_never(r, n, true), STR(""));
	else
		walk_parts(r, n);
}

static void walk_program(reader *r, const cel_program *p)
{
	if (!p)
		return;
	r->text = &p->text;
	walk(r, p->root);
}

static void check_when(reader *r, const compiled_rule *c, bool *is_never)
{
	if (!c->when)
		return;
	const cel_node *root = c->when->root;
	r->text = &c->when->text;
	if (never(r, root, false)) {
		*is_never = true;
		say(r, E_RULE_NEVER, why_never(r, root, false),
			arena_printf(r->arena, "rule '%.*s' can never fire: ", STRF(c->rule->id)));
	} else if (never(r, root, true)) {
		/* 'when: true' is meant as it is written. */
		if (!str_eq(str_trim(r->text->text), STR("true")))
			say(r, E_RULE_CONSTANT, why_never(r, root, true),
				arena_printf(r->arena, "the condition of rule '%.*s' excludes nothing: ", STRF(c->rule->id)));
	} else {
		walk_parts(r, root);
	}
}

static void check_rule(lint *k, const compiled_rule *c, bool *is_never)
{
	arena own = { .fail_at = k->arena->fail_at };
	reader r = { .lint = k, .arena = &own, .logic = { .arena = &own, .most = RULE_WORK_MAX } };
	check_when(&r, c, is_never);
	EACH (const rule_action, action, c->actions)
		EACH (const rule_argument, arg, action->arguments)
			walk_program(&r, arg->program);
	EACH (const reason_part, part, c->because)
		walk_program(&r, part->program);
	k->arena->failed |= own.failed;
	arena_free(&own);
}

/* Which kinds of items some rule may add. */
static void find_added(const lint *k, bool added[FACT_KINDS])
{
	EACH (const compiled_rule, c, k->in->rules->rules)
		EACH (const rule_action, action, c->actions) {
			added[FACT_MODULE] |= action->kind == DO_MODULE;
			/* A skill that no module teaches gets a lab together with its module. */
			added[FACT_LAB] |=
				action->kind == DO_LAB || (action->kind == DO_MODULE && c->subject == FACT_SKILL);
			added[FACT_SCENARIO] |= action->kind == DO_SCENARIO;
		}
}

void lint_conditions(lint *k)
{
	bool added[FACT_KINDS] = { false };
	find_added(k, added);
	for (size_t i = 0; i < k->in->rules->rules.len && !k->arena->failed; i++) {
		const compiled_rule *c = &k->in->rules->rules.ptr[k->order[i]];
		bool *is_never = &k->never[k->order[i]];
		check_rule(k, c, is_never);
		if (c->subject >= FACT_MODULE && !added[c->subject] && !*is_never) {
			*is_never = true;
			if (lint_concerns(k, c->rule->at))
				diag_add(k->diags, E_RULE_NEVER, c->rule->at, "rule '%.*s' can never fire: no rule adds a %s",
					STRF(c->rule->id), fact_names[c->subject]);
		}
	}
}
