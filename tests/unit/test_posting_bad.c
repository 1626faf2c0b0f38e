/* Files that are broken, or made to cost much: a diagnostic each, what can be read is read, and time and
 * memory are bounded. */
#define _POSIX_C_SOURCE 200809L
#include "posting_files.h"
#include "random.h"

#include <sys/stat.h>

typedef struct {
	const char *name;
	str bytes;
	const char *as, *as_of;
	size_t postings;
	int code;         /* that is reported; -1: none */
	const char *text; /* is in the first posting; NULL: not looked at */
} bad;

#define NONE (-1)
#define BYTES(lit) \
	{ \
		(lit), sizeof(lit) - 1 \
	}
#define DATED(date) BYTES("{\"title\":\"A\",\"text\":\"soup\",\"date\":" date "}")
#define WORDS \
	"We cook soup and bread every day for everybody in town and look for people who help us with that."
#define DEEP "[[[[[[[[[[[[[[[["

static const bad table[] = {
	/* --- tables --- */
	{ "a quotation mark in the header", BYTES("\"title,text\nA,soup\nB,bread\n"), "", "", 2, E_POSTING_CSV,
		"soup" },
	{ "and one behind it", BYTES("title,\"text\nA,soup\nB,\"bread\"\n"), "", "", 2, E_POSTING_CSV, "soup" },
	{ "a quotation mark in the middle", BYTES("title,text\nA,soup\nB,\"b\nC,c\nD,\"d\"\n"), "", "", 3,
		E_POSTING_CSV, "soup" },
	{ "a quotation mark at the end", BYTES("title,text\nA,soup\nB,\"b"), "", "", 1, E_POSTING_CSV, "soup" },
	{ "nothing but quotation marks", BYTES("title,text\n\"\"\"\n\"\n\"\"\"\"\"\n"), "", "", 0, E_POSTING_CSV,
		NULL },
	{ "a NUL in a table", BYTES("title,text\nA,so\0up and bread\nB,b\n"), "", "", 2, E_POSTING_ENCODING,
		"soup" },
	{ "a NUL in a header", BYTES("title,te\0xt\nA,soup and bread\n"), "csv", "", 0, E_POSTING_SHAPE, NULL },
	{ "one column", BYTES("text\nsoup\nbread\n"), "csv", "", 0, E_POSTING_SHAPE, NULL },
	{ "a header alone", BYTES("title,text\n"), "", "", 0, NONE, NULL },
	/* --- NUL bytes --- */
	{ "a NUL as JSON writes it", BYTES("{\"title\":\"A\",\"text\":\"so\\u0000up\"}"), "", "", 1, NONE, "up" },
	{ "a NUL in JSON", BYTES("{\"title\":\"A\",\"text\":\"so\0up and bread\"}"), "", "", 1,
		E_POSTING_ENCODING, "soup" },
	{ "a NUL in a page", BYTES("<html><body><h1>Cook\0</h1><p>" WORDS "</p></body></html>"), "", "", 1,
		E_POSTING_ENCODING, "soup" },
	{ "a NUL in a text", BYTES("Cook\n\nWe cook so\0up.\n"), "", "", 1, E_POSTING_ENCODING, "soup" },
	{ "nothing but NULs", BYTES("\0\0\0\0\0\0\0\0\0\0\0\0"), "", "", 0, E_POSTING_FORM, NULL },
	{ "UTF-16 that does not say so", BYTES("C\0o\0o\0k\0\n\0\n\0s\0o\0u\0p\0"), "", "", 0, E_POSTING_FORM,
		NULL },
	/* --- dates --- */
	{ "the year 1", DATED("\"0001-01-01\""), "", "", 1, E_POSTING_DATE, "soup" },
	{ "the year 2999", DATED("\"2999-12-31\""), "", "", 1, E_POSTING_DATE, "soup" },
	{ "the year 2999, as of a day", DATED("\"2999-12-31\""), "", "2026-06-30", 1, E_POSTING_DATE, "soup" },
	{ "days ago, of no day", DATED("\"8 days ago\""), "", "", 1, E_POSTING_DATE, "soup" },
	{ "days ago, of a day", DATED("\"8 days ago\""), "", "2026-06-30", 1, NONE, "soup" },
	{ "centuries ago", DATED("\"9999 weeks ago\""), "", "2026-06-30", 1, E_POSTING_DATE, "soup" },
	{ "30+ days ago", DATED("\"Posted 30+ Days Ago\""), "", "2026-06-30", 1, E_POSTING_DATE, "soup" },
	{ "the first second", DATED("0"), "", "", 1, E_POSTING_DATE, "soup" },
	{ "before it", DATED("-86400000"), "", "", 1, E_POSTING_DATE, "soup" },
	{ "the largest number", DATED("9223372036854775807"), "", "", 1, E_POSTING_DATE, "soup" },
	{ "a larger one", DATED("1e300"), "", "", 1, E_POSTING_DATE, "soup" },
	/* --- encodings that break off --- */
	{ "UTF-8", BYTES("Caf\xC3\xA9 \xC3\xA9t\xC3\xA9\n\nsoup \xC3"), "", "", 1, E_POSTING_ENCODING, "soup" },
	{ "UTF-16",
		BYTES("\xFF\xFE"
			  "C\0o\0o\0k\0\n\0\n\0s\0o\0u\0p\0s"),
		"", "", 1, E_POSTING_ENCODING, "soup" },
	{ "half a pair",
		BYTES("\xFF\xFE"
			  "C\0o\0o\0k\0\n\0\n\0s\0o\0u\0p\0\x3D\xD8"),
		"", "", 1, E_POSTING_ENCODING, "soup" },
	{ "a byte order mark alone", BYTES("\xFF\xFE"), "", "", 0, E_POSTING_EMPTY, NULL },
	{ "UTF-32", BYTES("\xFF\xFE\0\0A\0\0"), "", "", 0, E_POSTING_ENCODING, NULL },
	/* --- JSON --- */
	{ "deep", BYTES("{\"title\":\"A\",\"text\":" DEEP DEEP DEEP DEEP DEEP), "", "", 0, E_JSON_SYNTAX, NULL },
	{ "a key twice", BYTES("{\"title\":\"A\",\"title\":\"B\",\"text\":\"soup\"}"), "", "", 0, E_JSON_SYNTAX,
		NULL },
	{ "a key twice in a line",
		BYTES("{\"title\":\"A\",\"title\":\"B\",\"text\":\"b\"}\n{\"title\":\"C\",\"text\":\"soup\"}\n"), "",
		"", 1, E_JSON_SYNTAX, "soup" },
	/* --- nothing --- */
	{ "white space", BYTES(" \n \n\t"), "", "", 0, E_POSTING_EMPTY, NULL },
	{ "empty JSON Lines", BYTES(""), "jsonl", "", 0, E_POSTING_EMPTY, NULL },
	{ "an empty table", BYTES(""), "csv", "", 0, E_POSTING_EMPTY, NULL },
	{ "an empty page", BYTES(""), "html", "", 0, E_POSTING_EMPTY, NULL },
};

