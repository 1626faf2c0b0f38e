/* Growing arrays in an arena, typed by macro, and the finished slices that come out of them.
 * Once the arena has failed, pushing does nothing. */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define LIST(T) \
	struct { \
		T *ptr; \
		size_t len; \
	}

/* Same first two members as LIST, so that a reader driven by a table can fill either. */
#define VEC(T) \
	struct { \
		T *ptr; \
		size_t len; \
		size_t cap; \
	}

typedef LIST(void) list_any;
typedef LIST(str) list_str;
typedef VEC(str) vec_str;

/* Makes room for one more element; NULL once the arena has failed. The caller's `ptr` and `cap` are updated.
 */
void *vec_room(arena *a, void *ptr, size_t len, size_t *cap, size_t size, size_t align);

#define vec_push(a, v, ...) \
	do { \
		void *vec_fresh_ = \
			vec_room((a), (v)->ptr, (v)->len, &(v)->cap, sizeof *(v)->ptr, _Alignof(max_align_t)); \
		if (vec_fresh_) { \
			(v)->ptr = vec_fresh_; \
			(v)->ptr[(v)->len++] = (__VA_ARGS__); \
		} \
	} while (0)

/* For each element of a list or vector. The type is given whole: EACH (const lab *, l, labs) walks pointers.
 */
#define EACH(T, name, list) \
	for (__typeof__(T) *name = (list).ptr, *name##_end = (list).len ? (list).ptr + (list).len : (list).ptr; \
		 name != name##_end; name++)

#endif
