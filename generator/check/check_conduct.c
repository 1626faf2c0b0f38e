/* Scenarios: whether they can be run and judged alike for everybody. What they are made of is
 * check_scenarios.c. */
#include "check/checker.h"

#include <limits.h>

enum { PATHS_MIN = 2, RATERS_MIN = 2, DEBRIEF_PERCENT_MIN = 20 };

static void check_paths(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	size_t count = 0;
	EACH (const solution_path, p, s->paths)
		count += p->acceptable && p->would_change.len > 0;
	if (count < PATHS_MIN)
		found(k, place_scenario(s, s->at),
			"has %zu acceptable path%s with `would_change`; %d show that more than one answer can be "
			"defended",
			count, count == 1 ? "" : "s", PATHS_MIN);
}

void rule_s_07(checker *k)
{
	each_scenario(k, check_paths);
}

/* Injects are S-02's. */
static void check_prompt_times(checker *k, const scenario *s)
{
	int64_t end = (int64_t)s->timebox.play_min * 60;
	EACH (const scenario_prompt, p, s->prompts)
		if (p->seconds != INT_MAX && (p->seconds < 0 || p->seconds > end))
			found(k, place_scenario(s, p->at), "prompt '%.*s' is outside the %d minutes of play", STRF(p->id),
				s->timebox.play_min);
}

static void check_timebox(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	const timebox *t = &s->timebox;
	int64_t sum = (int64_t)t->brief_min + t->play_min + t->debrief_min;
	place where = place_scenario(s, t->at.source ? t->at : s->at);
	if (sum > s->minutes)
		found(k, where, "briefing, play and debrief take %lld minutes of %d", (long long)sum, s->minutes);
	if ((int64_t)t->debrief_min * 100 < sum * DEBRIEF_PERCENT_MIN)
		found(k, where, "debrief takes %d of %lld minutes, less than %d %%", t->debrief_min, (long long)sum,
			DEBRIEF_PERCENT_MIN);
	check_prompt_times(k, s);
}

void rule_s_08(checker *k)
{
	each_scenario(k, check_timebox);
}

static void check_prompts(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	int before = 0;
	if (!s->prompts.len)
		found(k, place_scenario(s, s->at), "has no prompt that everybody is asked");
	EACH (const scenario_prompt, p, s->prompts) {
		if (!p->probes.len)
			found(k, place_scenario(s, p->at), "prompt '%.*s' has no probes, so each rater invents them",
				STRF(p->id));
		if (p->seconds < before)
			found(k, place_scenario(s, p->at), "prompt '%.*s' is asked before the one above it", STRF(p->id));
		before = p->seconds;
	}
}

void rule_s_09(checker *k)
{
	each_scenario(k, check_prompts);
}

/* Ratings become one by arithmetic; what raters agree on in talk is less reliable than their mean. */
static const char *const mechanical[] = { "mean-of-raters", "median-of-raters", "sum-of-raters" };

static bool is_mechanical(str combine)
{
	for (size_t i = 0; i < COUNT(mechanical); i++)
		if (str_eq(combine, str_from(mechanical[i])))
			return true;
	return false;
}

static void check_raters(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	place where = place_scenario(s, s->scoring.at);
	if (s->scoring.raters < RATERS_MIN)
		found(k, where, "is scored by fewer than %d raters", RATERS_MIN);
	if (!is_mechanical(s->scoring.combine))
		found(k, where, "`combine` is '%.*s', which is no arithmetic such as %s", STRF(s->scoring.combine),
			mechanical[0]);
}

void rule_s_10(checker *k)
{
	each_scenario(k, check_raters);
}

static void check_notes(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	if (!s->facilitator.safety.len)
		found(
			k, place_scenario(s, s->facilitator.at), "does not say how participants are kept safe: `safety`");
	if (!s->accommodation.text.len)
		found(k, place_scenario(s, s->accommodation.at), "does not say what can be adapted: `accommodation`");
}

void rule_s_11(checker *k)
{
	each_scenario(k, check_notes);
}
