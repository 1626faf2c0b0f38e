/* What can be taught: the items of catalogue files, as docs/formats.md describes them. Text is borrowed from
 * the sources. */
#ifndef MODEL_CATALOG_H
#define MODEL_CATALOG_H

#include "base/map.h"
#include "model/schema.h"
#include "model/shape.h"

typedef enum { LEVEL_JUNIOR, LEVEL_MID, LEVEL_SENIOR, LEVEL_STAFF, LEVEL_PRINCIPAL } course_level;
typedef enum {
	BLOOM_REMEMBER,
	BLOOM_UNDERSTAND,
	BLOOM_APPLY,
	BLOOM_ANALYSE,
	BLOOM_EVALUATE,
	BLOOM_CREATE
} bloom;
typedef enum { TEACH_AWARENESS, TEACH_WORKING, TEACH_PROFICIENT, TEACH_EXPERT } teaching;
typedef enum { CONCEPT_SKILL, CONCEPT_TECHNOLOGY, CONCEPT_THEME, CONCEPT_CERTIFICATION } concept_kind;
typedef enum { ACT_LECTURE, ACT_READING, ACT_DEMO, ACT_EXERCISE, ACT_DISCUSSION, ACT_QUIZ } activity_kind;
typedef enum { LOWER_IS_BETTER, HIGHER_IS_BETTER } direction;
typedef enum { RELEVANCE_KEY, RELEVANCE_BACKGROUND, RELEVANCE_DISTRACTOR } relevance;
typedef enum { RELEASE_PREPARATION, RELEASE_PLAY } evidence_release;
typedef enum { STAKES_SUMMATIVE, STAKES_FORMATIVE } task_stakes;
typedef enum { ACTION_CRITICAL, ACTION_GOOD, ACTION_HARMFUL } action_class;

extern const char *const level_names[],
	*const bloom_names[], *const teaching_names[],
							  *const concept_kind_names[],
								  *const activity_names[],
									  *const direction_names[],
										  *const stat_names[], *const mark_names[],
																   *const arrival_names[],
																	   *const governance_names[],
																		   *const scenario_kind_names[],
																			   *const relevance_names[],
																				   *const release_names[],
																					   *const class_names[];

typedef struct {
	loc at;
	str key, value;
} pair_text;

typedef struct {
	loc at;
	str key;
	double value;
} pair_number;

typedef struct {
	loc at;
	str id, title, publisher;
	int year;
} source_ref;

typedef struct {
	loc at;
	bool match_case;
	str near_pattern;
	str unless; /* a pattern; what lies in its match does not count */
	list_str section;
} concept_requires;

typedef struct {
	loc at;
	str id;
	int kind;
	str name;
	list_str aliases, patterns;
	concept_requires requires;
	str parent;
	str group; /* row of the technology table that counts it; empty: that of its parents */
	list_str sources;
} concept;

typedef struct {
	loc at;
	str key;
	int level; /* teaching */
} teach;

typedef struct {
	loc at;
	str id, text;
	int bloom;
	list_str concepts, supports;
} outcome;

typedef struct {
	loc at;
	str title;
	list_str points;
} module_topic;

typedef struct {
	loc at;
	str id;
	int kind;
	int minutes; /* as planned, once the plan has been applied */
	bool contact;
	list_str outcomes;
	str text;
	str feedback; /* what learners are told about their work, and by whom or what; empty: nothing */
} activity;

typedef struct {
	loc at;
	str text, notice;
} misconception;

typedef struct {
	loc at;
	str title, publisher, section;
} reading;

typedef struct {
	loc at;
	str name, version;
} tool_version;

typedef struct {
	loc at;
	int min, max;
} minutes_range;

typedef struct {
	loc at;
	str id, title;
	int level;
	str summary;
	LIST(teach) teaches;
	minutes_range minutes;
	list_str prerequisites, tags;
	LIST(outcome) outcomes;
	LIST(module_topic) topics;
	LIST(activity) activities;
	LIST(misconception) misconceptions;
	LIST(reading) readings;
	LIST(tool_version) tools;
	bool needs_author; /* made from a blueprint */
} module;

typedef struct {
	loc at;
	str tier, hardware, note;
} lab_tier;

typedef struct {
	loc at;
	str description, dataset, size;
	int arrival;
	str warmup, duration, seed;
} workload;

typedef struct {
	loc at;
	str over;
	int stat;
} aggregate;

typedef struct {
	loc at;
	double value;       /* NAN unless given */
	LIST(double) range; /* two numbers, or none */
	bool measured;
	LIST(double) expect; /* two numbers, or none */
	str obtain;
} baseline;

/* A number in the metric's unit, or `ratio` times the measured baseline. */
typedef struct {
	loc at;
	double value, ratio;
} goal;

