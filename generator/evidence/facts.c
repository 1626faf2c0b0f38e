#include "evidence/facts.h"

#include "base/text.h"
#include "evidence/interval.h"
#include "evidence/lexicon.h"
#include "evidence/rollup.h"

#include <stdlib.h>

/* Fewest years that each level starts at: conventions of postings, set by the author. */
static const double level_years[] = { 0, 2, 5, 8, 12 };

static const struct {
	const char *word;
	course_level level;
} level_words[] = {
	/* the first that is found */
	{ "intern", LEVEL_JUNIOR },
	{ "junior", LEVEL_JUNIOR },
	{ "entry", LEVEL_JUNIOR },
	{ "graduate", LEVEL_JUNIOR },
	{ "principal", LEVEL_PRINCIPAL },
	{ "distinguished", LEVEL_PRINCIPAL },
	{ "staff", LEVEL_STAFF },
	{ "lead", LEVEL_STAFF },
	{ "architect", LEVEL_STAFF },
	{ "senior", LEVEL_SENIOR },
};

course_level facts_level(const workbook *w)
{
	if (w->years_min >= 0) {
		size_t found = 0;
		for (size_t i = 0; i < COUNT(level_years); i++)
			if (w->years_min >= level_years[i])
				found = i;
		return (course_level)found;
	}
	str title = w->role.len ? w->role : w->title;
	for (size_t i = 0; i < COUNT(level_words); i++)
		if (text_find_word(title, str_from(level_words[i].word), 0, false) != SIZE_MAX)
			return level_words[i].level;
	return LEVEL_MID;
}

static double category_factor(const workbook_row *row, const course *settings)
{
	const category_weights *w = &settings->weights.category;
	if (row->kind != ROW_SKILL)
		return row->kind == ROW_TECHNOLOGY ? settings->weights.technology : settings->weights.theme;
	return str_eq(row->category, STR("Core"))        ? w->core
		   : str_eq(row->category, STR("Important")) ? w->important
		   : str_eq(row->category, STR("Emerging"))  ? w->emerging
													 : w->nice;
}

/* Whether a module teaches the concept, or a lab or scenario is about it. */
static bool is_covered(const catalog *c, str id)
{
	return map_has(&c->modules_by_concept, id) || map_has(&c->labs_by_concept, id) ||
		   map_has(&c->scenarios_by_concept, id);
}

/* A row that names Terraform asks for infrastructure as code: what nothing in the catalogue is about stands
 * for the nearest wider concept that something is about. */
static void widen(vec_link *out, arena *a, const vec_link *links, const catalog *c)
{
	EACH (const concept_link, link, *links) {
		const concept *one = link->concept;
		if (!links_have(out, one))
			vec_push(a, out, *link);
		for (int i = 0; one && i < PARENTS_MAX && !is_covered(c, one->id); i++)
			one = rollup_parent(one, c);
		if (one && is_covered(c, one->id) && !links_have(out, one))
			vec_push(a, out, (concept_link){ .concept = one, .by = link->by, .where = link->where });
	}
}

static void link_row(fact_row *out, lexicon *l, const catalog *c, arena *a)
{
	const workbook_row *row = out->row;
	vec_link named = { 0 }, links = { 0 };
	if (row->kind == ROW_TECHNOLOGY) {
		lexicon_match(l, &named, row->category, "category");
		lexicon_match(l, &named, row->tools, "tools");
	} else {
		lexicon_match(l, &named, row->name, "name");
	}
	lexicon_match(l, &named, row->text, "text");
	lexicon_match(l, &named, row->notes, "notes");
	widen(&links, a, &named, c);
	out->links.ptr = links.ptr;
	out->links.len = links.len;
	out->concepts.ptr = NEWN(a, str, links.len);
	for (size_t i = 0; out->concepts.ptr && i < links.len; i++)
	out->concepts.ptr[out->concepts.len++] = links.ptr[i].concept->id;
}

static int by_count(const void *a, const void *b)
{
	const fact_row *x = *(fact_row *const *)a, *y = *(fact_row *const *)b;
	if (x->row->count != y->row->count)
		return x->row->count > y->row->count ? -1 : 1;
	return x < y ? -1 : 1;
}

/* Competition ranking: equal counts share a rank and the next one is skipped. */
static void rank_rows(fact_row *rows, size_t count, arena *a)
{
	fact_row **sorted = NEWN(a, fact_row *, count);
	if (!sorted)
		return;
	for (size_t i = 0; i < count; i++)
		sorted[i] = &rows[i];
	qsort(sorted, count, sizeof *sorted, by_count);
	for (size_t i = 0; i < count; i++)
		sorted[i]->rank =
			i && sorted[i]->row->count == sorted[i - 1]->row->count ? sorted[i - 1]->rank : (int)i + 1;
}

