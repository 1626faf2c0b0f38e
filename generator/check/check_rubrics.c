/* Rubrics: weights, descriptors and scales. Numbers of metrics are check_bands.c. */
#include "check/checker.h"
#include "check/descriptor.h"
#include "check/words.h"

#include <math.h>

enum { WEIGHT_SUM = 100, CRITERIA_MIN = 3, CRITERIA_MAX = 7, LEVELS_MIN = 3, LEVELS_MAX = 5 };
static const double alike_max = 0.85;

void rule_r_01(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!g->rubric || !g->rubric->criteria.len)
			found(k, place_task(g), "has no rubric");
	}
}

static place place_rubric(const graded *g)
{
	return (place){ .kind = g->kind, .id = g->id, .at = g->rubric->at, .draft = g->draft };
}

static bool has_criteria(const graded *g)
{
	return g->rubric && g->rubric->criteria.len;
}

void rule_r_02(checker *k)
{
	EACH (const graded, g, k->tasks) {
		int64_t sum = 0;
		if (!has_criteria(g))
			continue;
		EACH (const criterion, c, g->rubric->criteria) {
			sum += c->weight == SCHEMA_UNSET ? 0 : c->weight;
			if (c->weight == SCHEMA_UNSET || c->weight <= 0)
				found(k, place_criterion(g, c), "has no weight");
		}
		if (sum != WEIGHT_SUM)
			found(k, place_rubric(g), "weights of the rubric sum to %lld instead of %d", (long long)sum,
				WEIGHT_SUM);
	}
}

bool rubric_has_levels(const graded *g)
{
	return has_criteria(g) && g->rubric->scale.len <= LEVELS_MAX;
}

/* A scenario's anchors are S-04's. */
void rule_r_03(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!rubric_has_levels(g) || g->scenario)
			continue;
		EACH (const criterion, c, g->rubric->criteria)
			EACH (const scale_level, one, g->rubric->scale)
				if (!descriptor_of(c, one->level).len)
					found(k, place_criterion(g, c), "has no descriptor for '%.*s'", STRF(one->level));
	}
}

/* For each criterion of each rubric whose levels can be looked at. */
static void each_criterion(checker *k, void (*look)(checker *k, const graded *g, const criterion *c))
{
	EACH (const graded, g, k->tasks)
		if (rubric_has_levels(g))
			EACH (const criterion, c, g->rubric->criteria)
				look(k, g, c);
}

static void check_contrast(checker *k, const graded *g, const criterion *c)
{
	if (c->metric.len)
		return; /* its levels differ in numbers */
	const rubric *r = g->rubric;
	for (size_t i = 1; i < r->scale.len; i++) {
		str above = r->scale.ptr[i - 1].level, below = r->scale.ptr[i].level;
		str one = descriptor_of(c, above), other = descriptor_of(c, below);
		if (!one.len || !other.len)
			continue;
		contrast differ = descriptor_contrast(k->arena, one, other);
		if (differ.numbers)
			continue;
		if (!differ.more)
			found(k, place_criterion(g, c), "'%.*s' and '%.*s' differ only in degree", STRF(above),
				STRF(below));
		else if (differ.alike >= alike_max)
			found(k, place_criterion(g, c), "'%.*s' and '%.*s' share %.0f %% of their words", STRF(above),
				STRF(below), differ.alike * 100);
	}
}

void rule_r_04(checker *k)
{
	if (checker_english(k))
		each_criterion(k, check_contrast);
}

static void check_observables(checker *k, const graded *g, const criterion *c)
{
	EACH (const scale_level, one, g->rubric->scale) {
		str text = descriptor_of(c, one->level);
		if (text.len && !descriptor_has_observable(text))
			found(k, place_criterion(g, c), "'%.*s' names nothing that two raters could both see",
				STRF(one->level));
	}
}

void rule_r_05(checker *k)
{
	if (checker_english(k))
		each_criterion(k, check_observables);
}

static void check_vague(checker *k, const graded *g, const criterion *c)
{
	EACH (const scale_level, one, g->rubric->scale) {
		str text = descriptor_of(c, one->level), word = words_vague(text);
		if (word.len && !descriptor_has_number(text))
			found(k, place_criterion(g, c), "'%.*s' says '%.*s' without a measure", STRF(one->level),
				STRF(word));
	}
}

void rule_r_06(checker *k)
{
	if (checker_english(k))
		each_criterion(k, check_vague);
}

static bool follows_scale(const criterion *c, const rubric *r)
{
	if (c->levels.len != r->scale.len)
		return false;
	for (size_t i = 0; i < r->scale.len; i++)
		if (!str_eq(c->levels.ptr[i].key, r->scale.ptr[i].level))
			return false;
	return true;
}

void rule_r_08(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!has_criteria(g))
			continue;
		const rubric *r = g->rubric;
		if (r->criteria.len < CRITERIA_MIN || r->criteria.len > CRITERIA_MAX)
			found(k, place_rubric(g), "the rubric has %zu criteria; %d to %d can be judged together",
				r->criteria.len, CRITERIA_MIN, CRITERIA_MAX);
		if (r->scale.len < LEVELS_MIN || r->scale.len > LEVELS_MAX)
			found(k, place_rubric(g), "the rubric has %zu levels; %d to %d can be told apart", r->scale.len,
				LEVELS_MIN, LEVELS_MAX);
		EACH (const criterion, c, r->criteria)
			if (!g->scenario && !follows_scale(c, r))
				found(k, place_criterion(g, c), "its levels are not those of the scale, in the same order");
	}
}

static void check_pass(checker *k, const graded *g)
{
	const rubric *r = g->rubric;
	double top = r->scale.ptr[0].points, second = r->scale.ptr[1].points;
	if (isnan(r->pass.percent))
		found(k, place_rubric(g), "the rubric does not say what passes");
	else if (top > 0 && second / top * 100 < r->pass.percent)
		found(k, place_rubric(g), "with '%.*s' in every criterion %.0f %% are reached, and %.0f %% pass",
			STRF(r->scale.ptr[1].level), second / top * 100, r->pass.percent);
	if (!g->scenario && r->pass.compensatory < 0)
		found(k, place_rubric(g), "the rubric does not say whether a high score makes up for a low one");
	EACH (const criterion, c, r->criteria)
		if (c->must_pass && !isnan(c->must_points) && c->must_points > top)
			found(k, place_criterion(g, c), "must reach %g points, and the best level has %g", c->must_points,
				top);
}

void rule_r_14(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!rubric_has_levels(g) || g->rubric->scale.len < 2)
			continue;
		const rubric *r = g->rubric;
		for (size_t i = 1; i < r->scale.len; i++)
			if (!(r->scale.ptr[i].points < r->scale.ptr[i - 1].points))
				found(k, place_rubric(g), "'%.*s' has no fewer points than '%.*s' above it",
					STRF(r->scale.ptr[i].level), STRF(r->scale.ptr[i - 1].level));
		check_pass(k, g);
	}
}
