/* Fields of policy.update, state/items.yaml and state/changes/NNNN.yaml. */
#include "model/fields.h"
#include "model/update.h"

static const field settings_fields[] = {
	{ .key = "preset", CHOICE(update_settings, preset, preset_names), .doc = "default wilson" },
	{ .key = "add",
		.kind = F_NUMBER,
		AT(update_settings, add),
		BOUNDS(0.01, 1),
		.doc = "share from which an item belongs into the course; default 0.3" },
	{ .key = "retire",
		.kind = F_NUMBER,
		AT(update_settings, retire),
		BOUNDS(0, 1),
		.doc = "share below which it does not; default: as add with wilson, 0.2 with beta" },
	{ .key = "core",
		.kind = F_NUMBER,
		AT(update_settings, core),
		BOUNDS(0, 1),
		.doc = "share from which an item is core; default 0.5" },
	{ .key = "watch",
		.kind = F_NUMBER,
		AT(update_settings, watch),
		BOUNDS(0, 1),
		.doc = "share from which an item is watched; default 0.1" },
	{ .key = "cycles",
		.kind = F_INT,
		AT(update_settings, cycles),
		BOUNDS(1, 20),
		.doc = "in a row, that confirm what one cannot; default 2" },
	{ .key = "discount",
		.kind = F_NUMBER,
		AT(update_settings, discount),
		BOUNDS(0, 1),
		.doc = "weight of a cycle against the one after it, for posteriors; default 0.7" },
	{ .key = "p_add",
		.kind = F_NUMBER,
		AT(update_settings, p_add),
		BOUNDS(0, 1),
		.doc = "beta: posterior from which an item is added; default 0.8" },
	{ .key = "p_retire",
		.kind = F_NUMBER,
		AT(update_settings, p_retire),
		BOUNDS(0, 1),
		.doc = "beta: posterior below which it is retired; default 0.2" },
	{ .key = "least_sample",
		.kind = F_NUMBER,
		AT(update_settings, least_sample),
		BOUNDS(1, 1000000),
		.doc = "effective vacancies that a cycle needs; default 12" },
	{ .key = "least_employers",
		.kind = F_NUMBER,
		AT(update_settings, least_employers),
		BOUNDS(0, 1000000),
		.doc = "employers that must name an item; default 3" },
	{ .key = "employer_part",
		.kind = F_NUMBER,
		AT(update_settings, employer_part),
		BOUNDS(0, 1),
		.doc = "part of the employers that must name it; default 0.12" },
	{ .key = "employer_cap",
		.kind = F_NUMBER,
		AT(update_settings, employer_cap),
		BOUNDS(0.1, 1000000),
		.doc = "vacancies of a cycle that one employer may count for; default 2" },
	{ .key = "breaker",
		.kind = F_NUMBER,
		AT(update_settings, breaker),
		BOUNDS(0, 1),
		.doc = "part of the items that may move the same way; default 0.15" },
	{ .key = "approve_adds",
		.kind = F_NUMBER,
		AT(update_settings, approve_adds),
		BOUNDS(0, 1),
		.doc = "additions, as a part of what is in, above which a person must approve; default 0.2" },
	{ .key = "approve_removals",
		.kind = F_NUMBER,
		AT(update_settings, approve_removals),
		BOUNDS(0, 1),
		.doc = "the same for removals; default 0.1" },
	{ .key = "approve_share",
		.kind = F_NUMBER,
		AT(update_settings, approve_share),
		BOUNDS(0, 1),
		.doc = "share from which the removal of an item must be approved; default 0.5" },
	{ .key = "hours_step",
		.kind = F_NUMBER,
		AT(update_settings, hours_step),
		BOUNDS(0, 1),
		.doc = "part of a module's time that one update may move; default 0.1" },
	{ .key = "protect_until",
		.kind = F_DATE,
		AT(update_settings, protect_until),
		.doc = "last day of a running cohort: until then nothing is taken away" },
};
const record update_settings_record = {
	.name = "update settings", FIELDS(settings_fields), .size = sizeof(update_settings)
};

/* ---- state/items.yaml */

