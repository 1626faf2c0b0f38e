#include "rules/lint_parts.h"

#include <stdlib.h>

typedef struct {
	loc at;
	uint32_t rule;
} placed;

static int by_place(const void *x, const void *y)
{
	const placed *a = x, *b = y;
	if (a->at.source != b->at.source)
		return a->at.source < b->at.source ? -1 : 1;
	return (a->at.offset > b->at.offset) - (a->at.offset < b->at.offset);
}

bool lint_is_own(const lint *k, loc at)
{
	return at.source >= k->in->own_from;
}

bool lint_concerns(const lint *k, loc at)
{
	return !k->own_rules || lint_is_own(k, at);
}

const rule_argument *lint_argument(const rule_action *action, const char *name)
{
	EACH (const rule_argument, arg, action->arguments)
		if (str_eq(arg->name, str_from(name)))
			return arg;
	return NULL;
}

/* Rules come by stratum; people read them in the order of the files. */
bool lint_begin(lint *out, const lint_input *in, arena *scratch, diags *d)
{
	size_t count = in->rules->rules.len;
	*out = (lint){ .in = in, .arena = scratch, .diags = d };
	placed *places = NEWN(scratch, placed, count);
	out->order = NEWN(scratch, uint32_t, count);
	out->never = NEWN(scratch, bool, count);
	if (!places || !out->order || !out->never)
		return false;
	for (uint32_t i = 0; i < count; i++) {
		places[i] = (placed){ .at = in->rules->rules.ptr[i].rule->at, .rule = i };
		out->own_rules |= lint_is_own(out, places[i].at);
	}
	qsort(places, count, sizeof *places, by_place);
	for (size_t i = 0; i < count; i++)
		out->order[i] = places[i].rule;
	return true;
}

bool lint_rules(const lint_input *in, arena *scratch, diags *d)
{
	lint k;
	bool ok = true;
	if (lint_begin(&k, in, scratch, d)) {
		ok = lint_names(&k);
		lint_conditions(&k);
		lint_shadowed(&k);
		lint_reach(&k);
	}
	return ok && !scratch->failed;
}