typedef struct {
	loc at;
	double value; /* in the metric's unit */
	double pct;   /* per cent of the baseline */
	str why;
} tolerance;

typedef struct {
	loc at;
	str key;
	int mark;
	str locator, accessed;
	goal best; /* the best public figure that the source states, in the terms of the target */
} citation;

typedef struct {
	loc at;
	str id, name, definition, unit;
	int direction;
	aggregate aggregate;
	double percentile;
	baseline baseline;
	goal target, stretch;
	tolerance tolerance;
	double noise_pct;
	int repeats;
	citation *source;
	int basis; /* 0: author; -1: not given */
	str note;
	bool use_stretch; /* the plan asks for the stretch where the catalogue asks for the target */
} metric;

typedef struct {
	loc at;
	str id, name, unit;
	int direction;
	goal limit;
	str why;
} guardrail;

typedef struct {
	loc at;
	str title, text;
} lab_step;

typedef struct {
	loc at;
	str path, text;
} artifact;

typedef struct {
	loc at;
	int kind;
	str path, owner, check;
} governance;

typedef struct {
	loc at;
	str symptom, cause, remedy;
} failure_mode;

typedef struct {
	loc at;
	double ceiling;
	str currency, note;
} lab_cost;

typedef struct {
	loc at;
	str level;
	double points;
} scale_level;

typedef struct {
	loc at;
	str id, name;
	int weight;
	str weight_reason; /* why it weighs far more or less than the others */
	list_str outcomes;
	LIST(pair_text) levels;
	str metric, use;
	bool must_pass;
	double must_points; /* least points that pass, for must_pass */
	str grader_notes;
} criterion;

typedef struct {
	loc at;
	double percent;
	int compensatory; /* -1: not said */
} pass_rule;

typedef struct {
	loc at;
	str ref; /* a lab may name a rubric by id */
	str id, title;
	LIST(scale_level) scale;
	pass_rule pass;
	LIST(criterion) criteria;
} rubric;

typedef struct {
	loc at;
	str id, title;
	int level;
	str summary;
	int minutes;
	str context;
	list_str integrates, outcomes, tags;
	LIST(lab_tier) tiers;
	str fallback;
	LIST(tool_version) versions;
	workload workload;
	LIST(metric) metrics;
	LIST(guardrail) guardrails;
	LIST(lab_step) procedure;
	str decision;
	LIST(artifact) evidence;
	LIST(governance) governance;
	LIST(failure_mode) failure_modes;
	lab_cost cost;
	str teardown;
	LIST(artifact) starter;
	rubric rubric;
	bool needs_author;
} lab;

typedef struct {
	loc at;
	int brief_min, play_min, debrief_min;
} timebox;

/* One thing that the scenario's system is built from, of which the plan chooses the make. */
typedef struct {
	loc at;
	str id;
	list_str any; /* concepts; the first is taken if no posting names one of them */
	str text;     /* may say {{technology}} */
} stack_part;

typedef struct {
	loc at;
	str system, scale;
	LIST(stack_part) stack;
	LIST(pair_text) slo;
	list_str constraints, stakeholders;
	str budget;
} scenario_setting;

typedef struct {
	loc at;
	str id, title;
	bool assessed;
	str brief, private_brief;
} scenario_role;

typedef struct {
	loc at;
	str id, kind, title, file, alt;
	int relevance;
	int released; /* evidence_release; -1: for preparation */
} evidence_item;

typedef struct {
	loc at;
	str id;
	int seconds; /* from the start of play */
	str when, channel, from, text, purpose;
	list_str tests, outcomes, evidence, expect;
} scenario_inject;

typedef struct {
	loc at;
	str id;
	int seconds; /* INT_MAX: at the end */
	str ask;
	list_str probes, outcomes, evidence;
} scenario_prompt;

typedef struct {
	loc at;
	str id, text;
	int class;
	str criterion;
} scenario_action;

typedef struct {
	loc at;
	str id, text;
	bool acceptable;
	str condition, would_change;
} solution_path;

typedef struct {
	loc at;
	str id, name;
	int weight;
	str weight_reason;
	list_str outcomes;
	LIST(pair_text) anchors;
} score_criterion;

typedef struct {
	loc at;
	double total;
	LIST(pair_number) must;
} score_pass;

typedef struct {
	loc at;
	LIST(double) scale;
	str combine;
	int raters;
	LIST(score_criterion) criteria;
	list_str critical_fail;
	score_pass pass;
} scoring;

typedef struct {
	loc at;
	int level;
	str text;
	int cost;
} facilitator_hint;

typedef struct {
	loc at;
	str setup, script;
	LIST(facilitator_hint) hints;
	list_str common_paths, debrief;
	str safety;
} facilitator;

typedef struct {
	loc at;
	str id, text;
} sample_performance;

