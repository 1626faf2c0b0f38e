/* How fast postings are matched, with lexicons of 500 and 5,000 names made from the taxonomies, beside
 * RE2::Set and vectorscan where they are installed, on the same texts in one run. The results are compared.
 * docs/performance.md, "Matching", has what it printed. */
#define _POSIX_C_SOURCE 200809L
#include "bench_lexicon.h"

#include "base/io.h"
#include "evidence/lexicon_parts.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIME_LEAST 2.0 /* seconds for each figure */

enum { ROUNDS = 7, TEXT_LEAST = 300, NAME_LEAST = 2, NAME_MOST = 40 };

typedef struct {
	arena a;
	sources s;
	diags d;
	VEC(str) texts;
	size_t bytes;
	vec_str names;
	map seen;
} bench;

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- texts */

/* Without tags, and with the few entities that matter for borders. */
static str plain(arena *a, str html)
{
	static const struct {
		str name;
		char c;
	} entities[] = { { { "&amp;", 5 }, '&' }, { { "&lt;", 4 }, '<' }, { { "&gt;", 4 }, '>' },
		{ { "&nbsp;", 6 }, ' ' }, { { "&#39;", 5 }, '\'' }, { { "&quot;", 6 }, '"' } };
	buf b = { .arena = a };
	for (size_t i = 0; i < html.len;) {
		size_t end = html.ptr[i] == '<' ? str_find(html, STR(">"), i) : SIZE_MAX, k = COUNT(entities);
		if (end != SIZE_MAX && end - i < 400 && i + 1 < html.len &&
			(is_alpha(html.ptr[i + 1]) || html.ptr[i + 1] == '/')) {
			buf_char(&b, ' ');
			i = end + 1;
			continue;
		}
		if (html.ptr[i] == '&')
			for (k = 0; k < COUNT(entities) && !str_starts(str_skip(html, i), entities[k].name);)
				k++;
		buf_char(&b, k < COUNT(entities) ? entities[k].c : html.ptr[i]);
		i += k < COUNT(entities) ? entities[k].name.len : 1;
	}
	return arena_str(a, buf_done(&b));
}

static void add_text(bench *b, str raw)
{
	str text = plain(&b->a, plain(&b->a, raw));
	vec_push(&b->a, &b->texts, text);
	b->bytes += text.len;
}

static void add_json(bench *b, json_t *v)
{
	const char *key;
	json_t *part;
	size_t i;
	if (json_is_string(v) && json_string_length(v) >= TEXT_LEAST)
		add_text(b, arena_str(&b->a, (str){ json_string_value(v), json_string_length(v) }));
	json_object_foreach(v, key, part) add_json(b, part);
	json_array_foreach(v, i, part) add_json(b, part);
}

static void add_file(bench *b, const char *path)
{
	str bytes;
	if (!io_read(&bytes, &b->a, path, &b->d))
		return;
	if (!str_ends(str_from(path), STR(".json"))) {
		add_text(b, bytes);
		return;
	}
	json_t *v = json_loadb(bytes.ptr, bytes.len, 0, NULL);
	add_json(b, v);
	json_decref(v);
}

static void read_texts(bench *b, str folder)
{
	static const char *const suffixes[] = { ".json", ".html", ".md" };
	for (size_t i = 0; i < COUNT(suffixes); i++) {
		list_str paths = io_walk(&b->a, folder.ptr, str_from(suffixes[i]));
		EACH (str, path, paths)
			add_file(b, io_join(&b->a, folder, *path).ptr);
	}
}

/* ---- names */

static void add_name(bench *b, str name)
{
	name = str_trim(name);
	while (name.len && (name.ptr[0] == '"' || name.ptr[0] == '\''))
		name = str_trim(str_sub(name, 1, name.len - 2));
	str key = name;
	char *folded = NEWN(&b->a, char, name.len + 1);
	for (size_t i = 0; folded && i < name.len; i++)
		folded[i] = to_lower(name.ptr[i]);
	key.ptr = folded;
	bool ascii = true, word = false;
	for (size_t i = 0; i < name.len; i++) {
		ascii &= (unsigned char)name.ptr[i] < 0x80;
		word |= is_alnum(name.ptr[i]);
	}
	if (name.len < NAME_LEAST || name.len > NAME_MOST || !ascii || !word || map_has(&b->seen, key))
		return;
	map_put(&b->seen, key, b);
	vec_push(&b->a, &b->names, name);
}

