#include "plan/decisions.h"

#include "base/text.h"

enum { NAMES_MAX = 512 };

typedef struct {
	const char *kind;
	size_t len;
} item_kind;

static const item_kind kinds[] = { { "module:", 7 }, { "lab:", 4 }, { "scenario:", 9 } };

static bool plan_has(const plan *p, str item)
{
	str id = str_split(item, ':').tail;
	if (str_starts(item, STR("module:")))
		EACH (const plan_module, m, p->modules)
			if (str_eq(m->id, id))
				return true;
	if (str_starts(item, STR("lab:")))
		EACH (const plan_lab, l, p->labs)
			if (str_eq(l->id, id))
				return true;
	if (str_starts(item, STR("scenario:")))
		EACH (const plan_scenario, s, p->scenarios)
			if (str_eq(s->id, id))
				return true;
	return false;
}

static bool is_item(str address)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_starts(address, (str){ .ptr = kinds[i].kind, .len = kinds[i].len }))
			return true;
	return false;
}

static void unknown(const decision *one, const catalog *c, diags *d)
{
	str names[NAMES_MAX];
	size_t count = 0;
	EACH (const map_entry, e, c->by_id.entries)
		if (count < NAMES_MAX && is_item(e->key))
			names[count++] = e->key;
	str near = text_suggest(one->item, names, count);
	diag_add(d, E_UNKNOWN_REFERENCE, one->at,
		"a decision is about module:ID, lab:ID or scenario:ID, and there is no '%.*s'%s%.*s%s",
		STRF(one->item), near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
}

bool check_decisions(const plan *p, const catalog *c, diags *d)
{
	size_t before = d->errors;
	for (size_t i = 0; i < p->decisions.len; i++) {
		const decision *one = &p->decisions.ptr[i];
		if (one->kind == DECISION_WAIVE)
			continue;
		if (!is_item(one->item) || (!map_has(&c->by_id, one->item) && !plan_has(p, one->item)))
			unknown(one, c, d);
		for (size_t k = 0; k < i; k++) {
			const decision *other = &p->decisions.ptr[k];
			if (other->kind == DECISION_WAIVE || !str_eq(other->item, one->item))
				continue;
			position first = sources_position(d->sources, other->at);
			diag_add(d, E_DECISION_CONFLICT, one->at, "'%.*s' is already decided at line %u", STRF(one->item),
				first.line);
			break;
		}
	}
	return d->errors == before;
}

void report_open_decisions(const plan *p, diags *d)
{
	EACH (const decision, one, p->decisions) {
		bool there = plan_has(p, one->item);
		if ((one->kind == DECISION_BAN && there) || (one->kind == DECISION_PIN && !there))
			diag_add(d, E_DECISION_OPEN, one->at,
				"'%.*s' is %s, but %s in the plan; 'plan --force' makes one in which it %s", STRF(one->item),
				there ? "banned" : "pinned", there ? "still" : "not", there ? "is not" : "is");
	}
}
