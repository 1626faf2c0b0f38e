/* A template, and after a NUL byte a partial, rendered over fixed data. The first byte picks format and
 * leniency. */
#include "render/mustache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct {
	arena *a;
	str text;
	const mustache *program;
	bool tried;
} partial;

static mustache *parse(arena *a, str text, diags *d)
{
	text_run run = { 0 };
	located whole = {
		.text = text, .source = sources_add(d->sources, STR("fuzz"), text), .runs = { &run, 1 }
	};
	return mustache_parse(a, &whole, d);
}

/* Every name is the same partial, so that it can include itself. */
static bool find(const mustache **out, str name, loc at, bool optional, diags *d, void *payload)
{
	partial *p = payload;
	(void)name;
	(void)at;
	(void)optional;
	if (!p->tried)
		p->program = parse(p->a, p->text, d);
	p->tried = true;
	*out = p->program;
	return p->program != NULL;
}

static value make_data(arena *a)
{
	value data = value_new_map(a), list = value_new_list(a, 3), inner = value_new_map(a);
	value_set(a, inner, "a", value_literal("- <*_x_*> & \"q\"\n# `y`|"));
	value_set(a, inner, "n", value_double(1.5));
	value_set(a, inner, "name", value_literal("p"));
	for (size_t i = 0; i < list.list.len; i++)
		list.list.ptr[i] = i ? value_int((int64_t)i) : inner;
	value_set(a, data, "l", list);
	value_set(a, data, "m", inner);
	value_set(a, data, "a", value_literal("1. text"));
	value_set(a, data, "t", value_bool(true));
	value_set(a, data, "z", V_NONE);
	return data;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	arena a = { .limit = (size_t)64 << 20 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	str_cut cut = str_split((str){ .ptr = (const char *)data + 1, .len = size - 1 }, '\0');
	partial p = { .a = &a, .text = cut.tail };
	mustache_options o = { .escape = (escape_format)(data[0] % (ESCAPE_NONE + 1)),
		.lenient = data[0] & 0x80,
		.partials = { .find = find, .payload = &p },
		.steps = 20000 };
	const mustache *t = parse(&a, cut.head, &d);
	buf out = { .arena = &a };
	bool ok = t && mustache_render(&out, t, make_data(&a), &o, &d);
	if (ok && d.errors)
		__builtin_trap();
	for (size_t i = 0; i < d.list.len; i++)
		diag_print(&out, &d, &d.list.ptr[i]);
	arena_free(&a);
	return 0;
}
