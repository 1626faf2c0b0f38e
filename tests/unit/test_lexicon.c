/* The matching engine: its scanner against a scalar twin, its index against a naive search, and the borders
 * and patterns that decide. tests/unit/test_evidence.c has what rows of a workbook promise. */
#include "evidence/lexicon_parts.h"
#include "fixture.h"
#include "random.h"
#include "read/record.h"
#include "read/yaml.h"

#include "model/load.h"

#include <stdlib.h>

typedef struct {
	fixture f;
	catalog c;
	lexicon *l;
} words;

static void words_open(words *w, str concepts)
{
	*w = (words){ 0 };
	fixture_open(&w->f, STR("lexicon.yaml"), concepts);
	static catalog_file file;
	const yaml_node *root = yaml_read(&w->f.a, w->f.source, &w->f.d);
	require_that(root && record_read(&catalog_file_record, &file, root, &w->f.a, &w->f.d), "%.*s",
		STRF(fixture_said(&w->f)));
	EACH (concept, one, file.concepts)
		vec_push(&w->f.a, &w->c.concepts, one);
	w->l = lexicon_new(&w->f.a, &w->c, &w->f.d);
	require(w->l != NULL);
}

static void words_close(words *w)
{
	lexicon_free(w->l);
	fixture_close(&w->f);
}

/* "id(words) id(words)". The text is searched in memory of exactly its size, so that reading beyond shows. */
static str found_in(words *w, str text)
{
	char *exact = malloc(text.len + !text.len);
	require(exact != NULL);
	if (text.len)
		memcpy(exact, text.ptr, text.len);
	vec_hit hits = { 0 };
	lexicon_find(&hits, w->l, (str){ .ptr = exact, .len = text.len }, &w->f.a);
	buf out = { .arena = &w->f.a };
	EACH (const lexicon_hit, h, hits) {
		require(h->from < h->to && h->to <= text.len && h->entry.len);
		buf_printf(&out, "%s%.*s(%.*s)", out.len ? " " : "", STRF(h->concept->id),
			STRF(str_sub(text, h->from, h->to - h->from)));
	}
	free(exact);
	return buf_done(&out);
}

static void expect_found(words *w, const char *text, const char *expected)
{
	str got = found_in(w, str_from(text));
	cr_expect(str_eq(got, str_from(expected)), "'%s': got %.*s, expected %s", text, STRF(got), expected);
}

/* ---- scanner */

static void expect_same_classes(const char *bytes)
{
	byte_classes simd = scan_classes(bytes), scalar = scan_classes_scalar(bytes);
	require(simd.word == scalar.word && simd.lead == scalar.lead);
}

Test(scan, simd_and_scalar)
{
	char bytes[SCAN_BLOCK + 16];
	for (int value = 0; value < 256; value++)
		for (int at = 0; at < SCAN_BLOCK; at++)
			for (int other = 0; other < 2; other++) {
				memset(bytes, other ? 'x' : ' ', sizeof bytes);
				bytes[at] = (char)value;
				expect_same_classes(bytes);
				byte_classes c = scan_classes(bytes);
				require((c.word >> at & 1) == is_alnum((char)value));
				require((c.lead >> at & 1) == (value >= 0xC0));
			}
	random_source r = seeded(4);
	for (int round = 0; round < 20000; round++) {
		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = (char)draw(&r, 256);
		expect_same_classes(bytes + round % 16);
	}
}

static key_filter open_filter(uint64_t *bits, size_t count)
{
	memset(bits, 0xFF, count * sizeof *bits);
	return (key_filter){ .bits = bits,
		.alone = bits,
		.following = bits,
		.shift = 54,
		.beyond_ascii = true,
		.open = { [2] = true, [3] = true } };
}

