/* Addresses: KIND:ID or KIND:ID.FIELD, and what stands there. `explain` answers them and HTML carries them as
 * data-why. */
#ifndef MODEL_ADDRESS_H
#define MODEL_ADDRESS_H

#include "base/value.h"
#include "model/curriculum.h"

/* The parts of an address; `field` is empty if there is none, `id` if the kind has only one (sample, course).
 */
typedef struct {
	str kind, id, field;
	bool ok;
} address;

address address_parse(str text);
/* The value at an address: a number, a string or a list; V_NULL if the address is not known. Kinds: sample,
 * experience, course, skill, technology, theme, insight, module, lab, scenario, outcome, activity (ACTIVITY
 * or MODULE/ACTIVITY), metric (LAB/METRIC; also .asked, what the plan asks for), guardrail (LAB/GUARDRAIL),
 * criterion (RUBRIC/CRITERION), grade (lab or scenario id), week. A field is a number that was worked out,
 * such as hours or share, or any key of the item's record; "a.b" is key b of the record a. Items that are not
 * planned have the catalogue's fields. */
value address_value(const curriculum *c, str text, arena *a);
bool address_known(const curriculum *c, str text);

/* The kinds of addresses that address_value knows, one after the other, sorted; NULL after the last. */
const char *address_kind(size_t i);

#endif
