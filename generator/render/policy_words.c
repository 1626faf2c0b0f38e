#include "render/policy_words.h"

#include "base/number.h"
#include "base/vec.h"

#include <math.h>

typedef struct {
	const char *key, *text;
} phrase;

/* {{name}} of the item; {{k}} of {{n}} vacancies, {{share}}. What the bounds are stands in the table of
 * figures next to the sentence. */
static const phrase rules[] = {
	{ "add.lower-bound", "{{name}} comes in: even the lower end of the 80 % interval of its share reaches "
						 "{{threshold}}." },
	{ "add.share.running",
		"{{name}} comes in: its share has reached {{threshold}} in several cycles in a row." },
	{ "add.candidate.twice",
		"{{name}} comes in: its share has reached {{threshold}} in two cycles in a row." },
	{ "add.posterior", "{{name}} comes in: all cycles together, older ones counting less, make it probable "
					   "enough that its share is above the threshold." },
	{ "retire.upper-bound.running",
		"{{name}} leaves: even the upper end of the 80 % interval of its share has "
		"stayed below {{threshold}} in several cycles in a row." },
	{ "retire.upper-bound.twice", "{{name}} leaves: even the upper end of the 80 % interval of its share has "
								  "stayed below {{threshold}} in two cycles in a row." },
	{ "retire.posterior",
		"{{name}} leaves: all cycles together, older ones counting less, make it improbable "
		"that its share is still above the threshold for staying." },
	{ "owned",
		"{{name}} is not for this course to teach: people decided that it is banned here, or that another "
		"course teaches it." },
	{ "core.lower-bound",
		"{{name}} is core from now on: even the lower end of the 80 % interval of its share "
		"reaches the share of a core item." },
	{ "core.left",
		"{{name}} is no longer core, but stays in the course: its share is surely below that of a core "
		"item." },
	{ "decline.upper-bound",
		"{{name}} is declining: in this cycle even the upper end of the 80 % interval of its "
		"share is below {{threshold}}. It leaves only if that stays so." },
	{ "recover", "{{name}} was declining and is so no longer: its share may well be above {{threshold}}." },
	{ "pinned", "{{name}} would leave by its share, and stays because people pinned it." },
	{ "cohort",
		"{{name}} would leave by its share, and stays because a group of learners is under way that was "
		"promised it." },
	{ "candidate.share", "{{name}} is a candidate: with {{k}} of {{n}} vacancies its share has reached "
						 "{{threshold}}, but not yet surely or often enough." },
	{ "employers.few", "{{name}} has reached {{threshold}}, but too few employers name it." },
	{ "watch.share",
		"{{name}} is watched: it is named often enough to be looked at, and too seldom to be taught." },
	{ "watch.left", "{{name}} is no longer watched: it is hardly named any more." },
	{ "stay", "Nothing moves {{name}}: its share of {{share}} calls for no other state." },
	{ "counts", "No skill, technology or theme came to another state that the course has to follow." },
	{ "counts.moved", "Some items came to another state; the plan that there is follows already, or cannot: "
					  "see the notes." },
	{ "sample.small", "Nothing moves {{name}}: this cycle has too few vacancies." },
	{ "not.asked", "Nothing moves {{name}}: this cycle did not look for it." },
};

static const phrase states[] = {
	{ "absent", "not in the course" },
	{ "watch", "watched" },
	{ "candidate", "a candidate" },
	{ "planned", "in the course" },
	{ "core", "in the course as core" },
	{ "declining", "in the course, declining" },
	{ "retired", "retired" },
};

static const phrase trends[] = {
	{ "rising", "The share has risen by more than chance explains." },
	{ "falling", "The share has fallen by more than chance explains." },
	{ "steady", "Whatever change there was in the share may be chance." },
	{ "untested", "There is too little evidence to say whether the share has changed." },
};

static const phrase presets[] = {
	{ "wilson",
		"An item comes in when the lower end of the 80 % interval of its share reaches the threshold once, "
		"or the share itself does in several cycles in a row; it leaves when the upper end stays below the "
		"threshold for as many." },
	{ "beta",
		"An item comes in, or leaves, when all cycles together, older ones counting less, make it probable "
		"enough that its share is above, or below, the threshold." },
};

static const char *const steps[EDIT_STEPS] = {
	[EDIT_NOTHING] = "nothing to change",
	[EDIT_EVIDENCE] = "figures and words only",
	[EDIT_LINK] = "a pointer to where it is taught",
	[EDIT_HOURS] = "time moved between modules",
	[EDIT_TECHNOLOGY] = "a technology named in a scenario",
	[EDIT_EXERCISE] = "one more exercise",
	[EDIT_TASK] = "a new lab or scenario",
	[EDIT_MODULE] = "a new module",
	[EDIT_RETIRE] = "taken out of the course",
};

static const char *const bumps[] = {
	[BUMP_PATCH] = "only figures and words change, nothing that learners do",
	[BUMP_MINOR] = "hours, exercises, labs or scenarios change or come; the modules stay",
	[BUMP_MAJOR] = "a module came or left, and with it what learners can do in the end",
};

static const char *find(const phrase *table, size_t count, str key)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(key, str_from(table[i].key)))
			return table[i].text;
	return NULL;
}

static str rounded(arena *a, double n, const char *after)
{
	buf b = { .arena = a };
	if (isnan(n))
		return STR("an unknown number");
	buf_rounded(&b, n, 0);
	buf_str(&b, str_from(after));
	return buf_done(&b);
}

str policy_rule_text(arena *a, const change *c)
{
	const change_numbers *now = &c->why.now;
	const char *text = find(rules, COUNT(rules), c->why.rule);
	if (!text)
		return c->why.rule;
	fill_word words[] = {
		{ STR("name"), c->name.len   ? c->name
					   : c->item.len ? c->item
									 : STR("The item") },
		{ STR("k"), rounded(a, now->k, "") },
		{ STR("n"), rounded(a, now->n, "") },
		{ STR("share"), rounded(a, now->share * 100, " %") },
		{ STR("threshold"), isnan(c->why.threshold) ? STR("the threshold")
													: arena_printf(a, "the threshold of %.*s",
														  STRF(rounded(a, c->why.threshold * 100, " %"))) },
	};
	return words_fill(a, str_from(text), (list_fill_word){ .ptr = words, .len = COUNT(words) });
}

str policy_state_text(str state)
{
	const char *text = find(states, COUNT(states), state);
	return text ? str_from(text) : state;
}

str policy_trend_text(str trend)
{
	return str_from(find(trends, COUNT(trends), trend));
}

str policy_preset_text(str preset)
{
	return str_from(find(presets, COUNT(presets), preset));
}

const char *edit_step_text(int step)
{
	return step < 0 || step >= EDIT_STEPS ? "" : steps[step];
}

const char *bump_text(int release)
{
	return release < 0 || (size_t)release >= COUNT(bumps) ? "" : bumps[release];
}

const char *policy_rule_at(size_t i)
{
	return i < COUNT(rules) ? rules[i].key : NULL;
}
