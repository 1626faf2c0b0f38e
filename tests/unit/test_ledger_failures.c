/* The ledger when things go wrong: killed, full, locked, read-only, damaged, foreign, out of memory. */
#define _DEFAULT_SOURCE /* seteuid, kill */
#include "vacancies.h"

#include "base/io.h"
#include "base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

static bool has_code(ledger_room *r, diag_code code)
{
	EACH (const diag, one, r->f.d.list)
		if (one->code == code)
			return true;
	return false;
}

static void fill(ledger_room *r, uint32_t count)
{
	ledger *l = ledger_room_ledger(r);
	require(ledger_begin(l) && ledger_use_lexicon(l, STR("v1")));
	for (uint32_t i = 0; i < count; i++) {
		made_posting m = made_vacancy(&r->f.a, i / 2 + 1, i % 2, r->concepts);
		ledger_room_add(l, &m);
	}
	require(ledger_commit(l));
	ledger_close(l);
}

/* ---- killed */

enum { BATCH = 4 };

/* Adds batches for ever; after each commit the number of postings goes through the pipe. */
static void ingest_for_ever(const char *path, const concept *concepts, int to, uint32_t start)
{
	arena a = { 0 };
	sources s = { .arena = &a };
	diags d = { .arena = &a, .sources = &s };
	ledger *l = ledger_open(&a, path, LEDGER_WRITE, &d);
	for (uint32_t i = start; l; i += BATCH) {
		arena batch = { 0 };
		bool ok = ledger_begin(l) && ledger_use_lexicon(l, STR("v1")), fresh;
		for (uint32_t k = i; k < i + BATCH; k++) {
			made_posting m = made_vacancy(&batch, k / 3 + 1, k % 3, concepts);
			ok = ok && ledger_add(l, &m.p, &m.u, m.items, &fresh);
		}
		uint32_t done = i + BATCH;
		if (!ok || !ledger_commit(l) || write(to, &done, sizeof done) != sizeof done)
			break;
		arena_free(&batch);
	}
	_exit(1);
}

static uint32_t kill_one(ledger_room *r, uint32_t start, uint32_t after_us)
{
	int ends[2];
	require(pipe(ends) == 0);
	pid_t child = fork();
	require(child >= 0);
	if (child == 0)
		ingest_for_ever(r->path, r->concepts, ends[1], start);
	close(ends[1]);
	struct timespec pause = { .tv_nsec = (long)after_us * 1000 };
	nanosleep(&pause, NULL);
	kill(child, SIGKILL);
	uint32_t said, last = start;
	while (read(ends[0], &said, sizeof said) == sizeof said)
		last = said;
	close(ends[0]);
	int status = 0;
	waitpid(child, &status, 0);
	require_that(WIFSIGNALED(status), "the child ended by itself");
	return last;
}

/* CW_KILLS: how often; 20 if it is not set. */
Test(ledger_failures, killed_at_any_moment)
{
	ledger_room r;
	ledger_room_open(&r);
	const char *given = getenv("CW_KILLS");
	int64_t kills = 20;
	if (given)
		require(integer_parse(&kills, str_from(given)));
	random_source rs = seeded((uint64_t)kills);
	uint32_t start = 0, cut = 0;
	for (int64_t i = 0; i < kills; i++) {
		uint32_t said = kill_one(&r, start, 2000 + draw(&rs, 90000));
		arena a = { 0 };
		diags d = { .arena = &a };
		ledger *l = ledger_open(&a, r.path, LEDGER_WRITE, &d);
		require(l != NULL);
		ledger_totals t = { 0 };
		require(ledger_verify(l) && ledger_count(l, &t));
		uint32_t have = (uint32_t)t.postings;
		/* What was said is there; one batch may have been kept without a chance to say so. */
		require_that(have == said || have == said + BATCH, "kill %d: said %u, has %u", (int)i, said, have);
		cut += have > start;
		start = have;
		ledger_close(l);
		arena_free(&a);
	}
	cr_expect(cut > kills / 4, "most were killed before they did anything: %u", cut);
	cr_log_info("%d kills, %u postings kept", (int)kills, start);
	ledger_room_close(&r);
}

/* ---- full */

Test(ledger_failures, a_full_disk_keeps_what_was_committed)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 40);
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit was, small;
	require(getrlimit(RLIMIT_FSIZE, &was) == 0);
	for (rlim_t room = 1; room < 40; room += 6) {
		small = was;
		small.rlim_cur = room * 8192;
		require(setrlimit(RLIMIT_FSIZE, &small) == 0);
		size_t errors = r.f.d.errors;
		ledger *l = ledger_open(&r.f.a, r.path, LEDGER_WRITE, &r.f.d);
		bool ok = l && ledger_begin(l) && ledger_use_lexicon(l, STR("v1")), fresh;
		for (uint32_t i = 100; i < 400 && ok; i++) {
			made_posting m = made_vacancy(&r.f.a, i, 0, r.concepts);
			ok = ledger_add(l, &m.p, &m.u, m.items, &fresh);
		}
		ok = ok && ledger_commit(l);
		require(!ok && (!l || !ledger_ok(l)) && r.f.d.errors == errors + 1 && r.f.d.system);
		ledger_close(l);
		require(setrlimit(RLIMIT_FSIZE, &was) == 0);
		l = ledger_room_ledger(&r);
		ledger_totals t;
		require(ledger_verify(l) && ledger_count(l, &t) && t.postings == 40);
		ledger_close(l);
	}
	require(has_code(&r, E_FILE_WRITE));
	ledger_room_close(&r);
}

