/* Three texts as plans, and what merging them gives, as text. */
#ifndef UNIT_MERGING_H
#define UNIT_MERGING_H

#include "fixture.h"

#include "plan/merge.h"

#define MERGING_USE __attribute__((unused)) static

/* A course header on one line, for small plans. */
#define HEADER \
	"course: {title: T, role: R, level: senior, language: en, version: 1.0.0, minutes: 600, weeks: 10, " \
	"minutes_per_week: 60, evidence: e1}\n"

typedef struct {
	fixture f;
	uint32_t base, edited, made;
	merge_result result;
	bool ok;
} merging;

MERGING_USE void merging_run(merging *m, str base, str edited, str made)
{
	fixture_open(&m->f, STR("base.yaml"), base);
	m->base = m->f.source;
	m->edited = sources_add(&m->f.s, STR("edited.yaml"), edited);
	m->made = sources_add(&m->f.s, STR("made.yaml"), made);
	m->ok = merge_plan(&m->result, &m->f.a, m->base, m->edited, m->made, &m->f.d);
}

static void show_value(buf *out, const char *what, str value)
{
	if (!value.len)
		return;
	buf_printf(out, "  %s: ", what);
	for (size_t i = 0; i < value.len; i++) {
		buf_char(out, value.ptr[i]);
		if (value.ptr[i] == '\n')
			BUF_LIT(out, "    ");
	}
	BUF_LIT(out, "\n");
}

/* "line:column item field: why", and the values that there are, indented. */
MERGING_USE str merging_conflicts(merging *m)
{
	buf out = { .arena = &m->f.a };
	EACH (const merge_conflict, c, m->result.conflicts) {
		position p = sources_position(&m->f.s, c->at);
		buf_printf(&out, "%u:%u %.*s%s%.*s: %.*s\n", p.line, p.column, STRF(c->item), c->field.len ? " " : "",
			STRF(c->field), STRF(c->why));
		show_value(&out, "base", c->base);
		show_value(&out, "edited", c->edited);
		show_value(&out, "made", c->made);
	}
	return buf_done(&out);
}

MERGING_USE void merging_close(merging *m)
{
	fixture_close(&m->f);
}

#endif