/* All words with all their keys, found a byte at a time. */
static size_t naive_words(str text, size_t at, scan_word *out)
{
	size_t count = 0;
	char bytes[KEY_BYTES] = { 0 };
	unsigned char c = (unsigned char)text.ptr[at];
	if (c < 0xC0 && (!is_alnum((char)c) || border_inside(text, at)))
		return 0;
	str rest = str_skip(text, at);
	memcpy(bytes, rest.ptr, rest.len < KEY_BYTES ? rest.len : KEY_BYTES);
	size_t len = scan_key_bytes(rest);
	if (c >= 0xC0)
		len = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2; /* also where the text ends inside a character */
	out[count++] = (scan_word){ .key = scan_key(scan_load(bytes), len), .at = (uint32_t)at };
	for (size_t open = 2; c < 0xC0 && open <= 3 && open <= len; open++)
		out[count++] = (scan_word){ .key = scan_open_key(scan_load(bytes), open), .at = (uint32_t)at };
	return count;
}

static int by_word(const void *a, const void *b)
{
	const scan_word *x = a, *y = b;
	return x->at != y->at ? (x->at < y->at ? -1 : 1) : x->key < y->key ? -1 : x->key > y->key;
}

typedef size_t scanner(const key_filter *, str, size_t *, scan_word *);

static void expect_words(str text, scanner *scan)
{
	static scan_word got[SCAN_CHUNK * WORD_KINDS * 4], wanted[SCAN_CHUNK * WORD_KINDS * 4];
	uint64_t bits[16];
	key_filter f = open_filter(bits, COUNT(bits));
	size_t have = 0, want = 0;
	for (size_t at = 0; at < text.len;)
		have += scan(&f, text, &at, got + have);
	for (size_t at = 0; at < text.len; at++)
		want += naive_words(text, at, wanted + want);
	qsort(got, have, sizeof *got, by_word);
	require_that(have == want, "%zu words of %zu in %zu bytes", have, want, text.len);
	for (size_t i = 0; i < have; i++)
		require(got[i].at == wanted[i].at && got[i].key == wanted[i].key);
}

static void expect_all_words(str text)
{
	expect_words(text, scan_words);
	expect_words(text, scan_words_plain);
}

Test(scan, every_length_and_alignment)
{
	static const char *const parts[] = { "a", "go", "kubernetes", "K8s", " ", ", ", "-", "\n", ".",
		"\xC3\xA9", "\xE2\x80\x94", "\xF0\x9F\x9A\x80", "x1", "internationalisation" };
	random_source r = seeded(7);
	char *text = malloc(1400);
	require(text != NULL);
	size_t len = 0;
	while (len < 1360) {
		const char *part = parts[draw(&r, COUNT(parts))];
		memcpy(text + len, part, strlen(part));
		len += strlen(part);
	}
	for (size_t n = 1; n <= 1300; n += n < 700 ? 1 : 13) {
		size_t from = n % 61;
		char *exact = malloc(n);
		require(exact != NULL);
		memcpy(exact, text + from, n);
		expect_all_words((str){ .ptr = exact, .len = n });
		free(exact);
	}
	for (size_t from = 0; from < 64; from++)
		expect_all_words((str){ .ptr = text + from, .len = 600 });
	free(text);
	NO_LEAKS();
}

/* ---- index */

static const char *const pieces[] = { "go", "Go", "data", "Data", "base", "C", "c", "R", "++", "#", "-", ".",
	" ", " ", " ", ",", "/", "&", "'", "js", "net", "NET", "kubernetes", "amazon", "web", "services", "\n",
	"\xC3\x89", "\xC3\xA9", "\xE2\x80\x99", "\xE2\x80\x9C", "\xC2\xA0", "\xE4\xB8\xAD", "1", "17", "x", "_",
	"+", "(", ")" };

static str random_text(arena *a, random_source *r, uint32_t count)
{
	buf b = { .arena = a };
	for (uint32_t i = 0; i < count; i++)
		buf_str(&b, str_from(pieces[draw(r, COUNT(pieces))]));
	return arena_str(a, buf_done(&b));
}

static bool has_word(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (is_alnum(name.ptr[i]) || (unsigned char)name.ptr[i] >= 0x80)
			return true;
	return false;
}

static int by_place(const void *a, const void *b)
{
	const lexicon_hit *x = a, *y = b;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->to != y->to)
		return x->to > y->to ? -1 : 1;
	return str_cmp(x->concept->id, y->concept->id);
}

