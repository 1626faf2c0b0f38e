/* The syllabus: its sections, grades, placeholders that were never filled in, and how hard it is to read. */
#include "base/map.h"
#include "base/text.h"
#include "check/checker.h"
#include "check/prose.h"
#include "check/reading_ease.h"

enum { GRADE_SUM = 100 };

/* What a syllabus says, by the ids in templates/syllabus.html.mustache: QM 1, 3.2, 3.6, 7; OSCQR 1 to 10,
 * 14, 44. */
static const struct {
	const char *id, *what;
} sections[] = {
	{ "course", "code, version and date" },
	{ "description", "description" },
	{ "audience", "audience and prerequisites" },
	{ "outcomes", "outcomes" },
	{ "schedule", "schedule" },
	{ "workload", "workload and credits" },
	{ "assessment", "assessment and weights" },
	{ "grading-scale", "grading scale" },
	{ "late", "late work and resubmission" },
	{ "integrity", "academic integrity and the use of AI" },
	{ "accommodation", "accessibility and accommodation" },
	{ "materials", "materials and technology" },
	{ "support", "support and contact" },
	{ "privacy", "privacy of tools" },
	{ "changes", "change log" },
	{ "licence", "licence" },
};
static const char start_section[] = "start";
static const char *const week_one[] = { "week 1", "week one", "first week" };

/* The page of the syllabus; NULL if there is none, or it cannot be read, which is X-04. */
static const page *find_syllabus(checker *k)
{
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++)
		if (str_eq(pages[i].document->path, STR("syllabus.html")) && pages[i].nodes.len)
			return &pages[i];
	return NULL;
}

static place place_id(const page *p, const char *id)
{
	size_t index = (size_t)(uintptr_t)map_get(&p->ids, str_from(id));
	return place_document(p->document, index ? p->nodes.ptr[index - 1].line : 0);
}

/* Which course this is, and as of when. */
static void check_identity(checker *k, const page *p)
{
	const curriculum *c = k->c;
	str all = page_text(k->arena, p, 0), top = page_part(k->arena, p, sections[0].id);
	const struct {
		const char *what;
		str text, in;
	} marks[] = { { "title", text_one_line(k->arena, c->plan->course.title), all },
		{ "code", c->course->id, top }, { "version", c->plan->course.version, top },
		{ "date", c->course->start_date.len ? c->course->start_date : c->as_of, top } };
	for (size_t i = 0; top.len && i < COUNT(marks); i++)
		if (str_find(marks[i].in, marks[i].text, 0) == SIZE_MAX)
			found(k, place_id(p, sections[0].id), "the syllabus does not give the %s of the course, '%.*s'",
				marks[i].what, STRF(marks[i].text));
}

void rule_y_01(checker *k)
{
	const page *p = find_syllabus(k);
	if (!p)
		return;
	for (size_t i = 0; i < COUNT(sections); i++)
		if (!map_has(&p->ids, str_from(sections[i].id)))
			found(k, place_id(p, ""), "there is no part with id '%s': %s", sections[i].id, sections[i].what);
		else if (!page_part(k->arena, p, sections[i].id).len)
			found(k, place_id(p, sections[i].id), "the part '%s' is empty: %s", sections[i].id,
				sections[i].what);
	check_identity(k, p);
}

void rule_y_02(checker *k)
{
	map tasks = { .arena = k->arena };
	int64_t sum = 0, of_tasks = 0;
	const plan *p = k->c->plan;
	EACH (const graded, g, k->tasks) {
		map_put(&tasks, arena_printf(k->arena, "%s:%.*s", g->kind, STRF(g->id)), (void *)(uintptr_t)g);
		of_tasks += g->percent;
	}
	EACH (const plan_grade, one, p->grading) {
		const graded *g = map_get(&tasks, one->item);
		sum += one->percent;
		if (g && g->percent != one->percent)
			found(k, place_task(g), "counts %d %%, and `grading` of the plan says %d %%", g->percent,
				one->percent);
	}
	place where = { .kind = "course", .at = p->grading.len ? p->grading.ptr[0].at : p->at };
	if (k->tasks.len && sum != GRADE_SUM)
		found(k, where, "grades sum to %lld %%", (long long)sum);
	else if (k->tasks.len && of_tasks != GRADE_SUM)
		found(k, where, "the tasks of the plan make %lld %% of the grade", (long long)of_tasks);
}

static void check_text(checker *k, const document *d, str text)
{
	str mark = prose_placeholder(text);
	if (mark.len)
		found(k, place_document(d, prose_line(text, mark.ptr)), "'%.*s' was never filled in", STRF(mark));
}

