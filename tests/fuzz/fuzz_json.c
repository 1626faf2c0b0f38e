/* JSON text. What was read is written and read again, and from the second time on must be written the same.
 * (The first time a whole double beyond 2^53 becomes an integer, and that a string.) */
#include "base/json.h"
#include "read/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool read_text(value *out, arena *a, str text, diags *d)
{
	text_run run = { 0 };
	located whole = {
		.text = text, .source = sources_add(d->sources, STR("fuzz"), text), .runs = { &run, 1 }
	};
	return json_read(out, a, &whole, d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	arena a = { .limit = (size_t)256 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	buf out[3] = { { .arena = &a }, { .arena = &a }, { .arena = &a } };
	value v;
	int indent = data[0] & 1 ? 0 : -1;
	bool ok = read_text(&v, &a, (str){ .ptr = (const char *)data + 1, .len = size - 1 }, &d);
	if (!ok && !d.errors && !a.failed)
		__builtin_trap();
	for (size_t i = 0; ok && i < COUNT(out); i++) {
		json_value(&out[i], v, indent);
		if (!read_text(&v, &a, buf_done(&out[i]), &d) && !a.failed)
			__builtin_trap();
	}
	if (!str_eq(buf_done(&out[1]), buf_done(&out[2])))
		__builtin_trap();
	for (size_t i = 0; i < d.list.len; i++)
		diag_print(&out[0], &d, &d.list.ptr[i]);
	arena_free(&a);
	return 0;
}