/* Tries every name at every place. */
static void find_naively(vec_hit *out, const catalog *c, str text, arena *a)
{
	EACH (concept *, one, c->concepts) {
		str name = (*one)->name;
		for (size_t at = 0; has_word(name) && at + name.len <= text.len; at++) {
			str there = str_sub(text, at, name.len);
			bool same = (*one)->requires.match_case ? str_eq(there, name) : str_eq_nocase(there, name);
			if (same && border_holds(text, at, at + name.len))
				vec_push(a, out,
					(lexicon_hit){ .concept = *one,
						.from = (uint32_t)at,
						.to = (uint32_t)(at + name.len),
						.entry = name });
		}
	}
	if (out->len)
		qsort(out->ptr, out->len, sizeof *out->ptr, by_place);
}

static void expect_naive(const lexicon *l, const catalog *c, str text, arena *a, size_t *hits)
{
	vec_hit got = { 0 }, wanted = { 0 };
	lexicon_find(&got, l, text, a);
	find_naively(&wanted, c, text, a);
	*hits += got.len;
	require_that(got.len == wanted.len, "%zu hits, not %zu, in '%.*s'", got.len, wanted.len, STRF(text));
	for (size_t i = 0; i < got.len; i++)
		require_that(got.ptr[i].concept == wanted.ptr[i].concept && got.ptr[i].from == wanted.ptr[i].from &&
						 got.ptr[i].to == wanted.ptr[i].to,
			"hit %zu in '%.*s'", i, STRF(text));
}

Test(lexicon_find, same_as_naive_search)
{
	random_source r = seeded(11);
	size_t hits = 0;
	for (uint32_t round = 0; round < 300; round++) {
		arena a = { 0 };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		catalog c = { 0 };
		uint32_t count = 1 + draw(&r, 60);
		for (uint32_t i = 0; i < count; i++) {
			concept *one = NEW(&a, concept);
			one->id = str_from(name(&a, "c", i));
			one->name = random_text(&a, &r, 1 + draw(&r, 4));
			one->requires.match_case = draw(&r, 2);
			vec_push(&a, &c.concepts, one);
		}
		lexicon *l = lexicon_new(&a, &c, &d);
		require(l != NULL);
		for (int texts = 0; texts < 12; texts++)
			expect_naive(l, &c, random_text(&a, &r, draw(&r, 500)), &a, &hits);
		lexicon_free(l);
		arena_free(&a);
	}
	require(hits > 10000);
	NO_LEAKS();
}

/* ---- borders */

static const char traps_text[] =
	"concepts:\n"
	"  - {id: golang, kind: skill, name: Go, aliases: [golang], requires: {case: true}}\n"
	"  - {id: c, kind: skill, name: C, requires: {case: true}}\n"
	"  - {id: cpp, kind: skill, name: C++}\n"
	"  - {id: csharp, kind: skill, name: 'C#'}\n"
	"  - {id: r, kind: skill, name: R, requires: {case: true}}\n"
	"  - {id: dotnet, kind: skill, name: .NET, aliases: [ASP.NET]}\n"
	"  - {id: node, kind: skill, name: Node.js}\n"
	"  - {id: javascript, kind: skill, name: JavaScript, aliases: [JS]}\n"
	"  - {id: java, kind: skill, name: Java}\n"
	"  - {id: ray, kind: technology, name: Ray, requires: {case: true}}\n"
	"  - {id: vault, kind: technology, name: Vault, requires: {unless: '(?i)(veeva|data)\\s+vault', case: "
	"true}}\n"
	"  - {id: docker, kind: technology, name: Docker}\n"
	"  - {id: aws, kind: technology, name: AWS}\n"
	"  - {id: spark, kind: technology, name: Spark, requires: {near: '(?i)hadoop|apache|data'}}\n";

