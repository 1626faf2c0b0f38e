#include "read/update.h"

#include "base/map.h"
#include "read/record.h"
#include "read/record_write.h"

static bool read_file(const record *r, void *out, arena *a, uint32_t number, diags *d)
{
	size_t errors = d->errors;
	record_clear(r, out);
	const yaml_node *root = yaml_read(a, number, d);
	if (!root && d->errors == errors && !a->failed)
		diag_add(d, E_MISSING_KEY, (loc){ .source = number }, "the file is empty");
	return root && record_read(r, out, root, a, d) &&
		   d->errors == errors; /* a key twice is reported by the reader */
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

static void check_item(const course_state *s, const tracked_item *i, diags *d)
{
	if (i->named.len != i->share.len || i->named.len > s->cycles.len)
		diag_add(d, E_BAD_STATE, i->at,
			"'%.*s' needs as many shares as counts, and at most one for each cycle", STRF(i->id));
	if (i->since > (int)s->cycles.len)
		diag_add(d, E_BAD_STATE, i->at, "'%.*s' came to its state in a cycle that there is not", STRF(i->id));
	EACH (const double, share, i->share)
		if (!(*share >= 0 && *share <= 1)) {
			diag_add(d, E_BAD_STATE, i->at, "a share of '%.*s' is not within 0 and 1", STRF(i->id));
			return;
		}
}

static bool check_state(const course_state *s, arena *a, diags *d)
{
	size_t before = d->errors;
	map seen = { .arena = a };
	EACH (const tracked_item, i, s->items) {
		if (map_put(&seen, i->id, (void *)i))
			diag_add(d, E_BAD_STATE, i->at, "'%.*s' stands here twice", STRF(i->id));
		check_item(s, i, d);
	}
	return d->errors == before;
}

bool course_state_read(course_state *out, arena *a, uint32_t number, diags *d)
{
	return read_file(&course_state_record, out, a, number, d) && check_state(out, a, d);
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
