/* Rules and facts of any number, for coursewright and for CLIPS, the same in both. */
#ifndef BENCH_GENERATED_RULES_H
#define BENCH_GENERATED_RULES_H

#include "base/buf.h"
#include "model/facts.h"

/* What the conditions are like. */
typedef struct {
	const char *name;
	enum { SHAPE_ONE, SHAPE_TWO, SHAPE_CATEGORY } kind;
} generated_shape;

extern const generated_shape generated_shapes[];
extern const size_t generated_shape_count;

str generated_rules(arena *a, const generated_shape *shape, unsigned rules, unsigned facts_);
void generated_facts(facts *out, workbook *w, arena *a, unsigned count);
size_t generated_low_slot(void); /* number of the field `low` */

str generated_clips_rules(arena *a, const generated_shape *shape, unsigned rules, unsigned facts_);
str generated_clips_facts(arena *a, unsigned count);
str generated_clips_run(void);

#endif