static const struct {
	const char *text, *expected;
} traps[] = {
	{ "go-to-market Go-to-Market Go\xE2\x80\x91to\xE2\x80\x91market", "" },
	{ "Go-based, Go", "golang(Go) golang(Go)" },
	{ "C, C++, C#, C", "c(C) cpp(C++) csharp(C#) c(C)" },
	{ "C/C++ C++17 C++/C#", "c(C) cpp(C++) cpp(C++) cpp(C++) csharp(C#)" },
	{ "C-level, C-suite, Vitamin-C, C&A, A&C, C.V., B.C., C3", "" },
	{ "C. And C's (C)", "c(C) c(C) c(C)" },
	{ "R&D, R&amp;D, Q&R, R-squared, U.S.R, R.N., d'R", "" },
	{ "R, R/Python and R.", "r(R) r(R) r(R)" },
	{ "Python & R & SQL", "r(R)" },
	{ ".NET, use .NET.", "dotnet(.NET) dotnet(.NET)" },
	{ "ASP.NET VB.NET example.net", "dotnet(ASP.NET)" },
	{ "Node.js NodeJS node.js.", "node(Node.js) node(node.js)" },
	{ "Next.js, d3.js; JS", "javascript(JS)" },
	{ "JavaScript Java", "javascript(JavaScript) java(Java)" },
	{ "Java.Experience with AWS.Docker", "java(Java) aws(AWS) docker(Docker)" },
	{ "docker.com www.docker.io hub.docker.com jobs@docker.com", "" },
	{ "https://github.com/docker", "docker(docker)" },
	{ "X-Ray X-ray Blu-Ray Ray-Ban", "ray(Ray)" },
	{ "Veeva Vault, Vault, Data Vault", "vault(Vault)" },
	{ "Veeva Vault\nVault", "vault(Vault)" },
	{ "Veeva\nVault", "vault(Vault)" },
	{ "Spark joy", "" },
	{ "Spark on Hadoop, Spark", "spark(Spark) spark(Spark)" },
	{ "\xE2\x80\x9C"
	  "Docker\xE2\x80\x9D \xC2\xAB"
	  "Docker\xC2\xBB \xE2\x80\xA2"
	  "Docker\xE2\x80\xA6 Docker\xC2\xA0",
		"docker(Docker) docker(Docker) docker(Docker) docker(Docker)" },
	{ "Docker\xE2\x80\x99s Docker's Docker\xC2\xAE Docker\xE2\x84\xA2",
		"docker(Docker) docker(Docker) docker(Docker) docker(Docker)" },
	{ "d\xE2\x80\x99"
	  "AWS d'AWS l'AWS",
		"aws(AWS) aws(AWS) aws(AWS)" },
	{ "\xEF\x82\xB7"
	  "AWS \xF0\x9F\x9A\x80"
	  "AWS",
		"aws(AWS) aws(AWS)" },
	{ "\xC3\xA9"
	  "AWS AWS\xC3\xA9 AWSs MyAWS AWS2",
		"" },
	{ "AWS_ _AWS_ *AWS* <AWS>", "aws(AWS) aws(AWS) aws(AWS) aws(AWS)" },
	{ "non-AWS AWS-native AWS-to-GCP", "aws(AWS)" },
};

Test(lexicon_find, traps)
{
	words w;
	words_open(&w, str_from(traps_text));
	fixture_expect(&w.f, "");
	for (size_t i = 0; i < COUNT(traps); i++)
		expect_found(&w, traps[i].text, traps[i].expected);
	words_close(&w);
}

Test(lexicon_find, order_and_entries)
{
	words w;
	words_open(&w, STR("concepts:\n"
					   "  - {id: mesh, kind: skill, name: service mesh, aliases: [Service Mesh, mesh], "
					   "patterns: ['mesh']}\n"
					   "  - {id: service, kind: skill, name: service}\n"
					   "  - {id: a, kind: skill, name: Service, aliases: ['++']}\n"));
	expect_found(&w, "service mesh", "mesh(service mesh) a(service) service(service) mesh(mesh)");
	vec_hit hits = { 0 };
	lexicon_find(&hits, w.l, STR("in mesh"), &w.f.a);
	lexicon_find(&hits, w.l, STR("Service"), &w.f.a); /* added behind */
	require(hits.len == 3 && hits.ptr[0].from == 3 && hits.ptr[0].to == 7 && hits.ptr[1].from == 0);
	require(str_eq(hits.ptr[0].entry, STR("mesh")) && str_eq(hits.ptr[1].entry, STR("Service")) &&
			str_eq(hits.ptr[2].entry, STR("service")));
	words_close(&w);
}

