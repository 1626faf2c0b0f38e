/* YAML trees, and the place of every byte of every scalar. The first byte says whether a byte order mark and
 * which line ends are put in. */
#include "read/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str prepare(arena *a, uint8_t options, str text)
{
	buf out = { .arena = a };
	if (options & 1)
		BUF_LIT(&out, "\xEF\xBB\xBF");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n' && options & 2)
			buf_char(&out, '\r');
		buf_char(&out, text.ptr[i]);
	}
	return buf_done(&out);
}

/* Every place is inside the scalar; places never go back; a byte of a plain one-line scalar stands there. */
static void check_scalar(arena *a, const yaml_node *n, const sources *all)
{
	located l = yaml_located(a, n, all);
	const source *src = sources_get(all, n->at.source);
	uint32_t last = n->at.offset;
	if (n->text.len > 2000 || a->failed)
		return;
	for (size_t i = 0; i < l.text.len; i++) {
		uint32_t at = located_at(&l, i).offset;
		if (at < last || at >= n->end || n->end > src->text.len)
			__builtin_trap();
		char v = l.text.ptr[i], w = src->text.ptr[at];
		bool letter = is_alnum(v) && src->text.ptr[at] != '\\';
		if (letter && v != w)
			__builtin_trap();
		last = at;
	}
}

static void walk(arena *a, const yaml_node *n, const sources *all, unsigned depth)
{
	if (depth > YAML_DEPTH || n->height > YAML_DEPTH)
		__builtin_trap();
	if (n->size > 2000)
		return;
	if (n->kind == YAML_SCALAR)
		check_scalar(a, n, all);
	EACH (yaml_node *, item, n->items)
		walk(a, *item, all, depth + 1);
	EACH (yaml_pair, p, n->pairs)
		walk(a, p->value, all, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	arena a = { .limit = (size_t)256 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str text = prepare(&a, data[0], (str){ .ptr = (const char *)data + 1, .len = size - 1 });
	yaml_node *root = yaml_read(&a, sources_add(&s, STR("fuzz"), text), &d);
	if (root)
		walk(&a, root, &s, 0);
	buf out = { .arena = &a };
	EACH (const diag, one, d.list)
		diag_print(&out, &d, one);
	arena_free(&a);
	return 0;
}