static void try_bad(const bad *b)
{
	posting_case r = { 0 };
	read_shapes(&r);
	read_bytes(&r, b->bytes, b->as, b->as_of);
	cr_expect(r.list.len == b->postings, "%s: %zu postings", b->name, r.list.len);
	cr_expect(b->code == NONE ? r.d.list.len == 0 : has_code(&r.d, (diag_code)b->code),
		"%s: %zu messages, the first %s", b->name, r.d.list.len,
		r.d.list.len ? arena_cstr(&r.a, r.d.list.ptr[0].text) : "none");
	EACH (const posting, p, r.list) {
		check_posting(p);
		cr_expect(memchr(p->text.ptr, 0, p->text.len) == NULL, "%s: a NUL", b->name);
	}
	if (r.list.len && b->text)
		cr_expect(str_find(r.list.ptr[0].text, str_from(b->text), 0) != SIZE_MAX, "%s: '%.*s'", b->name,
			STRF(r.list.ptr[0].text));
	arena_free(&r.a);
}

Test(posting_bad, small_ones)
{
	for (size_t i = 0; i < COUNT(table); i++)
		try_bad(&table[i]);
	NO_LEAKS();
}

/* Bytes of every value alike are windows-1252 to a guess, and no text. */
Test(posting_bad, random_bytes)
{
	posting_case r = { 0 };
	random_source random = seeded(7);
	char bytes[5000];
	read_shapes(&r);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)draw(&random, 256);
	read_bytes(&r, (str){ bytes, sizeof bytes }, "", "");
	cr_expect(r.list.len == 0 && r.d.list.len && has_code(&r.d, E_POSTING_FORM));
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = i % 40 ? (char)('a' + i % 26) : '\x1B';
	read_bytes(&r, (str){ bytes, sizeof bytes }, "", "");
	cr_expect(r.list.len == 1);
	arena_free(&r.a);
	NO_LEAKS();
}

/* ---- large ones */

