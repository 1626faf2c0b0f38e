/* Complete rubrics: numeric bands come from the metric, so that lab and rubric cannot disagree. */
#include "plan/resolve.h"

#include "base/number.h"

#include <math.h>

str metric_text(arena *a, const metric *m, double number)
{
	buf b = { .arena = a };
	buf_rounded(&b, number, 4);
	if (metric_is_ratio(m))
		BUF_LIT(&b, " times the measured baseline");
	else if (str_eq(m->unit, STR("ratio")))
		BUF_LIT(&b, " (ratio)");
	else if (!str_eq(m->unit, STR("count")))
		buf_printf(&b, " %.*s", STRF(m->unit));
	return buf_done(&b);
}

static const pair_text *find_pair(const pair_text *const *pairs, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(pairs[i]->key, str_from(key)))
			return pairs[i];
	return NULL;
}

/* The words that a band's descriptor may use. */
static list_fill_word band_words(arena *a, const metric *m)
{
	fill_word *w = NEWN(a, fill_word, 9);
	if (!w)
		return (list_fill_word){ 0 };
	bool higher = m->direction == HIGHER_IS_BETTER;
	double start = metric_baseline(m), tol = metric_tolerance(m), step_away = isnan(tol) ? 0 : tol;
	size_t n = 0;
	w[n++] = (fill_word){ STR("metric"), m->name };
	w[n++] = (fill_word){ STR("bound"), higher ? STR("at least") : STR("at most") };
	w[n++] = (fill_word){ STR("better"), higher ? STR("above") : STR("below") };
	w[n++] = (fill_word){ STR("short"), higher ? STR("below") : STR("above") };
	w[n++] = (fill_word){ STR("stat"), str_from(stat_names[m->aggregate.stat < 0 ? 0 : m->aggregate.stat]) };
	w[n++] = (fill_word){ STR("repeats"), arena_printf(a, "%d", m->repeats) };
	w[n++] = (fill_word){ STR("target"), metric_text(a, m, metric_target(m)) };
	w[n++] = (fill_word){ STR("stretch"), metric_text(a, m, metric_stretch(m)) };
	w[n++] = (fill_word){ STR("floor"),
		isnan(start) ? STR("the measured baseline, by more than the tolerance")
					 : metric_text(a, m, higher ? start + step_away : start - step_away) };
	return (list_fill_word){ .ptr = w, .len = n };
}

/* Which band text a level takes: the stretch may be absent, or be what the plan asks for. */
static const char *band_key(const metric *m, size_t at)
{
	static const char *const keys[] = { "exemplary", "proficient", "developing", "beginning" };
	if (at > 0)
		return keys[at < COUNT(keys) ? at : COUNT(keys) - 1];
	return isnan(metric_stretch(m)) ? "exemplary-no-stretch"
		   : m->use_stretch         ? "exemplary-stretch-asked"
									: "exemplary";
}

static void fill_bands(arena *a, criterion *out, const metric *m, const rubric *r, const catalog *c)
{
	list_fill_word words = band_words(a, m);
	out->levels.ptr = NEWN(a, pair_text, r->scale.len);
	for (size_t i = 0; out->levels.ptr && i < r->scale.len; i++) {
		const pair_text *band =
			find_pair((const pair_text *const *)c->bands.ptr, c->bands.len, band_key(m, i));
		pair_text *to = &out->levels.ptr[out->levels.len++];
		if (band)
			record_copy(a, &pair_text_record, to, band, words);
		to->key = r->scale.ptr[i].level;
		to->at = m->at;
	}
}

static const metric *find_metric(const lab *l, str id)
{
	EACH (const metric, m, l->metrics)
		if (str_eq(m->id, id))
			return m;
	return NULL;
}

static const criterion *find_shared(const catalog *c, str id)
{
	EACH (criterion *const, one, c->library)
		if (str_eq((*one)->id, id))
			return *one;
	return NULL;
}

/* `l` is NULL for the rubric of a capstone, which has no metrics of its own. */
static bool complete(arena *a, criterion *out, const lab *l, const rubric *r, const catalog *c, diags *d)
{
	if (out->use.len) {
		const criterion *shared = find_shared(c, out->use);
		if (!shared) {
			diag_add(
				d, E_UNKNOWN_REFERENCE, out->at, "no criterion '%.*s' in the rubric library", STRF(out->use));
			return false;
		}
		out->name = out->name.len ? out->name : shared->name;
		out->grader_notes = out->grader_notes.len ? out->grader_notes : shared->grader_notes;
		if (!out->levels.len) {
			out->levels.ptr = shared->levels.ptr;
			out->levels.len = shared->levels.len;
		}
	}
	if (out->metric.len) {
		const metric *m = l ? find_metric(l, out->metric) : NULL;
		if (!m) {
			diag_add(d, E_UNKNOWN_REFERENCE, out->at, "'%.*s' has no metric '%.*s'",
				STRF(l ? l->id : out->id), STRF(out->metric));
			return false;
		}
		out->name = out->name.len ? out->name : m->name;
		fill_bands(a, out, m, r, c);
	}
	if (out->must_pass && isnan(out->must_points) && r->scale.len > 1)
		out->must_points = r->scale.ptr[1].points;
	return true;
}

