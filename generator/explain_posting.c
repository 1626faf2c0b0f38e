/* `explain posting:ID`: everything about one posting, so that a person can check it against its words. */
#include "explain_quote.h"

static void say_fact(explainer *x, value json, const char *label, str text)
{
	if (!text.len)
		return;
	buf_printf(x->out, "%s: %.*s\n", label, STRF(text));
	value_set(x->arena, json, label, value_string(arena_str(x->arena, text)));
}

static void say_facts(explainer *x, value json, const posting *p)
{
	say_fact(x, json, "title", p->title);
	say_fact(x, json, "employer", p->employer);
	say_fact(x, json, "location", p->location);
	say_fact(x, json, "region", p->region);
	say_fact(x, json, "date", p->date);
	say_fact(x, json, "seniority", p->seniority);
	say_fact(x, json, "employment", p->employment);
	say_fact(x, json, "url", p->url);
}

/* "  postings/two.json, jobs[3], read as plain, 2026-03-04 from date" */
static bool say_sources(quoter *q, value json, str id)
{
	explainer *x = q->x;
	list_ledger_source found;
	vec_value list = { 0 };
	if (!ledger_sources(q->ledger, x->arena, id, &found))
		return false;
	BUF_LIT(x->out, "found in:\n");
	EACH (const ledger_source, s, found) {
		buf_printf(x->out, "  %.*s%s%.*s, read as %.*s", STRF(s->path), s->locator.len ? ", " : "",
			STRF(s->locator), STRF(s->form));
		if (s->date.len)
			buf_printf(x->out, "; date %.*s from %.*s", STRF(s->date), STRF(s->date_from));
		buf_char(x->out, '\n');
		value v = value_new_map(x->arena);
		value_set(x->arena, v, "path", value_string(s->path));
		value_set(x->arena, v, "locator", value_string(s->locator));
		value_set(x->arena, v, "form", value_string(s->form));
		value_set(x->arena, v, "date", value_string(s->date));
		value_set(x->arena, v, "date_from", value_string(s->date_from));
		value_set(x->arena, v, "url", value_string(s->url));
		vec_push(x->arena, &list, v);
	}
	value_set(x->arena, json, "sources", value_of(list));
	return true;
}

static bool say_group(quoter *q, value json, str id)
{
	explainer *x = q->x;
	ledger_group g;
	if (!ledger_group_of(q->ledger, x->arena, id, &g))
		return false;
	bool stands = str_eq(g.members.ptr[0].id, id);
	if (g.members.len == 1)
		BUF_LIT(x->out, "vacancy: counts by itself\n");
	else if (stands)
		buf_printf(x->out, "vacancy: stands for %zu postings, and its words count\n", g.members.len);
	else
		BUF_LIT(x->out,
			"vacancy: its words do not count, but those of the first of these, which stands for it\n");
	for (size_t i = 0; g.members.len > 1 && i < g.members.len; i++) {
		BUF_LIT(x->out, "  ");
		put_group_member(x->out, &g, &g.members.ptr[i]);
	}
	value_set(x->arena, json, "stands", value_bool(stands));
	value_set(x->arena, json, "group", group_json(x->arena, &g));
	return true;
}

static void say_mention(explainer *x, const ledger_mention *m, bool stands)
{
	buf_printf(x->out, "    concept:%.*s by \"%.*s\", ", STRF(m->concept), STRF(m->entry));
	if (!m->counted)
		buf_printf(x->out, "does not count: %s", uncounted_because(m->passed, m->section));
	else
		buf_printf(x->out, "%s, %s", strength_names[m->strength], stands ? "counts" : "would count");
	buf_str(x->out, m->choice ? STR(", one of several alternatives\n") : STR("\n"));
}

/* Sentence by sentence; what stands in none is quoted by itself. */
static void say_mentions(quoter *q, value json, const quoted *p)
{
	explainer *x = q->x;
	vec_value list = { 0 };
	bool stands = str_eq(p->at.group, p->at.posting.id);
	buf_str(
		x->out, p->mentions.len ? STR("what it says:\n") : STR("it says nothing that the lexicon knows\n"));
	for (size_t i = 0, next; i < p->mentions.len; i = next) {
		const ledger_mention *m = &p->mentions.ptr[i];
		posting_sentence s = sentence_of(p, m);
		for (next = i + 1; next < p->mentions.len && p->mentions.ptr[next].to <= s.to;)
			next++;
		buf_printf(x->out, "  %s: ", section_names[m->section]);
		list_ledger_mention these = { .ptr = &p->mentions.ptr[i], .len = next - i };
		say_sentence(q, p, &s, these);
		buf_char(x->out, '\n');
		EACH (const ledger_mention, one, these) {
			say_mention(x, one, stands);
			vec_push(x->arena, &list, mention_json(q, p, one));
		}
	}
	value_set(x->arena, json, "mentions", value_of(list));
}

static bool say_posting_whole(quoter *q, str id)
{
	explainer *x = q->x;
	quoted p;
	str whole;
	value json = value_new_map(x->arena);
	if (!ledger_find(q->ledger, x->arena, id, &whole) || !quoter_read(q, &p, x->arena, whole))
		return false;
	buf_printf(x->out, "posting:%.*s\n", STRF(whole));
	value_set(x->arena, json, "id", value_string(whole));
	say_facts(x, json, &p.at.posting);
	if (!say_sources(q, json, whole) || !say_group(q, json, whole))
		return false;
	say_mentions(q, json, &p);
	if (!say_years(q, json, &p))
		return false;
	value_set(x->arena, x->json, "posting", json);
	say_stale(q);
	return true;
}

bool explain_posting(explainer *x, str id)
{
	quoter q;
	if (quoter_open(&q, x))
		say_posting_whole(&q, id);
	else if (x->context->diags.errors == q.errors)
		diag_file(&x->context->diags, E_LEDGER_EMPTY, ledger_path(x->context),
			"there is no ledger: 'coursewright ingest' makes one");
	return quoter_close(&q);
}