/* `head`, then `fill` until there are `bytes`, then `tail`. */
static void expect_large(const char *head, const char *fill, size_t bytes, const char *tail, const char *as,
	size_t postings, int code)
{
	posting_case r = { 0 };
	read_shapes(&r);
	arena text = { 0 };
	buf b = { .arena = &text };
	buf_str(&b, str_from(head));
	while (b.len < bytes)
		buf_str(&b, str_from(fill));
	buf_str(&b, str_from(tail));
	read_bytes(&r, buf_done(&b), as, "");
	cr_expect(r.list.len == postings, "%s: %zu postings", head, r.list.len);
	cr_expect(code == NONE ? r.d.list.len == 0 : has_code(&r.d, (diag_code)code),
		"%s: %zu messages, the first %s", head, r.d.list.len,
		r.d.list.len ? arena_cstr(&r.a, r.d.list.ptr[0].text) : "none");
	arena_free(&text);
	arena_free(&r.a);
}

Test(posting_bad, one_line_over_the_cap)
{
	enum { LINE = POSTING_LINE_MAX + 100, WHOLE = IO_FILE_MAX + 1 };
	static const char *const words = "soup and bread ";
	expect_large("{\"title\":\"A\",\"text\":\"", words, LINE, "\"}\n{\"title\":\"B\",\"text\":\"b\"}\n", "",
		1, E_POSTING_LINE);
	expect_large("{\"title\":\"A\",\"text\":\"", words, WHOLE, "\"}\n", "", 0, E_FILE_SIZE);
	expect_large("title,text\nB,b\nA,\"", words, LINE, "\"\nC,c\n", "", 2, E_POSTING_LINE);
	expect_large("title,text\nB,b\nA,", words, LINE, "\nC,c\n", "", 2, E_POSTING_LINE);
	expect_large("title,\"", words, LINE, "\nC,c\n", "csv", 0, E_POSTING_CSV);
	expect_large("", words, WHOLE, "", "", 0, E_FILE_SIZE);
	expect_large("<html><body><p>", words, WHOLE, "</p></body></html>", "", 0, E_FILE_SIZE);
	NO_LEAKS();
}

Test(posting_bad, long_lines_after_a_broken_one)
{
	enum { LINE = 300000 };
	static const char *const words = "soup and bread ";
	expect_large("not json\n{\"title\":\"A\",\"text\":\"", words, LINE,
		"\"}\n{\"title\":\"B\",\"text\":\"b\"}\n", "", 2, E_JSON_SYNTAX);
	expect_large("{\"title\":\"A\",\"text\":\"", words, LINE,
		"\n{\"title\":\"B\",\"text\":\"b\"}\n{\"title\":\"C\",\"text\":\"c\"}\n", "", 2, E_JSON_SYNTAX);
	NO_LEAKS();
}

Test(posting_bad, ten_thousand_columns)
{
	enum { COLUMNS = 10000 };
	posting_case r = { 0 };
	read_shapes(&r);
	buf b = { .arena = &r.a };
	BUF_LIT(&b, "title,text");
	for (int i = 0; i < COLUMNS; i++)
		buf_printf(&b, ",c%d", i);
	BUF_LIT(&b, "\nA,soup");
	for (int i = 0; i < COLUMNS; i++)
		BUF_LIT(&b, ",x");
	BUF_LIT(&b, "\nB,bread\n");
	read_bytes(&r, buf_done(&b), "", "");
	cr_expect(r.list.len == 2 && has_code(&r.d, E_POSTING_CSV));
	arena_free(&r.a);
	NO_LEAKS();
}

/* Neither the declared entities nor those that stand in one another are opened. */
Test(posting_bad, entity_bombs)
{
	enum { LEVELS = 9, TIMES = 10, NESTED = 300000, MOST = 64 << 20 };
	posting_case r = { 0 };
	read_shapes(&r);
	buf b = { .arena = &r.a };
	BUF_LIT(&b, "<!DOCTYPE html [<!ENTITY e0 \"lol\">");
	for (int i = 1; i <= LEVELS; i++) {
		buf_printf(&b, "<!ENTITY e%d \"", i);
		for (int k = 0; k < TIMES; k++)
			buf_printf(&b, "&e%d;", i - 1);
		BUF_LIT(&b, "\">");
	}
	BUF_LIT(&b, "]><html><body><h1>Cook</h1><p>" WORDS " &e9;</p></body></html>");
	read_bytes(&r, buf_done(&b), "", "");
	cr_expect(r.list.len == 1 && r.list.ptr[0].text.len < 1000);
	b = (buf){ .arena = &r.a };
	BUF_LIT(&b, "<html><body><h1>Cook</h1><p>" WORDS " &");
	for (int i = 0; i < NESTED; i++)
		BUF_LIT(&b, "amp;");
	BUF_LIT(&b, "lt;</p></body></html>");
	read_bytes(&r, buf_done(&b), "", "");
	cr_expect(r.list.len == 2 && r.list.ptr[1].text.len < 5 * NESTED && r.a.total < MOST);
	arena_free(&r.a);
	NO_LEAKS();
}