typedef struct {
	loc at;
	str key;
	LIST(pair_number) scores;
} gold;

typedef struct {
	loc at;
	double qwk, icc2k;
	int n;
} release_rule;

typedef struct {
	loc at;
	int training_min;
	LIST(sample_performance) samples;
	LIST(gold) gold;
	release_rule release;
} rater_pack;

typedef struct {
	loc at;
	double extra_time_pct;
	str text, written_variant;
} accommodation;

typedef struct {
	loc at;
	str id, version, title;
	int level;
	str summary;
	int kind;
	int minutes;
	list_str constructs, integrates, outcomes;
	int stakes; /* task_stakes */
	timebox timebox;
	scenario_setting setting;
	LIST(scenario_role) roles;
	LIST(evidence_item) evidence;
	LIST(scenario_inject) injects;
	LIST(scenario_prompt) prompts;
	list_str deliverables;
	LIST(scenario_action) actions;
	LIST(solution_path) paths;
	scoring scoring;
	facilitator facilitator;
	rater_pack rater_pack;
	accommodation accommodation;
	bool needs_author;
} scenario;

typedef struct {
	loc at;
	str text;
	bool correct;
	str why; /* what whoever chose it is told */
} quiz_option;

typedef struct {
	loc at;
	str id, outcome;
	str stem;
	bool multi; /* more than one option is correct */
	LIST(quiz_option) options;
	str rationale;
} quiz_item;

/* A formative quiz: the item bank of one module. */
typedef struct {
	loc at;
	str id, title;
	str module;
	LIST(pair_number) blueprint; /* outcome -> per cent of the items; none: equal parts */
	LIST(quiz_item) items;
} quiz;

/* The outcomes of one part of a capstone that a criterion of its rubric scores. */
typedef struct {
	loc at;
	str key; /* criterion */
	list_str outcomes;
} capstone_score;

/* What the capstone asks for in the field of one module. */
typedef struct {
	loc at;
	str module; /* "*": any module that has no part of its own */
	str task, accept;
	LIST(capstone_score) scores;
} capstone_part;

typedef struct {
	loc at;
	str id, title;
	int percent; /* of the capstone's time, at which it is due */
	str text, feedback;
} milestone;

typedef struct {
	loc at;
	str ask;
	list_str probes;
} defence_question;

typedef struct {
	loc at;
	int minutes;
	str panel, format;
	LIST(defence_question) questions;
} defence;

/* One piece of work at the end of a course that integrates its heaviest modules. */
typedef struct {
	loc at;
	str id, title;
	int level;
	str summary;
	int minutes;
	int take; /* so many modules, the heaviest that it has a part for */
	str brief;
	LIST(capstone_part) parts;
	LIST(milestone) milestones;
	LIST(artifact) evidence;
	LIST(governance) governance;
	defence defence;
	rubric rubric; /* criteria get the outcomes of the parts that are taken beside their own */
	accommodation accommodation;
} capstone;

typedef struct {
	loc at;
	int level;
} level_item;

/* What a skill gets that the catalogue does not know. Texts may say {{id}}, {{skill}}, {{notes}}, {{level}}.
 */
typedef struct {
	loc at;
	str id;
	str match;               /* PCRE2, to be found in the skill's name; absent: every name */
	LIST(level_item) levels; /* of courses that it is tried for; none: all */
	module module;
	lab lab;
	scenario *scenario; /* NULL: it has none */
	str folder;         /* of the scenario's evidence, below the folder of the blueprint's file */
	list_str author;    /* what must be added before a draft is more than a draft */
} blueprint;

/* One more exercise for a module, for an item that it does not teach by name. The text may say {{name}} and
 * {{module}}. */
typedef struct {
	loc at;
	str id;
	int about; /* concept_kind: skill, technology or theme */
	int kind;  /* activity_kind */
	int minutes;
	bool contact;
	str text;
} extension;

typedef struct {
	loc at;
	double least, most; /* NAN: no bound */
} measure_range;

/* What must hold of a row for an insight to be written about it. */
typedef struct {
	loc at;
	measure_range share, low, high, change, q, required, preferred, modules;
} insight_when;

/* A sentence that `analyze` writes about each row for which `when` holds. Text may say {{name}} and so on. */
typedef struct {
	loc at;
	str id;
	int about; /* insight_about_names */
	str label;
	insight_when when;
	int most; /* rows; SCHEMA_UNSET: three */
	str text;
} insight_rule;

