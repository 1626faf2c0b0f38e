/* Grades, and placeholders that were never filled in. */
#include "base/map.h"
#include "check/checker.h"
#include "check/prose.h"

enum { GRADE_SUM = 100 };

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
