/* The words of every closed list, in the order of its enum; each ends with NULL. */
#include "model/curriculum.h"
#include "model/mention.h"
#include "model/update.h"

const char *const level_names[] = { "junior", "mid", "senior", "staff", "principal", NULL };
const char *const bloom_names[] = { "remember", "understand", "apply", "analyse", "evaluate", "create",
	NULL };
const char *const teaching_names[] = { "awareness", "working", "proficient", "expert", NULL };
const char *const concept_kind_names[] = { "skill", "technology", "theme", "certification", NULL };
const char *const activity_names[] = { "lecture", "reading", "demo", "exercise", "discussion", "quiz", NULL };
const char *const direction_names[] = { "lower", "higher", NULL };
const char *const stat_names[] = { "median", "mean", "min", "max", "p95", "p99", "total", NULL };
const char *const mark_names[] = { "V", "S", "D", "M", NULL };
const char *const arrival_names[] = { "open", "closed", "batch", NULL };
const char *const governance_names[] = { "adr", "policy", "runbook", "cost-report", "risk", "audit",
	"rollback", NULL };
const char *const scenario_kind_names[] = { "kata", "adr-review", "incident-tabletop", "code-review",
	"mentoring-roleplay", "negotiation-roleplay", "sjt", NULL };
const char *const release_names[] = { "preparation", "play", NULL };
const char *const relevance_names[] = { "key", "background", "distractor", NULL };
const char *const class_names[] = { "critical", "good", "harmful", NULL };
const char *const decision_names[] = { "pin", "ban", "waive", "own", NULL };
const char *const row_kind_names[] = { "skill", "technology", "theme", NULL };
const char *const action_kind_names[] = { "module", "lab", "scenario", "emphasise", "require", "target",
	"setting", "note", "set", NULL };
const char *const section_names[] = { "other", "responsibilities", "required", "preferred", "company",
	"benefits", "equal-opportunity", NULL };
const char *const strength_names[] = { "mentioned", "preferred", "required", NULL };
const char *const preset_names[] = { "wilson", "beta", NULL };
const char *const item_state_names[] = { "absent", "watch", "candidate", "planned", "core", "declining",
	"retired", NULL };
const char *const edit_step_names[] = { "nothing", "evidence", "link", "hours", "technology", "exercise",
	"task", "module", "retire", NULL };
const char *const bump_names[] = { "patch", "minor", "major", NULL };
const difference_part difference_parts[] = {
	{ "syllabus", "Syllabus" },
	{ "module", "Modules" },
	{ "lab", "Labs" },
	{ "scenario", "Scenario assessments" },
	{ "rubric", "Rubrics" },
	{ "grading", "Grading" },
	{ NULL, NULL },
};
