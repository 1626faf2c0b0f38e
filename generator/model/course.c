/* What an institution has to say about a course. */
#include "model/course.h"

const institution_slot institution_slots[] = {
	{ "late-policy", "late_policy", "Late work and resubmission" },
	{ "integrity-policy", "integrity_policy", "Academic integrity" },
	{ "accommodation-policy", "accommodation_policy", "Accessibility and accommodation" },
	{ "support-contact", "support_contact", "Support and contact" },
	{ "privacy", "privacy", "Privacy of tools" },
	{ "licence", "licence", "Licence" },
	{ "grading-scale", "grading_scale", "Grading scale" },
};
const size_t institution_slot_count = COUNT(institution_slots);

const pair_text *course_institution(const course *c, const char *key)
{
	EACH (const pair_text, p, c->institution)
		if (str_eq(p->key, str_from(key)) && str_trim(p->value).len)
			return p;
	return NULL;
}