static const field cycle_fields[] = {
	{ .key = "id", .kind = F_ID, AT(cycle, id), NEED, .doc = "permanent id" },
	{ .key = "source", .kind = F_PLAIN, AT(cycle, source), NEED, .doc = "ledger or workbook" },
	{ .key = "from", .kind = F_DATE, AT(cycle, from), .doc = "earliest date" },
	{ .key = "until", .kind = F_DATE, AT(cycle, until), .doc = "latest date" },
	{ .key = "evidence", .kind = F_PLAIN, AT(cycle, evidence), NEED, .doc = "hash of the workbook" },
	{ .key = "lexicon", .kind = F_PLAIN, AT(cycle, lexicon), .doc = "version of the lexicon" },
	{ .key = "vacancies", .kind = F_NUMBER, AT(cycle, vacancies), NEED, BOUNDS(0, 1e9), .doc = "counted" },
	{ .key = "effective",
		.kind = F_NUMBER,
		AT(cycle, effective),
		NEED,
		BOUNDS(0, 1e9),
		.doc = "effective sample size" },
	{ .key = "employers", .kind = F_NUMBER, AT(cycle, employers), BOUNDS(0, 1e9), .doc = "known ones" },
};
static const record cycle_record = { .name = "cycle", FIELDS(cycle_fields), .size = sizeof(cycle) };

static const field item_fields[] = {
	{ .key = "id",
		.kind = F_PLAIN,
		AT(tracked_item, id),
		NEED,
		.doc = "skill:ID, technology:ID or theme:ID" },
	{ .key = "name", .kind = F_PLAIN, AT(tracked_item, name), NEED, .doc = "as it is printed" },
	{ .key = "concepts", IDS(tracked_item, concepts), .doc = "of the lexicon" },
	{ .key = "state", CHOICE(tracked_item, state, item_state_names), NEED, .doc = "where it stands" },
	{ .key = "since",
		.kind = F_INT,
		AT(tracked_item, since),
		NEED,
		BOUNDS(0, 1000000),
		.doc = "number of the cycle" },
	{ .key = "running",
		.kind = F_INT,
		AT(tracked_item, running),
		BOUNDS(0, 1000000),
		.doc = "cycles in a row" },
	{ .key = "entered",
		.kind = F_NUMBER,
		AT(tracked_item, entered),
		BOUNDS(0, 1),
		.doc = "lower 80 % bound with which it came in" },
	{ .key = "named", NUMBERS(tracked_item, named), .doc = "vacancies by cycle, the last at the end" },
	{ .key = "share", NUMBERS(tracked_item, share), .doc = "weighted shares by cycle" },
};
static const record item_record = { .name = "item", FIELDS(item_fields), .size = sizeof(tracked_item) };

static const field state_fields[] = {
	{ .key = "cycles", RECORDS(course_state, cycles, cycle_record), .doc = "the oldest first" },
	{ .key = "items", RECORDS(course_state, items, item_record), .doc = "by id" },
};
const record course_state_record = {
	.name = "state of the items", FIELDS(state_fields), .size = sizeof(course_state)
};

/* ---- state/changes/NNNN.yaml */

static const field numbers_fields[] = {
	{ .key = "k", .kind = F_NUMBER, AT(change_numbers, k), .doc = "vacancies that name it" },
	{ .key = "n", .kind = F_NUMBER, AT(change_numbers, n), NEED, .doc = "vacancies" },
	{ .key = "n_eff", .kind = F_NUMBER, AT(change_numbers, n_eff), NEED, .doc = "effective sample size" },
	{ .key = "share", .kind = F_NUMBER, AT(change_numbers, share), .doc = "weighted" },
	{ .key = "i80", NUMBERS(change_numbers, i80), .doc = "80 % Wilson interval" },
	{ .key = "i95", NUMBERS(change_numbers, i95), .doc = "95 % Wilson interval" },
	{ .key = "employers", .kind = F_NUMBER, AT(change_numbers, employers), .doc = "known ones that name it" },
	{ .key = "p_above",
		.kind = F_NUMBER,
		AT(change_numbers, p_above),
		.doc = "discounted Beta posterior that the share is above the threshold" },
};
static const record numbers_record = {
	.name = "numbers", FIELDS(numbers_fields), .size = sizeof(change_numbers)
};

static const field before_fields[] = {
	{ .key = "k", .kind = F_NUMBER, AT(change_before, k), .doc = "vacancies that named it" },
	{ .key = "n", .kind = F_NUMBER, AT(change_before, n), .doc = "vacancies" },
	{ .key = "share", .kind = F_NUMBER, AT(change_before, share), .doc = "weighted" },
};
static const record before_record = {
	.name = "numbers before", FIELDS(before_fields), .size = sizeof(change_before)
};

