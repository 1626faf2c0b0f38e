/* The state of the items and revisions, by the first byte. What was read without errors is written and must
 * be read the same. */
#include "model/record_value.h"
#include "read/update.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_state(arena *a, uint32_t number, diags *d)
{
	course_state first, second;
	if (!course_state_read(&first, a, number, d)) {
		if (!d->errors && !a->failed)
			__builtin_trap();
		return;
	}
	str once = course_state_text(a, &first);
	bool ok = course_state_read(&second, a, sources_add(d->sources, STR("again"), once), d);
	if (!a->failed && (!ok || !str_eq(once, course_state_text(a, &second))))
		__builtin_trap();
}

static void check_revision(arena *a, uint32_t number, diags *d)
{
	revision first, second;
	if (!revision_read(&first, a, number, d)) {
		if (!d->errors && !a->failed)
			__builtin_trap();
		return;
	}
	str once = revision_text(a, &first);
	bool ok = revision_read(&second, a, sources_add(d->sources, STR("again"), once), d);
	if (!a->failed && (!ok || !str_eq(once, revision_text(a, &second))))
		__builtin_trap();
	if (record_value(a, &revision_record, &first).kind != V_MAP && !a->failed)
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	arena a = { .limit = (size_t)256 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	uint32_t number = sources_add(&s, STR("fuzz"), (str){ .ptr = (const char *)data + 1, .len = size - 1 });
	if (data[0] & 1)
		check_revision(&a, number, &d);
	else
		check_state(&a, number, &d);
	buf out = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&out, &d, one);
	arena_free(&a);
	return 0;
}
