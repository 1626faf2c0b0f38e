#include "read/course.h"

#include "base/io.h"
#include "base/text.h"
#include "read/record.h"

#include <math.h>

static void set_default(double *at, double value)
{
	if (isnan(*at))
		*at = value;
}

static void set_whole(int *at, int value)
{
	if (*at == SCHEMA_UNSET)
		*at = value;
}

static void set_analysis(analysis_settings *s)
{
	set_default(&s->other_seniority, 0.5);
	set_default(&s->strength.required, 1);
	set_default(&s->strength.preferred, 1);
	set_default(&s->strength.mentioned, 1);
	set_default(&s->categories.core, 0.7);
	set_default(&s->categories.important, 0.4);
	set_default(&s->least_share, 0.1);
	set_default(&s->trend.fdr, 0.1);
	set_whole(&s->tools, 6);
	set_whole(&s->inventory, 200);
	set_whole(&s->trend.months, 3);
	set_whole(&s->trend.windows, 3);
	set_whole(&s->trend.least_postings, 12);
}

double course_retire_default(const update_settings *s, int preset)
{
	return preset == PRESET_WILSON ? s->add : 0.2;
}

static void set_update(update_settings *s)
{
	set_default(&s->add, 0.3);
	set_default(&s->core, 0.5);
	set_default(&s->watch, 0.1);
	set_default(&s->discount, 0.7);
	set_default(&s->p_add, 0.8);
	set_default(&s->p_retire, 0.2);
	set_default(&s->least_sample, 12);
	set_default(&s->least_employers, 3);
	set_default(&s->employer_part, 0.12);
	set_default(&s->employer_cap, 2);
	set_default(&s->breaker, 0.15);
	set_default(&s->approve_adds, 0.2);
	set_default(&s->approve_removals, 0.1);
	set_default(&s->approve_share, 0.5);
	set_default(&s->hours_step, 0.1);
	set_whole(&s->cycles, 2);
	if (s->preset < 0)
		s->preset = PRESET_WILSON;
	set_default(&s->retire, course_retire_default(s, s->preset));
}

bool course_read(course *out, arena *a, uint32_t number, diags *d)
{
	record_clear(&course_record, out);
	bool ok = true;
	if (number) {
		size_t before = d->errors;
		const yaml_node *root = yaml_read(a, number, d);
		ok = root ? record_read(&course_record, out, root, a, d) : d->errors == before;
		out->at = (loc){ .source = number };
	}
	set_default(&out->weights.category.core, 1.0);
	set_default(&out->weights.category.important, 0.7);
	set_default(&out->weights.category.emerging, 0.6);
	set_default(&out->weights.category.nice, 0.4);
	set_default(&out->weights.technology, 0.4);
	set_default(&out->weights.theme, 0.4);
	set_default(&out->weights.emphasis_cap, 1.5);
	set_default(&out->lab_share, 0.45);
	set_analysis(&out->analysis);
	set_update(&out->policy.update);
	set_whole(&out->grading.labs, 55);
	set_whole(&out->grading.scenarios, 30);
	set_whole(&out->grading.capstone, 15);
	if (!out->language.len)
		out->language = STR("en");
	if (!out->version.len)
		out->version = STR("1.0.0");
	return ok && !a->failed;
}

/* "ai-infrastructure-engineer" becomes "AI Infrastructure Engineer". */
static str role_from_name(arena *a, str stem)
{
	static const char *const upper[] = { "ai", "ml", "sre", "it", "qa", "ui", "ux", "hr", "llm", "mlops",
		"devops" };
	buf b = { .arena = a };
	for (str_cut cut = { .tail = stem, .ok = true }; cut.ok;) {
		cut = str_split(cut.tail, '-');
		if (cut.head.len == 0)
			continue;
		bool all = false;
		for (size_t i = 0; i < COUNT(upper); i++)
			all |= str_eq_nocase(cut.head, str_from(upper[i]));
		if (b.len)
			buf_char(&b, ' ');
		for (size_t i = 0; i < cut.head.len; i++) {
			char c = cut.head.ptr[i];
			buf_char(&b, (all || i == 0) && c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
		}
	}
	return buf_done(&b);
}

void course_complete(course *c, arena *a, const workbook *w)
{
	str stem = io_stem(w->path);
	bool named = !str_eq(stem, STR("workbook")) && stem.len && !str_starts(w->path, STR("<"));
	if (!c->role.len)
		c->role = w->role.len    ? w->role
				  : named        ? role_from_name(a, stem)
				  : c->title.len ? c->title /* a workbook's own title says what it is, not for whom */
				  : w->title.len ? w->title
								 : STR("Unnamed role");
	if (!c->title.len)
		c->title = c->role;
	if (!c->id.len)
		c->id = text_slug(a, c->role);
}