/* ---- locked, read-only */

Test(ledger_failures, another_process_is_writing)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 4);
	ledger *one = ledger_room_ledger(&r), *two = ledger_room_ledger(&r);
	require(ledger_begin(one));
	ledger_totals t;
	require(ledger_count(two, &t) && t.postings == 4); /* reading goes on */
	require(!ledger_begin(two) && !ledger_ok(two) && r.f.d.system);
	fixture_expect(&r.f, "file-write: another process is writing to the ledger; try again when it is done\n");
	require(ledger_commit(one));
	ledger_close(two);
	ledger_close(one);
	ledger_room_close(&r);
}

Test(ledger_failures, read_only)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 4);
	require(chmod(r.folder, 0555) == 0 && chmod(r.path, 0444) == 0);
	uid_t me = geteuid();
	if (me == 0)
		require(seteuid(65534) == 0);
	ledger *l = ledger_open(&r.f.a, r.path, LEDGER_READ, &r.f.d);
	ledger_totals t;
	bool read = l && ledger_count(l, &t) && t.postings == 4;
	require_that(read, "%.*s", STRF(fixture_said(&r.f)));
	ledger_close(l);
	l = ledger_open(&r.f.a, r.path, LEDGER_WRITE, &r.f.d);
	require(l == NULL);
	fixture_expect(&r.f, "file-write: cannot write: the ledger or its folder is read-only\n");
	if (me == 0)
		require(seteuid(0) == 0);
	require(chmod(r.folder, 0755) == 0);
	ledger_room_close(&r);
}

Test(ledger_failures, reading_does_not_write)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 4);
	ledger *l = ledger_open(&r.f.a, r.path, LEDGER_READ, &r.f.d);
	require(l != NULL);
	require(!ledger_begin(l));
	ledger_close(l);
	require(has_code(&r, E_FILE_WRITE));
	ledger_room_close(&r);
}

/* ---- not a ledger */

static void write_file(const char *path, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	require(fd >= 0 && write(fd, bytes, len) == (ssize_t)len && close(fd) == 0);
}

static void expect_refused(ledger_room *r, const char *said)
{
	for (int mode = LEDGER_READ; mode <= LEDGER_WRITE; mode++) {
		require(ledger_open(&r->f.a, r->path, (ledger_mode)mode, &r->f.d) == NULL);
		fixture_expect(&r->f, said);
		r->f.d.list.len = 0;
	}
}

