/* The journal of files that change together. The first byte says whether the digest is put right, so that
 * what stands before it is looked at. What is read is written again, and must be the same bytes. */
#include "base/io.h"
#include "base/io_set_journal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_entry(const journal_entry *e)
{
	if (!journal_takes(e->path) || !io_is_safe(e->path))
		__builtin_trap();
	if (!e->remove && (!str_starts(e->staged, e->path) || !str_ends(e->staged, STR(IO_SET_SUFFIX))))
		__builtin_trap();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	arena a = { .limit = (size_t)256 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str text = { .ptr = (const char *)data + 1, .len = size - 1 };
	if (data[0] & 1)
		text = arena_printf(&a, "%.*s%.*s", STRF(text), STRF(journal_end(&a, text)));
	vec_journal_entry entries;
	bool ok = journal_read(&entries, &a, text, STR("fuzz"), &d);
	if (ok != (d.errors == 0) && !a.failed)
		__builtin_trap();
	EACH (const journal_entry, e, entries)
		check_entry(e);
	if (ok && !str_eq(journal_text(&a, &entries), text) && !a.failed)
		__builtin_trap();
	buf out = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&out, &d, one);
	arena_free(&a);
	return 0;
}
