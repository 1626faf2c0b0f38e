/* What the words of a change record mean, for readers who do not know the program: rules, steps, states, rule
 * sets, trends, kinds of release. One table for each. */
#ifndef RENDER_POLICY_WORDS_H
#define RENDER_POLICY_WORDS_H

#include "model/update.h"

/* Why the rule that decided did so, with the name of the item and its figures filled in: a sentence. A rule
 * that is not in the table is given back as it is. */
str policy_rule_text(arena *a, const change *c);
str policy_state_text(str state);   /* "candidate" -> "a candidate"; unknown ones as they are */
str policy_trend_text(str trend);   /* a sentence; empty if it is not known */
str policy_preset_text(str preset); /* the same */

const char *edit_step_text(int step); /* "one more exercise"; "" if it is none */
const char *bump_text(int release);   /* what a release of that kind may change, a sentence without its end */

/* For tests: the rules that the table knows, NULL after the last. */
const char *policy_rule_at(size_t i);

#endif