static void read_names(bench *b, str folder)
{
	str topics = { 0 }, cncf = { 0 }, languages = { 0 };
	io_read(&topics, &b->a, io_join(&b->a, folder, STR("github-topics.tsv")).ptr, &b->d);
	io_read(&cncf, &b->a, io_join(&b->a, folder, STR("cncf-landscape.yml")).ptr, &b->d);
	io_read(&languages, &b->a, io_join(&b->a, folder, STR("linguist-languages.yml")).ptr, &b->d);
	for (str_cut line = { .tail = languages, .ok = true }; line.ok;) {
		line = str_split(line.tail, '\n');
		if (str_ends(line.head, STR(":")) && line.head.ptr[0] != ' ')
			add_name(b, str_sub(line.head, 0, line.head.len - 1));
	}
	for (str_cut line = { .tail = cncf, .ok = true }; line.ok;) {
		line = str_split(line.tail, '\n');
		str inner = str_trim(line.head);
		if (str_starts(inner, STR("name: ")))
			add_name(b, str_skip(inner, 6));
	}
	for (str_cut line = { .tail = topics, .ok = true }; line.ok;) {
		line = str_split(line.tail, '\n');
		str_cut name = str_split(line.head, '\t'), display = str_split(name.tail, '\t');
		add_name(b, display.head);
		str aliases = str_split(display.tail, '\t').head;
		for (str_cut one = { .tail = aliases, .ok = true }; one.ok;) {
			one = str_split(one.tail, ',');
			add_name(b, one.head);
		}
	}
}

/* ---- what is measured */

static volatile size_t sink;

static size_t match_all(const lexicon *l, const bench *b)
{
	arena scratch = { 0 };
	vec_hit hits = { 0 };
	size_t count = 0;
	EACH (const str, text, b->texts) {
		hits.len = 0;
		lexicon_find(&hits, l, *text, &scratch);
		count += hits.len;
	}
	arena_free(&scratch);
	return count;
}

static size_t others_all(other_matcher *m, const bench *b)
{
	size_t count = 0;
	EACH (const str, text, b->texts)
		count += other_scan(m, text->ptr, text->len);
	return count;
}

static size_t scan_all(const lexicon *l, const bench *b)
{
	static scan_word words[SCAN_CHUNK * WORD_KINDS];
	size_t count = 0;
	EACH (const str, text, b->texts)
		for (size_t at = 0; at < text->len;)
			count += scan_words(&l->index.filter, *text, &at, words);
	return count;
}

static void report(const char *what, double first, double seconds, const bench *b, size_t count)
{
	printf("  %-34s %7.1f MB/s the first time, then %7.1f MB/s, %7.0f postings/s; %zu found\n", what,
		(double)b->bytes / first / 1e6, (double)b->bytes / seconds / 1e6, (double)b->texts.len / seconds,
		count);
	fflush(stdout);
}

/* The best of several rounds, since noise only adds; and the first, since a lazily built automaton is built
 * then.
 */
#define MEASURE(first, seconds, expression) \
	do { \
		double begin_ = now(); \
		(seconds) = 1e9; \
		for (int round_ = 0; round_ < ROUNDS || now() - begin_ < TIME_LEAST; round_++) { \
			double start_ = now(); \
			sink = (expression); \
			double took_ = now() - start_; \
			(first) = round_ ? (first) : took_; \
			(seconds) = took_ < (seconds) ? took_ : (seconds); \
		} \
	} while (0)

/* ---- the same results */

/* Names at whole words, marked by number, as the other matcher's set and our borders say. */
static void mark_others(uint8_t *marks, other_matcher *m, str text, const catalog *c)
{
	size_t count;
	const unsigned *ids = other_ids(m, text.ptr, text.len, &count);
	for (size_t i = 0; i < count; i++) {
		str name = c->concepts.ptr[ids[i]]->name;
		for (size_t at = 0; !marks[ids[i]] && (at = str_find_nocase(text, name, at)) != SIZE_MAX; at++)
			marks[ids[i]] = border_holds(text, at, at + name.len);
	}
}

