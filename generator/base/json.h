/* Writing JSON: fixed layout, keys in the order of the map, shortest numbers. (Reading is read/json.h.) */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "base/buf.h"
#include "base/value.h"

void json_string(buf *out, str s); /* quoted; bytes that are not UTF-8 become U+FFFD */
/* The proto3 JSON mapping: bytes as base64, timestamps as RFC 3339, durations as "1.5s", integers beyond 2^53
 * and NaN and infinities as strings, a type as its name. Two spaces of indentation per level; `indent` < 0:
 * one line. */
void json_value(buf *out, value v, int indent);

#endif
