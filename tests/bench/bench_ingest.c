/* How fast postings go into the ledger and how much memory that takes, as a whole and stage by stage, with
 * real and with synthetic postings. Arguments: a folder with `postings`, as $CW_SHARED says, or "-" for none,
 * or "made" to print synthetic postings and do nothing else; the most synthetic postings; the bytes of each.
 * docs/performance.md, "Postings", has what it printed. */
#define _GNU_SOURCE
#include "made_postings.h"

#include "base/io.h"
#include "evidence/ledger_db.h"
#include "ingestion.h"

#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS = 5, STAGE_POSTINGS = 2000, USUAL_BYTES = 4000, GROWTH_LEAST = 1000, GROWTH_MOST = 100000 };

typedef struct {
	arena a;
	cw_context *c;
	reader reader;
	char folder[sizeof "/tmp/cw-bench-ingest-XXXXXX"];
} bench;

static double seconds(clockid_t clock)
{
	struct timespec t;
	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double now(void)
{
	return seconds(CLOCK_MONOTONIC);
}

/* Of this process: what else runs on the machine does not count. */
static double spent(void)
{
	return seconds(CLOCK_PROCESS_CPUTIME_ID);
}

static const char *in_folder(bench *b, const char *name)
{
	return arena_printf(&b->a, "%s/%s", b->folder, name).ptr;
}

static uint64_t wipe(bench *b)
{
	static const char *const names[] = { "evidence.db", "evidence.db-wal", "evidence.db-shm" };
	uint64_t bytes = 0;
	for (size_t i = 0; i < COUNT(names); i++) {
		bytes += io_size(in_folder(b, names[i]));
		unlink(in_folder(b, names[i]));
	}
	return bytes;
}

/* ---- the whole command */

typedef struct {
	double seconds, used; /* used: time of processors, all threads together */
	long peak;            /* KB */
	size_t bytes;
	uint64_t ledger; /* bytes */
} run;

static void be_command(bench *b, const char *const *words, int in, bool one_core)
{
	const char *program = getenv("CW_BIN");
	const char *argv[10] = { "coursewright", "-C", b->folder };
	for (size_t i = 0; words[i]; i++)
		argv[3 + i] = words[i];
	int none = open("/dev/null", O_WRONLY);
	dup2(in, STDIN_FILENO);
	dup2(none, STDOUT_FILENO);
	dup2(none, STDERR_FILENO);
	cpu_set_t first;
	CPU_ZERO(&first);
	CPU_SET(0, &first);
	if (one_core)
		sched_setaffinity(0, sizeof first, &first);
	execv(program ? program : "coursewright", (char *const *)(uintptr_t)argv);
	_exit(127);
}

/* Runs the command, with `count` synthetic postings on its standard input, and measures it. */
static run run_command(
	bench *b, const char *const *words, const made_options *o, uint32_t count, bool one_core)
{
	run out = { 0 };
	int ends[2], status;
	struct rusage used;
	if (pipe(ends) != 0)
		return out;
	double start = now();
	pid_t child = fork();
	if (child == 0) {
		close(ends[1]);
		be_command(b, words, ends[0], one_core);
	}
	close(ends[0]);
	out.bytes = count ? made_postings_write(ends[1], o, count) : 0;
	close(ends[1]);
	wait4(child, &status, 0, &used);
	out.seconds = now() - start;
	out.used = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
			   (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
	out.peak = used.ru_maxrss;
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		printf("  the command failed\n");
	return out;
}

static uint64_t bytes_of(bench *b, const char *folder)
{
	uint64_t bytes = 0;
	list_str files = postings_files(&b->a, folder);
	EACH (const str, file, files)
		bytes += io_size(file->ptr);
	return bytes;
}

static double postings_in(bench *b)
{
	ledger_totals totals = { 0 };
	diags d = { .arena = &b->a };
	ledger *l = ledger_open(&b->a, in_folder(b, "evidence.db"), LEDGER_READ, &d);
	if (l)
		ledger_count(l, &totals);
	ledger_close(l);
	return totals.sources;
}

/* The best of some rounds with all cores, and with one. */
static void measure_whole(bench *b, const char *what, const char *path)
{
	const char *const words[] = { "ingest", "-q", path, NULL };
	double bytes = (double)bytes_of(b, path);
	for (int one_core = 0; one_core < 2; one_core++) {
		run best = { .seconds = 1e9 };
		double count = 0;
		for (int i = 0; i < ROUNDS; i++) {
			wipe(b);
			run r = run_command(b, words, NULL, 0, one_core);
			count = postings_in(b);
			best = r.seconds < best.seconds ? r : best;
		}
		printf("  %-22s %-9s %6.2f s, %5.2f s of processors, %6.2f MB/s, %6.0f postings/s, peak %ld MB\n",
			what, one_core ? "one core" : "all cores", best.seconds, best.used, bytes / best.seconds / 1e6,
			count / best.seconds, best.peak / 1024);
		fflush(stdout);
	}
	wipe(b);
}

static void measure_real(bench *b, const char *shared)
{
	str postings = io_join(&b->a, str_from(shared ? shared : "../shared"), STR("postings"));
	if (io_stat(postings.ptr) == IO_FOLDER)
		measure_whole(b, "real postings", postings.ptr);
	else
		printf("  real postings: skipped, %.*s is not here\n", STRF(postings));
}

/* ---- stage by stage */

typedef struct {
	VEC(posting) list;
	VEC(vec_hit) hits;
	VEC(read_posting) read;
	double bytes;
} stages;

static void say_stage(const char *what, double seconds, const stages *s)
{
	double count = (double)s->list.len;
	printf("  %-28s %8.1f us each, %8.1f MB/s, %8.0f postings/s\n", what, seconds / count * 1e6,
		s->bytes / seconds / 1e6, count / seconds);
	fflush(stdout);
}

static void stage_read(bench *b, stages *s, const char *path)
{
	posting_options o = { .catalog = &b->c->catalog };
	diags d = { .arena = &b->a };
	posting_stream *stream;
	double start = spent();
	posting p;
	if (!postings_open(&stream, &b->a, path, &o, &d))
		return;
	while (postings_next(&p, stream, &b->a, &d))
		vec_push(&b->a, &s->list, p);
	postings_close(stream);
	double took = spent() - start;
	EACH (const posting, one, s->list)
		s->bytes += (double)one->text.len;
	say_stage("reading (JSON Lines)", took, s);
}

static void stage_understand(bench *b, stages *s)
{
	double start = spent();
	EACH (const posting, p, s->list) {
		vec_hit hits = { 0 };
		lexicon_find(&hits, b->reader.lexicon, p->text, &b->a);
		vec_push(&b->a, &s->hits, hits);
	}
	say_stage("matching", spent() - start, s);
	start = spent();
	for (size_t i = 0; i < s->list.len; i++) {
		understanding u = { 0 };
		understand(&u, b->reader.understander, &s->list.ptr[i], &s->hits.ptr[i], &b->a);
	}
	say_stage("understanding, matched", spent() - start, s);
	start = spent();
	EACH (const posting, p, s->list) {
		read_posting one = { .posting = *p };
		vec_rollup_item items = { 0 };
		reader_read(&b->reader, &one.said, &items, p, &b->a);
		one.items = (list_rollup_item){ .ptr = items.ptr, .len = items.len };
		vec_push(&b->a, &s->read, one);
	}
	say_stage("all three of understanding", spent() - start, s);
}

static void stage_write(bench *b, stages *s)
{
	diags d = { .arena = &b->a };
	ledger *l = ledger_open(&b->a, in_folder(b, "evidence.db"), LEDGER_WRITE, &d);
	bool fresh;
	if (!l || !ledger_begin(l) || !ledger_use_lexicon(l, b->reader.version))
		return;
	double start = spent();
	EACH (const read_posting, p, s->read)
		ledger_add(l, &p->posting, &p->said, p->items, &fresh);
	double added = spent();
	duplicates_settle(l);
	double settled = spent();
	ledger_commit(l);
	double done = spent();
	ledger_close(l);
	say_stage("writing without groups", added - start + (done - settled), s);
	say_stage("near duplicates", settled - added, s);
}

static void measure_stages(bench *b)
{
	stages s = { 0 };
	made_options o = { .catalog = &b->c->catalog, .bytes = USUAL_BYTES };
	const char *path = in_folder(b, "made.jsonl");
	int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	if (fd >= 0)
		made_postings_write(fd, &o, STAGE_POSTINGS);
	close(fd);
	measure_whole(b, "synthetic postings", path);
	printf("each stage alone, time of the processor, %d synthetic postings of about %d bytes:\n",
		STAGE_POSTINGS, USUAL_BYTES);
	stage_read(b, &s, path);
	if (s.list.len) {
		stage_understand(b, &s);
		stage_write(b, &s);
	}
	unlink(path);
	wipe(b);
}

/* ---- growth */

static void measure_growth(bench *b, uint32_t most, size_t bytes)
{
	static const char *const ingest[] = { "ingest", "-q", "--as", "jsonl", "-", NULL };
	static const char *const analyze[] = { "analyze", NULL };
	made_options o = { .catalog = &b->c->catalog, .bytes = bytes };
	double before = 0;
	printf("growth, synthetic postings of about %zu bytes through a pipe:\n", bytes);
	printf("  %9s %9s %9s %9s %8s %9s %11s %10s %9s\n", "postings", "s", "us of CPU", "growth", "MB/s",
		"peak MB", "ledger MB", "analyze", "its MB");
	for (uint32_t n = GROWTH_LEAST; n <= most; n *= 10) {
		run r = run_command(b, ingest, &o, n, false), a = run_command(b, analyze, NULL, 0, false);
		unlink(in_folder(b, "workbook.md"));
		printf("  %9u %9.2f %9.1f %9.2f %8.2f %9ld %11.1f %10.2f %9ld\n", n, r.seconds, r.used / n * 1e6,
			before > 0 ? log10(r.used / before) : NAN, (double)r.bytes / r.seconds / 1e6, r.peak / 1024,
			(double)wipe(b) / 1e6, a.used, a.peak / 1024);
		fflush(stdout);
		before = r.used;
	}
}

static bool open_bench(bench *b)
{
	memcpy(b->folder, "/tmp/cw-bench-ingest-XXXXXX", sizeof b->folder);
	return mkdtemp(b->folder) && cw_open(&b->c, NULL) == CW_OK && evidence_prepare(b->c, b->folder) &&
		   reader_open(&b->reader, b->c);
}

static void close_bench(bench *b)
{
	wipe(b);
	unlink(in_folder(b, "state/workbook.hash"));
	rmdir(in_folder(b, "state"));
	rmdir(b->folder);
	reader_close(&b->reader);
	cw_close(b->c);
	arena_free(&b->a);
}

int main(int argc, char **argv)
{
	static bench b;
	const char *shared = argc > 1 ? argv[1] : getenv("CW_SHARED");
	uint32_t most = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : GROWTH_MOST;
	size_t bytes = argc > 3 ? strtoul(argv[3], NULL, 10) : USUAL_BYTES;
	signal(SIGPIPE, SIG_IGN);
	if (!open_bench(&b)) {
		printf("the catalogue cannot be read\n");
		return 1;
	}
	if (shared && strcmp(shared, "made") == 0) {
		made_options o = { .catalog = &b.c->catalog, .bytes = bytes };
		made_postings_write(STDOUT_FILENO, &o, most);
		close_bench(&b);
		return 0;
	}
	printf("end to end, with the start of the program and reading its catalogue, best of %d:\n", ROUNDS);
	measure_real(&b, shared);
	measure_stages(&b);
	measure_growth(&b, most, bytes);
	close_bench(&b);
	return 0;
}