/* The second keys are the same, the first are not. */
Test(lexicon_find, many_names_that_end_alike)
{
	words w;
	arena a = { 0 };
	buf text = { .arena = &a }, expected = { .arena = &a };
	buf yaml = { .arena = &a };
	BUF_LIT(&yaml, "concepts:\n  - {id: x, kind: skill, name: Ray Train, aliases: [Ray]}\n");
	for (unsigned i = 0; i < 1000; i++) {
		buf_printf(&yaml, "  - {id: n%u, kind: skill, name: w%u science}\n", i, i);
		buf_printf(&text, "W%u Science, ", i);
		buf_printf(&expected, "n%u(W%u Science) ", i, i);
	}
	BUF_LIT(&text, "Ray Train");
	BUF_LIT(&expected, "x(Ray Train) x(Ray)");
	words_open(&w, arena_str(&a, buf_done(&yaml)));
	require(str_eq(found_in(&w, buf_done(&text)), buf_done(&expected)));
	words_close(&w);
	arena_free(&a);
}

Test(lexicon_find, empty_lexicon)
{
	words w;
	words_open(&w, STR("concepts:\n  - {id: signs, kind: skill, name: '++'}\n"));
	expect_found(&w, "C++ \xC3\xA9 and nothing", "");
	expect_found(&w, "", "");
	words_close(&w);
}

/* ---- patterns */

/* The starts, separated by '|': '*' behind one that may go on. "-": none that can be looked up. */
static void expect_literals(const char *p, const char *expected)
{
	arena a = { 0 };
	pattern_starts starts;
	buf out = { .arena = &a };
	bool usable = pattern_literals(&starts, str_from(p));
	for (size_t i = 0; usable && i < starts.len; i++) {
		const pattern_start *one = &starts.ptr[i];
		bool open = !one->closed && is_alnum(one->bytes[one->len - 1]);
		buf_printf(&out, "%s%.*s%s", i ? "|" : "", (int)one->len, one->bytes, open ? "*" : "");
	}
	if (!usable)
		BUF_LIT(&out, "-");
	str got = buf_done(&out);
	cr_expect(str_eq(got, str_from(expected)), "'%s': got %.*s, expected %s", p, STRF(got), expected);
	arena_free(&a);
}

static const struct {
	const char *pattern, *expected;
} starts_table[] = {
	{ "\\bGo\\b", "go" },
	{ "Go", "go*" },
	{ "(?i)\\b(kubernetes|k8s)\\b.*\\boperators?\\b", "kubernetes|k8s" },
	{ "(?i)\\boperator (development|pattern)\\b", "operator development|operator pattern" },
	{ "(?i)\\b(performance|optimi[sz]ation)\\b.*", "performance|optimisation|optimization" },
	{ "\\bZeRO\\b", "zero" },
	{ "\\bR(?= programming|,? Python)", "r programming*|r, python*|r python*" },
	{ "(?<!Veeva )\\bVault\\b", "vault" },
	{ "(?<![(\\])]x)Vault\\b", "vault" },
	{ "\\.NET\\b(?! Core)", ".net" },
	{ "C\\+\\+", "c++" },
	{ "kube\\w+", "kube*" },
	{ "Go(?:lang)?\\b", "golang|go" },
	{ "micro-?services?", "micro-services*|microservices*|micro-service*|microservice*" },
	{ "data\\s+lake", "data" },
	{ "data[ -]lake", "data lake*|data-lake*" },
	{ "data[ ,/;:-]lake", "data" },
	{ "data[a-z]+", "data*" },
	{ "data[^a]", "data*" },
	{ "Go\\s?lang", "go*" },
	{ "Go\\s+lang", "go" },
	{ "data[ -]*lake", "data*" },
	{ "foo\\b?bar", "-" },
	{ "Go(?= dev) developer", "go dev*" },
	{ "data[-s]x", "data-x*|datasx*" },
	{ "go{2}gle", "go*" },
	{ "ab*", "-" },
	{ "abc*", "ab*" },
	{ "abc+d", "abc*" },
	{ "(?:foo|bar|)x", "foox*|barx*|-" },
	{ "\\w+ in Go", "-" },
	{ "(^|\\s)Go", "-" },
	{ "z|", "-" },
	{ "\\Kx*", "-" },
	{ "\\p{Greek}+", "-" },
	{ "\\bR", "-" },
	{ "\\bR\\b", "r" },
	{ "Go\\p{L}+", "go*" },
	{ "(?x) Go", "-" },
	{ "(?#c)Go", "-" },
	{ "[[:alpha:]]x", "-" },
	{ "(?i:foo)bar", "foobar*" },
	{ "(?<n>foo) bar$", "foo bar" },
	{ "foo\\x41", "-" },
	{ "\xC3\x89lan", "-" },
	{ "foo\xC3\x89lan", "foo*" },
	{ "a very long beginning of a pattern", "a very long beginning of*" },
	{ "(a|b|c|d|e|f)(a|b|c|d|e|f)", "-" },
	{ "foo|(", "-" },
	{ "", "-" },
	{ "((((((((((((((((((foo))))))))))))))))))", "-" },
};

