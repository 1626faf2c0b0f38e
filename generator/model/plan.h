/* The plan: which items of the catalogue a course has, how long, when, and what people decided about them.
 * Items refer to the catalogue by id; any other field of the item may be overridden in place. */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/catalog.h"

struct yaml_node;

/* One more exercise in a module, for an item that the module does not teach by name. */
typedef struct {
	loc at;
	str item;      /* "technology:falco" */
	str name;      /* plain */
	str concept;   /* id; empty: the lexicon has none */
	str extension; /* id of the catalogue's extension that it is made from */
	int minutes;   /* a multiple of 30 */
} plan_extension;

/* Where something is taught that has no entry of its own. */
typedef struct {
	loc at;
	str item, name;
	str to;     /* module:ID of this course; empty if it is another course's */
	str course; /* the course that teaches it; empty if it is this one */
	str reason; /* plain */
} plan_link;

typedef struct {
	loc at;
	str id;
	int minutes, week_from, week_to;
	double emphasis;
	bool needs_author;
	str blueprint, skill; /* of what was made from a blueprint: which, and for which skill row */
	LIST(plan_extension) extends;
	const struct yaml_node *node; /* as read, for overrides */
} plan_module;

typedef struct {
	loc at;
	str id;
	int minutes, week, due;
	bool required, needs_author;
	str blueprint, skill;
	LIST(pair_text) targets; /* metric -> target or stretch */
	const struct yaml_node *node;
} plan_lab;

typedef struct {
	loc at;
	str id;
	int minutes, week, due;
	bool required, needs_author;
	str blueprint, skill;
	list_str setting;      /* technologies named in it */
	LIST(pair_text) stack; /* part of its stack -> concept */
	const struct yaml_node *node;
} plan_scenario;

typedef struct {
	loc at;
	str id;
	int minutes, week, due;
	list_str modules; /* that it integrates */
	const struct yaml_node *node;
} plan_capstone;

typedef struct {
	loc at;
	str item; /* "lab:ID", "scenario:ID" or "capstone:ID" */
	int percent;
} plan_grade;

typedef enum { DECISION_PIN, DECISION_BAN, DECISION_WAIVE, DECISION_OWN } decision_kind;

typedef struct {
	loc at;
	int kind;
	str item;   /* module:ID, lab:ID, scenario:ID; skill:ID, technology:ID, theme:ID */
	str course; /* of own: the course that teaches it */
	str reason, author, expires;
} decision;

typedef struct {
	loc at;
	str title, role;
	int level;
	str language, version;
	int minutes, weeks, minutes_per_week;
	str evidence; /* hash of the workbook the plan was made from */
} plan_header;

typedef struct {
	loc at;
	plan_header course;
	LIST(plan_module) modules;
	LIST(plan_lab) labs;
	LIST(plan_scenario) scenarios;
	LIST(plan_capstone) capstone; /* at most one in a plan that was made */
	LIST(plan_grade) grading;
	LIST(plan_link) links;
	LIST(decision) decisions;
} plan;

extern const record plan_record, plan_module_record, plan_lab_record, plan_scenario_record,
	plan_capstone_record, plan_header_record, plan_grade_record, plan_link_record, decision_record;
extern const char *const decision_names[];

#endif
