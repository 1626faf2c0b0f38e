/* One text as a source, and what was said about it, one line for each diagnostic. */
#ifndef UNIT_FIXTURE_H
#define UNIT_FIXTURE_H

#include "check.h"

/* Criterion's macros take no condition that begins with a parenthesis or with '!'. */
#ifndef require_that
#define require_that(condition, ...) \
	do { \
		bool holds_ = (condition); \
		cr_assert(holds_, __VA_ARGS__); \
	} while (0)
#define require(condition) require_that(condition, "%s", #condition)
#endif

typedef struct {
	arena a;
	sources s;
	diags d;
	uint32_t source; /* of the text */
} fixture;

__attribute__((unused)) static void fixture_open(fixture *f, str path, str text)
{
	*f = (fixture){ .s = { .arena = &f->a }, .d = { .arena = &f->a, .sources = &f->s } };
	f->source = sources_add(&f->s, path, text);
}

/* "line:column slug: text" */
__attribute__((unused)) static str fixture_said(fixture *f)
{
	buf out = { .arena = &f->a };
	EACH (const diag, one, f->d.list) {
		position p = sources_position(&f->s, one->at);
		if (p.line)
			buf_printf(&out, "%u:%u ", p.line, p.column);
		buf_printf(&out, "%s: %.*s\n", diag_slug(one->code), STRF(one->text));
	}
	return buf_done(&out);
}

__attribute__((unused)) static void fixture_expect(fixture *f, const char *expected)
{
	str said = fixture_said(f);
	cr_expect(str_eq(said, str_from(expected)), "said:\n%.*sexpected:\n%s", STRF(said), expected);
}

__attribute__((unused)) static void fixture_close(fixture *f)
{
	arena_free(&f->a);
	NO_LEAKS();
}

#endif
