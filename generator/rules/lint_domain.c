#include "rules/lint_domain.h"

#include "rules/factset.h"

#include <math.h>

#define KIND(name) (1u << FACT_##name)
#define ROWS (KIND(SKILL) | KIND(TECHNOLOGY) | KIND(THEME))
#define ITEMS (KIND(MODULE) | KIND(LAB) | KIND(SCENARIO))

#define SHARES "50 % is 0.5"

/* Bounds of course.yaml are not repeated here: they are taken from its table. */
static const struct {
	unsigned kinds;
	const char *field;
	double low, high;
	bool above;
	const char *hint;
} numbers[] = {
	{ KIND(SAMPLE), "size", 1, INFINITY, false, NULL },
	{ KIND(EXPERIENCE), "years_min", -1, INFINITY, false, "-1 stands for 'not said'" },
	{ KIND(EXPERIENCE), "years_max", -1, INFINITY, false, "-1 stands for 'not said'" },
	{ ROWS, "count", 0, INFINITY, false, NULL },
	{ ROWS, "share", 0, 1, false, SHARES },
	{ ROWS, "low", 0, 1, false, SHARES },
	{ ROWS, "high", 0, 1, false, SHARES },
	{ ROWS, "low95", 0, 1, false, SHARES },
	{ ROWS, "high95", 0, 1, false, SHARES },
	{ ROWS, "rank", 1, INFINITY, false, "rank 1 is the most frequent" },
	{ ROWS, "weight", 0, INFINITY, false, NULL },
	{ ITEMS, "minutes", 0, INFINITY, true, NULL },
	{ KIND(MODULE), "emphasis", 0, INFINITY, true, NULL },
	{ KIND(LAB) | KIND(SCENARIO), "emphasis", 1, 1, false, "only modules are emphasised" },
};

static int kind_of(const record_type *t)
{
	for (int kind = 0; kind < FACT_KINDS; kind++)
		if (fact_type((fact_kind)kind) == t)
			return kind;
	return -1;
}

static void add_words(domain *out, const char *const *names)
{
	for (; *names && out->word_count < DOMAIN_WORDS; names++)
		out->words[out->word_count++] = str_from(*names);
}

/* The categories are those that course.yaml has a weight for. */
static void add_categories(domain *out)
{
	const field *weights_field = record_field(&course_record, STR("weights"));
	const field *of = weights_field ? record_field(weights_field->record, STR("category")) : NULL;
	for (size_t i = 0; of && i < of->record->field_count && out->word_count < DOMAIN_WORDS; i++)
		out->words[out->word_count++] = str_from(of->record->fields[i].key);
}

static void bound_string(domain *out, int kind, str name)
{
	if (str_eq(name, STR("level")))
		add_words(out, level_names);
	else if (kind == FACT_SCENARIO && str_eq(name, STR("kind")))
		add_words(out, scenario_kind_names);
	else if (kind == FACT_SKILL && str_eq(name, STR("category")))
		add_categories(out);
}

static void bound_number(domain *out, int kind, str name)
{
	const field *f = kind == FACT_COURSE ? record_field(&course_record, name) : NULL;
	if (f && f->max > 0) {
		out->low = 0;
		out->high = f->max;
		out->hint = f->max > 1 ? "0 stands for 'not stated'" : NULL;
	}
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (numbers[i].kinds >> kind & 1u && str_eq(name, str_from(numbers[i].field))) {
			out->low = numbers[i].low;
			out->high = numbers[i].high;
			out->above = numbers[i].above;
			out->hint = numbers[i].hint;
		}
}

domain domain_of(const cel_node *n)
{
	domain out = { .low = -INFINITY, .high = INFINITY };
	if (n->kind == NODE_CALL && str_eq(n->name, STR("size"))) {
		out.low = 0;
		out.whole = true;
	}
	if (n->kind != NODE_SELECT || n->target->type.kind != CEL_RECORD)
		return out;
	int kind = kind_of(n->target->type.record);
	if (kind >= 0 && n->type.kind == CEL_STRING)
		bound_string(&out, kind, n->name);
	else if (kind >= 0 && n->type.kind == CEL_DOUBLE)
		bound_number(&out, kind, n->name);
	return out;
}