static const field considered_fields[] = {
	{ .key = "step", CHOICE(considered_step, step, edit_step_names), NEED, .doc = "of the edit ladder" },
	{ .key = "why_not", .kind = F_PLAIN, AT(considered_step, why_not), NEED, .doc = "why it was not taken" },
};
static const record considered_record = {
	.name = "alternative", FIELDS(considered_fields), .size = sizeof(considered_step)
};

static const field why_fields[] = {
	{ .key = "rule", .kind = F_PLAIN, AT(change_why, rule), NEED, .doc = "of the policy" },
	{ .key = "from", .kind = F_PLAIN, AT(change_why, from), .doc = "state before" },
	{ .key = "to", .kind = F_PLAIN, AT(change_why, to), .doc = "state after" },
	{ .key = "threshold", .kind = F_NUMBER, AT(change_why, threshold), .doc = "share that it was judged by" },
	{ .key = "now", INSIDE(change_why, now, numbers_record), .doc = "this cycle" },
	{ .key = "was", INSIDE(change_why, was, before_record), .doc = "the cycle before" },
	{ .key = "trend", .kind = F_PLAIN, AT(change_why, trend), .doc = "a label, not a reason" },
	{ .key = "evidence", PLAINS(change_why, evidence), .doc = "postings" },
	{ .key = "considered",
		RECORDS(change_why, considered, considered_record),
		.doc = "other steps of the ladder" },
};
static const record why_record = { .name = "reason", FIELDS(why_fields), .size = sizeof(change_why) };

static const field robust_fields[] = {
	{ .key = "leave_one_employer_out",
		.kind = F_PLAIN,
		AT(change_robust, leave_one_employer_out),
		.doc = "stable, fragile or unknown" },
	{ .key = "reverse_after",
		.kind = F_INT,
		AT(change_robust, reverse_after),
		BOUNDS(0, 1000000),
		.doc = "further vacancies that would take it back" },
	{ .key = "reverse_by", .kind = F_PLAIN, AT(change_robust, reverse_by), .doc = "with it or without it" },
};
static const record robust_record = {
	.name = "robustness", FIELDS(robust_fields), .size = sizeof(change_robust)
};

static const field minutes_fields[] = {
	{ .key = "value", .kind = F_INT, AT(change_minutes, value), BOUNDS(-600000, 600000), .doc = "minutes" },
};
static const record minutes_record = { .name = "minutes",
	FIELDS(minutes_fields),
	.size = sizeof(change_minutes),
	.shorthand = "value",
	.whole = true };

static const field effect_fields[] = {
	{ .key = "minutes",
		ENTRIES(change_effect, minutes, minutes_record),
		.doc = "item -> minutes more or less" },
	{ .key = "outcomes_added", PLAINS(change_effect, outcomes_added), .doc = "ids" },
	{ .key = "outcomes_removed", PLAINS(change_effect, outcomes_removed), .doc = "ids" },
	{ .key = "rubrics_touched", PLAINS(change_effect, rubrics_touched), .doc = "ids" },
	{ .key = "shrinks", PLAINS(change_effect, shrinks), .doc = "what gave the time" },
};
static const record effect_record = {
	.name = "effect", FIELDS(effect_fields), .size = sizeof(change_effect)
};

