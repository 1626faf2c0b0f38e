/* Types of CEL expressions: names, equality, what fits where. */
#ifndef RULES_CEL_TYPES_H
#define RULES_CEL_TYPES_H

#include "rules/cel.h"

#define CEL_TYPE_OF(k) ((cel_type){ .kind = (k) })

cel_type cel_element(cel_type t); /* of a list or the values of a map; dyn for anything else */
cel_type cel_key(cel_type t);     /* of a map; dyn for anything else */
cel_type cel_list_of(arena *a, cel_type element);
cel_type cel_map_of(arena *a, cel_type key, cel_type element);

bool cel_type_equal(cel_type a, cel_type b);
/* Values of the two may be equal; numbers of all types may. */
bool cel_type_comparable(cel_type a, cel_type b);
/* The type of either; dyn if they differ. */
cel_type cel_type_join(cel_type a, cel_type b);
bool cel_is_number(cel_kind kind);           /* int, uint or double */
bool cel_is_kind(cel_type t, cel_kind kind); /* or dyn */
bool cel_has_records(cel_type t);

cel_kind cel_kind_of(value v);
str cel_type_name_of(value v); /* as type(v) says it */
/* The kind that a type's name stands for; false if it is none. */
bool cel_named_type(str *out, str name);
const char *cel_kind_name(cel_kind kind);

#endif
