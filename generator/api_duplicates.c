/* Postings that count as one vacancy: listed, joined and split by hand. */
#include "evidence_session.h"
#include "posting_text.h"

#include "base/json.h"
#include "base/text.h"

typedef VEC(ledger_group) vec_group;

/* ---- groups as text and as JSON */

static void put_groups(buf *out, const vec_group *groups)
{
	EACH (const ledger_group, g, *groups)
		EACH (const ledger_member, m, g->members)
			put_group_member(out, g, m);
}

static value groups_json(arena *a, const vec_group *groups)
{
	vec_value list = { 0 };
	EACH (const ledger_group, g, *groups)
		vec_push(a, &list, group_json(a, g));
	return value_of(list);
}

static void put_json(buf *out, value v)
{
	json_value(out, v, 0);
	buf_char(out, '\n');
}

/* ---- what the four functions share */

static cw_status answer(cw_context *c, ledger *l, bool ok, const buf *b, unsigned flags, cw_text *out)
{
	ok = ok && ledger_ok(l);
	ledger_close(l);
	str said = ok ? buf_done(b) : STR("");
	*out = text_of(flags & CW_JSON ? said : text_printable(&c->arena, said));
	return status_of(c, ok);
}

static ledger *open_ledger(cw_context *c, const char *path, ledger_mode mode)
{
	return evidence_folder(c, path) ? evidence_ledger(c, mode) : NULL;
}

/* ---- the list */

static void put_totals(buf *out, size_t groups, size_t members, const ledger_totals *t)
{
	if (groups)
		buf_printf(out, "\n%zu %s for %zu postings", groups,
			groups == 1 ? "vacancy stands" : "vacancies stand", members);
	else
		BUF_LIT(out, "no two postings count as one vacancy");
	buf_printf(out, "; the ledger holds %.0f posting%s of %.0f vacanc%s\n", t->postings,
		t->postings == 1 ? "" : "s", t->vacancies, t->vacancies == 1 ? "y" : "ies");
}

static bool list_groups(cw_context *c, ledger *l, bool json, buf *out)
{
	vec_group groups = { 0 };
	ledger_cursor cursor = { 0 };
	ledger_group g;
	ledger_totals totals;
	size_t members = 0;
	while (ledger_next_group(l, &cursor, &c->arena, &g)) {
		members += g.members.len;
		vec_push(&c->arena, &groups, g);
	}
	if (!ledger_ok(l) || !ledger_count(l, &totals))
		return false;
	if (!json) {
		put_groups(out, &groups);
		put_totals(out, groups.len, members, &totals);
		return true;
	}
	value v = value_new_map(&c->arena);
	value_set(&c->arena, v, "groups", groups_json(&c->arena, &groups));
	value_set(&c->arena, v, "postings", value_double(totals.postings));
	value_set(&c->arena, v, "vacancies", value_double(totals.vacancies));
	put_json(out, v);
	return true;
}

cw_status cw_duplicates(cw_context *c, const char *path, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	ledger *l = open_ledger(c, path, LEDGER_READ);
	return answer(c, l, l && list_groups(c, l, flags & CW_JSON, &b), &b, flags, out);
}

/* ---- decisions */

static bool has_group(const vec_group *groups, const ledger_group *one)
{
	EACH (const ledger_group, g, *groups)
		if (g->members.len && one->members.len && str_eq(g->members.ptr[0].id, one->members.ptr[0].id))
			return true;
	return false;
}

static bool add_group(cw_context *c, ledger *l, vec_group *out, str id)
{
	ledger_group g;
	if (!ledger_group_of(l, &c->arena, id, &g))
		return false;
	if (!has_group(out, &g))
		vec_push(&c->arena, out, g);
	return true;
}

/* The groups in which those are now that were in `before`: splitting one may part the others. */
static bool follow(cw_context *c, ledger *l, vec_group *after, const vec_group *before)
{
	map seen = { .arena = &c->arena };
	EACH (const ledger_group, g, *before)
		EACH (const ledger_member, m, g->members) {
			if (map_has(&seen, m->id))
				continue;
			if (!add_group(c, l, after, m->id))
				return false;
			/* A group is read once, for reading compares all of its texts. */
			EACH (const ledger_member, other, after->ptr[after->len - 1].members)
				map_put(&seen, other->id, (void *)m);
		}
	return true;
}

static bool same_groups(const vec_group *before, const vec_group *after)
{
	if (before->len != after->len)
		return false;
	for (size_t i = 0; i < before->len; i++)
		if (before->ptr[i].members.len != after->ptr[i].members.len)
			return false;
	return true;
}