static void make_row(fact_row *out, const workbook *w, const workbook_row *row, const course *settings)
{
	interval i80 = wilson(row->count, w->sample_size, Z80), i95 = wilson(row->count, w->sample_size, Z95);
	*out = (fact_row){ .row = row,
		.low80 = i80.low,
		.high80 = i80.high,
		.low95 = i95.low,
		.high95 = i95.high,
		.factor = category_factor(row, settings),
		.emphasis = 1 };
	out->weight = row->share * out->factor;
}

bool facts_make(facts *out, arena *a, const workbook *w, const catalog *c, const course *settings, diags *d)
{
	size_t before = d->errors;
	*out = (facts){ .workbook = w, .level = settings->level >= 0 ? settings->level : (int)facts_level(w) };
	lexicon *l = lexicon_new(a, c, d);
	for (int kind = 0; l && kind < ROW_KINDS; kind++) {
		size_t count = w->rows[kind].len;
		fact_row *rows = NEWN(a, fact_row, count);
		for (size_t i = 0; rows && i < count; i++) {
			make_row(&rows[i], w, &w->rows[kind].ptr[i], settings);
			link_row(&rows[i], l, c, a);
		}
		if (rows)
			rank_rows(rows, count, a);
		out->rows[kind].ptr = rows;
		out->rows[kind].len = rows ? count : 0;
	}
	if (l)
		lexicon_report(l, d);
	lexicon_free(l);
	return !a->failed && d->errors == before;
}

/* Copies of one kind's rows as the workbook alone has them, with room for one more. */
static void copy_rows(facts *out, workbook *w, arena *a, const facts *from, int kind)
{
	size_t count = from->rows[kind].len;
	workbook_row *rows = NEWN(a, workbook_row, count + 1);
	fact_row *derived = NEWN(a, fact_row, count + 1);
	for (size_t i = 0; rows && derived && i < count; i++) {
		rows[i] = *from->rows[kind].ptr[i].row;
		derived[i] = from->rows[kind].ptr[i];
		derived[i].row = &rows[i];
		derived[i].emphasis = 1;
		derived[i].weight = rows[i].share * derived[i].factor;
	}
	w->rows[kind].ptr = rows;
	w->rows[kind].len = out->rows[kind].len = rows && derived ? count : 0;
	out->rows[kind].ptr = derived;
}

static void copy_facts(facts *out, workbook *w, arena *a, const facts *from)
{
	*w = *from->workbook;
	*out = (facts){ .workbook = w, .level = from->level };
	for (int k = 0; k < ROW_KINDS; k++)
		copy_rows(out, w, a, from, k);
}

/* Everything about a row that follows from its count. */
static void recount(
	facts *out, workbook *w, arena *a, row_kind kind, size_t index, double count, const course *settings)
{
	workbook_row *row = &w->rows[kind].ptr[index];
	fact_row *derived = &out->rows[kind].ptr[index];
	fact_row linked = *derived;
	row->count = count;
	row->share = count / w->sample_size;
	make_row(derived, w, row, settings);
	derived->links = linked.links;
	derived->concepts = linked.concepts;
	rank_rows(out->rows[kind].ptr, out->rows[kind].len, a);
}

void facts_suppose(facts *out, workbook *w, arena *a, const facts *from, row_kind kind, size_t index,
	double count, const course *settings)
{
	copy_facts(out, w, a, from);
	if (index < out->rows[kind].len)
		recount(out, w, a, kind, index, count, settings);
}

void facts_suppose_row(facts *out, workbook *w, arena *a, const facts *from, const concept *named,
	double count, const course *settings)
{
	row_kind kind = named->kind == CONCEPT_TECHNOLOGY ? ROW_TECHNOLOGY
					: named->kind == CONCEPT_THEME    ? ROW_THEME
													  : ROW_SKILL;
	copy_facts(out, w, a, from);
	concept_link *link = NEW(a, concept_link);
	str *id = NEW(a, str);
	if (!link || !id || a->failed)
		return;
	*id = named->id;
	*link = (concept_link){ .concept = named, .by = named->name, .where = STR("name") };
	size_t index = w->rows[kind].len++;
	out->rows[kind].len++;
	w->rows[kind].ptr[index] = (workbook_row){ .kind = kind,
		.id = facts_find(from, kind, named->id) ? arena_printf(a, "%.*s-", STRF(named->id)) : named->id,
		.name = named->name,
		.category = kind == ROW_SKILL ? STR("Nice") : STR(""),
		.at = named->at };
	out->rows[kind].ptr[index] = (fact_row){ .links = { link, 1 }, .concepts = { id, 1 } };
	recount(out, w, a, kind, index, count, settings);
}