Test(pattern, literals)
{
	for (size_t i = 0; i < COUNT(starts_table); i++) {
		bool none = str_ends(str_from(starts_table[i].expected), STR("-"));
		expect_literals(starts_table[i].pattern, none ? "-" : starts_table[i].expected);
	}
	NO_LEAKS();
}

/* A comment hides the literal, so that the same pattern is searched for everywhere. */
static str twin_lexicon(arena *a, const char *p)
{
	return arena_printf(a,
		"concepts:\n  - {id: fast, kind: skill, name: '++', patterns: ['%s']}\n"
		"  - {id: slow, kind: skill, name: '++', patterns: ['(?#)%s']}\n",
		p, p);
}

Test(pattern, index_finds_what_a_search_finds)
{
	static const char *const patterns[] = { "\\bgo\\b", "(?i)go", "(?i)\\bdata ?base", "(?i)(go|data|C)\\b",
		"C\\+\\+", "(?i)\\.net\\b", "(?i)\\bc(?=[ ,/])", "(?<!amazon )\\bweb\\b", "(?i)amazon.{0,9}web",
		"(?i)data[- /](base|web)", "(?i)go(?:17|x)?\\b", "web(?!services)", "(?i)\\bR(?= |&)", "(?i)ku\\w*",
		"17\\b|1\\.", "go$", "data\\s", "(?i)services?-?x?" };
	random_source r = seeded(5);
	size_t hits = 0;
	for (size_t i = 0; i < COUNT(patterns); i++) {
		words w;
		arena a = { 0 };
		words_open(&w, twin_lexicon(&a, patterns[i]));
		require_that(w.l->slow.len == 1, "%s", patterns[i]);
		for (int round = 0; round < 200; round++) {
			vec_hit all = { 0 };
			str text = random_text(&a, &r, draw(&r, 200));
			lexicon_find(&all, w.l, text, &a);
			require_that(all.len % 2 == 0, "%s in '%.*s'", patterns[i], STRF(text));
			for (size_t k = 0; k < all.len; k += 2)
				require_that(all.ptr[k].from == all.ptr[k + 1].from && all.ptr[k].to == all.ptr[k + 1].to &&
								 all.ptr[k].concept != all.ptr[k + 1].concept,
					"%s at %u in '%.*s'", patterns[i], all.ptr[k].from, STRF(text));
			hits += all.len;
		}
		words_close(&w);
		arena_free(&a);
	}
	require(hits > 5000);
}

