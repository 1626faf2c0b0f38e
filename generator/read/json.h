/* JSON text into values. (Writing is base/json.h.) */
#ifndef READ_JSON_H
#define READ_JSON_H

#include "base/diag.h"
#include "base/value.h"

#define JSON_DEPTH_MAX 64

/* Any JSON value. Numbers without fraction and exponent are V_INT, others V_DOUBLE; maps keep the order of
 * the text. Everything is copied into `a`. False after an error, which is in `d` at its line and column:
 * wrong syntax, a key that occurs twice, an integer beyond 64 bits, text over the size or depth that is read
 * at most. */
bool json_read(value *out, arena *a, const located *text, diags *d);

#endif
