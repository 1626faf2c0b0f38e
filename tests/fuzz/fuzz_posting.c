/* The posting reader on any bytes. The first byte picks the form (0 to 5, others: recognised), the second the
 * allocation that fails; 0 is none. What it promises is checked: blocks cover the text in order, the text is
 * UTF-8, dates are dates. */
#define _GNU_SOURCE
#include "base/io.h"
#include "base/text.h"
#include "base/utf8.h"
#include "read/posting.h"
#include "read/record.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool condition)
{
	if (!condition)
		abort();
}

/* One shape that reads pages and one for the rest. */
static const char shapes[] =
	"postings:\n"
	"  - {id: schema-org, name: S, has: ['@type=JobPosting'], list: ['@graph'], fields: {title: [title], "
	"location: "
	"['jobLocation.address(a + b)'], date: [datePosted]}, text: [{path: [description]}]}\n"
	"  - {id: lever, name: L, has: [lists], list: [jobs], fields: {title: [text], date: [createdAt]}, text: "
	"[{each: "
	"lists, heading: text, path: [content]}]}\n"
	"  - {id: plain, name: P, list: [postings], fields: {title: [title], employer: [company], date: [date], "
	"region: "
	"[country]}, text: [{path: [text]}], stop: [Stop]}\n";

static void read_shapes(catalog *c, arena *a, diags *d)
{
	const yaml_node *root = yaml_read(a, sources_add(d->sources, STR("s.yaml"), str_from(shapes)), d);
	catalog_file *f = NEW(a, catalog_file);
	need(root && f && record_read(&catalog_file_record, f, root, a, d));
	EACH (posting_shape, s, f->postings)
		vec_push(a, &c->shapes, s);
}

static void check_posting(const posting *p)
{
	size_t at = 0;
	need(p->id.len == 64 && p->text.len && p->blocks.len);
	EACH (const posting_block, b, p->blocks) {
		need(b->from == at + (b != p->blocks.ptr) && b->to > b->from && b->to <= p->text.len);
		at = b->to;
	}
	need(at == p->text.len && utf8_bad_offset(p->text) == SIZE_MAX);
	need(utf8_bad_offset(p->title) == SIZE_MAX && utf8_bad_offset(p->location) == SIZE_MAX);
	need(!p->date.len || text_is_date(p->date));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	arena a = { 0 }, out = { .fail_at = data[1] };
	sources all = { .arena = &a };
	diags d = { .arena = &a, .sources = &all };
	catalog c = { 0 };
	read_shapes(&c, &a, &d);
	int fd = memfd_create("posting", 0);
	need(fd >= 0 && write(fd, data + 2, size - 2) == (ssize_t)(size - 2));
	str path = arena_printf(&a, "/proc/self/fd/%d", fd);
	posting_options o = { .catalog = &c, .as_of = STR("2026-06-30") };
	if (data[0] < 6)
		o.as = str_from(posting_forms[data[0]].name);
	posting_stream *s;
	if (postings_open(&s, &out, path.ptr, &o, &d)) {
		posting p;
		while (postings_next(&p, s, &out, &d))
			check_posting(&p);
		postings_close(s);
	}
	buf shown = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&shown, &d, one);
	close(fd);
	arena_free(&out);
	arena_free(&a);
	return 0;
}
