/* Structs to YAML, by the same tables by which they are read. */
#ifndef READ_RECORD_WRITE_H
#define READ_RECORD_WRITE_H

#include "base/buf.h"
#include "model/schema.h"

/* Fields that are not given are left out. Lists of words or numbers and maps stand between brackets. False
 * once memory ran out, and for text that is not UTF-8. */
bool record_write(buf *out, const record *r, const void *in);

#endif
