/* What the rules share while they run. Only for files in check/. */
#ifndef CHECK_CHECKER_H
#define CHECK_CHECKER_H

#include "check/check.h"
#include "check/page.h"

/* A lab, a scenario or the capstone of the plan: what learners are graded by. */
typedef struct {
	const char *kind; /* of its address */
	str id;
	loc at;
	bool draft; /* made from a blueprint */
	list_str outcomes, integrates;
	const rubric *rubric;         /* may be NULL */
	const set_lab *lab;           /* NULL unless it is one */
	const set_scenario *scenario; /* NULL unless it is one */
	int minutes, week, due, percent;
	bool summative;
} graded;

struct checker {
	arena *arena;
	findings *out;
	const curriculum *c;
	const documents *docs; /* NULL: nothing was rendered */
	map known;             /* "concept:ID", "source:ID", "module:ID", "outcome:ID" */
	VEC(graded) tasks;
	VEC(page) pages; /* HTML documents that are not copies; read when first asked for */
	bool pages_read;
	const check_rule *rule; /* that runs now */
	check_level level;
};

/* What a finding speaks of: KIND:ID, or KIND:PARENT/ID. */
typedef struct {
	const char *kind;
	str parent, id;
	loc at;
	unsigned line;
	double rank; /* as of a finding */
	bool draft;  /* made from a blueprint: rules about content warn at most */
	bool mild;   /* a warning at most, whatever the rule */
	bool note;   /* for information at most, whatever the rule */
} place;

void found(checker *k, place where, const char *format, ...) __attribute__((format(printf, 3, 4)));

place place_course(const checker *k);
/* Whether a module waits for its author: then what is said about the whole course is for information. */
bool checker_has_drafts(const checker *k);
place place_task(const graded *g);
place place_module(const taught_module *t);
place place_outcome(const taught_module *t, const outcome *o);
place place_criterion(const graded *g, const criterion *c);
place place_lab(const set_lab *l);
place place_metric(const set_lab *l, str id, loc at);
place place_scenario(const scenario *s, loc at);
place place_document(const document *d, unsigned line);

/* The task has a rubric, and its scale can be looked into: scales beyond the maximum are R-08's. */
bool rubric_has_levels(const graded *g);
void each_metric(checker *k, void (*look)(checker *k, place where, const metric *m));
void each_scenario(checker *k, void (*look)(checker *k, const set_scenario *set, const scenario *s));

void checker_add(map *set, list_str ids);
bool checker_has_file(const checker *k, const char *folder, str file); /* folder may be NULL */
const page *checker_pages(checker *k, size_t *count);
/* The word lists are English: rules that need them pass over courses in other languages. */
bool checker_english(const checker *k);
/* True if the curriculum or the catalogue has it. Kinds: concept, source, module, outcome. */
bool checker_knows(const checker *k, const char *kind, str id);

void rule_a_01(checker *k);
void rule_a_02(checker *k);
void rule_a_03(checker *k);
void rule_a_04(checker *k);
void rule_a_05(checker *k);
void rule_a_06(checker *k);
void rule_a_07(checker *k);
void rule_a_08(checker *k);
void rule_a_09(checker *k);
void rule_a_10(checker *k);
void rule_g_01(checker *k);
void rule_h_01(checker *k);
void rule_h_02(checker *k);
void rule_h_03(checker *k);
void rule_h_04(checker *k);
void rule_h_05(checker *k);
void rule_h_06(checker *k);
void rule_h_07(checker *k);
void rule_h_08(checker *k);
void rule_h_09(checker *k);
void rule_h_10(checker *k);
void rule_h_11(checker *k);
void rule_l_01(checker *k);
void rule_l_02(checker *k);
void rule_l_03(checker *k);
void rule_l_04(checker *k);
void rule_l_05(checker *k);
void rule_l_06(checker *k);
void rule_l_07(checker *k);
void rule_l_08(checker *k);
void rule_l_09(checker *k);
void rule_l_10(checker *k);
void rule_l_11(checker *k);
void rule_o_01(checker *k);
void rule_o_02(checker *k);
void rule_o_03(checker *k);
void rule_o_04(checker *k);
void rule_o_05(checker *k);
void rule_o_06(checker *k);
void rule_o_07(checker *k);
void rule_o_08(checker *k);
void rule_o_09(checker *k);
void rule_o_10(checker *k);
void rule_q_01(checker *k);
void rule_q_02(checker *k);
void rule_q_03(checker *k);
void rule_q_04(checker *k);
void rule_q_05(checker *k);
void rule_q_06(checker *k);
void rule_q_07(checker *k);
void rule_q_08(checker *k);
void rule_r_01(checker *k);
void rule_r_02(checker *k);
void rule_r_03(checker *k);
void rule_r_04(checker *k);
void rule_r_05(checker *k);
void rule_r_06(checker *k);
void rule_r_07(checker *k);
void rule_r_08(checker *k);
void rule_r_09(checker *k);
void rule_r_10(checker *k);
void rule_r_11(checker *k);
void rule_r_12(checker *k);
void rule_r_13(checker *k);
void rule_r_14(checker *k);
void rule_r_15(checker *k);
void rule_r_16(checker *k);
void rule_r_17(checker *k);
void rule_r_18(checker *k);
void rule_r_19(checker *k);
void rule_s_01(checker *k);
void rule_s_02(checker *k);
void rule_s_03(checker *k);
void rule_s_04(checker *k);
void rule_s_05(checker *k);
void rule_s_06(checker *k);
void rule_s_07(checker *k);
void rule_s_08(checker *k);
void rule_s_09(checker *k);
void rule_s_10(checker *k);
void rule_s_11(checker *k);
void rule_t_01(checker *k);
void rule_t_07(checker *k);
void rule_t_08(checker *k);
void rule_x_01(checker *k);
void rule_x_02(checker *k);
void rule_x_03(checker *k);
void rule_x_04(checker *k);
void rule_x_05(checker *k);
void rule_y_01(checker *k);
void rule_y_02(checker *k);
void rule_y_03(checker *k);
void rule_y_04(checker *k);
void rule_y_05(checker *k);
void rule_y_06(checker *k);

#endif
