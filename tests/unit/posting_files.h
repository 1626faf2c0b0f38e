/* Postings read from bytes that a test has at hand, with the shapes of the shipped catalogue. */
#ifndef UNIT_POSTING_FILES_H
#define UNIT_POSTING_FILES_H

#include "check.h"

#include "base/io.h"
#include "read/posting.h"
#include "read/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct {
	arena a;
	sources all;
	diags d;
	catalog catalog;
	VEC(posting) list;
	bool opened;
} posting_case;

/* The shapes alone: the rest of the catalogue would only cost time. */
static inline void read_shapes(posting_case *r)
{
	r->all.arena = &r->a;
	r->d = (diags){ .arena = &r->a, .sources = &r->all };
	const char *root = getenv("CW_SOURCE_ROOT");
	str folder = io_join(&r->a, str_from(root ? root : "."), STR("catalog/postings"));
	list_str files = io_walk(&r->a, folder.ptr, STR(".yaml"));
	EACH (const str, name, files) {
		str path = io_join(&r->a, folder, *name), text;
		cr_assert(io_read(&text, &r->a, path.ptr, &r->d));
		const yaml_node *node = yaml_read(&r->a, sources_add(&r->all, path, text), &r->d);
		catalog_file *f = NEW(&r->a, catalog_file);
		cr_assert(record_read(&catalog_file_record, f, node, &r->a, &r->d));
		EACH (posting_shape, s, f->postings)
			vec_push(&r->a, &r->catalog.shapes, s);
	}
	cr_assert(r->catalog.shapes.len > 5);
}

static inline void read_path(posting_case *r, const char *path, const char *as, const char *as_of)
{
	posting_options o = { .catalog = &r->catalog, .as = str_from(as), .as_of = str_from(as_of) };
	posting_stream *s;
	posting p;
	r->opened = postings_open(&s, &r->a, path, &o, &r->d);
	if (!r->opened)
		return;
	while (postings_next(&p, s, &r->a, &r->d))
		vec_push(&r->a, &r->list, p);
	postings_close(s);
}

static inline void read_bytes(posting_case *r, str bytes, const char *as, const char *as_of)
{
	char path[] = "/tmp/cw-posting-XXXXXX";
	int fd = mkstemp(path);
	cr_assert(fd >= 0);
	cr_assert(write(fd, bytes.len ? bytes.ptr : "", bytes.len) == (ssize_t)bytes.len);
	close(fd);
	read_path(r, path, as, as_of);
	unlink(path);
}

/* "H title|P text|- item", with a star after the letter of what is bold. */
static inline str outline(arena *a, const posting *p)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < p->blocks.len; i++) {
		const posting_block *k = &p->blocks.ptr[i];
		buf_printf(&b, "%s%c%s %.*s", i ? "|" : "", "HP-"[k->kind], k -> strong ? "*" : "",
			(int)(k->to - k->from), p->text.ptr + k->from);
	}
	return buf_done(&b);
}

/* What must hold of every posting. */
static inline void check_posting(const posting *p)
{
	size_t at = 0;
	cr_expect(p->id.len == 64 && p->text.len && p->blocks.len && p->form && p->form[0]);
	for (size_t i = 0; i < p->blocks.len; i++) {
		const posting_block *k = &p->blocks.ptr[i];
		cr_expect(k->from == at + (i > 0) && k->to > k->from && k->to <= p->text.len);
		cr_expect(i == 0 || p->text.ptr[k->from - 1] == '\n');
		at = k->to;
	}
	cr_expect(at == p->text.len);
}

static inline bool has_code(const diags *d, diag_code code)
{
	EACH (const diag, one, d->list)
		if (one->code == code)
			return true;
	return false;
}

#endif
