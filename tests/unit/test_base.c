/* The containers and small tools of base/. */
#include "fixture.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/map.h"
#include "base/number.h"
#include "base/text.h"
#include "base/utf8.h"
#include "base/value.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- str */

Test(str, comparing)
{
	require(str_eq(STR(""), str_from(NULL)) && str_eq((str){ 0 }, STR("")));
	require(str_eq(STR("a\0b"), STR("a\0b")) && !str_eq(STR("a\0b"), STR("a\0c")) &&
			!str_eq(STR("a"), STR("ab")));
	require(str_eq_nocase(STR("K8s"), STR("k8S")) && !str_eq_nocase(STR("\xC3\x89"), STR("\xC3\xA9")));
	require(str_eq_nocase(STR("[@"), STR("{`")) == false);
	require(str_cmp(STR("a"), STR("b")) < 0 && str_cmp(STR("b"), STR("a")) > 0 &&
			str_cmp(STR("a"), STR("a")) == 0);
	require(str_cmp(STR("a"), STR("ab")) < 0 && str_cmp(STR("\xFF"), STR("a")) > 0 &&
			str_cmp((str){ 0 }, STR("a")) < 0);
	require(str_starts(STR("abc"), STR("ab")) && str_starts(STR("a"), STR("")) &&
			!str_starts(STR("a"), STR("ab")));
	require(
		str_ends(STR("abc"), STR("bc")) && str_ends((str){ 0 }, STR("")) && !str_ends(STR("c"), STR("bc")));
}

Test(str, finding)
{
	str s = STR("abcabcABC");
	require(str_find(s, STR("ca"), 0) == 2 && str_find(s, STR("abc"), 1) == 3 &&
			str_find(s, STR("abc"), 4) == SIZE_MAX);
	require(str_find(s, STR(""), 9) == 9 && str_find(s, STR(""), 10) == SIZE_MAX &&
			str_find(s, STR("C"), 8) == 8);
	require(str_find(s, STR("abcabcABCd"), 0) == SIZE_MAX && str_find((str){ 0 }, STR("a"), 0) == SIZE_MAX);
	require(str_find_nocase(s, STR("aBc"), 4) == 6 && str_find_nocase(s, STR("x"), 0) == SIZE_MAX);
	require(str_find(STR("aab"), STR("ab"), 0) == 1);
}

