/* Rubrics: the learners' variant, and the graders' with notes and gold scores. */
#include "base/number.h"
#include "render/view.h"

#include <math.h>

typedef struct {
	const view *v;
	const rubric_source *from;
	bool grader, anchors;
	str why; /* of the task */
} builder;

static const scale_level *level_at(const rubric *r, str level)
{
	EACH (const scale_level, s, r->scale)
		if (str_eq(s->level, level))
			return s;
	return NULL;
}

/* "4 points" with the name of the level before it, unless the name is the number. */
static void put_level(const builder *b, value to, str level, const scale_level *s)
{
	buf number = { .arena = b->v->arena };
	if (s)
		buf_double(&number, s->points);
	put_plain(b->v, to, "level", level);
	put_flag(b->v, to, "named", !s || !str_eq(level, buf_done(&number)));
	put_flag(b->v, to, "one_point", s && s->points == 1);
	put(b->v, to, "points", s ? view_count(b->v, s->points, b->why) : V_NONE);
}

static value view_levels(const builder *b, const criterion *c)
{
	vec_value out = { 0 };
	EACH (const pair_text, l, c->levels) {
		const scale_level *s = level_at(b->from->rubric, l->key);
		value one = view_map(b->v);
		put_level(b, one, l->key, s);
		put_text(b->v, one, "text", b->anchors ? l->value : STR(""), TEXT_CELL);
		add(b->v, &out, one);
	}
	return value_of(out);
}

/* Scores that experts gave the sample performances. */
static value view_gold(const builder *b, const criterion *c)
{
	vec_value out = { 0 };
	if (b->from->scenario)
		EACH (const gold, g, b->from->scenario->rater_pack.gold)
			EACH (const pair_number, n, g->scores)
				if (str_eq(n->key, c->id)) {
					value one = view_map(b->v);
					put_plain(b->v, one, "sample", g->key);
					put(b->v, one, "score",
						view_count(b->v, n->value,
							arena_printf(b->v->arena, "scenario:%.*s.rater_pack.gold.%.*s.scores.%.*s",
								STRF(b->from->task_id), STRF(g->key), STRF(c->id))));
					add(b->v, &out, one);
				}
	return value_of(out);
}

static value view_criterion(const builder *b, const criterion *c)
{
	const view *v = b->v;
	value out = view_map(v);
	str id = arena_printf(v->arena, "%.*s/%.*s", STRF(b->from->rubric->id), STRF(c->id));
	put_plain(v, out, "id", c->id);
	put_plain(v, out, "name", c->name);
	put(v, out, "weight", view_percent(v, c->weight, why_at(v, "criterion", id, "weight")));
	put_text(v, out, "weight_reason", c->weight_reason, TEXT_LINE);
	put_flag(v, out, "must_pass", c->must_pass);
	bool floor_known = c->must_pass && !isnan(c->must_points);
	put(v, out, "must_points",
		floor_known ? view_count(v, c->must_points, why_at(v, "criterion", id, "must_points")) : V_NONE);
	put(v, out, "outcomes", view_outcomes(v, c->outcomes));
	put_flag(v, out, "measured", c->metric.len > 0);
	put(v, out, "levels", view_levels(b, c));
	if (b->grader) {
		put_block(v, out, "grader_notes", c->grader_notes, 3);
		put(v, out, "gold", view_gold(b, c));
	}
	return out;
}