/* Words by which postings are understood. Of a kind `number`, the n-th word means n. */
typedef enum {
	WORDING_HEADING_OTHER, /* in the order of section_kind */
	WORDING_HEADING_RESPONSIBILITIES,
	WORDING_HEADING_REQUIRED,
	WORDING_HEADING_PREFERRED,
	WORDING_HEADING_COMPANY,
	WORDING_HEADING_BENEFITS,
	WORDING_HEADING_EQUAL_OPPORTUNITY,
	WORDING_SAYS_COMPANY,
	WORDING_SAYS_BENEFITS,
	WORDING_SAYS_EQUAL_OPPORTUNITY,
	WORDING_REQUIRED_BEFORE,
	WORDING_REQUIRED_AFTER,
	WORDING_PREFERRED_BEFORE,
	WORDING_PREFERRED_AFTER,
	WORDING_ASKED,
	WORDING_SEEKING,
	WORDING_NEGATED_BEFORE,
	WORDING_NEGATED_AFTER,
	WORDING_HARMLESS,
	WORDING_CLAUSE,
	WORDING_OR,
	WORDING_AND,
	WORDING_ONE_OF,
	WORDING_FILLER,
	WORDING_NOUN,
	WORDING_FIRST_PERSON,
	WORDING_NUMBER,
	WORDING_RANGE,
	WORDING_MORE,
	WORDING_UP_TO,
	WORDING_YEARS,
	WORDING_NOT_YEARS_BEFORE,
	WORDING_NOT_YEARS_AFTER,
	WORDING_EXPERIENCE,
	WORDING_WITH,
	WORDING_BACHELOR,
	WORDING_MASTER,
	WORDING_DOCTORATE,
	WORDING_DUTY,
	WORDING_FIELD_END,
	WORDING_KINDS
} wording_kind;

typedef struct {
	loc at;
	str id;
	int kind; /* wording_kind */
	list_str words;
} wording;

extern const char *const wording_kind_names[];

/* One file. */
typedef struct {
	loc at;
	LIST(source_ref) sources;
	LIST(concept) concepts;
	LIST(outcome) program_outcomes;
	LIST(module) modules;
	LIST(lab) labs;
	LIST(scenario) scenarios;
	LIST(quiz) quizzes;
	LIST(capstone) capstones;
	LIST(blueprint) blueprints;
	LIST(extension) extensions;
	LIST(insight_rule) insights;
	LIST(posting_shape) postings;
	LIST(wording) wording;
} catalog_file;

typedef struct {
	loc at;
	LIST(scale_level) scale;
	LIST(criterion) criteria; /* the library: criteria that rubrics use by id */
	LIST(pair_text) bands;    /* descriptors of metric criteria, by level; see rubrics/library.yaml */
	LIST(rubric) rubrics;
} rubrics_file;

extern const record catalog_file_record, rubrics_file_record, module_record, lab_record, scenario_record,
	rubric_record, concept_record, outcome_record, quiz_record, capstone_record, capstone_part_record,
	blueprint_record, extension_record, insight_rule_record, metric_record, pair_text_record, wording_record;

/* Everything that was read, by id. Items of a course's own folder replace those of the shipped catalogue.
 * Lists keep the order of the files; `folder` says where an item's files are. */
typedef struct {
	VEC(concept *) concepts;
	VEC(source_ref *) sources;
	VEC(outcome *) program_outcomes;
	VEC(module *) modules;
	VEC(lab *) labs;
	VEC(scenario *) scenarios;
	VEC(quiz *) quizzes;
	VEC(capstone *) capstones;
	VEC(blueprint *) blueprints;
	VEC(extension *) extensions;
	VEC(insight_rule *) insights;
	VEC(posting_shape *) shapes;
	VEC(wording *) wordings;
	VEC(rubric *) rubrics;
	LIST(scale_level) scale;
	VEC(criterion *) library;
	VEC(pair_text *) bands;
	map by_id;     /* "module:ID" and so on -> the item */
	map folders;   /* item key -> const char *: the folder that holds the item's file */
	list_str tags; /* every tag of any item, sorted */
	/* made by catalog_index */
	map outcomes;             /* outcome id -> outcome *, of modules */
	map outcome_modules;      /* outcome id -> module * */
	map modules_by_concept;   /* concept id -> vec_item *, modules that teach it */
	map labs_by_concept;      /* concept id -> vec_item *, labs that assess an outcome of it */
	map scenarios_by_concept; /* the same for scenarios */
	map labs_by_module;       /* module id -> vec_item *, labs that integrate it */
	map scenarios_by_module;  /* the same for scenarios */
	map quiz_by_module;       /* module id -> quiz *, the last one */
} catalog;

typedef VEC(void *) vec_item;

/* Fills the maps above; items must not change afterwards. */
void catalog_index(catalog *c, arena *a);
/* The concepts of these outcomes, each once, in their order. */
list_str catalog_concepts(const catalog *c, arena *a, list_str outcomes);

/* The item with that kind and id, such as ("module", "k8s-operators"); NULL if there is none. */
void *catalog_find(const catalog *c, const char *kind, str id);

#endif
