/* What each action takes. Applying them is apply.c. */
#include "model/catalog.h"
#include "rules/ruleset.h"

static const char *const as_choices[] = { "required", "elective", NULL };
static const char *const of_choices[] = { "lab", "scenario", NULL };
static const char *const use_choices[] = { "stretch", "target", NULL };
static const char *const teaching_choices[] = { "awareness", "working", "proficient", "expert", NULL };
static const char *const scenario_choices[] = { "kata", "adr-review", "incident-tabletop", "code-review",
	"mentoring-roleplay", "sjt", NULL };

#define AS \
	{ \
		"as", P_STRING, as_choices, "required (default) or elective" \
	}

static const action_param module_params[] = {
	{ "id", P_STRING, NULL, "that module" },
	{ "teaches", P_STRINGS, NULL, "for each of these concepts the module that teaches it best" },
	{ "at_least", P_STRING, teaching_choices, "least teaching level that counts; default working" },
	AS,
};
static const action_param lab_params[] = {
	{ "id", P_STRING, NULL, "that lab" },
	{ "for", P_STRINGS, NULL, "the lab that assesses most of these concepts" },
	{ "integrates", P_STRING, NULL, "labs that integrate this module" },
	{ "tag", P_STRING, NULL, "only labs with this tag" },
	{ "all", P_BOOL, NULL, "every lab that fits, not the best one" },
	AS,
};
static const action_param scenario_params[] = {
	{ "id", P_STRING, NULL, "that scenario" },
	{ "for", P_STRINGS, NULL, "the scenario that assesses most of these concepts" },
	{ "integrates", P_STRING, NULL, "scenarios that integrate this module" },
	{ "kind", P_STRING, scenario_choices, "only scenarios of this kind" },
	{ "all", P_BOOL, NULL, "every scenario that fits, not the best one" },
	AS,
};
static const action_param emphasise_params[] = {
	{ "tag", P_STRING, NULL, "modules with this tag" },
	{ "concept", P_STRINGS, NULL, "rows that link to any of these concepts" },
	{ "factor", P_NUMBER, NULL, "multiplies the weight; above 0" },
};
static const action_param require_params[] = {
	{ "of", P_STRING, of_choices, "lab or scenario" },
	{ "has", P_STRINGS, NULL, "fields that must not be empty, such as governance" },
};
static const action_param target_params[] = {
	{ "lab", P_STRING, NULL, "that lab" },
	{ "for", P_STRINGS, NULL, "labs that assess any of these concepts" },
	{ "tag", P_STRING, NULL, "labs with this tag" },
	{ "use", P_STRING, use_choices, "stretch, or target again" },
};
static const action_param setting_params[] = {
	{ "for", P_STRINGS, NULL, "scenarios that touch any of these concepts" },
	{ "scenario", P_STRING, NULL, "that scenario" },
	{ "technologies", P_STRINGS, NULL, "names that the setting mentions" },
};
static const action_param note_params[] = {
	{ "text", P_STRING, NULL, "printed in the syllabus under what the analysis says" },
};
static const action_param set_params[] = {
	{ "hours", P_NUMBER, NULL, "budget" },
	{ "weeks", P_NUMBER, NULL, "weeks" },
	{ "hours_per_week", P_NUMBER, NULL, "capacity of a week" },
	{ "lab_share", P_NUMBER, NULL, "part of the budget that elective labs may fill up to" },
};

#define SPEC(name, text, ...) \
	{ \
		name##_params, COUNT(name##_params), text, \
		{ \
			__VA_ARGS__ \
		} \
	}
const action_spec action_specs[DO_KINDS] = {
	[DO_MODULE] = SPEC(module, "adds modules", "id|teaches"),
	[DO_LAB] = SPEC(lab, "adds labs", "id|for|tag|integrates|all"),
	[DO_SCENARIO] = SPEC(scenario, "adds scenarios", "id|for|kind|integrates|all"),
	[DO_EMPHASISE] = SPEC(emphasise, "multiplies weights", "tag|concept", "factor"),
	[DO_REQUIRE] = SPEC(require, "admits only labs or scenarios that have something", "of", "has"),
	[DO_TARGET] = SPEC(
		target, "asks for the stretch of a lab's primary metric instead of its target", "lab|for|tag", "use"),
	[DO_SETTING] =
		SPEC(setting, "names technologies in the setting of scenarios", "for|scenario", "technologies"),
	[DO_NOTE] = SPEC(note, "puts a note into the syllabus", "text"),
	[DO_SET] = SPEC(set, "sets a number of the course", "hours|weeks|hours_per_week|lab_share"),
};