static const field change_fields[] = {
	{ .key = "id", .kind = F_ID, AT(change, id), NEED, .doc = "permanent id" },
	{ .key = "kind", CHOICE(change, kind, edit_step_names), NEED, .doc = "step of the edit ladder" },
	{ .key = "target", .kind = F_PLAIN, AT(change, target), .doc = "what was edited" },
	{ .key = "item", .kind = F_PLAIN, AT(change, item), .doc = "skill:ID, technology:ID or theme:ID" },
	{ .key = "name", .kind = F_PLAIN, AT(change, name), .doc = "of the item" },
	{ .key = "summary", .kind = F_PLAIN, AT(change, summary), NEED, .doc = "one sentence" },
	{ .key = "why", INSIDE(change, why, why_record), .doc = "reason" },
	{ .key = "robust", INSIDE(change, robust, robust_record), .doc = "what would reverse it" },
	{ .key = "effect", INSIDE(change, effect, effect_record), .doc = "on hours, outcomes and rubrics" },
	{ .key = "learner_note", .kind = F_PLAIN, AT(change, learner_note), .doc = "what learners should know" },
	{ .key = "bump", CHOICE(change, bump, bump_names), NEED, .doc = "of the version" },
	{ .key = "needs_approval",
		.kind = F_PLAIN,
		AT(change, needs_approval),
		.doc = "why a person has to say yes" },
	{ .key = "approved_by", .kind = F_PLAIN, AT(change, approved_by), .doc = "who said yes" },
	{ .key = "base", .kind = F_PLAIN, AT(change, base), .doc = "hash of the generated plan before it" },
	{ .key = "made", .kind = F_PLAIN, AT(change, made), .doc = "and after it" },
};
const record change_record = { .name = "change", FIELDS(change_fields), .size = sizeof(change) };

static const field difference_fields[] = {
	{ .key = "part",
		.kind = F_PLAIN,
		AT(course_difference, part),
		NEED,
		.doc = "syllabus, module, lab, scenario, rubric or grading" },
	{ .key = "item", .kind = F_PLAIN, AT(course_difference, item), .doc = "address" },
	{ .key = "what", .kind = F_PLAIN, AT(course_difference, what), NEED, .doc = "what differs" },
	{ .key = "before", .kind = F_PLAIN, AT(course_difference, before), .doc = "absent: it was not there" },
	{ .key = "after", .kind = F_PLAIN, AT(course_difference, after), .doc = "absent: it is not there" },
};
static const record difference_record = {
	.name = "difference", FIELDS(difference_fields), .size = sizeof(course_difference)
};

static const field version_fields[] = {
	{ .key = "value", .kind = F_PLAIN, AT(file_version, value), .doc = "hash" },
};
static const record version_record = { .name = "version of a file",
	FIELDS(version_fields),
	.size = sizeof(file_version),
	.shorthand = "value",
	.whole = true };

static const field revision_fields[] = {
	{ .key = "number", .kind = F_INT, AT(revision, number), NEED, BOUNDS(1, 1000000), .doc = "from 1" },
	{ .key = "kind", .kind = F_PLAIN, AT(revision, kind), NEED, .doc = "update or revert" },
	{ .key = "reverts", .kind = F_PLAIN, AT(revision, reverts), .doc = "what was reverted" },
	{ .key = "cycle", .kind = F_PLAIN, AT(revision, cycle), .doc = "id" },
	{ .key = "preset", .kind = F_PLAIN, AT(revision, preset), .doc = "wilson or beta" },
	{ .key = "as_of", .kind = F_DATE, AT(revision, as_of), .doc = "latest date of the evidence" },
	{ .key = "version_before", .kind = F_PLAIN, AT(revision, version_before), .doc = "of the course" },
	{ .key = "version_after", .kind = F_PLAIN, AT(revision, version_after), .doc = "of the course" },
	{ .key = "bump", CHOICE(revision, bump, bump_names), .doc = "the largest of its changes" },
	{ .key = "items_in", .kind = F_NUMBER, AT(revision, items_in), .doc = "items in the course afterwards" },
	{ .key = "items_added", .kind = F_NUMBER, AT(revision, items_added), .doc = "that came in" },
	{ .key = "items_removed", .kind = F_NUMBER, AT(revision, items_removed), .doc = "that were retired" },
	{ .key = "policy_basis",
		.kind = F_NUMBER,
		AT(revision, policy_basis),
		.doc = "in it because people pinned them" },
	{ .key = "notes", PLAINS(revision, notes), .doc = "what else is to be known" },
	{ .key = "changes",
		RECORDS(revision, changes, change_record),
		.doc = "in the order in which they were made" },
	{ .key = "differences",
		RECORDS(revision, differences, difference_record),
		.doc = "between the courses before and after" },
	{ .key = "names", ENTRIES(revision, names, pair_plain_record), .doc = "address -> title" },
	{ .key = "before", ENTRIES(revision, before, version_record), .doc = "files and their hashes" },
	{ .key = "after", ENTRIES(revision, after, version_record), .doc = "files and their hashes" },
};
const record revision_record = { .name = "revision", FIELDS(revision_fields), .size = sizeof(revision) };
