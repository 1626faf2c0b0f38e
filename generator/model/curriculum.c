#include "model/curriculum.h"

#include "base/number.h"

#include <math.h>
#include <stdio.h>

enum { KEY_MAX = 160 };

const fact_row *facts_find(const facts *f, row_kind kind, str id)
{
	EACH (fact_row, r, f->rows[kind])
		if (str_eq(r->row->id, id))
			return r;
	return NULL;
}

bool list_has(list_str list, str s)
{
	EACH (str, one, list)
		if (str_eq(*one, s))
			return true;
	return false;
}

double goal_value(const goal *g, double base)
{
	return !isnan(g->value) ? g->value : g->ratio * base;
}

bool metric_better(const metric *m, double a, double b)
{
	return m->direction == HIGHER_IS_BETTER ? a > b : a < b;
}

bool metric_is_ratio(const metric *m)
{
	return isnan(m->target.value) && !isnan(m->target.ratio);
}

double metric_baseline(const metric *m)
{
	if (metric_is_ratio(m))
		return 1;
	if (!isnan(m->baseline.value))
		return m->baseline.value;
	const double *ends = m->baseline.range.len == 2    ? m->baseline.range.ptr
						 : m->baseline.expect.len == 2 ? m->baseline.expect.ptr
													   : NULL;
	if (!ends)
		return NAN;
	return metric_better(m, ends[0], ends[1]) ? ends[0] : ends[1];
}

double metric_target(const metric *m)
{
	const goal *g = m->use_stretch ? &m->stretch : &m->target;
	return metric_is_ratio(m) ? g->ratio : g->value;
}

double metric_stretch(const metric *m)
{
	return metric_is_ratio(m) ? m->stretch.ratio : m->stretch.value;
}

double metric_tolerance(const metric *m)
{
	if (!isnan(m->tolerance.pct))
		return m->tolerance.pct / 100 * fabs(metric_baseline(m));
	return metric_is_ratio(m) ? NAN : m->tolerance.value;
}

str minutes_text(arena *a, int minutes)
{
	int whole = minutes / 60, rest = minutes % 60;
	if (rest % 30)
		return whole ? arena_printf(a, "%d h %d min", whole, rest) : arena_printf(a, "%d min", rest);
	buf b = { .arena = a };
	buf_rounded(&b, minutes / 60.0, 2);
	BUF_LIT(&b, " h");
	return buf_done(&b);
}

static const void *find(const curriculum *c, const char *kind, str id)
{
	char key[KEY_MAX];
	int n = snprintf(key, sizeof key, "%s:%.*s", kind, STRF(id));
	return n > 0 && (size_t)n < sizeof key ? map_get(&c->by_address, (str){ .ptr = key, .len = (size_t)n })
										   : NULL;
}

const taught_module *curriculum_module(const curriculum *c, str id)
{
	return find(c, "module", id);
}

const set_lab *curriculum_lab(const curriculum *c, str id)
{
	return find(c, "lab", id);
}

const set_scenario *curriculum_scenario(const curriculum *c, str id)
{
	return find(c, "scenario", id);
}

const set_capstone *curriculum_capstone(const curriculum *c, str id)
{
	return find(c, "capstone", id);
}
