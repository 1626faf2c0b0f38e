/* How long a template takes to parse, and to render. Arguments: the template, its data (JSON), the folder of
 * its partials, and how many rounds are measured; a round renders for about 20 ms. Prints one line each:
 * a name, the median in ns, and the bytes that were read or printed. */
#define _POSIX_C_SOURCE 200809L
#include "base/io.h"
#include "read/json.h"
#include "render/templates.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 25, ROUNDS_MAX = 1000 };

static const double round_ns = 20e6;

typedef struct {
	arena arena; /* of what is rendered again and again */
	sources sources;
	diags d;
	str path, text, format;
	value data;
	template_set set;
	buf out;
} bench;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static located whole(bench *b, str path, str text)
{
	static text_run run;
	return (located){
		.text = text, .source = sources_add(&b->sources, path, text), .runs = { .ptr = &run, .len = 1 }
	};
}

static bool set_up(bench *b, const char *path, const char *data, const char *folder)
{
	str json;
	b->sources.arena = b->d.arena = b->set.arena = b->out.arena = &b->arena;
	b->d.sources = &b->sources;
	b->path = str_from(path);
	b->format = templates_format(b->path);
	b->set.folders.ptr = NEW(&b->arena, str);
	b->set.folders.len = b->set.folders.ptr != NULL;
	if (!b->set.folders.len || !io_read(&b->text, &b->arena, path, &b->d) ||
		!io_read(&json, &b->arena, data, &b->d))
		return false;
	b->set.folders.ptr[0] = str_from(folder);
	located l = whole(b, str_from(data), json);
	return json_read(&b->data, &b->arena, &l, &b->d);
}

static bool parse_once(bench *b)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	text_run run = { 0 };
	located l = {
		.text = b->text, .source = sources_add(&s, b->path, b->text), .runs = { .ptr = &run, .len = 1 }
	};
	bool ok = mustache_parse(&a, &l, &d) != NULL;
	arena_free(&a);
	return ok;
}

static bool render_once(bench *b)
{
	str name = str_sub(io_base(b->path), 0, io_base(b->path).len - b->format.len - sizeof ".mustache");
	b->out.len = 0;
	return templates_render(&b->set, &b->out, name, b->format, b->data, &b->d);
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* The median over the rounds; the first round, which warms up, does not count. Negative after an error. */
static double measure(bench *b, bool (*once)(bench *b), int rounds)
{
	double times[ROUNDS_MAX];
	for (int i = -1; i < rounds; i++) {
		double begin = now(), end = begin;
		size_t count = 0;
		for (; end - begin < round_ns; count++, end = now())
			if (!once(b))
				return -1;
		if (i >= 0)
			times[i] = (end - begin) / (double)count;
	}
	qsort(times, (size_t)rounds, sizeof times[0], by_size);
	return times[rounds / 2];
}

int main(int argc, char **argv)
{
	if (argc < 4) {
		fprintf(stderr, "usage: bench_template FILE DATA FOLDER [ROUNDS]\n");
		return 2;
	}
	long rounds = argc > 4 ? strtol(argv[4], NULL, 10) : ROUNDS;
	int count = rounds < 1 ? 1 : rounds > ROUNDS_MAX ? ROUNDS_MAX : (int)rounds;
	bench b = { 0 };
	double parse = -1, render = -1;
	if (set_up(&b, argv[1], argv[2], argv[3])) {
		parse = measure(&b, parse_once, count);
		render = measure(&b, render_once, count);
	}
	for (size_t i = 0; i < b.d.list.len; i++) {
		buf text = { .arena = &b.arena };
		diag_print(&text, &b.d, &b.d.list.ptr[i]);
		fwrite(text.ptr, 1, text.len, stderr);
	}
	bool ok = parse > 0 && render > 0;
	if (ok)
		printf("parse %.0f %zu\nrender %.0f %zu\n", parse, b.text.len, render, b.out.len);
	arena_free(&b.arena);
	return ok ? 0 : 1;
}