Test(str, cutting)
{
	assert_str(str_sub(STR("abc"), 1, 9), "bc");
	assert_str(str_sub(STR("abc"), 9, 1), "");
	assert_str(str_sub((str){ 0 }, 0, 1), "");
	assert_str(str_skip(STR("abc"), 2), "c");
	assert_str(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
	assert_str(str_trim(STR(" \n ")), "");
	str_cut cut = str_split(STR("a:b:c"), ':');
	require(cut.ok);
	assert_str(cut.head, "a");
	assert_str(cut.tail, "b:c");
	cut = str_split(STR("abc"), ':');
	require(cut.ok == false && cut.tail.len == 0);
	assert_str(cut.head, "abc");
	cut = str_split(STR(":"), ':');
	require(cut.ok && cut.head.len == 0 && cut.tail.len == 0);
}

Test(str, ids)
{
	static const char *const good[] = { "a", "9", "k8s-operators", "a_b", "0-", "a" };
	static const char *const bad[] = { "", "-a", "_a", "A", "a b", "a.b", "a/b", "\xC3\xA9", "a\n" };
	for (size_t i = 0; i < COUNT(good); i++)
		cr_expect(str_is_id(str_from(good[i])), "%s", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect(str_is_id(str_from(bad[i])) == false, "%s", bad[i]);
	char longest[82];
	memset(longest, 'a', sizeof longest);
	require(str_is_id((str){ longest, 80 }) && str_is_id((str){ longest, 81 }) == false);
}

/* ---- arena, buf, vec, map */

Test(arena, aligned_and_zeroed)
{
	arena a = { 0 };
	for (size_t i = 1; i < 3000; i++) {
		unsigned char *p = arena_alloc(&a, 1, i, 1);
		double *d = NEWN(&a, double, i % 7 + 1);
		require(p && d && (uintptr_t)d % _Alignof(double) == 0);
		for (size_t k = 0; k < i; k++)
			require_that(p[k] == 0, "byte %zu of %zu", k, i);
		memset(p, 0xAA, i);
	}
	require(NEWN(&a, char, 0) == NULL && a.failed == false);
	char *large = NEWN(&a, char, (size_t)9 << 20);
	require(large && large[((size_t)9 << 20) - 1] == 0);
	arena_free(&a);
	require(a.total == 0 && a.count == 0 && a.head == NULL);
	require(NEW(&a, int) != NULL);
	arena_free(&a);
	NO_LEAKS();
}

Test(arena, growing)
{
	arena a = { 0 };
	char *p = NEWN(&a, char, 10);
	memcpy(p, "0123456789", 10);
	char *q = arena_grow(&a, p, 10, 1000, 1);
	require(q == p && q[999] == 0);
	NEW(&a, char);
	char *r = arena_grow(&a, q, 1000, 2000, 1);
	require(r && r != q && memcmp(r, "0123456789", 10) == 0 && r[1999] == 0);
	require(arena_grow(&a, NULL, 0, 5, 1) != NULL);
	r = arena_grow(&a, r, 2000, (size_t)5 << 20, 1);
	require(r && memcmp(r, "0123456789", 10) == 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(arena, failure_is_latched)
{
	arena a = { .fail_at = 3 };
	require(NEW(&a, int) && NEW(&a, int) && a.failed == false);
	require(NEW(&a, int) == NULL && a.failed && NEW(&a, int) == NULL);
	assert_str(arena_str(&a, STR("x")), "");
	require(arena_cstr(&a, STR("x"))[0] == '\0');
	assert_str(arena_printf(&a, "%d", 1), "");
	buf b = { .arena = &a };
	buf_str(&b, STR("x"));
	buf_printf(&b, "%d", 1);
	buf_char(&b, 'c');
	buf_code_point(&b, 0x1F600);
	require(b.len == 0);
	assert_str(buf_done(&b), "");
	vec_str v = { 0 };
	vec_push(&a, &v, STR("x"));
	map m = { .arena = &a };
	require(v.len == 0 && map_put(&m, STR("k"), &v) == NULL && map_get(&m, STR("k")) == NULL);
	value made = value_new_map(&a);
	require(made.kind == V_NULL);
	value_set(&a, made, "k", value_int(1));
	require(value_get(made, STR("k")) == NULL && value_new_list(&a, 3).list.len == 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(arena, limits)
{
	arena a = { .limit = 200000 };
	require(NEWN(&a, char, 150000) && a.total <= 200000);
	require(NEWN(&a, char, 150000) == NULL && a.failed && a.total <= 200000);
	arena_free(&a);
	require(a.limit == 200000 && NEWN(&a, char, 1000));
	arena_free(&a);
	require(NEWN(&a, double, SIZE_MAX / 2) == NULL && a.failed);
	arena_free(&a);
	require(arena_alloc(&a, SIZE_MAX, SIZE_MAX, 1) == NULL && a.failed);
	arena_free(&a);
	NO_LEAKS();
}

Test(arena, strings)
{
	arena a = { 0 };
	str s = arena_str(&a, STR("a\0b"));
	require(s.len == 3 && memcmp(s.ptr, "a\0b", 4) == 0);
	require(strcmp(arena_cstr(&a, STR("abc")), "abc") == 0 && arena_str(&a, (str){ 0 }).ptr[0] == '\0');
	assert_str(arena_printf(&a, "%s-%05d", "x", 42), "x-00042");
	assert_str(arena_printf(&a, "%s", ""), "");
	arena_free(&a);
	NO_LEAKS();
}

Test(buf, building)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	assert_str(buf_done(&b), "");
	for (int i = 0; i < 1000; i++)
		buf_printf(&b, "%d,", i);
	str s = buf_done(&b);
	require(s.len == 3890 && str_ends(s, STR(",998,999,")));
	buf c = { .arena = &a };
	static const uint32_t points[] = { 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF };
	for (size_t i = 0; i < COUNT(points); i++)
		buf_code_point(&c, points[i]);
	s = buf_done(&c);
	size_t at = 0;
	for (size_t i = 0; i < COUNT(points); i++)
		require(utf8_next(s, &at) == points[i]);
	require(at == s.len);
	arena_free(&a);
	NO_LEAKS();
}

Test(buf, has_a_maximum)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	static char block[1 << 20];
	for (size_t i = 0; i < BUF_MAX / sizeof block && a.failed == false; i++)
		buf_str(&b, (str){ block, sizeof block });
	require(a.failed == false && b.len == BUF_MAX);
	buf_char(&b, 'x');
	require(a.failed && buf_done(&b).len == 0);
	arena_free(&a);
	NO_LEAKS();
}

Test(vec, pushing)
{
	arena a = { 0 };
	VEC(int) v = { 0 };
	VEC(int) w = { 0 };
	for (int i = 0; i < 5000; i++) {
		vec_push(&a, &v, i);
		vec_push(&a, &w, -i);
	}
	require(v.len == 5000 && w.len == 5000);
	int i = 0;
	EACH (const int, p, v)
		require(*p == i++);
	require(w.ptr[4999] == -4999);
	list_str none = { 0 };
	EACH (const str, p, none)
		require_that(p == NULL, "there is one");
	arena_free(&a);
	NO_LEAKS();
}

Test(map, putting_and_getting)
{
	arena a = { 0 };
	map m = { .arena = &a };
	int values[2000];
	require(map_get(&m, STR("k")) == NULL && map_has(&m, STR("k")) == false);
	for (int i = 0; i < 2000; i++)
		require(map_put(&m, arena_printf(&a, "key %d", i * 7), &values[i]) == NULL);
	for (int i = 0; i < 2000; i++)
		require(map_get(&m, arena_printf(&a, "key %d", i * 7)) == &values[i]);
	require(map_has(&m, STR("key 1")) == false && m.entries.len == 2000);
	require(map_put(&m, STR("key 7"), &values[0]) == &values[1] && map_get(&m, STR("key 7")) == &values[0]);
	require(map_put(&m, STR("key 14"), NULL) == &values[2] && map_has(&m, STR("key 14")));
	require(m.entries.len == 2000);
	assert_str(m.entries.ptr[3].key, "key 21"); /* in the order of insertion */
	require(map_put(&m, STR(""), &values[9]) == NULL && map_get(&m, (str){ 0 }) == &values[9]);
	arena_free(&a);
	NO_LEAKS();
}

Test(map, out_of_memory)
{
	for (unsigned n = 1;; n++) {
		arena a = { .fail_at = n };
		map m = { .arena = &a };
		static const char keys[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
		for (size_t i = 0; i + 1 < sizeof keys; i++)
			map_put(&m, (str){ keys + i, 1 }, &m);
		for (size_t i = 0; i < m.entries.len; i++)
			require(map_get(&m, m.entries.ptr[i].key) == &m);
		bool failed = a.failed;
		arena_free(&a);
		require(failed || m.entries.len == sizeof keys - 1);
		if (!failed)
			break;
	}
	NO_LEAKS();
}

/* ---- numbers */

static void expect_double(double d, const char *text)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	buf_double(&b, d);
	assert_str(buf_done(&b), text);
	arena_free(&a);
}

static void expect_rounded(double d, int decimals, const char *text)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	buf_rounded(&b, d, decimals);
	assert_str(buf_done(&b), text);
	arena_free(&a);
}

static void expect_integer(int64_t i, const char *text)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	buf_integer(&b, i);
	assert_str(buf_done(&b), text);
	arena_free(&a);
}

Test(number, integers)
{
	expect_integer(0, "0");
	expect_integer(7, "7");
	expect_integer(-10, "-10");
	expect_integer(INT64_MAX, "9223372036854775807");
	expect_integer(INT64_MIN, "-9223372036854775808");
	NO_LEAKS();
}

Test(number, shortest)
{
	expect_double(0, "0");
	expect_double(-0.0, "-0");
	expect_double(1, "1");
	expect_double(-26, "-26");
	expect_double(0.1, "0.1");
	expect_double(0.1 + 0.2, "0.30000000000000004");
	expect_double(1.0 / 3, "0.3333333333333333");
	expect_double(2.0 / 3, "0.6666666666666666");
	expect_double(999999999999999, "999999999999999");
	expect_double(1e15, "1e+15");
	expect_double(1e22, "1e+22");
	expect_double(1e23, "1e+23");
	expect_double(123456789.125, "123456789.125");
	expect_double(5e-324, "5e-324");
	expect_double(2.5e-323, "2.5e-323");
	expect_double(DBL_MIN, "2.2250738585072014e-308");
	expect_double(DBL_MAX, "1.7976931348623157e+308");
	expect_double(NAN, "NaN");
	expect_double(INFINITY, "Infinity");
	expect_double(-INFINITY, "-Infinity");
	NO_LEAKS();
}

Test(number, rounding)
{
	expect_rounded(0.5, 0, "1");
	expect_rounded(-0.5, 0, "-1");
	expect_rounded(2.5, 0, "3");
	expect_rounded(0.125, 2, "0.13");
	expect_rounded(-0.125, 2, "-0.13");
	expect_rounded(92.30769, 1, "92.3");
	expect_rounded(1.999, 2, "2");
	expect_rounded(-0.001, 2, "0");
	expect_rounded(0.1 + 0.2, 9, "0.3");
	expect_rounded(1.5, -3, "2");
	expect_rounded(0.12345678949, 20, "0.123456789");
	expect_rounded(1e300, 2, "1e+300");
	expect_rounded(NAN, 2, "NaN");
	expect_rounded(INFINITY, 2, "Infinity");
	NO_LEAKS();
}

/* What libc prints with the fewest digits that read back as the same number. */
static str printed(arena *a, double d)
{
	for (int digits = 15; digits < 17; digits++) {
		str s = arena_printf(a, "%.*g", digits, d);
		if (strtod(s.ptr, NULL) == d)
			return s;
	}
	return arena_printf(a, "%.17g", d);
}

/* Around the powers of ten and of two, where digits and doubles change their distance, and everywhere. */
Test(number, like_libc)
{
	arena a = { 0 };
	uint64_t state = 7;
	for (int i = 0; i < 300000; i++) {
		state = state * 6364136223846793005u + 1442695040888963407u;
		double at = i % 3 == 0   ? ldexp(1, (int)(state >> 40) % 50 - 17)
					: i % 3 == 1 ? pow(10, (int)(state >> 40) % 17 - 6)
								 : ldexp((double)(state >> 11), -23 - (int)(state >> 20 & 63));
		double d = i % 3 == 2 ? at : at * (1 + ((int)(state >> 33) % 9 - 4) * DBL_EPSILON / 2);
		if (d == trunc(d))
			continue;
		buf b = { .arena = &a };
		buf_double(&b, i % 2 ? d : -d);
		str expected = printed(&a, i % 2 ? d : -d);
		require_that(str_eq(buf_done(&b), expected), "%a: %.*s instead of %.*s", d, STRF(buf_done(&b)),
			STRF(expected));
		if (i % 1000 == 0)
			arena_free(&a);
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(number, round_trip)
{
	arena a = { 0 };
	uint64_t state = 42;
	for (int i = 0; i < 200000; i++) {
		state =
			state * 6364136223846793005u + 1442695040888963407u; /* Knuth's linear congruential generator */
		uint64_t bits = state ^ state >> 33;
		double d, back;
		memcpy(&d, &bits, sizeof d);
		if (i % 2)
			d = (double)(bits % 100000) / 1000; /* as people write them */
		if (isfinite(d) == 0)
			continue;
		buf b = { .arena = &a };
		buf_double(&b, d);
		str s = buf_done(&b);
		require_that(number_parse(&back, s) && memcmp(&back, &d, sizeof d) == 0, "%a as %.*s", d, STRF(s));
		require_that(i % 2 == 0 || s.len <= 6, "%a as %.*s", d, STRF(s));
		if (i % 1000 == 0)
			arena_free(&a);
	}
	arena_free(&a);
	NO_LEAKS();
}

Test(number, parsing)
{
	static const struct {
		const char *text;
		double value;
	} good[] = { { "0", 0 }, { "-1", -1 }, { "+2.5", 2.5 }, { ".5", 0.5 }, { "5.", 5 }, { "1e3", 1000 },
		{ "1E-2", 0.01 }, { "007", 7 }, { "1e-999", 0 } };
	static const char *const bad[] = { "", "-", ".", "e5", "1e", "1e+", " 1", "1 ", "0x10", "inf", "nan",
		"1e999", "1,5", "1_000", "--1", "1.2.3",
		"12345678901234567890123456789012345678901234567890123456789012345" };
	double d;
	for (size_t i = 0; i < COUNT(good); i++)
		require_that(number_parse(&d, str_from(good[i].text)) && d == good[i].value, "%s", good[i].text);
	for (size_t i = 0; i < COUNT(bad); i++)
		require_that(number_parse(&d, str_from(bad[i])) == false, "%s", bad[i]);
	require(number_parse(&d, STR("1\0")) == false);
	int64_t n;
	require(integer_parse(&n, STR("9223372036854775807")) && n == INT64_MAX);
	require(integer_parse(&n, STR("-9223372036854775808")) && n == INT64_MIN);
	require(integer_parse(&n, STR("+7")) && n == 7);
	static const char *const bad_integers[] = { "", "+", "9223372036854775808", "-9223372036854775809", "1.0",
		" 1", "1e3", "00000000000000000000000000000000001" };
	for (size_t i = 0; i < COUNT(bad_integers); i++)
		require_that(integer_parse(&n, str_from(bad_integers[i])) == false, "%s", bad_integers[i]);
}

/* ---- utf8, text */

Test(str, find_from_beyond_the_end)
{
	cr_assert(str_find(STR("abc"), STR("b"), SIZE_MAX) == SIZE_MAX, "nothing found before");
	cr_assert(str_find(STR("abc"), STR("bc"), 4) == SIZE_MAX, "beyond the end");
	cr_assert(str_find(STR("abc"), STR("bc"), 1) == 1, "at the end");
}

Test(text, printable)
{
	arena a = { 0 };
	str plain = STR("one\ttwo\nthree \xC2\xAB\xE4\xBD\xA0\xC2\xBB");
	cr_assert(text_printable(&a, plain).ptr == plain.ptr, "nothing to replace");
	assert_str(text_printable(&a, STR("a\x1B[31mb\r\x7F\xC2\x9B")), "a?[31mb???");
	assert_str(text_printable(&a, STR("x\xE2\x80\xAEy\xD8\x9C")), "x?y?");
	assert_str(text_printable(&a, STR("bad\xFF\x1B")), "bad\xFF?");
	arena_free(&a);
	NO_LEAKS();
}

Test(utf8, good_and_bad)
{
	/* the first and the last of each length; then what RFC 3629 forbids */
	static const char good[] = "\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF\xF0\x90"
							   "\x80\x80\xF4\x8F\xBF\xBF";
	require(utf8_bad_offset(str_from(good)) == SIZE_MAX && utf8_count(str_from(good)) == 9);
	static const char *const bad[] = { "\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80",
		"\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "\xF0\x9F\x98",
		"\xC3\x41", "\xFF" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		char text[8];
		snprintf(text, sizeof text, "ab%s", bad[i]);
		require_that(utf8_bad_offset(str_from(text)) == 2, "case %zu", i);
		size_t at = 2;
		require_that(utf8_next(str_from(text), &at) == UTF8_BAD && at == 3, "case %zu", i);
	}
	require(utf8_bad_offset(STR("")) == SIZE_MAX && utf8_count(STR("a\xFF"
																   "b")) == 3);
}

static void expect_slug(const char *name, const char *slug)
{
	arena a = { 0 };
	str s = text_slug(&a, str_from(name));
	assert_str(s, slug);
	require(str_is_id(s));
	arena_free(&a);
}

Test(text, slugs)
{
	expect_slug("Advanced Kubernetes (operators, CRDs)", "advanced-kubernetes-operators-crds");
	expect_slug("C++", "c-plus-plus");
	expect_slug("C#", "c-sharp");
	expect_slug("C", "c");
	expect_slug("CI/CD & GitOps", "ci-cd-gitops");
	expect_slug("  --x--  ", "x");
	expect_slug("", "item");
	expect_slug("\xE6\x97\xA5\xE6\x9C\xAC", "item");
	expect_slug("\xFF\xFE", "item");
	expect_slug("\xC3\x86nes \xC3\xBF\xC3\x9F\xC3\xBE", "anes-yst");
	expect_slug("\xC4\x80\xC4\x8D\xC4\x91\xC4\x9B\xC4\xA3\xC4\xA7\xC4\xB1\xC4\xB5\xC4\xB7\xC5\x82\xC5\x8B\xC5"
				"\x93\xC5\x99"
				"\xC5\xA1\xC5\xA7\xC5\xB3\xC5\xB5\xC5\xB7\xC5\xBE\xC5\xBF",
		"acdeghijklnorstuwyzs");
	expect_slug("123456789 123456789 123456789 123456789 123456789 123456789 123456789",
		"123456789-123456789-123456789-123456789-123456789-123456789");
	NO_LEAKS();
}

Test(text, suggestions)
{
	static const str names[] = { { "minutes", 7 }, { "metrics", 7 }, { "id", 2 }, { "title", 5 },
		{ "tiers", 5 } };
	assert_str(text_suggest(STR("minuts"), names, COUNT(names)), "minutes");
	assert_str(text_suggest(STR("Minutes"), names, COUNT(names)), "minutes");
	assert_str(text_suggest(STR("tilte"), names, COUNT(names)), "title");
	assert_str(text_suggest(STR("di"), names, COUNT(names)), "id");
	assert_str(text_suggest(STR("xyz"), names, COUNT(names)), "");
	assert_str(text_suggest(STR("title"), names, COUNT(names)), "title");
	assert_str(text_suggest(STR("x"), names, 0), "");
	str two[] = { STR("abd"), STR("abe") };
	assert_str(text_suggest(STR("abc"), two, 2), "abd"); /* ties: the first */
	require(
		text_distance(STR("kitten"), STR("sitting"), 9) == 3 && text_distance(STR("ab"), STR("ba"), 9) == 1);
	require(text_distance(STR(""), STR("abc"), 9) == 3 && text_distance(STR("abc"), STR(""), 9) == 3);
	char longest[70];
	memset(longest, 'a', sizeof longest);
	require(text_distance((str){ longest, 64 }, (str){ longest, 64 }, 3) == 0);
	require(text_distance((str){ longest, 65 }, STR("a"), 3) == 4);
}

Test(text, words)
{
	require(text_words(STR("")) == 0 && text_words(STR("  a  b\nc ")) == 3);
	str s = STR("(Ray, it's on-call) - x- \xC3\xA9t\xC3\xA9 C++");
	static const char *const words[] = { "Ray", "it's", "on-call", "x", "\xC3\xA9t\xC3\xA9", "C", "" };
	size_t at = 0;
	for (size_t i = 0; i < COUNT(words); i++)
		assert_str(text_next_word(s, &at), words[i]);
	arena a = { 0 };
	assert_str(text_lower(&a, STR("AbC\xC3\x89")), "abc\xC3\x89");
	assert_str(text_lower(&a, STR("")), "");
	assert_str(text_one_line(&a, STR("  a \n\t b  c \n")), "a b c");
	assert_str(text_one_line(&a, STR(" \n")), "");
	arena_free(&a);
	NO_LEAKS();
}

Test(text, find_word)
{
	str s = STR("array X-ray Ray ray2 \xC3\xA9ray ray");
	require(text_find_word(s, STR("ray"), 0, false) == 8);
	require(text_find_word(s, STR("ray"), 9, false) == 12 && text_find_word(s, STR("ray"), 9, true) == 27);
	require(text_find_word(s, STR("rays"), 0, false) == SIZE_MAX &&
			text_find_word(s, STR(""), 3, false) == SIZE_MAX);
	require(text_find_word(STR("C++ and C"), STR("C++"), 0, true) == 0 &&
			text_find_word(STR(".NETs"), STR(".NET"), 0, true) == SIZE_MAX);
	require(text_find_word(STR("ASP.NET"), STR(".NET"), 0, true) == 3 &&
			text_find_word(STR(""), STR("a"), 0, true) == SIZE_MAX);
}

/* ---- values and JSON */

Test(value, maps_keep_their_order)
{
	arena a = { 0 };
	value m = value_new_map(&a);
	for (int i = 0; i < 100; i++)
		value_set_str(&a, m, arena_printf(&a, "k%d", i), value_int(i));
	value_set(&a, m, "k5", value_bool(true));
	require(m.map->pairs.len == 100 && value_get(m, STR("k5"))->kind == V_BOOL &&
			value_get(m, STR("k99"))->integer == 99);
	require(value_get(m, STR("k100")) == NULL && value_get(V_NONE, STR("k")) == NULL);
	assert_str(m.map->pairs.ptr[5].key.string, "k5");
	arena_free(&a);
	NO_LEAKS();
}

static void expect_json(value v, int indent, const char *expected)
{
	arena a = { 0 };
	buf b = { .arena = &a };
	json_value(&b, v, indent);
	assert_str(buf_done(&b), expected);
	arena_free(&a);
}

Test(json, scalars)
{
	expect_json(V_NONE, -1, "null");
	expect_json(value_bool(true), -1, "true");
	expect_json(value_int(-5), -1, "-5");
	expect_json(value_int(9007199254740992), -1, "9007199254740992");
	expect_json(value_int(9007199254740993), -1, "\"9007199254740993\"");
	expect_json(value_int(INT64_MIN), -1, "\"-9223372036854775808\"");
	expect_json((value){ .kind = V_UINT, .uinteger = UINT64_MAX }, -1, "\"18446744073709551615\"");
	expect_json(value_double(0.1), -1, "0.1");
	expect_json(value_double(NAN), -1, "\"NaN\"");
	expect_json(value_double(-INFINITY), -1, "\"-Infinity\"");
	expect_json(value_literal("a\"\\\n\t\r\x01\x7F/\xC3\xA9\xFF"), -1,
		"\"a\\\"\\\\\\n\\t\\r\\u0001\\u007f/\xC3\xA9\xEF\xBF\xBD\"");
	expect_json((value){ .kind = V_TYPE, .string = STR("int") }, -1, "\"int\"");
	static const char *const base64[] = { "", "Zg==", "Zm8=", "Zm9v",
		"Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy" }; /* RFC 4648 */
	for (size_t i = 0; i < COUNT(base64); i++) {
		char expected[16];
		snprintf(expected, sizeof expected, "\"%s\"", base64[i]);
		expect_json((value){ .kind = V_BYTES, .string = str_sub(STR("foobar"), 0, i) }, -1, expected);
	}
	NO_LEAKS();
}

Test(json, times)
{
	static const struct {
		int64_t seconds;
		int32_t nanos;
		const char *stamp, *duration;
	} cases[] = {
		{ 0, 0, "\"1970-01-01T00:00:00Z\"", "\"0s\"" },
		{ 951782400, 500000000, "\"2000-02-29T00:00:00.5Z\"", "\"951782400.5s\"" },
		{ 951868800, 1000, "\"2000-03-01T00:00:00.000001Z\"", "\"951868800.000001s\"" },
		{ 4107542399, 1, "\"2100-02-28T23:59:59.000000001Z\"", "\"4107542399.000000001s\"" },
		{ -1, 0, "\"1969-12-31T23:59:59Z\"", "\"-1s\"" },
		{ -62135596800, 0, "\"0001-01-01T00:00:00Z\"", "\"-62135596800s\"" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		value v = { .kind = V_TIMESTAMP, .time = { .seconds = cases[i].seconds, .nanos = cases[i].nanos } };
		expect_json(v, -1, cases[i].stamp);
		v.kind = V_DURATION;
		expect_json(v, -1, cases[i].duration);
	}
	expect_json(
		(value){ .kind = V_DURATION, .time = { .seconds = 0, .nanos = -500000000 } }, -1, "\"-0.5s\"");
	NO_LEAKS();
}

Test(json, layout)
{
	arena a = { 0 };
	value m = value_new_map(&a), list = value_new_list(&a, 2);
	list.list.ptr[0] = value_int(1);
	value_set(&a, m, "list", list);
	value_set(&a, m, "empty", value_new_map(&a));
	value_set(&a, m, "none", value_new_list(&a, 0));
	value_append(&a, m.map, value_bool(false), value_int(1));
	value_append(&a, m.map, value_int(-3), value_int(1));
	value_append(&a, m.map, (value){ .kind = V_UINT, .uinteger = 3 }, value_int(1));
	expect_json(
		m, -1, "{\"list\": [1, null], \"empty\": {}, \"none\": [], \"false\": 1, \"-3\": 1, \"3\": 1}");
	expect_json(m, 0,
		"{\n  \"list\": [\n    1,\n    null\n  ],\n  \"empty\": {},\n  \"none\": [],\n  \"false\": 1,\n  "
		"\"-3\": 1,\n"
		"  \"3\": 1\n}");
	arena_free(&a);
	NO_LEAKS();
}

Test(hash, known_answers)
{
	arena a = { 0 };
	/* FIPS 180-4 examples */
	assert_str(hash_sha256(&a, STR("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_str(
		hash_sha256(&a, STR("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	arena_free(&a);
	NO_LEAKS();
}
