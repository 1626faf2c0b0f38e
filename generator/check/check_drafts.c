/* What was made from blueprints, the heaviest skill first, and what an author would add to it. */
#include "base/number.h"
#include "check/checker.h"
#include "model/blueprint.h"

typedef struct {
	const char *kind; /* of the address by which it is reported */
	str id, blueprint, skill;
	loc at; /* in the plan */
} draft;

static bool same_draft(str blueprint_id, str skill, const draft *d)
{
	return str_eq(blueprint_id, d->blueprint) && str_eq(skill, d->skill);
}

/* Addresses of all that the blueprint made for the skill. */
static void name_items(checker *k, buf *out, const draft *d)
{
	const plan *p = k->c->plan;
	const char *comma = "";
	EACH (const plan_module, m, p->modules)
		if (same_draft(m->blueprint, m->skill, d)) {
			buf_printf(out, "%smodule:%.*s", comma, STRF(m->id));
			comma = ", ";
		}
	EACH (const plan_lab, l, p->labs)
		if (same_draft(l->blueprint, l->skill, d)) {
			buf_printf(out, "%slab:%.*s", comma, STRF(l->id));
			comma = ", ";
		}
	EACH (const plan_scenario, s, p->scenarios)
		if (same_draft(s->blueprint, s->skill, d)) {
			buf_printf(out, "%sscenario:%.*s", comma, STRF(s->id));
			comma = ", ";
		}
}

static void name_gaps(checker *k, buf *out, const draft *d, str skill_name)
{
	const blueprint *b = catalog_find(k->c->catalog, "blueprint", d->blueprint);
	list_fill_word words = blueprint_words(k->arena, d->skill, skill_name, STR(""), k->c->plan->course.level);
	int number = 0;
	for (size_t i = 0; b && i < b->author.len; i++) {
		str text = words_fill(k->arena, b->author.ptr[i], words);
		buf_printf(out, "%s (%d) %.*s", number ? ";" : ". To be added:", number + 1, STRF(text));
		number++;
	}
}

static void report(checker *k, map *said, const draft *d)
{
	str key = arena_printf(k->arena, "%.*s %.*s", STRF(d->blueprint), STRF(d->skill));
	if (map_put(said, key, k))
		return;
	const fact_row *row = k->c->facts ? facts_find(k->c->facts, ROW_SKILL, d->skill) : NULL;
	str name = row ? row->row->name : d->skill;
	buf text = { .arena = k->arena };
	buf_printf(&text, "made from blueprint:%.*s for the skill '%.*s' (", STRF(d->blueprint), STRF(name));
	if (row) {
		BUF_LIT(&text, "weight ");
		buf_rounded(&text, row->weight, 3);
		BUF_LIT(&text, ", share ");
		buf_rounded(&text, row->row->share, 3);
	} else {
		BUF_LIT(&text, "no row of the workbook any more");
	}
	BUF_LIT(&text, "): ");
	name_items(k, &text, d);
	name_gaps(k, &text, d, name);
	place where = {
		.kind = d->kind, .id = d->id, .at = row ? row->row->at : d->at, .rank = row ? row->weight : 0
	};
	str all = buf_done(&text);
	found(k, where, "%.*s", STRF(all));
}

void rule_g_01(checker *k)
{
	const plan *p = k->c->plan;
	map said = { .arena = k->arena };
	if (!k->c->catalog)
		return;
	EACH (const plan_module, m, p->modules)
		if (m->blueprint.len)
			report(k, &said, &(draft){ "module", m->id, m->blueprint, m->skill, m->at });
	EACH (const plan_lab, l, p->labs)
		if (l->blueprint.len)
			report(k, &said, &(draft){ "lab", l->id, l->blueprint, l->skill, l->at });
	EACH (const plan_scenario, s, p->scenarios)
		if (s->blueprint.len)
			report(k, &said, &(draft){ "scenario", s->id, s->blueprint, s->skill, s->at });
}
