/* Addresses that lead nowhere: what may have been meant. */
#include "explain.h"

#include "base/text.h"

enum { NAMES_MAX = 4096 }; /* of one kind: more are not looked at */

typedef struct {
	cw_context *context;
	str kind;
	vec_str names;
} search;

static void add(search *s, str kind, str id)
{
	arena *a = &s->context->arena;
	if (s->names.len < NAMES_MAX && (s->kind.len == 0 || str_eq(s->kind, kind)))
		vec_push(a, &s->names, arena_printf(a, "%.*s:%.*s", STRF(kind), STRF(id)));
}

/* Everything with an id, of one kind or, if it is empty, of all. */
static void add_items(search *s)
{
	const cw_context *c = s->context;
	for (int kind = 0; kind < ROW_KINDS; kind++)
		EACH (const fact_row, r, c->facts.rows[kind])
			add(s, str_from(row_kind_names[kind]), r->row->id);
	EACH (const map_entry, e, c->catalog.by_id.entries) {
		str_cut cut = str_split(e->key, ':');
		add(s, cut.head, cut.tail);
	}
	EACH (const workbook_item, i, c->workbook.insights)
		add(s, STR("insight"), i->id);
	EACH (const taught_module, m, c->curriculum.modules)
		EACH (const outcome, o, m->module->outcomes)
			add(s, STR("outcome"), o->id);
	EACH (const set_lab, l, c->curriculum.labs) {
		EACH (const metric, m, l->lab->metrics)
			add(s, STR("metric"),
				arena_printf(&s->context->arena, "%.*s/%.*s", STRF(l->lab->id), STRF(m->id)));
		EACH (const guardrail, g, l->lab->guardrails)
			add(s, STR("guardrail"),
				arena_printf(&s->context->arena, "%.*s/%.*s", STRF(l->lab->id), STRF(g->id)));
	}
}

/* Fields of facts and items. */
static void add_fields(search *s)
{
	static const record *const records[] = { &module_record, &lab_record, &scenario_record, &course_record };
	static const char *const names[] = { "module", "lab", "scenario", "course" };
	arena *a = &s->context->arena;
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		const record_type *t = fact_type((fact_kind)kind);
		for (size_t i = 0; str_eq(s->kind, t->name) && i < t->field_count; i++)
			vec_push(a, &s->names, t->fields[i].name);
	}
	for (size_t k = 0; k < COUNT(records); k++)
		for (size_t i = 0; str_eq(s->kind, str_from(names[k])) && i < records[k]->field_count; i++)
			vec_push(a, &s->names, str_from(records[k]->fields[i].key));
	if (str_eq(s->kind, STR("module")) || str_eq(s->kind, STR("course")) || str_eq(s->kind, STR("week")))
		vec_push(a, &s->names, STR("hours"));
}

/* Kinds that explain knows and address_value does not. */
static const str own_kinds[] = { { "rule", 4 }, { "concept", 7 }, { "posting", 7 } };

static bool is_kind(str name)
{
	for (size_t i = 0; i < COUNT(own_kinds); i++)
		if (str_eq(name, own_kinds[i]))
			return true;
	for (size_t i = 0; address_kind(i); i++)
		if (str_eq(name, str_from(address_kind(i))))
			return true;
	return false;
}

static str nearest_kind(cw_context *c, str given)
{
	vec_str names = { 0 };
	for (size_t i = 0; address_kind(i); i++)
		vec_push(&c->arena, &names, str_from(address_kind(i)));
	for (size_t i = 0; i < COUNT(own_kinds); i++)
		vec_push(&c->arena, &names, own_kinds[i]);
	return text_suggest(given, names.ptr, names.len);
}

/* A bare id: the first item that is called so. */
static str item_called(search *s, str id)
{
	EACH (const str, name, s->names)
		if (str_eq(str_split(*name, ':').tail, id))
			return *name;
	return STR("");
}

static str meant(cw_context *c, const address *at, str text)
{
	search s = { .context = c };
	str whole = at->id.len ? arena_printf(&c->arena, "%.*s:%.*s", STRF(at->kind), STRF(at->id)) : at->kind;
	if (!at->ok)
		return STR("");
	if (!is_kind(at->kind)) {
		add_items(&s);
		str item = at->id.len ? STR("") : item_called(&s, text);
		return item.len ? item : nearest_kind(c, at->kind);
	}
	s.kind = at->kind;
	if (at->field.len && (!at->id.len || address_known(&c->curriculum, whole))) {
		add_fields(&s);
		str field_name = text_suggest(at->field, s.names.ptr, s.names.len);
		return field_name.len ? arena_printf(&c->arena, "%.*s.%.*s", STRF(whole), STRF(field_name))
							  : field_name;
	}
	add_items(&s);
	return text_suggest(whole, s.names.ptr, s.names.len);
}

/* ---- concepts that are no rows of their own */

static const concept *concept_called(cw_context *c, str id)
{
	const concept *one = catalog_find(&c->catalog, "concept", id);
	if (one)
		return one;
	EACH (concept *const, other, c->catalog.concepts)
		if (str_eq(text_slug(&c->arena, (*other)->name), id))
			return *other;
	return NULL;
}

static bool names_tool(cw_context *c, const fact_row *r, str id)
{
	EACH (const str, tool, r->row->tool)
		if (str_eq(text_slug(&c->arena, *tool), id))
			return true;
	return false;
}

/* The row whose tools name it; or else one that links to the concept, technologies first. */
static const fact_row *row_naming(cw_context *c, str id, const concept *one)
{
	static const row_kind kinds[] = { ROW_TECHNOLOGY, ROW_SKILL, ROW_THEME };
	EACH (const fact_row, r, c->facts.rows[ROW_TECHNOLOGY])
		if (names_tool(c, r, id))
			return r;
	for (size_t i = 0; one && i < COUNT(kinds); i++)
		EACH (const fact_row, r, c->facts.rows[kinds[i]])
			if (list_has(r->concepts, one->id))
				return r;
	return NULL;
}

/* "concept:sql is the concept; the row is technology:languages-python-sql"; empty if neither is there. */
static str named_elsewhere(cw_context *c, const address *at)
{
	bool missing = false;
	for (int kind = 0; kind < ROW_KINDS; kind++)
		missing |= str_eq(at->kind, str_from(row_kind_names[kind])) &&
				   !facts_find(&c->facts, (row_kind)kind, at->id);
	if (!at->ok || !at->id.len || !missing)
		return STR("");
	const concept *one = concept_called(c, at->id);
	const fact_row *row = row_naming(c, at->id, one);
	buf b = { .arena = &c->arena };
	if (one)
		buf_printf(&b, "concept:%.*s is the concept", STRF(one->id));
	if (row)
		buf_printf(
			&b, "%sthe row is %s:%.*s", one ? "; " : "", row_kind_names[row->row->kind], STRF(row->row->id));
	return buf_done(&b);
}

bool explain_unknown(cw_context *c, const address *at, str text)
{
	str elsewhere = named_elsewhere(c, at);
	if (elsewhere.len) {
		diag_file(
			&c->diags, E_UNKNOWN_ADDRESS, STR(""), "nothing is at '%.*s'; %.*s", STRF(text), STRF(elsewhere));
		return false;
	}
	str near = meant(c, at, text);
	diag_file(&c->diags, E_UNKNOWN_ADDRESS, STR(""),
		"nothing is at '%.*s'; an address is KIND:ID or KIND:ID.FIELD%s%.*s%s", STRF(text),
		near.len ? "; did you mean '" : "", STRF(near), near.len ? "'?" : "");
	return false;
}
