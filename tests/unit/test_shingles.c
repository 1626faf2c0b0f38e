/* How alike two texts are. */
#include "fixture.h"
#include "random.h"

#include "evidence/shingles.h"

typedef struct {
	arena a;
	hash_family f;
} bench;

static hashed_words words_of(bench *b, const char *text)
{
	hashed_words w;
	hashed_words_read(&w, &b->a, str_from(text), &b->f);
	return w;
}

static list_hash shingles_of(bench *b, str text, uint64_t title)
{
	hashed_words w;
	hashed_words_read(&w, &b->a, text, &b->f);
	return shingles_make(&b->a, &w, title, 0);
}

Test(shingles, words_ignore_case_and_punctuation)
{
	static const struct {
		const char *a, *b;
		bool same;
	} table[] = {
		{ "You will build", "you WILL, build!", true },
		{ "you\xE2\x80\x99ll build", "you'll build", true },
		{ "build\xC2\xA0it \xE2\x80\x94 now", "build it - now", true },
		{ "C++ and Go", "C and Go", true },
		{ "build it", "built it", false },
		{ "a b", "b a", false },
		{ "caf\xC3\xA9", "caf\xC3\xA8", false },
		{ "", "x", false },
		{ "--", "", true },
	};
	bench b = { 0 };
	hash_family_init(&b.f);
	for (size_t i = 0; i < COUNT(table); i++) {
		hashed_words x = words_of(&b, table[i].a), y = words_of(&b, table[i].b);
		bool same = words_hash((list_hash){ x.words.ptr, x.words.len }) ==
					words_hash((list_hash){ y.words.ptr, y.words.len });
		require_that(same == table[i].same, "%s / %s", table[i].a, table[i].b);
	}
	arena_free(&b.a);
	NO_LEAKS();
}

Test(shingles, a_place_in_the_title_makes_no_difference)
{
	arena a = { 0 };
	uint64_t plain = title_hash(&a, STR("Data Engineer"), STR("Berlin, Germany"));
	require(title_hash(&a, STR("Data Engineer, Berlin"), STR("Berlin")) == plain);
	require(title_hash(&a, STR("Data Engineer (Paris)"), STR("Paris, France")) == plain);
	require(title_hash(&a, STR("Data Engineer, Berlin"), STR("Paris")) != plain);
	require(title_hash(&a, STR("Senior Data Engineer"), STR("")) != plain);
	arena_free(&a);
	NO_LEAKS();
}

Test(shingles, blocks_are_lines_and_notices_are_seen)
{
	bench b = { 0 };
	hash_family_init(&b.f);
	hashed_words w = words_of(&b, "First line\n\n...\nWe are an Equal Opportunity employer.\nlast");
	require(w.blocks.len == 3 && w.words.len == 9);
	require(!w.blocks.ptr[0].notice && w.blocks.ptr[1].notice && w.blocks.ptr[1].skipped);
	require(w.blocks.ptr[2].from == 8 && w.blocks.ptr[2].len == 1);
	/* One long line that also has a notice in it is the posting. */
	buf long_line = { .arena = &b.a };
	for (int i = 0; i < NOTICE_WORDS; i++)
		BUF_LIT(&long_line, "word ");
	BUF_LIT(&long_line, "equal opportunity");
	w = words_of(&b, arena_cstr(&b.a, buf_done(&long_line)));
	require(w.blocks.len == 1 && !w.blocks.ptr[0].notice);
	arena_free(&b.a);
	NO_LEAKS();
}

static str numbered(arena *a, uint32_t from, uint32_t count)
{
	buf b = { .arena = a };
	for (uint32_t i = 0; i < count; i++)
		buf_printf(&b, "w%u ", from + i);
	return buf_done(&b);
}

Test(shingles, jaccard_is_exact)
{
	bench b = { 0 };
	hash_family_init(&b.f);
	/* 100 words make 96 shingles; shifted by ten, 86 are shared: 86 / 106. */
	list_hash x = shingles_of(&b, numbered(&b.a, 0, 100), 0), y = shingles_of(&b, numbered(&b.a, 10, 100), 0);
	require(x.len == 96 && y.len == 96);
	require(shingles_jaccard(x, y) == 86.0 / 106.0);
	require(shingles_jaccard(x, x) == 1);
	require(shingles_jaccard(x, (list_hash){ 0 }) == 0);
	require(shingles_jaccard((list_hash){ 0 }, (list_hash){ 0 }) == 0);
	arena_free(&b.a);
	NO_LEAKS();
}

