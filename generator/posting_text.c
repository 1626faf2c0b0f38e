#include "posting_text.h"

#include <math.h>

enum { ID_SHOWN = 12 };

posting_name posting_name_of(const posting *p)
{
	return (posting_name){
		.id = p->id, .title = p->title, .employer = p->employer, .location = p->location, .date = p->date
	};
}

void put_posting_name(buf *out, const posting_name *p)
{
	const str known[] = { p->employer, p->location, p->date };
	str title = p->title.len ? p->title : STR("(no title)");
	buf_printf(out, "%.*s  %.*s", STRF(str_sub(p->id, 0, ID_SHOWN)), STRF(title));
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].len)
			buf_printf(out, " | %.*s", STRF(known[i]));
}

value posting_name_json(arena *a, const posting_name *p)
{
	value v = value_new_map(a);
	value_set(a, v, "id", value_string(p->id));
	value_set(a, v, "title", value_string(p->title));
	value_set(a, v, "employer", value_string(p->employer));
	value_set(a, v, "location", value_string(p->location));
	value_set(a, v, "date", value_string(p->date));
	return v;
}

static posting_name name_of(const ledger_member *m)
{
	return (posting_name){
		.id = m->id, .title = m->title, .employer = m->employer, .location = m->location, .date = m->date
	};
}

void put_group_member(buf *out, const ledger_group *g, const ledger_member *m)
{
	posting_name name = name_of(m);
	if (m != g->members.ptr)
		BUF_LIT(out, "  ");
	put_posting_name(out, &name);
	if (m != g->members.ptr) {
		/* Not rounded: only what is the same throughout is alike by 100. */
		buf_printf(out, " | alike by %.0f %%", floor(m->alike * 100));
		buf_str(out, m->same ? STR(", the same words") : STR(""));
	} else if (g->members.len > 1) {
		buf_printf(out, " | stands for %zu postings", g->members.len);
	} else {
		BUF_LIT(out, " | counts by itself");
	}
	buf_str(out, m->by_hand ? STR(", by hand\n") : STR("\n"));
}

value group_json(arena *a, const ledger_group *g)
{
	vec_value members = { 0 };
	EACH (const ledger_member, m, g->members) {
		posting_name name = name_of(m);
		value v = posting_name_json(a, &name);
		value_set(a, v, "stands", value_bool(m == g->members.ptr));
		value_set(a, v, "alike", value_double(m->alike));
		value_set(a, v, "same_words", value_bool(m->same));
		value_set(a, v, "by_hand", value_bool(m->by_hand));
		vec_push(a, &members, v);
	}
	value v = value_new_map(a);
	value_set(a, v, "members", value_of(members));
	return v;
}
