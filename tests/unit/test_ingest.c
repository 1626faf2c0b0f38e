/* Ingesting with one thread and with several: the same ledger, row by row, the same diagnostics and progress.
 * Batches are small, so that everything overlaps. */
#define _POSIX_C_SOURCE 200809L
#include "vacancies.h"

#include "base/io.h"
#include "evidence/ledger_db.h"
#include "ingestion.h"

enum { VACANCIES = 90, VERSIONS = 3 };

typedef struct {
	arena a;
	char folder[sizeof VACANCY_FOLDER];
	const char *postings, *ledger;
} room;

static void write_file(room *r, const char *name, str bytes)
{
	FILE *f = fopen(arena_printf(&r->a, "%s/%s", r->postings, name).ptr, "w");
	require(f != NULL);
	require(fwrite(bytes.ptr, 1, bytes.len, f) == bytes.len);
	fclose(f);
}

/* Vacancies in versions, with things wrong between them, in two files and a table. */
static str made_lines(room *r, uint32_t from, uint32_t to)
{
	static const char *const named[] = { "Kubernetes", "Terraform", "Python", "PostgreSQL", "Kafka" };
	concept *concepts = made_concepts(&r->a);
	buf b = { .arena = &r->a };
	for (uint32_t i = from; i < to; i++)
		for (uint32_t v = 0; v < VERSIONS; v++) {
			made_posting m = made_vacancy(&r->a, i, v, concepts);
			buf_printf(&b,
				"{\"title\": \"%.*s\", \"company\": \"%.*s\", \"date\": \"%.*s\", \"text\": \"%s. ",
				STRF(m.p.title), STRF(m.p.employer), STRF(m.p.date), named[i % COUNT(named)]);
			for (size_t k = 0; k < m.p.text.len; k++)
				buf_str(&b, m.p.text.ptr[k] == '\n' ? STR("\\n") : str_sub(m.p.text, k, 1));
			buf_printf(&b, "\"}\n%s", i % 11 == v ? "{\"title\":\n" : i % 13 == v ? "{\"x\": 1}\n" : "");
		}
	return buf_done(&b);
}

static void room_open(room *r)
{
	*r = (room){ .folder = VACANCY_FOLDER };
	require(mkdtemp(r->folder) != NULL);
	r->postings = arena_printf(&r->a, "%s/postings", r->folder).ptr;
	r->ledger = arena_printf(&r->a, "%s/evidence.db", r->folder).ptr;
	sources none = { .arena = &r->a };
	diags d = { .arena = &r->a, .sources = &none };
	require(io_make_folders(r->postings, &d));
	write_file(r, "a.jsonl", made_lines(r, 0, VACANCIES / 2));
	write_file(r, "b.csv", STR("title,text\nA,\"open\nB,b\n"));
	write_file(r, "c.txt", STR(""));
	write_file(r, "d.jsonl", made_lines(r, VACANCIES / 3, VACANCIES));
}

static void wipe(room *r)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	for (size_t i = 0; i < COUNT(ends); i++)
		unlink(arena_printf(&r->a, "%s%s", r->ledger, ends[i]).ptr);
}

static void room_close(room *r)
{
	static const char *const names[] = { "a.jsonl", "b.csv", "c.txt", "d.jsonl" };
	wipe(r);
	for (size_t i = 0; i < COUNT(names); i++)
		unlink(arena_printf(&r->a, "%s/%s", r->postings, names[i]).ptr);
	rmdir(r->postings);
	rmdir(r->folder);
	arena_free(&r->a);
	NO_LEAKS();
}

/* ---- everything that a ledger holds */

static void add_rows(buf *out, sqlite3 *db, const char *table)
{
	sqlite3_stmt *st = NULL;
	require(sqlite3_prepare_v2(db, arena_printf(out->arena, "SELECT * FROM %s", table).ptr, -1, &st, NULL) ==
			SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		buf_printf(out, "%s", table);
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			const char *bytes = sqlite3_column_blob(st, i);
			buf_char(out, '|');
			buf_str(out, (str){ bytes ? bytes : "", (size_t)sqlite3_column_bytes(st, i) });
		}
		buf_char(out, '\n');
	}
	sqlite3_finalize(st);
}

