#include "read/update.h"

#include "read/record.h"
#include "read/record_write.h"

static bool read_file(const record *r, void *out, arena *a, uint32_t number, diags *d)
{
	size_t errors = d->errors;
	record_clear(r, out);
	const yaml_node *root = yaml_read(a, number, d);
	if (!root && d->errors == errors && !a->failed)
		diag_add(d, E_MISSING_KEY, (loc){ .source = number }, "the file is empty");
	return root && record_read(r, out, root, a, d);
}

static str file_text(arena *a, const record *r, const void *in, str head)
{
	buf b = { .arena = a };
	buf_str(&b, head);
	if (!record_write(&b, r, in))
		return STR("");
	if (!str_ends(buf_done(&b), STR("\n"))) /* the emitter leaves the last line open after brackets */
		buf_char(&b, '\n');
	return buf_done(&b);
}

bool course_state_read(course_state *out, arena *a, uint32_t number, diags *d)
{
	return read_file(&course_state_record, out, a, number, d);
}

bool revision_read(revision *out, arena *a, uint32_t number, diags *d)
{
	return read_file(&revision_record, out, a, number, d);
}

str course_state_text(arena *a, const course_state *s)
{
	return file_text(a, &course_state_record, s,
		STR("# Where each skill, technology and theme stands, cycle by cycle. Written by 'coursewright "
			"update'; keep it\n"
			"# with the course, and leave it alone: decisions belong into plan.yaml.\n"));
}

str revision_text(arena *a, const revision *r)
{
	return file_text(a, &revision_record, r,
		STR("# What one update or revert changed, and why. Written by coursewright; 'log' and 'diff' show "
			"it.\n"));
}