void rule_y_03(checker *k)
{
	size_t count;
	const page *pages = checker_pages(k, &count);
	for (size_t i = 0; i < count; i++)
		EACH (const page_node, n, pages[i].nodes) {
			str mark = n->quoted ? STR("") : prose_placeholder(n->text);
			if (mark.len)
				found(
					k, place_document(pages[i].document, n->line), "'%.*s' was never filled in", STRF(mark));
		}
	if (!k->docs)
		return;
	EACH (const document, d, k->docs->list)
		if (!d->copied && str_ends(d->path, STR(".md")))
			check_text(k, d, prose_without_code(k->arena, d->bytes));
		else if (!d->copied && str_ends(d->path, STR(".csv")))
			check_text(k, d, d->bytes);
}

/* A mark is an element of the class `slot` that names the key of the slot. */
static bool is_marked(checker *k, const page *p, const char *key)
{
	for (size_t i = 0; i < p->nodes.len; i++) {
		const str *class = page_get(&p->nodes.ptr[i], "class");
		if (class && text_find_word(*class, STR("slot"), 0, true) != SIZE_MAX &&
			text_find_word(page_text(k->arena, p, i), str_from(key), 0, true) != SIZE_MAX)
			return true;
	}
	return false;
}

void rule_y_04(checker *k)
{
	const page *p = find_syllabus(k);
	buf open = { .arena = k->arena }, unmarked = { .arena = k->arena };
	for (size_t i = 0; p && i < institution_slot_count; i++) {
		const char *key = institution_slots[i].key;
		if (course_institution(k->c->course, key))
			continue;
		buf_printf(&open, "%s%s", open.len ? ", " : "", key);
		if (!is_marked(k, p, key))
			buf_printf(&unmarked, "%s%s", unmarked.len ? ", " : "", key);
	}
	if (unmarked.len)
		found(k, place_document(p->document, 0), "not filled in, and no mark at their place: %.*s",
			STRF(buf_done(&unmarked)));
	if (open.len)
		found(k, (place){ .kind = "course", .at = k->c->course->at, .note = true },
			"left to the institution: %.*s (`institution` in course.yaml)", STRF(buf_done(&open)));
}

static bool names_week_one(str text)
{
	for (size_t i = 0; i < COUNT(week_one); i++)
		if (text_find_word(text, str_from(week_one[i]), 0, false) != SIZE_MAX)
			return true;
	return false;
}

void rule_y_05(checker *k)
{
	const page *p = find_syllabus(k);
	size_t main = p ? page_inside(p, 0, 0, "main") : SIZE_MAX;
	size_t first = p ? page_inside(p, main == SIZE_MAX ? 0 : main, 0, "h2") : SIZE_MAX;
	if (!p)
		return;
	const str *id = first == SIZE_MAX ? NULL : page_get(&p->nodes.ptr[first], "id");
	if (!id || !str_eq(*id, str_from(start_section)))
		found(k, place_document(p->document, first == SIZE_MAX ? 0 : p->nodes.ptr[first].line),
			"the first section is not '%s', how to get started", start_section);
	else if (checker_english(k) && !names_week_one(page_part(k->arena, p, start_section)))
		found(k, place_id(p, start_section), "the section '%s' does not say what to do in week 1",
			start_section);
}

/* What learners read to find out what a course is about and what is asked of them. */
static void count_prose(checker *k, reading_counts *n)
{
	const curriculum *c = k->c;
	EACH (const taught_module, t, c->modules)
		reading_count(n, prose_without_code(k->arena, t->module->summary));
	EACH (const set_lab, l, c->labs) {
		reading_count(n, prose_without_code(k->arena, l->lab->summary));
		reading_count(n, prose_without_code(k->arena, l->lab->context));
	}
	EACH (const set_scenario, s, c->scenarios) {
		reading_count(n, prose_without_code(k->arena, s->scenario->summary));
		EACH (const scenario_role, r, s->scenario->roles)
			reading_count(n, prose_without_code(k->arena, r->brief));
	}
}

void rule_y_06(checker *k)
{
	reading_counts n = { 0 };
	if (!checker_english(k))
		return;
	count_prose(k, &n);
	double ease = reading_ease(&n);
	if (n.words >= READING_WORDS_MIN && (ease < READING_EASE_MIN || ease > READING_EASE_MAX))
		found(k, (place){ .kind = "course", .at = k->c->course->at },
			"summaries, contexts and briefs have a Flesch reading ease of %.0f, outside %d to %d (%.1f words "
			"a sentence, "
			"%.2f syllables a word)",
			ease, READING_EASE_MIN, READING_EASE_MAX, (double)n.words / (double)n.sentences,
			(double)n.syllables / (double)n.words);
}