rubric *resolve_rubric(arena *a, const lab *l, const catalog *c, diags *d)
{
	rubric *out = NEW(a, rubric);
	if (!out)
		return NULL;
	const rubric *from = &l->rubric;
	if (from->ref.len) {
		from = catalog_find(c, "rubric", from->ref);
		if (!from) {
			diag_add(d, E_UNKNOWN_REFERENCE, l->rubric.at, "no rubric '%.*s'", STRF(l->rubric.ref));
			return NULL;
		}
	}
	*out = *from;
	if (!out->id.len)
		out->id = arena_printf(a, "rub-%.*s", STRF(l->id));
	if (!out->title.len)
		out->title = l->title;
	if (!out->scale.len) {
		out->scale.ptr = c->scale.ptr;
		out->scale.len = c->scale.len;
	}
	out->criteria.ptr = NEWN(a, criterion, from->criteria.len);
	bool ok = true;
	for (size_t i = 0; out->criteria.ptr && i < from->criteria.len; i++) {
		out->criteria.ptr[i] = from->criteria.ptr[i];
		ok &= complete(a, &out->criteria.ptr[i], l, out, c, d);
	}
	return ok && !a->failed ? out : NULL;
}

/* The criterion's own outcomes and those that the parts give it, each once. */
static list_str outcomes_of(arena *a, const criterion *c, const capstone *from)
{
	vec_str out = { 0 };
	EACH (const str, id, c->outcomes)
		vec_push(a, &out, *id);
	EACH (const capstone_part, p, from->parts)
		EACH (const capstone_score, s, p->scores) {
			if (!str_eq(s->key, c->id))
				continue;
			EACH (const str, id, s->outcomes)
				if (!list_has((list_str){ .ptr = out.ptr, .len = out.len }, *id))
					vec_push(a, &out, *id);
		}
	return (list_str){ .ptr = out.ptr, .len = out.len };
}

rubric *resolve_capstone_rubric(arena *a, const capstone *from, const catalog *c, diags *d)
{
	rubric *out = NEW(a, rubric);
	if (!out)
		return NULL;
	*out = from->rubric;
	if (!out->id.len)
		out->id = arena_printf(a, "rub-%.*s", STRF(from->id));
	if (!out->title.len)
		out->title = from->title;
	if (!out->scale.len) {
		out->scale.ptr = c->scale.ptr;
		out->scale.len = c->scale.len;
	}
	out->criteria.ptr = NEWN(a, criterion, from->rubric.criteria.len);
	bool ok = true;
	for (size_t i = 0; out->criteria.ptr && i < from->rubric.criteria.len; i++) {
		criterion *to = &out->criteria.ptr[i];
		*to = from->rubric.criteria.ptr[i];
		to->outcomes = outcomes_of(a, to, from);
		ok &= complete(a, to, NULL, out, c, d);
	}
	return ok && !a->failed ? out : NULL;
}

static double must_points(const scoring *s, str id)
{
	EACH (const pair_number, m, s->pass.must)
		if (str_eq(m->key, id))
			return m->value;
	return NAN;
}

static void fill_anchors(arena *a, criterion *out, const score_criterion *from, const rubric *r)
{
	out->levels.ptr = NEWN(a, pair_text, r->scale.len);
	for (size_t i = 0; out->levels.ptr && i < r->scale.len; i++) {
		pair_text *to = &out->levels.ptr[out->levels.len++];
		to->key = r->scale.ptr[i].level;
		to->at = from->at;
		EACH (const pair_text, anchor, from->anchors)
			if (str_eq(anchor->key, to->key))
				*to = *anchor;
	}
}

rubric *resolve_scoring(arena *a, const scenario *s)
{
	const scoring *from = &s->scoring;
	rubric *out = NEW(a, rubric);
	if (!out)
		return NULL;
	*out = (rubric){ .at = from->at,
		.id = arena_printf(a, "rub-%.*s", STRF(s->id)),
		.title = s->title,
		.pass = { .at = from->pass.at, .percent = from->pass.total, .compensatory = 1 } };
	out->scale.ptr = NEWN(a, scale_level, from->scale.len);
	for (size_t i = from->scale.len; out->scale.ptr && i-- > 0;) {
		buf name = { .arena = a };
		buf_double(&name, from->scale.ptr[i]);
		out->scale.ptr[out->scale.len++] =
			(scale_level){ .level = buf_done(&name), .points = from->scale.ptr[i] };
	}
	out->criteria.ptr = NEWN(a, criterion, from->criteria.len);
	for (size_t i = 0; out->criteria.ptr && i < from->criteria.len; i++) {
		const score_criterion *c = &from->criteria.ptr[i];
		double must = must_points(from, c->id);
		criterion *to = &out->criteria.ptr[out->criteria.len++];
		*to = (criterion){ .at = c->at,
			.id = c->id,
			.name = c->name,
			.weight = c->weight,
			.weight_reason = c->weight_reason,
			.outcomes = c->outcomes,
			.must_pass = !isnan(must),
			.must_points = must };
		fill_anchors(a, to, c, out);
	}
	return a->failed ? NULL : out;
}