static void compare(const lexicon *l, other_matcher *m, const bench *b, const catalog *c)
{
	size_t same = 0, different = 0, count = c->concepts.len;
	uint8_t *ours = calloc(count, 1), *theirs = calloc(count, 1);
	arena scratch = { 0 };
	EACH (const str, text, b->texts) {
		vec_hit hits = { 0 };
		memset(ours, 0, count);
		memset(theirs, 0, count);
		lexicon_find(&hits, l, *text, &scratch);
		EACH (const lexicon_hit, h, hits)
			ours[strtoul(h->concept->id.ptr + 1, NULL, 10)] = 1;
		mark_others(theirs, m, *text, c);
		for (size_t i = 0; i < count; i++)
			if (ours[i] != theirs[i])
				different++;
			else
				same += ours[i];
	}
	printf(
		"  results of %s: %zu names in postings the same, %zu different\n", other_name(m), same, different);
	arena_free(&scratch);
	free(ours);
	free(theirs);
}

static void run_others(const lexicon *l, const bench *b, const catalog *c, double ours)
{
	const char **names = calloc(c->concepts.len, sizeof *names);
	for (size_t i = 0; i < c->concepts.len; i++)
		names[i] = arena_cstr((arena *)&b->a, c->concepts.ptr[i]->name);
	for (int kind = 0; kind < OTHER_KINDS; kind++) {
		double first = 0, seconds, start = now();
		other_matcher *m = other_new((other_kind)kind, names, c->concepts.len);
		if (!m)
			continue;
		double compiled = now() - start;
		MEASURE(first, seconds, others_all(m, b));
		report(other_name(m), first, seconds, b, sink);
		printf("  %-34s %7.2f ms; ours is %.1f times as fast at matching\n", "  compiled in", compiled * 1e3,
			seconds / ours);
		compare(l, m, b, c);
		other_free(m);
	}
	free(names);
}

static lexicon *make(bench *b, catalog *c, arena *a, size_t count)
{
	*c = (catalog){ 0 };
	concept *all = NEWN(a, concept, count);
	for (size_t i = 0; all && i < count; i++) {
		all[i].id = arena_printf(a, "n%zu", i);
		all[i].name = b->names.ptr[i * b->names.len / count];
		vec_push(a, &c->concepts, &all[i]);
	}
	return lexicon_new(a, c, &b->d);
}

static void measure(bench *b, size_t wanted)
{
	size_t count = wanted < b->names.len ? wanted : b->names.len;
	arena a = { 0 };
	catalog c;
	lexicon *l = make(b, &c, &a, count);
	double compile = 1e9, first = 0, seconds;
	for (int i = 0; l && i < ROUNDS; i++) {
		arena other = { 0 };
		double start = now();
		lexicon_free(lexicon_new(&other, &c, &b->d));
		double took = now() - start;
		compile = took < compile ? took : compile;
		arena_free(&other);
	}
	printf("%zu names, compiled in %.2f ms\n", count, compile * 1e3);
	if (!l)
		return;
	MEASURE(first, seconds, scan_all(l, b));
	report("scanner and filter alone", first, seconds, b, sink);
	MEASURE(first, seconds, match_all(l, b));
	report("lexicon_find", first, seconds, b, sink);
	run_others(l, b, &c, seconds);
	lexicon_free(l);
	arena_free(&a);
}

int main(int argc, char **argv)
{
	static bench b;
	str shared = str_from(argc > 1 ? argv[1] : getenv("CW_SHARED"));
	b.s.arena = b.d.arena = b.seen.arena = &b.a;
	b.d.sources = &b.s;
	str folder = shared.len ? shared : STR("../shared");
	read_texts(&b, io_join(&b.a, folder, STR("postings")));
	read_names(&b, io_join(&b.a, folder, STR("taxonomies")));
	if (b.texts.len == 0 || b.names.len == 0) {
		printf("skipped: no postings or no taxonomies in %.*s\n", STRF(folder));
		return 0;
	}
	printf("%zu texts, %.2f MB, %zu names to choose from\n", b.texts.len, (double)b.bytes / 1e6, b.names.len);
	measure(&b, 500);
	measure(&b, 5000);
	arena_free(&b.a);
	return 0;
}
