/* What a posting says, as understood: its sections, the concepts it mentions, years and education. */
#ifndef MODEL_MENTION_H
#define MODEL_MENTION_H

#include "model/catalog.h"
#include "model/posting.h"

typedef enum {
	SECTION_OTHER, /* before any heading, or under one that says nothing */
	SECTION_RESPONSIBILITIES,
	SECTION_REQUIRED,
	SECTION_PREFERRED,
	SECTION_COMPANY,
	SECTION_BENEFITS,
	SECTION_EQUAL_OPPORTUNITY,
	SECTION_KINDS
} section_kind;
extern const char *const section_names[]; /* NULL-terminated */

typedef enum { STRENGTH_MENTIONED, STRENGTH_PREFERRED, STRENGTH_REQUIRED } mention_strength;
extern const char *const strength_names[];

/* Why a mention does not count wherever it stands. */
typedef enum {
	PASSED_NOT,
	PASSED_DENIED,  /* "no Kubernetes required" */
	PASSED_FIELD,   /* of a degree */
	PASSED_EMPLOYER /* it is the employer's own name, outside of requirements */
} mention_passed;

/* From a heading to the next one. */
typedef struct {
	section_kind kind;
	uint32_t from, to;  /* bytes of the text, heading included */
	uint32_t body_from; /* after the heading */
} posting_section;

/* One place in the text that names a concept. */
typedef struct {
	const concept *concept;
	uint32_t from, to; /* bytes of the text */
	str entry;         /* the name, alias or pattern of the lexicon that matched */
	section_kind section;
	mention_strength strength;
	mention_passed passed;
	bool counted;    /* not passed over, and not in company, benefit or equal-opportunity text */
	uint32_t choice; /* mentions with the same number, not 0, are alternatives: "AWS, GCP or Azure" */
} mention;

/* "5-8 years", "3+ years with a master's degree" */
typedef struct {
	double min, max; /* -1: not said */
	str degree;      /* bachelor, master, doctorate if the years are for that degree; else empty */
	uint32_t from, to;
} years_mention;

typedef struct {
	LIST(posting_section) sections;
	LIST(mention) mentions;
	LIST(years_mention) years;
	LIST(str) education; /* degrees asked for: bachelor, master, doctorate; each once */
} understanding;

#endif
