/* A value whose type is known only while running: what conditions compute with, what templates print, what
 * JSON holds. Values are small and passed by copy; what they point at lives in an arena. */
#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include "base/vec.h"

typedef enum {
	V_NULL,
	V_BOOL,
	V_INT,
	V_UINT,
	V_DOUBLE,
	V_STRING,
	V_BYTES,
	V_LIST,
	V_MAP,
	V_TYPE,      /* `string` is the type's name */
	V_TIMESTAMP, /* `time` since 1970-01-01T00:00:00Z */
	V_DURATION,  /* `time` */
	V_RECORD,    /* a read-only record of the rules' facts: `record` and its type */
	V_ERROR      /* `string` is the message */
} value_kind;

typedef struct value value;
typedef struct value_map value_map;

typedef struct {
	value *ptr;
	size_t len;
} value_list;

struct value {
	value_kind kind;
	union {
		bool boolean;
		int64_t integer;
		uint64_t uinteger;
		double number;
		str string;
		value_list list;
		value_map *map;
		struct {
			int64_t seconds;
			int32_t nanos; /* 0..999999999 for timestamps; the sign of `seconds` for durations */
		} time;
		struct {
			const void *ptr;
			const struct record_type *type; /* declared where facts are */
		} record;
	};
};

typedef struct {
	value key, value;
} value_pair;

/* Pairs in the order of insertion. Keys are bool, int, uint or string. `index` serves string keys of larger
 * maps. */
struct value_map {
	VEC(value_pair) pairs;
	uint32_t *slots;
	size_t slot_count;
};

#define V_NONE ((value){ .kind = V_NULL })

value value_bool(bool b);
value value_int(int64_t i);
value value_double(double d);
value value_string(str s); /* borrowed */
value value_literal(const char *c);
value value_new_map(arena *a);              /* empty; V_NULL once the arena has failed */
value value_new_list(arena *a, size_t len); /* of nulls */

/* Adds or replaces the entry `key`. Does nothing if `map` is not a map (because memory ran out). Key is
 * borrowed. */
void value_set(arena *a, value map, const char *key, value v);
void value_set_str(arena *a, value map, str key, value v);
/* Appends without looking for an equal key. */
void value_append(arena *a, value_map *map, value key, value v);
const value *value_get(value map, str key); /* NULL if absent or not a map */

/* A key that is looked for again and again, with its hash. */
typedef struct {
	str name; /* borrowed */
	uint64_t hash;
} value_key;

value_key value_key_of(str name);
const value *value_look_up(const value *map, const value_key *key); /* as value_get */

typedef VEC(value) vec_value;
value value_of(vec_value items); /* the vector as a list value */

#endif
