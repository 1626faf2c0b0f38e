/* A small lexicon and made-up counts for the tests of the analysis. */
#ifndef UNIT_POSTINGS_WORLD_H
#define UNIT_POSTINGS_WORLD_H

#include "fixture.h"
#include "random.h"

#include "evidence/analyze.h"
#include "read/catalog.h"
#include "read/course.h"
#include "read/record.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct {
	fixture f;
	arena *a;
	catalog c;
	course course;
	VEC(rollup_cell) cells;
	analysis_input in;
	analysis out;
} world;

#define WORLD_USE __attribute__((unused)) static

#define WORLD_LEXICON \
	"concepts:\n" \
	"  - {id: training, kind: skill, name: Distributed training}\n" \
	"  - {id: ray, kind: technology, name: Ray, parent: training, group: Distributed Compute}\n" \
	"  - {id: horovod, kind: technology, name: Horovod, parent: training, group: Distributed Compute}\n" \
	"  - {id: kubernetes, kind: skill, name: Kubernetes, group: Orchestration}\n" \
	"  - {id: operators, kind: skill, name: Operators, parent: kubernetes}\n" \
	"  - {id: helm, kind: technology, name: Helm, parent: kubernetes}\n" \
	"  - {id: excel, kind: technology, name: Excel}\n" \
	"  - {id: mentoring, kind: theme, name: Mentorship}\n" \
	"  - {id: coaching, kind: skill, name: Coaching, parent: mentoring}\n" \
	"  - {id: cka, kind: certification, name: CKA, parent: kubernetes}\n"

WORLD_USE void world_take(world *w, str text)
{
	uint32_t number = sources_add(&w->f.s, STR("lexicon.yaml"), text);
	catalog_file *file = NEW(w->a, catalog_file);
	const yaml_node *root = yaml_read(w->a, number, &w->f.d);
	bool read = root && file && record_read(&catalog_file_record, file, root, w->a, &w->f.d);
	if (w->a->failed)
		return;
	require_that(read, "%.*s", STRF(fixture_said(&w->f)));
	EACH (concept, one, file->concepts) {
		vec_push(w->a, &w->c.concepts, one);
		map_put(&w->c.by_id, arena_printf(w->a, "concept:%.*s", STRF(one->id)), one);
	}
	EACH (insight_rule, one, file->insights)
		vec_push(w->a, &w->c.insights, one);
}

WORLD_USE void world_open(world *w, str lexicon)
{
	*w = (world){ 0 };
	fixture_open(&w->f, STR("nothing"), STR(""));
	w->a = &w->f.a;
	w->c.by_id.arena = w->a;
	bool read = course_read(&w->course, w->a, 0, &w->f.d);
	require(read);
	world_take(w, lexicon);
}

WORLD_USE void world_close(world *w)
{
	fixture_close(&w->f);
}

WORLD_USE rollup_cell *world_cell(
	world *w, const char *month, const char *employer, const char *seniority, double postings)
{
	vec_push(w->a, &w->cells,
		(rollup_cell){ .month = str_from(month),
			.employer = str_from(employer),
			.seniority = str_from(seniority),
			.postings = postings });
	return &w->cells.ptr[w->cells.len - 1];
}

/* Items of a cell: "concept:ray required 5 7" is 5 postings with 7 mentions; separated by commas; "_" is a
 * space. */
WORLD_USE void world_items(world *w, rollup_cell *cell, const char *items)
{
	static const char *const names[] = { "mentioned", "preferred", "required" };
	VEC(rollup_item) all = { 0 };
	for (str_cut cut = { .tail = str_from(items), .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, ',');
		char key[64], strength[16];
		double postings, mentions;
		int read =
			sscanf(arena_cstr(w->a, cut.head), " %63s %15s %lf %lf", key, strength, &postings, &mentions);
		require_that(read == 4, "'%.*s'", STRF(cut.head));
		for (char *c = key; *c; c++)
			*c = *c == '_' ? ' ' : *c;
		int s = 0;
		while (s < 2 && strcmp(strength, names[s]) != 0)
			s++;
		vec_push(w->a, &all,
			(rollup_item){ .key = arena_str(w->a, str_from(key)),
				.strength = s,
				.postings = postings,
				.mentions = mentions });
	}
	cell->items.ptr = all.ptr;
	cell->items.len = all.len;
}

WORLD_USE bool world_analyze(world *w)
{
	w->in.cells = (list_cell){ .ptr = w->cells.ptr, .len = w->cells.len };
	w->in.catalog = &w->c;
	w->in.settings = &w->course.analysis;
	return analyze(&w->out, w->a, &w->in);
}

WORLD_USE const analysis_row *world_row(const world *w, analysis_kind kind, const char *name)
{
	EACH (const analysis_row, row, w->out.rows[kind])
		if (str_eq(row->name, str_from(name)))
			return row;
	return NULL;
}

/* Cells with random counts over these concepts; every strength, month and employer, some undated. */
WORLD_USE void world_random(world *w, random_source *r, size_t cells)
{
	static const char *const levels[] = { "", "junior", "senior", "staff" };
	static const char *const regions[] = { "", "US", "Remote", "DE" };
	for (size_t i = 0; i < cells; i++) {
		rollup_cell cell = { .postings = 1 + draw(r, 9) };
		if (draw(r, 10))
			cell.month = arena_printf(w->a, "20%02u-%02u", 25 + draw(r, 2), 1 + draw(r, 12));
		cell.employer = draw(r, 8) ? str_from(name(w->a, "Employer ", draw(r, 5))) : STR("");
		cell.region = str_from(regions[draw(r, COUNT(regions))]);
		cell.seniority = str_from(levels[draw(r, COUNT(levels))]);
		VEC(rollup_item) items = { 0 };
		EACH (concept *, one, w->c.concepts) {
			double left = cell.postings;
			for (int s = 0; s < STRENGTHS; s++) {
				double count = draw(r, (uint32_t)left + 1);
				left -= count;
				if (count > 0)
					vec_push(w->a, &items,
						(rollup_item){ .key = arena_printf(w->a, "concept:%.*s", STRF((*one)->id)),
							.strength = s,
							.postings = count,
							.mentions = count + draw(r, 4) });
			}
			if ((*one)->group.len && draw(r, 2))
				vec_push(w->a, &items,
					(rollup_item){ .key = arena_printf(w->a, "group:%.*s", STRF((*one)->group)),
						.strength = 2,
						.postings = cell.postings / 2 < 1 ? 1 : (double)(int)(cell.postings / 2),
						.mentions = 3 });
		}
		if (draw(r, 2))
			vec_push(w->a, &items,
				(rollup_item){ .key = arena_printf(w->a, "years:%u-", 1 + draw(r, 12)),
					.strength = 2,
					.postings = 1,
					.mentions = 1 });
		if (draw(r, 2))
			vec_push(w->a, &items,
				(rollup_item){ .key = STR("degree:bachelor"), .strength = 2, .postings = 1, .mentions = 1 });
		cell.items.ptr = items.ptr;
		cell.items.len = items.len;
		vec_push(w->a, &w->cells, cell);
	}
}

#endif
