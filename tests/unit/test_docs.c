/* The pages that list codes and rules say what the tables say, and nothing else. */
#include "check.h"

#include "base/io.h"
#include "check/check.h"

#include <stdlib.h>

static str read_page(arena *a, const char *name)
{
	const char *root = getenv("CW_SOURCE_ROOT");
	sources all = { .arena = a };
	diags d = { .arena = a, .sources = &all };
	str text = STR("");
	io_read(&text, a, arena_printf(a, "%s/docs/%s", root ? root : ".", name).ptr, &d);
	cr_assert(text.len > 0, "docs/%s is not there", name);
	return text;
}

static size_t count_headings(str page, str mark)
{
	size_t count = 0;
	for (size_t at = str_find(page, mark, 0); at != SIZE_MAX; at = str_find(page, mark, at + 1))
		count++;
	return count;
}

Test(docs, every_diagnostic_has_a_section)
{
	static const char *const severities[] = { "Note", "Warning", "Error" };
	arena a = { 0 };
	str page = read_page(&a, "diagnostics.md");
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		str section = arena_printf(&a, "\n## CW%u %s\n\n%s. ", diag_number(code), diag_slug(code),
			severities[diag_code_severity(code)]);
		cr_expect(str_find(page, section, 0) != SIZE_MAX, "no section '%.*s'", STRF(str_trim(section)));
	}
	cr_expect(count_headings(page, STR("\n## CW")) == DIAG_CODE_COUNT);
	arena_free(&a);
	NO_LEAKS();
}

Test(docs, every_check_has_a_section)
{
	arena a = { 0 };
	str page = read_page(&a, "checks.md");
	for (size_t i = 0; i < check_rule_count; i++) {
		const check_rule *r = &check_rules[i];
		str section = arena_printf(&a, "\n### %s\n\n%s Level: %s. Source: %s. Fix: %s\n", r->id, r->brief,
			check_level_names[r->level], r->source, r->fix);
		cr_expect(str_find(page, section, 0) != SIZE_MAX, "docs/checks.md says something else of %s", r->id);
	}
	cr_expect(count_headings(page, STR("\n### ")) == check_rule_count);
	arena_free(&a);
	NO_LEAKS();
}