static void put_rater_pack(const builder *b, value page)
{
	const view *v = b->v;
	const scenario *s = b->from->scenario;
	vec_value samples = { 0 }, fails = { 0 };
	EACH (const sample_performance, p, s->rater_pack.samples) {
		value one = view_map(v);
		put_plain(v, one, "id", p->id);
		put_block(v, one, "text", p->text, 3);
		add(v, &samples, one);
	}
	EACH (const scenario_action, act, s->actions)
		if (list_has(s->scoring.critical_fail, act->id))
			add(v, &fails, value_string(text_show(v->arena, act->text, v->format, TEXT_LINE, 2, v->diags)));
	put(v, page, "samples", value_of(samples));
	put_flag(v, page, "has_critical_fail", fails.len > 0);
	put(v, page, "critical_fail", value_of(fails));
	put(v, page, "raters",
		s->scoring.raters == SCHEMA_UNSET
			? V_NONE
			: view_count(v, s->scoring.raters, why_at(v, "scenario", s->id, "scoring.raters")));
	put_plain(v, page, "combine", s->scoring.combine);
	int training = s->rater_pack.training_min;
	put(v, page, "training",
		training == SCHEMA_UNSET
			? V_NONE
			: view_minutes(v, training, why_at(v, "scenario", s->id, "rater_pack.training_min")));
	const release_rule *r = &s->rater_pack.release;
	bool known = !isnan(r->qwk) && !isnan(r->icc2k) && r->n != SCHEMA_UNSET;
	put_flag(v, page, "has_release", known);
	if (known) {
		put(v, page, "release_qwk",
			view_weight(v, r->qwk, why_at(v, "scenario", s->id, "rater_pack.release.qwk")));
		put(v, page, "release_icc",
			view_weight(v, r->icc2k, why_at(v, "scenario", s->id, "rater_pack.release.icc2k")));
		put(v, page, "release_n", view_count(v, r->n, why_at(v, "scenario", s->id, "rater_pack.release.n")));
	}
}

static void put_scale(const builder *b, value page)
{
	vec_value scale = { 0 };
	EACH (const scale_level, s, b->from->rubric->scale) {
		value one = view_map(b->v);
		put_level(b, one, s->level, s);
		buf heading = { .arena = b->v->arena }; /* one field of CSV */
		buf_printf(&heading, "%s%.*s (", is_digit(s->level.len ? s->level.ptr[0] : '\0') ? "Level " : "",
			STRF(s->level));
		buf_double(&heading, s->points);
		buf_char(&heading, ')');
		put_plain(b->v, one, "heading", buf_done(&heading));
		add(b->v, &scale, one);
	}
	put(b->v, page, "scale", value_of(scale));
}

value view_rubric(const view *v, const rubric_source *from, bool grader)
{
	str title =
		arena_printf(v->arena, "%s: %.*s", grader ? "Graders' rubric" : "Rubric", STRF(from->task_title));
	value page = view_page(v, title, grader ? "../../" : "../");
	builder b = { .v = v,
		.from = from,
		.grader = grader,
		.anchors = grader || !from->scenario,
		.why = why_at(v, from->kind, from->task_id, "") };
	vec_value crumbs = { 0 }, criteria = { 0 };
	page_crumb(v, &crumbs, STR("Syllabus"), "syllabus");
	put(v, page, "crumbs", value_of(crumbs));
	put_flag(v, page, "instructor", grader);
	put_plain(v, page, "id", from->rubric->id);
	put_plain(v, page, "rubric_title", from->rubric->title);
	put(v, page, "task",
		from->scenario ? view_link(v, from->task_title, "assessments/",
							 arena_printf(v->arena, "%.*s/participant", STRF(from->task_id)))
					   : view_link(v, from->task_title, from->lab ? "labs/" : "capstone/", from->task_id));
	put_flag(v, page, "has_anchors", b.anchors);
	const pass_rule *pass = &from->rubric->pass;
	put(v, page, "pass", isnan(pass->percent) ? V_NONE : view_percent(v, pass->percent, b.why));
	put_flag(v, page, "compensatory", pass->compensatory == 1);
	put_flag(v, page, "not_compensatory", pass->compensatory == 0);
	put_scale(&b, page);
	EACH (const criterion, c, from->rubric->criteria)
		add(v, &criteria, view_criterion(&b, c));
	put(v, page, "criteria", value_of(criteria));
	put_flag(v, page, "samples_given", grader && from->scenario);
	if (grader && from->scenario)
		put_rater_pack(&b, page);
	return page;
}
