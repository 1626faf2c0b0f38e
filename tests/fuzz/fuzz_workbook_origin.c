/* What state/workbook.hash says. Whatever stands in it: what was read, written and read again is the same,
 * and nothing that was read is on two lines. */
#include "base/text.h"
#include "read/workbook_origin.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(str read, str again, arena *a)
{
	if (memchr(read.len ? read.ptr : "", '\n', read.len))
		abort();
	if (!a->failed && !str_eq(text_one_line(a, read), again))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	arena a = { 0 };
	workbook_origin one, two;
	workbook_origin_parse(&one, (str){ .ptr = (const char *)data, .len = size });
	workbook_origin_parse(&two, workbook_origin_text(&a, &one));
	if (!a.failed && !str_eq(one.hash, two.hash))
		abort();
	same(one.filter.since, two.filter.since, &a);
	same(one.filter.until, two.filter.until, &a);
	same(one.filter.region, two.filter.region, &a);
	same(one.filter.employer, two.filter.employer, &a);
	if (one.filter.as_of.len || two.filter.as_of.len)
		abort();
	arena_free(&a);
	return 0;
}
