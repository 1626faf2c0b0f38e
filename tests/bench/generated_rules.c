#include "generated_rules.h"

#include "rules/factset.h"

/* one: three thresholds of one skill that is named; two: thresholds of two skills that are named; category: a
 * category and two thresholds, so that a rule meets a quarter of all skills. */
const generated_shape generated_shapes[] = {
	{ "one", SHAPE_ONE },
	{ "two", SHAPE_TWO },
	{ "category", SHAPE_CATEGORY },
};
const size_t generated_shape_count = COUNT(generated_shapes);

static const char *const categories[] = { "Core", "Important", "Emerging", "Nice" };

/* The numbers of one rule. */
typedef struct {
	unsigned first, second; /* skills */
	double low, weight;
	unsigned rank;
	const char *category;
} drawn;

static uint64_t next(uint64_t *state)
{
	/* Marsaglia, Xorshift RNGs, 2003 */
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static double thousandth(uint64_t *state)
{
	return (double)(next(state) % 1000) / 1000;
}

static drawn draw(uint64_t *state, const generated_shape *shape, unsigned facts_)
{
	drawn d = { .first = (unsigned)(next(state) % facts_), .second = (unsigned)(next(state) % facts_) };
	d.low = thousandth(state);
	d.weight = thousandth(state) / 2;
	d.rank = (unsigned)(next(state) % facts_);
	d.category = categories[next(state) % COUNT(categories)];
	if (shape->kind == SHAPE_CATEGORY) {
		d.low = 0.8 + d.low / 5;
		d.rank /= 10;
	}
	return d;
}

static void write_condition(buf *b, const generated_shape *shape, const drawn *d)
{
	if (shape->kind == SHAPE_ONE)
		buf_printf(b, "skill.id == 's%u' && skill.low >= %.4f && skill.rank <= %u.0 && skill.weight > %.4f",
			d->first, d->low, d->rank, d->weight);
	else if (shape->kind == SHAPE_TWO)
		buf_printf(b,
			"skills.exists(s, s.id == 's%u' && s.low >= %.4f) && skills.exists(s, s.id == 's%u' && s.rank <= "
			"%u.0)",
			d->first, d->low, d->second, d->rank);
	else
		buf_printf(b, "skill.category == '%s' && skill.low >= %.4f && skill.rank <= %u.0", d->category,
			d->low, d->rank);
}

str generated_rules(arena *a, const generated_shape *shape, unsigned rules, unsigned facts_)
{
	buf b = { .arena = a };
	uint64_t state = 88172645463325252u;
	BUF_LIT(&b, "rules:\n");
	for (unsigned i = 0; i < rules; i++) {
		drawn d = draw(&state, shape, facts_);
		buf_printf(&b, "- id: r%u\n  for: %s\n  when: ", i, shape->kind == SHAPE_TWO ? "sample" : "skill");
		write_condition(&b, shape, &d);
		BUF_LIT(&b, "\n  then: [note: {text: a}]\n  because: b\n");
	}
	return buf_done(&b);
}

static double low_of(unsigned i)
{
	return (double)(i * 7919 % 1000) / 1000;
}

static double weight_of(unsigned i)
{
	return (double)(i * 104729 % 1000) / 1000;
}

void generated_facts(facts *out, workbook *w, arena *a, unsigned count)
{
	workbook_row *rows = NEWN(a, workbook_row, count);
	fact_row *derived = NEWN(a, fact_row, count);
	*w = (workbook){ .sample_size = 1000 };
	*out = (facts){ .workbook = w };
	for (unsigned i = 0; rows && derived && i < count; i++) {
		rows[i] = (workbook_row){ .id = arena_printf(a, "s%u", i),
			.category = str_from(categories[i % COUNT(categories)]) };
		derived[i] = (fact_row){ .row = &rows[i],
			.low80 = low_of(i),
			.rank = (int)i + 1,
			.weight = weight_of(i),
			.factor = 1,
			.emphasis = 1 };
	}
	out->rows[ROW_SKILL].ptr = derived;
	out->rows[ROW_SKILL].len = derived ? count : 0;
}

size_t generated_low_slot(void)
{
	const record_type *t = fact_type(FACT_SKILL);
	for (size_t i = 0; i < t->field_count; i++)
		if (str_eq(t->fields[i].name, STR("low")))
			return i;
	return 0;
}

str generated_clips_rules(arena *a, const generated_shape *shape, unsigned rules, unsigned facts_)
{
	buf b = { .arena = a };
	uint64_t state = 88172645463325252u;
	BUF_LIT(&b, "(defglobal ?*hits* = 0)\n"
				"(deftemplate skill (slot id) (slot low) (slot rank) (slot weight) (slot category))\n");
	for (unsigned i = 0; i < rules; i++) {
		drawn d = draw(&state, shape, facts_);
		buf_printf(&b, "(defrule r%u ", i);
		if (shape->kind == SHAPE_ONE)
			buf_printf(&b,
				"(skill (id s%u) (low ?l&:(>= ?l %.4f)) (rank ?r&:(<= ?r %u.0)) (weight ?w&:(> ?w %.4f)))",
				d.first, d.low, d.rank, d.weight);
		else if (shape->kind == SHAPE_TWO)
			buf_printf(&b, "(skill (id s%u) (low ?l&:(>= ?l %.4f))) (skill (id s%u) (rank ?r&:(<= ?r %u.0)))",
				d.first, d.low, d.second, d.rank);
		else
			buf_printf(&b, "(skill (category %s) (low ?l&:(>= ?l %.4f)) (rank ?r&:(<= ?r %u.0)))", d.category,
				d.low, d.rank);
		BUF_LIT(&b, " => (bind ?*hits* (+ ?*hits* 1)))\n");
	}
	return buf_done(&b);
}

str generated_clips_facts(arena *a, unsigned count)
{
	buf b = { .arena = a };
	BUF_LIT(&b, "(deffacts rows\n");
	for (unsigned i = 0; i < count; i++)
		buf_printf(&b, " (skill (id s%u) (low %.3f) (rank %u.0) (weight %.3f) (category %s))\n", i, low_of(i),
			i + 1, weight_of(i), categories[i % COUNT(categories)]);
	BUF_LIT(&b, ")\n");
	return buf_done(&b);
}

/* The facts are put in by (reset), which is when CLIPS matches them; (run) then fires what matched. */
str generated_clips_run(void)
{
	return STR("(defglobal ?*t* = 0)\n(set-reset-globals FALSE)\n"
			   "(deffunction lap (?what) (printout t ?what \" \" (- (time) ?*t*) crlf) (bind ?*t* (time)))\n"
			   "(bind ?*t* (time))\n(load* \"rules.clp\")\n(lap load)\n(load* \"facts.clp\")\n(lap facts)\n"
			   "(reset)\n(lap match)\n(run)\n(lap run)\n(printout t \"hits \" ?*hits* crlf)\n(exit)\n");
}
