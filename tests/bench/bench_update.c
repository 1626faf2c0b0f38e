/* What an update costs before it decides anything: asking the ledger what came, and counting it. Ten postings
 * come to ledgers of 1,000, 10,000 and more synthetic ones. Arguments: the most postings, the bytes of each.
 * docs/performance.md, "Postings", has what it printed. */
#define _GNU_SOURCE
#include "made_postings.h"

#include "base/io.h"
#include "evidence/cycle.h"
#include "evidence/ledger_db.h"
#include "evidence_session.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
	ROUNDS = 25,
	CAME = 10,
	AT_ONCE = 5000,
	USUAL_BYTES = 2000,
	LEAST = 1000,
	MOST = 100000,
	LAST_YEAR = 2025 /* of made postings */
};

typedef struct {
	arena a;
	cw_context *c;
	char folder[sizeof "/tmp/cw-bench-update-XXXXXX"];
	const char *ledger, *postings;
	size_t bytes;
} bench;

/* Time of the processor by this process: what else runs on the machine does not count. */
static double spent(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* ---- filling the ledger */

/* Those that come are of a year after all others, so that dates tell them apart too. */
static void date_into(buf *line, str year)
{
	str before = STR("\"date\": \"");
	size_t at = str_find((str){ .ptr = line->ptr, .len = line->len }, before, 0);
	if (at != SIZE_MAX && at + before.len + year.len <= line->len)
		memcpy(line->ptr + at + before.len, year.ptr, year.len);
}

static bool write_postings(bench *b, uint32_t from, uint32_t to, str year)
{
	arena a = { 0 }, scratch = { 0 };
	diags d = { .arena = &scratch };
	buf lines = { .arena = &a };
	made_options o = { .catalog = &b->c->catalog, .bytes = b->bytes };
	for (uint32_t n = from; n < to && !a.failed; n++) {
		buf line = { .arena = &a };
		made_posting_add(&line, &o, n);
		date_into(&line, year);
		buf_str(&lines, (str){ .ptr = line.ptr, .len = line.len });
	}
	bool ok = !a.failed && io_write(b->postings, buf_done(&lines), &scratch, &d) != IO_FAILED;
	arena_free(&a);
	arena_free(&scratch);
	return ok;
}

static bool ingest(bench *b)
{
	cw_context *c = NULL;
	cw_ingestion p = CW_INGESTION_INIT;
	bool ok = cw_open(&c, NULL) == CW_OK && cw_ingest_begin(c, b->folder, "jsonl") == CW_OK &&
			  cw_ingest_add(c, b->postings) == CW_OK;
	while (ok && !p.done)
		ok = cw_ingest_step(c, &p) == CW_OK;
	cw_close(c);
	return ok;
}

static bool fill(bench *b, uint32_t from, uint32_t to, str year)
{
	bool ok = true;
	for (uint32_t at = from; ok && at < to; at += AT_ONCE)
		ok = write_postings(b, at, at + AT_ONCE < to ? at + AT_ONCE : to, year) && ingest(b);
	return ok;
}

static ledger *open_ledger(bench *b, arena *a)
{
	diags *d = NEW(a, diags);
	if (!d)
		return NULL;
	d->arena = a;
	return ledger_open(a, b->ledger, LEDGER_WRITE, d);
}

static bool mark(bench *b, str hash)
{
	arena a = { 0 };
	ledger *l = open_ledger(b, &a);
	bool ok = l && ledger_begin(l) && ledger_mark(l, hash, ledger_last(l)) && ledger_commit(l);
	ledger_close(l);
	arena_free(&a);
	return ok;
}

/* ---- measuring */

typedef struct {
	double first, best; /* seconds; first: with preparing the statements */
	int steps;          /* of SQLite's machine */
	size_t vacancies, items;
} figures;

static int steps_of(const ledger *l)
{
	int count = 0;
	for (size_t i = 0; i < Q_COUNT; i++)
		if (l->statements[i])
			count += sqlite3_stmt_status(l->statements[i], SQLITE_STMTSTATUS_VM_STEP, 1);
	return count;
}

static bool count_news(bench *b, const ledger_news *news, arena *a, figures *out)
{
	cycle_input in = { .vacancies = news->vacancies,
		.catalog = &b->c->catalog,
		.analysis = &b->c->course.analysis,
		.policy = &b->c->course.policy.update };
	cycle_counts counts;
	if (!cycle_count(&counts, a, &in))
		return false;
	out->vacancies = news->vacancies.len;
	out->items = counts.items.len;
	return true;
}

typedef bool (*ask)(ledger *l, arena *a, str hash, str since, ledger_news *out);

static figures measure(bench *b, ask asks, str hash, str since, int rounds)
{
	figures out = { .best = 1e9 };
	arena own = { 0 };
	ledger *l = open_ledger(b, &own);
	for (int i = 0; l && i < rounds; i++) {
		arena a = { 0 };
		ledger_news news;
		steps_of(l);
		double start = spent();
		bool ok = asks(l, &a, hash, since, &news) && count_news(b, &news, &a, &out);
		double took = spent() - start;
		out.steps = steps_of(l);
		out.first = i ? out.first : took;
		out.best = ok && took < out.best ? took : out.best;
		arena_free(&a);
	}
	ledger_close(l);
	arena_free(&own);
	return out;
}

static void say(const char *what, uint32_t postings, figures f)
{
	printf("  %-24s %9u %11.0f %11.0f %11d %10zu %8zu\n", what, postings, f.first * 1e6, f.best * 1e6,
		f.steps, f.vacancies, f.items);
	fflush(stdout);
}

static bool measure_growth(bench *b, uint32_t most)
{
	uint32_t held = 0;
	int year = LAST_YEAR;
	printf("  %-24s %9s %11s %11s %11s %10s %8s\n", "", "postings", "us, first", "us, best", "steps",
		"vacancies", "items");
	for (uint32_t n = LEAST; n <= most; n *= 10) {
		str hash = arena_printf(&b->a, "%u", n); /* of a workbook */
		str since = arena_printf(&b->a, "%d-12", year), next = arena_printf(&b->a, "%d", ++year);
		if (!fill(b, held, n, STR("")) || !mark(b, hash) || !fill(b, n, n + CAME, next))
			return false;
		held = n + CAME;
		say("new by a mark", n, measure(b, ledger_fresh, hash, STR(""), ROUNDS));
		say("new by dates", n, measure(b, ledger_fresh, STR("none"), since, ROUNDS));
		say("what was there", n, measure(b, ledger_settled, hash, STR(""), 1));
	}
	return true;
}

/* ---- */

static bool open_bench(bench *b)
{
	memcpy(b->folder, "/tmp/cw-bench-update-XXXXXX", sizeof b->folder);
	if (!mkdtemp(b->folder) || cw_open(&b->c, NULL) != CW_OK)
		return false;
	b->ledger = arena_printf(&b->a, "%s/evidence.db", b->folder).ptr;
	b->postings = arena_printf(&b->a, "%s/made.jsonl", b->folder).ptr;
	return evidence_prepare(b->c, b->folder);
}

static void close_bench(bench *b)
{
	static const char *const names[] = { "evidence.db", "evidence.db-wal", "evidence.db-shm", "made.jsonl" };
	for (size_t i = 0; i < COUNT(names); i++)
		unlink(arena_printf(&b->a, "%s/%s", b->folder, names[i]).ptr);
	rmdir(b->folder);
	cw_close(b->c);
	arena_free(&b->a);
}

int main(int argc, char **argv)
{
	static bench b;
	uint32_t most = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : MOST;
	b.bytes = argc > 2 ? strtoul(argv[2], NULL, 10) : USUAL_BYTES;
	bool ok = open_bench(&b);
	printf("%d postings come to synthetic ledgers; what is new is asked for and counted, time of the "
		   "processor, best of %d:\n",
		CAME, ROUNDS);
	ok = ok && measure_growth(&b, most);
	if (!ok)
		printf("  failed\n");
	close_bench(&b);
	return !ok;
}