static void put_decision(cw_context *c, buf *out, const vec_group *before, const vec_group *after, bool json)
{
	if (json) {
		value v = value_new_map(&c->arena);
		value_set(&c->arena, v, "before", groups_json(&c->arena, before));
		value_set(&c->arena, v, "after", groups_json(&c->arena, after));
		put_json(out, v);
		return;
	}
	if (same_groups(before, after))
		BUF_LIT(out, "kept; what counts as one vacancy stays as it was:\n");
	else {
		BUF_LIT(out, "before:\n");
		put_groups(out, before);
		BUF_LIT(out, "after:\n");
	}
	put_groups(out, after);
}

/* `other` is empty for a split. Ids are looked for before anything is written. */
static bool decide(cw_context *c, ledger *l, str one, str other, bool json, buf *out)
{
	vec_group before = { 0 }, after = { 0 };
	str whole = STR(""), with = STR("");
	bool known = ledger_find(l, &c->arena, one, &whole);
	if (other.len)
		known &= ledger_find(l, &c->arena, other, &with);
	if (!known || !add_group(c, l, &before, whole) || (other.len && !add_group(c, l, &before, with)))
		return false;
	bool kept = ledger_begin(l) && (other.len ? ledger_join(l, whole, with) : ledger_split(l, whole)) &&
				ledger_commit(l);
	if (!kept || !follow(c, l, &after, &before))
		return false;
	put_decision(c, out, &before, &after, json);
	return true;
}

cw_status cw_duplicates_join(
	cw_context *c, const char *path, const char *one, const char *other, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	ledger *l = open_ledger(c, path, LEDGER_WRITE);
	bool ok = l && decide(c, l, str_from(one), str_from(other), flags & CW_JSON, &b);
	return answer(c, l, ok, &b, flags, out);
}

cw_status cw_duplicates_split(cw_context *c, const char *path, const char *one, unsigned flags, cw_text *out)
{
	return cw_duplicates_join(c, path, one, "", flags, out);
}

/* ---- history */

/* A later split of either undoes a join. */
static bool holds(const list_ledger_event *events, size_t at)
{
	const ledger_event *e = &events->ptr[at];
	if (!e->other.len)
		return true;
	for (size_t i = at + 1; i < events->len; i++) {
		const ledger_event *later = &events->ptr[i];
		bool split = strcmp(later->kind, "split") == 0;
		if (split && (str_eq(later->one, e->one) || str_eq(later->one, e->other)))
			return false;
	}
	return true;
}

static bool read_name(cw_context *c, ledger *l, str id, posting_name *out)
{
	ledger_posting p;
	if (!ledger_get(l, &c->arena, id, &p))
		return false;
	*out = posting_name_of(&p.posting);
	return true;
}

static bool put_event(
	cw_context *c, ledger *l, const ledger_event *e, bool holds_still, buf *out, vec_value *items)
{
	arena *a = &c->arena;
	posting_name one, other = { 0 };
	if (!read_name(c, l, e->one, &one) || (e->other.len && !read_name(c, l, e->other, &other)))
		return false;
	value v = value_new_map(a);
	value_set(a, v, "decision", value_literal(e->kind));
	value_set(a, v, "posting", posting_name_json(a, &one));
	if (e->other.len)
		value_set(a, v, "with", posting_name_json(a, &other));
	value_set(a, v, "holds", value_bool(holds_still));
	vec_push(a, items, v);
	buf_printf(out, "%zu. %s%s\n  ", items->len, e->other.len ? "joined" : "split",
		holds_still ? "" : " (undone by a later split)");
	put_posting_name(out, &one);
	if (e->other.len) {
		BUF_LIT(out, "\n  ");
		put_posting_name(out, &other);
	}
	buf_char(out, '\n');
	return !a->failed;
}

static bool list_history(cw_context *c, ledger *l, bool json, buf *out)
{
	list_ledger_event events;
	buf text = { .arena = &c->arena };
	vec_value items = { 0 };
	if (!ledger_history(l, &c->arena, &events))
		return false;
	for (size_t i = 0; i < events.len; i++)
		if (strcmp(events.ptr[i].kind, "moved") != 0 &&
			!put_event(c, l, &events.ptr[i], holds(&events, i), &text, &items))
			return false;
	if (json)
		put_json(out, value_of(items));
	else
		buf_str(out, items.len ? buf_done(&text) : STR("nothing was joined or split by hand\n"));
	return true;
}

cw_status cw_duplicates_history(cw_context *c, const char *path, unsigned flags, cw_text *out)
{
	buf b = { .arena = &c->arena };
	ledger *l = open_ledger(c, path, LEDGER_READ);
	return answer(c, l, l && list_history(c, l, flags & CW_JSON, &b), &b, flags, out);
}
