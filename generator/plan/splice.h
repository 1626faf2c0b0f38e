/* Replacing spans of a text in one pass, so that every other byte stays as it is. */
#ifndef PLAN_SPLICE_H
#define PLAN_SPLICE_H

#include "base/vec.h"

/* Bytes `from` up to `to` of a text become `with`; nothing is replaced, only inserted, where both are the
 * same. `with` is borrowed. */
typedef struct {
	size_t from, to;
	str with;
} splice;
typedef VEC(splice) vec_splice;

void splice_add(arena *a, vec_splice *list, size_t from, size_t to, str with);

/* Puts them into the order of the text. What is inserted at one place keeps the order in which it was added,
 * and stands before what replaces the bytes from there on. */
void splice_sort(arena *a, vec_splice *list);

/* Bytes `from` up to `to` of the text with the replacements made, which must be sorted and lie inside. False
 * if two of them overlap or one lies outside; also once memory ran out. */
bool splice_apply(str *out, arena *a, str text, size_t from, size_t to, const vec_splice *list);

/* From which byte of the text the byte at `at` of the result comes; what was inserted comes from where it was
 * inserted. */
size_t splice_origin(const vec_splice *list, size_t at);

#endif