Test(ledger_failures, something_else_in_its_place)
{
	ledger_room r;
	ledger_room_open(&r);
	require(ledger_open(&r.f.a, r.path, LEDGER_READ, &r.f.d) == NULL);
	fixture_expect(&r.f, "file-read: there is no ledger yet: ingest postings first\n");
	r.f.d.list.len = 0;
	str garbage = made_sentence(&r.f.a, 3, 2000);
	write_file(r.path, garbage.ptr, garbage.len);
	expect_refused(&r, "bad-ledger: is not a ledger of evidence\n");
	str again;
	require(io_read(&again, &r.f.a, r.path, &r.f.d) && str_eq(garbage, again));
	ledger_room_wipe(&r);
	require(mkdir(r.path, 0755) == 0);
	expect_refused(&r, "file-read: is not a file\n");
	rmdir(r.path);
	sqlite3 *db = NULL;
	require(sqlite3_open(r.path, &db) == SQLITE_OK);
	require(sqlite3_exec(db, "CREATE TABLE mine(x)", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	expect_refused(&r, "bad-ledger: is not a ledger of evidence\n");
	ledger_room_close(&r);
}

Test(ledger_failures, a_newer_version)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 2);
	sqlite3 *db = NULL;
	require(sqlite3_open(r.path, &db) == SQLITE_OK);
	require(sqlite3_exec(db, "PRAGMA user_version = 7", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	expect_refused(&r, "bad-ledger: the ledger is of version 7, and this program knows version 2\n");
	ledger_room_close(&r);
}

/* Whatever is wrong with the bytes: a diagnostic, or a result, and always an end. */
static bool use_everything(ledger_room *r, arena *a)
{
	ledger *l = ledger_open(a, r->path, LEDGER_WRITE, &r->f.d);
	if (!l)
		return false;
	ledger_posting p;
	ledger_group g;
	list_cell cells;
	list_ledger_event events;
	list_ledger_mention mentions;
	list_years_mention years;
	list_str degrees;
	list_ledger_item items;
	double count;
	ledger_cursor c = { 0 };
	for (int i = 0; i < 100 && ledger_next(l, &c, a, &p); i++)
		(void)(ledger_mentions(l, a, p.posting.id, &mentions) && ledger_years(l, a, p.posting.id, &years) &&
			   ledger_degrees(l, a, p.posting.id, &degrees));
	c = (ledger_cursor){ 0 };
	for (int i = 0; i < 100 && ledger_next_group(l, &c, a, &g);)
		i++;
	ledger_rollup(l, a, &cells);
	ledger_items(l, a, STR("concept:"), &items);
	ledger_named_itself(l, STR("c-1"), &count);
	ledger_history(l, a, &events);
	bool fresh;
	if (ledger_begin(l)) {
		for (uint32_t i = 0; i < 30; i++) {
			made_posting m = made_vacancy(a, i / 2 + 1, 2, r->concepts);
			ledger_add(l, &m.p, &m.u, m.items, &fresh);
		}
		ledger_commit(l);
	}
	bool sound = ledger_verify(l);
	ledger_close(l);
	return sound;
}

Test(ledger_failures, damaged)
{
	ledger_room r;
	ledger_room_open(&r);
	fill(&r, 40);
	str whole;
	require(io_read(&whole, &r.f.a, r.path, &r.f.d));
	random_source rs = seeded(11);
	char *copy = NEWN(&r.f.a, char, whole.len);
	require(copy != NULL);
	int noticed = 0;
	for (int round = 0; round < 60; round++) {
		arena a = { 0 };
		memcpy(copy, whole.ptr, whole.len);
		size_t len = round % 4 ? whole.len : draw(&rs, (uint32_t)whole.len);
		for (int i = 0; i < 40 && round % 4; i++)
			copy[draw(&rs, (uint32_t)whole.len)] = (char)draw(&rs, 256);
		write_file(r.path, copy, len);
		size_t errors = r.f.d.errors;
		bool sound = use_everything(&r, &a);
		require_that(sound || r.f.d.errors > errors, "round %d: no diagnostic", round);
		noticed += !sound;
		ledger_room_wipe(&r);
		arena_free(&a);
	}
	cr_expect(noticed > 20, "%d", noticed);
	require(has_code(&r, E_BAD_LEDGER));
	ledger_room_close(&r);
}

/* ---- memory */

static void use_all(ledger_room *r, arena *a, diags *d)
{
	ledger *l = ledger_open(a, r->path, LEDGER_WRITE, d);
	bool fresh;
	if (l && ledger_begin(l) && ledger_use_lexicon(l, STR("v1"))) {
		for (uint32_t i = 0; i < 4; i++) {
			made_posting m = made_vacancy(&r->f.a, 1, i, r->concepts);
			ledger_add(l, &m.p, &m.u, m.items, &fresh);
			if (i == 2)
				ledger_split(l, m.p.id);
		}
		ledger_commit(l);
	}
	ledger_group g;
	ledger_cursor c = { 0 };
	list_cell cells;
	if (l && ledger_next_group(l, &c, a, &g))
		ledger_rollup(l, a, &cells);
	ledger_close(l);
}

Test(ledger_failures, out_of_memory)
{
	ledger_room r;
	ledger_room_open(&r);
	unsigned n = 1;
	for (bool failed = true; failed; n++) {
		arena a = { .fail_at = n }, said = { 0 };
		diags d = { .arena = &said };
		use_all(&r, &a, &d);
		failed = a.failed || d.errors;
		EACH (const diag, one, d.list)
			require_that(one->code == E_NO_MEMORY, "%.*s", STRF(one->text));
		arena_free(&a);
		arena_free(&said);
		ledger_room_wipe(&r);
	}
	cr_expect(n > 30, "%u", n);
	ledger_room_close(&r);
}

/* SQLite's own memory, which is not the arena's. */
Test(ledger_failures, sqlite_out_of_memory)
{
	ledger_room r;
	ledger_room_open(&r);
	int refused = 0;
	for (int kilobytes = 20; kilobytes < 1500; kilobytes += kilobytes / 5) {
		arena a = { 0 }, said = { 0 };
		diags d = { .arena = &said };
		sqlite3_hard_heap_limit64(kilobytes * 1024);
		use_all(&r, &a, &d);
		sqlite3_hard_heap_limit64(0);
		EACH (const diag, one, d.list)
			require_that(one->code == E_NO_MEMORY, "%d KB: %.*s", kilobytes, STRF(one->text));
		refused += d.errors > 0;
		arena_free(&a);
		arena_free(&said);
		ledger_room_wipe(&r);
	}
	cr_expect(refused > 0, "none was refused");
	ledger_room_close(&r);
}
