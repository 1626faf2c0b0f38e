/* A described struct as a value, so that it can be printed as JSON: by the same tables by which it is read
 * and written as YAML. */
#ifndef MODEL_RECORD_VALUE_H
#define MODEL_RECORD_VALUE_H

#include "base/value.h"
#include "model/schema.h"

/* A map with the keys of the record; what is not given is left out, and so are empty lists and texts. A
 * record with a whole shorthand is what its field is. Text is borrowed. */
value record_value(arena *a, const record *r, const void *in);

#endif