static str dump(room *r, arena *a)
{
	static const char *const tables[] = { "postings", "sources", "lexicons", "names", "mentions", "years",
		"education", "items", "decisions", "moves", "found", "groups", "carriers", "boilerplate", "bands",
		"cells", "cell_items" };
	buf out = { .arena = a };
	sqlite3 *db = NULL;
	require(sqlite3_open(r->ledger, &db) == SQLITE_OK);
	for (size_t i = 0; i < COUNT(tables); i++)
		add_rows(&out, db, tables[i]);
	sqlite3_close(db);
	return buf_done(&out);
}

/* ---- one ingestion */

static cw_context *begin(room *r, size_t threads)
{
	cw_context *c = NULL;
	require(cw_open(&c, NULL) == CW_OK);
	require(cw_ingest_begin(c, r->folder, NULL) == CW_OK);
	require(cw_ingest_add(c, r->postings) == CW_OK);
	c->ingestion->limits = (ingest_limits){ .threads = threads,
		.chunk_postings = 5,
		.chunk_bytes = 1 << 20,
		.batch_postings = 30,
		.batch_bytes = 1 << 20,
		.ahead_bytes = 1 << 20 };
	return c;
}

/* Progress and diagnostics as text. */
static str ingest(room *r, arena *a, size_t threads)
{
	cw_context *c = begin(r, threads);
	cw_ingestion p = CW_INGESTION_INIT;
	buf said = { .arena = a };
	while (!p.done) {
		require(cw_ingest_step(c, &p) == CW_OK);
		buf_printf(&said, "%zu files, %zu postings, %zu fresh, %zu problems, %.0f bytes, %.0f kept\n",
			p.files_done, p.postings, p.fresh, p.problems, (double)p.bytes_done, p.kept);
	}
	cw_text text = cw_diagnostics(c, 0);
	buf_str(&said, (str){ text.ptr, text.len });
	cw_close(c);
	return buf_done(&said);
}

static void expect_same(str one, str other, size_t threads)
{
	size_t at = 0;
	while (at < one.len && at < other.len && one.ptr[at] == other.ptr[at])
		at++;
	require_that(str_eq(one, other), "%zu threads differ:\n%.*s\nand:\n%.*s", threads,
		STRF(str_sub(one, at > 80 ? at - 80 : 0, 200)), STRF(str_sub(other, at > 80 ? at - 80 : 0, 200)));
}

Test(ingest, threads_make_no_difference)
{
	enum { ROUNDS = 6 };
	room r;
	room_open(&r);
	str said = ingest(&r, &r.a, 1), held = dump(&r, &r.a);
	require(str_find(said, STR("CW213"), 0) != SIZE_MAX && str_find(held, STR("|concept:"), 0) != SIZE_MAX);
	for (size_t i = 0; i < ROUNDS; i++) {
		arena a = { 0 };
		wipe(&r);
		expect_same(said, ingest(&r, &a, 2 + i % 3), 2 + i % 3);
		expect_same(held, dump(&r, &a), 2 + i % 3);
		arena_free(&a);
	}
	ingest(&r, &r.a, 3);
	expect_same(held, dump(&r, &r.a), 3); /* the second time changes nothing */
	room_close(&r);
}

/* ---- titles */

Test(ingest, titles)
{
	static const struct {
		const char *words, *title;
		bool fits;
	} cases[] = {
		{ "data eng", "Senior Data Engineer", true },
		{ "data eng", "DATA Platform ENGINEER", true },
		{ "data eng", "Engineer, Data", false },
		{ "data eng", "Metadata Engineer", false },
		{ "data eng", "Data Scientist", false },
		{ "data eng,machine learning , infra", "Machine-Learning Lead", true },
		{ "data eng,machine learning , infra", "Head of Infrastructure", true },
		{ "data eng,machine learning , infra", "", false },
		{ "c++", "C++ Developer", true },
		{ ".net", "Senior .NET Developer", true },
		{ "data data", "Data Engineer", false },
		{ "ing", "Caf\xC3\xA9ing", false },
		{ "caf\xC3\xA9", "The Caf\xC3\xA9", true },
		{ ", ,", "Cook", true },
	};
	arena a = { 0 };
	for (size_t i = 0; i < COUNT(cases); i++) {
		list_str alternatives = title_alternatives(&a, str_from(cases[i].words));
		cr_expect(title_fits(str_from(cases[i].title), alternatives) == cases[i].fits, "'%s' in '%s'",
			cases[i].words, cases[i].title);
	}
	arena_free(&a);
	NO_LEAKS();
}

