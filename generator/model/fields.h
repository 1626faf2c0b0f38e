/* Shorthands for writing the tables of model/schema.h. */
#ifndef MODEL_FIELDS_H
#define MODEL_FIELDS_H

#include "model/schema.h"

#define AT(T, member) .offset = offsetof(T, member)
#define NEED .required = true
#define BOUNDS(lowest, highest) .min = (lowest), .max = (highest)
#define IDS(T, member) .kind = F_LIST, .element = F_ID, AT(T, member)
#define PLAINS(T, member) .kind = F_LIST, .element = F_PLAIN, AT(T, member)
#define TEXTS(T, member) .kind = F_LIST, .element = F_TEXT, AT(T, member)
#define RECORDS(T, member, r) .kind = F_LIST, .element = F_RECORD, AT(T, member), .record = &(r)
#define ENTRIES(T, member, r) .kind = F_MAP, AT(T, member), .record = &(r)
#define INSIDE(T, member, r) .kind = F_RECORD, AT(T, member), .record = &(r)
#define CHOICE(T, member, names) .kind = F_CHOICE, AT(T, member), .choices = (names)
#define NUMBERS(T, member) .kind = F_LIST, .element = F_NUMBER, AT(T, member)

/* Records that several tables use. */
extern const record artifact_record, criterion_record, pair_number_record, pair_plain_record,
	scale_level_record, source_record, tool_record, governance_record, accommodation_record;

#endif
