/* Criteria beside each other, inside one rubric and over the rubrics of the course, and beside sample work.
 */
#include "base/number.h"
#include "base/text.h"
#include "check/checker.h"
#include "check/descriptor.h"
#include "check/words.h"

/* Weights that go without saying, in per cent; OPM 2008 weighs competencies equally unless there is a reason.
 */
enum { WEIGHT_LEAST = 5, WEIGHT_MOST = 40 };
/* Fewer key terms say nothing about overlap; rubrics with more criteria than anybody can judge are R-08's. */
enum { TERMS_MIN = 6, COMPARED_MAX = 16 };
static const double overlap_max = 0.5;

typedef struct {
	const criterion *criterion;
	map terms; /* key terms of all its descriptors */
} worded;

/* The terms of texts about one subject differ in endings most of all by the plural. */
static str singular(str word)
{
	bool plural = word.len > 3 && str_ends(word, STR("s")) && !str_ends(word, STR("ss"));
	return plural ? str_sub(word, 0, word.len - 1) : word;
}

static void add_terms(checker *k, map *terms, str text)
{
	size_t at = 0;
	text = text_lower(k->arena, text);
	for (str w = text_next_word(text, &at); w.len; w = text_next_word(text, &at))
		if (!words_function(w) && !words_degree(w) && !words_number(w))
			map_put(terms, singular(w), k);
}

/* The part of the smaller set that is in the other as well. */
static double overlap(const map *a, const map *b)
{
	const map *small = a->entries.len <= b->entries.len ? a : b, *large = small == a ? b : a;
	size_t common = 0;
	EACH (const map_entry, e, small->entries)
		common += map_has(large, e->key);
	return small->entries.len < TERMS_MIN ? 0 : (double)common / (double)small->entries.len;
}

static void check_overlap(checker *k, const graded *g)
{
	worded all[COMPARED_MAX];
	size_t count = 0;
	EACH (const criterion, c, g->rubric->criteria) {
		if (c->metric.len || count == COMPARED_MAX)
			continue;
		worded *new = &all[count++];
		*new = (worded){ .criterion = c, .terms = { .arena = k->arena } };
		EACH (const pair_text, level, c->levels)
			add_terms(k, &new->terms, level->value);
		for (worded *old = all; old < new; old++) {
			double part = overlap(&old->terms, &new->terms);
			if (part >= overlap_max)
				found(k, place_criterion(g, c), "shares %.0f %% of its key terms with '%.*s'", part * 100,
					STRF(old->criterion->id));
		}
	}
}

/* A criterion may score an outcome once, and a metric belongs to one criterion. */
static void check_once(checker *k, map *scored, place where, const char *kind, str by, str what)
{
	if (map_put(scored, arena_printf(k->arena, "%s %.*s %.*s", kind, STRF(by), STRF(what)), k))
		found(k, where, "scores %s '%.*s' a second time", kind, STRF(what));
}

static void check_twice(checker *k, const graded *g)
{
	map scored = { .arena = k->arena };
	EACH (const criterion, c, g->rubric->criteria) {
		if (c->metric.len)
			check_once(k, &scored, place_criterion(g, c), "metric", STR(""), c->metric);
		EACH (const str, id, c->outcomes)
			check_once(k, &scored, place_criterion(g, c), "outcome", c->id, *id);
	}
}

void rule_r_07(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!rubric_has_levels(g))
			continue;
		check_twice(k, g);
		if (checker_english(k))
			check_overlap(k, g);
	}
}

void rule_r_15(checker *k)
{
	EACH (const graded, g, k->tasks) {
		if (!g->rubric)
			continue;
		EACH (const criterion, c, g->rubric->criteria) {
			bool usual = c->weight >= WEIGHT_LEAST && c->weight <= WEIGHT_MOST;
			if (c->weight > 0 && !usual && !c->weight_reason.len) /* no weight is R-02's */
				found(k, place_criterion(g, c), "weighs %d %%, and no `weight_reason` says why", c->weight);
		}
	}
}

/* A criterion of a task; the first one of its name and id. */
typedef struct {
	const graded *task;
	const criterion *criterion;
} named;

static bool same_descriptors(const criterion *a, const criterion *b)
{
	if (a->levels.len != b->levels.len)
		return false;
	for (size_t i = 0; i < a->levels.len; i++) {
		const pair_text *x = &a->levels.ptr[i], *y = &b->levels.ptr[i];
		if (!str_eq(x->key, y->key) || !str_eq(str_trim(x->value), str_trim(y->value)))
			return false;
	}
	return true;
}

static void check_name(checker *k, map *all, const graded *g, const criterion *c)
{
	str key = arena_printf(k->arena, "%.*s %.*s", STRF(c->id), STRF(text_lower(k->arena, c->name)));
	const named *first = map_get(all, key);
	if (first && !same_descriptors(first->criterion, c))
		found(k, place_criterion(g, c),
			"has the name and the id of a criterion of %s:%.*s, and other descriptors", first->task->kind,
			STRF(first->task->id));
	if (first)
		return;
	named *new = NEW(k->arena, named);
	if (new)
		*new = (named){ .task = g, .criterion = c };
	map_put(all, key, new);
}

/* What learners read under one name means one thing. Descriptors of metrics differ by their numbers. */
void rule_r_16(checker *k)
{
	map all = { .arena = k->arena };
	EACH (const graded, g, k->tasks) {
		if (!g->rubric)
			continue;
		EACH (const criterion, c, g->rubric->criteria)
			if (c->name.len && !c->metric.len)
				check_name(k, &all, g, c);
	}
}

enum { FORMATIVE = 1, SCALE_MAX = 16 };

static bool has_sample(const scenario *s, double score)
{
	EACH (const gold, g, s->rater_pack.gold)
		EACH (const pair_number, n, g->scores)
			if (n->value == score)
				return true;
	return false;
}

/* Labs have no place for sample work: what their metrics ask for is a number. */
void rule_r_17(checker *k)
{
	EACH (const set_scenario, set, k->c->scenarios) {
		const scenario *s = set->scenario;
		buf missing = { .arena = k->arena };
		if (s->stakes == FORMATIVE || s->scoring.scale.len > SCALE_MAX)
			continue;
		EACH (const double, score, s->scoring.scale) {
			if (has_sample(s, *score))
				continue;
			buf_str(&missing, missing.len ? STR(", ") : STR(""));
			buf_double(&missing, *score);
		}
		if (missing.len)
			found(k, (place){ .kind = "scenario", .id = s->id, .at = s->rater_pack.at },
				"no sample performance has a gold score of %.*s", STRF(buf_done(&missing)));
	}
}
