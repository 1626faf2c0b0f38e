/* Shares of items in a cycle, as it was and as it might have been. */
#include "evidence/cycle.h"

#include "evidence/interval.h"
#include "evidence/weights.h"

#include <math.h>

/* What an estimate is made of. */
typedef struct {
	double named, vacancies; /* unweighted */
	double value, sum, effective;
	double employers; /* that name it */
} sample;

static double clamp(double x)
{
	return x < 0 ? 0 : x > 1 ? 1 : x;
}

static estimate estimate_of(const sample *s)
{
	double share = s->sum > 0 ? clamp(s->value / s->sum) : 0, size = s->effective;
	interval i80 = wilson(share * size, size, Z80), i95 = wilson(share * size, size, Z95);
	return (estimate){ .named = s->named,
		.vacancies = s->vacancies,
		.effective = size,
		.share = share,
		.low80 = i80.low,
		.high80 = i80.high,
		.low95 = i95.low,
		.high95 = i95.high,
		.employers = s->employers,
		.above_add = NAN,
		.above_retire = NAN };
}

static sample sample_of(const cycle_counts *c, const cycle_item *item)
{
	bool employers_known = !str_eq(c->source, STR("workbook"));
	return (sample){ .named = item ? item->named : 0,
		.vacancies = c->vacancies,
		.value = item ? item->value : 0,
		.sum = c->sum,
		.effective = c->effective,
		.employers = !employers_known ? NAN
					 : item           ? (double)item->parts.len
									  : 0 };
}

estimate cycle_estimate(const cycle_counts *c, const cycle_item *item)
{
	sample s = sample_of(c, item);
	return estimate_of(&s);
}

/* Its part in the item, all 0 if it does not name it. */
static employer_part part_of(const cycle_item *item, size_t employer)
{
	for (size_t i = 0; item && i < item->parts.len; i++)
		if (item->parts.ptr[i].employer == employer)
			return item->parts.ptr[i];
	return (employer_part){ 0 };
}

/* Differences of sums of fractions may miss 0 by a little, and what nobody is left to give is nothing. */
static double rest(double all, double taken, double left)
{
	return left > 0 ? fmax(all - taken, 0) : 0;
}

estimate cycle_estimate_without(const cycle_counts *c, const cycle_item *item, size_t employer)
{
	sample s = sample_of(c, item);
	if (employer >= c->employers.len)
		return estimate_of(&s);
	const cycle_employer *e = &c->employers.ptr[employer];
	employer_part part = part_of(item, employer);
	s.named -= part.named;
	s.value = rest(s.value, part.value, s.named);
	s.employers -= part.named > 0;
	s.vacancies -= e->vacancies;
	s.sum = rest(c->sum, e->weight, s.vacancies);
	s.effective =
		capped_size(s.sum, rest(c->squares, e->squares, s.vacancies), rest(c->left, e->left, s.vacancies));
	return estimate_of(&s);
}

estimate cycle_estimate_after(const cycle_counts *c, const cycle_item *item, double further, bool naming)
{
	sample s = sample_of(c, item);
	s.named += naming ? further : 0;
	s.value += naming ? further : 0;
	s.vacancies += further;
	s.sum += further;
	s.effective = capped_size(s.sum, c->squares + further, c->left + further);
	return estimate_of(&s);
}
