/* Each rule of a check: the small course passes it (test_check.c), and one change makes it fail. A change may
 * make another rule fail as well, if it must: then that is said. */
#ifndef UNIT_CHECK_ROWS_H
#define UNIT_CHECK_ROWS_H

#include "small_course.h"

#include <string.h>

typedef struct {
	const char *rule, *text; /* part of the finding's text */
	void (*change)(small *k);
	const char *also;  /* other rules that must fail too, or NULL */
	check_level level; /* if it is not the rule's own */
} row;

static inline bool row_expects(const row *r, const finding *f)
{
	const char *id = f->rule->id;
	return strcmp(id, r->rule) == 0 || (r->also && strstr(r->also, id));
}

static inline void expect_row(const row *r)
{
	small k;
	small_init(&k, 0);
	r->change(&k);
	small_run(&k);
	bool seen = false;
	EACH (const finding, f, k.out) {
		bool hit = strcmp(f->rule->id, r->rule) == 0 && str_find(f->text, str_from(r->text), 0) != SIZE_MAX;
		check_level level = r->level ? r->level : f->rule->level;
		cr_expect(hit == false || f->level == level, "%s: level of '%s'", r->rule, r->text);
		cr_expect(row_expects(r, f), "%s '%s': also %s %.*s: %.*s", r->rule, r->text, f->rule->id,
			STRF(f->item), STRF(f->text));
		seen |= hit;
	}
	cr_expect(seen, "%s: nothing says '%s'", r->rule, r->text);
	small_free(&k);
}

static inline void expect_rows(const row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect_row(&rows[i]);
}

/* Of the families whose letters are given. */
static inline void expect_row_for_each_rule(const char *families, const row *rows, size_t count)
{
	for (size_t i = 0; i < check_rule_count; i++) {
		const char *id = check_rules[i].id;
		bool any = !strchr(families, id[0]);
		for (size_t j = 0; j < count && !any; j++)
			any = strcmp(rows[j].rule, id) == 0;
		cr_expect(any, "%s is never made to fail", id);
	}
}

#endif