/* What is left out leaves no trace, whoever reads it. */
Test(ingest, threads_choose_the_same)
{
	room r;
	room_open(&r);
	str held[3];
	for (size_t i = 0; i < COUNT(held); i++) {
		wipe(&r);
		cw_context *c = begin(&r, i + 1);
		cw_ingestion p = CW_INGESTION_INIT;
		require(cw_ingest_title(c, "no such, engineer 1") == CW_OK);
		while (!p.done)
			require(cw_ingest_step(c, &p) == CW_OK);
		cr_expect(
			p.postings && p.left_out && p.kept <= (double)p.postings, "%zu, %zu", p.postings, p.left_out);
		cw_close(c);
		held[i] = dump(&r, &r.a);
		expect_same(held[0], held[i], i + 1);
	}
	room_close(&r);
}

/* ---- failures: whole batches, and nobody is left at work */

static double kept_by(room *r)
{
	arena a = { 0 };
	diags d = { .arena = &a };
	ledger_totals totals = { 0 };
	ledger *l = ledger_open(&a, r->ledger, LEDGER_WRITE, &d);
	require(l != NULL);
	require(ledger_count(l, &totals));
	require(ledger_verify(l));
	ledger_close(l);
	arena_free(&a);
	return totals.postings;
}

/* Until it fails or is done; what was reported as kept is there. */
static cw_status run_out(room *r, cw_context *c)
{
	cw_ingestion p = CW_INGESTION_INIT;
	cw_status status = CW_OK;
	double fresh = 0;
	while (status == CW_OK && !p.done) {
		status = cw_ingest_step(c, &p);
		fresh = status == CW_OK ? (double)p.fresh : fresh;
	}
	cw_close(c);
	double kept = kept_by(r);
	cr_expect(kept == fresh, "%g kept, %g reported", kept, fresh);
	return status;
}

Test(ingest, memory_runs_out)
{
	room r;
	room_open(&r);
	cw_status status = CW_ENOMEM;
	int rounds = 0;
	for (unsigned n = 1; status != CW_OK && n < 1000000; n += 1 + n / 2, rounds++) {
		wipe(&r);
		cw_context *c = begin(&r, 2 + n % 2);
		c->ingestion->limits.fail_at = n;
		status = run_out(&r, c);
		cr_expect(status == CW_OK || status == CW_ENOMEM, "%d", (int)status);
	}
	cr_expect(status == CW_OK && rounds > 5, "%d rounds", rounds);
	room_close(&r);
}

Test(ingest, the_disk_is_full)
{
	room r;
	room_open(&r);
	int failed = 0;
	for (int pages = 60; pages < 300; pages += 60) {
		wipe(&r);
		cw_context *c = begin(&r, 3);
		char limit[64];
		snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", pages);
		require(sqlite3_exec(c->ingestion->ledger->db, limit, NULL, NULL, NULL) == SQLITE_OK);
		failed += run_out(&r, c) == CW_EIO;
	}
	cr_expect(failed > 1, "%d", failed);
	room_close(&r);
}

/* A context that is closed between two steps. */
Test(ingest, given_up)
{
	room r;
	room_open(&r);
	cw_context *c = begin(&r, 3);
	cw_ingestion p = CW_INGESTION_INIT;
	require(cw_ingest_step(c, &p) == CW_OK);
	cr_expect(p.postings >= 30 && p.done == false);
	cw_close(c);
	require(kept_by(&r) == (double)p.fresh);
	room_close(&r);
}
