/* The shipped policy, and estimates to try it with. */
#ifndef UNIT_POLICY_WORLD_H
#define UNIT_POLICY_WORLD_H

#include "fixture.h"

#include "evidence/interval.h"
#include "evidence/posterior.h"
#include "plan/policy.h"
#include "plan/policy_naive.h"
#include "read/course.h"

#include <math.h>

#define POLICY_USE __attribute__((unused)) static

/* What a course.yaml that says nothing but the preset gets. */
POLICY_USE update_settings shipped(update_preset preset)
{
	fixture f;
	course c;
	fixture_open(
		&f, STR("course.yaml"), preset == PRESET_BETA ? STR("policy: {update: {preset: beta}}") : STR("{}"));
	require(course_read(&c, &f.a, f.source, &f.d));
	update_settings out = c.policy.update;
	out.protect_until = STR("");
	arena_free(&f.a);
	return out;
}

/* k of n vacancies that all weigh the same, of employers of which nothing is known; without posteriors. */
POLICY_USE policy_input counted(double k, double n)
{
	interval i80 = wilson(k, n, Z80), i95 = wilson(k, n, Z95);
	return (policy_input){ .now = { .named = k,
							   .vacancies = n,
							   .effective = n,
							   .share = k / n,
							   .low80 = i80.low,
							   .high80 = i80.high,
							   .low95 = i95.low,
							   .high95 = i95.high,
							   .employers = NAN,
							   .above_add = NAN,
							   .above_retire = NAN },
		.sample_employers = NAN };
}

#endif
