/* The workbook reader on any bytes. The first byte picks the allocation that fails; 0 is none. What it
 * promises is checked: places lie inside the text, a workbook without errors has a sample, skills, shares
 * from 0 to 1 and ids that differ. */
#include "base/map.h"
#include "read/workbook.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool condition)
{
	if (!condition)
		abort();
}

static void check_rows(const workbook *w, arena *scratch, uint32_t size)
{
	for (int k = 0; k < ROW_KINDS; k++) {
		map ids = { .arena = scratch };
		EACH (const workbook_row, row, w->rows[k]) {
			need(row->id.len && row->name.len && !map_has(&ids, row->id));
			map_put(&ids, row->id, scratch);
			need(row->share >= 0 && row->share <= 1 && row->count <= w->sample_size);
			need(row->at.offset < size && row->at_count.offset <= size);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 1)
		return 0;
	arena a = { 0 }, out = { .fail_at = data[0] };
	sources s = { .arena = &a };
	diags d = { .arena = &out, .sources = &s };
	uint32_t number =
		sources_add(&s, STR("workbook.md"), (str){ .ptr = (const char *)data + 1, .len = size - 1 });
	workbook w;
	bool ok = read_workbook(&w, &out, number, &d);
	need(!out.failed || !ok);
	EACH (const diag, one, d.list)
		need(one->at.offset + one->length <= size - 1);
	if (ok) {
		need(w.sample_size >= 1 && w.rows[ROW_SKILL].len);
		check_rows(&w, &a, (uint32_t)size);
	}
	buf shown = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&shown, &d, one);
	arena_free(&out);
	arena_free(&a);
	return 0;
}
