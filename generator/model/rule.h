/* Rules as they are written: conditions and actions are still text. */
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "model/schema.h"

struct yaml_node;

typedef struct {
	loc at;
	str id;
	str subject; /* `for`: skill, technology, theme, insight, experience or sample */
	located when;
	int priority;
	const struct yaml_node *then;
	located because;
} rule;

typedef struct {
	loc at;
	LIST(rule) rules;
} rules_file;

extern const record rule_record, rules_file_record;

#endif
