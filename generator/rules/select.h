/* The best fit: which module teaches a concept, which labs and scenarios assess some concepts. */
#ifndef RULES_SELECT_H
#define RULES_SELECT_H

#include "rules/engine.h"

/* The suitable module that teaches the concept furthest, at least that far; ties: nearest level, then id.
 * NULL: none. */
const module *select_module(const catalog *c, str concept_id, int at_least, int level);

/* The modules, labs or scenarios that an action with these evaluated arguments asks for, best first; empty if
 * nothing suits or an id is unknown. An action that asks by id gets that item, whatever its level. */
vec_item select_asked(const catalog *c, fact_kind kind, value arguments, int level, arena *a);

/* Arguments of an action by name: a list of strings (one string counts as one), a string or "", true. */
list_str argument_strings(value arguments, const char *name, arena *a);
str argument_string(value arguments, const char *name);
bool argument_flag(value arguments, const char *name);
/* Which of the names the argument is, or `otherwise`. */
int argument_choice(value arguments, const char *name, const char *const *names, int otherwise);

#endif
