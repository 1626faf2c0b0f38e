/* A JSON Schema of what a record table reads, for editors that complete and check YAML. */
#ifndef READ_JSON_SCHEMA_H
#define READ_JSON_SCHEMA_H

#include "base/value.h"
#include "model/schema.h"

/* Draft 2020-12. Records inside records stand once each under "$defs". The schema is as strict as a schema
 * can be; references, raw HTML and the days of a month are left to the reader. V_NULL once memory ran out. */
value json_schema(const record *r, const char *title, arena *a);

#endif