/* ---- files that are not what they seem */

typedef struct {
	posting_case r;
	char folder[sizeof "/tmp/cw-posting-bad-XXXXXX"];
} bad_folder;

static const char *in_folder(bad_folder *b, const char *name)
{
	return arena_printf(&b->r.a, "%s/%s", b->folder, name).ptr;
}

static void folder_open(bad_folder *b)
{
	*b = (bad_folder){ .folder = "/tmp/cw-posting-bad-XXXXXX" };
	read_shapes(&b->r);
	cr_assert(mkdtemp(b->folder) != NULL);
	FILE *f = fopen(in_folder(b, "a.txt"), "w");
	cr_assert(f && fputs("Cook\n\nWe cook soup.\n", f) >= 0 && fclose(f) == 0);
}

static void folder_close(bad_folder *b)
{
	static const char *const names[] = { "a.txt", "self", "pipe" };
	for (size_t i = 0; i < COUNT(names); i++)
		unlink(in_folder(b, names[i]));
	cr_expect(rmdir(b->folder) == 0);
	arena_free(&b->r.a);
	NO_LEAKS();
}

Test(posting_bad, a_folder_in_itself)
{
	bad_folder b;
	folder_open(&b);
	cr_assert(symlink(".", in_folder(&b, "self")) == 0);
	list_str files = postings_files(&b.r.a, b.folder);
	cr_expect(files.len == 1, "%zu files", files.len);
	folder_close(&b);
}

Test(posting_bad, a_file_that_cannot_be_read)
{
	bad_folder b;
	folder_open(&b);
	cr_assert(chmod(in_folder(&b, "a.txt"), 0) == 0);
	if (access(in_folder(&b, "a.txt"), R_OK) != 0) {
		read_path(&b.r, in_folder(&b, "a.txt"), "", "");
		cr_expect(b.r.opened == false && has_code(&b.r.d, E_FILE_READ));
	}
	folder_close(&b);
}

Test(posting_bad, a_pipe_without_a_writer)
{
	bad_folder b;
	folder_open(&b);
	cr_assert(mkfifo(in_folder(&b, "pipe"), 0600) == 0);
	cr_expect(postings_files(&b.r.a, b.folder).len == 1, "a folder's pipes are left alone");
	read_path(&b.r, in_folder(&b, "pipe"), "", "");
	cr_expect(b.r.opened == false && has_code(&b.r.d, E_FILE_READ));
	folder_close(&b);
}

/* One that writes late, and in parts. */
Test(posting_bad, a_pipe_with_a_writer)
{
	bad_folder b;
	folder_open(&b);
	cr_assert(mkfifo(in_folder(&b, "pipe"), 0600) == 0);
	str command = arena_printf(&b.r.a,
		"(exec 3>'%s'; sleep 3; echo Cook >&3; sleep 1; printf '\\nWe cook soup.\\n' >&3) &",
		in_folder(&b, "pipe"));
	cr_assert(system(command.ptr) == 0);
	read_path(&b.r, in_folder(&b, "pipe"), "", "");
	cr_expect(b.r.list.len == 1 && b.r.d.list.len == 0);
	folder_close(&b);
}

/* ---- pages that others found hard to read */

Test(posting_bad, pitfalls)
{
	const char *root = getenv("CW_SHARED"), *tree = getenv("CW_SOURCE_ROOT");
	posting_case r = { 0 };
	str path = root ? arena_printf(&r.a, "%s/postings/html-pitfalls", root)
					: arena_printf(&r.a, "%s/../shared/postings/html-pitfalls", tree ? tree : ".");
	if (io_stat(path.ptr) == IO_NONE) {
		arena_free(&r.a);
		cr_skip_test("html-pitfalls is not here");
	}
	read_shapes(&r);
	list_str files = postings_files(&r.a, path.ptr);
	cr_expect(files.len > 50, "%zu files", files.len);
	EACH (const str, file, files) {
		size_t before = r.list.len, said = r.d.list.len;
		read_path(&r, file->ptr, "", "2026-12-31");
		cr_expect(r.list.len > before || r.d.list.len > said, "%.*s: nothing", STRF(*file));
	}
	EACH (const posting, p, r.list)
		check_posting(p);
	arena_free(&r.a);
	NO_LEAKS();
}
