/* Evaluation, inside the CEL files only: its state, and the parts that it is made of. */
#ifndef RULES_CEL_RUN_H
#define RULES_CEL_RUN_H

#include "rules/cel_ast.h"

typedef struct cel_pattern cel_pattern;

typedef struct {
	arena *scratch;
	const value *bindings;
	uint64_t steps;
	size_t error_at;      /* of the newest error; whoever drops an error for another one restores it */
	cel_matcher *matcher; /* of the program; NULL: it has no constant pattern */
	bool zones;
	value locals[CEL_DEPTH_MAX]; /* each is set by its macro before it is read */
} cel_run;

/* Everything but the locals, which would cost more to clear than most conditions to evaluate. */
void cel_run_begin(cel_run *r, const cel_program *p, const value *bindings, arena *scratch);

value cel_run_node(cel_run *r, const cel_node *n);
/* False once the evaluation has used up its steps. */
bool cel_charge(cel_run *r, uint64_t steps);
value cel_error(cel_run *r, const cel_node *n, str message);
/* "no matching overload for '_+_' applied to (int, string)" */
value cel_no_overload(cel_run *r, const cel_node *n, const char *name, const value *args, size_t count);

/* cel_loop.c */
value cel_run_macro(cel_run *r, const cel_node *n);

/* cel_operators.c */
typedef enum { ORDER_LESS = -1, ORDER_EQUAL, ORDER_GREATER, ORDER_NONE, ORDER_MISMATCH } cel_order;
cel_order cel_compare(value a, value b); /* none: not a number; mismatch: not of types that have an order */
bool cel_equal(cel_run *r, value a, value b);
value cel_run_binary(cel_run *r, const cel_node *n, value a, value b);
value cel_run_negate(cel_run *r, const cel_node *n, value v);
const value *cel_find_key(cel_run *r, value map, value key); /* numbers equal across types; NULL if absent */

/* cel_functions.c */
typedef value cel_builtin(cel_run *r, const cel_node *n, const value *args);

/* A row for each overload; those of one name stand together. A letter stands for a type: b bool, i int, u
 * uint, d double, s string, y bytes, l list, m map, t timestamp, r duration, T type, * any. */
struct cel_function {
	const char *name;
	const char *args;
	char result;
	bool member, global; /* how it may be called */
	cel_builtin *run;
};

const cel_function *cel_functions(size_t *count);
const cel_function *cel_find_functions(str name, size_t *count);
bool cel_letter_fits(char letter, cel_kind kind); /* dyn fits all */
cel_kind cel_letter_kind(char letter);
value cel_run_call(cel_run *r, const cel_node *n);

/* cel_convert.c, cel_time.c, cel_zone.c, cel_pattern.c */
cel_builtin cel_to_bool, cel_to_bytes, cel_to_double, cel_to_dyn, cel_to_int, cel_to_string, cel_to_type,
	cel_to_uint;
cel_builtin cel_to_timestamp, cel_to_duration, cel_get_date, cel_get_day_of_month, cel_get_day_of_week,
	cel_get_day_of_year, cel_get_full_year, cel_get_hours, cel_get_milliseconds, cel_get_minutes,
	cel_get_month, cel_get_seconds;
cel_builtin cel_matches;

str cel_timestamp_text(arena *a, value v);
str cel_duration_text(arena *a, value v);
/* Sums; false if out of range. */
bool cel_time_add(value *out, value a, value b, int sign);

int64_t cel_days_from_civil(int64_t year, int64_t month, int64_t day); /* since 1970-01-01 */
int64_t cel_year_of(int64_t seconds);

/* "UTC" or an offset such as "+01:00"; false if it can only be a name. */
bool cel_zone_is_fixed(str zone);
str cel_zone_refusal(arena *a, str zone); /* the message where zones may not be named */
/* Seconds east of Greenwich at that time, by the system's zone tables; false if there is no such zone. */
bool cel_zone_offset(int32_t *out, arena *scratch, str zone, int64_t seconds);

/* Compiled into the arena, so that nothing needs to be released. NULL with a message if it is not a pattern.
 */
const cel_pattern *cel_pattern_compile(arena *a, str pattern, str *message);
/* In the arena too; NULL once out of memory. */
cel_matcher *cel_matcher_new(arena *a);
/* Makes the matcher take its memory for that pattern now. */
void cel_matcher_prepare(cel_matcher *m, const cel_pattern *pattern);

#endif
