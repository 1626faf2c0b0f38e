#include "plan/decisions.h"

#include "base/text.h"

enum { NAMES_MAX = 512 };

typedef struct {
	const char *kind;
	size_t len;
} item_kind;

static const item_kind kinds[] = { { "module:", 7 }, { "lab:", 4 }, { "scenario:", 9 }, { "capstone:", 9 } };

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
	if (str_starts(item, STR("capstone:")))
		EACH (const plan_capstone, c, p->capstone)
			if (str_eq(c->id, id))
				return true;
	return false;
}

/* skill:ID and so on: what postings ask for. Rows come and go, so that an id that nothing has now is no
 * mistake. */
static bool is_evidence(str address)
{
	str_cut cut = str_split(address, ':');
	for (size_t i = 0; row_kind_names[i]; i++)
		if (str_eq(cut.head, str_from(row_kind_names[i])))
			return str_is_id(cut.tail);
	return false;
}

/* scenario:ID as a blueprint of the catalogue would make it: whether it has, only rules say. */
static bool may_be_made(const catalog *c, str item)
{
	str id = str_split(item, ':').tail;
	EACH (blueprint *const, b, c->blueprints) {
		str pattern = (*b)->scenario && str_starts(item, STR("scenario:")) ? (*b)->scenario->id : STR("");
		size_t at = str_find(pattern, STR("{{id}}"), 0);
		if (at != SIZE_MAX && id.len > pattern.len - 6 && str_starts(id, str_sub(pattern, 0, at)) &&
			str_ends(id, str_skip(pattern, at + 6)))
			return true;
	}
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
		"a decision is about module:ID, lab:ID, scenario:ID, capstone:ID, skill:ID, technology:ID or "
		"theme:ID, and there "
		"is "
		"no '%.*s'%s%.*s%s",
		STRF(one->item), near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
}

bool decision_holds(const decision *one, str as_of)
{
	return !one->expires.len || !as_of.len || str_cmp(one->expires, as_of) >= 0;
}

const decision *decision_of(const plan *p, decision_kind kind, str item, str as_of)
{
	if (p)
		EACH (const decision, one, p->decisions)
			if (one->kind == (int)kind && str_eq(one->item, item) && decision_holds(one, as_of))
				return one;
	return NULL;
}

static void check_course(const decision *one, diags *d)
{
	bool own = one->kind == DECISION_OWN;
	if (own && (!is_evidence(one->item) || !one->course.len))
		diag_add(d, E_DECISION_KIND, one->at,
			"'own' says which course teaches a skill, technology or theme: {kind: own, item: skill:ID, "
			"course: ID, ...}");
	else if (!own && one->course.len)
		diag_add(d, E_DECISION_KIND, one->at, "only 'own' has a course");
}

static void check_twice(const plan *p, size_t i, diags *d)
{
	const decision *one = &p->decisions.ptr[i];
	for (size_t k = 0; k < i; k++) {
		const decision *other = &p->decisions.ptr[k];
		if (other->kind == DECISION_WAIVE || !str_eq(other->item, one->item))
			continue;
		position first = sources_position(d->sources, other->at);
		diag_add(d, E_DECISION_CONFLICT, one->at, "'%.*s' is already decided at line %u", STRF(one->item),
			first.line);
		return;
	}
}

bool check_decisions(const plan *p, const catalog *c, diags *d)
{
	size_t before = d->errors;
	for (size_t i = 0; i < p->decisions.len; i++) {
		const decision *one = &p->decisions.ptr[i];
		check_course(one, d);
		if (one->kind == DECISION_WAIVE)
			continue;
		bool known = is_evidence(one->item) ||
					 (is_item(one->item) && (map_has(&c->by_id, one->item) || plan_has(p, one->item) ||
												may_be_made(c, one->item)));
		if (!known && one->kind != DECISION_OWN)
			unknown(one, c, d);
		check_twice(p, i, d);
	}
	return d->errors == before;
}

const decision *decision_against(const plan *p, const facts *f, str fact, str as_of)
{
	static const decision_kind kinds_[] = { DECISION_BAN, DECISION_OWN };
	str_cut cut = str_split(fact, ':');
	const fact_row *row = NULL;
	for (int k = 0; k < ROW_KINDS; k++)
		if (str_eq(cut.head, str_from(row_kind_names[k])))
			row = facts_find(f, (row_kind)k, cut.tail);
	EACH (const decision, one, p->decisions)
		for (size_t i = 0; i < COUNT(kinds_); i++) {
			str_cut item = str_split(one->item, ':');
			bool same = str_eq(one->item, fact) ||
						(row && str_eq(item.head, cut.head) && list_has(row->concepts, item.tail));
			if (one->kind == (int)kinds_[i] && same && decision_holds(one, as_of))
				return one;
		}
	return NULL;
}

void report_open_decisions(const plan *p, diags *d)
{
	EACH (const decision, one, p->decisions) {
		if (is_evidence(one->item))
			continue;
		bool there = plan_has(p, one->item);
		if ((one->kind == DECISION_BAN && there) || (one->kind == DECISION_PIN && !there))
			diag_add(d, E_DECISION_OPEN, one->at,
				"'%.*s' is %s, but %s in the plan; 'plan --force' makes one in which it %s", STRF(one->item),
				there ? "banned" : "pinned", there ? "still" : "not", there ? "is not" : "is");
	}
}