Test(pattern, conditions)
{
	words w;
	words_open(&w, STR("concepts:\n"
					   "  - {id: beam, kind: technology, name: Beam, patterns: ['\\bbeam(?= pipelines?)'],"
					   " requires: {case: true, near: 'Dataflow', unless: 'Laser Beam'}}\n"
					   "  - {id: mid, kind: skill, name: mid, patterns: ['(?i)script', '(?#)cript']}\n"));
	expect_found(&w, "Beam and beam pipelines", "");
	expect_found(&w, "Beam and beam pipelines on Dataflow, Laser Beam", "beam(Beam) beam(beam)");
	/* no match begins inside a word */
	expect_found(&w, "JavaScript Script manuscript", "mid(Script)");
	words_close(&w);
}

static str repeated(arena *a, const char *part, size_t times)
{
	buf b = { .arena = a };
	for (size_t i = 0; i < times; i++)
		buf_str(&b, str_from(part));
	return buf_done(&b);
}

/* Minutes without the limits. */
Test(pattern, backtracking_is_bounded)
{
	words w;
	words_open(&w, STR("concepts:\n"
					   "  - {id: a, kind: skill, name: A1, patterns: ['\\bstart (x+x+)+y']}\n"
					   "  - {id: b, kind: skill, name: B1, patterns: ['(?#)(x+x+)+y', '(?#)[a-z ]*=']}\n"
					   "  - {id: c, kind: skill, name: C1, patterns: ['\\bfine\\b', '\\bk8s\\b.*operator'],"
					   " requires: {near: '[a-z ]*=|fine'}}\n"));
	w.f.d.list.len = 0;
	str hostile = repeated(&w.f.a, "start xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx. y ", 4000);
	vec_hit hits = { 0 };
	lexicon_find(&hits, w.l, hostile, &w.f.a);
	require(hits.len == 0);
	expect_found(&w, "fine k8s and operator", "c(fine) c(k8s and operator)");
	lexicon_report(w.l, &w.f.d);
	fixture_expect(&w.f,
		"2:5 pattern-gave-up: pattern '\\bstart (x+x+)+y' of concept 'a' took too many steps and was given "
		"up\n"
		"3:5 pattern-gave-up: pattern '(?#)(x+x+)+y' of concept 'b' took too many steps and was given up\n");
	lexicon_find(&hits, w.l, repeated(&w.f.a, "k8s ", 100000), &w.f.a);
	lexicon_find(&hits, w.l, repeated(&w.f.a, "abcdefghijklmnopqrstuvwxyz", 10000), &w.f.a);
	require(hits.len == 0);
	words_close(&w);
}

Test(pattern, far_behind_the_beginning)
{
	words w;
	words_open(&w, STR("concepts:\n  - {id: a, kind: skill, name: A1, patterns: ['(?#)need(ed)?', "
					   "'(?#)\xC3\xA9$', '\\bwant\\b']}\n"));
	arena a = { 0 };
	for (size_t n = 1990; n < 2080; n++) {
		str text = arena_printf(&a, "%.*sneeded want", STRF(repeated(&a, "\xC3\xA9 ", n)));
		str got = found_in(&w, text);
		require_that(str_eq(got, STR("a(needed) a(want)")), "%zu: %.*s", n, STRF(got));
	}
	arena_free(&a);
	words_close(&w);
}

/* ---- memory */

Test(lexicon_find, out_of_memory)
{
	words w;
	words_open(&w, str_from(traps_text));
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n }, scratch = { 0 };
		sources s = { .arena = &a };
		diags d = { .arena = &a, .sources = &s };
		lexicon *l = lexicon_new(&a, &w.c, &d);
		vec_hit hits = { 0 };
		require((l == NULL) == a.failed);
		if (l)
			lexicon_find(&hits, l, STR("Spark on Hadoop and Vault"), &scratch);
		require(!l || hits.len == 2);
		lexicon_free(l);
		arena_free(&scratch);
		arena_free(&a);
		if (l)
			break;
	}
	str text = repeated(&w.f.a, "Spark on Hadoop and Vault. ", 50);
	for (unsigned n = 1;; n++) {
		arena scratch = { .fail_at = n };
		vec_hit hits = { 0 };
		lexicon_find(&hits, w.l, text, &scratch);
		bool failed = scratch.failed;
		require(failed || hits.len == 100);
		arena_free(&scratch);
		if (!failed)
			break;
	}
	words_close(&w);
}
