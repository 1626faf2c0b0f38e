/* Scenarios: roles, injects, observation, scoring and the evidence packet. */
#include "base/number.h"
#include "check/checker.h"

#include <limits.h>

enum { ROLES_MIN = 2, OBSERVATIONS_MIN = 2, SCALE_MAX = 16 };

place place_scenario(const scenario *s, loc at)
{
	return (place){ .kind = "scenario", .id = s->id, .at = at, .draft = s->needs_author };
}

void each_scenario(checker *k, void (*look)(checker *k, const set_scenario *set, const scenario *s))
{
	EACH (const set_scenario, set, k->c->scenarios)
		look(k, set, set->scenario);
}

static void check_roles(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	if (s->roles.len < ROLES_MIN)
		found(k, place_scenario(s, s->at), "has %zu roles; at least %d make a conversation", s->roles.len,
			ROLES_MIN);
	EACH (const scenario_role, r, s->roles) {
		if (!r->brief.len)
			found(k, place_scenario(s, r->at), "role '%.*s' has no brief", STRF(r->id));
		if (!r->private_brief.len)
			found(k, place_scenario(s, r->at), "role '%.*s' has no private information", STRF(r->id));
	}
}

void rule_s_01(checker *k)
{
	each_scenario(k, check_roles);
}

static void check_inject(checker *k, const scenario *s, const scenario_inject *one)
{
	const struct {
		bool missing;
		const char *what;
	} parts[] = { { !one->channel.len, "channel" }, { !one->text.len, "text" },
		{ !one->purpose.len, "purpose" }, { !one->expect.len, "expected action" },
		{ !one->outcomes.len, "outcome" } };
	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].missing)
			found(k, place_scenario(s, one->at), "inject '%.*s' has no %s", STRF(one->id), parts[i].what);
}

static void check_injects(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	int before = 0;
	int64_t end = (int64_t)s->timebox.play_min * 60;
	EACH (const scenario_inject, one, s->injects) {
		int seconds = one->seconds == INT_MAX && end < INT_MAX ? (int)end : one->seconds;
		if (seconds < before)
			found(
				k, place_scenario(s, one->at), "inject '%.*s' comes before the one above it", STRF(one->id));
		if (seconds < 0 || seconds > end)
			found(k, place_scenario(s, one->at), "inject '%.*s' is outside the %d minutes of play",
				STRF(one->id), s->timebox.play_min);
		before = seconds;
		check_inject(k, s, one);
	}
}

void rule_s_02(checker *k)
{
	each_scenario(k, check_injects);
}

static void count_all(checker *k, map *counts, list_str ids)
{
	EACH (const str, id, ids) {
		size_t *count = map_get(counts, *id);
		if (!count) {
			count = NEW(k->arena, size_t);
			if (!count)
				return;
			map_put(counts, *id, count);
		}
		++*count;
	}
}

static void check_observations(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	map counts = { .arena = k->arena };
	EACH (const scenario_inject, one, s->injects)
		count_all(k, &counts, one->outcomes);
	EACH (const scenario_prompt, one, s->prompts)
		count_all(k, &counts, one->outcomes);
	EACH (const str, id, s->outcomes) {
		const size_t *count = map_get(&counts, *id);
		if (!count || *count < OBSERVATIONS_MIN)
			found(k, place_scenario(s, s->at),
				"outcome '%.*s' can be observed %s, at least %d times are needed", STRF(*id),
				count ? "once" : "never", OBSERVATIONS_MIN);
	}
}

void rule_s_03(checker *k)
{
	each_scenario(k, check_observations);
}

static const pair_text *find_anchor(const score_criterion *c, str key)
{
	EACH (const pair_text, pair, c->anchors)
		if (str_eq(pair->key, key))
			return pair;
	return NULL;
}

static void check_anchors(checker *k, const scenario *s, const score_criterion *c)
{
	EACH (const double, d, s->scoring.scale) {
		buf number = { .arena = k->arena };
		buf_double(&number, *d);
		const pair_text *pair = find_anchor(c, buf_done(&number));
		if (!pair || !str_trim(pair->value).len)
			found(k, place_scenario(s, c->at), "criterion '%.*s' has no behaviour for %.*s", STRF(c->id),
				STRF(buf_done(&number)));
	}
}

static void check_fails(checker *k, const scenario *s, const map *actions)
{
	EACH (const str, id, s->scoring.critical_fail) {
		const scenario_action *a = map_get(actions, *id);
		if (!a)
			found(k, place_scenario(s, s->scoring.at), "critical failure '%.*s' is not an action", STRF(*id));
		else if (a->class != ACTION_HARMFUL)
			found(k, place_scenario(s, a->at), "critical failure '%.*s' is not a harmful action", STRF(*id));
	}
}

static void check_scoring(checker *k, const set_scenario *set, const scenario *s)
{
	(void)set;
	map actions = { .arena = k->arena }, criteria = { .arena = k->arena };
	EACH (const score_criterion, c, s->scoring.criteria) {
		map_put(&criteria, c->id, k);
		if (s->scoring.scale.len <= SCALE_MAX)
			check_anchors(k, s, c);
	}
	EACH (const scenario_action, a, s->actions) {
		map_put(&actions, a->id, (void *)(uintptr_t)a);
		if (!map_has(&criteria, a->criterion))
			found(k, place_scenario(s, a->at), "action '%.*s' counts for '%.*s', which is not a criterion",
				STRF(a->id), STRF(a->criterion));
	}
	EACH (const scenario_inject, one, s->injects)
		EACH (const str, id, one->expect)
			if (!map_has(&actions, *id))
				found(k, place_scenario(s, one->at), "inject '%.*s' expects '%.*s', which is not an action",
					STRF(one->id), STRF(*id));
	EACH (const pair_number, must, s->scoring.pass.must)
		if (!map_has(&criteria, must->key))
			found(k, place_scenario(s, must->at), "'%.*s' must be passed and is not a criterion",
				STRF(must->key));
	check_fails(k, s, &actions);
}

void rule_s_04(checker *k)
{
	each_scenario(k, check_scoring);
}

static void check_packet(checker *k, const set_scenario *set, const scenario *s)
{
	map used = { .arena = k->arena };
	bool distractor = false;
	EACH (const scenario_inject, one, s->injects)
		checker_add(&used, one->evidence);
	EACH (const scenario_prompt, one, s->prompts)
		checker_add(&used, one->evidence);
	EACH (const evidence_item, e, s->evidence) {
		place where = place_scenario(s, e->at);
		distractor |= e->relevance == RELEVANCE_DISTRACTOR;
		if (!checker_has_file(k, set->folder, e->file))
			found(k, where, "the file '%.*s' of evidence '%.*s' does not exist", STRF(e->file), STRF(e->id));
		if (!map_has(&used, e->id))
			found(k, where, "no inject and no prompt refers to evidence '%.*s'", STRF(e->id));
	}
	if (!distractor)
		found(k, place_scenario(s, s->at), "no item of its evidence packet is a distractor");
}

void rule_s_05(checker *k)
{
	each_scenario(k, check_packet);
}