Test(shingles, short_texts_are_alike_only_whole_and_under_one_title)
{
	bench b = { 0 };
	hash_family_init(&b.f);
	list_hash x = shingles_of(&b, STR("Apply on our site today"), 1);
	require(x.len == 1);
	require(shingles_jaccard(x, shingles_of(&b, STR("apply on our site, today!"), 1)) == 1);
	require(shingles_jaccard(x, shingles_of(&b, STR("apply on our site, today!"), 2)) == 0);
	require(shingles_jaccard(x, shingles_of(&b, STR("apply on our site now"), 1)) == 0);
	require(shingles_of(&b, STR(""), 1).len == 0);
	require(shingles_of(&b, STR("\n - \n"), 1).len == 0);
	arena_free(&b.a);
	NO_LEAKS();
}

Test(shingles, what_is_boilerplate_as_a_whole_is_compared_under_its_title)
{
	bench b = { 0 };
	hash_family_init(&b.f);
	hashed_words w = words_of(&b, arena_cstr(&b.a, numbered(&b.a, 0, 60)));
	w.blocks.ptr[0].skipped = true;
	list_hash one = shingles_make(&b.a, &w, 1, 0), two = shingles_make(&b.a, &w, 2, 0);
	require(one.len == 56 && shingles_jaccard(one, two) == 0);
	require(shingles_jaccard(one, shingles_make(&b.a, &w, 1, 9)) == 1);
	arena_free(&b.a);
	NO_LEAKS();
}

/* Pairs of a known similarity: how many share a band. The curve is 1 - (1 - J^5)^25. */
static double found_share(bench *b, size_t shared, size_t total, random_source *r)
{
	enum { PAIRS = 300 };
	int found = 0;
	for (int i = 0; i < PAIRS; i++) {
		uint64_t x[400], y[400], mine[BANDS], theirs[BANDS];
		size_t own = (total - shared) / 2;
		for (size_t k = 0; k < shared + own; k++) {
			x[k] = (uint64_t)draw(r, UINT32_MAX) << 32 | draw(r, UINT32_MAX);
			y[k] = k < shared ? x[k] : (uint64_t)draw(r, UINT32_MAX) << 32 | draw(r, UINT32_MAX);
		}
		shingles_bands(mine, (list_hash){ x, shared + own }, &b->f);
		shingles_bands(theirs, (list_hash){ y, shared + own }, &b->f);
		bool hit = false;
		for (size_t k = 0; k < BANDS; k++)
			hit = hit || mine[k] == theirs[k];
		found += hit;
	}
	return (double)found / PAIRS;
}

Test(shingles, bands_find_what_is_alike)
{
	bench b = { 0 };
	random_source r = seeded(7);
	hash_family_init(&b.f);
	double high = found_share(&b, 240, 300, &r), half = found_share(&b, 150, 300, &r),
		   low = found_share(&b, 30, 300, &r);
	require_that(high == 1, "0.8: %g", high);
	require_that(half > 0.42 && half < 0.68, "0.5: %g", half); /* 0.55 */
	require_that(low < 0.02, "0.1: %g", low);
}

/* Ledgers hold bands and hashes: a change of these numbers makes them useless. */
Test(shingles, the_numbers_stay)
{
	bench b = { 0 };
	hash_family_init(&b.f);
	uint64_t bands[BANDS];
	list_hash x = shingles_of(&b, numbered(&b.a, 0, 40), 0);
	shingles_bands(bands, x, &b.f);
	uint64_t all = 0;
	for (size_t i = 0; i < BANDS; i++)
		all = all * 31 + bands[i];
	require_that(all == 3248902677773478241u, "%llu", (unsigned long long)all);
	arena_free(&b.a);
	NO_LEAKS();
}

Test(shingles, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		bench b = { .a = { .fail_at = n } };
		hash_family_init(&b.f);
		hashed_words w;
		hashed_words_read(&w, &b.a,
			STR("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen\n"
				"sixteen seventeen eighteen nineteen twenty twenty-one\nlast"),
			&b.f);
		shingles_make(&b.a, &w, 1, 2);
		title_hash(&b.a, STR("Engineer in Oslo"), STR("Oslo"));
		bool failed = b.a.failed;
		arena_free(&b.a);
		if (!failed)
			break;
	}
	NO_LEAKS();
}
